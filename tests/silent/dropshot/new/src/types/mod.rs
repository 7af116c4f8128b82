pub mod disk;

/// The second version.
pub const SECOND: semver::Version = semver::Version::new(2, 0, 0);
