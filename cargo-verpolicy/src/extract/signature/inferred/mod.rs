//! What the compiler infers of a type from all its fields, private ones too: auto traits and variance.

mod auto;
mod standard;
mod variance;

use super::Surroundings;
use crate::extract::crates::{DefId, ModuleId};
use crate::model::{Condition, Inferred};
use crate::syntax::facts::{FieldFact, Fields, GenericArg, GenericParam, Generics, ItemKind, Name, Segment, Type};
use std::collections::BTreeMap;
use std::rc::Rc;

/// How deep types are followed.
const MAX_DEPTH: usize = 24;
/// How many types one answer may look at.
const MAX_NODES: u32 = 4_000;

/// What is inferred of the types of one package, each asked once.
pub(crate) struct Inference<'a> {
    auto: auto::Memo,
    variance: variance::Memo,
    around: Surroundings<'a>,
}

impl<'a> Inference<'a> {
    /// Nothing is known yet.
    pub(crate) fn new(around: Surroundings<'a>) -> Self {
        Self { auto: auto::Memo::default(), variance: variance::Memo::default(), around }
    }

    /// What is inferred of a type.
    pub(crate) fn of(&mut self, def: DefId) -> Inferred {
        let mut out = auto::of(self.around, &mut self.auto, def);
        out.variance = variance::of(self.around, &mut self.variance, def);
        out
    }
}

/// What a generic name stands for.
#[derive(Clone)]
enum Arg<'a> {
    /// A type written elsewhere.
    Type(&'a Type, Scope<'a>),
    /// A parameter of the type in question, by its position.
    Own(usize),
    /// Not given, or a const.
    Nothing,
}

/// Where a type stands.
#[derive(Clone)]
struct Scope<'a> {
    module: ModuleId,
    names: Rc<BTreeMap<Name, Arg<'a>>>,
}

/// The generics and fields of a struct, union or enum.
fn parts(kind: &ItemKind) -> Option<(&Generics, Vec<&FieldFact>)> {
    fn list(fields: &Fields) -> &[FieldFact] {
        match fields {
            Fields::Unit => &[],
            Fields::Tuple(list) | Fields::Named(list) => list,
        }
    }
    // What only `RUSTFLAGS` or a build script turns on is nobody's default.
    let flagged = |condition: &Condition| condition.needs(&Condition::is_custom).is_some();
    let there = |field: &&FieldFact| field.condition != Condition::Never && !flagged(&field.condition);
    Some(match kind {
        ItemKind::Struct { generics, fields } | ItemKind::Union { generics, fields } => {
            (generics, list(fields).iter().filter(there).collect())
        }
        ItemKind::Enum { generics, variants } => {
            let variants = variants.iter().filter(|v| v.condition != Condition::Never);
            (generics, variants.flat_map(|v| list(&v.fields)).filter(there).collect())
        }
        _ => return None,
    })
}

/// The scope inside the type in question: its parameters are its own.
fn own_scope<'a>(module: ModuleId, generics: &Generics) -> Scope<'a> {
    let mut names = BTreeMap::new();
    let mut position = 0;
    for param in &generics.params {
        match param {
            GenericParam::Lifetime { .. } => {}
            GenericParam::Type { name, .. } => {
                names.insert(name.clone(), Arg::Own(position));
                position += 1;
            }
            GenericParam::Const { name, .. } => {
                names.insert(name.clone(), Arg::Nothing);
                position += 1;
            }
        }
    }
    Scope { module, names: Rc::new(names) }
}

/// The scope inside a definition under these arguments.
fn inner_scope<'a>(module: ModuleId, generics: &'a Generics, last: &'a Segment, outer: &Scope<'a>) -> Scope<'a> {
    let mut given = last.args.iter().filter(|arg| matches!(arg, GenericArg::Type(_) | GenericArg::Const(_)));
    let mut names: BTreeMap<Name, Arg<'a>> = BTreeMap::new();
    for param in &generics.params {
        let (name, default) = match param {
            GenericParam::Lifetime { .. } => continue,
            GenericParam::Type { name, default, .. } => (name, default.as_ref()),
            GenericParam::Const { name, .. } => (name, None),
        };
        let arg = match (given.next(), default) {
            (Some(GenericArg::Type(ty)), _) => Arg::Type(ty, outer.clone()),
            (None, Some(ty)) => Arg::Type(ty, Scope { module, names: Rc::new(names.clone()) }),
            _ => Arg::Nothing,
        };
        names.insert(name.clone(), arg);
    }
    Scope { module, names: Rc::new(names) }
}

/// The types among the arguments of a segment.
fn type_args(last: &Segment) -> impl Iterator<Item = &Type> {
    last.args.iter().filter_map(|arg| match arg {
        GenericArg::Type(ty) => Some(ty),
        _ => None,
    })
}
