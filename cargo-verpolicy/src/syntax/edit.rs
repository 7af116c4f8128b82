//! Edits of a source text that leave every other byte as it was.

use super::facts::{Pos, RawTokens};

/// Replaces string literals whose text is `was`: each place is that of a literal's beginning (1-based, columns in
/// characters), with what it says from now on.
///
/// # Errors
/// The first place at which no such literal stands; nothing is edited then.
pub fn replace_texts(source: &str, places: &[(Pos, &str)], was: &str) -> Result<String, Pos> {
    let mut ranges = Vec::with_capacity(places.len());
    for (place, with) in places {
        let (start, end) = literal(source, *place, was).ok_or(*place)?;
        ranges.push((start, end, *with));
    }
    ranges.sort_unstable();
    ranges.dedup_by_key(|(start, ..)| *start);
    let mut out = String::with_capacity(source.len());
    let mut done = 0;
    for (start, end, with) in ranges {
        out.push_str(source.get(done..start).unwrap_or_default());
        out.push_str(&format!("{with:?}"));
        done = end;
    }
    out.push_str(source.get(done..).unwrap_or_default());
    Ok(out)
}

/// The byte range of the literal that begins there and has this text.
fn literal(source: &str, place: Pos, text: &str) -> Option<(usize, usize)> {
    let mut start = 0;
    for _ in 1..place.line {
        start += source.get(start..)?.find('\n')? + 1;
    }
    let line = source.get(start..)?.lines().next()?;
    let column = usize::try_from(place.column.checked_sub(1)?).ok()?;
    let offset = line.char_indices().map(|(at, _)| at).nth(column)?;
    let rest = RawTokens::from(line.get(offset..)?);
    let tokens = rest.lex();
    let first = tokens.first().filter(|token| token.string() == Some(text) && token.start == 0)?;
    Some((start + offset, start + offset + first.end))
}

#[cfg(test)]
mod tests {
    use super::replace_texts;
    use crate::syntax::facts::Pos;

    #[test]
    fn only_what_is_named_is_replaced() {
        let source = "é = \"next\", x = \"next\";\r\n  y = r#\"next\"#, z = \"nextt\"\n";
        let at = |line, column| (Pos { line, column }, "1.2.0");
        assert_eq!(
            replace_texts(source, &[at(2, 7), at(1, 5), at(1, 5)], "next").unwrap(),
            "é = \"1.2.0\", x = \"next\";\r\n  y = \"1.2.0\", z = \"nextt\"\n"
        );
        for wrong in [at(1, 1), at(2, 25), at(3, 1), at(9, 1), at(0, 0), at(1, 99)] {
            assert_eq!(replace_texts(source, &[at(1, 5), wrong], "next"), Err(wrong.0), "{wrong:?}");
        }
    }
}
