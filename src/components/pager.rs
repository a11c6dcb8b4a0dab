use leptos::prelude::*;

use crate::model::ArticleList;
use crate::newspaper::Newspaper;

/// The way to the list's other pages; nothing where there is only one.
#[component]
pub fn Pager(
    list: ArticleList,
    /// The address of a page by its number.
    href: Callback<u32, String>,
) -> impl IntoView {
    let words = Newspaper::from_context().words;
    let page = list.page.unwrap_or(1);
    if page <= 1 && list.next.is_none() {
        return ().into_any();
    }
    // Behind the last page, the way back leads to the last one that there is.
    let before = page.saturating_sub(1).min(list.pages.unwrap_or(u32::MAX));
    let previous = (before >= 1).then(|| view! { <a rel="prev" href=href.run(before)>{words.previous_page}</a> });
    let next = list.next.map(|next| view! { <a rel="next" href=href.run(next)>{words.next_page}</a> });
    view! {
        <nav class="pager" aria-label=words.pages>
            <span class="pager-previous">{previous}</span>
            <span aria-current="page">{(words.page_of)(page, list.pages)}</span>
            <span class="pager-next">{next}</span>
        </nav>
    }
    .into_any()
}
