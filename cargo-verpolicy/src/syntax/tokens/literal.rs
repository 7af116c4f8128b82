//! Literals and what they mean.

use crate::syntax::facts::Name;
use crate::syntax::lexical::Lexeme;
use std::borrow::Cow;

/// A literal.
#[derive(Clone, Debug, PartialEq)]
pub enum Lit {
    /// `"…"`, `r#"…"#`: unescaped.
    Str(String),
    /// `b"…"`, `br"…"`, `c"…"`, `cr"…"`: unescaped, without the closing zero.
    Bytes(Vec<u8>),
    /// `'x'`
    Char(char),
    /// `b'x'`
    Byte(u8),
    /// An integer that fits: `0x1F_u8`.
    Int {
        /// Its value.
        value: i128,
        /// `u8`, or empty.
        suffix: Name,
    },
    /// A number with a fraction or exponent, as written: `1.10` stays `1.10`.
    Float {
        /// Without underscores and suffix.
        text: Name,
        /// `f64`, or empty.
        suffix: Name,
    },
    /// A literal with a suffix or escape that Rust does not know, or an integer too large: as written.
    Other(Name),
}

impl Lit {
    /// A version as people write it: `"1.10"`, `1.10`, `2` as text.
    #[must_use]
    pub fn number_text(&self) -> Option<String> {
        match self {
            Self::Int { value, .. } => Some(value.to_string()),
            Self::Float { text, .. } => Some(text.to_string()),
            _ => None,
        }
    }
}

/// Reads the text of one literal.
pub(super) fn read(kind: Lexeme, text: &str) -> Lit {
    let found = match kind {
        Lexeme::Number => number(text),
        Lexeme::Char => character(text),
        _ => string(text),
    };
    found.unwrap_or_else(|| Lit::Other(Name::new(text)))
}

fn number(text: &str) -> Option<Lit> {
    let (radix, digits) = match text.get(..2) {
        Some("0x") => (16, text.get(2..)?),
        Some("0o") => (8, text.get(2..)?),
        Some("0b") => (2, text.get(2..)?),
        _ => (10, text),
    };
    let split = digits.find(|c: char| !c.is_digit(radix) && c != '_' && !(radix == 10 && c == '.'));
    let exponent = radix == 10 && split.is_some_and(|at| matches!(digits.as_bytes().get(at), Some(b'e' | b'E')));
    let split = if exponent {
        let from = split? + 1;
        digits.get(from..)?.find(|c: char| !c.is_ascii_digit() && !matches!(c, '_' | '+' | '-')).map(|at| from + at)
    } else {
        split
    };
    let (digits, suffix) = digits.split_at(split.unwrap_or(digits.len()));
    let clean: String = digits.chars().filter(|c| *c != '_').collect();
    let suffix = Name::new(suffix);
    if exponent || clean.contains('.') || (radix == 10 && suffix.starts_with('f')) {
        return Some(Lit::Float { text: Name::new(clean), suffix });
    }
    let value = i128::from_str_radix(&clean, radix).ok()?;
    Some(Lit::Int { value, suffix })
}

fn character(text: &str) -> Option<Lit> {
    let byte = text.starts_with('b');
    let inner = text.strip_prefix('b').unwrap_or(text).strip_prefix('\'')?.strip_suffix('\'')?;
    let bytes = unescape(inner)?;
    if byte {
        return match bytes.as_slice() {
            [one] => Some(Lit::Byte(*one)),
            _ => None,
        };
    }
    let decoded = std::str::from_utf8(&bytes).ok()?;
    let mut chars = decoded.chars();
    let first = chars.next()?;
    chars.next().is_none().then_some(Lit::Char(first))
}

fn string(text: &str) -> Option<Lit> {
    let quote = text.find('"')?;
    let (prefix, rest) = text.split_at(quote);
    let hashes = prefix.bytes().filter(|b| *b == b'#').count();
    let (inner, close) = rest.strip_prefix('"')?.split_at_checked(rest.len().checked_sub(hashes + 2)?)?;
    if !close.starts_with('"') || close.bytes().skip(1).any(|byte| byte != b'#') {
        return None;
    }
    // Line ends inside a literal count as `\n`, however they are written.
    let inner = if inner.contains('\r') { Cow::Owned(inner.replace("\r\n", "\n")) } else { Cow::Borrowed(inner) };
    let bytes = if prefix.contains('r') { inner.into_owned().into_bytes() } else { unescape(&inner)? };
    if prefix.starts_with('b') || prefix.starts_with('c') {
        return Some(Lit::Bytes(bytes));
    }
    String::from_utf8(bytes).ok().map(Lit::Str)
}

fn unescape(text: &str) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text;
    let mut buffer = [0; 4];
    while let Some((before, behind)) = rest.split_once('\\') {
        out.extend_from_slice(before.as_bytes());
        let mut chars = behind.chars();
        match chars.next()? {
            'n' => out.push(b'\n'),
            'r' => out.push(b'\r'),
            't' => out.push(b'\t'),
            '0' => out.push(0),
            '\\' => out.push(b'\\'),
            '\'' => out.push(b'\''),
            '"' => out.push(b'"'),
            'x' => {
                let (high, low) = (chars.next()?.to_digit(16)?, chars.next()?.to_digit(16)?);
                out.push(u8::try_from(high * 16 + low).ok()?);
            }
            'u' => {
                let rest = chars.as_str().strip_prefix('{')?;
                let (digits, rest) = rest.split_once('}')?;
                let digits: String = digits.chars().filter(|c| *c != '_').collect();
                let ch = char::from_u32(u32::from_str_radix(&digits, 16).ok()?)?;
                out.extend_from_slice(ch.encode_utf8(&mut buffer).as_bytes());
                chars = rest.chars();
            }
            '\n' => {
                chars = chars.as_str().trim_start_matches([' ', '\t', '\n', '\r']).chars();
            }
            _ => return None,
        }
        rest = chars.as_str();
    }
    out.extend_from_slice(rest.as_bytes());
    Some(out)
}
