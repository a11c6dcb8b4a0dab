use leptos::prelude::*;

use crate::model::{Address, Article, Person, Timestamp};
use crate::newspaper::Newspaper;

/// Section, headline, subheads, byline and dates.
#[component]
pub fn ArticleHeader(article: Article) -> impl IntoView {
    let newspaper = Newspaper::from_context();
    let words = newspaper.words;
    let section = article.primary_section().map(|section| {
        let name = newspaper.site.section_name(&section.slug).unwrap_or(&section.name).to_owned();
        let href = newspaper.href(Address::Section(&section.slug, 1));
        view! { <p class="article-section"><a href=href>{name}</a></p> }
    });
    let subheads = (!article.alternative_headline.is_empty()).then(|| {
        let items = article.alternative_headline.iter().map(|subhead| view! { <li>{subhead.clone()}</li> });
        view! { <ul class="article-subheads" aria-label=words.subheads>{items.collect_view()}</ul> }
    });
    let authors = article.author.iter().map(|author| byline(&newspaper, author)).collect_view();
    let date = |label: &'static str, time: Option<Timestamp>| {
        let civil = newspaper.civil(time?);
        Some(view! {
            <li>{label} " " <time datetime=civil.iso()>{(words.date_time)(civil)}</time></li>
        })
    };
    let published = date(words.registered, article.date_published);
    let modified = article.date_modified.filter(|modified| article.date_published.is_none_or(|first| *modified > first));
    let modified = date(words.modified, modified);
    let reading = article.reading_minutes().map(|minutes| {
        view! { <li class="article-reading-time">{(words.reading_time)(minutes)}</li> }
    });
    view! {
        <header class="article-header">
            {section}
            <h1 class="article-headline" tabindex="-1">{newspaper.headline(&article)}</h1>
            {subheads}
            <div class="article-byline">
                <ul class="article-authors">{authors}</ul>
                <ul class="article-dates">{published}{modified}{reading}</ul>
            </div>
        </header>
    }
    .into_any()
}

fn byline(newspaper: &Newspaper, author: &Person) -> AnyView {
    let text = (newspaper.words.byline)(&author.name, author.job_title.as_deref());
    match author.url.clone() {
        Some(url) => view! { <li><a rel="author external" href=url>{text}</a></li> }.into_any(),
        None => view! { <li>{text}</li> }.into_any(),
    }
}
