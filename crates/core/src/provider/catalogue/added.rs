//! Regions that a host adds to the table: a vendor opens one, or changes a name, between two versions of
//! Rollwatch.
//!
//! `config.json` and the proxy's `--regions` file hold the same list under `regions`:
//! `[{ "service", "site", "region", "host", "prefix"?, "identity_host"?, "utc_offset_minutes"?,
//! "region_number"? }]`. An entry with the service, site and region of a known endpoint takes its place.

use super::endpoints::endpoint;
use super::{Endpoint, is_id};
use crate::json::Json;
use crate::model::{Service, Site};

pub(super) fn add(endpoints: &mut Vec<Endpoint>, list: &Json) -> Vec<String> {
    let Some(entries) = list.as_list() else {
        return vec!["regions: write a list of regions.".to_owned()];
    };
    let mut problems = Vec::new();
    for (index, entry) in entries.iter().enumerate() {
        match read(entry) {
            Ok(new) => {
                let same = |e: &Endpoint, new: &Endpoint| {
                    (e.purpose, e.service, e.site, &e.region)
                        == (new.purpose, new.service, new.site, &new.region)
                };
                endpoints.retain(|known| !new.iter().any(|new| same(known, new)));
                endpoints.extend(new);
            }
            Err((field, remedy)) => problems.push(format!("regions[{index}].{field}: {remedy}.")),
        }
    }
    problems
}

/// The endpoints of one entry, or the field that is wrong and what to write there.
fn read(entry: &Json) -> Result<Vec<Endpoint>, (&'static str, String)> {
    let text = |name: &'static str| entry.get(name).and_then(Json::as_text);
    let service = text("service").and_then(Service::from_id);
    let service = service.ok_or_else(|| ("service", one_of(&Service::ALL.map(Service::id))))?;
    let site = text("site").and_then(Site::from_id);
    let site = site.ok_or_else(|| ("site", one_of(&Site::ALL.map(Site::id))))?;
    let region = text("region").filter(|region| is_id(region));
    let region = region.ok_or_else(|| ("region", "write the vendor's own region code".to_owned()))?;
    let mut at = endpoint(service, site, region, host(entry, "host")?.ok_or_else(|| no_host("host"))?);
    if let Some(prefix) = entry.get("prefix") {
        let prefix = prefix.as_text().filter(|prefix| is_prefix(prefix));
        let remedy = || ("prefix", "write a path such as /api/xyz-v2, without a slash at its end".to_owned());
        at.prefix = prefix.ok_or_else(remedy)?.to_owned();
    }
    if let Some(minutes) = entry.get("utc_offset_minutes") {
        let minutes = match minutes {
            Json::Number(minutes) => minutes.parse::<i32>().ok().filter(|minutes| minutes.abs() <= 14 * 60),
            _ => None,
        };
        let remedy = || ("utc_offset_minutes", "write minutes east of UTC, such as 540".to_owned());
        at.assumed_offset = minutes.ok_or_else(remedy)? * 60;
    }
    if let Some(number) = entry.get("region_number") {
        let number = number.as_text().filter(|number| is_id(number));
        let remedy = || ("region_number", "write the region's number as a text, such as \"1\"".to_owned());
        at.region_number = Some(number.ok_or_else(remedy)?.to_owned());
    }
    let identity = host(entry, "identity_host")?.map(|host| at.clone().identity(host));
    Ok([at].into_iter().chain(identity).collect())
}

fn one_of(known: &[&str]) -> String {
    format!("write one of {}", known.join(", "))
}

fn no_host(field: &'static str) -> (&'static str, String) {
    (field, "write a host name such as css.xx-1.example.com, without scheme, port and path".to_owned())
}

/// The host name in a field; `None` when there is no such field.
fn host(entry: &Json, field: &'static str) -> Result<Option<String>, (&'static str, String)> {
    let Some(host) = entry.get(field) else { return Ok(None) };
    let host = host.as_text().filter(|host| is_host(host)).ok_or_else(|| no_host(field))?;
    Ok(Some(host.to_owned()))
}

/// A name with at least two labels, in lower case: never an address, and never a bare name of a local network.
fn is_host(text: &str) -> bool {
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let last = text.rsplit('.').next().unwrap_or_default();
    text.len() <= 253
        && text.contains('.')
        && text.split('.').all(is_label)
        && last.bytes().any(|byte| byte.is_ascii_lowercase())
}

fn is_prefix(text: &str) -> bool {
    text.is_empty() || text.strip_prefix('/').is_some_and(|rest| rest.split('/').all(is_id))
}

#[cfg(test)]
mod tests {
    use super::super::Catalogue;
    use super::*;

    fn added(list: &str) -> (Catalogue, Vec<String>) {
        let mut catalogue = Catalogue::built_in();
        let problems = catalogue.add_regions(&Json::read(list).expect("JSON"));
        (catalogue, problems)
    }

    #[test]
    fn a_region_that_the_table_lacks_can_be_added() {
        let (catalogue, problems) = added(
            r#"[{"service":"huawei_css","site":"public","region":"xx-new-1","host":"css.xx-new-1.myhuaweicloud.com",
                "identity_host":"iam.xx-new-1.myhuaweicloud.com"},
               {"service":"ncp_search_engine","site":"public","region":"XYZ","host":"vpcsearchengine.apigw.ntruss.com",
                "prefix":"/api/xyz-v2","utc_offset_minutes":420,"region_number":"12"}]"#,
        );
        assert!(problems.is_empty(), "{problems:?}");
        let new = catalogue.find(Service::HuaweiCss, Site::Public, "xx-new-1").expect("added");
        assert_eq!(new.host, "css.xx-new-1.myhuaweicloud.com");
        assert!(catalogue.identity(Service::HuaweiCss, Site::Public, "xx-new-1").is_some());
        let xyz = catalogue.by_id("ncp_search_engine.public.XYZ").expect("added");
        assert_eq!((xyz.prefix.as_str(), xyz.assumed_offset), ("/api/xyz-v2", 420 * 60));
        assert_eq!(xyz.region_number.as_deref(), Some("12"));
    }

    #[test]
    fn an_entry_for_a_known_region_takes_its_place() {
        let (catalogue, problems) = added(
            r#"[{"service":"huawei_css","site":"public","region":"eu-west-101","host":"css.eu-west-101.myhuaweicloud.com"}]"#,
        );
        assert!(problems.is_empty(), "{problems:?}");
        let regions = catalogue.regions(Service::HuaweiCss, Site::Public);
        assert_eq!(regions.iter().filter(|region| **region == "eu-west-101").count(), 1);
        let host = &catalogue.find(Service::HuaweiCss, Site::Public, "eu-west-101").expect("known").host;
        assert_eq!(host, "css.eu-west-101.myhuaweicloud.com");
        assert!(catalogue.identity(Service::HuaweiCss, Site::Public, "eu-west-101").is_some());
    }

    #[test]
    fn what_cannot_be_added_is_named_and_the_rest_is_kept() {
        let good =
            r#"{"service":"huawei_css","site":"public","region":"xx-1","host":"css.xx-1.example.com"}"#;
        for (field, bad) in [
            ("service", r#"{"service":"aws","site":"public","region":"x","host":"a.b"}"#),
            ("site", r#"{"service":"huawei_css","site":"moon","region":"x","host":"a.b"}"#),
            ("region", r#"{"service":"huawei_css","site":"public","region":"a.b","host":"a.b"}"#),
            ("host", r#"{"service":"huawei_css","site":"public","region":"x"}"#),
            ("host", r#"{"service":"huawei_css","site":"public","region":"x","host":"https://a.b"}"#),
            ("host", r#"{"service":"huawei_css","site":"public","region":"x","host":"127.0.0.1"}"#),
            ("host", r#"{"service":"huawei_css","site":"public","region":"x","host":"localhost"}"#),
            ("host", r#"{"service":"huawei_css","site":"public","region":"x","host":"a.b:80"}"#),
            (
                "prefix",
                r#"{"service":"huawei_css","site":"public","region":"x","host":"a.b","prefix":"/../x"}"#,
            ),
            (
                "prefix",
                r#"{"service":"huawei_css","site":"public","region":"x","host":"a.b","prefix":"api"}"#,
            ),
            (
                "utc_offset_minutes",
                r#"{"service":"huawei_css","site":"public","region":"x","host":"a.b","utc_offset_minutes":9000}"#,
            ),
            (
                "region_number",
                r#"{"service":"huawei_css","site":"public","region":"x","host":"a.b","region_number":1}"#,
            ),
            (
                "identity_host",
                r#"{"service":"huawei_css","site":"public","region":"x","host":"a.b","identity_host":""}"#,
            ),
            ("service", "7"),
        ] {
            let (catalogue, problems) = added(&format!("[{bad},{good}]"));
            assert_eq!(problems.len(), 1, "{bad}");
            assert!(problems[0].starts_with(&format!("regions[0].{field}: write ")), "{problems:?}");
            assert!(catalogue.find(Service::HuaweiCss, Site::Public, "xx-1").is_some(), "{bad}");
        }
        assert_eq!(added("{}").1, ["regions: write a list of regions."]);
    }
}
