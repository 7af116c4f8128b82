//! The skeleton of a file: its text without function bodies, attribute arguments, macro arguments, initialisers and
//! comments, in ASCII on one line, with a map back to the original. Everything that facts keep as text is read from
//! the original; the skeleton is only what the parser must see.

use super::frameworks::keeps_body;
use super::lexical::{Lexeme, at, lexeme};
use super::skip::{expression_end, opening, skip_group};

/// Delimiters, generic arguments, prefix operators and arrows nested deeper than this are refused: the parser recurses.
pub(super) const MAX_DEPTH: usize = 128;

/// Pieces of large skeletons have at least this many bytes.
const CHUNK: usize = 64 << 10;

/// How much is cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cut {
    /// Everything named above.
    All,
    /// Comments only: for text whose skeleton does not parse, and for the oracle.
    Comments,
}

/// Why there is no skeleton.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Problem {
    /// Nested deeper than the parser may follow, at this offset.
    TooDeep(usize),
    /// A delimiter at this offset has no partner.
    Unbalanced(usize),
    /// No token of Rust begins at this offset.
    Stray(usize),
}

/// See the module.
#[derive(Debug, Default)]
pub(super) struct Skeleton {
    /// ASCII, one line: a byte offset is a column.
    pub(super) text: String,
    /// Where the distance between skeleton and original changes: offset here, offset there; sorted.
    cuts: Vec<(usize, usize)>,
    /// Original offsets of the `{` of bodies that are kept; sorted.
    kept: Vec<usize>,
    /// Offsets here between two items of the file, about [`CHUNK`] apart: large files are parsed piece by piece.
    pub(super) splits: Vec<usize>,
    /// How deep the parser must follow.
    pub(super) depth: usize,
}

impl Skeleton {
    /// The original offset of a skeleton offset.
    pub(super) fn original(&self, offset: usize) -> usize {
        let n = self.cuts.partition_point(|(here, _)| *here <= offset);
        match n.checked_sub(1).and_then(|n| self.cuts.get(n)) {
            Some((here, there)) => there + (offset - here),
            None => offset,
        }
    }

    /// Is the body that opens at this original offset kept?
    pub(super) fn keeps(&self, open: usize) -> bool {
        self.kept.binary_search(&open).is_ok()
    }
}

/// What an unfinished declaration waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Pending {
    None,
    /// A function's body; where its name stands.
    Body(usize),
    /// The `=` of a `const` or `static`.
    Value,
    /// The braces of an `enum`.
    Variants,
    /// The groups of `macro name(…) {…}`.
    MacroBody,
    /// The end of a `use`: its segments nest.
    Use,
}

/// An open delimiter and what goes on inside.
#[derive(Clone, Copy, Debug)]
struct Frame {
    open: u8,
    offset: usize,
    angle: usize,
    variants: bool,
    pending: Pending,
    /// Prefix operators and arrows since the last separator.
    prefixes: usize,
}

impl Frame {
    fn new(open: u8, offset: usize) -> Self {
        Self { open, offset, angle: 0, variants: false, pending: Pending::None, prefixes: 0 }
    }
}

struct Scanner<'a> {
    source: &'a str,
    bytes: &'a [u8],
    cut: Cut,
    out: Skeleton,
    frames: Vec<Frame>,
    /// The last token: its first byte (`a` for words) and its range.
    last: (u8, usize, usize),
    /// Sum over the open frames of one, their angles and their prefixes.
    depth: usize,
    after_doc: bool,
}

/// The skeleton of `source` from `start` on (behind a byte order mark or shebang).
pub(super) fn skeleton(source: &str, start: usize, cut: Cut) -> Result<Skeleton, Problem> {
    let mut scanner = Scanner {
        source,
        bytes: source.as_bytes(),
        cut,
        out: Skeleton { text: String::with_capacity(source.len() / 2), ..Skeleton::default() },
        frames: vec![Frame::new(0, start)],
        last: (0, start, start),
        depth: 1,
        after_doc: false,
    };
    let mut here = start;
    while here < source.len() {
        here = scanner.step(here)?;
    }
    match scanner.frames.last() {
        Some(frame) if frame.open != 0 => Err(Problem::Unbalanced(frame.offset)),
        _ => Ok(scanner.out),
    }
}

impl Scanner<'_> {
    /// Writes `text` for the original bytes from `from` on.
    fn emit(&mut self, from: usize, text: &str) {
        let here = self.out.text.len();
        let expected = self.out.cuts.last().map_or(here, |(there, original)| original + (here - there));
        if expected != from {
            self.out.cuts.push((here, from));
        }
        self.out.text.push_str(text);
    }

    fn frame(&mut self) -> &mut Frame {
        if self.frames.is_empty() {
            self.frames.push(Frame::new(0, 0));
        }
        let last = self.frames.len() - 1;
        &mut self.frames[last]
    }

    /// A declaration ends here.
    fn settle(&mut self) {
        let frame = self.frame();
        frame.pending = Pending::None;
        let spent = std::mem::take(&mut frame.angle) + std::mem::take(&mut frame.prefixes);
        self.depth = self.depth.saturating_sub(spent);
    }

    /// Handles what begins at `here`; gives the offset behind it.
    fn step(&mut self, here: usize) -> Result<usize, Problem> {
        let (kind, end) = lexeme(self.bytes, here);
        if end > self.bytes.len() {
            return Err(Problem::Unbalanced(here));
        }
        match kind {
            Lexeme::Space | Lexeme::Comment => {
                self.emit(here, " ");
                return Ok(end);
            }
            Lexeme::Doc { inner } => {
                self.doc(here, end, inner);
                return Ok(end);
            }
            _ => self.after_doc = false,
        }
        let first = at(self.bytes, here);
        let next = match kind {
            Lexeme::Word => {
                self.word(here, end);
                end
            }
            Lexeme::Str | Lexeme::Char | Lexeme::Number | Lexeme::Lifetime => {
                self.plain(here, end);
                end
            }
            _ => match first {
                b'(' | b'[' | b'{' => self.open(here)?,
                b')' | b']' | b'}' => self.close(here)?,
                b'#' => self.attribute(here)?,
                _ => self.punct(here)?,
            },
        };
        if self.depth > MAX_DEPTH {
            return Err(Problem::TooDeep(here));
        }
        self.out.depth = self.out.depth.max(self.depth);
        let mark = if kind == Lexeme::Word { b'a' } else { first };
        self.last = (mark, here, end);
        Ok(next)
    }

    fn text(&self, start: usize, end: usize) -> &str {
        self.source.get(start..end).unwrap_or_default()
    }

    /// A doc comment becomes `#[d]` when it says something and none stands right before it.
    fn doc(&mut self, start: usize, end: usize, inner: bool) {
        let says = says_something(self.text(start, end));
        if says && (!self.after_doc || inner) {
            self.emit(start, if inner { "#![d]" } else { "#[d]" });
            self.after_doc = !inner;
        } else {
            self.emit(start, " ");
        }
    }

    /// A token as it is, in ASCII, without the text of strings.
    fn plain(&mut self, start: usize, end: usize) {
        let text = self.source.get(start..end).unwrap_or_default();
        match lexeme(self.bytes, start).0 {
            Lexeme::Str => {
                let quote = text.find('"').unwrap_or(0);
                let prefix = text.get(..quote).unwrap_or_default().trim_end_matches('#');
                self.emit(start, prefix);
                let at_quote = start + prefix.len();
                self.emit(at_quote, "\"");
                self.emit(end.saturating_sub(1), "\"");
            }
            Lexeme::Char => {
                let byte = text.starts_with('b');
                self.emit(start, if byte { "b'x'" } else { "'x'" });
            }
            _ if text.is_ascii() => self.emit(start, text),
            _ => {
                let ascii: String = text.bytes().map(|b| if b.is_ascii() { char::from(b) } else { 'x' }).collect();
                self.emit(start, &ascii);
            }
        }
        // Lexemes are longer or shorter here than there: pin the next one.
        self.emit(end, "");
    }

    /// Either cuts the original bytes or writes them without comments.
    fn cut(&mut self, start: usize, end: usize, instead: &str) {
        if self.cut == Cut::All {
            self.emit(start, instead);
            return;
        }
        let mut here = start;
        while here < end {
            let (kind, next) = lexeme(self.bytes, here);
            match kind {
                Lexeme::Space | Lexeme::Comment | Lexeme::Doc { .. } => self.emit(here, " "),
                _ => self.plain(here, next),
            }
            here = next;
        }
    }

    fn word(&mut self, start: usize, end: usize) {
        self.plain(start, end);
        let starts_item = self.frame().angle == 0 && self.last.0 != b'*';
        match self.source.get(start..end).unwrap_or_default() {
            "fn" => {
                let (kind, from, _) = self.peek(end);
                if kind == Lexeme::Word {
                    self.frame().pending = Pending::Body(from);
                }
            }
            "const" | "static" if starts_item => {
                let (mut kind, mut from, mut to) = self.peek(end);
                if self.text(from, to) == "mut" {
                    (kind, from, to) = self.peek(to);
                }
                let (_, from, to) = if kind == Lexeme::Word { self.peek(to) } else { (kind, from, from) };
                let colon = self.text(from, to) == ":" && at(self.bytes, to) != b':';
                if colon || self.text(from, to) == "<" {
                    self.frame().pending = Pending::Value;
                }
            }
            "use" if starts_item && at(self.bytes, self.peek(end).1) != b'<' => self.frame().pending = Pending::Use,
            "enum" if starts_item && self.peek(end).0 == Lexeme::Word => self.frame().pending = Pending::Variants,
            "macro" if starts_item && self.peek(end).0 == Lexeme::Word => self.frame().pending = Pending::MacroBody,
            _ => {}
        }
    }

    /// The next token: what it is and where it stands.
    fn peek(&self, mut here: usize) -> (Lexeme, usize, usize) {
        while here < self.bytes.len() {
            let (kind, end) = lexeme(self.bytes, here);
            if !matches!(kind, Lexeme::Space | Lexeme::Comment | Lexeme::Doc { .. }) {
                return (kind, here, end);
            }
            here = end;
        }
        (Lexeme::Space, here, here)
    }

    /// The group at `open`: its delimiters stay, its contents go.
    fn cut_group(&mut self, open: usize) -> Result<usize, Problem> {
        let end = skip_group(self.bytes, open).map_err(Problem::Unbalanced)?.end;
        self.emit(open, self.source.get(open..=open).unwrap_or_default());
        self.cut(open + 1, end - 1, "");
        self.emit(end - 1, self.source.get(end - 1..end).unwrap_or_default());
        Ok(end)
    }

    fn open(&mut self, here: usize) -> Result<usize, Problem> {
        let byte = at(self.bytes, here);
        let frame = *self.frame();
        let is_macro = self.last.0 == b'!' && self.is_macro_bang()
            || byte == b'{' && self.last.0 == b'a' && self.is_macro_name()
            || frame.pending == Pending::MacroBody;
        if is_macro {
            if byte == b'{' {
                self.frame().pending = Pending::None;
            }
            return self.cut_group(here);
        }
        if byte == b'{' && frame.angle > 0 {
            return self.cut_group(here);
        }
        if byte == b'{'
            && let Pending::Body(from) = frame.pending
        {
            return self.body(here, from);
        }
        self.emit(here, self.source.get(here..=here).unwrap_or_default());
        let mut inner = Frame::new(byte, here);
        if byte == b'{' {
            inner.variants = frame.pending == Pending::Variants;
            if frame.pending == Pending::Use {
                inner.pending = Pending::Use;
            } else {
                self.settle();
            }
        }
        self.frames.push(inner);
        self.depth += 1;
        Ok(here + 1)
    }

    /// The body that opens here, of the function whose name begins at `from`.
    fn body(&mut self, open: usize, from: usize) -> Result<usize, Problem> {
        let skipped = skip_group(self.bytes, open).map_err(Problem::Unbalanced)?;
        let text = self.source.get(open + 1..skipped.end - 1).unwrap_or_default();
        if keeps_body(self.source.get(from..open).unwrap_or_default(), text, skipped) {
            self.out.kept.push(open);
        }
        self.settle();
        self.emit(open, "{");
        let start = self.inner_attributes(open + 1)?;
        self.cut(start, skipped.end - 1, "");
        self.emit(skipped.end - 1, "}");
        self.item_end();
        Ok(skipped.end)
    }

    /// The `#![…]` and `//!` at the head of a body belong to its function; gives the offset behind them.
    fn inner_attributes(&mut self, start: usize) -> Result<usize, Problem> {
        let mut here = start;
        loop {
            let (kind, end) = lexeme(self.bytes, here);
            here = match kind {
                Lexeme::Space | Lexeme::Comment => end,
                Lexeme::Doc { inner: true } => {
                    self.doc(here, end, true);
                    end
                }
                Lexeme::Punct if at(self.bytes, here) == b'#' && at(self.bytes, self.peek(here + 1).1) == b'!' => {
                    self.attribute(here)?
                }
                _ => return Ok(here),
            };
        }
    }

    /// An item ends here: a place to split when no delimiter is open and the last split is far.
    fn item_end(&mut self) {
        let here = self.out.text.len();
        let last = self.out.splits.last().copied().unwrap_or(0);
        let between = self.frames.len() == 1 && self.frame().pending == Pending::None;
        if self.cut == Cut::All && between && here - last >= CHUNK {
            self.out.splits.push(here);
        }
    }

    /// Does the `!` before this group belong to a macro call?
    fn is_macro_bang(&self) -> bool {
        let before = self.bytes.get(..self.last.1).unwrap_or_default();
        before.trim_ascii_end().last().is_some_and(|b| super::lexical::is_word(*b))
    }

    /// Is the word before this group the name in `macro_rules! name {`?
    fn is_macro_name(&self) -> bool {
        let before = self.bytes.get(..self.last.1).unwrap_or_default().trim_ascii_end();
        before.strip_suffix(b"!").is_some_and(|b| b.trim_ascii_end().ends_with(b"macro_rules"))
    }

    fn close(&mut self, here: usize) -> Result<usize, Problem> {
        let byte = at(self.bytes, here);
        if self.frame().open != opening(byte) {
            return Err(Problem::Unbalanced(here));
        }
        self.settle();
        self.frames.pop();
        self.depth = self.depth.saturating_sub(1);
        self.emit(here, self.source.get(here..=here).unwrap_or_default());
        if byte == b'}' {
            self.item_end();
        }
        Ok(here + 1)
    }

    /// `#[…]`, `#![…]` become `#[a]`, `#![a]`.
    fn attribute(&mut self, here: usize) -> Result<usize, Problem> {
        let (_, from, _) = self.peek(here + 1);
        let inner = at(self.bytes, from) == b'!';
        let open = if inner { self.peek(from + 1).1 } else { from };
        if at(self.bytes, open) != b'[' {
            self.emit(here, "#");
            return Ok(here + 1);
        }
        let end = skip_group(self.bytes, open).map_err(Problem::Unbalanced)?.end;
        self.emit(here, "#");
        if inner {
            self.emit(from, "!");
        }
        self.emit(open, "[");
        self.emit(open + 1, "a");
        self.emit(end - 1, "]");
        Ok(end)
    }

    fn punct(&mut self, here: usize) -> Result<usize, Problem> {
        let byte = at(self.bytes, here);
        if !byte.is_ascii_punctuation() || matches!(byte, b'\\' | b'`') {
            return Err(Problem::Stray(here));
        }
        let next = if byte == b'~' { self.peek(here + 1) } else { (Lexeme::Space, here, here) };
        if self.text(next.1, next.2) == "const" {
            // The parser does not know `~const Trait`; facts do not tell it from `Trait`.
            self.emit(here, " ");
            return Ok(next.2);
        }
        let arrow = byte == b'>' && here > 0 && matches!(at(self.bytes, here - 1), b'-' | b'=') && self.last.2 == here;
        self.emit(here, if byte.is_ascii() { self.source.get(here..=here).unwrap_or(" ") } else { " " });
        let equals = byte == b'=' && !matches!(at(self.bytes, here + 1), b'=' | b'>');
        let frame = self.frame();
        match byte {
            b'<' => {
                frame.angle += 1;
                self.depth += 1;
            }
            b'>' if !arrow && frame.angle > 0 => {
                frame.angle -= 1;
                self.depth = self.depth.saturating_sub(1);
            }
            b':' if frame.pending == Pending::Use => {
                frame.prefixes += 1;
                self.depth += 1;
            }
            b'>' | b'&' | b'*' | b'!' | b'|' | b'~' | b'?' => {
                frame.prefixes += 1;
                self.depth += 1;
            }
            b',' if frame.angle == 0 => {
                let spent = std::mem::take(&mut frame.prefixes);
                self.depth = self.depth.saturating_sub(spent);
            }
            b';' => {
                let array = frame.open == b'[';
                self.settle();
                if array {
                    return self.expression(here + 1, b"");
                }
                self.item_end();
            }
            b'=' if equals && frame.angle == 0 && frame.pending == Pending::Value => {
                frame.pending = Pending::None;
                return self.expression(here + 1, b";");
            }
            b'=' if equals && frame.angle == 0 && frame.variants => return self.expression(here + 1, b","),
            _ => {}
        }
        Ok(here + 1)
    }

    /// The expression from `start` up to one of `stops` becomes `0`.
    fn expression(&mut self, start: usize, stops: &[u8]) -> Result<usize, Problem> {
        let end = expression_end(self.bytes, start, stops).map_err(Problem::Unbalanced)?;
        self.cut(start, end, "0");
        Ok(end)
    }
}

/// Does the text of a doc comment hold more than its marks?
pub(super) fn says_something(comment: &str) -> bool {
    comment.trim_end_matches("*/").bytes().skip(3).any(|b| !b.is_ascii_whitespace() && b != b'*')
}
