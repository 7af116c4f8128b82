//! Token trees as macros see them: doc comments are attributes, and what a fragment took is one tree.

use crate::syntax::facts::{Pos, RawTokens};
use crate::syntax::lexical::{Lexeme, at, lexeme};
use crate::syntax::text::Text;
use crate::syntax::tokens::Delimiter;

/// Groups nested deeper than this are not read.
const MAX_DEPTH: usize = 128;

/// One token tree.
#[derive(Clone, Debug)]
pub(super) enum Tree {
    /// One token.
    Leaf(Leaf),
    /// A group, and where it opens.
    Group(Delimiter, Vec<Tree>, Pos),
    /// What a fragment of a macro took: to the next macro one opaque tree.
    Taken(Vec<Tree>),
}

/// One token.
#[derive(Clone, Debug)]
pub(super) struct Leaf {
    pub(super) kind: LeafKind,
    pub(super) text: Text,
    pub(super) pos: Pos,
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LeafKind {
    /// An identifier or keyword.
    Word,
    /// `'a`
    Lifetime,
    /// A literal.
    Literal,
    /// One character of punctuation; `true` when more follows without space.
    Punct(u8, bool),
}

impl Leaf {
    pub(super) fn is_punct(&self, byte: u8) -> bool {
        matches!(self.kind, LeafKind::Punct(b, _) if b == byte)
    }

    pub(super) fn is_joint(&self) -> bool {
        matches!(self.kind, LeafKind::Punct(_, true))
    }
}

impl Tree {
    pub(super) fn leaf(&self) -> Option<&Leaf> {
        if let Self::Leaf(leaf) = self { Some(leaf) } else { None }
    }

    pub(super) fn is_punct(&self, byte: u8) -> bool {
        self.leaf().is_some_and(|leaf| leaf.is_punct(byte))
    }

    /// The word as written; empty when it is none.
    pub(super) fn word(&self) -> &str {
        match self.leaf() {
            Some(leaf) if leaf.kind == LeafKind::Word => &leaf.text,
            _ => "",
        }
    }

    pub(super) fn group(&self, delimiter: Delimiter) -> Option<&[Tree]> {
        match self {
            Self::Group(d, inner, _) if *d == delimiter => Some(inner),
            _ => None,
        }
    }
}

/// What is open while trees are put together.
enum Open {
    Root,
    Group(Delimiter, Pos),
    /// Ends at this offset.
    Taken(usize),
}

/// The trees of a text; `None` when its delimiters do not match or nest too deep.
pub(super) fn trees(raw: &RawTokens) -> Option<Vec<Tree>> {
    let bytes = raw.text.as_bytes();
    let mut taken = raw.text.taken().peekable();
    let mut stack: Vec<(Open, Vec<Tree>)> = vec![(Open::Root, Vec::new())];
    let made = raw.text.is_made();
    let (mut here, mut pos, mut seen) = (0, raw.pos, 0);
    while here < bytes.len() {
        let (kind, end) = lexeme(bytes, here);
        let start = std::mem::replace(&mut here, end);
        if matches!(kind, Lexeme::Space | Lexeme::Comment) {
            continue;
        }
        pos = match made {
            true => raw.text.made_pos(start)?,
            false => crate::syntax::tokens::advance(pos, raw.text.get(seen..start)?),
        };
        seen = start;
        while let Some((_, end)) = taken.next_if(|(at, _)| *at <= start) {
            if end > start {
                stack.push((Open::Taken(end), Vec::new()));
            }
        }
        if stack.len() > MAX_DEPTH {
            return None;
        }
        let text = raw.text.get(start..end)?;
        match (kind, at(bytes, start)) {
            (Lexeme::Doc { inner }, _) => stack.last_mut()?.1.extend(doc(text, inner, pos)),
            (Lexeme::Punct, b'(') => stack.push((Open::Group(Delimiter::Paren, pos), Vec::new())),
            (Lexeme::Punct, b'[') => stack.push((Open::Group(Delimiter::Bracket, pos), Vec::new())),
            (Lexeme::Punct, b'{') => stack.push((Open::Group(Delimiter::Brace, pos), Vec::new())),
            (Lexeme::Punct, byte @ (b')' | b']' | b'}')) => {
                let closed = match byte {
                    b')' => Delimiter::Paren,
                    b']' => Delimiter::Bracket,
                    _ => Delimiter::Brace,
                };
                match stack.pop()? {
                    (Open::Group(open, pos), inner) if open == closed => {
                        stack.last_mut()?.1.push(Tree::Group(open, inner, pos));
                    }
                    _ => return None,
                }
            }
            (kind, byte) => {
                let kind = leaf_kind(kind, byte, at(bytes, end));
                stack.last_mut()?.1.push(Tree::Leaf(Leaf { kind, text: raw.text.part(start, end), pos }));
            }
        }
        while let Some((Open::Taken(until), _)) = stack.last()
            && *until <= end
        {
            let (_, inner) = stack.pop()?;
            stack.last_mut()?.1.push(Tree::Taken(inner));
        }
    }
    match (stack.pop()?, stack.is_empty()) {
        ((Open::Root, trees), true) => Some(trees),
        _ => None,
    }
}

fn leaf_kind(kind: Lexeme, byte: u8, next: u8) -> LeafKind {
    match kind {
        Lexeme::Word => LeafKind::Word,
        Lexeme::Lifetime => LeafKind::Lifetime,
        Lexeme::Char | Lexeme::Str | Lexeme::Number => LeafKind::Literal,
        _ => {
            let operator = next.is_ascii_punctuation()
                && !matches!(next, b'(' | b')' | b'[' | b']' | b'{' | b'}' | b'"' | b'\'' | b'_' | b'$');
            LeafKind::Punct(byte, operator)
        }
    }
}

/// A doc comment as the attribute that it is.
fn doc(text: &str, inner: bool, pos: Pos) -> Vec<Tree> {
    let said = text.get(3..).unwrap_or_default();
    let said = if text.starts_with("/*") { said.strip_suffix("*/").unwrap_or(said) } else { said };
    let leaf = |kind, text: &str| Tree::Leaf(Leaf { kind, text: Text::from(text), pos });
    let value = format!("{said:?}");
    let mut out = vec![leaf(LeafKind::Punct(b'#', false), "#")];
    if inner {
        out.push(leaf(LeafKind::Punct(b'!', false), "!"));
    }
    let attribute =
        vec![leaf(LeafKind::Word, "doc"), leaf(LeafKind::Punct(b'=', false), "="), leaf(LeafKind::Literal, &value)];
    out.push(Tree::Group(Delimiter::Bracket, attribute, pos));
    out
}
