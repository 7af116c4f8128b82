//! What attributes say of an item, and what a macro takes.

use crate::model::Condition;
use crate::syntax::facts::{Attr, AttrArgs, RawTokens};
use crate::syntax::tokens::{Cursor, normal};
use std::collections::BTreeSet;

pub(super) fn target_features(attrs: &[Attr]) -> BTreeSet<String> {
    let lists = attrs.iter().filter(|attr| is(attr, "target_feature")).filter_map(|attr| match &attr.args {
        AttrArgs::List(tokens) => Some(tokens.metas()),
        _ => None,
    });
    let texts = lists.flatten().filter(|meta| meta.is("enable")).filter_map(|meta| meta.string());
    texts.flat_map(|text| text.split(',').map(|one| one.trim().to_owned()).collect::<Vec<_>>()).collect()
}

/// The symbol that a linker sees.
pub(super) fn export(name: &str, attrs: &[Attr]) -> Option<String> {
    let stated = attrs.iter().filter(|attr| is(attr, "export_name")).find_map(|attr| match &attr.args {
        AttrArgs::Value(tokens) => tokens.string(),
        _ => None,
    });
    stated.or_else(|| has(attrs, "no_mangle").then(|| name.to_owned()))
}

/// Does a derive compare in the order of what is written?
pub(super) fn is_ordered(attrs: &[Attr]) -> bool {
    attrs.iter().filter(|attr| is(attr, "derive")).any(|attr| match &attr.args {
        AttrArgs::List(tokens) => tokens.metas().iter().any(|m| m.path.last().is_some_and(|name| name == "PartialOrd")),
        _ => false,
    })
}

/// The attributes that a derive macro knows.
pub(crate) fn helper_attributes(attrs: &[Attr]) -> Vec<String> {
    let lists = attrs.iter().filter(|attr| is(attr, "proc_macro_derive")).filter_map(|attr| match &attr.args {
        AttrArgs::List(tokens) => Some(tokens.metas()),
        _ => None,
    });
    let known = lists.flatten().filter(|meta| meta.is("attributes")).flat_map(|meta| meta.metas());
    known.filter_map(|meta| Some(format!("#[{}]", meta.word()?))).collect()
}

/// The patterns of a `macro_rules!`, with the names of its variables by position.
pub(super) fn arms(tokens: &RawTokens) -> Vec<String> {
    let lexed = tokens.lex();
    let mut cursor = Cursor::new(tokens, &lexed);
    let mut out = Vec::new();
    while !cursor.is_empty() {
        let Some(pattern) = cursor.any_group() else { break };
        out.push(positions(&normal(&pattern.text)));
        if !cursor.eat("=>") || cursor.any_group().is_none() {
            break;
        }
        cursor.eat(";");
    }
    out
}

/// `$ name : expr` → `$0 : expr`.
fn positions(pattern: &str) -> String {
    let mut names: Vec<String> = Vec::new();
    let mut out = String::new();
    let mut rest = pattern;
    while let Some(at) = rest.find('$') {
        let (before, from) = rest.split_at(at + 1);
        out.push_str(before);
        let trimmed = from.trim_start();
        let length = trimmed.chars().take_while(|c| c.is_alphanumeric() || *c == '_').map(char::len_utf8).sum();
        let (name, after) = trimmed.split_at(length);
        if name.is_empty() {
            rest = from;
            continue;
        }
        let position = names.iter().position(|n| n == name).unwrap_or_else(|| {
            names.push(name.to_owned());
            names.len() - 1
        });
        out.push_str(&position.to_string());
        rest = after;
    }
    out.push_str(rest);
    out
}

pub(super) fn is(attr: &Attr, word: &str) -> bool {
    matches!(attr.path.as_slice(), [name] if name == word) && attr.condition != Condition::Never
}

pub(super) fn has(attrs: &[Attr], word: &str) -> bool {
    attrs.iter().any(|attr| is(attr, word))
}
