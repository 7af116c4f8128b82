//! HTTP endpoints: routes, parameters, bodies, answers.

use super::shape::{Default, Member, Names, Presence, Reader, ShapeId};
use std::collections::BTreeMap;

/// What one HTTP endpoint reads and writes.
#[derive(Clone, Debug, PartialEq)]
pub struct Http {
    /// Parameters in the order path, query, header, cookie.
    pub parameters: Vec<Parameter>,
    /// Unknown query keys.
    pub unknown_query: UnknownKeys,
    /// The body that is read.
    pub request: Option<Body>,
    /// The answers, by status; empty when nothing is known of them (then there is an opaque answer as well).
    pub responses: Vec<Response>,
    /// Credentials.
    pub auth: Auth,
    /// Extractors of the project's own that nobody could look into: they may refuse a request.
    pub extractors: Vec<String>,
    /// Hashes of the code of extractors of which it is not known, or not wholly, what they read, by path.
    pub code: BTreeMap<String, u64>,
    /// Places of the request that its code is handed as they come: what it reads there by itself is not known.
    pub raw: Vec<In>,
    /// Layers around it that may refuse, alter or redirect, each with the hash of what is known of it: those that only
    /// log, measure, compress or hand on state are left out.
    pub layers: BTreeMap<String, u64>,
    /// Does something serve it?
    pub mount: Mount,
    /// The names under which a document publishes it.
    pub operation_id: Option<String>,
}

/// Does a server take a route up?
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mount {
    /// A server that was read does, or there is no reason to doubt it.
    #[default]
    Yes,
    /// None that was read does; what does may not have been read.
    Unknown,
    /// None does: the package serves others, and no code names what states this one.
    No,
}

/// Query keys that no parameter names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnknownKeys {
    /// Skipped.
    Ignored,
    /// Refused (`deny_unknown_fields` on the query struct).
    Denied,
    /// Read into a map.
    CatchAll(ShapeId),
}

/// Where a parameter stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum In {
    /// In the path. Its name is not on the wire.
    Path,
    /// In the query.
    Query,
    /// A header; names without case.
    Header,
    /// A cookie.
    Cookie,
}

/// One parameter.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// Where it stands.
    pub place_in: In,
    /// Its names.
    pub names: Names,
    /// The Rust member or argument behind it.
    pub member: Member,
    /// Must it be sent?
    pub presence: Presence,
    /// What a missing one means.
    pub default: Default,
    /// Its type, as this reader reads it.
    pub shape: ShapeId,
    /// Who reads it.
    pub reader: Reader,
    /// Only the document names it.
    pub published: bool,
    /// Deprecated.
    pub deprecated: bool,
    /// Limits.
    pub constraints: Vec<super::shape::Constraint>,
}

/// A body.
#[derive(Clone, Debug, PartialEq)]
pub struct Body {
    /// Must it be sent?
    pub required: bool,
    /// What it may be, by content type.
    pub media: Vec<Media>,
    /// The Rust argument or attribute that says so.
    pub member: Option<Member>,
    /// Only the document says so: the code takes apart what it is handed.
    pub published: bool,
}

/// One content type of a body.
#[derive(Clone, Debug, PartialEq)]
pub struct Media {
    /// `application/json`, without parameters, lower case; `*/*` when not known.
    pub content_type: String,
    /// Its shape.
    pub shape: ShapeId,
    /// Who reads or writes it.
    pub reader: Reader,
}

/// One answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Response {
    /// Its status.
    pub status: Status,
    /// What it carries; empty is no body.
    pub media: Vec<Media>,
    /// Headers that are promised.
    pub headers: Vec<Header>,
    /// The Rust variant or type behind it.
    pub member: Option<Member>,
    /// Read from the code of a handler whose type does not tell: when that code can be followed no more, nothing is
    /// known to have changed.
    pub by_code: bool,
    /// Only the document tells what it carries: the code that answers is followed no further.
    pub published: bool,
    /// Hash of the code that decides what is not known of it beside its bodies: its status, its headers.
    pub code: Option<u64>,
}

impl Response {
    /// Is its status a value that only the running program knows?
    #[must_use]
    pub fn is_open(&self) -> bool {
        matches!(self.status, Status::Success | Status::Error | Status::Class(3))
    }
}

/// A promised response header.
#[derive(Clone, Debug, PartialEq)]
pub struct Header {
    /// Lower-case name.
    pub name: String,
    /// Always there?
    pub presence: Presence,
    /// Its type.
    pub shape: ShapeId,
}

/// Status of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// `200`.
    Code(u16),
    /// `5XX`: the first digit.
    Class(u8),
    /// The framework's success status, not known as a number (an opaque answer).
    Success,
    /// Every error that no other row names.
    Error,
    /// `default` of a document.
    Default,
}

impl Status {
    /// Does it tell success (1xx to 3xx)?
    #[must_use]
    pub fn is_success(self) -> bool {
        match self {
            Self::Code(code) => code < 400,
            Self::Class(digit) => digit < 4,
            Self::Success => true,
            Self::Error | Self::Default => false,
        }
    }
}

impl std::fmt::Display for Status {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Code(code) => write!(f, "{code}"),
            Self::Class(digit) => write!(f, "{digit}XX"),
            Self::Success => f.write_str("success"),
            Self::Error => f.write_str("error"),
            Self::Default => f.write_str("default"),
        }
    }
}

/// Who may call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Auth {
    /// Nothing says that credentials are needed.
    None,
    /// Some of these schemes (with their scopes), as sorted text; the flag says that none is fine too.
    Schemes {
        /// Scheme names with scopes.
        any_of: Vec<String>,
        /// Anonymous calls are answered too.
        optional: bool,
    },
}

/// A method, or all of them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MethodSet {
    /// One method, upper case.
    One(String),
    /// Every method.
    Any,
}

impl std::fmt::Display for MethodSet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::One(method) => method,
            Self::Any => "ANY",
        })
    }
}

/// A path with its parameters, the same for every framework's spelling.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PathTemplate {
    /// Is the beginning known?
    pub prefix: Prefix,
    /// What stands between the slashes, without empty segments.
    pub segments: Vec<Segment>,
    /// Ends in a slash *and* the framework tells that apart; `false` for the root path itself.
    pub trailing_slash: bool,
}

/// The part of a path that is set where the handler is mounted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Prefix {
    /// The segments are the whole path.
    Known,
    /// Something comes before them that could not be read; shown as `{?}`.
    Unknown,
}

/// One segment: literals and parameters side by side (`{name}.json`).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Segment(pub Vec<Part>);

/// A part of a segment.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// Text.
    Literal(String),
    /// A parameter.
    Param {
        /// Its name in the source.
        name: String,
        /// What it matches.
        kind: ParamKind,
    },
    /// Something known only at run time, shown as `{?}`.
    Unknown,
}

/// What a path parameter matches.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ParamKind {
    /// One segment.
    One,
    /// The rest of the path.
    Tail,
    /// A regular expression.
    Pattern(String),
}

impl PathTemplate {
    /// The path as ids print it: `/users/{id}`, `/files/{*rest}`, `/{id:\d+}`, `{?}/x` under an unknown prefix.
    #[must_use]
    pub fn render(&self) -> String {
        self.write(&|name, kind| match kind {
            ParamKind::One => format!("{{{name}}}"),
            ParamKind::Tail => format!("{{*{name}}}"),
            ParamKind::Pattern(pattern) => format!("{{{name}:{pattern}}}"),
        })
    }

    /// The path as matching sees it: parameter names gone, their kinds kept.
    #[must_use]
    pub fn identity(&self) -> String {
        self.write(&|_, kind| match kind {
            ParamKind::One => "{}".to_owned(),
            ParamKind::Tail => "{*}".to_owned(),
            ParamKind::Pattern(pattern) => format!("{{:{pattern}}}"),
        })
    }

    /// The path with every parameter as `{}`, whatever it matches.
    #[must_use]
    pub fn outline(&self) -> String {
        self.write(&|_, _| "{}".to_owned())
    }

    fn write(&self, param: &dyn Fn(&str, &ParamKind) -> String) -> String {
        let mut out = String::new();
        if self.prefix == Prefix::Unknown {
            out.push_str("{?}");
        }
        for segment in &self.segments {
            out.push('/');
            for part in &segment.0 {
                match part {
                    Part::Literal(text) => out.push_str(text),
                    Part::Param { name, kind } => out.push_str(&param(name, kind)),
                    Part::Unknown => out.push_str("{?}"),
                }
            }
        }
        if self.trailing_slash || out.is_empty() {
            out.push('/');
        }
        out
    }
}
