//! The signature of a public item as canonical text: paths resolved, argument names dropped, bounds in one order.

mod attributes;
mod form;
mod generics;
mod inferred;
mod normal;
mod object;
mod standard;
mod written;

pub(super) use attributes::helper_attributes;
pub(super) use form::{Inside, inside, of};
pub(super) use inferred::Inference;
pub(super) use normal::Surroundings;

use super::crates::{Crates, Namespace, Resolved, Scope};
use super::framework::Site;
use crate::model::Signature;
use crate::syntax::facts::{
    Bound, FieldFact, Fields, Function, GenericParam, Generics, Item, ItemKind, Path, Predicate, Type, Vis,
};

/// The signature of the item at a site; `None` for what is no item of its own (a `use`, a macro call).
pub(super) fn signature(crates: &Crates, site: &Site<'_>) -> Option<Signature> {
    let writer = Writer { crates, scope: site.scope };
    let (item, text) = match &site.item.kind {
        ItemKind::Fn(function) => ("fn", writer.function(function)),
        ItemKind::Struct { generics, fields } => ("struct", writer.composite(site.item, generics, fields)),
        ItemKind::Union { generics, fields } => ("union", writer.composite(site.item, generics, fields)),
        ItemKind::Enum { generics, variants } => {
            let variants: Vec<String> =
                variants.iter().map(|v| format!("{}{}", v.name, writer.fields(&v.fields, false))).collect();
            let open = open_text(site.item);
            (
                "enum",
                format!(
                    "{open}enum{} {{ {} }}{}",
                    writer.generics(generics),
                    variants.join(", "),
                    writer.clauses(generics)
                ),
            )
        }
        ItemKind::Alias { generics, bounds, ty } => {
            let value = ty.as_ref().map(|ty| format!(" = {}", writer.ty(ty))).unwrap_or_default();
            let bounds = writer.bounds(bounds);
            let bounds = if bounds.is_empty() { bounds } else { format!(": {bounds}") };
            ("type", format!("type{}{bounds}{value}{}", writer.generics(generics), writer.clauses(generics)))
        }
        ItemKind::Const { ty, value } => {
            let set = if value.is_some() { "" } else { " (required)" };
            ("const", format!("const: {}{set}", writer.ty(ty)))
        }
        ItemKind::Static { ty, mutable, .. } => {
            ("static", format!("static {}: {}", if *mutable { "mut" } else { "" }, writer.ty(ty)))
        }
        ItemKind::Trait(fact) => {
            let mut members: Vec<String> =
                fact.items.iter().filter_map(|member| member_text(crates, site, member)).collect();
            members.sort();
            let marker = format!("{}{}", word(fact.is_unsafe, "unsafe "), word(fact.is_auto, "auto "));
            let bounds = writer.bounds(&fact.supertraits);
            let generics = writer.generics(&fact.generics);
            let clauses = writer.clauses(&fact.generics);
            ("trait", format!("{marker}trait{generics}: {bounds} {{ {} }}{clauses}", members.join("; ")))
        }
        ItemKind::Impl(fact) => {
            let of = fact.trait_path.as_ref().map(|path| writer.path(path)).unwrap_or_default();
            let generics = writer.generics(&fact.generics);
            ("impl", format!("impl{generics} {of} for {}{}", writer.ty(&fact.self_ty), writer.clauses(&fact.generics)))
        }
        ItemKind::TraitAlias => ("trait", format!("trait alias #{:016x}", site.item.hash())),
        ItemKind::Mod { .. } => ("mod", "mod".to_owned()),
        ItemKind::MacroRules(tokens) => ("macro", tokens.normal()),
        ItemKind::Use(leaves) => {
            let mut paths: Vec<String> = leaves.iter().map(|leaf| leaf.path.join("::")).collect();
            paths.sort();
            ("use", format!("use {}", paths.join(", ")))
        }
        ItemKind::ExternCrate(name) => ("use", format!("extern crate {name}")),
        ItemKind::Foreign { .. } | ItemKind::MacroCall { .. } | ItemKind::Verbatim => return None,
    };
    Some(Signature::of_text(item, text))
}

/// The signature of a field.
pub(super) fn field(crates: &Crates, scope: &Scope, field: &FieldFact) -> Signature {
    let writer = Writer { crates, scope };
    Signature::of_text("field", writer.ty(&field.ty))
}

/// The signature of a variant.
pub(super) fn variant(crates: &Crates, scope: &Scope, variant: &crate::syntax::facts::VariantFact) -> Signature {
    let writer = Writer { crates, scope };
    Signature::of_text("variant", format!("{}{}", variant.name, writer.fields(&variant.fields, false)))
}

fn member_text(crates: &Crates, site: &Site<'_>, member: &Item) -> Option<String> {
    let inner = Site { item: member, ..*site };
    let text = signature(crates, &inner)?.text;
    let provided = matches!(&member.kind, ItemKind::Fn(function) if function.has_body);
    Some(format!("{}{} {text}", word(provided, "provided "), member.name))
}

fn word(on: bool, text: &'static str) -> &'static str {
    if on { text } else { "" }
}

fn open_text(item: &Item) -> &'static str {
    let open = item.attrs.iter().any(|attr| matches!(attr.path.as_slice(), [name] if name == "non_exhaustive"));
    word(open, "non_exhaustive ")
}

struct Writer<'a> {
    crates: &'a Crates,
    scope: &'a Scope,
}

impl Writer<'_> {
    fn ty(&self, ty: &Type) -> String {
        self.crates.written(ty, &|path| self.name(path))
    }

    fn path(&self, path: &Path) -> String {
        self.crates.written_path(path, &|path| self.name(path))
    }

    /// The canonical name of a path without its arguments; `None` leaves it as written.
    fn name(&self, path: &Path) -> Option<String> {
        let [first, rest @ ..] = path.segments.as_slice() else { return None };
        if !path.global {
            if first.name == "Self" && rest.is_empty() {
                return self.scope.self_ty.as_ref().map(|ty| self.crates.ty_text(ty));
            }
            if first.name == "Self" || self.scope.params.contains_key(&first.name) {
                return None;
            }
        }
        match self.crates.resolve(self.scope.module, path, Namespace::Type) {
            Resolved::Def(def) => self.crates.def(def).map(|d| d.path.to_owned()),
            Resolved::Foreign(path) => Some(path),
            Resolved::Member(def, name) => Some(format!("{}::{name}", self.crates.def(def)?.path)),
            Resolved::Module(_) | Resolved::Primitive(_) | Resolved::Unresolved => None,
        }
    }

    fn function(&self, function: &Function) -> String {
        let abi = function.abi.as_ref().map(|abi| format!("extern \"{abi}\" ")).unwrap_or_default();
        let receiver = function.receiver.iter().map(|ty| format!("self: {}", self.ty(ty)));
        let mut params: Vec<String> = receiver.chain(function.params.iter().map(|p| self.ty(&p.ty))).collect();
        if function.variadic {
            params.push("...".to_owned());
        }
        let ret = function.ret.as_ref().map(|ty| format!(" -> {}", self.ty(ty))).unwrap_or_default();
        format!(
            "{}{}{}{abi}fn{}({}){ret}{}",
            word(function.is_const, "const "),
            word(function.is_async, "async "),
            word(function.is_unsafe, "unsafe "),
            self.generics(&function.generics),
            params.join(", "),
            self.clauses(&function.generics),
        )
    }

    fn composite(&self, item: &Item, generics: &Generics, fields: &Fields) -> String {
        let open = open_text(item);
        format!("{open}struct{}{}{}", self.generics(generics), self.fields(fields, true), self.clauses(generics))
    }

    /// Fields that others can see; `..` for the rest.
    fn fields(&self, fields: &Fields, only_public: bool) -> String {
        let (open, close, named, list) = match fields {
            Fields::Unit => return String::new(),
            Fields::Tuple(list) => ("(", ")", false, list),
            Fields::Named(list) => (" { ", " }", true, list),
        };
        let mut parts = Vec::new();
        let mut hidden = false;
        for field in list {
            if only_public && field.vis != Vis::Public {
                hidden = true;
                if !named {
                    parts.push("_".to_owned());
                }
                continue;
            }
            parts.push(match named {
                true => format!("{}: {}", field.name, self.ty(&field.ty)),
                false => self.ty(&field.ty),
            });
        }
        if hidden && named {
            parts.push("..".to_owned());
        }
        format!("{open}{}{close}", parts.join(", "))
    }

    fn generics(&self, generics: &Generics) -> String {
        let params: Vec<String> = generics.params.iter().map(|param| self.param(param)).collect();
        if params.is_empty() { String::new() } else { format!("<{}>", params.join(", ")) }
    }

    /// A parameter without its bounds: those stand among the clauses.
    fn param(&self, param: &GenericParam) -> String {
        match param {
            GenericParam::Lifetime { name, .. } => format!("'{name}"),
            GenericParam::Type { name, default, .. } => {
                let default = default.as_ref().map(|ty| format!(" = {}", self.ty(ty))).unwrap_or_default();
                format!("{name}{default}")
            }
            GenericParam::Const { name, ty, default } => {
                let default = default.as_ref().map(|text| format!(" = {text}")).unwrap_or_default();
                format!("const {name}: {}{default}", self.ty(ty))
            }
        }
    }

    /// All bounds, inline ones too, one a line of a `where` clause, sorted.
    fn clauses(&self, generics: &Generics) -> String {
        let mut out = Vec::new();
        for param in &generics.params {
            match param {
                GenericParam::Lifetime { name, bounds } => out.extend(bounds.iter().map(|b| format!("'{name}: '{b}"))),
                GenericParam::Type { name, bounds, .. } => {
                    out.extend(bounds.iter().map(|bound| format!("{name}: {}", self.bound(bound))));
                }
                GenericParam::Const { .. } => {}
            }
        }
        for predicate in &generics.predicates {
            match predicate {
                Predicate::Lifetime { name, bounds } => out.extend(bounds.iter().map(|b| format!("'{name}: '{b}"))),
                Predicate::Type { lifetimes, ty, bounds } => {
                    let binder = binder(lifetimes);
                    let ty = self.ty(ty);
                    out.extend(bounds.iter().map(|bound| format!("{binder}{ty}: {}", self.bound(bound))));
                }
            }
        }
        out.sort();
        out.dedup();
        if out.is_empty() { String::new() } else { format!(" where {}", out.join(", ")) }
    }

    fn bounds(&self, bounds: &[Bound]) -> String {
        let mut out: Vec<String> = bounds.iter().map(|bound| self.bound(bound)).collect();
        out.sort();
        out.join(" + ")
    }

    fn bound(&self, bound: &Bound) -> String {
        match bound {
            Bound::Lifetime(name) => format!("'{name}"),
            Bound::Trait { maybe, lifetimes, path } => {
                format!("{}{}{}", word(*maybe, "?"), binder(lifetimes), self.path(path))
            }
            Bound::Use(names) => format!("use<{}>", names.join(", ")),
        }
    }
}

fn binder(lifetimes: &[crate::syntax::facts::Name]) -> String {
    if lifetimes.is_empty() {
        return String::new();
    }
    let names: Vec<String> = lifetimes.iter().map(|name| format!("'{name}")).collect();
    format!("for<{}> ", names.join(", "))
}
