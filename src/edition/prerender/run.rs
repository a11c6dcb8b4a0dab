use std::collections::{BTreeMap, HashMap, HashSet};
use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use futures::FutureExt;
use futures::stream::{FuturesUnordered, StreamExt};
use tokio::task::JoinSet;

use super::edition::{Edition, Listed, Outcome, is_temporary};
use super::{Progress, Summary};
use crate::backend::{AnyWanted, LoadError, Payload, Resource};
use crate::edition::EditionError;
use crate::edition::manifest::{Fingerprint, Manifest, fingerprint};
use crate::edition::metadata::{
    FeedFormat, MAX_NEWS, NEWS_SECONDS, NEWS_SITEMAP, Sitemaps, last_change, news_sitemap, robots_txt, sitemap_path,
};
use crate::edition::output::{self, Prepared};
use crate::edition::snapshot::{self, MOST_SEARCHED};
use crate::model::{Address, Article, ArticleList, Route, Section, Timestamp};
use crate::newspaper::Newspaper;
use crate::platform;

/// So many problems are named; the rest is counted.
const NAMED_PROBLEMS: usize = 20;
/// So many articles in a row that can't be had mean that the backend is gone, and so many pages of a list without an
/// article that was not there before that it never ends.
const PATIENCE: u64 = 10;
/// So many sections have pages.
const MOST_SECTIONS: usize = 10_000;
/// Of the page of an article that no list has any more.
const UNLISTED: Fingerprint = 0;
/// Of a page that has to be made anew the next time.
const AGAIN: Fingerprint = 1;
/// Fewer articles than this may be gone at once without anybody wondering.
const MANY: u64 = 20;
/// The manifest within the folder.
const MANIFEST: &str = ".gisa-edition";
/// A list of more pages than this never ends.
const MAX_PAGES: u32 = 1_000_000;

type AtWork = JoinSet<Result<(String, Outcome), EditionError>>;

/// One run of the press.
pub(super) struct Run {
    edition: Arc<Edition>,
    manifest: Manifest,
    summary: Summary,
    progress: Progress,
    /// When it began, in seconds since 1970.
    start: i64,
    /// Articles that the backend lists and has not.
    gone: u64,
    /// How many pages the list of all articles has.
    latest_pages: u32,
    failures_in_a_row: u64,
    /// What was met at an address, by the address without regard to case: some file systems know no difference.
    met: HashMap<u64, u64>,
    sections: BTreeMap<String, Section>,
    /// The first page of all articles.
    newest: Vec<Article>,
    /// Articles of the last days.
    news: Vec<Article>,
    /// For a search in the snapshot, all articles, unless they are too many.
    searched: Option<Vec<serde_json::Value>>,
}

impl Run {
    pub(super) fn new(edition: Arc<Edition>) -> Result<Self, EditionError> {
        let settings = &edition.settings;
        let name = match settings.shard {
            Some((index, count)) => format!("{MANIFEST}-{}-of-{count}", index + 1),
            None => MANIFEST.to_owned(),
        };
        let sections = edition.newspaper.site.sections.iter();
        let sections = sections.map(|section| {
            let known = Section {
                name: section.name.clone(),
                slug: section.slug.clone(),
            };
            (section.slug.clone(), known)
        });
        let manifest = Manifest::open(&settings.dist.join(name))?;
        if manifest.follows_a_killed_run {
            edition.output.remove_leftovers()?;
        }
        Ok(Run {
            manifest,
            summary: Summary::default(),
            progress: Progress::default(),
            start: platform::now() as i64,
            gone: 0,
            latest_pages: 0,
            failures_in_a_row: 0,
            met: HashMap::new(),
            sections: sections.collect(),
            newest: Vec::new(),
            news: Vec::new(),
            searched: settings.snapshot.then(Vec::new),
            edition,
        })
    }

    pub(super) async fn all(&mut self, watch: &impl Fn(Progress)) -> Result<(), EditionError> {
        let edition = Arc::clone(&self.edition);
        for problem in &edition.problems_beside {
            self.problem(format!("beside every page: {problem}"));
        }
        if edition.settings.only.is_empty() {
            self.whole(watch).await?;
        }
        for path in &edition.settings.only {
            self.only(path).await?;
        }
        if edition.writes_lists() {
            edition.output.update_copies()?;
        }
        Ok(())
    }

    async fn whole(&mut self, watch: &impl Fn(Progress)) -> Result<(), EditionError> {
        let edition = Arc::clone(&self.edition);
        self.articles(watch).await?;
        // Lists lead to articles: they come after them.
        if edition.writes_lists() {
            self.lists().await?;
        }
        if edition.since.is_none() {
            self.remove_gone().await?;
        }
        Ok(())
    }

    /// Goes through the list of all articles, newest first.
    async fn articles(&mut self, watch: &impl Fn(Progress)) -> Result<(), EditionError> {
        let edition = Arc::clone(&self.edition);
        let since = edition.since;
        let writes_sitemaps = since.is_none() && edition.writes_lists();
        let mut sitemaps = writes_sitemaps.then(|| sitemaps_of_lists(&edition.newspaper));
        let mut at_work = AtWork::new();
        let mut waiting: Option<Listed> = None;
        let mut newer: Option<(String, String)> = None;
        let mut page = 1;
        let mut pages_without_news = 0;
        let mut prepared: Vec<Prepared> = Vec::new();
        loop {
            let list = edition.repository().latest_of_all(page).await;
            let list = list.map_err(|error| EditionError::Backend {
                what: format!("latest, page {page}"),
                error,
            })?;
            self.progress.total = list.total.or(self.progress.total);
            self.latest_pages = page;
            let (next, pages) = (list.next, list.pages);
            if let Some(snapshot) = edition.snapshot() {
                prepared.push(snapshot.prepare_page("latest", page, &list)?);
            }
            if page == 1 {
                self.newest.clone_from(&list.items);
            }
            let known = self.met.len();
            // An article that is pinned to the top may be older than what follows it, but no page is.
            let mut has_recent = false;
            for item in list.items {
                let path = Address::Article(&item.id).path();
                let brief = (item.id.clone(), item.headline.clone());
                if self.is_left_out(&path, &item) {
                    continue;
                }
                let is_recent = since.is_none_or(|since| last_change(&item).is_none_or(|change| change.unix >= since));
                has_recent |= is_recent || self.is_news(&item);
                self.note(&item, sitemaps.as_mut())?;
                if let Some(mut listed) = waiting.take() {
                    listed.older = Some(brief.clone());
                    self.start(listed, &mut at_work, watch).await?;
                }
                let newer = newer.replace(brief);
                waiting = is_recent.then_some(Listed {
                    item,
                    newer,
                    older: None,
                });
            }
            if since.is_some() && !has_recent {
                // What follows was not looked at; no list is longer than the number of articles.
                let least = u32::try_from(self.manifest.old_articles()).unwrap_or(u32::MAX);
                self.latest_pages = pages.unwrap_or(least).max(page);
                break;
            }
            pages_without_news = if self.met.len() > known {
                0
            } else {
                pages_without_news + 1
            };
            match following(next, page, pages_without_news, "latest", 0)? {
                Some(next) => page = next,
                None => break,
            }
        }
        if let Some(listed) = waiting {
            self.start(listed, &mut at_work, watch).await?;
        }
        while let Some(done) = at_work.join_next().await {
            self.done(done, watch)?;
        }
        self.check_that_most_are_there()?;
        if let Some(snapshot) = edition.snapshot() {
            snapshot.accept_pages("latest", prepared, self.latest_pages)?;
        }
        match sitemaps {
            Some(sitemaps) => write_sitemaps(&edition, sitemaps),
            None => Ok(()),
        }
    }

    /// Whether an article belongs to the sitemap of news.
    fn is_news(&self, item: &Article) -> bool {
        self.news.len() < MAX_NEWS
            && item
                .date_published
                .is_some_and(|date| date.unix > self.start - NEWS_SECONDS)
    }

    /// Takes down what sitemaps, sections and the search need of an article.
    fn note(&mut self, item: &Article, sitemaps: Option<&mut Sitemaps>) -> Result<(), EditionError> {
        if let Some(sitemaps) = sitemaps {
            let image = item.image.as_ref().map(|image| image.url.as_str());
            let file = sitemaps.add(Address::Article(&item.id), last_change(item), image.as_slice());
            if let Some(file) = file {
                self.edition.output.file(&file.path, file.text.as_bytes())?;
            }
        }
        if self.is_news(item) {
            self.news.push(item.clone().in_a_list());
        }
        if let Some(section) = item.primary_section()
            && self.sections.len() < MOST_SECTIONS
        {
            self.sections
                .entry(section.slug.clone())
                .or_insert_with(|| section.clone());
        }
        self.search_for(item)
    }

    /// A backend that lists nothing, or little of what it had, is more likely out of order than a newspaper that gave up its
    /// archive: readers keep the last edition until somebody says so. An article that is listed and not found is not there.
    fn check_that_most_are_there(&self) -> Result<(), EditionError> {
        let listed = self.progress.articles - self.gone;
        let before = self.manifest.old_articles();
        if self.edition.settings.full || before <= listed {
            return Ok(());
        }
        if self.edition.since.is_some() {
            // Older ones were not looked at.
            return match self.met.is_empty() {
                true => Err(EditionError::Shrunk {
                    listed: 0,
                    missing: before,
                }),
                false => Ok(()),
            };
        }
        let mut missing = 0;
        for entry in self.manifest.last()? {
            let (path, fingerprint) = entry?;
            let is_missing = path.starts_with("articles/") && !self.manifest.has(&path);
            // Those that fell off the end of a list with an end were missing before.
            missing += u64::from(is_missing && (fingerprint != UNLISTED || listed == 0));
        }
        if missing > listed && (missing > MANY || listed == 0) {
            return Err(EditionError::Shrunk { listed, missing });
        }
        Ok(())
    }

    /// Whether there is no page to write for it: it was there already, or can't be a folder.
    fn is_left_out(&mut self, path: &str, item: &Article) -> bool {
        let short = |text: &[&str]| fingerprint(text.iter().map(|part| part.as_bytes()));
        let itself = short(&[&item.id, &item.headline]);
        match self.met.insert(short(&[&path.to_lowercase()]), itself) {
            None => {}
            // A list that moved on while it was read brings the same article again.
            Some(before) if before == itself => return true,
            Some(_) => {
                let what = "a newer article has this id, or one that differs only by case, and keeps the address";
                self.problem(format!("article `{}` (“{}”): {what}", item.id, item.headline));
                return true;
            }
        }
        if let Some(objection) = output::objection(path) {
            self.problem(format!("article `{}`: {objection}; the empty page shows it", item.id));
            return true;
        }
        false
    }

    /// Adds an article to what a search in the snapshot goes through.
    fn search_for(&mut self, item: &Article) -> Result<(), EditionError> {
        if !self.edition.settings.snapshot {
            return Ok(());
        }
        if !snapshot::can_name_a_file(&item.id) {
            self.problem(format!(
                "article `{}`: its id can't be the name of a file; the snapshot is without it",
                item.id
            ));
            return Ok(());
        }
        if let Some(searched) = &mut self.searched {
            searched.push(snapshot::entry(item)?);
            if searched.len() > MOST_SEARCHED {
                self.searched = None;
            }
        }
        Ok(())
    }

    fn problem(&mut self, problem: String) {
        self.summary.problem_count += 1;
        if self.summary.problems.len() < NAMED_PROBLEMS {
            self.summary.problems.push(problem);
        }
    }

    /// Hands an article on as soon as there is a free hand.
    async fn start(
        &mut self,
        listed: Listed,
        at_work: &mut AtWork,
        watch: &impl Fn(Progress),
    ) -> Result<(), EditionError> {
        if let Some((index, count)) = self.edition.settings.shard
            && fingerprint([listed.item.id.as_bytes()]) % count != index
        {
            return Ok(());
        }
        while at_work.len() >= self.edition.jobs() {
            if let Some(done) = at_work.join_next().await {
                self.done(done, watch)?;
            }
        }
        let path = Address::Article(&listed.item.id).path();
        let edition = Arc::clone(&self.edition);
        let print = Address::Print(&listed.item.id).path();
        let is_there = !edition.settings.full && edition.output.has_page(&path) && edition.output.has_page(&print);
        let known = self.manifest.known(&path).filter(|_| is_there);
        at_work.spawn(async move {
            let work = AssertUnwindSafe(edition.article(&listed, known)).catch_unwind();
            // One article that the program can't cope with does not take the others with it.
            let outcome = match work.await {
                Ok(outcome) => outcome?,
                Err(_) => Outcome::Failed("its page can't be rendered".to_owned(), false),
            };
            Ok((listed.item.id, outcome))
        });
        Ok(())
    }

    fn done(
        &mut self,
        done: Result<Result<(String, Outcome), EditionError>, tokio::task::JoinError>,
        watch: &impl Fn(Progress),
    ) -> Result<(), EditionError> {
        let (id, outcome) = done.map_err(|error| EditionError::Unusable {
            problem: format!("a page could not be rendered: {error}"),
        })??;
        let path = Address::Article(&id).path();
        self.progress.articles += 1;
        watch(self.progress);
        self.failures_in_a_row = match &outcome {
            Outcome::Failed(_, true) => self.failures_in_a_row + 1,
            _ => 0,
        };
        match outcome {
            Outcome::Unchanged(fingerprint) => {
                self.summary.articles += 1;
                self.manifest.add(&path, fingerprint)
            }
            Outcome::Rendered(fingerprint, problems) => {
                self.summary.articles += 1;
                self.summary.rendered += 1;
                let made_of = self.unless_lacking(fingerprint, &problems);
                for problem in problems {
                    self.problem(format!("article `{id}`: {problem}"));
                }
                self.manifest.add(&path, made_of)
            }
            Outcome::Gone => {
                self.gone += 1;
                Ok(())
            }
            Outcome::Failed(problem, _) => {
                self.problem(format!("article `{id}`: {problem}"));
                // Its page of the last edition stays, and is made anew the next time.
                self.manifest.add(&path, AGAIN)?;
                self.lose_patience(problem)
            }
        }
    }

    fn lose_patience(&self, problem: String) -> Result<(), EditionError> {
        if self.failures_in_a_row < PATIENCE {
            return Ok(());
        }
        Err(EditionError::Failing {
            articles: self.failures_in_a_row,
            problem,
        })
    }

    /// Everything that is no article's.
    async fn lists(&mut self) -> Result<(), EditionError> {
        let edition = Arc::clone(&self.edition);
        edition.publish_feeds(None, &self.newest)?;
        let news = news_sitemap(&edition.newspaper, &self.news, Timestamp { unix: self.start });
        edition.output.file(NEWS_SITEMAP, news.as_bytes())?;
        let mut met: HashSet<String> = HashSet::new();
        for section in self.sections_in_order() {
            let slug = &section.slug;
            if !met.insert(Address::Section(slug, 1).path().to_lowercase()) {
                self.problem(format!(
                    "section `{slug}`: another section's slug differs only by case, and keeps the address"
                ));
                continue;
            }
            self.list(Some(&section)).await?;
        }
        if edition.repository().offers(Resource::Photos) {
            self.list(None).await?;
        }
        let mut pages = vec![Address::Front, Address::Search, Address::Today, Address::Ranking(None)];
        pages.extend(
            edition
                .repository()
                .periods()
                .into_iter()
                .map(|period| Address::Ranking(Some(period))),
        );
        for address in pages {
            self.single(&address).await?;
        }
        self.snapshot().await?;
        edition.publish_fallbacks().await
    }

    /// Those of `site.json` first: no other spelling of a slug takes their address.
    fn sections_in_order(&self) -> Vec<Section> {
        let own = &self.edition.newspaper.site.sections;
        let mut sections: Vec<Section> = self.sections.values().cloned().collect();
        sections.sort_by_key(|section| {
            let place = own.iter().position(|own| own.slug == section.slug);
            place.unwrap_or(usize::MAX)
        });
        sections
    }

    /// Writes what the snapshot has besides articles and lists of many pages.
    async fn snapshot(&mut self) -> Result<(), EditionError> {
        let edition = Arc::clone(&self.edition);
        let Some(snapshot) = edition.snapshot() else {
            return Ok(());
        };
        let repository = edition.repository();
        let mut metric = None;
        for period in repository.periods() {
            match repository.ranking(period).await {
                Ok(ranking) => {
                    snapshot.ranking(period, &ranking)?;
                    metric = metric.or(ranking.metric);
                }
                Err(error) => self.not_in_snapshot(&format!("ranking/{}", period.as_str()), &error),
            }
        }
        match repository.today().await {
            Ok(today) => snapshot.today(&today)?,
            Err(error) => self.not_in_snapshot("today", &error),
        }
        let searched = self.searched.take();
        let has_search = searched.is_some();
        snapshot.search(searched)?;
        snapshot.site(&edition.site_text, repository, metric.as_deref(), has_search)
    }

    fn not_in_snapshot(&mut self, what: &str, error: &LoadError) {
        if !matches!(error, LoadError::NotFound | LoadError::NotOffered { .. }) {
            self.problem(format!(
                "{what}: {error}; the snapshot's stays as it was, if it has one"
            ));
        }
    }

    /// Writes a page that is no article's, unless what it is about can't be read: then the last one stays.
    async fn single(&mut self, address: &Address<'_>) -> Result<(), EditionError> {
        let edition = Arc::clone(&self.edition);
        let path = address.path();
        let mut data = edition.data_beside();
        if let Some(wanted) = edition.subject(&Address::parse(&path)) {
            match edition.load(&wanted).await? {
                Err(error) if error != LoadError::NotFound => {
                    self.problem(format!("/{path}: {error}; the page stays as it was"));
                    return self.manifest.keep(|page| page == path);
                }
                answer => data.add(&wanted, answer),
            }
        }
        for problem in edition.publish(&path, data).await? {
            self.problem(format!("/{path}: {problem}"));
        }
        self.summary.lists += 1;
        self.manifest.add(&path, AGAIN)
    }

    /// The pages of a section, or of the photos where none is named, to its end, with its feeds and its data.
    async fn list(&mut self, section: Option<&Section>) -> Result<(), EditionError> {
        let edition = Arc::clone(&self.edition);
        let what = match section {
            Some(section) => format!("section `{}`", section.slug),
            None => "photos".to_owned(),
        };
        let mut met: HashSet<u64> = HashSet::new();
        let mut page = 1;
        let mut pages_without_news = 0;
        loop {
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
                self.problem(format!("{what}: {objection}; the empty page shows it"));
                return Ok(());
            }
            let payload = match edition.load_whole(&wanted).await? {
                Ok(payload) => payload,
                Err(LoadError::NotFound) => {
                    self.problem(format!("{what}: the backend has no such list"));
                    return Ok(());
                }
                Err(error) => {
                    self.problem(format!("{what}, page {page}: {error}; its pages stay as they were"));
                    return self.manifest.keep(|page| page.starts_with(&first));
                }
            };
            let Payload::List(list) = &payload else {
                return Ok(());
            };
            if page == 1 && section.is_some() {
                edition.publish_feeds(section, &list.items)?;
            }
            self.list_in_snapshot(section, page, list)?;
            let next = list.next;
            let before = met.len();
            met.extend(list.items.iter().map(|item| fingerprint([item.id.as_bytes()])));
            pages_without_news = if met.len() > before { 0 } else { pages_without_news + 1 };
            let payload = payload.as_shown();
            let mut made_of = fingerprint([&*edition.key, payload.to_json()?.as_bytes()]);
            let is_known = self.manifest.known(&path) == Some(made_of) && edition.output.has_page(&path);
            if edition.settings.full || !is_known {
                let mut data = edition.data_beside();
                data.add(&wanted, Ok(payload));
                let problems = edition.publish(&path, data).await?;
                made_of = self.unless_lacking(made_of, &problems);
                for problem in problems {
                    self.problem(format!("/{path}: {problem}"));
                }
            }
            self.manifest.add(&path, made_of)?;
            self.summary.lists += 1;
            match following(next, page, pages_without_news, &what, self.latest_pages)? {
                Some(next) => page = next,
                None => return Ok(()),
            }
        }
    }

    /// Writes a page of a list into the snapshot, if there is one.
    fn list_in_snapshot(
        &mut self,
        section: Option<&Section>,
        page: u32,
        list: &ArticleList,
    ) -> Result<(), EditionError> {
        let edition = Arc::clone(&self.edition);
        let Some(snapshot) = edition.snapshot() else {
            return Ok(());
        };
        match section.map(|section| &section.slug) {
            None => snapshot.page("photos", page, list),
            Some(slug) if snapshot::can_name_a_file(slug) => snapshot.page(&format!("sections/{slug}"), page, list),
            Some(slug) => {
                if page == 1 {
                    self.problem(format!(
                        "section `{slug}`: its slug can't be the name of a folder; the snapshot is without it"
                    ));
                }
                Ok(())
            }
        }
    }

    /// What a page was made of, unless it lacks something: then it is to be made again the next time.
    fn unless_lacking(&self, made_of: Fingerprint, problems: &[String]) -> Fingerprint {
        if problems.is_empty() && self.edition.problems_beside.is_empty() {
            made_of
        } else {
            AGAIN
        }
    }

    /// A page that was asked for by its path.
    async fn only(&mut self, path: &str) -> Result<(), EditionError> {
        let unusable = |why: &str| EditionError::Unusable {
            problem: format!("{path}: {why}"),
        };
        let route = Address::parse(path.trim_start_matches('/'));
        let address = route.address().ok_or_else(|| {
            unusable("is no page of a newspaper; write it as in `articles/123/` or `sections/world/page/2/`")
        })?;
        let path = address.path();
        if let Some(objection) = output::objection(&path) {
            return Err(unusable(&objection));
        }
        if let Address::Article(id) | Address::Print(id) = address {
            return self.only_article(id).await;
        }
        let edition = Arc::clone(&self.edition);
        if matches!(address, Address::Section(..) | Address::Photos(_))
            && let Some(wanted) = edition.subject(&route)
        {
            let is_gone = match edition.load(&wanted).await? {
                Ok(payload) => matches!(&payload, Payload::List(list) if list.items.is_empty() && list.page > Some(1)),
                Err(error) => error == LoadError::NotFound,
            };
            if is_gone {
                self.problem(format!("/{path}: the backend has no such list"));
                self.summary.removed += u64::from(edition.output.remove_page(&path)?);
                return Ok(());
            }
        }
        self.single(&address).await
    }

    async fn only_article(&mut self, id: &str) -> Result<(), EditionError> {
        let edition = Arc::clone(&self.edition);
        let path = Address::Article(id).path();
        match edition.repository().load(&AnyWanted::Article(id.to_owned())).await {
            Ok(payload) => {
                edition.keep(id, &payload).await?;
                for problem in edition.publish_article(id, Ok(payload)).await? {
                    self.problem(format!("article `{id}`: {problem}"));
                }
                self.summary.rendered += 1;
                self.summary.articles += 1;
                // The next whole run looks at it again: its neighbours may have changed with it.
                self.manifest.add(&path, AGAIN)
            }
            Err(LoadError::NotFound) => self.remove_article(id),
            Err(error) => Err(EditionError::Backend { what: path, error }),
        }
    }

    fn remove_article(&mut self, id: &str) -> Result<(), EditionError> {
        self.summary.removed += u64::from(self.edition.remove_article(id)?);
        Ok(())
    }

    /// Removes the pages of articles and lists that the backend has no more. Each article is asked for: a list that moved
    /// while it was read may have lost one.
    async fn remove_gone(&mut self) -> Result<(), EditionError> {
        let edition = Arc::clone(&self.edition);
        self.failures_in_a_row = 0;
        let ask = async |id: String| {
            let answer = edition.repository().load(&AnyWanted::Article(id.clone())).await;
            (id, answer.map(drop))
        };
        let mut asked = FuturesUnordered::new();
        for entry in self.manifest.last()? {
            let (path, _) = entry?;
            if self.manifest.has(&path) {
                continue;
            }
            if self.manifest.has_in_any_case(&path) && edition.output.ignores_case(&path) {
                // Its page is that of another article now.
                continue;
            }
            let id = match Address::parse(&path) {
                Route::Article(id) => id,
                route => {
                    if let Route::Section(slug, 1) = &route {
                        for format in FeedFormat::ALL {
                            edition.output.remove(&format.path(Some(slug)))?;
                        }
                    }
                    self.summary.removed += u64::from(edition.output.remove_page(&path)?);
                    continue;
                }
            };
            asked.push(ask(id));
            while asked.len() >= edition.jobs() {
                if let Some((id, answer)) = asked.next().await {
                    self.asked(&id, answer)?;
                }
            }
        }
        while let Some((id, answer)) = asked.next().await {
            self.asked(&id, answer)?;
        }
        Ok(())
    }

    /// Takes the answer for an article that no list has any more.
    fn asked(&mut self, id: &str, answer: Result<(), LoadError>) -> Result<(), EditionError> {
        let path = Address::Article(id).path();
        match answer {
            Err(LoadError::NotFound) => {
                self.failures_in_a_row = 0;
                self.remove_article(id)
            }
            Ok(()) => {
                self.failures_in_a_row = 0;
                self.manifest.add(&path, UNLISTED)
            }
            Err(error) => {
                self.failures_in_a_row += u64::from(is_temporary(&error));
                let problem = format!("article `{id}`, which no list has any more: {error}; its page stays");
                self.manifest.add(&path, UNLISTED)?;
                self.problem(problem.clone());
                self.lose_patience(problem)
            }
        }
    }

    /// Keeps the manifest and completes the summary. What this run did not get to stays as it was.
    pub(super) fn finish(
        mut self,
        result: Result<(), EditionError>,
        summary: &mut Summary,
    ) -> Result<(), EditionError> {
        let is_partial = result.is_err() || self.edition.since.is_some() || !self.edition.settings.only.is_empty();
        let kept = if is_partial {
            self.manifest.keep(|_| true)
        } else {
            Ok(())
        };
        let kept = kept.and_then(|()| self.manifest.finish());
        let written = self.edition.output.written();
        *summary = Summary {
            written: written.files,
            unchanged: written.unchanged,
            bytes: written.bytes,
            ..self.summary
        };
        // What ended the run says more than that its end could not be noted.
        result.and(kept)
    }
}

/// Sitemaps that have the front page and the sections of `site.json`.
fn sitemaps_of_lists(newspaper: &Newspaper) -> Sitemaps<'_> {
    let mut sitemaps = Sitemaps::new(newspaper);
    let sections = newspaper.site.sections.iter();
    let sections = sections.map(|section| Address::Section(&section.slug, 1));
    for address in std::iter::once(Address::Front).chain(sections) {
        // So few never fill a file.
        let _ = sitemaps.add(address, None, &[]);
    }
    sitemaps
}

/// Writes the last sitemap, the index of all and `robots.txt`.
fn write_sitemaps(edition: &Edition, sitemaps: Sitemaps) -> Result<(), EditionError> {
    let count = sitemaps.files();
    for file in sitemaps.finish() {
        edition.output.file(&file.path, file.text.as_bytes())?;
    }
    // Those of a larger edition.
    let mut number = count + 1;
    while edition.output.remove(&sitemap_path(number))? {
        number += 1;
    }
    edition
        .output
        .file("robots.txt", robots_txt(&edition.newspaper).as_bytes())
}

/// The page after this one, if there is one and the list is getting anywhere. A list of what some articles have may go on
/// without an entry for as many `pages` as all articles have.
fn following(
    next: Option<u32>,
    page: u32,
    without_news: u64,
    what: &str,
    pages: u32,
) -> Result<Option<u32>, EditionError> {
    let next = next.filter(|next| *next > page);
    let is_long = u64::from(page) >= u64::from(pages) + PATIENCE;
    if next.is_some() && (without_news >= PATIENCE && is_long || page >= MAX_PAGES) {
        return Err(EditionError::Endless {
            what: what.to_owned(),
            page,
        });
    }
    Ok(next)
}
