//! Generic parameters and what is asked of them.

use super::super::ChangeKind as K;
use super::Findings;
use super::defaults::gained;
use crate::model::GenericsForm;
use std::collections::BTreeSet;

/// Compares parameters and bounds. `defaults`: parameters may have defaults (types and traits, not functions).
pub(super) fn compare(findings: &mut Findings<'_>, old: &GenericsForm, new: &GenericsForm, defaults: bool) {
    parameters(findings, old, new, defaults);
    // What is asked of a parameter that is new its default meets.
    let had = if defaults && gained(old, new).is_some() { old.params.len() } else { usize::MAX };
    let of_new = |bound: &&String| {
        let number = bound.strip_prefix('T').and_then(|rest| rest.split_once(": ")?.0.parse::<usize>().ok());
        number.is_some_and(|number| number >= had)
    };
    bounds(findings, &old.bounds, &new.bounds.iter().filter(|bound| !of_new(bound)).cloned().collect());
}

/// Parameters alone.
pub(super) fn parameters(findings: &mut Findings<'_>, old: &GenericsForm, new: &GenericsForm, defaults: bool) -> bool {
    let GenericsForm { params, lifetimes, bounds: _ } = old;
    if (params, lifetimes) == (&new.params, &new.lifetimes) {
        return false;
    }
    let same = params.len() <= new.params.len()
        && *lifetimes == new.lifetimes
        && params.iter().zip(&new.params).all(|(a, b)| a.0 == b.0 && (a.1 == b.1 || a.1.is_none()));
    let extended = defaults && same && new.params.iter().skip(params.len()).all(|(_, default)| default.is_some());
    let kind = if extended { K::ItemGenericsExtended } else { K::ItemGenericsChanged };
    findings.say(kind, "", shown(old), shown(new));
    true
}

/// `<2 lifetimes, type, usize = 3>`
fn shown(generics: &GenericsForm) -> String {
    let mut parts = Vec::new();
    match generics.lifetimes {
        0 => {}
        1 => parts.push("1 lifetime".to_owned()),
        n => parts.push(format!("{n} lifetimes")),
    }
    for (kind, default) in &generics.params {
        let kind = if kind == "type" { kind.clone() } else { format!("const {kind}") };
        parts.push(default.as_ref().map_or(kind.clone(), |default| format!("{kind} = {default}")));
    }
    format!("<{}>", parts.join(", "))
}

/// What is asked for, in its direction: more of it hurts.
pub(super) fn bounds(findings: &mut Findings<'_>, old: &BTreeSet<String>, new: &BTreeSet<String>) {
    // What nobody outside can name is nobody's to meet. Bounds of lifetimes follow from the types where these say the same; numbers may have shifted.
    let of_types = |set: &BTreeSet<String>| -> BTreeSet<String> {
        set.iter().map(|b| super::lifetimes::erased(b)).filter(|b| !b.starts_with('\'') && !b.contains("~::")).collect()
    };
    let outlives = |set: &BTreeSet<String>| set.iter().filter(|b| b.starts_with('\'')).count();
    let (was, is) = (of_types(old), of_types(new));
    let (all_was, all_is) = findings.implied.both(&was, &is);
    // `?Sized` asks for less: where it goes, more is asked for.
    let less = |bound: &str| bound.contains(": ?") || bound.starts_with('?');
    // `T: ?Sized + Clone` is sized.
    let sized = |bound: &str, all: &BTreeSet<String>| less(bound) && is_sized(before_question(bound), all);
    // What `T::Item` holds lives as long as `T` does.
    let lives = |bound: &str| {
        let parts = bound.split_once(": '").and_then(|(of, lifetime)| Some((of.split_once("::")?.0, lifetime)));
        parts.is_some_and(|(of, lifetime)| all_was.contains(&format!("{of}: '{lifetime}")))
    };
    let sized_before = |of: &str| !was.contains(&format!("{of}: ?std::marker::Sized"));
    let implied = findings.implied;
    let everyones =
        |bound: &str| implied.is_met_by_all(bound) && bound.split_once(": ").is_some_and(|(of, _)| sized_before(of));
    let fresh: Vec<&String> = is.difference(&all_was).collect();
    let krate = findings.krate.clone();
    let published =
        |bound: &str| old.iter().any(|was| super::can_be_named_now(&super::lifetimes::erased(was), bound, &krate));
    let known = |b: &str| sized(b, &all_is) || lives(b) || everyones(b) || published(b) || implied.is_met(b, &all_was);
    // By another name of what may be the same.
    let doubted = |gone: &str, fresh: &str| {
        let (a, b) = (gone.split_once(": "), fresh.split_once(": "));
        a.zip(b).is_some_and(|((of, was), (new_of, is))| of == new_of && super::doubt::not_known(was, is, &krate))
    };
    let left: Vec<&String> = was.difference(&all_is).collect();
    let pairs: Vec<(String, String)> = fresh
        .iter()
        .filter_map(|fresh| Some(((*left.iter().find(|gone| doubted(gone, fresh))?).clone(), (*fresh).clone())))
        .collect();
    for (gone, fresh) in &pairs {
        findings.say(K::ItemTypeUnknown, "", gone.as_str(), fresh.as_str());
    }
    let in_doubt = |bound: &str| pairs.iter().any(|(gone, fresh)| gone == bound || fresh == bound);
    for bound in fresh.into_iter().filter(|b| !known(b) && !in_doubt(b)) {
        match less(bound) {
            true => findings.say(K::ItemBoundLoosened, "", format!("{}Sized", before_question(bound)), bound.as_str()),
            false => findings.say(K::ItemBoundTightened, "", "", bound.as_str()),
        }
    }
    // A method that trait objects get too: every implementor has a size.
    let for_objects = |bound: &str| bound == "Self: std::marker::Sized";
    let gone = was.difference(&all_is).filter(|bound| !sized(bound, &all_was) && !in_doubt(bound));
    for bound in gone.filter(|bound| !for_objects(bound)) {
        match less(bound) {
            true => findings.say(K::ItemBoundTightened, "", bound.as_str(), format!("{}Sized", before_question(bound))),
            false => findings.say(K::ItemBoundLoosened, "", bound.as_str(), ""),
        }
    }
    // Of a trait that only the package's own types have, one that was asked of nobody.
    let private = |set: &BTreeSet<String>| -> Vec<String> {
        set.iter().filter(|b| b.contains("~::") && !b.contains(": ?")).map(|b| super::lifetimes::erased(b)).collect()
    };
    if private(old).is_empty()
        && let Some(bound) = private(new).into_iter().find(|bound| !bound.starts_with("~::") || bound.contains('<'))
    {
        findings.say(K::ItemTypeUnknown, "", "", bound.as_str());
    }
    match outlives(old).cmp(&outlives(new)) {
        std::cmp::Ordering::Less => {
            findings.say(K::ItemBoundTightened, "", "", "a lifetime that outlives another");
        }
        std::cmp::Ordering::Greater => {
            findings.say(K::ItemBoundLoosened, "", "a lifetime that outlives another", "");
        }
        std::cmp::Ordering::Equal => {}
    }
}

fn before_question(bound: &str) -> &str {
    bound.split('?').next().unwrap_or_default()
}

/// Traits that only a type of a known size implements.
const SIZED: [&str; 8] = [
    "std::clone::Clone",
    "std::convert::From<",
    "std::convert::Into<",
    "std::convert::TryFrom<",
    "std::convert::TryInto<",
    "std::default::Default",
    "std::iter::FromIterator<",
    "std::str::FromStr",
];

/// Is what is asked of the subject (`T0: `) something that only sized types have?
fn is_sized(subject: &str, all: &BTreeSet<String>) -> bool {
    let traits = all.iter().filter_map(|bound| bound.strip_prefix(subject));
    traits.into_iter().any(|text| SIZED.iter().any(|of| text == *of || of.ends_with('<') && text.starts_with(of)))
}
