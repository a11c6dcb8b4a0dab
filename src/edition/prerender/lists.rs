//! All pages but those of articles: sections, photos, rankings, the front page, and the pages for unknown addresses;
//! also feeds and the news sitemap.

use std::collections::HashSet;
use std::sync::Arc;

use super::listing::Listing;
use super::paging::Paging;
use super::run::Run;
use super::snapshot;
use crate::backend::{AnyWanted, LoadError, Payload, Resource};
use crate::edition::EditionError;
use crate::edition::fingerprint::Fingerprint;
use crate::edition::manifest::PageState;
use crate::edition::metadata::{NEWS_SITEMAP, news_sitemap};
use crate::edition::output;
use crate::model::{Address, Section};

/// Writes all of them. `listing` is what the list of all articles says.
pub async fn write(run: &mut Run, listing: Listing<'_>) -> Result<(), EditionError> {
    let context = Arc::clone(&run.context);
    context.pages.write_feeds(None, &listing.newest)?;
    let news = news_sitemap(&context.newspaper, &listing.news, listing.start);
    context.output.file(NEWS_SITEMAP, news.as_bytes())?;
    let mut met: HashSet<String> = HashSet::new();
    for section in listing.sections_in_order(&context.newspaper) {
        let slug = &section.slug;
        if !met.insert(Address::Section(slug, 1).path().to_lowercase()) {
            run.summary.add_problem(format!(
                "section `{slug}`: the slug of another section differs only by case, and gets the address"
            ));
            continue;
        }
        let written = write_list(run, Some(&section), listing.pages).await;
        go_on(run, &Address::Section(slug, 1).path(), written)?;
    }
    if context.repository().offers(Resource::Photos) {
        let written = write_list(run, None, listing.pages).await;
        go_on(run, &Address::Photos(1).path(), written)?;
    }
    let rankings = context.repository().rankings().into_iter();
    let rankings = rankings.map(|scope| Address::Ranking(Some(scope.period), scope.metric));
    let pages = [
        Address::Front,
        Address::Search,
        Address::Today,
        Address::Ranking(None, None),
    ];
    for address in pages.into_iter().chain(rankings) {
        let written = write_single(run, &address).await;
        go_on(run, &address.path(), written)?;
    }
    snapshot::write_rest(run, listing.search).await?;
    context.pages.write_fallbacks().await?;
    for (name, text) in &context.host_files {
        context.output.file(name, text.as_bytes())?;
    }
    Ok(())
}

/// If pages from `path` on could not be written, and the fault is that of their folder alone, this is a problem of the
/// summary, and the pages of the last edition stay.
fn go_on(run: &mut Run, path: &str, written: Result<(), EditionError>) -> Result<(), EditionError> {
    match written {
        Err(error) if !path.is_empty() && error.is_of_one_place() => {
            run.summary
                .add_problem(format!("/{path}: {error}; its pages stay as they were"));
            run.manifest.keep(|page| page.starts_with(path))
        }
        written => written,
    }
}

/// Writes a page that is not an article. If its data can't be read, the page of the last edition stays.
pub async fn write_single(run: &mut Run, address: &Address<'_>) -> Result<(), EditionError> {
    let context = Arc::clone(&run.context);
    let path = address.path();
    let mut data = context.pages.data_beside();
    if let Some(wanted) = context.pages.subject(&Address::parse(&path)) {
        match context.reader.load(&wanted).await? {
            Err(error) if error != LoadError::NotFound => {
                run.summary
                    .add_problem(format!("/{path}: {error}; the page stays as it was"));
                return run.manifest.keep(|page| page == path);
            }
            answer => data.add(&wanted, answer),
        }
    }
    let problems = context.pages.write(&path, data).await?;
    run.summary.add_problems(&format!("/{path}"), problems);
    run.summary.lists += 1;
    run.manifest.add(&path, PageState::Outdated)
}

/// Writes all pages of a section, or of the photos if `section` is `None`, with the section's feeds and the data of the
/// list. `pages_of_all` is how many pages the list of all articles has.
async fn write_list(run: &mut Run, section: Option<&Section>, pages_of_all: u32) -> Result<(), EditionError> {
    let context = Arc::clone(&run.context);
    let what = match section {
        Some(section) => format!("section `{}`", section.slug),
        None => "photos".to_owned(),
    };
    let mut met: HashSet<Fingerprint> = HashSet::new();
    let mut paging = Paging::new(&*what, pages_of_all);
    loop {
        let page = paging.page();
        let (path, first, wanted) = match section.map(|section| &section.slug) {
            Some(slug) => (
                Address::Section(slug, page).path(),
                Address::Section(slug, 1).path(),
                AnyWanted::Section(slug.clone(), page),
            ),
            None => (
                Address::Photos(page).path(),
                Address::Photos(1).path(),
                AnyWanted::Photos(page, None),
            ),
        };
        if let Some(objection) = output::objection(&path) {
            run.summary
                .add_problem(format!("{what}: {objection}; the empty page shows it"));
            return Ok(());
        }
        let payload = match context.reader.load_whole(&wanted).await? {
            Ok(payload) => payload,
            Err(LoadError::NotFound) => {
                run.summary.add_problem(format!("{what}: the backend has no such list"));
                return Ok(());
            }
            Err(error) => {
                run.summary
                    .add_problem(format!("{what}, page {page}: {error}; its pages stay as they were"));
                return run.manifest.keep(|page| page.starts_with(&first));
            }
        };
        let Payload::List(list) = &payload else {
            return Ok(());
        };
        if page == 1 && section.is_some() {
            context.pages.write_feeds(section, &list.items)?;
        }
        snapshot::list_page(run, section, page, list)?;
        let next = list.next;
        let before = met.len();
        met.extend(list.items.iter().map(|item| Fingerprint::of_texts([&*item.id])));
        let payload = payload.as_shown();
        let made_of = Fingerprint::of([&context.key.bytes()[..], payload.to_json()?.as_bytes()]);
        let is_known = run.manifest.made_of(&path) == Some(made_of) && context.output.has_page(&path);
        let mut state = PageState::MadeOf(made_of);
        if context.settings.full || !is_known {
            let data = context.pages.data_with(&wanted, Ok(payload));
            let problems = context.pages.write(&path, data).await?;
            state = run.state_of(made_of, &problems);
            run.summary.add_problems(&format!("/{path}"), problems);
        }
        run.manifest.add(&path, state)?;
        run.summary.lists += 1;
        if !paging.turn(next, met.len() > before)? {
            return Ok(());
        }
    }
}
