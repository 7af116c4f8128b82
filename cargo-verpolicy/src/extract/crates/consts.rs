//! Values that the source states: text of consts, `concat!` and `format!`, lengths of arrays.

use super::{Crates, DefId, ModuleId, Namespace, Resolved, Scope, Ty};
use crate::syntax::facts::{GenericArg, Item, ItemKind, Path, RawTokens, Type};
use crate::syntax::tokens::{Cursor, Delimiter, Lit, TokenKind};
use std::collections::BTreeMap;

/// How many consts may lead through one another.
const MAX_DEPTH: u32 = 32;

impl Crates {
    /// The text of a const or static, as a const argument shows it.
    pub(crate) fn const_text(&self, def: DefId) -> Option<String> {
        match &self.def(def)?.item.kind {
            ItemKind::Const { value: Some(value), .. } => Some(value.normal()),
            _ => None,
        }
    }

    /// The length of an array, from its normalised text.
    pub(crate) fn length(&self, scope: &Scope, text: &str) -> Option<u64> {
        let raw = RawTokens::from(text);
        u64::try_from(Values { crates: self, depth: 0 }.int(scope, &raw)?).ok()
    }

    /// The integer that a path names.
    pub(crate) fn int_of(&self, scope: &Scope, path: &Path) -> Option<i128> {
        let (value, inner) = self.const_value(scope, path)?;
        self.int_value(&inner, value)
    }

    pub(crate) fn text_of(&self, scope: &Scope, tokens: &RawTokens) -> Option<String> {
        Values { crates: self, depth: 0 }.text(scope, tokens)
    }

    /// The integer that an expression states; `None` where it is not known.
    #[must_use]
    pub fn int_value(&self, scope: &Scope, tokens: &RawTokens) -> Option<i128> {
        Values { crates: self, depth: 0 }.int(scope, tokens)
    }

    /// The expression of a const, static or associated const that a path names, and the scope it stands in.
    #[must_use]
    pub fn const_value(&self, scope: &Scope, path: &Path) -> Option<(&RawTokens, Scope)> {
        let (item, scope) = self.value_item(scope, path)?;
        match &item.kind {
            ItemKind::Const { value: Some(value), .. } | ItemKind::Static { value: Some(value), .. } => {
                Some((value, scope))
            }
            _ => None,
        }
    }

    /// A hash of what the functions of this package do that an expression calls; `None` where it calls none.
    pub(crate) fn code_of_calls(&self, scope: &Scope, expression: &RawTokens) -> Option<u64> {
        let tokens = expression.lex();
        let mut cursor = Cursor::new(expression, &tokens);
        let mut code: Option<u64> = None;
        let mut add = |more: Option<u64>| {
            if let Some(more) = more {
                code = Some(code.unwrap_or_default().rotate_left(1) ^ more);
            }
        };
        while !cursor.is_empty() {
            let Some(path) = cursor.path() else {
                match cursor.any_group() {
                    Some(inner) => add(self.code_of_calls(scope, &inner)),
                    None => drop(cursor.next()),
                }
                continue;
            };
            if let Some(args) = cursor.group_raw(Delimiter::Paren) {
                let called = self.value_item(scope, &path).map(|(item, _)| item);
                let function = called.filter(|item| matches!(item.kind, ItemKind::Fn(_)));
                add(function.map(|item| item.code(&mut |_| None)));
                add(self.code_of_calls(scope, &args));
            }
        }
        code
    }

    /// The const, static or function (also an associated one) that a path names.
    pub(crate) fn value_item(&self, scope: &Scope, path: &Path) -> Option<(&Item, Scope)> {
        if let [base, member] = path.segments.as_slice()
            && !path.global
        {
            let base = match base.name.as_str() {
                "Self" => scope.self_ty.as_ref(),
                name => scope.params.get(name),
            };
            if let Some(base) = base {
                let Ty::Def(def, _) = base else { return None };
                return self.associated(*def, &member.name, base);
            }
        }
        match self.resolve(scope.module, path, Namespace::Value) {
            Resolved::Def(def) => {
                let found = self.def(def)?;
                Some((found.item, plain(found.module)))
            }
            Resolved::Member(def, name) => {
                let stated = self.stated_owner(scope, path).filter(|ty| matches!(ty, Ty::Def(of, _) if *of == def));
                self.associated(def, &name, &stated.unwrap_or(Ty::Def(def, Vec::new())))
            }
            _ => None,
        }
    }

    /// The owner of a member with its arguments: `Page::<User>::list`, or an alias that states them.
    fn stated_owner(&self, scope: &Scope, path: &Path) -> Option<Ty> {
        let (_, owner) = path.segments.split_last()?;
        let owner = Path { global: path.global, segments: owner.to_vec() };
        let states = !owner.segments.last()?.args.is_empty()
            || match self.resolve(scope.module, &owner, Namespace::Type) {
                Resolved::Def(def) => matches!(self.def(def)?.item.kind, ItemKind::Alias { .. }),
                _ => false,
            };
        states.then(|| self.ty(scope, &Type::Path { qself: None, path: owner }))
    }

    /// An associated const or function of a type or trait, with the module where it stands.
    pub(super) fn associated_item(&self, def: DefId, name: &str) -> Option<(&Item, ModuleId)> {
        self.associated(def, name, &Ty::Def(def, Vec::new())).map(|(item, scope)| (item, scope.module))
    }

    /// An associated const or function: of an impl, else of the trait itself.
    fn associated(&self, def: DefId, name: &str, self_ty: &Ty) -> Option<(&Item, Scope)> {
        let with_self = |module| Scope { module, params: BTreeMap::new(), self_ty: Some(self_ty.clone()) };
        let owner = self.def(def)?;
        if let ItemKind::Trait(fact) = &owner.item.kind {
            let item = fact.items.iter().find(|i| i.name == name)?;
            return Some((item, with_self(owner.module)));
        }
        let mut of_traits = Vec::new();
        for (item, module) in self.impls_for(def) {
            let ItemKind::Impl(fact) = &item.kind else { continue };
            if let Some(found) = fact.items.iter().find(|i| i.name == name) {
                let args = if let Ty::Def(_, args) = self_ty { args.as_slice() } else { &[] };
                let scope =
                    if fact.generics.params.is_empty() { None } else { self.impl_scope_of(item, module, def, args) };
                return Some((found, scope.unwrap_or_else(|| with_self(module))));
            }
            if let Some(path) = &fact.trait_path {
                of_traits.push((module, path));
            }
        }
        // A default that the trait gives.
        let default = of_traits.into_iter().find_map(|(module, path)| {
            let Resolved::Def(def) = self.resolve(module, path, Namespace::Type) else { return None };
            let found = self.def(def)?;
            let ItemKind::Trait(fact) = &found.item.kind else { return None };
            let item = fact.items.iter().find(|i| i.name == name)?;
            Some((item, with_self(found.module)))
        });
        // What a trait has for every type, where only one has it.
        default.or_else(|| {
            let mut all = self.blanket_impls().filter_map(|(fact, module)| {
                let mut scope = with_self(module);
                if let Type::Path { path, .. } = &fact.self_ty {
                    scope.params.extend(path.segments.last().map(|last| (last.name.clone(), self_ty.clone())));
                }
                Some((fact.items.iter().find(|i| i.name == name)?, scope))
            });
            let only = all.next()?;
            all.next().is_none().then_some(only)
        })
    }
}

fn plain(module: ModuleId) -> Scope {
    Scope { module, params: BTreeMap::new(), self_ty: None }
}

#[derive(Clone, Copy)]
struct Values<'a> {
    crates: &'a Crates,
    depth: u32,
}

impl<'a> Values<'a> {
    fn deeper(self) -> Option<Self> {
        (self.depth < MAX_DEPTH).then_some(Self { depth: self.depth + 1, ..self })
    }

    fn text(self, scope: &Scope, raw: &RawTokens) -> Option<String> {
        let tokens = raw.lex();
        let mut cursor = Cursor::new(raw, &tokens);
        let text = self.operand(scope, &mut cursor)?;
        Self::conversions(&mut cursor);
        cursor.is_empty().then_some(text)
    }

    /// `.to_string()`, `.into()` and the like leave the text what it is.
    fn conversions(cursor: &mut Cursor<'_>) {
        loop {
            let mut ahead = *cursor;
            let named = ahead.eat(".")
                && ahead.ident().is_some_and(|name| {
                    matches!(
                        name.as_str(),
                        "to_string" | "to_owned" | "into" | "as_str" | "as_ref" | "clone" | "borrow"
                    )
                });
            if !named || !ahead.group(Delimiter::Paren).is_some_and(|args| args.is_empty()) {
                return;
            }
            *cursor = ahead;
        }
    }

    fn operand(self, scope: &Scope, cursor: &mut Cursor<'_>) -> Option<String> {
        let this = self.deeper()?;
        while cursor.eat("&") || cursor.eat("*") {}
        match &cursor.peek()?.kind {
            TokenKind::Literal(_) => literal_text(cursor.literal()?),
            TokenKind::Group(Delimiter::Paren | Delimiter::Brace, _) => {
                let inner = cursor.any_group()?;
                this.text(scope, &inner)
            }
            TokenKind::Ident(name) if name == "true" || name == "false" => cursor.ident().map(|n| n.to_string()),
            _ => {
                let path = cursor.path()?;
                if cursor.eat("!") {
                    let name = path.segments.last()?.name.clone();
                    return this.macro_text(scope, &name, &cursor.any_group()?);
                }
                match cursor.group_raw(Delimiter::Paren) {
                    Some(args) => this.call(scope, &path, &args),
                    None => {
                        let (value, inner) = this.crates.const_value(scope, &path)?;
                        this.text(&inner, value)
                    }
                }
            }
        }
    }

    /// `String::from("x")`, or a function without arguments whose body is one expression.
    fn call(self, scope: &Scope, path: &Path, args: &RawTokens) -> Option<String> {
        if let Some((item, inner)) = self.crates.value_item(scope, path) {
            let ItemKind::Fn(function) = &item.kind else { return None };
            if !args.is_empty() || !function.params.is_empty() {
                return None;
            }
            return self.text(&inner, function.body.as_ref()?);
        }
        let last = path.segments.last()?.name.as_str();
        matches!(last, "from" | "new" | "Borrowed" | "Owned").then(|| self.text(scope, args)).flatten()
    }

    fn macro_text(self, scope: &Scope, name: &str, args: &RawTokens) -> Option<String> {
        match name {
            "concat" | "concatcp" | "concat_const" | "const_concat" | "concat_str" => {
                args.parts().iter().map(|part| self.text(scope, part)).collect()
            }
            "format" | "formatcp" | "const_format" | "format_args" => self.format(scope, &args.parts()),
            "stringify" => Some(args.normal()),
            _ => None,
        }
    }

    /// `format!("{a}/{}", b)` where all values are known; alignment and the like are not.
    fn format(self, scope: &Scope, parts: &[RawTokens]) -> Option<String> {
        let (template, args) = parts.split_first()?;
        let template = self.text(scope, template)?;
        let mut named = BTreeMap::new();
        let mut positional = Vec::new();
        for arg in args {
            let tokens = arg.lex();
            let mut cursor = Cursor::new(arg, &tokens);
            match (cursor.ident(), cursor.eat("=")) {
                (Some(name), true) => {
                    named.insert(name.to_string(), cursor.rest());
                }
                _ => positional.push(arg),
            }
        }
        let mut out = String::new();
        let mut next = positional.iter();
        let mut rest = template.as_str();
        while let Some(at) = rest.find(['{', '}']) {
            let (before, after) = rest.split_at_checked(at)?;
            out.push_str(before);
            if let Some(tail) = after.strip_prefix("{{").or_else(|| after.strip_prefix("}}")) {
                out.push_str(after.get(..1)?);
                rest = tail;
                continue;
            }
            let (hole, tail) = after.strip_prefix('{')?.split_once('}')?;
            let value = match (hole, hole.parse::<usize>()) {
                ("", _) => self.text(scope, next.next()?)?,
                (_, Ok(index)) => self.text(scope, positional.get(index)?)?,
                (name, _) => match named.get(name) {
                    Some(value) => self.text(scope, value)?,
                    None => self.text(scope, &RawTokens::from(name))?,
                },
            };
            out.push_str(&value);
            rest = tail;
        }
        out.push_str(rest);
        Some(out)
    }

    fn int(self, scope: &Scope, raw: &RawTokens) -> Option<i128> {
        let tokens = raw.lex();
        let mut cursor = Cursor::new(raw, &tokens);
        let value = self.shift(scope, &mut cursor)?;
        cursor.is_empty().then_some(value)
    }

    fn shift(self, scope: &Scope, cursor: &mut Cursor<'_>) -> Option<i128> {
        let mut value = self.sum(scope, cursor)?;
        loop {
            if cursor.eat("<<") {
                value = value.checked_shl(u32::try_from(self.sum(scope, cursor)?).ok()?)?;
            } else if cursor.eat(">>") {
                value = value.checked_shr(u32::try_from(self.sum(scope, cursor)?).ok()?)?;
            } else {
                return Some(value);
            }
        }
    }

    fn sum(self, scope: &Scope, cursor: &mut Cursor<'_>) -> Option<i128> {
        let mut value = self.product(scope, cursor)?;
        loop {
            if cursor.eat("+") {
                value = value.checked_add(self.product(scope, cursor)?)?;
            } else if cursor.eat("-") {
                value = value.checked_sub(self.product(scope, cursor)?)?;
            } else {
                return Some(value);
            }
        }
    }

    fn product(self, scope: &Scope, cursor: &mut Cursor<'_>) -> Option<i128> {
        let mut value = self.factor(scope, cursor)?;
        loop {
            if cursor.eat("*") {
                value = value.checked_mul(self.factor(scope, cursor)?)?;
            } else if cursor.eat("/") {
                value = value.checked_div(self.factor(scope, cursor)?)?;
            } else if cursor.eat("%") {
                value = value.checked_rem(self.factor(scope, cursor)?)?;
            } else {
                return Some(value);
            }
        }
    }

    fn factor(self, scope: &Scope, cursor: &mut Cursor<'_>) -> Option<i128> {
        let this = self.deeper()?;
        let value = match &cursor.peek()?.kind {
            TokenKind::Literal(Lit::Int { value, .. }) => {
                cursor.next();
                *value
            }
            TokenKind::Group(Delimiter::Paren | Delimiter::Brace, _) => this.int(scope, &cursor.any_group()?)?,
            TokenKind::Punct('-', _) => cursor.int()?,
            _ => {
                let path = cursor.path()?;
                let param = path.segments.first().filter(|_| path.segments.len() == 1);
                match param.and_then(|segment| scope.params.get(&segment.name)) {
                    Some(Ty::Const(text)) => this.int(scope, &RawTokens::from(text.as_str()))?,
                    Some(_) => return None,
                    None if of_primitive(&path).is_some() => of_primitive(&path)?,
                    None => match cursor.group_raw(Delimiter::Paren) {
                        Some(args) => size(&path).or_else(|| this.returned(scope, &path, &args))?,
                        None => {
                            let (value, inner) = this.crates.const_value(scope, &path)?;
                            this.int(&inner, value)?
                        }
                    },
                }
            }
        };
        if cursor.eat_ident("as") {
            cursor.path()?;
        }
        Some(value)
    }

    /// What a function of this package returns whose body is one expression.
    fn returned(self, scope: &Scope, path: &Path, args: &RawTokens) -> Option<i128> {
        let (item, mut inner) = self.crates.value_item(scope, path)?;
        let ItemKind::Fn(function) = &item.kind else { return None };
        let args: Vec<RawTokens> = args.parts().into_iter().filter(|arg| !arg.is_empty()).collect();
        if args.len() != function.params.len() {
            return None;
        }
        for (param, arg) in function.params.iter().zip(&args) {
            let value = self.int(scope, arg)?;
            inner.params.insert(param.name.clone()?, Ty::Const(value.to_string()));
        }
        self.int(&inner, function.body.as_ref()?)
    }
}

/// `u32::BITS`, of primitives that are the same everywhere.
fn of_primitive(path: &Path) -> Option<i128> {
    match path.segments.as_slice() {
        [ty, name] if name.name == "BITS" => width(&ty.name),
        [ty, name] if name.name == "MAX" => match (ty.name.as_str(), width(&ty.name)?) {
            (unsigned, bits) if unsigned.starts_with('u') => {
                1_i128.checked_shl(u32::try_from(bits).ok()?)?.checked_sub(1)
            }
            (_, bits) => 1_i128.checked_shl(u32::try_from(bits - 1).ok()?)?.checked_sub(1),
        },
        _ => None,
    }
}

/// `size_of::<u32>()`, of primitives that are the same everywhere.
fn size(path: &Path) -> Option<i128> {
    let last = path.segments.last().filter(|last| last.name == "size_of")?;
    match last.args.as_slice() {
        [GenericArg::Type(Type::Path { qself: None, path })] => match path.segments.as_slice() {
            [only] => Some(width(&only.name)? / 8),
            _ => None,
        },
        _ => None,
    }
}

/// How many bits an integer type has; of 128 and of `usize`, nothing is said.
fn width(name: &str) -> Option<i128> {
    name.strip_prefix(['u', 'i'])?.parse().ok().filter(|bits| [8, 16, 32, 64].contains(bits))
}

fn literal_text(literal: &Lit) -> Option<String> {
    match literal {
        Lit::Str(text) => Some(text.clone()),
        Lit::Char(c) => Some(c.to_string()),
        other => other.number_text(),
    }
}
