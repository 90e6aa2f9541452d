//! Our judgement in words: what is hurt, how much longer, and what that rests on.

use super::format::{Reader, clock, duration};
use super::words::{Card, Lang};
use crate::assess::{Basis, Estimate, EstimateSource, Experience, Impact, LimitSource};
use crate::model::Timestamp;

pub(super) fn impact(reader: Reader, impact: &Impact, now: Timestamp) -> String {
    let lang = reader.lang;
    let of = |word, part: String, total: String| lang.fill(word, &[&part, &total]);
    match impact {
        Impact::Possible => lang.say(Card::PrecheckPassed).to_owned(),
        Impact::Impossible { reason } => lang.fill(Card::PrecheckRefused, &[reason]),
        Impact::Unclear { raw } => lang.fill(Card::PrecheckUnclear, &[raw]),
        Impact::Preparing => lang.say(Card::ImpactPreparing).to_owned(),
        Impact::Prepared { until } => lang.fill(Card::ImpactPrepared, &[&clock(reader, *until, now)]),
        Impact::Expired { until } => lang.fill(Card::ImpactExpired, &[&clock(reader, *until, now)]),
        Impact::Unaffected => lang.say(Card::ImpactUnaffected).to_owned(),
        Impact::WritesStopped => lang.say(Card::ImpactWritesStopped).to_owned(),
        Impact::WritesBlocked => lang.say(Card::ImpactWrites).to_owned(),
        Impact::WritesRestored => lang.say(Card::ImpactWritesRestored).to_owned(),
        Impact::Brokers { operating, total } => {
            of(Card::ImpactOperating, operating.to_string(), total.to_string())
        }
        Impact::AtWork { active, total } => of(Card::ImpactNodes, active.to_string(), total.to_string()),
        Impact::Offline { active, total, migrating } => {
            let word = if *migrating { Card::ImpactMigrating } else { Card::ImpactOffline };
            of(word, active.to_string(), total.to_string())
        }
        Impact::NodesFailed { failed, total } => {
            of(Card::ImpactFailed, failed.to_string(), total.to_string())
        }
        Impact::Unknown => lang.say(Card::ImpactUnknown).to_owned(),
    }
}

/// "25 min to 40 min left (pace of nodes done: 3)".
pub(super) fn remaining(lang: Lang, estimate: Estimate) -> String {
    match estimate {
        Estimate::None => lang.say(Card::NoEstimate).to_owned(),
        Estimate::Remaining { low, high, source } => {
            let (low, high, source) = (duration(lang, low), duration(lang, high), named(lang, source));
            if low == high {
                lang.fill(Card::Left, &[&low, &source])
            } else {
                lang.fill(Card::LeftRange, &[&low, &high, &source])
            }
        }
        Estimate::AtLeast { low, source } => {
            lang.fill(Card::AtLeast, &[&duration(lang, low), &named(lang, source)])
        }
        Estimate::Overdue { by, of, source } => {
            lang.fill(Card::Overdue, &[&duration(lang, by), &duration(lang, of), &named(lang, source)])
        }
    }
}

fn named(lang: Lang, source: EstimateSource) -> String {
    match source {
        EstimateSource::Vendor => lang.say(Card::SourceVendor).to_owned(),
        EstimateSource::EarlierRuns { runs: 1 } => lang.say(Card::SourceRun).to_owned(),
        EstimateSource::EarlierRuns { runs } => lang.fill(Card::SourceRuns, &[&runs.to_string()]),
        EstimateSource::Formula => lang.say(Card::SourceFormula).to_owned(),
        EstimateSource::Pace { nodes } => lang.fill(Card::SourcePace, &[&nodes.to_string()]),
    }
}

/// Why "slow" or "stalled": "no change for 41 min; Restart_OpenSearch took 6 min on the 2 nodes before".
pub(super) fn basis(lang: Lang, basis: &Basis) -> String {
    let changed = duration(lang, basis.unchanged_for);
    if basis.past_estimate && !basis.is_late() {
        let changed = lang.fill(Card::ChangedAgo, &[&changed]);
        return format!("{}; {changed}", lang.say(Card::PastEstimate));
    }
    let unchanged = lang.fill(Card::Unchanged, &[&changed]);
    let parts = [Some(unchanged), Some(ground(lang, basis)), legal(lang, basis)];
    parts.into_iter().flatten().collect::<Vec<_>>().join("; ")
}

/// Until when all is well: "a change is expected within 12 min: Restart_OpenSearch took 6 min on the node before".
pub(super) fn expected(lang: Lang, basis: &Basis) -> String {
    let ground = match basis.source {
        LimitSource::Default => ground(lang, basis),
        _ => {
            let within = duration(lang, basis.slow_after);
            lang.fill(Card::ExpectedWithin, &[&within, &ground(lang, basis)])
        }
    };
    [Some(ground), legal(lang, basis)].into_iter().flatten().collect::<Vec<_>>().join("; ")
}

fn legal(lang: Lang, basis: &Basis) -> Option<String> {
    basis.legal.map(|legal| lang.fill(Card::BasisLegal, &[&duration(lang, legal)]))
}

fn ground(lang: Lang, basis: &Basis) -> String {
    match basis.source {
        LimitSource::Default => lang.fill(Card::BasisDefault, &[&duration(lang, basis.slow_after)]),
        LimitSource::Documented { from, to } if from == to => {
            lang.fill(Card::BasisDocumented, &[&duration(lang, from)])
        }
        LimitSource::Documented { from, to } => {
            lang.fill(Card::BasisDocumentedRange, &[&duration(lang, from), &duration(lang, to)])
        }
        LimitSource::Usual { usual_for, experience } => {
            let usual = duration(lang, usual_for);
            let (of_step, of_node, count) = match experience {
                Experience::ThisRun { nodes: 1 } => (Card::BasisStepNode, Card::BasisNode, 1),
                Experience::ThisRun { nodes } => (Card::BasisStepNodes, Card::BasisNodes, nodes),
                Experience::EarlierRuns { runs: 1 } => (Card::BasisStepRun, Card::BasisRun, 1),
                Experience::EarlierRuns { runs } => (Card::BasisStepRuns, Card::BasisRuns, runs),
            };
            match &basis.step {
                Some(step) => lang.fill(of_step, &[step, &usual, &count.to_string()]),
                None => lang.fill(of_node, &[&usual, &count.to_string()]),
            }
        }
    }
}

#[cfg(test)]
mod tests;
