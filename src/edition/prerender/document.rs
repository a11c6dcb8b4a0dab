//! A page's whole document: the shell, the head for machines, what readers see, and the data that it was made with.

use crate::backend::{AnyWanted, Payload};
use crate::edition::hosting::ContentSecurityPolicy;
use crate::edition::metadata::{PageMeta, PageSubject, common_head};
use crate::edition::shell::{Shell, ShellContent};
use crate::edition::{EditionError, Rendered};
use crate::model::{Address, Route, escape_html};
use crate::newspaper::{self, Newspaper};
use crate::site::Publication;

/// A path that no newspaper has a page at.
pub const NO_PAGE: &str = "no/such/page/";

/// What the documents of an edition have in common.
pub struct Documents {
    newspaper: Newspaper,
    publication: Publication,
    shell: Shell,
    /// The newspaper's own style sheet, where it can stand in the pages.
    theme: Option<String>,
    /// The content security policy, as markup.
    policy: String,
    /// What the heads of all pages have in common.
    common_head: String,
    /// Tells the `site.json` of this edition from others.
    site: String,
}

impl Documents {
    /// For a newspaper whose `site.json` is `site_text`.
    pub fn new(
        newspaper: Newspaper,
        publication: Publication,
        shell: Shell,
        theme: Option<String>,
        policy: &ContentSecurityPolicy,
        site_text: &str,
    ) -> Self {
        let policy = [
            "<meta http-equiv=\"Content-Security-Policy\" content=\"",
            &escape_html(&policy.meta()),
            "\">\n",
        ]
        .concat();
        Documents {
            common_head: common_head(&newspaper, &publication),
            site: newspaper::fingerprint(site_text),
            newspaper,
            publication,
            shell,
            theme,
            policy,
        }
    }

    /// What the newspaper says about itself to machines.
    pub fn publication(&self) -> &Publication {
        &self.publication
    }

    /// The page at a path.
    pub fn page(&self, path: &str, rendered: &Rendered) -> Result<String, EditionError> {
        let head = self.head(path, rendered);
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
            site: &self.site,
            html: &rendered.html,
            after: Some(&after),
        }))
    }

    /// The page that hosts show where there is no file: `404.html`. `rendered` says that there is no such page.
    pub fn not_found(&self, rendered: &Rendered) -> String {
        // Only a reader without the program sees that there is no such page: it may be an article of this minute.
        let html = ["<noscript>", &rendered.html, "</noscript>"].concat();
        let head = self.head(NO_PAGE, rendered) + &self.preload_site();
        self.shell.page(&ShellContent {
            head: &head,
            html: &html,
            after: Some(self.shell.failure_notice()),
            ..self.empty_content()
        })
    }

    /// The empty page, which shows any address with the program: `200.html`.
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
            ..ShellContent::empty()
        }
    }

    /// The program needs `site.json` first of all, where the page does not bring its data.
    fn preload_site(&self) -> String {
        [
            "<link rel=\"preload\" as=\"fetch\" crossorigin href=\"",
            &self.shell.base,
            "site.json\">",
        ]
        .concat()
    }

    fn head(&self, path: &str, rendered: &Rendered) -> String {
        self.policy.clone() + &self.metadata(path, rendered)
    }

    fn metadata(&self, path: &str, rendered: &Rendered) -> String {
        let route = Address::parse(path);
        let payload = self.subject(&route).and_then(|wanted| rendered.data.payload(&wanted));
        let subject = match payload.as_ref() {
            Some(Payload::Article(article)) => PageSubject::Article(article),
            Some(Payload::List(list)) => PageSubject::List(list),
            Some(Payload::Ranking(ranking)) => PageSubject::Ranking(ranking),
            Some(Payload::Neighbours(_)) | None => PageSubject::None,
        };
        let meta = PageMeta {
            newspaper: &self.newspaper,
            publication: &self.publication,
            route: &route,
            title: &rendered.title,
            subject,
            common: &self.common_head,
        };
        meta.head()
    }

    /// What a page is about; none where it is about nothing that the backend has.
    pub fn subject(&self, route: &Route) -> Option<AnyWanted> {
        Some(match route {
            Route::Front => AnyWanted::Latest(1),
            Route::Article(id) | Route::Print(id) => AnyWanted::Article(id.clone()),
            Route::Section(slug, page) => AnyWanted::Section(slug.clone(), *page),
            Route::Ranking(period) => {
                let usual = self.newspaper.repository.periods().first().copied();
                AnyWanted::Ranking(period.or(usual)?, None)
            }
            Route::Photos(page) => AnyWanted::Photos(*page, None),
            Route::Today => AnyWanted::Today(None),
            Route::Search(..) | Route::Unknown => return None,
        })
    }
}
