//! The vectors of section 8, as the shapes that they lower to.

use super::{rules, table};
use crate::diff::{Options, compare};
use crate::model::*;

#[test]
fn all() {
    table(
        "
        # 1
        in ~> S{limit?: u32?} ~> S{limit?=0: u32} ~> request-null-denied
        # 2
        in ~> S{note?: string?} ~> S{note: string?#7} ~> request-field-required
        in ~> S{note?: string?} ~> S{note?: string?#7} ~> request-opaque-changed
        # 3
        in ~> S{parent?: u32?} ~> S{parent: u32?} ~> request-field-required
        out ~> S{parent: u32?} ~> S{parent: u32?} ~> –
        # 4
        in+out ~> User{id: u64, name: string} ~> Account{name: string, id: u64} ~> –
        # 5
        out ~> Net<ext IPv4@i_pv4, HTTPOnly@h_t_t_p_only> ~> Net<ext IPv4@ipv4, HTTPOnly@h_t_t_p_only> ~> response-enum-variant-renamed
        # 6
        in+out ~> Search{q: string, page?: u32?} ~> Search{q: string, page?: u32?} ~> –
        query ~> Search{q: string, page?: u32?} ~> Search{q: string, page?: refused<u32>?} ~> parameter-unreadable
        # 7
        query ~> S{tag?: string?} ~> S{tag?=0: refused<[string]>} ~> parameter-unreadable
        html ~> S{tag?: string?} ~> S{tag?: [string]} ~> parameter-repeatable
        # 8
        in ~> E<tag:t Ping> ~> E<tag:t Ping: {nonce?: u64?}> ~> request-field-added
        out ~> E<tag:t Ping> ~> E<tag:t Ping: {nonce: u64?}> ~> response-field-added
        in ~> E<ext Ping> ~> E<ext Ping: {nonce?: u64?}> ~> request-enum-payload-changed
        out ~> E<adj:t:c Ping> ~> E<adj:t:c Ping: {nonce: u64?}> ~> response-enum-payload-changed
        # 9
        in ~> E<un Id: {id: u8}, Full: {id: u8, name: string}> ~> E<un Full: {id: u8, name: string}, Id: {id: u8}> ~> request-untagged-order-changed
        out ~> E<un Id: {id: u8}, Full: {id: u8, name: string}> ~> E<un Full: {id: u8, name: string}, Id: {id: u8}> ~> –
        in+out ~> E<un N: u64, S: string> ~> E<un S: string, N: u64> ~> –
        # 10
        in ~> E<un ByName: {name: string}, ById: {id: u32}> ~> E<un ByNote: {note?: string?}, ByName: {name: string}, ById: {id: u32}> ~> request-untagged-variant-shadowed
        in ~> E<un ByName: {name: string}, ById: {id: u32}> ~> E<un ByName: {name: string}, ById: {id: u32}, ByNote: {note?: string?}> ~> request-enum-variant-added
        # 11
        in+out ~> E<tag:t A, B> ~> E<adj:t:c A, B> ~> –
        in+out ~> E<tag:t V: P{x: u8}> ~> E<tag:t V: {x: u8}> ~> –
        in ~> E<tag:t V: P{x: u8}> ~> E<tag:t V: {x: u8, ..deny}> ~> request-unknown-fields-denied
        # 12
        message ~> Ev{id: u8, ..deny} ~> Ev{id: u8, hint?: string?, ..deny} ~> message-field-refused
        out ~> Ev{id: u8} ~> Ev{id: u8, hint?: string} ~> response-field-added
        # 14
        in ~> S{due?!: u8?} ~> S{due?: u8?} ~> request-null-meaning-changed
        # 15
        in+out ~> S{at: string:date-time} ~> S{at: string:date-time} ~> –
        in ~> S{at: string:date-time} ~> S{at: (i32, u16, u8)} ~> request-type-changed
        # 16
        in ~> S{role?='': string} ~> S{} ~> request-field-removed
        # 17
        in ~> S{mail: string} ~> S{mail@email|mail: string} ~> request-field-alias-added
        out ~> S{mail: string} ~> S{mail@email: string} ~> response-field-renamed
        # 18
        in ~> S{retries?=0: u32, verbose?=false: bool} ~> S{retries?=3: u32, verbose?=false: bool} ~> request-default-changed
        # 19
        out ~> S{note: string?} ~> S{note?: string} ~> response-null-omitted
        in ~> S{note?: string?} ~> S{note?: string?} ~> –
        # 20
        in ~> Plan{seats: map<u32, string>} ~> Plan{seats: map<refused<u32>, string>} ~> request-type-narrowed
        in ~> Plan{seats: map<u32, string>} ~> Plan{seats: refused<map<u32, string>>} ~> request-type-narrowed
        # 22
        out ~> State<ext New, Done> ~> State<ext New, Done, Failed> ~> response-enum-variant-added
        out ~> State<ext+ New, Done> ~> State<ext+ New, Done, Failed> ~> response-open-enum-variant-added
        out ~> State<ext New, Done> ~> State<ext+ New, Done, Failed> ~> response-enum-declared-open response-enum-variant-added
        # 24
        in ~> (f64, f64) ~> (f64, f64, f64=) ~> request-tuple-extended
        out ~> (f64, f64) ~> (f64, f64, f64) ~> response-tuple-length-changed
        # 25
        in ~> S{lo%1: u8} ~> S{lo%1: u8, hi%1: u8} ~> request-required-field-added
        in ~> E<num Low@1, High@2> ~> E<num Low@1, Mid@2, High@3> ~> request-enum-variant-renamed request-enum-variant-added
        out ~> E<num Low@1, High@2> ~> E<num Low@1, Mid@2, High@3> ~> response-enum-variant-renamed response-enum-variant-added
        ",
    );
}

fn served(blob: &str) -> EndpointSet {
    let mut set = super::sets::empty();
    let id = super::notation::read(blob, &mut set.shapes);
    let list = set.shapes.push(Node::plain(Shape::List { item: id, length: None, reads_string: false }));
    let mut add = |route: &str, http: Http| {
        set.endpoints.push(super::sets::endpoint(super::sets::route(route), EndpointContent::Http(Box::new(http))));
    };
    let answer = |shape| Http { responses: vec![super::sets::response(200, Some(shape))], ..super::sets::http() };
    let body = Body { required: true, media: super::sets::media(id), member: None, published: false };
    add("POST /b", Http { request: Some(body), ..super::sets::http() });
    add("GET /b/{id}", answer(id));
    add("GET /b", answer(list));
    set
}

/// 13: one type in a body and two answers is two findings, one a direction.
#[test]
fn one_type_both_ways() {
    let diff = compare(&served("Blob{size: u32}"), &served("Blob{size: u64}"), &Options::default());
    assert_eq!(rules(&diff), ["request-number-widened", "response-number-widened"]);
    let reaches: Vec<&[String]> = diff.changes.iter().map(|c| c.reaches.as_slice()).collect();
    assert_eq!(reaches, [vec!["POST /b"], vec!["GET /b", "GET /b/{id}"]]);
    let at: Vec<&str> = diff.changes.iter().map(|c| c.at.as_str()).collect();
    assert_eq!(at, ["request · size", "response 200 · [].size"]);
    assert_eq!(diff.compared, 3);
}

fn pages(next: &str) -> EndpointSet {
    let mut set = super::sets::empty();
    for (route, item) in [("GET /a", "A{x: u8}"), ("GET /b", "B{y: u8}"), ("GET /c", "C{z: u8}")] {
        let id = super::notation::read(&format!("Page{{items: [{item}]{next}}}"), &mut set.shapes);
        let http = Http { responses: vec![super::sets::response(200, Some(id))], ..super::sets::http() };
        set.endpoints.push(super::sets::endpoint(super::sets::route(route), EndpointContent::Http(Box::new(http))));
    }
    set
}

/// 23: a field of `Page<T>` is one cause, whatever the T.
#[test]
fn one_generic_cause() {
    let diff = compare(&pages(""), &pages(", next: string?"), &Options::default());
    assert_eq!(rules(&diff), ["response-field-added"]);
    assert_eq!(diff.changes[0].reaches, ["GET /a", "GET /b", "GET /c"]);
}
