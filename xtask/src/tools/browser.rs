//! The browser, its driver and what the browser tests load into the page.

use super::{debian, npm};
use crate::{Failure, process};
use std::path::PathBuf;

/// Names of Debian. Without the fonts, text in Korean, Japanese and Chinese is drawn as boxes.
const PACKAGES: [&str; 3] = ["chromium", "chromium-driver", "fonts-noto-cjk"];

/// Where the browser's parts are.
#[derive(Debug, Default)]
pub struct Browser {
    pub chromium: PathBuf,
    pub chromedriver: PathBuf,
    pub axe_core: PathBuf,
}

/// Finds Chromium and its driver, or installs them with apt-get.
pub fn install(axe_core: &str) -> Result<Browser, Failure> {
    if chromium().is_none() || chromedriver().is_none() {
        debian::install(&PACKAGES, missing)?;
    } else if !has_korean_font() && debian::install(&["fonts-noto-cjk"], missing).is_err() {
        println!("There is no Korean font here: in screenshots its letters will be boxes.");
    }
    let chromium = chromium().ok_or_else(missing)?;
    let chromedriver = chromedriver().ok_or_else(missing)?;
    Ok(Browser { chromium, chromedriver, axe_core: npm::axe_core(axe_core)? })
}

fn chromium() -> Option<PathBuf> {
    let named = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
    chosen("CHROMIUM").or_else(|| named.into_iter().find_map(process::find))
}

fn chromedriver() -> Option<PathBuf> {
    chosen("CHROMEDRIVER").or_else(|| process::find("chromedriver"))
}

/// A person's own choice of a program, by the variable that the tests read as well.
fn chosen(variable: &str) -> Option<PathBuf> {
    std::env::var_os(variable).map(PathBuf::from).filter(|path| path.is_file())
}

fn has_korean_font() -> bool {
    process::output(process::in_root("fc-list").arg(":lang=ko")).is_some_and(|fonts| !fonts.is_empty())
}

fn missing() -> Failure {
    format!(
        "The browser tests need Chromium: install the packages {} (`sudo apt-get install {}`), or leave \
         these tests out with `cargo xtask test --no-browser`.",
        PACKAGES.join(", "),
        PACKAGES.join(" ")
    )
}
