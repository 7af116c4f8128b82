//! Well-known types of other crates: how they travel. A row is data; adding a type is adding a row.
//!
//! A path matches a row when it begins with the row's crate (or module path) and ends in one of its names: crates
//! re-export their types from many modules.

use std::collections::HashMap;
use std::sync::OnceLock;

/// What a known foreign type looks like.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Known {
    /// As its type argument with this number.
    Like(usize),
    /// As its type argument, read as JSON whatever surrounds it.
    Json,
    /// `Option` of argument 0.
    Option,
    /// A list of argument 0.
    List,
    /// A list of the items of argument 0, an array (`SmallVec<[T; 4]>`).
    ListOfArray,
    /// A list of this.
    ListOf(&'static Known),
    /// A list of pairs of arguments 0 and 1.
    Pairs,
    /// A map from argument 0 to argument 1.
    Map,
    /// A map from text to this.
    MapTo(&'static Known),
    /// Text; a named format where it has one.
    Text(Option<&'static str>),
    /// A list of bytes that is also read from text.
    Bytes,
    /// An integer.
    Int(i128, u128),
    /// An integer without zero: its primitive.
    NonZero(&'static str),
    /// An integer without zero: of the primitive that is argument 0.
    NonZeroOf,
    /// `f64`
    Float64,
    /// `true`, `false`
    Bool,
    /// Any decimal number.
    Decimal,
    /// Anything.
    Any,
    /// `null`
    Null,
    /// An object with these fields, always there.
    Object(&'static [(&'static str, Known)]),
    /// An object; fields behind the bar may be missing.
    Partial(&'static [(&'static str, Known)], &'static [(&'static str, Known)]),
    /// An array with a type per place.
    Tuple(&'static [Known]),
    /// `null` or this.
    Nullable(&'static Known),
    /// An enum told by its key: name and what it carries.
    Tagged(&'static [(&'static str, Option<Known>)]),
    /// Argument 0 or argument 1, whichever fits.
    Untagged,
    /// Absent, `null` or a value of argument 0, all three apart.
    Undefined,
    /// What it writes is decided at run time.
    Erased,
}

/// One row.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row {
    /// The crate, or a module path where a name means several things.
    pub(crate) at: &'static str,
    /// Names.
    pub(crate) names: &'static [&'static str],
    /// How they travel.
    pub(crate) known: Known,
}

const fn row(at: &'static str, names: &'static [&'static str], known: Known) -> Row {
    Row { at, names, known }
}

const fn text(format: &'static str) -> Known {
    Known::Text(Some(format))
}

const STRING: Known = Known::Text(None);
const U16: Known = Known::Int(0, u16::MAX as u128);
const U32: Known = Known::Int(0, u32::MAX as u128);
const U64: Known = Known::Int(0, u64::MAX as u128);
const I32: Known = Known::Int(i32::MIN as i128, i32::MAX as u128);
const I64: Known = Known::Int(i64::MIN as i128, i64::MAX as u128);
const U8: Known = Known::Int(0, u8::MAX as u128);

/// The row of a canonical path.
pub(crate) fn known(path: &str) -> Option<Known> {
    let name = path.rsplit("::").next()?;
    let rows = by_name().get(name)?;
    if let Some(row) = rows.iter().find(|row| beneath(path, row.at)) {
        return Some(row.known);
    }
    // Some crates hand the standard library on: `prost::alloc::vec::Vec`.
    let mut segments = path.splitn(3, "::");
    let (_, library, rest) = (segments.next()?, segments.next()?, segments.next()?);
    if !matches!(library, "alloc" | "core" | "std") {
        return None;
    }
    let path = format!("std::{rest}");
    rows.iter().find(|row| beneath(&path, row.at)).map(|row| row.known)
}

fn by_name() -> &'static HashMap<&'static str, Vec<&'static Row>> {
    static INDEX: OnceLock<HashMap<&'static str, Vec<&'static Row>>> = OnceLock::new();
    INDEX.get_or_init(|| {
        let mut index: HashMap<&'static str, Vec<&'static Row>> = HashMap::new();
        for row in FOREIGN {
            for name in row.names {
                index.entry(name).or_default().push(row);
            }
        }
        index
    })
}

/// Is `path` in this crate or module?
pub(crate) fn beneath(path: &str, at: &str) -> bool {
    path.strip_prefix(at).is_some_and(|rest| rest.starts_with("::"))
}

/// Features that change how types of a crate travel: package, feature, where the types are found, their names. The rows
/// of [`FOREIGN`] say what holds while they are off, which is their default.
const WIRE_FEATURES: &[(&str, &str, &[&str], &[&str])] = &[
    (
        "time",
        "serde-human-readable",
        &["time"],
        &["OffsetDateTime", "UtcDateTime", "PrimitiveDateTime", "Date", "Time", "Duration", "UtcOffset"],
    ),
    ("rust_decimal", "serde-float", &["rust_decimal", "sqlx"], &["Decimal"]),
    ("serde_json", "arbitrary_precision", &["serde_json"], &["Number", "Value"]),
];

/// The features that change the wire: package and feature.
pub(crate) fn wire_features() -> impl Iterator<Item = (&'static str, &'static str)> {
    WIRE_FEATURES.iter().map(|(package, feature, ..)| (*package, *feature))
}

/// The feature that changes how this type travels.
pub(crate) fn wire_feature(path: &str) -> Option<(&'static str, &'static str)> {
    let name = path.rsplit("::").next()?;
    let concerns = |at: &[&str], names: &[&str]| names.contains(&name) && at.iter().any(|at| beneath(path, at));
    let row = WIRE_FEATURES.iter().find(|(.., at, names)| concerns(at, names))?;
    Some((row.0, row.1))
}

/// Types that poem-openapi writes and reads by itself, otherwise than serde does (`types/external/time.rs`).
const IN_POEM: &[Row] = &[
    row("time", &["OffsetDateTime"], text("date-time")),
    row("time", &["PrimitiveDateTime"], text("naive-date-time")),
    row("time", &["Date"], text("date")),
    row("time", &["Time"], text("time")),
];

/// What a type is in an `Object` of poem-openapi, where serde makes something else of it.
pub(crate) fn known_in_poem(path: &str) -> Option<Known> {
    let name = path.rsplit("::").next()?;
    IN_POEM.iter().find(|row| row.names.contains(&name) && beneath(path, row.at)).map(|row| row.known)
}

/// The table.
pub(crate) const FOREIGN: &[Row] = &[
    // Pointers, cells and wrappers.
    row("std::boxed", &["Box"], Known::Like(0)),
    row("std::rc", &["Rc"], Known::Like(0)),
    row("std::sync", &["Arc", "Mutex", "RwLock", "OnceLock", "LazyLock"], Known::Like(0)),
    row("std::cell", &["Cell", "RefCell", "OnceCell"], Known::Like(0)),
    row("std::borrow", &["Cow"], Known::Like(0)),
    row("std::num", &["Wrapping", "Saturating"], Known::Like(0)),
    row("std::cmp", &["Reverse"], Known::Like(0)),
    row("std::pin", &["Pin"], Known::Like(0)),
    row("std::option", &["Option"], Known::Option),
    row("triomphe", &["Arc"], Known::Like(0)),
    row("beef", &["Cow"], Known::Like(0)),
    row("parking_lot", &["Mutex", "RwLock", "ReentrantMutex"], Known::Like(0)),
    row("tokio::sync", &["Mutex", "RwLock", "OnceCell"], Known::Like(0)),
    row("once_cell", &["OnceCell"], Known::Like(0)),
    row("arc_swap", &["ArcSwap", "ArcSwapOption"], Known::Like(0)),
    row("secrecy", &["Secret", "SecretBox"], Known::Like(0)),
    row("secrecy", &["SecretString"], STRING),
    row("ordered_float", &["OrderedFloat", "NotNan"], Known::Like(0)),
    row("sqlx", &["Json"], Known::Like(0)),
    row("zeroize", &["Zeroizing"], Known::Like(0)),
    row("unicase", &["UniCase", "Ascii"], Known::Like(0)),
    row("serde_with", &["Same"], Known::Like(0)),
    row("actix_web", &["Json"], Known::Like(0)),
    row("axum", &["Json"], Known::Like(0)),
    row("rocket", &["Json", "MsgPack"], Known::Json),
    row("rocket_contrib", &["Json", "MsgPack"], Known::Json),
    row("rocket", &["Capped", "Form", "Lenient", "Strict"], Known::Like(0)),
    row("rocket", &["TempFile"], text("binary")),
    row("actix_multipart", &["Text"], Known::Like(0)),
    row("actix_multipart", &["Json"], Known::Json),
    row("actix_multipart", &["Bytes", "TempFile"], text("binary")),
    row("axum_typed_multipart", &["FieldData"], Known::Like(0)),
    row("poem_openapi", &["JsonField"], Known::Json),
    row("poem_openapi", &["Upload"], text("binary")),
    row("tempfile", &["NamedTempFile"], text("binary")),
    row("poem_openapi", &["Any"], Known::Any),
    row("poem_openapi", &["Email"], text("email")),
    row("poem_openapi", &["Hostname"], text("hostname")),
    row("poem_openapi", &["Password"], STRING),
    row("poem_openapi::types", &["Base64"], text("base64")),
    row("poem_openapi::types", &["Binary"], text("binary")),
    // Text.
    row("std::string", &["String"], STRING),
    row("std::path", &["Path", "PathBuf"], STRING),
    row("std::ffi", &["CString", "CStr"], Known::ListOf(&U8)),
    row("std::net", &["IpAddr"], text("ip")),
    row("std::net", &["Ipv4Addr"], text("ipv4")),
    row("std::net", &["Ipv6Addr"], text("ipv6")),
    row("std::net", &["SocketAddr"], text("socket-addr")),
    row("std::net", &["SocketAddrV4"], text("socket-addr-v4")),
    row("std::net", &["SocketAddrV6"], text("socket-addr-v6")),
    row("smol_str", &["SmolStr"], STRING),
    row("compact_str", &["CompactString"], STRING),
    row("arcstr", &["ArcStr", "Substr"], STRING),
    row("bytestring", &["ByteString"], STRING),
    row("kstring", &["KString", "KStringCow", "KStringRef"], STRING),
    row("ecow", &["EcoString"], STRING),
    row("flexstr", &["SharedStr", "LocalStr", "FlexStr"], STRING),
    row("imstr", &["ImString"], STRING),
    row("hipstr", &["HipStr"], STRING),
    row("tendril", &["StrTendril"], STRING),
    row("camino", &["Utf8Path", "Utf8PathBuf"], STRING),
    row("camino_tempfile", &["Utf8TempPath"], STRING),
    row("url", &["Url"], text("url")),
    row("reqwest", &["Url"], text("url")),
    row("uuid", &["Uuid", "NonNilUuid"], text("uuid")),
    row("uuid", &["Hyphenated", "Simple", "Urn", "Braced"], text("uuid")),
    row("sqlx", &["Uuid"], text("uuid")),
    row("rocket", &["Uuid"], text("uuid")),
    row("poem_openapi", &["Uuid"], text("uuid")),
    row("newtype_uuid", &["TypedUuid"], text("uuid")),
    row("ulid", &["Ulid"], text("ulid")),
    row("rusty_ulid", &["Ulid"], text("ulid")),
    row("svix_ksuid", &["Ksuid", "KsuidMs"], text("ksuid")),
    row("semver", &["Version"], text("semver")),
    row("semver", &["VersionReq"], text("semver-requirement")),
    row("ipnet", &["IpNet"], text("ip-net")),
    row("ipnet", &["Ipv4Net"], text("ipv4-net")),
    row("ipnet", &["Ipv6Net"], text("ipv6-net")),
    row("oxnet", &["IpNet"], text("ip-net")),
    row("oxnet", &["Ipv4Net"], text("ipv4-net")),
    row("oxnet", &["Ipv6Net"], text("ipv6-net")),
    row("ipnetwork", &["IpNetwork"], text("ip-net")),
    row("ipnetwork", &["Ipv4Network"], text("ipv4-net")),
    row("ipnetwork", &["Ipv6Network"], text("ipv6-net")),
    row("cidr", &["IpCidr", "Ipv4Cidr", "Ipv6Cidr", "AnyIpCidr"], text("cidr")),
    row("email_address", &["EmailAddress"], text("email")),
    row("lettre", &["Address", "Mailbox"], text("email")),
    row("webauthn_rs", &["Base64UrlSafeData"], text("base64url")),
    row("webauthn_rs_proto", &["Base64UrlSafeData"], text("base64url")),
    row("base64urlsafedata", &["Base64UrlSafeData", "HumanBinaryData"], text("base64url")),
    row("oauth2", OAUTH_TEXTS, STRING),
    row("openidconnect", OAUTH_TEXTS, STRING),
    row("phonenumber", &["PhoneNumber"], Known::Erased),
    row("rust_decimal", &["Decimal"], text("decimal")),
    row("bigdecimal", &["BigDecimal"], text("decimal")),
    row("sqlx", &["Decimal", "BigDecimal"], text("decimal")),
    row("humantime", &["Duration"], text("duration-human")),
    row("humantime_serde", &["Serde"], text("duration-human")),
    row("bytesize", &["ByteSize"], text("byte-size")),
    row("mime_serde_shim", &["Wrapper"], text("mime")),
    row("regex", &["Regex"], Known::Erased),
    row("glob", &["Pattern"], Known::Erased),
    row("chrono_tz", &["Tz"], text("time-zone")),
    row("language_tags", &["LanguageTag"], text("language-tag")),
    row("unic_langid", &["LanguageIdentifier"], text("language-tag")),
    row("iri_string", &["UriString", "IriString", "UriAbsoluteString", "IriAbsoluteString"], text("uri")),
    row("ruma_common", RUMA_IDS, STRING),
    row("ruma_identifiers", RUMA_IDS, STRING),
    row("ruma", RUMA_IDS, STRING),
    // Dates and times.
    row("chrono", &["DateTime"], text("date-time")),
    row("chrono", &["NaiveDateTime"], text("naive-date-time")),
    row("chrono", &["NaiveDate"], text("date")),
    row("chrono", &["NaiveTime"], text("time")),
    row("chrono", &["Month"], text("month")),
    row("chrono", &["Weekday"], text("weekday")),
    row("chrono", &["TimeDelta", "Duration"], Known::Tuple(&[I64, I32])),
    row("sqlx", &["DateTime"], text("date-time")),
    row("sqlx", &["NaiveDateTime"], text("naive-date-time")),
    row("sqlx", &["NaiveDate"], text("date")),
    row("jiff", &["Timestamp"], text("date-time")),
    row("jiff", &["Zoned"], text("zoned-date-time")),
    row("jiff", &["DateTime"], text("naive-date-time")),
    row("jiff", &["Date"], text("date")),
    row("jiff", &["Time"], text("time")),
    row("jiff", &["SignedDuration", "Span"], text("duration")),
    row("time", &["OffsetDateTime"], Known::Tuple(&[I32, U16, U8, U8, U8, U32, I8, I8, I8])),
    row("time", &["UtcDateTime", "PrimitiveDateTime"], Known::Tuple(&[I32, U16, U8, U8, U8, U32])),
    row("time", &["Date"], Known::Tuple(&[I32, U16])),
    row("time", &["Time"], Known::Tuple(&[U8, U8, U8, U32])),
    row("time", &["Duration"], Known::Tuple(&[I64, I32])),
    row("time", &["UtcOffset"], Known::Tuple(&[I8, I8, I8])),
    row("std::time", &["Duration"], Known::Object(&[("secs", U64), ("nanos", U32)])),
    row("web_time", &["Duration"], Known::Object(&[("secs", U64), ("nanos", U32)])),
    row("web_time", &["SystemTime"], Known::Object(&[("secs_since_epoch", U64), ("nanos_since_epoch", U32)])),
    row("tokio::time", &["Duration"], Known::Object(&[("secs", U64), ("nanos", U32)])),
    row("std::time", &["SystemTime"], Known::Object(&[("secs_since_epoch", U64), ("nanos_since_epoch", U32)])),
    // Numbers.
    row("std::num", &["NonZeroU8"], Known::NonZero("u8")),
    row("std::num", &["NonZeroU16"], Known::NonZero("u16")),
    row("std::num", &["NonZeroU32"], Known::NonZero("u32")),
    row("std::num", &["NonZeroU64"], Known::NonZero("u64")),
    row("std::num", &["NonZeroU128"], Known::NonZero("u128")),
    row("std::num", &["NonZeroUsize"], Known::NonZero("usize")),
    row("std::num", &["NonZeroI8"], Known::NonZero("i8")),
    row("std::num", &["NonZeroI16"], Known::NonZero("i16")),
    row("std::num", &["NonZeroI32"], Known::NonZero("i32")),
    row("std::num", &["NonZeroI64"], Known::NonZero("i64")),
    row("std::num", &["NonZeroI128"], Known::NonZero("i128")),
    row("std::num", &["NonZeroIsize"], Known::NonZero("isize")),
    row("std::num", &["NonZero"], Known::NonZeroOf),
    row("std::sync::atomic", &["AtomicU8"], U8),
    row("std::sync::atomic", &["AtomicU16"], U16),
    row("std::sync::atomic", &["AtomicU32"], U32),
    row("std::sync::atomic", &["AtomicU64", "AtomicUsize"], U64),
    row("std::sync::atomic", &["AtomicI8"], I8),
    row("std::sync::atomic", &["AtomicI16"], Known::Int(i16::MIN as i128, i16::MAX as u128)),
    row("std::sync::atomic", &["AtomicI32"], I32),
    row("std::sync::atomic", &["AtomicI64", "AtomicIsize"], I64),
    row("std::sync::atomic", &["AtomicBool"], Known::Bool),
    row("serde_json", &["Number"], Known::Decimal),
    row("js_int", &["UInt"], Known::Int(0, 9_007_199_254_740_991)),
    row("js_int", &["Int"], Known::Int(-9_007_199_254_740_991, 9_007_199_254_740_991)),
    row("ruma", &["UInt"], Known::Int(0, 9_007_199_254_740_991)),
    row("ruma", &["Int"], Known::Int(-9_007_199_254_740_991, 9_007_199_254_740_991)),
    row("dropshot", &["ErrorStatusCode", "ClientErrorStatusCode"], U16),
    // Collections.
    row("std::vec", &["Vec"], Known::List),
    row("std::collections", &["Vec", "VecDeque", "LinkedList", "BinaryHeap", "HashSet", "BTreeSet"], Known::List),
    row("std::collections", &["HashMap", "BTreeMap"], Known::Map),
    row("indexmap", &["IndexMap"], Known::Map),
    row("indexmap", &["IndexSet"], Known::List),
    row("hashbrown", &["HashMap"], Known::Map),
    row("hashbrown", &["HashSet"], Known::List),
    row("ahash", &["HashMap", "AHashMap"], Known::Map),
    row("ahash", &["HashSet", "AHashSet"], Known::List),
    row("rustc_hash", &["FxHashMap"], Known::Map),
    row("rustc_hash", &["FxHashSet"], Known::List),
    row("fnv", &["FnvHashMap"], Known::Map),
    row("fnv", &["FnvHashSet"], Known::List),
    row("dashmap", &["DashMap"], Known::Map),
    row("dashmap", &["DashSet"], Known::List),
    row("linked_hash_map", &["LinkedHashMap"], Known::Map),
    row("hashlink", &["LinkedHashMap"], Known::Map),
    row("hashlink", &["LinkedHashSet"], Known::List),
    row("im", &["HashMap", "OrdMap"], Known::Map),
    row("im", &["HashSet", "OrdSet", "Vector"], Known::List),
    row("imbl", &["HashMap", "OrdMap"], Known::Map),
    row("imbl", &["HashSet", "OrdSet", "Vector"], Known::List),
    row("enum_map", &["EnumMap"], Known::Map),
    row("smallvec", &["SmallVec"], Known::ListOfArray),
    row("tinyvec", &["TinyVec", "ArrayVec"], Known::ListOfArray),
    row("arrayvec", &["ArrayVec"], Known::List),
    row("arrayvec", &["ArrayString"], STRING),
    row("heapless", &["Vec", "Deque"], Known::List),
    row("heapless", &["String"], STRING),
    row("thin_vec", &["ThinVec"], Known::List),
    row("ecow", &["EcoVec"], Known::List),
    row("nonempty", &["NonEmpty"], Known::List),
    row("vec1", &["Vec1"], Known::List),
    row("mediatype", &["MediaTypeBuf"], text("media-type")),
    row("iddqd", &["IdOrdMap", "IdHashMap", "BiHashMap", "TriHashMap"], Known::List),
    row("ordermap", &["OrderMap"], Known::Map),
    row("ordermap", &["OrderSet"], Known::List),
    row("serde_json", &["Map"], Known::MapTo(&Known::Any)),
    // Bytes.
    row("serde_bytes", &["ByteBuf", "Bytes", "ByteArray"], Known::Bytes),
    row("bytes", &["Bytes", "BytesMut"], Known::Bytes),
    row("axum", &["Bytes"], Known::Bytes),
    row("actix_web", &["Bytes"], Known::Bytes),
    row("hyper", &["Bytes"], Known::Bytes),
    // Anything.
    row("serde_json", &["Value", "RawValue"], Known::Any),
    row("rocket", &["Value"], Known::Any),
    row("serde_yaml", &["Value"], Known::Any),
    row("toml", &["Value"], Known::Any),
    row("serde_cbor", &["Value"], Known::Any),
    row("toml", &["Map"], Known::MapTo(&Known::Any)),
    row("toml", &["Table"], Known::MapTo(&Known::Any)),
    row("serde", &["IgnoredAny"], Known::Any),
    row("ruma_common", &["Raw"], Known::Any),
    row("ruma_serde", &["Raw"], Known::Any),
    row("ruma", &["Raw"], Known::Any),
    // Objects and enums.
    row("std::marker", &["PhantomData", "PhantomPinned"], Known::Null),
    row("std::ops", &["Range", "RangeInclusive"], Known::Object(&[("start", Known::Like(0)), ("end", Known::Like(0))])),
    row("std::ops", &["RangeFrom"], Known::Object(&[("start", Known::Like(0))])),
    row("std::ops", &["RangeTo"], Known::Object(&[("end", Known::Like(0))])),
    row(
        "std::ops",
        &["Bound"],
        Known::Tagged(&[("Unbounded", None), ("Included", Some(Known::Like(0))), ("Excluded", Some(Known::Like(0)))]),
    ),
    row("std::result", &["Result"], Known::Tagged(&[("Ok", Some(Known::Like(0))), ("Err", Some(Known::Like(1)))])),
    row("either", &["Either"], Known::Tagged(&[("Left", Some(Known::Like(0))), ("Right", Some(Known::Like(1)))])),
    row("poem_openapi", &["MaybeUndefined"], Known::Undefined),
    row("async_graphql", &["MaybeUndefined"], Known::Undefined),
    row("js_option", &["JsOption"], Known::Undefined),
    row(
        "dropshot",
        &["ResultsPage"],
        Known::Object(&[("next_page", Known::Nullable(&STRING)), ("items", Known::ListOf(&Known::Like(0)))]),
    ),
    row(
        "dropshot",
        &["HttpErrorResponseBody"],
        Known::Partial(&[("request_id", STRING), ("message", STRING)], &[("error_code", STRING)]),
    ),
    row("dropshot", &["EmptyScanParams"], Known::Object(&[])),
    row("dropshot", &["PaginationOrder"], Known::Tagged(&[("ascending", None), ("descending", None)])),
    // What only the running program knows.
    row("actix_web", &["HttpResponse"], Known::Erased),
    row("axum", &["Response"], Known::Erased),
    row("http", &["Response"], Known::Erased),
];

const I8: Known = Known::Int(i8::MIN as i128, i8::MAX as u128);

const OAUTH_TEXTS: &[&str] = &[
    "AccessToken",
    "AuthUrl",
    "AuthorizationCode",
    "ClientId",
    "ClientSecret",
    "CsrfToken",
    "DeviceCode",
    "IssuerUrl",
    "Nonce",
    "PkceCodeVerifier",
    "RedirectUrl",
    "RefreshToken",
    "Scope",
    "TokenUrl",
    "UserCode",
];

const RUMA_IDS: &[&str] = &[
    "OwnedUserId",
    "OwnedRoomId",
    "OwnedRoomAliasId",
    "OwnedRoomOrAliasId",
    "OwnedEventId",
    "OwnedServerName",
    "OwnedDeviceId",
    "OwnedMxcUri",
    "OwnedClientSecret",
    "OwnedSessionId",
    "OwnedTransactionId",
    "OwnedVoipId",
    "OwnedSpaceChildOrder",
    "OwnedKeyId",
    "OwnedSigningKeyId",
    "OwnedServerSigningKeyVersion",
    "OwnedServerSigningKeyId",
    "OwnedDeviceKeyId",
    "OwnedDeviceSignatures",
    "OwnedOneTimeKeyId",
    "OwnedOneTimeKeyName",
    "OwnedCrossSigningKeyId",
    "OwnedBase64PublicKey",
    "OwnedBase64PublicKeyOrDeviceId",
    "OwnedRoomVersionId",
    "UserId",
    "RoomId",
    "EventId",
    "DeviceId",
    "ServerName",
    "MxcUri",
];

#[cfg(test)]
mod tests {
    use super::{FOREIGN, Known, known};
    use std::collections::BTreeSet;

    #[test]
    fn a_name_means_what_its_crate_says() {
        let cases = [
            ("std::time::Duration", Some(Known::Object(&[("secs", super::U64), ("nanos", super::U32)]))),
            ("chrono::Duration", Some(Known::Tuple(&[super::I64, super::I32]))),
            ("chrono::offset::local::DateTime", Some(Known::Text(Some("date-time")))),
            ("jiff::civil::DateTime", Some(Known::Text(Some("naive-date-time")))),
            ("std::collections::hash_map::HashMap", Some(Known::Map)),
            ("prost::alloc::vec::Vec", Some(Known::List)),
            ("tokio::time::Duration", Some(Known::Object(&[("secs", super::U64), ("nanos", super::U32)]))),
            ("std::io::Result", None),
            ("chronology::DateTime", None),
            ("DateTime", None),
        ];
        for (path, expected) in cases {
            assert_eq!(known(path), expected, "{path}");
        }
    }

    #[test]
    fn no_row_hides_another() {
        let mut seen = BTreeSet::new();
        for row in FOREIGN {
            for name in row.names {
                assert!(seen.insert((row.at, *name)), "{}::{name} has two rows", row.at);
            }
        }
    }
}
