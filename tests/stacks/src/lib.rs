//! Marks above and below the attributes of real frameworks. Each module of `marked` is compiled a second time in `plain`,
//! without its marks: both must build without a warning, and make the same documents.

#![deny(warnings)]
#![warn(clippy::pedantic)]
// what the frameworks' own code does not keep, marked or not
#![allow(clippy::unused_async, clippy::must_use_candidate)]

/// The modules as they stand.
#[path = "stacks"]
pub mod marked {
    pub mod actix_stack;
    pub mod axum_stack;
    pub mod dropshot_stack;
    pub mod poem_stack;
    pub mod rocket_stack;
    pub mod salvo_stack;
    pub mod schemars_stack;
    pub mod utoipa_stack;
}

macro_rules! plain {
    ($($name:ident)*) => {
        /// The same modules without their marks, as `build.rs` writes them.
        pub mod plain {
            $(pub mod $name {
                include!(concat!(env!("OUT_DIR"), "/", stringify!($name), ".rs"));
            })*
        }
    };
}

plain! { actix_stack axum_stack dropshot_stack poem_stack rocket_stack salvo_stack schemars_stack utoipa_stack }
