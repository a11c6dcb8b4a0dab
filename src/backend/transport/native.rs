use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, LazyLock};
use std::time::{Duration, Instant};

use reqwest::{Client, Method};

use super::Response;
use crate::backend::{LoadError, OWN_ORIGIN, trace};
use crate::model::percent_decode;
use crate::platform;

static CLIENT: LazyLock<Result<Client, String>> = LazyLock::new(|| {
    // Refused only where one is installed already, which then serves as well.
    let _ = rustls::crypto::ring::default_provider().install_default();
    Client::builder()
        .user_agent(concat!("gisa/", env!("CARGO_PKG_VERSION")))
        .build()
        .map_err(|error| error.to_string())
});

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

/// The file that answers one of the newspaper's own addresses.
fn own_file(url: &str) -> Option<PathBuf> {
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
    Some(Ok(Response {
        status,
        headers: Vec::new(),
        body,
    }))
}

async fn send(
    method: Method,
    url: String,
    headers: Vec<(String, String)>,
    seconds: u32,
) -> Result<Response, LoadError> {
    if let Some(answer) = read(&url) {
        return answer;
    }
    let client = CLIENT
        .as_ref()
        .map_err(|_| LoadError::Unreachable { url: url.clone() })?;
    let limit = Duration::from_secs(seconds.into());
    let start = Instant::now();
    let exchange = async {
        let mut request = client.request(method, &url).timeout(limit);
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
        Ok::<_, reqwest::Error>(Response {
            status: answer.status().as_u16(),
            headers,
            body: answer.text().await?,
        })
    };
    let result = exchange.await.map_err(|error| {
        if error.is_timeout() {
            LoadError::TimedOut {
                url: url.clone(),
                seconds,
            }
        } else {
            LoadError::Unreachable { url: url.clone() }
        }
    });
    trace::exchange(&url, start.elapsed(), &result);
    result
}
