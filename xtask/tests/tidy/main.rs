//! The rules that no compiler holds: who may import whom, what must not be written, how long a file may be.
//! Each failure names the file, the line and why the rule is there. ARCHITECTURE.md explains the map.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a panic is how a test fails")]

mod arrows;
mod bans;
mod sources;

use sources::{Source, sources};

/// Fails with every broken rule at once, so that one run shows all there is to do.
fn assert_none(broken: &[String]) {
    assert!(broken.is_empty(), "{} broken rules:\n{}\n", broken.len(), broken.join("\n"));
}

/// Lines a file may have at most: what fits into a head, and into a review.
const LONGEST: usize = 400;

/// Tables of data, which are looked up and not read from end to end.
const TABLES: [(&str, &str); 0] = [];

#[test]
fn no_file_is_longer_than_a_person_reads_at_once() {
    let limited = |source: &&Source| ["rs", "js", "mjs", "py", "css"].contains(&source.extension());
    let broken: Vec<_> = sources()
        .iter()
        .filter(limited)
        .filter(|source| TABLES.iter().all(|(table, _)| source.path != *table))
        .map(|source| (source, source.text.lines().count()))
        .filter(|(_, lines)| *lines > LONGEST)
        .map(|(source, lines)| {
            format!("{}:{lines}: {lines} lines, {LONGEST} at most: split it by subject", source.path)
        })
        .collect();
    assert_none(&broken);
}

#[test]
fn every_named_table_is_still_a_long_file() {
    let all = sources();
    let is_long = |table: &str| all.iter().any(|s| s.path == table && s.text.lines().count() > LONGEST);
    let broken: Vec<_> = TABLES
        .iter()
        .filter(|(table, _)| !is_long(table))
        .map(|(table, why)| format!("{table} ({why})"))
        .collect();
    assert_none(&broken);
}
