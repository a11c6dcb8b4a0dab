//! What every page knows: the newspaper's settings, its articles and its words.

use std::sync::Arc;

use leptos::prelude::*;

use crate::backend::{Offer, PageData, Repository, Surroundings, expand, with_one_query};
use crate::locale::{self, Words};
use crate::model::{Address, Article, CivilTime, Embed, EmbedKind, Section, Timestamp};
use crate::platform;
use crate::site::{Site, SiteError};
use crate::text::WebAddress;

/// What every page knows: the newspaper's settings, its articles and its words. Pages get it from Leptos's context.
#[derive(Clone)]
pub struct Newspaper {
    pub site: Arc<Site>,
    pub repository: Arc<Repository>,
    pub words: &'static Words,
    /// The folder that the app is served from: empty, or like `/news`, without a slash at its end.
    pub base: Arc<str>,
    /// The answers that came with the page.
    pub page_data: Arc<PageData>,
    /// The absolute address of `site.json`.
    site_url: Arc<str>,
}

impl Newspaper {
    /// Makes the newspaper from the text of a `site.json`, the absolute address of that file, and the app's folder.
    pub fn new(text: &str, site_url: &str, base: &str) -> Result<Self, SiteError> {
        Self::with_surroundings(text, site_url, base, Surroundings::default())
    }

    /// Like [`Newspaper::new`]; requests are sent and observed by these surroundings.
    pub fn with_surroundings(
        text: &str,
        site_url: &str,
        base: &str,
        surroundings: Surroundings,
    ) -> Result<Self, SiteError> {
        Self::of_site(Site::parse(text)?, text, site_url, base, surroundings)
    }

    /// The same of a `site.json` that is parsed already. Its text says where an error is.
    pub fn of_site(
        site: Site,
        text: &str,
        site_url: &str,
        base: &str,
        surroundings: Surroundings,
    ) -> Result<Self, SiteError> {
        let site = Arc::new(site);
        let repository = Repository::new(Arc::clone(&site), site_url)
            .map_err(|error| SiteError::of_mapping(text, error.field(), error.to_string()))?;
        Ok(Self::of_repository(
            site,
            repository.with_surroundings(surroundings),
            site_url,
            base,
        ))
    }

    /// The newspaper of a page that was written with this `site.json`, whose backend has this offer.
    pub fn of_written_page(site: Site, site_url: &str, base: &str, offer: Offer) -> Self {
        let site = Arc::new(site);
        let repository = Repository::of_written_page(Arc::clone(&site), site_url, offer);
        Self::of_repository(site, repository, site_url, base)
    }

    fn of_repository(site: Arc<Site>, repository: Repository, site_url: &str, base: &str) -> Self {
        Newspaper {
            words: locale::words(site.locale),
            repository: Arc::new(repository),
            base: base.into(),
            page_data: Arc::default(),
            site_url: site_url.into(),
            site,
        }
    }

    /// The newspaper in the context. Panics if there is none: the app always provides it.
    pub fn from_context() -> Self {
        expect_context()
    }

    /// The same newspaper with the answers that came with a page.
    pub fn with_page_data(self, page_data: PageData) -> Self {
        Newspaper {
            page_data: Arc::new(page_data),
            ..self
        }
    }

    /// The newspaper's own address: absolute, with a slash at its end.
    pub fn folder(&self) -> &str {
        self.repository.newspaper()
    }

    /// A link to a page, as a path.
    pub fn href(&self, address: Address) -> String {
        format!("{}/{}", self.base, address.path())
    }

    /// A page's absolute address, for what leaves the browser, such as mail and paper.
    pub fn absolute(&self, address: Address) -> String {
        let root = self.site.url.as_deref().unwrap_or(&self.site_url);
        platform::resolve_url(root, &address.path()).unwrap_or_else(|| self.href(address))
    }

    /// The path of an absolute address below the app's folder; `None` if the address is outside of it.
    pub fn own_path<'a>(&self, address: &'a str) -> Option<&'a str> {
        address.strip_prefix(self.folder())
    }

    /// An address as pages have it. One of this newspaper becomes a path, so that it works on any host.
    pub fn local(&self, address: &str) -> String {
        match self.own_path(address) {
            // A path that begins with two slashes would be read as a host's name.
            Some(path) if path.starts_with('/') => [&*self.base, "/./", path].concat(),
            Some(path) => [&*self.base, "/", path].concat(),
            None => address.to_owned(),
        }
    }

    /// Whether the page itself can show an embed when the reader asks for it. It can show a file that the browser
    /// plays, and a page of a known service, of this newspaper, or of a host in `site.json`. Any other embed is a link.
    pub fn shows(&self, embed: &Embed) -> bool {
        embed.kind != EmbedKind::Frame
            || embed.provider.is_some()
            || self.own_path(&embed.url).is_some()
            || self.site.embeds.iter().any(|host| host == Self::host(&embed.url))
    }

    /// The host of an absolute web address, with its port unless that is the scheme's default.
    pub fn host(url: &str) -> &str {
        WebAddress::parse(url).map_or(url, |address| address.host)
    }

    /// An address as it is printed on paper. One of this newspaper begins with its public address.
    pub fn printed(&self, address: &str) -> String {
        let public = self.own_path(address).zip(self.site.url.as_deref());
        public
            // `./` makes it a path, even if it looks like an absolute address.
            .and_then(|(path, root)| platform::resolve_url(root, &["./", path].concat()))
            .unwrap_or_else(|| address.to_owned())
    }

    /// The absolute address of a file that `site.json` names; `None` if the address is unsafe.
    pub fn file(&self, address: &str) -> Option<String> {
        platform::web_url(&self.site_url, address).map(|address| self.local(&address))
    }

    /// An image's address, with the host changed as `imageHosts` in `site.json` says.
    pub fn image(&self, address: &str) -> String {
        let hosts = &self.site.image_hosts;
        let moved = hosts
            .iter()
            .find_map(|(from, to)| Some(to.clone() + address.strip_prefix(from)?));
        moved.unwrap_or_else(|| self.local(address))
    }

    /// A link from `site.json`; `None` if its address is unsafe.
    pub fn link(&self, address: &str) -> Option<String> {
        platform::link_url(&self.site_url, address).map(|address| self.local(&address))
    }

    /// An article's address from a template of `tools` in `site.json`; `None` if it is unsafe.
    pub fn tool(&self, template: &str, article: &Article) -> Option<String> {
        self.link(&self.expand(template, article).ok()?)
    }

    /// The address that counts the views of an article; `None` if nothing counts them, or the address is unsafe.
    pub fn view(&self, article: &Article) -> Option<String> {
        let url = self.expand(self.repository.view()?, article).ok()?;
        self.file(&with_one_query(url))
    }

    /// The address that a template of an article gives. The error names the variable that has no value.
    pub fn expand(&self, template: &str, article: &Article) -> Result<String, String> {
        expand(template, |name| match name {
            "id" => Some(article.id.clone()),
            "url" => Some(self.absolute(Address::Article(&article.id))),
            "headline" => Some(article.headline.clone()),
            name => self.repository.variable(name),
        })
    }

    /// A moment as date and time in the newspaper's time zone.
    pub fn civil(&self, time: Timestamp) -> CivilTime {
        time.civil(platform::zone_offset(&self.site.time_zone, time))
    }

    /// The publisher's name for a section; without one, the backend's.
    pub fn section_name(&self, section: &Section) -> String {
        self.site
            .section_name(&section.slug)
            .unwrap_or(&section.name)
            .to_owned()
    }

    /// The document's title: a page's title followed by the newspaper's name.
    pub fn title(&self, title: &str) -> String {
        let name = &self.site.name;
        if title == name {
            title.to_owned()
        } else {
            format!("{title} – {name}")
        }
    }

    /// An article's headline, or the text that says that it has none.
    pub fn headline(&self, article: &Article) -> String {
        if article.headline.is_empty() {
            self.words.untitled.to_owned()
        } else {
            article.headline.clone()
        }
    }
}
