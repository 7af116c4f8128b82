//! Source excerpts as rustc and cargo show them, by annotate-snippets.

use super::Canvas;
use crate::model::Place;
use crate::policy::{Finding, Level as RuleLevel};
use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet};
use std::ops::Range;

/// One finding as a diagnostic with both places, what it reaches and what to do.
pub(super) fn finding(finding: &Finding, [old, new]: [&str; 2], advice: Option<&str>, canvas: &Canvas) -> String {
    let level = match finding.level {
        RuleLevel::Warn => Level::WARNING,
        _ if finding.refused => Level::ERROR,
        _ => Level::INFO.with_name("change"),
    };
    let title = format!("`{}`: {}", finding.endpoint, finding.message);
    let mut elements: Vec<Element<'_>> = Vec::new();
    let sides = [(finding.old.as_ref(), true), (finding.new.as_ref(), false)];
    let primary_is_old = finding.new.is_none();
    let mut excerpts = Vec::new();
    for (place, before) in sides {
        if let Some(place) = place {
            excerpts.push(Excerpt::new(place, before, if before { old } else { new }, canvas));
        }
    }
    for excerpt in &excerpts {
        let kind = if excerpt.old == primary_is_old { AnnotationKind::Primary } else { AnnotationKind::Context };
        elements.push(excerpt.element(kind, excerpts.len() > 1));
    }
    let reaches = reaches(finding, canvas).map(|text| wrapped(&text, NOTE, canvas));
    if let Some(reaches) = &reaches {
        elements.push(Level::NOTE.message(reaches.as_str()).into());
    }
    let because = finding.because.as_deref().map(|text| wrapped(text, NOTE, canvas));
    if canvas.explain
        && let Some(because) = &because
    {
        elements.push(Level::NOTE.message(because.as_str()).into());
    }
    let advice = advice.map(|text| wrapped(text, NOTE, canvas));
    if let Some(advice) = &advice {
        elements.push(Level::HELP.message(advice.as_str()).into());
    }
    let group = Group::with_title(level.primary_title(title.as_str()).id(finding.rule)).elements(elements);
    let renderer = if canvas.color { Renderer::styled() } else { Renderer::plain() };
    // As rustc and cargo look; their other style is not for every terminal.
    let decor = DecorStyle::Ascii;
    let width = canvas.width.unwrap_or(140).clamp(40, 200);
    let text = renderer.term_width(width).decor_style(decor).render(&[group]);
    match finding.new.as_ref().and_then(|place| Some((place, canvas.links.get(place.file.as_ref())?))) {
        // With its line: the old place may be in the same file.
        Some((place, url)) => linked(&text, &format!("{}{}:{}", super::prefix(new), place.file, place.line), url),
        None => text,
    }
}

/// Columns before a note: the line number, ` = ` and its word.
const NOTE: usize = 15;

/// Text broken at spaces so that it fits a terminal beside what stands before it. What is too long for a line of its own
/// is left to the terminal, and without one nothing is broken.
pub(super) fn wrapped(text: &str, before: usize, canvas: &Canvas) -> String {
    let Some(width) = canvas.width else { return text.to_owned() };
    let room = width.saturating_sub(before).max(20);
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for word in text.split(' ') {
        let length = word.chars().count();
        if at > 0 && at + 1 + length > room {
            out.push('\n');
            at = 0;
        } else if !out.is_empty() {
            out.push(' ');
            at += 1;
        }
        out.push_str(word);
        at += length;
    }
    out
}

/// The place `path:line:column` as a link.
fn linked(text: &str, path: &str, url: &str) -> String {
    let shown = |start: usize| {
        let rest = text.get(start..)?;
        let number = |c: char| !(c.is_ascii_digit() || c == ':');
        let length = path.len() + rest.get(path.len()..)?.find(number).unwrap_or(rest.len() - path.len());
        Some(start..start + length)
    };
    let starts = |start: &usize| text.get(..*start).is_some_and(|before| !before.ends_with([':', '/']));
    let place = text.match_indices(&format!("{path}:")).map(|(at, _)| at).filter(starts).find_map(shown);
    match place {
        Some(place) => {
            let link = anstyle_hyperlink::Hyperlink::with_url(url);
            format!("{}{link}{}{link:#}{}", &text[..place.start], &text[place.clone()], &text[place.end..])
        }
        None => text.to_owned(),
    }
}

/// The other endpoints that meet it: all under `-v`, else a few.
fn reaches(finding: &Finding, canvas: &Canvas) -> Option<String> {
    let others: Vec<&str> = finding.reaches.iter().filter(|id| **id != finding.endpoint).map(String::as_str).collect();
    if others.is_empty() {
        return None;
    }
    let shown = if canvas.verbose > 0 { others.len() } else { others.len().min(4) };
    let mut text = format!("also reaches {}", others[..shown].join(", "));
    if shown < others.len() {
        text.push_str(&format!(" and {} more (-v lists them)", others.len() - shown));
    }
    Some(text)
}

struct Excerpt<'a> {
    old: bool,
    path: String,
    /// The line at the place, and the byte range of the word there.
    line: Option<(&'a str, Range<usize>)>,
    place: &'a Place,
}

impl<'a> Excerpt<'a> {
    fn new(place: &'a Place, old: bool, origin: &str, canvas: &'a Canvas) -> Self {
        let source = canvas.sources.get(&(origin.to_owned(), place.file.to_string()));
        let line = source.and_then(|source| source.line(place.line));
        Self {
            old,
            path: format!("{}{}", super::prefix(origin), place.file),
            line: line.and_then(|line| Some((line, word_at(line, place.column)?))),
            place,
        }
    }

    fn element(&self, kind: AnnotationKind, both: bool) -> Element<'_> {
        match &self.line {
            Some((text, span)) => {
                let annotation = kind.span(span.clone());
                let annotation = match (both, self.old) {
                    (true, true) => annotation.label("before"),
                    (true, false) => annotation.label("now"),
                    (false, true) => annotation.label("was here"),
                    (false, false) => annotation,
                };
                Snippet::source(*text)
                    .line_start(self.place.line as usize)
                    .path(self.path.as_str())
                    .annotation(annotation)
                    .into()
            }
            None => Origin::path(self.path.as_str())
                .line(self.place.line as usize)
                .char_column(self.place.column as usize)
                .into(),
        }
    }
}

/// Byte range of the word (or single character) that stands at a 1-based column.
fn word_at(line: &str, column: u32) -> Option<Range<usize>> {
    let column = usize::try_from(column.checked_sub(1)?).ok()?;
    let start = line.char_indices().nth(column)?.0;
    let tail = &line[start..];
    let word = |c: char| c.is_alphanumeric() || c == '_';
    let first = tail.chars().next()?;
    let length = if word(first) { tail.find(|c| !word(c)).unwrap_or(tail.len()) } else { first.len_utf8() };
    Some(start..start + length)
}
