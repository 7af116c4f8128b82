//! Compiles marks for real: `ui/pass` must compile, the other directories hold a reason each for which a mark is refused,
//! with what the compiler says. `TRYBUILD=overwrite cargo test -p versioning-macros --test macro_ui` writes it anew.

#[test]
fn marks() {
    let cases = trybuild::TestCases::new();
    cases.pass("../tests/ui/pass/*.rs");
    for reason in [
        "contradictory",
        "deprecated",
        "lifetime",
        "missing",
        "path",
        "place",
        "repeated",
        "unknown",
        "value",
        "version",
    ] {
        cases.compile_fail(format!("../tests/ui/{reason}/*.rs"));
    }
}
