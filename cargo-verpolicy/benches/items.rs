//! `cargo bench --bench items -- OLD NEW`: CPU time of `diff path:OLD path:NEW --implicit public`, where both are
//! unpacked releases of a library, against the CPU time of reading and parsing the Rust files of both once. The goal is
//! a ratio of at most 4.

#![expect(clippy::disallowed_methods, clippy::print_stdout, reason = "a benchmark reads and prints")]

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const RUNS: usize = 5;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    let words: Vec<&str> = args.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["--parse", sides @ ..] => parse(sides),
        [old, new] => compare(old, new),
        _ => println!("usage: cargo bench --bench items -- OLD NEW"),
    }
}

fn compare(old: &str, new: &str) {
    let this = std::env::current_exe().unwrap_or_default();
    let tool = PathBuf::from(env!("CARGO_BIN_EXE_cargo-verpolicy"));
    let (from, to) = (format!("path:{old}"), format!("path:{new}"));
    let ours = best(&tool, &["verpolicy", "diff", &from, &to, "--implicit", "public", "--format", "json"]);
    let parsed = best(&this, &["--parse", old, new]);
    match (ours, parsed) {
        (Some(ours), Some(parsed)) => println!(
            "{old} {new}: diff {:.0} ms CPU; reading and parsing both {:.0} ms CPU; ratio {:.2}",
            ours * 1000.0,
            parsed * 1000.0,
            ours / parsed
        ),
        _ => println!("{old} {new}: a command could not be run"),
    }
}

/// Reads and parses every Rust file below these directories' `src`.
fn parse(sides: &[&str]) {
    let mut files = Vec::new();
    for side in sides {
        collect(&Path::new(side).join("src"), &mut files);
    }
    let parsed = files.iter().filter_map(|file| cargo_verpolicy::syntax::read_uncut(&std::fs::read(file).ok()?));
    println!("{} of {} files", parsed.count(), files.len());
}

fn collect(at: &Path, out: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(at).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, out);
        } else if path.extension().is_some_and(|e| e == "rs") {
            out.push(path);
        }
    }
}

/// The least CPU seconds (user and system) of some runs.
fn best(program: &Path, args: &[&str]) -> Option<f64> {
    let script = "import resource,subprocess,sys\n\
                  subprocess.run(sys.argv[1:],stdout=subprocess.DEVNULL,stderr=subprocess.DEVNULL)\n\
                  u=resource.getrusage(resource.RUSAGE_CHILDREN)\n\
                  print(u.ru_utime+u.ru_stime)";
    let mut least: Option<f64> = None;
    for _ in 0..RUNS {
        let mut command = Command::new("python3");
        command.arg("-c").arg(script).arg(program).args(args).stderr(Stdio::null());
        let text = String::from_utf8(command.output().ok()?.stdout).ok()?;
        let seconds: f64 = text.trim().parse().ok()?;
        least = Some(least.map_or(seconds, |known| known.min(seconds)));
    }
    least
}
