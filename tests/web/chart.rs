//! The node timeline.

use leptos::prelude::*;
use leptos::task::tick;
use rollwatch::ui::Chart;
use rollwatch_core::model::{OperationKind, Service, Span, State, Timestamp};
use rollwatch_core::timeline::Timeline;
use rollwatch_core::view::{Gantt, Look, Wish};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{
    Element, HtmlElement, KeyboardEvent, KeyboardEventInit, PointerEvent, PointerEventInit, WheelEvent,
    WheelEventInit,
};

use crate::document::{Mounted, mount};
use crate::views::{
    AZ_MIGRATION, COMPLETE, CSS_FAILED, DOCUMENTED, NOW, SEARCH_ENGINE, page_at, page_of, search_engine,
    timeline_of, watch,
};

fn show(gantt: Gantt) -> Mounted {
    mount(move || view! { <Chart gantt=Signal::stored(gantt) wish=|_| () /> })
}

/// A chart that does what it is asked for.
fn show_live(service: Service, operation: OperationKind, timeline: Timeline, now: Timestamp) -> Mounted {
    mount(move || {
        let look = RwSignal::new(Look::default());
        let watch = watch(service, operation);
        let gantt = Memo::new(move |_| look.with(|look| page_at(&watch, &timeline, look, now).gantt));
        view! { <Chart gantt wish=move |wish: Wish| look.update(|look| look.follow(wish)) /> }
    })
}

/// The documented AZ migration, an hour after its second step began: six days in all.
fn six_days() -> Mounted {
    let now = Timestamp::from_millis(1_672_815_222_000).plus(Span::hours(1));
    let watch = watch(Service::HuaweiCss, OperationKind::AzMigration);
    let timeline = timeline_of(&watch, 200, &[AZ_MIGRATION], now);
    show_live(watch.service, watch.operation, timeline, now)
}

async fn press(mounted: &Mounted, key: &str, ctrl: bool) -> bool {
    let init = KeyboardEventInit::new();
    init.set_key(key);
    init.set_ctrl_key(ctrl);
    init.set_bubbles(true);
    init.set_cancelable(true);
    let event = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init).unwrap();
    let handled = !mounted.one(".gantt").dispatch_event(&event).unwrap();
    tick().await;
    handled
}

fn span(mounted: &Mounted) -> String {
    mounted.one(".gantt-controls .span").text_content().unwrap()
}

fn spoken(mounted: &Mounted) -> String {
    mounted.one(".gantt-controls [aria-live=polite]").text_content().unwrap()
}

fn pressed(mounted: &Mounted) -> Vec<String> {
    let buttons = mounted.all(".gantt-controls [aria-pressed=true]");
    buttons.iter().map(|button| button.text_content().unwrap()).collect()
}

fn number(element: &Element, name: &str) -> f64 {
    element.get_attribute(name).unwrap().trim_end_matches('%').parse().unwrap()
}

#[wasm_bindgen_test]
fn the_chart_has_a_row_for_each_node_and_each_step_of_the_whole() {
    for (service, operation, body) in DOCUMENTED {
        let page = page_of(service, operation, 200, &[body]);
        let names: Vec<String> = page.gantt.rows.iter().map(|row| row.name.clone()).collect();
        assert!(names.len() >= page.nodes.len(), "{service:?}");
        let shown = show(page.gantt).all(".gantt .lane-name");
        let shown: Vec<String> = shown.iter().map(|row| row.get_attribute("title").unwrap()).collect();
        assert_eq!(shown, names, "{service:?}");
    }
}

#[wasm_bindgen_test]
fn there_is_a_line_for_now_only_while_something_is_going_on() {
    let running = page_of(Service::HuaweiCss, OperationKind::AzMigration, 200, &[AZ_MIGRATION]);
    for page in [search_engine(SEARCH_ENGINE), running] {
        assert_eq!(show(page.gantt).all("line.now").len(), 1);
    }
    let failed = page_of(Service::HuaweiCss, OperationKind::Upgrade, 200, &[CSS_FAILED]);
    for page in [search_engine(COMPLETE), failed] {
        assert_eq!(show(page.gantt).all("line.now").len(), 0);
    }
}

#[wasm_bindgen_test]
fn every_bar_lies_within_the_picture_and_says_what_it_is() {
    let mut patterned = 0;
    for (service, operation, body) in DOCUMENTED {
        let mounted = show(page_of(service, operation, 200, &[body]).gantt);
        for bar in mounted.all(".lane rect.bar") {
            let (x, width) = (number(&bar, "x"), number(&bar, "width"));
            assert!(x >= 0.0 && width > 0.0 && x + width <= 100.01, "{}", bar.outer_html());
            assert!(bar.text_content().is_some_and(|title| !title.is_empty()));
            let pattern = bar.get_attribute("fill");
            if let Some(id) = pattern.as_deref().and_then(|fill| fill.strip_prefix("url(")?.strip_suffix(')'))
            {
                assert_eq!(mounted.all(id).len(), 1, "{id} is defined");
                patterned += 1;
            }
        }
    }
    assert!(patterned > 0);
}

#[wasm_bindgen_test]
fn a_chart_without_anything_to_draw_says_so() {
    let mounted = show(Gantt::default());
    assert_eq!(mounted.all(".gantt").len(), 0);
    assert!(!mounted.text().trim().is_empty());
}

#[wasm_bindgen_test]
async fn an_equal_chart_changes_nothing_and_a_changed_node_only_its_row() {
    let gantt = search_engine(SEARCH_ENGINE).gantt;
    let shown = ArcRwSignal::new(gantt.clone());
    let given = shown.clone();
    let mounted = mount(move || view! { <Chart gantt=RwSignal::from(given) wish=|_| () /> });
    tick().await;
    let mutations = mounted.watch();
    shown.set(gantt.clone());
    tick().await;
    assert_eq!(mutations.lines(), Vec::<String>::new());
    let lanes = mounted.all(".lane");
    let before: Vec<String> = lanes.iter().map(Element::outer_html).collect();
    let mut changed = gantt;
    changed.rows[3].state = State::Failed;
    changed.rows[3].bars.truncate(1);
    shown.set(changed);
    tick().await;
    let after = mounted.all(".lane");
    for (index, lane) in after.iter().enumerate() {
        assert!(lane.is_same_node(Some(&lanes[index])), "row {index} was built anew");
        assert_eq!(lane.outer_html() == before[index], index != 3, "row {index}");
    }
    // Class, glyph and word of the row, at most: the rest of the page stands still.
    assert!((1..=12).contains(&mutations.lines().len()), "{:#?}", mutations.lines());
}

#[wasm_bindgen_test]
async fn the_gap_of_six_days_is_labelled_and_the_last_hour_is_one_key_away() {
    let mounted = six_days();
    tick().await;
    let labels: Vec<String> =
        mounted.all(".lane .bar-label").iter().map(|label| label.text_content().unwrap()).collect();
    assert_eq!(labels, ["not reported, 5 d 22 h"]);
    assert_eq!(pressed(&mounted), ["Whole run"]);
    assert_eq!(spoken(&mounted), "", "nothing is said unasked");
    assert!(press(&mounted, "h", false).await);
    assert_eq!(pressed(&mounted), ["Last hour"]);
    assert_eq!(span(&mounted), "06:54 to 07:54");
    assert_eq!(spoken(&mounted), span(&mounted));
    assert!(mounted.all(".lane .beyond").len() >= 2, "what goes on beyond the hour is marked");
    assert!(press(&mounted, "0", false).await);
    assert_eq!(pressed(&mounted), ["Whole run"]);
}

#[wasm_bindgen_test]
async fn keys_zoom_and_move_and_leave_the_browsers_own_alone() {
    let mounted = six_days();
    let whole = span(&mounted);
    assert!(press(&mounted, "+", false).await);
    let zoomed = span(&mounted);
    assert_ne!(zoomed, whole);
    assert_eq!(pressed(&mounted), Vec::<String>::new());
    assert!(press(&mounted, "ArrowLeft", false).await);
    assert_ne!(span(&mounted), zoomed);
    assert_eq!(spoken(&mounted), span(&mounted));
    for (key, ctrl) in [("+", true), ("Tab", false), ("x", false)] {
        let before = span(&mounted);
        assert!(!press(&mounted, key, ctrl).await, "{key}");
        assert_eq!(span(&mounted), before);
    }
    assert!(press(&mounted, "-", false).await);
    assert_eq!(span(&mounted), whole);
    let described = mounted.one(".gantt").get_attribute("aria-describedby").unwrap();
    assert!(mounted.one(&format!("#{described}")).text_content().unwrap().contains("+ and − zoom"));
}

#[wasm_bindgen_test]
async fn buttons_do_what_the_keys_do() {
    let mounted = six_days();
    let whole = span(&mounted);
    for label in ["Zoom in", "Zoom out"] {
        mounted.click(&format!("button[aria-label='{label}']")).await;
        assert_eq!(span(&mounted) == whole, label == "Zoom out");
    }
    for (nth, word) in [(1, "Whole run"), (2, "What is active"), (3, "Last hour")] {
        let buttons = mounted.all(".gantt-controls .choices button");
        buttons[nth - 1].clone().unchecked_into::<HtmlElement>().click();
        tick().await;
        assert_eq!(pressed(&mounted), [word]);
    }
}

/// A place on the axis, a fraction of its width from its beginning.
fn place(mounted: &Mounted, fraction: f64) -> i32 {
    let ground = mounted.one(".gantt-ground").get_bounding_client_rect();
    (ground.left() + ground.width() * fraction) as i32
}

async fn turn_wheel(mounted: &Mounted, pixels: f64, ctrl: bool) -> bool {
    let init = WheelEventInit::new();
    init.set_delta_y(pixels);
    init.set_ctrl_key(ctrl);
    init.set_client_x(place(mounted, 0.5));
    init.set_bubbles(true);
    init.set_cancelable(true);
    let event = WheelEvent::new_with_event_init_dict("wheel", &init).unwrap();
    let caught = !mounted.one(".gantt").dispatch_event(&event).unwrap();
    tick().await;
    caught
}

#[wasm_bindgen_test]
async fn the_wheel_zooms_with_the_control_key_and_scrolls_the_page_without() {
    let mounted = six_days();
    let whole = span(&mounted);
    assert!(!turn_wheel(&mounted, -60.0, false).await, "plain scrolling was caught");
    assert_eq!(span(&mounted), whole);
    assert!(turn_wheel(&mounted, -60.0, true).await);
    assert_ne!(span(&mounted), whole);
    assert!(turn_wheel(&mounted, 400.0, true).await);
    assert_eq!(span(&mounted), whole);
}

async fn touch(mounted: &Mounted, name: &str, finger: i32, fraction: f64) {
    let init = PointerEventInit::new();
    init.set_pointer_id(finger);
    init.set_pointer_type("touch");
    init.set_client_x(place(mounted, fraction));
    init.set_bubbles(true);
    let event = PointerEvent::new_with_event_init_dict(name, &init).unwrap();
    mounted.one(".gantt").dispatch_event(&event).unwrap();
    tick().await;
}

#[wasm_bindgen_test]
async fn two_fingers_zoom_and_one_moves_what_is_zoomed() {
    let mounted = six_days();
    let whole = span(&mounted);
    touch(&mounted, "pointerdown", 1, 0.4).await;
    touch(&mounted, "pointermove", 1, 0.3).await;
    assert_eq!(span(&mounted), whole, "there is nowhere to go");
    touch(&mounted, "pointerdown", 2, 0.6).await;
    touch(&mounted, "pointermove", 2, 0.9).await;
    let zoomed = span(&mounted);
    assert_ne!(zoomed, whole);
    touch(&mounted, "pointerup", 2, 0.9).await;
    assert_eq!(spoken(&mounted), zoomed);
    touch(&mounted, "pointermove", 1, 0.4).await;
    assert_ne!(span(&mounted), zoomed);
    touch(&mounted, "pointerup", 1, 0.4).await;
    let left = span(&mounted);
    touch(&mounted, "pointermove", 1, 0.9).await;
    assert_eq!(span(&mounted), left, "a finger that was lifted moves nothing");
}

#[wasm_bindgen_test]
async fn the_table_has_every_bar_of_the_picture_and_is_built_when_it_is_opened() {
    let watch = watch(Service::NcpSearchEngine, OperationKind::Upgrade);
    let timeline = timeline_of(&watch, 200, &[SEARCH_ENGINE], NOW);
    let rows = page_at(&watch, &timeline, &Look::default(), NOW).gantt.table;
    let mounted = show_live(watch.service, watch.operation, timeline, NOW);
    assert_eq!(mounted.all(".time-table tbody tr").len(), 0);
    mounted.one(".time-table").set_attribute("open", "").unwrap();
    // The browser tells that it was opened in a task of its own.
    while mounted.all(".time-table tbody tr").is_empty() {
        tick().await;
        rollwatch::browser::clock::sleep(Span::millis(1)).await;
    }
    let shown = mounted.all(".time-table tbody tr");
    assert_eq!(shown.len(), rows.len());
    for (element, row) in shown.iter().zip(&rows) {
        let text = element.text_content().unwrap();
        for part in [&row.node, &row.role, &row.word, &row.began, &row.ended, &row.took, &row.known] {
            assert!(text.contains(part.as_str()), "{part:?} in {text:?}");
        }
    }
    let named = |name: &str| rows.iter().any(|row| row.node == name);
    let all = mounted.all(".lane-name");
    assert!(all.iter().all(|lane| named(&lane.get_attribute("title").unwrap())));
}

#[wasm_bindgen_test]
async fn many_nodes_are_folded_until_somebody_wants_to_see_each() {
    let node = |nth: usize| {
        let (word, hour) = match nth {
            0..20 => ("complete", 17),
            20 => ("Upgrade_OpenSearch", 17),
            _ => ("running", 16),
        };
        format!(
            "{{\"hostname\":\"n{nth}\",\"status\":\"{word}\",\"nodeRoleCode\":\"DO\",\"updatedDate\":\"2025-03-24 {hour}:10:{nth:02}\"}}"
        )
    };
    let nodes: Vec<String> = (0..60).map(node).collect();
    let (head, _) = SEARCH_ENGINE.split_once("\"nodeStatusVoList\"").unwrap();
    let body = format!("{head}\"nodeStatusVoList\":[{}]}}}}", nodes.join(","));
    let watch = watch(Service::NcpSearchEngine, OperationKind::Upgrade);
    let timeline = timeline_of(&watch, 200, &[&body], NOW);
    let mounted = show_live(watch.service, watch.operation, timeline, NOW);
    let names = || -> Vec<String> {
        mounted.all(".lane-name").iter().map(|name| name.get_attribute("title").unwrap()).collect()
    };
    assert_eq!(names(), ["20 done", "n20", "39 waiting"]);
    assert_eq!(mounted.one(".every-node").text_content().unwrap(), "Every node (60)");
    mounted.click(".every-node").await;
    assert_eq!(names().len(), 60);
    assert_eq!(mounted.one(".every-node").get_attribute("aria-pressed").as_deref(), Some("true"));
    mounted.click(".every-node").await;
    assert_eq!(names().len(), 3);
}

#[wasm_bindgen_test]
async fn an_earlier_run_is_compared_when_it_is_chosen() {
    let watch = watch(Service::NcpSearchEngine, OperationKind::Upgrade);
    let before = COMPLETE.replace("2025-03-24 17:09:41", "2025-03-24 15:09:41");
    assert_ne!(before, COMPLETE);
    let timeline = timeline_of(&watch, 200, &[&before, SEARCH_ENGINE], NOW);
    let mounted = show_live(watch.service, watch.operation, timeline, NOW);
    assert_eq!(mounted.options(".compare select").len(), 2);
    assert_eq!(mounted.all(".lane .ghost").len(), 0);
    mounted.choose(".compare select", "0").await;
    assert!(!mounted.all(".lane .ghost").is_empty());
    mounted.choose(".compare select", "").await;
    assert_eq!(mounted.all(".lane .ghost").len(), 0);
}
