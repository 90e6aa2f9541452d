//! Durations and times in words.

use super::words::{Card, Lang};
use crate::model::{Span, Timestamp, VendorTime};

/// Who reads: in which language, and in which zone times are shown.
#[derive(Debug, Clone, Copy)]
pub struct Reader {
    pub lang: Lang,
    /// The offset in seconds east of UTC of the reader's zone at an instant.
    pub offset_at: fn(Timestamp) -> i32,
}

/// A duration, coarser as it grows: seconds matter in the first minute, hours after days.
pub fn duration(lang: Lang, span: Span) -> String {
    let seconds = span.abs().as_seconds();
    let (minutes, hours, days) = (seconds / 60, seconds / 3600, seconds / 86_400);
    match seconds {
        ..60 => lang.fill(Card::Seconds, &[&seconds.to_string()]),
        60..3600 => lang.fill(Card::Minutes, &[&minutes.to_string()]),
        3600..172_800 => lang.fill(Card::HoursMinutes, &[&hours.to_string(), &(minutes % 60).to_string()]),
        _ => lang.fill(Card::DaysHours, &[&days.to_string(), &(hours % 24).to_string()]),
    }
}

/// A time of day in the reader's zone, with the date when that is not the date of `now`.
pub fn clock(reader: Reader, at: Timestamp, now: Timestamp) -> String {
    let (Some(there), Some(here)) = (at.civil((reader.offset_at)(at)), now.civil((reader.offset_at)(now)))
    else {
        return at.iso();
    };
    let time = format!("{:02}:{:02}:{:02}", there.hour, there.minute, there.second);
    if (there.year, there.month, there.day) == (here.year, here.month, here.day) {
        time
    } else if there.year == here.year {
        format!("{:02}-{:02} {time}", there.month, there.day)
    } else {
        format!("{}-{:02}-{:02} {time}", there.year, there.month, there.day)
    }
}

/// The same without its seconds.
pub fn minute(reader: Reader, at: Timestamp, now: Timestamp) -> String {
    let mut text = clock(reader, at, now);
    if at.civil(0).is_some() {
        text.truncate(text.len().saturating_sub(":00".len()));
    }
    text
}

/// The offsets from UTC that zones have, in minutes to the east, from the west on. A few that only history or
/// a summer has are left out.
pub const OFFSETS: [i32; 37] = [
    -720, -660, -600, -570, -540, -480, -420, -360, -300, -240, -210, -180, -120, -60, 0, 60, 120, 180, 210,
    240, 270, 300, 330, 345, 360, 390, 420, 480, 525, 540, 570, 600, 630, 660, 720, 780, 840,
];

/// `UTC+09:00`.
pub fn offset_name(seconds: i32) -> String {
    if seconds == 0 {
        return "UTC".to_owned();
    }
    let sign = if seconds < 0 { '-' } else { '+' };
    let minutes = seconds.abs() / 60;
    format!("UTC{sign}{:02}:{:02}", minutes / 60, minutes % 60)
}

/// A vendor's time for showing: in the reader's zone, and the evidence for a closer look.
pub(super) fn vendor_time(reader: Reader, time: &VendorTime, now: Timestamp) -> (String, String) {
    let evidence = format!("{} · “{}”", time.at.iso(), time.raw);
    (clock(reader, time.at, now), evidence)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_grow_coarser() {
        let say = |seconds| duration(Lang::En, Span::seconds(seconds));
        assert_eq!(say(42), "42 s");
        assert_eq!(say(61), "1 min");
        assert_eq!(say(3600 * 5 + 60 * 22), "5 h 22 min");
        assert_eq!(say(86_400 * 5 + 3600 * 22), "5 d 22 h");
    }

    #[test]
    fn the_date_is_shown_only_when_it_is_another_day() {
        let reader = Reader { lang: Lang::En, offset_at: |_| 9 * 3600 };
        let at = Timestamp::from_millis(1_742_803_781_000);
        assert_eq!(clock(reader, at, at.plus(Span::hours(1))), "17:09:41");
        assert_eq!(clock(reader, at, at.plus(Span::hours(30))), "03-24 17:09:41");
        assert_eq!(clock(reader, at, at.plus(Span::hours(9000))), "2025-03-24 17:09:41");
    }

    #[test]
    fn offsets_have_their_usual_names() {
        assert_eq!(offset_name(0), "UTC");
        assert_eq!(offset_name(9 * 3600), "UTC+09:00");
        assert_eq!(offset_name(-(3 * 3600 + 1800)), "UTC-03:30");
    }
}
