//! Marks on fields and variants. No attribute macro can stand there by itself: the mark on the type reads them, checks
//! them and takes them away.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::quote;
use versioning_grammar::Mistake;

use crate::attribute::{split_at_commas, Attribute};
use crate::item::{attributes_length, ItemKind};
use crate::{note, place};

/// `cfg_attr` inside `cfg_attr` is read so deep.
const DEEPEST_CONDITION: usize = 8;

/// Takes the marks off the fields and variants of a type, and puts their notes there instead. Tokens that hold no mark are
/// left as they are.
pub(crate) fn take_marks(kind: ItemKind, rest: Vec<TokenTree>, mistakes: &mut Vec<Mistake>) -> Vec<TokenTree> {
    if !matches!(kind, ItemKind::Struct | ItemKind::Enum | ItemKind::Union) {
        return rest;
    }
    let body = body_at(&rest);
    let levels = if kind == ItemKind::Enum { 2 } else { 1 };
    rest.into_iter()
        .enumerate()
        .map(|(at, token)| match token {
            TokenTree::Group(group) if group.delimiter() == Delimiter::None => {
                // the whole item from one `macro_rules!` variable
                let inner = take_marks(kind, group.stream().into_iter().collect(), mistakes);
                same_place(&group, inner.into_iter().collect()).into()
            }
            TokenTree::Group(group) if Some(at) == body => take_from_group(group, levels, mistakes).into(),
            token => token,
        })
        .collect()
}

/// Where the fields or variants stand: the first braces or brackets outside the generics, before a `where` only braces.
fn body_at(tokens: &[TokenTree]) -> Option<usize> {
    let mut depth = 0_usize;
    let mut after_dash = false;
    let mut after_name = false;
    let mut after_where = false;
    for (at, token) in tokens.iter().enumerate() {
        let mut dash = false;
        match token {
            TokenTree::Punct(punct) => match punct.as_char() {
                '<' => depth += 1,
                '>' if !after_dash => depth = depth.saturating_sub(1),
                '-' => dash = true,
                _ => {}
            },
            TokenTree::Ident(word) => {
                after_where |= word == "where" && depth == 0;
                after_name |= word == "struct" || word == "enum" || word == "union";
            }
            TokenTree::Group(group) if depth == 0 && after_name => match group.delimiter() {
                Delimiter::Brace => return Some(at),
                Delimiter::Parenthesis if !after_where => return Some(at),
                _ => {}
            },
            _ => {}
        }
        after_dash = dash;
    }
    None
}

/// `levels` is 2 for the variants of an enum, whose own fields are one group deeper.
fn take_from_group(group: Group, levels: usize, mistakes: &mut Vec<Mistake>) -> Group {
    let tokens: Vec<TokenTree> = group.stream().into_iter().collect();
    let mut kept: Vec<TokenTree> = Vec::new();
    let mut changed = false;
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        let remaining = tokens.get(at..).unwrap_or_default();
        let length = attributes_length(remaining);
        if length > 0 {
            changed |= take_from_attributes(remaining.get(..length).unwrap_or_default(), &mut kept, mistakes);
            at += length;
            continue;
        }
        match token {
            TokenTree::Group(inner)
                if levels > 1 && matches!(inner.delimiter(), Delimiter::Parenthesis | Delimiter::Brace) =>
            {
                changed = true;
                kept.push(take_from_group(inner.clone(), levels - 1, mistakes).into());
            }
            token => kept.push(token.clone()),
        }
        at += 1;
    }
    if changed {
        same_place(&group, kept.into_iter().collect())
    } else {
        group
    }
}

/// Copies a run of attributes without its marks; their notes come last. Says whether there were marks.
fn take_from_attributes(run: &[TokenTree], kept: &mut Vec<TokenTree>, mistakes: &mut Vec<Mistake>) -> bool {
    let mut notes = TokenStream::new();
    let mut marked = false;
    for pair in run.chunks(2) {
        let [hash, TokenTree::Group(group)] = pair else { continue };
        let mut taken = Taken::default();
        let left = taken.read(group.stream().into_iter().collect(), &mut Vec::new(), mistakes);
        if !taken.marked {
            kept.extend(pair.iter().cloned());
            continue;
        }
        marked = true;
        notes.extend(taken.notes);
        if let Some(left) = left {
            kept.push(hash.clone());
            kept.push(same_place(group, left).into());
        }
    }
    kept.extend(notes);
    marked
}

/// What was found in one attribute.
#[derive(Default)]
struct Taken {
    marked: bool,
    notes: TokenStream,
}

impl Taken {
    /// Reads one attribute and returns what is left of it without marks.
    fn read(
        &mut self,
        tokens: Vec<TokenTree>,
        conditions: &mut Vec<TokenStream>,
        mistakes: &mut Vec<Mistake>,
    ) -> Option<TokenStream> {
        let unchanged: TokenStream = tokens.iter().cloned().collect();
        let Some(attribute) = Attribute::read(tokens) else { return Some(unchanged) };
        if attribute.is_mark() {
            self.marked = true;
            self.add_note(attribute, conditions, mistakes);
            return None;
        }
        let conditional = matches!(attribute.path.as_slice(), [only] if only == "cfg_attr");
        let (true, Some(list)) = (conditional && conditions.len() < DEEPEST_CONDITION, attribute.list) else {
            return Some(unchanged);
        };
        let mut parts = split_at_commas(list).into_iter();
        let condition: TokenStream = parts.next().unwrap_or_default().into_iter().collect();
        conditions.push(condition.clone());
        let left: Vec<TokenStream> = parts.filter_map(|part| self.read(part, conditions, mistakes)).collect();
        conditions.pop();
        (!left.is_empty()).then(|| quote!(cfg_attr(#condition, #(#left),*)))
    }

    fn add_note(&mut self, attribute: Attribute, conditions: &[TokenStream], mistakes: &mut Vec<Mistake>) {
        let (mark, found) = match versioning_grammar::parse(attribute.list.unwrap_or_default()) {
            Ok(mark) => (mark, Vec::new()),
            Err((mark, found)) => (mark, found),
        };
        let misread = !found.is_empty();
        mistakes.extend(found);
        place::check_member(&mark, attribute.span, misread, mistakes);
        self.notes.extend(note::attribute(&mark, conditions));
    }
}

fn same_place(old: &Group, stream: TokenStream) -> Group {
    let mut new = Group::new(old.delimiter(), stream);
    new.set_span(old.span());
    new
}
