//! How a version may be written in a mark, before any policy reads it.

use std::cmp::Ordering;

/// The word for "in the release that comes next".
pub(crate) const NEXT: &str = "next";

/// Checks `v?N(.N)*` with an optional suffix, or `next`.
///
/// # Errors
/// What is wrong, and what was expected.
pub(crate) fn check(text: &str) -> Result<(), String> {
    if text == NEXT {
        return Ok(());
    }
    if text.is_empty() {
        return Err("an empty version: write one such as \"1.2.0\", or \"next\"".to_owned());
    }
    let lowered = text.to_lowercase();
    if matches!(lowered.as_str(), "next" | "unreleased" | "tbd" | "current" | "upcoming" | "current_rustc_version") {
        return Err(format!("`{text}` is not a version: for what is not released yet, write \"next\""));
    }
    let numbers_at = usize::from(text.starts_with('v'));
    let rest = text.get(numbers_at..).unwrap_or_default();
    if !rest.starts_with(|c: char| c.is_ascii_digit()) {
        return Err(wrong(text, numbers_at, "a digit"));
    }
    let numbers = numbers_length(rest);
    let suffix = rest.get(numbers..).unwrap_or_default();
    check_suffix(text, numbers_at + numbers, suffix)
}

/// The length of the leading `N(.N)*`.
fn numbers_length(text: &str) -> usize {
    let mut length = 0;
    for (index, part) in text.split('.').enumerate() {
        let digits = part.bytes().take_while(u8::is_ascii_digit).count();
        if digits == 0 {
            break;
        }
        length += usize::from(index > 0) + digits;
        if digits < part.len() {
            break;
        }
    }
    length
}

/// A suffix begins with `.`, `-` or `+` and is made of non-empty words of letters and digits between those.
fn check_suffix(text: &str, at: usize, suffix: &str) -> Result<(), String> {
    let mut expects_word = false;
    for (offset, c) in suffix.char_indices() {
        let separator = matches!(c, '.' | '-' | '+');
        if offset == 0 && !separator {
            return Err(wrong(text, at, "`.`, `-` or `+`, or the end"));
        }
        if (separator && expects_word) || !(separator || c.is_ascii_alphanumeric() || c == '_') {
            return Err(wrong(text, at + offset, "a letter or a digit"));
        }
        expects_word = separator;
    }
    if expects_word {
        return Err(wrong(text, text.len(), "a letter or a digit"));
    }
    if suffix.split('.').any(|word| matches!(word, "x" | "X")) {
        return Err(format!("`{text}` is a range of versions: name the one release"));
    }
    Ok(())
}

fn wrong(text: &str, at: usize, expected: &str) -> String {
    let column = text.get(..at).map_or(1, |before| before.chars().count() + 1);
    let found = match text.get(at..).and_then(|rest| rest.chars().next()) {
        Some(c) => format!("found `{}`", c.escape_debug()),
        None => "it ends there".to_owned(),
    };
    let shown = text.escape_debug();
    format!("`{shown}` is not a version: expected {expected} at character {column}, {found}; write one such as \"1.2.0\", or \"next\"")
}

/// Compares two versions where that needs no policy: plain dotted numbers, and a version with itself. `None` where only a
/// policy could tell.
pub(crate) fn compare(left: &str, right: &str) -> Option<Ordering> {
    if left == right {
        return Some(Ordering::Equal);
    }
    let left = plain_numbers(left)?;
    let right = plain_numbers(right)?;
    for index in 0..left.len().max(right.len()) {
        let (a, b) = (number(&left, index), number(&right, index));
        if index >= 2 && matches!((a.len(), b.len()), (6, 8) | (8, 6)) {
            return None; // a short calendar date beside a full one: 161205 may mean 20161205
        }
        match a.len().cmp(&b.len()).then_with(|| a.cmp(b)) {
            Ordering::Equal => {}
            unequal => return Some(unequal),
        }
    }
    Some(Ordering::Equal)
}

/// The numbers without leading zeros, so that they compare by length and then as text, however long.
fn plain_numbers(text: &str) -> Option<Vec<&str>> {
    let numbers = text.strip_prefix('v').unwrap_or(text);
    numbers
        .split('.')
        .map(|number| {
            let digits = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
            digits.then(|| number.trim_start_matches('0'))
        })
        .collect()
}

fn number<'a>(numbers: &[&'a str], index: usize) -> &'a str {
    numbers.get(index).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{check, compare};
    use std::cmp::Ordering::{Equal, Greater, Less};

    #[test]
    fn accepts_the_spellings_of_every_policy() {
        for text in [
            "1",
            "1.0",
            "1.2.0",
            "v1.1",
            "v1.1.9",
            "next",
            "0.0.0",
            "1.2.3.4", // plain
            "1.0.0-alpha.1",
            "2.0.0-rc.2",
            "1.0.0+build.5",
            "1.0.0-x-y-z.4", // semver
            "v1.1.9.security1",
            "v1.0.0.beta",
            "v1.0.0.beta2",
            "v1.1.9.1",
            "1.1.9+security.1",
            "1.0.0-beta.2", // soundstorm
            "v1.1-patch.20210109",
            "1.1.0+patch.20210109",
            "1.2.0-unstable",
            "v1.2.0-rc1", // matrix
            "1.0.20161024",
            "1.0.161205", // chain
            "7.1.5-RC152",
            "7.1.5-RC.152",
            "8.2-SNAPSHOT",
            "8.1.0-SNAPSHOT",
            "7.1.5-RC.152+1.12.2", // sponge
        ] {
            assert_eq!(check(text), Ok(()), "{text}");
        }
    }

    #[test]
    fn says_where_a_version_goes_wrong() {
        for (text, part) in [
            ("", "empty"),
            (" 1.2", "expected a digit at character 1, found ` `"),
            ("1.2 ", "at character 4, found ` `"),
            ("1..2", "at character 3, found `.`"),
            ("1.", "at character 3, it ends there"),
            ("v", "expected a digit at character 2, it ends there"),
            ("V1.2", "expected a digit at character 1, found `V`"),
            ("one", "expected a digit at character 1, found `o`"),
            ("1.2-", "at character 5, it ends there"),
            ("1.2-é", "at character 5, found `é`"),
            (">=1.2", "found `>`"),
            ("^1.2", "found `^`"),
            ("1.2.*", "found `*`"),
            ("1.x", "a range of versions"),
            ("1,2", "expected `.`, `-` or `+`, or the end at character 2, found `,`"),
            ("1.2rc1", "at character 4, found `r`"),
            ("1.2\n", "found `\\n`"),
            ("Next", "write \"next\""),
            ("unreleased", "write \"next\""),
        ] {
            let message = check(text).expect_err(text);
            assert!(message.contains(part), "{text}: {message}");
        }
    }

    #[test]
    fn compares_plain_numbers_only() {
        for (left, right, expected) in [
            ("1.2", "1.10", Some(Less)),
            ("1.2", "1.2.0", Some(Equal)),
            ("v1.2", "1.2", Some(Equal)),
            ("2", "1.9.9", Some(Greater)),
            ("1.02", "1.2", Some(Equal)),
            ("1.0.99999999999999999999999", "1.0.100000000000000000000000", Some(Less)),
            ("next", "next", Some(Equal)),
            ("next", "1.0", None),
            ("1.0-rc1", "1.0", None),
            ("1.0-rc1", "1.0-rc1", Some(Equal)),
            ("1.0.161205", "1.0.20161024", None),
            ("1.0.20161024", "1.0.20161101", Some(Less)),
        ] {
            assert_eq!(compare(left, right), expected, "{left} {right}");
        }
    }
}
