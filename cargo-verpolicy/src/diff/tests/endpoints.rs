//! Section 3 and the design's "What is compared": endpoints as such.

use super::rules;
use super::sets::{empty, endpoint, http, place, response, route};
use crate::diff::{Diff, Options, Preparation, compare};
use crate::model::*;

/// Routes, one a line: `GET /a`, then words: `unmarked` `unstable` `deprecated` `removed=2.0` `since=1.0` (native with
/// `native`) `handler=h` `if=unix` `framework=axum` `hidden` `shown` `auth=a` `behavior=2` `id=u64|string|a,b`.
pub(super) fn set(text: &str) -> EndpointSet {
    let mut set = empty();
    for line in text.lines().map(str::trim).filter(|l| !l.is_empty()) {
        let mut words = line.split_whitespace();
        let key = format!("{} {}", words.next().unwrap(), words.next().unwrap());
        let key = match key.strip_prefix("item ") {
            Some(path) => EndpointKey::Named { kind: Kind::Item, path: path.to_owned() },
            None => route(&key),
        };
        let mut content = http();
        content.responses.push(response(200, None));
        let mut e = endpoint(key, EndpointContent::Http(Box::new(content)));
        if let EndpointKey::Named { .. } = e.key {
            e.content = EndpointContent::Item(Signature::of_text("fn", "fn()"));
        }
        for word in words {
            option(&mut set, &mut e, word);
        }
        set.endpoints.push(e);
    }
    set
}

fn step(version: &str) -> Option<Step> {
    Some(Step { version: version.to_owned(), note: None, replaced_by: None })
}

fn option(set: &mut EndpointSet, e: &mut Endpoint, word: &str) {
    let (word, value) = word.split_once('=').unwrap_or((word, ""));
    match word {
        "unmarked" => e.marked = false,
        "unstable" => e.stability = Stability::Unstable { feature: None },
        "deprecated" => e.lifetime.deprecated = step(value),
        "removed" => e.lifetime.removed = step(value),
        "since" => e.lifetime.since = step(value),
        "native" => e.lifetime.native = true,
        "handler" => e.handler = Some(value.to_owned()),
        "if" => e.condition = Condition::Flag(value.to_owned()),
        "framework" => e.framework = Some(value.to_owned()),
        "hidden" => e.published = Published::No,
        "shown" => e.published = Published::Yes,
        "behavior" => e.behavior = value.parse().ok(),
        "auth" => {
            let EndpointContent::Http(http) = &mut e.content else { panic!() };
            let (schemes, optional) = value.split_once('?').map_or((value, false), |(s, _)| (s, true));
            http.auth = Auth::Schemes { any_of: schemes.split(',').map(str::to_owned).collect(), optional };
        }
        "text" => e.content = EndpointContent::Item(Signature::of_text("fn", value)),
        "id" => {
            let value = &value.replace(';', " ");
            let shape = super::notation::read(value, &mut set.shapes);
            let parameters = super::notation::read(&format!("P{{id: {value}}}"), &mut set.shapes);
            let (mut all, _) = super::sets::parameters(&set.shapes, parameters, In::Path, Reader::PathText);
            all[0].shape = shape;
            let EndpointContent::Http(http) = &mut e.content else { panic!() };
            http.parameters = all;
        }
        other => panic!("no word {other:?}"),
    }
}

pub(super) fn options() -> Options {
    let order = std::sync::Arc::new(|a: &str, b: &str| Some(crate::diff::versions::compare(a, b)));
    Options { in_preparation: Some(Preparation { version: "2.0".to_owned(), order }), ..Options::default() }
}

fn diff(old: &str, new: &str) -> Diff {
    compare(&set(old), &set(new), &options())
}

/// Old, new, rules with the endpoint that each reaches.
const CASES: &[(&str, &str, &str)] = &[
    ("", "GET /a", "endpoint-added GET /a"),
    ("GET /a", "", "endpoint-removed GET /a"),
    ("GET /a deprecated=1.1", "", "deprecated-endpoint-removed GET /a"),
    ("GET /a removed=1.9", "", "deprecated-endpoint-removed GET /a"),
    ("GET /a unstable", "", ""),
    ("", "GET /a unstable", ""),
    ("GET /a unmarked", "", ""),
    ("GET /a unmarked", "GET /a", "mark-added GET /a"),
    ("GET /a", "GET /a unmarked", "endpoint-unpublished GET /a"),
    ("GET /a shown", "GET /a hidden", "endpoint-unpublished GET /a"),
    ("GET /a hidden", "GET /a shown", "endpoint-published GET /a"),
    ("GET /a", "GET /a unstable", "endpoint-destabilized GET /a"),
    ("GET /a unstable", "GET /a", "endpoint-stabilized GET /a"),
    ("GET /a unstable", "GET /a unstable deprecated=1.0", ""),
    ("GET /a", "GET /a deprecated=1.1", "endpoint-deprecated GET /a"),
    ("GET /a deprecated=1.1", "GET /a", "endpoint-undeprecated GET /a"),
    ("GET /a deprecated=1.1", "GET /a deprecated=1.2", ""),
    ("GET /a", "GET /a removed=3.0", "endpoint-deprecated GET /a"),
    ("GET /a", "GET /a deprecated=1.1 removed=3.0", "endpoint-deprecated GET /a"),
    ("GET /a", "GET /a removed=2.0", "endpoint-removed GET /a"),
    ("GET /a", "GET /a removed=next", "endpoint-removed GET /a"),
    ("GET /a deprecated=1.1", "GET /a deprecated=1.1 removed=2.0", "deprecated-endpoint-removed GET /a"),
    ("GET /a deprecated=1.1", "GET /a deprecated=1.1 removed=next", "deprecated-endpoint-removed GET /a"),
    ("GET /a removed=4.0", "GET /a removed=3.0", "endpoint-removal-advanced GET /a"),
    ("GET /a removed=3.0", "GET /a removed=4.0", ""),
    ("GET /a since=1.0", "GET /a since=1.1", ""),
    ("GET /a", "GET /a behavior=2", "endpoint-behavior-changed GET /a"),
    ("GET /a", "GET /a behavior=1", ""),
    ("GET /a behavior=2", "GET /a", "endpoint-behavior-changed GET /a"),
    ("GET /a", "GET /a if=unix", "endpoint-condition-changed GET /a"),
    ("GET /a if=unix", "GET /a", "endpoint-condition-relaxed GET /a"),
    ("GET /a if=unix", "GET /a if=windows", "endpoint-condition-changed GET /a"),
    ("GET /a if=unix\nGET /a if=windows", "GET /a if=windows\nGET /a if=unix", ""),
    // Paths and methods.
    ("GET /a/{id}", "GET /a/{name}", ""),
    ("GET /a/{id}", "GET /a/{id}/", "endpoint-added GET /a/{id}/; endpoint-removed GET /a/{id}"),
    ("GET /a/{id}", "GET /a/{*id}", "path-widened GET /a/{*id}"),
    ("GET /a/{*id}", "GET /a/{id}", "path-narrowed GET /a/{id}"),
    (r"GET /a/{id:\d+}", "GET /a/{id}", "path-widened GET /a/{id}"),
    ("GET /a/{id}", r"GET /a/{id:\d+}", r"path-narrowed GET /a/{id:\d+}"),
    (r"GET /a/{id:\d+}", r"GET /a/{id:\d*}", r"path-pattern-changed GET /a/{id:\d*}"),
    ("GET /v1/a", "GET /{id}/a id=V<ext;v1,v2>", "endpoint-path-generalized GET /{id}/a"),
    ("GET /v1/a", "GET /{id}/a id=string", "endpoint-added GET /{id}/a; endpoint-removed GET /v1/a"),
    ("GET /{id}/a id=V<ext;v1,v2>", "GET /v1/a", "endpoint-added GET /v1/a; endpoint-removed GET /{id}/a"),
    ("GET /a", "ANY /a", "endpoint-added ANY /a"),
    ("ANY /a", "GET /a\nPOST /a", "endpoint-removed ANY /a"),
    ("GET /a\nHEAD /a framework=axum", "GET /a", ""),
    ("GET /a\nHEAD /a framework=dropshot", "GET /a", "endpoint-removed HEAD /a"),
    ("GET /a", "GET /a#api", ""),
    ("GET /a handler=h", "GET /b handler=h", "endpoint-added GET /b; endpoint-removed GET /a"),
    // 21
    (
        "GET /u/{id} id=string\nDELETE /u/{id} id=string",
        "GET /u/{id} id=string\nDELETE /u/{id} id=string\nGET /u/me",
        "endpoint-added GET /u/me; endpoint-shadowed DELETE /u/{id}; endpoint-shadowed GET /u/{id}",
    ),
    ("GET /u/{id} id=u64", "GET /u/{id} id=u64\nGET /u/me", "endpoint-added GET /u/me"),
    (
        "GET /u/{id} id=u64",
        "GET /u/{id} id=string\nGET /u/me unmarked",
        "endpoint-shadowed GET /u/{id}; parameter-type-widened GET /u/{id}",
    ),
    (
        "GET /u/{id} framework=rocket\nPUT /u/{id} framework=rocket",
        "GET /u/{id} framework=rocket\nPUT /u/{id} framework=rocket\nGET /u/me",
        "endpoint-added GET /u/me; endpoint-shadowed GET /u/{id}",
    ),
    ("GET /u/{id}\nGET /u/me", "GET /u/{id}\nGET /u/me\nPUT /u/me", "endpoint-added PUT /u/me"),
    ("GET /u/{id} id=u64", "GET /u/{name} id=u64", ""),
    ("GET /u/{id} id=u64", "GET /u/{id} id=u32", "parameter-type-narrowed GET /u/{id}"),
    // Who may call.
    ("GET /a", "GET /a auth=key", "endpoint-auth-required GET /a"),
    ("GET /a auth=key", "GET /a", "endpoint-auth-relaxed GET /a"),
    ("GET /a auth=key", "GET /a auth=key?", "endpoint-auth-relaxed GET /a"),
    ("GET /a auth=key", "GET /a auth=key,jwt", "endpoint-auth-relaxed GET /a"),
    ("GET /a auth=key", "GET /a auth=jwt", "endpoint-auth-changed GET /a"),
    ("GET /a", "GET /a auth=key?", ""),
    // Published versions.
    (
        "GET /a native since=1.0",
        "GET /a native since=1.0 removed=2.0\nGET /a native since=2.0",
        "endpoint-added GET /a@2.0..",
    ),
    (
        "GET /a native since=1.0\nGET /b native since=2.0",
        "GET /a native since=1.0 removed=2.0\nGET /b native since=2.0",
        "endpoint-removed GET /a",
    ),
    ("GET /a native since=1.0", "GET /a native since=1.0 removed=2.0", "endpoint-deprecated GET /a"),
    (
        "GET /a native since=1.0 removed=2.0\nGET /a native since=2.0",
        "GET /a native since=2.0",
        "endpoint-removed GET /a@1.0..2.0",
    ),
    ("GET /a", "GET /a native removed=1.0\nGET /a native since=1.0", "endpoint-added GET /a@1.0.."),
    // Items.
    ("item a::f", "item a::f text=fn(u8)", "item-signature-changed a::f"),
];

#[test]
fn as_such() {
    let mut wrong = Vec::new();
    for (old, new, expected) in CASES {
        let diff = diff(old, new);
        let got: Vec<String> =
            diff.changes.iter().map(|c| format!("{} {}", c.kind.rule(), c.reaches.join(","))).collect();
        let mut got = got;
        got.sort();
        if got.join("; ") != *expected {
            wrong.push(format!("{old:?} ~> {new:?}\n    expected {expected}\n    got      {}", got.join("; ")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn kinds_and_filters() {
    let (item, message) = (set("item a::T"), {
        let mut message = set("item a::T");
        let id = super::notation::read("u8", &mut message.shapes);
        message.endpoints[0].key = EndpointKey::Named { kind: Kind::Message, path: "a::T".to_owned() };
        message.endpoints[0].content = EndpointContent::Message { input: id, output: id, layout: None };
        message
    });
    assert_eq!(rules(&compare(&item, &message, &options())), ["endpoint-kind-changed"]);
    let unmarked = (set("GET /a unmarked"), set("GET /b unmarked"));
    assert_eq!(compare(&unmarked.0, &unmarked.1, &options()).compared, 0);
    assert!(rules(&compare(&unmarked.0, &unmarked.1, &options())).is_empty());
    let implicit = Options { implicit_routes: true, ..options() };
    assert_eq!(rules(&compare(&unmarked.0, &unmarked.1, &implicit)), ["endpoint-added", "endpoint-removed"]);
}

fn spot(kind: BlindSpotKind, hides: Option<&str>) -> BlindSpot {
    BlindSpot { kind, place: Some(place()), detail: "routes!".to_owned(), hides: hides.map(str::to_owned) }
}

#[test]
fn blind_against_seen() {
    let old = set("GET /a handler=shop::api::users::find");
    let mut new = set("GET /b handler=shop::api::users::other");
    new.blind_spots.push(spot(BlindSpotKind::UnexpandedMacro, Some("shop::api")));
    let diff = compare(&old, &new, &options());
    assert_eq!(rules(&diff), ["endpoint-added"]);
    let blinded: Vec<(&str, bool)> = diff.blinded.iter().map(|b| (b.endpoint.as_str(), b.missing_in_old)).collect();
    assert_eq!(blinded, [("GET /a", false)]);
    let back = compare(&new, &old, &options());
    assert_eq!(back.blinded.iter().map(|b| b.missing_in_old).collect::<Vec<_>>(), [true]);
    // The same blind spot on both sides hides nothing that is seen beside it.
    let mut old = set("");
    old.blind_spots = new.blind_spots.clone();
    assert_eq!(rules(&compare(&old, &new, &options())), ["endpoint-added"]);
    // Elsewhere it hides nothing.
    new.blind_spots = vec![BlindSpot { place: None, ..spot(BlindSpotKind::UnexpandedMacro, Some("shop::apis")) }];
    let old = set("GET /a handler=shop::api::users::find");
    assert_eq!(rules(&compare(&old, &new, &options())), ["endpoint-added", "endpoint-removed"]);
    // A prefix that is not known.
    let diff = compare(&set("GET /api/users/{id}"), &set("GET {?}/users/{id}"), &options());
    assert!(diff.changes.is_empty(), "{:?}", rules(&diff));
    assert_eq!(diff.blinded.len(), 2);
}
