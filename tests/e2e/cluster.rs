//! The page of one cluster.

use rollwatch_core::model::Span;
use rollwatch_core::view::words::{Card, Findings, Lang};
use serde_json::Value;

use crate::support::{Network, Page, World, fleet, table, texts};

async fn open(world: &World, name: &str) -> Page {
    let page = Page::open(world, &fleet::link(name)).await;
    page.find(".banner").await;
    page.until("its answer is there", "document.querySelector('details pre.raw')").await;
    page
}

#[tokio::test(flavor = "multi_thread")]
async fn the_timeline_has_a_row_for_each_node_and_a_line_for_now() {
    let world = World::still(&["css-orders"]).await;
    let page = open(&world, "css-orders").await;
    let names: Vec<String> =
        page.read("[...document.querySelectorAll('.gantt .lane-name')].map((e) => e.title)").await;
    let expected: Vec<String> = (1..=5).map(|nth| format!("css-orders-ess-esn-{nth}-1")).collect();
    assert_eq!(names, expected);
    assert_eq!(page.count(".gantt .now").await, 1);
    assert!(
        page.count(".gantt .lane rect.bar").await >= 2,
        "the node that is done and the one at work have bars"
    );
    // Nothing is drawn after now, and everything within the picture.
    let beyond = "(() => {
        const place = (e, name) => parseFloat(e.getAttribute(name));
        const now = place(document.querySelector('.gantt .now'), 'x1');
        const bars = [...document.querySelectorAll('.gantt .lane rect.bar')];
        return bars.filter((b) => place(b, 'x') + place(b, 'width') > now + 0.31).length;
    })()";
    assert_eq!(page.read::<usize>(beyond).await, 0);
    page.close(Network::Sound).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_steps_have_their_times_and_the_vendors_own_words() {
    let world = World::still(&["css-orders"]).await;
    let page = open(&world, "css-orders").await;
    let rows = table(&page, "Steps").await;
    let head = ["Node", "No.", "Step", "State", "Begin", "End", "Duration", "Description"];
    assert_eq!(rows[0], head);
    let done: Vec<_> = rows.iter().filter(|row| row[3] == "done").collect();
    assert!(!done.is_empty(), "{rows:#?}");
    for row in done {
        assert!(row[..3].iter().chain(&row[4..]).all(|cell| !cell.is_empty()), "{row:?}");
    }
    let running: Vec<_> = rows.iter().filter(|row| row[3] == "active").collect();
    assert_eq!(running.len(), 1, "{rows:#?}");
    assert_eq!(running[0][2], "Node offline");
    assert!(!running[0][4].is_empty() && running[0][5].is_empty(), "it has begun and not ended: {running:?}");
    assert_eq!(table(&page, "Nodes").await.len(), 1 + 5);
    page.close(Network::Sound).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_green_summary_over_unwell_brokers_is_named_as_a_disagreement() {
    let world = World::still(&["events-prod"]).await;
    let page = open(&world, "events-prod").await;
    page.until_text(".banner", "0 of 3 brokers operating").await;
    page.until_text(".banner .badge", "≠ summary and details disagree").await;
    let findings = texts(&page, ".findings li").await;
    let sentence = Lang::En.fill(Findings::SummaryDisagrees, &["broker", "green", "3", "0", "3"]);
    assert!(findings.iter().any(|finding| finding.ends_with(&sentence)), "{findings:#?}");
    page.close(Network::Sound).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_change_of_versions_is_spelt_out() {
    let world = World::still(&["search-prod"]).await;
    let page = open(&world, "search-prod").await;
    // The vendor's list of versions comes after the answer.
    page.until_text("dl.pairs dd", "OpenSearch").await;
    let pairs = "(() => {
        const list = document.querySelector('dl.pairs');
        return [...list.querySelectorAll('dt')].map((e) => [e.textContent, e.nextElementSibling.textContent]);
    })()";
    let pairs: Vec<(String, String)> = page.read(pairs).await;
    let pairs: Vec<(&str, &str)> =
        pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    assert_eq!(pairs, [("from", "OpenSearch 2.14.0"), ("to", "OpenSearch 2.15.0")]);
    page.close(Network::Sound).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_raw_answer_is_one_click_away_and_as_it_came() {
    let world = World::still(&["search-prod"]).await;
    let page = open(&world, "search-prod").await;
    let seen = "document.querySelector('pre.raw').checkVisibility()";
    assert!(!page.read::<bool>(seen).await);
    page.click_words("Show the raw answer").await;
    page.until("the answer is seen", seen).await;
    let raw: Value = serde_json::from_str(&page.text("pre.raw").await).expect("the vendor's JSON");
    assert_eq!((raw["code"].as_i64(), raw["message"].as_str()), (Some(0), Some("SUCCESS")));
    page.close(Network::Sound).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn text_that_is_not_valid_json_is_read_and_said_to_be_repaired() {
    let world = World::still(&["holo-erp"]).await;
    let page = open(&world, "holo-erp").await;
    page.until_text(".banner .badge", Lang::En.say(Card::Repaired)).await;
    let findings = texts(&page, ".findings li").await;
    assert!(
        findings.iter().any(|f| f.contains("was not valid JSON. It was read tolerantly")),
        "{findings:#?}"
    );
    let versions = texts(&page, "dl.pairs dd").await;
    assert_eq!(&versions[..2], ["1.3.23", "1.3.24"]);
    let steps = table(&page, "Steps").await;
    assert_eq!(steps.len(), 1 + 4, "{steps:#?}");
    page.click_words("Show the raw answer").await;
    assert!(page.text("pre.raw").await.contains("LeaderRestartFailed"));
    page.close(Network::Sound).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_open_page_follows_the_cluster_and_remembers_what_changed() {
    let world = World::watching(&["search-prod"]).await;
    let page = open(&world, "search-prod").await;
    page.until_text(".banner", "2 done, 1 active, 5 waiting").await;
    page.run::<()>("document.querySelector('.banner').marked = true").await;
    world.advance(Span::minutes(4));
    page.until_text(".banner", "3 done, 1 active, 4 waiting").await;
    page.until_text("ol.changes li", " is done").await;
    page.until("the banner was not built anew", "document.querySelector('.banner').marked").await;
    page.close(Network::Sound).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_that_cannot_be_read_says_so_and_leads_to_the_board() {
    let world = World::still(&["search-prod"]).await;
    let page = Page::open(&world, "#/c/aws_msk/public/KR/1").await;
    page.until_text(".empty", "This link to a cluster is not complete or not known: c/aws_msk/public/KR/1")
        .await;
    page.click(".empty a").await;
    page.find(".card").await;
    page.close(Network::Sound).await;
}
