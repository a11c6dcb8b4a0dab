use leptos::prelude::*;

use super::page_failure;
use crate::components::{Arrival, Pager, StoryList, list_skeleton, load};
use crate::model::{Address, ArticleList};
use crate::newspaper::Newspaper;

/// A section's articles, page by page.
#[component]
pub fn SectionPage(slug: String, page: u32) -> impl IntoView {
    let newspaper = Newspaper::from_context();
    let asked = slug.clone();
    load(
        move |repository| {
            let slug = asked.clone();
            async move { repository.section(&slug, page).await }
        },
        list_skeleton,
        |error, retry| {
            let words = Newspaper::from_context().words;
            page_failure(words.sections, words.sections, error, retry)
        },
        move |list: ArticleList| {
            let name = section_name(&newspaper, &slug, &list);
            let title = if page > 1 { format!("{name} ({})", (newspaper.words.page_of)(page, None)) } else { name.clone() };
            let (slug, here) = (slug.clone(), newspaper.clone());
            let href = Callback::new(move |page| here.href(Address::Section(&slug, page)));
            view! {
                <Arrival title/>
                <h1 class="page-title" tabindex="-1">{name}</h1>
                <StoryList articles=list.items.clone()/>
                <Pager list href/>
            }
            .into_any()
        },
    )
}

/// The publisher's name for the section, else the backend's, else its slug.
fn section_name(newspaper: &Newspaper, slug: &str, list: &ArticleList) -> String {
    let named = newspaper.site.section_name(slug).map(str::to_owned);
    let mut sections = list.items.iter().flat_map(|article| &article.article_section);
    named.or_else(|| Some(sections.find(|section| section.slug == slug)?.name.clone())).unwrap_or_else(|| slug.to_owned())
}
