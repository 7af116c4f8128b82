// A field or variant has a lifetime; everything else is said on its type.
use versioning_macros::api;

#[api(since = "1.0.0")]
pub struct Struct {
    #[api(GET "/users", since = "1.1.0")]
    pub route: u8,
    #[api(item, section = "client", edition = "6", open, since = "1.1.0")]
    pub keys: u8,
    #[api(sinse = "1.1.0")]
    pub misspelt: u8,
    #[cfg_attr(all(), api(since = "one"))]
    pub conditional: u8,
}

#[api(since = "1.0.0")]
pub enum Enum {
    #[api(since = "1..2")]
    Variant {
        #[api(since = 1.3)]
        field: u8,
    },
}

fn main() {
    let it = Struct { route: 1, keys: 2, misspelt: 3, conditional: 4 };
    let _ = (it.route, it.keys, it.misspelt, it.conditional, Enum::Variant { field: 1 });
}
