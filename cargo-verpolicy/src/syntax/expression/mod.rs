//! Expressions as far as code that builds routers, or that answers by hand, needs them.

mod operand;
pub(crate) mod parse;
mod pattern;

use super::facts::{GenericArg, Name, Path, Pos, RawTokens, Type};
use crate::model::Condition;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Statements between braces.
#[derive(Clone, Debug, Default)]
pub(crate) struct Block {
    /// In source order.
    pub(crate) statements: Vec<Statement>,
    /// What `use` inside the block calls what.
    pub(crate) uses: BTreeMap<Name, Vec<Name>>,
    /// What `use …::*` inside the block opens.
    pub(crate) globs: Vec<Vec<Name>>,
    /// What stands in each `macro_rules!` of the block.
    pub(crate) macros: BTreeMap<Name, RawTokens>,
    /// `'a: { … }`, or of the loop whose body it is.
    pub(crate) label: Option<Name>,
}

/// One statement.
#[derive(Clone, Debug)]
pub(crate) struct Statement {
    /// Its `cfg`.
    pub(crate) condition: Condition,
    /// What it does.
    pub(crate) kind: StatementKind,
}

/// What a statement does.
#[derive(Clone, Debug)]
pub(crate) enum StatementKind {
    /// `let pattern: ty = value else { … };`
    Let { pattern: Pattern, ty: Option<Type>, value: Option<Expr>, otherwise: Option<Box<Block>> },
    /// An expression; `true` when a semicolon drops its value.
    Expr(Expr, bool),
}

/// An expression and where it begins.
#[derive(Clone, Debug)]
pub(crate) struct Expr {
    pub(crate) kind: ExprKind,
    pub(crate) pos: Pos,
    /// It stands behind `&mut`: whoever is handed it may change it.
    pub(crate) lent: bool,
}

impl Expr {
    pub(crate) fn new(kind: ExprKind, pos: Pos) -> Self {
        Self { kind, pos, lent: false }
    }
}

/// What an expression is. References, `?`, `.await` and parentheses are left out: they keep what they stand around.
#[derive(Clone, Debug)]
pub(crate) enum ExprKind {
    /// A string literal, a character, `true` or `false`.
    Text(String),
    /// A number as text.
    Number(String),
    /// `a::b`
    Path(Path),
    /// `a::b(…)`
    Call(Path, Vec<Expr>),
    /// `a.b(…).c`
    Chain(Box<Expr>, Vec<Link>),
    /// `a!(…)`
    Macro(Path, RawTokens),
    /// `|a, b| …`
    Closure(Arc<Closure>),
    /// `{ … }`
    Block(Block),
    /// `'a: { … }`: `break 'a` ends it.
    Labelled(Block),
    /// `async { … }`: what returns there ends it alone.
    Async(Block),
    /// `if`; the condition is known when it is `cfg!(…)` alone.
    If { head: Box<Expr>, condition: Option<Condition>, then: Block, otherwise: Option<Box<Expr>> },
    /// `match`
    Match(Box<Expr>, Vec<Arm>),
    /// `for`
    For(Pattern, Box<Expr>, Block),
    /// `loop`, `while`
    Loop(Option<Box<Expr>>, Block),
    /// `let pattern = value` inside a condition.
    Bind(Pattern, Box<Expr>),
    /// `A { b: c, d }`; what `..` hands on has no name.
    Struct(Path, Vec<(Name, Expr)>),
    /// `(a, b)`, `[a, b]`, `vec![a, b]`
    List(Vec<Expr>),
    /// `return a`, `break a`, `continue`
    Return(Leave, Option<Box<Expr>>),
    /// `a = b`
    Assign(Box<Expr>, Box<Expr>),
    /// `a + b + c`
    Sum(Vec<Expr>),
    /// `!a`
    Not(Box<Expr>),
    /// `a < b`: one operator and what stands on both sides.
    Binary(&'static str, Box<Expr>, Box<Expr>),
    /// `a..b`; `true` when `b` belongs to it.
    Range(Option<Box<Expr>>, Option<Box<Expr>>, bool),
    /// Anything else, by the expressions in it.
    Other(Vec<Expr>),
}

/// What an expression leaves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Leave {
    /// `return`
    Function,
    /// `break`, `break 'a`
    Loop(Option<Name>),
    /// `continue`, `continue 'a`
    Turn(Option<Name>),
}

/// What follows an expression.
#[derive(Clone, Debug)]
pub(crate) enum Link {
    /// `.name::<A>(…)`
    Method { name: Name, types: Vec<GenericArg>, args: Vec<Expr>, pos: Pos },
    /// `.name`, `.0`
    Field(Name),
    /// `[…]`
    Index(Box<Expr>),
    /// `(…)`
    Call(Vec<Expr>),
    /// `?`, where a method or a field stands beside it.
    Try,
}

/// A closure.
#[derive(Clone, Debug)]
pub(crate) struct Closure {
    pub(crate) params: Vec<Pattern>,
    /// The types of the parameters, where they are written.
    pub(crate) types: Vec<Option<Type>>,
    pub(crate) body: Expr,
    /// What it changes is its own: `move`.
    pub(crate) moves: bool,
    /// All of it, as written.
    pub(crate) raw: RawTokens,
}

/// An arm of a `match`.
#[derive(Clone, Debug)]
pub(crate) struct Arm {
    pub(crate) pattern: Pattern,
    pub(crate) condition: Condition,
    /// `if a`
    pub(crate) guard: Option<Expr>,
    pub(crate) body: Expr,
}

/// A pattern.
#[derive(Clone, Debug)]
pub(crate) enum Pattern {
    /// One name.
    Name(Name),
    /// `(a, b)`, `[a, b]`
    List(Vec<Pattern>),
    /// `a::B`: a variant or const, by its last segment.
    Path(Name),
    /// `A { b, c: d, .. }`: the struct or variant, by its last segment, fields by name and what each is bound to.
    Fields(Name, Vec<(Name, Pattern)>),
    /// `Some(a)`, `Pair(a, b)`: the variant, by its last segment, and what stands in it, a list where that is several.
    Inside(Name, Box<Pattern>),
    /// A literal.
    Text(String),
    /// `a | b`
    Either(Vec<Pattern>),
    /// `..`, `a @ ..` among the items of a list or tuple.
    Rest(Option<Name>),
    /// Anything else.
    Other,
}
