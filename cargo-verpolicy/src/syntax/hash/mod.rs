//! Hashes of source text that formatting, comments and the names of locals do not change, the same on every machine.

mod form;
mod locals;
mod pieces;

use super::facts::{Item, ItemKind, RawTokens};
pub(crate) use form::Names;
use form::{Form, Piece};
use locals::Locals;
use pieces::Pieces;

/// The hash of a piece of code that stands by itself: a closure, an argument.
pub(crate) fn of_code(raw: &RawTokens, names: &mut Names<'_>) -> u64 {
    let mut hash = Hash::new();
    hash.text(&raw.text, "", &mut Locals::default(), names);
    hash.finish()
}

/// The hash of a text that is no code, line by line: how lines end does not count.
pub(super) fn of_lines(bytes: &[u8]) -> u64 {
    let mut hash = Hash::new();
    for line in bytes.split(|byte| *byte == b'\n') {
        hash.bytes(line.strip_suffix(b"\r").unwrap_or(line));
    }
    hash.finish()
}

/// The paths in an item's text that end in `name`, comments and strings aside; a method or field begins with `.`.
pub(super) fn mentions<'i>(item: &'i Item, name: &str) -> Vec<Vec<&'i str>> {
    if !item.text.contains(name) {
        return Vec::new();
    }
    let pieces = Pieces::new(&item.text);
    let found = (0..pieces.len()).filter(|at| pieces.text(*at).trim_start_matches("r#") == name);
    let paths = found.map(|at| {
        let (mut at, mut path) = (at, vec![pieces.text(at)]);
        while at > 2 && pieces.end_before(at, &[":", ":"]) {
            at -= 3;
            path.insert(0, pieces.text(at));
        }
        if pieces.before(at) == "." && !pieces.end_before(at, &[".", "."]) {
            path.insert(0, ".");
        }
        path
    });
    paths.collect()
}

/// One number for named numbers in order.
pub(crate) fn of_parts(parts: &[(&str, u64)]) -> u64 {
    let mut hash = Hash::new();
    for (name, number) in parts {
        hash.bytes(name.as_bytes());
        hash.number(*number);
    }
    hash.finish()
}

/// The hash of an item; its members and its body count by their own, in any order. Its own name does not count.
pub(super) fn of_item(item: &Item, names: &mut Names<'_>) -> u64 {
    let mut hash = Hash::new();
    let header = if item.header == 0 { &*item.text } else { header(item) };
    let mut locals = Locals::default();
    if matches!(item.kind, ItemKind::Fn(_)) {
        locals.parameters(header);
    }
    hash.text(header, &item.name, &mut locals, names);
    if item.header > 0 {
        match item.kind {
            ItemKind::Fn(_) => hash.number(of_body(item, names)),
            _ => hash.number(item.members().iter().fold(0, |all, member| all.wrapping_add(of_item(member, names)))),
        }
    }
    hash.finish()
}

/// The hash of a function's body, without its braces; 0 where it has none.
pub(super) fn of_body(item: &Item, names: &mut Names<'_>) -> u64 {
    if item.header == 0 {
        return 0;
    }
    let end = item.text.len().saturating_sub(1);
    let mut locals = Locals::default();
    locals.parameters(header(item));
    let mut hash = Hash::new();
    hash.text(item.text.get(item.header as usize..end).unwrap_or_default(), "", &mut locals, names);
    hash.finish()
}

/// The hash of those statements of a function's body that name `word`; `None` where none does.
pub(super) fn of_statements(item: &Item, word: &str, names: &mut Names<'_>) -> Option<u64> {
    if item.header == 0 {
        return None;
    }
    let end = item.text.len().saturating_sub(1);
    let body = item.text.get(item.header as usize..end).unwrap_or_default();
    let statements = pieces::Pieces::new(body).statements(word);
    if statements.is_empty() {
        return None;
    }
    let mut hash = Hash::new();
    for statement in &statements {
        hash.text(statement, "", &mut Locals::default(), names);
    }
    Some(hash.finish())
}

/// Is a method called on a local, or on what that holds?
pub(super) fn calls_on(text: &str, name: &str, method: &str) -> bool {
    let pieces = pieces::Pieces::new(text);
    (0..pieces.len()).filter(|at| pieces.text(*at) == name && pieces.before(*at) != ".").any(|at| {
        let inner = [&[".", "0"][..], &[".", "as_ref", "(", ")"], &[".", "deref", "(", ")"]];
        let inside = inner.iter().find(|texts| pieces.are(at + 1, texts)).map_or(0, |texts| texts.len());
        pieces.are(at + 1 + inside, &[".", method, "("])
    })
}

fn header(item: &Item) -> &str {
    item.text.get(..item.header as usize).unwrap_or_default()
}

/// What the number of a local is added to.
const LOCAL: u64 = 0xa076_1d64_78bd_642f;

/// A running hash.
#[derive(Clone, Copy, Debug)]
struct Hash(u64);

impl Hash {
    fn new() -> Self {
        Self(0x9e37_79b9_7f4a_7c15)
    }

    /// Takes in `text`, which defines `own`.
    fn text<'a>(&mut self, text: &'a str, own: &'a str, locals: &mut Locals<'a>, names: &mut Names<'_>) {
        let mut apart = 0_u64;
        Form::each(text, own, locals, names, &mut |piece| match piece {
            Piece::Text(text) => self.bytes(text.as_bytes()),
            Piece::Local(number) => self.number(LOCAL.wrapping_add(u64::from(number))),
            Piece::String(text) => self.bytes(text.as_bytes()),
            Piece::Named(number) => self.number(number),
            Piece::Apart(texts) => {
                let mut one = Self::new();
                texts.iter().for_each(|text| one.bytes(text.as_bytes()));
                apart = apart.wrapping_add(one.finish());
            }
        });
        self.number(apart);
    }

    /// Takes in a number, such as the hash of a part.
    fn number(&mut self, number: u64) {
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

    fn finish(self) -> u64 {
        self.0
    }
}
