//! Attributes as the frameworks' rows ask for them.

use crate::extract::crates::{Crates, ModuleId};
use crate::syntax::facts::{Attr, AttrArgs, RawTokens};
use crate::syntax::tokens::{Delimiter, Meta, TokenKind};

/// The derives of an item, by canonical path.
pub(super) struct Derives(Vec<String>);

impl Derives {
    /// Those of these attributes.
    pub(super) fn of(crates: &Crates, module: ModuleId, attrs: &[Attr]) -> Self {
        let metas = attrs.iter().filter(|attr| is(attr, &["derive"])).filter_map(args).flat_map(RawTokens::metas);
        Self(metas.map(|meta| crates.macro_path(module, &meta.path)).collect())
    }

    /// Is one of these among them? A name that nothing imports stands as written, so the last segment counts then.
    pub(super) fn any(&self, paths: &[&str]) -> bool {
        self.0.iter().any(|have| paths.iter().any(|want| same(have, want)))
    }
}

/// Is `have` the macro `want`, or its bare last segment (imported by a glob or `#[macro_use]`), or the same name under
/// another module of the same crate?
pub(super) fn same(have: &str, want: &str) -> bool {
    let ends = |path: &str| path.rsplit("::").next().unwrap_or_default().to_owned();
    if ends(have) != ends(want) {
        return false;
    }
    let (have, want) = (have.split_once("::"), want.split_once("::"));
    match (have, want) {
        (None, _) | (_, None) => true,
        (Some((have, _)), Some((want, _))) => have == want,
    }
}

/// Is it written with this path?
pub(super) fn is(attr: &Attr, path: &[&str]) -> bool {
    attr.path.len() == path.len() && attr.path.iter().zip(path).all(|(have, want)| have == want)
}

/// What stands between its delimiters.
pub(super) fn args(attr: &Attr) -> Option<&RawTokens> {
    match &attr.args {
        AttrArgs::List(raw) => Some(raw),
        AttrArgs::None | AttrArgs::Value(_) => None,
    }
}

/// The entries of all attributes with this path.
pub(super) fn list(attrs: &[Attr], path: &[&str]) -> Vec<Meta> {
    attrs.iter().filter(|attr| is(attr, path)).filter_map(args).flat_map(RawTokens::metas).collect()
}

/// What stands inside the one group that `raw` is: `(a, b)` to `a, b`.
pub(super) fn inside(raw: &RawTokens) -> Option<RawTokens> {
    let tokens = raw.lex();
    match tokens.as_slice() {
        [only] => match &only.kind {
            TokenKind::Group(Delimiter::Paren | Delimiter::Bracket | Delimiter::Brace, _) => {
                Some(raw.slice(only.start.checked_add(1)?, only.end.checked_sub(1)?))
            }
            _ => None,
        },
        _ => None,
    }
}

/// The entries of one attribute.
pub(super) fn entries(attr: &Attr) -> Vec<Meta> {
    args(attr).map(RawTokens::metas).unwrap_or_default()
}

/// The value of `method = "GET"` or `method = GET`.
pub(super) fn text_or_word(meta: &Meta) -> Option<String> {
    let raw = meta.value()?;
    raw.string().or_else(|| {
        let tokens = raw.lex();
        match tokens.as_slice() {
            [only] => only.ident().map(ToString::to_string),
            _ => None,
        }
    })
}

/// The last segment of the attribute's path if it is a macro of one of these crates. A bare name that nothing imports
/// (a glob, `#[macro_use]`) is theirs if the package depends on one of them.
pub(super) fn is_macro(crates: &Crates, module: ModuleId, attr: &Attr, of: &[&str]) -> Option<String> {
    let path = crates.macro_path(module, &attr.path);
    match path.split_once("::") {
        Some((krate, rest)) => of.contains(&krate).then(|| rest.rsplit("::").next().unwrap_or(rest).to_owned()),
        None => of.iter().any(|krate| crates.depends_on(module, krate)).then_some(path),
    }
}

/// A path of these names.
pub(super) fn path_list(names: &[&str]) -> crate::syntax::facts::Path {
    let segment = |name: &&str| crate::syntax::facts::Segment { name: (*name).into(), args: Vec::new(), call: None };
    crate::syntax::facts::Path { global: false, segments: names.iter().map(segment).collect() }
}
