//! How the path of a stated route may be written. Frameworks differ in their parameters, so `{id}`, `{*rest}`,
//! `{id:[0-9]+}`, `:id`, `*rest`, `<id>` and `<rest..>` are all accepted.

/// Checks a path template.
///
/// # Errors
/// What is wrong, and what was expected.
pub(crate) fn check(path: &str) -> Result<(), String> {
    let shown = path.escape_debug();
    if !path.starts_with('/') {
        return Err(match path.find("://") {
            Some(_) => format!("`{shown}` is a URL: state the path alone, starting with `/`"),
            None => format!("the path `{shown}` must start with `/`"),
        });
    }
    if let Some(c) = path.chars().find(|c| c.is_whitespace() || c.is_control()) {
        return Err(format!("the path `{shown}` contains `{}`", c.escape_debug()));
    }
    let names = braced_names(path).ok_or_else(|| format!("the braces of the path `{shown}` do not match"))?;
    let outside = outside_braces(path);
    if let Some(c) = outside.chars().find(|c| matches!(c, '#' | '?')) {
        return Err(format!("the path `{shown}` contains `{c}`: a route is a path without query and fragment"));
    }
    let mut seen: Vec<String> = Vec::new();
    for name in names.into_iter().chain(segment_names(&outside, &shown.to_string())?) {
        if name.is_empty() {
            return Err(format!("a parameter of the path `{shown}` has no name"));
        }
        if name != "_" && name != "*" && seen.contains(&name) {
            return Err(format!("the path `{shown}` names the parameter `{name}` twice"));
        }
        seen.push(name);
    }
    Ok(())
}

/// The names between braces, `None` if the braces do not match. `{{` and `}}` stand for a brace of the text where the
/// braces do not match otherwise.
fn braced_names(path: &str) -> Option<Vec<String>> {
    names_of_matching_braces(path).or_else(|| names_of_matching_braces(&path.replace("{{", "").replace("}}", "")))
}

fn names_of_matching_braces(path: &str) -> Option<Vec<String>> {
    let mut depth = 0_usize;
    let mut name = String::new();
    let mut names = Vec::new();
    for c in path.chars() {
        match c {
            '{' => depth += 1,
            '}' => {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    names.push(parameter_name(&name));
                    name.clear();
                }
            }
            c if depth > 0 => name.push(c),
            _ => {}
        }
    }
    (depth == 0).then_some(names)
}

/// `id` of `id`, `*id`, `**id`, `+id`, `?id`, `id:[0-9]+`, `id|[0-9]+`; `*` of an unnamed tail.
fn parameter_name(inner: &str) -> String {
    let name = inner.split([':', '|']).next().unwrap_or_default();
    let bare = name.trim_start_matches(['*', '+', '?']);
    if bare.is_empty() && !name.is_empty() { "*" } else { bare }.to_owned()
}

/// The path with everything between braces left out.
fn outside_braces(path: &str) -> String {
    let mut depth = 0_usize;
    let mut outside = String::new();
    for c in path.chars() {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            c if depth == 0 => outside.push(c),
            _ => {}
        }
    }
    outside
}

/// The names of the segments that are parameters as a whole: `:id`, `*rest`, `<id>`, `<rest..>`.
fn segment_names(outside: &str, shown: &str) -> Result<Vec<String>, String> {
    let mut names = Vec::new();
    for segment in outside.split('/') {
        if let Some(name) = segment.strip_prefix(':') {
            names.push(name.to_owned());
        } else if let Some(name) = segment.strip_prefix('*') {
            names.push(if name.is_empty() { "*".to_owned() } else { name.trim_start_matches('*').to_owned() });
        } else if segment.contains('<') || segment.contains('>') {
            let inner = segment.strip_prefix('<').and_then(|rest| rest.strip_suffix('>'));
            let inner = inner.filter(|inner| !inner.contains(['<', '>']));
            let Some(inner) = inner else {
                return Err(format!("`<` and `>` in the path `{shown}` must enclose one whole segment"));
            };
            names.push(inner.trim_end_matches("..").to_owned());
        }
    }
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::check;

    #[test]
    fn accepts_every_style_of_parameter() {
        for path in [
            "/",
            "/users",
            "/users/",
            "/users/{id}",
            "/{*rest}",
            "/{**rest}",
            "/{*}",
            "/a/{x}/b/{y}",
            "/{a}.{b}",
            "/users/:id",
            "/files/*path",
            "/*",
            "/users/<id>",
            "/<rest..>",
            "/<_>/<_..>",
            "/{tail:.*}",
            "/{n:[0-9]{3}}",
            "/{n|[0-9]+}",
            "/{{literal}}",
            "/a}}b",
            "/_matrix/client/v3/rooms/{roomId}/state/{eventType}",
            "/.well-known/webfinger",
            "/@{name}",
            "/caf\u{e9}",
        ] {
            assert_eq!(check(path), Ok(()), "{path}");
        }
    }

    #[test]
    fn says_what_is_wrong_with_a_path() {
        for (path, part) in [
            ("", "must start with `/`"),
            ("users", "must start with `/`"),
            ("https://x.org/users", "is a URL"),
            ("/users/{id", "braces"),
            ("/users/id}", "braces"),
            ("/}{", "braces"),
            ("/{}", "has no name"),
            ("/:", "has no name"),
            ("/<>", "has no name"),
            ("/<id", "one whole segment"),
            ("/a<id>", "one whole segment"),
            ("/a?b", "without query"),
            ("/a#b", "without query"),
            ("/a b", "contains ` `"),
            ("/a\n", "contains `\\n`"),
            ("/{id}/x/{id}", "`id` twice"),
            ("/{id}/x/:id", "`id` twice"),
        ] {
            let message = check(path).expect_err(path);
            assert!(message.contains(part), "{path}: {message}");
        }
    }
}
