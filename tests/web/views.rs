//! Views as the page gets them: a vendor's answer, understood, judged and put into words by the core.

use rollwatch_core::assess::{Circumstances, assess};
use rollwatch_core::http::Exchange;
use rollwatch_core::model::{OperationKind, Service, Site, Span, Timestamp, Watch};
use rollwatch_core::provider::{Background, Catalogue, decode};
use rollwatch_core::timeline::{Outcome, Timeline};
use rollwatch_core::view::words::Lang;
use rollwatch_core::view::{Liveness, Look, PageView, Reader, page};

pub const SEARCH_ENGINE: &str = include_str!("../fixtures/ncp_search_engine/documented/response-001.json");
pub const COMPLETE: &str = include_str!("../fixtures/ncp_search_engine/complete/response-001.json");
pub const UNKNOWN_WORD: &str = include_str!("../fixtures/ncp_search_engine/unknown-word/response-001.json");
pub const DATA_STREAMING: &str = include_str!("../fixtures/ncp_data_streaming/documented/response-001.json");
pub const CSS: &str = include_str!("../fixtures/huawei_css/documented-upgrade/response-001.json");
pub const CSS_FAILED: &str = include_str!("../fixtures/huawei_css/failed/response-001.json");
pub const AZ_MIGRATION: &str =
    include_str!("../fixtures/huawei_css/documented-az-migration/response-001.json");
pub const HOLOGRES: &str = include_str!("../fixtures/alibaba_hologres/documented/response-001.json");

/// Every documented sample, with what was asked.
pub const DOCUMENTED: [(Service, OperationKind, &str); 5] = [
    (Service::NcpSearchEngine, OperationKind::Upgrade, SEARCH_ENGINE),
    (Service::NcpDataStreaming, OperationKind::RollingRestart, DATA_STREAMING),
    (Service::HuaweiCss, OperationKind::Upgrade, CSS),
    (Service::HuaweiCss, OperationKind::AzMigration, AZ_MIGRATION),
    (Service::AlibabaHologres, OperationKind::Upgrade, HOLOGRES),
];

/// Four minutes after the first sample's latest change.
pub const NOW: Timestamp = Timestamp::from_millis(1_742_804_128_000);

pub fn watch(service: Service, operation: OperationKind) -> Watch {
    let region = match service {
        Service::NcpSearchEngine | Service::NcpDataStreaming => "KR",
        Service::HuaweiCss => "cn-north-4",
        Service::AlibabaHologres => "cn-hangzhou",
    };
    Watch {
        service,
        operation,
        site: Site::Public,
        region: region.to_owned(),
        project: if service.needs_project() {
            "6204a5bd270343b5885144cf9c8c158d".to_owned()
        } else {
            String::new()
        },
        cluster: "1001".to_owned(),
        account: "night-shift".to_owned(),
    }
}

/// The page after these answers, a minute apart, the last of them with this status.
pub fn page_of(service: Service, operation: OperationKind, status: u16, answers: &[&str]) -> PageView {
    let watch = watch(service, operation);
    let timeline = timeline_of(&watch, status, answers, NOW);
    page_at(&watch, &timeline, &Look::default(), NOW)
}

/// What is known after these answers, a minute apart, the last of them at `now` and with this status.
pub fn timeline_of(watch: &Watch, status: u16, answers: &[&str], now: Timestamp) -> Timeline {
    let catalogue = Catalogue::built_in();
    let endpoint = catalogue.find(watch.service, watch.site, &watch.region).expect("in the catalogue");
    let mut timeline = Timeline::default();
    for (index, body) in answers.iter().enumerate() {
        let left = answers.len() - 1 - index;
        let at = now.minus(Span::minutes(left as i64));
        let status = if left == 0 { status } else { 200 };
        let exchange =
            Exchange { status, headers: Vec::new(), body: (*body).to_owned(), sent_at: at, received_at: at };
        let outcome = match decode(watch, endpoint, &exchange, &Background::default(), at) {
            Ok(observation) => Outcome::Observed(Box::new(observation)),
            Err(error) => Outcome::Failed(error),
        };
        timeline.record(outcome, at);
    }
    timeline
}

pub fn page_at(watch: &Watch, timeline: &Timeline, look: &Look, now: Timestamp) -> PageView {
    let reader = Reader { lang: Lang::En, offset_at: |_| 0 };
    let assessment = assess(timeline, &Circumstances::default(), now);
    page(watch, timeline, &assessment, &Liveness::default(), look, reader, now)
}

pub fn search_engine(body: &str) -> PageView {
    page_of(Service::NcpSearchEngine, OperationKind::Upgrade, 200, &[body])
}
