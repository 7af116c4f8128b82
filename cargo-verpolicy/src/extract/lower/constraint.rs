//! Limits on values: what validators check, and what is only published.

use super::attributes::metas;
use crate::model::Constraint;
use crate::syntax::facts::{Attr, RawTokens};
use crate::syntax::tokens::{Cursor, Delimiter, Meta};

/// The limits that stand on a field. Those of `validator` and `garde` are checked where a validating extractor stands
/// before the position; poem-openapi checks its own; a schema's are only published.
pub(super) fn constraints(attrs: &[Attr], validated: bool) -> Vec<Constraint> {
    let mut out = Vec::new();
    for attr in attrs {
        let [name] = attr.path.as_slice() else { continue };
        match name.as_str() {
            "validate" | "garde" => all(&metas(attr), validated, &mut out),
            "schemars" | "schema" | "param" => all(&metas(attr), false, &mut out),
            "oai" => {
                for meta in metas(attr).iter().filter(|meta| meta.is("validator")) {
                    all(&meta.metas(), true, &mut out);
                }
            }
            // Rocket's `FromForm`.
            "field" => {
                for meta in metas(attr).iter().filter(|meta| meta.is("validate")) {
                    called(meta.value(), &mut out);
                }
            }
            _ => {}
        }
    }
    out.sort();
    out.dedup();
    out
}

/// Is it an attribute of a validator's derive?
pub(super) fn is_check(attr: &Attr) -> bool {
    matches!(attr.path.as_slice(), [name] if name == "validate" || name == "garde")
}

/// Does the validator look into the field's own value? (`#[validate(nested)]`, `#[validate]`, `#[garde(dive)]`)
pub(super) fn nested(attrs: &[Attr]) -> bool {
    attrs.iter().any(|attr| match attr.path.as_slice() {
        [name] if name == "validate" => {
            let metas = metas(attr);
            metas.is_empty() || metas.iter().any(|meta| meta.is("nested"))
        }
        [name] if name == "garde" => metas(attr).iter().any(|meta| meta.is("dive")),
        _ => false,
    })
}

fn all(metas: &[Meta], checked: bool, out: &mut Vec<Constraint>) {
    for meta in metas {
        let Some(word) = meta.word() else { continue };
        match word {
            "length" | "chars" | "bytes" => {
                for limit in meta.metas() {
                    let (low, high) = ("min-length", "max-length");
                    match limit.word() {
                        Some("min") => push(out, low, limit.value(), checked),
                        Some("max") => push(out, high, limit.value(), checked),
                        Some("equal") => {
                            push(out, low, limit.value(), checked);
                            push(out, high, limit.value(), checked);
                        }
                        _ => {}
                    }
                }
            }
            "range" => {
                for limit in meta.metas() {
                    match limit.word() {
                        Some("min") => push(out, "min", limit.value(), checked),
                        Some("max") => push(out, "max", limit.value(), checked),
                        Some("exclusive_min") => push(out, "exclusive-min", limit.value(), checked),
                        Some("exclusive_max") => push(out, "exclusive-max", limit.value(), checked),
                        _ => {}
                    }
                }
            }
            "min_length" | "min_items" => push(out, "min-length", limit(meta).as_ref(), checked),
            "max_length" | "max_items" => push(out, "max-length", limit(meta).as_ref(), checked),
            // poem-openapi's `maximum(value = "9", exclusive)`.
            "minimum" if excludes(meta) => push(out, "exclusive-min", limit(meta).as_ref(), checked),
            "maximum" if excludes(meta) => push(out, "exclusive-max", limit(meta).as_ref(), checked),
            "minimum" => push(out, "min", limit(meta).as_ref(), checked),
            "maximum" => push(out, "max", limit(meta).as_ref(), checked),
            "exclusive_minimum" => push(out, "exclusive-min", limit(meta).as_ref(), checked),
            "exclusive_maximum" => push(out, "exclusive-max", limit(meta).as_ref(), checked),
            "multiple_of" => push(out, "multiple-of", limit(meta).as_ref(), checked),
            "regex" | "pattern" => push(out, "pattern", limit(meta).as_ref(), checked),
            "contains" | "does_not_contain" | "prefix" | "suffix" | "must_match" | "matches" => {
                push(out, &word.replace('_', "-"), limit(meta).as_ref(), checked);
            }
            // Of the elements.
            "inner" => {
                let mut inside = Vec::new();
                all(&meta.metas(), checked, &mut inside);
                let of_item = |limit: Constraint| Constraint { kind: format!("item-{}", limit.kind), ..limit };
                out.extend(inside.into_iter().map(of_item));
            }
            "email"
            | "url"
            | "ip"
            | "ipv4"
            | "ipv6"
            | "credit_card"
            | "phone_number"
            | "ascii"
            | "alphanumeric"
            | "non_control_character"
            | "unique_items" => {
                out.push(Constraint { kind: word.replace('_', "-"), value: String::new(), checked });
            }
            "custom" => push(out, "custom", limit(meta).as_ref(), checked),
            _ => {}
        }
    }
}

/// `len(1..=5)`, `range(..10)`, `with(check, "…")`: the functions that Rocket knows, and any other.
fn called(value: Option<&RawTokens>, out: &mut Vec<Constraint>) {
    let Some(value) = value else { return };
    let tokens = value.lex();
    let mut cursor = Cursor::new(value, &tokens);
    let name = cursor.simple_path().last().cloned().unwrap_or_default();
    let args = cursor.group_raw(Delimiter::Paren).unwrap_or_default();
    let (low, high, below) = match name.as_str() {
        "len" => ("min-length", "max-length", "exclusive-max-length"),
        "range" => ("min", "max", "exclusive-max"),
        _ => return push(out, &name.replace('_', "-"), Some(&args), true),
    };
    let text: String = args.text.split_whitespace().collect();
    let Some((first, last)) = text.split_once("..") else { return push(out, &name, Some(&args), true) };
    let mut limit = |kind: &str, value: &str| {
        if !value.is_empty() {
            out.push(Constraint { kind: kind.to_owned(), value: value.to_owned(), checked: true });
        }
    };
    limit(low, first);
    match (last.strip_prefix('='), last.parse::<u64>()) {
        (Some(last), _) => limit(high, last),
        (None, Ok(last)) if name == "len" => limit(high, &last.saturating_sub(1).to_string()),
        (None, _) => limit(below, last),
    }
}

/// `key = 3`, `key(value = "3")`, `key("3")`, `key(path = *RE)`: the limit.
pub(super) fn limit(meta: &Meta) -> Option<RawTokens> {
    if let Some(value) = meta.value() {
        return Some(value.clone());
    }
    let inside = meta.metas();
    match inside.iter().find(|m| matches!(m.word(), Some("value" | "path" | "pattern" | "function"))) {
        Some(found) => found.value().cloned(),
        None => meta.list().cloned(),
    }
}

fn excludes(meta: &Meta) -> bool {
    meta.metas().iter().any(|m| m.is("exclusive") && m.value().is_none_or(|value| value.bool() != Some(false)))
}

fn push(out: &mut Vec<Constraint>, kind: &str, value: Option<&RawTokens>, checked: bool) {
    let Some(value) = value else { return };
    let text = value.string().or_else(|| value.int().map(|n| n.to_string())).unwrap_or_else(|| value.normal());
    out.push(Constraint { kind: kind.to_owned(), value: text, checked });
}
