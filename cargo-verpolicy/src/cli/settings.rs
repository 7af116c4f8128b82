//! The configuration in force: the tables of one side's manifests, the policy, what extraction takes from them.

use super::args::Scope;
use super::failure::Failure;
use super::world::{From, Side, World};
use crate::config::{self, Config, MacroName};
use crate::extract::{FeatureSelection, MacroReading, Options};
use crate::policy::{Policy, built_in};
use std::collections::BTreeMap;

/// The tables of one side, by package.
#[derive(Clone, Debug, Default)]
pub(super) struct Settings {
    /// `[workspace.metadata.verpolicy]`
    workspace: Config,
    /// `[package.metadata.verpolicy]` by package name.
    packages: BTreeMap<String, Config>,
    /// Was there any table at all?
    pub any: bool,
}

impl Settings {
    /// Reads the tables of a side; a snapshot has none.
    pub(super) fn read(side: &Side) -> Result<Self, Failure> {
        let mut settings = Self::default();
        let Some(tree) = &side.tree else { return Ok(settings) };
        let root = join(&side.workspace.root, "Cargo.toml");
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
                    .help("the book's page on configuration lists every key")
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

    /// What extraction takes from all tables: these speak of Rust paths, which are the same for every package.
    pub(super) fn extraction(&self, scope: &Scope, features: &[String]) -> Options {
        let all = self.packages.values().cloned().fold(self.workspace.clone(), |base, own| own.over(base));
        let reading = |name: MacroName| match name {
            MacroName::Items => MacroReading::Items,
            MacroName::Nothing => MacroReading::Nothing,
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
            features: selection,
            macros: all.macros.unwrap_or_default().into_iter().map(|(k, v)| (k, reading(v))).collect(),
            types: all.types.unwrap_or_default(),
            extractors: all.extractors.unwrap_or_default(),
            sections: all.sections.unwrap_or_default(),
        }
    }
}

/// Joins two paths of a tree.
pub(super) fn join(directory: &str, name: &str) -> String {
    if directory.is_empty() { name.to_owned() } else { format!("{directory}/{name}") }
}

/// Manifests that could not be read make the run fail: their packages cannot be judged.
pub(super) fn report_problems(side: &Side) -> Result<(), Failure> {
    match side.workspace.problems.first() {
        None => Ok(()),
        Some(problem) => {
            Err(Failure::new("manifest", problem.message.clone()).at(&problem.file, problem.line, problem.column))
        }
    }
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

/// The policy in a file, and the file's text.
pub(super) fn policy_file(name: &str) -> Result<(Policy, String), Failure> {
    let text = std::fs::read_to_string(name).map_err(|error| {
        let ids: Vec<&str> = crate::policy::POLICIES.iter().map(|row| row.id).collect();
        let failure = if name.contains(['/', '\\', '.']) {
            Failure::new("policy", format!("the policy file {name} cannot be read: {error}"))
        } else {
            Failure::usage(format!("there is no policy `{name}`"))
        };
        match super::info::similar(name, ids.iter().copied()) {
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
        for (key, value) in settings.of(&name).rows() {
            let origin = match (&value, own.get(key)) {
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

/// The version that a snapshot's text is of, without reading the rest.
pub(super) fn snapshot_version(bytes: &[u8]) -> Option<String> {
    let value: serde_json::Value = serde_json::from_slice(bytes).ok()?;
    value.get("schema")?.as_str().filter(|s| s.starts_with("verpolicy.snapshot/"))?;
    value.get("version")?.as_str().map(str::to_owned)
}
