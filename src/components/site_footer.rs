//! The foot of every page.

use leptos::prelude::*;

use super::{Choice, ChoiceWords};
use crate::newspaper::Newspaper;
use crate::text::telephone;

/// Who makes the newspaper, and the switch between the width of the device and the width of a desktop.
#[component]
pub fn SiteFooter() -> impl IntoView {
    #[cfg(not(target_arch = "wasm32"))]
    if let Some(written) = super::written::written(|parts| parts.footer) {
        return written;
    }
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
            <button class="site-footer-version" type="button" on:click=|_| Choice::Desktop.switch()>
                <ChoiceWords words=[words.desktop_version, words.mobile_version]/>
            </button>
        </footer>
    }
    .into_any()
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
