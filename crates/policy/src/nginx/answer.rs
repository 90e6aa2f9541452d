//! What an answer says beside its body, and the answers that nginx gives itself.

use rollwatch_core::provider::{PROXY_ERROR_HEADER, ProxyReason};

use super::Nginx;
use super::decision::{PREFLIGHT, UNKNOWN_HOST, refusal};
use super::text::{map, quoted, row};
use crate::limits::PLACE_FOR;
use crate::refusal::UNKNOWN_HOST as UNKNOWN_HOST_ADVICE;
use crate::{ALWAYS, CALL_POLICY, MAX_AGE, Rules, advice, cors, document, headers, page_policy};

/// Where what is no call and no file is told.
pub(super) const ELSEWHERE: &str = "/-/elsewhere";
/// Where the budget of a minute is told to be used up.
const OVERLOADED_MINUTE: &str = "/-/overloaded-minute";
/// The status by which nginx tells the budget of a minute from that of calls at once, on its way to the refusal.
pub(super) const MINUTE_STATUS: u16 = 529;

/// What is true of answers to calls, preflights and refusals, and not of health and what is elsewhere.
const OF_CALLS: &str = "\"~^/-/(?!healthz|elsewhere)\"";

pub(super) fn tables(rules: &Rules, nginx: &Nginx) -> String {
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

pub(super) fn said() -> String {
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
pub(super) fn errors() -> String {
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

pub(super) fn refusals() -> String {
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
