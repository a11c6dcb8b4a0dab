//! The front page: what editors put on it, then the newest articles, then lists in which no story stands that stands
//! before.

use super::Inquiry;
use super::inquiry::PATIENCE_MILLISECONDS;
use super::lists::PageOfList;
use super::reading::text_or_number;
use crate::backend::mapping::Resource;
use crate::backend::{AnyWanted, LoadError};
use crate::model::{Article, ArticleList, Front, FrontStory, STORIES_OF_A_SECTION};
use crate::site::BoxKind;

/// Of a longer list, only so many stories stand on the front page.
const MOST_STORIES: usize = 12;
/// A list that leaves out what stands before it on the page is asked for so many articles more than it shows.
const SPARE: u32 = 4;
/// A list of the front page is asked for so many pages at most.
const MOST_PAGES: u32 = 3;

impl Inquiry<'_> {
    /// The top of the front page. If what the editors chose can't be loaded, the page is as if they had chosen nothing,
    /// and a warning says why.
    pub fn front(&self) -> Result<Front, LoadError> {
        // Both are requested at once.
        let latest = self.latest(1);
        let stories = self.optional(|| self.front_stories());
        let late = || {
            Err(LoadError::TimedOut {
                url: Resource::Front.as_str().to_owned(),
                seconds: PATIENCE_MILLISECONDS / 1000,
            })
        };
        let latest = latest?;
        let stories = stories.unwrap_or_else(late).unwrap_or_else(|error| {
            if !matches!(error, LoadError::NotOffered { .. }) {
                self.left_out(Resource::Front, &error);
            }
            Vec::new()
        });
        Ok(Front::new(stories, latest.items))
    }

    /// The stories that the editors put on the front page, in their order.
    pub fn front_stories(&self) -> Result<Vec<FrontStory>, LoadError> {
        let resource = Resource::Front;
        if !self.offers(resource) {
            return Err(LoadError::NotOffered { resource });
        }
        let page = self.page(resource, 1)?;
        let Some(reading) = self.reading_of(resource, &page.all_variables(), None)? else {
            return Ok(Vec::new());
        };
        let mut items = reading.items()?;
        let named = items.len();
        items.truncate(MOST_STORIES);
        let articles = reading.articles(&items, usize::MAX)?;
        if named > MOST_STORIES {
            reading.warn(format!(
                "the front names {named} articles; the first {MOST_STORIES} are shown"
            ));
        }
        if let Some(query) = &reading.request.article_id {
            for (index, item) in items.iter().enumerate() {
                if articles.iter().all(|(there, _)| *there != index) {
                    let id = query.search(item, resource.as_str(), "articleId")?;
                    let id = text_or_number(&id).unwrap_or_default();
                    reading.warn(format!("the front names the article `{id}`, which is not there"));
                }
            }
        }
        let mut stories: Vec<FrontStory> = Vec::new();
        for (index, article) in articles {
            if stories.iter().any(|story| story.article.id == article.id) {
                reading.warn(format!("the front names the article `{}` twice", article.id));
                continue;
            }
            let large = match &reading.request.large {
                Some(query) => query.holds(&items[index], resource.as_str(), "large")?,
                None => false,
            };
            stories.push(FrontStory { article, large });
        }
        reading.note_rows_left_out(named - stories.len());
        Ok(stories)
    }

    /// A list of the front page, without the stories that stand before it there: on the top of the page, whose ids are
    /// in `top`, and in the lists before it.
    pub fn on_front(&self, wanted: &AnyWanted, top: &[String]) -> Result<ArticleList, LoadError> {
        let part = self.part_of_front(wanted)?;
        let list = self.list(part.page.clone());
        let mut shown = top.to_vec();
        // The requests of the lists before it are under way already, because the page shows those lists, too.
        for before in self.parts_of_front().take_while(|before| before != wanted) {
            let ids = self.optional(|| {
                let mut part = self.part_of_front(&before)?;
                part.page.is_brief = true;
                let list = self.list(part.page.clone())?;
                let list = self.without(&shown, list, part)?;
                Ok::<_, LoadError>(list.items.into_iter().map(|article| article.id))
            });
            // A list that is not there shows nothing.
            shown.extend(ids.and_then(Result::ok).into_iter().flatten());
        }
        self.without(&shown, list?, part)
    }

    /// What a part of the front page shows of its list, if these articles stand before it. If too few are left, whole pages
    /// of the list are asked for.
    fn without(
        &self,
        shown: &[String],
        mut list: ArticleList,
        Part { mut page, limit }: Part,
    ) -> Result<ArticleList, LoadError> {
        let page_size = self.mapping()?.page_size;
        let mut left: Vec<Article> = Vec::new();
        loop {
            // So a list of which nothing is left differs from an empty one.
            list.total.get_or_insert(list.items.len() as u64);
            let items = std::mem::take(&mut list.items).into_iter();
            left.extend(items.filter(|article| !shown.contains(&article.id)));
            if left.len() >= limit || list.next.is_none() || page.number == MOST_PAGES {
                left.truncate(limit);
                list.items = left;
                return Ok(list);
            }
            if page.size < page_size {
                page.size = page_size;
                left.clear();
            } else {
                page.number += 1;
            }
            list = self.list(page.clone())?;
        }
    }

    fn part_of_front(&self, wanted: &AnyWanted) -> Result<Part, LoadError> {
        let (page, limit) = match wanted {
            AnyWanted::SectionHead(slug, limit) => {
                let page = self.section_page(slug, 1)?;
                let page = PageOfList {
                    // A backend that gives whole pages, and does not count them, has a next one after a full one.
                    size: page.size.min(limit + SPARE),
                    is_head: true,
                    ..page
                };
                (page, limit)
            }
            AnyWanted::Photos(_, Some(limit)) => (self.page(Resource::Photos, 1)?, limit),
            AnyWanted::Today(Some(limit)) => (self.page(Resource::Today, 1)?, limit),
            _ => return Err(LoadError::NotFound),
        };
        Ok(Part {
            page,
            limit: *limit as usize,
        })
    }

    /// The lists of the front page, in the order in which their stories count: those of sections, then the boxes beside
    /// them. A ranking may name any story.
    fn parts_of_front(&self) -> impl Iterator<Item = AnyWanted> {
        let sections = self.site.sections.iter().filter(|section| section.front);
        let sections = sections.map(|section| AnyWanted::SectionHead(section.slug.clone(), STORIES_OF_A_SECTION));
        let boxes = self.site.sidebar.iter().filter_map(|settings| match settings.kind {
            BoxKind::Today => Some(AnyWanted::Today(Some(settings.most_entries()))),
            BoxKind::Photos => Some(AnyWanted::Photos(1, Some(settings.most_entries()))),
            BoxKind::MostViewed | BoxKind::Banners => None,
        });
        sections.chain(boxes)
    }
}

/// A list of the front page.
struct Part {
    /// What is asked for.
    page: PageOfList,
    /// How many of its articles are shown.
    limit: usize,
}
