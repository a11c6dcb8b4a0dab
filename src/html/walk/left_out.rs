//! Parts of a body that are not the author's words: what a content system, its plug-ins or a theme put there for their
//! own pages, such as share buttons, a player's clock or the messages of a form.

use super::names;
use crate::html::source::{Kind, Source};

/// Classes of such parts, separated by spaces.
const CLASSES: &str = "sr-only blind screen-reader-text visually-hidden visuallyhidden show-for-sr \
    assistive-text elementor-screen-only more-link read-more readmore kg-audio-player adsbygoogle \
    another_category container_postbtn";

/// What the classes of such parts begin with, separated by spaces.
const CLASS_BEGINNINGS: &str = "sharedaddy sd-block jp-relatedposts sharing addtoany_ a2a_ addthis_ heateor_ sfsi essb_ \
    ssba swp_s social-share sns-share share-b mashsb et_social_ simplesocialbuttons wp-block-jetpack-sharing yarpp crp_ \
    rp4wp wp_rp_ related-posts relpost wp-block-jetpack-related kk-star-ratings post-ratings post-views wp_ulike \
    kg-signup-card kg-audio-thumbnail kg-video-player kg-video-overlay mejs-controls mejs-offscreen mejs-layer \
    plyr__control vjs-control vjs-text jw-control wpcf7 wpforms- gform_ mc4wp- mailpoet_ ninja-forms forminator- tnp- wp-block-jetpack-subscriptions wp-block-mailpoet jetpack_subscription hs-form fluentform swiper-button \
    swiper-pagination swiper-notification slick-arrow slick-dots flex-direction-nav naver-splugin google-auto";

/// Parts of classes whose elements a script shows when the reader asks for them.
const FOLDED: [&str; 6] = ["tab", "accordion", "toggle", "collaps", "panel", "faq"];

/// The nodes within this node without such parts.
pub fn shown<S: Source>(node: &S) -> Vec<S> {
    let mut children = node.children();
    children.retain(|child| !is_left_out(child));
    children
}

/// Whether it is such a part, or is never shown.
fn is_left_out<S: Source>(node: &S) -> bool {
    let Kind::Element(name) = node.kind() else {
        return false;
    };
    // The button that folds something up has its heading.
    if name == "button" && node.attribute("aria-expanded").is_none() && node.attribute("aria-controls").is_none() {
        return true;
    }
    let classes = node.attribute("class").unwrap_or_default();
    let is_foreign = |class: &str| names::has(CLASSES, class) || names::has_beginning_of(CLASS_BEGINNINGS, class);
    if classes.split_ascii_whitespace().any(is_foreign) {
        return true;
    }
    if is_hidden(node) || is_hidden_class(&classes) {
        return !FOLDED.iter().any(|part| classes.contains(part))
            && node.attribute("role").is_none_or(|role| role != "tabpanel");
    }
    // The button of a file block leads to the same file as the link before it.
    name == "a" && classes.contains("wp-block-file__button") && node.attribute("aria-describedby").is_some()
}

/// Whether it has a class that hides it in windows of every width.
fn is_hidden_class(classes: &str) -> bool {
    let mut names = classes.split_ascii_whitespace();
    names.any(|class| ["d-none", "hidden"].contains(&class)) && !classes.contains(':') && !classes.contains("-block")
}

fn is_hidden<S: Source>(node: &S) -> bool {
    // What a search in the page finds is shown then.
    if node.attribute("hidden").is_some_and(|hidden| hidden != "until-found") {
        return true;
    }
    let style = node.attribute("style").unwrap_or_default().to_ascii_lowercase();
    let mut rules = style.split(';').filter_map(|rule| rule.split_once(':'));
    rules.any(|(name, value)| match name.trim() {
        "display" => value.trim().starts_with("none"),
        "visibility" => value.trim().starts_with("hidden"),
        _ => false,
    })
}
