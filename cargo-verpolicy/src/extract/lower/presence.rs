//! Must a key be sent? What serde does when it is missing depends on the type that it finds behind pointers.

use super::attributes::{self, FieldAttrs};
use super::definition::Owner;
use super::foreign::{Known, known};
use super::reading::How;
use super::{At, Lowering};
use crate::extract::crates::{ModuleId, Ty};
use crate::model::{Default, Reader};
use crate::syntax::facts::{Fields, GenericArg, ItemKind, Type};

/// Types are looked through at most this deep.
const MAX_DEPTH: u32 = 32;

/// The type behind references and pointers.
pub(super) fn core(ty: &Ty) -> &Ty {
    let mut ty = ty;
    loop {
        match ty {
            Ty::Ref(inner) => ty = inner,
            Ty::Foreign(path, args) => match known(path) {
                Some(Known::Like(i)) => match args.get(i) {
                    Some(inner) => ty = inner,
                    None => return ty,
                },
                _ => return ty,
            },
            _ => return ty,
        }
    }
}

/// `T` of `Option<T>`.
pub(super) fn option(ty: &Ty) -> Option<&Ty> {
    match ty {
        Ty::Foreign(path, args) if known(path) == Some(Known::Option) => args.first(),
        _ => None,
    }
}

/// `Option<Option<T>>`, seen through pointers and `transparent`?
pub(super) fn is_double(lowering: &Lowering<'_>, ty: &Ty, at: At) -> bool {
    let inner = |ty: &Ty| option_through(lowering, ty, at, MAX_DEPTH);
    inner(ty).is_some_and(|ty| inner(&ty).is_some())
}

fn option_through(lowering: &Lowering<'_>, ty: &Ty, at: At, depth: u32) -> Option<Ty> {
    let depth = depth.checked_sub(1)?;
    let ty = core(ty);
    let Ty::Def(def, args) = ty else { return option(ty).cloned() };
    let owner = lowering.owner(*def, args, at)?;
    let inner = transparent(lowering, &owner, at)?;
    option_through(lowering, &inner, at, depth)
}

/// The type of the one field that `transparent` hands on as it is.
fn transparent(lowering: &Lowering<'_>, owner: &Owner<'_>, at: At) -> Option<Ty> {
    let ItemKind::Struct { fields: Fields::Tuple(fields) | Fields::Named(fields), .. } = &owner.item.item.kind else {
        return None;
    };
    if !owner.container.transparent {
        return None;
    }
    let field = fields.iter().find(|field| lowering.is_carried(owner, field, at))?;
    let attrs = attributes::field(&field.attrs, &owner.how, at.direction);
    attrs.with.is_none().then(|| lowering.crates.ty(&owner.scope, &field.ty))
}

/// What a missing key means for a field without a default of its own or of its container; `None` is refused.
pub(super) fn missing(
    lowering: &Lowering<'_>,
    _module: ModuleId,
    attrs: &FieldAttrs,
    ty: &Ty,
    at: At,
) -> Option<Default> {
    if let Some(adapter) = &attrs.adapter {
        // `serde_as` adds the default itself to an `Option` under an `Option`.
        let by_option = matches!(adapter, Type::Path { path, .. }
            if path.segments.last().is_some_and(|s| s.name == "Option" && matches!(s.args.first(), Some(GenericArg::Type(_)))));
        return (by_option && !attrs.no_default && option(ty).is_some()).then_some(Default::None);
    }
    if attrs.with.is_some() {
        return None;
    }
    missing_of(lowering, ty, at)
}

/// What a missing value of this type means where nothing else is said.
pub(super) fn missing_of(lowering: &Lowering<'_>, ty: &Ty, at: At) -> Option<Default> {
    if absent_is_none(lowering, ty, at, MAX_DEPTH) {
        return Some(Default::None);
    }
    if !at.is_text() {
        return None;
    }
    let core = core(ty);
    let list = match core {
        Ty::Foreign(path, _) => matches!(known(path), Some(Known::List | Known::ListOfArray | Known::Map)),
        _ => false,
    };
    match at.reader {
        Reader::RocketForm | Reader::PoemText if list => Some(Default::Value("[]".to_owned())),
        Reader::RocketForm if matches!(core, Ty::Primitive(name) if name == "bool") => {
            Some(Default::Value("false".to_owned()))
        }
        Reader::RocketForm if matches!(core, Ty::Foreign(path, _) if &**path == "std::result::Result") => {
            Some(Default::None)
        }
        _ => None,
    }
}

/// Does serde read a missing value of this type as `None`? So does `Option`, seen through pointers, `transparent` and
/// `from`; a plain newtype hides it.
fn absent_is_none(lowering: &Lowering<'_>, ty: &Ty, at: At, depth: u32) -> bool {
    let Some(depth) = depth.checked_sub(1) else { return false };
    match core(ty) {
        Ty::Foreign(path, _) => matches!(known(path), Some(Known::Option | Known::Undefined)),
        Ty::Def(def, args) => {
            let Some(owner) = lowering.owner(*def, args, at) else { return false };
            if matches!(owner.how, How::Opaque(..) | How::Display(_)) {
                return false;
            }
            if let Some((named, _)) = &owner.container.by_way_of {
                return absent_is_none(lowering, &lowering.crates.ty(&owner.scope, named), at, depth);
            }
            transparent(lowering, &owner, at).is_some_and(|inner| absent_is_none(lowering, &inner, at, depth))
        }
        _ => false,
    }
}
