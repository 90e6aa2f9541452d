use super::words::Lang;
use super::{Liveness, Look, Reader, card, page};
use crate::assess::{Circumstances, assess};
use crate::model::{
    Node, NodeRole, Observation, Operation, OperationKind, Service, Site, Span, State, Step, Timestamp,
    VendorTime, Watch, Zone,
};
use crate::timeline::{Outcome, Timeline};

const START: Timestamp = Timestamp::from_millis(1_742_803_781_000);

fn time(seconds: usize) -> Option<VendorTime> {
    let at = START.plus(Span::seconds(seconds as i64));
    Some(VendorTime { raw: at.iso(), at, zone: Zone::Assumed(0) })
}

/// An upgrade of `total` nodes of two roles, of which `done` are done and the next one is at work.
fn upgrade(total: usize, done: usize) -> Operation {
    let mut operation = Operation::new(OperationKind::Upgrade, State::Running);
    operation.started_at = time(0);
    operation.nodes = (0..total)
        .map(|i| {
            let role = if i % 2 == 0 { NodeRole::Data } else { NodeRole::Broker };
            let state = match i {
                i if i < done => State::Succeeded,
                i if i == done => State::Running,
                _ => State::Pending,
            };
            let mut node = Node::new(format!("n{i}"), role, state);
            node.updated_at = (i < done).then(|| time(i + 1)).flatten();
            node.steps = (i > done)
                .then(|| Step {
                    order: Some(1),
                    name: "wait".to_owned(),
                    state,
                    raw_status: None,
                    description: None,
                    began_at: None,
                    ended_at: None,
                })
                .into_iter()
                .collect();
            node
        })
        .collect();
    operation
}

fn watch() -> Watch {
    Watch {
        service: Service::NcpSearchEngine,
        operation: OperationKind::Upgrade,
        site: Site::Public,
        region: "KR".to_owned(),
        project: String::new(),
        cluster: "1001".to_owned(),
        account: "prod".to_owned(),
    }
}

/// Looking each node up among all others would take 100 million comparisons a poll.
#[test]
fn ten_thousand_nodes_are_compared_and_drawn_in_one_go() {
    let reader = Reader { lang: Lang::En, offset_at: |_| 0 };
    let mut timeline = Timeline::default();
    let mut now = START;
    for done in [4_000, 8_000] {
        now = START.plus(Span::seconds(done as i64 + 60));
        let operation = Some(upgrade(10_000, done));
        let observation = Observation { operation, ..Observation::new(now) };
        timeline.record(Outcome::Observed(Box::new(observation)), now);
    }
    let assessment = assess(&timeline, &Circumstances::default(), now);
    let liveness = Liveness::default();
    let look = Look { unfolded: true, ..Look::default() };
    let page = page(&watch(), &timeline, &assessment, &liveness, &look, reader, now);
    assert_eq!(page.card, card(&watch(), &timeline, &assessment, &liveness, reader, now));
    assert_eq!((page.nodes.len(), page.gantt.rows.len(), page.card.cells.len()), (10_000, 10_000, 10_000));
    assert_eq!(page.card.counts, "8000 done, 1 active, 1999 waiting");
    assert!(!timeline.transitions().is_empty());
}

#[test]
fn the_finding_says_on_what_ground_a_zone_was_taken() {
    let reader = Reader { lang: Lang::En, offset_at: |_| 0 };
    for (zone, expected) in [
        (Zone::Assumed(32_400), "UTC+09:00 was assumed"),
        (Zone::Measured(32_400), "node list shows that they are in UTC+09:00"),
        (Zone::Chosen(19_800), "UTC+05:30 was chosen"),
    ] {
        let mut operation = upgrade(2, 0);
        operation.started_at = VendorTime::parse("2025-03-24 17:09:41", zone);
        let observation = Observation { operation: Some(operation), ..Observation::new(START) };
        let mut timeline = Timeline::default();
        timeline.record(Outcome::Observed(Box::new(observation)), START);
        let assessment = assess(&timeline, &Circumstances::default(), START);
        let page =
            page(&watch(), &timeline, &assessment, &Liveness::default(), &Look::default(), reader, START);
        assert_eq!(page.zone_not_stated, Some(zone));
        assert!(page.findings.iter().any(|row| row.sentence.contains(expected)), "{:?}", page.findings);
    }
}

#[test]
fn the_page_tells_how_far_the_clocks_are_apart() {
    let reader = Reader { lang: Lang::En, offset_at: |_| 0 };
    let timeline = Timeline::default();
    let liveness = Liveness { clock_offset: Span::minutes(7), ..Liveness::default() };
    let page = page(
        &watch(),
        &timeline,
        &assess(&timeline, &Circumstances::default(), START),
        &liveness,
        &Look::default(),
        reader,
        START,
    );
    assert!(page.clock.is_some_and(|sentence| sentence.contains("7 min ahead")));
}

#[test]
fn a_card_says_how_much_has_changed_since_a_person_looked() {
    let reader = Reader { lang: Lang::En, offset_at: |_| 0 };
    let mut timeline = Timeline::default();
    for (seconds, done) in [(0, 0), (10, 1)] {
        let at = START.plus(Span::seconds(seconds));
        let observation = Observation { operation: Some(upgrade(4, done)), ..Observation::new(at) };
        timeline.record(Outcome::Observed(Box::new(observation)), at);
    }
    let now = START.plus(Span::seconds(20));
    let assessment = assess(&timeline, &Circumstances::default(), now);
    let badges = |looked_at| {
        let liveness = Liveness { looked_at, ..Liveness::default() };
        card(&watch(), &timeline, &assessment, &liveness, reader, now).badges
    };
    assert_eq!(badges(None), Vec::<String>::new());
    assert_eq!(badges(Some(START)), ["2 changes since you last looked"]);
    assert_eq!(badges(Some(now)), Vec::<String>::new());
}
