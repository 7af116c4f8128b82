//! What code names: functions that it calls by path (`check(x)`, `limits::check(x)`, `Self::check(x)`), constants and
//! methods; no macros.

use super::facts::{Item, ItemKind, Name};
use super::lexical::{Lexeme, lexeme};

/// What code names of the things that decide what it does.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Mentions {
    /// The functions that it calls by path, in order; those with generic arguments apart.
    pub(crate) calls: Vec<Vec<Name>>,
    /// The constants, in order: paths that end in capitals.
    pub(crate) constants: Vec<Vec<Name>>,
    /// The methods that it calls, in order.
    pub(crate) methods: Vec<Name>,
}

impl Item {
    /// What its body, or the bodies in it, name.
    pub(crate) fn mentions(&self) -> Mentions {
        let mut out = Mentions::default();
        self.bodies(&mut |body| mentions(body, &mut out));
        out
    }

    /// The paths of types that its body, or the bodies in it, name (`Row { … }`, `let x: Row`, `Row::read(…)`); of a type,
    /// those that its fields name.
    #[must_use]
    pub fn named_types(&self) -> Vec<Vec<Name>> {
        let mut out = Vec::new();
        match &self.kind {
            ItemKind::Struct { .. } | ItemKind::Enum { .. } => types(&self.text, &mut out),
            _ => self.bodies(&mut |body| types(body, &mut out)),
        }
        out.sort();
        out.dedup();
        out
    }

    /// Does an identifier that begins with `word` stand in its body, or in the bodies in it?
    #[must_use]
    pub fn says(&self, word: &str) -> bool {
        let mut found = false;
        self.bodies(&mut |body| {
            let is_name = |c: char| c.is_alphanumeric() || c == '_';
            let inside = |at: usize| body.get(..at).unwrap_or_default().ends_with(is_name);
            found |= body.match_indices(word).any(|(at, _)| !inside(at));
        });
        found
    }

    fn bodies(&self, each: &mut dyn FnMut(&str)) {
        match &self.kind {
            ItemKind::Fn(_) if self.header > 0 => each(self.text.get(self.header as usize..).unwrap_or_default()),
            ItemKind::Impl(fact) => fact.items.iter().for_each(|member| member.bodies(each)),
            _ => {}
        }
    }
}

fn mentions(text: &str, out: &mut Mentions) {
    let bytes = text.as_bytes();
    let mut path: Vec<Name> = Vec::new();
    // Colons behind the path so far, and what stands before it.
    let (mut colons, mut led_by) = (0, "");
    let (mut before, mut start) = ("", 0);
    while start < bytes.len() {
        let (kind, end) = lexeme(bytes, start);
        let piece = text.get(start..end).unwrap_or_default();
        start = end.max(start + 1);
        match (kind, piece) {
            (Lexeme::Space | Lexeme::Comment | Lexeme::Doc { .. }, _) => continue,
            (Lexeme::Word, word) => {
                if colons != 2 {
                    out.constant(std::mem::take(&mut path), colons, led_by);
                    led_by = before;
                }
                path.push(word.trim_start_matches("r#").into());
                colons = 0;
            }
            (_, ":") if !path.is_empty() => colons += 1,
            (_, piece) => {
                let path = std::mem::take(&mut path);
                match (piece, led_by) {
                    ("(", ".") => out.methods.extend(path.into_iter().next()),
                    ("(", "fn") | ("!", _) => {}
                    ("(", _) if colons == 0 && !path.is_empty() && !is_keyword(&path) => out.calls.push(path),
                    _ => out.constant(path, colons, led_by),
                }
                colons = 0;
            }
        }
        before = piece;
    }
}

impl Mentions {
    fn constant(&mut self, path: Vec<Name>, colons: u32, led_by: &str) {
        let capital = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
        let is_one = |name: &Name| name.len() > 1 && name.chars().all(capital) && name.starts_with(|c: char| c != '_');
        if colons != 2 && led_by != "." && path.last().is_some_and(is_one) {
            self.constants.push(path);
        }
    }
}

fn is_keyword(path: &[Name]) -> bool {
    const KEYWORDS: &[&str] =
        &["if", "match", "while", "for", "in", "return", "move", "let", "mut", "else", "loop", "Ok", "Err", "Some"];
    matches!(path, [only] if KEYWORDS.contains(&only.as_str()))
}

/// Paths that end in a name with a capital, and those before a name without one.
fn types(text: &str, out: &mut Vec<Vec<Name>>) {
    let bytes = text.as_bytes();
    let mut path: Vec<Name> = Vec::new();
    let mut colons = 0;
    let mut start = 0;
    let mut end_path = |path: &mut Vec<Name>| {
        let is_type = |name: &Name| name.starts_with(char::is_uppercase);
        if path.last().is_some_and(|last| !is_type(last)) {
            path.pop();
        }
        match path.last().is_some_and(is_type) {
            true => out.push(std::mem::take(path)),
            false => path.clear(),
        }
    };
    while start < bytes.len() {
        let (kind, end) = lexeme(bytes, start);
        let piece = text.get(start..end).unwrap_or_default();
        start = end.max(start + 1);
        match (kind, piece) {
            (Lexeme::Space | Lexeme::Comment | Lexeme::Doc { .. }, _) => continue,
            (Lexeme::Word, word) => {
                if colons != 2 {
                    end_path(&mut path);
                }
                path.push(word.trim_start_matches("r#").into());
                colons = 0;
            }
            (_, ":") if !path.is_empty() => colons += 1,
            _ => {
                end_path(&mut path);
                colons = 0;
            }
        }
    }
    end_path(&mut path);
}

#[cfg(test)]
mod tests {
    use super::{Mentions, mentions, types};
    use crate::syntax::facts::Name;

    #[test]
    fn types_have_capitals() {
        let mut found = Vec::new();
        types("{ let x: a::Row = serde::from_slice::<Line>(b)?; Out { a: Kind::Small }; Page::read(x) }", &mut found);
        let found: Vec<String> = found.iter().map(|path| path.join("::")).collect();
        assert_eq!(found, ["a::Row", "Line", "Out", "Kind::Small", "Page"]);
    }

    #[test]
    fn what_code_names() {
        let mut found = Mentions::default();
        mentions(
            "{ if (a) { check(x)?; crate::limits::check (y); z.method(q); m!(1); f::<T>(2); Self::own(k(3)) }
              s.collect_str(&FORMAT); limits::MAX + Self::LEAST; T::OK; x.Y; 10 }",
            &mut found,
        );
        let text = |paths: Vec<Vec<Name>>| paths.iter().map(|path| path.join("::")).collect::<Vec<_>>();
        assert_eq!(text(found.calls), ["check", "crate::limits::check", "Self::own", "k"]);
        assert_eq!(text(found.constants), ["FORMAT", "limits::MAX", "Self::LEAST", "T::OK"]);
        assert_eq!(found.methods, ["method", "collect_str"]);
    }
}
