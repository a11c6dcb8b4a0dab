use leptos::prelude::*;

use crate::markup::{div, el, link, live};
use crate::model::{Address, Timestamp};
use crate::newspaper::Newspaper;
use crate::platform;

/// The newspaper's name and today's date.
pub fn masthead() -> AnyView {
    let newspaper = Newspaper::from_context();
    let name = link(newspaper.href(Address::Front)).child(&*newspaper.site.name);
    let description = el("p")
        .class("masthead-description")
        .child(&*newspaper.site.description);
    // The clock is read in the browser only: a page that was written yesterday must not say so.
    let today = RwSignal::new(String::new());
    Effect::new(move |_| {
        let now = newspaper.civil(Timestamp {
            unix: platform::now() as i64,
        });
        today.set((newspaper.words.long_date)(now));
    });
    div("masthead")
        .child(
            el("p")
                .class("masthead-date")
                .child(live(move || today.get().into_any())),
        )
        .child(el("p").class("masthead-name").child(name))
        .child(description)
        .view()
}
