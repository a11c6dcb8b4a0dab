//! What a backend offers. A written page has it, so that the program knows it without reading the mapping.

use super::mapping::{Mapping, Resource};
use crate::json::Vocabulary;
use crate::model::{Metric, Period};

/// The resources that a backend offers, and the periods and metrics of its rankings.
#[derive(Clone, Debug, PartialEq)]
pub struct Offer {
    /// Their words, separated by spaces: `latest section ranking day week week/comments`. Periods without a metric are those
    /// of the usual ranking. What that counts stands after them, unless it is `views`.
    words: String,
}

impl Offer {
    /// What a mapping offers. The browser program is split at this function, too (script/split.mjs), because it evaluates
    /// conditions.
    #[inline(never)]
    pub fn of(mapping: &Mapping) -> Self {
        let resources = Resource::VARIANTS.iter().copied();
        let resources = resources.filter(|resource| mapping.offers(*resource));
        let mut words: Vec<String> = resources.map(|resource| resource.as_str().to_owned()).collect();
        for (index, metric) in mapping.metrics().into_iter().enumerate() {
            let periods = Period::ALL.into_iter();
            let periods = periods.filter(|period| mapping.offers_ranking(metric, *period));
            let other = (index > 0).then_some(metric);
            words.extend(periods.map(|period| ranking_word(period, other)));
            if index == 0 && metric != Metric::Views {
                words.push(metric.as_str().to_owned());
            }
        }
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

    /// What the usual ranking counts.
    pub fn usual_metric(&self) -> Metric {
        let named = Metric::ALL.into_iter().find(|metric| self.has(metric.as_str()));
        named.unwrap_or(Metric::Views)
    }

    /// The periods of the ranking by this metric; of the usual ranking for `None`.
    pub fn periods(&self, metric: Option<Metric>) -> Vec<Period> {
        let other = metric.filter(|metric| *metric != self.usual_metric());
        let periods = Period::ALL.into_iter();
        periods
            .filter(|period| self.has(&ranking_word(*period, other)))
            .collect()
    }
}

/// The word for a ranking. `metric` is what it counts, unless it is the usual ranking.
fn ranking_word(period: Period, metric: Option<Metric>) -> String {
    match metric {
        Some(metric) => [period.as_str(), "/", metric.as_str()].concat(),
        None => period.as_str().to_owned(),
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
                let is_offered = Metric::ALL.iter().any(|metric| mapping.offers_ranking(*metric, period));
                assert_eq!(read.has(period.as_str()), is_offered, "{preset}: {period:?}");
            }
        }
    }

    #[test]
    fn an_offer_knows_the_periods_of_each_metric() {
        let offer = |ranking: &str| {
            let changes = format!(r#"{{"resources": {{"ranking": {ranking}}}}}"#);
            let changes = crate::json::Variable::from_json(&changes).expect("JSON");
            let offer = Offer::of(&Mapping::new("native", Some(&changes)).expect("a mapping"));
            Offer::from_words(offer.words().to_owned())
        };
        let several = offer(
            r#"[{"url": "a", "periods": {"day": "d", "week": "w"}},
                {"url": "b", "metric": "comments", "periods": {"week": "w"}}]"#,
        );
        assert_eq!(several.usual_metric(), Metric::Views);
        assert_eq!(several.periods(None), [Period::Day, Period::Week]);
        assert_eq!(several.periods(Some(Metric::Views)), [Period::Day, Period::Week]);
        assert_eq!(several.periods(Some(Metric::Comments)), [Period::Week]);
        assert!(several.periods(Some(Metric::Likes)).is_empty());

        let only = offer(r#"{"metric": "likes", "periods": {"day": null}}"#);
        assert_eq!(only.usual_metric(), Metric::Likes);
        assert_eq!(only.periods(Some(Metric::Likes)), [Period::Week, Period::Month]);
        assert!(only.periods(Some(Metric::Views)).is_empty());
    }
}
