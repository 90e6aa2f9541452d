//! Requests whose bytes two servers might read differently: framing, lines, headers, upgrades, pipelines, and
//! whatever is larger than any call.

use std::collections::BTreeSet;

use super::mutating::{MUTATING, Mutating};
use super::{HOST, Vector};
use crate::support::{CSS, HOLO, HOLO_ACTION, SES};

pub fn vectors() -> Vec<Vector> {
    let calls = one_of_each();
    let hiding = [framing, lines, rewritten, upgrades, pipelines, oversized];
    let hidden = hiding.into_iter().flat_map(|hide| calls.iter().flat_map(move |call| hide(call)));
    hidden.chain(headers()).chain(large_reads()).collect()
}

/// A call for every kind of endpoint and every method by which something is changed there.
fn one_of_each() -> Vec<&'static Mutating> {
    let mut seen = BTreeSet::new();
    let kind = |call: &Mutating| (call.at.split('.').next(), call.method);
    MUTATING.iter().filter(|call| seen.insert(kind(call))).collect()
}

fn target(call: &Mutating) -> String {
    format!("/proxy/{}{}{}", call.at, call.prefix, call.path)
}

/// A mutating call as a client would write it, to be hidden in something else.
fn hidden(call: &Mutating) -> String {
    let action = call
        .action
        .map_or(String::new(), |action| format!("X-Acs-Action: {action}\r\nX-Acs-Version: 2022-06-01\r\n"));
    format!("{} {} HTTP/1.1\r\nHost: {HOST}\r\n{action}Content-Length: 0\r\n\r\n", call.method, target(call))
}

/// A head whose body's end is in doubt, with a mutating call where one of the two readings ends.
fn framing(call: &Mutating) -> Vec<Vector> {
    let hidden = hidden(call);
    let size = hidden.len();
    let chunk = format!("{size:x}\r\n{hidden}\r\n0\r\n\r\n");
    let both = |te: &str| format!("Content-Length: 4\r\n{te}\r\n\r\n0\r\n\r\n{hidden}");
    let lengths = |length: &str| format!("{length}\r\n\r\n{hidden}");
    let mut bodies: Vec<String> = [
        "Transfer-Encoding: chunked",
        "Transfer-Encoding: Chunked",
        "Transfer-Encoding : chunked",
        "Transfer-Encoding:\tchunked",
        "Transfer-Encoding: xchunked",
        "Transfer-Encoding: chunked, identity",
        "Transfer-Encoding: identity, chunked",
        "Transfer-Encoding: gzip, chunked",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: x",
        "Transfer-Encoding: x\r\nTransfer-Encoding: chunked",
        "Transfer-Encoding:\r\n chunked",
        "Transfer-Encoding: \"chunked\"",
        "Transfer-Encoding: chunked;x=1",
        "X: y\nTransfer-Encoding: chunked",
        "Transfer_Encoding: chunked",
        "TE: trailers\r\nTransfer-Encoding: chunked",
    ]
    .iter()
    .map(|te| both(te))
    .collect();
    bodies.extend(
        [
            "Content-Length: 0\r\nContent-Length: 5",
            "Content-Length: 5\r\nContent-Length: 0",
            "Content-Length: 0\r\ncontent-length: 0",
            "Content-Length: 0, 0",
            "Content-Length: 0,5",
            "Content-Length: +0",
            "Content-Length: -1",
            "Content-Length: 0x0",
            "Content-Length: 0.0",
            "Content-Length: 1e0",
            "Content-Length: ",
            "Content-Length: 99999999999999999999999",
            "Content-Length: 18446744073709551616",
            "Content-Length : 0",
            "Content-Length:\r\n 0",
            "Content_Length: 0\r\nContent-Length: 0 0",
        ]
        .iter()
        .map(|length| lengths(length)),
    );
    bodies.extend([
        format!("Transfer-Encoding: chunked\r\n\r\n{chunk}"),
        format!("Transfer-Encoding: chunked\r\n\r\n2\r\n{{}}\r\n0\r\nX-Trailer: y\r\n\r\n{hidden}"),
        format!("Transfer-Encoding: chunked\r\n\r\n2;a=\"\n\r\n{{}}\r\n0\r\n\r\n{hidden}"),
        format!("Transfer-Encoding: chunked\r\n\r\nffffffffffffffff1\r\n{hidden}"),
        format!("Transfer-Encoding: chunked\r\n\r\n-1\r\n{hidden}"),
        format!("Transfer-Encoding: chunked\r\n\r\n0\n\n{hidden}"),
    ]);
    let at = |method: &str, target: &str, more: &str| {
        bodies
            .iter()
            .map(|body| format!("{method} {target} HTTP/1.1\r\nHost: {HOST}\r\n{more}{body}"))
            .collect::<Vec<_>>()
    };
    let all = [at("POST", SES, ""), at("GET", CSS, ""), at("GET", HOLO, HOLO_ACTION)].concat();
    // A header that is none (`Content_Length`) leaves a plain call, which may pass.
    all.into_iter().map(|request| Vector::with_calls("framing", request, 1)).collect()
}

/// Lines that end, begin or continue in odd ways.
fn lines(call: &Mutating) -> Vec<Vector> {
    let (method, target) = (call.method, target(call));
    let ses = format!("POST {SES} HTTP/1.1");
    let restart = format!("{method} {target} HTTP/1.1");
    let mut all = Vec::new();
    for line in [&ses, &restart] {
        for rest in [
            format!("\nHost: {HOST}\n\n"),
            format!("\nHost: {HOST}\nX: y\n\r\n"),
            format!("\rHost: {HOST}\r\r"),
            format!("\r\nHost: {HOST}\r\r{restart}\r\n\r\n"),
            format!("\r\n Host: {HOST}\r\n\r\n"),
            format!("\r\nHost: {HOST}\r\nX: a\r\n b\r\n\r\n"),
            format!("\r\nHost: {HOST}\r\nX: a\r\n\tb: c\r\n\r\n"),
            format!("\r\nHost : {HOST}\r\n\r\n"),
            format!("\r\nHost: {HOST}\r\nX : y\r\n\r\n"),
            format!("\r\nHost: {HOST}\r\nX\r\n\r\n"),
            format!("\r\nHost: {HOST}\r\n: y\r\n\r\n"),
            format!("\r\nHost: {HOST}\r\nX\0: y\r\n\r\n"),
            format!("\r\nHost: {HOST}\r\nX: \0\r\n\r\n"),
            format!("\r\nHost: {HOST}\r\nX: a\r{restart}\r\n\r\n"),
            format!("\r\nHost: {HOST}\r\nX: a\n\n{}", hidden(call)),
            format!("\r\nHost: {HOST}\r\nX(y): z\r\n\r\n"),
            format!("\r\nHost: {HOST}\r\nX\u{e9}: z\r\n\r\n"),
        ] {
            all.push(format!("{line}{rest}"));
        }
    }
    let host = format!("Host: {HOST}\r\n\r\n");
    for line in [
        format!("{method}  {target} HTTP/1.1\r\n"),
        format!("{method}\t{target}\tHTTP/1.1\r\n"),
        format!(" {method} {target} HTTP/1.1\r\n"),
        format!("\r\n\r\n{method} {target} HTTP/1.1\r\n"),
        format!("{method} {target}\r\n"),
        format!("{method} {target} HTTP/0.9\r\n"),
        format!("{method} {target} HTTP/1.0\r\n"),
        format!("{method} {target} HTTP/1.2\r\n"),
        format!("{method} {target} HTTP/2.0\r\n"),
        format!("{method} {target} HTTP/1.1 \r\n"),
        format!("{method} {target} HTTP/1.1 HTTP/1.1\r\n"),
        format!("{method} {target} http/1.1\r\n"),
        format!("POST {SES} {target} HTTP/1.1\r\n"),
        format!("POST {SES}\u{a0}HTTP/1.1\r\n"),
        format!("POST {SES} HTTP/1.1\r\nHost: {HOST}\r\n\r\n{method} {target}\r\n"),
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_owned(),
        "\u{16}\u{3}\u{1}\0\u{5}".to_owned(),
        String::new(),
    ] {
        all.push(format!("{line}{host}"));
    }
    all.into_iter().map(|request| Vector::with_calls("lines", request, 1)).collect()
}

/// Headers by which some servers take another address or method than those of the request's line.
fn rewritten(call: &Mutating) -> Vec<Vector> {
    let (method, target) = (call.method, target(call));
    let headers = [
        format!("X-Original-URL: {target}"),
        format!("X-Original-URL: {target}\r\nX-HTTP-Method-Override: {method}"),
        format!("X-Rewrite-URL: {target}"),
        format!("X-Forwarded-Path: {target}"),
        format!("X-Forwarded-Uri: {target}\r\nX-Forwarded-Method: {method}"),
    ];
    let read =
        |header| format!("POST {SES} HTTP/1.1\r\nHost: {HOST}\r\nConnection: close\r\n{header}\r\n\r\n");
    headers.into_iter().map(|header| Vector::with_calls("headers", read(header), 1)).collect()
}

/// Headers that name another place or another client, and those that come twice.
fn headers() -> Vec<Vector> {
    let mut all = Vec::new();
    for header in [
        "X-Forwarded-Host: localhost".to_owned(),
        "X-Forwarded-Server: localhost".to_owned(),
        "X-Forwarded-Prefix: /../..".to_owned(),
        "X-Forwarded-For: 127.0.0.1".to_owned(),
        "Forwarded: for=127.0.0.1;host=localhost".to_owned(),
        "X-Real-IP: 127.0.0.1".to_owned(),
        "X-Host: localhost".to_owned(),
        "Via: 1.1 x".to_owned(),
        "Max-Forwards: 0".to_owned(),
        "Connection: Authorization, X-Ncp-Apigw-Signature-V2".to_owned(),
        "Proxy-Connection: keep-alive".to_owned(),
        "Proxy-Authorization: Basic eDp5".to_owned(),
        "Keep-Alive: timeout=999".to_owned(),
        "Cookie: a=b".to_owned(),
        "Referer: http://127.0.0.1/".to_owned(),
        "Range: bytes=0-0".to_owned(),
        "If-None-Match: *".to_owned(),
        "Accept-Encoding: gzip, br".to_owned(),
        "Trailer: Content-Length".to_owned(),
        "X-Acs-Credentials-Provider: x".to_owned(),
        "X-Apig-Mode: debug".to_owned(),
    ] {
        all.push(format!("POST {SES} HTTP/1.1\r\nHost: {HOST}\r\nConnection: close\r\n{header}\r\n\r\n"));
    }
    for (host, line) in [
        ("Host: evil.example", SES),
        ("Host: 169.254.169.254", SES),
        ("Host: localhost\r\nHost: vpcsearchengine.apigw.ntruss.com", SES),
        ("Host: localhost@evil.example", SES),
        ("Host: localhost:80:80", SES),
        ("Host: localhost evil", SES),
        ("Host:", SES),
        ("Host: vpcsearchengine.apigw.ntruss.com", "/api/v2/cluster/rollingUpgradeCluster"),
        ("X: y", SES),
    ] {
        all.push(format!("POST {line} HTTP/1.1\r\n{host}\r\nConnection: close\r\n\r\n"));
    }
    for twice in
        ["Authorization", "X-Ncp-Apigw-Timestamp", "X-Sdk-Date", "Content-Type", "Origin", "X-Auth-Token"]
    {
        let lines = format!("{twice}: a\r\n{}: b\r\n", twice.to_lowercase());
        all.push(format!("POST {SES} HTTP/1.1\r\nHost: {HOST}\r\nConnection: close\r\n{lines}\r\n"));
    }
    all.into_iter().map(|request| Vector::with_calls("headers", request, 1)).collect()
}

/// Wishes for another protocol on the same connection, with bytes of that protocol behind.
fn upgrades(call: &Mutating) -> Vec<Vector> {
    let own = format!("{} {}", call.method, target(call));
    let mut all = Vec::new();
    for (line, calls) in [(format!("POST {SES}"), 1), (own, 0)] {
        for wish in [
            "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: eA==",
            "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__",
            "Connection: Upgrade\r\nUpgrade: TLS/1.2",
            "Connection: Upgrade\r\nUpgrade: raw",
            "Expect: 100-continue\r\nContent-Length: 2",
            "Expect: 200-ok",
        ] {
            let head = format!("{line} HTTP/1.1\r\nHost: {HOST}\r\n{wish}\r\n\r\n");
            all.push(Vector::with_calls("upgrades", format!("{head}{}", hidden(call)), calls));
        }
    }
    all
}

/// A second request on the heels of a first.
fn pipelines(changing: &Mutating) -> Vec<Vector> {
    let hidden = hidden(changing);
    let host = format!("Host: {HOST}\r\n");
    let call = format!("POST {SES} HTTP/1.1\r\n{host}Content-Length: 2\r\n\r\n{{}}");
    let read = format!("GET {CSS} HTTP/1.1\r\n{host}\r\n");
    let line = format!("{} {} HTTP/1.1", changing.method, target(changing));
    let refused = format!("{line}\r\n{host}Content-Length: {}\r\n\r\n{hidden}", hidden.len());
    [
        (format!("{call}{hidden}"), 1),
        (format!("{read}{hidden}"), 1),
        (format!("{call}{hidden}{call}"), 2),
        (format!("{call}{read}{call}{hidden}"), 3),
        (format!("{hidden}{hidden}{hidden}"), 0),
        (format!("{hidden}{call}"), 1),
        (refused.clone(), 0),
        (format!("{refused}{hidden}"), 0),
        // A body is a body, whatever it looks like.
        (format!("POST {SES} HTTP/1.1\r\n{host}Content-Length: {}\r\n\r\n{hidden}", hidden.len()), 1),
        (format!("GET {CSS} HTTP/1.1\r\n{host}Content-Length: {}\r\n\r\n{hidden}", hidden.len()), 0),
        (format!("HEAD {CSS} HTTP/1.1\r\n{host}\r\n{hidden}"), 0),
        (format!("OPTIONS {SES} HTTP/1.1\r\n{host}Origin: x\r\nAccess-Control-Request-Method: POST\r\n\r\n{hidden}"), 0),
        (format!("GET /healthz HTTP/1.1\r\n{host}\r\n{hidden}"), 0),
        (format!("GET / HTTP/1.1\r\n{host}Content-Length: {}\r\n\r\n{hidden}", hidden.len()), 0),
        (format!("CONNECT localhost:443 HTTP/1.1\r\n{host}\r\n{hidden}"), 0),
        (format!("POST {SES} HTTP/1.0\r\n{host}\r\n{hidden}"), 1),
        (format!("POST {SES} HTTP/1.1\r\n{host}Connection: close\r\n\r\n{hidden}"), 1),
    ]
    .into_iter()
    .map(|(request, calls)| Vector::with_calls("pipelines", request, calls))
    .collect()
}

fn long(length: usize) -> String {
    "a".repeat(length)
}

fn many(count: usize) -> String {
    (0..count).map(|nth| format!("X-{nth}: y\r\n")).collect()
}

fn head(method: &str, target: &str, more: &str) -> String {
    format!("{method} {target} HTTP/1.1\r\nHost: {HOST}\r\nConnection: close\r\n{more}\r\n")
}

/// A mutating call with more than any call needs.
fn oversized(call: &Mutating) -> Vec<Vector> {
    let own = |more: &str| head(call.method, &target(call), more);
    [
        own(&format!("X: {}\r\n", long(20_000))),
        own(&format!("X: {}\r\n", long(40_000))),
        own(&many(90)),
        own(&many(150)),
        head(call.method, &format!("{}{}", target(call), long(10_000)), ""),
        head(call.method, &format!("{}?{}", target(call), "limit=1&".repeat(500)), ""),
        format!("{}{}", own("Content-Length: 65537\r\n"), long(65_537)),
        format!("{}{}", own("Content-Length: 1000000\r\n"), long(1_000_000)),
    ]
    .into_iter()
    .map(|request| Vector::refused("oversized", request))
    .collect()
}

/// Lines, heads and bodies of reads that no call needs.
fn large_reads() -> Vec<Vector> {
    [
        head("GET", &format!("{CSS}?limit={}", long(600)), ""),
        head("GET", &CSS.replace("c1", &long(129)), ""),
        head("GET", &CSS.replace("c1", &long(10_000)), ""),
        head("GET", &CSS.replace("c1", &long(70_000)), ""),
        head("GET", &format!("{CSS}?{}", "limit=1&".repeat(500)), ""),
        head("POST", &format!("/proxy/{}", long(20_000)), ""),
        head(&long(5_000), SES, ""),
        head("POST", SES, &format!("Authorization: {}\r\n", long(40_000))),
        head("POST", SES, &format!("X: {}\r\n", long(1_000_000))),
        head("POST", SES, &format!("{}: y\r\n", long(70_000))),
        head("POST", SES, &many(150)),
        head("POST", SES, &many(10_000)),
        head("POST", SES, "Content-Length: 65537\r\n"),
        head("POST", SES, "Content-Length: 18446744073709551615\r\n"),
        format!("{}{}", head("POST", SES, "Content-Length: 1000000\r\n"), long(1_000_000)),
        format!("{}{}", head("POST", SES, "Transfer-Encoding: chunked\r\n"), "ff\r\n".repeat(100_000)),
    ]
    .into_iter()
    .map(|request| Vector::refused("oversized", request))
    .collect()
}
