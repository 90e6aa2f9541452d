//! Every call beside those that tell the progress of an operation: the fields that the vendors document.

#![allow(clippy::expect_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod support;

use rollwatch_core::http::Method;
use rollwatch_core::model::{Service, Site, Span, VendorTime, Zone};
use rollwatch_core::provider::{Catalogue, Purpose, ROUTES};
use rollwatch_sim::Clouds;
use serde_json::{Value, json};
use support::*;

const SES: &str = "ncp_search_engine.public.KR";
const CDSS: &str = "ncp_data_streaming.public.KR";

fn got(clouds: &Clouds, endpoint: &str, target: &str) -> Value {
    good(clouds, plain(endpoint, target, None, None))
}

fn posted(clouds: &Clouds, endpoint: &str, target: &str, wish: Value) -> Value {
    good(clouds, plain(endpoint, target, Some(wish), None))
}

fn good(clouds: &Clouds, request: rollwatch_core::http::Request) -> Value {
    let answer = call(clouds, request);
    assert_eq!(answer.status, 200, "{}", answer.body);
    body(&answer)
}

fn of_name<'a>(list: &'a Value, field: &str, name: &str) -> &'a Value {
    let items = list.as_array().expect("a list");
    items.iter().find(|item| item[field] == name).expect(name)
}

#[test]
fn every_route_of_the_catalogue_has_an_answer() {
    let clouds = clouds();
    let catalogue = Catalogue::built_in();
    for route in &ROUTES {
        let region = match route.service {
            Service::NcpSearchEngine | Service::NcpDataStreaming => "KR",
            Service::HuaweiCss => "cn-north-4",
            Service::AlibabaHologres => "cn-hangzhou",
        };
        let at = match route.purpose {
            Purpose::Service => catalogue.find(route.service, Site::Public, region),
            Purpose::Identity => catalogue.identity(route.service, Site::Public, region),
        };
        let action = route.pinned_headers.first().map(|(_, action)| *action);
        let wish = (route.method == Method::Post).then(|| json!({ "serviceGroupInstanceNo": "0" }));
        let target = route.path.replace("{id}", "0");
        let answer = call(&clouds, plain(&at.expect("an endpoint").id(), &target, wish, action));
        let refused = body(&answer);
        let no_route = ["300", "APIGW.0101", "InvalidAction.NotFound"];
        let code = [&refused["error"]["errorCode"], &refused["error_code"], &refused["Code"]];
        assert!(!code.iter().any(|code| no_route.iter().any(|none| **code == *none)), "{route:?} {refused}");
    }
}

#[test]
fn the_search_engine_lists_its_versions() {
    let answer = got(&clouds(), SES, "/cluster/getSearchEngineVersionList");
    assert_eq!(answer["code"], 0);
    let versions = &answer["result"]["searchEngineVersionList"];
    let one = of_name(versions, "searchEngineVersionCode", "2140");
    assert_eq!(one["searchEngineVersionName"], "OpenSearch 2.14.0");
    assert!(one["searchEngineDashboardVersionName"].is_string() && one["type"].is_string());
}

#[test]
fn the_list_of_nodes_has_times_that_show_the_zone() {
    let clouds = clouds();
    for (id, offset) in [("1001", 9 * 3600), ("1005", 0)] {
        let answer = got(&clouds, SES, &format!("/cluster/getClusterNodeList/{id}"));
        let result = &answer["result"];
        assert_eq!(result["serviceGroupInstanceNo"], id.parse::<i64>().expect("a number"));
        let nodes = result["computeList"].as_array().expect("nodes");
        let hosts: Vec<&Value> = nodes.iter().map(|node| &node["hostName"]).collect();
        let upgrading = told(&clouds, id);
        let shown = upgrading["result"]["nodeStatusVoList"].as_array().expect("nodes");
        assert_eq!(hosts, shown.iter().map(|node| &node["hostname"]).collect::<Vec<_>>());
        for time in [&result["createdDate"], &nodes[0]["createdYmdt"], &nodes[1]["operationYmdt"]] {
            let text = time["formattedDateTime"].as_str().expect("a time");
            assert_eq!(text.len(), "2025-03-24 17:09:41 000000".len());
            let at = VendorTime::parse(&text[..19], Zone::Assumed(offset)).expect("a time").at;
            assert_eq!(at.as_millis() / 1000, time["utc"].as_i64().expect("a number") / 1000);
        }
    }
}

#[test]
fn navers_lists_have_pages_and_show_what_may_not_be_opened() {
    let clouds = clouds();
    let all = &got(&clouds, SES, "/cluster/getClusterInfoList")["result"];
    assert_eq!(
        (&all["totalCount"], &all["isFirst"], &all["isLast"]),
        (&json!(5), &json!(true), &json!(true))
    );
    assert_eq!((&all["pageSize"], &all["currentPage"]), (&json!(10), &json!(1)));
    let busy = of_name(&all["allowedClusters"], "serviceGroupInstanceNo", "1001");
    assert_eq!((&busy["clusterName"], &busy["clusterStatus"]), (&json!("search-prod"), &json!("changing")));
    assert_eq!(busy["searchEngineVersion"], "OpenSearch 2.14.0");
    let idle = of_name(&all["allowedClusters"], "serviceGroupInstanceNo", "1006");
    assert_eq!(
        (&idle["clusterStatus"], &idle["searchEngineVersion"]),
        (&json!("running"), &json!("OpenSearch 2.15.0"))
    );
    assert_eq!(all["disallowedClusters"][0]["serviceGroupInstanceNo"], "1007");
    let second = &got(&clouds, SES, "/cluster/getClusterInfoList?pageNo=2&pageSize=2")["result"];
    assert_eq!(second["allowedClusters"].as_array().expect("a list").len(), 2);
    assert_eq!((&second["totalPage"], &second["isLast"]), (&json!(3), &json!(false)));
    let third = &got(&clouds, SES, "/cluster/getClusterInfoList?pageNo=3&pageSize=2")["result"];
    assert_eq!(
        (third["allowedClusters"].as_array().map(Vec::len), &third["isLast"]),
        (Some(0), &json!(true))
    );
    assert_eq!(third["disallowedClusters"].as_array().expect("a list").len(), 1);

    let all = &posted(&clouds, CDSS, "/cluster/getClusterInfoList", json!({}))["result"];
    let busy = of_name(&all["allowedClusters"], "clusterName", "streams-kafka");
    assert_eq!((&busy["serverStatus"], &busy["kafkaVersion"]), (&json!("changing"), &json!("Kafka 2.8.0")));
    assert_eq!(busy["serviceGroupInstanceNo"], "1121", "a text, though questions want a number");
    assert_eq!(
        all["disallowedClusters"],
        json!([{ "clusterName": "payroll-stream", "serviceGroupInstanceNo": "1107" }])
    );
    let wish = json!({ "pageNo": 2, "pageSize": 4 });
    let second = &posted(&clouds, CDSS, "/cluster/getClusterInfoList", wish)["result"];
    assert_eq!(second["currentPage"], 2);
    let first_page = got(&clouds, "ncp_search_engine.gov.KRS", "/cluster/getClusterInfoList");
    assert_eq!(first_page["result"]["totalCount"], 1, "each region lists its own");
}

#[test]
fn an_upgrade_of_the_search_engine_is_checked() {
    let clouds = clouds();
    let check = |id: &str, target: &str| {
        let wish = json!({ "serviceGroupInstanceNo": id, "targetVersionCode": target, "regionNo": "1" });
        posted(&clouds, SES, "/cluster/rollingUpgradePreCheck", wish)
    };
    let busy = check("1004", "2180");
    assert!(busy["code"] != 0 && busy["result"].is_null(), "it is being upgraded: {busy}");
    let refused = check("1006", "2180");
    assert_eq!((&refused["code"], &refused["result"]), (&json!(10154), &Value::Null));
    assert!(refused["message"].as_str().expect("a reason").contains("snapshot"));
    assert!(check("1006", "").to_string().contains("not allowed to be empty"));
    let wish = json!({ "serviceGroupInstanceNo": "3001", "targetVersionCode": "2111" });
    let passed = posted(&clouds, "ncp_search_engine.fin.FKR", "/cluster/rollingUpgradePreCheck", wish);
    assert_eq!((&passed["code"], &passed["result"]), (&json!(0), &json!(true)));
}

#[test]
fn data_streaming_tells_upgrades_as_it_tells_restarts_and_checks_them() {
    let clouds = clouds();
    let upgrading = &told(&clouds, "1121")["result"];
    assert_eq!(upgrading["clusterName"], "streams-kafka");
    assert_eq!(upgrading["brokerStatusPerNode"].as_array().expect("brokers").len(), 7);
    let versions = &got(&clouds, CDSS, "/cluster/getCDSSVersionList")["result"]["kafkaVersionList"];
    assert_eq!(of_name(versions, "kafkaVersionCode", "3903006")["kafkaVersionName"], "Kafka 3.9.0");
    let check = |cluster: u32, version: u32| {
        let wish = json!({
            "serviceGroupInstanceNo": cluster, "upgradeKafkaVersionCode": version, "upgradeConfigGroupNo": 7,
        });
        posted(&clouds, CDSS, "/cluster/rollingUpgradePreCheck", wish)
    };
    assert_eq!(check(1106, 3_903_006)["result"], true);
    assert!(check(1106, 2_403_005)["result"].is_null(), "that is the version which it has");
    assert!(check(1121, 3_903_006)["result"].is_null(), "it is being upgraded");
    let short = json!({ "serviceGroupInstanceNo": 1106, "upgradeKafkaVersionCode": 3_903_006 });
    let short = posted(&clouds, CDSS, "/cluster/rollingUpgradePreCheck", short);
    assert!(short["message"].as_str().expect("a reason").starts_with("upgradeConfigGroupNo"));
}

#[test]
fn the_identity_services_tell_whose_a_key_is() {
    let clouds = clouds();
    let caller = got(&clouds, "ncp_data_streaming~identity.gov.KRS", "/api/v1/caller-identity");
    assert_eq!((&caller["loginAlias"], &caller["userType"]), (&json!("demo-ncp-gov"), &json!("Customer")));
    assert!(caller["id"].is_string());
    let named = got(&clouds, "huawei_css~identity.public.cn-north-4", "/v3/projects?name=cn-north-4");
    assert_eq!(named["projects"].as_array().expect("projects").len(), 1);
    assert_eq!(named["projects"][0]["id"], "6204a5bd270343b5885144cf9c8c158d");
    let all = got(&clouds, "huawei_css~identity.public.cn-north-4", "/v3/projects");
    assert!(all["projects"].as_array().expect("projects").len() > 5);
    let otc = got(&clouds, "huawei_css~identity.otc.eu-de", "/v3/projects");
    assert_eq!(otc["projects"].as_array().expect("projects").len(), 1, "no project of another site");
    let empty = got(&clouds, "huawei_css~identity.public.cn-north-1", "/v3/projects?name=cn-north-1");
    let id = empty["projects"][0]["id"].as_str().expect("a project without clusters");
    let list = got(&clouds, "huawei_css.public.cn-north-1", &format!("/v1.0/{id}/clusters"));
    assert_eq!(list, json!({ "totalSize": 0, "clusters": [] }));
}

const P: &str = "6204a5bd270343b5885144cf9c8c158d";

#[test]
fn huawei_lists_clusters_by_pages_and_shows_each() {
    let clouds = clouds();
    let at = "huawei_css.public.cn-north-4";
    let all = got(&clouds, at, &format!("/v1.0/{P}/clusters"));
    assert_eq!(all["totalSize"], 3);
    let second = got(&clouds, at, &format!("/v1.0/{P}/clusters?limit=1&offset=2"));
    assert_eq!((&second["totalSize"], &second["clusters"][0]), (&json!(3), &all["clusters"][1]));
    assert_eq!(second["clusters"].as_array().expect("a list").len(), 1);
    let id = named("css-orders").id;
    let one = got(&clouds, at, &format!("/v1.0/{P}/clusters/{id}"));
    assert_eq!(one, *of_name(&all["clusters"], "id", id));
    assert_eq!((&one["status"], &one["actions"]), (&json!("100"), &json!(["UPGRADING"])));
    assert_eq!(one["datastore"]["subVersion"], "7.10.2_24.3.2_0422", "the old one until all is done");
    assert_eq!(one["instances"].as_array().expect("nodes").len(), 5);
    let idle = of_name(&all["clusters"], "name", "css-sandbox");
    assert_eq!((&idle["status"], &idle["actions"]), (&json!("200"), &json!([])));
    assert_eq!(
        idle["datastore"],
        json!({ "type": "opensearch", "version": "2.19.0", "subVersion": "2.19.0_25.9.1_1016", "isEosCluster": false })
    );
    for bad in ["limit=0", "limit=1001", "offset=0", "offset=x"] {
        let answer = call(&clouds, plain(at, &format!("/v1.0/{P}/clusters?{bad}"), None, None));
        assert_eq!((answer.status, &body(&answer)["errCode"]), (400, &json!("CSS.0001")), "{bad}");
    }
    let foreign = call(&clouds, plain(at, "/v1.0/0000/clusters", None, None));
    assert_eq!(foreign.status, 403);
}

/// The statuses of the tasks of one page, and the number of all.
fn tasks(clouds: &Clouds, name: &str, query: &str) -> (Vec<String>, i64) {
    let cluster = named(name);
    let at = format!("huawei_css.public.{}", cluster.region);
    let target = format!("/v1.0/{}/clusters/{}/upgrade/detail{query}", cluster.project, cluster.id);
    let page = got(clouds, &at, &target);
    let word = |task: &Value| task["status"].as_str().expect("a word").to_owned();
    let list = page["detailList"].as_array().expect("tasks").iter().map(word).collect();
    (list, page["totalSize"].as_i64().expect("a number"))
}

#[test]
fn tasks_come_in_pages_of_ten_and_in_either_order() {
    let clouds = clouds();
    let running = |(words, total): &(Vec<String>, i64)| {
        (words.len(), words.iter().position(|word| word == "RUNNING"), *total)
    };
    let newest = |query| running(&tasks(&clouds, "css-shop-history", query));
    assert_eq!(newest(""), (10, Some(0), 26));
    assert_eq!(newest("?offset=11&limit=10"), (10, None, 26));
    assert_eq!(newest("?offset=21&limit=10"), (6, None, 26));
    assert_eq!(newest("?limit=100"), (26, Some(0), 26));
    assert_eq!(newest("?offset=27"), (0, None, 26));
    let oldest = |query| running(&tasks(&clouds, "css-oldest-first", query));
    assert_eq!(oldest(""), (10, None, 26));
    assert_eq!(oldest("?offset=21&limit=10"), (6, Some(5), 26));
    let older = |query| running(&tasks(&clouds, "css-older-region", query));
    assert_eq!(older(""), (10, None, 13));
    assert_eq!(older("?offset=11"), (10, None, 13), "that region takes no notice of it");
    assert_eq!(older("?start=11"), (3, Some(2), 13));
}

#[test]
fn the_ids_of_tasks_stay_the_same_from_page_to_page() {
    let clouds = clouds();
    let cluster = named("css-shop-history");
    let page = |query: &str| {
        let target = format!("/v1.0/{}/clusters/{}/upgrade/detail{query}", cluster.project, cluster.id);
        got(&clouds, "huawei_css.public.cn-east-3", &target)["detailList"].clone()
    };
    let ids = |page: Value| -> Vec<String> {
        page.as_array().expect("tasks").iter().map(|task| task["id"].to_string()).collect()
    };
    let mut all = ids(page(""));
    all.extend(ids(page("?offset=11")));
    all.extend(ids(page("?offset=21")));
    assert_eq!(all, ids(page("?limit=1000")));
    all.sort();
    all.dedup();
    assert_eq!(all.len(), 26);
}

#[test]
fn hologres_lists_instances_and_shows_each() {
    let clouds = clouds();
    let at = "alibaba_hologres.public.cn-hangzhou";
    let list = good(&clouds, plain(at, "/api/v1/instances", Some(json!({})), Some("ListInstances")));
    assert_eq!((&list["Success"], &list["HttpStatusCode"]), (&json!("true"), &json!("200")));
    let instances = list["InstanceList"].as_array().expect("a list");
    assert_eq!(instances.len(), 6, "four leaders, one of them with two followers");
    let follower = of_name(&list["InstanceList"], "InstanceName", "holo-orders-bi");
    assert_eq!(
        (&follower["InstanceType"], &follower["LeaderInstanceId"]),
        (&json!("Follower"), &json!(named("holo-orders").id))
    );
    let its_id = follower["InstanceId"].as_str().expect("an id");
    let alone = good(&clouds, plain(at, &format!("/api/v1/instances/{its_id}"), None, Some("GetInstance")));
    assert_eq!(alone["Instance"], *follower);
    let target = format!("/api/v1/instances/{its_id}/upgrade/status");
    let followed = good(&clouds, plain(at, &target, None, Some("GetUpgradeStatus")));
    assert!(followed["Data"][0]["Details"].as_str().expect("a text").contains(its_id), "{followed}");
    let id = named("holo-orders").id;
    let one = good(&clouds, plain(at, &format!("/api/v1/instances/{id}"), None, Some("GetInstance")));
    assert_eq!(one["Success"], true);
    assert_eq!(one["Instance"], *of_name(&list["InstanceList"], "InstanceId", id));
    let instance = &one["Instance"];
    assert_eq!((&instance["InstanceStatus"], &instance["Version"]), (&json!("Running"), &json!("r2.2.47")));
    assert_eq!(
        (&instance["InstanceType"], &instance["RegionId"]),
        (&json!("Standard"), &json!("cn-hangzhou"))
    );
    clouds.clock().advance(Span::minutes(35));
    let after = good(&clouds, plain(at, &format!("/api/v1/instances/{id}"), None, Some("GetInstance")));
    assert_eq!(after["Instance"]["Version"], "r3.0.12");
    let limited = "alibaba_hologres.public.ap-northeast-1";
    let limited = good(&clouds, plain(limited, "/api/v1/instances", Some(json!({})), Some("ListInstances")));
    assert_eq!(limited["InstanceList"][0]["InstanceName"], "holo-tokyo-limited");
    let unknown = call(&clouds, plain(at, "/api/v1/instances/nobody", None, Some("GetInstance")));
    assert_eq!(body(&unknown)["Success"], false);
    let other = call(&clouds, plain(at, "/api/v1/instances", Some(json!({})), Some("DeleteInstance")));
    assert_eq!((other.status, &body(&other)["Code"]), (404, &json!("InvalidAction.NotFound")));
}

#[test]
fn a_finished_preparation_is_good_for_two_more_days() {
    let clouds = clouds();
    let data = told(&clouds, named("holo-kul-prepared").id)["Data"][0].clone();
    assert_eq!(data["Status"], "preparing");
    let finished = data["PrepareFinishTime"].as_str().expect("a time");
    let finished_at = VendorTime::parse(finished, Zone::Assumed(0)).expect("a time").at;
    let left_for = Span::hours(7 * 24).as_millis() - START.since(finished_at).as_millis();
    assert_eq!(left_for, Span::hours(2 * 24 + 2).as_millis());
}
