//! Sends requests by an HTTP client, with limits for the size of an answer and for its time.

use std::error::Error;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use reqwest::header::{CONTENT_ENCODING, LOCATION, ORIGIN};
use reqwest::redirect::{Action, Attempt, Policy};
use reqwest::{Body, Client, Method};
use url::Url;

use super::Response;
use super::decompress::{Problem, decompress};
use super::private::is_private;
use crate::backend::LoadError;

/// Answers longer than this are an error: one without an end would fill the memory.
const MOST_BYTES: usize = 64 << 20;
/// JSON whose values would take more than this in memory is an error: a short text can have tens of millions of them.
const MOST_JSON_BYTES: usize = 256 << 20;
/// What a value takes in memory, and what an object takes besides, in bytes.
const VALUE_BYTES: usize = 128;
const OBJECT_BYTES: usize = 512;
/// More redirects than this are an error.
const MOST_REDIRECTS: usize = 10;

static CLIENT: LazyLock<Result<Client, Failure>> = LazyLock::new(|| build(Policy::custom(go)));
static CLIENT_WITH_KEYS: LazyLock<Result<Client, Failure>> = LazyLock::new(|| build(Policy::custom(stay)));

fn build(redirects: Policy) -> Result<Client, Failure> {
    // It fails only if a provider is installed already, which is good too.
    let _ = rustls::crypto::ring::default_provider().install_default();
    Client::builder()
        .user_agent(concat!("gisa/", env!("CARGO_PKG_VERSION")))
        .redirect(redirects)
        // A `Referer` would tell the address, and the keys in it, to any server that a redirect leads to.
        .referer(false)
        .build()
        .map_err(Failure::from)
}

/// Follows redirects to any server, but not from a public address to a private one.
fn go(attempt: Attempt) -> Action {
    let refused = attempt
        .previous()
        .first()
        .and_then(|first| refusal(first, attempt.url()));
    if let Some(refused) = refused {
        attempt.error(refused)
    } else if attempt.previous().len() > MOST_REDIRECTS {
        attempt.error("too many redirects")
    } else {
        attempt.follow()
    }
}

/// Follows redirects on the same server, and stops at one that leads to another server.
fn stay(attempt: Attempt) -> Action {
    let from = attempt.previous().last();
    if attempt.previous().len() <= MOST_REDIRECTS && from.is_some_and(|from| from.origin() != attempt.url().origin()) {
        attempt.stop()
    } else {
        go(attempt)
    }
}

/// Why a redirect is not followed: it leads to a private address, and the address that was requested is public. Whoever
/// has a backend within a private network names its address there.
fn refusal(requested: &Url, to: &Url) -> Option<String> {
    let is_same = requested.host() == to.host();
    (!is_same && is_private(to) && !is_private(requested)).then(|| {
        let host = to.host_str().unwrap_or_default();
        format!("a redirect to the private address {host} was refused; if the backend is there, name this address as its `url`")
    })
}

/// The client for requests without keys. It follows redirects to any server.
pub fn client() -> Result<&'static Client, Failure> {
    CLIENT.as_ref().map_err(Failure::clone)
}

fn client_with_keys() -> Result<&'static Client, Failure> {
    CLIENT_WITH_KEYS.as_ref().map_err(Failure::clone)
}

/// Why there is no answer.
#[derive(Clone, Debug)]
pub enum Failure {
    /// The answer was not complete within the time limit.
    TimedOut,
    /// The answer has more than [`MOST_BYTES`], also after it was decompressed.
    TooLong,
    /// The JSON has so many values that they would take more than [`MOST_JSON_BYTES`].
    TooManyValues,
    /// The answer can't be decompressed; the reason.
    Compressed(String),
    /// The innermost cause, which is the one that explains it.
    Broken(String),
}

impl From<reqwest::Error> for Failure {
    fn from(error: reqwest::Error) -> Self {
        if error.is_timeout() {
            return Failure::TimedOut;
        }
        let mut innermost: &dyn Error = &error;
        while let Some(source) = innermost.source() {
            innermost = source;
        }
        Failure::Broken(innermost.to_string())
    }
}

impl std::fmt::Display for Failure {
    fn fmt(&self, out: &mut std::fmt::Formatter) -> std::fmt::Result {
        match self {
            Failure::TimedOut => write!(out, "no answer in time"),
            Failure::TooLong => write!(out, "the answer is longer than {} MiB", MOST_BYTES >> 20),
            Failure::TooManyValues => write!(out, "the answer has too many values; request fewer articles a page"),
            Failure::Compressed(reason) => write!(out, "the compressed answer can't be read: {reason}"),
            Failure::Broken(reason) => write!(out, "{reason}"),
        }
    }
}

impl Failure {
    fn at(self, url: &str, seconds: u32) -> LoadError {
        let url = url.to_owned();
        match self {
            Failure::TimedOut => LoadError::TimedOut { url, seconds },
            Failure::TooLong | Failure::TooManyValues | Failure::Compressed(_) => LoadError::NotJson {
                url,
                problem: self.to_string(),
            },
            Failure::Broken(reason) => LoadError::Unreachable { url, reason },
        }
    }
}

/// The whole body of an answer as text, decoded from the charset that the answer names.
pub async fn text(mut answer: reqwest::Response) -> Result<String, Failure> {
    let mut bytes = Vec::new();
    while let Some(chunk) = answer.chunk().await? {
        if bytes.len() + chunk.len() > MOST_BYTES {
            return Err(Failure::TooLong);
        }
        bytes.extend_from_slice(&chunk);
    }
    let (head, _) = http::Response::<Body>::from(answer).into_parts();
    if let Some(encoding) = head.headers.get(CONTENT_ENCODING) {
        let encoding = String::from_utf8_lossy(encoding.as_bytes());
        bytes = decompress(bytes, &encoding, MOST_BYTES)?;
    }
    let whole = reqwest::Response::from(http::Response::from_parts(head, bytes));
    let text = whole.text().await?;
    if memory_of_json(&text) > MOST_JSON_BYTES {
        return Err(Failure::TooManyValues);
    }
    Ok(text)
}

/// About how many bytes the values of some JSON take in memory, without the text itself.
fn memory_of_json(text: &str) -> usize {
    let (mut bytes, mut in_string, mut is_escaped) = (0, false, false);
    for byte in text.bytes() {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = in_string,
            b'"' => in_string = !in_string,
            _ if in_string => {}
            b',' | b'[' => bytes += VALUE_BYTES,
            b'{' => bytes += VALUE_BYTES + OBJECT_BYTES,
            _ => {}
        }
    }
    bytes
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        match problem {
            Problem::TooLong => Failure::TooLong,
            Problem::Unknown(name) => Failure::Compressed(format!("its compression `{name}` is not known")),
            Problem::Broken(error) => Failure::Compressed(error.to_string()),
        }
    }
}

/// Fetches an address. `keys` are headers for its own server only: a redirect to another server is followed without
/// them. `origin` is sent as the `Origin` header.
pub async fn get(
    url: &str,
    keys: &[(String, String)],
    origin: Option<&str>,
    seconds: u32,
) -> Result<Response, LoadError> {
    let request = Outgoing {
        method: Method::GET,
        url,
        keys,
        origin,
    };
    request.send(seconds).await
}

/// The content of a file that an article names, such as a picture. `home` is the backend's address: only its own server may
/// be within a private network. It is an error if the file has more than `most` bytes, or is not complete within `seconds`.
pub async fn bytes(url: &str, home: &str, seconds: u32, most: usize) -> Result<Vec<u8>, Failure> {
    let broken = |problem: &str| Failure::Broken(problem.to_owned());
    let address = Url::parse(url).map_err(|error| broken(&error.to_string()))?;
    let is_home = Url::parse(home).is_ok_and(|home| home.host() == address.host());
    if !is_home {
        let looked_up = address.clone();
        // A name is looked up, which takes its time.
        let is_private = tokio::task::spawn_blocking(move || is_private(&looked_up)).await;
        if is_private.unwrap_or(true) {
            return Err(broken("it is at a private address"));
        }
    }
    let client = client()?;
    let request = || {
        let request = client.get(address.clone());
        request.timeout(Duration::from_secs(seconds.into())).send()
    };
    let mut answer = match request().await {
        // A connection may break once.
        Err(error) if error.is_connect() => request().await?,
        answer => answer?,
    };
    if !answer.status().is_success() {
        return Err(Failure::Broken(format!("status {}", answer.status().as_u16())));
    }
    let mut bytes = Vec::new();
    while let Some(chunk) = answer.chunk().await? {
        if bytes.len() + chunk.len() > most {
            return Err(Failure::TooLong);
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

/// Sends an empty POST. `origin` is sent as the `Origin` header.
pub async fn post(url: &str, origin: Option<&str>, seconds: u32) -> Result<Response, LoadError> {
    let request = Outgoing {
        method: Method::POST,
        url,
        keys: &[],
        origin,
    };
    request.send(seconds).await
}

struct Outgoing<'a> {
    method: Method,
    url: &'a str,
    keys: &'a [(String, String)],
    origin: Option<&'a str>,
}

impl Outgoing<'_> {
    /// It is an error if the answer is not complete within `seconds`.
    async fn send(&self, seconds: u32) -> Result<Response, LoadError> {
        let failed = |failure: Failure| failure.at(self.url, seconds);
        let limit = Instant::now() + Duration::from_secs(seconds.into());
        let mut answer = self.answer(limit).await.map_err(failed)?;
        if let Some(mut elsewhere) = redirect(&answer) {
            let requested = answer.url().clone();
            without_keys_of(&requested, &mut elsewhere);
            if let Some(refused) = refusal(answer.url(), &elsewhere) {
                return Err(failed(Failure::Broken(refused)));
            }
            let request = Outgoing {
                method: self.method.clone(),
                url: elsewhere.as_str(),
                keys: &[],
                origin: self.origin,
            };
            answer = request.answer(limit).await.map_err(failed)?;
        }
        let status = answer.status().as_u16();
        let is_redirected = Url::parse(self.url).is_ok_and(|requested| requested != *answer.url());
        let redirected_to = is_redirected.then(|| answer.url().to_string());
        let headers = answer
            .headers()
            .iter()
            .filter_map(|(name, value)| Some((name.as_str().to_owned(), value.to_str().ok()?.to_owned())))
            .collect();
        Ok(Response {
            status,
            headers,
            redirected_to,
            body: text(answer).await.map_err(failed)?,
        })
    }

    async fn answer(&self, limit: Instant) -> Result<reqwest::Response, Failure> {
        let has_keys = !self.keys.is_empty() || Url::parse(self.url).is_ok_and(|url| keys_in(&url).next().is_some());
        let client = if has_keys { client_with_keys() } else { client() };
        let timeout = limit.saturating_duration_since(Instant::now());
        let mut request = client?.request(self.method.clone(), self.url).timeout(timeout);
        for (name, value) in self.keys {
            request = request.header(name, value);
        }
        if let Some(origin) = self.origin {
            request = request.header(ORIGIN, origin);
        }
        Ok(request.send().await?)
    }
}

/// The parameters of an address that are keys, by their names.
fn keys_in(url: &Url) -> impl Iterator<Item = (String, String)> {
    let is_key = |name: &str| {
        ["key", "token", "secret", "password", "signature"]
            .iter()
            .any(|part| name.contains(part))
    };
    let pairs = url
        .query_pairs()
        .filter(move |(name, _)| is_key(&name.to_ascii_lowercase()));
    pairs.map(|(name, value)| (name.into_owned(), value.into_owned()))
}

/// Removes the keys of the requested address from the address that it leads to: they are for its own server only.
fn without_keys_of(requested: &Url, elsewhere: &mut Url) {
    let keys: Vec<(String, String)> = keys_in(requested).collect();
    let mut is_other = true;
    let kept: Vec<(String, String)> = elsewhere
        .query_pairs()
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .filter(|pair| {
            !keys.contains(pair) || {
                is_other = false;
                false
            }
        })
        .collect();
    if !is_other {
        elsewhere.query_pairs_mut().clear().extend_pairs(kept);
        if elsewhere.query() == Some("") {
            elsewhere.set_query(None);
        }
    }
}

/// The address of a redirect that [`stay`] did not follow; `None` if the answer is not a redirect.
fn redirect(answer: &reqwest::Response) -> Option<Url> {
    let location = answer
        .headers()
        .get(LOCATION)
        .filter(|_| answer.status().is_redirection())?;
    answer.url().join(location.to_str().ok()?).ok()
}
