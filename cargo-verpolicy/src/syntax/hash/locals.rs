//! The names that code binds: parameters, `let`, patterns. Every binding gets a number, in order, so that another name for
//! the same local is no other code.

use super::pieces::Pieces;
use std::collections::{BTreeMap, BTreeSet};

/// Names that are bound somewhere in a function, and the numbers of those that were met.
#[derive(Default)]
pub(super) struct Locals<'a> {
    bound: BTreeSet<&'a str>,
    /// Where in the body.
    bindings: BTreeSet<usize>,
    /// The last binding of each name.
    numbers: BTreeMap<&'a str, u32>,
    next: u32,
}

impl<'a> Locals<'a> {
    /// Takes in what a function's header binds, in order.
    pub(super) fn parameters(&mut self, header: &'a str) {
        let pieces = Pieces::new(header);
        let Some(at) = pieces.find(0, pieces.len(), |at| pieces.text(at) == "fn") else { return };
        self.function(&pieces, at);
        for at in std::mem::take(&mut self.bindings) {
            self.bind(pieces.text(at));
        }
    }

    /// The parameters of the function whose `fn` stands at `at`.
    fn function(&mut self, pieces: &Pieces<'a>, at: usize) {
        let (mut at, mut angles) = (at + 2, 0_u32);
        while at < pieces.len() && (angles > 0 || pieces.text(at) != "(") {
            match pieces.text(at) {
                "<" => angles += 1,
                ">" if pieces.before(at) != "-" => angles = angles.saturating_sub(1),
                _ => {}
            }
            at = pieces.behind(at);
        }
        self.typed(pieces, at + 1, pieces.partner(at).min(pieces.len()));
    }

    /// Takes in what a body binds.
    pub(super) fn bindings(&mut self, pieces: &Pieces<'a>) {
        for at in 0..pieces.len() {
            match pieces.text(at) {
                "fn" if pieces.text(at + 1) != "(" => self.function(pieces, at),
                "let" => {
                    let ends =
                        |at: usize| matches!(pieces.text(at), "=" | ";") || pieces.text(at) == ":" && !pieces.joins(at);
                    let end = pieces.find(at + 1, pieces.len(), ends);
                    self.pattern(pieces, at + 1, end.unwrap_or(at));
                }
                "for" => {
                    let end = pieces.find(at + 1, pieces.len(), |at| matches!(pieces.text(at), "in" | "{" | ";" | "<"));
                    let end = end.filter(|end| pieces.text(*end) == "in");
                    self.pattern(pieces, at + 1, end.unwrap_or(at));
                }
                "|" if begins_closure(pieces, at) => {
                    let end = pieces.find(at + 1, pieces.len(), |at| matches!(pieces.text(at), "|" | ";"));
                    self.typed(pieces, at + 1, end.unwrap_or(at));
                }
                "=" if pieces.text(at + 1) == ">" => {
                    let start = arm(pieces, at);
                    let guard = pieces.find(start, at, |at| pieces.text(at) == "if");
                    self.pattern(pieces, start, guard.unwrap_or(at));
                }
                _ => {}
            }
        }
    }

    /// The number of the local `name` at a place in the body; each binding gives it another.
    pub(super) fn number(&mut self, name: &'a str, at: usize) -> Option<u32> {
        if !self.bound.contains(name) {
            return None;
        }
        match self.numbers.get(name) {
            Some(number) if !self.bindings.contains(&at) => Some(*number),
            _ => Some(self.bind(name)),
        }
    }

    fn bind(&mut self, name: &'a str) -> u32 {
        let number = self.next;
        self.next += 1;
        self.numbers.insert(name, number);
        number
    }

    /// Patterns with their types, between commas.
    fn typed(&mut self, pieces: &Pieces<'a>, start: usize, end: usize) {
        let mut at = start;
        while at < end {
            let stop = pieces.find(at, end, |at| pieces.text(at) == "," || pieces.text(at) == ":" && !pieces.joins(at));
            self.pattern(pieces, at, stop.unwrap_or(end));
            let Some(stop) = stop else { return };
            let mut angles = 0_u32;
            at = stop;
            while at < end && (angles > 0 || pieces.text(at) != ",") {
                match pieces.text(at) {
                    "<" => angles += 1,
                    ">" if pieces.before(at) != "-" => angles = angles.saturating_sub(1),
                    _ => {}
                }
                at = pieces.behind(at);
            }
            at += 1;
        }
    }

    /// The names that a pattern binds.
    fn pattern(&mut self, pieces: &Pieces<'a>, start: usize, end: usize) {
        for at in start..end {
            let word = pieces.text(at);
            let named = word.starts_with(|first: char| first.is_lowercase() || first == '_') && word != "_";
            let other = matches!(word, "mut" | "ref" | "box" | "self" | "true" | "false" | "const" | "in" | "if");
            let path = pieces.joins(at + 1) || at > 0 && pieces.joins(at - 1);
            let next = pieces.text(at + 1);
            let applied = at + 1 < end && matches!(next, "(" | "{" | "!" | ":");
            if named && !other && !path && !applied {
                self.bound.insert(word);
                self.bindings.insert(at);
            }
        }
    }
}

fn begins_closure(pieces: &Pieces<'_>, at: usize) -> bool {
    matches!(pieces.before(at), "" | "(" | "," | "=" | "{" | "[" | ";" | "move" | "return" | "async")
        || pieces.end_before(at, &["=", ">"])
}

/// Where the arm of a `match` begins whose `=>` stands at `at`.
fn arm(pieces: &Pieces<'_>, at: usize) -> usize {
    let mut start = at;
    while start > 0 {
        let before = start - 1;
        match pieces.text(before) {
            "," | "(" | "[" | "{" | ";" => break,
            "}" => {
                let opener = pieces.partner(before);
                // Braces of a pattern stand behind a path; others end the arm before.
                let path = pieces.before(opener).starts_with(char::is_uppercase);
                if !path || opener >= before || pieces.end_before(opener, &["=", ">"]) {
                    break;
                }
                start = opener;
            }
            ")" | "]" => {
                let opener = pieces.partner(before);
                if opener >= before {
                    break;
                }
                start = opener;
            }
            _ => start = before,
        }
    }
    start
}
