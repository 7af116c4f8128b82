//! The book in `docs/` and the README: every rule and policy has its page in the summary, every relative link leads to
//! a file and a heading, and every command in a `console` block is run and its output compared.
//! `SNAPSHOTS=overwrite` writes the blocks that differ anew.
//!
//! A block says where it runs: `<!-- in: axum-service -->` on the line before it is a copy of that example outside any
//! repository; `own-project` is a repository with release tags, one a page. `<!-- edit: FILE | OLD | NEW -->` is what the
//! reader does between two blocks. `...` on a line of its own stands for any lines, `? 100` for the exit code where it is
//! not 0. The commands of a `sh` block that says where it runs are run too: they show no output, and must complete.

#![expect(clippy::panic, clippy::disallowed_methods, clippy::unwrap_used, reason = "a test runs the tool")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize().unwrap()
}

/// The Markdown files of a directory, not those below it: rules and policies are linked in.
fn pages_in(directory: &str) -> Vec<PathBuf> {
    let mut pages: Vec<PathBuf> = std::fs::read_dir(root().join(directory))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .collect();
    pages.sort();
    pages
}

fn pages() -> Vec<PathBuf> {
    let mut pages = pages_in("docs/src");
    pages.push(root().join("README.md"));
    pages
}

#[test]
fn every_rule_and_policy_has_its_page_in_the_summary() {
    let summary = std::fs::read_to_string(root().join("docs/src/SUMMARY.md")).unwrap();
    let mut missing = String::new();
    for kind in ["rules", "policies"] {
        for page in pages_in(&format!("cargo-verpolicy/docs/{kind}")) {
            let link = format!("]({kind}/{})", page.file_name().unwrap().to_string_lossy());
            if !summary.contains(&link) {
                writeln!(missing, "{link}").unwrap();
            }
        }
    }
    for page in pages_in("docs/src") {
        let name = page.file_name().unwrap().to_string_lossy().into_owned();
        if name != "SUMMARY.md" && !summary.contains(&format!("]({name})")) {
            writeln!(missing, "]({name})").unwrap();
        }
    }
    assert!(missing.is_empty(), "docs/src/SUMMARY.md does not link\n{missing}");
}

/// The lines outside fenced blocks.
fn prose(text: &str) -> impl Iterator<Item = &str> {
    let mut open: Option<&str> = None;
    text.lines().filter(move |line| {
        let line = line.trim();
        let fence = &line[..line.len() - line.trim_start_matches('`').len()];
        match open {
            Some(opening) if line == opening => open = None,
            None if fence.len() >= 3 => open = Some(fence),
            None => return true,
            Some(_) => {}
        }
        false
    })
}

/// The targets of `[text](target)`.
fn links(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for line in prose(text) {
        let mut rest = line;
        while let Some(start) = rest.find("](") {
            rest = &rest[start + 2..];
            let Some(end) = rest.find(')') else { break };
            found.push(rest[..end].to_owned());
        }
    }
    found
}

/// What a heading is called in a link.
fn anchor(heading: &str) -> String {
    let kept = heading.trim_start_matches('#').trim().to_lowercase();
    kept.chars().filter(|c| c.is_alphanumeric() || " -_".contains(*c)).collect::<String>().replace(' ', "-")
}

#[test]
fn every_relative_link_leads_somewhere() {
    let mut broken = String::new();
    for page in pages() {
        let text = std::fs::read_to_string(&page).unwrap();
        for link in links(&text) {
            if link.contains("://") {
                continue;
            }
            let (file, heading) = link.split_once('#').map_or((link.as_str(), None), |(file, to)| (file, Some(to)));
            let target = if file.is_empty() { page.clone() } else { page.parent().unwrap().join(file) };
            let leads = match heading {
                None => target.exists(),
                Some(heading) => std::fs::read_to_string(&target)
                    .is_ok_and(|text| prose(&text).any(|line| line.starts_with('#') && anchor(line) == heading)),
            };
            if !leads {
                writeln!(broken, "{}: {link}", page.display()).unwrap();
            }
        }
    }
    assert!(broken.is_empty(), "links that lead nowhere:\n{broken}");
}

/// Copies of the examples, away from this repository and its tags.
fn copy_of_examples() -> tempfile::TempDir {
    fn copy(from: &Path, to: &Path) {
        std::fs::create_dir_all(to).unwrap();
        for entry in std::fs::read_dir(from).unwrap() {
            let entry = entry.unwrap();
            let target = to.join(entry.file_name());
            if entry.file_type().unwrap().is_dir() {
                copy(&entry.path(), &target);
            } else {
                std::fs::copy(entry.path(), target).unwrap();
            }
        }
    }
    let directory = tempfile::tempdir().unwrap();
    for example in ["actix-service", "axum-service", "library"] {
        copy(&root().join("examples").join(example), &directory.path().join(example));
    }
    directory
}

/// A service without any mark, its two releases, and nothing else.
fn own_project(directory: &Path) {
    const MANIFEST: &str = "[package]\nname = \"pets\"\nversion = \"1.0.0\"\nedition = \"2024\"\n\n[dependencies]\naxum = \"0.8\"\n\n[workspace]\n";
    const SOURCE: &str = "\
use axum::{Json, Router, extract::Path, routing::get};

#[derive(serde::Serialize)]
struct Pet {
    id: u64,
    name: String,
}

/// One pet.
async fn find(Path(id): Path<u64>) -> Json<Pet> {
    todo!()
}

fn app() -> Router {
    Router::new().route(\"/pets/{id}\", get(find))
}
";
    std::fs::create_dir_all(directory.join("src")).unwrap();
    let write = |file: &str, text: &str| std::fs::write(directory.join(file), text).unwrap();
    let git = |command: &str| assert_eq!(answer(&format!("git {command}"), directory), "", "{command}");
    write("Cargo.toml", MANIFEST);
    write("src/main.rs", SOURCE);
    git("init --quiet --initial-branch=main");
    git("add --all");
    git("commit --quiet --message 'One pet'");
    git("tag v1.0.0");
    write("Cargo.toml", &MANIFEST.replace("1.0.0", "1.1.0"));
    let second = SOURCE
        .replace("fn app", "/// All of them.\nasync fn list() -> Json<Vec<Pet>> {\n    todo!()\n}\n\nfn app")
        .replace("get(find))", "get(find)).route(\"/pets\", get(list))");
    write("src/main.rs", &second);
    git("commit --quiet --all --message 'All pets'");
    git("tag v1.1.0");
}

/// The policy file that the guide explains.
fn calendar(directory: &Path) {
    std::fs::create_dir_all(directory).unwrap();
    let file = "cargo-verpolicy/policies/examples/calendar.toml";
    std::fs::copy(root().join(file), directory.join("calendar.toml")).unwrap();
}

/// The directory that a page's block names.
fn place(examples: &Path, page: &Path, name: &str) -> PathBuf {
    let make: fn(&Path) = match name {
        "own-project" => own_project,
        "calendar" => calendar,
        _ => return examples.join(name),
    };
    let directory = examples.join(page.file_stem().unwrap()).join(name);
    if !directory.exists() {
        make(&directory);
    }
    directory
}

/// What the command prints, standard output before standard error, and `? CODE` where it is not 0.
fn answer(command: &str, directory: &Path) -> String {
    let mut run = match command.split_once(' ') {
        Some(("git", _)) => {
            let mut run = Command::new("sh");
            run.args(["-c", command]);
            run
        }
        Some(("cargo", rest)) if rest.starts_with("verpolicy") => {
            let mut run = Command::new(env!("CARGO_BIN_EXE_cargo-verpolicy"));
            run.args(rest.split_whitespace());
            run
        }
        _ => panic!("`{command}`: a block runs the tool and git only"),
    };
    run.current_dir(directory);
    // Whatever the machine's environment says of colours, cargo and git must not matter.
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        let of_ci = text.starts_with("GITHUB_") || text.starts_with("CI_") || text == "CI";
        if text.starts_with("CARGO_TERM")
            || text.starts_with("GIT_")
            || text.contains("COLOR")
            || text == "COLUMNS"
            || of_ci
        {
            run.env_remove(name);
        }
    }
    let (name, mail, date) = ("Ada", "ada@example.org", "2026-03-01T12:00:00Z");
    run.envs([("GIT_CONFIG_GLOBAL", "/dev/null"), ("GIT_CONFIG_NOSYSTEM", "1")]);
    run.envs([("GIT_AUTHOR_NAME", name), ("GIT_AUTHOR_EMAIL", mail), ("GIT_AUTHOR_DATE", date)]);
    run.envs([("GIT_COMMITTER_NAME", name), ("GIT_COMMITTER_EMAIL", mail), ("GIT_COMMITTER_DATE", date)]);
    let output = run.output().unwrap();
    let mut text = String::from_utf8(output.stdout).unwrap();
    text.push_str(&String::from_utf8(output.stderr).unwrap());
    match output.status.code() {
        Some(0) => {}
        code => writeln!(text, "? {}", code.unwrap_or(-1)).unwrap(),
    }
    text
}

/// `FILE | OLD | NEW` in a directory.
fn edit(text: &str, directory: &Path) {
    let parts: Vec<&str> = text.split('|').map(str::trim).collect();
    let [file, old, new] = parts[..] else { panic!("`{text}`: an edit is FILE | OLD | NEW") };
    let before = std::fs::read_to_string(directory.join(file)).unwrap();
    assert!(before.contains(old), "{file} has no `{old}`:\n{before}");
    std::fs::write(directory.join(file), before.replace(old, new)).unwrap();
}

/// A command that shows no output: it must complete.
fn completes(command: &str, directory: &Path) {
    let command = command.split(" #").next().unwrap_or(command).trim();
    let answer = answer(command, directory);
    let last = answer.lines().last().unwrap_or_default();
    assert!(!matches!(last, "? 2" | "? 101" | "? -1"), "`{command}` answers\n{answer}");
}

/// Whether the shown lines are these, where `...` stands for any.
fn shows(shown: &[&str], actual: &[&str]) -> bool {
    match (shown.split_first(), actual.split_first()) {
        (None, None) => true,
        (Some((&"...", rest)), _) => {
            shows(rest, actual) || actual.split_first().is_some_and(|(_, left)| shows(shown, left))
        }
        (Some((line, shown)), Some((other, actual))) => line.trim_end() == other.trim_end() && shows(shown, actual),
        _ => false,
    }
}

#[test]
fn every_command_answers_as_shown() {
    let examples = copy_of_examples();
    let overwrite = std::env::var("SNAPSHOTS").is_ok_and(|value| value == "overwrite");
    let (mut wrong, mut count) = (String::new(), 0);
    for page in pages() {
        let text = std::fs::read_to_string(&page).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        let mut new = String::new();
        let (mut named, mut at) = (None, 0);
        while let Some(line) = lines.get(at) {
            at += 1;
            writeln!(new, "{line}").unwrap();
            let comment = |what: &str| Some(line.trim().strip_prefix(what)?.trim_end_matches("-->").trim());
            if let Some(name) = comment("<!-- in: ") {
                named = Some(name);
            } else if let Some(text) = comment("<!-- edit: ") {
                edit(text, &place(examples.path(), &page, "own-project"));
            } else if let Some(name) = named.take_if(|_| line.trim() == "```sh") {
                let directory = place(examples.path(), &page, name);
                for command in lines[at..].iter().map(|line| line.trim()).take_while(|line| *line != "```") {
                    count += 1;
                    completes(command, &directory);
                }
            } else if let Some(fence) = line.strip_suffix("console").filter(|fence| fence.starts_with("```")) {
                let directory = place(examples.path(), &page, named.take().unwrap_or("axum-service"));
                while let Some(command) = lines.get(at).filter(|line| **line != fence) {
                    at += 1;
                    let Some(command) = command.strip_prefix("$ ") else {
                        panic!("{}:{at}: a console block begins with `$ `", page.display())
                    };
                    let shown = lines[at..].iter().take_while(|line| **line != fence && !line.starts_with("$ "));
                    let shown: Vec<&str> = shown.copied().collect();
                    let answer = answer(command, &directory);
                    let actual: Vec<&str> = answer.lines().collect();
                    count += 1;
                    let right = shows(&shown, &actual);
                    if !right {
                        writeln!(wrong, "{}:{at}: `{command}` answers\n{answer}", page.display()).unwrap();
                    }
                    writeln!(new, "$ {command}").unwrap();
                    for line in if right { &shown } else { &actual } {
                        writeln!(new, "{}", line.trim_end()).unwrap();
                    }
                    at += shown.len();
                }
            }
        }
        if overwrite && new != text {
            std::fs::write(&page, new).unwrap();
        }
    }
    assert!(count > 10, "only {count} commands were found");
    assert!(overwrite || wrong.is_empty(), "{wrong}SNAPSHOTS=overwrite writes them anew");
}

/// What stands in backticks in a line.
fn spans(line: &str) -> impl Iterator<Item = &str> {
    line.split('`').skip(1).step_by(2)
}

#[test]
fn every_command_in_the_text_completes() {
    let mut pages = pages();
    pages.extend(
        ["docs", "docs/rules", "docs/policies"]
            .map(|of| format!("cargo-verpolicy/{of}"))
            .iter()
            .flat_map(|d| pages_in(d)),
    );
    let mut commands: std::collections::BTreeSet<String> = std::collections::BTreeSet::new();
    for page in pages {
        let text = std::fs::read_to_string(&page).unwrap();
        for command in prose(&text).flat_map(spans).filter(|span| span.starts_with("cargo verpolicy ")) {
            commands.insert(command.to_owned());
        }
    }
    assert!(commands.len() > 15, "only {} commands were found", commands.len());
    let directory = tempfile::tempdir().unwrap();
    for (number, command) in commands.iter().enumerate() {
        let project = directory.path().join(number.to_string());
        own_project(&project);
        assert!(answer("cargo verpolicy init", &project).contains("[workspace.metadata.verpolicy]"));
        assert_eq!(answer("git add --all && git commit --quiet --message 'Judge API versions'", &project), "");
        let words =
            [("RULE", "endpoint-added"), ("SHELL", "bash"), ("NAME", "report"), ("OLD", "v1.0.0"), ("NEW", "HEAD")];
        let filled = words.iter().fold(command.clone(), |command, (word, value)| command.replace(word, value));
        completes(&filled, &project);
    }
}

#[test]
fn what_other_tools_flags_became_can_be_typed() {
    let page = std::fs::read_to_string(root().join("docs/src/migration.md")).unwrap();
    let known = cargo_verpolicy::cli::args::command();
    let tool = known.find_subcommand("verpolicy").unwrap();
    let mut count = 0;
    for span in page.lines().filter_map(|line| line.strip_suffix('|')?.rsplit('|').next()).flat_map(spans) {
        let words: Vec<&str> = span.trim_start_matches("cargo verpolicy ").split(' ').collect();
        let flags = if span.starts_with("--") { vec!["check"] } else { Vec::new() };
        if flags.is_empty() && tool.find_subcommand(words[0]).is_none() {
            continue;
        }
        count += 1;
        let typed = ["cargo", "verpolicy"].into_iter().chain(flags).chain(words);
        let outcome = known.clone().try_get_matches_from(typed);
        // `rules` and `explain` alone name the command: what they lack is no flag that there is not.
        let missing = |error: &clap::Error| error.kind() == clap::error::ErrorKind::MissingRequiredArgument;
        if let Err(error) = outcome
            && !missing(&error)
        {
            panic!("`{span}`: {error}");
        }
    }
    assert!(count > 15, "only {count} were found");
}

/// The tables of configuration that the pages show, each with its page.
fn shown_configurations() -> Vec<(PathBuf, serde_json::Value)> {
    let mut found = Vec::new();
    for page in pages() {
        let text = std::fs::read_to_string(&page).unwrap();
        for block in text.split("```toml\n").skip(1) {
            let manifest: toml::Table = toml::from_str(block.split("```").next().unwrap()).unwrap();
            for holder in ["package", "workspace"] {
                let metadata = manifest.get(holder).and_then(|holder| holder.get("metadata"));
                if let Some(table) = metadata.and_then(|metadata| metadata.get("verpolicy")) {
                    found.push((page.clone(), serde_json::to_value(table).unwrap()));
                }
            }
        }
    }
    found
}

#[test]
fn the_schema_of_the_configuration_has_every_key_and_holds_for_what_is_shown() {
    let schema = include_str!("../cargo-verpolicy/schemas/config.schema.json");
    let schema: serde_json::Value = serde_json::from_str(schema).unwrap();
    let examples = copy_of_examples();
    let shown = answer("cargo verpolicy config show", &examples.path().join("axum-service"));
    let mut keys: Vec<&str> = shown.lines().filter_map(|line| line.split_once(" = ")).map(|(key, _)| key).collect();
    keys.sort_unstable();
    let mut known: Vec<&str> = schema["properties"].as_object().unwrap().keys().map(String::as_str).collect();
    known.sort_unstable();
    assert_eq!(keys, known);
    let page = std::fs::read_to_string(root().join("docs/src/configuration.md")).unwrap();
    for key in keys {
        assert!(page.contains(&format!("\n| `{key}` |")), "docs/src/configuration.md does not describe `{key}`");
    }
    let validator = jsonschema::validator_for(&schema).unwrap();
    let configurations = shown_configurations();
    assert!(configurations.len() > 1, "no page shows a configuration");
    for (page, configuration) in configurations {
        let errors: Vec<String> = validator.iter_errors(&configuration).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{}: {errors:#?}", page.display());
    }
    assert!(!validator.is_valid(&serde_json::json!({ "polcy": "semver" })));
}
