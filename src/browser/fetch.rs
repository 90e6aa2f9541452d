//! Sending requests.

use gloo_net::http::Response;
use gloo_timers::callback::Timeout;
use js_sys::Uint8Array;
use rollwatch_core::http::{Exchange, Header, Method};
use rollwatch_core::model::Span;
use wasm_bindgen::JsValue;
use web_sys::{
    AbortController, Headers, ReferrerPolicy, RequestCache, RequestCredentials, RequestInit, RequestMode,
    RequestRedirect,
};

use super::clock;

/// Why no answer came. The browser tells scripts no more than this.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FetchFailure {
    /// There was no complete answer in time.
    Timeout,
    /// Nothing answered, the answer was a redirect, or the browser did not allow the call.
    Network,
    /// An answer began with this status and did not come to its end.
    BrokenOff { status: u16 },
}

/// Sends exactly these bytes and waits at most `timeout` of real time for the whole answer. No cookie,
/// referrer or cache takes part, and a redirect is a failure: a signed request is meant for one address.
pub async fn send(
    url: &str,
    method: Method,
    headers: &[Header],
    body: &str,
    timeout: Span,
) -> Result<Exchange, FetchFailure> {
    let options = RequestInit::new();
    options.set_method(method.as_str());
    options.set_headers(&headers_of(headers)?.into());
    options.set_credentials(RequestCredentials::Omit);
    options.set_cache(RequestCache::NoStore);
    options.set_redirect(RequestRedirect::Error);
    if !body.is_empty() {
        // A body given as text would make the browser add a content type of its own.
        options.set_body(&Uint8Array::from(body.as_bytes()).into());
    }
    let sent_at = clock::now();
    let whole = async |response: Response| {
        let received_at = clock::now();
        let headers = response.headers().entries().map(|(name, value)| Header::new(&name, value)).collect();
        let body = text(&response).await?;
        Ok(Exchange { status: response.status(), headers, body, sent_at, received_at })
    };
    within(timeout, url, RequestMode::Cors, options, whole).await
}

/// Whether anything answers at an address, be it readable for this page or not.
pub async fn hears(url: &str, timeout: Span) -> bool {
    let options = RequestInit::new();
    options.set_credentials(RequestCredentials::Omit);
    options.set_cache(RequestCache::NoStore);
    within(timeout, url, RequestMode::NoCors, options, async |_| Ok(())).await.is_ok()
}

/// Loads a document that belongs to the page, such as its configuration, past caches that may be stale.
/// An answer with another status than success is a failure.
pub async fn load_text(url: &str, timeout: Span) -> Result<String, FetchFailure> {
    let options = RequestInit::new();
    options.set_credentials(RequestCredentials::SameOrigin);
    options.set_cache(RequestCache::NoCache);
    let whole = async |response: Response| match response.ok() {
        true => text(&response).await,
        false => Err(FetchFailure::Network),
    };
    within(timeout, url, RequestMode::Cors, options, whole).await
}

/// The whole body of an answer whose head has come.
async fn text(response: &Response) -> Result<String, FetchFailure> {
    response.text().await.map_err(|_| FetchFailure::BrokenOff { status: response.status() })
}

/// Fetches, reads the answer with `whole`, and aborts both when the time is over or when nobody waits any
/// more.
async fn within<T>(
    timeout: Span,
    url: &str,
    mode: RequestMode,
    options: RequestInit,
    whole: impl AsyncFnOnce(Response) -> Result<T, FetchFailure>,
) -> Result<T, FetchFailure> {
    let abort = Abort(AbortController::new().map_err(|_| FetchFailure::Network)?);
    options.set_mode(mode);
    options.set_referrer_policy(ReferrerPolicy::NoReferrer);
    options.set_signal(Some(&abort.0.signal()));
    // gloo's own builder would append `&` to every query, and the query is signed byte for byte.
    let request =
        web_sys::Request::new_with_str_and_init(url, &options).map_err(|_| FetchFailure::Network)?;

    let millis = u32::try_from(timeout.as_millis()).unwrap_or(0).min(i32::MAX as u32);
    let controller = abort.0.clone();
    let timer = Timeout::new(millis, move || controller.abort());
    let outcome = match gloo_net::http::Request::from(request).send().await {
        Ok(response) => whole(response).await,
        Err(_) => Err(FetchFailure::Network),
    };
    let late = abort.0.signal().aborted();
    drop(timer);
    outcome.map_err(|failure| if late { FetchFailure::Timeout } else { failure })
}

/// Ends a request that is still under way when its future is dropped.
struct Abort(AbortController);

impl Drop for Abort {
    fn drop(&mut self) {
        self.0.abort();
    }
}

fn headers_of(headers: &[Header]) -> Result<Headers, FetchFailure> {
    let refused = |_: JsValue| FetchFailure::Network;
    let list = Headers::new().map_err(refused)?;
    for header in headers {
        // The browser refuses characters that no header may have; gloo's wrapper would panic on them.
        list.append(&header.name, &header.value).map_err(refused)?;
    }
    Ok(list)
}
