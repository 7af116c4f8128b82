//! `if` and `match`: what either branch builds, each under its condition.

use super::evaluate::{Evaluation, at_run_time};
use super::frame::Frame;
use super::kind::HOLE;
use super::places::Stand;
use super::value::{VARIANT, Value, Variables};
use crate::model::{BlindSpotKind, Condition};
use crate::syntax::expression::{Arm, Block, Expr, ExprKind, Leave, Link, Pattern, Statement, StatementKind};

impl<'a> Evaluation<'a> {
    pub(super) fn conditional(
        &mut self,
        frame: &mut Frame<'a>,
        head: &Expr,
        condition: Option<&Condition>,
        then: &Block,
        otherwise: Option<&Expr>,
    ) -> Value<'a> {
        frame.enter();
        let value = self.branches(frame, head, condition, then, otherwise);
        frame.leave();
        value
    }

    fn branches(
        &mut self,
        frame: &mut Frame<'a>,
        head: &Expr,
        condition: Option<&Condition>,
        then: &Block,
        otherwise: Option<&Expr>,
    ) -> Value<'a> {
        let mut given = condition.map(|c| self.crates.given(frame.scope.module, c));
        if let ExprKind::Bind(pattern, value) = &head.kind {
            let leads = self.lends(frame, value);
            let value = self.expr(frame, value);
            given = match fits(pattern, &value) {
                Some(true) => Some(Condition::Always),
                Some(false) => Some(Condition::Never),
                None => (is_taken_out(head) && is_some_list(pattern, &value)).then_some(Condition::Always),
            };
            frame.bind(pattern, value, false, leads);
        } else if given.is_none() {
            let value = self.expr(frame, head);
            given = match (value.truth(), value) {
                (Some(true), _) => Some(Condition::Always),
                (Some(false), _) => Some(Condition::Never),
                (None, Value::OneOf(ways)) => holds(&ways),
                _ => None,
            };
        }
        let on = given.unwrap_or_else(at_run_time);
        let off = if on == at_run_time() { at_run_time() } else { on.clone().negate() };
        let before = frame.variables.clone();
        let outer = frame.condition.clone();
        frame.condition = outer.clone().and(on.clone());
        let first = if on == Condition::Never { Value::Unknown } else { self.inner_block(frame, then) };
        let left_then = frame.left.take();
        let after_then = std::mem::replace(&mut frame.variables, before);
        frame.condition = outer.clone().and(off.clone());
        let second = match otherwise {
            Some(_) if off == Condition::Never => Value::Unknown,
            Some(otherwise) => self.expr(frame, otherwise),
            None => Value::Unknown,
        };
        frame.condition = outer;
        let left_else = frame.left.take();
        match (&on, left_then, left_else) {
            (Condition::Always, left, _) => {
                frame.left = left;
                frame.variables = after_then;
                return first;
            }
            (Condition::Never, _, left) => {
                frame.left = left;
                return second;
            }
            // What a branch that leaves has changed is gone with it, to where it leads.
            (_, Some(leave), left) => {
                frame.used_in(&after_then);
                frame.leaves_with(&leave, after_then, on.clone());
                frame.chosen |= left.is_some();
                frame.left = left;
            }
            (_, None, Some(leave)) => {
                let other = std::mem::replace(&mut frame.variables, after_then);
                frame.used_in(&other);
                frame.leaves_with(&leave, other, off.clone());
            }
            (_, None, None) => frame.join(after_then, &on, &off),
        }
        match (then.statements.last(), otherwise) {
            (Some(last), Some(_)) if ends(last) => second,
            (_, Some(otherwise)) if leaves(otherwise) => first,
            // Without `else` it has no value.
            (_, None) if matches!(first, Value::Text(_) | Value::OneOf(_)) => Value::Unknown,
            _ => Value::either((first, &on), (second, &off)),
        }
    }

    pub(super) fn matching(&mut self, frame: &mut Frame<'a>, head: &Expr, arms: &[Arm]) -> Value<'a> {
        let leads = self.lends(frame, head);
        let value = self.expr(frame, head);
        let by_path = arms.iter().any(|arm| is_path(&arm.pattern)) && asks_path(head);
        if by_path || arms.iter().any(|arm| is_route(&arm.pattern)) {
            let detail = format!("`{}` matches methods and paths by hand: state its routes in marks", frame.path);
            self.blind(frame, head.pos, BlindSpotKind::OtherService, detail);
        }
        // The first arm that takes the value, where it is known of all before it that they do not.
        for arm in arms {
            match fits(&arm.pattern, &value) {
                Some(false) => {}
                Some(true)
                    if arm.guard.is_none()
                        && self.crates.given(frame.scope.module, &arm.condition) == Condition::Always =>
                {
                    return self.arm(frame, arm, value, leads);
                }
                _ => break,
            }
        }
        let condition = at_run_time();
        let before = frame.variables.clone();
        let outer = frame.condition.clone();
        let (mut all, mut gone, mut staying) = (None::<(Value<'a>, Variables<'a>)>, Vec::new(), false);
        for arm in arms.iter().filter(|arm| fits(&arm.pattern, &value) != Some(false)) {
            let own = self.crates.given(frame.scope.module, &arm.condition);
            if own == Condition::Never {
                continue;
            }
            frame.variables.clone_from(&before);
            frame.condition = outer.clone().and(condition.clone()).and(own);
            let found = self.arm(frame, arm, value.clone(), leads.clone());
            let left = frame.left.take();
            if left.is_none() && !leaves(&arm.body) {
                staying = true;
            } else {
                gone.push((std::mem::take(&mut frame.variables), left));
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
        let value = match all {
            Some((value, variables)) => {
                frame.variables = variables;
                value
            }
            None => {
                frame.variables = before;
                Value::Unknown
            }
        };
        // No arm goes on here: the last one stands for the end of the path.
        if !staying && let Some((variables, left)) = gone.pop() {
            frame.variables = variables;
            frame.left = Some(left.unwrap_or(Leave::Function));
            frame.chosen |= gone.iter().any(|(_, left)| left.is_some());
        }
        for (variables, left) in gone {
            frame.used_in(&variables);
            if let Some(leave) = left {
                frame.leaves_with(&leave, variables, condition.clone());
            }
        }
        value
    }

    /// What one arm comes to.
    fn arm(&mut self, frame: &mut Frame<'a>, arm: &Arm, value: Value<'a>, leads: Option<Stand>) -> Value<'a> {
        frame.enter();
        // What this arm does not take, another one does.
        let loose = frame.loose.len();
        frame.bind(&arm.pattern, value, true, leads);
        frame.loose.truncate(loose);
        if let Some(guard) = &arm.guard {
            self.expr(frame, guard);
        }
        let found = self.expr(frame, &arm.body);
        frame.leave();
        found
    }
}

/// Does the expression leave the function, or end the program, so that it has no value?
pub(super) fn leaves(expr: &Expr) -> bool {
    const ENDS: &[&str] = &["bail", "panic", "todo", "unimplemented", "unreachable"];
    match &expr.kind {
        ExprKind::Return(..) => true,
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

/// When a text that reads in several ways is `true`, where no way is chosen at run time.
fn holds(ways: &[(String, Condition)]) -> Option<Condition> {
    let known = ways
        .iter()
        .all(|(text, condition)| matches!(text.as_str(), "true" | "false") && !is_chosen_at_run_time(condition));
    let on = ways.iter().filter(|(text, _)| text == "true").map(|(_, condition)| condition.clone());
    known.then(|| on.reduce(Condition::or)).flatten()
}

fn is_chosen_at_run_time(condition: &Condition) -> bool {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => parts.iter().any(is_chosen_at_run_time),
        Condition::Not(inner) => is_chosen_at_run_time(inner),
        condition => *condition == at_run_time(),
    }
}

/// Does the pattern take the value? `None` when nobody knows.
pub(super) fn fits(pattern: &Pattern, value: &Value<'_>) -> Option<bool> {
    match (pattern, value) {
        (Pattern::Path(name) | Pattern::Fields(name, _), Value::Word(word) | Value::Variant(_, word)) => {
            Some(name == word)
        }
        (Pattern::Inside(name, _), Value::Variant(_, word)) if !matches!(name.as_str(), "Some" | "Ok" | "Err") => {
            (name != word).then_some(false)
        }
        (Pattern::Inside(name, _), Value::Word(word)) if name == "Some" && word == "None" => Some(false),
        (pattern, Value::Struct(_, fields)) if fields.contains_key(VARIANT) => {
            let variant = fields.get(VARIANT)?;
            match (pattern, variant) {
                (Pattern::Inside(name, inner), Value::Variant(_, word)) if !matches!(name.as_str(), "Some" | "Ok") => {
                    if name != word {
                        return Some(false);
                    }
                    binds_all(inner).then_some(true)
                }
                (Pattern::Fields(name, parts), Value::Variant(_, word)) => {
                    if name != word {
                        return Some(false);
                    }
                    parts.iter().all(|(_, part)| binds_all(part)).then_some(true)
                }
                (Pattern::Path(name), Value::Variant(_, word)) if name != word => Some(false),
                (Pattern::Other | Pattern::Name(_), _) => Some(true),
                _ => None,
            }
        }
        (Pattern::Name(_), _) => Some(true),
        (pattern, Value::Choice(ways)) => {
            let each: Vec<Option<bool>> = ways.iter().map(|(way, _)| fits(pattern, way)).collect();
            let first = each.first().copied().flatten();
            first.filter(|_| each.iter().all(|one| *one == first))
        }
        (Pattern::List(parts), Value::List(items)) => {
            let open = parts.iter().any(|part| matches!(part, Pattern::Rest(_)));
            let enough = if open { items.len() + 1 >= parts.len() } else { items.len() == parts.len() };
            if !enough {
                // What calls hand on that were not read may be fewer.
                return (!items.iter().any(Value::holds_router)).then_some(false);
            }
            let before = parts.iter().take_while(|part| !matches!(part, Pattern::Rest(_))).count();
            let behind = parts.len().saturating_sub(before + 1);
            let first = parts.iter().zip(items).take(before);
            let last = parts.iter().rev().zip(items.iter().rev()).take(if open { behind } else { 0 });
            let each: Vec<Option<bool>> = first.chain(last).map(|(part, item)| fits(part, item)).collect();
            match each.contains(&Some(false)) {
                true => Some(false),
                false => each.iter().all(|one| *one == Some(true)).then_some(true),
            }
        }
        // What may be absent is known by the condition that it carries.
        (Pattern::Inside(name, inner), Value::Text(_) | Value::Number(_)) if name == "Some" && is_there(value) => {
            fits(inner, value)
        }
        (Pattern::Path(name), Value::Text(_) | Value::Number(_)) if name == "None" && is_there(value) => Some(false),
        (Pattern::Text(text), Value::Number(known)) => text.parse::<i128>().ok().map(|number| number == *known),
        (Pattern::Other, Value::Number(_)) => Some(true),
        (Pattern::Text(text), Value::Text(known)) if !known.contains(HOLE) => Some(text == known),
        (Pattern::Either(all), value) => {
            let fitting: Option<Vec<bool>> = all.iter().map(|one| fits(one, value)).collect();
            fitting.map(|all| all.contains(&true))
        }
        (Pattern::Other, Value::Word(_) | Value::Variant(..)) => Some(true),
        _ => None,
    }
}

/// `list.split_first()` and its like: what they take out of a list that is known is there.
fn is_taken_out(head: &Expr) -> bool {
    let ExprKind::Bind(_, value) = &head.kind else { return false };
    let last = match &value.kind {
        ExprKind::Chain(_, links) => links.last(),
        _ => None,
    };
    matches!(last, Some(Link::Method { name, .. }) if matches!(name.as_str(), "split_first" | "split_last"))
}

fn is_some_list(pattern: &Pattern, value: &Value<'_>) -> bool {
    matches!((pattern, value), (Pattern::Inside(name, _), Value::List(_)) if name == "Some")
}

/// Is it known to be there, where it might have been absent?
pub(super) fn is_there(value: &Value<'_>) -> bool {
    match value {
        Value::Text(text) => !text.contains(HOLE),
        value => matches!(value, Value::Number(_)),
    }
}

/// Does it take whatever stands there?
fn binds_all(pattern: &Pattern) -> bool {
    match pattern {
        Pattern::Name(_) | Pattern::Rest(_) | Pattern::Other => true,
        Pattern::List(parts) => parts.iter().all(binds_all),
        _ => false,
    }
}
