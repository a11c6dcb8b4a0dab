use super::{picture, picture::Role, published};
use crate::markup::{Element, div, el, link};
use crate::model::{Address, Article, ImageObject};
use crate::newspaper::Newspaper;

/// An article in a list: headline, beginning, section and date, and its picture where it has one. The headline is an
/// `h2` under the page's title, an `h3` under a heading of the page.
pub fn story(newspaper: &Newspaper, article: &Article, heading: &'static str) -> Element {
    let headline = link(newspaper.href(Address::Article(&article.id))).child(newspaper.headline(article));
    let text = div("story-text")
        .child(el(heading).class("story-headline").child(headline))
        .child(el("p").class("story-beginning").child(article.beginning()))
        .child(meta(newspaper, article));
    let picture = article.image.as_ref().map(|image| thumbnail(Some(image)));
    el("article").class("story").child(text).child(picture)
}

/// How wide the picture of the lead story is shown, as in HTML's `sizes`.
pub const LEAD_STORY_WIDTH: &str = "(min-width: 60rem) 40rem, 100vw";

/// The story that opens the front page.
pub fn lead_story(newspaper: &Newspaper, article: &Article) -> Element {
    let headline = link(newspaper.href(Address::Article(&article.id))).child(newspaper.headline(article));
    let subheads = &article.alternative_headline;
    let subheads = (!subheads.is_empty()).then(|| {
        el("ul")
            .class("lead-story-subheads")
            .children(subheads.iter().map(|subhead| el("li").child(&**subhead)))
    });
    let text = div("lead-story-text")
        .child(el("h2").class("lead-story-headline").child(headline))
        .child(subheads)
        .child(el("p").class("lead-story-beginning").child(article.beginning()))
        .child(meta(newspaper, article));
    let image = article
        .image
        .as_ref()
        .map(|image| div("lead-story-picture").child(picture(image, LEAD_STORY_WIDTH, Role::Lead)));
    el("article").class("lead-story").child(text).child(image)
}

/// A small picture beside a headline that says the same: its place is kept where there is none.
pub fn thumbnail(image: Option<&ImageObject>) -> Element {
    let picture = image.map(|image| picture(image, "8rem", Role::Decorative));
    el("span").class("thumbnail").child(picture)
}

fn meta(newspaper: &Newspaper, article: &Article) -> Element {
    let section = article
        .primary_section()
        .map(|section| el("span").child(newspaper.section_name(section)));
    let date = article.date_published.map(|time| published(newspaper, time));
    el("p").class("story-meta").child(section).child(date)
}
