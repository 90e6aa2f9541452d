//! What changes something, as the vendors document it.

/// A call that must never be made.
#[allow(dead_code, reason = "two test programs read this table, each its own columns")]
pub struct Mutating {
    /// The endpoint where it would do its work.
    pub at: &'static str,
    /// The path before every call there.
    pub prefix: &'static str,
    pub method: &'static str,
    /// The path after the prefix.
    pub path: &'static str,
    /// The action that Alibaba wants named in a header.
    pub action: Option<&'static str>,
}

const fn at(at: &'static str, prefix: &'static str, method: &'static str, path: &'static str) -> Mutating {
    Mutating { at, prefix, method, path, action: None }
}

const fn ses(method: &'static str, path: &'static str) -> Mutating {
    at("ncp_search_engine.public.KR", "/api/v2", method, path)
}

const fn cdss(method: &'static str, path: &'static str) -> Mutating {
    at("ncp_data_streaming.public.KR", "/api/v1", method, path)
}

const fn css(method: &'static str, path: &'static str) -> Mutating {
    at("huawei_css.public.cn-north-4", "", method, path)
}

const fn iam(path: &'static str) -> Mutating {
    at("huawei_css~identity.public.cn-north-4", "", "POST", path)
}

const fn holo(action: &'static str, path: &'static str) -> Mutating {
    Mutating { action: Some(action), ..at("alibaba_hologres.public.cn-hangzhou", "", "POST", path) }
}

/// Calls at addresses that no method may open.
pub const MUTATING: [Mutating; 29] = [
    ses("POST", "/cluster/rollingUpgradeCluster"),
    ses("GET", "/cluster/restartSearchEngineCluster/1001"),
    at("ncp_search_engine.gov.KRS", "/api/krs-v2", "POST", "/cluster/rollingUpgradeCluster"),
    at("ncp_search_engine.fin.FKR", "/api/v2", "GET", "/cluster/restartSearchEngineCluster/1001"),
    cdss("POST", "/cluster/rollingRestart"),
    cdss("POST", "/cluster/rollingUpgrade"),
    cdss("GET", "/cluster/restartAllServices/1001"),
    cdss("GET", "/cluster/restartKafkaService/1001"),
    cdss("GET", "/cluster/restartCMAKService/1001"),
    cdss("GET", "/cluster/enablePublicDomain/1001"),
    cdss("GET", "/cluster/disablePublicDomain/1001"),
    // NAVER Cloud, temporary keys.
    at("ncp_search_engine~identity.public.KR", "", "POST", "/api/v1/credentials"),
    at("ncp_search_engine.public.KR", "", "POST", "/vserver/v2/createServerInstances"),
    css("POST", "/v1.0/p1/clusters/c1/inst-type/all/image/upgrade"),
    css("POST", "/v1.0/p1/clusters/c1/inst-type/ess/azmigrate"),
    css("PUT", "/v1.0/p1/clusters/c1/upgrade/a1/retry"),
    css("PUT", "/v1.0/p1/clusters/c1/upgrade/a1/retry?retry_mode=abort"),
    css("POST", "/v1.0/p1/clusters/c1/restart"),
    css("POST", "/v2.0/p1/clusters/c1/rolling-restart"),
    // Huawei Cloud, identity: tokens and temporary keys.
    iam("/v3/auth/tokens"),
    iam("/v3.0/OS-CREDENTIAL/securitytokens"),
    holo("PrepareUpgrade", "/api/v1/instances/hgx-1/upgrade/prepare"),
    holo("UpgradeInstance", "/api/v1/instances/hgx-1/upgrade"),
    holo("UpgradeInstance", "/api/v1/instances/hgx-1/upgrade?RegionId=cn-hangzhou"),
    holo("DiscardUpgrade", "/api/v1/instances/hgx-1/upgrade/discard"),
    holo("UpdateAutoUpgrade", "/api/v1/instances/hgx-1/autoUpgrade"),
    holo("RestartInstance", "/api/v1/instances/hgx-1/restart"),
    holo("RestartHoloWarehouse", "/api/v1/instances/hgx-1/restartHoloWarehouse"),
    // Another service of Alibaba, which takes the action from the query.
    holo("RunInstances", "/?Action=RunInstances&Version=2014-05-26&RegionId=cn-hangzhou"),
];

/// Calls at addresses that GET reads.
pub const SHARED: [Mutating; 3] = [
    css("POST", "/v1.0/p1/clusters"),
    css("DELETE", "/v1.0/p1/clusters/c1"),
    at("huawei_css~identity.public.cn-north-4", "", "POST", "/v3/projects"),
];
