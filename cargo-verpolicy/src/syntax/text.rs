//! Texts: a file's, or one that a macro made, and the parts that facts keep of it.

use super::facts::Pos;
use std::sync::Arc;

/// A part of a text that all its parts share.
#[derive(Clone, Default)]
pub struct Text {
    whole: Arc<Whole>,
    start: u32,
    end: u32,
}

/// A whole text: a file's, or one that a macro made.
#[derive(Default)]
struct Whole {
    text: Box<str>,
    made: Option<Box<Made>>,
}

/// What a text that a macro made has beside its characters. Offsets are bytes of the whole text, in order.
#[derive(Debug, Default)]
pub(in crate::syntax) struct Made {
    /// From where on the text stands where in the file.
    pub(in crate::syntax) places: Vec<MadePlace>,
    /// Where the tokens that a fragment took begin and end: to another macro they are one. Outer ones first.
    pub(in crate::syntax) taken: Vec<(u32, u32)>,
}

/// Where a piece of a made text comes from.
#[derive(Clone, Copy, Debug)]
pub(in crate::syntax) struct MadePlace {
    /// Where the piece begins.
    pub(in crate::syntax) offset: u32,
    /// Its place in the file.
    pub(in crate::syntax) pos: Pos,
    /// It is the macro's own: all of it counts as standing there.
    pub(in crate::syntax) fixed: bool,
}

impl Text {
    /// The part between two byte offsets of this one; empty where there is none.
    #[must_use]
    pub fn part(&self, start: usize, end: usize) -> Self {
        let shifted = |offset: usize| u32::try_from(offset).ok().and_then(|offset| self.start.checked_add(offset));
        match (self.get(start..end), shifted(start), shifted(end)) {
            (Some(_), Some(start), Some(end)) => Self { whole: Arc::clone(&self.whole), start, end },
            _ => Self::default(),
        }
    }

    /// A text that a macro made.
    pub(in crate::syntax) fn made(text: String, made: Made) -> Self {
        let end = u32::try_from(text.len()).unwrap_or(0);
        Self { whole: Arc::new(Whole { text: text.into(), made: Some(Box::new(made)) }), start: 0, end }
    }

    /// Did a macro make it?
    pub(in crate::syntax) fn is_made(&self) -> bool {
        self.whole.made.is_some()
    }

    /// The place in the file of a byte offset, in a text that a macro made.
    pub(in crate::syntax) fn made_pos(&self, offset: usize) -> Option<Pos> {
        let made = self.whole.made.as_ref()?;
        let at = self.start.saturating_add(u32::try_from(offset).ok()?);
        let place = made.places.get(made.places.partition_point(|place| place.offset <= at).checked_sub(1)?)?;
        if place.fixed {
            return Some(place.pos);
        }
        let between = self.whole.text.get(place.offset as usize..at as usize).unwrap_or_default();
        Some(super::tokens::advance(place.pos, between))
    }

    /// The places of this text, those of a part beginning with the first inside.
    pub(in crate::syntax) fn places(&self) -> impl Iterator<Item = MadePlace> {
        let places = self.whole.made.as_ref().map_or(&[][..], |made| made.places.as_slice());
        let (from, to) = (self.start, self.end);
        let first = places.partition_point(|place| place.offset < from);
        let inside = places.get(first..).unwrap_or_default().iter().take_while(move |place| place.offset < to);
        inside.map(move |place| MadePlace { offset: place.offset - from, ..*place })
    }

    /// Where what fragments took lies in this text, outer ones first.
    pub(in crate::syntax) fn taken(&self) -> impl Iterator<Item = (usize, usize)> {
        let taken = self.whole.made.as_ref().map_or(&[][..], |made| made.taken.as_slice());
        let (from, to) = (self.start, self.end);
        let first = taken.partition_point(|(start, _)| *start < from);
        let inside = taken.get(first..).unwrap_or_default().iter().take_while(move |(start, _)| *start < to);
        inside
            .filter(move |(_, end)| *end <= to)
            .map(move |(start, end)| ((start - from) as usize, (end - from) as usize))
    }

    /// Two texts are the same part of the same whole when this is equal; for as long as one of them lives.
    #[must_use]
    pub fn identity(&self) -> (usize, u32, u32) {
        (Arc::as_ptr(&self.whole).addr(), self.start, self.end)
    }
}

impl std::ops::Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        self.whole.text.get(self.start as usize..self.end as usize).unwrap_or_default()
    }
}

impl<T: Into<Box<str>>> From<T> for Text {
    fn from(text: T) -> Self {
        let text = text.into();
        let end = u32::try_from(text.len()).unwrap_or(0);
        Self { whole: Arc::new(Whole { text, made: None }), start: 0, end }
    }
}

impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Eq for Text {}

impl std::fmt::Debug for Text {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        std::fmt::Debug::fmt(&**self, formatter)
    }
}

impl std::fmt::Display for Text {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self)
    }
}
