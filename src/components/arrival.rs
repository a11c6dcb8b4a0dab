use leptos::prelude::*;
use leptos_meta::Title;

use crate::navigation;
use crate::newspaper::Newspaper;

/// Marks the moment when a page's content is there: document title, announcement, focus and place on the page.
#[component]
pub fn Arrival(
    /// The page's title, without the newspaper's name.
    #[prop(into)]
    title: String,
    /// Called where the reader did not come by Back or Forward.
    #[prop(optional)]
    on_first: Option<Callback<()>>,
) -> impl IntoView {
    let newspaper = Newspaper::from_context();
    let announce = expect_context::<Announcement>();
    let full = if title == newspaper.site.name { title.clone() } else { format!("{title} – {}", newspaper.site.name) };
    Effect::new(move |_| {
        announce.0.set(title.clone());
        if navigation::arrived()
            && let Some(on_first) = on_first
        {
            on_first.run(());
        }
    });
    view! { <Title text=full/> }
}

/// What a screen reader is told, politely.
#[derive(Clone, Copy)]
pub struct Announcement(pub RwSignal<String>);
