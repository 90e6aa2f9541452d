//! The calls of the catalogue pass, and those that the vendors document as changing something do not.

use std::collections::BTreeSet;

use ::http::{HeaderName, HeaderValue};
use rollwatch_core::model::Service;
use rollwatch_core::provider::{Purpose, ROUTES};

use super::*;
use crate::rules;

#[path = "../../../proxy/tests/ways/battery/mutating.rs"]
mod mutating;

use mutating::{MUTATING, SHARED};

/// Decides about a call at an endpoint with these headers.
fn decided(
    rules: &Rules,
    endpoint: &Endpoint,
    method: &str,
    target: &str,
    headers: &[(&'static str, &str)],
) -> Result<&'static str, ProxyReason> {
    let value = |text: &str| HeaderValue::from_str(text).expect("a value");
    let given = headers.iter().map(|(name, text)| (HeaderName::from_static(name), value(text))).collect();
    let method = Method::from_bytes(method.as_bytes()).expect("a method");
    let uri: Uri = format!("{PREFIX}{}{target}", endpoint.id()).parse().expect("a target");
    decide(&method, &uri, &given, rules).map(|call| {
        assert_eq!((call.endpoint, call.target), (endpoint, target));
        call.route.path
    })
}

/// The routes of an endpoint.
fn routes(endpoint: &Endpoint) -> impl Iterator<Item = &'static Route> {
    let (service, purpose) = (endpoint.service, endpoint.purpose);
    ROUTES.iter().filter(move |route| (route.service, route.purpose) == (service, purpose))
}

fn word(method: http::Method) -> &'static str {
    match method {
        http::Method::Get => "GET",
        http::Method::Post => "POST",
    }
}

/// The longest call that a route allows.
fn target(endpoint: &Endpoint, route: &Route) -> String {
    let names = route.query.iter().map(|name| format!("{name}=1"));
    let query = names.collect::<Vec<_>>().join("&");
    let mark = if query.is_empty() { "" } else { "?" };
    format!("{}{}{mark}{query}", endpoint.prefix, route.path.replace("{id}", "x-1"))
}

#[test]
fn every_route_of_the_catalogue_passes_at_every_endpoint_with_its_method_and_its_body() {
    let rules = rules();
    let mut passed = BTreeSet::new();
    for endpoint in rules.catalogue.endpoints() {
        for route in routes(endpoint) {
            let target = target(endpoint, route);
            let length = if route.method == http::Method::Post { "65536" } else { "0" };
            let headers = [route.pinned_headers, &[("content-length", length)]].concat();
            let ask = |method, headers: &[(&'static str, &str)]| {
                decided(&rules, endpoint, method, &target, headers)
            };
            assert_eq!(ask(word(route.method), &headers), Ok(route.path), "{target}");
            passed.insert((route.service, route.purpose == Purpose::Identity, route.path));
            for method in ["GET", "POST", "PUT", "DELETE"] {
                let twin = routes(endpoint).any(|r| r.path == route.path && word(r.method) == method);
                assert!(
                    twin || ask(method, &headers) == Err(ProxyReason::RouteNotAllowed),
                    "{method} {target}"
                );
            }
            for left_out in 0..route.pinned_headers.len() {
                let mut fewer = headers.clone();
                fewer.remove(left_out);
                let refused = ask(word(route.method), &fewer);
                assert_eq!(refused, Err(ProxyReason::RouteNotAllowed), "{target} {fewer:?}");
            }
        }
    }
    assert_eq!(passed.len(), ROUTES.len(), "every route has an endpoint, and no two are alike");
}

#[test]
fn every_call_of_hologres_names_its_action() {
    for route in ROUTES.iter().filter(|route| route.service == Service::AlibabaHologres) {
        for name in ["x-acs-action", "x-acs-version"] {
            assert!(route.pinned_headers.iter().any(|(pinned, _)| *pinned == name), "{} {name}", route.path);
        }
    }
}

#[test]
fn calls_that_change_something_are_refused_at_every_endpoint_by_every_method() {
    let rules = rules();
    let endpoints = rules.catalogue.endpoints();
    assert!(endpoints.iter().any(|endpoint| endpoint.purpose == Purpose::Identity));
    // The prefix of another region is no way in either.
    let prefixes: BTreeSet<&str> = endpoints.iter().map(|e| e.prefix.as_str()).chain([""]).collect();
    // A call to Hologres names its action; the right one for another call opens nothing.
    let headers = [("x-acs-action", "ListInstances"), ("x-acs-version", "2022-06-01")];
    for endpoint in endpoints {
        let by = |call: &mutating::Mutating| [call.method, "GET", "POST"].map(|method| (method, call.path));
        let shared = SHARED.iter().map(|call| (call.method, call.path));
        for (method, path) in MUTATING.iter().flat_map(by).chain(shared) {
            for prefix in &prefixes {
                let target = format!("{prefix}{path}");
                let answer = decided(&rules, endpoint, method, &target, &headers);
                let id = endpoint.id();
                assert_eq!(answer, Err(ProxyReason::RouteNotAllowed), "{method} {id} {target}");
            }
        }
    }
}

#[test]
fn an_added_region_is_called_like_a_built_in_one() {
    let mut rules = rules();
    let list = r#"[{"service":"huawei_css","site":"public","region":"xx-new-1","host":"css.xx-new-1.example.com",
                    "identity_host":"iam.xx-new-1.example.com"}]"#;
    let list = rollwatch_core::json::Json::read(list).expect("JSON");
    assert_eq!(rules.catalogue.add_regions(&list), Vec::<String>::new());
    let at = |id: &str| rules.catalogue.by_id(id).expect("added");
    let (service, identity) = (at("huawei_css.public.xx-new-1"), at("huawei_css~identity.public.xx-new-1"));
    assert!(decided(&rules, service, "GET", "/v1.0/p1/clusters", &[]).is_ok());
    assert!(decided(&rules, identity, "GET", "/v3/projects?name=xx-new-1", &[]).is_ok());
    let refused = Err(ProxyReason::RouteNotAllowed);
    assert_eq!(decided(&rules, service, "GET", "/v3/projects", &[]), refused);
    assert_eq!(decided(&rules, service, "POST", "/v1.0/p1/clusters/c1/restart", &[]), refused);
}
