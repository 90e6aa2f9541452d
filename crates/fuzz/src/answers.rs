//! The targets that read a vendor's answer.
//!
//! An input is the body as served. A first line of three digits is the HTTP status, which is 200 without it.

use crate::properties::{explained, shown, sound};
use rollwatch_core::http::Exchange;
use rollwatch_core::model::{Holder, OperationKind, Service, Site, Span, Timestamp, Watch};
use rollwatch_core::provider::{
    Background, Catalogue, Endpoint, Inquiry, decode as decoded, decode_check, decode_holder, decode_list,
};
use std::sync::OnceLock;

pub fn decode(service: Service, operation: OperationKind, text: &str) {
    let watch = watch(service, operation);
    sound(&decoded(&watch, &endpoint(service), &exchange(text), &Background::default(), observed_at()));
}

/// The answer about the operation is the documented one, so that the vendor is asked for supplements; a line
/// `---` stands between their answers, and the last one answers all further questions.
pub fn inquire(service: Service, operation: OperationKind, text: &str) {
    let watch = watch(service, operation);
    let mut inquiry = Inquiry::new(watch, endpoint(service), Background::default(), observed_at());
    let mut answers = text.split("\n---\n");
    let (mut answer, mut asked) = (sample(service, operation), 0);
    while inquiry.next(observed_at()).is_some() {
        inquiry.take(exchange(answer), observed_at());
        answer = answers.next().unwrap_or(if asked == 0 { text } else { answer });
        asked += 1;
        assert!(asked < 20, "an inquiry ends");
    }
    let (result, background) = inquiry.finish();
    assert!(result.as_ref().is_some_and(Result::is_ok), "the documented answer stays understood");
    result.iter().for_each(sound);
    // The next poll reads its answer with what was learnt.
    let again = exchange(sample(service, operation));
    let at = observed_at().plus(Span::minutes(1));
    sound(&decoded(&self::watch(service, operation), &endpoint(service), &again, &background, at));
}

pub fn list(service: Service, text: &str) {
    for page in [1, 2, u32::MAX] {
        match decode_list(&endpoint(service), &exchange(text), page) {
            Ok(listing) => {
                assert!(
                    listing.clusters.iter().all(|cluster| !cluster.id.is_empty()),
                    "every cluster has an id"
                );
                assert!(listing.next.is_none_or(|next| next > page), "pages are asked for in their order");
            }
            Err(error) => explained(&error),
        }
    }
}

pub fn check(service: Service, text: &str) {
    match decode_check(&endpoint(service), &exchange(text)) {
        Ok(precheck) => shown(&precheck),
        Err(error) => explained(&error),
    }
}

pub fn holder(service: Service, text: &str) {
    let Some(identity) = identity(service) else { return };
    match decode_holder(&identity, &exchange(text)) {
        Ok(Holder::Projects(projects)) => {
            assert!(projects.iter().all(|project| !project.id.is_empty()), "every project has an id");
        }
        Ok(Holder::User { .. }) => {}
        Err(error) => explained(&error),
    }
}

/// A watch of this operation, with ids of the documented form.
pub fn watch(service: Service, operation: OperationKind) -> Watch {
    let (cluster, project) = match service {
        Service::NcpSearchEngine | Service::NcpDataStreaming => ("1001", ""),
        Service::HuaweiCss => ("ea244205-d641-45d9-9dcb-ab2236bcd07e", "6204a5bd270343b5885144cf9c8c158d"),
        Service::AlibabaHologres => ("hgprecn-cn-uqm30ptv6004", ""),
    };
    Watch {
        service,
        operation,
        site: Site::Public,
        region: region(service).to_owned(),
        project: project.to_owned(),
        cluster: cluster.to_owned(),
        account: String::new(),
    }
}

fn region(service: Service) -> &'static str {
    match service {
        Service::NcpSearchEngine | Service::NcpDataStreaming => "KR",
        Service::HuaweiCss => "cn-north-4",
        Service::AlibabaHologres => "cn-hangzhou",
    }
}

/// The endpoint that a watch of [`watch`] asks.
pub fn endpoint(service: Service) -> Endpoint {
    catalogue().find(service, Site::Public, region(service)).expect("a region of the table").clone()
}

pub(crate) fn identity(service: Service) -> Option<Endpoint> {
    catalogue().identity(service, Site::Public, region(service)).cloned()
}

/// The vendor's documented answer about an operation.
pub fn sample(service: Service, operation: OperationKind) -> &'static str {
    macro_rules! fixture {
        ($folder:literal) => {
            include_str!(concat!("../../../tests/fixtures/", $folder, "/response-001.json"))
        };
    }
    match (service, operation) {
        (Service::NcpSearchEngine, _) => fixture!("ncp_search_engine/documented"),
        (Service::NcpDataStreaming, OperationKind::Precheck) => {
            fixture!("ncp_data_streaming/precheck-documented-possible")
        }
        (Service::NcpDataStreaming, _) => fixture!("ncp_data_streaming/documented"),
        (Service::HuaweiCss, OperationKind::AzMigration) => fixture!("huawei_css/documented-az-migration"),
        (Service::HuaweiCss, _) => fixture!("huawei_css/documented-upgrade"),
        (Service::AlibabaHologres, _) => fixture!("alibaba_hologres/documented"),
    }
}

/// When every answer arrives.
pub fn observed_at() -> Timestamp {
    Timestamp::from_millis(1_742_803_781_000)
}

/// The answer that an input stands for.
pub fn exchange(text: &str) -> Exchange {
    let stated = || {
        let (line, body) = text.split_once('\n')?;
        let is_status = line.len() == 3 && line.bytes().all(|byte| byte.is_ascii_digit());
        Some((line.parse().ok().filter(|_| is_status)?, body))
    };
    let (status, body) = stated().unwrap_or((200, text));
    let received_at = observed_at();
    Exchange { status, headers: Vec::new(), body: body.to_owned(), sent_at: received_at, received_at }
}

/// Built once: a fuzzer runs a target many thousand times a second.
fn catalogue() -> &'static Catalogue {
    static BUILT_IN: OnceLock<Catalogue> = OnceLock::new();
    BUILT_IN.get_or_init(Catalogue::built_in)
}
