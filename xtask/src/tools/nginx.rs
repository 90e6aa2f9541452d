//! nginx as Debian builds it, for the tests of what this repository writes for it.

use super::{cache, debian, npm};
use crate::{Failure, process};
use std::path::{Path, PathBuf};
use std::process::Command;

const PACKAGES: [&str; 2] = ["nginx", "libnginx-mod-http-brotli-static"];

/// Where nginx is.
#[derive(Debug, Default)]
pub struct Nginx {
    pub program: PathBuf,
    /// The module that serves files which lie there compressed with brotli; absent beside an nginx that is not
    /// Debian's. A configuration names it with `load_module`.
    pub brotli: Option<PathBuf>,
}

impl Nginx {
    /// Tells the tests where nginx and its module are.
    pub fn name_to<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        let brotli = self.brotli.clone().unwrap_or_default();
        command.env("ROLLWATCH_NGINX", &self.program).env("ROLLWATCH_NGINX_BROTLI", brotli)
    }
}

/// Finds nginx, or unpacks Debian's into the cache.
///
/// It is unpacked and not installed: an installed one starts at once on port 80, and again after every start of
/// the machine. Its libraries are those that Python needs as well, so the vendors' clients come before it.
///
/// # Errors
/// When there is none here and none can be had; the sentence says what to do.
pub fn install() -> Result<Nginx, Failure> {
    if let Some(program) = std::env::var_os("ROLLWATCH_NGINX").map(PathBuf::from).filter(|path| runs(path)) {
        return Ok(Nginx { program, brotli: None });
    }
    let cache = cache()?;
    let folder = cache.join("nginx-debian");
    if let Some(nginx) = within(&folder) {
        return Ok(nginx);
    }
    let unfinished = npm::unfinished(&cache, "nginx")?;
    let unpacked = debian::unpack(&PACKAGES, &unfinished, not_here)
        .and_then(|()| within(&unfinished).map(|_| ()).ok_or_else(not_here))
        .and_then(|()| npm::finish(&unfinished, &folder));
    if let Err(failure) = unpacked {
        let _ = std::fs::remove_dir_all(&unfinished);
        let program = process::find("nginx").filter(|path| runs(path));
        return program.map(|program| Nginx { program, brotli: None }).ok_or(failure);
    }
    within(&folder).ok_or_else(not_here)
}

fn within(folder: &Path) -> Option<Nginx> {
    let program = folder.join("usr/sbin/nginx");
    let brotli = folder.join("usr/lib/nginx/modules/ngx_http_brotli_static_module.so");
    (brotli.is_file() && runs(&program)).then_some(Nginx { program, brotli: Some(brotli) })
}

fn runs(program: &Path) -> bool {
    process::output(process::in_root(program).arg("-v")).is_some()
}

fn not_here() -> Failure {
    "The tests of the proxy and the page behind nginx need it: name one with ROLLWATCH_NGINX, or put one on PATH."
        .to_owned()
}
