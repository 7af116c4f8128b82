//! What the program said, in a few lines that read well and stay the same from run to run.

use serde_json::Value;
use std::process::Output;

/// The exit code, then the report's JSON, an error's JSON or plain text, shortened.
pub(crate) fn lines(output: &Output, plain: &dyn Fn(&str) -> String) -> Vec<String> {
    let stdout = plain(&String::from_utf8_lossy(&output.stdout));
    let code = output.status.code().map_or_else(|| "killed".to_owned(), |code| code.to_string());
    let parsed = serde_json::from_str::<Value>(&stdout);
    if let Ok(value) = &parsed {
        crate::schemas::holds(value);
    }
    match parsed {
        Ok(value) if value["schema"] == "verpolicy.report/1" => report(&code, &value),
        Ok(value) if value["schema"] == "verpolicy.error/1" => error(&code, &value),
        _ => {
            let mut out = vec![code];
            out.extend(stdout.lines().map(str::to_owned));
            let stderr = plain(&String::from_utf8_lossy(&output.stderr));
            out.extend(stderr.lines().filter(|line| !line.trim().is_empty()).map(|line| format!("! {line}")));
            out
        }
    }
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| "-".to_owned(), str::to_owned)
}

fn report(code: &str, value: &Value) -> Vec<String> {
    let mut out = vec![format!("{code} {}", text(&value["verdict"]))];
    for package in value["packages"].as_array().into_iter().flatten() {
        let current = &package["current"];
        let baseline = match &package["baseline"] {
            Value::Null => "nothing".to_owned(),
            side => format!("{} of {}", text(&side["version"]), commit(&text(&side["origin"]))),
        };
        out.push(format!(
            "{} {}: {baseline} -> {}; declared {}, required {}, next {}",
            text(&package["name"]),
            text(&package["verdict"]),
            text(&current["version"]),
            text(&package["declared"]),
            text(&package["required"]),
            text(&package["next"]),
        ));
        if !package["pr"].is_null() {
            let pr = &package["pr"];
            let count = pr["fingerprints"].as_array().map_or(0, Vec::len);
            out.push(format!("  pull request: required {}, {count} of the findings", text(&pr["required"])));
        }
        for finding in package["findings"].as_array().into_iter().flatten() {
            let refused = if finding["refused"] == true { " refused" } else { "" };
            let source = if finding["effect"].is_null() || finding["cure"] == "bump" { "" } else { " in-the-source" };
            out.push(format!(
                "  {} {} {}{refused}{source}",
                text(&finding["level"]),
                text(&finding["rule"]),
                text(&finding["endpoint"])
            ));
        }
        if package["verdict"] == "no-baseline" {
            out.extend(package["notes"].as_array().into_iter().flatten().map(|note| format!("  # {}", text(note))));
        }
    }
    out
}

fn error(code: &str, value: &Value) -> Vec<String> {
    let mut out = vec![format!("{code} {}", text(&value["kind"]))];
    out.extend(text(&value["message"]).lines().map(str::to_owned));
    if let Some(help) = value["help"].as_str() {
        out.push(format!("help: {help}"));
    }
    if let Some(file) = value["file"].as_str() {
        let number = |key: &str| value[key].as_u64().map_or_else(|| "-".to_owned(), |n| n.to_string());
        out.push(format!("at {file}:{}:{}", number("line"), number("column")));
    }
    out
}

/// A snapshot's origin without the abbreviated commit, which depends on every byte of the snapshot.
fn commit(origin: &str) -> String {
    match origin.rsplit_once('@') {
        Some((before, id)) if id.len() == 10 && id.bytes().all(|b| b.is_ascii_hexdigit()) => format!("{before}@COMMIT"),
        _ => origin.to_owned(),
    }
}
