use super::{NOW, answer, observed, watch};
use crate::assess::{Circumstances, Evidence, Verdict, assess};
use crate::model::{Service, Span, State, Timestamp, Zone};
use crate::provider::conversation::{endpoint, exchange};
use crate::provider::{Background, Purpose, decode};
use crate::timeline::{Outcome, Timeline};
use crate::view::words::Lang;
use crate::view::{Liveness, Look, PageView, Reader, page};

fn prepared(status: &str, code: &str, finished: &str) -> String {
    answer(&format!(
        r#""FromVersion":"1","ToVersion":"2","Status":"{status}","PrepareFinishTime":"{finished}",
        "Details":"{{\"UpgradePhase\":\"Prepare\",\"StatusCode\":\"{code}\"}}""#
    ))
}

fn valid_until(status: &str, code: &str, finished: &str) -> Option<String> {
    observed(&prepared(status, code, finished)).operation?.valid_until.map(Timestamp::iso)
}

/// The page at an instant, of a preparation that was over at 2023-05-09T06:48:28Z.
fn seen_at(now: Timestamp) -> (Verdict, Vec<Evidence>, PageView) {
    let mut observation = observed(&prepared("preparing", "Flighting", "2023-05-09T06:48:28Z"));
    observation.observed_at = now;
    let mut timeline = Timeline::default();
    timeline.record(Outcome::Observed(Box::new(observation)), now);
    let assessment = assess(&timeline, &Circumstances::default(), now);
    let reader = Reader { lang: Lang::En, offset_at: |_| 0 };
    let page = page(&watch(), &timeline, &assessment, &Liveness::default(), &Look::default(), reader, now);
    (assessment.verdict, assessment.findings.into_iter().map(|found| found.evidence).collect(), page)
}

#[test]
fn a_preparation_is_good_for_seven_days_from_its_end() {
    for (written, until) in [
        ("2023-05-09T06:48:28.843Z", Some("2023-05-16T06:48:28Z")),
        ("2023-05-09T06:48:28Z", Some("2023-05-16T06:48:28Z")),
        ("", None),
        ("soon", None),
    ] {
        assert_eq!(valid_until("preparing", "Flighting", written).as_deref(), until, "{written}");
    }
}

#[test]
fn an_end_of_preparation_without_a_zone_is_in_the_zone_that_a_person_chose() {
    let endpoint = endpoint(Service::AlibabaHologres, Purpose::Service);
    let mut background = Background::default();
    background.zone = Some(Zone::Chosen(8 * 3600));
    for written in ["2023-05-09 14:48:28", "2023-05-09T14:48:28", "2023-05-09T06:48:28Z"] {
        let answer = exchange(200, &prepared("preparing", "Flighting", written), NOW);
        let observation = decode(&watch(), &endpoint, &answer, &background, NOW).unwrap();
        let until = observation.operation.and_then(|operation| operation.valid_until);
        assert_eq!(until.map(Timestamp::iso).as_deref(), Some("2023-05-16T06:48:28Z"), "{written}");
    }
}

#[test]
fn only_what_waits_for_its_start_has_an_end_of_validity() {
    let finished = "2023-05-09T06:48:28Z";
    for (status, code) in [
        ("preparing", "FlightingFailed"),
        ("upgrading", "DoUpgrade"),
        ("archived", "Success"),
        ("stopped", "Stopped"),
    ] {
        assert_eq!(valid_until(status, code, finished), None, "{status} {code}");
    }
    let odd = observed(&prepared("preparing", "Flighting", "soon"));
    assert_eq!(odd.operation.map(|operation| operation.state), Some(State::Pending));
    assert_eq!(odd.warnings.len(), 1);
}

#[test]
fn what_is_prepared_says_until_when_and_is_never_called_stalled() {
    for hours in [1, 24, 6 * 24] {
        let (verdict, findings, page) = seen_at(NOW.plus(Span::hours(hours)));
        assert_eq!(verdict, Verdict::Waiting, "{hours}");
        assert!(!findings.iter().any(|found| matches!(found, Evidence::PreparationOver { .. })), "{hours}");
        let impact = page.card.impact.unwrap_or_default();
        assert!(impact.contains("05-16 06:48:28") && impact.contains("prepared"), "{impact}");
    }
}

#[test]
fn a_preparation_that_is_over_is_a_finding() {
    let until = Timestamp::from_civil((2023, 5, 16), (6, 48, 28, 0), 0).unwrap();
    let (_, before, _) = seen_at(until.minus(Span::millis(1)));
    assert!(!before.contains(&Evidence::PreparationOver { until }));
    let (_, findings, page) = seen_at(until);
    assert!(findings.contains(&Evidence::PreparationOver { until }));
    assert!(page.findings.iter().any(|row| row.sentence.contains("prepared again")));
    assert!(page.card.impact.unwrap_or_default().contains("which is over"));
}
