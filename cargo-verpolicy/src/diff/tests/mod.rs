//! Tables of cases: each row of `COMPATIBILITY.md`, each of its vectors.

mod endpoints;
mod notation;
mod properties;
mod sets;
mod shapes;
mod vectors;

use super::{Change, Diff, Options, compare};
use sets::Case;

/// The rules of all changes with an effect, in order of their names; with the paths where a row asks for them.
pub(crate) fn rules(diff: &Diff) -> Vec<String> {
    let effect = |change: &Change| crate::policy::rules::rule_of(change.kind).effect;
    let told = diff.changes.iter().filter(|c| effect(c) != Some(crate::policy::Effect::None));
    let mut out: Vec<String> = told.map(|c| c.kind.rule().to_owned()).collect();
    out.sort();
    out
}

/// Runs a table of `where | old | new | rules`; lines that begin with `#` are headings.
pub(crate) fn table(text: &str) {
    let mut wrong = Vec::new();
    for line in text.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#')) {
        let cells: Vec<&str> = line.split(" ~> ").collect();
        let [place, old, new, expected] = cells[..] else { panic!("four cells: {line}") };
        for place in place.split('+') {
            let (old, new) = (Case::read(place, old), Case::read(place, new));
            let got = rules(&compare(&old, &new, &Options::default()));
            let mut expected: Vec<String> = expected.split_whitespace().map(str::to_owned).collect();
            if expected == ["–"] {
                expected.clear();
            }
            let prefix = match place {
                "in" => "request",
                "out" => "response",
                "query" | "html" | "path" => "parameter",
                "config" => "config",
                _ => "message",
            };
            let mut expected: Vec<String> = expected.iter().map(|r| r.replace('…', prefix)).collect();
            expected.sort();
            if got != expected {
                wrong.push(format!("{place}: {line}\n    expected {expected:?}\n    got      {got:?}"));
            }
            for (side, name) in [(&old, "old"), (&new, "new")] {
                let none = compare(side, side, &Options::default());
                if !none.changes.is_empty() {
                    wrong.push(format!("{place}: {line}\n    {name} against itself: {:?}", rules(&none)));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}
