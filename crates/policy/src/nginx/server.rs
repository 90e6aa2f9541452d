//! The server: what each answer says beside its body, where calls are made, and the refusals.

use rollwatch_core::provider::{PROXY_ERROR_HEADER, ProxyReason};

use super::decision::{GET, HEALTH, POST, PREFLIGHT, UNKNOWN_HOST, refusal};
use super::text::{map, quoted, row, time, variable};
use super::{Nginx, Upstream};
use crate::limits::PLACE_FOR;
use crate::refusal::UNKNOWN_HOST as UNKNOWN_HOST_ADVICE;
use crate::{ALWAYS, Budget, CALL_POLICY, MAX_AGE, Rules, advice, cors, document, headers, page_policy};

/// Where what is no call and no file is told.
const ELSEWHERE: &str = "/-/elsewhere";
/// Where the budget of a minute is told to be used up.
const OVERLOADED_MINUTE: &str = "/-/overloaded-minute";
/// The status by which nginx tells the budget of a minute from that of calls at once, on its way to the refusal.
const MINUTE_STATUS: u16 = 529;

/// The headers of an answer that a browser, a front or nginx itself would obey, or that say what this proxy says
/// itself. nginx knows no list of those that may pass.
pub(super) const HIDDEN: [&str; 58] = [
    "accept-ch",
    "accept-ranges",
    "access-control-allow-credentials",
    "access-control-allow-headers",
    "access-control-allow-methods",
    "access-control-allow-origin",
    "access-control-allow-private-network",
    "access-control-expose-headers",
    "access-control-max-age",
    "alt-svc",
    "attribution-reporting-register-source",
    "attribution-reporting-register-trigger",
    "authentication-info",
    "cache-control",
    "clear-site-data",
    "content-disposition",
    "content-encoding",
    "content-location",
    "content-range",
    "content-security-policy",
    "content-security-policy-report-only",
    "critical-ch",
    "cross-origin-embedder-policy",
    "cross-origin-opener-policy",
    "cross-origin-resource-policy",
    "etag",
    "expires",
    "keep-alive",
    "last-modified",
    "link",
    "location",
    "nel",
    "origin-agent-cluster",
    "permissions-policy",
    "pragma",
    "proxy-authenticate",
    "public-key-pins",
    "referrer-policy",
    "refresh",
    "report-to",
    "reporting-endpoints",
    "server-timing",
    "service-worker-allowed",
    "set-cookie",
    "set-login",
    "sourcemap",
    "speculation-rules",
    "strict-transport-security",
    "timing-allow-origin",
    "trailer",
    "upgrade",
    "vary",
    "via",
    "www-authenticate",
    "x-content-type-options",
    "x-frame-options",
    "x-powered-by",
    "x-sourcemap",
];

/// What a vendor could tell nginx to do, such as to answer with a file of this machine.
const IGNORED: &str = "X-Accel-Redirect X-Accel-Expires X-Accel-Limit-Rate X-Accel-Buffering X-Accel-Charset \
                       Expires Cache-Control Set-Cookie Vary";

pub(super) fn written(rules: &Rules, nginx: &Nginx) -> String {
    let Nginx { client, host, access_log, times, .. } = nginx;
    let (head_for, idle_for, body_for) = (time(times.head_for), time(times.idle_for), time(times.body_for));
    let answers = answers(rules, nginx);
    let said = said();
    let errors = errors();
    let (listens, names) = (listens(nginx), names(rules));
    let (get, post) = (call(nginx, GET), call(nginx, POST));
    let refusals = refusals();
    let rate = |budget: &Budget| budget.per_minute.max(1);
    let (client_rate, host_rate) = (rate(client), rate(host));
    let access_log = quoted(access_log);
    let log = log();
    format!(
        "\
# A client is an address, or a network of 64 bits of IPv6: one customer has all addresses that share them.
map $binary_remote_addr $rw_client {{
    default $binary_remote_addr;
    \"~(?s)^\\x00{{10}}\\xff\\xff(?<rw_v4>.{{4}})$\" $rw_v4;
    \"~(?s)^(?<rw_v6>.{{8}}).{{8}}$\" $rw_v6;
}}
limit_conn_zone $rw_client zone=rw_client_at_once:1m;
limit_conn_zone $rw_host zone=rw_host_at_once:1m;
limit_req_zone $rw_client zone=rw_client_per_minute:1m rate={client_rate}r/m;
limit_req_zone $rw_host zone=rw_host_per_minute:1m rate={host_rate}r/m;

# What an answer says beside its body. An empty value leaves the header out.
{answers}
{log}
server {{
{listens}{names}    server_tokens off;
    error_log /dev/null emerg;
    access_log {access_log} rollwatch;

    # What the http block may say otherwise.
    auth_basic off;
    charset off;
    expires off;
    gzip off;
    default_type application/json;
    ignore_invalid_headers on;
    underscores_in_headers off;
    recursive_error_pages off;

    # A head may hold a session token of some KiB. A body is bounded where a call is made.
    large_client_header_buffers 4 32k;
    client_max_body_size 0;
    client_header_timeout {head_for};
    keepalive_timeout {idle_for};
    lingering_timeout {body_for};
    client_body_timeout {body_for};
    send_timeout 10s;

{said}
{errors}
    location / {{
        if ($rw_place) {{
            rewrite ^ $rw_place last;
        }}
        rewrite ^ {ELSEWHERE} last;
    }}
    location = {ELSEWHERE} {{
        internal;
        default_type \"text/plain; charset=utf-8\";
        return 404 \"There is no such address here: this proxy forwards calls and serves no page.\\n\";
    }}
    location = {HEALTH} {{
        internal;
        default_type \"text/plain; charset=utf-8\";
        return 200 ok;
    }}
    location = {PREFLIGHT} {{
        internal;
        return 204;
    }}
{get}{post}{refusals}}}
"
    )
}

fn listens(nginx: &Nginx) -> String {
    match &nginx.certificate {
        None => format!("    listen {};\n", nginx.listen),
        Some(files) => format!(
            "    listen {} ssl http2;\n    ssl_certificate {};\n    ssl_certificate_key {};\n    \
             ssl_protocols TLSv1.2 TLSv1.3;\n",
            nginx.listen,
            quoted(&files.chain),
            quoted(&files.key)
        ),
    }
}

/// The names by which nginx chooses among several servers at one address; whether a request may be under its name
/// is decided by the maps.
fn names(rules: &Rules) -> String {
    let plain = |host: &&String| host.bytes().all(|b| b.is_ascii_alphanumeric() || b".-".contains(&b));
    let names: Vec<_> = rules.allowed_hosts.iter().filter(plain).map(|host| quoted(host)).collect();
    if names.is_empty() { String::new() } else { format!("    server_name {};\n", names.join(" ")) }
}

/// What is true of answers to calls, preflights and refusals, and not of health and what is elsewhere.
const OF_CALLS: &str = "\"~^/-/(?!healthz|elsewhere)\"";

fn answers(rules: &Rules, nginx: &Nginx) -> String {
    let nothing = || row("default", "\"\"");
    let of_calls = |name: &str, value: &str| map("$uri", name, &[nothing(), row(OF_CALLS, value)]);
    let preflight = |name: &str, value: &str| map("$uri", name, &[nothing(), row(PREFLIGHT, value)]);
    let mut codes = vec![nothing(), row(UNKNOWN_HOST, ProxyReason::BadRequest.code())];
    codes.extend(ProxyReason::ALL.map(|reason| (refusal(reason), reason.code().to_owned())));
    codes.push(row(OVERLOADED_MINUTE, ProxyReason::Overloaded.code()));
    // It is not known whose budget was used up, so the slower one says when to come back.
    let minute = nginx.client.next_for().max(nginx.host.next_for()).as_secs().to_string();
    let policy = CALL_POLICY;
    [
        of_calls("rw_origin", "$http_origin"),
        of_calls("rw_vary", "Origin"),
        of_calls("rw_cache", "no-store"),
        map("$rw_origin", "rw_exposed", &[row("default", &quoted(&headers::exposed())), row("\"\"", "\"\"")]),
        map(
            "$uri",
            "rw_policy",
            &[
                row("default", &quoted(&page_policy(&rules.connect_src))),
                row(OF_CALLS, &quoted(policy.to_str().unwrap_or_default())),
            ],
        ),
        preflight("rw_methods", &quoted(cors::METHODS)),
        preflight("rw_headers", &quoted(&headers::allowed())),
        preflight("rw_max_age", MAX_AGE),
        map(
            "\"$uri $http_access_control_request_private_network\"",
            "rw_private_network",
            &[nothing(), row(&format!("\"~^{PREFLIGHT} true$\""), "true")],
        ),
        map("$uri", "rw_error", &codes),
        map(
            "$uri",
            "rw_retry_after",
            &[
                nothing(),
                row(&refusal(ProxyReason::Overloaded), &PLACE_FOR.as_secs().to_string()),
                row(OVERLOADED_MINUTE, &minute),
            ],
        ),
    ]
    .concat()
}

fn said() -> String {
    let header = |name: &str, value: &str| format!("    add_header {name} {value} always;\n");
    let always =
        ALWAYS.map(|(name, value)| header(name.as_str(), &quoted(value.to_str().unwrap_or_default())));
    let varying = [
        ("content-security-policy", "$rw_policy"),
        ("vary", "$rw_vary"),
        ("cache-control", "$rw_cache"),
        ("access-control-allow-origin", "$rw_origin"),
        ("access-control-expose-headers", "$rw_exposed"),
        ("access-control-allow-methods", "$rw_methods"),
        ("access-control-allow-headers", "$rw_headers"),
        ("access-control-max-age", "$rw_max_age"),
        ("access-control-allow-private-network", "$rw_private_network"),
        (PROXY_ERROR_HEADER, "$rw_error"),
        ("retry-after", "$rw_retry_after"),
    ];
    let varying = varying.map(|(name, value)| header(name, value));
    always.into_iter().chain(varying).collect()
}

/// Where nginx's own errors are told. An `=` without a number leaves the status to the place.
fn errors() -> String {
    let to = |statuses: &str, place: &str| format!("    error_page {statuses} = {place};\n");
    let told = |statuses: &str, reason| to(statuses, &refusal(reason));
    [
        told("400 408 411 412 413 414 415 416 421 494 495 496 497 501 505", ProxyReason::BadRequest),
        told("403 405", ProxyReason::RouteNotAllowed),
        to("404", ELSEWHERE),
        told("502", ProxyReason::VendorUnreachable),
        told("504", ProxyReason::VendorTimeout),
        told("500 503", ProxyReason::Overloaded),
        to(&MINUTE_STATUS.to_string(), OVERLOADED_MINUTE),
    ]
    .concat()
}

/// Where a call is made. Everything that its header lists and times say is repeated in each place, because nginx
/// inherits such a list as a whole or not at all.
fn call(nginx: &Nginx, place: &str) -> String {
    let Nginx { client, host, upstream, times, .. } = nginx;
    let (connect_for, answer_for) = (time(times.connect_for), time(times.answer_for));
    let (body, length) = if place == POST {
        ("client_max_body_size 64k;\n        client_body_buffer_size 64k;", "$rw_length")
    } else {
        ("proxy_pass_request_body off;", "\"\"")
    };
    let up: String = headers::UP
        .iter()
        .map(|name| format!("        proxy_set_header {name} {};\n", variable(name)))
        .collect();
    let hidden: String = HIDDEN
        .iter()
        .chain(&[PROXY_ERROR_HEADER])
        .map(|name| format!("        proxy_hide_header {name};\n"))
        .collect();
    let burst = |budget: &Budget| match budget.per_minute.max(1) - 1 {
        0 => String::new(),
        more => format!(" burst={more} nodelay"),
    };
    let (client_burst, host_burst) = (burst(client), burst(host));
    let (client_at_once, host_at_once) = (client.at_once.max(1), host.at_once.max(1));
    let pass = pass(upstream);
    format!(
        "\
    location = {place} {{
        internal;
        {body}
        limit_conn_status 503;
        limit_conn rw_client_at_once {client_at_once};
        limit_conn rw_host_at_once {host_at_once};
        limit_req_status {MINUTE_STATUS};
        limit_req zone=rw_client_per_minute{client_burst};
        limit_req zone=rw_host_per_minute{host_burst};

        proxy_http_version 1.1;
        proxy_pass_request_headers off;
        proxy_set_header host $rw_host;
        proxy_set_header accept-encoding identity;
        proxy_set_header connection \"\";
        proxy_set_header content-length {length};
{up}
        proxy_pass_header date;
        proxy_headers_hash_max_size 1024;
        proxy_headers_hash_bucket_size 128;
{hidden}        proxy_ignore_headers {IGNORED};
        proxy_intercept_errors off;
        proxy_redirect off;

        # One attempt, and nothing of it is kept on a disk.
        proxy_next_upstream off;
        proxy_connect_timeout {connect_for};
        proxy_send_timeout {connect_for};
        proxy_read_timeout {answer_for};
        proxy_request_buffering on;
        proxy_buffering off;
        proxy_buffer_size 64k;
        proxy_buffers 4 64k;
        proxy_max_temp_file_size 0;
        proxy_cache off;
        proxy_store off;
{pass}    }}
"
    )
}

fn pass(upstream: &Upstream) -> String {
    match upstream {
        Upstream::Fixed(address) => format!("        proxy_pass http://{address}$rw_target;\n"),
        Upstream::Vendors { resolver, ipv6, authorities } => format!(
            "
        resolver {resolver} ipv6={};
        resolver_timeout 5s;
        proxy_ssl_server_name on;
        proxy_ssl_name $rw_host;
        proxy_ssl_verify on;
        proxy_ssl_verify_depth 4;
        proxy_ssl_trusted_certificate {};
        proxy_ssl_protocols TLSv1.2 TLSv1.3;
        proxy_pass https://$rw_host$rw_target;
",
            if *ipv6 { "on" } else { "off" },
            quoted(authorities)
        ),
    }
}

fn refusals() -> String {
    let told = |place: &str, reason: ProxyReason, message: &str| {
        format!(
            "    location = {place} {{\n        internal;\n        return {} {};\n    }}\n",
            reason.status(),
            quoted(&document(reason, message, None))
        )
    };
    let all = ProxyReason::ALL.map(|reason| told(&refusal(reason), reason, advice(reason)));
    let further = [
        told(UNKNOWN_HOST, ProxyReason::BadRequest, UNKNOWN_HOST_ADVICE),
        told(OVERLOADED_MINUTE, ProxyReason::Overloaded, advice(ProxyReason::Overloaded)),
    ];
    all.into_iter().chain(further).collect()
}

/// The line about each request. Every value comes from the tables above, but for the status and the time, so it
/// needs no escapes.
fn log() -> String {
    let nothing = || row("default", "null");
    let of_calls = "~^/-/(?:get|post) ";
    [
        "# The line about each request; of what clients and vendors write, nothing gets in.\n".to_owned(),
        map("$content_length", "rw_length", &[row("default", "$content_length"), row("\"\"", "0")]),
        map(
            "\"$rw_place $rw_route\"",
            "rw_log_service",
            &[nothing(), row(&format!("\"{of_calls}(?<rw_service>[a-z_]+)\""), "'\"$rw_service\"'")],
        ),
        map(
            "\"$rw_place $rw_region\"",
            "rw_log_region",
            &[
                nothing(),
                row(&format!("\"{of_calls}[a-z]+\\.(?<rw_code>[A-Za-z0-9_-]+)$\""), "'\"$rw_code\"'"),
            ],
        ),
        map(
            "\"$rw_place $rw_route\"",
            "rw_log_route",
            &[nothing(), row(&format!("\"{of_calls}\\S+ \\S+ (?<rw_shape>\\S+)$\""), "'\"$rw_shape\"'")],
        ),
        map(
            "$request",
            "rw_log_method",
            &[
                row("default", "'\"other\"'"),
                row("\"~^(?<rw_method>GET|POST|HEAD|OPTIONS) \"", "'\"$rw_method\"'"),
            ],
        ),
        map(
            "$status",
            "rw_log_status",
            &[row("default", "0"), row("\"~^(?<rw_status>[1-9][0-9][0-9])$\"", "$rw_status")],
        ),
        map(
            "\"$status $sent_http_x_rollwatch_proxy_error\"",
            "rw_log_reason",
            &[
                nothing(),
                row("\"~^499 \"", "'\"client-gone\"'"),
                row("\"~^\\S+ (?<rw_reason>[a-z-]+)$\"", "'\"$rw_reason\"'"),
            ],
        ),
        map(
            "$request_time",
            "rw_log_milliseconds",
            &[
                row("default", "0"),
                row("\"~^0\\.0?0?(?<rw_ms>[0-9]+)$\"", "$rw_ms"),
                row("\"~^(?<rw_s>[0-9]+)\\.(?<rw_rest>[0-9]{3})$\"", "$rw_s$rw_rest"),
            ],
        ),
        "log_format rollwatch escape=none\n    '{\"service\":$rw_log_service,\"region\":$rw_log_region,'\n    \
         '\"method\":$rw_log_method,\"route\":$rw_log_route,\"status\":$rw_log_status,'\n    \
         '\"reason\":$rw_log_reason,\"limit\":null,\"milliseconds\":$rw_log_milliseconds}';\n"
            .to_owned(),
    ]
    .concat()
}
