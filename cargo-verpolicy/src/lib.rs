//! The library behind `cargo verpolicy`.

pub mod model;
