//! Which member of one side is which of the other: by wire name, by alias, then by the Rust name where that is
//! certain. Similar names or types prove nothing.

use super::shapes::Found;
use super::word::Word;
use std::collections::BTreeMap;

/// What is matched.
pub(super) struct Named<'a> {
    /// Wire name.
    pub wire: &'a str,
    /// Others that are read.
    pub aliases: &'a [String],
    /// Rust name.
    pub rust: &'a str,
    /// The type that owns it.
    pub owner: &'a str,
}

/// Members that belong together, and those that are alone, by index.
#[derive(Debug, Default)]
pub(super) struct Matched {
    /// In order of the old side.
    pub pairs: Vec<(usize, usize)>,
    pub removed: Vec<usize>,
    pub added: Vec<usize>,
}

/// Matches the members of two definitions.
pub(super) fn pair_up(old: &[Named<'_>], new: &[Named<'_>]) -> Matched {
    let mut open = Open { old: vec![None; old.len()], new: vec![false; new.len()] };
    open.by(old, new, |n| vec![n.wire], |n| vec![n.wire]);
    open.by(old, new, |n| vec![n.wire], |n| n.aliases.iter().map(String::as_str).collect());
    open.by(old, new, |n| n.aliases.iter().map(String::as_str).collect(), |n| vec![n.wire]);
    open.by_rust(old, new, |n| (n.owner, n.rust));
    open.by_rust(old, new, |n| ("", n.rust));
    open.finish()
}

struct Open {
    old: Vec<Option<usize>>,
    new: Vec<bool>,
}

impl Open {
    /// Pairs those that are still alone by any common name; of several the first that is free.
    fn by<'a>(
        &mut self,
        old: &'a [Named<'a>],
        new: &'a [Named<'a>],
        of_old: fn(&'a Named<'a>) -> Vec<&'a str>,
        of_new: fn(&'a Named<'a>) -> Vec<&'a str>,
    ) {
        let mut names: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (i, member) in new.iter().enumerate().filter(|(i, _)| self.new.get(*i) == Some(&false)) {
            for name in of_new(member) {
                names.entry(name).or_default().push(i);
            }
        }
        for (i, member) in old.iter().enumerate() {
            if self.old.get(i) != Some(&None) {
                continue;
            }
            // One name may stand twice, under conditions that exclude each other: in order, then.
            let free = |j: &&usize| self.new.get(**j) == Some(&false);
            let found = of_old(member).iter().filter_map(|name| names.get(name)).flatten().find(free).copied();
            if let Some(j) = found {
                self.join(i, j);
            }
        }
    }

    /// Pairs those that are still alone by Rust name, where it is the only one of that name on either side.
    fn by_rust<'a>(&mut self, old: &'a [Named<'a>], new: &'a [Named<'a>], key: fn(&Named<'a>) -> (&'a str, &'a str)) {
        type Sides = (Vec<usize>, Vec<usize>);
        let mut count: BTreeMap<(&str, &str), Sides> = BTreeMap::new();
        for (i, member) in old.iter().enumerate().filter(|(i, _)| self.old.get(*i) == Some(&None)) {
            count.entry(key(member)).or_default().0.push(i);
        }
        for (j, member) in new.iter().enumerate().filter(|(j, _)| self.new.get(*j) == Some(&false)) {
            count.entry(key(member)).or_default().1.push(j);
        }
        for (olds, news) in count.values() {
            if let ([i], [j]) = (olds.as_slice(), news.as_slice()) {
                self.join(*i, *j);
            }
        }
    }

    fn join(&mut self, i: usize, j: usize) {
        if let (Some(a), Some(b)) = (self.old.get_mut(i), self.new.get_mut(j)) {
            *a = Some(j);
            *b = true;
        }
    }

    fn finish(self) -> Matched {
        let mut matched = Matched::default();
        for (i, partner) in self.old.iter().enumerate() {
            match partner {
                Some(j) => matched.pairs.push((i, *j)),
                None => matched.removed.push(i),
            }
        }
        matched.added = self.new.iter().enumerate().filter(|(_, taken)| !**taken).map(|(j, _)| j).collect();
        matched
    }
}

/// The words for what happens to names: of a field, or of a variant.
#[derive(Clone, Copy)]
pub(super) struct Renaming {
    pub renamed: Word,
    pub alias_added: Word,
    pub alias_removed: Word,
}

/// What happened to the names of one member; `below` is its path under the new name.
pub(super) fn compare(old: &Named<'_>, new: &Named<'_>, reads: bool, words: Renaming, below: &str) -> Vec<Found> {
    let mut out = Vec::new();
    let differs = old.wire != new.wire;
    if !reads {
        if differs {
            out.push(Found::new(words.renamed).below(below).values(old.wire, new.wire));
        }
        return out;
    }
    let read = |side: &Named<'_>, name: &str| side.wire == name || side.aliases.iter().any(|a| a == name);
    if differs && !read(new, old.wire) {
        out.push(Found::new(words.renamed).below(below).values(old.wire, new.wire));
    }
    for alias in old.aliases.iter().filter(|a| !read(new, a)) {
        out.push(Found::new(words.alias_removed).below(below).was(alias.as_str()));
    }
    let renamed = differs && !read(new, old.wire);
    let fresh = std::iter::once(new.wire).chain(new.aliases.iter().map(String::as_str));
    for name in fresh.filter(|name| !read(old, name) && (!renamed || *name != new.wire)) {
        out.push(Found::new(words.alias_added).below(below).values(old.wire, name));
    }
    out
}

/// Does one conversion of case (`rename_all`) explain the two names?
pub(super) fn only_case(old: &str, new: &str) -> bool {
    let letters =
        |name: &str| -> String { name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect() };
    old != new && letters(old) == letters(new)
}
