//! The node timeline.

use leptos::prelude::*;
use rollwatch::ui::Chart;
use rollwatch_core::model::{OperationKind, Service};
use rollwatch_core::view::Gantt;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::document::{Mounted, mount};
use crate::views::{AZ_MIGRATION, COMPLETE, CSS_FAILED, DOCUMENTED, SEARCH_ENGINE, page_of, search_engine};

fn show(gantt: Gantt) -> Mounted {
    mount(move || view! { <Chart gantt=Signal::stored(gantt) /> })
}

#[wasm_bindgen_test]
fn the_chart_has_a_row_for_each_node_and_each_step_of_the_whole() {
    for (service, operation, body) in DOCUMENTED {
        let page = page_of(service, operation, 200, &[body]);
        let rows = page.gantt.rows.len();
        assert!(rows >= page.nodes.len(), "{service:?}");
        assert_eq!(show(page.gantt).all("svg.gantt > g").len(), rows, "{service:?}");
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
    for (service, operation, body) in DOCUMENTED {
        let mounted = show(page_of(service, operation, 200, &[body]).gantt);
        let picture = mounted.one("svg.gantt").get_attribute("viewBox").unwrap();
        let width: f64 = picture.split(' ').nth(2).unwrap().parse().unwrap();
        for bar in mounted.all("svg.gantt rect.bar") {
            let number = |name: &str| bar.get_attribute(name).unwrap().parse::<f64>().unwrap();
            assert!(
                number("width") > 0.0 && number("x") + number("width") <= width + 0.5,
                "{}",
                bar.outer_html()
            );
            assert!(bar.text_content().is_some_and(|title| !title.is_empty()));
        }
    }
}

#[wasm_bindgen_test]
fn a_chart_without_anything_to_draw_says_so() {
    let mounted = show(Gantt::default());
    assert_eq!(mounted.all("svg.gantt").len(), 0);
    assert!(!mounted.text().trim().is_empty());
}
