//! Globs over rule ids, endpoint ids and paths: `*` is any run without `/`, `**` any run, `?` one character but `/`.
//! Everything else, braces too, is itself.

/// Does the whole text match? Takes at most pattern × text steps.
#[must_use]
pub fn matches(pattern: &str, text: &str) -> bool {
    let text: Vec<char> = text.chars().collect();
    // `reached[i]`: the pattern so far can end before character i.
    let mut reached = vec![false; text.len() + 1];
    if let Some(first) = reached.first_mut() {
        *first = true;
    }
    let mut rest = pattern.chars().peekable();
    while let Some(c) = rest.next() {
        let mut next = vec![false; text.len() + 1];
        if c == '*' {
            let across = rest.next_if_eq(&'*').is_some();
            let mut open = false;
            for (i, slot) in next.iter_mut().enumerate() {
                open = open || reached.get(i).copied().unwrap_or(false);
                *slot = open;
                if !across && text.get(i) == Some(&'/') {
                    open = false;
                }
            }
        } else {
            for (i, have) in text.iter().enumerate() {
                let fits = if c == '?' { *have != '/' } else { *have == c };
                if fits
                    && reached.get(i).copied().unwrap_or(false)
                    && let Some(slot) = next.get_mut(i + 1)
                {
                    *slot = true;
                }
            }
        }
        reached = next;
    }
    reached.last().copied().unwrap_or(false)
}

#[cfg(test)]
mod tests {
    #[test]
    fn globs() {
        for (pattern, text, expected) in [
            ("response-*", "response-field-added", true),
            ("response-*", "request-field-added", false),
            ("GET /users/{id}", "GET /users/{id}", true),
            ("GET /users/*", "GET /users/{id}", true),
            ("GET /users/*", "GET /users/{id}/mails", false),
            ("GET /users/**", "GET /users/{id}/mails", true),
            ("**", "anything at/all", true),
            ("* /users", "DELETE /users", true),
            ("/.well-known/**", "/.well-known/matrix/client", true),
            ("/_matrix/client/versions", "/_matrix/client/versions", true),
            ("", "", true),
            ("", "x", false),
            ("?", "é", true),
            ("a*b*c", "axxbyyc", true),
            ("a*b*c", "axxbyy", false),
        ] {
            assert_eq!(super::matches(pattern, text), expected, "{pattern} {text}");
        }
        assert!(!super::matches(&"*a".repeat(200), &"b".repeat(2000)));
    }
}
