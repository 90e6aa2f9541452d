//! What an operator decides, as it stands in the worker's environment.

use rollwatch_core::json::Json;
use rollwatch_core::provider::Catalogue;
use rollwatch_policy::{REQUEST_BYTES, Rules, host, origin};
use serde_json::Value;

/// The rules that the bindings ask for, or one sentence for each that does not fit.
///
/// A list may be a JSON list or a text with spaces or commas between its entries. `REGIONS` is what the program
/// reads from the file of `--regions`, as an object or as its text.
pub(crate) fn read(bindings: &str) -> Result<Rules, String> {
    let bindings: Value =
        serde_json::from_str(bindings).map_err(|error| format!("The settings are no JSON ({error})."))?;
    let (allowed_origins, odd_origins) = list(&bindings, "ALLOW_ORIGIN", origin);
    let (allowed_hosts, odd_hosts) = list(&bindings, "HOSTS", host);
    let (catalogue, odd_regions) = regions(&bindings);
    let mut wrong = [odd_origins, odd_hosts, odd_regions].concat();
    if allowed_hosts.is_empty() && wrong.is_empty() {
        wrong.push(
            "HOSTS is empty: set it to the names under which the worker is reached, such as proxy.example."
                .to_owned(),
        );
    }
    if !wrong.is_empty() {
        return Err(wrong.join(" "));
    }
    Ok(Rules {
        catalogue,
        allowed_origins,
        allowed_hosts,
        connect_src: Vec::new(),
        request_bytes: REQUEST_BYTES,
    })
}

/// The only name that a worker without rules answers to.
pub(crate) const NOBODY: &str = "worker.invalid";

/// The rules of a worker whose settings do not fit: it serves no page.
pub(crate) fn none() -> Rules {
    Rules {
        catalogue: Catalogue::built_in(),
        allowed_origins: Vec::new(),
        allowed_hosts: vec![NOBODY.to_owned()],
        connect_src: Vec::new(),
        request_bytes: REQUEST_BYTES,
    }
}

/// The entries of a list, and a sentence for each that does not fit.
fn list(
    bindings: &Value,
    name: &str,
    fits: fn(&str) -> Result<String, String>,
) -> (Vec<String>, Vec<String>) {
    let entries: Vec<String> = match bindings.get(name) {
        None | Some(Value::Null) => Vec::new(),
        Some(Value::String(text)) => text
            .split([',', ' ', '\t', '\n', '\r'])
            .filter(|entry| !entry.is_empty())
            .map(str::to_owned)
            .collect(),
        Some(Value::Array(entries)) => {
            // An entry that is no text is shown as it stands, and does not fit.
            entries
                .iter()
                .map(|entry| entry.as_str().map_or_else(|| entry.to_string(), str::to_owned))
                .collect()
        }
        Some(other) => vec![other.to_string()],
    };
    let (mut good, mut odd) = (Vec::new(), Vec::new());
    for entry in entries {
        match fits(&entry) {
            Ok(entry) => good.push(entry),
            Err(advice) => odd.push(format!("{name} has the entry {entry:?}: {advice}.")),
        }
    }
    (good, odd)
}

/// The catalogue with the operator's regions, and what is wrong with those.
fn regions(bindings: &Value) -> (Catalogue, Vec<String>) {
    let mut catalogue = Catalogue::built_in();
    let text = match bindings.get("REGIONS") {
        None | Some(Value::Null) => return (catalogue, Vec::new()),
        Some(Value::String(text)) if text.trim().is_empty() => return (catalogue, Vec::new()),
        Some(Value::String(text)) => text.clone(),
        Some(document) => document.to_string(),
    };
    let document = Json::read(&text);
    let Some(regions) = document.as_ref().and_then(|document| document.get("regions")) else {
        return (catalogue, vec!["REGIONS is not what it should be: write {\"regions\": […]}.".to_owned()]);
    };
    let problems = catalogue.add_regions(regions);
    (catalogue, problems.iter().map(|problem| format!("REGIONS: {problem}")).collect())
}
