//! A vendor that answers every request with the same text, in place of the network.

use rollwatch::browser::clock;
use rollwatch_core::model::Span;
use wasm_bindgen::JsValue;

/// The network again when this is dropped.
pub struct Vendor;

impl Vendor {
    /// From now on every request is answered with this.
    pub fn answering(status: u16, body: &str) -> Self {
        let body = js_sys::JSON::stringify(&JsValue::from_str(body)).unwrap();
        run(&format!(
            "window.keptFetch ??= window.fetch; window.asked = 0;
             window.plain = () => new Response({body}, {{ status: {status} }});
             window.answer = async () => window.plain();
             window.fetch = () => {{ window.asked += 1; return window.answer(); }};"
        ));
        Vendor
    }

    /// From now on every request is answered with this by a vendor whose clock is so far ahead.
    pub fn with_clock_ahead(body: &str, ahead: Span) -> Self {
        let vendor = Vendor::answering(200, body);
        run(&format!(
            "window.kept = window.fetch; window.ahead = {};
             window.fetch = async () => {{
                 const answer = await window.kept();
                 const date = new Date(window.pageClock() + window.ahead).toUTCString();
                 return new Response(answer.body, {{ status: answer.status, headers: {{ Date: date }} }});
             }};",
            ahead.as_millis()
        ));
        vendor.tell_clock();
        vendor
    }

    /// Tells the vendor what the page's clock says, which it then follows.
    pub fn tell_clock(&self) {
        let ahead = clock::now().as_millis() as f64 - js_sys::Date::now();
        run(&format!("window.pageClock = () => Date.now() + {ahead};"));
    }

    /// From now on answers wait until they are released.
    pub fn hold(&self) {
        run("window.held = [];
             window.answer = () => new Promise((resolve) => window.held.push(resolve)).then(window.plain);");
    }

    /// Every answer that waits comes now, and so does every later one.
    pub fn release(&self) {
        run("window.answer = async () => window.plain(); window.held.forEach((release) => release());");
    }

    /// From now on the proxy says of every request, once it is released, that the vendor did not answer in time.
    pub fn time_out(&self) {
        run("window.plain = () => new Response('{}', {
                 status: 504, headers: { 'x-rollwatch-proxy-error': 'vendor-timeout' },
             });");
    }

    /// From now on no request is answered.
    pub fn fall_silent(&self) {
        run("window.fetch = () => { window.asked += 1; return new Promise(() => {}); };");
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
