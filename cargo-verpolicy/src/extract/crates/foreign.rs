//! Names of crates whose source is not at hand: the standard prelude, and where well-known re-exports lead.

use crate::package::Package;
use foldhash::HashMap;
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// The primitive types.
pub(crate) fn is_primitive(name: &str) -> bool {
    matches!(
        name,
        "bool"
            | "char"
            | "str"
            | "u8"
            | "u16"
            | "u32"
            | "u64"
            | "u128"
            | "usize"
            | "i8"
            | "i16"
            | "i32"
            | "i64"
            | "i128"
            | "isize"
            | "f16"
            | "f32"
            | "f64"
            | "f128"
    )
}

/// What the standard prelude's types, traits, functions and variants are called in full. Macros and derives are not
/// here: they keep their bare name.
pub(crate) fn prelude(name: &str, edition_2015: bool) -> Option<&'static str> {
    let newer = matches!(name, "TryFrom" | "TryInto" | "FromIterator" | "Future" | "IntoFuture");
    if newer && edition_2015 {
        return None;
    }
    static INDEX: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| PRELUDE.iter().copied().collect());
    INDEX.get(name).copied()
}

/// The path in full of a name of the newest prelude.
pub(crate) fn in_prelude(name: &str) -> Option<&'static str> {
    prelude(name, false)
}

const PRELUDE: &[(&str, &str)] = &[
    ("AsMut", "std::convert::AsMut"),
    ("AsRef", "std::convert::AsRef"),
    ("AsyncFn", "std::ops::AsyncFn"),
    ("AsyncFnMut", "std::ops::AsyncFnMut"),
    ("AsyncFnOnce", "std::ops::AsyncFnOnce"),
    ("Box", "std::boxed::Box"),
    ("Clone", "std::clone::Clone"),
    ("Copy", "std::marker::Copy"),
    ("Debug", "std::fmt::Debug"),
    ("Default", "std::default::Default"),
    ("DoubleEndedIterator", "std::iter::DoubleEndedIterator"),
    ("Drop", "std::ops::Drop"),
    ("Eq", "std::cmp::Eq"),
    ("Err", "std::result::Result::Err"),
    ("ExactSizeIterator", "std::iter::ExactSizeIterator"),
    ("Extend", "std::iter::Extend"),
    ("Fn", "std::ops::Fn"),
    ("FnMut", "std::ops::FnMut"),
    ("FnOnce", "std::ops::FnOnce"),
    ("From", "std::convert::From"),
    ("FromIterator", "std::iter::FromIterator"),
    ("Future", "std::future::Future"),
    ("Hash", "std::hash::Hash"),
    ("Into", "std::convert::Into"),
    ("IntoFuture", "std::future::IntoFuture"),
    ("IntoIterator", "std::iter::IntoIterator"),
    ("Iterator", "std::iter::Iterator"),
    ("None", "std::option::Option::None"),
    ("Ok", "std::result::Result::Ok"),
    ("Option", "std::option::Option"),
    ("Ord", "std::cmp::Ord"),
    ("PartialEq", "std::cmp::PartialEq"),
    ("PartialOrd", "std::cmp::PartialOrd"),
    ("Result", "std::result::Result"),
    ("Send", "std::marker::Send"),
    ("Sized", "std::marker::Sized"),
    ("Some", "std::option::Option::Some"),
    ("String", "std::string::String"),
    ("Sync", "std::marker::Sync"),
    ("ToOwned", "std::borrow::ToOwned"),
    ("ToString", "std::string::ToString"),
    ("TryFrom", "std::convert::TryFrom"),
    ("TryInto", "std::convert::TryInto"),
    ("Unpin", "std::marker::Unpin"),
    ("Vec", "std::vec::Vec"),
    ("drop", "std::mem::drop"),
];

/// The canonical spelling of a path into another crate: where the crate itself re-exports the item.
pub(crate) fn canonical(path: &str) -> String {
    let mut path = Cow::Borrowed(path);
    // Two steps suffice: a facade leads to a crate, the crate's module to the item.
    for _ in 0..3 {
        match step(&path) {
            Some(next) => path = Cow::Owned(next),
            None => break,
        }
    }
    path.into_owned()
}

/// What the path leads to, one step nearer; `None` where it leads nowhere else.
fn step(path: &str) -> Option<String> {
    static INDEX: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| ITEMS.iter().copied().collect());
    if let Some(full) = INDEX.get(path) {
        return Some((*full).to_owned());
    }
    for (from, to) in PREFIXES {
        if let Some(rest) = path.strip_prefix(from) {
            return Some(format!("{to}{rest}"));
        }
    }
    for prelude_path in ["std::prelude::v1::", "std::prelude::rust_2021::", "std::prelude::rust_2024::"] {
        if let Some(name) = path.strip_prefix(prelude_path)
            && let Some(full) = prelude(name, false)
        {
            return Some(full.to_owned());
        }
    }
    None
}

/// Modules that another module (or crate) re-exports whole.
const PREFIXES: &[(&str, &str)] = &[
    ("core::", "std::"),
    ("alloc::", "std::"),
    ("std::io::prelude::", "std::io::"),
    ("std::os::raw::", "std::ffi::"),
    ("std::os::hermit::io::", "std::os::fd::"),
    ("std::os::unix::io::", "std::os::fd::"),
    ("std::os::wasi::io::", "std::os::fd::"),
    ("std::collections::hash_map::HashMap", "std::collections::HashMap"),
    ("std::collections::hash_set::HashSet", "std::collections::HashSet"),
    ("std::collections::btree_map::BTreeMap", "std::collections::BTreeMap"),
    ("std::collections::btree_set::BTreeSet", "std::collections::BTreeSet"),
    ("std::collections::vec_deque::", "std::collections::"),
    ("std::collections::linked_list::", "std::collections::"),
    ("std::collections::binary_heap::", "std::collections::"),
    ("std::error::Error::", "std::error::Error::"),
    ("serde_derive::", "serde::"),
    ("serde_core::", "serde::"),
    ("serde::ser::Serialize", "serde::Serialize"),
    ("serde::de::Deserialize", "serde::Deserialize"),
    ("rocket::serde::Serialize", "serde::Serialize"),
    ("rocket::serde::Deserialize", "serde::Deserialize"),
    ("actix_web_codegen::", "actix_web::"),
    ("axum_macros::", "axum::"),
    ("diesel::prelude::", "diesel::"),
    ("dropshot_endpoint::", "dropshot::"),
    ("poem_openapi_derive::", "poem_openapi::"),
    ("rocket_codegen::", "rocket::"),
    ("rocket_okapi_codegen::", "rocket_okapi::"),
    ("salvo_macros::", "salvo::"),
    ("salvo_oapi_macros::", "salvo::oapi::"),
    ("sea_orm::entity::prelude::", "sea_orm::prelude::"),
    ("sqlx::types::chrono::", "chrono::"),
    ("sqlx::types::time::", "time::"),
    ("sqlx::types::uuid::", "uuid::"),
    ("schemars_derive::", "schemars::"),
    ("thiserror_impl::", "thiserror::"),
    ("tokio_macros::", "tokio::"),
    ("utoipa_gen::", "utoipa::"),
    ("utoipauto_macro::", "utoipauto::"),
];

/// Single items that live elsewhere.
const ITEMS: &[(&str, &str)] = &[
    ("axum_core::extract::FromRequest", "axum::extract::FromRequest"),
    ("axum_core::extract::FromRequestParts", "axum::extract::FromRequestParts"),
    ("axum_core::response::IntoResponse", "axum::response::IntoResponse"),
    ("axum::extract::Json", "axum::Json"),
    ("axum::extract::Extension", "axum::Extension"),
    ("axum::extract::Form", "axum::Form"),
    ("axum::response::Json", "axum::Json"),
    ("axum::json::Json", "axum::Json"),
    ("axum::form::Form", "axum::Form"),
    ("axum::extract::path::Path", "axum::extract::Path"),
    ("axum::extract::query::Query", "axum::extract::Query"),
    ("chrono::naive::NaiveDate", "chrono::NaiveDate"),
    ("chrono::naive::NaiveDateTime", "chrono::NaiveDateTime"),
    ("chrono::offset::Utc", "chrono::Utc"),
    ("chrono::prelude::DateTime", "chrono::DateTime"),
    ("chrono::prelude::NaiveDate", "chrono::NaiveDate"),
    ("chrono::prelude::NaiveDateTime", "chrono::NaiveDateTime"),
    ("chrono::prelude::Utc", "chrono::Utc"),
    ("loco_rs::controller::Json", "axum::Json"),
    ("loco_rs::prelude::DateTime", "chrono::NaiveDateTime"),
    ("loco_rs::prelude::Date", "chrono::NaiveDate"),
    ("loco_rs::prelude::DateTimeUtc", "chrono::DateTime"),
    ("loco_rs::prelude::DateTimeWithTimeZone", "chrono::DateTime"),
    ("loco_rs::prelude::Decimal", "rust_decimal::Decimal"),
    ("loco_rs::prelude::Form", "axum::Form"),
    ("loco_rs::prelude::IntoResponse", "axum::response::IntoResponse"),
    ("loco_rs::prelude::Json", "axum::Json"),
    ("loco_rs::prelude::Path", "axum::extract::Path"),
    ("loco_rs::prelude::Query", "axum::extract::Query"),
    ("loco_rs::prelude::Response", "axum::response::Response"),
    ("loco_rs::prelude::State", "axum::extract::State"),
    ("loco_rs::prelude::Uuid", "uuid::Uuid"),
    ("sea_orm::JsonValue", "serde_json::Value"),
    ("sea_orm::prelude::BigDecimal", "bigdecimal::BigDecimal"),
    ("sea_orm::prelude::ChronoDate", "chrono::NaiveDate"),
    ("sea_orm::prelude::ChronoDateTime", "chrono::NaiveDateTime"),
    ("sea_orm::prelude::ChronoDateTimeLocal", "chrono::DateTime"),
    ("sea_orm::prelude::ChronoDateTimeUtc", "chrono::DateTime"),
    ("sea_orm::prelude::ChronoDateTimeWithTimeZone", "chrono::DateTime"),
    ("sea_orm::prelude::ChronoTime", "chrono::NaiveTime"),
    ("sea_orm::prelude::Date", "chrono::NaiveDate"),
    ("sea_orm::prelude::DateTime", "chrono::NaiveDateTime"),
    ("sea_orm::prelude::DateTimeLocal", "chrono::DateTime"),
    ("sea_orm::prelude::DateTimeUtc", "chrono::DateTime"),
    ("sea_orm::prelude::DateTimeWithTimeZone", "chrono::DateTime"),
    ("sea_orm::prelude::Decimal", "rust_decimal::Decimal"),
    ("sea_orm::prelude::Json", "serde_json::Value"),
    ("sea_orm::prelude::Time", "chrono::NaiveTime"),
    ("sea_orm::prelude::TimeDate", "time::Date"),
    ("sea_orm::prelude::TimeDateTime", "time::PrimitiveDateTime"),
    ("sea_orm::prelude::TimeDateTimeWithTimeZone", "time::OffsetDateTime"),
    ("sea_orm::prelude::TimeTime", "time::Time"),
    ("sea_orm::prelude::Uuid", "uuid::Uuid"),
    ("futures_core::Future", "std::future::Future"),
    ("futures_core::future::Future", "std::future::Future"),
    ("futures_core::stream::Stream", "futures_core::Stream"),
    ("futures_util::Future", "std::future::Future"),
    ("futures_util::future::Future", "std::future::Future"),
    ("futures_util::Stream", "futures_core::Stream"),
    ("futures_util::stream::Stream", "futures_core::Stream"),
    ("serde::de::StdError", "std::error::Error"),
    ("serde::ser::StdError", "std::error::Error"),
    ("serde_json::value::Value", "serde_json::Value"),
    ("serde_json::map::Map", "serde_json::Map"),
    ("serde_json::value::Map", "serde_json::Map"),
    ("serde_json::value::RawValue", "serde_json::value::RawValue"),
    ("std::os::unix::prelude::AsFd", "std::os::fd::AsFd"),
    ("std::os::unix::prelude::AsRawFd", "std::os::fd::AsRawFd"),
    ("std::os::unix::prelude::BorrowedFd", "std::os::fd::BorrowedFd"),
    ("std::os::unix::prelude::FromRawFd", "std::os::fd::FromRawFd"),
    ("std::os::unix::prelude::IntoRawFd", "std::os::fd::IntoRawFd"),
    ("std::os::unix::prelude::OwnedFd", "std::os::fd::OwnedFd"),
    ("std::os::unix::prelude::RawFd", "std::os::fd::RawFd"),
    ("std::fmt::macros::Debug", "std::fmt::Debug"),
    ("std::option::None", "std::option::Option::None"),
    ("std::option::Some", "std::option::Option::Some"),
    ("std::rc::Rc", "std::rc::Rc"),
    ("std::result::Ok", "std::result::Result::Ok"),
    ("std::result::Err", "std::result::Result::Err"),
    ("std::sync::poison::Mutex", "std::sync::Mutex"),
    ("tokio::time::Duration", "std::time::Duration"),
    ("web_time::Duration", "std::time::Duration"),
    ("indexmap::map::IndexMap", "indexmap::IndexMap"),
    ("indexmap::set::IndexSet", "indexmap::IndexSet"),
    ("uuid::fmt::Uuid", "uuid::Uuid"),
];

/// Web frameworks and their parts, which the FRAMEWORKS table knows by the names of their items. Where a package depends on
/// a copy of one inside the tree (vendored, forked, or the framework's own repository), its names stay these names.
const BY_NAME: &[&str] = &[
    "actix_files",
    "actix_http",
    "actix_multipart",
    "actix_multipart_derive",
    "actix_router",
    "actix_web",
    "actix_web_actors",
    "actix_web_codegen",
    "aide",
    "aide_macros",
    "axum",
    "axum_core",
    "axum_extra",
    "axum_macros",
    "dropshot",
    "dropshot_endpoint",
    "poem",
    "poem_derive",
    "poem_openapi",
    "poem_openapi_derive",
    "rocket",
    "rocket_codegen",
    "rocket_db_pools",
    "rocket_dyn_templates",
    "rocket_http",
    "rocket_okapi",
    "rocket_okapi_codegen",
    "rocket_sync_db_pools",
    "rocket_ws",
    "salvo",
    "salvo_core",
    "salvo_extra",
    "salvo_macros",
    "salvo_oapi",
    "salvo_oapi_macros",
    "utoipa",
    "utoipa_actix_web",
    "utoipa_axum",
    "utoipa_gen",
    "warp",
];

/// Frameworks with names that a project may give a library of its own as well: the packages that they are made of, and
/// names that stand at their roots.
const TELLING: &[(&str, &[&str], &[&str])] = &[
    ("actix_web", &["actix-http", "actix-router", "actix-server"], &["App", "HttpServer"]),
    ("aide", &["aide-macros"], &["openapi", "transform"]),
    ("axum", &["axum-core"], &["Router", "routing"]),
    ("dropshot", &["dropshot_endpoint"], &["ApiDescription"]),
    ("poem", &["poem-derive"], &["Route", "Endpoint"]),
    ("poem_openapi", &["poem-openapi-derive"], &["OpenApi", "payload"]),
    ("rocket", &["rocket_codegen", "rocket_http"], &["Rocket", "Route"]),
    ("salvo", &["salvo_core"], &["prelude", "Router"]),
    ("utoipa", &["utoipa-gen"], &["ToSchema"]),
    ("warp", &["warp-macros"], &["Filter"]),
];

/// Is this package one that is known by the names of its items, whether or not its source is in the tree? By its own name,
/// and where a project may call a library of its own so, by its manifest or what stands in its root file.
pub(super) fn is_known_by_name(package: &Package, root: impl FnOnce() -> Option<String>) -> bool {
    let library = package.name.replace('-', "_");
    if BY_NAME.binary_search(&library.as_str()).is_err() {
        return false;
    }
    let Some((_, parts, names)) = TELLING.iter().find(|(name, ..)| *name == library) else { return true };
    package.dependencies.values().any(|dependency| parts.contains(&dependency.package.as_str()))
        || root().is_none_or(|text| {
            let words: BTreeSet<&str> = text.split(|c: char| !c.is_alphanumeric() && c != '_').collect();
            names.iter().all(|name| words.contains(name))
        })
}

/// The library behind a package where the two are called differently.
pub(crate) fn library_name(package: &str) -> &str {
    match package {
        // The latter by packages that the standard library itself depends on.
        "core" | "alloc" | "rustc_std_workspace_core" | "rustc_std_workspace_alloc" | "rustc_std_workspace_std" => {
            "std"
        }
        "md_5" => "md5",
        "sha_1" => "sha1",
        "rust_crypto" => "crypto",
        "serde_yaml_ng" => "serde_yaml_ng",
        "rust_ini" => "ini",
        "rustc_serialize" => "rustc_serialize",
        "proc_macro2_diagnostics" => "proc_macro2_diagnostics",
        other => other,
    }
}

/// Is the name in another crate a macro and nothing else? Its import hides no crate of that name.
pub(crate) fn is_macro(krate: &str, name: &str) -> bool {
    match krate {
        "versioning_macros" => name == "api",
        "derive_more" => true,
        "log" | "tracing" => matches!(name, "debug" | "error" | "info" | "trace" | "warn"),
        _ => false,
    }
}

/// Macros that `#[macro_use] extern crate` brings in without a path.
pub(crate) fn macro_use_binds(krate: &str, name: &str) -> bool {
    match krate {
        "log" => matches!(name, "debug" | "error" | "info" | "log" | "trace" | "warn"),
        "lazy_static" => name == "lazy_static",
        "bitflags" => name == "bitflags",
        "serde_json" => name == "json",
        "versioning_macros" => name == "api",
        "newtype_derive" => name.starts_with("Newtype"),
        _ => super::globs::glob_binds(krate, name),
    }
}

#[cfg(test)]
mod tests {
    use super::{BY_NAME, TELLING};

    #[test]
    fn frameworks_are_found_by_name() {
        assert!(BY_NAME.is_sorted(), "what is searched by halves stands in order");
        assert!(TELLING.iter().all(|(name, ..)| BY_NAME.contains(name)));
    }
}
