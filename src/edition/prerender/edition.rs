use std::collections::HashMap;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use url::Url;

use super::Settings;
use crate::backend::{Answered, AnyWanted, LoadError, OWN_ORIGIN, PageData, Payload, Repository, Surroundings};
use crate::components::WrittenSidebar;
use crate::edition::hosting::{
    Base, ContentSecurityPolicy, Host, HostingError, Redirects, headers_file, redirects_file, style_hashes,
};
use crate::edition::manifest::{Fingerprint, fingerprint};
use crate::edition::metadata::{Content, Feed, FeedFormat, PageMeta, Publication, common_head};
use crate::edition::output::Output;
use crate::edition::shell::{Page, Shell};
use crate::edition::snapshot::{self, Snapshot};
use crate::edition::{EditionError, Rendered, render, render_sidebar};
use crate::model::{Address, Article, Neighbours, Route, Section, Site, SiteError, Timestamp, escape_html};
use crate::newspaper::{self, Newspaper};
use crate::pages::wanted_around;
use crate::platform;

/// How many articles are asked of a server at once.
const USUAL_JOBS: usize = 6;
/// The beginnings of so many sections are kept at hand.
const MOST_HEADS: usize = 1_000;

/// What a page lacks, and why.
type Problems = Vec<String>;

/// A part of a page, and why it is left out, where the backend has it and it can't be read.
#[derive(Clone)]
struct Part {
    answer: Answered,
    problem: Option<String>,
}

/// What all pages of an edition have in common.
pub(super) struct Edition {
    pub(super) newspaper: Newspaper,
    shell: Shell,
    publication: Publication,
    /// What the heads of all pages have in common.
    common_head: String,
    /// The content security policy, as markup.
    policy: String,
    /// What is written for hosts, by name.
    host_files: Vec<(&'static str, String)>,
    /// The newspaper's own style sheet, where it can stand in the pages.
    theme: Option<String>,
    /// Tells the `site.json` of this edition from others.
    site: String,
    pub(super) site_text: String,
    pub(super) output: Output,
    /// Changes with everything that is in every page.
    pub(super) key: Vec<u8>,
    /// What stands beside every page.
    beside: Vec<(AnyWanted, Answered)>,
    /// What is missing there.
    pub(super) problems_beside: Problems,
    /// The same as text.
    sidebar: Option<WrittenSidebar>,
    /// The beginnings of sections, which many pages show.
    heads: Mutex<HashMap<String, Part>>,
    pub(super) settings: Settings,
    /// Only articles that were published or modified since then, in seconds since 1970, and the lists.
    pub(super) since: Option<i64>,
    /// Whether the backend is a folder beside the newspaper: its files are cheap to read, and say nothing of changes.
    is_local: bool,
    /// Whether that folder is the snapshot: then it is what articles are read from, and no copy of them.
    reads_snapshot: bool,
}

impl Edition {
    /// Reads what an edition is made of, and fetches what stands beside every page.
    pub(super) async fn open(settings: Settings) -> Result<Self, EditionError> {
        let dist = &settings.dist;
        let shell_path = dist.join("200.html");
        let shell = fs::read_to_string(&shell_path).map_err(EditionError::read(&shell_path))?;
        let shell = Shell::parse(&shell, &shell_path)?;
        let theme = read_theme(&dist.join("theme.css"))?;
        let own_path = dist.join("site.json");
        let (site_path, backend_path) = match &settings.site {
            // The browser reads the folder's: what pages show and allow has to be as that says.
            Some(path) if own_path.is_file() => (own_path, Some(path)),
            Some(path) => (path.clone(), None),
            None => (own_path, None),
        };
        let site = read_site_file(&site_path)?;
        let in_site = |error: SiteError| EditionError::Site {
            path: site_path.clone(),
            error,
        };
        let base = shell.base.trim_end_matches('/').to_owned();
        let site_url = format!("{OWN_ORIGIN}site.json");
        let surroundings = Surroundings {
            own_files: Some(dist.clone()),
            ..Surroundings::default()
        };
        let mut newspaper =
            Newspaper::with_surroundings(&site, &site_url, &base, surroundings.clone()).map_err(in_site)?;
        let publication = Publication::parse(&site).map_err(in_site)?;
        let since = settings.since.as_deref();
        let since = since
            .map(|date| parse_date(date, &newspaper.site.time_zone))
            .transpose()?;
        let mut backend_url = newspaper.site.backend.url.clone();
        let mut backend = String::new();
        if let Some(path) = backend_path {
            backend = read_site_file(path)?;
            let mut reading = Site::parse(&site).map_err(in_site)?;
            let other = Newspaper::new(&backend, &site_url, &base).map_err(|error| EditionError::Site {
                path: path.clone(),
                error,
            })?;
            reading.backend = other.site.backend.clone();
            backend_url.clone_from(&reading.backend.url);
            let repository = Repository::new(Arc::new(reading), &site_url).map_err(|error| EditionError::Unusable {
                problem: format!("{}: {error}", path.display()),
            })?;
            newspaper.repository = Arc::new(repository.with_surroundings(surroundings));
        }
        let backend_url = platform::resolve_url(OWN_ORIGIN, &backend_url);
        let is_in = |folder: &str| backend_url.as_ref().is_some_and(|url| url.starts_with(folder));
        let (is_local, reads_snapshot) = (is_in(OWN_ORIGIN), is_in(&[OWN_ORIGIN, snapshot::FOLDER].concat()));
        let example = shell.page(&Page {
            theme: theme.as_deref(),
            ..Page::empty()
        });
        let unusable = |error: HostingError| EditionError::Unusable {
            problem: error.to_string(),
        };
        let policy = ContentSecurityPolicy::new(&newspaper.site, &style_hashes(&example)).map_err(unusable)?;
        let base = Base::new(&shell.base).map_err(unusable)?;
        check_folder(&newspaper, &base, &site_path)?;
        let redirects = Redirects::parse(&site, &base).map_err(in_site)?;
        let (headers, not_headed) = headers_file(&policy, &base, &Host::ALL);
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
        let fixed = [
            env!("CARGO_PKG_VERSION"),
            &shell.page(&Page::empty()),
            &example,
            &site,
            &backend,
        ];
        let key = fingerprint(fixed.map(str::as_bytes)).to_le_bytes().to_vec();
        let mut edition = Edition {
            output: Output::new(dist, settings.precompress),
            site: newspaper::fingerprint(&site),
            common_head: common_head(&newspaper, &publication),
            newspaper,
            publication,
            policy,
            host_files: vec![("_headers", headers), ("_redirects", redirects)],
            shell,
            theme,
            site_text: site,
            key,
            beside: Vec::new(),
            problems_beside: Vec::new(),
            sidebar: None,
            heads: Mutex::default(),
            is_local,
            reads_snapshot,
            since,
            settings,
        };
        // A page that is nothing but what stands beside it.
        if let Err((missed, _)) = render(&edition.newspaper, "no/such/page/", PageData::default(), None) {
            for wanted in missed {
                let part = edition.part(&wanted).await?;
                edition.beside.push((wanted, part.answer));
                edition.problems_beside.extend(part.problem);
            }
        }
        edition.sidebar = Some(render_sidebar(&edition.newspaper, edition.data_beside()));
        Ok(edition)
    }

    /// Of several machines, one writes what is not an article's.
    pub(super) fn writes_lists(&self) -> bool {
        self.settings.shard.is_none_or(|(index, _)| index == 0)
    }

    /// Where the edition's data is written, if it is.
    pub(super) fn snapshot(&self) -> Option<Snapshot<'_>> {
        self.settings.snapshot.then_some(Snapshot(&self.output))
    }

    /// The snapshot, if an article's data has a place in it: in one that is written, and in one that has the article from
    /// another run, which would keep an old text otherwise.
    fn snapshot_of(&self, id: &str) -> Option<Snapshot<'_>> {
        let snapshot = Snapshot(&self.output);
        let has_place = snapshot::can_name_a_file(id)
            && (self.settings.snapshot || !self.reads_snapshot && snapshot.has_article(id));
        has_place.then_some(snapshot)
    }

    pub(super) fn repository(&self) -> &Repository {
        &self.newspaper.repository
    }

    /// How many articles are worked on at once: a folder answers as fast as pages are made, a server is not to be flooded.
    pub(super) fn jobs(&self) -> usize {
        let processors = || std::thread::available_parallelism().map_or(1, usize::from);
        let usual = || if self.is_local { 2 * processors() } else { USUAL_JOBS };
        self.settings.jobs.unwrap_or_else(usual).max(1)
    }

    /// The answer to what a page wants, as it shows it; a backend that does not answer for a moment is an error.
    pub(super) async fn load(&self, wanted: &AnyWanted) -> Result<Answered, EditionError> {
        Ok(self.load_whole(wanted).await?.map(Payload::as_shown))
    }

    /// The same with what pages don't show of it.
    pub(super) async fn load_whole(&self, wanted: &AnyWanted) -> Result<Answered, EditionError> {
        match self.repository().load(wanted).await {
            Ok(payload) => Ok(Ok(payload)),
            Err(LoadError::NotFound | LoadError::NotOffered { .. }) => Ok(Err(LoadError::NotFound)),
            Err(error) if is_temporary(&error) => Err(EditionError::Backend {
                what: wanted.key(),
                error,
            }),
            Err(error) => Ok(Err(error)),
        }
    }

    /// A part of a page: one that the backend has not, or gives in a shape that can't be read, is left out.
    async fn part(&self, wanted: &AnyWanted) -> Result<Part, EditionError> {
        let key = wanted.key();
        let is_shared = matches!(wanted, AnyWanted::SectionHead(..));
        if is_shared && let Some(known) = self.lock_heads().get(&key) {
            return Ok(known.clone());
        }
        let part = match self.load(wanted).await? {
            Err(error) if error != LoadError::NotFound => Part {
                answer: Err(LoadError::NotFound),
                problem: Some(format!("left out {key}: {error}")),
            },
            answer => Part { answer, problem: None },
        };
        if is_shared {
            let mut heads = self.lock_heads();
            if heads.len() < MOST_HEADS {
                heads.insert(key, part.clone());
            }
        }
        Ok(part)
    }

    fn lock_heads(&self) -> MutexGuard<'_, HashMap<String, Part>> {
        // What is behind the lock is whole between any two of its statements.
        self.heads.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What the sidebar shows.
    pub(super) fn data_beside(&self) -> PageData {
        let mut data = PageData::default();
        for (wanted, answer) in &self.beside {
            data.add(wanted, answer.clone());
        }
        data
    }

    /// Renders the page at a path, fetching what `data` lacks, and says what is missing in spite of that.
    async fn compose(&self, path: &str, mut data: PageData) -> Result<(Rendered, Problems), EditionError> {
        let mut problems = Problems::new();
        loop {
            match render(&self.newspaper, path, data, self.sidebar.as_ref()) {
                Ok(rendered) => return Ok((rendered, problems)),
                Err((missed, known)) => {
                    data = known;
                    for wanted in missed {
                        let part = self.part(&wanted).await?;
                        data.add(&wanted, part.answer);
                        problems.extend(part.problem);
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
            theme: self.theme.as_deref(),
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
        let content = match payload.as_ref() {
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
            common: &self.common_head,
        };
        meta.head()
    }

    /// What a page is about.
    pub(super) fn subject(&self, route: &Route) -> Option<AnyWanted> {
        Some(match route {
            Route::Front => AnyWanted::Latest(1),
            Route::Article(id) | Route::Print(id) => AnyWanted::Article(id.clone()),
            Route::Section(slug, page) => AnyWanted::Section(slug.clone(), *page),
            Route::Ranking(period) => {
                let usual = self.repository().periods().first().copied();
                AnyWanted::Ranking(period.or(usual)?, None)
            }
            Route::Photos(page) => AnyWanted::Photos(*page, None),
            Route::Today => AnyWanted::Today(None),
            Route::Search(..) | Route::Unknown => return None,
        })
    }

    /// Writes the feeds of the newspaper, or of a section, as the backend's own list has its articles.
    pub(super) fn publish_feeds(&self, section: Option<&Section>, articles: &[Article]) -> Result<(), EditionError> {
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
    pub(super) async fn publish_fallbacks(&self) -> Result<(), EditionError> {
        let (rendered, _) = self.compose("no/such/page/", self.data_beside()).await?;
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
            &self.common_head,
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

    /// Writes the page at a path, and says what it lacks.
    pub(super) async fn publish(&self, path: &str, data: PageData) -> Result<Problems, EditionError> {
        let (rendered, problems) = self.compose(path, data).await?;
        self.output.page(path, &self.page(path, &rendered)?)?;
        Ok(problems)
    }

    /// Makes the pages of an article anew, unless they were made of the same.
    pub(super) async fn article(&self, listed: &Listed, known: Option<Fingerprint>) -> Result<Outcome, EditionError> {
        match self.renew(listed, known).await {
            Err(EditionError::Backend { what, error }) => {
                Ok(Outcome::Failed(format!("{what}: {error}"), is_temporary(&error)))
            }
            outcome => outcome,
        }
    }

    async fn renew(&self, listed: &Listed, known: Option<Fingerprint>) -> Result<Outcome, EditionError> {
        let Listed { item, newer, older } = listed;
        let around = [newer, older].map(|brief| match brief {
            Some((id, headline)) => [id, "\n", headline].concat(),
            None => String::new(),
        });
        let of = |content: &[u8]| fingerprint([&self.key, content, around[0].as_bytes(), around[1].as_bytes()]);
        let has_date = item.date_modified.is_some() && !self.is_local;
        let as_listed = if has_date {
            Some(of(&serde_json::to_vec(&item.clone().in_a_list())?))
        } else {
            None
        };
        let snapshot = self.snapshot().filter(|_| snapshot::can_name_a_file(&item.id));
        let has_data = snapshot.is_none_or(|snapshot| snapshot.has(&item.id));
        if let Some(made_of) = as_listed.filter(|made_of| known == Some(*made_of) && has_data) {
            return Ok(Outcome::Unchanged(made_of));
        }
        let wanted = AnyWanted::Article(item.id.clone());
        let payload = match self.repository().load(&wanted).await {
            Ok(payload) => payload,
            Err(LoadError::NotFound) => return Ok(Outcome::Gone),
            Err(error) => return Ok(Outcome::Failed(error.to_string(), is_temporary(&error))),
        };
        let is_kept = self.keep(&item.id, &payload).await?;
        let made_of = match as_listed {
            Some(made_of) => made_of,
            // Its list entry does not tell whether it changed: all of it does.
            None => of(payload.to_json()?.as_bytes()),
        };
        if known == Some(made_of) && is_kept {
            return Ok(Outcome::Unchanged(made_of));
        }
        let problems = self.publish_article(&item.id, Ok(payload)).await?;
        Ok(Outcome::Rendered(made_of, problems))
    }

    /// Writes an article's data into the snapshot, if it has its place there, and says whether all of it could be had.
    pub(super) async fn keep(&self, id: &str, article: &Payload) -> Result<bool, EditionError> {
        let (Some(snapshot), Payload::Article(article)) = (self.snapshot_of(id), article) else {
            return Ok(true);
        };
        let part = self.part(&AnyWanted::neighbours(article)).await?;
        match part.answer.as_ref() {
            Ok(Payload::Neighbours(neighbours)) => snapshot.article(id, article, neighbours)?,
            _ => snapshot.article(id, article, &Neighbours::default())?,
        }
        Ok(part.problem.is_none())
    }

    /// Removes an article's pages and its data, and says whether it had a page.
    pub(super) fn remove_article(&self, id: &str) -> Result<bool, EditionError> {
        self.output.remove_page(&Address::Print(id).path())?;
        if !self.reads_snapshot && snapshot::can_name_a_file(id) {
            Snapshot(&self.output).remove(id)?;
        }
        self.output.remove_page(&Address::Article(id).path())
    }

    /// Writes an article's page and its print page, and says what they lack.
    pub(super) async fn publish_article(&self, id: &str, article: Answered) -> Result<Problems, EditionError> {
        let wanted = AnyWanted::Article(id.to_owned());
        let mut data = self.data_beside();
        let mut problems = Problems::new();
        // Rendering would find out what else is wanted, but only by rendering once more.
        if let Ok(Payload::Article(article)) = article.as_ref() {
            for wanted in wanted_around(article) {
                let part = self.part(&wanted).await?;
                data.add(&wanted, part.answer);
                problems.extend(part.problem);
            }
        }
        data.add(&wanted, article.clone());
        problems.extend(self.publish(&Address::Article(id).path(), data).await?);
        let mut data = PageData::default();
        data.add(&wanted, article);
        problems.extend(self.publish(&Address::Print(id).path(), data).await?);
        Ok(problems)
    }
}

/// Whether the backend may well answer another time.
pub(super) fn is_temporary(error: &LoadError) -> bool {
    match error {
        LoadError::Unreachable { .. } | LoadError::TimedOut { .. } => true,
        LoadError::Status { status, .. } => *status == 429 || *status >= 500,
        _ => false,
    }
}

/// An article in the list of all, and those before and after it there.
pub(super) struct Listed {
    pub(super) item: Article,
    pub(super) newer: Option<(String, String)>,
    pub(super) older: Option<(String, String)>,
}

/// What became of an article.
pub(super) enum Outcome {
    Unchanged(Fingerprint),
    /// What it was made of, and what its pages lack.
    Rendered(Fingerprint, Problems),
    /// The backend lists it and has it not.
    Gone,
    /// It can't be had: why, and whether another time it may be.
    Failed(String, bool),
}

/// That the public address is that of the folder which the program was built for: every page says where it is.
fn check_folder(newspaper: &Newspaper, base: &Base, site: &Path) -> Result<(), EditionError> {
    let public = newspaper.absolute(Address::Front);
    let Some(url) = Url::parse(&public).ok().filter(|url| url.path() != base.as_str()) else {
        return Ok(());
    };
    let (site, path, folder) = (site.display(), url.path(), base.as_str());
    let mut other = url.clone();
    other.set_path(folder);
    let problem = format!(
        "{site}: `url` is `{public}`, the folder `{path}` of its host, and the program was built for the folder \
         `{folder}`: write `{other}`, or build it anew with `script/build --public-url {path}`"
    );
    Err(EditionError::Unusable { problem })
}

/// The text of a `site.json` as the browser has it: without a byte order mark.
fn read_site_file(path: &Path) -> Result<String, EditionError> {
    let text = fs::read_to_string(path).map_err(EditionError::read(path))?;
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

/// A date in seconds since 1970; one without a zone is of the newspaper's.
fn parse_date(text: &str, zone: &str) -> Result<i64, EditionError> {
    let date = Timestamp::parse(text, |civil| platform::local_offset(zone, civil));
    date.map(|date| date.unix).ok_or_else(|| EditionError::Unusable {
        problem: format!("--since {text}: is not an ISO 8601 date, such as 2026-11-01 or 2026-11-01T09:00:00Z"),
    })
}

/// The newspaper's own style sheet as it can stand in pages; none where they have to link to it.
fn read_theme(path: &Path) -> Result<Option<String>, EditionError> {
    let theme = match fs::read_to_string(path) {
        Ok(theme) => theme,
        Err(error) if error.kind() == ErrorKind::NotFound => String::new(),
        Err(error) => return Err(EditionError::read(path)(error)),
    };
    let theme = without_notes(&theme);
    if theme.to_ascii_lowercase().contains("</style") {
        let problem = format!("{}: contains `</style`, which would end it", path.display());
        return Err(EditionError::Unusable { problem });
    }
    Ok(names_no_neighbour(theme).then(|| theme.to_owned()))
}

/// A style sheet without the comments that it begins with. Further on, the same signs may stand in a text or an address.
fn without_notes(css: &str) -> &str {
    let mut rest = css.trim_start_matches('\u{feff}').trim();
    while let Some(comment) = rest.strip_prefix("/*") {
        rest = comment.split_once("*/").map_or("", |(_, after)| after).trim_start();
    }
    rest
}

/// Whether a style sheet means the same wherever it stands: it names nothing by an address relative to its own.
fn names_no_neighbour(css: &str) -> bool {
    let css = css.to_ascii_lowercase();
    let is_absolute = |address: &str| {
        let address = address.trim_start().trim_start_matches(['"', '\'']);
        ["data:", "https://", "http://", "/"]
            .iter()
            .any(|beginning| address.starts_with(beginning))
    };
    !css.contains("@import") && !css.contains("image-set(") && css.split("url(").skip(1).all(is_absolute)
}
