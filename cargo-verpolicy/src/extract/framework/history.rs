//! The history of a Ruma endpoint: which path holds from which version on.

use crate::model::{Lifetime, Stability, Step};
use crate::syntax::facts::{Pos, RawTokens};
use crate::syntax::tokens::{Cursor, Delimiter};

/// One path of a history.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Entry {
    pub(super) path: String,
    pub(super) pos: Pos,
    pub(super) since: Option<String>,
    pub(super) deprecated: Option<String>,
    pub(super) removed: Option<String>,
    pub(super) stability: Stability,
}

impl Entry {
    /// Its lifetime; `native` where a history states it.
    pub(super) fn lifetime(&self, native: bool) -> Lifetime {
        let step = |version: &Option<String>| -> Option<Step> { version.as_deref().map(super::step) };
        Lifetime { since: step(&self.since), deprecated: step(&self.deprecated), removed: step(&self.removed), native }
    }
}

/// A path without history.
pub(super) fn plain(path: String, pos: Pos) -> Entry {
    Entry { path, pos, since: None, deprecated: None, removed: None, stability: Stability::Stable }
}

/// `{ unstable("feature") => "/p", stable("feature") => "/p", 1.0 | stable("feature") => "/p", 1.1 => deprecated,
/// 1.2 => removed }`: every path is an entry; deprecation and removal hold for all stable ones. A version stays the text
/// that stands there (`1.10` is not `1.1`). A path that is both unstable and stable is stable.
pub(super) fn read(value: &RawTokens) -> Vec<Entry> {
    let tokens = value.lex();
    let mut outer = Cursor::new(value, &tokens);
    let Some(mut cursor) = outer.group(Delimiter::Brace) else { return Vec::new() };
    let mut entries: Vec<Entry> = Vec::new();
    let (mut deprecated, mut removed) = (None, None);
    while !cursor.is_empty() {
        let (version, feature, unstable) = selector(&mut cursor);
        if !cursor.eat("=>") {
            cursor.next();
            continue;
        }
        let pos = cursor.pos();
        if let Some(path) = cursor.string() {
            let stability =
                if unstable || version.is_none() { Stability::Unstable { feature } } else { Stability::Stable };
            entries.push(Entry { since: version, stability, ..plain(path, pos) });
        } else {
            match cursor.ident().as_deref() {
                Some("deprecated") => deprecated = version,
                Some("removed") => removed = version,
                _ => {}
            }
        }
        cursor.eat(",");
    }
    let stable: Vec<String> =
        entries.iter().filter(|e| e.stability == Stability::Stable).map(|e| e.path.clone()).collect();
    entries.retain(|entry| entry.stability == Stability::Stable || !stable.contains(&entry.path));
    for entry in entries.iter_mut().filter(|entry| entry.stability == Stability::Stable) {
        entry.deprecated.clone_from(&deprecated);
        entry.removed.clone_from(&removed);
    }
    entries
}

/// `unstable`, `unstable("f")`, `stable("f")`, `1.0`, `1.0 | stable("f")`: version, feature, whether it is unstable.
fn selector(cursor: &mut Cursor<'_>) -> (Option<String>, Option<String>, bool) {
    let feature = |cursor: &mut Cursor<'_>| cursor.group(Delimiter::Paren).and_then(|mut inner| inner.string());
    if cursor.eat_ident("unstable") {
        return (None, feature(cursor), true);
    }
    if cursor.eat_ident("stable") {
        return (None, feature(cursor), false);
    }
    let version = cursor.literal().and_then(crate::syntax::tokens::Lit::number_text);
    let mut stable = None;
    if cursor.eat("|") && cursor.eat_ident("stable") {
        stable = feature(cursor);
    }
    (version, stable, false)
}

/// The keys of `ruma_api!` before histories: `r0_path`, `stable_path`, `unstable_path`, `added`, `deprecated`, `removed`.
#[derive(Debug, Default)]
pub(super) struct Old {
    r0: Option<(String, Pos)>,
    stable: Option<(String, Pos)>,
    unstable: Option<(String, Pos)>,
    added: Option<String>,
    deprecated: Option<String>,
    removed: Option<String>,
}

impl Old {
    pub(super) fn entry(&mut self, key: &str, value: &RawTokens, pos: Pos) {
        let version = || {
            let tokens = value.lex();
            Cursor::new(value, &tokens).literal().and_then(crate::syntax::tokens::Lit::number_text)
        };
        let path = || value.string().map(|text| (text, pos));
        match key {
            "r0_path" => self.r0 = path(),
            "stable_path" => self.stable = path(),
            "unstable_path" => self.unstable = path(),
            "added" => self.added = version(),
            "deprecated" => self.deprecated = version(),
            "removed" => self.removed = version(),
            _ => {}
        }
    }

    pub(super) fn any(&self) -> bool {
        self.r0.is_some() || self.stable.is_some() || self.unstable.is_some()
    }

    /// The `r0` path held in 1.0, the stable one from 1.1 on (or from when it was added): 1.0 knows `r0` paths only.
    pub(super) fn entries(self) -> Vec<Entry> {
        let added = self.added.unwrap_or_else(|| "1.0".to_owned());
        let stable_since = if added == "1.0" { "1.1".to_owned() } else { added.clone() };
        let (deprecated, removed) = (self.deprecated, self.removed);
        let stable = |(path, pos): (String, Pos), since: String| Entry {
            since: Some(since),
            deprecated: deprecated.clone(),
            removed: removed.clone(),
            ..plain(path, pos)
        };
        let mut entries: Vec<Entry> = self
            .unstable
            .map(|(path, pos)| Entry { stability: Stability::Unstable { feature: None }, ..plain(path, pos) })
            .into_iter()
            .collect();
        entries.extend(self.r0.map(|path| stable(path, added.clone())));
        entries.extend(self.stable.map(|path| stable(path, stable_since)));
        entries
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(text: &str) -> Vec<String> {
        let entries = read(&RawTokens::from(text));
        let line = |entry: &Entry| {
            let or = |text: &Option<String>| text.clone().unwrap_or_default();
            let steps = format!("{}..{}..{}", or(&entry.since), or(&entry.deprecated), or(&entry.removed));
            match &entry.stability {
                Stability::Stable => format!("{} {steps}", entry.path),
                Stability::Unstable { feature } => format!("{} unstable({})", entry.path, or(feature)),
            }
        };
        entries.iter().map(line).collect()
    }

    #[test]
    fn every_path_of_a_history_is_an_entry() {
        assert_eq!(
            show(
                r#"{ unstable => "/u", unstable("org.x") => "/v", stable("org.y") => "/w",
                     1.0 => "/r0", 1.1 | stable("org.z") => "/v3", 1.10 => deprecated, 1.11 => removed, }"#
            ),
            ["/u unstable()", "/v unstable(org.x)", "/w unstable(org.y)", "/r0 1.0..1.10..1.11", "/v3 1.1..1.10..1.11"]
        );
        assert_eq!(show(r#"{ unstable("f") => "/p", 1.16 => "/p" }"#), ["/p 1.16...."]);
        assert_eq!(show("{ }"), Vec::<String>::new());
        assert_eq!(show("{ => => 1.0 }"), Vec::<String>::new());
    }
}
