//! Who goes on when many come at once.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::body::Body;
use axum::http::Request;
use axum::response::Response;
use rollwatch_proxy::{Serve, serve};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::yield_now;

const NEWCOMERS: usize = 100;
/// The steps of a call: its socket and that of its vendor, each read and written, and what lies between.
const STEPS: usize = 8;

/// Counts newcomers, and tells a neighbour how many of them were answered during its steps.
#[derive(Clone, Default)]
struct Counting(Arc<AtomicUsize>);

impl Serve for Counting {
    async fn answer(self, request: Request<Body>, _peer: SocketAddr) -> Response {
        let before = self.0.fetch_add(1, Ordering::Relaxed);
        if request.uri().path() == "/neighbour" {
            for _ in 0..STEPS {
                yield_now().await;
            }
        }
        let meanwhile = self.0.load(Ordering::Relaxed) - before - 1;
        Response::new(Body::from(meanwhile.to_string()))
    }
}

async fn ask(at: SocketAddr, path: &str) -> TcpStream {
    let mut stream = TcpStream::connect(at).await.expect("it listens");
    let request = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.expect("it is there");
    stream
}

#[tokio::test]
async fn however_many_come_at_once_those_who_are_there_go_on_between_two_of_them() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let at = listener.local_addr().expect("bound");
    let mut neighbour = ask(at, "/neighbour").await;
    let mut newcomers = Vec::new();
    for _ in 0..NEWCOMERS {
        newcomers.push(ask(at, "/newcomer").await);
    }
    tokio::spawn(serve(listener, Counting::default(), std::future::pending()));
    let mut answer = String::new();
    neighbour.read_to_string(&mut answer).await.expect("it answers");
    let meanwhile = answer.rsplit("\r\n").next().and_then(|body| body.parse::<usize>().ok());
    assert!(meanwhile.is_some_and(|meanwhile| meanwhile <= 3 * STEPS), "{answer}");
    for mut newcomer in newcomers {
        let mut answer = String::new();
        newcomer.read_to_string(&mut answer).await.expect("it answers");
        assert!(answer.starts_with("HTTP/1.1 200 OK"), "{answer}");
    }
}
