//! Hashes of source text that formatting and comments do not change, the same on every machine.

use super::facts::{Item, ItemKind, Param};
use super::locals::{Token, numbered};
use super::tokens::significant;

/// One number for named numbers in order.
pub(super) fn of_parts(parts: &[(&str, u64)]) -> u64 {
    let mut hash = Hash::new();
    for (name, number) in parts {
        hash.bytes(name.as_bytes());
        hash.number(*number);
    }
    hash.finish()
}

/// The hash of an item; its members and its body count by their own.
pub(super) fn of_item(item: &Item) -> u64 {
    let mut hash = Hash::new();
    if item.header == 0 {
        hash.tokens(&item.text);
        return hash.finish();
    }
    hash.tokens(item.text.get(..item.header as usize).unwrap_or_default());
    if matches!(item.kind, ItemKind::Fn(_)) {
        hash.number(of_body(item));
        return hash.finish();
    }
    for member in item.members() {
        hash.number(of_item(member));
    }
    hash.tokens("}");
    hash.finish()
}

/// The hash of a function's body, without its braces; 0 where it has none.
pub(super) fn of_body(item: &Item) -> u64 {
    let mut hash = Hash::new();
    if item.header == 0 {
        return 0;
    }
    let end = item.text.len().saturating_sub(1);
    hash.tokens(item.text.get(item.header as usize..end).unwrap_or_default());
    hash.finish()
}

/// The hash of what a function does: of its body, whatever its variables are called.
pub(super) fn of_code(item: &Item, parameters: &[Param]) -> u64 {
    let mut hash = Hash::new();
    if item.header == 0 {
        return 0;
    }
    let end = item.text.len().saturating_sub(1);
    let (mut pieces, mut unbound) = (Vec::new(), Unbound::default());
    let body = item.text.get(item.header as usize..end).unwrap_or_default();
    significant(body, |piece| unbound.take(piece, &mut |piece| pieces.push(piece)));
    unbound.give(&mut |piece| pieces.push(piece));
    let names = parameters.iter().filter_map(|parameter| parameter.name.as_deref());
    numbered(&pieces, names, |token| match token {
        Token::Text(text) => hash.bytes(text.as_bytes()),
        Token::Variable(number) => hash.number(number),
    });
    hash.finish()
}

/// Leaves out what binds nothing in the patterns of structs: `field: _`, and the `..` at the end.
#[derive(Default)]
struct Unbound<'a> {
    /// Open delimiters.
    open: Vec<&'a str>,
    /// What may be left out: the comma before it, if there is one, and its tokens so far.
    held: Vec<&'a str>,
    /// Where a field may begin: behind `{` or a comma.
    begins: bool,
}

impl<'a> Unbound<'a> {
    fn take(&mut self, piece: &'a str, each: &mut dyn FnMut(&'a str)) {
        let comma = usize::from(self.held.first() == Some(&","));
        let part = self.held.get(comma..).unwrap_or_default();
        let goes_on = match (part, piece) {
            ([], ".") | (["."], ".") => self.begins,
            ([], word) => self.begins && word.starts_with(|c: char| c.is_alphabetic() || c == '_'),
            ([name], ":") => *name != ".",
            ([_, ":"], "_") => true,
            _ => false,
        };
        if goes_on {
            self.held.push(piece);
            return;
        }
        let whole = matches!((part, piece), ([_, ":", "_"], "," | "}") | ([".", "."], "}"));
        if whole {
            self.held.clear();
            // One of two commas stays, and none behind the brace.
            if piece == "," && comma == 0 {
                return;
            }
        }
        self.give(each);
        match piece {
            "{" | "(" | "[" => self.open.push(piece),
            "}" | ")" | "]" => {
                self.open.pop();
            }
            _ => {}
        }
        let inside = self.open.last() == Some(&"{");
        self.begins = inside && matches!(piece, "{" | ",");
        if piece == "," && inside {
            self.held.push(piece);
        } else {
            each(piece);
        }
    }

    /// Nothing of what is held is left out.
    fn give(&mut self, each: &mut dyn FnMut(&'a str)) {
        self.held.drain(..).for_each(each);
    }
}

/// A running hash.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hash(u64);

impl Hash {
    pub(super) fn new() -> Self {
        Self(0x9e37_79b9_7f4a_7c15)
    }

    /// Takes in the tokens of `text`.
    pub(super) fn tokens(&mut self, text: &str) {
        let mut unbound = Unbound::default();
        significant(text, |piece| unbound.take(piece, &mut |piece| self.bytes(piece.as_bytes())));
        unbound.give(&mut |piece| self.bytes(piece.as_bytes()));
    }

    /// Takes in a number, such as the hash of a part.
    pub(super) fn number(&mut self, number: u64) {
        self.mix(number);
    }

    fn bytes(&mut self, bytes: &[u8]) {
        let (words, tail) = bytes.as_chunks::<8>();
        for word in words {
            self.mix(u64::from_le_bytes(*word));
        }
        // The rest, closed by a byte that no UTF-8 text holds: tokens cannot run into each other.
        let last = tail.iter().rev().fold(0xff, |last, byte| last << 8 | u64::from(*byte));
        self.mix(last);
    }

    fn mix(&mut self, word: u64) {
        let product = u128::from(self.0 ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835);
        self.0 = (product as u64).rotate_left(23) ^ ((product >> 64) as u64);
    }

    pub(super) fn finish(self) -> u64 {
        self.0
    }
}
