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
}
