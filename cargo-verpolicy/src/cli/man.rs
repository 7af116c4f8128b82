//! `man`: manual pages, by clap_mangen from the same definitions as `--help`.

use super::HOLDS;
use super::failure::Failure;
use super::output::print;
use std::path::{Path, PathBuf};

/// `man [DIR]`: one page on standard output, or all of them as files.
pub(super) fn man(directory: Option<&Path>) -> Result<u8, Failure> {
    let mut cargo = super::args::command();
    cargo.build();
    let Some(tool) = cargo.find_subcommand("verpolicy") else {
        return Err(Failure::new("internal", "the command line has no `verpolicy`"));
    };
    let Some(directory) = directory else {
        print(&String::from_utf8_lossy(&page(tool, "cargo-verpolicy")?))?;
        return Ok(HOLDS);
    };
    let mut pages = Vec::new();
    collect(tool, "cargo-verpolicy", directory, &mut pages)?;
    crate::tree::write(&pages).map_err(|error| Failure::new("write", error.to_string()))?;
    Ok(HOLDS)
}

/// The page of a command and of those below it.
fn collect(
    command: &clap::Command,
    name: &str,
    directory: &Path,
    pages: &mut Vec<(PathBuf, Vec<u8>)>,
) -> Result<(), Failure> {
    pages.push((directory.join(format!("{name}.1")), page(command, name)?));
    for below in command.get_subcommands().filter(|below| !below.is_hide_set() && below.get_name() != "help") {
        collect(below, &format!("{name}-{}", below.get_name()), directory, pages)?;
    }
    Ok(())
}

fn page(command: &clap::Command, name: &str) -> Result<Vec<u8>, Failure> {
    let mut page = Vec::new();
    clap_mangen::Man::new(command.clone())
        .title(name.to_owned())
        // One that is empty would let what follows take its place.
        .date(" ")
        .source(concat!("cargo-verpolicy ", env!("CARGO_PKG_VERSION")))
        .manual("Cargo Verpolicy")
        .render(&mut page)
        .map_err(|error| Failure::new("internal", format!("the page of {name} could not be made: {error}")))?;
    Ok(page)
}
