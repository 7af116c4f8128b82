//! Policy files: the built-in ones are files as any other, a wrong one has its place, the schema holds them.

use super::{calendar, json, package, run, run_in, text};
use std::fs;

const IDS: [&str; 5] = ["semver", "soundstorm", "matrix", "chain", "sponge"];

/// What is replaced in a policy, by what, where the mistake is (line and column), what is said of it, and whether the
/// schema sees it too (names that must agree with others it cannot).
type Mistake = (&'static str, &'static str, &'static str, (u32, u32), &'static str, bool);

/// Mistakes of every sort.
const WRONG: &[Mistake] = &[
    ("calendar", "id = \"calendar\"", "id = \"Calendar\"", (3, 6), "lower-case letters, digits and `-`", true),
    ("calendar", "id = \"calendar\"", "", (1, 1), "missing field `id`", true),
    ("calendar", "summary =", "sumary =", (4, 1), "unknown field `sumary`, expected one of", true),
    ("calendar", "kind = \"year\"", "kind = \"years\"", (12, 8), "expected one of `integer`, `date`, `year`", true),
    ("calendar", "name = \"month\"\nkind", "name = \"year\"\nkind", (15, 8), "`year` is named twice", false),
    ("calendar", "introducer = \"-\"", "introducer = \"+\"", (23, 14), "expected `.` or `-`", true),
    ("calendar", "words = [\"rc\"]", "words = [\"rc1\"]", (21, 1), "`words` are letters", true),
    ("calendar", "count = \"required\"", "count = 1", (27, 9), "wanted string or table", true),
    ("calendar", "steps = [\"micro\"]", "steps = [\"mikro\"]", (32, 10), "there are `year`, `month`, `micro`", false),
    ("calendar", "steps = [\"micro\"]", "label = \"candidat\"", (32, 9), "there is `candidate`", true),
    ("calendar", "steps = [\"micro\"]", "label = \"candidate\"", (32, 9), "what the `first` one is called", true),
    (
        "calendar",
        "steps = [\"micro\"]",
        "label = \"candidate\"\nfirst = \"beta1\"",
        (33, 9),
        "`beta1` is not a label `candidate`",
        false,
    ),
    ("calendar", "steps = [\"micro\"]\n", "", (31, 8), "either `steps` or `label`", true),
    ("calendar", "[\"year\", \"month\"]", "[\"year\"]", (30, 1), "no `[[bump]]` steps `month`", false),
    ("calendar", "allows = [\"behavior\"]", "allows = [\"behaviour\"]", (33, 11), "expected one of `addition`", true),
    ("calendar", "says = \"a micro release fixes what behaves wrongly\"\n", "", (30, 1), "missing field `says`", true),
    ("calendar", "name = \"micro\"\nsteps", "name = \"none\"\nsteps", (31, 8), "`none` is taken", true),
    ("calendar", "name = \"micro\"\nsteps", "name = \"monthly\"\nsteps", (37, 8), "`monthly` is taken", false),
    ("calendar", "months = 6", "months = 0", (44, 10), "from 1 to 120", true),
    ("calendar", "months = 6", "months = 121", (44, 10), "from 1 to 120", true),
    ("calendar", "months = 6", "months = \"six\"", (44, 10), "expected u32", true),
    ("calendar", "months = 6", "months = -6", (44, 10), "expected u32", true),
    (
        "calendar",
        "retire = \"after-deprecation\"",
        "retire = \"never\"",
        (44, 10),
        "`months` needs `retire = \"after-deprecation\"`",
        true,
    ),
    ("calendar", "\"after-deprecation\"", "\"months\"", (5, 10), "expected `never` or `after-deprecation`", true),
    ("calendar", "equal = [\"year\"]", "equal = [\"jahr\"]", (48, 10), "there is no number `jahr`", false),
    ("calendar", "newer = true", "newer = \"yes\"", (49, 9), "expected a boolean", true),
    ("calendar", "undocumented-endpoint", "undocumented", (56, 1), "there is no rule `undocumented`", false),
    ("calendar", "\"warn\"", "\"loud\"", (56, 25), "expected one of `allow`, `warn`, `deny`", true),
    ("calendar", "[levels]", "[level]", (55, 2), "unknown field `level`", true),
    (
        "calendar",
        "[changelog]\nempty",
        "[changelog]\nnothing",
        (53, 1),
        "unknown field `nothing`, expected `empty`",
        true,
    ),
    ("soundstorm", "holds-from = \"v1.0.0\"", "holds-from = \"soon\"", (8, 14), "is not a version", false),
    ("soundstorm", "from = \"v1.0.0\"\n", "from = \"1\"\n", (63, 8), "is not a version", false),
    ("soundstorm", "frozen = [\"http\"", "frozen = [\"rest\"", (52, 11), "expected one of `http`, `item`", true),
    ("sponge", "numbers = 2", "numbers = 4", (55, 1), "`numbers` is from 1 to 3", true),
    ("semver", "metadata = true", "required = 4", (8, 12), "`required` is from 1 to 3", true),
];

fn source(name: &str) -> String {
    let path = if name == "calendar" { calendar() } else { format!("policies/{name}.toml") };
    fs::read_to_string(package().join(path)).unwrap()
}

#[test]
fn every_mistake_has_its_place_and_what_is_allowed() {
    let directory = tempfile::tempdir().unwrap();
    let schema = validator();
    let mut wrong = Vec::new();
    for (name, find, replace, place, says, by_schema) in WRONG {
        let before = source(name);
        let after = before.replacen(find, replace, 1);
        assert_ne!(before, after, "`{find}` is not in {name}");
        let path = directory.path().join("policy.toml");
        fs::write(&path, &after).unwrap();
        let output =
            run_in(directory.path(), &["version", "parse", "1.0", "--policy", "policy.toml", "--format", "json"]);
        assert_eq!(output.status.code(), Some(101), "{replace}");
        let error = json(&output);
        let message = error["message"].as_str().unwrap();
        let found = (error["line"].as_u64().unwrap_or(0), error["column"].as_u64().unwrap_or(0));
        if error["kind"] != "policy" || found != (place.0.into(), place.1.into()) || !message.contains(says) {
            wrong.push(format!("{name} `{replace}`: {found:?} {message}"));
        }
        let instance: serde_json::Value = toml::from_str(&after).unwrap();
        if schema.is_valid(&instance) == *by_schema {
            wrong.push(format!("{name} `{replace}`: the schema {} it", if *by_schema { "accepts" } else { "refuses" }));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_is_no_toml_has_its_place() {
    let directory = tempfile::tempdir().unwrap();
    fs::write(directory.path().join("p.toml"), "id = \"x\"\n[version\n").unwrap();
    let error = json(&run_in(directory.path(), &["version", "parse", "1", "--policy", "p.toml", "--format", "json"]));
    assert_eq!((error["line"].as_u64(), error["kind"].as_str()), (Some(2), Some("policy")), "{error}");
}

fn validator() -> jsonschema::Validator {
    let schema = serde_json::from_str(&text(&run(&["policy", "schema"]))).unwrap();
    jsonschema::draft202012::meta::validate(&schema).unwrap();
    jsonschema::validator_for(&schema).unwrap()
}

#[test]
fn every_built_in_policy_is_a_valid_file_as_it_is_printed() {
    let directory = tempfile::tempdir().unwrap();
    let schema = validator();
    for id in IDS {
        let printed = text(&run(&["policy", "show", id, "--toml"]));
        let instance: serde_json::Value = toml::from_str(&printed).unwrap();
        assert!(schema.is_valid(&instance), "{id}: {:?}", schema.iter_errors(&instance).next());
        fs::write(directory.path().join("own.toml"), &printed).unwrap();
        let version = if id == "chain" { "1.0" } else { "1.0.0" };
        let read = |policy: &str| {
            json(&run_in(directory.path(), &["version", "parse", version, "--policy", policy, "--format", "json"]))
        };
        assert_eq!(read("own.toml"), read(id));
        let shown = text(&run_in(directory.path(), &["policy", "show", "own.toml"]));
        assert!(shown.starts_with(&format!("# {id}\n")), "{shown}");
    }
}

#[test]
fn the_guide_holds_its_example_and_names_every_key() {
    let guide = text(&run(&["policy", "guide"]));
    let example = source("calendar");
    assert!(guide.contains(&example), "the guide's example is policies/examples/calendar.toml");
    let instance: serde_json::Value = toml::from_str(&example).unwrap();
    assert!(validator().is_valid(&instance));
    let schema: serde_json::Value = serde_json::from_str(&text(&run(&["policy", "schema"]))).unwrap();
    for key in schema["properties"].as_object().unwrap().keys() {
        assert!(guide.contains(key.as_str()), "the guide does not name `{key}`");
    }
    for column in schema["$defs"]["column"]["enum"].as_array().unwrap() {
        assert!(guide.contains(&format!("| `{}` |", column.as_str().unwrap())), "{column}");
    }
}

#[test]
fn the_schema_knows_the_keys_that_the_tool_knows() {
    // An unknown key makes the tool list those that it knows.
    let schema: serde_json::Value = serde_json::from_str(&text(&run(&["policy", "schema"]))).unwrap();
    let directory = tempfile::tempdir().unwrap();
    let tables = [
        ("", "/properties"),
        ("[version]\n", "/$defs/version/properties"),
        ("[[version.number]]\n", "/$defs/number/properties"),
        ("[[version.label]]\n", "/$defs/label/properties"),
        ("[[bump]]\n", "/$defs/bump/properties"),
        ("[documented]\n", "/properties/documented/properties"),
        ("[deprecation]\n", "/properties/deprecation/properties"),
        ("[product]\n", "/properties/product/properties"),
        ("[[unstable]]\n", "/$defs/unstable/properties"),
        ("[release-plan]\n", "/properties/release-plan/properties"),
        ("[editions]\n", "/properties/editions/properties"),
        ("[paths]\n", "/properties/paths/properties"),
        ("[api]\n", "/properties/api/properties"),
        ("[compat]\n", "/properties/compat/properties"),
        ("[changelog]\n", "/properties/changelog/properties"),
    ];
    for (header, pointer) in tables {
        fs::write(directory.path().join("p.toml"), format!("{header}none-of-them = 1\n")).unwrap();
        let output = run_in(directory.path(), &["version", "parse", "1", "--policy", "p.toml", "--format", "json"]);
        let error = json(&output);
        let message = error["message"].as_str().unwrap();
        let mut known: Vec<&str> = message.split('`').skip(1).step_by(2).filter(|w| *w != "none-of-them").collect();
        known.sort_unstable();
        let properties = schema.pointer(pointer).unwrap().as_object().unwrap();
        let mut described: Vec<&str> = properties.keys().map(String::as_str).collect();
        described.sort_unstable();
        assert_eq!(known, described, "{header}{message}");
    }
}
