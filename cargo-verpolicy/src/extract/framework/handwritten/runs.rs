//! What functions gave, so that none is walked again for the same: functions that make errors are called from everywhere.

use super::value::Value;
use crate::extract::crates::Scope;
use crate::syntax::facts::{Item, Pos};
use foldhash::HashMap;
use std::cell::RefCell;

/// So many ways to call one function are kept.
const WAYS: usize = 32;

/// What functions of a package gave, by where they lie.
#[derive(Debug, Default)]
pub(crate) struct Runs {
    known: RefCell<HashMap<(usize, Pos), Vec<Run>>>,
}

/// How a function is called.
#[derive(Debug)]
pub(super) struct Called {
    pub(super) scope: Scope,
    pub(super) receiver: Option<Value>,
    pub(super) args: Vec<Value>,
    /// How many closures and macros surround the call, for they are followed so far only; and is it asked what flows
    /// into answers?
    pub(super) around: (u32, u32, bool),
}

/// What came of it, and what it took: where less than that is left, it is walked.
#[derive(Clone, Debug)]
pub(super) struct Gave {
    pub(super) value: Value,
    pub(super) height: u32,
    pub(super) fuel: u32,
    /// The functions that ran for it.
    pub(super) ran: Vec<*const Item>,
}

#[derive(Debug)]
struct Run {
    called: Called,
    gave: Gave,
}

impl Called {
    /// Nothing is handed over that somebody else wrote.
    pub(super) fn is_plain(&self) -> bool {
        let plain = |value: &Value| {
            matches!(
                value,
                Value::Status(_) | Value::Text | Value::Null | Value::Data(_) | Value::Empty | Value::Unknown
            )
        };
        self.receiver.iter().chain(&self.args).all(plain)
    }

    fn is(&self, other: &Self) -> bool {
        let (a, b) = (&self.scope, &other.scope);
        self.around == other.around
            && self.receiver == other.receiver
            && self.args == other.args
            && (a.module, &a.self_ty, &a.params) == (b.module, &b.self_ty, &b.params)
    }
}

impl Runs {
    pub(super) fn of(&self, item: &Item, called: &Called) -> Option<Gave> {
        let known = self.known.borrow();
        let run = known.get(&key(item))?.iter().find(|run| run.called.is(called))?;
        Some(run.gave.clone())
    }

    pub(super) fn keep(&self, item: &Item, called: Called, gave: Gave) {
        let mut known = self.known.borrow_mut();
        let runs = known.entry(key(item)).or_default();
        if runs.len() < WAYS {
            runs.push(Run { called, gave });
        }
    }
}

fn key(item: &Item) -> (usize, Pos) {
    (std::ptr::from_ref(item).addr(), item.pos)
}
