//! What a Rust item looks like to Rust code.

use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The signature of one public item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    /// `fn`, `struct`, `enum`, `union`, `trait`, `impl`, `const`, `static`, `type`, `use`, `macro`, `field`, `variant`,
    /// `feature`, `dependency`.
    pub item: String,
    /// The signature as text to be shown; what is compared is [`Signature::form`], and this where no form is known.
    pub text: String,
    /// What is compared.
    pub form: Form,
    /// Every public path of the item, sorted; empty where only its key is known.
    pub paths: BTreeSet<String>,
    /// The public path of the item that this one is a part of (the type of a method, the type or trait of an impl).
    pub owner: Option<String>,
}

impl Signature {
    /// A signature of which only the text is known.
    #[must_use]
    pub fn of_text(item: impl Into<String>, text: impl Into<String>) -> Self {
        Self { item: item.into(), text: text.into(), form: Form::Text, paths: BTreeSet::new(), owner: None }
    }
}

/// A signature taken apart, as far as rules look into it. All texts in it are normalised: names resolved to public
/// paths, generic parameters (`T0`, `F0`) and lifetimes (`'0`) by position, elided lifetimes made explicit.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Form {
    /// Only the text speaks.
    #[default]
    Text,
    /// A function or method.
    Function(Box<Function>),
    /// A struct, enum, union or variant.
    Type(Box<TypeForm>),
    /// A trait.
    Trait(Box<TraitForm>),
    /// An implementation of a trait.
    Impl(Box<ImplForm>),
    /// A constant, static or alias: its type, and its generics.
    Value(Box<ValueForm>),
    /// A macro.
    Macro(Box<MacroForm>),
    /// A Cargo feature: the other features of the package that it turns on, at any remove.
    Feature(BTreeSet<String>),
    /// A dependency whose types stand in public signatures.
    Dependency(DependencyForm),
}

/// A macro. Where nothing is known of what it writes, its text is the list of its arms.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "MacroText", into = "MacroText")]
pub struct MacroForm {
    /// The patterns of its arms; of a derive macro, the attributes that it knows.
    pub arms: Vec<String>,
    /// What it writes into the code of its callers, by kind and name (`fn bits`, `hidden fn bits`, `impl Debug`, `derive Copy`), with what
    /// else is seen of it. Macros of other crates that it calls, and that may write more, are `call PATH`.
    pub writes: BTreeMap<String, String>,
}

#[derive(Serialize, Deserialize)]
#[serde(untagged, deny_unknown_fields)]
enum MacroText {
    Arms(Vec<String>),
    Form { arms: Vec<String>, writes: BTreeMap<String, String> },
}

impl From<MacroText> for MacroForm {
    fn from(text: MacroText) -> Self {
        match text {
            MacroText::Arms(arms) => Self { arms, writes: BTreeMap::new() },
            MacroText::Form { arms, writes } => Self { arms, writes },
        }
    }
}

impl From<MacroForm> for MacroText {
    fn from(MacroForm { arms, writes }: MacroForm) -> Self {
        if writes.is_empty() { Self::Arms(arms) } else { Self::Form { arms, writes } }
    }
}

/// A dependency whose types stand in public signatures.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DependencyForm {
    /// Its version requirement, as written.
    pub requirement: String,
    /// The first public item, in order, that names it.
    pub first: String,
    /// How many do.
    pub count: usize,
}

/// The text of a feature that is nothing but the name of an optional dependency.
pub const IMPLICIT_FEATURE: &str = "optional dependency";

/// Generic parameters and what is asked of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct GenericsForm {
    /// Type and const parameters in order: `type` or the const's type, and the default.
    pub params: Vec<(String, Option<String>)>,
    /// How many lifetimes the item itself declares where that can be named (types, traits).
    pub lifetimes: usize,
    /// Bounds, inline ones too: `T0: std::fmt::Debug`.
    pub bounds: BTreeSet<String>,
}

/// A function.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Function {
    /// The type of `self`.
    pub receiver: Option<String>,
    /// The types of the other parameters.
    pub params: Vec<String>,
    /// `()` where nothing is said. What an `async fn` returns is written as the future that it is.
    pub ret: String,
    /// Its own parameters, and all bounds that hold.
    pub generics: GenericsForm,
    /// `const`
    pub is_const: bool,
    /// `unsafe`
    pub is_unsafe: bool,
    /// `extern "…"`
    pub abi: Option<String>,
    /// `...`
    pub variadic: bool,
    /// `#[must_use]`
    pub must_use: bool,
    /// `#[target_feature(enable = "…")]`
    pub target_features: BTreeSet<String>,
    /// The symbol that a linker sees: `#[no_mangle]`, `#[export_name = "…"]`.
    pub export: Option<String>,
    /// Lifetimes that an `impl Trait` that is returned may hold, as the package's edition or `use<…>` says.
    pub captures: BTreeSet<String>,
}

/// How fields are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Layout {
    /// `;`
    #[default]
    Unit,
    /// `(…)`
    Tuple,
    /// `{…}`
    Named,
}

impl Layout {
    /// The word for messages.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Unit => "a unit",
            Self::Tuple => "a tuple",
            Self::Named => "one with named fields",
        }
    }
}

/// A field.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct FieldForm {
    /// Its name, or its number.
    pub name: String,
    /// Its type; `None` where it is private.
    pub ty: Option<String>,
    /// Under which condition it is there; empty for always.
    pub condition: String,
    /// `#[doc(hidden)]`
    pub hidden: bool,
    /// `#[deprecated]`
    pub deprecated: bool,
}

/// A struct, enum, union or variant.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TypeForm {
    /// How its fields are written.
    pub layout: Layout,
    /// Its fields, private ones too.
    pub fields: Vec<FieldForm>,
    /// Its variants, in order.
    pub variants: Vec<(String, TypeForm)>,
    /// `#[non_exhaustive]`
    pub open: bool,
    /// `#[doc(hidden)]` (of a variant)
    pub hidden: bool,
    /// `#[deprecated]` (of a variant)
    pub deprecated: bool,
    /// Under which condition it is there (a variant); empty for always.
    pub condition: String,
    /// Its parameters.
    pub generics: GenericsForm,
    /// `repr(…)`, sorted.
    pub repr: BTreeSet<String>,
    /// `#[must_use]`
    pub must_use: bool,
    /// `= 3` of a variant.
    pub discriminant: Option<String>,
    /// `#[derive(PartialOrd)]`: variants and fields are compared in the order in which they are written.
    pub ordered: bool,
    /// What the compiler infers from all fields.
    pub inferred: Inferred,
    /// Derive and attribute macros on it of which it is not known what they implement: path to version.
    pub macros: BTreeMap<String, String>,
    /// The unread macro among whose tokens it stands: what that adds to it is not known.
    pub guessed_of: Option<String>,
}

/// What the compiler infers from the fields of a type, private ones too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Inferred {
    /// `Send`, `Sync`, `Unpin`, `UnwindSafe`, `RefUnwindSafe` and `Sized` where it is not, with what stands in the way.
    pub lacks: BTreeMap<String, String>,
    /// What they ask of parameters: `Send: T0: Send`.
    pub asks: BTreeSet<String>,
    /// Types of other packages among the fields, of which nothing is known.
    pub unknown: BTreeSet<String>,
    /// `covariant`, `contravariant`, `invariant`, `unused` or `unknown` of each parameter, lifetimes first.
    pub variance: Vec<String>,
}

/// A trait.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TraitForm {
    /// Its parameters.
    pub generics: GenericsForm,
    /// What it asks of `Self`.
    pub supertraits: BTreeSet<String>,
    /// `unsafe`
    pub is_unsafe: bool,
    /// `auto`
    pub is_auto: bool,
    /// Nobody else can implement it: a supertrait that cannot be named, or a required item that is hidden.
    pub sealed: bool,
    /// Its members by name.
    pub members: BTreeMap<String, MemberForm>,
    /// `#[must_use]`
    pub must_use: bool,
    /// Why it cannot be made into a trait object; `None` where it can.
    pub not_dyn: Option<String>,
}

/// A member of a trait.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct MemberForm {
    /// `fn`, `const`, `type`.
    pub item: String,
    /// What it looks like.
    pub form: Form,
    /// It has a default: whoever implements the trait may leave it out.
    pub provided: bool,
    /// `#[doc(hidden)]`
    pub hidden: bool,
    /// `#[deprecated]`
    pub deprecated: bool,
    /// Under which condition it is there; empty for always.
    pub condition: String,
}

/// An implementation of a trait.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ImplForm {
    /// What is asked of its parameters.
    pub bounds: BTreeSet<String>,
    /// Its associated types.
    pub types: BTreeMap<String, String>,
    /// It is for every type: `impl<T> Trait for T`.
    pub blanket: bool,
    /// It was derived: what it asks of parameters is what the derive adds.
    pub derived: bool,
}

/// A constant, static or alias.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ValueForm {
    /// Its type, or what it stands for.
    pub ty: String,
    /// Parameters of an alias.
    pub generics: GenericsForm,
    /// `static mut`
    pub mutable: bool,
    /// A static of an `extern` block that is not `safe`.
    pub is_unsafe: bool,
    /// Bounds of an associated type.
    pub bounds: BTreeSet<String>,
}

/// What rewrites a text.
type Rewrite<'f> = &'f dyn Fn(&mut String);

impl Form {
    /// Rewrites every text that may hold a path.
    pub fn rewrite(&mut self, rewrite: Rewrite<'_>) {
        match self {
            Self::Text | Self::Macro(_) | Self::Feature(_) | Self::Dependency(_) => {}
            Self::Function(function) => {
                function.receiver.iter_mut().chain(&mut function.params).for_each(rewrite);
                rewrite(&mut function.ret);
                function.generics.rewrite(rewrite);
            }
            Self::Type(form) => form.rewrite(rewrite),
            Self::Trait(form) => {
                form.generics.rewrite(rewrite);
                rewrite_set(&mut form.supertraits, rewrite);
                form.members.values_mut().for_each(|member| member.form.rewrite(rewrite));
            }
            Self::Impl(form) => {
                rewrite_set(&mut form.bounds, rewrite);
                form.types.values_mut().for_each(rewrite);
            }
            Self::Value(form) => {
                rewrite(&mut form.ty);
                form.generics.rewrite(rewrite);
                rewrite_set(&mut form.bounds, rewrite);
            }
        }
    }
}

impl TypeForm {
    /// Has it, or a variant of it, a field that others can name?
    #[must_use]
    pub fn has_fields(&self) -> bool {
        let mut fields = self.fields.iter().chain(self.variants.iter().flat_map(|(_, variant)| &variant.fields));
        fields.any(|field| field.ty.is_some() && !field.hidden)
    }

    /// Has it a lifetime, or a parameter that may hold one?
    #[must_use]
    pub fn may_borrow(&self) -> bool {
        let GenericsForm { params, lifetimes, bounds } = &self.generics;
        let owned = |n: usize| bounds.contains(&format!("T{n}: 'static"));
        *lifetimes > 0 || params.iter().enumerate().any(|(n, (kind, _))| kind == "type" && !owned(n))
    }

    fn rewrite(&mut self, rewrite: Rewrite<'_>) {
        rewrite_set(&mut self.inferred.asks, rewrite);
        self.fields.iter_mut().filter_map(|field| field.ty.as_mut()).for_each(rewrite);
        self.generics.rewrite(rewrite);
        // A variant has fields and no variants.
        for (_, variant) in &mut self.variants {
            variant.fields.iter_mut().filter_map(|field| field.ty.as_mut()).for_each(rewrite);
        }
    }
}

impl GenericsForm {
    fn rewrite(&mut self, rewrite: Rewrite<'_>) {
        for (kind, default) in &mut self.params {
            rewrite(kind);
            default.iter_mut().for_each(rewrite);
        }
        rewrite_set(&mut self.bounds, rewrite);
    }
}

fn rewrite_set(set: &mut BTreeSet<String>, rewrite: Rewrite<'_>) {
    *set = std::mem::take(set)
        .into_iter()
        .map(|mut text| {
            rewrite(&mut text);
            text
        })
        .collect();
}
