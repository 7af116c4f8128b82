//! What may stand before a version: `spongeforge-1.12.2-2768-`.

/// Artifact, platform and build, each empty or `None` where not written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Qualifier {
    /// `spongeforge`
    pub artifact: String,
    /// `1.12.2`
    pub platform: String,
    /// `2768`
    pub build: Option<u64>,
}

impl Qualifier {
    /// Nothing stands before the version.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.artifact.is_empty() && self.platform.is_empty() && self.build.is_none()
    }

    /// Splits a full name: the qualifier, and how many bytes it takes.
    pub(super) fn split(text: &str) -> (Self, usize) {
        let artifact: &str = text.split('-').next().unwrap_or_default();
        if !artifact.starts_with(|c: char| c.is_ascii_alphabetic())
            || !artifact.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
            || artifact.len() == text.len()
        {
            return (Self::default(), 0);
        }
        let mut qualifier = Self { artifact: artifact.to_owned(), ..Self::default() };
        let mut taken = artifact.len() + 1;
        let rest = text.get(taken..).unwrap_or_default();
        let parts: Vec<&str> = rest.split('-').collect();
        // A platform or a build is followed by something that begins with a digit; the version is not.
        let numeric = |i: usize| parts.get(i).is_some_and(|p| p.starts_with(|c: char| c.is_ascii_digit()));
        if let Some(platform) = parts.first().filter(|p| dotted(p) && numeric(1)) {
            qualifier.platform = (*platform).to_owned();
            taken += platform.len() + 1;
            let build = parts.get(1).and_then(|b| super::label::number(b).zip(Some(b.len())));
            if let Some((build, length)) = build.filter(|_| numeric(2)) {
                qualifier.build = Some(build);
                taken += length + 1;
            }
        }
        (qualifier, taken)
    }

    /// As canonical texts write it, with the `-` that follows.
    pub(super) fn render(&self) -> String {
        let mut out = String::new();
        if !self.artifact.is_empty() {
            out.push_str(&self.artifact);
            out.push('-');
            if !self.platform.is_empty() {
                out.push_str(&self.platform);
                out.push('-');
                if let Some(build) = self.build {
                    out.push_str(&format!("{build}-"));
                }
            }
        }
        out
    }

    /// As Cargo's build metadata holds it: `1.12.2` or `1.12.2-2768`; the artifact is the package.
    pub(super) fn cargo(&self) -> String {
        match self.build {
            Some(build) => format!("{}-{build}", self.platform),
            None => self.platform.clone(),
        }
    }

    /// Reads Cargo's build metadata.
    pub(super) fn from_cargo(text: &str) -> Option<Self> {
        if text.is_empty() {
            return Some(Self::default());
        }
        let (platform, build) = match text.split_once('-') {
            Some((platform, build)) => (platform, Some(super::label::number(build)?)),
            None => (text, None),
        };
        dotted(platform).then(|| Self { artifact: String::new(), platform: platform.to_owned(), build })
    }
}

/// `1.12.2`: numbers joined by dots, at least two.
fn dotted(text: &str) -> bool {
    text.contains('.') && text.split('.').all(|n| super::label::number(n).is_some())
}
