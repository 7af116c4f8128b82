//! What is written is read back as it was.

use super::{read, same_promises, write};
use crate::model::{
    Auth, BlindSpot, BlindSpotKind, Body, Condition, Constraint, Default, DependencyForm, Endpoint, EndpointContent,
    EndpointKey, EndpointSet, EnumShape, Field, FieldForm, Form, Function, GenericsForm, Header, Http, ImplForm, In,
    Inferred, Inline, Kind, Layout, Lifetime, MacroForm, Media, Member, MemberForm, MethodSet, Mount, Names, Node,
    NumberShape, Object, Opaque, OpaqueReason, ParamKind, Parameter, Part, PathTemplate, Payload, Place, Prefix,
    Presence, Published, Reader, Repr, Response, Segment, Shape, ShapeId, Shapes, Signature, Stability, Status, Step,
    TraitForm, TupleItem, TypeForm, Unknown, UnknownKeys, Unread, ValueForm, Variant, Wire,
};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A signature with every kind of form inside.
fn item_signature() -> Signature {
    let generics = GenericsForm {
        params: vec![("type".to_owned(), Some("u8".to_owned()))],
        lifetimes: 1,
        bounds: BTreeSet::from(["T0: std::fmt::Debug".to_owned()]),
    };
    let function = Function {
        receiver: Some("&'0 Self".to_owned()),
        params: vec!["u8".to_owned()],
        ret: "()".to_owned(),
        generics: generics.clone(),
        is_const: true,
        is_unsafe: true,
        abi: Some("C".to_owned()),
        variadic: true,
        must_use: true,
        target_features: BTreeSet::from(["avx2".to_owned()]),
        export: Some("f".to_owned()),
        captures: BTreeSet::from(["'0".to_owned()]),
    };
    let field = FieldForm {
        name: "a".to_owned(),
        ty: Some("u8".to_owned()),
        condition: "unix".to_owned(),
        hidden: true,
        deprecated: true,
    };
    let variant = TypeForm {
        layout: Layout::Named,
        fields: vec![field],
        discriminant: Some("3".to_owned()),
        deprecated: true,
        condition: "unix".to_owned(),
        ..TypeForm::default()
    };
    let kind = TypeForm {
        variants: vec![("A".to_owned(), variant)],
        open: true,
        generics: generics.clone(),
        repr: BTreeSet::from(["u8".to_owned()]),
        must_use: true,
        ordered: true,
        inferred: Inferred {
            lacks: BTreeMap::from([("Send".to_owned(), "a raw pointer".to_owned())]),
            asks: BTreeSet::from(["Sync: T0: Sync".to_owned()]),
            unknown: BTreeSet::from(["other::Type".to_owned()]),
            variance: vec!["covariant".to_owned()],
        },
        macros: BTreeMap::from([("other::Everything".to_owned(), "1".to_owned())]),
        ..TypeForm::default()
    };
    let value = ValueForm {
        ty: "u8".to_owned(),
        generics: generics.clone(),
        mutable: true,
        is_unsafe: true,
        bounds: BTreeSet::new(),
    };
    let member = |form| MemberForm {
        item: "fn".to_owned(),
        form,
        provided: true,
        hidden: true,
        deprecated: true,
        condition: String::new(),
    };
    let implemented = ImplForm {
        bounds: generics.bounds.clone(),
        types: BTreeMap::from([("Item".to_owned(), "u8".to_owned())]),
        blanket: true,
        derived: true,
    };
    let dependency = DependencyForm { requirement: "1".to_owned(), first: "pets::f".to_owned(), count: 1 };
    let writes = BTreeMap::from([("fn bits".to_owned(), "pub fn bits(&self)->$".to_owned())]);
    let members = BTreeMap::from([
        ("f".to_owned(), member(Form::Function(Box::new(function)))),
        ("g".to_owned(), member(Form::Type(Box::new(kind)))),
        ("h".to_owned(), member(Form::Value(Box::new(value)))),
        ("i".to_owned(), member(Form::Impl(Box::new(implemented)))),
        ("j".to_owned(), member(Form::Macro(Box::new(MacroForm { arms: vec!["($ x)".to_owned()], writes })))),
        ("k".to_owned(), member(Form::Feature(BTreeSet::from(["std".to_owned()])))),
        ("l".to_owned(), member(Form::Dependency(dependency))),
    ]);
    let form = TraitForm {
        generics,
        supertraits: BTreeSet::from(["std::fmt::Debug".to_owned()]),
        is_unsafe: true,
        is_auto: true,
        sealed: true,
        members,
        must_use: true,
        not_dyn: Some("`f` is generic".to_owned()),
    };
    Signature {
        form: Form::Trait(Box::new(form)),
        paths: BTreeSet::from(["pets::f".to_owned()]),
        owner: Some("pets".to_owned()),
        ..Signature::of_text("trait", "trait")
    }
}

fn place(line: u32) -> Place {
    Place { file: Arc::from("src/a b:c.rs"), line, column: 5 }
}

fn member(owner: &str, name: &str, line: u32) -> Member {
    Member::new(owner, name, place(line))
}

fn field(name: &str, shape: ShapeId, line: u32) -> Field {
    Field {
        names: Names { wire: name.to_owned(), aliases: vec!["other".to_owned()] },
        member: Member { condition: Condition::Feature(name.to_owned()), ..member("pets::Pet", name, line) },
        shape,
        presence: Presence::Maybe,
        null_distinct: true,
        default: Default::Value("{\"a\":1}".to_owned()),
        deprecated: true,
        group: Some(3),
        constraints: vec![Constraint { kind: "max".to_owned(), value: "9".to_owned(), checked: false }],
    }
}

/// A set with every kind of thing in it, and a type that contains itself.
fn everything() -> EndpointSet {
    let mut shapes = Shapes::default();
    let pet = shapes.reserve();
    let text = shapes.push(Node::plain(Shape::String { format: Some("uuid".to_owned()) }));
    let int = shapes.push(Node::plain(Shape::Number(NumberShape::Int { min: -3, max: u128::MAX })));
    let maybe = shapes.push(Node::plain(Shape::Nullable(pet)));
    let list = shapes.push(Node::plain(Shape::List { item: maybe, length: Some(4), reads_string: true }));
    let map = shapes.push(Node::plain(Shape::Map { key: int, value: list }));
    let item = |shape, default| TupleItem { shape, default, member: Some(member("pets::Two", "0", 8)) };
    let tuple = shapes.push(Node::plain(Shape::Tuple(vec![item(text, false), item(map, true)])));
    let opaque = Opaque {
        name: "impl Trait<'a>".to_owned(),
        reason: OpaqueReason::Erased,
        tokens: Some(u64::MAX),
        version: Some("1.2".to_owned()),
    };
    let opaque = shapes.push(Node {
        conversion: Some(7),
        wire_feature: Some("time/serde-human-readable".to_owned()),
        ..Node::plain(Shape::Opaque(opaque))
    });
    let refused = shapes.push(Node::plain(Shape::Refused { reason: "text-u128", inner: int }));
    let variant = |wire, payload, line| Variant {
        wire,
        aliases: vec!["z".to_owned()],
        member: member("pets::Kind", "Cat", line),
        payload,
        other: line == 3,
        untagged: line == 4,
        deprecated: line == 5,
    };
    let choice = shapes.push(Node {
        wire_feature: None,
        shape: Shape::Enum(EnumShape {
            repr: Repr::Adjacent { tag: "t".to_owned(), content: "c".to_owned() },
            variants: vec![
                variant(Wire::Name("cat".to_owned()), Payload::Value(tuple), 3),
                variant(Wire::Number(-5), Payload::Unit, 4),
            ],
            open: true,
            denies_unknown: true,
        }),
        def: Some(member("pets::Kind", "", 2)),
        conversion: None,
        by_code: true,
    });
    shapes.set(
        pet,
        Node {
            wire_feature: None,
            shape: Shape::Object(Object {
                fields: vec![field("id", text, 10), field("kind", choice, 11), field("why", opaque, 12)],
                unknown: Unknown::CatchAll(refused),
                unknown_member: Some(member("pets::Pet", "rest", 13)),
                inline: vec![Inline { shape: choice, member: member("pets::Pet", "flat", 14), group: None }],
            }),
            def: Some(member("pets::Pet", "", 9)),
            conversion: Some(1),
            by_code: false,
        },
    );
    let http = Http {
        parameters: vec![Parameter {
            place_in: In::Cookie,
            names: Names { wire: "id".to_owned(), aliases: Vec::new() },
            member: member("pets::find", "id", 20),
            presence: Presence::Always,
            default: Default::Opaque(3),
            shape: int,
            reader: Reader::PathText,
            published: true,
            deprecated: false,
            constraints: Vec::new(),
        }],
        unknown_query: UnknownKeys::CatchAll(text),
        request: Some(Body {
            required: true,
            media: vec![Media { content_type: "application/json".to_owned(), shape: pet, reader: Reader::Json }],
            member: Some(member("pets::find", "body", 21)),
            published: true,
        }),
        responses: vec![
            Response {
                status: Status::Class(5),
                media: Vec::new(),
                headers: vec![Header { name: "etag".to_owned(), presence: Presence::Maybe, shape: text }],
                member: None,
                by_code: true,
                published: false,
                code: Some(11),
            },
            Response {
                status: Status::Code(200),
                media: vec![Media { content_type: "*/*".to_owned(), shape: pet, reader: Reader::Raw }],
                headers: Vec::new(),
                member: Some(member("pets::Answer", "Ok", 22)),
                by_code: false,
                published: true,
                code: None,
            },
        ],
        auth: Auth::Schemes { any_of: vec!["bearer".to_owned()], optional: true },
        extractors: vec!["pets::User".to_owned()],
        code: BTreeMap::from([("pets::User".to_owned(), 13)]),
        raw: vec![In::Query, In::Header],
        layers: BTreeMap::from([("pets::log_in".to_owned(), 17)]),
        mount: Mount::Unknown,
        operation_id: Some("find_pet".to_owned()),
    };
    let key = EndpointKey::Http {
        service: "admin".to_owned(),
        path: PathTemplate {
            prefix: Prefix::Unknown,
            segments: vec![
                Segment(vec![Part::Literal("pets".to_owned())]),
                Segment(vec![
                    Part::Param { name: "id".to_owned(), kind: ParamKind::Pattern("[0-9:]+".to_owned()) },
                    Part::Literal(".json".to_owned()),
                ]),
                Segment(vec![Part::Unknown]),
                Segment(vec![Part::Param { name: "rest".to_owned(), kind: ParamKind::Tail }]),
            ],
            trailing_slash: true,
        },
        method: MethodSet::Any,
    };
    let step = |version: &str| Step {
        version: version.to_owned(),
        note: Some("note".to_owned()),
        replaced_by: Some("GET /x".to_owned()),
    };
    let endpoint = |key, content, condition| Endpoint {
        key,
        content,
        marked: true,
        lifetime: Lifetime {
            since: Some(step("1.0")),
            deprecated: Some(step("")),
            removed: Some(step("2.0")),
            native: true,
        },
        stability: Stability::Unstable { feature: None },
        condition,
        published: Published::No,
        behavior: Some(2),
        edition: Some("6".to_owned()),
        section: Some("client".to_owned()),
        documented: true,
        handler: Some("pets::find".to_owned()),
        framework: Some("axum".to_owned()),
        place: place(30),
        mark_place: Some(place(29)),
    };
    let condition = Condition::Feature("a".to_owned())
        .and(Condition::Flag("unix".to_owned()).negate())
        .and(Condition::KeyValue("os".to_owned(), "x".to_owned()).or(Condition::Flag("test".to_owned())));
    let named = |kind, path: &str| EndpointKey::Named { kind, path: path.to_owned() };
    EndpointSet {
        package: "pets".to_owned(),
        version: Some("1.2.0".to_owned()),
        unread: BTreeMap::from([("pets::gone".to_owned(), Unread { hash: 12, place: place(30) })]),
        endpoints: vec![
            endpoint(key, EndpointContent::Http(Box::new(http)), condition),
            endpoint(named(Kind::Item, "pets::f"), EndpointContent::Item(item_signature()), Condition::Always),
            endpoint(
                named(Kind::Message, "pets::Pet"),
                EndpointContent::Message { input: pet, output: choice, layout: Some("bincode".to_owned()) },
                Condition::Never,
            ),
            endpoint(named(Kind::Config, "pets::Config"), EndpointContent::Config { input: map }, Condition::Always),
        ],
        shapes,
        blind_spots: vec![BlindSpot {
            kind: BlindSpotKind::UnexpandedMacro,
            place: Some(place(1)),
            detail: "`x!`".to_owned(),
            hides: Some("pets".to_owned()),
        }],
        features: [("a".to_owned(), ["b".to_owned()].into())].into(),
        followed: std::collections::BTreeMap::new(),
    }
}

#[test]
fn everything_comes_back() {
    let set = everything();
    let text = write(&set);
    let back = read(&text).unwrap();
    assert_eq!(write(&back), text);
    assert_eq!(back.blind_spots, set.blind_spots);
    assert_eq!(back.features, set.features);
    assert_eq!(back.endpoints.len(), set.endpoints.len());
    for (a, b) in set.endpoints.iter().zip(&back.endpoints) {
        assert_eq!(
            (&a.key, &a.condition, &a.lifetime, &a.stability),
            (&b.key, &b.condition, &b.lifetime, &b.stability)
        );
        assert_eq!(
            (&a.place, &a.mark_place, &a.handler, a.published),
            (&b.place, &b.mark_place, &b.handler, b.published)
        );
    }
    assert!(crate::diff::compare(&set, &back, &crate::diff::Options::default()).changes.is_empty());
}

#[test]
fn places_do_not_make_another_set() {
    let set = everything();
    let mut moved = set.clone();
    moved.endpoints[0].place = place(77);
    assert!(same_promises(&set, &moved));
    moved.endpoints[0].behavior = Some(3);
    assert!(!same_promises(&set, &moved));
}

#[test]
fn what_is_wrong_is_said() {
    for (text, says) in [
        ("", "not a snapshot"),
        ("{}", "no snapshot"),
        ("{\"schema\": \"verpolicy.snapshot/2\"}", "newer version"),
        ("{\"schema\": \"verpolicy.snapshot/1\"}", "missing field"),
    ] {
        let error = read(text).unwrap_err();
        assert!(error.message.contains(says), "{text}: {error}");
    }
    let broken = write(&everything()).replace("\u{2039}pets::Kind\u{203a}", "\u{2039}pets::Gone\u{203a}");
    assert!(read(&broken).unwrap_err().message.contains("pets::Gone"));
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in "\\PC*") {
        let _ = read(&text);
        let _ = super::expr::parse(&text);
    }

    #[test]
    fn any_nesting_is_read_or_refused(text in "[\\[{(@?]{0,600}") {
        let _ = super::expr::parse(&text);
    }
}
