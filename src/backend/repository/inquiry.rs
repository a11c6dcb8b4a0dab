//! A question to the backend, from its first request to its answer.
//!
//! What a question asks for depends on answers: an article on the ids of a list, a second page on the length of the first
//! one. Nevertheless, nothing in the other modules waits. They read as if all answers were there; one that is not there is
//! noted, and what was read without it does not count. When it has arrived, the question is read again. It costs little
//! to read again: answers are parsed once, and articles that were loaded by their ids are read once.

use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::ops::Deref;
use std::sync::Arc;
use std::task::Poll;

use futures::future::BoxFuture;

use super::Repository;
use crate::backend::answer::Answer;
use crate::backend::surroundings::{Event, Record, Surroundings};
use crate::backend::{LoadError, Warning};
use crate::model::Article;
use crate::platform;

/// How many requests of one question are under way at once.
const CONCURRENCY: usize = 6;
/// In the browser, what is complete waits so long for what may be left out.
pub(super) const PATIENCE_MILLISECONDS: u32 = 1000;

type Answered = Result<Arc<Answer>, LoadError>;
type Found = Result<Option<Arc<Article>>, LoadError>;

/// A question to the backend, and what has arrived for it.
pub(in crate::backend) struct Inquiry<'a> {
    repository: &'a Repository,
    /// By address, in the order in which they were asked for; `None` for one that has not arrived.
    answers: RefCell<Vec<(String, Option<Answered>)>>,
    /// What [`Inquiry::once`] has read.
    articles: RefCell<Vec<(String, Found)>>,
    /// Whether an answer is missing.
    is_waiting: Cell<bool>,
    /// Whether an answer is missing for something that may be left out.
    is_incomplete: Cell<bool>,
    /// Whether that has had its time.
    is_late: Cell<bool>,
    /// They keep what is told in `record`: what is told without an answer may be wrong.
    surroundings: Surroundings,
    record: Record,
    /// What is certain.
    told: RefCell<Vec<Event>>,
}

impl Deref for Inquiry<'_> {
    type Target = Repository;

    fn deref(&self) -> &Repository {
        self.repository
    }
}

impl Inquiry<'_> {
    /// The answer of an address. If it is not there, it is requested, and whatever is made of the error does not count.
    pub fn answer(&self, url: String) -> Answered {
        let mut answers = self.answers.borrow_mut();
        match answers.iter().find(|(known, _)| *known == url) {
            Some((_, Some(answer))) => return answer.clone(),
            Some(_) => {}
            None => answers.push((url, None)),
        }
        self.is_waiting.set(true);
        Err(LoadError::NotFound)
    }

    /// An error if an answer is missing: what is asked for next depends on it.
    pub fn needs_all(&self) -> Result<(), LoadError> {
        match self.is_waiting.get() {
            true => Err(LoadError::NotFound),
            false => Ok(()),
        }
    }

    /// Reads something, and says whether an answer is missing for it. Then the caller decides what that means for the
    /// question.
    fn apart<T>(&self, read: impl FnOnce() -> T) -> (T, bool) {
        let was_waiting = self.is_waiting.replace(false);
        let value = read();
        (value, self.is_waiting.replace(was_waiting))
    }

    /// Something that the question can be answered without: `None` if it does not come in time. When an edition is written,
    /// everything does.
    pub fn optional<T>(&self, read: impl FnOnce() -> T) -> Option<T> {
        let (value, is_missing) = self.apart(read);
        if is_missing {
            self.is_incomplete.set(true);
        }
        (!is_missing).then_some(value)
    }

    /// Reads something, and remembers it by this key when all of its answers are there.
    pub fn once(&self, key: String, read: &dyn Fn() -> Found) -> Found {
        if let Some((_, known)) = self.articles.borrow().iter().find(|(known, _)| *known == key) {
            return known.clone();
        }
        let before = self.record.count();
        let (found, is_missing) = self.apart(read);
        if is_missing {
            self.is_waiting.set(true);
        } else {
            self.told.borrow_mut().extend(self.record.take_from(before));
            self.articles.borrow_mut().push((key, found.clone()));
        }
        found
    }

    /// The articles with these ids, in the same order.
    pub fn articles_named(&self, ids: &[String]) -> Vec<Result<Article, LoadError>> {
        let found = |id: &String| self.once(["article/", id].concat(), &|| Ok(Some(Arc::new(self.article(id)?))));
        let (found, is_missing) = self.apart(|| ids.iter().map(found).collect::<Vec<_>>());
        if is_missing {
            self.is_waiting.set(true);
        }
        let found = found.into_iter().map(|found| match found {
            // Without all of them, nobody needs a copy.
            Ok(Some(article)) if !is_missing => Ok(Arc::unwrap_or_clone(article)),
            found => Err(found.err().unwrap_or(LoadError::NotFound)),
        });
        found.collect()
    }

    /// Where it is told what was left out.
    pub fn surroundings(&self) -> &Surroundings {
        &self.surroundings
    }

    /// Tells something that holds whatever is still missing.
    pub fn tell_at_once(&self, warning: Warning) {
        let event = Event::from(warning);
        self.told.borrow_mut().push(event);
    }

    /// Reads the question once; `None` if an answer is missing.
    fn read<T>(&self, read: &impl Fn(&Self) -> Result<T, LoadError>) -> Option<Result<T, LoadError>> {
        self.is_waiting.set(false);
        self.is_incomplete.set(false);
        self.record.take();
        let answer = read(self);
        let is_complete = !self.is_waiting.get() && (self.is_late.get() || !self.is_incomplete.get());
        is_complete.then_some(answer)
    }
}

impl Repository {
    /// Asks a question: `read` is called, and called again when answers that were missing have arrived, until none is
    /// missing.
    pub(in crate::backend) async fn inquire<T>(
        &self,
        read: impl Fn(&Inquiry) -> Result<T, LoadError> + Send,
    ) -> Result<T, LoadError> {
        let record = Record::default();
        let mut inquiry = Inquiry {
            repository: self,
            answers: RefCell::default(),
            articles: RefCell::default(),
            is_waiting: Cell::default(),
            is_incomplete: Cell::default(),
            is_late: Cell::default(),
            surroundings: self.surroundings().recording(&record),
            record,
            told: RefCell::default(),
        };
        let mut requested = 0;
        let mut under_way: Vec<(usize, BoxFuture<'_, Answered>)> = Vec::new();
        let mut patience: Option<BoxFuture<'_, ()>> = None;
        loop {
            if let Some(answer) = inquiry.read(&read) {
                for event in inquiry.told.take().into_iter().chain(inquiry.record.take()) {
                    self.surroundings().tell(event);
                }
                return answer;
            }
            if !*inquiry.is_waiting.get_mut() && patience.is_none() && cfg!(target_arch = "wasm32") {
                patience = Some(Box::pin(platform::sleep(PATIENCE_MILLISECONDS)));
            }
            while under_way.len() < CONCURRENCY
                && let Some((url, _)) = inquiry.answers.get_mut().get(requested)
            {
                under_way.push((requested, Box::pin(self.request(url.clone()))));
                requested += 1;
            }
            poll_fn(|context| {
                let before = under_way.len();
                under_way.retain_mut(|(number, request)| match request.as_mut().poll(context) {
                    Poll::Ready(answer) => {
                        inquiry.answers.get_mut()[*number].1 = Some(answer);
                        false
                    }
                    Poll::Pending => true,
                });
                if let Some(patience) = &mut patience
                    && !*inquiry.is_late.get_mut()
                    && patience.as_mut().poll(context).is_ready()
                {
                    *inquiry.is_late.get_mut() = true;
                    return Poll::Ready(());
                }
                match under_way.len() < before {
                    true => Poll::Ready(()),
                    false => Poll::Pending,
                }
            })
            .await;
        }
    }
}
