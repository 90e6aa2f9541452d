//! The simulated clouds over HTTP: one server that is all vendors, where the `Host` header says which one is
//! meant, and servers that are one region of one vendor each, for clients that sign the address they call.

use crate::answer::{Answer, Course};
use crate::clouds::Clouds;
use axum::Router;
use axum::body::{Body, Bytes, HttpBody, to_bytes};
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use http_body_util::{Full, Limited};
use hyper::body::Frame;
use rollwatch_core::http::{Header, Method, Request};
use rollwatch_core::model::{Service, Site};
use std::convert::Infallible;
use std::future::pending;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

/// A router that answers as the vendor whose host a request names.
pub fn clouds_router(clouds: Arc<Clouds>) -> Router {
    let all = async |State(clouds): State<Arc<Clouds>>, request: axum::extract::Request| {
        answer(request, |request| clouds.answer(request)).await
    };
    Router::new().fallback(all).with_state(clouds)
}

/// A router that answers as one region of one site of a service and as the identity service that belongs to
/// it, with the vendor's own paths. The `Host` header chooses nothing here: it is what the client signed, such
/// as `127.0.0.1:8080`.
pub fn vendor_router(clouds: Arc<Clouds>, service: Service, site: Site, region: impl Into<String>) -> Router {
    let region: Arc<str> = region.into().into();
    let one = async move |State(clouds): State<Arc<Clouds>>, request: axum::extract::Request| {
        answer(request, |request| clouds.answer_at(request, service, site, &region)).await
    };
    Router::new().fallback(one).with_state(clouds)
}

/// More than any request of the catalogue has.
const BODY_LIMIT: usize = 64 * 1024;

async fn answer(request: axum::extract::Request, ask: impl FnOnce(&Request) -> Option<Answer>) -> Response {
    let (head, body) = request.into_parts();
    let method = match head.method.as_str() {
        "GET" => Method::Get,
        "POST" => Method::Post,
        _ => return StatusCode::METHOD_NOT_ALLOWED.into_response(),
    };
    let Ok(body) = to_bytes(body, BODY_LIMIT).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let headers = received(&head.headers);
    let host = headers.iter().find(|header| header.name == "host").map(|header| header.value.clone());
    let request = Request {
        endpoint: String::new(),
        host: host.unwrap_or_default(),
        method,
        path: head.uri.path().to_owned(),
        query: head.uri.query().unwrap_or_default().to_owned(),
        headers,
        body: String::from_utf8_lossy(&body).into_owned(),
    };
    match ask(&request) {
        Some(Answer { course: Course::Never, .. }) => pending().await,
        Some(answer) => response(answer),
        None => cut_connection(),
    }
}

fn received(headers: &HeaderMap) -> Vec<Header> {
    let text = |value: &[u8]| String::from_utf8_lossy(value).into_owned();
    headers.iter().map(|(name, value)| Header::new(name.as_str(), text(value.as_bytes()))).collect()
}

fn response(answer: Answer) -> Response {
    let mut builder = Response::builder().status(answer.status);
    for header in &answer.headers {
        builder = builder.header(&header.name, &header.value);
    }
    let body = match answer.course {
        Course::Stalls => Body::new(Begun(Some(begun(&answer.body)))),
        Course::Whole | Course::Never => Body::from(answer.body),
    };
    builder.body(body).unwrap_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response())
}

/// A body that promises more than its limit lets through. The server meets the error before anything of the
/// response has been sent, and closes the connection.
fn cut_connection() -> Response {
    let body = Limited::new(Full::new(Bytes::from_static(b"cut")), 1);
    ([(header::CONTENT_LENGTH, "3")], Body::new(body)).into_response()
}

/// How much white space stands before an answer that stalls, in bytes: a proxy holds back less.
const BEGUN_BYTES: usize = 256 * 1024;

/// The first half of an answer, behind white space that may stand before every JSON text.
fn begun(body: &str) -> Bytes {
    let half = body.get(..body.len() / 2).unwrap_or_default();
    (" ".repeat(BEGUN_BYTES) + half).into()
}

/// A body that never ends.
struct Begun(Option<Bytes>);

impl HttpBody for Begun {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        // Nobody has to be woken for what never comes.
        self.0.take().map_or(Poll::Pending, |begun| Poll::Ready(Some(Ok(Frame::data(begun)))))
    }
}
