//! Findings in words.

use super::format::{Reader, clock, duration, minute, offset_name};
use super::judgement;
use super::names::{role_name, state_name};
use super::page::FindingRow;
use super::trouble::{clock_sentence, trouble};
use super::words::{Findings, Lang, Page};
use crate::assess::{Evidence, Finding, Level};
use crate::error::PollError;
use crate::model::{Span, Timestamp, Warning, Zone};
use crate::timeline::{GapCause, When};

fn sentence(reader: Reader, evidence: &Evidence, now: Timestamp) -> String {
    let lang = reader.lang;
    match evidence {
        Evidence::SummaryDisagrees { role, summary, operating, total, not_well } => {
            let counts = (not_well.to_string(), operating.to_string(), total.to_string());
            lang.fill(
                Findings::SummaryDisagrees,
                &[role_name(lang, *role), summary, &counts.0, &counts.1, &counts.2],
            )
        }
        Evidence::FinishedButFailed { status, reported } => {
            lang.fill(Findings::FinishedButFailed, &[status, reported])
        }
        Evidence::NodeFailed { node, word } if word.is_empty() => {
            lang.fill(Findings::NodeFailedWordless, &[node])
        }
        Evidence::NodeFailed { node, word } => lang.fill(Findings::NodeFailed, &[node, word]),
        Evidence::StepFailed { node, step } => of_node(node, lang.fill(Findings::StepFailed, &[step])),
        Evidence::MixedVersions { done, total } => {
            lang.fill(Findings::MixedVersions, &[&done.to_string(), &total.to_string()])
        }
        Evidence::Reported { code } => lang.fill(Findings::Reported, &[code]),
        Evidence::ZoneNotStated { zone } => {
            let basis = match zone {
                Zone::Stated | Zone::Assumed(_) => Findings::AssumedZone,
                Zone::Measured(_) => Findings::MeasuredZone,
                Zone::Chosen(_) => Findings::ChosenZone,
            };
            lang.fill(basis, &[&offset_name(zone.offset())])
        }
        Evidence::StepGaps { node, listed } => {
            let numbers: Vec<String> = listed.iter().map(i64::to_string).collect();
            lang.fill(Findings::StepGaps, &[node, &numbers.join(", ")])
        }
        Evidence::PreparationOver { until } => {
            lang.fill(Findings::PreparationOver, &[&clock(reader, *until, now)])
        }
        Evidence::PreparationExpires { until } => {
            lang.fill(Findings::PreparationExpires, &[&clock(reader, *until, now)])
        }
        Evidence::RollingBack { over, word } => match (over, word.as_str()) {
            (false, "") => lang.say(Findings::RollingBack).to_owned(),
            (true, "") => lang.say(Findings::RolledBack).to_owned(),
            (false, word) => lang.fill(Findings::RollingBackWord, &[word]),
            (true, word) => lang.fill(Findings::RolledBackWord, &[word]),
        },
        Evidence::NodeWentBack { node, to } => lang.fill(Findings::WentBack, &[node, state_name(lang, *to)]),
        Evidence::NodeRetried { node, turns } => {
            lang.fill(Findings::NodeRetried, &[node, &turns.to_string()])
        }
        Evidence::TaskRetried { attempts } => lang.fill(Findings::TaskRetried, &[&attempts.to_string()]),
        Evidence::TookLonger { node, step, took_for, usual_for, goes_on } => {
            let (took, usual) = (duration(lang, *took_for), duration(lang, *usual_for));
            match (step, goes_on) {
                (Some(step), true) => lang.fill(Findings::StepLonger, &[node, step, &took, &usual]),
                (Some(step), false) => lang.fill(Findings::StepTookLonger, &[node, step, &took, &usual]),
                (None, true) => lang.fill(Findings::TurnLonger, &[node, &took, &usual]),
                (None, false) => lang.fill(Findings::TurnTookLonger, &[node, &took, &usual]),
            }
        }
        // The page's notice about the clocks says the same.
        Evidence::ClockOff { offset } => clock_sentence(lang, *offset).unwrap_or_default(),
        Evidence::OrderChanged => lang.say(Findings::OrderChanged).to_owned(),
        Evidence::NotWatched { missed_for, gaps, cause } => {
            let (missed, why) = (duration(lang, *missed_for), gap_cause(lang, *cause));
            match gaps {
                1 => lang.fill(Findings::NotWatched, &[&missed, &why]),
                gaps => lang.fill(Findings::NotWatchedTimes, &[&missed, &gaps.to_string(), &why]),
            }
        }
        Evidence::Paused { paused_for, pauses: 1 } => {
            lang.fill(Findings::Paused, &[&duration(lang, *paused_for)])
        }
        Evidence::Paused { paused_for, pauses } => {
            lang.fill(Findings::PausedTimes, &[&duration(lang, *paused_for), &pauses.to_string()])
        }
        Evidence::Warned(warning) => warned(lang, warning),
    }
}

/// A finding as a row: its sentence, since when it is so, and what that hurts now.
pub(super) fn row(reader: Reader, finding: &Finding, now: Timestamp) -> FindingRow {
    FindingRow {
        level: finding.level,
        level_word: reader.lang.say(level_word(finding.level)).to_owned(),
        sentence: sentence(reader, &finding.evidence, now),
        since: finding.since.map(|when| since(reader, when, now)).unwrap_or_default(),
        impact: finding
            .impact
            .as_ref()
            .map(|impact| judgement::impact(reader, impact, now))
            .unwrap_or_default(),
    }
}

const fn level_word(level: Level) -> Page {
    match level {
        Level::Bad => Page::LevelBad,
        Level::Odd => Page::LevelOdd,
        Level::Note => Page::LevelNote,
    }
}

/// "since 17:11", "between 17:10 and 17:12".
fn since(reader: Reader, when: When, now: Timestamp) -> String {
    let at = |at| minute(reader, at, now);
    match when {
        When::Reported(time) => reader.lang.fill(Findings::Since, &[&at(time)]),
        When::Between { after, until } if at(after) == at(until) => {
            reader.lang.fill(Findings::Since, &[&at(until)])
        }
        When::Between { after, until } => reader.lang.fill(Findings::Between, &[&at(after), &at(until)]),
        When::By(time) => reader.lang.fill(Findings::SinceBefore, &[&at(time)]),
    }
}

fn gap_cause(lang: Lang, cause: GapCause) -> String {
    match cause {
        GapCause::Closed => lang.say(Findings::Closed).to_owned(),
        GapCause::Suspended => lang.say(Findings::Suspended).to_owned(),
        GapCause::Unanswered(kind) => {
            let what = trouble(lang, &PollError::new(kind), Span::ZERO).what;
            lang.fill(Findings::Unanswered, &[what.trim_end_matches(['.', '。'])])
        }
    }
}

/// A sentence about one node's turn; a step of the whole operation has no node.
fn of_node(node: &str, sentence: String) -> String {
    if node.is_empty() { sentence } else { format!("{node}: {sentence}") }
}

fn warned(lang: Lang, warning: &Warning) -> String {
    match warning {
        Warning::UnknownWord { field, word } => lang.fill(Findings::UnknownWord, &[field, word]),
        Warning::Repaired { field } => lang.fill(Findings::Repaired, &[field]),
        Warning::Unreadable { field, .. } => lang.fill(Findings::Unreadable, &[field]),
        Warning::BadTime { field, raw } => lang.fill(Findings::BadTime, &[field, raw]),
        Warning::MissingField { field } => lang.fill(Findings::MissingField, &[field]),
        Warning::MoreOperations { total, shown } => {
            lang.fill(Findings::MoreOperations, &[&total.to_string(), &shown.to_string()])
        }
    }
}

#[cfg(test)]
mod tests;
