//! What a request asks, read from its route, its path, its query and its body.

use crate::css::KNOW_START_ONLY;
use crate::refusal::Refusal;
use rollwatch_core::http::{Method, Request};
use rollwatch_core::model::Service;
use rollwatch_core::provider::{Endpoint, Route};
use serde_json::Value;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Subject {
    SesUpgrade,
    SesPrecheck { target: String },
    SesNodes,
    SesVersions,
    SesClusters,
    CdssRestart,
    CdssUpgrade,
    CdssRestartPrecheck,
    CdssUpgradePrecheck { version: u64, config_group: u64 },
    CdssVersions,
    CdssClusters,
    NcpCaller,
    CssUpgrade,
    CssAzMigration,
    CssCluster,
    CssClusters,
    HuaweiProjects { name: Option<String> },
    HologresUpgrade,
    HologresInstance,
    HologresInstances,
}

impl Subject {
    /// Whether it is asked to make other answers clearer, or to find clusters.
    pub fn is_further(&self) -> bool {
        matches!(
            self,
            Subject::SesNodes
                | Subject::SesVersions
                | Subject::SesClusters
                | Subject::CdssVersions
                | Subject::CdssClusters
                | Subject::CssCluster
                | Subject::CssClusters
                | Subject::HuaweiProjects { .. }
                | Subject::HologresInstance
                | Subject::HologresInstances
        )
    }

    /// Whether the number of the region belongs into its body.
    pub fn names_region(&self) -> bool {
        matches!(self, Subject::SesUpgrade | Subject::SesPrecheck { .. })
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Question {
    pub subject: Subject,
    /// Empty where the vendor has none.
    pub project: String,
    /// Empty where the question is about an account.
    pub cluster: String,
    pub page: Page,
}

/// The part of a list that is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Page {
    /// How many items come before it.
    pub skip: usize,
    /// How many items it has at most, one at least.
    pub size: usize,
}

const WHOLE: Page = Page { skip: 0, size: usize::MAX };
/// How many items every list has that is not asked for another number.
const USUAL_SIZE: usize = 10;

impl Page {
    /// The items of this page, of all that there are.
    pub fn of<T>(self, items: Vec<T>) -> Vec<T> {
        items.into_iter().skip(self.skip).take(self.size).collect()
    }
}

pub(crate) fn read(request: &Request, endpoint: &Endpoint, route: &Route) -> Result<Question, Refusal> {
    let of_account =
        |subject, page| Question { subject, project: String::new(), cluster: String::new(), page };
    let of_cluster = |subject, cluster| Question { cluster, ..of_account(subject, WHOLE) };
    match (route.service, route.method, route.path) {
        (Service::NcpSearchEngine, Method::Post, "/cluster/getRollingUpgradeProgress") => {
            Ok(of_cluster(Subject::SesUpgrade, text_field(request, CLUSTER)?))
        }
        (Service::NcpSearchEngine, Method::Post, "/cluster/rollingUpgradePreCheck") => {
            // What is missing here is told by the service, in words of its own.
            let target = text_field(request, "targetVersionCode").unwrap_or_default();
            Ok(of_cluster(Subject::SesPrecheck { target }, text_field(request, CLUSTER)?))
        }
        (Service::NcpSearchEngine, Method::Get, "/cluster/getClusterNodeList/{id}") => {
            Ok(of_cluster(Subject::SesNodes, last_segment(request)))
        }
        (Service::NcpSearchEngine, Method::Get, "/cluster/getSearchEngineVersionList") => {
            Ok(of_account(Subject::SesVersions, WHOLE))
        }
        (Service::NcpSearchEngine, Method::Get, "/cluster/getClusterInfoList") => {
            let number = |name| counted(query(request, name), name);
            Ok(of_account(Subject::SesClusters, numbered(number("pageNo")?, number("pageSize")?)))
        }
        (Service::NcpDataStreaming, Method::Post, "/cluster/rollingRestartProgressCheck") => {
            Ok(of_cluster(Subject::CdssRestart, number_field(request, CLUSTER)?.to_string()))
        }
        (Service::NcpDataStreaming, Method::Post, "/cluster/rollingUpgradeProgressCheck") => {
            Ok(of_cluster(Subject::CdssUpgrade, number_field(request, CLUSTER)?.to_string()))
        }
        (Service::NcpDataStreaming, Method::Post, "/cluster/rollingRestartPreCheck") => {
            Ok(of_cluster(Subject::CdssRestartPrecheck, number_field(request, CLUSTER)?.to_string()))
        }
        (Service::NcpDataStreaming, Method::Post, "/cluster/rollingUpgradePreCheck") => {
            let subject = Subject::CdssUpgradePrecheck {
                version: number_field(request, "upgradeKafkaVersionCode")?,
                config_group: number_field(request, "upgradeConfigGroupNo")?,
            };
            Ok(of_cluster(subject, number_field(request, CLUSTER)?.to_string()))
        }
        (Service::NcpDataStreaming, Method::Get, "/cluster/getCDSSVersionList") => {
            Ok(of_account(Subject::CdssVersions, WHOLE))
        }
        (Service::NcpDataStreaming, Method::Post, "/cluster/getClusterInfoList") => {
            let body = body(request);
            let number = |name| match body.get(name) {
                None => Ok(None),
                Some(given) => given.as_u64().and_then(at_least_one).map(Some).ok_or(Refusal::Field(name)),
            };
            Ok(of_account(Subject::CdssClusters, numbered(number("pageNo")?, number("pageSize")?)))
        }
        (Service::NcpSearchEngine | Service::NcpDataStreaming, Method::Get, "/api/v1/caller-identity") => {
            Ok(of_account(Subject::NcpCaller, WHOLE))
        }
        (Service::HuaweiCss, Method::Get, "/v1.0/{id}/clusters/{id}/upgrade/detail") => {
            let subject = match query(request, "action_mode") {
                None | Some("" | "UPGRADING") => Subject::CssUpgrade,
                Some("AZ_MIGRATION") => Subject::CssAzMigration,
                Some(_) => return Err(Refusal::Field("action_mode")),
            };
            let (project, cluster) = (segment(request, 2), segment(request, 4));
            Ok(Question { subject, project, cluster, page: from_offset(request, endpoint)? })
        }
        (Service::HuaweiCss, Method::Get, "/v1.0/{id}/clusters/{id}") => {
            let asked = of_cluster(Subject::CssCluster, segment(request, 4));
            Ok(Question { project: segment(request, 2), ..asked })
        }
        (Service::HuaweiCss, Method::Get, "/v1.0/{id}/clusters") => {
            let asked = of_account(Subject::CssClusters, from_offset(request, endpoint)?);
            Ok(Question { project: segment(request, 2), ..asked })
        }
        (Service::HuaweiCss, Method::Get, "/v3/projects") => {
            let name = query(request, "name").map(str::to_owned);
            Ok(of_account(Subject::HuaweiProjects { name }, WHOLE))
        }
        (Service::AlibabaHologres, method, path) => {
            let is_pinned = |(name, value): &(&str, &str)| {
                let header = request.headers.iter().find(|header| header.name == *name);
                header.is_some_and(|header| header.value.trim() == *value)
            };
            if !route.pinned_headers.iter().all(is_pinned) {
                return Err(Refusal::Route);
            }
            match (method, path) {
                (Method::Get, "/api/v1/instances/{id}/upgrade/status") => {
                    if query(request, "RegionId").is_some_and(|region| region != endpoint.region) {
                        return Err(Refusal::Cluster);
                    }
                    Ok(of_cluster(Subject::HologresUpgrade, segment(request, 4)))
                }
                (Method::Get, "/api/v1/instances/{id}") => {
                    Ok(of_cluster(Subject::HologresInstance, segment(request, 4)))
                }
                (Method::Post, "/api/v1/instances") => {
                    if !body(request).is_object() {
                        return Err(Refusal::Field("body"));
                    }
                    Ok(of_account(Subject::HologresInstances, WHOLE))
                }
                _ => Err(Refusal::Route),
            }
        }
        _ => Err(Refusal::Route),
    }
}

const CLUSTER: &str = "serviceGroupInstanceNo";
const REGION: &str = "regionNo";

/// The public zone requires the number of its region and the other zones do not know the field. When the zone
/// `is_contrary`, it is the other way round.
pub(crate) fn region_number(
    request: &Request,
    endpoint: &Endpoint,
    is_contrary: bool,
) -> Result<(), Refusal> {
    // The pages say a text, and a client of another hand sends a number.
    let given = match body(request).get(REGION) {
        None | Some(Value::Null) => None,
        Some(Value::String(text)) => Some(text.clone()),
        Some(other) => Some(other.to_string()),
    };
    let is_wanted = endpoint.region_number.is_some() != is_contrary;
    match (is_wanted, given) {
        (true, None) => Err(Refusal::Field(REGION)),
        (true, Some(given)) => match &endpoint.region_number {
            Some(number) if *number != given => Err(Refusal::Field(REGION)),
            _ => Ok(()),
        },
        (false, None) => Ok(()),
        (false, Some(_)) => Err(Refusal::Unexpected(REGION)),
    }
}

fn body(request: &Request) -> Value {
    serde_json::from_str(&request.body).unwrap_or(Value::Null)
}

/// The search engine wants the number of a cluster as a text.
fn text_field(request: &Request, name: &'static str) -> Result<String, Refusal> {
    let body = body(request);
    body.get(name).and_then(Value::as_str).map(str::to_owned).ok_or(Refusal::Field(name))
}

/// Data streaming wants it as a number.
fn number_field(request: &Request, name: &'static str) -> Result<u64, Refusal> {
    body(request).get(name).and_then(Value::as_u64).ok_or(Refusal::Field(name))
}

/// NAVER's pages, which have numbers from 1.
fn numbered(number: Option<usize>, size: Option<usize>) -> Page {
    let size = size.unwrap_or(USUAL_SIZE);
    Page { skip: number.unwrap_or(1).saturating_sub(1).saturating_mul(size), size }
}

/// Huawei's pages, which begin with an item whose number counts from 1. Regions with an older service know
/// that number under an older name only, and take no notice of the newer one.
fn from_offset(request: &Request, endpoint: &Endpoint) -> Result<Page, Refusal> {
    let first = if KNOW_START_ONLY.contains(&endpoint.region.as_str()) { "start" } else { "offset" };
    let size = counted(query(request, "limit"), "limit")?.unwrap_or(USUAL_SIZE);
    if size > 1000 {
        return Err(Refusal::Field("limit"));
    }
    let first = counted(query(request, first), first)?.unwrap_or(1);
    Ok(Page { skip: first.saturating_sub(1), size })
}

fn counted(given: Option<&str>, name: &'static str) -> Result<Option<usize>, Refusal> {
    match given {
        None => Ok(None),
        Some(text) => text.parse().ok().and_then(at_least_one).map(Some).ok_or(Refusal::Field(name)),
    }
}

fn at_least_one(number: u64) -> Option<usize> {
    usize::try_from(number).ok().filter(|number| *number >= 1)
}

/// A segment of the path; number 0 is the empty one before the first slash.
fn segment(request: &Request, number: usize) -> String {
    request.path.split('/').nth(number).unwrap_or_default().to_owned()
}

fn last_segment(request: &Request) -> String {
    request.path.rsplit('/').next().unwrap_or_default().to_owned()
}

fn query<'a>(request: &'a Request, name: &str) -> Option<&'a str> {
    request
        .query
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .find(|pair| pair.0 == name)
        .map(|pair| pair.1)
}
