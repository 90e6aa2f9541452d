//! Where calls are made: what goes up, what stays behind of an answer, and the limits.

use rollwatch_core::provider::PROXY_ERROR_HEADER;

use super::answer::MINUTE_STATUS;
use super::decision::POST;
use super::text::{quoted, time, variable};
use super::{Nginx, Upstream};
use crate::{Budget, Rules, headers};

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

/// Where a call is made. Everything that its header lists and times say is repeated in each place, because nginx
/// inherits such a list as a whole or not at all.
pub(super) fn written(rules: &Rules, nginx: &Nginx, place: &str) -> String {
    let Nginx { client, host, upstream, times, .. } = nginx;
    let (connect_for, answer_for) = (time(times.connect_for), time(times.answer_for));
    let bytes = rules.request_bytes;
    let (body, length) = if place == POST {
        (format!("client_max_body_size {bytes};\n        client_body_buffer_size {bytes};"), "$rw_length")
    } else {
        ("proxy_pass_request_body off;".to_owned(), "\"\"")
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
    // nginx cannot count what is free, so a client's share of a host is a half: of its own places and of the host's.
    let share_at_once = client_at_once.min(host_at_once).div_ceil(2);
    let pass = pass(upstream);
    format!(
        "\
    location = {place} {{
        internal;
        {body}
        limit_conn_status 503;
        limit_conn rw_client_at_once {client_at_once};
        limit_conn rw_host_at_once {host_at_once};
        limit_conn rw_share_at_once {share_at_once};
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
