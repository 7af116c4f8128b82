//! Macro calls in item position: expanded, read as items, known to make nothing, or reported.

use super::definition::endpoint_words;
use super::expansion::{Produces, Unread, produced};
use super::known_macros::{CallReading, known};
use super::load::{FileJob, MAX_MODULE_DEPTH};
use super::scan::{Scan, Surroundings};
use super::table::{Call, Entry, Import, Module, Reach, Source, SourceItems, TYPE, What};
use super::{Crates, DefId, ModuleId};
use crate::extract::{FactsStore, MacroReading, Options};
use crate::model::{BlindSpot, BlindSpotKind, Condition};
use crate::syntax::facts::{Attr, Item, ItemKind, Name, Pos, RawTokens, UseLeaf};
use crate::syntax::macros::Definition;
use crate::syntax::tokens::{Cursor, Delimiter};
use crate::tree::{join, parent};
use foldhash::HashMap;
use std::sync::Arc;

/// How many times the files of modules that macro calls declare are read.
pub(crate) const MAX_ROUNDS: u32 = 8;
/// How deep calls that calls make are followed: what rustc allows.
pub(super) const MAX_DEPTH: u32 = 128;
/// How many calls of one side are expanded.
const MAX_CALLS: u32 = 200_000;
/// How many bytes of one side the text that macros make may take.
const MAX_BYTES: usize = 96 << 20;

/// What the calls of a side may still cost.
#[derive(Debug)]
pub(crate) struct Budget {
    pub(super) calls: u32,
    pub(super) bytes: usize,
}

impl Default for Budget {
    fn default() -> Self {
        Self { calls: MAX_CALLS, bytes: MAX_BYTES }
    }
}

/// What a call turned out to hold.
pub(super) enum Outcome {
    Nothing,
    Items(Arc<Vec<Item>>),
    /// Items, but the macro may make more of them, or other ones.
    ItemsAndMore(Vec<Item>, String),
    /// The text of another file, by its path from this one's folder.
    Included(String),
    /// Not read; `true` when it may hold endpoints.
    Blind(String, bool),
    /// No macro of this name is known so far.
    Unknown,
}

/// Reads the calls that wait; returns the files of modules that they declare.
pub(crate) fn read_calls(crates: &mut Crates, store: &FactsStore, options: &Options) -> Vec<FileJob> {
    let mut jobs = Vec::new();
    let mut unknown = Vec::new();
    loop {
        let known_before = crates.macro_count();
        while !crates.calls.is_empty() {
            for call in std::mem::take(&mut crates.calls) {
                unknown.extend(read_call(crates, store, options, call, &mut jobs));
            }
        }
        if unknown.is_empty() || crates.macro_count() == known_before {
            break;
        }
        // What was read defined macros: some of them may be the missing ones.
        crates.forget();
        crates.calls = std::mem::take(&mut unknown);
    }
    match jobs.is_empty() {
        true => unknown.iter().for_each(|call| report_unknown(crates, call, &mut jobs)),
        // The files that come next may define them.
        false => crates.calls = unknown,
    }
    jobs
}

/// Reads one call; gives it back when no macro of its name is known.
fn read_call(
    crates: &mut Crates,
    store: &FactsStore,
    options: &Options,
    call: Call,
    jobs: &mut Vec<FileJob>,
) -> Option<Call> {
    let item = call.at.find(&crates.sources)?;
    let (path, tokens, pos, on) = match &item.kind {
        ItemKind::MacroCall { path, tokens } => (path.clone(), tokens.clone(), item.pos, item.condition.clone()),
        _ => {
            super::members::read_members(crates, store, options, &call);
            return None;
        }
    };
    if call.depth > MAX_DEPTH {
        let detail = format!("`{}!` calls nest too deep", path.join("::"));
        report(crates, &call, pos, detail, true);
        return None;
    }
    let written = Written { path: &path, tokens: &tokens, pos };
    match outcome(crates, store, options, &call, &written) {
        Outcome::Nothing => {}
        Outcome::Unknown => return Some(call),
        Outcome::Included(path) => jobs.extend(crates.include(&call, pos, &path, on)),
        Outcome::Items(items) => {
            let items = if on == Condition::Always { items } else { Arc::new(under(items.to_vec(), &on)) };
            enter_items(crates, &call, items, jobs);
        }
        Outcome::ItemsAndMore(items, detail) => guess(crates, &call, under(items, &on), (pos, detail, &tokens), jobs),
        Outcome::Blind(detail, hides) => report(crates, &call, pos, detail, hides),
    }
    None
}

/// Reports a call of a macro that nothing is known of; its tokens count as items where they are some.
fn report_unknown(crates: &mut Crates, call: &Call, jobs: &mut Vec<FileJob>) {
    let Some(item) = call.at.find(&crates.sources) else { return };
    let ItemKind::MacroCall { path, tokens } = &item.kind else { return };
    let (pos, on, tokens) = (item.pos, item.condition.clone(), tokens.clone());
    match unknown(&path.join("::"), &crates.macro_path(call.module, path), &tokens) {
        Outcome::ItemsAndMore(items, detail) => guess(crates, call, under(items, &on), (pos, detail, &tokens), jobs),
        Outcome::Blind(detail, hides) => report(crates, call, pos, detail, hides),
        _ => {}
    }
}

impl Crates {
    /// The file that a call of `include!` names, as a module that its surroundings see as their own.
    fn include(&mut self, call: &Call, pos: Pos, path: &str, on: Condition) -> Option<FileJob> {
        let around = self.module(call.module)?;
        let (depth, file) = (around.depth + 1, Arc::clone(&around.file));
        let from = parent(&call.surroundings.file).unwrap_or_default();
        let Some(target) = join(from, path).filter(|_| depth <= MAX_MODULE_DEPTH) else {
            report(self, call, pos, format!("`include!(\"{path}\")` was not followed"), true);
            return None;
        };
        let id = ModuleId(u32::try_from(self.modules.len()).unwrap_or(u32::MAX));
        let name = Name::from(format!("__included_{}", id.0));
        let module = Module {
            krate: around.krate,
            parent: Some(call.module),
            path: around.path.clone(),
            condition: around.condition.clone().and(on.clone()),
            file: Arc::clone(&file),
            declaration: Some(call.at.clone()),
            blind: false,
            is_block: true,
            depth,
            names: HashMap::default(),
            globs: Vec::new(),
            items: Vec::new(),
        };
        let leaf = match around.is_block {
            true => vec![name.clone()],
            false => vec![Name::new("self"), name.clone()],
        };
        let leaf = UseLeaf { global: false, path: leaf, name: None, pos };
        self.modules.push(module);
        let import = u32::try_from(self.imports.len()).unwrap_or(u32::MAX);
        let reach = Reach::Public;
        self.imports.push(Import { module: call.module, leaf, reach, condition: on.clone(), extern_crate: false });
        let around = self.modules.get_mut(call.module.0 as usize)?;
        around.globs.push(import);
        let reach = Reach::Within(call.module);
        around.names.entry(name).or_default().push(Entry {
            namespaces: TYPE,
            what: What::Module(id),
            reach,
            condition: on,
        });
        Some(FileJob {
            module: id,
            candidates: vec![Surroundings::of_root(&target)],
            declared: (file, pos),
            may_be_missing: false,
            is_alternative: false,
        })
    }
}

/// Calls that no round read.
pub(crate) fn report_rest(crates: &mut Crates) {
    for call in std::mem::take(&mut crates.calls) {
        let pos = call.at.find(&crates.sources).map(|item| item.pos).unwrap_or_default();
        report(crates, &call, pos, "macros that declare modules nest too deep".to_owned(), true);
    }
}

fn guess(
    crates: &mut Crates,
    call: &Call,
    mut items: Vec<Item>,
    (pos, detail, tokens): (Pos, String, &RawTokens),
    jobs: &mut Vec<FileJob>,
) {
    if let Some(ItemKind::MacroCall { path, .. }) = call.at.find(&crates.sources).map(|item| &item.kind) {
        let maker = crates.macro_path(call.module, path);
        items.iter_mut().for_each(|item| item.attrs.push(Attr::guess(&maker, pos)));
    }
    report(crates, call, pos, detail, may_hold_endpoints(tokens));
    enter_items(crates, call, Arc::new(items), jobs);
}

fn report(crates: &mut Crates, call: &Call, pos: Pos, detail: String, hides: bool) {
    let file = crates.module(call.module).map_or_else(|| Arc::from(""), |m| Arc::clone(&m.file));
    if hides && let Some(hash) = call.at.find(&crates.sources).map(Item::hash) {
        crates.leave_unread(call.module, &file, pos, hash);
    }
    crates.blind(call.module, BlindSpotKind::UnexpandedMacro, &file, pos, detail, hides);
}

fn enter_items(crates: &mut Crates, call: &Call, items: Arc<Vec<Item>>, jobs: &mut Vec<FileJob>) {
    if items.is_empty() {
        return;
    }
    let surroundings = call.surroundings.clone();
    let source = u32::try_from(crates.sources.len()).unwrap_or(u32::MAX);
    crates.sources.push(Source { items: SourceItems::Tokens(items) });
    Scan { crates, jobs, call_depth: call.depth + 1 }.source(call.module, source, surroundings);
}

/// A call as written.
pub(super) struct Written<'a> {
    pub(super) path: &'a [Name],
    pub(super) tokens: &'a RawTokens,
    pub(super) pos: Pos,
}

fn outcome(crates: &mut Crates, store: &FactsStore, options: &Options, call: &Call, written: &Written<'_>) -> Outcome {
    let canonical = crates.macro_path(call.module, written.path);
    if let Some(outcome) = said(options, written, &canonical) {
        return outcome;
    }
    let name = written.path.join("::");
    let reading = known(&canonical);
    let found = crates.macros_at(call, written.path, &canonical);
    // A definition at hand says more than what is known of the macro's releases.
    if let Some(reading) = reading.filter(|reading| found.is_empty() || !matches!(reading, CallReading::Adds(_))) {
        return known_outcome(reading, &name, written);
    }
    if !found.is_empty() {
        return expanded(crates, store, call, written, &found);
    }
    Outcome::Unknown
}

/// What the configuration says of a call.
fn said(options: &Options, written: &Written<'_>, canonical: &str) -> Option<Outcome> {
    let name = written.path.join("::");
    let configured = [canonical, name.as_str(), written.path.last().map_or("", Name::as_str)];
    let reading = configured.iter().find_map(|name| options.macros.get(*name))?;
    match reading {
        MacroReading::Nothing => Some(Outcome::Nothing),
        // Its path is the other's already.
        MacroReading::As(_) => None,
        MacroReading::Items => Some(match items(written.tokens) {
            Some(items) => Outcome::Items(Arc::new(items)),
            None => Outcome::Blind(format!("the tokens of `{name}!` are no items, though `[macros]` says so"), true),
        }),
    }
}

/// The items of a call of macros of this side: of one, or of several under conditions that exclude each other.
fn expanded(
    crates: &mut Crates,
    store: &FactsStore,
    call: &Call,
    written: &Written<'_>,
    found: &[(DefId, Condition)],
) -> Outcome {
    let mut all: Option<Arc<Vec<Item>>> = None;
    for (def, condition) in found {
        let items = match produced(crates, store, (call.module, *def), written, Produces::Items) {
            Ok(items) => items,
            Err(why) => return unexpanded(crates, &written.path.join("::"), written.tokens, (*def, why)),
        };
        let items = match condition {
            Condition::Always => items,
            condition => Arc::new(under(items.to_vec(), condition)),
        };
        all = Some(match all {
            None => items,
            Some(before) => Arc::new(before.iter().chain(items.iter()).cloned().collect()),
        });
    }
    all.map_or(Outcome::Nothing, Outcome::Items)
}

/// A macro of this side that was not expanded.
fn unexpanded(crates: &Crates, name: &str, tokens: &RawTokens, (def, why): (DefId, Unread)) -> Outcome {
    let of_definition = crates.def(def).is_none_or(|found| match &found.item.kind {
        ItemKind::MacroRules(definition) => may_hold_endpoints(definition),
        _ => true,
    });
    Outcome::Blind(format!("`{name}!` was not expanded: {why}"), of_definition || may_hold_endpoints(tokens))
}

/// The line that says how to read a macro.
pub(super) fn said_by(canonical: &str) -> String {
    format!("`[package.metadata.verpolicy.macros]` `\"{canonical}\" = \"items\"` or `\"nothing\"`")
}

/// The path of the macro that a blind spot says is not known.
pub(crate) fn unknown_macro(spot: &BlindSpot) -> Option<&str> {
    let unknown = spot.kind == BlindSpotKind::UnexpandedMacro && spot.detail.contains(" is not known");
    let (_, path) = spot.detail.split_once("`[package.metadata.verpolicy.macros]` `\"").filter(|_| unknown)?;
    path.split_once('"').map(|(path, _)| path)
}

/// A macro of which nothing is known.
fn unknown(name: &str, canonical: &str, tokens: &RawTokens) -> Outcome {
    let hint = said_by(canonical);
    match items(tokens) {
        Some(items) if !items.is_empty() => {
            Outcome::ItemsAndMore(items, format!("`{name}!` is not known; its tokens were read as items ({hint})"))
        }
        _ => Outcome::Blind(format!("`{name}!` is not known ({hint})"), true),
    }
}

fn known_outcome(reading: CallReading, name: &str, written: &Written<'_>) -> Outcome {
    let tokens = written.tokens;
    let found = match reading {
        CallReading::Nothing | CallReading::Framework => return Outcome::Nothing,
        CallReading::Types => return Outcome::Blind(format!("the types of `{name}!` are not known"), false),
        CallReading::Include => {
            return match tokens.string() {
                Some(path) => Outcome::Included(path),
                None => Outcome::Blind(format!("`{name}!` was not followed"), true),
            };
        }
        CallReading::Exchange => super::exchange::items(tokens),
        CallReading::Pinned => items(tokens).map(|mut items| {
            items.iter_mut().for_each(|item| item.attrs.push(Attr::bare("pin_project", written.pos)));
            items
        }),
        CallReading::Pasted => crate::syntax::macros::pasted(tokens).and_then(|pasted| items(&pasted)),
        CallReading::Conditional => conditional(tokens, &items),
        CallReading::Adds(definition) => {
            let made = Definition::of(&RawTokens::from(definition)).map(|d| d.expand(tokens, "crate", written.pos));
            match made.and_then(Result::ok).and_then(|made| items(&made)) {
                Some(items) => Some(items),
                None => return Outcome::Blind(format!("what `{name}!` makes here is not known"), false),
            }
        }
    };
    match found {
        Some(items) => Outcome::Items(Arc::new(items)),
        None => Outcome::Blind(format!("`{name}!` was not expanded"), may_hold_endpoints(tokens)),
    }
}

/// The tokens as items; `None` when they are none.
fn items(tokens: &RawTokens) -> Option<Vec<Item>> {
    crate::syntax::items(tokens)
}

/// Does an attribute or macro call that can make an endpoint stand in these tokens?
pub(super) fn may_hold_endpoints(tokens: &RawTokens) -> bool {
    endpoint_words(&tokens.lex())
}

/// Items under one more condition.
pub(super) fn under(mut items: Vec<Item>, condition: &Condition) -> Vec<Item> {
    if *condition == Condition::Always {
        return items;
    }
    for item in &mut items {
        item.condition = item.condition.clone().and(condition.clone());
    }
    items
}

/// `if #[cfg(a)] { … } else if #[cfg(b)] { … } else { … }`, or `a => { … } _ => { … }`.
/// `read` reads what stands under one condition.
pub(super) fn conditional(tokens: &RawTokens, read: &dyn Fn(&RawTokens) -> Option<Vec<Item>>) -> Option<Vec<Item>> {
    let lexed = tokens.lex();
    let mut cursor = Cursor::new(tokens, &lexed);
    let mut out = Vec::new();
    let mut rest = Condition::Always;
    while !cursor.is_empty() {
        cursor.eat_ident("else");
        let condition = if cursor.eat_ident("if") {
            if !cursor.eat("#") {
                return None;
            }
            let attribute = cursor.group(Delimiter::Bracket)?;
            let mut attribute = attribute;
            if !attribute.eat_ident("cfg") {
                return None;
            }
            Some(attribute.group_raw(Delimiter::Paren)?)
        } else if cursor.peek().and_then(|t| t.group(Delimiter::Brace)).is_some() {
            None
        } else {
            let predicate = cursor.until(&["=>"]);
            if !cursor.eat("=>") {
                return None;
            }
            (predicate.text.trim() != "_").then_some(predicate)
        };
        let condition = condition.map_or(Condition::Always, |raw| crate::syntax::condition(&raw));
        let body = cursor.group_raw(Delimiter::Brace)?;
        cursor.eat(",");
        out.extend(under(read(&body)?, &rest.clone().and(condition.clone())));
        rest = rest.and(condition.negate());
    }
    Some(out)
}
