//! Folders that end with the test.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

/// A folder of the test's own, removed when it is dropped.
pub struct Folder(PathBuf);

impl Folder {
    pub fn new(purpose: &str) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let nth = COUNT.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("rollwatch-{purpose}-{}-{nth}", std::process::id()));
        fs::create_dir_all(&path).expect("the temporary folder can be written");
        Folder(path)
    }

    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Which of these texts some file holds.
    pub fn held(&self, texts: &[&str]) -> Vec<String> {
        let sought: Vec<String> = texts.iter().map(|text| by_bytes(text.as_bytes())).collect();
        let mut held = vec![false; texts.len()];
        for file in files(&self.0) {
            // A file that the browser has removed meanwhile holds nothing.
            let content = by_bytes(&fs::read(file).unwrap_or_default());
            for (held, text) in held.iter_mut().zip(&sought) {
                *held |= content.contains(text.as_str());
            }
        }
        texts.iter().zip(held).filter(|(_, held)| *held).map(|(text, _)| (*text).to_owned()).collect()
    }
}

/// Copies everything that lies in a folder.
pub fn copy(source: &Path, target: &Path) {
    fs::create_dir_all(target).expect("the temporary folder can be written");
    for entry in fs::read_dir(source).expect("a folder to copy") {
        let entry = entry.expect("a folder to copy");
        let to = target.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).expect("a file to copy");
        }
    }
}

/// Bytes as a text of as many characters, in which the standard library searches fast.
fn by_bytes(bytes: &[u8]) -> String {
    bytes.iter().copied().map(char::from).collect()
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    let below = |path: PathBuf| if path.is_dir() { files(&path) } else { vec![path] };
    entries.flat_map(|entry| below(entry.path())).collect()
}

impl Drop for Folder {
    fn drop(&mut self) {
        // A browser that is still ending may write into its profile once more.
        for _ in 0..5 {
            if fs::remove_dir_all(&self.0).is_ok() || !self.0.exists() {
                return;
            }
        }
    }
}
