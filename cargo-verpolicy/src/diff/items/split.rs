//! Normalised texts of types taken apart at their outermost level.

/// What stands between the `<` with which the text begins and its `>`, and what comes behind.
pub(super) fn enclosed(text: &str) -> Option<(&str, &str)> {
    let inner = text.strip_prefix('<')?;
    let end = outermost(inner, '>').next()?;
    Some((inner.get(..end)?, inner.get(end + 1..)?))
}

/// The parts between commas.
pub(super) fn list(text: &str) -> Vec<&str> {
    at_each(text, ", ")
}

/// The parts between `+`.
pub(super) fn sum(text: &str) -> Vec<&str> {
    at_each(text, " + ")
}

fn at_each<'t>(text: &'t str, separator: &str) -> Vec<&'t str> {
    let mut out = Vec::new();
    let mut start = 0;
    let first = separator.chars().next().unwrap_or_default();
    for at in outermost(text, first) {
        if at >= start && text.get(at..).is_some_and(|rest| rest.starts_with(separator)) {
            out.extend(text.get(start..at));
            start = at + separator.len();
        }
    }
    out.extend(text.get(start..).filter(|rest| !rest.is_empty()));
    out
}

/// Where a character stands in no brackets that the text itself opens.
fn outermost(text: &str, wanted: char) -> impl Iterator<Item = usize> {
    let mut depth = 0_i32;
    text.char_indices().filter_map(move |(at, c)| {
        let arrow = c == '>' && text.get(..at).is_some_and(|before| before.ends_with(['-', '=']));
        let found = c == wanted && depth == 0 && !arrow;
        match c {
            '<' | '(' | '[' => depth += 1,
            '>' | ')' | ']' if !arrow => depth -= 1,
            _ => {}
        }
        found.then_some(at)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_texts() {
        assert_eq!(enclosed("<A<B>, fn(u8) -> C>::D"), Some(("A<B>, fn(u8) -> C", "::D")));
        assert_eq!(enclosed("A"), None);
        assert_eq!(list("A<B, C>, (D, E), F"), ["A<B, C>", "(D, E)", "F"]);
        assert_eq!(list(""), [""; 0]);
        assert_eq!(sum("A<dyn (B + C)> + Fn() -> D + 'static"), ["A<dyn (B + C)>", "Fn() -> D", "'static"]);
    }
}
