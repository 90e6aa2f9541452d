//! The line about each request.

use super::text::{map, row};

/// The line about each request. Every value comes from the tables above, but for the status and the time, so it
/// needs no escapes.
pub(super) fn written() -> String {
    let nothing = || row("default", "null");
    let of_calls = "~^/-/(?:get|post) ";
    [
        "# The line about each request; of what clients and vendors write, nothing gets in.\n".to_owned(),
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
        // nginx does not say whose budget it was.
        map(
            "\"$limit_conn_status $limit_req_status\"",
            "rw_log_limit",
            &[
                nothing(),
                row("\"~^REJECTED \"", "'\"at-once\"'"),
                row("\"~ REJECTED$\"", "'\"per-minute\"'"),
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
         '\"reason\":$rw_log_reason,\"limit\":$rw_log_limit,\"milliseconds\":$rw_log_milliseconds}';\n"
            .to_owned(),
    ]
    .concat()
}
