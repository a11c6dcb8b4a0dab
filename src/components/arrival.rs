use leptos::prelude::*;

use crate::markup::nothing;
use crate::navigation::{self, Arrival};
use crate::newspaper::Newspaper;

/// What a screen reader is told, politely.
#[derive(Clone, Copy)]
pub struct Announcement(pub RwSignal<String>);

/// The page's title without the newspaper's name, for who writes the page beforehand.
#[derive(Clone, Copy)]
pub struct PageTitle(pub StoredValue<String>);

/// Marks the moment when a page's content is there: document title, announcement, focus and place on the page. The title
/// is without the newspaper's name.
pub fn arrival(title: impl Into<String>) -> AnyView {
    arrival_then(title.into(), |_| {})
}

/// Like [`arrival`], and then `react` learns how the reader came.
pub fn arrival_then(title: String, react: fn(Arrival)) -> AnyView {
    let newspaper = Newspaper::from_context();
    let announcement = expect_context::<Announcement>();
    if let Some(page_title) = use_context::<PageTitle>() {
        page_title.0.set_value(title.clone());
    }
    Effect::new(move |_| {
        document().set_title(&newspaper.title(&title));
        let title = title.clone();
        // What was loaded just now is put into the document after this effect, and before the next frame.
        request_animation_frame(move || {
            let Some(arrival) = navigation::arrived() else {
                return;
            };
            // A page that was written beforehand was read out by its document's title.
            if !matches!(arrival, Arrival::Written | Arrival::Return(None)) {
                announcement.0.set(title);
            }
            react(arrival);
        });
    });
    nothing()
}
