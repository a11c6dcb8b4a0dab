use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::task::JoinSet;

use super::hosting::{
    Base, ContentSecurityPolicy, Host, HostingError, Redirects, headers_file, redirects_file, style_hashes,
};
use super::manifest::{Fingerprint, Manifest, fingerprint};
use super::metadata::{
    Content, Feed, FeedFormat, NEWS_SITEMAP, PageMeta, Publication, Sitemaps, last_change, news_sitemap, robots_txt,
};
use super::output::Output;
use super::shell::{Page, Shell};
use super::{EditionError, Rendered, render, render_sidebar};
use crate::backend::transport::with_folder;
use crate::backend::{Answered, LoadError, OWN_ORIGIN, PageData, Payload, Repository, Wanted};
use crate::components::WrittenSidebar;
use crate::model::{Address, Article, ArticleList, Route, Section, Timestamp, escape_html};
use crate::newspaper::{self, Newspaper};
use crate::platform;

/// What is to be written, and how.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The folder of the built newspaper, with `200.html`.
    pub dist: PathBuf,
    /// The `site.json` to go by; without it, that of the folder.
    pub site: Option<PathBuf>,
    /// How many articles are worked on at once.
    pub jobs: usize,
    /// Only articles that were published or modified since then, in seconds since 1970, and the lists.
    pub since: Option<i64>,
    /// Only the pages at these paths.
    pub only: Vec<String>,
    /// Only the articles of this share, from 0, of so many.
    pub shard: Option<(u64, u64)>,
    /// Whether each page is made anew, whatever the manifest says.
    pub full: bool,
    /// Whether compressed copies are written.
    pub precompress: bool,
}

/// How far it is.
#[derive(Clone, Copy, Debug, Default)]
pub struct Progress {
    /// Articles looked at.
    pub articles: u64,
    /// Articles that there are, where the backend says.
    pub total: Option<u64>,
}

/// What was done.
#[derive(Debug, Default)]
pub struct Summary {
    pub articles: u64,
    /// Articles whose pages were made anew.
    pub rendered: u64,
    pub lists: u64,
    pub written: u64,
    pub unchanged: u64,
    pub removed: u64,
    pub bytes: u64,
    /// What was left out, and why: the first of them.
    pub problems: Vec<String>,
    /// How many they are.
    pub problem_count: u64,
}

/// So many problems are named; the rest is counted.
const NAMED_PROBLEMS: usize = 20;
/// So many articles in a row that can't be had mean that the backend is gone.
const PATIENCE: u64 = 10;
/// Of a page that has to be made anew the next time.
const UNKNOWN: Fingerprint = 0;
/// Fewer articles than this may be gone at once without anybody wondering.
const MANY: u64 = 20;
/// What a news sitemap takes: articles of so many seconds, and so many of them.
const NEWS_AGE: i64 = 2 * 24 * 3600;
const MOST_NEWS: usize = 1_000;
/// The manifest within the folder.
const MANIFEST: &str = ".gisa-edition";
/// No list is followed further than this.
const MAX_PAGES: u32 = 1_000_000;

/// What all pages of an edition have in common.
struct Edition {
    newspaper: Newspaper,
    shell: Shell,
    publication: Publication,
    /// The content security policy, as markup.
    policy: String,
    /// What is written for hosts, by name.
    host_files: Vec<(&'static str, String)>,
    theme: String,
    /// Tells the `site.json` of this edition from others.
    site: String,
    output: Output,
    /// Changes with everything that is in every page.
    key: Vec<u8>,
    /// What stands beside every page.
    beside: Vec<(Wanted, Answered)>,
    /// The same as text.
    sidebar: Option<WrittenSidebar>,
    /// The beginnings of sections, which many pages show.
    heads: Mutex<HashMap<String, Answered>>,
    settings: Settings,
    /// Whether the backend is a folder beside the newspaper: its files are cheap to read, and say nothing of changes.
    is_local: bool,
}

/// Writes an edition. `watch` is told how far it is.
pub async fn prerender(settings: Settings, watch: impl Fn(Progress)) -> Result<Summary, EditionError> {
    let folder = settings.dist.clone();
    let _lock = lock(&folder)?;
    with_folder(&folder, async {
        let edition = Arc::new(Edition::open(settings).await?);
        let mut run = Run::new(Arc::clone(&edition))?;
        let result = run.all(&watch).await;
        // What was done need not be done again, however it ended.
        run.finish(result)
    })
    .await
}

/// Held as long as an edition is being written.
fn lock(dist: &Path) -> Result<File, EditionError> {
    let path = dist.join(".gisa-lock");
    let file = File::create(&path).map_err(EditionError::write(&path))?;
    file.try_lock().map_err(|_| EditionError::Locked { path })?;
    Ok(file)
}

impl Edition {
    async fn open(settings: Settings) -> Result<Self, EditionError> {
        let dist = &settings.dist;
        let shell_path = dist.join("200.html");
        let shell = fs::read_to_string(&shell_path).map_err(EditionError::read(&shell_path))?;
        let shell = Shell::parse(&shell, &shell_path)?;
        let site_path = settings.site.clone().unwrap_or_else(|| dist.join("site.json"));
        let site = fs::read_to_string(&site_path).map_err(EditionError::read(&site_path))?;
        let theme_path = dist.join("theme.css");
        let theme = match fs::read_to_string(&theme_path) {
            Ok(theme) => without_comments(&theme),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
            Err(error) => return Err(EditionError::read(&theme_path)(error)),
        };
        if theme.to_ascii_lowercase().contains("</style") {
            let problem = format!("{}: contains `</style`, which would end it", theme_path.display());
            return Err(EditionError::Unusable { problem });
        }
        let base = shell.base.trim_end_matches('/').to_owned();
        let newspaper =
            Newspaper::new(&site, &format!("{OWN_ORIGIN}site.json"), &base).map_err(|error| EditionError::Site {
                path: site_path.clone(),
                error,
            })?;
        let publication = Publication::parse(&site).map_err(|error| EditionError::Site {
            path: site_path.clone(),
            error,
        })?;
        let is_local = platform::resolve_url(OWN_ORIGIN, &newspaper.site.backend.url)
            .is_some_and(|url| url.starts_with(OWN_ORIGIN));
        let example = shell.page(&Page {
            theme: Some(&theme),
            ..Page::empty()
        });
        let unusable = |error: HostingError| EditionError::Unusable {
            problem: error.to_string(),
        };
        let policy = ContentSecurityPolicy::new(&newspaper.site, &style_hashes(&example)).map_err(unusable)?;
        let base = Base::new(&shell.base).map_err(unusable)?;
        let redirects = Redirects::parse(&site, &base).map_err(|error| EditionError::Site {
            path: site_path.clone(),
            error,
        })?;
        let (headers, not_headed) = headers_file(&policy, &base);
        let (redirects, not_redirected) = redirects_file(&redirects, &Host::ALL);
        for unsupported in not_headed.into_iter().chain(not_redirected) {
            platform::warn(&unsupported.to_string());
        }
        let policy = [
            "<meta http-equiv=\"Content-Security-Policy\" content=\"",
            &escape_html(&policy.meta()),
            "\">\n",
        ]
        .concat();
        let fixed = [env!("CARGO_PKG_VERSION"), &shell.page(&Page::empty()), &theme, &site];
        let key = fingerprint(fixed.map(str::as_bytes)).to_le_bytes().to_vec();
        let mut edition = Edition {
            output: Output::new(dist, settings.precompress),
            site: newspaper::fingerprint(&site),
            newspaper,
            publication,
            policy,
            host_files: vec![("_headers", headers), ("_redirects", redirects)],
            shell,
            theme,
            key,
            beside: Vec::new(),
            sidebar: None,
            heads: Mutex::default(),
            is_local,
            settings,
        };
        // A page that is nothing but what stands beside it.
        if let Err((missed, _)) = render(&edition.newspaper, "no/such/page/", PageData::default(), None) {
            for wanted in missed {
                let answer = edition.answer(&wanted).await?;
                edition.beside.push((wanted, answer));
            }
        }
        edition.sidebar = Some(render_sidebar(&edition.newspaper, edition.data_beside()));
        Ok(edition)
    }

    /// Of several machines, one writes what is not an article's.
    fn writes_lists(&self) -> bool {
        self.settings.shard.is_none_or(|(index, _)| index == 0)
    }

    fn repository(&self) -> &Repository {
        &self.newspaper.repository
    }

    /// The answer to what a page wants, as it shows it. A part that the backend has not, or gives in a shape that can't be
    /// read, is left out; a backend that does not answer is an error.
    async fn answer(&self, wanted: &Wanted) -> Result<Answered, EditionError> {
        let key = wanted.key();
        let is_shared = matches!(wanted, Wanted::SectionHead(..));
        if is_shared && let Some(known) = self.lock_heads().get(&key) {
            return Ok(known.clone());
        }
        let answer = match self.repository().load(wanted).await {
            Ok(payload) => Ok(Arc::new(Arc::unwrap_or_clone(payload).as_shown())),
            Err(LoadError::NotFound | LoadError::NotOffered { .. }) => Err(LoadError::NotFound),
            Err(error) if is_temporary(&error) => return Err(EditionError::Backend { what: key, error }),
            Err(error) => {
                platform::warn(&format!("left out {key}: {error}"));
                Err(LoadError::NotFound)
            }
        };
        if is_shared {
            self.lock_heads().insert(key, answer.clone());
        }
        Ok(answer)
    }

    fn lock_heads(&self) -> MutexGuard<'_, HashMap<String, Answered>> {
        // What is behind the lock is whole between any two of its statements.
        self.heads.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What the sidebar shows.
    fn data_beside(&self) -> PageData {
        let mut data = PageData::default();
        for (wanted, answer) in &self.beside {
            data.add(wanted, answer.clone());
        }
        data
    }

    /// Renders the page at a path, fetching what `data` lacks.
    async fn compose(&self, path: &str, mut data: PageData) -> Result<Rendered, EditionError> {
        loop {
            match render(&self.newspaper, path, data, self.sidebar.as_ref()) {
                Ok(rendered) => return Ok(rendered),
                Err((missed, known)) => {
                    data = known;
                    for wanted in missed {
                        let answer = self.answer(&wanted).await?;
                        data.add(&wanted, answer);
                    }
                }
            }
        }
    }

    /// A page as text.
    fn page(&self, path: &str, rendered: &Rendered) -> Result<String, EditionError> {
        let head = self.head(path, rendered);
        let data = rendered.data.write()?;
        let after = [
            "<script type=\"application/json\" id=\"page-data\">",
            &data,
            "</script>",
        ]
        .concat();
        Ok(self.shell.page(&Page {
            language: self.newspaper.site.locale.as_str(),
            head: &head,
            theme: Some(&self.theme),
            path: Some(&[&*self.newspaper.base, "/", path].concat()),
            site: &self.site,
            html: &rendered.html,
            after: Some(&after),
        }))
    }

    /// What the page at a path says of itself to machines.
    fn head(&self, path: &str, rendered: &Rendered) -> String {
        self.policy.clone() + &self.meta(path, rendered)
    }

    fn meta(&self, path: &str, rendered: &Rendered) -> String {
        let route = Address::parse(path);
        let payload = self.subject(&route).and_then(|wanted| rendered.data.payload(&wanted));
        let content = match payload.as_deref() {
            Some(Payload::Article(article)) => Content::Article(article),
            Some(Payload::List(list)) => Content::List(list),
            Some(Payload::Ranking(ranking)) => Content::Ranking(ranking),
            Some(Payload::Neighbours(_)) | None => Content::None,
        };
        let meta = PageMeta {
            newspaper: &self.newspaper,
            publication: &self.publication,
            route: &route,
            title: &rendered.title,
            content,
        };
        meta.head()
    }

    /// What a page is about.
    fn subject(&self, route: &Route) -> Option<Wanted> {
        Some(match route {
            Route::Front => Wanted::Latest(1),
            Route::Article(id) | Route::Print(id) => Wanted::Article(id.clone()),
            Route::Section(slug, page) => Wanted::Section(slug.clone(), *page),
            Route::Ranking(period) => {
                let usual = self.repository().periods().first().copied();
                Wanted::Ranking(period.or(usual)?, usize::MAX)
            }
            Route::Photos(page) => Wanted::Photos(*page, usize::MAX),
            Route::Today => Wanted::Today(usize::MAX),
            Route::Search(..) | Route::Unknown => return None,
        })
    }

    /// Writes the feeds of the newspaper, or of a section, as the backend's own list has its articles.
    fn publish_feeds(&self, section: Option<&Section>, articles: &[Article]) -> Result<(), EditionError> {
        let feed = Feed {
            newspaper: &self.newspaper,
            publication: &self.publication,
            section,
            articles,
        };
        let slug = section.map(|section| section.slug.as_str());
        for format in FeedFormat::ALL {
            self.output.file(&format.path(slug), feed.write(format).as_bytes())?;
        }
        Ok(())
    }

    /// Writes the pages for addresses that have no page: the empty one, and the one that says so.
    async fn publish_fallbacks(&self) -> Result<(), EditionError> {
        let rendered = self.compose("no/such/page/", self.data_beside()).await?;
        let preload = [
            "<link rel=\"preload\" as=\"fetch\" crossorigin href=\"",
            &self.shell.base,
            "site.json\">",
        ]
        .concat();
        // Only a reader without the program sees that there is no such page: it may be an article of this minute.
        let html = ["<noscript>", &rendered.html, "</noscript>"].concat();
        let language = self.newspaper.site.locale.as_str();
        let empty = Page {
            language,
            site: &self.site,
            ..Page::empty()
        };
        let not_found = self.head("no/such/page/", &rendered) + &preload;
        let name = [
            &self.policy,
            "<title>",
            &escape_html(&self.newspaper.site.name),
            "</title>",
            &preload,
        ]
        .concat();
        let page = Page {
            head: &not_found,
            html: &html,
            after: Some(self.shell.failure_notice()),
            ..empty
        };
        self.output.file("404.html", self.shell.page(&page).as_bytes())?;
        let page = Page { head: &name, ..empty };
        self.output.file("200.html", self.shell.page(&page).as_bytes())?;
        for (name, text) in &self.host_files {
            self.output.file(name, text.as_bytes())?;
        }
        Ok(())
    }

    /// Writes the page at a path.
    async fn publish(&self, path: &str, data: PageData) -> Result<PageData, EditionError> {
        let rendered = self.compose(path, data).await?;
        self.output.page(path, &self.page(path, &rendered)?)?;
        Ok(rendered.data)
    }

    /// Makes the pages of an article anew, unless they were made of the same.
    async fn article(&self, listed: &Listed, known: Option<Fingerprint>) -> Result<Outcome, EditionError> {
        let Listed { item, newer, older } = listed;
        let around = [newer, older].map(|brief| match brief {
            Some((id, headline)) => [id, "\n", headline].concat(),
            None => String::new(),
        });
        let of = |content: &[u8]| fingerprint([&self.key, content, around[0].as_bytes(), around[1].as_bytes()]);
        let has_date = item.date_modified.is_some() && !self.is_local;
        let as_listed = of(&serde_json::to_vec(&item.clone().in_a_list())?);
        if has_date && known == Some(as_listed) {
            return Ok(Outcome::Unchanged(as_listed));
        }
        let wanted = Wanted::Article(item.id.clone());
        let payload = match self.repository().load(&wanted).await {
            Ok(payload) => payload,
            Err(LoadError::NotFound) => return Ok(Outcome::Gone),
            Err(error) => return Ok(Outcome::Failed(error.to_string(), is_temporary(&error))),
        };
        let made_of = match &*payload {
            // Its list entry does not tell whether it changed: all of it does.
            Payload::Article(article) if !has_date => of(&serde_json::to_vec(article)?),
            _ => as_listed,
        };
        if known == Some(made_of) {
            return Ok(Outcome::Unchanged(made_of));
        }
        match self.publish_article(&item.id, Ok(payload)).await {
            Ok(()) => Ok(Outcome::Rendered(made_of)),
            Err(EditionError::Backend { what, error }) => {
                Ok(Outcome::Failed(format!("{what}: {error}"), is_temporary(&error)))
            }
            Err(error) => Err(error),
        }
    }

    /// Writes an article's page and its print page.
    async fn publish_article(&self, id: &str, article: Answered) -> Result<(), EditionError> {
        let wanted = Wanted::Article(id.to_owned());
        for address in [Address::Article(id), Address::Print(id)] {
            let mut data = match address {
                Address::Print(_) => PageData::default(),
                _ => self.data_beside(),
            };
            data.add(&wanted, article.clone());
            self.publish(&address.path(), data).await?;
        }
        Ok(())
    }
}

/// Whether the backend may well answer another time.
fn is_temporary(error: &LoadError) -> bool {
    match error {
        LoadError::Unreachable { .. } | LoadError::TimedOut { .. } => true,
        LoadError::Status { status, .. } => *status == 429 || *status >= 500,
        _ => false,
    }
}

/// An article in the list of all, and those before and after it there.
struct Listed {
    item: Article,
    newer: Option<(String, String)>,
    older: Option<(String, String)>,
}

type AtWork = JoinSet<Result<(String, Outcome), EditionError>>;

/// What became of an article.
enum Outcome {
    Unchanged(Fingerprint),
    Rendered(Fingerprint),
    /// The backend lists it and has it not.
    Gone,
    /// It can't be had: why, and whether another time it may be.
    Failed(String, bool),
}

/// One run of the press.
struct Run {
    edition: Arc<Edition>,
    manifest: Manifest,
    summary: Summary,
    progress: Progress,
    failures_in_a_row: u64,
    /// What was met at an address, by the address without regard to case: some file systems know no difference.
    met: HashMap<u64, u64>,
    sections: BTreeMap<String, Section>,
}

impl Run {
    fn new(edition: Arc<Edition>) -> Result<Self, EditionError> {
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
        Ok(Run {
            manifest: Manifest::open(&settings.dist.join(name))?,
            summary: Summary::default(),
            progress: Progress::default(),
            failures_in_a_row: 0,
            met: HashMap::new(),
            sections: sections.collect(),
            edition,
        })
    }

    async fn all(&mut self, watch: &impl Fn(Progress)) -> Result<(), EditionError> {
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
        let mut news: Vec<Article> = Vec::new();
        let mut at_work = AtWork::new();
        let mut waiting: Option<Listed> = None;
        let mut newer: Option<(String, String)> = None;
        let mut page = 1;
        let mut is_over = false;
        while !is_over {
            let list = edition.repository().latest(page).await;
            let list = list.map_err(|error| EditionError::Backend {
                what: format!("latest, page {page}"),
                error,
            })?;
            self.progress.total = list.total.or(self.progress.total);
            let next = list.next;
            let arrived = list.items.len();
            if page == 1 && edition.writes_lists() {
                edition.publish_feeds(None, &list.items)?;
            }
            let mut fresh = 0;
            for item in list.items {
                let path = Address::Article(&item.id).path();
                let brief = (item.id.clone(), item.headline.clone());
                let known = self.met.len();
                let is_left_out = self.is_left_out(&path, &item);
                fresh += self.met.len() - known;
                if is_left_out {
                    continue;
                }
                if let Some(since) = edition.settings.since {
                    let latest = item.date_modified.max(item.date_published);
                    if latest.is_some_and(|latest| latest.unix < since) {
                        is_over = true;
                        break;
                    }
                }
                if writes_sitemaps {
                    let image = item.image.as_ref().map(|image| image.url.as_str());
                    let file = sitemaps.add(Address::Article(&item.id), last_change(&item), image.as_slice());
                    if let Some(file) = file {
                        edition.output.file(&file.path, file.text.as_bytes())?;
                    }
                }
                if news.len() < MOST_NEWS && item.date_published.is_some_and(|date| date.unix > now - NEWS_AGE) {
                    news.push(item.clone().in_a_list());
                }
                if let Some(section) = item.primary_section() {
                    self.sections
                        .entry(section.slug.clone())
                        .or_insert_with(|| section.clone());
                }
                if let Some(mut listed) = waiting.take() {
                    listed.older = Some(brief.clone());
                    self.start(listed, &mut at_work, watch).await?;
                }
                waiting = Some(Listed {
                    item,
                    newer: newer.replace(brief),
                    older: None,
                });
            }
            match next {
                Some(next) if next > page && page < MAX_PAGES => {
                    if arrived > 0 && fresh == 0 {
                        return Err(EditionError::Endless {
                            what: "latest".to_owned(),
                            page,
                        });
                    }
                    page = next;
                }
                _ => is_over = true,
            }
        }
        if let Some(listed) = waiting {
            self.start(listed, &mut at_work, watch).await?;
        }
        while let Some(done) = at_work.join_next().await {
            self.done(done, watch)?;
        }
        if writes_sitemaps {
            for file in sitemaps.finish() {
                edition.output.file(&file.path, file.text.as_bytes())?;
            }
            edition
                .output
                .file("robots.txt", robots_txt(&edition.newspaper).as_bytes())?;
        }
        if edition.writes_lists() {
            let news = news_sitemap(&edition.newspaper, &news, Timestamp { unix: now });
            edition.output.file(NEWS_SITEMAP, news.as_bytes())?;
        }
        Ok(())
    }

    /// Whether there is no page to write for it: it was there already, or can't be a folder.
    fn is_left_out(&mut self, path: &str, item: &Article) -> bool {
        let short = |text: &[&str]| fingerprint(text.iter().map(|part| part.as_bytes())) as u64;
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
            && fingerprint([listed.item.id.as_bytes()]) as u64 % count != index
        {
            return Ok(());
        }
        while at_work.len() >= self.edition.settings.jobs {
            if let Some(done) = at_work.join_next().await {
                self.done(done, watch)?;
            }
        }
        let path = Address::Article(&listed.item.id).path();
        let known = self.manifest.known(&path).filter(|_| !self.edition.settings.full);
        let edition = Arc::clone(&self.edition);
        let folder = edition.settings.dist.clone();
        at_work.spawn(async move {
            with_folder(&folder, async {
                let outcome = edition.article(&listed, known).await?;
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
                if self.failures_in_a_row >= PATIENCE {
                    let problem = format!("{PATIENCE} articles in a row could not be had, the last one: {problem}");
                    return Err(EditionError::Unusable { problem });
                }
                Ok(())
            }
        }
    }

    /// Every page that is no article's.
    async fn lists(&mut self) -> Result<(), EditionError> {
        let edition = Arc::clone(&self.edition);
        let sections: Vec<Section> = self.sections.values().cloned().collect();
        for section in &sections {
            let slug = &section.slug;
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
            edition.publish(&address.path(), edition.data_beside()).await?;
            self.manifest.add(&address.path(), UNKNOWN)?;
            self.summary.lists += 1;
        }
        edition.publish_fallbacks().await
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
        loop {
            let path = address(page).path();
            if let Some(objection) = Output::objection(&path) {
                self.problem(format!("{what}: {objection}; the empty page shows it"));
                return Ok(());
            }
            let wanted = wanted(page);
            let answer = edition.answer(&wanted).await?;
            let Ok(payload) = &answer else {
                self.problem(format!("{what}: the backend has no such list"));
                return Ok(());
            };
            let made_of = fingerprint([&*edition.key, payload_json(payload)?.as_bytes()]);
            if edition.settings.full || self.manifest.known(&path) != Some(made_of) {
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
            met.extend(items.iter().map(|item| fingerprint([item.id.as_bytes()]) as u64));
            if !items.is_empty() && met.len() == before {
                return Err(EditionError::Endless {
                    what: what.to_owned(),
                    page,
                });
            }
            match next {
                Some(next) if *next > page && page < MAX_PAGES => page = *next,
                _ => return Ok(()),
            }
        }
    }

    /// A page that was asked for by its path.
    async fn only(&mut self, path: &str) -> Result<(), EditionError> {
        let edition = Arc::clone(&self.edition);
        let route = Address::parse(path.trim_start_matches('/'));
        let unusable = |why: &str| EditionError::Unusable {
            problem: format!("{path}: {why}"),
        };
        match route {
            Route::Article(id) | Route::Print(id) => {
                let path = Address::Article(&id).path();
                if let Some(objection) = Output::objection(&path) {
                    return Err(unusable(&objection));
                }
                match edition.repository().load(&Wanted::Article(id.clone())).await {
                    Ok(payload) => {
                        edition.publish_article(&id, Ok(payload)).await?;
                        self.summary.rendered += 1;
                        self.summary.articles += 1;
                    }
                    Err(LoadError::NotFound) => {
                        edition.output.remove_page(&Address::Print(&id).path())?;
                        edition.output.remove_page(&path)?;
                        self.summary.removed += 1;
                    }
                    Err(error) => return Err(EditionError::Backend { what: path, error }),
                }
                // The next whole run looks at it again: its neighbours may have changed with it.
                self.manifest.add(&path, UNKNOWN)
            }
            Route::Unknown => Err(unusable("is no page of a newspaper; write it as in `articles/123/`")),
            _ => {
                let path = path.trim_start_matches('/');
                edition.publish(path, edition.data_beside()).await?;
                self.summary.lists += 1;
                self.manifest.add(path, UNKNOWN)
            }
        }
    }

    /// Removes the pages of articles and lists that the backend has no more. Each article is asked for: a list that moved
    /// while it was read may have lost one.
    async fn remove_gone(&mut self) -> Result<(), EditionError> {
        let edition = Arc::clone(&self.edition);
        let gone = self.manifest.gone()?;
        let articles = gone.iter().filter(|(path, _)| path.starts_with("articles/")).count() as u64;
        if articles > MANY && articles > self.summary.articles && !edition.settings.full {
            let problem = format!(
                "the backend has {} articles, and {articles} of the last edition are missing; nothing was removed. If they \
                 are really gone, run again with `--full`",
                self.summary.articles
            );
            return Err(EditionError::Unusable { problem });
        }
        for (path, _) in gone {
            let id = match Address::parse(&path) {
                Route::Article(id) => id,
                _ => {
                    edition.output.remove_page(&path)?;
                    self.summary.removed += 1;
                    continue;
                }
            };
            match edition.repository().load(&Wanted::Article(id.clone())).await {
                Err(LoadError::NotFound) => {
                    edition.output.remove_page(&Address::Print(&id).path())?;
                    edition.output.remove_page(&path)?;
                    self.summary.removed += 1;
                }
                Ok(_) => self.manifest.add(&path, UNKNOWN)?,
                Err(error) => {
                    self.problem(format!(
                        "article `{id}`, which no list has any more: {error}; its page stays"
                    ));
                    self.manifest.add(&path, UNKNOWN)?;
                }
            }
        }
        Ok(())
    }

    /// Keeps the manifest and gives the summary. What this run did not get to stays as it was.
    fn finish(mut self, result: Result<(), EditionError>) -> Result<Summary, EditionError> {
        let is_partial =
            result.is_err() || self.edition.settings.since.is_some() || !self.edition.settings.only.is_empty();
        if is_partial {
            for (path, fingerprint) in self.manifest.gone()? {
                self.manifest.add(&path, fingerprint)?;
            }
        }
        self.manifest.finish()?;
        result?;
        let output = &self.edition.output;
        self.summary.written = output.written.load(Ordering::Relaxed);
        self.summary.unchanged = output.unchanged.load(Ordering::Relaxed);
        self.summary.bytes = output.bytes.load(Ordering::Relaxed);
        Ok(self.summary)
    }
}

/// A list as it stands in a page.
fn payload_json(payload: &Payload) -> Result<String, serde_json::Error> {
    match payload {
        Payload::List(list) => serde_json::to_string(list),
        Payload::Ranking(ranking) => serde_json::to_string(ranking),
        Payload::Article(article) => serde_json::to_string(article),
        Payload::Neighbours(neighbours) => serde_json::to_string(neighbours),
    }
}

/// A style sheet without its comments.
fn without_comments(css: &str) -> String {
    let mut text = String::new();
    let mut rest = css;
    while let Some((before, comment)) = rest.split_once("/*") {
        text.push_str(before);
        rest = comment.split_once("*/").map_or("", |(_, after)| after);
    }
    text.push_str(rest);
    text.trim().to_owned()
}
