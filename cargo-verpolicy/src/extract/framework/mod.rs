//! The FRAMEWORKS table: how endpoints are written. One file and one row a framework; `FRAMEWORKS.md` is the
//! specification.

use super::Options;
use super::crates::{Crates, DefId, ModuleId, Scope};
use super::lower::Lowering;
use crate::model::{
    Auth, BlindSpot, Condition, Http, Lifetime, MethodSet, PathTemplate, Place, Prefix, Published, Stability,
    UnknownKeys,
};
use crate::syntax::facts::{Function, Item};

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
    pub read: fn(&mut Reading<'_, '_>, &Site<'_>),
}

/// All of them, by id.
pub const FRAMEWORKS: &[Framework] = &[];

/// Reads every site with every row, then what is said elsewhere: where handlers are mounted, which are published. The
/// one call that `extract` makes; `sites` in order of crates, modules and source.
pub fn read_all(reading: &mut Reading<'_, '_>, sites: &[Site<'_>]) {
    for site in sites {
        for framework in FRAMEWORKS {
            (framework.read)(reading, site);
        }
    }
}

/// What a handler reads and writes by its signature alone, for a route that a mark states (`method` is upper case).
pub fn handler(
    reading: &mut Reading<'_, '_>,
    site: &Site<'_>,
    function: &Function,
    methods: &[MethodSet],
    path: &PathTemplate,
) -> Http {
    let _ = (reading, site, function, methods, path);
    Http {
        parameters: Vec::new(),
        unknown_query: UnknownKeys::Ignored,
        request: None,
        responses: Vec::new(),
        auth: Auth::None,
        extractors: Vec::new(),
        operation_id: None,
    }
}

/// Does its signature hold an extractor of some framework? (Marked and without a route it is a blind spot.)
pub fn looks_like_handler(crates: &Crates, site: &Site<'_>, function: &Function) -> bool {
    let _ = (crates, site, function);
    false
}

/// The path of a mark, in the braces of every framework (`{id}`, `{*rest}`, `{id:\d+}`, `:id`).
#[must_use]
pub fn mark_path(text: &str) -> PathTemplate {
    let _ = text;
    PathTemplate { prefix: Prefix::Known, segments: Vec::new(), trailing_slash: false }
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
    /// A doc comment stands on the handler.
    pub documented: bool,
    /// Where the route stands.
    pub place: Place,
}
