//! Tables of marks: what is accepted and what it means, and every mistake at its place.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use proptest::prelude::*;

use crate::{parse, Mark, Mistake, Spanned};

fn tokens(text: &str) -> TokenStream {
    text.parse().unwrap_or_else(|_| panic!("these are no tokens: {text}"))
}

/// A mark in one line: what is set, in the order of the fields.
fn shown(mark: &Mark) -> String {
    let text = |value: &Option<Spanned<String>>| value.as_ref().map(|value| value.value.clone());
    let mut parts: Vec<String> = Vec::new();
    parts.extend(mark.kind.as_ref().map(|kind| format!("{:?}", kind.value)));
    parts.extend(mark.route.as_ref().map(|route| {
        let methods: Vec<&str> = route.methods.iter().map(|method| method.value.as_str()).collect();
        format!("{} {}", methods.join("|"), route.path.value)
    }));
    parts.extend(text(&mark.since).map(|value| format!("since {value}")));
    parts.extend(mark.deprecated.as_ref().map(|it| {
        format!("deprecated {:?} {:?} {:?}", text(&it.since), text(&it.note), text(&it.replaced_by)).replace("\"", "'")
    }));
    parts.extend(text(&mark.removed).map(|value| format!("removed {value}")));
    parts.extend(mark.unstable.as_ref().map(|it| format!("unstable {}", text(&it.feature).unwrap_or_default())));
    parts.extend(text(&mark.edition).map(|value| format!("edition {value}")));
    parts.extend(text(&mark.section).map(|value| format!("section {value}")));
    parts.extend(mark.behavior.as_ref().map(|value| format!("behavior {}", value.value)));
    parts.extend(mark.open.map(|_| "open".to_owned()));
    parts.extend(mark.request.as_ref().map(|value| format!("request {}", value.value)));
    parts.extend(mark.responses.iter().map(|it| {
        let body = it.body.as_ref().map(|body| format!(" {}", body.value)).unwrap_or_default();
        format!("{}{body}", it.status.value)
    }));
    parts.join("; ")
}

#[test]
fn reads_every_form() {
    for (text, expected) in [
        ("", ""),
        (r#"since = "1.2.0""#, "since 1.2.0"),
        (r#"since = "1.2.0","#, "since 1.2.0"),
        (r#"since = r"1.2.0""#, "since 1.2.0"),
        (r#"GET "/users/{id}", since = "1.2.0""#, "GET /users/{id}; since 1.2.0"),
        (r#"since = "1.2.0", GET "/users/{id}""#, "GET /users/{id}; since 1.2.0"),
        (r#"GET | HEAD "/users", since = "1""#, "GET|HEAD /users; since 1"),
        (r#"ANY "/hook", since = "1""#, "ANY /hook; since 1"),
        (r#"http, GET "/", since = "1""#, "Http; GET /; since 1"),
        (r#"http"#, "Http"),
        (r#"item, since = "1.2.0""#, "Item; since 1.2.0"),
        (r#"message, since = "1.0""#, "Message; since 1.0"),
        (r#"config, since = "1.0""#, "Config; since 1.0"),
        (r#"since = "next""#, "since next"),
        (
            r#"since = "1.0", deprecated(since = "1.4", note = "old", replaced_by = "GET /v4/users/{id}"), removed = "2.0""#,
            "since 1.0; deprecated Some('1.4') Some('old') Some('GET /v4/users/{id}'); removed 2.0",
        ),
        (r#"since = "1.0", deprecated"#, "since 1.0; deprecated None None None"),
        (r#"since = "1.0", deprecated()"#, "since 1.0; deprecated None None None"),
        (r#"since = "1.0", deprecated(since = "1.0")"#, "since 1.0; deprecated Some('1.0') None None"),
        (r#"since = "next", deprecated(since = "next")"#, "since next; deprecated Some('next') None None"),
        (
            r#"since = "1.0", deprecated(since = "next"), removed = "2.0""#,
            "since 1.0; deprecated Some('next') None None; removed 2.0",
        ),
        (r#"since = "1.0.20161024", removed = "1.0.161205""#, "since 1.0.20161024; removed 1.0.161205"),
        (r#"since = "1.0-rc1", removed = "1.0-beta""#, "since 1.0-rc1; removed 1.0-beta"),
        (r#"unstable"#, "unstable "),
        (r#"unstable(feature = "org.matrix.msc2844")"#, "unstable org.matrix.msc2844"),
        (r#"GET "/x", unstable(feature = "f")"#, "GET /x; unstable f"),
        (r#"edition = "6", since = "1.2""#, "since 1.2; edition 6"),
        (r#"edition = "org.x.1", unstable"#, "unstable ; edition org.x.1"),
        (r#"section = "client-server""#, "section client-server"),
        (r#"behavior = 2, since = "1.0""#, "since 1.0; behavior 2"),
        (r#"open, since = "1.0""#, "since 1.0; open"),
        (r#"open, message, since = "1.0""#, "Message; since 1.0; open"),
        (
            r#"since = "1.0", request = HashMap<K, Vec<V>>, responses(200 = Page<A, B>, 404 = E, 204)"#,
            "since 1.0; request HashMap < K , Vec < V >>; 200 Page < A , B >; 404 E; 204",
        ),
        (r#"request = fn(A) -> B, since = "1""#, "since 1; request fn (A) -> B"),
        (r#"request = Box<dyn Fn(A, B) -> C>, since = "1""#, "since 1; request Box < dyn Fn (A , B) -> C >"),
        (r#"request = ::a::B, responses(200 = [u8], 201 = (),)"#, "request :: a :: B; 200 [u8]; 201 ()"),
    ] {
        match parse(tokens(text)) {
            Ok(mark) => assert_eq!(shown(&mark), expected, "{text}"),
            Err((_, mistakes)) => panic!("{text}: {mistakes:?}"),
        }
    }
}

/// The mistakes of a mark, each with the column (from 0) at which it stands.
fn mistakes(text: &str) -> Vec<(usize, String, bool)> {
    let Err((_, mistakes)) = parse(tokens(text)) else { return Vec::new() };
    mistakes
        .into_iter()
        .map(|Mistake { span, message, unknown_key, no_since: _ }| (span.start().column, message, unknown_key))
        .collect()
}

#[test]
fn names_every_mistake_at_its_place() {
    let cases: &[(&str, &[(usize, &str)])] = &[
        // keys
        (r#"sinse = "1.0""#, &[(0, "unknown key `sinse`: did you mean `since`?")]),
        (r#"since = "1", behaviour = 2"#, &[(13, "did you mean `behavior`")]),
        (r#"added = "1.0""#, &[(0, "write since = ")]),
        (r#"path = "/x", since = "1""#, &[(0, "GET \"/users/{id}\"")]),
        (r#"frobnicate, since = "1""#, &[(0, "unknown key `frobnicate`: the keys are `item`, ")]),
        (r#"since = "1", since = "2""#, &[(13, "`since` is repeated")]),
        (r#"item, item, since = "2""#, &[(6, "`item` is repeated")]),
        (r#"since = "1", deprecated(since = "1", since = "2")"#, &[(37, "`since` is repeated")]),
        (r#"since = "1", deprecated(sine = "1")"#, &[(24, "did you mean `since`")]),
        (r#"since = "1", deprecated(why = "1")"#, &[(24, "the keys are `since`, `note`, `replaced_by`")]),
        (r#"unstable(name = "1")"#, &[(9, "the keys are `feature`")]),
        (r#"since = "1" item"#, &[(12, "expected `,`")]),
        (r#"since = "1";"#, &[(11, "expected `,`")]),
        (r#"since = "1",, item"#, &[(12, "expected a key")]),
        (r#"= "1""#, &[(0, "expected a key")]),
        (r#""1.2.0""#, &[(0, "a version needs its key: write `since = \"1.2.0\"`")]),
        (r#""/x", since = "1""#, &[(0, "a path needs its method: write `GET \"/x\"`")]),
        // values
        (r#"since"#, &[(0, "`since` needs a value: write `since = \"1.2.0\"`")]),
        (r#"since, item"#, &[(5, "`since` needs a value")]),
        (r#"since("1.0")"#, &[(5, "`since` needs a value")]),
        (r#"since "1.0""#, &[(6, "`since` needs a value"), (6, "expected `,`")]),
        (r#"since = 1.10"#, &[(8, "write `since = \"1.10\"`")]),
        (r#"since = 1.2.0, item"#, &[(8, "expected a text in quotes")]),
        (r#"since = one"#, &[(8, "expected a text in quotes")]),
        (r#"since = env!("V")"#, &[(8, "expected a text in quotes")]),
        (r#"since = b"1""#, &[(8, "expected a text in quotes")]),
        (r#"since = "1"u8"#, &[(8, "expected a text in quotes")]),
        (r#"section = " ""#, &[(10, "`section` is empty")]),
        (r#"section = 5"#, &[(10, "write `section = \"5\"`")]),
        (r#"since = "1", behavior = "2""#, &[(24, "expected a whole number")]),
        (r#"since = "1", behavior = 2u8"#, &[(24, "expected a whole number")]),
        (r#"since = "1", behavior = -2"#, &[(24, "expected a whole number")]),
        (r#"since = "1", open = true"#, &[(18, "`open` stands alone")]),
        (r#"since = "1", item(x)"#, &[(17, "`item` stands alone")]),
        (r#"since = "1", deprecated = "1.4""#, &[(24, "in parentheses: write `deprecated(since = ")]),
        (r#"unstable = "f""#, &[(9, "in parentheses: write `unstable(feature = ")]),
        (r#"request = "User""#, &[(10, "expected a type")]),
        (r#"request = "#, &[(8, "expected a type")]),
        (r#"request = A<B"#, &[(10, "do not match")]),
        (r#"request = A>, since = "1""#, &[(10, "do not match")]),
        (r#"responses"#, &[(0, "`responses` needs its list")]),
        (r#"responses()"#, &[(9, "`responses` is empty")]),
        (
            r#"responses(2000 = A, ok, 99, 200 = A, 200 = B, 201 =, 202 A)"#,
            &[
                (10, "expected a status from 100 to 599"),
                (20, "expected a status"),
                (24, "expected a status"),
                (37, "the status 200 is repeated"),
                (51, "expected a type"),
                (57, "expected `,`"),
            ],
        ),
        // routes
        (r#"GET, since = "1""#, &[(0, "expected the path in quotes")]),
        (r#"GET "users", since = "1""#, &[(4, "must start with `/`")]),
        (r#"GET "/users/{id", since = "1""#, &[(4, "the braces of the path `/users/{id` do not match")]),
        (r#"GET (x), since = "1""#, &[(4, "expected the path in quotes")]),
        (r#"get "/x", since = "1""#, &[(0, "in capitals: `GET`")]),
        (r#"GTE "/x", since = "1""#, &[(0, "unknown method `GTE`: did you mean `GET`?")]),
        (r#"fetch "/x", since = "1""#, &[(0, "unknown method `fetch`")]),
        (r#"GET | GET "/x", since = "1""#, &[(6, "the method `GET` is repeated")]),
        (r#"GET | ANY "/x", since = "1""#, &[(6, "`ANY` contains every other method")]),
        (r#"GET | "/x", since = "1""#, &[(4, "expected a method after `|`")]),
        (r#"GET "/x", POST "/x", since = "1""#, &[(10, "a second route")]),
        // versions
        (r#"since = "1..2""#, &[(8, "`1..2` is not a version")]),
        (r#"since = "Next""#, &[(8, "write \"next\"")]),
        (r#"since = "1", removed = "two""#, &[(23, "`two` is not a version")]),
        (r#"since = "1", deprecated(since = ">=2")"#, &[(32, "`>=2` is not a version")]),
        // what must not go together
        (r#"item, message, since = "1""#, &[(6, "`message` contradicts `item`")]),
        (r#"item, GET "/x", since = "1""#, &[(0, "`item` contradicts the stated route")]),
        (
            r#"config, request = A, since = "1", responses(204)"#,
            &[(8, "`request` contradicts"), (34, "`responses` contradicts")],
        ),
        (r#"open, item, since = "1""#, &[(0, "`#[non_exhaustive]`")]),
        (r#"since = "1", unstable"#, &[(8, "`since` contradicts `unstable`")]),
        (r#"since = "1.4", deprecated(since = "1.2")"#, &[(34, "deprecated in 1.2 before it appeared in 1.4")]),
        (r#"since = "1.10", deprecated(since = "v1.9.3")"#, &[(35, "before it appeared in 1.10")]),
        (r#"since = "1", deprecated(since = "2"), removed = "2.0""#, &[(48, "not after its deprecation in 2")]),
        (r#"since = "1.0", removed = "1""#, &[(25, "not after its appearance in 1.0")]),
        (r#"since = "next", removed = "next""#, &[(26, "not after its appearance in next")]),
        // what is missing
        (r#"GET "/x""#, &[(0, "`since` is missing")]),
        (r#"item"#, &[(0, "`since` is missing")]),
        (r#"item, sinse = "1""#, &[(6, "did you mean `since`")]),
        (r#"open, message"#, &[(0, "`since` is missing")]),
        (r#"edition = "6""#, &[(0, "`since` is missing")]),
        // all at once, in source order
        (
            r#"item, GET "x", sinse = "1", removed = "1", since = "2", since = "3""#,
            &[
                (0, "contradicts the stated route"),
                (10, "must start with `/`"),
                (15, "did you mean `since`"),
                (38, "not after its appearance"),
                (56, "`since` is repeated"),
            ],
        ),
    ];
    for (text, expected) in cases {
        let found = mistakes(text);
        assert_eq!(found.len(), expected.len(), "{text}: {found:?}");
        for ((column, message, unknown), (expected_column, part)) in found.iter().zip(*expected) {
            assert!(column == expected_column && message.contains(part), "{text}: {column} {message}");
            assert_eq!(*unknown, message.starts_with("unknown"), "{text}: {message}");
        }
    }
}

#[test]
fn a_mark_with_mistakes_keeps_what_could_be_read() {
    let Err((mark, _)) =
        parse(tokens(r#"get "/x", sinse = "1", since = 1.10, removed = "two", responses(200 = A, x = B)"#))
    else {
        panic!("there are mistakes");
    };
    assert_eq!(shown(&mark), "GET /x; since 1.10; removed two; 200 A");
}

#[test]
fn opens_what_a_macro_rules_variable_leaves() {
    let literal: TokenTree = Group::new(Delimiter::None, tokens(r#""1.2""#)).into();
    let mut mark = tokens("since =");
    mark.extend([literal]);
    let wrapped: TokenStream = TokenTree::from(Group::new(Delimiter::None, mark)).into();
    assert_eq!(shown(&parse(wrapped).expect("a mark")), "since 1.2");
}

#[test]
fn deep_nesting_does_not_overflow() {
    let mut nested = TokenStream::new();
    for delimiter in [Delimiter::None, Delimiter::Parenthesis] {
        for _ in 0..50_000 {
            nested = TokenTree::from(Group::new(delimiter, nested)).into();
        }
    }
    let mut mark = tokens("request =");
    mark.extend(nested);
    assert!(parse(mark).is_ok());
}

proptest! {
    #[test]
    fn never_panics(parts in proptest::collection::vec(
        proptest::sample::select(vec![
            "since", "=", "\"1.0\"", ",", "GET", "|", "\"/x/{id}\"", "item", "http", "deprecated", "(", ")", "note",
            "unstable", "feature", "responses", "200", "request", "A", "<", ">", "->", "1.5", "-", "removed", "\"next\"",
            "[", "]", "{", "}", "#", "'a", "b'c'", "\"\"", "open", "behavior", "99999999999999999999999", "r#since", ".", "::",
        ]), 0..24)) {
        if let Ok(tokens) = parts.join(" ").parse::<TokenStream>() {
            if let Err((_, mistakes)) = parse(tokens) {
                prop_assert!(!mistakes.is_empty());
            }
        }
    }

    #[test]
    fn never_panics_on_text(version in any::<String>(), path in any::<String>()) {
        let _ = parse(tokens(&format!("GET {path:?}, since = {version:?}")));
        let _ = parse(tokens(&format!("GET {:?}, since = {:?}", format!("/{path}"), format!("1.{version}"))));
    }
}
