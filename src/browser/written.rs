//! Pages that were written before their readers came: whether a document has the page of its address.

use std::cell::RefCell;

use leptos::prelude::*;
use web_sys::{Element, HtmlElement, Node};

use super::views;
use crate::model::{Address, Route};
use crate::text::percent;

/// Whether the document has the page of its address, in the element `#app`. The page of search results is never written,
/// but at its path there is the page with the empty form.
pub fn is_written(root: &HtmlElement, base: &str) -> bool {
    let is_a_search = match route(base) {
        Route::Search(query, _) => !query.trim().is_empty(),
        _ => false,
    };
    !is_a_search && written_path(root).is_some_and(|written| written == path())
}

/// Whether the document is a copy of a page at an address where the newspaper has none: in an archive, in a search engine's
/// cache. The program would only find that there is no such page.
pub fn is_a_copy(root: &HtmlElement, base: &str) -> bool {
    route(base) == Route::Unknown && written_path(root).is_some_and(|written| written != path())
}

fn written_path(root: &HtmlElement) -> Option<String> {
    root.dataset().get("prerendered")
}

fn path() -> String {
    percent::decode(&window().location().pathname().unwrap_or_default())
}

fn route(base: &str) -> Route {
    let location = window().location();
    let address = location.pathname().unwrap_or_default() + &location.search().unwrap_or_default();
    address.strip_prefix(base).map_or(Route::Unknown, Address::parse)
}

thread_local! {
    /// The element of the article that stands in a written page. The program neither builds the article nor compares it: it
    /// keeps everything in this element, also when the reader leaves the page and comes back.
    static WRITTEN_ARTICLE: RefCell<Option<Element>> = const { RefCell::new(None) };
}

/// Finds the article in the document, before the program changes anything in it. Returns whether there is one.
pub fn find_article() -> bool {
    let article = document().query_selector(".article-sheet").ok().flatten();
    let is_there = article.is_some();
    WRITTEN_ARTICLE.set(article);
    is_there
}

/// Keeps the written article in its new place: `place` is its element in the document, or a new one, which gets everything
/// that is in the element before.
pub fn keep_article(place: Element) {
    if let Some(before) = WRITTEN_ARTICLE.replace(Some(place.clone()))
        && before != place
    {
        if let Some(counter) = before.get_attribute(views::COUNTER) {
            // It fails only for an invalid attribute name.
            let _ = place.set_attribute(views::COUNTER, &counter);
        }
        while let Some(node) = before.first_child() {
            // A comment is the place of a view that is gone.
            let is_place = node.node_type() == Node::COMMENT_NODE;
            let moved = if is_place {
                before.remove_child(&node)
            } else {
                place.append_child(&node)
            };
            if moved.is_err() {
                return;
            }
        }
    }
}

/// Whether the page has as many elements as were written, without those that the program keeps as they are. A translator, a
/// blocker or an extension may have added or removed some before the program started.
pub fn is_untouched(root: &HtmlElement) -> bool {
    let written = root.dataset().get("elements").and_then(|count| count.parse().ok());
    let count = |selector| {
        root.query_selector_all(selector)
            .map_or(0, |elements| elements.length())
    };
    written == Some(count("*") - count(".article-sheet *, .written *"))
}

/// Loads the document of this address, if the host has a written page for it. Otherwise, returns after the host's answer.
#[cfg(target_arch = "wasm32")]
pub async fn load_written_page() {
    use crate::backend::transport;
    use crate::model::escape_html;

    const TIMEOUT_SECONDS: u32 = 10;
    let location = window().location();
    let (Ok(path), Ok(url)) = (location.pathname(), location.href()) else {
        return;
    };
    let mark = ["data-prerendered=\"", &escape_html(&percent::decode(&path)), "\""].concat();
    let answer = transport::get(&url, &[], TIMEOUT_SECONDS).await;
    let is_there = answer.is_ok_and(|answer| answer.status == 200 && answer.body.contains(&mark));
    // The reader may have gone on meanwhile.
    if is_there && location.pathname().as_ref() == Ok(&path) {
        // A page that may not reload itself keeps what it shows.
        let _ = location.reload();
    }
}

/// A native program has no document.
#[cfg(not(target_arch = "wasm32"))]
pub async fn load_written_page() {}
