//! The `cfg` condition under which something exists.

use std::collections::BTreeSet;
use std::sync::Arc;

/// A `cfg` predicate in a normal form: nested `all`/`any` flattened, operands sorted and unique. Copies share their
/// operands: what stands deep in a crate carries the conditions of all that it stands in.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Condition {
    /// Always there.
    #[default]
    Always,
    /// Never there (`cfg(false)`, or a contradiction).
    Never,
    /// `feature = "…"`.
    Feature(String),
    /// A bare flag (`unix`, `test`, `tokio_unstable`).
    Flag(String),
    /// Another `key = "value"`.
    KeyValue(String, String),
    /// `not(…)`.
    Not(Box<Condition>),
    /// `all(…)`: at least two operands.
    All(Arc<BTreeSet<Condition>>),
    /// `any(…)`: at least two operands.
    Any(Arc<BTreeSet<Condition>>),
}

impl Condition {
    /// Both must hold.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Always, c) | (c, Self::Always) => c,
            (Self::Never, _) | (_, Self::Never) => Self::Never,
            (a, b) => {
                let (mut all, more) = match (a, b) {
                    (Self::All(inner), c) | (c, Self::All(inner)) => (Arc::unwrap_or_clone(inner), c),
                    (a, b) => (BTreeSet::from([a]), b),
                };
                match more {
                    Self::All(inner) => all.extend(Arc::unwrap_or_clone(inner)),
                    c => {
                        all.insert(c);
                    }
                }
                if opposed(&all, &all) {
                    return Self::Never;
                }
                Self::collapse(all, Self::All)
            }
        }
    }

    /// The name of a flag or feature of this kind without which the condition cannot hold.
    #[must_use]
    pub fn needs(&self, kind: &dyn Fn(&Self) -> bool) -> Option<String> {
        match self {
            Self::Feature(name) | Self::Flag(name) => kind(self).then(|| name.clone()),
            Self::All(list) => list.iter().find_map(|c| c.needs(kind)),
            Self::Any(list) => {
                let mut needed = list.iter().map(|c| c.needs(kind));
                let first = needed.next().flatten()?;
                needed.all(|name| name.is_some()).then_some(first)
            }
            _ => None,
        }
    }

    /// A flag that only `RUSTFLAGS` sets and that says by its name what it is (`tokio_unstable`), a feature for the package
    /// itself (`_private`), or one that says no more than that nothing behind it is promised. Any other feature is a
    /// promise, whatever its name: a manifest turns it on.
    #[must_use]
    pub fn is_unstable(&self) -> bool {
        match self {
            Self::Flag(name) => name.contains("unstable") || name.ends_with("semver_exempt"),
            Self::Feature(name) => name.starts_with('_') || matches!(name.as_str(), "unstable" | "nightly" | "bench"),
            _ => false,
        }
    }

    /// A flag that only `RUSTFLAGS` or a build script sets: nobody's default.
    #[must_use]
    pub fn is_custom(&self) -> bool {
        matches!(self, Self::Flag(flag) if !["unix", "windows", "debug_assertions", "panic"].contains(&flag.as_str()))
    }

    /// Either may hold.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::Never, c) | (c, Self::Never) => c,
            (Self::Always, _) | (_, Self::Always) => Self::Always,
            (a, b) => {
                let (mut any, more) = match (a, b) {
                    (Self::Any(inner), c) | (c, Self::Any(inner)) => (Arc::unwrap_or_clone(inner), c),
                    (a, b) => (BTreeSet::from([a]), b),
                };
                match more {
                    Self::Any(inner) => any.extend(Arc::unwrap_or_clone(inner)),
                    c => {
                        any.insert(c);
                    }
                }
                if opposed(&any, &any) {
                    return Self::Always;
                }
                Self::collapse(any, Self::Any)
            }
        }
    }

    /// The opposite.
    #[must_use]
    pub fn negate(self) -> Self {
        match self {
            Self::Always => Self::Never,
            Self::Never => Self::Always,
            Self::Not(inner) => *inner,
            c => Self::Not(Box::new(c)),
        }
    }

    /// Can this and `other` never hold together? `false` when it is not known.
    #[must_use]
    pub fn excludes(&self, other: &Self) -> bool {
        let opposite = |a: &Self, b: &Self| matches!(a, Self::Not(inner) if **inner == *b);
        match (self, other) {
            (Self::Never, _) | (_, Self::Never) => true,
            (Self::All(a), Self::All(b)) => opposed(a, b) || opposed(b, a),
            (Self::All(all), one) | (one, Self::All(all)) => {
                all.iter().any(|part| opposite(part, one) || opposite(one, part))
            }
            (a, b) => opposite(a, b) || opposite(b, a),
        }
    }

    /// The condition once `known` has decided what it can: `Some(true|false)` for a leaf that is decided.
    #[must_use]
    pub fn given(&self, known: &dyn Fn(&Self) -> Option<bool>) -> Self {
        match self {
            Self::Always | Self::Never => self.clone(),
            Self::Not(c) => c.given(known).negate(),
            Self::All(cs) => cs.iter().fold(Self::Always, |all, c| all.and(c.given(known))),
            Self::Any(cs) => cs.iter().fold(Self::Never, |any, c| any.or(c.given(known))),
            leaf => match known(leaf) {
                Some(true) => Self::Always,
                Some(false) => Self::Never,
                None => leaf.clone(),
            },
        }
    }

    /// The condition with others in the place of leaves.
    #[must_use]
    pub fn replaced(&self, by: &dyn Fn(&Self) -> Option<Self>) -> Self {
        match self {
            Self::Always | Self::Never => self.clone(),
            Self::Not(c) => c.replaced(by).negate(),
            Self::All(cs) => cs.iter().fold(Self::Always, |all, c| all.and(c.replaced(by))),
            Self::Any(cs) => cs.iter().fold(Self::Never, |any, c| any.or(c.replaced(by))),
            leaf => by(leaf).unwrap_or_else(|| leaf.clone()),
        }
    }

    /// Does it hold, where `value` says so of every leaf?
    #[must_use]
    pub fn holds(&self, value: &dyn Fn(&Self) -> bool) -> bool {
        match self {
            Self::Always => true,
            Self::Never => false,
            Self::Not(c) => !c.holds(value),
            Self::All(cs) => cs.iter().all(|c| c.holds(value)),
            Self::Any(cs) => cs.iter().any(|c| c.holds(value)),
            leaf => value(leaf),
        }
    }

    fn collapse(set: BTreeSet<Self>, make: fn(Arc<BTreeSet<Self>>) -> Self) -> Self {
        let mut set = set;
        if set.len() == 1 { set.pop_first().unwrap_or(Self::Always) } else { make(Arc::new(set)) }
    }
}

/// Does one of these deny one of those?
fn opposed(these: &BTreeSet<Condition>, those: &BTreeSet<Condition>) -> bool {
    these.iter().any(|c| matches!(c, Condition::Not(inner) if those.contains(inner.as_ref())))
}

impl std::fmt::Display for Condition {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let list = |f: &mut std::fmt::Formatter<'_>, word: &str, set: &BTreeSet<Self>| {
            write!(f, "{word}(")?;
            for (i, c) in set.iter().enumerate() {
                if i > 0 {
                    f.write_str(", ")?;
                }
                write!(f, "{c}")?;
            }
            f.write_str(")")
        };
        match self {
            Self::Always => f.write_str("true"),
            Self::Never => f.write_str("false"),
            Self::Feature(name) => write!(f, "feature = \"{name}\""),
            Self::Flag(name) => f.write_str(name),
            Self::KeyValue(key, value) => write!(f, "{key} = \"{value}\""),
            Self::Not(c) => write!(f, "not({c})"),
            Self::All(set) => list(f, "all", set),
            Self::Any(set) => list(f, "any", set),
        }
    }
}

impl std::str::FromStr for Condition {
    type Err = ();

    /// Reads what [`Condition`] is written as.
    fn from_str(text: &str) -> Result<Self, ()> {
        let text = text.trim();
        match text {
            "true" => return Ok(Self::Always),
            "false" => return Ok(Self::Never),
            _ => {}
        }
        if let Some((word, list)) = text.strip_suffix(')').and_then(|text| text.split_once('(')) {
            let parts = operands(list).into_iter().map(str::parse).collect::<Result<Vec<Self>, ()>>()?;
            return match (word, parts.as_slice()) {
                ("all", _) => Ok(parts.into_iter().fold(Self::Always, Self::and)),
                ("any", _) => Ok(parts.into_iter().fold(Self::Never, Self::or)),
                ("not", [one]) => Ok(one.clone().negate()),
                _ => Err(()),
            };
        }
        match text.split_once(" = \"") {
            Some((key, value)) => {
                let value = value.strip_suffix('"').ok_or(())?.to_owned();
                Ok(if key == "feature" { Self::Feature(value) } else { Self::KeyValue(key.to_owned(), value) })
            }
            None if text.chars().all(|c| c.is_alphanumeric() || c == '_') && !text.is_empty() => {
                Ok(Self::Flag(text.to_owned()))
            }
            None => Err(()),
        }
    }
}

/// The parts between commas that stand in no brackets and no string.
fn operands(list: &str) -> Vec<&str> {
    let (mut out, mut start, mut depth, mut quoted) = (Vec::new(), 0, 0_usize, false);
    for (at, c) in list.char_indices() {
        match c {
            '"' => quoted = !quoted,
            '(' if !quoted => depth += 1,
            ')' if !quoted => depth = depth.saturating_sub(1),
            ',' if !quoted && depth == 0 => {
                out.push(list.get(start..at).unwrap_or_default());
                start = at + 1;
            }
            _ => {}
        }
    }
    out.push(list.get(start..).unwrap_or_default());
    out
}

#[cfg(test)]
mod tests {
    use super::Condition;

    #[test]
    fn what_denies_what() {
        let read = |text: &str| text.parse::<Condition>().unwrap();
        for (a, b, excludes) in [
            ("unix", "not(unix)", true),
            ("all(unix, feature = \"x\")", "all(windows, not(unix))", true),
            ("all(unix, not(feature = \"x\"))", "feature = \"x\"", true),
            ("not(any(unix, windows))", "any(unix, windows)", true),
            ("unix", "windows", false),
            ("true", "false", true),
            ("true", "not(unix)", false),
        ] {
            let (a, b) = (read(a), read(b));
            assert_eq!((a.excludes(&b), b.excludes(&a)), (excludes, excludes), "{a} {b}");
            assert_eq!(a.clone().and(b.clone()) == Condition::Never, excludes, "{a} {b}");
        }
        assert_eq!(read("unix").or(read("not(unix)")), Condition::Always);
    }

    #[test]
    fn what_is_written_is_read() {
        for text in [
            "true",
            "unix",
            "feature = \"a, b(c)\"",
            "all(feature = \"std\", not(any(windows, target_os = \"linux\")))",
            "not(feature = \"x\")",
        ] {
            let read: Condition = text.parse().unwrap();
            assert_eq!(read.to_string(), text);
        }
        for text in ["", "some(unix)", "not(a, b)", "feature = \"x"] {
            assert_eq!(text.parse::<Condition>(), Err(()), "{text}");
        }
    }
}
