//! Readers of flat text, and serde's buffer: what they refuse whatever is sent.

use super::definition::Owner;
use super::enums;
use super::foreign::{Known, known};
use super::{At, Class, Lowering, Spot};
use crate::extract::crates::Ty;
use crate::model::{Reader, Repr, Shape, ShapeId};

/// A node that says that this position refuses every value of the type.
pub(super) fn refuse(lowering: &mut Lowering<'_>, ty: &Ty, reason: &'static str, at: At) -> ShapeId {
    let inner = lowering.lower(ty, at.plain());
    lowering.leaf(Shape::Refused { reason, inner })
}

/// The refusal of a type that is no definition, if it is refused.
pub(super) fn refused(lowering: &mut Lowering<'_>, ty: &Ty, at: At) -> Option<ShapeId> {
    if !at.input() {
        return None;
    }
    let reason = match ty {
        Ty::Primitive(name) => primitive(name, at),
        Ty::Foreign(path, args) => foreign(known(path)?, args, at),
        Ty::Slice(_) | Ty::Array(..) => list(at),
        Ty::Tuple(items) if !items.is_empty() => nested(at),
        _ => None,
    }?;
    Some(refuse(lowering, ty, reason, at))
}

fn primitive(name: &str, at: At) -> Option<&'static str> {
    let wide = matches!(name, "u128" | "i128");
    if !at.is_serde_text() {
        return (wide && at.buffered && !at.is_text()).then_some("buffered-u128");
    }
    if wide && !matches!(at.reader, Reader::PathText | Reader::HeaderText) {
        return Some("text-u128");
    }
    (at.buffered && !matches!(name, "str" | "char")).then_some("text-buffered")
}

fn foreign(known: Known, args: &[Ty], at: At) -> Option<&'static str> {
    match known {
        Known::NonZero(name) => primitive(name, at),
        Known::NonZeroOf => match args.first() {
            Some(Ty::Primitive(name)) => primitive(name, at),
            _ => None,
        },
        Known::Int(..) | Known::Float64 | Known::Bool | Known::Decimal => primitive("u64", at),
        Known::List | Known::ListOfArray | Known::ListOf(_) | Known::Pairs => list(at),
        Known::Map | Known::MapTo(_) | Known::Object(_) | Known::Partial(..) | Known::Tuple(_) => nested(at),
        Known::Tagged(rows) if rows.iter().any(|(_, payload)| payload.is_some()) => nested(at),
        _ => None,
    }
}

/// Lists: where one key stands once.
fn list(at: At) -> Option<&'static str> {
    match (at.reader, at.spot) {
        _ if !at.is_serde_text() || at.spot == Spot::Top => None,
        (Reader::UrlEncoded | Reader::HeaderText, Spot::Key) => Some("text-list"),
        (Reader::HtmlForm | Reader::UrlEncoded | Reader::HeaderText | Reader::PathText, Spot::Item) => {
            Some("text-nested")
        }
        (Reader::HtmlForm, _) if at.buffered => Some("text-buffered"),
        _ => None,
    }
}

/// Objects and tuples under a key.
fn nested(at: At) -> Option<&'static str> {
    (at.is_text() && keyed(at)).then_some("text-nested")
}

/// Does the reader know no structure below a key, and is this below one?
pub(super) fn keyed(at: At) -> bool {
    at.spot != Spot::Top
        && matches!(at.reader, Reader::UrlEncoded | Reader::HtmlForm | Reader::PathText | Reader::HeaderText)
}

/// The refusal of a struct or tuple struct.
pub(super) fn refused_struct(_class: Class, at: At) -> Option<&'static str> {
    nested(at)
}

/// The refusal of an enum as a whole: one that needs braces. Payloads of others are refused one by one.
pub(super) fn refused_enum(owner: &Owner<'_>, at: At) -> Option<&'static str> {
    match enums::repr(owner) {
        Repr::Internal { .. } | Repr::Adjacent { .. } => nested(at),
        Repr::Number if at.is_serde_text() && at.buffered => Some("text-buffered"),
        _ => None,
    }
}
