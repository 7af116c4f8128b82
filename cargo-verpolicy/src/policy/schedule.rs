//! Plans of releases: was each announced in time, and is there one often enough? Expectations, not requirements.

use super::version::{Declared, Version, VersionError};
use super::{Audit, Policy};
use crate::model::Place;
use jiff::ToSpan as _;
use jiff::civil::Date;
use std::collections::BTreeSet;

/// What a project says of its coming releases, and how it stands.
#[derive(Clone, Copy, Debug)]
pub struct Schedule<'a> {
    /// The package that stands for all that are released together.
    pub package: &'a str,
    /// The policy that reads versions and says what is expected.
    pub policy: &'a Policy,
    /// `[[release-plan]]`
    pub announcements: &'a [Announcement],
    /// The versions that the baseline's plan expected, as written.
    pub stood: &'a BTreeSet<&'a str>,
    /// The version of the last release.
    pub released: Option<&'a str>,
    /// The day of the last release.
    pub released_on: Option<Date>,
    /// The version that the manifest says.
    pub current: Option<&'a str>,
    /// `--date`, or today in UTC.
    pub date: Date,
}

/// One `[[release-plan]]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Announcement {
    /// The version that is expected, as written.
    pub expected: String,
    /// The day on which the cutoff was told; `None` where it was not told yet.
    pub announced: Option<Date>,
    /// The last day for what is to be in the release.
    pub cutoff: Date,
    /// Where it is written, if known.
    pub place: Option<Place>,
}

/// What is wrong with a plan of releases; nothing where the policy expects nothing of one.
///
/// # Errors
/// A version that the policy cannot read.
pub fn schedule_audits(schedule: &Schedule<'_>) -> Result<Vec<Audit>, VersionError> {
    let scheme = &schedule.policy.scheme;
    let Some(expected) = schedule.policy.release_plan.as_ref() else { return Ok(Vec::new()) };
    let released = schedule.released.map(|text| scheme.parse(text)).transpose()?;
    let mut out = taken_back(schedule, released.as_ref());
    if schedule.announcements.is_empty() {
        return Ok(out);
    }
    let current = schedule.current.map(|text| scheme.parse(text)).transpose()?;
    let mut coming: Vec<(&Announcement, Version)> = Vec::new();
    for announcement in schedule.announcements {
        let version = scheme.parse_loose(&announcement.expected)?;
        if released.as_ref().is_none_or(|released| scheme.compare(&version, released).is_gt()) {
            coming.push((announcement, version));
        }
    }
    let audit = |rule, message: String, place: Option<Place>| {
        let mut audit = Audit::of_package(rule, schedule.package, format!("{message}: {}", expected.says));
        audit.at.clone_from(&message);
        audit.new = place;
        audit
    };
    let exempt = |version: &Version| {
        let declared = released.as_ref().map(|released| schedule.policy.declared(released, version));
        matches!(declared, Some(Declared::Bump(bump)) if expected.exempt.contains(&bump))
    };
    for (announcement, version) in coming.iter().filter(|(_, version)| !exempt(version)) {
        if let Some(message) = short_notice(schedule, expected.notice, announcement, &scheme.render(version)) {
            out.push(audit("release-notice-short", message, announcement.place.clone()));
        }
    }
    let making = current.filter(|current| {
        let after = released.as_ref().is_none_or(|released| scheme.compare(current, released).is_gt());
        after && !scheme.is_prerelease(current)
    });
    if let Some(version) = making.as_ref().filter(|version| !exempt(version)) {
        let shown = scheme.render(version);
        match coming.iter().find(|(_, planned)| scheme.compare(planned, version).is_eq()) {
            None => out.push(audit("release-notice-short", format!("{shown} was not announced"), None)),
            Some((announcement, _)) if schedule.date < announcement.cutoff => {
                let message = format!("{shown} is made before its cutoff, {}", announcement.cutoff);
                out.push(audit("release-notice-short", message, announcement.place.clone()));
            }
            Some(_) => {}
        }
    }
    let first = coming.iter().map(|(announcement, _)| announcement.cutoff).min();
    if let Some(message) = overdue(schedule, expected.every, first).filter(|_| making.is_none()) {
        out.push(audit("release-overdue", message, None));
    }
    Ok(out)
}

/// What the baseline announced, is not released yet, and is announced no more.
fn taken_back(schedule: &Schedule<'_>, released: Option<&Version>) -> Vec<Audit> {
    let scheme = &schedule.policy.scheme;
    let coming = |text: &&&str| {
        let version = scheme.parse_loose(text);
        version.is_ok_and(|version| released.is_none_or(|released| scheme.compare(&version, released).is_gt()))
    };
    let gone = schedule.stood.iter().filter(|text| schedule.announcements.iter().all(|a| a.expected != **text));
    let audit = |expected: &&str| {
        let message = format!("`release-plan` no longer names {expected}, which is not released yet");
        let mut audit = Audit::of_package("policy-changed", schedule.package, message);
        audit.at = format!("release-plan {expected}");
        audit
    };
    gone.filter(coming).map(audit).collect()
}

fn short_notice(
    schedule: &Schedule<'_>,
    months: Option<u16>,
    announcement: &Announcement,
    version: &str,
) -> Option<String> {
    let months = months?;
    let told = announcement.announced.filter(|day| *day <= schedule.date);
    let earliest = told.unwrap_or(schedule.date).checked_add(i64::from(months).months()).ok()?;
    if announcement.cutoff >= earliest {
        return None;
    }
    Some(match told {
        Some(day) => format!("{version} was announced on {day}, and its cutoff is {}", announcement.cutoff),
        None => format!("{version} is not announced yet, and its cutoff is {}", announcement.cutoff),
    })
}

fn overdue(schedule: &Schedule<'_>, months: Option<u16>, first: Option<Date>) -> Option<String> {
    let last = schedule.released_on?;
    let due = last.checked_add(i64::from(months?).months()).ok()?;
    let released = schedule.released.unwrap_or("the last release");
    if schedule.date > due {
        return Some(format!("{released} was released on {last}, and nothing since"));
    }
    let late = first.filter(|cutoff| *cutoff > due)?;
    Some(format!("{released} was released on {last}, and the next cutoff is {late}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::built_in;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    /// Rule and beginning of the message, from v1.2.0 released on 2025-12-01.
    fn said(policy: &str, current: &str, date: &str, plan: &[(&str, Option<&str>, &str)]) -> Vec<String> {
        let policy = built_in(policy).unwrap().unwrap();
        let announcements: Vec<Announcement> = plan
            .iter()
            .map(|(expected, announced, cutoff)| Announcement {
                expected: (*expected).to_owned(),
                announced: announced.map(day),
                cutoff: day(cutoff),
                place: None,
            })
            .collect();
        let schedule = Schedule {
            package: "p",
            policy: &policy,
            announcements: &announcements,
            stood: &BTreeSet::new(),
            released: Some("1.2.0"),
            released_on: Some(day("2025-12-01")),
            current: Some(current),
            date: day(date),
        };
        let audits = schedule_audits(&schedule).unwrap();
        audits.into_iter().map(|a| format!("{}: {}", a.rule, a.at)).collect()
    }

    #[test]
    fn notice() {
        let plan = |announced, cutoff| [("v1.3.0", announced, cutoff)];
        for (current, date, announced, cutoff, expected) in [
            // "the current suggestion is to give at least 2 months notice"
            ("1.2.0", "2026-03-01", Some("2026-02-01"), "2026-04-01", ""),
            ("1.2.0", "2026-03-01", Some("2026-02-01"), "2026-03-31", "v1.3.0 was announced on 2026-02-01"),
            ("1.2.0", "2026-03-01", None, "2026-04-30", "v1.3.0 is not announced yet"),
            ("1.2.0", "2026-03-01", Some("2026-03-20"), "2026-04-30", "v1.3.0 is not announced yet"),
            ("1.2.0", "2026-03-01", None, "2026-05-01", ""),
            // "The date advertised to the community is a cutoff date, not a release date."
            ("1.3.0", "2026-03-01", Some("2026-01-01"), "2026-03-10", "v1.3.0 is made before its cutoff"),
            ("1.3.0", "2026-03-10", Some("2026-01-01"), "2026-03-10", ""),
            ("1.4.0", "2026-03-10", Some("2026-01-01"), "2026-03-10", "v1.4.0 was not announced"),
            ("1.3.0-unstable", "2026-03-01", Some("2026-01-01"), "2026-03-10", ""),
            // "Patch releases do not require such notice and can happen whenever."
            ("1.2.1", "2026-03-01", Some("2026-01-01"), "2026-03-10", ""),
        ] {
            let found = said("matrix", current, date, &plan(announced, cutoff)).join("; ");
            assert_eq!(found.is_empty(), expected.is_empty(), "{current} {date} {announced:?}: {found}");
            assert!(found.contains(expected), "{current} {date} {announced:?}: {found}");
        }
        assert_eq!(said("matrix", "1.2.0", "2026-03-01", &[("v1.2.1", None, "2026-03-02")]), [""; 0]);
        assert_eq!(said("semver", "1.2.0", "2026-03-01", &[("1.3.0", None, "2026-03-02")]), [""; 0], "no expectation");
        assert_eq!(said("matrix", "1.3.0", "2027-03-01", &[]), [""; 0], "no plan is declared");
    }

    #[test]
    fn at_least_one_release_a_year() {
        let plan = [("v1.3.0", Some("2026-06-01"), "2026-11-01")];
        assert_eq!(said("matrix", "1.2.0", "2026-12-01", &plan), [""; 0]);
        let late = said("matrix", "1.2.0", "2026-12-02", &plan);
        assert_eq!(late, ["release-overdue: 1.2.0 was released on 2025-12-01, and nothing since"]);
        let far = said("matrix", "1.2.0", "2026-08-01", &[("v1.3.0", Some("2026-06-01"), "2026-12-02")]);
        assert_eq!(far, ["release-overdue: 1.2.0 was released on 2025-12-01, and the next cutoff is 2026-12-02"]);
        assert_eq!(said("matrix", "1.3.0", "2026-12-02", &plan), [""; 0], "it is being made");
    }
}
