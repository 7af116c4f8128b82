//! Ruma.

use super::{Framework, Reading, Site, Surroundings};

pub(super) const ROW: Framework = Framework { id: "ruma", summary: "", docs: "", read };

fn read(_reading: &mut Reading<'_, '_>, _site: &Site<'_>, _surroundings: &Surroundings) {}
