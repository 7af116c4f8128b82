//! `init --mark`: a mark on every route that has none, with the release in which the route appeared.

use crate::cli::compare::Appeared;
use crate::cli::edits::Edits;
use crate::cli::failure::Failure;
use crate::extract::Unmarked;
use crate::model::{EndpointKey, Place, Prefix};
use crate::syntax::facts::{Pos, RawTokens};
use crate::syntax::{Insertion, insert_attributes};
use std::collections::{BTreeMap, BTreeSet};
use toml_edit::{DocumentMut, Item, Table, value};

/// Where the attribute crate is taken from until it is on crates.io: the repository of this program.
const REPOSITORY: &str = env!("CARGO_PKG_REPOSITORY");

/// A handler without a mark, and its routes, each with its release.
struct Handler<'a> {
    name: &'a str,
    routes: BTreeMap<String, (&'a Unmarked, String)>,
}

/// The edits, and what is to be said of them.
pub(super) fn plan(appeared: &Appeared) -> Result<(Edits, Vec<String>), Failure> {
    let mut files: BTreeMap<&str, BTreeMap<(u32, u32), Handler<'_>>> = BTreeMap::new();
    for (package, marking) in &appeared.marking {
        for unmarked in &marking.unmarked {
            let since = appeared.since(package, &unmarked.key);
            let Place { file, line, column } = &unmarked.handler;
            let handlers = files.entry(file.as_ref()).or_default();
            let handler = handlers
                .entry((*line, *column))
                .or_insert_with(|| Handler { name: &unmarked.name, routes: BTreeMap::new() });
            handler.routes.insert(route(&unmarked.key).unwrap_or_default(), (unmarked, since));
        }
    }
    let mut edits = Edits::default();
    let mut said = Said::default();
    for (file, handlers) in &files {
        mark_file(appeared, file, handlers, &mut edits, &mut said)?;
    }
    for manifest in said.manifests.clone() {
        match depend(appeared, &manifest, &mut edits)? {
            Depends::Already => {}
            Depends::ByGit => said.by_git += 1,
            Depends::Inherits => said.inheriting += 1,
        }
    }
    said.left.extend(unmarkable(appeared));
    Ok((edits, said.notes(appeared)))
}

/// What was done, for people.
#[derive(Default)]
struct Said {
    marks: usize,
    next: usize,
    files: usize,
    manifests: BTreeSet<String>,
    /// How many of them had to be given the attribute crate by git.
    by_git: usize,
    /// How many of them inherit it from the workspace now.
    inheriting: usize,
    left: Vec<String>,
}

impl Said {
    fn notes(&self, appeared: &Appeared) -> Vec<String> {
        let count = |count: usize, one: &str, many: &str| format!("{count} {}", if count == 1 { one } else { many });
        let mut out = Vec::new();
        if self.marks > 0 {
            out.push(format!(
                "{} in {}, by {}",
                count(self.marks, "mark", "marks"),
                count(self.files, "file", "files"),
                count(appeared.count(), "release", "releases"),
            ));
        } else if self.left.is_empty() {
            out.push("no route is without a mark: nothing to do (public items are marked by hand)".to_owned());
        }
        if self.next > 0 {
            let say = if self.next == 1 { "1 mark says" } else { &format!("{} marks say", self.next) };
            out.push(format!("{say} `next`, for no release serves what is marked yet"));
        }
        const MENDS: &str = "`cargo update --workspace` mends Cargo.lock";
        if self.by_git > 0 {
            out.push(format!(
                "{} on versioning-macros now, by git until it is on crates.io: {MENDS}",
                count(self.by_git, "package depends", "packages depend"),
            ));
        }
        if self.inheriting > 0 {
            let packages = count(self.inheriting, "package inherits", "packages inherit");
            out.push(format!("{packages} versioning-macros from the workspace now: {MENDS}"));
        }
        out.extend(appeared.passed_over().filter(|_| self.marks > 0));
        const SHOWN: usize = 20;
        out.extend(self.left.iter().take(SHOWN).cloned());
        if self.left.len() > SHOWN {
            out.push(format!("and {} more like these", self.left.len() - SHOWN));
        }
        out
    }
}

fn mark_file(
    appeared: &Appeared,
    file: &str,
    handlers: &BTreeMap<(u32, u32), Handler<'_>>,
    edits: &mut Edits,
    said: &mut Said,
) -> Result<(), Failure> {
    let Some(owner) = owner(appeared, file) else {
        said.left.push(format!("{file}: belongs to no member of the workspace"));
        return Ok(());
    };
    let before = text_of(appeared, file)?;
    let name = if before.contains("use versioning_macros::api;") { "api" } else { "versioning_macros::api" };
    let mut attributes: Vec<(Pos, &str, String)> = Vec::new();
    let mut next = 0;
    for ((line, column), handler) in handlers {
        let at = Pos { line: *line, column: *column };
        match marks(handler) {
            Err(why) => {
                said.left.push(format!("{file}:{line}:{column}: `{}` is left without a mark: {why}", handler.name))
            }
            Ok(marks) => {
                let unreleased = marks.iter().filter(|mark| mark.contains("since = \"next\"")).count();
                let all: Vec<_> = marks.iter().map(|inner| (at, handler.name, format!("#[{name}({inner})]"))).collect();
                let one: Vec<Insertion<'_>> = all.iter().map(insertion).collect();
                match insert_attributes(&before, &one) {
                    Ok(_) => {
                        next += unreleased;
                        attributes.extend(all);
                    }
                    Err(_) => said.left.push(format!(
                        "{file}:{line}:{column}: `{}` is left without a mark: no function of its own stands there",
                        handler.name
                    )),
                }
            }
        }
    }
    let insertions: Vec<Insertion<'_>> = attributes.iter().map(insertion).collect();
    let Ok(after) = insert_attributes(&before, &insertions) else { return Ok(()) };
    if attributes.is_empty() || crate::syntax::read(after.as_bytes()).failure.is_some() {
        return Ok(());
    }
    said.marks += attributes.len();
    said.next += next;
    said.files += 1;
    said.manifests.insert(owner);
    edits.set(file, Some(before), after);
    Ok(())
}

fn insertion<'a>((at, name, attribute): &'a (Pos, &'a str, String)) -> Insertion<'a> {
    Insertion { at: *at, name, attribute }
}

/// What stands in the marks of a handler: one without a route where attributes state the routes and all appeared
/// together, else one for each route.
fn marks(handler: &Handler<'_>) -> Result<Vec<String>, String> {
    let sinces: BTreeSet<&str> = handler.routes.values().map(|(_, since)| since.as_str()).collect();
    let by_attribute = handler.routes.values().all(|(unmarked, _)| unmarked.by_attribute);
    if let (true, Some(since)) = (by_attribute && sinces.len() == 1, sinces.first()) {
        return Ok(vec![format!("since = \"{since}\"")]);
    }
    let mut out = Vec::new();
    for (route, (_, since)) in &handler.routes {
        if route.is_empty() {
            return Err("its whole path could not be read; state it: `#[api(GET \"/…\", since = \"…\")]`".to_owned());
        }
        let inner = format!("{route}, since = \"{since}\"");
        if crate::syntax::mark(&RawTokens::from(inner.as_str())).is_err() {
            return Err(format!("`{route}` cannot stand in a mark"));
        }
        out.push(inner);
    }
    Ok(out)
}

/// Routes without a mark whose handlers cannot carry one.
fn unmarkable(appeared: &Appeared) -> Vec<String> {
    let mut out = Vec::new();
    for (package, set) in &appeared.sets {
        let markable = appeared.marking.get(package).map_or(&[][..], |marking| marking.unmarked.as_slice());
        for (endpoint, id) in set.endpoints.iter().zip(set.ids()) {
            let is_route = matches!(endpoint.key, EndpointKey::Http { .. });
            if is_route && !endpoint.marked && markable.iter().all(|unmarked| unmarked.key != endpoint.key) {
                let Place { file, line, column } = &endpoint.place;
                out.push(format!(
                    "{file}:{line}:{column}: `{id}` is left without a mark: its handler is no function of its own"
                ));
            }
        }
    }
    out
}

/// `GET "/users/{id}"`; `None` where the beginning of the path is not known.
fn route(key: &EndpointKey) -> Option<String> {
    match key {
        EndpointKey::Http { path, method, .. } if path.prefix == Prefix::Known => {
            Some(format!("{method} {:?}", path.render()))
        }
        _ => None,
    }
}

/// The manifest of the member that a file belongs to.
fn owner(appeared: &Appeared, file: &str) -> Option<String> {
    let members = appeared.side.workspace.packages.iter().filter(|p| p.member);
    let holds = |directory: &str| {
        directory.is_empty() || file.strip_prefix(directory).is_some_and(|rest| rest.starts_with('/'))
    };
    members.filter(|p| holds(&p.directory)).max_by_key(|p| p.directory.len()).map(|p| p.manifest.clone())
}

fn text_of(appeared: &Appeared, path: &str) -> Result<String, Failure> {
    let Some(tree) = &appeared.side.tree else { return Err(Failure::usage("there is no work tree to mark")) };
    let bytes = tree.read(path)?;
    let text = std::str::from_utf8(&bytes).map_err(|e| Failure::new("source", e.to_string()).at(path, 0, 0))?;
    Ok(text.to_owned())
}

/// How a package came to the attribute crate.
enum Depends {
    /// It had it.
    Already,
    /// From its repository.
    ByGit,
    /// From `[workspace.dependencies]`.
    Inherits,
}

/// Adds the attribute crate to a manifest; comments and spaces stay.
fn depend(appeared: &Appeared, manifest: &str, edits: &mut Edits) -> Result<Depends, Failure> {
    let before = text_of(appeared, manifest)?;
    let wrong = |e: toml_edit::TomlError| Failure::new("manifest", e.message().to_owned()).at(manifest, 0, 0);
    let mut document: DocumentMut = edits.after(manifest).unwrap_or(&before).parse().map_err(wrong)?;
    let root = text_of(appeared, &appeared.side.workspace.manifest)?;
    let inherited = root.parse::<DocumentMut>().ok().is_some_and(|root| {
        let dependencies = root.get("workspace").and_then(|w| w.get("dependencies"));
        dependencies.is_some_and(|d| d.get("versioning-macros").is_some())
    });
    let dependencies = document.entry("dependencies").or_insert_with(|| Item::Table(Table::new()));
    let Some(table) = dependencies.as_table_like_mut() else {
        return Err(Failure::new("manifest", "`dependencies` is no table").at(manifest, 0, 0));
    };
    if table.contains_key("versioning-macros") {
        return Ok(Depends::Already);
    }
    let mut entry = toml_edit::InlineTable::new();
    if inherited {
        entry.insert("workspace", true.into());
    } else {
        entry.insert("git", REPOSITORY.into());
    }
    table.insert("versioning-macros", value(entry));
    let after = crate::cli::write::rendered(&document, &before);
    edits.set(manifest, Some(before), after);
    Ok(if inherited { Depends::Inherits } else { Depends::ByGit })
}
