//! Finding the clusters of an account with a key that is typed in, and watching several at once.

use rollwatch_core::view::words::{Discover, Errors, Form, Lang};
use rollwatch_sim::Fault;
use serde::Deserialize;
use serde_json::json;

use crate::support::{
    Network, Page, World, fill_cluster, fill_key, fill_place, fleet, submit, until_all_answered, until_card,
};

/// What the form says of a look.
const SAID: &str = ".discover [role=status]";

/// A cluster of the list.
#[derive(Debug, Deserialize)]
struct Row {
    id: String,
    name: String,
    facts: String,
    badges: Vec<String>,
    may_be_chosen: bool,
}

impl Row {
    fn says(&self, word: Discover) -> bool {
        self.badges.iter().any(|badge| badge == Lang::En.say(word))
    }
}

/// The form, at the place of a cluster, with a key that opens it.
async fn at_the_place_of(world: &World, name: &str) -> Page {
    let page = Page::open(world, "#/add").await;
    fill_place(&page, name).await;
    fill_key(&page, name).await;
    page
}

async fn rows(page: &Page) -> Vec<Row> {
    page.read(
        "[...document.querySelectorAll('.found li')].map((row) => ({
            id: row.querySelector('input').value, name: row.querySelector('.name').textContent,
            facts: row.querySelector('.quiet').textContent,
            badges: [...row.querySelectorAll('.badge')].map((badge) => badge.textContent),
            may_be_chosen: !row.querySelector('input').disabled,
        }))",
    )
    .await
}

/// Lists the clusters, to the end.
async fn list(page: &Page, all: usize, busy: usize) -> Vec<Row> {
    page.click("#list-clusters").await;
    page.until_text(SAID, &Lang::En.fill(Discover::Found, &[&all.to_string(), &busy.to_string()])).await;
    rows(page).await
}

async fn choose_and_watch(page: &Page, ids: &[&str]) {
    for id in ids {
        page.click(&format!(".found input[value={}]", json!(id))).await;
    }
    let label = Lang::En.fill(Discover::Watch, &[&ids.len().to_string()]);
    page.until_text("#watch-chosen", &label).await;
    page.click("#watch-chosen").await;
    let shown = format!("document.querySelectorAll('.cards > .card').length === {}", ids.len());
    page.until("the board has what was chosen", &shown).await;
    until_all_answered(page).await;
}

/// How often the clouds were asked for a path that ends so.
fn asked(world: &World, path_end: &str) -> usize {
    world.clouds.requests().iter().filter(|request| request.path.ends_with(path_end)).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_key_sees_is_listed_with_the_busy_first_and_several_are_watched_at_once() {
    let world = World::empty().await;
    let page = at_the_place_of(&world, "events-prod").await;
    let found = list(&page, 6, 3).await;
    let names: Vec<&str> = found.iter().map(|row| row.name.as_str()).collect();
    let busy = ["events-prod", "streams-kafka", "orders-stream"];
    assert_eq!(names[..3], busy, "the vendor names metrics-kr second");
    assert_eq!(names[3..], ["metrics-kr", "audit-stream", "payroll-stream"]);
    assert!(
        found.iter().all(|row| row.says(Discover::Busy) == busy.contains(&row.name.as_str())),
        "{found:#?}"
    );
    assert!(found[0].facts.contains("1101") && found[0].facts.contains("Kafka 3.9.0"), "{}", found[0].facts);
    assert!(found[5].says(Discover::Closed) && !found[5].may_be_chosen, "{:#?}", found[5]);
    assert!(found[..5].iter().all(|row| row.may_be_chosen), "{found:#?}");
    page.until_text(SAID, &Lang::En.fill(Discover::Holder, &["demo-ncp, Customer"])).await;
    assert!(page.read::<bool>("document.querySelector('#watch-chosen').disabled").await);

    choose_and_watch(&page, &["1105", "1106"]).await;
    until_card(&page, "orders-stream", "card.word === 'Running'").await;
    until_card(&page, "audit-stream", "card.word !== 'Cannot see' && card.trouble === ''").await;

    page.click(".masthead .primary").await;
    fill_place(&page, "events-prod").await;
    let found = list(&page, 6, 3).await;
    for row in &found {
        let watched = ["1105", "1106"].contains(&row.id.as_str());
        assert_eq!(row.says(Discover::Watched), watched, "{row:#?}");
        assert_eq!(row.may_be_chosen, !watched && row.id != "1107", "{row:#?}");
    }
    page.close(Network::Sound).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn huaweis_project_is_looked_up_and_its_clusters_listed() {
    let world = World::empty().await;
    let page = at_the_place_of(&world, "css-orders").await;
    page.click("#look-up").await;
    page.until_text(SAID, &Lang::En.fill(Discover::ProjectFilled, &["cn-north-4"])).await;
    let project: String = page.read("document.querySelector('#project').value").await;
    assert_eq!(project, fleet::cluster("css-orders").project);
    assert_eq!(asked(&world, "/v3/projects"), 1);

    let found = list(&page, 3, 2).await;
    let names: Vec<&str> = found.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(names, ["css-orders", "css-oldest-first", "css-sandbox"]);
    let ids = ["css-orders", "css-oldest-first"].map(|name| fleet::cluster(name).id);
    choose_and_watch(&page, &ids).await;
    for name in ["css-orders", "css-oldest-first"] {
        assert_eq!(until_card(&page, name, "card.word === 'Running'").await.name, name);
    }

    // A list without a project finds the project first.
    page.click(".masthead .primary").await;
    fill_place(&page, "css-risk").await;
    let found = list(&page, 1, 0).await;
    assert_eq!((found[0].name.as_str(), found[0].id.as_str()), ("css-risk", fleet::cluster("css-risk").id));
    let project: String = page.read("document.querySelector('#project').value").await;
    assert_eq!(project, fleet::cluster("css-risk").project);

    // Another region has projects of its own: what was looked up goes, what was typed stays.
    page.choose("#region", "cn-north-4").await;
    assert_eq!(page.read::<String>("document.querySelector('#project').value").await, "");
    page.fill("#project", "typed-by-hand").await;
    page.choose("#region", "cn-south-1").await;
    assert_eq!(page.read::<String>("document.querySelector('#project').value").await, "typed-by-hand");
    page.close(Network::Sound).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn hologres_instances_are_asked_one_by_one_which_are_busy() {
    let world = World::empty().await;
    let page = at_the_place_of(&world, "holo-orders").await;
    let found = list(&page, 6, 5).await;
    let names: Vec<&str> = found.iter().map(|row| row.name.as_str()).collect();
    let busy = ["holo-orders", "holo-orders-bi", "holo-orders-report", "holo-marketing", "holo-lab"];
    assert_eq!(names[..5], busy, "the vendor names holo-archive before holo-lab");
    assert_eq!(names[5..], ["holo-archive"]);
    assert!(
        found.iter().all(|row| row.says(Discover::Busy) == busy.contains(&row.name.as_str())),
        "{found:#?}"
    );
    assert_eq!(asked(&world, "/upgrade/status"), found.len(), "each was asked once");
    page.close(Network::Sound).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_secret_is_refused_with_the_vendors_words_and_not_held() {
    let world = World::empty().await;
    let page = at_the_place_of(&world, "css-orders").await;
    page.fill("#secret", "mistyped-and-not-a-real-secret").await;
    let fields = "[...document.querySelectorAll('form input, form select')].map((e) => [e.id, e.value])";
    let typed: Vec<(String, String)> = page.read(fields).await;
    page.click("#list-clusters").await;
    page.until_text(".discover .problem", Lang::En.say(Errors::Signature)).await;
    page.until_text(".discover .problem", Lang::En.say(Errors::SignatureDo)).await;
    page.until_text(".discover .problem .quiet", "HTTP 401").await;
    page.until_text(SAID, Lang::En.say(Discover::ProjectByHand)).await;
    assert_eq!(page.read::<Vec<(String, String)>>(fields).await, typed, "what was typed stays");
    assert_eq!(world.asked(), 1, "a key that is refused is not tried again: the fifth time locks it");
    assert_eq!(page.count("#held, .found").await, 0);
    page.go(&format!("{}#/keys", world.page)).await;
    page.until_text("main", Lang::En.say(Errors::NoKey)).await;
    page.close(Network::Fails).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_may_not_list_still_watches_a_cluster_by_its_id() {
    let world = World::empty().await;
    world.clouds.set_fault(fleet::cluster("search-prod").id, Some(Fault::PermissionLists));
    let page = at_the_place_of(&world, "search-prod").await;
    page.click("#list-clusters").await;
    page.until_text(".discover .problem", Lang::En.say(Errors::Permission)).await;
    fill_cluster(&page, "search-prod").await;
    submit(&page).await;
    page.until_text(".banner h2", "search-prod").await;
    page.close(Network::Fails).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn leaving_the_form_while_a_list_is_under_way_disturbs_nothing() {
    let world = World::empty().await;
    let page = at_the_place_of(&world, "holo-orders").await;
    // In one script, so that no answer comes between.
    page.run::<()>("document.querySelector('#list-clusters').click(); location.hash = '#/'").await;
    page.until_text(".empty", "Nothing is watched yet.").await;
    // The first page of the list came after all, and with it a key that works.
    page.click_words(Lang::En.say(Form::KeysHeld)).await;
    page.until_text(".held-keys h3", "demo-alibaba").await;
    assert_eq!(asked(&world, "/upgrade/status"), 0, "nobody looks any more, so nothing more is asked");

    page.go(&format!("{}#/add", world.page)).await;
    fill_place(&page, "holo-orders").await;
    // Another place is chosen while the instances are asked one by one.
    page.click("#list-clusters").await;
    page.choose("#region", "cn-shanghai").await;
    page.until("the list is gone", "!document.querySelector('.found')").await;
    let found = list(&page, 1, 0).await;
    assert_eq!(found[0].id, fleet::cluster("holo-erp").id);
    page.close(Network::Sound).await;
}
