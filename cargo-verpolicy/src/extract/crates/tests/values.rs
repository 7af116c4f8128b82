use super::*;

#[test]
fn text_that_the_source_states() {
    let lib = "
        pub const BASE: &str = \"/api\";
        pub const V1: &str = concat!(\"/api\", \"/v\", 1);
        pub static S: &'static str = BASE;
        pub const JOINED: &str = const_format::concatcp!(BASE, \"/users\");
        pub const LOOP: &str = LOOP;
        pub struct Api;
        impl Api { pub const PREFIX: &'static str = \"/p\"; pub const fn path() -> &'static str { \"/from-fn\" } }
        pub trait Rooted { const ROOT: &'static str = \"/root\"; }
        impl Rooted for Api {}
        pub mod inner { pub const X: &str = super::BASE; }
        pub fn run_time() -> String { std::env::var(\"X\").unwrap() }
    ";
    let crates = load(&[("src/lib.rs", lib)]);
    for (tokens, expected) in [
        ("\"/x\"", Some("/x")),
        ("r#\"/x\"#", Some("/x")),
        ("&BASE", Some("/api")),
        ("crate::V1", Some("/api/v1")),
        ("S", Some("/api")),
        ("JOINED", Some("/api/users")),
        ("inner::X", Some("/api")),
        ("Api::PREFIX", Some("/p")),
        ("Api::path()", Some("/from-fn")),
        ("Api::ROOT", Some("/root")),
        ("concat!(\"a\", 'b', 3, true)", Some("ab3true")),
        ("format!(\"{BASE}/{}/{{id}}\", inner::X)", Some("/api//api/{id}")),
        ("&format!(\"{0}{name}{0}\", \"x\", name = BASE)", Some("x/apix")),
        ("format!(\"{:>3}\", BASE)", None),
        ("BASE.to_string()", Some("/api")),
        ("String::from(BASE)", Some("/api")),
        ("(\"/x\")", Some("/x")),
        ("LOOP", None),
        ("run_time()", None),
        ("MISSING", None),
        ("BASE + \"x\"", None),
    ] {
        let found = crates.text_value(&scope(&crates, "my"), &RawTokens::from(tokens));
        assert_eq!(found.as_deref(), expected, "{tokens}");
    }
}
