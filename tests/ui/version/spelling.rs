// Versions that no policy can read.
use versioning_macros::api;

#[api(since = "1..2")]
pub fn empty_number() {}

#[api(since = "")]
pub fn empty() {}

#[api(since = ">=1.2")]
pub fn requirement() {}

#[api(since = "1.x")]
pub fn range() {}

#[api(since = "unreleased")]
pub fn not_yet() {}

#[api(since = "1.0", deprecated(since = "one"), removed = "2.0-")]
pub fn later_ones() {}

fn main() {
    empty_number();
    empty();
    requirement();
    range();
    not_yet();
    later_ones();
}
