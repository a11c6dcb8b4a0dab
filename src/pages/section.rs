use leptos::prelude::*;

use super::{heading, page_failure};
use crate::backend::Wanted;
use crate::components::skeletons::list_skeleton;
use crate::components::{arrival, load, pager, story_list};
use crate::markup::fragment;
use crate::model::{Address, ArticleList};
use crate::newspaper::Newspaper;

/// A section's articles, page by page.
pub fn section_page(slug: String, page: u32) -> AnyView {
    load(
        Wanted::section(&slug, page),
        list_skeleton,
        |error, retry| page_failure(Newspaper::from_context().words.sections, error, retry),
        move |list: &ArticleList| {
            let newspaper = Newspaper::from_context();
            let name = section_name(&newspaper, &slug, list);
            let title = if page > 1 {
                format!("{name} ({})", (newspaper.words.page_of)(page, None))
            } else {
                name.clone()
            };
            let pages = pager(list, |page| newspaper.href(Address::Section(&slug, page)));
            fragment([arrival(title), heading(&name), story_list(&list.items, "h2"), pages])
        },
    )
}

/// The publisher's name for the section, else the backend's, else its slug.
fn section_name(newspaper: &Newspaper, slug: &str, list: &ArticleList) -> String {
    let mut sections = list.items.iter().flat_map(|article| &article.article_section);
    let named = newspaper.site.section_name(slug);
    let named = named.or_else(|| Some(&*sections.find(|section| section.slug == slug)?.name));
    named.unwrap_or(slug).to_owned()
}
