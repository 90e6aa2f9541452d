//! What a vendor says of one cluster.

use crate::answer::Answer;
use crate::fleet::Story;
use crate::question::{Question, Subject};
use crate::refusal::Refusal;
use crate::scene::Scene;
use crate::{cdss, css, hologres, ses};
use rollwatch_core::provider::Endpoint;
use serde_json::{Value, json};

pub(crate) fn tell(
    story: &Story,
    asked: &Question,
    endpoint: &Endpoint,
    scene: &Scene<'_>,
    request_id: &str,
) -> Result<Answer, Refusal> {
    let good = |result| Ok(enveloped(0, "SUCCESS", result, request_id));
    let verdict = |reason: Option<&str>| match reason {
        Some(reason) => Ok(enveloped(ses::PRECHECK_REFUSED, reason, Value::Null, request_id)),
        None => Ok(enveloped(0, "SUCCESS", Value::Bool(true), request_id)),
    };
    match (story, &asked.subject) {
        (Story::Ses(plan), Subject::SesUpgrade) => good(ses::progress(plan, scene)),
        (Story::Ses(plan), Subject::SesPrecheck { target }) => verdict(ses::refusal(plan, scene, target)),
        (Story::Ses(plan), Subject::SesNodes) => {
            let number = endpoint.region_number.as_deref().and_then(|number| number.parse().ok());
            good(ses::nodes(plan, scene, number.unwrap_or(1)))
        }
        // One answer for both: what is told is the state of the cluster.
        (Story::Cdss(plan), Subject::CdssRestart | Subject::CdssUpgrade) => good(cdss::progress(plan, scene)),
        // Data streaming documents no code for a refused pre-check: this is the search engine's.
        (Story::Cdss(plan), Subject::CdssRestartPrecheck) => verdict(cdss::refusal(plan, scene)),
        (Story::Cdss(plan), Subject::CdssUpgradePrecheck { version, config_group }) => {
            verdict(cdss::upgrade_refusal(plan, scene, *version, *config_group))
        }
        (Story::Css(plan), Subject::CssUpgrade) => {
            Ok(Answer::json(200, &css::detail(plan, scene, false, asked.page)))
        }
        (Story::Css(plan), Subject::CssAzMigration) => {
            Ok(Answer::json(200, &css::detail(plan, scene, true, asked.page)))
        }
        (Story::Css(plan), Subject::CssCluster) => Ok(Answer::json(200, &css::cluster(plan, scene))),
        (Story::Hologres(plan), Subject::HologresUpgrade) => {
            let body = hologres::status(plan, scene, request_id);
            Ok(Answer::text(200, "application/json;charset=utf-8", body))
        }
        (Story::Hologres(plan), Subject::HologresInstance) => {
            Ok(Answer::json(200, &hologres::instance(plan, scene, &asked.cluster, request_id)))
        }
        (Story::Throttled, _) => Err(Refusal::Throttled),
        (Story::Closed, _) => Err(Refusal::Permission),
        _ => Err(Refusal::Cluster),
    }
}

/// Whether a story is about the cluster of this id: its own, or a follower that goes where it goes.
pub(crate) fn is_about(story: &Story, scene: &Scene<'_>, id: &str) -> bool {
    let follows = |plan| hologres::followers(plan, scene).iter().any(|(follower, _)| follower == id);
    scene.id == id || matches!(story, Story::Hologres(plan) if follows(plan))
}

/// NAVER's services put every answer into the same envelope.
pub(crate) fn enveloped(code: u32, message: &str, result: Value, request_id: &str) -> Answer {
    let body = json!({ "code": code, "message": message, "result": result, "requestId": request_id });
    Answer::json(200, &body)
}
