//! Standard output and error: the only place that prints.

use super::args::Show;
use super::failure::Failure;
use crate::report::{Canvas, FORMATS, Format};
use annotate_snippets::{Level, Origin, Renderer};
use anstream::ColorChoice;
use std::ffi::OsString;
use std::io::{IsTerminal, Write};
use std::path::PathBuf;

/// The colour choice before arguments are parsed, so that `--help` and usage errors obey it too: the flag, then
/// `CARGO_TERM_COLOR`, then what the terminal says.
pub(super) fn early_color(args: &[OsString]) -> ColorChoice {
    let texts: Vec<&str> = args.iter().filter_map(|a| a.to_str()).collect();
    let flag = texts.iter().enumerate().find_map(|(i, text)| match text.strip_prefix("--color") {
        Some("") => texts.get(i + 1).copied(),
        Some(rest) => rest.strip_prefix('='),
        None => None,
    });
    let choice = flag.map(str::to_owned).or_else(|| variable("CARGO_TERM_COLOR"));
    match choice.as_deref() {
        Some("always") => ColorChoice::Always,
        Some("never") => ColorChoice::Never,
        _ => ColorChoice::Auto,
    }
}

/// An environment variable that is not empty.
pub(super) fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|v| !v.is_empty())
}

/// Prints to standard output. A closed pipe is the reader's choice; anything else, like a full disk, leaves half an
/// answer behind and is a failure.
pub(super) fn print(text: &str) -> Result<(), Failure> {
    let plain;
    let text = match std::io::stdout().is_terminal() && !unicode() {
        true => {
            plain = text.replace('·', "-").replace('…', "...").replace('→', "->");
            &plain
        }
        false => text,
    };
    let mut out = anstream::stdout().lock();
    printed(out.write_all(text.as_bytes()).and_then(|()| out.flush()))
}

/// May the terminal show more than ASCII? `CARGO_TERM_UNICODE` decides, else the locale.
fn unicode() -> bool {
    match variable("CARGO_TERM_UNICODE").as_deref() {
        Some("true") => true,
        Some("false") => false,
        _ if cfg!(windows) => true,
        _ if variable("TERM").is_some_and(|term| term == "linux" || term == "dumb") => false,
        _ => {
            let locale = ["LC_ALL", "LC_CTYPE", "LANG"].iter().find_map(|name| variable(name));
            locale.is_some_and(|locale| locale.to_lowercase().replace('-', "").ends_with("utf8"))
        }
    }
}

/// What became of something that went to standard output.
pub(super) fn printed(result: std::io::Result<()>) -> Result<(), Failure> {
    match result {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(Failure::new("write", format!("standard output cannot be written: {error}")))
        }
        _ => Ok(()),
    }
}

/// A message for people on standard error.
pub(super) fn warn(text: &str) {
    let mut err = anstream::stderr().lock();
    let _ = writeln!(
        err,
        "{}",
        renderer().render(&[annotate_snippets::Group::with_title(Level::WARNING.primary_title(text))])
    );
}

/// A plain line for people on standard error.
pub(super) fn note(text: &str) {
    let mut err = anstream::stderr().lock();
    let _ = writeln!(err, "{text}");
}

fn renderer() -> Renderer {
    Renderer::styled().term_width(width().unwrap_or(140))
}

/// Shows why a command could not complete: JSON on standard output when that was asked for, and always a message on
/// standard error.
pub(super) fn failure(failure: &Failure, json: bool) {
    if json {
        // Where that is what failed, the message below says so.
        let _ = print(&crate::report::failure_json(
            failure.kind,
            &failure.message,
            failure.help.as_deref(),
            failure.place.as_ref(),
        ));
    }
    let mut group = annotate_snippets::Group::with_title(Level::ERROR.primary_title(failure.message.as_str()));
    if let Some(place) = &failure.place {
        let mut origin = Origin::path(place.file.as_ref());
        if place.line > 0 {
            origin = origin.line(place.line as usize).char_column(place.column.max(1) as usize);
        }
        group = group.element(origin);
    }
    if let Some(help) = &failure.help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    let mut err = anstream::stderr().lock();
    let _ = writeln!(err, "{}", renderer().render(&[group]));
}

fn width() -> Option<usize> {
    if !std::io::stdout().is_terminal() {
        return None;
    }
    if let Some(columns) = variable("COLUMNS").and_then(|c| c.parse().ok()) {
        return Some(columns);
    }
    terminal_size::terminal_size().map(|(terminal_size::Width(w), _)| usize::from(w))
}

/// May places be links? `CARGO_TERM_HYPERLINKS` decides, else what the terminal is known to show.
pub(super) fn links(canvas: &Canvas) -> bool {
    let terminal = std::io::stdout().is_terminal() && canvas.color;
    terminal
        && match variable("CARGO_TERM_HYPERLINKS").as_deref() {
            Some("true") => true,
            Some("false") => false,
            _ => supports_hyperlinks::on(supports_hyperlinks::Stream::Stdout),
        }
}

/// The canvas that the flags and the terminal give.
pub(super) fn canvas(show: &Show) -> Canvas {
    let choice = anstream::AutoStream::choice(&std::io::stdout());
    let quiet_env = variable("CARGO_TERM_QUIET").is_some_and(|v| v == "true");
    let verbose_env = variable("CARGO_TERM_VERBOSE").is_some_and(|v| v == "true");
    Canvas {
        width: width(),
        color: choice != ColorChoice::Never,
        quiet: show.quiet || (quiet_env && show.verbose == 0),
        verbose: show.verbose.max(u8::from(verbose_env && !show.quiet)),
        ..Canvas::default()
    }
}

/// `--output FORMAT=PATH`, checked before any work is done.
pub(super) fn files(show: &Show) -> Result<Vec<(&'static Format, PathBuf)>, Failure> {
    let files = show
        .output
        .iter()
        .map(|text| {
            let known = || FORMATS.iter().map(|f| f.id).collect::<Vec<_>>().join(", ");
            let (id, path) = text.split_once('=').filter(|(_, path)| !path.is_empty()).ok_or_else(|| {
                Failure::usage(format!("`--output {text}` names no file"))
                    .help(format!("write --output FORMAT=PATH, with FORMAT one of {}", known()))
            })?;
            let row = FORMATS.iter().find(|f| f.id == id);
            let row = row.ok_or_else(|| {
                let failure = Failure::usage(format!("there is no format `{id}`"));
                match versioning_grammar::nearest(id, FORMATS.iter().map(|f| f.id)) {
                    Some(close) => failure.help(format!("did you mean `{close}`?")),
                    None => failure.help(format!("the formats are {}", known())),
                }
            })?;
            if path == "-" {
                return Err(Failure::usage(format!("`--output {text}` names no file"))
                    .help(format!("standard output shows what `--format {id}` asks for")));
            }
            Ok((row, PathBuf::from(path)))
        })
        .collect::<Result<Vec<_>, Failure>>()?;
    let twice = files.iter().enumerate().find(|(at, (_, path))| files.iter().take(*at).any(|(_, other)| other == path));
    match twice {
        Some((_, (_, path))) => {
            Err(Failure::usage(format!("two of `--output` write to {}", path.display())).help("name a file for each"))
        }
        None => Ok(files),
    }
}

/// Refuses a format that shows reports where there is none, before any work is done.
pub(super) fn lists(show: &Show) -> Result<(), Failure> {
    let files = files(show)?;
    let asked = std::iter::once(show.format).chain(files.iter().map(|(row, _)| *row));
    for row in asked {
        if row.list.is_none() {
            let able: Vec<&str> = FORMATS.iter().filter(|f| f.list.is_some()).map(|f| f.id).collect();
            return Err(Failure::usage(format!("`{}` shows what `check` and `diff` find, not a list", row.id))
                .help(format!("a list can be shown as {}", able.join(", "))));
        }
    }
    Ok(())
}

/// Refuses a format that knows no history, before any work is done.
pub(super) fn histories(show: &Show) -> Result<(), Failure> {
    let files = files(show)?;
    for row in std::iter::once(show.format).chain(files.iter().map(|(row, _)| *row)) {
        if row.history.is_none() {
            let able: Vec<&str> = FORMATS.iter().filter(|f| f.history.is_some()).map(|f| f.id).collect();
            return Err(Failure::usage(format!("`{}` cannot show a history", row.id))
                .help(format!("it can be shown as {}", able.join(", "))));
        }
    }
    Ok(())
}

/// Shows one result: in the chosen format on standard output, and in every `--output` file.
pub(super) fn show(show: &Show, canvas: &Canvas, render: &dyn Fn(&Format, &Canvas) -> String) -> Result<(), Failure> {
    let plain = Canvas { width: None, color: false, links: Default::default(), ..canvas.clone() };
    let mut written = Vec::new();
    for (row, path) in files(show)? {
        written.push((path, render(row, &plain).into_bytes()));
    }
    crate::tree::write(&written).map_err(|e| Failure::new("write", e.to_string()))?;
    print(&render(show.format, canvas))?;
    match show.format.summary_in.and_then(|name| Some((name, variable(name)?))) {
        Some((name, path)) => append(name, &path, &render(crate::report::MARKDOWN, &plain)),
        None => Ok(()),
    }
}

/// Adds to a file that others add to as well: a job's summary.
fn append(variable: &str, path: &str, text: &str) -> Result<(), Failure> {
    let file = std::fs::OpenOptions::new().create(true).append(true).open(path);
    file.and_then(|mut file| file.write_all(text.as_bytes())).map_err(|error| {
        Failure::new("write", format!("{path}, which {variable} names: {error}"))
            .help(format!("unset {variable} to leave the summary out"))
    })
}
