//! What a Rust item looks like to Rust code.

/// The signature of one public item, normalised: paths resolved, argument names dropped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    /// `fn`, `struct`, `enum`, `union`, `trait`, `impl`, `const`, `static`, `type`, `use`, `mod`, `macro`, `field`,
    /// `variant`.
    pub item: String,
    /// The signature as canonical text, equal for what Rust code cannot tell apart.
    pub text: String,
}
