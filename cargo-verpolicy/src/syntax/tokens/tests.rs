use super::{Cursor, Delimiter, Lit, MetaValue, TokenKind, normal};
use crate::syntax::facts::{Bound, GenericArg, Pos, RawTokens, Type};

#[test]
fn literals_mean_what_rust_says() {
    let cases = [
        (r#""a\n\u{e9}\x41\"""#, Lit::Str("a\né\u{41}\"".into())),
        ("\"a\\\n   b\"", Lit::Str("ab".into())),
        ("\"a\r\nb\"", Lit::Str("a\nb".into())),
        (r##"r#"a\n"b"#"##, Lit::Str("a\\n\"b".into())),
        (r#"b"a\xff""#, Lit::Bytes(vec![b'a', 0xff])),
        (r#"c"a""#, Lit::Bytes(vec![b'a'])),
        (r"'\''", Lit::Char('\'')),
        ("'é'", Lit::Char('é')),
        (r"b'\\'", Lit::Byte(b'\\')),
        ("0x1F_u8", Lit::Int { value: 31, suffix: "u8".into() }),
        ("1_000", Lit::Int { value: 1000, suffix: "".into() }),
        ("1.10", Lit::Float { text: "1.10".into(), suffix: "".into() }),
        ("2f64", Lit::Float { text: "2".into(), suffix: "f64".into() }),
        ("1e-3_f32", Lit::Float { text: "1e-3".into(), suffix: "f32".into() }),
        ("340282366920938463463374607431768211455", Lit::Other("340282366920938463463374607431768211455".into())),
    ];
    for (text, expected) in cases {
        let tokens = RawTokens::from(text).lex();
        assert_eq!(tokens.len(), 1, "{text}: {tokens:?}");
        assert_eq!(tokens.first().map(|t| &t.kind), Some(&TokenKind::Literal(expected)), "{text}");
    }
}

#[test]
fn tokens_know_their_place() {
    let raw = RawTokens { text: "é /* \n */ a(\n  'b, 1..2)".into(), pos: Pos { line: 7, column: 5 } };
    let tokens = raw.lex();
    let place = |t: &super::Token| (t.pos.line, t.pos.column);
    assert_eq!(tokens.iter().map(place).collect::<Vec<_>>(), [(7, 5), (8, 5), (8, 6)]);
    let mut cursor = Cursor::new(&raw, &tokens);
    cursor.next();
    cursor.next();
    let inner = cursor.group_raw(Delimiter::Paren).expect("a group");
    assert_eq!((&*inner.text, inner.pos), ("\n  'b, 1..2", Pos { line: 8, column: 7 }));
    assert_eq!(inner.parts().iter().map(|p| (&*p.text, p.pos.column)).collect::<Vec<_>>(), [("'b", 3), ("1..2", 7)]);
}

#[test]
fn metas_cover_what_attributes_hold() {
    let raw = RawTokens::from(
        r#"rename = "x", rename(serialize = "y", deserialize = "z"), default, a::b = Vec<u8, A>, "lit", status = 200, f(a) + 1, versions = ..V2, x = a < b"#,
    );
    let metas = raw.metas();
    let shown: Vec<String> = metas
        .iter()
        .map(|m| {
            let value = match &m.value {
                MetaValue::None => String::new(),
                MetaValue::Value(v) => format!("={}", v.text),
                MetaValue::List(v) => format!("({})", v.text),
                MetaValue::Other => format!("?{}", m.raw.text),
            };
            format!("{}{value}", m.path.join("::"))
        })
        .collect();
    assert_eq!(
        shown,
        [
            "rename=\"x\"",
            "rename(serialize = \"y\", deserialize = \"z\")",
            "default",
            "a::b=Vec<u8, A>",
            "?\"lit\"",
            "status=200",
            "f?f(a) + 1",
            "versions=..V2",
            "x=a < b",
        ]
    );
    assert_eq!(metas.first().and_then(super::Meta::string).as_deref(), Some("x"));
    assert_eq!(metas.get(1).map(|m| m.metas().len()), Some(2));
    assert_eq!(metas.get(5).and_then(|m| m.value()).and_then(RawTokens::int), Some(200));
    assert_eq!(metas.get(1).map(|m| m.pos.column), Some(15));
}

#[test]
fn types_are_read_whole() {
    let cases = [
        "Vec<Option<u8>>",
        "::std::collections::HashMap<K, &'a str>",
        "<T as a::Trait<U>>::Out",
        "<T>::Out",
        "&'a mut [u8]",
        "*const dyn Send",
        "[u8; N + 1]",
        "(A,)",
        "(A, B)",
        "()",
        "for<'a> unsafe extern \"C\" fn(x: &'a u8, B, ...) -> !",
        "impl Fn(A) -> B + Send + 'static",
        "Box<dyn for<'a> Fn(&'a T) -> Result<(), E> + ?Sized>",
        "Iter<Item = T, Other: Clone, 3, -1, { N }, true>",
        "Vec::<u8>",
        "m!(a, b)",
        "_",
        "A + B",
        "impl use<'a, T> + Sized",
        "fn() -> fn() -> u8",
        "Endpoint<Incoming<'a> = Request>",
    ];
    for text in cases {
        assert!(RawTokens::from(text).ty().is_some(), "{text}");
    }
    for text in ["", "Vec<", "a b", "[u8", "&", "<T as>", "1"] {
        let ty = RawTokens::from(text).ty();
        assert!(ty.is_none() || text == "[u8", "{text}: {ty:?}");
    }
    let deep = "Vec<".repeat(5000) + "u8" + &">".repeat(5000);
    let _ = RawTokens::from(deep.as_str()).ty();
    let _ = RawTokens::from("&".repeat(100_000).as_str()).ty();
    let _ = RawTokens::from("(".repeat(100_000).as_str()).ty();
}

#[test]
fn types_keep_their_parts() {
    let ty = RawTokens::from("a::Map<K, Item = &'x T>").ty().expect("a type");
    let Type::Path { qself: None, path } = ty else { panic!("{ty:?}") };
    let last = path.segments.last().expect("a segment");
    assert!(matches!(last.args.first(), Some(GenericArg::Type(_))));
    assert!(matches!(last.args.get(1), Some(GenericArg::Assoc(n, Type::Ref { .. })) if n == "Item"));
    let raw = RawTokens::from("Clone + ?Sized + 'a");
    let tokens = raw.lex();
    let bounds = Cursor::new(&raw, &tokens).bounds().expect("bounds");
    assert!(matches!(
        bounds.as_slice(),
        [Bound::Trait { maybe: false, .. }, Bound::Trait { maybe: true, .. }, Bound::Lifetime(_)]
    ));
}

#[test]
fn normal_text_ignores_formatting_only() {
    let cases = [
        ("N  +  1", "N+1"),
        ("a as /* x */ u8", "a as u8"),
        ("f(a, b,)", "f(a,b)"),
        ("f(a,)", "f(a)"),
        ("(a,)", "(a,)"),
        ("[a, b,]", "[a,b]"),
        ("\"a , b\" \"c\"", "\"a , b\" \"c\""),
        ("Vec<A,>", "Vec<A>"),
    ];
    for (text, expected) in cases {
        assert_eq!(normal(text), expected);
    }
}
