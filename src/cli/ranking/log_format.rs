//! The formats of access logs: which one a file has, and what a line of it says about a request.

mod combined;
mod goatcounter;
mod json_lines;
mod time;
mod w3c;

use std::borrow::Cow;

/// A request, as a line of a log has it.
#[derive(Debug, PartialEq)]
pub struct LoggedRequest<'a> {
    /// When, in seconds since 1970.
    pub time: i64,
    pub method: Cow<'a, [u8]>,
    /// The path and query that were asked for, or a whole address.
    pub target: Cow<'a, [u8]>,
    pub status: u16,
    /// The address of the reader's machine. It is never kept.
    pub client: Cow<'a, [u8]>,
    /// The name of the reader's browser; `None` if the log does not have it.
    pub user_agent: Option<Cow<'a, [u8]>>,
    /// The host that was asked for; `None` if the log does not have it.
    pub host: Option<Cow<'a, [u8]>>,
    /// Whether a browser fetched the page ahead of a click.
    pub is_prefetch: bool,
    /// Whether the log itself says that a robot sent it.
    pub is_robot: bool,
}

/// What stands in a line: a request, or nothing, as in a head or an empty line. The error says what is wrong.
pub type ReadLine<'a> = Result<Option<LoggedRequest<'a>>, &'static str>;

/// The format of a log.
#[derive(Clone, Debug, PartialEq)]
pub enum LogFormat {
    /// Apache's and nginx's common and combined formats, also with the host before them.
    Combined,
    /// Tab- or space-separated columns that a line `#Fields:` names: CloudFront, and others that write W3C's format.
    W3c(w3c::W3cColumns),
    /// One JSON object a line: Caddy, Cloudflare Logpush.
    JsonLines,
    /// GoatCounter's CSV export, which has one line for each view.
    GoatCounter(goatcounter::ViewColumns),
}

impl LogFormat {
    /// The format that the beginning of a file has; `None` if it has none of them. The first lines may be cut or broken:
    /// the first line that can be read decides.
    pub fn of(beginning: &[u8]) -> Option<Self> {
        let beginning = beginning.strip_prefix(b"\xef\xbb\xbf").unwrap_or(beginning);
        beginning.split(|byte| *byte == b'\n').find_map(|line| {
            let line = line.strip_suffix(b"\r").unwrap_or(line);
            if let Some(columns) = goatcounter::ViewColumns::of_head(line) {
                return Some(LogFormat::GoatCounter(columns));
            }
            if let Some(columns) = w3c::W3cColumns::of_head(line) {
                return Some(LogFormat::W3c(columns));
            }
            let without_head = LogFormat::W3c(w3c::W3cColumns::cloudfront());
            [LogFormat::Combined, LogFormat::JsonLines, without_head]
                .into_iter()
                .find(|format| matches!(format.clone().read(line), Ok(Some(_))))
        })
    }

    /// The name for people.
    pub fn name(&self) -> &'static str {
        match self {
            LogFormat::Combined => "common or combined log",
            LogFormat::W3c(_) => "log with #Fields",
            LogFormat::JsonLines => "JSON log",
            LogFormat::GoatCounter(_) => "views of GoatCounter",
        }
    }

    /// Reads a line. A head within the file may change the columns of the lines after it.
    pub fn read<'a>(&mut self, line: &'a [u8]) -> ReadLine<'a> {
        if line.iter().all(u8::is_ascii_whitespace) {
            return Ok(None);
        }
        match self {
            LogFormat::Combined => combined::read(line).map(Some),
            LogFormat::W3c(columns) => columns.read(line),
            LogFormat::JsonLines => json_lines::read(line),
            LogFormat::GoatCounter(columns) => columns.read(line),
        }
    }
}

/// A number of three digits.
fn status(text: &[u8]) -> Option<u16> {
    match text {
        [first @ b'1'..=b'9', rest @ ..] if rest.len() == 2 && rest.iter().all(u8::is_ascii_digit) => {
            Some(u16::from(first - b'0') * 100 + u16::from(rest[0] - b'0') * 10 + u16::from(rest[1] - b'0'))
        }
        _ => None,
    }
}

/// Whether a browser says by a header (`Sec-Purpose`, `Purpose`, `X-Moz`) that it fetches ahead.
fn says_prefetch(header: &[u8]) -> bool {
    memchr::memmem::find(header, b"prefetch").is_some() || memchr::memmem::find(header, b"prerender").is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_format_is_found_by_the_first_line_that_can_be_read() {
        let line = br#"192.0.2.1 - - [29/Nov/2026:10:00:00 +0900] "GET / HTTP/1.1" 200 5 "-" "Mozilla/5.0""#;
        assert_eq!(LogFormat::of(line), Some(LogFormat::Combined));
        let cut = [b"la/5.0\"\n\xff\0\n".as_slice(), line].concat();
        assert_eq!(LogFormat::of(&cut), Some(LogFormat::Combined));
        assert_eq!(LogFormat::of(b""), None);
        assert_eq!(LogFormat::of(b"Dear reader,\nthis is no log.\n"), None);
        assert_eq!(LogFormat::of(&[0; 4096]), None);
    }

    /// Lines that somebody changed, cut or doubled anywhere are read or refused.
    #[test]
    fn no_line_stops_the_program() {
        let lines: [&[u8]; 4] = [
            br#"h:443 2001:db8::7 - - [29/Nov/2026:10:00:00 +0900] "GET /a HTTP/1.1" 200 5 "-" "Mozilla/5.0 (\"X\")" "-""#,
            b"2026-11-29\t01:00:00\tICN54\t1\t192.0.2.7\tGET\td1\t/a%20b\t200\t-\tMozilla/5.0%20(X)\tq=%ff\t-\tHit\tx\thaesol.example",
            br#"{"ts":1795914000.5,"request":{"client_ip":"192.0.2.1","method":"GET","uri":"/a","headers":{"User-Agent":["M"]}},"status":200}"#,
            b"/a,\"x, \"\"y\"\"\",false,,,,s1,0,,,,,true,2026-11-29T01:00:00Z",
        ];
        let head = b"2Path,Title,Event,UserAgent,Browser,System,Session,Bot,Referrer,R,S,L,FirstVisit,Date";
        let mut formats = [
            LogFormat::Combined,
            LogFormat::W3c(w3c::W3cColumns::cloudfront()),
            LogFormat::JsonLines,
            LogFormat::of(head).expect("a head"),
        ];
        let mut state = 7_u32;
        let mut random = |limit: usize| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8) as usize % limit
        };
        for line in lines {
            assert!(
                formats
                    .iter_mut()
                    .any(|format| matches!(format.read(line), Ok(Some(_))))
            );
            for _ in 0..5_000 {
                let mut changed = line.to_vec();
                for _ in 0..=random(3) {
                    let at = random(changed.len());
                    match random(3) {
                        0 => changed[at] = random(256) as u8,
                        1 => changed.truncate(at + 1),
                        _ => changed.extend_from_within(at..),
                    }
                }
                for format in &mut formats {
                    let _ = format.read(&changed);
                }
                let _ = LogFormat::of(&changed);
            }
        }
    }
}
