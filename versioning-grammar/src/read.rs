//! Reading the list of keys of a mark, each mistake on its own.

use proc_macro2::{Group, Ident, Literal, Span, TokenStream, TokenTree};
use syn::Lit;

use crate::cursor::{is_punct, Cursor};
use crate::keys::{Form, Key, OTHER_NAMES};
use crate::mistakes::Mistakes;
use crate::suggest::nearest;
use crate::{version, MarkResponse, Spanned};

/// Reads the list of a word such as `deprecated(…)`; without a list there is nothing to read.
pub(crate) fn read_inner_list<T>(keys: &'static [Key<T>], list: Option<Group>, into: &mut T, mistakes: &mut Mistakes) {
    let Some(list) = list else { return };
    let mut seen = Vec::new();
    let mut cursor = Cursor::new(list.stream(), list.span());
    while !cursor.is_empty() {
        match cursor.take_ident() {
            Some(word) => {
                read_key(keys, &word, &mut cursor, into, &mut seen, mistakes);
            }
            None => expected_key(keys, &mut cursor, mistakes),
        }
        end_element(keys, &mut cursor, mistakes);
    }
}

/// Says that something else stands where a key should.
pub(crate) fn expected_key<T>(keys: &[Key<T>], cursor: &mut Cursor, mistakes: &mut Mistakes) {
    let example = keys.iter().find(|key| key.word == "since").or_else(|| keys.first()).map_or("", |key| key.example);
    mistakes.add(cursor.span(), format!("expected a key, such as `{example}`"));
    if !is_punct(cursor.peek(), ',') {
        cursor.skip_to_comma();
    }
}

/// After one element: takes the `,`, or says that it is missing and goes on where the next element seems to begin.
pub(crate) fn end_element<T>(keys: &[Key<T>], cursor: &mut Cursor, mistakes: &mut Mistakes) {
    if cursor.is_empty() || cursor.take_punct(',').is_some() {
        return;
    }
    mistakes.add(cursor.span(), "expected `,`");
    let next_is_key =
        matches!(cursor.peek(), Some(TokenTree::Ident(ident)) if keys.iter().any(|key| ident == key.word));
    if !next_is_key {
        cursor.skip_to_comma();
        cursor.take_punct(',');
    }
}

/// Reads what follows the word of a key. `seen` holds the words of this list that were read before.
pub(crate) fn read_key<T>(
    keys: &'static [Key<T>],
    word: &Ident,
    cursor: &mut Cursor,
    into: &mut T,
    seen: &mut Vec<&'static str>,
    mistakes: &mut Mistakes,
) -> Option<&'static str> {
    let name = word.to_string();
    let Some(key) = keys.iter().find(|key| key.word == name) else {
        mistakes.add_unknown(word.span(), unknown_key(&name, keys));
        cursor.skip_to_comma();
        return None;
    };
    if seen.contains(&key.word) {
        mistakes.add(word.span(), format!("`{name}` is repeated"));
        cursor.skip_to_comma();
        return None;
    }
    seen.push(key.word);
    read_form(key, word.span(), cursor, into, mistakes);
    Some(key.word)
}

fn unknown_key<T>(name: &str, keys: &'static [Key<T>]) -> String {
    let known = || keys.iter().map(|key| key.word);
    if let Some(word) = nearest(name, known()) {
        return format!("unknown key `{name}`: did you mean `{word}`?");
    }
    if let Some((_, meant)) = OTHER_NAMES.iter().find(|(other, _)| *other == name && keys.len() > 3) {
        return format!("unknown key `{name}`: write {meant}");
    }
    let words: Vec<String> = known().map(|word| format!("`{word}`")).collect();
    format!("unknown key `{name}`: the keys are {}", words.join(", "))
}

fn read_form<T>(key: &Key<T>, span: Span, cursor: &mut Cursor, into: &mut T, mistakes: &mut Mistakes) {
    match key.form {
        Form::Alone(set) => {
            set(into, span);
            if let Some(extra) = extra_value(cursor) {
                mistakes.add(extra, format!("`{}` stands alone, without a value", key.word));
                cursor.skip_to_comma();
            }
        }
        Form::Version(set) => {
            if let Some(value) = text_value(key, cursor, mistakes) {
                if let Err(message) = version::check(&value.value) {
                    mistakes.add(value.span, message);
                }
                set(into, value);
            }
        }
        Form::Text(set) => {
            if let Some(value) = text_value(key, cursor, mistakes) {
                if value.value.trim().is_empty() {
                    mistakes.add(value.span, format!("`{}` is empty: write `{}`", key.word, key.example));
                }
                set(into, value);
            }
        }
        Form::Number(set) => {
            if let Some(value) = number_value(key, cursor, mistakes) {
                set(into, value);
            }
        }
        Form::Type(set) => {
            if take_equals(key, cursor, mistakes) {
                if let Some(value) = type_value(key.example, cursor, mistakes) {
                    set(into, value);
                }
            }
        }
        Form::Optional(set) => {
            let list = cursor.take_parenthesised();
            if let (None, Some(extra)) = (&list, extra_value(cursor)) {
                mistakes.add(extra, format!("`{}` takes its values in parentheses: write `{}`", key.word, key.example));
                cursor.skip_to_comma();
            }
            set(into, span, list, mistakes);
        }
        Form::List(set) => match cursor.take_parenthesised() {
            Some(list) => set(into, span, list, mistakes),
            None => {
                mistakes.add(span, format!("`{}` needs its list: write `{}`", key.word, key.example));
                cursor.skip_to_comma();
            }
        },
    }
}

/// The place of an `=` or of a group, which a word that stands alone cannot have.
fn extra_value(cursor: &Cursor) -> Option<Span> {
    match cursor.peek() {
        Some(token @ TokenTree::Group(_)) => Some(token.span()),
        Some(token) if is_punct(Some(token), '=') => Some(token.span()),
        _ => None,
    }
}

fn take_equals<T>(key: &Key<T>, cursor: &mut Cursor, mistakes: &mut Mistakes) -> bool {
    let at = cursor.span();
    if cursor.take_punct('=').is_some() {
        return true;
    }
    mistakes.add(at, format!("`{}` needs a value: write `{}`", key.word, key.example));
    if matches!(cursor.peek(), Some(TokenTree::Group(_))) {
        cursor.skip_to_comma();
    }
    false
}

fn text_value<T>(key: &Key<T>, cursor: &mut Cursor, mistakes: &mut Mistakes) -> Option<Spanned<String>> {
    if !take_equals(key, cursor, mistakes) {
        return None;
    }
    let span = cursor.span();
    let Some(literal) = cursor.take_literal() else {
        mistakes.add(span, format!("expected a text in quotes: write `{}`", key.example));
        cursor.skip_to_comma();
        return None;
    };
    match text(&literal) {
        Some(value) => Some(Spanned { value, span }),
        None => {
            let written = literal.to_string();
            let number = written.starts_with(|c: char| c.is_ascii_digit());
            if number {
                mistakes.add(span, format!("expected a text in quotes: write `{} = \"{written}\"`", key.word));
            } else {
                mistakes.add(span, format!("expected a text in quotes: write `{}`", key.example));
            }
            let unread = cursor.peek().is_some_and(|token| !is_punct(Some(token), ','));
            if unread && !matches!(cursor.peek(), Some(TokenTree::Ident(_))) {
                cursor.skip_to_comma(); // the rest of something like 1.2.0
                return None;
            }
            number.then_some(Spanned { value: written, span })
        }
    }
}

fn number_value<T>(key: &Key<T>, cursor: &mut Cursor, mistakes: &mut Mistakes) -> Option<Spanned<u64>> {
    if !take_equals(key, cursor, mistakes) {
        return None;
    }
    let span = cursor.span();
    let number = cursor.take_literal().and_then(|literal| whole_number(&literal));
    if number.is_none() {
        mistakes.add(span, format!("expected a whole number: write `{}`", key.example));
        cursor.skip_to_comma();
    }
    number.map(|value| Spanned { value, span })
}

/// The tokens of a type. Whether they are one is for those who know all of Rust's syntax; here, what cannot begin a type
/// and angle brackets that do not match are mistakes.
fn type_value(example: &str, cursor: &mut Cursor, mistakes: &mut Mistakes) -> Option<Spanned<TokenStream>> {
    let span = cursor.span();
    let starts_type = match cursor.peek() {
        Some(TokenTree::Ident(_) | TokenTree::Group(_)) => true,
        Some(TokenTree::Punct(punct)) => matches!(punct.as_char(), '&' | '<' | ':' | '*' | '!'),
        Some(TokenTree::Literal(_)) | None => false,
    };
    let (tokens, matched) = cursor.take_type();
    if !starts_type || tokens.is_empty() {
        mistakes.add(span, format!("expected a type: write `{example}`"));
        return None;
    }
    if !matched {
        mistakes.add(span, "the `<` and `>` of this type do not match");
        return None;
    }
    Some(Spanned { value: tokens.into_iter().collect(), span })
}

/// Reads `200 = T, 404 = E, 204`.
pub(crate) fn read_responses(list: Group, mistakes: &mut Mistakes) -> Vec<MarkResponse> {
    const EXAMPLE: &str = "responses(200 = User, 204)";
    let mut responses: Vec<MarkResponse> = Vec::new();
    let mut cursor = Cursor::new(list.stream(), list.span());
    if cursor.is_empty() {
        mistakes.add(list.span(), format!("`responses` is empty: write `{EXAMPLE}`"));
    }
    while !cursor.is_empty() {
        let span = cursor.span();
        let literal = cursor.take_literal();
        let status = literal.as_ref().and_then(whole_number).and_then(|number| u16::try_from(number).ok());
        match status.filter(|status| (100..=599).contains(status)) {
            None => {
                mistakes.add(span, format!("expected a status from 100 to 599: write `{EXAMPLE}`"));
                cursor.take_type();
            }
            Some(status) => {
                let has_body = cursor.take_punct('=').is_some();
                let body = if has_body { type_value(EXAMPLE, &mut cursor, mistakes) } else { None };
                if responses.iter().any(|response| response.status.value == status) {
                    mistakes.add(span, format!("the status {status} is repeated"));
                } else if body.is_some() || !has_body {
                    responses.push(MarkResponse { status: Spanned { value: status, span }, body });
                }
            }
        }
        if !cursor.is_empty() && cursor.take_punct(',').is_none() {
            mistakes.add(cursor.span(), "expected `,`");
            cursor.take_type();
            cursor.take_punct(',');
        }
    }
    responses
}

/// The value of a string literal.
pub(crate) fn text(literal: &Literal) -> Option<String> {
    match literal_value(literal)? {
        Lit::Str(text) if text.suffix().is_empty() => Some(text.value()),
        _ => None,
    }
}

fn whole_number(literal: &Literal) -> Option<u64> {
    match literal_value(literal)? {
        Lit::Int(number) if number.suffix().is_empty() => number.base10_parse().ok(),
        _ => None,
    }
}

fn literal_value(literal: &Literal) -> Option<Lit> {
    syn::parse2(TokenTree::Literal(literal.clone()).into()).ok()
}
