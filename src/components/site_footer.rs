use leptos::prelude::*;

use crate::markup::{el, link, live};
use crate::newspaper::Newspaper;
use crate::remember;

const DESKTOP_KEY: &str = "gisa:desktop";
const DESKTOP: &str = "width=1200";
const RESPONSIVE: &str = "width=device-width, initial-scale=1";

/// Who makes the newspaper, and the switch between the width of the device and the width of a desktop.
pub fn site_footer() -> AnyView {
    let newspaper = Newspaper::from_context();
    let words = newspaper.words;
    let footer = &newspaper.site.footer;
    let links = footer.links.iter().filter_map(|item| {
        let href = newspaper.link(&item.url)?;
        Some(el("li").child(link(href).attr("rel", "external").child(&*item.name)))
    });
    let desktop = RwSignal::new(false);
    Effect::new(move |_| {
        if remember::knows(DESKTOP_KEY) {
            desktop.set(true);
            set_viewport(DESKTOP);
        }
    });
    let switch = move |_| {
        let wanted = !desktop.get_untracked();
        desktop.set(wanted);
        set_viewport(if wanted { DESKTOP } else { RESPONSIVE });
        remember::set(DESKTOP_KEY, wanted);
    };
    let label = move || {
        if desktop.get() {
            words.mobile_version
        } else {
            words.desktop_version
        }
        .to_owned()
        .into_any()
    };
    el("footer")
        .class("site-footer")
        .attr("aria-label", words.footer)
        .child(el("ul").class("site-footer-links").children(links))
        .children(footer.lines.iter().map(|line| el("p").child(&**line)))
        .child(el("p").class("site-footer-copyright").child(&*footer.copyright))
        .child(
            el("button")
                .class("site-footer-version")
                .attr("type", "button")
                .on("click", switch)
                .child(live(label)),
        )
        .view()
}

fn set_viewport(content: &str) {
    let viewport = document().query_selector("meta[name=viewport]").ok().flatten();
    if let Some(viewport) = viewport {
        // Only an ill-formed attribute name could fail.
        let _ = viewport.set_attribute("content", content);
    }
}
