//! The scale above the chart.

use super::bars::Axis;
use super::window::STEPS;
use crate::model::{Span, Timestamp};
use crate::view::format::Reader;

/// An instant that is named above the chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tick {
    /// From 0 to `WIDTH`.
    pub x: i32,
    pub label: String,
    /// The date, or the year, where another one begins; empty elsewhere.
    pub date: String,
    /// Left out where there is little room: every second one, never one with a date.
    pub minor: bool,
}

/// The most ticks of a scale.
pub const TICKS_AT_MOST: i64 = 8;

const DAY: i64 = 86_400_000;

/// Ticks on round times of the reader's zone, at most eight.
pub(super) fn ticks(axis: Axis, reader: Reader) -> Vec<Tick> {
    let length = axis.shown.length().as_millis();
    let fits = |step: &i64| length / (step * 1000) < TICKS_AT_MOST;
    let step = STEPS.into_iter().find(fits).unwrap_or(length / 1000 / TICKS_AT_MOST + 1) * 1000;
    let offset = |at| i64::from((reader.offset_at)(at)) * 1000;
    let local_start = axis.shown.from.as_millis() + offset(axis.shown.from);
    let first = local_start.div_euclid(step);
    let places = (first..=first + TICKS_AT_MOST + 1).filter_map(|nth| {
        let local = nth * step;
        let nearly = Timestamp::from_millis(local - offset(axis.shown.from));
        // The zone's clocks may have been put forward or back since the chart begins.
        let at = Timestamp::from_millis(local - offset(nearly));
        (at >= axis.shown.from && at <= axis.shown.to).then_some((nth, at))
    });
    let mut places: Vec<(i64, Timestamp)> = places.collect();
    let apart = Span::millis(step / 2);
    let mut last: Option<Timestamp> = None;
    places.retain(|(_, at)| {
        let crowds = last.is_some_and(|last| at.since(last) < apart);
        last = if crowds { last } else { Some(*at) };
        !crowds
    });
    places.truncate(TICKS_AT_MOST as usize);
    let all_minor = places.iter().all(|(nth, _)| nth % 2 != 0);
    let mut dated: Option<(i32, u8, u8)> = None;
    let mut tick = |(nth, at): (i64, Timestamp)| {
        let civil = at.civil((reader.offset_at)(at))?;
        let minor = nth % 2 != 0 && !all_minor;
        let (year, month, day) = (civil.year, civil.month, civil.day);
        let differs = |before: (i32, u8, u8)| match step {
            DAY.. => before.0 != year,
            _ => before != (year, month, day),
        };
        let new = !minor && dated.is_none_or(differs);
        dated = if new { Some((year, month, day)) } else { dated };
        let date = format!("{month:02}-{day:02}");
        let (hour, minute, second) = (civil.hour, civil.minute, civil.second);
        let (label, date) = match step {
            DAY.. => (date, year.to_string()),
            60_000.. => (format!("{hour:02}:{minute:02}"), date),
            _ => (format!("{hour:02}:{minute:02}:{second:02}"), date),
        };
        Some(Tick { x: axis.x(at), label, date: if new { date } else { String::new() }, minor })
    };
    places.into_iter().filter_map(&mut tick).collect()
}
