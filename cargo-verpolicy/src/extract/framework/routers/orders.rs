//! Lists in order, and what is picked out of them: sorting by what is known, `find`, `max_by_key`, `partition`.

use super::evaluate::Evaluation;
use super::frame::Frame;
use super::kind::HOLE;
use super::lists::none;
use super::value::Value;
use crate::syntax::facts::Name;
use std::cmp::Ordering;

/// How two values compare, where both are known.
pub(super) fn order(first: &Value<'_>, second: &Value<'_>) -> Option<Ordering> {
    match (first, second) {
        (Value::Text(a), Value::Text(b)) if !a.contains(HOLE) && !b.contains(HOLE) => Some(a.cmp(b)),
        (Value::Number(a), Value::Number(b)) => Some(a.cmp(b)),
        (Value::List(a), Value::List(b)) => {
            for (a, b) in a.iter().zip(b) {
                match order(a, b)? {
                    Ordering::Equal => {}
                    unequal => return Some(unequal),
                }
            }
            Some(a.len().cmp(&b.len()))
        }
        _ => None,
    }
}

/// `Ordering::Less` as a value.
pub(super) fn word<'a>(order: Ordering) -> Value<'a> {
    Value::Word(Name::new(match order {
        Ordering::Less => "Less",
        Ordering::Equal => "Equal",
        Ordering::Greater => "Greater",
    }))
}

/// What a value says of an order.
pub(super) fn said(value: &Value<'_>) -> Option<Ordering> {
    let Value::Word(word) = value else { return None };
    match word.as_str() {
        "Less" => Some(Ordering::Less),
        "Equal" => Some(Ordering::Equal),
        "Greater" => Some(Ordering::Greater),
        _ => None,
    }
}

impl<'a> Evaluation<'a> {
    /// The list in the order of a method of this name; `None` where that is not known.
    pub(super) fn sorted(
        &mut self,
        frame: &mut Frame<'a>,
        items: &[Value<'a>],
        name: &str,
        by: Option<&Value<'a>>,
    ) -> Option<Vec<Value<'a>>> {
        let ranks = self.ranks(frame, items, name, by)?;
        let mut places: Vec<usize> = (0..items.len()).collect();
        let rank = |at: usize| ranks.iter().position(|ranked| ranked.contains(&at));
        places.sort_by_key(|at| rank(*at));
        Some(places.into_iter().filter_map(|at| items.get(at).cloned()).collect())
    }

    /// The places of the items from the least to the greatest, those that are equal together.
    fn ranks(
        &mut self,
        frame: &mut Frame<'a>,
        items: &[Value<'a>],
        name: &str,
        by: Option<&Value<'a>>,
    ) -> Option<Vec<Vec<usize>>> {
        let keyed = name.ends_with("_key");
        let keys: Vec<Value<'a>> = match by.filter(|_| keyed) {
            Some(by) => items.iter().map(|item| self.mapped(frame, by, item.clone())).collect::<Option<_>>()?,
            None => items.to_vec(),
        };
        let mut ranks: Vec<Vec<usize>> = Vec::new();
        for (at, key) in keys.iter().enumerate() {
            let mut place = (ranks.len(), true);
            for (n, rank) in ranks.iter().enumerate() {
                let other = keys.get(*rank.first()?)?;
                let order = match by.filter(|_| !keyed) {
                    Some(by) => said(&self.both(frame, by, key.clone(), other.clone())?)?,
                    None => order(key, other)?,
                };
                if order != Ordering::Greater {
                    place = (n, order == Ordering::Less);
                    break;
                }
            }
            match place {
                (n, true) => ranks.insert(n, vec![at]),
                (n, false) => ranks.get_mut(n)?.push(at),
            }
        }
        Some(ranks)
    }

    fn both(
        &mut self,
        frame: &mut Frame<'a>,
        by: &Value<'a>,
        first: Value<'a>,
        second: Value<'a>,
    ) -> Option<Value<'a>> {
        match by {
            Value::Closure(closure) => Some(self.apply(frame, closure, vec![first, second]).value),
            Value::Function(named) => Some(self.call(named, vec![first, second])?.value),
            Value::Word(word) if word == "cmp" => order(&first, &second).map(self::word),
            _ => None,
        }
    }

    /// What a method picks out of a list; `None` where that is not known, or it is another method.
    pub(super) fn picked(
        &mut self,
        frame: &mut Frame<'a>,
        items: &[Value<'a>],
        name: &str,
        values: &[Value<'a>],
    ) -> Option<Value<'a>> {
        let each = values.first();
        match (name, each) {
            ("max" | "max_by" | "max_by_key" | "min" | "min_by" | "min_by_key", each) => {
                let ranks = self.ranks(frame, items, name, each)?;
                // Of equal ones the last is the greatest, the first the least.
                let at = match name.starts_with("max") {
                    true => ranks.last().and_then(|rank| rank.last()),
                    false => ranks.first().and_then(|rank| rank.first()),
                };
                Some(at.and_then(|at| items.get(*at)).cloned().unwrap_or_else(none))
            }
            ("find" | "position" | "any" | "all" | "partition" | "take_while" | "skip_while", Some(each)) => {
                let taken = items.iter().map(|item| self.mapped(frame, each, item.clone())?.truth());
                let taken: Vec<Option<bool>> = taken.collect();
                chosen(items, name, &taken)
            }
            ("find_map", Some(each)) => {
                for item in items {
                    match self.mapped(frame, each, item.clone())? {
                        Value::Unknown => return None,
                        Value::Word(word) if word == "None" => {}
                        found => return Some(found),
                    }
                }
                Some(none())
            }
            ("contains", Some(wanted)) => {
                let equal = items.iter().map(|item| Some(order(item, wanted)? == Ordering::Equal));
                let equal: Option<Vec<bool>> = equal.collect();
                equal.map(|equal| Value::Text(equal.contains(&true).to_string()))
            }
            _ => None,
        }
    }
}

/// What a method picks by what a closure says of each item.
fn chosen<'a>(items: &[Value<'a>], name: &str, taken: &[Option<bool>]) -> Option<Value<'a>> {
    // Up to the first of which it is known that it ends the search nothing may be unknown.
    let ends = |wanted: bool| {
        let at = taken.iter().position(|one| *one != Some(!wanted));
        match at {
            Some(at) if taken.get(at).copied().flatten().is_none() => None,
            at => Some(at),
        }
    };
    let list = |items: &[Value<'a>]| Value::List(items.to_vec());
    Some(match name {
        "find" => ends(true)?.and_then(|at| items.get(at)).cloned().unwrap_or_else(none),
        "position" => match ends(true)? {
            Some(at) => Value::Number(i128::try_from(at).ok()?),
            None => none(),
        },
        "any" => Value::Text(ends(true)?.is_some().to_string()),
        "all" => Value::Text(ends(false)?.is_none().to_string()),
        "take_while" => list(items.get(..ends(false)?.unwrap_or(items.len()))?),
        "skip_while" => list(items.get(ends(false)?.unwrap_or(items.len())..)?),
        "partition" => {
            let taken: Vec<bool> = taken.iter().copied().collect::<Option<_>>()?;
            let of = |wanted: bool| {
                let of = items.iter().zip(&taken).filter(|(_, taken)| **taken == wanted);
                Value::List(of.map(|(item, _)| item.clone()).collect())
            };
            Value::List(vec![of(true), of(false)])
        }
        _ => return None,
    })
}

/// A list in parts.
pub(super) fn parts<'a>(items: &[Value<'a>], name: &str, at: Option<&Value<'a>>) -> Option<Value<'a>> {
    let list = |items: &[Value<'a>]| Value::List(items.to_vec());
    let count = match at {
        Some(Value::Number(count)) => usize::try_from(*count).ok(),
        _ => None,
    };
    Some(match (name, count) {
        ("chunks" | "array_chunks", Some(count)) if count > 0 => Value::List(items.chunks(count).map(list).collect()),
        ("chunks_exact", Some(count)) if count > 0 => Value::List(items.chunks_exact(count).map(list).collect()),
        ("windows", Some(count)) if count > 0 => Value::List(items.windows(count).map(list).collect()),
        ("split_at", Some(at)) => {
            let (first, second) = items.split_at_checked(at)?;
            Value::List(vec![list(first), list(second)])
        }
        ("split_first", _) => match items.split_first() {
            Some((first, rest)) => Value::List(vec![first.clone(), list(rest)]),
            None => none(),
        },
        ("split_last", _) => match items.split_last() {
            Some((last, rest)) => Value::List(vec![last.clone(), list(rest)]),
            None => none(),
        },
        ("unzip", _) => {
            let pairs = items.iter().map(|item| match item {
                Value::List(pair) if pair.len() == 2 => Some((pair.first()?.clone(), pair.last()?.clone())),
                _ => None,
            });
            let (first, second) = pairs.collect::<Option<Vec<_>>>()?.into_iter().unzip();
            Value::List(vec![Value::List(first), Value::List(second)])
        }
        _ => return None,
    })
}
