//! What the scripts of a page still hold when the garbage is collected: the texts of Chromium's heap, and what stands
//! in fields, also in those that are in no document any more. Bytes are not in it.
//!
//! A snapshot comes as events, which WebDriver does not pass on, so this listens to the browser itself.
//! <https://chromedevtools.github.io/devtools-protocol/tot/HeapProfiler/>

use std::collections::BTreeMap;

use futures_util::{FutureExt, StreamExt};
use serde::Deserialize;
use serde_json::{Value, json};
use thirtyfour::WebDriver;
use thirtyfour::cdp::{CdpEvent, CdpSession};

/// Everything that the scripts of a page hold, as texts with where they are.
pub struct Held(Vec<(&'static str, String)>);

/// A text that is split among joined strings is found when it is not longer than this.
const SPLIT_AT_MOST: usize = 4096;

impl Held {
    /// Looks at the only window of the browser.
    pub async fn by(driver: &WebDriver) -> Self {
        let session = driver.cdp().connect().await.expect("Chromium lets itself be examined");
        tell(&session, "HeapProfiler.collectGarbage", json!({})).await;
        let snapshot = snapshot(&session).await;
        let mut held: Vec<(&str, String)> =
            snapshot.joined().into_iter().map(|text| ("a joined string", text)).collect();
        held.extend(snapshot.strings.into_iter().map(|text| ("a string", text)));
        held.extend(fields(&session).await.into_iter().map(|text| ("a field", text)));
        session.detach().await.expect("Chromium goes on alone");
        Held(held)
    }

    /// Where any of these texts is, with what is around it.
    pub fn places_of(&self, texts: &[String]) -> Vec<String> {
        let mut found = Vec::new();
        for (place, held) in &self.0 {
            for text in texts.iter().filter(|text| held.contains(text.as_str())) {
                let around: String = held.replace(text, "•••").chars().take(120).collect();
                found.push(format!("{place}: {around}"));
            }
        }
        found
    }
}

/// A part of a snapshot's text.
#[derive(Debug, Clone, Deserialize)]
struct Part {
    chunk: String,
}

impl CdpEvent for Part {
    const METHOD: &'static str = "HeapProfiler.addHeapSnapshotChunk";
}

async fn tell(session: &CdpSession, method: &str, parameters: Value) -> Value {
    session.send_raw(method, parameters).await.unwrap_or_else(|error| panic!("{method}: {error}"))
}

async fn snapshot(session: &CdpSession) -> Snapshot {
    let mut parts = session.subscribe::<Part>().await.expect("Chromium tells its heap");
    let mut taken = std::pin::pin!(tell(session, "HeapProfiler.takeHeapSnapshot", json!({})));
    let mut text = String::new();
    loop {
        tokio::select! {
            biased;
            Some(part) = parts.next() => text.push_str(&part.chunk),
            _ = &mut taken => break,
        }
    }
    // All parts come before the command is over.
    while let Some(Some(part)) = parts.next().now_or_never() {
        text.push_str(&part.chunk);
    }
    serde_json::from_str(&text).expect("a whole snapshot")
}

/// What stands in each field that is alive.
async fn fields(session: &CdpSession) -> Vec<String> {
    let prototype = json!({ "expression": "HTMLInputElement.prototype" });
    let prototype = tell(session, "Runtime.evaluate", prototype).await;
    let query = json!({ "prototypeObjectId": prototype["result"]["objectId"], "objectGroup": "held" });
    let objects = tell(session, "Runtime.queryObjects", query).await;
    let read = json!({
        "objectId": objects["objects"]["objectId"],
        "functionDeclaration": "function () { return this.map((e) => `${e.value}\n${e.defaultValue}`); }",
        "returnByValue": true,
    });
    let texts = tell(session, "Runtime.callFunctionOn", read).await;
    tell(session, "Runtime.releaseObjectGroup", json!({ "objectGroup": "held" })).await;
    serde_json::from_value(texts["result"]["value"].clone()).unwrap_or_else(|_| panic!("{texts}"))
}

/// A snapshot as V8 writes it: nodes and edges are rows of numbers, one row after the other.
#[derive(Deserialize)]
struct Snapshot {
    snapshot: About,
    nodes: Vec<u64>,
    edges: Vec<u64>,
    strings: Vec<String>,
}

#[derive(Deserialize)]
struct About {
    meta: Meta,
}

#[derive(Deserialize)]
struct Meta {
    node_fields: Vec<String>,
    node_types: Vec<Value>,
    edge_fields: Vec<String>,
}

/// The two strings that each joined one consists of, by the places of their nodes.
type Halves = BTreeMap<usize, [usize; 2]>;

impl Snapshot {
    /// A string that was put together from two is kept as these two: the text around each seam.
    fn joined(&self) -> Vec<String> {
        let halves = self.halves();
        assert!(!halves.is_empty(), "some strings are joined");
        let around = |[first, second]: &[usize; 2]| {
            let (mut before, after) =
                (self.parts(&halves, *first, true), self.parts(&halves, *second, false));
            before.reverse();
            [before, after].concat().concat()
        };
        halves.values().map(around).collect()
    }

    fn halves(&self) -> Halves {
        let Meta { node_fields, node_types, edge_fields } = &self.snapshot.meta;
        let kinds = node_types[0].as_array().expect("the types of nodes");
        let joined = kinds.iter().position(|kind| kind == "concatenated string").expect("a type") as u64;
        let [kind, edge_count] = ["type", "edge_count"].map(|field| place(node_fields, field));
        let [name, to_node] = ["name_or_index", "to_node"].map(|field| place(edge_fields, field));
        let mut edges = self.edges.chunks(edge_fields.len());
        let mut halves = Halves::new();
        for (nth, node) in self.nodes.chunks(node_fields.len()).enumerate() {
            let mut pair = [None; 2];
            for edge in edges.by_ref().take(node[edge_count] as usize) {
                match self.strings.get(edge[name] as usize).map(String::as_str) {
                    Some("first") => pair[0] = Some(edge[to_node] as usize),
                    Some("second") => pair[1] = Some(edge[to_node] as usize),
                    _ => {}
                }
            }
            if let (true, [Some(first), Some(second)]) = (node[kind] == joined, pair) {
                halves.insert(nth * node_fields.len(), [first, second]);
            }
        }
        halves
    }

    /// The parts that a string begins with, or those that it ends with, `backwards` from its end.
    fn parts(&self, halves: &Halves, node: usize, backwards: bool) -> Vec<&str> {
        let name = place(&self.snapshot.meta.node_fields, "name");
        let (mut parts, mut length, mut open) = (Vec::new(), 0, vec![node]);
        while let Some(node) = open.pop().filter(|_| length < SPLIT_AT_MOST) {
            match halves.get(&node) {
                Some([first, second]) if backwards => open.extend([first, second]),
                Some([first, second]) => open.extend([second, first]),
                None => {
                    let text = self.strings[self.nodes[node + name] as usize].as_str();
                    length += text.len();
                    parts.push(text);
                }
            }
        }
        parts
    }
}

fn place(fields: &[String], name: &str) -> usize {
    fields.iter().position(|field| field == name).unwrap_or_else(|| panic!("no field {name}"))
}
