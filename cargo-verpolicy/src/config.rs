//! `[package.metadata.verpolicy]` and `[workspace.metadata.verpolicy]`: what a project says of itself. The package's
//! value wins over the workspace's, key by key; tables merge. Unknown keys are errors with their place.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What one table says; every key is optional.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Config {
    /// A built-in policy or the path of a policy file, from the manifest's directory.
    pub policy: Option<String>,
    /// `registry:latest`, `git:REV`, `snapshot:FILE`: instead of tags.
    pub baseline: Option<String>,
    /// The bump that is planned.
    pub next: Option<String>,
    /// The version line that marks speak of, when it is not the package's own.
    pub version: Option<String>,
    /// `manifest` (the default) or `tag`.
    pub version_from: Option<VersionFrom>,
    /// Formats of release tags, in place of the built-in ones.
    pub tag_format: Option<OneOrMany>,
    /// Names under which this package was released before.
    pub previous_names: Option<Vec<String>>,
    /// Tags or versions that are no releases of this package; globs allowed.
    pub ignore_releases: Option<Vec<String>>,
    /// The version that was or will be the first release.
    pub first_release: Option<String>,
    /// Path of the committed snapshot, from the manifest's directory.
    pub snapshot: Option<String>,
    /// `routes`, `public`: unmarked ones count too.
    pub implicit: Option<Vec<ImplicitKind>>,
    /// Globs of routes that carry no per-endpoint version.
    pub unversioned: Option<Vec<String>>,
    /// Rule → level.
    pub levels: Option<BTreeMap<String, LevelName>>,
    /// What may be assumed of clients.
    pub clients: Option<BTreeMap<String, String>>,
    /// Rule → effect, the last word.
    pub effects: Option<BTreeMap<String, String>>,
    /// Macro → how its calls are read.
    pub macros: Option<BTreeMap<String, MacroName>>,
    /// Type → the type to read in its place.
    pub types: Option<BTreeMap<String, String>>,
    /// Extractor → the extractor to read in its place, or `ignore`.
    pub extractors: Option<BTreeMap<String, String>>,
    /// Whose sources are read besides the packages of the tree.
    pub dependencies: Option<DependencySources>,
    /// Section → module paths and route globs.
    pub sections: Option<BTreeMap<String, Vec<String>>>,
    /// Public item that cannot carry an attribute → its mark, as between the parentheses of `#[api(…)]`; of the package
    /// only.
    pub items: Option<BTreeMap<String, toml::Spanned<String>>>,
    /// Findings that are accepted, each with a reason.
    pub accept: Option<Vec<Accept>>,
    /// The product line; of the workspace only.
    pub product: Option<Product>,
    /// Coming releases; of the workspace only.
    pub release_plan: Option<Vec<PlannedRelease>>,
}

/// `[workspace.metadata.verpolicy.product]`: packages that are released as one product.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Product {
    /// What the product is called.
    pub name: Option<String>,
    /// Its packages: a list of names, or a table of what each is; all members of the workspace where it is not said.
    #[serde(default, skip_serializing_if = "Members::is_empty")]
    pub members: Members,
    /// `global`: one version for all of them, whatever the policy says.
    pub version: Option<LineVersion>,
    /// The member that is the API.
    pub api: Option<String>,
    /// The members that implement it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub implementations: Vec<String>,
}

/// The version of a product line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum LineVersion {
    /// One for all members.
    Global,
}

/// The members of a product line by name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Members(pub BTreeMap<String, Member>);

impl Members {
    /// None is named.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// What a member of a product line is to the others.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Member {
    /// Members that it ships inside.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bundles: Vec<String>,
    /// Members whose API it speaks.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub client_of: Vec<ClientOf>,
}

/// An API that a member speaks.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ClientOf {
    /// The member whose API it is.
    pub package: String,
    /// The sections that it speaks; all of it where none is named.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sections: Vec<String>,
}

/// `[[workspace.metadata.verpolicy.release-plan]]`
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct PlannedRelease {
    /// The version that is expected.
    pub expected: String,
    /// The day on which the cutoff was told, `YYYY-MM-DD`.
    pub announced: Option<String>,
    /// The last day for what is to be in it, `YYYY-MM-DD`.
    pub cutoff: String,
}

impl<'de> Deserialize<'de> for Members {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either;
        impl<'de> serde::de::Visitor<'de> for Either {
            type Value = Members;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("a list of packages, or a table of packages with what each is")
            }

            fn visit_seq<A: serde::de::SeqAccess<'de>>(self, mut names: A) -> Result<Members, A::Error> {
                let mut members = BTreeMap::new();
                while let Some(name) = names.next_element::<String>()? {
                    members.insert(name, Member::default());
                }
                Ok(Members(members))
            }

            fn visit_map<A: serde::de::MapAccess<'de>>(self, mut table: A) -> Result<Members, A::Error> {
                let mut members = BTreeMap::new();
                while let Some((name, member)) = table.next_entry::<String, Member>()? {
                    members.insert(name, member);
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_any(Either)
    }
}

/// Where the current version is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum VersionFrom {
    /// `package.version`
    Manifest,
    /// The highest ancestor tag.
    Tag,
}

/// One text or several.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(untagged)]
pub enum OneOrMany {
    /// One.
    One(String),
    /// Several.
    Many(Vec<String>),
}

impl OneOrMany {
    /// As a list.
    #[must_use]
    pub fn into_vec(self) -> Vec<String> {
        match self {
            Self::One(one) => vec![one],
            Self::Many(many) => many,
        }
    }
}

/// What counts without a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ImplicitKind {
    /// Routes.
    Routes,
    /// Public items.
    Public,
}

/// A level's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum LevelName {
    /// Silent.
    Allow,
    /// Shown.
    Warn,
    /// Fails.
    Deny,
}

/// Whose sources are read besides the packages of the tree.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum DependencySources {
    /// Those of dependencies that are vendored in the tree, and those that cargo keeps on this machine.
    #[default]
    AtHand,
    /// Those of dependencies that are vendored in the tree: the answer is the same on every machine.
    InTree,
}

/// How a macro is read.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(try_from = "String", into = "String")]
pub enum MacroName {
    /// `items`: its tokens are items.
    Items,
    /// `nothing`: it makes nothing that matters.
    Nothing,
    /// `utoipa::path`: it is read as this macro or attribute.
    As(String),
}

impl TryFrom<String> for MacroName {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        match text.as_str() {
            "items" => Ok(Self::Items),
            "nothing" => Ok(Self::Nothing),
            path if path.contains("::") && !path.contains(char::is_whitespace) => Ok(Self::As(text)),
            _ => Err(format!(
                "`{text}` is neither `items` nor `nothing` nor the path of a macro, such as `utoipa::path`"
            )),
        }
    }
}

impl From<MacroName> for String {
    fn from(name: MacroName) -> Self {
        match name {
            MacroName::Items => "items".to_owned(),
            MacroName::Nothing => "nothing".to_owned(),
            MacroName::As(path) => path,
        }
    }
}

/// One acceptance.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Accept {
    /// Rule id; globs allowed.
    pub rule: toml::Spanned<String>,
    /// Printed endpoint id; globs allowed.
    pub endpoint: String,
    /// Why.
    pub reason: toml::Spanned<String>,
    /// The release that it is for.
    pub release: String,
}

/// A table that could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct ConfigError {
    /// 1-based line in the manifest; 0 when not known.
    pub line: u32,
    /// 1-based column, in characters; 0 when not known.
    pub column: u32,
    /// What is wrong and what is allowed.
    pub message: String,
}

#[derive(Default, Deserialize)]
struct Manifest {
    package: Option<Holder>,
    workspace: Option<Holder>,
}

#[derive(Default, Deserialize)]
struct Holder {
    metadata: Option<Metadata>,
}

#[derive(Default, Deserialize)]
struct Metadata {
    verpolicy: Option<Config>,
}

/// The tables of one manifest.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tables {
    /// `[package.metadata.verpolicy]`
    pub package: Option<Config>,
    /// `[workspace.metadata.verpolicy]`
    pub workspace: Option<Config>,
}

/// Reads both tables of a manifest.
///
/// # Errors
/// The manifest is not TOML, or a table has an unknown key or a value of the wrong type.
pub fn read(manifest: &str) -> Result<Tables, ConfigError> {
    let parsed: Manifest = toml::from_str(manifest).map_err(|error| {
        let (line, column) = error.span().map_or((0, 0), |span| position(manifest, span.start));
        ConfigError { line, column, message: meant(error.message()) }
    })?;
    let table = |holder: Option<Holder>| holder.and_then(|h| h.metadata).and_then(|m| m.verpolicy);
    let (package, workspace) = (table(parsed.package), table(parsed.workspace));
    let has = |table: &Option<Config>, key: fn(&Config) -> bool| table.as_ref().is_some_and(key);
    let (whole, one) = ("the whole workspace: it stands in `[workspace", "one package: it stands in `[package");
    for (key, speaks, stands) in [
        ("product", whole, has(&package, |own| own.product.is_some())),
        ("release-plan", whole, has(&package, |own| own.release_plan.is_some())),
        ("items", one, has(&workspace, |all| all.items.is_some())),
    ] {
        if stands {
            let (line, column) = manifest.find(key).map_or((0, 0), |offset| position(manifest, offset));
            let message = format!("`{key}` speaks of {speaks}.metadata.verpolicy]`");
            return Err(ConfigError { line, column, message });
        }
    }
    for mark in package.iter().flat_map(|own| own.items.iter().flatten()).map(|(_, mark)| mark) {
        if offset_of(manifest, mark).is_none() {
            let (line, column) = position(manifest, mark.span().start);
            let message = "a mark stands in single quotes: 'since = \"1.2.0\"'".to_owned();
            return Err(ConfigError { line, column, message });
        }
    }
    Ok(Tables { package, workspace })
}

/// What serde says of an unknown key or value, with the one that looks like it in the place of all that there are.
fn meant(message: &str) -> String {
    let mut words = message.split('`').skip(1).step_by(2);
    let what = [("unknown field", "key"), ("unknown variant", "value")].into_iter();
    let what = what.filter(|(begins, _)| message.starts_with(begins)).map(|(_, what)| what).next();
    let close = words.next().and_then(|word| Some((word, versioning_grammar::nearest(word, words)?)));
    match (what, close) {
        (Some(what), Some((word, close))) => format!("unknown {what} `{word}`: did you mean `{close}`?"),
        _ => message.to_owned(),
    }
}

/// One row of `[package.metadata.verpolicy.items]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemMark {
    /// The item's public path.
    pub item: String,
    /// What would stand between the parentheses of `#[api(…)]`.
    pub mark: String,
    /// 1-based line in the manifest of the mark's text.
    pub line: u32,
    /// 1-based column of the mark's text, in characters.
    pub column: u32,
}

/// The marks of the package of a manifest that [`read`] accepts.
#[must_use]
pub fn item_marks(manifest: &str, own: &Config) -> Vec<ItemMark> {
    let row = |(item, mark): (&String, &toml::Spanned<String>)| {
        let (line, column) = position(manifest, offset_of(manifest, mark)?);
        Some(ItemMark { item: item.clone(), mark: mark.get_ref().clone(), line, column })
    };
    own.items.iter().flatten().filter_map(row).collect()
}

/// Where the characters of a text stand, which are those between its quotes: `None` where some are escaped.
fn offset_of(manifest: &str, text: &toml::Spanned<String>) -> Option<usize> {
    let span = text.span();
    Some(span.start + manifest.get(span)?.find(text.get_ref().as_str())?)
}

/// 1-based line and column (in characters) of a byte offset.
#[must_use]
pub fn position(text: &str, offset: usize) -> (u32, u32) {
    let before = text.get(..offset).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().map_or(0, |l| l.chars().count()) + 1;
    (u32::try_from(line).unwrap_or(u32::MAX), u32::try_from(column).unwrap_or(u32::MAX))
}

impl Config {
    /// This table over `base`: own values win, tables merge key by key, acceptances add up.
    #[must_use]
    pub fn over(self, base: Self) -> Self {
        fn tables<V>(
            own: Option<BTreeMap<String, V>>,
            base: Option<BTreeMap<String, V>>,
        ) -> Option<BTreeMap<String, V>> {
            match (own, base) {
                (Some(own), Some(mut base)) => {
                    base.extend(own);
                    Some(base)
                }
                (own, base) => own.or(base),
            }
        }
        let accept = match (self.accept, base.accept) {
            (Some(mut own), Some(base)) => {
                own.extend(base);
                Some(own)
            }
            (own, base) => own.or(base),
        };
        Self {
            policy: self.policy.or(base.policy),
            baseline: self.baseline.or(base.baseline),
            next: self.next.or(base.next),
            version: self.version.or(base.version),
            version_from: self.version_from.or(base.version_from),
            tag_format: self.tag_format.or(base.tag_format),
            previous_names: self.previous_names.or(base.previous_names),
            ignore_releases: self.ignore_releases.or(base.ignore_releases),
            first_release: self.first_release.or(base.first_release),
            snapshot: self.snapshot.or(base.snapshot),
            implicit: self.implicit.or(base.implicit),
            unversioned: self.unversioned.or(base.unversioned),
            levels: tables(self.levels, base.levels),
            clients: tables(self.clients, base.clients),
            effects: tables(self.effects, base.effects),
            macros: tables(self.macros, base.macros),
            types: tables(self.types, base.types),
            extractors: tables(self.extractors, base.extractors),
            dependencies: self.dependencies.or(base.dependencies),
            sections: tables(self.sections, base.sections),
            items: self.items,
            accept,
            product: self.product.or(base.product),
            release_plan: self.release_plan.or(base.release_plan),
        }
    }
}

impl Config {
    /// Every key with its value as TOML text, in the order of the documentation; `None` where it is not set.
    #[must_use]
    pub fn rows(&self) -> Vec<(&'static str, Option<String>)> {
        let table = toml::Table::try_from(self).unwrap_or_default();
        DEFAULTS.iter().map(|(key, _)| (*key, table.get(*key).map(ToString::to_string))).collect()
    }

    /// What holds where a key is not set.
    #[must_use]
    pub fn default_text(key: &str) -> &'static str {
        DEFAULTS.iter().find(|(k, _)| *k == key).map_or("unset", |(_, text)| *text)
    }
}

/// Every key and what holds where it is not set.
const DEFAULTS: &[(&str, &str)] = &[
    ("policy", "\"semver\""),
    ("baseline", "the last release tag"),
    ("next", "unset"),
    ("version", "package.version"),
    ("version-from", "\"manifest\""),
    ("tag-format", "the built-in formats"),
    ("previous-names", "[]"),
    ("ignore-releases", "[]"),
    ("first-release", "unset"),
    ("snapshot", "\"verpolicy.snapshot.json\""),
    ("implicit", "[]"),
    ("unversioned", "[]"),
    ("levels", "{}"),
    ("clients", "{}"),
    ("effects", "{}"),
    ("macros", "{}"),
    ("types", "{}"),
    ("extractors", "{}"),
    ("dependencies", "\"at-hand\""),
    ("sections", "{}"),
    ("items", "{}"),
    ("accept", "[]"),
    ("product", "unset"),
    ("release-plan", "[]"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_and_merges() {
        let tables = read(
            "[package]\nname = \"a\"\n[package.metadata.verpolicy]\npolicy = \"matrix\"\n[package.metadata.verpolicy.levels]\nblind-spot = \"deny\"\n\
             [workspace.metadata.verpolicy]\npolicy = \"semver\"\nnext = \"minor\"\n[workspace.metadata.verpolicy.levels]\nendpoint-shadowed = \"deny\"\n",
        )
        .unwrap();
        let merged = tables.package.unwrap().over(tables.workspace.unwrap());
        assert_eq!(merged.policy.as_deref(), Some("matrix"));
        assert_eq!(merged.next.as_deref(), Some("minor"));
        assert_eq!(merged.levels.unwrap().len(), 2);
    }

    #[test]
    fn every_key_has_a_row() {
        let Err(error) = read("[package.metadata.verpolicy]\nnone-of-them = 1\n") else { panic!("accepted") };
        for (key, _) in DEFAULTS {
            assert!(error.message.contains(&format!("`{key}`")), "{key} is no key: {error}");
        }
        assert_eq!(error.message.matches('`').count() / 2, DEFAULTS.len() + 1, "{error}");
    }

    #[test]
    fn a_product_line() {
        let read = |text: &str| read(&format!("[workspace]\n[workspace.metadata.verpolicy.product]\n{text}"));
        let tables = read(
            "name = \"chain\"\n[workspace.metadata.verpolicy.product.members]\ncore = {}\nmac = { bundles = [\"core\"] }\n\
             sdk = { client-of = [{ package = \"core\", sections = [\"client\"] }] }\n",
        );
        let product = tables.unwrap().workspace.unwrap().product.unwrap();
        assert_eq!(product.members.0["mac"].bundles, ["core"]);
        assert_eq!(product.members.0["sdk"].client_of[0].sections, ["client"]);
        let listed = read("members = [\"a\", \"b\"]\nversion = \"global\"\n").unwrap().workspace.unwrap();
        assert_eq!(listed.product.unwrap().members.0.len(), 2);
        for (text, line, says) in [
            ("member = [\"a\"]\n", 3, "unknown key `member`"),
            ("members = 1\n", 3, "a list of packages"),
            ("version = \"local\"\n", 3, "`global`"),
            ("[workspace.metadata.verpolicy.product.members]\na = { bundle = [] }\n", 4, "unknown key `bundle`"),
        ] {
            let error = read(text).unwrap_err();
            assert!(error.line == line && error.message.contains(says), "{text}: {error} {}", error.line);
        }
        let own = super::read("[package.metadata.verpolicy.product]\nname = \"x\"\n").unwrap_err();
        assert!(own.line == 1 && own.message.contains("whole workspace"), "{own}");
    }

    #[test]
    fn marks_of_items_have_the_places_of_their_characters() {
        let head = "[package]\n[package.metadata.verpolicy.items]\n";
        let manifest = format!("{head}\"a::é\" = 'since = \"1.2\"'\n\"a::m\" = \"unstable\"\n");
        let own = read(&manifest).unwrap().package.unwrap();
        let places: Vec<_> =
            item_marks(&manifest, &own).into_iter().map(|m| (m.item, m.mark, m.line, m.column)).collect();
        let place = |item: &str, mark: &str, line, column| (item.to_owned(), mark.to_owned(), line, column);
        assert_eq!(places, [place("a::m", "unstable", 4, 11), place("a::é", "since = \"1.2\"", 3, 11)]);
        let escaped = read(&format!("{head}\"a::m\" = \"since = \\\"1.2\\\"\"\n")).unwrap_err();
        assert!(escaped.line == 3 && escaped.message.contains("single quotes"), "{escaped}");
        let shared = read("[workspace.metadata.verpolicy.items]\n\"a::m\" = 'unstable'\n").unwrap_err();
        assert!(shared.line == 1 && shared.message.contains("one package"), "{shared}");
    }

    #[test]
    fn an_unknown_key_has_its_place_and_what_is_allowed() {
        let error = read("[package]\nname = \"a\"\n[package.metadata.verpolicy]\npolice = \"matrix\"\n").unwrap_err();
        assert_eq!((error.line, error.column), (4, 1));
        assert!(error.message.contains("unknown key `police`") && error.message.contains("`policy`"), "{error}");
    }
}
