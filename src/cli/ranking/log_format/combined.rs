//! The common and combined formats of Apache and nginx, with or without the host before them.

use std::net::IpAddr;

use memchr::{memchr, memmem, memrchr};

use super::{LoggedRequest, says_prefetch, status, time};

/// Reads `client ident user [time] "request" status bytes "referrer" "user agent"`. The last two, and all that may follow
/// them, need not be there. A quoted text that follows and says `prefetch` is taken as the header `Sec-Purpose`.
pub fn read(line: &[u8]) -> Result<LoggedRequest<'_>, &'static str> {
    let open = memchr(b'[', line).ok_or("it has no time in brackets")?;
    let (client, host) = client_and_host(&line[..open]).ok_or("it does not begin with the reader's address")?;
    let rest = &line[open + 1..];
    let close = memchr(b']', rest).ok_or("it has no time in brackets")?;
    let time = time::common(&rest[..close]).ok_or("its time can't be read")?;
    let (request, rest) = quoted(&rest[close + 1..]).ok_or("it has no request in quotation marks")?;
    let rest = rest.trim_ascii_start();
    let status_end = memchr(b' ', rest).unwrap_or(rest.len());
    let status = status(&rest[..status_end]).ok_or("its status is not a number")?;
    let (method, target) = method_and_target(request);
    let after = &rest[status_end..];
    let texts = quoted(after).and_then(|(_, rest)| quoted(rest));
    let (user_agent, others) = match texts {
        Some((user_agent, others)) => (Some(user_agent), others),
        None => (None, b"".as_slice()),
    };
    Ok(LoggedRequest {
        time,
        method: method.into(),
        target: target.into(),
        status,
        client: client.into(),
        user_agent: user_agent.map(Into::into),
        host: host.map(Into::into),
        is_prefetch: !others.is_empty() && says_prefetch(others),
        is_robot: false,
    })
}

/// The reader's address, and the host that some servers write before it (`news.example:443 192.0.2.1 - -`).
fn client_and_host(text: &[u8]) -> Option<(&[u8], Option<&[u8]>)> {
    let mut words = text.split(|byte| *byte == b' ').filter(|word| !word.is_empty());
    let (first, second) = (words.next()?, words.next()?);
    if second == b"-" {
        return Some((first, None));
    }
    let is_address = std::str::from_utf8(second).is_ok_and(|text| text.parse::<IpAddr>().is_ok());
    Some(if is_address {
        (second, Some(first))
    } else {
        (first, None)
    })
}

/// The next text in quotation marks, and what follows it. A mark after a backslash belongs to the text.
fn quoted(text: &[u8]) -> Option<(&[u8], &[u8])> {
    let text = &text[memchr(b'"', text)? + 1..];
    let mut from = 0;
    loop {
        let end = from + memchr(b'"', &text[from..])?;
        let backslashes = text[..end].iter().rev().take_while(|byte| **byte == b'\\').count();
        if backslashes % 2 == 0 {
            return Some((&text[..end], &text[end + 1..]));
        }
        from = end + 1;
    }
}

/// Method and target of a request line, `GET /articles/7/ HTTP/1.1`. What is no request line has no method.
fn method_and_target(request: &[u8]) -> (&[u8], &[u8]) {
    let Some(space) = memchr(b' ', request) else {
        return (b"", request);
    };
    let target = &request[space + 1..];
    let end = match memmem::rfind(target, b" HTTP/") {
        Some(end) => end,
        // HTTP 0.9 has no version.
        None => memrchr(b' ', target).unwrap_or(target.len()),
    };
    (&request[..space], &target[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(line: &str) -> [String; 4] {
        let request = read(line.as_bytes()).expect(line);
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let user_agent = request.user_agent.as_deref().map(text).unwrap_or_default();
        [
            text(&request.client),
            text(&request.method),
            text(&request.target),
            user_agent,
        ]
    }

    #[test]
    fn common_and_combined_lines_are_read() {
        let combined = r#"192.0.2.7 - desk [29/Nov/2026:10:00:00 +0900] "GET /articles/7/?from=kakao HTTP/2.0" 304 0 "https://m.example/" "Mozilla/5.0 (X11)" "-""#;
        assert_eq!(
            text(combined),
            ["192.0.2.7", "GET", "/articles/7/?from=kakao", "Mozilla/5.0 (X11)"]
        );
        let request = read(combined.as_bytes()).expect("a request");
        assert_eq!((request.status, request.time), (304, 1_795_914_000));
        let common = r#"2001:db8::7 - - [29/Nov/2026:10:00:00 +0900] "HEAD / HTTP/1.0" 200 -"#;
        assert_eq!(text(common), ["2001:db8::7", "HEAD", "/", ""]);
        assert_eq!(read(common.as_bytes()).expect("a request").user_agent, None);
    }

    #[test]
    fn the_host_before_the_address_is_not_the_reader() {
        let line =
            r#"news.example:443 2001:db8::7 - - [29/Nov/2026:10:00:00 +0900] "GET / HTTP/1.1" 200 5 "-" "Mozilla/5.0""#;
        let request = read(line.as_bytes()).expect("a request");
        assert_eq!(*request.client, *b"2001:db8::7");
        assert_eq!(request.host.as_deref(), Some(b"news.example:443".as_slice()));
        let named = r#"192.0.2.7 ident "- [29/Nov/2026:10:00:00 +0900] "GET / HTTP/1.1" 200 5"#;
        assert_eq!(text(named)[0], "192.0.2.7");
    }

    #[test]
    fn quotation_marks_in_a_user_agent_do_not_end_it() {
        let line = r#"192.0.2.7 - - [29/Nov/2026:10:00:00 +0900] "GET / HTTP/1.1" 200 5 "a\"b\\" "Mozilla/5.0 (\"X\" \x22) \\""#;
        assert_eq!(text(line)[3], r#"Mozilla/5.0 (\"X\" \x22) \\"#);
    }

    #[test]
    fn a_request_that_is_none_has_no_method() {
        for (request, expected) in [
            ("-", ["", "-"]),
            (r"\x16\x03\x01", ["", r"\x16\x03\x01"]),
            ("", ["", ""]),
            ("GET /a b HTTP/1.1", ["GET", "/a b"]),
            ("GET /a", ["GET", "/a"]),
        ] {
            let line = format!(r#"192.0.2.7 - - [29/Nov/2026:10:00:00 +0900] "{request}" 400 5"#);
            assert_eq!(text(&line)[1..3], expected, "{request}");
        }
    }

    #[test]
    fn a_further_text_that_says_prefetch_is_the_header() {
        let line = |purpose: &str| {
            format!(
                r#"192.0.2.7 - - [29/Nov/2026:10:00:00 +0900] "GET / HTTP/1.1" 200 5 "-" "Mozilla/5.0" "192.0.2.9" "{purpose}""#
            )
        };
        assert!(
            read(line("prefetch;prerender").as_bytes())
                .expect("a request")
                .is_prefetch
        );
        assert!(!read(line("-").as_bytes()).expect("a request").is_prefetch);
    }

    #[test]
    fn a_line_that_is_cut_says_what_it_lacks() {
        let line = br#"192.0.2.7 - - [29/Nov/2026:10:00:00 +0900] "GET / HTTP/1.1" 200 5 "-" "Mozilla/5.0""#;
        for end in 0..line.len() {
            // Some cuts leave a line that can be read: without its last fields.
            let _ = read(&line[..end]);
        }
        assert_eq!(read(&line[..20]), Err("it has no time in brackets"));
        assert_eq!(read(&line[..50]), Err("it has no request in quotation marks"));
        assert_eq!(
            read(b"[29/Nov/2026:10:00:00 +0900]"),
            Err("it does not begin with the reader's address")
        );
        assert_eq!(read(&[0xff; 300]), Err("it has no time in brackets"));
    }
}
