//! The program: what it says when it cannot start, and how it ends.

use std::net::TcpListener as Listener;
use std::process::{Command, Output};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::routing::get;
use rollwatch_proxy::{Config, Log, app, serve};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, oneshot};
use tokio::time::timeout;

fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_rollwatch-proxy")).args(arguments).output().expect("the program starts")
}

fn sentence(output: &Output) -> String {
    assert_eq!(output.status.code(), Some(2));
    let text = String::from_utf8(output.stderr.clone()).expect("text");
    assert_eq!(text.lines().count(), 1, "{text}");
    text
}

#[test]
fn an_occupied_port_gets_one_sentence_that_says_what_to_do() {
    let occupied = Listener::bind("127.0.0.1:0").expect("a free port");
    let address = occupied.local_addr().expect("bound").to_string();
    let text = sentence(&run(&["--listen", &address]));
    assert!(text.contains(&address) && text.contains("choose another port with --listen"), "{text}");
}

#[test]
fn a_folder_without_a_page_gets_one_sentence_that_says_what_to_do() {
    let text = sentence(&run(&["--listen", "127.0.0.1:0", "--app", "no-such-folder"]));
    assert!(text.contains("no-such-folder") && text.contains("cargo xtask build"), "{text}");
}

#[test]
fn an_origin_with_a_path_or_a_star_is_not_taken() {
    for bad in ["*", "watch.example", "https://", "https://watch.example/page", "ftp://watch.example", "null"]
    {
        let output = run(&["--listen", "127.0.0.1:0", "--allow-origin", bad]);
        assert_eq!(output.status.code(), Some(2), "{bad}");
    }
    let output = run(&["--listen", "127.0.0.1:0", "--host", "http://proxy.example"]);
    assert_eq!(output.status.code(), Some(2));
}

#[tokio::test]
async fn a_stop_ends_the_server_and_closes_idle_connections() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let at = listener.local_addr().expect("bound");
    let config = Config { log: Log::new(|_| ()), ..Config::default() };
    let (stop, stopped) = oneshot::channel::<()>();
    let server = tokio::spawn(serve(listener, app(config), async {
        let _ = stopped.await;
    }));
    let mut stream = TcpStream::connect(at).await.expect("the server listens");
    stream.write_all(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n").await.expect("it reads");
    let mut first = [0; 15];
    stream.read_exact(&mut first).await.expect("it answers");
    assert_eq!(&first, b"HTTP/1.1 200 OK");
    stop.send(()).expect("the server waits");
    let mut rest = Vec::new();
    let closing = stream.read_to_end(&mut rest);
    // A client that stays silent is sent away later than this, so it is the stop that closes.
    timeout(Duration::from_secs(5), closing).await.expect("it is told to").expect("it closes");
    server.await.expect("it ends");
}

#[tokio::test]
async fn a_request_that_is_under_way_at_the_stop_is_answered() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let at = listener.local_addr().expect("bound");
    let (arrived, release) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let (arriving, releasing) = (Arc::clone(&arrived), Arc::clone(&release));
    let slow = get(async move || {
        arriving.notify_one();
        releasing.notified().await;
        "late"
    });
    let (stop, stopped) = oneshot::channel::<()>();
    let server = tokio::spawn(serve(listener, Router::new().route("/", slow), async {
        let _ = stopped.await;
    }));
    let mut stream = TcpStream::connect(at).await.expect("the server listens");
    stream.write_all(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n").await.expect("it reads");
    arrived.notified().await;
    stop.send(()).expect("the server waits");
    while TcpStream::connect(at).await.is_ok() {}
    assert!(!server.is_finished(), "it waits for its answers");
    release.notify_one();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.expect("it answers and closes");
    assert!(answer.ends_with("late"), "{answer}");
    server.await.expect("it ends");
}
