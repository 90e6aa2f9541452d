//! Who serves the page. For each kind of host that `cargo xtask build --for` knows, the page is written by that
//! command and served as that host would: by nginx itself, and by a small server that honours the files which the
//! others read.

mod headers_file;
mod nginx;
mod s3;
mod shelf;

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::folder::{Folder, copy};
pub use nginx::Nginx;
pub use shelf::{Kept, Shelf};

/// Who serves the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Host {
    /// The proxy.
    Proxy,
    /// A plain server of files, below a folder, on another origin than the proxy.
    Files,
    /// The same over TLS, under a public name that the browser finds on this machine.
    Secure,
    /// A host of this kind, with the page below this path.
    Kit(Kind, &'static str),
}

/// A kind of host.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Cloudflare,
    Netlify,
    GithubPages,
    S3,
    Nginx,
}

/// Below this folder a plain host has the page.
pub const FOLDER: &str = "/tools/rollwatch/";

impl Host {
    /// The proxy, or the host that `ROLLWATCH_HOST` and `ROLLWATCH_UNDER` name, for tests that do not choose one.
    pub fn chosen() -> Self {
        let named = env::var("ROLLWATCH_HOST").unwrap_or_default();
        let kind = Kind::ALL.into_iter().find(|kind| kind.name() == named);
        assert!(kind.is_some() || named.is_empty(), "ROLLWATCH_HOST is {named}: no such host");
        let under = env::var("ROLLWATCH_UNDER").unwrap_or_else(|_| "/".to_owned());
        kind.map_or(Host::Proxy, |kind| Host::Kit(kind, Box::leak(under.into_boxed_str())))
    }

    /// The path of the page, with a slash at both ends.
    pub fn under(self) -> &'static str {
        match self {
            Host::Proxy => "/",
            Host::Files | Host::Secure => FOLDER,
            Host::Kit(_, under) => under,
        }
    }
}

impl Kind {
    pub const ALL: [Kind; 5] = [Kind::Cloudflare, Kind::Netlify, Kind::GithubPages, Kind::S3, Kind::Nginx];

    /// The word for it on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Cloudflare => "cloudflare",
            Kind::Netlify => "netlify",
            Kind::GithubPages => "github-pages",
            Kind::S3 => "s3",
            Kind::Nginx => "nginx",
        }
    }

    /// Whether it sends the headers that the page wishes for.
    pub fn sends_headers(self) -> bool {
        self != Kind::GithubPages
    }
}

/// A page written for a host, in `dist` and `hosting` below a folder of its own.
pub struct Written {
    folder: Folder,
    built: PathBuf,
}

impl Written {
    /// Has `cargo xtask build --for` write the built page with this configuration.
    pub fn new(kind: Kind, under: &str, proxy: &str, config: &str) -> Self {
        let folder = Folder::new("kit");
        let from = folder.path().join("built");
        copy(&dist(), &from);
        fs::write(from.join("config.json"), config).expect("the folder can be written");
        let mut command = Command::new(xtask());
        command
            .args(["build", "--for", kind.name(), "--under", under, "--proxy", proxy, "--from"])
            .arg(&from);
        let done = command.arg("--into").arg(folder.path().join("dist")).stdin(Stdio::null()).output();
        let done = done.expect("xtask starts");
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        Written { folder, built: dist() }
    }

    pub fn root(&self) -> PathBuf {
        self.folder.path().join("dist")
    }

    pub fn hosting(&self) -> PathBuf {
        self.folder.path().join("hosting")
    }

    /// What a host of this kind would answer with. nginx is asked itself.
    pub fn shelf(&self, kind: Kind) -> Shelf {
        match kind {
            Kind::Cloudflare => headers_file::shelf(&self.root(), &self.built, &headers_file::CLOUDFLARE),
            Kind::Netlify => headers_file::shelf(&self.root(), &self.built, &headers_file::NETLIFY),
            Kind::GithubPages => headers_file::shelf(&self.root(), &self.built, &headers_file::GITHUB_PAGES),
            Kind::S3 => s3::shelf(&self.hosting(), &self.built),
            Kind::Nginx => Shelf::of(&self.root(), &self.root()),
        }
    }
}

/// The folder of the built page.
pub fn dist() -> PathBuf {
    let chosen = env::var_os("ROLLWATCH_DIST").filter(|value| !value.is_empty()).map(PathBuf::from);
    let dist = chosen.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../dist"));
    assert!(dist.join("index.html").is_file(), "build the page first: cargo xtask build");
    dist
}

/// The program behind `cargo xtask`, which lies beside this one's folder when it has built the page.
fn xtask() -> PathBuf {
    let this = env::current_exe().expect("this program has a path");
    let beside = this.parent().and_then(Path::parent).expect("target/debug/deps");
    let xtask = beside.join(format!("xtask{}", env::consts::EXE_SUFFIX));
    assert!(xtask.is_file(), "build the page first: cargo xtask build");
    xtask
}
