//! A page as text, made by the app's own components.

use leptos::prelude::*;

use crate::app::app;
use crate::backend::{AnyWanted, PageData};
use crate::components::{PageTitle, WrittenSidebar, sidebar};
use crate::navigation::Location;
use crate::newspaper::Newspaper;

/// A page that was rendered.
pub struct Rendered {
    /// What stands in `#app`.
    pub html: String,
    /// The document's title.
    pub title: String,
    /// What the page brings along, with everything that it shows.
    pub data: PageData,
}

/// The sidebar as text. `data` has all that it shows.
pub fn render_sidebar(newspaper: &Newspaper, data: PageData) -> WrittenSidebar {
    let owner = Owner::new();
    let html = owner.with(|| {
        provide_context(newspaper.clone().with_page_data(data));
        sidebar().to_html()
    });
    owner.cleanup();
    WrittenSidebar(html.into())
}

/// Renders the page at a path below the newspaper's folder, or says what it lacks. `sidebar` is the page's sidebar, where
/// it was rendered before.
pub fn render(
    newspaper: &Newspaper,
    path: &str,
    data: PageData,
    sidebar: Option<&WrittenSidebar>,
) -> Result<Rendered, (Vec<AnyWanted>, PageData)> {
    let newspaper = newspaper.clone().with_page_data(data);
    let page_data = newspaper.page_data.clone();
    let location = [&*newspaper.base, "/", path].concat();
    let owner = Owner::new();
    let (html, title) = owner.with(|| {
        let title = StoredValue::new(String::new());
        provide_context(PageTitle(title));
        if let Some(sidebar) = sidebar {
            provide_context(sidebar.clone());
        }
        let location = Location(RwSignal::new(location));
        let html = app(newspaper, location).to_html();
        (html, title.get_value())
    });
    owner.cleanup();
    drop(owner);
    let missed = page_data.take_missed();
    // Every view that shared it is gone.
    let data = std::sync::Arc::into_inner(page_data).unwrap_or_default();
    if missed.is_empty() {
        Ok(Rendered { html, title, data })
    } else {
        Err((missed, data))
    }
}
