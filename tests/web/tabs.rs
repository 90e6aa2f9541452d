//! What tabs agree by: locks and channels. Two of this page in one tab are to the browser as two tabs are.

use std::cell::RefCell;
use std::future::Future;
use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Waker};

use js_sys::{Promise, Reflect};
use leptos::task::tick;
use rollwatch::browser::channel::Channel;
use rollwatch::browser::locks::hold;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;

/// How many hold the lock of a name and how many wait for it, as the browser counts them.
async fn held_and_waiting(name: &str) -> (f64, f64) {
    let script = format!(
        "navigator.locks.query().then(all => [all.held, all.pending]
             .map(list => list.filter(lock => lock.name === '{name}').length))"
    );
    let promise: Promise = js_sys::eval(&script).expect("a script that runs").unchecked_into();
    let counts = JsFuture::from(promise).await.expect("counts");
    let count =
        |index| Reflect::get_u32(&counts, index).ok().and_then(|count| count.as_f64()).unwrap_or(-1.0);
    (count(0), count(1))
}

/// Asks until the browser counts so many.
async fn until(name: &str, expected: (f64, f64)) {
    for _ in 0..200 {
        if held_and_waiting(name).await == expected {
            return;
        }
    }
    assert_eq!(held_and_waiting(name).await, expected, "held and waiting");
}

#[wasm_bindgen_test]
async fn a_lock_has_one_holder_and_the_next_in_the_queue_follows() {
    let first = hold("test.one").await;
    assert!(first.is_exclusive());
    let mut second = pin!(hold("test.one"));
    let mut third = pin!(hold("test.one"));
    let mut context = Context::from_waker(Waker::noop());
    assert!(second.as_mut().poll(&mut context).is_pending());
    assert!(third.as_mut().poll(&mut context).is_pending());
    until("test.one", (1.0, 2.0)).await;

    drop(first);
    let second = second.await;
    assert!(second.is_exclusive());
    until("test.one", (1.0, 1.0)).await;
    drop(second);
    let third = third.await;
    until("test.one", (1.0, 0.0)).await;
    drop(third);
    until("test.one", (0.0, 0.0)).await;
}

#[wasm_bindgen_test]
async fn whoever_stops_waiting_leaves_the_queue() {
    let holder = hold("test.left").await;
    {
        let mut waiting = Box::pin(hold("test.left"));
        assert!(waiting.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
        until("test.left", (1.0, 1.0)).await;
    }
    until("test.left", (1.0, 0.0)).await;
    drop(holder);
    until("test.left", (0.0, 0.0)).await;
}

#[wasm_bindgen_test]
async fn a_lock_that_was_given_to_somebody_who_has_left_is_given_back() {
    let mut waiting = Box::pin(hold("test.given"));
    assert!(waiting.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
    // It is given now, and nobody has looked yet.
    until("test.given", (1.0, 0.0)).await;
    drop(waiting);
    until("test.given", (0.0, 0.0)).await;
}

#[wasm_bindgen_test]
async fn without_locks_every_tab_has_a_lease_at_once_and_knows_it() {
    js_sys::eval("Object.defineProperty(navigator, 'locks', { configurable: true, value: undefined })")
        .expect("a script that runs");
    let (first, second) = (hold("test.none").await, hold("test.none").await);
    js_sys::eval("delete navigator.locks").expect("a script that runs");
    assert!(!first.is_exclusive() && !second.is_exclusive());
    assert!(hold("test.none").await.is_exclusive());
}

#[wasm_bindgen_test]
async fn a_lock_that_the_browser_refuses_is_no_lock() {
    // Names that begin so are the browser's own.
    assert!(!hold("-test").await.is_exclusive());
}

/// A channel, and what it has heard so far.
fn channel(name: &str) -> (Channel, Rc<RefCell<Vec<String>>>) {
    let heard = Rc::new(RefCell::new(Vec::new()));
    let told = Rc::clone(&heard);
    (Channel::open(name, move |text| told.borrow_mut().push(text)).expect("a channel"), heard)
}

async fn until_heard(heard: &RefCell<Vec<String>>, expected: &[&str]) {
    for _ in 0..1_000 {
        if *heard.borrow() == expected {
            return;
        }
        // The browser delivers between two tasks.
        JsFuture::from(js_sys::eval("new Promise(next => setTimeout(next))").map(Promise::from).unwrap())
            .await
            .unwrap();
        tick().await;
    }
    assert_eq!(*heard.borrow(), expected);
}

#[wasm_bindgen_test]
async fn what_is_posted_is_heard_by_the_others_and_not_by_whoever_posted() {
    let (one, by_one) = channel("test.posted");
    let (two, by_two) = channel("test.posted");
    let (_other, by_other) = channel("test.another");
    one.post("first");
    js_sys::eval(
        "{ const it = new BroadcastChannel('test.posted'); it.postMessage({ no: 'text' }); it.close(); }",
    )
    .expect("a script that runs");
    one.post("second ✓");
    until_heard(&by_two, &["first", "second ✓"]).await;
    two.post("answer");
    until_heard(&by_one, &["answer"]).await;
    assert!(by_other.borrow().is_empty());
}

#[wasm_bindgen_test]
async fn a_channel_that_was_dropped_hears_nothing_more() {
    let (one, _) = channel("test.dropped");
    let (two, by_two) = channel("test.dropped");
    let (_three, by_three) = channel("test.dropped");
    one.post("first");
    until_heard(&by_two, &["first"]).await;
    drop(two);
    one.post("second");
    until_heard(&by_three, &["first", "second"]).await;
    assert_eq!(*by_two.borrow(), ["first"]);
}
