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

/// Puts texts at places (1-based, columns in characters), each before what stands there. All other bytes stay.
///
/// # Errors
/// The first place that is not in the source; nothing is edited then.
pub fn insert_texts(source: &str, insertions: &[(Pos, String)]) -> Result<String, Pos> {
    let mut places = Vec::with_capacity(insertions.len());
    for (place, text) in insertions {
        let (start, _, offset) = line_at(source, *place).ok_or(*place)?;
        places.push((start + offset, text));
    }
    places.sort_by_key(|(at, _)| *at);
    let mut out = source.to_owned();
    for (at, text) in places.into_iter().rev() {
        out.insert_str(at, text);
    }
    Ok(out)
}

/// An attribute to be put on a function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Insertion<'a> {
    /// Where the function's name stands (1-based, columns in characters).
    pub at: Pos,
    /// The name.
    pub name: &'a str,
    /// `#[api(since = "1.2.0")]`
    pub attribute: &'a str,
}

/// Puts attributes right before functions, below the attributes that they have: each on a line of its own, or, where
/// something else stands on the function's line, before it on that line. All other bytes stay.
///
/// # Errors
/// The first place at which no such function stands; nothing is edited then.
pub fn insert_attributes(source: &str, insertions: &[Insertion<'_>]) -> Result<String, Pos> {
    let mut places: Vec<(usize, String)> = Vec::with_capacity(insertions.len());
    for insertion in insertions {
        places.push(before(source, insertion).ok_or(insertion.at)?);
    }
    // Stable: several attributes of one function keep their order.
    places.sort_by_key(|(at, _)| *at);
    let mut out = String::with_capacity(source.len());
    let mut done = 0;
    for (at, text) in places {
        out.push_str(source.get(done..at).unwrap_or_default());
        out.push_str(&text);
        done = at;
    }
    out.push_str(source.get(done..).unwrap_or_default());
    Ok(out)
}

/// Where the text of an insertion goes, and the text.
fn before(source: &str, insertion: &Insertion<'_>) -> Option<(usize, String)> {
    let (start, line, offset) = line_at(source, insertion.at)?;
    line.get(offset..)?.strip_prefix(insertion.name)?;
    let qualifiers = qualifiers(line.get(..offset)?)?;
    let lead = line.get(..qualifiers)?;
    if !lead.trim().is_empty() {
        return Some((start + qualifiers, format!("{} ", insertion.attribute)));
    }
    // `pub` alone on the line before would part from its function.
    let above = source.get(..start)?.trim_end();
    if WORDS.iter().any(|word| above.ends_with(word)) {
        return None;
    }
    let end = if line.ends_with('\r') { "\r\n" } else { "\n" };
    Some((start, format!("{lead}{}{end}", insertion.attribute)))
}

/// Words that may stand before `fn`.
const WORDS: [&str; 6] = ["async", "unsafe", "const", "extern", "default", "pub"];

/// Where the words before a function's name begin, given the line up to the name.
fn qualifiers(before_name: &str) -> Option<usize> {
    let mut rest = before_name.trim_end().strip_suffix("fn")?;
    loop {
        let trimmed = rest.trim_end();
        let word = WORDS.iter().find_map(|word| trimmed.strip_suffix(word));
        let whole = |left: &&str| left.chars().next_back().is_none_or(|c| !c.is_alphanumeric() && c != '_');
        let abi =
            || Some(trimmed.strip_suffix('"')?.rsplit_once('"')?.0).filter(|left| left.trim_end().ends_with("extern"));
        let restricted = || Some(trimmed.strip_suffix(')')?.rsplit_once("pub(")?.0);
        match word.filter(whole).or_else(abi).or_else(restricted) {
            Some(left) => rest = left,
            None => break,
        }
    }
    let used = before_name.get(rest.len()..)?;
    Some(rest.len() + (used.len() - used.trim_start().len()))
}

/// The offset at which the line of a place begins, the line without its `\n`, and the place's offset in it.
fn line_at(source: &str, place: Pos) -> Option<(usize, &str, usize)> {
    let mut start = 0;
    for _ in 1..place.line {
        start += source.get(start..)?.find('\n')? + 1;
    }
    let line = source.get(start..)?.split('\n').next()?;
    let column = usize::try_from(place.column.checked_sub(1)?).ok()?;
    let offset = line.char_indices().map(|(at, _)| at).nth(column)?;
    Some((start, line, offset))
}

/// The byte range of the literal that begins there and has this text.
fn literal(source: &str, place: Pos, text: &str) -> Option<(usize, usize)> {
    let (start, line, offset) = line_at(source, place)?;
    let rest = RawTokens::from(line.get(offset..)?);
    let tokens = rest.lex();
    let first = tokens.first().filter(|token| token.string() == Some(text) && token.start == 0)?;
    Some((start + offset, start + offset + first.end))
}

#[cfg(test)]
mod tests {
    use super::{Insertion, insert_attributes, replace_texts};
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

    #[test]
    fn attributes_go_right_before_their_functions() {
        let insert = |source: &str, line, column| {
            insert_attributes(source, &[Insertion { at: Pos { line, column }, name: "f", attribute: "#[m]" }])
        };
        for (source, line, column, expected) in [
            ("fn f() {}", 1, 4, "#[m]\nfn f() {}"),
            ("é;\r\n  pub(in a::b) async fn f() {}\r\n", 2, 25, "é;\r\n  #[m]\r\n  pub(in a::b) async fn f() {}\r\n"),
            ("/// D.\n#[get(\"/\")]\nfn f() {}", 3, 4, "/// D.\n#[get(\"/\")]\n#[m]\nfn f() {}"),
            ("#[get(\"/\")] async fn f() {}", 1, 22, "#[get(\"/\")] #[m] async fn f() {}"),
            ("unsafe extern \"C\" fn f();", 1, 22, "#[m]\nunsafe extern \"C\" fn f();"),
        ] {
            assert_eq!(insert(source, line, column).as_deref(), Ok(expected), "{source}");
        }
        for (source, line, column) in [("fn f() {}", 1, 3), ("pub\nfn f() {}", 2, 4), ("struct f;", 1, 8), ("", 2, 1)] {
            assert!(insert(source, line, column).is_err(), "{source}");
        }
    }
}
