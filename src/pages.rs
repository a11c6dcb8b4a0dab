//! One file a page: each joins the repository to the components.

mod article;
mod front;
mod loaded_page;
mod not_found;
mod page_failure;
mod photos;
mod print;
mod ranking;
mod search;
mod section;
mod site_failure;
mod today;

pub use site_failure::SiteFailure;

use leptos::prelude::*;

use crate::browser::navigation::Arrival;
use crate::model::Route;

/// A page: what its title is and what it shows. The app does what belongs to arriving at it.
pub struct Page {
    /// Without the newspaper's name. None while what the page is about is on its way.
    pub title: Signal<Option<String>>,
    pub body: AnyView,
    /// What else happens when the reader arrives.
    pub on_arrival: Option<fn(Arrival)>,
}

impl Page {
    /// A page at which nothing happens but arriving.
    fn new(title: Signal<Option<String>>, body: impl IntoView + 'static) -> Self {
        Page {
            title,
            body: body.into_any(),
            on_arrival: None,
        }
    }
}

/// A title that is known at once.
fn fixed(title: impl Into<String>) -> Signal<Option<String>> {
    Signal::stored(Some(title.into()))
}

/// The page that is asked for, made anew for each address, so that no page has to follow its own.
pub fn page(route: Route) -> Page {
    match route {
        Route::Front => front::front_page(),
        Route::Article(id) => article::article_page(&id),
        Route::Print(id) => print::print_page(&id),
        Route::Section(slug, page) => section::section_page(slug, page),
        Route::Ranking(period) => ranking::ranking_page(period),
        Route::Photos(page) => photos::photos_page(page),
        Route::Today => today::today_page(),
        Route::Search(query, page) => search::search_page(query.trim(), page),
        Route::Unknown => not_found::not_found_page(),
    }
}
