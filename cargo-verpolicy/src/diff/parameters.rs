//! Path, query, header and cookie parameters.

use super::http::{HttpPair, is_unknown};
use super::names::{self, Matched, Named, Renaming};
use super::objects::strip_null;
use super::shapes::Found;
use super::word::{Family, Position, Word};
use super::{ChangeKind as K, constraints, defaults, paths, text};
use crate::model::{Default, Http, In, Parameter, PathTemplate, Presence, Reader, Shape, ShapeId, Shapes, UnknownKeys};

const AT: Position = Position { family: Family::Parameter, message: false };

/// Words for what happens to names; the kinds are the parameter's own.
const PARAMETER: Renaming = Renaming {
    renamed: Word::FieldRenamed,
    alias_added: Word::FieldAliasAdded,
    alias_removed: Word::FieldAliasRemoved,
};

/// Compares the parameters of two endpoints; `literals` of the old path became the named parameters of the new one.
pub(super) fn compare(
    http: &mut HttpPair<'_, '_>,
    paths: (&PathTemplate, &PathTemplate),
    literals: &[(String, String)],
) {
    let whole = (is_unknown(http.walker.old, http.old), is_unknown(http.walker.new, http.new));
    if whole == (false, false) {
        path_parameters(http, paths, literals);
    }
    let keyed =
        |side: &[Parameter]| -> Vec<Parameter> { side.iter().filter(|p| p.place_in != In::Path).cloned().collect() };
    let (old, new) = (keyed(&http.old.parameters), keyed(&http.new.parameters));
    let mut gone = Vec::new();
    let mut come = Vec::new();
    for place in [In::Query, In::Header, In::Cookie] {
        let here = |side: &[Parameter]| -> Vec<Parameter> {
            side.iter().filter(|p| p.place_in == place).map(lower_case).collect()
        };
        let (old, new) = (here(&old), here(&new));
        let matched = pair_up(&old, &new);
        let before = http.out.len();
        for (a, b) in matched.pairs.iter().filter_map(|(i, j)| Some((old.get(*i)?, new.get(*j)?))) {
            parameter(http, a, b);
        }
        let said = http.out.split_off(before);
        http.out.extend(super::containers::gather_parameters(said, self::place(place)));
        gone.extend(matched.removed.iter().filter_map(|i| old.get(*i)).cloned());
        come.extend(matched.added.iter().filter_map(|j| new.get(*j)).cloned());
    }
    // What a request that nobody can look into reads is not gone, and what the old one read is not new.
    if whole.1 {
        gone.clear();
    }
    if whole.0 {
        come.clear();
    }
    lone(http, gone, come);
    unknown(http);
}

/// Header names have no case.
fn lower_case(parameter: &Parameter) -> Parameter {
    let mut parameter = parameter.clone();
    if parameter.place_in == In::Header {
        parameter.names.wire = parameter.names.wire.to_ascii_lowercase();
        for alias in &mut parameter.names.aliases {
            *alias = alias.to_ascii_lowercase();
        }
    }
    parameter
}

fn named(p: &Parameter) -> Named<'_> {
    Named { wire: &p.names.wire, aliases: &p.names.aliases, rust: &p.member.name, owner: &p.member.owner }
}

fn pair_up(old: &[Parameter], new: &[Parameter]) -> Matched {
    names::pair_up(&old.iter().map(named).collect::<Vec<_>>(), &new.iter().map(named).collect::<Vec<_>>())
}

/// `query · limit`
pub(in crate::diff) fn at(p: &Parameter) -> String {
    format!("{} · {}", place(p.place_in), p.names.wire)
}

fn place(place: In) -> &'static str {
    match place {
        In::Path => "path",
        In::Query => "query",
        In::Header => "header",
        In::Cookie => "cookie",
    }
}

/// Names in a path are not on the wire: what stands at one place of the template is one parameter.
fn path_parameters(
    http: &mut HttpPair<'_, '_>,
    (old, new): (&PathTemplate, &PathTemplate),
    literals: &[(String, String)],
) {
    let of = |side: &[Parameter], path: &PathTemplate| -> Vec<Option<Parameter>> {
        let here: Vec<&Parameter> = side.iter().filter(|p| p.place_in == In::Path).collect();
        let names = paths::parameters(path);
        let by_name: Vec<Option<Parameter>> =
            names.iter().map(|name| here.iter().find(|p| p.names.wire == *name).map(|p| (*p).clone())).collect();
        if by_name.iter().all(Option::is_none) && here.len() == names.len() {
            return here.into_iter().cloned().map(Some).collect();
        }
        by_name
    };
    let fresh = |p: &Option<Parameter>, name: &str| {
        literals.iter().any(|(_, param)| param == name || p.as_ref().is_some_and(|p| p.names.wire == *param))
    };
    let new_names = paths::parameters(new);
    let news = of(&http.new.parameters, new);
    let kept = news.into_iter().zip(new_names).filter(|(p, name)| !fresh(p, name)).map(|(p, _)| p);
    for (a, b) in of(&http.old.parameters, old).into_iter().zip(kept) {
        if let (Some(a), Some(b)) = (a, b) {
            fold(http, constraints::compare(&a.constraints, &b.constraints), &at(&b), &a, &b);
            types(http, &a, &b, &at(&b));
        }
    }
}

fn parameter(http: &mut HttpPair<'_, '_>, old: &Parameter, new: &Parameter) {
    let Parameter {
        place_in: _,
        names: _,
        member: _,
        presence,
        default,
        shape,
        reader,
        published,
        deprecated,
        constraints,
    } = old;
    let path = at(new);
    for found in names::compare(&named(old), &named(new), true, PARAMETER, "") {
        let kind = match found.word {
            Word::FieldRenamed => K::ParameterRenamed,
            Word::FieldAliasAdded => K::ParameterAliasAdded,
            _ => K::ParameterAliasRemoved,
        };
        say(http, kind, found, &path, old, new);
    }
    let gates = super::gates::compare(http.walker, &old.member, &new.member);
    if let Some(condition) = gates.lost {
        say(http, K::ParameterRemoved, blank().was(old.names.wire.clone()).when(condition), &at(old), old, new);
    }
    if let Some(condition) = gates.gained {
        let kind = if new.presence == Presence::Always { K::RequiredParameterAdded } else { K::ParameterAdded };
        say(http, kind, blank().is(new.names.wire.clone()).when(condition), &path, old, new);
    }
    match (presence, new.presence) {
        (Presence::Maybe, Presence::Always) if *published && is_only_published(http, new) => {
            say(http, K::PublishedParameterRequired, blank(), &path, old, new);
        }
        (Presence::Maybe, Presence::Always) => say(http, K::ParameterRequired, blank(), &path, old, new),
        (Presence::Always, Presence::Maybe) => say(http, K::ParameterOptional, blank(), &path, old, new),
        (Presence::Maybe, Presence::Maybe) => {
            let (old_null, new_null) =
                (is_option(http.walker.old, *shape, default), is_option(http.walker.new, new.shape, &new.default));
            if old_null == new_null {
                let sides = (inner(http.walker.old, *shape), inner(http.walker.new, new.shape));
                let sides = defaults::Sides { old: (http.walker.old, sides.0), new: (http.walker.new, sides.1) };
                fold(http, defaults::compare((default, &new.default), sides), &path, old, new);
            }
        }
        (Presence::Always, Presence::Always) => {}
    }
    fold(http, constraints::compare(constraints, &new.constraints), &path, old, new);
    if new.deprecated && !*deprecated {
        say(http, K::ParameterDeprecated, blank(), &path, old, new);
    }
    if style(http, *reader, old, new, &path) {
        return;
    }
    emptied(http, old, new, &path);
    types(http, old, new, &path);
}

fn is_option(shapes: &Shapes, shape: ShapeId, default: &Default) -> bool {
    *default == Default::None || strip_null(shapes, shape).0
}

fn blank() -> Found {
    Found::new(Word::TypeChanged)
}

/// Says found words under the kinds that they have at a parameter.
fn fold(
    http: &mut HttpPair<'_, '_>,
    found: impl IntoIterator<Item = Found>,
    path: &str,
    old: &Parameter,
    new: &Parameter,
) {
    for found in found {
        if let Some(kind) = AT.kind(found.word) {
            say(http, kind, found, path, old, new);
        }
    }
}

fn say(http: &mut HttpPair<'_, '_>, kind: K, found: Found, path: &str, old: &Parameter, new: &Parameter) {
    let found = found.by(Some(&old.member), Some(&new.member));
    http.say(kind, path.to_owned(), found);
}

/// How a list is written in a query.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Style {
    Repeated,
    Brackets,
    Unread,
}

fn list_style(reader: Reader) -> Style {
    match reader {
        Reader::HtmlForm | Reader::RocketForm | Reader::PoemText | Reader::Multipart => Style::Repeated,
        Reader::Qs => Style::Brackets,
        _ => Style::Unread,
    }
}

/// What the reader makes of `k=`.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Empty {
    Text,
    None,
    Refused,
}

/// What `k=` means to a parameter; `None` where nobody can say.
fn empty(shapes: &Shapes, parameter: &Parameter) -> Option<Empty> {
    let none = match parameter.reader {
        Reader::HtmlForm | Reader::Qs | Reader::RocketForm => Some(Empty::None),
        Reader::PoemText => Some(Empty::Refused),
        _ => None,
    };
    let none = none.filter(|_| is_option(shapes, parameter.shape, &parameter.default));
    match &shapes.get(inner(shapes, parameter.shape)).shape {
        Shape::String { format: None } => Some(none.unwrap_or(Empty::Text)),
        // Rocket takes an empty `bool` as true.
        Shape::Bool if parameter.reader == Reader::RocketForm => none,
        Shape::Bool | Shape::Number(_) | Shape::String { .. } | Shape::Enum(_) => Some(none.unwrap_or(Empty::Refused)),
        _ => None,
    }
}

/// Says whether `k=` means something else now, where the type does not tell.
fn emptied(http: &mut HttpPair<'_, '_>, old: &Parameter, new: &Parameter, path: &str) {
    if new.presence == Presence::Always && old.presence == Presence::Maybe {
        return;
    }
    let (Some(was), Some(is)) = (empty(http.walker.old, old), empty(http.walker.new, new)) else { return };
    let types = (inner(http.walker.old, old.shape), inner(http.walker.new, new.shape));
    let is_text = |shapes: &Shapes, id| matches!(shapes.get(id).shape, Shape::String { format: None });
    let texts = (is_text(http.walker.old, types.0), is_text(http.walker.new, types.1));
    let meaning = |empty| match empty {
        Empty::Text => "an empty text",
        Empty::None => "nothing at all",
        Empty::Refused => "an error",
    };
    let (kind, found) = match (was, is) {
        (Empty::Text, Empty::None) | (Empty::None, Empty::Text) => {
            (K::ParameterEmptyMeaningChanged, blank().values(meaning(was), meaning(is)))
        }
        (Empty::Refused, Empty::None) | (Empty::None, Empty::Refused) if texts == (false, false) => {
            let shape = |shapes, id, empty| format!("{} (sent empty: {})", text::shape(shapes, id), meaning(empty));
            let kind = if is == Empty::None { K::ParameterTypeWidened } else { K::ParameterTypeNarrowed };
            // That it may be left out is said already.
            if kind == K::ParameterTypeWidened && old.presence != new.presence {
                return;
            }
            (kind, blank().values(shape(http.walker.old, types.0, was), shape(http.walker.new, types.1, is)))
        }
        _ => return,
    };
    say(http, kind, found, path, old, new);
}

/// Another reader of the same type: `true` where nothing more is to be said of it.
fn style(http: &mut HttpPair<'_, '_>, old_reader: Reader, old: &Parameter, new: &Parameter, path: &str) -> bool {
    if old_reader == new.reader {
        return false;
    }
    let (old_type, new_type) = (inner(http.walker.old, old.shape), inner(http.walker.new, new.shape));
    let (a, b) = (&http.walker.old.get(old_type).shape, &http.walker.new.get(new_type).shape);
    let collected = |shape: &Shape| matches!(shape, Shape::List { .. } | Shape::Tuple(_) | Shape::Object(_));
    let styles = (list_style(old_reader), list_style(new.reader));
    if collected(a) && collected(b) && styles.0 != styles.1 && styles.0 != Style::Unread && styles.1 != Style::Unread {
        let word = |style| if style == Style::Brackets { "`k[]=1`" } else { "`k=1&k=2`" };
        say(http, K::ParameterStyleChanged, blank().values(word(styles.0), word(styles.1)), path, old, new);
        return true;
    }
    false
}

fn inner(shapes: &Shapes, id: ShapeId) -> ShapeId {
    match &shapes.get(id).shape {
        Shape::Nullable(inner) => *inner,
        _ => id,
    }
}

/// There is no `null` in a query, path or header: `Option` shows in whether it must be sent.
fn types(http: &mut HttpPair<'_, '_>, old: &Parameter, new: &Parameter, path: &str) {
    let (old_shapes, new_shapes) = (http.walker.old, http.walker.new);
    if old_shapes.get(old.shape).by_code && new_shapes.get(new.shape).by_code {
        return walk(http, old.shape, new.shape, path, old, new);
    }
    let (a, b) = (inner(old_shapes, old.shape), inner(new_shapes, new.shape));
    let values = || blank().values(text::shape(old_shapes, a), text::shape(new_shapes, b));
    let kind = match (&old_shapes.get(a).shape, &new_shapes.get(b).shape) {
        (Shape::Refused { .. }, Shape::Refused { .. }) => return,
        (_, Shape::Refused { .. }) => {
            return say(http, K::ParameterUnreadable, blank().is(text::shape(new_shapes, b)), path, old, new);
        }
        (Shape::Refused { .. }, Shape::List { .. }) => K::ParameterRepeatable,
        (scalar, Shape::List { item, .. }) if is_scalar(scalar) => {
            if http.walker.fits(a, *item, AT) {
                K::ParameterRepeatable
            } else {
                K::ParameterTypeChanged
            }
        }
        (Shape::List { .. }, scalar) if is_scalar(scalar) => K::ParameterNotRepeatable,
        _ => return walk(http, a, b, path, old, new),
    };
    say(http, kind, values(), path, old, new);
}

fn is_scalar(shape: &Shape) -> bool {
    matches!(shape, Shape::Bool | Shape::Number(_) | Shape::String { .. } | Shape::Enum(_))
}

fn walk(http: &mut HttpPair<'_, '_>, a: ShapeId, b: ShapeId, path: &str, old: &Parameter, new: &Parameter) {
    let cause = super::shapes::Cause { old: Some(old.member.clone()), new: Some(new.member.clone()) };
    let (was, is) = (http.walker.old.get(old.shape), http.walker.new.get(new.shape));
    if (a != old.shape || b != new.shape) && was.conversion != is.conversion {
        say(http, K::RequestOpaqueChanged, super::shapes::other_code(was, is), path, old, new);
    }
    http.walk((a, b), AT, path, Some(&cause));
}

/// Parameters that only one side has: moved to another place, or gone and new.
fn lone(http: &mut HttpPair<'_, '_>, gone: Vec<Parameter>, come: Vec<Parameter>) {
    let mut come = come;
    for old in gone {
        if let (In::Query, UnknownKeys::CatchAll(caught)) = (old.place_in, http.new.unknown_query) {
            still_caught(http, &old, caught);
        } else if let Some(i) = come.iter().position(|new| same_name(&old, new)) {
            let new = come.remove(i);
            let found = blank().values(place(old.place_in), place(new.place_in));
            say(http, K::ParameterMoved, found, &at(&old), &old, &new);
            types(http, &old, &new, &at(&new));
        } else if http.body_gained(&old.names.wire) {
            let found = blank().values(place(old.place_in), "body").by(Some(&old.member), None);
            http.say(K::ParameterMoved, at(&old), found);
        } else if let Some(taker) = may_read(http, &old) {
            let was = text::shape(http.walker.old, inner(http.walker.old, old.shape));
            http.say(K::RequestBecameOpaque, at(&old), blank().values(was, taker).by(Some(&old.member), None));
        } else {
            let kind = if is_only_published(http, &old) { K::PublishedParameterRemoved } else { K::ParameterRemoved };
            http.say(kind, at(&old), blank().was(old.names.wire.clone()).by(Some(&old.member), None));
        }
    }
    for new in come {
        if http.body_lost(&new.names.wire) {
            let found = blank().values("body", place(new.place_in)).by(None, Some(&new.member));
            http.say(K::ParameterMoved, at(&new), found);
            continue;
        }
        let kind = match new.presence {
            _ if is_unreadable(http.walker.new, &new) => K::ParameterUnreadable,
            Presence::Always if is_only_published(http, &new) => K::PublishedParameterRequired,
            Presence::Always => K::RequiredParameterAdded,
            Presence::Maybe => K::ParameterAdded,
        };
        let is = if kind == K::ParameterUnreadable {
            text::shape(http.walker.new, new.shape)
        } else {
            new.names.wire.clone()
        };
        http.say(kind, at(&new), blank().is(is).by(None, Some(&new.member)));
    }
}

/// What only the new side hands its code and nobody looked into: it may read a parameter that nothing else reads now.
fn may_read(http: &HttpPair<'_, '_>, old: &Parameter) -> Option<String> {
    if old.place_in == In::Path {
        return None;
    }
    let handed = |side: &Http| side.raw.contains(&old.place_in);
    let extractors = super::http::fresh(&http.old.extractors, &http.new.extractors);
    let extractor = extractors.first().map(|extractor| format!("`{extractor}`"));
    extractor.or_else(|| (handed(http.new) && !handed(http.old)).then(|| "the request itself".to_owned()))
}

/// Does the document alone name it, where the code of both sides is handed the request as it comes, or all its keys?
fn is_only_published(http: &HttpPair<'_, '_>, parameter: &Parameter) -> bool {
    let all_keys =
        |side: &Http| parameter.place_in == In::Query && matches!(side.unknown_query, UnknownKeys::CatchAll(_));
    let handed = |side: &Http| side.raw.contains(&parameter.place_in) || all_keys(side);
    parameter.published && handed(http.old) && handed(http.new)
}

/// A query key that is read no more by its name, and that the map of all other keys takes now.
fn still_caught(http: &mut HttpPair<'_, '_>, old: &Parameter, caught: ShapeId) {
    let cause = super::shapes::Cause { old: Some(old.member.clone()), new: None };
    if !is_unreadable(http.walker.old, old) {
        http.walk((inner(http.walker.old, old.shape), caught), AT, &at(old), Some(&cause));
    }
}

fn same_name(old: &Parameter, new: &Parameter) -> bool {
    old.names.wire.eq_ignore_ascii_case(&new.names.wire)
}

/// Does its reader refuse every value of it?
pub(super) fn is_unreadable(shapes: &Shapes, parameter: &Parameter) -> bool {
    matches!(shapes.get(inner(shapes, parameter.shape)).shape, Shape::Refused { .. })
}

/// The path of a parameter that a new endpoint has and nobody can send.
pub(super) fn unreadable_at(parameter: &Parameter) -> String {
    at(parameter)
}

fn unknown(http: &mut HttpPair<'_, '_>) {
    let (old, new) = (http.old.unknown_query, http.new.unknown_query);
    let open =
        |shapes: &Shapes, id: ShapeId| matches!(shapes.get(id).shape, Shape::Any | Shape::String { format: None });
    let query = "query".to_owned();
    match (old, new) {
        (UnknownKeys::CatchAll(a), UnknownKeys::CatchAll(b)) => http.walk((a, b), AT, "query · *", None),
        (UnknownKeys::Ignored, UnknownKeys::CatchAll(b)) if open(http.walker.new, b) => {
            http.say(K::ParameterAdded, "query · *".to_owned(), blank());
        }
        (UnknownKeys::Ignored, UnknownKeys::CatchAll(b)) => {
            let is = format!("read as {}", text::shape(http.walker.new, b));
            http.say(K::ParameterUnknownDenied, query, blank().is(is));
        }
        (UnknownKeys::Ignored | UnknownKeys::CatchAll(_), UnknownKeys::Denied) => {
            http.say(K::ParameterUnknownDenied, query, blank().is("refused"));
        }
        (UnknownKeys::Denied, UnknownKeys::Ignored | UnknownKeys::CatchAll(_)) => {
            http.say(K::ParameterUnknownAllowed, query, blank());
        }
        (UnknownKeys::CatchAll(_), UnknownKeys::Ignored) => {
            http.say(K::ParameterRemoved, "query · *".to_owned(), blank());
        }
        (UnknownKeys::Ignored, UnknownKeys::Ignored) | (UnknownKeys::Denied, UnknownKeys::Denied) => {}
    }
}
