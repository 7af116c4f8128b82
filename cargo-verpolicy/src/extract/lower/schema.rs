//! Hand-written schemas that hand on: `<OneOrMany<T>>::json_schema(generator)` publishes another type in place of its
//! own.

use super::Lowering;
use crate::extract::crates::{Scope, Ty, inner_module};
use crate::syntax::facts::{ItemKind, Name, Path, Segment, Type};
use crate::syntax::tokens::{Cursor, TokenKind};

/// Code nested deeper than this is not read.
const DEPTH: u32 = 32;

impl Lowering<'_> {
    /// The one type whose schema the hand-written schema of a type hands on.
    pub(super) fn schema_behind(&self, ty: &Ty) -> Option<Ty> {
        let Ty::Def(def, args) = ty else { return None };
        let (item, module) = self.crates.impls_of(*def, "schemars::JsonSchema").into_iter().next()?;
        let scope = self.crates.impl_scope_of(item, module, *def, args)?;
        let ItemKind::Impl(fact) = &item.kind else { return None };
        let body = self.crates.members(item).iter().find_map(|member| match &member.kind {
            ItemKind::Fn(function) if member.name == "json_schema" => function.body.as_ref(),
            _ => None,
        })?;
        let inner = inner_module(Some(&fact.self_ty), "json_schema");
        let tokens = body.lex();
        let mut named = Vec::new();
        handed_on(Cursor::new(body, &tokens), &mut named, 0);
        let mut types: Vec<Ty> = named.iter().map(|ty| self.type_inside(&scope, &inner, ty)).collect();
        types.dedup();
        match types.as_slice() {
            [only] if only != ty => Some(only.clone()),
            _ => None,
        }
    }

    /// A type that a body names: one that the body declares itself comes first.
    pub(super) fn type_inside(&self, scope: &Scope, inner: &Name, ty: &Type) -> Ty {
        if let Type::Path { qself: None, path } = ty
            && let [only] = path.segments.as_slice()
        {
            let module = Segment { name: inner.clone(), args: Vec::new(), call: None };
            let path = Path { segments: vec![module, only.clone()], ..path.clone() };
            let declared = self.crates.ty(scope, &Type::Path { qself: None, path });
            if matches!(declared, Ty::Def(..)) {
                return declared;
            }
        }
        self.crates.ty(scope, ty)
    }
}

/// `T` of each `T::json_schema`, `<T>::json_schema`.
fn handed_on(mut cursor: Cursor<'_>, out: &mut Vec<Type>, depth: u32) {
    let mut begins = true;
    while let Some(token) = cursor.peek() {
        if let TokenKind::Group(delimiter, _) = &token.kind {
            if let Some(inside) = cursor.group(*delimiter)
                && depth < DEPTH
            {
                handed_on(inside, out, depth + 1);
            }
            begins = true;
            continue;
        }
        if begins && (token.ident().is_some() || token.is_punct('<')) {
            let mut ahead = cursor;
            let read = if token.is_punct('<') {
                ahead.ty()
            } else {
                ahead.path().map(|path| Type::Path { qself: None, path })
            };
            if let Some(Type::Path { qself, mut path }) = read {
                cursor = ahead;
                if path.segments.pop().is_some_and(|last| last.name == "json_schema") {
                    let plain = (!path.segments.is_empty()).then_some(Type::Path { qself: None, path });
                    out.extend(qself.map(|qself| qself.0).or(plain));
                }
                begins = false;
                continue;
            }
        }
        begins = !matches!(&token.kind, TokenKind::Punct('.' | ':', _));
        cursor.next();
    }
}
