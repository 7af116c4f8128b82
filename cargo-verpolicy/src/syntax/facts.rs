//! What one file says, before any name is resolved, in compact types of our own.

use super::Names;
use super::text::Text;
use crate::model::Condition;

/// An identifier, without `r#`.
pub type Name = smol_str::SmolStr;

/// A position in the file: 1-based line, 1-based column in characters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pos {
    /// 1-based.
    pub line: u32,
    /// 1-based, in characters.
    pub column: u32,
}

/// Tokens kept as their source text and lexed when somebody needs them (`syntax::tokens`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RawTokens {
    /// The text between the delimiters, as written (comments included).
    pub text: Text,
    /// Where the text begins.
    pub pos: Pos,
}

/// Everything one file says.
#[derive(Clone, Debug, Default)]
pub struct FileFacts {
    /// Its items in source order.
    pub items: Vec<Item>,
    /// `#![…]` at its head.
    pub attrs: Vec<Attr>,
    /// `#![cfg(…)]` at its head.
    pub condition: Condition,
    /// `//!` or `#![doc = …]` at its head that is not empty.
    pub documented: bool,
    /// Why it could not be read; then the rest is empty.
    pub failure: Option<Failure>,
}

/// A file that is not Rust.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// Where.
    pub pos: Pos,
    /// What the parser said.
    pub message: String,
    /// The hash of the file's lines.
    pub hash: u64,
}

/// An attribute other than `cfg`, doc comments and `path`; those inside `cfg_attr` stand here with their condition.
#[derive(Clone, Debug)]
pub struct Attr {
    /// `serde`, `utoipa::path` as segments, without a leading `::`.
    pub path: Vec<Name>,
    /// What follows the path.
    pub args: AttrArgs,
    /// Under which condition it is on.
    pub condition: Condition,
    /// Where its path begins.
    pub pos: Pos,
}

impl Attr {
    /// `#[name]`
    #[must_use]
    pub fn bare(name: &str, pos: Pos) -> Self {
        Self { path: vec![Name::from(name)], args: AttrArgs::None, condition: Condition::Always, pos }
    }

    /// Stands on an item that was read among the tokens of a call of a macro that nothing is known of: what the macro
    /// makes of it is not known.
    #[must_use]
    pub fn guess(maker: &str, pos: Pos) -> Self {
        let condition = Condition::Always;
        Self { path: vec![Name::from(format!("{maker}!"))], args: AttrArgs::None, condition, pos }
    }

    /// The macro, `other::items!`, of such an item.
    #[must_use]
    pub fn guessed_of(&self) -> Option<&Name> {
        self.path.first().filter(|name| name.ends_with('!'))
    }
}

/// What follows an attribute's path.
#[derive(Clone, Debug)]
pub enum AttrArgs {
    /// `#[a]`
    None,
    /// `#[a(…)]`, `#[a { … }]`, `#[a[…]]`
    List(RawTokens),
    /// `#[a = …]`
    Value(RawTokens),
}

/// Visibility as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Vis {
    /// None written.
    Private,
    /// `pub`
    Public,
    /// `pub(crate)`, `pub(super)`, `pub(in path)`: the path's segments.
    Restricted(Vec<Name>),
}

/// An item, in a module, an impl, a trait or an extern block.
#[derive(Clone, Debug)]
pub struct Item {
    /// Its name; empty where it has none.
    pub name: Name,
    /// Visibility.
    pub vis: Vis,
    /// Attributes.
    pub attrs: Vec<Attr>,
    /// `cfg` on the item.
    pub condition: Condition,
    /// A doc comment that is not empty.
    pub documented: bool,
    /// Where its name stands (or its first token).
    pub pos: Pos,
    /// Its text, from the end of the item before.
    pub(in crate::syntax) text: Text,
    /// How much of it stands before its members or its body, where it has some; else 0.
    pub(in crate::syntax) header: u32,
    /// What it is.
    pub kind: ItemKind,
}

impl Item {
    /// Hash of its tokens; formatting, comments, its own name and the names of locals aside. Computed from the text
    /// each time.
    #[must_use]
    pub fn hash(&self) -> u64 {
        self.hash_with(&mut |_| None)
    }

    /// Hash of its tokens, paths by what `names` says that they name.
    #[must_use]
    pub(crate) fn hash_with(&self, names: &mut Names<'_>) -> u64 {
        super::hash::of_item(self, names)
    }

    /// Hash of what it does: of a function the body, of an impl the bodies and constants in it by name; of everything
    /// else, all of it. Visibility, signatures and the spelling of paths around the bodies do not count. Paths count by
    /// what `names` says that they name.
    #[must_use]
    pub(crate) fn code(&self, names: &mut Names<'_>) -> u64 {
        match &self.kind {
            ItemKind::Fn(function) if function.has_body => super::hash::of_body(self, names),
            ItemKind::Impl(fact) => {
                let mut members: Vec<&Item> = fact.items.iter().collect();
                members.sort_by_key(|item| &item.name);
                let parts = members.into_iter().filter_map(|item| match &item.kind {
                    ItemKind::Fn(_) => Some((item.name.as_str(), super::hash::of_body(item, names))),
                    ItemKind::Const { .. } => Some((item.name.as_str(), item.hash_with(names))),
                    _ => None,
                });
                super::hash::of_parts(&parts.collect::<Vec<_>>())
            }
            _ => self.hash_with(names),
        }
    }

    /// The body of a function, without its braces, also where [`Function::body`] does not keep it.
    #[must_use]
    pub(crate) fn body(&self) -> Option<RawTokens> {
        let ItemKind::Fn(function) = &self.kind else { return None };
        if function.body.is_some() || !function.has_body || self.header == 0 {
            return function.body.clone();
        }
        let text = self.text.part(self.header as usize, self.text.len().saturating_sub(1));
        Some(RawTokens { text, pos: self.pos })
    }

    /// The hash of the statements of a function's body that name `parameter`, and no others; `None` where none does.
    #[must_use]
    pub(crate) fn code_about(&self, parameter: &str, names: &mut Names<'_>) -> Option<u64> {
        super::hash::of_statements(self, parameter, names)
    }

    /// Does a function's body call this method on a local, or on what it holds: `name.method(`, `name.0.method(`?
    #[must_use]
    pub(crate) fn calls_on(&self, name: &str, method: &str) -> bool {
        self.text.contains(method) && super::hash::calls_on(&self.text, name, method)
    }

    /// The paths in it that end in `name`, comments and strings aside; a method or field begins with `.`.
    pub(crate) fn mentions(&self, name: &str) -> Vec<Vec<&str>> {
        super::hash::mentions(self, name)
    }

    /// Does its text hold this word?
    pub(crate) fn holds_word(&self, word: &str) -> bool {
        !super::hash::mentions(self, word).is_empty()
    }

    /// How many bytes of text it has.
    #[must_use]
    pub fn text_length(&self) -> usize {
        self.text.len()
    }

    /// The items directly inside: of an inline module, an impl, a trait, an extern block.
    #[must_use]
    pub fn members(&self) -> &[Item] {
        match &self.kind {
            ItemKind::Mod { items: Some(items), .. } | ItemKind::Foreign { items, .. } => items,
            ItemKind::Trait(fact) => &fact.items,
            ItemKind::Impl(fact) => &fact.items,
            _ => &[],
        }
    }
}

/// What an item is.
#[derive(Clone, Debug)]
pub enum ItemKind {
    /// `mod`: inline items, or `None` for `mod x;` with the value of `#[path]`.
    Mod {
        /// Inline items.
        items: Option<Vec<Item>>,
        /// `#[path = "…"]` with the condition of its `cfg_attr`.
        paths: Vec<(String, Condition)>,
    },
    /// `use`, one row a leaf.
    Use(Vec<UseLeaf>),
    /// `extern crate a as b`: the crate; the item's name is the local one.
    ExternCrate(Name),
    /// `fn`, method.
    Fn(Box<Function>),
    /// `struct`
    Struct {
        /// Generic parameters.
        generics: Generics,
        /// Fields.
        fields: Fields,
    },
    /// `union`
    Union {
        /// Generic parameters.
        generics: Generics,
        /// Fields.
        fields: Fields,
    },
    /// `enum`
    Enum {
        /// Generic parameters.
        generics: Generics,
        /// Variants.
        variants: Vec<VariantFact>,
    },
    /// `type A = B;`, also associated types.
    Alias {
        /// Generic parameters.
        generics: Generics,
        /// Bounds of an associated type.
        bounds: Vec<Bound>,
        /// What it stands for; `None` for an associated type without default.
        ty: Option<Type>,
    },
    /// `const`, also associated; `value` is `None` in a trait without default.
    Const {
        /// Its type.
        ty: Type,
        /// The expression.
        value: Option<RawTokens>,
    },
    /// `static`
    Static {
        /// Its type.
        ty: Type,
        /// `static mut`
        mutable: bool,
        /// Of an `extern` block, and not `safe`.
        is_unsafe: bool,
        /// The expression.
        /// The expression.
        value: Option<RawTokens>,
    },
    /// `trait`
    Trait(Box<TraitFact>),
    /// `trait A = B;`
    TraitAlias,
    /// `impl`
    Impl(Box<ImplFact>),
    /// `extern "C" { … }`
    Foreign {
        /// `C`
        abi: Option<String>,
        /// What it declares.
        items: Vec<Item>,
    },
    /// `macro_rules! name { … }`, `macro name(…) { … }`
    MacroRules(RawTokens),
    /// `path! { … }` in item position.
    MacroCall {
        /// The macro.
        path: Vec<Name>,
        /// What stands between its delimiters.
        tokens: RawTokens,
    },
    /// Something syn keeps as tokens.
    Verbatim,
}

/// One leaf of a `use` tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UseLeaf {
    /// `::a::b`
    pub global: bool,
    /// Segments, with `self`, `super`, `crate` as written; a trailing `{self}` is already folded away.
    pub path: Vec<Name>,
    /// The name it gets; `_` binds nothing. `None` is a glob.
    pub name: Option<Name>,
    /// Where the leaf stands.
    pub pos: Pos,
}

/// A function or method.
#[derive(Clone, Debug)]
pub struct Function {
    /// Generic parameters.
    pub generics: Generics,
    /// `self`, `&self`, `self: Arc<Self>` as a type; `None` without receiver.
    pub receiver: Option<Type>,
    /// The other parameters.
    pub params: Vec<Param>,
    /// `None` is `()`.
    pub ret: Option<Type>,
    /// `async`
    pub is_async: bool,
    /// `const`
    pub is_const: bool,
    /// `unsafe`
    pub is_unsafe: bool,
    /// `extern "…"`
    pub abi: Option<String>,
    /// `...`
    pub variadic: bool,
    /// It has a body.
    pub has_body: bool,
    /// The body's text, kept only where it holds a framework's word (`.route(`, `scope(`, `routes!`, …) or is a single
    /// short expression (const methods, `Default::default`); else `None`.
    pub body: Option<RawTokens>,
}

/// A parameter.
#[derive(Clone, Debug)]
pub struct Param {
    /// The name it binds where the pattern is (or wraps: `Path(id)`, `mut x`) a single name.
    pub name: Option<Name>,
    /// Its type.
    pub ty: Type,
    /// Its attributes.
    pub attrs: Vec<Attr>,
    /// Its `cfg`.
    pub condition: Condition,
    /// Where it begins.
    pub pos: Pos,
}

/// Fields of a struct or variant.
#[derive(Clone, Debug)]
pub enum Fields {
    /// `;`
    Unit,
    /// `(…)`
    Tuple(Vec<FieldFact>),
    /// `{…}`
    Named(Vec<FieldFact>),
}

/// One field.
#[derive(Clone, Debug)]
pub struct FieldFact {
    /// Its name, or its number.
    pub name: Name,
    /// Visibility.
    pub vis: Vis,
    /// Attributes.
    pub attrs: Vec<Attr>,
    /// Its `cfg`.
    pub condition: Condition,
    /// A doc comment that is not empty.
    pub documented: bool,
    /// Its type.
    pub ty: Type,
    /// Where it stands.
    pub pos: Pos,
}

/// One variant.
#[derive(Clone, Debug)]
pub struct VariantFact {
    /// Its name.
    pub name: Name,
    /// Attributes.
    pub attrs: Vec<Attr>,
    /// Its `cfg`.
    pub condition: Condition,
    /// A doc comment that is not empty.
    pub documented: bool,
    /// What it carries.
    pub fields: Fields,
    /// `= 3`
    pub discriminant: Option<RawTokens>,
    /// Where it stands.
    pub pos: Pos,
}

/// A trait.
#[derive(Clone, Debug)]
pub struct TraitFact {
    /// Generic parameters.
    pub generics: Generics,
    /// Supertraits.
    pub supertraits: Vec<Bound>,
    /// Members.
    pub items: Vec<Item>,
    /// `unsafe`
    pub is_unsafe: bool,
    /// `auto`
    pub is_auto: bool,
}

/// An impl.
#[derive(Clone, Debug)]
pub struct ImplFact {
    /// Generic parameters.
    pub generics: Generics,
    /// The trait.
    pub trait_path: Option<Path>,
    /// `!Trait`
    pub negative: bool,
    /// `unsafe`
    pub is_unsafe: bool,
    /// For what.
    pub self_ty: Type,
    /// Members.
    pub items: Vec<Item>,
}

/// Generic parameters and their `where` clause.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Generics {
    /// In order.
    pub params: Vec<GenericParam>,
    /// Predicates of the `where` clause.
    pub predicates: Vec<Predicate>,
}

/// One generic parameter.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum GenericParam {
    /// `'a: 'b`
    Lifetime {
        /// Without the apostrophe.
        name: Name,
        /// Outlives.
        bounds: Vec<Name>,
    },
    /// `T: Bound = Default`
    Type {
        /// Name.
        name: Name,
        /// Bounds.
        bounds: Vec<Bound>,
        /// Default.
        default: Option<Type>,
    },
    /// `const N: usize = 3`
    Const {
        /// Name.
        name: Name,
        /// Its type.
        ty: Type,
        /// Default, as normalised text.
        default: Option<String>,
    },
}

/// `T: Bound`, `'a: 'b` in a `where` clause.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Predicate {
    /// `for<'a> T: Bounds`
    Type {
        /// Names of `for<…>`.
        lifetimes: Vec<Name>,
        /// The bounded type.
        ty: Type,
        /// Bounds.
        bounds: Vec<Bound>,
    },
    /// `'a: 'b`
    Lifetime {
        /// Name.
        name: Name,
        /// Outlives.
        bounds: Vec<Name>,
    },
}

/// A bound.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Bound {
    /// `'a`
    Lifetime(Name),
    /// `?Sized`, `for<'a> Fn(&'a T)`, `~const Trait`
    Trait {
        /// `?`
        maybe: bool,
        /// Names of `for<…>`.
        lifetimes: Vec<Name>,
        /// The trait.
        path: Path,
    },
    /// `use<'a, T>`
    Use(Vec<Name>),
}

/// A path in type or expression position.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Path {
    /// `::a`
    pub global: bool,
    /// At least one.
    pub segments: Vec<Segment>,
}

/// One segment of a path.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Segment {
    /// Its name, with `self`, `super`, `crate`, `Self` as written.
    pub name: Name,
    /// `<…>`
    pub args: Vec<GenericArg>,
    /// `Fn(A, B) -> C`
    pub call: Option<Box<(Vec<Type>, Option<Type>)>>,
}

/// A generic argument.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum GenericArg {
    /// `'a`
    Lifetime(Name),
    /// A type; a bare name that may as well be a const stands here too.
    Type(Type),
    /// `3`, `{ N + 1 }` as normalised text.
    Const(String),
    /// `Item = T`
    Assoc(Name, Type),
    /// `Item: Bound`
    Bounds(Name, Vec<Bound>),
}

/// A type as written.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Type {
    /// `a::B<C>`, `<T as Trait>::X`.
    Path {
        /// `<T as …>`: the type and how many segments of `path` belong to the trait.
        qself: Option<Box<(Type, usize)>>,
        /// The path.
        path: Path,
    },
    /// `&'a mut T`
    Ref {
        /// Lifetime.
        lifetime: Option<Name>,
        /// `mut`
        mutable: bool,
        /// To what.
        ty: Box<Type>,
    },
    /// `*const T`, `*mut T`
    Ptr {
        /// `mut`
        mutable: bool,
        /// To what.
        ty: Box<Type>,
    },
    /// `[T]`
    Slice(Box<Type>),
    /// `[T; N]`, the length as normalised text.
    Array(Box<Type>, String),
    /// `(A, B)`, `()`
    Tuple(Vec<Type>),
    /// `for<'a> unsafe extern "C" fn(A) -> B`
    FnPtr(Box<FnPtr>),
    /// `impl A + B`
    Impl(Vec<Bound>),
    /// `dyn A + B`
    Dyn(Vec<Bound>),
    /// `!`
    Never,
    /// `_`
    Infer,
    /// `path!(…)` in type position, as normalised text.
    Macro(String),
    /// What syn keeps as tokens, or nested deeper than we follow: normalised text.
    Other(String),
}

/// A function pointer as written.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct FnPtr {
    /// Names of `for<…>`.
    pub lifetimes: Vec<Name>,
    /// `unsafe`
    pub is_unsafe: bool,
    /// `extern "…"`
    pub abi: Option<String>,
    /// Parameters.
    pub params: Vec<Type>,
    /// `...`
    pub variadic: bool,
    /// `None` is `()`.
    pub ret: Option<Type>,
}
