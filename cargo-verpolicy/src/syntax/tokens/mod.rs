//! Tokens of our own, for whoever reads attributes, macro calls and kept bodies.
//!
//! [`RawTokens`] is the currency: source text with its position. Take it apart with
//!
//! - [`RawTokens::metas`] for what attributes usually hold (`rename = "x", default, rename(serialize = "y")`),
//! - [`RawTokens::string`], [`RawTokens::path`], [`RawTokens::ty`], [`RawTokens::int`] for a single value,
//! - [`RawTokens::parts`] for a comma-separated list of anything,
//! - [`RawTokens::lex`] and a [`Cursor`] for a grammar of its own:
//!
//! ```
//! use cargo_verpolicy::syntax::{facts::RawTokens, tokens::Cursor};
//! let raw = RawTokens::from("GET, path = \"/x\"");
//! let tokens = raw.lex();
//! let mut cursor = Cursor::new(&raw, &tokens);
//! assert!(cursor.eat_ident("GET") && cursor.eat(","));
//! assert_eq!(cursor.ident().as_deref(), Some("path"));
//! assert!(cursor.eat("="));
//! assert_eq!(cursor.string().as_deref(), Some("/x"));
//! ```
//!
//! Nothing here fails or panics: text that is not Rust gives odd tokens, and readers answer `None`.

mod cursor;
mod literal;
mod meta;
mod text;
mod types;

pub use cursor::Cursor;
pub use literal::Lit;
pub use meta::{Meta, MetaValue, meta_list};
pub use text::normal;
pub(super) use text::significant;
pub(super) use types::MAX_TYPE_DEPTH;

use super::facts::{Name, Pos, RawTokens};
use super::lexical::{Lexeme, lexeme};

/// Groups nested deeper than this lose their contents.
const MAX_DEPTH: usize = 256;

/// One token.
#[derive(Clone, Debug, PartialEq)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// Where it begins in the file.
    pub pos: Pos,
    /// Byte offset in [`RawTokens::text`] where it begins; a group begins with its delimiter.
    pub start: usize,
    /// Byte offset behind its end.
    pub end: usize,
}

/// What a token is.
#[derive(Clone, Debug, PartialEq)]
pub enum TokenKind {
    /// An identifier or keyword (`true` and `false` too), without `r#`.
    Ident(Name),
    /// `'a`, without the apostrophe.
    Lifetime(Name),
    /// A literal; a minus sign before it is a token of its own.
    Literal(Lit),
    /// One character; `true` when the next character is punctuation too, without space (`=` of `=>`).
    Punct(char, bool),
    /// What stands between delimiters.
    Group(Delimiter, Vec<Token>),
}

/// The delimiters of a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delimiter {
    /// `(…)`
    Paren,
    /// `[…]`
    Bracket,
    /// `{…}`
    Brace,
}

impl Token {
    /// The identifier or keyword.
    #[must_use]
    pub fn ident(&self) -> Option<&Name> {
        if let TokenKind::Ident(name) = &self.kind { Some(name) } else { None }
    }

    /// Is it this identifier or keyword?
    #[must_use]
    pub fn is_ident(&self, name: &str) -> bool {
        matches!(&self.kind, TokenKind::Ident(n) if n == name)
    }

    /// Is it this punctuation character?
    #[must_use]
    pub fn is_punct(&self, ch: char) -> bool {
        matches!(&self.kind, TokenKind::Punct(c, _) if *c == ch)
    }

    /// The unescaped text of a string literal.
    #[must_use]
    pub fn string(&self) -> Option<&str> {
        if let TokenKind::Literal(Lit::Str(text)) = &self.kind { Some(text) } else { None }
    }

    /// The tokens of a group with this delimiter.
    #[must_use]
    pub fn group(&self, delimiter: Delimiter) -> Option<&[Token]> {
        match &self.kind {
            TokenKind::Group(d, tokens) if *d == delimiter => Some(tokens),
            _ => None,
        }
    }
}

impl From<&str> for RawTokens {
    /// Text at line 1, column 1.
    fn from(text: &str) -> Self {
        Self { text: text.into(), pos: Pos { line: 1, column: 1 } }
    }
}

impl RawTokens {
    /// Its tokens. Comments are left out; delimiters that do not match are closed as far as they can be.
    #[must_use]
    pub fn lex(&self) -> Vec<Token> {
        lex(self)
    }

    /// The part between two byte offsets, with its position.
    #[must_use]
    pub fn slice(&self, start: usize, end: usize) -> RawTokens {
        RawTokens { text: self.text.part(start, end), pos: self.pos_at(start) }
    }

    /// The position of a byte offset.
    #[must_use]
    pub fn pos_at(&self, offset: usize) -> Pos {
        match self.text.made_pos(offset) {
            Some(pos) => pos,
            None => advance(self.pos, self.text.get(..offset).unwrap_or_default()),
        }
    }

    /// Is there no token in it?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.lex().is_empty()
    }

    /// The parts between the commas of a list; see [`Cursor::expr`] for what a part is. A trailing comma adds none.
    #[must_use]
    pub fn parts(&self) -> Vec<RawTokens> {
        let tokens = self.lex();
        let mut cursor = Cursor::new(self, &tokens);
        let mut parts = Vec::new();
        while !cursor.is_empty() {
            parts.push(cursor.expr());
            cursor.eat(",");
        }
        parts
    }

    /// The unescaped text, when it is one string literal.
    #[must_use]
    pub fn string(&self) -> Option<String> {
        self.whole(|c| c.string())
    }

    /// The integer, when it is one integer literal with or without a minus sign.
    #[must_use]
    pub fn int(&self) -> Option<i128> {
        self.whole(|c| c.int())
    }

    /// `true` or `false`.
    #[must_use]
    pub fn bool(&self) -> Option<bool> {
        self.whole(|c| c.bool())
    }

    /// The path, when it is one (generic arguments allowed, with or without `::<`).
    #[must_use]
    pub fn path(&self) -> Option<super::facts::Path> {
        self.whole(|c| c.path())
    }

    /// The type, when it is one.
    #[must_use]
    pub fn ty(&self) -> Option<super::facts::Type> {
        self.whole(|c| c.ty())
    }

    /// The text with one spelling for what means the same; see [`normal`].
    #[must_use]
    pub fn normal(&self) -> String {
        normal(&self.text)
    }

    fn whole<T>(&self, read: fn(&mut Cursor<'_>) -> Option<T>) -> Option<T> {
        let tokens = self.lex();
        let mut cursor = Cursor::new(self, &tokens);
        let value = read(&mut cursor)?;
        cursor.is_empty().then_some(value)
    }
}

/// The position behind `text` that begins at `pos`.
pub(super) fn advance(pos: Pos, text: &str) -> Pos {
    if text.len() <= 32 {
        return text.bytes().fold(pos, |pos, byte| match byte {
            b'\n' => Pos { line: pos.line.saturating_add(1), column: 1 },
            // Every byte that does not continue a character.
            _ => Pos { column: pos.column.saturating_add(u32::from(byte & 0xc0 != 0x80)), ..pos },
        });
    }
    match text.rfind('\n') {
        None => Pos { line: pos.line, column: pos.column.saturating_add(count(text)) },
        Some(last) => {
            let lines = u32::try_from(memchr::memchr_iter(b'\n', text.as_bytes()).count()).unwrap_or(u32::MAX);
            let tail = text.get(last + 1..).unwrap_or_default();
            Pos { line: pos.line.saturating_add(lines), column: count(tail).saturating_add(1) }
        }
    }
}

fn count(text: &str) -> u32 {
    u32::try_from(text.chars().count()).unwrap_or(u32::MAX)
}

/// A group that is still open.
struct Open {
    delimiter: Option<Delimiter>,
    start: usize,
    pos: Pos,
    tokens: Vec<Token>,
}

/// The tokens of `raw`; comments are left out.
#[must_use]
pub fn lex(raw: &RawTokens) -> Vec<Token> {
    let bytes = raw.text.as_bytes();
    let mut stack = vec![Open { delimiter: None, start: 0, pos: raw.pos, tokens: Vec::new() }];
    let (mut at, mut pos, mut seen) = (0, raw.pos, 0);
    let made = raw.text.is_made();
    while at < bytes.len() {
        let (kind, end) = lexeme(bytes, at);
        let Some(text) = raw.text.get(at..end) else {
            at = end;
            continue;
        };
        if !matches!(kind, Lexeme::Space | Lexeme::Comment | Lexeme::Doc { .. }) {
            pos = match made {
                true => raw.text.made_pos(at).unwrap_or(pos),
                false => advance(pos, raw.text.get(seen..at).unwrap_or_default()),
            };
            seen = at;
            match delimiter(text) {
                Some((opened, true)) => {
                    stack.push(Open { delimiter: Some(opened), start: at, pos, tokens: Vec::new() });
                }
                Some((closed, false)) => close(&mut stack, closed, end),
                None => {
                    let joint = kind == Lexeme::Punct && is_operator(bytes.get(end).copied());
                    let token = Token { kind: token_kind(kind, text, joint), pos, start: at, end };
                    if let Some(open) = stack.last_mut() {
                        open.tokens.push(token);
                    }
                }
            }
        }
        at = end;
    }
    while stack.len() > 1 {
        fold(&mut stack, bytes.len());
    }
    stack.pop().map(|open| open.tokens).unwrap_or_default()
}

fn delimiter(text: &str) -> Option<(Delimiter, bool)> {
    Some(match text {
        "(" => (Delimiter::Paren, true),
        ")" => (Delimiter::Paren, false),
        "[" => (Delimiter::Bracket, true),
        "]" => (Delimiter::Bracket, false),
        "{" => (Delimiter::Brace, true),
        "}" => (Delimiter::Brace, false),
        _ => return None,
    })
}

/// Closes up to the group that `closed` ends; one that ends none is skipped.
fn close(stack: &mut Vec<Open>, closed: Delimiter, end: usize) {
    if !stack.iter().any(|open| open.delimiter == Some(closed)) {
        return;
    }
    loop {
        let done = stack.last().is_some_and(|open| open.delimiter == Some(closed));
        fold(stack, end);
        if done {
            return;
        }
    }
}

fn fold(stack: &mut Vec<Open>, end: usize) {
    let depth = stack.len();
    let Some(open) = stack.pop() else { return };
    let Some(delimiter) = open.delimiter else {
        stack.push(open);
        return;
    };
    let tokens = if depth > MAX_DEPTH { Vec::new() } else { open.tokens };
    if let Some(outer) = stack.last_mut() {
        outer.tokens.push(Token { kind: TokenKind::Group(delimiter, tokens), pos: open.pos, start: open.start, end });
    }
}

fn is_operator(byte: Option<u8>) -> bool {
    byte.is_some_and(|b| {
        b.is_ascii_punctuation() && !matches!(b, b'(' | b')' | b'[' | b']' | b'{' | b'}' | b'"' | b'\'' | b'_')
    })
}

fn token_kind(kind: Lexeme, text: &str, joint: bool) -> TokenKind {
    let bare = |name: &str| Name::new(name.strip_prefix("r#").unwrap_or(name));
    match kind {
        Lexeme::Word => TokenKind::Ident(bare(text)),
        Lexeme::Lifetime => TokenKind::Lifetime(bare(text.strip_prefix('\'').unwrap_or(text))),
        Lexeme::Char | Lexeme::Str | Lexeme::Number => TokenKind::Literal(literal::read(kind, text)),
        _ => TokenKind::Punct(text.chars().next().unwrap_or(' '), joint),
    }
}

#[cfg(test)]
mod tests;
