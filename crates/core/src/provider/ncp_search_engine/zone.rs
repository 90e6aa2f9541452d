//! In which zone the search engine writes its times.
//!
//! "getClusterNodeList": of `result` are read `createdDate`, and `createdYmdt` and `operationYmdt` of every item of
//! `computeList`. Each is `{ formattedDateTime, utc }`: the same instant as `yyyy-MM-dd HH:mm:ss SSSSSS` without a
//! zone, and in milliseconds since 1970. The difference of the two is the offset.

use super::super::wire::{self, Answer, Object};
use crate::error::PollError;
use crate::model::{VendorTime, Zone};

pub(super) const ROUTE: &str = "/cluster/getClusterNodeList";

/// A single date may be wrong, or be a placeholder.
const WITNESSES: usize = 2;

const QUARTER_HOUR: i64 = 15 * 60;
const WEST_MOST: i64 = -12 * 3600;
const EAST_MOST: i64 = 14 * 3600;

/// The offset in seconds east of UTC on which all dates of the answer agree; `None` when they do not, or are
/// too few.
pub(super) fn measured(answer: Answer<'_>) -> Result<Option<i32>, PollError> {
    let group = wire::ncp::content(answer)?;
    let nodes = group.list("computeList").unwrap_or_default().iter().filter_map(Object::new);
    let of_nodes = nodes.flat_map(|node| [node.object("createdYmdt"), node.object("operationYmdt")]);
    let dates = of_nodes.chain([group.object("createdDate")]).flatten();
    let offsets: Vec<Option<i32>> = dates.filter_map(pair).map(|(text, utc)| offset(text, utc)).collect();
    let agreed = offsets.first().copied().flatten();
    Ok(agreed.filter(|_| offsets.len() >= WITNESSES && offsets.iter().all(|other| *other == agreed)))
}

/// Both writings of one instant.
fn pair(date: Object<'_>) -> Option<(&str, i64)> {
    Some((date.text("formattedDateTime")?, date.integer("utc")?))
}

/// How far a text is ahead of the instant that it means. Offsets are whole quarter hours; the text has lost
/// its milliseconds.
fn offset(text: &str, utc: i64) -> Option<i32> {
    let (seconds, _) = text.trim().split_at_checked(19)?;
    let written = VendorTime::parse(seconds, Zone::Assumed(0))?.at.as_millis();
    let ahead = written.checked_sub(utc)?.checked_add(QUARTER_HOUR * 500)?.div_euclid(QUARTER_HOUR * 1000);
    let offset = ahead.checked_mul(QUARTER_HOUR)?;
    let lost = utc.checked_add(offset.checked_mul(1000)?)?.checked_sub(written)?;
    let is_exact = (-999..=999).contains(&lost) && (WEST_MOST..=EAST_MOST).contains(&offset);
    is_exact.then_some(offset)?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2025-03-24T08:09:41.250Z.
    const UTC: i64 = 1_742_803_781_250;

    #[test]
    fn an_offset_is_the_difference_of_both_writings_in_whole_quarter_hours() {
        for (text, expected) in [
            ("2025-03-24 17:09:41 250000", Some(9 * 3600)),
            ("2025-03-24 08:09:41", Some(0)),
            ("2025-03-24T13:54:41", Some(5 * 3600 + 45 * 60)),
            ("2025-03-23 20:09:41 000000", Some(-12 * 3600)),
            ("2025-03-24 22:09:41", Some(14 * 3600)),
            ("2025-03-23 20:09:40", None),
            ("2025-03-24 22:24:41", None),
            ("2025-03-24 17:10:41", None),
            ("2025-03-24 17:09:43", None),
            ("1970-01-01 09:00:00", None),
            ("soon", None),
            ("", None),
        ] {
            assert_eq!(offset(text, UTC), expected, "{text}");
        }
    }

    #[test]
    fn no_number_is_too_large() {
        for utc in [i64::MIN, i64::MAX, 0] {
            assert_eq!(offset("2025-03-24 17:09:41", utc), None);
        }
    }
}
