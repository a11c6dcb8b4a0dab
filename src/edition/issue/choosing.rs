//! Finds the articles of an issue: those that a list names, or those that were published in some days.

use std::collections::HashSet;
use std::sync::Arc;

use futures::StreamExt;

use super::{IssueArticle, IssueSettings, IssueStep};
use crate::backend::{LoadError, Repository};
use crate::edition::EditionError;
use crate::edition::opening::parse_date;
use crate::edition::prerender::{Paging, is_temporary};
use crate::model::{Article, CivilTime, Section, Timestamp};
use crate::newspaper::Newspaper;
use crate::platform;

/// An issue with more articles than this is refused: it is most likely a mistake, and engines for PDF need gigabytes for it.
const MOST_ARTICLES: usize = 2_000;

/// Which articles an issue has.
#[derive(Clone, Debug)]
pub enum IssueChoice {
    /// Those with these ids or addresses, in this order.
    Listed(Vec<String>),
    /// Those that were published in a time, newest first.
    Published {
        /// The slug of a section; `None` for all sections, in the order of `site.json`.
        section: Option<String>,
        /// The first date; `None` for any. A date without a zone is in the newspaper's time zone.
        since: Option<String>,
        /// The last date, that day included; `None` for any.
        until: Option<String>,
        /// Whether only those of the present day count.
        is_today: bool,
    },
}

/// The articles of an issue.
pub struct Chosen {
    pub articles: Vec<IssueArticle>,
    /// What they are, in the newspaper's language.
    pub title: String,
    /// What was left out, and why.
    pub problems: Vec<String>,
}

/// Finds and loads the articles. `jobs` is how many are loaded at the same time.
pub async fn choose(
    newspaper: &Newspaper,
    settings: &IssueSettings,
    jobs: usize,
    watch: &impl Fn(IssueStep),
) -> Result<Chosen, EditionError> {
    match &settings.choice {
        IssueChoice::Listed(names) => listed(newspaper, names, jobs, watch).await,
        IssueChoice::Published {
            section,
            since,
            until,
            is_today,
        } => {
            let days = Days::new(
                newspaper,
                since.as_deref(),
                until.as_deref(),
                is_today.then_some(settings.now),
            )?;
            published(newspaper, section.as_deref(), days, jobs, watch).await
        }
    }
}

/// The articles that a list names, in its order.
async fn listed(
    newspaper: &Newspaper,
    names: &[String],
    jobs: usize,
    watch: &impl Fn(IssueStep),
) -> Result<Chosen, EditionError> {
    let mut ids: Vec<String> = Vec::new();
    let mut unknown = Vec::new();
    let mut problems = Vec::new();
    for name in names {
        match id_of(&newspaper.repository, name) {
            Ok(id) if ids.contains(&id) => problems.push(format!("`{name}` is in the list twice; it is printed once")),
            Ok(id) => ids.push(id),
            Err(problem) => unknown.push(problem),
        }
    }
    refuse_too_many(ids.len())?;
    let loaded = load(&newspaper.repository, &ids, jobs, watch).await;
    let mut articles = Vec::new();
    for (id, result) in ids.iter().zip(loaded) {
        match result {
            Ok(article) => articles.push(Arc::new(article)),
            Err(LoadError::NotFound) => unknown.push(format!("the backend has no article `{id}`")),
            Err(error) => return Err(backend_error(id, error)),
        }
    }
    if !unknown.is_empty() {
        let problem = format!("{}; nothing was written. Correct the list", unknown.join("; "));
        return Err(EditionError::NoArticle { problem });
    }
    let newest = articles.iter().filter_map(|article| article.date_published).max();
    let title = match articles.as_slice() {
        [article] => newspaper.headline(article),
        _ => newest.map_or_else(String::new, |newest| long_date(newspaper, newest)),
    };
    let articles = articles.into_iter().map(|article| IssueArticle { article, part: None });
    Ok(Chosen {
        articles: articles.collect(),
        title,
        problems,
    })
}

/// The id that a line of a list means: itself, or the id of the article at an address.
fn id_of(repository: &Repository, name: &str) -> Result<String, String> {
    let is_address = ["http://", "https://", "/", "articles/"]
        .iter()
        .any(|beginning| name.starts_with(beginning));
    if !is_address {
        return Ok(name.to_owned());
    }
    match repository.article_at(name) {
        Ok(Some(id)) => Ok(id),
        Ok(None) => Err(format!("`{name}` is not the address of an article")),
        Err(problem) => Err(problem),
    }
}

/// The articles that were published in some days.
async fn published(
    newspaper: &Newspaper,
    section: Option<&str>,
    days: Days,
    jobs: usize,
    watch: &impl Fn(IssueStep),
) -> Result<Chosen, EditionError> {
    let ids = read_list(newspaper, section, &days, watch).await?;
    let loaded = load(&newspaper.repository, &ids, jobs, watch).await;
    let mut problems = Vec::new();
    let mut articles = Vec::new();
    for (id, result) in ids.iter().zip(loaded) {
        match result {
            Ok(article) if days.have(&article) => articles.push(Arc::new(article)),
            // The list did not say when it was published.
            Ok(_) => {}
            Err(error) if is_temporary(&error) => return Err(backend_error(id, error)),
            Err(error) => problems.push(format!("article `{id}`: {error}; it is left out")),
        }
    }
    let name = section.map(|slug| section_name(newspaper, slug, &articles));
    if articles.is_empty() {
        let of_section = section.map_or_else(String::new, |slug| format!(" in the section `{slug}`"));
        let problem = format!("there is no article{of_section} {}", days.in_words(newspaper));
        return Err(EditionError::NoArticle { problem });
    }
    let newest = articles.iter().filter_map(|article| article.date_published).max();
    let title = match (name, days.title(newspaper, newest)) {
        (Some(name), Some(days)) => format!("{name}, {days}"),
        (Some(name), None) => name,
        (None, Some(days)) => days,
        (None, None) => newspaper.site.description.clone(),
    };
    let mut articles: Vec<IssueArticle> = articles
        .into_iter()
        .map(|article| IssueArticle { part: None, article })
        .collect();
    if section.is_none() {
        in_parts(newspaper, &mut articles);
    }
    Ok(Chosen {
        articles,
        title,
        problems,
    })
}

/// Puts the articles in the order of the newspaper's sections. Articles of other sections come last.
fn in_parts(newspaper: &Newspaper, articles: &mut [IssueArticle]) {
    let sections = &newspaper.site.sections;
    let place = |article: &Article| {
        let slug = article.primary_section().map(|section| &section.slug);
        let known = sections.iter().position(|section| Some(&section.slug) == slug);
        (
            known.unwrap_or(sections.len()),
            slug.filter(|_| known.is_none()).cloned(),
        )
    };
    articles.sort_by_cached_key(|entry| place(&entry.article));
    for entry in articles {
        entry.part = entry
            .article
            .primary_section()
            .map(|section| newspaper.section_name(section));
    }
}

fn section_name(newspaper: &Newspaper, slug: &str, articles: &[Arc<Article>]) -> String {
    let mut sections = articles.iter().flat_map(|article| &article.article_section);
    let named = sections.find(|section| section.slug == slug).cloned();
    let section = named.unwrap_or_else(|| Section {
        name: slug.to_owned(),
        slug: slug.to_owned(),
    });
    newspaper.section_name(&section)
}

/// The ids of a list's articles that may be of these days, newest first.
async fn read_list(
    newspaper: &Newspaper,
    section: Option<&str>,
    days: &Days,
    watch: &impl Fn(IssueStep),
) -> Result<Vec<String>, EditionError> {
    let repository = &newspaper.repository;
    let what = section.map_or_else(|| "latest".to_owned(), |slug| format!("section `{slug}`"));
    let mut ids = Vec::new();
    let mut known = HashSet::new();
    let mut paging = Paging::new(what.clone(), 0);
    loop {
        let page = match section {
            Some(slug) => repository.section(slug, paging.page()).await,
            None => repository.latest_of_all(paging.page()).await,
        };
        let list = match page {
            Ok(list) => list,
            Err(LoadError::NotFound) if section.is_some() => return Err(no_section(newspaper, &what)),
            Err(error) => return Err(EditionError::Backend { what, error }),
        };
        let mut has_news = false;
        // A pinned article may be older than the articles after it, so the whole page is looked at.
        let mut has_recent = false;
        for article in list.items {
            has_recent |= days.may_come_after(&article);
            if known.insert(article.id.clone()) {
                has_news = true;
                if article.date_published.is_none() || days.have(&article) {
                    ids.push(article.id);
                }
            }
        }
        watch(IssueStep::Listing(ids.len() as u64));
        refuse_too_many(ids.len())?;
        if !has_recent || !paging.turn(list.next, has_news)? {
            return Ok(ids);
        }
    }
}

fn no_section(newspaper: &Newspaper, what: &str) -> EditionError {
    let known = newspaper.site.sections.iter().map(|section| &*section.slug);
    let known = known.collect::<Vec<_>>().join(", ");
    let hint = match &*known {
        "" => String::new(),
        known => format!("; site.json has {known}"),
    };
    EditionError::NoArticle {
        problem: format!("{what}: the backend has no such section{hint}"),
    }
}

fn refuse_too_many(count: usize) -> Result<(), EditionError> {
    if count <= MOST_ARTICLES {
        return Ok(());
    }
    Err(EditionError::Unusable {
        problem: format!(
            "these are more than {MOST_ARTICLES} articles, too many for one document; choose fewer days with --since and \
             --until"
        ),
    })
}

fn backend_error(id: &str, error: LoadError) -> EditionError {
    EditionError::Backend {
        what: format!("article `{id}`"),
        error,
    }
}

/// Loads articles, several at the same time. The results are in the order of the ids.
async fn load(
    repository: &Repository,
    ids: &[String],
    jobs: usize,
    watch: &impl Fn(IssueStep),
) -> Vec<Result<Article, LoadError>> {
    let total = ids.len() as u64;
    let requests: Vec<_> = ids.iter().map(|id| repository.article(id)).collect();
    let mut answers = futures::stream::iter(requests).buffered(jobs.max(1));
    let mut loaded = Vec::with_capacity(ids.len());
    while let Some(answer) = answers.next().await {
        loaded.push(answer);
        watch(IssueStep::Articles(loaded.len() as u64, total));
    }
    loaded
}

/// The days of an issue, as moments in seconds since 1970.
struct Days {
    /// The first moment; `None` if there is none.
    since: Option<i64>,
    /// The moment after the last one; `None` if there is none.
    until: Option<i64>,
}

impl Days {
    /// `today` is the present moment, if only its day counts.
    fn new(
        newspaper: &Newspaper,
        since: Option<&str>,
        until: Option<&str>,
        today: Option<i64>,
    ) -> Result<Self, EditionError> {
        let zone = &newspaper.site.time_zone;
        if let Some(unix) = today {
            return Ok(Days {
                since: Some(midnight(newspaper, unix, 0)),
                until: Some(midnight(newspaper, unix, 1)),
            });
        }
        let since = since.map(|date| parse_date("--since", date, zone)).transpose()?;
        let until = until
            .map(|date| {
                let unix = parse_date("--until", date, zone)?;
                // A date without a time is the whole day.
                Ok::<i64, EditionError>(if date.contains(':') {
                    unix + 1
                } else {
                    midnight(newspaper, unix, 1)
                })
            })
            .transpose()?;
        if since.zip(until).is_some_and(|(since, until)| since >= until) {
            return Err(EditionError::Unusable {
                problem: "the date of --until is before that of --since".to_owned(),
            });
        }
        Ok(Days { since, until })
    }

    /// Whether an article was published then.
    fn have(&self, article: &Article) -> bool {
        if self.since.is_none() && self.until.is_none() {
            return true;
        }
        article.date_published.is_some_and(|date| {
            self.since.is_none_or(|since| date.unix >= since) && self.until.is_none_or(|until| date.unix < until)
        })
    }

    /// Whether articles after this one in a list, newest first, may have been published then.
    fn may_come_after(&self, article: &Article) -> bool {
        let since = self.since.zip(article.date_published);
        since.is_none_or(|(since, date)| date.unix >= since)
    }

    /// The days as a part of a title. If there is no last day, they end with the newest article. `None` if there is no first
    /// day.
    fn title(&self, newspaper: &Newspaper, newest: Option<Timestamp>) -> Option<String> {
        let first = Timestamp { unix: self.since? };
        let last = self.until.map(|until| Timestamp { unix: until - 1 }).or(newest)?;
        let short = |time: Timestamp| (newspaper.words.short_date)(newspaper.civil(time));
        if short(first) == short(last) {
            return Some(long_date(newspaper, first));
        }
        Some(format!("{} – {}", short(first), short(last)))
    }

    /// The days in a sentence of an error.
    fn in_words(&self, newspaper: &Newspaper) -> String {
        let day = |unix: i64| {
            let civil = newspaper.civil(Timestamp { unix });
            format!("{:04}-{:02}-{:02}", civil.year, civil.month, civil.day)
        };
        match (self.since, self.until) {
            (Some(since), Some(until)) if day(since) == day(until - 1) => format!("of {}", day(since)),
            (Some(since), Some(until)) => format!("from {} to {}", day(since), day(until - 1)),
            (Some(since), None) => format!("since {}", day(since)),
            (None, Some(until)) => format!("until {}", day(until - 1)),
            (None, None) => "at all".to_owned(),
        }
    }
}

fn long_date(newspaper: &Newspaper, time: Timestamp) -> String {
    (newspaper.words.long_date)(newspaper.civil(time))
}

/// The beginning of a day in the newspaper's time zone: that of a moment, or `days` later.
fn midnight(newspaper: &Newspaper, unix: i64, days: i64) -> i64 {
    const HOUR_SECONDS: i64 = 3600;
    let civil = newspaper.civil(Timestamp { unix });
    // Noon, because a day may have 23 or 25 hours.
    let noon = unix + i64::from(12 - civil.hour as i32) * HOUR_SECONDS + days * 24 * HOUR_SECONDS;
    let civil = newspaper.civil(Timestamp { unix: noon });
    let start = CivilTime {
        hour: 0,
        minute: 0,
        second: 0,
        ..civil
    };
    let offset = platform::local_offset(&newspaper.site.time_zone, start);
    CivilTime { offset, ..start }.unix()
}
