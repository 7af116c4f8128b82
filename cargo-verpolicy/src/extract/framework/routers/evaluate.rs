//! What bodies that build routers come to: statements and expressions to values.

use super::blind::Unread;
use super::branches::leaves;
use super::extensions::Extension;
use super::frame::{Frame, handed_on, is_place, under, variable};
use super::functions::CALLS;
use super::kind::Kind;
use super::names::varied;
use super::value::{Captured, Router, Target, Value};
use super::{files, text, words};
use crate::extract::crates::{Crates, DefId, ModuleId, Namespace, Resolved, Ty};
use crate::model::{BlindSpot, BlindSpotKind, Condition, Place};
use crate::syntax::expression::{Block, Expr, ExprKind, Leave, Pattern, Statement, StatementKind, parse};
use crate::syntax::facts::{Name, Path, Pos, RawTokens, Segment, Type};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;
use std::sync::Arc;

/// Expressions that one workspace may have evaluated.
const FUEL: u32 = 4_000_000;

/// How often functions may call themselves in one workspace.
const RECURSIONS: u32 = 4096;

/// The flag that a route carries which code adds under a condition known only at run time.
pub(super) fn at_run_time() -> Condition {
    Condition::Flag("runtime".to_owned())
}

/// Works out what functions of one side build.
pub(super) struct Evaluation<'a> {
    pub(super) crates: &'a Crates,
    /// The expressions of consts and statics, by where their tokens stand.
    pub(super) constants: HashMap<usize, Rc<Expr>>,
    /// Modules by path: several of one path stand under different conditions.
    pub(super) modules: HashMap<&'a str, Vec<ModuleId>>,
    pub(super) stack: Vec<usize>,
    /// What functions that may call themselves were called with.
    pub(super) active: Vec<(usize, Vec<Value<'a>>)>,
    /// How often functions may still call themselves.
    pub(super) recursions: u32,
    /// Functions that another function called, by the address of their item.
    pub(super) called: BTreeSet<usize>,
    /// Expressions that may yet be evaluated: of the function that was begun, and behind it.
    fuel: u32,
    left_over: u32,
    /// Packages of which more code was met than is evaluated.
    pub(super) cut_short: BTreeSet<usize>,
    /// Under which condition the call at hand stands.
    pub(super) given: Condition,
    /// The types of fields of types without arguments, as they were asked for.
    pub(super) field_types: HashMap<DefId, HashMap<Name, Option<Ty>>>,
    /// What closures left in variables of the bodies around them, by the function, while others called them.
    pub(super) left: Vec<(String, Name, Value<'a>)>,
    /// The arguments of the last call that was looked into.
    pub(super) settled: usize,
    /// The list at hand has its items in an order that is not known.
    pub(super) mixed: bool,
    /// Routers that closures see which answer requests: these hand requests on to them.
    pub(super) behind: Vec<Router<'a>>,
    /// What this side adds to routers; read when first asked for.
    pub(super) extensions: Option<Vec<Extension<'a>>>,
    /// What could not be read.
    pub(super) blind_spots: BTreeSet<BlindSpot>,
    /// What may be served there, where that is known.
    pub(super) unread: BTreeMap<BlindSpot, Unread>,
}

impl<'a> Evaluation<'a> {
    pub(super) fn new(crates: &'a Crates) -> Self {
        Self {
            crates,
            constants: HashMap::new(),
            modules: HashMap::new(),
            stack: Vec::new(),
            called: BTreeSet::new(),
            fuel: FUEL,
            left_over: 0,
            cut_short: BTreeSet::new(),
            given: Condition::Always,
            field_types: HashMap::new(),
            left: Vec::new(),
            settled: 0,
            mixed: false,
            recursions: RECURSIONS,
            active: Vec::new(),
            behind: Vec::new(),
            extensions: None,
            blind_spots: BTreeSet::new(),
            unread: BTreeMap::new(),
        }
    }

    pub(super) fn block(&mut self, frame: &mut Frame<'a>, block: &Block) -> Value<'a> {
        frame.uses.extend(block.uses.iter().map(|(name, path)| (name.clone(), path.clone())));
        frame.globs.extend(block.globs.iter().cloned());
        frame.macros.extend(block.macros.iter().map(|(name, rules)| (name.clone(), rules.clone())));
        let mut last = Value::Unknown;
        for statement in &block.statements {
            let value = self.statement(frame, statement);
            self.take_left(frame);
            // `#[cfg(a)] { … } #[cfg(not(a))] { … }`: each is the end of the block under its condition.
            last = match (last, value) {
                (Value::Unknown, value) => value,
                (known, value) => Value::either((known, &Condition::Always), (value, &Condition::Always)),
            };
            if frame.left.is_some() {
                break;
            }
        }
        last
    }

    /// A block whose names end with it.
    pub(super) fn inner_block(&mut self, frame: &mut Frame<'a>, block: &Block) -> Value<'a> {
        frame.enter();
        let value = self.block(frame, block);
        frame.leave();
        value
    }

    /// Uses up some of what may be evaluated.
    pub(super) fn spend(&mut self, amount: u32) {
        self.fuel = self.fuel.saturating_sub(amount);
    }

    /// What a macro made, in the place of its call.
    pub(super) fn inside_macro(&mut self, frame: &mut Frame<'a>, made: &RawTokens) -> Value<'a> {
        if self.stack.len() >= CALLS {
            return Value::Unknown;
        }
        self.stack.push(usize::MAX - self.stack.len());
        let value = self.block(frame, &parse::body(made));
        self.stack.pop();
        value
    }

    fn statement(&mut self, frame: &mut Frame<'a>, statement: &Statement) -> Value<'a> {
        let condition = self.crates.given(frame.scope.module, &statement.condition);
        if condition == Condition::Never {
            return Value::Unknown;
        }
        if condition == Condition::Always {
            return self.run(frame, &statement.kind);
        }
        let before = frame.variables.clone();
        let outer = frame.condition.clone();
        frame.condition = outer.clone().and(condition.clone());
        let value = self.run(frame, &statement.kind);
        frame.condition = outer;
        frame.left = None;
        frame.join(before, &condition.clone().negate(), &condition);
        under(value, &condition)
    }

    fn run(&mut self, frame: &mut Frame<'a>, kind: &StatementKind) -> Value<'a> {
        match kind {
            StatementKind::Let { pattern, ty, value, otherwise } => {
                let made = value.clone().filter(|value| {
                    matches!(value.kind, ExprKind::Call(..) | ExprKind::Chain(..) | ExprKind::If { .. })
                        && matches!(pattern, Pattern::Name(_))
                });
                let (value, leads) = match value {
                    Some(value) => (self.expr(frame, value), self.lends(frame, value)),
                    None => (Value::Unknown, None),
                };
                let value = match (value, ty) {
                    (Value::Unknown, Some(ty)) => self.parameter(&frame.scope, ty, Value::Unknown),
                    (value, _) => value,
                };
                if let Some(otherwise) = otherwise {
                    let before = frame.variables.clone();
                    self.inner_block(frame, otherwise);
                    let gone = std::mem::replace(&mut frame.variables, before);
                    frame.used_in(&gone);
                    if let Some(leave) = frame.left.take() {
                        frame.leaves_with(&leave, gone, at_run_time());
                    }
                }
                let made = made.filter(|_| matches!(value, Value::Unknown)).map(Rc::new);
                frame.bind(pattern, named_by(pattern, value), false, leads);
                if let Pattern::Name(name) = pattern
                    && let Some(variable) = frame.variables.get_mut(name)
                {
                    variable.made = made;
                }
                Value::Unknown
            }
            StatementKind::Expr(expr, dropped) => {
                let value = self.expr(frame, expr);
                if matches!(expr.kind, ExprKind::Macro(..)) && leaves(expr) {
                    frame.left = Some(Leave::Function);
                }
                if !*dropped {
                    return value;
                }
                if value.holds_router() && !is_place(expr) && !stays(frame, expr, &value) {
                    let condition = frame.condition.clone();
                    frame.loose.extend(under(value, &condition).routers());
                }
                Value::Unknown
            }
        }
    }

    /// Begins with a function that may take so much.
    pub(super) fn begin(&mut self, most: u32) {
        let all = self.fuel.saturating_add(self.left_over);
        self.fuel = all.min(most);
        self.left_over = all - self.fuel;
    }

    /// Was more code met than is evaluated?
    pub(super) fn is_spent(&self) -> bool {
        self.fuel == 0
    }

    pub(super) fn expr(&mut self, frame: &mut Frame<'a>, expr: &Expr) -> Value<'a> {
        let Some(fuel) = self.fuel.checked_sub(1) else { return Value::Unknown };
        self.fuel = fuel;
        match &expr.kind {
            ExprKind::Text(text) => Value::Text(text.clone()),
            ExprKind::Number(text) => match text.parse() {
                Ok(number) => Value::Number(number),
                Err(_) => Value::Text(text.clone()),
            },
            ExprKind::Path(path) => self.path(frame, path),
            ExprKind::Call(path, args) => {
                let value = self.call_path(frame, path, args, expr.pos);
                self.forget_lent(frame, args);
                value
            }
            ExprKind::Chain(base, links) => self.chain(frame, base, links),
            ExprKind::Macro(path, raw) => self.expand(frame, path, raw, expr.pos),
            ExprKind::Closure(closure) => {
                let captured = Captured {
                    closure: Arc::clone(closure),
                    variables: frame.variables.clone(),
                    scope: frame.scope.clone(),
                    path: frame.path.clone(),
                    item: frame.item,
                    uses: frame.uses.clone(),
                    globs: frame.globs.clone(),
                    macros: frame.macros.clone(),
                };
                frame.use_all();
                Value::Closure(Box::new(captured))
            }
            ExprKind::Block(block) => self.inner_block(frame, block),
            ExprKind::Labelled(block) => {
                frame.begin(block.label.as_ref(), false);
                let value = self.inner_block(frame, block);
                let gone = frame.left.is_some();
                frame.end();
                match frame.broken.take() {
                    Some(broken) if gone => broken,
                    Some(broken) => Value::either((value, &Condition::Always), (broken, &Condition::Always)),
                    None => value,
                }
            }
            ExprKind::Async(block) => {
                let value = self.inner_block(frame, block);
                frame.left = None;
                value
            }
            ExprKind::If { head, condition, then, otherwise } => {
                self.conditional(frame, head, condition.as_ref(), then, otherwise.as_deref())
            }
            ExprKind::Match(head, arms) => self.matching(frame, head, arms),
            ExprKind::For(pattern, over, body) => {
                self.for_each(frame, pattern, over, body);
                Value::Unknown
            }
            ExprKind::Loop(head, body) => self.looped(frame, head.as_deref(), body),
            ExprKind::Bind(pattern, value) => {
                let leads = self.lends(frame, value);
                let value = self.expr(frame, value);
                frame.bind(pattern, value, false, leads);
                Value::Unknown
            }
            ExprKind::Struct(path, fields) => self.structure(frame, path, fields),
            ExprKind::List(items) => Value::List(items.iter().map(|item| self.expr(frame, item)).collect()),
            ExprKind::Return(leave, value) => {
                let value = value.as_ref().map(|value| self.expr(frame, value));
                match (leave, value) {
                    (Leave::Function, Some(value)) => frame.returned.push((value, frame.condition.clone())),
                    (_, Some(value)) => {
                        let always = Condition::Always;
                        frame.broken = Some(match frame.broken.take() {
                            Some(known) => Value::either((known, &always), (value, &frame.condition)),
                            None => value,
                        });
                    }
                    (_, None) => {}
                }
                frame.left = Some(leave.clone());
                Value::Unknown
            }
            ExprKind::Assign(target, value) => {
                let value = self.expr(frame, value);
                self.assign(frame, target, value);
                Value::Unknown
            }
            ExprKind::Sum(parts) => {
                let values: Vec<_> = parts.iter().map(|part| self.expr(frame, part)).collect();
                text::sum(&values).unwrap_or_else(|| handed_on(values))
            }
            ExprKind::Not(inner) => text::negated(&self.expr(frame, inner)),
            ExprKind::Binary(operator, first, second) => {
                let maybe = may_be_absent(first) || may_be_absent(second);
                let first = self.expr(frame, first);
                let second = self.expr(frame, second);
                text::compared(if maybe { "" } else { operator }, &first, &second)
                    .or_else(|| text::both(operator, &first, &second))
                    .unwrap_or_else(|| handed_on(vec![first, second]))
            }
            ExprKind::Range(from, to, whole) => self.range(frame, from.as_deref(), to.as_deref(), *whole),
            ExprKind::Other(parts) => {
                let values = parts.iter().map(|part| self.expr(frame, part)).collect();
                handed_on(values)
            }
        }
    }

    pub(super) fn args(&mut self, frame: &mut Frame<'a>, args: &[Expr]) -> Vec<Value<'a>> {
        args.iter().map(|arg| self.expr(frame, arg)).collect()
    }

    /// `A { b: c }`: a struct of this side keeps its fields; of others only routers are kept.
    fn structure(&mut self, frame: &mut Frame<'a>, path: &Path, fields: &[(Name, Expr)]) -> Value<'a> {
        let named = Type::Path { qself: None, path: path.clone() };
        let values = fields.iter().map(|(name, value)| (name.clone(), self.expr(frame, value)));
        let values: Vec<_> = values.collect();
        if let Some((ty, variant)) = self.variant(frame, path) {
            return varied(Value::Struct(ty, values.into_iter().collect()), variant);
        }
        match self.crates.ty(&frame.scope, &named) {
            ty @ Ty::Def(def, _) => {
                // Inside its own impl the arguments are those of `Self`.
                let ty = match &frame.scope.self_ty {
                    Some(own @ Ty::Def(of, _)) if *of == def => own.clone(),
                    _ => ty,
                };
                let mut known = BTreeMap::new();
                for (name, value) in values {
                    match value {
                        Value::Unknown if name.is_empty() => {
                            let stated = self.method_of(&ty, "Default", "default");
                            let stated = stated.and_then(|named| self.call(&named, Vec::new()));
                            let default = match stated.map(|outcome| outcome.value) {
                                Some(value @ Value::Struct(..)) => value,
                                _ => self.defaulted(&ty, 0),
                            };
                            if let Value::Struct(_, rest) = default {
                                for (name, value) in rest {
                                    known.entry(name).or_insert(value);
                                }
                            }
                        }
                        Value::Struct(_, rest) if name.is_empty() => {
                            for (name, value) in rest {
                                known.entry(name).or_insert(value);
                            }
                        }
                        value => {
                            known.insert(name, value);
                        }
                    }
                }
                Value::Struct(ty, known)
            }
            _ => handed_on(values.into_iter().map(|(_, value)| value).collect()),
        }
    }

    /// The path as the block's `use` makes it.
    pub(super) fn whole_path(&self, frame: &Frame<'a>, path: &Path) -> Path {
        let Some((first, rest)) = path.segments.split_first().filter(|_| !path.global) else { return path.clone() };
        let behind = |names: &[Name], rest: &[Segment]| {
            let segment = |name: &Name| Segment { name: name.clone(), args: Vec::new(), call: None };
            Path { global: false, segments: names.iter().map(segment).chain(rest.iter().cloned()).collect() }
        };
        if let Some(names) = frame.uses.get(&first.name) {
            return behind(names, rest);
        }
        let resolve = |path: &Path| self.crates.resolve(frame.scope.module, path, Namespace::Value);
        let stands = |path: &Path| self.crates.value_item(&frame.scope, path).is_some();
        if frame.globs.is_empty() || stands(path) {
            return path.clone();
        }
        let unknown = match resolve(path) {
            Resolved::Unresolved => true,
            // A crate that nobody depends on is a module that a glob brings.
            Resolved::Foreign(_) => !self.crates.depends_on(frame.scope.module, &first.name),
            _ => false,
        };
        if !unknown {
            return path.clone();
        }
        let opened = frame.globs.iter().map(|glob| {
            let names = glob.split_first().and_then(|(first, rest)| {
                let outer = frame.uses.get(first)?;
                Some(outer.iter().chain(rest).cloned().collect::<Vec<Name>>())
            });
            behind(names.as_deref().unwrap_or(glob), &path.segments)
        });
        let opened: Vec<Path> = opened.collect();
        let found = |path: &&Path| stands(path) || matches!(resolve(path), Resolved::Def(_) | Resolved::Member(..));
        // Of other crates only the words of the frameworks are known.
        let of_framework = |path: &&Path| {
            let krate = path.segments.first().map_or("", |krate| krate.name.as_str());
            let is_router = words::router(&format!("{krate}::{}", first.name)).is_some();
            Kind::of_crate(krate).is_some() && (is_router || words::verb(&first.name).is_some() && rest.is_empty())
        };
        let known = opened.iter().find(found).or_else(|| opened.iter().find(of_framework));
        known.cloned().unwrap_or_else(|| path.clone())
    }

    pub(super) fn place(&self, frame: &Frame<'a>, pos: Pos) -> Place {
        self.crates.place(frame.scope.module, pos)
    }

    pub(super) fn blind(&mut self, frame: &Frame<'a>, pos: Pos, kind: BlindSpotKind, detail: String) {
        let place = Some(self.place(frame, pos));
        self.blind_spots.insert(BlindSpot { kind, place, detail, hides: None });
    }

    /// What answers a route.
    pub(super) fn target(&mut self, frame: &Frame<'a>, value: &Value<'a>) -> Target<'a> {
        match value {
            Value::Function(named) => {
                let (path, function) = (named.path.clone(), Some((**named).clone()));
                Target { path, function, closure: None, reads: false, answers: Vec::new() }
            }
            other => {
                let closure = match other {
                    Value::Closure(captured) => {
                        self.behind.extend(captured.routers());
                        self.answering(frame, captured)
                    }
                    _ => None,
                };
                let files = files::of_value(other).map(|(path, _)| path.to_string());
                let reads =
                    !matches!(other, Value::Closure(closure) if closure.closure.params.is_empty()) && files.is_none();
                let of_type = match other {
                    Value::Of(Ty::Def(def, _)) | Value::Struct(Ty::Def(def, _), _) => self.crates.def(*def),
                    _ => None,
                };
                Target {
                    path: of_type
                        .map(|def| def.path.to_owned())
                        .or(files)
                        .unwrap_or_else(|| format!("{}::{{closure}}", frame.path)),
                    function: None,
                    closure,
                    reads,
                    answers: Vec::new(),
                }
            }
        }
    }
}

/// `Some(a)`, `None`: what an option holds is compared, and not whether it is there.
fn may_be_absent(expr: &Expr) -> bool {
    matches!(&expr.kind, ExprKind::Call(path, _) | ExprKind::Path(path)
        if path.segments.last().is_some_and(|last| matches!(last.name.as_str(), "Some" | "None" | "Ok" | "Err")))
}

/// Does what a method handed back stand in the variable that it was called on: `builder.add(router);`?
fn stays(frame: &Frame<'_>, expr: &Expr, value: &Value<'_>) -> bool {
    let (Value::Struct(ty, _), ExprKind::Chain(base, _)) = (value, &expr.kind) else { return false };
    let held = variable(base).and_then(|name| frame.variables.get(name)).map(|variable| &variable.value);
    matches!(held, Some(Value::Struct(held, fields)) if held == ty && fields.values().any(Value::holds_router))
}

/// A router that is bound to its first variable.
fn named_by<'a>(pattern: &Pattern, mut value: Value<'a>) -> Value<'a> {
    if let (Pattern::Name(name), Value::Router(router)) = (pattern, &mut value) {
        router.origin.variable.get_or_insert_with(|| name.clone());
    }
    value
}

/// An item's address: the same item is the same function.
pub(super) fn address(item: &crate::syntax::facts::Item) -> usize {
    std::ptr::from_ref(item).addr()
}
