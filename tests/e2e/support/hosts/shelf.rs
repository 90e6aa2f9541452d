//! A small server's files, each with the headers that a host would send with it.

use std::collections::BTreeMap;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;

use axum::body::Body;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;

/// A file as a host keeps it.
#[derive(Debug, Clone, Default)]
pub struct Kept {
    pub bytes: Vec<u8>,
    /// The same in brotli, for those who take that.
    pub packed: Option<Vec<u8>>,
    /// Names in lower case.
    pub headers: BTreeMap<String, String>,
}

/// Files by their paths at the host.
#[derive(Debug, Clone, Default)]
pub struct Shelf {
    pub files: BTreeMap<String, Kept>,
}

impl Shelf {
    /// Everything below a folder, with its type; compressed as the file of this name in `built` is, if it is there
    /// with the same content.
    pub fn of(root: &Path, built: &Path) -> Self {
        let mut shelf = Shelf::default();
        shelf.take(root, "/", built);
        shelf
    }

    fn take(&mut self, folder: &Path, path: &str, built: &Path) {
        for entry in fs::read_dir(folder).expect("a folder of files") {
            let entry = entry.expect("a folder of files");
            let name = entry.file_name().to_string_lossy().into_owned();
            if entry.path().is_dir() {
                self.take(&entry.path(), &format!("{path}{name}/"), built);
            } else if !name.ends_with(".br") && !name.ends_with(".gz") {
                let kept = Kept::read(&entry.path(), built, kind(&name));
                if name == "index.html" {
                    self.files.insert(path.to_owned(), kept.clone());
                }
                self.files.insert(format!("{path}{name}"), kept);
            }
        }
    }

    pub fn answer(&self, path: &str, given: &HeaderMap) -> Response {
        self.files.get(path).map_or_else(missing, |kept| kept.answer(given))
    }
}

impl Kept {
    pub fn read(file: &Path, built: &Path, kind: &str) -> Self {
        let bytes = fs::read(file).expect("a file");
        let name = file.file_name().expect("a file has a name").to_string_lossy().into_owned();
        let is_same = fs::read(built.join(&name)).is_ok_and(|other| other == bytes);
        let packed = fs::read(built.join(format!("{name}.br"))).ok().filter(|_| is_same);
        let headers = [("content-type".to_owned(), kind.to_owned())].into();
        Kept { bytes, packed, headers }
    }

    pub fn answer(&self, given: &HeaderMap) -> Response {
        let says = |name| given.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let packed = self.packed.as_ref().filter(|_| says(header::ACCEPT_ENCODING).contains("br"));
        let body = packed.unwrap_or(&self.bytes);
        let mut hash = DefaultHasher::new();
        body.hash(&mut hash);
        let tag = format!("\"{:x}\"", hash.finish());
        let is_known = says(header::IF_NONE_MATCH) == tag;
        let mut answer =
            Response::builder().header(header::ETAG, &tag).header(header::VARY, "accept-encoding");
        for (name, value) in &self.headers {
            answer = answer.header(name, value);
        }
        if packed.is_some() {
            answer = answer.header(header::CONTENT_ENCODING, "br");
        }
        let status = if is_known { StatusCode::NOT_MODIFIED } else { StatusCode::OK };
        let body = if is_known { Body::empty() } else { Body::from(body.clone()) };
        answer.status(status).body(body).expect("an answer")
    }
}

fn missing() -> Response {
    Response::builder().status(StatusCode::NOT_FOUND).body(Body::empty()).expect("an answer")
}

/// The type of a file, as every host gives it by the end of its name.
pub fn kind(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript",
        Some("css") => "text/css",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        Some("json") => "application/json",
        _ => "application/octet-stream",
    }
}
