//! The laws of the house, kept as ordinary tests.

#![cfg(test)]

use std::collections::BTreeMap;
use std::path::PathBuf;

use cargo_metadata::{DependencyKind, Metadata, MetadataCommand, Package};
use tandem_tests::pages;

/// Which floor each crate lives on; it may use only the floors below.
const FLOORS: &[(&str, u8)] = &[
    ("tandem-stdlib", 1),
    ("tandem-speech", 1),
    ("tandem-lang", 2),
    ("tandem-policy", 2),
    ("tandem-centre", 2),
    ("tandem-compiler", 3),
    ("tandem-archive", 3),
    ("tandem-simulation", 4),
    ("tandem", 5),
    ("tandem-tests", 5),
];

const AUTHORS_WING: &[&str] = &["tandem-lang", "tandem-compiler"];
const OPERATORS_WING: &[&str] =
    &["tandem-speech", "tandem-policy", "tandem-centre", "tandem-archive", "tandem-simulation"];

/// The crates that may hold `unsafe`: the one that emits and the one that calls native code.
const MAY_BE_UNSAFE: &[&str] = &["tandem-compiler", "tandem-policy"];

/// A crate outside these may touch neither files, sockets nor clocks.
const MAY_TOUCH_THE_WORLD: &[&str] = &["tandem-archive", "tandem", "tandem-tests"];

fn metadata() -> Metadata {
    MetadataCommand::new().no_deps().exec().expect("cargo metadata runs")
}

fn floor(name: &str) -> u8 {
    FLOORS.iter().find(|(known, _)| *known == name).unwrap_or_else(|| panic!("{name} has no floor")).1
}

fn ours(package: &Package) -> impl Iterator<Item = (&str, DependencyKind)> {
    package.dependencies.iter().filter(|one| one.path.is_some()).map(|one| (one.name.as_str(), one.kind))
}

fn folder(package: &Package) -> PathBuf {
    package.manifest_path.parent().expect("a manifest lies in a folder").into()
}

/// Source files of a crate with their texts.
fn sources(package: &Package) -> Vec<(PathBuf, String)> {
    let found = pages::below(&folder(package).join("src"), ".rs").expect("readable sources");
    found.into_iter().map(|path| (path.clone(), std::fs::read_to_string(&path).expect("UTF-8"))).collect()
}

#[test]
fn every_crate_uses_only_the_floors_below() {
    for package in &metadata().packages {
        for (used, _) in ours(package) {
            if package.name.as_str() == "tandem-tests" {
                continue;
            }
            assert!(floor(used) < floor(&package.name), "{} may not use {used}", package.name);
        }
    }
}

#[test]
fn the_wings_never_import_each_other() {
    for package in &metadata().packages {
        for (wing, other) in [(AUTHORS_WING, OPERATORS_WING), (OPERATORS_WING, AUTHORS_WING)] {
            if wing.contains(&package.name.as_str()) {
                for (used, _) in ours(package) {
                    assert!(!other.contains(&used), "{} imports {used} from the other wing", package.name);
                }
            }
        }
    }
}

#[test]
fn speech_knows_nothing_of_policies() {
    let metadata = metadata();
    let speech = metadata.packages.iter().find(|one| one.name.as_str() == "tandem-speech").expect("speech");
    assert_eq!(ours(speech).count(), 0);
}

#[test]
fn unsafe_code_stays_where_native_code_is_emitted_and_called() {
    for package in metadata().packages.iter().filter(|one| !MAY_BE_UNSAFE.contains(&one.name.as_str())) {
        let manifest = std::fs::read_to_string(&package.manifest_path).expect("a readable manifest");
        assert!(manifest.contains("[lints]\nworkspace = true"), "{} must inherit the lints", package.name);
    }
    let root =
        std::fs::read_to_string(metadata().workspace_root.join("Cargo.toml")).expect("the root manifest");
    assert!(root.contains("unsafe_code = \"forbid\""));
}

#[test]
fn cores_touch_neither_files_nor_sockets_nor_clocks() {
    let banned = ["std::fs", "std::net", "SystemTime", "Instant::now", "std::env::", "tokio", "sqlx"];
    for package in &metadata().packages {
        if MAY_TOUCH_THE_WORLD.contains(&package.name.as_str()) {
            continue;
        }
        for (path, text) in sources(package) {
            if path.ends_with("build.rs") || path.to_string_lossy().contains("tests") {
                continue;
            }
            for word in banned {
                assert!(!text.contains(word), "{} uses {word}", path.display());
            }
        }
    }
}

#[test]
fn one_crate_alone_names_each_heavy_dependency() {
    let homes = BTreeMap::from([
        ("pest", "tandem-lang"),
        ("cranelift", "tandem-compiler"),
        ("symphonia", "tandem-archive"),
        ("rubato", "tandem-archive"),
        ("clap", "tandem"),
        ("indicatif", "tandem"),
    ]);
    for package in &metadata().packages {
        for dependency in &package.dependencies {
            if let Some(home) = homes.get(dependency.name.as_str()) {
                assert_eq!(package.name.as_str(), *home, "{} names {}", package.name, dependency.name);
            }
        }
    }
}

#[test]
fn only_the_parser_names_pest_and_only_the_emitter_names_cranelift() {
    for (package, word, home) in
        [("tandem-lang", "pest", "parse"), ("tandem-compiler", "cranelift", "native")]
    {
        let metadata = metadata();
        let package =
            metadata.packages.iter().find(|one| one.name.as_str() == package).expect("a known crate");
        for (path, text) in sources(package) {
            let names = text
                .lines()
                .any(|line| !line.trim_start().starts_with("//") && line.contains(&format!("{word}::")));
            let at_home = path.components().any(|part| part.as_os_str() == home)
                || path.file_stem().is_some_and(|stem| stem == home);
            assert!(!names || at_home, "{} names {word}", path.display());
        }
    }
}

/// Files are read by people: a few hundred lines at most.
const LINES_MAX: usize = 400;

#[test]
fn no_file_is_too_long_to_read() {
    for package in &metadata().packages {
        for (path, text) in sources(package) {
            let lines = text.lines().count();
            assert!(lines <= LINES_MAX || path.ends_with("tree.rs"), "{}: {lines} lines", path.display());
        }
    }
}

/// Modules of a crate form no circle: `crate::a` is followed between the modules at the top of `src`, tests and
/// comments left out.
#[test]
fn no_crate_has_an_import_circle() {
    let mut circles = Vec::new();
    for package in &metadata().packages {
        let mut uses: BTreeMap<String, Vec<String>> = BTreeMap::new();
        let root = folder(package).join("src");
        for (path, text) in sources(package) {
            let relative = path.strip_prefix(&root).expect("inside src").with_extension("");
            let module = relative
                .components()
                .next()
                .expect("a first part")
                .as_os_str()
                .to_string_lossy()
                .into_owned();
            if ["lib", "main"].contains(&module.as_str()) {
                continue;
            }
            if relative.ends_with("tests") || relative.components().any(|part| part.as_os_str() == "tests") {
                continue;
            }
            let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
            let code = code.collect::<Vec<_>>().join("\n");
            let used = code.match_indices("crate::").map(|(at, word)| {
                code[at + word.len()..]
                    .chars()
                    .take_while(|c| c.is_alphanumeric() || *c == '_')
                    .collect::<String>()
            });
            uses.entry(module.clone()).or_default().extend(used.filter(|used| *used != module));
        }
        for start in uses.keys() {
            let mut path = vec![start.clone()];
            if reaches(start, &uses, &mut path) {
                circles.push(format!("{}: {}", package.name, path.join(" → ")));
            }
        }
    }
    assert!(circles.is_empty(), "{}", circles.join("\n"));
}

/// Whether the last of `path` can get back to `goal`; leaves the way there in `path`.
fn reaches(goal: &str, uses: &BTreeMap<String, Vec<String>>, path: &mut Vec<String>) -> bool {
    let last = path.last().cloned().unwrap_or_default();
    for next in uses.get(&last).into_iter().flatten() {
        if next == goal {
            path.push(next.clone());
            return true;
        }
        if uses.contains_key(next) && !path.contains(next) {
            path.push(next.clone());
            if reaches(goal, uses, path) {
                return true;
            }
            path.pop();
        }
    }
    false
}
