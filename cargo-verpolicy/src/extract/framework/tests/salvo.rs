use super::check;

#[test]
fn derives_say_where_fields_are_read() {
    check(
        &["salvo", "salvo-oapi"],
        r#"
        use salvo::oapi::ToParameters;
        use salvo::{Extractible, Router, handler};
        #[derive(serde::Deserialize, ToParameters)]
        struct Page { page: Option<u32>, #[serde(rename = "pageSize")] size: u32 }
        #[derive(serde::Deserialize, Extractible)]
        #[salvo(extract(default_source(from = "query"), rename_all = "camelCase"))]
        struct One {
            #[salvo(extract(source(from = "param")))] id: u64,
            sort_by: Option<String>,
            #[salvo(extract(source(from = "header")))] token: String,
            #[salvo(extract(flatten))] page: Page,
        }
        #[derive(serde::Deserialize, Extractible)]
        #[salvo(extract(default_source(from = "body")))]
        struct New { name: String }
        #[handler] async fn list(page: Page) {}
        #[handler] async fn find(one: One) {}
        #[handler] async fn make(new: New) {}
        fn main() {
            let router = Router::with_path("users").get(list).post(make).push(Router::with_path("{id}").get(find));
            salvo::Server::new(1).serve(router);
        }
        "#,
        &[
            "GET /users query(page?: number, pageSize: number) 200",
            "GET /users/{id} path(id: number) query(sortBy?: string, page?: number, pageSize: number) header(token: string) 200",
            "POST /users body(application/json {name}) 200",
        ],
    );
}

#[test]
fn a_trait_that_all_types_have_takes_no_method_of_routers_over() {
    check(
        &["salvo"],
        r#"
        use salvo::{Router, handler};
        pub trait Quota { fn get(&self, key: u8) -> u8; }
        impl<T: Clone> Quota for T { fn get(&self, key: u8) -> u8 { key } }
        #[handler] async fn list() -> &'static str { "all" }
        fn main() {
            salvo::Server::new(1).serve(Router::new().push(Router::with_path("users").get(list)));
        }
        "#,
        &["GET /users 200(text/plain string)"],
    );
}
