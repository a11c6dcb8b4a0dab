use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard};

use futures::future::{BoxFuture, FutureExt, Shared, WeakShared};
use jmespath::{Rcvar, Variable};

use super::{LoadError, mapping::object, transport};
use crate::platform;

/// Answers older than this are asked for again, seconds.
const FRESH: f64 = 300.0;
/// How many answers are kept.
const CAPACITY: usize = 60;

/// A server's answer, parsed.
#[derive(Debug)]
pub struct Answer {
    pub url: String,
    pub status: u16,
    /// By name in lower case.
    pub headers: Rcvar,
    /// Null where an error's body is not JSON.
    pub body: Rcvar,
}

type Exchange = BoxFuture<'static, Result<Arc<Answer>, LoadError>>;

/// The good answers of a session by address, and the requests that are under way. The same address is never asked for twice
/// at once, and a request that nobody waits for any more is aborted.
#[derive(Default)]
pub struct Cache {
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    answers: VecDeque<(Arc<Answer>, f64)>,
    under_way: HashMap<String, WeakShared<Exchange>>,
}

impl Cache {
    /// The answer of an address, from memory where it is there and fresh.
    pub async fn get(&self, url: String, seconds: u32) -> Result<Arc<Answer>, LoadError> {
        let (exchange, known) = self.join(&url, seconds);
        if let Some(answer) = known {
            return Ok(answer);
        }
        let result = exchange.await;
        let mut state = self.lock();
        state.under_way.remove(&url);
        if let Ok(answer) = &result
            && (200..300).contains(&answer.status)
            && !state.answers.iter().any(|(kept, _)| Arc::ptr_eq(kept, answer))
        {
            state.answers.retain(|(kept, _)| kept.url != url);
            state.answers.push_back((Arc::clone(answer), platform::now()));
            if state.answers.len() > CAPACITY {
                state.answers.pop_front();
            }
        }
        result
    }

    /// Forgets every answer.
    pub fn clear(&self) {
        self.lock().answers.clear();
    }

    /// The exchange under way, else a new one; and the answer, if it is there.
    fn join(&self, url: &str, seconds: u32) -> (Shared<Exchange>, Option<Arc<Answer>>) {
        let mut state = self.lock();
        let now = platform::now();
        state.answers.retain(|(_, since)| now - since < FRESH);
        let known = state
            .answers
            .iter()
            .find(|(answer, _)| answer.url == url)
            .map(|(answer, _)| Arc::clone(answer));
        let exchange = match state.under_way.get(url).and_then(WeakShared::upgrade) {
            Some(exchange) => exchange,
            None => {
                let exchange = exchange(url.to_owned(), seconds).boxed().shared();
                if let (None, Some(weak)) = (&known, exchange.downgrade()) {
                    state.under_way.insert(url.to_owned(), weak);
                }
                exchange
            }
        };
        (exchange, known)
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // What is behind the lock is whole between any two of its statements.
        self.state.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

async fn exchange(url: String, seconds: u32) -> Result<Arc<Answer>, LoadError> {
    let response = transport::get(&url, seconds).await?;
    let is_success = (200..300).contains(&response.status);
    let text = response.body.trim_start_matches('\u{feff}');
    let body = match serde_json::from_str::<Variable>(text) {
        Ok(body) => body,
        Err(_) if !is_success => Variable::Null,
        Err(error) => {
            let beginning: String = text.trim_start().chars().take(40).collect();
            let problem = if beginning.is_empty() {
                "the body is empty".to_owned()
            } else if beginning.starts_with('<') {
                format!("HTML instead of JSON: `{beginning}`")
            } else {
                format!("{error}, begins with `{beginning}`")
            };
            return Err(LoadError::NotJson { url, problem });
        }
    };
    let headers: Vec<(String, Rcvar)> = response
        .headers
        .into_iter()
        .map(|(name, value)| (name.to_ascii_lowercase(), Rcvar::new(Variable::String(value))))
        .collect();
    Ok(Arc::new(Answer {
        url,
        status: response.status,
        headers: object(headers.iter().map(|(name, value)| (name.as_str(), Rcvar::clone(value)))),
        body: Rcvar::new(body),
    }))
}

impl Answer {
    /// What a mapping's expressions are evaluated on.
    pub fn envelope(&self, variables: &Rcvar) -> Rcvar {
        let status = serde_json::Number::from(self.status);
        object([
            ("body", Rcvar::clone(&self.body)),
            ("headers", Rcvar::clone(&self.headers)),
            ("status", Rcvar::new(Variable::Number(status))),
            ("variables", Rcvar::clone(variables)),
        ])
    }
}
