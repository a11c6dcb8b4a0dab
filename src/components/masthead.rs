//! The top of every page.

use leptos::prelude::*;

use crate::browser::effect::effect;
use crate::browser::prefetch;
use crate::model::{Address, Timestamp};
use crate::newspaper::Newspaper;
use crate::platform;

/// The newspaper's name and today's date.
#[component]
pub fn Masthead() -> impl IntoView {
    #[cfg(not(target_arch = "wasm32"))]
    if let Some(written) = super::written::written(|parts| parts.masthead) {
        return written;
    }
    let newspaper = Newspaper::from_context();
    let front = newspaper.href(Address::Front);
    let (name, description) = (newspaper.site.name.clone(), newspaper.site.description.clone());
    // Only the browser reads the clock, because a page that was written yesterday must not show yesterday's date as
    // today. A browser's table of time zones takes long to load, so the page is made before that.
    let today = RwSignal::new(String::new());
    effect(move || {
        let newspaper = newspaper.clone();
        prefetch::when_idle(move || {
            let now = newspaper.civil(Timestamp {
                unix: platform::now() as i64,
            });
            today.try_set((newspaper.words.long_date)(now));
        });
    });
    view! {
        <div class="masthead">
            <p class="masthead-date">{move || today.get()}</p>
            <p class="masthead-name"><a href=front>{name}</a></p>
            <p class="masthead-description">{description}</p>
        </div>
    }
    .into_any()
}
