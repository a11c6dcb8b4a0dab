use std::error::Error;
use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, LazyLock};
use std::time::{Duration, Instant};

use reqwest::{Body, Client, Method};

use super::Response;
use crate::backend::{LoadError, OWN_ORIGIN, trace};
use crate::model::percent_decode;
use crate::platform;

/// Longer answers are not read: one without an end would fill the memory.
const MOST_BYTES: usize = 64 << 20;

static CLIENT: LazyLock<Result<Client, Failure>> = LazyLock::new(|| {
    // Refused only where one is installed already, which then serves as well.
    let _ = rustls::crypto::ring::default_provider().install_default();
    Client::builder()
        .user_agent(concat!("gisa/", env!("CARGO_PKG_VERSION")))
        .build()
        .map_err(Failure::from)
});

/// What all requests are sent with.
pub fn client() -> Result<&'static Client, Failure> {
    CLIENT.as_ref().map_err(Failure::clone)
}

/// Why there is no answer.
#[derive(Clone, Debug)]
pub enum Failure {
    /// No whole answer within the time limit.
    TimedOut,
    /// It has more than [`MOST_BYTES`].
    TooLong,
    /// The innermost reason, which is the one that says something.
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
            Failure::TooLong => write!(out, "longer than {} MiB, and not read to its end", MOST_BYTES >> 20),
            Failure::Broken(reason) => write!(out, "{reason}"),
        }
    }
}

impl Failure {
    fn at(self, url: &str, seconds: u32) -> LoadError {
        let url = url.to_owned();
        match self {
            Failure::TimedOut => LoadError::TimedOut { url, seconds },
            Failure::TooLong => LoadError::NotJson {
                url,
                problem: self.to_string(),
            },
            Failure::Broken(reason) => LoadError::Unreachable { url, reason },
        }
    }
}

/// The whole body of an answer, in whatever charset it says that it is.
pub async fn text(mut answer: reqwest::Response) -> Result<String, Failure> {
    let mut bytes = Vec::new();
    while let Some(chunk) = answer.chunk().await? {
        if bytes.len() + chunk.len() > MOST_BYTES {
            return Err(Failure::TooLong);
        }
        bytes.extend_from_slice(&chunk);
    }
    let (head, _) = http::Response::<Body>::from(answer).into_parts();
    let whole = reqwest::Response::from(http::Response::from_parts(head, bytes));
    Ok(whole.text().await?)
}

/// Fetches an address with these headers.
pub fn get(
    url: &str,
    headers: &[(String, String)],
    seconds: u32,
) -> impl Future<Output = Result<Response, LoadError>> + Send + 'static {
    send(Method::GET, url.to_owned(), headers.to_vec(), seconds)
}

/// Sends an empty POST.
pub fn post(url: &str, seconds: u32) -> impl Future<Output = Result<Response, LoadError>> + Send + 'static {
    send(Method::POST, url.to_owned(), Vec::new(), seconds)
}

tokio::task_local! {
    static FOLDER: Arc<PathBuf>;
}

/// Does the work; the newspaper's own addresses, which begin with [`OWN_ORIGIN`], are read from a folder meanwhile.
pub async fn with_folder<T>(folder: &Path, work: impl Future<Output = T>) -> T {
    FOLDER.scope(Arc::new(folder.to_owned()), work).await
}

/// The file that answers one of the newspaper's own addresses, while there is a folder for them.
pub fn own_file(url: &str) -> Option<PathBuf> {
    let path = url.strip_prefix(OWN_ORIGIN)?;
    let path = path.split(['?', '#']).next().unwrap_or(path);
    let path = percent_decode(path);
    // Nothing above the folder, and no other drive.
    let is_below = Path::new(&path)
        .components()
        .all(|part| matches!(part, Component::Normal(_)));
    FOLDER.try_with(|folder| folder.join(&path)).ok().filter(|_| is_below)
}

/// A file in place of a server's answer.
fn read(url: &str) -> Option<Result<Response, LoadError>> {
    let path = own_file(url)?;
    let (status, body) = match std::fs::read_to_string(&path) {
        Ok(body) => (200, body),
        Err(error) if error.kind() == ErrorKind::NotFound => (404, String::new()),
        Err(error) => {
            platform::warn(&format!("{}: {error}", path.display()));
            (500, String::new())
        }
    };
    let answer = Response {
        status,
        headers: Vec::new(),
        body,
    };
    Some(Ok(answer))
}

async fn send(
    method: Method,
    url: String,
    headers: Vec<(String, String)>,
    seconds: u32,
) -> Result<Response, LoadError> {
    let start = Instant::now();
    if let Some(answer) = read(&url) {
        trace::exchange(&url, start.elapsed(), &answer);
        return answer;
    }
    let limit = Duration::from_secs(seconds.into());
    let exchange = async {
        let mut request = client()?.request(method, &url).timeout(limit);
        for (name, value) in &headers {
            request = request.header(name, value);
        }
        if let Some(origin) = trace::origin() {
            request = request.header(reqwest::header::ORIGIN, &*origin);
        }
        let answer = request.send().await?;
        let headers = answer
            .headers()
            .iter()
            .filter_map(|(name, value)| Some((name.as_str().to_owned(), value.to_str().ok()?.to_owned())))
            .collect();
        Ok::<_, Failure>(Response {
            status: answer.status().as_u16(),
            headers,
            body: text(answer).await?,
        })
    };
    let result = exchange.await.map_err(|failure| failure.at(&url, seconds));
    trace::exchange(&url, start.elapsed(), &result);
    result
}
