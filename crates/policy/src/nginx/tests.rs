//! What stands in the configuration. What nginx makes of it is tested in `crates/proxy/tests`.

use std::collections::BTreeSet;
use std::net::{Ipv4Addr, SocketAddr};

use rollwatch_core::json::Json;
use rollwatch_core::provider::{PROXY_ERROR_HEADER, ProxyReason, ROUTES};

use super::*;
use crate::{DOWN, DOWN_ACS, UP, advice, document};

fn nginx() -> Nginx {
    let at = |port| SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    Nginx {
        listen: at(8787),
        certificate: None,
        upstream: Upstream::Fixed(at(1)),
        access_log: "/var/log/nginx/rollwatch.log".to_owned(),
        client: Budget::CLIENT,
        host: Budget::HOST,
        times: Times::default(),
    }
}

fn written(rules: &Rules) -> String {
    configuration(rules, &nginx()).expect("every text can stand there")
}

/// The rows of a map, without its default.
fn rows<'t>(text: &'t str, sets: &str) -> Vec<&'t str> {
    let (_, rest) = text.split_once(&format!(" ${sets} {{\n")).expect("a map");
    let (rows, _) = rest.split_once("\n}").expect("its end");
    rows.lines().map(str::trim).filter(|row| !row.starts_with("default ")).collect()
}

#[test]
fn every_endpoint_has_its_row_and_there_are_no_others() {
    let rules = crate::rules();
    let text = written(&rules);
    let chosen = rows(&text, "rw_endpoint");
    let mut count = 0;
    for row in &chosen {
        let (pattern, table) = row.split_once(" $").expect("a table");
        let rows = rows(&text, table.trim_end_matches(';').trim_end_matches(" {"));
        count += rows.len();
        for endpoint in rules.catalogue.endpoints() {
            let id = endpoint.id();
            let (kind, place) = id.split_once('.').expect("two halves");
            let of_table = pattern.contains(&format!("/proxy/{kind}\\."));
            let expected = format!("\"{place}\" \"{id} {}{}\";", endpoint.host, endpoint.prefix);
            assert_eq!(rows.contains(&expected.as_str()), of_table, "{expected}");
        }
    }
    assert_eq!(count, rules.catalogue.endpoints().len());
}

#[test]
fn every_route_has_its_row_and_comes_with_its_pinned_headers() {
    let text = written(&crate::rules());
    let (shapes, pins) = (rows(&text, "rw_route"), rows(&text, "rw_by_route"));
    assert_eq!((shapes.len(), pins.len()), (ROUTES.len(), ROUTES.len()));
    let names: BTreeSet<_> =
        shapes.iter().filter_map(|row| row.rsplit_once("$\" ")).map(|(_, name)| name).collect();
    assert_eq!(names.len(), ROUTES.len(), "no two are called alike");
    for ((route, shape), pin) in ROUTES.iter().zip(shapes).zip(pins) {
        assert!(shape.ends_with(&format!(" {}\";", route.path)), "{shape}");
        assert_eq!(shape.matches("[A-Za-z0-9_-]{1,128}").count(), route.path.matches("{id}").count());
        assert!(route.query.iter().all(|name| shape.contains(name)), "{shape}");
        assert_eq!(shape.contains('?') && shape.contains("S{1,512}"), !route.query.is_empty(), "{shape}");
        for (_, value) in route.pinned_headers {
            assert!(pin.contains(&format!("\\|{value}")), "{pin}");
        }
        assert_eq!(pin.matches(".*").count() + route.pinned_headers.len(), 2, "{pin}");
    }
}

#[test]
fn the_listed_headers_go_up_and_no_others() {
    let text = written(&crate::rules());
    let set: Vec<_> = text.lines().filter_map(|line| line.trim().strip_prefix("proxy_set_header ")).collect();
    let own = ["host", "accept-encoding", "connection", "content-length"];
    for name in own.iter().chain(&UP) {
        let lines: Vec<_> = set.iter().filter(|line| line.starts_with(&format!("{name} "))).collect();
        assert_eq!(lines.len(), 2, "{name}, once for each place");
    }
    assert_eq!(set.len(), 2 * (own.len() + UP.len()));
    assert_eq!(text.matches("proxy_pass_request_headers off;").count(), 2);
}

#[test]
fn no_header_that_the_page_needs_is_hidden_and_the_proxys_own_are() {
    let text = written(&crate::rules());
    let hides = |name: &str| text.contains(&format!("proxy_hide_header {name};"));
    for name in DOWN.iter().chain(&DOWN_ACS) {
        assert!(!hides(name), "{name}");
    }
    let said = text.lines().filter_map(|line| line.trim().strip_prefix("add_header "));
    for name in said.filter_map(|line| line.split(' ').next()) {
        assert!(hides(name) || name == "retry-after", "{name}");
    }
    assert!(hides(PROXY_ERROR_HEADER));
}

#[test]
fn every_refusal_is_told_with_its_status_and_its_words() {
    let text = written(&crate::rules());
    for reason in ProxyReason::ALL {
        let body = document(reason, advice(reason), None).replace('"', "\\\"");
        let place = format!("location = /-/{} {{\n        internal;\n", reason.code());
        let told = format!("{place}        return {} \"{body}\";\n", reason.status());
        assert!(text.contains(&told), "{told}");
        assert!(rows(&text, "rw_error").contains(&format!("/-/{0} {0};", reason.code()).as_str()));
    }
}

/// A dollar begins a variable wherever nginx reads a text.
#[test]
fn no_text_of_the_policy_holds_a_dollar() {
    let text = written(&crate::rules());
    for line in text.lines().filter(|line| line.trim().starts_with("return ") || line.contains("_policy")) {
        assert!(!line.replace("$rw_policy", "").replace("map $uri", "").contains('$'), "{line}");
    }
}

#[test]
fn no_text_of_an_operator_breaks_out_of_its_place() {
    for bad in ["a\" 1; }", "a; x", "a}", "a{", "a\nb", "$http_host", "a\\", "a'", "#", ""] {
        let mut rules = crate::rules();
        rules.allowed_hosts.push(bad.to_owned());
        let refused = configuration(&rules, &nginx());
        assert!(refused.is_err_and(|sentence| sentence.contains("cannot stand")), "{bad:?}");
        let mut rules = crate::rules();
        rules.allowed_origins.push(bad.to_owned());
        assert!(configuration(&rules, &nginx()).is_err(), "{bad:?}");
        let log = Nginx { access_log: bad.to_owned(), ..nginx() };
        assert!(configuration(&crate::rules(), &log).is_err(), "{bad:?}");
    }
}

#[test]
fn an_origin_is_compared_as_it_is_written_and_not_as_a_pattern() {
    let mut rules = crate::rules();
    rules.allowed_origins.push("https://a.b+c|d:8443".to_owned());
    let text = written(&rules);
    assert_eq!(
        rows(&text, "rw_is_admitted"),
        ["\"\" $rw_is_same_site;", "\"~^https://a\\.b\\x2bc\\x7cd:8443$\" 1;"]
    );
}

#[test]
fn a_region_that_an_operator_adds_is_there_however_long_its_name() {
    let mut rules = crate::rules();
    let long = "x".repeat(60);
    let list = format!(
        r#"[{{"service":"huawei_css","site":"public","region":"{long}","host":"css.xx-new-1.example.com"}}]"#
    );
    assert!(rules.catalogue.add_regions(&Json::read(&list).expect("JSON")).is_empty());
    let text = written(&rules);
    let row = format!("\"~^public\\.{long}$\" \"huawei_css.public.{long} css.xx-new-1.example.com\";");
    assert!(rows(&text, "rw_at_huawei_css").contains(&row.as_str()));
}

#[test]
fn a_budget_of_one_has_no_burst_and_is_told_to_wait_a_minute() {
    let one = Budget { at_once: 1, per_minute: 1 };
    let text = configuration(&crate::rules(), &Nginx { client: one, ..nginx() }).expect("written");
    assert!(text.contains("zone=rw_client_per_minute:1m rate=1r/m;"));
    assert!(text.contains("limit_req zone=rw_client_per_minute;"));
    assert!(text.contains("limit_req zone=rw_host_per_minute burst=119999 nodelay;"));
    assert!(rows(&text, "rw_retry_after").contains(&"/-/overloaded-minute 60;"));
}
