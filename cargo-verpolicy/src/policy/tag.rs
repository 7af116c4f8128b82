//! How tags name versions.

/// A tag format: text around `{version}`, and perhaps `{package}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Format {
    text: String,
}

/// The formats that are tried where none is configured; those with the package's name first.
pub const FORMATS: [&str; 6] = [
    "{package}-v{version}",
    "{package}-{version}",
    "{package}@{version}",
    "{package}/v{version}",
    "v{version}",
    "{version}",
];

impl Format {
    /// Reads a format.
    ///
    /// # Errors
    /// `{version}` is not in it once, or `{package}` more than once, or another `{…}` is.
    pub fn read(text: &str) -> Result<Self, String> {
        let (versions, packages) = (text.matches("{version}").count(), text.matches("{package}").count());
        let rest = text.replace("{version}", "").replace("{package}", "");
        if versions != 1 || packages > 1 || rest.contains(['{', '}']) {
            return Err(format!(
                "`tag-format = \"{text}\"`: a format has `{{version}}` once, and may have `{{package}}` once"
            ));
        }
        Ok(Self { text: text.to_owned() })
    }

    /// The configured formats, or the usual ones.
    pub(super) fn all(configured: &[String]) -> Result<Vec<Self>, String> {
        if configured.is_empty() {
            return FORMATS.iter().map(|f| Self::read(f)).collect();
        }
        configured.iter().map(|f| Self::read(f)).collect()
    }

    /// `{package}` is in it.
    #[must_use]
    pub fn names_the_package(&self) -> bool {
        self.text.contains("{package}")
    }

    /// The text in the place of the version, where the rest fits.
    #[must_use]
    pub fn version_in<'t>(&self, tag: &'t str, package: &str) -> Option<&'t str> {
        let (before, after) = self.text.split_once("{version}")?;
        let fill = |part: &str| part.replace("{package}", package);
        tag.strip_prefix(fill(before).as_str())?.strip_suffix(fill(after).as_str()).filter(|v| !v.is_empty())
    }

    /// The tag of a version: the canonical text, its own prefix left out where the format has it.
    #[must_use]
    pub fn tag(&self, package: &str, canonical: &str) -> String {
        let doubled = self.text.contains("v{version}");
        let version = canonical.strip_prefix('v').filter(|_| doubled).unwrap_or(canonical);
        self.text.replace("{package}", package).replace("{version}", version)
    }
}

/// A digit, a dot and a digit: somebody meant a version.
pub(super) fn looks_like_a_version(tag: &str) -> bool {
    let bytes = tag.as_bytes();
    bytes.windows(3).any(|w| matches!(w, [a, b'.', c] if a.is_ascii_digit() && c.is_ascii_digit()))
}
