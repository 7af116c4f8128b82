//! aide: the answers that the function beside a handler states, `|op| op.response::<404, Json<T>>()`.

use super::evaluate::Evaluation;
use super::value::Value;
use crate::extract::crates::{Scope, Ty};
use crate::syntax::expression::{Block, Expr, ExprKind, Link, StatementKind, parse};
use crate::syntax::facts::{GenericArg, ItemKind};

/// Expressions nested deeper than this are not read.
const DEPTH: u32 = 16;

impl<'a> Evaluation<'a> {
    /// Status and type of every answer that a function or closure states.
    pub(super) fn documented_answers(&self, document: &Value<'a>) -> Vec<(u16, Ty)> {
        let mut out = Vec::new();
        match document {
            Value::Closure(captured) => self.stated_in(&captured.scope, &captured.closure.body, 0, &mut out),
            Value::Function(named) => {
                if let ItemKind::Fn(function) = &named.item.kind
                    && let Some(body) = &function.body
                {
                    self.stated_in_block(&named.scope, &parse::body(body), 0, &mut out);
                }
            }
            _ => {}
        }
        out
    }

    fn stated_in_block(&self, scope: &Scope, block: &Block, depth: u32, out: &mut Vec<(u16, Ty)>) {
        for statement in &block.statements {
            match &statement.kind {
                StatementKind::Let { value: Some(value), .. } | StatementKind::Expr(value, _) => {
                    self.stated_in(scope, value, depth, out);
                }
                StatementKind::Let { value: None, .. } => {}
            }
        }
    }

    fn stated_in(&self, scope: &Scope, expr: &Expr, depth: u32, out: &mut Vec<(u16, Ty)>) {
        if depth > DEPTH {
            return;
        }
        match &expr.kind {
            ExprKind::Block(block) | ExprKind::Async(block) => self.stated_in_block(scope, block, depth + 1, out),
            ExprKind::Assign(_, value) | ExprKind::Return(_, Some(value)) => {
                self.stated_in(scope, value, depth + 1, out)
            }
            ExprKind::Chain(base, links) => {
                self.stated_in(scope, base, depth + 1, out);
                for link in links {
                    if let Link::Method { name, types, .. } = link
                        && matches!(name.as_str(), "response" | "response_with")
                        && let [status, GenericArg::Type(ty), ..] = types.as_slice()
                        && let Some(status) = self.status(scope, status)
                    {
                        out.push((status, self.crates.ty(scope, ty)));
                    }
                }
            }
            _ => {}
        }
    }

    fn status(&self, scope: &Scope, arg: &GenericArg) -> Option<u16> {
        match arg {
            GenericArg::Const(text) => text.trim().trim_matches(['{', '}']).trim().parse().ok(),
            GenericArg::Type(ty) => match self.crates.ty(scope, ty) {
                Ty::Const(text) => text.trim().parse().ok(),
                _ => None,
            },
            _ => None,
        }
    }
}
