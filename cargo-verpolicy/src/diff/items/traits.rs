//! Traits: what those notice that use them, and those that implement them.

use super::super::ChangeKind as K;
use super::{Findings, functions, generics, values};
use crate::model::{Form, MemberForm, TraitForm};

/// Compares two traits. Nobody else implements a sealed one.
pub(super) fn compare(findings: &mut Findings<'_>, old: &TraitForm, new: &TraitForm) {
    let TraitForm { generics, supertraits, is_unsafe, is_auto, sealed, members, must_use, not_dyn } = old;
    generics::compare(findings, generics, &new.generics, true);
    let sealed_trait = *sealed;
    let taken = findings.paths.iter().any(|path| findings.implied.is_taken(path));
    let sealed = &(*sealed || taken);
    let (was, is) = findings.implied.both(supertraits, &new.supertraits);
    for gone in supertraits.difference(&is).filter(|s| !s.contains("~::")) {
        findings.say(K::ItemSupertraitRemoved, "", gone.as_str(), "");
    }
    for fresh in new.supertraits.difference(&was).filter(|s| !sealed && !s.contains("~::")) {
        findings.say(K::ItemSupertraitAdded, "", "", fresh.as_str());
    }
    functions::flag(findings, (sealed_trait, new.sealed), K::ItemTraitSealed, K::ItemTraitUnsealed);
    if (is_unsafe, is_auto) != (&new.is_unsafe, &new.is_auto) && !sealed {
        let shown = |form: &TraitForm| format!("{}trait", if form.is_unsafe { "unsafe " } else { "" });
        findings.say(K::ItemSignatureChanged, "", shown(old), shown(new));
    }
    functions::flag(findings, (*must_use, new.must_use), K::ItemMustUseAdded, K::ItemMustUseRemoved);
    if let (None, Some(why)) = (not_dyn, &new.not_dyn) {
        findings.say(K::ItemDynRemoved, "", "", why.as_str());
    }
    for (name, was) in members.iter().filter(|(_, m)| !m.hidden) {
        match new.members.get(name) {
            Some(is) if !is.hidden => member(findings, name, was, is, *sealed),
            // What seals the trait hands out nothing that others could name.
            Some(_) if sealed_trait && new.sealed && is_of_unnameable(&was.form) => {}
            _ => findings.say(K::ItemMemberRemoved, name, name.as_str(), ""),
        }
    }
    for (name, is) in &new.members {
        if members.contains_key(name) {
            continue;
        }
        match (is.provided || *sealed, is.hidden) {
            // That it is sealed now was said.
            (false, true) => {}
            (false, false) => findings.say(K::ItemRequiredMemberAdded, name, "", name.as_str()),
            (true, true) => {}
            (true, false) => findings.say(K::ItemMemberAdded, name, "", name.as_str()),
        }
    }
}

/// Does the function take or return a type that nobody can name?
fn is_of_unnameable(form: &Form) -> bool {
    let Form::Function(function) = form else { return false };
    function.params.iter().chain([&function.ret]).any(|ty| ty.starts_with("~::"))
}

fn member(findings: &mut Findings<'_>, name: &str, old: &MemberForm, new: &MemberForm, sealed: bool) {
    let MemberForm { item, form, provided, hidden: _, deprecated, condition } = old;
    if !deprecated && new.deprecated {
        findings.say(K::ItemPartDeprecated, name, "", "");
    }
    if *item != new.item {
        return findings.say(K::ItemKindChanged, name, item.as_str(), new.item.as_str());
    }
    match (provided, new.provided) {
        (true, false) if !sealed => findings.say(K::ItemDefaultRemoved, name, name, ""),
        (false, true) => findings.say(K::ItemDefaultAdded, name, "", name),
        _ => {}
    }
    if *condition != new.condition {
        findings.condition(name, (condition, &new.condition), new.provided || sealed);
    }
    findings.prefix = match item.as_str() {
        "type" => format!("type {name} · "),
        _ => format!("{name} · "),
    };
    findings.implemented = !sealed;
    match (form, &new.form) {
        (Form::Function(a), Form::Function(b)) if a != b => functions::compare(findings, a, b, (name, name)),
        (Form::Value(a), Form::Value(b)) if a != b => values(findings, a, b),
        _ => {}
    }
    findings.prefix.clear();
    findings.implemented = false;
}
