//! Whether the views are counted that a ranking is made of. No view is sent: a check is no reader.

use url::Url;

use super::cors::is_insecure;
use super::finding::Finding;
use super::inspection::Inspection;
use super::report::{ResourceOutcome, ResourceReport};
use crate::model::{Article, Ranking};
use crate::platform;

/// What stands in the address of WordPress Popular Posts that counts, since its version 6.4. A GET there counts nothing.
const PLUGIN: &str = "/wordpress-popular-posts/v2/views/";

impl Inspection<'_> {
    /// Adds to the report of a ranking what is wrong with the counting of views.
    pub(super) async fn add_counting(&self, ranking: Option<&Ranking>, report: &mut ResourceReport) {
        match self.counter(ranking, report) {
            Ok(None) => {}
            Ok(Some(address)) if ranking.is_some() => {
                if let Some(finding) = self.missing_counter(&address, ranking).await {
                    report.add(finding);
                }
            }
            Ok(Some(_)) => {}
            Err(finding) => report.add(finding),
        }
    }

    /// The address that counts the views of an invented article; `None` if nothing has to count them. The error says what
    /// is wrong with it.
    fn counter(&self, ranking: Option<&Ranking>, report: &ResourceReport) -> Result<Option<String>, Finding> {
        let newspaper = &self.newspaper;
        let Some(template) = newspaper.repository.view() else {
            return match self.is_counted_elsewhere(ranking, report) {
                true => Ok(None),
                false => Err(Finding::NothingCounts),
            };
        };
        let key = match newspaper.site.tools.view {
            Some(_) => "tools.view",
            None => "backend.mapping.view",
        };
        let wrong = |variable: Option<String>| Finding::CounterNoAddress {
            key,
            template: template.to_owned(),
            variable,
        };
        let article = |id: &str| Article {
            id: id.to_owned(),
            headline: id.to_owned(),
            ..Article::default()
        };
        let (one, other) = (article("1"), article("2"));
        let expanded = newspaper
            .expand(template, &one)
            .map_err(|variable| wrong(Some(variable)))?;
        let Some(address) = newspaper.view(&one) else {
            return Err(wrong(None));
        };
        if newspaper.expand(template, &other).as_ref() == Ok(&expanded) {
            return Err(Finding::CounterOfNoArticle {
                key,
                template: template.to_owned(),
            });
        }
        // A path is the newspaper's own.
        if let Ok(url) = Url::parse(&address)
            && let Some(origin) = &self.surroundings.origin
            && is_insecure(origin, &url)
        {
            return Err(Finding::CounterInsecure { key, address });
        }
        Ok(Some(address))
    }

    /// Whether the ranking is of something that gisa can't count, or not from the backend's own server: then it is a file
    /// that somebody makes, or the answer of a statistics program.
    fn is_counted_elsewhere(&self, ranking: Option<&Ranking>, report: &ResourceReport) -> bool {
        let metric = ranking.and_then(|ranking| ranking.metric.as_deref());
        if report.outcome == ResourceOutcome::NotOffered || metric.is_some_and(|metric| metric != "views") {
            return true;
        }
        let backend = &self.newspaper.site.backend.url;
        let is_server = platform::web_url("", backend).is_some();
        let asked = report.requests.first().map(|request| &*request.address);
        !(is_server && asked.is_some_and(|address| address.starts_with(backend.trim_end_matches('/'))))
    }

    /// The finding that WordPress Popular Posts is too old to have this address; `None` if it has it, or if it is another
    /// address.
    async fn missing_counter(&self, address: &str, ranking: Option<&Ranking>) -> Option<Finding> {
        let ranked = &ranking?.items.first()?.article;
        if !address.contains(PLUGIN) {
            return None;
        }
        let address = self.newspaper.view(ranked)?;
        let url = Url::parse(&address).ok()?;
        let status = self.http.get(&url).await.ok()?.status;
        (status == 404).then_some(Finding::CounterMissing { address })
    }
}
