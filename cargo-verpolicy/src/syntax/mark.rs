//! Marks: the grammar's reading of `#[api(...)]`, with positions of the file and types as facts.

use super::facts::{Pos, RawTokens, Type};
use super::read::is_shallow;
use proc_macro2::{Span, TokenStream};
use versioning_grammar as grammar;

pub use versioning_grammar::Kind;

/// A value and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed<T> {
    /// The value.
    pub value: T,
    /// Where it begins.
    pub pos: Pos,
}

/// One mark, as written; the fields are those of [`versioning_grammar::Mark`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MarkFact {
    /// `item`, `http`, `message`, `config`; a stated route implies `http`.
    pub kind: Option<Placed<Kind>>,
    /// `GET "/users/{id}"`.
    pub route: Option<MarkRoute>,
    /// `since = "1.2.0"` or `"next"`, as written.
    pub since: Option<Placed<String>>,
    /// `deprecated`, `deprecated(since = "…", note = "…", replaced_by = "…")`.
    pub deprecated: Option<MarkDeprecated>,
    /// `removed = "2.0"`.
    pub removed: Option<Placed<String>>,
    /// `unstable`, `unstable(feature = "…")`.
    pub unstable: Option<MarkUnstable>,
    /// `edition = "6"`.
    pub edition: Option<Placed<String>>,
    /// `section = "client-server"`.
    pub section: Option<Placed<String>>,
    /// `behavior = 2`.
    pub behavior: Option<Placed<u64>>,
    /// `open`: where it stands.
    pub open: Option<Pos>,
    /// `layout = "bincode"`.
    pub layout: Option<Placed<String>>,
    /// `request = T`.
    pub request: Option<Placed<Type>>,
    /// `responses(200 = T, 404 = E, 204)`.
    pub responses: Vec<MarkAnswer>,
}

/// A stated route.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarkRoute {
    /// Upper-case methods, at least one, or `ANY`.
    pub methods: Vec<Placed<String>>,
    /// The path as written, starting with `/`.
    pub path: Placed<String>,
}

/// `deprecated(…)`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarkDeprecated {
    /// The word itself.
    pub pos: Pos,
    /// `since = "1.4"`.
    pub since: Option<Placed<String>>,
    /// `note = "…"`.
    pub note: Option<Placed<String>>,
    /// `replaced_by = "GET /v4/users/{id}"`.
    pub replaced_by: Option<Placed<String>>,
}

/// `unstable(…)`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarkUnstable {
    /// The word itself.
    pub pos: Pos,
    /// `feature = "org.matrix.msc2844"`.
    pub feature: Option<Placed<String>>,
}

/// One answer in `responses(…)`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarkAnswer {
    /// `200`.
    pub status: Placed<u16>,
    /// Its type; `None` is an answer without body.
    pub body: Option<Placed<Type>>,
}

/// One mistake in a mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarkMistake {
    /// Where.
    pub pos: Pos,
    /// What is wrong and what would be right.
    pub message: String,
    /// The key is unknown: a newer version may know it.
    pub unknown_key: bool,
    /// `since` is missing, before this place: all else is right.
    pub no_since: bool,
}

/// Reads what stands between the parentheses of `#[api(...)]`.
///
/// # Errors
/// Every mistake in the mark, in source order; the mark as far as it could be read comes along.
#[expect(clippy::result_large_err, reason = "a mark is read once; the mark itself is as large")]
pub fn mark(raw: &RawTokens) -> Result<MarkFact, (MarkFact, Vec<MarkMistake>)> {
    let broken = |message: &str| {
        let mistake = MarkMistake { pos: raw.pos, message: message.to_owned(), unknown_key: false, no_since: false };
        (MarkFact::default(), vec![mistake])
    };
    if !is_shallow(raw.text.as_bytes()) {
        return Err(broken("nested too deeply"));
    }
    let tokens: TokenStream = raw.text.parse().map_err(|_| broken("these are no Rust tokens"))?;
    let mut reading = Reading { raw, mistakes: Vec::new() };
    let (mark, mistakes) = match grammar::parse(tokens) {
        Ok(mark) => (mark, Vec::new()),
        Err(found) => found,
    };
    reading.mistakes.extend(mistakes.into_iter().map(|mistake| MarkMistake {
        pos: pos(raw, mistake.span),
        message: mistake.message,
        unknown_key: mistake.unknown_key,
        no_since: mistake.no_since,
    }));
    let fact = reading.fact(mark);
    proc_macro2::extra::invalidate_current_thread_spans();
    if reading.mistakes.is_empty() { Ok(fact) } else { Err((fact, reading.mistakes)) }
}

/// The position of a span in the file; that of the text where the span is none of its tokens.
fn pos(raw: &RawTokens, span: Span) -> Pos {
    let start = span.start();
    if span.byte_range().is_empty() {
        return raw.pos;
    }
    let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let (line, column) = (number(start.line.saturating_sub(1)), number(start.column));
    Pos {
        line: raw.pos.line.saturating_add(line),
        column: if line == 0 { raw.pos.column.saturating_add(column) } else { column.saturating_add(1) },
    }
}

struct Reading<'a> {
    raw: &'a RawTokens,
    mistakes: Vec<MarkMistake>,
}

impl Reading<'_> {
    fn placed<T>(&self, spanned: grammar::Spanned<T>) -> Placed<T> {
        Placed { pos: pos(self.raw, spanned.span), value: spanned.value }
    }

    fn text(&self, spanned: Option<grammar::Spanned<String>>) -> Option<Placed<String>> {
        spanned.map(|s| self.placed(s))
    }

    fn fact(&mut self, mark: grammar::Mark) -> MarkFact {
        MarkFact {
            kind: mark.kind.map(|kind| self.placed(kind)),
            route: mark.route.map(|route| MarkRoute {
                methods: route.methods.into_iter().map(|method| self.placed(method)).collect(),
                path: self.placed(route.path),
            }),
            since: self.text(mark.since),
            deprecated: mark.deprecated.map(|deprecated| MarkDeprecated {
                pos: pos(self.raw, deprecated.span),
                since: self.text(deprecated.since),
                note: self.text(deprecated.note),
                replaced_by: self.text(deprecated.replaced_by),
            }),
            removed: self.text(mark.removed),
            unstable: mark.unstable.map(|unstable| MarkUnstable {
                pos: pos(self.raw, unstable.span),
                feature: self.text(unstable.feature),
            }),
            edition: self.text(mark.edition),
            section: self.text(mark.section),
            behavior: mark.behavior.map(|behavior| self.placed(behavior)),
            open: mark.open.map(|span| pos(self.raw, span)),
            layout: self.text(mark.layout),
            request: mark.request.and_then(|request| self.ty(request)),
            responses: mark
                .responses
                .into_iter()
                .map(|answer| MarkAnswer {
                    status: self.placed(answer.status),
                    body: answer.body.and_then(|body| self.ty(body)),
                })
                .collect(),
        }
    }

    /// The tokens of a type; a mistake when they are none.
    fn ty(&mut self, tokens: grammar::Spanned<TokenStream>) -> Option<Placed<Type>> {
        let mut range: Option<(usize, usize)> = None;
        for tree in tokens.value {
            let found = tree.span().byte_range();
            range = Some((range.map_or(found.start, |(start, _)| start), found.end));
        }
        let (start, end) = range?;
        let text = self.raw.slice(start, end);
        let pos = text.pos;
        if let Some(value) = text.ty() {
            return Some(Placed { value, pos });
        }
        let message = format!("`{}` is not a type", text.normal());
        self.mistakes.push(MarkMistake { pos, message, unknown_key: false, no_since: false });
        None
    }
}

#[cfg(test)]
mod tests {
    use super::{Kind, mark};
    use crate::syntax::facts::{Pos, RawTokens, Type};

    fn raw(text: &str) -> RawTokens {
        RawTokens { text: text.into(), pos: Pos { line: 3, column: 7 } }
    }

    #[test]
    fn a_mark_is_read_with_its_places() {
        let text = "GET | HEAD \"/é/{id}\", since = \"1.2\",\n  request = Vec<T>, responses(200 = a::B, 204)";
        let mark = mark(&raw(text)).expect("a mark");
        let route = mark.route.expect("a route");
        let since = mark.since.expect("since");
        assert_eq!(route.methods.iter().map(|m| m.value.as_str()).collect::<Vec<_>>(), ["GET", "HEAD"]);
        assert_eq!((route.path.value.as_str(), route.path.pos.column), ("/é/{id}", 18));
        assert_eq!((since.value.as_str(), since.pos), ("1.2", Pos { line: 3, column: 37 }));
        let request = mark.request.expect("a request");
        assert_eq!(request.pos, Pos { line: 4, column: 13 });
        assert!(matches!(request.value, Type::Path { .. }));
        assert_eq!(
            mark.responses.iter().map(|r| (r.status.value, r.body.is_some())).collect::<Vec<_>>(),
            [(200, true), (204, false)]
        );
    }

    #[test]
    fn mistakes_have_places_and_unknown_keys_are_told_apart() {
        let (found, mistakes) = mark(&raw("item, since = \"1.0\", zzqx = 3")).expect_err("a mistake");
        assert_eq!(found.kind.map(|kind| kind.value), Some(Kind::Item));
        assert_eq!(mistakes.len(), 1, "{mistakes:?}");
        assert!(mistakes.iter().all(|m| m.unknown_key && m.pos == Pos { line: 3, column: 28 }), "{mistakes:?}");
        let (_, mistakes) = mark(&raw("item, since = \"x y\"")).expect_err("a mistake");
        assert!(mistakes.iter().all(|m| !m.unknown_key), "{mistakes:?}");
        assert!(mark(&raw(&"(".repeat(10_000))).is_err());
        assert!(mark(&raw("\"")).is_err());
    }
}
