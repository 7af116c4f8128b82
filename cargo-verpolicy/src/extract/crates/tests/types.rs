use super::*;

const LIB: &str = "
    use axum::Json;
    pub struct Error;
    pub struct Page<T, const N: usize = 3> { pub items: [T; N] }
    pub struct User;
    pub type ApiResult<T, E = Error> = Result<T, E>;
    pub type Users = ApiResult<Json<Vec<User>>>;
    pub type Endless = Box<Endless>;
    pub type Pair<T> = (T, T);
    pub type Wide = Pair<Pair<Pair<Pair<Pair<Pair<Pair<Pair<Pair<Pair<Pair<Pair<Pair<Pair<Pair<Pair<u8>>>>>>>>>>>>>>>>;
    pub const LIMIT: usize = 2 * HALF + 1;
    const HALF: usize = 4;
    pub trait Api { type Context; fn f(&self); }
    pub trait Assoc { type Out; }
    impl Assoc for User { type Out = Json<User>; }
    impl<T> Assoc for Page<T> { type Out = Vec<T>; }
    impl Iterator for User { type Item = u8; }
    pub trait Marker<T> {}
";

#[test]
fn types_resolved() {
    let crates = load(&[("src/lib.rs", LIB)]);
    for (text, expected) in [
        ("u8", "u8"),
        ("String", "std::string::String"),
        ("Vec<User>", "std::vec::Vec<my::User>"),
        ("&'static mut [User]", "&[my::User]"),
        ("[u8; 16]", "[u8; 16]"),
        ("[u8; LIMIT]", "[u8; 9]"),
        ("[u8; crate::LIMIT + 1]", "[u8; 10]"),
        ("[u8; unknown()]", "[u8; _]"),
        ("(User,)", "(my::User,)"),
        ("()", "()"),
        ("ApiResult<User>", "std::result::Result<my::User, my::Error>"),
        ("ApiResult<User, String>", "std::result::Result<my::User, std::string::String>"),
        ("Users", "std::result::Result<axum::Json<std::vec::Vec<my::User>>, my::Error>"),
        ("Page<User>", "my::Page<my::User, 3>"),
        ("Page<User, 5>", "my::Page<my::User, 5>"),
        ("Page<User, LIMIT>", "my::Page<my::User, 9>"),
        ("impl Iterator<Item = User> + Send + 'static", "impl std::iter::Iterator<my::User> + std::marker::Send"),
        ("Box<dyn Marker<User>>", "std::boxed::Box<dyn my::Marker<my::User>>"),
        ("impl Fn(User) -> u8", "impl std::ops::Fn<(my::User,), u8>"),
        ("<User as Assoc>::Out", "axum::Json<my::User>"),
        ("<Page<u8> as Assoc>::Out", "std::vec::Vec<u8>"),
        ("Nothing<User>", "? Nothing<User>"),
        ("nowhere::Nothing", "nowhere::Nothing"),
        ("Nowhere::Nothing", "? Nowhere::Nothing"),
        ("!", "!"),
        ("fn(u8) -> User", "fn(u8) -> User"),
    ] {
        assert_eq!(ty(&crates, "my", text), expected, "{text}");
    }
}

#[test]
fn types_without_end_end() {
    let crates = load(&[("src/lib.rs", LIB)]);
    assert!(ty(&crates, "my", "Endless").len() < 100_000);
    assert!(ty(&crates, "my", "Wide").len() < 4_000_000);
}

#[test]
fn scopes() {
    let crates = load(&[("src/lib.rs", LIB)]);
    let Resolved::Def(page) = crates.resolve(module(&crates, "my"), &path_of("Page"), Namespace::Type) else {
        panic!("no Page");
    };
    let def = crates.def(page).expect("Page");
    let ItemKind::Struct { generics, .. } = &def.item.kind else { panic!("no struct") };
    let scope = crates.scope_of(page, generics, &[Ty::Primitive(Name::new("u8"))]).expect("a scope");
    let text = |text: &str| crates.ty_text(&crates.ty(&scope, &RawTokens::from(text).ty().expect("a type")));
    assert_eq!(text("T"), "u8");
    assert_eq!(text("[T; N]"), "[u8; 3]");
    assert_eq!(text("Self"), "my::Page<u8, 3>");
    assert_eq!(text("Self::Out"), "std::vec::Vec<u8>");
    let open = crates.scope_of(page, generics, &[]).expect("a scope");
    assert_eq!(crates.ty(&open, &RawTokens::from("T").ty().expect("a type")), Ty::Param(Name::new("T")));
    let unfixed = crates.ty(&open, &RawTokens::from("T::Out").ty().expect("a type"));
    assert_eq!(unfixed, Ty::Param(Name::new("T::Out")));
}

#[test]
fn impls_by_trait() {
    let lib = "
        pub mod a { pub struct T; pub struct U<X>(X); pub type Alias = T; }
        use serde::Serialize as Ser;
        impl Ser for a::T {}
        impl<'de> serde::de::Deserialize<'de> for a::Alias {}
        impl<X: Clone> Default for a::U<X> {}
        impl<T> Local for T {}
        pub trait Local {}
        impl Local for a::T {}
    ";
    let crates = load(&[("src/lib.rs", lib)]);
    let def = |path: &str| match crates.resolve(module(&crates, "my"), &path_of(path), Namespace::Type) {
        Resolved::Def(def) => def,
        other => panic!("{other:?}"),
    };
    for (ty, of, count) in [
        ("a::T", "serde::Serialize", 1),
        ("a::T", "serde::Deserialize", 1),
        ("a::T", "my::Local", 1),
        ("a::T", "std::default::Default", 0),
        ("a::U", "std::default::Default", 1),
        ("a::U", "serde::Serialize", 0),
    ] {
        assert_eq!(crates.impls_of(def(ty), of).len(), count, "{of} for {ty}");
    }
}
