mod markup;
mod report;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Error, anyhow, bail};
use serde_json::Value;
use url::Url;

use self::report::{
    ArticleReport, FieldOutcome, FieldReport, ImageReport, Outcome, Report, RequestReport, ResourceReport,
};
use super::http::Http;
use super::terminal::{self, StatusLine, Terminal};
use crate::backend::surroundings::{ARTICLE_FIELDS, Event, Exchange, Found, Record};
use crate::backend::{LoadError, OWN_ORIGIN, Resource, Surroundings, Warning};
use crate::json::met;
use crate::model::{Article, ArticleList, Site};
use crate::newspaper::Newspaper;
use crate::platform;

/// What `gisa check` can be told.
#[derive(clap::Args)]
pub struct Arguments {
    /// The file; without it, public/site.json where there is one, else site.json.
    file: Option<PathBuf>,
    /// Look at this article instead of the newest one.
    #[arg(long, value_name = "ID")]
    article: Option<String>,
    /// Where readers will find the newspaper, such as https://news.example; without it, `url` of the file.
    ///
    /// Requests are sent as from a page of this site, and the answers have to allow it to read them (CORS).
    #[arg(long, value_name = "URL")]
    site_origin: Option<Url>,
    /// Print one JSON document instead of tables, for scripts.
    #[arg(long)]
    json: bool,
}

/// The shape of what `--json` prints, for the help text; the fields are those of [`Report`].
pub const JSON_SHAPE: &str = "\
With --json, one document:
  { file, name, preset, backend, origin | null, ok, missing: [text],
    resources: [ { resource, of | null, outcome: arrived | empty | notOffered | failed | notTried,
                   requests: [ { address, status | null, milliseconds } ],
                   articles | null, total | null, problems: [text], notes?: [text] } ],
    article: null | { id,
      fields: [ { field, outcome: arrived | missing | unreadable | notMapped, value,
                  expression | null, problem | null } ],
      image: null | { address, status | null, problem | null },
      dropped: { scripts, eventHandlers, javascriptAddresses, iframes },
      problems: [text] } }";

/// How many problems of one kind are written out.
const MOST_PROBLEMS: usize = 5;

/// Reads everything that the newspaper reads of its backend, and says what arrived.
pub fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let path = arguments.file.clone().unwrap_or_else(usual_file);
    let text = fs::read_to_string(&path).map_err(|error| {
        let name = path.display();
        anyhow!("{name}: {error}; name the file to check, or write one with `gisa init URL`")
    })?;
    let folder = match path.parent() {
        Some(parent) if parent != Path::new("") => parent,
        _ => Path::new("."),
    };
    // Its address is that of the file: what the file names relative to itself is found in its folder.
    let in_site = || path.display().to_string();
    let site = Site::parse(&text).with_context(in_site)?;
    let record = Record::default();
    let surroundings = Surroundings {
        own_files: Some(folder.to_owned()),
        origin: origin(arguments.site_origin.as_ref(), &site)?,
        observer: Some(record.observer()),
    };
    let site_url = format!("{OWN_ORIGIN}site.json");
    let newspaper = Newspaper::with_surroundings(&text, &site_url, "", surroundings.clone()).with_context(in_site)?;
    let check = Check {
        newspaper,
        surroundings,
        record,
        http: Http::new().map_err(Error::msg)?,
        progress: StatusLine::new(),
    };
    let runtime = tokio::runtime::Runtime::new()?;
    let work = check.run(path.display().to_string(), arguments.article.as_deref());
    let report = runtime.block_on(work);
    drop(check);
    if arguments.json {
        terminal::print_json(&report)?;
    } else {
        terminal::print(&report.text(&Terminal::new()))?;
    }
    Ok(if report.ok {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn usual_file() -> PathBuf {
    let public = PathBuf::from("public/site.json");
    if public.exists() { public } else { "site.json".into() }
}

/// The origin of the newspaper's pages.
fn origin(given: Option<&Url>, site: &Site) -> anyhow::Result<Option<String>> {
    let url = match (given, &site.url) {
        (Some(url), _) => Some(url.clone()),
        (None, Some(url)) => Some(Url::parse(url).with_context(|| format!("`url` of the file: {url}"))?),
        (None, None) => None,
    };
    match url {
        Some(url) if matches!(url.scheme(), "http" | "https") => Ok(Some(url.origin().ascii_serialization())),
        Some(url) => {
            bail!("{url} is not the address of a web site: write one such as https://news.example")
        }
        None => Ok(None),
    }
}

struct Check {
    newspaper: Newspaper,
    surroundings: Surroundings,
    /// What the repository tells of its work.
    record: Record,
    http: Http,
    progress: StatusLine,
}

/// What one resource gave.
struct Step<T> {
    report: ResourceReport,
    value: Option<T>,
    events: Vec<Event>,
}

impl Check {
    async fn run(&self, file: String, wanted: Option<&str>) -> Report {
        let mut missing = Vec::new();
        let mut resources = Vec::new();
        let latest = self
            .list(Resource::Latest, None, self.newspaper.repository.latest(1))
            .await;
        if latest.report.outcome != Outcome::Arrived {
            missing.push(format!("the newest articles: {}", reason(&latest.report)));
        }
        let silent = latest.value.is_none() && latest.report.requests.iter().all(|request| request.status.is_none());
        let newest = latest.value.map(|list| list.items).unwrap_or_default();
        resources.push(latest.report);
        if silent {
            // Every other request would wait as long for nothing.
            resources.extend(self.not_tried());
        }
        let mut article_report = None;
        let mut found = None;
        // One that everybody may read, where there is one.
        let readable = newest
            .iter()
            .find(|article| article.is_accessible_for_free != Some(false));
        let id = wanted.or_else(|| readable.or(newest.first()).map(|article| article.id.as_str()));
        if let Some(id) = id.filter(|_| !silent) {
            let step = self
                .step(Resource::Article, Some(id), self.newspaper.repository.article(id))
                .await;
            let mut report = step.report;
            if let Some(article) = step.value {
                if article.article_body.is_empty() {
                    report.problems.push(no_body(&article));
                    missing.push(format!("the body of article {id}: {}", no_body(&article)));
                }
                article_report = Some(self.article(&article, &step.events).await);
                found = Some(article);
            }
            if report.outcome == Outcome::Failed {
                missing.push(format!("article {id}: {}", reason(&report)));
            }
            resources.push(report);
        } else if !silent {
            missing.push("an article: the list of the newest ones names none; try --article ID".to_owned());
        }
        if !silent {
            resources.extend(self.lists(found.as_ref().or(newest.first())).await);
            if let Some(article) = &found {
                resources.extend(self.neighbours(article, &newest).await);
            }
        }
        Report {
            file,
            name: self.newspaper.site.name.clone(),
            preset: self.newspaper.site.backend.preset.clone(),
            backend: self.newspaper.site.backend.url.clone(),
            origin: self.surroundings.origin.clone(),
            ok: missing.is_empty(),
            missing,
            resources,
            article: article_report,
        }
    }

    /// The resources that are lists, but for the newest articles.
    async fn lists(&self, known: Option<&Article>) -> Vec<ResourceReport> {
        let repository = &self.newspaper.repository;
        let mut reports = Vec::new();
        for section in &self.newspaper.site.sections {
            let slug = section.slug.as_str();
            let mut step = self
                .list(Resource::Section, Some(slug), repository.section(slug, 1))
                .await;
            let is_unknown = step.report.outcome == Outcome::Failed
                && step
                    .report
                    .requests
                    .last()
                    .is_some_and(|request| matches!(request.status, Some(200 | 404)));
            if step.report.outcome == Outcome::Empty || is_unknown {
                step.report
                    .notes
                    .push(format!("is `{slug}` what the backend calls it?"));
            }
            reports.push(step.report);
        }
        let words = known.map(|article| longest_word(&article.headline)).unwrap_or_default();
        if !words.is_empty() {
            reports.push(
                self.list(Resource::Search, Some(&words), repository.search(&words, 1))
                    .await
                    .report,
            );
        }
        let periods = repository.periods();
        if periods.is_empty() {
            reports.push(without_request(Resource::Ranking, None, Outcome::NotOffered));
        }
        for period in periods {
            let mut step = self
                .step(Resource::Ranking, Some(period.as_str()), repository.ranking(period))
                .await;
            step.report.count(step.value.map(|ranking| (ranking.items.len(), None)));
            reports.push(step.report);
        }
        reports.push(self.list(Resource::Photos, None, repository.photos(1)).await.report);
        reports.push(self.list(Resource::Today, None, repository.today()).await.report);
        reports
    }

    /// The articles before and after. The one after is asked for of the older one: of the newest there is none.
    async fn neighbours(&self, article: &Article, newest: &[Article]) -> Vec<ResourceReport> {
        // A neighbour that the article names is not asked for.
        let settled = || Some(Box::new(Article::default()));
        let only_previous = Article {
            next: settled(),
            ..article.clone()
        };
        let mut previous = self
            .neighbour(
                Resource::Previous,
                article,
                self.newspaper.repository.neighbours(&only_previous),
            )
            .await;
        let older = previous.value.take().and_then(|found| found.previous);
        previous.report.count(Some((usize::from(older.is_some()), None)));
        let is_newest = newest.first().is_some_and(|newest| newest.id == article.id);
        // As the list has it: with the date that the next one is found by.
        let of = older.filter(|older| is_newest && older.next.is_none() && article.next.is_none());
        let of = of.and_then(|older| newest.iter().find(|known| known.id == older.id));
        let of = of.unwrap_or(article);
        let only_next = Article {
            previous: settled(),
            ..of.clone()
        };
        let mut next = self
            .neighbour(Resource::Next, of, self.newspaper.repository.neighbours(&only_next))
            .await;
        let newer = next.value.take().and_then(|found| found.next);
        next.report.count(Some((usize::from(newer.is_some()), None)));
        if let Some(newer) = newer.filter(|newer| of.id != article.id && newer.id != article.id) {
            let problem = format!(
                "the article after {} should be {}, and is {}",
                of.id, article.id, newer.id
            );
            next.report.problems.push(problem);
        }
        Vec::from([previous.report, next.report])
    }

    async fn neighbour<T>(
        &self,
        resource: Resource,
        article: &Article,
        work: impl Future<Output = Result<T, LoadError>>,
    ) -> Step<T> {
        let named = match resource {
            Resource::Previous => article.previous.is_some(),
            _ => article.next.is_some(),
        };
        let mut step = self.step(resource, Some(&article.id), work).await;
        let notes = &mut step.report.notes;
        if named {
            notes.push("named by the article itself".to_owned());
        } else if step.report.requests.is_empty()
            && self.newspaper.repository.offers(resource)
            && article.date_published.is_none()
        {
            notes.push("the article has no datePublished to find its neighbours by".to_owned());
        }
        if !named && !self.newspaper.repository.offers(resource) {
            step.report.outcome = Outcome::NotOffered;
        }
        step
    }

    async fn list(
        &self,
        resource: Resource,
        of: Option<&str>,
        work: impl Future<Output = Result<ArticleList, LoadError>>,
    ) -> Step<ArticleList> {
        let mut step = self.step(resource, of, work).await;
        let counts = step.value.as_ref().map(|list| (list.items.len(), list.total));
        step.report.count(counts);
        step
    }

    /// Loads something as the newspaper does, and keeps what happened.
    async fn step<T>(
        &self,
        resource: Resource,
        of: Option<&str>,
        work: impl Future<Output = Result<T, LoadError>>,
    ) -> Step<T> {
        self.progress
            .say(&format!("{} {}", resource.as_str(), of.unwrap_or_default()));
        // So that each resource is answered by the server, and its time measured.
        self.newspaper.repository.refresh();
        let result = work.await;
        let events = self.record.take();
        let mut report = without_request(resource, of, Outcome::Arrived);
        let mut refused = false;
        let mut warnings = Vec::new();
        for event in &events {
            match event {
                Event::Exchange(exchange) => {
                    report.requests.push(self.request(exchange));
                    if let Some(problem) = self.refusal(exchange) {
                        refused = true;
                        add(&mut report.problems, problem);
                    }
                }
                Event::Warning(warning) => add(&mut warnings, self.public(&warning.to_string())),
                Event::Article(_) => {}
            }
        }
        // Those of one article are told field by field.
        if resource != Resource::Article {
            let more = warnings.len().saturating_sub(MOST_PROBLEMS);
            report.problems.extend(warnings.into_iter().take(MOST_PROBLEMS));
            if more > 0 {
                report.problems.push(format!("and {more} more like these"));
            }
        }
        let value = match result {
            Ok(value) => Some(value),
            Err(error) => {
                report.outcome = match error {
                    LoadError::NotOffered { .. } => Outcome::NotOffered,
                    _ => Outcome::Failed,
                };
                if report.outcome == Outcome::Failed {
                    report.problems.push(self.public(&error.to_string()));
                }
                None
            }
        };
        if refused {
            report.outcome = Outcome::Failed;
        }
        Step { report, value, events }
    }

    fn request(&self, exchange: &Exchange) -> RequestReport {
        RequestReport {
            address: self.public(&exchange.url),
            status: exchange.answer.as_ref().ok().map(|answer| answer.status),
            milliseconds: exchange.duration.as_millis().try_into().unwrap_or(u64::MAX),
        }
    }

    /// Why a browser would not let the newspaper's pages read an answer.
    fn refusal(&self, exchange: &Exchange) -> Option<String> {
        let origin = self.surroundings.origin.as_deref()?;
        let answer = exchange.answer.as_ref().ok()?;
        let url = Url::parse(&exchange.url).ok()?;
        if exchange.url.starts_with(OWN_ORIGIN) || url.origin().ascii_serialization() == origin {
            return None;
        }
        let is_local = matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
        if origin.starts_with("https:") && url.scheme() == "http" && !is_local {
            return Some("the site is https and this is http: browsers refuse to load it".to_owned());
        }
        match answer.header("access-control-allow-origin") {
            Some(allowed) if allowed == "*" || allowed == origin => None,
            Some(allowed) => Some(format!(
                "CORS: Access-Control-Allow-Origin is `{allowed}`, not `{origin}` or `*`: browsers do not let the site read it"
            )),
            None => Some(format!(
                "CORS: no Access-Control-Allow-Origin for {origin}: browsers do not let the site read it"
            )),
        }
    }

    /// What arrived of an article, field by field.
    async fn article(&self, article: &Article, events: &[Event]) -> ArticleReport {
        let (found, mut warnings) = own_events(article, events);
        let values = serde_json::to_string(article).map(|text| self.public(&text));
        let values = values.and_then(|text| serde_json::from_str(&text)).unwrap_or_default();
        let fields = ARTICLE_FIELDS.map(|field| {
            let name = field.as_str();
            let found = found.iter().find(|found| found.field == name);
            self.field(name, &values, found, &mut warnings)
        });
        let html = found.iter().find_map(|found| found.html.as_deref());
        self.progress.say("the lead image");
        let image = match &article.image {
            Some(image) => {
                // Where the reader's browser looks for it.
                let address = self.newspaper.image(&image.url);
                let address = platform::resolve_url(OWN_ORIGIN, &address).unwrap_or(address);
                let status = match self.surroundings.own_file(&address) {
                    Some(path) => Ok(if path.is_file() { 200 } else { 404 }),
                    None => self.http.status(&address).await,
                };
                let problem = match &status {
                    Ok(200..300) => None,
                    Ok(status) => Some(format!("the image is not reachable: status {status}")),
                    Err(problem) => Some(format!("the image is not reachable: {problem}")),
                };
                Some(ImageReport {
                    address: self.public(&address),
                    status: status.ok(),
                    problem,
                })
            }
            None => None,
        };
        let mut problems = Vec::new();
        for warning in warnings {
            add(&mut problems, self.public(&warning.to_string()));
        }
        ArticleReport {
            id: article.id.clone(),
            fields: fields.into(),
            image,
            dropped: html.map(markup::count).unwrap_or_default(),
            problems,
        }
    }

    fn field(&self, name: &str, values: &Value, found: Option<&Found>, warnings: &mut Vec<&Warning>) -> FieldReport {
        let mut problem = None;
        if let Some(found) = found {
            warnings.retain(|warning| match warning {
                Warning::Field(unmapped) if unmapped.field == name && unmapped.resource == found.resource => {
                    problem = Some(self.public(&unmapped.problem));
                    false
                }
                _ => true,
            });
        }
        let value = values.get(name).cloned().unwrap_or_default();
        let outcome = match found {
            None => FieldOutcome::NotMapped,
            Some(_) if problem.is_some() => FieldOutcome::Unreadable,
            Some(_) if !value.is_null() && value != "" => FieldOutcome::Arrived,
            Some(found) => {
                // Something was there, and nothing of it could be used.
                if let Ok(raw) = &found.value
                    && is_something(raw)
                {
                    problem = Some(format!("nothing usable in it: met {}", met(raw)));
                }
                FieldOutcome::Missing
            }
        };
        FieldReport {
            field: name.to_owned(),
            outcome,
            value,
            expression: found.map(|found| found.expression.clone()),
            problem,
        }
    }

    /// Text without the address that stands for the newspaper's own, which nobody else knows.
    fn public(&self, text: &str) -> String {
        text.replace(OWN_ORIGIN, "")
    }

    fn not_tried(&self) -> Vec<ResourceReport> {
        let of_sections = self
            .newspaper
            .site
            .sections
            .iter()
            .map(|section| (Resource::Section, Some(section.slug.as_str())));
        let others = [
            Resource::Search,
            Resource::Ranking,
            Resource::Photos,
            Resource::Today,
            Resource::Previous,
            Resource::Next,
        ]
        .map(|resource| (resource, None));
        let all = [(Resource::Article, None)].into_iter().chain(of_sections).chain(others);
        all.map(|(resource, of)| without_request(resource, of, Outcome::NotTried))
            .collect()
    }
}

impl ResourceReport {
    fn count(&mut self, counts: Option<(usize, Option<u64>)>) {
        let Some((articles, total)) = counts else {
            return;
        };
        self.articles = Some(articles);
        self.total = total;
        if articles == 0 && self.outcome == Outcome::Arrived {
            self.outcome = Outcome::Empty;
        }
    }
}

fn without_request(resource: Resource, of: Option<&str>, outcome: Outcome) -> ResourceReport {
    ResourceReport {
        resource: resource.as_str().to_owned(),
        of: of.map(str::to_owned),
        outcome,
        requests: Vec::new(),
        articles: None,
        total: None,
        problems: Vec::new(),
        notes: Vec::new(),
    }
}

/// What was found for an article and what was warned of while it was made: others of the same answer came too.
fn own_events<'a>(article: &Article, events: &'a [Event]) -> (&'a [Found], Vec<&'a Warning>) {
    let is_own = |found: &[Found]| {
        let id = found.iter().find(|found| found.field == "id");
        let id = id.and_then(|found| found.value.as_ref().ok());
        id.is_some_and(|id| id.as_string().map_or_else(|| id.to_string(), String::clone) == article.id)
    };
    let mut found: &[Found] = &[];
    let mut warnings = Vec::new();
    let mut is_inside = false;
    for event in events {
        match event {
            Event::Article(fields) => {
                is_inside = is_own(fields);
                if is_inside {
                    (found, warnings) = (fields, Vec::new());
                }
            }
            Event::Warning(warning) if is_inside => warnings.push(warning),
            _ => {}
        }
    }
    (found, warnings)
}

/// Whether a value holds anything at all.
fn is_something(value: &jmespath::Variable) -> bool {
    use jmespath::Variable;
    match value {
        Variable::Null | Variable::Bool(_) => false,
        Variable::String(text) => !text.trim().is_empty(),
        Variable::Array(items) => items.iter().any(|item| is_something(item)),
        Variable::Object(members) => members.values().any(|member| is_something(member)),
        _ => true,
    }
}

fn no_body(article: &Article) -> String {
    if article.is_withheld() {
        "the backend keeps it from readers who did not pay or do not know the password; try --article ID".to_owned()
    } else {
        "nothing in articleBody is text or a picture".to_owned()
    }
}

fn reason(report: &ResourceReport) -> String {
    match report.outcome {
        Outcome::Empty => "there are none".to_owned(),
        Outcome::NotOffered => "the mapping has no such resource".to_owned(),
        _ => report.problems.last().cloned().unwrap_or_default(),
    }
}

/// Adds what was not said yet.
fn add(problems: &mut Vec<String>, problem: String) {
    if !problems.contains(&problem) {
        problems.push(problem);
    }
}

/// What is worth searching for of a headline.
fn longest_word(headline: &str) -> String {
    let words = headline.split(|letter: char| !letter.is_alphanumeric());
    words
        .max_by_key(|word| word.chars().count())
        .unwrap_or_default()
        .to_owned()
}
