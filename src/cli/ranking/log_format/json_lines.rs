//! Logs with one JSON object a line: Caddy's, and Cloudflare's Logpush of HTTP requests.

use std::borrow::Cow;

use serde::Deserialize;
use serde::de::IgnoredAny;

use super::{LoggedRequest, ReadLine, says_prefetch, time};

/// A line of either; what the other one has is missing.
#[derive(Deserialize)]
struct JsonLine<'a> {
    #[serde(borrow)]
    request: Option<CaddyRequest<'a>>,
    #[serde(borrow)]
    ts: Option<LoggedTime<'a>>,
    status: Option<u16>,
    /// What every message of Caddy has, whether it is about a request or not.
    msg: Option<IgnoredAny>,
    #[serde(rename = "ClientIP", borrow)]
    client_ip: Option<Cow<'a, str>>,
    #[serde(rename = "ClientRequestHost", borrow)]
    host: Option<Cow<'a, str>>,
    #[serde(rename = "ClientRequestMethod", borrow)]
    method: Option<Cow<'a, str>>,
    #[serde(rename = "ClientRequestURI", borrow)]
    uri: Option<Cow<'a, str>>,
    #[serde(rename = "ClientRequestUserAgent", borrow)]
    user_agent: Option<Cow<'a, str>>,
    #[serde(rename = "EdgeResponseStatus")]
    edge_status: Option<u16>,
    #[serde(rename = "EdgeStartTimestamp", borrow)]
    edge_start: Option<LoggedTime<'a>>,
    #[serde(rename = "RequestHeaders", borrow, default)]
    headers: CloudflareHeaders<'a>,
}

#[derive(Deserialize)]
struct CaddyRequest<'a> {
    #[serde(borrow)]
    client_ip: Option<Cow<'a, str>>,
    #[serde(borrow)]
    remote_ip: Option<Cow<'a, str>>,
    #[serde(borrow)]
    method: Cow<'a, str>,
    #[serde(borrow)]
    host: Option<Cow<'a, str>>,
    #[serde(borrow)]
    uri: Cow<'a, str>,
    #[serde(borrow, default)]
    headers: CaddyHeaders<'a>,
}

/// Each header has a list of values.
#[derive(Default, Deserialize)]
struct CaddyHeaders<'a> {
    #[serde(rename = "User-Agent", borrow, default)]
    user_agent: Vec<Cow<'a, str>>,
    #[serde(rename = "Sec-Purpose", borrow, default)]
    sec_purpose: Vec<Cow<'a, str>>,
    #[serde(rename = "Purpose", borrow, default)]
    purpose: Vec<Cow<'a, str>>,
    #[serde(rename = "X-Moz", borrow, default)]
    x_moz: Vec<Cow<'a, str>>,
}

/// The headers that a job of Logpush is told to log.
#[derive(Default, Deserialize)]
struct CloudflareHeaders<'a> {
    #[serde(rename = "sec-purpose", borrow)]
    sec_purpose: Option<Cow<'a, str>>,
    #[serde(borrow)]
    purpose: Option<Cow<'a, str>>,
}

/// A time as a number or as text.
#[derive(Deserialize)]
#[serde(untagged)]
enum LoggedTime<'a> {
    Number(f64),
    Text(#[serde(borrow)] Cow<'a, str>),
}

impl LoggedTime<'_> {
    fn unix(&self) -> Option<i64> {
        match self {
            LoggedTime::Number(number) => time::unix(*number),
            LoggedTime::Text(text) => time::iso(text),
        }
    }
}

/// Reads a line. Caddy's messages about other things are nothing; other programs' objects are an error.
pub fn read(line: &[u8]) -> ReadLine<'_> {
    if line.first() != Some(&b'{') {
        return Err("it is not a JSON object");
    }
    let line: JsonLine = serde_json::from_slice(line).map_err(|_| "its JSON can't be read")?;
    if let Some(request) = line.request {
        let time = line.ts.and_then(|time| time.unix()).ok_or("its `ts` can't be read")?;
        let headers = request.headers;
        let purposes = [&headers.sec_purpose, &headers.purpose, &headers.x_moz];
        return Ok(Some(LoggedRequest {
            time,
            method: bytes(request.method),
            target: bytes(request.uri),
            status: line.status.ok_or("it has no `status`")?,
            client: bytes(request.client_ip.or(request.remote_ip).unwrap_or_default()),
            is_prefetch: purposes
                .into_iter()
                .flatten()
                .any(|purpose| says_prefetch(purpose.as_bytes())),
            // The headers are there, so a missing one was not sent.
            user_agent: Some(bytes(headers.user_agent.into_iter().next().unwrap_or_default())),
            host: request.host.map(bytes),
            is_robot: false,
        }));
    }
    if line.msg.is_some() {
        return Ok(None);
    }
    let (Some(method), Some(uri)) = (line.method, line.uri) else {
        return Err("it has no request of Caddy's or Cloudflare's");
    };
    let purposes = [line.headers.sec_purpose, line.headers.purpose];
    Ok(Some(LoggedRequest {
        time: line
            .edge_start
            .and_then(|time| time.unix())
            .ok_or("its `EdgeStartTimestamp` can't be read")?,
        method: bytes(method),
        target: bytes(uri),
        status: line.edge_status.ok_or("it has no `EdgeResponseStatus`")?,
        client: bytes(line.client_ip.unwrap_or_default()),
        user_agent: line.user_agent.map(bytes),
        host: line.host.map(bytes),
        is_prefetch: purposes
            .iter()
            .flatten()
            .any(|purpose| says_prefetch(purpose.as_bytes())),
        is_robot: false,
    }))
}

fn bytes(text: Cow<'_, str>) -> Cow<'_, [u8]> {
    match text {
        Cow::Borrowed(text) => text.as_bytes().into(),
        Cow::Owned(text) => text.into_bytes().into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_caddy_is_read() {
        let line = br#"{"level":"info","ts":1795914000.52,"logger":"http.log.access.log0","msg":"handled request","request":{"remote_ip":"192.0.2.1","remote_port":"41342","client_ip":"2001:db8::7","proto":"HTTP/2.0","method":"GET","host":"haesol.example","uri":"/articles/7/?from=kakao","headers":{"User-Agent":["Mozilla/5.0 (\"X11\")"],"Sec-Purpose":["prefetch;prerender"],"Accept":["*/*"]},"tls":{"resumed":false}},"bytes_read":0,"user_id":"","duration":0.0009,"size":10900,"status":200,"resp_headers":{"Server":["Caddy"]}}"#;
        let request = read(line).expect("a line").expect("a request");
        assert_eq!(
            (request.time, request.status, request.is_prefetch),
            (1_795_914_000, 200, true)
        );
        assert_eq!(*request.client, *b"2001:db8::7");
        assert_eq!(
            request.user_agent.as_deref(),
            Some(br#"Mozilla/5.0 ("X11")"#.as_slice())
        );
        assert_eq!(request.host.as_deref(), Some(b"haesol.example".as_slice()));
    }

    #[test]
    fn a_line_of_logpush_is_read_with_each_form_of_its_time() {
        for time in ["\"2026-11-29T01:00:00Z\"", "1795914000", "1795914000123456789"] {
            let line = format!(
                r#"{{"ClientIP":"192.0.2.7","ClientRequestHost":"haesol.example","ClientRequestMethod":"GET","ClientRequestURI":"/articles/7/","ClientRequestUserAgent":"Mozilla/5.0","EdgeResponseStatus":200,"EdgeStartTimestamp":{time},"RayID":"x"}}"#
            );
            let request = read(line.as_bytes()).expect("a line").expect("a request");
            assert_eq!(
                (request.time, request.status, request.is_prefetch),
                (1_795_914_000, 200, false)
            );
            assert_eq!(*request.target, *b"/articles/7/");
        }
    }

    #[test]
    fn what_is_no_request_is_nothing_or_says_why() {
        assert_eq!(read(b"{\"level\":\"info\",\"msg\":\"serving\"}"), Ok(None));
        assert_eq!(read(b"{\"a\":1}"), Err("it has no request of Caddy's or Cloudflare's"));
        assert_eq!(read(b"{\"level\":\"in"), Err("its JSON can't be read"));
        assert_eq!(read(b"x"), Err("it is not a JSON object"));
        assert_eq!(read(b"{\"\xff\":1}"), Err("its JSON can't be read"));
    }
}
