//! What a target triple says of `cfg(…)`, as far as its name tells. Nothing is run to ask for it.

use crate::model::Condition;

/// A target that things are built for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Platform {
    arch: String,
    os: &'static str,
    family: &'static [&'static str],
    /// `None` where the name does not tell.
    env: Option<&'static str>,
}

/// A word of a triple, the operating system that it means, and that one's families.
const SYSTEMS: &[(&str, &str, &[&str])] = &[
    ("android", "android", &["unix"]),
    ("androideabi", "android", &["unix"]),
    ("linux", "linux", &["unix"]),
    ("windows", "windows", &["windows"]),
    ("darwin", "macos", &["unix"]),
    ("macos", "macos", &["unix"]),
    ("ios", "ios", &["unix"]),
    ("tvos", "tvos", &["unix"]),
    ("watchos", "watchos", &["unix"]),
    ("visionos", "visionos", &["unix"]),
    ("freebsd", "freebsd", &["unix"]),
    ("netbsd", "netbsd", &["unix"]),
    ("openbsd", "openbsd", &["unix"]),
    ("dragonfly", "dragonfly", &["unix"]),
    ("solaris", "solaris", &["unix"]),
    ("illumos", "illumos", &["unix"]),
    ("fuchsia", "fuchsia", &["unix"]),
    ("redox", "redox", &["unix"]),
    ("haiku", "haiku", &["unix"]),
    ("emscripten", "emscripten", &["unix", "wasm"]),
    ("wasi", "wasi", &["wasm"]),
    ("wasip1", "wasi", &["wasm"]),
    ("wasip2", "wasi", &["wasm"]),
    ("uefi", "uefi", &[]),
    ("none", "none", &[]),
];

/// How the architecture of a triple begins, and what it is called.
const ARCHITECTURES: &[(&str, &str)] = &[
    ("x86_64", "x86_64"),
    ("aarch64", "aarch64"),
    ("arm64", "aarch64"),
    ("arm", "arm"),
    ("thumb", "arm"),
    ("riscv64", "riscv64"),
    ("riscv32", "riscv32"),
    ("wasm32", "wasm32"),
    ("wasm64", "wasm64"),
    ("powerpc64", "powerpc64"),
    ("powerpc", "powerpc"),
    ("s390x", "s390x"),
    ("loongarch64", "loongarch64"),
    ("sparc64", "sparc64"),
    ("sparcv9", "sparc64"),
    ("mips64", "mips64"),
    ("mips", "mips"),
];

impl Platform {
    /// Reads a triple such as `x86_64-unknown-linux-gnu`.
    ///
    /// # Errors
    /// It names no architecture or operating system that is known.
    pub fn parse(triple: &str) -> Result<Self, String> {
        let words: Vec<&str> = triple.split('-').collect();
        let first = words.first().copied().unwrap_or_default();
        let is_x86 = first.len() == 4 && first.starts_with('i') && first.ends_with("86");
        let arch = match ARCHITECTURES.iter().find(|(begins, _)| first.starts_with(begins)) {
            Some((_, arch)) => *arch,
            None if is_x86 => "x86",
            None => {
                return Err(format!(
                    "`{triple}` is no target that is known: write it as in `rustc --print target-list`"
                ));
            }
        };
        let named = SYSTEMS.iter().find(|(word, ..)| words.iter().skip(1).any(|other| other == word));
        let (os, family): (_, &[&str]) = match named {
            Some((_, os, family)) => (*os, *family),
            None if triple.starts_with("wasm") => ("unknown", &["wasm"]),
            None if words.iter().skip(1).any(|word| word.starts_with("none")) => ("none", &[]),
            None => return Err(format!("`{triple}` names no operating system that is known")),
        };
        let last = words.last().copied().unwrap_or_default();
        let env = [("gnu", "gnu"), ("musl", "musl"), ("msvc", "msvc")].into_iter();
        let env = env.filter(|(begins, _)| last.starts_with(begins)).map(|(_, env)| env).next();
        let without = !matches!(os, "linux" | "windows");
        Ok(Self { arch: arch.to_owned(), os, family, env: env.or(without.then_some("")) })
    }

    /// Does this part of a condition hold here? `None` where the triple does not tell.
    #[must_use]
    pub fn says(&self, leaf: &Condition) -> Option<bool> {
        match leaf {
            Condition::Flag(flag) if flag == "unix" || flag == "windows" => Some(self.family.contains(&flag.as_str())),
            Condition::KeyValue(key, value) => match key.as_str() {
                "target_os" => Some(self.os == value),
                "target_arch" => Some(self.arch == *value),
                "target_family" => Some(self.family.contains(&value.as_str())),
                "target_env" => self.env.map(|env| env == value),
                "target_pointer_width" => Some(self.width() == value),
                _ => None,
            },
            _ => None,
        }
    }

    fn width(&self) -> &'static str {
        if self.arch.contains("64") || self.arch == "s390x" { "64" } else { "32" }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_triples_say() {
        let says = |triple: &str, condition: &str| {
            let platform = Platform::parse(triple).unwrap();
            condition.parse::<Condition>().unwrap().given(&|leaf| platform.says(leaf))
        };
        for (triple, condition, expected) in [
            ("x86_64-unknown-linux-gnu", "unix", true),
            ("x86_64-unknown-linux-gnu", "target_os = \"linux\"", true),
            ("x86_64-unknown-linux-musl", "target_env = \"gnu\"", false),
            ("x86_64-pc-windows-msvc", "all(windows, target_env = \"msvc\")", true),
            ("x86_64-pc-windows-msvc", "not(windows)", false),
            ("i686-pc-windows-gnu", "target_arch = \"x86\"", true),
            ("i686-pc-windows-gnu", "target_pointer_width = \"64\"", false),
            ("aarch64-apple-darwin", "target_os = \"macos\"", true),
            ("aarch64-linux-android", "target_os = \"linux\"", false),
            ("armv7-linux-androideabi", "target_os = \"android\"", true),
            ("wasm32-unknown-unknown", "any(unix, windows)", false),
            ("wasm32-unknown-unknown", "target_family = \"wasm\"", true),
            ("wasm32-wasip1", "target_os = \"wasi\"", true),
            ("thumbv7em-none-eabihf", "target_os = \"none\"", true),
        ] {
            let found = says(triple, condition);
            let expected = if expected { Condition::Always } else { Condition::Never };
            assert_eq!(found, expected, "{triple}: {condition}");
        }
        assert_eq!(says("x86_64-unknown-linux-gnu", "tokio_unstable"), Condition::Flag("tokio_unstable".to_owned()));
        assert!(Platform::parse("pdp11-dec-unix").is_err());
        assert!(Platform::parse("x86_64-acme-roadrunner").is_err());
    }
}
