//! Structs, unions, enums and variants.

use super::super::ChangeKind as K;
use super::{Findings, defaults, functions, generics, inferred};
use crate::model::{FieldForm, Layout, TypeForm};
use std::collections::BTreeSet;

/// Compares two types.
pub(super) fn compare(findings: &mut Findings<'_>, old: &TypeForm, new: &TypeForm) {
    let TypeForm {
        layout: _,
        fields: _,
        variants: _,
        open: _,
        hidden: _,
        deprecated: _,
        condition: _,
        generics,
        repr,
        must_use,
        discriminant: _,
        ordered,
        inferred,
        macros: _,
        guessed_of: _,
    } = old;
    generics::compare(findings, generics, &new.generics, true);
    let written_out = defaults::form(old, new);
    let new = written_out.as_ref().unwrap_or(new);
    openness(findings, "the type", old, new);
    // What a macro that is not read makes of its tokens is known on neither side.
    findings.guessed = old.guessed_of != new.guessed_of;
    fields(findings, "type", old, new);
    variants(findings, old, new);
    findings.guessed = false;
    if *repr != new.repr {
        // What is new besides is a promise more, save what alters the layout.
        let number =
            |r: &str| r.strip_prefix(['i', 'u']).is_some_and(|size| size == "size" || size.parse::<u8>().is_ok());
        let promised = |r: &str| r == "C" || r == "transparent" || number(r) && !old.variants.is_empty();
        let sized = repr.iter().any(|r| number(r) || r == "C");
        let kept = repr.is_subset(&new.repr) && new.repr.difference(repr).all(|r| promised(r) && !(number(r) && sized));
        let kept = kept || as_its_only_field(old, new);
        let shown = |form: &TypeForm| form.repr.iter().cloned().collect::<Vec<_>>().join(", ");
        let kind = if kept { K::ItemReprPromised } else { K::ItemReprChanged };
        findings.say(kind, "", shown(old), shown(new));
    }
    if can_be_cast(old)
        && let Some((name, _)) = new.variants.iter().find(|(_, v)| !is_plain(v))
    {
        let why =
            if new.variants.iter().any(|(_, v)| !v.fields.is_empty()) { "has fields" } else { "is non-exhaustive" };
        findings.say(K::ItemCastRemoved, "", "", format!("variant {name} {why}"));
    }
    functions::flag(findings, (*must_use, new.must_use), K::ItemMustUseAdded, K::ItemMustUseRemoved);
    let orders = |kind: K, findings: &mut Findings| {
        for (was, is) in orders(old, new) {
            findings.say(kind, "", was, is);
        }
    };
    if *ordered && new.ordered {
        orders(K::ItemOrderChanged, findings);
    }
    if repr.contains("C") && new.repr.contains("C") {
        orders(K::ItemFieldOrderChanged, findings);
    }
    let same_generics = generics.params.len() == new.generics.params.len();
    let (declared, _) = findings.implied.both(&generics.bounds, &new.generics.bounds);
    inferred::compare(findings, (inferred, &new.inferred), generics.lifetimes, same_generics, &declared);
}

/// Is a struct that was laid out as C lays it out, around one field that nobody else sees, like that field now? Size,
/// alignment and place are the same.
fn as_its_only_field(old: &TypeForm, new: &TypeForm) -> bool {
    let without = |form: &TypeForm, word: &str| -> BTreeSet<String> {
        form.repr.iter().filter(|repr| *repr != word).cloned().collect()
    };
    let private = |form: &TypeForm| matches!(form.fields.as_slice(), [FieldForm { ty: None, .. }]);
    let is_struct = old.variants.is_empty() && new.variants.is_empty();
    let (was, is) = (old.repr.contains("C"), new.repr.contains("transparent"));
    was && is && is_struct && private(old) && private(new) && without(old, "C") == without(new, "transparent")
}

/// A variant without fields that others can build.
fn is_plain(variant: &TypeForm) -> bool {
    variant.fields.is_empty() && !variant.open
}

/// Does `as` turn the variants into numbers?
fn can_be_cast(form: &TypeForm) -> bool {
    !form.variants.is_empty() && form.variants.iter().all(|(_, v)| is_plain(v))
}

/// Variants and fields that both sides have, where their order differs.
fn orders(old: &TypeForm, new: &TypeForm) -> Vec<(String, String)> {
    let fields = |form: &TypeForm| -> Vec<String> { form.fields.iter().map(|f| f.name.clone()).collect() };
    let variants = |form: &TypeForm| -> Vec<String> { form.variants.iter().map(|(name, _)| name.clone()).collect() };
    let mut pairs = vec![(fields(old), fields(new)), (variants(old), variants(new))];
    for (name, was) in &old.variants {
        pairs.extend(new.variants.iter().filter(|(n, _)| n == name).map(|(_, is)| (fields(was), fields(is))));
    }
    let differ = |(was, is): (Vec<String>, Vec<String>)| {
        let common = |list: &[String], other: &[String]| -> Vec<String> {
            list.iter().filter(|name| other.contains(name)).cloned().collect()
        };
        let (was, is) = (common(&was, &is), common(&is, &was));
        (was != is).then(|| (was.join(", "), is.join(", ")))
    };
    pairs.into_iter().filter_map(differ).collect()
}

fn openness(findings: &mut Findings<'_>, at: &str, old: &TypeForm, new: &TypeForm) {
    // A struct that others could not build anyway loses only exhaustive patterns, which need all fields visible.
    // Nor could all of it be matched where a variant was hidden.
    let closed = old.variants.is_empty() && old.fields.iter().any(|f| f.ty.is_none())
        || old.variants.iter().any(|(_, variant)| variant.hidden);
    match (old.open, new.open) {
        (false, true) if !closed => findings.say(K::ItemNonExhaustiveAdded, at, "", ""),
        (true, false) => findings.say(K::ItemNonExhaustiveRemoved, at, "", ""),
        _ => {}
    }
}

fn visible(field: &FieldForm) -> bool {
    field.ty.is_some() && !field.hidden
}

/// Compares fields; `at` says whose they are.
fn fields(findings: &mut Findings<'_>, at: &str, old: &TypeForm, new: &TypeForm) {
    let any_public = old.fields.iter().any(visible);
    // `struct A(_)` and `struct A { _ }` look the same from outside: nobody builds them, and `A { .. }` fits all.
    let opaque = !any_public && old.fields.iter().any(|f| f.ty.is_none());
    if old.layout != new.layout && !opaque {
        // `A {}` builds every struct without fields, `A` and `A()` do not.
        let seen = any_public || new.fields.iter().any(visible) || old.layout != Layout::Named;
        if seen && !old.open {
            layout(findings, at, old.layout.word(), new.layout.word());
            return;
        }
        if any_public && old.layout == Layout::Tuple {
            layout(findings, at, old.layout.word(), new.layout.word());
            return;
        }
    }
    let buildable = !old.open && old.fields.iter().all(|f| f.ty.is_some());
    if old.layout == Layout::Tuple && buildable && old.fields.len() != new.fields.len() && !old.fields.is_empty() {
        layout(findings, at, count(old), count(new));
        return;
    }
    for field in &old.fields {
        let Some(was) = field.ty.as_deref().filter(|_| !field.hidden) else { continue };
        let place = format!("field {}", field.name);
        match new.fields.iter().find(|f| f.name == field.name) {
            None => findings.say(K::ItemFieldRemoved, at, field.name.as_str(), ""),
            Some(FieldForm { ty: None, .. } | FieldForm { hidden: true, .. }) => {
                findings.say(K::ItemFieldPrivate, at, field.name.as_str(), "");
            }
            Some(FieldForm { ty: Some(is), condition, deprecated, .. }) => {
                if was != is {
                    findings.of_type(K::ItemFieldTypeChanged, &place, was, is);
                }
                if !field.deprecated && *deprecated {
                    findings.say(K::ItemPartDeprecated, &place, "", "");
                }
                if field.condition != *condition {
                    findings.condition(&place, (&field.condition, condition), !buildable);
                }
            }
        }
    }
    for field in &new.fields {
        if let Some(was) = old.fields.iter().find(|f| f.name == field.name) {
            if !visible(was) && visible(field) && old.layout == new.layout {
                findings.say(K::ItemFieldPublished, at, "", field.name.as_str());
            }
            continue;
        }
        match (buildable, visible(field)) {
            (true, _) if old.guessed_of.is_some() => {
                let maker = old.guessed_of.clone().unwrap_or_default();
                findings.say(K::ItemOpennessUnknown, "field", maker, field.name.as_str());
            }
            (true, _) => findings.say(K::ItemFieldAdded, at, "", field.name.as_str()),
            (false, true) => findings.say(K::ItemOpenFieldAdded, at, "", field.name.as_str()),
            (false, false) => {}
        }
    }
}

fn layout(findings: &mut Findings<'_>, at: &str, was: impl Into<String>, is: impl Into<String>) {
    let kind = if findings.guessed { K::ItemTypeUnknown } else { K::ItemLayoutChanged };
    findings.say(kind, at, was, is);
}

fn count(form: &TypeForm) -> String {
    format!("{} of {}", form.layout.word(), form.fields.len())
}

fn variants(findings: &mut Findings<'_>, old: &TypeForm, new: &TypeForm) {
    let find = |form: &'_ TypeForm, name: &str| form.variants.iter().position(|(n, _)| n == name);
    for (name, was) in old.variants.iter().filter(|(_, v)| !v.hidden) {
        match find(new, name).and_then(|i| new.variants.get(i)) {
            None => findings.say(K::ItemVariantRemoved, "", name.as_str(), ""),
            Some((_, is)) if is.hidden => findings.say(K::ItemVariantRemoved, "", name.as_str(), ""),
            Some((_, is)) => {
                if was.condition != is.condition {
                    findings.condition(&format!("variant {name}"), (&was.condition, &is.condition), old.open);
                }
                variant(findings, name, was, is);
            }
        }
    }
    // Nobody could match all of it where a variant was hidden.
    let open = old.open || old.variants.iter().any(|(_, variant)| variant.hidden);
    for (name, _) in new.variants.iter().filter(|(n, v)| !v.hidden && find(old, n).is_none()) {
        match &old.guessed_of {
            _ if open => findings.say(K::ItemOpenVariantAdded, "", "", name.as_str()),
            Some(maker) => findings.say(K::ItemOpennessUnknown, "variant", maker.as_str(), name.as_str()),
            None => findings.say(K::ItemVariantAdded, "", "", name.as_str()),
        }
    }
    // A hidden variant in an exhaustive enum still ends exhaustive matches.
    for (name, _) in new.variants.iter().filter(|(n, v)| v.hidden && find(old, n).is_none() && !open) {
        findings.say(K::ItemVariantAdded, "", "", name.as_str());
    }
    let numbers = |form: &TypeForm| form.variants.iter().all(|(_, v)| v.fields.is_empty());
    if !numbers(old) || !numbers(new) {
        return;
    }
    for (name, was, is) in numbered(old, new) {
        let known = [&was, &is].into_iter().all(|number| number.parse::<i128>().is_ok());
        let kind = if known { K::ItemDiscriminantChanged } else { K::ItemDiscriminantUnknown };
        findings.say(kind, &format!("variant {name}"), was, is);
    }
}

/// Variants whose number is known on both sides and differs.
fn numbered(old: &TypeForm, new: &TypeForm) -> Vec<(String, String, String)> {
    let numbers = |form: &TypeForm| -> Vec<(String, Option<String>)> {
        let mut next: Option<i128> = Some(0);
        let mut out = Vec::new();
        for (name, variant) in &form.variants {
            if let Some(text) = &variant.discriminant {
                next = text.replace([' ', '_'], "").parse().ok();
            }
            let text = next.map(|n| n.to_string()).or_else(|| variant.discriminant.clone());
            out.push((name.clone(), text));
            next = next.and_then(|n| n.checked_add(1));
        }
        out
    };
    let explicit =
        |form: &TypeForm| form.variants.iter().any(|(_, v)| v.discriminant.is_some()) || !form.repr.is_empty();
    // Without a number or a `repr`, an enum promises numbers where others can write down all of it, and cast it.
    if !explicit(old) && (old.open || !can_be_cast(old) || old.variants.iter().any(|(_, v)| v.hidden)) {
        return Vec::new();
    }
    // What is said of a variant that is new, or gone, says that the others count on.
    let same = |(name, _): &(String, TypeForm)| new.variants.iter().any(|(other, _)| other == name);
    let same_names = old.variants.len() == new.variants.len() && old.variants.iter().all(same);
    if !explicit(old) && !same_names {
        return Vec::new();
    }
    let is = numbers(new);
    let mut out = Vec::new();
    for (name, was) in numbers(old) {
        let found = is.iter().find(|(n, _)| *n == name).and_then(|(_, text)| text.clone());
        if let (Some(was), Some(is)) = (was, found)
            && was != is
        {
            out.push((name, was, is));
        }
    }
    out
}

fn variant(findings: &mut Findings<'_>, name: &str, old: &TypeForm, new: &TypeForm) {
    let at = format!("variant {name}");
    openness(findings, &at, old, new);
    if !old.deprecated && new.deprecated {
        findings.say(K::ItemPartDeprecated, &at, "", "");
    }
    let before = std::mem::take(&mut findings.prefix);
    findings.prefix = format!("{before}{at} · ");
    fields(findings, "", old, new);
    findings.prefix = before;
}
