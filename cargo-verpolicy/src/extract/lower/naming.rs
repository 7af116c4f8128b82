//! Types by name: how messages call them, and what the integer primitives hold.

use crate::extract::crates::{Crates, Ty};

/// Range of an integer primitive; `usize` is 64 bits wide.
pub(super) fn integer(name: &str) -> Option<(i128, u128)> {
    Some(match name {
        "u8" => (0, u8::MAX.into()),
        "u16" => (0, u16::MAX.into()),
        "u32" => (0, u32::MAX.into()),
        "u64" | "usize" => (0, u64::MAX.into()),
        "u128" => (0, u128::MAX),
        "i8" => (i8::MIN.into(), i8::MAX.unsigned_abs().into()),
        "i16" => (i16::MIN.into(), i16::MAX.unsigned_abs().into()),
        "i32" => (i32::MIN.into(), i32::MAX.unsigned_abs().into()),
        "i64" | "isize" => (i64::MIN.into(), i64::MAX.unsigned_abs().into()),
        "i128" => (i128::MIN, i128::MAX.unsigned_abs()),
        _ => return None,
    })
}

/// A type as messages name it.
pub(super) fn type_name(crates: &Crates, ty: &Ty) -> String {
    name_to(crates, ty, 8)
}

fn name_to(crates: &Crates, ty: &Ty, depth: u32) -> String {
    let Some(depth) = depth.checked_sub(1) else { return "…".to_owned() };
    let list = |tys: &[Ty]| tys.iter().map(|ty| name_to(crates, ty, depth)).collect::<Vec<_>>().join(", ");
    let with = |path: &str, args: &[Ty]| match args {
        [] => path.to_owned(),
        args => format!("{path}<{}>", list(args)),
    };
    let bounds = |bounds: &[(String, Vec<Ty>)]| {
        bounds.iter().map(|(path, args)| with(path, args)).collect::<Vec<_>>().join(" + ")
    };
    match ty {
        Ty::Def(def, args) => with(crates.def(*def).map_or("?", |def| def.path), args),
        Ty::Foreign(path, args) => with(path, args),
        Ty::Primitive(name) | Ty::Param(name) => name.to_string(),
        Ty::Ref(inner) => format!("&{}", name_to(crates, inner, depth)),
        Ty::Ptr(inner) => format!("*const {}", name_to(crates, inner, depth)),
        Ty::Slice(item) => format!("[{}]", name_to(crates, item, depth)),
        Ty::Array(item, Some(length)) => format!("[{}; {length}]", name_to(crates, item, depth)),
        Ty::Array(item, None) => format!("[{}; _]", name_to(crates, item, depth)),
        Ty::Tuple(items) => format!("({})", list(items)),
        Ty::Impl(traits) => format!("impl {}", bounds(traits)),
        Ty::Dyn(traits) => format!("dyn {}", bounds(traits)),
        Ty::Const(text) | Ty::Other(text) | Ty::Unresolved(text) => text.clone(),
        Ty::ByCode(by) => by.path.clone(),
    }
}
