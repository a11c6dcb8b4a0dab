//! Feeds of the newest articles, of the newspaper and of each section: RSS, Atom and JSON Feed.

mod atom;
mod json;
mod rss;

use super::{addresses, last_change};
use crate::model::{Address, Article, Content, Element, ImageObject, Link, Name, Section, Timestamp, to_html};
use crate::newspaper::Newspaper;
use crate::site::Publication;
use crate::text::one_line;

/// A feed of the newest articles of the newspaper or of a section, newest first.
pub struct Feed<'a> {
    /// The newspaper of the feed.
    pub newspaper: &'a Newspaper,
    /// What `site.json` tells machines about the newspaper.
    pub publication: &'a Publication,
    /// The feed's section; `None` for the whole newspaper.
    pub section: Option<&'a Section>,
    /// The feed has the whole text of articles with a body, and the beginning of others.
    pub articles: &'a [Article],
}

/// A format of feeds.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum FeedFormat {
    /// RSS 2.0.
    Rss,
    /// RFC 4287.
    Atom,
    /// JSON Feed 1.1.
    Json,
}

impl FeedFormat {
    /// Every format.
    pub const ALL: [FeedFormat; 3] = [FeedFormat::Rss, FeedFormat::Atom, FeedFormat::Json];

    /// The path of the feed's file below the newspaper's folder. `slug` is the section's; `None` for the whole
    /// newspaper.
    pub fn path(self, slug: Option<&str>) -> String {
        let folder = slug.map_or_else(String::new, |slug| Address::Section(slug, 1).path());
        let file = match self {
            FeedFormat::Rss => "feed.xml",
            FeedFormat::Atom => "atom.xml",
            FeedFormat::Json => "feed.json",
        };
        folder + file
    }

    /// The media type, without parameters.
    pub fn media_type(self) -> &'static str {
        match self {
            FeedFormat::Rss => "application/rss+xml",
            FeedFormat::Atom => "application/atom+xml",
            FeedFormat::Json => "application/feed+json",
        }
    }
}

impl Feed<'_> {
    /// The feed's text.
    pub fn write(&self, format: FeedFormat) -> String {
        match format {
            FeedFormat::Rss => rss::write(self),
            FeedFormat::Atom => atom::write(self),
            FeedFormat::Json => json::write(self),
        }
    }

    fn address(&self, format: FeedFormat) -> String {
        addresses::file(self.newspaper, &format.path(self.slug()))
    }

    /// The address of the page that shows the same articles.
    fn home(&self) -> String {
        let address = self.slug().map_or(Address::Front, |slug| Address::Section(slug, 1));
        self.newspaper.absolute(address)
    }

    fn slug(&self) -> Option<&str> {
        self.section.map(|section| &*section.slug)
    }

    fn title(&self) -> String {
        let section = self.section.map(|section| self.newspaper.section_name(section));
        let title = section.unwrap_or_else(|| self.newspaper.site.name.clone());
        one_line(&self.newspaper.title(&title))
    }

    fn description(&self) -> String {
        one_line(&self.newspaper.site.description)
    }

    fn language(&self) -> &'static str {
        self.newspaper.site.locale.as_str()
    }

    fn copyright(&self) -> String {
        one_line(&self.newspaper.site.footer.copyright)
    }

    /// The time of the newest change. The feed's text stays the same until an article changes.
    fn updated(&self) -> Option<Timestamp> {
        self.articles.iter().filter_map(last_change).max()
    }

    /// The articles as entries of the feed.
    fn entries(&self) -> impl Iterator<Item = Entry<'_>> {
        let address = |article: &Article| self.newspaper.absolute(Address::Article(&article.id));
        self.articles
            .iter()
            .map(move |article| (article, address(article)))
            .map(|(article, url)| Entry {
                article,
                html: to_html(&self.body(&article.article_body, &url)),
                // It is also the entry's id, because an article keeps its address.
                url,
                title: one_line(&self.newspaper.headline(article)),
                summary: one_line(&article.beginning()),
                sections: article
                    .article_section
                    .iter()
                    .map(|section| one_line(&self.newspaper.section_name(section)))
                    .collect(),
                image: article
                    .image
                    .as_ref()
                    .map(|image| (image, addresses::image(self.newspaper, &image.url))),
            })
    }

    /// A body with public addresses. Feed readers drop frames, so an embed becomes a link. Within a feed, a link to a note
    /// would lead nowhere, so it leads to the note on the article's `page`.
    fn body(&self, content: &[Content], page: &str) -> Vec<Content> {
        content.iter().map(|piece| self.piece(piece, page)).collect()
    }

    fn piece(&self, piece: &Content, page: &str) -> Content {
        match piece {
            Content::Text(text) => Content::Text(text.clone()),
            Content::Element(element) => Content::Element(Element {
                children: self.body(&element.children, page),
                ..element.clone()
            }),
            Content::Link(link) => Content::Link(Link {
                href: match link.href.strip_prefix('#') {
                    Some(note) => [page, "#", note].concat(),
                    None => self.newspaper.printed(&link.href),
                },
                children: self.body(&link.children, page),
                ..link.clone()
            }),
            Content::Image(image) => Content::Image(ImageObject {
                url: addresses::image(self.newspaper, &image.url),
                sizes: Vec::new(),
                ..image.clone()
            }),
            Content::Embed(embed) => {
                let url = self.newspaper.printed(&embed.url);
                let title = if embed.title.is_empty() {
                    (self.newspaper.words.embed_from)(Newspaper::host(&url))
                } else {
                    embed.title.clone()
                };
                let link = Content::Link(Link {
                    href: url,
                    id: None,
                    children: vec![Content::Text(title)],
                });
                Content::Element(Element {
                    name: Name::allowed("p").expect("it is in the allow-list"),
                    attributes: Vec::new(),
                    children: vec![link],
                })
            }
        }
    }
}

/// An article in a feed.
struct Entry<'a> {
    article: &'a Article,
    url: String,
    /// Text in one line, like everything else but the body.
    title: String,
    summary: String,
    /// Empty if the article came without a body.
    html: String,
    sections: Vec<String>,
    /// The lead image and its public address.
    image: Option<(&'a ImageObject, String)>,
}
