//! What a policy makes of a version: the values behind `version parse`, `compare` and `compat`.

use super::Policy;
use super::file::NumberKind;
use super::version::{Qualifier, Version, VersionError};
use serde::Serialize;
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// `version parse`: `verpolicy.version/1`. What a policy has no notion of is `None`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reading {
    /// `verpolicy.version/1`
    pub schema: &'static str,
    /// The policy's name.
    pub policy: String,
    /// As given.
    pub text: String,
    /// As the policy writes it.
    pub canonical: String,
    /// As `package.version` holds it.
    pub cargo: String,
    /// It is a release.
    pub released: bool,
    /// It only leads to a release.
    pub prerelease: bool,
    /// An implementation's release, where API and implementation are told apart.
    pub recommended: Option<bool>,
    /// The API's version in it.
    pub api: Option<ApiReading>,
    /// The implementation's number, where API and implementation are told apart.
    pub implementation: Option<u64>,
    /// Every part by its name.
    pub components: BTreeMap<String, Component>,
    /// What was read, though another spelling is right.
    pub warnings: Vec<String>,
}

/// The API's version in a version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ApiReading {
    /// As written: `v1.1`, `8.2`.
    pub version: String,
    /// It is a release of the API.
    pub released: bool,
    /// The API version in development.
    pub develops: Option<String>,
}

/// One part of a version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Component {
    /// A number.
    Number(u64),
    /// A text.
    Text(String),
    /// It may stand there, and does not.
    Absent,
}

/// `version compare`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Comparison {
    /// `less`, `equal`, `greater`: the first against the second.
    pub ordering: &'static str,
}

/// `version compat`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Compatibility {
    /// What was built on the second works with the first.
    pub compatible: bool,
    /// The policy's reason.
    pub because: String,
}

impl Policy {
    /// Everything that the policy says of one version.
    ///
    /// # Errors
    /// The text is no version; names the component and its column.
    pub fn reading(&self, text: &str) -> Result<Reading, VersionError> {
        let parsed = self.scheme.parse_noted(text)?;
        let version = parsed.version;
        let prerelease = self.scheme.is_prerelease(&version);
        let apart = self.releases_api_apart();
        let snapshot = apart && self.scheme.label_row(&version).is_some_and(|r| r.is_of_api());
        let last = version.numbers.last().copied();
        Ok(Reading {
            schema: "verpolicy.version/1",
            policy: self.id.clone(),
            text: text.to_owned(),
            canonical: self.scheme.render(&version),
            cargo: self.scheme.render_cargo(&version),
            released: !prerelease,
            prerelease,
            recommended: apart.then_some(!prerelease),
            api: self.api_reading(&version, snapshot),
            implementation: last.filter(|_| apart && !snapshot),
            components: self.components(&version),
            warnings: parsed.warnings,
        })
    }

    /// What a mark's `since` says of what this version is the first to hold: the release that it leads to, or the API
    /// version that it develops where the policy tells the API from its implementations.
    ///
    /// # Errors
    /// It is no version of this policy.
    pub fn since_of(&self, text: &str) -> Result<String, VersionError> {
        let version = self.api_in_preparation(&self.scheme.parse(text)?);
        Ok(match self.api {
            Some(api) if api.development => {
                format!("{}{}", self.scheme.prefix, self.scheme.render_numbers(&version, api.numbers))
            }
            _ => self.scheme.render(&version),
        })
    }

    fn api_reading(&self, version: &Version, snapshot: bool) -> Option<ApiReading> {
        let api = self.api?;
        let text = |v: &Version| format!("{}{}", self.scheme.prefix, self.scheme.render_numbers(v, api.numbers));
        let ahead = self.api_in_preparation(version);
        let develops = if snapshot || ahead.numbers != version.numbers { Some(text(&ahead)) } else { None };
        Some(ApiReading {
            version: text(version),
            released: self.is_api_release(version),
            develops: develops.filter(|_| api.development),
        })
    }

    fn components(&self, version: &Version) -> BTreeMap<String, Component> {
        let mut out = BTreeMap::new();
        for (number, value) in self.scheme.numbers.iter().zip(&version.numbers) {
            let absent = number.kind == NumberKind::Date && *value == 0;
            out.insert(number.name.clone(), if absent { Component::Absent } else { Component::Number(*value) });
        }
        for (index, row) in self.scheme.labels.iter().enumerate() {
            let label = version.label.as_ref().filter(|l| l.row == index);
            out.insert(row.name.clone(), label.map_or(Component::Absent, |l| Component::Text(row.text(l))));
        }
        let text = |t: &str| if t.is_empty() { Component::Absent } else { Component::Text(t.to_owned()) };
        if self.scheme.has_metadata() {
            out.insert("metadata".to_owned(), text(&version.metadata));
        }
        if self.scheme.is_qualified() {
            let Qualifier { artifact, platform, build } = &version.qualifier;
            out.insert("artifact".to_owned(), text(artifact));
            out.insert("platform".to_owned(), text(platform));
            out.insert("build".to_owned(), build.map_or(Component::Absent, Component::Number));
        }
        out
    }

    /// The API version that a version works on: itself, or for an implementation's the next minor.
    #[must_use]
    pub(super) fn api_in_preparation(&self, version: &Version) -> Version {
        let mut out = self.scheme.leads_to(version);
        let Some(api) = self.api.filter(|api| api.development) else { return out };
        if version.numbers.iter().skip(api.numbers).all(|n| *n == 0) {
            return out;
        }
        for (index, number) in out.numbers.iter_mut().enumerate() {
            if index + 1 == api.numbers {
                *number = number.saturating_add(1);
            } else if index >= api.numbers {
                *number = 0;
            }
        }
        out
    }

    /// The order of two versions.
    ///
    /// # Errors
    /// A text is no version.
    pub fn comparison(&self, a: &str, b: &str) -> Result<Comparison, VersionError> {
        let (a, b) = (self.scheme.parse(a)?, self.scheme.parse(b)?);
        let ordering = match self.scheme.compare(&a, &b) {
            Ordering::Less => "less",
            Ordering::Equal => "equal",
            Ordering::Greater => "greater",
        };
        Ok(Comparison { ordering })
    }

    /// Does what was built on `b` work with `a`, by the numbers alone?
    ///
    /// # Errors
    /// A text is no version.
    pub fn compatibility(&self, a: &str, b: &str) -> Result<Compatibility, VersionError> {
        let (x, y) = (self.scheme.parse(a)?, self.scheme.parse(b)?);
        let say = |compatible, because: String| Ok(Compatibility { compatible, because });
        let Some(compat) = &self.compat else {
            return say(false, format!("the policy `{}` promises no compatibility by numbers", self.id));
        };
        let order = self.scheme.compare(&x, &y);
        for index in &compat.unpromised {
            if [&x, &y].iter().any(|v| v.numbers.get(*index) == Some(&0)) {
                let name = self.scheme.numbers.get(*index).map_or("", |n| n.name.as_str());
                return say(false, format!("{name} 0 promises nothing"));
            }
        }
        if order.is_eq() {
            return say(true, "they are the same version".to_owned());
        }
        for (version, text) in [(&x, a), (&y, b)] {
            if self.scheme.is_prerelease(version) {
                return say(false, format!("{text} is a pre-release: it is compatible with nothing but itself"));
            }
        }
        for index in &compat.equal {
            let upto = index + self.shift(&x).max(self.shift(&y));
            let differs = (0..=upto).find(|i| x.numbers.get(*i) != y.numbers.get(*i));
            if let Some(name) = differs.and_then(|i| self.scheme.numbers.get(i)).map(|n| n.name.as_str()) {
                return say(false, format!("{name} differs: {}", compat.says));
            }
        }
        if compat.newer && order.is_lt() {
            return say(false, format!("{a} is before {b}, and lacks what {b} added"));
        }
        say(true, compat.says.clone())
    }
}
