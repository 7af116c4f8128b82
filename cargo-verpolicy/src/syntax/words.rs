//! Words in the bodies of items.

use super::facts::{Item, ItemKind};

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

    fn bodies(&self, each: &mut dyn FnMut(&str)) {
        match &self.kind {
            ItemKind::Fn(_) if self.header > 0 => each(self.text.get(self.header as usize..).unwrap_or_default()),
            ItemKind::Impl(fact) => fact.items.iter().for_each(|member| member.bodies(each)),
            _ => {}
        }
    }
}
