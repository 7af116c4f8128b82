//! `list`: the endpoint set of one origin.

use super::args::{Implicit, ListArgs, Scope};
use super::failure::Failure;
use super::follow::{self, Reading};
use super::progress::Progress;
use super::world::{From, World, in_scope};
use super::{HOLDS, VIOLATED, output, settings};
use crate::model::{Endpoint, EndpointKey, EndpointSet, Kind};
use crate::report::{ListedPackage, Listing};
use std::collections::{BTreeMap, BTreeSet};

/// `list [ORIGIN] [--at V]`.
pub(super) fn list(args: &ListArgs) -> Result<u8, Failure> {
    output::lists(&args.show)?;
    let from = args.origin.as_deref().map_or(Ok(From::WorkTree), From::parse)?;
    refuse_no_words(args)?;
    let world = World::open(&args.scope)?;
    let mut side = world.side(&from)?;
    settings::report_problems(&side, true)?;
    let settings = settings::Settings::read(&side)?;
    let only = match side.given {
        Some(_) => None,
        None => Some(in_scope(&args.scope, &side.workspace)?),
    };
    settings::refuse_unknown_features(&side, &args.scope.features)?;
    let options = settings.extraction(&args.scope, &args.scope.features);
    let reading = Progress::start(format!("reading {}", side.origin), 1);
    let mut sets = world.sets(&side, only.as_ref(), &options)?;
    drop(reading);
    let reading = Reading { side: &mut side, sets: &mut sets, only: only.as_ref(), options };
    follow::follow(&world, settings.dependencies(), &mut [reading])?;
    unseen(args, &sets).iter().for_each(|text| output::warn(text));
    let mut packages = Vec::new();
    let mut denied: BTreeMap<&str, usize> = BTreeMap::new();
    for (name, set) in sets {
        let set = match &args.at {
            Some(version) => {
                let at = set.at(version);
                for id in &at.uncertain {
                    output::warn(&format!("{id}: its versions cannot be compared with {version}: listed all the same"));
                }
                at.set
            }
            None => set,
        };
        let implicit = implicit(&args.scope, &settings.of(&name));
        for rule in &args.deny {
            *denied.entry(rule).or_default() += found(&set, rule);
        }
        packages.push(listed(set, &implicit, &side.origin, args));
    }
    let listing = Listing { packages };
    let canvas = output::canvas(&args.show);
    output::show(&args.show, &canvas, &|format, canvas| {
        format.list.map_or_else(String::new, |list| list(&listing, canvas))
    })?;
    denied.retain(|_, count| *count > 0);
    for (rule, count) in &denied {
        let message = format!("{rule} is denied, and is found {count} {}", if *count == 1 { "time" } else { "times" });
        output::failure(&Failure::new("denied", message), false);
    }
    Ok(if denied.is_empty() { HOLDS } else { VIOLATED })
}

/// How often the set has what this rule names.
fn found(set: &EndpointSet, rule: &str) -> usize {
    match rule {
        "unmarked-endpoint" => set.endpoints.iter().filter(|endpoint| !endpoint.marked).count(),
        rule => set.blind_spots.iter().filter(|spot| crate::policy::rule_of_blind_spot(spot) == rule).count(),
    }
}

/// The methods of HTTP, and `ANY` for all of them.
const METHODS: [&str; 10] = ["ANY", "CONNECT", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "TRACE"];

/// Refuses a version that is none, and a method that looks like a slip.
fn refuse_no_words(args: &ListArgs) -> Result<(), Failure> {
    let is_version = |text: &&String| text.trim_start_matches('v').starts_with(|c: char| c.is_ascii_digit());
    if let Some(version) = args.at.as_ref().filter(|text| !is_version(text)) {
        return Err(Failure::usage(format!("`--at {version}` is no version")).help("write it as 1.0.0"));
    }
    for method in &args.method {
        let is_known = METHODS.iter().any(|known| known.eq_ignore_ascii_case(method));
        if let Some(close) = versioning_grammar::nearest(method, METHODS.into_iter()).filter(|_| !is_known) {
            let failure = Failure::usage(format!("`--method {method}` is no method of HTTP"));
            return Err(failure.help(format!("did you mean `{close}`?")));
        }
    }
    Ok(())
}

/// What was asked for that no endpoint has, each with what there is.
fn unseen(args: &ListArgs, sets: &BTreeMap<String, EndpointSet>) -> Vec<String> {
    let endpoints = || sets.values().flat_map(|set| &set.endpoints);
    if endpoints().next().is_none() {
        return Vec::new();
    }
    let mut out = Vec::new();
    if args.at.is_some() && !endpoints().any(|endpoint| endpoint.lifetime.native) {
        out.push("no framework here publishes API versions: --at leaves nothing out".to_owned());
    }
    let sections: BTreeSet<&str> = endpoints().filter_map(|endpoint| endpoint.section.as_deref()).collect();
    for section in args.section.iter().filter(|section| !sections.contains(section.as_str())) {
        let what = format!("no endpoint is in the section `{section}`");
        out.push(match versioning_grammar::nearest(section, sections.iter().copied()) {
            Some(close) => format!("{what}: did you mean `{close}`?"),
            None if sections.is_empty() => format!("{what}, nor in any other"),
            None => format!("{what}: there are {}", super::world::list(&sections)),
        });
    }
    let words: Vec<(String, String)> = endpoints().map(words).collect();
    let methods: BTreeSet<&str> = words.iter().map(|(method, _)| method.as_str()).filter(|m| !m.is_empty()).collect();
    for method in &args.method {
        if !methods.iter().any(|known| known.eq_ignore_ascii_case(method)) {
            let there = if methods.is_empty() { "none is HTTP".to_owned() } else { super::world::list(&methods) };
            out.push(format!("no endpoint has the method {}: there are {there}", method.to_uppercase()));
        }
    }
    let paths: BTreeSet<&str> = words.iter().map(|(_, path)| path.as_str()).collect();
    for glob in args.path.iter().filter(|glob| !paths.iter().any(|path| crate::policy::glob_matches(glob, path))) {
        let what = format!("`--path {glob}` matches none of {} paths", paths.len());
        out.push(match versioning_grammar::nearest(glob, paths.iter().copied()) {
            Some(close) => format!("{what}: did you mean `{close}`?"),
            None => format!("{what}: `*` stands for a segment, `**` for any number of them"),
        });
    }
    let filtered = args.section.len() + args.method.len() + args.path.len() > 0;
    if out.is_empty() && filtered && !endpoints().any(|endpoint| passes(endpoint, args)) {
        out.push(format!("none of {} endpoints passes all of these filters", endpoints().count()));
    }
    out
}

/// Method and path; a Rust item has no method.
fn words(endpoint: &Endpoint) -> (String, String) {
    match &endpoint.key {
        EndpointKey::Http { method, path, .. } => (method.to_string(), path.render()),
        EndpointKey::Named { path, .. } => (String::new(), path.clone()),
    }
}

/// Does the endpoint pass `--path`, `--method` and `--section`?
fn passes(endpoint: &Endpoint, args: &ListArgs) -> bool {
    let (method, path) = words(endpoint);
    (args.method.is_empty() || args.method.iter().any(|m| m.eq_ignore_ascii_case(&method)))
        && (args.path.is_empty() || args.path.iter().any(|glob| crate::policy::glob_matches(glob, &path)))
        && (args.section.is_empty() || args.section.iter().any(|s| endpoint.section.as_ref() == Some(s)))
}

/// What counts without a mark: the flag and the configuration.
pub(super) fn implicit(scope: &Scope, config: &crate::config::Config) -> Vec<Implicit> {
    let mut all = scope.implicit.clone();
    for kind in config.implicit.iter().flatten() {
        all.push(match kind {
            crate::config::ImplicitKind::Routes => Implicit::Routes,
            crate::config::ImplicitKind::Public => Implicit::Public,
        });
    }
    all
}

/// The kind of endpoints that a word of `implicit` names.
pub(super) fn kind(implicit: crate::config::ImplicitKind) -> Kind {
    match implicit {
        crate::config::ImplicitKind::Routes => Kind::Http,
        crate::config::ImplicitKind::Public => Kind::Item,
    }
}

/// Does an endpoint of this kind count without a mark?
pub(super) fn counts(kind: Kind, implicit: &[Implicit]) -> bool {
    match kind {
        Kind::Http => implicit.contains(&Implicit::Routes),
        Kind::Item => implicit.contains(&Implicit::Public),
        Kind::Message | Kind::Config => false,
    }
}

fn listed(mut set: EndpointSet, implicit: &[Implicit], origin: &str, args: &ListArgs) -> ListedPackage {
    set.endpoints.retain(|endpoint| passes(endpoint, args));
    let before = set.endpoints.len();
    // They go with the types that are marked.
    let implied = set.endpoints.iter().filter(|e| e.is_impl() && !e.marked && !counts(e.kind(), implicit)).count();
    set.endpoints.retain(|e| e.marked || counts(e.kind(), implicit));
    let unmarked = before - set.endpoints.len() - implied;
    ListedPackage { set, unmarked, origin: origin.to_owned() }
}
