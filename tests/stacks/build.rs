//! Writes the unmarked copy of every module: the same lines without those that are a mark.

use std::path::Path;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let out = env::var("OUT_DIR").map_err(io::Error::other)?;
    for entry in fs::read_dir("src/stacks")? {
        let path = entry?.path();
        println!("cargo:rerun-if-changed={}", path.display());
        let text = fs::read_to_string(&path)?;
        let plain: Vec<&str> = text.lines().filter(|line| !is_mark(line.trim_start())).collect();
        let name = path.file_name().unwrap_or_default();
        fs::write(Path::new(&out).join(name), plain.join("\n") + "\n")?;
    }
    Ok(())
}

fn is_mark(line: &str) -> bool {
    ["#[api", "#[versioning_macros::api", "#[promise", "#[cfg_attr(all(), api", "use versioning_macros::"]
        .iter()
        .any(|start| line.starts_with(start))
}
