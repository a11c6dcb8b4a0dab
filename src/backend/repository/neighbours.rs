//! The articles just before and just after an article.

use std::sync::Arc;

use super::Inquiry;
use super::one_article::{Choose, Which};
use crate::backend::LoadError;
use crate::backend::mapping::Resource;
use crate::model::{Article, Neighbours, Timestamp};

impl Inquiry<'_> {
    /// The articles published just before and just after an article: those that its own document names, or those that
    /// the backend finds by its date. An article without a date has only those that its document names.
    pub fn neighbours(&self, article: &Article) -> Result<Neighbours, LoadError> {
        let date = article.date_published;
        let older = |found: &[&Article], _| nearest_older(found, date);
        let newer = |found: &[&Article], is_all| nearest_newer(found, date, is_all);
        // Both are requested at once.
        let previous = self.neighbour(Resource::Previous, article, &article.previous, &older);
        let next = self.neighbour(Resource::Next, article, &article.next, &newer);
        Ok(Neighbours {
            previous: previous?,
            next: next?,
        })
    }

    fn neighbour(
        &self,
        resource: Resource,
        article: &Article,
        named: &Option<Arc<Article>>,
        nearest: Choose<'_>,
    ) -> Result<Option<Arc<Article>>, LoadError> {
        if let Some(named) = named {
            return Ok(Some(Arc::clone(named)));
        }
        let Some(date) = article.date_published.filter(|_| self.offers(resource)) else {
            return Ok(None);
        };
        let variables = Vec::from([
            ("id", article.id.clone()),
            ("datePublished", date.civil(0).iso()),
            ("datePublishedUnix", date.unix.to_string()),
        ]);
        match self.item(resource, variables, Which::Nearest(nearest)) {
            Err(LoadError::NotFound) => Ok(None),
            found => Ok(found?.map(Arc::new)),
        }
    }
}

/// The index of the newest article that is older than the date. Articles without a date are skipped.
fn nearest_older(found: &[&Article], date: Option<Timestamp>) -> Option<usize> {
    let older = found.iter().enumerate();
    let older = older.filter(|(_, other)| other.date_published.is_some() && other.date_published < date);
    let nearest = older.max_by_key(|(_, other)| other.date_published);
    nearest.map(|(index, _)| index)
}

/// The index of the oldest article that is newer than the date. Lists begin with the newest article, so it is known only
/// when the list has reached the date, or when `found` is the whole list (`is_all`).
fn nearest_newer(found: &[&Article], date: Option<Timestamp>, is_all: bool) -> Option<usize> {
    let is_not_newer = |other: &&Article| other.date_published.is_some_and(|other| Some(other) <= date);
    if !is_all && !found.iter().any(is_not_newer) {
        return None;
    }
    let newer = found
        .iter()
        .enumerate()
        .filter(|(_, other)| other.date_published > date);
    let nearest = newer.min_by_key(|(_, other)| other.date_published);
    nearest.map(|(index, _)| index)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Articles with these dates, in seconds since 1970.
    fn articles(dates: &[Option<i64>]) -> Vec<Article> {
        let article = |date: &Option<i64>| Article {
            date_published: date.map(|unix| Timestamp { unix }),
            ..Article::default()
        };
        dates.iter().map(article).collect()
    }

    fn all(articles: &[Article]) -> Vec<&Article> {
        articles.iter().collect()
    }

    const DATE: Option<Timestamp> = Some(Timestamp { unix: 5 });

    #[test]
    fn the_older_neighbour_is_the_last_before_the_date() {
        let both = articles(&[Some(7), Some(5), Some(2), Some(4), None]);
        assert_eq!(nearest_older(&all(&both), DATE), Some(3));
        assert_eq!(nearest_older(&all(&articles(&[Some(7), None])), DATE), None);
    }

    #[test]
    fn the_newer_neighbour_is_known_when_an_older_article_has_come_or_all_have() {
        let only_newer = articles(&[Some(9), Some(7), None]);
        assert_eq!(nearest_newer(&all(&only_newer), DATE, false), None);
        assert_eq!(nearest_newer(&all(&only_newer), DATE, true), Some(1));
        assert_eq!(
            nearest_newer(&all(&articles(&[Some(9), Some(7), Some(5)])), DATE, false),
            Some(1)
        );
    }
}
