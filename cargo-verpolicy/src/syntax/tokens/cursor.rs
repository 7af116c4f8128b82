//! Walking over tokens.

use super::{Delimiter, Lit, Token, TokenKind};
use crate::syntax::facts::{Name, Pos, RawTokens};

/// A place in a list of tokens. Readers (`ident`, `string`, …) move on only when they find what they read; `eat*`
/// likewise and say so. Cheap to clone: try something on a clone, and assign it back when it worked.
#[derive(Clone, Copy, Debug)]
pub struct Cursor<'a> {
    raw: &'a RawTokens,
    tokens: &'a [Token],
    /// Byte offset where the text of these tokens ends.
    end: usize,
    /// How many types surround this place.
    pub(super) depth: usize,
}

impl<'a> Cursor<'a> {
    /// At the first of `tokens`, which are those of `raw`.
    #[must_use]
    pub fn new(raw: &'a RawTokens, tokens: &'a [Token]) -> Self {
        Self { raw, tokens, end: raw.text.len(), depth: 0 }
    }

    /// Nothing is left.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.tokens.is_empty()
    }

    /// The tokens that are left.
    #[must_use]
    pub fn tokens(&self) -> &'a [Token] {
        self.tokens
    }

    /// The next token, without moving.
    #[must_use]
    pub fn peek(&self) -> Option<&'a Token> {
        self.tokens.first()
    }

    /// The token `n` further than the next, without moving.
    #[must_use]
    pub fn peek_nth(&self, n: usize) -> Option<&'a Token> {
        self.tokens.get(n)
    }

    /// The next token.
    #[expect(clippy::should_implement_trait, reason = "a cursor is more than an iterator")]
    pub fn next(&mut self) -> Option<&'a Token> {
        let (first, rest) = self.tokens.split_first()?;
        self.tokens = rest;
        Some(first)
    }

    /// Where the next token begins, or where the text ends.
    #[must_use]
    pub fn pos(&self) -> Pos {
        match self.peek() {
            Some(token) => token.pos,
            None => self.raw.pos_at(self.end),
        }
    }

    /// Byte offset of the next token in the text, or of the end; for [`Cursor::since`].
    #[must_use]
    pub fn offset(&self) -> usize {
        self.peek().map_or(self.end, |token| token.start)
    }

    /// The text from `start` (an [`offset`](Cursor::offset) taken earlier) up to the next token, without the white
    /// space at its end.
    #[must_use]
    pub fn since(&self, start: usize) -> RawTokens {
        self.trimmed(start, self.offset())
    }

    fn trimmed(&self, start: usize, end: usize) -> RawTokens {
        let text = self.raw.text.get(start..end).unwrap_or_default();
        self.raw.slice(start, start + text.trim_end().len())
    }

    /// Do the next tokens spell this operator (`=>`, `::`, `,`), without space inside?
    #[must_use]
    pub fn peeks(&self, operator: &str) -> bool {
        let mut chars = operator.chars().enumerate().peekable();
        while let Some((n, ch)) = chars.next() {
            match self.tokens.get(n).map(|t| &t.kind) {
                Some(TokenKind::Punct(c, joint)) if *c == ch && (*joint || chars.peek().is_none()) => {}
                _ => return false,
            }
        }
        true
    }

    /// Moves over this operator.
    pub fn eat(&mut self, operator: &str) -> bool {
        let found = self.peeks(operator);
        if found {
            self.tokens = self.tokens.get(operator.chars().count()..).unwrap_or_default();
        }
        found
    }

    /// Moves over this identifier or keyword.
    pub fn eat_ident(&mut self, name: &str) -> bool {
        let found = self.peek().is_some_and(|t| t.is_ident(name));
        if found {
            self.next();
        }
        found
    }

    /// An identifier or keyword.
    pub fn ident(&mut self) -> Option<Name> {
        let name = self.peek()?.ident()?.clone();
        self.next();
        Some(name)
    }

    /// A lifetime.
    pub fn lifetime(&mut self) -> Option<Name> {
        let TokenKind::Lifetime(name) = &self.peek()?.kind else { return None };
        self.next();
        Some(name.clone())
    }

    /// A literal.
    pub fn literal(&mut self) -> Option<&'a Lit> {
        let TokenKind::Literal(lit) = &self.peek()?.kind else { return None };
        self.next();
        Some(lit)
    }

    /// A string literal, unescaped.
    pub fn string(&mut self) -> Option<String> {
        let text = self.peek()?.string()?.to_owned();
        self.next();
        Some(text)
    }

    /// An integer, with or without a minus sign.
    pub fn int(&mut self) -> Option<i128> {
        let mut ahead = *self;
        let negative = ahead.eat("-");
        let Some(Lit::Int { value, .. }) = ahead.literal() else { return None };
        *self = ahead;
        Some(if negative { value.wrapping_neg() } else { *value })
    }

    /// `true` or `false`.
    pub fn bool(&mut self) -> Option<bool> {
        let value = match self.peek()?.ident()?.as_str() {
            "true" => true,
            "false" => false,
            _ => return None,
        };
        self.next();
        Some(value)
    }

    /// A group with this delimiter: a cursor over what stands in it.
    pub fn group(&mut self, delimiter: Delimiter) -> Option<Cursor<'a>> {
        let token = self.peek()?;
        let tokens = token.group(delimiter)?;
        self.next();
        Some(Cursor { raw: self.raw, tokens, end: inner_end(self.raw, token), depth: self.depth })
    }

    /// A group with this delimiter: the text that stands in it.
    pub fn group_raw(&mut self, delimiter: Delimiter) -> Option<RawTokens> {
        self.peek()?.group(delimiter)?;
        self.any_group()
    }

    /// A group with any delimiter: the text that stands in it.
    pub fn any_group(&mut self) -> Option<RawTokens> {
        let token = self.peek()?;
        let TokenKind::Group(..) = &token.kind else { return None };
        self.next();
        Some(self.raw.slice(token.start + 1, inner_end(self.raw, token)))
    }

    /// `a`, `a::b`, `::a::b` as segments without generic arguments (`crate`, `self`, `super` as written); empty when
    /// none begins here.
    pub fn simple_path(&mut self) -> Vec<Name> {
        let mut path = Vec::new();
        let mut ahead = *self;
        ahead.eat("::");
        while let Some(name) = ahead.ident() {
            path.push(name);
            *self = ahead;
            if !ahead.eat("::") {
                break;
            }
        }
        path
    }

    /// `key = `: moves over both, and gives the key.
    pub fn key(&mut self) -> Option<Name> {
        let mut ahead = *self;
        let key = ahead.ident()?;
        if ahead.peeks("==") || ahead.peeks("=>") || !ahead.eat("=") {
            return None;
        }
        *self = ahead;
        Some(key)
    }

    /// Everything that is left, as text.
    pub fn rest(&mut self) -> RawTokens {
        let rest = self.trimmed(self.offset(), self.end);
        self.tokens = &[];
        rest
    }

    /// An expression or type as text: up to the next comma that stands neither in a group nor between the `<` and `>`
    /// of generic arguments. The comma is left.
    pub fn expr(&mut self) -> RawTokens {
        self.until(&[","])
    }

    /// As [`Cursor::expr`], up to the first of these operators; it is left.
    pub fn until(&mut self, stops: &[&str]) -> RawTokens {
        let start = self.offset();
        let mut end = start;
        while let Some(token) = self.peek() {
            if stops.iter().any(|stop| self.peeks(stop)) {
                break;
            }
            let skipped = if token.is_punct('<') { self.angles() } else { usize::from(self.peeks("->")) };
            for _ in 0..=skipped {
                if let Some(token) = self.next() {
                    end = token.end;
                }
            }
        }
        self.raw.slice(start, end)
    }

    /// The parts between the commas, as cursors.
    #[must_use]
    pub fn split_commas(mut self) -> Vec<Cursor<'a>> {
        let mut parts = Vec::new();
        while !self.is_empty() {
            parts.push(self.before_comma());
            self.eat(",");
        }
        parts
    }

    /// Leaves only this many tokens.
    pub fn cut(&mut self, length: usize) {
        if let Some(rest) = self.tokens.get(length) {
            self.end = rest.start;
        }
        self.tokens = self.tokens.get(..length).unwrap_or(self.tokens);
    }

    /// What stands before the next comma, as a cursor; moves to the comma.
    pub fn before_comma(&mut self) -> Cursor<'a> {
        let all = self.tokens;
        self.expr();
        let length = all.len() - self.tokens.len();
        Cursor { tokens: all.get(..length).unwrap_or_default(), end: self.offset(), ..*self }
    }

    /// How many tokens behind the `<` here belong to generic arguments, their `>` included; 0 when it only compares.
    pub(super) fn angles(&self) -> usize {
        let mut depth = 0_usize;
        for (n, token) in self.tokens.iter().enumerate() {
            match &token.kind {
                TokenKind::Punct('<', _) => depth += 1,
                TokenKind::Punct('>', _) => {
                    let arrow =
                        n > 0 && matches!(self.tokens.get(n - 1).map(|t| &t.kind), Some(TokenKind::Punct('-', true)));
                    if !arrow {
                        depth -= 1;
                    }
                    if depth == 0 {
                        return n;
                    }
                }
                TokenKind::Punct(':' | ',' | '&' | '=' | '-' | '+' | '*' | '!' | '?' | '\'', _) => {}
                TokenKind::Punct(..) => return 0,
                _ => {}
            }
        }
        0
    }
}

/// Where the contents of a group end: before its closing delimiter, or with the text when that is missing.
fn inner_end(raw: &RawTokens, token: &Token) -> usize {
    let close = token.end.saturating_sub(1);
    let closed = matches!(raw.text.as_bytes().get(close), Some(b')' | b']' | b'}')) && close > token.start;
    if closed { close } else { token.end }
}
