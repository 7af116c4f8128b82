//! Does a set serve everything that another promised, so that its clients keep working?

use super::case::{Given, Settings};
use super::effects::effect_of;
use super::rules::rule_of;
use super::{Effect, Level, Policy, help, message};
use crate::diff::{Change, ChangeKind, Diff, Options};
use crate::model::{Endpoint, EndpointSet, Place, Stability};
use std::collections::BTreeSet;

/// Is the endpoint set of one origin served?
#[derive(Clone, Debug, PartialEq)]
pub struct Support {
    /// `git:v1.1.0`
    pub origin: String,
    /// Its version as the policy writes it; `None` where it has none, or none of the policy's.
    pub version: Option<String>,
    /// How a server advertises it: the API's version where the policy tells it from the whole. `None` where the origin
    /// is no release.
    pub advertised: Option<String>,
    /// How many endpoints it promised, deprecated ones included.
    pub endpoints: usize,
    /// `None` where it cannot be told.
    pub supported: Option<bool>,
    /// What is not served as it was, and what might not be.
    pub lacks: Vec<Lack>,
    /// Why it cannot be told.
    pub unknown: Vec<String>,
}

/// Something that is not served as it was.
#[derive(Clone, Debug, PartialEq)]
pub struct Lack {
    /// Rule id.
    pub rule: &'static str,
    /// It decides; else clients may or may not be hurt.
    pub certain: bool,
    /// Printed id of the first endpoint that meets it.
    pub endpoint: String,
    /// All that meet it.
    pub reaches: Vec<String>,
    /// One sentence.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
    /// Where the origin had it.
    pub old: Option<Place>,
    /// Where it stands now.
    pub new: Option<Place>,
}

/// What one package supports.
#[derive(Clone, Debug, PartialEq)]
pub struct Supported {
    /// Package name.
    pub name: String,
    /// `work tree`
    pub origin: String,
    /// In the order in which the origins were named.
    pub asked: Vec<Support>,
    /// What a server may advertise: supported releases, in order.
    pub versions: Vec<String>,
    /// Features of the unstable endpoints that the tree serves.
    pub unstable_features: BTreeSet<String>,
}

/// Judges one origin: `diff` leads from its set to the current one.
#[must_use]
pub fn support(policy: &Policy, settings: &Settings, asked: Given<'_>, diff: &Diff, options: &Options) -> Support {
    let version = asked.version.and_then(|text| policy.scheme.parse(text).ok());
    let written = version.as_ref().map(|v| policy.scheme.render(v));
    let advertised = written.as_ref().and_then(|text| {
        let reading = policy.reading(text).ok().filter(|reading| reading.released)?;
        Some(reading.api.map_or(reading.canonical, |api| api.version))
    });
    let endpoints = asked.set.endpoints.iter().filter(|e| promised(e, options)).count();
    let lacks: Vec<Lack> = diff.changes.iter().filter_map(|change| lack(policy, settings, change)).collect();
    let mut unknown: Vec<String> = Vec::new();
    for blinded in diff.blinded.iter().filter(|b| !b.missing_in_old) {
        unknown.push(format!(
            "{} is not seen in the current tree, where it may be hidden: {}",
            blinded.endpoint, blinded.blind_spot.detail
        ));
    }
    if endpoints == 0 {
        unknown.push("it promises no endpoint".to_owned());
    }
    let supported = match (lacks.iter().any(|l| l.certain), unknown.is_empty()) {
        (true, _) => Some(false),
        (false, true) => Some(true),
        (false, false) => None,
    };
    Support { origin: asked.origin.to_owned(), version: written, advertised, endpoints, supported, lacks, unknown }
}

/// Puts the origins of one package together.
#[must_use]
pub fn supported(policy: &Policy, current: Given<'_>, asked: Vec<Support>) -> Supported {
    let mut versions: Vec<String> =
        asked.iter().filter(|s| s.supported == Some(true)).filter_map(|s| s.advertised.clone()).collect();
    let scheme = &policy.scheme;
    versions.sort_by(|a, b| match (scheme.parse_loose(a), scheme.parse_loose(b)) {
        (Ok(x), Ok(y)) => scheme.compare(&x, &y).then_with(|| a.cmp(b)),
        _ => a.cmp(b),
    });
    versions.dedup();
    // A version of which one release is served and another is not (a patch that broke) is not advertised.
    versions.retain(|v| asked.iter().all(|s| s.supported == Some(true) || s.advertised.as_ref() != Some(v)));
    let features = current.set.endpoints.iter().filter(|e| e.marked).filter_map(feature);
    Supported {
        name: current.set.package.clone(),
        origin: current.origin.to_owned(),
        unstable_features: features.map(str::to_owned).collect(),
        asked,
        versions,
    }
}

fn feature(endpoint: &Endpoint) -> Option<&str> {
    match &endpoint.stability {
        Stability::Unstable { feature } => feature.as_deref(),
        Stability::Stable => None,
    }
}

fn promised(endpoint: &Endpoint, options: &Options) -> bool {
    endpoint.stability == Stability::Stable && counts(endpoint, options)
}

fn counts(endpoint: &Endpoint, options: &Options) -> bool {
    use crate::model::Kind;
    endpoint.marked
        || (options.implicit_routes && endpoint.kind() == Kind::Http)
        || (options.implicit_public && endpoint.kind() == Kind::Item)
}

fn lack(policy: &Policy, settings: &Settings, change: &Change) -> Option<Lack> {
    let rule = rule_of(change.kind);
    let level = settings.levels.of(rule, policy);
    let effect = effect_of(change, &settings.clients, &settings.effects);
    if effect != Effect::Breaking || level == Level::Allow {
        return None;
    }
    // The promise is withdrawn or will be, but the endpoint is served all the same.
    let served = matches!(
        change.kind,
        ChangeKind::EndpointUnpublished | ChangeKind::EndpointDestabilized | ChangeKind::EndpointRemovalAdvanced
    );
    Some(Lack {
        rule: rule.id,
        certain: level == Level::Deny && !served,
        endpoint: change.reaches.first().cloned().unwrap_or_default(),
        reaches: change.reaches.clone(),
        message: message(change),
        help: help(change),
        old: change.old.clone(),
        new: change.new.clone(),
    })
}

/// What a server answers to "which versions do you speak": `{"versions": […], "unstable_features": {…: true}}`.
impl Supported {
    /// Every origin is supported.
    #[must_use]
    pub fn all(&self) -> bool {
        self.asked.iter().all(|s| s.supported == Some(true))
    }
}

/// Is there anything to ask of these two sets?
#[must_use]
pub fn promises(old: &EndpointSet, new: &EndpointSet, options: &Options) -> bool {
    old.endpoints.iter().chain(&new.endpoints).any(|e| counts(e, options))
}
