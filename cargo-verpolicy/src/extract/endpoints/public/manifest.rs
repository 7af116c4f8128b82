//! What the manifest promises beside the source: features, and dependencies whose types stand in public signatures.

use super::super::super::crates::{implemented, library_name};
use super::PublicItem;
use crate::model::{
    Condition, DependencyForm, Endpoint, EndpointContent, EndpointKey, Form, IMPLICIT_FEATURE, Kind, Lifetime, Place,
    Published, Signature, Stability,
};
use crate::package::{Package, TargetKind};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

/// Features and public dependencies of a package with a library.
pub(super) fn endpoints(package: &Package, items: &[PublicItem<'_>]) -> Vec<Endpoint> {
    if !package.targets.iter().any(|t| matches!(t.kind, TargetKind::Lib | TargetKind::ProcMacro)) {
        return Vec::new();
    }
    features(package).into_iter().chain(dependencies(package, items)).collect()
}

fn features(package: &Package) -> Vec<Endpoint> {
    // Without `[features] default` there is an empty one.
    let names = package.features.keys().map(String::as_str).chain(["default"]).collect::<BTreeSet<&str>>();
    // A name that begins with `_` is for the package itself.
    let promised = names.into_iter().filter(|name| is_promised(name) && !is_of_the_standard_library(package, name));
    promised
        .map(|name| {
            let on: BTreeSet<String> = turned_on(package, name).into_iter().map(str::to_owned).collect();
            let list: Vec<&str> = on.iter().map(String::as_str).collect();
            let is_dependency = name != "default" && !package.places.contains_key(&format!("feature {name}"));
            let text = match is_dependency {
                true => IMPLICIT_FEATURE.to_owned(),
                false => format!("feature [{}]", list.join(", ")),
            };
            endpoint(package, "feature", name, text, Form::Feature(on))
        })
        .collect()
}

/// Is the feature for others than the package itself?
fn is_promised(name: &str) -> bool {
    !Condition::Feature(name.to_owned()).is_unstable()
}

/// Does the standard library's own build turn it on: a dependency on the packages that stand for its crates?
fn is_of_the_standard_library(package: &Package, name: &str) -> bool {
    let stands_in = |dependency: &str| dependency.starts_with("rustc-std-workspace-");
    let dependencies = || package.dependencies.iter().filter(|(key, _)| *key == name);
    name == "rustc-dep-of-std"
        || dependencies().any(|(_, dependency)| {
            stands_in(&dependency.package) || dependency.optional && dependency.package == "compiler_builtins"
        })
}

/// The features that one turns on, at any remove; private ones left out.
fn turned_on<'p>(package: &'p Package, name: &'p str) -> BTreeSet<&'p str> {
    let mut out = BTreeSet::new();
    let mut queue = vec![name];
    while let Some(at) = queue.pop() {
        for entry in package.features.get(at).into_iter().flatten() {
            let feature = match entry.split_once('/') {
                Some((dependency, _)) if dependency.ends_with('?') => continue,
                Some((dependency, _)) => dependency,
                None => entry.as_str(),
            };
            if package.features.contains_key(feature) && feature != name && out.insert(feature) {
                queue.push(feature);
            }
        }
    }
    out.retain(|feature| is_promised(feature));
    out
}

fn dependencies(package: &Package, items: &[PublicItem<'_>]) -> Vec<Endpoint> {
    let mut by_library: BTreeMap<String, (&str, &str)> = BTreeMap::new();
    for (name, dependency) in &package.dependencies {
        if let Some(requirement) = &dependency.requirement
            && !is_of_the_standard_library(package, name)
        {
            let library = dependency.package.replace('-', "_");
            // Of several versions of one package, the one under its own name, else the first: a further one takes nothing away.
            let own = **name == library;
            let known = by_library.entry(library_name(&library).to_owned()).or_insert((name, requirement));
            if own {
                *known = (name, requirement);
            }
        }
    }
    let mut users: BTreeMap<&str, (String, usize)> = BTreeMap::new();
    // What stands in unstable items only is no promise; what only types show that nobody can name leads to no user.
    let counts =
        |item: &&PublicItem<'_>| item.condition.needs(&Condition::is_unstable).is_none() && !item.path.contains("~::");
    for item in items.iter().filter(counts) {
        for head in heads_of(item) {
            let Some((library, _)) = by_library.get_key_value(&head) else { continue };
            let (first, count) = users.entry(library.as_str()).or_insert_with(|| (item.path.clone(), 0));
            *count += 1;
            if item.path < *first {
                first.clone_from(&item.path);
            }
        }
    }
    let known = users.into_iter().filter_map(|(library, users)| Some((by_library.get(library)?, users)));
    known
        .map(|((name, requirement), (first, count))| {
            let text = format!("dependency {requirement}");
            let form = DependencyForm { requirement: (*requirement).to_owned(), first, count };
            // By the name of the package: what it is called here is nobody's business.
            let called =
                package.dependencies.get(*name).map_or_else(|| (*name).to_owned(), |d| d.package.replace('-', "_"));
            let mut found = endpoint(package, "dependency", &called, text, Form::Dependency(form));
            if let Some((line, column)) = package.places.get(&format!("dependency {name}")) {
                (found.place.line, found.place.column) = (*line, *column);
            }
            found
        })
        .collect()
}

/// The crates that an item's signature names.
fn heads_of(item: &PublicItem<'_>) -> BTreeSet<String> {
    let out = RefCell::new(BTreeSet::new());
    let add = |text: &str| heads(text, &mut out.borrow_mut());
    match &item.form {
        Form::Text => {
            add(&item.text);
            let whole = item.text.strip_prefix("use ").filter(|path| !path.contains("::"));
            out.borrow_mut().extend(whole.map(str::to_owned));
        }
        // What a derive macro that is not known implements is not known either.
        Form::Impl(form) if form.derived && unknown_derive(&item.path) => return BTreeSet::new(),
        Form::Impl(_) => add(&item.path),
        _ => {}
    }
    item.form.clone().rewrite(&|text| add(text));
    if let Form::Trait(form) = &item.form {
        form.supertraits.iter().for_each(|text| add(text));
    }
    out.into_inner()
}

fn unknown_derive(path: &str) -> bool {
    let of = path.strip_prefix("impl ").and_then(|rest| rest.split_once(" for "));
    of.is_some_and(|(of, _)| !of.starts_with("std::") && implemented(of).is_none())
}

/// The first segments of the paths of a text.
fn heads(text: &str, out: &mut BTreeSet<String>) {
    let mut before = "";
    for part in text.split_inclusive(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':')) {
        let path = part.trim_end_matches(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':'));
        let goes_on = path.starts_with("::") && before.ends_with('>');
        before = part;
        if let Some((head, _)) = path.trim_start_matches(':').split_once("::").filter(|_| !goes_on) {
            out.insert(head.to_owned());
        }
    }
}

fn endpoint(package: &Package, word: &str, name: &str, text: String, form: Form) -> Endpoint {
    let path = format!("{word} {name}");
    // An optional dependency is a feature without a line of its own.
    let place =
        package.places.get(&path).or_else(|| package.places.get(&format!("dependency {}", name.replace('-', "_"))));
    let (line, column) = place.copied().unwrap_or((1, 1));
    let file = package.manifest.as_str().into();
    let signature = Signature { form, ..Signature::of_text(word, text) };
    Endpoint {
        key: EndpointKey::Named { kind: Kind::Item, path },
        content: EndpointContent::Item(signature),
        marked: false,
        lifetime: Lifetime::default(),
        stability: Stability::Stable,
        condition: Condition::Always,
        published: Published::Unknown,
        behavior: None,
        edition: None,
        section: None,
        documented: true,
        handler: None,
        framework: None,
        place: Place { file, line, column },
        mark_place: None,
    }
}
