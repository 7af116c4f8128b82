//! `if` and `match`: what either branch builds, each under its condition.

use super::evaluate::{Evaluation, at_run_time};
use super::frame::Frame;
use super::kind::HOLE;
use super::value::{Value, Variables};
use crate::model::{BlindSpotKind, Condition};
use crate::syntax::expression::{Arm, Block, Expr, ExprKind, Link, Pattern, Statement, StatementKind};

impl<'a> Evaluation<'a> {
    pub(super) fn conditional(
        &mut self,
        frame: &mut Frame<'a>,
        head: &Expr,
        condition: Option<&Condition>,
        then: &Block,
        otherwise: Option<&Expr>,
    ) -> Value<'a> {
        let mut given = condition.map(|c| self.crates.given(frame.scope.module, c));
        if let ExprKind::Bind(pattern, value) = &head.kind {
            let value = self.expr(frame, value);
            given = (fits(pattern, &value) == Some(false)).then_some(Condition::Never);
            frame.bind(pattern, value, false);
        } else if given.is_none() {
            let is_const = matches!(&head.kind, ExprKind::Path(path) if path.segments.len() > 1);
            given = match self.expr(frame, head) {
                Value::Text(text) if is_const && text == "true" => Some(Condition::Always),
                Value::Text(text) if is_const && text == "false" => Some(Condition::Never),
                _ => None,
            };
        }
        let on = given.unwrap_or_else(at_run_time);
        let off = if on == at_run_time() { at_run_time() } else { on.clone().negate() };
        let before = frame.variables.clone();
        let outer = frame.condition.clone();
        frame.condition = outer.clone().and(on.clone());
        let first = if on == Condition::Never { Value::Unknown } else { self.block(frame, then) };
        let after_then = std::mem::replace(&mut frame.variables, before);
        frame.condition = outer.clone().and(off.clone());
        let second = match otherwise {
            Some(_) if off == Condition::Never => Value::Unknown,
            Some(otherwise) => self.expr(frame, otherwise),
            None => Value::Unknown,
        };
        frame.condition = outer;
        frame.join(after_then, &on, &off);
        match (then.statements.last(), otherwise) {
            (Some(last), Some(_)) if ends(last) => second,
            (_, Some(otherwise)) if leaves(otherwise) => first,
            // Without `else` it has no value.
            (_, None) if matches!(first, Value::Text(_)) => Value::Unknown,
            _ => Value::either((first, &on), (second, &off)),
        }
    }

    pub(super) fn matching(&mut self, frame: &mut Frame<'a>, head: &Expr, arms: &[Arm]) -> Value<'a> {
        let value = self.expr(frame, head);
        let by_path = arms.iter().any(|arm| is_path(&arm.pattern)) && asks_path(head);
        if by_path || arms.iter().any(|arm| is_route(&arm.pattern)) {
            let detail = format!("`{}` matches methods and paths by hand: state its routes in marks", frame.path);
            self.blind(frame, head.pos, BlindSpotKind::OtherService, detail);
        }
        let chosen = arms.iter().find(|arm| fits(&arm.pattern, &value) == Some(true));
        if let Some(arm) = chosen {
            return self.expr(frame, &arm.body);
        }
        let condition = at_run_time();
        let before = frame.variables.clone();
        let outer = frame.condition.clone();
        let mut all: Option<(Value<'a>, Variables<'a>)> = None;
        for arm in arms.iter().filter(|arm| fits(&arm.pattern, &value) != Some(false)) {
            let own = self.crates.given(frame.scope.module, &arm.condition);
            if own == Condition::Never {
                continue;
            }
            frame.variables.clone_from(&before);
            frame.condition = outer.clone().and(condition.clone()).and(own);
            // What this arm does not take, another one does.
            let loose = frame.loose.len();
            frame.bind(&arm.pattern, value.clone(), true);
            frame.loose.truncate(loose);
            let found = self.expr(frame, &arm.body);
            if leaves(&arm.body) {
                continue;
            }
            all = Some(match all.take() {
                None => (found, std::mem::take(&mut frame.variables)),
                Some((known, variables)) => {
                    frame.join(variables, &condition, &condition);
                    (Value::either((known, &condition), (found, &condition)), std::mem::take(&mut frame.variables))
                }
            });
        }
        frame.condition = outer;
        match all {
            Some((value, variables)) => {
                frame.variables = variables;
                value
            }
            None => {
                frame.variables = before;
                Value::Unknown
            }
        }
    }
}

/// Does the expression leave the function, or end the program, so that it has no value?
fn leaves(expr: &Expr) -> bool {
    const ENDS: &[&str] = &["bail", "panic", "todo", "unimplemented", "unreachable"];
    match &expr.kind {
        ExprKind::Return(_) => true,
        ExprKind::Macro(path, _) => path.segments.last().is_some_and(|last| ENDS.contains(&last.name.as_str())),
        ExprKind::Call(path, _) => path.segments.last().is_some_and(|last| last.name == "exit" || last.name == "abort"),
        ExprKind::Block(block) => block.statements.last().is_some_and(ends),
        _ => false,
    }
}

fn ends(statement: &Statement) -> bool {
    matches!(&statement.kind, StatementKind::Expr(expr, _) if leaves(expr))
}

/// `(&Method::GET, "/users")`
fn is_route(pattern: &Pattern) -> bool {
    let Pattern::List(parts) = pattern else { return false };
    parts.iter().any(names_method) && parts.iter().any(is_path)
}

/// `Method::GET`, `"GET" | "HEAD"`
fn names_method(pattern: &Pattern) -> bool {
    match pattern {
        Pattern::Path(name) => super::words::verb(&name.to_lowercase()).is_some(),
        Pattern::Text(text) => super::words::verb(&text.to_lowercase()).is_some(),
        Pattern::Either(all) => all.iter().any(names_method),
        _ => false,
    }
}

/// `"/users"`, alone or among others.
fn is_path(pattern: &Pattern) -> bool {
    match pattern {
        Pattern::Text(text) => text.starts_with('/'),
        Pattern::Either(all) | Pattern::List(all) => all.iter().any(is_path),
        _ => false,
    }
}

/// `request.uri().path()`, alone or in a tuple.
fn asks_path(head: &Expr) -> bool {
    match &head.kind {
        ExprKind::Chain(_, links) => {
            let method = |link: &Link, word: &str| matches!(link, Link::Method { name, .. } if name == word);
            links.iter().any(|link| method(link, "uri") || method(link, "url") || method(link, "path"))
        }
        ExprKind::List(parts) => parts.iter().any(asks_path),
        _ => false,
    }
}

/// Does the pattern take the value? `None` when nobody knows.
fn fits(pattern: &Pattern, value: &Value<'_>) -> Option<bool> {
    match (pattern, value) {
        (Pattern::Path(name) | Pattern::Fields(name, _), Value::Word(word) | Value::Variant(_, word)) => {
            Some(name == word)
        }
        (Pattern::Inside(name, _), Value::Variant(_, word)) if !matches!(name.as_str(), "Some" | "Ok" | "Err") => {
            (name != word).then_some(false)
        }
        (Pattern::Inside(name, _), Value::Word(word)) if name == "Some" && word == "None" => Some(false),
        (Pattern::Text(text), Value::Text(known)) if !known.contains(HOLE) => Some(text == known),
        (Pattern::Either(all), value) => {
            let fitting: Option<Vec<bool>> = all.iter().map(|one| fits(one, value)).collect();
            fitting.map(|all| all.contains(&true))
        }
        (Pattern::Other | Pattern::Name(_), Value::Word(_) | Value::Variant(..)) => Some(true),
        _ => None,
    }
}
