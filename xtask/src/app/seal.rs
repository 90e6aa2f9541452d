//! What every shipped file is to be, written into the page: index.html holds the hash of boot.js, and boot.js those
//! of all others and of index.html without that one. Browsers refuse a boot.js with another hash, and boot.js
//! refuses to start over any other file, so that one flipped byte anywhere is told and never run.

use super::style;
use crate::{Failure, process};
use base64::prelude::{BASE64_STANDARD, Engine as _};
use rollwatch_policy::meta_policy;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha384};
use std::fs;
use std::path::Path;

/// The configuration, which an operator may rewrite unless it is sealed.
pub const CONFIG: &str = "config.json";
/// The document.
pub const DOCUMENT: &str = "index.html";

/// The loader, before its name has its hash.
const BOOT: &str = "boot.js";

/// The line of boot.js that is written here.
const BUILT: &str = "const BUILT = { page: '', files: {} };";

/// What a page may connect to whose configuration is still to be written by whoever hosts it.
const ANYWHERE: [&str; 3] = ["https:", "http://127.0.0.1:*", "http://localhost:*"];

/// Seals the page of a default build: its configuration stays open.
///
/// # Errors
/// When a file cannot be read or written, or the document is not as Trunk makes it.
pub fn open(page: &Path) -> Result<(), Failure> {
    seal(page, &ANYWHERE.map(str::to_owned), false)
}

/// Seals the page with its configuration, which names a proxy at this origin, or on the page's own without one.
///
/// # Errors
/// As [`open`].
pub fn closed(page: &Path, proxy: Option<&str>) -> Result<(), Failure> {
    seal(page, &proxy.map(str::to_owned).into_iter().collect::<Vec<_>>(), true)
}

fn seal(page: &Path, connect_src: &[String], with_config: bool) -> Result<(), Failure> {
    let mut document = style::in_one_sheet(page, &read(&page.join(DOCUMENT))?)?;
    let mut names = files(page)?;
    for old in names.extract_if(.., |name| is_boot(name)) {
        fs::remove_file(page.join(&old)).map_err(|error| format!("{old} cannot be removed: {error}."))?;
        document = document.replace(&old, BOOT);
    }
    names.retain(|name| name != DOCUMENT && (with_config || name != CONFIG));
    let one = |suffix: &str| {
        let found = names.iter().find(|name| name.starts_with("rollwatch-") && name.ends_with(suffix));
        found.ok_or_else(|| format!("{} has no rollwatch-…{suffix}: build the page anew.", page.display()))
    };
    let (js, wasm) = (one(".js")?, one(".wasm")?);
    let document = with_tag(&without_tag(&with_policy(&document, connect_src)?)?, js, wasm)?;
    let document = without_useless_hash(&document, wasm);

    let mut hashes = Map::new();
    for name in &names {
        let bytes = fs::read(page.join(name)).map_err(|error| format!("{name} cannot be read: {error}."))?;
        hashes.insert(name.clone(), Value::from(integrity(&bytes)));
    }
    let source = read(&process::root().join("public/boot.js"))?;
    let built = json!({ "page": integrity(document.as_bytes()), "files": hashes });
    let script = replaced(&source, BUILT, &format!("const BUILT = {built};"), "public/boot.js")?;
    let name = format!("boot-{}.js", hash(script.as_bytes()));
    // The first hash is that of its tag, which stands before all others.
    let hash = format!(" integrity={} ", integrity(script.as_bytes()));
    let document = document.replacen(" integrity= ", &hash, 1).replace(BOOT, &name);
    write(&page.join(&name), &script)?;
    write(&page.join(DOCUMENT), &document)
}

/// The names of all files of a page but the compressed ones, relative to it, in order.
///
/// # Errors
/// When the folder cannot be read.
pub fn files(page: &Path) -> Result<Vec<String>, Failure> {
    fn below(folder: &Path, prefix: &str, found: &mut Vec<String>) -> std::io::Result<()> {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
            if entry.path().is_dir() {
                below(&entry.path(), &format!("{name}/"), found)?;
            } else if !is_packed(&name) {
                found.push(name);
            }
        }
        Ok(())
    }
    let mut found = Vec::new();
    below(page, "", &mut found).map_err(|error| format!("{} cannot be read: {error}.", page.display()))?;
    found.sort();
    Ok(found)
}

/// Whether a file is the compressed form of another.
pub fn is_packed(name: &str) -> bool {
    [".br", ".gz"].iter().any(|ending| name.ends_with(ending))
}

/// Whether a file is the loader, with or without its hash, or its compressed form.
pub fn is_boot(name: &str) -> bool {
    name == BOOT || name.starts_with("boot-")
}

/// The value of an `integrity` attribute.
pub fn integrity(bytes: &[u8]) -> String {
    format!("sha384-{}", BASE64_STANDARD.encode(Sha384::digest(bytes)))
}

/// The part of a file's name that tells its content from every other.
pub fn hash(bytes: &[u8]) -> String {
    Sha384::digest(bytes).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// Replaces the policy in the document.
fn with_policy(document: &str, connect_src: &[String]) -> Result<String, Failure> {
    let begin = "content=\"default-src ";
    let unknown = || format!("{DOCUMENT} has no Content-Security-Policy that begins with default-src.");
    let (before, rest) = document.split_once(begin).ok_or_else(unknown)?;
    let (_, after) = rest.split_once('"').ok_or_else(unknown)?;
    let policy = meta_policy(connect_src);
    Ok(format!("{before}content=\"{policy}\"{after}"))
}

/// Takes out the tag of the loader, wherever it stands.
fn without_tag(document: &str) -> Result<String, Failure> {
    let unknown = || format!("{DOCUMENT} has no script: Trunk.toml writes it.");
    let (before, rest) = document.split_once("<script ").ok_or_else(unknown)?;
    let (_, after) = rest.split_once("</script>").ok_or_else(unknown)?;
    Ok(format!("{before}{}", after.strip_prefix("</script>").unwrap_or(after)))
}

/// Puts the tag of the loader right behind the policy, where few bytes in front of it could break it. Without quotes
/// no broken one can swallow what follows. The second end tag means nothing; where the first one is broken, the rest
/// of the document is still no script.
fn with_tag(document: &str, js: &str, wasm: &str) -> Result<String, Failure> {
    let policy = document.find("default-src").unwrap_or_default();
    let rest = document.get(policy..).unwrap_or_default();
    let end = rest.find('>').ok_or_else(|| format!("{DOCUMENT} has no end of its policy."))?;
    let (before, after) = document.split_at(policy + end + 1);
    let tag = format!(
        "<script type=module src=./{BOOT} integrity= data-js={js} data-wasm={wasm}></script></script>"
    );
    Ok(format!("{before}{tag}{after}"))
}

/// Trunk gives the module's preload a hash that browsers ignore and warn of. The loader compares it.
fn without_useless_hash(document: &str, wasm: &str) -> String {
    let Some(at) = document.find(&format!("href=./{wasm} integrity=")) else { return document.to_owned() };
    let (before, rest) = document.split_at(at);
    let mut words = rest.splitn(3, ' ');
    let (href, _, after) = (words.next(), words.next(), words.next());
    format!("{before}{} {}", href.unwrap_or_default(), after.unwrap_or_default())
}

fn replaced(text: &str, old: &str, new: &str, file: &str) -> Result<String, Failure> {
    match text.matches(old).count() {
        1 => Ok(text.replacen(old, new, 1)),
        _ => Err(format!("{file} does not have `{old}` exactly once.")),
    }
}

fn read(file: &Path) -> Result<String, Failure> {
    fs::read_to_string(file).map_err(|error| format!("{} cannot be read: {error}.", file.display()))
}

fn write(file: &Path, text: &str) -> Result<(), Failure> {
    fs::write(file, text).map_err(|error| format!("{} cannot be written: {error}.", file.display()))
}

#[cfg(test)]
mod tests;
