//! Derive macros: which traits they implement, and those of which that is not known.

use super::{Crates, ModuleId, foreign, table};
use crate::model::Condition;
use crate::package::TargetKind;
use crate::syntax::facts::{Attr, AttrArgs, Name};

/// The traits that a derive macro implements, by its canonical path; `None` where that is not known.
pub(crate) fn implemented(path: &str) -> Option<Vec<String>> {
    let row = KNOWN.iter().find(|(known, _)| *known == path);
    row.map(|(_, traits)| traits.iter().map(|of| (*of).to_owned()).collect()).or_else(|| {
        let (krate, _) = path.split_once("::")?;
        OWN_TRAITS.contains(&krate).then(|| vec![path.to_owned()])
    })
}

/// Crates whose derive macros implement the trait of their own name, and others of theirs: none of another crate.
const OWN_TRAITS: &[&str] = &[
    "borsh",
    "bytemuck",
    "clap",
    "clap_derive",
    "defmt",
    "diesel",
    "garde",
    "poem_openapi",
    "salvo",
    "salvo_oapi",
    "schemars",
    "serde",
    "sqlx",
    "utoipa",
    "validator",
    "zerocopy",
];

const KNOWN: &[(&str, &[&str])] = &[
    ("Clone", &["std::clone::Clone"]),
    ("Copy", &["std::marker::Copy"]),
    ("Debug", &["std::fmt::Debug"]),
    ("Default", &["std::default::Default"]),
    ("Eq", &["std::cmp::Eq"]),
    ("Hash", &["std::hash::Hash"]),
    ("Ord", &["std::cmp::Ord"]),
    ("PartialEq", &["std::cmp::PartialEq"]),
    ("PartialOrd", &["std::cmp::PartialOrd"]),
    ("derive_more::Debug", &["std::fmt::Debug"]),
    ("derive_more::Deref", &["std::ops::Deref"]),
    ("derive_more::DerefMut", &["std::ops::DerefMut"]),
    ("derive_more::Display", &["std::fmt::Display"]),
    ("derive_more::Error", &["std::error::Error"]),
    ("derive_more::FromStr", &["std::str::FromStr"]),
    ("num_enum::IntoPrimitive", &["num_enum::IntoPrimitive"]),
    ("prost::Message", &["prost::Message", "std::default::Default", "std::fmt::Debug"]),
    ("strum::AsRefStr", &["std::convert::AsRef<str>"]),
    ("strum::Display", &["std::fmt::Display"]),
    ("strum::EnumCount", &["strum::EnumCount"]),
    ("strum::EnumIter", &["strum::IntoEnumIterator"]),
    ("strum::EnumString", &["std::str::FromStr", "std::convert::TryFrom<&str>"]),
    ("strum::VariantNames", &["strum::VariantNames"]),
    ("thiserror::Error", &["std::error::Error", "std::fmt::Display"]),
    ("zeroize::Zeroize", &["zeroize::Zeroize"]),
    ("zeroize::ZeroizeOnDrop", &["zeroize::ZeroizeOnDrop", "std::ops::Drop"]),
];

impl Crates {
    /// The derive and attribute macros on an item of which it is not known what they implement, with the module they
    /// are read in: canonical paths.
    pub(crate) fn unread_macros(&self, module: ModuleId, attrs: &[Attr]) -> Vec<String> {
        let mut out: Vec<String> = self.unknown_attributes(module, attrs).map(|(_, path)| path).collect();
        let derives = attrs.iter().filter(|a| matches!(a.path.as_slice(), [one] if one == "derive"));
        for attr in derives.filter(|attr| self.given(module, &attr.condition) != Condition::Never) {
            let AttrArgs::List(tokens) = &attr.args else { continue };
            for path in tokens.parts().iter().filter_map(|part| part.path()) {
                let segments: Vec<Name> = path.segments.iter().map(|s| s.name.clone()).collect();
                let path = self.macro_path(module, &segments);
                if implemented(&path).is_none() && !self.said_macros.contains(&path) {
                    out.push(path);
                }
            }
        }
        out
    }

    /// What tells one state of a macro's code from another: of a crate of this side a hash of all of it, of another
    /// the version that is locked or asked for; empty where neither is known.
    pub(crate) fn macro_version(&self, module: ModuleId, path: &str) -> String {
        let head = path.split("::").next().unwrap_or_default();
        let own = self.krates.iter().find(|krate| krate.kind == TargetKind::ProcMacro && krate.name == head);
        if let Some(krate) = own {
            return format!("#{:016x}", self.code_of(krate));
        }
        self.foreign_version(module, path).unwrap_or_else(|| self.asked_by_any(head))
    }

    /// A hash of all items of a package.
    fn code_of(&self, krate: &table::Krate) -> u64 {
        let items = self.modules_of(krate.package).into_iter().flat_map(|module| self.items_of(module));
        items.fold(0, |all, (item, _)| all.rotate_left(5) ^ item.hash().wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }

    /// The requirement of a crate that another package of this side names, or what is locked of it.
    fn asked_by_any(&self, head: &str) -> String {
        let is = |package: &str| foreign::library_name(&package.replace('-', "_")) == head;
        let locked = self.locked.iter().find(|(package, _)| is(package)).map(|(_, versions)| versions);
        if let Some(versions) = locked {
            return versions.iter().cloned().collect::<Vec<_>>().join(", ");
        }
        let mut all = self.packages.iter().flat_map(|unit| unit.package.dependencies.values());
        all.find(|d| is(&d.package)).and_then(|d| d.requirement.clone()).unwrap_or_default()
    }
}
