//! The Gregorian calendar, before its introduction too: days counted from 1970-01-01, and back.

/// The years that instants are shown in and read from.
const YEARS: std::ops::RangeInclusive<i64> = -9999..=9999;

/// Days from 1970-01-01 to a date; `None` when there is no such date.
pub(super) fn days_to(year: i64, month: u8, day: u8) -> Option<i64> {
    let exists =
        YEARS.contains(&year) && (1..=12).contains(&month) && (1..=length(year, month)).contains(&day);
    let months: i64 = (1..month).map(|month| i64::from(length(year, month))).sum();
    exists.then(|| days_before(year) + months + i64::from(day) - 1)
}

/// The year, month and day that is `days` days after 1970-01-01.
pub(super) fn date(days: i64) -> Option<(i64, u8, u8)> {
    // 400 years are 146,097 days. The quotient may be a year late, and never more than two years early.
    let mut year = 1969 + days.checked_mul(400)?.div_euclid(146_097);
    while days_before(year + 1) <= days {
        year += 1;
    }
    let mut day = days - days_before(year);
    let mut month = 1;
    while day >= i64::from(length(year, month)) {
        day -= i64::from(length(year, month));
        month += 1;
    }
    YEARS.contains(&year).then_some((year, month, u8::try_from(day + 1).ok()?))
}

/// Days from 1970-01-01 to the first day of a year.
fn days_before(year: i64) -> i64 {
    let leap_days = |year: i64| year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    (year - 1970) * 365 + leap_days(year - 1) - leap_days(1969)
}

fn length(year: i64, month: u8) -> u8 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::{Date, Month};

    const EPOCH: i32 = 2_440_588;

    #[test]
    fn every_day_of_every_year_is_the_one_that_another_calendar_says() {
        for julian in Date::MIN.to_julian_day()..=Date::MAX.to_julian_day() {
            let theirs = Date::from_julian_day(julian).expect("in their range");
            let (month, day) = (u8::from(theirs.month()), theirs.day());
            let days = i64::from(julian - EPOCH);
            assert_eq!(date(days), Some((i64::from(theirs.year()), month, day)));
            assert_eq!(days_to(i64::from(theirs.year()), month, day), Some(days));
        }
    }

    #[test]
    fn dates_that_do_not_exist_are_refused() {
        for year in [-9999, -1, 0, 1900, 1970, 2000, 2023, 2024, 9999, 10_000, -10_000] {
            for (month, day) in (0..=14).flat_map(|month| (0..=33).map(move |day| (month, day))) {
                let month_name = Month::try_from(month).ok();
                let theirs = month_name.and_then(|m| Date::from_calendar_date(year, m, day).ok()).is_some();
                assert_eq!(days_to(i64::from(year), month, day).is_some(), theirs, "{year}-{month}-{day}");
            }
        }
        for days in [i64::MIN, -4_371_588, 2_932_897, i64::MAX] {
            assert_eq!(date(days), None, "{days}");
        }
    }
}
