//! What changed, the runs, and replay.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::tick;
use rollwatch::ui::{ChangeList, PastMark, ReplayBar, Runs};
use rollwatch_core::model::State;
use rollwatch_core::view::{Changes, Entry, EntryKind, Line, Replay, RunRow, Shown, TurnRow};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Event, HtmlElement, HtmlInputElement};

use crate::document::{Mounted, mount};

/// What a component told its owner, in order.
#[derive(Clone, Default)]
struct Told<T>(Rc<RefCell<Vec<T>>>);

impl<T: Clone + 'static> Told<T> {
    fn callback(&self) -> Callback<T>
    where
        T: Send + Sync,
    {
        let told = StoredValue::new_local(self.0.clone());
        Callback::new(move |value| told.with_value(|told| told.borrow_mut().push(value)))
    }

    fn all(&self) -> Vec<T> {
        self.0.borrow().clone()
    }
}

fn shown(text: &str) -> Shown {
    Shown { text: text.to_owned(), evidence: format!("{text}, exactly") }
}

fn entry(key: &str, kind: EntryKind, lines: &[(Option<State>, &str)]) -> Entry {
    let line = |(state, text): &(Option<State>, &str)| Line { state: *state, text: (*text).to_owned() };
    Entry { key: key.to_owned(), kind, when: shown(key), lines: lines.iter().map(line).collect() }
}

fn some_changes() -> Changes {
    Changes {
        since: Some("Since you last looked (02:14:07, 3 h 0 min ago)".to_owned()),
        news: vec![
            entry(
                "b",
                EntryKind::Changed,
                &[(Some(State::Succeeded), "n0 is done"), (Some(State::Running), "n1 began")],
            ),
            entry("g", EntryKind::NotWatched, &[(None, "Not watched for 6 h 20 min: no page was open")]),
        ],
        before: vec![entry("a", EntryKind::Paused, &[(None, "No change for 41 min, then it went on")])],
        left_out: 7,
    }
}

fn list(changes: RwSignal<Changes>, told: &Told<()>) -> Mounted {
    let on_all = told.clone();
    mount(move || view! { <ChangeList changes on_all=on_all.callback() /> })
}

#[wasm_bindgen_test]
async fn what_is_new_stands_under_its_heading_and_apart_from_the_rest() {
    let told = Told::default();
    let changes = ArcRwSignal::new(some_changes());
    let shown = changes.clone();
    let asked = told.clone();
    let mounted =
        mount(move || view! { <ChangeList changes=RwSignal::from(shown) on_all=asked.callback() /> });
    let headings: Vec<_> = mounted.all("h3").iter().filter_map(|heading| heading.text_content()).collect();
    assert_eq!(headings, ["Since you last looked (02:14:07, 3 h 0 min ago)", "Before that"]);
    assert_eq!(mounted.all("ol.news > li").len(), 2);
    assert_eq!(mounted.all("ol:not(.news) > li.paused").len(), 1);
    let lines: Vec<_> = mounted.all("ol.news li li").iter().map(|line| line.class_name()).collect();
    assert_eq!(lines, ["state-line tone-succeeded", "state-line tone-running", "state-line"]);
    assert_eq!(mounted.all(".when")[0].get_attribute("title").as_deref(), Some("b, exactly"));
    assert_eq!(mounted.one("button").text_content().as_deref(), Some("Show 7 more"));
    mounted.click("button").await;
    assert_eq!(told.all().len(), 1);
    changes.update(|changes| changes.left_out = 0);
    tick().await;
    assert_eq!(mounted.all("button").len(), 0);
}

#[wasm_bindgen_test]
fn on_a_first_visit_nothing_is_said_of_the_last_one() {
    let mounted =
        list(RwSignal::new(Changes { since: None, left_out: 0, ..some_changes() }), &Told::default());
    assert!(!mounted.text().contains("last looked") && !mounted.text().contains("Before that"));
    let nothing = list(RwSignal::new(Changes::default()), &Told::default());
    assert_eq!(nothing.text(), "No change was seen yet.");
}

fn run(key: &str, index: Option<usize>, compared: bool) -> RunRow {
    let turn = TurnRow {
        key: "data/n0".to_owned(),
        node: "n0".to_owned(),
        role: "data".to_owned(),
        state: State::Succeeded,
        word: "done".to_owned(),
        turns: "1".to_owned(),
        when: shown("08:09:41 → 08:15:41"),
        took: "6 min".to_owned(),
    };
    RunRow {
        key: key.to_owned(),
        index,
        compared,
        state: State::Failed,
        outcome: shown("failed"),
        began: shown("08:09:41"),
        versions: "1 → 2".to_owned(),
        lasted: "2 h 5 min".to_owned(),
        difference: "+12 min".to_owned(),
        nodes: "7 of 8".to_owned(),
        known: "recorded here".to_owned(),
        timed: usize::from(index.is_some()),
        turns: index.map(|_| turn).into_iter().collect(),
    }
}

#[wasm_bindgen_test]
async fn each_run_has_its_row_its_times_and_its_place_to_compare_with() {
    let (compared, unfolded) = (Told::default(), Told::default());
    let rows =
        ArcRwSignal::new(vec![run("now", None, false), run("x", Some(0), false), run("y", Some(1), true)]);
    let (shown, on_compare, on_unfold) = (rows.clone(), compared.clone(), unfolded.clone());
    let mounted = mount(move || {
        view! { <Runs rows=RwSignal::from(shown) on_compare=on_compare.callback() on_unfold=on_unfold.callback() /> }
    });
    let cells: Vec<_> = mounted.all("tbody:nth-of-type(2) > tr:first-child > *");
    let texts: Vec<_> = cells.iter().filter_map(|cell| cell.text_content()).collect();
    let expected =
        ["08:09:41", "1 → 2", "2 h 5 min", "+12 min", "failed", "7 of 8", "recorded here", "Compare"];
    assert_eq!(texts, expected);
    assert_eq!(cells.len(), mounted.all("table.runs > thead th").len());
    // The present run is not compared with itself.
    let pressed: Vec<_> = mounted
        .all("table.runs button")
        .iter()
        .filter_map(|button| button.get_attribute("aria-pressed"))
        .collect();
    assert_eq!(pressed, ["false", "true"]);
    for button in mounted.all("table.runs button") {
        button.unchecked_into::<HtmlElement>().click();
    }
    tick().await;
    assert_eq!(compared.all(), [Some(0), None]);

    let details = mounted.all("details");
    assert_eq!(details.len(), 2, "nothing to unfold where no times are known");
    details[0].set_attribute("open", "").unwrap();
    details[0].dispatch_event(&Event::new("toggle").unwrap()).unwrap();
    assert!(unfolded.all().contains(&("x".to_owned(), true)), "{:?}", unfolded.all());
    // A new text in the row leaves what was unfolded as it is.
    rows.update(|rows| rows[1].lasted = "2 h 6 min".to_owned());
    tick().await;
    assert!(mounted.all("details")[0].is_same_node(Some(&details[0])));
    assert!(mounted.all("details")[0].has_attribute("open"));
    assert!(mounted.text().contains("2 h 6 min"));
    assert_eq!(mounted.all("table.turns > tbody > tr > *").len(), 2 * 6, "one node in each of two runs");
}

#[wasm_bindgen_test]
fn a_cluster_without_runs_says_so() {
    let mounted = mount(|| {
        let on_compare = Callback::new(|_: Option<usize>| {});
        let on_unfold = Callback::new(|_: (String, bool)| {});
        view! { <Runs rows=Signal::stored(Vec::new()) on_compare on_unfold /> }
    });
    assert_eq!(mounted.text(), "No run is known yet.");
}

fn bar(last: usize, at: usize, past: Option<&str>) -> Replay {
    Replay { last, at, text: format!("place {at}"), past: past.map(str::to_owned) }
}

#[wasm_bindgen_test]
async fn the_bar_goes_from_change_to_change_and_says_where_it_stands() {
    let told = Told::default();
    let (replay, on_stop) = (ArcRwSignal::new(bar(4, 4, None)), told.clone());
    let shown = replay.clone();
    let mounted =
        mount(move || view! { <ReplayBar replay=RwSignal::from(shown) on_stop=on_stop.callback() /> });
    let range = || mounted.one("input[type=range]").unchecked_into::<HtmlInputElement>();
    let stands = || (range().max(), range().value(), range().get_attribute("aria-valuetext").unwrap());
    assert_eq!(stands(), ("4".to_owned(), "4".to_owned(), "place 4".to_owned()));
    assert!(!range().get_attribute("aria-label").unwrap().is_empty());
    let buttons = mounted.all("button");
    let usable =
        || buttons.iter().map(|b| b.get_attribute("aria-disabled").unwrap() == "false").collect::<Vec<_>>();
    assert_eq!(usable(), [true, false, false]);
    for button in &buttons {
        button.clone().unchecked_into::<HtmlElement>().click();
    }
    range().set_value("1");
    range().dispatch_event(&Event::new("input").unwrap()).unwrap();
    assert_eq!(told.all(), [3, 4, 4, 1]);
    replay.set(bar(5, 0, Some("This is the past")));
    tick().await;
    assert_eq!(stands(), ("5".to_owned(), "0".to_owned(), "place 0".to_owned()));
    assert_eq!(usable(), [false, true, true]);
    // What is recorded meanwhile makes the bar longer, and the place of now goes with it.
    replay.set(bar(9, 9, None));
    tick().await;
    assert_eq!(stands(), ("9".to_owned(), "9".to_owned(), "place 9".to_owned()));
}

#[wasm_bindgen_test]
async fn a_bar_over_nothing_says_so_and_the_past_is_marked_with_a_way_back() {
    let empty = mount(|| {
        let on_stop = Callback::new(|_: usize| {});
        view! { <ReplayBar replay=Signal::stored(bar(0, 0, None)) on_stop /> }
    });
    assert_eq!(empty.text(), "Nothing is recorded of this run yet.");
    let told = Told::default();
    let (replay, on_present) = (ArcRwSignal::new(bar(4, 4, None)), told.clone());
    let shown = replay.clone();
    let mounted =
        mount(move || view! { <PastMark replay=RwSignal::from(shown) on_present=on_present.callback() /> });
    assert_eq!(mounted.text(), "");
    replay.set(bar(4, 1, Some("This is the past: as known at 02:14:07 (3 h ago).")));
    tick().await;
    assert!(mounted.one(".past-mark").text_content().unwrap().starts_with("This is the past"));
    mounted.click(".past-mark button").await;
    assert_eq!(told.all().len(), 1);
}
