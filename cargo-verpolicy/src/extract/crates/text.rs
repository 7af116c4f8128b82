//! Types and paths as text, as they are written: for messages and for what could not be resolved.

use crate::syntax::facts::{Bound, GenericArg, Path, Segment, Type};
use std::fmt::Write;

/// How a path is called: its canonical name without arguments, or `None` for as it is written.
type Names<'n> = &'n dyn Fn(&Path) -> Option<String>;

const AS_WRITTEN: Names<'static> = &|_| None;

/// A type as written, one spelling for one meaning.
pub(crate) fn written(ty: &Type) -> String {
    let mut out = String::new();
    write_type(&mut out, ty, AS_WRITTEN);
    out
}

/// A path as written.
pub(crate) fn path(path: &Path) -> String {
    let mut out = String::new();
    write_path(&mut out, path, AS_WRITTEN);
    out
}

fn write_type(out: &mut String, ty: &Type, names: Names<'_>) {
    match ty {
        Type::Path { qself, path } => match qself {
            Some(qself) => {
                out.push('<');
                write_type(out, &qself.0, names);
                let (of_trait, rest) = path.segments.split_at_checked(qself.1).unwrap_or((&[], &path.segments));
                if !of_trait.is_empty() {
                    out.push_str(" as ");
                    write_segments(out, path.global, of_trait, names);
                }
                out.push('>');
                for segment in rest {
                    out.push_str("::");
                    write_segment(out, segment, names);
                }
            }
            None => write_path(out, path, names),
        },
        Type::Ref { lifetime, mutable, ty } => {
            out.push('&');
            if let Some(lifetime) = lifetime {
                let _ = write!(out, "'{lifetime} ");
            }
            if *mutable {
                out.push_str("mut ");
            }
            write_type(out, ty, names);
        }
        Type::Ptr { mutable, ty } => {
            out.push_str(if *mutable { "*mut " } else { "*const " });
            write_type(out, ty, names);
        }
        Type::Slice(ty) => {
            out.push('[');
            write_type(out, ty, names);
            out.push(']');
        }
        Type::Array(ty, length) => {
            out.push('[');
            write_type(out, ty, names);
            let _ = write!(out, "; {length}]");
        }
        Type::Tuple(types) => {
            write_list(out, '(', types, if types.len() == 1 { ",)" } else { ")" }, names);
        }
        Type::FnPtr(pointer) => {
            out.push_str(if pointer.is_unsafe { "unsafe " } else { "" });
            if let Some(abi) = &pointer.abi {
                let _ = write!(out, "extern \"{abi}\" ");
            }
            out.push_str("fn");
            write_list(out, '(', &pointer.params, if pointer.variadic { ", ...)" } else { ")" }, names);
            if let Some(ret) = &pointer.ret {
                out.push_str(" -> ");
                write_type(out, ret, names);
            }
        }
        Type::Impl(bounds) => {
            out.push_str("impl ");
            write_bounds(out, bounds, names);
        }
        Type::Dyn(bounds) => {
            out.push_str("dyn ");
            write_bounds(out, bounds, names);
        }
        Type::Never => out.push('!'),
        Type::Infer => out.push('_'),
        Type::Macro(text) | Type::Other(text) => out.push_str(text),
    }
}

fn write_list(out: &mut String, open: char, types: &[Type], close: &str, names: Names<'_>) {
    out.push(open);
    for (i, ty) in types.iter().enumerate() {
        if i > 0 {
            out.push_str(", ");
        }
        write_type(out, ty, names);
    }
    out.push_str(close);
}

fn write_bounds(out: &mut String, bounds: &[Bound], names: Names<'_>) {
    for (i, bound) in bounds.iter().enumerate() {
        if i > 0 {
            out.push_str(" + ");
        }
        match bound {
            Bound::Lifetime(name) => {
                let _ = write!(out, "'{name}");
            }
            Bound::Trait { maybe, path, .. } => {
                out.push_str(if *maybe { "?" } else { "" });
                write_path(out, path, names);
            }
            Bound::Use(names) => {
                let _ = write!(out, "use<{}>", names.join(", "));
            }
        }
    }
}

fn write_path(out: &mut String, path: &Path, names: Names<'_>) {
    match (names(path), path.segments.last()) {
        (Some(name), Some(last)) => {
            out.push_str(&name);
            write_arguments(out, last, names);
        }
        _ => write_segments(out, path.global, &path.segments, names),
    }
}

fn write_segments(out: &mut String, global: bool, segments: &[Segment], names: Names<'_>) {
    for (i, segment) in segments.iter().enumerate() {
        if i > 0 || global {
            out.push_str("::");
        }
        write_segment(out, segment, names);
    }
}

fn write_segment(out: &mut String, segment: &Segment, names: Names<'_>) {
    out.push_str(&segment.name);
    write_arguments(out, segment, names);
}

fn write_arguments(out: &mut String, segment: &Segment, names: Names<'_>) {
    if let Some(call) = &segment.call {
        write_list(out, '(', &call.0, ")", names);
        if let Some(ret) = &call.1 {
            out.push_str(" -> ");
            write_type(out, ret, names);
        }
    }
    if segment.args.is_empty() {
        return;
    }
    out.push('<');
    for (i, arg) in segment.args.iter().enumerate() {
        if i > 0 {
            out.push_str(", ");
        }
        match arg {
            GenericArg::Lifetime(name) => {
                let _ = write!(out, "'{name}");
            }
            GenericArg::Type(ty) => write_type(out, ty, names),
            GenericArg::Const(text) => out.push_str(text),
            GenericArg::Assoc(name, ty) => {
                let _ = write!(out, "{name} = ");
                write_type(out, ty, names);
            }
            GenericArg::Bounds(name, bounds) => {
                let _ = write!(out, "{name}: ");
                write_bounds(out, bounds, names);
            }
        }
    }
    out.push('>');
}

impl super::Crates {
    /// A resolved type as text, with canonical paths.
    #[must_use]
    pub fn ty_text(&self, ty: &super::Ty) -> String {
        let mut out = String::new();
        self.write_ty(&mut out, ty, 0);
        out
    }

    /// A type as written, but with its paths under the names that `names` gives them.
    #[must_use]
    pub fn written(&self, ty: &Type, names: &dyn Fn(&Path) -> Option<String>) -> String {
        let mut out = String::new();
        write_type(&mut out, ty, names);
        out
    }

    /// A path as written, likewise.
    #[must_use]
    pub fn written_path(&self, path: &Path, names: &dyn Fn(&Path) -> Option<String>) -> String {
        let mut out = String::new();
        write_path(&mut out, path, names);
        out
    }

    fn write_ty(&self, out: &mut String, ty: &super::Ty, depth: u32) {
        use super::Ty;
        if depth > 128 {
            out.push('…');
            return;
        }
        let list = |out: &mut String, open: &str, types: &[Ty], close: &str| {
            out.push_str(open);
            for (i, ty) in types.iter().enumerate() {
                if i > 0 {
                    out.push_str(", ");
                }
                self.write_ty(out, ty, depth + 1);
            }
            out.push_str(close);
        };
        match ty {
            Ty::Def(def, args) => {
                out.push_str(self.def(*def).map_or("?", |d| d.path));
                if !args.is_empty() {
                    list(out, "<", args, ">");
                }
            }
            Ty::Foreign(path, args) => {
                out.push_str(path);
                if !args.is_empty() {
                    list(out, "<", args, ">");
                }
            }
            Ty::Primitive(name) | Ty::Param(name) => out.push_str(name),
            Ty::Ref(ty) => list(out, "&", std::slice::from_ref(ty), ""),
            Ty::Ptr(ty) => list(out, "*", std::slice::from_ref(ty), ""),
            Ty::Slice(ty) => list(out, "[", std::slice::from_ref(ty), "]"),
            Ty::Array(ty, length) => {
                list(out, "[", std::slice::from_ref(ty), "; ");
                match length {
                    Some(length) => {
                        let _ = write!(out, "{length}]");
                    }
                    None => out.push_str("_]"),
                }
            }
            Ty::Tuple(types) => list(out, "(", types, if types.len() == 1 { ",)" } else { ")" }),
            Ty::Const(text) | Ty::Other(text) | Ty::Unresolved(text) => out.push_str(text),
            Ty::ByCode(by) => out.push_str(&by.path),
            Ty::Impl(bounds) | Ty::Dyn(bounds) => {
                out.push_str(if matches!(ty, Ty::Impl(_)) { "impl " } else { "dyn " });
                for (i, (name, args)) in bounds.iter().enumerate() {
                    out.push_str(if i > 0 { " + " } else { "" });
                    out.push_str(name);
                    if !args.is_empty() {
                        list(out, "<", args, ">");
                    }
                }
            }
        }
    }
}
