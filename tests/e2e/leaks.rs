//! A tour of everything that the page does, with secrets that are looked for everywhere afterwards.

use rollwatch_core::view::words::{Check, Errors, Form, Lang, Vault};
use rollwatch_sim::{Fault, Pass, TEMPORARY};
use thirtyfour::Key;

use crate::doctor::examined;
use crate::support::{
    Folder, Network, Page, World, fill_cluster, fill_key, fill_pass, fleet, forms, left_behind, note_console,
    submit,
};
use crate::vault::{PASSPHRASE, remember};
use crate::watch_list::choose;

const WRONG: &str = "MARKED-wrong-secret-of-a-tired-person";

/// What is told to a clipboard and what is saved as a file is noted beside what is said to the console.
const NOTE: &str = "
    navigator.clipboard.writeText = (text) => { window.said.push(`copied: ${text}`); return Promise.resolve(); };
    const make = URL.createObjectURL.bind(URL);
    URL.createObjectURL = (blob) => {
        blob.text().then((text) => window.said.push(`saved: ${text}`));
        return make(blob);
    };";

/// The file that was saved.
const SAVED: &str = "window.said.find((line) => line.startsWith('saved: ')).slice('saved: '.length)";

fn say(word: Vault) -> &'static str {
    Lang::En.say(word)
}

struct Tour<'w> {
    world: &'w World,
    page: Page,
    secrets: Vec<String>,
    /// Everything that was seen at any stop, for the proof that something was.
    seen: String,
}

impl Tour<'_> {
    /// Looks everywhere for everything that was entered so far.
    async fn look(&mut self, place: &str) {
        let left = format!("{}{}", left_behind(&self.page).await, self.world.logged());
        let found = self.secrets.iter().filter(|secret| left.contains(secret.as_str())).count();
        assert_eq!(found, 0, "a secret is in sight: {place}");
        self.seen.push_str(&left);
    }

    fn enters(&mut self, secrets: &[&str]) {
        self.secrets.extend(secrets.iter().flat_map(|secret| forms(secret)));
    }

    /// Goes to a place of the page within the document, so that what it holds in memory stays.
    async fn go(&self, below: &str) {
        self.page.run::<()>(&format!("location.hash = '{below}'")).await;
        self.page.until("the place is drawn", &format!("location.hash === '{below}'")).await;
    }

    /// Adds a cluster: first with a secret that is wrong, then with the right key.
    async fn add(&mut self, name: &str, account: &str, pass: Option<Pass>) {
        self.go("#/add").await;
        fill_cluster(&self.page, name).await;
        if self.page.count("#held").await > 0 {
            self.page.choose("#held", "").await;
        }
        match pass {
            Some(pass) => fill_pass(&self.page, account, pass).await,
            None => {
                fill_key(&self.page, name).await;
            }
        }
        if matches!(pass, None | Some(Pass::Key { .. })) {
            let right: String = self.page.read("document.querySelector('#secret').value").await;
            self.page.fill("#secret", WRONG).await;
            self.page.read::<String>("document.querySelector('#token')?.value ?? ''").await;
            submit(&self.page).await;
            self.page.until_text("form .problem", "HTTP 4").await;
            // What is typed stands in its fields for as long as it is needed; nothing else may hold it.
            self.page.fill("#secret", "").await;
            let token: String = self.page.read("document.querySelector('#token')?.value ?? ''").await;
            if !token.is_empty() {
                self.page.fill("#token", "").await;
            }
            self.look(&format!("{name} is refused")).await;
            self.page.fill("#secret", &right).await;
            if !token.is_empty() {
                self.page.fill("#token", &token).await;
            }
        }
        submit(&self.page).await;
        self.page.until_text(".banner .origin", fleet::cluster(name).region).await;
        self.page
            .until("it is seen", "!document.querySelector('.banner.tone-asking, .banner .trouble')")
            .await;
        self.look(&format!("{name} is added")).await;
    }

    /// Remembers a key, tries a passphrase that is wrong, and opens the vault.
    async fn keep(&mut self, name: &str) {
        remember(self.world, &self.page, name).await;
        self.look(&format!("{name} is remembered")).await;
        self.go("#/keys").await;
        self.page.click_words(say(Vault::LockNow)).await;
        self.page.until("it is locked", "document.querySelector('#unlock-here')").await;
        self.look("the vault is locked").await;
        self.page.fill("#unlock-here", WRONG).await;
        self.page.click(".vault .unlock button").await;
        self.page.until_text(".vault .problem", say(Vault::Wrong)).await;
        self.page.fill("#unlock-here", "").await;
        self.look("a passphrase is refused").await;
        self.page.until("the wait is over", "!document.querySelector('.vault .wait')").await;
        self.page.fill("#unlock-here", PASSPHRASE).await;
        self.page.click(".vault .unlock button").await;
        self.page.until("it is open", "!document.querySelector('#unlock-here')").await;
        self.look("the vault is open").await;
    }

    /// Has the doctor look, and copies what it says.
    async fn examine(&mut self, name: &str) {
        self.go(&fleet::link(name)).await;
        self.world.clouds.set_fault(fleet::cluster(name).id, Some(Fault::WrongSecret));
        self.page.click_words("Ask now").await;
        self.page.find(".cluster .doctor > p > button").await;
        examined(&self.page, ".cluster").await;
        self.page.click(".doctor .actions button").await;
        self.page.until("it is copied", "window.said.some((line) => line.includes('HTTP 4'))").await;
        self.look(&format!("the doctor has looked at {name}")).await;
        self.world.clouds.set_fault(fleet::cluster(name).id, None);
    }

    /// Everything that a page of a cluster has to offer.
    async fn visit(&mut self, name: &str) {
        self.go(&fleet::link(name)).await;
        self.page.until("its answer is there", "document.querySelector('details pre.raw')").await;
        self.page.run::<()>("document.querySelectorAll('details').forEach((e) => { e.open = true; })").await;
        self.page.click_words("Copy link").await;
        for key in ["0", "+", "h", "a"] {
            self.page.press(key).await;
        }
        self.look(&format!("the page of {name}")).await;
        for fault in Fault::ALL.into_iter().filter(|fault| !fault.takes_time()) {
            self.world.clouds.set_fault(fleet::cluster(name).id, Some(fault));
            let asked = self.world.proxied_all();
            self.page.click_words("Ask now").await;
            while self.world.proxied_all() == asked {
                self.page.until("the page is there", "document.querySelector('.banner')").await;
            }
            self.look(&format!("{name} with {fault:?}")).await;
        }
        self.world.clouds.set_fault(fleet::cluster(name).id, None);
        self.page.click_words("Ask now").await;
        self.page.until("it is seen again", "!document.querySelector('.banner .trouble')").await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_secret_is_found_anywhere_on_a_tour_of_everything() {
    let world = World::empty().await;
    let page = Page::open(&world, "#/add").await;
    note_console(&page).await;
    page.run::<()>(NOTE).await;
    let mut tour = Tour { world: &world, page, secrets: Vec::new(), seen: String::new() };
    tour.enters(&[WRONG, PASSPHRASE]);
    for account in &rollwatch_sim::ACCOUNTS {
        tour.enters(&[account.secret]);
    }
    for temporary in TEMPORARY {
        match temporary.pass {
            Pass::Key { secret, security_token, .. } => {
                tour.enters(&[secret]);
                tour.enters(security_token.as_slice());
            }
            Pass::AuthToken(token) => tour.enters(&[token]),
        }
    }
    let [naver, huawei, token, _, alibaba] = TEMPORARY.map(|temporary| temporary.pass);
    tour.add("search-prod", "", None).await;
    tour.add("clicks-sgn", "naver-temporary", Some(naver)).await;
    tour.add("css-orders", "huawei-temporary", Some(huawei)).await;
    tour.add("css-risk", "huawei-token", Some(token)).await;
    tour.add("holo-orders", "alibaba-temporary", Some(alibaba)).await;
    for name in ["search-prod", "css-orders", "css-risk", "holo-orders"] {
        tour.visit(name).await;
    }
    tour.keep("events-prod").await;
    for name in ["search-prod", "css-risk", "holo-orders"] {
        tour.examine(name).await;
    }

    // A check, a list, and the board with every language and theme.
    tour.go(&fleet::link("clicks-sgn")).await;
    tour.page.click_words(Lang::En.say(Check::Restart)).await;
    tour.page.until("there is an outcome", "document.querySelector('.checks .outcome')").await;
    tour.look("a check").await;
    tour.go("#/add").await;
    fill_cluster(&tour.page, "css-orders").await;
    tour.page.click("#list-clusters").await;
    tour.page.until("clusters are found", "document.querySelector('.found li')").await;
    tour.look("a list").await;
    tour.go("#/").await;
    for lang in [Lang::Ko, Lang::Zh, Lang::Ja, Lang::En] {
        let tag = lang.tag();
        tour.page.choose("#lang", tag).await;
        tour.page
            .until("the language is declared", &format!("document.documentElement.lang === '{tag}'"))
            .await;
        tour.look(&format!("the board in {tag}")).await;
    }
    tour.page.press(format!("/{}", Key::Escape.value())).await;
    for below in ["#/keys", "#/about", "#/nowhere"] {
        tour.go(below).await;
        tour.look(below).await;
    }

    // What is handed on, and what comes from elsewhere.
    tour.go("#/keys").await;
    tour.page.click_words(say(Vault::Export)).await;
    tour.page.until("the list is saved", "window.said.some((line) => line.startsWith('saved: '))").await;
    tour.look("the watch list as a file").await;
    let list: String = tour.page.read(SAVED).await;
    let folder = Folder::new("list");
    choose(&tour.page, &folder, &list.replace(fleet::cluster("search-prod").id, "9001")).await;
    tour.page.click_words("Add 1").await;
    tour.page.until_text(".watch-list", "1 added.").await;
    tour.look("a list is added").await;
    for present in
        ["copied: ", "saved: ", "search-prod", "getRollingUpgradeProgress", "HTTP 4", "milliseconds"]
    {
        assert!(tour.seen.contains(present), "{present} is missing: was everything looked at?");
    }
    tour.page.reload().await;
    tour.look("after a reload").await;
    assert!(
        tour.seen.contains(Lang::En.say(Errors::NoKey)) && tour.seen.contains(Lang::En.say(Form::UseKey))
    );
    let searched: Vec<&str> = tour.secrets.iter().map(String::as_str).collect();
    let kept = tour.page.close_and_search(Network::Fails, &searched).await;
    assert_eq!(kept, Vec::<String>::new(), "the browser has written a secret to its profile");
}
