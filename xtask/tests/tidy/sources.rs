//! The text files of the repository, as they lie in the working folder.

use std::path::Path;

/// Products of tools, and fixtures as they came from outside.
const SKIPPED: [&str; 6] = ["target", "dist", "hosting", ".git", "node_modules", "output"];
const KINDS: [&str; 11] = ["rs", "js", "mjs", "py", "css", "html", "toml", "md", "json", "sh", "yml"];

pub struct Source {
    /// Relative to the workspace, with forward slashes.
    pub path: String,
    pub text: String,
}

impl Source {
    pub fn extension(&self) -> &str {
        self.path.rsplit_once('.').map_or("", |(_, extension)| extension)
    }

    /// Whether the file lies in this folder, or is this file.
    pub fn is_in(&self, folder: &str) -> bool {
        self.path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    /// The numbered lines that are shipped: without comments and without tests. A `mod tests` block is the
    /// last item of its file in this project, so everything after it is skipped.
    pub fn shipped(&self) -> Vec<(usize, &str)> {
        let name = self.path.rsplit('/').next().unwrap_or_default();
        if self.path.contains("/tests/") || name == "tests.rs" || name.ends_with("_tests.rs") {
            return Vec::new();
        }
        let lines: Vec<_> = self.text.lines().collect();
        let declares = |line: Option<&&str>| line.is_some_and(|line| line.ends_with(';'));
        let opens_tests = |at: usize| lines[at].trim() == "#[cfg(test)]" && !declares(lines.get(at + 1));
        let end = (0..lines.len()).find(|at| opens_tests(*at)).unwrap_or(lines.len());
        let is_code = |line: &str| !line.trim_start().starts_with("//");
        lines[..end]
            .iter()
            .enumerate()
            .map(|(at, line)| (at + 1, *line))
            .filter(|(_, line)| is_code(line))
            .collect()
    }
}

pub fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut found = Vec::new();
    collect(root, root, &mut found);
    // A walk that found nothing would let every rule pass.
    assert!(found.iter().any(|source| source.path == "crates/core/src/lib.rs"), "the sources were not found");
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

fn collect(folder: &Path, root: &Path, found: &mut Vec<Source>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() {
            if !SKIPPED.contains(&name.as_str()) {
                collect(&path, root, found);
            }
        } else if is_text(&path) {
            // A file that another program is just replacing is read by the next run.
            let Ok(text) = std::fs::read_to_string(&path) else { continue };
            let path = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
            found.push(Source { path, text });
        }
    }
}

fn is_text(path: &Path) -> bool {
    path.ends_with(".ci/run")
        || path.extension().is_some_and(|extension| KINDS.iter().any(|kind| extension == *kind))
}
