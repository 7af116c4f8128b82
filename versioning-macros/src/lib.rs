//! One attribute, [`#[api(...)]`](macro@api), marks the endpoints of a project: what it promises to its users, and the
//! version in which each appeared. `cargo verpolicy` reads the marks from source, at any revision, and refuses a release
//! whose version is too small for what changed.
//!
//! ```
//! use versioning_macros::api;
//!
//! /// A user.
//! #[api(since = "1.2.0")]
//! pub struct User {
//!     /// The number by which everybody knows the user.
//!     pub id: u64,
//!     /// Added later.
//!     #[api(since = "1.3.0")]
//!     pub mail: Option<String>,
//! }
//!
//! /// Finds a user.
//! #[api(GET "/users/{id}", since = "1.2.0", responses(200 = User, 404))]
//! pub async fn find() {}
//!
//! #[api(section = "client-server")]
//! impl User {
//!     /// Whether the user can be reached.
//!     #[api(since = "1.3.0")]
//!     pub fn reachable(&self) -> bool {
//!         self.mail.is_some()
//!     }
//! }
//! ```
//!
//! What may stand between the brackets is described in [`versioning_grammar`], the parser that this crate and the command
//! line share.
//!
//! # What the attribute does
//!
//! - It gives the item back token by token: nothing is added at run time.
//! - Under `cfg(doc)` it adds a note to the item's documentation, where rustdoc shows it. The OpenAPI and JSON Schema
//!   documents of frameworks, which are made without `cfg(doc)`, do not change.
//! - It derives `#[deprecated]` from `deprecated(…)` for Rust items that are `pub`. Never for handlers, whose route table must
//!   still build under `deny(warnings)`; on members of a trait or of its impl; on fields and variants; or where one stands
//!   already. A function counts as a handler when a route or `http` is stated, when another attribute stands on it that rustc
//!   does not know, or when it is `async`; a type counts as one of the wire when it has such an attribute or a derive that
//!   the standard library does not have. `item` in the mark says otherwise, but a type from which a document may be derived
//!   never gets a `#[deprecated]`, for the document would tell. (A derive *above* the mark is expanded first and cannot be
//!   seen from it: write the mark above the derives.)
//! - It reports every mistake in the mark at once, each at its place, and gives the item back all the same.
//!
//! # Where it may stand
//!
//! On functions, methods, trait methods, impls, traits, inline modules, structs, enums, unions, constants, statics, type
//! aliases, `use` re-exports, extern blocks and what is inside; also inside `cfg_attr`, under another name
//! (`use versioning_macros::api as promise;`), above and below the attributes of frameworks, and several times on one item.
//!
//! On fields and variants too, provided that the type carries a mark: the mark on the type reads them and takes them away,
//! since an attribute macro cannot stand there by itself. It knows them by the name `api`, or, imported under another name, as
//! what reads as a whole mark with a `since` or `unstable`.
//!
//! `macro_rules!` macros, macro calls, `extern crate` and modules in files of their own cannot carry one: they are marked in
//! the configuration of `cargo verpolicy`.

mod attribute;
mod deprecation;
mod entry;
mod expand;
mod fallback;
mod item;
mod member;
mod note;
mod place;
#[cfg(test)]
mod tests;

use proc_macro::TokenStream;

/// Marks an endpoint: a promise, and the version in which it appeared.
///
/// ```
/// use versioning_macros::api;
///
/// #[api(since = "1.2.0")] // a Rust item, or a handler whose route stands in the framework's own attribute
/// pub fn area(width: u32, height: u32) -> u32 {
///     width * height
/// }
///
/// #[api(GET "/users/{id}", since = "1.2.0")] // the route stated here
/// pub async fn user() {}
///
/// #[api(since = "1.0", deprecated(since = "1.4", replaced_by = "area"), removed = "2.0")]
/// pub fn surface() {}
///
/// #[api(message, since = "next")] // a wire type of its own, not released yet
/// pub struct Joined;
///
/// #[api(unstable(feature = "org.example.search"))] // outside every promise
/// pub fn search() {}
/// ```
///
/// A mistake does not compile:
///
/// ```compile_fail
/// #[versioning_macros::api(sinse = "1.2.0")]
/// pub fn area() {}
/// ```
///
/// All that may be written is in the [grammar](versioning_grammar).
#[proc_macro_attribute]
pub fn api(mark: TokenStream, item: TokenStream) -> TokenStream {
    entry::api(mark.into(), item.into()).into()
}
