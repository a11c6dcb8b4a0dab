//! What a backend offers. A written page has it, so that the program knows it without reading the mapping.

use super::mapping::{Mapping, Resource};
use crate::json::Vocabulary;
use crate::model::Period;

/// The resources that a backend offers, and the periods of its rankings.
#[derive(Clone, Debug, PartialEq)]
pub struct Offer {
    /// Their words, separated by spaces: `latest section ranking day week`.
    words: String,
}

impl Offer {
    /// What a mapping offers.
    pub fn of(mapping: &Mapping) -> Self {
        let resources = Resource::VARIANTS.iter().copied();
        let resources = resources.filter(|resource| mapping.offers(*resource));
        let periods = Period::ALL.into_iter();
        let periods = periods.filter(|period| mapping.period_word(*period).is_some());
        let words: Vec<&str> = resources
            .map(Resource::as_str)
            .chain(periods.map(Period::as_str))
            .collect();
        Offer { words: words.join(" ") }
    }

    /// What [`Offer::words`] says.
    pub fn from_words(words: String) -> Self {
        Offer { words }
    }

    /// Their words, separated by spaces.
    pub fn words(&self) -> &str {
        &self.words
    }

    /// Whether the resource or period with this word is offered.
    pub fn has(&self, word: &str) -> bool {
        self.words.split(' ').any(|offered| offered == word)
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    #[test]
    fn an_offer_is_the_same_after_it_stood_in_a_page() {
        for preset in ["native", "wordpress", "hackernews", "jsonfeed"] {
            let mapping = Mapping::new(preset, None).expect("a preset");
            let offer = Offer::of(&mapping);
            let read = Offer::from_words(offer.words().to_owned());
            for resource in Resource::VARIANTS {
                let is_offered = mapping.offers(*resource);
                assert_eq!(read.has(resource.as_str()), is_offered, "{preset}: {resource:?}");
            }
            for period in Period::ALL {
                let is_offered = mapping.period_word(period).is_some();
                assert_eq!(read.has(period.as_str()), is_offered, "{preset}: {period:?}");
            }
        }
    }
}
