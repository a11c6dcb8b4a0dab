//! The times of logs.

use crate::model::{CivilTime, Timestamp};

const MONTHS: [&[u8; 3]; 12] = [
    b"Jan", b"Feb", b"Mar", b"Apr", b"May", b"Jun", b"Jul", b"Aug", b"Sep", b"Oct", b"Nov", b"Dec",
];

/// A time of the common log format, such as `29/Nov/2026:10:00:00 +0900`, in seconds since 1970.
pub fn common(text: &[u8]) -> Option<i64> {
    let (day, rest) = (digits(text.get(..2)?)?, text.get(3..)?);
    let month = MONTHS.iter().position(|name| rest.starts_with(*name))?;
    let is_written_so = text[2] == b'/' && text.get(6) == Some(&b'/') && text.get(11) == Some(&b':');
    let year = digits(text.get(7..11)?)?;
    let (hour, minute, second) = clock(text.get(12..20)?)?;
    let offset = match text.get(20..) {
        Some([b' ', zone @ ..]) => offset(zone)?,
        _ => 0,
    };
    let time = CivilTime {
        year: year.into(),
        month: month as u32 + 1,
        day,
        hour,
        minute,
        second,
        offset,
    };
    (is_written_so && is_a_day(&time)).then(|| time.unix())
}

/// A date such as `2026-11-29` and a time such as `01:00:00`, in UTC.
pub fn date_and_time(date: &[u8], time: &[u8]) -> Option<i64> {
    let [year @ .., b'-', m1, m2, b'-', d1, d2] = date else {
        return None;
    };
    let (hour, minute, second) = clock(time.get(..8)?)?;
    let time = CivilTime {
        year: digits(year).filter(|_| year.len() == 4)?.into(),
        month: digits(&[*m1, *m2])?,
        day: digits(&[*d1, *d2])?,
        hour,
        minute,
        second,
        offset: 0,
    };
    is_a_day(&time).then(|| time.unix())
}

/// ISO 8601 with a zone.
pub fn iso(text: &str) -> Option<i64> {
    let bytes = text.as_bytes();
    if bytes.len() >= 20 && bytes[10] == b'T' && bytes.ends_with(b"Z") {
        return date_and_time(&bytes[..10], &bytes[11..]);
    }
    Timestamp::parse(text, |_| 0).map(|time| time.unix)
}

/// Seconds, milliseconds, microseconds or nanoseconds since 1970, whichever gives a time in this century.
pub fn unix(number: f64) -> Option<i64> {
    let seconds = [1.0, 1e3, 1e6, 1e9].into_iter().map(|parts| number / parts);
    let this_century = 946_684_800.0..4_102_444_800.0;
    let mut fitting = seconds.filter(|seconds| this_century.contains(seconds));
    fitting.next().map(|seconds| seconds as i64)
}

/// `10:00:00`.
fn clock(text: &[u8]) -> Option<(u32, u32, u32)> {
    let [h1, h2, b':', m1, m2, b':', s1, s2] = text else {
        return None;
    };
    let (hour, minute, second) = (digits(&[*h1, *h2])?, digits(&[*m1, *m2])?, digits(&[*s1, *s2])?);
    (hour < 24 && minute < 60 && second <= 60).then_some((hour, minute, second))
}

/// `+0900`, in seconds east of UTC.
fn offset(text: &[u8]) -> Option<i32> {
    let [sign @ (b'+' | b'-'), h1, h2, m1, m2] = text else {
        return None;
    };
    let seconds = i32::try_from(digits(&[*h1, *h2])? * 3600 + digits(&[*m1, *m2])? * 60).ok()?;
    Some(if *sign == b'-' { -seconds } else { seconds })
}

fn is_a_day(time: &CivilTime) -> bool {
    (1..=12).contains(&time.month) && (1..=31).contains(&time.day) && time.year > 0
}

fn digits(text: &[u8]) -> Option<u32> {
    text.iter().try_fold(0, |number, byte| {
        byte.is_ascii_digit().then(|| number * 10 + u32::from(byte - b'0'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEN_IN_SEOUL: i64 = 1_795_914_000;

    #[test]
    fn the_times_of_all_logs_are_read() {
        assert_eq!(common(b"29/Nov/2026:10:00:00 +0900"), Some(TEN_IN_SEOUL));
        assert_eq!(common(b"28/Nov/2026:20:30:00 -0430"), Some(TEN_IN_SEOUL));
        assert_eq!(common(b"29/Nov/2026:01:00:00"), Some(TEN_IN_SEOUL));
        assert_eq!(date_and_time(b"2026-11-29", b"01:00:00"), Some(TEN_IN_SEOUL));
        assert_eq!(iso("2026-11-29T01:00:00Z"), Some(TEN_IN_SEOUL));
        assert_eq!(iso("2026-11-29T01:00:00.123456Z"), Some(TEN_IN_SEOUL));
        assert_eq!(iso("2026-11-29T10:00:00+09:00"), Some(TEN_IN_SEOUL));
        for number in [1_795_914_000.4, 1_795_914_000_123.0, 1_795_914_000_123_456_789.0] {
            assert_eq!(unix(number), Some(TEN_IN_SEOUL));
        }
    }

    #[test]
    fn what_is_no_time_is_none() {
        for text in [
            "",
            "29/Nov/2026",
            "29/Non/2026:10:00:00 +0900",
            "00/Nov/2026:10:00:00 +0900",
            "29/Nov/2026:25:00:00 +0900",
            "29/Nov/2026:10:00:00 KST",
            "29-Nov-2026:10:00:00 +0900",
            "éé/Nov/2026:10:00:00 +0900",
        ] {
            assert_eq!(common(text.as_bytes()), None, "{text}");
        }
        for (date, time) in [
            ("2026-13-01", "01:00:00"),
            ("26-11-29", "01:00:00"),
            ("2026-11-29", "1:00"),
            ("", ""),
        ] {
            assert_eq!(date_and_time(date.as_bytes(), time.as_bytes()), None);
        }
        for number in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert_eq!(unix(number), None);
        }
    }
}
