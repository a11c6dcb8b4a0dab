//! Keeps what a repository tells.

use std::sync::{Arc, Mutex, PoisonError};

use super::Event;

/// Keeps events until they are taken. Copies share the same events.
#[derive(Clone, Debug, Default)]
pub struct Record(Arc<Mutex<Vec<Event>>>);

impl Record {
    /// Adds an event.
    pub fn push(&self, event: Event) {
        self.with(|events| events.push(event));
    }

    /// How many events there are.
    pub fn count(&self) -> usize {
        self.with(|events| events.len())
    }

    /// The events since the last call, in order.
    pub fn take(&self) -> Vec<Event> {
        self.with(std::mem::take)
    }

    /// The events from this index on, in order. Those before it stay.
    pub fn take_from(&self, index: usize) -> Vec<Event> {
        self.with(|events| events.split_off(index.min(events.len())))
    }

    fn with<T>(&self, work: impl FnOnce(&mut Vec<Event>) -> T) -> T {
        // The list is consistent between any two statements, so it can be used after a panic.
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
