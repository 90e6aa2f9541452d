//! A card: what a woken person reads first.

use super::changes::news;
use super::format::{Reader, clock, duration};
use super::judgement;
use super::names::{
    operation_name, place_name, provider_name, role_name, service_name, state_name, verdict_name,
};
use super::trouble::{Trouble, silence, trouble};
use super::words::{Card, Lang, Leaves};
use crate::assess::{Assessment, Blind, Completion, Evidence, Verdict};
use crate::link;
use crate::model::{Node, Operation, OperationKind, Span, State, Step, Timestamp, Warning, Watch};
use crate::timeline::Timeline;

/// How fresh the facts are, and whether more are coming.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Liveness {
    /// Polling stopped until a person acts.
    pub halted: bool,
    /// What stands in the way before any request: no key in memory, an unusable watch.
    pub blocked: Option<Trouble>,
    /// How far the vendor's clock is ahead of this device's; negative when it is behind.
    pub clock_offset: Span,
    /// For how long the key can still be used, where its end is near.
    pub key_for: Option<Span>,
    /// When this person last had the page before their eyes, if the card is to say what has changed since then.
    pub looked_at: Option<Timestamp>,
}

/// One node in the strip.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// Unique within the card.
    pub key: String,
    pub state: State,
    /// Whether a new group of roles begins here.
    pub starts_group: bool,
    /// "cluster000-mo-6tnl, master: active (Upgrade_OpenSearch)".
    pub title: String,
}

/// Every word of a card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardView {
    /// The watch's key: stable, unique on the board.
    pub key: String,
    /// The fragment of the cluster's page, without `#`.
    pub link: String,
    pub verdict: Verdict,
    pub word: String,
    /// "for 41 min"; empty when it is not known.
    pub since: String,
    /// What was last seen, while we cannot see.
    pub last_seen: Option<String>,
    pub provider: String,
    pub service: String,
    pub place: String,
    pub name: String,
    pub account: String,
    pub kind: String,
    pub versions: String,
    pub impact: Option<String>,
    /// The node and step at work.
    pub place_of_work: Option<String>,
    pub cells: Vec<Cell>,
    pub counts: String,
    pub elapsed: Option<String>,
    pub remaining: Option<String>,
    /// Why "slow" or "stalled".
    pub basis: Option<String>,
    /// Until when all is well, and on what ground, while it is: for the cluster's own page.
    pub expected: Option<String>,
    pub freshness: String,
    /// Whether the facts are older than they should be.
    pub stale: bool,
    pub trouble: Option<Trouble>,
    pub badges: Vec<String>,
}

/// The card of a watch at `now`, which is on the vendor's clock like every time in the timeline.
pub fn card(
    watch: &Watch,
    timeline: &Timeline,
    assessment: &Assessment,
    liveness: &Liveness,
    reader: Reader,
    now: Timestamp,
) -> CardView {
    let lang = reader.lang;
    let latest = timeline.latest();
    let operation = timeline.operation();
    let verdict = match &liveness.blocked {
        Some(_) => Verdict::CannotSee,
        None => assessment.verdict,
    };
    // A time that lies ahead comes from a clock or a zone that is off, and "for 0 s" says nothing.
    let since_for = assessment.since.map(|at| now.since(at));
    let since_for = since_for.filter(|span| *span >= Span::seconds(1) && liveness.blocked.is_none());
    let seen_for = latest.map(|latest| now.since(latest.observed_at));
    CardView {
        key: watch.key(),
        link: link::print(watch),
        verdict,
        word: verdict_name(lang, verdict).to_owned(),
        since: since_for.map(|span| since_text(lang, verdict, span)).unwrap_or_default(),
        last_seen: assessment
            .last_seen
            .map(|verdict| lang.fill(Card::LastSeen, &[verdict_name(lang, verdict)])),
        provider: provider_name(lang, watch.service.provider(), watch.site).to_owned(),
        service: service_name(lang, watch.service).to_owned(),
        place: place_name(lang, watch),
        name: latest.and_then(|latest| latest.cluster_name.clone()).unwrap_or_else(|| watch.cluster.clone()),
        account: watch.account.clone(),
        kind: operation_name(lang, watch.operation).to_owned(),
        versions: versions(lang, watch, operation),
        impact: assessment.impact.as_ref().map(|impact| judgement::impact(reader, impact, now)),
        place_of_work: place_of_work(timeline, operation, reader, now),
        cells: operation.map(|operation| cells(lang, operation)).unwrap_or_default(),
        counts: counts(lang, assessment.completion),
        elapsed: elapsed(lang, assessment, operation),
        remaining: operation
            .filter(|_| assessment.last_seen.unwrap_or(assessment.verdict).is_live())
            .map(|_| judgement::remaining(lang, assessment.estimate)),
        basis: assessment
            .basis
            .as_ref()
            .filter(|_| matches!(verdict, Verdict::Slow | Verdict::Stalled))
            .map(|basis| judgement::basis(lang, basis)),
        expected: assessment
            .basis
            .as_ref()
            .filter(|_| matches!(verdict, Verdict::Running | Verdict::Waiting))
            .map(|basis| judgement::expected(lang, basis)),
        freshness: freshness(lang, seen_for, liveness),
        stale: assessment.last_seen.is_some(),
        trouble: liveness.blocked.clone().or_else(|| match (assessment.blind, timeline.outage()) {
            (Some(Blind::Silent { since }), _) => Some(silence(reader, since, now)),
            (_, outage) => outage.map(|outage| trouble(lang, &outage.error, liveness.clock_offset)),
        }),
        badges: badges(reader, timeline, assessment, liveness),
    }
}

/// What goes on is said with how long it has, what is over with how long ago that was.
fn since_text(lang: Lang, verdict: Verdict, length: Span) -> String {
    let goes_on = verdict.is_live() || verdict == Verdict::CannotSee;
    lang.fill(if goes_on { Card::For } else { Card::Ago }, &[&duration(lang, length)])
}

/// The change of versions, or why there is none to show.
fn versions(lang: Lang, watch: &Watch, operation: Option<&Operation>) -> String {
    match operation.and_then(|operation| operation.versions.as_ref()) {
        Some(change) => lang.fill(Card::Versions, &[change.from.as_deref().unwrap_or("?"), &change.to]),
        None if watch.operation == OperationKind::Upgrade => lang.say(Card::NoVersions).to_owned(),
        None if watch.operation == OperationKind::Precheck => String::new(),
        None => lang.say(Card::SameVersion).to_owned(),
    }
}

/// "2 of 8: cluster000-mo-6tnl (master), step Upgrade_OpenSearch, since 17:11:28".
fn place_of_work(
    timeline: &Timeline,
    operation: Option<&Operation>,
    reader: Reader,
    now: Timestamp,
) -> Option<String> {
    let lang = reader.lang;
    let operation = operation?;
    let at_work = |state: State| matches!(state, State::Running | State::Failed);
    // A node whose word we do not know is the place to look at when no other is at work.
    let known = operation.nodes.iter().any(|node| at_work(node.state));
    let sought = |state: State| if known { at_work(state) } else { state == State::Unknown };
    let sought_after = !operation.nodes.iter().all(|node| node.state == State::Unknown);
    let mut active = operation.nodes.iter().filter(|node| sought_after && sought(node.state));
    let Some(node) = active.next() else {
        let step = step_at_work(&operation.steps)?;
        return Some(step_text(reader, step, now));
    };
    let done = operation.nodes.iter().filter(|node| node.state == State::Succeeded).count();
    let place = [(done + 1).to_string(), operation.nodes.len().to_string()];
    let mut text =
        lang.fill(Card::WhereNode, &[&place[0], &place[1], &node.name, role_name(lang, node.role)]);
    let more = active.count();
    if more > 0 {
        text.push_str(", ");
        text.push_str(&lang.fill(Card::WhereMore, &[&more.to_string()]));
    }
    let step = step_at_work(&node.steps).or_else(|| step_at_work(&operation.steps));
    match step {
        Some(step) => {
            text.push_str(", ");
            text.push_str(&step_text(reader, step, now));
        }
        None => {
            if let Some(at) = work_began(timeline, node).filter(|_| node.state == State::Running) {
                text.push_str(", ");
                text.push_str(&lang.fill(Card::WhereSince, &[&clock(reader, at, now)]));
            }
        }
    }
    Some(text)
}

/// The step that goes on, else the one that failed: a roll-back that goes on says more than what it takes back.
fn step_at_work(steps: &[Step]) -> Option<&Step> {
    let of = |state| steps.iter().find(move |step| step.state == state);
    of(State::Running).or_else(|| of(State::Failed))
}

/// When a node's turn began: the vendor's own time, else when it was seen to begin. A node that was at work
/// already when it was first seen began at an unknown time before that.
fn work_began(timeline: &Timeline, node: &Node) -> Option<Timestamp> {
    let reported = node.steps.iter().filter_map(|step| step.began_at.as_ref()).map(|time| time.at).min();
    let began = timeline.track(node).and_then(|track| track.turns.last()).map(|turn| turn.began);
    reported.or_else(|| began.filter(|began| began.earliest().is_some()).map(|began| began.latest()))
}

fn step_text(reader: Reader, step: &Step, now: Timestamp) -> String {
    let mut text = reader.lang.fill(Card::WhereStep, &[&step.name]);
    if let Some(began) = &step.began_at {
        text.push_str(", ");
        text.push_str(&reader.lang.fill(Card::WhereSince, &[&clock(reader, began.at, now)]));
    }
    text
}

/// The nodes grouped by role, in the vendor's order within a role.
fn cells(lang: Lang, operation: &Operation) -> Vec<Cell> {
    let mut previous = None;
    operation
        .nodes_by_role()
        .into_iter()
        .map(|node| {
            let starts_group = previous.is_some_and(|role| role != node.role);
            previous = Some(node.role);
            let role = role_name(lang, node.role);
            let word = node.raw_status.as_deref().map(|word| format!(" ({word})")).unwrap_or_default();
            Cell {
                key: format!("{role}/{}", node.name),
                state: node.state,
                starts_group,
                title: format!("{}, {role}: {}{word}", node.name, state_name(lang, node.state)),
            }
        })
        .collect()
}

/// "1 done, 1 active, 6 waiting"; kinds that are zero are left out, but for the three usual ones.
fn counts(lang: Lang, completion: Completion) -> String {
    if completion.total() == 0 {
        return String::new();
    }
    let usual = [
        (Card::CountDone, completion.done, true),
        (Card::CountActive, completion.active, true),
        (Card::CountWaiting, completion.waiting, true),
        (Card::CountFailed, completion.failed, false),
        (Card::CountRolledBack, completion.rolled_back, false),
        (Card::CountUnknown, completion.unknown, false),
    ];
    let shown = usual.into_iter().filter(|(_, count, always)| *always || *count > 0);
    let texts: Vec<String> = shown.map(|(word, count, _)| lang.fill(word, &[&count.to_string()])).collect();
    texts.join(", ")
}

fn elapsed(lang: Lang, assessment: &Assessment, operation: Option<&Operation>) -> Option<String> {
    if let Some(seen_for) = assessment.seen_for {
        return Some(lang.fill(Card::SeenGoing, &[&duration(lang, seen_for)]));
    }
    let text = duration(lang, assessment.elapsed_for?);
    let over = operation.is_some_and(|operation| operation.state.is_over());
    Some(lang.fill(if over { Card::Took } else { Card::Going }, &[&text]))
}

/// Below a minute the age moves in steps of ten seconds: a card that changes every second is restless.
fn freshness(lang: Lang, seen_for: Option<Span>, liveness: &Liveness) -> String {
    let seen = match seen_for.map(|span| span.as_seconds()) {
        None if liveness.blocked.is_some() => String::new(),
        None => lang.say(Card::NotSeenYet).to_owned(),
        Some(..15) => lang.say(Card::SeenNow).to_owned(),
        Some(seconds @ 15..60) => {
            lang.fill(Card::SeenAgo, &[&duration(lang, Span::seconds(seconds / 10 * 10))])
        }
        Some(seconds) => lang.fill(Card::SeenAgo, &[&duration(lang, Span::seconds(seconds))]),
    };
    let stopped = if let Some(blocked) = &liveness.blocked {
        match (blocked.unlock_helps, blocked.agree_helps) {
            (true, _) => lang.say(Card::Locked),
            (_, true) => lang.say(Leaves::NotAgreedShort),
            _ => lang.say(Card::NeedsKey),
        }
    } else if liveness.halted {
        lang.say(Card::StoppedAsking)
    } else {
        ""
    };
    [seen.as_str(), stopped].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" · ")
}

fn badges(reader: Reader, timeline: &Timeline, assessment: &Assessment, liveness: &Liveness) -> Vec<String> {
    let lang = reader.lang;
    let mut badges = Vec::new();
    let has = |wanted: fn(&Evidence) -> bool| assessment.findings.iter().any(|f| wanted(&f.evidence));
    if has(|e| matches!(e, Evidence::SummaryDisagrees { .. } | Evidence::FinishedButFailed { .. })) {
        badges.push(lang.say(Card::Disagrees).to_owned());
    }
    if has(|e| matches!(e, Evidence::Warned(Warning::Repaired { .. }))) {
        badges.push(lang.say(Card::Repaired).to_owned());
    }
    if let Some(attempts) = timeline.operation().and_then(|o| o.attempts).filter(|count| *count > 1) {
        badges.push(lang.fill(Card::Attempt, &[&attempts.to_string()]));
    }
    badges.extend(liveness.key_for.map(|span| lang.fill(Leaves::CardEndsIn, &[&duration(lang, span)])));
    badges.extend(news(reader, timeline, liveness.looked_at));
    badges
}
