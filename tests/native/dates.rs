//! Dates: what backends write is read as the moment they mean.

use gisa::model::{CivilTime, Timestamp};
use gisa::platform::{is_known_zone, local_offset, zone_offset};

fn utc(text: &str) -> Option<i64> {
    Timestamp::parse(text, |_| 0).map(|time| time.unix)
}

/// Numbers that look random and are the same in every run.
struct Lcg(u64);

impl Lcg {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}

#[test]
fn every_usual_form_of_iso_8601_is_the_same_moment() {
    for text in [
        "2026-01-10t08:00:00z",
        "2026-01-10 08:00:00",
        "2026-01-10T08:00",
        "2026-01-10T08:00Z",
        "2026-01-10T08:00:00.000Z",
        "2026-01-10T08:00:00,5Z",
        "2026-01-10T08:00:00.123456789Z",
        "2026-01-10T17:00:00+09:00",
        "2026-01-10T17:00:00+0900",
        "2026-01-10T17:00:00+09",
        "2026-01-10 17:00:00 +0900",
        "2026-01-10T03:00:00-05:00",
        "2026-01-10T13:30:00+05:30",
        "2026-01-10T08:00:00-00:00",
        "2026-01-09T20:00:00-12:00",
        "2026-01-10T22:00:00+14:00",
        "  2026-01-10T08:00:00Z\n",
    ] {
        assert_eq!(utc(text), Some(1_768_032_000), "{text}");
    }
}

#[test]
fn a_date_alone_is_its_midnight() {
    assert_eq!(utc("1970-01-01"), Some(0));
    assert_eq!(
        Timestamp::parse("2026-01-10", |_| 9 * 3600).map(|time| time.unix),
        Some(1_767_970_800)
    );
}

#[test]
fn the_default_zone_holds_only_without_a_zone() {
    let seoul = |_| 9 * 3600;
    assert_eq!(
        Timestamp::parse("1970-01-01T09:00:00", seoul),
        Some(Timestamp { unix: 0 })
    );
    assert_eq!(
        Timestamp::parse("1970-01-01T09:00:00Z", seoul),
        Some(Timestamp { unix: 32_400 })
    );
    assert_eq!(
        Timestamp::parse("1970-01-01T09:00:00+00:00", seoul),
        Some(Timestamp { unix: 32_400 })
    );
}

#[test]
fn leap_years_follow_the_gregorian_rule() {
    for year in ["2000", "2024", "2400", "1996"] {
        assert!(utc(&format!("{year}-02-29")).is_some(), "{year}");
    }
    for year in ["1900", "2023", "2100", "2026"] {
        assert_eq!(utc(&format!("{year}-02-29")), None, "{year}");
    }
}

#[test]
fn a_leap_second_is_the_beginning_of_the_next_minute() {
    assert_eq!(utc("2016-12-31T23:59:60Z"), utc("2017-01-01T00:00:00Z"));
}

#[test]
fn what_is_no_date_is_refused() {
    for text in [
        "",
        " ",
        "yesterday",
        "2026",
        "2026-01",
        "26-01-10",
        "2026-00-10",
        "2026-13-10",
        "2026-01-00",
        "2026-01-32",
        "2026-04-31",
        "2026-02-29",
        "0000-00-00T00:00:00",
        "0000-01-01",
        "2026-01-10T24:00:00Z",
        "2026-01-10T08:60:00Z",
        "2026-01-10T08:00:61Z",
        "2026-01-10T",
        "2026-01-10T08",
        "2026-01-10T08:00:",
        "2026-01-10T08:00:00Zulu",
        "2026-01-10T08:00:00+9",
        "2026-01-10T08:00:00+25:00",
        "2026-01-10T08:00:00+09:60",
        "2026-01-10T08:00:00+09:00:00",
        "2026-01-10T08:00:00+09:",
        "2026-01-10X08:00:00",
        "10.01.2026",
        "２０２６-01-10",
        "-2026-01-10",
        "+2026-01-10",
        "2026-01-10T08:00:00Z 2026-01-10T08:00:00Z",
    ] {
        assert_eq!(utc(text), None, "{text}");
    }
}

#[test]
fn a_number_is_seconds_or_milliseconds_by_its_size() {
    let unix = |number| Timestamp::from_unix(number).map(|time| time.unix);
    assert_eq!(unix(0.0), Some(0));
    assert_eq!(unix(1_768_032_000.0), Some(1_768_032_000));
    assert_eq!(unix(1_768_032_000.9), Some(1_768_032_000));
    assert_eq!(unix(1_768_032_000_123.0), Some(1_768_032_000));
    assert_eq!(unix(-1.0), Some(-1));
    assert_eq!(unix(-0.5), Some(-1));
    assert_eq!(unix(-1_768_032_000_000.0), Some(-1_768_032_000));
}

#[test]
fn a_number_beyond_every_date_is_refused() {
    for number in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 1e300, 1e16, -1e15] {
        assert_eq!(Timestamp::from_unix(number), None, "{number}");
    }
}

#[test]
fn moments_agree_with_another_implementation() {
    let mut random = Lcg(2026);
    for _ in 0..4000 {
        // 0001-01-02 to 9999-12-30, so that no zone leads out of the calendar.
        let unix = random.below(315_537_724_800) as i64 - 62_135_510_400;
        let offset = (random.below(28 * 4) as i32 - 56) * 900;
        let moment = jiff::Timestamp::from_second(unix).expect("in range");
        let zoned = moment.to_zoned(jiff::tz::Offset::from_seconds(offset).expect("in range").to_time_zone());
        let civil = Timestamp { unix }.civil(offset);
        let date = (
            civil.year,
            civil.month,
            civil.day,
            civil.hour,
            civil.minute,
            civil.second,
        );
        let expected = zoned.datetime();
        let [month, day, hour, minute, second] = [
            expected.month(),
            expected.day(),
            expected.hour(),
            expected.minute(),
            expected.second(),
        ]
        .map(|n| n as u32);
        assert_eq!(
            date,
            (i64::from(expected.year()), month, day, hour, minute, second),
            "{unix}"
        );
        assert_eq!(
            civil.weekday(),
            expected.weekday().to_sunday_zero_offset() as u32,
            "{unix}"
        );
        assert_eq!(civil.unix(), unix);
        assert_eq!(utc(&civil.iso()), Some(unix), "{}", civil.iso());
        let iso: jiff::Timestamp = civil
            .iso()
            .parse()
            .expect("another implementation reads what is written");
        assert_eq!(iso.as_second(), unix);
    }
}

#[test]
fn the_day_after_each_day_of_a_century_is_the_next_one() {
    let mut expected = jiff::civil::date(1999, 12, 31);
    for day in 0..36_600 {
        let civil = Timestamp {
            unix: 946_598_400 + day * 86_400,
        }
        .civil(0);
        let date = jiff::civil::date(civil.year as i16, civil.month as i8, civil.day as i8);
        assert_eq!(date, expected);
        expected = expected.tomorrow().expect("in range");
    }
}

#[test]
fn a_civil_time_is_written_with_its_offset() {
    let iso = |offset| Timestamp { unix: 1_768_032_000 }.civil(offset).iso();
    assert_eq!(iso(0), "2026-01-10T08:00:00Z");
    assert_eq!(iso(9 * 3600), "2026-01-10T17:00:00+09:00");
    assert_eq!(iso(-(3 * 3600 + 1800)), "2026-01-10T04:30:00-03:30");
    assert_eq!(iso(5 * 3600 + 2700), "2026-01-10T13:45:00+05:45");
    assert_eq!(iso(-9 * 3600), "2026-01-09T23:00:00-09:00");
}

#[test]
fn a_week_begins_with_sunday_as_zero() {
    let weekday = |text| Timestamp::parse(text, |_| 0).map(|time| time.civil(0).weekday());
    assert_eq!(weekday("2026-01-11"), Some(0));
    assert_eq!(weekday("2026-01-17"), Some(6));
    assert_eq!(weekday("1969-12-28"), Some(0));
}

#[test]
fn zones_are_known_by_their_iana_names() {
    for zone in ["UTC", "Asia/Seoul", "Europe/Berlin", "America/St_Johns", "Etc/GMT+3"] {
        assert!(is_known_zone(zone), "{zone}");
    }
    for zone in ["", "Seoul", "Asia/Atlantis", "+09:00", "../UTC"] {
        assert!(!is_known_zone(zone), "{zone}");
    }
}

#[test]
fn an_unknown_zone_counts_as_utc() {
    assert_eq!(zone_offset("Asia/Atlantis", Timestamp { unix: 0 }), 0);
}

#[test]
fn summer_time_begins_and_ends_to_the_second() {
    let offset = |text| zone_offset("Europe/Berlin", Timestamp::parse(text, |_| 0).expect("a date")) / 3600;
    assert_eq!((offset("2026-03-29T00:59:59Z"), offset("2026-03-29T01:00:00Z")), (1, 2));
    assert_eq!((offset("2026-10-25T00:59:59Z"), offset("2026-10-25T01:00:00Z")), (2, 1));
}

/// What a clock in a zone shows, as a moment.
fn local(zone: &str, text: &str) -> Option<String> {
    Timestamp::parse(text, |civil: CivilTime| local_offset(zone, civil)).map(|time| time.civil(0).iso())
}

#[test]
fn a_time_without_a_zone_is_the_newspapers_local_time() {
    for (zone, text, moment) in [
        ("Asia/Seoul", "2026-01-10 17:00:00", "2026-01-10T08:00:00Z"),
        ("Europe/Berlin", "2026-01-10 09:00:00", "2026-01-10T08:00:00Z"),
        ("Europe/Berlin", "2026-07-10 10:00:00", "2026-07-10T08:00:00Z"),
        ("Europe/Berlin", "2026-03-29 01:59:59", "2026-03-29T00:59:59Z"),
        ("Europe/Berlin", "2026-03-29 03:00:00", "2026-03-29T01:00:00Z"),
        ("Europe/Berlin", "2026-10-25 01:59:59", "2026-10-24T23:59:59Z"),
        ("Europe/Berlin", "2026-10-25 03:00:00", "2026-10-25T02:00:00Z"),
        ("America/New_York", "2026-03-08 01:30:00", "2026-03-08T06:30:00Z"),
        ("America/New_York", "2026-03-08 03:30:00", "2026-03-08T07:30:00Z"),
        ("America/St_Johns", "2026-01-10 04:30:00", "2026-01-10T08:00:00Z"),
        ("Asia/Kathmandu", "2026-01-10 13:45:00", "2026-01-10T08:00:00Z"),
    ] {
        assert_eq!(local(zone, text).as_deref(), Some(moment), "{zone} {text}");
    }
}

#[test]
fn a_time_that_clocks_show_twice_is_one_of_the_two() {
    let moment = local("Europe/Berlin", "2026-10-25 02:30:00").expect("a moment");
    assert!(
        ["2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z"].contains(&moment.as_str()),
        "{moment}"
    );
}

#[test]
fn a_time_that_clocks_skip_is_an_hour_away_at_most() {
    let moment = local("Europe/Berlin", "2026-03-29 02:30:00").expect("a moment");
    assert!(
        ["2026-03-29T00:30:00Z", "2026-03-29T01:30:00Z"].contains(&moment.as_str()),
        "{moment}"
    );
}
