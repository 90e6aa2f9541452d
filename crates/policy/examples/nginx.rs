//! Prints the proxy as a configuration of nginx. `cargo xtask proxy --for nginx` runs it, with what the operator
//! wishes as one JSON object: lists `allow_origin` and `host`, `regions` as in the page's `config.json`, texts
//! `listen`, `resolver`, `authorities`, `access_log`, `certificate` and `key`, `ipv6`, and numbers
//! `client_at_once`, `client_per_minute`, `host_at_once` and `host_per_minute`.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program speaks through its streams")]

use std::process::ExitCode;

use rollwatch_core::json::Json;
use rollwatch_core::provider::Catalogue;
use rollwatch_policy::nginx::{Certificate, Nginx, Times, Upstream, configuration};
use rollwatch_policy::{Budget, REQUEST_BYTES, Rules, host, origin};
use serde_json::Value;

fn main() -> ExitCode {
    match written(&std::env::args().nth(1).unwrap_or_default()) {
        Ok(text) => {
            print!("{text}");
            ExitCode::SUCCESS
        }
        Err(sentences) => {
            eprintln!("{sentences}");
            ExitCode::FAILURE
        }
    }
}

fn written(wishes: &str) -> Result<String, String> {
    let wishes: Value =
        serde_json::from_str(wishes).map_err(|error| format!("The wishes are no JSON: {error}."))?;
    let rules = Rules {
        catalogue: catalogue(&wishes)?,
        allowed_origins: list(&wishes, "allow_origin", origin)?,
        allowed_hosts: list(&wishes, "host", host)?,
        connect_src: Vec::new(),
        request_bytes: REQUEST_BYTES,
    };
    if rules.allowed_hosts.is_empty() {
        return Err(
            "Name the host under which the proxy is reached with --host, such as proxy.example.".to_owned()
        );
    }
    let text = |name: &str| wishes.get(name).and_then(Value::as_str).map(str::to_owned);
    let listen = text("listen").unwrap_or_else(|| "127.0.0.1:8787".to_owned());
    let certificate = match (text("certificate"), text("key")) {
        (Some(chain), Some(key)) => Some(Certificate { chain, key }),
        (None, None) => None,
        _ => return Err("Give --certificate and --key, or neither.".to_owned()),
    };
    let nginx = Nginx {
        listen: listen
            .parse()
            .map_err(|_| format!("--listen {listen}: write an address with a port, such as 127.0.0.1:8787."))?,
        certificate,
        upstream: Upstream::Vendors {
            resolver: text("resolver").ok_or(
                "Name a DNS server with --resolver, such as 127.0.0.53; /etc/resolv.conf on that machine has it.",
            )?,
            ipv6: wishes.get("ipv6").and_then(Value::as_bool).unwrap_or(false),
            authorities: text("authorities").unwrap_or_else(|| "/etc/ssl/certs/ca-certificates.crt".to_owned()),
        },
        access_log: text("access_log").unwrap_or_else(|| "/var/log/nginx/rollwatch-proxy.log".to_owned()),
        client: budget(&wishes, "client", Budget::CLIENT),
        host: budget(&wishes, "host", Budget::HOST),
        times: Times::default(),
    };
    configuration(&rules, &nginx)
}

fn list(wishes: &Value, name: &str, fits: fn(&str) -> Result<String, String>) -> Result<Vec<String>, String> {
    let entries = wishes.get(name).and_then(Value::as_array).into_iter().flatten();
    let option = name.replace('_', "-");
    let read = |entry: &Value| {
        let entry = entry.as_str().unwrap_or_default();
        fits(entry).map_err(|advice| format!("--{option} {entry}: {advice}."))
    };
    entries.map(read).collect()
}

fn catalogue(wishes: &Value) -> Result<Catalogue, String> {
    let mut catalogue = Catalogue::built_in();
    let Some(regions) = wishes.get("regions").filter(|regions| !regions.is_null()) else {
        return Ok(catalogue);
    };
    let list = Json::read(&regions.to_string()).ok_or("The file of --regions is not JSON.")?;
    let problems = catalogue.add_regions(&list);
    if problems.is_empty() { Ok(catalogue) } else { Err(problems.join("\n")) }
}

fn budget(wishes: &Value, whose: &str, usual: Budget) -> Budget {
    let number = |name: &str, usual: u32| {
        let number = wishes.get(format!("{whose}_{name}")).and_then(Value::as_u64);
        number.and_then(|number| u32::try_from(number).ok()).unwrap_or(usual)
    };
    Budget { at_once: number("at_once", usual.at_once), per_minute: number("per_minute", usual.per_minute) }
}
