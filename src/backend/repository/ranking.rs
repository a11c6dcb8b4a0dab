//! The most viewed articles of a period.

use crate::json::Rcvar;

use super::Repository;
use super::reading::Reading;
use crate::backend::mapping::Resource;
use crate::backend::{LoadError, Unmapped};
use crate::model::{Article, Period, RankedArticle, Ranking};

impl Repository {
    /// The most viewed articles of a period, best first.
    pub async fn ranking(&self, period: Period) -> Result<Ranking, LoadError> {
        let resource = Resource::Ranking;
        let mapping = self.mapping()?;
        let word = mapping.period_word(period).map(str::to_owned);
        let variables = Vec::from([
            ("period", word.ok_or(LoadError::NotOffered { resource })?),
            ("page", "1".to_owned()),
            ("limit", mapping.page_size.to_string()),
        ]);
        let Some(reading) = self.send(resource, &variables, None).await? else {
            return Ok(Ranking::default());
        };
        let mut items = reading.items()?;
        if reading.request.article_id.is_some() {
            // Each article costs a request, so only the best are loaded.
            items = reading.best(items, mapping.page_size as usize)?;
        }
        let articles = reading.articles(&items, usize::MAX).await?;
        let mut ranked = Vec::with_capacity(articles.len());
        for (index, article) in articles {
            ranked.push(reading.ranked(&items[index], index, article)?);
        }
        ranked.sort_by_key(|entry| entry.position);
        Ok(Ranking {
            period: Some(period),
            metric: reading.request.metric.clone(),
            items: ranked,
        })
    }
}

impl Reading<'_> {
    /// The `limit` items with the best positions. Items without a position come last, in their order.
    fn best(&self, items: Vec<Rcvar>, limit: usize) -> Result<Vec<Rcvar>, Unmapped> {
        let mut placed = Vec::with_capacity(items.len());
        for item in items {
            placed.push((self.position(&item)?, item));
        }
        placed.sort_by_key(|(position, _)| (position.is_none(), *position));
        placed.truncate(limit);
        Ok(placed.into_iter().map(|(_, item)| item).collect())
    }

    /// An entry of a ranking. Without a position, its place in the list counts, from 1.
    fn ranked(&self, item: &Rcvar, index: usize, article: Article) -> Result<RankedArticle, Unmapped> {
        let position = self.position(item)?;
        let position = position.and_then(|position| u32::try_from(position).ok());
        Ok(RankedArticle {
            position: position.unwrap_or(index as u32 + 1),
            count: self.count(&self.request.count, item, "count")?,
            article,
        })
    }

    fn position(&self, item: &Rcvar) -> Result<Option<u64>, Unmapped> {
        self.count(&self.request.position, item, "position")
    }
}
