//! The document that a test mounts into.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::Array;
use leptos::mount::{UnmountHandle, mount_to};
use leptos::prelude::*;
use leptos::task::tick;
use rollwatch::live::Live;
use rollwatch::live::settings::{Settings, Theme, ZoneChoice};
use rollwatch_core::view::words::Lang;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{
    Element, Event, HtmlElement, HtmlInputElement, HtmlSelectElement, MutationObserver, MutationObserverInit,
    MutationRecord,
};

/// Something mounted, which goes when this is dropped.
pub struct Mounted {
    pub root: HtmlElement,
    handle: Option<Box<dyn FnOnce()>>,
}

impl Drop for Mounted {
    fn drop(&mut self) {
        if let Some(unmount) = self.handle.take() {
            unmount();
        }
        self.root.remove();
    }
}

/// Mounts a view as the page does, with everything running that components ask for.
pub fn mount<V>(view: impl FnOnce() -> V + 'static) -> Mounted
where
    V: IntoView + 'static,
    UnmountHandle<V::State>: 'static,
{
    mount_with(|| Live::new(settings()), view)
}

/// Mounts a view over what is running already or begins to run here.
pub fn mount_with<V>(live: impl FnOnce() -> Live + 'static, view: impl FnOnce() -> V + 'static) -> Mounted
where
    V: IntoView + 'static,
    UnmountHandle<V::State>: 'static,
{
    let document = web_sys::window().unwrap().document().unwrap();
    let root: HtmlElement = document.create_element("div").unwrap().unchecked_into();
    document.body().unwrap().append_child(&root).unwrap();
    let handle = mount_to(root.clone(), move || {
        provide_context(live());
        view()
    });
    Mounted { root, handle: Some(Box::new(move || drop(handle))) }
}

pub fn settings() -> Settings {
    Settings {
        title: "Rollwatch".to_owned(),
        proxy: "https://proxy.invalid".to_owned(),
        demo: None,
        regions: None,
        lang: Lang::En,
        zone: ZoneChoice::Utc,
        theme: Theme::System,
        problems: Vec::new(),
    }
}

impl Mounted {
    pub fn all(&self, selector: &str) -> Vec<Element> {
        let found = self.root.query_selector_all(selector).unwrap();
        (0..found.length()).filter_map(|index| found.get(index)).map(JsCast::unchecked_into).collect()
    }

    pub fn one(&self, selector: &str) -> Element {
        let mut found = self.all(selector);
        assert_eq!(found.len(), 1, "{selector} in {}", self.root.inner_html());
        found.remove(0)
    }

    /// Chooses a value of a select as a person does, and lets the page follow.
    pub async fn choose(&self, selector: &str, value: &str) {
        let select: HtmlSelectElement = self.one(selector).unchecked_into();
        select.set_value(value);
        assert_eq!(select.value(), value, "{selector} offers {value:?}");
        select.dispatch_event(&Event::new("change").unwrap()).unwrap();
        tick().await;
    }

    /// Types into a field.
    pub fn fill(&self, selector: &str, text: &str) {
        self.one(selector).unchecked_into::<HtmlInputElement>().set_value(text);
    }

    pub async fn click(&self, selector: &str) {
        self.one(selector).unchecked_into::<HtmlElement>().click();
        tick().await;
    }

    /// The words of a select's options.
    pub fn options(&self, selector: &str) -> Vec<String> {
        let options = self.all(&format!("{selector} option"));
        options.iter().map(|option| option.text_content().unwrap_or_default()).collect()
    }

    pub fn text(&self) -> String {
        self.root.text_content().unwrap_or_default()
    }

    /// Starts to watch for changes of the document below the root.
    pub fn watch(&self) -> Mutations {
        let seen = Rc::new(RefCell::new(Vec::new()));
        let told = Rc::clone(&seen);
        let callback =
            Closure::<dyn FnMut(Array)>::new(move |records| told.borrow_mut().extend(lines(&records)));
        let observer = MutationObserver::new(callback.as_ref().unchecked_ref()).unwrap();
        let everything = MutationObserverInit::new();
        everything.set_subtree(true);
        everything.set_child_list(true);
        everything.set_attributes(true);
        everything.set_character_data(true);
        observer.observe_with_options(&self.root, &everything).unwrap();
        Mutations { observer, seen, _callback: callback }
    }
}

pub struct Mutations {
    observer: MutationObserver,
    seen: Rc<RefCell<Vec<String>>>,
    _callback: Closure<dyn FnMut(Array)>,
}

impl Mutations {
    /// What has changed so far, one line for each change, sorted.
    pub fn lines(&self) -> Vec<String> {
        let mut all = self.seen.borrow().clone();
        // The browser has not handed these to the callback yet.
        all.extend(lines(&self.observer.take_records()));
        all.sort();
        all
    }
}

/// The kind of each change, the first class of the element that it belongs to, and the attribute.
fn lines(records: &Array) -> Vec<String> {
    let told = |record: MutationRecord| {
        let target = record.target().expect("a target");
        let place = match target.dyn_ref::<Element>() {
            Some(element) => element.clone(),
            None => target.parent_element().expect("text within an element"),
        };
        let class = place.get_attribute("class").unwrap_or_default();
        let attribute = record.attribute_name().unwrap_or_default();
        let first = class.split(' ').next().unwrap_or_default();
        format!("{} {first} {attribute}", record.type_()).trim().to_owned()
    };
    records.iter().map(|record| told(record.unchecked_into())).collect()
}
