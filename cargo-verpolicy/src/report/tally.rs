//! What a report counts.

use super::Weight;
use crate::policy::{PackageReport, Report};

/// Findings by weight, and how much was seen.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Tally {
    /// Findings that refuse the release.
    pub refused: usize,
    /// Findings at `warn`.
    pub warnings: usize,
    /// Changes that the policy allows.
    pub changes: usize,
    /// Endpoints that count, on the current side.
    pub endpoints: usize,
    /// Those of them that carry a mark.
    pub marked: usize,
    /// Opaque parts on the current side.
    pub opaque: usize,
    /// Blind spots of both sides.
    pub blind_spots: usize,
}

impl Tally {
    /// Of a whole run.
    pub(super) fn of(report: &Report) -> Self {
        report.packages.iter().fold(Self::default(), |sum, package| {
            let one = Self::of_package(package);
            Self {
                refused: sum.refused + one.refused,
                warnings: sum.warnings + one.warnings,
                changes: sum.changes + one.changes,
                endpoints: sum.endpoints + one.endpoints,
                marked: sum.marked + one.marked,
                opaque: sum.opaque + one.opaque,
                blind_spots: sum.blind_spots + one.blind_spots,
            }
        })
    }

    /// Of one package.
    pub(super) fn of_package(package: &PackageReport) -> Self {
        let count = |weight: Weight| package.findings.iter().filter(|f| Weight::of(f) == weight).count();
        Self {
            refused: count(Weight::Refused),
            warnings: count(Weight::Warning),
            changes: count(Weight::Change),
            endpoints: package.current.endpoints,
            marked: package.current.marked,
            opaque: package.opaque,
            blind_spots: package.blind_spots.len(),
        }
    }
}

/// How much was seen in a whole run: endpoints, marked ones, opaque parts, blind spots; `None` where all of it was seen.
#[must_use]
pub fn coverage_of_report(report: &Report) -> Option<String> {
    let Tally { endpoints, marked, opaque, blind_spots, .. } = Tally::of(report);
    (opaque + blind_spots > 0).then(|| super::list::coverage([endpoints, marked, opaque, blind_spots]))
}
