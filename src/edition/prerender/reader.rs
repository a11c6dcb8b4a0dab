//! The backend, as an edition reads it: what is missing is told from what can't be had at the moment.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::backend::{Answered, AnyWanted, LoadError, Payload, Repository};
use crate::edition::EditionError;

/// The heads of so many sections are kept at hand.
const MOST_HEADS: usize = 1_000;

/// What a page lacks, and why.
pub type Problems = Vec<String>;

/// A part of a page.
#[derive(Clone)]
pub struct PagePart {
    /// What the page is made with.
    pub answer: Answered,
    /// Why the part is left out, where the backend has it and it can't be read.
    pub problem: Option<String>,
}

/// The backend of a newspaper.
pub struct BackendReader {
    repository: Arc<Repository>,
    /// The heads of sections, which many pages show, by the key of their question.
    heads: Mutex<HashMap<String, PagePart>>,
}

impl BackendReader {
    /// What this repository has.
    pub fn new(repository: Arc<Repository>) -> Self {
        BackendReader {
            repository,
            heads: Mutex::default(),
        }
    }

    /// The repository itself.
    pub fn repository(&self) -> &Repository {
        &self.repository
    }

    /// The answer to a question of a page, with what the page shows of it. A backend that does not answer for a moment is
    /// an error; any other answer, [`LoadError::NotFound`] too, is one to make the page with.
    pub async fn load(&self, wanted: &AnyWanted) -> Result<Answered, EditionError> {
        Ok(self.load_whole(wanted).await?.map(Payload::as_shown))
    }

    /// The same with what pages don't show of it.
    pub async fn load_whole(&self, wanted: &AnyWanted) -> Result<Answered, EditionError> {
        match self.repository.load(wanted).await {
            Ok(payload) => Ok(Ok(payload)),
            Err(LoadError::NotFound | LoadError::NotOffered { .. }) => Ok(Err(LoadError::NotFound)),
            Err(error) if is_temporary(&error) => Err(EditionError::Backend {
                what: wanted.key(),
                error,
            }),
            Err(error) => Ok(Err(error)),
        }
    }

    /// A part of a page. One that the backend lacks, or gives in a shape that can't be read, is left out.
    pub async fn part(&self, wanted: &AnyWanted) -> Result<PagePart, EditionError> {
        let key = wanted.key();
        let is_shared = matches!(wanted, AnyWanted::SectionHead(..));
        if is_shared && let Some(known) = self.lock_heads().get(&key) {
            return Ok(known.clone());
        }
        let part = match self.load(wanted).await? {
            Err(error) if error != LoadError::NotFound => PagePart {
                answer: Err(LoadError::NotFound),
                problem: Some(format!("left out {key}: {error}")),
            },
            answer => PagePart { answer, problem: None },
        };
        if is_shared {
            let mut heads = self.lock_heads();
            if heads.len() < MOST_HEADS {
                heads.insert(key, part.clone());
            }
        }
        Ok(part)
    }

    fn lock_heads(&self) -> MutexGuard<'_, HashMap<String, PagePart>> {
        // No statement leaves the map half changed, so it can be used even after a panic.
        self.heads.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether the backend may well answer another time.
pub fn is_temporary(error: &LoadError) -> bool {
    match error {
        LoadError::Unreachable { .. } | LoadError::TimedOut { .. } => true,
        LoadError::Status { status, .. } => *status == 429 || *status >= 500,
        _ => false,
    }
}
