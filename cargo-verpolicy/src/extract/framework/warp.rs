//! warp: its routes are filters, read by [`super::routers`].

use super::{Framework, Reading, Site, Surroundings};

pub(super) const ROW: Framework = Framework {
    id: "warp",
    summary: "`warp::path!(\"users\" / u64).and(warp::get()).and_then(h)`",
    docs: "Read: `path!`, `path`, `path::param`, `path::tail`, methods, `and`, `or`, `map`, `then`, `and_then`, across \
           functions and modules; what `#[utoipa::path]` on the handler says.\n\nNot read: what filters extract and \
           answer (state `request` and `responses(…)` in the mark); a filter behind `or` that could not be read is a \
           blind spot.",
    read,
};

fn read(_reading: &mut Reading<'_, '_>, _site: &Site<'_>, _surroundings: &Surroundings) {}
