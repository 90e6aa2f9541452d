//! What the tests of this package share: the inputs that are kept in the repository.

#![allow(dead_code, reason = "each test file uses a part of this")]

use rollwatch_fuzz::Target;
use std::path::{Path, PathBuf};

/// An input and the file that holds it.
pub struct Seed {
    pub name: String,
    pub bytes: Vec<u8>,
}

pub fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The folder of the seeds that are not fixtures: inputs that once were findings, and forms without a fixture.
pub fn own_seeds() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds")
}

/// The inputs from which a target starts, the same as in `cargo xtask fuzz`.
pub fn seeds(target: Target) -> Vec<Seed> {
    let name = target.name();
    let service = name.split('.').nth(1).unwrap_or_default();
    let mut found = Vec::new();
    collect(&workspace().join("tests/fixtures").join(service), &mut found);
    assert!(!found.is_empty(), "{name} has fixtures");
    let own = own_seeds().join(name);
    if own.is_dir() {
        collect(&own, &mut found);
    }
    found
}

fn collect(folder: &Path, found: &mut Vec<Seed>) {
    let mut entries: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            collect(&path, found);
        } else {
            found.push(Seed { name: path.display().to_string(), bytes: std::fs::read(&path).unwrap() });
        }
    }
}

/// Runs a target, and names the input if that panics.
pub fn run(target: Target, input: &str, bytes: &[u8]) {
    let _told = Told(format!("{} over {input}", target.name()));
    target.run(bytes);
}

struct Told(String);

impl Drop for Told {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("while running {}", self.0);
        }
    }
}
