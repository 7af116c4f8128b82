//! Validators that code writes by hand: functions that stand on a field, and impls for a whole type. What a function
//! refuses is known where it is literal: some variants of an enum. Else its code is a hash.

use super::Lowering;
use super::attributes::metas;
use super::definition::Owner;
use super::presence;
use crate::extract::crates::{ModuleId, Scope, Ty};
use crate::model::{Constraint, Field};
use crate::syntax::facts::{FieldFact, Function, Item, ItemKind, Name, RawTokens};
use crate::syntax::tokens::{Cursor, Delimiter};

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

    /// Does the hand-written check of a type check this field too?
    pub(super) fn looked_into(&self, owner: &Owner<'_>, fact: &FieldFact) -> bool {
        let Some((item, _)) = self.validator(owner) else { return false };
        item.says("validate") && item.says(&fact.name)
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
