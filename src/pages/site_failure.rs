use leptos::prelude::*;

use crate::locale;
use crate::markup::el;
use crate::model::Locale;

/// In place of everything, where `site.json` can't be used: the file, the place in it and what is wrong. In both
/// languages: which one the newspaper speaks stands in the file that can't be read.
pub fn site_failure(message: &str) -> AnyView {
    let language = |locale: Locale, title: &'static str| {
        let words = locale::words(locale);
        let title = el(title).attr("tabindex", "-1").child(words.site_unusable);
        el("div")
            .attr("lang", locale.as_str())
            .child(title)
            .child(el("p").child(words.site_hint))
    };
    let reload = |_| {
        // A page that may not reload itself is reloaded by its reader.
        let _ = window().location().reload();
    };
    let retry = format!(
        "{} / {}",
        locale::words(Locale::Ko).retry,
        locale::words(Locale::En).retry
    );
    el("main")
        .class("site-failure")
        .child(language(Locale::Ko, "h1"))
        .child(language(Locale::En, "h2"))
        .child(el("pre").class("site-failure-message").child(message))
        .child(el("p").child(el("button").attr("type", "button").on("click", reload).child(retry)))
        .view()
}
