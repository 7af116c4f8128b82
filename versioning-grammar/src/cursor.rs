//! Walking the tokens of a mark.

use proc_macro2::token_stream::IntoIter;
use proc_macro2::{Delimiter, Group, Ident, Literal, Span, TokenStream, TokenTree};

/// A place in a flat list of tokens. Groups without delimiters (what a `macro_rules!` variable leaves) are opened, so
/// that `since = $since` reads as the literal that it stands for.
pub(crate) struct Cursor {
    tokens: Vec<TokenTree>,
    at: usize,
    end: Span,
}

impl Cursor {
    /// A cursor at the first token; `end` is the place named when tokens are missing.
    pub(crate) fn new(stream: TokenStream, end: Span) -> Self {
        Self { tokens: open_invisible_groups(stream), at: 0, end }
    }

    pub(crate) fn peek(&self) -> Option<&TokenTree> {
        self.tokens.get(self.at)
    }

    pub(crate) fn advance(&mut self) -> Option<TokenTree> {
        let token = self.tokens.get(self.at).cloned();
        self.at += usize::from(token.is_some());
        token
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.at >= self.tokens.len()
    }

    /// The place of the next token, else of the last one, else of the whole list.
    pub(crate) fn span(&self) -> Span {
        self.peek().or_else(|| self.tokens.last()).map_or(self.end, TokenTree::span)
    }

    /// Takes the next token if it is this punctuation.
    pub(crate) fn take_punct(&mut self, wanted: char) -> Option<Span> {
        if !is_punct(self.peek(), wanted) {
            return None;
        }
        self.advance().map(|token| token.span())
    }

    /// Takes the next token if it is a word.
    pub(crate) fn take_ident(&mut self) -> Option<Ident> {
        match self.peek() {
            Some(TokenTree::Ident(ident)) => {
                let ident = ident.clone();
                self.at += 1;
                Some(ident)
            }
            _ => None,
        }
    }

    /// Takes the next token if it is a literal.
    pub(crate) fn take_literal(&mut self) -> Option<Literal> {
        match self.peek() {
            Some(TokenTree::Literal(literal)) => {
                let literal = literal.clone();
                self.at += 1;
                Some(literal)
            }
            _ => None,
        }
    }

    /// Takes the next token if it is `( … )`.
    pub(crate) fn take_parenthesised(&mut self) -> Option<Group> {
        match self.peek() {
            Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Parenthesis => {
                let group = group.clone();
                self.at += 1;
                Some(group)
            }
            _ => None,
        }
    }

    /// Leaves the cursor at the next `,` of this list, or at its end.
    pub(crate) fn skip_to_comma(&mut self) {
        while !self.is_empty() && !is_punct(self.peek(), ',') {
            self.at += 1;
        }
    }

    /// Takes the tokens up to the next `,` that does not stand between angle brackets. The flag says whether the angle
    /// brackets match.
    pub(crate) fn take_type(&mut self) -> (Vec<TokenTree>, bool) {
        let mut taken = Vec::new();
        let mut depth = 0_usize;
        let mut matched = true;
        let mut after_dash = false;
        while let Some(token) = self.peek() {
            let mut dash = false;
            if let TokenTree::Punct(punct) = token {
                match punct.as_char() {
                    ',' if depth == 0 => break,
                    '<' => depth += 1,
                    '>' if after_dash => {}
                    '>' => {
                        matched &= depth > 0;
                        depth = depth.saturating_sub(1);
                    }
                    '-' => dash = true,
                    _ => {}
                }
            }
            after_dash = dash;
            taken.push(token.clone());
            self.at += 1;
        }
        (taken, matched && depth == 0)
    }
}

pub(crate) fn is_punct(token: Option<&TokenTree>, wanted: char) -> bool {
    matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == wanted)
}

fn open_invisible_groups(stream: TokenStream) -> Vec<TokenTree> {
    let mut flat = Vec::new();
    let mut open: Vec<IntoIter> = vec![stream.into_iter()];
    while let Some(tokens) = open.last_mut() {
        match tokens.next() {
            Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::None => {
                open.push(group.stream().into_iter());
            }
            Some(token) => flat.push(token),
            None => {
                open.pop();
            }
        }
    }
    flat
}
