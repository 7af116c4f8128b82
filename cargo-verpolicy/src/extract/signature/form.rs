//! Items taken apart into what rules look at.

use super::attributes::{arms, export, has, is, is_ordered, target_features};
use super::normal::{Normal, Surroundings};
use super::written::writes;
use crate::extract::crates::{DefId, ModuleId, Namespace, Resolved, is_hidden};
use crate::model::{
    Condition, FieldForm, Form, Function as FunctionForm, GenericsForm, ImplForm, Layout, MacroForm, MemberForm,
    TraitForm, TypeForm, ValueForm,
};
use crate::syntax::facts::{
    Attr, AttrArgs, Bound, Fields, Function, GenericArg, GenericParam, Generics, ImplFact, Item, ItemKind, Name, Path,
    Predicate, RawTokens, TraitFact, Type, VariantFact, Vis,
};
use std::collections::BTreeSet;

/// How far supertraits are followed.
const MAX_SUPERTRAITS: usize = 8;

/// An impl around a member: what its names stand for.
#[derive(Clone)]
pub(crate) struct Inside<'a> {
    normal: Normal<'a>,
    bounds: BTreeSet<String>,
    /// `Self` as text.
    pub(crate) self_text: String,
    /// The trait as text, where it is one's impl.
    pub(crate) trait_text: Option<String>,
    /// What `impl<…>` declares.
    blanket: bool,
}

/// An impl's header.
pub(crate) fn inside<'a>(
    around: Surroundings<'a>,
    module: ModuleId,
    fact: &ImplFact,
    condition: &Condition,
) -> Inside<'a> {
    let mut normal = Normal::new(around, module).under(condition);
    normal.declare(&fact.generics, "T", false);
    let self_text = normal.ty(&fact.self_ty);
    normal.self_text = Some(self_text.clone());
    normal.self_ty = around.crates.impl_scope(module, fact).self_ty;
    let trait_text = fact.trait_path.as_ref().map(|path| normal.path(path));
    for item in &fact.items {
        if let ItemKind::Alias { ty: Some(ty), generics, .. } = &item.kind
            && generics.params.is_empty()
        {
            let text = normal.ty(ty);
            normal.params.insert(Name::from(format!("Self::{}", item.name)), text);
        }
    }
    let bounds = normal.clauses(&fact.generics);
    normal.take_met();
    let is_parameter = |name: &str| {
        fact.generics.params.iter().any(|p| matches!(p, GenericParam::Type { name: own, .. } if own == name))
    };
    let mut ty = &fact.self_ty;
    while let Type::Ref { ty: inner, .. } = ty {
        ty = inner;
    }
    let blanket = matches!(ty, Type::Path { qself: None, path }
        if matches!(path.segments.as_slice(), [only] if is_parameter(&only.name)));
    Inside { normal, bounds, self_text, trait_text, blanket }
}

impl Inside<'_> {
    /// The form of the impl itself.
    pub(crate) fn form(&self, fact: &ImplFact) -> Form {
        let mut normal = self.normal.clone();
        let types = fact.items.iter().filter_map(|item| match &item.kind {
            ItemKind::Alias { ty: Some(ty), generics, .. } => {
                normal.declare(generics, "F", true);
                Some((item.name.to_string(), normal.ty(ty)))
            }
            _ => None,
        });
        let types = types.collect();
        Form::Impl(Box::new(ImplForm { bounds: self.bounds.clone(), types, blanket: self.blanket, derived: false }))
    }

    /// The form of a member of an inherent impl.
    pub(crate) fn member(&self, item: &Item) -> Form {
        let mut normal = self.normal.clone().under(&item.condition);
        match &item.kind {
            ItemKind::Fn(function) => {
                let mut form = function_form(&mut normal, function, &item.name, &item.attrs, false);
                form.generics.bounds.extend(self.bounds.iter().cloned());
                Form::Function(Box::new(form))
            }
            _ => value(&mut normal, item).map_or(Form::Text, |form| Form::Value(Box::new(form))),
        }
    }
}

/// The form of an item of a module.
pub(crate) fn of(around: Surroundings<'_>, module: ModuleId, item: &Item) -> Form {
    let mut normal = Normal::new(around, module).under(&item.condition);
    match &item.kind {
        ItemKind::Fn(function) => {
            Form::Function(Box::new(function_form(&mut normal, function, &item.name, &item.attrs, false)))
        }
        ItemKind::Struct { generics, fields } | ItemKind::Union { generics, fields } => {
            normal.declare(generics, "T", true);
            let mut form = plain(&mut normal, generics, &item.attrs);
            (form.layout, form.fields) = fields_form(&mut normal, fields, true);
            Form::Type(Box::new(form))
        }
        ItemKind::Enum { generics, variants } => {
            normal.declare(generics, "T", true);
            let mut form = plain(&mut normal, generics, &item.attrs);
            form.variants = variants
                .iter()
                .filter_map(|v| {
                    let own = given(&normal, &v.condition)?;
                    Some((v.name.to_string(), variant(&mut normal, v, &own)))
                })
                .collect();
            Form::Type(Box::new(form))
        }
        ItemKind::Trait(fact) => Form::Trait(Box::new(trait_form(normal, fact, item))),
        ItemKind::MacroRules(tokens) => {
            let writes = writes(around.crates, module, tokens);
            Form::Macro(Box::new(MacroForm { arms: arms(tokens), writes }))
        }
        _ => value(&mut normal, item).map_or(Form::Text, |form| Form::Value(Box::new(form))),
    }
}

fn value(normal: &mut Normal<'_>, item: &Item) -> Option<ValueForm> {
    Some(match &item.kind {
        ItemKind::Const { ty, .. } => {
            normal.elide_static();
            ValueForm { ty: normal.ty(ty), ..ValueForm::default() }
        }
        ItemKind::Static { ty, mutable, is_unsafe, .. } => {
            normal.elide_static();
            ValueForm { ty: normal.ty(ty), mutable: *mutable, is_unsafe: *is_unsafe, ..ValueForm::default() }
        }
        ItemKind::Alias { generics, bounds, ty } => {
            normal.declare(generics, "F", true);
            let ty = ty.as_ref().map(|ty| normal.ty(ty)).unwrap_or_default();
            ValueForm {
                ty,
                generics: generics_form(normal, generics),
                mutable: false,
                is_unsafe: false,
                bounds: normal.bounds(bounds).into_iter().collect(),
            }
        }
        _ => return None,
    })
}

fn generics_form(normal: &mut Normal<'_>, generics: &Generics) -> GenericsForm {
    let params = normal.parameters(generics);
    let lifetimes = generics.params.iter().filter(|p| matches!(p, GenericParam::Lifetime { .. })).count();
    GenericsForm { params, lifetimes, bounds: normal.clauses(generics) }
}

fn function_form(
    normal: &mut Normal<'_>,
    function: &Function,
    name: &str,
    attrs: &[Attr],
    in_trait: bool,
) -> FunctionForm {
    normal.declare(&function.generics, "F", false);
    normal.take_met();
    normal.elide(None);
    let receiver = function.receiver.as_ref().map(|ty| normal.ty(ty));
    let of_receiver = normal.take_met();
    let mut params = Vec::new();
    for param in &function.params {
        match given(normal, &param.condition) {
            Some(Condition::Always) => params.push(normal.ty(&param.ty)),
            Some(own) => params.push(format!("#[cfg({own})] {}", normal.ty(&param.ty))),
            None => {}
        }
    }
    let of_params: BTreeSet<String> = normal.take_met().into_iter().collect();
    let elided = of_receiver.first().cloned().or_else(|| of_params.first().filter(|_| of_params.len() == 1).cloned());
    normal.elide(elided);
    let inputs: BTreeSet<String> = of_receiver.into_iter().chain(of_params).collect();
    let ret = function.ret.as_ref().map_or_else(|| "()".to_owned(), |ty| normal.ty(ty));
    let (ret, captures) = captured(normal, function, ret, inputs, in_trait);
    normal.elide(None);
    let mut generics = generics_form(normal, &function.generics);
    // Not there for trait objects.
    if in_trait && super::object::asks_sized(&function.generics) {
        generics.bounds.insert("Self: std::marker::Sized".to_owned());
    }
    // Lifetimes of functions cannot be named by callers, save where they are bounded.
    generics.lifetimes = 0;
    FunctionForm {
        receiver,
        params,
        ret,
        generics,
        is_const: function.is_const,
        is_unsafe: function.is_unsafe,
        abi: function.abi.clone(),
        variadic: function.variadic,
        must_use: has(attrs, "must_use"),
        target_features: target_features(attrs),
        export: export(name, attrs),
        captures,
    }
}

/// What is returned, and the lifetimes that an `impl Trait` in it may hold: all of the inputs in an `async fn`, in a
/// trait and from edition 2024 on; else those that it names; those of `use<…>` where that is written.
fn captured(
    normal: &mut Normal<'_>,
    function: &Function,
    ret: String,
    inputs: BTreeSet<String>,
    in_trait: bool,
) -> (String, BTreeSet<String>) {
    let named: BTreeSet<String> = normal.take_met().into_iter().collect();
    let opaque = function.ret.as_ref().and_then(opaque);
    let mut captures = match opaque {
        _ if function.is_async => inputs,
        None => return (ret, BTreeSet::new()),
        Some(bounds) => match bounds.iter().find_map(|b| if let Bound::Use(names) = b { Some(names) } else { None }) {
            Some(names) => normal.lifetimes_among(names),
            None if in_trait || normal.around.edition() >= "2024" => inputs.union(&named).cloned().collect(),
            None => named,
        },
    };
    captures.remove("'static");
    if function.is_async {
        return (format!("impl std::future::Future<Output = {ret}>"), captures);
    }
    // What holds one lifetime and no type outlives that lifetime anyway.
    let mut held = captures.iter();
    let ret = match (held.next(), held.next()) {
        (Some(only), None) if normal.params.is_empty() => ret.replacen(&format!("impl {only} + "), "impl ", 1),
        _ => ret,
    };
    (ret, captures)
}

/// The bounds of the first `impl Trait` in a type.
fn opaque(ty: &Type) -> Option<&[Bound]> {
    match ty {
        Type::Impl(bounds) => Some(bounds),
        Type::Ref { ty, .. } | Type::Ptr { ty, .. } | Type::Slice(ty) | Type::Array(ty, _) => opaque(ty),
        Type::Tuple(types) => types.iter().find_map(opaque),
        Type::Path { path, .. } => path.segments.iter().flat_map(|s| &s.args).find_map(|arg| match arg {
            GenericArg::Type(ty) | GenericArg::Assoc(_, ty) => opaque(ty),
            _ => None,
        }),
        _ => None,
    }
}

fn plain(normal: &mut Normal<'_>, generics: &Generics, attrs: &[Attr]) -> TypeForm {
    let repr = attrs.iter().filter(|attr| is(attr, "repr")).filter_map(|attr| match &attr.args {
        AttrArgs::List(tokens) => Some(tokens),
        _ => None,
    });
    TypeForm {
        open: has(attrs, "non_exhaustive") || attrs.iter().any(|attr| opens(normal, attr)),
        guessed_of: attrs.iter().find_map(Attr::guessed_of).map(ToString::to_string),
        generics: generics_form(normal, generics),
        repr: repr.flat_map(RawTokens::parts).map(|part| part.normal()).collect(),
        must_use: has(attrs, "must_use"),
        ordered: is_ordered(attrs),
        ..TypeForm::default()
    }
}

fn fields_form(normal: &mut Normal<'_>, fields: &Fields, by_visibility: bool) -> (Layout, Vec<FieldForm>) {
    let (layout, list) = match fields {
        Fields::Unit => return (Layout::Unit, Vec::new()),
        Fields::Tuple(list) => (Layout::Tuple, list),
        Fields::Named(list) => (Layout::Named, list),
    };
    let out = list.iter().filter_map(|field| {
        let own = given(normal, &field.condition)?;
        Some(FieldForm {
            name: field.name.to_string(),
            ty: (!by_visibility || field.vis == Vis::Public).then(|| normal.ty(&field.ty)),
            condition: condition(&own),
            hidden: is_hidden(&field.attrs) || is_unpromised(&own),
            deprecated: has(&field.attrs, "deprecated"),
        })
    });
    (layout, out.collect())
}

/// A condition as the package's features make it; `None` where it never holds.
fn given(normal: &Normal<'_>, condition: &Condition) -> Option<Condition> {
    let own = normal.around.crates.given(normal.module, condition);
    (own != Condition::Never).then_some(own)
}

/// Is it there only under something that is unstable by its name?
fn is_unpromised(condition: &Condition) -> bool {
    condition.needs(&Condition::is_unstable).is_some()
}

fn condition(condition: &Condition) -> String {
    if *condition == Condition::Always { String::new() } else { condition.to_string() }
}

fn variant(normal: &mut Normal<'_>, variant: &VariantFact, own: &Condition) -> TypeForm {
    let (layout, fields) = fields_form(normal, &variant.fields, false);
    TypeForm {
        layout,
        fields,
        open: has(&variant.attrs, "non_exhaustive"),
        hidden: is_hidden(&variant.attrs) || is_unpromised(own),
        deprecated: has(&variant.attrs, "deprecated"),
        condition: condition(own),
        discriminant: variant.discriminant.as_ref().map(|tokens| normal.length(&tokens.normal())),
        ..TypeForm::default()
    }
}

fn trait_form(mut normal: Normal<'_>, fact: &TraitFact, item: &Item) -> TraitForm {
    normal.declare(&fact.generics, "T", true);
    let mut generics = generics_form(&mut normal, &fact.generics);
    let mut supertraits: BTreeSet<String> = normal.bounds(&fact.supertraits).into_iter().collect();
    let of_self: Vec<String> = generics.bounds.iter().filter(|b| b.starts_with("Self: ")).cloned().collect();
    for bound in of_self {
        generics.bounds.remove(&bound);
        supertraits.extend(bound.strip_prefix("Self: ").map(str::to_owned));
    }
    let mut members = std::collections::BTreeMap::new();
    for member in &fact.items {
        let Some(own) = given(&normal, &member.condition) else { continue };
        let mut inner = normal.clone();
        let (word, form, provided) = match &member.kind {
            ItemKind::Fn(function) => {
                let form = function_form(&mut inner, function, &member.name, &member.attrs, true);
                ("fn", Form::Function(Box::new(form)), function.has_body)
            }
            ItemKind::Const { value: set, .. } => {
                ("const", value(&mut inner, member).map_or(Form::Text, |f| Form::Value(Box::new(f))), set.is_some())
            }
            ItemKind::Alias { ty, .. } => {
                ("type", value(&mut inner, member).map_or(Form::Text, |f| Form::Value(Box::new(f))), ty.is_some())
            }
            _ => continue,
        };
        let form = MemberForm {
            item: word.to_owned(),
            form,
            provided,
            hidden: is_hidden(&member.attrs) || is_unpromised(&own),
            deprecated: has(&member.attrs, "deprecated"),
            condition: condition(&own),
        };
        members.insert(member.name.to_string(), form);
    }
    let token = |form: &Form| match form {
        Form::Function(f) => f.params.iter().chain([&f.ret]).any(|p| p.contains("~::") && !p.starts_with("impl ")),
        _ => false,
    };
    let closed = members.values().any(|m: &MemberForm| !m.provided && (m.hidden || token(&m.form)));
    let sealed = closed || supertraits.iter().any(|s| s.starts_with("~::")) || is_sealed(&normal, fact);
    TraitForm {
        generics,
        supertraits,
        is_unsafe: fact.is_unsafe,
        is_auto: fact.is_auto,
        sealed,
        members,
        must_use: has(&item.attrs, "must_use"),
        not_dyn: super::object::obstacle(&normal, fact),
    }
}

/// Is a supertrait one that nobody outside can name, at any remove?
fn is_sealed(normal: &Normal<'_>, fact: &TraitFact) -> bool {
    let (crates, around) = (normal.around.crates, normal.around);
    let mut queue: Vec<(ModuleId, &TraitFact)> = vec![(normal.module, fact)];
    let mut seen: BTreeSet<DefId> = BTreeSet::new();
    while let Some((module, fact)) = queue.pop() {
        let of_self = fact.generics.predicates.iter().filter_map(|predicate| match predicate {
            Predicate::Type { ty: Type::Path { qself: None, path }, bounds, .. } if is_self(path) => Some(bounds),
            _ => None,
        });
        for bound in fact.supertraits.iter().chain(of_self.flatten()) {
            let Bound::Trait { path, maybe: false, .. } = bound else { continue };
            let Resolved::Def(def) = crates.resolve(module, path, Namespace::Type) else { continue };
            if crates.package_of(def) != Some(around.package) {
                continue;
            }
            if !around.surface.items.contains_key(&def) {
                return true;
            }
            if seen.len() < MAX_SUPERTRAITS
                && seen.insert(def)
                && let Some(found) = crates.def(def)
                && let ItemKind::Trait(fact) = &found.item.kind
            {
                queue.push((found.module, fact));
            }
        }
    }
    false
}

fn is_self(path: &Path) -> bool {
    matches!(path.segments.as_slice(), [only] if only.name == "Self")
}

/// Attribute macros known to add `#[non_exhaustive]`: Ruma's `#[request]` and `#[response]`.
fn opens(normal: &Normal<'_>, attr: &Attr) -> bool {
    let last = attr.path.last().map(Name::as_str);
    matches!(last, Some("request" | "response"))
        && normal.around.crates.macro_path(normal.module, &attr.path).starts_with("ruma_common::api::")
}
