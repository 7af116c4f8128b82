//! How long it takes to read the Rust files below the directories given as arguments, and whether the shortened text
//! gives the same facts as the whole one (`--oracle`).
//!
//! `cargo bench --bench syntax -- DIR…`, `cargo bench --bench syntax -- --oracle DIR…`

#![expect(clippy::disallowed_methods, clippy::print_stdout, reason = "a benchmark reads and prints")]

use cargo_verpolicy::syntax::{read, read_uncut};
use std::path::{Path, PathBuf};
use std::time::Instant;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).filter(|a| a != "--bench").collect();
    let oracle = args.iter().any(|a| a == "--oracle");
    for dir in args.iter().filter(|a| !a.starts_with("--")) {
        let mut files = Vec::new();
        collect(Path::new(dir), &mut files);
        files.sort();
        let texts: Vec<Vec<u8>> = files.iter().map(|file| std::fs::read(file).unwrap_or_default()).collect();
        let bytes: usize = texts.iter().map(Vec::len).sum();
        if oracle {
            compare(&files, &texts);
            continue;
        }
        let mut best = f64::MAX;
        let (mut items, mut failures) = (0, 0);
        for _ in 0..10 {
            let start = Instant::now();
            (items, failures) = (0, 0);
            for text in &texts {
                let facts = read(text);
                items += facts.items.len();
                failures += usize::from(facts.failure.is_some());
            }
            best = best.min(start.elapsed().as_secs_f64() * 1000.0);
        }
        let megabytes = bytes as f64 / 1e6;
        println!("{dir}: {} files, {megabytes:.1} MB, {items} items, {failures} failures, {best:.1} ms", texts.len());
    }
}

fn compare(files: &[PathBuf], texts: &[Vec<u8>]) {
    let (mut same, mut other, mut neither) = (0, 0, 0);
    for (file, text) in files.iter().zip(texts) {
        let short = read(text);
        let Some(whole) = read_uncut(text) else {
            neither += 1;
            println!("not read whole: {} ({:?})", file.display(), short.failure);
            continue;
        };
        let (short, whole) = (format!("{short:#?}"), format!("{whole:#?}"));
        if short == whole {
            same += 1;
            continue;
        }
        other += 1;
        let line = short.lines().zip(whole.lines()).position(|(a, b)| a != b).unwrap_or(0);
        println!("differs: {}", file.display());
        for text in [&short, &whole] {
            let around: Vec<&str> = text.lines().skip(line.saturating_sub(3)).take(8).collect();
            println!("{}\n--", around.join("\n"));
        }
    }
    println!("{same} the same, {other} differ, {neither} not read whole");
}

fn collect(dir: &Path, files: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(dir) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_symlink() {
            continue;
        }
        if path.is_dir() {
            if !path.ends_with(".git") && !path.ends_with("target") {
                collect(&path, files);
            }
        } else if path.extension().is_some_and(|e| e == "rs") {
            files.push(path);
        }
    }
}
