//! Lists of articles, page by page.

use std::sync::{MutexGuard, PoisonError};

use super::asking::Variables;
use super::following::Trail;
use super::here::{cut_out, in_section, matching, page_of};
use super::reading::Reading;
use super::{Inquiry, Repository};
use crate::backend::LoadError;
use crate::backend::mapping::{Request, Resource};
use crate::model::{Article, ArticleList};

/// If pages have no numbers, a reader can't go further than this page.
const MOST_CHAINED_PAGES: u32 = 200;

/// A page of a list.
#[derive(Clone)]
pub(in crate::backend) struct PageOfList {
    pub resource: Resource,
    /// What distinguishes the list from others of its resource: a section's slug, the words of a search.
    pub variables: Variables,
    /// The number of the page, from 1.
    pub number: u32,
    /// How many articles a page has.
    pub size: u32,
    /// If pages have no numbers: the last page that is requested. `None` follows the list to its end.
    pub last: Option<u32>,
    /// Whether only the first `size` articles are read if the backend answers with more, as a folder of files does.
    pub is_head: bool,
    /// Whether only ids and headlines are read.
    pub is_brief: bool,
}

/// What earlier pages of lists have shown of the backend.
#[derive(Default)]
pub(super) struct Known {
    /// The greatest number of articles that it gives, if that is less than a page has.
    pub most: Option<u32>,
    /// The first page of each list, and the ids of its articles.
    heads: Vec<(PageOfList, Vec<String>)>,
}

impl PageOfList {
    /// Whether both are pages of the same list.
    pub fn is_of_list(&self, other: &PageOfList) -> bool {
        self.resource == other.resource && self.size == other.size && self.variables == other.variables
    }

    /// Whether the page after page `number` may be requested.
    pub fn may_go_beyond(&self, number: u32) -> bool {
        self.last.is_none_or(|last| number < last)
    }

    /// The values of the URL template's variables.
    pub fn all_variables(&self) -> Variables {
        let before = self.number.saturating_sub(1);
        let mut variables = self.variables.clone();
        variables.push(("limit", self.size.to_string()));
        variables.push(("page", self.number.to_string()));
        variables.push(("pageIndex", before.to_string()));
        variables.push(("offset", before.saturating_mul(self.size).to_string()));
        variables
    }
}

impl Repository {
    pub(super) fn known(&self) -> MutexGuard<'_, Known> {
        // It is consistent at any time, so it can be used after a panic.
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inquiry<'_> {
    /// A page of the newest articles, from 1.
    pub fn latest(&self, page: u32) -> Result<ArticleList, LoadError> {
        self.list(self.page(Resource::Latest, page)?)
    }

    /// The first few articles of a section.
    pub fn section_head(&self, slug: &str, limit: u32) -> Result<ArticleList, LoadError> {
        self.list(self.section_head_page(slug, limit)?)
    }

    pub(in crate::backend) fn page(&self, resource: Resource, number: u32) -> Result<PageOfList, LoadError> {
        let size = self.mapping()?.page_size;
        Ok(PageOfList {
            resource,
            variables: Variables::new(),
            number,
            size: self.most().unwrap_or(size),
            last: Some(MOST_CHAINED_PAGES),
            is_head: false,
            is_brief: false,
        })
    }

    pub(in crate::backend) fn section_page(&self, slug: &str, number: u32) -> Result<PageOfList, LoadError> {
        Ok(PageOfList {
            variables: Vec::from([("slug", slug.to_owned())]),
            ..self.page(Resource::Section, number)?
        })
    }

    /// The beginning of a section's articles.
    pub(in crate::backend) fn section_head_page(&self, slug: &str, limit: u32) -> Result<PageOfList, LoadError> {
        Ok(PageOfList {
            size: limit,
            is_head: true,
            ..self.section_page(slug, 1)?
        })
    }

    pub(in crate::backend) fn search_page(&self, query: &str, number: u32) -> Result<PageOfList, LoadError> {
        let quoted = query.replace('\\', "\\\\").replace('\'', "\\'");
        Ok(PageOfList {
            variables: Vec::from([("query", query.to_owned()), ("quotedQuery", quoted)]),
            ..self.page(Resource::Search, number)?
        })
    }

    /// A page of a list.
    pub(in crate::backend) fn list(&self, mut page: PageOfList) -> Result<ArticleList, LoadError> {
        let past_the_end = ArticleList {
            page: Some(page.number),
            ..ArticleList::default()
        };
        let (reading, mut items, mut total) = loop {
            let reading = match self.reading_of_page(&page) {
                Ok(Some(reading)) => reading,
                Ok(None) => return Ok(past_the_end),
                // A folder of files has no file for a page after the last one.
                Err(LoadError::NotFound | LoadError::Status { status: 404, .. }) if page.number > 1 => {
                    return Ok(past_the_end);
                }
                Err(error) => return Err(error),
            };
            let items = reading.items()?;
            let total = reading.count(&reading.request.total, &reading.envelope, "total")?;
            match cut(&page, &reading, items.len(), total) {
                Some(most) if self.most().is_none() => {
                    reading.warn(limit_of_backend(most, page.size));
                    self.set_most(most);
                    page.size = most;
                }
                _ => break (reading, items, total),
            }
        };
        let request = reading.request;
        if request.page_here {
            total = Some(items.len() as u64);
            items = page_of(items, page.number, page.size);
        }
        let arrived = items.len();
        let most = if page.is_head && !request.filter_here {
            page.size as usize
        } else {
            usize::MAX
        };
        let is_brief = page.is_brief && !request.filter_here;
        let (number, size) = (page.number.to_string(), page.size.to_string());
        let kind = if is_brief { "brief" } else { "" };
        let key = [&reading.key(), " ", &number, " ", &size, kind].concat();
        let articles = self.once(key, &|| match is_brief {
            true => Ok(reading.briefs(&items, most)),
            false => reading.articles(&items, most),
        })?;
        let mut items: Vec<Article> = articles.iter().map(|(_, article)| article.clone()).collect();
        // A story stands once on a page, whatever the backend says. Another story with the same id is a mistake that has
        // to be told.
        leave_out_repeated(&mut items);
        if request.filter_here {
            let value_of = |name: &str| page.variables.iter().find(|(known, _)| *known == name);
            let matching = match (value_of("query"), value_of("slug")) {
                (Some((_, words)), _) => matching(items, words),
                (None, Some((_, slug))) => in_section(items, slug),
                (None, None) => items,
            };
            return Ok(cut_out(matching, page.number, page.size));
        }
        if !request.is_chained() && !request.page_here && self.repeats(&page, &items) {
            reading.warn(format!(
                "page {} is page 1 again; does the mapping's `url` name the page as the backend wants it?",
                page.number
            ));
            if cfg!(target_arch = "wasm32") {
                return Ok(past_the_end);
            }
            // Whoever reads all pages finds out by empty ones that the list has no end.
            items.clear();
        }
        let pages = reading.count(&request.pages, &reading.envelope, "pages")?;
        let pages = pages.or_else(|| total.map(|total| total.div_ceil(page.size.max(1).into())));
        let pages = pages.and_then(|pages| u32::try_from(pages).ok());
        let number = page.number;
        #[cfg(not(target_arch = "wasm32"))]
        let goes_on = page.last.is_none() && pages.is_none() && self.goes_on(&page, &reading, &items);
        #[cfg(target_arch = "wasm32")]
        let goes_on = false;
        let has_next = goes_on || self.has_next(&reading, page, pages, arrived)?;
        Ok(ArticleList {
            page: Some(number),
            pages,
            total,
            next: has_next.then_some(number.saturating_add(1)),
            items,
            ..ArticleList::default()
        })
    }

    /// Whether there is more after a first page with fewer articles than requested, of a list that does not say how many
    /// it has: then the backend has a limit of its own.
    #[cfg(not(target_arch = "wasm32"))]
    fn goes_on(&self, page: &PageOfList, reading: &Reading<'_>, items: &[Article]) -> bool {
        let arrived = items.len() as u32;
        let is_short = (1..page.size).contains(&arrived) && page.number == 1;
        if !is_short || !is_cut_by_pages(reading.request) || reading.request.more.is_some() {
            return false;
        }
        let second = PageOfList {
            number: 2,
            size: arrived,
            ..page.clone()
        };
        // A page behind the last one may be an error.
        let second = self.list(second).unwrap_or_default();
        let is_new = |article: &Article| items.iter().all(|known| known.id != article.id);
        let goes_on = second.items.iter().any(is_new);
        if goes_on {
            reading.warn(limit_of_backend(arrived, page.size));
            self.set_most(arrived);
        }
        goes_on
    }

    /// Whether a page has the articles that the first page of its list had.
    fn repeats(&self, page: &PageOfList, items: &[Article]) -> bool {
        let ids: Vec<String> = items.iter().map(|article| article.id.clone()).collect();
        let heads = &mut self.known().heads;
        if page.number > 1 {
            let is_same = |(head, known): &(PageOfList, Vec<String>)| *known == ids && head.is_of_list(page);
            return ids.len() > 1 && heads.iter().any(is_same);
        }
        heads.retain(|(head, _)| !head.is_of_list(page));
        heads.push((page.clone(), ids));
        false
    }

    /// Whether there is a next page. `arrived` is how many items the answer has. If pages have no numbers, it remembers
    /// how the next page is requested.
    fn has_next(
        &self,
        reading: &Reading,
        page: PageOfList,
        pages: Option<u32>,
        arrived: usize,
    ) -> Result<bool, LoadError> {
        if reading.request.is_chained() {
            let following = reading.following()?;
            let has_next = page.may_go_beyond(page.number) && following.is_some();
            // The first page needs no trail, and without one it does not overwrite the trail of another list.
            if page.number > 1 {
                *self.new_trail.borrow_mut() = Some(following.map(|following| Trail { page, following }));
            }
            return Ok(has_next);
        }
        Ok(match (pages, &reading.request.more) {
            (Some(pages), _) => page.number < pages,
            (None, Some(more)) => more.holds(&reading.envelope, reading.resource.as_str(), "more")?,
            (None, None) => arrived >= page.size as usize,
        })
    }
}

/// Leaves out each article with the id and the headline of one before it.
fn leave_out_repeated(items: &mut Vec<Article>) {
    let story = |article: &Article| [&*article.id, "\n", &article.headline].concat();
    let mut stories: Vec<String> = items.iter().map(story).collect();
    stories.sort();
    let repeated = stories.windows(2).filter(|pair| pair[0] == pair[1]);
    let mut repeated: Vec<&String> = repeated.map(|pair| &pair[0]).collect();
    repeated.dedup();
    if repeated.is_empty() {
        return;
    }
    let mut was_met = vec![false; repeated.len()];
    items.retain(|article| match repeated.binary_search(&&story(article)) {
        Ok(place) => !std::mem::replace(&mut was_met[place], true),
        Err(_) => true,
    });
}

/// How many articles the backend gave, if it has a limit of its own that is less than a page: fewer arrived, a round
/// number, though there are more.
fn cut(page: &PageOfList, reading: &Reading, arrived: usize, total: Option<u64>) -> Option<u32> {
    let arrived = u32::try_from(arrived).ok()?;
    let is_short = arrived < page.size && arrived > 0 && arrived % 5 == 0;
    let before = page.number.saturating_sub(1).saturating_mul(page.size);
    let has_more = total.is_some_and(|total| u64::from(before.saturating_add(arrived)) < total);
    (is_short && has_more && is_cut_by_pages(reading.request)).then_some(arrived)
}

/// Whether the backend cuts the list into pages by their numbers, and each has all articles that are shown of it.
fn is_cut_by_pages(request: &Request) -> bool {
    // A condition in the expression leaves some out.
    let has_all = request
        .items
        .as_ref()
        .is_some_and(|query| !query.as_str().contains('?'));
    has_all && !request.is_chained() && !request.page_here && !request.filter_here
}

fn limit_of_backend(most: u32, requested: u32) -> String {
    format!("the backend gives at most {most} articles, {requested} were requested; set `pageSize` to {most}")
}
