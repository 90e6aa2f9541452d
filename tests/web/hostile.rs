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
const ODD: [&str; 4] =
    ["\u{202e}reversed\u{2066}", "👩‍👩‍👧‍👦 e\u{301}\u{0}", "</li></ul><h1>Done</h1>", "&lt;b&gt; &amp;"];

/// What would end the place that a text stands in.
const ENDS: [&str; 10] = ["", "\">", "'>", "\"", "' ", "</li>", "</script>", "-->", "]]>", "</template>"];
/// What would then do harm.
const HARMS: [&str; 22] = [
    MARKUP,
    "<svg onload=window.harmed=1>",
    "<svg><script>window.harmed=1</script></svg>",
    "<svg><animate onbegin=window.harmed=1 attributeName=x dur=1s>",
    "<svg><a xlink:href=\"javascript:window.harmed=1\"><text>x</text></a></svg>",
    "<math><mtext><img src=x onerror=window.harmed=1></mtext></math>",
    "<iframe srcdoc=\"<script>parent.harmed=1</script>\"></iframe>",
    "<iframe src=\"javascript:parent.harmed=1\"></iframe>",
    "<object data=\"javascript:window.harmed=1\"></object>",
    "<embed src=\"javascript:window.harmed=1\">",
    "<a href=\"javascript:window.harmed=1\">x</a>",
    "<form action=\"javascript:window.harmed=1\"><button autofocus>x</button></form>",
    "<input autofocus onfocus=window.harmed=1>",
    "<details open ontoggle=window.harmed=1><summary>x</summary></details>",
    "<video><source onerror=window.harmed=1></video>",
    "<body onload=window.harmed=1>",
    "<style>@import 'javascript:window.harmed=1'; * { display: none }</style>",
    "<link rel=stylesheet href=\"data:text/css,*{display:none}\">",
    "<meta http-equiv=refresh content=\"0;url=javascript:window.harmed=1\">",
    "<base href=\"https://evil.example/\">",
    " onmouseover=window.harmed=1 x=",
    "javascript:window.harmed=1",
];

/// Texts that somebody wrote to do harm.
fn texts() -> Vec<String> {
    let harms = ENDS.iter().flat_map(|end| HARMS.iter().map(move |harm| format!("{end}{harm}")));
    harms.chain(ODD.map(str::to_owned)).collect()
}

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
    let active = "img, script, h1, iframe, object, embed, form, video, style, link, meta, base, math, animate, details[ontoggle], body";
    assert_eq!(mounted.all(active).len(), 0, "{}", mounted.root.inner_html());
    for element in mounted.all("*") {
        let names = element.get_attribute_names();
        let runs = |name: String| {
            let value = element.get_attribute(&name).unwrap_or_default();
            name.starts_with("on")
                || (name.ends_with("href") && value.trim_start().to_lowercase().starts_with("javascript:"))
        };
        assert!(!names.iter().any(|name| runs(name.as_string().unwrap())), "{}", element.outer_html());
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
fn no_text_of_an_answer_is_ever_markup() {
    let texts = texts();
    assert!(texts.len() >= 200);
    let mut shown = 0;
    for (service, operation, body, kept) in SAMPLES {
        for text in &texts {
            let mounted = show(page_of(service, operation, 200, &[&poisoned(body, text, kept)]));
            assert_harmless(&mounted);
            // Not every adapter takes over every field; a control character may be left out.
            shown += usize::from(mounted.text().contains(text.as_str()));
        }
    }
    assert!(shown >= texts.len(), "the texts were shown {shown} times: was anything poisoned?");
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
