//! Requests and what came back of them, as plain values. Nothing here sends anything.

use crate::model::{Span, Timestamp};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Method {
    Get,
    Post,
}

impl Method {
    pub const fn as_str(self) -> &'static str {
        match self {
            Method::Get => "GET",
            Method::Post => "POST",
        }
    }
}

/// A header; the name is in lower case.
#[derive(Clone, PartialEq, Eq)]
pub struct Header {
    pub name: String,
    pub value: String,
}

impl Header {
    pub fn new(name: &str, value: impl Into<String>) -> Self {
        Header { name: name.to_ascii_lowercase(), value: value.into() }
    }
}

/// Values are left out: a header may carry a signature or a token.
impl std::fmt::Debug for Header {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: …", self.name)
    }
}

/// A request to a vendor. `path` and `query` are exactly what is signed and what goes over the wire:
/// percent-encoded, built once, never parsed again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The catalogue's id of the endpoint, which is also how the proxy's address names it.
    pub endpoint: String,
    /// The vendor's host, with a port only where it is not the usual one. It is signed where the scheme
    /// signs it; the proxy sets it, because a browser cannot.
    pub host: String,
    pub method: Method,
    pub path: String,
    /// Without its `?`; empty for none.
    pub query: String,
    pub headers: Vec<Header>,
    pub body: String,
}

impl Request {
    /// The path, with `?` and the query where there is one.
    pub fn target(&self) -> String {
        if self.query.is_empty() { self.path.clone() } else { format!("{}?{}", self.path, self.query) }
    }

    /// Where the proxy at `proxy` (an address without a trailing slash) takes this request.
    pub fn proxied(&self, proxy: &str) -> String {
        format!("{proxy}/{}{}", self.endpoint, self.target())
    }
}

/// An answer with the times around it, measured on the page's clock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exchange {
    pub status: u16,
    pub headers: Vec<Header>,
    pub body: String,
    pub sent_at: Timestamp,
    pub received_at: Timestamp,
}

impl Exchange {
    /// A header by its lower-case name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|header| header.name == name).map(|header| header.value.as_str())
    }

    /// How far the answering clock is ahead of the page's, from the `Date` header and the middle of the
    /// round trip. `None` when there is no such header, or when a cache added an `Age` to an old answer.
    pub fn clock_offset(&self) -> Option<Span> {
        if self.header("age").is_some_and(|age| age.trim() != "0") {
            return None;
        }
        let date = parse_http_date(self.header("date")?)?;
        let middle = (self.sent_at.as_millis() + self.received_at.as_millis()) / 2;
        // The header has whole seconds: the true instant lies half a second later on average.
        Some(Span::millis(date.as_millis() + 500 - middle))
    }

    /// How long the answer asks to wait, from `retry-after` (seconds or a date) or Alibaba's
    /// `x-acs-retry-after` (milliseconds).
    pub fn retry_after(&self) -> Option<Span> {
        if let Some(millis) = self.header("x-acs-retry-after").and_then(|v| v.trim().parse::<i64>().ok()) {
            return (millis >= 0).then_some(Span::millis(millis));
        }
        let value = self.header("retry-after")?.trim();
        match value.parse::<i64>() {
            Ok(seconds) => (seconds >= 0).then_some(Span::seconds(seconds)),
            Err(_) => {
                let at = parse_http_date(value)?;
                let now = self.header("date").and_then(parse_http_date).unwrap_or(self.received_at);
                Some(Span::millis(at.since(now).as_millis().max(0)))
            }
        }
    }
}

/// Reads `Tue, 09 May 2023 06:48:28 GMT`, the only form that servers may send today.
pub fn parse_http_date(text: &str) -> Option<Timestamp> {
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let (_, rest) = text.trim().split_once(", ")?;
    let mut parts = rest.split(' ');
    let day = parts.next()?.parse().ok()?;
    let name = parts.next()?;
    let month = MONTHS.iter().position(|month| *month == name)? + 1;
    let year = parts.next()?.parse().ok()?;
    let mut clock = parts.next()?.split(':').map(str::parse::<u8>);
    let time = (clock.next()?.ok()?, clock.next()?.ok()?, clock.next()?.ok()?, 0);
    (parts.next()? == "GMT").then_some(())?;
    Timestamp::from_civil((year, u8::try_from(month).ok()?, day), time, 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exchange(headers: &[(&str, &str)]) -> Exchange {
        Exchange {
            status: 200,
            headers: headers.iter().map(|(name, value)| Header::new(name, *value)).collect(),
            body: String::new(),
            sent_at: Timestamp::from_millis(1_683_614_900_000),
            received_at: Timestamp::from_millis(1_683_614_902_000),
        }
    }

    #[test]
    fn the_offset_is_measured_against_the_middle_of_the_round_trip() {
        let answer = exchange(&[("Date", "Tue, 09 May 2023 06:48:28 GMT")]);
        assert_eq!(answer.clock_offset(), Some(Span::millis(1_683_614_908_500 - 1_683_614_901_000)));
    }

    #[test]
    fn a_cached_answer_says_nothing_of_the_clock() {
        let answer = exchange(&[("date", "Tue, 09 May 2023 06:48:28 GMT"), ("age", "90")]);
        assert_eq!(answer.clock_offset(), None);
    }

    #[test]
    fn every_form_of_retry_after_is_read() {
        assert_eq!(exchange(&[("retry-after", "7")]).retry_after(), Some(Span::seconds(7)));
        assert_eq!(exchange(&[("x-acs-retry-after", "1500")]).retry_after(), Some(Span::millis(1500)));
        let dated = exchange(&[
            ("date", "Tue, 09 May 2023 06:48:28 GMT"),
            ("retry-after", "Tue, 09 May 2023 06:48:58 GMT"),
        ]);
        assert_eq!(dated.retry_after(), Some(Span::seconds(30)));
        assert_eq!(exchange(&[("retry-after", "-4")]).retry_after(), None);
        assert_eq!(exchange(&[("retry-after", "later")]).retry_after(), None);
    }

    #[test]
    fn debug_text_of_a_header_shows_no_value() {
        assert_eq!(format!("{:?}", Header::new("Authorization", "marked-secret")), "authorization: …");
    }
}
