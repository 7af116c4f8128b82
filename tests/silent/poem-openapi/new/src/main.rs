mod pets;

fn main() {
    let _ = poem_openapi::OpenApiService::new(pets::Pets, "pets", "1.0");
}
