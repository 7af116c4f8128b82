//! Byte offsets to lines and columns, and text with its position.

use super::facts::{Pos, RawTokens};
use super::text::Text;

/// A source text and where its lines begin.
#[derive(Debug)]
pub(super) struct Positions<'a> {
    /// The text.
    pub(super) source: &'a str,
    whole: &'a Text,
    lines: Vec<usize>,
    /// Where the text begins in its file.
    base: Pos,
}

impl<'a> Positions<'a> {
    /// Of a text; columns of the first line count from `start` (behind a byte order mark).
    pub(super) fn new(whole: &'a Text, start: usize) -> Self {
        let source: &'a str = whole;
        let mut lines = vec![start];
        lines.extend(memchr::memchr_iter(b'\n', source.as_bytes()).map(|at| at + 1));
        Self { source, whole, lines, base: Pos { line: 1, column: 1 } }
    }

    /// The same for a text that begins at `base` in its file.
    pub(super) fn based_at(self, base: Pos) -> Self {
        Self { base, ..self }
    }

    /// The position of an offset.
    pub(super) fn pos(&self, offset: usize) -> Pos {
        if let Some(pos) = self.whole.made_pos(offset) {
            return pos;
        }
        let line = self.lines.partition_point(|start| *start <= offset).max(1);
        let start = self.lines.get(line - 1).copied().unwrap_or(0);
        let before = self.source.as_bytes().get(start..offset).unwrap_or_default();
        // Characters: every byte that does not continue one.
        let column = before.iter().filter(|b| **b & 0xc0 != 0x80).count();
        let (lines, columns) = (u32::try_from(line - 1), u32::try_from(column));
        let first = if line == 1 { self.base.column } else { 1 };
        Pos {
            line: self.base.line.saturating_add(lines.unwrap_or(u32::MAX)),
            column: first.saturating_add(columns.unwrap_or(u32::MAX)),
        }
    }

    /// The text between two offsets.
    pub(super) fn text(&self, start: usize, end: usize) -> &'a str {
        self.source.get(start..end).unwrap_or_default()
    }

    /// The text between two offsets with its position, without white space around it.
    pub(super) fn raw(&self, start: usize, end: usize) -> RawTokens {
        let text = self.text(start, end);
        let trimmed = text.trim_start();
        let start = start + (text.len() - trimmed.len());
        self.between(start, start + trimmed.trim_end().len())
    }

    /// The text between two offsets with its position.
    pub(super) fn between(&self, start: usize, end: usize) -> RawTokens {
        RawTokens { text: self.shared(start, end), pos: self.pos(start) }
    }

    /// The text between two offsets, to keep.
    pub(super) fn shared(&self, start: usize, end: usize) -> Text {
        self.whole.part(start, end)
    }
}
