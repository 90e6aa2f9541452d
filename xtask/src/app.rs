//! Building dist/ with Trunk.

pub mod seal;
mod style;

use crate::tools::Build;
use crate::{Failure, pack, process};
use serde_json::{Map, Value};
use std::path::{Path, PathBuf};
use std::process::Command;

/// What an operator decides about the built page; written into its config.json.
#[derive(Debug, Default)]
pub struct Settings {
    pub proxy: Option<String>,
    pub title: Option<String>,
}

/// Builds the release page into dist/ and returns that folder.
///
/// # Errors
/// When a build step fails, or when its result is not fit to be shipped.
pub fn build(tools: &Build, settings: &Settings) -> Result<PathBuf, Failure> {
    println!("Building the page into dist/ (the first time 2 to 6 minutes)…");
    let root = process::root();
    let dist = root.join("dist");
    trunk(tools, root, &dist)?;
    makes_no_markup(&dist)?;
    write_settings(&dist.join(seal::CONFIG), settings)?;
    seal::open(&dist)?;
    pack::folder(&dist)?;
    Ok(dist)
}

/// Runs Trunk for the crate in `folder` and checks what it left in `dist`.
///
/// # Errors
/// As [`build`].
pub fn trunk(tools: &Build, folder: &Path, dist: &Path) -> Result<(), Failure> {
    // Trunk gets no network, so that it can never replace a pinned tool by a download; the crates come first.
    let host = process::output(process::in_root("rustc").arg("-vV")).unwrap_or_default();
    let host = host.lines().find_map(|line| line.strip_prefix("host: ")).unwrap_or_default().to_owned();
    let targets = ["--target", "wasm32-unknown-unknown", "--target", &host];
    let mut fetch = process::cargo();
    fetch.current_dir(folder).args(["fetch", "--quiet"]).args(targets);
    process::run(&mut fetch)?;

    let mut trunk = Command::new(&tools.trunk);
    // It cannot minify what this wasm-bindgen writes, says so every time, and ships it as it is.
    trunk.args(["--log", "error,trunk=info,trunk::processing::minify=error"]);
    trunk.current_dir(folder).args(["build", "--release", "--dist"]).arg(dist);
    trunk.env("PATH", tools.path()).env("TRUNK_OFFLINE", "true");
    trunk.env("CARGO_TARGET_DIR", target()).env("CARGO_ENCODED_RUSTFLAGS", rust_flags());
    // Trunk takes NO_COLOR for a yes-or-no option of its own and refuses the customary value 1.
    trunk.env_remove("NO_COLOR");
    // A stack of Trunk's own functions says nothing about the page; cargo's errors come before it.
    trunk.env("RUST_BACKTRACE", "0");
    process::run(&mut trunk)?;
    check(dist)
}

/// The folder of cargo's products.
pub fn target() -> PathBuf {
    let chosen = std::env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
    process::root().join(chosen.unwrap_or_else(|| "target".into()))
}

/// Panic messages carry source paths. Without this they would ship the builder's home folder, and two
/// machines could not build the same bytes.
///
/// Erased components keep Leptos from building a type, and code, of its own for each place of each view.
pub fn rust_flags() -> String {
    let renamed =
        machine_paths().into_iter().map(|(path, name)| format!("--remap-path-prefix={path}={name}"));
    renamed.chain(["--cfg=erase_components".to_owned()]).collect::<Vec<_>>().join("\u{1f}")
}

fn machine_paths() -> Vec<(String, &'static str)> {
    let cargo = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let cargo = cargo.or_else(|| std::env::home_dir().map(|home| home.join(".cargo")));
    let rust = process::output(process::in_root("rustc").args(["--print", "sysroot"])).map(PathBuf::from);
    let named = [
        (Some(process::root().to_path_buf()), "/rollwatch"),
        (cargo, "/cargo"),
        (rust.map(|rust| rust.join("lib/rustlib/src/rust")), "/rust"),
    ];
    named.into_iter().filter_map(|(path, name)| Some((path?.to_str()?.to_owned(), name))).collect()
}

/// Refuses a module that carries a path of this machine.
///
/// # Errors
/// When one does, or the folder cannot be read.
pub fn check(dist: &Path) -> Result<(), Failure> {
    let unreadable = |error: std::io::Error| format!("{} cannot be read: {error}.", dist.display());
    for entry in std::fs::read_dir(dist).map_err(unreadable)? {
        let file = entry.map_err(unreadable)?.path();
        if file.extension().is_none_or(|extension| extension != "wasm") {
            continue;
        }
        let bytes = std::fs::read(&file).map_err(unreadable)?;
        for (path, name) in machine_paths() {
            if bytes.windows(path.len()).any(|window| window == path.as_bytes()) {
                let file = file.display();
                return Err(format!(
                    "{file} carries the path {path}, which should read {name}: a build script records it, so \
                     add its folder to machine_paths in xtask/src/app.rs."
                ));
            }
        }
    }
    Ok(())
}

/// Refuses a page that makes markup from strings, which its policy of Trusted Types does not let it. Leptos does
/// that for an element without anything computed in it: `<rect width=2 />` is made by calls, `<rect width="2" />`
/// from a string.
fn makes_no_markup(dist: &Path) -> Result<(), Failure> {
    for name in
        seal::files(dist)?.iter().filter(|name| name.starts_with("rollwatch-") && name.ends_with(".js"))
    {
        let text = std::fs::read_to_string(dist.join(name)).unwrap_or_default();
        // What comes out of a <template>, which is how that markup is made.
        if text.contains("__wbg_content_") {
            return Err(format!(
                "{name} makes markup from a string: some view has an element whose attributes and children are all literals. \
                 Find it with `RUSTC_BOOTSTRAP=1 cargo rustc -p rollwatch --lib --target wasm32-unknown-unknown \
                 -- -Zunpretty=expanded | grep InertElement`, and give it a constant or a number."
            ));
        }
    }
    Ok(())
}

/// Writes what the operator decided into the configuration.
pub fn write_settings(file: &Path, settings: &Settings) -> Result<(), Failure> {
    let Settings { proxy, title } = settings;
    let wanted = [("proxy", proxy), ("title", title)];
    if wanted.iter().all(|(_, value)| value.is_none()) {
        return Ok(());
    }
    let failed = |error: &dyn std::fmt::Display| format!("{} cannot be rewritten: {error}.", file.display());
    let text = std::fs::read_to_string(file).map_err(|error| failed(&error))?;
    let mut config: Map<String, Value> = serde_json::from_str(&text).map_err(|error| failed(&error))?;
    for (name, value) in wanted {
        if let Some(value) = value {
            config.insert(name.to_owned(), Value::from(value.as_str()));
        }
    }
    std::fs::write(file, format!("{:#}\n", Value::from(config))).map_err(|error| failed(&error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_settings_of_an_operator_replace_only_what_was_given() {
        let file = std::env::temp_dir().join(format!("rollwatch-config-{}.json", std::process::id()));
        std::fs::write(&file, r#"{"title":"Rollwatch","proxy":"./proxy","demo":null}"#).unwrap();
        let proxy = Some("https://proxy.example/a\"b".to_owned());
        write_settings(&file, &Settings { proxy: proxy.clone(), title: None }).unwrap();
        let config: Value = serde_json::from_str(&std::fs::read_to_string(&file).unwrap()).unwrap();
        std::fs::remove_file(&file).unwrap();
        assert_eq!(config, serde_json::json!({"title": "Rollwatch", "proxy": proxy, "demo": null}));
    }

    #[test]
    fn a_module_with_a_path_of_this_machine_is_refused() {
        let dist = std::env::temp_dir().join(format!("rollwatch-dist-{}", std::process::id()));
        std::fs::create_dir_all(&dist).unwrap();
        std::fs::write(dist.join("page.wasm"), "/cargo/registry/src/x.rs").unwrap();
        let clean = check(&dist);
        let path = process::root().join("src/main.rs");
        std::fs::write(dist.join("page.wasm"), format!("code{}code", path.display())).unwrap();
        let refused = check(&dist);
        std::fs::remove_dir_all(&dist).unwrap();
        assert_eq!(clean, Ok(()));
        assert!(refused.is_err_and(|failure| failure.contains("/rollwatch")));
    }
}
