//! Text of a body to expressions. Never fails: what is not understood is skipped, and nesting is bounded.

use super::expression::{Arm, Block, Closure, Expr, ExprKind, Link, Statement, StatementKind};
use super::pattern::pattern;
use crate::model::Condition;
use crate::syntax::facts::{Name, Path, RawTokens, Segment, Type};
use crate::syntax::tokens::{Cursor, Delimiter, Lit, TokenKind};
use std::rc::Rc;

/// Expressions nested deeper than this are not read.
const DEPTH: usize = 48;
const OPERATORS: &[&str] = &[
    "<<=", ">>=", "..=", "...", "&&", "||", "==", "!=", "<=", ">=", "<<", ">>", "+=", "-=", "*=", "/=", "%=", "^=",
    "&=", "|=", "..", "+", "-", "*", "/", "%", "^", "&", "|", "<", ">",
];
const ITEMS: &[&str] =
    &["fn", "struct", "enum", "impl", "trait", "mod", "type", "extern", "pub", "macro_rules", "union"];

/// How an expression stands.
#[derive(Clone, Copy, Debug, Default)]
struct Stand {
    /// A `{` begins a block, not a struct literal.
    head: bool,
    /// It begins a statement.
    statement: bool,
    depth: usize,
}

impl Stand {
    fn inside(self) -> Self {
        Self { depth: self.depth + 1, ..Self::default() }
    }

    fn head(self) -> Self {
        Self { head: true, statement: false, depth: self.depth + 1 }
    }
}

/// The statements of a body.
pub(in crate::extract::framework) fn body(raw: &RawTokens) -> Block {
    let tokens = raw.lex();
    block(&mut Cursor::new(raw, &tokens), Stand::default())
}

/// One expression.
pub(in crate::extract::framework) fn expression(raw: &RawTokens) -> Expr {
    let tokens = raw.lex();
    expr(&mut Cursor::new(raw, &tokens), Stand::default())
}

/// Expressions between commas.
pub(super) fn expressions(raw: &RawTokens) -> Vec<Expr> {
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
        let condition = attributes(cursor);
        if let Some(statement) = statement(cursor, stand, &mut out) {
            out.statements.push(Statement { condition, kind: statement });
        }
        if cursor.tokens().len() == before {
            cursor.next();
        }
    }
    out
}

/// The `cfg` of the attributes that begin here.
fn attributes(cursor: &mut Cursor<'_>) -> Condition {
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
        super::pattern::use_tree(cursor, &mut Vec::new(), &mut block.uses, 0);
        cursor.until(&[";"]);
        return None;
    }
    if is_constant(cursor) {
        cursor.next();
        return Some(let_statement(cursor, stand));
    }
    if is_item(cursor) {
        while let Some(token) = cursor.next() {
            if token.is_punct(';') || token.group(Delimiter::Brace).is_some() {
                break;
            }
        }
        return None;
    }
    let value = expr(cursor, Stand { statement: true, head: false, depth: stand.depth + 1 });
    let dropped = cursor.eat(";");
    Some(StatementKind::Expr(value, dropped || !cursor.is_empty()))
}

fn let_statement(cursor: &mut Cursor<'_>, stand: Stand) -> StatementKind {
    let pattern = pattern(cursor, 0);
    let ty = if cursor.eat(":") { cursor.ty() } else { None };
    let value = if cursor.eat("=") { Some(expr(cursor, stand.inside())) } else { None };
    let otherwise = if cursor.eat_ident("else") { braces(cursor, stand.inside()) } else { None };
    cursor.until(&[";"]);
    StatementKind::Let { pattern, ty, value, otherwise }
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

fn braces(cursor: &mut Cursor<'_>, stand: Stand) -> Option<Block> {
    cursor.group(Delimiter::Brace).map(|mut inner| block(&mut inner, stand.inside()))
}

/// Expressions between commas, and whether a comma stands at the end.
fn list(mut cursor: Cursor<'_>, stand: Stand) -> (Vec<Expr>, bool) {
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

fn expr(cursor: &mut Cursor<'_>, stand: Stand) -> Expr {
    let pos = cursor.pos();
    if stand.depth > DEPTH {
        cursor.until(&[",", ";", "=>"]);
        return Expr { kind: ExprKind::Other(Vec::new()), pos };
    }
    let blocklike = stand.statement && begins_block(cursor);
    let first = operand(cursor, stand);
    if blocklike {
        return first;
    }
    let stand = Stand { statement: false, ..stand };
    let (mut operands, mut sum) = (vec![first], true);
    loop {
        if cursor.is_empty() || cursor.peeks("=>") {
            break;
        }
        if cursor.peeks("=") && !cursor.peeks("==") {
            cursor.eat("=");
            let value = expr(cursor, Stand { depth: stand.depth + 1, ..stand });
            let target = Box::new(whole(operands, sum, pos));
            return Expr { kind: ExprKind::Assign(target, Box::new(value)), pos };
        }
        if cursor.eat_ident("as") {
            cursor.ty();
            continue;
        }
        let Some(operator) = OPERATORS.iter().find(|operator| cursor.peeks(operator)) else { break };
        cursor.eat(operator);
        sum &= *operator == "+";
        let ends = cursor.is_empty()
            || cursor.peek().is_some_and(|t| t.is_punct(',') || t.is_punct(';'))
            || stand.head && cursor.peek().is_some_and(|t| t.group(Delimiter::Brace).is_some());
        if ends {
            break;
        }
        operands.push(operand(cursor, stand));
    }
    whole(operands, sum, pos)
}

fn whole(mut operands: Vec<Expr>, sum: bool, pos: crate::syntax::facts::Pos) -> Expr {
    match (operands.len(), operands.pop()) {
        (1, Some(only)) => only,
        (_, Some(last)) => {
            operands.push(last);
            Expr { kind: if sum { ExprKind::Sum(operands) } else { ExprKind::Other(operands) }, pos }
        }
        (_, None) => Expr { kind: ExprKind::Other(Vec::new()), pos },
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

fn operand(cursor: &mut Cursor<'_>, stand: Stand) -> Expr {
    let pos = cursor.pos();
    attributes(cursor);
    loop {
        let mutable = cursor.peek().is_some_and(|t| t.is_ident("mut"));
        if mutable {
            cursor.next();
        } else if !(cursor.eat("&") || cursor.eat("*") || cursor.eat("!") || cursor.eat("-") || cursor.eat("..")) {
            break;
        }
    }
    let kind = primary(cursor, Stand { depth: stand.depth + 1, ..stand });
    links(cursor, Expr { kind, pos }, stand)
}

fn primary(cursor: &mut Cursor<'_>, stand: Stand) -> ExprKind {
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
                other => other.number_text().map_or_else(nothing, ExprKind::Text),
            }
        }
        TokenKind::Lifetime(_) => {
            cursor.next();
            cursor.eat(":");
            primary(cursor, Stand { depth: stand.depth + 1, ..stand })
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
        TokenKind::Punct('|', _) => closure(cursor, stand),
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
        "unsafe" | "const" | "async" | "try" if next_is_group => {
            cursor.next();
            braces(cursor, stand).map_or_else(nothing, ExprKind::Block)
        }
        "async" | "move" | "static" => {
            cursor.next();
            primary(cursor, Stand { depth: stand.depth + 1, ..stand })
        }
        "return" | "break" | "continue" | "yield" => {
            cursor.next();
            cursor.lifetime();
            let ends = cursor.peek().is_none_or(|t| t.is_punct(',') || t.is_punct(';'));
            let value = (!ends).then(|| Box::new(expr(cursor, Stand { statement: false, ..stand })));
            ExprKind::Return(value)
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

fn conditional(cursor: &mut Cursor<'_>, stand: Stand) -> ExprKind {
    cursor.eat_ident("if");
    let head = expr(cursor, stand.head());
    let condition = match &head.kind {
        ExprKind::Macro(path, args) if path.segments.last().is_some_and(|s| s.name == "cfg") => {
            Some(crate::syntax::condition(args))
        }
        _ => None,
    };
    let then = braces(cursor, stand).unwrap_or_default();
    let otherwise = if cursor.eat_ident("else") {
        let pos = cursor.pos();
        let inner = Stand { depth: stand.depth + 1, ..Stand::default() };
        Some(Box::new(Expr { kind: primary(cursor, inner), pos }))
    } else {
        None
    };
    ExprKind::If { head: Box::new(head), condition, then, otherwise }
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
            inner.until(&["=>"]);
            inner.eat("=>");
            let body = expr(&mut inner, Stand { statement: true, head: false, depth: stand.depth + 1 });
            inner.eat(",");
            arms.push(Arm { pattern, condition, body });
            if inner.tokens().len() == before {
                inner.next();
            }
        }
    }
    ExprKind::Match(Box::new(head), arms)
}

fn closure(cursor: &mut Cursor<'_>, stand: Stand) -> ExprKind {
    let mut params = Vec::new();
    if !cursor.eat("||") {
        cursor.eat("|");
        while !cursor.is_empty() && !cursor.eat("|") {
            let before = cursor.tokens().len();
            params.push(pattern(cursor, 0));
            if cursor.eat(":") {
                cursor.ty();
            }
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
    ExprKind::Closure(Rc::new(Closure { params, body }))
}

/// `<T as Trait>::name`, `::krate::name`.
fn qualified(cursor: &mut Cursor<'_>, stand: Stand) -> ExprKind {
    if cursor.peeks("::") {
        return named(cursor, stand);
    }
    let path = match cursor.ty() {
        Some(Type::Path { qself: Some(qself), path }) => match (qself.0, path.segments.split_last()) {
            (Type::Path { path: owner, .. }, Some((last, _))) => {
                let mut segments = owner.segments;
                segments.push(last.clone());
                Some(Path { global: owner.global, segments })
            }
            _ => None,
        },
        Some(_) => None,
        None => {
            cursor.next();
            None
        }
    };
    match path {
        Some(path) => after_path(cursor, path, stand),
        None => ExprKind::Other(Vec::new()),
    }
}

fn named(cursor: &mut Cursor<'_>, stand: Stand) -> ExprKind {
    let global = cursor.eat("::");
    let mut segments = Vec::new();
    while let Some(name) = cursor.ident() {
        segments.push(Segment { name, args: Vec::new(), call: None });
        let mut ahead = *cursor;
        if !ahead.eat("::") {
            break;
        }
        if ahead.peek().is_some_and(|t| t.is_punct('<')) {
            skip_angles(&mut ahead);
            *cursor = ahead;
            if !cursor.eat("::") {
                break;
            }
        } else {
            *cursor = ahead;
        }
    }
    if segments.is_empty() {
        cursor.next();
        return ExprKind::Other(Vec::new());
    }
    after_path(cursor, Path { global, segments }, stand)
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
fn links(cursor: &mut Cursor<'_>, base: Expr, stand: Stand) -> Expr {
    let closed = matches!(
        base.kind,
        ExprKind::If { .. } | ExprKind::Match(..) | ExprKind::For(..) | ExprKind::Loop(..) | ExprKind::Block(_)
    ) && stand.statement;
    let mut links = Vec::new();
    while let Some(token) = cursor.peek() {
        let mut ahead = *cursor;
        if token.is_punct('.') && !cursor.peeks("..") {
            ahead.next();
            let pos = ahead.pos();
            if let Some(name) = ahead.ident() {
                let mut turbofish = ahead;
                if turbofish.eat("::") && turbofish.peek().is_some_and(|t| t.is_punct('<')) {
                    skip_angles(&mut turbofish);
                    ahead = turbofish;
                }
                match ahead.group(Delimiter::Paren) {
                    Some(inner) => links.push(Link::Method { name, args: list(inner, stand.inside()).0, pos }),
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
        } else if closed {
            break;
        } else if let Some(inner) = ahead.group(Delimiter::Paren) {
            links.push(Link::Call(list(inner, stand.inside()).0));
        } else if ahead.group(Delimiter::Bracket).is_some() {
            links.push(Link::Field(Name::default()));
        } else {
            break;
        }
        *cursor = ahead;
    }
    if links.is_empty() {
        return base;
    }
    let pos = base.pos;
    Expr { kind: ExprKind::Chain(Box::new(base), links), pos }
}
