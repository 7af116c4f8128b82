//! Types, paths and bounds as normalised text: one text for what Rust code cannot tell apart.

use super::standard::{is_standard_object, standard_path};
use crate::extract::crates::{Crates, DefId, ModuleId, Namespace, Resolved, Scope, Surface, Ty, is_primitive};
use crate::model::Condition;
use crate::syntax::facts::{Bound, GenericArg, GenericParam, Generics, ItemKind, Name, Path, RawTokens, Segment, Type};
use std::collections::{BTreeMap, BTreeSet};

/// How deep types and aliases are followed.
const MAX_DEPTH: u32 = 64;
/// How many nodes one text may come from; a type that doubles with every alias ends here.
const MAX_NODES: u32 = 20_000;

/// What the names of a public surface are read against.
#[derive(Clone, Copy)]
pub(crate) struct Surroundings<'a> {
    pub(crate) crates: &'a Crates,
    pub(crate) surface: &'a Surface,
    pub(crate) package: usize,
}

impl Surroundings<'_> {
    /// The public path of a definition; what nobody outside can name has none, and is called by its last segment.
    pub(crate) fn name(&self, def: DefId) -> String {
        if let Some(reached) = self.surface.items.get(&def) {
            return reached.path.clone();
        }
        let path = self.crates.def(def).map_or("?", |d| d.path);
        if self.crates.package_of(def) == Some(self.package) {
            let last = path.rsplit("::").next().unwrap_or(path);
            let name = format!("~::{last}");
            if let Ok(mut unnamed) = self.surface.unnamed.lock() {
                unnamed.entry(name.clone()).or_default().insert(def);
            }
            return name;
        }
        path.to_owned()
    }
}

impl Surroundings<'_> {
    /// The edition of the package.
    pub(crate) fn edition(&self) -> &str {
        self.crates.packages().nth(self.package).map_or("2021", |(_, package, _)| package.edition.as_str())
    }
}

/// What a lifetime that is not written stands for.
#[derive(Clone)]
enum Elided {
    /// One of its own.
    Fresh,
    /// This one.
    Is(String),
}

/// Writes one signature.
#[derive(Clone)]
pub(super) struct Normal<'a> {
    pub(super) around: Surroundings<'a>,
    pub(super) module: ModuleId,
    /// What generic names stand for, `Self::Item` too.
    pub(super) params: BTreeMap<Name, String>,
    pub(super) self_text: Option<String>,
    /// The same for values: what `Self::LENGTH` is a constant of.
    pub(super) self_ty: Option<Ty>,
    /// Lifetimes by name; empty: one of a `for<…>` that has not been met yet.
    pub(super) lifetimes: BTreeMap<Name, String>,
    next_lifetime: usize,
    elided: Elided,
    /// Lifetimes met, in order.
    pub(super) met: Vec<String>,
    /// Fresh lifetimes belong to the innermost binder.
    pub(super) bound: bool,
    pub(super) next_bound: usize,
    /// Bounds of associated types are said elsewhere.
    pub(super) bounds_apart: bool,
    /// The condition of the item, and where it stands.
    under: Option<(ModuleId, Condition)>,
    depth: u32,
    nodes: u32,
}

impl<'a> Normal<'a> {
    pub(super) fn new(around: Surroundings<'a>, module: ModuleId) -> Self {
        Self {
            around,
            module,
            params: BTreeMap::new(),
            self_text: None,
            self_ty: None,
            lifetimes: BTreeMap::new(),
            next_lifetime: 0,
            elided: Elided::Fresh,
            met: Vec::new(),
            bound: false,
            next_bound: 0,
            bounds_apart: false,
            under: None,
            depth: 0,
            nodes: 0,
        }
    }

    /// The names of an item of this condition.
    pub(super) fn under(mut self, condition: &Condition) -> Self {
        let own = match self.under.take() {
            Some((_, around)) => around.and(condition.clone()),
            None => condition.clone(),
        };
        self.under = (own != Condition::Always).then_some((self.module, own));
        self
    }

    /// What a path of a type names here.
    fn resolve(&self, path: &Path) -> Resolved {
        let crates = self.around.crates;
        match &self.under {
            Some((home, under)) if crates.in_one_crate(*home, self.module) => {
                crates.resolve_under(self.module, path, Namespace::Type, under)
            }
            _ => crates.resolve(self.module, path, Namespace::Type),
        }
    }

    /// Gives type and const parameters their positions, and lifetimes too where the item declares them by order.
    pub(super) fn declare(&mut self, generics: &Generics, prefix: &str, lifetimes: bool) {
        let mut count = 0;
        for param in &generics.params {
            match param {
                GenericParam::Lifetime { name, .. } if lifetimes => {
                    self.named(name);
                }
                GenericParam::Lifetime { name, .. } => {
                    self.lifetimes.remove(name);
                }
                GenericParam::Type { name, .. } | GenericParam::Const { name, .. } => {
                    self.params.insert(name.clone(), format!("{prefix}{count}"));
                    count += 1;
                }
            }
        }
    }

    /// Lifetimes left out from here on are `'static`.
    pub(super) fn elide_static(&mut self) {
        self.elided = Elided::Is("'static".to_owned());
    }

    /// Forgets which lifetimes were met, and says which.
    pub(super) fn take_met(&mut self) -> Vec<String> {
        std::mem::take(&mut self.met)
    }

    /// Lifetimes left out from here on are this one, or one of their own each.
    pub(super) fn elide(&mut self, lifetime: Option<String>) {
        self.elided = lifetime.map_or(Elided::Fresh, Elided::Is);
    }

    /// Those of the names that are lifetimes.
    pub(super) fn lifetimes_among(&self, names: &[Name]) -> BTreeSet<String> {
        names.iter().filter_map(|name| self.lifetimes.get(name)).filter(|text| !text.is_empty()).cloned().collect()
    }

    fn fresh(&mut self) -> String {
        if self.bound {
            self.next_bound += 1;
            format!("'b{}", self.next_bound - 1)
        } else {
            self.next_lifetime += 1;
            format!("'{}", self.next_lifetime - 1)
        }
    }

    fn elided(&mut self) -> String {
        let text = match &self.elided {
            Elided::Is(text) => text.clone(),
            Elided::Fresh => self.fresh(),
        };
        self.met.push(text.clone());
        text
    }

    pub(super) fn named(&mut self, name: &Name) -> String {
        let text = match (name.as_str(), self.lifetimes.get(name)) {
            ("static", _) => return "'static".to_owned(),
            ("_", _) => return self.elided(),
            (_, Some(text)) if !text.is_empty() => text.clone(),
            (_, found) => {
                let text = if found.is_some() {
                    self.next_bound += 1;
                    format!("'b{}", self.next_bound - 1)
                } else {
                    self.next_lifetime += 1;
                    format!("'{}", self.next_lifetime - 1)
                };
                self.lifetimes.insert(name.clone(), text.clone());
                text
            }
        };
        self.met.push(text.clone());
        text
    }

    pub(super) fn ty(&mut self, ty: &Type) -> String {
        self.nodes += 1;
        if self.depth >= MAX_DEPTH || self.nodes > MAX_NODES {
            return "…".to_owned();
        }
        self.depth += 1;
        let out = self.ty_inner(ty);
        self.depth -= 1;
        out
    }

    fn ty_inner(&mut self, ty: &Type) -> String {
        match ty {
            Type::Path { qself: Some(qself), path } => self.projection(&qself.0, qself.1, path),
            Type::Path { qself: None, path } if self.is_object(path) => self.dynamic(&[bare_object(path)], false),
            Type::Path { qself: None, path } => self.path(path),
            Type::Ref { lifetime, mutable, ty } => {
                let lifetime = match lifetime {
                    Some(name) => self.named(name),
                    None => self.elided(),
                };
                let inner = match &**ty {
                    Type::Dyn(bounds) => self.dynamic(bounds, true),
                    Type::Path { qself: None, path } if self.is_object(path) => {
                        self.dynamic(&[bare_object(path)], true)
                    }
                    other => self.ty(other),
                };
                format!("&{lifetime} {}{inner}", if *mutable { "mut " } else { "" })
            }
            Type::Ptr { mutable, ty } => format!("*{} {}", if *mutable { "mut" } else { "const" }, self.ty(ty)),
            Type::Slice(ty) => format!("[{}]", self.ty(ty)),
            Type::Array(ty, length) => {
                let inner = self.ty(ty);
                format!("[{inner}; {}]", self.length(length))
            }
            Type::Tuple(types) => {
                let list: Vec<String> = types.iter().map(|t| self.ty(t)).collect();
                if list.len() == 1 { format!("({},)", list.concat()) } else { format!("({})", list.join(", ")) }
            }
            Type::FnPtr(pointer) => {
                let abi = pointer.abi.as_ref().map(|abi| format!("extern \"{abi}\" ")).unwrap_or_default();
                let call = self.call(&pointer.lifetimes, &pointer.params, pointer.ret.as_ref());
                let dots = if pointer.variadic { " ..." } else { "" };
                format!("{}{abi}fn{call}{dots}", if pointer.is_unsafe { "unsafe " } else { "" })
            }
            Type::Impl(bounds) => format!("impl {}", self.bounds(bounds).join(" + ")),
            Type::Dyn(bounds) => self.dynamic(bounds, false),
            Type::Never => "!".to_owned(),
            Type::Infer => "_".to_owned(),
            Type::Macro(text) | Type::Other(text) => text.clone(),
        }
    }

    /// Is it a trait object without `dyn`, as the editions before 2021 have them?
    fn is_object(&self, path: &Path) -> bool {
        let Some(last) = path.segments.last().filter(|_| self.around.edition() < "2021") else { return false };
        if last.call.is_some() {
            return true;
        }
        if path.segments.len() == 1 && !path.global && self.params.contains_key(last.name.as_str()) {
            return false;
        }
        match self.resolve(path) {
            Resolved::Def(def) => {
                self.around.crates.def(def).is_some_and(|found| matches!(found.item.kind, ItemKind::Trait(_)))
            }
            Resolved::Foreign(name) => is_standard_object(&standard_path(&name)),
            _ => false,
        }
    }

    fn dynamic(&mut self, bounds: &[Bound], behind_reference: bool) -> String {
        let mut texts = self.bounds(bounds);
        // `Box<dyn T>` is `Box<dyn T + 'static>`; behind a reference it is another lifetime.
        if !behind_reference {
            texts.retain(|text| text != "'static");
        }
        let text = format!("dyn {}", texts.join(" + "));
        if behind_reference && texts.len() > 1 { format!("({text})") } else { text }
    }

    /// `(A, B) -> C` with lifetimes of its own.
    fn call(&mut self, lifetimes: &[Name], params: &[Type], ret: Option<&Type>) -> String {
        let saved = (self.lifetimes.clone(), self.elided.clone(), std::mem::take(&mut self.met), self.bound);
        for name in lifetimes {
            self.lifetimes.insert(name.clone(), String::new());
        }
        self.bound = true;
        self.elided = Elided::Fresh;
        let list: Vec<String> = params.iter().map(|t| self.ty(t)).collect();
        let met: BTreeSet<String> = self.met.drain(..).collect();
        let only = met.first().filter(|_| met.len() == 1).cloned();
        self.elide(only);
        let ret = ret.map(|t| self.ty(t)).filter(|text| text != "()");
        let bound_names: Vec<Name> = lifetimes.to_vec();
        let now = std::mem::replace(&mut self.lifetimes, saved.0);
        // Names of the surroundings that were first met inside keep their number.
        for (name, text) in now {
            if !bound_names.contains(&name) {
                self.lifetimes.insert(name, text);
            }
        }
        (self.elided, self.met, self.bound) = (saved.1, saved.2, saved.3);
        if !self.bound {
            self.next_bound = 0;
        }
        format!("({}){}", list.join(", "), ret.map(|ret| format!(" -> {ret}")).unwrap_or_default())
    }

    pub(super) fn length(&self, text: &str) -> String {
        if let Some(param) = self.params.get(text) {
            return param.clone();
        }
        let crates = self.around.crates;
        let scope = Scope { module: self.module, params: BTreeMap::new(), self_ty: self.self_ty.clone() };
        if let Some(number) = crates.length(&scope, text) {
            return number.to_string();
        }
        let path = RawTokens::from(text).path();
        // What a function makes of it is not known: that it is another function is.
        let with_code = |scope: &Scope, tokens: &RawTokens| match crates.code_of_calls(scope, tokens) {
            Some(code) => format!("{} /* {:04x} */", tokens.normal(), code & 0xffff),
            None => tokens.normal(),
        };
        let Some(path) = path else { return with_code(&scope, &RawTokens::from(text)) };
        match crates.resolve(self.module, &path, Namespace::Value) {
            // What is not known of it is whence its value comes.
            Resolved::Def(def) => match crates.const_value(&scope, &path) {
                Some((value, inner)) => with_code(&inner, value),
                None => self.around.name(def),
            },
            Resolved::Foreign(path) => path,
            _ => text.to_owned(),
        }
    }

    /// `<T as Trait>::Name`; for a parameter it is written `T::Name`.
    fn projection(&mut self, base: &Type, of_trait: usize, path: &Path) -> String {
        let (head, rest) = path.segments.split_at_checked(of_trait).unwrap_or((&[], &path.segments));
        if let ([only], false) = (rest, head.is_empty()) {
            let of_trait = Path { global: path.global, segments: head.to_vec() };
            if let Some(text) = self.implemented(base, &of_trait, &only.name) {
                return text;
            }
        }
        let base = self.ty(base);
        let mut out = base.clone();
        let plain = base.chars().all(|c| c.is_ascii_alphanumeric());
        if !plain && !head.is_empty() {
            let head = Path { global: path.global, segments: head.to_vec() };
            out = format!("<{base} as {}>", self.path(&head));
        }
        for segment in rest {
            out.push_str("::");
            out.push_str(&segment.name);
            out.push_str(&self.arguments(segment, None));
        }
        out
    }

    pub(super) fn path(&mut self, path: &Path) -> String {
        let [first, rest @ ..] = path.segments.as_slice() else { return String::new() };
        if !path.global {
            if let ("Self", [member, ..]) = (first.name.as_str(), rest)
                && let Some(text) = self.params.get(format!("Self::{}", member.name).as_str())
            {
                return text.clone();
            }
            let base = match first.name.as_str() {
                "Self" => Some(self.self_text.clone().unwrap_or_else(|| "Self".to_owned())),
                name => self.params.get(name).cloned(),
            };
            if let Some(mut out) = base {
                for segment in rest {
                    out.push_str("::");
                    out.push_str(&segment.name);
                    out.push_str(&self.arguments(segment, None));
                }
                return out;
            }
        }
        let Some(last) = path.segments.last() else { return String::new() };
        let crates = self.around.crates;
        match self.resolve(path) {
            Resolved::Def(def) => self.definition(def, last),
            Resolved::Foreign(name) => self.foreign(&name, last),
            Resolved::Primitive(name) => name.to_string(),
            Resolved::Member(def, name) => format!("{}::{name}", self.around.name(def)),
            Resolved::Module(module) => crates.module_path(module).to_owned(),
            Resolved::Unresolved => match crates.resolve(self.module, path, Namespace::Value) {
                Resolved::Def(_) => self.length(&path_text(path)),
                _ => {
                    let arguments = self.arguments(last, None);
                    format!("{}{arguments}", last.name)
                }
            },
        }
    }

    fn foreign(&mut self, name: &str, last: &Segment) -> String {
        let arguments = self.arguments(last, None);
        let name = standard_path(name);
        let name = name.as_ref();
        let inner = arguments.strip_prefix('<').and_then(|text| text.strip_suffix('>'));
        if let Some(primitive) = name.strip_prefix("std::primitive::").or_else(|| name.strip_prefix("std::"))
            && is_primitive(primitive)
        {
            // `use std::usize;` binds a module, which stands in nobody's way as a type.
            return primitive.to_owned();
        }
        if let Some(number) = non_zero(name) {
            return format!("std::num::NonZero<{number}>");
        }
        match (name, inner) {
            ("std::fmt::Result", None) => "std::result::Result<(), std::fmt::Error>".to_owned(),
            ("std::io::Result", Some(inner)) => format!("std::result::Result<{inner}, std::io::Error>"),
            ("std::thread::Result", Some(inner)) => {
                format!("std::result::Result<{inner}, std::boxed::Box<dyn std::any::Any + std::marker::Send>>")
            }
            ("std::sync::LockResult", Some(inner)) => {
                format!("std::result::Result<{inner}, std::sync::PoisonError<{inner}>>")
            }
            ("std::collections::HashMap" | "std::collections::HashSet", Some(inner)) => {
                let inner = inner.strip_suffix(", std::hash::RandomState").unwrap_or(inner);
                format!("{name}<{inner}>")
            }
            ("std::fmt::Formatter" | "std::fmt::Arguments" | "std::task::Context", None) => {
                format!("{name}<{}>", self.elided())
            }
            _ => format!("{name}{arguments}"),
        }
    }

    fn definition(&mut self, def: DefId, last: &Segment) -> String {
        let crates = self.around.crates;
        let Some(found) = crates.def(def) else { return "?".to_owned() };
        match &found.item.kind {
            ItemKind::Alias { generics, ty: Some(ty), .. } if self.depth < MAX_DEPTH => {
                let bound = self.bind(found.module, generics, last);
                let saved = (
                    std::mem::replace(&mut self.module, found.module),
                    std::mem::replace(&mut self.params, bound.0),
                    std::mem::replace(&mut self.lifetimes, bound.1),
                    self.self_text.take(),
                );
                let out = self.ty(ty);
                (self.module, self.params, self.lifetimes, self.self_text) = saved;
                out
            }
            ItemKind::Struct { generics, .. } | ItemKind::Enum { generics, .. } | ItemKind::Union { generics, .. } => {
                let arguments = self.arguments(last, Some((def, generics)));
                format!("{}{arguments}", self.around.name(def))
            }
            ItemKind::Trait(fact) => {
                let lifetimes: Vec<GenericParam> = fact
                    .generics
                    .params
                    .iter()
                    .filter(|p| matches!(p, GenericParam::Lifetime { .. }))
                    .cloned()
                    .collect();
                let generics = Generics { params: lifetimes, ..Generics::default() };
                let of = (!generics.params.is_empty()).then_some((def, &generics));
                let arguments = self.arguments(last, of);
                format!("{}{arguments}", self.around.name(def))
            }
            ItemKind::TraitAlias => {
                let arguments = self.arguments(last, None);
                format!("{}{arguments}", self.around.name(def))
            }
            _ => self.around.name(def),
        }
    }

    /// What an alias's parameters stand for under these arguments.
    fn bind(
        &mut self,
        module: ModuleId,
        generics: &Generics,
        last: &Segment,
    ) -> (BTreeMap<Name, String>, BTreeMap<Name, String>) {
        let (mut params, mut lifetimes) = (BTreeMap::new(), BTreeMap::new());
        let mut given_lifetimes = Vec::new();
        let mut given = Vec::new();
        for arg in &last.args {
            match arg {
                GenericArg::Lifetime(name) => given_lifetimes.push(self.named(name)),
                GenericArg::Type(ty) => given.push(self.ty(ty)),
                GenericArg::Const(text) => given.push(self.length(text)),
                GenericArg::Assoc(..) | GenericArg::Bounds(..) => {}
            }
        }
        let (mut given_lifetimes, mut given) = (given_lifetimes.into_iter(), given.into_iter());
        for param in &generics.params {
            match param {
                GenericParam::Lifetime { name, .. } => {
                    let text = given_lifetimes.next().unwrap_or_else(|| self.elided());
                    lifetimes.insert(name.clone(), text);
                }
                GenericParam::Type { name, default, .. } => {
                    let text = match (given.next(), default) {
                        (Some(text), _) => text,
                        (None, Some(ty)) => self.elsewhere(module, &params, ty),
                        (None, None) => "_".to_owned(),
                    };
                    params.insert(name.clone(), text);
                }
                GenericParam::Const { name, default, .. } => {
                    let text = given.next().or_else(|| default.clone()).unwrap_or_else(|| "_".to_owned());
                    params.insert(name.clone(), text);
                }
            }
        }
        (params, lifetimes)
    }

    /// A type written in another module, where parameters stand for these.
    fn elsewhere(&mut self, module: ModuleId, params: &BTreeMap<Name, String>, ty: &Type) -> String {
        let saved = (
            std::mem::replace(&mut self.module, module),
            std::mem::replace(&mut self.params, params.clone()),
            self.self_text.take(),
        );
        let out = self.ty(ty);
        (self.module, self.params, self.self_text) = saved;
        out
    }

    /// What an implementation without parameters, of this side, makes of an associated type.
    fn implemented(&mut self, base: &Type, of_trait: &Path, name: &str) -> Option<String> {
        let (own, module, ty) = self.implementation(base, of_trait, name)?;
        let saved = (
            std::mem::replace(&mut self.module, module),
            std::mem::take(&mut self.params),
            self.self_text.replace(own),
        );
        let out = self.ty(ty);
        (self.module, self.params, self.self_text) = saved;
        Some(out)
    }

    /// The type that an implementation without parameters, of this side, gives an associated type, where it stands, and
    /// the text of the type that it is for.
    pub(super) fn implementation(
        &mut self,
        base: &Type,
        of_trait: &Path,
        name: &str,
    ) -> Option<(String, ModuleId, &'a Type)> {
        let Type::Path { qself: None, path } = base else { return None };
        let crates = self.around.crates;
        let Resolved::Def(def) = crates.resolve(self.module, path, Namespace::Type) else { return None };
        let wanted = crates.trait_path(self.module, of_trait);
        let found = crates.impls_for(def).into_iter().filter_map(|(item, module)| match &item.kind {
            ItemKind::Impl(fact) if fact.generics.params.is_empty() => {
                let of = fact.trait_path.as_ref()?;
                let plain = of.segments.iter().chain(&of_trait.segments).all(|segment| segment.args.is_empty());
                let ty = fact.items.iter().find_map(|item| match &item.kind {
                    ItemKind::Alias { ty: Some(ty), generics, .. } if item.name == name => {
                        generics.params.is_empty().then_some(ty)
                    }
                    _ => None,
                })?;
                (plain && crates.trait_path(module, of) == wanted).then_some((module, &fact.self_ty, ty))
            }
            _ => None,
        });
        let found: Vec<(ModuleId, &Type, &Type)> = found.collect();
        if found.is_empty() || self.depth >= MAX_DEPTH {
            return None;
        }
        let own = self.ty(base);
        // Of several, the one for these arguments.
        found.into_iter().find_map(|(module, of, ty)| {
            let mut there = Normal::new(self.around, module);
            there.depth = self.depth + 1;
            (there.ty(of) == own).then(|| (own.clone(), module, ty))
        })
    }

    /// `<…>` of a segment; for a type of this side, with what was left out.
    fn arguments(&mut self, last: &Segment, of: Option<(DefId, &Generics)>) -> String {
        if let Some(call) = &last.call {
            return self.call(&[], &call.0, call.1.as_ref());
        }
        let mut lifetimes = Vec::new();
        let mut types = Vec::new();
        let mut named = Vec::new();
        for arg in &last.args {
            match arg {
                GenericArg::Lifetime(name) => lifetimes.push(self.named(name)),
                GenericArg::Type(ty) => types.push(self.ty(ty)),
                GenericArg::Const(text) => types.push(self.length(text)),
                GenericArg::Assoc(name, ty) => named.push(format!("{name} = {}", self.ty(ty))),
                GenericArg::Bounds(..) if self.bounds_apart => {}
                GenericArg::Bounds(name, bounds) => named.push(format!("{name}: {}", self.bounds(bounds).join(" + "))),
            }
        }
        if let Some((def, generics)) = of {
            let module = self.around.crates.def(def).map_or(self.module, |d| d.module);
            let wanted = generics.params.iter().filter(|p| matches!(p, GenericParam::Lifetime { .. })).count();
            while lifetimes.len() < wanted {
                lifetimes.push(self.elided());
            }
            let mut params = BTreeMap::new();
            let mut position = 0;
            for param in &generics.params {
                let (name, default) = match param {
                    GenericParam::Lifetime { .. } => continue,
                    GenericParam::Type { name, default, .. } => {
                        (name, default.as_ref().map(|ty| self.elsewhere(module, &params, ty)))
                    }
                    GenericParam::Const { name, default, .. } => (name, default.clone()),
                };
                if let (None, Some(default)) = (types.get(position), default) {
                    types.push(default);
                }
                if let Some(text) = types.get(position) {
                    params.insert(name.clone(), text.clone());
                }
                position += 1;
            }
        }
        named.sort();
        let all: Vec<String> = lifetimes.into_iter().chain(types).chain(named).collect();
        if all.is_empty() { String::new() } else { format!("<{}>", all.join(", ")) }
    }
}

/// The bound of a trait object that is written without `dyn`.
pub(super) fn bare_object(path: &Path) -> Bound {
    Bound::Trait { maybe: false, lifetimes: Vec::new(), path: path.clone() }
}

/// A path of names alone, as written.
fn path_text(path: &Path) -> String {
    let names: Vec<&str> = path.segments.iter().map(|segment| segment.name.as_str()).collect();
    names.join("::")
}

/// `u16` of `std::num::NonZeroU16`.
fn non_zero(name: &str) -> Option<String> {
    let number = name.strip_prefix("std::num::NonZero")?.to_lowercase();
    is_primitive(&number).then_some(number)
}
