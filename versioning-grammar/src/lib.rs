//! What a mark means: the tokens inside `#[api(...)]` to a [`Mark`], with spans. Read by the attribute macro and by the
//! command line, so that both accept the same language. No I/O.
//!
//! # The grammar
//!
//! ```text
//! mark        = [ part { "," part } [ "," ] ]
//! part        = route | kind | key
//! route       = method { "|" method } "path"                    method in capitals, ANY for all of them
//! kind        = "item" | "http" | "message" | "config"          at most one; a route says http
//! key         = since = "version"
//!             | deprecated [ "(" [ since = "version" ] [ note = "text" ] [ replaced_by = "text" ] ")" ]
//!             | removed = "version"
//!             | unstable [ "(" [ feature = "text" ] ")" ]
//!             | edition = "text"
//!             | section = "text"
//!             | behavior = number
//!             | open
//!             | layout = "text"
//!             | request = type
//!             | responses "(" status [ = type ] { "," status [ = type ] } ")"
//! version     = "next" | [ "v" ] number { "." number } [ suffix ]
//! suffix      = ( "." | "-" | "+" ) word { ( "." | "-" | "+" ) word }
//! ```
//!
//! The parts stand in any order, each at most once. A text is a string literal and is not empty. What a version *means* is
//! for a policy to say; here it only must look like one: `1.2.0`, `v1.1`, `1.0.20161024`, `7.1.5-RC152`,
//! `v1.1.9.security1`, `1.2.0-unstable`. A path starts with `/` and its braces match; parameters are written in the
//! framework's way: `{id}`, `{*rest}`, `{id:[0-9]+}`, `:id`, `<id>`, `<rest..>`. Of a type only the beginning and the angle
//! brackets are checked.
//!
//! ## What goes together
//!
//! - A mark that stands for an endpoint by itself needs `since`: one with a route, with the kind `item`, `message` or
//!   `config`, or with an `edition`. Exempt is what is `unstable`, for it is outside every promise; `since` beside
//!   `unstable` is a mistake. A mark without kind and route may have its version from the framework's own attribute or from
//!   the marked item around it, and one with only a `section` stands for what is inside.
//! - A route goes with the kind `http` only; `request` and `responses` with no other kind than `http`; `open` neither with
//!   `item`, for which Rust has `#[non_exhaustive]`, nor with `config`, which nobody reads back; `layout` with `message`
//!   only.
//! - `since` ≤ `deprecated(since)` < `removed`, and `since` < `removed`, wherever both versions are plain dotted numbers, or
//!   the same text. A number beside `next` is left to the policy, and so is a short calendar date beside a full one (`161205`).
//!
//! ## The forms
//!
//! ### `since = "1.2.0"`
//! A Rust item; or a handler whose route stands in the framework's own attribute.
//!
//! ```
//! # use versioning_grammar::{parse, Kind};
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let mark = parse(r#"since = "1.2.0""#.parse()?).expect("a mark without mistakes");
//! assert_eq!(mark.since.map(|since| since.value).as_deref(), Some("1.2.0"));
//! assert!(mark.kind.is_none() && mark.route.is_none());
//! # Ok(())
//! # }
//! ```
//!
//! ### `GET "/users/{id}"`
//! The route stated here, for routers without attributes.
//!
//! ```
//! # use versioning_grammar::{parse, Kind};
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let mark = parse(r#"GET | HEAD "/users/{id}", since = "1.2.0""#.parse()?).expect("a mark without mistakes");
//! let route = mark.route.expect("a route");
//! assert_eq!(route.methods.len(), 2);
//! assert_eq!(route.path.value, "/users/{id}");
//! # Ok(())
//! # }
//! ```
//!
//! ### `item`, `http`, `message`, `config`
//! The kind said outright.
//!
//! ```
//! # use versioning_grammar::{parse, Kind};
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let mark = parse(r#"message, since = "1.0""#.parse()?).expect("a mark without mistakes");
//! assert_eq!(mark.kind.map(|kind| kind.value), Some(Kind::Message));
//! # Ok(())
//! # }
//! ```
//!
//! ### `since = "next"`
//! Not released yet; a release command writes the number.
//!
//! ```
//! # use versioning_grammar::{parse, Kind};
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let mark = parse(r#"since = "next""#.parse()?).expect("a mark without mistakes");
//! assert_eq!(mark.since.map(|since| since.value).as_deref(), Some("next"));
//! # Ok(())
//! # }
//! ```
//!
//! ### `deprecated(…)`, `removed = "2.0"`
//! The end of a lifetime, announced and reached.
//!
//! ```
//! # use versioning_grammar::{parse, Kind};
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let mark = parse(r#"since = "1.0", deprecated(since = "1.4", note = "slow", replaced_by = "GET /v4/users/{id}"), removed = "2.0""#.parse()?).expect("a mark without mistakes");
//! let deprecated = mark.deprecated.expect("a deprecation");
//! assert_eq!(deprecated.since.map(|since| since.value).as_deref(), Some("1.4"));
//! assert_eq!(mark.removed.map(|removed| removed.value).as_deref(), Some("2.0"));
//! # Ok(())
//! # }
//! ```
//!
//! ### `unstable(feature = "org.matrix.msc2844")`
//! Outside every promise.
//!
//! ```
//! # use versioning_grammar::{parse, Kind};
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let mark = parse(r#"GET "/x", unstable(feature = "org.matrix.msc2844")"#.parse()?).expect("a mark without mistakes");
//! let feature = mark.unstable.and_then(|unstable| unstable.feature);
//! assert_eq!(feature.map(|feature| feature.value).as_deref(), Some("org.matrix.msc2844"));
//! # Ok(())
//! # }
//! ```
//!
//! ### `edition = "6"`
//! One of several versions that live side by side, such as a room version.
//!
//! ```
//! # use versioning_grammar::{parse, Kind};
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let mark = parse(r#"edition = "6", since = "1.2""#.parse()?).expect("a mark without mistakes");
//! assert_eq!(mark.edition.map(|edition| edition.value).as_deref(), Some("6"));
//! # Ok(())
//! # }
//! ```
//!
//! ### `section = "client-server"`
//! The part of the API to which this belongs; on an impl, a trait or an inline module, all that is inside.
//!
//! ```
//! # use versioning_grammar::{parse, Kind};
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let mark = parse(r#"section = "client-server""#.parse()?).expect("a mark without mistakes");
//! assert_eq!(mark.section.map(|section| section.value).as_deref(), Some("client-server"));
//! # Ok(())
//! # }
//! ```
//!
//! ### `behavior = 2`
//! The same shape with another meaning: raising the number declares a behaviour change.
//!
//! ```
//! # use versioning_grammar::{parse, Kind};
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let mark = parse(r#"behavior = 2, since = "1.0""#.parse()?).expect("a mark without mistakes");
//! assert_eq!(mark.behavior.map(|behavior| behavior.value), Some(2));
//! # Ok(())
//! # }
//! ```
//!
//! ### `open`
//! Clients must tolerate what they do not know.
//!
//! ```
//! # use versioning_grammar::{parse, Kind};
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let mark = parse(r#"open, since = "1.0""#.parse()?).expect("a mark without mistakes");
//! assert!(mark.open.is_some());
//! # Ok(())
//! # }
//! ```
//!
//! ### `layout = "bincode"`
//! A message that travels in an encoding without names: the order and the width of its fields are the promise.
//!
//! ```
//! # use versioning_grammar::{parse, Kind};
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let mark = parse(r#"message, layout = "bincode", since = "1.0""#.parse()?).expect("a mark without mistakes");
//! assert_eq!(mark.layout.map(|layout| layout.value).as_deref(), Some("bincode"));
//! # Ok(())
//! # }
//! ```
//!
//! ### `request = T`, `responses(200 = T, 404 = E)`
//! What the signature cannot say. A status without a type is an answer without a body.
//!
//! ```
//! # use versioning_grammar::{parse, Kind};
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let mark = parse(r#"since = "1.0", request = New<User>, responses(201 = User, 404 = Error, 204)"#.parse()?).expect("a mark without mistakes");
//! assert_eq!(mark.request.map(|request| request.value.to_string()).as_deref(), Some("New < User >"));
//! assert_eq!(mark.responses.iter().filter(|response| response.body.is_some()).count(), 2);
//! # Ok(())
//! # }
//! ```
//!
//! ### Mistakes
//! All of them at once, each at its tokens, with the mark as far as it could be read.
//!
//! ```
//! # use versioning_grammar::{parse, Kind};
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let (mark, mistakes) = parse(r#"GET "users", sinse = "1.0", removed = "2.0""#.parse()?).expect_err("mistakes");
//! let messages: Vec<&str> = mistakes.iter().map(|mistake| mistake.message.as_str()).collect();
//! assert_eq!(
//!     messages,
//!     [
//!         "the path `users` must start with `/`",
//!         "unknown key `sinse`: did you mean `since`?",
//!     ]
//! );
//! assert!(mistakes[1].unknown_key);
//! assert!(mark.removed.is_some());
//! # Ok(())
//! # }
//! ```

mod agree;
mod cursor;
mod keys;
mod mark;
mod mistakes;
mod path;
mod read;
mod route;
mod suggest;
#[cfg(test)]
mod tests;
mod version;

pub use suggest::{edits, nearest};

pub use mark::{Deprecated, Kind, Mark, MarkResponse, Route, Spanned, Unstable};

use proc_macro2::{Ident, Span, TokenStream, TokenTree};

use cursor::Cursor;
use mistakes::Mistakes;

/// One mistake in a mark.
#[derive(Clone, Debug)]
pub struct Mistake {
    /// The tokens it is about.
    pub span: Span,
    /// What is wrong and what would be right.
    pub message: String,
    /// The key is unknown: a newer version may know it.
    pub unknown_key: bool,
    /// `since` is missing, at the first part of the mark: all else is right.
    pub no_since: bool,
}

/// Reads the tokens inside `#[api(...)]`.
///
/// # Errors
/// Every mistake in the mark, in source order; the mark as far as it could be read comes along.
#[allow(clippy::result_large_err)] // a mark with mistakes is as large as one without
pub fn parse(tokens: TokenStream) -> Result<Mark, (Mark, Vec<Mistake>)> {
    let end = Span::call_site();
    let mut mark = Mark::default();
    let mut mistakes = Mistakes::default();
    let mut seen = Vec::new();
    let mut cursor = Cursor::new(tokens, end);
    while !cursor.is_empty() {
        mistakes.next_part();
        read_part(&mut cursor, &mut mark, &mut seen, &mut mistakes);
        read::end_element(keys::MARK, &mut cursor, &mut mistakes);
    }
    agree::check(&mark, &mut mistakes);
    let mistakes = mistakes.into_sorted();
    if mistakes.is_empty() {
        Ok(mark)
    } else {
        Err((mark, mistakes))
    }
}

/// Reads one element of the mark: a route, or a key.
fn read_part(cursor: &mut Cursor, mark: &mut Mark, seen: &mut Vec<&'static str>, mistakes: &mut Mistakes) {
    if let Some(TokenTree::Literal(literal)) = cursor.peek() {
        let advice = match read::text(literal) {
            Some(text) if text.starts_with('/') => format!("a path needs its method: write `GET \"{text}\"`"),
            Some(text) if version::check(&text).is_ok() => {
                format!("a version needs its key: write `since = \"{text}\"`")
            }
            _ => "expected a key, such as `since = \"1.2.0\"`".to_owned(),
        };
        mistakes.add(cursor.span(), advice);
        cursor.skip_to_comma();
        return;
    }
    let Some(word) = cursor.take_ident() else {
        read::expected_key(keys::MARK, cursor, mistakes);
        return;
    };
    let known = keys::MARK.iter().any(|key| word == key.word);
    if !known && route::begins_route(&word, cursor) {
        read_route(&word, cursor, mark, mistakes);
        return;
    }
    if is_kind(&word) {
        if let Some(first) = &mark.kind {
            if word != agree::word_of(first.value) {
                let message = format!("`{word}` contradicts `{}`: a mark has one kind", agree::word_of(first.value));
                mistakes.add(word.span(), message);
                cursor.skip_to_comma();
                return;
            }
        }
    }
    let span = word.span();
    if let Some(read) = read::read_key(keys::MARK, &word, cursor, mark, seen, mistakes) {
        mistakes.name_part(read, span);
    }
}

fn read_route(first: &Ident, cursor: &mut Cursor, mark: &mut Mark, mistakes: &mut Mistakes) {
    let repeated = mistakes.part("route").is_some();
    if repeated {
        mistakes.add(first.span(), "a second route: a mark has one; write another `#[api(...)]` for another endpoint");
        cursor.skip_to_comma();
        return;
    }
    mistakes.name_part("route", first.span());
    mark.route = route::read_route(first, cursor, mistakes);
}

fn is_kind(word: &Ident) -> bool {
    ["item", "http", "message", "config"].iter().any(|kind| word == kind)
}
