use leptos::prelude::*;

use crate::locale;
use crate::model::Locale;

/// In place of everything, where `site.json` can't be used. In both languages: which one the newspaper speaks stands in
/// the file that can't be read.
#[component]
pub fn SiteFailure(
    /// The file, the place in it and what is wrong.
    message: String,
) -> impl IntoView {
    let languages = [Locale::Ko, Locale::En].map(|locale| {
        let words = locale::words(locale);
        let title = match locale {
            Locale::Ko => view! { <h1 tabindex="-1">{words.site_unusable}</h1> }.into_any(),
            Locale::En => view! { <h2>{words.site_unusable}</h2> }.into_any(),
        };
        view! { <div lang=locale.as_str()>{title}<p>{words.site_hint}</p></div> }
    });
    let retry = locale::words(Locale::Ko).retry;
    view! {
        <main class="site-failure">
            {languages.collect_view()}
            <pre class="site-failure-message">{message}</pre>
            <button type="button" on:click=|_| { let _ = window().location().reload(); }>{retry} " / Try again"</button>
        </main>
    }
    .into_any()
}
