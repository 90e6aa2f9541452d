//! What the vendors publish of how long such operations take. The sources are in `documented`.

use super::{Estimate, EstimateSource, Run, of_whole};
use crate::assess::documented::{HOLOGRES_UPGRADE, HUAWEI_NODE};
use crate::assess::service::service_of;
use crate::assess::usual::{alike, average, median};
use crate::model::{OperationKind, Service, Span, State};
use crate::timeline::Turn;

pub(super) fn estimate(run: &Run<'_>) -> Option<Estimate> {
    match service_of(run.operation)? {
        Service::AlibabaHologres => {
            Some(of_whole(run.elapsed_for()?, HOLOGRES_UPGRADE, EstimateSource::Formula))
        }
        // Data migration comes on top, and depends on data of which no answer tells the amount.
        Service::HuaweiCss if run.operation.kind == OperationKind::Upgrade => {
            let batches = run.left()?.div_ceil(run.width());
            let whole = HUAWEI_NODE.scaled(batches as f64);
            let later = HUAWEI_NODE.scaled(batches.saturating_sub(1) as f64);
            let spent_for = if run.counts.active > 0 { run.spent_for() } else { Span::ZERO };
            let low = Span::millis(whole.as_millis().saturating_sub(spent_for.as_millis())).max(later);
            Some(Estimate::AtLeast { low, source: EstimateSource::Formula })
        }
        _ => None,
    }
}

/// Whether this run has shown that the formula does not hold for it: it is past it, or the nodes that are done
/// took so much longer or shorter that they tell more.
pub(super) fn is_disproved(run: &Run<'_>) -> bool {
    if matches!(estimate(run), Some(Estimate::Overdue { .. })) {
        return true;
    }
    if service_of(run.operation) != Some(Service::HuaweiCss) {
        return false;
    }
    let took = |turn: &Turn| turn.took_for().filter(|_| turn.state == State::Succeeded);
    let own = median(alike(run.timeline.tracks(), None, took));
    let usual_for = own.or_else(|| average(run.operation, None).map(|(usual_for, _)| usual_for));
    let close = HUAWEI_NODE.scaled(1.0 / 1.5)..=HUAWEI_NODE.scaled(1.5);
    usual_for.is_some_and(|usual_for| !close.contains(&usual_for))
}
