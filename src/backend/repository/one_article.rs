//! One article: by its own address, or by searching a list.

use std::sync::Arc;

use crate::json::Rcvar;

use super::Inquiry;
use super::asking::Variables;
use super::reading::{LeftOut, Reading};
use crate::backend::LoadError;
use crate::backend::mapping::Resource;
use crate::model::Article;

/// At most this many pages of a list are searched for one article.
const MOST_PAGES: u32 = 200;

/// How the article is chosen from a list.
#[derive(Clone, Copy)]
pub(super) enum Which<'a> {
    /// The one with this id.
    Id(&'a str),
    /// By this function.
    Nearest(Choose<'a>),
}

/// Chooses one of the articles that were read so far, by its index. The second argument says whether these are all.
pub(super) type Choose<'a> = &'a (dyn Fn(&[Article], bool) -> Option<usize> + Send + Sync);

impl Inquiry<'_> {
    /// One article with its body.
    pub fn article(&self, id: &str) -> Result<Article, LoadError> {
        let variables = Vec::from([("id", id.to_owned()), ("slug", id.to_owned())]);
        let found = self.item(Resource::Article, variables, Which::Id(id))?;
        found.ok_or(LoadError::NotFound)
    }

    /// The article of a resource. `which` chooses it if the answer is a list.
    pub(super) fn item(
        &self,
        resource: Resource,
        mut variables: Variables,
        which: Which<'_>,
    ) -> Result<Option<Article>, LoadError> {
        variables.push(("limit", self.mapping()?.page_size.to_string()));
        let Some(mut reading) = self.send(resource, &variables, None)? else {
            return Ok(None);
        };
        if reading.request.items.is_none() {
            return reading.article();
        }
        let mut articles = Vec::new();
        for _ in 0..MOST_PAGES {
            let items = reading.items()?;
            let following = reading.following()?;
            let chosen = match which {
                Which::Id(id) => {
                    let key = ["article/", id, " in ", &reading.url()].concat();
                    let found = self.once(key, &|| Ok(reading.with_id(id, &items)?.map(Arc::new)));
                    found?.map(Arc::unwrap_or_clone)
                }
                Which::Nearest(choose) => {
                    let found = reading.articles(&items, usize::MAX)?;
                    articles.extend(found.into_iter().map(|(_, article)| article));
                    let chosen = choose(&articles, following.is_none());
                    chosen.map(|index| articles.swap_remove(index))
                }
            };
            if chosen.is_some() {
                return Ok(chosen);
            }
            let Some(following) = following else {
                return Ok(None);
            };
            reading = match self.follow(resource, &mut variables, following)? {
                Some(reading) => reading,
                None => break,
            };
        }
        Ok(match which {
            Which::Id(_) => None,
            Which::Nearest(choose) => choose(&articles, true).map(|index| articles.swap_remove(index)),
        })
    }
}

impl Reading<'_> {
    /// The one article of the answer; `None` if there is nothing.
    fn article(&self) -> Result<Option<Article>, LoadError> {
        let item = match &self.request.item {
            Some(query) => query.search(&self.envelope, self.resource.as_str(), "item")?,
            None => self.envelope.get_field("body"),
        };
        if item.is_null() {
            return Ok(None);
        }
        let item = self.with_included(Vec::from([item]))?;
        let article = item.first().map(|item| self.fields().article(item)).transpose()?;
        Ok(article)
    }

    /// The article with this id among these items. An item without an id is left out with a warning; it is an error if
    /// all items are like that.
    fn with_id(&self, id: &str, items: &[Rcvar]) -> Result<Option<Article>, LoadError> {
        let fields = self.fields();
        let mut has_ids = false;
        let mut left_out = LeftOut::default();
        for item in items {
            let article = self.article_in(item);
            match article.and_then(|article| Ok((fields.id(&article)?, article))) {
                // The other articles, with their bodies, are not read.
                Ok((found, article)) if found == id => return Ok(Some(fields.article(&article)?)),
                Ok(_) => has_ids = true,
                Err(problem) => left_out.add(self, problem.into()),
            }
        }
        left_out.unless(has_ids)?;
        Ok(None)
    }
}
