//! An answer before it goes over the wire.

use rollwatch_core::http::Header;
use serde_json::Value;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    pub status: u16,
    pub headers: Vec<Header>,
    pub body: String,
    pub course: Course,
}

/// How an answer goes over the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Course {
    #[default]
    Whole,
    /// Nothing of it is ever sent.
    Never,
    /// It begins, with more than anybody would hold back to see its end, and never ends.
    Stalls,
}

impl Answer {
    pub(crate) fn json(status: u16, body: &Value) -> Self {
        Answer::text(status, "application/json;charset=UTF-8", body.to_string())
    }

    pub(crate) fn text(status: u16, content_type: &str, body: impl Into<String>) -> Self {
        let headers = vec![Header::new("content-type", content_type)];
        Answer { status, headers, body: body.into(), course: Course::Whole }
    }

    /// The page that stands in front of a vendor's API when the API is gone.
    pub(crate) fn bad_gateway() -> Self {
        const PAGE: &str = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n</body>\r\n</html>\r\n";
        Answer::text(502, "text/html", PAGE)
    }

    pub(crate) fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push(Header::new(name, value));
        self
    }

    /// A header by its lower-case name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|header| header.name == name).map(|header| header.value.as_str())
    }
}
