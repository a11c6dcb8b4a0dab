//! The line of breaking news (속보) above everything.

use std::time::Duration;

use leptos::prelude::*;

use super::{Loaded, load};
use crate::backend::{Resource, Wanted};
use crate::browser::effect::effect;
use crate::browser::navigation::Announcement;
use crate::model::{Address, Breaking, Route};
use crate::newspaper::Newspaper;
use crate::platform;

/// How often the line is asked for while a page is open. An answer is kept for a while
/// (docs/decisions/0010-refresh.md), so not every time is a request.
const EVERY: Duration = Duration::from_secs(150);

/// The line of breaking news, if there is one. A line that was not there when the page came stands at the lower edge of the
/// window until the reader goes to another page, so that nothing moves (`style/masthead.css`).
#[component]
pub fn BreakingLine(
    /// The page that is shown.
    route: RwSignal<Route>,
) -> impl IntoView {
    let newspaper = Newspaper::from_context();
    if !newspaper.repository.offers(Resource::Breaking) {
        return ().into_any();
    }
    let line = load(Wanted::breaking());
    let is_late = RwSignal::new(false);
    let announcement = expect_context::<Announcement>();
    let label = newspaper.words.breaking;
    let mut before: Option<Option<String>> = None;
    effect(move || {
        let text = line.value().map(|line| line.text.clone());
        if let (Some(before), Some(now)) = (before.take(), text.as_ref().filter(|text| !text.is_empty()))
            && before.as_ref() != Some(now)
        {
            // The first answer of a page that was not written belongs to the page.
            if before.is_some() {
                announcement.say([label, now].join(" "));
            }
            if before.is_none_or(|before| before.is_empty()) {
                is_late.set(true);
            }
        }
        before = Some(text);
    });
    // It changes when the line is to be asked for on the same page.
    let tick = RwSignal::new(false);
    let mut before: Option<Route> = None;
    effect(move || {
        let route = route.get();
        let tock = !tick.get();
        // The line goes on paper, and another one comes after it.
        let ask = move || {
            tick.try_set(tock);
        };
        if let Ok(timeout) = set_timeout_with_handle(ask, EVERY) {
            on_cleanup(move || timeout.clear());
        }
        if let Some(before) = &before {
            if *before != route {
                is_late.set(false);
            }
            if !document().hidden() {
                line.again(Wanted::breaking());
            }
        }
        before = Some(route);
    });
    view! {
        <Loaded from=line skeleton=|| () failed=|_, _| ().into_any() let:line>
            <Line line=&line is_late/>
        </Loaded>
    }
    .into_any()
}

#[component]
fn Line<'a>(line: &'a Breaking, is_late: RwSignal<bool>) -> impl IntoView + use<> {
    let newspaper = Newspaper::from_context();
    let Some(until) = line.until.filter(|_| !line.text.is_empty()) else {
        return ().into_any();
    };
    let is_over = RwSignal::new(false);
    effect(move || {
        let left = (until.unix as f64 - platform::now()).max(0.0);
        let end = move || {
            is_over.try_set(true);
        };
        set_timeout(end, Duration::from_secs_f64(left));
    });
    let article = line.article.as_ref();
    let href = article
        .map(|id| newspaper.href(Address::Article(id)))
        .or_else(|| line.url.as_ref().map(|url| newspaper.local(url)));
    let text = line.text.clone();
    view! {
        <p
            class="breaking"
            data-until=until.unix.to_string()
            data-late=move || is_late.get()
            data-over=move || is_over.get()
        >
            <strong>{newspaper.words.breaking}</strong>
            " "
            {match href {
                Some(href) => view! { <a href=href>{text}</a> }.into_any(),
                None => view! { <span>{text}</span> }.into_any(),
            }}
        </p>
    }
    .into_any()
}
