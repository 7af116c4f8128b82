//! "Did you mean": the known word nearest to an unknown one.

/// Longer words are not compared.
const LONGEST: usize = 64;

/// The nearest of `known`, if one is near enough to be meant.
#[must_use]
pub fn nearest<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let length = word.chars().count();
    if length > LONGEST {
        return None;
    }
    let lowered = word.to_lowercase();
    let reach = (length / 3).clamp(1, 6);
    known
        .map(|candidate| (edits(&lowered, &candidate.to_lowercase()), candidate))
        .filter(|(distance, _)| *distance <= reach)
        .min()
        .map(|(_, candidate)| candidate)
}

/// How many single-character edits (swapping neighbours is one) lie between two words.
#[must_use]
pub fn edits(left: &str, right: &str) -> usize {
    let left: Vec<char> = left.chars().collect();
    let right: Vec<char> = right.chars().collect();
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=right.len()).collect();
    for (row, a) in left.iter().enumerate() {
        let mut line = vec![row + 1];
        for (column, b) in right.iter().enumerate() {
            let cell = |line: &[usize], at: usize| line.get(at).copied().unwrap_or(usize::MAX / 2);
            let mut best = (cell(&last, column) + usize::from(a != b))
                .min(cell(&last, column + 1) + 1)
                .min(cell(&line, column) + 1);
            let swapped =
                row > 0 && column > 0 && left.get(row - 1) == Some(b) && right.get(column - 1) == Some(a) && a != b;
            if swapped {
                best = best.min(cell(&before_last, column - 1) + 1);
            }
            line.push(best);
        }
        before_last = std::mem::replace(&mut last, line);
    }
    last.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn finds_what_was_meant() {
        let known = ["since", "deprecated", "removed", "item", "open"];
        for (word, meant) in [
            ("sinse", Some("since")),
            ("sicne", Some("since")),
            ("Since", Some("since")),
            ("depricated", Some("deprecated")),
            ("remove", Some("removed")),
            ("itme", Some("item")),
            ("x", None),
            ("banana", None),
            ("", None),
        ] {
            assert_eq!(nearest(word, known.into_iter()), meant, "{word}");
        }
    }
}
