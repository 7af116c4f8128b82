//! Two signatures of a Rust item: what code that uses it notices.

mod accepts;
mod arms;
mod bindings;
pub(super) mod covers;
mod defaults;
mod doubt;
mod elided;
mod functions;
mod generics;
pub(super) mod implied;
mod inferred;
mod lengths;
pub(super) mod lifetimes;
mod manifest;
mod members;
pub(super) mod moved;
mod numbers;
pub(super) mod patterns;
mod split;
mod traits;
mod types;
pub(super) mod unread;

use super::ChangeKind as K;
use super::http::{Occurrence, endpoint};
use crate::model::{Condition, Form, ImplForm, MacroForm, Signature, ValueForm};
use implied::Implied;
use std::collections::BTreeSet;

/// What is found, on its way.
struct Findings<'i> {
    out: Vec<Occurrence>,
    /// What one bound says besides.
    implied: &'i Implied,
    /// Before every place: `::next · ` for a member of a trait.
    prefix: String,
    /// Others implement what is compared: a relaxation breaks them.
    implemented: bool,
    /// One side is among the tokens of a macro that is not read.
    guessed: bool,
    /// The type that a method is of.
    owner: Option<String>,
    /// The crate whose item it is.
    krate: String,
    /// The item's public paths.
    paths: BTreeSet<String>,
}

impl Findings<'_> {
    fn say(&mut self, kind: K, at: &str, was: impl Into<String>, is: impl Into<String>) {
        let at = format!("{}{at}", self.prefix);
        let at = at.trim_end_matches(" · ").to_owned();
        let relaxed = !kind.hurts() && kind != K::ItemMustUseAdded && self.implemented;
        let kind = if relaxed { K::ItemSignatureChanged } else { kind };
        let found = endpoint().values(was, is);
        self.out.push(Occurrence { kind, at, found, message: false, condition: Condition::Always });
    }

    /// Says that a part is there under another condition; `may_grow`: that it is there in more builds hurts nobody.
    fn condition(&mut self, at: &str, (was, is): (&str, &str), may_grow: bool) {
        let kind = if may_grow { K::EndpointConditionRelaxed } else { K::EndpointConditionChanged };
        let at = format!("{}{at}", self.prefix);
        let found = endpoint().values(was, is);
        self.out.push(Occurrence { kind, at, found, message: false, condition: Condition::Always });
    }

    /// Says that a type is another one; where only lengths differ and one is not known, that.
    fn of_type(&mut self, kind: K, at: &str, was: &str, is: &str) {
        if can_be_named_now(was, is, &self.krate) {
            return;
        }
        let kind = match () {
            () if lengths::in_doubt(was, is) => K::ItemLengthUnknown,
            () if doubt::not_known(was, is, &self.krate) => K::ItemTypeUnknown,
            () => kind,
        };
        self.say(kind, at, was, is);
    }
}

/// Do two types differ in nothing but that a type of the crate, which nobody outside could name, has a public path now?
fn can_be_named_now(was: &str, is: &str, krate: &str) -> bool {
    if krate.is_empty() || !was.contains("~::") {
        return false;
    }
    let words = |text: &'_ str| -> Vec<String> {
        let mut out = vec![String::new()];
        let mut in_path = true;
        for c in text.chars() {
            let part = c.is_alphanumeric() || matches!(c, '_' | ':' | '~');
            if part != in_path {
                out.push(String::new());
                in_path = part;
            }
            out.last_mut().into_iter().for_each(|word| word.push(c));
        }
        out
    };
    let last = |path: &str| path.rsplit("::").next().unwrap_or_default().to_owned();
    let own = |path: &str| path.split("::").next() == Some(krate);
    let (a, b) = (words(was), words(is));
    a.len() == b.len() && a.iter().zip(&b).all(|(a, b)| a == b || a.starts_with("~::") && own(b) && last(a) == last(b))
}

/// Compares two signatures of one item; texts of the old side speak of paths of the new one.
pub(super) fn compare(old: &Signature, new: &Signature, implied: &Implied) -> Vec<Occurrence> {
    let Signature { item, text, form, paths, owner } = old;
    let owner_of = new.owner.clone();
    let names = owner_of.iter().chain(&new.paths);
    let krate = names.map(|path| path.split("::").next().unwrap_or_default()).find(|krate| !krate.contains(' '));
    let krate = krate.filter(|krate| *krate != "~").unwrap_or(implied.krate()).to_owned();
    let known = old.paths.clone();
    let mut findings = Findings {
        out: Vec::new(),
        implied,
        prefix: String::new(),
        implemented: false,
        guessed: false,
        owner: owner_of,
        krate,
        paths: known,
    };
    if owner.is_none() && !paths.is_empty() && !new.paths.is_empty() {
        let stays = new.paths.first().cloned().unwrap_or_default();
        for path in paths.difference(&new.paths) {
            findings.say(K::ItemPathRemoved, "", path.as_str(), stays.as_str());
        }
        for path in new.paths.difference(paths) {
            findings.say(K::ItemPathAdded, "", stays.as_str(), path.as_str());
        }
    }
    if let Some(target) = moved::away(old, new) {
        findings.say(K::ItemMovedAway, "", item.as_str(), target);
        return findings.out;
    }
    // Nobody writes down what a type is that nobody can name.
    let unnamed = matches!((form, &new.form), (Form::Type(_), Form::Type(_))) && paths.is_empty();
    let same = matches!((item.as_str(), new.item.as_str()), ("fn", "macro") | ("macro", "fn"));
    if *item != new.item && !same && !unnamed {
        findings.say(K::ItemKindChanged, "", item.as_str(), new.item.as_str());
        return findings.out;
    }
    let before = findings.out.len();
    match (form, &new.form) {
        (a, b) if a == b && *a != Form::Text => {}
        (Form::Text, Form::Text) if *text == new.text => {}
        (Form::Function(a), Form::Function(b)) => functions::compare(&mut findings, a, b, (text, &new.text)),
        (Form::Type(a), Form::Type(b)) => types::compare(&mut findings, a, b),
        (Form::Trait(a), Form::Trait(b)) => traits::compare(&mut findings, a, b),
        (Form::Impl(a), Form::Impl(b)) => implementations(&mut findings, a, b),
        (Form::Value(a), Form::Value(b)) => values(&mut findings, a, b),
        (Form::Macro(a), Form::Macro(b)) => {
            // Of a derive macro, the attributes that it knows.
            let kind = |arm: &str| match arm.starts_with("#[") {
                true => K::ItemHelperAttributeRemoved,
                false => K::ItemMacroArmRemoved,
            };
            for arm in arms::gone(&a.arms, &b.arms) {
                findings.say(kind(arm), "", arm, "");
            }
            for arm in arms::gone(&b.arms, &a.arms) {
                findings.say(K::ItemMacroArmAdded, "", "", arm);
            }
            written(&mut findings, a, b);
        }
        (Form::Feature(a), Form::Feature(b)) => manifest::feature(&mut findings, a, b),
        (Form::Dependency(a), Form::Dependency(b)) => manifest::dependency(&mut findings, a, b),
        // One side is known by its text alone (an older snapshot): equal texts are equal signatures.
        _ if *text == new.text => {}
        _ => findings.say(K::ItemSignatureChanged, "", text.as_str(), new.text.as_str()),
    }
    let silent = findings.out.len() == before && *form != new.form && *text != new.text;
    // Two forms that differ where no rule looks.
    if silent && !understood(form, &new.form) {
        findings.say(K::ItemSignatureChanged, "", text.as_str(), new.text.as_str());
    }
    findings.out
}

/// Rules look at everything in which these can differ, and found nothing to say.
fn understood(old: &Form, new: &Form) -> bool {
    !matches!((old, new), (Form::Text, _) | (_, Form::Text))
}

/// What macros write into the code of their callers.
fn written(findings: &mut Findings<'_>, old: &MacroForm, new: &MacroForm) {
    let MacroForm { arms: _, writes } = old;
    // What is out of sight is promised to nobody, and still there for those that use it.
    let is_hidden = |key: &String| key.starts_with("hidden ");
    let is_call = |key: &String| key.starts_with("call ");
    // What is not read now may write what is gone.
    let doubtful = new.writes.is_empty() || new.writes.keys().any(|key| is_call(key) && !writes.contains_key(key));
    let is_named =
        |key: &String| !["impl ", "derive ", "call "].iter().any(|word| key.starts_with(word)) && !key.ends_with(" $");
    let mut changed: Vec<&str> = Vec::new();
    for (key, was) in writes.iter().filter(|(key, _)| !is_call(key) && !is_hidden(key)) {
        match new.writes.get(key) {
            None if new.writes.contains_key(&format!("hidden {key}")) => {}
            None if is_named(key) && !doubtful => findings.say(K::ItemMacroOutputRemoved, "", key.as_str(), ""),
            Some(is) if was == is => {}
            _ => changed.push(key),
        }
    }
    if !writes.is_empty() {
        changed.extend(
            new.writes
                .keys()
                .filter(|key| !is_call(key) && !is_hidden(key) && !writes.contains_key(*key))
                .map(String::as_str),
        );
    }
    changed.sort_unstable();
    if !changed.is_empty() {
        findings.say(K::ItemMacroOutputChanged, "", "", changed.join(", "));
    }
}

fn implementations(findings: &mut Findings<'_>, old: &ImplForm, new: &ImplForm) {
    let ImplForm { bounds, types, blanket: _, derived: _ } = old;
    generics::bounds(findings, bounds, &new.bounds);
    for (name, was) in types {
        match new.types.get(name) {
            // What it could do, its public methods and implementations say, and nobody could name it.
            Some(is) if was != is && was.starts_with("~::") && !old.derived => {
                let nameable = can_be_named_now(was, is, &findings.krate);
                if !nameable {
                    findings.say(K::ItemTypeUnknown, &format!("type {name}"), was.as_str(), is.as_str());
                }
            }
            Some(is) if was != is && !old.derived && !new.derived => {
                findings.of_type(K::ItemAssociatedTypeChanged, &format!("type {name}"), was, is);
            }
            _ => {}
        }
    }
}

fn values(findings: &mut Findings<'_>, old: &ValueForm, new: &ValueForm) {
    let ValueForm { ty, generics, mutable, is_unsafe, bounds } = old;
    let shown = |mutable: bool, ty: &str| if mutable { format!("mut {ty}") } else { ty.to_owned() };
    if (ty, mutable) != (&new.ty, &new.mutable) {
        findings.of_type(K::ItemValueTypeChanged, "", &shown(*mutable, ty), &shown(new.mutable, &new.ty));
    }
    functions::flag(findings, (*is_unsafe, new.is_unsafe), K::ItemUnsafeAdded, K::ItemUnsafeRemoved);
    generics::compare(findings, generics, &new.generics, true);
    let (was, is) = findings.implied.both(bounds, &new.bounds);
    for bound in bounds.difference(&is) {
        // A bound of an associated type: users rely on it.
        findings.say(K::ItemSupertraitRemoved, "", bound.as_str(), "");
    }
    for bound in new.bounds.difference(&was) {
        findings.say(K::ItemSupertraitAdded, "", "", bound.as_str());
    }
}
