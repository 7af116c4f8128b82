//! Calls of macros in bodies that build routers: the frameworks', the project's own, and those that make text or lists.

use super::evaluate::Evaluation;
use super::frame::{Frame, handed_on, under};
use super::value::Value;
use super::words;
use crate::model::{BlindSpotKind, Condition};
use crate::syntax::expression::parse;
use crate::syntax::facts::{Name, Path, Pos, RawTokens};
use crate::syntax::macros::Definition;
use crate::syntax::tokens::{Cursor, Delimiter};

impl<'a> Evaluation<'a> {
    /// A macro call.
    pub(super) fn expand(&mut self, frame: &mut Frame<'a>, path: &Path, raw: &RawTokens, pos: Pos) -> Value<'a> {
        let name = path.segments.last().map_or("", |segment| segment.name.as_str());
        let names: Vec<Name> = path.segments.iter().map(|segment| segment.name.clone()).collect();
        match name {
            "path" if self.crates.macro_path(frame.scope.module, &names).starts_with("warp::") => {
                return self.filter_path(frame, raw, pos);
            }
            "routes" if self.crates.macro_path(frame.scope.module, &names).starts_with("utoipa_axum::") => {
                return self.documented(frame, raw, pos);
            }
            _ => {
                if let Some(value) = self.rocket_macro(frame, path, raw, pos) {
                    return value;
                }
            }
        }
        if let Some(value) = self.own_macro(frame, &names, raw, pos) {
            return value;
        }
        match name {
            "format" | "formatcp" | "const_format" => self.formatted(frame, raw),
            "concat" | "concatcp" => self.concatenated(frame, raw),
            "vec" | "services" | "array" => {
                Value::List(parse::expressions(raw).iter().map(|item| self.expr(frame, item)).collect())
            }
            "write" if self.written(frame, raw).is_some() => Value::Unknown,
            "stringify" => Value::Text(raw.normal()),
            "cfg_if" => self.chosen_by_cfg(frame, raw),
            "cfg" => super::text::flag(self.crates.given(frame.scope.module, &crate::syntax::condition(raw))),
            "matches" => self.matched(frame, raw),
            // Code that is made, not run.
            "quote" | "quote_spanned" | "parse_quote" | "parse_quote_spanned" => Value::Unknown,
            "routes" | "println" | "eprintln" | "info" | "debug" | "warn" | "error" | "trace" => Value::Unknown,
            _ => {
                let parts = parse::expressions(raw);
                let values = self.args(frame, &parts);
                self.forget_lent(frame, &parts);
                if values.iter().any(Value::is_router) && !words::HANDING_MACROS.contains(&name) {
                    let detail = format!("what `{name}!` adds to a router of `{}` could not be read", frame.path);
                    self.blind(frame, pos, BlindSpotKind::UnknownRoute, detail);
                }
                handed_on(values)
            }
        }
    }

    /// `matches!(a, B | C if d)`
    fn matched(&mut self, frame: &mut Frame<'a>, raw: &RawTokens) -> Value<'a> {
        let tokens = raw.lex();
        let mut cursor = Cursor::new(raw, &tokens);
        let head = cursor.until(&[","]);
        cursor.eat(",");
        let arms = cursor.rest();
        let arms = arms.text.trim_end().trim_end_matches(',');
        let text = format!("match ({}) {{ {arms} => true, _ => false }}", head.text);
        self.expr(frame, &parse::expression(&RawTokens::from(text.as_str())))
    }

    /// `cfg_if! { if #[cfg(a)] { … } else if #[cfg(b)] { … } else { … } }`: what each branch comes to, under its condition.
    fn chosen_by_cfg(&mut self, frame: &mut Frame<'a>, raw: &RawTokens) -> Value<'a> {
        let tokens = raw.lex();
        let mut cursor = Cursor::new(raw, &tokens);
        let (mut all, mut before) = (Value::Unknown, Condition::Always);
        let outer = frame.condition.clone();
        while !cursor.is_empty() {
            cursor.eat_ident("else");
            cursor.eat_ident("if");
            let own = parse::attributes(&mut cursor);
            let Some(body) = cursor.group_raw(Delimiter::Brace) else { break };
            let own = self.crates.given(frame.scope.module, &own);
            let condition = before.clone().and(own.clone());
            before = before.and(own.negate());
            frame.condition = outer.clone().and(condition.clone());
            let variables = frame.variables.clone();
            let value = self.inner_block(frame, &parse::body(&body));
            frame.left = None;
            frame.join(variables, &condition.clone().negate(), &condition);
            all = match (all, under(value, &condition)) {
                (Value::Unknown, value) => value,
                (known, value) => Value::either((known, &Condition::Always), (value, &Condition::Always)),
            };
        }
        frame.condition = outer;
        all
    }

    /// What a call of this side's own `macro_rules!` makes.
    fn own_macro(&mut self, frame: &mut Frame<'a>, names: &[Name], raw: &RawTokens, pos: Pos) -> Option<Value<'a>> {
        let local = names.first().filter(|_| names.len() == 1).and_then(|name| frame.macros.get(name).cloned());
        let (rules, krate) = match &local {
            Some(rules) => (rules, "crate".to_owned()),
            None => self.crates.macro_in_body(frame.scope.module, names)?,
        };
        let made = Definition::of(rules)?.expand(raw, &krate, pos).ok()?;
        let spent = u32::try_from(rules.text.len().saturating_add(made.text.len())).unwrap_or(u32::MAX);
        self.spend(spent);
        Some(self.inside_macro(frame, &made))
    }
}
