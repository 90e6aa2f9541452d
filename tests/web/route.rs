//! Routes through the browser's own address.

use std::cell::RefCell;
use std::rc::Rc;

use rollwatch::browser::{clock, location};
use rollwatch::route::Route;
use rollwatch_core::model::{OperationKind, Service, Span, Watch};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::views::watch;

fn routes() -> Vec<Route> {
    let ids = ["1001", "a/b?c#d e", "한국어 클러스터", "100%", "%2F", "\"<b>'", "..", "a+b&c=d"];
    let clusters = ids.into_iter().map(|id| {
        let asked = watch(Service::HuaweiCss, OperationKind::Upgrade);
        Route::Cluster(Watch { cluster: id.to_owned(), account: String::new(), ..asked })
    });
    [Route::Board, Route::Add, Route::Keys, Route::About].into_iter().chain(clusters).collect()
}

#[wasm_bindgen_test]
fn every_route_survives_the_browsers_address() {
    for route in routes() {
        location::set_fragment(&route.fragment());
        assert_eq!(Route::parse(&location::fragment()), route);
        assert!(!location::page_address().contains('#'));
    }
    location::replace_fragment("/");
}

#[wasm_bindgen_test]
async fn a_change_of_the_address_is_heard_once() {
    location::replace_fragment("/");
    // Changes that were made before are told by the browser a moment later.
    clock::sleep(Span::millis(100)).await;
    let heard = Rc::new(RefCell::new(Vec::new()));
    let list = Rc::clone(&heard);
    let listener = location::on_hash_change(move |fragment| list.borrow_mut().push(fragment));
    location::set_fragment(&Route::Keys.fragment());
    clock::sleep(Span::millis(100)).await;
    location::replace_fragment("/add");
    clock::sleep(Span::millis(100)).await;
    drop(listener);
    location::set_fragment("/");
    clock::sleep(Span::millis(100)).await;
    assert_eq!(*heard.borrow(), ["/keys"]);
}
