//! The FRAMEWORKS table: how endpoints are written. One file and one row a framework; `FRAMEWORKS.md` is the
//! specification.

use super::Options;

mod actix;
mod answer;
mod answers;
mod attribute;
mod axum;
mod derived;
mod document;
mod draft;
mod dropshot;
mod extractor;
mod handler;
mod handwritten;
mod history;
mod own;
mod poem;
mod poem_openapi;
mod published;
mod rocket;
mod routers;
mod ruma;
mod ruma_fields;
mod salvo;
mod status;
mod surroundings;
mod template;
mod unread;
mod utoipa;
mod warp;

#[cfg(test)]
mod tests;

pub use handler::{handler, looks_like_handler};
pub(crate) use handwritten::Runs;
pub use routers::Routers;
pub use surroundings::Surroundings;

use super::crates::{Crates, DefId, ModuleId, Scope};
use super::lower::Lowering;
use crate::model::{
    BlindSpot, BlindSpotKind, Condition, Http, Lifetime, MethodSet, PathTemplate, Place, Published, Stability, Step,
};
use crate::syntax::facts::{Attr, Item, ItemKind, RawTokens};

/// One framework.
#[derive(Clone, Copy, Debug)]
pub struct Framework {
    /// `actix-web`
    pub id: &'static str,
    /// One line.
    pub summary: &'static str,
    /// What is read and what is not, as Markdown.
    pub docs: &'static str,
    /// Reads one site; pushes what it finds.
    pub read: fn(&mut Reading<'_, '_>, &Site<'_>, &Surroundings),
}

/// All of them, by id; at one site they are asked in this order, so that `utoipa` completes what a server's own attribute
/// states.
pub const FRAMEWORKS: &[Framework] = &[
    actix::ROW,
    axum::ROW,
    dropshot::ROW,
    poem::ROW,
    poem_openapi::ROW,
    rocket::ROW,
    ruma::ROW,
    salvo::ROW,
    utoipa::ROW,
    warp::ROW,
];

/// Reads every site with every row, then what is said elsewhere: where handlers are mounted, which are published. The
/// one call that `extract` makes; `sites` of one package (by its index), in order of crates, modules and source.
pub fn read_all(reading: &mut Reading<'_, '_>, sites: &[Site<'_>], routers: &Routers<'_>, package: usize) {
    let surroundings = Surroundings::of(reading.crates, sites);
    for site in sites.iter().filter(|site| !site.elsewhere) {
        for framework in FRAMEWORKS {
            reading.lowering.stand(site.module, reading.crates.place(site.module, site.item.pos));
            (framework.read)(reading, site, &surroundings);
        }
    }
    routers::apply(reading, routers, package);
    published::apply(reading, sites);
    unread::apply(reading, package);
    for served in reading.served.iter_mut() {
        served.path = template::settle(std::mem::replace(&mut served.path, template::unknown()));
    }
}

/// The path of a mark, in the braces of every framework (`{id}`, `{*rest}`, `{id:\d+}`) or as `:id`, `*rest`.
#[must_use]
pub fn mark_path(text: &str) -> PathTemplate {
    template::settle(template::parse(text, template::Spelling::Axum))
}

/// An item where endpoints may be written: every item of every module, and every member of an impl or trait.
#[derive(Clone, Copy, Debug)]
pub struct Site<'a> {
    /// The item: a function, impl, trait, struct, macro call, …
    pub item: &'a Item,
    /// Its id where it is a named item of a module.
    pub def: Option<DefId>,
    /// Its module.
    pub module: ModuleId,
    /// The impl or trait around it.
    pub container: Option<&'a Item>,
    /// The conditions of its modules, container and its own.
    pub condition: &'a Condition,
    /// Canonical path of the item (`my_crate::users::find`, `my_crate::Api::find`).
    pub path: &'a str,
    /// What its types mean.
    pub scope: &'a Scope,
    /// It is a handler that only routers of other packages reach: its endpoints are theirs.
    pub elsewhere: bool,
}

/// What a framework row works with.
pub struct Reading<'a, 'b> {
    /// Names.
    pub crates: &'a Crates,
    /// What the user said (`[extractors]`).
    pub options: &'a Options,
    /// Types to shapes.
    pub lowering: &'b mut Lowering<'a>,
    /// What was found.
    pub served: &'b mut Vec<Served>,
    /// What could not be seen.
    pub blind_spots: &'b mut Vec<BlindSpot>,
    /// What functions that answer gave.
    pub(crate) runs: &'b Runs,
}

/// One route that a framework's own words state.
#[derive(Clone, Debug)]
pub struct Served {
    /// Row that read it.
    pub framework: &'static str,
    /// Methods, one endpoint each.
    pub methods: Vec<MethodSet>,
    /// The path; [`crate::model::Prefix::Unknown`] where it is mounted elsewhere.
    pub path: PathTemplate,
    /// What it reads and writes.
    pub http: Http,
    /// The framework's own since, deprecated, removed.
    pub lifetime: Lifetime,
    /// The framework's own stability.
    pub stability: Stability,
    /// In the document?
    pub published: Published,
    /// Condition of the site and of the attribute (`cfg_attr`).
    pub condition: Condition,
    /// The service, where a package has several.
    pub service: String,
    /// Canonical path of the handler: marks on it belong to this route.
    pub handler: String,
    /// The handler is a member of a trait.
    pub of_trait: bool,
    /// A doc comment stands on the handler.
    pub documented: bool,
    /// Where the route stands.
    pub place: Place,
}

/// A route of this site as the rows begin it; methods, path and http are theirs.
fn served(reading: &Reading<'_, '_>, site: &Site<'_>, attr: &Attr, framework: &'static str) -> Served {
    Served {
        framework,
        methods: Vec::new(),
        path: template::unknown(),
        http: draft::empty(),
        lifetime: Lifetime::default(),
        stability: Stability::Stable,
        published: Published::Unknown,
        condition: site.condition.clone().and(attr.condition.clone()),
        service: String::new(),
        handler: site.path.to_owned(),
        of_trait: site.container.is_some_and(|item| matches!(item.kind, ItemKind::Trait(_))),
        documented: site.item.documented,
        place: reading.crates.place(site.module, attr.pos),
    }
}

/// A path that is no text at hand: it begins with something unknown, and a blind spot says so.
fn unread_path(reading: &mut Reading<'_, '_>, site: &Site<'_>, attr: &Attr, what: &RawTokens) -> PathTemplate {
    reading.blind_spots.push(BlindSpot {
        kind: BlindSpotKind::UnknownPrefix,
        place: Some(reading.crates.place(site.module, attr.pos)),
        detail: format!("the path of `{}` is `{}`, which could not be read", site.path, what.normal()),
        hides: None,
    });
    template::unknown()
}

/// A step of a lifetime that is only a version.
fn step(version: &str) -> Step {
    Step { version: version.to_owned(), note: None, replaced_by: None }
}
