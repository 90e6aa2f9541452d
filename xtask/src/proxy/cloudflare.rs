//! The worker for Cloudflare: the policy as WebAssembly, the script that moves the bytes, and what `wrangler`
//! needs to deploy them.

use super::Settings;
use crate::{Failure, app, process, tools};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// Whose behaviour of the runtime the worker is tested with. A worker keeps it when the runtime goes on.
const COMPATIBILITY_DATE: &str = "2026-11-01";
/// Without it, nothing tells a worker that nobody waits for the answer any more.
const COMPATIBILITY_FLAGS: [&str; 1] = ["enable_request_signal"];

/// Our scripts, which are shipped as they are.
const SCRIPTS: [&str; 2] = ["worker.js", "reading.js"];

/// Judges a question about health under the settings, as the worker would; what is wrong with them is printed.
const TRY: &str = r#"
import { readFileSync } from "node:fs";
const [folder, settings] = process.argv.slice(1);
const { Edge, initSync } = await import(`${folder}/policy.js`);
initSync({ module: readFileSync(`${folder}/policy_bg.wasm`) });
const { answer } = JSON.parse(new Edge(settings).judge("GET", "/healthz", "[]", Date.now()));
if (answer.status !== 200) console.log(JSON.parse(answer.body).message);
"#;

/// Builds the worker into `hosting/cloudflare-proxy` and returns that folder.
///
/// # Errors
/// When a build step fails, or when the worker would refuse its settings.
pub fn write(settings: &Settings) -> Result<PathBuf, Failure> {
    let bindings = bindings(settings)?;
    let tools = tools::for_worker()?;
    println!("Building the worker (the first time about a minute)…");
    let folder = process::root().join("hosting/cloudflare-proxy");
    let failed = |error: std::io::Error| format!("{} cannot be written: {error}.", folder.display());
    // What was built before must not be taken for the new one when a step fails; often there is nothing.
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).map_err(failed)?;

    let mut cargo = process::cargo();
    cargo.args(["build", "--release", "-p", "rollwatch-edge", "--target", "wasm32-unknown-unknown"]);
    process::run(cargo.env("CARGO_ENCODED_RUSTFLAGS", app::rust_flags()))?;
    let mut bindgen = process::in_root(&tools.wasm_bindgen);
    bindgen.args([
        "--target",
        "web",
        "--no-typescript",
        "--omit-default-module-path",
        "--out-name",
        "policy",
    ]);
    // The script begins anew with it after a panic.
    bindgen.args(["--experimental-reset-state-function", "--out-dir"]).arg(&folder);
    process::run(bindgen.arg(app::target().join("wasm32-unknown-unknown/release/rollwatch_edge.wasm")))?;
    let module = folder.join("policy_bg.wasm");
    let mut wasm_opt = process::in_root(&tools.wasm_opt);
    process::run(wasm_opt.arg("-Oz").arg(&module).arg("-o").arg(&module))?;
    app::check(&folder)?;
    for script in SCRIPTS {
        std::fs::copy(process::root().join("crates/edge").join(script), folder.join(script))
            .map_err(failed)?;
    }
    fits(&folder, &bindings)?;
    let assets = settings.app.as_deref().map(assets).transpose()?.unwrap_or_default();
    let text = configuration(&bindings, &assets);
    std::fs::write(folder.join("wrangler.toml"), text).map_err(failed)?;
    Ok(folder)
}

/// The settings as the worker finds them in its environment.
fn bindings(settings: &Settings) -> Result<Value, Failure> {
    let mut bindings = json!({ "ALLOW_ORIGIN": settings.allow_origin, "HOSTS": settings.host });
    if let Some(file) = &settings.regions {
        // A page's config.json has other fields, which are not the worker's.
        let regions = json!({ "regions": super::regions(file)? });
        if let Some(bindings) = bindings.as_object_mut() {
            bindings.insert("REGIONS".to_owned(), regions.to_string().into());
        }
    }
    Ok(bindings)
}

/// Refuses settings that the worker would refuse. It is asked itself, so that there is one reader of them.
fn fits(folder: &Path, bindings: &Value) -> Result<(), Failure> {
    let mut node = process::in_root("node");
    node.args(["--input-type=module", "--eval", TRY, "--"]).arg(folder).arg(bindings.to_string());
    let said = process::output(&mut node).ok_or_else(|| {
        "The worker's policy does not run in Node.js: is it version 20 or newer?".to_owned()
    })?;
    if said.is_empty() {
        return Ok(());
    }
    Err(said
        .replace("HOSTS", "--host")
        .replace("ALLOW_ORIGIN", "--allow-origin")
        .replace("REGIONS", "--regions"))
}

/// The part of the configuration that has the page served, in front of which the worker stands.
fn assets(page: &Path) -> Result<String, Failure> {
    let page = std::path::absolute(page).unwrap_or_else(|_| page.to_path_buf());
    if !page.join("index.html").is_file() {
        return Err(format!(
            "There is no index.html in {}: build the page with `cargo xtask build`, or name its folder with --app.",
            page.display()
        ));
    }
    let directory = json!(page.to_string_lossy());
    Ok(format!("\n[assets]\ndirectory = {directory}\nbinding = \"ASSETS\"\nrun_worker_first = true\n"))
}

/// JSON writes texts and lists as TOML does.
fn configuration(bindings: &Value, assets: &str) -> String {
    let vars: String = bindings
        .as_object()
        .map(|bindings| bindings.iter().map(|(name, value)| format!("{name} = {value}\n")).collect())
        .unwrap_or_default();
    let flags = json!(COMPATIBILITY_FLAGS);
    format!(
        "# Written by `cargo xtask proxy --for cloudflare`. Deploy it with `npx wrangler deploy` in this folder.\n\
         name = \"rollwatch-proxy\"\n\
         main = \"worker.js\"\n\
         compatibility_date = \"{COMPATIBILITY_DATE}\"\n\
         compatibility_flags = {flags}\n\
         {assets}\n\
         [vars]\n{vars}\n\
         # Cloudflare would keep addresses and ids of clusters, which stand in the addresses of requests.\n\
         [observability]\nenabled = false\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_configuration_carries_the_settings_and_keeps_no_requests() {
        let settings = Settings {
            allow_origin: vec!["https://watch.example".to_owned()],
            host: vec!["proxy.example".to_owned()],
            ..Settings::default()
        };
        let text = configuration(&bindings(&settings).unwrap(), "");
        assert!(
            text.contains(
                "\n[vars]\nALLOW_ORIGIN = [\"https://watch.example\"]\nHOSTS = [\"proxy.example\"]\n"
            )
        );
        assert!(text.contains("\n[observability]\nenabled = false\n"));
        assert!(!text.contains("[assets]"));
    }

    #[test]
    fn a_page_that_is_not_there_is_refused_before_it_is_deployed() {
        assert!(assets(Path::new("no-such-folder")).is_err_and(|failure| failure.contains("--app")));
    }
}
