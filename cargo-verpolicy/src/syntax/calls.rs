//! The functions that code calls by path: `check(x)`, `limits::check(x)`, `Self::check(x)`; no methods, no macros.

use super::facts::{Item, ItemKind, Name};
use super::lexical::{Lexeme, lexeme};

impl Item {
    /// The paths that its body, or the bodies in it, call, in order; those with generic arguments apart.
    #[must_use]
    pub fn calls(&self) -> Vec<Vec<Name>> {
        let mut out = Vec::new();
        self.bodies(&mut |body| calls(body, &mut out));
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

fn calls(text: &str, out: &mut Vec<Vec<Name>>) {
    let bytes = text.as_bytes();
    let mut path: Vec<Name> = Vec::new();
    // Colons behind the path so far; does it name a method, or a function that is defined here?
    let (mut colons, mut other) = (0, false);
    let (mut before, mut start) = ("", 0);
    while start < bytes.len() {
        let (kind, end) = lexeme(bytes, start);
        let piece = text.get(start..end).unwrap_or_default();
        start = end.max(start + 1);
        match (kind, piece) {
            (Lexeme::Space | Lexeme::Comment | Lexeme::Doc { .. }, _) => continue,
            (Lexeme::Word, word) => {
                if colons != 2 {
                    path.clear();
                    other = matches!(before, "." | "fn");
                }
                path.push(word.trim_start_matches("r#").into());
                colons = 0;
            }
            (_, ":") if !path.is_empty() => colons += 1,
            (_, piece) => {
                if piece == "(" && colons == 0 && !path.is_empty() && !other && !is_keyword(&path) {
                    out.push(std::mem::take(&mut path));
                }
                path.clear();
                colons = 0;
            }
        }
        before = piece;
    }
}

fn is_keyword(path: &[Name]) -> bool {
    const KEYWORDS: &[&str] =
        &["if", "match", "while", "for", "in", "return", "move", "let", "mut", "else", "loop", "Ok", "Err", "Some"];
    matches!(path, [only] if KEYWORDS.contains(&only.as_str()))
}

#[cfg(test)]
mod tests {
    use super::calls;

    #[test]
    fn paths_before_parentheses_are_calls() {
        let mut found = Vec::new();
        calls(
            "{ if (a) { check(x)?; crate::limits::check (y); z.method(q); m!(1); f::<T>(2); Self::own(k(3)) } }",
            &mut found,
        );
        let found: Vec<String> = found.iter().map(|path| path.join("::")).collect();
        assert_eq!(found, ["check", "crate::limits::check", "Self::own", "k"]);
    }
}
