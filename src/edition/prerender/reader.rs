//! Reads the backend for an edition, and distinguishes what does not exist from what can't be loaded at the moment.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::backend::{Answered, AnyWanted, LoadError, Payload, Repository};
use crate::edition::EditionError;

/// At most this many answers for the first articles of sections are kept.
const MOST_HEADS: usize = 1_000;

/// What is missing in a page, and why.
pub type Problems = Vec<String>;

/// The data of a part of a page.
#[derive(Clone)]
pub struct PagePart {
    /// The answer that the page is made with.
    pub answer: Answered,
    /// Why the part is left out, if the backend has it but it can't be read.
    pub problem: Option<String>,
}

/// Reads the backend of a newspaper.
pub struct BackendReader {
    repository: Arc<Repository>,
    /// The first articles of sections, which many pages show, by the key of their question.
    heads: Mutex<HashMap<String, PagePart>>,
}

impl BackendReader {
    /// A reader of this repository.
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

    /// The answer to a page's question, only with what the page shows. A temporary failure of the backend is an error.
    /// Any other answer, also [`LoadError::NotFound`], is used to make the page.
    pub async fn load(&self, wanted: &AnyWanted) -> Result<Answered, EditionError> {
        Ok(self.load_whole(wanted).await?.map(Payload::as_shown))
    }

    /// Like [`Self::load`], with everything that the backend sent.
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

    /// A part of a page. It is left out if the backend does not have it or its answer can't be read.
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

/// Whether the same request may succeed later.
pub fn is_temporary(error: &LoadError) -> bool {
    match error {
        LoadError::Unreachable { .. } | LoadError::TimedOut { .. } => true,
        LoadError::Status { status, .. } => *status == 429 || *status >= 500,
        _ => false,
    }
}
