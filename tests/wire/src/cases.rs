//! Types in every way in which serde, and what shapes the wire beside it, write and read them; one module a case.
#![allow(dead_code, unused_imports, non_snake_case)]

pub mod fields_lowercase {
    use serde::{Deserialize, Serialize};
    #[derive(Debug, Serialize, Deserialize)]
    #[serde(rename_all = "lowercase")]
    pub struct T {
        pub user_id2: u8,
        pub http_url: Option<String>,
        pub x_1y: bool,
        pub __lead: i8,
    }
}
pub mod variants_lowercase {
    use serde::{Deserialize, Serialize};
    #[derive(Debug, Serialize, Deserialize)]
    #[serde(rename_all = "lowercase")]
    pub enum T {
        HTTPOnly,
        IPv4,
        SnakeCase,
        A1B2,
        Abc { field_name: u8 },
    }
}
pub mod fields_UPPERCASE {
    use serde::{Deserialize, Serialize};
    #[derive(Debug, Serialize, Deserialize)]
    #[serde(rename_all = "UPPERCASE")]
    pub struct T {
        pub user_id2: u8,
        pub http_url: Option<String>,
        pub x_1y: bool,
        pub __lead: i8,
    }
}
pub mod variants_UPPERCASE {
    use serde::{Deserialize, Serialize};
    #[derive(Debug, Serialize, Deserialize)]
    #[serde(rename_all = "UPPERCASE")]
    pub enum T {
        HTTPOnly,
        IPv4,
        SnakeCase,
        A1B2,
        Abc { field_name: u8 },
    }
}
pub mod fields_PascalCase {
    use serde::{Deserialize, Serialize};
    #[derive(Debug, Serialize, Deserialize)]
    #[serde(rename_all = "PascalCase")]
    pub struct T {
        pub user_id2: u8,
        pub http_url: Option<String>,
        pub x_1y: bool,
        pub __lead: i8,
    }
}
pub mod variants_PascalCase {
    use serde::{Deserialize, Serialize};
    #[derive(Debug, Serialize, Deserialize)]
    #[serde(rename_all = "PascalCase")]
    pub enum T {
        HTTPOnly,
        IPv4,
        SnakeCase,
        A1B2,
        Abc { field_name: u8 },
    }
}
pub mod fields_camelCase {
    use serde::{Deserialize, Serialize};
    #[derive(Debug, Serialize, Deserialize)]
    #[serde(rename_all = "camelCase")]
    pub struct T {
        pub user_id2: u8,
        pub http_url: Option<String>,
        pub x_1y: bool,
        pub __lead: i8,
    }
}
pub mod variants_camelCase {
    use serde::{Deserialize, Serialize};
    #[derive(Debug, Serialize, Deserialize)]
    #[serde(rename_all = "camelCase")]
    pub enum T {
        HTTPOnly,
        IPv4,
        SnakeCase,
        A1B2,
        Abc { field_name: u8 },
    }
}
pub mod fields_snake_case {
    use serde::{Deserialize, Serialize};
    #[derive(Debug, Serialize, Deserialize)]
    #[serde(rename_all = "snake_case")]
    pub struct T {
        pub user_id2: u8,
        pub http_url: Option<String>,
        pub x_1y: bool,
        pub __lead: i8,
    }
}
pub mod variants_snake_case {
    use serde::{Deserialize, Serialize};
    #[derive(Debug, Serialize, Deserialize)]
    #[serde(rename_all = "snake_case")]
    pub enum T {
        HTTPOnly,
        IPv4,
        SnakeCase,
        A1B2,
        Abc { field_name: u8 },
    }
}
pub mod fields_SCREAMING_SNAKE_CASE {
    use serde::{Deserialize, Serialize};
    #[derive(Debug, Serialize, Deserialize)]
    #[serde(rename_all = "SCREAMING_SNAKE_CASE")]
    pub struct T {
        pub user_id2: u8,
        pub http_url: Option<String>,
        pub x_1y: bool,
        pub __lead: i8,
    }
}
pub mod variants_SCREAMING_SNAKE_CASE {
    use serde::{Deserialize, Serialize};
    #[derive(Debug, Serialize, Deserialize)]
    #[serde(rename_all = "SCREAMING_SNAKE_CASE")]
    pub enum T {
        HTTPOnly,
        IPv4,
        SnakeCase,
        A1B2,
        Abc { field_name: u8 },
    }
}
pub mod fields_kebabkcase {
    use serde::{Deserialize, Serialize};
    #[derive(Debug, Serialize, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    pub struct T {
        pub user_id2: u8,
        pub http_url: Option<String>,
        pub x_1y: bool,
        pub __lead: i8,
    }
}
pub mod variants_kebabkcase {
    use serde::{Deserialize, Serialize};
    #[derive(Debug, Serialize, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    pub enum T {
        HTTPOnly,
        IPv4,
        SnakeCase,
        A1B2,
        Abc { field_name: u8 },
    }
}
pub mod fields_SCREAMINGkKEBABkCASE {
    use serde::{Deserialize, Serialize};
    #[derive(Debug, Serialize, Deserialize)]
    #[serde(rename_all = "SCREAMING-KEBAB-CASE")]
    pub struct T {
        pub user_id2: u8,
        pub http_url: Option<String>,
        pub x_1y: bool,
        pub __lead: i8,
    }
}
pub mod variants_SCREAMINGkKEBABkCASE {
    use serde::{Deserialize, Serialize};
    #[derive(Debug, Serialize, Deserialize)]
    #[serde(rename_all = "SCREAMING-KEBAB-CASE")]
    pub enum T {
        HTTPOnly,
        IPv4,
        SnakeCase,
        A1B2,
        Abc { field_name: u8 },
    }
}
pub mod fields_of_variants {
    use serde::{Deserialize, Serialize};
    #[derive(Debug, Serialize, Deserialize)]
    #[serde(rename_all = "kebab-case", rename_all_fields = "camelCase")]
    pub enum T {
        OneTwo { field_name: u8, other_one: Option<u8> },
        ThreeFour(u8),
        Five,
    }
}
pub mod renamed_by_direction {
    use serde::{Deserialize, Serialize};
    #[derive(Debug, Serialize, Deserialize)]
    #[serde(rename_all(serialize = "camelCase", deserialize = "kebab-case"))]
    pub struct T {
        pub user_id: u8,
        #[serde(rename(serialize = "out"))]
        pub in_out: u8,
        #[serde(alias = "old_name", alias = "older")]
        pub new_name: u8,
    }
}
pub mod options {
    use serde::{Deserialize, Serialize};
    #[derive(Debug, Serialize, Deserialize)]
    pub struct T {
        pub a: Option<u8>,
        pub b: Vec<u8>,
        #[serde(default)]
        pub c: Vec<u8>,
        #[serde(default)]
        pub d: Option<u8>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub e: Option<u8>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub f: Vec<u8>,
        pub g: Box<Option<u8>>,
        pub h: Option<Option<u8>>,
        pub i: serde_json::Value,
        pub j: (),
    }
}
pub mod skipped {
    use serde::{Deserialize, Serialize};
    #[derive(Debug, Serialize, Deserialize)]
    pub struct T {
        #[serde(skip)]
        pub a: u8,
        #[serde(skip_serializing)]
        pub b: u8,
        #[serde(skip_deserializing)]
        pub c: u8,
        #[serde(skip_deserializing, default = "f")]
        pub d: u8,
    }
    fn f() -> u8 {
        9
    }
}
pub mod denied {
    use serde::{Deserialize, Serialize};
    #[derive(Debug, Serialize, Deserialize)]
    #[serde(deny_unknown_fields)]
    pub struct T {
        pub a: u8,
        #[serde(skip)]
        pub b: u8,
        #[serde(skip_deserializing)]
        pub c: u8,
    }
}
pub mod container_default {
    use serde::{Deserialize, Serialize};
    #[derive(Debug, Serialize, Deserialize)]
    #[serde(default)]
    pub struct T {
        pub a: u8,
        pub b: String,
        pub c: Option<u8>,
    }
    impl Default for T {
        fn default() -> Self {
            T { a: 9, b: "x".into(), c: Some(1) }
        }
    }
}
pub mod newtype_of_option {
    use serde::{Deserialize, Serialize};
    #[derive(Debug, Serialize, Deserialize)]
    pub struct W(pub Option<u8>);
    #[derive(Debug, Serialize, Deserialize)]
    #[serde(transparent)]
    pub struct X(pub Option<u8>);
    #[derive(Debug, Serialize, Deserialize)]
    pub struct T {
        pub a: W,
        pub b: X,
        pub c: Alias,
        pub d: G<Option<u8>>,
    }
    pub type Alias = Option<u8>;
    pub type G<A> = A;
}
pub mod generic {
    use serde::{Deserialize, Serialize};
    #[derive(Debug, Serialize, Deserialize)]
    pub struct P<A> {
        pub v: A,
        pub w: Vec<A>,
    }
    #[derive(Debug, Serialize, Deserialize)]
    pub struct T {
        pub a: P<Option<u8>>,
        pub b: P<String>,
    }
}
pub mod flattened {
    use serde::{Deserialize, Serialize};
    #[derive(Debug, Serialize, Deserialize)]
    pub struct I {
        pub x: u8,
        pub y: Option<String>,
    }
    #[derive(Debug, Serialize, Deserialize)]
    pub struct T {
        pub a: u8,
        #[serde(flatten)]
        pub i: I,
    }
}
pub mod flattened_option {
    use serde::{Deserialize, Serialize};
    #[derive(Debug, Serialize, Deserialize)]
    pub struct I {
        pub x: u8,
        pub y: String,
    }
    #[derive(Debug, Serialize, Deserialize)]
    pub struct T {
        pub a: u8,
        #[serde(flatten)]
        pub i: Option<I>,
    }
}
pub mod flattened_map {
    use serde::{Deserialize, Serialize};
    #[derive(Debug, Serialize, Deserialize)]
    pub struct T {
        pub a: u8,
        #[serde(flatten)]
        pub i: std::collections::BTreeMap<String, u8>,
    }
}
pub mod flattened_values {
    use serde::{Deserialize, Serialize};
    #[derive(Debug, Serialize, Deserialize)]
    pub struct T {
        pub a: u8,
        #[serde(flatten)]
        pub i: std::collections::HashMap<String, serde_json::Value>,
    }
}
pub mod flattened_internal {
    use serde::{Deserialize, Serialize};
    #[derive(Debug, Serialize, Deserialize)]
    #[serde(tag = "kind")]
    pub enum E {
        A { x: u8 },
        B { y: String },
        C,
    }
    #[derive(Debug, Serialize, Deserialize)]
    pub struct T {
        pub a: u8,
        #[serde(flatten)]
        pub e: E,
    }
}
pub mod flattened_external {
    use serde::{Deserialize, Serialize};
    #[derive(Debug, Serialize, Deserialize)]
    #[serde(rename_all = "snake_case")]
    pub enum E {
        Alpha { x: u8 },
        Beta(String),
        Gam(u8),
    }
    #[derive(Debug, Serialize, Deserialize)]
    pub struct T {
        pub a: u8,
        #[serde(flatten)]
        pub e: E,
    }
}
pub mod flattened_untagged {
    use serde::{Deserialize, Serialize};
    #[derive(Debug, Serialize, Deserialize)]
    #[serde(untagged)]
    pub enum E {
        A { x: u8 },
        B { y: String },
    }
    #[derive(Debug, Serialize, Deserialize)]
    pub struct T {
        pub a: u8,
        #[serde(flatten)]
        pub e: E,
    }
}
pub mod flattened_denied {
    use serde::{Deserialize, Serialize};
    #[derive(Debug, Serialize, Deserialize)]
    #[serde(deny_unknown_fields)]
    pub struct I {
        pub x: u8,
    }
    #[derive(Debug, Serialize, Deserialize)]
    pub struct T {
        pub a: u8,
        #[serde(flatten)]
        pub i: I,
    }
}
pub mod flattened_numbers {
    use serde::{Deserialize, Serialize};
    #[derive(Debug, Serialize, Deserialize)]
    pub struct I {
        pub n: u64,
        pub m: std::collections::BTreeMap<u8, u8>,
        pub f: f64,
    }
    #[derive(Debug, Serialize, Deserialize)]
    pub struct T {
        #[serde(flatten)]
        pub i: I,
    }
}
pub mod flattened_generic {
    use serde::{Deserialize, Serialize};
    #[derive(Debug, Serialize, Deserialize)]
    pub struct E<A> {
        pub id: u8,
        #[serde(flatten)]
        pub inner: A,
    }
    #[derive(Debug, Serialize, Deserialize)]
    pub struct I {
        pub x: Option<u8>,
    }
    pub type T = E<I>;
}
pub mod external {
    use serde::{Deserialize, Serialize};
    #[derive(Debug, Serialize, Deserialize)]
    pub enum T {
        Unit,
        New(u8),
        Tup(u8, String),
        Str { a: u8, b: Option<u8> },
        Empty {},
        Et(),
        Opt(Option<u8>),
        Vl(Vec<u8>),
    }
}
pub mod internal {
    use serde::{Deserialize, Serialize};
    #[derive(Debug, Serialize, Deserialize)]
    pub struct S {
        pub z: u8,
    }
    #[derive(Debug, Serialize, Deserialize)]
    #[serde(tag = "t")]
    pub enum T {
        Unit,
        New(S),
        Str { a: u8, b: Option<u8> },
        Map(std::collections::BTreeMap<String, u8>),
    }
}
pub mod internal_denied {
    use serde::{Deserialize, Serialize};
    #[derive(Debug, Serialize, Deserialize)]
    pub struct S {
        pub z: u8,
    }
    #[derive(Debug, Serialize, Deserialize)]
    #[serde(tag = "t", deny_unknown_fields)]
    pub enum T {
        Unit,
        New(S),
        Str { a: u8 },
    }
}
pub mod adjacent {
    use serde::{Deserialize, Serialize};
    #[derive(Debug, Serialize, Deserialize)]
    #[serde(tag = "t", content = "c", rename_all = "snake_case")]
    pub enum T {
        Unit,
        NewOne(u8),
        Tup(u8, u8),
        Str { a: u8 },
        Opt(Option<u8>),
        AllOpt { x: Option<u8> },
        List(Vec<String>),
    }
}
pub mod untagged {
    use serde::{Deserialize, Serialize};
    #[derive(Debug, Serialize, Deserialize)]
    #[serde(untagged)]
    pub enum T {
        N(u64),
        S(String),
        L(Vec<u8>),
        O { a: u8 },
        U,
        B(bool),
    }
}
pub mod other_external {
    use serde::{Deserialize, Serialize};
    #[derive(Debug, Serialize, Deserialize)]
    pub enum T {
        A,
        B,
        #[serde(other)]
        C,
    }
}
pub mod other_internal {
    use serde::{Deserialize, Serialize};
    #[derive(Debug, Serialize, Deserialize)]
    #[serde(tag = "t")]
    pub enum T {
        A {
            x: u8,
        },
        #[serde(other)]
        C,
    }
}
pub mod untagged_variant {
    use serde::{Deserialize, Serialize};
    #[derive(Debug, Serialize, Deserialize)]
    #[serde(rename_all = "lowercase")]
    pub enum T {
        Auto,
        Manual,
        #[serde(untagged)]
        Num(u8),
        #[serde(untagged)]
        Obj {
            k: String,
        },
    }
}
pub mod skipped_variant {
    use serde::{Deserialize, Serialize};
    #[derive(Debug, Serialize, Deserialize)]
    pub enum T {
        A,
        #[serde(skip)]
        B,
        #[serde(skip_serializing)]
        C,
        #[serde(skip_deserializing)]
        D,
        #[serde(rename = "eee", alias = "e2")]
        E,
    }
}
pub mod tagged_struct {
    use serde::{Deserialize, Serialize};
    #[derive(Debug, Serialize, Deserialize)]
    #[serde(tag = "kind")]
    pub struct T {
        pub a: u8,
    }
}
pub mod tagged_struct_inside {
    use serde::{Deserialize, Serialize};
    #[derive(Debug, Serialize, Deserialize)]
    #[serde(tag = "kind", rename = "renamed")]
    pub struct S {
        pub a: u8,
    }
    #[derive(Debug, Serialize, Deserialize)]
    pub struct T {
        pub s: S,
    }
}
pub mod internal_in_untagged {
    use serde::{Deserialize, Serialize};
    #[derive(Debug, Serialize, Deserialize)]
    #[serde(tag = "type", rename_all = "camelCase")]
    pub enum E {
        FooBar {
            #[serde(rename = "X")]
            x: u8,
        },
        Baz(S),
    }
    #[derive(Debug, Serialize, Deserialize)]
    pub struct S {
        pub deep: Vec<Option<u8>>,
    }
    #[derive(Debug, Serialize, Deserialize)]
    #[serde(untagged)]
    pub enum T {
        E(E),
        Many(Vec<E>),
    }
}
pub mod internal_over_enum {
    use serde::{Deserialize, Serialize};
    #[derive(Debug, Serialize, Deserialize)]
    #[serde(tag = "inner")]
    pub enum I {
        X { a: u8 },
        Y,
    }
    #[derive(Debug, Serialize, Deserialize)]
    #[serde(tag = "outer")]
    pub enum T {
        A(I),
        B,
    }
}
pub mod tuples {
    use serde::{Deserialize, Serialize};
    #[derive(Debug, Serialize, Deserialize)]
    pub struct P(pub u8, pub Option<String>, #[serde(default)] pub u8);
    #[derive(Debug, Serialize, Deserialize)]
    pub struct T {
        pub p: P,
        pub q: (u8, String),
        pub r: [u8; 2],
        pub s: [String; 3],
    }
}
pub mod units {
    use serde::{Deserialize, Serialize};
    #[derive(Debug, Serialize, Deserialize)]
    pub struct U;
    #[derive(Debug, Serialize, Deserialize)]
    pub struct E {}
    #[derive(Debug, Serialize, Deserialize)]
    pub struct T {
        pub u: U,
        pub e: E,
        pub p: std::marker::PhantomData<u8>,
    }
}
pub mod by_way_of {
    use serde::{Deserialize, Serialize};
    #[derive(Debug, Clone, Serialize, Deserialize)]
    #[serde(from = "R", into = "R")]
    pub struct T {
        v: u8,
    }
    #[derive(Debug, Serialize, Deserialize)]
    pub struct R {
        pub raw: u8,
        pub opt: Option<u8>,
    }
    impl From<R> for T {
        fn from(r: R) -> T {
            T { v: r.raw }
        }
    }
    impl From<T> for R {
        fn from(t: T) -> R {
            R { raw: t.v, opt: None }
        }
    }
}
pub mod by_way_of_text {
    use serde::{Deserialize, Serialize};
    #[derive(Debug, Clone, Serialize, Deserialize)]
    #[serde(from = "String", into = "String")]
    pub struct N(String);
    impl From<String> for N {
        fn from(r: String) -> N {
            N(r)
        }
    }
    impl From<N> for String {
        fn from(t: N) -> String {
            t.0
        }
    }
    #[derive(Debug, Serialize, Deserialize)]
    pub struct T {
        pub n: N,
        pub m: std::collections::BTreeMap<String, N>,
    }
}
pub mod maps {
    use serde::{Deserialize, Serialize};
    #[derive(Debug, Serialize, Deserialize, PartialEq, Eq, Hash, PartialOrd, Ord)]
    #[serde(rename_all = "lowercase")]
    pub enum K {
        Aa,
        Bb,
    }
    #[derive(Debug, Serialize, Deserialize)]
    pub struct T {
        pub a: std::collections::HashMap<u8, String>,
        pub b: std::collections::BTreeMap<K, u8>,
        pub c: indexmap::IndexMap<String, Vec<u8>>,
        pub d: std::collections::BTreeSet<u8>,
        pub e: std::collections::BTreeMap<bool, u8>,
    }
}
pub mod numbers {
    use serde::{Deserialize, Serialize};
    #[derive(Debug, Serialize, Deserialize)]
    pub struct T {
        pub a: u8,
        pub b: i8,
        pub c: u16,
        pub d: i32,
        pub e: u64,
        pub f: i64,
        pub g: f32,
        pub h: f64,
        pub i: usize,
        pub j: std::num::NonZeroU8,
        pub k: char,
        pub l: std::num::NonZeroI32,
        pub m: u128,
    }
}
pub mod foreign_types {
    use serde::{Deserialize, Serialize};
    #[derive(Debug, Serialize, Deserialize)]
    pub struct T {
        pub a: uuid::Uuid,
        pub b: url::Url,
        pub c: std::net::IpAddr,
        pub d: chrono::DateTime<chrono::Utc>,
        pub e: chrono::NaiveDate,
        pub f: std::time::Duration,
        pub g: std::path::PathBuf,
        pub h: std::net::SocketAddr,
        pub i: Result<u8, String>,
        pub j: std::ops::Range<u8>,
        pub k: rust_decimal::Decimal,
        pub l: Box<str>,
        pub m: std::sync::atomic::AtomicU8,
        pub n: std::ops::RangeInclusive<u8>,
        pub o: std::ops::Bound<u8>,
        pub p: std::time::SystemTime,
        pub q: bytes::Bytes,
        pub r: either::Either<u8, String>,
        pub s: chrono::NaiveTime,
        pub t: chrono::NaiveDateTime,
        pub u: std::num::Wrapping<u8>,
        pub v: std::cmp::Reverse<u8>,
        pub w: std::ffi::CString,
    }
}
pub mod time_types {
    use serde::{Deserialize, Serialize};
    #[derive(Debug, Serialize, Deserialize)]
    pub struct T {
        pub a: time::OffsetDateTime,
        pub b: time::Date,
        #[serde(with = "time::serde::rfc3339")]
        pub c: time::OffsetDateTime,
        #[serde(with = "time::serde::timestamp::option")]
        pub d: Option<time::OffsetDateTime>,
        pub e: time::Duration,
    }
}
pub mod known_modules {
    use serde::{Deserialize, Serialize};
    #[derive(Debug, Serialize, Deserialize)]
    pub struct T {
        #[serde(with = "humantime_serde")]
        pub a: std::time::Duration,
        #[serde(with = "humantime_serde")]
        pub a2: Option<std::time::Duration>,
        #[serde(with = "hex")]
        pub b: Vec<u8>,
        #[serde(with = "serde_bytes")]
        pub c: Vec<u8>,
        #[serde(with = "chrono::serde::ts_seconds")]
        pub d: chrono::DateTime<chrono::Utc>,
        #[serde(with = "chrono::serde::ts_seconds_option")]
        pub e: Option<chrono::DateTime<chrono::Utc>>,
        #[serde(with = "either::serde_untagged")]
        pub f: either::Either<u8, String>,
        #[serde(with = "serde_with::rust::double_option", default, skip_serializing_if = "Option::is_none")]
        pub g: Option<Option<u8>>,
        #[serde(with = "indexmap::map::serde_seq")]
        pub h: indexmap::IndexMap<u8, String>,
    }
}
pub mod by_number {
    use serde::{Deserialize, Serialize};
    #[derive(Debug, serde_repr::Serialize_repr, serde_repr::Deserialize_repr)]
    #[repr(u8)]
    pub enum R {
        A = 1,
        B,
        C = 10,
    }
    #[derive(Debug, Serialize, Deserialize)]
    pub struct T {
        pub r: R,
        pub o: Option<R>,
        pub l: Vec<R>,
    }
}
pub mod by_signed_number {
    use serde::{Deserialize, Serialize};
    #[derive(Debug, serde_repr::Serialize_repr, serde_repr::Deserialize_repr)]
    #[repr(i16)]
    pub enum T {
        A = -3,
        B,
        #[serde(other)]
        C = 7,
    }
}
pub mod as_tuple {
    use serde::{Deserialize, Serialize};
    #[derive(Debug, serde_tuple::Serialize_tuple, serde_tuple::Deserialize_tuple)]
    pub struct T {
        pub a: u8,
        pub b: String,
        pub c: Option<u8>,
    }
}
pub mod strum_beside_serde {
    use serde::{Deserialize, Serialize};
    #[derive(Debug, Serialize, Deserialize, strum::Display, strum::EnumString)]
    #[strum(serialize_all = "kebab-case")]
    pub enum T {
        OneTwo,
        Three,
    }
}
pub mod strum_names {
    use serde::{Deserialize, Serialize};
    #[derive(
        Debug, serde_with::SerializeDisplay, serde_with::DeserializeFromStr, strum::Display, strum::EnumString,
    )]
    #[strum(serialize_all = "kebab-case")]
    pub enum T {
        OneTwo,
        #[strum(serialize = "thr", to_string = "three!")]
        Three,
        #[strum(disabled)]
        Dis,
        #[strum(ascii_case_insensitive)]
        Ci,
    }
}
pub mod strum_rest {
    use serde::{Deserialize, Serialize};
    #[derive(
        Debug, serde_with::SerializeDisplay, serde_with::DeserializeFromStr, strum::Display, strum::EnumString,
    )]
    #[strum(serialize_all = "snake_case")]
    pub enum T {
        OneTwo,
        #[strum(default)]
        Rest(String),
    }
}
pub mod by_display {
    use serde::{Deserialize, Serialize};
    #[derive(Debug, serde_with::SerializeDisplay, serde_with::DeserializeFromStr)]
    pub struct N(u8);
    impl std::fmt::Display for N {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            write!(f, "n{}", self.0)
        }
    }
    impl std::str::FromStr for N {
        type Err = String;
        fn from_str(s: &str) -> Result<N, String> {
            s.strip_prefix('n').and_then(|s| s.parse().ok()).map(N).ok_or("no".into())
        }
    }
    #[derive(Debug, Serialize, Deserialize)]
    pub struct T {
        pub n: N,
        pub m: Option<N>,
    }
}
pub mod adapter_disp {
    use serde::{Deserialize, Serialize};
    #[serde_with::serde_as]
    #[derive(Debug, Serialize, Deserialize)]
    pub struct T {
        #[serde_as(as = "serde_with::DisplayFromStr")]
        pub a: u8,
        #[serde_as(as = "Option<serde_with::DisplayFromStr>")]
        pub b: Option<u8>,
        #[serde_as(as = "Vec<serde_with::DisplayFromStr>")]
        pub c: Vec<u8>,
        #[serde_as(as = "std::collections::BTreeMap<serde_with::DisplayFromStr, _>")]
        pub d: std::collections::BTreeMap<u8, u8>,
    }
}
pub mod adapter_dur {
    use serde::{Deserialize, Serialize};
    #[serde_with::serde_as]
    #[derive(Debug, Serialize, Deserialize)]
    pub struct T {
        #[serde_as(as = "serde_with::DurationSeconds<u64>")]
        pub a: std::time::Duration,
        #[serde_as(as = "serde_with::DurationSeconds<String>")]
        pub b: std::time::Duration,
        #[serde_as(as = "Option<serde_with::DurationMilliSeconds<u64>>")]
        pub c: Option<std::time::Duration>,
        #[serde_as(as = "serde_with::DurationSecondsWithFrac<f64>")]
        pub d: std::time::Duration,
        #[serde_as(as = "serde_with::DurationSeconds<f64>")]
        pub e: std::time::Duration,
        #[serde_as(as = "serde_with::DurationSecondsWithFrac<String>")]
        pub f: std::time::Duration,
        #[serde_as(as = "serde_with::DurationSeconds")]
        pub g: std::time::Duration,
        #[serde_as(as = "serde_with::DurationSeconds<u64, serde_with::formats::Flexible>")]
        pub h: std::time::Duration,
    }
}
pub mod adapter_ts {
    use serde::{Deserialize, Serialize};
    #[serde_with::serde_as]
    #[derive(Debug, Serialize, Deserialize)]
    pub struct T {
        #[serde_as(as = "serde_with::TimestampSeconds<i64>")]
        pub a: chrono::DateTime<chrono::Utc>,
        #[serde_as(as = "serde_with::TimestampMilliSeconds<String, serde_with::formats::Flexible>")]
        pub b: chrono::DateTime<chrono::Utc>,
        #[serde_as(as = "Option<serde_with::TimestampSecondsWithFrac<f64>>")]
        pub c: Option<std::time::SystemTime>,
    }
}
pub mod adapter_enc {
    use serde::{Deserialize, Serialize};
    #[serde_with::serde_as]
    #[derive(Debug, Serialize, Deserialize)]
    pub struct T {
        #[serde_as(as = "serde_with::hex::Hex")]
        pub a: Vec<u8>,
        #[serde_as(as = "serde_with::base64::Base64")]
        pub b: Vec<u8>,
        #[serde_as(as = "serde_with::Bytes")]
        pub c: Vec<u8>,
        #[serde_as(as = "serde_with::json::JsonString")]
        pub d: Vec<u8>,
        #[serde_as(as = "serde_with::StringWithSeparator::<serde_with::formats::CommaSeparator, u8>")]
        pub e: Vec<u8>,
        #[serde_as(as = "serde_with::NoneAsEmptyString")]
        pub f: Option<u8>,
        #[serde_as(as = "serde_with::BoolFromInt")]
        pub g: bool,
    }
}
pub mod adapter_many {
    use serde::{Deserialize, Serialize};
    #[serde_with::serde_as]
    #[derive(Debug, Serialize, Deserialize)]
    pub struct T {
        #[serde_as(as = "serde_with::OneOrMany<_>")]
        pub a: Vec<u8>,
        #[serde_as(as = "serde_with::OneOrMany<serde_with::DisplayFromStr, serde_with::formats::PreferMany>")]
        pub b: Vec<u8>,
        #[serde_as(as = "serde_with::PickFirst<(_, serde_with::DisplayFromStr)>")]
        pub c: u8,
        #[serde_as(as = "serde_with::VecSkipError<_>")]
        pub d: Vec<u8>,
        #[serde_as(as = "serde_with::DefaultOnNull")]
        pub e: u8,
        #[serde_as(as = "serde_with::DefaultOnError")]
        pub f: u8,
        #[serde_as(as = "serde_with::DefaultOnNull<serde_with::DisplayFromStr>")]
        pub g: u8,
    }
}
pub mod adapter_map {
    use serde::{Deserialize, Serialize};
    #[derive(Debug, Serialize, Deserialize)]
    pub enum E {
        A(u8),
        B { x: u8 },
    }
    #[serde_with::serde_as]
    #[derive(Debug, Serialize, Deserialize)]
    pub struct T {
        #[serde_as(as = "Vec<(_, _)>")]
        pub a: std::collections::BTreeMap<u8, String>,
        #[serde_as(as = "std::collections::BTreeMap<_, _>")]
        pub b: Vec<(String, u8)>,
        #[serde_as(as = "serde_with::Map<_, _>")]
        pub c: Vec<(String, u8)>,
        #[serde_as(as = "serde_with::Seq<(_, _)>")]
        pub d: std::collections::BTreeMap<u8, u8>,
        #[serde_as(as = "serde_with::MapPreventDuplicates<_, _>")]
        pub e: std::collections::BTreeMap<String, u8>,
        #[serde_as(as = "serde_with::SetPreventDuplicates<_>")]
        pub f: std::collections::BTreeSet<u8>,
        #[serde_as(as = "serde_with::KeyValueMap<_>")]
        pub g: Vec<(String, u8, u8)>,
        #[serde_as(as = "serde_with::MapSkipError<_, _>")]
        pub h: std::collections::BTreeMap<String, u8>,
        #[serde_as(as = "serde_with::EnumMap")]
        pub i: Vec<E>,
    }
}
pub mod adapter_conv {
    use serde::{Deserialize, Serialize};
    #[derive(Debug, Clone)]
    pub struct P(u8, u8);
    impl From<(u8, u8)> for P {
        fn from(x: (u8, u8)) -> P {
            P(x.0, x.1)
        }
    }
    impl From<P> for (u8, u8) {
        fn from(p: P) -> (u8, u8) {
            (p.0, p.1)
        }
    }
    #[serde_with::serde_as]
    #[derive(Debug, Serialize, Deserialize)]
    pub struct T {
        #[serde_as(as = "serde_with::FromInto<(u8, u8)>")]
        pub a: P,
        #[serde_as(as = "serde_with::TryFromInto<i64>")]
        pub b: u8,
        #[serde_as(as = "serde_with::Same")]
        pub c: u8,
        #[serde_as(as = "Box<serde_with::DisplayFromStr>")]
        pub d: Box<u8>,
        #[serde_as(as = "(serde_with::DisplayFromStr, _)")]
        pub e: (u8, u8),
        #[serde_as(as = "[serde_with::DisplayFromStr; 2]")]
        pub f: [u8; 2],
        #[serde_as(as = "serde_with::IfIsHumanReadable<serde_with::DisplayFromStr>")]
        pub g: u8,
        #[serde_as(deserialize_as = "serde_with::DisplayFromStr")]
        pub h: u8,
        #[serde_as(serialize_as = "serde_with::DisplayFromStr")]
        pub i: u8,
    }
}
pub mod adapter_optdef {
    use serde::{Deserialize, Serialize};
    #[serde_with::serde_as]
    #[derive(Debug, Serialize, Deserialize)]
    pub struct T {
        #[serde_as(as = "Option<serde_with::hex::Hex>")]
        pub a: Option<Vec<u8>>,
        #[serde_as(as = "Option<serde_with::DisplayFromStr>", no_default)]
        pub b: Option<u8>,
        #[serde(with = "serde_with::As::<Option<serde_with::DisplayFromStr>>")]
        pub c: Option<u8>,
        #[serde(with = "serde_with::As::<serde_with::DisplayFromStr>")]
        pub d: u8,
    }
}
pub mod none_skipped {
    use serde::{Deserialize, Serialize};
    #[serde_with::skip_serializing_none]
    #[derive(Debug, Serialize, Deserialize)]
    pub struct T {
        pub a: Option<u8>,
        #[serialize_always]
        pub b: Option<u8>,
        pub c: u8,
        pub d: Option<Vec<u8>>,
    }
}
pub mod applied {
    use serde::{Deserialize, Serialize};
    #[serde_with::apply(Option => #[serde(default, skip_serializing_if="Option::is_none")], bool => #[serde(rename="flag")])]
    #[derive(Debug, Serialize, Deserialize)]
    pub struct T {
        pub a: Option<u8>,
        pub b: bool,
        pub c: u8,
    }
}
pub mod by_hand_value_arms {
    use serde::{Deserialize, Serialize};
    #[derive(Debug, Serialize, Deserialize)]
    pub struct A {
        pub batch: Vec<u8>,
    }
    #[derive(Debug, Serialize, Deserialize)]
    pub struct B {
        pub points: Vec<String>,
        pub x: Option<u8>,
    }
    #[derive(Debug, Serialize)]
    #[serde(untagged)]
    pub enum T {
        A(A),
        B(B),
    }
    impl<'de> serde::Deserialize<'de> for T {
        fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
            let value = serde_json::Value::deserialize(d)?;
            match value {
                serde_json::Value::Object(map) if map.contains_key("batch") => {
                    A::deserialize(serde_json::Value::Object(map)).map(T::A).map_err(serde::de::Error::custom)
                }
                serde_json::Value::Object(map) if map.contains_key("points") => {
                    B::deserialize(serde_json::Value::Object(map)).map(T::B).map_err(serde::de::Error::custom)
                }
                _ => Err(serde::de::Error::custom("bad")),
            }
        }
    }
}
pub mod by_hand_buf_infer {
    use serde::{Deserialize, Serialize};
    #[derive(Debug, Serialize)]
    #[serde(untagged)]
    pub enum T {
        Num(u64),
        Id(uuid::Uuid),
    }
    impl<'de> serde::Deserialize<'de> for T {
        fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
            let value = serde_value::Value::deserialize(d)?;
            if let Ok(num) = value.clone().deserialize_into() {
                return Ok(T::Num(num));
            }
            if let Ok(id) = value.clone().deserialize_into() {
                return Ok(T::Id(id));
            }
            Err(serde::de::Error::custom("neither"))
        }
    }
}
pub mod by_hand_nullable {
    use serde::{Deserialize, Serialize};
    #[derive(Debug, Serialize)]
    pub struct N<A>(pub Option<A>);
    impl<'de, A: serde::Deserialize<'de>> serde::Deserialize<'de> for N<A> {
        fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
            let value = serde_json::Value::deserialize(d)?;
            use serde::de::Error;
            Option::<A>::deserialize(value).map_err(D::Error::custom).map(N)
        }
    }
    #[derive(Debug, Serialize)]
    pub struct T {
        pub n: N<u8>,
        pub m: N<String>,
    }
    impl<'de> serde::Deserialize<'de> for T {
        fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
            #[derive(Deserialize)]
            struct R {
                n: N<u8>,
                m: N<String>,
            }
            let r = R::deserialize(d)?;
            Ok(T { n: r.n, m: r.m })
        }
    }
}
pub mod by_hand_letty {
    use serde::{Deserialize, Serialize};
    #[derive(Debug, Serialize)]
    pub struct T(std::collections::BTreeSet<u8>);
    impl<'de> serde::Deserialize<'de> for T {
        fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
            let all: std::collections::BTreeSet<u8> = std::collections::BTreeSet::deserialize(d)?;
            if all.is_empty() { Err(serde::de::Error::custom("empty")) } else { Ok(Self(all)) }
        }
    }
}
pub mod by_hand_special {
    use serde::{Deserialize, Serialize};
    #[derive(Debug, Serialize)]
    #[serde(untagged)]
    pub enum C {
        F(F),
        E(E2),
        N { deep: Vec<u8> },
    }
    #[derive(Debug, Serialize, Deserialize)]
    pub struct F {
        pub key: String,
        pub v: u8,
    }
    #[derive(Debug, Serialize, Deserialize)]
    pub struct E2 {
        pub empty: u8,
    }
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum U {
        F(F),
        E(E2),
        N { deep: Vec<u8> },
    }
    impl From<U> for C {
        fn from(u: U) -> C {
            match u {
                U::F(f) => C::F(f),
                U::E(e) => C::E(e),
                U::N { deep } => C::N { deep },
            }
        }
    }
    impl<'de> serde::Deserialize<'de> for C {
        fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
            let value = serde_value::Value::deserialize(d)?;
            if let serde_value::Value::Map(m) = &value
                && let Some(_) = m.get(&serde_value::Value::String("key".into()))
            {
                return value.deserialize_into().map(C::F).map_err(serde::de::Error::custom);
            }
            value.deserialize_into::<U>().map(C::from).map_err(serde::de::Error::custom)
        }
    }
    #[derive(Debug, Serialize)]
    pub struct T {
        pub all: Vec<C>,
    }
    impl<'de> serde::Deserialize<'de> for T {
        fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
            #[derive(Deserialize)]
            struct R {
                all: Vec<C>,
            }
            let r = R::deserialize(d)?;
            Ok(T { all: r.all })
        }
    }
}
pub mod by_hand_visitor {
    use serde::{Deserialize, Serialize};
    #[derive(Debug, Serialize)]
    #[serde(untagged)]
    pub enum T {
        S(String),
        N(u64),
    }
    impl<'de> serde::Deserialize<'de> for T {
        fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
            struct V;
            impl<'de> serde::de::Visitor<'de> for V {
                type Value = T;
                fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
                    f.write_str("x")
                }
                fn visit_str<E: serde::de::Error>(self, s: &str) -> Result<T, E> {
                    Ok(T::S(s.into()))
                }
                fn visit_u64<E: serde::de::Error>(self, n: u64) -> Result<T, E> {
                    Ok(T::N(n))
                }
            }
            d.deserialize_any(V)
        }
    }
}
pub mod by_hand_visitmap {
    use serde::{Deserialize, Serialize};
    #[derive(Debug, Serialize, Deserialize)]
    pub struct S {
        pub a: u8,
        pub b: Option<u8>,
    }
    #[derive(Debug, Serialize)]
    pub struct T(S);
    impl<'de> serde::Deserialize<'de> for T {
        fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
            struct V;
            impl<'de> serde::de::Visitor<'de> for V {
                type Value = T;
                fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
                    f.write_str("x")
                }
                fn visit_str<E: serde::de::Error>(self, s: &str) -> Result<T, E> {
                    Ok(T(S { a: s.len() as u8, b: None }))
                }
                fn visit_map<M: serde::de::MapAccess<'de>>(self, m: M) -> Result<T, M::Error> {
                    S::deserialize(serde::de::value::MapAccessDeserializer::new(m)).map(T)
                }
            }
            d.deserialize_any(V)
        }
    }
}
pub mod read_by_strnum {
    use serde::{Deserialize, Serialize};
    fn de<'de, D: serde::Deserializer<'de>>(d: D) -> Result<u16, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum E {
            S(String),
            N(u16),
        }
        match E::deserialize(d)? {
            E::S(s) => s.parse().map_err(serde::de::Error::custom),
            E::N(n) => Ok(n),
        }
    }
    #[derive(Debug, Serialize, Deserialize)]
    pub struct T {
        #[serde(deserialize_with = "de")]
        pub a: u16,
        #[serde(default, deserialize_with = "de")]
        pub b: u16,
    }
}
pub mod read_by_null {
    use serde::{Deserialize, Serialize};
    fn de<'de, D: serde::Deserializer<'de>, A: Default + Deserialize<'de>>(d: D) -> Result<A, D::Error> {
        Ok(Option::<A>::deserialize(d)?.unwrap_or_default())
    }
    #[derive(Debug, Serialize, Deserialize)]
    pub struct T {
        #[serde(deserialize_with = "de")]
        pub a: u16,
        #[serde(default, deserialize_with = "de")]
        pub b: Vec<u8>,
    }
}
pub mod read_by_some {
    use serde::{Deserialize, Serialize};
    fn de<'de, D: serde::Deserializer<'de>, A: Deserialize<'de>>(d: D) -> Result<Option<A>, D::Error> {
        A::deserialize(d).map(Some)
    }
    #[derive(Debug, Serialize, Deserialize)]
    pub struct T {
        #[serde(deserialize_with = "de")]
        pub a: Option<u16>,
        #[serde(default, deserialize_with = "de", skip_serializing_if = "Option::is_none")]
        pub b: Option<Option<u8>>,
    }
}
pub mod read_by_sep {
    use serde::{Deserialize, Serialize};
    fn de<'de, D: serde::Deserializer<'de>>(d: D) -> Result<Vec<u8>, D::Error> {
        let s = String::deserialize(d)?;
        s.split(',').map(|p| p.parse().map_err(serde::de::Error::custom)).collect()
    }
    #[derive(Debug, Serialize, Deserialize)]
    pub struct T {
        #[serde(deserialize_with = "de")]
        pub a: Vec<u8>,
        #[serde(default, deserialize_with = "de")]
        pub b: Vec<u8>,
    }
}
pub mod written_by_hand {
    use serde::{Deserialize, Serialize};
    fn ser<S: serde::Serializer>(v: &u8, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(&v.to_string())
    }
    fn sf<S: serde::Serializer>(v: &f64, s: S) -> Result<S::Ok, S::Error> {
        format!("{v}").serialize(s)
    }
    #[derive(Debug, Serialize, Deserialize)]
    pub struct T {
        #[serde(serialize_with = "ser")]
        pub a: u8,
        #[serde(serialize_with = "sf")]
        pub b: f64,
    }
}
pub mod recursive {
    use serde::{Deserialize, Serialize};
    #[derive(Debug, Serialize, Deserialize)]
    pub struct T {
        pub v: u8,
        pub kids: Vec<T>,
        pub next: Option<Box<T>>,
    }
}
pub mod odd_names {
    use serde::{Deserialize, Serialize};
    #[derive(Debug, Serialize, Deserialize)]
    pub struct T {
        #[serde(rename = "$id")]
        pub id: u8,
        pub r#type: String,
        #[serde(rename = "@attr")]
        pub attr: bool,
    }
}
pub mod remote {
    use serde::{Deserialize, Serialize};
    mod other {
        #[derive(Debug)]
        pub struct O {
            pub secs: i64,
            pub name: String,
        }
    }
    #[derive(Serialize, Deserialize)]
    #[serde(remote = "other::O")]
    struct ODef {
        secs: i64,
        #[serde(default)]
        name: String,
    }
    #[derive(Debug, Serialize, Deserialize)]
    pub struct T {
        #[serde(with = "ODef")]
        pub o: other::O,
    }
}
pub mod owned_and_lent {
    use serde::{Deserialize, Serialize};
    #[derive(Debug, Serialize, Deserialize)]
    pub struct T {
        pub a: std::borrow::Cow<'static, str>,
        pub b: Box<[u8]>,
        pub c: std::collections::VecDeque<u8>,
        pub d: std::collections::LinkedList<u8>,
        pub e: std::collections::BinaryHeap<u8>,
        pub f: std::cell::Cell<u8>,
        pub g: std::sync::Mutex<u8>,
    }
}
pub mod defaults {
    use serde::{Deserialize, Serialize};
    #[derive(Debug, Serialize, Deserialize)]
    pub struct T {
        #[serde(default = "five")]
        pub a: u8,
        #[serde(default = "std::default::Default::default")]
        pub b: u8,
        #[serde(default = "String::new")]
        pub c: String,
        #[serde(default = "some")]
        pub d: Option<u8>,
    }
    fn five() -> u8 {
        5
    }
    fn some() -> Option<u8> {
        Some(3)
    }
}
pub mod left_out {
    use serde::{Deserialize, Serialize};
    #[derive(Debug, Serialize, Deserialize)]
    pub struct T {
        #[serde(skip_serializing_if = "is0", default)]
        pub a: u8,
        #[serde(skip_serializing_if = "std::ops::Not::not", default)]
        pub b: bool,
        #[serde(skip_serializing_if = "String::is_empty")]
        pub c: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub d: Option<Option<u8>>,
    }
    fn is0(x: &u8) -> bool {
        *x == 0
    }
}
pub mod query_basic {
    use serde::{Deserialize, Serialize};
    #[derive(Debug, Serialize, Deserialize)]
    pub struct T {
        pub a: u8,
        pub b: Option<String>,
        pub c: Option<u8>,
        #[serde(default)]
        pub d: bool,
        #[serde(rename = "E-e")]
        pub e: Option<f32>,
        pub f: Option<char>,
    }
}
pub mod query_enum {
    use serde::{Deserialize, Serialize};
    #[derive(Debug, Serialize, Deserialize)]
    #[serde(rename_all = "snake_case")]
    pub enum E {
        OneA,
        TwoB,
    }
    #[derive(Debug, Serialize, Deserialize)]
    pub struct T {
        pub a: E,
        pub b: Option<E>,
        pub c: Option<std::num::NonZeroU8>,
    }
}
pub mod query_flat {
    use serde::{Deserialize, Serialize};
    #[derive(Debug, Serialize, Deserialize)]
    pub struct P {
        pub page: Option<String>,
        pub limit: Option<u8>,
    }
    #[derive(Debug, Serialize, Deserialize)]
    pub struct T {
        pub a: String,
        #[serde(flatten)]
        pub p: P,
    }
}
pub mod query_flatstr {
    use serde::{Deserialize, Serialize};
    #[serde_with::serde_as]
    #[derive(Debug, Serialize, Deserialize)]
    pub struct P {
        #[serde_as(as = "Option<serde_with::DisplayFromStr>")]
        pub limit: Option<u8>,
        pub s: Option<String>,
    }
    #[derive(Debug, Serialize, Deserialize)]
    pub struct T {
        pub a: u8,
        #[serde(flatten)]
        pub p: P,
    }
}
pub mod query_map {
    use serde::{Deserialize, Serialize};
    pub type T = std::collections::HashMap<String, String>;
}
pub mod query_deny {
    use serde::{Deserialize, Serialize};
    #[derive(Debug, Serialize, Deserialize)]
    #[serde(deny_unknown_fields)]
    pub struct T {
        pub a: u8,
    }
}
pub mod query_sep {
    use serde::{Deserialize, Serialize};
    #[serde_with::serde_as]
    #[derive(Debug, Serialize, Deserialize)]
    pub struct T {
        #[serde_as(as = "serde_with::StringWithSeparator::<serde_with::formats::CommaSeparator, u8>")]
        pub a: Vec<u8>,
        #[serde_as(as = "Option<serde_with::DurationSeconds<String>>")]
        pub t: Option<std::time::Duration>,
        #[serde_as(as = "Option<serde_with::DurationSeconds<u64>>")]
        pub u: Option<std::time::Duration>,
        #[serde_as(as = "serde_with::BoolFromInt")]
        #[serde(default)]
        pub v: bool,
    }
}
pub mod query_dw {
    use serde::{Deserialize, Serialize};
    fn de<'de, D: serde::Deserializer<'de>>(d: D) -> Result<u16, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum E {
            S(String),
            N(u16),
        }
        match E::deserialize(d)? {
            E::S(s) => s.parse().map_err(serde::de::Error::custom),
            E::N(n) => Ok(n),
        }
    }
    #[derive(Debug, Serialize, Deserialize)]
    pub struct F {
        #[serde(deserialize_with = "de")]
        pub a: u16,
    }
    #[derive(Debug, Serialize, Deserialize)]
    pub struct T {
        #[serde(flatten)]
        pub f: F,
        #[serde(deserialize_with = "de")]
        pub b: u16,
    }
}
pub mod query_foreign {
    use serde::{Deserialize, Serialize};
    #[derive(Debug, Serialize, Deserialize)]
    pub struct T {
        pub a: uuid::Uuid,
        pub b: Option<chrono::DateTime<chrono::Utc>>,
        pub c: Option<std::net::IpAddr>,
        pub d: Option<url::Url>,
        pub e: Option<i64>,
        pub f: Option<rust_decimal::Decimal>,
    }
}
pub mod query_tagged {
    use serde::{Deserialize, Serialize};
    #[derive(Debug, Serialize, Deserialize)]
    #[serde(tag = "kind", rename_all = "lowercase")]
    pub enum T {
        A { s: String },
        B { o: Option<String> },
        C,
    }
}
pub mod query_taggednum {
    use serde::{Deserialize, Serialize};
    #[derive(Debug, Serialize, Deserialize)]
    #[serde(tag = "kind", rename_all = "lowercase")]
    pub enum T {
        A { n: u8 },
        C,
    }
}
pub mod query_untagged {
    use serde::{Deserialize, Serialize};
    #[derive(Debug, Serialize, Deserialize)]
    #[serde(untagged)]
    pub enum T {
        A { s: String },
        B { o: String },
    }
}
pub mod query_tuple {
    use serde::{Deserialize, Serialize};
    pub type T = Vec<(String, String)>;
}
pub mod query_newtype {
    use serde::{Deserialize, Serialize};
    #[derive(Debug, Serialize, Deserialize)]
    pub struct I {
        pub a: u8,
        pub b: Option<u8>,
    }
    #[derive(Debug, Serialize, Deserialize)]
    pub struct T(pub I);
}
pub mod query_html {
    use serde::{Deserialize, Serialize};
    #[derive(Debug, Serialize, Deserialize)]
    pub struct T {
        pub a: u8,
        #[serde(default)]
        pub b: Vec<u8>,
        pub c: Vec<String>,
        pub d: Option<u8>,
        pub e: Option<String>,
    }
}
pub mod query_qs {
    use serde::{Deserialize, Serialize};
    #[derive(Debug, Serialize, Deserialize)]
    pub struct I {
        pub x: u8,
        pub y: Option<String>,
    }
    #[derive(Debug, Serialize, Deserialize)]
    pub struct T {
        pub a: u8,
        #[serde(default)]
        pub b: Vec<u8>,
        pub c: I,
        pub d: Option<I>,
        pub e: Option<bool>,
    }
}
