//! Public items: those that marks speak of, and, where the caller asks, all others.

use super::super::crates::{Crates, DefId, ModuleId, Scope, Surface, Target, is_hidden};
use super::super::framework::Site;
use super::super::signature::{self, Inside, Surroundings};
use super::{Assembly, deprecated_by};
use crate::model::{
    Condition, Endpoint, EndpointContent, EndpointKey, Form, ImplForm, Kind, Lifetime, Published, Signature, Stability,
};
use crate::syntax::facts::{Attr, AttrArgs, Item, ItemKind, Name, Pos, Vis};
use std::collections::{BTreeMap, BTreeSet, HashMap};

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
    word: &'static str,
    text: String,
    condition: Condition,
    module: ModuleId,
    pos: Pos,
    attrs: &'a [Attr],
    documented: bool,
    /// The path of its definition.
    handler: String,
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
        let mut reader =
            Reader { around: Surroundings { crates, surface: &surface, package }, crates, out: Vec::new() };
        for (def, reached) in &surface.items {
            reader.item(*def, reached);
        }
        reader.impls(package);
        reader.elsewhere(&surface);
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
        found.iter().filter_map(|index| self.items.get(*index)).find(|item| item.word == word)
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
    out: Vec<PublicItem<'a>>,
}

impl<'a> Reader<'a, '_> {
    fn item(&mut self, def: DefId, reached: &super::super::crates::Reached) {
        let crates = self.crates;
        let Some(found) = crates.def(def) else { return };
        let Some(word) = word(found.item) else { return };
        let form = match reached.path.ends_with('!') && word == "fn" {
            true => Form::Macro(Vec::new()),
            false => signature::of(self.around, found.module, found.item),
        };
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
            self.derives(def, reached, &form.generics);
        }
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
    fn members(&mut self, def: DefId, reached: &super::super::crates::Reached, params: &[(String, Option<String>)]) {
        let crates = self.crates;
        let Some(found) = crates.def(def) else { return };
        for (item, module) in crates.impls_for(def) {
            let ItemKind::Impl(fact) = &item.kind else { continue };
            if fact.trait_path.is_some() || is_hidden(&item.attrs) {
                continue;
            }
            let outer = crates.condition_of(module).clone().and(crates.given(module, &item.condition));
            let inside = signature::inside(self.around, module, fact);
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

    /// What `#[derive(…)]` implements.
    fn derives(&mut self, def: DefId, reached: &super::super::crates::Reached, generics: &crate::model::GenericsForm) {
        let crates = self.crates;
        let Some(found) = crates.def(def) else { return };
        let list: Vec<String> = (0..generics.params.len()).map(|i| format!("T{i}")).collect();
        let arguments = if list.is_empty() { String::new() } else { format!("<{}>", list.join(", ")) };
        for attr in found.item.attrs.iter().filter(|a| matches!(a.path.as_slice(), [one] if one == "derive")) {
            let AttrArgs::List(tokens) = &attr.args else { continue };
            let condition = found.condition.clone().and(crates.given(found.module, &attr.condition));
            if condition == Condition::Never {
                continue;
            }
            for path in tokens.parts().iter().filter_map(|part| part.path()) {
                let segments: Vec<Name> = path.segments.iter().map(|s| s.name.clone()).collect();
                for of in derived_traits(&crates.macro_path(found.module, &segments)) {
                    let types = generics.params.iter().enumerate().filter(|(_, (kind, _))| kind == "type");
                    let mut bounds: BTreeSet<String> = types.map(|(i, _)| format!("T{i}: {of}")).collect();
                    bounds.extend(generics.bounds.iter().cloned());
                    let key = format!("impl {of} for {}{arguments}", reached.path);
                    let form = ImplForm { bounds, derived: true, ..ImplForm::default() };
                    self.out.push(PublicItem {
                        path: key.clone(),
                        paths: BTreeSet::new(),
                        owner: Some(reached.path.clone()),
                        form: Form::Impl(Box::new(form)),
                        word: "impl",
                        text: key.clone(),
                        condition: condition.clone(),
                        module: found.module,
                        pos: attr.pos,
                        attrs: &[],
                        documented: true,
                        handler: key,
                    });
                }
            }
        }
    }

    /// Impls of traits that can be named, for types that can be named.
    fn impls(&mut self, package: usize) {
        let crates = self.crates;
        for (item, module) in crates.impls_in(package) {
            let ItemKind::Impl(fact) = &item.kind else { continue };
            if fact.trait_path.is_none() || fact.negative || is_hidden(&item.attrs) {
                continue;
            }
            let condition = crates.condition_of(module).clone().and(crates.given(module, &item.condition));
            if condition == Condition::Never {
                continue;
            }
            let inside = signature::inside(self.around, module, fact);
            let Some(key) = impl_key(&inside) else { continue };
            let owner = self.owner(&inside);
            let scope = crates.impl_scope(module, fact);
            self.out.push(PublicItem {
                path: key.clone(),
                paths: BTreeSet::new(),
                owner,
                form: inside.form(fact),
                word: "impl",
                text: self.text(item, None, &scope, &key),
                condition,
                module,
                pos: item.pos,
                attrs: &item.attrs,
                documented: true,
                handler: key,
            });
        }
    }

    /// The type of this package that an impl is for, else the trait.
    fn owner(&self, inside: &Inside<'_>) -> Option<String> {
        let base = |text: &str| {
            let text = without_lifetimes(text);
            let text = text.trim_start_matches(['&', '*', '[', '(']).trim_start_matches("mut ").to_owned();
            text.split(['<', ',', ']', ')', ' ']).next().unwrap_or_default().to_owned()
        };
        let known = |path: &String| self.around.surface.items.values().any(|reached| reached.path == *path);
        let of_type = Some(base(&inside.self_text)).filter(known);
        of_type.or_else(|| inside.trait_text.as_deref().map(base).filter(known))
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

/// The arguments of an impl for one instance of a type (`<u8>`), where they are not just its parameters; those that
/// equal their default are left out.
fn specialised(self_text: &str, path: &str, params: &[(String, Option<String>)]) -> String {
    let text = without_lifetimes(self_text);
    let Some(inner) = text.strip_prefix(path).and_then(|t| t.strip_prefix('<')).and_then(|t| t.strip_suffix('>'))
    else {
        return String::new();
    };
    let mut arguments = split(inner);
    while let (Some(last), Some((_, Some(default)))) =
        (arguments.last(), arguments.len().checked_sub(1).and_then(|i| params.get(i)))
        && without_lifetimes(default) == *last
    {
        arguments.pop();
    }
    let is_param = |text: &String| text.strip_prefix('T').is_some_and(|n| n.parse::<u32>().is_ok());
    if arguments.iter().all(is_param) { String::new() } else { format!("<{}>", arguments.join(", ")) }
}

/// `A, B<C, D>` at its outer commas.
fn split(text: &str) -> Vec<String> {
    let mut out = vec![String::new()];
    let mut depth = 0_i32;
    let mut before = ' ';
    for c in text.chars() {
        match c {
            '<' | '(' | '[' => depth += 1,
            '>' if before == '-' || before == '=' => {}
            '>' | ')' | ']' => depth -= 1,
            _ => {}
        }
        before = c;
        if c == ',' && depth == 0 {
            out.push(String::new());
        } else if let Some(last) = out.last_mut()
            && !(c == ' ' && last.is_empty())
        {
            last.push(c);
        }
    }
    out
}

/// A text without its numbered lifetimes.
fn without_lifetimes(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\'') {
        let (before, from) = rest.split_at(at);
        let name: usize =
            from.chars().skip(1).take_while(|c| c.is_alphanumeric() || *c == '_').map(char::len_utf8).sum();
        let after = from.get(1 + name..).unwrap_or_default();
        if from.starts_with("'static") {
            out.push_str(before);
            out.push_str("'static");
            rest = after;
            continue;
        }
        out.push_str(before);
        rest = after.strip_prefix(", ").or_else(|| after.strip_prefix(' ')).unwrap_or(after);
        if out.ends_with('<') && rest.starts_with('>') {
            out.pop();
            rest = rest.get(1..).unwrap_or_default();
        }
    }
    out.push_str(rest);
    out
}

/// The key of a trait impl: `impl Trait for Type`, lifetimes aside; `None` where nobody outside can name one of both.
fn impl_key(inside: &Inside<'_>) -> Option<String> {
    let of = inside.trait_text.as_deref()?;
    if of.contains("~::") || inside.self_text.contains("~::") {
        return None;
    }
    let (of, own) = (without_lifetimes(of), without_lifetimes(&inside.self_text));
    let of = match of.strip_suffix(&format!("<{own}>")) {
        Some(short) if short.starts_with("std::cmp::") || short.starts_with("std::ops::") => short.to_owned(),
        _ => of,
    };
    let of = match of.as_str() {
        "serde::ser::Serialize" => "serde::Serialize".to_owned(),
        "serde::de::Deserialize" => "serde::Deserialize".to_owned(),
        _ => of,
    };
    Some(format!("impl {of} for {own}"))
}

/// The traits that a derive macro implements.
fn derived_traits(path: &str) -> Vec<String> {
    let one = |text: &str| vec![text.to_owned()];
    match path {
        "Clone" => one("std::clone::Clone"),
        "Copy" => one("std::marker::Copy"),
        "Debug" => one("std::fmt::Debug"),
        "Default" => one("std::default::Default"),
        "PartialEq" => one("std::cmp::PartialEq"),
        "Eq" => one("std::cmp::Eq"),
        "PartialOrd" => one("std::cmp::PartialOrd"),
        "Ord" => one("std::cmp::Ord"),
        "Hash" => one("std::hash::Hash"),
        "thiserror::Error" => vec!["std::error::Error".to_owned(), "std::fmt::Display".to_owned()],
        other => one(other),
    }
}

impl<'a> Assembly<'a, '_> {
    /// The public items of the package, read when first asked for.
    pub(super) fn public(&self) -> &Public<'a> {
        let crates: &'a Crates = self.crates;
        self.public.get_or_init(|| Public::of(crates, self.package))
    }

    /// Every public item that no mark covers.
    pub(super) fn unmarked_items(&mut self) {
        let marked: BTreeSet<&str> = self
            .endpoints
            .iter()
            .filter_map(|e| match &e.key {
                EndpointKey::Named { kind: Kind::Item, path } => Some(path.split('@').next().unwrap_or(path)),
                _ => None,
            })
            .collect();
        let fresh: Vec<Endpoint> = self
            .public()
            .items
            .iter()
            .filter(|item| !marked.contains(item.path.as_str()))
            .map(|item| self.unmarked_item(item))
            .collect();
        self.endpoints.extend(fresh);
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
            stability: match item.condition.needs(&signature::is_unstable) {
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
