//! What a handler's code makes of a body that it is handed as bytes or text: `serde_json::from_slice::<T>(&body)`, also in
//! a function of this side that it calls.

use crate::extract::crates::{Crates, Namespace, Resolved, Ty};
use crate::extract::framework::Site;
use crate::syntax::facts::{GenericArg, ItemKind, Path, Type};
use crate::syntax::tokens::{Cursor, Delimiter, Token, TokenKind};

/// Groups nested deeper than this are not read.
const DEPTH: u32 = 64;
/// Functions that read JSON text.
const READS: &[&str] = &["from_reader", "from_slice", "from_str"];
const CRATES: &[&str] = &["serde_json", "simd_json", "sonic_rs"];

/// What is read of a body by hand.
#[derive(Debug)]
pub(in crate::extract::framework) struct Parsed {
    /// The one type that it is read into, as JSON.
    pub(in crate::extract::framework) ty: Ty,
    /// The code looks at the body in other ways too.
    pub(in crate::extract::framework) more: bool,
}

/// What the code of a handler reads its parameter `name` into; `None` where it does not tell, or tells several types.
pub(in crate::extract::framework) fn parsed(crates: &Crates, site: &Site<'_>, name: &str) -> Option<Parsed> {
    let body = site.item.body()?;
    let tokens = body.lex();
    let mut scan = Scan { crates, site, name, types: Vec::new(), unknown: false, more: false };
    scan.over(Cursor::new(&body, &tokens), None, 0);
    let Scan { mut types, unknown, more, .. } = scan;
    let ty = types.pop().filter(|_| types.is_empty() && !unknown)?;
    Some(Parsed { ty, more })
}

struct Scan<'s> {
    crates: &'s Crates,
    site: &'s Site<'s>,
    name: &'s str,
    types: Vec<Ty>,
    /// It is read into a type that is not written.
    unknown: bool,
    more: bool,
}

impl Scan<'_> {
    /// `stated` is what the `let` around says.
    fn over(&mut self, mut cursor: Cursor<'_>, stated: Option<&Ty>, depth: u32) {
        if depth > DEPTH {
            return self.more = true;
        }
        let mut stated = stated.cloned();
        let mut field = false;
        while let Some(token) = cursor.peek() {
            if cursor.eat_ident("let") {
                stated = self.stated(cursor);
                field = false;
                continue;
            }
            if !field && token.ident().is_some() {
                if let Some(behind) = self.call(cursor, stated.as_ref(), depth) {
                    cursor = behind;
                    continue;
                }
                self.more |= token.ident().is_some_and(|word| *word == self.name);
            }
            field = token.is_punct('.');
            if token.is_punct(';') {
                stated = None;
            }
            if let TokenKind::Group(delimiter, _) = &token.kind {
                let delimiter = *delimiter;
                if let Some(inner) = cursor.group(delimiter) {
                    self.over(inner, stated.as_ref(), depth + 1);
                }
                continue;
            }
            cursor.next();
        }
    }

    /// The type behind `let name:`.
    fn stated(&self, mut cursor: Cursor<'_>) -> Option<Ty> {
        cursor.eat_ident("mut");
        cursor.ident()?;
        let ty = if cursor.peeks("::") || !cursor.eat(":") { None } else { cursor.ty() }?;
        Some(opened(self.crates.ty(self.site.scope, &ty)))
    }

    /// A call that is handed the body; the place behind it.
    fn call<'c>(&mut self, mut cursor: Cursor<'c>, stated: Option<&Ty>, depth: u32) -> Option<Cursor<'c>> {
        let path = cursor.path()?;
        let args = cursor.group(Delimiter::Paren)?;
        if !says(args.tokens(), self.name) {
            return None;
        }
        match self.reads(&path, stated) {
            Reads::Type(ty) if self.types.contains(&ty) => {}
            Reads::Type(ty) => self.types.push(ty),
            Reads::Unknown => self.unknown = true,
            Reads::No => self.over(args, stated, depth + 1),
        }
        Some(cursor)
    }

    fn reads(&self, path: &Path, stated: Option<&Ty>) -> Reads {
        let turbofish = path.segments.last().and_then(|last| {
            last.args.iter().find_map(|arg| match arg {
                GenericArg::Type(Type::Infer) => None,
                GenericArg::Type(ty) => Some(self.crates.ty(self.site.scope, ty)),
                _ => None,
            })
        });
        let known = |ty: Option<Ty>| ty.filter(is_known).map_or(Reads::Unknown, Reads::Type);
        if let Resolved::Foreign(full) = self.crates.resolve(self.site.module, path, Namespace::Value) {
            let (krate, name) = (full.split("::").next().unwrap_or_default(), full.rsplit("::").next());
            let reads = CRATES.contains(&krate) && name.is_some_and(|name| READS.contains(&name));
            return if reads { known(turbofish.or_else(|| stated.cloned())) } else { Reads::No };
        }
        let Some((item, scope)) = self.crates.value_item(self.site.scope, path) else { return Reads::No };
        let (ItemKind::Fn(function), Some(body)) = (&item.kind, item.body()) else { return Reads::No };
        if !READS.iter().any(|name| body.text.contains(name)) {
            return Reads::No;
        }
        let given = function.ret.as_ref().map(|ret| opened(self.crates.ty(&scope, ret)));
        match given {
            Some(ty) if is_known(&ty) => Reads::Type(ty),
            _ => known(turbofish.or_else(|| stated.cloned())),
        }
    }
}

/// What a call reads a body into.
enum Reads {
    Type(Ty),
    /// A type that is not written here.
    Unknown,
    /// It reads no JSON.
    No,
}

/// What stands in a `Result` or `Option`.
fn opened(ty: Ty) -> Ty {
    match ty {
        Ty::Foreign(path, args) if path.ends_with("::Result") || path.ends_with("::Option") => {
            args.into_iter().next().unwrap_or(Ty::Other("_".to_owned()))
        }
        ty => ty,
    }
}

fn is_known(ty: &Ty) -> bool {
    match ty {
        Ty::Def(..) => true,
        Ty::Foreign(path, args) => {
            path.as_ref() != "serde_json::Value" && !args.is_empty() && args.iter().all(is_known)
        }
        _ => false,
    }
}

/// Does a word stand among tokens, or in the groups among them?
fn says(tokens: &[Token], word: &str) -> bool {
    tokens.iter().any(|token| match &token.kind {
        TokenKind::Group(_, inner) => says(inner, word),
        _ => token.is_ident(word),
    })
}
