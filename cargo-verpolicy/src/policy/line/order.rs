//! The order to publish in: what others depend on, ship or speak to comes first; names break ties.

use super::{Line, Member, Role};
use std::collections::BTreeSet;

/// Indices of the members. Members that depend on each other in a circle come last, by name.
pub(super) fn to_publish(line: &Line<'_>) -> Vec<usize> {
    let mut by_name: Vec<(usize, &Member<'_>)> = line.members.iter().enumerate().collect();
    by_name.sort_by_key(|(_, member)| member.name);
    let mut done: BTreeSet<&str> = BTreeSet::new();
    let mut out = Vec::new();
    while out.len() < by_name.len() {
        let open = |name: &str| line.members.iter().any(|m| m.name == name) && !done.contains(name);
        let free = |member: &Member<'_>| before(line, member).iter().all(|name| *name == member.name || !open(name));
        let left = || by_name.iter().filter(|(_, member)| !done.contains(member.name));
        let Some((index, member)) = left().find(|(_, member)| free(member)).or_else(|| left().next()) else { break };
        out.push(*index);
        done.insert(member.name);
    }
    out
}

/// The members that come before this one.
fn before<'a>(line: &Line<'a>, member: &Member<'a>) -> Vec<&'a str> {
    let depends = member.depends.iter().map(|d| d.package);
    let spoken = member.client_of.iter().map(|c| c.package);
    let mut out: Vec<&str> = depends.chain(member.bundles.iter().copied()).chain(spoken).collect();
    if member.role == Role::Implementation {
        out.extend(line.members.iter().filter(|m| m.role == Role::Api).map(|m| m.name));
    }
    out
}
