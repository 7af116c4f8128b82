//! Reading a stated route: `GET "/users/{id}"`, `GET | HEAD "/users"`.

use proc_macro2::{Ident, TokenTree};

use crate::cursor::{is_punct, Cursor};
use crate::mistakes::Mistakes;
use crate::read::text;
use crate::suggest::nearest;
use crate::{path, Route, Spanned};

/// Stands for every method.
const ANY: &str = "ANY";

/// The registered methods that servers use, WebDAV's included, and `ANY`.
const METHODS: &[&str] = &[
    ANY,
    "GET",
    "POST",
    "PUT",
    "DELETE",
    "PATCH",
    "HEAD",
    "OPTIONS",
    "TRACE",
    "CONNECT",
    "QUERY",
    "ACL",
    "BIND",
    "CHECKIN",
    "CHECKOUT",
    "COPY",
    "LABEL",
    "LINK",
    "LOCK",
    "MERGE",
    "MKACTIVITY",
    "MKCALENDAR",
    "MKCOL",
    "MKWORKSPACE",
    "MOVE",
    "ORDERPATCH",
    "PROPFIND",
    "PROPPATCH",
    "PURGE",
    "REBIND",
    "REPORT",
    "SEARCH",
    "UNBIND",
    "UNCHECKOUT",
    "UNLINK",
    "UNLOCK",
    "UPDATE",
];

/// Whether the word before the cursor begins a route.
pub(crate) fn begins_route(word: &Ident, cursor: &Cursor) -> bool {
    let name = word.to_string();
    let capitals = name.len() > 1 && name.chars().all(|c| c.is_ascii_uppercase());
    let method = METHODS.contains(&name.to_ascii_uppercase().as_str());
    match cursor.peek() {
        Some(TokenTree::Literal(literal)) => {
            capitals || method || text(literal).is_some_and(|text| text.starts_with('/'))
        }
        token => capitals || is_punct(token, '|'),
    }
}

/// Reads a route whose first method was taken. What could be read is returned also where something is wrong with it.
pub(crate) fn read_route(first: &Ident, cursor: &mut Cursor, mistakes: &mut Mistakes) -> Option<Route> {
    let mut methods = Vec::new();
    read_method(first, &mut methods, mistakes);
    while let Some(bar) = cursor.take_punct('|') {
        match cursor.take_ident() {
            Some(method) => read_method(&method, &mut methods, mistakes),
            None => mistakes.add(bar, "expected a method after `|`: write `GET | HEAD \"/users\"`"),
        }
    }
    let span = cursor.span();
    let Some(path) = cursor.take_literal().as_ref().and_then(text) else {
        let at = if cursor.is_empty() || is_punct(cursor.peek(), ',') { first.span() } else { span };
        mistakes.add(at, "expected the path in quotes after the method: write `GET \"/users/{id}\"`");
        cursor.skip_to_comma();
        return None;
    };
    if let Err(message) = path::check(&path) {
        mistakes.add(span, message);
    }
    if methods.is_empty() {
        return None;
    }
    Some(Route { methods, path: Spanned { value: path, span } })
}

fn read_method(word: &Ident, methods: &mut Vec<Spanned<String>>, mistakes: &mut Mistakes) {
    let name = word.to_string();
    let upper = name.to_ascii_uppercase();
    let span = word.span();
    if !METHODS.contains(&upper.as_str()) {
        let meant = nearest(&upper, METHODS.iter().copied());
        let advice = meant.map_or_else(
            || "known are GET, POST, PUT, DELETE, PATCH, HEAD, OPTIONS, …, ANY".to_owned(),
            |meant| format!("did you mean `{meant}`?"),
        );
        mistakes.add_unknown(span, format!("unknown method `{name}`: {advice}"));
        return;
    }
    if upper != name {
        mistakes.add(span, format!("a method is written in capitals: `{upper}`"));
    }
    if methods.iter().any(|method| method.value == upper) {
        mistakes.add(span, format!("the method `{upper}` is repeated"));
        return;
    }
    if !methods.is_empty() && (upper == ANY || methods.iter().any(|method| method.value == ANY)) {
        mistakes.add(span, "`ANY` contains every other method: write it alone");
        return;
    }
    methods.push(Spanned { value: upper, span });
}
