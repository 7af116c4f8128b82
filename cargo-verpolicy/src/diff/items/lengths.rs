//! Lengths of arrays inside types.

/// Do two types differ in lengths of arrays alone, and is one of each two that differ not known?
pub(super) fn in_doubt(was: &str, is: &str) -> bool {
    let ((before, was), (after, is)) = (taken_out(was), taken_out(is));
    let doubtful = |(a, b): (&String, &String)| a == b || !known(a) || !known(b);
    before == after && was != is && was.iter().zip(&is).all(doubtful)
}

/// A number, or a generic parameter.
fn known(length: &str) -> bool {
    let digits = length.strip_prefix(['T', 'F']).unwrap_or(length);
    !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())
}

/// A type with `_` for every length, and the lengths.
fn taken_out(text: &str) -> (String, Vec<String>) {
    let (mut out, mut lengths) = (String::with_capacity(text.len()), Vec::new());
    let mut rest = text;
    while let Some(at) = rest.find("; ") {
        let (before, after) = rest.split_at(at + 2);
        let end = closing(after);
        let (length, tail) = after.split_at(end);
        out.push_str(before);
        out.push('_');
        lengths.push(length.to_owned());
        rest = tail;
    }
    out.push_str(rest);
    (out, lengths)
}

/// Where the bracket closes that a length stands in.
fn closing(text: &str) -> usize {
    let mut depth = 0_u32;
    for (at, c) in text.char_indices() {
        match c {
            '[' => depth += 1,
            ']' if depth == 0 => return at,
            ']' => depth -= 1,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::in_doubt;

    #[test]
    fn lengths_that_may_be_the_same() {
        for (was, is, expected) in [
            ("[u8; 4]", "[u8; 4]", false),
            ("[u8; 4]", "[u8; 5]", false),
            ("[u8; 4]", "[u16; other::LEN]", false),
            ("[u8; 4]", "[u8; other::LEN]", true),
            ("[[u8; 4]; other::LEN]", "[[u8; 4]; 2]", true),
            ("[[u8; 4]; other::LEN]", "[[u8; 5]; 2]", false),
            ("[u8; T0]", "[u8; 3]", false),
            ("Option<[u8; a::A]>", "Option<[u8; b::B]>", true),
        ] {
            assert_eq!(in_doubt(was, is), expected, "{was} -> {is}");
        }
    }
}
