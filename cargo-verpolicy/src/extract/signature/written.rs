//! What a `macro_rules!` writes into the code of those that call it: its public items by name, and what it implements. Of
//! the whole definition and the crate's own macros that it calls, arm by arm, without bodies; what the variables stand
//! for is the caller's.

use crate::extract::crates::{Crates, DefId, ModuleId, Namespace, Resolved};
use crate::syntax::facts::{ItemKind, Name, RawTokens};
use crate::syntax::tokens::{Cursor, Delimiter, Token, TokenKind, normal};
use std::collections::{BTreeMap, BTreeSet};

/// How many macros are followed.
const MAX_MACROS: usize = 200;

/// The public items that a macro writes (`fn bits`, `hidden fn bits` out of sight of the documentation), what it implements (`impl Debug`, `derive Copy`), and the macros of
/// other crates that it calls (`call other::items`), each with what else is seen of it.
pub(super) fn writes(crates: &Crates, module: ModuleId, tokens: &RawTokens) -> BTreeMap<String, String> {
    let mut out = BTreeMap::new();
    let mut seen: BTreeSet<DefId> = BTreeSet::new();
    let mut queue = vec![(module, tokens.clone())];
    while let Some((module, tokens)) = queue.pop() {
        let mut reader = Reader { raw: &tokens, out: &mut out, calls: BTreeSet::new(), handed: false, block: false };
        reader.arms();
        for path in reader.calls {
            let segments: Vec<Name> = path.split("::").map(Name::new).collect();
            match crates.resolve_names(module, false, &segments, Namespace::Macro) {
                Resolved::Def(def) if seen.len() < MAX_MACROS && seen.insert(def) => {
                    let found = crates.def(def).map(|found| (found.module, &found.item.kind));
                    if let Some((module, ItemKind::MacroRules(tokens))) = found {
                        queue.push((module, tokens.clone()));
                    }
                }
                Resolved::Def(_) => {}
                _ => _ = out.insert(format!("call {path}"), String::new()),
            }
        }
    }
    if out.keys().all(|key| key.starts_with("call ")) { BTreeMap::new() } else { out }
}

struct Reader<'r> {
    raw: &'r RawTokens,
    out: &'r mut BTreeMap<String, String>,
    /// Paths of the macros that are called.
    calls: BTreeSet<String>,
    /// It reads what a call is handed: who sees that, its macro says.
    handed: bool,
    /// In the block of a constant without a name: nobody names what stands there, but implementations hold.
    block: bool,
}

impl Reader<'_> {
    /// Reads what stands behind each `=>`.
    fn arms(&mut self) {
        let lexed = self.raw.lex();
        let mut cursor = Cursor::new(self.raw, &lexed);
        while cursor.any_group().is_some() && cursor.eat("=>") {
            if let Some(Token { kind: TokenKind::Group(_, inner), .. }) = cursor.next() {
                self.items(inner);
            }
            cursor.eat(";");
        }
    }

    /// Reads tokens that stand where items may.
    fn items(&mut self, tokens: &[Token]) {
        let mut at = 0;
        let mut item = Head { start: 0, hidden: false };
        while let Some(token) = tokens.get(at) {
            let next = tokens.get(at + 1);
            at = match (&token.kind, next.map(|token| &token.kind)) {
                (TokenKind::Punct('#', _), Some(TokenKind::Group(Delimiter::Bracket, inner))) => {
                    item.hidden |= self.attribute(inner);
                    item.start = at + 2;
                    at + 2
                }
                // `$(…)*`
                (TokenKind::Punct('$', _), Some(TokenKind::Group(Delimiter::Paren, inner))) => {
                    self.items(inner);
                    if !inner.first().is_some_and(|token| token.is_punct('#')) {
                        item = Head { start: at + 2, hidden: false };
                    }
                    at + 2
                }
                (TokenKind::Punct(';', _), _) => {
                    item = Head { start: at + 1, hidden: false };
                    at + 1
                }
                (TokenKind::Ident(_), Some(TokenKind::Punct('!', _)))
                    if matches!(tokens.get(at + 2).map(|token| &token.kind), Some(TokenKind::Group(..))) =>
                {
                    self.call(tokens, at);
                    item = Head { start: at + 3, hidden: false };
                    at + 3
                }
                (TokenKind::Ident(word), _) if word == "impl" && item.is_start(tokens, at) => {
                    let end = self.implementation(tokens, at);
                    item = Head { start: end, hidden: false };
                    end
                }
                (TokenKind::Ident(word), Some(_)) if is_item_word(word) && names_an_item(tokens, at) => {
                    let end = self.item(tokens, at, &item);
                    item = Head { start: end, hidden: false };
                    end
                }
                (TokenKind::Group(Delimiter::Brace, inner), _) => {
                    self.items(inner);
                    item = Head { start: at + 1, hidden: false };
                    at + 1
                }
                _ => at + 1,
            };
        }
    }

    /// What an attribute derives; `true` for one that hides what follows.
    fn attribute(&mut self, inner: &[Token]) -> bool {
        let mut stack = vec![inner];
        let mut hides = false;
        while let Some(tokens) = stack.pop() {
            for pair in tokens.windows(2) {
                let [word, Token { kind: TokenKind::Group(Delimiter::Paren, inner), .. }] = pair else { continue };
                if word.is_ident("derive") {
                    let last = |part: &[Token]| part.iter().rev().find_map(|token| token.ident().cloned());
                    for name in inner.split(|token| token.is_punct(',')).filter_map(last) {
                        self.out.entry(format!("derive {name}")).or_default();
                    }
                }
                hides |= word.is_ident("doc") && inner.iter().any(|token| token.is_ident("hidden"));
                stack.push(inner);
            }
        }
        hides
    }

    /// A call whose name stands at `at`: what it is handed may be items, too.
    fn call(&mut self, tokens: &[Token], at: usize) {
        let mut path = tokens.get(at).and_then(Token::ident).map(ToString::to_string).unwrap_or_default();
        let mut before = at;
        while let Some([name, colon, other]) = before.checked_sub(3).and_then(|from| tokens.get(from..before))
            && colon.is_punct(':')
            && other.is_punct(':')
            && let Some(name) = name.ident()
        {
            path = format!("{name}::{path}");
            before -= 3;
        }
        self.calls.insert(path);
        if let Some(Token { kind: TokenKind::Group(_, inner), .. }) = tokens.get(at + 2) {
            let before = std::mem::replace(&mut self.handed, true);
            self.items(inner);
            self.handed = before;
        }
    }

    /// An `impl`; returns where it ends.
    fn implementation(&mut self, tokens: &[Token], at: usize) -> usize {
        let Some(length) = tokens.get(at..).and_then(|rest| rest.iter().position(ends_header)) else {
            return tokens.len();
        };
        let end = at + length;
        let header = tokens.get(at..end).unwrap_or_default();
        let of =
            header.iter().enumerate().rev().find(|(n, token)| {
                token.is_ident("for") && !header.get(n + 1).is_some_and(|token| token.is_punct('<'))
            });
        let inner = tokens.get(end).and_then(|token| token.group(Delimiter::Brace));
        match of {
            None => {
                let before = std::mem::replace(&mut self.block, false);
                inner.into_iter().for_each(|inner| self.items(inner));
                self.block = before;
            }
            Some((n, _)) => {
                if let Some(name) = last_of_path(header.get(1..n).unwrap_or_default()) {
                    self.add(format!("impl {name}"), tokens, (at, end));
                }
            }
        }
        end + 1
    }

    /// An item whose keyword stands at `at`; returns where it ends.
    fn item(&mut self, tokens: &[Token], at: usize, head: &Head) -> usize {
        let word = tokens.get(at).and_then(Token::ident).map_or("", Name::as_str);
        let ends = |token: &Token| match word {
            "const" | "static" | "type" => token.is_punct(';'),
            _ => ends_header(token),
        };
        let length = tokens.get(at..).and_then(|rest| rest.iter().position(ends));
        let end = length.map_or(tokens.len(), |length| at + length);
        let name = match tokens.get(at + 1).map(|token| &token.kind) {
            Some(TokenKind::Ident(name)) => name.to_string(),
            _ => "$".to_owned(),
        };
        let inner = tokens.get(end).and_then(|token| token.group(Delimiter::Brace)).unwrap_or_default();
        // The block of a constant: what it implements counts.
        let block = tokens.get(at..end).unwrap_or_default().iter().find_map(|token| token.group(Delimiter::Brace));
        match (word, block) {
            ("const", Some(block)) if name == "_" => {
                let before = std::mem::replace(&mut self.block, true);
                self.items(block);
                self.block = before;
            }
            _ if self.block => {}
            ("mod", _) => self.items(inner),
            _ if (self.handed || is_public(tokens, head.start)) && !name.starts_with('_') => {
                let all = matches!(word, "struct" | "enum" | "union" | "trait");
                // The value of a constant is nobody's to rely on.
                let stop = tokens.get(at..end).unwrap_or_default().iter().position(|token| token.is_punct('='));
                let seen = match stop {
                    Some(stop) if matches!(word, "const" | "static") => at + stop,
                    _ => end + usize::from(all),
                };
                let start = if self.handed { at } else { head.start };
                let hidden = if head.hidden { "hidden " } else { "" };
                self.add(format!("{hidden}{word} {name}"), tokens, (start, seen));
            }
            _ => {}
        }
        end + 1
    }

    fn add(&mut self, key: String, tokens: &[Token], (start, end): (usize, usize)) {
        let (Some(first), Some(last)) = (tokens.get(start), end.checked_sub(1).and_then(|end| tokens.get(end))) else {
            return;
        };
        let text = without_names(&normal(&self.raw.slice(first.start, last.end).text));
        let seen = self.out.entry(key).or_default();
        if seen.is_empty() {
            *seen = text;
        } else if !seen.split('\n').any(|one| one == text) {
            seen.push('\n');
            seen.push_str(&text);
        }
    }
}

/// Where an item begins, behind its attributes.
struct Head {
    start: usize,
    hidden: bool,
}

impl Head {
    /// Does nothing stand between the beginning and this place but words before `impl`?
    fn is_start(&self, tokens: &[Token], at: usize) -> bool {
        tokens.get(self.start..at).unwrap_or_default().iter().all(|token| token.is_ident("unsafe"))
    }
}

fn is_item_word(word: &Name) -> bool {
    matches!(word.as_str(), "fn" | "struct" | "enum" | "union" | "type" | "const" | "static" | "trait" | "mod")
}

/// Does the name of an item follow, or a variable that stands for one?
fn names_an_item(tokens: &[Token], at: usize) -> bool {
    match tokens.get(at + 1).map(|token| &token.kind) {
        Some(TokenKind::Ident(name)) => !matches!(name.as_str(), "fn" | "unsafe" | "extern" | "async"),
        Some(TokenKind::Punct('$', _)) => true,
        _ => false,
    }
}

fn ends_header(token: &Token) -> bool {
    token.is_punct(';') || token.group(Delimiter::Brace).is_some()
}

/// Does it begin with `pub` that holds everywhere, or with a variable?
fn is_public(tokens: &[Token], start: usize) -> bool {
    let Some(first) = tokens.get(start) else { return false };
    let restricted = tokens.get(start + 1).is_some_and(|token| token.group(Delimiter::Paren).is_some());
    first.is_punct('$') || first.is_ident("pub") && !restricted
}

/// The last name of the path that stands at the end, without its arguments.
fn last_of_path(tokens: &[Token]) -> Option<&Name> {
    let mut depth = 0_usize;
    for (n, token) in tokens.iter().enumerate().rev() {
        let arrow = n > 0 && tokens.get(n - 1).is_some_and(|before| before.is_punct('-'));
        match &token.kind {
            TokenKind::Punct('>', _) if !arrow => depth += 1,
            TokenKind::Punct('<', _) => depth = depth.saturating_sub(1),
            TokenKind::Ident(name) if depth == 0 => {
                let variable = n > 0 && tokens.get(n - 1).is_some_and(|before| before.is_punct('$'));
                return (!variable).then_some(name);
            }
            _ => {}
        }
    }
    None
}

/// `$name` → `$`, save `$crate`.
fn without_names(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('$') {
        let (before, from) = rest.split_at(at + 1);
        out.push_str(before);
        let length = from.chars().take_while(|c| c.is_alphanumeric() || *c == '_').map(char::len_utf8).sum();
        let (name, after) = from.split_at(length);
        out.push_str(if name == "crate" { name } else { "" });
        rest = after;
    }
    out.push_str(rest);
    out
}
