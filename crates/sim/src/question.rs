//! What a request asks, read from its route, its path and its body.

use crate::refusal::Refusal;
use rollwatch_core::http::Request;
use rollwatch_core::model::{Service, Site};
use rollwatch_core::provider::{Endpoint, Route};
use serde_json::Value;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Subject {
    SesUpgrade,
    CdssRestart,
    CdssPrecheck,
    CssUpgrade,
    CssAzMigration,
    HologresUpgrade,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Question {
    pub subject: Subject,
    /// Empty where the vendor has none.
    pub project: String,
    pub cluster: String,
}

pub(crate) fn read(request: &Request, endpoint: &Endpoint, route: &Route) -> Result<Question, Refusal> {
    let ncp = |subject, cluster| Question { subject, project: String::new(), cluster };
    match (route.service, route.path) {
        (Service::NcpSearchEngine, _) => {
            let body = body(request);
            region_number(&body, endpoint)?;
            // The search engine wants the number as a text, data streaming as a number.
            let cluster = body.get(CLUSTER).and_then(Value::as_str).ok_or(Refusal::Field(CLUSTER))?;
            Ok(ncp(Subject::SesUpgrade, cluster.to_owned()))
        }
        (Service::NcpDataStreaming, path) => {
            let cluster = body(request).get(CLUSTER).and_then(Value::as_u64);
            let precheck = path.ends_with("PreCheck");
            let subject = if precheck { Subject::CdssPrecheck } else { Subject::CdssRestart };
            Ok(ncp(subject, cluster.ok_or(Refusal::Field(CLUSTER))?.to_string()))
        }
        (Service::HuaweiCss, _) => {
            let subject = match query(request, "action_mode") {
                None | Some("" | "UPGRADING") => Subject::CssUpgrade,
                Some("AZ_MIGRATION") => Subject::CssAzMigration,
                Some(_) => return Err(Refusal::Field("action_mode")),
            };
            Ok(Question { subject, project: segment(request, 2), cluster: segment(request, 4) })
        }
        (Service::AlibabaHologres, _) => {
            let header = |name| request.headers.iter().find(|header| header.name == name);
            let is = |name, value: &str| header(name).is_some_and(|header| header.value.trim() == value);
            if !is("x-acs-action", "GetUpgradeStatus") || !is("x-acs-version", "2022-06-01") {
                return Err(Refusal::Route);
            }
            if query(request, "RegionId").is_some_and(|region| region != endpoint.region) {
                return Err(Refusal::Cluster);
            }
            let cluster = segment(request, 4);
            Ok(Question { subject: Subject::HologresUpgrade, project: String::new(), cluster })
        }
    }
}

const CLUSTER: &str = "serviceGroupInstanceNo";

fn body(request: &Request) -> Value {
    serde_json::from_str(&request.body).unwrap_or(Value::Null)
}

/// The public zone requires the number of its region; the other zones do not know the field.
fn region_number(body: &Value, endpoint: &Endpoint) -> Result<(), Refusal> {
    let number = match (endpoint.site, endpoint.region.as_str()) {
        (Site::Public, "KR") => "1",
        (Site::Public, "SGN") => "7",
        (Site::Public, "JPN") => "8",
        _ => return Ok(()),
    };
    let given = body.get("regionNo").and_then(Value::as_str);
    if given == Some(number) { Ok(()) } else { Err(Refusal::Field("regionNo")) }
}

/// A segment of the path; number 0 is the empty one before the first slash.
fn segment(request: &Request, number: usize) -> String {
    request.path.split('/').nth(number).unwrap_or_default().to_owned()
}

fn query<'a>(request: &'a Request, name: &str) -> Option<&'a str> {
    request
        .query
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .find(|pair| pair.0 == name)
        .map(|pair| pair.1)
}
