//! Reads everything that the newspaper reads from its backend, and collects what arrived.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, anyhow, bail};
use url::Url;

use super::article::{counts, opened};
use super::finding::{Finding, Share};
use super::oddities::{Opened, Paper, oddities};
use super::report::{Report, ResourceOutcome, ResourceReport, SampleReport};
use super::words::Words;
use crate::backend::surroundings::Record;
use crate::backend::{LoadError, OWN_ORIGIN, Resource, Surroundings, transport};
use crate::cli::http::Http;
use crate::model::{Article, Metric, RankingScope};
use crate::newspaper::Newspaper;
use crate::platform;
use crate::site::{BoxKind, Site};

/// At most this many of the newest articles are opened.
const MOST_OPENED: usize = 20;
/// Of a slow backend, no more articles are opened after this time.
const OPENING_LIMIT: Duration = Duration::from_secs(30);

/// The inspection of a newspaper.
pub struct Inspection<'a> {
    /// The path of the file that is checked.
    path: PathBuf,
    pub(super) newspaper: Newspaper,
    pub(super) surroundings: Surroundings,
    /// The events of the repository.
    pub(super) record: Record,
    pub(super) http: Http,
    /// Is called with the resource that is being read, and with which one, as in [`ResourceReport::of`].
    pub(super) watch: &'a dyn Fn(Resource, Option<&str>),
}

impl<'a> Inspection<'a> {
    /// Reads a `site.json`. The newspaper's own files are read from its folder. `site_origin` is where readers find the
    /// newspaper, if that is not the `url` of the file.
    pub fn open(
        path: &Path,
        site_origin: Option<&Url>,
        words: &Words,
        watch: &'a dyn Fn(Resource, Option<&str>),
    ) -> anyhow::Result<Self> {
        let text = fs::read_to_string(path)
            .map_err(|error| anyhow!((words.no_file)(&path.display().to_string(), &error.to_string())))?;
        let folder = match path.parent() {
            Some(parent) if parent != Path::new("") => parent,
            _ => Path::new("."),
        };
        let in_file = || path.display().to_string();
        let site = Site::parse(&text).with_context(in_file)?;
        let record = Record::default();
        let surroundings = Surroundings {
            own_files: Some(folder.to_owned()),
            origin: origin(site_origin, &site)?,
            observer: Some(record.observer()),
            ..Surroundings::default()
        };
        // Addresses in the file that are relative to it are read from its folder.
        let site_url = format!("{OWN_ORIGIN}site.json");
        let newspaper =
            Newspaper::with_surroundings(&text, &site_url, "", surroundings.clone()).with_context(in_file)?;
        Ok(Inspection {
            path: path.to_owned(),
            newspaper,
            surroundings,
            record,
            http: Http::new()?,
            watch,
        })
    }

    /// Requests every resource, and inspects one article: the one with this id, or the newest one that everybody may
    /// read.
    pub async fn run(&self, wanted: Option<&str>) -> Report {
        let site = &self.newspaper.site;
        let mut report = Report {
            file: self.path.display().to_string(),
            name: site.name.clone(),
            preset: site.backend.preset.clone(),
            backend: site.backend.url.clone(),
            origin: self.surroundings.origin.clone(),
            time_zone: site.time_zone.clone(),
            ok: true,
            missing: Vec::new(),
            resources: Vec::new(),
            article: None,
            sample: None,
            findings: Vec::new(),
        };
        self.read(wanted, &mut report).await;
        report.conclude();
        report
    }

    async fn read(&self, wanted: Option<&str>, report: &mut Report) {
        let mut latest = self
            .list(Resource::Latest, None, self.newspaper.repository.latest(1))
            .await;
        if latest.report.outcome != ResourceOutcome::Arrived {
            report.missing.push(Finding::NoLatest {
                because: latest.report.reason(),
            });
        }
        if let Some(list) = &latest.value {
            self.add_oddities_of_pages(list, &latest.events, &mut latest.report)
                .await;
        }
        let is_silent = latest.value.is_none() && latest.report.requests.iter().all(|request| request.status.is_none());
        let newest = latest.value.map(|list| list.items).unwrap_or_default();
        report.resources.push(latest.report);
        if is_silent {
            // Every other request would wait just as long and fail.
            report.resources.extend(self.not_tried());
            return;
        }
        let for_everybody = newest
            .iter()
            .find(|article| article.is_accessible_for_free != Some(false));
        let id = wanted.or_else(|| for_everybody.or(newest.first()).map(|article| article.id.as_str()));
        let article = match id {
            Some(id) => self.one_article(id, &newest, report).await,
            None => {
                report.missing.push(Finding::NoArticle);
                None
            }
        };
        report.sample = self.sample(&newest, article.as_ref()).await;
        let article = article.map(|chosen| chosen.article);
        report
            .resources
            .extend(self.lists(article.as_ref().or(newest.first())).await);
        if let Some(article) = &article {
            report.resources.extend(self.neighbours(article, &newest).await);
            report.resources.push(self.related(article).await);
        }
    }

    /// Requests an article, and reports its fields.
    async fn one_article(&self, id: &str, newest: &[Article], report: &mut Report) -> Option<Opened> {
        let asked = self
            .ask(Resource::Article, Some(id), self.newspaper.repository.article(id))
            .await;
        let mut resource = asked.report;
        if let Some(article) = &asked.value {
            if article.article_body.is_empty() {
                resource.add(no_body(article));
                report.missing.push(Finding::NoBody {
                    id: id.to_owned(),
                    because: Box::new(no_body(article)),
                });
            }
            report.article = Some(self.article(article, &asked.events).await);
        }
        if resource.outcome == ResourceOutcome::Failed {
            report.missing.push(Finding::NoSuchArticle {
                id: id.to_owned(),
                because: resource.reason(),
            });
        }
        report.resources.push(resource);
        let article = asked.value?;
        Some(opened(&article, listed(newest, id), &asked.events))
    }

    /// Opens the newest articles that everybody may read, and looks for what an editor would notice in them. `chosen` is
    /// the article that was opened already.
    async fn sample(&self, newest: &[Article], chosen: Option<&Opened>) -> Option<SampleReport> {
        let start = Instant::now();
        let open = |article: &&Article| article.is_accessible_for_free != Some(false);
        let mut all: Vec<Opened> = Vec::new();
        let mut failed = Vec::new();
        let mut because = None;
        for listed in newest.iter().filter(open).take(MOST_OPENED) {
            if let Some(chosen) = chosen.filter(|chosen| chosen.article.id == listed.id) {
                all.push(chosen.clone());
                continue;
            }
            if start.elapsed() > OPENING_LIMIT {
                break;
            }
            let article = self.newspaper.repository.article(&listed.id);
            let asked = self.ask(Resource::Article, Some(&listed.id), article).await;
            match &asked.value {
                Some(article) => all.push(opened(article, Some(listed), &asked.events)),
                None => {
                    failed.push(listed.id.clone());
                    because.get_or_insert(asked.report.reason());
                }
            }
        }
        // An article of the command line may be older than these.
        let is_new = |chosen: &&Opened| all.iter().all(|opened| opened.article.id != chosen.article.id);
        if let Some(chosen) = chosen.filter(is_new) {
            all.push(chosen.clone());
        }
        let site = &self.newspaper.site;
        let origin = self.surroundings.origin.as_deref();
        let is_public = |address: &str| !address.contains("://") || !transport::is_private_by_name(address);
        let paper = Paper {
            name: &site.name,
            sections: site.sections.iter().map(|section| section.slug.as_str()).collect(),
            time_zone: &site.time_zone,
            now: platform::now() as i64,
            is_https: origin.is_some_and(|origin| origin.starts_with("https:")),
            is_public: origin.is_some_and(is_public) && is_public(&site.backend.url),
        };
        let mut found = oddities(&all, &paper);
        if let Some(because) = because {
            let share = Share {
                of: all.len() + failed.len(),
                articles: failed,
            };
            found.insert(0, Finding::NotOpening { share, because });
        }
        (!all.is_empty()).then(|| SampleReport {
            articles: all.len(),
            with: counts(&all),
            oddities: found,
        })
    }

    /// The resources that are lists, without the newest articles. The search uses a word of the `known` article.
    async fn lists(&self, known: Option<&Article>) -> Vec<ResourceReport> {
        let repository = &self.newspaper.repository;
        let mut reports = Vec::new();
        for section in &self.newspaper.site.sections {
            let slug = section.slug.as_str();
            let mut report = self
                .list(Resource::Section, Some(slug), repository.section(slug, 1))
                .await
                .report;
            let answered = report.requests.last().and_then(|request| request.status);
            let is_unknown = report.outcome == ResourceOutcome::Failed && matches!(answered, Some(200 | 404));
            if report.outcome == ResourceOutcome::Empty || is_unknown {
                report.add(Finding::DoubtfulSlug { slug: slug.to_owned() });
            }
            reports.push(report);
        }
        let word = known.map(|article| longest_word(&article.headline)).unwrap_or_default();
        if !word.is_empty() {
            let search = self.list(Resource::Search, Some(word), repository.search(word, 1));
            reports.push(search.await.report);
        }
        reports.extend(self.rankings().await);
        reports.push(self.list(Resource::Photos, None, repository.photos(1)).await.report);
        reports.push(self.list(Resource::Today, None, repository.today()).await.report);
        let mut front = self.ask(Resource::Front, None, repository.front_stories()).await;
        if let Some(stories) = &front.value {
            front.report.count(stories.len(), None);
        }
        let mut breaking = self.ask(Resource::Breaking, None, repository.breaking()).await;
        if let Some(line) = &breaking.value {
            breaking.report.count(usize::from(!line.text.is_empty()), None);
        }
        reports.extend([front.report, breaking.report]);
        reports
    }

    /// The rankings that the backend offers, and those of one section that the sidebar shows.
    async fn rankings(&self) -> Vec<ResourceReport> {
        let repository = &self.newspaper.repository;
        let usual = repository.offer().usual_metric();
        let mut reports = Vec::new();
        let mut rankings = repository.rankings();
        let name = |scope: &RankingScope| {
            // Views are the default everywhere.
            let metric = Some(scope.metric.unwrap_or(usual)).filter(|metric| *metric != Metric::Views);
            RankingScope {
                metric,
                ..scope.clone()
            }
            .key()
        };
        let offered: Vec<String> = rankings.iter().map(name).collect();
        let mut lacking = Vec::new();
        let boxes = self.newspaper.site.sidebar.iter().enumerate();
        for (index, settings) in boxes.filter(|(_, settings)| settings.kind == BoxKind::MostViewed) {
            let metric = settings.metric.filter(|metric| *metric != usual);
            let periods = repository.offer().periods(metric);
            let usual_period = periods.first().copied().unwrap_or_default();
            let shown = settings.period.unwrap_or(usual_period);
            for period in settings.tabs.iter().copied().chain([shown]) {
                let scope = RankingScope {
                    period,
                    metric,
                    section: None,
                };
                if !periods.contains(&period) && !offered.is_empty() {
                    lacking.push(Finding::NoSuchRanking {
                        place: format!("sidebar[{index}]"),
                        wanted: name(&scope),
                        offered: offered.clone(),
                    });
                }
            }
            if settings.section.is_some() && periods.contains(&shown) {
                rankings.push(RankingScope {
                    period: shown,
                    metric,
                    section: settings.section.clone(),
                });
            }
        }
        if rankings.is_empty() {
            let mut report = ResourceReport::new(Resource::Ranking, None, ResourceOutcome::NotOffered);
            self.add_counting(None, &mut report).await;
            reports.push(report);
        }
        for (number, scope) in rankings.into_iter().enumerate() {
            let mut asked = self
                .ask(Resource::Ranking, Some(&name(&scope)), repository.ranking_of(&scope))
                .await;
            for finding in lacking.drain(..) {
                asked.report.add(finding);
            }
            if let Some(ranking) = &asked.value {
                asked.report.count(ranking.items.len(), None);
                if let Some(slug) = scope.section.filter(|_| ranking.items.is_empty()) {
                    asked.report.add(Finding::DoubtfulSlug { slug });
                }
            }
            let not_found = Finding::from(LoadError::NotFound);
            if self.newspaper.site.backend.preset == "wordpress" && asked.report.findings.contains(&not_found) {
                asked.report.findings = vec![Finding::NoRankingPlugin];
            } else if number == 0 {
                self.add_counting(asked.value.as_ref(), &mut asked.report).await;
            }
            reports.push(asked.report);
        }
        reports
    }

    /// The articles before and after. The newest article has none after it, so that is requested for the older one.
    async fn neighbours(&self, article: &Article, newest: &[Article]) -> Vec<ResourceReport> {
        let (mut previous, older) = self.neighbour(Resource::Previous, article).await;
        previous.count(usize::from(older.is_some()), None);
        let is_newest = newest.first().is_some_and(|newest| newest.id == article.id);
        // With the date as in the list, because the next one is found by it.
        let of = older.filter(|older| is_newest && older.next.is_none() && article.next.is_none());
        let of = of.and_then(|older| newest.iter().find(|known| known.id == older.id));
        let of = of.unwrap_or(article);
        let (mut next, newer) = self.neighbour(Resource::Next, of).await;
        next.count(usize::from(newer.is_some()), None);
        if let Some(newer) = newer.filter(|newer| of.id != article.id && newer.id != article.id) {
            next.add(Finding::WrongNeighbour {
                after: of.id.clone(),
                expected: article.id.clone(),
                found: newer.id.clone(),
            });
        }
        Vec::from([previous, next])
    }

    /// The articles that belong to this one, without others of its section.
    async fn related(&self, article: &Article) -> ResourceReport {
        let repository = &self.newspaper.repository;
        let mut asked = self
            .ask(
                Resource::Related,
                Some(&article.id),
                repository.closely_related(article),
            )
            .await;
        if !repository.offers(Resource::Related) && article.related.is_empty() {
            asked.report.outcome = ResourceOutcome::NotOffered;
        } else if let Some(related) = &asked.value {
            asked.report.count(related.len(), None);
        }
        asked.report
    }

    /// One of the two neighbours.
    async fn neighbour(&self, resource: Resource, article: &Article) -> (ResourceReport, Option<Arc<Article>>) {
        let repository = &self.newspaper.repository;
        // A neighbour that the article names is not requested, so the other one is removed here.
        let mut of = article.clone();
        let settled = Some(Arc::default());
        let is_previous = resource == Resource::Previous;
        let is_named = if is_previous {
            of.next = settled;
            article.previous.is_some()
        } else {
            of.previous = settled;
            article.next.is_some()
        };
        let asked = self.ask(resource, Some(&article.id), repository.neighbours(&of)).await;
        let mut report = asked.report;
        let is_offered = repository.offers(resource);
        if is_named {
            report.add(Finding::NeighbourInArticle);
        } else if !is_offered {
            report.outcome = ResourceOutcome::NotOffered;
        } else if report.requests.is_empty() && article.date_published.is_none() {
            report.add(Finding::NoDateForNeighbours);
        }
        let both = asked.value;
        let found = both.and_then(|both| if is_previous { both.previous } else { both.next });
        (report, found)
    }

    /// The reports of what is not requested if the backend does not answer at all.
    fn not_tried(&self) -> Vec<ResourceReport> {
        let sections = self.newspaper.site.sections.iter();
        let sections = sections.map(|section| (Resource::Section, Some(section.slug.as_str())));
        let others = [
            Resource::Search,
            Resource::Ranking,
            Resource::Photos,
            Resource::Today,
            Resource::Front,
            Resource::Breaking,
            Resource::Previous,
            Resource::Next,
            Resource::Related,
        ];
        let others = others.map(|resource| (resource, None));
        let all = [(Resource::Article, None)].into_iter().chain(sections).chain(others);
        all.map(|(resource, of)| ResourceReport::new(resource, of, ResourceOutcome::NotTried))
            .collect()
    }
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
            bail!("{url} is not the address of a web site; write one such as https://news.example")
        }
        None => Ok(None),
    }
}

fn no_body(article: &Article) -> Finding {
    if article.is_withheld() {
        Finding::ForMembers
    } else {
        Finding::EmptyBody
    }
}

/// The article with this id in a list.
fn listed<'a>(list: &'a [Article], id: &str) -> Option<&'a Article> {
    list.iter().find(|article| article.id == id)
}

/// The longest word of a headline, to search for; empty if it has none.
fn longest_word(headline: &str) -> &str {
    let words = headline.split(|letter: char| !letter.is_alphanumeric());
    words.max_by_key(|word| word.chars().count()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_word_of_a_headline_has_no_punctuation() {
        assert_eq!(longest_word("\"Bridge\", at last"), "Bridge");
        assert_eq!(longest_word("새 다리가 열렸다"), "열렸다");
        assert_eq!(longest_word("…"), "");
    }

    #[test]
    fn an_origin_has_no_path() {
        let site = Site::parse(r#"{"name": "a", "backend": {"preset": "none", "url": "data/"}}"#).expect("a site.json");
        let url = Url::parse("https://news.example/paper/").expect("an address");
        assert_eq!(
            origin(Some(&url), &site).expect("an origin").as_deref(),
            Some("https://news.example")
        );
        assert_eq!(origin(None, &site).expect("none"), None);
        let mail = Url::parse("mailto:desk@news.example").expect("an address");
        assert!(origin(Some(&mail), &site).is_err());
    }
}
