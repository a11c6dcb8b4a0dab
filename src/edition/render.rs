//! A page as text, made by the app's own components.

use leptos::prelude::*;
use leptos_router::location::RequestUrl;

use crate::app::{App, PageTitle};
use crate::backend::{AnyWanted, PageData};
use crate::components::{Sidebar, WrittenSidebar};
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
        view! { <Sidebar/> }.to_html()
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
    let address = [&*newspaper.base, "/", path].concat();
    let owner = Owner::new();
    let (html, title) = owner.with(|| {
        let title = StoredValue::new(String::new());
        provide_context(PageTitle(title));
        provide_context(RequestUrl::new(&address));
        if let Some(sidebar) = sidebar {
            provide_context(sidebar.clone());
        }
        // All that the page wants is asked for while its view is built, so that a page that lacks something is not
        // written twice.
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
    // Every view that shared it is gone.
    let data = std::sync::Arc::into_inner(page_data).unwrap_or_default();
    if missed.is_empty() {
        Ok(Rendered { html, title, data })
    } else {
        Err((missed, data))
    }
}
