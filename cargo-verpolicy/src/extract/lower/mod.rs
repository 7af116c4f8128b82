//! Types to shapes: what serde (and what its look-alikes) really do, for one direction and one reader.
//! `COMPATIBILITY.md` section 2 is the specification.

use super::crates::{Crates, DefId, Ty};
use crate::model::{BlindSpot, Direction, In, Node, Parameter, Reader, Shape, ShapeId, Shapes, UnknownKeys};
use crate::syntax::facts::FieldFact;

/// Lowers types into one arena; memoised on (type, direction, reader, buffered).
#[derive(Debug)]
pub struct Lowering<'a> {
    /// Names.
    pub crates: &'a Crates,
    /// The arena.
    pub shapes: Shapes,
    /// What could not be seen on the way; sorted and made unique by the caller.
    pub blind_spots: Vec<BlindSpot>,
}

/// A type read as parameters.
#[derive(Clone, Debug)]
pub struct Parameters {
    /// One a key.
    pub parameters: Vec<Parameter>,
    /// What happens to other keys.
    pub unknown: UnknownKeys,
}

impl<'a> Lowering<'a> {
    /// An empty arena over these crates.
    #[must_use]
    pub fn new(crates: &'a Crates) -> Self {
        Self { crates, shapes: Shapes::default(), blind_spots: Vec::new() }
    }

    /// The shape of a whole value (a body, a message, a configuration file).
    pub fn value(&mut self, _ty: &Ty, _direction: Direction, _reader: Reader) -> ShapeId {
        self.shapes.push(Node::plain(Shape::Any))
    }

    /// A struct (or map, or `Option` of one) read as named parameters: `Query<S>`, `Path<S>`, `Header<S>`. A type that
    /// is no struct gives one parameter named `fallback_name`.
    pub fn parameters(&mut self, _ty: &Ty, _place_in: In, _reader: Reader, _fallback_name: &str) -> Parameters {
        Parameters { parameters: Vec::new(), unknown: UnknownKeys::Ignored }
    }

    /// An object made of some fields of the struct `owner` only (Ruma's `Request` and `Response`, poem's `ApiRequest`),
    /// under the container attributes of `owner`, as serde would read or write a struct of just these fields.
    pub fn object_of(
        &mut self,
        _owner: DefId,
        _fields: &[&FieldFact],
        _direction: Direction,
        _reader: Reader,
    ) -> ShapeId {
        self.shapes.push(Node::plain(Shape::Any))
    }

    /// Some fields of the struct `owner`, one parameter each, under their serde names.
    pub fn parameters_of(
        &mut self,
        _owner: DefId,
        _fields: &[&FieldFact],
        _place_in: In,
        _reader: Reader,
    ) -> Parameters {
        Parameters { parameters: Vec::new(), unknown: UnknownKeys::Ignored }
    }
}
