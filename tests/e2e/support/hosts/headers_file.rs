//! Hosts that read the headers of a site from its file `_headers`, and one that reads none.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::shelf::Shelf;

/// What a host sends by itself.
pub struct Habits {
    /// Whether it honours `_headers`.
    reads: bool,
    headers: &'static [(&'static str, &'static str)],
}

/// <https://developers.cloudflare.com/pages/configuration/serving-pages/>
pub const CLOUDFLARE: Habits = Habits {
    reads: true,
    headers: &[
        ("access-control-allow-origin", "*"),
        ("cache-control", "public, max-age=0, must-revalidate"),
        ("referrer-policy", "strict-origin-when-cross-origin"),
        ("x-content-type-options", "nosniff"),
    ],
};

pub const NETLIFY: Habits = Habits {
    reads: true,
    headers: &[
        ("cache-control", "public,max-age=0,must-revalidate"),
        ("strict-transport-security", "max-age=31536000"),
    ],
};

pub const GITHUB_PAGES: Habits = Habits {
    reads: false,
    headers: &[("access-control-allow-origin", "*"), ("cache-control", "max-age=600")],
};

/// A line of a rule: a header with its value, or the name of one that is taken away.
type Line = (String, Option<String>);

pub fn shelf(root: &Path, built: &Path, habits: &Habits) -> Shelf {
    let mut shelf = Shelf::of(root, built);
    // What tells the host something is not served.
    shelf.files.retain(|path, _| !["/_headers", "/.nojekyll"].contains(&path.as_str()));
    let text = if habits.reads {
        fs::read_to_string(root.join("_headers")).expect("a file of headers")
    } else {
        String::new()
    };
    let rules = rules(&text);
    for (path, kept) in &mut shelf.files {
        let own = habits.headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        kept.headers.extend(own);
        let mut said = BTreeMap::<String, String>::new();
        for (name, value) in
            rules.iter().filter(|(pattern, _)| fits(pattern, path)).flat_map(|(_, lines)| lines)
        {
            match value {
                None => drop(kept.headers.remove(name)),
                // What two rules say of one header is joined, which no header of ours would survive.
                Some(value) => drop(
                    said.entry(name.clone())
                        .and_modify(|before| *before = format!("{before}, {value}"))
                        .or_insert_with(|| value.clone()),
                ),
            }
        }
        kept.headers.extend(said);
    }
    shelf
}

/// Patterns of paths, each with its lines.
fn rules(text: &str) -> Vec<(String, Vec<Line>)> {
    let mut rules: Vec<(String, Vec<Line>)> = Vec::new();
    assert!(text.lines().all(|line| line.len() <= 2000), "Cloudflare cuts longer lines");
    for line in text.lines().filter(|line| !line.trim().is_empty() && !line.trim_start().starts_with('#')) {
        if !line.starts_with([' ', '\t']) {
            rules.push((line.trim().to_owned(), Vec::new()));
            continue;
        }
        let line = line.trim();
        let said = match line.strip_prefix("! ") {
            Some(name) => (name.to_ascii_lowercase(), None),
            None => {
                let (name, value) = line.split_once(':').expect("a header");
                (name.to_ascii_lowercase(), Some(value.trim().to_owned()))
            }
        };
        rules.last_mut().expect("a path stands first").1.push(said);
    }
    assert!(rules.len() <= 100, "Cloudflare reads no more");
    rules
}

/// A `*` stands for any text, slashes included.
fn fits(pattern: &str, path: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == path,
        Some((before, after)) => {
            path.len() >= before.len() + after.len() && path.starts_with(before) && path.ends_with(after)
        }
    }
}
