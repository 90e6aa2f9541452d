//! Answers of vendors: long ones, endless ones, and those that break off.

use std::time::Duration;

use crate::before;
use crate::support::{After, Reply, SES, Vendor};

/// More than is held back before the first byte goes down.
const LONG: usize = 200_000;

fn head(length: usize) -> Vec<u8> {
    format!("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n")
        .into_bytes()
}

/// The body without the lengths of its chunks, and whether its end came.
fn unchunked(mut body: &[u8]) -> (usize, bool) {
    let mut length = 0;
    while let Some(end) = body.windows(2).position(|two| two == b"\r\n") {
        let text = std::str::from_utf8(&body[..end]).expect("a length");
        let chunk = usize::from_str_radix(text, 16).expect("a length");
        if chunk == 0 {
            return (length, true);
        }
        let rest = &body[end + 2..];
        if rest.len() < chunk + 2 {
            return (length + rest.len(), false);
        }
        length += chunk;
        body = &rest[chunk + 2..];
    }
    (length, false)
}

#[tokio::test]
async fn a_long_answer_arrives_whole() {
    let bytes = [head(LONG), vec![b'x'; LONG]].concat();
    let vendor = Vendor::start(Reply::Bytes(bytes)).await;
    let worker = before(&vendor);
    let answer = worker.ask("POST", SES, "", "{}").await;
    assert_eq!(answer.status, 200);
    assert_eq!(unchunked(&answer.body), (LONG, true));
}

#[tokio::test]
async fn an_answer_that_breaks_off_early_is_a_refusal_and_one_that_does_late_has_no_end() {
    for (sent, early) in [(1000, true), (LONG / 2, false)] {
        let begun = [head(LONG), vec![b'x'; sent]].concat();
        let vendor = Vendor::start(Reply::Begin(begun, After::Reset)).await;
        let worker = before(&vendor);
        let answer = worker.ask("POST", SES, "", "{}").await;
        if early {
            assert_eq!((answer.status, answer.reason()), (502, Some("vendor-unreachable")));
        } else {
            assert!(answer.reason().is_some() || !unchunked(&answer.body).1, "it must not look whole");
        }
    }
}

#[tokio::test]
async fn an_answer_without_an_end_is_cut() {
    let begun = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n".to_vec();
    let vendor = Vendor::start(Reply::Begin(begun, After::Repeat(vec![b'x'; 65_536]))).await;
    let worker = before(&vendor);
    let answer = worker.ask("POST", SES, "", "{}").await;
    let (length, ended) = unchunked(&answer.body);
    assert_eq!((answer.status, ended), (200, false));
    assert!((64 * 1024..=2 * 1024 * 1024).contains(&length), "{length}");
    crate::support::until(|| worker.log().iter().any(|line| line.contains("answer-too-large"))).await;
}

#[tokio::test]
async fn an_answer_that_announces_too_much_is_refused() {
    let vendor = Vendor::start(Reply::Begin(head(3 * 1024 * 1024), After::Hang)).await;
    let worker = before(&vendor);
    let answer = worker.ask("POST", SES, "Origin: https://watch.example\r\n", "{}").await;
    assert_eq!((answer.status, answer.reason()), (502, Some("answer-too-large")));
    assert_eq!(answer.header("access-control-allow-origin"), Some("https://watch.example"));
}

#[tokio::test]
async fn a_vendor_that_hangs_up_is_unreachable() {
    let vendor = Vendor::start(Reply::Close).await;
    let answer = before(&vendor).ask("POST", SES, "", "{}").await;
    assert_eq!((answer.status, answer.reason()), (502, Some("vendor-unreachable")));
}

/// The only tests that last: what the worker waits for is not a setting.
#[tokio::test]
async fn a_silent_vendor_is_given_up_before_ten_seconds_and_holds_up_nobody() {
    let begun = [head(LONG), b"{".to_vec()].concat();
    let replies = [Reply::Silence, Reply::Begin(begun, After::Hang)];
    for reply in replies {
        let vendor = Vendor::start(Reply::by_request(move |request| match request.starts_with("GET") {
            true => Reply::json("", "{}"),
            false => reply.clone(),
        }))
        .await;
        let worker = before(&vendor);
        let began_at = tokio::time::Instant::now();
        let other = async {
            crate::support::until(|| vendor.heard().len() == 1).await;
            let answer = worker.ask("GET", crate::support::CSS, "", "").await;
            (answer.status, began_at.elapsed())
        };
        let (answer, (status, after)) = tokio::join!(worker.ask("POST", SES, "", "{}"), other);
        assert_eq!((answer.status, answer.reason()), (504, Some("vendor-timeout")));
        assert!(began_at.elapsed() < Duration::from_secs(12), "{:?}", began_at.elapsed());
        assert!(status == 200 && after < Duration::from_secs(5), "{after:?}");
    }
}

#[tokio::test]
async fn a_body_that_is_longer_than_any_call_reaches_nothing() {
    let vendor = Vendor::start(Reply::json("", "{}")).await;
    let worker = before(&vendor);
    for length in [65_536, 65_537] {
        let answer = worker.ask("POST", SES, "", &"x".repeat(length)).await;
        let expected = if length > 65_536 { (400, Some("bad-request")) } else { (200, None) };
        assert_eq!((answer.status, answer.reason()), expected);
    }
    assert_eq!(vendor.heard().len(), 1);
}
