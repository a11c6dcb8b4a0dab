//! The header of an article.

use leptos::prelude::*;

use super::Byline;
use crate::model::{Address, Article, Timestamp};
use crate::newspaper::Newspaper;

/// Section, headline, subheads, byline and dates.
#[component]
pub fn ArticleHeader<'a>(article: &'a Article) -> impl IntoView + use<> {
    let newspaper = Newspaper::from_context();
    let words = newspaper.words;
    let section = article.primary_section().map(|section| {
        let href = newspaper.href(Address::Section(&section.slug, 1));
        view! { <p class="article-section"><a href=href>{newspaper.section_name(section)}</a></p> }.into_any()
    });
    view! {
        <header class="article-header">
            {section}
            <h1 class="article-headline" tabindex="-1">{newspaper.headline(article)}</h1>
            {(!article.alternative_headline.is_empty()).then(|| view! {
                <ul class="article-subheads" aria-label=words.subheads>
                    {article.alternative_headline.iter().map(|subhead| view! { <li>{subhead.clone()}</li> }.into_any()).collect_view()}
                </ul>
            }.into_any())}
            <div class="article-byline">
                {(!article.author.is_empty()).then(|| view! {
                    <ul class="article-authors">
                        {article.author.iter().map(|author| view! { <li><Byline author/></li> }.into_any()).collect_view()}
                    </ul>
                }.into_any())}
                <ArticleDates article/>
            </div>
        </header>
    }
}

/// When the article was published and last changed, and how long reading it takes. Shows nothing if nothing of this is
/// known.
#[component]
fn ArticleDates<'a>(article: &'a Article) -> impl IntoView + use<> {
    let newspaper = Newspaper::from_context();
    let words = newspaper.words;
    let date = |label: &'static str, time: Timestamp| {
        let civil = newspaper.civil(time);
        view! { <li>{label}" "<time datetime=civil.iso()>{(words.date_time)(civil)}</time></li> }.into_any()
    };
    let is_later = |modified: &Timestamp| article.date_published.is_none_or(|first| *modified > first);
    let modified = article.date_modified.filter(is_later);
    let minutes = article.reading_minutes();
    let has_some = article.date_published.is_some() || modified.is_some() || minutes.is_some();
    has_some.then(|| {
        view! {
            <ul class="article-dates">
                {article.date_published.map(|time| date(words.registered, time))}
                {modified.map(|time| date(words.modified, time))}
                {minutes.map(|minutes| view! { <li class="article-reading-time">{(words.reading_time)(minutes)}</li> }.into_any())}
            </ul>
        }.into_any()
    })
}
