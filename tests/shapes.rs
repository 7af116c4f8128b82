//! Any types that serde derives, written at random: against themselves nothing is said, and nothing when they are only
//! written otherwise: renamed, moved, aliased, put into a newtype or behind a pointer.

#![expect(clippy::disallowed_methods, clippy::unwrap_used, reason = "a test; seeds come from outside")]

use cargo_verpolicy::diff::{Options, compare};
use cargo_verpolicy::extract::{self, FactsStore};
use cargo_verpolicy::model::EndpointSet;
use cargo_verpolicy::package::read_workspace;
use cargo_verpolicy::tree::MemoryTree;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use std::fmt::Write as _;

const MANIFEST: &str = r#"[package]
name = "shop"
version = "1.0.0"
edition = "2024"

[dependencies]
chrono = "0.4"
serde = { version = "1", features = ["derive"] }
serde_json = "1"
serde_with = "3"
uuid = "1"
versioning-macros = "0.1"
"#;

/// A type as it is written in a field.
#[derive(Clone, Debug)]
enum Ty {
    Plain(&'static str),
    Option(Box<Ty>),
    List(Box<Ty>),
    Map(Box<Ty>),
    Pair(Box<Ty>, Box<Ty>),
    /// The type with this number, counted from those that stand before it.
    Named(usize),
}

#[derive(Clone, Debug)]
struct Field {
    ty: Ty,
    attribute: Option<&'static str>,
}

#[derive(Clone, Debug)]
enum Body {
    Struct(Vec<Field>),
    Enum(Vec<Option<Ty>>),
}

#[derive(Clone, Debug)]
struct Def {
    body: Body,
    attribute: Option<&'static str>,
}

fn ty() -> impl Strategy<Value = Ty> {
    let leaf = prop_oneof![
        prop::sample::select(vec![
            "u8",
            "i64",
            "f32",
            "bool",
            "String",
            "char",
            "uuid::Uuid",
            "serde_json::Value",
            "u128",
            "chrono::DateTime<chrono::Utc>",
            "std::time::Duration",
            "()",
            "[u8; 4]",
            "Vec<u8>",
        ])
        .prop_map(Ty::Plain),
        (0_usize..6).prop_map(Ty::Named),
    ];
    leaf.prop_recursive(3, 8, 2, |inner| {
        prop_oneof![
            inner.clone().prop_map(|ty| Ty::Option(Box::new(ty))),
            inner.clone().prop_map(|ty| Ty::List(Box::new(ty))),
            inner.clone().prop_map(|ty| Ty::Map(Box::new(ty))),
            (inner.clone(), inner).prop_map(|(a, b)| Ty::Pair(Box::new(a), Box::new(b))),
        ]
    })
}

fn field() -> impl Strategy<Value = Field> {
    let words = vec![
        "#[serde(default)]",
        "#[serde(rename = \"other\")]",
        "#[serde(alias = \"more\")]",
        "#[serde(skip)]",
        "#[serde(skip_serializing)]",
        "#[serde(flatten)]",
        "#[serde(with = \"code\")]",
        "#[serde(default, with = \"code\")]",
        "#[serde(deserialize_with = \"code::deserialize\")]",
    ];
    (ty(), prop::option::weighted(0.4, prop::sample::select(words))).prop_map(|(ty, attribute)| Field { ty, attribute })
}

fn def() -> impl Strategy<Value = Def> {
    let body = prop_oneof![
        prop::collection::vec(field(), 0..5).prop_map(Body::Struct),
        prop::collection::vec(prop::option::of(ty()), 1..4).prop_map(Body::Enum),
    ];
    let words = vec![
        "#[serde(rename_all = \"camelCase\")]",
        "#[serde(deny_unknown_fields)]",
        "#[serde(tag = \"kind\")]",
        "#[serde(untagged)]",
        "#[serde(tag = \"kind\", content = \"value\")]",
    ];
    (body, prop::option::weighted(0.4, prop::sample::select(words)))
        .prop_map(|(body, attribute)| Def { body, attribute })
}

/// How the same types are written.
#[derive(Clone, Copy, Debug, Default)]
struct Style {
    /// The types go by other names.
    renamed: bool,
    /// They stand in a module.
    moved: bool,
    /// Fields name an alias.
    aliased: bool,
    /// Fields hold a transparent newtype.
    wrapped: bool,
    /// Fields hold a pointer.
    boxed: bool,
    /// The variables of hand-written code go by other names.
    variables: bool,
}

fn name(i: usize, style: Style) -> String {
    if style.renamed { format!("Other{i}Thing") } else { format!("T{i}") }
}

fn written(ty: &Ty, below: usize, style: Style) -> String {
    match ty {
        Ty::Plain(name) => (*name).to_owned(),
        Ty::Option(ty) => format!("Option<{}>", written(ty, below, style)),
        Ty::List(ty) => format!("Vec<{}>", written(ty, below, style)),
        Ty::Map(ty) => format!("std::collections::BTreeMap<String, {}>", written(ty, below, style)),
        Ty::Pair(a, b) => format!("({}, {})", written(a, below, style), written(b, below, style)),
        Ty::Named(i) if below > 0 => name(i % below, style),
        Ty::Named(_) => "u16".to_owned(),
    }
}

/// Does it name another of the types?
fn names(ty: &Ty) -> bool {
    match ty {
        Ty::Plain(_) => false,
        Ty::Option(ty) | Ty::List(ty) | Ty::Map(ty) => names(ty),
        Ty::Pair(a, b) => names(a) || names(b),
        Ty::Named(_) => true,
    }
}

fn source(defs: &[Def], style: Style) -> String {
    let (mut types, mut handlers) = (String::new(), String::new());
    for (i, def) in defs.iter().enumerate() {
        let attribute = match (&def.body, def.attribute) {
            (Body::Struct(_), Some(word)) if word.contains("tag") => "",
            (_, word) => word.unwrap_or_default(),
        };
        let name = name(i, style);
        let mut beside = String::new();
        let _ = writeln!(types, "{attribute} #[derive(serde::Serialize, serde::Deserialize)]");
        match &def.body {
            Body::Struct(fields) => {
                let _ = writeln!(types, "pub struct {name} {{");
                for (n, field) in fields.iter().enumerate() {
                    let mut text = written(&field.ty, i, style);
                    let attribute = field.attribute.filter(|word| !(word.contains("default") && names(&field.ty)));
                    let plain = !field.attribute.is_some_and(|word| word.contains("flatten"));
                    if style.boxed && plain {
                        text = format!("Box<{text}>");
                    }
                    if style.wrapped && plain {
                        let _ = writeln!(
                            beside,
                            "#[derive(Default, serde::Serialize, serde::Deserialize)] #[serde(transparent)] pub struct W{i}F{n}({text});"
                        );
                        text = format!("W{i}F{n}");
                    }
                    if style.aliased {
                        let _ = writeln!(beside, "pub type A{i}F{n} = {text};");
                        text = format!("A{i}F{n}");
                    }
                    let _ = writeln!(types, "    {} pub field_{n}: {text},", attribute.unwrap_or_default());
                }
                types.push_str("}\n");
            }
            Body::Enum(variants) => {
                let _ = writeln!(types, "pub enum {name} {{");
                for (n, payload) in variants.iter().enumerate() {
                    match payload {
                        Some(ty) => writeln!(types, "    Variant{n}({}),", written(ty, i, style)).unwrap(),
                        None => writeln!(types, "    Variant{n},").unwrap(),
                    }
                }
                types.push_str("}\n");
            }
        }
        types.push_str(&beside);
        let path = if style.moved { format!("model::{name}") } else { name };
        let _ = writeln!(
            handlers,
            "#[api(POST \"/t{i}\", since = \"1.0\", request = {path}, responses(200 = {path}))] pub async fn h{i}() {{}}"
        );
    }
    let (value, read) = if style.variables { ("it", "found") } else { ("value", "text") };
    let code = format!(
        "pub mod code {{
            pub fn serialize<T: std::fmt::Debug, S: serde::Serializer>({value}: &T, s: S) -> Result<S::Ok, S::Error> {{
                let {read} = format!(\"{{:?}}\", {value});
                s.serialize_bytes({read}.as_bytes())
            }}
            pub fn deserialize<'de, T: std::str::FromStr, D: serde::Deserializer<'de>>(d: D) -> Result<T, D::Error> {{
                let {read} = super::whatever(d);
                match {read} {{ Some({value}) => Ok({value}), None => todo!() }}
            }}
        }}"
    );
    let types = if style.moved { format!("pub mod model {{ use super::code;\n{types} }}") } else { types };
    format!("use versioning_macros::api;\n{types}\n{code}\n{handlers}")
}

fn side(source: String) -> EndpointSet {
    let tree = MemoryTree::of([("Cargo.toml", MANIFEST.to_owned()), ("src/lib.rs", source)]);
    let workspace = read_workspace(&tree, "").unwrap();
    let read = extract::endpoint_sets(&tree, &workspace, &FactsStore::default(), None, &extract::Options::default());
    read.sets.into_iter().next().unwrap()
}

/// What is said of the change from one way of writing to another.
fn said(defs: &[Def], style: Style) -> Vec<String> {
    let (old, new) = (side(source(defs, Style::default())), side(source(defs, style)));
    assert_eq!(old.endpoints.len(), new.endpoints.len());
    assert!(old.endpoints.len() >= defs.len(), "not all handlers are seen");
    let diff = compare(&old, &new, &Options::default());
    assert_eq!(diff.compared, defs.len(), "not all endpoints are compared");
    diff.changes
        .iter()
        .map(|change| format!("{:?} {} {:?} {:?}", change.kind, change.at, change.was, change.is))
        .collect()
}

#[test]
fn what_changes_is_said() {
    let of = |ty| Def { body: Body::Struct(vec![Field { ty: Ty::Plain(ty), attribute: None }]), attribute: None };
    let side = |ty| side(source(&[of(ty)], Style::default()));
    let diff = compare(&side("u8"), &side("String"), &Options::default());
    assert_eq!(diff.changes.len(), 2, "of a request and of an answer");
}

/// The same types on every machine; `SHAPES_SEED` gives others.
fn config() -> ProptestConfig {
    let seed = std::env::var("SHAPES_SEED").ok().and_then(|text| text.parse().ok()).unwrap_or(48);
    let rng_seed = RngSeed::Fixed(seed);
    ProptestConfig { cases: 48, rng_seed, failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn the_same_is_silent(defs in prop::collection::vec(def(), 1..6)) {
        prop_assert_eq!(said(&defs, Style::default()), Vec::<String>::new());
    }

    #[test]
    fn names_and_places_do_not_count(
        defs in prop::collection::vec(def(), 1..6),
        flags in prop::array::uniform6(any::<bool>()),
    ) {
        let [renamed, moved, aliased, wrapped, boxed, variables] = flags;
        let style = Style { renamed, moved, aliased, wrapped, boxed, variables };
        prop_assert_eq!(said(&defs, style), Vec::<String>::new(), "{}\n{}", source(&defs, Style::default()), source(&defs, style));
    }
}
