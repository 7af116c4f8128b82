//! `ruma_api! { metadata: { … } request: { … } response: { … } error: T }`: the structs that it makes.

use crate::model::Condition;
use crate::syntax::facts::{Attr, AttrArgs, Item, Pos, RawTokens};
use crate::syntax::tokens::{Cursor, Delimiter};

/// `#[request] pub struct Request { … }` and `#[response] pub struct Response { … }`, with the attributes that stand
/// before the sections; `None` when the fields of one are no fields.
pub(crate) fn items(tokens: &RawTokens) -> Option<Vec<Item>> {
    let lexed = tokens.lex();
    let mut cursor = Cursor::new(tokens, &lexed);
    let mut found = Vec::new();
    let mut error = AttrArgs::None;
    let mut attrs = String::new();
    while !cursor.is_empty() {
        if cursor.eat("#") {
            if let Some(attr) = cursor.group_raw(Delimiter::Bracket) {
                attrs.push_str(&format!("#[{}]\n", attr.text));
            }
            continue;
        }
        let pos = cursor.pos();
        let Some(section) = cursor.ident() else {
            cursor.next();
            continue;
        };
        if !cursor.eat(":") {
            continue;
        }
        match (section.as_str(), cursor.group_raw(Delimiter::Brace)) {
            ("request", Some(fields)) => found.push(item("Request", "request", pos, &fields, &attrs)?),
            ("response", Some(fields)) => found.push(item("Response", "response", pos, &fields, &attrs)?),
            ("error", None) => {
                let ty = cursor.expr();
                error = AttrArgs::List(RawTokens { text: format!("error = {}", ty.text).into(), pos: ty.pos });
            }
            (_, Some(_)) => {}
            (_, None) => {
                cursor.expr();
            }
        }
        attrs.clear();
    }
    for attr in found.iter_mut().filter_map(|item| item.attrs.last_mut()) {
        attr.args = error.clone();
    }
    Some(found)
}

fn item(name: &str, attribute: &str, pos: Pos, fields: &RawTokens, attrs: &str) -> Option<Item> {
    let head = format!("pub struct {name} {{");
    let before = u32::try_from(head.len()).unwrap_or(u32::MAX);
    let start = Pos { column: fields.pos.column.saturating_sub(before).max(1), ..fields.pos };
    let one = |text: String, pos: Pos| crate::syntax::items(&RawTokens { text: text.into(), pos })?.into_iter().next();
    let mut item = one(format!("{head}{}\n}}", fields.text), start)?;
    item.attrs = one(format!("{attrs}struct {name};"), pos)?.attrs;
    let path = vec![attribute.into()];
    item.attrs.push(Attr { path, args: AttrArgs::None, condition: Condition::Always, pos });
    item.pos = pos;
    item.documented = true;
    Some(item)
}
