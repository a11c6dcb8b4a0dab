//! A page's complete document: the shell, the head for machines, the content for readers, and the data that it was made
//! from.

use serde_json::json;

use crate::backend::{AnyWanted, Payload};
use crate::edition::hosting::ContentSecurityPolicy;
use crate::edition::markup::Markup;
use crate::edition::metadata::{PageMeta, PageSubject, common_head};
use crate::edition::shell::{Shell, ShellContent};
use crate::edition::{EditionError, Rendered};
use crate::model::{Address, Article, ArticleList, Front, Route, Timestamp, escape_html};
use crate::newspaper::Newspaper;
use crate::platform;
use crate::site::Publication;
use crate::text::fingerprint;

/// A path at which no newspaper has a page.
pub const NO_PAGE: &str = "no/such/page/";

/// The parts that all documents of an edition share.
pub struct Documents {
    newspaper: Newspaper,
    publication: Publication,
    shell: Shell,
    /// The text of the newspaper's own style sheet, if it can be put into the pages.
    theme: Option<String>,
    /// The content security policy, as a `meta` element.
    policy: String,
    /// The same for articles that have only the first style sheet in them.
    plain_policy: String,
    /// The markup that the heads of all pages share.
    common_head: String,
    /// The rules by which browsers fetch pages ahead.
    speculation_rules: String,
    /// The fingerprint of this edition's `site.json`.
    site: String,
    /// The offset of the newspaper's time zone now.
    zone: String,
    /// For the empty page: which addresses pages request first, as JSON.
    requests: Option<String>,
}

impl Documents {
    /// `site_text` is the text of the newspaper's `site.json`.
    pub fn new(
        newspaper: Newspaper,
        publication: Publication,
        shell: Shell,
        theme: Option<String>,
        policy: &ContentSecurityPolicy,
        site_text: &str,
        requests: Option<String>,
    ) -> Self {
        let now = Timestamp {
            unix: platform::now() as i64,
        };
        let as_meta = |policy: &ContentSecurityPolicy| {
            [
                "<meta http-equiv=\"Content-Security-Policy\" content=\"",
                &escape_html(&policy.meta()),
                "\">",
            ]
            .concat()
        };
        Documents {
            common_head: common_head(&newspaper, &publication),
            speculation_rules: speculation_rules(&shell.base),
            site: fingerprint(site_text),
            zone: platform::zone_offset_around(&newspaper.site.time_zone, now)
                .map_or_else(String::new, |offset| offset.text()),
            plain_policy: as_meta(&policy.without_styles(&shell.later_styles())),
            policy: as_meta(policy),
            newspaper,
            publication,
            shell,
            theme,
            requests,
        }
    }

    /// What `site.json` tells machines about the newspaper.
    pub fn publication(&self) -> &Publication {
        &self.publication
    }

    /// The page at a path.
    pub fn page(&self, path: &str, rendered: &Rendered) -> Result<String, EditionError> {
        let route = Address::parse(path);
        let markup = Markup::new(&rendered.html, matches!(route, Route::Article(_)));
        let policy = match markup.is_plain {
            true => &self.plain_policy,
            false => &self.policy,
        };
        let head = [policy, &*self.metadata(&route, rendered), &self.speculation_rules].concat();
        let data = rendered.data.write()?;
        let after = [
            "<script type=\"application/json\" id=\"page-data\">",
            &data,
            "</script>",
        ]
        .concat();
        Ok(self.shell.page(&ShellContent {
            language: self.newspaper.site.locale.as_str(),
            head: &head,
            theme: self.theme.as_deref(),
            path: Some(&[&*self.newspaper.base, "/", path].concat()),
            route: &route,
            site: &self.site,
            zone: &self.zone,
            offer: self.newspaper.repository.offer().words(),
            requests: None,
            preset: None,
            needs_extras: self.newspaper.repository.needs_extras(),
            markup: &markup,
            after: Some(&after),
        }))
    }

    /// The page that hosts show if there is no file: `404.html`. `rendered` is the page that says so.
    pub fn not_found(&self, rendered: &Rendered) -> String {
        // Only readers without the program see "not found", because the program can show an article of the last minute.
        let markup = Markup::new(&["<noscript>", &rendered.html, "</noscript>"].concat(), false);
        let metadata = self.metadata(&Address::parse(NO_PAGE), rendered);
        let head = self.policy.clone() + &metadata + &self.preload_site();
        self.shell.page(&ShellContent {
            head: &head,
            markup: &markup,
            after: Some(self.shell.failure_notice()),
            ..self.empty_content()
        })
    }

    /// The empty page `200.html`. The program shows any address in it.
    pub fn empty(&self) -> String {
        let head = [
            &self.policy,
            "<title>",
            &escape_html(&self.newspaper.site.name),
            "</title>",
            &self.common_head,
            &self.preload_site(),
        ]
        .concat();
        self.shell.page(&ShellContent {
            head: &head,
            ..self.empty_content()
        })
    }

    fn empty_content(&self) -> ShellContent<'_> {
        ShellContent {
            language: self.newspaper.site.locale.as_str(),
            site: &self.site,
            zone: &self.zone,
            offer: self.newspaper.repository.offer().words(),
            requests: self.requests.as_deref(),
            preset: Some(&self.newspaper.site.backend.preset),
            needs_extras: self.newspaper.repository.needs_extras(),
            ..ShellContent::empty()
        }
    }

    /// A page without data needs `site.json` before anything else.
    fn preload_site(&self) -> String {
        [
            "<link rel=\"preload\" as=\"fetch\" crossorigin href=\"",
            &self.shell.base,
            "site.json\">",
        ]
        .concat()
    }

    fn metadata(&self, route: &Route, rendered: &Rendered) -> String {
        let payload = self.subject(route).and_then(|wanted| rendered.data.payload(&wanted));
        let front = match &payload {
            Some(Payload::Front(front)) => as_list(front),
            _ => ArticleList::default(),
        };
        let subject = match payload.as_ref() {
            Some(Payload::Article(article)) => PageSubject::Article(article),
            Some(Payload::List(list)) => PageSubject::List(list),
            Some(Payload::Ranking(ranking)) => PageSubject::Ranking(ranking),
            Some(Payload::Front(_)) => PageSubject::List(&front),
            Some(Payload::Neighbours(_) | Payload::Breaking(_)) | None => PageSubject::None,
        };
        let meta = PageMeta {
            newspaper: &self.newspaper,
            publication: &self.publication,
            route,
            title: &rendered.title,
            subject,
            common: &self.common_head,
        };
        meta.head()
    }

    /// The question whose answer a page shows; `None` if it shows nothing from the backend.
    pub fn subject(&self, route: &Route) -> Option<AnyWanted> {
        Some(match route {
            Route::Front => AnyWanted::Front,
            Route::Article(id) | Route::Print(id) => AnyWanted::Article(id.clone()),
            Route::Section(slug, page) => AnyWanted::Section(slug.clone(), *page),
            Route::Ranking(period, metric) => {
                AnyWanted::Ranking(self.newspaper.repository.ranking_at(*period, *metric)?, None)
            }
            Route::Photos(page) => AnyWanted::Photos(*page, None),
            Route::Today => AnyWanted::Today(None),
            Route::Search(..) | Route::Unknown => return None,
        })
    }
}

/// The top of the front page as machines see it: a list like any other. If the lead has no picture, none is there, because
/// the first one would be loaded early.
fn as_list(front: &Front) -> ArticleList {
    let mut items: Vec<Article> = front.articles().cloned().collect();
    if items.first().is_some_and(|lead| lead.image.is_none()) {
        items.iter_mut().for_each(|article| article.image = None);
    }
    ArticleList {
        items,
        ..ArticleList::default()
    }
}

/// Until the program is there, browsers that know these rules fetch a page when the reader is about to open it: when the
/// pointer rests on its link. They don't for readers who save data. The program removes the rules, because it fetches less
/// than a page. `base` is the newspaper's folder, with slashes at both ends.
fn speculation_rules(base: &str) -> String {
    let base = base.replace('\\', "\\\\").replace('\'', "\\'");
    let rules = json!({ "prefetch": [{
        "where": { "selector_matches": format!("[href^='{base}']:not([target],[rel~=external])") },
        "eagerness": "moderate",
    }] });
    // The base is a part of an address, but nothing in a script may look like its end.
    let rules = rules.to_string().replace('<', "\\u003c");
    ["<script type=\"speculationrules\">", &rules, "</script>"].concat()
}
