//! The files of the built page, from a folder or out of the program itself.
//!
//! File names are compared as they stand in the address, without decoding: the build makes only names of
//! letters, digits, `.`, `_` and `-`, so everything else is simply not found and no way leads out of the folder.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use axum::body::{Body, Bytes};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use rollwatch_policy::caching;

use crate::config::{Config, Embedded};

/// Answers with a file, or with a sentence that says why there is none.
pub(crate) async fn answer(asked: &Parts, config: &Config) -> Response {
    if !matches!(asked.method, Method::GET | Method::HEAD) {
        let allowed = [(header::ALLOW, "GET, HEAD")];
        return (StatusCode::METHOD_NOT_ALLOWED, allowed, "Files are only read: use GET.\n").into_response();
    }
    let Some(name) = file_name(asked.uri.path()) else { return missing() };
    if let (Some(text), Some("config.json")) = (&config.config_json, name.to_str()) {
        return found(&name, text.clone().into(), None);
    }
    let shelf = match (&config.app_dir, config.embedded) {
        (Some(folder), _) => Shelf::Folder(folder),
        (None, Some(embedded)) => Shelf::Program(embedded),
        (None, None) => {
            return (
                StatusCode::NOT_FOUND,
                "This proxy serves no page: start it with --app and the folder of the built page.\n",
            )
                .into_response();
        }
    };
    for (coding, extension) in [("br", "br"), ("gzip", "gz")] {
        if accepts(&asked.headers, coding)
            && let Some(bytes) = shelf.read(&packed(&name, extension)).await
        {
            return found(&name, bytes, Some(coding));
        }
    }
    match shelf.read(&name).await {
        Some(bytes) => found(&name, bytes, None),
        None => missing(),
    }
}

/// Where the page's files are.
enum Shelf<'c> {
    Folder(&'c Path),
    Program(Embedded),
}

impl Shelf<'_> {
    async fn read(&self, name: &Path) -> Option<Bytes> {
        match self {
            Shelf::Folder(folder) => tokio::fs::read(folder.join(name)).await.ok().map(Bytes::from),
            Shelf::Program(embedded) => Some(match embedded(name.to_str()?)? {
                Cow::Borrowed(bytes) => Bytes::from_static(bytes),
                Cow::Owned(bytes) => bytes.into(),
            }),
        }
    }
}

fn packed(file: &Path, extension: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".");
    name.push(extension);
    name.into()
}

fn found(name: &Path, bytes: Bytes, coding: Option<&'static str>) -> Response {
    let mut answer = Response::new(Body::from(bytes));
    let headers = answer.headers_mut();
    headers.insert(header::CONTENT_TYPE, content_type(name));
    let caching = caching(name.to_str().unwrap_or_default());
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(caching));
    headers.insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
    if let Some(coding) = coding {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding));
    }
    answer
}

fn missing() -> Response {
    (
        StatusCode::NOT_FOUND,
        "There is no such file here: open the address without its path to see the page.\n",
    )
        .into_response()
}

/// The file that a path names, relative to the folder.
fn file_name(path: &str) -> Option<PathBuf> {
    let path = path.strip_prefix('/')?;
    if path.is_empty() {
        return Some("index.html".into());
    }
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
    let fits = |part: &str| !part.is_empty() && !part.starts_with('.') && part.bytes().all(plain);
    path.split('/').all(fits).then(|| path.into())
}

fn content_type(name: &Path) -> HeaderValue {
    HeaderValue::from_static(match name.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("json" | "map") => "application/json",
        Some("webmanifest") => "application/manifest+json",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some("woff2") => "font/woff2",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    })
}

/// Whether the client takes a content coding; `q=0` says that it does not.
fn accepts(headers: &HeaderMap, coding: &str) -> bool {
    let lists = headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    lists.flat_map(|list| list.split(',')).any(|item| {
        let mut parts = item.split(';').map(str::trim);
        parts.next().is_some_and(|name| name.eq_ignore_ascii_case(coding))
            && !parts.any(|weight| {
                let weight = weight.strip_prefix("q=").and_then(|q| q.parse::<f32>().ok());
                weight.is_some_and(|q| q <= 0.0)
            })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_names_a_plain_file_under_the_folder_or_nothing() {
        assert_eq!(file_name("/"), Some("index.html".into()));
        assert_eq!(file_name("/icons/icon-192.png"), Some("icons/icon-192.png".into()));
        for bad in [
            "",
            "*",
            "//etc/passwd",
            "/../secret",
            "/a/../../secret",
            "/a/./b",
            "/a//b",
            "/a/",
            "/.env",
            "/a/.git",
            "/%2e%2e/secret",
            "/..%2fsecret",
            "/a\\b",
            "/c:/x",
            "/a\0",
            "/\u{ac00}",
        ] {
            assert_eq!(file_name(bad), None, "{bad:?}");
        }
    }

    #[test]
    fn a_coding_is_taken_unless_its_weight_is_zero() {
        let given = |text: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static(text));
            headers
        };
        assert!(accepts(&given("gzip, deflate, br"), "br"));
        assert!(accepts(&given("gzip;q=0.5, BR ; q=1"), "br"));
        assert!(!accepts(&given("gzip, br;q=0"), "br"));
        assert!(!accepts(&given("gzip, br; q=0.0"), "br"));
        assert!(!accepts(&given("brotli"), "br"));
        assert!(!accepts(&HeaderMap::new(), "br"));
    }
}
