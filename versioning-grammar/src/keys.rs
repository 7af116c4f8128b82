//! The words of a mark: each row is a word, how it is written, and what it sets.

use proc_macro2::{Group, Span, TokenStream};

use crate::mistakes::Mistakes;
use crate::read::read_responses;
use crate::{Deprecated, Kind, Mark, Spanned, Unstable};

/// One word that may stand in a list of keys, and what it sets in a `T`.
pub(crate) struct Key<T: 'static> {
    pub(crate) word: &'static str,
    /// How it is written, for messages.
    pub(crate) example: &'static str,
    pub(crate) form: Form<T>,
}

/// How a word is written.
pub(crate) enum Form<T: 'static> {
    /// `open`
    Alone(fn(&mut T, Span)),
    /// `since = "1.2.0"`: a version.
    Version(fn(&mut T, Spanned<String>)),
    /// `section = "client-server"`: any text that is not empty.
    Text(fn(&mut T, Spanned<String>)),
    /// `behavior = 2`
    Number(fn(&mut T, Spanned<u64>)),
    /// `request = User`: the tokens of a type.
    Type(fn(&mut T, Spanned<TokenStream>)),
    /// `deprecated` or `deprecated(…)`: a word with a list of its own, which may be left out.
    Optional(fn(&mut T, Span, Option<Group>, &mut Mistakes)),
    /// `responses(…)`: a word with a list of its own.
    List(fn(&mut T, Span, Group, &mut Mistakes)),
}

/// The words of a mark.
pub(crate) const MARK: &[Key<Mark>] = &[
    Key { word: "item", example: "item", form: Form::Alone(|mark, span| set_kind(mark, Kind::Item, span)) },
    Key { word: "http", example: "http", form: Form::Alone(|mark, span| set_kind(mark, Kind::Http, span)) },
    Key { word: "message", example: "message", form: Form::Alone(|mark, span| set_kind(mark, Kind::Message, span)) },
    Key { word: "config", example: "config", form: Form::Alone(|mark, span| set_kind(mark, Kind::Config, span)) },
    Key { word: "since", example: "since = \"1.2.0\"", form: Form::Version(|mark, value| mark.since = Some(value)) },
    Key {
        word: "deprecated",
        example: "deprecated(since = \"1.4.0\")",
        form: Form::Optional(|mark, span, list, mistakes| {
            let mut deprecated = Deprecated { span, since: None, note: None, replaced_by: None };
            crate::read::read_inner_list(DEPRECATED, list, &mut deprecated, mistakes);
            mark.deprecated = Some(deprecated);
        }),
    },
    Key {
        word: "removed",
        example: "removed = \"2.0.0\"",
        form: Form::Version(|mark, value| mark.removed = Some(value)),
    },
    Key {
        word: "unstable",
        example: "unstable(feature = \"name\")",
        form: Form::Optional(|mark, span, list, mistakes| {
            let mut unstable = Unstable { span, feature: None };
            crate::read::read_inner_list(UNSTABLE, list, &mut unstable, mistakes);
            mark.unstable = Some(unstable);
        }),
    },
    Key { word: "edition", example: "edition = \"6\"", form: Form::Text(|mark, value| mark.edition = Some(value)) },
    Key {
        word: "section",
        example: "section = \"client-server\"",
        form: Form::Text(|mark, value| mark.section = Some(value)),
    },
    Key { word: "behavior", example: "behavior = 2", form: Form::Number(|mark, value| mark.behavior = Some(value)) },
    Key { word: "open", example: "open", form: Form::Alone(|mark, span| mark.open = Some(span)) },
    Key { word: "layout", example: "layout = \"bincode\"", form: Form::Text(|mark, value| mark.layout = Some(value)) },
    Key { word: "request", example: "request = User", form: Form::Type(|mark, value| mark.request = Some(value)) },
    Key {
        word: "responses",
        example: "responses(200 = User, 404 = Error)",
        form: Form::List(|mark, _, list, mistakes| mark.responses = read_responses(list, mistakes)),
    },
];

/// The words of `deprecated(…)`.
pub(crate) const DEPRECATED: &[Key<Deprecated>] = &[
    Key { word: "since", example: "since = \"1.4.0\"", form: Form::Version(|it, value| it.since = Some(value)) },
    Key { word: "note", example: "note = \"why\"", form: Form::Text(|it, value| it.note = Some(value)) },
    Key {
        word: "replaced_by",
        example: "replaced_by = \"GET /v2/users\"",
        form: Form::Text(|it, value| it.replaced_by = Some(value)),
    },
];

/// The words of `unstable(…)`.
pub(crate) const UNSTABLE: &[Key<Unstable>] = &[Key {
    word: "feature",
    example: "feature = \"org.example.name\"",
    form: Form::Text(|it, value| it.feature = Some(value)),
}];

/// What people write, and what it is called here.
pub(crate) const OTHER_NAMES: &[(&str, &str)] = &[
    ("added", "since = \"1.2.0\""),
    ("introduced", "since = \"1.2.0\""),
    ("version", "since = \"1.2.0\""),
    ("stable", "since = \"1.2.0\""),
    ("next", "since = \"next\""),
    ("sunset", "removed = \"2.0.0\""),
    ("behaviour", "behavior = 2"),
    ("encoding", "layout = \"bincode\""),
    ("body", "request = User"),
    ("response", "responses(200 = User)"),
    ("method", "the route itself: GET \"/users/{id}\""),
    ("path", "the route itself: GET \"/users/{id}\""),
    ("route", "the route itself: GET \"/users/{id}\""),
    ("feature", "unstable(feature = \"name\")"),
    ("note", "deprecated(note = \"why\")"),
    ("replaced_by", "deprecated(replaced_by = \"GET /v2/users\")"),
];

fn set_kind(mark: &mut Mark, value: Kind, span: Span) {
    mark.kind = Some(Spanned { value, span });
}
