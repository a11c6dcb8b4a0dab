//! The answers of a session: each address is asked for once at a time, and its answer is kept for a while.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard};

use futures::future::{BoxFuture, FutureExt, Shared, WeakShared};

use super::answer::Answer;
use super::{LoadError, Surroundings, retry};
use crate::platform;

/// How long answers are kept, how many of them, and how often a server is asked again.
#[derive(Clone, Copy, Debug)]
pub struct CacheSettings {
    /// Answers older than this are asked for again behind the reader's back, seconds.
    pub fresh: f64,
    /// Answers older than this are not shown any more, seconds.
    pub usable: f64,
    /// How many answers are kept.
    pub answers: usize,
    /// How many bytes of them are kept, as they arrived; the newest is kept whatever its length.
    pub bytes: usize,
    /// What a request waits before it is sent again, milliseconds.
    pub backoff: [u32; 2],
    /// A server that asks for more patience than this, in seconds, is not asked again.
    pub patience: f64,
}

impl Default for CacheSettings {
    fn default() -> Self {
        CacheSettings {
            fresh: 300.0,
            usable: 3600.0,
            answers: 100,
            bytes: 8_000_000,
            backoff: [500, 2000],
            patience: 10.0,
        }
    }
}

type Headers = [(String, String)];
type UnderWay = BoxFuture<'static, Result<Arc<Answer>, LoadError>>;

/// The good answers of a session by address, and the requests that are under way. The same address is never asked for twice
/// at once, and a request that nobody waits for any more is aborted.
#[derive(Clone, Default)]
pub struct Cache {
    settings: CacheSettings,
    /// How requests are sent.
    pub surroundings: Surroundings,
    state: Arc<Mutex<CacheState>>,
}

#[derive(Default)]
struct CacheState {
    /// The newest last.
    answers: VecDeque<Kept>,
    /// By address; a few at a time.
    under_way: Vec<(String, WeakShared<UnderWay>)>,
}

struct Kept {
    answer: Arc<Answer>,
    since: f64,
}

impl Cache {
    pub fn new(settings: CacheSettings) -> Self {
        Cache {
            settings,
            ..Cache::default()
        }
    }

    /// The answer of an address: at once where it is known, and then refreshed for the next time if it is not fresh.
    pub async fn get(&self, url: String, headers: &Headers, seconds: u32) -> Result<Arc<Answer>, LoadError> {
        match self.known(&url) {
            Some((answer, true)) => Ok(answer),
            Some((answer, false)) => {
                let cache = self.clone();
                let headers = headers.to_vec();
                platform::spawn(async move {
                    // What can't be had now is asked for again the next time.
                    let _ = cache.fetch(url, &headers, seconds).await;
                });
                Ok(answer)
            }
            None => self.fetch(url, headers, seconds).await,
        }
    }

    /// Forgets every answer.
    pub fn clear(&self) {
        self.lock().answers.clear();
    }

    /// The kept answer of an address, and whether it is fresh.
    fn known(&self, url: &str) -> Option<(Arc<Answer>, bool)> {
        let mut state = self.lock();
        let now = platform::now();
        state.answers.retain(|kept| now - kept.since < self.settings.usable);
        let kept = state.answers.iter().find(|kept| kept.answer.url == url)?;
        Some((Arc::clone(&kept.answer), now - kept.since < self.settings.fresh))
    }

    /// Asks the server, or waits for who asked already.
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

    /// The exchange under way, else a new one.
    fn join(&self, url: &str, headers: &Headers, seconds: u32) -> Shared<UnderWay> {
        let mut state = self.lock();
        let under_way = state.under_way.iter().find(|(known, _)| known == url);
        if let Some(exchange) = under_way.and_then(|(_, exchange)| exchange.upgrade()) {
            return exchange;
        }
        // Those that nobody waited for any more.
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
        // What is behind the lock is whole between any two of its statements.
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

/// Asks a server, and reads its answer.
async fn exchange(
    surroundings: Surroundings,
    url: String,
    headers: Vec<(String, String)>,
    seconds: u32,
    settings: CacheSettings,
) -> Result<Arc<Answer>, LoadError> {
    let response = retry::send(&surroundings, &url, &headers, seconds, &settings).await?;
    Answer::read(url, response).map(Arc::new)
}
