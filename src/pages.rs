//! One file for each page. A page asks the repository for data and gives it to components.

mod article;
mod front;
mod not_found;
mod page_failure;
mod photos;
mod print;
mod ranking;
mod search;
mod section;
mod site_failure;
mod today;

pub use article::rehearse_article;
pub use site_failure::SiteFailure;

use leptos::prelude::*;

use crate::browser::navigation::Arrival;
use crate::model::Route;

/// A page: its title and its body. The app does everything else when a reader arrives at it.
pub struct Page {
    /// The title without the newspaper's name; `None` while the page's data is loading.
    pub title: Signal<Option<String>>,
    pub body: AnyView,
    /// What the page does when the reader arrives, besides the usual.
    pub on_arrival: Option<fn(Arrival)>,
}

impl Page {
    /// A page that does nothing special when the reader arrives.
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

/// The page of a route. A new page is made for each address, so a page does not have to react to changes of the
/// address.
pub fn page(route: Route) -> Page {
    match route {
        Route::Front => front::front_page(),
        Route::Article(id) => article::article_page(&id),
        Route::Print(id) => print::print_page(&id),
        Route::Section(slug, page) => section::section_page(slug, page),
        Route::Ranking(period, metric) => ranking::ranking_page(period, metric),
        Route::Photos(page) => photos::photos_page(page),
        Route::Today => today::today_page(),
        Route::Search(query, page) => search::search_page(query.trim(), page),
        Route::Unknown => not_found::not_found_page(),
    }
}
