//! The configuration in force: the tables of one side's manifests, the policy, what extraction takes from them.

use super::args::{Implicit, Scope};
use super::failure::Failure;
use super::output;
use super::world::{From, Side, World};
use crate::config::{self, Config, DependencySources, ImplicitKind, MacroName};
use crate::extract::{FeatureSelection, ItemMark, MacroReading, Options};
use crate::policy::{Policy, built_in};
use crate::syntax::facts::{Pos, RawTokens};
use crate::tree::Node;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The tables of one side, by package.
#[derive(Clone, Debug, Default)]
pub(super) struct Settings {
    /// `[workspace.metadata.verpolicy]`
    workspace: Config,
    /// `[package.metadata.verpolicy]` by package name.
    packages: BTreeMap<String, Config>,
    /// Was there any table at all?
    pub any: bool,
    /// Public items count on the other side.
    public_there: bool,
}

impl Settings {
    /// Reads the tables of a side; a snapshot has none.
    pub(super) fn read(side: &Side) -> Result<Self, Failure> {
        let mut settings = Self::default();
        let Some(tree) = &side.tree else { return Ok(settings) };
        let root = crate::tree::child(&side.workspace.root, "Cargo.toml");
        let read = |path: &str| -> Result<config::Tables, Failure> {
            let bytes = tree.read(path)?;
            let text = std::str::from_utf8(&bytes).unwrap_or_default();
            // Most manifests have no table: no need to parse them once more.
            if !text.contains("verpolicy") {
                return Ok(config::Tables::default());
            }
            config::read(text).map_err(|e| {
                Failure::new("config", e.message.clone())
                    .at(path, e.line, e.column)
                    .help("`cargo verpolicy config show` lists every key with its default")
            })
        };
        if let Some(tables) = tree.node(&root)?.map(|_| read(&root)).transpose()?
            && let Some(workspace) = tables.workspace
        {
            settings.any = true;
            settings.workspace = workspace;
        }
        for package in side.workspace.packages.iter().filter(|p| p.member) {
            if let Some(table) = read(&package.manifest)?.package {
                settings.any = true;
                settings.packages.insert(package.name.clone(), table);
            }
        }
        Ok(settings)
    }

    /// What holds for a package: its table over the workspace's.
    pub(super) fn of(&self, package: &str) -> Config {
        match self.packages.get(package) {
            Some(own) => own.clone().over(self.workspace.clone()),
            None => self.workspace.clone(),
        }
    }

    /// Do public items count in any package, on this side or on the other?
    pub(super) fn counts_public(&self) -> bool {
        let public = |config: &Config| config.implicit.iter().flatten().any(|kind| *kind == ImplicitKind::Public);
        self.public_there || public(&self.workspace) || self.packages.values().any(public)
    }

    /// Public items count on the other side: they are read here too.
    pub(super) fn read_public(&mut self) {
        self.public_there = true;
    }

    /// Without the acceptances that are for another release.
    pub(super) fn without_acceptances_but(&self, release: &str) -> Self {
        let mut out = self.clone();
        for config in out.packages.values_mut().chain([&mut out.workspace]) {
            config.accept.iter_mut().for_each(|all| all.retain(|accept| accept.release == release));
        }
        out
    }

    /// Is it an acceptance of the workspace's table?
    pub(super) fn is_shared(&self, accept: &config::Accept) -> bool {
        self.workspace.accept.iter().flatten().any(|shared| shared == accept)
    }

    /// `[workspace.metadata.verpolicy.product]`
    pub(super) fn product(&self) -> Option<&config::Product> {
        self.workspace.product.as_ref()
    }

    /// `[[workspace.metadata.verpolicy.release-plan]]`
    pub(super) fn release_plan(&self) -> &[config::PlannedRelease] {
        self.workspace.release_plan.as_deref().unwrap_or_default()
    }

    /// Is any policy chosen?
    pub(super) fn any_policy(&self) -> bool {
        self.workspace.policy.is_some() || self.packages.values().any(|own| own.policy.is_some())
    }

    /// Whose sources are read besides the packages of the tree.
    pub(super) fn dependencies(&self) -> DependencySources {
        let own = self.packages.values().find_map(|own| own.dependencies);
        own.or(self.workspace.dependencies).unwrap_or_default()
    }

    /// `[package.metadata.verpolicy]` alone.
    pub(super) fn own(&self, package: &str) -> Option<&Config> {
        self.packages.get(package)
    }

    /// What extraction takes from all tables: these speak of Rust paths, which are the same for every package.
    pub(super) fn extraction(&self, scope: &Scope, features: &[String]) -> Options {
        let all = self.packages.values().cloned().fold(self.workspace.clone(), |base, own| own.over(base));
        let reading = |name: MacroName| match name {
            MacroName::Items => MacroReading::Items,
            MacroName::Nothing => MacroReading::Nothing,
            MacroName::As(path) => MacroReading::As(path),
        };
        let chosen = !features.is_empty() || scope.no_default_features || scope.all_features;
        let selection = if chosen && !scope.all_features {
            FeatureSelection::Only { features: features.iter().cloned().collect(), default: !scope.no_default_features }
        } else if scope.all_features {
            FeatureSelection::All
        } else {
            FeatureSelection::Everything
        };
        Options {
            public_items: scope.implicit.contains(&Implicit::Public) || self.counts_public(),
            features: selection,
            macros: all.macros.unwrap_or_default().into_iter().map(|(k, v)| (k, reading(v))).collect(),
            types: all.types.unwrap_or_default(),
            extractors: all.extractors.unwrap_or_default(),
            sections: all.sections.unwrap_or_default(),
            items: BTreeMap::new(),
            called: BTreeMap::new(),
            platform: scope.target.clone(),
        }
    }
}

/// Refuses a side whose lock file is missing or not of its manifests (`--locked`).
pub(super) fn refuse_unlocked(side: &Side) -> Result<(), Failure> {
    let Some(tree) = &side.tree else { return Ok(()) };
    let path = crate::tree::child(&side.workspace.root, "Cargo.lock");
    let found = tree.node(&path)?.map(|_| tree.read(&path)).transpose()?;
    let help = "let cargo write it, `cargo update --workspace`, or leave out --locked";
    let Some(bytes) = found else {
        return Err(Failure::new("lock", "--locked was given, and there is no Cargo.lock").help(help));
    };
    let text = String::from_utf8_lossy(&bytes);
    let lock = crate::package::Lock::read(&text);
    let members = side.workspace.packages.iter().filter(|package| package.member);
    let mut stated = members.filter_map(|package| Some((package.name.as_str(), package.version.as_deref()?)));
    match stated.find(|(name, version)| !lock.lists(name, version)) {
        Some((name, version)) => {
            let message = format!("--locked was given, and Cargo.lock does not list {name} {version}");
            Err(Failure::new("lock", message).at(&path, 0, 0).help(help))
        }
        None => Ok(()),
    }
}

/// Those of the features given by `--features` that no member of a side has.
pub(super) fn unknown_features<'f>(side: &Side, features: &'f [String]) -> Vec<&'f str> {
    let has = |feature: &str| {
        let mut members = side.workspace.packages.iter().filter(|package| package.member);
        match feature.split_once('/') {
            Some((name, own)) => members.any(|package| package.name == name && package.features.contains_key(own)),
            None => members.any(|package| package.features.contains_key(feature)),
        }
    };
    features.iter().map(String::as_str).filter(|feature| !feature.is_empty() && !has(feature)).collect()
}

/// Refuses features that no member has: what only they turn on would go unseen.
pub(super) fn refuse_unknown_features(side: &Side, features: &[String]) -> Result<(), Failure> {
    let unknown = unknown_features(side, features);
    let Some(first) = unknown.first().filter(|_| side.tree.is_some()) else { return Ok(()) };
    let known = side.workspace.packages.iter().filter(|package| package.member).flat_map(|p| p.features.keys());
    let the = if side.root.is_some() && side.origin == "work tree" { "the " } else { "" };
    let failure = Failure::usage(format!("no package of {the}{} has the feature `{first}`", side.origin));
    let known: BTreeSet<&str> = known.map(String::as_str).collect();
    Err(match versioning_grammar::nearest(first, known.iter().copied()) {
        Some(close) => failure.help(format!("did you mean `{close}`?")),
        None if known.is_empty() => failure.help("its packages have no features"),
        None => failure.help(format!("there are {}", super::world::list(&known))),
    })
}

/// Refuses features of the old side alone: the new one is then read with everything, under conditions that the old one
/// has no more, and all of them would look changed.
pub(super) fn refuse_one_sided_features(scope: &Scope) -> Result<(), Failure> {
    let chosen = !scope.features.is_empty() || scope.all_features || scope.no_default_features;
    if scope.baseline_features.is_empty() || chosen {
        return Ok(());
    }
    Err(Failure::usage("`--baseline-features` says what the old side turns on, and nothing says it of the new one")
        .help("add --features, --all-features or --no-default-features"))
}

/// `[package.metadata.verpolicy.items]` of the members of a side: its own, as its marks are. A table that cannot be read
/// says nothing here; [`Settings::read`] refuses it.
pub(super) fn item_marks(side: &Side) -> BTreeMap<String, Vec<ItemMark>> {
    let mut out = BTreeMap::new();
    let Some(tree) = &side.tree else { return out };
    for package in side.workspace.packages.iter().filter(|p| p.member) {
        let bytes = tree.read(&package.manifest).ok();
        let text = bytes.as_deref().and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default();
        // Most manifests have no such table: no need to parse them once more.
        let has = text.contains("items") && text.contains("verpolicy");
        let own = Some(text).filter(|_| has).and_then(|text| config::read(text).ok()?.package);
        let file: Arc<str> = Arc::from(package.manifest.as_str());
        let mark = |row: config::ItemMark| ItemMark {
            item: row.item,
            mark: RawTokens { text: row.mark.as_str().into(), pos: Pos { line: row.line, column: row.column } },
            file: Arc::clone(&file),
        };
        let rows: Vec<ItemMark> = own.iter().flat_map(|own| config::item_marks(text, own)).map(mark).collect();
        if !rows.is_empty() {
            out.insert(package.name.clone(), rows);
        }
    }
    out
}

/// Every acceptance gives a reason and names rules that there are. Asked of the side under judgement: what an old
/// release wrote speaks of its own time.
pub(super) fn check_acceptances(side: &Side) -> Result<(), Failure> {
    let Some(tree) = &side.tree else { return Ok(()) };
    let root = crate::tree::child(&side.workspace.root, "Cargo.toml");
    let own = side.workspace.packages.iter().filter(|p| p.member).map(|p| p.manifest.clone());
    for path in own.chain([root]) {
        let bytes = tree.node(&path)?.map(|_| tree.read(&path)).transpose()?;
        let text = bytes.as_deref().and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default();
        // Most manifests have none: no need to parse them once more.
        if !text.contains("accept") || !text.contains("verpolicy") {
            continue;
        }
        let Ok(config::Tables { package, workspace }) = config::read(text) else { continue };
        let all = package.iter().chain(&workspace).flat_map(|table| table.accept.iter().flatten());
        for accept in all {
            check_acceptance(accept).map_err(|(failure, at)| {
                let (line, column) = config::position(text, at);
                failure.at(&path, line, column)
            })?;
        }
    }
    Ok(())
}

/// What is wrong with an acceptance, and the byte offset at which it stands.
fn check_acceptance(accept: &config::Accept) -> Result<(), (Failure, usize)> {
    let rule = accept.rule.get_ref();
    if accept.reason.get_ref().trim().is_empty() {
        let failure = Failure::new("config", format!("the acceptance of `{rule}` gives no reason"));
        return Err((failure.help("say in `reason` why users can live with it"), accept.reason.span().start));
    }
    let ids: Vec<&str> = crate::policy::rules::rules().map(|rule| rule.id).collect();
    if ids.iter().any(|id| crate::policy::glob_matches(rule, id)) {
        return Ok(());
    }
    let failure = Failure::new("config", format!("an acceptance names `{rule}`, and there is no such rule"));
    let failure = match versioning_grammar::nearest(rule, ids.iter().copied()) {
        Some(close) => failure.help(format!("did you mean `{close}`?")),
        None => failure.help("`cargo verpolicy rules` lists them"),
    };
    Err((failure, accept.rule.span().start))
}

/// Manifests that could not be read make the run fail: their packages cannot be judged. Of a member in a submodule a
/// warning says that it is not; so of one that is not there, where the run only `informs`.
pub(super) fn report_problems(side: &Side, informs: bool) -> Result<(), Failure> {
    for problem in &side.workspace.problems {
        if !problem.absent.as_ref().is_some_and(|absent| absent.in_submodule || informs) {
            let failure = Failure::new("manifest", problem.message.clone());
            return Err(failure.at(&problem.file, problem.line, problem.column));
        }
        output::warn(&format!("{}:{}:{}: {}", problem.file, problem.line, problem.column, problem.message));
    }
    Ok(())
}

/// A built-in policy, or the policy in a file.
pub(super) fn policy(name: &str) -> Result<Policy, Failure> {
    match built_in(name) {
        Some(policy) => {
            policy.map_err(|e| Failure::new("policy", format!("the built-in policy `{name}` is wrong: {e}")))
        }
        None => policy_file(name).map(|(policy, _)| policy),
    }
}

/// The policy of a package: the one that was given, else that of its configuration. A file named in a configuration
/// stands beside its manifest, on the same side.
pub(super) fn policy_of(
    side: &Side,
    settings: &Settings,
    package: &str,
    given: Option<&str>,
) -> Result<Policy, Failure> {
    let name = match (given, settings.of(package).policy) {
        (Some(given), _) => return policy(given),
        (None, None) => return policy("semver"),
        (None, Some(name)) => name,
    };
    if let Some(policy) = built_in(&name) {
        return policy.map_err(|e| Failure::new("policy", format!("the built-in policy `{name}` is wrong: {e}")));
    }
    let own = settings.own(package).is_some_and(|own| own.policy.is_some());
    let found = side.workspace.package(package).filter(|_| own);
    let (manifest, directory) = match found {
        Some(package) => (package.manifest.as_str(), package.directory.as_str()),
        None => (side.workspace.manifest.as_str(), side.workspace.root.as_str()),
    };
    let Some(tree) = &side.tree else { return policy(&name) };
    let place = place_of(side, manifest, &name);
    let said = |failure: Failure| failure.at(manifest, place.0, place.1);
    let path = crate::tree::join(directory, &name).filter(|path| matches!(tree.node(path), Ok(Some(Node::File(_)))));
    let Some(path) = path else {
        let ids: Vec<&str> = crate::policy::POLICIES.iter().map(|row| row.id).collect();
        let failure =
            said(Failure::new("config", format!("there is no policy `{name}`, and no such file beside the manifest")));
        return Err(match versioning_grammar::nearest(&name, ids.iter().copied()) {
            Some(close) => failure.help(format!("did you mean `{close}`?")),
            None => failure.help(format!("the built-in policies are {}; or name a policy file", ids.join(", "))),
        });
    };
    let bytes = tree.read(&path)?;
    Policy::read(&String::from_utf8_lossy(&bytes))
        .map_err(|error| Failure::new("policy", error.message.clone()).at(&path, error.line, error.column))
}

/// Says where in the manifests what a failure of the configuration names is written: the first thing in backticks that
/// stands there.
pub(super) fn located(side: &Side, package: &str, failure: Failure) -> Failure {
    if failure.place.is_some() {
        return failure;
    }
    let failure = Failure { kind: "config", exit: super::INCOMPLETE, ..failure };
    let own = side.workspace.package(package).map(|p| p.manifest.as_str());
    let manifests = [own, Some(side.workspace.manifest.as_str())];
    let words: Vec<String> = failure.message.split('`').skip(1).step_by(2).map(str::to_owned).collect();
    for word in words.iter().map(|word| word.rsplit('.').next().unwrap_or(word)) {
        for manifest in manifests.into_iter().flatten() {
            let (line, column) = place_of(side, manifest, word);
            if line > 0 && !["clients", "effects"].contains(&word) {
                return failure.at(manifest, line, column);
            }
        }
    }
    failure.at(own.unwrap_or(&side.workspace.manifest), 0, 0)
}

/// Line and column of a text in a file of a side; zeros where it does not stand there.
pub(super) fn place_of(side: &Side, file: &str, text: &str) -> (u32, u32) {
    let bytes = side.tree.as_ref().and_then(|tree| tree.read(file).ok());
    let source = bytes.as_deref().and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default();
    source.find(text).map_or((0, 0), |offset| config::position(source, offset))
}

/// The policy in a file, and the file's text.
pub(super) fn policy_file(name: &str) -> Result<(Policy, String), Failure> {
    let text = std::fs::read_to_string(name).map_err(|error| {
        let ids: Vec<&str> = crate::policy::POLICIES.iter().map(|row| row.id).collect();
        let failure = if name.contains(['/', '\\', '.']) {
            Failure::new("policy", format!("the policy file {name} cannot be read: {error}"))
        } else {
            Failure::usage(format!("there is no policy `{name}`"))
        };
        match versioning_grammar::nearest(name, ids.iter().copied()) {
            Some(close) => failure.help(format!("did you mean `{close}`?")),
            None => failure.help(format!("the built-in policies are {}; or name a policy file", ids.join(", "))),
        }
    })?;
    let policy = Policy::read(&text)
        .map_err(|error| Failure::new("policy", error.message.clone()).at(name, error.line, error.column))?;
    Ok((policy, text))
}

/// `config show`: every key with its value and where it comes from.
pub(super) fn show(scope: &Scope) -> Result<String, Failure> {
    let world = World::open(scope)?;
    let side = world.side(&From::WorkTree)?;
    let settings = Settings::read(&side)?;
    let mut out = String::new();
    for name in super::world::in_scope(scope, &side.workspace)? {
        let own: BTreeMap<_, _> =
            settings.packages.get(&name).cloned().unwrap_or_default().rows().into_iter().collect();
        out.push_str(&format!("[{name}]\n"));
        let config = settings.of(&name);
        for (key, value) in config.rows() {
            let given = key == "implicit" && !scope.implicit.is_empty();
            let value = if given { Some(implicit_text(&super::list::implicit(scope, &config))) } else { value };
            let origin = match (&value, own.get(key)) {
                _ if given => "--implicit",
                (None, _) => "default",
                (Some(_), Some(Some(_))) => "package.metadata.verpolicy",
                (Some(_), _) => "workspace.metadata.verpolicy",
            };
            let shown = value.unwrap_or_else(|| Config::default_text(key).to_owned());
            out.push_str(&format!("{key} = {shown}  # {origin}\n"));
        }
        out.push('\n');
    }
    Ok(out)
}

/// `["routes", "public"]`
fn implicit_text(all: &[Implicit]) -> String {
    let words = [(Implicit::Routes, "\"routes\""), (Implicit::Public, "\"public\"")];
    let shown: Vec<&str> = words.iter().filter(|(kind, _)| all.contains(kind)).map(|(_, word)| *word).collect();
    format!("[{}]", shown.join(", "))
}

/// The package and the version that a snapshot's text is of, without reading the rest.
pub(super) fn snapshot_version(bytes: &[u8]) -> Option<(String, String)> {
    let value: serde_json::Value = serde_json::from_slice(bytes).ok()?;
    value.get("schema")?.as_str().filter(|s| s.starts_with("verpolicy.snapshot/"))?;
    let text = |key: &str| value.get(key)?.as_str().map(str::to_owned);
    Some((text("package").unwrap_or_default(), text("version")?))
}
