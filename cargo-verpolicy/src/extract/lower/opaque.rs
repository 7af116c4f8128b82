//! What is not known: named once, with its place, its reason and the line to add.

use super::{At, Lowering, Spot, fingerprint, hash};
use crate::extract::crates::Ty;
use crate::model::{
    BlindSpot, BlindSpotKind, Direction, Node, Opaque, OpaqueReason, Reader, Shape, ShapeId, version_line,
};
use std::collections::BTreeMap;

impl Lowering<'_> {
    /// An opaque node, and a blind spot the first time that this type is met.
    pub(super) fn opaque(
        &mut self,
        name: &str,
        reason: OpaqueReason,
        tokens: Option<u64>,
        version: Option<String>,
    ) -> ShapeId {
        let place = self.here.as_ref().map(|here| here.place.clone());
        // Every `T` is another one.
        let key = match (&place, reason) {
            (Some(place), OpaqueReason::Generic) => format!("{name} {} {} {}", place.file, place.line, place.column),
            _ => name.to_owned(),
        };
        if !self.silent && self.named.insert((key, reason)) {
            let blind_spot = BlindSpot {
                kind: if reason == OpaqueReason::Unresolved {
                    BlindSpotKind::UnresolvedName
                } else {
                    BlindSpotKind::Opaque
                },
                place,
                detail: detail(name, reason, version.as_deref(), self.crates.is_followed(name)),
                hides: None,
            };
            self.blind_spots.push(blind_spot);
        }
        let shape = Shape::Opaque(Opaque { name: name.to_owned(), reason, tokens, version });
        self.shapes.push(Node::plain(shape))
    }

    /// A type of another crate that no row knows.
    pub(super) fn unknown_foreign(&mut self, path: &str, args: &[Ty], at: At) -> ShapeId {
        let version = self.here.as_ref().and_then(|here| self.crates.foreign_version(here.module, path));
        if args.is_empty() {
            return self.opaque(path, OpaqueReason::Foreign, None, version);
        }
        let line = version.as_deref().map(|version| version_line(version).unwrap_or(version));
        let tokens = hash::hash([path, line.unwrap_or_default()]);
        let id = self.opaque(path, OpaqueReason::Foreign, Some(tokens), version);
        self.inside(id, args, at);
        id
    }

    /// Lets the type arguments of an opaque type count: nobody knows how they are carried, but when they change, what
    /// carries them may have changed.
    pub(super) fn inside(&mut self, id: ShapeId, args: &[Ty], at: At) {
        let at = At { silent: true, ..at };
        let args: Vec<ShapeId> = args.iter().map(|ty| self.lower(ty, at)).collect();
        if !args.is_empty() {
            self.around.push((id, args));
        }
    }

    /// Can the wire not tell the one from the other?
    #[must_use]
    pub fn looks_alike(&self, one: ShapeId, other: ShapeId) -> bool {
        let number = |id: ShapeId| fingerprint::fingerprint(&self.shapes, &[id], &BTreeMap::new());
        one == other || number(one) == number(other)
    }

    /// Lets the type arguments of an opaque answer count.
    pub fn carry(&mut self, id: ShapeId, args: &[Ty], direction: Direction, reader: Reader) {
        let at = self.at(direction, reader, Spot::Top);
        self.inside(id, args, at);
        self.drain();
    }

    /// Code whose effect is not known, as a hash.
    pub(super) fn unknown_code(&self, texts: &[&str]) -> u64 {
        hash::hash(texts.iter().copied())
    }
}

fn detail(name: &str, reason: OpaqueReason, version: Option<&str>, followed: bool) -> String {
    let why = match reason {
        OpaqueReason::Erased => "shows no type".to_owned(),
        OpaqueReason::HandWritten => "is read or written by hand-written code".to_owned(),
        OpaqueReason::Foreign => {
            let source = if followed { "does not say how it travels" } else { "was not read" };
            let version = version.map_or_else(String::new, |version| format!(" ({version})"));
            format!("comes from a crate whose source {source}{version}")
        }
        OpaqueReason::Unresolved => "resolves to nothing".to_owned(),
        OpaqueReason::Macro => "is made by a macro that was not expanded".to_owned(),
        OpaqueReason::NoDerive => "has no derive that says how it travels".to_owned(),
        OpaqueReason::Generic => "stands for a type that nothing fixes".to_owned(),
    };
    let cure = match reason {
        OpaqueReason::Erased | OpaqueReason::Generic => {
            "state the type in the mark: `request = T`, `responses(200 = T)`".to_owned()
        }
        _ => format!("say what it looks like: `[package.metadata.verpolicy.types]` `\"{name}\" = \"String\"`"),
    };
    format!("`{name}` {why}; {cure}")
}
