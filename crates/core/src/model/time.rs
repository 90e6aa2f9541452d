//! Instants, durations, and the vendors' written times.

use ::time::{Date, Month, OffsetDateTime, Time, UtcOffset};

/// An instant in milliseconds since 1970-01-01T00:00:00Z.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

/// A length of time in milliseconds. It may be negative: a difference of two instants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span(i64);

impl Span {
    pub const ZERO: Span = Span(0);

    pub const fn millis(millis: i64) -> Self {
        Span(millis)
    }

    pub const fn seconds(seconds: i64) -> Self {
        Span(seconds.saturating_mul(1000))
    }

    pub const fn minutes(minutes: i64) -> Self {
        Span::seconds(minutes.saturating_mul(60))
    }

    pub const fn hours(hours: i64) -> Self {
        Span::minutes(hours.saturating_mul(60))
    }

    pub const fn as_millis(self) -> i64 {
        self.0
    }

    pub const fn as_seconds(self) -> i64 {
        self.0.div_euclid(1000)
    }

    /// The length without its sign.
    pub const fn abs(self) -> Self {
        Span(self.0.saturating_abs())
    }

    /// This length multiplied by a factor, rounded to the millisecond.
    pub fn scaled(self, factor: f64) -> Self {
        Span((self.0 as f64 * factor) as i64)
    }
}

impl Timestamp {
    pub const fn from_millis(millis: i64) -> Self {
        Timestamp(millis)
    }

    pub const fn as_millis(self) -> i64 {
        self.0
    }

    pub const fn plus(self, span: Span) -> Self {
        Timestamp(self.0.saturating_add(span.0))
    }

    pub const fn minus(self, span: Span) -> Self {
        Timestamp(self.0.saturating_sub(span.0))
    }

    /// How long after `earlier` this instant is; negative when it is before.
    pub const fn since(self, earlier: Timestamp) -> Span {
        Span(self.0.saturating_sub(earlier.0))
    }

    /// The civil date and time at a fixed offset from UTC; `None` outside the years that a calendar has.
    pub fn civil(self, offset_seconds: i32) -> Option<Civil> {
        let offset = UtcOffset::from_whole_seconds(offset_seconds).ok()?;
        let at = OffsetDateTime::from_unix_timestamp_nanos(i128::from(self.0) * 1_000_000).ok()?;
        let local = at.checked_to_offset(offset)?;
        Some(Civil {
            year: local.year(),
            month: local.month().into(),
            day: local.day(),
            hour: local.hour(),
            minute: local.minute(),
            second: local.second(),
            weekday: local.weekday().number_days_from_monday(),
        })
    }

    /// The instant that a civil date and time at a fixed offset names; `None` when there is no such date.
    pub fn from_civil(
        (year, month, day): (i32, u8, u8),
        (hour, minute, second, milli): (u8, u8, u8, u16),
        offset_seconds: i32,
    ) -> Option<Self> {
        let date = Date::from_calendar_date(year, Month::try_from(month).ok()?, day).ok()?;
        let time = Time::from_hms_milli(hour, minute, second, milli).ok()?;
        let offset = UtcOffset::from_whole_seconds(offset_seconds).ok()?;
        let at = OffsetDateTime::new_in_offset(date, time, offset);
        i64::try_from(at.unix_timestamp_nanos() / 1_000_000).ok().map(Timestamp)
    }

    /// `2026-11-20T02:14:07Z`: the form in which instants are shown beside local ones and exported.
    pub fn iso(self) -> String {
        match self.civil(0) {
            Some(c) => format!(
                "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z",
                c.year, c.month, c.day, c.hour, c.minute, c.second
            ),
            None => format!("{} ms", self.0),
        }
    }
}

/// A date and time of day at some fixed offset.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Civil {
    pub year: i32,
    pub month: u8,
    pub day: u8,
    pub hour: u8,
    pub minute: u8,
    pub second: u8,
    /// 0 is Monday.
    pub weekday: u8,
}

/// What is known of the zone in which a vendor wrote a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Zone {
    /// The text itself says its offset.
    Stated,
    /// The text has no zone, and this offset in seconds east of UTC was taken for it.
    Assumed(i32),
    /// The text has no zone; another answer of the vendor shows that it writes times at this offset.
    Measured(i32),
    /// The text has no zone, and a person has said that it is at this offset.
    Chosen(i32),
}

impl Zone {
    /// Seconds east of UTC; 0 where the text itself says its offset.
    pub const fn offset(self) -> i32 {
        match self {
            Zone::Stated => 0,
            Zone::Assumed(offset) | Zone::Measured(offset) | Zone::Chosen(offset) => offset,
        }
    }
}

/// A time as a vendor wrote it: the text, the instant it was taken for, and on what ground.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct VendorTime {
    pub raw: String,
    pub at: Timestamp,
    pub zone: Zone,
}

impl VendorTime {
    /// Reads the vendors' written forms: `2025-03-24 17:09:41`, `2025-03-24T17:09:41`, either with a
    /// fraction, and either followed by `Z` or `+09:00`. A text without a zone is taken to be in `unstated`.
    /// `None` means that the text is not such a time.
    pub fn parse(raw: &str, unstated: Zone) -> Option<Self> {
        let (date, rest) = raw.split_at_checked(10)?;
        let rest = rest.strip_prefix(['T', ' '])?;
        let (clock, rest) = rest.split_at_checked(8)?;
        let (fraction, zone) = split_fraction(rest)?;
        let stated = parse_zone(zone)?;
        let (year, month, day) = three(date, '-')?;
        let (hour, minute, second) = three(clock, ':')?;
        let at = Timestamp::from_civil(
            (i32::from(year), u8::try_from(month).ok()?, u8::try_from(day).ok()?),
            (u8::try_from(hour).ok()?, u8::try_from(minute).ok()?, u8::try_from(second).ok()?, fraction),
            stated.unwrap_or(unstated.offset()),
        )?;
        let zone = if stated.is_some() { Zone::Stated } else { unstated };
        Some(VendorTime { raw: raw.to_owned(), at, zone })
    }
}

/// Splits `.843Z` into milliseconds and the zone text.
fn split_fraction(rest: &str) -> Option<(u16, &str)> {
    let Some(fraction) = rest.strip_prefix('.') else { return Some((0, rest)) };
    let end = fraction.find(|c: char| !c.is_ascii_digit()).unwrap_or(fraction.len());
    let (digits, zone) = fraction.split_at_checked(end)?;
    let millis: String = digits.chars().chain("000".chars()).take(3).collect();
    Some((if digits.is_empty() { return None } else { millis.parse().ok()? }, zone))
}

/// `Some(None)` for no zone, `Some(Some(seconds))` for a stated one, `None` for anything else.
fn parse_zone(zone: &str) -> Option<Option<i32>> {
    if zone.is_empty() {
        return Some(None);
    }
    if zone == "Z" {
        return Some(Some(0));
    }
    let (sign, hhmm) = match zone.split_at_checked(1)? {
        ("+", rest) => (1, rest),
        ("-", rest) => (-1, rest),
        _ => return None,
    };
    let (hours, minutes) = hhmm.split_once(':')?;
    let (hours, minutes) = (digits(hours, 2)?, digits(minutes, 2)?);
    Some(Some(sign * (i32::from(hours) * 3600 + i32::from(minutes) * 60)))
}

fn three(text: &str, separator: char) -> Option<(u16, u16, u16)> {
    let mut parts = text.split(separator);
    let first = parts.next()?;
    let parsed = (digits(first, first.len())?, digits(parts.next()?, 2)?, digits(parts.next()?, 2)?);
    parts.next().is_none().then_some(parsed)
}

fn digits(text: &str, length: usize) -> Option<u16> {
    (text.len() == length && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vendor_times_are_read_in_every_documented_form() {
        let seoul = 9 * 3600;
        let at =
            |raw: &str, offset| VendorTime::parse(raw, Zone::Assumed(offset)).map(|t| (t.at.iso(), t.zone));
        assert_eq!(
            at("2025-03-24 17:09:41", seoul),
            Some(("2025-03-24T08:09:41Z".into(), Zone::Assumed(seoul)))
        );
        assert_eq!(at("2022-12-29T08:32:29", 0), Some(("2022-12-29T08:32:29Z".into(), Zone::Assumed(0))));
        assert_eq!(
            at("2023-05-09T06:48:28.843Z", seoul),
            Some(("2023-05-09T06:48:28Z".into(), Zone::Stated))
        );
        assert_eq!(at("2023-05-09T06:48:28+08:00", 0), Some(("2023-05-08T22:48:28Z".into(), Zone::Stated)));
    }

    #[test]
    fn text_that_is_not_a_time_is_refused() {
        for raw in [
            "",
            "soon",
            "2025-02-30 00:00:00",
            "2025-03-24",
            "2025-03-24 25:00:00",
            "2025-03-24T17:09:41.Z",
            "2025-03-24 17:09:41 KST",
            "２０２５-03-24 17:09:41",
        ] {
            assert_eq!(VendorTime::parse(raw, Zone::Assumed(0)), None, "{raw:?}");
        }
    }

    #[test]
    fn civil_and_back_is_the_same_instant() {
        let at = Timestamp::from_millis(1_742_803_781_000);
        let c = at.civil(32_400).expect("inside the calendar");
        assert_eq!((c.hour, c.minute, c.weekday), (17, 9, 0));
        let back = Timestamp::from_civil((c.year, c.month, c.day), (c.hour, c.minute, c.second, 0), 32_400);
        assert_eq!(back, Some(at));
    }
}
