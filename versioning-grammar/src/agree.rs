//! What must, and what must not, go together in one mark.

use std::cmp::Ordering;

use crate::mistakes::Mistakes;
use crate::version::compare;
use crate::{Kind, Mark, Spanned};

/// Adds a mistake for every part of the mark that contradicts another, and for what is missing.
pub(crate) fn check(mark: &Mark, mistakes: &mut Mistakes) {
    check_kind(mark, mistakes);
    check_stability(mark, mistakes);
    check_lifetime(mark, mistakes);
    check_since_is_there(mark, mistakes);
}

fn check_kind(mark: &Mark, mistakes: &mut Mistakes) {
    let is_message = mark.kind.as_ref().is_some_and(|kind| kind.value == Kind::Message);
    if let (Some(layout), false) = (&mark.layout, is_message) {
        let message = "`layout` goes with `message` only: add `message`, or remove it";
        mistakes.add_at_part("layout", layout.span, message);
    }
    let Some(kind) = &mark.kind else { return };
    let word = word_of(kind.value);
    if kind.value == Kind::Http {
        return;
    }
    if mark.route.is_some() {
        let message = format!("`{word}` contradicts the stated route: what has a route is `http`");
        mistakes.add_at_part(word, kind.span, message);
    }
    for key in ["request", "responses"] {
        if let Some(span) = mistakes.part(key) {
            let message = format!("`{key}` contradicts `{word}`: only an http endpoint has a request and responses");
            mistakes.add_at_part(key, span, message);
        }
    }
    if let (Some(span), Kind::Item | Kind::Config) = (mark.open, kind.value) {
        let advice = match kind.value {
            Kind::Item => "for a Rust item, write `#[non_exhaustive]`",
            _ => "nobody reads a configuration back",
        };
        mistakes.add_at_part("open", span, format!("`open` contradicts `{word}`: {advice}"));
    }
}

fn check_stability(mark: &Mark, mistakes: &mut Mistakes) {
    if let (Some(_), Some(since)) = (&mark.unstable, &mark.since) {
        let message = "`since` contradicts `unstable`: what is unstable is outside every promise; \
                       add `since` when it becomes stable, and remove `unstable` then";
        mistakes.add_at_part("since", since.span, message);
    }
}

/// `since` ≤ `deprecated` < `removed`, and `since` < `removed`, where plain dotted numbers allow the comparison.
fn check_lifetime(mark: &Mark, mistakes: &mut Mistakes) {
    let since = mark.since.as_ref();
    let deprecated = mark.deprecated.as_ref().and_then(|deprecated| deprecated.since.as_ref());
    let removed = mark.removed.as_ref();
    if let (Some(earlier), Some(later), Some(Ordering::Less)) = (since, deprecated, order(deprecated, since)) {
        let message = format!("deprecated in {} before it appeared in {}", later.value, earlier.value);
        mistakes.add_at_part("deprecated", later.span, message);
    }
    if let (Some(earlier), Some(later), Some(Ordering::Less | Ordering::Equal)) =
        (deprecated, removed, order(removed, deprecated))
    {
        let message = format!("removed in {}, which is not after its deprecation in {}", later.value, earlier.value);
        mistakes.add_at_part("removed", later.span, message);
    } else if let (Some(earlier), Some(later), Some(Ordering::Less | Ordering::Equal)) =
        (since, removed, order(removed, since))
    {
        let message = format!("removed in {}, which is not after its appearance in {}", later.value, earlier.value);
        mistakes.add_at_part("removed", later.span, message);
    }
}

fn order(left: Option<&Spanned<String>>, right: Option<&Spanned<String>>) -> Option<Ordering> {
    compare(&left?.value, &right?.value)
}

/// A mark that stands for an endpoint by itself must say since when. A mark without kind and route may have its version
/// from a framework's attribute or from the marked item around it, an unstable one has none, and an unknown word may be what
/// was meant.
fn check_since_is_there(mark: &Mark, mistakes: &mut Mistakes) {
    if mark.unstable.is_some() || mistakes.part("since").is_some() || mistakes.part("unstable").is_some() {
        return;
    }
    if mistakes.has_unknown() {
        return;
    }
    let (word, own) = match (&mark.route, &mark.kind) {
        (Some(route), _) => ("route", route.path.span),
        (None, Some(kind)) if kind.value != Kind::Http => (word_of(kind.value), kind.span),
        (None, _) => match &mark.edition {
            Some(edition) => ("edition", edition.span),
            None => return,
        },
    };
    let span = mistakes.first_part().map_or(own, |(_, first)| first);
    mistakes.add_no_since(word, span, "`since` is missing: write the version in which this appeared, or \"next\"");
}

pub(crate) fn word_of(kind: Kind) -> &'static str {
    match kind {
        Kind::Item => "item",
        Kind::Http => "http",
        Kind::Message => "message",
        Kind::Config => "config",
    }
}
