//! The text of one file, by lines.

/// A text and where its lines begin.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceText {
    text: String,
    /// Byte offset of each line's first byte.
    starts: Vec<usize>,
}

impl SourceText {
    /// Of a file's text.
    #[must_use]
    pub fn new(text: String) -> Self {
        let starts = std::iter::once(0).chain(memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1)).collect();
        Self { text, starts }
    }

    /// A line by its 1-based number, without its end.
    pub(super) fn line(&self, number: u32) -> Option<&str> {
        let index = usize::try_from(number).ok()?.checked_sub(1)?;
        let start = *self.starts.get(index)?;
        let end = self.starts.get(index + 1).copied().unwrap_or(self.text.len());
        let line = self.text.get(start..end)?;
        let line = line.strip_suffix('\n').unwrap_or(line);
        Some(line.strip_suffix('\r').unwrap_or(line))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_by_number() {
        let source = SourceText::new("a\r\nb\n\nc".to_owned());
        let lines: Vec<Option<&str>> = (0..6).map(|n| source.line(n)).collect();
        assert_eq!(lines, [None, Some("a"), Some("b"), Some(""), Some("c"), None]);
    }
}
