//! Text to label, under one row of a scheme.

use super::{Label, LabelRow};
use crate::policy::file::{Count, LabelForm, Presence};

/// What a row makes of a text.
pub(super) enum Read {
    /// Its label.
    Label(Label),
    /// It speaks of another row.
    Other,
    /// Its word, and something wrong after `offset` characters.
    Wrong {
        /// Characters before the mistake.
        offset: usize,
        /// What was expected there.
        expected: String,
    },
}

/// Reads a label's text (without its introducer) in the policy's own spelling.
pub(super) fn read(row: &LabelRow, index: usize, text: &str) -> Read {
    match row.form {
        LabelForm::Word => read_word(row, index, text, &row.joint),
        LabelForm::Semver | LabelForm::Text => match semver::Prerelease::new(text) {
            Ok(_) if !text.is_empty() => Read::Label(Label { row: index, word: text.to_owned(), count: None }),
            _ => Read::Wrong {
                offset: 0,
                expected: "identifiers of letters, digits and `-`, joined by `.`, numbers without leading zeros"
                    .to_owned(),
            },
        },
    }
}

/// Reads a label as Cargo's spelling has it: a `.` between word and count; the policy's own spelling also counts.
pub(super) fn read_cargo(row: &LabelRow, index: usize, text: &str) -> Read {
    match row.form {
        LabelForm::Word => match read_word(row, index, text, ".") {
            Read::Label(label) => Read::Label(label),
            _ => read(row, index, text),
        },
        _ => read(row, index, text),
    }
}

fn read_word(row: &LabelRow, index: usize, text: &str, joint: &str) -> Read {
    let split = text.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(text.len());
    let (word, rest) = text.split_at_checked(split).unwrap_or((text, ""));
    if !row.words.is_empty() && !row.words.iter().any(|w| w == word) {
        return Read::Other;
    }
    if word.is_empty() && row.word == Presence::Required {
        return Read::Wrong { offset: 0, expected: "a word of letters".to_owned() };
    }
    let wrong = |offset: usize, expected: &str| Read::Wrong { offset, expected: expected.to_owned() };
    let label = |count| Read::Label(Label { row: index, word: word.to_owned(), count });
    if rest.is_empty() {
        return match row.count {
            Count::Required => wrong(split, "a number"),
            Count::Date => wrong(split, &format!("`{joint}` and a date, YYYYMMDD")),
            Count::None | Count::Optional if word.is_empty() => wrong(0, "a word or a number"),
            Count::None | Count::Optional => label(None),
        };
    }
    let joint = if word.is_empty() { "" } else { joint };
    let Some(digits) = rest.strip_prefix(joint) else {
        return wrong(split, &format!("`{joint}` and a number"));
    };
    let at = split + joint.len();
    match row.count {
        Count::None => wrong(split, "nothing more"),
        Count::Date => match date(digits) {
            Some(day) => label(Some(day)),
            None => wrong(at, "a date that exists, YYYYMMDD"),
        },
        Count::Optional | Count::Required => match number(digits) {
            Some(n) => label(Some(n)),
            None => wrong(at, "a number without leading zeros"),
        },
    }
}

/// A whole number without leading zeros.
pub(super) fn number(digits: &str) -> Option<u64> {
    let plain = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    let leading = digits.len() > 1 && digits.starts_with('0');
    if plain && !leading { digits.parse().ok() } else { None }
}

/// `YYYYMMDD` of a day that exists.
pub(super) fn date(digits: &str) -> Option<u64> {
    if digits.len() != 8 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let day = digits.parse().ok()?;
    civil(day).map(|_| day)
}

/// The day that a number of the form YYYYMMDD names, if it exists.
pub(crate) fn civil(day: u64) -> Option<jiff::civil::Date> {
    let year = i16::try_from(day / 10_000).ok().filter(|y| *y >= 1000)?;
    let month = i8::try_from(day / 100 % 100).ok()?;
    jiff::civil::Date::new(year, month, i8::try_from(day % 100).ok()?).ok()
}

/// The number of the form YYYYMMDD that names a day.
pub(crate) fn number_of(date: jiff::civil::Date) -> u64 {
    let part = |n: i64| u64::try_from(n).unwrap_or(0);
    part(date.year().into()) * 10_000 + part(date.month().into()) * 100 + part(date.day().into())
}
