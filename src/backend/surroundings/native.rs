//! A command's surroundings: a folder of own files, an origin and an observer, all optional.

use std::collections::HashMap;
use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::Record;
use crate::json::Rcvar;

use super::observer::{Event, Exchange, Observer, article_event};
use crate::backend::transport::{self, Response};
use crate::backend::{Fields, LoadError, OWN_ORIGIN, Resource, Warning};
use crate::model::Content;
use crate::text::percent;
use crate::{html, platform};

/// What a repository is given from outside. By default: no files, no origin, and warnings go to standard error.
#[derive(Clone, Default)]
pub struct Surroundings {
    /// The folder of the newspaper's own files, which answer the addresses that begin with [`OWN_ORIGIN`]. Without it,
    /// these addresses have no answer.
    pub own_files: Option<PathBuf>,
    /// The origin that requests are sent from, such as `https://news.example`: their `Origin` header.
    pub origin: Option<String>,
    /// Whether every request fails, without being sent: for learning what would be requested.
    pub is_offline: bool,
    /// Is called with everything that happens, also with warnings, which then don't go to standard error.
    pub observer: Option<Arc<Observer>>,
    /// Keeps what is told instead of telling it: it may be wrong. Set by [`Surroundings::recording`].
    pub record: Option<Record>,
    /// How many rows of rankings and of the front page were left out, by the answer's address. Each answer is counted as
    /// it was read last, because several pages may read the same one.
    pub rows_left_out: Arc<Mutex<HashMap<(&'static str, String), usize>>>,
}

impl Surroundings {
    /// Fetches an address with these headers. It is an error if the answer is not complete within `seconds`.
    pub async fn get(&self, url: &str, headers: &[(String, String)], seconds: u32) -> Result<Response, LoadError> {
        let start = Instant::now();
        let answer = match self.own_file(url) {
            _ if self.is_offline => Err(LoadError::Unreachable {
                url: url.to_owned(),
                reason: "offline".to_owned(),
            }),
            Some(path) => Ok(self.read(&path)),
            None => transport::get(url, headers, self.origin.as_deref(), seconds).await,
        };
        self.exchange(url, start.elapsed(), &answer);
        answer
    }

    /// Sends an empty POST. It is an error if the answer is not complete within `seconds`.
    pub async fn post(&self, url: &str, seconds: u32) -> Result<Response, LoadError> {
        let start = Instant::now();
        let answer = transport::post(url, self.origin.as_deref(), seconds).await;
        self.exchange(url, start.elapsed(), &answer);
        answer
    }

    /// The same, but what they tell is kept in a record.
    pub fn recording(&self, record: &Record) -> Self {
        Surroundings {
            record: Some(record.clone()),
            ..self.clone()
        }
    }

    /// Tells the developer or publisher about something that was left out.
    pub fn warn(&self, warning: Warning) {
        self.tell(Event::Warning(warning));
    }

    /// Tells something to the observer; without one, warnings go to standard error.
    pub fn tell(&self, event: Event) {
        match (&self.record, &self.observer, event) {
            (Some(record), _, event) => record.push(event),
            (None, Some(observer), event) => observer(event),
            (None, None, Event::Warning(warning)) => platform::warn(&warning.to_string()),
            (None, None, _) => {}
        }
    }

    /// Notes how many rows of an answer were left out.
    pub fn note_rows_left_out(&self, resource: Resource, envelope: &Rcvar, rows: usize) {
        let url = envelope.get_field("url").as_string().cloned().unwrap_or_default();
        // A number is never half written, so it can be used even after a panic.
        let mut counts = self.rows_left_out.lock().unwrap_or_else(PoisonError::into_inner);
        counts.insert((resource.as_str(), url), rows);
    }

    /// How many rows of this resource's answers were left out.
    pub fn rows_left_out(&self, resource: Resource) -> usize {
        let counts = self.rows_left_out.lock().unwrap_or_else(PoisonError::into_inner);
        let of_resource = counts.iter().filter(|((of, _), _)| *of == resource.as_str());
        of_resource.map(|(_, rows)| rows).sum()
    }

    /// The content of a body. `original` is the address of the page that it was published on, or empty. What is cut off
    /// is a warning.
    pub fn parse(&self, html: &str, base: &str, original: &str) -> Vec<Content> {
        html::parse_body(html, base, original, |why| {
            self.warn(Warning::Body {
                why,
                text: why.warning(html),
            });
        })
    }

    /// Called before an article is made from this item.
    pub fn article(&self, fields: &Fields, item: &Rcvar) {
        if self.observer.is_some() {
            self.tell(article_event(fields, item));
        }
    }

    /// The file for one of the newspaper's own addresses; `None` if there is no folder of own files, or if the address
    /// leads out of it.
    pub fn own_file(&self, url: &str) -> Option<PathBuf> {
        let folder = self.own_files.as_ref()?;
        let path = url.strip_prefix(OWN_ORIGIN)?;
        let path = path.split(['?', '#']).next().unwrap_or(path);
        let path = percent::decode(path);
        // Nothing outside of the folder, and no other drive.
        let is_below = Path::new(&path)
            .components()
            .all(|part| matches!(part, Component::Normal(_)));
        is_below.then(|| folder.join(&path))
    }

    /// A file as the answer of a server.
    fn read(&self, path: &Path) -> Response {
        let (status, body) = match std::fs::read_to_string(path) {
            Ok(body) => (200, body),
            Err(error) if error.kind() == ErrorKind::NotFound => (404, String::new()),
            Err(error) => {
                self.warn(Warning::OwnFile {
                    path: path.display().to_string(),
                    problem: error.to_string(),
                });
                (500, String::new())
            }
        };
        Response {
            status,
            headers: Vec::new(),
            redirected_to: None,
            body,
        }
    }

    fn exchange(&self, url: &str, duration: Duration, answer: &Result<Response, LoadError>) {
        if self.observer.is_some() {
            self.tell(Event::Exchange(Exchange::new(url, duration, answer)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(address: &str) -> Option<PathBuf> {
        let surroundings = Surroundings {
            own_files: Some(PathBuf::from("dist")),
            ..Surroundings::default()
        };
        surroundings.own_file(&[OWN_ORIGIN, address].concat())
    }

    #[test]
    fn an_own_address_is_a_file_of_the_folder() {
        assert_eq!(
            file("data/latest/1.json"),
            Some(PathBuf::from("dist/data/latest/1.json"))
        );
        assert_eq!(
            file("data/a%20b.json?page=1#top"),
            Some(PathBuf::from("dist/data/a b.json"))
        );
    }

    #[test]
    fn no_address_leads_out_of_the_folder() {
        for address in [
            "../secret",
            "data/../../secret",
            "%2e%2e/secret",
            "/etc/passwd",
            "data%2F..%2F../secret",
        ] {
            assert_eq!(file(address), None, "{address}");
        }
    }

    #[test]
    fn another_address_is_no_file() {
        let surroundings = Surroundings {
            own_files: Some(PathBuf::from("dist")),
            ..Surroundings::default()
        };
        assert_eq!(surroundings.own_file("https://news.example/data/1.json"), None);
        assert_eq!(
            Surroundings::default().own_file(&[OWN_ORIGIN, "data/1.json"].concat()),
            None
        );
    }
}
