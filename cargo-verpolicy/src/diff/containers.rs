//! A container attribute (`rename_all`, `default`) alters many members at once: one finding at the type, with the
//! members listed.

use super::ChangeKind;
use super::http::Occurrence;
use super::names::{Matched, only_case};
use super::shapes::Found;
use super::word::Word;
use crate::model::{Default, Field};
use std::collections::BTreeMap;

/// Puts what one attribute explains into one finding each; the rest stays as it is.
pub(super) fn gather(said: Vec<Found>, old: &[Field], new: &[Field], matched: &Matched) -> Vec<Found> {
    let case = |found: &Found| matches!((&found.was, &found.is), (Some(was), Some(is)) if only_case(was, is));
    let said = gather_renames(said, Word::FieldRenamed, case);
    let said = gather_renames(said, Word::FieldAliasAdded, case);
    let pairs = || matched.pairs.iter().filter_map(|(i, j)| Some((old.get(*i)?, new.get(*j)?)));
    let has_default = |field: &Field| field.default != Default::Refused;
    let all_new = pairs().all(|(_, b)| has_default(b)) && pairs().any(|(a, _)| !has_default(a));
    let all_old = pairs().all(|(a, _)| has_default(a)) && pairs().any(|(_, b)| !has_default(b));
    // `Option` has its own default; what the attribute gives is a value.
    let changed = |found: &Found, of: fn(&(&Field, &Field)) -> bool| {
        pairs().any(|pair| of(&pair) && super::objects::below(pair.1) == found.below)
    };
    let gained = |(_, b): &(&Field, &Field)| matches!(b.default, Default::Value(_) | Default::Opaque(_));
    let lost = |(a, _): &(&Field, &Field)| matches!(a.default, Default::Value(_) | Default::Opaque(_));
    let said = if all_new { gather_word(said, Word::FieldOptional, |f| changed(f, gained)) } else { said };
    if all_old { gather_word(said, Word::FieldRequired, |f| changed(f, lost)) } else { said }
}

/// Two or more renames by case alone: `rename_all`.
pub(super) fn gather_renames(said: Vec<Found>, word: Word, case: impl Fn(&Found) -> bool) -> Vec<Found> {
    gather_word(said, word, case)
}

/// The same for the parameters of one place: renames by case alone, of the members of one type.
pub(super) fn gather_parameters(said: Vec<Occurrence>, place: &str) -> Vec<Occurrence> {
    let renamed = |o: &Occurrence| match (&o.found.was, &o.found.is) {
        (Some(was), Some(is)) if o.kind == ChangeKind::ParameterRenamed && only_case(was, is) => {
            let owner = o.found.cause.as_ref()?.new.as_ref()?.owner.clone();
            Some((owner, format!("{was} → {is}")))
        }
        _ => None,
    };
    let mut by_owner: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (owner, member) in said.iter().filter_map(renamed) {
        by_owner.entry(owner).or_default().push(member);
    }
    by_owner.retain(|_, members| members.len() > 1);
    let mut out = Vec::with_capacity(said.len());
    for occurrence in said {
        let owner = renamed(&occurrence).map(|(owner, _)| owner);
        match owner.as_ref().map(|owner| by_owner.get_mut(owner)) {
            Some(Some(members)) if members.is_empty() => {}
            Some(Some(members)) => {
                let found = Found { members: std::mem::take(members), ..occurrence.found };
                out.push(Occurrence { at: place.to_owned(), found, ..occurrence });
            }
            _ => out.push(occurrence),
        }
    }
    out
}

fn gather_word(said: Vec<Found>, word: Word, explains: impl Fn(&Found) -> bool) -> Vec<Found> {
    let (mut many, mut rest): (Vec<Found>, Vec<Found>) = said.into_iter().partition(|f| f.word == word && explains(f));
    if many.len() < 2 {
        rest.append(&mut many);
        return rest;
    }
    let name = |found: &Found| match (&found.was, &found.is) {
        (Some(was), Some(is)) => format!("{was} → {is}"),
        _ => found.below.trim_start_matches('.').to_owned(),
    };
    let members: Vec<String> = many.iter().map(name).collect();
    let mut all = many.swap_remove(0);
    all.below = String::new();
    all.cause = None;
    all.members = members;
    rest.insert(0, all);
    rest
}
