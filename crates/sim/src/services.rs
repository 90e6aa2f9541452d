//! The simulated services: one file each, with its row.

pub(crate) mod cdss;
pub(crate) mod css;
pub(crate) mod hologres;
mod huawei;
pub(crate) mod ncp;
pub(crate) mod ses;

use crate::answer::Answer;
use crate::question::{Call, Question};
use crate::refusal::Refusal;
use crate::scene::Scene;
use rollwatch_core::http::Request;
use rollwatch_core::model::Service;
use rollwatch_core::provider::{Endpoint, Route};

/// One service. Its file begins with its row.
pub(crate) struct Simulated {
    /// What a request asks by a route of the service or of its vendor's identity service.
    pub read: fn(&Request, &Endpoint, &Route) -> Result<Question, Refusal>,
    /// Whether a story is told under this id too, which is not the one of its cluster.
    pub is_told_under: fn(&Story, &Scene<'_>, &str) -> bool,
}

impl Simulated {
    /// A service that knows a cluster by one id.
    const fn of(read: fn(&Request, &Endpoint, &Route) -> Result<Question, Refusal>) -> Self {
        Simulated { read, is_told_under: |_, _, _| false }
    }
}

/// The row of a service.
pub(crate) const fn simulated(service: Service) -> &'static Simulated {
    match service {
        Service::NcpSearchEngine => &ses::SIMULATED,
        Service::NcpDataStreaming => &cdss::SIMULATED,
        Service::HuaweiCss => &css::SIMULATED,
        Service::AlibabaHologres => &hologres::SIMULATED,
    }
}

/// What happens to a cluster: a plan of its service, or nothing that can be seen.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Story {
    Ses(ses::Plan),
    Cdss(cdss::Plan),
    Css(css::Plan),
    Hologres(hologres::Plan),
    /// Nothing but a gateway's error page comes from this cluster's host.
    Down,
    /// Every request is one too many.
    Throttled,
    /// The account sees the cluster in its list and may ask nothing about it.
    Closed,
}

/// A question about one cluster, answered from its story where that is a `plan` of the service.
fn of_plan<Plan: 'static>(
    plan: fn(&Story) -> Option<&Plan>,
    cluster: String,
    tell: impl FnOnce(&Plan, &Scene<'_>, &Call<'_>) -> Answer + 'static,
) -> Question {
    Question::of_cluster(cluster, move |story, scene, call| match (plan(story), story) {
        (Some(plan), _) => Ok(tell(plan, scene, call)),
        (None, Story::Throttled) => Err(Refusal::Throttled),
        (None, Story::Closed) => Err(Refusal::Permission),
        (None, _) => Err(Refusal::Cluster),
    })
}
