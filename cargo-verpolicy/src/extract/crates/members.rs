//! Macro calls among the members of an impl or a trait: the item again, with what they make in their place.

use super::calls::{MAX_DEPTH, Written, conditional, may_hold_endpoints, said_by, under};
use super::expansion::{Produces, produced};
use super::known_macros::{CallReading, known};
use super::table::{Call, ItemRef, Source, SourceItems};
use super::{Crates, ModuleId};
use crate::extract::{FactsStore, MacroReading, Options};
use crate::model::BlindSpotKind;
use crate::syntax::facts::{Item, ItemKind, Pos};
use std::sync::Arc;

/// Does a call stand among the members of an impl or a trait?
pub(super) fn holds_calls(item: &Item) -> bool {
    matches!(item.kind, ItemKind::Impl(_) | ItemKind::Trait(_))
        && item.members().iter().any(|member| matches!(member.kind, ItemKind::MacroCall { .. }))
}

/// Puts an impl or trait with its calls expanded in the place of the one at `call`.
pub(super) fn read_members(crates: &mut Crates, store: &FactsStore, options: &Options, call: &Call) {
    let Some(item) = call.at.find(&crates.sources) else { return };
    let mut item = item.clone();
    let produces = match &item.kind {
        ItemKind::Trait(_) => Produces::TraitMembers,
        _ => Produces::ImplMembers,
    };
    let mut blind = Vec::new();
    let members = {
        let mut reader = Reader { crates, store, options, call, produces, blind: &mut blind };
        reader.members(item.members(), 0)
    };
    for (pos, detail, hides) in blind {
        let file = crates.module(call.module).map_or_else(|| Arc::from(""), |m| Arc::clone(&m.file));
        crates.blind(call.module, BlindSpotKind::UnexpandedMacro, &file, pos, detail, hides);
    }
    match &mut item.kind {
        ItemKind::Trait(fact) => fact.items = members,
        ItemKind::Impl(fact) => fact.items = members,
        _ => return,
    }
    let source = u32::try_from(crates.sources.len()).unwrap_or(u32::MAX);
    crates.sources.push(Source { items: SourceItems::Tokens(Arc::new(vec![item])) });
    crates.replace(call.module, &call.at, &ItemRef { source, steps: Box::from([0]) });
}

struct Reader<'a> {
    crates: &'a mut Crates,
    store: &'a FactsStore,
    options: &'a Options,
    call: &'a Call,
    produces: Produces,
    /// What was not read: where, what, and whether it may hold endpoints.
    blind: &'a mut Vec<(Pos, String, bool)>,
}

impl Reader<'_> {
    fn members(&mut self, members: &[Item], depth: u32) -> Vec<Item> {
        let mut out = Vec::with_capacity(members.len());
        for member in members {
            let ItemKind::MacroCall { path, tokens } = &member.kind else {
                out.push(member.clone());
                continue;
            };
            let written = Written { path, tokens, pos: member.pos };
            match self.made(&written, depth) {
                Ok(made) => {
                    let made = under(made.to_vec(), &member.condition);
                    out.extend(if depth < MAX_DEPTH { self.members(&made, depth + 1) } else { made });
                }
                Err(Some(why)) => {
                    let detail = format!("`{}!` was not expanded: {why}", path.join("::"));
                    self.blind.push((member.pos, detail, may_hold_endpoints(tokens)));
                }
                Err(None) => {}
            }
        }
        out
    }

    /// What a call makes; `Err(None)` when it makes nothing that matters.
    fn made(&mut self, written: &Written<'_>, depth: u32) -> Result<Arc<Vec<Item>>, Option<String>> {
        let module: ModuleId = self.call.module;
        let canonical = self.crates.macro_path(module, written.path);
        if depth >= MAX_DEPTH {
            return Err(Some("calls nest too deep".to_owned()));
        }
        let name = written.path.join("::");
        if let Some(reading) = self.options.macros.get(&canonical).or_else(|| self.options.macros.get(&name)) {
            match reading {
                MacroReading::Nothing => return Err(None),
                MacroReading::Items => return self.plain(written.tokens),
                MacroReading::As(_) => {}
            }
        }
        match known(&canonical) {
            Some(CallReading::Nothing) => return Err(None),
            Some(CallReading::Pinned) => return self.plain(written.tokens),
            Some(CallReading::Conditional) => {
                let members = conditional(written.tokens, &|body| self.plain(body).ok().map(|made| made.to_vec()));
                return members.map(Arc::new).ok_or_else(|| Some("its tokens are no members".to_owned()));
            }
            Some(CallReading::Pasted) => {
                let pasted = crate::syntax::macros::pasted(written.tokens);
                return pasted.ok_or(None).and_then(|pasted| self.plain(&pasted));
            }
            _ => {}
        }
        let found = self.crates.macros_at(self.call, written.path, &canonical);
        let Some((def, _)) = found.first() else {
            return Err(Some(format!("it is not known ({})", said_by(&canonical))));
        };
        produced(self.crates, self.store, (module, *def), written, self.produces).map_err(|why| Some(why.to_string()))
    }

    fn plain(&self, tokens: &crate::syntax::facts::RawTokens) -> Result<Arc<Vec<Item>>, Option<String>> {
        let members = crate::syntax::members(tokens, self.produces == Produces::TraitMembers);
        members.map(Arc::new).ok_or_else(|| Some("its tokens are no members".to_owned()))
    }
}

impl Crates {
    /// Lets everything that led to one item of a module lead to another.
    fn replace(&mut self, module: ModuleId, from: &ItemRef, to: &ItemRef) {
        let same = |at: &ItemRef| at.source == from.source && at.steps == from.steps;
        for unit in self.impls.iter_mut().filter(|unit| same(&unit.at)) {
            unit.at = to.clone();
        }
        let mut defs = Vec::new();
        for item in self.modules.get_mut(module.0 as usize).into_iter().flat_map(|m| &mut m.items) {
            if same(&item.at) {
                item.at = to.clone();
                defs.extend(item.def);
            }
        }
        for def in defs {
            if let Some(def) = self.defs.get_mut(def.0 as usize) {
                def.at = to.clone();
            }
        }
    }
}
