//! Hand-written `Serialize` that writes a map entry by entry: `map.serialize_entry(key, value)?`. Where the types of all
//! keys and values are shown (a field that a pattern takes out of a variant or struct, a field of `self`, a variant
//! without fields, a literal), what stands on the wire is known.

use super::definition::Owner;
use super::{At, Lowering};
use crate::extract::crates::{Scope, Ty};
use crate::model::{Shape, ShapeId};
use crate::syntax::facts::{Fields, ItemKind, Name, Path, RawTokens, Type};
use crate::syntax::tokens::{Cursor, Delimiter, Lit, TokenKind};
use std::collections::BTreeMap;

/// Code nested deeper than this is not read.
const DEPTH: u32 = 32;

/// Variables and their types.
type Locals = BTreeMap<Name, Ty>;

impl<'a> Lowering<'a> {
    /// The map that the code behind `owner` writes; `None` where it writes anything else, or a type that is not shown.
    pub(super) fn entries(&mut self, owner: &Owner<'a>, scope: &Scope, body: &RawTokens, at: At) -> Option<ShapeId> {
        if !body.text.contains("serialize_entry") {
            return None;
        }
        let tokens = body.lex();
        let mut entries = Entries { lowering: self, owner, scope, at, keys: Vec::new(), values: Vec::new() };
        entries.over(Cursor::new(body, &tokens), &mut Locals::new(), 0)?;
        let Entries { keys, values, .. } = entries;
        let key = self.common(&keys, at, true)?;
        let value = self.common(&values, at, false)?;
        Some(self.lower(&Ty::Foreign("std::collections::BTreeMap".into(), vec![key, value]), at))
    }

    /// The type that stands for all of these; of keys, text stands for all that are written as text.
    fn common(&mut self, types: &[Ty], at: At, keys: bool) -> Option<Ty> {
        let first = types.first()?;
        if types.iter().all(|ty| self.alike(first, ty, at)) {
            return Some(first.clone());
        }
        let any_text = |this: &mut Self, ty: &Ty| {
            let id = this.lower(ty, at);
            matches!(this.shapes.get(id).shape, Shape::String { format: None })
        };
        let text = types.iter().find(|ty| keys && any_text(self, ty))?;
        Some(text.clone())
    }

    /// Does the wire not tell these two apart?
    fn alike(&mut self, a: &Ty, b: &Ty, at: At) -> bool {
        match (a, b) {
            _ if a == b => true,
            (Ty::Foreign(p, x), Ty::Foreign(q, y)) if p == q && x.len() == y.len() => {
                x.iter().zip(y).all(|(a, b)| self.alike(a, b, at))
            }
            // One leaf stands for all that look like it.
            _ => self.lower(a, at) == self.lower(b, at),
        }
    }
}

struct Entries<'l, 'a> {
    lowering: &'l mut Lowering<'a>,
    owner: &'l Owner<'a>,
    scope: &'l Scope,
    at: At,
    keys: Vec<Ty>,
    values: Vec<Ty>,
}

impl Entries<'_, '_> {
    fn over(&mut self, mut cursor: Cursor<'_>, locals: &mut Locals, depth: u32) -> Option<()> {
        if depth > DEPTH {
            return None;
        }
        let mut after_dot = false;
        while let Some(token) = cursor.peek() {
            if let TokenKind::Group(delimiter, _) = &token.kind {
                self.over(cursor.group(*delimiter)?, &mut locals.clone(), depth + 1)?;
                after_dot = false;
                continue;
            }
            let word = token.ident().map(ToString::to_string).unwrap_or_default();
            let was_dot = std::mem::replace(&mut after_dot, token.is_punct('.'));
            cursor.next();
            match word.as_str() {
                "serialize_entry" if was_dot => {
                    let [key, value] = cursor.group(Delimiter::Paren)?.split_commas().try_into().ok()?;
                    let (key, value) = (self.value(key, locals)?, self.value(value, locals)?);
                    self.keys.push(key);
                    self.values.push(value);
                }
                "serialize_map" => {}
                word if was_dot && (word.starts_with("serialize") || word.starts_with("collect")) => return None,
                "match" => {
                    while cursor.peek()?.group(Delimiter::Brace).is_none() {
                        cursor.next();
                    }
                    self.arms(cursor.group(Delimiter::Brace)?, locals, depth)?;
                }
                "let" | "for" => {
                    let stop = if word == "let" { "=" } else { "in" };
                    let pattern = before(&mut cursor, stop);
                    self.bind(pattern, None, locals, depth);
                }
                _ => {}
            }
        }
        Some(())
    }

    fn arms(&mut self, mut body: Cursor<'_>, locals: &Locals, depth: u32) -> Option<()> {
        while !body.is_empty() {
            let pattern = before(&mut body, "=>");
            body.eat("=>").then_some(())?;
            let mut inside = locals.clone();
            self.bind(pattern, None, &mut inside, depth);
            let value = match body.group(Delimiter::Brace) {
                Some(block) => block,
                None => body.before_comma(),
            };
            body.eat(",");
            self.over(value, &mut inside, depth + 1)?;
        }
        Some(())
    }

    /// Takes the names of a pattern; those whose type nothing shows are forgotten.
    fn bind(&mut self, mut pattern: Cursor<'_>, ty: Option<Ty>, locals: &mut Locals, depth: u32) {
        while pattern.eat("&") || pattern.eat_ident("ref") || pattern.eat_ident("mut") {}
        let Some(path) = pattern.path().filter(|_| depth < DEPTH) else { return };
        let group = [Delimiter::Paren, Delimiter::Brace].into_iter().find_map(|d| pattern.group(d).map(|g| (d, g)));
        let whole = pattern.is_empty();
        match (path.segments.as_slice(), group) {
            ([name], None) => match ty.filter(|_| whole) {
                Some(ty) => drop(locals.insert(name.name.clone(), ty)),
                None => drop(locals.remove(&name.name)),
            },
            (_, Some((delimiter, inside))) => {
                let fields = self.fields(&path).filter(|_| whole);
                for (i, mut part) in inside.split_commas().into_iter().enumerate() {
                    let name = if delimiter == Delimiter::Brace {
                        let name = part.peek().and_then(|token| token.ident()).map(ToString::to_string);
                        let mut ahead = part;
                        if ahead.ident().is_some() && ahead.eat(":") {
                            part = ahead;
                        }
                        name.unwrap_or_default()
                    } else {
                        i.to_string()
                    };
                    let ty = fields.as_ref().and_then(|fields| fields.get(name.as_str())).cloned();
                    self.bind(part, ty, locals, depth + 1);
                }
            }
            _ => {}
        }
    }

    /// The types of the fields of the struct or variant of this path.
    fn fields(&mut self, path: &Path) -> Option<BTreeMap<String, Ty>> {
        let (def, args, variant) = match self.ty(path) {
            Some((def, args)) => (def, args, None),
            None => {
                let mut outer = path.clone();
                let last = outer.segments.pop()?;
                let (def, args) = self.ty(&outer)?;
                (def, args, Some(last.name))
            }
        };
        let owner = self.lowering.owner(def, &args, self.at)?;
        let fields = match (&owner.item.item.kind, &variant) {
            (ItemKind::Struct { fields, .. }, None) => fields,
            (ItemKind::Enum { variants, .. }, Some(name)) => &variants.iter().find(|v| v.name == *name)?.fields,
            _ => return None,
        };
        let (Fields::Tuple(all) | Fields::Named(all)) = fields else { return Some(BTreeMap::new()) };
        let one = |field: &crate::syntax::facts::FieldFact| {
            (field.name.to_string(), self.lowering.crates.ty(&owner.scope, &field.ty))
        };
        Some(all.iter().map(one).collect())
    }

    fn ty(&self, path: &Path) -> Option<(crate::extract::crates::DefId, Vec<Ty>)> {
        if path.segments.is_empty() {
            return None;
        }
        match self.lowering.crates.ty(self.scope, &Type::Path { qself: None, path: path.clone() }) {
            Ty::Def(def, args) => Some((def, args)),
            _ => None,
        }
    }

    /// The type of a key or value.
    fn value(&mut self, mut cursor: Cursor<'_>, locals: &Locals) -> Option<Ty> {
        while cursor.eat("&") || cursor.eat("*") {}
        if let Some(Lit::Str(_)) = cursor.peek().and_then(|token| match &token.kind {
            TokenKind::Literal(literal) => Some(literal),
            _ => None,
        }) {
            cursor.next();
            return cursor.is_empty().then(|| Ty::Foreign("std::string::String".into(), Vec::new()));
        }
        let path = cursor.path()?;
        if let [only] = path.segments.as_slice() {
            if only.name == "self" && cursor.eat(".") {
                let field = match cursor.ident() {
                    Some(name) => name.to_string(),
                    None => cursor.literal().and_then(Lit::number_text)?,
                };
                let ItemKind::Struct { fields: Fields::Tuple(all) | Fields::Named(all), .. } =
                    &self.owner.item.item.kind
                else {
                    return None;
                };
                let field = all.iter().find(|f| f.name.as_str() == field).filter(|_| cursor.is_empty())?;
                return Some(self.lowering.crates.ty(&self.owner.scope, &field.ty));
            }
            return locals.get(&only.name).filter(|_| cursor.is_empty()).cloned();
        }
        let mut outer = path.clone();
        let last = outer.segments.pop().filter(|_| cursor.is_empty())?;
        let (def, args) = self.ty(&outer)?;
        let ItemKind::Enum { variants, .. } = &self.lowering.crates.def(def)?.item.kind else { return None };
        let unit = variants.iter().any(|v| v.name == last.name && matches!(v.fields, Fields::Unit));
        unit.then_some(Ty::Def(def, args))
    }
}

/// What stands before an operator or word; moves there.
fn before<'c>(cursor: &mut Cursor<'c>, stop: &str) -> Cursor<'c> {
    let mut out = *cursor;
    let mut length = 0;
    while let Some(token) = cursor.peek() {
        if cursor.peeks(stop) || token.ident().is_some_and(|name| name == stop) {
            break;
        }
        cursor.next();
        length += 1;
    }
    out.cut(length);
    out
}
