//! Which article has which address: of two that would have the same folder, the newer one.

use std::collections::HashMap;

use crate::edition::fingerprint::Fingerprint;
use crate::model::Article;

/// The articles that were met, by their address without regard to case: some file systems know no difference.
#[derive(Default)]
pub struct Addresses {
    met: HashMap<Fingerprint, Fingerprint>,
}

/// Whether an article gets its address.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Claim {
    /// Nothing else has it.
    Granted,
    /// This article has it already: a list that moved on while it was read brings the same article again.
    Repeated,
    /// Another article has it.
    Taken,
}

impl Addresses {
    /// Takes an address for an article.
    pub fn claim(&mut self, path: &str, article: &Article) -> Claim {
        let itself = Fingerprint::of_texts([&*article.id, &article.headline]);
        match self.met.insert(Fingerprint::of_texts([&*path.to_lowercase()]), itself) {
            None => Claim::Granted,
            Some(before) if before == itself => Claim::Repeated,
            Some(_) => Claim::Taken,
        }
    }

    /// How many addresses are taken.
    pub fn count(&self) -> usize {
        self.met.len()
    }
}
