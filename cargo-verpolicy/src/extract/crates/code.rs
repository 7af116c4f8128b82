//! What code does, as far as the project's own items decide it: a hash of its tokens in which a path counts by what it
//! names, and not by how it is called.

use super::{Crates, DefId, ModuleId, Namespace, Resolved};
use crate::syntax::facts::{Attr, AttrArgs, Function, GenericArg, Item, ItemKind, Name, Pos, RawTokens, Type};
use crate::syntax::tokens::{Token, TokenKind};
use crate::syntax::{hash_of_code, hash_of_parts};
use foldhash::HashMap;
use std::collections::BTreeSet;
use std::sync::Mutex;

/// At most this many items are looked at behind one piece of code; names of others count as they are written.
const ITEMS: usize = 32;

/// At most so far from it: what it names, what that names, and so on.
const DEPTH: u32 = 6;

/// The bit in the hash of a static that says that the running program fills it.
const FILLED: u64 = 1;

/// A static in a static in a static is not looked into.
const STATICS: usize = 2;

/// What nothing of a thing counts as but that it is one.
const SOME: u64 = 1;

impl Crates {
    /// Hash of what an item does ([`Item::code`]), with the functions that it calls by path and the constants that it
    /// names, and those that they name. Types that travel count for nothing: their shapes stand beside it.
    pub(crate) fn code(&self, item: &Item, module: ModuleId) -> u64 {
        self.known((item, module, Of::Code), |behind| behind.code(item, module))
    }

    /// The same, where no shape stands beside it: of the types that it names counts how they travel.
    pub(crate) fn code_with_types(&self, item: &Item, module: ModuleId) -> u64 {
        self.known((item, module, Of::CodeWithTypes), |behind| behind.code(item, module))
    }

    /// Hash of the statements of a function that name one of its parameters, with what they name; `None` where none does.
    pub(crate) fn code_about(&self, item: &Item, module: ModuleId, parameter: &str) -> Option<u64> {
        let mut behind = Behind { about: true, ..Behind::new(self) };
        item.code_about(parameter, &mut |segments| behind.named(module, None, segments))
    }

    /// The same, where what is made of the parameter is known by no shape: the types that these statements name count.
    pub(crate) fn code_about_with_types(&self, item: &Item, module: ModuleId, parameter: &str) -> Option<u64> {
        let mut behind = Behind { types: true, gives: true, ..Behind::new(self) };
        item.code_about(parameter, &mut |segments| behind.named(module, None, segments))
    }

    /// Hash of what a piece of code that stands in `module` does: a closure.
    pub(crate) fn code_in(&self, raw: &RawTokens, module: ModuleId) -> u64 {
        let mut behind = Behind::new(self);
        hash_of_code(raw, &mut |segments| behind.named(module, None, segments))
    }

    /// Hash of all of an item ([`Item::hash`]), paths by what they name.
    pub(crate) fn content(&self, item: &Item, module: ModuleId) -> u64 {
        self.known((item, module, Of::Content), |behind| behind.content(item, module))
    }

    /// What was hashed before, by where the item lies, or what `hash` gives.
    fn known(&self, (item, module, of): (&Item, ModuleId, Of), hash: impl FnOnce(&mut Behind<'_>) -> u64) -> u64 {
        let key = (std::ptr::from_ref(item).addr(), item.pos, module, of);
        if let Some(known) = self.codes.lock().ok().and_then(|codes| codes.get(&key).copied()) {
            return known;
        }
        let (types, gives) = (matches!(of, Of::CodeWithTypes | Of::Content), of == Of::CodeWithTypes);
        let found = hash(&mut Behind { types, gives, ..Behind::new(self) });
        if let Ok(mut codes) = self.codes.lock() {
            codes.insert(key, found);
        }
        found
    }
}

/// Hashes by the address of the item, which stays where it is as long as its side, and its position.
pub(super) type Codes = Mutex<HashMap<(usize, Pos, ModuleId, Of), u64>>;

/// What was hashed of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Of {
    Code,
    CodeWithTypes,
    Content,
    Static,
}

/// What stands behind one piece of code.
struct Behind<'c> {
    crates: &'c Crates,
    /// Do types count?
    types: bool,
    /// And those that called functions say to give?
    gives: bool,
    /// Does nothing count but what becomes of the request?
    about: bool,
    /// What was met, in this order: a name that comes again counts by its place.
    seen: Vec<(DefId, Name)>,
    /// How far from the first piece.
    depth: u32,
    /// Types of statics that the running program fills with what it finds around itself.
    configured: Vec<DefId>,
    /// The statics that it stands in.
    statics: Vec<DefId>,
    /// Was something met that tells what the running program finds around itself, or more than is looked at?
    around: bool,
}

impl<'c> Behind<'c> {
    fn new(crates: &'c Crates) -> Self {
        Self {
            crates,
            types: false,
            gives: false,
            about: false,
            seen: Vec::new(),
            depth: 0,
            configured: Vec::new(),
            statics: Vec::new(),
            around: false,
        }
    }
}

impl Behind<'_> {
    fn code(&mut self, item: &Item, module: ModuleId) -> u64 {
        let own = match &item.kind {
            ItemKind::Impl(fact) => self.crates.type_of_impl(module, fact),
            _ => None,
        };
        // What the code is of is compared by itself.
        if let Some(def) = own
            && self.seen.is_empty()
        {
            self.seen.push((def, Name::default()));
        }
        item.code(&mut |segments| self.named(module, own, segments))
    }

    fn content(&mut self, item: &Item, module: ModuleId) -> u64 {
        item.hash_with(&mut |segments| self.named(module, None, segments))
    }

    /// What a path, or a method, names in `module` where `Self` is `own`; `None` where that is not known.
    fn named(&mut self, module: ModuleId, own: Option<DefId>, segments: &[&str]) -> Option<u64> {
        match (segments, own) {
            ([".", name], own) => return self.method(own?, name),
            (["!", segments @ ..], _) => return self.logs(module, segments),
            (["Self", name], Some(own)) => return self.item(own, Name::from(*name)),
            _ => {}
        }
        let segments: Vec<Name> = segments.iter().map(|segment| segment.trim_start_matches("r#").into()).collect();
        let crates = self.crates;
        let found = [Namespace::Value, Namespace::Type]
            .map(|namespace| crates.resolve_names(module, false, &segments, namespace));
        // A glob of another crate may hold any value, but a type of this side is what stands here.
        let own = found.iter().find_map(|found| match found {
            Resolved::Def(def) => Some((*def, Name::default())),
            Resolved::Member(def, name) => Some((*def, name.clone())),
            _ => None,
        });
        match own {
            Some((def, member)) => self.item(def, member),
            None => found.into_iter().find_map(|found| match found {
                Resolved::Foreign(path) => {
                    self.around |= AROUND.iter().any(|begin| path.starts_with(begin));
                    Some(hash(&path))
                }
                _ => None,
            }),
        }
    }

    /// Is a macro of such a name the one that only logs, and no other of the project?
    fn logs(&self, module: ModuleId, segments: &[&str]) -> Option<u64> {
        let names: Vec<Name> = segments.iter().map(|segment| Name::from(*segment)).collect();
        let path = self.crates.macro_path(module, &names);
        let last = segments.last()?;
        let of_crate = |krate: &str| path.strip_prefix(krate).and_then(|rest| rest.strip_prefix("::")) == Some(last);
        (path == *last || of_crate("log") || of_crate("tracing")).then_some(SOME)
    }

    /// A method that the type of the code may have: what it does.
    fn method(&mut self, own: DefId, name: &str) -> Option<u64> {
        if matches!(name, "collect_str" | "to_string") {
            let crates = self.crates;
            let (item, module) = crates.impls_of(own, "std::fmt::Display").into_iter().next()?;
            return self.once((own, Name::from("Display")), |behind| behind.code(item, module));
        }
        // What text, or another type, is turned into is decided where that is implemented.
        let turned = MAKES.iter().find(|(method, _)| *method == name).and_then(|(_, path)| {
            let found = self.crates.impls_of(own, path).into_iter();
            found.map(|(item, module)| (item, module, *path)).next()
        });
        if let Some((item, module, path)) = turned {
            return self.once((own, Name::from(path)), |behind| behind.code(item, module));
        }
        self.crates.associated_item(own, name)?;
        self.item(own, Name::from(name))
    }

    /// What `code` gives, the first time that `key` is met; then its place. `None` where that is too much to look at.
    fn once(&mut self, key: (DefId, Name), code: impl FnOnce(&mut Self) -> u64) -> Option<u64> {
        if let Some(place) = self.seen.iter().position(|seen| *seen == key) {
            return Some(mix(SOME, place as u64));
        }
        if self.seen.len() >= ITEMS || self.depth >= DEPTH {
            self.around = true;
            return None;
        }
        self.seen.push(key);
        self.depth += 1;
        let found = code(self);
        self.depth -= 1;
        Some(found)
    }

    /// An item, or the member of it that has a name.
    fn item(&mut self, def: DefId, member: Name) -> Option<u64> {
        // A static is looked at by itself, and stands for one thing wherever it is named.
        if let Some(found) = self.crates.def(def).filter(|found| matches!(found.item.kind, ItemKind::Static { .. })) {
            return Some(self.standing(def, found.item, found.module));
        }
        self.once((def, member.clone()), |behind| {
            let Some(found) = behind.crates.def(def) else { return SOME };
            if member.is_empty() {
                return match &found.item.kind {
                    ItemKind::Fn(function) if behind.about => behind.handed(found.item, found.module, function),
                    ItemKind::Struct { .. } | ItemKind::Enum { .. } | ItemKind::Union { .. } if behind.about => SOME,
                    ItemKind::Fn(function) => behind.function(found.item, found.module, function),
                    ItemKind::Struct { .. } | ItemKind::Enum { .. } | ItemKind::Union { .. } => behind.travels(def),
                    ItemKind::Trait(_) => SOME,
                    _ => behind.content(found.item, found.module),
                };
            }
            match behind.crates.associated_item(def, &member) {
                Some((item, module)) if !is_declared_only(item) => match &item.kind {
                    ItemKind::Fn(function) if behind.about => behind.handed(item, module, function),
                    ItemKind::Fn(function) => behind.function(item, module, function),
                    _ => behind.code(item, module),
                },
                // A variant, or what each implementation says: its name tells it from others.
                _ => mix(behind.item(def, Name::default()).unwrap_or(SOME), hash(&member)),
            }
        })
    }

    /// What stands in a static, wherever it is met.
    fn standing(&mut self, def: DefId, item: &Item, module: ModuleId) -> u64 {
        if self.statics.is_empty() {
            let found = self.crates.known((item, module, Of::Static), |behind| {
                behind.statics.push(def);
                let found = behind.stands(item, module);
                if behind.around { found | FILLED } else { found & !FILLED }
            });
            if let ItemKind::Static { ty, .. } = &item.kind
                && found & FILLED != 0
            {
                own_types(self.crates, ty, module, 0, &mut self.configured);
            }
            return found;
        }
        if self.statics.contains(&def) || self.statics.len() >= STATICS {
            return SOME;
        }
        let statics = self.statics.iter().copied().chain([def]).collect();
        let mut inside = Self { statics, ..Self::new(self.crates) };
        let found = inside.stands(item, module);
        self.around |= inside.around;
        found
    }

    /// All of a static. Of one that the running program fills with what it finds around itself, its environment and
    /// files, nobody knows that: the literals in its own text count, which may stand where nothing is found.
    fn stands(&mut self, item: &Item, module: ModuleId) -> u64 {
        let whole = self.content(item, module);
        if !self.around {
            return whole;
        }
        let mut found = BTreeSet::new();
        if let ItemKind::Static { value: Some(value), .. } = &item.kind {
            literals(value, &value.lex(), &mut found);
        }
        found.iter().fold(SOME, |all, text| mix(all, hash(text)))
    }

    /// What a function does that is called, and how travels what it says to give: nobody may name that where it is
    /// called.
    fn function(&mut self, item: &Item, module: ModuleId, function: &Function) -> u64 {
        let code = self.code(item, module);
        match &function.ret {
            Some(ret) if self.gives => {
                let mut types = Vec::new();
                own_types(self.crates, ret, module, 0, &mut types);
                types.retain(|def| !self.configured.contains(def));
                types.into_iter().fold(code, |all, def| mix(all, self.derived(def)))
            }
            _ => code,
        }
    }

    /// The definition of a type that a derive makes travel.
    fn derived(&self, def: DefId) -> u64 {
        let found = self.crates.def(def).filter(|found| derives_wire(&found.item.attrs));
        found.map_or(SOME, |found| self.crates.content(found.item, found.module))
    }

    /// What a function does with the request that it is handed; of one that is handed none, its name.
    fn handed(&mut self, item: &Item, module: ModuleId, function: &Function) -> u64 {
        let request = function.params.iter().find(|param| is_request(&param.ty));
        let about = request
            .and_then(|param| param.name.as_ref())
            .and_then(|name| item.code_about(name, &mut |segments| self.named(module, None, segments)));
        about.unwrap_or_else(|| hash(&item.name))
    }

    /// How a type travels: its definition if a derive says it, else the code that does; of what never does, what sets
    /// it apart from others: what it implements of traits.
    fn travels(&mut self, def: DefId) -> u64 {
        let crates = self.crates;
        let Some(found) = crates.def(def) else { return SOME };
        if derives_wire(&found.item.attrs) {
            return if self.types { self.content(found.item, found.module) } else { SOME };
        }
        let mut by_hand = TRAVELS.iter().flat_map(|path| crates.impls_of(def, path)).peekable();
        if by_hand.peek().is_some() {
            return match self.types {
                true => by_hand.fold(SOME, |all, (item, module)| mix(all, self.code(item, module))),
                false => SOME,
            };
        }
        let of_trait = |item: &Item| match &item.kind {
            ItemKind::Impl(fact) => fact.trait_path.as_ref().and_then(|path| Some(path.segments.last()?.name.clone())),
            _ => None,
        };
        let impls =
            crates.impls_for(def).into_iter().filter_map(|(item, module)| Some((of_trait(item)?, item, module)));
        let mut told: Vec<_> = impls.filter(|(name, ..)| !TELLS_NOTHING.contains(&name.as_str())).collect();
        // Where they stand does not count.
        told.sort_by_cached_key(|(name, item, _)| (name.clone(), item.hash()));
        told.truncate(TRAITS);
        let told = told.into_iter();
        told.fold(SOME, |all, (name, item, module)| all.wrapping_add(mix(hash(&name), self.code(item, module))))
    }
}

fn literals(raw: &RawTokens, tokens: &[Token], found: &mut BTreeSet<String>) {
    for token in tokens {
        match &token.kind {
            TokenKind::Literal(_) => _ = found.insert(raw.slice(token.start, token.end).text.to_string()),
            TokenKind::Group(_, inner) => literals(raw, inner, found),
            _ => {}
        }
    }
}

/// The types of this side that a type names, in order.
fn own_types(crates: &Crates, ty: &Type, module: ModuleId, depth: u32, found: &mut Vec<DefId>) {
    if depth >= DEPTH {
        return;
    }
    match ty {
        Type::Ref { ty, .. } | Type::Slice(ty) | Type::Array(ty, _) => own_types(crates, ty, module, depth + 1, found),
        Type::Tuple(types) => types.iter().for_each(|ty| own_types(crates, ty, module, depth + 1, found)),
        Type::Path { path, .. } => {
            if let Resolved::Def(def) = crates.resolve(module, path, Namespace::Type) {
                found.push(def);
            }
            for arg in path.segments.iter().flat_map(|segment| &segment.args) {
                if let GenericArg::Type(ty) | GenericArg::Assoc(_, ty) = arg {
                    own_types(crates, ty, module, depth + 1, found);
                }
            }
        }
        _ => {}
    }
}

/// Where code finds what surrounds the running program: its environment, arguments and files.
const AROUND: [&str; 9] =
    ["std::env::", "std::fs::", "tokio::fs::", "dotenv::", "dotenvy::", "envy::", "figment::", "config::", "clap::"];

/// The traits by which hand-written code reads and writes a type.
const TRAVELS: [&str; 4] = ["serde::Deserialize", "serde::Serialize", "std::str::FromStr", "std::fmt::Display"];

/// Traits whose implementation no wire shows.
const TELLS_NOTHING: [&str; 12] =
    ["Clone", "Copy", "Debug", "Drop", "Eq", "Error", "Hash", "Ord", "PartialEq", "PartialOrd", "Send", "Sync"];

/// At most this many traits of a type that does not travel are looked at.
const TRAITS: usize = 8;

/// Methods by which code makes the type that it is of, and the trait that says how.
const MAKES: [(&str, &str); 3] =
    [("into", "std::convert::From"), ("parse", "std::str::FromStr"), ("try_into", "std::convert::TryFrom")];

/// Is it a request, or a part of one as it comes, by its last name?
fn is_request(ty: &Type) -> bool {
    const REQUESTS: &[&str] =
        &["CookieJar", "Cookies", "HeaderMap", "HttpRequest", "Parts", "RawQuery", "Request", "ServiceRequest", "Uri"];
    match ty {
        Type::Ref { ty, .. } => is_request(ty),
        Type::Path { path, .. } => path.segments.last().is_some_and(|last| REQUESTS.contains(&last.name.as_str())),
        _ => false,
    }
}

/// Is it a function of a trait without a body?
fn is_declared_only(item: &Item) -> bool {
    matches!(&item.kind, ItemKind::Fn(function) if !function.has_body)
}

fn hash(text: &str) -> u64 {
    hash_of_parts(&[(text, SOME)])
}

fn mix(one: u64, other: u64) -> u64 {
    hash_of_parts(&[("", one), ("", other)])
}

/// Does a derive say how a type travels, as JSON or as text?
fn derives_wire(attrs: &[Attr]) -> bool {
    const TEXT: &[&str] = &["AsRefStr", "Display", "EnumString", "Error", "FromStr", "IntoStaticStr"];
    let wire = |name: &Name| name.contains("erialize") || TEXT.contains(&name.as_str());
    attrs.iter().filter(|attr| matches!(attr.path.as_slice(), [one] if one == "derive")).any(|attr| {
        let AttrArgs::List(tokens) = &attr.args else { return false };
        let paths = tokens.parts().iter().filter_map(RawTokens::path).collect::<Vec<_>>();
        paths.iter().any(|path| path.segments.last().is_some_and(|last| wire(&last.name)))
    })
}
