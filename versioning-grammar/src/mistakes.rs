//! Collecting everything that is wrong before saying so.

use proc_macro2::Span;

use crate::Mistake;

/// The mistakes found so far, and where each part of the mark stands.
#[derive(Default)]
pub(crate) struct Mistakes {
    found: Vec<(usize, Mistake)>,
    parts: Vec<(&'static str, usize, Span)>,
    order: usize,
}

impl Mistakes {
    /// What follows belongs to the next part of the mark.
    pub(crate) fn next_part(&mut self) {
        self.order += 1;
    }

    /// The current part is this one.
    pub(crate) fn name_part(&mut self, word: &'static str, span: Span) {
        self.parts.push((word, self.order, span));
    }

    /// Where the part of this name stands, if the mark has it.
    pub(crate) fn part(&self, word: &str) -> Option<Span> {
        self.parts.iter().find(|(name, ..)| *name == word).map(|(.., span)| *span)
    }

    /// The first part of the mark.
    pub(crate) fn first_part(&self) -> Option<(&'static str, Span)> {
        self.parts.first().map(|(name, _, span)| (*name, *span))
    }

    pub(crate) fn add(&mut self, span: Span, message: impl Into<String>) {
        self.found.push((self.order, mistake(span, message)));
    }

    pub(crate) fn add_unknown(&mut self, span: Span, message: impl Into<String>) {
        self.found.push((self.order, Mistake { unknown_key: true, ..mistake(span, message) }));
    }

    /// Whether a word was met that is no key.
    pub(crate) fn has_unknown(&self) -> bool {
        self.found.iter().any(|(_, mistake)| mistake.unknown_key)
    }

    /// Adds a mistake about a part that was read before.
    pub(crate) fn add_at_part(&mut self, word: &str, span: Span, message: impl Into<String>) {
        self.found.push((self.order_of(word), mistake(span, message)));
    }

    /// `since` is missing beside a part that was read before.
    pub(crate) fn add_no_since(&mut self, word: &str, span: Span, message: impl Into<String>) {
        self.found.push((self.order_of(word), Mistake { no_since: true, ..mistake(span, message) }));
    }

    fn order_of(&self, word: &str) -> usize {
        self.parts.iter().find(|(name, ..)| *name == word).map_or(self.order, |(_, order, _)| *order)
    }

    /// All of them, in source order.
    pub(crate) fn into_sorted(mut self) -> Vec<Mistake> {
        self.found.sort_by_key(|(order, _)| *order);
        self.found.into_iter().map(|(_, mistake)| mistake).collect()
    }
}

fn mistake(span: Span, message: impl Into<String>) -> Mistake {
    Mistake { span, message: message.into(), unknown_key: false, no_since: false }
}
