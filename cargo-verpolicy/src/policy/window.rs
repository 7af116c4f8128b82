//! The deprecation window: how many months after the release that deprecated it an endpoint may go
//! (`[deprecation] months`).

use super::Policy;
use super::bump::Bumps;
use super::case::{Case, Given};
use super::file::NumberKind;
use super::version::Version;
use crate::model::{Endpoint, EndpointSet};
use jiff::ToSpan;
use jiff::civil::Date;
use std::collections::BTreeSet;

/// The releases at hand that tell when an endpoint was deprecated, and the day of the release under judgement.
pub(super) struct Window<'a> {
    /// 0 where the policy asks for no time.
    months: u32,
    /// In order; the baseline is one of them.
    releases: Vec<Release<'a>>,
    /// The day of the release in preparation: never later than the day of judgement.
    today: Date,
}

struct Release<'a> {
    version: String,
    day: Option<Date>,
    set: &'a EndpointSet,
}

impl<'a> Window<'a> {
    pub(super) fn new(case: &Case<'a>, old: Given<'a>, bumps: &Bumps<'_>) -> Self {
        let policy = case.policy;
        let mut out = Self { months: policy.deprecation.months, releases: Vec::new(), today: case.date };
        if out.months == 0 {
            return out;
        }
        let day = |version: &Version| {
            policy.scheme.day(version).or_else(|| case.dates.get(&policy.scheme.render(version)).copied())
        };
        // What only leads to a release is released on the day of judgement at the earliest.
        let released = bumps.in_preparation.first().filter(|_| bumps.declared.is_some()).and_then(day);
        out.today = released.map_or(case.date, |day| day.min(case.date));
        let named = case.releases.iter().filter_map(|(text, set)| Some((policy.scheme.parse(text).ok()?, set)));
        let baseline = bumps.from.clone().map(|version| (version, old.set));
        let mut known: Vec<(Version, &EndpointSet)> = named.chain(baseline).collect();
        known.sort_by(|a, b| policy.scheme.compare(&a.0, &b.0));
        out.releases = known
            .into_iter()
            .map(|(version, set)| Release { day: day(&version), version: policy.scheme.render(&version), set })
            .collect();
        out
    }

    /// Why a deprecated endpoint has to stay: `None` where it may go.
    pub(super) fn closed(&self, endpoint: &Endpoint) -> Option<String> {
        if self.months == 0 || endpoint.lifetime.deprecated.is_none() {
            return None;
        }
        let identity = endpoint.identity();
        let deprecates = |set: &EndpointSet| {
            set.endpoints.iter().any(|e| e.identity() == identity && e.lifetime.deprecated.is_some())
        };
        // A mark may name any release: only one that is at hand and deprecates counts.
        let first = self.releases.iter().find(|release| deprecates(release.set))?;
        let Some(day) = first.day else {
            return Some(format!(
                "keep it until the day of {} is known: fetch its tag, for {} months have to pass",
                first.version, self.months
            ));
        };
        let opens = day.checked_add(i64::from(self.months).months()).unwrap_or(Date::MAX);
        (self.today < opens).then(|| {
            format!(
                "keep it until {opens}: {} deprecated it on {day}, and {} months have to pass",
                first.version, self.months
            )
        })
    }
}

/// The releases in which marks say that what is gone was deprecated: [`judge`](super::judge::judge) wants to see them
/// where the policy asks for time to pass since.
#[must_use]
pub fn deprecating_releases(policy: &Policy, old: &EndpointSet, new: &EndpointSet) -> BTreeSet<String> {
    if policy.deprecation.months == 0 {
        return BTreeSet::new();
    }
    let stays: BTreeSet<String> = new.endpoints.iter().map(Endpoint::identity).collect();
    let gone = old.endpoints.iter().filter(|e| !stays.contains(&e.identity()));
    gone.filter_map(|e| Some(e.lifetime.deprecated.as_ref()?.version.clone())).filter(|v| !v.is_empty()).collect()
}

impl super::version::Scheme {
    /// The day that a version names: by a date, or by year, month and day; the first where it names none.
    #[must_use]
    pub fn day(&self, version: &Version) -> Option<Date> {
        let number = |kind: NumberKind| {
            let index = self.numbers.iter().position(|n| n.kind == kind)?;
            version.numbers.get(index).copied()
        };
        if let Some(day) = number(NumberKind::Date) {
            return super::version::civil(day);
        }
        let year = number(NumberKind::Year)?;
        let part = |kind| number(kind).unwrap_or(1);
        super::version::civil(year.checked_mul(10_000)? + part(NumberKind::Month) * 100 + part(NumberKind::Day))
    }
}
