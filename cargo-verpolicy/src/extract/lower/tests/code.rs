//! Code that reads and writes by hand, and adapters.

use super::{both, check, input, parameters};
use crate::model::{In, Reader};

const READ: &str = "use serde::Deserializer; impl<'de> Deserialize<'de> for T { fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> { BODY } }";

/// A type beside hand-written code with this body that reads it.
fn read(types: &str, body: &str) -> String {
    input(&format!("{types} {}", READ.replace("BODY", body)), "T")
}

#[test]
fn a_value_that_is_held_is_read_as_one_of_several_types() {
    let types = "use serde_json::Value; #[d] struct A { a: u8 } #[d] struct B { b: u8, c: Option<u8> } #[derive(Serialize)] #[s(untagged)] enum T { A(A), B(B) }";
    let either = "code(untagged(A {a: u8}, B {b: u8, c?: u8|null}))";
    let rows = [
        // By what the value holds.
        (
            types,
            "let value = Value::deserialize(d)?; match value { Value::Object(map) if map.contains_key(\"a\") => A::deserialize(Value::Object(map)).map(T::A).map_err(serde::de::Error::custom), Value::Object(map) => serde_json::from_value::<B>(Value::Object(map)).map(T::B).map_err(serde::de::Error::custom), _ => Err(serde::de::Error::custom(\"neither\")) }",
            either,
        ),
        // One after the other; of what, the variants say.
        (
            types,
            "let value = serde_value::Value::deserialize(d)?; if let Ok(a) = value.clone().deserialize_into() { return Ok(T::A(a)); } if let Ok(b) = value.clone().deserialize_into() { return Ok(T::B(b)); } Err(serde::de::Error::custom(format!(\"{value} is neither\")))",
            either,
        ),
        // One arm, then an untagged enum that reads it too.
        (
            "use serde_json::Value; #[d] struct A { a: u8 } #[d] struct B { b: u8, c: Option<u8> } #[derive(Serialize)] #[s(untagged)] enum T { A(A), B(B) } #[d] #[s(untagged)] enum U { A(A), B(B) } impl From<U> for T {}",
            "let value = Value::deserialize(d)?; if let Value::Object(map) = &value && let Some(key) = map.get(\"a\") { if !key.is_number() { return Err(serde::de::Error::custom(\"no\")); } return serde_json::from_value(value).map(T::A).map_err(serde::de::Error::custom); } serde_json::from_value::<U>(value).map(T::from).map_err(serde::de::Error::custom)",
            "code(untagged(A {a: u8}, B {b: u8, c?: u8|null}))",
        ),
        // Held only to tell a missing key from `null`.
        (
            "#[derive(Serialize)] struct T(Option<u8>);",
            "let value = serde_json::Value::deserialize(d)?; use serde::de::Error; Option::<u8>::deserialize(value).map_err(D::Error::custom).map(T)",
            "code(u8|null)",
        ),
        // Of what, the variable says.
        (
            "#[derive(Serialize)] struct T(HashSet<u8>);",
            "let all: HashSet<u8> = HashSet::deserialize(d)?; if all.is_empty() { Err(serde::de::Error::custom(\"empty\")) } else { Ok(Self(all)) }",
            "code([u8])",
        ),
    ];
    for (types, body, expected) in rows {
        assert_eq!(read(types, body), expected, "{body}");
    }
}

#[test]
fn what_takes_a_held_value_apart_is_not_known() {
    let types = "use serde_json::Value; #[d] struct A { a: u8 } #[derive(Serialize)] #[s(untagged)] enum T { A(A), B(u8), C(Value) }";
    let bodies = [
        "let value = Value::deserialize(d)?; match value { Value::String(text) => text.parse().map(T::B).map_err(serde::de::Error::custom), other => A::deserialize(other).map(T::A).map_err(serde::de::Error::custom) }",
        "let value = Value::deserialize(d)?; if let Some(text) = value.as_str() { return Ok(T::B(1)); } A::deserialize(value).map(T::A).map_err(serde::de::Error::custom)",
        "let value = Value::deserialize(d)?; let inner = A::deserialize(value[\"inner\"].clone()).map_err(serde::de::Error::custom)?; Ok(T::A(inner))",
        "let mut value = Value::deserialize(d)?; if let Some(map) = value.as_object_mut() { map.remove(\"x\"); } A::deserialize(value).map(T::A).map_err(serde::de::Error::custom)",
        "let value = Value::deserialize(d)?; if old(&value) { return read_old(value); } A::deserialize(value).map(T::A).map_err(serde::de::Error::custom)",
        "let value = Value::deserialize(d)?; if let Ok(a) = A::deserialize(&value) { return Ok(T::A(a)); } Ok(T::C(value))",
        "let value = Value::deserialize(d)?; Ok(serde_json::from_value(value).unwrap())",
    ];
    for body in bodies {
        let found = read(types, body);
        assert!(found.starts_with("opaque(") || found == "code(any)", "{body}: {found}");
    }
}

#[test]
fn arguments_that_only_a_compiler_infers() {
    let remote = "use serde::Deserializer; #[derive(Serialize)] struct G<A> { a: A } #[derive(Deserialize)] #[s(remote = \"G\")] struct Shadow<A> { a: A } impl<'de, A: Deserialize<'de>> Deserialize<'de> for G<A> { fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> { let shadow = Shadow::deserialize(d)?; G::new(shadow.a) } }";
    let associated = "trait Wide { type Width; } macro_rules! wide { ($($t:ty),*) => { $( impl Wide for $t { type Width = i64; } )* } } wide! { u8, i8 } impl Wide for f32 { type Width = f64; } #[d] struct G<A: Wide> { one: A, sum: A::Width, other: <A as Wide>::Width }";
    check(
        input,
        &[
            (remote, "G<u8>", "code({a: u8})"),
            (remote, "G<String>", "code({a: string})"),
            (associated, "G<u8>", "{one: u8, sum: i64, other: i64}"),
            (associated, "G<f32>", "{one: f32, sum: f64, other: f64}"),
        ],
    );
}

#[test]
fn functions_that_read_a_field_declare_types_of_their_own() {
    let number = "use serde::Deserializer; fn number<'de, D>(d: D) -> Result<u16, D::Error> where D: Deserializer<'de> { #[derive(Deserialize)] #[s(untagged)] enum TextOrNumber { Text(String), Number(u16) } match TextOrNumber::deserialize(d)? { TextOrNumber::Text(text) => text.parse().map_err(|error| serde::de::Error::custom(format!(\"this is no number, and no text of one either: {error}\"))), TextOrNumber::Number(number) => Ok(number) } }";
    let plain = format!("{number} #[d] struct T {{ #[s(deserialize_with = \"number\")] a: u16 }}");
    assert_eq!(input(&plain, "T"), "{a: code(untagged(Text string, Number u16))}");
    // Flat text is text.
    let flat = format!(
        "{number} #[d] struct F {{ #[s(deserialize_with = \"number\")] a: u16 }} #[d] struct T {{ #[s(flatten)] f: F, b: Option<u8> }}"
    );
    assert_eq!(parameters(&flat, "T", In::Query, Reader::UrlEncoded), "a: code(u16), b?: u8");
}

#[test]
fn adapters() {
    let rows = [
        (
            "#[serde_as(as = \"serde_with::DurationSeconds<String>\")] a: std::time::Duration",
            "{a: seconds}",
            "{a: seconds}",
        ),
        (
            "#[serde_as(as = \"serde_with::DurationSeconds<u64, serde_with::formats::Flexible>\")] a: std::time::Duration",
            "{a: untagged(number f64, text seconds)}",
            "{a: u64}",
        ),
        (
            "#[serde_as(as = \"serde_with::OneOrMany<serde_with::DisplayFromStr, serde_with::formats::PreferMany>\")] a: Vec<u8>",
            "{a: untagged(One integer 0..=255, Many [integer 0..=255])}",
            "{a: [integer 0..=255]}",
        ),
        (
            "#[serde_as(as = \"std::collections::BTreeMap<_, serde_with::DisplayFromStr>\")] a: Vec<(String, u8)>",
            "{a: map<string, integer 0..=255>}",
            "{a: map<string, integer 0..=255>}",
        ),
        ("#[serde_as(as = \"serde_with::VecSkipError<_>\")] a: Vec<u8>", "{a: code([u8])}", "{a: [u8]}"),
        (
            "#[serde_as(as = \"serde_with::NoneAsEmptyString\")] a: Option<u8>",
            "{a: integer 0..=255, or empty|null}",
            "{a: integer 0..=255, or empty}",
        ),
        (
            "#[serde_as(as = \"Option<serde_with::DisplayFromStr>\", no_default)] a: Option<u8>",
            "{a: integer 0..=255|null}",
            "{a: integer 0..=255|null}",
        ),
        (
            "#[s(default, with = \"serde_with::rust::double_option\", skip_serializing_if = \"Option::is_none\")] a: Option<Option<u8>>",
            "{a?: u8|null (null tells)}",
            "{a?: u8|null}",
        ),
    ];
    let sources: Vec<String> =
        rows.iter().map(|(field, ..)| format!("#[serde_with::serde_as] #[d] struct T {{ {field} }}")).collect();
    let rows: Vec<_> = sources.iter().zip(&rows).map(|(source, row)| (source.as_str(), row.1, row.2)).collect();
    both(&rows);
    // In flat text a number is its text, whoever reads it.
    let query = "#[serde_with::serde_as] #[d] struct T { #[serde_as(as = \"Option<serde_with::DurationSeconds<String>>\")] a: Option<std::time::Duration>, #[serde_as(as = \"serde_with::DurationSeconds<u64>\")] b: std::time::Duration, #[serde_as(as = \"serde_with::DisplayFromStr\")] c: u8, #[serde_as(as = \"serde_with::TimestampSeconds<String>\")] d: std::time::SystemTime }";
    assert_eq!(parameters(query, "T", In::Query, Reader::UrlEncoded), "a?: u64, b: u64, c: u8, d: i64");
}

#[test]
fn schemas_that_hand_on() {
    let source = "pub struct Many<A>(Option<Vec<A>>); impl<A> Many<A> { pub fn serialize<S: serde::Serializer>(value: &Option<Vec<A>>, s: S) -> Result<S::Ok, S::Error> { value.serialize(s) } pub fn deserialize<'de, D: serde::Deserializer<'de>>(d: D) -> Result<Option<Vec<A>>, D::Error> { d.deserialize_any(ManyVisitor::new()) } } impl<A: schemars::JsonSchema> schemars::JsonSchema for Many<A> { fn json_schema(generator: &mut SchemaGenerator) -> Schema { #[derive(schemars::JsonSchema)] #[s(untagged)] enum OneOrMany<A> { One(A), Many(Vec<A>) } let schema: SchemaObject = <OneOrMany<A>>::json_schema(generator).into(); schema.into() } } #[d] struct T { #[s(default, with = \"Many\")] #[schemars(with = \"Many<u8>\")] a: Option<Vec<u8>> }";
    both(&[(source, "{a?: code(untagged(One u8, Many [u8])|null)}", "{a: code([u8]|null)}")]);
}

#[test]
fn text_in_any_case_is_no_list_of_names() {
    let source = "#[derive(serde_with::SerializeDisplay, serde_with::DeserializeFromStr, strum::Display, strum::EnumString)] enum T { OnlyThis, #[strum(ascii_case_insensitive)] AnyCase }";
    both(&[(source, "code(string)", "code(string)")]);
}
