//! `check --fix`: remedies that are certain. A `since` that is wrong or missing becomes the release that first serves the endpoint, a version
//! that is too small the smallest that would do, `next` the number of the release that is being made; an acceptance
//! for a release that is out goes.

use super::args::{CheckArgs, Judging};
use super::compare::{Asked, Checked, appeared, check, checked};
use super::edits::Edits;
use super::failure::Failure;
use super::settings;
use super::{HOLDS, output, write};
use crate::model::Place;
use crate::policy::{Cure, Level, PackageReport, Verdict};
use crate::syntax::facts::Pos;
use crate::syntax::{insert_texts, replace_texts};
use std::collections::{BTreeMap, BTreeSet};
use toml_edit::{DocumentMut, Item};

/// Mends what is certain, says what was done, and judges again; with `--dry-run` only shows the patch.
pub(super) fn fix(args: &CheckArgs) -> Result<u8, Failure> {
    mend(args, "nothing can be mended with certainty")
}

/// Mends; says `nothing` where there is nothing to mend.
fn mend(args: &CheckArgs, nothing: &str) -> Result<u8, Failure> {
    let checked = match checked(args, false) {
        Err(failure) if failure.kind == "mark" => return missing_sinces(args, failure),
        checked => checked?,
    };
    let mut edits = Edits::default();
    let mut said = versions(args, &checked, &mut edits)?;
    said.extend(sinces(args, &checked, &mut edits)?);
    said.extend(acceptances(args, &checked, &mut edits)?);
    if edits.is_empty() {
        output::note(nothing);
    }
    let written = edits.carry_out(checked.side.root.as_deref(), &args.edits, checked.dirty, true)?;
    if args.edits.dry_run {
        return Ok(HOLDS);
    }
    for line in said.iter().filter(|_| written) {
        output::note(line);
    }
    check(args)
}

/// Writes the `since` that marks lack, and then mends the rest. Until they have one, nothing can be judged.
fn missing_sinces(args: &CheckArgs, failure: Failure) -> Result<u8, Failure> {
    let judging = Judging { policy: args.judging.policy.clone(), ..Judging::default() };
    let appeared = appeared(&args.scope, &judging, Asked::MissingSinces)?;
    let Some(tree) = &appeared.side.tree else { return Err(failure) };
    let mut by_file: BTreeMap<&str, Vec<(Pos, String)>> = BTreeMap::new();
    for error in &appeared.without_since {
        let mut sinces: BTreeSet<String> = BTreeSet::new();
        for (package, set) in &appeared.sets {
            let of_mark = set.endpoints.iter().filter(|endpoint| endpoint.mark_place == error.no_since);
            sinces.extend(of_mark.map(|endpoint| appeared.since(package, &endpoint.key)));
        }
        let (file, line) = (error.place.file.as_ref(), error.place.line);
        match (sinces.pop_first(), sinces.is_empty()) {
            (Some(since), true) => {
                let at = Pos { line, column: error.place.column };
                let source = tree.read(file)?;
                let text = String::from_utf8_lossy(&source);
                let line = text.lines().nth(line.saturating_sub(1) as usize).unwrap_or_default();
                by_file.entry(file).or_default().push(stated(line, at, &since));
            }
            (Some(_), false) => output::warn(&format!(
                "{file}:{line}: this mark speaks of routes that appeared in different releases: give each a mark of its own"
            )),
            (None, _) => {}
        }
    }
    let (mut edits, mut said) = (Edits::default(), Vec::new());
    for (file, texts) in by_file {
        let bytes = tree.read(file)?;
        let before = String::from_utf8_lossy(&bytes).into_owned();
        if let Ok(after) = insert_texts(&before, &texts)
            && crate::syntax::read(after.as_bytes()).failure.is_none()
        {
            edits.set(file, Some(before), after);
            let lines = texts.iter().map(|(at, text)| (at.line, text.trim_matches([',', ' '])));
            said.extend(lines.map(|(line, text)| format!("{file}:{line}: {text} is written")));
        }
    }
    if edits.is_empty() {
        return Err(failure);
    }
    let written = edits.carry_out(appeared.side.root.as_deref(), &args.edits, appeared.dirty, true)?;
    if !written {
        output::note("with these in place `check --fix` can mend the rest");
        return Ok(HOLDS);
    }
    said.iter().for_each(|line| output::note(line));
    let mut rest = args.clone();
    rest.edits.allow_dirty = true;
    mend(&rest, "nothing more can be mended with certainty")
}

/// A `since` for a mark that lacks one: behind its route, else before everything. `line` is the mark's.
fn stated(line: &str, at: Pos, since: &str) -> (Pos, String) {
    let inside: Vec<char> = line.chars().skip(at.column.saturating_sub(1) as usize).collect();
    let quotes: Vec<usize> = inside.iter().enumerate().filter(|(_, c)| **c == '"').map(|(index, _)| index).collect();
    let is_route = inside.first().is_some_and(char::is_ascii_uppercase);
    match quotes.get(1).and_then(|end| u32::try_from(end + 1).ok()).filter(|_| is_route) {
        Some(behind) => (Pos { column: at.column + behind, ..at }, format!(", since = {since:?}")),
        None => (at, format!("since = {since:?}, ")),
    }
}

/// Versions that are too small and, where a release is being made, what still says `next`.
fn versions(args: &CheckArgs, checked: &Checked, edits: &mut Edits) -> Result<Vec<String>, Failure> {
    let releasing = args.release.is_some();
    let given = args.release.as_deref().is_some_and(|version| !version.is_empty());
    let mut steps: Vec<(&str, &str)> = Vec::new();
    for package in &checked.report.packages {
        let raised = package.next.as_deref().filter(|_| too_small(package) && !given);
        let now = || package.current.version.as_deref().filter(|_| releasing && package.verdict.is_some());
        steps.extend(raised.or_else(now).map(|to| (package.name.as_str(), to)));
    }
    let none = BTreeMap::new();
    let target = write::Target {
        side: &checked.side,
        settings: &checked.settings,
        unresolved: if releasing { &checked.unresolved } else { &none },
        policy: args.judging.policy.as_deref(),
    };
    let steps: Vec<write::Step<'_>> = steps.into_iter().map(|(name, to)| write::Step { name, to }).collect();
    let (files, said) = write::planned(&target, &steps)?;
    for (path, after) in files {
        let before = text_of(checked, &path)?;
        edits.set(&path, Some(before), after);
    }
    Ok(said)
}

/// The release is refused, and a larger number would do.
fn too_small(package: &PackageReport) -> bool {
    let by_bump = |f: &crate::policy::Finding| f.refused && f.level == Level::Deny && f.cure == Cure::Bump;
    package.verdict == Some(Verdict::Fail) && package.required.is_some() && package.findings.iter().any(by_bump)
}

/// The text of a `since`, what it says, and what it should say.
type Wrong = (Place, String, String);

/// Marks whose `since` is untrue.
fn sinces(args: &CheckArgs, checked: &Checked, edits: &mut Edits) -> Result<Vec<String>, Failure> {
    let is_untrue = |f: &&crate::policy::Finding| f.rule == "since-untrue";
    if !checked.report.packages.iter().flat_map(|p| &p.findings).any(|f| is_untrue(&f)) {
        return Ok(Vec::new());
    }
    let judging = Judging { policy: args.judging.policy.clone(), ..Judging::default() };
    let appeared = appeared(&args.scope, &judging, Asked::Served)?;
    let mut wrong: BTreeMap<Place, BTreeSet<(String, String)>> = BTreeMap::new();
    for package in &checked.report.packages {
        let (Some(set), Some(marking)) = (appeared.sets.get(&package.name), appeared.marking.get(&package.name)) else {
            continue;
        };
        let ids = set.ids();
        for finding in package.findings.iter().filter(is_untrue) {
            let endpoint = set.endpoints.iter().zip(&ids).find(|(_, id)| **id == finding.endpoint);
            let Some((endpoint, _)) = endpoint else { continue };
            let stated = marking.stated.iter().find(|stated| Some(&stated.mark) == endpoint.mark_place.as_ref());
            let Some(stated) = stated else { continue };
            let to = appeared.since(&package.name, &endpoint.key);
            if to != stated.version {
                wrong.entry(stated.text.clone()).or_default().insert((stated.version.clone(), to));
            }
        }
    }
    let mut by_file: BTreeMap<String, Vec<Wrong>> = BTreeMap::new();
    let mut said = Vec::new();
    for (place, versions) in wrong {
        let mut versions = versions.into_iter();
        match (versions.next(), versions.next()) {
            (Some((was, to)), None) => by_file.entry(place.file.to_string()).or_default().push((place, was, to)),
            _ => output::warn(&format!(
                "{}:{}: this mark speaks of routes that appeared in different releases: give each a mark of its own",
                place.file, place.line
            )),
        }
    }
    for (file, list) in by_file {
        let before = text_of(checked, &file)?;
        let mut after = edits.after(&file).unwrap_or(&before).to_owned();
        // From the end, so that what is replaced moves nothing that is still to come.
        for (place, was, to) in list.iter().rev() {
            let at = Pos { line: place.line, column: place.column };
            match replace_texts(&after, &[(at, to)], was) {
                Ok(edited) => {
                    after = edited;
                    said.push(format!("{file}:{}: since = \"{was}\" is now \"{to}\"", place.line));
                }
                Err(_) => output::warn(&format!("{file}:{}: `since` is no text of its own here", place.line)),
            }
        }
        edits.set(&file, Some(before), after);
    }
    Ok(said)
}

/// Acceptances for releases that are out: they silence nothing any more.
fn acceptances(args: &CheckArgs, checked: &Checked, edits: &mut Edits) -> Result<Vec<String>, Failure> {
    let workspace = &checked.side.workspace;
    let mut said = Vec::new();
    let mut manifests: BTreeMap<(&str, &str), Vec<&PackageReport>> = BTreeMap::new();
    for package in &checked.report.packages {
        if let Some(found) = workspace.package(&package.name) {
            manifests.entry((found.manifest.as_str(), "package")).or_default().push(package);
            manifests.entry((workspace.manifest.as_str(), "workspace")).or_default().push(package);
        }
    }
    for ((manifest, top), packages) in manifests {
        let before = text_of(checked, manifest)?;
        let text = edits.after(manifest).unwrap_or(&before).to_owned();
        if !text.contains("accept") {
            continue;
        }
        let out = |release: &str| -> Result<bool, Failure> {
            let mut judged = false;
            for package in &packages {
                let policy = settings::policy_of(
                    &checked.side,
                    &checked.settings,
                    &package.name,
                    args.judging.policy.as_deref(),
                )?;
                let baseline = package.baseline.as_ref().and_then(|b| b.version.as_deref());
                let Some(baseline) = baseline.and_then(|text| policy.scheme.parse(text).ok()) else { continue };
                judged = true;
                let passed = policy
                    .scheme
                    .parse_loose(release)
                    .is_ok_and(|release| policy.scheme.compare(&release, &baseline).is_le());
                if !passed {
                    return Ok(false);
                }
            }
            Ok(judged)
        };
        let mut document: DocumentMut = text
            .parse()
            .map_err(|e: toml_edit::TomlError| Failure::new("manifest", e.message().to_owned()).at(manifest, 0, 0))?;
        let gone = remove(&mut document, top, &out)?;
        if gone > 0 {
            edits.set(manifest, Some(before), write::rendered(&document, &text));
            let what = if gone == 1 { "1 acceptance is removed" } else { &format!("{gone} acceptances are removed") };
            said.push(format!("{manifest}: {what}, for a release that is out"));
        }
    }
    Ok(said)
}

/// Removes the acceptances for releases that are out; answers how many.
fn remove(
    document: &mut DocumentMut,
    top: &str,
    out: &dyn Fn(&str) -> Result<bool, Failure>,
) -> Result<usize, Failure> {
    let mut table = Some(document.as_item_mut());
    for key in [top, "metadata", "verpolicy"] {
        table = table.and_then(|item| item.get_mut(key));
    }
    let Some(table) = table.and_then(Item::as_table_like_mut) else { return Ok(0) };
    let mut gone = 0;
    let mut left = 1;
    match table.get_mut("accept") {
        Some(Item::ArrayOfTables(all)) => {
            for index in (0..all.len()).rev() {
                let release = all.get(index).and_then(|t| t.get("release")).and_then(Item::as_str);
                if release.map(out).transpose()?.unwrap_or(false) {
                    all.remove(index);
                    gone += 1;
                }
            }
            left = all.len();
        }
        Some(item) => {
            if let Some(all) = item.as_array_mut() {
                for index in (0..all.len()).rev() {
                    let entry = all.get(index).and_then(|v| v.as_inline_table());
                    let release = entry.and_then(|t| t.get("release")).and_then(|v| v.as_str());
                    if release.map(out).transpose()?.unwrap_or(false) {
                        all.remove(index);
                        gone += 1;
                    }
                }
                left = all.len();
            }
        }
        None => {}
    }
    if left == 0 {
        table.remove("accept");
    }
    Ok(gone)
}

fn text_of(checked: &Checked, path: &str) -> Result<String, Failure> {
    let Some(tree) = &checked.side.tree else { return Err(Failure::usage("--fix needs a work tree")) };
    let bytes = tree.read(path)?;
    let text = std::str::from_utf8(&bytes).map_err(|e| Failure::new("source", e.to_string()).at(path, 0, 0))?;
    Ok(text.to_owned())
}
