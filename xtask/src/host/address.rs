//! The proxy's address and the page's path, read strictly: a slip in one of them is found by the person who builds
//! the page and not by the one who is woken.

use crate::Failure;
use http::Uri;

/// Where the proxy is.
#[derive(Debug, PartialEq, Eq)]
pub struct Proxy {
    /// For the configuration: without a slash at its end.
    pub address: String,
    /// For the policy; nothing where the page's own host passes calls on.
    pub origin: Option<String>,
}

const WHOLE: &str = "write the whole address, beginning with https://, or ./proxy for the page's own host";

/// Reads the address of a proxy.
///
/// # Errors
/// When a page from https could not use it, or it is not the address of a Rollwatch proxy.
pub fn proxy(typed: &str) -> Result<Proxy, Failure> {
    let wrong = |why: &str| Err(format!("--proxy {typed}: {why}."));
    let address = typed.trim_end_matches('/');
    if address.is_empty() || !address.bytes().all(|byte| byte.is_ascii_graphic()) {
        return wrong(
            "give an address like https://proxy.example/proxy, in ASCII (a name in other letters as xn--…)",
        );
    }
    if address.contains('?') || address.contains('#') {
        return wrong("leave out everything from ? or #: calls are appended to the address");
    }
    if !address.ends_with("/proxy") {
        return wrong("a Rollwatch proxy takes calls below /proxy, so its address ends in /proxy");
    }
    if address.starts_with("./") || (address.starts_with('/') && !address.starts_with("//")) {
        return Ok(Proxy { address: address.to_owned(), origin: None });
    }
    if !address.contains("://") {
        return wrong(WHOLE);
    }
    let Ok(uri) = address.parse::<Uri>() else { return wrong("this is no address") };
    let (Some(scheme), Some(authority)) = (uri.scheme_str(), uri.authority()) else {
        return wrong(WHOLE);
    };
    if authority.as_str().contains('@') {
        return wrong("leave out the name and password: everybody who opens the page reads them");
    }
    let host = authority.host().to_ascii_lowercase();
    if host.starts_with('[') {
        return wrong("browsers take no IPv6 address in a content security policy: use a name, or 127.0.0.1");
    }
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b".-".contains(&byte);
    if host.is_empty() || !host.bytes().all(plain) {
        return wrong("this is no host name");
    }
    let port = authority.as_str().get(authority.host().len()..).unwrap_or_default();
    if !port.is_empty() && authority.port_u16().is_none_or(|port| port == 0) {
        return wrong("the port is a number from 1 to 65535");
    }
    let default = match scheme {
        "https" => 443,
        "http" if is_this_machine(&host) => 80,
        "http" => {
            return wrong(
                "a page from https may not call plain http, and signed calls would be readable on the way: use https",
            );
        }
        _ => return wrong("the address begins with https://"),
    };
    let port = authority.port_u16().filter(|port| *port != default);
    let port = port.map(|port| format!(":{port}")).unwrap_or_default();
    let origin = format!("{scheme}://{host}{port}");
    Ok(Proxy { address: format!("{origin}{}", uri.path()), origin: Some(origin) })
}

/// Browsers trust plain http to the machine that they run on.
fn is_this_machine(host: &str) -> bool {
    host == "localhost" || host == "127.0.0.1"
}

/// Reads the path of the page at its host, and gives it a slash at both ends.
///
/// # Errors
/// When it has anything but plain names in it.
pub fn under(typed: &str) -> Result<String, Failure> {
    let names = typed.trim_matches('/');
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
    let fits = |name: &str| !name.is_empty() && !name.starts_with('.') && name.bytes().all(plain);
    match names {
        "" => Ok("/".to_owned()),
        _ if names.split('/').all(fits) => Ok(format!("/{names}/")),
        _ => Err(format!(
            "--under {typed}: give a path like /ops/rollwatch/ of letters, digits, dots, - and _."
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_goes_into_configuration_and_policy_in_one_form() {
        for (typed, address, origin) in [
            ("https://proxy.example/proxy", "https://proxy.example/proxy", Some("https://proxy.example")),
            (
                "https://Proxy.Example:443/proxy/",
                "https://proxy.example/proxy",
                Some("https://proxy.example"),
            ),
            (
                "https://a.example:8443/x/proxy",
                "https://a.example:8443/x/proxy",
                Some("https://a.example:8443"),
            ),
            ("http://127.0.0.1:8787/proxy", "http://127.0.0.1:8787/proxy", Some("http://127.0.0.1:8787")),
            ("http://localhost:80/proxy", "http://localhost/proxy", Some("http://localhost")),
            ("./proxy", "./proxy", None),
            ("/ops/proxy", "/ops/proxy", None),
        ] {
            let expected = Proxy { address: address.to_owned(), origin: origin.map(str::to_owned) };
            assert_eq!(proxy(typed), Ok(expected), "{typed}");
        }
    }

    #[test]
    fn an_address_that_would_not_work_is_refused_with_the_reason() {
        for (typed, said) in [
            ("", "give an address"),
            ("https://p.example/proxy x", "in ASCII"),
            ("https://pröxy.example/proxy", "xn--"),
            ("http://proxy.example/proxy", "plain http"),
            ("http://127.0.0.1.evil.example/proxy", "plain http"),
            ("http://10.0.0.1/proxy", "plain http"),
            ("https://me:secret@proxy.example/proxy", "name and password"),
            ("https://proxy.example", "ends in /proxy"),
            ("https://proxy.example/proxy/v1", "ends in /proxy"),
            ("https://proxy.example/proxy?x=1", "leave out everything"),
            ("https://proxy.example/proxy#x", "leave out everything"),
            ("proxy.example/proxy", "write the whole address"),
            ("//proxy.example/proxy", "write the whole address"),
            ("ftp://proxy.example/proxy", "begins with https://"),
            ("https://[::1]/proxy", "IPv6"),
            ("https://*.example/proxy", "host name"),
            ("https://a;script-src/proxy", "no "),
            ("https://proxy.example:0/proxy", "port"),
            ("https://proxy.example:99999/proxy", ""),
            ("https:///proxy", ""),
        ] {
            let failure = proxy(typed).expect_err(typed);
            assert!(failure.contains(said) && failure.starts_with("--proxy"), "{typed}: {failure}");
            assert!(!failure.contains("panicked"));
        }
    }

    #[test]
    fn a_path_is_made_of_plain_names() {
        for (typed, path) in [("", "/"), ("/", "/"), ("ops", "/ops/"), ("/ops/rollwatch/", "/ops/rollwatch/")]
        {
            assert_eq!(under(typed).as_deref(), Ok(path));
        }
        for typed in ["/../x", "/a//b", "/a b", "/.git", "/a;b", "/*", "/한"] {
            assert!(under(typed).is_err(), "{typed}");
        }
    }
}
