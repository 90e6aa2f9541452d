//! The proxy as a configuration of nginx. The policy writes it, in a program of its own: this one is there before
//! anything of the product is compiled.

use super::Settings;
use crate::{Failure, process};
use serde_json::{Map, Value, json};
use std::net::SocketAddr;
use std::path::PathBuf;

/// What is particular to nginx.
#[derive(Debug, Default, clap::Args)]
#[command(next_help_heading = "Options for nginx")]
pub struct Options {
    /// Address and port to listen on [default: 127.0.0.1:8787].
    #[arg(long, value_name = "ADDRESS:PORT")]
    listen: Option<SocketAddr>,
    /// DNS servers that nginx asks for the clouds' addresses, separated by spaces; it has to be told.
    #[arg(long, value_name = "ADDRESS")]
    resolver: Option<String>,
    /// Whether the clouds are reached over IPv6 too. nginx tries one address of a name, so it must work.
    #[arg(long)]
    ipv6: bool,
    /// File of the authorities whose certificates are trusted [default: /etc/ssl/certs/ca-certificates.crt].
    #[arg(long, value_name = "FILE")]
    authorities: Option<String>,
    /// File of the proxy's certificate, with those between it and a known authority; without it nginx speaks
    /// plain HTTP.
    #[arg(long, value_name = "FILE", requires = "key")]
    certificate: Option<String>,
    /// File of the certificate's key.
    #[arg(long, value_name = "FILE", requires = "certificate")]
    key: Option<String>,
    /// File of the line about each request [default: /var/log/nginx/rollwatch-proxy.log].
    #[arg(long, value_name = "FILE")]
    access_log: Option<String>,
    /// Calls that one client, an address or an IPv6 network of 64 bits, may have on their way at once; one host of a
    /// cloud gets half of them at most.
    #[arg(long, value_name = "N")]
    client_at_once: Option<u32>,
    /// Calls that one client may begin in a minute.
    #[arg(long, value_name = "N")]
    client_per_minute: Option<u32>,
    /// Calls that all clients may have on their way to one host of a cloud at once.
    #[arg(long, value_name = "N")]
    host_at_once: Option<u32>,
    /// Calls that all clients may begin to one host of a cloud in a minute.
    #[arg(long, value_name = "N")]
    host_per_minute: Option<u32>,
}

/// Writes `hosting/nginx-proxy/rollwatch-proxy.conf` and returns that file.
///
/// # Errors
/// When a setting does not fit, or the policy cannot be built.
pub fn write(settings: &Settings) -> Result<PathBuf, Failure> {
    if settings.app.is_some() {
        return Err(
            "nginx serves the page from a server block of its own: leave --app out, and write that block \
                    with `cargo xtask build --for nginx`."
                .to_owned(),
        );
    }
    let mut cargo = process::cargo();
    cargo.args(["run", "--quiet", "-p", "rollwatch-policy", "--example", "nginx", "--"]);
    let output = cargo
        .arg(wishes(settings)?.to_string())
        .output()
        .map_err(|error| format!("`{}` could not be started: {error}.", process::words(&cargo)))?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).trim_end().to_owned());
    }
    let file = process::root().join("hosting/nginx-proxy/rollwatch-proxy.conf");
    let folder = file.parent().unwrap_or(process::root());
    std::fs::create_dir_all(folder)
        .and_then(|()| std::fs::write(&file, output.stdout))
        .map_err(|error| format!("{} cannot be written: {error}.", file.display()))?;
    Ok(file)
}

/// The settings as the policy's program takes them. What was not given is left to it.
fn wishes(settings: &Settings) -> Result<Value, Failure> {
    let Options {
        listen,
        resolver,
        ipv6,
        authorities,
        certificate,
        key,
        access_log,
        client_at_once,
        client_per_minute,
        host_at_once,
        host_per_minute,
    } = &settings.nginx;
    let regions = settings.regions.as_deref().map(super::regions).transpose()?;
    let all = json!({
        "allow_origin": settings.allow_origin, "host": settings.host, "regions": regions,
        "listen": listen, "resolver": resolver, "ipv6": ipv6, "authorities": authorities,
        "certificate": certificate, "key": key, "access_log": access_log,
        "client_at_once": client_at_once, "client_per_minute": client_per_minute,
        "host_at_once": host_at_once, "host_per_minute": host_per_minute,
    });
    let Value::Object(all) = all else { return Ok(all) };
    Ok(all.into_iter().filter(|(_, value)| !value.is_null()).collect::<Map<_, _>>().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_not_given_is_left_to_the_policy() {
        let settings = Settings { host: vec!["proxy.example".to_owned()], ..Settings::default() };
        let expected = json!({ "allow_origin": [], "host": ["proxy.example"], "ipv6": false });
        assert_eq!(wishes(&settings), Ok(expected));
    }

    #[test]
    fn the_page_is_not_served_by_the_same_block() {
        let settings = Settings { app: Some("dist".into()), ..Settings::default() };
        assert!(write(&settings).is_err_and(|failure| failure.contains("build --for nginx")));
    }
}
