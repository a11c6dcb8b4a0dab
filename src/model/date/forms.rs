//! Dates as newsrooms' systems and people write them, in words and with dots. A date without its year, or whose day and
//! month can't be told apart, is refused.

use super::CivilTime;

const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];
/// English weekdays, by their beginnings. They say nothing that the date does not say.
const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
/// American zones of RFC 822, from five hours west of Greenwich on.
const AMERICAN_ZONES: [&str; 4] = ["e", "c", "m", "p"];

/// What was read of a date so far.
#[derive(Default)]
struct Reading {
    year: Option<i64>,
    month: Option<u32>,
    day: Option<u32>,
    hour: Option<u32>,
    minute: Option<u32>,
    second: Option<u32>,
    is_afternoon: Option<bool>,
    /// Whether the `T` before the time was met.
    wants_time: bool,
    /// Seconds east of UTC.
    offset: Option<i32>,
}

/// The date, and its offset in seconds east of UTC if it has one: `2026. 3. 2. (월) 오후 6:00`, `2026년 3월 2일 18시 30분`,
/// `20260302183000`, `Mon, 02 Mar 2026 18:00:00 +0900` and the like.
pub fn read(text: &str) -> Option<(CivilTime, Option<i32>)> {
    let mut reading = Reading::default();
    let text = text.trim();
    if !text.starts_with(|sign: char| sign.is_ascii_digit() || is_letter(sign)) {
        return None;
    }
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        reading.digits(text)?;
    } else {
        let mut rest = text;
        while let Some(sign) = rest.chars().next() {
            rest = if sign.is_ascii_digit() {
                reading.number(rest)?
            } else if sign == '(' {
                // The weekday. `월` alone would be a month.
                rest.split_once(')')?.1
            } else if reading.hour.is_some() && (sign == '+' || sign == '-') {
                reading.zone(&rest[1..], if sign == '+' { 1 } else { -1 })?
            } else if is_letter(sign) {
                let end = rest
                    .find(|sign: char| !is_letter(sign) && sign != '.')
                    .unwrap_or(rest.len());
                reading.word(&rest[..end])?;
                &rest[end..]
            } else if sign.is_whitespace() || ".,/-".contains(sign) {
                &rest[sign.len_utf8()..]
            } else {
                return None;
            };
        }
    }
    reading.time()
}

impl Reading {
    /// Digits without signs between them, from the year on.
    fn digits(&mut self, text: &str) -> Option<()> {
        if ![8, 12, 14].contains(&text.len()) {
            return None;
        }
        let part = |from: usize| text.get(from..from + 2).and_then(|digits| digits.parse().ok());
        self.year = text[..4].parse().ok();
        (self.month, self.day) = (part(4), part(6));
        (self.hour, self.minute, self.second) = (part(8), part(10), part(12));
        Some(())
    }

    /// Reads a number and what says what it is. Returns the rest.
    fn number<'a>(&mut self, text: &'a str) -> Option<&'a str> {
        let (number, length, rest) = leading_number(text)?;
        let mut signs = rest.chars();
        let field = match signs.next() {
            Some('년') if length == 4 => {
                self.year = Some(number.into());
                return Some(signs.as_str());
            }
            Some('월') => &mut self.month,
            Some('일') => &mut self.day,
            Some('시') => &mut self.hour,
            Some('분') => &mut self.minute,
            Some('초') => &mut self.second,
            Some(':') => return self.clock(number, signs.as_str()),
            _ => {
                self.place(number, length)?;
                return Some(rest);
            }
        };
        if field.replace(number).is_some() {
            return None;
        }
        Some(signs.as_str())
    }

    /// A number that only its place says the meaning of: from the year on, or the day beside the name of a month.
    fn place(&mut self, number: u32, length: usize) -> Option<()> {
        match (self.year, self.month, self.day) {
            (None, None, Some(_)) => None,
            (None, ..) if length == 4 => {
                self.year = Some(number.into());
                Some(())
            }
            (Some(_), None, None) => {
                self.month = Some(number);
                Some(())
            }
            (_, _, None) if length <= 2 => {
                self.day = Some(number);
                Some(())
            }
            _ => None,
        }
    }

    /// What follows the hour and its colon.
    fn clock<'a>(&mut self, hour: u32, text: &'a str) -> Option<&'a str> {
        let (minute, _, mut rest) = leading_number(text)?;
        if self.hour.replace(hour).is_some() {
            return None;
        }
        self.minute = Some(minute);
        if let Some(after) = rest.strip_prefix(':') {
            let (second, _, after) = leading_number(after)?;
            self.second = Some(second);
            rest = after;
            // Parts of a second.
            if let Some(parts) = rest
                .strip_prefix(['.', ','])
                .filter(|parts| parts.starts_with(|sign: char| sign.is_ascii_digit()))
            {
                rest = parts.trim_start_matches(|sign: char| sign.is_ascii_digit());
            }
        }
        Some(rest)
    }

    /// The hours and minutes of an offset, after its sign.
    fn zone<'a>(&mut self, text: &'a str, sign: i32) -> Option<&'a str> {
        let (number, length, mut rest) = leading_number(text)?;
        let (hours, minutes) = match length {
            4 => (number / 100, number % 100),
            2 => match rest.strip_prefix(':').and_then(leading_number) {
                Some((minutes, _, after)) => {
                    rest = after;
                    (number, minutes)
                }
                None => (number, 0),
            },
            _ => return None,
        };
        self.offset = Some(sign * (hours * 3600 + minutes * 60) as i32).filter(|_| hours < 24 && minutes < 60);
        self.offset.map(|_| rest)
    }

    fn word(&mut self, word: &str) -> Option<()> {
        let word = word.trim_end_matches('.').to_ascii_lowercase();
        let begins = |known: &&str| word.starts_with(*known);
        match &*word {
            "오전" | "am" | "a.m" => self.is_afternoon = Some(false),
            "오후" | "pm" | "p.m" => self.is_afternoon = Some(true),
            "t" => self.wants_time = true,
            "z" | "ut" | "utc" | "gmt" => self.offset = Some(0),
            "kst" => self.offset = Some(9 * 3600),
            _ if word.ends_with("요일") || WEEKDAYS.iter().any(begins) => {}
            _ => {
                if let Some(month) = MONTHS.iter().position(begins) {
                    return match self.month.replace(month as u32 + 1) {
                        Some(_) => None,
                        None => Some(()),
                    };
                }
                let (zone, kind) = word.split_at_checked(1)?;
                let west = AMERICAN_ZONES.iter().position(|known| *known == zone)? as i32 + 5;
                self.offset = Some(match kind {
                    "st" => -west * 3600,
                    "dt" => (1 - west) * 3600,
                    _ => return None,
                });
            }
        }
        Some(())
    }

    fn time(self) -> Option<(CivilTime, Option<i32>)> {
        if self.wants_time && self.hour.is_none() {
            return None;
        }
        let hour = self.hour.unwrap_or(0);
        let hour = match self.is_afternoon {
            Some(true) if hour < 12 => hour + 12,
            Some(false) if hour == 12 => 0,
            _ => hour,
        };
        let time = CivilTime {
            year: self.year?,
            month: self.month?,
            day: self.day?,
            hour,
            minute: self.minute.unwrap_or(0),
            second: self.second.unwrap_or(0),
            offset: 0,
        };
        Some((time, self.offset))
    }
}

/// Whether it is a Latin letter or a Hangul syllable.
fn is_letter(sign: char) -> bool {
    sign.is_ascii_alphabetic() || ('가'..='힣').contains(&sign)
}

/// The number at the beginning of a text, how many digits it has, and the rest. `None` if it has none or more than four.
fn leading_number(text: &str) -> Option<(u32, usize, &str)> {
    let length = text.bytes().take_while(u8::is_ascii_digit).count();
    let (digits, rest) = text.split_at(length);
    (1..=4)
        .contains(&length)
        .then(|| Some((digits.parse().ok()?, length, rest)))?
}

#[cfg(test)]
mod tests {
    use super::super::Timestamp;

    /// The moment in ISO 8601; a text without a zone is of Seoul.
    fn read(text: &str) -> Option<String> {
        Timestamp::parse(text, |_| 9 * 3600).map(|date| date.civil(9 * 3600).iso())
    }

    #[test]
    fn forms_of_newsrooms_are_read() {
        for text in [
            "2026.03.02 18:00",
            "2026.03.02. 18:00",
            "2026. 3. 2. 오후 6:00",
            "2026. 3. 2. 오후 6:00:00",
            "2026.03.02(월) 18:00",
            "2026.03.02 (월) 오후 06:00",
            "2026-03-02 오후 6:00",
            "2026/03/02 18:00:00",
            "2026년 3월 2일 18시",
            "2026년 3월 2일 오후 6시",
            "2026년 03월 02일 월요일 오후 6시 00분",
            "2026년3월2일 18:00",
            "20260302180000",
            "202603021800",
            "Mon, 02 Mar 2026 18:00:00 +0900",
            "Mon, 02 Mar 2026 09:00:00 GMT",
            "02 Mar 2026 18:00 +0900",
            "Mon, 2 Mar 2026 04:00:00 EST",
            "March 2, 2026 6:00 pm",
            "Mar 2, 2026, 6:00 PM",
            "Monday, March 2, 2026 6:00 p.m.",
            "2026-03-02 18:00:00.000",
            "2026-03-02T18:00:00+09:00",
            "2026-03-02 09:00:00 UTC",
            "2026-03-02 18:00 KST",
            "2026-3-2 18:00",
        ] {
            assert_eq!(read(text).as_deref(), Some("2026-03-02T18:00:00+09:00"), "{text}");
        }
        for text in [
            "2026.03.02",
            "2026. 3. 2.",
            "2026년 3월 2일",
            "20260302",
            "2 March 2026",
            "2026.3.2 오전 12:00",
        ] {
            assert_eq!(read(text).as_deref(), Some("2026-03-02T00:00:00+09:00"), "{text}");
        }
    }

    #[test]
    fn what_could_be_another_date_is_refused() {
        for text in [
            "3월 2일 18:00",
            "03.02 18:00",
            "26.03.02",
            "03/02/2026",
            "2.3.2026",
            "2026",
            "2026.03",
            "2026년",
            "2026.13.02",
            "2026.02.30",
            "2026.03.02 25:00",
            "2026.03.02 18:60",
            "2026030218",
            "202603",
            "어제",
            "3시간 전",
            "Mar 2026",
            "2026.03.02 18:00 +99:00",
            "2026.03.02 (월",
            "2026.03.02 18:00 19:00",
            "2026년 3월 3월 2일",
            "",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
