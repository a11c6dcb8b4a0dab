//! The page of a section.

use leptos::prelude::*;

use super::Page;
use super::page_failure::page_failure;
use crate::backend::Wanted;
use crate::components::{Heading, Loaded, PageHeading, Pager, Shape, StoryList, load};
use crate::model::{Address, ArticleList};
use crate::newspaper::Newspaper;

/// A page of a section's articles, from 1.
pub fn section_page(slug: String, page: u32) -> Page {
    let newspaper = Newspaper::from_context();
    let words = newspaper.words;
    let list = load(Wanted::section(&slug, page));
    let title = {
        let slug = slug.clone();
        move |list: &ArticleList| {
            let name = section_name(&newspaper, &slug, list);
            if page > 1 {
                format!("{name} ({})", (words.page_of)(page, None))
            } else {
                name
            }
        }
    };
    let body = view! {
        <Loaded from=list skeleton=Shape::List failed=page_failure(words.sections) let:list>
            <SectionView slug=&slug list=&list/>
        </Loaded>
    };
    Page::new(list.title(title, words.sections), body)
}

#[component]
fn SectionView<'a>(slug: &'a str, list: &'a ArticleList) -> impl IntoView + use<> {
    let newspaper = Newspaper::from_context();
    let href = |page| newspaper.href(Address::Section(slug, page));
    view! {
        <PageHeading text=section_name(&newspaper, slug, list)/>
        <StoryList articles=list.items.iter().collect() heading=Heading::H2/>
        <Pager list href=&href/>
    }
}

/// The publisher's name for the section; without one, the backend's; without that, the slug.
fn section_name(newspaper: &Newspaper, slug: &str, list: &ArticleList) -> String {
    let mut sections = list.items.iter().flat_map(|article| &article.article_section);
    let named = newspaper.site.section_name(slug);
    let named = named.or_else(|| Some(&*sections.find(|section| section.slug == slug)?.name));
    named.unwrap_or(slug).to_owned()
}
