use std::collections::{BTreeMap, HashMap, HashSet};
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use futures::FutureExt;
use tokio::task::JoinSet;

use super::edition::{Edition, Listed, Outcome, is_temporary};
use super::{Progress, Summary};
use crate::backend::transport::with_folder;
use crate::backend::{LoadError, Payload, Wanted};
use crate::edition::EditionError;
use crate::edition::manifest::{Fingerprint, Manifest, fingerprint};
use crate::edition::metadata::{
    FeedFormat, MAX_NEWS, NEWS_SECONDS, NEWS_SITEMAP, Sitemaps, last_change, news_sitemap, robots_txt, sitemap_path,
};
use crate::edition::output::Output;
use crate::edition::snapshot::{self, MOST_SEARCHED};
use crate::model::{Address, Article, ArticleList, Route, Section, Timestamp};
use crate::platform;

/// So many problems are named; the rest is counted.
const NAMED_PROBLEMS: usize = 20;
/// So many articles in a row that can't be had mean that the backend is gone, and so many pages of a list without an
/// article that was not there before that it never ends.
const PATIENCE: u64 = 10;
/// So many sections have pages.
const MOST_SECTIONS: usize = 10_000;
/// Of a page that has to be made anew the next time.
const UNKNOWN: Fingerprint = 0;
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
        if !edition.settings.only.is_empty() {
            for path in &edition.settings.only {
                self.only(path).await?;
            }
            return Ok(());
        }
        self.articles(watch).await?;
        // Lists lead to articles: they come after them.
        if edition.writes_lists() {
            self.lists().await?;
        }
        if edition.settings.since.is_none() {
            self.remove_gone().await?;
        }
        if edition.settings.precompress && edition.writes_lists() {
            edition.output.compress_others()?;
        }
        Ok(())
    }

    /// Goes through the list of all articles, newest first.
    async fn articles(&mut self, watch: &impl Fn(Progress)) -> Result<(), EditionError> {
        let edition = Arc::clone(&self.edition);
        let mut sitemaps = Sitemaps::new(&edition.newspaper);
        let own = std::iter::once(Address::Front);
        let sections = edition.newspaper.site.sections.iter();
        for address in own.chain(sections.map(|section| Address::Section(&section.slug, 1))) {
            // So few never fill a file.
            let _ = sitemaps.add(address, None, &[]);
        }
        let writes_sitemaps = edition.settings.since.is_none() && edition.writes_lists();
        let now = platform::now() as i64;
        let mut at_work = AtWork::new();
        let mut waiting: Option<Listed> = None;
        let mut newer: Option<(String, String)> = None;
        let mut page = 1;
        let mut pages_without_news = 0;
        loop {
            let list = edition.repository().latest_of_all(page).await;
            let list = list.map_err(|error| EditionError::Backend {
                what: format!("latest, page {page}"),
                error,
            })?;
            self.progress.total = list.total.or(self.progress.total);
            let next = list.next;
            if let Some(snapshot) = edition.snapshot() {
                snapshot.page("latest", page, &list)?;
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
                let is_recent = edition
                    .settings
                    .since
                    .is_none_or(|since| last_change(&item).is_none_or(|change| change.unix >= since));
                has_recent |= is_recent;
                if writes_sitemaps {
                    let image = item.image.as_ref().map(|image| image.url.as_str());
                    let file = sitemaps.add(Address::Article(&item.id), last_change(&item), image.as_slice());
                    if let Some(file) = file {
                        edition.output.file(&file.path, file.text.as_bytes())?;
                    }
                }
                if self.news.len() < MAX_NEWS && item.date_published.is_some_and(|date| date.unix > now - NEWS_SECONDS)
                {
                    self.news.push(item.clone().in_a_list());
                }
                if let Some(section) = item.primary_section()
                    && self.sections.len() < MOST_SECTIONS
                {
                    self.sections
                        .entry(section.slug.clone())
                        .or_insert_with(|| section.clone());
                }
                self.search_for(&item)?;
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
            if edition.settings.since.is_some() && !has_recent {
                break;
            }
            pages_without_news = if self.met.len() > known {
                0
            } else {
                pages_without_news + 1
            };
            match following(next, page, pages_without_news, "latest")? {
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
        if edition.settings.since.is_none() {
            self.check_that_most_are_there()?;
        }
        if writes_sitemaps {
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
                .file("robots.txt", robots_txt(&edition.newspaper).as_bytes())?;
        }
        Ok(())
    }

    /// A backend that lists nothing, or little of what it had, is more likely out of order than a newspaper that gave up its
    /// archive: readers keep the last edition until somebody says so.
    fn check_that_most_are_there(&self) -> Result<(), EditionError> {
        let listed = self.progress.articles;
        if self.edition.settings.full || self.manifest.old_articles() <= listed {
            return Ok(());
        }
        let mut missing = 0;
        for entry in self.manifest.last()? {
            let (path, fingerprint) = entry?;
            let is_missing = path.starts_with("articles/") && !self.manifest.has(&path);
            // Those that fell off the end of a list with an end were missing before.
            missing += u64::from(is_missing && (fingerprint != UNKNOWN || listed == 0));
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
        if let Some(objection) = Output::objection(path) {
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
        let folder = edition.settings.dist.clone();
        at_work.spawn(async move {
            with_folder(&folder, async {
                let work = AssertUnwindSafe(edition.article(&listed, known)).catch_unwind();
                // One article that the program can't cope with does not take the others with it.
                let outcome = match work.await {
                    Ok(outcome) => outcome?,
                    Err(_) => Outcome::Failed("its page can't be rendered".to_owned(), false),
                };
                Ok((listed.item.id, outcome))
            })
            .await
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
            Outcome::Rendered(fingerprint) => {
                self.summary.articles += 1;
                self.summary.rendered += 1;
                self.manifest.add(&path, fingerprint)
            }
            Outcome::Gone => Ok(()),
            Outcome::Failed(problem, _) => {
                self.problem(format!("article `{id}`: {problem}"));
                // Its page of the last edition stays, and is made anew the next time.
                self.manifest.add(&path, UNKNOWN)?;
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
        let now = Timestamp {
            unix: platform::now() as i64,
        };
        let news = news_sitemap(&edition.newspaper, &self.news, now);
        edition.output.file(NEWS_SITEMAP, news.as_bytes())?;
        let sections: Vec<Section> = self.sections.values().cloned().collect();
        let mut met: HashSet<String> = HashSet::new();
        for section in &sections {
            let slug = &section.slug;
            if !met.insert(Address::Section(slug, 1).path().to_lowercase()) {
                self.problem(format!(
                    "section `{slug}`: another section's slug differs only by case, and keeps the address"
                ));
                continue;
            }
            if let Ok(list) = edition.repository().section(slug, 1).await
                && Output::objection(&Address::Section(slug, 1).path()).is_none()
            {
                edition.publish_feeds(Some(section), &list.items)?;
            }
            let wanted = |page| Wanted::Section(slug.clone(), page);
            self.list(&format!("section `{slug}`"), wanted, |page| {
                Address::Section(slug, page)
            })
            .await?;
        }
        if edition.repository().offers("photos") {
            self.list("photos", |page| Wanted::Photos(page, usize::MAX), Address::Photos)
                .await?;
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

    /// Writes what the snapshot has besides articles and lists of many pages. What can't be read was reported with its page.
    async fn snapshot(&mut self) -> Result<(), EditionError> {
        let edition = Arc::clone(&self.edition);
        let Some(snapshot) = edition.snapshot() else {
            return Ok(());
        };
        let repository = edition.repository();
        let mut metric = None;
        for period in repository.periods() {
            if let Ok(ranking) = repository.ranking(period).await {
                snapshot.ranking(period, &ranking)?;
                metric = metric.or(ranking.metric);
            }
        }
        if let Ok(today) = repository.today().await {
            snapshot.today(&today)?;
        }
        let searched = self.searched.take();
        let has_search = searched.is_some();
        snapshot.search(searched)?;
        snapshot.site(&edition.site_text, repository, metric.as_deref(), has_search)
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
        edition.publish(&path, data).await?;
        self.summary.lists += 1;
        self.manifest.add(&path, UNKNOWN)
    }

    /// The pages of a list, to its end.
    async fn list<'a>(
        &mut self,
        what: &str,
        wanted: impl Fn(u32) -> Wanted,
        address: impl Fn(u32) -> Address<'a>,
    ) -> Result<(), EditionError> {
        let edition = Arc::clone(&self.edition);
        let mut met: HashSet<u64> = HashSet::new();
        let mut page = 1;
        let mut pages_without_news = 0;
        loop {
            let path = address(page).path();
            if let Some(objection) = Output::objection(&path) {
                self.problem(format!("{what}: {objection}; the empty page shows it"));
                return Ok(());
            }
            let wanted = wanted(page);
            let answer = edition.load(&wanted).await?;
            let payload = match &answer {
                Ok(payload) => payload,
                Err(LoadError::NotFound) => {
                    self.problem(format!("{what}: the backend has no such list"));
                    return Ok(());
                }
                Err(error) => {
                    self.problem(format!("{what}, page {page}: {error}; its pages stay as they were"));
                    let first = address(1).path();
                    return self.manifest.keep(|page| page.starts_with(&first));
                }
            };
            if let Some(snapshot) = edition.snapshot()
                && let Ok(Payload::List(list)) = edition.repository().load(&wanted).await.as_deref()
            {
                match address(page) {
                    Address::Section(slug, _) if snapshot::can_name_a_file(slug) => {
                        snapshot.page(&format!("sections/{slug}"), page, list)?;
                    }
                    Address::Section(..) if page == 1 => {
                        self.problem(format!(
                            "{what}: its slug can't be the name of a folder; the snapshot is without it"
                        ));
                    }
                    Address::Photos(_) => snapshot.page("photos", page, list)?,
                    _ => {}
                }
            }
            let made_of = fingerprint([&*edition.key, payload.to_json()?.as_bytes()]);
            let is_known = self.manifest.known(&path) == Some(made_of) && edition.output.has_page(&path);
            if edition.settings.full || !is_known {
                let mut data = edition.data_beside();
                data.add(&wanted, answer.clone());
                edition.publish(&path, data).await?;
            }
            self.manifest.add(&path, made_of)?;
            self.summary.lists += 1;
            let Payload::List(ArticleList { items, next, .. }) = &**payload else {
                return Ok(());
            };
            let before = met.len();
            met.extend(items.iter().map(|item| fingerprint([item.id.as_bytes()])));
            pages_without_news = if met.len() > before { 0 } else { pages_without_news + 1 };
            match following(*next, page, pages_without_news, what)? {
                Some(next) => page = next,
                None => return Ok(()),
            }
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
        if let Some(objection) = Output::objection(&path) {
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
                Ok(payload) => matches!(&*payload, Payload::List(list) if list.items.is_empty() && list.page > Some(1)),
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
        match edition.repository().load(&Wanted::Article(id.to_owned())).await {
            Ok(payload) => {
                edition.publish_article(id, Ok(payload)).await?;
                self.summary.rendered += 1;
                self.summary.articles += 1;
                // The next whole run looks at it again: its neighbours may have changed with it.
                self.manifest.add(&path, UNKNOWN)
            }
            Err(LoadError::NotFound) => self.remove_article(id),
            Err(error) => Err(EditionError::Backend { what: path, error }),
        }
    }

    fn remove_article(&mut self, id: &str) -> Result<(), EditionError> {
        let output = &self.edition.output;
        output.remove_page(&Address::Print(id).path())?;
        self.summary.removed += u64::from(output.remove_page(&Address::Article(id).path())?);
        match self.edition.snapshot() {
            Some(snapshot) => snapshot.remove(id),
            None => Ok(()),
        }
    }

    /// Removes the pages of articles and lists that the backend has no more. Each article is asked for: a list that moved
    /// while it was read may have lost one.
    async fn remove_gone(&mut self) -> Result<(), EditionError> {
        let edition = Arc::clone(&self.edition);
        self.failures_in_a_row = 0;
        for entry in self.manifest.last()? {
            let (path, _) = entry?;
            if self.manifest.has(&path) {
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
            match edition.repository().load(&Wanted::Article(id.clone())).await {
                Err(LoadError::NotFound) => {
                    self.failures_in_a_row = 0;
                    self.remove_article(&id)?;
                }
                Ok(_) => {
                    self.failures_in_a_row = 0;
                    self.manifest.add(&path, UNKNOWN)?;
                }
                Err(error) => {
                    self.failures_in_a_row += u64::from(is_temporary(&error));
                    let problem = format!("article `{id}`, which no list has any more: {error}; its page stays");
                    self.manifest.add(&path, UNKNOWN)?;
                    self.problem(problem.clone());
                    self.lose_patience(problem)?;
                }
            }
        }
        Ok(())
    }

    /// Keeps the manifest and gives the summary. What this run did not get to stays as it was.
    pub(super) fn finish(mut self, result: Result<(), EditionError>) -> Result<Summary, EditionError> {
        let is_partial =
            result.is_err() || self.edition.settings.since.is_some() || !self.edition.settings.only.is_empty();
        let kept = if is_partial {
            self.manifest.keep(|_| true)
        } else {
            Ok(())
        };
        let kept = kept.and_then(|()| self.manifest.finish());
        // What ended the run says more than that its end could not be noted.
        result?;
        kept?;
        let output = &self.edition.output;
        self.summary.written = output.written.load(Ordering::Relaxed);
        self.summary.unchanged = output.unchanged.load(Ordering::Relaxed);
        self.summary.bytes = output.bytes.load(Ordering::Relaxed);
        Ok(self.summary)
    }
}

/// The page after this one, if there is one and the list is getting anywhere.
fn following(next: Option<u32>, page: u32, without_news: u64, what: &str) -> Result<Option<u32>, EditionError> {
    let next = next.filter(|next| *next > page);
    if next.is_some() && (without_news >= PATIENCE || page >= MAX_PAGES) {
        return Err(EditionError::Endless {
            what: what.to_owned(),
            page,
        });
    }
    Ok(next)
}
