//! `#[serde_as(as = …)]`: adapters of `serde_with`.

use super::conversion::{Adapter, adapter};
use super::definition::Owner;
use super::foreign::Known;
use super::{At, Lowering, hash, presence};
use crate::extract::crates::Ty;
use crate::model::{Shape, ShapeId};
use crate::syntax::facts::{GenericArg, Type};

impl<'a> Lowering<'a> {
    /// `#[serde_as(as = …)]`: the adapter's structure over the field's.
    pub(super) fn adapted(&mut self, owner: &Owner<'a>, ty: &Ty, by: &Type, at: At) -> ShapeId {
        let path = match (by, ty) {
            (Type::Path { path, .. }, _) => path,
            (Type::Array(by, _), Ty::Array(own, length)) => {
                let item = self.adapted(owner, own, by, at.item());
                return self.leaf(Shape::List { item, length: *length, reads_string: false });
            }
            (Type::Tuple(by), Ty::Tuple(own)) if by.len() == own.len() && !own.is_empty() => {
                let items = by.iter().zip(own).map(|(by, own)| (self.adapted(owner, own, by, at.value()), false, None));
                let items: Vec<_> = items.collect();
                return self.tuple_of(&items);
            }
            _ => return self.lower(ty, at),
        };
        let Some(last) = path.segments.last() else { return self.lower(ty, at) };
        let args: Vec<&Type> =
            last.args.iter().filter_map(|arg| if let GenericArg::Type(ty) = arg { Some(ty) } else { None }).collect();
        // By the adapter's own name, whatever it was imported as.
        let whole = self.crates.ty(&owner.scope, by);
        let name = match &whole {
            Ty::Foreign(path, _) if path.starts_with("serde_with") => path.rsplit("::").next().unwrap_or_default(),
            _ => last.name.as_str(),
        };
        if name == "Same" {
            return self.lower(ty, at);
        }
        if let Some(adapter) = adapter(name) {
            return self.adapter(owner, ty, adapter, &args, at);
        }
        let inner = presence::core(ty);
        // `Box<A>` over a `Box<T>`.
        if let ([by], true) = (args.as_slice(), POINTERS.contains(&last.name.as_str())) {
            return self.adapted(owner, inner, by, at);
        }
        let Ty::Foreign(held, own) = inner else {
            return self.unknown_adapter(ty, by, at);
        };
        let is_known = |ty: &Ty| matches!(ty, Ty::Foreign(path, _) if super::foreign::known(path).is_some());
        // What skips items that cannot be read is a list all the same.
        if !is_known(&whole) && last.name != "VecSkipError" {
            return self.unknown_adapter(ty, by, at);
        }
        // `Vec<(A, B)>` over a map: a list of its entries.
        if let (Some(Known::Map), [Type::Tuple(pair)], [own_key, own_value, ..]) =
            (super::foreign::known(held), args.as_slice(), own.as_slice())
            && let [key, value] = pair.as_slice()
        {
            let key = self.adapted(owner, own_key, key, at.item());
            let value = self.adapted(owner, own_value, value, at.item());
            let item = self.tuple_of(&[(key, false, None), (value, false, None)]);
            return self.leaf(Shape::List { item, length: None, reads_string: false });
        }
        // `BTreeMap<K, V>` over a list of pairs.
        if let (Some(Known::List), Some(Known::Map), [key, value, ..], [Ty::Tuple(pair)]) =
            (super::foreign::known(held), as_known(&whole), args.as_slice(), own.as_slice())
            && let [own_key, own_value] = pair.as_slice()
        {
            let key = self.adapted(owner, own_key, key, at.plain());
            let value = self.adapted(owner, own_value, value, at.value());
            return self.leaf(Shape::Map { key, value });
        }
        match (super::foreign::known(held), args.as_slice(), own.as_slice()) {
            (Some(Known::List), [by, ..], [own, ..]) if last.name == "VecSkipError" && at.input() => {
                let item = self.adapted(owner, own, by, at.item());
                let list = self.leaf(Shape::List { item, length: None, reads_string: false });
                self.converted(list, hash::hash(["skips what it cannot read"]))
            }
            (Some(Known::Option), [by], [own, ..]) => {
                let shape = self.adapted(owner, own, by, at);
                if at.lacks_null() { shape } else { self.nullable(shape) }
            }
            (Some(Known::List), [by, ..], [own, ..]) => {
                let item = self.adapted(owner, own, by, at.item());
                self.leaf(Shape::List { item, length: None, reads_string: false })
            }
            (Some(Known::Map), [key, value, ..], [own_key, own_value, ..]) => {
                let key = self.adapted(owner, own_key, key, at.plain());
                let value = self.adapted(owner, own_value, value, at.value());
                self.leaf(Shape::Map { key, value })
            }
            (Some(_), [by, ..], [own, ..]) => self.adapted(owner, own, by, at),
            _ => self.unknown_adapter(ty, by, at),
        }
    }

    fn unknown_adapter(&mut self, ty: &Ty, by: &Type, at: At) -> ShapeId {
        let inner = self.lower(ty, at);
        if matches!(by, Type::Infer) {
            return inner;
        }
        self.decided(inner, hash::hash([format!("{by:?}").as_str()]))
    }

    fn adapter(&mut self, owner: &Owner<'a>, ty: &Ty, adapter: Adapter, args: &[&Type], at: At) -> ShapeId {
        let argument = |this: &Self, i: usize| args.get(i).map(|ty| this.crates.ty(&owner.scope, ty));
        let as_text = matches!(argument(self, 0), Some(Ty::Foreign(path, _)) if path.ends_with("::String"));
        match adapter {
            Adapter::To(known) => self.known(known, "", &[], at),
            Adapter::Display => {
                let inner = self.lower(ty, at.plain());
                self.display(inner, at)
            }
            Adapter::Seconds | Adapter::Timestamp | Adapter::SecondsFraction => {
                // `Flexible` reads any number, and text.
                let flexible = at.input() && args.get(1).is_some_and(|ty| named(ty) == Some("Flexible"));
                let number = match argument(self, 0).filter(|_| !as_text) {
                    _ if adapter == Adapter::SecondsFraction || flexible => Ty::Primitive("f64".into()),
                    Some(number) => number,
                    None if adapter == Adapter::Timestamp => Ty::Primitive("i64".into()),
                    None => Ty::Primitive("u64".into()),
                };
                // In flat text a number is its text.
                if at.is_serde_text() {
                    return self.lower(&number, At { buffered: at.buffered && !as_text, ..at });
                }
                let text = self.leaf(Shape::String { format: Some("seconds".to_owned()) });
                match as_text {
                    true if !flexible => text,
                    _ => {
                        let number = self.lower(&number, at);
                        if flexible { self.one_of(&[("number", number), ("text", text)]) } else { number }
                    }
                }
            }
            Adapter::Argument | Adapter::ArgumentTried => match argument(self, 0) {
                Some(named) => {
                    let inner = self.lower(&named, at);
                    let tried = adapter == Adapter::ArgumentTried && at.input();
                    if tried { self.converted(inner, hash::hash(["try_from"])) } else { inner }
                }
                None => self.lower(ty, at),
            },
            Adapter::OneOrMany => {
                let one = match presence::core(ty) {
                    Ty::Foreign(_, own) => own.first().cloned(),
                    _ => None,
                };
                // A list of one item is written as the item, unless the format is `PreferMany`.
                let many = args.get(1).is_some_and(|ty| named(ty) == Some("PreferMany"));
                match one {
                    Some(one) => {
                        let at = at.buffered();
                        let one = match args.first() {
                            Some(by) => self.adapted(owner, &one, by, at),
                            None => self.lower(&one, at),
                        };
                        let list = self.leaf(Shape::List { item: one, length: None, reads_string: false });
                        if at.input() || !many { self.one_of(&[("One", one), ("Many", list)]) } else { list }
                    }
                    None => self.lower(ty, at),
                }
            }
            // The first is written, any of them is read.
            Adapter::PickFirst => match args.first() {
                Some(Type::Tuple(all)) => {
                    let names: Vec<String> = (0..all.len()).map(|i| i.to_string()).collect();
                    let arms: Vec<(&str, ShapeId)> = names
                        .iter()
                        .zip(all)
                        .take(if at.input() { all.len() } else { 1 })
                        .map(|(name, by)| (name.as_str(), self.adapted(owner, ty, by, at.buffered())))
                        .collect();
                    match arms.as_slice() {
                        [(_, only)] => *only,
                        _ => self.one_of(&arms),
                    }
                }
                _ => self.lower(ty, at),
            },
            Adapter::Map => match (presence::core(ty), args) {
                (Ty::Foreign(_, own), [key, value]) if let [Ty::Tuple(pair)] = own.as_slice() => {
                    let [own_key, own_value] = pair.as_slice() else { return self.lower(ty, at) };
                    let key = self.adapted(owner, own_key, key, at.plain());
                    let value = self.adapted(owner, own_value, value, at.value());
                    self.leaf(Shape::Map { key, value })
                }
                _ => self.unknown_adapter(ty, &Type::Tuple(Vec::new()), at),
            },
            // What cannot be read is the default.
            Adapter::DefaultOnError => {
                let inner = match args.first() {
                    Some(by) => self.adapted(owner, ty, by, at),
                    None => self.lower(ty, at),
                };
                if at.input() { self.converted(inner, hash::hash(["default on error"])) } else { inner }
            }
            Adapter::DefaultOnNull => {
                let inner = match args.first() {
                    Some(by) => self.adapted(owner, ty, by, at),
                    None => self.lower(ty, at),
                };
                if at.input() && !at.lacks_null() { self.nullable(inner) } else { inner }
            }
            Adapter::EmptyText => match presence::option(presence::core(ty)) {
                Some(inner) => {
                    let inner = self.lower(inner, at.plain());
                    let text = self.display(inner, at);
                    let format = match &self.shapes.get(text).shape {
                        Shape::String { format } => format.clone(),
                        _ => None,
                    };
                    let text = match format {
                        Some(format) => self.leaf(Shape::String { format: Some(format!("{format}, or empty")) }),
                        None => text,
                    };
                    if at.input() && !at.lacks_null() { self.nullable(text) } else { text }
                }
                None => self.leaf(Shape::String { format: None }),
            },
            Adapter::Bit => self.known(Known::Int(0, 1), "", &[], at),
            Adapter::Pairs => match presence::core(ty) {
                Ty::Foreign(_, own) => self.known(Known::Pairs, "", own, at),
                _ => self.lower(ty, at),
            },
            Adapter::Inner => self.lower(ty, at),
        }
    }
}

/// Pointers that `serde_as` looks through.
const POINTERS: &[&str] = &["Arc", "Box", "Cell", "Cow", "Mutex", "Pin", "Rc", "RefCell", "RwLock"];

fn as_known(ty: &Ty) -> Option<Known> {
    match ty {
        Ty::Foreign(path, _) => super::foreign::known(path),
        _ => None,
    }
}

/// The last name of a type's path.
fn named(ty: &Type) -> Option<&str> {
    match ty {
        Type::Path { path, .. } => path.segments.last().map(|last| last.name.as_str()),
        _ => None,
    }
}
