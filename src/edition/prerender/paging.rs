//! Goes from page to page of a list, and notices a list that never ends.

use crate::edition::EditionError;

/// So many pages in a row without an article that no earlier page had mean that a list never ends.
const MOST_PAGES_WITHOUT_NEWS: u64 = 10;
/// A list of more pages than this never ends.
const MOST_PAGES: u32 = 1_000_000;

/// Where in a list a run is.
pub struct Paging {
    /// The list, for an error.
    what: String,
    page: u32,
    pages_without_news: u64,
    /// So many pages may be without news, besides those of the limit.
    may_be_empty: u32,
}

impl Paging {
    /// On the first page of a list. Only some articles have, say, a photo: a list of those may go on without an entry for as
    /// many pages as the list of all articles has, which are `may_be_empty`.
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

    /// Goes to the `next` page, and says whether there is one. `has_news` says whether this page had an article that no
    /// earlier page had.
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
