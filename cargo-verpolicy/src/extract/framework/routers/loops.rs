//! `for`, `while`, `loop`: over what is known turn by turn, else once for all turns.

use super::evaluate::Evaluation;
use super::frame::Frame;
use super::places::Stand;
use super::value::{Value, Variables};
use crate::syntax::expression::{Block, Expr, ExprKind, Link, Pattern};
use crate::syntax::facts::Name;

/// Loops of more turns are read once for all turns.
const TURNS: usize = 64;

impl<'a> Evaluation<'a> {
    pub(super) fn for_each(&mut self, frame: &mut Frame<'a>, pattern: &Pattern, over: &Expr, body: &Block) {
        let Value::List(items) = self.expr(frame, over) else {
            frame.enter();
            frame.bind(pattern, Value::Unknown, true, None);
            frame.begin(body.label.as_ref(), true);
            self.repeated(frame, None, body);
            frame.end();
            frame.leave();
            return;
        };
        let lent = self.lends(frame, over);
        if let Some(stand) = &lent {
            frame.put(stand, Value::List(items.clone()));
        }
        frame.begin(body.label.as_ref(), true);
        for (n, item) in items.into_iter().enumerate() {
            frame.enter();
            let stand = lent.as_ref().map(|stand| stand.field(&Name::from(n.to_string())));
            frame.bind(pattern, item, true, stand);
            self.block(frame, body);
            frame.leave();
            if !frame.ends_turn() {
                break;
            }
        }
        frame.end();
    }

    /// `while`, `loop`
    pub(super) fn looped(&mut self, frame: &mut Frame<'a>, head: Option<&Expr>, body: &Block) -> Value<'a> {
        frame.enter();
        frame.begin(body.label.as_ref(), true);
        let value = match self.turn_by_turn(frame, head, body) {
            Some(value) => value,
            None => self.repeated(frame, head, body),
        };
        frame.end();
        frame.leave();
        value
    }

    /// Runs the loop while it is known that it runs; `None`, and nothing done, where that is not known.
    fn turn_by_turn(&mut self, frame: &mut Frame<'a>, head: Option<&Expr>, body: &Block) -> Option<Value<'a>> {
        let (before, loose, returned) = (frame.variables.clone(), frame.loose.len(), frame.returned.len());
        let exits = frame.exits.len();
        let spots = self.blind_spots.clone();
        for _ in 0..TURNS {
            let turns = match head.map(|head| &head.kind) {
                Some(ExprKind::Bind(pattern, value)) => match self.next_of(frame, value) {
                    Some(Some(item)) => {
                        frame.bind(pattern, item, true, None);
                        Some(true)
                    }
                    Some(None) => Some(false),
                    None => None,
                },
                Some(_) => head.and_then(|head| self.expr(frame, head).truth()),
                None => Some(true),
            };
            let was = frame.variables.clone();
            match turns {
                Some(true) => {
                    self.block(frame, body);
                }
                Some(false) => return Some(Value::Unknown),
                None => break,
            }
            if !frame.ends_turn() {
                return Some(frame.broken.take().unwrap_or_default());
            }
            // Nothing changes by which it might end.
            if head.is_none() && changed(&was, &frame.variables).is_empty() {
                break;
            }
        }
        frame.variables = before;
        frame.loose.truncate(loose);
        frame.returned.truncate(returned);
        frame.begin_anew(exits);
        frame.broken = None;
        self.blind_spots = spots;
        None
    }

    /// What `it.next()`, `list.pop()` takes out of a list that is known: something, or nothing any more.
    fn next_of(&mut self, frame: &mut Frame<'a>, expr: &Expr) -> Option<Option<Value<'a>>> {
        let ExprKind::Chain(base, links) = &expr.kind else { return None };
        let (Link::Method { name, args, .. }, places) = links.split_last()? else { return None };
        if !args.is_empty() {
            return None;
        }
        let base = match places {
            [] => base.as_ref().clone(),
            places => Expr::new(ExprKind::Chain(base.clone(), places.to_vec()), base.pos),
        };
        let stand = self.stand(frame, &base)?;
        self.take_out(frame, &stand, name)
    }

    /// Takes one out of the list that stands there, by a method of this name.
    pub(super) fn take_out(&mut self, frame: &mut Frame<'a>, stand: &Stand, name: &str) -> Option<Option<Value<'a>>> {
        let Some(Value::List(items)) = frame.at(stand) else { return None };
        let mut items = items.clone();
        let item = match name {
            "next" | "pop_front" if !items.is_empty() => Some(items.remove(0)),
            "next" | "pop_front" => None,
            "pop" | "pop_back" | "next_back" => items.pop(),
            _ => return None,
        };
        frame.put(stand, Value::List(items));
        if let Some(variable) = frame.variables.get_mut(&stand.name) {
            variable.used = true;
        }
        Some(item)
    }

    /// A body that runs nobody knows how often: what it changes is not known.
    fn repeated(&mut self, frame: &mut Frame<'a>, head: Option<&Expr>, body: &Block) -> Value<'a> {
        let (before, loose, spots) = (frame.variables.clone(), frame.loose.len(), self.blind_spots.clone());
        let (returned, exits) = (frame.returned.len(), frame.exits.len());
        let value = self.once(frame, head, body);
        let changed = changed(&before, &frame.variables);
        if changed.is_empty() {
            return value;
        }
        frame.variables = before;
        frame.loose.truncate(loose);
        frame.returned.truncate(returned);
        frame.begin_anew(exits);
        self.blind_spots = spots;
        for name in &changed {
            frame.forget(&Stand { name: name.clone(), fields: Vec::new() });
        }
        let value = self.once(frame, head, body);
        for name in changed {
            frame.forget(&Stand { name, fields: Vec::new() });
        }
        value
    }

    fn once(&mut self, frame: &mut Frame<'a>, head: Option<&Expr>, body: &Block) -> Value<'a> {
        if let Some(head) = head {
            self.expr(frame, head);
        }
        let value = self.block(frame, body);
        frame.ends_turn();
        frame.left = None;
        frame.broken.take().unwrap_or(value)
    }

    /// `a..b`
    pub(super) fn range(
        &mut self,
        frame: &mut Frame<'a>,
        from: Option<&Expr>,
        to: Option<&Expr>,
        whole: bool,
    ) -> Value<'a> {
        let from = from.map_or(Value::Number(0), |from| self.expr(frame, from));
        let to = to.map_or(Value::Unknown, |to| self.expr(frame, to));
        let (Value::Number(from), Value::Number(to)) = (from, to) else { return Value::Unknown };
        let to = if whole { to.saturating_add(1) } else { to };
        if usize::try_from(to.saturating_sub(from)).is_ok_and(|count| count > TURNS) {
            return Value::Unknown;
        }
        Value::List((from..to).map(Value::Number).collect())
    }
}

/// Variables without routers that are known to be something else now.
fn changed<'a>(before: &Variables<'a>, now: &Variables<'a>) -> Vec<Name> {
    let changed = before.iter().filter(|(name, was)| {
        let now = now.get(*name).map(|now| &now.value);
        was.value.is_plain() && now.is_some_and(|now| now.differs(&was.value))
    });
    changed.map(|(name, _)| name.clone()).collect()
}
