use super::{read, read_uncut};
use crate::syntax::facts::{FileFacts, Item, ItemKind};

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
        if text.contains("After") {
            assert_eq!(short.items.last().map(|i| i.name.as_str()), Some("After"), "{text}");
        }
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
