// A mark on everything that can carry one, in every form, under several names, without one warning.
//! Every place.
#![deny(warnings, missing_docs)]

use versioning_macros::api as promise;

mod inner {
    pub mod types {
        /// A page.
        pub struct Page;
    }
}

/// A constant.
#[versioning_macros::api(since = "1.2.0")]
pub const CONST: u8 = 1;
/// A static.
#[promise(since = "1.2.0")]
pub static STATIC: u8 = 1;
/// An alias.
#[promise(since = "1.2.0")]
pub type Alias = u8;
#[promise(since = "1.2.0")]
pub use inner::types::Page as Renamed;

/// A function.
#[promise(since = "1.2.0")]
pub const fn function<T: Copy>(it: T) -> T {
    it
}

/// Two endpoints.
#[promise(GET "/users/{id}", since = "1.2.0", request = Alias, responses(200 = Struct<u8>, 404 = Enum, 204))]
#[promise(HEAD | OPTIONS "/users/:id", since = "1.3", deprecated(since = "1.4", replaced_by = "GET /users/{id}"))]
pub async fn handler() {}

/// A struct.
#[promise(message, since = "1.0", behavior = 2, open)]
#[derive(Clone, Debug, Default)]
pub struct Struct<T> {
    /// A field.
    pub old: T,
    /// A newer field.
    #[promise(since = "1.3")]
    pub new: u8,
    /// A field in another spelling.
    #[versioning_macros::api(unstable(feature = "org.example"))]
    pub unstable: u8,
    /// A conditional one.
    #[cfg_attr(all(), promise(since = "next"))]
    pub conditional: u8,
}

/// A tuple.
#[derive(Clone, Debug)]
#[promise(config, since = "1.0")]
pub struct Tuple(#[promise(since = "1.1")] pub u8, pub u8)
where
    u8: Copy;

/// An enum.
#[derive(Clone, Debug)]
#[promise(edition = "6", since = "1.0")]
pub enum Enum {
    /// A variant.
    Old,
    /// A newer one.
    #[promise(since = "1.3")]
    New {
        /// Its field.
        #[promise(since = "1.4")]
        field: u8,
    },
}

/// A union.
#[promise(since = "1.0")]
#[derive(Clone, Copy)]
pub union Union {
    /// A field.
    #[promise(since = "1.3")]
    pub a: u8,
    /// Another.
    pub b: u8,
}

/// A trait.
#[promise(since = "1.0")]
pub trait Trait {
    /// A type.
    #[promise(since = "1.1")]
    type T;
    /// A constant.
    #[promise(since = "1.1")]
    const C: u8;
    /// A method.
    #[promise(since = "1.1", deprecated(since = "1.2"))]
    fn required(&self) -> u8;
    /// A method with a body.
    #[promise(since = "1.1", deprecated(since = "1.2"))]
    fn provided(&self) -> u8 {
        self.required()
    }
}

#[promise(section = "client-server")]
impl Trait for Struct<u8> {
    #[promise(since = "1.1")]
    type T = u8;
    #[promise(since = "1.1")]
    const C: u8 = 1;
    #[promise(since = "1.1", deprecated(since = "1.2"))]
    fn required(&self) -> u8 {
        self.old
    }
}

#[promise(since = "1.0")]
impl<T> Struct<T> {
    /// A method.
    #[promise(since = "1.1", removed = "2.0")]
    pub fn method(&self) -> &T {
        &self.old
    }
}

/// A module.
#[promise(section = "federation")]
pub mod module {
    //! Its own words.

    /// A function.
    #[super::promise(since = "v1.1.9.security1")]
    pub fn f() {}
}

#[promise(since = "1.0")]
extern "C" {
    /// A foreign function.
    #[promise(since = "1.1")]
    pub fn abs(x: i32) -> i32;
}

/// Conditional.
#[cfg_attr(all(), promise(item, since = "1.0"))]
#[cfg_attr(any(), promise(nonsense))]
pub fn conditional() {}

macro_rules! made {
    ($visibility:vis $name:ident $since:literal $type:ty; $(#[$attribute:meta])*) => {
        /// Made by a macro.
        #[promise(since = $since, request = $type)]
        #[derive(Clone)]
        $visibility struct $name {
            /// A field.
            $(#[$attribute])*
            pub a: $type,
        }
    };
}
made!(pub Made "1.0" Vec<u8>; #[promise(since = "1.1")]);

macro_rules! wrapped {
    ($item:item) => {
        #[promise(since = "1.0")]
        $item
    };
}
wrapped! {
    /// A whole item.
    pub struct Wrapped {
        /// A field.
        #[promise(since = "1.1")]
        pub a: u8,
    }
}

fn main() {
    #[promise(since = "1.0")]
    fn local() {}
    local();
    conditional();
    module::f();
    let value = Struct { old: function(CONST) + STATIC, new: 1, unstable: 1, conditional: 1 };
    assert_eq!(value.required() + value.provided() + *value.method() + <Struct<u8> as Trait>::C, 2 + 2 + 2 + 1);
    let _: <Struct<u8> as Trait>::T = 1_u8;
    let _ = (handler(), Tuple(1, 2), Enum::Old, Enum::New { field: 1 }, Renamed, Union { a: 1 });
    let _ = (Made { a: vec![1] }, Wrapped { a: 1 }, abs as unsafe extern "C" fn(i32) -> i32);
}
