//! A page in a browser, used as a person uses it: by what is seen, with pointer and keys.

use std::sync::Arc;
use std::time::{Duration, Instant};

use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use thirtyfour::prelude::*;

use super::audit::{self, Network};
use super::browser::Browser;
use super::world::World;

/// How long something may take to become so, also on a machine that is busy with other work.
const PATIENCE: Duration = Duration::from_secs(30);
/// How often it is looked again.
const LOOK_EVERY: Duration = Duration::from_millis(40);

/// A page of some world. It has to be closed, because closing it judges its console and its requests.
pub struct Page {
    pub driver: WebDriver,
    /// The origins that it may ask.
    pub origins: Vec<String>,
    closed: bool,
    pub browser: Browser,
}

impl Page {
    /// Opens an address below the world's page, such as `#/add`, in a browser that has never been used.
    pub async fn open(world: &World, below: &str) -> Self {
        let (browser, driver) = Browser::start_before(world.public()).await;
        let page = Page::of(browser, driver, world.origins());
        page.go(&format!("{}{below}", world.page)).await;
        page
    }

    /// A window of a browser, which may ask these origins.
    pub fn of(browser: Browser, driver: WebDriver, origins: Vec<String>) -> Self {
        Page { driver, origins, closed: false, browser }
    }

    /// Goes to a whole address and waits until the page has been drawn there.
    pub async fn go(&self, address: &str) {
        self.driver.goto(address).await.expect("the address opens");
        self.until("the page is drawn", "document.querySelector('main')").await;
    }

    pub async fn reload(&self) {
        self.driver.refresh().await.expect("the page loads again");
        self.until("the page is drawn", "document.querySelector('main')").await;
    }

    /// Opens an address in one more window of the browser, beside this one, and goes on there. Returns the
    /// windows before and now.
    pub async fn go_beside(&self, address: &str) -> [WindowHandle; 2] {
        let before = self.driver.window().await.expect("a window");
        let beside = self.driver.new_window().await.expect("one more window");
        self.enter(&beside).await;
        self.go(address).await;
        self.listen().await;
        [before, beside]
    }

    /// Listens to the document from now on, in a window to which the browser does not listen by itself.
    pub async fn listen(&self) {
        self.run::<()>(audit::LISTEN).await;
    }

    /// Goes on in another window.
    pub async fn enter(&self, window: &WindowHandle) {
        self.driver.switch_to_window(window.clone()).await.expect("the window is open");
    }

    /// Runs statements in the page and reads what they return.
    pub async fn run<T: DeserializeOwned>(&self, script: &str) -> T {
        let answer = self.driver.execute(script.to_owned(), Vec::new()).await;
        let answer = answer.unwrap_or_else(|error| panic!("{script}: {error}"));
        answer.convert().unwrap_or_else(|error| panic!("{script}: {error}"))
    }

    /// The value of an expression.
    pub async fn read<T: DeserializeOwned>(&self, expression: &str) -> T {
        self.run(&format!("return {expression};")).await
    }

    /// Runs a script that takes its time and ends with `arguments[0](result)`.
    pub async fn run_async<T: DeserializeOwned>(&self, script: &str) -> T {
        let answer = self.driver.execute_async(script.to_owned(), Vec::new()).await;
        answer.expect("the script ends").convert().expect("the expected shape")
    }

    /// Waits until an expression is true.
    pub async fn until(&self, what: &str, expression: &str) {
        self.until_within(PATIENCE, what, expression).await;
    }

    /// The same for what the page itself takes its time with.
    pub async fn until_within(&self, patience: Duration, what: &str, expression: &str) {
        let script: Arc<str> = format!("return Boolean({expression});").into();
        let began_at = Instant::now();
        loop {
            let answer = self.driver.execute(Arc::clone(&script), Vec::new()).await;
            if matches!(answer.map(|answer| answer.json() == &Value::Bool(true)), Ok(true)) {
                return;
            }
            if began_at.elapsed() > patience {
                let shown: String =
                    self.read("(document.body?.innerText ?? 'an empty document').slice(0, 6000)").await;
                panic!("it did not come about that {what}; the page shows:\n{shown}");
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }

    /// Waits until some element has this text in it.
    pub async fn until_text(&self, selector: &str, text: &str) {
        let condition = format!(
            "[...document.querySelectorAll({})].some((e) => e.textContent.includes({}))",
            json!(selector),
            json!(text)
        );
        self.until(&format!("{selector} says “{text}”"), &condition).await;
    }

    /// The first element that fits, as soon as there is one.
    pub async fn find(&self, selector: &str) -> WebElement {
        self.until(&format!("there is {selector}"), &format!("document.querySelector({})", json!(selector)))
            .await;
        self.driver.find(By::Css(selector)).await.expect("an element that is there")
    }

    /// The text of the first element that fits, as it stands in the document.
    pub async fn text(&self, selector: &str) -> String {
        self.find(selector).await;
        self.read(&format!("document.querySelector({}).textContent", json!(selector))).await
    }

    pub async fn count(&self, selector: &str) -> usize {
        self.read(&format!("document.querySelectorAll({}).length", json!(selector))).await
    }

    pub async fn click(&self, selector: &str) {
        let element = self.find(selector).await;
        element.click().await.unwrap_or_else(|error| panic!("{selector} cannot be clicked: {error}"));
    }

    /// Clicks the button, link or summary that has exactly these words.
    pub async fn click_words(&self, words: &str) {
        let find = format!(
            "[...document.querySelectorAll('button, a, summary')].find((e) => e.textContent.trim() === {})",
            json!(words)
        );
        self.until(&format!("there is a button “{words}”"), &find).await;
        let answer =
            self.driver.execute(format!("return {find};"), Vec::new()).await.expect("the page answers");
        answer.element().expect("an element").click().await.expect("a button that can be clicked");
    }

    /// Types into a field, in place of what it holds.
    pub async fn fill(&self, selector: &str, text: &str) {
        let field = self.find(selector).await;
        field.clear().await.expect("a field that can be emptied");
        field.send_keys(text).await.expect("a field that takes text");
    }

    /// Chooses an option by its value, as the keyboard would.
    pub async fn choose(&self, selector: &str, value: &str) {
        let option = format!("{selector} option[value={}]", json!(value));
        self.click(&option).await;
    }

    /// Presses keys wherever the focus is.
    pub async fn press(&self, keys: impl AsRef<str>) {
        self.driver.action_chain().send_keys(keys.as_ref()).perform().await.expect("keys are pressed");
    }

    /// Moves the pointer over an element.
    pub async fn point_at(&self, selector: &str) {
        let element = self.find(selector).await;
        self.driver.action_chain().move_to_element_center(&element).perform().await.expect("a pointer");
    }

    /// Gives the window's content exactly this size in CSS pixels.
    pub async fn resize(&self, width: u32, height: u32) {
        self.browser.resize(&self.driver, width, height).await;
        self.until("the window has its size", &format!("innerWidth === {width} && innerHeight === {height}"))
            .await;
    }

    /// Ends the page; panics when it complained of anything or asked anybody else.
    pub async fn close(self, network: Network) {
        let complaints = self.close_and_hear(network).await;
        assert!(complaints.is_empty(), "{complaints:#?}");
    }

    /// Ends the page and returns what `close` would panic of.
    pub async fn close_and_hear(mut self, network: Network) -> Vec<String> {
        self.closed = true;
        audit::complaints(&self.browser, &self.driver, &self.origins, network).await
    }

    /// Ends the page as `close` does, lets the browser write what it keeps, and says which of these texts are
    /// anywhere in its profile.
    pub async fn close_and_search(mut self, network: Network, texts: &[&str]) -> Vec<String> {
        self.closed = true;
        let complaints = audit::complaints(&self.browser, &self.driver, &self.origins, network).await;
        assert!(complaints.is_empty(), "{complaints:#?}");
        self.driver.clone().quit().await.expect("the browser ends");
        self.browser.kept(texts)
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        assert!(self.closed || std::thread::panicking(), "a page is closed with `close`, which judges it");
    }
}
