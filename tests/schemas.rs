//! The published JSON Schemas, for every test that meets JSON of the program.

#![allow(clippy::unwrap_used, reason = "a schema of ours that does not hold is a failed test")]

use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::LazyLock;

static VALIDATORS: LazyLock<BTreeMap<String, jsonschema::Validator>> = LazyLock::new(|| {
    [
        include_str!("../cargo-verpolicy/schemas/changelog.schema.json"),
        include_str!("../cargo-verpolicy/schemas/error.schema.json"),
        include_str!("../cargo-verpolicy/schemas/history.schema.json"),
        include_str!("../cargo-verpolicy/schemas/list.schema.json"),
        include_str!("../cargo-verpolicy/schemas/next.schema.json"),
        include_str!("../cargo-verpolicy/schemas/plan.schema.json"),
        include_str!("../cargo-verpolicy/schemas/report.schema.json"),
        include_str!("../cargo-verpolicy/schemas/rules.schema.json"),
        include_str!("../cargo-verpolicy/schemas/supports.schema.json"),
        include_str!("../cargo-verpolicy/schemas/version.schema.json"),
    ]
    .into_iter()
    .map(|text| {
        let schema: Value = serde_json::from_str(text).unwrap();
        jsonschema::draft202012::meta::validate(&schema).unwrap();
        let title = schema["title"].as_str().unwrap().to_owned();
        (title, jsonschema::draft202012::new(&schema).unwrap())
    })
    .collect()
});

/// Panics where a value does not hold the schema that it names; a value of a schema that is not published passes.
pub(crate) fn holds(value: &Value) {
    let Some(validator) = value["schema"].as_str().and_then(|name| VALIDATORS.get(name)) else { return };
    let wrong: Vec<String> =
        validator.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(wrong.is_empty(), "{}\n{value:#}", wrong.join("\n"));
}
