//! What the compiler infers of a type from its fields.

use super::super::ChangeKind as K;
use super::Findings;
use crate::model::Inferred;
use std::collections::{BTreeMap, BTreeSet};

/// Compares what is inferred; `lifetimes`: how many the type has; `same_generics`: parameters stand where they stood;
/// `declared`: what the old type asked of its parameters, and so has for certain.
pub(super) fn compare(
    findings: &mut Findings<'_>,
    (old, new): (&Inferred, &Inferred),
    lifetimes: usize,
    same_generics: bool,
    declared: &BTreeSet<String>,
) {
    let Inferred { lacks, asks, unknown, variance } = old;
    let mut doubtful = Vec::new();
    let mut gone: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (of, why) in new.lacks.iter().filter(|(of, _)| !lacks.contains_key(*of)) {
        // A type that nothing is known of may have been in the way before.
        match unknown.is_empty() || of == "Sized" {
            true => gone.entry(why).or_default().push(of),
            false => doubtful.push((of.as_str(), why.as_str())),
        }
    }
    for (why, of) in gone {
        findings.say(K::ItemAutoTraitRemoved, "", of.join("`, `"), format!("{why} stands in the way"));
    }
    let come = lacks.keys().filter(|of| !new.lacks.contains_key(*of) && new.unknown.is_empty());
    let come: Vec<&str> = come.map(String::as_str).collect();
    if !come.is_empty() {
        findings.say(K::ItemAutoTraitAdded, "", "", come.join("`, `"));
    }
    for ask in new.asks.difference(asks).filter(|_| same_generics) {
        let Some((of, ask)) = ask.split_once(": ") else { continue };
        let by_hand = format!("{of}: by hand");
        // What implementations by hand ask is compared with them.
        if ask == "by hand" || asks.contains(&by_hand) && new.asks.contains(&by_hand) {
            continue;
        }
        let had = ask.split_once(": ").is_some_and(|(parameter, marker)| {
            declared.iter().any(|bound| {
                let known = bound.split_once(": ").is_some_and(|(of, path)| of == parameter && path.ends_with(marker));
                known && (bound.contains("std::marker::") || bound.contains("std::panic::"))
            })
        });
        if !lacks.contains_key(of) && unknown.is_empty() && !had {
            findings.say(K::ItemAutoTraitRemoved, "", of, format!("it asks for `{ask}`"));
        }
    }
    let fresh: Vec<&str> = new.unknown.difference(unknown).map(String::as_str).collect();
    let mut open: Vec<&str> = ["Send", "Sync", "Unpin", "UnwindSafe", "RefUnwindSafe"]
        .into_iter()
        .filter(|of| !fresh.is_empty() && !lacks.contains_key(*of) && !new.lacks.contains_key(*of))
        .collect();
    open.extend(doubtful.iter().map(|(of, _)| *of));
    let mut why: Vec<String> =
        if open.len() > doubtful.len() { fresh.iter().map(|ty| format!("`{ty}`")).collect() } else { Vec::new() };
    let hindrances: BTreeSet<&str> = doubtful.iter().map(|(_, why)| *why).collect();
    why.extend(hindrances.iter().map(|why| format!("what was there before {why}")));
    if !open.is_empty() {
        let list: Vec<String> = open.iter().map(|of| format!("`{of}`")).collect();
        findings.say(K::ItemAutoTraitUnknown, "", list.join(", "), why.join(", "));
    }
    if variance.len() != new.variance.len() {
        return;
    }
    for (at, (was, is)) in variance.iter().zip(&new.variance).enumerate() {
        let known = was != "unknown" && is != "unknown" && was != "unused";
        let looser = was == "invariant" || is == "unused";
        if known && was != is && !looser {
            // Lifetimes come first. Of a type, only the lifetimes inside it could shrink.
            let kind = if at < lifetimes { K::ItemVarianceChanged } else { K::ItemParameterVarianceChanged };
            findings.say(kind, &format!("generic parameter {}", at + 1), was.as_str(), is.as_str());
        }
    }
}
