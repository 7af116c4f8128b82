//! Where a type is read or written: what decides, beside the type itself, how it looks on the wire.

use crate::model::{Direction, Reader};

/// Whose attributes describe a type when it carries several families of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dialect {
    /// serde's derives.
    #[default]
    Serde,
    /// poem-openapi's `Object`, `Enum`, `Union`, `NewType`; serde's where these are missing.
    PoemOpenapi,
    /// `Deserr` for what is read; serde's where it is missing.
    Deserr,
}

/// How deep inside a flat text a value stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Spot {
    /// The whole text: its keys are the fields of a struct.
    Top,
    /// The value of one key.
    Key,
    /// One of the values of a key.
    Item,
}

/// A position.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct At {
    pub(crate) direction: Direction,
    pub(crate) reader: Reader,
    pub(crate) spot: Spot,
    /// serde holds the value in its own buffer first (`flatten`, `tag`, `untagged`), which loses what some types need.
    pub(crate) buffered: bool,
    pub(crate) dialect: Dialect,
    /// A validating extractor stands before it.
    pub(crate) validated: bool,
    /// The mark promises that clients tolerate unknown variants.
    pub(crate) open: bool,
    /// It is lowered only to see whether it changes: nothing in it is named as opaque.
    pub(crate) silent: bool,
}

impl At {
    pub(crate) fn input(self) -> bool {
        self.direction == Direction::Input
    }

    /// What does not matter here is put aside, so that equal positions share their nodes.
    pub(crate) fn normal(mut self) -> Self {
        if !self.input() {
            self.buffered = false;
            self.validated = false;
            if !matches!(self.reader, Reader::Layout | Reader::Raw) {
                self.reader = Reader::Json;
            }
        } else {
            self.open = false;
        }
        if !self.is_text() {
            self.spot = Spot::Top;
        }
        self
    }

    /// Is it read from flat text, key by key?
    pub(crate) fn is_text(self) -> bool {
        self.input()
            && matches!(
                self.reader,
                Reader::UrlEncoded
                    | Reader::HtmlForm
                    | Reader::Qs
                    | Reader::RocketForm
                    | Reader::PoemText
                    | Reader::PathText
                    | Reader::HeaderText
            )
    }

    /// Is it flat text that serde reads?
    pub(crate) fn is_serde_text(self) -> bool {
        self.is_text() && !matches!(self.reader, Reader::RocketForm | Reader::PoemText)
    }

    /// Has the position no `null`?
    pub(crate) fn lacks_null(self) -> bool {
        self.is_text() || self.reader == Reader::Config
    }

    /// The value of a key of the object that stands here.
    pub(crate) fn value(mut self) -> Self {
        if self.spot == Spot::Top {
            self.spot = Spot::Key;
        }
        self.normal()
    }

    /// An item of the list that stands here.
    pub(crate) fn item(mut self) -> Self {
        self.spot = Spot::Item;
        self.normal()
    }

    /// The same place, but held in serde's buffer first.
    pub(crate) fn buffered(mut self) -> Self {
        self.buffered = true;
        self.normal()
    }

    /// What the type would be under a plain JSON reader.
    pub(crate) fn plain(mut self) -> Self {
        self.reader = Reader::Json;
        self.buffered = false;
        self.normal()
    }
}
