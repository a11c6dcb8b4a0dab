//! Gives each article its address. If two articles would have the same folder, the newer one gets it.

use std::collections::HashMap;

use crate::edition::fingerprint::Fingerprint;
use crate::model::Article;

/// The articles so far, by their address in lower case, because some file systems do not distinguish case.
#[derive(Default)]
pub struct Addresses {
    met: HashMap<Fingerprint, Fingerprint>,
}

/// Whether an article gets its address.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Claim {
    /// The address was free.
    Granted,
    /// The same article has it already: it comes twice if a list changes while it is read.
    Repeated,
    /// Another article has it.
    Taken,
}

impl Addresses {
    /// Asks for an address for an article.
    pub fn claim(&mut self, path: &str, article: &Article) -> Claim {
        let itself = Fingerprint::of_texts([&*article.id, &article.headline]);
        match self.met.insert(Fingerprint::of_texts([&*path.to_lowercase()]), itself) {
            None => Claim::Granted,
            Some(before) if before == itself => Claim::Repeated,
            Some(_) => Claim::Taken,
        }
    }

    /// How many addresses are used.
    pub fn count(&self) -> usize {
        self.met.len()
    }
}
