//! `rename_all`: the eight conventions exactly as serde applies them, to fields and to variants.

/// A convention of `rename_all`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Case {
    /// `lowercase`
    Lower,
    /// `UPPERCASE`
    Upper,
    /// `PascalCase`
    Pascal,
    /// `camelCase`
    Camel,
    /// `snake_case`
    Snake,
    /// `SCREAMING_SNAKE_CASE`
    ScreamingSnake,
    /// `kebab-case`
    Kebab,
    /// `SCREAMING-KEBAB-CASE`
    ScreamingKebab,
    /// `dotted.case`, which only Ruma knows.
    Dotted,
}

impl Case {
    /// The convention as attributes write it; `None` is no convention that serde knows.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "lowercase" => Self::Lower,
            "UPPERCASE" => Self::Upper,
            "PascalCase" => Self::Pascal,
            "camelCase" => Self::Camel,
            "snake_case" => Self::Snake,
            "SCREAMING_SNAKE_CASE" => Self::ScreamingSnake,
            "kebab-case" => Self::Kebab,
            "SCREAMING-KEBAB-CASE" => Self::ScreamingKebab,
            _ => return None,
        })
    }

    /// A convention of Ruma's `StringEnum`, with what stands before the name: serde's own, or one of those behind a
    /// prefix (`m.role.snake_case`, `.m.rule.snake_case`), `m.dotted.case`, `M_MATRIX_ERROR_CASE`.
    pub(crate) fn ruma(text: &str) -> Option<(&str, Self)> {
        if text == "M_MATRIX_ERROR_CASE" {
            return Some(("M_", Self::ScreamingSnake));
        }
        if let Some(prefix) = text.strip_suffix("dotted.case") {
            return Some((prefix, Self::Dotted));
        }
        let (prefix, rule) = text.rfind('.').map_or(("", text), |dot| text.split_at(dot + 1));
        Some((prefix, Self::parse(rule)?))
    }

    /// A variant's name, written in `PascalCase`. Breaks before every capital: `HTTPOnly` is `h_t_t_p_only`.
    pub(crate) fn variant(self, name: &str) -> String {
        match self {
            Self::Pascal => name.to_owned(),
            Self::Lower => name.to_ascii_lowercase(),
            Self::Upper => name.to_ascii_uppercase(),
            Self::Camel => lower_first(name),
            Self::Snake => {
                let mut out = String::with_capacity(name.len() + 4);
                for (i, c) in name.char_indices() {
                    if i > 0 && c.is_uppercase() {
                        out.push('_');
                    }
                    out.push(c.to_ascii_lowercase());
                }
                out
            }
            Self::ScreamingSnake => Self::Snake.variant(name).to_ascii_uppercase(),
            Self::Kebab => Self::Snake.variant(name).replace('_', "-"),
            Self::ScreamingKebab => Self::ScreamingSnake.variant(name).replace('_', "-"),
            Self::Dotted => Self::Snake.variant(name).replace('_', "."),
        }
    }

    /// A field's name, written in `snake_case`: `id_2fa` becomes `id2fa` in `camelCase`.
    pub(crate) fn field(self, name: &str) -> String {
        match self {
            Self::Lower | Self::Snake => name.to_owned(),
            Self::Upper | Self::ScreamingSnake => name.to_ascii_uppercase(),
            Self::Pascal => {
                let mut out = String::with_capacity(name.len());
                let mut capital = true;
                for c in name.chars() {
                    if c == '_' {
                        capital = true;
                    } else if capital {
                        out.push(c.to_ascii_uppercase());
                        capital = false;
                    } else {
                        out.push(c);
                    }
                }
                out
            }
            Self::Camel => lower_first(&Self::Pascal.field(name)),
            Self::Kebab => name.replace('_', "-"),
            Self::ScreamingKebab => Self::ScreamingSnake.field(name).replace('_', "-"),
            Self::Dotted => name.replace('_', "."),
        }
    }
}

fn lower_first(name: &str) -> String {
    let mut chars = name.chars();
    match chars.next() {
        Some(first) => {
            let mut out = String::with_capacity(name.len());
            out.push(first.to_ascii_lowercase());
            out.push_str(chars.as_str());
            out
        }
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::Case;

    #[test]
    fn fields_and_variants_are_named_as_serde_names_them() {
        // What serde_derive 1.0.229 wrote for these names.
        let cases = [
            ("lowercase", "id_2fa", "id_2fa", "HTTPOnly", "httponly"),
            ("UPPERCASE", "a_b", "A_B", "HTTPOnly", "HTTPONLY"),
            ("PascalCase", "a__b", "AB", "IPv4", "IPv4"),
            ("camelCase", "id_2fa", "id2fa", "HTTPOnly", "hTTPOnly"),
            ("camelCase", "_x", "x", "A_b", "a_b"),
            ("snake_case", "id_2fa", "id_2fa", "HTTPOnly", "h_t_t_p_only"),
            ("snake_case", "url", "url", "IPv4", "i_pv4"),
            ("SCREAMING_SNAKE_CASE", "user_id", "USER_ID", "IPv4", "I_PV4"),
            ("kebab-case", "_x", "-x", "IPv4", "i-pv4"),
            ("SCREAMING-KEBAB-CASE", "user_id", "USER-ID", "A_b", "A-B"),
        ];
        for (case, field, field_wire, variant, variant_wire) in cases {
            let case = Case::parse(case).expect(case);
            assert_eq!(case.field(field), field_wire, "{case:?} of field {field}");
            assert_eq!(case.variant(variant), variant_wire, "{case:?} of variant {variant}");
        }
        assert_eq!(Case::parse("Title Case"), None);
    }

    #[test]
    fn ruma_puts_prefixes_before_conventions() {
        let cases = [
            ("snake_case", Some("too_large")),
            ("m.snake_case", Some("m.too_large")),
            ("m.role.snake_case", Some("m.role.too_large")),
            (".m.rule.snake_case", Some(".m.rule.too_large")),
            ("m.lowercase", Some("m.toolarge")),
            ("m.dotted.case", Some("m.too.large")),
            ("M_MATRIX_ERROR_CASE", Some("M_TOO_LARGE")),
            ("m.title case", None),
        ];
        for (rule, expected) in cases {
            let named = Case::ruma(rule).map(|(prefix, case)| format!("{prefix}{}", case.variant("TooLarge")));
            assert_eq!(named.as_deref(), expected, "{rule}");
        }
    }
}
