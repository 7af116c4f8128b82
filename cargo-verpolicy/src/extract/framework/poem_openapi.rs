//! poem-openapi.

use super::{Framework, Reading, Site, Surroundings};
use crate::extract::crates::{Crates, ModuleId};
use crate::syntax::facts::Path;

pub(super) const ROW: Framework = Framework { id: "poem-openapi", summary: "", docs: "", read };

fn read(_reading: &mut Reading<'_, '_>, _site: &Site<'_>, _surroundings: &Surroundings) {}

pub(super) fn type_path(_crates: &Crates, _module: ModuleId, _path: &Path) -> Option<String> {
    None
}
