//! The crates of one side: module trees and real name resolution. Everything that `extract` knows of a name comes from
//! here; a type is never found by its last segment.

use crate::model::{Condition, Place};
use crate::syntax::facts::{Generics, Item, Name, Path, Type};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A crate (one target of a package) of this side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CrateId(pub u32);

/// A module of any crate of this side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ModuleId(pub u32);

/// A named item of any crate of this side: struct, enum, union, alias, trait, function, const, static, macro.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DefId(pub u32);

/// Which of Rust's namespaces a name is looked up in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Namespace {
    /// Types, traits, modules.
    Type,
    /// Functions, consts, statics, constructors.
    Value,
    /// Macros, attributes, derives.
    Macro,
}

/// What a path names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resolved {
    /// An item of this side.
    Def(DefId),
    /// A module of this side.
    Module(ModuleId),
    /// A variant of an enum, or an associated item: the owner and the member's name.
    Member(DefId, Name),
    /// An item of a crate whose source is not at hand, by the path that imports lead to: `axum::extract::Path`,
    /// `std::collections::HashMap` (`alloc` and `core` read as `std`).
    Foreign(String),
    /// `u32`, `str`, `bool`, …
    Primitive(Name),
    /// Nothing of that name.
    Unresolved,
}

/// A resolved type: aliases expanded with their arguments, `Self` and parameters replaced where the scope knows them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ty {
    /// A struct, enum or union of this side with its type arguments (defaults filled in, lifetimes left out).
    Def(DefId, Vec<Ty>),
    /// A type of another crate.
    Foreign(Arc<str>, Vec<Ty>),
    /// A primitive.
    Primitive(Name),
    /// A generic parameter that nothing fixes.
    Param(Name),
    /// `&T`, `&mut T`
    Ref(Box<Ty>),
    /// `*const T`, `*mut T`
    Ptr(Box<Ty>),
    /// `[T]`
    Slice(Box<Ty>),
    /// `[T; N]`; the length where it is a literal or a const that could be read.
    Array(Box<Ty>, Option<u64>),
    /// `(A, B)`
    Tuple(Vec<Ty>),
    /// A const generic argument, as text.
    Const(String),
    /// `impl Trait`, with the bounds' canonical paths and their arguments.
    Impl(Vec<(String, Vec<Ty>)>),
    /// `dyn Trait`.
    Dyn(Vec<(String, Vec<Ty>)>),
    /// Function pointers, `!`, `_` and what could not be read, as text.
    Other(String),
    /// A path that resolves to nothing, as written.
    Unresolved(String),
}

/// Where a type stands: its module and what its generic names mean.
#[derive(Clone, Debug)]
pub struct Scope {
    /// The module.
    pub module: ModuleId,
    /// Type (and const) parameters in scope that are known.
    pub params: BTreeMap<Name, Ty>,
    /// `Self`.
    pub self_ty: Option<Ty>,
}

/// An item with its surroundings.
#[derive(Clone, Copy, Debug)]
pub struct DefRef<'a> {
    /// What the source says.
    pub item: &'a Item,
    /// The module it stands in.
    pub module: ModuleId,
    /// Canonical path: `my_crate::users::User`.
    pub path: &'a str,
    /// The conditions of its modules and its own.
    pub condition: &'a Condition,
}

/// All crates of one side. Filled by `Crates::load`; looked up by everything else.
#[derive(Debug, Default)]
pub struct Crates {}

impl Crates {
    /// The item behind an id.
    #[must_use]
    pub fn def(&self, _id: DefId) -> Option<DefRef<'_>> {
        None
    }

    /// What `path` names in `module`.
    #[must_use]
    pub fn resolve(&self, _module: ModuleId, _path: &Path, _namespace: Namespace) -> Resolved {
        Resolved::Unresolved
    }

    /// The canonical path of an attribute, derive or macro by its segments: `actix_web::get` for `#[get]` under
    /// `use actix_web::get`, `serde::Serialize` for a derive, `std::…` never; as written where nothing imports it.
    #[must_use]
    pub fn macro_path(&self, _module: ModuleId, segments: &[Name]) -> String {
        segments.join("::")
    }

    /// A type as written in `scope`, resolved.
    #[must_use]
    pub fn ty(&self, _scope: &Scope, _ty: &Type) -> Ty {
        Ty::Other(String::new())
    }

    /// The scope inside a definition whose parameters get these arguments (missing ones their defaults, else
    /// [`Ty::Param`]).
    #[must_use]
    pub fn scope_of(&self, _def: DefId, _generics: &Generics, _args: &[Ty]) -> Option<Scope> {
        None
    }

    /// Impls of a trait (canonical path, e.g. `serde::Serialize`) for a type defined on this side, hand-written ones
    /// only (derives are attributes): the impl item and the module it stands in.
    #[must_use]
    pub fn impls_of(&self, _def: DefId, _trait_path: &str) -> Vec<(&Item, ModuleId)> {
        Vec::new()
    }

    /// The string value of a const, associated const or literal expression that names text (`concat!`, `format!` of
    /// knowns, const paths); `None` where it is not known.
    #[must_use]
    pub fn text_value(&self, _scope: &Scope, _tokens: &crate::syntax::facts::RawTokens) -> Option<String> {
        None
    }

    /// The place of a position in a module's file.
    #[must_use]
    pub fn place(&self, _module: ModuleId, _pos: crate::syntax::facts::Pos) -> Place {
        Place { file: Arc::from(""), line: 0, column: 0 }
    }

    /// Canonical path of a module: `my_crate::users`.
    #[must_use]
    pub fn module_path(&self, _module: ModuleId) -> &str {
        ""
    }

    /// The version requirement (or locked version) under which `module`'s package has the crate of a foreign path.
    #[must_use]
    pub fn foreign_version(&self, _module: ModuleId, _path: &str) -> Option<String> {
        None
    }
}
