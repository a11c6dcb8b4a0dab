//! Finds the articles of a newspaper that share most keywords with one of them, from an index that stays small: a few
//! dozen bytes for each article, however long the articles are.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::fingerprint::Fingerprint;
use crate::backend::keyword_key;
use crate::model::Timestamp;

/// Of the articles with a keyword, only this many are compared: the first ones that are added, which are the newest.
/// A keyword of more articles says little about any of them.
const MOST_OF_A_KEYWORD: usize = 128;
/// Of the keywords of an article, only this many count.
const MOST_KEYWORDS: usize = 32;

/// The articles of a newspaper by id and by keyword. Each has a number, from 0, in the order in which they are added.
#[derive(Default)]
pub struct RelatedIndex {
    numbers: HashMap<Fingerprint, u32>,
    /// By number; an article without a date has the least one.
    dates: Vec<i64>,
    by_keyword: HashMap<Fingerprint, Vec<u32>>,
}

impl RelatedIndex {
    /// Adds the next article. They are added in the order of the list, newest first.
    pub fn add<'a>(&mut self, id: &str, keywords: impl IntoIterator<Item = &'a str>, date: Option<Timestamp>) {
        let Ok(number) = u32::try_from(self.dates.len()) else {
            return;
        };
        self.dates.push(date.map_or(i64::MIN, |date| date.unix));
        self.numbers.entry(Fingerprint::of_texts([id])).or_insert(number);
        for keyword in distinct(keywords) {
            let articles = self.by_keyword.entry(keyword).or_default();
            if articles.len() < MOST_OF_A_KEYWORD {
                articles.push(number);
            }
        }
    }

    /// The number of the article with this id.
    pub fn number_of(&self, id: &str) -> Option<usize> {
        self.numbers
            .get(&Fingerprint::of_texts([id]))
            .map(|number| *number as usize)
    }

    /// The numbers of the articles that share a keyword with this article, at most `most`: those that share most
    /// first, and the newest first among equals. The article itself is not among them.
    pub fn most_shared<'a>(&self, id: &str, keywords: impl IntoIterator<Item = &'a str>, most: usize) -> Vec<usize> {
        let own = self.number_of(id);
        let mut sharing: Vec<u32> = Vec::new();
        for keyword in distinct(keywords) {
            sharing.extend(self.by_keyword.get(&keyword).into_iter().flatten());
        }
        // An article stands there once for each keyword that it shares.
        sharing.sort_unstable();
        let counted = sharing
            .chunk_by(|one, other| one == other)
            .map(|same| (same[0] as usize, same.len()));
        let mut ranked: Vec<_> = counted
            .filter(|(number, _)| Some(*number) != own)
            .map(|(number, count)| (Reverse(count), Reverse(self.dates[number]), number))
            .collect();
        if ranked.len() > most && most > 0 {
            ranked.select_nth_unstable(most - 1);
        }
        ranked.truncate(most);
        ranked.sort_unstable();
        ranked.into_iter().map(|(_, _, number)| number).collect()
    }
}

/// The keywords of an article, each once.
fn distinct<'a>(keywords: impl IntoIterator<Item = &'a str>) -> Vec<Fingerprint> {
    let mut all: Vec<Fingerprint> = Vec::new();
    for keyword in keywords.into_iter().take(MOST_KEYWORDS) {
        let key = keyword_key(keyword);
        let key = Fingerprint::of_texts([&*key]);
        if !all.contains(&key) {
            all.push(key);
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An index of articles with these ids, keywords and dates.
    fn index(articles: &[(&str, &[&str], i64)]) -> RelatedIndex {
        let mut index = RelatedIndex::default();
        for (id, keywords, unix) in articles {
            index.add(id, keywords.iter().copied(), Some(Timestamp { unix: *unix }));
        }
        index
    }

    #[test]
    fn who_shares_more_keywords_comes_first_and_the_newest_among_equals() {
        let index = index(&[
            ("itself", &["배", "굴", "어판장"], 9),
            ("one, old but pinned", &["굴"], 3),
            ("one, newer", &["굴", "눈"], 8),
            ("none", &["눈"], 7),
            ("two", &["굴", "배"], 1),
        ]);
        assert_eq!(index.most_shared("itself", ["배", "굴", "어판장"], 9), [4, 2, 1]);
        assert_eq!(index.most_shared("itself", ["배", "굴", "어판장"], 1), [4]);
        assert!(index.most_shared("itself", [], 9).is_empty());
    }

    #[test]
    fn a_keyword_counts_once_whatever_its_case_and_spaces() {
        let index = index(&[("a", &["Ferry", "ferry ", "FERRY"], 2), ("b", &["ferry", "Bus"], 1)]);
        assert_eq!(index.most_shared("new", ["bus", "Ferry", "ferry"], 9), [1, 0]);
    }

    #[test]
    fn a_common_keyword_costs_no_more_than_a_rare_one() {
        let ids: Vec<String> = (0..1000).map(|id| id.to_string()).collect();
        let mut index = RelatedIndex::default();
        for id in &ids {
            index.add(id, ["해솔군"], None);
        }
        assert_eq!(
            index.by_keyword.values().map(Vec::len).sum::<usize>(),
            MOST_OF_A_KEYWORD
        );
        assert_eq!(index.most_shared("999", ["해솔군"], 2), [0, 1]);
        assert_eq!(index.number_of("999"), Some(999));
    }
}
