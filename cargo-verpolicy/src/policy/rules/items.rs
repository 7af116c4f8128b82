//! Rust items: what they look like to Rust code.

use super::rule;
use crate::policy::Rule;

/// The rows.
pub(super) const ROWS: &[Rule] = &[
    rule!(
        "item-kind-changed",
        Some(Breaking),
        Deny,
        "A public item became one of another kind",
        "keep the old item beside the new one, under another name"
    ),
    rule!(
        "item-path-removed",
        Some(Breaking),
        Deny,
        "A public item can no longer be named by one of its paths",
        "re-export it from the old place: `pub use …;`"
    ),
    rule!("item-path-added", Some(Addition), Deny, "A public item can be named by one more path", ""),
    rule!(
        "item-parameter-added",
        Some(Breaking),
        Deny,
        "A function takes one more parameter",
        "add a second function that takes it"
    ),
    rule!(
        "item-parameter-removed",
        Some(Breaking),
        Deny,
        "A function takes fewer parameters",
        "keep the parameter and ignore it"
    ),
    rule!(
        "item-parameter-type-changed",
        Some(Breaking),
        Deny,
        "A parameter has another type",
        "keep the old function and add one for the new type"
    ),
    rule!(
        "item-parameter-generalized",
        Some(Compatible),
        Deny,
        "A parameter takes everything that converts into its old type",
        ""
    ),
    rule!(
        "item-return-type-changed",
        Some(Breaking),
        Deny,
        "A function returns another type",
        "keep the old function and add one that returns the new type"
    ),
    rule!("item-return-type-refined", Some(Compatible), Deny, "A function promises more about what it returns", ""),
    rule!(
        "item-lifetime-changed",
        Some(Breaking),
        Deny,
        "The lifetimes of a signature ask for more, or promise less",
        "keep the old lifetimes"
    ),
    rule!(
        "item-lifetime-relaxed",
        Some(Compatible),
        Deny,
        "The lifetimes of a signature ask for less, or promise more",
        ""
    ),
    rule!("item-receiver-changed", Some(Breaking), Deny, "A method takes `self` in another way", "add a second method"),
    rule!("item-receiver-relaxed", Some(Compatible), Deny, "A method asks for less of `self`", ""),
    rule!(
        "item-generics-changed",
        Some(Breaking),
        Deny,
        "An item has other generic parameters",
        "keep the old parameters; give new ones of a type a default at the end"
    ),
    rule!(
        "item-generics-extended",
        Some(Compatible),
        Deny,
        "A type has further generic parameters, all with defaults",
        ""
    ),
    rule!(
        "item-bound-tightened",
        Some(Breaking),
        Deny,
        "An item asks more of its generic parameters",
        "drop the new bound, or add a second item that asks for it"
    ),
    rule!("item-bound-loosened", Some(Compatible), Deny, "An item asks less of its generic parameters", ""),
    rule!(
        "item-unsafe-added",
        Some(Breaking),
        Deny,
        "A safe function became unsafe",
        "keep a safe function that checks what the new one asks for"
    ),
    rule!("item-unsafe-removed", Some(Compatible), Deny, "An unsafe function became safe", ""),
    rule!("item-const-removed", Some(Breaking), Deny, "A function is no longer `const`", "keep it `const`"),
    rule!("item-const-added", Some(Compatible), Deny, "A function became `const`", ""),
    rule!(
        "item-abi-changed",
        Some(Breaking),
        Deny,
        "A function has another ABI",
        "keep the old function beside the new one"
    ),
    rule!("item-must-use-added", Some(Compatible), Deny, "An item is `#[must_use]` now", ""),
    rule!(
        "item-field-added",
        Some(Breaking),
        Deny,
        "A struct that others can build has a new field",
        "make the struct `#[non_exhaustive]` in a breaking release; until then put the value elsewhere"
    ),
    rule!("item-open-field-added", Some(Compatible), Deny, "A struct that others cannot build has a new field", ""),
    rule!("item-field-removed", Some(Breaking), Deny, "A public field is gone", "keep the field and deprecate it"),
    rule!(
        "item-field-private",
        Some(Breaking),
        Deny,
        "A public field became private, or hidden from the documentation",
        "keep it public and deprecate it"
    ),
    rule!(
        "item-field-type-changed",
        Some(Breaking),
        Deny,
        "A public field has another type",
        "add a second field, or an accessor, for the new type"
    ),
    rule!(
        "item-layout-changed",
        Some(Breaking),
        Deny,
        "The fields of a struct or variant are written another way",
        "keep the old form"
    ),
    rule!(
        "item-variant-added",
        Some(Breaking),
        Deny,
        "An enum that others match exhaustively has a new variant",
        "make the enum `#[non_exhaustive]` in a breaking release"
    ),
    rule!("item-open-variant-added", Some(Compatible), Deny, "A `#[non_exhaustive]` enum has a new variant", ""),
    rule!("item-variant-removed", Some(Breaking), Deny, "A variant is gone", "keep the variant and deprecate it"),
    rule!(
        "item-non-exhaustive-added",
        Some(Breaking),
        Deny,
        "A type or variant became `#[non_exhaustive]`",
        "leave it exhaustive until the next breaking release"
    ),
    rule!(
        "item-non-exhaustive-removed",
        Some(Compatible),
        Deny,
        "A type or variant is no longer `#[non_exhaustive]`",
        ""
    ),
    rule!("item-discriminant-changed", Some(Breaking), Deny, "The number of a variant changed", "keep the old number"),
    rule!(
        "item-repr-changed",
        Some(Breaking),
        Deny,
        "The representation of a type changed",
        "keep the old representation"
    ),
    rule!(
        "item-required-member-added",
        Some(Breaking),
        Deny,
        "A trait that others implement has a new member without a default",
        "give it a default"
    ),
    rule!("item-member-added", Some(Compatible), Deny, "A trait has a new member that nobody must write", ""),
    rule!(
        "item-member-removed",
        Some(Breaking),
        Deny,
        "A member of a trait is gone",
        "keep it with a default and deprecate it"
    ),
    rule!("item-default-removed", Some(Breaking), Deny, "A member of a trait lost its default", "keep the default"),
    rule!("item-default-added", Some(Compatible), Deny, "A member of a trait has a default now", ""),
    rule!(
        "item-supertrait-added",
        Some(Breaking),
        Deny,
        "A trait asks more of those that implement it",
        "ask for it where it is needed: `where Self: …` on a method with a default"
    ),
    rule!(
        "item-supertrait-removed",
        Some(Breaking),
        Deny,
        "A trait no longer implies another one",
        "keep the supertrait"
    ),
    rule!(
        "item-trait-sealed",
        Some(Breaking),
        Deny,
        "A trait can no longer be implemented by others",
        "leave it open, and seal a new one"
    ),
    rule!(
        "item-impl-removed",
        Some(Breaking),
        Deny,
        "A type no longer implements a trait",
        "keep it, derived or by hand"
    ),
    rule!(
        "item-blanket-impl-added",
        Some(Breaking),
        Deny,
        "A trait is implemented for every type of a kind now",
        "implement it for the types that you mean"
    ),
    rule!(
        "item-reference-impl-added",
        Some(Breaking),
        Warn,
        "A trait is implemented for references to every type of a kind now",
        "check that nobody implements it for references to types of their own that have it"
    ),
    rule!(
        "item-associated-type-changed",
        Some(Breaking),
        Deny,
        "An associated type of an implementation changed",
        "keep the old type"
    ),
    rule!(
        "item-value-type-changed",
        Some(Breaking),
        Deny,
        "A constant, static or alias has another type",
        "keep the old one beside the new one"
    ),
    rule!(
        "item-macro-arm-removed",
        Some(Breaking),
        Warn,
        "A pattern of a macro is gone or changed",
        "keep the old pattern beside the new ones"
    ),
    rule!(
        "item-macro-output-removed",
        Some(Breaking),
        Deny,
        "A macro no longer writes an item into the code of its callers",
        "let it write the item still"
    ),
    rule!(
        "item-macro-output-changed",
        Some(Breaking),
        Warn,
        "What a macro writes into the code of its callers changed",
        "compare what it writes for a call of your tests: `cargo expand` shows it"
    ),
    rule!(
        "item-auto-impl-removed",
        Some(Breaking),
        Warn,
        "An explicit implementation of an auto trait is gone",
        "check that the type still is `Send` and `Sync`: `const _: fn() = || { fn is<T: Send>() {} is::<Cart>(); };`"
    ),
    rule!(
        "item-feature-removed",
        Some(Breaking),
        Deny,
        "A Cargo feature is gone",
        "keep the feature, with nothing behind it"
    ),
    rule!(
        "item-feature-narrowed",
        Some(Breaking),
        Deny,
        "A Cargo feature no longer turns on another one",
        "keep turning it on"
    ),
    rule!(
        "item-optional-dependency-removed",
        Some(Breaking),
        Warn,
        "An optional dependency is gone, and with it the feature of its name",
        "keep a feature of the name, with nothing behind it"
    ),
    rule!(
        "item-feature-effect-unknown",
        Some(Breaking),
        Warn,
        "A Cargo feature no longer turns on another one, behind which no public item stands",
        "check what the code does without it, or keep turning it on"
    ),
    rule!("item-feature-widened", Some(Compatible), Deny, "A Cargo feature turns on another one too", ""),
    rule!(
        "item-dependency-changed",
        Some(Breaking),
        Deny,
        "A dependency whose types stand in public signatures moved to an incompatible version",
        "keep the old version, or release a breaking version"
    ),
    rule!(
        "item-auto-trait-removed",
        Some(Breaking),
        Deny,
        "A type is no longer `Send`, `Sync`, `Unpin`, unwind safe or `Sized` by its fields",
        "keep the type as it was: `Arc` in place of `Rc`, an atomic in place of a `Cell`"
    ),
    rule!(
        "item-auto-trait-added",
        Some(Compatible),
        Deny,
        "A type is `Send`, `Sync`, `Unpin`, unwind safe or `Sized` now by its fields",
        ""
    ),
    rule!(
        "item-auto-trait-unknown",
        Some(Breaking),
        Warn,
        "A field is of a type of which it is not known whether it is `Send`, `Sync`, `Unpin` and unwind safe",
        "check that the type still is: `const _: fn() = || { fn is<T: Send + Sync>() {} is::<Cart>(); };`"
    ),
    rule!(
        "item-impl-unknown",
        Some(Breaking),
        Warn,
        "An implementation is seen on one side only, and a macro that is not read may make it on the other",
        "check that the type still implements it: `const _: fn() = || { fn is<T: Clone>() {} is::<Cart>(); };`"
    ),
    rule!(
        "item-discriminant-unknown",
        Some(Breaking),
        Warn,
        "The number of a variant is written another way, and is not known on one side",
        "check that the number still is the same: `const _: () = assert!(Code::A as u8 == 1);`"
    ),
    rule!(
        "item-constant-pattern-removed",
        Some(Breaking),
        Deny,
        "Public constants of a type can no longer stand in patterns: its `PartialEq` is not derived any more",
        "keep deriving it"
    ),
    rule!(
        "item-own-constant-pattern-removed",
        Some(Breaking),
        Warn,
        "Constants that others make of a type can no longer stand in patterns: its `PartialEq` is not derived any more",
        "keep deriving it"
    ),
    rule!(
        "item-length-unknown",
        Some(Breaking),
        Warn,
        "The length of an array is written another way, and is not known on one side",
        "check that the length still is the same: `const _: [(); 4] = [(); LENGTH];`"
    ),
    rule!(
        "item-type-unknown",
        Some(Breaking),
        Warn,
        "A type is said in other words, and whether code can tell the two apart is not known",
        "check that the type still is the same: `const _: fn(New) -> Old = |x| x;`"
    ),
    rule!(
        "item-drop-added",
        Some(Breaking),
        Deny,
        "A type that others take apart implements `Drop` now",
        "implement it for a private field instead"
    ),
    rule!(
        "item-moved-away",
        Some(Breaking),
        Warn,
        "A public item is re-exported from another package now, and its definition is not read",
        "compare the two definitions; if they are equal, accept the finding with that as the reason"
    ),
    rule!(
        "item-openness-unknown",
        Some(Breaking),
        Warn,
        "A part was added to a type that a macro which is not read may make `#[non_exhaustive]`",
        "say in `[package.metadata.verpolicy.macros]` that the macro's tokens are its items, if they are"
    ),
    rule!("item-macro-arm-added", Some(Compatible), Deny, "A macro takes one more pattern", ""),
    rule!(
        "item-variance-changed",
        Some(Breaking),
        Deny,
        "A type can no longer stand for itself with a shorter lifetime",
        "keep the parameter where it was: `PhantomData<T>` is covariant, `PhantomData<fn(T)>` and `Cell<T>` are not"
    ),
    rule!(
        "item-parameter-variance-changed",
        Some(Breaking),
        Warn,
        "A type can no longer stand for itself with a shorter lifetime inside one of its parameters",
        "keep the parameter where it was: `PhantomData<T>` is covariant, `PhantomData<fn(T)>` and `Cell<T>` are not"
    ),
    rule!(
        "item-dyn-removed",
        Some(Breaking),
        Deny,
        "A trait can no longer be made into a trait object",
        "give what stands in the way `where Self: Sized`"
    ),
    rule!(
        "item-target-feature-added",
        Some(Breaking),
        Deny,
        "A function asks for more of the processor",
        "keep the old function beside the new one"
    ),
    rule!("item-target-feature-removed", Some(Compatible), Deny, "A function asks for less of the processor", ""),
    rule!(
        "item-export-changed",
        Some(Breaking),
        Deny,
        "A symbol that a linker sees has another name",
        "keep exporting the old name"
    ),
    rule!("item-must-use-removed", Some(Compatible), Deny, "An item is no longer `#[must_use]`", ""),
    rule!(
        "item-order-changed",
        Some(Breaking),
        Warn,
        "Variants or fields stand in another order, which a derived comparison follows",
        "keep the old order"
    ),
    rule!(
        "item-field-order-changed",
        Some(Breaking),
        Warn,
        "Fields of a `repr(C)` type stand in another order",
        "keep the old order"
    ),
    rule!(
        "item-helper-attribute-removed",
        Some(Breaking),
        Deny,
        "A derive macro no longer knows one of its attributes",
        "keep the attribute and ignore it"
    ),
    rule!(
        "item-part-deprecated",
        Some(Deprecation),
        Deny,
        "A field, a variant or a member of a trait is deprecated",
        ""
    ),
    rule!("item-repr-promised", Some(Compatible), Deny, "The layout of a type is promised now", ""),
    rule!(
        "item-cast-removed",
        Some(Breaking),
        Deny,
        "The variants of an enum can no longer be cast to a number",
        "keep all variants without fields, and exhaustive"
    ),
    rule!("item-trait-unsealed", Some(Compatible), Deny, "A trait can be implemented by others now", ""),
    rule!("item-field-published", Some(Compatible), Deny, "A private field became public", ""),
];
