//! The targets that read other text than a vendor's answer.

use crate::answers::observed_at;
use crate::properties::fit_to_show;
use rollwatch_core::error::redact;
use rollwatch_core::http::{Exchange, Header, parse_http_date};
use rollwatch_core::json::Json;
use rollwatch_core::link::{self, saved};
use rollwatch_core::model::{Service, Site, Span, Timestamp, VendorTime, Zone};
use rollwatch_core::provider::Catalogue;
use rollwatch_core::vault::{self, About, Record, Tries};

/// Every line is a header, `name: value`.
pub fn headers(text: &str) {
    let header = |line: &str| line.split_once(':').map(|(name, value)| Header::new(name, value.trim()));
    let at = observed_at();
    let headers = text.lines().filter_map(header).collect();
    let exchange = Exchange { status: 200, headers, body: String::new(), sent_at: at, received_at: at };
    if let Some(wait) = exchange.retry_after() {
        assert!(wait >= Span::ZERO, "no vendor asks to have been asked earlier");
    }
    let offset = exchange.clock_offset();
    assert!(offset.is_none() || exchange.header("date").and_then(parse_http_date).is_some());
}

pub fn json(text: &str) {
    let Some(json) = Json::read(text) else { return };
    written_and_read(&json);
    assert_eq!(Json::read_without_commas(text), Some(json), "right commas are no harm");
}

pub fn json_without_commas(text: &str) {
    if let Some(json) = Json::read_without_commas(text) {
        written_and_read(&json);
    }
}

fn written_and_read(json: &Json) {
    let again = Json::read(&json.to_string());
    assert!(again.is_some_and(|again| same(&again, json)), "what is written is read back");
}

/// Equal, but for what a number of more digits than any vendor writes may lose: serde_json reads such a number
/// to within the last digit.
fn same(one: &Json, other: &Json) -> bool {
    match (one, other) {
        (Json::Number(a), Json::Number(b)) => match (a.parse::<f64>(), b.parse::<f64>()) {
            (Ok(x), Ok(y)) => a == b || (x - y).abs() <= x.abs() * 1e-15,
            _ => false,
        },
        (Json::List(a), Json::List(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)),
        (Json::Object(a), Json::Object(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|((m, a), (n, b))| m == n && same(a, b))
        }
        _ => one == other,
    }
}

pub fn link(text: &str) {
    match link::parse(text) {
        Ok(watch) => {
            assert_eq!(link::parse(&link::print(&watch)), Ok(watch), "a link opens what it was made of")
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}

pub fn saved_list(text: &str) {
    let Ok((watches, unread)) = saved::from_json(text) else { return };
    let (again, kept) = saved::from_json(&saved::to_json(&watches, &unread)).expect("our own document");
    assert_eq!((again, kept.len()), (watches, unread.len()), "going back and forth loses nothing");
}

/// The text before and after a secret does not bring it to light.
pub fn redaction(text: &str) {
    fit_to_show(&redact(text));
    const SECRET: &str = "MARKED0123456789abcdef";
    let (before, after) = text.split_once('\n').unwrap_or((text, ""));
    for echoed in ["x-security-token:", "token=", "Signature: ", "authorization: Bearer "] {
        let shown = redact(&format!("{before} {echoed}{SECRET} {after}"));
        let hidden = !shown.contains(SECRET) || text.contains(SECRET);
        assert!(hidden, "a secret after {echoed:?} is masked");
    }
}

pub fn time(text: &str) {
    for zone in [0, 32_400, -43_200, i32::MAX, i32::MIN].map(Zone::Assumed) {
        if let Some(time) = VendorTime::parse(text, zone) {
            assert_eq!(time.raw, text, "the vendor's own text stays beside the instant");
            let again = VendorTime::parse(&time.at.iso(), zone).map(|again| time.at.since(again.at));
            let rounded = again.is_some_and(|span| span >= Span::ZERO && span < Span::seconds(1));
            // Beyond the years of four digits an instant has another form.
            assert!(
                rounded || time.at.civil(0).is_none_or(|civil| !(0..=9999).contains(&civil.year)),
                "{text:?}"
            );
        }
    }
    let _ = parse_http_date(text);
}

pub fn regions(text: &str) {
    let Some(list) = Json::read(text) else { return };
    let mut catalogue = Catalogue::built_in();
    let problems = catalogue.add_regions(&list);
    assert!(problems.iter().all(|problem| problem.starts_with("regions") && problem.ends_with('.')));
    for endpoint in catalogue.endpoints() {
        assert_eq!(catalogue.by_id(&endpoint.id()), Some(endpoint), "an id finds its endpoint");
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b".-".contains(&byte);
        assert!(endpoint.host.bytes().all(plain) && endpoint.host.contains('.'), "{:?}", endpoint.host);
    }
    for service in Service::ALL {
        for site in Site::ALL {
            for region in catalogue.regions(service, site) {
                assert!(catalogue.find(service, site, region).is_some());
            }
        }
    }
}

/// What is stored of the vault is read back as it was written, and no count of tries makes anybody wait for long.
pub fn vault(text: &str) {
    if let Ok(header) = vault::Header::from_json(text) {
        assert_eq!(vault::Header::from_json(&header.to_json()), Ok(header));
    }
    if let Ok(record) = Record::from_json(text) {
        assert_eq!(Record::from_json(&record.to_json()), Ok(record));
    }
    if let Ok(about) = About::from_json(text) {
        assert_eq!(About::from_json(&about.to_json()), Ok(about));
    }
    let wait_for = Tries::from_json(text).wait_for(Timestamp::from_millis(0));
    assert!((Span::ZERO..=Span::minutes(1)).contains(&wait_for), "{wait_for:?}");
}
