//! The only place that writes to the user's files: whole or not at all.

use std::io::Write as _;
use std::path::{Path, PathBuf};

/// A file could not be written. None of the files of that call was changed unless `written` names it.
#[derive(Debug, thiserror::Error)]
#[error("{} cannot be written: {reason}{}", path.display(), also(written))]
pub struct WriteError {
    /// The file.
    pub path: PathBuf,
    /// What went wrong and what to do.
    pub reason: String,
    /// Files of the same call that were already replaced.
    pub written: Vec<PathBuf>,
}

fn also(written: &[PathBuf]) -> String {
    match written.len() {
        0 => String::new(),
        count => format!(" ({count} other files were already written; `git diff` shows them)"),
    }
}

/// Replaces the files with these bytes. All are first written beside their targets and only then renamed into place,
/// so that a reader sees the old bytes or the new ones. Links are followed, permissions kept, missing directories made.
///
/// # Errors
/// The first file that could not be written.
pub fn write(files: &[(PathBuf, Vec<u8>)]) -> Result<(), WriteError> {
    let failed = |path: &Path, error: &std::io::Error, written: &[PathBuf]| WriteError {
        path: path.to_owned(),
        reason: super::worktree::reason_to_write(error),
        written: written.to_owned(),
    };
    let mut staged = Vec::with_capacity(files.len());
    for (path, bytes) in files {
        staged.push(stage(path, bytes).map_err(|error| failed(path, &error, &[]))?);
    }
    let mut written = Vec::new();
    for (temporary, target) in staged {
        temporary.persist(&target).map_err(|error| failed(&target, &error.error, &written))?;
        written.push(target);
    }
    Ok(())
}

fn stage(path: &Path, bytes: &[u8]) -> std::io::Result<(tempfile::NamedTempFile, PathBuf)> {
    let target = match path.canonicalize() {
        Ok(target) => target,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => path.to_owned(),
        Err(error) => return Err(error),
    };
    let directory = match target.parent() {
        Some(directory) if !directory.as_os_str().is_empty() => directory,
        _ => Path::new("."),
    };
    std::fs::create_dir_all(directory)?;
    let existing = target.metadata().ok();
    if existing.as_ref().is_some_and(|metadata| metadata.permissions().readonly()) {
        return Err(std::io::ErrorKind::PermissionDenied.into());
    }
    let mut builder = tempfile::Builder::new();
    builder.prefix(".verpolicy-");
    #[cfg(unix)]
    let mut temporary = {
        use std::os::unix::fs::PermissionsExt as _;
        // A new file gets what the umask leaves, not the privacy of a temporary one.
        builder.permissions(std::fs::Permissions::from_mode(0o666)).tempfile_in(directory)?
    };
    #[cfg(not(unix))]
    let mut temporary = builder.tempfile_in(directory)?;
    temporary.write_all(bytes)?;
    if let Some(existing) = existing {
        temporary.as_file().set_permissions(existing.permissions())?;
    }
    temporary.as_file().sync_all()?;
    Ok((temporary, target))
}
