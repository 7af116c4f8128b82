//! Which packages, targets and files are read: the modules that targets reach, breadth first, files of one level in
//! parallel.

use super::scan::{Scan, Surroundings};
use super::table::{Extern, Krate, Module, PackageUnit, Source, SourceItems};
use super::{CrateId, Crates, ModuleId};
use crate::extract::{FactsStore, FeatureSelection, MacroReading, Options};
use crate::model::{BlindSpotKind, Condition};
use crate::package::{Dependency, Package, Target, TargetKind, Workspace};
use crate::syntax::facts::{FileFacts, Name, Pos};
use crate::tree::{Node, SourceTree};
use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Modules nested deeper than this are not followed.
pub(crate) const MAX_MODULE_DEPTH: u32 = 128;

/// A module whose file is to be read.
#[derive(Clone, Debug)]
pub(crate) struct FileJob {
    pub(crate) module: ModuleId,
    /// Where the file may be, first match wins, with the surroundings of its own child modules.
    pub(crate) candidates: Vec<Surroundings>,
    /// The module's declaration, for messages: its file and position.
    pub(crate) declared: (Arc<str>, Pos),
    /// Another alternative of the same module exists: a missing file is no loss.
    pub(crate) may_be_missing: bool,
    /// It is one of several alternatives.
    pub(crate) is_alternative: bool,
}

/// What reading one job gave.
enum FileResult {
    Read {
        candidate: usize,
        facts: Arc<FileFacts>,
        /// Another file that is there and would be the module too.
        beside: Option<String>,
    },
    Missing,
    /// The path, and what the submodule stands at.
    Submodule(String, u64),
    Failed(String),
}

/// Reads all crates that the selected packages reach.
pub(crate) fn load(
    tree: &dyn SourceTree,
    workspace: &Workspace,
    store: &FactsStore,
    only: Option<&BTreeSet<String>>,
    options: &Options,
) -> Crates {
    let aliases = options.macros.iter().filter_map(|(name, reading)| match reading {
        MacroReading::As(path) => Some((name.clone(), path.clone())),
        MacroReading::Items | MacroReading::Nothing => None,
    });
    let said = options.macros.iter().filter(|(_, reading)| !matches!(reading, MacroReading::As(_)));
    let said_macros = said.map(|(name, _)| name.clone()).collect();
    let mut packages = packages(workspace, only, options);
    super::followed::add(&mut packages, &workspace.followed, options.platform.as_ref());
    let locked = workspace.locked.clone();
    let mut crates = Crates { packages, macro_aliases: aliases.collect(), said_macros, locked, ..Crates::default() };
    let mut jobs = Vec::new();
    for index in 0..crates.packages.len() {
        add_targets(&mut crates, index, options, &mut jobs);
    }
    link_crates(&mut crates, tree);
    super::followed::link(&mut crates);
    let mut files = HashMap::new();
    read_levels(&mut crates, tree, store, &mut files, jobs);
    // Macro calls are read once every definition is known; what they hold may declare modules in its turn.
    for _ in 0..=super::calls::MAX_ROUNDS {
        let jobs = super::calls::read_calls(&mut crates, store, options);
        crates.forget();
        if jobs.is_empty() && crates.calls.is_empty() {
            break;
        }
        read_levels(&mut crates, tree, store, &mut files, jobs);
    }
    super::calls::report_rest(&mut crates);
    crates
}

fn read_levels(
    crates: &mut Crates,
    tree: &dyn SourceTree,
    store: &FactsStore,
    files: &mut HashMap<String, u32>,
    mut jobs: Vec<FileJob>,
) {
    while !jobs.is_empty() {
        let results = read_files(tree, store, &jobs);
        let mut next = Vec::new();
        for (job, result) in jobs.into_iter().zip(results) {
            enter_file(crates, files, job, result, &mut next);
        }
        jobs = next;
    }
}

/// Reads the files of one level, spread over the processors; results in the order of the jobs.
fn read_files(tree: &dyn SourceTree, store: &FactsStore, jobs: &[FileJob]) -> Vec<FileResult> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(8).min(jobs.len().div_ceil(4));
    if threads <= 1 {
        return jobs.iter().map(|job| read_file(tree, store, job)).collect();
    }
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(job) = jobs.get(index) else { return done };
            done.push((index, read_file(tree, store, job)));
        }
    };
    let mut results: Vec<FileResult> = jobs.iter().map(|_| FileResult::Missing).collect();
    std::thread::scope(|scope| {
        let workers: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
        let mut done = work();
        for worker in workers {
            match worker.join() {
                Ok(more) => done.extend(more),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        for (index, result) in done {
            if let Some(slot) = results.get_mut(index) {
                *slot = result;
            }
        }
    });
    results
}

fn read_file(tree: &dyn SourceTree, store: &FactsStore, job: &FileJob) -> FileResult {
    for (candidate, surroundings) in job.candidates.iter().enumerate() {
        let path = &surroundings.file;
        let id = match tree.node(path) {
            Ok(Some(Node::File(id))) => id,
            Ok(Some(Node::Submodule)) => return FileResult::Submodule(path.clone(), state_of(tree, path)),
            Ok(Some(Node::Directory) | None) => continue,
            Err(error) => return FileResult::Failed(error.to_string()),
        };
        let later = job.candidates.iter().skip(candidate + 1);
        let is_file = |file: &&Surroundings| matches!(tree.node(&file.file), Ok(Some(Node::File(_))));
        let beside = later.filter(|_| !job.is_alternative).find(is_file).map(|other| other.file.clone());
        if let Some(facts) = store.get(id) {
            return FileResult::Read { candidate, facts, beside };
        }
        return match tree.read(path) {
            Ok(bytes) => {
                let facts = store.get_or_read(id, || crate::syntax::read(&bytes));
                FileResult::Read { candidate, facts, beside }
            }
            Err(error) => FileResult::Failed(error.to_string()),
        };
    }
    FileResult::Missing
}

/// What a submodule stands at, as a number; 0 where that is not known.
fn state_of(tree: &dyn SourceTree, path: &str) -> u64 {
    let commit = tree.submodule_at(path).map(|commit| commit.0);
    commit.iter().flatten().fold(0, |hash: u64, byte| hash.wrapping_mul(0x0100_0000_01b3) ^ u64::from(*byte))
}

fn enter_file(
    crates: &mut Crates,
    files: &mut HashMap<String, u32>,
    job: FileJob,
    result: FileResult,
    next: &mut Vec<FileJob>,
) {
    let expected = || {
        let names: Vec<_> = job.candidates.iter().map(|c| format!("`{}`", c.file)).collect();
        names.join(" or ")
    };
    let problem = match result {
        FileResult::Read { candidate, facts, beside } => {
            if let (Some(beside), Some(read)) = (beside, job.candidates.get(candidate)) {
                let detail = format!("`{}` and `{beside}` are both this module: rustc refuses that", read.file);
                crates.blind(job.module, BlindSpotKind::UnparsedFile, &job.declared.0, job.declared.1, detail, true);
            }
            if let Some(surroundings) = job.candidates.into_iter().nth(candidate) {
                enter_facts(crates, files, job.module, surroundings, facts, next);
            }
            return;
        }
        FileResult::Missing if job.may_be_missing => return,
        FileResult::Missing => format!("no file for this module: expected {}", expected()),
        FileResult::Submodule(path, state) => {
            crates.leave_unread(job.module, &job.declared.0, job.declared.1, state);
            format!("`{path}` belongs to a submodule")
        }
        FileResult::Failed(message) => message,
    };
    // Outside of the package only the repository has it, whose builds nobody depends on.
    let hides = !job.is_alternative || crates.is_inside_package(&job);
    crates.blind(job.module, BlindSpotKind::MissingFile, &job.declared.0, job.declared.1, problem, hides);
}

impl Crates {
    /// May the file of a job stand inside the package of its module?
    fn is_inside_package(&self, job: &FileJob) -> bool {
        let package = self.package_of_module(job.module).and_then(|package| self.packages.get(package));
        let directory = package.map_or("", |unit| unit.package.directory.as_str());
        let inside =
            |file: &str| directory.is_empty() || file.strip_prefix(directory).is_some_and(|rest| rest.starts_with('/'));
        job.candidates.iter().any(|candidate| inside(&candidate.file))
    }
}

fn enter_facts(
    crates: &mut Crates,
    files: &mut HashMap<String, u32>,
    module: ModuleId,
    surroundings: Surroundings,
    facts: Arc<FileFacts>,
    next: &mut Vec<FileJob>,
) {
    let file: Arc<str> = Arc::from(surroundings.file.as_str());
    if crates.is_inside_file(module, &file) {
        let detail = format!("`{file}` includes itself");
        crates.blind(module, BlindSpotKind::ModuleCycle, &file, Pos { line: 1, column: 1 }, detail, true);
        return;
    }
    let condition = crates.given(module, &facts.condition);
    if let Some(entered) = crates.modules.get_mut(module.0 as usize) {
        entered.file = Arc::clone(&file);
        entered.condition = entered.condition.clone().and(condition);
        if entered.condition == Condition::Never {
            return;
        }
    }
    if let Some(failure) = &facts.failure {
        let detail = format!("does not parse: {}", failure.message);
        crates.blind(module, BlindSpotKind::UnparsedFile, &file, failure.pos, detail, true);
        crates.leave_unread(module, &file, failure.pos, failure.hash);
        return;
    }
    let source = *files.entry(surroundings.file.clone()).or_insert_with(|| {
        crates.sources.push(Source { items: SourceItems::File(facts) });
        u32::try_from(crates.sources.len() - 1).unwrap_or(u32::MAX)
    });
    Scan { crates, jobs: next, call_depth: 0 }.source(module, source, surroundings);
}

/// The packages that the selected ones reach through path dependencies, in the workspace's order.
fn packages(workspace: &Workspace, only: Option<&BTreeSet<String>>, options: &Options) -> Vec<PackageUnit> {
    let selected = |p: &Package| match only {
        Some(names) => names.contains(&p.name),
        None => p.member,
    };
    let by_directory: HashMap<&str, usize> =
        workspace.packages.iter().enumerate().map(|(i, p)| (p.directory.as_str(), i)).collect();
    let mut reached: BTreeSet<usize> = BTreeSet::new();
    let mut queue: VecDeque<usize> =
        workspace.packages.iter().enumerate().filter(|(_, p)| selected(p)).map(|(i, _)| i).collect();
    let serving = dependents(workspace, &selected);
    queue.extend(serving.iter().copied());
    while let Some(index) = queue.pop_front() {
        if !reached.insert(index) {
            continue;
        }
        let dependencies = workspace.packages.get(index).map(|p| &p.dependencies);
        for path in dependencies.into_iter().flatten().filter_map(|(_, d)| d.path.as_deref()) {
            queue.extend(by_directory.get(path).filter(|i| !reached.contains(i)));
        }
    }
    let unit = |index: usize, p: &Package| PackageUnit {
        package: p.clone(),
        features: if selected(p) { features(p, &options.features) } else { None },
        on: BTreeSet::new(),
        platform: options.platform.clone(),
        followed: false,
        selected: selected(p),
        binaries: selected(p) || serving.contains(&index),
        library: None,
        inner_features: PackageUnit::inner_features(p),
    };
    reached.into_iter().filter_map(|i| Some(unit(i, workspace.packages.get(i)?))).collect()
}

/// The members that depend on the selected packages: their routers may serve handlers of these.
fn dependents(workspace: &Workspace, selected: &dyn Fn(&Package) -> bool) -> BTreeSet<usize> {
    let mut out = BTreeSet::new();
    let mut directories: BTreeSet<&str> = BTreeSet::new();
    directories.extend(workspace.packages.iter().filter(|p| selected(p)).map(|p| p.directory.as_str()));
    loop {
        let before = out.len();
        for (index, package) in workspace.packages.iter().enumerate().filter(|(_, package)| package.member) {
            let depends = package
                .dependencies
                .iter()
                .any(|(_, dependency)| dependency.path.as_deref().is_some_and(|path| directories.contains(path)));
            if depends && out.insert(index) {
                directories.insert(&package.directory);
            }
        }
        if out.len() == before {
            return out;
        }
    }
}

/// The features of a package that a selection turns on; `None` when nothing is selected.
fn features(package: &Package, selection: &FeatureSelection) -> Option<BTreeSet<String>> {
    let (features, default) = match selection {
        FeatureSelection::Everything => return None,
        FeatureSelection::All => return Some(package.features.keys().cloned().collect()),
        FeatureSelection::Only { features, default } => (features, default),
    };
    let mut queue: Vec<String> = Vec::new();
    for feature in features {
        match feature.split_once('/') {
            Some((name, feature)) if name == package.name => queue.push(feature.to_owned()),
            Some(_) => {}
            None => queue.push(feature.clone()),
        }
    }
    if *default {
        queue.push("default".to_owned());
    }
    Some(package.enabled_by(queue))
}

fn add_targets(crates: &mut Crates, package: usize, options: &Options, jobs: &mut Vec<FileJob>) {
    let Some(unit) = crates.packages.get(package) else { return };
    let binaries = unit.binaries;
    let wanted = |t: &&Target| binaries || t.kind != TargetKind::Bin;
    let targets: Vec<Target> = unit.package.targets.iter().filter(wanted).cloned().collect();
    let edition_2015 = unit.package.edition == "2015";
    let name = unit.package.name.clone();
    for target in targets {
        let krate = CrateId(u32::try_from(crates.krates.len()).unwrap_or(u32::MAX));
        let root = ModuleId(u32::try_from(crates.modules.len()).unwrap_or(u32::MAX));
        crates.modules.push(Module {
            krate,
            parent: None,
            path: options.called(&name, &target.name).to_owned(),
            condition: Condition::Always,
            file: Arc::from(target.path.as_str()),
            declaration: None,
            blind: false,
            is_block: false,
            depth: 0,
            names: foldhash::HashMap::default(),
            globs: Vec::new(),
            items: Vec::new(),
        });
        crates.krates.push(Krate {
            name: Name::new(&target.name),
            package,
            kind: target.kind,
            root,
            edition_2015,
            externs: BTreeMap::new(),
            macro_use: Vec::new(),
            textual: foldhash::HashMap::default(),
        });
        if target.kind != TargetKind::Bin
            && let Some(unit) = crates.packages.get_mut(package)
        {
            unit.library = Some(krate);
        }
        let manifest = crates.packages.get(package).map_or("", |u| u.package.manifest.as_str());
        jobs.push(FileJob {
            module: root,
            declared: (Arc::from(manifest), Pos { line: 1, column: 1 }),
            candidates: vec![Surroundings::of_root(&target.path)],
            may_be_missing: false,
            is_alternative: false,
        });
    }
}

/// Fills in which names begin a path to another crate.
fn link_crates(crates: &mut Crates, tree: &dyn SourceTree) {
    let known: BTreeSet<usize> = tree_packages(crates)
        .filter(|(_, unit)| {
            let library = unit.package.targets.iter().find(|target| target.kind != TargetKind::Bin);
            let root = || Some(String::from_utf8_lossy(&tree.read(&library?.path).ok()?).into_owned());
            super::foreign::is_known_by_name(&unit.package, root)
        })
        .map(|(index, _)| index)
        .collect();
    let by_directory: HashMap<String, usize> =
        tree_packages(crates).map(|(i, p)| (p.package.directory.clone(), i)).collect();
    let externs: Vec<BTreeMap<Name, Extern>> =
        crates.krates.iter().map(|krate| externs(crates, krate, &by_directory, &known)).collect();
    for (krate, externs) in crates.krates.iter_mut().zip(externs) {
        krate.externs = externs;
    }
}

/// The packages of the tree: what is followed elsewhere is linked to nothing, so that the names of other crates stay what
/// the tables know them by.
fn tree_packages(crates: &Crates) -> impl Iterator<Item = (usize, &PackageUnit)> {
    crates.packages.iter().enumerate().filter(|(_, unit)| !unit.followed)
}

/// `known` are the packages of the tree whose items are known by name.
fn externs(
    crates: &Crates,
    krate: &Krate,
    by_directory: &HashMap<String, usize>,
    known: &BTreeSet<usize>,
) -> BTreeMap<Name, Extern> {
    let mut out = BTreeMap::new();
    for name in ["std", "core", "alloc"] {
        out.insert(Name::new(name), Extern::Foreign(Name::new("std")));
    }
    out.insert(Name::new("proc_macro"), Extern::Foreign(Name::new("proc_macro")));
    let Some(unit) = crates.packages.get(krate.package) else { return out };
    // The parts of a framework see each other's items.
    let is_part = known.contains(&krate.package);
    let library_of = |dependency: &Dependency| {
        let index = *by_directory.get(dependency.path.as_deref()?)?;
        crates.packages.get(index)?.library.filter(|_| is_part || !known.contains(&index))
    };
    for (local, dependency) in &unit.package.dependencies {
        let package_name = dependency.package.replace('-', "_");
        let mut names = vec![Name::new(local)];
        let target = match library_of(dependency) {
            Some(library) => {
                // Source uses the library's own name unless the dependency is renamed.
                if *local == package_name
                    && let Some(krate) = crates.krates.get(library.0 as usize)
                {
                    names.push(krate.name.clone());
                }
                Extern::Crate(library)
            }
            None => {
                let library = super::foreign::library_name(&package_name);
                if *local == package_name {
                    names.push(Name::new(library));
                }
                Extern::Foreign(Name::new(library))
            }
        };
        for name in names {
            out.insert(name, target.clone());
        }
    }
    if krate.kind == TargetKind::Bin
        && let Some(library) = unit.library
        && let Some(own) = crates.krates.get(library.0 as usize)
    {
        out.insert(own.name.clone(), Extern::Crate(library));
    }
    out
}
