//! Text of a body to expressions. Never fails: what is not understood is skipped, and nesting is bounded.

use super::operand::{links, primary};
use super::pattern::pattern;
use super::{Block, Closure, Expr, ExprKind, Pattern, Statement, StatementKind};
use crate::model::Condition;
use crate::syntax::facts::{Name, Pos, RawTokens};
use crate::syntax::frameworks::states_route;
use crate::syntax::tokens::{Cursor, Delimiter, TokenKind};
use std::sync::Arc;

/// Expressions nested deeper than this are not read.
pub(super) const DEPTH: usize = 48;
const OPERATORS: &[&str] = &[
    "<<=", ">>=", "..=", "...", "&&", "||", "==", "!=", "<=", ">=", "<<", ">>", "+=", "-=", "*=", "/=", "%=", "^=",
    "&=", "|=", "..", "+", "-", "*", "/", "%", "^", "&", "|", "<", ">",
];
/// Operators that assign, and what each does to the two values.
const ASSIGNING: &[(&str, &str)] = &[
    ("<<=", "<<"),
    (">>=", ">>"),
    ("+=", "+"),
    ("-=", "-"),
    ("*=", "*"),
    ("/=", "/"),
    ("%=", "%"),
    ("^=", "^"),
    ("&=", "&"),
    ("|=", "|"),
];
/// Operators that bind loosest, loosest first.
const LOOSE: &[&[&str]] = &[&["..=", "...", ".."], &["||"], &["&&"], &["==", "!=", "<=", ">=", "<", ">"]];
const ITEMS: &[&str] =
    &["fn", "struct", "enum", "impl", "trait", "mod", "type", "extern", "pub", "macro_rules", "union"];

/// How an expression stands.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Stand {
    /// A `{` begins a block, not a struct literal.
    pub(super) head: bool,
    /// It begins a statement.
    pub(super) statement: bool,
    pub(super) depth: usize,
}

impl Stand {
    pub(super) fn inside(self) -> Self {
        Self { depth: self.depth + 1, ..Self::default() }
    }

    pub(super) fn head(self) -> Self {
        Self { head: true, statement: false, depth: self.depth + 1 }
    }
}

/// The statements of a body.
pub(crate) fn body(raw: &RawTokens) -> Block {
    let tokens = raw.lex();
    block(&mut Cursor::new(raw, &tokens), Stand::default())
}

/// One expression.
pub(crate) fn expression(raw: &RawTokens) -> Expr {
    let tokens = raw.lex();
    expr(&mut Cursor::new(raw, &tokens), Stand::default())
}

/// Expressions between commas.
pub(crate) fn expressions(raw: &RawTokens) -> Vec<Expr> {
    let tokens = raw.lex();
    list(Cursor::new(raw, &tokens), Stand::default()).0
}

fn block(cursor: &mut Cursor<'_>, stand: Stand) -> Block {
    let mut out = Block::default();
    if stand.depth > DEPTH {
        return out;
    }
    while !cursor.is_empty() {
        let before = cursor.tokens().len();
        if cursor.eat(";") {
            continue;
        }
        let handler = is_handler(*cursor);
        let condition = attributes(cursor);
        if handler {
            skip_item(cursor);
            continue;
        }
        if let Some(mut statement) = statement(cursor, stand, &mut out) {
            // A block under a `cfg` may be the end of the body there: nothing drops its value.
            if let StatementKind::Expr(value, dropped) = &mut statement
                && condition != Condition::Always
                && matches!(value.kind, ExprKind::Block(_))
            {
                *dropped = false;
            }
            out.statements.push(Statement { condition, kind: statement });
        }
        if cursor.tokens().len() == before {
            cursor.next();
        }
    }
    out
}

/// The `cfg` of the attributes that begin here.
pub(crate) fn attributes(cursor: &mut Cursor<'_>) -> Condition {
    let mut condition = Condition::Always;
    loop {
        let mut ahead = *cursor;
        if !ahead.eat("#") {
            return condition;
        }
        ahead.eat("!");
        let Some(mut inner) = ahead.group(Delimiter::Bracket) else { return condition };
        if inner.eat_ident("cfg")
            && let Some(predicate) = inner.group_raw(Delimiter::Paren)
        {
            condition = condition.and(crate::syntax::condition(&predicate));
        }
        *cursor = ahead;
    }
}

fn statement(cursor: &mut Cursor<'_>, stand: Stand, block: &mut Block) -> Option<StatementKind> {
    if cursor.eat_ident("let") {
        return Some(let_statement(cursor, stand));
    }
    if cursor.eat_ident("use") {
        super::pattern::use_tree(cursor, &mut Vec::new(), block, 0);
        cursor.until(&[";"]);
        return None;
    }
    if is_constant(cursor) {
        cursor.next();
        return Some(let_statement(cursor, stand));
    }
    if let Some((name, rules)) = macro_rules(cursor) {
        block.macros.insert(name, rules);
        return None;
    }
    if let Some(function) = nested(cursor, stand) {
        // It can be called before it stands.
        block.statements.insert(0, Statement { condition: Condition::Always, kind: function });
        return None;
    }
    if is_item(cursor) {
        skip_item(cursor);
        return None;
    }
    let value = expr(cursor, Stand { statement: true, head: false, depth: stand.depth + 1 });
    let dropped = cursor.eat(";");
    Some(StatementKind::Expr(value, dropped || !cursor.is_empty()))
}

fn skip_item(cursor: &mut Cursor<'_>) {
    while let Some(token) = cursor.next() {
        if token.is_punct(';') || token.group(Delimiter::Brace).is_some() {
            break;
        }
    }
}

/// Does a function begin here under an attribute that states its route? It is an item of its own.
fn is_handler(mut cursor: Cursor<'_>) -> bool {
    let mut states = false;
    while cursor.eat("#") {
        let Some(mut inner) = cursor.group(Delimiter::Bracket) else { return false };
        let path = inner.simple_path();
        states |= !inner.is_empty() && path.last().is_some_and(|name| states_route(name));
    }
    states && ["async", "fn", "pub", "unsafe"].iter().any(|word| cursor.eat_ident(word))
}

fn let_statement(cursor: &mut Cursor<'_>, stand: Stand) -> StatementKind {
    let pattern = pattern(cursor, 0);
    let ty = if cursor.eat(":") { cursor.ty() } else { None };
    let value = if cursor.eat("=") { Some(expr(cursor, stand.inside())) } else { None };
    let otherwise = if cursor.eat_ident("else") { braces(cursor, stand.inside()).map(Box::new) } else { None };
    cursor.until(&[";"]);
    StatementKind::Let { pattern, ty, value, otherwise }
}

/// `fn name(a: A) -> B { … }` inside a body, as a closure of that name.
fn nested(cursor: &mut Cursor<'_>, stand: Stand) -> Option<StatementKind> {
    let mut ahead = *cursor;
    while ahead.eat_ident("async") || ahead.eat_ident("const") || ahead.eat_ident("unsafe") {}
    if !ahead.eat_ident("fn") {
        return None;
    }
    let name = ahead.ident()?;
    if ahead.peeks("<") {
        super::operand::skip_angles(&mut ahead);
    }
    let inner = ahead.group(Delimiter::Paren)?;
    let params = inner.split_commas().into_iter().map(|mut param| {
        attributes(&mut param);
        (pattern(&mut param, 0), if param.eat(":") { param.ty() } else { None })
    });
    let (params, types) = params.unzip();
    let (pos, start) = (ahead.pos(), cursor.offset());
    while ahead.peek()?.group(Delimiter::Brace).is_none() {
        ahead.next();
    }
    let body = Expr::new(ExprKind::Block(braces(&mut ahead, stand)?), pos);
    *cursor = ahead;
    let closure = ExprKind::Closure(Arc::new(Closure { params, types, body, moves: true, raw: cursor.since(start) }));
    let value = Some(Expr::new(closure, pos));
    Some(StatementKind::Let { pattern: Pattern::Name(name), ty: None, value, otherwise: None })
}

/// `macro_rules! name { … }`: its name, and what stands in it.
fn macro_rules(cursor: &mut Cursor<'_>) -> Option<(Name, RawTokens)> {
    let mut ahead = *cursor;
    if !ahead.eat_ident("macro_rules") || !ahead.eat("!") {
        return None;
    }
    let name = ahead.ident()?;
    let rules = ahead.any_group()?;
    *cursor = ahead;
    Some((name, rules))
}

/// `const X: … = …;`, `static X: … = …;`
fn is_constant(cursor: &Cursor<'_>) -> bool {
    let word = |n: usize| cursor.peek_nth(n).and_then(|token| token.ident());
    word(0).is_some_and(|name| name == "const" || name == "static")
        && word(1).is_some_and(|name| name != "fn" && name != "move" && name != "mut" && name != "unsafe")
        && cursor.peek_nth(2).is_some_and(|token| token.is_punct(':'))
}

fn is_item(cursor: &Cursor<'_>) -> bool {
    let word = |n: usize| cursor.peek_nth(n).and_then(|token| token.ident());
    let Some(first) = word(0) else { return false };
    let named = word(1).is_some() || cursor.peek_nth(1).is_some_and(|t| t.is_punct('<') || t.is_punct('!'));
    match first.as_str() {
        "async" | "unsafe" | "const" => word(1).is_some_and(|name| name == "fn" || name == "unsafe"),
        "union" => word(1).is_some(),
        "pub" | "extern" => true,
        name => ITEMS.contains(&name) && named,
    }
}

pub(super) fn braces(cursor: &mut Cursor<'_>, stand: Stand) -> Option<Block> {
    cursor.group(Delimiter::Brace).map(|mut inner| block(&mut inner, stand.inside()))
}

/// Expressions between commas, and whether a comma stands at the end.
pub(super) fn list(mut cursor: Cursor<'_>, stand: Stand) -> (Vec<Expr>, bool) {
    let mut out = Vec::new();
    let mut comma = false;
    while !cursor.is_empty() {
        let before = cursor.tokens().len();
        attributes(&mut cursor);
        out.push(expr(&mut cursor, stand.inside()));
        comma = cursor.eat(",") || cursor.eat(";") || cursor.eat("=>");
        if cursor.tokens().len() == before {
            cursor.next();
        }
    }
    (out, comma)
}

pub(super) fn expr(cursor: &mut Cursor<'_>, stand: Stand) -> Expr {
    let pos = cursor.pos();
    if stand.depth > DEPTH {
        cursor.until(&[",", ";", "=>"]);
        return Expr::new(ExprKind::Other(Vec::new()), pos);
    }
    let blocklike = stand.statement && begins_block(cursor);
    let first = operand(cursor, stand);
    if blocklike {
        return first;
    }
    let stand = Stand { statement: false, ..stand };
    let (mut operands, mut operators) = (vec![first], Vec::new());
    loop {
        if cursor.is_empty() || cursor.peeks("=>") {
            break;
        }
        if cursor.peeks("=") && !cursor.peeks("==") {
            cursor.eat("=");
            let value = expr(cursor, Stand { depth: stand.depth + 1, ..stand });
            let target = Box::new(whole(operands, operators, pos));
            return Expr::new(ExprKind::Assign(target, Box::new(value)), pos);
        }
        if let Some((_, operator)) = ASSIGNING.iter().find(|(assigning, _)| cursor.peeks(assigning)) {
            cursor.eat(operator);
            cursor.eat("=");
            let value = expr(cursor, Stand { depth: stand.depth + 1, ..stand });
            let target = whole(operands, operators, pos);
            let value = whole(vec![target.clone(), value], vec![operator], pos);
            return Expr::new(ExprKind::Assign(Box::new(target), Box::new(value)), pos);
        }
        if cursor.eat_ident("as") {
            cursor.ty();
            continue;
        }
        let Some(operator) = OPERATORS.iter().find(|operator| cursor.peeks(operator)) else { break };
        cursor.eat(operator);
        operators.push(*operator);
        let ends = cursor.is_empty()
            || cursor.peek().is_some_and(|t| t.is_punct(',') || t.is_punct(';'))
            || stand.head && cursor.peek().is_some_and(|t| t.group(Delimiter::Brace).is_some());
        if ends {
            break;
        }
        operands.push(operand(cursor, stand));
    }
    whole(operands, operators, pos)
}

/// Operands and the operators between them; one that stands behind the last is that of a range without end.
fn whole(mut operands: Vec<Expr>, mut operators: Vec<&'static str>, pos: Pos) -> Expr {
    let loosest = LOOSE.iter().find_map(|level| operators.iter().position(|operator| level.contains(operator)));
    if let Some(at) = loosest {
        let behind = operands.split_off((at + 1).min(operands.len()));
        let rest = operators.split_off(at + 1);
        let Some(operator) = operators.pop() else { return Expr::new(ExprKind::Other(operands), pos) };
        let first = Box::new(whole(operands, operators, pos));
        let second = (!behind.is_empty()).then(|| Box::new(whole(behind, rest, pos)));
        let kind = match (operator, second) {
            (".." | "..=" | "...", second) => ExprKind::Range(Some(first), second, operator != ".."),
            (operator, Some(second)) => ExprKind::Binary(operator, first, second),
            (_, None) => first.kind,
        };
        return Expr::new(kind, pos);
    }
    match (operands.len(), operands.pop()) {
        (1, Some(only)) => only,
        (count, Some(last)) => {
            let kind = match (operators.as_slice(), count, operands.pop()) {
                (operators, _, Some(before)) if operators.iter().all(|operator| *operator == "+") => {
                    operands.extend([before, last]);
                    ExprKind::Sum(operands)
                }
                ([operator], 2, Some(before)) => ExprKind::Binary(operator, Box::new(before), Box::new(last)),
                (_, _, before) => {
                    operands.extend(before);
                    operands.push(last);
                    ExprKind::Other(operands)
                }
            };
            Expr::new(kind, pos)
        }
        (_, None) => Expr::new(ExprKind::Other(Vec::new()), pos),
    }
}

fn begins_block(cursor: &Cursor<'_>) -> bool {
    let Some(first) = cursor.peek() else { return false };
    first.group(Delimiter::Brace).is_some()
        || match first.ident().map(Name::as_str) {
            Some("if" | "match" | "for" | "while" | "loop") => true,
            Some("unsafe") => cursor.peek_nth(1).is_some_and(|t| t.group(Delimiter::Brace).is_some()),
            _ => matches!(first.kind, TokenKind::Lifetime(_)),
        }
}

pub(super) fn operand(cursor: &mut Cursor<'_>, stand: Stand) -> Expr {
    let pos = cursor.pos();
    attributes(cursor);
    let (mut lent, mut before) = (false, Vec::new());
    loop {
        let mutable = cursor.peek().is_some_and(|t| t.is_ident("mut"));
        if mutable {
            lent = true;
            cursor.next();
        } else if let Some(prefix) = ["..=", "..", "!", "-"].into_iter().find(|prefix| cursor.eat(prefix)) {
            before.push(prefix);
        } else if !(cursor.eat("&") || cursor.eat("*")) {
            break;
        }
    }
    let kind = primary(cursor, Stand { depth: stand.depth + 1, ..stand });
    let mut whole = links(cursor, Expr::new(kind, pos), stand);
    while let Some(prefix) = before.pop() {
        let kind = match (prefix, whole.kind) {
            ("!", kind) => ExprKind::Not(Box::new(Expr { kind, ..whole })),
            ("-", ExprKind::Number(text)) => ExprKind::Number(format!("-{text}")),
            ("-", kind) => ExprKind::Other(vec![Expr { kind, ..whole }]),
            (range, kind) => ExprKind::Range(None, Some(Box::new(Expr { kind, ..whole })), range == "..="),
        };
        whole = Expr::new(kind, pos);
    }
    Expr { lent, ..whole }
}
