//! One flipped byte of any shipped file, and the page does not start and names that file. Also inside a frame it
//! does not start.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::response::Response;
use serde_json::json;

use crate::support::{
    Browser, Fleet, Host, Kept, Kind, Network, Page, Serving, Setup, Shelf, World, Written,
};

/// A shipped file with one byte that is not as it was built.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Flip {
    path: String,
    /// Whether it is the compressed form that is broken.
    packed: bool,
    at: usize,
}

const PROXY: &str = "http://127.0.0.1:9/proxy";

/// A page written for a host, with its configuration sealed.
fn written() -> (Written, Shelf) {
    let written = Written::new(Kind::Nginx, "/", PROXY, r#"{"title":"Rollwatch","proxy":"","demo":null}"#);
    let shelf = written.shelf(Kind::Nginx);
    (written, shelf)
}

/// A byte in the middle of each file and of its compressed form, and many in the document, which is not known to
/// the browser by its hash.
fn flips(shelf: &Shelf) -> Vec<Flip> {
    let mut flips = Vec::new();
    for (path, kept) in shelf.files.iter().filter(|(path, _)| *path != "/") {
        let flip = |packed, at| Flip { path: path.clone(), packed, at };
        flips.push(flip(false, kept.bytes.len() / 2));
        flips.extend(kept.packed.as_ref().map(|packed| flip(true, packed.len() / 2)));
        if path == "/index.html" {
            flips.extend((0..kept.bytes.len()).step_by(397).map(|at| flip(false, at)));
        }
    }
    flips
}

/// Serves case `n` below `/n/`, so that no cache of the browser knows any of its files.
async fn serve_cases(shelf: Shelf, flips: Vec<Flip>) -> Serving {
    let cases = Arc::new((shelf, flips));
    let answer = move |request: Request| {
        let cases = Arc::clone(&cases);
        async move { case(&cases.0, &cases.1, &request) }
    };
    Serving::start(Router::new().fallback(answer)).await
}

fn case(shelf: &Shelf, flips: &[Flip], request: &Request) -> Response {
    let path = request.uri().path().trim_start_matches('/');
    let (number, rest) = path.split_once('/').unwrap_or((path, ""));
    let flip = number.parse::<usize>().ok().and_then(|number| flips.get(number));
    let path = if rest.is_empty() { "/index.html".to_owned() } else { format!("/{rest}") };
    let Some(kept) = shelf.files.get(&path) else {
        return Response::builder().status(404).body(Body::empty()).expect("an answer");
    };
    let mut kept = Kept { packed: None, ..kept.clone() };
    if let Some(flip) = flip.filter(|flip| flip.path == path) {
        if flip.packed {
            kept.packed.clone_from(&shelf.files[&path].packed);
        }
        let bytes = if flip.packed { kept.packed.as_mut() } else { Some(&mut kept.bytes) };
        bytes.expect("it is packed")[flip.at] ^= 1;
    }
    kept.answer(request.headers())
}

/// What is said once nothing more will happen: by the loader, or by the style sheet where the loader never ran.
const SAID: &str = "(() => {
    if (document.querySelector('main')) return 'STARTED';
    const refused = document.querySelector('#refused:not([hidden])') ?? document.querySelector('body > pre');
    if (refused) return refused.innerText;
    const late = document.querySelector('.late');
    if (!late || document.readyState !== 'complete') return '';
    late.getAnimations().forEach((animation) => animation.finish());
    return late.innerText;
})()";

#[tokio::test(flavor = "multi_thread")]
async fn a_page_with_one_flipped_byte_anywhere_does_not_start_and_names_the_file() {
    let (_written, shelf) = written();
    let flips = flips(&shelf);
    assert!(flips.len() >= 22, "{}", flips.len());
    let serving = serve_cases(shelf, flips.clone()).await;
    let (browser, driver) = Browser::start().await;
    let page = Page::of(browser, driver, vec![serving.origin().to_owned()]);
    let mut told = Vec::new();
    for (number, flip) in flips.iter().enumerate() {
        page.driver.goto(format!("{}/{number}/", serving.origin())).await.expect("the address opens");
        page.until(&format!("something is said about {flip:?}"), SAID).await;
        let said: String = page.read(SAID).await;
        let name = flip.path.trim_start_matches('/');
        if !said.contains(name) || said.contains("STARTED") {
            told.push(format!("{flip:?}: {said}"));
        }
    }
    assert!(told.is_empty(), "{} of {}: {told:#?}", told.len(), flips.len());
    // Without a broken file it starts, so that the refusals mean something.
    page.go(&format!("{}/intact/", serving.origin())).await;
    page.until_text(".empty", "Nothing is watched yet.").await;
    let complaints = page.close_and_hear(Network::Fails).await;
    assert!(!complaints.iter().any(|said| said.contains("left the test")), "{complaints:#?}");
}

/// Flips every bit of the document, as a browser parses it, and returns those flips after which neither the loader
/// is there, who would find it, nor the sentence that is said without the loader.
const EVERY_BIT: &str = "
    const [text, own] = [TEXT, OWN];
    const bytes = new TextEncoder().encode(text);
    const silent = [];
    const policy = (document) => document.querySelector('meta[http-equiv]')?.content;
    const parse = (bytes) => new DOMParser().parseFromString(new TextDecoder().decode(bytes), 'text/html');
    const sound = policy(parse(bytes));
    for (let at = 0; at < bytes.length; at += 1) {
        for (let bit = 0; bit < 8; bit += 1) {
            bytes[at] ^= 1 << bit;
            const found = parse(bytes);
            const tag = found.querySelector('script[type=module]');
            const runs = policy(found) === sound && tag?.getAttribute('src') === './' + own
                && tag.textContent === '' && tag.dataset.js && tag.dataset.wasm;
            const says = found.querySelector('.late')?.textContent.includes('index.html');
            if (!runs && !says) silent.push([at, bit, text.slice(Math.max(0, at - 20), at + 20)]);
            bytes[at] ^= 1 << bit;
        }
    }
    return JSON.stringify([bytes.length * 8, silent]);";

#[tokio::test(flavor = "multi_thread")]
async fn no_flipped_bit_of_the_document_takes_both_the_loader_and_its_stand_in_away() {
    let (_written, shelf) = written();
    let text = String::from_utf8(shelf.files["/"].bytes.clone()).expect("UTF-8");
    let own = shelf.files.keys().find(|path| path.starts_with("/boot-")).expect("a loader");
    let script = EVERY_BIT
        .replace("TEXT", &json!(text).to_string())
        .replace("OWN", &json!(own.trim_start_matches('/')).to_string());
    let (_browser, driver) = Browser::start().await;
    // No policy of a page may be in the way.
    driver.goto("about:blank").await.expect("an empty page");
    let answer = driver.execute(script, Vec::new()).await.expect("the script ends");
    let answer: String = answer.convert().expect("a text");
    let (bits, silent): (usize, Vec<(usize, u8, String)>) = serde_json::from_str(&answer).expect("JSON");
    assert!(bits > 16_000, "{bits}");
    assert!(silent.is_empty(), "{} of {bits}: {silent:#?}", silent.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn inside_a_frame_the_page_does_not_start_says_why_and_offers_a_tab_of_its_own() {
    let host = Host::Kit(Kind::GithubPages, "/ops/");
    let world = World::start(Setup { fleet: Fleet::Of(&["css-orders"]), host, ..Setup::default() }).await;
    let address = format!("{}{}", world.page, crate::support::fleet::link("css-orders"));
    let around = format!(
        "<!doctype html><title>Another page</title><link rel=icon href=data:,><iframe src=\"{address}\"></iframe>"
    );
    let answer = axum::routing::get(move || async move { axum::response::Html(around) });
    let around = Serving::start(Router::new().route("/", answer)).await;
    let (browser, driver) = Browser::start().await;
    let origins = world.origins().into_iter().chain([around.origin().to_owned()]).collect();
    let page = Page::of(browser, driver, origins);
    page.driver.goto(format!("{}/", around.origin())).await.expect("the address opens");
    page.driver.enter_frame(0).await.expect("a frame");
    page.until_text(".framed p", "Rollwatch does not start inside another page").await;
    let link: (String, String, String) = page
        .read(
            "(() => { const a = document.querySelector('.framed a'); return [a.href, a.target, a.rel]; })()",
        )
        .await;
    assert_eq!(link, (address, "_blank".to_owned(), "noopener noreferrer".to_owned()));
    assert_eq!(page.count("header, .card").await, 0);
    assert_eq!(world.asked(), 0, "nothing is asked from inside a frame");
    page.close(Network::Sound).await;
}
