//! The browsers, their drivers and what the browser tests load into the page.

use super::{crates, debian, npm};
use crate::{Failure, process};
use std::path::PathBuf;

/// Names of Debian.
const CHROMIUM: [&str; 2] = ["chromium", "chromium-driver"];
const FIREFOX: &str = "firefox-esr";
/// Without it, text in Korean, Japanese and Chinese is drawn as boxes.
const FONTS: &str = "fonts-noto-cjk";

/// The versions that cargo and npm install; those of Debian's packages are Debian's.
#[derive(Debug, Clone, Copy)]
pub struct Versions {
    pub geckodriver: &'static str,
    pub axe_core: &'static str,
}

/// Where the browsers' parts are.
#[derive(Debug, Default)]
pub struct Browsers {
    pub chromium: PathBuf,
    pub chromedriver: PathBuf,
    pub firefox: PathBuf,
    pub geckodriver: PathBuf,
    pub axe_core: PathBuf,
}

/// Finds Chromium, Firefox and their drivers, or installs them with apt-get and, the driver of Firefox, with
/// cargo: Debian has no package of it.
pub fn install(versions: Versions) -> Result<Browsers, Failure> {
    let mut missing: Vec<&str> = Vec::new();
    if chromium().is_none() || chromedriver().is_none() {
        missing.extend(CHROMIUM);
    }
    if firefox().is_none() {
        missing.push(FIREFOX);
    }
    let lacks_font = !has_korean_font();
    if !missing.is_empty() {
        missing.extend(lacks_font.then_some(FONTS));
        debian::install(&missing, not_here)?;
    } else if lacks_font && debian::install(&[FONTS], not_here).is_err() {
        println!("There is no Korean font here: in screenshots its letters will be boxes.");
    }
    Ok(Browsers {
        chromium: chromium().ok_or_else(not_here)?,
        chromedriver: chromedriver().ok_or_else(not_here)?,
        firefox: firefox().ok_or_else(not_here)?,
        geckodriver: chosen("GECKODRIVER").map_or_else(|| crates::geckodriver(versions.geckodriver), Ok)?,
        axe_core: npm::axe_core(versions.axe_core)?,
    })
}

fn chromium() -> Option<PathBuf> {
    let named = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
    chosen("CHROMIUM").or_else(|| named.into_iter().find_map(process::find))
}

fn chromedriver() -> Option<PathBuf> {
    chosen("CHROMEDRIVER").or_else(|| process::find("chromedriver"))
}

fn firefox() -> Option<PathBuf> {
    chosen("FIREFOX").or_else(|| ["firefox-esr", "firefox"].into_iter().find_map(process::find))
}

/// A person's own choice of a program, by the variable that the tests read as well.
fn chosen(variable: &str) -> Option<PathBuf> {
    std::env::var_os(variable).map(PathBuf::from).filter(|path| path.is_file())
}

fn has_korean_font() -> bool {
    process::output(process::in_root("fc-list").arg(":lang=ko")).is_some_and(|fonts| !fonts.is_empty())
}

fn not_here() -> Failure {
    let packages = [&CHROMIUM[..], &[FIREFOX, FONTS]].concat();
    format!(
        "The browser tests need Chromium and Firefox: install the packages {} (`sudo apt-get install {}`), or \
         leave these tests out with `cargo xtask test --no-browser`.",
        packages.join(", "),
        packages.join(" ")
    )
}
