//! The POLICIES table: the built-in policies, each the text of a file that a user could have written.

use super::Policy;
use super::definition::PolicyError;

/// One row of the POLICIES table.
#[derive(Clone, Copy, Debug)]
pub struct BuiltIn {
    /// The name that `--policy` takes.
    pub id: &'static str,
    /// One line.
    pub summary: &'static str,
    /// The page `docs/policies/<id>.md`.
    pub docs: &'static str,
    /// The file `policies/<id>.toml`.
    pub toml: &'static str,
}

macro_rules! built_in {
    ($id:literal, $summary:literal) => {
        BuiltIn {
            id: $id,
            summary: $summary,
            docs: include_str!(concat!("../../docs/policies/", $id, ".md")),
            toml: include_str!(concat!("../../policies/", $id, ".toml")),
        }
    };
}

/// The built-in policies; the first is the default.
pub const POLICIES: &[BuiltIn] = &[
    built_in!("semver", "SemVer 2.0.0 as Cargo reads it: breaking changes need a major, anything new a minor"),
    built_in!(
        "soundstorm",
        "Existing endpoints are frozen between majors; operators upgrade a minor without any change"
    ),
    built_in!(
        "matrix",
        "One global version; breaking changes are managed: deprecated first, then removed, or under a new endpoint version"
    ),
    built_in!("chain", "MAJOR.MINOR belongs to the product line; a package on its own moves its dated BUILD"),
    built_in!(
        "sponge",
        "X.Y belongs to the API and follows SemVer; Z belongs to the implementation, which develops the next minor"
    ),
];

/// The built-in policy of this name.
///
/// # Errors
/// The file of the row is wrong; a test holds that none is.
#[must_use]
pub fn built_in(id: &str) -> Option<Result<Policy, PolicyError>> {
    POLICIES.iter().find(|row| row.id == id).map(|row| Policy::read(row.toml))
}
