//! What a page leaves behind where somebody could read it later.

use super::page::Page;

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
         const databases = indexedDB.databases().then((all) => Promise.all(all.map(contents)));
         databases.then((databases) => done(JSON.stringify([
             location.href, history.state, {...localStorage}, {...sessionStorage}, document.cookie, document.title,
             databases, window.name, performance.getEntries().map((e) => e.name), document.documentElement.outerHTML,
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
