use leptos::prelude::*;

use crate::markup::{el, link, nothing};
use crate::model::ArticleList;
use crate::newspaper::Newspaper;

/// The way to the list's other pages; nothing where there is only one. `href` gives a page's address by its number.
pub fn pager(list: &ArticleList, href: impl Fn(u32) -> String) -> AnyView {
    let words = Newspaper::from_context().words;
    let page = list.page.unwrap_or(1);
    if page <= 1 && list.next.is_none() {
        return nothing();
    }
    // Behind the last page, the way back leads to the last one that there is.
    let before = page.saturating_sub(1).min(list.pages.unwrap_or(u32::MAX));
    let previous = (before >= 1).then(|| link(href(before)).attr("rel", "prev").child(words.previous_page));
    let next = list
        .next
        .map(|next| link(href(next)).attr("rel", "next").child(words.next_page));
    el("nav")
        .class("pager")
        .attr("aria-label", words.pages)
        .child(el("span").class("pager-previous").child(previous))
        .child(
            el("span")
                .attr("aria-current", "page")
                .child((words.page_of)(page, list.pages)),
        )
        .child(el("span").class("pager-next").child(next))
        .view()
}
