//! The answers of a session. Each address is requested once at a time, and its answer is kept for a while.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard};

use futures::future::{BoxFuture, FutureExt, Shared, WeakShared};

use super::answer::Answer;
use super::{LoadError, Surroundings, Warning, retry};
use crate::platform;

/// How long answers are kept, how many are kept, and how often a failed request is repeated.
#[derive(Clone, Copy, Debug)]
pub struct CacheSettings {
    /// An answer is fresh for this long, in seconds. An older one is still used, and requested again in the background
    /// (stale-while-revalidate).
    pub fresh_seconds: f64,
    /// Answers older than this are not used any more, in seconds.
    pub usable_seconds: f64,
    /// The greatest number of answers that are kept.
    pub answers: usize,
    /// The greatest size of all kept answers, in bytes as they arrived. The newest answer is kept whatever its size.
    pub bytes: usize,
    /// How long to wait before each repetition of a failed request, in milliseconds.
    pub backoff_milliseconds: [u32; 2],
    /// If a server's `Retry-After` is longer than this, in seconds, the request is not repeated.
    pub patience_seconds: f64,
}

impl Default for CacheSettings {
    fn default() -> Self {
        CacheSettings {
            fresh_seconds: 300.0,
            usable_seconds: 3600.0,
            answers: 100,
            bytes: 8_000_000,
            backoff_milliseconds: [500, 2000],
            patience_seconds: 10.0,
        }
    }
}

type Headers = [(String, String)];
type UnderWay = BoxFuture<'static, Result<Arc<Answer>, LoadError>>;

/// The successful answers of a session by address, and the requests that are under way. The same address is never
/// requested twice at once. A request that nobody waits for any more is aborted.
#[derive(Clone, Default)]
pub struct Cache {
    settings: CacheSettings,
    /// How requests are sent.
    pub surroundings: Surroundings,
    state: Arc<Mutex<CacheState>>,
}

#[derive(Default)]
struct CacheState {
    /// The oldest first.
    answers: VecDeque<Kept>,
    /// The requests under way, by address. There are only a few.
    under_way: Vec<(String, WeakShared<UnderWay>)>,
}

struct Kept {
    answer: Arc<Answer>,
    since: f64,
}

impl Cache {
    /// An empty cache.
    pub fn new(settings: CacheSettings) -> Self {
        Cache {
            settings,
            ..Cache::default()
        }
    }

    /// The answer of an address. A kept answer is returned at once; if it is not fresh, it is also requested again for
    /// the next time.
    pub async fn get(&self, url: String, headers: &Headers, seconds: u32) -> Result<Arc<Answer>, LoadError> {
        match self.known(&url) {
            Some((answer, true)) => Ok(answer),
            Some((answer, false)) => {
                let cache = self.clone();
                let headers = headers.to_vec();
                platform::spawn(async move {
                    // If this fails, it is requested again the next time.
                    let _ = cache.fetch(url, &headers, seconds).await;
                });
                Ok(answer)
            }
            None => self.fetch(url, headers, seconds).await,
        }
    }

    /// Removes every answer.
    pub fn clear(&self) {
        self.lock().answers.clear();
    }

    /// The kept answer of an address, and whether it is fresh; `None` if there is none that may be used.
    fn known(&self, url: &str) -> Option<(Arc<Answer>, bool)> {
        let mut state = self.lock();
        let now = platform::now();
        state
            .answers
            .retain(|kept| now - kept.since < self.settings.usable_seconds);
        let kept = state.answers.iter().find(|kept| kept.answer.url == url)?;
        Some((Arc::clone(&kept.answer), now - kept.since < self.settings.fresh_seconds))
    }

    /// Requests the address, or waits for the request that is under way.
    async fn fetch(&self, url: String, headers: &Headers, seconds: u32) -> Result<Arc<Answer>, LoadError> {
        let exchange = self.join(&url, headers, seconds);
        let result = exchange.await;
        let mut state = self.lock();
        state.under_way.retain(|(known, _)| *known != url);
        if let Ok(answer) = &result
            && (200..300).contains(&answer.status)
            && !state.answers.iter().any(|kept| Arc::ptr_eq(&kept.answer, answer))
        {
            state.keep(Arc::clone(answer), &self.settings);
        }
        result
    }

    /// The request that is under way; if there is none, a new one.
    fn join(&self, url: &str, headers: &Headers, seconds: u32) -> Shared<UnderWay> {
        let mut state = self.lock();
        let under_way = state.under_way.iter().find(|(known, _)| known == url);
        if let Some(exchange) = under_way.and_then(|(_, exchange)| exchange.upgrade()) {
            return exchange;
        }
        // Requests that nobody waits for any more are gone.
        state.under_way.retain(|(_, exchange)| exchange.upgrade().is_some());
        let exchange = exchange(
            self.surroundings.clone(),
            url.to_owned(),
            headers.to_vec(),
            seconds,
            self.settings,
        );
        let exchange = exchange.boxed().shared();
        if let Some(weak) = exchange.downgrade() {
            state.under_way.push((url.to_owned(), weak));
        }
        exchange
    }

    fn lock(&self) -> MutexGuard<'_, CacheState> {
        // The state is consistent between any two statements, so it can be used after a panic.
        self.state.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

impl CacheState {
    fn keep(&mut self, answer: Arc<Answer>, settings: &CacheSettings) {
        self.answers.retain(|kept| kept.answer.url != answer.url);
        let since = platform::now();
        self.answers.push_back(Kept { answer, since });
        let mut bytes: usize = self.answers.iter().map(|kept| kept.answer.size).sum();
        while self.answers.len() > settings.answers || (bytes > settings.bytes && self.answers.len() > 1) {
            bytes -= self.answers.pop_front().map_or(0, |kept| kept.answer.size);
        }
    }
}

/// Sends the request and reads the answer.
async fn exchange(
    surroundings: Surroundings,
    url: String,
    headers: Vec<(String, String)>,
    seconds: u32,
    settings: CacheSettings,
) -> Result<Arc<Answer>, LoadError> {
    let response = retry::send(&surroundings, &url, &headers, seconds, &settings).await?;
    let (answer, oddity) = Answer::read(url, response)?;
    if let Some(problem) = oddity {
        let url = answer.url.clone();
        surroundings.warn(Warning::Answer { url, problem });
    }
    Ok(Arc::new(answer))
}
