//! What attributes usually hold: `a, b::c = value, d(list)`.

use super::{Cursor, Delimiter, TokenKind};
use crate::syntax::facts::{Name, Path, Pos, RawTokens, Type};

/// One entry of an attribute's list.
#[derive(Clone, Debug, PartialEq)]
pub struct Meta {
    /// `rename` or `a::b` as segments; empty when the entry does not begin with a path (`"text"`, `(a, b)`, `!x`).
    pub path: Vec<Name>,
    /// What follows the path.
    pub value: MetaValue,
    /// The whole entry as written: for entries that are no `path`, `path = …` or `path(…)`.
    pub raw: RawTokens,
    /// Where it begins.
    pub pos: Pos,
}

/// What follows the path of a [`Meta`].
#[derive(Clone, Debug, PartialEq)]
pub enum MetaValue {
    /// `default`
    None,
    /// `rename = …`: what stands behind the `=`.
    Value(RawTokens),
    /// `rename(…)`, `rename { … }`, `rename[…]`: what stands between the delimiters.
    List(RawTokens),
    /// Anything else: look at [`Meta::raw`].
    Other,
}

impl Meta {
    /// Is the path this one word?
    #[must_use]
    pub fn is(&self, word: &str) -> bool {
        matches!(self.path.as_slice(), [name] if name == word)
    }

    /// The path when it is one word.
    #[must_use]
    pub fn word(&self) -> Option<&str> {
        if let [name] = self.path.as_slice() { Some(name) } else { None }
    }

    /// Only the path, nothing behind it.
    #[must_use]
    pub fn is_bare(&self) -> bool {
        self.value == MetaValue::None
    }

    /// What stands behind the `=`.
    #[must_use]
    pub fn value(&self) -> Option<&RawTokens> {
        if let MetaValue::Value(raw) = &self.value { Some(raw) } else { None }
    }

    /// What stands between the delimiters.
    #[must_use]
    pub fn list(&self) -> Option<&RawTokens> {
        if let MetaValue::List(raw) = &self.value { Some(raw) } else { None }
    }

    /// The entries between the delimiters; empty without a list.
    #[must_use]
    pub fn metas(&self) -> Vec<Meta> {
        self.list().map(RawTokens::metas).unwrap_or_default()
    }

    /// The text of `path = "text"`.
    #[must_use]
    pub fn string(&self) -> Option<String> {
        self.value()?.string()
    }

    /// The path of `path = other::path`, or of `path = "other::path"` as serde writes it.
    #[must_use]
    pub fn value_path(&self) -> Option<Path> {
        let raw = self.value()?;
        match raw.string() {
            Some(text) => RawTokens { text: text.into(), pos: raw.pos }.path(),
            None => raw.path(),
        }
    }

    /// The type of `path = Type`, or of `path = "Type"` as serde writes it.
    #[must_use]
    pub fn value_ty(&self) -> Option<Type> {
        let raw = self.value()?;
        match raw.string() {
            Some(text) => RawTokens { text: text.into(), pos: raw.pos }.ty(),
            None => raw.ty(),
        }
    }
}

impl RawTokens {
    /// Its comma-separated entries.
    #[must_use]
    pub fn metas(&self) -> Vec<Meta> {
        meta_list(self)
    }
}

/// The comma-separated entries of an attribute's list (separators `;` count too).
#[must_use]
pub fn meta_list(raw: &RawTokens) -> Vec<Meta> {
    let tokens = raw.lex();
    let mut cursor = Cursor::new(raw, &tokens);
    let mut metas = Vec::new();
    while !cursor.is_empty() {
        let pos = cursor.pos();
        let entry = cursor.expr();
        if !(cursor.eat(",") || cursor.eat(";")) && entry.text.is_empty() {
            cursor.next();
            continue;
        }
        if !entry.text.is_empty() {
            metas.push(meta(entry, pos));
        }
    }
    metas
}

fn meta(raw: RawTokens, pos: Pos) -> Meta {
    let tokens = raw.lex();
    let mut cursor = Cursor::new(&raw, &tokens);
    let path = cursor.simple_path();
    let value = if path.is_empty() {
        MetaValue::Other
    } else if cursor.is_empty() {
        MetaValue::None
    } else if cursor.peek().is_some_and(|t| t.is_punct('=')) && !cursor.peeks("==") && !cursor.peeks("=>") {
        cursor.eat("=");
        MetaValue::Value(cursor.rest())
    } else {
        match cursor.peek().map(|t| &t.kind) {
            Some(TokenKind::Group(Delimiter::Paren | Delimiter::Brace | Delimiter::Bracket, _)) => {
                let list = cursor.any_group();
                match list {
                    Some(list) if cursor.is_empty() => MetaValue::List(list),
                    _ => MetaValue::Other,
                }
            }
            _ => MetaValue::Other,
        }
    };
    Meta { path, value, raw, pos }
}
