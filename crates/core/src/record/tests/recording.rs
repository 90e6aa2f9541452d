//! When what is written, and where.

use super::*;
use crate::record::{MOMENTS_PER_RUN, Reel, last_at};
use crate::timeline::{Gap, GapCause};

const WATCHED: [State; 2] = [State::Pending, State::Running];

#[test]
fn a_moment_that_goes_on_is_written_again_once_a_minute_and_when_it_ends() {
    let mut page = Page::new();
    let written: Vec<usize> = (0..15).map(|poll| page.see(&nodes(&WATCHED), at(poll * 10))).collect();
    assert_eq!(written, [1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0]);
    let until = |page: &Page| page.store.moments(0)[0].until();
    assert_eq!(until(&page), at(120));
    // The end of the one and the beginning of the next.
    assert_eq!(page.see(&nodes(&[State::Running; 2]), at(150)), 2);
    assert_eq!(until(&page), at(140));
}

#[test]
fn until_when_a_document_lasts_is_known_without_those_that_it_lies_over() {
    let mut page = Page::new();
    page.see(&nodes(&WATCHED), at(0));
    page.see(&nodes(&[State::Running; 2]), at(10));
    page.see(&nodes(&[State::Running; 2]), at(90));
    page.miss(ErrorKind::Timeout, at(100));
    let ends: Vec<_> = page.store.texts(0).iter().map(|text| last_at(text)).collect();
    assert_eq!(ends, [Some(at(0)), Some(at(90)), Some(at(100))]);
    assert_eq!(last_at("{}"), None);
}

#[test]
fn what_is_held_back_is_written_once_when_the_page_closes() {
    let mut page = Page::new();
    page.see(&nodes(&WATCHED), at(0));
    assert_eq!(page.recorder.clone().flush(), []);
    page.see(&nodes(&WATCHED), at(10));
    page.flush();
    assert_eq!(page.store.moments(0)[0].until(), at(10));
    assert_eq!(page.recorder.flush(), []);
}

#[test]
fn polls_that_fail_in_one_way_are_one_moment() {
    let mut page = Page::new();
    for (second, kind) in [(0, ErrorKind::Timeout), (10, ErrorKind::Timeout), (20, ErrorKind::VendorDown)] {
        page.miss(kind, at(second));
    }
    let missed = |from, until, count, kind| Moment::Missed {
        from: at(from),
        until: at(until),
        count,
        kind,
        code: None,
    };
    assert_eq!(
        page.store.moments(0),
        [missed(0, 10, 2, ErrorKind::Timeout), missed(20, 20, 1, ErrorKind::VendorDown)]
    );
}

#[test]
fn another_run_has_documents_of_its_own_and_begins_with_the_time_that_nobody_watched() {
    let mut page = Page::new();
    page.see(&nodes(&WATCHED), at(0));
    let mut next = nodes(&WATCHED);
    next.operation.as_mut().unwrap().id = Some("another task".to_owned());
    page.see(&next, at(3_600));
    assert_eq!(page.recorder.run(), 1);
    assert_eq!(page.store.moments(0).len(), 1);
    let gap = Gap { after: at(0), until: at(3_600), cause: GapCause::Suspended };
    let moments = page.store.moments(1);
    assert_eq!(moments[0], Moment::Followed { after: at(0), until: at(3_600) });
    assert_eq!(moments[1], Moment::Unwatched(gap));
    assert!(matches!(&moments[2], Moment::Seen { from, .. } if *from == at(3_600)));
}

#[test]
fn a_page_that_is_loaded_again_goes_on_where_it_was() {
    let mut page = Page::new();
    page.see(&nodes(&WATCHED), at(0));
    page.see(&nodes(&[State::Running; 2]), at(10));
    page.reload();
    // Without the page having been closed in between: another tab took over.
    page.see(&nodes(&[State::Running; 2]), at(80));
    assert_eq!(page.store.moments(0).len(), 2);
    assert_eq!(page.store.moments(0)[1].until(), at(80));
    page.reload();
    page.open(at(100));
    page.see(&nodes(&[State::Running; 2]), at(101));
    let moments = page.store.moments(0);
    assert_eq!(moments[2], Moment::Opened(at(100)));
    assert!(matches!(&moments[3], Moment::Seen { from, .. } if *from == at(101)));
    assert!(page.store.texts(0)[3].ends_with(r#""after":1,"patch":{}}}"#), "{:?}", page.store.texts(0));
}

#[test]
fn nothing_is_laid_over_what_a_later_page_recorded_with_more() {
    let mut page = Page::new();
    page.see(&nodes(&WATCHED), at(0));
    let text = page.store.0.get_mut(&(0, 0)).unwrap();
    *text = text.replace(r#""state":"#, r#""mood":"calm","state":"#);
    page.reload();
    page.see(&nodes(&[State::Running; 2]), at(10));
    assert!(page.store.texts(0)[1].contains("whole"), "{:?}", page.store.texts(0));
}

#[test]
fn pages_that_were_closed_before_they_saw_anything_leave_one_moment() {
    let mut page = Page::new();
    for second in 0..100 {
        page.reload();
        page.open(at(second));
    }
    assert_eq!(page.store.moments(0), [Moment::Opened(at(99))]);
}

#[test]
fn a_run_has_five_thousand_moments_at_most_and_its_end_is_known() {
    let mut page = Page::new();
    let last = i64::from(MOMENTS_PER_RUN) + 500;
    for second in 0..=last {
        let mut observation = nodes(&WATCHED);
        observation.cluster_name = Some(second.to_string());
        page.see(&observation, at(second));
        assert_eq!(page.recorder.is_full(), second + 1 >= i64::from(MOMENTS_PER_RUN));
    }
    page.miss(ErrorKind::Timeout, at(last + 1));
    page.open(at(last + 2));
    page.reload();
    assert!(page.recorder.is_full());
    let tape = page.store.tape(0);
    assert_eq!((tape.moments().count(), tape.unreadable), (5_000, 0));
    let end = Reel::new(&tape, Vec::new()).at(at(last));
    assert_eq!(end.latest().and_then(|latest| latest.cluster_name.clone()), Some(last.to_string()));
}

#[test]
fn a_clock_that_is_set_back_loses_nothing() {
    let mut page = Page::new();
    page.see(&nodes(&WATCHED), at(1_000));
    page.see(&nodes(&WATCHED), at(400));
    page.see(&nodes(&[State::Running; 2]), at(410));
    assert_eq!(page.store.moments(0).iter().map(Moment::from).collect::<Vec<_>>(), [1_000, 400, 410].map(at));
    let reel = Reel::new(&page.store.tape(0), Vec::new());
    assert_eq!(reel.stops(), [at(1_000)]);
    assert_eq!(reel.at(at(1_000)), page.timeline);
}

#[test]
fn of_a_failure_the_kind_and_the_code_are_recorded_and_no_text_in_which_a_secret_could_be() {
    const SECRET: &str = "MARKED0123456789abcdefMARKED";
    let error = PollError {
        status: Some(403),
        code: Some("SignatureDoesNotMatch".to_owned()),
        message: Some(format!("verify aksk signature fail: {SECRET}")),
        request_id: Some(SECRET.to_owned()),
        field: Some(SECRET.to_owned()),
        ..PollError::new(ErrorKind::Signature)
    };
    let mut page = Page::new();
    page.take(Outcome::Failed(error.clone()), at(0));
    for code in [format!("x-security-token: {SECRET}"), format!("{SECRET}="), SECRET.repeat(3)] {
        page.take(Outcome::Failed(PollError { code: Some(code), ..error.clone() }), at(1));
    }
    let texts = page.store.texts(0);
    assert!(texts[0].contains(r#""kind":"signature","code":"SignatureDoesNotMatch""#), "{}", texts[0]);
    assert_eq!(texts.len(), 2);
    assert!(!texts.concat().contains("MARKED"), "{texts:?}");
}
