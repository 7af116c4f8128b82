//! What holds for every pair of shapes.

use super::sets::{empty, endpoint, http, media, response, route};
use crate::diff::{Options, compare};
use crate::model::*;
use proptest::prelude::*;

/// A node whose parts are any nodes of the arena, itself among them.
fn node(size: u32) -> impl Strategy<Value = Node> {
    let id = move || (0..size).prop_map(ShapeId);
    let place = Place { file: "a.rs".into(), line: 1, column: 1 };
    let member = move |name: u8| Member::new(format!("T{}", name % 3), format!("m{name}"), place.clone());
    let names = |n: u8| Names {
        wire: format!("k{n}"),
        aliases: if n.is_multiple_of(4) { vec![format!("a{n}")] } else { Vec::new() },
    };
    let of = member.clone();
    let field = (0_u8..6, id(), any::<bool>(), 0_u8..4).prop_map(move |(n, shape, maybe, extra)| Field {
        names: names(n),
        member: of(n),
        shape,
        presence: if maybe { Presence::Maybe } else { Presence::Always },
        null_distinct: extra == 1,
        default: if maybe { Default::None } else { Default::Refused },
        deprecated: extra == 2,
        group: (extra == 3).then_some(1),
        constraints: Vec::new(),
    });
    let of = member.clone();
    let variant = (0_u8..6, proptest::option::of(id()), 0_u8..8).prop_map(move |(n, payload, extra)| Variant {
        wire: Wire::Name(format!("V{n}")),
        aliases: Vec::new(),
        member: of(n),
        payload: payload.map_or(Payload::Unit, Payload::Value),
        other: extra == 1,
        untagged: extra == 2,
        deprecated: false,
    });
    let repr = prop_oneof![
        Just(Repr::External),
        Just(Repr::Untagged),
        Just(Repr::Internal { tag: "t".to_owned() }),
        Just(Repr::Adjacent { tag: "t".to_owned(), content: "c".to_owned() }),
    ];
    let unknown = prop_oneof![Just(Unknown::Ignored), Just(Unknown::Denied), id().prop_map(Unknown::CatchAll)];
    let object = (proptest::collection::vec(field, 0..4), unknown).prop_map(|(fields, unknown)| {
        Shape::Object(Object { fields, unknown, unknown_member: None, inline: Vec::new() })
    });
    let enumeration = (repr, proptest::collection::vec(variant, 0..4), any::<bool>())
        .prop_map(|(repr, variants, open)| Shape::Enum(EnumShape { repr, variants, open, denies_unknown: false }));
    let shape = prop_oneof![
        Just(Shape::Any),
        Just(Shape::Null),
        Just(Shape::Bool),
        Just(Shape::String { format: None }),
        Just(Shape::Number(NumberShape::Int { min: 0, max: 255 })),
        Just(Shape::Number(NumberShape::Float64)),
        id().prop_map(Shape::Nullable),
        id().prop_map(|item| Shape::List { item, length: None, reads_string: false }),
        (id(), id()).prop_map(|(key, value)| Shape::Map { key, value }),
        proptest::collection::vec(id(), 0..3).prop_map(|ids| {
            Shape::Tuple(ids.into_iter().map(|shape| TupleItem { shape, default: false, member: None }).collect())
        }),
        object,
        enumeration,
    ];
    (shape, proptest::option::of(0_u8..3)).prop_map(move |(shape, def)| Node {
        def: def.map(|n| Member { name: String::new(), ..member(n) }),
        ..Node::plain(shape)
    })
}

fn set() -> impl Strategy<Value = EndpointSet> {
    proptest::collection::vec(node(8), 8).prop_map(|nodes| {
        let mut set = empty();
        for node in nodes {
            set.shapes.push(node);
        }
        for (route_text, input, output) in [("POST /a", 0, 1), ("PUT /b", 2, 3)] {
            let mut content = http();
            content.request =
                Some(Body { required: true, media: media(ShapeId(input)), member: None, published: false });
            content.responses.push(response(200, Some(ShapeId(output))));
            set.endpoints.push(endpoint(route(route_text), EndpointContent::Http(Box::new(content))));
        }
        let key = EndpointKey::Named { kind: Kind::Message, path: "a::M".to_owned() };
        let message = EndpointContent::Message { input: ShapeId(4), output: ShapeId(5), layout: None };
        set.endpoints.push(endpoint(key, message));
        set
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    /// The same against itself is silent, whatever refers to whatever.
    #[test]
    fn same_is_silent(set in set()) {
        let diff = compare(&set, &set, &Options::default());
        prop_assert!(diff.changes.is_empty(), "{:?}", diff.changes);
        prop_assert_eq!(diff.compared, 3);
    }

    /// Any two sets can be compared, twice alike.
    #[test]
    fn any_two_compare((old, new) in (set(), set())) {
        let once = compare(&old, &new, &Options::default());
        let twice = compare(&old, &new, &Options::default());
        prop_assert_eq!(once.changes, twice.changes);
    }
}

/// A type nested deeper than any stack is compared.
#[test]
fn deep_types_end() {
    let deep = |leaf: Shape| {
        let mut set = empty();
        let mut id = set.shapes.push(Node::plain(leaf));
        for _ in 0..100_000 {
            id = set.shapes.push(Node::plain(Shape::List { item: id, length: None, reads_string: false }));
        }
        let mut content = http();
        content.responses.push(response(200, Some(id)));
        set.endpoints.push(endpoint(route("GET /deep"), EndpointContent::Http(Box::new(content))));
        set
    };
    let (old, new) = (deep(Shape::Bool), deep(Shape::String { format: None }));
    assert!(compare(&old, &old, &Options::default()).changes.is_empty());
    let diff = compare(&old, &new, &Options::default());
    assert_eq!(super::rules(&diff), ["response-type-changed"]);
    assert!(diff.changes[0].at.len() < 1000);
}
