//! axum has no attributes: its routes stand in router calls ([`super::routers`]) or in marks. This row describes how they
//! and their handlers are read (see [`super::handler`]).

use super::{Framework, Reading, Site, Surroundings};

pub(super) const ROW: Framework = Framework {
    id: "axum",
    summary: "`Router::new().route(\"/users/{id}\", get(h))`, and handlers whose route a mark states",
    docs: "Read: `Path`, `Query`, `Json`, `Form`, `TypedHeader`, `Multipart`, bodies, `Option` and `Result` around \
           them, tuples, own extractors that derive `FromRequest` or `FromRequestParts` with `via`, the extractors of \
           `axum-extra`, `axum-valid`, `serde_qs`, `aide`; `Json`, `(StatusCode, Json)`, `Html`, `Redirect`, `Result` \
           as answers. Routes that stand only in code: \
           `Router` and `MethodRouter` calls of axum, `axum-extra`, aide and `utoipa-axum`, composed across functions, \
           methods, modules and crates; loops over literal tables; branches (`cfg` or, known only at run time, `runtime` \
           as the condition); axum-extra's `Resource`; loco's `Routes` and `AppRoutes`. Layers are compared by their \
           code or their literal arguments; what they do is not read. `ServeDir` is \
           `GET …/{*rest}`, `ServeFile` its path.\n\nNot read: hand-written `FromRequest` (add a line to `[extractors]`), `impl \
           IntoResponse` (state `responses(…)`), what nested services serve, paths computed at run time: these are blind \
           spots. Fallbacks are no routes; one that reads what it is sent is a blind spot.",
    read,
};

fn read(_reading: &mut Reading<'_, '_>, _site: &Site<'_>, _surroundings: &Surroundings) {}
