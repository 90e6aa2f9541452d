//! What becomes of a request: the tables over its line and its headers.
//!
//! `$rw_place` is the internal address that a request is handed on to, or empty where it asks for none of
//! the proxy's own. Each question is a map whose answer is a refusal or the map of the next question, in the
//! order of `Policy::judge`, so that the first reason counts here as well.

use std::collections::BTreeMap;

use rollwatch_core::http::Method;
use rollwatch_core::provider::{Endpoint, ProxyReason, ROUTES, Route};

use super::text::{exactly, map, quoted, row, variable};
use crate::{PREFIX, Rules, headers};

/// Where a call is made, by its method.
pub(super) const GET: &str = "/-/get";
pub(super) const POST: &str = "/-/post";
/// Where a browser's question before the call is answered.
pub(super) const PREFLIGHT: &str = "/-/preflight";
pub(super) const HEALTH: &str = "/-/healthz";
/// Where a request under a name that is not the proxy's is refused.
pub(super) const UNKNOWN_HOST: &str = "/-/unknown-host";

/// Where a refusal is told.
pub(super) fn refusal(reason: ProxyReason) -> String {
    format!("/-/{}", reason.code())
}

pub(super) fn written(rules: &Rules) -> String {
    let refused = refusal(ProxyReason::RouteNotAllowed);
    [
        format!("# What becomes of a request, one question after the other.\n{}", questions(rules)),
        format!("# The endpoints: id, host and path prefix of each.\n{}", endpoints(rules)),
        format!("# The calls, each with its shape; what fits none has no route.\n{}", routes()),
        format!("# Headers that some calls must come with.\n{}", pinned(&refused)),
    ]
    .join("\n")
}

fn questions(rules: &Rules) -> String {
    let refused = |reason| refusal(reason);
    let hosts: Vec<_> = rules.allowed_hosts.iter().map(|host| exactly(host)).collect();
    let hosts = format!("\"~*^(?:{})(?::[0-9]*)?$\"", hosts.join("|"));
    let mut admitted = vec![row("default", "$rw_is_own"), row("\"\"", "$rw_is_same_site")];
    for origin in &rules.allowed_origins {
        admitted.push((format!("\"~^{}$\"", exactly(origin)), "1".to_owned()));
    }
    let prefix = exactly(PREFIX);
    let passing: String = headers::UP.map(variable).concat();
    [
        map(
            "$request_uri",
            "rw_place",
            &[row("default", "$rw_by_host"), row("\"~^/healthz(?:\\?|$)\"", HEALTH)],
        ),
        map("$http_host", "rw_by_host", &[row("default", UNKNOWN_HOST), row(&hosts, "$rw_by_address")]),
        map(
            "$request_uri",
            "rw_by_address",
            &[row("default", "\"\""), row(&format!("\"~^{prefix}\""), "$rw_by_question")],
        ),
        map(
            "\"$request_method $http_origin|$http_access_control_request_method\"",
            "rw_by_question",
            &[row("default", "$rw_by_sender"), row("\"~^OPTIONS [^|]+\\|.\"", PREFLIGHT)],
        ),
        map(
            "$rw_is_admitted",
            "rw_by_sender",
            &[row("default", &refused(ProxyReason::OriginNotAllowed)), row("1", "$rw_by_form")],
        ),
        map("$http_origin", "rw_is_admitted", &admitted),
        map(
            "\"$http_host $http_origin\"",
            "rw_is_own",
            &[row("default", "\"\""), row("\"~^(\\S+) https?://(?i:\\1)$\"", "1")],
        ),
        map(
            "$http_sec_fetch_site",
            "rw_is_same_site",
            &[row("default", "\"\""), row("\"\"", "1"), row("\"~^(?:same-origin|none)$\"", "1")],
        ),
        "# An address with a scheme or a host of its own is a request to some other server.\n".to_owned(),
        map(
            "$request",
            "rw_by_form",
            &[row("default", &refused(ProxyReason::BadRequest)), row("\"~^[A-Z_-]+ /\"", "$rw_by_endpoint")],
        ),
        "# Tables ignore case and ids do not, so the id is compared once more.\n".to_owned(),
        map(
            "\"$rw_endpoint $request\"",
            "rw_by_endpoint",
            &[
                row("default", &refused(ProxyReason::UnknownEndpoint)),
                row(&format!("\"~^(\\S+) \\S+ [A-Z_-]+ {prefix}\\1/\""), "$rw_by_route"),
            ],
        ),
        "# Only a plain length frames a body, and a GET has none.\n".to_owned(),
        map(
            "\"$http_transfer_encoding|$server_protocol|$request_method|$content_length\"",
            "rw_by_framing",
            &[
                row("default", &refused(ProxyReason::BadRequest)),
                row("\"~^\\|[^|]+\\|GET\\|0*$\"", "$rw_by_text"),
                row("\"~^\\|[^|]+\\|POST\\|[0-9]+$\"", "$rw_by_text"),
                row("\"~^\\|HTTP/1\\.[01]\\|POST\\|$\"", "$rw_by_text"),
            ],
        ),
        "# No scheme can sign a value outside visible ASCII.\n".to_owned(),
        map(
            &format!("\"{passing}\""),
            "rw_by_text",
            &[
                row("default", "$rw_by_method"),
                row("\"~[^\\x09\\x20-\\x7e]\"", &refused(ProxyReason::BadRequest)),
            ],
        ),
        map(
            "$request_method",
            "rw_by_method",
            &[
                row("default", &refused(ProxyReason::RouteNotAllowed)),
                row("\"~^GET$\"", GET),
                row("\"~^POST$\"", POST),
            ],
        ),
    ]
    .concat()
}

/// The part of an id that tells service and purpose, and the rest: site and region.
fn halves(endpoint: &Endpoint) -> (String, String) {
    let id = endpoint.id();
    let (kind, place) = id.split_once('.').unwrap_or((&id, ""));
    (kind.to_owned(), place.to_owned())
}

/// A table for each service and purpose, from site and region to `id host prefix`, and the map that chooses it. In
/// one table the keys would be too long for the size of nginx's hashes that most machines have.
fn endpoints(rules: &Rules) -> String {
    let mut tables: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    for endpoint in rules.catalogue.endpoints() {
        let (kind, place) = halves(endpoint);
        let value = format!("{} {}{}", endpoint.id(), endpoint.host, endpoint.prefix);
        // What is longer than a place of such a hash is found by its pattern.
        let key = if place.len() > 40 { format!("\"~^{}$\"", exactly(&place)) } else { quoted(&place) };
        tables.entry(kind).or_default().push((key, quoted(&value)));
    }
    let name = |kind: &str| format!("rw_at_{}", kind.replace('~', "_"));
    let mut chosen = vec![row("default", "\"\"")];
    for kind in tables.keys() {
        let pattern = format!("\"~^[A-Z_-]+ {}{}\\.(?<rw_region>[^/? ]+)/\"", exactly(PREFIX), exactly(kind));
        chosen.push((pattern, format!("${}", name(kind))));
    }
    let tables = tables.iter().map(|(kind, rows)| {
        map("$rw_region", &name(kind), &[vec![row("default", "\"\"")], rows.clone()].concat())
    });
    let chosen = map("$request", "rw_endpoint", &chosen);
    std::iter::once(chosen).chain(tables).collect()
}

/// How a route is called among the maps, and in the log without its first word.
pub(super) fn name(route: &Route) -> String {
    let endpoint =
        |purpose| if purpose == rollwatch_core::provider::Purpose::Identity { "~identity" } else { "" };
    format!("{}{} {} {}", route.service.id(), endpoint(route.purpose), word(route.method), route.path)
}

const fn word(method: Method) -> &'static str {
    match method {
        Method::Get => "GET",
        Method::Post => "POST",
    }
}

fn routes() -> String {
    let rows = ROUTES.iter().map(|route| (format!("\"~{}\"", pattern(route)), quoted(&name(route))));
    let rows: Vec<_> = std::iter::once(row("default", "\"\"")).chain(rows).collect();
    map("\"$rw_endpoint $request\"", "rw_route", &rows)
}

/// What a row of the endpoints and a request line look like where they make this call. It names the host and the
/// target for the vendor, byte for byte.
fn pattern(route: &Route) -> String {
    let full = name(route);
    let mut words = full.split(' ');
    let (kind, method) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let path: Vec<_> = route.path.split("{id}").map(exactly).collect();
    let (kind, path) = (exactly(kind), path.join("[A-Za-z0-9_-]{1,128}"));
    let query = if route.query.is_empty() {
        String::new()
    } else {
        let pair = format!("(?:{})=[A-Za-z0-9._~%-]*", route.query.join("|"));
        format!("(?:\\?(?=\\S{{1,512}} ){pair}(?:&{pair})*)?")
    };
    format!(
        "^{kind}\\.\\S+ (?<rw_host>[^/ ]+)(?<rw_prefix>\\S*) {method} {}[^/ ]+\
         (?<rw_target>\\k<rw_prefix>{path}{query}) HTTP/(?:1\\.[01]|2\\.0)$",
        exactly(PREFIX)
    )
}

/// The headers that any route pins.
fn pins() -> Vec<&'static str> {
    let mut names: Vec<_> =
        ROUTES.iter().flat_map(|route| route.pinned_headers).map(|(name, _)| *name).collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// Every route has its row, so that one which was forgotten would be refused.
fn pinned(refused: &str) -> String {
    let names = pins();
    let reads: String = names.iter().map(|name| format!("|{}", variable(name))).collect();
    let rows = ROUTES.iter().map(|route| {
        let given: String = names
            .iter()
            .map(|name| {
                let pin = route.pinned_headers.iter().find(|(pinned, _)| pinned == name);
                format!("\\|{}", pin.map_or(".*".to_owned(), |(_, value)| exactly(value)))
            })
            .collect();
        (format!("\"~^{}{given}$\"", exactly(&name(route))), "$rw_by_framing".to_owned())
    });
    let rows: Vec<_> = std::iter::once(row("default", refused)).chain(rows).collect();
    map(&format!("\"$rw_route{reads}\""), "rw_by_route", &rows)
}
