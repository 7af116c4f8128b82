//! Text to version: in the policy's own spelling, else in Cargo's.

use super::label::{self, Read};
use super::{Label, Qualifier, Scheme, Version};
use crate::policy::file::{LabelOrder, LastNumber, NumberKind};

/// A version and what was said on the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parsed {
    /// The version.
    pub version: Version,
    /// What was read, though another spelling is right.
    pub warnings: Vec<String>,
}

/// A text that is no version of this scheme.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not a version ({written}): {component}, column {column}: expected {expected}, found {found}")]
pub struct VersionError {
    /// The text.
    pub text: Box<str>,
    /// How versions are written.
    pub written: Box<str>,
    /// The part that is wrong: `minor`, `candidate`, `prefix`.
    pub component: String,
    /// 1-based column where it begins, in characters.
    pub column: usize,
    /// What would be right there.
    pub expected: Box<str>,
    /// What stands there.
    pub found: Box<str>,
}

/// Before text and place are known: component, byte offset, what was expected.
struct Mistake {
    component: String,
    offset: usize,
    expected: String,
}

impl Scheme {
    /// Reads a version in the policy's own spelling, else in Cargo's.
    ///
    /// # Errors
    /// The component, its column and what was expected, of the policy's own spelling.
    pub fn parse(&self, text: &str) -> Result<Version, VersionError> {
        self.parse_noted(text).map(|p| p.version)
    }

    /// As [`Scheme::parse`], with warnings.
    ///
    /// # Errors
    /// As [`Scheme::parse`].
    pub fn parse_noted(&self, text: &str) -> Result<Parsed, VersionError> {
        let own = self.parse_own(text, false);
        match own {
            Ok(parsed) => Ok(parsed),
            Err(mistake) => self.parse_cargo(text).ok_or_else(|| self.error(text, mistake)),
        }
    }

    /// Reads what a mark or a framework says: a leading `v` and missing numbers are forgiven.
    ///
    /// # Errors
    /// As [`Scheme::parse`].
    pub fn parse_loose(&self, text: &str) -> Result<Version, VersionError> {
        self.parse(text).or_else(|error| {
            let bare = text.strip_prefix('v').unwrap_or(text);
            self.parse_own(bare, true).map(|p| p.version).map_err(|_| error)
        })
    }

    fn error(&self, text: &str, mistake: Mistake) -> VersionError {
        let before = text.get(..mistake.offset).unwrap_or(text);
        let rest = text.get(mistake.offset..).unwrap_or_default();
        let found = match rest.chars().next() {
            None => "the end".to_owned(),
            Some(_) => format!("`{}`", rest.chars().take(24).collect::<String>().escape_debug()),
        };
        VersionError {
            text: text.into(),
            written: self.written.as_str().into(),
            component: mistake.component,
            column: before.chars().count() + 1,
            expected: mistake.expected.into(),
            found: found.into(),
        }
    }

    fn parse_own(&self, text: &str, loose: bool) -> Result<Parsed, Mistake> {
        let (qualifier, mut at) = if self.qualified { Qualifier::split(text) } else { Default::default() };
        if self.prefix.is_empty() {
            if let Some(c) = text.get(at..).and_then(|t| t.chars().next()).filter(char::is_ascii_alphabetic)
                && at == 0
            {
                let expected = format!("a number: `{c}` does not begin a version here");
                return Err(Mistake { component: "prefix".to_owned(), offset: 0, expected });
            }
        } else if text.get(at..).is_some_and(|t| t.starts_with(self.prefix.as_str())) {
            at += self.prefix.len();
        }
        let mut warnings = Vec::new();
        let (numbers, written) = self.read_numbers(text, &mut at, &mut warnings)?;
        let (rest, metadata) = self.split_metadata(text, at)?;
        let label = self.read_label(rest, at)?;
        let row = label.as_ref().and_then(|l| self.labels.get(l.row));
        let required = if loose { 1 } else { row.and_then(|r| r.required).unwrap_or(self.required) };
        if written < required {
            let component = self.numbers.get(written).map_or("version", |n| n.name.as_str());
            return Err(self.missing(component, at));
        }
        if let Some(row) = row.filter(|r| r.last == LastNumber::Zero)
            && numbers.last().is_some_and(|n| *n != 0)
        {
            let last = self.numbers.last().map_or("", |n| n.name.as_str());
            let expected = format!("no `{}` where `{last}` is not 0", row.name);
            return Err(Mistake { component: row.name.clone(), offset: at, expected });
        }
        Ok(Parsed { version: Version { numbers, label, metadata, qualifier }, warnings })
    }

    fn missing(&self, component: &str, offset: usize) -> Mistake {
        let expected = format!("`.` and the {component} number");
        Mistake { component: component.to_owned(), offset, expected }
    }

    /// Numbers from `at` on; missing ones are 0. Gives how many were written.
    fn read_numbers(
        &self,
        text: &str,
        at: &mut usize,
        warnings: &mut Vec<String>,
    ) -> Result<(Vec<u64>, usize), Mistake> {
        let mut numbers = Vec::with_capacity(self.numbers.len());
        for (index, number) in self.numbers.iter().enumerate() {
            if index > 0 {
                if !text.get(*at..).is_some_and(|t| t.starts_with('.')) {
                    break;
                }
                *at += 1;
            }
            let rest = text.get(*at..).unwrap_or_default();
            let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
            let digits = rest.get(..end).unwrap_or_default();
            match read_number(number.kind, digits, warnings) {
                Ok(value) => numbers.push(value),
                Err(expected) => {
                    return Err(Mistake { component: number.name.clone(), offset: *at, expected: expected.to_owned() });
                }
            }
            *at += end;
        }
        let written = numbers.len();
        numbers.resize(self.numbers.len(), 0);
        Ok((numbers, written))
    }

    fn split_metadata<'a>(&self, text: &'a str, at: usize) -> Result<(&'a str, String), Mistake> {
        let rest = text.get(at..).unwrap_or_default();
        let Some((label, metadata)) = rest.split_once('+').filter(|_| self.metadata) else {
            return Ok((rest, String::new()));
        };
        match semver::BuildMetadata::new(metadata) {
            Ok(read) if !read.is_empty() => Ok((label, metadata.to_owned())),
            _ => Err(Mistake {
                component: "build metadata".to_owned(),
                offset: at + label.len() + 1,
                expected: "identifiers of letters, digits and `-`, joined by `.`".to_owned(),
            }),
        }
    }

    fn read_label(&self, rest: &str, at: usize) -> Result<Option<Label>, Mistake> {
        let Some(first) = rest.chars().next() else { return Ok(None) };
        let text = rest.get(first.len_utf8()..).unwrap_or_default();
        let rows = || self.labels.iter().enumerate().filter(|(_, r)| r.introducer.char() == first);
        for (index, row) in rows() {
            match label::read(row, index, text) {
                Read::Label(label) => return Ok(Some(label)),
                Read::Wrong { offset, expected } => {
                    return Err(Mistake { component: row.name.clone(), offset: at + 1 + offset, expected });
                }
                Read::Other => {}
            }
        }
        let words: Vec<String> = rows().flat_map(|(_, r)| &r.words).map(|w| format!("`{w}`")).collect();
        if words.is_empty() {
            let expected = self.expected_after();
            return Err(Mistake { component: "version".to_owned(), offset: at, expected });
        }
        let expected = words.join(" or ");
        Err(Mistake { component: "label".to_owned(), offset: at + 1, expected })
    }

    fn expected_after(&self) -> String {
        let mut introducers: Vec<String> =
            self.labels.iter().map(|r| format!("`{}` and a label", r.introducer.char())).collect();
        introducers.dedup();
        introducers.push("nothing more".to_owned());
        introducers.join(", or ")
    }

    /// Cargo's spelling; `None` where it is none, or means nothing here.
    fn parse_cargo(&self, text: &str) -> Option<Parsed> {
        let cargo = semver::Version::parse(text).ok()?;
        let all = [cargo.major, cargo.minor, cargo.patch];
        let (kept, cut) = all.split_at_checked(self.numbers.len())?;
        if cut.iter().any(|n| *n != 0) {
            return None;
        }
        let mut warnings = Vec::new();
        let mut numbers = Vec::new();
        for (number, value) in self.numbers.iter().zip(kept) {
            let absent = *value == 0 && number.kind == NumberKind::Date;
            let value = if absent { 0 } else { read_cargo_number(number.kind, *value, &mut warnings)? };
            numbers.push(value);
        }
        let mut label = None;
        let mut metadata = String::new();
        let mut qualifier = Qualifier::default();
        if !cargo.pre.is_empty() {
            label = Some(self.cargo_label(LabelOrder::Before, &cargo.pre)?);
        }
        if !cargo.build.is_empty() {
            if self.metadata {
                metadata = cargo.build.as_str().to_owned();
            } else if self.qualified {
                qualifier = Qualifier::from_cargo(&cargo.build)?;
            } else if label.is_none() {
                label = Some(self.cargo_label(LabelOrder::After, &cargo.build)?);
            } else {
                return None;
            }
        }
        let last_zero = label.as_ref().and_then(|l| self.labels.get(l.row)).is_some_and(|r| r.last == LastNumber::Zero);
        if last_zero && numbers.last().is_some_and(|n| *n != 0) {
            return None;
        }
        Some(Parsed { version: Version { numbers, label, metadata, qualifier }, warnings })
    }

    fn cargo_label(&self, order: LabelOrder, text: &str) -> Option<Label> {
        let mut rows = self.labels.iter().enumerate().filter(|(_, r)| r.order == order);
        rows.find_map(|(index, row)| match label::read_cargo(row, index, text) {
            Read::Label(label) => Some(label),
            _ => None,
        })
    }
}

fn read_number(kind: NumberKind, digits: &str, warnings: &mut Vec<String>) -> Result<u64, &'static str> {
    let padded = |width: usize, max: u64, wrong: &'static str| {
        let value = digits.parse().ok().filter(|n| (1..=max).contains(n));
        value.filter(|_| digits.len() == width || label::number(digits).is_some()).ok_or(wrong)
    };
    match kind {
        NumberKind::Integer => label::number(digits).ok_or("a whole number without leading zeros"),
        NumberKind::Date => read_date(digits, warnings).ok_or("a date that exists, YYYYMMDD"),
        NumberKind::Year => {
            let year = digits.parse().ok().filter(|year| digits.len() == 4 && (1000..=9999).contains(year));
            year.ok_or("a year, YYYY")
        }
        NumberKind::Month => padded(2, 12, "a month, 01 to 12"),
        NumberKind::Day => padded(2, 31, "a day of the month, 01 to 31"),
    }
}

fn read_cargo_number(kind: NumberKind, value: u64, warnings: &mut Vec<String>) -> Option<u64> {
    read_number(kind, &value.to_string(), warnings).ok()
}

/// `YYYYMMDD`, or `YYMMDD` with a warning.
fn read_date(digits: &str, warnings: &mut Vec<String>) -> Option<u64> {
    if digits.len() == 6 {
        let full = label::date(&format!("20{digits}"))?;
        warnings.push(format!("`{digits}` is read as {full}: write the year with four digits"));
        return Some(full);
    }
    label::date(digits)
}
