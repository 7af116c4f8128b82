use rocket::{get, request::FromParam};
use versioning_macros::api;

pub struct Id(String);

impl<'a> FromParam<'a> for Id {
    type Error = &'a str;

    fn from_param(param: &'a str) -> Result<Self, &'a str> {
        if param.len() > 9 { Err(param) } else { Ok(Id(param.to_owned())) }
    }
}

#[api(since = "1.0")]
#[get("/x/<id>")]
pub fn x(id: Id) -> String {
    id.0
}
