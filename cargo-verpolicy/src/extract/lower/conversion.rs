//! Well-known modules of `with`, `serialize_with` and `deserialize_with`, and the adapters of `serde_as`: what they put
//! on the wire. A row is data; whatever has no row is code that nobody executed.

use super::foreign::Known;

/// What a known module makes of a field.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Conversion {
    /// This, whatever the field's type is; `null` too where the field is an `Option`.
    To(Known),
    /// As the field's own type.
    Same,
    /// As the field's own type, and `null` is not the same as a missing key.
    DoubleOption,
    /// The text of the field's own type.
    Display,
}

/// The row of a canonical module path (`time::serde::rfc3339`), a trailing `serialize` or `deserialize` put aside.
pub(crate) fn conversion(path: &str) -> Option<Conversion> {
    let path = path.strip_suffix("::serialize").or_else(|| path.strip_suffix("::deserialize")).unwrap_or(path);
    let stem = path.strip_suffix("::option").or_else(|| path.strip_suffix("_option")).unwrap_or(path);
    CONVERSIONS.iter().find(|(at, _)| *at == path || *at == stem).map(|(_, to)| *to)
}

const fn text(format: &'static str) -> Conversion {
    Conversion::To(Known::Text(Some(format)))
}

const I64: Conversion = Conversion::To(Known::Int(i64::MIN as i128, i64::MAX as u128));
const I128: Conversion = Conversion::To(Known::Int(i128::MIN, i128::MAX as u128));
const U64: Conversion = Conversion::To(Known::Int(0, u64::MAX as u128));
const U16: Conversion = Conversion::To(Known::Int(0, u16::MAX as u128));

/// The items by their keys.
const MAP_OF_ITEMS: Conversion = Conversion::To(Known::MapTo(&Known::Like(0)));

const CONVERSIONS: &[(&str, Conversion)] = &[
    ("time::serde::rfc3339", text("date-time")),
    ("time::serde::rfc2822", text("date-time-rfc2822")),
    ("time::serde::iso8601", text("date-time-iso8601")),
    ("time::serde::timestamp", I64),
    ("time::serde::timestamp::milliseconds", I128),
    ("time::serde::timestamp::microseconds", I128),
    ("time::serde::timestamp::nanoseconds", I128),
    ("chrono::serde::ts_seconds", I64),
    ("chrono::serde::ts_milliseconds", I64),
    ("chrono::serde::ts_microseconds", I64),
    ("chrono::serde::ts_nanoseconds", I64),
    ("chrono::naive::serde::ts_seconds", I64),
    ("chrono::naive::serde::ts_milliseconds", I64),
    ("chrono::naive::serde::ts_microseconds", I64),
    ("chrono::naive::serde::ts_nanoseconds", I64),
    ("jiff::fmt::serde::timestamp::second::required", I64),
    ("jiff::fmt::serde::timestamp::second::optional", I64),
    ("jiff::fmt::serde::timestamp::millisecond::required", I64),
    ("jiff::fmt::serde::timestamp::millisecond::optional", I64),
    ("humantime_serde", text("duration-human")),
    ("iddqd::id_ord_map::IdOrdMapAsMap", MAP_OF_ITEMS),
    ("iddqd::id_hash_map::IdHashMapAsMap", MAP_OF_ITEMS),
    ("byte_wrapper::HexArray", text("hex")),
    ("byte_wrapper::HexVec", text("hex")),
    ("byte_wrapper::Base64Vec", text("base64")),
    ("serde_bytes", Conversion::To(Known::Bytes)),
    ("hex", text("hex")),
    ("hex::serde", text("hex")),
    ("rust_decimal::serde::str", text("decimal")),
    ("rust_decimal::serde::float", Conversion::To(Known::Float64)),
    ("rust_decimal::serde::arbitrary_precision", Conversion::To(Known::Decimal)),
    ("uuid::serde::simple", text("uuid")),
    ("uuid::serde::hyphenated", text("uuid")),
    ("uuid::serde::urn", text("uuid")),
    ("uuid::serde::braced", text("uuid")),
    ("uuid::serde::compact", Conversion::To(Known::ListOf(&Known::Int(0, u8::MAX as u128)))),
    ("http_serde::uri", text("uri")),
    ("http_serde::method", Conversion::To(Known::Text(None))),
    ("http_serde::status_code", U16),
    ("http_serde::header_map", Conversion::To(Known::MapTo(&Known::Any))),
    ("http_serde::authority", text("uri")),
    ("http_serde::version", Conversion::To(Known::Text(None))),
    ("url_serde", text("url")),
    ("serde_millis", U64),
    ("either::serde_untagged", Conversion::To(Known::Untagged)),
    ("either::serde_untagged_optional", Conversion::To(Known::Untagged)),
    ("indexmap::map::serde_seq", Conversion::To(Known::Pairs)),
    ("serde_with::rust::double_option", Conversion::DoubleOption),
    ("serde_with::rust::unwrap_or_skip", Conversion::Same),
    ("serde_with::rust::maps_duplicate_key_is_error", Conversion::Same),
    ("serde_with::rust::maps_first_key_wins", Conversion::Same),
    ("serde_with::rust::sets_duplicate_value_is_error", Conversion::Same),
    ("serde_with::rust::sets_last_value_wins", Conversion::Same),
    ("serde_with::rust::map_as_tuple_list", Conversion::To(Known::Pairs)),
    ("serde_with::rust::hashmap_as_tuple_list", Conversion::To(Known::Pairs)),
    ("serde_with::rust::btreemap_as_tuple_list", Conversion::To(Known::Pairs)),
    ("serde_with::rust::display_fromstr", Conversion::Display),
];

/// What an adapter of `serde_with` (the last segment of its path) makes of a field under `#[serde_as(as = …)]`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Adapter {
    /// This, whatever the field's type is.
    To(Known),
    /// The text of the field's own type.
    Display,
    /// A number, or its text when the first argument is `String`: whole, `u64` where it is not said.
    Seconds,
    /// The same, `i64` where it is not said.
    Timestamp,
    /// The same with a fraction.
    SecondsFraction,
    /// The adapter's own argument, as a type.
    Argument,
    /// The adapter's own argument, as a type, through code that may refuse.
    ArgumentTried,
    /// A list of the first argument, or one of it.
    OneOrMany,
    /// As the first of a tuple of adapters; as any of them when it is read.
    PickFirst,
    /// A map, of a list of pairs.
    Map,
    /// As the argument, and what cannot be read is the default.
    DefaultOnError,
    /// As the argument, and `null` reads as the default.
    DefaultOnNull,
    /// Text; an empty one means `None`.
    EmptyText,
    /// 0 or 1.
    Bit,
    /// A list of pairs.
    Pairs,
    /// The first argument, structurally.
    Inner,
}

/// The adapter's row.
pub(crate) fn adapter(name: &str) -> Option<Adapter> {
    Some(match name {
        "DisplayFromStr" => Adapter::Display,
        "Hex" => Adapter::To(Known::Text(Some("hex"))),
        "Base64" => Adapter::To(Known::Text(Some("base64"))),
        "Bytes" => Adapter::To(Known::Bytes),
        "JsonString" => Adapter::To(Known::Text(Some("json"))),
        "StringWithSeparator" => Adapter::To(Known::Text(Some("separated"))),
        "DurationSeconds" | "DurationMilliSeconds" | "DurationMicroSeconds" | "DurationNanoSeconds" => Adapter::Seconds,
        "TimestampSeconds" | "TimestampMilliSeconds" | "TimestampMicroSeconds" | "TimestampNanoSeconds" => {
            Adapter::Timestamp
        }
        "DurationSecondsWithFrac"
        | "DurationMilliSecondsWithFrac"
        | "DurationMicroSecondsWithFrac"
        | "DurationNanoSecondsWithFrac"
        | "TimestampSecondsWithFrac"
        | "TimestampMilliSecondsWithFrac"
        | "TimestampMicroSecondsWithFrac"
        | "TimestampNanoSecondsWithFrac" => Adapter::SecondsFraction,
        "FromInto" | "FromIntoRef" => Adapter::Argument,
        "TryFromInto" | "TryFromIntoRef" => Adapter::ArgumentTried,
        "OneOrMany" => Adapter::OneOrMany,
        "PickFirst" => Adapter::PickFirst,
        "Map" => Adapter::Map,
        "DefaultOnError" => Adapter::DefaultOnError,
        "DefaultOnNull" => Adapter::DefaultOnNull,
        "NoneAsEmptyString" => Adapter::EmptyText,
        "BoolFromInt" => Adapter::Bit,
        "Seq" => Adapter::Pairs,
        "SetPreventDuplicates" | "SetLastValueWins" | "MapPreventDuplicates" | "MapFirstKeyWins" | "BorrowCow" => {
            Adapter::Inner
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::{Conversion, I64, conversion, text};

    #[test]
    fn modules_are_known_by_their_whole_path() {
        let cases = [
            ("time::serde::rfc3339", Some(text("date-time"))),
            ("time::serde::rfc3339::option", Some(text("date-time"))),
            ("chrono::serde::ts_seconds_option::deserialize", Some(I64)),
            ("serde_with::rust::double_option", Some(Conversion::DoubleOption)),
            ("my::rfc3339", None),
        ];
        for (path, expected) in cases {
            assert_eq!(conversion(path), expected, "{path}");
        }
    }
}
