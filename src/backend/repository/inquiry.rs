//! A question to the backend, from its first request to its answer.
//!
//! What a question needs depends on answers: an article on the ids of a list, a second page on the length of the first one.
//! Nevertheless, nothing in the other modules waits. They read as if everything were there. Something that is not there is
//! noted, and what was read without it does not count. When it has arrived, the question is read again. What takes long to
//! read is read once and remembered.

use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::ops::Deref;
use std::sync::Arc;
use std::task::Poll;

use futures::future::BoxFuture;

use super::Repository;
use super::following::Trail;
use crate::backend::answer::Answer;
use crate::backend::surroundings::{Event, Record, Surroundings};
use crate::backend::{LoadError, Payload};
use crate::model::Article;
use crate::platform;

/// How many needed requests of one question are under way at once. What may be left out has what is left of them.
const CONCURRENCY: usize = 6;
/// In the browser, what is complete waits so long for what may be left out.
pub(super) const PATIENCE_MILLISECONDS: u32 = 1000;

/// Something that a question needs before it can be answered.
#[derive(Clone, PartialEq)]
enum Part {
    /// The backend's answer at this address.
    Answer(String),
    /// The article with this id, which is a question with requests of its own. A question for a list could not be asked here:
    /// the part of the program that reads lists may not be there (`Repository::load`).
    Article(String),
}

/// A part that has arrived.
#[derive(Clone)]
enum Arrived {
    Answer(Arc<Answer>),
    Payload(Payload),
}

/// What has arrived, or why it can't be had.
type Outcome = Result<Arrived, LoadError>;

/// A part that was missing when the question was read.
#[derive(Clone, Copy)]
struct Missing {
    /// Its index among the parts.
    number: usize,
    /// Whether the question can't be answered without it.
    is_needed: bool,
}

/// A part that is being requested.
struct UnderWay<'a> {
    part: Missing,
    request: BoxFuture<'a, Outcome>,
}

/// Articles that were read, each with its item's index; or why there are none.
type Read = Result<Arc<Vec<(usize, Article)>>, LoadError>;

/// A question to the backend, and what has arrived for it.
pub(in crate::backend) struct Inquiry<'a> {
    repository: &'a Repository,
    /// In the order in which they were asked for; `None` for one that has not arrived.
    parts: RefCell<Vec<(Part, Option<Outcome>)>>,
    /// What was missing in this reading.
    missing: RefCell<Vec<Missing>>,
    /// Whether what is read now may be left out.
    is_optional: Cell<bool>,
    /// What [`Inquiry::once`] has read.
    read: RefCell<Vec<(String, Read)>>,
    /// The greatest number of articles that the backend gives: as it was known before, and in this reading.
    most: (Option<u32>, Cell<Option<u32>>),
    /// The page of a list that was read last before.
    pub(super) trail: Option<Trail>,
    /// The page that was read last in this reading; `None` if there is no page after it.
    pub(super) new_trail: RefCell<Option<Option<Trail>>>,
    /// Keep in `record` what they are told: what is said without a part may be wrong.
    surroundings: Surroundings,
    record: Record,
    /// What was said with all parts.
    certain: RefCell<Vec<Event>>,
}

impl Deref for Inquiry<'_> {
    type Target = Repository;

    fn deref(&self) -> &Repository {
        self.repository
    }
}

impl<'a> Inquiry<'a> {
    fn new(repository: &'a Repository) -> Self {
        let record = Record::default();
        Inquiry {
            repository,
            parts: RefCell::default(),
            missing: RefCell::default(),
            is_optional: Cell::default(),
            read: RefCell::default(),
            most: (repository.known().most, Cell::default()),
            trail: repository.trail().clone(),
            new_trail: RefCell::default(),
            surroundings: repository.surroundings().recording(&record),
            record,
            certain: RefCell::default(),
        }
    }

    /// The answer at an address. If it is not there, it is requested, and whatever is made of the error does not count.
    pub fn answer(&self, url: String) -> Result<Arc<Answer>, LoadError> {
        match self.part(Part::Answer(url))? {
            Arrived::Answer(answer) => Ok(answer),
            Arrived::Payload(_) => Err(LoadError::NotFound),
        }
    }

    /// The articles with these ids, in the same order. It is an error if one of them is missing.
    pub fn articles_named(&self, ids: &[String]) -> Result<Vec<Result<Article, LoadError>>, LoadError> {
        let before = self.count_missing();
        let arrived: Vec<_> = ids.iter().map(|id| self.part(Part::Article(id.clone()))).collect();
        if self.count_missing() > before {
            return Err(LoadError::NotFound);
        }
        let article = |arrived| match arrived {
            Ok(Arrived::Payload(Payload::Article(article))) => Ok(Arc::unwrap_or_clone(article)),
            Ok(_) => Err(LoadError::NotFound),
            Err(error) => Err(error),
        };
        Ok(arrived.into_iter().map(article).collect())
    }

    fn part(&self, part: Part) -> Outcome {
        let mut parts = self.parts.borrow_mut();
        let known = parts.iter().position(|(known, _)| *known == part);
        let number = known.unwrap_or(parts.len());
        if known.is_none() {
            parts.push((part, None));
        }
        match &parts[number].1 {
            Some(arrived) => arrived.clone(),
            None => {
                let is_needed = !self.is_optional.get();
                self.missing.borrow_mut().push(Missing { number, is_needed });
                Err(LoadError::NotFound)
            }
        }
    }

    fn count_missing(&self) -> usize {
        self.missing.borrow().len()
    }

    /// An error if something is missing. It stands where an error so far would lead to other requests, which may not be
    /// needed: other articles of a section are asked for if there are no related articles, but not as long as nobody
    /// knows.
    pub fn all_arrived(&self) -> Result<(), LoadError> {
        match self.count_missing() {
            0 => Ok(()),
            _ => Err(LoadError::NotFound),
        }
    }

    /// Something that the question can be answered without: `None` if it does not come in time. When an edition is written,
    /// everything does.
    pub fn optional<T>(&self, read: impl FnOnce() -> T) -> Option<T> {
        let (missing, said) = (self.count_missing(), self.record.count());
        let was_optional = self.is_optional.replace(true);
        let value = read();
        self.is_optional.set(was_optional);
        if self.count_missing() == missing {
            return Some(value);
        }
        self.record.take_from(said);
        None
    }

    /// Reads articles, and remembers them by this key if nothing was missing.
    pub fn once(
        &self,
        key: String,
        read: &dyn Fn() -> Result<Vec<(usize, Article)>, LoadError>,
    ) -> Result<Arc<Vec<(usize, Article)>>, LoadError> {
        if let Some((_, known)) = self.read.borrow().iter().find(|(known, _)| *known == key) {
            return known.clone();
        }
        let (missing, said) = (self.count_missing(), self.record.count());
        let articles = read().map(Arc::new);
        if self.count_missing() == missing {
            self.certain.borrow_mut().extend(self.record.take_from(said));
            self.read.borrow_mut().push((key, articles.clone()));
        }
        articles
    }

    /// The greatest number of articles that the backend gives, if that is less than a page has and somebody noticed it.
    pub fn most(&self) -> Option<u32> {
        self.most.1.get().or(self.most.0)
    }

    /// Notes the greatest number of articles that the backend gives.
    pub fn set_most(&self, most: u32) {
        self.most.1.set(Some(most));
    }

    /// Where it is said what was left out.
    pub fn surroundings(&self) -> &Surroundings {
        &self.surroundings
    }

    /// Begins to read the question, with nothing but what has arrived.
    fn begin(&mut self) {
        self.missing.get_mut().clear();
        self.most.1.set(None);
        *self.new_trail.get_mut() = None;
        self.record.take();
    }

    /// Passes on what is known when the question is answered.
    fn end(&mut self) {
        let repository = self.repository;
        if let Some(most) = self.most.1.get() {
            repository.known().most = Some(most);
        }
        if let Some(trail) = self.new_trail.take() {
            *repository.trail() = trail;
        }
        for event in self.certain.take().into_iter().chain(self.record.take()) {
            repository.surroundings().tell(event);
        }
    }

    /// Starts requests of what is missing, what is needed first.
    fn request_missing(&mut self, under_way: &mut Vec<UnderWay<'a>>) {
        let missing = self.missing.get_mut();
        let (needed, optional): (Vec<Missing>, Vec<Missing>) = missing.iter().partition(|part| part.is_needed);
        for part in needed.into_iter().chain(optional) {
            let (what, arrived) = &self.parts.get_mut()[part.number];
            if arrived.is_some() {
                continue;
            }
            if let Some(known) = under_way.iter_mut().find(|known| known.part.number == part.number) {
                known.part.is_needed |= part.is_needed;
                continue;
            }
            let before = under_way.iter().filter(|known| known.part.is_needed || !part.is_needed);
            if before.count() < CONCURRENCY {
                let request = self.repository.part(what);
                under_way.push(UnderWay { part, request });
            }
        }
    }

    /// Whether the question has to be read again: an answer has arrived, or the last one of the articles.
    fn is_worth_reading(&mut self, arrived: &[usize]) -> bool {
        let parts = self.parts.get_mut();
        let is_answer = |number: &usize| matches!(parts[*number].0, Part::Answer(_));
        let is_asked = |part: &Missing| part.is_needed && matches!(parts[part.number], (Part::Article(_), None));
        arrived.iter().any(is_answer) || !self.missing.get_mut().iter().any(is_asked)
    }
}

impl Repository {
    /// Asks a question: `read` is called, and called again when what was missing has arrived, until nothing is missing.
    pub(in crate::backend) async fn inquire<T>(
        &self,
        read: &(dyn Fn(&Inquiry) -> Result<T, LoadError> + Sync),
    ) -> Result<T, LoadError> {
        let mut inquiry = Inquiry::new(self);
        let mut under_way: Vec<UnderWay<'_>> = Vec::new();
        let mut patience: Option<BoxFuture<'_, ()>> = None;
        let mut is_late = false;
        loop {
            inquiry.begin();
            let answer = read(&inquiry);
            let missing = inquiry.missing.get_mut();
            let is_complete = !missing.iter().any(|part| part.is_needed);
            if missing.is_empty() || (is_complete && is_late) {
                inquiry.end();
                return answer;
            }
            drop(answer);
            if is_late {
                // Nothing waits any more for what may be left out.
                missing.retain(|part| part.is_needed);
                under_way.retain(|other| other.part.is_needed);
            } else if is_complete && patience.is_none() && cfg!(target_arch = "wasm32") {
                patience = Some(Box::pin(platform::sleep(PATIENCE_MILLISECONDS)));
            }
            loop {
                inquiry.request_missing(&mut under_way);
                let mut arrived: Vec<usize> = Vec::new();
                let was_late = is_late;
                poll_fn(|context| {
                    under_way.retain_mut(|UnderWay { part, request }| match request.as_mut().poll(context) {
                        Poll::Ready(answer) => {
                            inquiry.parts.get_mut()[part.number].1 = Some(answer);
                            arrived.push(part.number);
                            false
                        }
                        Poll::Pending => true,
                    });
                    if let Some(patience) = patience.as_mut().filter(|_| !was_late) {
                        is_late = patience.as_mut().poll(context).is_ready();
                    }
                    match arrived.is_empty() && is_late == was_late {
                        true => Poll::Pending,
                        false => Poll::Ready(()),
                    }
                })
                .await;
                if is_late != was_late || inquiry.is_worth_reading(&arrived) {
                    break;
                }
            }
        }
    }

    /// Requests a part of a question.
    fn part(&self, part: &Part) -> BoxFuture<'_, Outcome> {
        match part {
            Part::Answer(url) => {
                let url = url.clone();
                Box::pin(async move { Ok(Arrived::Answer(self.request(url).await?)) })
            }
            Part::Article(id) => {
                let id = id.clone();
                Box::pin(async move {
                    Ok(Arrived::Payload(
                        self.inquire(&|inquiry| inquiry.ask_article(&id)).await?,
                    ))
                })
            }
        }
    }
}
