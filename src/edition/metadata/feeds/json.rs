//! Writes a feed as JSON Feed 1.1.

use serde::Serialize;

use super::{Entry, Feed, FeedFormat};
use crate::edition::metadata::{addresses, last_change};
use crate::model::Timestamp;
use crate::text::one_line;

#[derive(Serialize)]
struct FeedDocument {
    version: &'static str,
    title: String,
    home_page_url: String,
    feed_url: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    description: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    icon: Option<String>,
    language: &'static str,
    items: Vec<FeedItem>,
}

#[derive(Serialize)]
struct FeedItem {
    id: String,
    url: String,
    title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    content_html: Option<String>,
    /// Required by JSON Feed if there is no HTML.
    #[serde(skip_serializing_if = "Option::is_none")]
    content_text: Option<String>,
    #[serde(skip_serializing_if = "String::is_empty")]
    summary: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    image: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_published: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_modified: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    authors: Vec<FeedAuthor>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tags: Vec<String>,
}

#[derive(Serialize)]
struct FeedAuthor {
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

/// The feed as JSON Feed 1.1.
pub fn write(feed: &Feed) -> String {
    let document = FeedDocument {
        version: "https://jsonfeed.org/version/1.1",
        title: feed.title(),
        home_page_url: feed.home(),
        feed_url: feed.address(FeedFormat::Json),
        description: feed.description(),
        icon: feed.publication.logo_address(feed.newspaper),
        language: feed.language(),
        items: feed.entries().map(|entry| item(feed, entry)).collect(),
    };
    serde_json::to_string(&document).expect("texts and lists of them are always JSON")
}

fn item(feed: &Feed, entry: Entry) -> FeedItem {
    let article = entry.article;
    let time = |time: Timestamp| feed.newspaper.civil(time).iso();
    let (html, text) = if !entry.html.is_empty() {
        (Some(entry.html), None)
    } else if !entry.summary.is_empty() {
        (None, Some(entry.summary.clone()))
    } else {
        (None, Some(entry.title.clone()))
    };
    FeedItem {
        id: entry.url.clone(),
        url: entry.url,
        title: entry.title,
        content_html: html,
        content_text: text,
        summary: entry.summary,
        image: entry.image.map(|(_, url)| url),
        date_published: article.date_published.map(time),
        date_modified: last_change(article).map(time),
        authors: article
            .author
            .iter()
            .map(|author| FeedAuthor {
                name: one_line(&author.name),
                url: author.url.as_deref().map(|url| addresses::public(feed.newspaper, url)),
            })
            .collect(),
        tags: entry.sections,
    }
}
