//! The foot of every page.

use leptos::prelude::*;

use super::Choice;
use crate::newspaper::Newspaper;
use crate::text::telephone;

const DESKTOP: &str = "width=1200";
const RESPONSIVE: &str = "width=device-width, initial-scale=1";

/// Who makes the newspaper, and the switch between the width of the device and the width of a desktop.
#[component]
pub fn SiteFooter() -> impl IntoView {
    let newspaper = Newspaper::from_context();
    let words = newspaper.words;
    let footer = &newspaper.site.footer;
    let links = footer.links.iter().filter_map(|item| {
        let href = newspaper.link(&item.url)?;
        Some(view! { <li><a href=href rel="external">{item.name.clone()}</a></li> }.into_any())
    });
    let lines = footer
        .lines
        .iter()
        .map(|line| view! { <p>{with_telephones(line)}</p> }.into_any());
    view! {
        <footer class="site-footer" aria-label=words.footer>
            <ul class="site-footer-links">{links.collect_view()}</ul>
            {lines.collect_view()}
            <p class="site-footer-copyright">{footer.copyright.clone()}</p>
            <Choice
                key="gisa:desktop"
                class="site-footer-version"
                words=[words.desktop_version, words.mobile_version]
                apply=set_width
            />
        </footer>
    }
}

/// The text of a line, in which telephone numbers are links.
fn with_telephones(line: &str) -> Vec<AnyView> {
    let mut pieces = Vec::new();
    let mut rest = line;
    while let Some(number) = telephone::find(rest) {
        let text = &rest[number.clone()];
        let href = ["tel:", text].concat();
        if number.start > 0 {
            pieces.push(rest[..number.start].to_owned().into_any());
        }
        pieces.push(view! { <a href=href rel="external">{text.to_owned()}</a> }.into_any());
        rest = &rest[number.end..];
    }
    if !rest.is_empty() || pieces.is_empty() {
        pieces.push(rest.to_owned().into_any());
    }
    pieces
}

fn set_width(is_desktop: bool) {
    let viewport = document().query_selector("meta[name=viewport]").ok().flatten();
    if let Some(viewport) = viewport {
        // It fails only for an invalid attribute name.
        let _ = viewport.set_attribute("content", if is_desktop { DESKTOP } else { RESPONSIVE });
    }
}
