//! The tokens of a text in a row, every opening delimiter with its closing one.

use crate::syntax::tokens::significant;

/// The tokens of a text.
pub(super) struct Pieces<'a> {
    texts: Vec<&'a str>,
    /// Of a delimiter, where its partner stands; the length of the row where it has none.
    partners: Vec<usize>,
}

impl<'a> Pieces<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let mut texts = Vec::new();
        significant(text, |piece| match piece.split_once('.') {
            Some((outer, inner)) if is_field_of_field(&texts, outer, inner) => texts.extend([outer, ".", inner]),
            _ => texts.push(piece),
        });
        let mut partners = vec![texts.len(); texts.len()];
        let mut open = Vec::new();
        for (at, text) in texts.iter().enumerate() {
            match *text {
                "(" | "[" | "{" => open.push(at),
                ")" | "]" | "}" => {
                    if let Some(opener) = open.pop() {
                        pair(&mut partners, opener, at);
                    }
                }
                _ => {}
            }
        }
        Self { texts, partners }
    }

    pub(super) fn len(&self) -> usize {
        self.texts.len()
    }

    /// The token at `at`; nothing behind the end.
    pub(super) fn text(&self, at: usize) -> &'a str {
        self.texts.get(at).copied().unwrap_or_default()
    }

    /// The token before `at`.
    pub(super) fn before(&self, at: usize) -> &'a str {
        at.checked_sub(1).map_or("", |at| self.text(at))
    }

    /// Do these tokens stand at `at`?
    pub(super) fn are(&self, at: usize, texts: &[&str]) -> bool {
        texts.iter().enumerate().all(|(step, text)| self.text(at + step) == *text)
    }

    /// Do these tokens end before `at`?
    pub(super) fn end_before(&self, at: usize, texts: &[&str]) -> bool {
        at.checked_sub(texts.len()).is_some_and(|start| self.are(start, texts))
    }

    /// Where the partner of the delimiter at `at` stands.
    pub(super) fn partner(&self, at: usize) -> usize {
        self.partners.get(at).copied().unwrap_or(self.texts.len())
    }

    pub(super) fn opens(&self, at: usize) -> bool {
        matches!(self.text(at), "(" | "[" | "{")
    }

    /// The place behind the token at `at`, or behind the group that opens there.
    pub(super) fn behind(&self, at: usize) -> usize {
        if self.opens(at) { self.partner(at).saturating_add(1).min(self.len()) } else { at + 1 }
    }

    /// The statements of a body in which `word` stands, anywhere, as text.
    pub(super) fn statements(&self, word: &str) -> Vec<String> {
        let mut out = Vec::new();
        let mut at = 0;
        while at < self.len() {
            let first = at;
            while at < self.len() && self.text(at) != ";" {
                let block = self.text(at) == "{";
                at = self.behind(at);
                // A block ends a statement where nothing goes on behind it.
                if block && !matches!(self.text(at), "." | "?" | "else" | ")" | "," | "=" | "") {
                    break;
                }
            }
            let says = (first..at).any(|place| self.text(place) == word && self.before(place) != ".");
            if says {
                out.push((first..at).map(|place| self.text(place)).collect::<Vec<_>>().join(" "));
            }
            if self.text(at) == ";" || at == first {
                at += 1;
            }
        }
        out
    }

    /// The first place from `start` to `end`, groups passed over, where `found` holds.
    pub(super) fn find(&self, start: usize, end: usize, found: impl Fn(usize) -> bool) -> Option<usize> {
        let mut at = start;
        while at < end {
            if found(at) {
                return Some(at);
            }
            at = self.behind(at);
        }
        None
    }

    /// Does the token at `at` join two segments of a path (`::`), and not a name and a type?
    pub(super) fn joins(&self, at: usize) -> bool {
        self.text(at) == ":" && (self.text(at + 1) == ":" || self.before(at) == ":")
    }
}

/// Do `outer` and `inner` of a number `0.1` behind `before` name fields: `x.0.1`, and not `x..0.1`?
fn is_field_of_field(before: &[&str], outer: &str, inner: &str) -> bool {
    let behind_a_dot = matches!(before, [.., last, "."] if *last != ".");
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    behind_a_dot && digits(outer) && digits(inner)
}

fn pair(partners: &mut [usize], opener: usize, closer: usize) {
    if let Some(partner) = partners.get_mut(opener) {
        *partner = closer;
    }
    if let Some(partner) = partners.get_mut(closer) {
        *partner = opener;
    }
}
