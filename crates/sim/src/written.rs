//! Times as the vendors and HTTP write them.

use rollwatch_core::model::Timestamp;
use serde_json::{Value, json};

/// `2025-03-24 17:09:41` at an offset in seconds east of UTC: NAVER's form.
pub(crate) fn spaced(at: Timestamp, offset: i32) -> String {
    civil(at, offset, " ")
}

/// NAVER's time object: the date, the date with the time to the microsecond, both at an offset in seconds east
/// of UTC, and the milliseconds since 1970.
pub(crate) fn time_object(at: Timestamp, offset: i32) -> Value {
    let written = spaced(at, offset);
    json!({
        "formattedDate": written.get(..10),
        "formattedDateTime": format!("{written} {:06}", at.as_millis().rem_euclid(1000) * 1000),
        "utc": at.as_millis(),
    })
}

/// `2022-12-29T08:32:29` at an offset in seconds east of UTC: Huawei's form.
pub(crate) fn joined(at: Timestamp, offset: i32) -> String {
    civil(at, offset, "T")
}

/// `2023-05-09T06:48:28.843Z`: Alibaba's form.
pub(crate) fn with_millis(at: Timestamp) -> String {
    format!("{}.{:03}Z", civil(at, 0, "T"), at.as_millis().rem_euclid(1000))
}

fn civil(at: Timestamp, offset: i32, between: &str) -> String {
    match at.civil(offset) {
        Some(c) => format!(
            "{:04}-{:02}-{:02}{between}{:02}:{:02}:{:02}",
            c.year, c.month, c.day, c.hour, c.minute, c.second
        ),
        None => String::new(),
    }
}

/// `Tue, 09 May 2023 06:48:28 GMT`: the `Date` header.
pub(crate) fn http_date(at: Timestamp) -> String {
    const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let Some(c) = at.civil(0) else { return String::new() };
    let day = DAYS.get(usize::from(c.weekday)).copied().unwrap_or_default();
    let month = MONTHS.get(usize::from(c.month).wrapping_sub(1)).copied().unwrap_or_default();
    format!("{day}, {:02} {month} {:04} {:02}:{:02}:{:02} GMT", c.day, c.year, c.hour, c.minute, c.second)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_written_as_the_documented_samples_write_them() {
        let at = Timestamp::from_millis(1_683_614_908_843);
        assert_eq!(spaced(at, 9 * 3600), "2023-05-09 15:48:28");
        let object = time_object(at, 9 * 3600);
        assert_eq!(
            object,
            json!({ "formattedDate": "2023-05-09", "formattedDateTime": "2023-05-09 15:48:28 843000", "utc": 1_683_614_908_843_i64 })
        );
        assert_eq!(joined(at, 0), "2023-05-09T06:48:28");
        assert_eq!(with_millis(at), "2023-05-09T06:48:28.843Z");
        assert_eq!(http_date(at), "Tue, 09 May 2023 06:48:28 GMT");
    }
}
