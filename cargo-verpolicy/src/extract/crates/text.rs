//! Types and paths as text, as they are written: for messages and for what could not be resolved.

use crate::syntax::facts::{Bound, GenericArg, Path, Segment, Type};
use std::fmt::Write;

/// A type as written, one spelling for one meaning.
pub(crate) fn written(ty: &Type) -> String {
    let mut out = String::new();
    write_type(&mut out, ty);
    out
}

/// A path as written.
pub(crate) fn path(path: &Path) -> String {
    let mut out = String::new();
    write_path(&mut out, path, 0);
    out
}

fn write_type(out: &mut String, ty: &Type) {
    match ty {
        Type::Path { qself, path } => match qself {
            Some(qself) => {
                out.push('<');
                write_type(out, &qself.0);
                let (of_trait, rest) = path.segments.split_at_checked(qself.1).unwrap_or((&[], &path.segments));
                if !of_trait.is_empty() {
                    out.push_str(" as ");
                    write_segments(out, path.global, of_trait);
                }
                out.push('>');
                for segment in rest {
                    out.push_str("::");
                    write_segment(out, segment);
                }
            }
            None => write_path(out, path, 0),
        },
        Type::Ref { lifetime, mutable, ty } => {
            out.push('&');
            if let Some(lifetime) = lifetime {
                let _ = write!(out, "'{lifetime} ");
            }
            if *mutable {
                out.push_str("mut ");
            }
            write_type(out, ty);
        }
        Type::Ptr { mutable, ty } => {
            out.push_str(if *mutable { "*mut " } else { "*const " });
            write_type(out, ty);
        }
        Type::Slice(ty) => {
            out.push('[');
            write_type(out, ty);
            out.push(']');
        }
        Type::Array(ty, length) => {
            out.push('[');
            write_type(out, ty);
            let _ = write!(out, "; {length}]");
        }
        Type::Tuple(types) => {
            write_list(out, '(', types, if types.len() == 1 { ",)" } else { ")" });
        }
        Type::FnPtr { is_unsafe, abi, params, variadic, ret, .. } => {
            out.push_str(if *is_unsafe { "unsafe " } else { "" });
            if let Some(abi) = abi {
                let _ = write!(out, "extern \"{abi}\" ");
            }
            out.push_str("fn");
            write_list(out, '(', params, if *variadic { ", ...)" } else { ")" });
            if let Some(ret) = ret {
                out.push_str(" -> ");
                write_type(out, ret);
            }
        }
        Type::Impl(bounds) => {
            out.push_str("impl ");
            write_bounds(out, bounds);
        }
        Type::Dyn(bounds) => {
            out.push_str("dyn ");
            write_bounds(out, bounds);
        }
        Type::Never => out.push('!'),
        Type::Infer => out.push('_'),
        Type::Macro(text) | Type::Other(text) => out.push_str(text),
    }
}

fn write_list(out: &mut String, open: char, types: &[Type], close: &str) {
    out.push(open);
    for (i, ty) in types.iter().enumerate() {
        if i > 0 {
            out.push_str(", ");
        }
        write_type(out, ty);
    }
    out.push_str(close);
}

fn write_bounds(out: &mut String, bounds: &[Bound]) {
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
                write_path(out, path, 0);
            }
            Bound::Use(names) => {
                let _ = write!(out, "use<{}>", names.join(", "));
            }
        }
    }
}

fn write_path(out: &mut String, path: &Path, skip: usize) {
    write_segments(out, path.global, path.segments.get(skip..).unwrap_or_default());
}

fn write_segments(out: &mut String, global: bool, segments: &[Segment]) {
    for (i, segment) in segments.iter().enumerate() {
        if i > 0 || global {
            out.push_str("::");
        }
        write_segment(out, segment);
    }
}

fn write_segment(out: &mut String, segment: &Segment) {
    out.push_str(&segment.name);
    if let Some(call) = &segment.call {
        write_list(out, '(', &call.0, ")");
        if let Some(ret) = &call.1 {
            out.push_str(" -> ");
            write_type(out, ret);
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
            GenericArg::Type(ty) => write_type(out, ty),
            GenericArg::Const(text) => out.push_str(text),
            GenericArg::Assoc(name, ty) => {
                let _ = write!(out, "{name} = ");
                write_type(out, ty);
            }
            GenericArg::Bounds(name, bounds) => {
                let _ = write!(out, "{name}: ");
                write_bounds(out, bounds);
            }
        }
    }
    out.push('>');
}
