// Deprecated before it appeared, removed before it was deprecated.
use versioning_macros::api;

#[api(since = "1.10.0", deprecated(since = "1.9.0"))]
pub fn deprecated_too_early() {}

#[api(since = "1.0.0", deprecated(since = "2.0.0"), removed = "2.0")]
pub fn removed_at_once() {}

#[api(since = "2.0.0", removed = "1.0.0")]
pub fn removed_too_early() {}

// what only a policy can order is left to the command line
#[api(since = "1.0.0-rc1", deprecated(since = "1.0.0-beta"), removed = "next")]
fn not_plain() {}

fn main() {
    deprecated_too_early();
    removed_at_once();
    removed_too_early();
    not_plain();
}
