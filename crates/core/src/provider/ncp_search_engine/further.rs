//! What else the search engine is asked: supplements, the other form of the question, and the clusters of an
//! account.

use super::super::wire::{self, Answer};
use super::super::{Background, Endpoint, Supplement};
use super::{versions, zone};
use crate::error::{ErrorKind, PollError};
use crate::http::Request;
use crate::model::{Listing, Observation, Operation, Span, Timestamp, Watch, Zone};

/// How long the answer to a supplement is good for.
const GOOD_FOR: Span = Span::hours(24);

pub(super) const LIST: wire::ncp::ListFields =
    wire::ncp::ListFields { status: "clusterStatus", version: &["searchEngineVersion"] };

/// The names of versions help while a code has none, and where the next upgrade could be checked; the nodes
/// help while times are read in an assumed zone.
pub(super) fn wanted(
    background: &Background,
    observation: &Observation,
    now: Timestamp,
) -> Option<Supplement> {
    let operation = observation.operation.as_ref();
    let names_help =
        operation.is_none_or(|operation| operation.state.is_over() || has_unnamed(background, operation));
    let zone_helps = operation.is_some_and(has_assumed_time);
    let helping = [(Supplement::Versions, names_help), (Supplement::Nodes, zone_helps)];
    let due = |supplement: Supplement| background.is_due(supplement, GOOD_FOR, now);
    helping.into_iter().find_map(|(supplement, helps)| (helps && due(supplement)).then_some(supplement))
}

fn has_unnamed(background: &Background, operation: &Operation) -> bool {
    let codes = operation.facts.iter().filter(|fact| versions::CODES.contains(&fact.name.as_str()));
    codes.into_iter().any(|fact| background.version_name(&fact.value).is_none())
}

fn has_assumed_time(operation: &Operation) -> bool {
    let of_nodes = operation.nodes.iter().filter_map(|node| node.updated_at.as_ref());
    operation.started_at.iter().chain(of_nodes).any(|time| matches!(time.zone, Zone::Assumed(_)))
}

/// # Errors
/// `BadWatch` naming `cluster`, or `operation` for what this service has no call for.
pub(super) fn supplement_request(
    watch: &Watch,
    endpoint: &Endpoint,
    supplement: Supplement,
) -> Result<Request, PollError> {
    let route = match supplement {
        Supplement::Versions => versions::ROUTE.to_owned(),
        Supplement::Nodes => format!("{}/{}", zone::ROUTE, wire::id("cluster", &watch.cluster)?),
        Supplement::Cluster | Supplement::Operations { .. } => {
            return Err(PollError::field(ErrorKind::BadWatch, "operation"));
        }
    };
    Ok(wire::ncp::get(endpoint, &route, String::new()))
}

/// A measured zone never takes the place of one that a person has chosen.
pub(super) fn learn(
    supplement: Supplement,
    answer: Answer<'_>,
    background: &mut Background,
) -> Result<(), PollError> {
    match supplement {
        Supplement::Versions => background.versions = versions::listed(answer)?,
        Supplement::Nodes => {
            let measured = zone::measured(answer)?.map(Zone::Measured);
            if !matches!(background.zone, Some(Zone::Chosen(_))) {
                background.zone = measured.or(background.zone);
            }
        }
        Supplement::Cluster | Supplement::Operations { .. } => return Err(answer.malformed("result")),
    }
    Ok(())
}

/// The documents of the zones differ in whether `regionNo` goes along, and have changed once: a refusal that
/// speaks of it turns sending it on or off.
pub(super) fn adapt(endpoint: &Endpoint, error: &PollError, background: &mut Background) -> bool {
    let is_refusal = matches!(error.kind, ErrorKind::Refused | ErrorKind::NotFound | ErrorKind::VendorDown);
    let flips = endpoint.region_number.is_some()
        && is_refusal
        && error.message.as_deref().is_some_and(speaks_of_region);
    if flips {
        background.sends_region_number = Some(!background.sends_region_number.unwrap_or(true));
    }
    flips
}

/// Whether a message is about the number of the region: `regionNo`, `region_no` or "region number". A region that
/// is "not found" is something else.
pub(in crate::provider) fn speaks_of_region(message: &str) -> bool {
    let lower = message.to_ascii_lowercase();
    let mut before = "";
    lower.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).any(|word| {
        let both = before == "region" && matches!(word, "no" | "number");
        before = word;
        both || matches!(word, "regionno" | "regionnumber")
    })
}

pub(super) fn list_request(endpoint: &Endpoint, page: u32) -> Request {
    let query = format!("pageNo={page}&pageSize={}", wire::ncp::PAGE_SIZE);
    wire::ncp::get(endpoint, wire::ncp::LIST_ROUTE, query)
}

pub(super) fn decode_list(answer: Answer<'_>, page: u32) -> Result<Listing, PollError> {
    wire::ncp::list(answer, page, &LIST)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::Exchange;
    use crate::json::Json;

    #[test]
    fn a_zone_that_a_person_has_chosen_stays() {
        let date = r#"{"formattedDateTime":"2025-03-24 16:09:41","utc":1742803781000}"#;
        let body = format!(
            r#"{{"code":0,"result":{{"createdDate":{date},"computeList":[{{"createdYmdt":{date}}}]}}}}"#
        );
        let json = Json::read(&body).expect("JSON");
        let at = Timestamp::from_millis(0);
        let exchange = Exchange { status: 200, headers: Vec::new(), body, sent_at: at, received_at: at };
        for (known, then) in [
            (Some(Zone::Chosen(0)), Some(Zone::Chosen(0))),
            (Some(Zone::Measured(0)), Some(Zone::Measured(8 * 3600))),
            (None, Some(Zone::Measured(8 * 3600))),
        ] {
            let mut background = Background::default();
            background.zone = known;
            let learnt = learn(Supplement::Nodes, Answer::new(&exchange, &json), &mut background);
            assert_eq!((learnt, background.zone), (Ok(()), then));
        }
    }

    #[test]
    fn only_messages_about_the_number_of_the_region_speak_of_it() {
        for about in [
            "regionNo is required",
            "Invalid regionNo: 1",
            "[regionNo]은(는) 필수입니다.",
            "region_no is not allowed",
            "The Region Number is missing.",
            "Unrecognized field \"regionNo\"",
        ] {
            assert!(speaks_of_region(about), "{about}");
        }
        for other in [
            "Region not found",
            "Invalid Service Group Instance No",
            "no region",
            "regionNotice",
            "The cluster of this region is not running.",
            "",
        ] {
            assert!(!speaks_of_region(other), "{other}");
        }
    }
}
