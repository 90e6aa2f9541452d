//! A vendor that answers every request with the same text, in place of the network.

use wasm_bindgen::JsValue;

/// The network again when this is dropped.
pub struct Vendor;

impl Vendor {
    /// From now on every request is answered with this.
    pub fn answering(status: u16, body: &str) -> Self {
        let body = js_sys::JSON::stringify(&JsValue::from_str(body)).unwrap();
        run(&format!(
            "window.keptFetch ??= window.fetch; window.asked = 0;
             window.fetch = () => {{ window.asked += 1; return Promise.resolve(new Response({body}, {{ status: {status} }})); }};"
        ));
        Vendor
    }

    /// How many requests there were.
    pub fn asked(&self) -> f64 {
        js_sys::eval("window.asked").unwrap().as_f64().unwrap()
    }
}

impl Drop for Vendor {
    fn drop(&mut self) {
        run("window.fetch = window.keptFetch;");
        rollwatch::browser::storage::remove("rollwatch.watches");
    }
}

fn run(script: &str) {
    js_sys::eval(script).expect("a script that runs");
}
