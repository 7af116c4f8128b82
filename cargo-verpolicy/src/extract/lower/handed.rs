//! Hand-written `Serialize` and `Deserialize` that hand the value on: `serializer.serialize_str(…)`,
//! `String::deserialize(deserializer)?`, `self.0.serialize(serializer)`. What stands on the wire is then known; what the
//! code does beside it is a hash.

use super::definition::Owner;
use super::{At, Lowering};
use crate::extract::crates::{Scope, Ty};
use crate::model::ShapeId;
use crate::syntax::facts::{Fields, ItemKind, Type};
use crate::syntax::tokens::{Cursor, Lit, TokenKind};

/// Calls deeper in groups than this are not looked for.
const DEPTH: u32 = 32;

impl<'a> Lowering<'a> {
    /// The shape that the code behind `owner` hands on, with the code's hash; `None` where it does anything else.
    pub(super) fn handed_on(&mut self, owner: &Owner<'a>, args: &[Ty], code: u64, at: At) -> Option<ShapeId> {
        let (path, name) = match at.input() {
            true => ("serde::Deserialize", "deserialize"),
            false => ("serde::Serialize", "serialize"),
        };
        let (item, module) = self.crates.impls_of(owner.def, path).into_iter().next()?;
        let scope = self.crates.impl_scope_of(item, module, owner.def, args)?;
        let function = self.crates.members(item).iter().find_map(|member| match &member.kind {
            ItemKind::Fn(function) if member.name == name => Some(function),
            _ => None,
        })?;
        let body = function.body.as_ref()?;
        let mut found = Calls { lowering: self, owner, scope: &scope, types: Vec::new(), other: false, human: false };
        let tokens = body.lex();
        found.over(Cursor::new(body, &tokens), at.input(), 0);
        let Calls { mut types, other, human, .. } = found;
        if human && types.len() > 1 {
            // One for people, one for machines: JSON is for people.
            types.retain(|ty| *ty == text());
        }
        types.dedup();
        match types.as_slice() {
            [only] if !other => {
                let inner = self.lower(&only.clone(), at);
                Some(self.converted(inner, code))
            }
            _ => None,
        }
    }
}

struct Calls<'l, 'a> {
    lowering: &'l Lowering<'a>,
    owner: &'l Owner<'a>,
    scope: &'l Scope,
    types: Vec<Ty>,
    /// It writes or reads in a way that is not followed.
    other: bool,
    human: bool,
}

impl Calls<'_, '_> {
    fn over(&mut self, mut cursor: Cursor<'_>, input: bool, depth: u32) {
        if depth > DEPTH {
            self.other = true;
            return;
        }
        let mut after = None;
        while let Some(token) = cursor.peek() {
            if let TokenKind::Group(delimiter, _) = &token.kind {
                if let Some(inner) = cursor.group(*delimiter) {
                    self.over(inner, input, depth + 1);
                }
                after = None;
                continue;
            }
            let begins = !matches!(after, Some('.' | ':')) && (token.ident().is_some() || token.is_punct('<'));
            if begins && let Some(rest) = self.associated(cursor, input) {
                cursor = rest;
                after = None;
                continue;
            }
            if let Some(name) = token.ident() {
                self.human |= name == "is_human_readable";
                if after == Some('.') {
                    self.method(name, input);
                } else if name == "self"
                    && !input
                    && let Some(rest) = self.field(cursor)
                {
                    cursor = rest;
                    after = None;
                    continue;
                }
            }
            after = match &token.kind {
                TokenKind::Punct(c, _) => Some(*c),
                _ => None,
            };
            cursor.next();
        }
    }

    /// `Type::deserialize(…)`, `<Type>::deserialize(…)`; the place behind its name.
    fn associated<'c>(&mut self, mut cursor: Cursor<'c>, input: bool) -> Option<Cursor<'c>> {
        let (qself, mut path) = if cursor.peek()?.is_punct('<') {
            let Type::Path { qself, path } = cursor.ty()? else { return None };
            (qself, path)
        } else {
            (None, cursor.path()?)
        };
        let name = path.segments.pop()?.name;
        if name != if input { "deserialize" } else { "serialize" } {
            return None;
        }
        let ty = match qself {
            Some(qself) => qself.0,
            None if path.segments.is_empty() => return None,
            None => Type::Path { qself: None, path },
        };
        match self.lowering.crates.ty(self.scope, &ty) {
            Ty::Unresolved(_) | Ty::Other(_) | Ty::Param(_) => self.other = true,
            Ty::Def(def, _) if def == self.owner.def => self.other = true,
            // `serde::Serialize::serialize(&value, serializer)`
            Ty::Foreign(path, _) if path.starts_with("serde::") => self.other = true,
            ty => self.types.push(ty),
        }
        Some(cursor)
    }

    fn method(&mut self, name: &str, input: bool) {
        let kind = name.strip_prefix(if input { "deserialize_" } else { "serialize_" });
        match (kind, name) {
            (Some("str" | "string" | "identifier"), _) | (None, "collect_str") => self.types.push(text()),
            (Some(kind), _) if !input && is_primitive(kind) => self.types.push(Ty::Primitive(kind.into())),
            (Some(_), _) | (None, "collect_seq" | "collect_map") => self.other = true,
            // Of an expression whose type is not known.
            (None, "serialize" | "deserialize") => self.other = true,
            _ => {}
        }
    }

    /// `self.0.serialize(serializer)`, `self.name.serialize(…)`.
    fn field<'c>(&mut self, mut cursor: Cursor<'c>) -> Option<Cursor<'c>> {
        cursor.next();
        if !cursor.eat(".") {
            return None;
        }
        let name = match cursor.ident() {
            Some(name) => name.to_string(),
            None => cursor.literal().and_then(Lit::number_text)?.trim_end_matches('.').to_owned(),
        };
        if !(cursor.eat(".") && cursor.eat_ident("serialize")) {
            return None;
        }
        let ItemKind::Struct { fields: Fields::Named(fields) | Fields::Tuple(fields), .. } = &self.owner.item.item.kind
        else {
            return None;
        };
        let field = fields.iter().find(|field| field.name.as_str() == name)?;
        let ty = self.lowering.crates.ty(&self.owner.scope, &field.ty);
        self.types.push(ty);
        Some(cursor)
    }
}

fn text() -> Ty {
    Ty::Foreign("std::string::String".into(), Vec::new())
}

fn is_primitive(name: &str) -> bool {
    matches!(name, "bool" | "i8" | "i16" | "i32" | "i64" | "u8" | "u16" | "u32" | "u64" | "f32" | "f64")
}
