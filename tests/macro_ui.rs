//! Compiles marks for real: `ui/pass` must compile, every other directory holds one reason for which a mark is refused, with
//! what the compiler says. `TRYBUILD=overwrite cargo test -p versioning-macros --test macro_ui` writes it anew.

use std::path::Path;

#[test]
fn marks() {
    let cases = trybuild::TestCases::new();
    cases.pass("../tests/ui/pass/*.rs");
    let reasons = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/ui");
    for reason in reasons.read_dir().expect("the directory of cases") {
        let name = reason.expect("a directory").file_name();
        if name != "pass" {
            cases.compile_fail(Path::new("../tests/ui").join(name).join("*.rs"));
        }
    }
}
