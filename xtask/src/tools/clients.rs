//! The vendors' own clients, which the simulated clouds are asked with.

use super::{cache, debian, npm, require};
use crate::{Failure, process};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Packages of PyPI: the SDKs, and the parts of them that sign. The first version of each names the folder.
const PYTHON: [&str; 6] = [
    "huaweicloudsdkcss==3.1.219",
    "huaweicloudsdkcore==3.1.219",
    "alibabacloud_hologram20220601==1.11.1",
    "alibabacloud-tea-openapi==0.4.6",
    "darabonba-core==1.0.9",
    "ncloud-vserver==1.0.1",
];
/// What the scripts import; a Python that was replaced by a newer one no longer finds it.
const MODULES: &str = "huaweicloudsdkcss alibabacloud_hologram20220601 ncloud_vserver";
/// Alibaba's generic TypeScript client.
const OPENAPI_CORE: &str = "1.0.8";
/// The npm package with a signer for NAVER.
const NCLOUD_MCP_SERVER: &str = "1.16.0";

/// Where the clients are.
#[derive(Debug)]
pub struct Clients {
    /// A Python that has the vendors' packages.
    python: PathBuf,
    alibaba_js: PathBuf,
    naver_js: PathBuf,
}

impl Clients {
    /// Tells the tests where the clients are.
    pub fn name_to<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        let Clients { python, alibaba_js, naver_js } = self;
        command.env("CLIENTS_PYTHON", python);
        command.env("ALIBABA_CLIENT_JS", alibaba_js).env("NAVER_SIGNER_JS", naver_js)
    }

    pub fn folders(&self) -> [&Path; 3] {
        [&self.python, &self.alibaba_js, &self.naver_js]
    }
}

/// Installs the clients.
///
/// # Errors
/// When something cannot be installed here; the sentence says what to do.
pub fn install() -> Result<Clients, Failure> {
    require("node", "install Node.js 20 or newer from https://nodejs.org or your package manager")?;
    Ok(Clients {
        python: python()?,
        alibaba_js: npm::alibaba_client(OPENAPI_CORE)?,
        naver_js: npm::naver_signer(NCLOUD_MCP_SERVER)?,
    })
}

fn python() -> Result<PathBuf, Failure> {
    let versions: Vec<_> = PYTHON.iter().filter_map(|package| Some(package.split_once("==")?.1)).collect();
    let cache = cache()?;
    let folder = cache.join(format!("python-clients-{}", versions.join("-")));
    let python = folder.join("bin/python");
    if has_modules(&python) {
        return Ok(python);
    }
    if !makes_environments() {
        debian::install(&["python3", "python3-venv"], missing)?;
    }
    println!("Installing the vendors' Python clients (once; under a minute)…");
    let unfinished = npm::unfinished(&cache, "python-clients")?;
    let installed = process::run(process::in_root("python3").args(["-m", "venv"]).arg(&unfinished))
        .and_then(|()| {
            let mut pip = process::in_root(unfinished.join("bin/python"));
            pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]);
            process::run(pip.args(PYTHON))
        })
        .map_err(|failure| {
            format!(
                "{failure} Without a network to PyPI, copy {} from a machine that has it.",
                folder.display()
            )
        })
        .and_then(|()| npm::finish(&unfinished, &folder));
    if installed.is_err() {
        let _ = std::fs::remove_dir_all(&unfinished);
    }
    installed?;
    if has_modules(&python) {
        Ok(python)
    } else {
        Err(format!("The Python clients do not load: delete {} and run this again.", folder.display()))
    }
}

/// Whether the interpreter runs and finds the packages, without the second that importing them takes.
fn has_modules(python: &Path) -> bool {
    let script =
        format!("from importlib.util import find_spec; exit(not all(map(find_spec, '{MODULES}'.split())))");
    process::output(process::in_root(python).args(["-c", &script])).is_some()
}

fn makes_environments() -> bool {
    process::output(process::in_root("python3").args(["-c", "import venv, ensurepip"])).is_some()
}

fn missing() -> Failure {
    "The vendors' Python clients need Python 3 with its module venv: install the packages python3 and \
     python3-venv (`sudo apt-get install python3 python3-venv`), and run this again."
        .to_owned()
}
