//! Texts of public items: what an impl is for, as written in paths.

/// The arguments of an impl for one instance of a type (`<u8>`), where they are not just its parameters; those that
/// equal their default are left out.
pub(super) fn specialised(self_text: &str, path: &str, params: &[(String, Option<String>)]) -> String {
    let text = without_lifetimes(self_text);
    let Some(inner) = text.strip_prefix(path).and_then(|t| t.strip_prefix('<')).and_then(|t| t.strip_suffix('>'))
    else {
        return String::new();
    };
    let mut arguments = split(inner);
    while let (Some(last), Some((_, Some(default)))) =
        (arguments.last(), arguments.len().checked_sub(1).and_then(|i| params.get(i)))
        && without_lifetimes(default) == *last
    {
        arguments.pop();
    }
    let is_param = |text: &String| text.strip_prefix('T').is_some_and(|n| n.parse::<u32>().is_ok());
    if arguments.iter().all(is_param) { String::new() } else { format!("<{}>", arguments.join(", ")) }
}

/// `A, B<C, D>` at its outer commas.
fn split(text: &str) -> Vec<String> {
    let mut out = vec![String::new()];
    let mut depth = 0_i32;
    let mut before = ' ';
    for c in text.chars() {
        match c {
            '<' | '(' | '[' => depth += 1,
            '>' if before == '-' || before == '=' => {}
            '>' | ')' | ']' => depth -= 1,
            _ => {}
        }
        before = c;
        if c == ',' && depth == 0 {
            out.push(String::new());
        } else if let Some(last) = out.last_mut()
            && !(c == ' ' && last.is_empty())
        {
            last.push(c);
        }
    }
    out
}

/// A text without its numbered lifetimes.
pub(super) fn without_lifetimes(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\'') {
        let (before, from) = rest.split_at(at);
        let name: usize =
            from.chars().skip(1).take_while(|c| c.is_alphanumeric() || *c == '_').map(char::len_utf8).sum();
        let after = from.get(1 + name..).unwrap_or_default();
        if from.starts_with("'static") {
            out.push_str(before);
            out.push_str("'static");
            rest = after;
            continue;
        }
        out.push_str(before);
        rest = after.strip_prefix(", ").or_else(|| after.strip_prefix(' ')).unwrap_or(after);
        if out.ends_with('<') && rest.starts_with('>') {
            out.pop();
            rest = rest.get(1..).unwrap_or_default();
        }
    }
    out.push_str(rest);
    out
}
