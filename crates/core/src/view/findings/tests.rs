use super::*;
use crate::assess::Impact;
use crate::error::ErrorKind;
use crate::model::State;

const NOW: Timestamp = Timestamp::from_millis(1_742_803_781_000);

fn before(minutes: i64) -> Timestamp {
    NOW.minus(Span::minutes(minutes))
}

fn told(lang: Lang, evidence: Evidence, since: Option<When>) -> FindingRow {
    let impact = Some(Impact::WritesBlocked);
    let finding = Finding { level: Level::Odd, evidence, since, impact };
    row(Reader { lang, offset_at: |_| 0 }, &finding, NOW)
}

#[test]
fn a_finding_says_since_when_as_exactly_as_that_is_known() {
    let since = |when| told(Lang::En, Evidence::OrderChanged, Some(when)).since;
    assert_eq!(since(When::Reported(before(9))), "since 08:00");
    assert_eq!(since(When::Between { after: before(2), until: before(1) }), "between 08:07 and 08:08");
    let seconds = When::Between { after: NOW.minus(Span::seconds(10)), until: NOW };
    assert_eq!(since(seconds), "since 08:09");
    assert_eq!(since(When::By(before(9))), "since 08:00 or before");
    assert_eq!(told(Lang::En, Evidence::OrderChanged, None).since, "");
    assert_eq!(told(Lang::En, Evidence::OrderChanged, None).impact, "writes blocked, reads may flicker");
}

#[test]
fn findings_about_the_course_are_told_in_plain_words() {
    let longer = |step: Option<&str>, goes_on| Evidence::TookLonger {
        node: "n2".into(),
        step: step.map(str::to_owned),
        took_for: Span::minutes(41),
        usual_for: Span::minutes(6),
        goes_on,
    };
    let missed = |gaps, cause| Evidence::NotWatched { missed_for: Span::hours(3), gaps, cause };
    let failing = GapCause::Unanswered(ErrorKind::ProxyUnreachable);
    for (evidence, expected) in [
        (longer(Some("Restart"), true), "n2 has been in step Restart for 41 min; it usually takes 6 min."),
        (longer(Some("Restart"), false), "n2 took 41 min for step Restart; it usually takes 6 min."),
        (longer(None, true), "n2 has been at work for 41 min; a node usually takes 6 min."),
        (longer(None, false), "n2 took 41 min; a node usually takes 6 min."),
        (missed(1, GapCause::Closed), "Nobody watched for 3 h 0 min: no page was open."),
        (
            missed(2, failing),
            "Nobody watched for 3 h 0 min in all, 2 times; the last time: no good answer came. Nothing answers at the proxy's address.",
        ),
        (
            Evidence::NodeWentBack { node: "n2".into(), to: State::Pending },
            "n2 was done and went back to waiting.",
        ),
        (
            Evidence::NodeRetried { node: "n2".into(), turns: 2 },
            "n2 was worked on again after it had failed; this is turn 2.",
        ),
        (
            Evidence::Paused { paused_for: Span::minutes(41), pauses: 1 },
            "Nothing changed for 41 min, and then it went on.",
        ),
        (
            Evidence::RollingBack { over: false, word: "Rollback".into() },
            "The vendor is taking this operation back: Rollback.",
        ),
    ] {
        assert_eq!(told(Lang::En, evidence, None).sentence, expected);
    }
}

#[test]
fn every_language_has_its_own_sentence_for_each_finding() {
    for evidence in [
        Evidence::OrderChanged,
        Evidence::ClockOff { offset: Span::minutes(7) },
        Evidence::TaskRetried { attempts: 3 },
        Evidence::PreparationExpires { until: NOW },
        Evidence::RollingBack { over: true, word: String::new() },
        Evidence::Paused { paused_for: Span::minutes(41), pauses: 2 },
        Evidence::NotWatched { missed_for: Span::hours(3), gaps: 2, cause: GapCause::Suspended },
    ] {
        let mut told: Vec<String> =
            Lang::ALL.map(|lang| self::told(lang, evidence.clone(), None).sentence).to_vec();
        told.sort();
        told.dedup();
        assert_eq!(told.len(), 4, "{told:?}");
        assert!(told.iter().all(|sentence| !sentence.is_empty() && !sentence.contains(['{', '?'])));
    }
}
