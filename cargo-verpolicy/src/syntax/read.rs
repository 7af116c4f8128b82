//! The bytes of one file to its facts.

use super::convert::Converter;
use super::facts::{Failure, FileFacts, Item, ItemKind, Pos, RawTokens};
use super::lexical::{Lexeme, at, lexeme};
use super::positions::Positions;
use super::skeleton::{Cut, Problem, Skeleton, skeleton};
use super::text::Text;

/// Reads one file. Never panics; what cannot be read is [`FileFacts::failure`].
#[must_use]
pub fn read(bytes: &[u8]) -> FileFacts {
    let source = match std::str::from_utf8(bytes) {
        Ok(source) => Text::from(source),
        Err(error) => return failed(not_utf8(bytes, error.valid_up_to()), bytes),
    };
    let start = head_length(&source);
    let positions = Positions::new(&source, start);
    super::direct::file(&positions, start).unwrap_or_else(|| read_parsed(&positions, start))
}

/// As [`read`], by the parser alone: slow, and equal in result. For tests.
#[doc(hidden)]
#[must_use]
pub fn read_by_parser(bytes: &[u8]) -> Option<FileFacts> {
    let source = Text::from(std::str::from_utf8(bytes).ok()?);
    let start = head_length(&source);
    Some(read_parsed(&Positions::new(&source, start), start))
}

fn read_parsed(positions: &Positions<'_>, start: usize) -> FileFacts {
    match read_cut(positions, start) {
        Ok(facts) => facts,
        Err((failure, Some(Problem::TooDeep(_)))) => failed(failure, positions.source.as_bytes()),
        Err((failure, _)) => {
            read_whole(positions, start).unwrap_or_else(|| failed(failure, positions.source.as_bytes()))
        }
    }
}

/// The tokens of a macro call read as items, for macros that pass their items through; `None` when they are no items.
/// Positions are those of the file.
#[must_use]
pub fn items(raw: &RawTokens) -> Option<Vec<Item>> {
    let positions = Positions::new(&raw.text, 0).based_at(raw.pos);
    if let Some(facts) = super::direct::file(&positions, 0) {
        return Some(facts.items);
    }
    let skeleton = skeleton(&raw.text, 0, Cut::All).ok()?;
    parse_safely(&positions, &skeleton, 0).ok().map(|facts| facts.items)
}

/// The tokens of a macro call read as members of an impl or a trait; `None` when they are none.
#[must_use]
pub fn members(raw: &RawTokens, of_trait: bool) -> Option<Vec<Item>> {
    let before = if of_trait { "trait Carrier {" } else { "impl Carrier {" };
    let mut carrier = items(&super::macros::wrapped(before, raw, "}"))?;
    match carrier.pop()?.kind {
        ItemKind::Impl(fact) if carrier.is_empty() => Some(fact.items),
        ItemKind::Trait(fact) if carrier.is_empty() => Some(fact.items),
        _ => None,
    }
}

/// As [`read`], with nothing left out before parsing: slow, and equal in result wherever both can read. For tests.
#[doc(hidden)]
#[must_use]
pub fn read_uncut(bytes: &[u8]) -> Option<FileFacts> {
    let source = Text::from(std::str::from_utf8(bytes).ok()?);
    let start = head_length(&source);
    read_whole(&Positions::new(&source, start), start)
}

/// The facts of a text whose skeleton holds everything: for text whose shorter skeleton does not parse.
fn read_whole(positions: &Positions<'_>, start: usize) -> Option<FileFacts> {
    if !is_shallow(positions.source.as_bytes()) {
        return None;
    }
    let skeleton = skeleton(positions.source, start, Cut::Comments).ok()?;
    on_large_stack(|| parse(positions, &skeleton, start))?.ok()
}

/// The facts through the short skeleton, or why there are none.
fn read_cut(positions: &Positions<'_>, start: usize) -> Result<FileFacts, (Failure, Option<Problem>)> {
    let skeleton =
        skeleton(positions.source, start, Cut::All).map_err(|problem| (explain(positions, problem), Some(problem)))?;
    parse_safely(positions, &skeleton, start).map_err(|failure| (failure, None))
}

/// The parser recurses; beyond this depth of a skeleton it gets a stack of its own.
const COMMON_DEPTH: usize = 24;

fn parse_safely(positions: &Positions<'_>, skeleton: &Skeleton, start: usize) -> Result<FileFacts, Failure> {
    if skeleton.depth <= COMMON_DEPTH {
        return parse(positions, skeleton, start);
    }
    on_large_stack(|| parse(positions, skeleton, start)).unwrap_or_else(|| {
        let pos = positions.pos(start);
        Err(Failure { pos, message: "nested too deeply for the memory at hand".to_owned(), hash: 0 })
    })
}

/// Runs `work` on a thread with a stack for the worst that [`is_shallow`] and the skeleton's bound let through (memory
/// that is not touched costs nothing); `None` when there is no such thread.
fn on_large_stack<T: Send>(work: impl FnOnce() -> T + Send) -> Option<T> {
    let worker = std::thread::Builder::new().stack_size(256 << 20);
    std::thread::scope(|scope| worker.spawn_scoped(scope, work).ok()?.join().ok())
}

/// Parses the skeleton piece by piece: a piece's tree is gone before the next is made.
fn parse(positions: &Positions<'_>, skeleton: &Skeleton, start: usize) -> Result<FileFacts, Failure> {
    let mut facts: Option<FileFacts> = None;
    let mut from = start;
    let mut base = 0;
    for end in skeleton.splits.iter().copied().chain([skeleton.text.len()]) {
        let piece = skeleton.text.get(base..end).unwrap_or_default();
        let found = match syn::parse_str::<syn::File>(piece) {
            Ok(file) => {
                let (found, end) = Converter { positions, skeleton, base }.file(&file, from);
                from = end;
                Ok(found)
            }
            Err(error) => {
                let span = error.span();
                // What is missing at the end of the text has no place of its own.
                let missing = span.byte_range().is_empty();
                let offset = if missing { end } else { base + span.start().column };
                let pos = positions.pos(skeleton.original(offset).min(positions.source.len()));
                Err(Failure { pos, message: error.to_string(), hash: 0 })
            }
        };
        proc_macro2::extra::invalidate_current_thread_spans();
        match (&mut facts, found?) {
            (Some(facts), more) => facts.items.extend(more.items),
            (None, first) => facts = Some(first),
        }
        base = end;
    }
    Ok(facts.unwrap_or_default())
}

fn explain(positions: &Positions<'_>, problem: Problem) -> Failure {
    let (offset, message) = match problem {
        Problem::TooDeep(offset) => (offset, "nested too deeply"),
        Problem::Stray(offset) => (offset, "a character that begins no Rust token"),
        Problem::Unbalanced(offset) => (offset, "a delimiter, string or comment that is not closed, or closes nothing"),
    };
    Failure { pos: positions.pos(offset), message: message.to_owned(), hash: 0 }
}

fn failed(failure: Failure, bytes: &[u8]) -> FileFacts {
    let failure = Failure { hash: super::hash::of_lines(bytes), ..failure };
    FileFacts { failure: Some(failure), ..FileFacts::default() }
}

fn not_utf8(bytes: &[u8], valid: usize) -> Failure {
    let head = bytes.get(..valid).and_then(|head| std::str::from_utf8(head).ok()).unwrap_or_default();
    let head = Text::from(head);
    let mut pos = Positions::new(&head, head_length(&head).min(head.len())).pos(valid);
    if pos == Pos::default() {
        pos = Pos { line: 1, column: 1 };
    }
    Failure { pos, message: "not UTF-8".to_owned(), hash: 0 }
}

/// The length of what stands before Rust text: a byte order mark, a shebang, the front matter of a script.
fn head_length(source: &str) -> usize {
    let bytes = source.as_bytes();
    let mut start = if source.starts_with('\u{feff}') { 3 } else { 0 };
    let line_end = |from: usize| source.get(from..).and_then(|rest| rest.find('\n')).map_or(source.len(), |n| from + n);
    if bytes.get(start..).is_some_and(|rest| rest.starts_with(b"#!")) {
        let mut next = start + 2;
        while next < bytes.len() {
            let (kind, end) = lexeme(bytes, next);
            if !matches!(kind, Lexeme::Space | Lexeme::Comment) {
                break;
            }
            next = end;
        }
        if at(bytes, next) != b'[' {
            start = line_end(start);
        }
    }
    let rest = source.get(start..).unwrap_or_default();
    let trimmed = rest.trim_start();
    let dashes = trimmed.bytes().take_while(|b| *b == b'-').count();
    if dashes >= 3 {
        let fence = format!("\n{}", "-".repeat(dashes));
        let open = start + (rest.len() - trimmed.len());
        let close = source.get(open..).and_then(|text| text.find(&fence));
        start = close.map_or(start, |close| line_end(open + close + 1));
    }
    start
}

/// Is the text, bodies included, shallow enough for a recursive parser on a large stack?
pub(super) fn is_shallow(bytes: &[u8]) -> bool {
    const DEPTH: usize = super::skeleton::MAX_DEPTH;
    const RUN: usize = 1000;
    const BRANCHES: usize = 5000;
    let (mut depth, mut run, mut branches, mut here) = (0_usize, 0, 0, 0);
    while here < bytes.len() {
        let (kind, end) = lexeme(bytes, here);
        run += 1;
        match (kind, at(bytes, here)) {
            (Lexeme::Space | Lexeme::Comment | Lexeme::Doc { .. }, _) => run -= 1,
            (Lexeme::Word, b'e') => branches += usize::from(bytes.get(here..end) == Some(b"else")),
            (Lexeme::Punct, b'(' | b'[' | b'{') => depth += 1,
            (Lexeme::Punct, b')' | b']' | b'}') => depth = depth.saturating_sub(1),
            (Lexeme::Punct, b';' | b',') => run = 0,
            _ => {}
        }
        if depth > DEPTH || run > RUN || branches > BRANCHES {
            return false;
        }
        here = end;
    }
    true
}

#[cfg(test)]
mod tests;
