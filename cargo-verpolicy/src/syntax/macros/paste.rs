//! `[<a B:snake>]` in the tokens of a `paste!` call.

use super::transcribe::Out;
use super::tree::{Leaf, LeafKind, Tree};
use crate::syntax::tokens::Delimiter;

/// Writes trees with what is to be pasted pasted; `None` when something cannot be.
pub(super) fn paste(trees: &[Tree], out: &mut Out) -> Option<()> {
    for (index, tree) in trees.iter().enumerate() {
        match tree {
            Tree::Leaf(leaf) => out.leaf(leaf, None),
            Tree::Taken(inner) => paste(inner, out)?,
            Tree::Group(delimiter, inner, pos) => {
                if let (Delimiter::Bracket, [first, middle @ .., last]) = (delimiter, inner.as_slice())
                    && first.is_punct(b'<')
                    && last.is_punct(b'>')
                    && let Some(joined) = joined(middle)
                {
                    out.token(&joined, *pos, true, false);
                    continue;
                }
                let attribute = index.checked_sub(1).and_then(|at| trees.get(at)).is_some_and(|t| t.is_punct(b'#'));
                out.open(*delimiter, *pos, false);
                match inner.as_slice() {
                    // The pieces of a documentation text.
                    [doc, equals, pieces @ ..]
                        if attribute && doc.word() == "doc" && equals.is_punct(b'=') && pieces.len() > 1 =>
                    {
                        paste(&[doc.clone(), equals.clone()], out)?;
                        out.token("\"pasted\"", *pos, true, false);
                    }
                    inner => paste(inner, out)?,
                }
                out.close(*delimiter, *pos, true);
            }
        }
    }
    Some(())
}

/// The identifier or lifetime that the pieces make.
fn joined(pieces: &[Tree]) -> Option<String> {
    let mut leaves: Vec<&Leaf> = Vec::new();
    let mut stack: Vec<&Tree> = pieces.iter().rev().collect();
    while let Some(tree) = stack.pop() {
        match tree {
            Tree::Leaf(leaf) => leaves.push(leaf),
            Tree::Taken(inner) => stack.extend(inner.iter().rev()),
            Tree::Group(..) => return None,
        }
    }
    let mut out = String::new();
    let mut rest = leaves.as_slice();
    while let Some((leaf, behind)) = rest.split_first() {
        rest = behind;
        let mut piece = match leaf.kind {
            LeafKind::Word => leaf.text.strip_prefix("r#").unwrap_or(&leaf.text).to_owned(),
            LeafKind::Lifetime => leaf.text.to_string(),
            LeafKind::Literal => leaf.text.trim_matches(['"', '\'']).replace('-', "_"),
            LeafKind::Punct(b'#', _) => continue,
            LeafKind::Punct(..) => return None,
        };
        while let [colon, modifier, behind @ ..] = rest
            && colon.is_punct(b':')
        {
            piece = modified(&piece, &modifier.text)?;
            rest = behind;
        }
        out.push_str(&piece);
    }
    let mut chars = out.strip_prefix('\'').unwrap_or(&out).chars();
    let named =
        chars.next().is_some_and(|c| c.is_alphabetic() || c == '_') && chars.all(|c| c.is_alphanumeric() || c == '_');
    named.then_some(out)
}

fn modified(piece: &str, modifier: &str) -> Option<String> {
    Some(match modifier {
        "lower" => piece.to_lowercase(),
        "upper" => piece.to_uppercase(),
        "snake" => {
            let mut out = String::new();
            let mut before = '_';
            for ch in piece.chars() {
                if ch.is_uppercase() && before != '_' && !before.is_uppercase() {
                    out.push('_');
                }
                before = ch;
                out.push(ch);
            }
            out.to_lowercase()
        }
        "camel" | "upper_camel" => {
            let mut out = String::new();
            let mut before = '_';
            for ch in piece.chars() {
                if ch != '_' {
                    match before == '_' {
                        true => out.extend(ch.to_uppercase()),
                        false if before.is_uppercase() => out.extend(ch.to_lowercase()),
                        false => out.push(ch),
                    }
                }
                before = ch;
            }
            out
        }
        "lower_camel" => {
            let camel = modified(piece, "camel")?;
            let mut chars = camel.chars();
            chars.next().into_iter().flat_map(char::to_lowercase).chain(chars).collect()
        }
        _ => return None,
    })
}
