use super::NOW;
use crate::error::{ErrorKind, PollError};
use crate::model::{Holder, Listing, Service};
use crate::provider::conversation::{endpoint, exchange};
use crate::provider::{Purpose, decode_holder, decode_list, holder_request, list_request};

fn listing(body: &str, page: u32) -> Result<Listing, PollError> {
    decode_list(&endpoint(Service::HuaweiCss, Purpose::Service), &exchange(200, body, NOW), page)
}

fn projects(body: &str) -> Vec<(String, String)> {
    let identity = endpoint(Service::HuaweiCss, Purpose::Identity);
    match decode_holder(&identity, &exchange(200, &body.replace("REGION", &identity.region), NOW)) {
        Ok(Holder::Projects(projects)) => projects.into_iter().map(|p| (p.id, p.name)).collect(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_list_is_asked_for_page_by_page_counted_from_one() {
    let endpoint = endpoint(Service::HuaweiCss, Purpose::Service);
    for (page, offset) in [(1, 1), (2, 101), (3, 201)] {
        let request = list_request(&endpoint, "p1", page).unwrap();
        assert_eq!(request.target(), format!("/v1.0/p1/clusters?limit=100&offset={offset}"));
        assert!(endpoint.route(request.method, &request.target()).is_ok());
        let headers: Vec<_> = request.headers.iter().map(|h| (h.name.as_str(), h.value.as_str())).collect();
        assert_eq!(headers, [("x-project-id", "p1")]);
    }
    let bad = list_request(&endpoint, "", 1).unwrap_err();
    assert_eq!(bad, PollError::field(ErrorKind::BadWatch, "project"));
}

#[test]
fn status_and_actions_tell_whether_a_cluster_is_busy() {
    let table = [
        (r#""status":"100","actions":[]"#, Some(true)),
        (r#""status":"200","actions":[]"#, Some(false)),
        (r#""status":200"#, Some(false)),
        (r#""status":"200","actions":["REBOOTING"]"#, Some(true)),
        (r#""status":"303","actions":["ANYTHING"]"#, Some(true)),
        (r#""status":"300","actions":[]"#, None),
        (r#""status":"303""#, None),
        (r#""status":"999""#, None),
        (r#""actions":null"#, None),
    ];
    for (fields, busy) in table {
        let body = format!(
            r#"{{"totalSize":1,"clusters":[{{"id":"i1","name":"search","datastore":{{"version":"7.10.2"}},{fields}}}]}}"#
        );
        let listing = listing(&body, 1).unwrap();
        let cluster = listing.clusters.first().unwrap();
        assert_eq!(cluster.busy, busy, "{fields}");
        assert_eq!((cluster.name.as_str(), cluster.version.as_deref()), ("search", Some("7.10.2")));
        assert!(cluster.open);
    }
}

#[test]
fn the_count_says_whether_there_is_another_page() {
    let full = (0..100).map(|n| format!(r#"{{"id":"i{n}"}}"#)).collect::<Vec<_>>().join(",");
    let next = |total: &str, clusters: &str, page| {
        listing(&format!(r#"{{{total}"clusters":[{clusters}]}}"#), page).unwrap().next
    };
    assert_eq!(next(r#""totalSize":250,"#, &full, 1), Some(2));
    assert_eq!(next(r#""totalSize":250,"#, &full, 2), Some(3));
    assert_eq!(next(r#""totalSize":250,"#, r#"{"id":"x"}"#, 3), None);
    assert_eq!(next(r#""totalSize":100,"#, &full, 1), None);
    assert_eq!(next(r#""totalSize":250,"#, "", 2), None);
    assert_eq!(next("", &full, 1), Some(2));
    assert_eq!(next("", r#"{"id":"x"}"#, 1), None);
    // A server that repeats a full page and counts nothing does not go on for ever.
    assert_eq!(next("", &full, 100), None);
}

#[test]
fn odd_lists_are_read_or_named() {
    assert_eq!(listing(r#"{"totalSize":0,"clusters":null}"#, 1), Ok(Listing::default()));
    let odd = listing(r#"{"totalSize":3,"clusters":[7,{"name":"no id"},{"id":"i1"}]}"#, 1).unwrap();
    let named: Vec<_> = odd.clusters.iter().map(|c| (c.id.as_str(), c.name.as_str())).collect();
    assert_eq!(named, [("i1", "i1")]);
    for body in ["{}", r#"{"clusters":"none"}"#, r#"{"totalSize":3}"#] {
        let error = listing(body, 1).unwrap_err();
        assert_eq!((error.kind, error.field.as_deref()), (ErrorKind::Malformed, Some("clusters")), "{body}");
    }
}

#[test]
fn the_projects_of_the_region_are_its_own_and_its_sub_projects() {
    let identity = endpoint(Service::HuaweiCss, Purpose::Identity);
    let request = holder_request(&identity).unwrap();
    assert_eq!(request.target(), format!("/v3/projects?name={}", identity.region));
    assert!(identity.route(request.method, &request.target()).is_ok());
    let body = r#"{"links":{"self":"x"},"projects":[
        {"id":"p1","name":"REGION","enabled":true,"is_domain":false},
        {"id":"p2","name":"REGION_search","enabled":true},
        {"id":"p3","name":"REGION_old","enabled":false},
        {"id":"p4","name":"REGION0"},
        {"id":"p5","name":"elsewhere-1"},
        {"name":"REGION"}, {"id":"p6"}, 7
    ]}"#;
    let found = projects(body);
    let ids: Vec<&str> = found.iter().map(|(id, _)| id.as_str()).collect();
    assert_eq!(ids, ["p1", "p2"]);
    assert!(projects(r#"{"projects":[]}"#).is_empty());
    let error = decode_holder(&identity, &exchange(200, "{}", NOW)).unwrap_err();
    assert_eq!(error.field.as_deref(), Some("projects"));
    let refused = exchange(403, r#"{"error":{"code":403,"message":"no","title":"Forbidden"}}"#, NOW);
    assert_eq!(decode_holder(&identity, &refused).unwrap_err().kind, ErrorKind::Permission);
}
