//! Expressions whose value can be read off: literals, consts, simple constructors and arithmetic.

use super::foreign::{Known, known};
use super::{At, Lowering, integer, presence};
use crate::extract::crates::{ModuleId, Scope, Ty};
use crate::syntax::facts::{Fields, ItemKind, Path, RawTokens};
use crate::syntax::tokens::{Delimiter, Lit, Token, TokenKind};

/// An expression and where it stands.
#[derive(Clone, Copy)]
pub(super) struct Expression<'t> {
    pub(super) tokens: &'t RawTokens,
    pub(super) module: ModuleId,
    pub(super) at: At,
    /// How much deeper it may lead.
    pub(super) depth: u32,
}

/// Text as a JSON string.
pub(super) fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_default()
}

/// Methods that leave the value what it is.
const SAME: &[&str] = &["to_string", "to_owned", "into", "clone", "unwrap", "to_vec", "into_boxed_str", "to_path_buf"];

/// The value of an expression of this type as canonical JSON text; `None` where it cannot be read off.
pub(super) fn value(lowering: &Lowering<'_>, code: &Expression<'_>, ty: &Ty) -> Option<String> {
    let depth = code.depth.checked_sub(1)?;
    let code = Expression { depth, ..*code };
    let raw = code.tokens;
    let tokens = raw.lex();
    let inner = |tokens: &RawTokens, ty: &Ty| value(lowering, &Expression { tokens, ..code }, ty);
    let inside = |token: &Token| Some(raw.slice(token.start.checked_add(1)?, token.end.checked_sub(1)?));
    match tokens.as_slice() {
        [one] if one.group(Delimiter::Brace).is_some() || one.group(Delimiter::Paren).is_some() => {
            let content = inside(one)?;
            if content.parts().len() == 1 && !content.text.contains(';') { inner(&content, ty) } else { None }
        }
        [one] if one.group(Delimiter::Bracket).is_some() => list(lowering, &code, &inside(one)?, ty),
        [one] if matches!(one.kind, TokenKind::Literal(_)) => literal(one, false, ty),
        [minus, one] if minus.is_punct('-') && matches!(one.kind, TokenKind::Literal(_)) => literal(one, true, ty),
        [one] if one.is_ident("true") || one.is_ident("false") => one.ident().map(ToString::to_string),
        [one] if one.is_ident("None") => Some("null".to_owned()),
        [some, group] if some.is_ident("Some") && group.group(Delimiter::Paren).is_some() => {
            inner(&inside(group)?, presence::option(presence::core(ty))?)
        }
        [mac, bang, group] if mac.is_ident("vec") && bang.is_punct('!') => list(lowering, &code, &inside(group)?, ty),
        [before @ .., dot, method, group]
            if dot.is_punct('.')
                && !before.is_empty()
                && method.ident().is_some_and(|name| SAME.contains(&name.as_str()))
                && group.group(Delimiter::Paren).is_some_and(<[Token]>::is_empty) =>
        {
            inner(&raw.slice(0, dot.start), ty)
        }
        [path @ .., group] if !path.is_empty() && group.group(Delimiter::Paren).is_some() => {
            let path = raw.slice(0, group.start).path();
            match path {
                Some(path) => call(lowering, &code, &path, &inside(group)?, ty),
                None => integer_value(lowering, &code, ty),
            }
        }
        _ => match raw.path() {
            Some(path) => named(lowering, &code, &path, ty),
            None => integer_value(lowering, &code, ty),
        },
    }
}

fn literal(token: &Token, negative: bool, ty: &Ty) -> Option<String> {
    let TokenKind::Literal(lit) = &token.kind else { return None };
    let sign = if negative { "-" } else { "" };
    Some(match lit {
        Lit::Str(text) => quoted(text),
        Lit::Char(c) => quoted(&c.to_string()),
        Lit::Byte(byte) => byte.to_string(),
        Lit::Int { value, .. } => number_text(if negative { value.checked_neg()? } else { *value }, ty)?,
        Lit::Float { text, .. } => {
            let number: f64 = format!("{sign}{text}").parse().ok()?;
            serde_json::to_string(&number).ok()?
        }
        Lit::Bytes(_) | Lit::Other(_) => return None,
    })
}

fn number_text(number: i128, ty: &Ty) -> Option<String> {
    match presence::core(ty) {
        Ty::Primitive(name) if name == "f32" || name == "f64" => {
            let number: f64 = number.to_string().parse().ok()?;
            serde_json::to_string(&number).ok()
        }
        _ => Some(number.to_string()),
    }
}

fn list(lowering: &Lowering<'_>, code: &Expression<'_>, content: &RawTokens, ty: &Ty) -> Option<String> {
    let item = match presence::core(ty) {
        Ty::Foreign(path, args) if matches!(known(path), Some(Known::List)) => args.first()?,
        Ty::Array(item, _) | Ty::Slice(item) => item,
        _ => return None,
    };
    if content.text.contains(';') {
        return None;
    }
    let items: Option<Vec<String>> =
        content.parts().iter().map(|part| value(lowering, &Expression { tokens: part, ..*code }, item)).collect();
    Some(format!("[{}]", items?.join(",")))
}

fn call(lowering: &Lowering<'_>, code: &Expression<'_>, path: &Path, content: &RawTokens, ty: &Ty) -> Option<String> {
    let last = path.segments.last()?.name.as_str();
    let parts = content.parts();
    let core = presence::core(ty);
    match (last, parts.as_slice()) {
        ("default", []) => lowering.of_trait(ty, code.at, code.depth).ok(),
        ("new" | "with_capacity", _) if is_collection(core) => lowering.of_trait(ty, code.at, code.depth).ok(),
        ("from" | "new" | "Borrowed" | "Owned" | "Some", [one]) => match core {
            Ty::Def(..) => None,
            _ => value(lowering, &Expression { tokens: one, ..*code }, ty),
        },
        ("from_secs" | "from_millis" | "from_micros" | "from_nanos", [one]) if matches!(core, Ty::Foreign(path, _) if &**path == "std::time::Duration") =>
        {
            let number: u64 =
                value(lowering, &Expression { tokens: one, ..*code }, &Ty::Primitive("u64".into()))?.parse().ok()?;
            let (secs, nanos) = match last {
                "from_secs" => (number, 0),
                "from_millis" => (number / 1_000, (number % 1_000) * 1_000_000),
                "from_micros" => (number / 1_000_000, (number % 1_000_000) * 1_000),
                _ => (number / 1_000_000_000, number % 1_000_000_000),
            };
            Some(format!("{{\"nanos\":{nanos},\"secs\":{secs}}}"))
        }
        // A newtype around a value.
        (_, [one]) => {
            let Ty::Def(def, args) = core else { return None };
            let owner = lowering.owner(*def, args, code.at)?;
            let itself = path.segments.len() == 1 && (last == "Self" || owner.item.item.name == last);
            match &owner.item.item.kind {
                ItemKind::Struct { fields: Fields::Tuple(fields), .. } if itself && fields.len() == 1 => {
                    let inner = lowering.crates.ty(&owner.scope, &fields.first()?.ty);
                    value(lowering, &Expression { tokens: one, ..*code }, &inner)
                }
                _ => None,
            }
        }
        _ => None,
    }
}

fn is_collection(ty: &Ty) -> bool {
    matches!(ty, Ty::Foreign(path, _)
        if matches!(known(path), Some(Known::Text(None) | Known::List | Known::ListOfArray | Known::Map | Known::MapTo(_))))
}

/// A const, or a unit variant.
fn named(lowering: &Lowering<'_>, code: &Expression<'_>, path: &Path, ty: &Ty) -> Option<String> {
    let crates = lowering.crates;
    let last = path.segments.last()?.name.as_str();
    let owner = path.segments.iter().rev().nth(1).map(|segment| segment.name.as_str());
    if let (Some(primitive), "MAX" | "MIN") = (owner, last)
        && let Some((min, max)) = integer(primitive)
    {
        return Some(if last == "MAX" { max.to_string() } else { min.to_string() });
    }
    if let Some((tokens, scope)) = crates.const_value(&scope(code.module), path) {
        return value(lowering, &Expression { tokens, module: scope.module, ..*code }, ty);
    }
    let Ty::Def(def, args) = presence::core(ty) else { return None };
    let owner = lowering.owner(*def, args, code.at)?;
    let ItemKind::Enum { variants, .. } = &owner.item.item.kind else { return None };
    let variant = variants.iter().find(|variant| variant.name == last)?;
    lowering.unit_variant(&owner, variant, code.at)
}

/// Integers in arithmetic, consts among them.
fn integer_value(lowering: &Lowering<'_>, code: &Expression<'_>, ty: &Ty) -> Option<String> {
    let number = lowering.crates.int_value(&scope(code.module), code.tokens)?;
    number_text(number, ty)
}

fn scope(module: ModuleId) -> Scope {
    Scope { module, params: std::collections::BTreeMap::new(), self_ty: None }
}
