//! Small manifests and services, written out from a few words.

/// A package's manifest; `more` is appended as it is.
pub(crate) fn manifest(name: &str, version: &str, more: &str) -> String {
    let version =
        if version == "workspace" { "version.workspace = true".to_owned() } else { format!("version = \"{version}\"") };
    // A dotted key of `[package]` must come before the next table.
    let (keys, tables) = match more.find("[") {
        Some(at) if at > 0 => more.split_at(at),
        Some(_) => ("", more),
        None => (more, ""),
    };
    format!(
        "[package]\nname = \"{name}\"\n{version}\nedition = \"2021\"\n{keys}\n[dependencies]\nactix-web = \"4\"\n\
         serde = {{ version = \"1\", features = [\"derive\"] }}\nversioning-macros = \"0.1\"\n\n{tables}"
    )
}

/// An actix service: a line a route, `METHOD /path`, then `: …` with what stands in its mark (none without), then
/// `| …` with whole attributes, then `-> …` with the type of its answer (`u32` without).
pub(crate) fn service(lines: &[&str]) -> String {
    let mut out =
        String::from("use actix_web::{delete, get, patch, post, put, web, App};\nuse versioning_macros::api;\n");
    let mut names = Vec::new();
    for line in lines {
        let (line, answer) = line.split_once("->").unwrap_or((line, "u32"));
        let (line, attributes) = line.split_once('|').unwrap_or((line, ""));
        let (route, mark) = line.split_once(": ").map_or((line, None), |(route, mark)| (route, Some(mark)));
        let (method, path) = route.trim().split_once(' ').unwrap_or_else(|| panic!("`{line}` is no route"));
        let method = method.to_lowercase();
        let word = |c: char| if c.is_ascii_alphanumeric() { c } else { '_' };
        let name = format!("{method}{}", path.trim().chars().map(word).collect::<String>());
        let mark = mark.map_or_else(String::new, |mark| format!("#[api({})]\n", mark.trim()));
        let parameters = if path.contains('{') { "_: web::Path<String>" } else { "" };
        out.push_str(&format!(
            "\n/// Answers.\n{mark}{}\n#[{method}(\"{}\")]\nasync fn {name}({parameters}) -> web::Json<{}> {{\n    todo!()\n}}\n",
            attributes.trim(),
            path.trim(),
            answer.trim(),
        ));
        names.push(name);
    }
    let services: String = names.iter().map(|name| format!(".service({name})")).collect();
    out.push_str(&format!("\nfn main() {{\n    App::new(){services};\n}}\n"));
    out
}
