//! What the packages of a run are to each other: the facts of each member's history, and what `check` says of their
//! versions together.

use super::baseline::{Chosen, Past};
use super::package::Before;
use super::{Current, Old, Run};
use crate::cli::failure::Failure;
use crate::cli::world::From;
use crate::cli::{settings, snapshot};
use crate::config::{ClientOf, Config, LineVersion, Members, Product};
use crate::package::{Package, TargetKind, built_with};
use crate::policy::{
    self, Announcement, Audit, Level, Line, Member, Mode, Moved, Needed, Needs, PackageReport, Policy, Role, Said,
    Schedule, Spoken, Verdict,
};
use crate::tree::{Commit, CommitId, Logged, SourceTree};
use jiff::civil::Date;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

/// A member, owned.
pub(in crate::cli) struct Facts {
    /// Package name.
    pub(in crate::cli) name: String,
    policy: Policy,
    released: Option<String>,
    released_on: Option<Date>,
    current: Option<String>,
    pub(in crate::cli) moved: Moved,
    place: Option<String>,
    /// Package, requirement, linked.
    depends: Vec<(String, Option<String>, bool)>,
    /// Its releases at hand, where versions hold days.
    earlier: Vec<String>,
    /// Why its files are not compared.
    pub(in crate::cli) unseen: Option<String>,
    /// Why no release is known of which the next could be counted.
    pub(in crate::cli) unknown: Option<String>,
    /// Trailers that say nothing that is known.
    pub(in crate::cli) odd: Vec<String>,
}

/// What lies between a release and the work tree.
#[derive(Default)]
struct Since {
    paths: BTreeSet<String>,
    commits: Vec<Logged>,
}

/// Asks something of the line that the facts and the product's table make.
pub(in crate::cli) fn with_line<'f, R>(
    product: Option<&'f Product>,
    facts: impl IntoIterator<Item = &'f Facts>,
    (date, held): (Date, &BTreeSet<String>),
    ask: impl FnOnce(&Line<'_>) -> R,
) -> R {
    let listed = |fact: &&Facts| product.is_none_or(|product| is_listed(product, fact));
    let members: Vec<Member<'_>> = facts.into_iter().filter(listed).map(|fact| member(fact, product, held)).collect();
    let global = product.is_some_and(|p| p.version == Some(LineVersion::Global));
    ask(&Line { name: product.and_then(|p| p.name.as_deref()), global, members: &members, date })
}

fn is_listed(product: &Product, fact: &Facts) -> bool {
    product.members.is_empty() || product.members.0.contains_key(&fact.name)
}

fn member<'a>(fact: &'a Facts, product: Option<&'a Product>, held: &BTreeSet<String>) -> Member<'a> {
    let told = product.and_then(|p| p.members.0.get(&fact.name));
    let role = match product {
        Some(p) if p.api.as_ref() == Some(&fact.name) => Role::Api,
        Some(p) if p.implementations.contains(&fact.name) => Role::Implementation,
        _ => Role::Plain,
    };
    let spoken = told.into_iter().flat_map(|m| &m.client_of).map(|client| Spoken {
        package: &client.package,
        sections: client.sections.iter().map(String::as_str).collect(),
    });
    let needs = fact.depends.iter().map(|(package, requirement, linked)| Needs {
        package,
        requirement: requirement.as_deref(),
        linked: *linked,
    });
    Member {
        name: &fact.name,
        policy: &fact.policy,
        role,
        bundles: told.into_iter().flat_map(|m| &m.bundles).map(String::as_str).collect(),
        client_of: spoken.collect(),
        depends: needs.collect(),
        place: fact.place.as_deref(),
        released: fact.released.as_deref(),
        current: fact.current.as_deref(),
        moved: fact.moved.clone(),
        earlier: &fact.earlier,
        held: held.contains(&fact.name),
    }
}

/// The product's table, where every name in it is a member's.
pub(in crate::cli) fn product(current: &Current) -> Result<Option<&Product>, Failure> {
    let Some(product) = current.settings.product() else { return Ok(None) };
    let workspace = &current.side.workspace;
    let packages: BTreeSet<&str> = workspace.packages.iter().filter(|p| p.member).map(|p| p.name.as_str()).collect();
    let listed = |name: &str| product.members.is_empty() || product.members.0.contains_key(name);
    let told = product.members.0.values();
    let others = told.flat_map(|m| m.bundles.iter().chain(m.client_of.iter().map(|client| &client.package)));
    let roles = product.api.iter().chain(&product.implementations);
    for name in product.members.0.keys().chain(others).chain(roles) {
        let message = if !packages.contains(name.as_str()) {
            format!("`product` names `{name}`, and the workspace has no such member")
        } else if !listed(name) {
            format!("`product` names `{name}`, which is not among its `members`")
        } else {
            continue;
        };
        let (line, column) = settings::place_of(&current.side, &workspace.manifest, name);
        let failure = Failure::new("config", message).at(&workspace.manifest, line, column);
        return Err(match versioning_grammar::nearest(name, packages.iter().copied()) {
            Some(close) if close != name => failure.help(format!("did you mean `{close}`?")),
            _ => failure.help("its names are those of packages"),
        });
    }
    Ok(Some(product))
}

impl Run<'_> {
    /// The facts of every package of the run. `deep`: with what changed in files and commits.
    pub(super) fn facts<'w>(
        &'w self,
        current: &Current,
        (chosen, olds): (&[(String, Chosen)], &[Old]),
        packages: &[PackageReport],
        (past, deep): (&mut Option<Past<'w>>, bool),
    ) -> Result<Vec<Facts>, Failure> {
        let mut between: BTreeMap<CommitId, Since> = BTreeMap::new();
        let mut out = Vec::new();
        for (name, chosen) in chosen {
            let Some(report) = packages.iter().find(|p| p.name == *name) else { continue };
            let mut fact = self.fact(current, name, report, olds)?;
            let config = current.settings.of(name);
            fact.earlier = self.earlier(current, (name, &config), &fact.policy, fact.current.as_deref(), past);
            match chosen {
                Chosen::Nothing { why, .. } => fact.unknown = Some(why.clone()),
                Chosen::FirstRelease { .. } => {}
                Chosen::Side { from, .. } => {
                    let Some(commit) = self.released_at(current, (&fact, &config), from, past)? else {
                        let version = fact.released.as_deref().unwrap_or("its last release");
                        fact.unseen =
                            Some(format!("what changed in its files is counted from a tag, and {version} has none"));
                        out.push(fact);
                        continue;
                    };
                    fact.released_on = jiff::Timestamp::from_second(commit.time)
                        .ok()
                        .map(|t| t.to_zoned(jiff::tz::TimeZone::UTC).date());
                    if deep {
                        let since = match between.entry(commit.id) {
                            Entry::Occupied(known) => known.into_mut(),
                            Entry::Vacant(open) => open.insert(self.past(past)?.since(commit.id)?),
                        };
                        let old = olds.iter().find(|old| old.side.from == *from);
                        moved(current, &mut fact, since, old);
                    }
                }
            }
            out.push(fact);
        }
        Ok(out)
    }

    /// The commit of a package's last release: that of its baseline, else of the tag of the baseline's version.
    fn released_at<'w>(
        &'w self,
        current: &Current,
        (fact, config): (&Facts, &Config),
        from: &From,
        past: &mut Option<Past<'w>>,
    ) -> Result<Option<Commit>, Failure> {
        if self.world.repository.is_err() {
            return Ok(None);
        }
        let past = self.past(past)?;
        let tag = match from {
            From::Git(revision) | From::SnapshotAt { revision, .. } => {
                let commit = past.commit_of(revision).or_else(|| past.repository.resolve(revision).ok());
                return Ok(commit);
            }
            _ => {
                let scheme = &fact.policy.scheme;
                let Some(version) = fact.released.as_deref().and_then(|v| scheme.parse(v).ok()) else {
                    return Ok(None);
                };
                let releases =
                    self.with_history(current, (&fact.name, config), &fact.policy, &[], past, |history, fact| {
                        policy::baseline::releases(history, fact).unwrap_or_default()
                    });
                let same = |text: &str| scheme.parse(text).is_ok_and(|v| scheme.compare(&v, &version).is_eq());
                releases.into_iter().find(|(text, _)| same(text)).map(|(_, tag)| tag)
            }
        };
        Ok(tag.and_then(|tag| past.commit_of(&tag)))
    }

    /// What one package says of itself.
    fn fact(&self, current: &Current, name: &str, report: &PackageReport, olds: &[Old]) -> Result<Facts, Failure> {
        let config = current.settings.of(name);
        let package = current.side.workspace.package(name);
        let old = olds.iter().find(|old| report.baseline.as_ref().is_some_and(|b| b.origin == old.side.origin));
        let stood = old.is_some_and(|old| old.settings.of(name).next == config.next);
        let required = match report.required.as_deref() {
            Some("none" | "prerelease") => Needed::Nothing,
            Some(bump) => Needed::Bump(bump.to_owned()),
            // What a decided bump allows is no hindrance where that bump is declared.
            None if !report.findings.iter().any(|f| f.refused && f.level == Level::Deny) => Needed::Nothing,
            None => Needed::Source,
        };
        let blind = report.verdict == Some(Verdict::Incomplete);
        Ok(Facts {
            name: name.to_owned(),
            policy: self.policy(current, name)?,
            released: report.baseline.as_ref().and_then(|b| b.version.clone()),
            released_on: None,
            current: report.current.version.clone(),
            moved: Moved {
                required,
                spoken: report.touched.clone(),
                planned: config.next.clone().filter(|_| !stood),
                ..Moved::default()
            },
            place: place(&config, package),
            depends: package.map(|p| depends(&current.side.workspace.packages, p)).unwrap_or_default(),
            unknown: blind
                .then(|| "something that could decide was not seen; `cargo verpolicy check` says what".to_owned()),
            odd: Vec::new(),
            earlier: Vec::new(),
            unseen: None,
        })
    }

    /// Adds what the line and the plan of releases say to the reports.
    pub(super) fn judge_line<'w>(
        &'w self,
        current: &Current,
        (chosen, olds): (&[(String, Chosen)], &[Old]),
        packages: &mut [PackageReport],
        past: &mut Option<Past<'w>>,
    ) -> Result<(), Failure> {
        let product = product(current)?;
        let announcements = announcements(current)?;
        let stood = products_that_stood(current, product, olds);
        let planned = olds.iter().any(|old| !old.settings.release_plan().is_empty());
        let whole =
            current.side.workspace.packages.iter().filter(|p| p.member).all(|p| current.names.contains(&p.name));
        let lockstep = current.names.len() > 1 && current.settings.any_policy();
        if let Some(product) = product.filter(|_| self.mode != Mode::Diff && !whole) {
            return self.ask_the_line(current, product, packages);
        }
        let declared = product.is_some() || !stood.is_empty();
        if self.mode == Mode::Diff || !whole || !(declared || planned || !announcements.is_empty() || lockstep) {
            return Ok(());
        }
        let mut facts = self.facts(current, (chosen, olds), packages, (past, declared))?;
        let failed = |error: policy::PlanError| Failure::new("version", error.to_string());
        let none = BTreeSet::new();
        let mut held = Vec::new();
        for stood in &stood {
            held.extend(with_line(Some(stood), &facts, (self.date, &none), policy::line_audits).map_err(failed)?);
            held.extend(
                facts.iter().find(|fact| is_listed(stood, fact)).map(|fact| product_changed(&fact.name, product)),
            );
        }
        if product.is_none() {
            // Only a policy with one version for the whole workspace makes a line of it undeclared.
            facts.retain(|fact| fact.policy.is_one_version() || held.iter().any(|audit| audit.endpoint == fact.name));
        }
        let alone = |fact: &&Facts| product.is_some() || fact.policy.is_one_version();
        let of_line: Vec<&Facts> = facts.iter().filter(alone).collect();
        let mut audits =
            with_line(product, of_line.iter().copied(), (self.date, &none), policy::line_audits).map_err(failed)?;
        let next =
            product.map(|_| with_line(product, of_line.iter().copied(), (self.date, &none), policy::next_versions));
        audits.extend(self.schedule(&of_line, product, &announcements, olds)?);
        held.retain(|audit| !audits.iter().any(|other| (other.rule, &other.endpoint) == (audit.rule, &audit.endpoint)));
        audits.append(&mut held);
        for fact in &facts {
            let Some(report) = packages.iter_mut().find(|p| p.name == fact.name) else { continue };
            let mut own: Vec<Audit> = audits.iter().filter(|audit| audit.endpoint == fact.name).cloned().collect();
            if report.verdict.is_none() && product.is_some() {
                own.extend(promiseless(fact, self.date));
            }
            if !own.is_empty() {
                self.add_audits(current, olds, (fact, report), own)?;
            }
            if let Some(next) = next.as_ref().and_then(|next| next.get(&fact.name)).filter(|_| report.verdict.is_some())
            {
                policy::set_next(report, next.clone());
            }
        }
        Ok(())
    }

    fn add_audits(
        &self,
        current: &Current,
        olds: &[Old],
        (fact, report): (&Facts, &mut PackageReport),
        own: Vec<Audit>,
    ) -> Result<(), Failure> {
        let config = current.settings.of(&fact.name);
        let old = olds.iter().find(|old| report.baseline.as_ref().is_some_and(|b| b.origin == old.side.origin));
        let old = old.filter(|old| old.settings.any).map(|old| old.settings.of(&fact.name));
        let old = old.as_ref().map(|config| Before { config, policy: None });
        let settings = self.settings((current, &fact.name), &fact.policy, &config, old)?;
        policy::add_audits(report, &fact.policy, &settings.levels, own);
        Ok(())
    }

    /// Where only some members are looked at, what they share with the line is not theirs to say.
    fn ask_the_line(
        &self,
        current: &Current,
        product: &Product,
        packages: &mut [PackageReport],
    ) -> Result<(), Failure> {
        let global = product.version == Some(LineVersion::Global);
        for report in packages.iter_mut().filter(|report| report.next.is_some()) {
            let listed = product.members.is_empty() || product.members.0.contains_key(&report.name);
            let shares = global || self.policy(current, &report.name)?.shares_numbers();
            if listed && shares && report.baseline.is_some() {
                let name = &report.name;
                let note =
                    format!("the product line decides the next version: `cargo verpolicy plan -p {name}` says it");
                policy::set_next(report, None);
                report.notes.push(note);
            }
        }
        Ok(())
    }

    fn schedule(
        &self,
        facts: &[&Facts],
        product: Option<&Product>,
        announcements: &[Announcement],
        olds: &[Old],
    ) -> Result<Vec<Audit>, Failure> {
        // One member stands for all that are released together.
        let api = product.and_then(|p| p.api.as_ref());
        let Some(fact) = facts.iter().find(|f| api.is_none_or(|api| *api == f.name)) else { return Ok(Vec::new()) };
        let stood = olds.iter().flat_map(|old| old.settings.release_plan());
        let stood: BTreeSet<&str> = stood.map(|planned| planned.expected.as_str()).collect();
        let schedule = Schedule {
            package: &fact.name,
            policy: &fact.policy,
            announcements,
            stood: &stood,
            released: fact.released.as_deref(),
            released_on: fact.released_on,
            current: fact.current.as_deref(),
            date: self.date,
        };
        policy::schedule_audits(&schedule).map_err(|e| Failure::new("config", format!("release-plan: {e}")))
    }
}

/// The product lines of the baselines that are another one here, as far as their members are still there: what they ask
/// of these holds until the next release.
fn products_that_stood(current: &Current, ours: Option<&Product>, olds: &[Old]) -> Vec<Product> {
    let members = || current.side.workspace.packages.iter().filter(|package| package.member);
    let now = |name: &String| {
        let renamed =
            |p: &&Package| current.settings.of(&p.name).previous_names.iter().flatten().any(|old| old == name);
        let found = members().find(|p| p.name == *name).or_else(|| members().find(renamed));
        found.map(|package| package.name.clone())
    };
    let mut out: Vec<Product> = Vec::new();
    for stood in olds.iter().filter_map(|old| old.settings.product()) {
        let told = stood.members.0.iter().filter_map(|(name, told)| {
            let client_of =
                told.client_of.iter().filter_map(|c| Some(ClientOf { package: now(&c.package)?, ..c.clone() }));
            let bundles = told.bundles.iter().filter_map(now).collect();
            Some((now(name)?, crate::config::Member { bundles, client_of: client_of.collect() }))
        });
        let members = Members(told.collect());
        // All its members are gone, which they say themselves.
        if members.is_empty() && !stood.members.is_empty() {
            continue;
        }
        let product = Product {
            members,
            api: stood.api.as_ref().and_then(now),
            implementations: stood.implementations.iter().filter_map(now).collect(),
            ..stood.clone()
        };
        if !ours.is_some_and(|ours| asks_as_much(ours, &product)) && !out.contains(&product) {
            out.push(product);
        }
    }
    out
}

/// Does a product line ask of its members all that the other one asks?
fn asks_as_much(ours: &Product, stood: &Product) -> bool {
    let member = |(name, stood): (&String, &crate::config::Member)| match ours.members.0.get(name) {
        Some(own) => {
            stood.bundles.iter().all(|name| own.bundles.contains(name))
                && stood.client_of.iter().all(|client| own.client_of.contains(client))
        }
        None => ours.members.is_empty() && stood.bundles.is_empty() && stood.client_of.is_empty(),
    };
    let listed = if stood.members.is_empty() { ours.members.is_empty() } else { stood.members.0.iter().all(member) };
    let implemented = stood.implementations.iter().all(|name| ours.implementations.contains(name));
    listed && implemented && ours.api == stood.api && (ours.version == stood.version || stood.version.is_none())
}

fn product_changed(package: &str, ours: Option<&Product>) -> Audit {
    let what = if ours.is_some() { "was changed" } else { "is gone" };
    let message = format!("`product` {what}: what it asked of its members holds until the next release");
    let mut audit = Audit::of_package("policy-changed", package, message);
    audit.at = "product".to_owned();
    audit
}

/// Dates in the version of a member that promises nothing.
fn promiseless(fact: &Facts, date: Date) -> Vec<Audit> {
    let parse = |text: Option<&String>| text.and_then(|text| fact.policy.scheme.parse(text).ok());
    let (from, to) = (parse(fact.released.as_ref()), parse(fact.current.as_ref()));
    to.map(|to| policy::dates(&fact.name, &fact.policy, (from.as_ref(), &to), &fact.earlier, date)).unwrap_or_default()
}

/// `[[release-plan]]`, its days read.
fn announcements(current: &Current) -> Result<Vec<Announcement>, Failure> {
    let manifest = &current.side.workspace.manifest;
    let mut out = Vec::new();
    for planned in current.settings.release_plan() {
        let day = |text: &String| {
            text.parse::<Date>().map_err(|error| {
                let (line, column) = settings::place_of(&current.side, manifest, text);
                Failure::new("config", format!("`release-plan`: `{text}` is no day: {error}"))
                    .at(manifest, line, column)
                    .help("write it as YYYY-MM-DD")
            })
        };
        let (line, column) = settings::place_of(&current.side, manifest, &planned.expected);
        out.push(Announcement {
            expected: planned.expected.clone(),
            announced: planned.announced.as_ref().map(day).transpose()?,
            cutoff: day(&planned.cutoff)?,
            place: Some(crate::model::Place { file: manifest.as_str().into(), line, column }),
        });
    }
    Ok(out)
}

/// Where a version is written, as far as it tells which packages share it.
fn place(config: &Config, package: Option<&Package>) -> Option<String> {
    if config.version.is_some() || config.version_from == Some(crate::config::VersionFrom::Tag) {
        return None;
    }
    let (file, line, column) = package?.version_place.as_ref()?;
    Some(format!("{file}:{line}:{column}"))
}

fn depends(all: &[Package], package: &Package) -> Vec<(String, Option<String>, bool)> {
    let member = |name: &str| all.iter().any(|p| p.member && p.name == name);
    let own = package.dependencies.values().filter(|d| d.path.is_some() && member(&d.package));
    own.map(|d| (d.package.clone(), d.requirement.clone(), is_program(package))).collect()
}

fn is_program(package: &Package) -> bool {
    package.targets.iter().any(|target| target.kind == TargetKind::Bin)
}

/// What changed in a package since a release: its files, what commits say, what `Cargo.lock` moved.
fn moved(current: &Current, fact: &mut Facts, since: &Since, old: Option<&Old>) {
    let workspace = &current.side.workspace;
    let Some(package) = workspace.package(&fact.name) else { return };
    let snapshot = snapshot::place(workspace, &current.settings, &fact.name);
    let owns = |path: &str| *path != snapshot && owned(&workspace.packages, package, path);
    fact.moved.files = since.paths.iter().filter(|path| owns(path)).count();
    for commit in &since.commits {
        for (named, text) in policy::trailers(&commit.message) {
            let ours = match named {
                Some(name) => name == fact.name,
                None => commit.paths.iter().any(|path| owns(path)),
            };
            if !ours {
                continue;
            }
            let short: String = commit.id.to_string().chars().take(7).collect();
            let trailer = match named {
                Some(name) => format!("`Change: {name}={text}`"),
                None => format!("`Change: {text}`"),
            };
            match Said::read(text, format!("{trailer} of commit {short}")) {
                Ok(said) => fact.moved.said.push(said),
                Err(error) => fact.odd.push(format!("commit {short}: {trailer}: {error}")),
            }
        }
    }
    if is_program(package)
        && let Some(old) = old
        && since.paths.iter().any(|path| path.ends_with("Cargo.lock"))
    {
        fact.moved.locked = locked(current, old, &fact.name);
    }
}

/// Is a file part of this package and of no other? What begins with a dot, and the lock file, is none of its own.
fn owned(all: &[Package], package: &Package, path: &str) -> bool {
    let below = |directory: &str| match directory {
        "" => Some(path.to_owned()),
        _ => path.strip_prefix(directory).and_then(|rest| rest.strip_prefix('/')).map(str::to_owned),
    };
    let Some(rest) = below(&package.directory) else { return false };
    let nearer = |other: &Package| other.directory.len() > package.directory.len() && below(&other.directory).is_some();
    !rest.starts_with('.') && rest != "Cargo.lock" && !all.iter().any(nearer)
}

fn locked(current: &Current, old: &Old, name: &str) -> Vec<String> {
    let lock = |tree: Option<&std::sync::Arc<dyn SourceTree>>, root: &str| {
        let bytes = tree.and_then(|tree| tree.read(&crate::tree::child(root, "Cargo.lock")).ok());
        bytes.map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
    };
    let before = lock(old.side.tree.as_ref(), &old.side.workspace.root);
    let after = lock(current.side.tree.as_ref(), &current.side.workspace.root);
    let (Some(before), Some(after)) = (before, after) else { return Vec::new() };
    let (before, after) = (built_with(&before, name), built_with(&after, name));
    let text = |versions: Option<&BTreeSet<String>>| {
        versions.map(|v| v.iter().cloned().collect::<Vec<_>>().join("+")).unwrap_or_else(|| "nothing".to_owned())
    };
    let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let differs = names.into_iter().filter(|name| before.get(*name) != after.get(*name));
    differs.map(|name| format!("{name} from {} to {}", text(before.get(name)), text(after.get(name)))).collect()
}

impl Past<'_> {
    /// The commits and files between a release and the work tree.
    fn since(&self, release: CommitId) -> Result<Since, Failure> {
        let Some(head) = self.head() else { return Ok(Since::default()) };
        let mut paths: BTreeSet<String> = self.repository.changed_paths(release, head)?.into_iter().collect();
        paths.extend(self.repository.changes()?);
        Ok(Since { paths, commits: self.repository.commits_between(release, head)? })
    }
}
