//! Lifetimes in types of other packages that one side leaves out: `Iter<u8>` is `Iter<'_, u8>`.

use super::lifetimes::erased;
use crate::model::Function;
use std::collections::BTreeSet;

/// Both functions without the lifetimes of types of other packages, where those are all that one of them writes more than
/// the other, and each is the one that is meant where nothing is written.
pub(super) fn left_out(old: &Function, new: &Function, krate: &str) -> Option<(Function, Function)> {
    let (was, is) = (plain(old, krate), plain(new, krate));
    let texts = |f: &Function| -> Vec<String> {
        f.receiver.iter().chain(&f.params).chain([&f.ret]).map(|text| erased(text)).collect()
    };
    let differ = texts(old) != texts(new) && texts(&was) == texts(&is);
    (differ && is_meant(old, &was) && is_meant(new, &is)).then_some((was, is))
}

fn plain(function: &Function, krate: &str) -> Function {
    let mut out = function.clone();
    for text in out.receiver.iter_mut().chain(&mut out.params).chain([&mut out.ret]) {
        *text = without(text, krate);
    }
    out
}

/// Is every lifetime that was taken out of the returned type that of the borrow it comes from, and every one out of a
/// parameter its own?
fn is_meant(full: &Function, plain: &Function) -> bool {
    let inputs: Vec<&str> = full.receiver.iter().chain(&full.params).flat_map(|text| lifetimes(text)).collect();
    let all: BTreeSet<&str> = inputs.iter().copied().collect();
    let of_self = full.receiver.as_deref().and_then(|text| lifetimes(text).into_iter().next());
    let source = match (of_self, all.len()) {
        (Some(of_self), _) => Some(of_self),
        (None, 1) => inputs.first().copied(),
        _ => None,
    };
    let returned = lifetimes(&full.ret);
    let of_source = full.ret == plain.ret || returned.iter().all(|name| Some(*name) == source);
    let pairs = full.params.iter().zip(&plain.params).filter(|(full, plain)| full != plain);
    let own = |name: &&str| inputs.iter().filter(|other| *other == name).count() == 1 && !returned.contains(name);
    of_source && pairs.flat_map(|(full, _)| lifetimes(full)).all(|name| own(&name))
}

/// The lifetimes of a text, in order.
fn lifetimes(text: &str) -> Vec<&str> {
    let of = |(at, _)| {
        let rest: &str = text.get(at..).unwrap_or_default();
        let end = rest.char_indices().skip(1).find(|(_, c)| !c.is_alphanumeric() && *c != '_');
        end.map_or(rest, |(end, _)| rest.get(..end).unwrap_or_default())
    };
    text.match_indices('\'').map(of).collect()
}

/// The text without the lifetimes among the arguments of paths into other packages.
fn without(text: &str, krate: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("<'") {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let start = out.rfind(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | ':' | '~'))).map_or(0, |at| at + 1);
        let root = out.get(start..).and_then(|path| path.split_once("::")).map(|(root, _)| root);
        if root.is_none_or(|root| root == krate || root == "~") {
            out.push('<');
            rest = from.get(1..).unwrap_or_default();
            continue;
        }
        let mut behind = from.get(1..).unwrap_or_default();
        while behind.starts_with('\'') {
            let end = behind.find([',', '>']).unwrap_or(behind.len());
            behind = behind.get(end..).unwrap_or_default();
            behind = behind.strip_prefix(", ").unwrap_or(behind);
        }
        match behind.strip_prefix('>') {
            Some(after) => rest = after,
            None => {
                out.push('<');
                rest = behind;
            }
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_be_left_out() {
        for (text, expected) in [
            ("std::slice::Iter<'0, u8>", "std::slice::Iter<u8>"),
            ("std::option::Option<ext::Guard<'0, '1>>", "std::option::Option<ext::Guard>"),
            ("own::Iter<'0, u8>", "own::Iter<'0, u8>"),
            ("own::Iter<'0, std::slice::Iter<'0, u8>>", "own::Iter<'0, std::slice::Iter<u8>>"),
            ("&'0 str", "&'0 str"),
        ] {
            assert_eq!(without(text, "own"), expected);
        }
        let of = |receiver: &str, ret: &str| Function {
            receiver: Some(receiver.to_owned()),
            ret: ret.to_owned(),
            ..Function::default()
        };
        let (hidden, shown) = (of("&'0 own::A", "ext::B<u8>"), of("&'0 own::A", "ext::B<'0, u8>"));
        assert!(left_out(&hidden, &shown, "own").is_some() && left_out(&shown, &hidden, "own").is_some());
        assert_eq!(left_out(&hidden, &of("&'0 own::A", "ext::B<'static, u8>"), "own"), None);
        assert_eq!(left_out(&of("&'0 own::A<'1>", "ext::B<u8>"), &of("&'0 own::A<'1>", "ext::B<'1, u8>"), "own"), None);
    }
}
