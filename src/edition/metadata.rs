//! What machines read: the head of each page, structured data, feeds, sitemaps, robots.txt.
//!
//! Pure functions over the model: nothing here reads a file or asks a server. Everything that a backend sent is escaped
//! for the format that it is put into.

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

use std::collections::HashSet;

use crate::model::{self, Article, ImageObject, Timestamp};

/// When an article was changed last: first published, where nothing is known of a later change.
pub fn last_change(article: &Article) -> Option<Timestamp> {
    article.date_modified.max(article.date_published)
}

/// An article's pictures, the lead image first, each once.
fn pictures(article: &Article) -> Vec<&ImageObject> {
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
