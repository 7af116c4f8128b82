//! Attribute macros: which of them leave an item what it is.

use super::{Crates, ModuleId};
use crate::model::Condition;
use crate::syntax::facts::Attr;

impl Crates {
    /// The first of these attributes that may make something else of the item, with its canonical path: an attribute
    /// macro that neither this table, nor `[macros]`, nor Rust knows. A bare name that nothing imports is the helper of
    /// a derive where the item has one.
    pub(crate) fn unknown_attribute<'i>(&self, module: ModuleId, attrs: &'i [Attr]) -> Option<(&'i Attr, String)> {
        self.unknown_attributes(module, attrs).next()
    }

    /// All of them.
    pub(super) fn unknown_attributes<'i>(
        &self,
        module: ModuleId,
        attrs: &'i [Attr],
    ) -> impl Iterator<Item = (&'i Attr, String)> {
        let derives = attrs.iter().any(|attr| matches!(attr.path.as_slice(), [name] if name == "derive"));
        let there = move |attr: &&Attr| self.given(module, &attr.condition) != Condition::Never;
        // The call has a blind spot of its own.
        attrs.iter().filter(there).filter(|attr| attr.guessed_of().is_none()).filter_map(move |attr| {
            let path = self.macro_path(module, &attr.path);
            let is_helper = derives && !path.contains("::");
            let written = attr.path.join("::");
            let known = is_helper || leaves_alone(&path) || self.said_macros.contains(&path);
            (!known && !self.said_macros.contains(&written)).then_some((attr, path))
        })
    }

    /// The same, of modules around a module: `#[scoped] mod api { … }`.
    pub(crate) fn unknown_attribute_around(&self, module: ModuleId) -> Option<(ModuleId, &Attr, String)> {
        let mut at = module;
        while let Some((outer, declaration)) = self.parent_of(at) {
            if let Some((attr, path)) = self.unknown_attribute(outer, &declaration.attrs) {
                return Some((outer, attr, path));
            }
            at = outer;
        }
        None
    }
}

/// Does the attribute with this canonical path leave items what they are, or does a framework's row read it?
fn leaves_alone(path: &str) -> bool {
    match path.split_once("::") {
        None => WORDS.contains(&path) || ATTRIBUTES.iter().any(|known| known.rsplit("::").next() == Some(path)),
        Some((krate, _)) => CRATES.contains(&krate) || ATTRIBUTES.contains(&path),
    }
}

/// Rust's own.
const WORDS: &[&str] = &[
    "allow",
    "api",
    "automatically_derived",
    "bench",
    "cfg",
    "cfg_attr",
    "cold",
    "coverage",
    "default",
    "deny",
    "deprecated",
    "derive",
    "doc",
    "expect",
    "export_name",
    "forbid",
    "global_allocator",
    "ignore",
    "inline",
    "link",
    "link_name",
    "link_section",
    "macro_export",
    "macro_use",
    "must_use",
    "no_mangle",
    "non_exhaustive",
    "optimize",
    "panic_handler",
    "path",
    "proc_macro",
    "proc_macro_attribute",
    "proc_macro_derive",
    "repr",
    "should_panic",
    "stable",
    "target_feature",
    "test",
    "track_caller",
    "unsafe",
    "unstable",
    "used",
    "warn",
];

/// Tools, the frameworks (their rows read what is theirs), and crates none of whose attributes changes what an item
/// serves or how it travels.
const CRATES: &[&str] = &[
    "actix",
    "actix_rt",
    "actix_web",
    "aide",
    "async_recursion",
    "async_trait",
    "auto_impl",
    "axum",
    "axum_extra",
    "axum_macros",
    "builtin",
    "cached",
    "clippy",
    "core",
    "diagnostic",
    "diesel",
    "dropshot",
    "dropshot_endpoint",
    "enum_dispatch",
    "fastrace",
    "hotpath",
    "minitrace",
    "miri",
    "mockall",
    "poem",
    "poem_openapi",
    "rocket",
    "rocket_okapi",
    "rstest",
    "ruma",
    "ruma_api",
    "ruma_api_macros",
    "ruma_common",
    "ruma_events",
    "ruma_macros",
    "rust_analyzer",
    "rustfmt",
    "salvo",
    "salvo_core",
    "salvo_macros",
    "salvo_oapi",
    "serial_test",
    "sqlx",
    "stability",
    "std",
    "tarpaulin",
    "test_log",
    "tokio",
    "tonic",
    "tracing",
    "tracing_attributes",
    "utoipa",
    "utoipa_axum",
    "versioning_macros",
    "warp",
];

/// Single ones, also by their name alone where nothing says whence it comes.
const ATTRIBUTES: &[&str] = &[
    "actix_web::delete",
    "actix_web::get",
    "actix_web::head",
    "actix_web::options",
    "actix_web::patch",
    "actix_web::post",
    "actix_web::put",
    "actix_web::route",
    "actix_web::routes",
    "actix_web::scope",
    "async_trait::async_trait",
    "axum_macros::debug_handler",
    "bon::bon",
    "bon::builder",
    "derive_more::derive",
    "dropshot::api_description",
    "dropshot::channel",
    "dropshot::endpoint",
    "getset::getset",
    "nutype::nutype",
    "pin_project::pin_project",
    "poem::handler",
    "poem_openapi::OpenApi",
    "poem_openapi::oai",
    "rocket::catch",
    "rocket_okapi::openapi",
    "salvo::endpoint",
    "salvo::handler",
    "serde_with::serde_as",
    "serde_with::skip_serializing_none",
    "tracing::instrument",
];
