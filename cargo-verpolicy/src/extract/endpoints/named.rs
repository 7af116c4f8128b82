//! Endpoints without a route: items, messages, configuration.

use super::super::crates::{Namespace, Resolved, Scope, Ty};
use super::super::framework::Site;
use super::super::marks::PlacedMark;
use super::super::open::opened;
use super::super::signature;
use super::{Assembly, Marked};
use crate::model::{
    self, BlindSpot, BlindSpotKind, Direction, EndpointContent, EndpointKey, Lifetime, Reader, Signature,
};
use crate::syntax::Kind;
use crate::syntax::facts::{Fields, ItemKind, Pos, UseLeaf, Vis};
use std::collections::BTreeSet;

impl<'d> Assembly<'_, 'd> {
    /// A marked item, message or configuration type.
    pub(super) fn named(&mut self, site: &Site<'d>, marked: Marked<'_>, mark: &PlacedMark, kind: Kind) {
        match (kind, &site.item.kind) {
            (Kind::Message | Kind::Config, _) => self.wire_type(site, marked, mark, kind),
            (_, ItemKind::Impl(fact)) => {
                // An inherent impl is no item: its members are.
                if mark.is_promise() && fact.trait_path.is_some() {
                    let of = fact.trait_path.as_ref().map(|path| self.crates.trait_path(site.module, path));
                    let path = format!("<{} as {}>", site.path, of.unwrap_or_default());
                    self.item(site, marked, mark, path);
                }
            }
            (_, ItemKind::Mod { .. } | ItemKind::Trait(_)) if !mark.is_promise() => {}
            (_, ItemKind::Use(leaves)) => {
                for leaf in leaves {
                    self.reexport(site, marked, mark, leaf);
                }
            }
            _ => self.item(site, marked, mark, site.path.to_owned()),
        }
    }

    /// A member of an inherent impl that carries a mark.
    pub(super) fn covered(&mut self, site: &Site<'d>, marked: Marked<'_>) {
        let inherent = site
            .container
            .is_some_and(|container| matches!(&container.kind, ItemKind::Impl(fact) if fact.trait_path.is_none()));
        if !inherent || site.item.vis != Vis::Public {
            return;
        }
        let fits = |mark: &&PlacedMark| {
            mark.is_promise() && mark.mark.route.is_none() && matches!(mark.kind(), None | Some(Kind::Item))
        };
        for mark in marked.around.iter().filter(fits) {
            if mark.kind().is_none() && self.is_handler(site) {
                self.without_route(site, mark);
            } else {
                self.item(site, marked, mark, site.path.to_owned());
            }
        }
    }

    fn item(&mut self, site: &Site<'d>, marked: Marked<'_>, mark: &PlacedMark, path: String) {
        if let Some(signature) = signature::signature(self.crates, site) {
            self.push_item(site, marked, mark, path, signature);
        }
    }

    fn push_item(
        &mut self,
        site: &Site<'d>,
        marked: Marked<'_>,
        mark: &PlacedMark,
        path: String,
        signature: Signature,
    ) {
        let handler = path.clone();
        let public = self.public().find(site.module, site.item.pos, &signature.item);
        let (path, signature) = match public {
            Some(public) => (
                public.path.clone(),
                Signature {
                    item: public.word.to_owned(),
                    form: public.form.clone(),
                    paths: public.paths.clone(),
                    owner: public.owner.clone(),
                    ..signature
                },
            ),
            None => (path, signature),
        };
        let key = EndpointKey::Named { kind: model::Kind::Item, path: with_edition(&path, mark) };
        let content = EndpointContent::Item(signature);
        let endpoint = self.endpoint(Some(site), (key, content), marked, Some(mark), Lifetime::default(), &handler);
        self.endpoints.push(endpoint);
    }

    /// What a marked `use` brings in is promised as it is there; what cannot be looked into, by its name.
    fn reexport(&mut self, site: &Site<'d>, marked: Marked<'_>, mark: &PlacedMark, leaf: &UseLeaf) {
        let found = self.public().brought_in(self.crates, site.module, leaf);
        if found.is_empty() {
            return self.reexported_name(site, marked, mark, leaf);
        }
        for (path, item) in found {
            let key = EndpointKey::Named { kind: model::Kind::Item, path: with_edition(&path, mark) };
            let signature = Signature {
                item: item.word.to_owned(),
                text: item.text,
                form: item.form,
                paths: BTreeSet::from([path]),
                owner: item.owner,
            };
            let content = EndpointContent::Item(signature);
            let mut endpoint =
                self.endpoint(Some(site), (key, content), marked, Some(mark), Lifetime::default(), &item.handler);
            endpoint.place = self.crates.place(item.module, item.pos);
            endpoint.documented |= item.documented;
            endpoint.condition = endpoint.condition.and(item.condition);
            self.endpoints.push(endpoint);
        }
    }

    fn reexported_name(&mut self, site: &Site<'d>, marked: Marked<'_>, mark: &PlacedMark, leaf: &UseLeaf) {
        let module = self.crates.module_path(site.module).to_owned();
        let mut target = leaf.path.join("::");
        for namespace in [Namespace::Type, Namespace::Value, Namespace::Macro] {
            match self.crates.resolve_names(site.module, leaf.global, &leaf.path, namespace) {
                Resolved::Def(def) => target = self.crates.def(def).map(|d| d.path.to_owned()).unwrap_or_default(),
                Resolved::Foreign(path) => target = path,
                Resolved::Module(id) => target = self.crates.module_path(id).to_owned(),
                Resolved::Member(..) | Resolved::Primitive(_) | Resolved::Unresolved => continue,
            }
            break;
        }
        let name = leaf.name.as_ref().map_or("*", |name| name.as_str());
        let signature = Signature::of_text("use", format!("use {target}"));
        self.push_item(site, marked, mark, format!("{module}::{name}"), signature);
    }

    /// A message or configuration type.
    fn wire_type(&mut self, site: &Site<'d>, marked: Marked<'_>, mark: &PlacedMark, kind: Kind) {
        let Some(ty) = self.type_of(site) else {
            self.blind_spots.push(BlindSpot {
                kind: BlindSpotKind::Opaque,
                place: Some(mark.place.clone()),
                detail: format!("`{}` is marked as a wire type, but is no type", site.path),
                hides: None,
            });
            return;
        };
        self.lowering.stand(site.module, self.crates.place(site.module, site.item.pos));
        let (kind, content) = if kind == Kind::Config {
            // Nobody but the program reads it, so that limits are there to be checked.
            let before = std::mem::replace(&mut self.lowering.validated, true);
            let input = self.lowering.value(&ty, Direction::Input, Reader::Config);
            self.lowering.validated = before;
            (model::Kind::Config, EndpointContent::Config { input })
        } else {
            let input = self.lowering.value(&ty, Direction::Input, Reader::Json);
            let mut output = self.lowering.value(&ty, Direction::Output, Reader::Json);
            if mark.mark.open.is_some() {
                output = opened(&mut self.lowering.shapes, output);
            }
            (model::Kind::Message, EndpointContent::Message { input, output, layout: layout(mark) })
        };
        let key = EndpointKey::Named { kind, path: with_edition(site.path, mark) };
        let endpoint = self.endpoint(Some(site), (key, content), marked, Some(mark), Lifetime::default(), site.path);
        self.endpoints.push(endpoint);
    }

    /// The type that an item is.
    fn type_of(&self, site: &Site<'_>) -> Option<Ty> {
        match &site.item.kind {
            ItemKind::Struct { generics, .. } | ItemKind::Union { generics, .. } | ItemKind::Enum { generics, .. } => {
                self.crates.scope_of(site.def?, generics, &[])?.self_ty
            }
            ItemKind::Alias { ty: Some(ty), generics, .. } => {
                Some(self.crates.ty(&self.crates.scope_with(site.scope, generics), ty))
            }
            _ => None,
        }
    }

    /// Marks on the fields and variants of a type: endpoints of their own, as far as Rust code sees them. Of a wire type
    /// they have only a lifetime: what stands on the wire is said by the type.
    pub(super) fn member_marks(&mut self, index: usize, own: &[PlacedMark]) {
        let Some(site) = self.sites.get(index).copied() else { return };
        let wire = own.iter().find_map(|mark| match mark.kind() {
            Some(Kind::Message) => Some(model::Kind::Message),
            Some(Kind::Config) => Some(model::Kind::Config),
            _ => None,
        });
        let (generics, fields, variants) = match &site.item.kind {
            ItemKind::Struct { generics, fields } | ItemKind::Union { generics, fields } => {
                (generics, Some(fields), &[][..])
            }
            ItemKind::Enum { generics, variants } => (generics, None, variants.as_slice()),
            _ => return,
        };
        let mut found: Vec<(Vec<PlacedMark>, String, Pos, Signature)> = Vec::new();
        let scope = |this: &Self| this.crates.scope_with(site.scope, generics);
        let mut read_fields = |this: &mut Self, fields: &Fields, prefix: &str| {
            let (Fields::Tuple(list) | Fields::Named(list)) = fields else { return };
            for field in list {
                let marks = this.marks.of(site.module, &field.attrs);
                if !marks.is_empty() {
                    let scope: Scope = scope(this);
                    let signature = signature::field(this.crates, &scope, field);
                    found.push((marks, format!("{prefix}{}", field.name), field.pos, signature));
                }
            }
        };
        if let Some(fields) = fields {
            read_fields(self, fields, "");
        }
        for variant in variants {
            read_fields(self, &variant.fields, &format!("{}::", variant.name));
        }
        for variant in variants {
            let marks = self.marks.of(site.module, &variant.attrs);
            if !marks.is_empty() {
                let signature = signature::variant(self.crates, &scope(self), variant);
                found.push((marks, variant.name.to_string(), variant.pos, signature));
            }
        }
        for (marks, name, pos, signature) in found {
            for mark in &marks {
                let marked = Marked { own: std::slice::from_ref(mark), around: own, among_served: false };
                let path = format!("{}::{name}", site.path);
                match wire {
                    Some(kind) => self.push_wire_member(&site, marked, mark, kind, path),
                    None => self.push_item(&site, marked, mark, path, signature.clone()),
                }
                if let Some(endpoint) = self.endpoints.last_mut() {
                    endpoint.place = self.crates.place(site.module, pos);
                }
            }
        }
    }
}

impl<'d> Assembly<'_, 'd> {
    fn push_wire_member(
        &mut self,
        site: &Site<'d>,
        marked: Marked<'_>,
        mark: &PlacedMark,
        kind: model::Kind,
        path: String,
    ) {
        let any = self.lowering.shapes.push(model::Node::plain(model::Shape::Any));
        let content = if kind == model::Kind::Config {
            EndpointContent::Config { input: any }
        } else {
            EndpointContent::Message { input: any, output: any, layout: None }
        };
        let handler = path.clone();
        let key = EndpointKey::Named { kind, path };
        let endpoint = self.endpoint(Some(site), (key, content), marked, Some(mark), Lifetime::default(), &handler);
        self.endpoints.push(endpoint);
    }
}

/// The encoding that the mark states; JSON is what is assumed.
fn layout(mark: &PlacedMark) -> Option<String> {
    mark.mark.layout.as_ref().map(|layout| layout.value.clone()).filter(|layout| !layout.eq_ignore_ascii_case("json"))
}

pub(super) fn with_edition(path: &str, mark: &PlacedMark) -> String {
    match mark.edition() {
        Some(edition) => format!("{path}@{edition}"),
        None => path.to_owned(),
    }
}
