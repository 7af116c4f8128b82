//! Definition and call to text, by table.

use super::*;
use crate::syntax::facts::ItemKind;
use proptest::prelude::*;

fn raw(text: &str) -> RawTokens {
    RawTokens { text: text.into(), pos: Pos { line: 1, column: 1 } }
}

/// The text that a call makes, in one spelling; an exclamation mark and the reason when it makes none.
fn made(definition: &str, call: &str) -> String {
    let Some(definition) = Definition::of(&raw(definition)) else { return "! no definition".to_owned() };
    match definition.expand(&raw(call), "::home", Pos { line: 9, column: 1 }) {
        Ok(made) => crate::syntax::tokens::normal(&made.text),
        Err(why) => format!("! {why:?}"),
    }
}

#[test]
fn calls_make_text() {
    let table = [
        // Fragments.
        ("($n:ident) => { struct $n; }", "A", "struct A;"),
        ("($n:ident) => { struct $n; }", "A B", "! NoArm"),
        ("($n:ident) => {}", "_", "! NoArm"),
        ("($t:ty) => { type A = $t; }", "Vec<Option<&'a mut [u8; 3]>>", "type A=Vec<Option<&'a mut[u8;3]>>;"),
        ("(<$t:ty>) => { type A = $t; }", "<Vec<u8>>", "type A=Vec<u8>;"),
        ("($t:ty, $u:ty) => { $u $t }", "dyn Fn(A, B) -> C + 'a, <T as U>::V", "<T as U>::V dyn Fn(A,B)->C+'a"),
        (
            "($t:ty) => { $t }",
            "for<'a> unsafe extern \"C\" fn(&'a u8) -> *const T",
            "for<'a>unsafe extern \"C\" fn(&'a u8)->*const T",
        ),
        ("($t:ty) => { one } ($($t:tt)*) => { many }", "struct A", "many"),
        ("($e:expr) => { one } ($($t:tt)*) => { many }", "struct A", "many"),
        ("($e:expr) => { $e }", "a::<b, c>(1) + |x, y| x", "a::<b,c>(1)+|x,y|x"),
        ("($a:expr, $b:expr) => { $b; $a }", "x as Vec<A, B>, if a { b } else { c }", "if a{b}else{c};x as Vec<A,B>"),
        ("($a:expr => $b:expr;) => { $a $b }", "1 => 2;", "1 2"),
        ("($a:expr) => { $a * 2 }", "1 + 1", "(1+1)*2"),
        ("($p:path) => { $p }", "a::B<C>::D", "a::B<C>::D"),
        ("($v:vis $n:ident) => { $v struct $n; }", "pub(in a::b) X", "pub(in a::b)struct X;"),
        ("($v:vis $n:ident) => { $v struct $n; }", "X", "struct X;"),
        ("($v:vis struct $n:ident ($t:ty)) => { $v $n $t }", "pub struct X(u8)", "pub X u8"),
        ("($l:literal) => { $l }", "-3", "-3"),
        ("($l:lifetime) => { $l }", "'a", "'a"),
        ("($b:block) => { fn a() $b }", "{ 1 }", "fn a(){1}"),
        (
            "($(#[$m:meta])* $n:ident) => { $(#[$m])* struct $n; }",
            "#[a = \"b\"] #[c(d)] N",
            "#[a=\"b\"]#[c(d)]struct N;",
        ),
        ("($(#[$m:meta])* $n:ident) => { $(#[$m])* struct $n; }", "/// Says.\nN", "#[doc=\" Says.\"]struct N;"),
        (
            "($($i:item)*) => { $(#[x] $i)* }",
            "pub(crate) struct A<const N: usize>(u8) where T: U; impl A<{ N }> {} const X: u8 = { 1 }; m!{} use a::{b};",
            "#[x]pub(crate)struct A<const N:usize>(u8)where T:U;#[x]impl A<{N}>{}#[x]const X:u8={1};#[x]m!{}#[x]use a::{b};",
        ),
        ("($p:pat => $($t:tt)*) => { $p }", "A | B(1..=2) => x", "A|B(1..=2)"),
        ("($t:tt $u:tt) => { $u $t }", ":: =>", "=>::"),
        // Repetitions.
        ("($($n:ident),* $(,)?) => { $(struct $n;)* }", "A, B,", "struct A;struct B;"),
        ("($($n:ident),+) => { x }", "", "! NoArm"),
        (
            "($($n:ident: [$($t:ty),*]);*) => { $(struct $n($($t),*);)* }",
            "A: [u8, B<C>]; D: []",
            "struct A(u8,B<C>);struct D();",
        ),
        ("($t:ty, $($n:ident)*) => { $(struct $n($t);)* }", "u8, A B", "struct A(u8);struct B(u8);"),
        ("($($k:ident $(= $v:expr)?),*) => { $($k $(: $v)?;)* }", "a, b = 2", "a;b:2;"),
        ("($($a:ident)* ; $($b:ident)*) => { $($a $b)* }", "a b ; c", "! Unknown"),
        ("($(a)* a b) => { yes }", "a a b", "yes"),
        // Arms in order, groups, names of the crate.
        ("(a) => { 1 }; (b) => { 2 }", "b", "2"),
        ("[a { $x:ident }] => ( $x )", "a { y }", "y"),
        ("() => { $crate::A }", "", "::home::A"),
        // Of an inner macro.
        ("($n:ident) => { macro_rules! $n { ($x:ident) => { $x } } }", "m", "macro_rules!m{($x:ident)=>{$x}}"),
        ("($d:tt) => { macro_rules! m { ($d x:ident) => { $d x } } }", "$", "macro_rules!m{($x:ident)=>{$x}}"),
        ("($($n:ident)*) => { ${count($n)} }", "a", "! Unknown"),
        ("a b c", "", "! no definition"),
        ("($x) => {}", "a", "! no definition"),
    ];
    for (definition, call, expected) in table {
        assert_eq!(made(definition, call), expected, "{definition}\ncalled with {call}");
    }
}

#[test]
fn what_a_fragment_took_is_one_tree() {
    let outer = Definition::of(&raw("($t:ty) => { inner!($t) }")).expect("a definition");
    let made = outer.expand(&raw("Vec<u8>"), "crate", Pos { line: 1, column: 1 }).expect("a text");
    let call = crate::syntax::items(&wrapped("", &made, ";")).expect("items").pop().expect("a call");
    let ItemKind::MacroCall { tokens, .. } = call.kind else { panic!("no call") };
    let expand = |definition: &str| {
        let inner = Definition::of(&raw(definition)).expect("a definition");
        inner.expand(&tokens, "crate", Pos::default()).map(|made| crate::syntax::tokens::normal(&made.text))
    };
    assert_eq!(expand("($t:tt) => { one $t }"), Ok("one Vec<u8>".to_owned()));
    assert_eq!(expand("($t:ty) => { type A = $t; }"), Ok("type A=Vec<u8>;".to_owned()));
    assert_eq!(expand("(Vec<$t:ty>) => { $t }"), Err(Unexpanded::NoArm));
    assert_eq!(expand("($t:ident $($r:tt)*) => { $t }"), Err(Unexpanded::NoArm));
}

#[test]
fn places_are_those_of_the_call() {
    let definition = Definition::of(&raw(
        "($(#[$m:meta])* $n:ident { $($f:ident: $t:ty),* }) => { $(#[$m])* pub struct $n { pub own: u8, $(pub $f: $t),* } }",
    ));
    let call = RawTokens { text: "#[a(b)]\n  N {\n  x: u8,\n  y: A }".into(), pos: Pos { line: 20, column: 5 } };
    let at = Pos { line: 19, column: 1 };
    let made = definition.expect("a definition").expand(&call, "crate", at).expect("a text");
    let item = crate::syntax::items(&made).expect("items").pop().expect("an item");
    assert_eq!(item.pos, Pos { line: 21, column: 3 });
    assert_eq!(item.attrs[0].pos, Pos { line: 20, column: 7 });
    let ItemKind::Struct { fields: crate::syntax::facts::Fields::Named(fields), .. } = &item.kind else {
        panic!("no fields")
    };
    let places: Vec<_> = fields.iter().map(|f| (f.name.as_str(), f.pos.line, f.pos.column)).collect();
    assert_eq!(places, [("own", 19, 1), ("x", 22, 3), ("y", 23, 3)]);
}

#[test]
fn names_are_pasted() {
    let table = [
        ("struct [<A b>];", "struct Ab;"),
        ("fn [<get_ FooBar:snake>]() {}", "fn get_foo_bar(){}"),
        ("[<foo_bar:camel>] [<foo:upper>] [<Foo:lower>]", "FooBar FOO foo"),
        ("impl<'a> X<[<'a b>]> for [<r#type _x>] { [u8] }", "impl<'a>X<'ab>for type_x{[u8]}"),
        ("#[doc = \"a\" \"b\"] struct [<A \"b-c\" 1>];", "#[doc=\"pasted\"]struct Ab_c1;"),
    ];
    for (text, expected) in table {
        let out = pasted(&raw(text)).map(|made| crate::syntax::tokens::normal(&made.text));
        assert_eq!(out.as_deref(), Some(expected), "{text}");
    }
}

#[test]
fn macros_that_make_too_much_end() {
    let doubling = "($($t:tt)*) => { m!{ $($t)* $($t)* } }";
    let definition = Definition::of(&raw(doubling)).expect("a definition");
    let mut call = raw("a b c d");
    let end = (0..64).find_map(|_| match definition.expand(&call, "crate", Pos::default()) {
        Ok(made) => {
            call = made;
            None
        }
        Err(why) => Some(why),
    });
    assert_eq!(end, Some(Unexpanded::TooMuch));
    let nested = format!("{}{}", "(".repeat(5000), ")".repeat(5000));
    assert_eq!(made("($($t:tt)*) => {}", &nested), "! NoArm");
    let ambiguous = "($($($($(a)*)*)*)* b) => {}";
    assert_eq!(made(ambiguous, &"a ".repeat(300)), "! NoArm");
}

/// Pieces of definitions and calls, thrown together.
fn pieces() -> impl Strategy<Value = String> {
    let piece = proptest::sample::select(vec![
        "$", "a", "$a", ":", "ident", "ty", "expr", "tt", "vis", "(", ")", "{", "}", "[", "]", "$(", ")*", "),+", ")?",
        "=>", ";", ",", "<", ">", "->", "struct", "pub", "'a", "\"s\"", "1", "#", "!", "///x\n", "|", "as", "::",
        "$crate", "-", "&", ">>", "é",
    ]);
    proptest::collection::vec(piece, 0..40).prop_map(|pieces| pieces.join(" "))
}

proptest! {
    #[test]
    fn nothing_panics_or_loops(arms in proptest::collection::vec((pieces(), pieces()), 1..4), call in pieces()) {
        let definition: String = arms.iter().map(|(m, t)| format!("({m}) => {{{t}}};")).collect();
        if let Some(definition) = Definition::of(&raw(&definition))
            && let Ok(made) = definition.expand(&raw(&call), "crate", Pos { line: 1, column: 1 })
        {
            let _ = crate::syntax::items(&made);
            let _ = crate::syntax::members(&made, true);
            let _ = pasted(&made);
            for token in made.lex() {
                prop_assert!(token.pos.line >= 1);
            }
        }
        let _ = pasted(&raw(&call));
    }

    #[test]
    fn an_argument_that_is_given_back_is_read_as_it_stands(names in proptest::collection::vec("[a-z]{1,6}", 0..20)) {
        let call: String = names.iter().map(|name| format!("pub struct r#{name}x;\n")).collect();
        let definition = Definition::of(&raw("($($i:item)*) => { $($i)* }")).expect("a definition");
        let made = definition.expand(&raw(&call), "crate", Pos { line: 1, column: 1 }).expect("a text");
        let places = |raw: &RawTokens| -> Vec<_> {
            let items = crate::syntax::items(raw).unwrap_or_default();
            items.iter().map(|item| (item.name.clone(), item.pos, item.hash())).collect()
        };
        prop_assert_eq!(places(&made), places(&raw(&call)));
    }
}
