//! What all pages share: the frame, the filter, and text that is shown as it is.

use crate::report::list::plural;
use std::fmt::{self, Display};

const LAYOUT: &str = include_str!("layout.html");
const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("script.js");

/// A whole page.
pub(super) fn page(title: &str, header: &str, main: &str) -> String {
    let title = Text(title).to_string();
    let tool = env!("CARGO_PKG_VERSION");
    let values = [
        ("title", title.as_str()),
        ("header", header),
        ("main", main),
        ("tool", tool),
        ("style", STYLE),
        ("script", SCRIPT),
    ];
    let mut pieces = LAYOUT.split("{{");
    let mut out = pieces.next().unwrap_or_default().to_owned();
    out.reserve(LAYOUT.len() + header.len() + main.len() + STYLE.len() + SCRIPT.len());
    for piece in pieces {
        let (name, after) = piece.split_once("}}").unwrap_or_default();
        out.push_str(values.iter().find(|(known, _)| *known == name.trim()).map_or("", |(_, value)| value));
        out.push_str(after);
    }
    out
}

/// One weight of what is shown, in the filter.
pub(super) struct Choice {
    /// Its value in `data-weight`.
    pub value: &'static str,
    /// Its name.
    pub shown: &'static str,
    /// How many there are.
    pub count: usize,
}

/// The form that filters the page.
pub(super) fn filter(out: &mut String, (label, placeholder): (&str, &str), choices: &[Choice], packages: &[&str]) {
    out.push_str(&format!(
        "<form class=\"filter\" role=\"search\" aria-label=\"{label}\">\n\
         <label>Search <input type=\"search\" id=\"search\" placeholder=\"{placeholder}\" autocomplete=\"off\"></label>\n"
    ));
    if !choices.is_empty() {
        out.push_str("<fieldset><legend>Show</legend>\n");
        for Choice { value, shown, count } in choices {
            out.push_str(&format!(
                "<label><input type=\"checkbox\" name=\"weight\" value=\"{value}\" checked> {shown} ({count})</label>\n"
            ));
        }
        out.push_str("</fieldset>\n");
    }
    if packages.len() > 1 {
        out.push_str("<label>Package <select id=\"group\"><option value=\"\">all</option>");
        for name in packages {
            out.push_str(&format!("<option>{}</option>", Text(name)));
        }
        out.push_str("</select></label>\n");
    }
    out.push_str("<output id=\"shown\" role=\"status\" aria-live=\"polite\"></output>\n</form>\n");
}

/// A package under its heading; `index` is 1 for the first.
pub(super) fn section(out: &mut String, index: usize, name: &str, heading: &str, body: &str) {
    out.push_str(&format!(
        "<section class=\"group\" data-group=\"{}\" aria-labelledby=\"package-{index}\">\n\
         <h2 id=\"package-{index}\">{}</h2>\n{body}</section>\n",
        Text(name),
        Text(heading)
    ));
}

/// A folded list; nothing where there are no items.
pub(super) fn folded(out: &mut String, word: &str, items: &[String]) {
    if items.is_empty() {
        return;
    }
    let summary = format!("{} {}", items.len(), plural(items.len(), word));
    out.push_str(&format!("<details class=\"more\"><summary>{summary}</summary>{}</details>\n", list(items)));
}

/// A list of what is HTML already.
pub(super) fn list(items: &[String]) -> String {
    let items: String = items.iter().map(|item| format!("<li>{item}</li>")).collect();
    format!("<ul>{items}</ul>")
}

/// Text that is shown as it is, in an attribute too.
pub(super) struct Text<'a>(pub &'a str);

impl Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rest = self.0;
        while let Some(at) = rest.find(['<', '>', '&', '"', '\'']) {
            let (plain, special) = rest.split_at(at);
            f.write_str(plain)?;
            f.write_str(match special.as_bytes().first() {
                Some(b'<') => "&lt;",
                Some(b'>') => "&gt;",
                Some(b'&') => "&amp;",
                Some(b'"') => "&quot;",
                _ => "&#x27;",
            })?;
            rest = special.get(1..).unwrap_or_default();
        }
        f.write_str(rest)
    }
}

/// Text where what stands in backticks is code.
pub(super) struct Coded<'a>(pub &'a str);

impl Display for Coded<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rest = self.0;
        while let Some((before, (code, after))) =
            rest.split_once('`').and_then(|(before, rest)| Some((before, rest.split_once('`')?)))
        {
            write!(f, "{}<code>{}</code>", Text(before), Text(code))?;
            rest = after;
        }
        Text(rest).fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_shown_as_it_is() {
        assert_eq!(Text("a<b> & \"c\" 'd' é").to_string(), "a&lt;b&gt; &amp; &quot;c&quot; &#x27;d&#x27; é");
        assert_eq!(Coded("`a<b>` and `c` or ` <").to_string(), "<code>a&lt;b&gt;</code> and <code>c</code> or ` &lt;");
    }

    #[test]
    fn every_place_of_the_frame_is_filled() {
        let page = page("{{ main }} <b>", "<h1>{{ tool }}</h1>", "<p>main</p>");
        assert!(page.contains("<title>{{ main }} &lt;b&gt;</title>") && page.contains("<h1>{{ tool }}</h1>"), "{page}");
        assert_eq!(page.matches("<p>main</p>").count(), 1, "{page}");
        assert!(page.contains(STYLE.trim_end()) && page.contains(SCRIPT.trim_end()), "{page}");
    }
}
