//! What a mark means: the tokens inside `#[api(...)]` to a [`Mark`], with spans. Read by the attribute macro and by the
//! command line, so that both accept the same language. No I/O.

mod agree;
mod cursor;
mod keys;
mod mark;
mod mistakes;
mod path;
mod read;
mod route;
mod suggest;
#[cfg(test)]
mod tests;
mod version;

pub use mark::{Deprecated, Kind, Mark, MarkResponse, Route, Spanned, Unstable};

use proc_macro2::{Ident, Span, TokenStream, TokenTree};

use cursor::Cursor;
use mistakes::Mistakes;

/// One mistake in a mark.
#[derive(Clone, Debug)]
pub struct Mistake {
    /// The tokens it is about.
    pub span: Span,
    /// What is wrong and what would be right.
    pub message: String,
    /// The key is unknown: a newer version may know it.
    pub unknown_key: bool,
}

/// Reads the tokens inside `#[api(...)]`.
///
/// # Errors
/// Every mistake in the mark, in source order; the mark as far as it could be read comes along.
#[allow(clippy::result_large_err)] // a mark with mistakes is as large as one without
pub fn parse(tokens: TokenStream) -> Result<Mark, (Mark, Vec<Mistake>)> {
    let end = Span::call_site();
    let mut mark = Mark::default();
    let mut mistakes = Mistakes::default();
    let mut seen = Vec::new();
    let mut cursor = Cursor::new(tokens, end);
    while !cursor.is_empty() {
        mistakes.next_part();
        read_part(&mut cursor, &mut mark, &mut seen, &mut mistakes);
        read::end_element(keys::MARK, &mut cursor, &mut mistakes);
    }
    agree::check(&mark, &mut mistakes);
    let mistakes = mistakes.into_sorted();
    if mistakes.is_empty() {
        Ok(mark)
    } else {
        Err((mark, mistakes))
    }
}

/// Reads one element of the mark: a route, or a key.
fn read_part(cursor: &mut Cursor, mark: &mut Mark, seen: &mut Vec<&'static str>, mistakes: &mut Mistakes) {
    if let Some(TokenTree::Literal(literal)) = cursor.peek() {
        let advice = match read::text(literal) {
            Some(text) if text.starts_with('/') => format!("a path needs its method: write `GET \"{text}\"`"),
            Some(text) if version::check(&text).is_ok() => {
                format!("a version needs its key: write `since = \"{text}\"`")
            }
            _ => "expected a key, such as `since = \"1.2.0\"`".to_owned(),
        };
        mistakes.add(cursor.span(), advice);
        cursor.skip_to_comma();
        return;
    }
    let Some(word) = cursor.take_ident() else {
        read::expected_key(keys::MARK, cursor, mistakes);
        return;
    };
    let known = keys::MARK.iter().any(|key| word == key.word);
    if !known && route::begins_route(&word, cursor) {
        read_route(&word, cursor, mark, mistakes);
        return;
    }
    if is_kind(&word) {
        if let Some(first) = &mark.kind {
            if word != agree::word_of(first.value) {
                let message = format!("`{word}` contradicts `{}`: a mark has one kind", agree::word_of(first.value));
                mistakes.add(word.span(), message);
                cursor.skip_to_comma();
                return;
            }
        }
    }
    let span = word.span();
    if let Some(read) = read::read_key(keys::MARK, &word, cursor, mark, seen, mistakes) {
        mistakes.name_part(read, span);
    }
}

fn read_route(first: &Ident, cursor: &mut Cursor, mark: &mut Mark, mistakes: &mut Mistakes) {
    let repeated = mistakes.part("route").is_some();
    if repeated {
        mistakes.add(first.span(), "a second route: a mark has one; write another `#[api(...)]` for another endpoint");
        cursor.skip_to_comma();
        return;
    }
    mistakes.name_part("route", first.span());
    mark.route = route::read_route(first, cursor, mistakes);
}

fn is_kind(word: &Ident) -> bool {
    ["item", "http", "message", "config"].iter().any(|kind| word == kind)
}
