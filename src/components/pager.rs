//! Links to the other pages of a list.

use leptos::prelude::*;

use crate::model::ArticleList;
use crate::newspaper::Newspaper;

/// Links to the previous and the next page of a list. Shows nothing if there is only one page.
#[component]
pub fn Pager<'a>(
    list: &'a ArticleList,
    /// Returns the address of a page by its number, from 1.
    href: &'a dyn Fn(u32) -> String,
) -> impl IntoView + use<> {
    let words = Newspaper::from_context().words;
    let page = list.page.unwrap_or(1);
    // On a page after the last one, the link back leads to the last page that exists.
    let before = page.saturating_sub(1).min(list.pages.unwrap_or(u32::MAX));
    let previous =
        (before >= 1).then(|| view! { <a href=href(before) rel="prev">{words.previous_page}</a> }.into_any());
    let next = list
        .next
        .map(|next| view! { <a href=href(next) rel="next">{words.next_page}</a> }.into_any());
    (page > 1 || list.next.is_some()).then(|| {
        view! {
            <nav class="pager" aria-label=words.pages>
                <span class="pager-previous">{previous}</span>
                <span aria-current="page">{(words.page_of)(page, list.pages)}</span>
                <span class="pager-next">{next}</span>
            </nav>
        }
        .into_any()
    })
}
