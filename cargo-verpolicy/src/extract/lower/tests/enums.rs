//! Enums: every representation.

use super::{both, check, crates, input, output, ty};
use crate::extract::lower::Lowering;
use crate::model::{BlindSpotKind, Direction, Reader};

#[test]
fn representations() {
    both(&[
        (
            "#[d] enum T { A, B(u8), C { x: u8 }, D(u8, bool), E(), F {} }",
            "enum(A, B u8, C {x: u8}, D (u8, bool), E (), F {})",
            "enum(A, B u8, C {x: u8}, D (u8, bool), E (), F {})",
        ),
        (
            "#[d] #[s(rename_all = \"snake_case\")] enum T { IPv4, HTTPOnly { aB: u8 } }",
            "enum(i_pv4, h_t_t_p_only {aB: u8})",
            "enum(i_pv4, h_t_t_p_only {aB: u8})",
        ),
        (
            "#[d] #[s(rename_all_fields = \"camelCase\")] enum T { A { x_y: u8 }, #[s(rename_all = \"kebab-case\")] B { x_y: u8 } }",
            "enum(A {xY: u8}, B {x-y: u8})",
            "enum(A {xY: u8}, B {x-y: u8})",
        ),
        (
            "#[d] #[s(tag = \"t\")] enum T { A, B(S), C { x: u128 } } #[d] struct S { y: u8 }",
            "enum[t](A, B {y: u8}, C {x: refused(buffered-u128: u128)})",
            "enum[t](A, B {y: u8}, C {x: u128})",
        ),
        (
            "#[d] #[s(tag = \"t\", content = \"c\")] enum T { A, B(u128), C { x: Option<u8> } }",
            "enum[t,c](A, B u128, C {x?: u8|null})",
            "enum[t,c](A, B u128, C {x: u8|null})",
        ),
        (
            "#[d] #[s(untagged)] enum T { A, B(u8), C { x: u8 }, D(Vec<i128>) }",
            "untagged(A, B u8, C {x: u8}, D [refused(buffered-u128: i128)])",
            "untagged(A, B u8, C {x: u8}, D [i128])",
        ),
        (
            "#[d] #[s(tag = \"t\")] enum T { A(u8), B(()), C(U), D(E), F(HashMap<String, u8>), G(Option<S>), H(Vec<u8>) } #[d] struct U; #[d] enum E { X } #[d] struct S {}",
            "enum[t](A refused(tagged-scalar: u8), B, C, D enum(X), F map<string, u8>, G {}|null, H refused(tagged-scalar: [u8]))",
            "enum[t](A refused(tagged-scalar: u8), B, C, D enum(X), F map<string, u8>, G refused(tagged-scalar: {}|null), H refused(tagged-scalar: [u8]))",
        ),
        (
            "#[d] #[s(tag = \"t\", deny_unknown_fields)] enum T { A(S), B { x: u8 } } #[d] struct S { y: u8 }",
            "enum[t] !(A {y: u8}, B {x: u8, !})",
            "enum[t](A {y: u8}, B {x: u8})",
        ),
        ("#[d] #[non_exhaustive] enum T { A, #[s(other)] B }", "enum open(A, B other)", "enum open(A, B other)"),
        (
            "#[d] enum T { A(i128), #[s(untagged)] B(String) }",
            "enum(A refused(buffered-u128: i128), B untagged string)",
            "enum(A i128, B untagged string)",
        ),
        (
            "#[d] enum T { #[s(rename = \"x\", alias = \"y\")] A, #[s(skip)] B, #[s(skip_serializing)] C, #[s(skip_deserializing)] D }",
            "enum(x|y, C)",
            "enum(x, D)",
        ),
        (
            "#[derive(serde_repr::Serialize_repr, serde_repr::Deserialize_repr)] #[repr(u8)] enum T { A = 1, B, C = 16, D }",
            "numbers(1, 2, 16, 17)",
            "numbers(1, 2, 16, 17)",
        ),
        ("#[d] enum T { A(Box<T>), B(Option<Box<T>>), C }", "enum(A ^, B ^|null, C)", "enum(A ^, B ^|null, C)"),
        ("#[d] enum T { #[cfg(unix)] A, #[cfg(not(unix))] A, #[cfg(test)] Z }", "enum(A)", "enum(A)"),
    ]);
}

#[test]
fn what_cannot_be_written_is_said() {
    let crates = crates("#[d] #[s(tag = \"t\")] enum T { A(u8) }");
    let mut lowering = Lowering::new(&crates);
    let ty = ty(&crates, "T");
    lowering.value(&ty, Direction::Input, Reader::Json);
    assert!(lowering.blind_spots.is_empty(), "{:?}", lowering.blind_spots);
    lowering.value(&ty, Direction::Output, Reader::Json);
    let found: Vec<_> = lowering.blind_spots.iter().map(|spot| (spot.kind, spot.detail.contains("k::T::A"))).collect();
    assert_eq!(found, [(BlindSpotKind::UnwritableShape, true)]);
}

#[test]
fn other_derives() {
    check(
        input,
        &[
            (
                "#[derive(poem_openapi::Object)] #[oai(rename_all = \"camelCase\", deny_unknown_fields)] struct T { a_b: Option<u8>, #[oai(default)] c: u8, #[oai(read_only)] r: u8, #[oai(flatten)] s: S, v: Vec<u8> } #[derive(poem_openapi::Object)] struct S { x: u128 }",
                "T",
                "{aB?: u8|null, c?: u8|null = 0, x: u128, v: [u8], !}",
            ),
            (
                "#[derive(poem_openapi::Enum)] #[oai(rename_all = \"lowercase\")] enum T { One, #[oai(rename = \"2\")] Two }",
                "T",
                "enum(one, 2)",
            ),
            (
                "#[derive(poem_openapi::Union)] #[oai(discriminator_name = \"type\")] enum T { A(S), #[oai(mapping = \"b\")] B(S) } #[derive(poem_openapi::Object)] struct S { x: u8 }",
                "T",
                "enum[type](A {x: u8}, b {x: u8})",
            ),
            (
                "#[derive(poem_openapi::Union)] #[oai(externally_tagged, rename_all = \"snake_case\")] enum T { OneA(S), Two(S) } #[derive(poem_openapi::Object)] struct S { x: u8 }",
                "T",
                "enum(one_a {x: u8}, two {x: u8})",
            ),
            ("#[derive(poem_openapi::NewType)] struct T(u8);", "T", "u8"),
            (
                "#[derive(deserr::Deserr)] #[deserr(rename_all = camelCase, deny_unknown_fields)] struct T { a_b: Option<u8>, #[deserr(default = 20)] limit: usize }",
                "T",
                "{aB: u8|null, limit?: u64 = 20, !}",
            ),
            (
                "#[derive(serde_with::DeserializeFromStr)] struct T; impl std::str::FromStr for T {}",
                "T",
                "code(string)",
            ),
        ],
    );
    check(
        output,
        &[(
            "#[derive(poem_openapi::Object)] #[oai(skip_serializing_if_is_none)] struct T { a: Option<u8>, #[oai(write_only)] w: u8, #[oai(skip_serializing_if_is_empty)] v: Vec<u8> }",
            "T",
            "{a?: u8, v?: [u8]}",
        )],
    );
}
