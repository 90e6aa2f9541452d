//! Observations and runs of any shape.

use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::select;

use crate::error::ErrorKind;
use crate::model::*;
use crate::timeline::{Gap, GapCause, Run, Stage, Track, Turn, When};

const STATES: [State; 7] = [
    State::Pending,
    State::Running,
    State::Succeeded,
    State::PartiallySucceeded,
    State::Failed,
    State::RolledBack,
    State::Unknown,
];

pub(super) const ERRORS: [ErrorKind; 17] = [
    ErrorKind::Signature,
    ErrorKind::Clock,
    ErrorKind::KeyUnknown,
    ErrorKind::KeyExpired,
    ErrorKind::Permission,
    ErrorKind::NotFound,
    ErrorKind::Throttled,
    ErrorKind::Refused,
    ErrorKind::VendorDown,
    ErrorKind::ProxyRefused,
    ErrorKind::ProxyBusy,
    ErrorKind::VendorUnreachable,
    ErrorKind::ProxyUnreachable,
    ErrorKind::Timeout,
    ErrorKind::BrokenOff,
    ErrorKind::Malformed,
    ErrorKind::BadWatch,
];

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => select(&["", "0", "null", "n1", "n2", "{\"a\":null}", "\u{0}\n\"\\", "노드"][..]).prop_map(str::to_owned),
        1 => any::<String>(),
    ]
}

fn state() -> impl Strategy<Value = State> {
    select(&STATES[..])
}

fn role() -> impl Strategy<Value = NodeRole> {
    select(&NodeRole::ALL[..])
}

fn instant() -> impl Strategy<Value = Timestamp> {
    prop_oneof![any::<i64>(), 0..3_i64].prop_map(Timestamp::from_millis)
}

fn time() -> impl Strategy<Value = VendorTime> {
    let offset = || prop_oneof![Just(0), any::<i32>()];
    let zone = prop_oneof![
        Just(Zone::Stated),
        offset().prop_map(Zone::Assumed),
        offset().prop_map(Zone::Measured),
        offset().prop_map(Zone::Chosen),
    ];
    (text(), instant(), zone).prop_map(|(raw, at, zone)| VendorTime { raw, at, zone })
}

fn step() -> impl Strategy<Value = Step> {
    (of(any::<i64>()), text(), state(), of(text()), of(text()), of(time()), of(time())).prop_map(
        |(order, name, state, raw_status, description, began_at, ended_at)| Step {
            order,
            name,
            state,
            raw_status,
            description,
            began_at,
            ended_at,
        },
    )
}

fn node() -> impl Strategy<Value = Node> {
    (text(), role(), state(), of(text()), of(time()), vec(step(), 0..3)).prop_map(
        |(name, role, state, raw_status, updated_at, steps)| Node {
            name,
            role,
            state,
            raw_status,
            updated_at,
            steps,
        },
    )
}

fn az_plan() -> impl Strategy<Value = AzPlan> {
    let zones = vec((text(), vec(text(), 0..3)), 0..3);
    (of(text()), of(text()), of(text()), of(text()), zones).prop_map(
        |(kind, node_type, source, target, final_nodes)| AzPlan {
            kind,
            node_type,
            source,
            target,
            final_nodes,
        },
    )
}

fn versions() -> impl Strategy<Value = VersionChange> {
    (of(text()), text()).prop_map(|(from, to)| VersionChange { from, to })
}

fn kind() -> impl Strategy<Value = OperationKind> {
    select(&OperationKind::ALL[..])
}

fn operation() -> impl Strategy<Value = Operation> {
    let said = (of(text()), kind(), state(), of(text()), of(text()), of(versions()));
    let times = (of(time()), of(time()), of(any::<i64>()), of(instant()), of(any::<u32>()));
    let facts = vec((text(), text()).prop_map(|(name, value)| Fact { name, value }), 0..3);
    let parts = (vec(node(), 0..5), vec(step(), 0..3), of(az_plan()), facts);
    (said, times, parts).prop_map(
        |(
            (id, kind, state, raw_status, phase, versions),
            (started_at, ended_at, estimated_for, valid_until, attempts),
            (nodes, steps, az_plan, facts),
        )| Operation {
            id,
            kind,
            state,
            raw_status,
            phase,
            versions,
            started_at,
            ended_at,
            nodes,
            steps,
            attempts,
            estimated_for: estimated_for.map(Span::millis),
            valid_until,
            az_plan,
            facts,
        },
    )
}

fn precheck() -> impl Strategy<Value = Precheck> {
    prop_oneof![
        Just(Precheck::Passed),
        text().prop_map(|reason| Precheck::Refused { reason }),
        text().prop_map(|raw| Precheck::Unclear { raw }),
    ]
}

fn group() -> impl Strategy<Value = GroupSummary> {
    (role(), of(any::<u32>()), of(any::<u32>()), state(), of(text())).prop_map(
        |(role, total, operating, state, raw_status)| GroupSummary {
            role,
            total,
            operating,
            state,
            raw_status,
        },
    )
}

fn warning() -> impl Strategy<Value = Warning> {
    prop_oneof![
        (text(), text()).prop_map(|(field, word)| Warning::UnknownWord { field, word }),
        text().prop_map(|field| Warning::Repaired { field }),
        (text(), text()).prop_map(|(field, raw)| Warning::Unreadable { field, raw }),
        (text(), text()).prop_map(|(field, raw)| Warning::BadTime { field, raw }),
        text().prop_map(|field| Warning::MissingField { field }),
        any::<(u32, u32)>().prop_map(|(total, shown)| Warning::MoreOperations { total, shown }),
    ]
}

/// Any observation, as of the beginning of time.
pub(super) fn observation() -> impl Strategy<Value = Observation> {
    let lists = (vec(operation(), 0..2), vec(group(), 0..3), vec(warning(), 0..3));
    (of(text()), of(operation()), of(precheck()), lists).prop_map(
        |(cluster_name, operation, precheck, (earlier, groups, warnings))| Observation {
            observed_at: Timestamp::from_millis(0),
            cluster_name,
            operation,
            earlier,
            precheck,
            groups,
            warnings,
        },
    )
}

fn when() -> impl Strategy<Value = When> {
    prop_oneof![
        instant().prop_map(When::Reported),
        (instant(), instant()).prop_map(|(after, until)| When::Between { after, until }),
        instant().prop_map(When::By),
    ]
}

fn stage() -> impl Strategy<Value = Stage> {
    (text(), of(any::<i64>()), state(), of(when()), of(when()))
        .prop_map(|(name, order, state, began, ended)| Stage { name, order, state, began, ended })
}

fn track() -> impl Strategy<Value = Track> {
    let turn = (when(), of(when()), state(), vec(stage(), 0..3))
        .prop_map(|(began, ended, state, stages)| Turn { began, ended, state, stages });
    (role(), text(), vec(turn, 0..3)).prop_map(|(role, name, turns)| Track { role, name, turns })
}

fn gap() -> impl Strategy<Value = Gap> {
    let cause = prop_oneof![
        Just(GapCause::Closed),
        Just(GapCause::Suspended),
        select(&ERRORS[..]).prop_map(GapCause::Unanswered),
    ];
    (instant(), instant(), cause).prop_map(|(after, until, cause)| Gap { after, until, cause })
}

pub(super) fn run() -> impl Strategy<Value = Run> {
    let said = (of(text()), kind(), state(), of(text()), of(versions()));
    let times = (when(), of(when()), instant(), instant());
    let parts = (vec(track(), 0..4), vec(stage(), 0..3), vec(gap(), 0..3));
    (said, times, parts).prop_map(
        |(
            (id, kind, state, raw_status, versions),
            (began, ended, first_seen_at, seen_until),
            (tracks, stages, gaps),
        )| Run {
            id,
            kind,
            state,
            raw_status,
            versions,
            began,
            ended,
            first_seen_at,
            seen_until,
            tracks,
            stages,
            gaps,
        },
    )
}
