use super::*;

#[test]
fn where_files_are_looked_for() {
    let crates = load(&[
        (
            "src/lib.rs",
            "mod a; mod b; mod inline { mod c; mod deeper { mod d; } #[path = \"odd.rs\"] mod e; }
                        #[path = \"elsewhere/f.rs\"] mod f; #[path = \"moved\"] mod g { mod h; }",
        ),
        ("src/a.rs", "mod x; mod inside { mod y; }"),
        ("src/a/x.rs", "pub struct X;"),
        ("src/a/inside/y.rs", "pub struct Y;"),
        ("src/b/mod.rs", "mod z; #[path = \"../shared.rs\"] mod s;"),
        ("src/b/z.rs", "pub struct Z;"),
        ("src/shared.rs", "pub struct Shared;"),
        ("src/inline/c.rs", "pub struct C;"),
        ("src/inline/deeper/d.rs", "pub struct D;"),
        ("src/inline/odd.rs", "pub struct E;"),
        ("src/elsewhere/f.rs", "mod sibling; pub struct F;"),
        ("src/elsewhere/sibling.rs", "pub struct Sibling;"),
        ("src/moved/h.rs", "pub struct H;"),
    ]);
    assert_eq!(blind(&crates), [""; 0]);
    for path in [
        "my::a::x::X",
        "my::a::inside::y::Y",
        "my::b::z::Z",
        "my::b::s::Shared",
        "my::inline::c::C",
        "my::inline::deeper::d::D",
        "my::inline::e::E",
        "my::f::F",
        "my::f::sibling::Sibling",
        "my::g::h::H",
    ] {
        let local = path.replacen("my::", "crate::", 1);
        assert_eq!(names(&crates, "my", &local, Namespace::Type), path);
    }
}

#[test]
fn alternatives_by_condition() {
    let crates = load(&[
        (
            "src/lib.rs",
            "#[cfg_attr(unix, path = \"unix.rs\")] #[cfg_attr(windows, path = \"windows.rs\")] mod imp;
                        #[cfg(test)] mod tests; #[cfg(feature = \"x\")] mod gone; #[cfg(all(test, unix))] mod never;",
        ),
        ("src/unix.rs", "pub struct Unix;"),
        ("src/windows.rs", "pub struct Windows;"),
    ]);
    assert_eq!(blind(&crates), ["missing-file src/lib.rs:2 my::gone"]);
    let conditions: Vec<String> = crates.defs.iter().map(|def| format!("{} {}", def.path, def.condition)).collect();
    assert_eq!(conditions, ["my::imp::Unix unix", "my::imp::Windows all(windows, not(unix))"]);
}

/// The package `my`.
fn package(crates: &Crates) -> usize {
    crates.krates.iter().find(|krate| krate.name == "my").expect("a crate").package
}

#[test]
fn an_alternative_outside_of_the_package() {
    let crates = load(&[
        (
            "src/lib.rs",
            "#[cfg_attr(git, path = \"../../other/mod.rs\")] #[cfg_attr(not(git), path = \"real.rs\")] mod internals;
             pub use internals::*;",
        ),
        ("src/real.rs", "pub struct A; pub struct B;"),
    ]);
    let paths: Vec<String> =
        crates.surface(package(&crates)).items.values().map(|reached| reached.path.clone()).collect();
    assert_eq!(paths, ["my::A", "my::B"]);
    assert_eq!(crates.blind_spots.iter().filter(|spot| spot.spot.hides.is_some()).count(), 0);
}

#[test]
fn modules_that_open_what_they_stand_in() {
    let crates = load(&[(
        "src/lib.rs",
        "pub mod a { pub struct A; pub mod x { pub use super::*; pub struct X; } pub mod y { pub use super::*; } }",
    )]);
    let surface = crates.surface(package(&crates));
    let paths: Vec<Vec<&String>> = surface.items.values().map(|reached| reached.paths.iter().collect()).collect();
    let of_a = ["my::a::A", "my::a::x::A", "my::a::x::y::A", "my::a::y::A", "my::a::y::x::A"];
    let of_x = ["my::a::x::X", "my::a::y::x::X"];
    assert_eq!(paths, [of_a.as_slice(), of_x.as_slice()]);
}

#[test]
fn text_that_is_included() {
    let crates = load(&[
        (
            "src/lib.rs",
            "include!(\"gen/all.rs\"); pub mod deep { include!(\"gen/deep.rs\"); } use self::inner::Inner; struct Own;",
        ),
        ("src/gen/all.rs", "pub mod inner; pub struct A(Own); struct Private; pub fn f(a: self::A) -> inner::Inner {}"),
        ("src/gen/inner.rs", "pub struct Inner(super::Private);"),
        ("src/gen/deep.rs", "pub struct B(super::A);"),
    ]);
    assert_eq!(blind(&crates), [""; 0]);
    let mut paths: Vec<String> =
        crates.surface(package(&crates)).items.values().map(|reached| reached.path.clone()).collect();
    paths.sort();
    assert_eq!(paths, ["my::A", "my::deep::B", "my::f", "my::inner::Inner"]);
    assert_eq!(names(&crates, "my", "crate::Private", Namespace::Type), "my::Private");
    let found = crates.defs.iter().find(|def| def.path == "my::A").expect("a definition");
    assert_eq!(&*crates.place(found.module, Pos { line: 1, column: 1 }).file, "src/gen/all.rs");
}

#[test]
fn what_cannot_be_read_is_said() {
    let crates = load(&[
        (
            "src/lib.rs",
            "mod missing;\nmod broken;\n#[path = \"lib.rs\"] mod again;\nmod binary;\n#[path = \"../../out.rs\"] mod out;",
        ),
        ("src/broken.rs", "fn f( {"),
        ("src/binary.rs", "\u{0}struct"),
    ]);
    let found = blind(&crates);
    assert_eq!(found.iter().filter(|b| b.starts_with("missing-file src/lib.rs:1 my::missing")).count(), 1, "{found:?}");
    assert_eq!(found.iter().filter(|b| b.starts_with("missing-file src/lib.rs:5 my::out")).count(), 1, "{found:?}");
    assert_eq!(found.iter().filter(|b| b.starts_with("unparsed-file src/broken.rs")).count(), 1, "{found:?}");
    assert_eq!(found.iter().filter(|b| b.starts_with("module-cycle src/lib.rs")).count(), 1, "{found:?}");
}

#[test]
fn modules_nested_without_end() {
    let mut text = String::new();
    for i in 0..400 {
        text.push_str(&format!("mod m{i} {{ "));
    }
    text.push_str(&"}".repeat(400));
    let crates = load(&[("src/lib.rs", &text)]);
    assert!(blind(&crates).len() == 1, "{:?}", blind(&crates));
}

#[test]
fn macro_calls() {
    let lib = "
        macro_rules! passes { ($($item:item)*) => { $(#[derive(Serialize)] #[cfg(unix)] $item)* } }
        macro_rules! rebuilds {
            ($(#[$meta:meta])* pub struct $name:ident { $($rest:tt)* }) => {
                #[derive(Clone)] $(#[$meta])* pub struct $name { $($rest)* }
            };
        }
        macro_rules! nothing { ($x:expr) => { assert!($x); } }
        macro_rules! makes { ($name:ident) => { pub struct $name; } }
        macro_rules! serves { ($name:ident) => { #[get(\"/x\")] pub async fn $name() {} } }
        passes! { pub struct Passed; pub mod inner { pub struct Inner; } }
        rebuilds! { #[doc = \"x\"] pub struct Rebuilt { pub a: u8 } }
        nothing!(1 == 1);
        makes!(Made);
        serves!(handler);
        thread_local! { static X: u8 = 1; }
        unknown_macro! { pub struct Guessed; }
        other_macro!(a => b);
        cfg_if::cfg_if! { if #[cfg(unix)] { pub struct OnUnix; } else { pub struct Elsewhere; } }
    ";
    let crates = load(&[("src/lib.rs", lib)]);
    for (name, expected) in [
        ("Passed", "my::Passed"),
        ("inner::Inner", "my::inner::Inner"),
        ("Rebuilt", "my::Rebuilt"),
        ("Guessed", "my::Guessed"),
        ("OnUnix", "my::OnUnix"),
        ("Elsewhere", "my::Elsewhere"),
        ("Made", "my::Made"),
    ] {
        assert_eq!(names(&crates, "my", name, Namespace::Type), expected, "{name}");
    }
    let condition = |path: &str| {
        crates.defs.iter().find(|def| def.path == path).map(|def| def.condition.to_string()).unwrap_or_default()
    };
    assert_eq!(condition("my::Passed"), "unix");
    assert_eq!(condition("my::OnUnix"), "unix");
    assert_eq!(condition("my::Elsewhere"), "not(unix)");
    let derives = |name: &str| -> Vec<String> {
        let items = crates.items_of(module(&crates, "my"));
        let attrs = items.iter().find(|(item, _)| item.name == name).map(|(item, _)| item.attrs.clone());
        attrs.unwrap_or_default().iter().map(|attr| attr.path.join("::")).collect()
    };
    assert!(derives("Passed").contains(&"derive".to_owned()));
    assert!(derives("Rebuilt").contains(&"derive".to_owned()));
    assert_eq!(blind(&crates), ["unexpanded-macro src/lib.rs:17 -", "unexpanded-macro src/lib.rs:18 my"]);
}

#[test]
fn configured_macros() {
    let manifest = "[package]\nname = \"my\"\nversion = \"1.0.0\"\nedition = \"2021\"\n";
    let mut options = Options::default();
    options.macros.insert("wraps".to_owned(), crate::extract::MacroReading::Items);
    options.macros.insert("quiet".to_owned(), crate::extract::MacroReading::Nothing);
    let choice = crate::extract::MacroReading::As("cfg_if::cfg_if".to_owned());
    options.macros.insert("choice".to_owned(), choice);
    options.macros.insert("routes::path".to_owned(), crate::extract::MacroReading::As("utoipa::path".to_owned()));
    let lib = "wraps! { pub struct S; } quiet! { pub struct T; }
        choice! { if #[cfg(unix)] { pub struct U; } }";
    let files = [("Cargo.toml", manifest), ("src/lib.rs", lib)];
    let crates = load_tree(&files, &options);
    assert_eq!(names(&crates, "my", "S", Namespace::Type), "my::S");
    assert_eq!(names(&crates, "my", "T", Namespace::Type), "?");
    assert_eq!(names(&crates, "my", "U", Namespace::Type), "my::U");
    let attribute = [Name::new("routes"), Name::new("path")];
    assert_eq!(crates.macro_path(module(&crates, "my"), &attribute), "utoipa::path");
    assert_eq!(blind(&crates), [""; 0]);
}

/// What well-known macros are known to add.
#[test]
fn known_additions() {
    let lib = "
        lazy_static::lazy_static! { /// Says.
            pub static ref LAZY: Vec<u8> = vec![1, 2]; }
        thread_local! { pub static LOCAL: Cell<u8> = const { Cell::new(1) }; static OTHER: u8 = 2 }
        bitflags::bitflags! { #[derive(Clone)] pub struct Flags: u32 { const A = 1; #[cfg(unix)] const B = Self::A.bits() << 1; } }
        bitflags::bitflags! { impl Flags: u32 { const C = 4; } }
    ";
    let crates = load(&[("src/lib.rs", lib)]);
    for name in ["LAZY", "LOCAL", "OTHER"] {
        assert_eq!(names(&crates, "my", name, Namespace::Value), format!("my::{name}"));
    }
    assert_eq!(names(&crates, "my", "Flags", Namespace::Type), "my::Flags");
    let members: Vec<&str> = crates
        .impls
        .iter()
        .filter_map(|unit| unit.at.find(&crates.sources))
        .flat_map(|item| item.members().iter().map(|member| member.name.as_str()))
        .collect();
    assert_eq!(members, ["A", "B", "bits"]);
    assert_eq!(blind(&crates), ["unexpanded-macro src/lib.rs:6 -"]);
}

#[test]
fn features_that_are_off_hide_items() {
    let manifest = "[package]\nname = \"my\"\nversion = \"1.0.0\"\nedition = \"2021\"\n[features]\ndefault = [\"a\"]\na = [\"b\"]\nb = []\nc = []\n";
    let lib = "#[cfg(feature = \"b\")] pub struct B; #[cfg(feature = \"c\")] pub struct C; #[cfg(not(feature = \"a\"))] pub struct NotA;";
    let files = [("Cargo.toml", manifest), ("src/lib.rs", lib)];
    for (features, expected) in [
        (crate::extract::FeatureSelection::Everything, vec!["my::B", "my::C", "my::NotA"]),
        (crate::extract::FeatureSelection::All, vec!["my::B", "my::C"]),
        (crate::extract::FeatureSelection::Only { features: BTreeSet::new(), default: true }, vec!["my::B"]),
        (crate::extract::FeatureSelection::Only { features: BTreeSet::new(), default: false }, vec!["my::NotA"]),
    ] {
        let options = Options { features, ..Options::default() };
        let crates = load_tree(&files, &options);
        let found: Vec<&str> = crates.defs.iter().map(|def| def.path.as_str()).collect();
        assert_eq!(found, expected);
    }
}

#[test]
fn modules_declared_in_macro_calls() {
    let deep = "macro_rules! endless { ($x:ident) => { pub struct $x; endless!(Deep); } } endless!(First);";
    let crates = load(&[
        ("src/lib.rs", "mod net; mod deep;"),
        ("src/net.rs", "cfg_if::cfg_if! { if #[cfg(unix)] { mod tcp; } }"),
        ("src/net/tcp.rs", "pub struct Tcp;"),
        ("src/deep.rs", deep),
    ]);
    assert_eq!(names(&crates, "my", "net::tcp::Tcp", Namespace::Type), "my::net::tcp::Tcp");
    assert_eq!(names(&crates, "my", "deep::Deep", Namespace::Type), "my::deep::Deep");
    assert_eq!(blind(&crates), ["unexpanded-macro src/deep.rs:1 my::deep"]);
}

/// What this side's own macros make: names that resolve, and where they stand.
#[test]
fn own_macros() {
    let lib = "
        #[macro_use] mod macros;
        mod early { macro_rules! shape { ($n:ident) => { pub struct $n; } } shape!(One);
            macro_rules! shape { ($n:ident) => { pub enum $n { A } } } shape!(Two); }
        macro_rules! defines { ($n:ident) => { macro_rules! $n { ($x:ident) => { pub struct $x; } } } }
        defines!(late);
        late!(Late);
        macro_rules! counted {
            (@one $n:ident) => { pub struct $n; };
            ($first:ident $($rest:ident)*) => { counted!(@one $first); counted!($($rest)*); };
            () => {};
        }
        counted!(A B C);
        pub struct Has;
        macro_rules! getters { ($($n:ident: $t:ty),*) => { $(pub fn $n(&self) -> $t { todo!() })* } }
        impl Has { getters!(first: u8, second: Vec<Option<u8>>); pub fn own() {} }
        #[cfg(unix)] macro_rules! per { () => { pub struct OnUnix; } }
        #[cfg(not(unix))] macro_rules! per { () => { pub struct Elsewhere; } }
        per!();
        macros::by_path!(ByPath);
        exported!(Exported);
        dep::outer!(Foreign);
        paste::paste! { pub struct [<Past ed>]; }
    ";
    let macros = "macro_rules! by_path { ($n:ident) => { pub type $n = $crate::Has; } } pub(crate) use by_path;\n\
                  #[macro_export] macro_rules! exported { ($n:ident) => { pub type $n = $crate::Has; } }";
    let dep = "pub struct Inner; #[macro_export] macro_rules! outer { ($n:ident) => { pub type $n = $crate::Inner; } }";
    let crates = load(&[("src/lib.rs", lib), ("src/macros.rs", macros), ("dep/src/lib.rs", dep)]);
    assert_eq!(blind(&crates), [""; 0]);
    for name in ["early::One", "early::Two", "Late", "A", "B", "C", "OnUnix", "Elsewhere", "Pasted"] {
        assert_eq!(names(&crates, "my", name, Namespace::Type), format!("my::{name}"));
    }
    for (name, expected) in [("ByPath", "my::Has"), ("Exported", "my::Has"), ("Foreign", "dep::Inner")] {
        assert_eq!(ty(&crates, "my", name), expected);
    }
    let kind = |path: &str| {
        let def = crates.defs.iter().position(|def| def.path == path).unwrap_or_else(|| panic!("no {path}"));
        let found = crates.def(DefId(u32::try_from(def).expect("small"))).expect("a definition");
        (matches!(found.item.kind, ItemKind::Enum { .. }), found.condition.to_string(), found.item.pos)
    };
    assert!(!kind("my::early::One").0 && kind("my::early::Two").0, "the macro that stands before the call counts");
    assert_eq!(kind("my::OnUnix").1, "unix");
    assert_eq!(kind("my::Elsewhere").1, "not(unix)");
    assert_eq!(kind("my::C").2, Pos { line: 13, column: 22 }, "a name from the call keeps its place");
    assert_eq!(kind("my::OnUnix").2, Pos { line: 19, column: 9 }, "a name of the macro stands at the call");
    let methods: Vec<&str> = crates
        .impls
        .iter()
        .filter_map(|unit| unit.at.find(&crates.sources))
        .flat_map(|item| item.members().iter().map(|member| member.name.as_str()))
        .collect();
    assert_eq!(methods, ["first", "second", "own"]);
}
