use leptos::prelude::*;

use super::{Choice, choice};
use crate::markup::{el, link};
use crate::newspaper::Newspaper;

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
    let version = choice(Choice {
        key: "gisa:desktop",
        class: "site-footer-version",
        words: [words.desktop_version, words.mobile_version],
        apply: set_width,
    });
    el("footer")
        .class("site-footer")
        .attr("aria-label", words.footer)
        .child(el("ul").class("site-footer-links").children(links))
        .children(footer.lines.iter().map(|line| el("p").child(&**line)))
        .child(el("p").class("site-footer-copyright").child(&*footer.copyright))
        .child(version)
        .view()
}

fn set_width(desktop: bool) {
    let viewport = document().query_selector("meta[name=viewport]").ok().flatten();
    if let Some(viewport) = viewport {
        // Only an ill-formed attribute name could fail.
        let _ = viewport.set_attribute("content", if desktop { DESKTOP } else { RESPONSIVE });
    }
}
