//! The short way from text to facts: one pass over the text, without token trees. It reads what Rust mostly looks like
//! and gives up on the rest (`None`), which the parser then reads; where both read, both give the same facts.

mod functions;
mod generics;
mod items;
mod members;
mod types;

use super::attributes::Attributes;
use super::facts::{FileFacts, Item, Name, Pos, Vis};
use super::lexical::{Lexeme, at, lexeme};
use super::positions::Positions;
use super::skeleton::says_something;
use super::skip::skip_group;

/// Items and types nested deeper than this are left to the parser.
const MAX_DEPTH: usize = 24;

/// The facts of a whole file whose text begins at `start`.
pub(super) fn file(positions: &Positions<'_>, start: usize) -> Option<FileFacts> {
    let mut reader = Reader::new(positions, start)?;
    let mut head = Attributes::default();
    let from = reader.inner_attributes(&mut head)?.max(start);
    let items = reader.items(from)?;
    reader.at_end().then_some(FileFacts {
        items,
        attrs: head.attrs,
        condition: head.condition,
        documented: head.documented,
        failure: None,
    })
}

/// A place in a text: its token, and where the one before ends.
#[derive(Clone, Copy)]
struct Reader<'a> {
    positions: &'a Positions<'a>,
    bytes: &'a [u8],
    kind: Lexeme,
    start: usize,
    end: usize,
    before: usize,
    depth: usize,
}

impl<'a> Reader<'a> {
    fn new(positions: &'a Positions<'a>, start: usize) -> Option<Self> {
        let bytes = positions.source.as_bytes();
        let mut reader = Self { positions, bytes, kind: Lexeme::Space, start, end: start, before: start, depth: 0 };
        reader.next()?;
        reader.before = start;
        Some(reader)
    }

    /// Moves to the next token; doc comments that say something are tokens.
    fn next(&mut self) -> Option<()> {
        self.before = self.end;
        loop {
            self.start = self.end;
            if self.start >= self.bytes.len() {
                self.kind = Lexeme::Space;
                return Some(());
            }
            (self.kind, self.end) = lexeme(self.bytes, self.start);
            match self.kind {
                _ if self.end > self.bytes.len() => return None,
                Lexeme::Space | Lexeme::Comment => {}
                Lexeme::Doc { .. } if !says_something(self.text(self.start, self.end)) => {}
                _ => return Some(()),
            }
        }
    }

    /// Moves behind `end`, where something was skipped.
    fn jump(&mut self, end: usize) -> Option<()> {
        self.end = end;
        self.next()
    }

    fn at_end(&self) -> bool {
        self.start >= self.bytes.len()
    }

    fn text(&self, start: usize, end: usize) -> &'a str {
        self.positions.text(start, end)
    }

    /// The word here as written; empty when it is none.
    fn word(&self) -> &'a str {
        if self.kind == Lexeme::Word { self.text(self.start, self.end) } else { "" }
    }

    fn is(&self, byte: u8) -> bool {
        self.kind == Lexeme::Punct && at(self.bytes, self.start) == byte
    }

    /// Do two bytes of punctuation stand here without space between?
    fn is_pair(&self, pair: [u8; 2]) -> bool {
        self.is(pair[0]) && at(self.bytes, self.start + 1) == pair[1]
    }

    fn is_colon(&self) -> bool {
        self.is(b':') && !self.is_pair(*b"::")
    }

    fn eat(&mut self, byte: u8) -> Option<bool> {
        let found = self.is(byte);
        if found {
            self.next()?;
        }
        Some(found)
    }

    fn eat_pair(&mut self, pair: [u8; 2]) -> Option<bool> {
        let found = self.is_pair(pair);
        if found {
            self.next()?;
            self.next()?;
        }
        Some(found)
    }

    fn eat_word(&mut self, word: &str) -> Option<bool> {
        let found = self.word() == word;
        if found {
            self.next()?;
        }
        Some(found)
    }

    fn expect(&mut self, byte: u8) -> Option<()> {
        self.eat(byte)?.then_some(())
    }

    fn pos(&self) -> Pos {
        self.positions.pos(self.start)
    }

    /// A name that is no keyword.
    fn name(&mut self) -> Option<Name> {
        if is_keyword(self.word()) { None } else { self.any_name() }
    }

    /// A name or one of the keywords that begin paths.
    fn segment(&mut self) -> Option<Name> {
        match self.word() {
            "self" | "super" | "crate" | "Self" => self.any_name(),
            _ => self.name(),
        }
    }

    fn any_name(&mut self) -> Option<Name> {
        let word = self.word();
        if word.is_empty() {
            return None;
        }
        let name = Name::new(word.strip_prefix("r#").unwrap_or(word));
        self.next()?;
        Some(name)
    }

    fn lifetime(&mut self) -> Option<Option<Name>> {
        if self.kind != Lexeme::Lifetime {
            return Some(None);
        }
        let text = self.text(self.start + 1, self.end);
        let name = Name::new(text.strip_prefix("r#").unwrap_or(text));
        self.next()?;
        Some(Some(name))
    }

    /// Skips the group that opens here; gives the offset behind it.
    fn group(&mut self) -> Option<usize> {
        if !(self.is(b'(') || self.is(b'[') || self.is(b'{')) {
            return None;
        }
        let end = skip_group(self.bytes, self.start).ok()?.end;
        self.jump(end)?;
        Some(end)
    }

    /// Reads the attributes and doc comments that stand before something.
    fn outer_attributes(&mut self, found: &mut Attributes) -> Option<()> {
        loop {
            match self.kind {
                Lexeme::Doc { inner: false } => {
                    found.documented = true;
                    self.next()?;
                }
                _ if self.is(b'#') => {
                    self.next()?;
                    self.attribute(found)?;
                }
                _ => return Some(()),
            }
        }
    }

    /// Reads `#![…]` and `//!`; gives the offset behind the last, or 0.
    fn inner_attributes(&mut self, found: &mut Attributes) -> Option<usize> {
        let mut behind = 0;
        loop {
            let ahead = *self;
            match self.kind {
                Lexeme::Doc { inner: true } => {
                    found.documented = true;
                    self.next()?;
                }
                _ if self.is(b'#') => {
                    self.next()?;
                    if !self.eat(b'!')? {
                        *self = ahead;
                        return Some(behind);
                    }
                    self.attribute(found)?;
                }
                _ => return Some(behind),
            }
            behind = self.before;
        }
    }

    fn attribute(&mut self, found: &mut Attributes) -> Option<()> {
        if !self.is(b'[') {
            return None;
        }
        let start = self.end;
        let end = self.group()?;
        found.read(self.positions, start, end - 1);
        Some(())
    }

    fn vis(&mut self) -> Option<Vis> {
        if !self.eat_word("pub")? {
            return Some(Vis::Private);
        }
        if !self.is(b'(') {
            return Some(Vis::Public);
        }
        let before = *self;
        self.next()?;
        let mut path = Vec::new();
        match self.word() {
            "crate" | "self" | "super" => path.push(self.any_name()?),
            "in" => {
                self.next()?;
                path.push(self.segment()?);
                while self.eat_pair(*b"::")? {
                    path.push(self.segment()?);
                }
            }
            _ => {}
        }
        if path.is_empty() || !self.is(b')') {
            *self = before;
            return Some(Vis::Public);
        }
        self.next()?;
        Some(Vis::Restricted(path))
    }

    /// Items up to a closing brace or the end; `from` is where the text of the first begins.
    fn items(&mut self, mut from: usize) -> Option<Vec<Item>> {
        let mut items = Vec::new();
        while !self.at_end() && !self.is(b'}') {
            items.push(self.item(from)?);
            from = self.before;
        }
        Some(items)
    }

    fn deeper<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        if self.depth >= MAX_DEPTH {
            return None;
        }
        self.depth += 1;
        let found = read(self);
        self.depth -= 1;
        found
    }
}

/// Words that name nothing.
fn is_keyword(word: &str) -> bool {
    matches!(
        word,
        "" | "_"
            | "as"
            | "async"
            | "await"
            | "break"
            | "const"
            | "continue"
            | "crate"
            | "dyn"
            | "else"
            | "enum"
            | "extern"
            | "false"
            | "fn"
            | "for"
            | "if"
            | "impl"
            | "in"
            | "let"
            | "loop"
            | "match"
            | "mod"
            | "move"
            | "mut"
            | "pub"
            | "ref"
            | "return"
            | "Self"
            | "self"
            | "static"
            | "struct"
            | "super"
            | "trait"
            | "true"
            | "type"
            | "unsafe"
            | "use"
            | "where"
            | "while"
            | "abstract"
            | "become"
            | "box"
            | "do"
            | "final"
            | "macro"
            | "override"
            | "priv"
            | "typeof"
            | "unsized"
            | "virtual"
            | "yield"
            | "try"
    )
}

/// What all items have before their keyword.
struct Head {
    from: usize,
    attributes: Attributes,
    vis: Vis,
}
