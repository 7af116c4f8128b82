//! What expressions are made of: literals, paths and calls, blocks, closures, and the methods behind them.

use super::parse::{DEPTH, Stand, attributes, braces, expr, list, operand};
use super::pattern::{pattern, single};
use super::{Arm, Block, Closure, Expr, ExprKind, Leave, Link};
use crate::model::Condition;
use crate::syntax::facts::{Path, Segment, Type};
use crate::syntax::tokens::{Cursor, Delimiter, Lit, TokenKind};
use std::sync::Arc;

pub(super) fn primary(cursor: &mut Cursor<'_>, stand: Stand) -> ExprKind {
    let nothing = || ExprKind::Other(Vec::new());
    if stand.depth > DEPTH {
        cursor.next();
        return nothing();
    }
    let Some(token) = cursor.peek() else { return nothing() };
    match &token.kind {
        TokenKind::Literal(literal) => {
            cursor.next();
            match literal {
                Lit::Str(text) => ExprKind::Text(text.clone()),
                Lit::Char(c) => ExprKind::Text(c.to_string()),
                other => other.number_text().map_or_else(nothing, ExprKind::Number),
            }
        }
        TokenKind::Lifetime(_) => {
            let label = cursor.lifetime();
            cursor.eat(":");
            if cursor.peek().is_some_and(|token| token.group(Delimiter::Brace).is_some()) {
                let block = braces(cursor, stand).map(|block| Block { label, ..block });
                return block.map_or_else(nothing, ExprKind::Labelled);
            }
            let mut named = primary(cursor, Stand { depth: stand.depth + 1, ..stand });
            if let ExprKind::For(.., body) | ExprKind::Loop(_, body) = &mut named {
                body.label = label;
            }
            named
        }
        TokenKind::Group(Delimiter::Brace, _) => braces(cursor, stand).map_or_else(nothing, ExprKind::Block),
        TokenKind::Group(delimiter, _) => {
            let delimiter = *delimiter;
            let Some(inner) = cursor.group(delimiter) else { return nothing() };
            match (list(inner, stand), delimiter) {
                ((mut one, false), Delimiter::Paren) if one.len() == 1 => one.pop().map_or_else(nothing, |e| e.kind),
                ((items, _), _) => ExprKind::List(items),
            }
        }
        TokenKind::Punct('|', _) => closure(cursor, stand, false),
        TokenKind::Punct('<', _) | TokenKind::Punct(':', true) => qualified(cursor, stand),
        TokenKind::Punct(..) => nothing(),
        TokenKind::Ident(word) => keyword(cursor, word.as_str(), stand),
    }
}

fn keyword(cursor: &mut Cursor<'_>, word: &str, stand: Stand) -> ExprKind {
    let nothing = || ExprKind::Other(Vec::new());
    let next_is_group = cursor.peek_nth(1).is_some_and(|t| t.group(Delimiter::Brace).is_some());
    match word {
        "if" => conditional(cursor, stand),
        "match" => matching(cursor, stand),
        "for" => {
            cursor.next();
            let pattern = pattern(cursor, 0);
            cursor.eat_ident("in");
            let over = expr(cursor, stand.head());
            let body = braces(cursor, stand).unwrap_or_default();
            ExprKind::For(pattern, Box::new(over), body)
        }
        "while" | "loop" => {
            cursor.next();
            let head = (word == "while").then(|| Box::new(expr(cursor, stand.head())));
            ExprKind::Loop(head, braces(cursor, stand).unwrap_or_default())
        }
        "unsafe" | "const" | "try" if next_is_group => {
            cursor.next();
            braces(cursor, stand).map_or_else(nothing, ExprKind::Block)
        }
        "async" if is_async_block(*cursor) => {
            cursor.next();
            cursor.eat_ident("move");
            braces(cursor, stand).map_or_else(nothing, ExprKind::Async)
        }
        "move" if cursor.peek_nth(1).is_some_and(|token| token.is_punct('|')) => {
            cursor.next();
            closure(cursor, stand, true)
        }
        "async" | "move" | "static" => {
            cursor.next();
            primary(cursor, Stand { depth: stand.depth + 1, ..stand })
        }
        "return" | "break" | "continue" | "yield" => {
            cursor.next();
            let label = cursor.lifetime();
            let ends = cursor.peek().is_none_or(|t| t.is_punct(',') || t.is_punct(';'));
            let value = (!ends).then(|| Box::new(expr(cursor, Stand { statement: false, ..stand })));
            let leave = match word {
                "break" => Leave::Loop(label),
                "continue" => Leave::Turn(label),
                _ => Leave::Function,
            };
            ExprKind::Return(leave, value)
        }
        "let" => {
            cursor.next();
            let pattern = pattern(cursor, 0);
            cursor.eat("=");
            ExprKind::Bind(pattern, Box::new(operand(cursor, stand.head())))
        }
        "true" | "false" => {
            cursor.next();
            ExprKind::Text(word.to_owned())
        }
        "else" | "in" | "as" => {
            cursor.next();
            nothing()
        }
        _ => named(cursor, stand),
    }
}

/// `async { … }`, `async move { … }`
fn is_async_block(mut cursor: Cursor<'_>) -> bool {
    cursor.next();
    cursor.eat_ident("move");
    cursor.group(Delimiter::Brace).is_some()
}

fn conditional(cursor: &mut Cursor<'_>, stand: Stand) -> ExprKind {
    cursor.eat_ident("if");
    let head = expr(cursor, stand.head());
    let condition = asked(&head.kind);
    let then = braces(cursor, stand).unwrap_or_default();
    let otherwise = if cursor.eat_ident("else") {
        let pos = cursor.pos();
        let inner = Stand { depth: stand.depth + 1, ..Stand::default() };
        Some(Box::new(Expr::new(primary(cursor, inner), pos)))
    } else {
        None
    };
    ExprKind::If { head: Box::new(head), condition, then, otherwise }
}

/// What `cfg!(…)` or `!cfg!(…)` asks.
fn asked(head: &ExprKind) -> Option<Condition> {
    match head {
        ExprKind::Macro(path, args) if path.segments.last().is_some_and(|s| s.name == "cfg") => {
            Some(crate::syntax::condition(args))
        }
        ExprKind::Not(inner) => asked(&inner.kind).map(Condition::negate),
        _ => None,
    }
}

fn matching(cursor: &mut Cursor<'_>, stand: Stand) -> ExprKind {
    cursor.eat_ident("match");
    let head = expr(cursor, stand.head());
    let mut arms = Vec::new();
    if let Some(mut inner) = cursor.group(Delimiter::Brace) {
        while !inner.is_empty() {
            let before = inner.tokens().len();
            let condition = attributes(&mut inner);
            let pattern = pattern(&mut inner, 0);
            let guard = inner.eat_ident("if").then(|| expr(&mut inner, stand.head()));
            inner.until(&["=>"]);
            inner.eat("=>");
            let body = expr(&mut inner, Stand { statement: true, head: false, depth: stand.depth + 1 });
            inner.eat(",");
            arms.push(Arm { pattern, condition, guard, body });
            if inner.tokens().len() == before {
                inner.next();
            }
        }
    }
    ExprKind::Match(Box::new(head), arms)
}

fn closure(cursor: &mut Cursor<'_>, stand: Stand, moves: bool) -> ExprKind {
    let (mut params, mut types) = (Vec::new(), Vec::new());
    let start = cursor.offset();
    if !cursor.eat("||") {
        cursor.eat("|");
        while !cursor.is_empty() && !cursor.eat("|") {
            let before = cursor.tokens().len();
            params.push(single(cursor, 0));
            types.push(if cursor.eat(":") { cursor.ty() } else { None });
            cursor.eat(",");
            if cursor.tokens().len() == before {
                cursor.next();
            }
        }
    }
    if cursor.eat("->") {
        cursor.ty();
    }
    let body = expr(cursor, stand.inside());
    ExprKind::Closure(Arc::new(Closure { params, types, body, moves, raw: cursor.since(start) }))
}

/// `<T as Trait>::name`, `::krate::name`.
fn qualified(cursor: &mut Cursor<'_>, stand: Stand) -> ExprKind {
    if cursor.peeks("::") {
        return named(cursor, stand);
    }
    let mut ahead = *cursor;
    ahead.eat("<");
    let owner = ahead.ty();
    if ahead.eat_ident("as") {
        ahead.ty();
    }
    let closed = ahead.eat(">") && ahead.eat("::");
    match owner {
        Some(Type::Path { qself: None, path: owner }) if closed => {
            *cursor = ahead;
            let mut path = owner;
            path.segments.extend(segments(cursor));
            after_path(cursor, path, stand)
        }
        _ => {
            if cursor.ty().is_none() {
                cursor.next();
            }
            ExprKind::Other(Vec::new())
        }
    }
}

fn named(cursor: &mut Cursor<'_>, stand: Stand) -> ExprKind {
    let global = cursor.eat("::");
    let segments = segments(cursor);
    if segments.is_empty() {
        cursor.next();
        return ExprKind::Other(Vec::new());
    }
    after_path(cursor, Path { global, segments }, stand)
}

/// `a::b::<C>`
fn segments(cursor: &mut Cursor<'_>) -> Vec<Segment> {
    let mut segments: Vec<Segment> = Vec::new();
    while let Some(name) = cursor.ident() {
        segments.push(Segment { name, args: Vec::new(), call: None });
        let mut ahead = *cursor;
        if !ahead.eat("::") {
            break;
        }
        if ahead.peek().is_some_and(|t| t.is_punct('<')) {
            let mut args = ahead;
            match args.generic_args() {
                Some(stated) => {
                    ahead = args;
                    if let Some(last) = segments.last_mut() {
                        last.args = stated;
                    }
                }
                None => skip_angles(&mut ahead),
            }
            *cursor = ahead;
            if !cursor.eat("::") {
                break;
            }
        } else {
            *cursor = ahead;
        }
    }
    segments
}

fn after_path(cursor: &mut Cursor<'_>, path: Path, stand: Stand) -> ExprKind {
    let is_group = |n: usize| cursor.peek_nth(n).is_some_and(|t| matches!(t.kind, TokenKind::Group(..)));
    if cursor.peek().is_some_and(|t| t.is_punct('!')) && is_group(1) {
        cursor.next();
        return ExprKind::Macro(path, cursor.any_group().unwrap_or_default());
    }
    if let Some(inner) = cursor.group(Delimiter::Paren) {
        return ExprKind::Call(path, list(inner, stand).0);
    }
    let is_type = path.segments.last().is_some_and(|s| s.name.chars().next().is_some_and(char::is_uppercase));
    if is_type
        && !stand.head
        && let Some(inner) = cursor.group(Delimiter::Brace)
    {
        let fields = inner.split_commas().into_iter().map(|mut field| {
            attributes(&mut field);
            let mut ahead = field;
            let name = ahead.ident().filter(|_| !ahead.peeks("::")).unwrap_or_default();
            if !name.is_empty() && ahead.eat(":") {
                field = ahead;
            }
            field.eat("..");
            (name, expr(&mut field, stand.inside()))
        });
        return ExprKind::Struct(path, fields.collect());
    }
    ExprKind::Path(path)
}

/// Moves over `<…>`.
pub(super) fn skip_angles(cursor: &mut Cursor<'_>) {
    let mut depth = 0_usize;
    while let Some(token) = cursor.peek() {
        if cursor.eat("->") || cursor.eat("=>") {
            continue;
        }
        if token.is_punct('<') {
            depth += 1;
        } else if token.is_punct('>') {
            depth = depth.saturating_sub(1);
        }
        cursor.next();
        if depth == 0 {
            return;
        }
    }
}

/// Methods, fields, calls and `?` behind an expression.
pub(super) fn links(cursor: &mut Cursor<'_>, base: Expr, stand: Stand) -> Expr {
    let closed = matches!(
        base.kind,
        ExprKind::If { .. }
            | ExprKind::Match(..)
            | ExprKind::For(..)
            | ExprKind::Loop(..)
            | ExprKind::Block(_)
            | ExprKind::Labelled(_)
    ) && stand.statement;
    let mut links = Vec::new();
    while let Some(token) = cursor.peek() {
        let mut ahead = *cursor;
        if token.is_punct('.') && !cursor.peeks("..") {
            ahead.next();
            let pos = ahead.pos();
            if let Some(name) = ahead.ident() {
                let (mut turbofish, mut types) = (ahead, Vec::new());
                if turbofish.eat("::") && turbofish.peek().is_some_and(|t| t.is_punct('<')) {
                    ahead = turbofish;
                    match turbofish.generic_args() {
                        Some(stated) => (ahead, types) = (turbofish, stated),
                        None => skip_angles(&mut ahead),
                    }
                }
                match ahead.group(Delimiter::Paren) {
                    Some(inner) => links.push(Link::Method { name, types, args: list(inner, stand.inside()).0, pos }),
                    None if name == "await" => {}
                    None => links.push(Link::Field(name)),
                }
            } else if let Some(literal) = ahead.literal() {
                let text = literal.number_text().unwrap_or_default();
                links.extend(text.split('.').map(|part| Link::Field(part.into())));
            } else {
                break;
            }
        } else if token.is_punct('?') {
            ahead.next();
            links.push(Link::Try);
        } else if closed {
            break;
        } else if let Some(inner) = ahead.group(Delimiter::Paren) {
            links.push(Link::Call(list(inner, stand.inside()).0));
        } else if let Some(mut inner) = ahead.group(Delimiter::Bracket) {
            links.push(Link::Index(Box::new(expr(&mut inner, stand.inside()))));
        } else {
            break;
        }
        *cursor = ahead;
    }
    if links.iter().all(|link| matches!(link, Link::Try)) {
        return base;
    }
    let pos = base.pos;
    Expr::new(ExprKind::Chain(Box::new(base), links), pos)
}
