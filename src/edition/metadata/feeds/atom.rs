//! Writes a feed as Atom (RFC 4287).

use super::{Entry, Feed, FeedFormat};
use crate::edition::metadata::xml::Xml;
use crate::edition::metadata::{addresses, last_change};
use crate::model::Timestamp;
use crate::text::one_line;

/// Atom requires dates. If there is none, this one is used, which never changes: readers would take a new date for a
/// change.
const UNDATED: Timestamp = Timestamp { unix: 0 };

/// The feed as Atom.
pub fn write(feed: &Feed) -> String {
    let language = feed.language();
    let mut xml = Xml::new(
        "feed",
        &[("xmlns", "http://www.w3.org/2005/Atom"), ("xml:lang", language)],
    );
    let (home, own) = (feed.home(), feed.address(FeedFormat::Atom));
    let newspaper = feed.newspaper;
    let time = |time: Option<Timestamp>| newspaper.civil(time.unwrap_or(UNDATED)).iso();
    xml.leaf("id", &[], &home);
    xml.leaf("title", &[], &feed.title());
    xml.leaf_if("subtitle", Some(&feed.description()));
    xml.leaf("updated", &[], &time(feed.updated()));
    let media_type = FeedFormat::Atom.media_type();
    xml.empty("link", &[("rel", "self"), ("type", media_type), ("href", &own)]);
    xml.empty("link", &[("rel", "alternate"), ("type", "text/html"), ("href", &home)]);
    // The author of all entries without an author.
    author(&mut xml, &newspaper.site.name, None);
    xml.leaf_if("rights", Some(&feed.copyright()));
    xml.leaf_if("logo", feed.publication.logo_address(newspaper).as_deref());
    for entry in feed.entries() {
        item(&mut xml, feed, &entry, &time);
    }
    xml.finish()
}

fn item(xml: &mut Xml, feed: &Feed, entry: &Entry, time: &dyn Fn(Option<Timestamp>) -> String) {
    let article = entry.article;
    xml.open("entry", &[]);
    xml.leaf("id", &[], &entry.url);
    xml.leaf("title", &[], &entry.title);
    xml.empty(
        "link",
        &[("rel", "alternate"), ("type", "text/html"), ("href", &entry.url)],
    );
    if let Some((_, url)) = &entry.image {
        xml.empty("link", &[("rel", "enclosure"), ("href", url)]);
    }
    if article.date_published.is_some() {
        xml.leaf("published", &[], &time(article.date_published));
    }
    xml.leaf("updated", &[], &time(last_change(article)));
    for person in &article.author {
        let url = person.url.as_deref().map(|url| addresses::public(feed.newspaper, url));
        author(xml, &person.name, url.as_deref());
    }
    for section in &entry.sections {
        xml.empty("category", &[("term", section)]);
    }
    xml.leaf_if("summary", Some(&entry.summary));
    if !entry.html.is_empty() {
        xml.leaf("content", &[("type", "html")], &entry.html);
    }
    xml.close();
}

fn author(xml: &mut Xml, name: &str, url: Option<&str>) {
    xml.open("author", &[]);
    xml.leaf("name", &[], &one_line(name));
    xml.leaf_if("uri", url);
    xml.close();
}
