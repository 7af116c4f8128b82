//! Types to shapes: what serde (and what its look-alikes) really do, for one direction and one reader.
//! `COMPATIBILITY.md` section 2 is the specification.
//!
//! Structs with named fields, tuples and enums are lowered from a queue, so that long chains of types cannot exhaust
//! the stack; what the wire does not show (newtypes, pointers, `transparent`, `from`) is looked through at once.

mod adapted;
mod at;
mod attributes;
mod body;
mod buffer;
mod carried;
mod case;
mod constraint;
mod conversion;
mod default;
mod definition;
mod entries;
mod enums;
mod field;
mod fingerprint;
mod flatten;
mod foreign;
mod handed;
mod hash;
mod known;
mod literal;
mod naming;
mod nodes;
mod opaque;
mod parameters;
mod presence;
mod reading;
mod schema;
#[cfg(test)]
mod tests;
mod text;
mod validator;

pub use at::Dialect;
pub(crate) use case::Case;

use super::crates::{Crates, DefId, ModuleId, Ty};
use crate::model::{
    BlindSpot, Condition, Direction, In, Member, Node, OpaqueReason, Parameter, Place, Reader, Shape, ShapeId, Shapes,
    UnknownKeys,
};
use crate::syntax::facts::{FieldFact, RawTokens};
use at::{At, Spot};
use foldhash::HashMap;
use naming::{integer, type_name};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::rc::Rc;

/// Types that are looked through are nested at most this deep.
const MAX_DEPTH: u32 = 128;
/// A generic type is met inside itself with ever larger arguments at most this often.
const MAX_GROWTH: u32 = 4;

/// Lowers types into one arena; memoised on (type, direction, reader, buffered).
#[derive(Debug)]
pub struct Lowering<'a> {
    /// Names.
    pub crates: &'a Crates,
    /// The arena.
    pub shapes: Shapes,
    /// What could not be seen on the way; sorted and made unique by the caller.
    pub blind_spots: Vec<BlindSpot>,
    /// Whose attributes count where a type carries several families; set it before each position.
    pub dialect: Dialect,
    /// A validating extractor stands before what is read (`actix_web_validator::Json`): constraints are checked. Set it
    /// before each position.
    pub validated: bool,
    /// The mark says `open`: the enums that are written count as `#[non_exhaustive]`. Set it before each position.
    pub open: bool,
    types: BTreeMap<String, String>,
    /// Features of dependencies that are on and change the wire: package and feature.
    features: BTreeSet<(&'static str, &'static str)>,
    /// Features that the package turns on for sure in others of the tree, by their index.
    turned_on: BTreeMap<usize, BTreeSet<String>>,
    derives: RefCell<HashMap<DefId, Rc<[String]>>>,
    memo: HashMap<At, HashMap<Ty, Slot>>,
    leaves: Vec<ShapeId>,
    queue: VecDeque<Job>,
    copies: Vec<Copy>,
    /// Opaque nodes and the type arguments inside them.
    around: Vec<(ShapeId, Vec<ShapeId>)>,
    /// Nodes of code that takes any value, and what the type behind it is made of.
    held: BTreeMap<ShapeId, Vec<ShapeId>>,
    /// Hashes of code with what its type is made of.
    coded: HashMap<(DefId, u64), u64>,
    silent: bool,
    /// Nodes that are reserved and not yet filled, with what they will be where that is known.
    unset: BTreeMap<ShapeId, Class>,
    named: BTreeSet<(String, OpaqueReason)>,
    here: Option<Here>,
    depth: u32,
    lineage: Option<Rc<Lineage>>,
}

/// A type read as parameters.
#[derive(Clone, Debug)]
pub struct Parameters {
    /// One a key.
    pub parameters: Vec<Parameter>,
    /// What happens to other keys.
    pub unknown: UnknownKeys,
}

/// What the memo knows of a type.
#[derive(Clone, Copy, Debug)]
enum Slot {
    /// It is being looked through; a node of its own once somebody inside needed one.
    Open(Option<ShapeId>),
    Done(ShapeId),
}

/// A struct, tuple or enum whose node is reserved.
#[derive(Debug)]
struct Job {
    id: ShapeId,
    def: DefId,
    args: Vec<Ty>,
    at: At,
    lineage: Option<Rc<Lineage>>,
}

/// A node to be made from another that may not be filled yet.
#[derive(Debug)]
struct Copy {
    to: ShapeId,
    from: ShapeId,
    conversion: Option<u64>,
    /// That code alone decides.
    by_code: bool,
    /// The type whose code it is, where the node belongs to no other.
    def: Option<Member>,
    /// The variants that are refused all the same.
    refused: Option<validator::Refused>,
}

/// What a node is or will be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    Null,
    Any,
    Scalar,
    Nullable,
    List,
    Map,
    Object,
    Enum,
    Opaque,
    /// Not known before its turn comes.
    Later,
}

/// Where the lowering is, for blind spots and versions.
#[derive(Clone, Debug)]
struct Here {
    module: ModuleId,
    place: Place,
}

/// Generic types around the one that is lowered, innermost first.
#[derive(Debug)]
struct Lineage {
    def: DefId,
    size: u32,
    growth: u32,
    above: Option<Rc<Lineage>>,
}

impl<'a> Lowering<'a> {
    /// An empty arena over these crates.
    #[must_use]
    pub fn new(crates: &'a Crates) -> Self {
        Self {
            crates,
            shapes: Shapes::default(),
            blind_spots: Vec::new(),
            dialect: Dialect::Serde,
            validated: false,
            open: false,
            types: BTreeMap::new(),
            features: BTreeSet::new(),
            turned_on: BTreeMap::new(),
            derives: RefCell::default(),
            memo: HashMap::default(),
            leaves: Vec::new(),
            queue: VecDeque::new(),
            copies: Vec::new(),
            around: Vec::new(),
            held: BTreeMap::new(),
            coded: HashMap::default(),
            silent: false,
            unset: BTreeMap::new(),
            named: BTreeSet::new(),
            here: None,
            depth: 0,
            lineage: None,
        }
    }

    /// With `[types]` of the configuration: canonical path of a type → the type expression to read in its place, in
    /// which `$1`, `$2`, … are its arguments.
    #[must_use]
    pub fn with_types(mut self, types: &BTreeMap<String, String>) -> Self {
        self.types.clone_from(types);
        self
    }

    /// With the features that this package, and those of the tree that it is built with, turn on in other crates.
    #[must_use]
    pub fn with_features_of(mut self, package: usize) -> Self {
        let packages = self.crates.built_with(package);
        self.features = foreign::wire_features()
            .filter(|(dependency, feature)| self.crates.turns_on(&packages, dependency, feature))
            .collect();
        self.turned_on = self.crates.turned_on(package);
        self
    }

    /// The condition of what stands in a module, where this package is built.
    fn given(&self, module: ModuleId, condition: &Condition) -> Condition {
        self.crates.given_with(&self.turned_on, module, self.crates.given(module, condition))
    }

    /// Says where the next position stands, for the places of blind spots and the versions of foreign crates.
    pub fn stand(&mut self, module: ModuleId, place: Place) {
        self.here = Some(Here { module, place });
    }

    /// The shape of a whole value (a body, a message, a configuration file).
    pub fn value(&mut self, ty: &Ty, direction: Direction, reader: Reader) -> ShapeId {
        let at = self.at(direction, reader, Spot::Top);
        let id = self.lower(ty, at);
        self.drain();
        id
    }

    /// A struct (or map, or `Option` of one) read as named parameters: `Query<S>`, `Path<S>`, `Header<S>`. A type that
    /// is no struct gives one parameter named `fallback_name`; a tuple one for each element, named `0`, `1`, ….
    pub fn parameters(&mut self, ty: &Ty, place_in: In, reader: Reader, fallback_name: &str) -> Parameters {
        let at = self.at(Direction::Input, reader, Spot::Top);
        parameters::read(self, ty, at, place_in, fallback_name)
    }

    /// An object made of some fields of the struct `owner` only (Ruma's `Request` and `Response`, poem's `ApiRequest`),
    /// under the container attributes of `owner`, as serde would read or write a struct of just these fields.
    pub fn object_of(&mut self, owner: DefId, fields: &[&FieldFact], direction: Direction, reader: Reader) -> ShapeId {
        let at = self.at(direction, reader, Spot::Top);
        match self.some_fields(owner, fields, at) {
            Some((object, member)) => {
                self.shapes.push(Node { def: Some(member), ..Node::plain(Shape::Object(object)) })
            }
            None => self.opaque("?", OpaqueReason::Unresolved, None, None),
        }
    }

    /// Some fields of the struct `owner`, one parameter each, under their serde names.
    pub fn parameters_of(&mut self, owner: DefId, fields: &[&FieldFact], place_in: In, reader: Reader) -> Parameters {
        let at = self.at(Direction::Input, reader, Spot::Top);
        match self.some_fields(owner, fields, at) {
            Some((object, _)) => parameters::of_object(self, &object, place_in, reader),
            None => Parameters { parameters: Vec::new(), unknown: UnknownKeys::Ignored },
        }
    }

    /// Anything.
    pub fn any(&mut self) -> ShapeId {
        self.leaf(Shape::Any)
    }

    /// Any one of these, and nothing says which.
    pub fn either(&mut self, shapes: &[ShapeId]) -> ShapeId {
        let names: Vec<String> = (0..shapes.len()).map(|n| n.to_string()).collect();
        let arms: Vec<(&str, ShapeId)> = names.iter().map(String::as_str).zip(shapes.iter().copied()).collect();
        self.one_of(&arms)
    }

    fn at(&self, direction: Direction, reader: Reader, spot: Spot) -> At {
        let dialect = if reader == Reader::PoemText { Dialect::PoemOpenapi } else { self.dialect };
        At {
            direction,
            reader,
            spot,
            buffered: false,
            dialect,
            validated: self.validated,
            open: self.open,
            silent: false,
        }
        .normal()
    }

    /// Fills every node that is reserved.
    fn drain(&mut self) {
        while let Some(job) = self.queue.pop_front() {
            self.lineage = job.lineage.clone();
            self.silent = job.at.silent;
            let node = self.body(job.def, &job.args, job.at);
            self.shapes.set(job.id, node);
            self.unset.remove(&job.id);
        }
        self.lineage = None;
        self.silent = false;
        let mut copies = std::mem::take(&mut self.copies);
        self.copy(&copies);
        let (around, held) = (std::mem::take(&mut self.around), std::mem::take(&mut self.held));
        if around.is_empty() && held.is_empty() {
            return;
        }
        fingerprint::mix_in(&mut self.shapes, &around, &held);
        for copy in &mut copies {
            if let Some(inside) = held.get(&copy.to) {
                copy.conversion = merge(copy.conversion, Some(fingerprint::fingerprint(&self.shapes, inside, &held)));
            }
        }
        self.copy(&copies);
    }

    fn copy(&mut self, copies: &[Copy]) {
        for copy in copies {
            let mut node = self.shapes.get(copy.from).clone();
            node.conversion = merge(node.conversion, copy.conversion);
            node.by_code |= copy.by_code;
            node.def = node.def.or_else(|| copy.def.clone());
            if let (Shape::Enum(shape), Some(refused)) = (&mut node.shape, &copy.refused) {
                shape.variants.retain(|variant| !refused.refuses(&variant.member.name));
            }
            self.shapes.set(copy.to, node);
            self.unset.remove(&copy.to);
        }
    }

    /// The node of a type at a position; it may be filled only by [`Lowering::drain`].
    fn lower(&mut self, ty: &Ty, at: At) -> ShapeId {
        let at = at.normal();
        let slots = self.memo.entry(at).or_default();
        match slots.get_mut(ty) {
            Some(Slot::Done(id) | Slot::Open(Some(id))) => return *id,
            Some(slot @ Slot::Open(None)) => {
                let id = self.shapes.reserve();
                *slot = Slot::Open(Some(id));
                self.unset.insert(id, Class::Later);
                return id;
            }
            None => {
                slots.insert(ty.clone(), Slot::Open(None));
            }
        }
        self.depth += 1;
        let silent = std::mem::replace(&mut self.silent, at.silent);
        let fresh = if self.depth > MAX_DEPTH {
            self.opaque(&type_name(self.crates, ty), OpaqueReason::Generic, None, None)
        } else {
            self.fresh(ty, at)
        };
        self.silent = silent;
        self.depth -= 1;
        let slots = self.memo.entry(at).or_default();
        match slots.get(ty) {
            Some(Slot::Open(Some(reserved))) => {
                let reserved = *reserved;
                slots.insert(ty.clone(), Slot::Done(reserved));
                self.copies.push(Copy {
                    to: reserved,
                    from: fresh,
                    conversion: None,
                    by_code: false,
                    def: None,
                    refused: None,
                });
                reserved
            }
            _ => {
                slots.insert(ty.clone(), Slot::Done(fresh));
                fresh
            }
        }
    }

    fn fresh(&mut self, ty: &Ty, at: At) -> ShapeId {
        if let Some(refused) = text::refused(self, ty, at) {
            return refused;
        }
        match ty {
            Ty::Def(def, args) => self.definition(*def, args, at),
            Ty::Foreign(path, args) => self.foreign(path, args, at),
            Ty::Primitive(name) => self.primitive(name, at),
            Ty::Ref(inner) => self.lower(inner, at),
            Ty::Slice(item) => self.list(item, None, at),
            Ty::Array(item, length) => match length {
                Some(0) => self.leaf(Shape::Tuple(Vec::new())),
                length => self.list(item, *length, at),
            },
            Ty::Tuple(items) if items.is_empty() => self.leaf(Shape::Null),
            Ty::Tuple(items) => self.tuple(items, at),
            Ty::Param(name) => self.opaque(name, OpaqueReason::Generic, None, None),
            Ty::Dyn(_) => self.opaque(&type_name(self.crates, ty), OpaqueReason::Generic, None, None),
            Ty::Impl(_) | Ty::Ptr(_) | Ty::Const(_) => {
                self.opaque(&type_name(self.crates, ty), OpaqueReason::Erased, None, None)
            }
            Ty::Other(text) if text.contains('!') && text.len() > 1 => {
                let tokens = hash::hash([text.as_str()]);
                self.opaque(text, OpaqueReason::Macro, Some(tokens), None)
            }
            Ty::Other(text) => self.opaque(text, OpaqueReason::Erased, None, None),
            Ty::ByCode(by) => {
                let here = self.here.as_ref().map(|here| Here { module: here.module, place: by.place.clone() });
                let around = std::mem::replace(&mut self.here, here);
                let id = self.opaque(&by.path, OpaqueReason::Erased, Some(by.code), None);
                self.shapes.define(id, Member::new(by.path.as_str(), "", by.place.clone()));
                self.here = around;
                id
            }
            Ty::Unresolved(path) => match self.stated(path, &[]) {
                Some(stated) => self.lower(&stated, at),
                None if self.is_owned_id(path) => self.leaf(Shape::String { format: None }),
                None => self.opaque(path, OpaqueReason::Unresolved, None, None),
            },
        }
    }

    /// What `[types]` says to read in place of a type.
    fn stated(&mut self, path: &str, args: &[Ty]) -> Option<Ty> {
        let stated = self.types.get(path)?;
        let module = self.here.as_ref().map_or(ModuleId(0), |here| here.module);
        // A crate does not know itself by its own name.
        let own = self.crates.module_path(module).split("::").next().unwrap_or_default();
        let text = stated.replace('$', "__argument_");
        let text = if own.is_empty() { text } else { replace_word(&text, own, "crate") };
        let stated = RawTokens::from(text.as_str()).ty()?;
        let params =
            args.iter().enumerate().map(|(i, arg)| (format!("__argument_{}", i + 1).into(), arg.clone())).collect();
        let ty = self.crates.ty(&super::crates::Scope { module, params, self_ty: None }, &stated);
        let itself = match &ty {
            Ty::Foreign(other, _) => &**other == path,
            Ty::Def(def, _) => self.crates.def(*def).is_some_and(|def| def.path == path),
            _ => false,
        };
        (!itself).then_some(ty)
    }

    /// Is it the owned form of an identifier, `OwnedUserId` of a `UserId` with Ruma's derive? The derive makes it beside
    /// the type, where no source shows it.
    fn is_owned_id(&self, path: &str) -> bool {
        let path = path.split('<').next().unwrap_or(path);
        let name = path.rsplit("::").next().unwrap_or(path).trim();
        if !name.starts_with("Owned") {
            return false;
        }
        let owned = self
            .crates
            .made_beside(|def| reading::is_unsized_id(self.crates, def).then(|| format!("Owned{}", def.item.name)));
        owned.contains(name)
    }
}

/// Replaces a path's first segment.
fn replace_word(text: &str, word: &str, by: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(word) {
        let (before, found) = rest.split_at(at);
        let after = found.get(word.len()..).unwrap_or_default();
        let inside = before.ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':');
        out.push_str(before);
        out.push_str(if !inside && after.starts_with("::") { by } else { word });
        rest = after;
    }
    out.push_str(rest);
    out
}

fn merge(a: Option<u64>, b: Option<u64>) -> Option<u64> {
    match (a, b) {
        (Some(a), Some(b)) => Some(hash::mix(a, b)),
        (a, b) => a.or(b),
    }
}
