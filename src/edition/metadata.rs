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
pub use head::{Content, PageMeta};
pub use publication::{Edition, Publication, SiteFile};
pub use robots::robots_txt;
pub use sitemaps::{
    MAX_NEWS, NEWS_SECONDS, NEWS_SITEMAP, SITEMAP_INDEX, SitemapFile, Sitemaps, news_sitemap, sitemap_path,
};
pub use text::line;

use crate::model::{Article, Timestamp};

/// When an article was changed last: first published, where nothing is known of a later change.
pub fn last_change(article: &Article) -> Option<Timestamp> {
    article.date_modified.max(article.date_published)
}
