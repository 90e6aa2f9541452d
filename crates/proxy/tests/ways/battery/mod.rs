//! Attempts to make the proxy do what it must not: to change something on a cloud, or to reach what is not a
//! vendor. Every vector is written byte by byte to a running proxy, between canaries that note every byte.
//!
//! `cargo xtask battery` prints the table, and with `--beside` what an open proxy makes of the same attempts.

mod beside;
mod changes;
mod elsewhere;
mod mutating;
mod wire;

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use rollwatch_core::http::Method;
use rollwatch_core::provider::{Catalogue, ROUTES};
use tokio::time::timeout;

use crate::support::{CDSS, CSS, HOLO, Reply, SES, Vendor};
use crate::way::{Door, Way};
use beside::OpenProxy;

/// A name that the proxy answers to.
const HOST: &str = "localhost";

/// What may reach a vendor beside `host` and the framing of the body.
const HEADERS: [&str; 18] = [
    "accept",
    "accept-encoding",
    "authorization",
    "content-length",
    "content-type",
    "host",
    "x-acs-action",
    "x-acs-content-sha256",
    "x-acs-date",
    "x-acs-security-token",
    "x-acs-signature-nonce",
    "x-acs-version",
    "x-auth-token",
    "x-ncp-apigw-timestamp",
    "x-ncp-iam-access-key",
    "x-project-id",
    "x-sdk-date",
    "x-security-token",
];

/// One attempt.
pub struct Vector {
    pub class: &'static str,
    pub request: Vec<u8>,
    /// How many calls of the catalogue stand in the request beside the attempt. The vendor may hear as many.
    pub calls: usize,
    /// The same attempt as an open proxy takes it: method, and what follows the address of the canary.
    pub open: Option<(String, String)>,
}

impl Vector {
    pub fn refused(class: &'static str, request: impl Into<Vec<u8>>) -> Self {
        Vector::with_calls(class, request, 0)
    }

    pub fn with_calls(class: &'static str, request: impl Into<Vec<u8>>, calls: usize) -> Self {
        Vector { class, request: request.into(), calls, open: None }
    }

    pub fn through_an_open_proxy(self, method: &str, target: &str) -> Self {
        Vector { open: Some((method.to_owned(), target.to_owned())), ..self }
    }

    /// The request, cut to what fits into the message of a failed test.
    fn shown(&self) -> String {
        cut(&String::from_utf8_lossy(&self.request))
    }
}

fn cut(text: &str) -> String {
    text.chars().take(300).flat_map(char::escape_default).collect()
}

/// What became of the vectors of one class.
#[derive(Default)]
pub struct Row {
    pub vectors: usize,
    /// How many made a canary hear something.
    pub reached: usize,
    /// The same attempts through an open proxy: how many were made, and how many were heard.
    pub beside: (usize, usize),
}

#[derive(Default)]
pub struct Table {
    pub rows: BTreeMap<&'static str, Row>,
    pub faults: Vec<String>,
}

impl Table {
    /// Counts a vector; `fault` says what was wrong with its outcome.
    pub fn count(&mut self, class: &'static str, reached: bool, fault: Option<String>) {
        let row = self.rows.entry(class).or_default();
        row.vectors += 1;
        row.reached += usize::from(reached);
        self.faults.extend(fault.map(|fault| format!("{class}: {fault}")));
    }

    /// Counts an attempt through the open proxy.
    pub fn count_beside(&mut self, class: &'static str, reached: bool) {
        let (made, heard) = &mut self.rows.entry(class).or_default().beside;
        *made += 1;
        *heard += usize::from(reached);
    }

    fn print(&self, passed: usize, beside: bool) {
        let other = if beside { "  cors-anywhere 0.4.4" } else { "" };
        println!("\n{:<28} {:>8} {:>8}{other}", "class", "vectors", "reached");
        for (class, Row { vectors, reached, beside: (made, heard) }) in &self.rows {
            let other = if *made > 0 { format!("  {heard} of {made}") } else { String::new() };
            println!("{class:<28} {vectors:>8} {reached:>8}{other}");
        }
        let (vectors, reached) = self.sums();
        println!("{:<28} {vectors:>8} {reached:>8}", "all");
        println!("calls of the catalogue that passed: {passed}");
    }

    fn sums(&self) -> (usize, usize) {
        self.rows.values().fold((0, 0), |(a, b), row| (a + row.vectors, b + row.reached))
    }
}

/// Whether a request that a vendor heard is a whole call of the catalogue and nothing besides.
pub fn is_a_call(heard: &str) -> bool {
    let Some((head, body)) = heard.split_once("\r\n\r\n") else { return false };
    let mut lines = head.split("\r\n");
    let line = lines.next().unwrap_or_default();
    let shared =
        ["GET /v1.0/p1/clusters HTTP/1.1", "GET /v1.0/p1/clusters/c1 HTTP/1.1", "GET /v3/projects HTTP/1.1"];
    let of = |method: &str, whole: &str| {
        let rest = whole.strip_prefix("/proxy/").unwrap_or_default();
        line == format!("{method} {} HTTP/1.1", &rest[rest.find('/').unwrap_or(0)..])
    };
    let known =
        shared.contains(&line) || of("POST", SES) || of("POST", CDSS) || of("GET", CSS) || of("GET", HOLO);
    let (mut length, mut names) = (0, BTreeSet::new());
    let fits = lines.all(|line| {
        let Some((name, value)) = line.split_once(": ") else { return false };
        let name = name.to_lowercase();
        if name == "content-length" {
            length = value.parse().unwrap_or(usize::MAX);
        }
        HEADERS.contains(&name.as_str()) && !value.contains(['\r', '\n', '\0']) && names.insert(name)
    });
    known && fits && body.len() == length
}

/// Sends a vector and says what is wrong with what came of it.
async fn try_one(proxy: &Door, vendor: &Vendor, vector: &Vector) -> (bool, Option<String>) {
    let (before, bytes, connections) = (vendor.heard().len(), vendor.bytes(), vendor.connections());
    let Ok(statuses) = timeout(Duration::from_secs(20), proxy.statuses(&vector.request)).await else {
        return (false, Some(format!("no end: {}", vector.shown())));
    };
    let heard: Vec<_> = vendor.heard().split_off(before);
    let whole: usize = heard.iter().map(String::len).sum();
    let strange = heard.iter().find(|request| !is_a_call(request));
    let too_many = heard.len() > vector.calls && !Way::now().is_read_before();
    if strange.is_some() || too_many || vendor.bytes() - bytes != whole {
        return (true, Some(format!("{} was heard as {}", vector.shown(), cut(&format!("{heard:?}")))));
    }
    if heard.is_empty() && vector.calls == 0 && vendor.connections() > connections {
        return (true, Some(format!("{} made a connection", vector.shown())));
    }
    let good = statuses.iter().filter(|status| (200..300).contains(*status)).count();
    // A preflight and a question about health are answered and reach nobody.
    let harmless =
        usize::from(vector.request.starts_with(b"OPTIONS") || vector.request.starts_with(b"GET /healthz"));
    let fault = (good > heard.len() + harmless).then(|| format!("{statuses:?} to {}", vector.shown()));
    (false, fault)
}

/// How many proxies are attacked at once, each with a canary of its own.
const LANES: usize = 4;

/// Sends one lane's share of all vectors, first those that no call may come of: then there is no connection yet
/// that the proxy keeps, and none may be made.
async fn lane(nth: usize) -> Vec<(Vector, bool, Option<String>)> {
    let vendor = Vendor::start(Reply::json("", "{}")).await;
    let proxy = Door::quick(&vendor).await;
    let all = [changes::vectors(), wire::vectors(), elsewhere::vectors(vendor.at)];
    let share = all.into_iter().flatten().enumerate().filter(|(place, _)| place % LANES == nth);
    let (refused, others): (Vec<_>, Vec<_>) =
        share.map(|(_, vector)| vector).partition(|vector| vector.calls == 0);
    let mut tried = Vec::new();
    for vector in refused {
        let (reached, fault) = try_one(&proxy, &vendor, &vector).await;
        tried.push((vector, reached, fault));
    }
    // One that came late would belong to a vector from before.
    if Way::now() == Way::Program && vendor.connections() > 0 {
        let made = format!("{} connections were made", vendor.connections());
        tried.push((Vector::refused("all refused", ""), true, Some(made)));
    }
    for vector in others {
        let (reached, fault) = try_one(&proxy, &vendor, &vector).await;
        tried.push((vector, reached, fault));
    }
    tried
}

/// Every route of the catalogue at every endpoint; returns how many passed, and those that did not.
async fn calls_of_the_catalogue() -> (usize, Vec<String>) {
    let vendor = Vendor::start(Reply::json("", "{}")).await;
    let proxy = Door::before(&vendor).await;
    let (mut passed, mut faults) = (0, Vec::new());
    for endpoint in Catalogue::built_in().endpoints() {
        let own = |route: &&rollwatch_core::provider::Route| {
            (route.service, route.purpose) == (endpoint.service, endpoint.purpose)
        };
        for route in ROUTES.iter().filter(own) {
            let (method, body) = match route.method {
                Method::Get => ("GET", ""),
                Method::Post => ("POST", "{\"a\":1}"),
            };
            let query: Vec<_> = route.query.iter().map(|name| format!("{name}=1")).collect();
            let mark = if query.is_empty() { "" } else { "?" };
            let path = route.path.replace("{id}", "x-1");
            let target = format!("{}{path}{mark}{}", endpoint.prefix, query.join("&"));
            let pins: String =
                route.pinned_headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
            let answer = proxy.ask(method, &format!("/proxy/{}{target}", endpoint.id()), &pins, body).await;
            let heard = vendor.heard();
            let last = heard.last().map_or("", String::as_str);
            let line = format!("{method} {target} HTTP/1.1\r\n");
            let host = format!("\r\nhost: {}\r\n", endpoint.host.to_lowercase());
            if answer.status == 200
                && last.starts_with(&line)
                && last.to_lowercase().contains(&host)
                && last.ends_with(body)
            {
                passed += 1;
            } else {
                faults.push(format!("{method} {target} at {}: {}", endpoint.id(), answer.status));
            }
        }
    }
    (passed, faults)
}

#[tokio::test]
async fn no_attempt_of_the_battery_reaches_a_canary_and_every_call_of_the_catalogue_passes() {
    let open = OpenProxy::start().await;
    let mut table = Table::default();
    for (vector, reached, fault) in
        futures_util::future::join_all((0..LANES).map(lane)).await.into_iter().flatten()
    {
        table.count(vector.class, reached, fault);
        if let (Some(open), Some((method, target))) = (&open, &vector.open) {
            let reached = open.reaches(method, target).await;
            table.count_beside(vector.class, reached);
        }
    }
    if Way::now() == Way::Program {
        // The others have their names looked up by nginx and by the CDN.
        elsewhere::addresses(&mut table, open.as_ref()).await;
    }
    elsewhere::redirects(&mut table, open.as_ref()).await;
    let (passed, refused) = calls_of_the_catalogue().await;
    table.print(passed, open.is_some());
    let (vectors, reached) = table.sums();
    assert_eq!(table.faults, Vec::<String>::new());
    assert_eq!((reached, refused), (0, Vec::new()));
    assert!(vectors >= 300 && passed > ROUTES.len(), "{vectors} vectors, {passed} calls");
}

/// A battery whose canary heard nothing because it cannot hear would pass with any proxy.
#[tokio::test]
async fn the_canary_hears_what_reaches_it_and_a_stray_byte_is_no_call() {
    let vendor = Vendor::start(Reply::json("", "{}")).await;
    let proxy = Door::before(&vendor).await;
    let call = format!("POST {SES} HTTP/1.1\r\nHost: {HOST}\r\nConnection: close\r\n\r\n");
    let (reached, fault) = try_one(&proxy, &vendor, &Vector::refused("control", call.clone())).await;
    // Behind a server that reads requests before, a whole call of the catalogue is no finding.
    assert_eq!(reached && fault.is_some(), !Way::now().is_read_before());
    assert_eq!(try_one(&proxy, &vendor, &Vector::with_calls("control", call, 1)).await, (false, None));
    let heard = vendor.heard().pop().expect("it was heard");
    assert!(is_a_call(&heard));
    assert!(!is_a_call(&format!("{heard}x")), "a byte behind the body");
    assert!(!is_a_call(&heard.replacen("\r\n", "\r\ncookie: a\r\n", 1)), "a header that must stay behind");
    assert!(!is_a_call(&heard.replace("getRollingUpgradeProgress", "rollingUpgradeCluster")), "another path");
}
