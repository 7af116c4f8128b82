//! poem without its OpenAPI attributes: its routes stand in `Route` calls, read by [`super::routers`].

use super::{Framework, Reading, Site, Surroundings};

pub(super) const ROW: Framework = Framework {
    id: "poem",
    summary: "`Route::new().at(\"/users/:id\", get(h)).nest(…)`",
    docs: "Read: `at`, `nest`, `nest_no_strip`, method routers, handlers nested as \
           they are, across functions and modules; folders of files as `GET …/{*rest}`; layers (`with`, `around`) by their code.\n\nNot read: endpoints that are values or \
           services; `OpenApiService` is read by the row of `poem-openapi`.",
    read,
};

fn read(_reading: &mut Reading<'_, '_>, _site: &Site<'_>, _surroundings: &Surroundings) {}
