//! The offset of a time zone in the time around a moment, as a page carries it.

use crate::model::Timestamp;

/// The offset of a time zone from one change of its clocks to the next.
#[derive(Clone, Debug, PartialEq)]
pub struct ZoneOffset {
    /// The zone's IANA name.
    pub zone: String,
    /// Seconds east of UTC.
    pub seconds: i32,
    /// The first moment with this offset, in seconds since 1970; `i64::MIN` if the clocks never changed before.
    pub from: i64,
    /// The first moment with another offset, in seconds since 1970; `i64::MAX` if no change is known.
    pub until: i64,
}

impl ZoneOffset {
    /// Reads what [`ZoneOffset::text`] has written; `None` if it is another text.
    pub fn parse(text: &str) -> Option<Self> {
        let mut words = text.split(' ');
        let zone = words.next()?.to_owned();
        let mut number = |other| words.next().map_or(other, |word| word.parse::<i64>().ok());
        Some(ZoneOffset {
            zone,
            seconds: i32::try_from(number(None)?).ok()?,
            from: number(Some(i64::MIN))?,
            until: number(Some(i64::MAX))?,
        })
    }

    /// The zone, its offset, and the time in which it has this offset, without an end if none is known:
    /// `Asia/Seoul 32400 592333200`.
    pub fn text(&self) -> String {
        let mut text = format!("{} {}", self.zone, self.seconds);
        if (self.from, self.until) != (i64::MIN, i64::MAX) {
            text.push_str(&format!(" {}", self.from));
        }
        if self.until != i64::MAX {
            text.push_str(&format!(" {}", self.until));
        }
        text
    }

    /// The offset of a zone at a moment; `None` if this says nothing of it.
    pub fn at(&self, zone: &str, moment: Timestamp) -> Option<i32> {
        (self.zone == zone && (self.from..self.until).contains(&moment.unix)).then_some(self.seconds)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_offset_is_read_as_it_was_written() {
        for (from, until, text) in [
            (i64::MIN, i64::MAX, "Asia/Seoul 32400"),
            (592_333_200, i64::MAX, "Asia/Seoul 32400 592333200"),
            (-9, 592_333_200, "Asia/Seoul 32400 -9 592333200"),
            (i64::MIN, 9, "Asia/Seoul 32400 -9223372036854775808 9"),
        ] {
            let offset = ZoneOffset {
                zone: "Asia/Seoul".to_owned(),
                seconds: 32_400,
                from,
                until,
            };
            assert_eq!(offset.text(), text);
            assert_eq!(ZoneOffset::parse(text), Some(offset));
        }
        for text in [
            "",
            "Asia/Seoul",
            "Asia/Seoul a 1 2",
            "Asia/Seoul 9999999999 1 2",
            "Asia/Seoul 1 a",
        ] {
            assert_eq!(ZoneOffset::parse(text), None, "{text}");
        }
    }

    #[test]
    fn an_offset_holds_in_its_zone_and_its_time() {
        let offset = ZoneOffset {
            zone: "Europe/Paris".to_owned(),
            seconds: 3_600,
            from: 100,
            until: 200,
        };
        for (zone, unix, seconds) in [
            ("Europe/Paris", 99, None),
            ("Europe/Paris", 100, Some(3_600)),
            ("Europe/Paris", 199, Some(3_600)),
            ("Europe/Paris", 200, None),
            ("Asia/Seoul", 150, None),
        ] {
            assert_eq!(offset.at(zone, Timestamp { unix }), seconds, "{zone} {unix}");
        }
    }
}
