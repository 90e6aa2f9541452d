//! Calls that change something: as they are, by every method, and with the tricks that hide a path.

use super::mutating::{MUTATING, Mutating, SHARED};
use super::{HOST, Vector};
use crate::support::{CDSS, CSS, HOLO, SES};

const METHODS: [&str; 12] =
    ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "post", "Post", "get", "pUT", "PROPFIND"];

pub fn vectors() -> Vec<Vector> {
    let mut all = Vec::new();
    for call in &MUTATING {
        let target = format!("{}{}", call.prefix, call.path);
        all.extend(METHODS.iter().map(|method| vector("mutating calls", call, method, &target)));
        if !METHODS.contains(&call.method) {
            all.push(vector("mutating calls", call, call.method, &target));
        }
        for hidden in hidden(&target) {
            all.push(vector("hidden in the path", call, call.method, &hidden));
        }
        for behind in behind_a_read(call) {
            all.push(vector("behind a read", call, call.method, &behind));
            all.push(vector("behind a read", call, reading(call).0, &behind));
        }
        all.extend(named_as_a_read(call, &target));
    }
    for call in &SHARED {
        let target = format!("{}{}", call.prefix, call.path);
        all.push(vector("mutating calls", call, call.method, &target));
        for method in METHODS.iter().filter(|method| **method != "GET") {
            all.push(vector("mutating calls", call, method, &target));
        }
        // By its own method nothing passes; by GET, what a server on the way makes of it may be the read.
        for hidden in hidden(&target).into_iter().chain(behind_a_read(call)) {
            all.push(vector("hidden in the path", call, call.method, &hidden));
        }
        all.extend(overridden(call, &target));
    }
    all
}

fn vector(class: &'static str, call: &Mutating, method: &str, target: &str) -> Vector {
    let action = call.action.map(|action| format!("X-Acs-Action: {action}\r\nX-Acs-Version: 2022-06-01\r\n"));
    let Mutating { at, .. } = call;
    let head = format!(
        "{method} /proxy/{at}{target} HTTP/1.1\r\nHost: {HOST}\r\nConnection: close\r\n\
         Content-Type: application/json\r\n{}\r\n",
        action.unwrap_or_default()
    );
    Vector::refused(class, head).through_an_open_proxy(method, target)
}

/// The same target, written in ways that some server on the way might read as it.
fn hidden(target: &str) -> Vec<String> {
    let path = target.split('?').next().unwrap_or(target);
    let (before, last) = path.rsplit_once('/').expect("a path");
    let letter = |byte: u8, percent: &str| format!("{percent}{byte:02x}");
    let first = last.bytes().next().unwrap_or(b'x');
    let rest = last.get(1..).unwrap_or("");
    let between = |text: &str| format!("{before}{text}{last}");
    let after = |text: &str| format!("{path}{text}");
    vec![
        format!("{before}/{}{rest}", letter(first, "%")),
        format!("{before}/{}{rest}", letter(first, "%25")),
        between("%2F"),
        between("%2f"),
        between("%252F"),
        between("\\"),
        between("%5C"),
        between("//"),
        between("/./"),
        between("/%2e/"),
        between("/x/../"),
        between("/x/%2e%2e/"),
        between("/x/.%2E/"),
        between("/x/%252e%252e/"),
        between("/x/..;/"),
        between("/x%2f..%2f"),
        between("/;a=1/"),
        between("%c0%af"),
        between("%ef%bc%8f"),
        between("/%09"),
        format!("{before}/{}", last.to_uppercase()),
        format!("{before}/{}", last.to_lowercase()),
        format!("{before}/{}{rest}", char::from(first).to_ascii_uppercase()),
        format!("{before}/{}", turned(last)),
        format!("{}/{last}", before.to_uppercase()),
        format!("{}/{last}", turned(before)),
        path.to_uppercase(),
        turned(path),
        after("/"),
        after("//"),
        after("/."),
        after("/.."),
        after(";x=1"),
        after("%00"),
        after("%20"),
        after("%3f"),
        after("%23"),
        after("%0d%0aX: y"),
        after(".json"),
        after("?"),
        after("?x=1"),
        after("#x"),
        format!("/.{path}"),
        format!("/{path}"),
        format!("/%2e{path}"),
    ]
}

/// A text with every letter in the other case.
fn turned(text: &str) -> String {
    let other = |c: char| if c.is_lowercase() { c.to_ascii_uppercase() } else { c.to_ascii_lowercase() };
    text.chars().map(other).collect()
}

/// The call of the catalogue at the same service: its method and its target.
fn reading(call: &Mutating) -> (&'static str, String) {
    let (method, whole) = match call.at.split(['.', '~']).next() {
        Some("ncp_search_engine") => ("POST", SES),
        Some("ncp_data_streaming") => ("POST", CDSS),
        Some("huawei_css") => ("GET", CSS),
        _ => ("GET", HOLO),
    };
    let target = whole.strip_prefix("/proxy/").and_then(|rest| rest.find('/').map(|slash| &rest[slash..]));
    (method, target.expect("a target").to_owned())
}

/// A path that begins as a call of the catalogue and would end elsewhere once it is resolved.
fn behind_a_read(call: &Mutating) -> Vec<String> {
    let target = format!("{}{}", call.prefix, call.path);
    let (_, read) = reading(call);
    let up = "/..".repeat(read.matches('/').count());
    let encoded = up.replace("..", "%2e%2e");
    let closed = up.replace('/', "%2f");
    vec![
        format!("{read}{up}{target}"),
        format!("{read}{encoded}{target}"),
        format!("{read}{closed}{target}"),
        format!("{read}?{up}{target}"),
        format!("{read}?x={target}"),
        format!("{read};{target}"),
        format!("{read}%00{target}"),
        format!("{read}%0d%0a{target}"),
        format!("{read}{}{target}", up.replace("..", "..;")),
    ]
}

/// Alibaba's actions are named in a header beside the path: the name of a read opens no other path, and the
/// path of a read opens no other name.
fn named_as_a_read(call: &Mutating, target: &str) -> Vec<Vector> {
    let Some(action) = call.action else { return Vec::new() };
    let ask = |method: &str, target: &str, actions: &str| {
        let head = format!(
            "{method} /proxy/{}{target} HTTP/1.1\r\nHost: {HOST}\r\nConnection: close\r\n{actions}\r\n",
            call.at
        );
        Vector::refused("another action", head)
    };
    let (_, read) = reading(call);
    let read_action = "X-Acs-Action: GetUpgradeStatus\r\nX-Acs-Version: 2022-06-01\r\n";
    let own = format!("X-Acs-Action: {action}\r\nX-Acs-Version: 2022-06-01\r\n");
    let both = format!("X-Acs-Action: GetUpgradeStatus\r\n{own}");
    let turned = format!("{own}X-Acs-Action: GetUpgradeStatus\r\n");
    let padded = format!("X-Acs-Action: GetUpgradeStatus,{action}\r\nX-Acs-Version: 2022-06-01\r\n");
    let version = format!("{}X-Acs-Version: 2014-05-26\r\n", read_action.replace("2022-06-01", "2022-06-02"));
    let mut all = vec![ask(call.method, target, read_action), ask("GET", target, read_action)];
    all.extend([own, both, turned, padded, version].iter().map(|actions| ask("GET", &read, actions)));
    all.push(ask("GET", &format!("{read}?Action={action}"), read_action));
    all.push(ask("GET", &read, &read_action.replace("Action", "Acti\u{f6}n")));
    all
}

/// GET is allowed here, so a header that turns it into something else must stay behind: the vendor may hear
/// the read and nothing of the header.
fn overridden(call: &Mutating, target: &str) -> Vec<Vector> {
    let names = ["X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override", "_method"];
    let vector = |name: &&str| {
        let head = format!(
            "GET /proxy/{}{target} HTTP/1.1\r\nHost: {HOST}\r\nConnection: close\r\n{name}: {}\r\n\r\n",
            call.at, call.method
        );
        Vector::with_calls("another method by a header", head, 1)
    };
    names.iter().map(vector).collect()
}
