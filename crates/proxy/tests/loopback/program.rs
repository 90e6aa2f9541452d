//! The program: what it says when it cannot start, and how it ends.

use std::net::TcpListener as Listener;
use std::process::{Command, Output};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::routing::get;
use rollwatch_proxy::{Config, Connections, Log, Upstream, app, proxy, serve, serve_within, told_to_stop};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, oneshot};
use tokio::time::timeout;

use crate::support::{After, Answer, Reply, SES, Vendor};

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

/// Runs the program with this text as the file of `--regions`, and the file's name with it. The port is taken,
/// so that a program which likes the file ends too.
fn run_with_regions(nth: u8, text: &str) -> (Output, String) {
    let file = std::env::temp_dir().join(format!("rollwatch-regions-{}-{nth}.json", std::process::id()));
    std::fs::write(&file, text).expect("the temporary folder can be written");
    let name = file.display().to_string();
    let occupied = Listener::bind("127.0.0.1:0").expect("a free port");
    let address = occupied.local_addr().expect("bound").to_string();
    let output = run(&["--listen", &address, "--regions", &name]);
    std::fs::remove_file(&file).expect("it was written");
    (output, name)
}

#[test]
fn every_entry_of_the_regions_file_that_cannot_be_added_gets_its_sentence() {
    let text = r#"{"title":"x","regions":[
        {"service":"huawei_css","site":"public","region":"xx-1","host":"css.xx-1.example.com"},
        {"service":"huawei_css","site":"public","region":"xx-2","host":"10.0.0.1"},
        {"service":"aws","site":"public","region":"xx-3","host":"css.xx-3.example.com"}]}"#;
    let (output, file) = run_with_regions(0, text);
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8(output.stderr).expect("text");
    let [host, service] = said.lines().collect::<Vec<_>>()[..] else { panic!("{said}") };
    assert!(host.starts_with(&format!("{file}: regions[1].host: write a host name such as ")), "{said}");
    assert!(service.starts_with(&format!("{file}: regions[2].service: write one of ")), "{said}");
}

#[test]
fn a_regions_file_that_cannot_be_understood_gets_one_sentence_that_says_what_to_write() {
    let missing = sentence(&run(&["--listen", "127.0.0.1:0", "--regions", "no-such-file.json"]));
    assert!(missing.contains("no-such-file.json") && missing.contains("--regions"), "{missing}");
    for (nth, text) in ["{", "[]", "{\"title\":\"Rollwatch\"}"].iter().enumerate() {
        let (output, file) = run_with_regions(u8::try_from(nth + 1).expect("few"), text);
        let said = sentence(&output);
        assert!(said.contains(&file) && said.contains("write {\"regions\": […]}"), "{said}");
    }
    let (output, _) = run_with_regions(9, "{\"regions\":{}}");
    assert!(sentence(&output).ends_with("regions: write a list of regions.\n"));
}

#[test]
fn a_good_regions_file_is_no_hindrance() {
    let good = r#"{"service":"ncp_search_engine","site":"public","region":"XYZ","host":"vpcsearchengine.apigw.ntruss.com",
                   "prefix":"/api/xyz-v2","identity_host":"sts.apigw.ntruss.com"}"#;
    for (nth, text) in
        [format!("{{\"regions\":[{good}]}}"), "\u{feff}{\"regions\":[]}".to_owned()].iter().enumerate()
    {
        let (output, _) = run_with_regions(u8::try_from(nth + 20).expect("few"), text);
        assert!(sentence(&output).contains("choose another port"), "only the port was in the way");
    }
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

/// The same proxy, limits and stop as the program's, before a vendor of this machine.
#[cfg(unix)]
#[tokio::test]
async fn a_vendors_answer_that_is_under_way_at_the_signal_arrives_whole() {
    const LONG: usize = 200_000;
    let gate = Arc::new(Notify::new());
    let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {LONG}\r\n\r\n");
    // More than is held back, so that the answer has begun to go down.
    let begun = [head.into_bytes(), vec![b'x'; LONG / 2]].concat();
    let vendor =
        Vendor::start(Reply::Begin(begun, After::Wait(Arc::clone(&gate), vec![b'x'; LONG / 2]))).await;
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let at = listener.local_addr().expect("bound");
    let config = Config { log: Log::new(|_| ()), upstream: Upstream::Fixed(vendor.at), ..Config::default() };
    let server = tokio::spawn(serve_within(Connections::default(), listener, proxy(config), told_to_stop()));
    let mut stream = TcpStream::connect(at).await.expect("the server listens");
    let call = format!("POST {SES} HTTP/1.1\r\nHost: localhost\r\n\r\n");
    stream.write_all(call.as_bytes()).await.expect("it reads");
    let mut answer = Vec::new();
    stream.read_buf(&mut answer).await.expect("it has begun");
    // Whoever waits for the signal keeps it from ending this process.
    let told = Command::new("kill").args(["-TERM", &std::process::id().to_string()]).status();
    assert!(told.expect("a system with signals has kill").success());
    while TcpStream::connect(at).await.is_ok() {}
    assert!(!server.is_finished(), "it waits for its answers");
    gate.notify_one();
    stream.read_to_end(&mut answer).await.expect("it answers and closes");
    assert_eq!(Answer::parse(&answer).body.len(), LONG);
    server.await.expect("it ends");
}

#[test]
fn a_stop_gives_every_call_the_time_that_it_may_take() {
    let limits = rollwatch_proxy::Limits::default();
    assert!(Connections::default().drain_for > limits.body_for + limits.answer_for);
}

#[tokio::test]
async fn a_stop_waits_for_no_request_longer_than_it_was_told_to() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let at = listener.local_addr().expect("bound");
    let arrived = Arc::new(Notify::new());
    let arriving = Arc::clone(&arrived);
    let endless = get(async move || {
        arriving.notify_one();
        std::future::pending::<&str>().await
    });
    let (stop, stopped) = oneshot::channel::<()>();
    let connections = Connections { drain_for: Duration::from_millis(100), ..Connections::default() };
    let server =
        tokio::spawn(serve_within(connections, listener, Router::new().route("/", endless), async {
            let _ = stopped.await;
        }));
    let mut stream = TcpStream::connect(at).await.expect("the server listens");
    stream.write_all(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n").await.expect("it reads");
    arrived.notified().await;
    stop.send(()).expect("the server waits");
    timeout(Duration::from_secs(5), server).await.expect("it does not wait for ever").expect("it ends");
}

#[test]
fn a_place_for_metrics_that_cannot_be_is_told_and_the_usual_one_is_no_hindrance() {
    let occupied = Listener::bind("127.0.0.1:0").expect("a free port");
    let address = occupied.local_addr().expect("bound").to_string();
    let text = sentence(&run(&["--listen", "127.0.0.1:0", "--metrics", &address]));
    assert!(text.contains(&address) && text.contains("choose another port with --metrics"), "{text}");
    let output = run(&["--listen", "127.0.0.1:0", "--metrics", "somewhere"]);
    assert_eq!(output.status.code(), Some(2));
    let output = run(&["--listen", "127.0.0.1:0", "--client-header", "x forwarded"]);
    assert_eq!(output.status.code(), Some(2));
}
