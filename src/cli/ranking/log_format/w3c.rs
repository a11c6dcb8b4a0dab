//! W3cColumns that a line `#Fields:` names: CloudFront's standard log, and other logs in W3C's extended format.

use std::borrow::Cow;

use super::{LoggedRequest, ReadLine, status, time};
use crate::text::percent;

/// The columns of CloudFront's standard log, as far as they are needed, for a file whose head was cut off.
const CLOUDFRONT: &str = "date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem sc-status cs(Referer) \
    cs(User-Agent) cs-uri-query cs(Cookie) x-edge-result-type x-edge-request-id x-host-header";

/// In which column each value stands, from 0.
#[derive(Clone, Debug, PartialEq)]
pub struct W3cColumns {
    date: usize,
    time: usize,
    client: usize,
    method: usize,
    stem: usize,
    status: usize,
    query: Option<usize>,
    user_agent: Option<usize>,
    host: Option<usize>,
    /// How many columns there are up to the last one that is needed.
    count: usize,
}

/// More columns than this are not looked at.
const MOST_COLUMNS: usize = 64;

impl W3cColumns {
    /// The columns that a line `#Fields:` names; `None` for another line, or if one is missing that is needed.
    pub fn of_head(line: &[u8]) -> Option<Self> {
        let names = line.strip_prefix(b"#Fields:")?;
        Self::named(std::str::from_utf8(names).ok()?)
    }

    /// CloudFront's own columns.
    pub fn cloudfront() -> Self {
        Self::named(CLOUDFRONT).unwrap_or(W3cColumns {
            date: 0,
            time: 1,
            client: 4,
            method: 5,
            stem: 7,
            status: 8,
            query: None,
            user_agent: None,
            host: None,
            count: 9,
        })
    }

    fn named(names: &str) -> Option<Self> {
        let names: Vec<&str> = names.split_whitespace().take(MOST_COLUMNS).collect();
        let column = |name: &str| names.iter().position(|known| known.eq_ignore_ascii_case(name));
        let mut columns = W3cColumns {
            date: column("date")?,
            time: column("time")?,
            client: column("c-ip")?,
            method: column("cs-method")?,
            stem: column("cs-uri-stem")?,
            status: column("sc-status")?,
            query: column("cs-uri-query"),
            user_agent: column("cs(User-Agent)"),
            // `cs(Host)` of CloudFront is the distribution's own name.
            host: column("x-host-header"),
            count: 0,
        };
        let needed = [
            columns.date,
            columns.time,
            columns.client,
            columns.method,
            columns.stem,
            columns.status,
        ];
        let optional = [columns.query, columns.user_agent, columns.host];
        let all = needed.into_iter().chain(optional.into_iter().flatten());
        columns.count = all.max().map_or(0, |last| last + 1);
        Some(columns)
    }

    /// Reads a line. A line that begins with `#` is a head; it may name other columns.
    pub fn read<'a>(&mut self, line: &'a [u8]) -> ReadLine<'a> {
        if line.starts_with(b"#") {
            if let Some(columns) = Self::of_head(line) {
                *self = columns;
            }
            return Ok(None);
        }
        let mut values = [b"".as_slice(); MOST_COLUMNS];
        let mut count = 0;
        for (place, value) in values.iter_mut().zip(line.split(|byte| matches!(byte, b'\t' | b' '))) {
            *place = value;
            count += 1;
        }
        if count < self.count {
            return Err("it has fewer columns than its head");
        }
        let time = time::date_and_time(values[self.date], values[self.time]).ok_or("its time can't be read")?;
        let status = match values[self.status] {
            // The reader went away before there was an answer.
            b"000" | b"0" | b"-" => 499,
            text => status(text).ok_or("its status is not a number")?,
        };
        let value = |column: Option<usize>| column.map(|column| values[column]).filter(|value| *value != b"-");
        let stem = values[self.stem];
        let target = match value(self.query).filter(|query| !query.is_empty()) {
            Some(query) => Cow::Owned([stem, b"?", query].concat()),
            None => stem.into(),
        };
        // The spaces of a browser's name are encoded.
        let user_agent = self.user_agent.map(|column| match std::str::from_utf8(values[column]) {
            Ok(text) => Cow::Owned(percent::decode(text).into_bytes()),
            Err(_) => values[column].into(),
        });
        Ok(Some(LoggedRequest {
            time,
            method: values[self.method].into(),
            target,
            status,
            client: values[self.client].into(),
            user_agent,
            host: value(self.host).map(Into::into),
            is_prefetch: false,
            is_robot: false,
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "#Fields: date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem sc-status cs(Referer) cs(User-Agent) cs-uri-query cs(Cookie) x-edge-result-type x-edge-request-id x-host-header cs-protocol";
    const LINE: &str = "2026-11-29\t01:00:00\tICN54-C1\t2390\t192.0.2.7\tGET\td111111abcdef8.cloudfront.net\t/articles/7/\t200\t-\tMozilla/5.0%20(X11;%20Linux)\tfrom=kakao\t-\tHit\tabc==\thaesol.example\thttps";

    #[test]
    fn cloudfronts_columns_are_found_by_the_head_and_without_it() {
        let columns = W3cColumns::of_head(HEAD.as_bytes()).expect("columns");
        for mut columns in [columns, W3cColumns::cloudfront()] {
            let request = columns.read(LINE.as_bytes()).expect("a line").expect("a request");
            assert_eq!((request.time, request.status), (1_795_914_000, 200));
            assert_eq!(*request.target, *b"/articles/7/?from=kakao");
            assert_eq!(
                request.user_agent.as_deref(),
                Some(b"Mozilla/5.0 (X11; Linux)".as_slice())
            );
            assert_eq!(request.host.as_deref(), Some(b"haesol.example".as_slice()));
            assert_eq!(*request.client, *b"192.0.2.7");
        }
    }

    #[test]
    fn a_head_within_the_file_changes_the_columns() {
        let mut columns = W3cColumns::cloudfront();
        assert_eq!(columns.read(b"#Version: 1.0"), Ok(None));
        assert_eq!(
            columns.read(b"#Fields: date time cs-method cs-uri-stem sc-status c-ip"),
            Ok(None)
        );
        let request = columns
            .read(b"2026-11-29 01:00:00 GET /articles/7/ 200 192.0.2.7")
            .expect("a line")
            .expect("a request");
        assert_eq!(*request.client, *b"192.0.2.7");
        assert_eq!(request.user_agent, None);
    }

    #[test]
    fn a_line_that_was_cut_is_named() {
        let mut columns = W3cColumns::cloudfront();
        let short = &LINE[..60];
        assert_eq!(
            columns.read(short.as_bytes()),
            Err("it has fewer columns than its head")
        );
    }
}
