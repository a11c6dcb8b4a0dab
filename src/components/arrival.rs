use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_location;

use crate::navigation::{self, Arrival};
use crate::newspaper::Newspaper;

/// What a screen reader is told, politely.
#[derive(Clone, Copy)]
pub struct Announcement(pub RwSignal<String>);

/// Marks the moment when a page's content is there: document title, announcement, focus and place on the page. The title
/// is without the newspaper's name.
pub fn arrival(title: impl Into<String>) -> AnyView {
    arrival_then(title.into(), |_| {})
}

/// Like [`arrival`], and then `react` learns how the reader came.
pub fn arrival_then(title: String, react: fn(Arrival)) -> AnyView {
    let newspaper = Newspaper::from_context();
    let announcement = expect_context::<Announcement>();
    let location = use_location();
    let full = if title == newspaper.site.name { title.clone() } else { format!("{title} – {}", newspaper.site.name) };
    Effect::new(move |_| {
        announcement.0.set(title.clone());
        let query = location.search.get_untracked();
        let mut address = location.pathname.get_untracked();
        if !query.is_empty() {
            address = address + "?" + &query;
        }
        react(navigation::arrived(address));
    });
    Title(leptos_meta::TitleProps::builder().text(full).build()).into_any()
}
