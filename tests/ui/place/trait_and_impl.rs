// Mistakes inside a trait, an impl and an extern block.
use versioning_macros::api;

#[api(since = "1.0.0")]
pub trait Trait {
    #[api(sinse = "1.1.0")]
    const C: u8;
    #[api(sinse = "1.1.0")]
    fn f(&self) -> u8;
}

pub struct S;

#[api(section = "client")]
impl Trait for S {
    #[api(since = "1..1")]
    const C: u8 = 1;
    #[api(since = "1.0", removed = "1.0")]
    fn f(&self) -> u8 {
        Self::C
    }
}

extern "C" {
    #[api(since = "one")]
    pub fn abs(x: i32) -> i32;
}

fn main() {
    let _ = (S.f(), abs as unsafe extern "C" fn(i32) -> i32);
}
