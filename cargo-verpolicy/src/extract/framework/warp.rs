//! warp: its routes are filters, read by [`super::routers`].

use super::{Framework, Reading, Site, Surroundings};

pub(super) const ROW: Framework = Framework {
    id: "warp",
    summary: "`warp::path!(\"users\" / u64).and(warp::get()).and_then(h)`",
    docs: "Read: `path!`, `path`, `path::param`, `path::tail`, `path::end`, methods, `and`, `or`, `map`, `then`, \
           `and_then`, across functions and modules; what `query`, `body`, `header`, `cookie`, `multipart` and `ws` \
           take out of a request, with the types that the function behind them states; what that function or closure \
           answers, as far as its code says it (`reply::json`, `reply::with_status`, `redirect`); what \
           `#[utoipa::path]` on the handler says. A filter that is served and asks for neither path nor method answers \
           `/{*rest}`; so do the files of `fs::dir`, below their path, for `GET`.\n\nNot read: what `recover` answers, the headers of \
           `reply::with_header`. A filter that could not be read is a blind spot behind `or`, and an \
           opaque body behind `and`.",
    read,
};

fn read(_reading: &mut Reading<'_, '_>, _site: &Site<'_>, _surroundings: &Surroundings) {}
