//! Local variables by the order in which a body meets them: two bodies that differ in the names of their variables alone
//! are one.
//!
//! What binds a name is seen by the words around it (`let`, `for`, a closure's bars, an arm's arrow), in one pass, without
//! a syntax tree. Where that is not sure the name stays what it is.

use super::lexical::is_word;
use std::collections::{BTreeMap, BTreeSet};

/// Hands `each` the tokens of a body, variables by their numbers. `parameters` are the first, in their order.
pub(super) fn numbered<'a>(
    pieces: &[&'a str],
    parameters: impl IntoIterator<Item = &'a str>,
    mut each: impl FnMut(Token<'a>),
) {
    let body = Body::of(pieces);
    let mut bound: BTreeSet<&str> = BTreeSet::new();
    let mut numbers: BTreeMap<&str, u64> = BTreeMap::new();
    for (name, number) in parameters.into_iter().zip(0..) {
        bound.insert(name);
        numbers.insert(name, number);
    }
    body.bindings(&mut bound);
    for (i, piece) in pieces.iter().enumerate() {
        let reading = if bound.contains(piece) { body.reading(i) } else { Reading::Other };
        if reading == Reading::Shorthand {
            each(Token::Text(piece));
            each(Token::Text(":"));
        }
        if reading == Reading::Other {
            each(Token::Text(piece));
        } else {
            let next = u64::try_from(numbers.len()).unwrap_or(u64::MAX);
            each(Token::Variable(*numbers.entry(piece).or_insert(next)));
        }
    }
}

/// A token of a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// As written.
    Text(&'a str),
    /// A variable, by the order of the variables.
    Variable(u64),
}

/// What a name stands for at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reading {
    Variable,
    /// A variable, and the field of its name: `S { a }`.
    Shorthand,
    Other,
}

struct Body<'p, 'a> {
    pieces: &'p [&'a str],
    /// The delimiter that is open around each piece.
    around: Vec<Option<usize>>,
    /// Where what a closing delimiter closes begins.
    begins: Vec<Option<usize>>,
}

impl<'p, 'a> Body<'p, 'a> {
    fn of(pieces: &'p [&'a str]) -> Self {
        let mut open: Vec<usize> = Vec::new();
        let (mut around, mut begins) = (Vec::with_capacity(pieces.len()), Vec::with_capacity(pieces.len()));
        for (i, piece) in pieces.iter().enumerate() {
            let closed = if matches!(*piece, ")" | "]" | "}") { open.pop() } else { None };
            around.push(open.last().copied());
            begins.push(closed);
            if matches!(*piece, "(" | "[" | "{") {
                open.push(i);
            }
        }
        Self { pieces, around, begins }
    }

    fn piece(&self, at: usize) -> &'a str {
        self.pieces.get(at).copied().unwrap_or_default()
    }

    fn before(&self, at: usize, back: usize) -> &'a str {
        at.checked_sub(back).map_or("", |at| self.piece(at))
    }

    fn around(&self, at: usize) -> Option<usize> {
        self.around.get(at).copied().flatten()
    }

    fn is_path(&self, at: usize) -> bool {
        self.piece(at) == ":" && self.piece(at + 1) == ":"
    }

    /// One colon: behind it stands a type or a field's value.
    fn is_colon(&self, at: usize) -> bool {
        self.piece(at) == ":" && self.piece(at + 1) != ":" && self.before(at, 1) != ":"
    }

    /// All names that something in the body binds.
    fn bindings(&self, out: &mut BTreeSet<&'a str>) {
        for (i, piece) in self.pieces.iter().enumerate() {
            match *piece {
                "let" => {
                    let end = self.end(i, |at| matches!(self.piece(at), "=" | ";") || self.is_colon(at));
                    self.pattern(i + 1, end, out);
                }
                "for" if self.piece(i + 1) != "<" => {
                    self.pattern(i + 1, self.end(i, |at| self.piece(at) == "in"), out);
                }
                "|" if self.begins_closure(i) => self.closure(i, out),
                "=" if self.piece(i + 1) == ">" => {
                    let start = self.arm(i);
                    let guard = (start..i).find(|at| self.piece(*at) == "if" && self.around(*at) == self.around(i));
                    self.pattern(start, guard.unwrap_or(i), out);
                }
                _ => {}
            }
        }
    }

    /// The first place behind `from`, between the same delimiters, that `is` accepts; the end of all else.
    fn end(&self, from: usize, is: impl Fn(usize) -> bool) -> usize {
        let around = self.around(from);
        let inside = |at: &usize| self.around(*at) == around;
        (from + 1..self.pieces.len()).filter(inside).find(|at| is(*at)).unwrap_or(from)
    }

    fn begins_closure(&self, at: usize) -> bool {
        match self.before(at, 1) {
            "(" | "," | "=" | "{" | ";" | "[" | "move" | "return" | "else" | "async" => true,
            ">" => self.before(at, 2) == "=",
            _ => false,
        }
    }

    /// The parameters between a closure's bars; their types apart.
    fn closure(&self, bar: usize, out: &mut BTreeSet<&'a str>) {
        let end = self.end(bar, |at| self.piece(at) == "|");
        let (mut start, mut angles) = (bar + 1, 0_u32);
        let mut in_type = false;
        for at in bar + 1..end {
            if self.around(at) != self.around(bar) {
                continue;
            }
            match self.piece(at) {
                "<" => angles += 1,
                ">" => angles = angles.saturating_sub(1),
                "," if angles == 0 => {
                    if !in_type {
                        self.pattern(start, at, out);
                    }
                    (start, in_type) = (at + 1, false);
                }
                _ if !in_type && self.is_colon(at) => {
                    self.pattern(start, at, out);
                    in_type = true;
                }
                _ => {}
            }
        }
        if !in_type {
            self.pattern(start, end, out);
        }
    }

    /// Where the arm begins whose arrow stands at `arrow`.
    fn arm(&self, arrow: usize) -> usize {
        let mut at = arrow;
        while let Some(before) = at.checked_sub(1) {
            match self.piece(before) {
                "," | "(" | "[" | "{" | ";" => return at,
                ")" | "]" | "}" => {
                    let Some(opened) = self.begins.get(before).copied().flatten() else { return at };
                    if self.piece(before) == "}" && !self.is_struct(opened) {
                        return at;
                    }
                    at = opened;
                }
                _ => at = before,
            }
        }
        at
    }

    /// Do these braces hold fields, and no statements?
    fn is_struct(&self, opened: usize) -> bool {
        let name = self.before(opened, 1);
        name == ">" && self.before(opened, 2) != "=" || name.starts_with(char::is_uppercase)
    }

    /// The names that a pattern binds.
    fn pattern(&self, start: usize, end: usize, out: &mut BTreeSet<&'a str>) {
        for at in start..end {
            let name = self.piece(at);
            let path = self.is_path(at + 1) || at >= 2 && self.is_path(at - 2);
            let field =
                self.is_colon(at + 1) && self.around(at).is_some_and(|open| self.piece(open) == "{" && open >= start);
            if is_variable(name) && !path && !field && !matches!(self.piece(at + 1), "(" | "{" | "!" | "<") {
                out.insert(name);
            }
        }
    }

    /// What a bound name stands for here.
    fn reading(&self, at: usize) -> Reading {
        let (before, next) = (self.before(at, 1), self.piece(at + 1));
        let member = before == "." && self.before(at, 2) != ".";
        let path = self.is_path(at + 1) || at >= 2 && self.is_path(at - 2);
        let call = next == "!" && self.piece(at + 2) != "=";
        if member || path || call {
            return Reading::Other;
        }
        let Some(open) = self.around(at).filter(|open| self.piece(*open) == "{" && matches!(before, "{" | ",")) else {
            return Reading::Variable;
        };
        if self.is_colon(at + 1) {
            return Reading::Other;
        }
        if matches!(next, "," | "}") && self.is_struct(open) { Reading::Shorthand } else { Reading::Variable }
    }
}

/// Can it be the name of a variable?
fn is_variable(name: &str) -> bool {
    const WORDS: &[&str] =
        &["_", "box", "const", "crate", "false", "if", "in", "mut", "ref", "self", "super", "true", "unsafe"];
    let first = name.chars().next();
    first.is_some_and(|c| c.is_lowercase() || c == '_') && name.bytes().all(is_word) && !WORDS.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::{Token, numbered};
    use crate::syntax::tokens::significant;

    fn text(source: &str, parameters: &[&'static str]) -> String {
        let mut pieces = Vec::new();
        significant(source, |piece| pieces.push(piece));
        let mut out = String::new();
        numbered(&pieces, parameters.iter().copied(), |token| match token {
            Token::Text(text) => out.push_str(text),
            Token::Variable(number) => out.push_str(&format!("${number}")),
        });
        out
    }

    #[test]
    fn variables_go_by_their_order() {
        let rows = [
            ("let s = f(v); s.parse(s)", "let$1=f($0);$1.parse($1)"),
            ("match v { Ok(val) => S::Ok(val), Err(e) if e.x => e }", "match$0{Ok($1)=>S::Ok($1),Err($2)if$2.x=>$2}"),
            ("x.map(|a: u8, (b, c)| a + b.c)", "x.map(|$1:u8,($2,$3)|$1+$2.c)"),
            ("for i in 0..n { v.push(i) }", "for$1in0..n{$0.push($1)}"),
            ("let P { x, y: z } = v; P { x, y: z }", "letP{x:$1,y:$2}=$0;P{x:$1,y:$2}"),
            ("let n: u8 = m::n(); n!(n)", "let$1:u8=m::n();n!($1)"),
            ("if let Some(w) = v { w }", "ifletSome($1)=$0{$1}"),
        ];
        for (source, expected) in rows {
            let got = text(source, &["v"]);
            // A name that is bound somewhere is a variable wherever it stands alone.
            assert_eq!(got, expected, "{source}");
        }
    }

    #[test]
    fn parameters_that_change_places_are_another_body() {
        assert_ne!(text("a - b", &["a", "b"]), text("a - b", &["b", "a"]));
        assert_eq!(text("a - b", &["a", "b"]), text("x - y", &["x", "y"]));
    }
}
