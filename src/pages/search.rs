use leptos::prelude::*;

use super::{heading, page_failure};
use crate::backend::{Resource, Wanted, encode_query};
use crate::components::skeletons::list_skeleton;
use crate::components::{arrival, load, pager, search_form, story_list};
use crate::markup::{div, el, fragment};
use crate::model::{Address, ArticleList};
use crate::newspaper::Newspaper;

/// The search form, and what was found.
pub fn search_page(query: &str, page: u32) -> AnyView {
    let newspaper = Newspaper::from_context();
    let words = newspaper.words;
    let query = query.trim().to_owned();
    let notice = |notice: &'static str| {
        fragment([
            arrival(words.search),
            heading(words.search),
            el("p").class("empty").child(notice).view(),
        ])
    };
    if !newspaper.repository.offers(Resource::Search) {
        return notice(words.search_not_offered);
    }
    let form = search_form(&query);
    if query.is_empty() {
        let needs_script = el("p").class("script-notice").child(words.search_needs_script).view();
        return fragment([form, needs_script, notice(words.type_to_search)]);
    }
    let results = load(
        Wanted::search(&query, page),
        list_skeleton,
        |error, retry| page_failure(Newspaper::from_context().words.search, error, retry),
        move |list: &ArticleList| results_view(&Newspaper::from_context(), &query, list),
    );
    div("search-page").child(form).child(results).view()
}

fn results_view(newspaper: &Newspaper, query: &str, list: &ArticleList) -> AnyView {
    let words = newspaper.words;
    let title = (words.results)(query, list.total);
    let found = if list.items.is_empty() && list.page.unwrap_or(1) == 1 {
        el("p").class("empty").child((words.no_results)(query)).view()
    } else {
        story_list(&list.items, "h2")
    };
    let pages = pager(list, |page| {
        format!(
            "{}?q={}&page={page}",
            newspaper.href(Address::Search),
            encode_query(query)
        )
    });
    fragment([arrival(&*title), heading(&title), found, pages])
}
