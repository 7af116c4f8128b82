//! Marks: which attribute is one, what it says, what it covers.

use super::crates::{Crates, ModuleId};
use super::{ItemMark, MarkError, StatedSince, Unresolved};
use crate::model::{Condition, Lifetime, Place, Stability, Step};
use crate::syntax::facts::{Attr, AttrArgs, Item, ItemKind, Name, Pos, RawTokens};
use crate::syntax::{Kind, MarkFact};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The canonical path of the attribute.
const ATTRIBUTE: &str = "versioning_macros::api";

/// One mark and where it stands.
#[derive(Clone, Debug)]
pub(super) struct PlacedMark {
    pub(super) mark: MarkFact,
    pub(super) place: Place,
}

impl PlacedMark {
    pub(super) fn kind(&self) -> Option<Kind> {
        self.mark.kind.as_ref().map(|kind| kind.value).or(self.mark.route.as_ref().map(|_| Kind::Http))
    }

    pub(super) fn section(&self) -> Option<&str> {
        self.mark.section.as_ref().map(|section| section.value.as_str())
    }

    pub(super) fn edition(&self) -> Option<&str> {
        self.mark.edition.as_ref().map(|edition| edition.value.as_str())
    }

    /// Says when the endpoint appeared and goes; steps that the mark does not name are left as they are.
    pub(super) fn apply_lifetime(&self, lifetime: &mut Lifetime) {
        let step = |version: &str| Step { version: version.to_owned(), note: None, replaced_by: None };
        if let Some(since) = &self.mark.since {
            lifetime.since = Some(step(&since.value));
        }
        if let Some(deprecated) = &self.mark.deprecated {
            lifetime.deprecated = Some(Step {
                version: deprecated.since.as_ref().map(|s| s.value.clone()).unwrap_or_default(),
                note: deprecated.note.as_ref().map(|s| s.value.clone()),
                replaced_by: deprecated.replaced_by.as_ref().map(|s| s.value.clone()),
            });
        }
        if let Some(removed) = &self.mark.removed {
            lifetime.removed = Some(step(&removed.value));
        }
    }

    /// Says more than a section, which alone promises nothing on a container.
    pub(super) fn is_promise(&self) -> bool {
        let only_section = MarkFact { section: self.mark.section.clone(), ..MarkFact::default() };
        self.mark != only_section || self.mark.section.is_none()
    }

    /// Inside or outside the promise, where the mark says so.
    pub(super) fn stability(&self) -> Option<Stability> {
        let unstable = self.mark.unstable.as_ref()?;
        Some(Stability::Unstable { feature: unstable.feature.as_ref().map(|f| f.value.clone()) })
    }
}

/// Local names that may be the attribute, in any module.
pub(super) fn attribute_names(crates: &Crates) -> BTreeSet<Name> {
    let mut names = crates.renames_of("api");
    names.insert(Name::new("api"));
    names
}

/// Reads marks; keeps what is wrong with them.
pub(super) struct Marks<'a> {
    crates: &'a Crates,
    /// Local names that may be the attribute.
    names: &'a BTreeSet<Name>,
    /// Sections of modules, by what surrounds them.
    sections: BTreeMap<ModuleId, Option<String>>,
    pub(super) errors: Vec<MarkError>,
    pub(super) unresolved: Vec<Unresolved>,
    /// The `since` of every mark that was read.
    pub(super) stated: Vec<StatedSince>,
}

impl<'a> Marks<'a> {
    pub(super) fn new(crates: &'a Crates, names: &'a BTreeSet<Name>) -> Self {
        Self {
            crates,
            names,
            sections: BTreeMap::new(),
            errors: Vec::new(),
            unresolved: Vec::new(),
            stated: Vec::new(),
        }
    }

    /// The marks among these attributes, in source order.
    pub(super) fn of(&mut self, module: ModuleId, attrs: &[Attr]) -> Vec<PlacedMark> {
        let mut out = Vec::new();
        for attr in attrs {
            let candidate = attr.path.last().is_some_and(|name| self.names.contains(name));
            if !candidate || self.crates.macro_path(module, &attr.path) != ATTRIBUTE {
                continue;
            }
            if self.crates.given(module, &attr.condition) == Condition::Never {
                continue;
            }
            let empty = RawTokens::default();
            let tokens = match &attr.args {
                AttrArgs::List(tokens) => tokens,
                AttrArgs::None | AttrArgs::Value(_) => &empty,
            };
            let crates = self.crates;
            out.push(self.read(tokens, attr.pos, &|pos| crates.place(module, pos)));
        }
        out
    }

    /// A mark of the configuration.
    pub(super) fn of_configuration(&mut self, row: &ItemMark) -> PlacedMark {
        let place_of = |pos: Pos| Place { file: Arc::clone(&row.file), line: pos.line, column: pos.column };
        self.read(&row.mark, row.mark.pos, &place_of)
    }

    fn read(&mut self, tokens: &RawTokens, pos: Pos, place_of: &dyn Fn(Pos) -> Place) -> PlacedMark {
        let place = place_of(pos);
        let mark = match crate::syntax::mark(tokens) {
            Ok(mark) => mark,
            Err((mark, mistakes)) => {
                for mistake in mistakes {
                    let no_since = mistake.no_since.then(|| place.clone());
                    let (message, unknown_key) = (mistake.message, mistake.unknown_key);
                    self.errors.push(MarkError { place: place_of(mistake.pos), message, unknown_key, no_since });
                }
                mark
            }
        };
        self.note_unresolved(&mark, &place, place_of);
        PlacedMark { mark, place }
    }

    /// Notes every version that still says `next`.
    fn note_unresolved(&mut self, mark: &MarkFact, place: &Place, place_of: &dyn Fn(Pos) -> Place) {
        if let Some(since) = &mark.since {
            let text = place_of(since.pos);
            self.stated.push(StatedSince { mark: place.clone(), text, version: since.value.clone() });
        }
        let deprecated = mark.deprecated.as_ref().and_then(|deprecated| deprecated.since.as_ref());
        let versions = [mark.since.as_ref(), deprecated, mark.removed.as_ref()];
        for version in versions.into_iter().flatten().filter(|version| version.value == "next") {
            let text = place_of(version.pos);
            self.unresolved.push(Unresolved { mark: place.clone(), text });
        }
    }

    /// The section that a module inherits from marks on inline modules around it.
    pub(super) fn module_section(&mut self, module: ModuleId) -> Option<String> {
        let mut open = Vec::new();
        let mut at = Some(module);
        let mut found = None;
        while let Some(id) = at {
            if let Some(known) = self.sections.get(&id) {
                found = known.clone();
                break;
            }
            open.push(id);
            let Some((parent, item)) = self.crates.parent_of(id) else { break };
            let marks = if is_inline(item) { self.of(parent, &item.attrs) } else { Vec::new() };
            found = marks.iter().find_map(PlacedMark::section).map(str::to_owned);
            if found.is_some() {
                break;
            }
            at = Some(parent);
        }
        for id in open {
            self.sections.insert(id, found.clone());
        }
        found
    }
}

fn is_inline(item: &Item) -> bool {
    matches!(item.kind, ItemKind::Mod { items: Some(_), .. })
}
