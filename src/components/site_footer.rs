use leptos::prelude::*;

use crate::newspaper::Newspaper;

const STORAGE_KEY: &str = "gisa:desktop";
const DESKTOP: &str = "width=1200";
const RESPONSIVE: &str = "width=device-width, initial-scale=1";

/// Who makes the newspaper, and the switch between the width of the device and the width of a desktop.
#[component]
pub fn SiteFooter() -> impl IntoView {
    let newspaper = Newspaper::from_context();
    let words = newspaper.words;
    let footer = &newspaper.site.footer;
    let lines = footer.lines.iter().map(|line| view! { <p>{line.clone()}</p> }).collect_view();
    let links = footer
        .links
        .iter()
        .filter_map(|link| {
            let href = newspaper.link(&link.url)?;
            Some(view! { <li><a href=href rel="external">{link.name.clone()}</a></li> })
        })
        .collect_view();
    let copyright = footer.copyright.clone();
    let desktop = RwSignal::new(false);
    Effect::new(move |_| {
        let stored = storage().and_then(|storage| storage.get_item(STORAGE_KEY).ok().flatten());
        if stored.is_some() {
            desktop.set(true);
            set_viewport(DESKTOP);
        }
    });
    let switch = move |_| {
        let wanted = !desktop.get_untracked();
        desktop.set(wanted);
        set_viewport(if wanted { DESKTOP } else { RESPONSIVE });
        if let Some(storage) = storage() {
            // Without storage the choice lasts as long as the page.
            let _ = if wanted { storage.set_item(STORAGE_KEY, "1") } else { storage.remove_item(STORAGE_KEY) };
        }
    };
    view! {
        <footer class="site-footer" aria-label=words.footer>
            <ul class="site-footer-links">{links}</ul>
            {lines}
            <p class="site-footer-copyright">{copyright}</p>
            <button type="button" class="site-footer-version" on:click=switch>
                {move || if desktop.get() { words.mobile_version } else { words.desktop_version }}
            </button>
        </footer>
    }
    .into_any()
}

fn storage() -> Option<web_sys::Storage> {
    web_sys::window()?.local_storage().ok().flatten()
}

fn set_viewport(content: &str) {
    let viewport = document().query_selector("meta[name=viewport]").ok().flatten();
    if let Some(viewport) = viewport {
        // Only an ill-formed attribute name could fail.
        let _ = viewport.set_attribute("content", content);
    }
}
