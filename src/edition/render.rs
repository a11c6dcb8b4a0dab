//! Renders a page as HTML, with the app's own components.

use leptos::prelude::*;
use leptos_router::location::RequestUrl;

use crate::app::{App, PageTitle};
use crate::backend::{AnyWanted, PageData};
use crate::components::WrittenParts;
use crate::newspaper::Newspaper;

/// A rendered page.
pub struct Rendered {
    /// The content of the element `#app`.
    pub html: String,
    /// The document's title.
    pub title: String,
    /// The data of the page: everything that it shows.
    pub data: PageData,
}

/// Renders the parts that pages have alike, as they are on the page at a path below the newspaper's folder. `data` has to
/// contain everything that the sidebar shows.
pub fn render_parts(newspaper: &Newspaper, path: &str, data: PageData) -> WrittenParts {
    let address = [&*newspaper.base, "/", path].concat();
    WrittenParts::render(&newspaper.clone().with_page_data(data), &address)
}

/// Renders the page at a path below the newspaper's folder. If data is missing, the error lists what is missing, and
/// returns the data. `written` are the parts that were rendered before.
pub fn render(
    newspaper: &Newspaper,
    path: &str,
    data: PageData,
    written: WrittenParts,
) -> Result<Rendered, (Vec<AnyWanted>, PageData)> {
    let newspaper = newspaper.clone().with_page_data(data);
    let page_data = newspaper.page_data.clone();
    let address = [&*newspaper.base, "/", path].concat();
    let owner = Owner::new();
    let (html, title) = owner.with(|| {
        let title = StoredValue::new(String::new());
        provide_context(PageTitle(title));
        provide_context(RequestUrl::new(&address));
        provide_context(written);
        // The page requests all of its data while the view is built, so a page that lacks data is not rendered twice.
        let app = view! { <App newspaper/> };
        let html = if page_data.is_complete() {
            app.to_html()
        } else {
            String::new()
        };
        (html, title.get_value())
    });
    owner.cleanup();
    drop(owner);
    let missed = page_data.take_missed();
    // All views that shared it have been dropped.
    let data = std::sync::Arc::into_inner(page_data).unwrap_or_default();
    if missed.is_empty() {
        Ok(Rendered { html, title, data })
    } else {
        Err((missed, data))
    }
}
