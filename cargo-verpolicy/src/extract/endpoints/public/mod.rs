//! Public items: those that marks speak of, and, where the caller asks, all others.

mod impls;
mod manifest;
mod texts;
mod unnamed;

use super::super::crates::{Crates, DefId, ModuleId, Namespace, Reached, Resolved, Scope, Surface, Target, is_hidden};
use super::super::framework::Site;
use super::super::signature::{self, Surroundings};
use super::{Assembly, deprecated_by};
use crate::model::{
    Condition, Endpoint, EndpointContent, EndpointKey, Form, Kind, Lifetime, MacroForm, Published, Signature, Stability,
};
use crate::package::Package;
use crate::syntax::facts::{Attr, Item, ItemKind, Name, Pos, Type, UseLeaf, Vis};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use texts::{specialised, without_lifetimes};

/// One public item.
#[derive(Clone, Debug)]
pub(super) struct PublicItem<'a> {
    /// Its canonical public path.
    pub(super) path: String,
    /// All its public paths.
    pub(super) paths: BTreeSet<String>,
    /// The item that it is a part of.
    pub(super) owner: Option<String>,
    /// What it looks like.
    pub(super) form: Form,
    /// `fn`, `struct`, …
    pub(super) word: &'static str,
    pub(super) text: String,
    pub(super) condition: Condition,
    pub(super) module: ModuleId,
    pub(super) pos: Pos,
    attrs: &'a [Attr],
    pub(super) documented: bool,
    /// The path of its definition.
    pub(super) handler: String,
}

/// The public items of a package.
#[derive(Debug, Default)]
pub(super) struct Public<'a> {
    items: Vec<PublicItem<'a>>,
    by_place: HashMap<(ModuleId, Pos), Vec<usize>>,
}

impl<'a> Public<'a> {
    fn of(crates: &'a Crates, package: usize) -> Self {
        let surface = crates.surface(package);
        let mut conditions: HashMap<String, Condition> = HashMap::new();
        for reached in surface.items.values() {
            let known = conditions.entry(reached.path.clone()).or_insert(Condition::Never);
            *known = std::mem::take(known).or(reached.condition.clone());
        }
        let mut reader = Reader {
            around: Surroundings { crates, surface: &surface, package },
            crates,
            conditions,
            inference: signature::Inference::new(Surroundings { crates, surface: &surface, package }),
            macro_versions: HashMap::new(),
            out: Vec::new(),
        };
        for (def, reached) in &surface.items {
            reader.item(*def, reached);
        }
        reader.impls(package, None);
        reader.unnamed(package);
        reader.objects(package);
        reader.asked_for(package);
        reader.elsewhere(&surface);
        reader.symbols(package);
        let items = merged(reader.out);
        let mut by_place: HashMap<(ModuleId, Pos), Vec<usize>> = HashMap::new();
        for (index, item) in items.iter().enumerate() {
            by_place.entry((item.module, item.pos)).or_default().push(index);
        }
        Self { items, by_place }
    }

    /// The item that stands here.
    pub(super) fn find(&self, module: ModuleId, pos: Pos, word: &str) -> Option<&PublicItem<'a>> {
        let found = self.by_place.get(&(module, pos))?;
        found.iter().filter_map(|index| self.items.get(*index)).find(|item| {
            // A function is what a procedural macro is made of.
            item.word == word || item.word == "macro" && word == "fn"
        })
    }

    /// The items that a `use` in a module brings in, each with the public path that it gets there.
    pub(super) fn brought_in(
        &self,
        crates: &Crates,
        module: ModuleId,
        leaf: &UseLeaf,
    ) -> Vec<(String, PublicItem<'a>)> {
        let here = format!("{}::", crates.module_path(module));
        let named = |names: &[Name]| -> BTreeSet<(ModuleId, Pos)> {
            let spaces = [Namespace::Type, Namespace::Value, Namespace::Macro];
            let found = spaces.map(|space| crates.resolve_names(module, leaf.global, names, space));
            let defs =
                found.into_iter().filter_map(|found| if let Resolved::Def(id) = found { Some(id) } else { None });
            defs.filter_map(|id| crates.def(id)).map(|def| (def.module, def.item.pos)).collect()
        };
        let Some(name) = &leaf.name else {
            let inside = |item: &&PublicItem<'a>| item.owner.is_none();
            let path = |item: &PublicItem<'a>| {
                let own = item.paths.iter().find(|path| {
                    let Some(name) = path.strip_prefix(&here).map(|name| name.trim_end_matches('!')) else {
                        return false;
                    };
                    let names: Vec<Name> = leaf.path.iter().cloned().chain([Name::new(name)]).collect();
                    !name.contains("::") && named(&names).contains(&(item.module, item.pos))
                });
                own.cloned()
            };
            return self.items.iter().filter(inside).filter_map(|item| Some((path(item)?, item.clone()))).collect();
        };
        let path = format!("{here}{name}");
        let places = named(&leaf.path);
        let items = places.iter().filter_map(|place| self.by_place.get(place)).flatten();
        let items = items.filter_map(|index| self.items.get(*index)).filter(|item| item.owner.is_none());
        let path_of = |item: &PublicItem<'a>| {
            let own = item.paths.iter().find(|own| own.trim_end_matches('!') == path);
            own.unwrap_or(&item.path).clone()
        };
        items.map(|item| (path_of(item), item.clone())).collect()
    }
}

/// One item under several conditions that looks the same under all of them is one item.
fn merged(items: Vec<PublicItem<'_>>) -> Vec<PublicItem<'_>> {
    let mut out: Vec<PublicItem<'_>> = Vec::with_capacity(items.len());
    let mut by_path: HashMap<(String, &'static str), Vec<usize>> = HashMap::new();
    for item in items {
        let same = by_path.entry((item.path.clone(), item.word)).or_default();
        let twin = same.iter().copied().find(|index| {
            out.get(*index).is_some_and(|other| match (&other.form, &item.form) {
                (Form::Text, Form::Text) => other.text == item.text,
                (Form::Impl(a), Form::Impl(b)) => (&a.bounds, &a.types) == (&b.bounds, &b.types),
                (a, b) => a == b,
            })
        });
        match twin.and_then(|index| out.get_mut(index)) {
            Some(other) => {
                other.condition = std::mem::take(&mut other.condition).or(item.condition);
                other.paths.extend(item.paths);
            }
            None => {
                same.push(out.len());
                out.push(item);
            }
        }
    }
    out
}

struct Reader<'a, 's> {
    around: Surroundings<'s>,
    crates: &'a Crates,
    /// Under which condition each public item is there, by its path.
    conditions: HashMap<String, Condition>,
    inference: signature::Inference<'s>,
    /// States of the code of macros, by path.
    macro_versions: HashMap<String, String>,
    out: Vec<PublicItem<'a>>,
}

impl<'a> Reader<'a, '_> {
    fn item(&mut self, def: DefId, reached: &Reached) {
        let crates = self.crates;
        let Some(found) = crates.def(def) else { return };
        let Some(word) = word(found.item) else { return };
        let mut form = match reached.path.ends_with('!') && word == "fn" {
            true => Form::Macro(Box::new(MacroForm {
                arms: signature::helper_attributes(&found.item.attrs),
                ..MacroForm::default()
            })),
            false => signature::of(self.around, found.module, found.item),
        };
        if let Form::Type(form) = &mut form {
            form.inferred = self.inference.of(def);
            form.macros = self.macros(found.module, &found.item.attrs);
        }
        let scope = Scope { module: found.module, params: BTreeMap::new(), self_ty: None };
        let text = self.text(found.item, Some(def), &scope, found.path);
        let public = PublicItem {
            path: reached.path.clone(),
            paths: reached.paths.clone(),
            owner: None,
            word: if matches!(form, Form::Macro(_)) { "macro" } else { word },
            text,
            condition: reached.condition.clone(),
            module: found.module,
            pos: found.item.pos,
            attrs: &found.item.attrs,
            documented: found.item.documented,
            handler: found.path.to_owned(),
            form,
        };
        let form = public.form.clone();
        self.out.push(public);
        if let Form::Type(form) = form {
            self.members(def, reached, &form.generics.params);
            self.derives(def, reached, &form);
        }
    }

    /// Macros of which it is not known what they implement, with the state of their code.
    fn macros(&mut self, module: ModuleId, attrs: &[Attr]) -> BTreeMap<String, String> {
        let crates = self.crates;
        let unread = crates.unread_macros(module, attrs).into_iter();
        let versions = &mut self.macro_versions;
        let mut of =
            |path: &String| versions.entry(path.clone()).or_insert_with(|| crates.macro_version(module, path)).clone();
        unread.map(|path| (path.clone(), of(&path))).collect()
    }

    fn text(&self, item: &Item, def: Option<DefId>, scope: &Scope, path: &str) -> String {
        let site = Site {
            item,
            def,
            module: scope.module,
            container: None,
            condition: &Condition::Always,
            path,
            scope,
            elsewhere: false,
        };
        signature::signature(self.crates, &site).map(|signature| signature.text).unwrap_or_default()
    }

    /// Members of inherent impls.
    fn members(&mut self, def: DefId, reached: &Reached, params: &[(String, Option<String>)]) {
        let crates = self.crates;
        let Some(found) = crates.def(def) else { return };
        for (item, module) in crates.impls_for(def) {
            let ItemKind::Impl(fact) = &item.kind else { continue };
            if fact.trait_path.is_some() || is_hidden(&item.attrs) {
                continue;
            }
            let of_impl = crates.condition_of(module).clone().and(crates.given(module, &item.condition));
            let outer = reached.condition.clone().and(of_impl);
            let inside = signature::inside(self.around, module, fact, &item.condition);
            let special = specialised(&inside.self_text, &reached.path, params);
            for member in &fact.items {
                let condition = outer.clone().and(crates.given(module, &member.condition));
                let Some(word) = word(member).filter(|_| member.vis == Vis::Public) else { continue };
                if condition == Condition::Never || is_hidden(&member.attrs) {
                    continue;
                }
                let scope = crates.impl_scope(module, fact);
                let path = |of: &String| format!("{of}{special}::{}", member.name);
                let handler = format!("{}{special}::{}", found.path, member.name);
                self.out.push(PublicItem {
                    path: path(&reached.path),
                    paths: reached.paths.iter().map(path).collect(),
                    owner: Some(reached.path.clone()),
                    form: inside.member(member),
                    word,
                    text: self.text(member, None, &scope, &handler),
                    condition,
                    module,
                    pos: member.pos,
                    attrs: &member.attrs,
                    documented: member.documented,
                    handler,
                });
            }
        }
    }

    /// Members of the inherent impls of trait objects.
    fn objects(&mut self, package: usize) {
        let crates = self.crates;
        for (item, module) in crates.impls_in(package) {
            let ItemKind::Impl(fact) = &item.kind else { continue };
            if !matches!(fact.self_ty, Type::Dyn(_)) || fact.trait_path.is_some() || is_hidden(&item.attrs) {
                continue;
            }
            let inside = signature::inside(self.around, module, fact, &item.condition);
            let object = without_lifetimes(&inside.self_text);
            let of = object.trim_start_matches("dyn ").split(['<', ' ']).next().unwrap_or_default().to_owned();
            let Some(reached) = self.conditions.get(&of).filter(|_| !object.contains("~::")) else { continue };
            let of_impl = crates.condition_of(module).clone().and(crates.given(module, &item.condition));
            let outer = reached.clone().and(of_impl);
            let scope = crates.impl_scope(module, fact);
            for member in fact.items.iter().filter(|member| member.vis == Vis::Public && !is_hidden(&member.attrs)) {
                let condition = outer.clone().and(crates.given(module, &member.condition));
                let Some(word) = word(member).filter(|_| condition != Condition::Never) else { continue };
                let path = format!("<{object}>::{}", member.name);
                self.out.push(PublicItem {
                    path: path.clone(),
                    paths: BTreeSet::new(),
                    owner: Some(of.clone()),
                    form: inside.member(member),
                    word,
                    text: self.text(member, None, &scope, &path),
                    condition,
                    module,
                    pos: member.pos,
                    attrs: &member.attrs,
                    documented: member.documented,
                    handler: path,
                });
            }
        }
    }

    /// Functions that nobody can name in Rust, and that a linker sees.
    fn symbols(&mut self, package: usize) {
        let crates = self.crates;
        for module in crates.modules_of(package) {
            for (item, def) in crates.items_of(module) {
                let exported = item
                    .attrs
                    .iter()
                    .any(|attr| matches!(attr.path.as_slice(), [name] if name == "no_mangle" || name == "export_name"));
                if !exported || def.is_some_and(|def| self.around.surface.items.contains_key(&def)) {
                    continue;
                }
                let form = signature::of(self.around, module, item);
                let Form::Function(function) = &form else { continue };
                let condition = crates.condition_of(module).clone().and(crates.given(module, &item.condition));
                let Some(symbol) = function.export.clone().filter(|_| condition != Condition::Never) else { continue };
                let scope = Scope { module, params: BTreeMap::new(), self_ty: None };
                let path = format!("symbol {symbol}");
                self.out.push(PublicItem {
                    paths: BTreeSet::new(),
                    owner: None,
                    form,
                    word: "fn",
                    text: self.text(item, None, &scope, &path),
                    condition,
                    module,
                    pos: item.pos,
                    attrs: &item.attrs,
                    documented: item.documented,
                    handler: path.clone(),
                    path,
                });
            }
        }
    }

    /// Re-exports of what is no item of this side.
    fn elsewhere(&mut self, surface: &Surface) {
        for (path, (target, condition, (module, pos))) in &surface.elsewhere {
            let target = match target {
                Target::Foreign(path) => path.clone(),
                Target::Member(def, name) => format!("{}::{name}", self.around.name(*def)),
            };
            self.out.push(PublicItem {
                path: path.clone(),
                paths: BTreeSet::new(),
                owner: None,
                form: Form::Text,
                word: "use",
                text: format!("use {target}"),
                condition: condition.clone(),
                module: *module,
                pos: *pos,
                attrs: &[],
                documented: true,
                handler: path.clone(),
            });
        }
    }
}

fn word(item: &Item) -> Option<&'static str> {
    Some(match &item.kind {
        ItemKind::Fn(_) => "fn",
        ItemKind::Struct { .. } => "struct",
        ItemKind::Union { .. } => "union",
        ItemKind::Enum { .. } => "enum",
        ItemKind::Alias { .. } => "type",
        ItemKind::Const { .. } => "const",
        ItemKind::Static { .. } => "static",
        ItemKind::Trait(_) | ItemKind::TraitAlias => "trait",
        ItemKind::MacroRules(_) => "macro",
        _ => return None,
    })
}

/// The path of an item, without its edition.
fn item_path(endpoint: &Endpoint) -> Option<&str> {
    match &endpoint.key {
        EndpointKey::Named { kind: Kind::Item, path } => path.split('@').next(),
        _ => None,
    }
}

impl<'a> Assembly<'a, '_> {
    /// The public items of the package, read when first asked for.
    pub(super) fn public(&self) -> &Public<'a> {
        let crates: &'a Crates = self.crates;
        self.public.get_or_init(|| Public::of(crates, self.package))
    }

    /// Every public item that no mark covers, and what the manifest promises.
    pub(super) fn unmarked_items(&mut self, package: &Package) {
        let marked: BTreeSet<&str> = self.endpoints.iter().filter_map(item_path).collect();
        let unmarked = |path: &str| !marked.contains(path);
        let fresh: Vec<Endpoint> = self
            .public()
            .items
            .iter()
            .filter(|item| unmarked(&item.path))
            .map(|item| self.unmarked_item(item))
            .chain(self.of_manifest(package).into_iter().filter(|promise| item_path(promise).is_some_and(unmarked)))
            .collect();
        self.endpoints.extend(fresh);
    }

    /// Implementations of traits for the types that marks speak of: a mark covers them.
    pub(super) fn impls_of_marked(&mut self) {
        let marked: BTreeSet<&str> = self.endpoints.iter().filter_map(item_path).collect();
        if marked.is_empty() {
            return;
        }
        let of_marked = |item: &&PublicItem<'_>| {
            item.word == "impl"
                && item.owner.as_deref().is_some_and(|owner| marked.contains(owner))
                && !marked.contains(item.path.as_str())
        };
        let fresh: Vec<Endpoint> =
            self.public().items.iter().filter(of_marked).map(|item| self.unmarked_item(item)).collect();
        self.endpoints.extend(fresh);
    }

    /// What the manifest promises.
    fn of_manifest(&self, package: &Package) -> Vec<Endpoint> {
        manifest::endpoints(package, &self.public().items)
    }

    /// The public items of this path (a macro's with or without its `!`), and what the manifest promises by this name;
    /// as if without a mark.
    pub(super) fn public_named(&self, package: &Package, path: &str) -> Vec<Endpoint> {
        let is = |candidate: &String| candidate.trim_end_matches('!') == path.trim_end_matches('!');
        let items = self.public().items.iter().filter(|item| is(&item.path) || item.paths.iter().any(is));
        let items: Vec<Endpoint> = items.map(|item| self.unmarked_item(item)).collect();
        if !items.is_empty() {
            return items;
        }
        self.of_manifest(package).into_iter().filter(|promise| item_path(promise) == Some(path)).collect()
    }

    fn unmarked_item(&self, item: &PublicItem<'_>) -> Endpoint {
        let lifetime =
            Lifetime { deprecated: deprecated_by(self.crates, item.module, item.attrs), ..Lifetime::default() };
        let signature = Signature {
            item: item.word.to_owned(),
            text: item.text.clone(),
            form: item.form.clone(),
            paths: item.paths.clone(),
            owner: item.owner.clone(),
        };
        Endpoint {
            key: EndpointKey::Named { kind: Kind::Item, path: item.path.clone() },
            content: EndpointContent::Item(signature),
            marked: false,
            lifetime,
            stability: match item.condition.needs(&Condition::is_unstable) {
                Some(feature) => Stability::Unstable { feature: Some(feature) },
                None => Stability::Stable,
            },
            condition: item.condition.clone(),
            published: Published::Unknown,
            behavior: None,
            edition: None,
            section: None,
            documented: item.documented,
            handler: Some(item.handler.clone()),
            framework: None,
            place: self.crates.place(item.module, item.pos),
            mark_place: None,
        }
    }
}
