//! The lexical shapes of Rust text: where a comment, string, character, number or word that begins here ends. Works on
//! bytes, never fails, always moves forward; an unterminated string or comment ends one byte *behind* the end of the text.

/// What begins at an offset.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lexeme {
    /// White space, as long as it goes.
    Space,
    /// `// …` without its newline, `/* … */`.
    Comment,
    /// `///`, `//!`, `/** */`, `/*! */`: a comment that documents; `inner` for the `!` forms.
    Doc {
        /// `//!`, `/*!`
        inner: bool,
    },
    /// An identifier or keyword, `r#x` included.
    Word,
    /// `'a`
    Lifetime,
    /// `'x'`, `b'x'`
    Char,
    /// Any string, with prefix and suffix.
    Str,
    /// A number with its suffix.
    Number,
    /// One byte of punctuation or a delimiter.
    Punct,
}

/// Can `byte` stand in an identifier? Every byte above ASCII can.
pub(super) fn is_word(byte: u8) -> bool {
    WORD[byte as usize]
}

/// Bytes that can stand in an identifier.
const WORD: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        let ch = byte as u8;
        table[byte] = ch.is_ascii_alphanumeric() || ch == b'_' || ch >= 0x80;
        byte += 1;
    }
    table
};

/// The byte at `at`, or 0 behind the end.
pub(super) fn at(bytes: &[u8], at: usize) -> u8 {
    bytes.get(at).copied().unwrap_or(0)
}

/// What begins at `start` (which lies inside the text) and where it ends.
pub(super) fn lexeme(bytes: &[u8], start: usize) -> (Lexeme, usize) {
    let (first, second) = (at(bytes, start), at(bytes, start + 1));
    match first {
        b' ' | b'\t' | b'\n' | b'\r' | 0x0b | 0x0c => (Lexeme::Space, space(bytes, start)),
        // U+0085, U+200E, U+200F, U+2028, U+2029 and the byte order mark count as white space.
        0xc2 | 0xe2 | 0xef if wide_space(bytes, start) > 0 => (Lexeme::Space, space(bytes, start)),
        b'/' if second == b'/' => line_comment(bytes, start),
        b'/' if second == b'*' => block_comment(bytes, start),
        b'"' => (Lexeme::Str, suffix(bytes, string(bytes, start + 1))),
        b'\'' => quote(bytes, start),
        b'b' if second == b'\'' => match quote(bytes, start + 1) {
            (Lexeme::Char, end) => (Lexeme::Char, end),
            _ => (Lexeme::Word, start + 1),
        },
        b'r' | b'b' | b'c' => match prefixed(bytes, start) {
            Some(found) => found,
            None => (Lexeme::Word, word(bytes, start)),
        },
        b'0'..=b'9' => (Lexeme::Number, number(bytes, start)),
        _ if is_word(first) => (Lexeme::Word, word(bytes, start)),
        _ => (Lexeme::Punct, start + 1),
    }
}

fn wide_space(bytes: &[u8], start: usize) -> usize {
    let rest = bytes.get(start..).unwrap_or_default();
    if rest.starts_with(b"\xc2\x85") {
        2
    } else if [b"\xe2\x80\x8e", b"\xe2\x80\x8f", b"\xe2\x80\xa8", b"\xe2\x80\xa9", b"\xef\xbb\xbf"]
        .iter()
        .any(|s| rest.starts_with(*s))
    {
        3
    } else {
        0
    }
}

fn space(bytes: &[u8], start: usize) -> usize {
    let mut end = start;
    loop {
        match at(bytes, end) {
            b' ' | b'\t' | b'\n' | b'\r' | 0x0b | 0x0c => end += 1,
            0xc2 | 0xe2 | 0xef if wide_space(bytes, end) > 0 => end += wide_space(bytes, end),
            _ => return end,
        }
    }
}

fn word(bytes: &[u8], start: usize) -> usize {
    let mut end = start;
    while let Some(byte) = bytes.get(end) {
        if !WORD[*byte as usize] || *byte >= 0x80 && wide_space(bytes, end) > 0 {
            break;
        }
        end += 1;
    }
    end.max(start + 1)
}

fn suffix(bytes: &[u8], end: usize) -> usize {
    let next = at(bytes, end);
    if next.is_ascii_alphabetic() || next == b'_' { word(bytes, end) } else { end }
}

fn line_comment(bytes: &[u8], start: usize) -> (Lexeme, usize) {
    let rest = bytes.get(start..).unwrap_or_default();
    let end = start + memchr::memchr(b'\n', rest).unwrap_or(rest.len());
    let kind = match (at(bytes, start + 2), at(bytes, start + 3)) {
        (b'/', b'/') => Lexeme::Comment,
        (b'/', _) => Lexeme::Doc { inner: false },
        (b'!', _) => Lexeme::Doc { inner: true },
        _ => Lexeme::Comment,
    };
    (kind, end)
}

fn block_comment(bytes: &[u8], start: usize) -> (Lexeme, usize) {
    let mut depth = 1_usize;
    let mut end = start + 2;
    loop {
        let rest = bytes.get(end..).unwrap_or_default();
        let Some(found) = memchr::memchr2(b'/', b'*', rest) else {
            end = bytes.len() + 1;
            break;
        };
        end += found;
        match (at(bytes, end), at(bytes, end + 1)) {
            (b'/', b'*') => {
                depth += 1;
                end += 2;
            }
            (b'*', b'/') => {
                depth -= 1;
                end += 2;
                if depth == 0 {
                    break;
                }
            }
            _ => end += 1,
        }
    }
    let kind = match (at(bytes, start + 2), at(bytes, start + 3)) {
        (b'*', b'*' | b'/') => Lexeme::Comment,
        (b'*', _) => Lexeme::Doc { inner: false },
        (b'!', _) => Lexeme::Doc { inner: true },
        _ => Lexeme::Comment,
    };
    (kind, end)
}

/// Behind the closing quote of a string whose text begins at `start`.
fn string(bytes: &[u8], start: usize) -> usize {
    let mut end = start;
    loop {
        let rest = bytes.get(end..).unwrap_or_default();
        match memchr::memchr2(b'"', b'\\', rest) {
            Some(found) if at(rest, found) == b'"' => return end + found + 1,
            Some(found) => end += found + 2,
            None => return bytes.len() + 1,
        }
    }
}

/// Behind the end of a raw string whose text begins at `start` and that closes with `hashes` hashes.
pub(super) fn raw_string(bytes: &[u8], start: usize, hashes: usize) -> usize {
    let mut end = start;
    loop {
        let rest = bytes.get(end..).unwrap_or_default();
        let Some(found) = memchr::memchr(b'"', rest) else { return bytes.len() + 1 };
        end += found + 1;
        let tail = bytes.get(end..).unwrap_or_default();
        if tail.iter().take(hashes).filter(|b| **b == b'#').count() == hashes {
            return end + hashes;
        }
    }
}

/// `'x'` or `'a`.
fn quote(bytes: &[u8], start: usize) -> (Lexeme, usize) {
    let first = at(bytes, start + 1);
    if first == b'\\' {
        // An escape: up to the closing quote, which cannot be the escaped byte itself.
        let rest = bytes.get(start + 3..).unwrap_or_default();
        return match memchr::memchr2(b'\'', b'\n', rest) {
            Some(found) if at(rest, found) == b'\'' => (Lexeme::Char, suffix(bytes, start + 3 + found + 1)),
            _ => (Lexeme::Punct, start + 1),
        };
    }
    let width = match first {
        0xf0.. => 4,
        0xe0.. => 3,
        0xc0.. => 2,
        _ => 1,
    };
    if first != b'\'' && first != 0 && at(bytes, start + 1 + width) == b'\'' {
        return (Lexeme::Char, suffix(bytes, start + 2 + width));
    }
    if is_word(first) && !first.is_ascii_digit() {
        let name = if first == b'r' && at(bytes, start + 2) == b'#' && is_word(at(bytes, start + 3)) {
            start + 3
        } else {
            start + 1
        };
        return (Lexeme::Lifetime, word(bytes, name));
    }
    (Lexeme::Punct, start + 1)
}

/// `r"…"`, `r#"…"#`, `br"…"`, `b"…"`, `c"…"`, `cr"…"`, `r#name`.
fn prefixed(bytes: &[u8], start: usize) -> Option<(Lexeme, usize)> {
    let first = at(bytes, start);
    let mut next = start + 1;
    let mut raw = first == b'r';
    if !raw && at(bytes, next) == b'r' {
        raw = true;
        next += 1;
    }
    if !raw {
        return (at(bytes, next) == b'"').then(|| (Lexeme::Str, suffix(bytes, string(bytes, next + 1))));
    }
    let hashes = bytes.get(next..).unwrap_or_default().iter().take_while(|b| **b == b'#').count();
    let text = next + hashes;
    if at(bytes, text) == b'"' {
        return Some((Lexeme::Str, suffix(bytes, raw_string(bytes, text + 1, hashes))));
    }
    let named = first == b'r' && next == start + 1 && hashes == 1;
    (named && is_word(at(bytes, text))).then(|| (Lexeme::Word, word(bytes, text)))
}

fn number(bytes: &[u8], start: usize) -> usize {
    let radix = at(bytes, start) == b'0' && matches!(at(bytes, start + 1), b'x' | b'o' | b'b');
    let mut end = word(bytes, start);
    if radix {
        return end;
    }
    // A fraction: a point that begins neither a range, a field nor a method.
    if at(bytes, end) == b'.' && at(bytes, end + 1) != b'.' {
        let next = at(bytes, end + 1);
        if next.is_ascii_digit() {
            end = word(bytes, end + 1);
        } else if !is_word(next) {
            return end + 1;
        }
    }
    // An exponent with a sign.
    if matches!(at(bytes, end.saturating_sub(1)), b'e' | b'E')
        && matches!(at(bytes, end), b'+' | b'-')
        && at(bytes, end + 1).is_ascii_digit()
    {
        end = word(bytes, end + 1);
    }
    end
}
