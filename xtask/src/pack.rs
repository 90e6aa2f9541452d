//! Compressing the built page once, at the highest level, so that no server has to do it for every reader.

use crate::{Failure, process};
use std::path::{Path, PathBuf};

/// Kinds of files that become smaller; pictures and fonts are compressed in themselves.
const KINDS: [&str; 9] = ["html", "js", "mjs", "css", "wasm", "json", "webmanifest", "svg", "txt"];

/// An operator may rewrite this file at any time, and a compressed one beside it would go on saying what it said.
const REWRITTEN: &str = "config.json";

/// Node does it: it is there for the build anyway and has both compressors, and this program stays quick to compile.
const SCRIPT: &str = "
const z = require('zlib'), fs = require('fs');
const quality = { params: { [z.constants.BROTLI_PARAM_QUALITY]: 11 } };
for (const file of process.argv.slice(1)) {
    const bytes = fs.readFileSync(file);
    const gzip = z.gzipSync(bytes, { level: 9 });
    gzip[9] = 255; // The byte that names the system: unknown, so that every system writes the same.
    const packed = { br: z.brotliCompressSync(bytes, quality), gz: gzip };
    for (const [extension, smaller] of Object.entries(packed)) {
        const beside = file + '.' + extension;
        if (smaller.length <= 0.9 * bytes.length) fs.writeFileSync(beside, smaller);
        else fs.rmSync(beside, { force: true });
    }
}";

/// Writes `x.br` and `x.gz` beside every file `x` of the folder, and of those below, that is worth it: at the
/// highest levels, where it saves at least a tenth. Packed files of an earlier run are replaced or removed. The
/// configuration stays as it is.
///
/// # Errors
/// When the folder cannot be read or written.
pub fn folder(folder: &Path) -> Result<(), Failure> {
    let mut files = Vec::new();
    list(folder, &mut files)?;
    compress(&files)
}

/// The same for the files alone that have no compressed one beside them.
///
/// # Errors
/// As [`folder`].
pub fn rest(folder: &Path) -> Result<(), Failure> {
    let mut files = Vec::new();
    list(folder, &mut files)?;
    files.retain(|file| !file.with_added_extension("br").is_file());
    compress(&files)
}

fn compress(files: &[PathBuf]) -> Result<(), Failure> {
    let mut node = process::in_root("node");
    node.args(["-e", SCRIPT, "--"]).args(files);
    process::run(&mut node)
}

fn list(folder: &Path, found: &mut Vec<PathBuf>) -> Result<(), Failure> {
    let unreadable = |error: std::io::Error| format!("{} cannot be read: {error}.", folder.display());
    let folder = folder.canonicalize().map_err(unreadable)?;
    for entry in std::fs::read_dir(&folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        if path.is_dir() {
            list(&path, found)?;
        } else if is_worth_trying(&path) {
            found.push(path);
        }
    }
    Ok(())
}

fn is_worth_trying(file: &Path) -> bool {
    file.file_name().is_some_and(|name| name != REWRITTEN)
        && file.extension().is_some_and(|extension| KINDS.iter().any(|kind| extension == *kind))
}

#[cfg(test)]
mod tests {
    #[test]
    fn what_becomes_smaller_is_packed_and_what_an_operator_rewrites_is_not() {
        let folder = std::env::temp_dir().join(format!("rollwatch-pack-{}", std::process::id()));
        std::fs::create_dir_all(folder.join("icons")).unwrap();
        let long = "a long line of text\n".repeat(100);
        for (name, text) in [
            ("index.html", long.as_str()),
            ("icons/icon.svg", long.as_str()),
            ("config.json", long.as_str()),
            ("icon.png", long.as_str()),
            ("tiny.js", "1"),
            ("tiny.js.br", "of an earlier run"),
        ] {
            std::fs::write(folder.join(name), text).unwrap();
        }
        let twice = super::folder(&folder).and_then(|()| super::folder(&folder));
        let entries = ["", "icons"].map(|below| std::fs::read_dir(folder.join(below)).unwrap());
        let packed: Vec<_> = entries
            .into_iter()
            .flatten()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter(|name| name.ends_with(".br") || name.ends_with(".gz"))
            .collect();
        let head = std::fs::read(folder.join("index.html.gz")).unwrap();
        std::fs::remove_dir_all(&folder).unwrap();
        assert_eq!(twice, Ok(()));
        for name in ["index.html.br", "index.html.gz", "icon.svg.br", "icon.svg.gz"] {
            assert!(packed.iter().any(|found| found == name), "{name} in {packed:?}");
        }
        assert_eq!(packed.len(), 4, "{packed:?}");
        assert_eq!(head[..4], [0x1f, 0x8b, 8, 0], "gzip, without a name or a time");
    }
}
