//! The server: its addresses and names, and the places where a request can end.

use super::answer::{self, ELSEWHERE};
use super::decision::{GET, HEALTH, POST, PREFLIGHT};
use super::text::{quoted, time};
use super::{Nginx, call, log};
use crate::{Budget, Rules};

pub(super) fn written(rules: &Rules, nginx: &Nginx) -> String {
    let Nginx { client, host, access_log, times, .. } = nginx;
    let (head_for, idle_for, body_for) = (time(times.head_for), time(times.idle_for), time(times.body_for));
    let answers = answer::tables(rules, nginx);
    let said = answer::said();
    let errors = answer::errors();
    let (listens, names) = (listens(nginx), names(rules));
    let (get, post) = (call::written(rules, nginx, GET), call::written(rules, nginx, POST));
    let refusals = answer::refusals();
    let rate = |budget: &Budget| budget.per_minute.max(1);
    let (client_rate, host_rate) = (rate(client), rate(host));
    let access_log = quoted(access_log);
    let log = log::written();
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
limit_conn_zone $rw_client$rw_host zone=rw_share_at_once:2m;
limit_req_zone $rw_client zone=rw_client_per_minute:1m rate={client_rate}r/m;
limit_req_zone $rw_host zone=rw_host_per_minute:1m rate={host_rate}r/m;

# A call without a body says so to the vendor.
map $content_length $rw_length {{
    default $content_length;
    \"\" 0;
}}

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
