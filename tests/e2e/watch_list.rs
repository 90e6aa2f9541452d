//! The watch list as a file: saved without any key, and added from only when somebody says so.

use rollwatch_core::view::words::{Lang, Shell, Vault};

use crate::support::{Folder, Network, Page, World, fill_cluster, fill_key, fleet, submit};

fn say(word: Vault) -> &'static str {
    Lang::En.say(word)
}

/// Keeps what is saved in the page, in place of the folder of downloads.
const CATCH: &str = "const make = URL.createObjectURL.bind(URL);
    URL.createObjectURL = (blob) => { blob.text().then((text) => { window.saved = text; }); return make(blob); };
    HTMLAnchorElement.prototype.click = function () { window.savedAs = this.download; };";

/// Has the page read a file with this text.
pub async fn choose(page: &Page, folder: &Folder, text: &str) {
    let path = folder.path().join("list.json");
    std::fs::write(&path, text).expect("the folder can be written");
    let field = page.find("#import").await;
    field.send_keys(path.to_str().expect("a path")).await.expect("a field that takes files");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_watch_list_goes_to_a_file_without_keys_and_comes_back_when_somebody_says_so() {
    let world = World::empty().await;
    let folder = Folder::new("list");
    let page = Page::open(&world, "#/add").await;
    fill_cluster(&page, "search-prod").await;
    let account = fill_key(&page, "search-prod").await;
    submit(&page).await;
    page.until_text(".banner .origin", fleet::cluster("search-prod").region).await;
    page.click_words(say(Vault::Page)).await;
    page.run::<()>(CATCH).await;
    page.click_words(say(Vault::Export)).await;
    page.until("it is saved", "window.saved && window.savedAs").await;
    let saved: String = page.read("window.saved").await;
    assert_eq!(page.read::<String>("window.savedAs").await, "rollwatch-watch-list.json");
    assert!(saved.contains(fleet::cluster("search-prod").id), "{saved}");
    assert!(!saved.contains(account.access_key_id) && !saved.contains(account.secret), "{saved}");

    choose(&page, &folder, &saved).await;
    page.until_text(".watch-list", say(Vault::ImportNone)).await;
    for (text, told) in [("[]", Vault::NotAList), ("{\"version\":9,\"watches\":[]}", Vault::OtherVersion)] {
        choose(&page, &folder, text).await;
        page.until_text(".watch-list .problem", say(told)).await;
    }

    // A list that somebody else has made names the account of a key in memory.
    let theirs = saved.replace(fleet::cluster("search-prod").id, "9001");
    choose(&page, &folder, &theirs).await;
    page.until_text(".watch-list", &format!("with the keys in memory of: {}", account.name)).await;
    page.click_words("To the board").await;
    page.until("nothing is added", "document.querySelectorAll('.card').length === 1").await;

    page.click_words(say(Vault::Page)).await;
    page.click_words(say(Vault::ForgetAll)).await;
    page.click_words(say(Vault::ForgetYes)).await;
    page.until_text(".empty", Lang::En.say(Shell::EmptyTitle)).await;
    page.listen().await;
    page.click_words(say(Vault::Page)).await;
    choose(&page, &folder, &saved).await;
    page.click_words("Add 1").await;
    page.until_text(".watch-list", "1 added.").await;
    page.click_words("To the board").await;
    page.until_text(".card .trouble", "No key for this account").await;
    page.close(Network::Sound).await;
}
