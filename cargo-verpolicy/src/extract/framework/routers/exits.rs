//! Ways out of a body before its end: `break`, `continue`, `return` in one branch of several. What such a branch has changed
//! stands again where it leads.

use super::evaluate::at_run_time;
use super::frame::Frame;
use super::value::{Variable, Variables};
use crate::model::Condition;
use crate::syntax::expression::Leave;
use crate::syntax::facts::Name;

/// A loop, or a block with a label, while it is evaluated.
#[derive(Default)]
pub(super) struct Around<'a> {
    label: Option<Name>,
    /// `break` without a label means it.
    is_loop: bool,
    /// How many blocks stand around it.
    depth: usize,
    /// The variables where branches go on with the next turn, each with what the branch asks for.
    turns: Vec<(Variables<'a>, Condition)>,
    /// The variables where branches end it.
    ends: Vec<(Variables<'a>, Condition)>,
    /// The path at hand is one of several, chosen at run time.
    chosen: bool,
}

impl Around<'_> {
    fn is_meant(&self, label: Option<&Name>) -> bool {
        label.map_or(self.is_loop, |label| self.label.as_ref() == Some(label))
    }
}

impl<'a> Frame<'a> {
    /// A loop begins, or a block with a label.
    pub(super) fn begin(&mut self, label: Option<&Name>, is_loop: bool) {
        let depth = self.depth();
        self.around.push(Around { label: label.cloned(), is_loop, depth, ..Around::default() });
    }

    /// A branch leaves with these variables, while another may go on.
    pub(super) fn leaves_with(&mut self, leave: &Leave, variables: Variables<'a>, on: Condition) {
        let label = match leave {
            Leave::Function => None,
            Leave::Loop(label) | Leave::Turn(label) => label.as_ref(),
        };
        let meant = self.around.iter().rposition(|one| *leave != Leave::Function && one.is_meant(label));
        let depth = match meant.and_then(|at| self.around.get(at)) {
            Some(around) => around.depth,
            None => 1,
        };
        let variables = self.without_blocks(variables, depth);
        match (leave, meant.and_then(|at| self.around.get_mut(at))) {
            (Leave::Loop(_), Some(around)) => around.ends.push((variables, on)),
            (Leave::Turn(_), Some(around)) => around.turns.push((variables, on)),
            _ => self.exits.push((variables, on)),
        }
    }

    /// A turn of the loop ends: does another one follow?
    pub(super) fn ends_turn(&mut self) -> bool {
        let chosen = std::mem::take(&mut self.chosen);
        let Some(around) = self.around.last_mut() else { return false };
        around.chosen |= chosen;
        let (turns, left) = (std::mem::take(&mut around.turns), self.left.take());
        let mine = |label: &Option<Name>| around.is_meant(label.as_ref());
        match left {
            None => {
                self.join_all(turns, chosen);
                true
            }
            Some(Leave::Turn(label)) if mine(&label) => {
                self.join_all(turns, chosen);
                true
            }
            Some(Leave::Loop(label)) if mine(&label) && turns.is_empty() => false,
            Some(leave) if turns.is_empty() => {
                self.left = Some(leave);
                false
            }
            Some(leave) => {
                around.chosen = true;
                self.go_on_with(turns, &leave);
                true
            }
        }
    }

    /// The loop, or the block, ends.
    pub(super) fn end(&mut self) {
        let Some(around) = self.around.pop() else { return };
        let chosen = std::mem::take(&mut self.chosen) || around.chosen;
        match self.left.take() {
            Some(Leave::Loop(label)) if around.is_meant(label.as_ref()) => self.join_all(around.ends, chosen),
            Some(leave) if around.ends.is_empty() => self.left = Some(leave),
            Some(leave) => self.go_on_with(around.ends, &leave),
            None => self.join_all(around.ends, chosen),
        }
    }

    /// The loop is read anew: what its turns left is forgotten.
    pub(super) fn begin_anew(&mut self, exits: usize) {
        self.exits.truncate(exits);
        if let Some(around) = self.around.last_mut() {
            around.turns.clear();
            around.ends.clear();
        }
    }

    /// What the ways out of the function have left in these variables, beside its end.
    pub(super) fn join_exits(&mut self, kept: &dyn Fn(&Name) -> bool) {
        for (variables, on) in std::mem::take(&mut self.exits) {
            let kept = variables.into_iter().filter(|(name, _)| kept(name) && self.variables.contains_key(name));
            let kept = kept.collect();
            self.join(kept, &on, &Condition::Always);
        }
    }

    /// The path at hand leaves; the others go on.
    fn go_on_with(&mut self, others: Vec<(Variables<'a>, Condition)>, leave: &Leave) {
        let mut others = others.into_iter();
        if let Some((first, _)) = others.next() {
            let gone = std::mem::replace(&mut self.variables, first);
            self.leaves_with(leave, gone, at_run_time());
        }
        self.join_all(others, true);
    }

    /// Joins what branches have left; `chosen` says that the path at hand is such a branch too.
    fn join_all(&mut self, all: impl IntoIterator<Item = (Variables<'a>, Condition)>, chosen: bool) {
        let here = if chosen { at_run_time() } else { Condition::Always };
        for (mut variables, on) in all {
            variables.retain(|name, _| self.variables.contains_key(name));
            self.join(variables, &on, &here);
        }
    }

    /// The variables as they stand outside of the blocks that are deeper than this.
    fn without_blocks(&self, mut variables: Variables<'a>, depth: usize) -> Variables<'a> {
        for (name, old) in self.hidden_below(depth) {
            match old {
                Some(old) => variables.insert(name.clone(), Variable::clone(old)),
                None => variables.remove(name),
            };
        }
        variables
    }
}
