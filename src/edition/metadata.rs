//! What machines read: the head of each page, structured data, feeds, sitemaps, robots.txt.
//!
//! These are pure functions of the model: nothing here reads a file or sends a request. All text from a backend is
//! escaped for its format.

mod addresses;
mod feeds;
mod head;
mod json_ld;
mod publication;
mod robots;
mod sitemaps;
mod text;
mod xml;

pub use feeds::{Feed, FeedFormat};
pub use head::{PageMeta, PageSubject, common_head};
pub use robots::robots_txt;
pub use sitemaps::{
    MAX_NEWS, NEWS_SECONDS, NEWS_SITEMAP, SITEMAP_INDEX, SitemapFile, Sitemaps, news_sitemap, sitemap_path,
};
pub(super) use xml::{Xml, escape_xml};

use std::collections::HashSet;

use crate::model::{self, Article, ImageObject, Timestamp};

/// When an article was changed last. If no later change is known, this is when it was published.
pub fn last_change(article: &Article) -> Option<Timestamp> {
    article.date_modified.max(article.date_published)
}

/// An article's pictures, each once, the lead image first.
pub(super) fn pictures(article: &Article) -> Vec<&ImageObject> {
    let mut found: Vec<&ImageObject> = article.image.iter().collect();
    for piece in &article.article_body {
        piece.walk(&mut |piece| {
            if let model::Content::Image(image) = piece {
                found.push(image);
            }
        });
    }
    found.extend(&article.associated_media);
    let mut known = HashSet::new();
    found.retain(|image| known.insert(&*image.url));
    found
}
