//! Macros of other crates that are called in item position, and what such a call holds.

/// What a call of a macro holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CallReading {
    /// Nothing that matters here: no types that travel, no endpoints.
    Nothing,
    /// Its tokens are items, and what moves freely is every field of them that does not say `#[pin]`.
    Pinned,
    /// Its tokens are items once `[<…>]` is joined.
    Pasted,
    /// Items behind conditions: `cfg_if!`, `cfg_select!`.
    Conditional,
    /// What this `macro_rules!` makes of it: what the macro is known to add, and no more.
    Adds(&'static str),
    /// Types or clients, no endpoints; what they are is not known.
    Types,
    /// A framework's own words; its row reads them.
    Framework,
    /// Ruma's `request: { … }` and `response: { … }`, structs without their names; its row reads the rest.
    Exchange,
    /// Text of another file.
    Include,
}

/// How a call of a well-known macro is read: by its canonical path, by its name alone where nothing says whence the
/// macro comes.
pub(crate) fn known(path: &str) -> Option<CallReading> {
    let bare = !path.contains("::");
    KNOWN
        .iter()
        .find(|(known, _)| *known == path || (bare && known.rsplit("::").next() == Some(path)))
        .map(|(_, reading)| *reading)
        .or_else(|| {
            let (krate, _) = path.split_once("::")?;
            WHOLE_CRATES.contains(&krate).then_some(CallReading::Nothing)
        })
}

/// Crates none of whose macros makes items that matter.
const WHOLE_CRATES: &[&str] = &[
    "criterion",
    "divan",
    "insta",
    "inventory",
    "log",
    "newtype_derive",
    "proptest",
    "quickcheck",
    "static_assertions",
    "syn",
    "tango_bench",
    "tracing",
    // Glue for other languages.
    "uniffi",
];

use CallReading::{Adds, Conditional, Exchange, Framework, Include, Nothing, Pasted, Pinned, Types};

/// A type whose representation is its crate's own affair (how it travels depends on that crate's version), its
/// constants, and its bits.
const BITFLAGS: &str = "($($(#[$m:meta])* $v:vis struct $n:ident: $t:ty {
        $($(#[$($c:tt)*])* const $k:ident = $e:expr;)*
    })*) => {$(
        $(#[$m])* $v struct $n(::bitflags::Bits<$t>);
        impl $n {
            $($(#[$($c)*])* pub const $k: Self = Self::from_bits_retain($e);)*
            pub const fn bits(&self) -> $t { self.0.bits() }
        }
    )*}";

/// A module whose constant the `flatten` beside it reads.
const WITH_PREFIX: &str = "($v:vis $n:ident $p:expr) => { $v mod $n { pub const __PREFIX: &str = $p; } }";
const WITH_SUFFIX: &str = "($v:vis $n:ident $p:expr) => { $v mod $n { pub const __SUFFIX: &str = $p; } }";

/// Text in a format; the same or nothing in the module `option`.
const FORMAT_DESCRIPTION: &str = "(mod $n:ident $([$($v:tt)*])?, $t:ident, $f:expr) => { pub mod $n {
        pub fn serialize(value: &T, serializer: S) { $f; serializer.serialize_str(value) }
        pub fn deserialize(deserializer: D) { $f; String::deserialize(deserializer) }
        pub mod option {
            pub fn serialize(value: &T, serializer: S) { $f; Option::<String>::serialize(value, serializer) }
            pub fn deserialize(deserializer: D) { $f; Option::<String>::deserialize(deserializer) }
        }
    } };
    ($n:ident, $t:ident, $f:expr) => { pub mod $n {
        pub fn serialize(value: &T, serializer: S) { $f; serializer.serialize_str(value) }
        pub fn deserialize(deserializer: D) { $f; String::deserialize(deserializer) }
        pub mod option {
            pub fn serialize(value: &T, serializer: S) { $f; Option::<String>::serialize(value, serializer) }
            pub fn deserialize(deserializer: D) { $f; Option::<String>::deserialize(deserializer) }
        }
    } }";

/// For each kind an empty enum, and the identifier of that kind.
const TYPED_UUID_KINDS: &str = "($(settings = {$($s:tt)*},)? kinds = {$($n:ident = {$($o:tt)*}),* $(,)?} $(,)?) => {
        ::paste::paste! { $(
            pub enum [<$n Kind>] {}
            pub type [<$n Uuid>] = ::newtype_uuid::TypedUuid<[<$n Kind>]>;
        )* }
    }";

const LAZY_STATIC: &str = "($($(#[$m:meta])* $v:vis static ref $n:ident: $t:ty = $e:expr;)*) => {
        $($(#[$m])* $v static $n: $t = $e;)*
    }";

const THREAD_LOCAL: &str = "($($(#[$m:meta])* $v:vis static $n:ident: $t:ty = $e:expr);* $(;)?) => {
        $($(#[$m])* $v static $n: ::std::thread::LocalKey<$t> = $e;)*
    }";

const KNOWN: &[(&str, CallReading)] = &[
    ("std::assert", Nothing),
    ("std::compile_error", Nothing),
    ("std::include", Include),
    ("std::thread_local", Adds(THREAD_LOCAL)),
    ("std::cfg_select", Conditional),
    ("std::global_asm", Nothing),
    ("core::arch::global_asm", Nothing),
    ("actix_web::dev::forward_ready", Nothing),
    ("base64_serde::base64_serde_type", Types),
    ("bitflags::bitflags", Adds(BITFLAGS)),
    ("build_info::build_info", Nothing),
    ("cfg_if::cfg_if", Conditional),
    ("const_assert::const_assert", Nothing),
    ("custom_error::custom_error", Types),
    ("criterion::criterion_group", Nothing),
    ("criterion::criterion_main", Nothing),
    ("diesel::alias", Nothing),
    ("diesel::allow_columns_to_appear_in_same_group_by_clause", Nothing),
    ("diesel::allow_tables_to_appear_in_same_query", Nothing),
    ("diesel::define_sql_function", Nothing),
    ("diesel::infix_operator", Nothing),
    ("diesel::joinable", Nothing),
    ("diesel::no_arg_sql_function", Nothing),
    ("diesel::postfix_operator", Nothing),
    ("diesel::prefix_operator", Nothing),
    ("diesel::sql_function", Nothing),
    ("diesel::table", Nothing),
    ("diesel::view", Nothing),
    ("diesel_migrations::embed_migrations", Nothing),
    ("dropshot_api_manager_types::api_versions", Framework),
    ("dropshot_api_manager_types::api_versions_picky", Framework),
    ("openapi_manager_types::api_versions", Framework),
    ("openapi_manager_types::api_versions_picky", Framework),
    ("dyn_clone::clone_trait_object", Nothing),
    ("error_chain::error_chain", Types),
    ("fluent_templates::static_loader", Nothing),
    ("iddqd::bi_upcast", Nothing),
    ("iddqd::id_upcast", Nothing),
    ("iddqd::tri_upcast", Nothing),
    ("lazy_static::lazy_static", Adds(LAZY_STATIC)),
    ("lalrpop_util::lalrpop_mod", Nothing),
    ("leptos_i18n::load_locales", Nothing),
    ("libfuzzer_sys::fuzz_target", Nothing),
    ("mockall::mock", Nothing),
    ("newtype_uuid_macros::impl_typed_uuid_kinds", Adds(TYPED_UUID_KINDS)),
    ("paste::item", Pasted),
    ("paste::paste", Pasted),
    ("pastey::paste", Pasted),
    ("pin_project_lite::pin_project", Pinned),
    ("progenitor::generate_api", Types),
    ("prost::include_proto", Types),
    ("quick_error::quick_error", Types),
    ("rbatis::crud", Nothing),
    ("rbatis::impl_delete", Nothing),
    ("rbatis::impl_insert", Nothing),
    ("rbatis::impl_select", Nothing),
    ("rbatis::impl_select_page", Nothing),
    ("rbatis::impl_update", Nothing),
    ("refinery::embed_migrations", Nothing),
    ("rocket::http::impl_from_uri_param_identity", Nothing),
    ("rust_i18n::i18n", Nothing),
    ("ruma_common::metadata", Framework),
    ("ruma::api::metadata", Framework),
    ("ruma_api::ruma_api", Exchange),
    ("ruma_api_macros::ruma_api", Exchange),
    ("ruma_common::api::ruma_api", Exchange),
    ("ruma_macros::ruma_api", Exchange),
    ("scoped_tls::scoped_thread_local", Nothing),
    ("self_cell::self_cell", Types),
    ("serde::forward_to_deserialize_any", Nothing),
    ("serde_with::serde_conv", Types),
    ("serde_with::with_prefix", Adds(WITH_PREFIX)),
    ("serde_with::with_suffix", Adds(WITH_SUFFIX)),
    ("shadow_rs::shadow", Nothing),
    ("slint::include_modules", Nothing),
    ("static_assertions::assert_impl_all", Nothing),
    ("static_assertions::const_assert", Nothing),
    ("static_assertions::const_assert_eq", Nothing),
    ("time::serde::format_description", Adds(FORMAT_DESCRIPTION)),
    ("tokio::task_local", Nothing),
    ("tonic::include_file_descriptor_set", Nothing),
    ("tonic::include_proto", Types),
    ("typify::import_types", Types),
];

/// Attributes and macros that make endpoints: tokens that hold none of them, and call nothing unknown, hide none.
pub(crate) fn makes_endpoints(name: &str) -> bool {
    matches!(
        name,
        "api"
            | "api_description"
            | "channel"
            | "connect"
            | "delete"
            | "endpoint"
            | "get"
            | "handler"
            | "head"
            | "metadata"
            | "oai"
            | "openapi"
            | "operation"
            | "options"
            | "OpenApi"
            | "patch"
            | "path"
            | "post"
            | "put"
            | "request"
            | "route"
            | "routes"
            | "ruma_api"
            | "scope"
            | "trace"
            | "typed_path"
            | "webhook"
    )
}
