use super::*;
use crate::error::{ErrorKind, PollError};
use crate::model::Span;
use crate::view::trouble::{silence, trouble};

fn limited(source: LimitSource, step: Option<&str>) -> Basis {
    Basis {
        unchanged_for: Span::minutes(41),
        slow_after: Span::minutes(12),
        stalled_after: Span::minutes(18),
        step: step.map(str::to_owned),
        source,
        legal: None,
        past_estimate: false,
    }
}

fn usual(experience: Experience) -> LimitSource {
    LimitSource::Usual { usual_for: Span::minutes(6), experience }
}

#[test]
fn slow_and_stalled_say_what_they_rest_on() {
    let restart = Some("Restart_OpenSearch");
    for (source, step, expected) in [
        (
            usual(Experience::ThisRun { nodes: 2 }),
            restart,
            "Restart_OpenSearch took 6 min on the 2 nodes before",
        ),
        (
            usual(Experience::ThisRun { nodes: 1 }),
            restart,
            "Restart_OpenSearch took 6 min on the node before",
        ),
        (
            usual(Experience::EarlierRuns { runs: 3 }),
            restart,
            "Restart_OpenSearch took 6 min in the 3 runs before",
        ),
        (
            usual(Experience::EarlierRuns { runs: 1 }),
            restart,
            "Restart_OpenSearch took 6 min in the run before",
        ),
        (usual(Experience::ThisRun { nodes: 2 }), None, "the 2 nodes before took 6 min each"),
        (usual(Experience::EarlierRuns { runs: 3 }), None, "a node took 6 min in the 3 runs before"),
        (LimitSource::Default, restart, "we expect a change within 12 min"),
        (
            LimitSource::Documented { from: Span::minutes(15), to: Span::minutes(15) },
            None,
            "the vendor documents about 15 min",
        ),
        (
            LimitSource::Documented { from: Span::minutes(5), to: Span::minutes(30) },
            None,
            "the vendor documents 5 min to 30 min",
        ),
    ] {
        let said = basis(Lang::En, &limited(source, step));
        assert_eq!(said, format!("no change for 41 min; {expected}"));
    }
}

#[test]
fn the_vendors_own_limit_is_named_where_it_decides() {
    let migrating = Basis { legal: Some(Span::hours(47)), ..limited(LimitSource::Default, None) };
    let said = basis(Lang::En, &migrating);
    assert_eq!(
        said,
        "no change for 41 min; we expect a change within 12 min; the vendor's own limit is 47 h 0 min"
    );
}

#[test]
fn what_is_only_past_its_estimate_is_not_called_unchanged() {
    let late =
        Basis { past_estimate: true, unchanged_for: Span::minutes(3), ..limited(LimitSource::Default, None) };
    assert_eq!(basis(Lang::En, &late), "past the estimate; last change 3 min ago");
    let both = Basis { past_estimate: true, ..limited(LimitSource::Default, None) };
    assert!(basis(Lang::En, &both).starts_with("no change for 41 min"));
}

#[test]
fn while_all_is_well_the_page_says_until_when() {
    let basis = limited(usual(Experience::ThisRun { nodes: 2 }), Some("Restart_OpenSearch"));
    let said = expected(Lang::En, &basis);
    assert_eq!(
        said,
        "a change is expected within 12 min: Restart_OpenSearch took 6 min on the 2 nodes before"
    );
    assert_eq!(expected(Lang::En, &limited(LimitSource::Default, None)), "we expect a change within 12 min");
}

#[test]
fn an_estimate_names_its_source() {
    let (low, high) = (Span::minutes(25), Span::minutes(40));
    let left = |source| remaining(Lang::En, Estimate::Remaining { low, high, source });
    let said = [
        left(EstimateSource::EarlierRuns { runs: 1 }),
        left(EstimateSource::EarlierRuns { runs: 3 }),
        left(EstimateSource::Pace { nodes: 3 }),
        remaining(Lang::En, Estimate::AtLeast { low, source: EstimateSource::Formula }),
        remaining(Lang::En, Estimate::Remaining { low, high: low, source: EstimateSource::Vendor }),
        remaining(Lang::En, Estimate::Overdue { by: low, of: high, source: EstimateSource::Vendor }),
        remaining(Lang::En, Estimate::None),
    ];
    let expected = [
        "25 min to 40 min left (the run before)",
        "25 min to 40 min left (3 runs before)",
        "25 min to 40 min left (pace of nodes done: 3)",
        "about 25 min or more left (vendor's published figures)",
        "25 min left (vendor's estimate)",
        "25 min over the 40 min expected (vendor's estimate)",
        "no estimate",
    ];
    assert_eq!(said, expected);
}

#[test]
fn a_device_that_slept_is_told_apart_from_every_failure() {
    let at = Timestamp::from_millis(1_742_803_781_000);
    for lang in Lang::ALL {
        let reader = Reader { lang, offset_at: |_| 0 };
        let slept = silence(reader, at, at.plus(Span::hours(2)));
        assert!(slept.what.contains("08:09:41"), "{}", slept.what);
        for kind in [ErrorKind::Timeout, ErrorKind::ProxyUnreachable, ErrorKind::KeyExpired] {
            let failed = trouble(lang, &PollError::new(kind), Span::ZERO);
            assert_ne!((&slept.what, &slept.todo), (&failed.what, &failed.todo));
        }
    }
}
