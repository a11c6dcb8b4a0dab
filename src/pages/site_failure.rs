//! The view in place of the whole newspaper if `site.json` can't be used.

use leptos::prelude::*;

use crate::locale;
use crate::site::Locale;

/// The file, the place in it, and what is wrong. It is in both languages, because the newspaper's language is set in
/// the file that can't be read.
#[component]
pub fn SiteFailure(message: String) -> impl IntoView {
    let (korean, english) = (locale::words(Locale::Ko), locale::words(Locale::En));
    let reload = |_| {
        // If the page may not reload itself, the reader has to do it.
        let _ = window().location().reload();
    };
    view! {
        <main class="site-failure">
            <div lang=Locale::Ko.as_str()>
                <h1 tabindex="-1">{korean.site_unusable}</h1>
                <p>{korean.site_hint}</p>
            </div>
            <div lang=Locale::En.as_str()>
                <h2 tabindex="-1">{english.site_unusable}</h2>
                <p>{english.site_hint}</p>
            </div>
            <pre class="site-failure-message">{message}</pre>
            <p>
                <button type="button" on:click=reload>{korean.retry}" / "{english.retry}</button>
            </p>
        </main>
    }
}
