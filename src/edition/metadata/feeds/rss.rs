//! Writes a feed as RSS 2.0.

use super::{Entry, Feed, FeedFormat};
use crate::edition::metadata::xml::Xml;
use crate::model::{Timestamp, plain_text};
use crate::newspaper::Newspaper;
use crate::text::one_line;

/// The feed as RSS 2.0, with the usual modules for authors, whole texts and pictures.
pub fn write(feed: &Feed) -> String {
    let mut xml = Xml::new(
        "rss",
        &[
            ("version", "2.0"),
            ("xmlns:atom", "http://www.w3.org/2005/Atom"),
            ("xmlns:content", "http://purl.org/rss/1.0/modules/content/"),
            ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
            ("xmlns:media", "http://search.yahoo.com/mrss/"),
        ],
    );
    let (title, home) = (feed.title(), feed.home());
    xml.open("channel", &[]);
    xml.leaf("title", &[], &title);
    xml.leaf("link", &[], &home);
    let description = feed.description();
    // RSS requires a description.
    xml.leaf(
        "description",
        &[],
        if description.is_empty() { &title } else { &description },
    );
    xml.leaf("language", &[], feed.language());
    xml.leaf_if("copyright", Some(&feed.copyright()));
    let updated = feed.updated().and_then(|time| rfc_822(feed.newspaper, time));
    xml.leaf_if("lastBuildDate", updated.as_deref());
    let own = feed.address(FeedFormat::Rss);
    let media_type = FeedFormat::Rss.media_type();
    xml.empty("atom:link", &[("rel", "self"), ("type", media_type), ("href", &own)]);
    if let Some(logo) = feed.publication.logo_address(feed.newspaper) {
        xml.open("image", &[]);
        xml.leaf("url", &[], &logo);
        // RSS requires the channel's title and link again.
        xml.leaf("title", &[], &title);
        xml.leaf("link", &[], &home);
        xml.close();
    }
    for entry in feed.entries() {
        item(&mut xml, feed, &entry);
    }
    xml.finish()
}

fn item(xml: &mut Xml, feed: &Feed, entry: &Entry) {
    let article = entry.article;
    xml.open("item", &[]);
    xml.leaf("title", &[], &entry.title);
    xml.leaf("link", &[], &entry.url);
    xml.leaf("guid", &[("isPermaLink", "true")], &entry.url);
    let published = article.date_published.and_then(|time| rfc_822(feed.newspaper, time));
    xml.leaf_if("pubDate", published.as_deref());
    for author in &article.author {
        xml.leaf_if("dc:creator", Some(&one_line(&author.name)));
    }
    for section in &entry.sections {
        xml.leaf_if("category", Some(section));
    }
    xml.leaf_if("description", Some(&entry.summary));
    xml.leaf_if("content:encoded", Some(&entry.html));
    if let Some((image, url)) = &entry.image {
        // Not `enclosure`, which requires the size of the file in bytes.
        let (width, height) = (image.width.map(pixels), image.height.map(pixels));
        let mut attributes = vec![("url", url.as_str()), ("medium", "image")];
        attributes.extend(width.as_deref().map(|width| ("width", width)));
        attributes.extend(height.as_deref().map(|height| ("height", height)));
        xml.open("media:content", &attributes);
        xml.leaf_if("media:description", Some(&one_line(&plain_text(&image.caption))));
        xml.leaf_if("media:credit", Some(&one_line(&plain_text(&image.credit_text))));
        xml.close();
    }
    xml.close();
}

fn pixels(pixels: u32) -> String {
    pixels.to_string()
}

/// A moment in RSS's format; `None` if its year does not have four digits.
fn rfc_822(newspaper: &Newspaper, time: Timestamp) -> Option<String> {
    let offset = jiff::tz::Offset::from_seconds(newspaper.civil(time).offset).ok()?;
    let zoned = jiff::Timestamp::from_second(time.unix)
        .ok()?
        .to_zoned(offset.to_time_zone());
    jiff::fmt::rfc2822::to_string(&zoned).ok()
}
