//! Goes through the pages of a list, and notices a list without an end.

use crate::edition::EditionError;

/// After this many pages in a row without a new article, a list counts as endless.
const MOST_PAGES_WITHOUT_NEWS: u64 = 10;
/// A list with more pages than this counts as endless.
const MOST_PAGES: u32 = 1_000_000;

/// The current place in a list.
pub struct Paging {
    /// The list's name, for errors.
    what: String,
    page: u32,
    pages_without_news: u64,
    /// This many pages may be without new articles, in addition to the limit.
    may_be_empty: u32,
}

impl Paging {
    /// Begins with the first page of a list. If only some articles belong to the list, such as those with a photo, it
    /// may have as many empty pages as the list of all articles has pages, which is `may_be_empty`.
    pub fn new(what: impl Into<String>, may_be_empty: u32) -> Self {
        Paging {
            what: what.into(),
            page: 1,
            pages_without_news: 0,
            may_be_empty,
        }
    }

    /// The number of the page, from 1.
    pub fn page(&self) -> u32 {
        self.page
    }

    /// Goes to the `next` page. Returns whether there is one. `has_news` says whether the current page had an article
    /// that no earlier page had.
    pub fn turn(&mut self, next: Option<u32>, has_news: bool) -> Result<bool, EditionError> {
        self.pages_without_news = if has_news { 0 } else { self.pages_without_news + 1 };
        let Some(next) = next.filter(|next| *next > self.page) else {
            return Ok(false);
        };
        let is_long = u64::from(self.page) >= u64::from(self.may_be_empty) + MOST_PAGES_WITHOUT_NEWS;
        let leads_nowhere = self.pages_without_news >= MOST_PAGES_WITHOUT_NEWS && is_long;
        if leads_nowhere || self.page >= MOST_PAGES {
            return Err(EditionError::Endless {
                what: self.what.clone(),
                page: self.page,
            });
        }
        self.page = next;
        Ok(true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_ends_where_no_higher_page_follows() {
        let mut paging = Paging::new("latest", 0);
        assert!(paging.turn(Some(2), true).expect("it goes on"));
        assert!(!paging.turn(Some(2), true).expect("it ends"));
        assert!(!paging.turn(None, true).expect("it ends"));
        assert_eq!(paging.page(), 2);
    }

    #[test]
    fn a_list_without_news_is_given_up_but_not_before_it_may_be_empty() {
        for (may_be_empty, last) in [(0, 10), (25, 35)] {
            let mut paging = Paging::new("photos", may_be_empty);
            let mut turn = || paging.turn(Some(paging.page() + 1), false);
            for _ in 1..last {
                assert!(turn().is_ok());
            }
            assert!(turn().is_err());
        }
    }
}
