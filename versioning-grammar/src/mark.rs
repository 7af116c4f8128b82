//! What one `#[api(...)]` says.

use proc_macro2::{Span, TokenStream};

/// A value and where it stands.
#[derive(Clone, Debug)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Its tokens' place.
    pub span: Span,
}

/// The kind said outright.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `item`
    Item,
    /// `http`, or a route
    Http,
    /// `message`
    Message,
    /// `config`
    Config,
}

/// One mark, as written. Every key is optional here; what must go together was checked by the parser.
#[derive(Clone, Debug, Default)]
pub struct Mark {
    /// `item`, `http`, `message`, `config`; a stated route implies `http`.
    pub kind: Option<Spanned<Kind>>,
    /// `GET "/users/{id}"`.
    pub route: Option<Route>,
    /// `since = "1.2.0"` or `"next"`, as written.
    pub since: Option<Spanned<String>>,
    /// `deprecated`, `deprecated(since = "…", note = "…", replaced_by = "…")`.
    pub deprecated: Option<Deprecated>,
    /// `removed = "2.0"`.
    pub removed: Option<Spanned<String>>,
    /// `unstable`, `unstable(feature = "…")`.
    pub unstable: Option<Unstable>,
    /// `edition = "6"`.
    pub edition: Option<Spanned<String>>,
    /// `section = "client-server"`.
    pub section: Option<Spanned<String>>,
    /// `behavior = 2`.
    pub behavior: Option<Spanned<u64>>,
    /// `open`.
    pub open: Option<Span>,
    /// `layout = "bincode"`.
    pub layout: Option<Spanned<String>>,
    /// `request = T`: the tokens of a type.
    pub request: Option<Spanned<TokenStream>>,
    /// `responses(200 = T, 404 = E, 204)`.
    pub responses: Vec<MarkResponse>,
}

/// A stated route.
#[derive(Clone, Debug)]
pub struct Route {
    /// Upper-case methods, at least one (`GET | HEAD "/x"`), or `ANY`.
    pub methods: Vec<Spanned<String>>,
    /// The path as written, starting with `/`.
    pub path: Spanned<String>,
}

/// `deprecated(…)`.
#[derive(Clone, Debug)]
pub struct Deprecated {
    /// The word itself.
    pub span: Span,
    /// `since = "1.4"`.
    pub since: Option<Spanned<String>>,
    /// `note = "…"`.
    pub note: Option<Spanned<String>>,
    /// `replaced_by = "GET /v4/users/{id}"`.
    pub replaced_by: Option<Spanned<String>>,
}

/// `unstable(…)`.
#[derive(Clone, Debug)]
pub struct Unstable {
    /// The word itself.
    pub span: Span,
    /// `feature = "org.matrix.msc2844"`.
    pub feature: Option<Spanned<String>>,
}

/// One answer in `responses(…)`.
#[derive(Clone, Debug)]
pub struct MarkResponse {
    /// `200`.
    pub status: Spanned<u16>,
    /// The tokens of a type; `None` is an answer without body.
    pub body: Option<Spanned<TokenStream>>,
}
