//! Hand-written `Deserialize` that holds any value first (`let value = Value::deserialize(deserializer)?`) and then reads
//! it as one of several types: `A::deserialize(value).map(Self::A)`, `from_value::<B>(value)`,
//! `value.deserialize_into::<C>()`. Where every use of what is held is such a reading or a test, these types are all
//! that it may be; which of them, and what else is refused, is code.

use super::definition::Owner;
use super::{At, Class, Lowering};
use crate::extract::crates::{Scope, Ty};
use crate::model::ShapeId;
use crate::syntax::facts::{Fields, GenericArg, ItemKind, Name, Path, RawTokens, Type};
use crate::syntax::tokens::{Cursor, Delimiter, Token, TokenKind};

/// Code nested deeper than this is not read.
const DEPTH: u32 = 32;

/// Methods that look at a value and leave it as it is.
const TESTS: &[&str] = &[
    "as_object",
    "contains_key",
    "get",
    "is_array",
    "is_boolean",
    "is_empty",
    "is_f64",
    "is_i64",
    "is_null",
    "is_number",
    "is_object",
    "is_string",
    "is_u64",
    "keys",
    "len",
];

/// Ways to go on with a `Result` that leave its value as it is.
const ONWARD: &[&str] = &["map_err", "ok", "or_else", "and_then"];

impl<'a> Lowering<'a> {
    /// The types as which a body reads what it holds, as one shape; `None` where it holds nothing, or does anything else.
    pub(super) fn read_from_buffer(
        &mut self,
        owner: &Owner<'a>,
        scope: &Scope,
        (body, inner): (&RawTokens, &Name),
        at: At,
    ) -> Option<ShapeId> {
        if !at.input() || at.is_text() || !body.text.contains("Value") {
            return None;
        }
        let tokens = body.lex();
        let mut all = Cursor::new(body, &tokens);
        let mut reads = Reads {
            lowering: self,
            owner,
            scope,
            inner,
            at,
            held: Vec::new(),
            bound: None,
            types: Vec::new(),
            json: false,
        };
        reads.hold(&mut all)?;
        reads.over(all, false, 0)?;
        let Reads { mut types, json, .. } = reads;
        types.dedup();
        self.drop_repeated(&mut types, at);
        let at = if json && types.len() == 1 { at } else { at.buffered() };
        let shapes: Vec<ShapeId> = types.iter().map(|ty| self.lower(ty, at)).collect();
        match shapes.as_slice() {
            [] => None,
            _ if shapes.iter().any(|id| self.class(*id) == Class::Any) => None,
            [only] => Some(*only),
            several => {
                let names: Vec<String> = types.iter().enumerate().map(|(i, ty)| self.shown(ty, i)).collect();
                let arms: Vec<(&str, ShapeId)> =
                    names.iter().map(String::as_str).zip(several.iter().copied()).collect();
                Some(self.one_of(&arms))
            }
        }
    }

    /// What one of several types is called in messages.
    fn shown(&self, ty: &Ty, i: usize) -> String {
        let def = match ty {
            Ty::Def(def, _) => self.crates.def(*def),
            _ => None,
        };
        def.map_or_else(|| i.to_string(), |def| def.item.name.to_string())
    }

    /// Leaves out what an untagged enum among them reads too.
    fn drop_repeated(&self, types: &mut Vec<Ty>, at: At) {
        let mut inside = Vec::new();
        for ty in types.iter() {
            let Ty::Def(def, args) = ty else { continue };
            let Some(owner) = self.owner(*def, args, at).filter(|owner| owner.container.untagged) else { continue };
            let ItemKind::Enum { variants, .. } = &owner.item.item.kind else { continue };
            for variant in variants {
                if let Fields::Tuple(fields) = &variant.fields
                    && let [only] = fields.as_slice()
                {
                    inside.push(self.crates.ty(&owner.scope, &only.ty));
                }
            }
        }
        types.retain(|ty| !inside.contains(ty));
    }
}

struct Reads<'l, 'a> {
    lowering: &'l Lowering<'a>,
    owner: &'l Owner<'a>,
    scope: &'l Scope,
    /// The module of the types that the body declares.
    inner: &'l Name,
    at: At,
    /// Variables that hold the value, or a part that a pattern takes out of it.
    held: Vec<Name>,
    /// The variable that a `let` binds to what is being read.
    bound: Option<Name>,
    types: Vec<Ty>,
    /// It is held as JSON, which loses nothing of what JSON says.
    json: bool,
}

impl Reads<'_, '_> {
    /// `let value = Value::deserialize(deserializer)?;`: moves behind it. What stands before may only be `use`, or what is
    /// done for formats that no one reads.
    fn hold(&mut self, cursor: &mut Cursor<'_>) -> Option<()> {
        while cursor.eat_ident("use") {
            cursor.until(&[";"]);
            cursor.eat(";");
        }
        let mut ahead = *cursor;
        if ahead.eat_ident("if")
            && ahead.eat("!")
            && ahead.ident().is_some()
            && ahead.eat(".")
            && ahead.eat_ident("is_human_readable")
            && ahead.group(Delimiter::Paren).is_some()
            && ahead.group(Delimiter::Brace).is_some()
        {
            *cursor = ahead;
        }
        cursor.eat_ident("let").then_some(())?;
        cursor.eat_ident("mut");
        let name = cursor.ident()?;
        if cursor.eat(":") {
            cursor.ty()?;
        }
        cursor.eat("=").then_some(())?;
        let mut path = cursor.path()?;
        (path.segments.pop()?.name == "deserialize").then_some(())?;
        let Ty::Foreign(buffer, _) = self.ty(path) else { return None };
        self.json = buffer.starts_with("serde_json::");
        (self.json || &*buffer == "serde_value::Value").then_some(())?;
        cursor.group(Delimiter::Paren)?;
        (cursor.eat("?") && cursor.eat(";")).then_some(())?;
        self.held.push(name);
        Some(())
    }

    /// `None` where something is done with the value that is not followed; `failing` inside what makes an error.
    fn over(&mut self, mut cursor: Cursor<'_>, failing: bool, depth: u32) -> Option<()> {
        let depth = depth + 1;
        (depth < DEPTH).then_some(())?;
        let mut after = None;
        while let Some(token) = cursor.peek() {
            if let TokenKind::Group(delimiter, _) = &token.kind {
                self.over(cursor.group(*delimiter)?, failing, depth)?;
                after = None;
                continue;
            }
            let punct = match &token.kind {
                TokenKind::Punct(c, _) => Some(*c),
                _ => None,
            };
            let Some(name) = token.ident() else {
                if punct == Some(';') {
                    self.bound = None;
                }
                cursor.next();
                after = punct;
                continue;
            };
            if after == Some('.') {
                // Of the value itself it is read where the value stands.
                (name != "deserialize_into").then_some(())?;
                cursor.next();
                after = None;
                continue;
            }
            after = None;
            match name.as_str() {
                "let" => self.binding(&mut cursor),
                "return" | "match" | "if" | "else" | "ref" | "mut" | "as" | "in" => {
                    cursor.next();
                }
                "self" => return None,
                _ => self.path(&mut cursor, failing, depth)?,
            }
        }
        Some(())
    }

    /// `let name =`, `let Some(name) =`: what is read next may be bound to it.
    fn binding(&mut self, cursor: &mut Cursor<'_>) {
        let mut ahead = *cursor;
        ahead.next();
        ahead.eat_ident("mut");
        let Some(path) = ahead.path() else { return };
        let mut inside = ahead.group(Delimiter::Paren);
        if !ahead.eat("=") {
            cursor.next();
            return;
        }
        self.bound = None;
        match (&mut inside, path.segments.as_slice()) {
            (Some(inside), [ok]) if ok.name == "Ok" => self.bound = inside.ident(),
            // `let Some(map) = value.as_object()`
            (Some(inside), [some]) if some.name == "Some" => {
                let of = ahead.peek().and_then(|token| token.ident());
                if of.is_some_and(|of| self.held.contains(of)) {
                    self.held.extend(inside.ident().filter(|name| name != "_"));
                }
            }
            (None, [name]) => self.bound = Some(name.name.clone()),
            // A pattern that takes the value apart is looked at as such.
            _ => {
                cursor.next();
                return;
            }
        }
        *cursor = ahead;
    }

    /// What begins with a path: a reading, a pattern or constructor, a call, the held value itself.
    fn path(&mut self, cursor: &mut Cursor<'_>, failing: bool, depth: u32) -> Option<()> {
        let Some(mut path) = cursor.path() else {
            cursor.next();
            return Some(());
        };
        if let [only] = path.segments.as_slice()
            && self.held.contains(&only.name)
        {
            return if failing { Some(()) } else { self.value(cursor) };
        }
        let is_macro = cursor.eat("!");
        let last = path.segments.last()?.clone();
        let group = cursor.peek().and_then(|token| match &token.kind {
            TokenKind::Group(delimiter, _) => Some(*delimiter),
            _ => None,
        });
        match last.name.as_str() {
            "deserialize" if group == Some(Delimiter::Paren) => {
                path.segments.pop();
                let of = cursor.group(Delimiter::Paren)?;
                self.is_whole(of).then_some(())?;
                let stated = (!path.segments.is_empty()).then_some(Type::Path { qself: None, path });
                return self.read(stated, cursor);
            }
            "from_value" if group == Some(Delimiter::Paren) => {
                let of = cursor.group(Delimiter::Paren)?;
                self.is_whole(of).then_some(())?;
                let stated = last.args.into_iter().find_map(|arg| match arg {
                    GenericArg::Type(ty) => Some(ty),
                    _ => None,
                });
                return self.read(stated, cursor);
            }
            _ => {}
        }
        let Some(delimiter) = group.filter(|delimiter| *delimiter != Delimiter::Brace) else { return Some(()) };
        let inside = cursor.group(delimiter)?;
        let fails = failing || is_macro || matches!(last.name.as_str(), "Err" | "custom");
        let is_kind = !is_macro && last.name.starts_with(char::is_uppercase);
        if is_kind && !fails && self.part(&path, inside)? {
            return Some(());
        }
        // A value that only shows what is held: `Shown(&value)`.
        if is_kind && inside.peeks("&") && inside.tokens().len() == 2 {
            return Some(());
        }
        self.over(inside, fails, depth)
    }

    /// `Value::Object(map)`, as a pattern or put together again: `map` is a part of what is held. `false` where it is no
    /// such thing, `None` where a part is taken that is then a value of its own.
    fn part(&mut self, path: &Path, mut inside: Cursor<'_>) -> Option<bool> {
        let mut outer = path.clone();
        let kind = outer.segments.pop()?.name;
        let of_value = !outer.segments.is_empty() && matches!(self.ty(outer), Ty::Foreign(of, _) if is_buffer(&of));
        if !of_value {
            return Some(false);
        }
        while inside.eat("&") || inside.eat_ident("ref") {}
        let Some(name) = inside.ident() else { return Some(true) };
        if name == "_" {
            return Some(true);
        }
        (inside.is_empty() && matches!(kind.as_str(), "Object" | "Map")).then_some(())?;
        if !self.held.contains(&name) {
            self.held.push(name);
        }
        Some(true)
    }

    /// What is done with the held value where it stands: it is read, or left as it is.
    fn value(&mut self, cursor: &mut Cursor<'_>) -> Option<()> {
        let mut ahead = *cursor;
        while ahead.eat(".") {
            let method = ahead.ident()?;
            if method == "clone" {
                ahead.group(Delimiter::Paren)?;
            } else if method == "deserialize_into" {
                let stated = stated(&mut ahead);
                ahead.group(Delimiter::Paren)?;
                *cursor = ahead;
                return self.read(stated, cursor);
            } else {
                return TESTS.contains(&method.as_str()).then_some(());
            }
        }
        // `match value {`, `Object(map) if …`, `if let … = &value && …`
        let behind = |token: &Token| token.group(Delimiter::Brace).is_some() || token.is_ident("if");
        (cursor.peeks("&&") || cursor.peek().is_some_and(behind)).then_some(())
    }

    /// Is it all of what is held: `value`, `&value`, `value.clone()`, `Value::Object(map)`?
    fn is_whole(&self, mut inside: Cursor<'_>) -> bool {
        inside.eat("&");
        let Some(mut path) = inside.path() else { return false };
        if let [only] = path.segments.as_slice() {
            if inside.eat(".") && inside.ident().is_some_and(|name| name == "clone" || name == "into_deserializer") {
                inside.group(Delimiter::Paren);
            }
            return inside.is_empty() && self.held.contains(&only.name);
        }
        path.segments.pop();
        let of_value = matches!(self.ty(path), Ty::Foreign(of, _) if is_buffer(&of));
        let Some(mut part) = inside.group(Delimiter::Paren).filter(|_| of_value && inside.is_empty()) else {
            return false;
        };
        part.ident().is_some_and(|name| self.held.contains(&name)) && part.is_empty()
    }

    /// Takes the type that is read, as it is stated or as what is made of it shows.
    fn read(&mut self, stated: Option<Type>, cursor: &mut Cursor<'_>) -> Option<()> {
        let bound = self.bound.take();
        let ty = match stated {
            Some(Type::Path { qself: None, path }) => self.ty(path),
            Some(ty) => self.lowering.crates.ty(self.scope, &ty),
            None => self.made(*cursor, bound.as_ref())?,
        };
        let known = match &ty {
            Ty::Unresolved(_) | Ty::Other(_) | Ty::Param(_) => false,
            Ty::Def(def, _) => *def != self.owner.def,
            Ty::Foreign(path, args) => {
                let generic = super::foreign::known(path).is_some_and(|known| {
                    use super::foreign::Known;
                    matches!(known, Known::Option | Known::List | Known::Map | Known::Like(_))
                });
                !(generic && args.is_empty() || args.iter().any(|arg| matches!(arg, Ty::Other(_))))
            }
            _ => true,
        };
        known.then(|| self.types.push(ty))
    }

    /// The type of what `.map(Kind::Variant)` or a later `Kind::Variant(name)` takes.
    fn made(&self, mut cursor: Cursor<'_>, bound: Option<&Name>) -> Option<Ty> {
        let around = cursor;
        loop {
            if cursor.eat("?") {
                continue;
            }
            if !cursor.eat(".") {
                break;
            }
            let method = cursor.ident()?;
            let mut inside = cursor.group(Delimiter::Paren)?;
            if method == "map" {
                let path = inside.path().filter(|_| inside.is_empty())?;
                return self.payload(&path);
            }
            ONWARD.contains(&method.as_str()).then_some(())?;
        }
        self.taken(around, bound?, 0)
    }

    fn taken(&self, mut cursor: Cursor<'_>, name: &Name, depth: u32) -> Option<Ty> {
        (depth < DEPTH).then_some(())?;
        while let Some(token) = cursor.peek() {
            if let TokenKind::Group(delimiter, _) = &token.kind {
                let inside = cursor.group(*delimiter)?;
                if let Some(ty) = self.taken(inside, name, depth + 1) {
                    return Some(ty);
                }
                continue;
            }
            let Some(path) = cursor.path() else {
                cursor.next();
                continue;
            };
            if let Some(mut inside) = cursor.peek().and_then(|_| {
                let mut ahead = cursor;
                ahead.group(Delimiter::Paren)
            }) && inside.tokens().len() == 1
                && inside.ident().is_some_and(|inner| inner == *name)
                && let Some(ty) = self.payload(&path)
            {
                return Some(ty);
            }
        }
        None
    }

    /// The type of the one value that a tuple struct or variant of this path is made of.
    fn payload(&self, path: &Path) -> Option<Ty> {
        let of = |fields: &Fields, scope: &Scope| match fields {
            Fields::Tuple(fields) => match fields.as_slice() {
                [only] => Some(self.lowering.crates.ty(scope, &only.ty)),
                _ => None,
            },
            _ => None,
        };
        let whole = self.ty(path.clone());
        let (outer, variant) = match whole {
            Ty::Def(..) => (whole, None),
            _ => {
                let mut outer = path.clone();
                let variant = outer.segments.pop()?.name;
                (self.ty(outer), Some(variant))
            }
        };
        let Ty::Def(def, args) = &outer else { return None };
        // `Self`, and the type's own name, stand for the type with the arguments that it has here.
        let args = if *def == self.owner.def { self.own_arguments() } else { args.clone() };
        let owner = self.lowering.owner(*def, &args, self.at)?;
        match (&owner.item.item.kind, variant) {
            (ItemKind::Struct { fields, .. }, None) => of(fields, &owner.scope),
            (ItemKind::Enum { variants, .. }, Some(name)) => {
                of(&variants.iter().find(|variant| variant.name == name)?.fields, &owner.scope)
            }
            _ => None,
        }
    }

    fn own_arguments(&self) -> Vec<Ty> {
        match &self.owner.scope.self_ty {
            Some(Ty::Def(_, args)) => args.clone(),
            _ => Vec::new(),
        }
    }

    fn ty(&self, path: Path) -> Ty {
        self.lowering.type_inside(self.scope, self.inner, &Type::Path { qself: None, path })
    }
}

/// The type in `::<T>`.
fn stated(cursor: &mut Cursor<'_>) -> Option<Type> {
    let mut ahead = *cursor;
    ahead.eat("::").then_some(())?;
    let args = ahead.generic_args()?;
    *cursor = ahead;
    args.into_iter().find_map(|arg| match arg {
        GenericArg::Type(ty) => Some(ty),
        _ => None,
    })
}

fn is_buffer(path: &str) -> bool {
    matches!(path, "serde_json::Value" | "serde_value::Value") || path.starts_with("serde_json::value::")
}
