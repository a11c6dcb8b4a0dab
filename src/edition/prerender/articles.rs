//! Writes the pages of articles, in the order of the list of all articles, newest first.

use std::sync::Arc;

use super::Progress;
use super::addresses::{Addresses, Claim};
use super::article::{Brief, Listed};
use super::context::Context;
use super::listed::{ListWriter, ListedArticles};
use super::listing::Listing;
use super::paging::Paging;
use super::queue::Queue;
use super::run::Run;
use crate::edition::EditionError;
use crate::edition::metadata::{SitemapFile, last_change, robots_txt, sitemap_path};
use crate::edition::output;
use crate::model::{Address, Article};

/// Writes the pages of articles. Returns what the list says about the newspaper. `watch` is called with the progress.
/// The list is read first: any of its articles may stand under any other.
pub async fn write<'a>(
    run: &mut Run,
    context: &'a Context,
    watch: &impl Fn(Progress),
) -> Result<Listing<'a>, EditionError> {
    let mut listing = Listing::new(context);
    let mut queue = Queue::new(watch);
    let mut articles = ListWriter::create(&context.settings.dist)?;
    let read = read_list(run, &mut listing, &mut queue, &mut articles).await;
    let articles = Arc::new(articles.finish()?);
    // If the list broke off, the pages of the articles before are written all the same. The older neighbour of the last one
    // is not known.
    let count = articles.count() - usize::from(read.is_err() && articles.count() > 0);
    let mut around = Around::new(&articles, count)?;
    while let Some(listed) = around.next()? {
        if articles.is_wanted(listed.number) {
            queue.start(run, &articles, listed).await?;
        }
    }
    queue.finish(run).await?;
    read?;
    listing.articles = queue.articles();
    listing.lost = queue.lost();
    Ok(listing)
}

/// Reads the list of all articles, page by page.
async fn read_list<W: Fn(Progress)>(
    run: &mut Run,
    listing: &mut Listing<'_>,
    queue: &mut Queue<'_, W>,
    articles: &mut ListWriter,
) -> Result<(), EditionError> {
    let context = Arc::clone(&run.context);
    let since = context.since;
    let mut addresses = Addresses::default();
    let mut paging = Paging::new("latest", 0);
    let mut before: Vec<String> = Vec::new();
    loop {
        let page = paging.page();
        let list = context.repository().latest_of_all(page).await;
        let mut list = list.map_err(|error| EditionError::Backend {
            what: format!("latest, page {page}"),
            error,
        })?;
        // Some backends answer with the last page again to whoever asks for one after it, and do not say how many there
        // are. Page 1 again comes without its articles.
        let ids: Vec<String> = list.items.iter().map(|article| article.id.clone()).collect();
        let is_repeated = ids == before || page == 2 && ids.is_empty();
        if is_repeated && list.next.is_some() && list.pages.is_none() && page > 1 {
            run.summary.add_problem(format!(
                "latest: page {page} has the same articles as the page before, so the list ends there. Does the backend \
                 use the number of the page? See the mapping's `url`"
            ));
            list.items.clear();
            list.next = None;
        }
        before = ids;
        queue.expect(list.total);
        listing.pages = page;
        if let Some(snapshot) = context.snapshot() {
            listing.prepared.push(snapshot.prepare_page("latest", page, &list)?);
        }
        if page == 1 {
            listing.newest.clone_from(&list.items);
        }
        let known = addresses.count();
        // A pinned article may be older than the articles after it, so the whole page is looked at.
        let mut has_recent = false;
        for article in list.items {
            if !has_page(run, &mut addresses, &article) {
                continue;
            }
            let change = last_change(&article);
            let is_recent = since.is_none_or(|since| change.is_none_or(|change| change.unix >= since));
            has_recent |= is_recent || listing.is_news(&article);
            note(run, listing, &article)?;
            articles.add(article, is_recent)?;
        }
        listing.addresses = addresses.count();
        queue.listed(listing.addresses);
        if since.is_some() && !has_recent {
            // The following pages were not read. Their number is at most the number of articles.
            let least = u32::try_from(run.manifest.old_articles()).unwrap_or(u32::MAX);
            listing.pages = list.pages.unwrap_or(least).max(page);
            return Ok(());
        }
        if !paging.turn(list.next, addresses.count() > known)? {
            return Ok(());
        }
    }
}

/// Writes the files of the list as a whole, when it is known to be complete: its pages in the snapshot, the last
/// sitemap, the index of all sitemaps and `robots.txt`.
pub fn accept(context: &Context, listing: &mut Listing) -> Result<(), EditionError> {
    if let Some(snapshot) = context.snapshot() {
        snapshot.accept_pages("latest", std::mem::take(&mut listing.prepared), listing.pages)?;
    }
    let Some(sitemaps) = listing.sitemaps.take() else {
        return Ok(());
    };
    let count = sitemaps.files();
    for file in sitemaps.finish() {
        write_sitemap(context, &file)?;
    }
    // Removes the sitemaps of an earlier, larger edition.
    let mut number = count + 1;
    while context.output.remove(&sitemap_path(number))? {
        number += 1;
    }
    let robots = robots_txt(&context.newspaper);
    context.output.file("robots.txt", robots.as_bytes())
}

/// Whether an article gets pages: no other article has its address, and the address is possible as a folder.
fn has_page(run: &mut Run, addresses: &mut Addresses, article: &Article) -> bool {
    let path = Address::Article(&article.id).path();
    match addresses.claim(&path, article) {
        Claim::Granted => {}
        Claim::Repeated => return false,
        Claim::Taken => {
            let what = "a newer article has the same id, or one that differs only by case, and gets the address";
            let problem = format!("article `{}` (“{}”): {what}", article.id, article.headline);
            run.summary.add_problem(problem);
            return false;
        }
    }
    if let Some(objection) = output::objection(&path) {
        let problem = format!("article `{}`: {objection}; the empty page shows it", article.id);
        run.summary.add_problem(problem);
        return false;
    }
    true
}

/// Notes what sitemaps, sections and the search of the snapshot need from an article.
fn note(run: &mut Run, listing: &mut Listing, article: &Article) -> Result<(), EditionError> {
    if let Some(file) = listing.add(article) {
        write_sitemap(&run.context, &file)?;
    }
    if run.context.settings.snapshot
        && let Some(problem) = listing.search.add(article)?
    {
        run.summary.add_problem(problem);
    }
    Ok(())
}

fn write_sitemap(context: &Context, file: &SitemapFile) -> Result<(), EditionError> {
    context.output.file(&file.path, file.text.as_bytes())
}

/// Goes through the list, and finds the neighbours of each article.
struct Around<'a> {
    articles: &'a ListedArticles,
    /// How many articles are gone through.
    count: usize,
    newer: Option<Brief>,
    /// The next article, with its JSON.
    next: Option<(Article, Vec<u8>)>,
    number: usize,
}

impl<'a> Around<'a> {
    fn new(articles: &'a ListedArticles, count: usize) -> Result<Self, EditionError> {
        let mut around = Around {
            articles,
            count,
            newer: None,
            next: None,
            number: 0,
        };
        around.next = around.read(0)?;
        Ok(around)
    }

    fn read(&self, number: usize) -> Result<Option<(Article, Vec<u8>)>, EditionError> {
        if number >= self.articles.count() {
            return Ok(None);
        }
        let json = self.articles.json(number)?;
        Ok(Some((self.articles.parse(&json)?, json)))
    }

    fn next(&mut self) -> Result<Option<Listed>, EditionError> {
        let number = self.number;
        let Some((article, json)) = self.next.take().filter(|_| number < self.count) else {
            return Ok(None);
        };
        self.number += 1;
        self.next = self.read(self.number)?;
        let brief = |article: &Article| Brief {
            id: article.id.clone(),
            headline: article.headline.clone(),
        };
        Ok(Some(Listed {
            number,
            newer: self.newer.replace(brief(&article)),
            older: self.next.as_ref().map(|(older, _)| brief(older)),
            has_date: article.date_modified.is_some(),
            id: article.id,
            json,
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_article_knows_what_stands_beside_it_in_the_list() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut articles = ListWriter::create(folder.path()).expect("a file");
        for id in ["3", "2", "1"] {
            let article = Article {
                id: id.to_owned(),
                ..Article::default()
            };
            articles.add(article, id != "2").expect("a line");
        }
        let articles = articles.finish().expect("a list");
        let mut around = Around::new(&articles, articles.count()).expect("an article");
        let id = |brief: &Option<Brief>| brief.as_ref().map(|brief| brief.id.clone()).unwrap_or_default();
        let mut found: Vec<[String; 3]> = Vec::new();
        while let Some(listed) = around.next().expect("an article") {
            if articles.is_wanted(listed.number) {
                found.push([id(&listed.newer), listed.id.clone(), id(&listed.older)]);
            }
        }
        assert_eq!(found, [["", "3", "2"], ["2", "1", ""]]);
    }
}
