//! The documents that frameworks make are the same bytes with and without marks, and the routers take marked handlers.

use stacks::{marked, plain};

/// Each framework's document of both copies.
macro_rules! same {
    ($($name:ident: $module:ident => |$copy:ident| $document:expr;)*) => {
        $(#[test]
        fn $name() {
            let with = { use marked::$module as $copy; $document };
            let without = { use plain::$module as $copy; $document };
            assert!(with.len() > 500 && with.contains("mail"), "a document of some size: {with}");
            assert_eq!(with, without);
        })*
    };
}

fn pretty(value: &impl serde::Serialize) -> String {
    serde_json::to_string_pretty(value).expect("JSON")
}

same! {
    utoipa: utoipa_stack => |copy| <copy::Document as utoipa::OpenApi>::openapi().to_pretty_json().expect("JSON");
    utoipa_axum: utoipa_stack => |copy| copy::router().into_openapi().to_pretty_json().expect("JSON");
    poem_openapi: poem_stack => |copy| copy::service().spec();
    dropshot_functions: dropshot_stack => |copy| {
        let description = copy::functions().expect("routes");
        pretty(&description.openapi("users", "1.0.0".parse().expect("a version")).json().expect("JSON"))
    };
    dropshot_trait: dropshot_stack => |copy| {
        let description = copy::user_api_mod::stub_api_description().expect("routes");
        let documents = ["1.0.0", "2.0.0", "3.0.0"].map(|version| {
            description.openapi("users", version.parse().expect("a version")).json().expect("JSON")
        });
        pretty(&documents)
    };
    schemars: schemars_stack => |copy| pretty(&schemars::schema_for!(copy::User));
    // salvo's names of types contain the module, which differs
    salvo: salvo_stack => |copy| copy::document().to_pretty_json().expect("JSON").replace(".marked.", ".plain.");
}

#[test]
fn routers_take_marked_handlers() {
    let _ = marked::axum_stack::router();
    let _ = actix_web::App::new().configure(marked::actix_stack::configure);
    let routes: Vec<String> = marked::rocket_stack::server().routes().map(|route| route.uri.to_string()).collect();
    assert_eq!(routes.len(), 3, "{routes:?}");
    assert!(dropshot_implementation().is_ok());
}

fn dropshot_implementation() -> Result<(), dropshot::ApiDescriptionBuildErrors> {
    use marked::dropshot_stack::{user_api_mod, Users};
    user_api_mod::api_description::<Users>().map(drop)
}
