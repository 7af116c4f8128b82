//! `Change:` in a commit message: what people say a commit is, where no endpoint shows it.

/// The package that a trailer names (`None`: each that the commit touches) and what it says: `Change: feature`,
/// `Change: sdk=api-fix`. Trailers stand in the last paragraph of a message, one a line.
#[must_use]
pub fn trailers(message: &str) -> Vec<(Option<&str>, &str)> {
    let mut last: Vec<&str> = Vec::new();
    let mut ended = false;
    for line in message.lines() {
        if line.trim().is_empty() {
            ended = true;
        } else {
            if ended {
                last.clear();
                ended = false;
            }
            last.push(line);
        }
    }
    let value = |line: &'_ str| -> Option<usize> {
        let (key, _) = line.split_once(':')?;
        key.trim().eq_ignore_ascii_case("change").then_some(key.len() + 1)
    };
    let found = last.into_iter().filter_map(|line| Some(line.get(value(line)?..)?.trim()));
    found
        .map(|text| match text.split_once('=') {
            Some((package, said)) => (Some(package.trim()), said.trim()),
            None => (None, text),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::trailers;

    #[test]
    fn trailers_are_in_the_last_paragraph() {
        for (message, expected) in [
            ("Add a graph\n\nChange: feature\n", &[(None, "feature")][..]),
            (
                "Add a graph\n\nChange: sdk=api-fix\nchange:fix\nSigned-off-by: A <a@b>\n",
                &[(Some("sdk"), "api-fix"), (None, "fix")],
            ),
            ("Add a graph\n\nChange: feature\n\nand more\n", &[]),
            ("Change: feature", &[(None, "feature")]),
            ("Exchange: feature", &[]),
            ("", &[]),
        ] {
            assert_eq!(trailers(message), expected, "{message}");
        }
    }
}
