//! `cargo xtask build --for HOST`: the built page made ready for one kind of host. The proxy's origin goes into the
//! configuration and into every content security policy together, and nothing else may be connected to.

mod address;
mod headers_file;
mod nginx;
mod s3;

use crate::app::{self, seal};
use crate::{Failure, pack};
use clap::ValueEnum;
use http::{HeaderName, HeaderValue, header};
use rollwatch_policy::{ALWAYS, STRICT_TRANSPORT, is_hashed, page_policy};
use std::path::{Path, PathBuf};
use std::{fmt, fs};

/// A kind of host.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Host {
    Cloudflare,
    Netlify,
    GithubPages,
    S3,
    Nginx,
}

impl fmt::Display for Host {
    /// The word for it on the command line.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.to_possible_value().map_or(Ok(()), |value| f.write_str(value.get_name()))
    }
}

/// What whoever hosts the page decides.
#[derive(Debug)]
pub struct Kit {
    pub host: Host,
    /// The proxy's address, as it was typed.
    pub proxy: String,
    pub title: Option<String>,
    /// The path of the page at its host, as it was typed.
    pub under: String,
}

/// The page of a host, written.
#[derive(Debug)]
struct Page {
    /// What the host serves, with the page's folder in it.
    root: PathBuf,
    /// The page's path at its host, with a slash at both ends.
    under: String,
    /// The names of its files relative to its folder, those that name others last.
    names: Vec<String>,
    /// The headers of every answer.
    headers: Vec<(HeaderName, HeaderValue)>,
}

/// Says before the minutes of a build what is wrong with a kit.
///
/// # Errors
/// When the proxy's address or the path is not fit.
pub fn check(kit: &Kit) -> Result<(), Failure> {
    address::proxy(&kit.proxy).and(address::under(&kit.under)).map(drop)
}

/// Takes the default build at `from` and writes what the host serves to `into`, in place of what was there, and what
/// it must not serve to the folder `hosting` beside it. Returns what is to be done with them.
///
/// # Errors
/// When the proxy's address or the path is not fit, before anything is written; when a file cannot be read or
/// written.
pub fn write(from: &Path, into: &Path, kit: &Kit) -> Result<String, Failure> {
    let proxy = address::proxy(&kit.proxy)?;
    let under = address::under(&kit.under)?;
    let unfinished = into.with_extension("unfinished");
    clear(&unfinished)?;
    let folder = unfinished.join(under.trim_matches('/'));
    copy(from, &folder, kit.host == Host::Nginx)?;
    let settings = app::Settings { proxy: Some(proxy.address.clone()), title: kit.title.clone() };
    app::write_settings(&folder.join(seal::CONFIG), &settings)?;
    seal::closed(&folder, proxy.origin.as_deref())?;
    let mut names = seal::files(&folder)?;
    names.sort_by_key(|name| name == seal::DOCUMENT);
    let page = Page { root: unfinished, under, names, headers: headers(proxy.origin.as_deref())? };

    let hosting = into.with_file_name("hosting");
    clear_files(&hosting)?;
    let told = match kit.host {
        Host::Cloudflare => headers_file::cloudflare(&page)?,
        Host::Netlify => headers_file::netlify(&page)?,
        Host::GithubPages => github_pages(&page)?,
        Host::S3 => s3::write(&page, &hosting)?,
        Host::Nginx => {
            pack::rest(&folder)?;
            nginx::write(&page, &hosting)?
        }
    };
    clear(into)?;
    fs::remove_dir(into)
        .and_then(|()| fs::rename(&page.root, into))
        .map_err(|error| format!("{} cannot be written: {error}.", into.display()))?;
    let needs = match &proxy.origin {
        Some(origin) => {
            format!("The page connects to its own host and to {origin}, and to nothing else. Let")
        }
        None => {
            "The page connects to its own host and to nothing else: it must pass that path on to a proxy. Let"
                .to_owned()
        }
    };
    Ok(format!(
        "{told}\n\n{needs}\nthe proxy know the page's origin (--allow-origin). The configuration is sealed with the \
         page: build anew to change it."
    ))
}

/// The headers of every answer, and what the proxy's origin makes of them.
fn headers(proxy: Option<&str>) -> Result<Vec<(HeaderName, HeaderValue)>, Failure> {
    let policy = page_policy(&proxy.map(str::to_owned).into_iter().collect::<Vec<_>>());
    let policy =
        HeaderValue::try_from(policy).map_err(|error| format!("The policy is no header: {error}."))?;
    let first = [(header::CONTENT_SECURITY_POLICY, policy), STRICT_TRANSPORT];
    Ok(first.into_iter().chain(ALWAYS).collect())
}

fn github_pages(page: &Page) -> Result<String, Failure> {
    // Without it, GitHub builds the page with Jekyll, which leaves out files.
    put(&page.root.join(".nojekyll"), "")?;
    Ok("dist/ is ready for GitHub Pages: publish its content, with .nojekyll, as a branch or as an artifact.\n\n\
        GitHub Pages sends no headers of yours. The document's own policy still limits scripts and connections, and\n\
        the loader checks every file. What that host cannot do: keep the page out of other sites' frames (the page\n\
        says so there and does not start), isolate its window from those that open it, and choose how long files are\n\
        kept: each one for ten minutes, so a new version may take that long. HTTPS is enforced, and HSTS sent, by\n\
        GitHub on github.io; for a domain of your own switch “Enforce HTTPS” on. All pages of one account share an\n\
        origin, and with it this page's storage: give Rollwatch a domain of its own."
        .to_owned())
}

impl Page {
    /// The path of a file at the host.
    fn path(&self, name: &str) -> String {
        format!("{}{name}", self.under)
    }

    fn headers(&self) -> impl Iterator<Item = (String, &str)> {
        self.headers
            .iter()
            .map(|(name, value)| (title_case(name.as_str()), value.to_str().unwrap_or_default()))
    }
}

/// `content-type` as the files of hosts have it: `Content-Type`.
fn title_case(name: &str) -> String {
    let word = |word: &str| {
        let mut letters = word.chars();
        letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect::<String>()
    };
    name.split('-').map(word).collect::<Vec<_>>().join("-")
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("json") => "application/json",
        Some("svg") => "image/svg+xml",
        _ => "application/octet-stream",
    }
}

/// Copies a page; its compressed files only where they are served, and not those of files that will be rewritten.
fn copy(from: &Path, to: &Path, with_packed: bool) -> Result<(), Failure> {
    let failed = |error: std::io::Error| format!("{} cannot be copied: {error}.", from.display());
    for name in seal::files(from)? {
        let target = to.join(&name);
        fs::create_dir_all(target.parent().unwrap_or(to)).map_err(failed)?;
        fs::copy(from.join(&name), &target).map_err(failed)?;
        for ending in ["br", "gz"] {
            let packed = format!("{name}.{ending}");
            if with_packed && is_hashed(&name) && !seal::is_boot(&name) && from.join(&packed).is_file() {
                fs::copy(from.join(&packed), to.join(&packed)).map_err(failed)?;
            }
        }
    }
    Ok(())
}

/// Makes a folder empty, and makes it where there is none.
fn clear(folder: &Path) -> Result<(), Failure> {
    let failed = |error: std::io::Error| format!("{} cannot be written: {error}.", folder.display());
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(failed)?;
    }
    fs::create_dir_all(folder).map_err(failed)
}

/// Removes the files of an earlier kit; the folders beside them are the proxies'.
fn clear_files(folder: &Path) -> Result<(), Failure> {
    let failed = |error: std::io::Error| format!("{} cannot be written: {error}.", folder.display());
    fs::create_dir_all(folder).map_err(failed)?;
    for entry in fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.is_file() {
            fs::remove_file(path).map_err(failed)?;
        }
    }
    Ok(())
}

fn put(file: &Path, text: &str) -> Result<(), Failure> {
    fs::write(file, text).map_err(|error| format!("{} cannot be written: {error}.", file.display()))
}

#[cfg(test)]
mod tests;
