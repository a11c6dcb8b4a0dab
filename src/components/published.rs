//! The date of an article.

use leptos::prelude::*;

use crate::model::Timestamp;
use crate::newspaper::Newspaper;

/// The date of an article in a list, in the newspaper's time zone.
#[component]
pub fn Published(time: Timestamp) -> impl IntoView {
    let newspaper = Newspaper::from_context();
    let civil = newspaper.civil(time);
    view! { <time class="published" datetime=civil.iso()>{(newspaper.words.short_date)(civil)}</time> }
}
