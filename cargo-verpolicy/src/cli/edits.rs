//! Edits of the user's files as a value: shown as a patch, and written whole or not at all.

use super::args::EditArgs;
use super::failure::Failure;
use super::output;
use similar::TextDiff;
use std::collections::BTreeMap;
use std::path::Path;

/// Files that change: the text before (`None` for a new file) and after, by path from the root.
#[derive(Debug, Default)]
pub(super) struct Edits {
    files: BTreeMap<String, (Option<String>, String)>,
}

impl Edits {
    /// Sets what a file says from now on; one that stays as it is does not count.
    pub(super) fn set(&mut self, path: &str, before: Option<String>, after: String) {
        if before.as_ref() != Some(&after) {
            self.files.insert(path.to_owned(), (before, after));
        }
    }

    /// What a file says after the edits so far.
    pub(super) fn after(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(|(_, after)| after.as_str())
    }

    /// Nothing changes.
    pub(super) fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// As `git apply` reads it.
    pub(super) fn patch(&self) -> String {
        let mut out = String::new();
        for (path, (before, after)) in &self.files {
            let old = if before.is_some() { format!("a/{path}") } else { "/dev/null".to_owned() };
            let diff = TextDiff::from_lines(before.as_deref().unwrap_or_default(), after);
            out.push_str(&diff.unified_diff().context_radius(3).header(&old, &format!("b/{path}")).to_string());
        }
        out
    }

    /// Shows the patch, and writes unless only that was asked. Answers whether files were written.
    pub(super) fn carry_out(
        &self,
        root: Option<&Path>,
        how: &EditArgs,
        dirty: bool,
        quiet: bool,
    ) -> Result<bool, Failure> {
        if self.is_empty() {
            return Ok(false);
        }
        if dirty && !how.dry_run && !how.allow_dirty {
            return Err(Failure::new("dirty", "the work tree has changes that are not committed").help(
                "commit or stash them, so that `git diff` shows what is edited; or give --allow-dirty, or --dry-run to see the patch",
            ));
        }
        if how.dry_run || !quiet {
            output::print(&self.patch())?;
        }
        if how.dry_run {
            return Ok(false);
        }
        let Some(root) = root else { return Err(Failure::usage("there is no work tree to write to")) };
        let bytes: Vec<_> =
            self.files.iter().map(|(path, (_, after))| (root.join(path), after.clone().into_bytes())).collect();
        crate::tree::write(&bytes).map_err(|error| Failure::new("write", error.to_string()))?;
        Ok(true)
    }
}
