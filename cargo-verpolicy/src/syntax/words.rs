//! Words in the bodies of items.

use super::facts::{Item, ItemKind, RawTokens};
use super::tokens::advance;

impl Item {
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

    /// Does the word that this finds stand in its text, comments included?
    pub(crate) fn says_word(&self, word: &memchr::memmem::Finder<'_>) -> bool {
        // Characters that are not ASCII stand in names.
        let is_name = |byte: Option<&u8>| byte.is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'_' || *b >= 0x80);
        let text = self.text.as_bytes();
        word.find_iter(text).any(|at| {
            let before = at.checked_sub(1).and_then(|at| text.get(at));
            !is_name(before) && !is_name(text.get(at + word.needle().len()))
        })
    }

    /// The body of a function, also where nothing asked for it when the file was read.
    pub(crate) fn whole_body(&self) -> Option<RawTokens> {
        let ItemKind::Fn(function) = &self.kind else { return None };
        if let Some(body) = &function.body {
            return Some(body.clone());
        }
        let header = self.text.get(..self.header as usize).filter(|_| function.has_body && self.header > 0)?;
        let inside = self.text.get(self.header as usize..)?.trim_end().strip_suffix('}')?;
        let named = |(at, word): (usize, &str)| {
            let name = header.get(at + word.len()..).map(str::trim_start)?.strip_prefix(self.name.as_str())?;
            Some(header.len() - name.len() - self.name.len())
        };
        let name = header.rmatch_indices("fn").find_map(named)?;
        let pos = advance(self.pos, header.get(name..)?);
        Some(RawTokens { text: self.text.part(header.len(), header.len() + inside.len()), pos })
    }

    fn bodies(&self, each: &mut dyn FnMut(&str)) {
        match &self.kind {
            ItemKind::Fn(_) if self.header > 0 => each(self.text.get(self.header as usize..).unwrap_or_default()),
            ItemKind::Impl(fact) => fact.items.iter().for_each(|member| member.bodies(each)),
            _ => {}
        }
    }
}
