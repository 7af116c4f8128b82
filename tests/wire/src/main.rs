//! Serves every case: `POST` reads and answers the type as JSON, `GET` reads it from a query.

mod cases;
use axum::{
    Json, Router,
    extract::Query,
    routing::{get, post},
};
async fn h_fields_lowercase(Json(x): Json<cases::fields_lowercase::T>) -> Json<cases::fields_lowercase::T> {
    Json(x)
}
async fn h_variants_lowercase(Json(x): Json<cases::variants_lowercase::T>) -> Json<cases::variants_lowercase::T> {
    Json(x)
}
async fn h_fields_UPPERCASE(Json(x): Json<cases::fields_UPPERCASE::T>) -> Json<cases::fields_UPPERCASE::T> {
    Json(x)
}
async fn h_variants_UPPERCASE(Json(x): Json<cases::variants_UPPERCASE::T>) -> Json<cases::variants_UPPERCASE::T> {
    Json(x)
}
async fn h_fields_PascalCase(Json(x): Json<cases::fields_PascalCase::T>) -> Json<cases::fields_PascalCase::T> {
    Json(x)
}
async fn h_variants_PascalCase(Json(x): Json<cases::variants_PascalCase::T>) -> Json<cases::variants_PascalCase::T> {
    Json(x)
}
async fn h_fields_camelCase(Json(x): Json<cases::fields_camelCase::T>) -> Json<cases::fields_camelCase::T> {
    Json(x)
}
async fn h_variants_camelCase(Json(x): Json<cases::variants_camelCase::T>) -> Json<cases::variants_camelCase::T> {
    Json(x)
}
async fn h_fields_snake_case(Json(x): Json<cases::fields_snake_case::T>) -> Json<cases::fields_snake_case::T> {
    Json(x)
}
async fn h_variants_snake_case(Json(x): Json<cases::variants_snake_case::T>) -> Json<cases::variants_snake_case::T> {
    Json(x)
}
async fn h_fields_SCREAMING_SNAKE_CASE(
    Json(x): Json<cases::fields_SCREAMING_SNAKE_CASE::T>,
) -> Json<cases::fields_SCREAMING_SNAKE_CASE::T> {
    Json(x)
}
async fn h_variants_SCREAMING_SNAKE_CASE(
    Json(x): Json<cases::variants_SCREAMING_SNAKE_CASE::T>,
) -> Json<cases::variants_SCREAMING_SNAKE_CASE::T> {
    Json(x)
}
async fn h_fields_kebabkcase(Json(x): Json<cases::fields_kebabkcase::T>) -> Json<cases::fields_kebabkcase::T> {
    Json(x)
}
async fn h_variants_kebabkcase(Json(x): Json<cases::variants_kebabkcase::T>) -> Json<cases::variants_kebabkcase::T> {
    Json(x)
}
async fn h_fields_SCREAMINGkKEBABkCASE(
    Json(x): Json<cases::fields_SCREAMINGkKEBABkCASE::T>,
) -> Json<cases::fields_SCREAMINGkKEBABkCASE::T> {
    Json(x)
}
async fn h_variants_SCREAMINGkKEBABkCASE(
    Json(x): Json<cases::variants_SCREAMINGkKEBABkCASE::T>,
) -> Json<cases::variants_SCREAMINGkKEBABkCASE::T> {
    Json(x)
}
async fn h_fields_of_variants(Json(x): Json<cases::fields_of_variants::T>) -> Json<cases::fields_of_variants::T> {
    Json(x)
}
async fn h_renamed_by_direction(Json(x): Json<cases::renamed_by_direction::T>) -> Json<cases::renamed_by_direction::T> {
    Json(x)
}
async fn h_options(Json(x): Json<cases::options::T>) -> Json<cases::options::T> {
    Json(x)
}
async fn h_skipped(Json(x): Json<cases::skipped::T>) -> Json<cases::skipped::T> {
    Json(x)
}
async fn h_denied(Json(x): Json<cases::denied::T>) -> Json<cases::denied::T> {
    Json(x)
}
async fn h_container_default(Json(x): Json<cases::container_default::T>) -> Json<cases::container_default::T> {
    Json(x)
}
async fn h_newtype_of_option(Json(x): Json<cases::newtype_of_option::T>) -> Json<cases::newtype_of_option::T> {
    Json(x)
}
async fn h_generic(Json(x): Json<cases::generic::T>) -> Json<cases::generic::T> {
    Json(x)
}
async fn h_flattened(Json(x): Json<cases::flattened::T>) -> Json<cases::flattened::T> {
    Json(x)
}
async fn h_flattened_option(Json(x): Json<cases::flattened_option::T>) -> Json<cases::flattened_option::T> {
    Json(x)
}
async fn h_flattened_map(Json(x): Json<cases::flattened_map::T>) -> Json<cases::flattened_map::T> {
    Json(x)
}
async fn h_flattened_values(Json(x): Json<cases::flattened_values::T>) -> Json<cases::flattened_values::T> {
    Json(x)
}
async fn h_flattened_internal(Json(x): Json<cases::flattened_internal::T>) -> Json<cases::flattened_internal::T> {
    Json(x)
}
async fn h_flattened_external(Json(x): Json<cases::flattened_external::T>) -> Json<cases::flattened_external::T> {
    Json(x)
}
async fn h_flattened_untagged(Json(x): Json<cases::flattened_untagged::T>) -> Json<cases::flattened_untagged::T> {
    Json(x)
}
async fn h_flattened_denied(Json(x): Json<cases::flattened_denied::T>) -> Json<cases::flattened_denied::T> {
    Json(x)
}
async fn h_flattened_numbers(Json(x): Json<cases::flattened_numbers::T>) -> Json<cases::flattened_numbers::T> {
    Json(x)
}
async fn h_flattened_generic(Json(x): Json<cases::flattened_generic::T>) -> Json<cases::flattened_generic::T> {
    Json(x)
}
async fn h_external(Json(x): Json<cases::external::T>) -> Json<cases::external::T> {
    Json(x)
}
async fn h_internal(Json(x): Json<cases::internal::T>) -> Json<cases::internal::T> {
    Json(x)
}
async fn h_internal_denied(Json(x): Json<cases::internal_denied::T>) -> Json<cases::internal_denied::T> {
    Json(x)
}
async fn h_adjacent(Json(x): Json<cases::adjacent::T>) -> Json<cases::adjacent::T> {
    Json(x)
}
async fn h_untagged(Json(x): Json<cases::untagged::T>) -> Json<cases::untagged::T> {
    Json(x)
}
async fn h_other_external(Json(x): Json<cases::other_external::T>) -> Json<cases::other_external::T> {
    Json(x)
}
async fn h_other_internal(Json(x): Json<cases::other_internal::T>) -> Json<cases::other_internal::T> {
    Json(x)
}
async fn h_untagged_variant(Json(x): Json<cases::untagged_variant::T>) -> Json<cases::untagged_variant::T> {
    Json(x)
}
async fn h_skipped_variant(Json(x): Json<cases::skipped_variant::T>) -> Json<cases::skipped_variant::T> {
    Json(x)
}
async fn h_tagged_struct(Json(x): Json<cases::tagged_struct::T>) -> Json<cases::tagged_struct::T> {
    Json(x)
}
async fn h_tagged_struct_inside(Json(x): Json<cases::tagged_struct_inside::T>) -> Json<cases::tagged_struct_inside::T> {
    Json(x)
}
async fn h_internal_in_untagged(Json(x): Json<cases::internal_in_untagged::T>) -> Json<cases::internal_in_untagged::T> {
    Json(x)
}
async fn h_internal_over_enum(Json(x): Json<cases::internal_over_enum::T>) -> Json<cases::internal_over_enum::T> {
    Json(x)
}
async fn h_tuples(Json(x): Json<cases::tuples::T>) -> Json<cases::tuples::T> {
    Json(x)
}
async fn h_units(Json(x): Json<cases::units::T>) -> Json<cases::units::T> {
    Json(x)
}
async fn h_by_way_of(Json(x): Json<cases::by_way_of::T>) -> Json<cases::by_way_of::T> {
    Json(x)
}
async fn h_by_way_of_text(Json(x): Json<cases::by_way_of_text::T>) -> Json<cases::by_way_of_text::T> {
    Json(x)
}
async fn h_maps(Json(x): Json<cases::maps::T>) -> Json<cases::maps::T> {
    Json(x)
}
async fn h_numbers(Json(x): Json<cases::numbers::T>) -> Json<cases::numbers::T> {
    Json(x)
}
async fn h_foreign_types(Json(x): Json<cases::foreign_types::T>) -> Json<cases::foreign_types::T> {
    Json(x)
}
async fn h_time_types(Json(x): Json<cases::time_types::T>) -> Json<cases::time_types::T> {
    Json(x)
}
async fn h_known_modules(Json(x): Json<cases::known_modules::T>) -> Json<cases::known_modules::T> {
    Json(x)
}
async fn h_by_number(Json(x): Json<cases::by_number::T>) -> Json<cases::by_number::T> {
    Json(x)
}
async fn h_by_signed_number(Json(x): Json<cases::by_signed_number::T>) -> Json<cases::by_signed_number::T> {
    Json(x)
}
async fn h_as_tuple(Json(x): Json<cases::as_tuple::T>) -> Json<cases::as_tuple::T> {
    Json(x)
}
async fn h_strum_beside_serde(Json(x): Json<cases::strum_beside_serde::T>) -> Json<cases::strum_beside_serde::T> {
    Json(x)
}
async fn h_strum_names(Json(x): Json<cases::strum_names::T>) -> Json<cases::strum_names::T> {
    Json(x)
}
async fn h_strum_rest(Json(x): Json<cases::strum_rest::T>) -> Json<cases::strum_rest::T> {
    Json(x)
}
async fn h_by_display(Json(x): Json<cases::by_display::T>) -> Json<cases::by_display::T> {
    Json(x)
}
async fn h_adapter_disp(Json(x): Json<cases::adapter_disp::T>) -> Json<cases::adapter_disp::T> {
    Json(x)
}
async fn h_adapter_dur(Json(x): Json<cases::adapter_dur::T>) -> Json<cases::adapter_dur::T> {
    Json(x)
}
async fn h_adapter_ts(Json(x): Json<cases::adapter_ts::T>) -> Json<cases::adapter_ts::T> {
    Json(x)
}
async fn h_adapter_enc(Json(x): Json<cases::adapter_enc::T>) -> Json<cases::adapter_enc::T> {
    Json(x)
}
async fn h_adapter_many(Json(x): Json<cases::adapter_many::T>) -> Json<cases::adapter_many::T> {
    Json(x)
}
async fn h_adapter_map(Json(x): Json<cases::adapter_map::T>) -> Json<cases::adapter_map::T> {
    Json(x)
}
async fn h_adapter_conv(Json(x): Json<cases::adapter_conv::T>) -> Json<cases::adapter_conv::T> {
    Json(x)
}
async fn h_adapter_optdef(Json(x): Json<cases::adapter_optdef::T>) -> Json<cases::adapter_optdef::T> {
    Json(x)
}
async fn h_none_skipped(Json(x): Json<cases::none_skipped::T>) -> Json<cases::none_skipped::T> {
    Json(x)
}
async fn h_applied(Json(x): Json<cases::applied::T>) -> Json<cases::applied::T> {
    Json(x)
}
async fn h_by_hand_value_arms(Json(x): Json<cases::by_hand_value_arms::T>) -> Json<cases::by_hand_value_arms::T> {
    Json(x)
}
async fn h_by_hand_buf_infer(Json(x): Json<cases::by_hand_buf_infer::T>) -> Json<cases::by_hand_buf_infer::T> {
    Json(x)
}
async fn h_by_hand_nullable(Json(x): Json<cases::by_hand_nullable::T>) -> Json<cases::by_hand_nullable::T> {
    Json(x)
}
async fn h_by_hand_letty(Json(x): Json<cases::by_hand_letty::T>) -> Json<cases::by_hand_letty::T> {
    Json(x)
}
async fn h_by_hand_special(Json(x): Json<cases::by_hand_special::T>) -> Json<cases::by_hand_special::T> {
    Json(x)
}
async fn h_by_hand_visitor(Json(x): Json<cases::by_hand_visitor::T>) -> Json<cases::by_hand_visitor::T> {
    Json(x)
}
async fn h_by_hand_visitmap(Json(x): Json<cases::by_hand_visitmap::T>) -> Json<cases::by_hand_visitmap::T> {
    Json(x)
}
async fn h_read_by_strnum(Json(x): Json<cases::read_by_strnum::T>) -> Json<cases::read_by_strnum::T> {
    Json(x)
}
async fn h_read_by_null(Json(x): Json<cases::read_by_null::T>) -> Json<cases::read_by_null::T> {
    Json(x)
}
async fn h_read_by_some(Json(x): Json<cases::read_by_some::T>) -> Json<cases::read_by_some::T> {
    Json(x)
}
async fn h_read_by_sep(Json(x): Json<cases::read_by_sep::T>) -> Json<cases::read_by_sep::T> {
    Json(x)
}
async fn h_written_by_hand(Json(x): Json<cases::written_by_hand::T>) -> Json<cases::written_by_hand::T> {
    Json(x)
}
async fn h_recursive(Json(x): Json<cases::recursive::T>) -> Json<cases::recursive::T> {
    Json(x)
}
async fn h_odd_names(Json(x): Json<cases::odd_names::T>) -> Json<cases::odd_names::T> {
    Json(x)
}
async fn h_remote(Json(x): Json<cases::remote::T>) -> Json<cases::remote::T> {
    Json(x)
}
async fn h_owned_and_lent(Json(x): Json<cases::owned_and_lent::T>) -> Json<cases::owned_and_lent::T> {
    Json(x)
}
async fn h_defaults(Json(x): Json<cases::defaults::T>) -> Json<cases::defaults::T> {
    Json(x)
}
async fn h_left_out(Json(x): Json<cases::left_out::T>) -> Json<cases::left_out::T> {
    Json(x)
}
async fn h_query_basic(x: Query<cases::query_basic::T>) -> &'static str {
    ""
}
async fn h_query_enum(x: Query<cases::query_enum::T>) -> &'static str {
    ""
}
async fn h_query_flat(x: Query<cases::query_flat::T>) -> &'static str {
    ""
}
async fn h_query_flatstr(x: Query<cases::query_flatstr::T>) -> &'static str {
    ""
}
async fn h_query_map(x: Query<cases::query_map::T>) -> &'static str {
    ""
}
async fn h_query_deny(x: Query<cases::query_deny::T>) -> &'static str {
    ""
}
async fn h_query_sep(x: Query<cases::query_sep::T>) -> &'static str {
    ""
}
async fn h_query_dw(x: Query<cases::query_dw::T>) -> &'static str {
    ""
}
async fn h_query_foreign(x: Query<cases::query_foreign::T>) -> &'static str {
    ""
}
async fn h_query_tagged(x: Query<cases::query_tagged::T>) -> &'static str {
    ""
}
async fn h_query_taggednum(x: Query<cases::query_taggednum::T>) -> &'static str {
    ""
}
async fn h_query_untagged(x: Query<cases::query_untagged::T>) -> &'static str {
    ""
}
async fn h_query_tuple(x: Query<cases::query_tuple::T>) -> &'static str {
    ""
}
async fn h_query_newtype(x: Query<cases::query_newtype::T>) -> &'static str {
    ""
}
async fn h_query_html(x: axum_extra::extract::Query<cases::query_html::T>) -> &'static str {
    ""
}
async fn h_query_qs(x: serde_qs::axum::QsQuery<cases::query_qs::T>) -> &'static str {
    ""
}
fn app() -> Router {
    Router::new()
        .route("/fields_lowercase", post(h_fields_lowercase))
        .route("/variants_lowercase", post(h_variants_lowercase))
        .route("/fields_UPPERCASE", post(h_fields_UPPERCASE))
        .route("/variants_UPPERCASE", post(h_variants_UPPERCASE))
        .route("/fields_PascalCase", post(h_fields_PascalCase))
        .route("/variants_PascalCase", post(h_variants_PascalCase))
        .route("/fields_camelCase", post(h_fields_camelCase))
        .route("/variants_camelCase", post(h_variants_camelCase))
        .route("/fields_snake_case", post(h_fields_snake_case))
        .route("/variants_snake_case", post(h_variants_snake_case))
        .route("/fields_SCREAMING_SNAKE_CASE", post(h_fields_SCREAMING_SNAKE_CASE))
        .route("/variants_SCREAMING_SNAKE_CASE", post(h_variants_SCREAMING_SNAKE_CASE))
        .route("/fields_kebabkcase", post(h_fields_kebabkcase))
        .route("/variants_kebabkcase", post(h_variants_kebabkcase))
        .route("/fields_SCREAMINGkKEBABkCASE", post(h_fields_SCREAMINGkKEBABkCASE))
        .route("/variants_SCREAMINGkKEBABkCASE", post(h_variants_SCREAMINGkKEBABkCASE))
        .route("/fields_of_variants", post(h_fields_of_variants))
        .route("/renamed_by_direction", post(h_renamed_by_direction))
        .route("/options", post(h_options))
        .route("/skipped", post(h_skipped))
        .route("/denied", post(h_denied))
        .route("/container_default", post(h_container_default))
        .route("/newtype_of_option", post(h_newtype_of_option))
        .route("/generic", post(h_generic))
        .route("/flattened", post(h_flattened))
        .route("/flattened_option", post(h_flattened_option))
        .route("/flattened_map", post(h_flattened_map))
        .route("/flattened_values", post(h_flattened_values))
        .route("/flattened_internal", post(h_flattened_internal))
        .route("/flattened_external", post(h_flattened_external))
        .route("/flattened_untagged", post(h_flattened_untagged))
        .route("/flattened_denied", post(h_flattened_denied))
        .route("/flattened_numbers", post(h_flattened_numbers))
        .route("/flattened_generic", post(h_flattened_generic))
        .route("/external", post(h_external))
        .route("/internal", post(h_internal))
        .route("/internal_denied", post(h_internal_denied))
        .route("/adjacent", post(h_adjacent))
        .route("/untagged", post(h_untagged))
        .route("/other_external", post(h_other_external))
        .route("/other_internal", post(h_other_internal))
        .route("/untagged_variant", post(h_untagged_variant))
        .route("/skipped_variant", post(h_skipped_variant))
        .route("/tagged_struct", post(h_tagged_struct))
        .route("/tagged_struct_inside", post(h_tagged_struct_inside))
        .route("/internal_in_untagged", post(h_internal_in_untagged))
        .route("/internal_over_enum", post(h_internal_over_enum))
        .route("/tuples", post(h_tuples))
        .route("/units", post(h_units))
        .route("/by_way_of", post(h_by_way_of))
        .route("/by_way_of_text", post(h_by_way_of_text))
        .route("/maps", post(h_maps))
        .route("/numbers", post(h_numbers))
        .route("/foreign_types", post(h_foreign_types))
        .route("/time_types", post(h_time_types))
        .route("/known_modules", post(h_known_modules))
        .route("/by_number", post(h_by_number))
        .route("/by_signed_number", post(h_by_signed_number))
        .route("/as_tuple", post(h_as_tuple))
        .route("/strum_beside_serde", post(h_strum_beside_serde))
        .route("/strum_names", post(h_strum_names))
        .route("/strum_rest", post(h_strum_rest))
        .route("/by_display", post(h_by_display))
        .route("/adapter_disp", post(h_adapter_disp))
        .route("/adapter_dur", post(h_adapter_dur))
        .route("/adapter_ts", post(h_adapter_ts))
        .route("/adapter_enc", post(h_adapter_enc))
        .route("/adapter_many", post(h_adapter_many))
        .route("/adapter_map", post(h_adapter_map))
        .route("/adapter_conv", post(h_adapter_conv))
        .route("/adapter_optdef", post(h_adapter_optdef))
        .route("/none_skipped", post(h_none_skipped))
        .route("/applied", post(h_applied))
        .route("/by_hand_value_arms", post(h_by_hand_value_arms))
        .route("/by_hand_buf_infer", post(h_by_hand_buf_infer))
        .route("/by_hand_nullable", post(h_by_hand_nullable))
        .route("/by_hand_letty", post(h_by_hand_letty))
        .route("/by_hand_special", post(h_by_hand_special))
        .route("/by_hand_visitor", post(h_by_hand_visitor))
        .route("/by_hand_visitmap", post(h_by_hand_visitmap))
        .route("/read_by_strnum", post(h_read_by_strnum))
        .route("/read_by_null", post(h_read_by_null))
        .route("/read_by_some", post(h_read_by_some))
        .route("/read_by_sep", post(h_read_by_sep))
        .route("/written_by_hand", post(h_written_by_hand))
        .route("/recursive", post(h_recursive))
        .route("/odd_names", post(h_odd_names))
        .route("/remote", post(h_remote))
        .route("/owned_and_lent", post(h_owned_and_lent))
        .route("/defaults", post(h_defaults))
        .route("/left_out", post(h_left_out))
        .route("/query_basic", get(h_query_basic))
        .route("/query_enum", get(h_query_enum))
        .route("/query_flat", get(h_query_flat))
        .route("/query_flatstr", get(h_query_flatstr))
        .route("/query_map", get(h_query_map))
        .route("/query_deny", get(h_query_deny))
        .route("/query_sep", get(h_query_sep))
        .route("/query_dw", get(h_query_dw))
        .route("/query_foreign", get(h_query_foreign))
        .route("/query_tagged", get(h_query_tagged))
        .route("/query_taggednum", get(h_query_taggednum))
        .route("/query_untagged", get(h_query_untagged))
        .route("/query_tuple", get(h_query_tuple))
        .route("/query_newtype", get(h_query_newtype))
        .route("/query_html", get(h_query_html))
        .route("/query_qs", get(h_query_qs))
}
fn main() {
    let _ = app();
}
