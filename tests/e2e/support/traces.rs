//! What a page leaves behind where somebody could read it later.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use rollwatch_core::sign::hex;

use super::page::Page;

/// A text in every way in which this page, a message of a vendor or a browser may write it.
pub fn forms(text: &str) -> Vec<String> {
    let bytes = text.as_bytes();
    // The last group of base64 depends on what follows, so only whole groups are looked for.
    let whole = &bytes[..bytes.len() - bytes.len() % 3];
    let hex = hex(bytes);
    vec![
        text.to_owned(),
        STANDARD.encode(whole),
        URL_SAFE.encode(whole),
        hex.to_uppercase(),
        hex,
        utf8_percent_encode(text, NON_ALPHANUMERIC).to_string(),
        bytes.iter().map(u8::to_string).collect::<Vec<_>>().join(","),
    ]
}

/// Whatever a page could leave behind, as one text.
pub async fn left_behind(page: &Page) -> String {
    page.run_async(
        "const done = arguments[0];
         const promise = (request) => new Promise((resolve) => { request.onsuccess = () => resolve(request.result); });
         const contents = async ({ name }) => {
             const database = await promise(indexedDB.open(name));
             const names = [...database.objectStoreNames];
             const stores = names.map((store) => database.transaction(store).objectStore(store));
             const all = stores.flatMap((store) => [promise(store.getAllKeys()), promise(store.getAll())]);
             const read = await Promise.all(all);
             database.close();
             return [name, read];
         };
         const cached = async (name) => {
             const cache = await caches.open(name);
             const requests = await cache.keys();
             const texts = requests.map((request) => cache.match(request).then((found) => found.text()));
             return [name, requests.map(({ url }) => url), await Promise.all(texts)];
         };
         const files = async (folder) => {
             const read = [];
             for await (const [name, entry] of folder?.entries() ?? []) {
                 const file = entry.kind === 'file';
                 read.push([name, file ? await (await entry.getFile()).text() : await files(entry)]);
             }
             return read;
         };
         const { serviceWorker, storage } = navigator;
         Promise.all([
             indexedDB.databases().then((all) => Promise.all(all.map(contents))),
             window.caches?.keys().then((names) => Promise.all(names.map(cached))),
             storage?.getDirectory?.().then(files).catch(() => []),
             serviceWorker?.getRegistrations().then((all) => all.map(({ scope }) => scope)),
         ]).then((stored) => done(JSON.stringify([
             location.href, history.state, {...localStorage}, {...sessionStorage}, document.cookie, document.title,
             stored, window.name, performance.getEntries().map((e) => e.name), document.documentElement.outerHTML,
             [...document.querySelectorAll('input')].map((e) => e.value), window.said ?? [],
         ])))",
    )
    .await
}

/// Lets `left_behind` tell what the page writes to its console, until it is loaded anew.
pub async fn note_console(page: &Page) {
    page.run::<()>(
        "window.said = [];
         const { console } = window;
         for (const name of ['debug', 'error', 'info', 'log', 'trace', 'warn']) {
             const write = console[name];
             console[name] = (...words) => {
                 window.said.push(words.map(String).join(' '));
                 write.apply(console, words);
             };
         }",
    )
    .await;
}
