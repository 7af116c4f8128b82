//! Attribute macros of which nothing is known: what they make of a handler or a type is not seen, and said.

use super::Assembly;
use crate::extract::crates::ModuleId;
use crate::extract::framework::Site;
use crate::model::{BlindSpot, BlindSpotKind};
use crate::syntax::facts::{Attr, ItemKind};

impl Assembly<'_, '_> {
    /// A handler that no known route serves: one of its attributes, or of what stands around it, may serve it.
    pub(super) fn unknown_attribute(&mut self, site: &Site<'_>) {
        if !matches!(&site.item.kind, ItemKind::Fn(function) if !function.params.is_empty()) {
            return;
        }
        let crates = self.crates;
        let own = [Some(site.item), site.container].into_iter().flatten();
        let found = own
            .into_iter()
            .find_map(|item| crates.unknown_attribute(site.module, &item.attrs))
            .map(|(attr, path)| (site.module, attr, path))
            .or_else(|| crates.unknown_attribute_around(site.module));
        let Some((module, attr, canonical)) = found.filter(|_| self.is_handler(site)) else { return };
        self.blind_spots.push(BlindSpot {
            kind: BlindSpotKind::UnexpandedMacro,
            place: Some(crates.place(module, attr.pos)),
            detail: format!(
                "`{}` takes what handlers take and no known route serves it; what {} makes of it is not known ({})",
                site.path,
                written(attr),
                said_by(&canonical)
            ),
            hides: Some(crates.module_path(site.module).to_owned()),
        });
    }

    /// The types that endpoints reach.
    pub(super) fn attributes_of_types(&mut self) {
        let crates = self.crates;
        for def in self.lowering.reached() {
            let Some(found) = crates.def(def) else { continue };
            let module: ModuleId = found.module;
            // What other crates' macros make of their own types is theirs to keep.
            if crates.is_elsewhere(module) {
                continue;
            }
            let Some((attr, canonical)) = crates.unknown_attribute(module, &found.item.attrs) else { continue };
            self.blind_spots.push(BlindSpot {
                kind: BlindSpotKind::Opaque,
                place: Some(crates.place(module, attr.pos)),
                detail: format!(
                    "`{}` was read as written; what {} makes of it is not known ({})",
                    found.path,
                    written(attr),
                    said_by(&canonical)
                ),
                hides: None,
            });
        }
    }
}

fn written(attr: &Attr) -> String {
    format!("`#[{}]`", attr.path.join("::"))
}

/// The line that says how to read an attribute.
fn said_by(canonical: &str) -> String {
    format!(
        "`[package.metadata.verpolicy.macros]` `\"{canonical}\" = \"nothing\"`, or the path of the attribute that it \
         stands for"
    )
}
