//! Does an arm match, and what do its fragments take?

use super::fragment;
use super::rule::{Fragment, Node, Repeat};
use super::tree::{Leaf, Tree};
use crate::syntax::facts::Name;
use std::collections::BTreeMap;

/// What a fragment took.
#[derive(Debug)]
pub(super) enum Binding<'t> {
    One(Fragment, &'t [Tree]),
    Many(Vec<Binding<'t>>),
}

/// What the fragments of an arm took, by name.
pub(super) type Bindings<'t> = BTreeMap<Name, Binding<'t>>;

/// Matches arms as long as its steps last.
pub(super) struct Matcher {
    pub(super) steps: u32,
}

impl Matcher {
    /// Matches all of `input`.
    pub(super) fn whole<'t>(&mut self, nodes: &[Node], input: &'t [Tree]) -> Option<Bindings<'t>> {
        let mut found = Bindings::new();
        self.sequence(nodes, input, true, &mut found)?;
        Some(found)
    }

    /// How many trees of `input` the nodes take; all of them when they must.
    fn sequence<'t>(
        &mut self,
        nodes: &[Node],
        input: &'t [Tree],
        whole: bool,
        found: &mut Bindings<'t>,
    ) -> Option<usize> {
        let mut at = 0;
        for (index, node) in nodes.iter().enumerate() {
            self.step(1)?;
            let here = input.get(at..).unwrap_or_default();
            match node {
                Node::Leaf(leaf) => {
                    at += usize::from(stands(leaf, here.first()));
                    if !stands(leaf, here.first()) {
                        return None;
                    }
                }
                Node::Group(delimiter, inner) => {
                    self.sequence(inner, here.first()?.group(*delimiter)?, true, found)?;
                    at += 1;
                }
                Node::Fragment(name, kind) => {
                    let length = fragment::extent(*kind, here)?;
                    self.step(length)?;
                    found.insert(name.clone(), Binding::One(*kind, here.get(..length)?));
                    at += length;
                }
                Node::Repeat(repeat) => {
                    let rest = nodes.get(index + 1..).unwrap_or_default();
                    return Some(at + self.repeat(repeat, rest, (here, whole), found)?);
                }
                Node::Variable(_) | Node::Crate => return None,
            }
        }
        (!whole || at == input.len()).then_some(at)
    }

    /// As many rounds as there are, or fewer when the nodes behind then match.
    fn repeat<'t>(
        &mut self,
        repeat: &Repeat,
        rest: &[Node],
        (input, whole): (&'t [Tree], bool),
        found: &mut Bindings<'t>,
    ) -> Option<usize> {
        let mut rounds: Vec<Bindings<'t>> = Vec::new();
        let mut ends = vec![0];
        while let Some(end) = ends.last().copied() {
            if repeat.at_most_one && !rounds.is_empty() {
                break;
            }
            let from = match rounds.is_empty() {
                true => Some(end),
                false => separated(&repeat.separator, input, end),
            };
            let Some(from) = from else { break };
            let mut round = Bindings::new();
            let taken = self.sequence(&repeat.nodes, input.get(from..).unwrap_or_default(), false, &mut round);
            match taken {
                Some(taken) if from + taken > end => {
                    ends.push(from + taken);
                    rounds.push(round);
                }
                _ => break,
            }
        }
        while rounds.len() >= usize::from(repeat.at_least_one) {
            let end = ends.get(rounds.len()).copied()?;
            let mut behind = Bindings::new();
            if let Some(taken) = self.sequence(rest, input.get(end..).unwrap_or_default(), whole, &mut behind) {
                for name in &repeat.names {
                    let each = rounds.iter_mut().filter_map(|round| round.remove(name)).collect();
                    found.insert(name.clone(), Binding::Many(each));
                }
                found.extend(behind);
                return Some(end + taken);
            }
            rounds.pop()?;
        }
        None
    }

    fn step(&mut self, cost: usize) -> Option<()> {
        let left = self.steps.checked_sub(u32::try_from(cost).unwrap_or(u32::MAX));
        self.steps = left.unwrap_or(0);
        left.map(|_| ())
    }
}

/// Behind the separator at `at`.
fn separated(separator: &[Leaf], input: &[Tree], at: usize) -> Option<usize> {
    let all = separator.iter().enumerate().all(|(n, leaf)| stands(leaf, input.get(at + n)));
    all.then_some(at + separator.len())
}

fn stands(leaf: &Leaf, tree: Option<&Tree>) -> bool {
    tree.and_then(Tree::leaf).is_some_and(|found| found.text == leaf.text)
}
