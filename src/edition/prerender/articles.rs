//! Writes the pages of articles, in the order of the list of all articles, newest first.

use super::Progress;
use super::addresses::{Addresses, Claim};
use super::article::{Brief, Listed};
use super::context::Context;
use super::listing::Listing;
use super::paging::Paging;
use super::queue::Queue;
use super::run::Run;
use crate::edition::EditionError;
use crate::edition::metadata::{SitemapFile, last_change, robots_txt, sitemap_path};
use crate::edition::output;
use crate::model::{Address, Article};

/// Writes the pages of articles. Returns what the list says about the newspaper. `watch` is called with the progress.
pub async fn write<'a>(
    run: &mut Run,
    context: &'a Context,
    watch: &impl Fn(Progress),
) -> Result<Listing<'a>, EditionError> {
    let since = context.since;
    let mut listing = Listing::new(context);
    let mut addresses = Addresses::default();
    let mut neighbours = Neighbourhood::default();
    let mut queue = Queue::new(watch);
    let mut paging = Paging::new("latest", 0);
    loop {
        let page = paging.page();
        let list = context.repository().latest_of_all(page).await;
        let list = list.map_err(|error| EditionError::Backend {
            what: format!("latest, page {page}"),
            error,
        })?;
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
            note(run, &mut listing, &article)?;
            if let Some(listed) = neighbours.push(article, is_recent) {
                queue.start(run, listed).await?;
            }
        }
        if since.is_some() && !has_recent {
            // The following pages were not read. Their number is at most the number of articles.
            let least = u32::try_from(run.manifest.old_articles()).unwrap_or(u32::MAX);
            listing.pages = list.pages.unwrap_or(least).max(page);
            break;
        }
        if !paging.turn(list.next, addresses.count() > known)? {
            break;
        }
    }
    if let Some(listed) = neighbours.take() {
        queue.start(run, listed).await?;
    }
    queue.finish(run).await?;
    listing.addresses = addresses.count();
    listing.articles = queue.articles();
    listing.lost = queue.lost();
    Ok(listing)
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

/// Finds the neighbours of each article in the list.
#[derive(Default)]
struct Neighbourhood {
    newer: Option<Brief>,
    /// The last article, whose older neighbour is not known yet.
    waiting: Option<Listed>,
}

impl Neighbourhood {
    /// Takes the next article of the list. Returns the article before it, which now has both neighbours. An article
    /// that is not `is_wanted` is used only as a neighbour.
    fn push(&mut self, article: Article, is_wanted: bool) -> Option<Listed> {
        let brief = Brief {
            id: article.id.clone(),
            headline: article.headline.clone(),
        };
        let mut before = self.waiting.take();
        if let Some(before) = &mut before {
            before.older = Some(brief.clone());
        }
        let newer = self.newer.replace(brief);
        self.waiting = is_wanted.then_some(Listed {
            article,
            newer,
            older: None,
        });
        before
    }

    /// The last article of the list, after the end.
    fn take(&mut self) -> Option<Listed> {
        self.waiting.take()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_article_knows_what_stands_beside_it_in_the_list() {
        let mut neighbours = Neighbourhood::default();
        let mut found = Vec::new();
        for (id, is_wanted) in [("3", true), ("2", false), ("1", true)] {
            let article = Article {
                id: id.to_owned(),
                ..Article::default()
            };
            found.extend(neighbours.push(article, is_wanted));
        }
        found.extend(neighbours.take());
        let id = |brief: &Option<Brief>| brief.as_ref().map(|brief| brief.id.clone()).unwrap_or_default();
        let found: Vec<[String; 3]> = found
            .iter()
            .map(|listed| [id(&listed.newer), listed.article.id.clone(), id(&listed.older)])
            .collect();
        assert_eq!(found, [["", "3", "2"], ["2", "1", ""]]);
    }
}
