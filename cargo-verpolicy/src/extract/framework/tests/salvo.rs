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
