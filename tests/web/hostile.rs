//! Answers that somebody wrote to do harm are text like any other.

use leptos::prelude::*;
use rollwatch::ui::tables::{FindingList, Table, node, step};
use rollwatch::ui::{Card, Chart};
use rollwatch_core::model::{OperationKind, Service};
use rollwatch_core::view::PageView;
use rollwatch_core::view::words::Page;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::document::{Mounted, mount};
use crate::views::{CSS, DATA_STREAMING, HOLOGRES, SEARCH_ENGINE, page_of};

const MARKUP: &str = "<img src=x onerror=\"window.harmed=1\"><script>window.harmed=1</script>";
const ODD: [&str; 6] = [
    "\"><svg onload=window.harmed=1>",
    "' onmouseover='window.harmed=1",
    "\u{202e}reversed\u{2066}",
    "👩‍👩‍👧‍👦 e\u{301}\u{0}",
    "</li></ul><h1>Done</h1>",
    "&lt;b&gt; &amp;",
];

fn show(page: PageView) -> Mounted {
    mount(move || {
        let PageView { card, gantt, nodes, steps, findings, .. } = page;
        view! {
            <ul><Card card=ArcRwSignal::new(card) /></ul>
            <Chart gantt=Signal::stored(gantt) wish=|_| () />
            <Table label=Page::Nodes columns=Vec::new() rows=Signal::stored(nodes.into_iter().map(node).collect::<Vec<_>>()) />
            <Table label=Page::Steps columns=Vec::new() rows=Signal::stored(steps.into_iter().map(step).collect::<Vec<_>>()) />
            <FindingList rows=Signal::stored(findings) />
        }
    })
}

fn assert_harmless(mounted: &Mounted) {
    assert_eq!(mounted.all("img, script, h1, svg[onload], iframe").len(), 0, "{}", mounted.root.inner_html());
    for element in mounted.all("*") {
        let names = element.get_attribute_names();
        assert!(
            !names.iter().any(|name| name.as_string().unwrap().starts_with("on")),
            "{}",
            element.outer_html()
        );
    }
    assert!(js_sys::eval("window.harmed").unwrap().is_undefined());
}

/// The answer with `text` in place of every string between quotes that is not a name of a field or in `kept`.
fn poisoned(body: &str, text: &str, kept: &[&str]) -> String {
    let quoted = js_sys::JSON::stringify(&text.into()).unwrap();
    let quoted = String::from(quoted);
    let parts: Vec<&str> = body.split('"').collect();
    let mut out = String::new();
    for (index, part) in parts.iter().enumerate() {
        let follows = parts.get(index + 1).is_some_and(|rest| rest.trim_start().starts_with(':'));
        match index % 2 {
            0 => out.push_str(part),
            _ if follows || kept.contains(part) => out.push_str(&format!("\"{part}\"")),
            _ => out.push_str(&quoted),
        }
    }
    out
}

const SAMPLES: [(Service, OperationKind, &str, &[&str]); 4] = [
    (Service::NcpSearchEngine, OperationKind::Upgrade, SEARCH_ENGINE, &["2025-03-24 17:09:41", "SUCCESS"]),
    (Service::NcpDataStreaming, OperationKind::RollingRestart, DATA_STREAMING, &["SUCCESS"]),
    (Service::HuaweiCss, OperationKind::Upgrade, CSS, &["RUNNING"]),
    (Service::AlibabaHologres, OperationKind::Upgrade, HOLOGRES, &["true"]),
];

#[wasm_bindgen_test]
fn markup_in_every_field_stays_text() {
    let mut shown = 0;
    for (service, operation, body, kept) in SAMPLES {
        for text in [MARKUP].into_iter().chain(ODD) {
            let mounted = show(page_of(service, operation, 200, &[&poisoned(body, text, kept)]));
            assert_harmless(&mounted);
            // Not every adapter takes over every field; a control character may be left out.
            shown += usize::from(mounted.text().contains(text));
        }
    }
    assert!(shown >= 12, "the texts were shown {shown} times: was anything poisoned?");
}

/// One text in every field gives every node one name; cells and rows are told apart by their keys.
#[wasm_bindgen_test]
fn nodes_of_one_name_keep_keys_of_their_own() {
    for (service, operation, body, kept) in SAMPLES {
        let page = page_of(service, operation, 200, &[&poisoned(body, "same", kept)]);
        let cells = page.card.cells.iter().map(|cell| &cell.key);
        let bars = page.gantt.rows.iter().map(|row| &row.key);
        for keys in [cells.collect::<Vec<_>>(), bars.collect()] {
            let different: std::collections::BTreeSet<_> = keys.iter().collect();
            assert_eq!(different.len(), keys.len(), "{service:?}: {keys:?}");
        }
    }
}

#[wasm_bindgen_test]
fn markup_in_an_error_page_stays_text() {
    for (service, operation, _, _) in SAMPLES {
        for status in [200, 403, 502] {
            let body = format!("{{\"code\":\"{0}\",\"message\":\"{0}\"}}", MARKUP.replace('"', "'"));
            assert_harmless(&show(page_of(service, operation, status, &[MARKUP])));
            assert_harmless(&show(page_of(service, operation, status, &[&body])));
        }
    }
}

#[wasm_bindgen_test]
fn a_name_of_ten_thousand_letters_is_shown_and_breaks_nothing() {
    let long = "n".repeat(10_000);
    let body =
        SEARCH_ENGINE.replace("cluster000-mo-6tnl", &long).replacen("cluster000\"", &format!("{long}\""), 1);
    let mounted = show(page_of(Service::NcpSearchEngine, OperationKind::Upgrade, 200, &[&body]));
    assert!(mounted.text().contains(&long));
    assert_eq!(mounted.all(".cell").len(), 8);
}
