//! Bodies of functions as statements, parsed once a side.

use super::Crates;
use crate::syntax::expression::{Block, parse};
use crate::syntax::facts::RawTokens;
use foldhash::HashMap;
use std::sync::{Arc, Mutex};

/// By where the text lies, which is kept with them: so nothing else can lie there.
pub(super) type Blocks = Mutex<HashMap<(usize, u32, u32), (RawTokens, Arc<Block>)>>;

impl Crates {
    /// The statements of a body.
    pub(crate) fn block(&self, body: &RawTokens) -> Arc<Block> {
        let key = body.text.identity();
        let known = self.blocks.lock().ok().and_then(|blocks| blocks.get(&key).map(|(_, block)| Arc::clone(block)));
        known.unwrap_or_else(|| {
            let block = Arc::new(parse::body(body));
            if let Ok(mut blocks) = self.blocks.lock() {
                blocks.insert(key, (body.clone(), Arc::clone(&block)));
            }
            block
        })
    }
}
