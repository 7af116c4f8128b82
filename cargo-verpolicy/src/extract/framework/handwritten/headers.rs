//! The names of headers that code sets.

use super::evaluate::{Evaluation, Frame};
use super::value::{ContentType, Value};
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
pub(super) fn typed_header(arg: Option<&Expr>, value: &Value) -> Value {
    let name = sent(arg, value);
    let content_type = match arg.map(|arg| &arg.kind) {
        Some(ExprKind::Call(path, _)) if name == "content-type" => ContentType::of(of_constructor(path).as_deref()),
        _ if name == "content-type" => ContentType::Unknown,
        _ => ContentType::Own,
    };
    Value::Headers(vec![name], content_type)
}

fn sent(arg: Option<&Expr>, value: &Value) -> String {
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

/// `ContentType::JSON` of Rocket.
fn of_rocket(path: &Path) -> Option<String> {
    let [.., owner, name] = path.segments.as_slice() else { return None };
    let text = crate::extract::framework::rocket::content_type(&name.name.to_lowercase());
    (owner.name == "ContentType" && text.contains('/')).then_some(text)
}

/// `mime::APPLICATION_JSON`
fn of_mime(path: &Path) -> Option<String> {
    let name = &path.segments.last()?.name;
    let name = name.strip_suffix("_UTF_8").unwrap_or(name);
    let (kind, rest) = name.split_once('_')?;
    let kinds = ["APPLICATION", "AUDIO", "FONT", "IMAGE", "TEXT", "VIDEO"];
    kinds.contains(&kind).then(|| format!("{kind}/{}", rest.replace('_', "-")).to_lowercase())
}

/// `ContentType::json()` of actix-web and of the `headers` crate.
fn of_constructor(path: &Path) -> Option<String> {
    let [.., owner, name] = path.segments.as_slice() else { return None };
    if owner.name != "ContentType" {
        return None;
    }
    Some(match name.name.as_str() {
        "form_url_encoded" => "application/x-www-form-urlencoded".to_owned(),
        "html" => "text/html".to_owned(),
        "jpeg" => "image/jpeg".to_owned(),
        "json" => "application/json".to_owned(),
        "octet_stream" => "application/octet-stream".to_owned(),
        "plaintext" | "text" | "text_utf8" => "text/plain".to_owned(),
        "png" => "image/png".to_owned(),
        "xml" => "text/xml".to_owned(),
        _ => return None,
    })
}

impl Evaluation<'_> {
    /// `[("x-a", a), (header::LOCATION, b)]`: the headers that such a list sets; `None` for other lists.
    pub(super) fn headers_of(&self, frame: &Frame, items: &[Expr]) -> Option<Value> {
        let (mut names, mut content_type) = (Vec::new(), ContentType::Own);
        for item in items {
            let ExprKind::List(parts) = &item.kind else { return None };
            let [name, value] = parts.as_slice() else { return None };
            let name = self.header(frame, name)?;
            if name == "content-type" {
                content_type = ContentType::of(self.content_type(frame, value).as_deref());
            }
            names.push(name);
        }
        (!names.is_empty()).then_some(Value::Headers(names, content_type))
    }

    /// The content type that an argument states: text, `ContentType::JSON` of Rocket, `mime::TEXT_CSV.as_ref()`.
    pub(super) fn content_type(&self, frame: &Frame, arg: &Expr) -> Option<String> {
        match &arg.kind {
            ExprKind::Text(text) => Some(text.clone()),
            ExprKind::Path(path) => of_rocket(path).or_else(|| of_mime(path)).or_else(|| {
                let (item, scope) = self.crates.value_item(&frame.scope, path)?;
                match &item.kind {
                    ItemKind::Const { value: Some(value), .. } | ItemKind::Static { value: Some(value), .. } => {
                        self.crates.text_value(&scope, value)
                    }
                    _ => None,
                }
            }),
            // `ContentType::json()`, `HeaderValue::from_static("text/csv")`
            ExprKind::Call(path, args) => match args.as_slice() {
                [] => of_constructor(path),
                [only] => self.content_type(frame, only),
                _ => None,
            },
            ExprKind::List(parts) => self.content_type(frame, parts.last()?),
            ExprKind::Chain(base, _) => self.content_type(frame, base),
            _ => None,
        }
    }

    /// An answer with the headers that a chain of methods sets: `headers_mut().insert(NAME, a)`,
    /// `insert_header((NAME, a))`.
    pub(super) fn with_header_links(&self, frame: &Frame, links: &[Link], answer: Value) -> Value {
        let mut out = answer;
        let (mut of_map, mut any) = (false, false);
        for link in links {
            let Link::Method { name, args, .. } = link else { continue };
            match args.as_slice() {
                [arg, ..] if of_map || name.contains("header") => {
                    any = true;
                    out = match self.header(frame, arg) {
                        Some(name) if name == "content-type" => {
                            let stated = args.last().and_then(|arg| self.content_type(frame, arg));
                            out.typed(&ContentType::of(stated.as_deref()))
                        }
                        name => out.with_header(name),
                    };
                }
                _ => {}
            }
            of_map = name == "headers_mut";
        }
        // A map that is handed on may be filled elsewhere.
        if of_map || !any { out.with_more() } else { out }
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
