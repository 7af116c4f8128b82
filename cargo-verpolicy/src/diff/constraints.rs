//! Limits on values: what a validator checks, and what is only published.

use super::shapes::Found;
use super::word::Word;
use crate::model::Constraint;
use std::collections::BTreeSet;

/// What happened to the limits of one field or parameter: the worst of it, once.
pub(super) fn compare(old: &[Constraint], new: &[Constraint]) -> Vec<Found> {
    let kinds: BTreeSet<&str> = old.iter().chain(new).map(|c| c.kind.as_str()).collect();
    let mut tightened = Limits::default();
    let mut published = Limits::default();
    let mut loosened = Limits::default();
    let mut out = Vec::new();
    for kind in kinds {
        let find = |side: &'_ [Constraint]| side.iter().find(|c| c.kind == kind).cloned();
        let (before, after) = (find(old), find(new));
        if kind == "custom" {
            // Code that nobody executed: it may refuse what was read, or not.
            match (code(old), code(new)) {
                // It was published only, and is checked now.
                (None, Some(_)) if before.is_some() => tightened.add(None, after.as_ref()),
                (before, Some(after)) if before.as_ref() != Some(&after) => out.push(Found::new(Word::OpaqueChanged)),
                _ => {}
            }
            continue;
        }
        if kind == CODE {
            continue;
        }
        let checked = (before.as_ref().is_some_and(|c| c.checked), after.as_ref().is_some_and(|c| c.checked));
        let change = direction(kind, before.as_ref(), after.as_ref());
        match (checked, change) {
            ((false, false), Turn::Tighter | Turn::Other) => published.add(before.as_ref(), after.as_ref()),
            ((false, false), _) => {}
            // What was only published held nobody.
            ((false, true), _) => tightened.add(None, after.as_ref()),
            (_, Turn::Tighter) => tightened.add(before.as_ref(), after.as_ref()),
            (_, Turn::Other) => {
                let text = |c: Option<Constraint>| c.map(|c| c.value).unwrap_or_default();
                out.push(Found::new(Word::PatternChanged).values(text(before), text(after)));
            }
            ((true, false), _) => loosened.add(before.as_ref(), None),
            (_, Turn::Looser) => loosened.add(before.as_ref(), after.as_ref()),
            ((true, true), Turn::Same) => {}
        }
    }
    let tight = tightened.any;
    out.extend(tightened.found(Word::ConstraintTightened));
    out.extend(published.found(Word::PublishedTightened));
    if !tight {
        out.extend(loosened.found(Word::ConstraintLoosened));
    }
    out
}

/// The code of a validator function that is at hand, beside its name.
const CODE: &str = "custom-code";

/// The validator function that checks, by its code, else by its name.
fn code(limits: &[Constraint]) -> Option<String> {
    let find = |kind: &str| limits.iter().find(|limit| limit.checked && limit.kind == kind);
    let named = find("custom")?;
    Some(find(CODE).unwrap_or(named).value.trim_start_matches(':').trim_start().to_owned())
}

#[derive(Default)]
struct Limits {
    was: Vec<String>,
    is: Vec<String>,
    any: bool,
}

impl Limits {
    fn add(&mut self, old: Option<&Constraint>, new: Option<&Constraint>) {
        let text = |c: &Constraint| {
            if c.value.is_empty() { format!("`{}`", c.kind) } else { format!("`{} = {}`", c.kind, c.value) }
        };
        self.any = true;
        self.was.extend(old.map(text));
        self.is.extend(new.map(text));
    }

    fn found(self, word: Word) -> Option<Found> {
        let list = |texts: &[String]| if texts.is_empty() { "no limit".to_owned() } else { texts.join(", ") };
        self.any.then(|| Found::new(word).values(list(&self.was), list(&self.is)))
    }
}

enum Turn {
    Same,
    Tighter,
    Looser,
    /// A pattern, or anything else that has no order.
    Other,
}

fn direction(kind: &str, old: Option<&Constraint>, new: Option<&Constraint>) -> Turn {
    let (old, new) = match (old, new) {
        (Some(old), Some(new)) => (old, new),
        (None, Some(_)) => return Turn::Tighter,
        (Some(_), None) => return Turn::Looser,
        (None, None) => return Turn::Same,
    };
    if old.value == new.value {
        return Turn::Same;
    }
    let (Ok(a), Ok(b)) = (old.value.parse::<f64>(), new.value.parse::<f64>()) else { return Turn::Other };
    let larger_is_tighter = match kind {
        k if k.starts_with("min") || k.starts_with("exclusive-min") => true,
        k if k.starts_with("max") || k.starts_with("exclusive-max") => false,
        _ => return Turn::Other,
    };
    match b.partial_cmp(&a) {
        Some(std::cmp::Ordering::Equal) => Turn::Same,
        Some(order) if (order == std::cmp::Ordering::Greater) == larger_is_tighter => Turn::Tighter,
        Some(_) => Turn::Looser,
        None => Turn::Other,
    }
}
