//! What code does, as far as the project's own functions decide it: a hash of its tokens and of theirs.

use super::{Crates, ModuleId, Namespace, Resolved};
use crate::syntax::facts::{Item, ItemKind};
use std::collections::BTreeSet;

/// At most this many functions are looked at behind one piece of code.
const FUNCTIONS: usize = 32;

impl Crates {
    /// Hash of what an item does ([`Item::code`]) with the functions of the project that it calls by path, and those
    /// that they call.
    pub(crate) fn code(&self, item: &Item, module: ModuleId) -> u64 {
        let mut seen = BTreeSet::new();
        let mut queue = vec![(item, module)];
        let mut state = item.code();
        while let Some((item, module)) = queue.pop() {
            for path in item.calls() {
                let Resolved::Def(def) = self.resolve_names(module, false, &path, Namespace::Value) else { continue };
                let Some(found) = self.def(def) else { continue };
                if !matches!(found.item.kind, ItemKind::Fn(_)) || seen.len() >= FUNCTIONS || !seen.insert(def) {
                    continue;
                }
                state = (state ^ found.item.code()).rotate_left(17).wrapping_mul(0x9e37_79b9_7f4a_7c15);
                queue.push((found.item, found.module));
            }
        }
        state
    }
}
