//! Validators that code writes by hand: functions that stand on a field, and impls for a whole type. What a function
//! refuses is known where it is literal: some variants of an enum. Else its code is a hash.

use super::attributes::metas;
use super::constraint::{constraints, is_check, nested};
use super::definition::Owner;
use super::reading::How;
use super::text::refused_struct;
use super::{At, Class, Here, Lowering, hash, merge, presence};
use crate::extract::crates::{Crates, ModuleId, Scope, Ty};
use crate::model::{Constraint, Field, Node, Shape, ShapeId};
use crate::syntax::facts::{FieldFact, Fields, Function, Item, ItemKind, Name, RawTokens};
use crate::syntax::tokens::{Cursor, Delimiter, TokenKind};

/// Which variants of an enum a validator refuses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Refused {
    /// These.
    These(Vec<Name>),
    /// All but these.
    AllBut(Vec<Name>),
}

impl Refused {
    /// Is the variant of this Rust name refused?
    pub(super) fn refuses(&self, variant: &str) -> bool {
        match self {
            Self::These(names) => names.iter().any(|name| name == variant),
            Self::AllBut(names) => names.iter().all(|name| name != variant),
        }
    }
}

impl<'a> Lowering<'a> {
    /// The hand-written impl by which a type is checked.
    pub(super) fn validator(&self, owner: &Owner<'_>) -> Option<(&'a Item, ModuleId)> {
        let crates = self.crates;
        let impls = |path: &str| crates.impls_of(owner.def, path);
        ["validator::Validate", "garde::Validate"].into_iter().flat_map(impls).next()
    }

    /// The code of that impl, where it does more than hand values on to their own checks.
    pub(super) fn checking_code(&self, owner: &Owner<'_>) -> Option<u64> {
        let (item, module) = self.validator(owner)?;
        (!only_delegates(self.crates, item)).then(|| self.crates.code(item, module))
    }

    /// What is read as `from` and becomes the type `owner`, whose limits hold for it: they stand on the fields of the
    /// same name; those of others, and the code of a check by hand, are a hash.
    pub(super) fn checked_after(&mut self, owner: &Owner<'a>, from: &Ty, at: At) -> (ShapeId, Option<u64>) {
        let by_hand = self.checking_code(owner);
        let held: Vec<&FieldFact> = match &owner.item.item.kind {
            ItemKind::Struct { fields: Fields::Named(fields) | Fields::Tuple(fields), .. } => {
                fields.iter().filter(|field| field.attrs.iter().any(is_check)).collect()
            }
            _ => Vec::new(),
        };
        let unchecked = At { validated: false, ..at };
        let shadow = match from {
            Ty::Def(def, args) if !held.is_empty() => self.owner(*def, args, at),
            _ => None,
        };
        let plain = |shadow: &Owner<'_>| {
            let container = &shadow.container;
            shadow.how == How::Serde && !container.transparent && container.by_way_of.is_none()
        };
        let fields = shadow.as_ref().filter(|shadow| plain(shadow)).and_then(|shadow| match &shadow.item.item.kind {
            ItemKind::Struct { fields: Fields::Named(fields), .. } => Some(fields),
            _ => None,
        });
        let (Some(shadow), Some(fields)) = (&shadow, fields.filter(|_| refused_struct(Class::Object, at).is_none()))
        else {
            return (self.lower(from, unchecked), merge(by_hand, limits(&held)));
        };
        let with_limits = |field: &FieldFact| {
            let mut field = field.clone();
            field.attrs.retain(|attr| !is_check(attr));
            let own = held.iter().find(|own| own.name == field.name);
            field.attrs.extend(own.iter().flat_map(|own| own.attrs.iter().filter(|attr| is_check(attr)).cloned()));
            field
        };
        let read: Vec<FieldFact> = fields.iter().map(with_limits).collect();
        let beside: Vec<&FieldFact> =
            held.iter().copied().filter(|own| fields.iter().all(|field| field.name != own.name)).collect();
        let member = self.member(shadow, "", shadow.item.item.pos);
        let before = self.here.replace(Here { module: shadow.item.module, place: member.place.clone() });
        let object = self.object(shadow, &read, at);
        self.here = before;
        let conversion = shadow.container.conversion.as_deref().map(|code| hash::hash([code]));
        let node = Node { def: Some(member), conversion, ..Node::plain(Shape::Object(object)) };
        (self.shapes.push(node), merge(by_hand, limits(&beside)))
    }

    /// Does the hand-written check of a type check this field too?
    pub(super) fn looked_into(&self, owner: &Owner<'_>, fact: &FieldFact) -> bool {
        let Some((item, _)) = self.validator(owner) else { return false };
        item.says("validate") && item.says(&fact.name)
    }

    /// Patterns that a constant of this side holds: their text counts, and not how the constant is called.
    pub(super) fn patterns(&self, owner: &Owner<'_>, field: &mut Field) {
        for limit in field.constraints.iter_mut().filter(|limit| limit.kind == "pattern") {
            let named = limit.value.trim_start_matches(['*', '&', ' ']);
            let Some(path) = RawTokens::from(named).path() else { continue };
            let Some((item, _)) = self.crates.value_item(&owner.scope, &path) else { continue };
            let (ItemKind::Const { value: Some(value), .. } | ItemKind::Static { value: Some(value), .. }) = &item.kind
            else {
                continue;
            };
            let tokens = value.lex();
            if let Some(text) = first_text(Cursor::new(value, &tokens), 0) {
                limit.value = text;
            }
        }
    }

    /// Validator functions on a field: what they refuse literally is taken out of its shape, the code of others stands
    /// beside their names.
    pub(super) fn held_by_code(&mut self, owner: &Owner<'a>, fact: &FieldFact, ty: &Ty, field: &mut Field) {
        let crates = self.crates;
        for attr in fact.attrs.iter().filter(|attr| attr.path.len() == 1 && attr.path.iter().any(|n| n == "validate")) {
            for meta in metas(attr).iter().filter(|meta| meta.is("custom")) {
                let Some(path) = super::constraint::limit(meta).and_then(|named| function_path(&named)) else {
                    continue;
                };
                let Some((item, scope)) = crates.value_item(&owner.scope, &path) else { continue };
                let ItemKind::Fn(function) = &item.kind else { continue };
                if let Some(refused) = self.refused(function, &scope, ty)
                    && let Some(less) = self.less(field.shape, &refused)
                {
                    field.shape = less;
                    field.constraints.retain(|limit| limit.kind != "custom");
                    continue;
                }
                let value = format!("{:016x}", crates.code(item, scope.module));
                field.constraints.push(Constraint { kind: "custom-code".to_owned(), value, checked: true });
            }
        }
    }

    /// What a function refuses of an enum that it is handed, where it does nothing else.
    fn refused(&self, function: &Function, scope: &Scope, ty: &Ty) -> Option<Refused> {
        let [only] = function.params.as_slice() else { return None };
        let held = presence::core(ty);
        let held = presence::core(presence::option(held).unwrap_or(held));
        let Ty::Ref(taken) = self.crates.ty(scope, &only.ty) else { return None };
        if !matches!((held, taken.as_ref()), (Ty::Def(a, _), Ty::Def(b, _)) if a == b) {
            return None;
        }
        let body = function.body.as_ref()?;
        let tokens = body.lex();
        literal(Cursor::new(body, &tokens), only.name.as_ref()?)
    }
}

/// Does such an impl do no more than a derive with `nested`: hand each variant's value, or the one field, on?
pub(super) fn only_delegates(crates: &Crates, item: &Item) -> bool {
    let function = crates.members(item).iter().find_map(|member| match &member.kind {
        ItemKind::Fn(function) if member.name == "validate" => Some(function),
        _ => None,
    });
    let Some(body) = function.and_then(|function| function.body.as_ref()) else { return false };
    let tokens = body.lex();
    let mut cursor = Cursor::new(body, &tokens);
    if !cursor.eat_ident("match") {
        return delegates(cursor);
    }
    while cursor.eat("*") || cursor.eat("&") {}
    let Some(mut arms) = cursor.eat_ident("self").then(|| cursor.group(Delimiter::Brace)).flatten() else {
        return false;
    };
    while !arms.is_empty() {
        while arms.eat("#") {
            arms.group(Delimiter::Bracket);
        }
        let pattern = arms.until(&["=>"]);
        if !arms.eat("=>") || pattern.lex().iter().any(|token| token.is_ident("if") || token.is_ident("_")) {
            return false;
        }
        let given = match arms.group(Delimiter::Brace) {
            Some(block) => delegates(block),
            None => {
                let body = arms.until(&[","]);
                let tokens = body.lex();
                delegates(Cursor::new(&body, &tokens))
            }
        };
        if !given {
            return false;
        }
        arms.eat(",");
    }
    cursor.is_empty()
}

/// `Ok(())`, `inner.validate()`, `self.0.validate()`
fn delegates(mut cursor: Cursor<'_>) -> bool {
    if cursor.eat_ident("Ok") {
        let inside = cursor.group(Delimiter::Paren).and_then(|mut inside| inside.group(Delimiter::Paren));
        return inside.is_some_and(|inside| inside.is_empty()) && cursor.is_empty();
    }
    if cursor.ident().is_none() {
        return false;
    }
    while cursor.eat(".") {
        if cursor.eat_ident("validate") {
            return cursor.group(Delimiter::Paren).is_some_and(|args| args.is_empty()) && cursor.is_empty();
        }
        if cursor.ident().is_none() && cursor.literal().is_none() {
            return false;
        }
    }
    false
}

/// The first text in such tokens: of `LazyLock::new(|| Regex::new("…").unwrap())` the pattern.
fn first_text(mut cursor: Cursor<'_>, depth: u32) -> Option<String> {
    while let Some(token) = cursor.peek() {
        if let Some(text) = token.string() {
            return Some(text.to_owned());
        }
        let inside = match &token.kind {
            TokenKind::Group(delimiter, _) if depth < 16 => cursor.group(*delimiter),
            _ => {
                cursor.next();
                None
            }
        };
        if let Some(found) = inside.and_then(|inside| first_text(inside, depth + 1)) {
            return Some(found);
        }
    }
    None
}

/// The limits of fields that no read field stands for.
fn limits(fields: &[&FieldFact]) -> Option<u64> {
    let texts: Vec<String> = fields
        .iter()
        .map(|field| format!("{} {} {:?}", field.name, nested(&field.attrs), constraints(&field.attrs, true)))
        .collect();
    (!texts.is_empty()).then(|| hash::hash(texts.iter().map(String::as_str)))
}

/// `validate_name`, `crate::check::name`; validator takes it as text too.
fn function_path(named: &RawTokens) -> Option<crate::syntax::facts::Path> {
    match named.string() {
        Some(text) => RawTokens::from(text.as_str()).path(),
        None => named.path(),
    }
}

/// `if matches!(x, A | B) { return Err(…); } Ok(())`, `match x { A => Ok(()), B => Err(…) }`.
fn literal(mut cursor: Cursor<'_>, argument: &str) -> Option<Refused> {
    if cursor.eat_ident("match") {
        cursor.eat("*");
        let arms = cursor.eat_ident(argument).then(|| cursor.group(Delimiter::Brace))??;
        return cursor.is_empty().then(|| of_arms(arms))?;
    }
    if !(cursor.eat_ident("if") && cursor.eat_ident("matches") && cursor.eat("!")) {
        return None;
    }
    let mut inside = cursor.group(Delimiter::Paren)?;
    inside.eat("*");
    let names = (inside.eat_ident(argument) && inside.eat(",")).then(|| pattern(&mut inside))??;
    inside.eat(",");
    let refused = inside.is_empty() && refuses(cursor.group(Delimiter::Brace)?);
    (refused && accepts(cursor)).then_some(Refused::These(names))
}

fn of_arms(mut arms: Cursor<'_>) -> Option<Refused> {
    let (mut accepted, mut refused, mut rest) = (Vec::new(), Vec::new(), None);
    while !arms.is_empty() {
        let names = if arms.eat_ident("_") { None } else { Some(pattern(&mut arms)?) };
        if !arms.eat("=>") {
            return None;
        }
        let mut ahead = arms;
        let (text, block) = match ahead.group(Delimiter::Brace) {
            Some(block) => (None, Some(block)),
            None => (Some(ahead.expr()), None),
        };
        arms = ahead;
        arms.eat(",");
        let tokens = text.as_ref().map(RawTokens::lex).unwrap_or_default();
        let body = match (&text, block) {
            (Some(text), _) => Cursor::new(text, &tokens),
            (None, block) => block?,
        };
        let good = accepts(body);
        if !good && !refuses(body) {
            return None;
        }
        match (names, good) {
            (Some(names), true) => accepted.extend(names),
            (Some(names), false) => refused.extend(names),
            (None, good) => rest = Some(good),
        }
    }
    Some(if rest == Some(false) { Refused::AllBut(accepted) } else { Refused::These(refused) })
}

/// `Kind::A | Kind::B(_) | Kind::C { .. }`: the variants, where nothing inside them decides.
fn pattern(cursor: &mut Cursor<'_>) -> Option<Vec<Name>> {
    let mut names = Vec::new();
    cursor.eat("|");
    loop {
        let name = cursor.simple_path().pop()?;
        if !name.starts_with(char::is_uppercase) {
            return None;
        }
        if let Some(inside) = cursor.group(Delimiter::Paren).or_else(|| cursor.group(Delimiter::Brace)) {
            let binds = |token: &crate::syntax::tokens::Token| token.ident().is_some_and(|name| name != "_");
            let text = inside.tokens().iter();
            if text.clone().any(binds) || text.clone().any(|token| token.ident().is_none() && !token.is_punct('.')) {
                return None;
            }
        }
        names.push(name);
        if !cursor.eat("|") {
            return Some(names);
        }
    }
}

/// `Ok(())`
fn accepts(mut cursor: Cursor<'_>) -> bool {
    cursor.eat_ident("Ok")
        && cursor.group(Delimiter::Paren).is_some_and(|mut inside| {
            inside.group(Delimiter::Paren).is_some_and(|unit| unit.is_empty()) && inside.is_empty()
        })
        && cursor.is_empty()
}

/// Straight code that ends in `Err(…)`.
fn refuses(cursor: Cursor<'_>) -> bool {
    const BRANCHES: &[&str] = &["if", "match", "while", "for", "loop", "Ok"];
    let tokens = cursor.tokens();
    let start = tokens.iter().rposition(|token| token.is_ident("Err"));
    let branches = tokens.iter().any(|token| BRANCHES.iter().any(|word| token.is_ident(word)) || token.is_punct('?'));
    let end = start.and_then(|start| tokens.get(start + 1..));
    !branches && matches!(end, Some([error]) | Some([error, _]) if error.group(Delimiter::Paren).is_some())
}
