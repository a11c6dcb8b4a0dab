//! The head of a page, for search engines, messengers and browsers.

use super::feeds::FeedFormat;
use super::text::description;
use super::{addresses, json_ld, last_change, pictures};
use crate::components::{LEAD_STORY_WIDTH, TEXT_WIDTH, lead_image, lead_in_body};
use crate::model::{Address, Article, ArticleList, ImageObject, Ranking, Route, escape_html};
use crate::newspaper::Newspaper;
use crate::site::{Locale, Publication};
use crate::text::one_line;

/// What a page's head is made from.
pub struct PageMeta<'a> {
    /// The newspaper of the page.
    pub newspaper: &'a Newspaper,
    /// What `site.json` tells machines about the newspaper.
    pub publication: &'a Publication,
    /// The page's route.
    pub route: &'a Route,
    /// The page's title without the newspaper's name.
    pub title: &'a str,
    /// What the page is about.
    pub subject: PageSubject<'a>,
    /// The markup from [`common_head`].
    pub common: &'a str,
}

/// The markup that every page's head has: the newspaper's icon and its feeds.
pub fn common_head(newspaper: &Newspaper, publication: &Publication) -> String {
    let mut tags = Tags(String::new());
    let icon = publication.icon.as_deref().and_then(|icon| newspaper.file(icon));
    // Without an icon, browsers would request /favicon.ico, which does not exist.
    tags.link(&[("rel", "icon"), ("href", icon.as_deref().unwrap_or("data:,"))]);
    feeds(&mut tags, newspaper, None, &one_line(&newspaper.site.name));
    tags.0
}

/// The feeds of a section by its slug; `None` for the whole newspaper.
fn feeds(tags: &mut Tags, newspaper: &Newspaper, slug: Option<&str>, title: &str) {
    for format in FeedFormat::ALL {
        let href = addresses::file(newspaper, &format.path(slug));
        tags.link(&[
            ("rel", "alternate"),
            ("type", format.media_type()),
            ("title", title),
            ("href", &href),
        ]);
    }
}

/// What a page is about.
#[derive(Clone, Copy)]
pub enum PageSubject<'a> {
    /// Nothing from the backend, or something that could not be loaded.
    None,
    /// One article.
    Article(&'a Article),
    /// A page of a list.
    List(&'a ArticleList),
    /// The most viewed articles.
    Ranking(&'a Ranking),
}

impl<'a> PageSubject<'a> {
    /// The articles that the page lists, each with its position from 1.
    pub(super) fn listed(self) -> Vec<(u32, &'a Article)> {
        match self {
            PageSubject::None | PageSubject::Article(_) => Vec::new(),
            PageSubject::List(list) => (1..).zip(&list.items).collect(),
            PageSubject::Ranking(ranking) => ranking
                .items
                .iter()
                .map(|entry| (entry.position, &entry.article))
                .collect(),
        }
    }
}

impl<'a> PageMeta<'a> {
    /// The markup for the page's `head`: title, description, addresses, previews, feeds, structured data.
    ///
    /// The shell already has character set, viewport and style sheets.
    pub fn head(&self) -> String {
        let newspaper = self.newspaper;
        let mut tags = Tags(String::new());
        let title = newspaper.title(&one_line(self.title));
        tags.0
            .push_str(&["<title>", &*escape_html(&title), "</title>"].concat());
        let description = self.description();
        tags.meta("description", &description);
        tags.meta(
            "robots",
            if self.is_indexed() {
                "max-image-preview:large"
            } else {
                "noindex"
            },
        );
        self.preload(&mut tags);
        let canonical = self.address().map(|address| newspaper.absolute(address));
        if let Some(canonical) = &canonical {
            tags.link(&[("rel", "canonical"), ("href", canonical)]);
        }
        self.editions(&mut tags);
        tags.0.push_str(self.common);
        if let Route::Section(slug, _) = self.route {
            let section = newspaper.site.section_name(slug).unwrap_or(self.title);
            let title = one_line(&format!("{section} – {}", newspaper.site.name));
            feeds(&mut tags, newspaper, Some(slug), &title);
        }
        self.preview(&mut tags, &description, canonical.as_deref());
        if self.is_indexed()
            && let Some(canonical) = &canonical
        {
            tags.0.push_str(&json_ld::script(self, canonical, &description));
        }
        tags.0
    }

    /// The page that search engines should list instead of this one (the canonical page); usually the page itself.
    fn address(&self) -> Option<Address<'a>> {
        match self.route {
            Route::Print(id) => Some(Address::Article(id)),
            // The page of the first period is the same as the one without a period; so is one that names the usual metric.
            Route::Ranking(period, metric) => {
                let repository = &self.newspaper.repository;
                let scope = repository.ranking_at(*period, *metric);
                let metric = scope.and_then(|scope| scope.metric);
                let is_first = metric.is_none() && *period == repository.periods().first().copied();
                Some(Address::Ranking(period.filter(|_| !is_first), metric))
            }
            route => route.address(),
        }
    }

    /// Whether search engines should list the page. Not if its article or list is missing: then it only says that there
    /// is no such page.
    fn is_indexed(&self) -> bool {
        match self.route {
            Route::Front => true,
            Route::Article(_) => matches!(self.subject, PageSubject::Article(_)),
            Route::Section(..) | Route::Ranking(..) | Route::Photos(_) | Route::Today => {
                matches!(self.subject, PageSubject::List(_) | PageSubject::Ranking(_))
            }
            Route::Print(_) | Route::Search(..) | Route::Unknown => false,
        }
    }

    /// A description of the page: an article's beginning, the newspaper's description for the front page, the first
    /// headlines of a list.
    fn description(&self) -> String {
        let own = &self.newspaper.site.description;
        let text = match (self.route, self.subject) {
            (_, PageSubject::Article(article)) => article.beginning(),
            (Route::Front, _) if !own.is_empty() => own.clone(),
            _ => {
                let listed = self.subject.listed().into_iter().take(10);
                let headlines: Vec<String> = listed.map(|(_, article)| self.newspaper.headline(article)).collect();
                headlines.join(" · ")
            }
        };
        [&text, own, &self.newspaper.site.name]
            .into_iter()
            .map(|text| description(text))
            .find(|text| !text.is_empty())
            .unwrap_or_default()
    }

    /// Preloads the picture that readers see first. The addresses have to be the same as those of the `img`, or the
    /// picture would be fetched twice.
    fn preload(&self, tags: &mut Tags) {
        let lead = match (self.route, self.subject) {
            (Route::Article(_), PageSubject::Article(article)) => {
                let lead = lead_image(article).or_else(|| lead_in_body(article));
                lead.map(|image| (image, TEXT_WIDTH))
            }
            (Route::Front, PageSubject::List(list)) => {
                let lead = list.items.iter().find_map(|article| article.image.as_ref());
                lead.map(|image| (image, LEAD_STORY_WIDTH))
            }
            _ => None,
        };
        let Some((image, sizes)) = lead else {
            return;
        };
        let address = |url: &str| self.newspaper.image(url);
        let (href, srcset) = (address(&image.url), image.srcset(address));
        let mut attributes = vec![("rel", "preload"), ("as", "image"), ("href", &*href)];
        if !srcset.is_empty() {
            attributes.extend([("imagesrcset", &*srcset), ("imagesizes", sizes)]);
        }
        attributes.push(("fetchpriority", "high"));
        tags.link(&attributes);
    }

    /// Links to the newspaper in other languages. Only its front page has a counterpart there, because articles have
    /// other ids.
    fn editions(&self, tags: &mut Tags) {
        let editions = &self.publication.editions;
        if *self.route != Route::Front || editions.is_empty() {
            return;
        }
        let own = self.newspaper.absolute(Address::Front);
        let own = (self.newspaper.site.locale.as_str(), own.as_str());
        let others = editions.iter().map(|edition| (&*edition.hreflang, &*edition.url));
        // Several newspapers may share one list of editions, which then contains this newspaper too.
        let others = others.filter(|(hreflang, _)| *hreflang != own.0);
        for (hreflang, href) in [own].into_iter().chain(others) {
            tags.link(&[("rel", "alternate"), ("hreflang", hreflang), ("href", href)]);
        }
    }

    /// How a link to the page looks where it is shared: Open Graph, and the additional elements for X.
    fn preview(&self, tags: &mut Tags, description: &str, canonical: Option<&str>) {
        let newspaper = self.newspaper;
        let article = match self.subject {
            PageSubject::Article(article) => Some(article),
            _ => None,
        };
        tags.property("og:type", if article.is_some() { "article" } else { "website" });
        tags.property("og:site_name", &one_line(&newspaper.site.name));
        tags.property("og:locale", open_graph_locale(newspaper.site.locale));
        tags.property("og:title", &one_line(self.title));
        tags.property("og:description", description);
        if let Some(canonical) = canonical {
            tags.property("og:url", canonical);
        }
        let image = article.and_then(|article| pictures(article).into_iter().next());
        if let Some(image) = image {
            self.preview_image(tags, image);
        } else if let Some(logo) = self.publication.logo_address(newspaper) {
            tags.property("og:image", &logo);
            tags.property("og:image:alt", &one_line(&newspaper.site.name));
        }
        if let Some(article) = article {
            self.preview_article(tags, article);
        }
        let card = if image.is_some() {
            "summary_large_image"
        } else {
            "summary"
        };
        tags.meta("twitter:card", card);
    }

    fn preview_image(&self, tags: &mut Tags, image: &ImageObject) {
        tags.property("og:image", &addresses::image(self.newspaper, &image.url));
        for (name, pixels) in [("og:image:width", image.width), ("og:image:height", image.height)] {
            if let Some(pixels) = pixels {
                tags.property(name, &pixels.to_string());
            }
        }
        let alt = one_line(&image.alternate_name);
        if !alt.is_empty() {
            tags.property("og:image:alt", &alt);
        }
    }

    fn preview_article(&self, tags: &mut Tags, article: &Article) {
        let names: Vec<String> = article.author.iter().map(|author| one_line(&author.name)).collect();
        if !names.is_empty() {
            tags.meta("author", &names.join(", "));
        }
        let times = [
            ("article:published_time", article.date_published),
            ("article:modified_time", last_change(article)),
        ];
        for (name, time) in times {
            if let Some(time) = time {
                tags.property(name, &self.newspaper.civil(time).iso());
            }
        }
        for author in &article.author {
            // Open Graph wants the address of a profile here; without one, the name is used.
            let url = author.url.as_deref().map(|url| addresses::public(self.newspaper, url));
            tags.property("article:author", &url.unwrap_or_else(|| one_line(&author.name)));
        }
        if let Some(section) = article.primary_section() {
            tags.property("article:section", &one_line(&self.newspaper.section_name(section)));
        }
        for keyword in &article.keywords {
            tags.property("article:tag", &one_line(keyword));
        }
    }
}

/// Language and country in Open Graph's format.
fn open_graph_locale(locale: Locale) -> &'static str {
    match locale {
        Locale::Ko => "ko_KR",
        Locale::En => "en_US",
    }
}

/// The elements of a head, written as HTML.
struct Tags(String);

impl Tags {
    fn meta(&mut self, name: &str, content: &str) {
        self.tag("meta", &[("name", name), ("content", content)]);
    }

    fn property(&mut self, name: &str, content: &str) {
        self.tag("meta", &[("property", name), ("content", content)]);
    }

    fn link(&mut self, attributes: &[(&str, &str)]) {
        self.tag("link", attributes);
    }

    fn tag(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.0.push('<');
        self.0.push_str(name);
        for (name, value) in attributes {
            for part in [" ", name, "=\"", &escape_html(value), "\""] {
                self.0.push_str(part);
            }
        }
        self.0.push('>');
    }
}
