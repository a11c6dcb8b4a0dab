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
pub(super) type Choose<'a> = &'a dyn Fn(&[&Article], bool) -> Option<usize>;

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
        let Some(mut reading) = self.reading_of(resource, &variables, None)? else {
            return Ok(None);
        };
        if reading.request.items.is_none() {
            return reading.article();
        }
        let mut pages = Vec::new();
        for _ in 0..MOST_PAGES {
            let following = reading.following()?;
            let chosen = match which {
                Which::Id(id) => {
                    let key = ["id ", id, " ", &reading.key()].concat();
                    let found = self.once(key, &|| reading.with_id(id, &reading.items()?))?;
                    found.first().map(|(_, article)| article.clone())
                }
                Which::Nearest(choose) => {
                    let all = || reading.articles(&reading.items()?, usize::MAX);
                    pages.push(self.once(["all ", &reading.key()].concat(), &all)?);
                    chosen(&pages, choose, following.is_none())
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
            Which::Nearest(choose) => chosen(&pages, choose, true),
        })
    }
}

/// The article that `choose` chooses from these pages.
fn chosen(pages: &[Arc<Vec<(usize, Article)>>], choose: Choose, is_all: bool) -> Option<Article> {
    let mut articles = Vec::new();
    for page in pages {
        articles.extend(page.iter().map(|(_, article)| article));
    }
    choose(&articles, is_all).map(|index| articles[index].clone())
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

    /// The article with this id among these items, with its index. An item without an id is left out with a warning; it is an
    /// error if all items are like that.
    fn with_id(&self, id: &str, items: &[Rcvar]) -> Result<Vec<(usize, Article)>, LoadError> {
        let fields = self.fields();
        let mut has_ids = false;
        let mut left_out = LeftOut::default();
        for (index, item) in items.iter().enumerate() {
            let article = self.article_in(item);
            match article.and_then(|article| Ok((fields.id(&article)?, article))) {
                // The other articles, with their bodies, are not read.
                Ok((found, article)) if found == id => return Ok(Vec::from([(index, fields.article(&article)?)])),
                Ok(_) => has_ids = true,
                Err(problem) => left_out.add(self, problem.into()),
            }
        }
        left_out.unless(has_ids)?;
        Ok(Vec::new())
    }
}
