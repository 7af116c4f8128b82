//! Attributes as written to facts: `cfg` becomes a condition, `cfg_attr` is taken apart, doc comments become a yes.

use super::add;
use super::condition::{condition, predicate};
use super::facts::{Attr, AttrArgs, Name, RawTokens};
use super::lexical::{Lexeme, at, lexeme};
use super::positions::Positions;
use crate::model::Condition;

/// `cfg_attr` inside `cfg_attr` is followed so far.
const MAX_DEPTH: usize = 16;

/// What the attributes of one thing say.
#[derive(Debug, Default)]
pub(super) struct Attributes {
    pub(super) attrs: Vec<Attr>,
    pub(super) condition: Condition,
    pub(super) documented: bool,
    /// `#[path = "…"]`
    pub(super) paths: Vec<(String, Condition)>,
}

impl Attributes {
    /// Takes in the attribute whose text lies between two offsets: what stands in `#[…]`.
    pub(super) fn read(&mut self, positions: &Positions<'_>, start: usize, end: usize) {
        let raw = positions.raw(start, end);
        self.attribute(raw, &Condition::Always, 0);
    }

    fn attribute(&mut self, raw: RawTokens, under: &Condition, depth: usize) {
        let Some((path, args)) = split(&raw) else { return };
        let [word] = path.as_slice() else {
            self.push(path, args, under, &raw);
            return;
        };
        match (word.as_str(), &args) {
            ("unsafe", AttrArgs::List(inner)) if depth < MAX_DEPTH => self.attribute(inner.clone(), under, depth + 1),
            ("cfg", AttrArgs::List(inner)) => {
                let implied = under.clone().negate().or(condition(inner));
                self.condition = std::mem::take(&mut self.condition).and(implied);
            }
            ("cfg_attr", AttrArgs::List(inner)) if depth < MAX_DEPTH => {
                let metas = inner.metas();
                let Some((first, rest)) = metas.split_first() else { return };
                let under = under.clone().and(predicate(first, 0));
                for meta in rest {
                    self.attribute(meta.raw.clone(), &under, depth + 1);
                }
            }
            ("doc", AttrArgs::Value(value)) => {
                self.documented |= value.string().is_none_or(|text| !text.trim().is_empty());
            }
            ("path", AttrArgs::Value(value)) if value.string().is_some() => {
                self.paths.push((value.string().unwrap_or_default(), under.clone()));
            }
            _ => self.push(path, args, under, &raw),
        }
    }

    fn push(&mut self, path: Vec<Name>, args: AttrArgs, under: &Condition, raw: &RawTokens) {
        add(&mut self.attrs, Attr { path, args, condition: under.clone(), pos: raw.pos });
    }
}

/// An attribute's path and what follows it.
fn split(raw: &RawTokens) -> Option<(Vec<Name>, AttrArgs)> {
    let bytes = raw.text.as_bytes();
    let (mut path, mut here) = (Vec::new(), 0);
    while here < bytes.len() {
        let (kind, end) = lexeme(bytes, here);
        match kind {
            Lexeme::Space | Lexeme::Comment | Lexeme::Doc { .. } => {}
            Lexeme::Word => {
                let text = raw.text.get(here..end)?;
                add(&mut path, Name::new(text.strip_prefix("r#").unwrap_or(text)));
            }
            _ if at(bytes, here) == b':' => {}
            _ => break,
        }
        here = end;
    }
    if path.is_empty() {
        return None;
    }
    let args = match at(bytes, here) {
        b'=' => AttrArgs::Value(trimmed(raw, here + 1, bytes.len())),
        b'(' | b'[' | b'{' => {
            let close = raw.text.rfind([')', ']', '}']).filter(|close| *close > here).unwrap_or(bytes.len());
            AttrArgs::List(raw.slice(here + 1, close))
        }
        _ => AttrArgs::None,
    };
    Some((path, args))
}

fn trimmed(raw: &RawTokens, start: usize, end: usize) -> RawTokens {
    let text = raw.text.get(start..end).unwrap_or_default();
    let skipped = text.len() - text.trim_start().len();
    raw.slice(start + skipped, start + text.trim_end().len().max(skipped))
}
