use versioning_macros::api;

macro_rules! listing {
    ($($name:ident: $path:literal since $since:literal;)*) => {
        $(
            #[api(GET $path, since = $since)]
            pub async fn $name() {}
        )*
    };
}

listing! {
    users: "/users" since "1.0";
    groups: "/groups" since "1.0";
}
