//! Skipping code that need not be parsed, quickly: only delimiters, strings and comments are looked at.

use super::frameworks::{begins_route_arm, names_router};
use super::lexical::{Lexeme, at, is_word, lexeme, raw_string};

/// What a skipped group held.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Skipped {
    /// Behind its closing delimiter.
    pub(super) end: usize,
    /// A framework's word stands in its code.
    pub(super) routes: bool,
    /// How many bytes of code it holds; without white space, comments, and the braces, commas and semicolons that
    /// formatters put and take.
    pub(super) weight: usize,
}

/// Skips the group that opens at `open`; `Err` with the offset of a delimiter that does not match (the opening one when
/// the text ends first).
pub(super) fn skip_group(bytes: &[u8], open: usize) -> Result<Skipped, usize> {
    let mut stack: Vec<(u8, usize)> = Vec::with_capacity(16);
    let (mut routes, mut weight) = (false, 0);
    let mut here = open;
    while let Some(byte) = bytes.get(here).copied() {
        if !STOPS[byte as usize] {
            weight += usize::from(WEIGHS[byte as usize]);
            here += 1;
            continue;
        }
        match byte {
            b'(' | b'[' | b'{' => {
                routes = routes
                    || byte != b'{' && names_router(bytes, here)
                    || byte == b'(' && begins_route_arm(bytes, here)
                    || byte == b'{' && at_bang(bytes, here);
                stack.push((byte, here));
                here += 1;
            }
            b')' | b']' | b'}' => {
                let opened = stack.pop().map(|(b, _)| b);
                if opened != Some(opening(byte)) {
                    return Err(here);
                }
                here += 1;
                if stack.is_empty() {
                    return Ok(Skipped { end: here, routes, weight });
                }
            }
            _ => {
                let end = skip_quiet(bytes, here);
                let comment = byte == b'/' && end > here + 1;
                // Where a long text is broken counts for nothing.
                let text = bytes.get(here..end).unwrap_or_default();
                weight += match comment {
                    true => 0,
                    false => text.iter().filter(|b| !b.is_ascii_whitespace() && **b != b'\\').count(),
                };
                here = end;
            }
        }
    }
    Err(stack.last().map_or(open, |(_, offset)| *offset))
}

fn at_bang(bytes: &[u8], open: usize) -> bool {
    at(bytes, open.saturating_sub(1)) == b'!' && names_router(bytes, open)
}

/// Behind the string, character, comment or other byte of [`STOPS`] at `here`.
fn skip_quiet(bytes: &[u8], here: usize) -> usize {
    if at(bytes, here) == b'"'
        && let Some(hashes) = raw_prefix(bytes, here)
    {
        return raw_string(bytes, here + 1, hashes);
    }
    match lexeme(bytes, here) {
        (Lexeme::Punct, _) => here + 1,
        (_, end) => end,
    }
}

/// The number of hashes when the quote at `quote` begins a raw string.
fn raw_prefix(bytes: &[u8], quote: usize) -> Option<usize> {
    let before = bytes.get(..quote)?;
    let hashes = before.iter().rev().take_while(|b| **b == b'#').count();
    let before = before.get(..before.len() - hashes)?;
    let before = before.strip_suffix(b"r")?;
    let before = before.strip_suffix(b"b").or_else(|| before.strip_suffix(b"c")).unwrap_or(before);
    (!before.last().is_some_and(|b| is_word(*b))).then_some(hashes)
}

/// The delimiter that `close` closes.
pub(super) fn opening(close: u8) -> u8 {
    match close {
        b')' => b'(',
        b']' => b'[',
        _ => b'{',
    }
}

/// The end of an expression that begins at `start`: the offset of the first of `stops` outside groups and generic
/// arguments, or of a closing delimiter. `Err` as for [`skip_group`].
pub(super) fn expression_end(bytes: &[u8], start: usize, stops: &[u8]) -> Result<usize, usize> {
    let mut here = start;
    let mut turbofish = 0_usize;
    while let Some(byte) = bytes.get(here).copied() {
        match byte {
            b'(' | b'[' | b'{' => here = skip_group(bytes, here)?.end,
            b')' | b']' | b'}' => return Ok(here),
            b'<' if turbofish > 0 || bytes.get(..here).is_some_and(|b| b.ends_with(b"::")) => {
                turbofish += 1;
                here += 1;
            }
            b'>' if turbofish > 0 && !bytes.get(..here).is_some_and(|b| b.ends_with(b"-")) => {
                turbofish -= 1;
                here += 1;
            }
            _ if turbofish == 0 && stops.contains(&byte) => return Ok(here),
            _ if is_word(byte) || STOPS[byte as usize] => here = lexeme(bytes, here).1,
            _ => here += 1,
        }
    }
    Ok(here)
}

/// Bytes that count as code.
const WEIGHS: [bool; 256] = {
    let mut table = [true; 256];
    let quiet = b" \t\r\n,;";
    let mut n = 0;
    while n < quiet.len() {
        table[quiet[n] as usize] = false;
        n += 1;
    }
    table
};

/// Bytes that matter to [`skip_group`].
const STOPS: [bool; 256] = {
    let mut table = [false; 256];
    let stops = b"\"'/()[]{}";
    let mut n = 0;
    while n < stops.len() {
        table[stops[n] as usize] = true;
        n += 1;
    }
    table
};
