use super::{items, read, read_by_parser, read_uncut};
use crate::syntax::facts::{Attr, AttrArgs, FileFacts, Item, ItemKind, Pos, RawTokens, Type, Vis};

fn one(text: &str) -> Item {
    let facts = read(text.as_bytes());
    assert_eq!(facts.failure, None, "{text}");
    facts.items.into_iter().next_back().expect("an item")
}

fn facts(text: &str) -> FileFacts {
    read(text.as_bytes())
}

/// Snippets where a brace is no body, text looks like code, and the like.
const SNIPPETS: &[&str] = &[
    "",
    "\u{feff}#!/usr/bin/env x\nfn a() {}",
    "#!/usr/bin/env cargo\n---\n[package]\n---\nfn a() {}",
    "#![cfg(unix)]\n//! docs\n\nmod a { //! inner\n #![allow(x)]\n fn b() { { } } }",
    "pub fn f<const N: usize>() -> [u8; { N + 1 }] { [0; { N + 1 }] }",
    "fn f() -> Foo<{ 1 + 2 }, -3, 'x', \"s\", true> { loop {} } struct After;",
    "fn f<F: Fn(&u8) -> bool>(g: F) -> impl Fn() -> u8 + 'static where F: Clone { move || 3 } struct After;",
    "const A: &str = \"}\"; const B: char = '{'; const C: u8 = b'}'; const D: &[u8] = b\"{\"; struct After;",
    "const A: fn() -> u8 = || { 1 }; static mut B: Vec<u8>= Vec::<u8>::new(); struct After;",
    "const _: () = { fn x() { } struct Y { a: u8 } };",
    "enum E { A = 1 << 3, B { x: Vec<u8> } = { 5 }, C(u8) = f::<A, B>(), #[x] D = -1 } struct After;",
    "macro_rules! m { ($a:expr) => { fn x() { $a } }; }\nm!{ fn a() {} }\nm!(b); a::m![c]; struct After;",
    "trait T: A + B { const X: u8; const Y: u8 = 3; type Z: Copy; fn a(&self); fn b(self: Box<Self>) { } m!(); }",
    "impl<const N: usize, T> A<T> for B<{ N }> where T: X { const C: u8 = 1; type D = u8; fn e(&mut self) -> ! { loop {} } m! {} }",
    "impl !Send for X {} unsafe impl Sync for X {} struct After;",
    "extern \"C\" { fn a(x: u8, ...); static B: u8; type C; } unsafe extern { safe fn d(); } extern crate a as b;",
    "use a::{self, b::{c as d, *}, e}; pub(in a::b) use ::x; use {y, z}; use r#fn::r#struct;",
    "fn a() { r#\"}\"#; br##\"\"# }\"##; c\"}\"; '}'; '\\''; 'a: loop { break 'a } /* } /* } */ */ // }\n } struct After;",
    "#[doc = \"}\"] #[cfg_attr(x, doc = include_str!(\"y\"))] /** } */ struct A { /// }\n a: u8, /** x */ #[serde(rename = \"}\")] b: u8 }",
    "fn a(Foo { x, .. }: Foo, (b, c): (u8, u8), [d, ..]: [u8; 3], &e: &u8, mut f: u8, Path(g): Path<u8>, _: ()) {}",
    "type A = *const dyn Fn(u8) -> *mut u8; type B<'a> = &'a mut [(); { 3 }]; type C = <D as E<F>>::G; type D = m!{a};",
    "union U { a: u8, b: () } pub(crate) auto trait Z {} trait Al = A + B;",
    "pub macro m($a:ident) { fn $a() {} } struct After;",
    "fn a() { #![allow(x)] //! y\n #![cfg(z)] x } fn b() { //! c\n } fn c() { #[d] e } struct After;",
    "async unsafe extern \"C\" fn a() {} const fn b() {} const unsafe fn c() {} pub const async fn d() {} gen!{} struct After;",
    "fn é(ü: Ä) -> Ö { 'é'; \"é\" } struct É { é: É } // é\n/* é */ struct Nach;",
    "fn a()\r\n{\r\n}\r\nstruct B\r\n{\r\n  /// doc\r\n  a: u8\r\n}\r\n",
    "struct A<T = Vec<u8>, const N: usize = { 3 }>(T) where T: Copy; struct B; struct After;",
    "fn a() -> u8 { let x = 1 < 2; x.y::<{ 3 }>(); if a < b { } else if c > d { } match e { _ => {} } } struct After;",
    "impl A { default fn b() {} pub default const C: u8 = 1; #[inline] pub(super) async fn d(&'a self, #[cfg(x)] e: u8) {} }",
    "fn a() where for<'a> T: ~const B<'a>, [(); { N }]: {} fn b() -> impl use<'a> + Sized {} struct After;",
    "#[unsafe(no_mangle)] #[x = concat!(\"a\", \"]\")] #[y[z]] #[w { } ] fn a() {}",
    "const A: u8 = if 1 < 2 { 3 } else { 4 }; const B: X = X { a: 1 }; const C: [u8; 2] = [1, 2]; struct After;",
    "mod a { mod b { fn c() { } } mod d; #[path = \"x.rs\"] mod e; } struct After;",
    "static A: Foo<{ 1 }> = Foo; static B: fn(u8) -> Foo<{ 1 }> = f; struct After;",
    "fn f(x: impl Into<Option<&'static str>>) -> Result<(), Box<dyn Error + Send>> { Ok(()) } struct After;",
];

#[test]
fn cutting_changes_no_fact() {
    for text in SNIPPETS {
        let short = read(text.as_bytes());
        assert_eq!(short.failure, None, "{text}");
        let whole = read_uncut(text.as_bytes()).unwrap_or_else(|| panic!("unread: {text}"));
        assert_eq!(format!("{short:#?}"), format!("{whole:#?}"), "{text}");
        let parsed = read_by_parser(text.as_bytes()).unwrap_or_else(|| panic!("unread: {text}"));
        assert_eq!(format!("{parsed:#?}"), format!("{whole:#?}"), "{text}");
        if text.contains("After") {
            assert_eq!(short.items.last().map(|i| i.name.as_str()), Some("After"), "{text}");
        }
    }
}

#[test]
fn trait_objects_without_a_word() {
    for (object, bare) in [
        ("Box<dyn Fn(u8) -> u8 + Send>", "Box<Fn(u8) -> u8 + Send>"),
        ("&'a (dyn Fn(u8) + 'a)", "&'a (Fn(u8) + 'a)"),
        ("Box<dyn for<'b> Fn(&'b u8) + Send + 'a>", "Box<for<'b> Fn(&'b u8) + Send + 'a>"),
        ("Box<dyn a::T<u8> + Send>", "Box<a::T<u8> + Send>"),
    ] {
        let kind = |ty: &str| one(&format!("type A<'a> = {ty};")).kind;
        assert_eq!(format!("{:?}", kind(bare)), format!("{:?}", kind(object)), "{bare}");
    }
}

#[test]
fn positions_count_characters() {
    let item = one("/* é */ fn é() { \"\n\" } /* ü */ struct B;");
    assert_eq!((item.name.as_str(), item.pos.line, item.pos.column), ("B", 2, 20));
    let file = facts("fn a() {\n}\n\n  é! { x\n y }\n");
    let Some(ItemKind::MacroCall { tokens, path }) = file.items.last().map(|i| &i.kind) else { panic!("{file:?}") };
    assert_eq!((path.join("::").as_str(), &*tokens.text), ("é", " x\n y "));
    assert_eq!((tokens.pos.line, tokens.pos.column), (4, 7));
}

#[test]
fn macro_arguments_read_as_items() {
    let raw = RawTokens { text: " struct A;\n  enum B { C }".into(), pos: Pos { line: 4, column: 9 } };
    let found = items(&raw).expect("items");
    let shown: Vec<_> = found.iter().map(|i| (i.name.as_str(), i.pos.line, i.pos.column)).collect();
    assert_eq!(shown, [("A", 4, 17), ("B", 5, 8)]);
    assert!(items(&RawTokens::from("$a:expr => {}")).is_none());
    assert_eq!(items(&RawTokens::from("")).map(|i| i.len()), Some(0));
}

fn shown(attrs: &[Attr]) -> Vec<String> {
    let args = |args: &AttrArgs| match args {
        AttrArgs::None => String::new(),
        AttrArgs::List(raw) => format!("({})", raw.text),
        AttrArgs::Value(raw) => format!(" = {}", raw.text),
    };
    attrs.iter().map(|a| format!("{}{} if {}", a.path.join("::"), args(&a.args), a.condition)).collect()
}

#[test]
fn attributes_are_taken_apart() {
    let cases: &[(&str, &[&str], &str, bool)] = &[
        ("#[cfg(unix)] #[cfg(not(test))] #[a]", &["a if true"], "all(unix, not(test))", false),
        ("#[cfg_attr(feature = \"x\", a, b::c(d, e), f = 1)]", &["a", "b::c(d, e)", "f = 1"], "true", false),
        ("#[cfg_attr(a, cfg_attr(b, c))]", &["c if all(a, b)"], "true", false),
        ("#[cfg_attr(a, cfg(b))]", &[], "any(b, not(a))", false),
        ("#[cfg(any(feature = \"a\", target_os = \"b\"))]", &[], "any(feature = \"a\", target_os = \"b\")", false),
        ("#[cfg(all())] #[cfg(any())]", &[], "false", false),
        ("#[cfg_attr(a, doc = \"x\")]", &[], "true", true),
        ("#[doc = include_str!(\"x\")]", &[], "true", true),
        ("#[doc = \" \"]", &[], "true", false),
        ("///\n", &[], "true", false),
        ("///\n/// x\n", &[], "true", true),
        ("/** x */", &[], "true", true),
        ("//// x\n", &[], "true", false),
        ("#[doc(hidden)]", &["doc(hidden) if true"], "true", false),
        ("#[unsafe(no_mangle)]", &["no_mangle if true"], "true", false),
        ("#[endpoint {\n method = GET,\n }]", &["endpoint(\n method = GET,\n ) if true"], "true", false),
        ("#[::a::b]", &["a::b if true"], "true", false),
    ];
    for (text, attrs, condition, documented) in cases {
        let item = one(&format!("{text} fn f() {{}}"));
        let found = shown(&item.attrs);
        assert_eq!(found.len(), attrs.len(), "{text}: {found:?}");
        assert!(found.iter().zip(*attrs).all(|(f, a)| f.starts_with(a)), "{text}: {found:?}");
        assert_eq!((item.condition.to_string().as_str(), item.documented), (*condition, *documented), "{text}");
    }
}

#[test]
fn paths_of_modules_keep_their_condition() {
    let item = one("#[cfg_attr(unix, path = \"u.rs\")] #[path = \"x.rs\"] pub(in a::b) mod m;");
    assert_eq!(item.vis, Vis::Restricted(vec!["a".into(), "b".into()]));
    let ItemKind::Mod { items: None, paths } = item.kind else { panic!("no module") };
    let paths: Vec<_> = paths.iter().map(|(path, c)| format!("{path} if {c}")).collect();
    assert_eq!(paths, ["u.rs if unix", "x.rs if true"]);
}

#[test]
fn bodies_are_kept_for_their_words() {
    let long = "let x = 1; ".repeat(40);
    let cases = [
        (format!("fn f() {{ {long} }}"), false),
        (format!("fn f() {{ {long} r.route(\"/x\", h) }}"), true),
        (format!("fn f() {{ {long} \".route(\" }}"), false),
        (format!("fn default() -> X {{ {long} }}"), true),
        ("fn f() -> u8 { 3 }".to_owned(), true),
    ];
    for (text, kept) in cases {
        let ItemKind::Fn(function) = one(&text).kind else { panic!("no function") };
        assert_eq!(function.body.is_some(), kept, "{text}");
        assert!(function.has_body);
    }
}

#[test]
fn hashes_ignore_formatting_only() {
    let hash = |text: &str| one(text).hash();
    let base = "#[a(b)] fn f(x: u8) { g(x, 1) }";
    let same = [
        "#[a(b)]\n/// doc\nfn f(\n    x: u8,\n) {\n    // c\n    g(x, 1,)\n}",
        "mod z; #[a(b)] fn f(x: u8) { g(x, 1) }",
    ];
    let other = ["#[a(b)] fn f(x: u8) { g(x, 2) }", "#[a(c)] fn f(x: u8) { g(x, 1) }", "fn f(x: u8) { g(x, 1) }"];
    for text in same {
        assert_eq!(hash(text), hash(base), "{text}");
    }
    for text in other {
        assert_ne!(hash(text), hash(base), "{text}");
    }
    let pairs = [
        (
            "match a { A => { b() } C => { d(); } _ => return e, }",
            "match a { A => b(), C => { d(); }, _ => { return e; } }",
        ),
        ("g(|x| { h(x) }, || { 1 })", "g(|x| h(x), || 1)"),
        ("g(|x| { h(x) }, || { 1 })", "g(|y| h(y), || 1)"),
        ("let a = g(x); if let Some(b) = a { h(b, a) }", "let c = g(x); if let Some(d) = c { h(d, c) }"),
        ("fn g<T>(t: T) where T: A, { h(t) }", "fn g<T>(u: T) where T: A { h(u) }"),
        ("let A { b, c: _, .. } = x; g(b)", "let A { b: z, .. } = x; g(z)"),
        ("for (k, v) in x { m!(\"{k}: {}\", v) }", "for (a, b) in x { m![\"{a}: {}\", b] }"),
        ("use a::{b, c as d}; g((x))", "use a::c as d;\nuse a::b;\ng(x)"),
        ("m!(\"a\r\nb\")", "m!(\"a\nb\")"),
        ("m!(\"a{x}: \\\n    {y}\")", "m!(\"a{x}: {y}\")"),
        ("match x { Some(a) if a > 1 => a, n => n }", "match x { Some(b) if b > 1 => b, other => { other } }"),
        (
            "#[inline] #[derive(Debug, S)] struct A { pub(crate) b: u8 }",
            "#[derive(S)] #[derive(Clone)] struct A { b: u8 }",
        ),
    ];
    let body = |text: &str| one(&format!("fn f(p: u8) {{ {text} }}")).code(&mut |_| None);
    for (one, other) in pairs {
        assert_eq!(body(one), body(other), "{one}");
    }
    let unlike = [
        ("g(|x| { h(x); })", "g(|x| h(x))"),
        ("let a = 1; let b = 2; g(a, b)", "let a = 1; let b = 2; g(b, a)"),
        ("let a = 1; A { a }", "let b = 1; A { b }"),
        ("a.b", "a.c"),
        ("let a = 1; b.a", "let c = 1; b.c"),
        ("x; m!(\"{x}\")", "x; m!(\"{y}\")"),
        ("if a { b } else { c }", "if a { c } else { b }"),
        ("use a::b;", "use a::c;"),
        ("(a,)", "(a)"),
        ("A { b: _, c }", "A { c: _, b }"),
        ("match a { A => b, C => d }", "match a { A => d, C => b }"),
    ];
    for (one, other) in unlike {
        assert_ne!(body(one), body(other), "{one}");
    }
    let code = |text: &str| one(text).code(&mut |_| None);
    assert_ne!(code("fn f(a: u8, b: u8) { a - b }"), code("fn f(a: u8, b: u8) { b - a }"));
    assert_eq!(code("fn f(a: u8, b: u8) { a - b }"), code("fn f(c: u8, a: u8) { c - a }"));
    assert_eq!(hash("struct A { b: Box<A> }"), hash("pub struct C { b: Box<C> }"));
    assert_ne!(hash("mod m { fn f() { 1 } }"), hash("mod m { fn f() { 2 } }"));
    assert_eq!(hash("mod m { //! x\n fn f() { 1 } }"), hash("mod m {fn f() {1}}"));
    assert_ne!(hash("const A: &str = \"a b\";"), hash("const A: &str = \"ab\";"));
}

#[test]
fn large_files_are_read_piece_by_piece() {
    let unit = "/// d\n#[a] pub struct S<T> where T: Copy { a: [u8; 3] }\nuse a::{b, c};\nfn f() -> X<{ 1 }> { {} }\nconst A: u8 = { 1 };\nm!{ x }\n";
    let (single, many) = (facts(unit), facts(&format!("#![x]\n{}", unit.repeat(2000))));
    assert_eq!(many.failure, None);
    assert_eq!((many.attrs.len(), many.items.len()), (1, 10_000));
    for (item, expected) in many.items.iter().zip(single.items.iter().cycle()) {
        assert_eq!((&item.name, item.hash(), item.documented), (&expected.name, expected.hash(), expected.documented));
    }
    assert_eq!(many.items.last().map(|i| (i.pos.line, i.pos.column)), Some((12_001, 1)));
    let broken = facts(&format!("{}struct", unit.repeat(2000)));
    assert_eq!(broken.failure.map(|f| f.pos.line), Some(12_001));
}

#[test]
fn broken_files_say_where() {
    let cases: &[(&[u8], u32, u32)] = &[
        (b"fn a() {}\n\nfn b( {}", 3, 5),
        (b"fn a() {}\n \xff", 2, 2),
        (b"struct A { a: }", 1, 15),
        (b"fn a() { \"x }", 1, 8),
        (b"/* x", 1, 1),
        (b"fn a() { ) }", 1, 10),
        (b"\0", 1, 1),
    ];
    for (bytes, line, column) in cases {
        let text = String::from_utf8_lossy(bytes);
        let failure = read(bytes).failure.unwrap_or_else(|| panic!("read: {text}"));
        assert_eq!((failure.pos.line, failure.pos.column), (*line, *column), "{text}: {failure:?}");
    }
}

#[test]
fn deep_nesting_overflows_no_stack() {
    let deep = |open: &str, close: &str, n: usize| format!("{}{}", open.repeat(n), close.repeat(n));
    for n in [20, 60, 120, 127, 130, 1000, 10_000] {
        let texts = [
            deep("mod a {", "}", n),
            format!("type A = {};", deep("(", ")", n)),
            format!("type A = {}u8{};", "Vec<".repeat(n), ">".repeat(n)),
            format!("type A = {}u8;", "&".repeat(n)),
            format!("type A = {}u8;", "*const ".repeat(n)),
            format!("type A = {}u8;", "fn() -> ".repeat(n)),
            format!("type A = {}u8;", "impl Fn() -> ".repeat(n)),
            format!("use {}b;", "a::".repeat(n)),
            format!("use {}b{};", "{a::".repeat(n), "}".repeat(n)),
            format!("fn a() {{ {} }}", deep("(", ")", n)),
            format!("fn a() {{ {}1 }}", "!".repeat(n)),
            format!("const A: u8 = {}1;", "-".repeat(n)),
            format!("const A: u8 = {}1 }}", "1 + ".repeat(n)),
            format!("enum A {{ B = {}1 }}", "1 + ".repeat(n)),
            format!("fn a({}a{}: u8) {{}}", "Some(".repeat(n), ")".repeat(n)),
            format!("fn a({}a: u8) {{}}", "&".repeat(n)),
            format!("#[a{}] fn a() {{}}", deep("(", ")", n)),
            format!("#[cfg({}a{})] fn a() {{}}", "not(".repeat(n), ")".repeat(n)),
            format!("#[{}a{}] fn a() {{}}", "cfg_attr(a, ".repeat(n), ")".repeat(n)),
            format!("a! {{ {} }}", deep("{", "}", n)),
            format!("fn a() {{ {} }} )", deep("if a {} else ", "{}", n)),
            format!("type A = [u8; {}1];", "!".repeat(n)),
            format!("type A = B<{}>;", deep("{", "}", n)),
            format!("fn a<T: {}B>() {{}}", "?Sized + ".repeat(n)),
            format!("{} fn a() {{}}", "/*".repeat(n)),
        ];
        for text in texts {
            let _ = read(text.as_bytes());
        }
    }
    let file = facts(&deep("mod a {", "}", 1000));
    assert_eq!(file.failure.map(|f| f.message).as_deref(), Some("nested too deeply"));
}

#[test]
fn facts_keep_what_signatures_say() {
    let text = "pub async fn f<'a, T: A<B = C>>(self: Arc<Self>, Path((a, _)): Path<(A, B)>, Query(q): Query<Q>, r#mut: &'a mut T) -> Result<(), E>;";
    let item = one(&format!("trait X {{ {} }}", text.trim_start_matches("pub ")));
    let ItemKind::Trait(item) = item.kind else { panic!("no trait") };
    let Some(ItemKind::Fn(function)) = item.items.first().map(|i| i.kind.clone()) else { panic!("no function") };
    assert!(function.is_async && !function.has_body && function.receiver.is_some());
    let names: Vec<_> = function.params.iter().map(|p| p.name.as_deref()).collect();
    assert_eq!(names, [None, Some("q"), Some("mut")]);
    assert!(matches!(function.params.last().map(|p| &p.ty), Some(Type::Ref { mutable: true, .. })));
}

proptest::proptest! {
    #[test]
    fn no_bytes_panic(bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..200)) {
        let _ = read(&bytes);
    }

    #[test]
    fn no_pieces_panic(pieces in proptest::collection::vec(proptest::sample::select(PIECES), 0..60)) {
        let text = pieces.join(" ");
        let short = read(text.as_bytes());
        let raw = RawTokens::from(text.as_str());
        let _ = (items(&raw), raw.metas(), raw.ty(), raw.parts(), crate::syntax::mark(&raw));
        if let Some(whole) = read_uncut(text.as_bytes()) {
            proptest::prop_assert_eq!(short.failure.clone(), None, "{}", text);
            proptest::prop_assert_eq!(format!("{short:#?}"), format!("{whole:#?}"), "{}", text);
            let parsed = read_by_parser(text.as_bytes());
            proptest::prop_assert_eq!(format!("{parsed:#?}"), format!("{:#?}", Some(whole)), "{}", text);
        }
    }
}

/// What random texts are made of.
const PIECES: &[&str] = &[
    "fn",
    "a",
    "b",
    "(",
    ")",
    "{",
    "}",
    "[",
    "]",
    "<",
    ">",
    "->",
    "=>",
    "=",
    ";",
    ",",
    ":",
    "::",
    "'a",
    "'x'",
    "\"s\"",
    "r#\"}\"#",
    "1",
    "1.5",
    "#",
    "!",
    "&",
    "*",
    "+",
    "-",
    ".",
    "|",
    "?",
    "~",
    "const",
    "static",
    "mut",
    "enum",
    "struct",
    "impl",
    "for",
    "trait",
    "mod",
    "use",
    "self",
    "pub",
    "crate",
    "where",
    "dyn",
    "macro_rules",
    "macro",
    "extern",
    "unsafe",
    "async",
    "type",
    "match",
    "if",
    "else",
    "/// x\n",
    "//! y\n",
    "/* z */",
    "#[a]",
    "fn a() {}",
    "struct S;",
    "enum E {",
    "é",
    "\n",
    "cfg_attr",
    "#[cfg(x)]",
    "union",
    "default",
    "as",
    "in",
    "return",
    "\"",
    "'",
    "/*",
    "b'",
];
