//! Items of a file or macro call into the tables of their module.

use super::load::{FileJob, MAX_MODULE_DEPTH};
use super::table::{
    Call, Def, Entry, Extern, ImplUnit, Import, ItemRef, MACRO, Module, ModuleItem, Reach, Source, SourceItems, TYPE,
    VALUE, What, members,
};
use super::{Crates, DefId, ModuleId};
use crate::model::{BlindSpotKind, Condition};
use crate::syntax::facts::{
    AttrArgs, Bound, Fields, GenericParam, Generics, Item, ItemKind, Name, Predicate, RawTokens, Type, UseLeaf, Vis,
};
use crate::syntax::tokens::{Delimiter, Token, TokenKind};
use crate::tree::{child, join, parent};
use foldhash::HashMap;
use std::sync::Arc;

/// Where a file is, and where the files of its child modules are looked for.
#[derive(Clone, Debug)]
pub(crate) struct Surroundings {
    /// Path of the file.
    pub(crate) file: String,
    /// Directory that `#[path]` is relative to.
    directory: String,
    /// For `x.rs`: `x`, the directory of its child modules below `directory`.
    relative: Option<Name>,
}

impl Surroundings {
    /// Of a crate's root file, or of one named by `#[path]`.
    pub(crate) fn of_root(file: &str) -> Self {
        Self { file: file.to_owned(), directory: parent(file).unwrap_or_default().to_owned(), relative: None }
    }

    /// Of a `mod name { … }` inside.
    fn inline(&self, name: &str, path: Option<&str>) -> Self {
        let directory = match path {
            Some(path) => join(&self.directory, path).unwrap_or_default(),
            None => child(&self.child_directory(), name),
        };
        Self { file: self.file.clone(), directory, relative: None }
    }

    /// Where `mod name;` may be.
    fn candidates(&self, name: &Name) -> Vec<Self> {
        let directory = self.child_directory();
        let flat = child(&directory, &format!("{name}.rs"));
        let nested = child(&child(&directory, name), "mod.rs");
        vec![Self { file: flat, directory, relative: Some(name.clone()) }, Self::of_root(&nested)]
    }

    fn child_directory(&self) -> String {
        match &self.relative {
            Some(name) => child(&self.directory, name),
            None => self.directory.clone(),
        }
    }
}

/// The module of the types that a function declares in its body; `of` is the type whose impl it stands in.
pub(crate) fn inner_module(of: Option<&Type>, function: &str) -> Name {
    match of {
        Some(Type::Path { path, .. }) => {
            inner_module_of(Some(path.segments.last().map_or("", |last| last.name.as_str())), function)
        }
        _ => inner_module_of(None, function),
    }
}

/// The same by the type's name.
pub(crate) fn inner_module_of(of: Option<&str>, function: &str) -> Name {
    match of {
        Some(of) => Name::new(format!("__in_{of}_{function}")),
        None => Name::new(format!("__in_{function}")),
    }
}

/// A function that reads a value by hand: `fn count<'de, D: Deserializer<'de>>(deserializer: D)`.
fn takes_a_deserializer(kind: &ItemKind) -> bool {
    let ItemKind::Fn(function) = kind else { return false };
    let named = |bound: &Bound| match bound {
        Bound::Trait { path, .. } => path.segments.last().is_some_and(|last| last.name == "Deserializer"),
        _ => false,
    };
    let Generics { params, predicates } = &function.generics;
    params.iter().any(|param| matches!(param, GenericParam::Type { bounds, .. } if bounds.iter().any(named)))
        || predicates
            .iter()
            .any(|predicate| matches!(predicate, Predicate::Type { bounds, .. } if bounds.iter().any(named)))
}

/// Fills the tables.
pub(crate) struct Scan<'c, 'j> {
    pub(crate) crates: &'c mut Crates,
    /// Files to read next.
    pub(crate) jobs: &'j mut Vec<FileJob>,
    /// How many macro calls the items stand inside.
    pub(crate) call_depth: u32,
}

/// Items still to be scanned: their module, the address of their container, their surroundings.
struct Frame {
    module: ModuleId,
    container: ItemRef,
    surroundings: Surroundings,
}

impl Scan<'_, '_> {
    /// Enters all items of a source into `module`.
    pub(crate) fn source(&mut self, module: ModuleId, source: u32, surroundings: Surroundings) {
        let container = ItemRef { source, steps: Box::from([]) };
        let mut frames = vec![Frame { module, container, surroundings }];
        while let Some(frame) = frames.pop() {
            let Some(source) = self.crates.sources.get(frame.container.source as usize).cloned() else { continue };
            let items = match frame.container.steps.is_empty() {
                true => source.items(),
                false => frame.container.find_in(&source).map_or(&[][..], members),
            };
            for (index, item) in items.iter().enumerate() {
                self.item(&frame, index, item, &mut frames);
            }
        }
    }

    fn item(&mut self, frame: &Frame, index: usize, item: &Item, frames: &mut Vec<Frame>) {
        let own = self.crates.given(frame.module, &item.condition);
        let Some(module) = self.crates.modules.get(frame.module.0 as usize) else { return };
        let condition = module.condition.clone().and(own.clone());
        if condition == Condition::Never {
            return;
        }
        let mut steps = frame.container.steps.to_vec();
        steps.push(u32::try_from(index).unwrap_or(u32::MAX));
        let at = ItemRef { source: frame.container.source, steps: steps.into_boxed_slice() };
        let reach = self.reach(frame.module, &item.vis);
        let mut def = None;
        match &item.kind {
            ItemKind::Mod { items, paths } => {
                self.module(frame, item, &at, (reach, own, condition), (items.is_some(), paths), frames);
            }
            ItemKind::Use(leaves) => {
                for leaf in leaves {
                    self.import(frame.module, leaf.clone(), reach, own.clone(), false);
                }
            }
            ItemKind::ExternCrate(name) => self.extern_crate(frame.module, item, name, reach, own),
            ItemKind::Impl(fact) => {
                self.crates.impls.push(ImplUnit { at: at.clone(), module: frame.module });
                self.member_calls(frame, item, &at);
                let of = fact.trait_path.as_ref().and_then(|path| path.segments.last());
                if of.is_some_and(|last| matches!(last.name.as_str(), "Deserialize" | "Serialize" | "JsonSchema")) {
                    fact.items.iter().for_each(|member| self.inner_types(frame, Some(&fact.self_ty), member));
                }
                if self.may_declare_handlers(frame.module) {
                    fact.items.iter().for_each(|member| self.inner_handlers(frame, Some(&fact.self_ty), member));
                }
            }
            ItemKind::Foreign { .. } => {
                let surroundings = frame.surroundings.clone();
                frames.push(Frame { module: frame.module, container: at.clone(), surroundings });
            }
            ItemKind::MacroRules(_) => def = Some(self.macro_rules(frame.module, item, &at, reach, own)),
            ItemKind::MacroCall { .. } => {
                let depth = self.call_depth;
                let surroundings = frame.surroundings.clone();
                self.crates.calls.push(Call { at: at.clone(), module: frame.module, surroundings, depth });
            }
            ItemKind::Verbatim => {}
            kind => {
                self.block(frame, item, &at, &condition, frames);
                let id = self.define(frame.module, &item.name, at.clone(), condition);
                self.enter(frame.module, &item.name, namespaces(kind), What::Def(id), reach, own);
                self.procedural(frame.module, item, &at);
                self.member_calls(frame, item, &at);
                if matches!(item.name.as_str(), "deserialize" | "serialize") || takes_a_deserializer(kind) {
                    self.inner_types(frame, None, item);
                } else if matches!(kind, ItemKind::Fn(_)) && self.may_declare_handlers(frame.module) {
                    self.inner_handlers(frame, None, item);
                }
                def = Some(id);
            }
        }
        if let Some(module) = self.crates.modules.get_mut(frame.module.0 as usize) {
            module.items.push(ModuleItem { at, def });
        }
    }

    /// The calls among the members of an impl or trait, read like others once all definitions are known.
    fn member_calls(&mut self, frame: &Frame, item: &Item, at: &ItemRef) {
        if super::members::holds_calls(item) {
            let (surroundings, depth) = (frame.surroundings.clone(), self.call_depth);
            self.crates.calls.push(Call { at: at.clone(), module: frame.module, surroundings, depth });
        }
    }

    /// The types that hand-written code which reads or writes declares for itself.
    fn inner_types(&mut self, frame: &Frame, of: Option<&Type>, function: &Item) {
        let Some(items) = function.inner_types(&inner_module(of, &function.name)) else { return };
        let source = u32::try_from(self.crates.sources.len()).unwrap_or(u32::MAX);
        self.crates.sources.push(Source { items: SourceItems::Tokens(Arc::new(items)) });
        self.source(frame.module, source, frame.surroundings.clone());
    }

    /// Does the module's crate see a framework whose handlers say where they answer?
    fn may_declare_handlers(&self, module: ModuleId) -> bool {
        let krate = self.crates.modules.get(module.0 as usize).and_then(|m| self.crates.krates.get(m.krate.0 as usize));
        let names = ["actix_web", "dropshot", "rocket"];
        krate.is_some_and(|krate| names.iter().any(|name| krate.externs.contains_key(*name)))
    }

    /// The handlers that a function declares for itself.
    fn inner_handlers(&mut self, frame: &Frame, of: Option<&Type>, function: &Item) {
        let Some(items) = function.inner_handlers(&inner_module(of, &function.name)) else { return };
        let source = u32::try_from(self.crates.sources.len()).unwrap_or(u32::MAX);
        self.crates.sources.push(Source { items: SourceItems::Tokens(Arc::new(items)) });
        self.source(frame.module, source, frame.surroundings.clone());
    }

    /// A `mod` item: a module for each of its alternatives.
    fn module(
        &mut self,
        frame: &Frame,
        item: &Item,
        at: &ItemRef,
        (reach, own, condition): (Reach, Condition, Condition),
        (inline, paths): (bool, &[(String, Condition)]),
        frames: &mut Vec<Frame>,
    ) {
        let Some(parent) = self.crates.modules.get(frame.module.0 as usize) else { return };
        let (depth, file) = (parent.depth + 1, Arc::clone(&parent.file));
        if depth > MAX_MODULE_DEPTH {
            let detail = format!("modules nest deeper than {MAX_MODULE_DEPTH}: not followed");
            self.crates.blind(frame.module, BlindSpotKind::ModuleCycle, &file, item.pos, detail, true);
            return;
        }
        let mut alternatives: Vec<(Option<&str>, Condition)> = Vec::new();
        let mut rest = Condition::Always;
        for (path, when) in paths {
            let when = self.crates.given(frame.module, when);
            let here = rest.clone().and(when.clone());
            rest = rest.and(when.negate());
            if here != Condition::Never {
                alternatives.push((Some(path), here));
            }
        }
        let conditional = !alternatives.is_empty();
        if rest != Condition::Never {
            alternatives.push((None, rest));
        }
        let several = alternatives.len() > 1;
        if inline {
            // `#[path]` only moves the directory of the children; the items are the same under every condition.
            alternatives.truncate(1);
            if let Some(first) = alternatives.first_mut() {
                first.1 = Condition::Always;
            }
        }
        for (path, when) in alternatives {
            let condition = condition.clone().and(when.clone());
            if condition == Condition::Never {
                continue;
            }
            let id = self.new_module(frame.module, item, at, condition, depth, &file);
            self.enter(frame.module, &item.name, TYPE, What::Module(id), reach, own.clone().and(when));
            if inline {
                let surroundings = frame.surroundings.inline(&item.name, path);
                frames.push(Frame { module: id, container: at.clone(), surroundings });
                continue;
            }
            let candidates = match path {
                Some(path) => {
                    join(&frame.surroundings.directory, path).map(|p| Surroundings::of_root(&p)).into_iter().collect()
                }
                None => frame.surroundings.candidates(&item.name),
            };
            self.jobs.push(FileJob {
                module: id,
                candidates,
                declared: (Arc::clone(&file), item.pos),
                may_be_missing: conditional && path.is_none(),
                is_alternative: several,
            });
        }
    }

    fn new_module(
        &mut self,
        parent: ModuleId,
        item: &Item,
        at: &ItemRef,
        condition: Condition,
        depth: u32,
        file: &Arc<str>,
    ) -> ModuleId {
        let id = ModuleId(u32::try_from(self.crates.modules.len()).unwrap_or(u32::MAX));
        let above = self.crates.modules.get(parent.0 as usize);
        let module = Module {
            krate: above.map_or(super::CrateId(u32::MAX), |m| m.krate),
            parent: Some(parent),
            path: format!("{}::{}", above.map_or("", |m| &m.path), item.name),
            condition,
            file: Arc::clone(file),
            declaration: Some(at.clone()),
            blind: false,
            is_block: false,
            depth,
            names: HashMap::default(),
            globs: Vec::new(),
            items: Vec::new(),
        };
        self.crates.modules.push(module);
        id
    }

    /// The items in the block of a constant: what it implements counts everywhere.
    fn block(&mut self, frame: &Frame, item: &Item, at: &ItemRef, condition: &Condition, frames: &mut Vec<Frame>) {
        let (ItemKind::Const { value: Some(value), .. } | ItemKind::Static { value: Some(value), .. }) = &item.kind
        else {
            return;
        };
        let Some(block) = block_with_impls(value, &item.name) else { return };
        let Some(parent) = self.crates.modules.get(frame.module.0 as usize) else { return };
        let (depth, file) = (parent.depth + 1, Arc::clone(&parent.file));
        let read = || crate::syntax::items(&block).or_else(|| Some(crate::syntax::statements(&block)));
        let items = if depth > MAX_MODULE_DEPTH { None } else { read() };
        let Some(items) = items else {
            let detail = format!("the block of the constant `{}` implements something and is not read", item.name);
            self.crates.blind(frame.module, BlindSpotKind::UnresolvedName, &file, item.pos, detail, true);
            return;
        };
        let id = self.new_module(frame.module, item, at, condition.clone(), depth, &file);
        if let Some(module) = self.crates.modules.get_mut(id.0 as usize) {
            module.is_block = true;
        }
        let source = u32::try_from(self.crates.sources.len()).unwrap_or(u32::MAX);
        self.crates.sources.push(Source { items: SourceItems::Tokens(Arc::new(items)) });
        let container = ItemRef { source, steps: Box::from([]) };
        frames.push(Frame { module: id, container, surroundings: frame.surroundings.clone() });
    }

    fn import(&mut self, module: ModuleId, leaf: UseLeaf, reach: Reach, condition: Condition, extern_crate: bool) {
        let index = u32::try_from(self.crates.imports.len()).unwrap_or(u32::MAX);
        let name = leaf.name.clone();
        self.crates.imports.push(Import { module, leaf, reach, condition: condition.clone(), extern_crate });
        match name {
            Some(name) => self.enter(module, &name, TYPE | VALUE | MACRO, What::Import(index), reach, condition),
            None => {
                if let Some(module) = self.crates.modules.get_mut(module.0 as usize) {
                    module.globs.push(index);
                }
            }
        }
    }

    fn extern_crate(&mut self, module: ModuleId, item: &Item, name: &Name, reach: Reach, condition: Condition) {
        let Some((krate, is_root)) = self.crates.modules.get(module.0 as usize).map(|m| (m.krate, m.parent.is_none()))
        else {
            return;
        };
        if is_root && let Some(krate_unit) = self.crates.krates.get_mut(krate.0 as usize) {
            let target = match name.as_str() {
                "self" => Extern::Crate(krate),
                _ => krate_unit
                    .externs
                    .get(name)
                    .cloned()
                    .unwrap_or_else(|| Extern::Foreign(Name::new(super::foreign::library_name(name)))),
            };
            if let Extern::Foreign(canonical) = &target
                && item.attrs.iter().any(|attr| attr.path.len() == 1 && attr.path.iter().any(|s| s == "macro_use"))
            {
                krate_unit.macro_use.push(canonical.clone());
            }
            if item.name != "_" {
                krate_unit.externs.insert(item.name.clone(), target);
            }
        }
        let leaf = UseLeaf { global: false, path: vec![name.clone()], name: Some(item.name.clone()), pos: item.pos };
        self.import(module, leaf, reach, condition, true);
    }

    fn macro_rules(
        &mut self,
        module: ModuleId,
        item: &Item,
        at: &ItemRef,
        reach: Reach,
        condition: Condition,
    ) -> DefId {
        let exported =
            item.attrs.iter().any(|attr| attr.path.len() == 1 && attr.path.iter().any(|s| s == "macro_export"));
        let krate = self.crates.modules.get(module.0 as usize).map(|m| (m.krate, m.condition.clone()));
        let root = krate.as_ref().and_then(|(k, _)| self.crates.krates.get(k.0 as usize)).map(|k| k.root);
        let home = if exported { root.unwrap_or(module) } else { module };
        let whole = krate.as_ref().map(|(_, c)| c.clone()).unwrap_or_default().and(condition.clone());
        let id = self.define(home, &item.name, at.clone(), whole);
        if let Some(def) = self.crates.defs.get_mut(id.0 as usize) {
            def.module = module;
        }
        self.enter(module, &item.name, MACRO, What::Def(id), reach, condition.clone());
        if exported && home != module {
            self.enter(home, &item.name, MACRO, What::Def(id), Reach::Public, condition);
        } else if exported {
            self.publish(home, id);
        }
        if let Some(krate) = krate.and_then(|(k, _)| self.crates.krates.get_mut(k.0 as usize)) {
            krate.textual.entry(item.name.clone()).or_default().push(id);
        }
        id
    }

    fn publish(&mut self, module: ModuleId, id: DefId) {
        let entries = self.crates.modules.get_mut(module.0 as usize).into_iter().flat_map(|m| m.names.values_mut());
        for entry in entries.flatten().filter(|e| e.what == What::Def(id)) {
            entry.reach = Reach::Public;
        }
    }

    /// The macro that a function of a procedural-macro crate defines, under the macro's name.
    fn procedural(&mut self, module: ModuleId, item: &Item, at: &ItemRef) {
        if !matches!(item.kind, ItemKind::Fn(_)) {
            return;
        }
        for attr in &item.attrs {
            let [word] = attr.path.as_slice() else { continue };
            let name = match (word.as_str(), &attr.args) {
                ("proc_macro" | "proc_macro_attribute", _) => item.name.clone(),
                ("proc_macro_derive", AttrArgs::List(tokens)) => {
                    let text = tokens.text.trim();
                    let end = text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len());
                    Name::new(text.get(..end).unwrap_or_default())
                }
                _ => continue,
            };
            let id = self.define(module, &name, at.clone(), Condition::Always);
            self.enter(module, &name, MACRO, What::Def(id), Reach::Public, Condition::Always);
        }
    }

    fn define(&mut self, module: ModuleId, name: &Name, at: ItemRef, condition: Condition) -> DefId {
        let id = DefId(u32::try_from(self.crates.defs.len()).unwrap_or(u32::MAX));
        let path = match self.crates.modules.get(module.0 as usize) {
            Some(module) => format!("{}::{name}", module.path),
            None => name.to_string(),
        };
        self.crates.defs.push(Def { at, module, path, condition });
        id
    }

    fn enter(&mut self, module: ModuleId, name: &Name, namespaces: u8, what: What, reach: Reach, condition: Condition) {
        if name == "_" || name.is_empty() {
            return;
        }
        if let Some(module) = self.crates.modules.get_mut(module.0 as usize) {
            module.names.entry(name.clone()).or_default().push(Entry { namespaces, what, reach, condition });
        }
    }

    /// From where an item with this visibility can be seen.
    fn reach(&self, module: ModuleId, vis: &Vis) -> Reach {
        let module = self.crates.around_blocks(module);
        let path = match vis {
            Vis::Public => return Reach::Public,
            Vis::Private => return Reach::Within(module),
            Vis::Restricted(path) => path,
        };
        let mut at = module;
        let mut segments = path.iter().peekable();
        while let Some(segment) = segments.next_if(|s| matches!(s.as_str(), "self" | "super")) {
            if segment == "super" {
                at = self.crates.modules.get(at.0 as usize).and_then(|m| m.parent).unwrap_or(at);
            }
        }
        match segments.next() {
            None => Reach::Within(at),
            Some(first) => {
                // `crate` or `in crate::a::b`: an ancestor of the module, found by its path.
                let own = self.crates.modules.get(module.0 as usize);
                let root = own.and_then(|m| self.crates.krates.get(m.krate.0 as usize)).map_or(module, |k| k.root);
                let root_path = self.crates.modules.get(root.0 as usize).map_or("", |m| m.path.as_str());
                let mut wanted = root_path.to_owned();
                let first = (first != "crate").then_some(first);
                for segment in first.into_iter().chain(segments) {
                    wanted.push_str("::");
                    wanted.push_str(segment);
                }
                let mut at = Some(module);
                while let Some(id) = at {
                    let Some(candidate) = self.crates.modules.get(id.0 as usize) else { break };
                    if candidate.path == wanted {
                        return Reach::Within(id);
                    }
                    at = candidate.parent;
                }
                Reach::Within(root)
            }
        }
    }
}

/// The inside of a value that is a block with an `impl` among its statements, or, of a constant without a name, a call of
/// a macro that may make one.
fn block_with_impls(value: &RawTokens, name: &Name) -> Option<RawTokens> {
    let unnamed = name == "_" && value.text.contains('!');
    if !unnamed && !value.text.contains("impl") {
        return None;
    }
    let lexed = value.lex();
    let ([only] | [Token { kind: TokenKind::Ident(_), .. }, only]) = lexed.as_slice() else { return None };
    let TokenKind::Group(Delimiter::Brace, tokens) = &only.kind else { return None };
    let begins = |at: usize| match at.checked_sub(1).and_then(|before| tokens.get(before)) {
        None => true,
        Some(before) => {
            before.is_punct(';') || before.is_ident("unsafe") || matches!(before.kind, TokenKind::Group(..))
        }
    };
    let makes = |at: usize, name: &Name| {
        let call = tokens.get(at + 1).is_some_and(|bang| bang.is_punct('!'));
        unnamed && call && !name.contains("assert") && !name.contains("panic")
    };
    let implements = |at: usize, token: &Token| token.is_ident("impl") || token.ident().is_some_and(|n| makes(at, n));
    let found = tokens.iter().enumerate().any(|(at, token)| begins(at) && implements(at, token));
    found.then(|| value.slice(only.start + 1, only.end.saturating_sub(1)))
}

/// The namespaces that an item's name stands in.
fn namespaces(kind: &ItemKind) -> u8 {
    match kind {
        ItemKind::Struct { fields: Fields::Tuple(_) | Fields::Unit, .. } => TYPE | VALUE,
        ItemKind::Fn(_) | ItemKind::Const { .. } | ItemKind::Static { .. } => VALUE,
        _ => TYPE,
    }
}
