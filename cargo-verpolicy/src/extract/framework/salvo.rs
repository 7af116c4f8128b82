//! salvo: its routes stand in `Router` trees, read by [`super::routers`].

use super::{Framework, Reading, Site, Surroundings};

pub(super) const ROW: Framework = Framework {
    id: "salvo",
    summary: "`Router::with_path(\"users\").get(h).push(…)`",
    docs: "Read: `with_path`, `path`, `push`, `append`, `then`, the methods, `goal`, across functions and modules.\n\nNot \
           read: filters other than paths, handlers that are types, what `#[endpoint(…)]` adds to the signature.",
    read,
};

fn read(_reading: &mut Reading<'_, '_>, _site: &Site<'_>, _surroundings: &Surroundings) {}
