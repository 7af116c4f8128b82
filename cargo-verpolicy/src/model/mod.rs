//! Plain, ordered data about promises: what every origin ends as and everything later works on.
//!
//! The model knows no file system, no syntax tree, no version scheme and no English. Facts in it are known, absent or
//! unknown, never guessed.

mod at;
mod condition;
mod endpoint;
mod http;
mod members;
mod moved;
mod shape;
mod signature;

pub use at::AtVersion;
pub use condition::Condition;
pub use endpoint::{
    BlindSpot, BlindSpotKind, Endpoint, EndpointContent, EndpointKey, EndpointSet, Kind, Lifetime, Published,
    Stability, Step, Unread,
};
pub use http::{
    Auth, Body, Header, Http, In, Media, MethodSet, Mount, ParamKind, Parameter, Part, PathTemplate, Prefix, Response,
    Segment, Status, UnknownKeys,
};
pub use shape::{
    Constraint, Default, EnumShape, Field, Format, Inline, Member, Names, Node, NumberShape, Object, Opaque,
    OpaqueReason, Payload, Presence, Reader, Repr, Shape, ShapeId, Shapes, TupleItem, Unknown, Variant, Wire,
    version_line,
};
pub use signature::{
    DependencyForm, FieldForm, Form, Function, GenericsForm, IMPLICIT_FEATURE, ImplForm, Inferred, Layout, MacroForm,
    MemberForm, Signature, TraitForm, TypeForm, ValueForm,
};

use std::sync::Arc;

/// A place in a source tree. Lines and columns are 1-based, columns count characters.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// Path from the root of the tree, with `/`.
    pub file: Arc<str>,
    /// 1-based line.
    pub line: u32,
    /// 1-based column, in characters.
    pub column: u32,
}

/// Which way a shape travels, seen from the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// The server reads it: body, path, query, header, cookie, configuration.
    Input,
    /// The server writes it.
    Output,
}
