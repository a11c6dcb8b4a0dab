//! The values that the app shows, with schema.org's names. This module depends on nothing else of the program but
//! `text`: not on a backend, a page or a browser.

mod address;
mod article;
mod content;
mod date;
mod front;
mod list;

pub use address::{Address, Route, encode_segment};
pub use article::{Article, ImageFile, ImageObject, InteractionStatistic, Neighbours, Person, Section};
pub use content::{
    Content, Element, Embed, EmbedKind, Link, Name, Provider, escape_html, is_void_element, plain_text, to_html,
};
pub use date::{CivilTime, Timestamp};
pub use front::{Breaking, Front, FrontStory, STORIES_OF_A_SECTION};
pub use list::{ArticleList, Metric, Period, RankedArticle, Ranking, RankingScope};
