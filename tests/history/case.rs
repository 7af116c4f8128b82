//! Files of cases. A case begins with `=== its name`; lines that begin with `#` say what it is about. Then steps, each a
//! line, some with a block below that is indented by four spaces:
//!
//! ```text
//! package NAME VERSION [DIRECTORY]   a manifest; the block is appended to it (at the root, `[workspace]` too)
//! serve [DIRECTORY]                  src/main.rs, a service; a line of the block is a route (`project::service`)
//! write PATH                         a file with the block as its text
//! append PATH                        the same, behind what is there
//! edit PATH                          the lines of the block that begin with `- ` become those with `+ `
//! remove PATH
//! copy FROM TO                       a file of this package
//! clock DAY                          commits are made on this day from now on
//! commit [SUBJECT]                   the block is the rest of the message
//! tag NAME, branch NAME (a new one), switch NAME, git ARGUMENTS
//! on DATE                            the day of the following commits and runs
//! env NAME=VALUE                     sets a variable for the runs that follow
//! cd DIRECTORY                       where the following steps run, from the project's root
//! show PATH                          the answer is the file's text
//! $ ARGUMENTS                        runs the program; the block is its answer (`answer::lines`)
//! ```
//!
//! In the block of `$`, a line `~ TEXT` asks that TEXT stands somewhere in what was printed. Before the first step
//! there is an empty repository, unless the case begins with `no repository`.

use crate::sandbox::{Sandbox, TODAY};
use crate::{answer, project};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

struct Step<'a> {
    words: Vec<&'a str>,
    block: Vec<&'a str>,
    /// Line in the file.
    line: usize,
}

/// Runs all cases of a file, and says of all that differ how.
pub(crate) fn run_file(name: &str) {
    run_text(name, &repository(&format!("tests/history/cases/{name}.txt")), None);
}

/// Runs the history of an example, which begins with the files of its directory.
pub(crate) fn run_example(name: &str) {
    let directory = repository(&format!("examples/{name}"));
    run_text(name, &directory.join("history.txt"), Some(&directory));
}

fn repository(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..").join(path)
}

fn run_text(name: &str, path: &Path, start: Option<&Path>) {
    let text = std::fs::read_to_string(path).unwrap();
    let mut fresh = String::new();
    let mut wrong = String::new();
    let mut count = 0;
    for case in split(&text) {
        count += 1;
        let (answered, differences) = run(case.0, &case.1, start);
        fresh.push_str(&answered);
        wrong.push_str(&differences);
    }
    assert!(count > 0, "{name} has no case");
    if std::env::var("SNAPSHOTS").is_ok_and(|v| v == "overwrite") {
        std::fs::write(path, fresh).unwrap();
        return;
    }
    assert!(wrong.is_empty(), "{name}:\n{wrong}");
}

/// The cases' headings with their lines (numbered from 1); what stands before the first belongs to it.
fn split(text: &str) -> Vec<(&str, Vec<(usize, &str)>)> {
    let mut cases: Vec<(&str, Vec<(usize, &str)>)> = Vec::new();
    for (index, line) in text.lines().enumerate() {
        match line.strip_prefix("=== ") {
            Some(name) => cases.push((name, vec![(index + 1, line)])),
            None => match cases.last_mut() {
                Some((_, lines)) => lines.push((index + 1, line)),
                None => cases.push(("", vec![(index + 1, line)])),
            },
        }
    }
    if cases.len() > 1 && cases[0].0.is_empty() {
        let (_, head) = cases.remove(0);
        cases[0].1.splice(0..0, head);
    }
    cases
}

/// The case with its answers as they are, and what differs.
fn run(name: &str, lines: &[(usize, &str)], start: Option<&Path>) -> (String, String) {
    let mut fresh = String::new();
    let mut wrong = String::new();
    let sandbox = Sandbox::new();
    let mut place = sandbox.root();
    let mut day = TODAY;
    if let Some(start) = start {
        copy(start, &place);
    }
    let body = |line: &str| !line.starts_with('#') && !line.starts_with("===") && !line.trim().is_empty();
    let bare = lines.iter().any(|(_, line)| *line == "no repository");
    if !bare {
        sandbox.git(&place, &["init", "-q", "."]);
    }
    let mut index = 0;
    while let Some((number, line)) = lines.get(index) {
        index += 1;
        let _ = writeln!(fresh, "{line}");
        if !body(line) || *line == "no repository" {
            continue;
        }
        let start = index;
        let indented = |at: usize| lines.get(at).is_some_and(|(_, l)| l.starts_with("    "));
        let blank = |at: usize| lines.get(at).is_some_and(|(_, l)| l.is_empty());
        // A blank line inside a block belongs to it.
        while indented(index) || (blank(index) && index > start && indented(index + 1)) {
            index += 1;
        }
        let block: Vec<&str> = lines[start..index].iter().map(|(_, l)| l.get(4..).unwrap_or_default()).collect();
        let step = Step { words: line.split_whitespace().collect(), block, line: *number };
        match step.words[0] {
            "$" | "show" => {
                let (answered, complaint) = ask(&sandbox, &place, &step, day);
                fresh.push_str(&answered);
                if let Some(complaint) = complaint {
                    let _ = writeln!(wrong, "--- {name} (line {})\n{complaint}", step.line);
                }
            }
            "on" => {
                day = step.words[1];
                sandbox.on(day);
            }
            "cd" => {
                place = sandbox.root().join(step.words[1]);
                assert!(place.is_dir(), "line {number}: no directory {}", place.display());
            }
            _ => {
                take(&sandbox, &place, &step);
                for line in &step.block {
                    let _ = writeln!(fresh, "{}", format!("    {line}").trim_end());
                }
            }
        }
    }
    (fresh, wrong)
}

/// Asks the program; returns the answer as a block, and what differs from the expected one.
fn ask(sandbox: &Sandbox, place: &std::path::Path, step: &Step<'_>, day: &str) -> (String, Option<String>) {
    let (mut got, everything): (Vec<String>, String) = if step.words[0] == "show" {
        let text = std::fs::read_to_string(place.join(step.words[1])).unwrap();
        (text.lines().map(str::to_owned).collect(), text.clone())
    } else {
        let mut arguments = step.words[1..].to_vec();
        if matches!(arguments.first(), Some(&("check" | "diff"))) && !arguments.contains(&"--format") {
            arguments.extend(["--format", "json"]);
        }
        if matches!(arguments.first(), Some(&("check" | "diff" | "next" | "plan"))) && !arguments.contains(&"--date") {
            arguments.extend(["--date", day]);
        }
        let output = sandbox.verpolicy(place, &arguments);
        let everything =
            format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        (answer::lines(&output, &|text| sandbox.plain(text)), sandbox.plain(&everything))
    };
    // Blank lines in a block are single, and none ends it.
    for line in &mut got {
        line.truncate(line.trim_end().len());
    }
    got.dedup_by(|next, before| next.is_empty() && before.is_empty());
    got.truncate(got.iter().rposition(|line| !line.is_empty()).map_or(0, |last| last + 1));
    let mut fresh = String::new();
    for line in &got {
        let _ = writeln!(fresh, "{}", format!("    {line}").trim_end());
    }
    let (said, expected): (Vec<&str>, Vec<&str>) = step.block.iter().partition(|line| line.starts_with("~ "));
    let mut complaint = String::new();
    let unescaped = everything.replace("\\\"", "\"");
    for wanted in said {
        let _ = writeln!(fresh, "    {wanted}");
        if !unescaped.contains(&wanted[2..]) {
            let _ = writeln!(complaint, "it does not say `{}`:\n{everything}", &wanted[2..]);
        }
    }
    if got != expected {
        let _ = writeln!(
            complaint,
            "{}\nexpected:\n  {}\ngot:\n  {}",
            step.words.join(" "),
            expected.join("\n  "),
            got.join("\n  ")
        );
    }
    (fresh, Some(complaint).filter(|c| !c.is_empty()))
}

/// Copies an example's files, without its history.
fn copy(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap();
        if path.is_dir() {
            std::fs::create_dir(to.join(name)).unwrap();
            copy(&path, &to.join(name));
        } else if name != "history.txt" {
            std::fs::copy(&path, to.join(name)).unwrap();
        }
    }
}

/// Takes a step that answers nothing.
fn take(sandbox: &Sandbox, place: &std::path::Path, step: &Step<'_>) {
    let text = || step.block.iter().map(|line| format!("{line}\n")).collect::<String>();
    let inside =
        |directory: Option<&&str>, file: &str| directory.map_or_else(|| file.to_owned(), |d| format!("{d}/{file}"));
    let write = |path: &str, text: String| {
        let path = place.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    let git = |arguments: &[&str]| {
        sandbox.git(place, arguments);
    };
    match step.words.as_slice() {
        ["package", name, version, rest @ ..] => {
            // One at the root is a workspace of its own, so that none is looked for above.
            let root = if rest.is_empty() && !text().contains("[workspace]") { "\n[workspace]\n" } else { "" };
            write(&inside(rest.first(), "Cargo.toml"), project::manifest(name, version, &text()) + root);
        }
        ["serve", rest @ ..] => write(&inside(rest.first(), "src/main.rs"), project::service(&step.block)),
        ["write", path] => write(path, text()),
        ["append", path] => {
            let before = std::fs::read_to_string(place.join(path)).unwrap();
            write(path, before + &text());
        }
        ["remove", path] => {
            let path = place.join(path);
            if path.is_dir() { std::fs::remove_dir_all(path).unwrap() } else { std::fs::remove_file(path).unwrap() }
        }
        ["edit", path] => {
            let lines = |sign: &str| {
                let kept = step.block.iter().filter_map(|line| line.strip_prefix(sign));
                kept.map(|line| line.strip_prefix(' ').unwrap_or(line)).collect::<Vec<_>>().join("\n")
            };
            let (old, new) = (lines("-"), lines("+"));
            let before = std::fs::read_to_string(place.join(path)).unwrap();
            assert!(before.contains(&old), "line {}: {path} has no such text:\n{old}", step.line);
            write(path, before.replacen(&old, &new, 1));
        }
        ["commit", subject @ ..] => {
            let subject = if subject.is_empty() { "a commit".to_owned() } else { subject.join(" ") };
            git(&["add", "-A"]);
            git(&["commit", "-q", "--allow-empty", "-m", &subject, "-m", &text()]);
        }
        ["copy", from, to] => {
            let from = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(from);
            write(to, std::fs::read_to_string(from).unwrap());
        }
        ["clock", day] => sandbox.set_clock(day),
        ["tag", name] => git(&["tag", name]),
        ["branch", name] => git(&["switch", "-q", "-c", name]),
        ["switch", name] => git(&["switch", "-q", name]),
        ["env", setting] => {
            let (name, value) = setting.split_once('=').unwrap();
            sandbox.set(name, value);
        }
        ["git", arguments @ ..] => {
            let root = sandbox.root().display().to_string();
            let arguments: Vec<String> = arguments.iter().map(|a| a.replace("$ROOT", &root)).collect();
            git(&arguments.iter().map(String::as_str).collect::<Vec<_>>());
        }
        _ => panic!("line {}: no such step: {}", step.line, step.words.join(" ")),
    }
}
