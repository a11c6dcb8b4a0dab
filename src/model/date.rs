//! Moments, and the date and time that clocks show at them.

mod forms;

use serde::{Serialize, Serializer};

/// A moment, with a precision of one second.
///
/// It is parsed and written by hand, because the browser's `Date` accepts formats outside of any standard and differs
/// between engines, and a date crate costs the reader more bytes than this (docs/decisions/0006-dates.md).
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Timestamp {
    /// Seconds since 1970-01-01T00:00:00Z.
    pub unix: i64,
}

/// The date and time that a clock in some time zone shows.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct CivilTime {
    pub year: i64,
    /// 1 to 12.
    pub month: u32,
    /// 1 to 31.
    pub day: u32,
    pub hour: u32,
    pub minute: u32,
    pub second: u32,
    /// Seconds east of UTC.
    pub offset: i32,
}

/// 0001-01-01 and 9999-12-31, in seconds since 1970. A number outside of this range is not a date but a mistake.
const EARLIEST_SECONDS: i64 = -62_135_596_800;
const LATEST_SECONDS: i64 = 253_402_300_799;

impl Timestamp {
    /// From seconds since 1970, or from milliseconds if the number is 100,000,000,000 or more.
    pub fn from_unix(number: f64) -> Option<Self> {
        let seconds = if number.abs() >= 1e11 { number / 1000.0 } else { number };
        let unix = seconds.floor();
        (unix >= EARLIEST_SECONDS as f64 && unix <= LATEST_SECONDS as f64).then_some(Timestamp { unix: unix as i64 })
    }

    /// From ISO 8601's extended format and its usual variants (`2026-01-10`, `2026-01-10T08:00`, `2026-01-10
    /// 08:00:00.123`, `…Z`, `…+09:00`, `…+0900`, `…+09`), and from the other forms that systems and people write
    /// (`2026. 1. 10. 오후 5:00`, `2026년 1월 10일`, `20260110170000`, RFC 822).
    ///
    /// `default_offset` gives the offset, in seconds east of UTC, of a text without a zone. `None` if the text is no
    /// date, or lacks its year.
    pub fn parse(text: &str, default_offset: impl Fn(CivilTime) -> i32) -> Option<Self> {
        let (mut time, offset) = forms::read(text)?;
        let leap = time.second == 60;
        let in_range = (1..=12).contains(&time.month)
            && (1..=days_in_month(time.year, time.month)).contains(&time.day)
            && time.hour < 24
            && time.minute < 60
            && (time.second < 60 || leap)
            && time.year > 0;
        if !in_range {
            return None;
        }
        time.offset = offset.unwrap_or_else(|| default_offset(time));
        Some(Timestamp { unix: time.unix() })
    }

    /// From what [`CivilTime::iso`] writes of UTC; `None` for any other text.
    pub fn from_iso(text: &str) -> Option<Self> {
        let mut numbers = text.strip_suffix('Z')?.split(['-', 'T', ':']);
        let mut next = || numbers.next()?.parse::<u32>().ok();
        let time = CivilTime {
            year: next()?.into(),
            month: next()?,
            day: next()?,
            hour: next()?,
            minute: next()?,
            second: next()?,
            offset: 0,
        };
        Some(Timestamp { unix: time.unix() })
    }

    /// The date and time at an `offset` in seconds east of UTC.
    pub fn civil(self, offset: i32) -> CivilTime {
        let local = self.unix + i64::from(offset);
        let (year, month, day) = civil_from_days(local.div_euclid(86_400));
        let seconds = local.rem_euclid(86_400) as u32;
        CivilTime {
            year,
            month,
            day,
            hour: seconds / 3600,
            minute: seconds / 60 % 60,
            second: seconds % 60,
            offset,
        }
    }
}

impl CivilTime {
    /// Seconds since 1970-01-01T00:00:00Z.
    pub fn unix(self) -> i64 {
        days_from_civil(self.year, self.month, self.day) * 86_400
            + i64::from(self.hour) * 3600
            + i64::from(self.minute) * 60
            + i64::from(self.second)
            - i64::from(self.offset)
    }

    /// 0 for Sunday to 6 for Saturday.
    pub fn weekday(self) -> u32 {
        (days_from_civil(self.year, self.month, self.day) + 4).rem_euclid(7) as u32
    }

    /// ISO 8601 with the offset, such as `2026-01-10T17:00:00+09:00`; UTC is written as `Z`.
    pub fn iso(self) -> String {
        let minutes = self.offset.abs() / 60;
        let zone = match self.offset {
            0 => "Z".to_owned(),
            east if east > 0 => format!("+{:02}:{:02}", minutes / 60, minutes % 60),
            _ => format!("-{:02}:{:02}", minutes / 60, minutes % 60),
        };
        format!(
            "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}{zone}",
            self.year, self.month, self.day, self.hour, self.minute, self.second
        )
    }
}

fn days_in_month(year: i64, month: u32) -> u32 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

/// Days since 1970-01-01 in the proleptic Gregorian calendar. The arithmetic is that of
/// <https://howardhinnant.github.io/date_algorithms.html>, with years that begin in March.
fn days_from_civil(year: i64, month: u32, day: u32) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = i64::from((153 * ((month + 9) % 12) + 2) / 5 + day) - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

fn civil_from_days(days: i64) -> (i64, u32, u32) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = (day_of_year - (153 * shifted + 2) / 5 + 1) as u32;
    let month = ((shifted + 2) % 12 + 1) as u32;
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.civil(0).iso())
    }
}

#[cfg(not(target_arch = "wasm32"))]
impl schemars::JsonSchema for Timestamp {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Timestamp".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "format": "date-time",
            "description": "ISO 8601 with a zone, such as 2026-01-10T17:00:00+09:00"
        })
    }
}
