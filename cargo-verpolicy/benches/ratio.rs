//! `cargo bench --bench ratio -- REPOSITORY [OLD] [NEW]`: CPU time and peak memory of
//! `diff git:OLD git:NEW --implicit routes` against the CPU time of `git diff --stat OLD NEW`, on any repository.
//! The goal is a ratio of at most 4 and at most 400 MB.

#![allow(missing_docs, clippy::print_stdout, clippy::disallowed_methods)]

use std::path::PathBuf;
use std::process::{Command, Stdio};

const RUNS: usize = 5;

fn main() {
    let mut args = std::env::args().skip(1).filter(|arg| arg != "--bench");
    let Some(repository) = args.next() else {
        println!("usage: cargo bench --bench ratio -- REPOSITORY [OLD] [NEW]");
        return;
    };
    let old = args.next().unwrap_or_else(|| "HEAD~200".to_owned());
    let new = args.next().unwrap_or_else(|| "HEAD".to_owned());
    let tool = PathBuf::from(env!("CARGO_BIN_EXE_cargo-verpolicy"));
    let ours = best(|| {
        let mut command = Command::new(&tool);
        command.args(["verpolicy", "diff", &format!("git:{old}"), &format!("git:{new}"), "--implicit", "routes"]);
        command.args(["--format", "json"]).current_dir(&repository);
        command
    });
    let git = best(|| {
        let mut command = Command::new("git");
        command.args(["--no-pager", "diff", "--stat", &old, &new]).current_dir(&repository);
        command
    });
    match (ours, git) {
        (Some((ours, memory)), Some((git, _))) => println!(
            "{repository} {old}..{new}: verpolicy diff {:.0} ms CPU, {} MB; git diff --stat {:.0} ms CPU; ratio {:.2}",
            ours * 1000.0,
            memory / 1024,
            git * 1000.0,
            ours / git
        ),
        _ => println!("{repository}: a command could not be run"),
    }
}

/// The least CPU seconds (user and system, children included) of some runs, and the peak memory in KiB.
fn best(command: impl Fn() -> Command) -> Option<(f64, u64)> {
    (0..RUNS)
        .map(|_| measure(command()))
        .collect::<Option<Vec<_>>>()?
        .into_iter()
        .reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))
}

/// Runs a command under `/usr/bin/time`-like accounting that the shell's own `times` gives.
fn measure(inner: Command) -> Option<(f64, u64)> {
    let script = "import os,resource,subprocess,sys\n\
                  subprocess.run(sys.argv[1:],stdout=subprocess.DEVNULL,stderr=subprocess.DEVNULL)\n\
                  u=resource.getrusage(resource.RUSAGE_CHILDREN)\n\
                  print(u.ru_utime+u.ru_stime,u.ru_maxrss)";
    let mut command = Command::new("python3");
    command.arg("-c").arg(script).arg(inner.get_program()).args(inner.get_args()).stderr(Stdio::null());
    if let Some(directory) = inner.get_current_dir() {
        command.current_dir(directory);
    }
    let output = command.output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    let mut words = text.split_whitespace();
    Some((words.next()?.parse().ok()?, words.next()?.parse().ok()?))
}
