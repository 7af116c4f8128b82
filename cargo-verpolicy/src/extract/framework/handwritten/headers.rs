//! The names of headers that code sets.

use super::evaluate::{Evaluation, Frame};
use super::value::Value;
use crate::extract::crates::{Namespace, Resolved, Ty};
use crate::extract::framework::draft::kebab;
use crate::syntax::expression::parse;
use crate::syntax::expression::{Expr, ExprKind, Link};
use crate::syntax::facts::{ItemKind, Path};

/// Any header.
pub(super) const ANY: &str = "*";

/// Headers that say nothing but how the body is to be taken: they stand beside it.
pub(super) fn is_of_body(name: &str) -> bool {
    matches!(name, "content-type" | "content-length" | "transfer-encoding")
}

/// Does it look like the name of a header?
fn is_name(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
}

/// The header that a value of this type is: `TypedHeader<CacheControl>`, `HeaderMap`.
pub(super) fn typed(ty: &Ty) -> Option<String> {
    let Ty::Foreign(path, args) = ty else { return None };
    let name = |ty: &Ty| match ty {
        Ty::Foreign(path, _) => path.rsplit("::").next().map(kebab),
        _ => None,
    };
    match path.rsplit("::").next()? {
        "TypedHeader" => Some(args.first().and_then(name).unwrap_or_else(|| ANY.to_owned())),
        "HeaderMap" | "AppendHeaders" => Some(ANY.to_owned()),
        "CookieJar" | "PrivateCookieJar" | "SignedCookieJar" => Some("set-cookie".to_owned()),
        _ => None,
    }
}

/// The header that `TypedHeader(x)` sets.
pub(super) fn sent(arg: Option<&Expr>, value: &Value) -> String {
    let of_type = match value {
        Value::Data(Ty::Foreign(path, _)) => path.rsplit("::").next().map(kebab),
        _ => None,
    };
    let of_path = || match arg.map(|arg| &arg.kind) {
        Some(ExprKind::Call(path, _)) => {
            let mut names = path.segments.iter().rev().map(|segment| segment.name.as_str());
            names.find(|name| name.starts_with(char::is_uppercase)).map(kebab)
        }
        _ => None,
    };
    of_type.or_else(of_path).unwrap_or_else(|| ANY.to_owned())
}

impl Evaluation<'_> {
    /// `[("x-a", a), (header::LOCATION, b)]`: the headers that such a list sets; `None` for other lists.
    pub(super) fn headers_of(&self, frame: &Frame, items: &[Expr]) -> Option<Value> {
        let pair = |item: &Expr| match &item.kind {
            ExprKind::List(parts) if parts.len() == 2 => self.header(frame, parts.first()?),
            _ => None,
        };
        items.iter().map(pair).collect::<Option<Vec<String>>>().filter(|names| !names.is_empty()).map(Value::Headers)
    }

    /// The headers that a chain of methods sets: `headers_mut().insert(NAME, a)`, `insert_header((NAME, a))`.
    pub(super) fn header_links(&self, frame: &Frame, links: &[Link]) -> Vec<Option<String>> {
        let mut out = Vec::new();
        let mut of_map = false;
        for link in links {
            let Link::Method { name, args, .. } = link else { continue };
            match args.first() {
                Some(arg) if of_map || name.contains("header") => out.push(self.header(frame, arg)),
                _ => {}
            }
            of_map = name == "headers_mut";
        }
        // A map that is handed on may be filled elsewhere.
        if of_map || out.is_empty() {
            out.push(None);
        }
        out
    }

    /// The header that an argument names, alone or before its value.
    pub(super) fn header(&self, frame: &Frame, arg: &Expr) -> Option<String> {
        match &arg.kind {
            ExprKind::Text(text) => is_name(text).then(|| text.to_ascii_lowercase()),
            ExprKind::Path(path) => self.constant_header(frame, path),
            ExprKind::List(parts) => self.header(frame, parts.first()?),
            // `HeaderName::from_static("x-a")`, `CacheControl(…)`, `CacheControl::new()`
            ExprKind::Call(path, args) => match args.as_slice() {
                [Expr { kind: ExprKind::Text(text), .. }] if path.segments.iter().any(|s| s.name == "HeaderName") => {
                    Some(text.to_ascii_lowercase())
                }
                _ => {
                    let mut names = path.segments.iter().rev().map(|segment| segment.name.as_str());
                    let name = names.find(|name| name.starts_with(char::is_uppercase))?;
                    (name != "HeaderName").then(|| kebab(name))
                }
            },
            ExprKind::Chain(base, _) => self.header(frame, base),
            _ => None,
        }
    }

    /// `header::LOCATION`, or an own constant of text.
    fn constant_header(&self, frame: &Frame, path: &Path) -> Option<String> {
        if let Resolved::Foreign(full) = self.crates.resolve(frame.scope.module, path, Namespace::Value) {
            let name = full.rsplit("::").next()?;
            let constant = name.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_');
            return constant.then(|| name.to_ascii_lowercase().replace('_', "-"));
        }
        let (item, scope) = self.crates.value_item(&frame.scope, path)?;
        let (ItemKind::Const { value: Some(value), .. } | ItemKind::Static { value: Some(value), .. }) = &item.kind
        else {
            return None;
        };
        if let Some(text) = self.crates.text_value(&scope, value) {
            return is_name(&text).then(|| text.to_ascii_lowercase());
        }
        match parse::expression(value).kind {
            ExprKind::Call(_, args) => match args.as_slice() {
                [Expr { kind: ExprKind::Text(text), .. }] => is_name(text).then(|| text.to_ascii_lowercase()),
                _ => None,
            },
            _ => None,
        }
    }
}
