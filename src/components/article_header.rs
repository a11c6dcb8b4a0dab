use super::byline;
use crate::markup::{Element, div, el, link};
use crate::model::{Address, Article, Timestamp};
use crate::newspaper::Newspaper;

/// Section, headline, subheads, byline and dates.
pub fn article_header(newspaper: &Newspaper, article: &Article) -> Element {
    let words = newspaper.words;
    let section = article.primary_section().map(|section| {
        let href = newspaper.href(Address::Section(&section.slug, 1));
        el("p")
            .class("article-section")
            .child(link(href).child(newspaper.section_name(section)))
    });
    let subheads = (!article.alternative_headline.is_empty()).then(|| {
        let items = article
            .alternative_headline
            .iter()
            .map(|subhead| el("li").child(&**subhead));
        el("ul")
            .class("article-subheads")
            .attr("aria-label", words.subheads)
            .children(items)
    });
    let authors = (!article.author.is_empty()).then(|| {
        let authors = article.author.iter().map(|author| byline(newspaper, author));
        el("ul").class("article-authors").children(authors)
    });
    let date = |label: &'static str, time: Option<Timestamp>| {
        let civil = newspaper.civil(time?);
        let time = el("time").attr("datetime", civil.iso()).child((words.date_time)(civil));
        Some(el("li").child(format!("{label} ")).child(time))
    };
    let is_later = |modified: &Timestamp| article.date_published.is_none_or(|first| *modified > first);
    let published = date(words.registered, article.date_published);
    let modified = date(words.modified, article.date_modified.filter(is_later));
    let reading = article.reading_minutes().map(|minutes| {
        el("li")
            .class("article-reading-time")
            .child((words.reading_time)(minutes))
    });
    let has_dates = published.is_some() || modified.is_some() || reading.is_some();
    let dates = has_dates.then(|| {
        el("ul")
            .class("article-dates")
            .child(published)
            .child(modified)
            .child(reading)
    });
    let headline = el("h1")
        .class("article-headline")
        .attr("tabindex", "-1")
        .child(newspaper.headline(article));
    el("header")
        .class("article-header")
        .child(section)
        .child(headline)
        .child(subheads)
        .child(div("article-byline").child(authors).child(dates))
}
