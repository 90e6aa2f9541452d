use super::{NOW, list, parameter, task, upgrade};
use crate::http::Request;
use crate::model::{Observation, OperationKind, Service, Span, State, Timestamp, Warning};
use crate::provider::Background;
use crate::provider::conversation::{Poll, poll, watch};

/// A server that pages as documented: ten by default, `offset` from 1.
fn server(tasks: Vec<String>) -> impl Fn(&Request) -> (u16, String) {
    let total = u32::try_from(tasks.len()).unwrap();
    move |request| {
        let target = request.target();
        if !target.contains("/upgrade/detail") {
            return (403, r#"{"errCode":"CSS.0032","externalMessage":"no permission"}"#.to_owned());
        }
        let limit = parameter(&target, "limit").unwrap_or(10) as usize;
        let from = parameter(&target, "offset").unwrap_or(1) as usize;
        let page: Vec<String> = tasks.iter().skip(from - 1).take(limit).cloned().collect();
        (200, list(total, &page))
    }
}

/// Tasks that are over, the newest first: `count` of them from `newest` down.
fn over(newest: u32, count: u32) -> Vec<String> {
    (0..count).map(|place| task(newest - place, "SUCCESS", "k-ess-esn-1-1,k-ess-esn-2-1")).collect()
}

fn ids(observation: &Observation) -> Vec<&str> {
    let all = observation.operation.iter().chain(&observation.earlier);
    all.filter_map(|operation| operation.id.as_deref()).collect()
}

fn more(observation: &Observation) -> Option<(u32, u32)> {
    observation.warnings.iter().find_map(|warning| match warning {
        Warning::MoreOperations { total, shown } => Some((*total, *shown)),
        _ => None,
    })
}

/// The queries of the questions about tasks.
fn queries(poll: &Poll) -> Vec<&str> {
    let about_tasks = poll.asked.iter().filter(|asked| asked.contains("/upgrade/detail"));
    about_tasks.map(|asked| asked.split_once('?').map_or("", |(_, query)| query)).collect()
}

fn later(seconds: i64) -> Timestamp {
    NOW.plus(Span::seconds(seconds))
}

#[test]
fn a_list_of_one_page_is_asked_for_once_and_without_parameters() {
    let poll = poll(&upgrade(), Background::default(), NOW, server(over(10, 10)));
    assert_eq!(queries(&poll), [""]);
    assert_eq!((ids(poll.observation()).len(), more(poll.observation())), (10, None));
}

#[test]
fn further_pages_are_asked_for_once_and_become_history_newest_first() {
    let first = poll(&upgrade(), Background::default(), NOW, server(over(130, 130)));
    assert_eq!(queries(&first), ["", "limit=100&offset=11", "limit=100&offset=111"]);
    let expected: Vec<String> = (1..=130).rev().map(|number| format!("t{number}")).collect();
    assert_eq!(ids(first.observation()), expected);
    assert_eq!(more(first.observation()), None);

    let second = poll(&upgrade(), first.background, later(60), server(over(130, 130)));
    assert_eq!(queries(&second), [""]);
    assert_eq!(ids(second.observation()), expected);

    let third = poll(&upgrade(), second.background, later(120), server(over(131, 131)));
    assert_eq!(queries(&third), ["", "limit=100&offset=11", "limit=100&offset=111"]);
    assert_eq!(ids(third.observation()).len(), 131);
}

#[test]
fn a_migration_pages_in_its_own_mode() {
    let watch = watch(Service::HuaweiCss, OperationKind::AzMigration);
    let poll = poll(&watch, Background::default(), NOW, server(over(11, 11)));
    assert_eq!(queries(&poll), ["action_mode=AZ_MIGRATION", "action_mode=AZ_MIGRATION&limit=100&offset=11"]);
}

#[test]
fn a_running_task_on_a_further_page_is_the_current_one_and_stays_fresh() {
    let with = |last: String| {
        let mut tasks: Vec<String> = (1..=11).map(|n| task(n, "SUCCESS", "")).collect();
        tasks.push(last);
        server(tasks)
    };
    let first = poll(&upgrade(), Background::default(), NOW, with(task(12, "RUNNING", "")));
    assert_eq!(queries(&first), ["", "limit=100&offset=11"]);
    let current = first.observation().operation.as_ref().unwrap();
    assert_eq!((current.id.as_deref(), current.state), (Some("t12"), State::Running));

    let second = poll(&upgrade(), first.background, later(10), with(task(12, "RUNNING", "k-ess-esn-1-1")));
    assert_eq!(queries(&second), ["limit=1000"]);
    let current = second.observation().operation.as_ref().unwrap();
    assert_eq!(current.nodes.first().map(|node| node.state), Some(State::Succeeded));

    let third = poll(&upgrade(), second.background, later(20), with(task(12, "FAILED", "k-ess-esn-1-1")));
    assert_eq!(queries(&third), ["limit=1000"]);
    let current = third.observation().operation.as_ref().unwrap();
    assert_eq!((current.id.as_deref(), current.state), (Some("t12"), State::Failed));
}

#[test]
fn a_task_on_two_pages_is_shown_once_as_the_first_answer_has_it() {
    let serve = |request: &Request| {
        let tasks = match parameter(&request.target(), "offset") {
            None => vec![task(2, "RUNNING", "k-ess-esn-1-1")],
            Some(_) => vec![task(2, "RUNNING", ""), task(1, "SUCCESS", "")],
        };
        (200, list(2, &tasks))
    };
    let poll = poll(&upgrade(), Background::default(), NOW, serve);
    assert_eq!(ids(poll.observation()), ["t2", "t1"]);
    let current = poll.observation().operation.as_ref().unwrap();
    assert_eq!(current.nodes.first().map(|node| node.state), Some(State::Succeeded));
}

#[test]
fn a_server_that_ignores_the_offset_is_not_asked_without_end() {
    let whole = over(25, 25);
    // It keeps the limit: the second answer has everything.
    let tasks = whole.clone();
    let by_limit = move |request: &Request| {
        let limit = parameter(&request.target(), "limit").unwrap_or(10) as usize;
        (200, list(25, &tasks[..limit.min(25)]))
    };
    let poll_1 = poll(&upgrade(), Background::default(), NOW, by_limit);
    assert_eq!((ids(poll_1.observation()).len(), more(poll_1.observation())), (25, None));
    // It ignores that too: what is not known is told, and it is not asked again.
    let deaf = |_: &Request| (200, list(25, &whole[..10]));
    let poll_2 = poll(&upgrade(), Background::default(), NOW, deaf);
    assert_eq!(queries(&poll_2), ["", "limit=100&offset=11", "limit=100&offset=21"]);
    assert_eq!(more(poll_2.observation()), Some((25, 10)));
    let poll_3 = poll(&upgrade(), poll_2.background, later(600), deaf);
    assert_eq!(queries(&poll_3).len(), 1);
}

#[test]
fn an_empty_page_ends_the_reading() {
    let serve = |request: &Request| match parameter(&request.target(), "offset") {
        None => (200, list(500, &over(10, 10))),
        Some(_) => (200, list(500, &[])),
    };
    let first = poll(&upgrade(), Background::default(), NOW, serve);
    assert_eq!(queries(&first), ["", "limit=100&offset=11"]);
    assert_eq!(more(first.observation()), Some((500, 10)));
    assert_eq!(queries(&poll(&upgrade(), first.background, later(600), serve)), [""]);
}

#[test]
fn no_more_than_a_thousand_tasks_are_read() {
    let mut background = Background::default();
    let mut pages = 0;
    for round in 0..10 {
        let poll = poll(&upgrade(), background, later(60 * round), server(over(3000, 3000)));
        pages += queries(&poll).len() - 1;
        if round == 9 {
            let shown = ids(poll.observation()).len();
            assert!((1000..=1010).contains(&shown), "{shown}");
            assert_eq!(more(poll.observation()).map(|(total, _)| total), Some(3000));
        }
        background = poll.background;
    }
    assert_eq!(pages, 10);
}

#[test]
fn a_page_that_fails_leaves_what_the_first_one_says() {
    let serve = |request: &Request| match parameter(&request.target(), "offset") {
        None => (200, list(12, &over(12, 10))),
        Some(_) => (500, "<html>".to_owned()),
    };
    let first = poll(&upgrade(), Background::default(), NOW, serve);
    assert_eq!((ids(first.observation()).len(), more(first.observation())), (10, Some((12, 10))));
    let second = poll(&upgrade(), first.background, later(60), serve);
    assert_eq!(queries(&second), [""]);
}

#[test]
fn a_count_that_changes_while_pages_are_read_starts_them_anew() {
    let serve = |request: &Request| match parameter(&request.target(), "offset") {
        None => (200, list(250, &over(250, 10))),
        Some(11) => (200, list(250, &over(240, 100))),
        Some(_) => (200, list(251, &over(141, 100))),
    };
    let first = poll(&upgrade(), Background::default(), NOW, serve);
    assert_eq!(more(first.observation()), Some((250, 10)));
    let second = poll(&upgrade(), first.background, later(61), server(over(251, 251)));
    assert_eq!(queries(&second), ["", "limit=100&offset=11", "limit=100&offset=111", "limit=100&offset=211"]);
    assert_eq!((ids(second.observation()).len(), more(second.observation())), (251, None));
}
