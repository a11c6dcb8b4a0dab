//! Parts of a body that are not the author's words: what a content system, its plug-ins or a theme put there for their
//! own pages, such as share buttons, a player's clock or the messages of a form.

use super::media::is_late;
use super::names;
use crate::html::source::{Kind, Source};

/// Classes of such parts, separated by spaces.
const CLASSES: &str = "blind screen-reader-text visuallyhidden show-for-sr assistive-text elementor-screen-only a11y-hidden \
    element-invisible hide-text more-link read-more readmore link-more readmore-link kg-audio-player adsense cloned clone \
    slick-cloned swiper-slide-duplicate splide__slide--clone carousel-indicators sharing highcharts-credits";

/// What the names of such parts begin with, separated by spaces: their classes, their `id` or their element.
const BEGINNINGS: &str = "sharedaddy sd-block jp-relatedposts sharing-b sharing_b addtoany_ a2a_ addthis_ heateor_ sfsi essb_ ssba ssb- \
    swp_s social-share social_share article-share article_share post-share sns-share sns_ sns-list share-b share_ share-sns \
    btn_share btn-share kakao_share kakao-share sharethis- shared-counts wpsr- novashare monarch scriptlesssocial wpusb dpsp- \
    mashsb et_social_ simplesocialbuttons wp-block-jetpack-sharing yarpp crp_ rp4wp wp_rp_ related-post relatedposts \
    contextual-related ai_related_ rpwwt awac- relpost wp-block-jetpack-related kk-star-ratings post-ratings post-views \
    wp_ulike saboxplugin pp-multiple-authors abh_box entry-meta back-to-top print-link slideshowlink another_category \
    container_postbtn revenue_unit tt_adsense adsbygoogle kakao_ad google-auto ad-container ad-label advertisement \
    ai-viewport amp-ad amp-analytics amp-pixel amp-state amp-auto-ads amp-sticky-ad amp-social amp-sidebar amp-user- amp-consent kg-signup-card kg-audio-thumbnail \
    kg-video-player kg-video-overlay mejs-controls mejs-offscreen mejs-layer plyr__control vjs-control vjs-text vjs-modal \
    jw-control powerpress_links ssp- wpcf7 wpforms- gform_ mc4wp- mc_embed_ mailpoet_ ninja-forms forminator- tnp- convertkit- \
    formkit- ml-form- klaviyo- substack- subscription-widget newsletter-signup newsletter-form stibee stb_subscribe \
    wp-block-jetpack-subscriptions wp-block-mailpoet jetpack_subscription hs-form fluentform wp-polls-loading cookie-notice \
    cookie-law cmplz-cookie cky- CybotCookie onetrust- BorlabsCookie moove_gdpr gdpr- toc_container ez-toc- lwptoc \
    swiper-button swiper-pagination swiper-notification swiper-scrollbar slick-arrow slick-dots owl-nav owl-dots flex-control- \
    flex-direction-nav bx-controls bx-pager carousel-control splide__arrow splide__pagination ck-widget__ ck-reset \
    naver-splugin wp-block-accordion-heading__toggle-icon";

/// Parts of classes whose elements a script shows when the reader asks for them, separated by spaces.
const FOLDED: &str = "tab ccordion toggle collaps panel faq spoiler more";

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
    let classes = node.attribute("class").unwrap_or_default();
    let is_folded = || FOLDED.split(' ').any(|part| classes.contains(part));
    // The button that folds something up has its heading.
    if name == "button" {
        let folds = ["aria-expanded", "aria-controls", "data-toggle", "data-bs-toggle"];
        return !is_folded() && folds.iter().all(|name| node.attribute(name).is_none());
    }
    let is_foreign = |name: &str| {
        names::has(CLASSES, name)
            || names::has_beginning_of(BEGINNINGS, name)
            || name.contains("sr-only")
            || name.contains("visually-hidden")
    };
    // Only an element that a script defines has a hyphen in its name.
    let is_foreign_element = name.contains('-') && is_foreign(&name);
    let is_foreign_id = || node.attribute("id").is_some_and(|id| is_foreign(&id));
    if is_foreign_element || is_foreign_id() || classes.split_ascii_whitespace().any(is_foreign) {
        return true;
    }
    if is_hidden(node) || is_hidden_class(&classes) || (name == "dialog" && node.attribute("open").is_none()) {
        // A picture that a script would load is hidden until then.
        let is_shown_later = is_folded() || (name == "img" && is_late(node));
        return !is_shown_later && node.attribute("role").is_none_or(|role| role != "tabpanel");
    }
    // The button of a file block leads to the same file as the link before it.
    name == "a" && classes.contains("wp-block-file__button") && node.attribute("aria-describedby").is_some()
}

/// Whether it has a class that hides it in windows of every width.
fn is_hidden_class(classes: &str) -> bool {
    let mut all = classes.split_ascii_whitespace();
    all.any(|class| names::has("d-none hidden is-hidden uk-hidden hide", class))
        && !classes.contains(':')
        && !classes.contains("-block")
}

fn is_hidden<S: Source>(node: &S) -> bool {
    // What a search in the page finds is shown then.
    if node.attribute("hidden").is_some_and(|hidden| hidden != "until-found") {
        return true;
    }
    let style = node.attribute("style").unwrap_or_default().to_ascii_lowercase();
    let mut rules = style.split(';').filter_map(|rule| rule.split_once(':'));
    rules.any(|(name, value)| {
        let value = value.trim();
        match name.trim() {
            "display" => value.starts_with("none"),
            "visibility" => value.starts_with("hidden"),
            // Far outside the window.
            "left" | "text-indent" => value.starts_with("-999") || value.starts_with("-1000"),
            _ => false,
        }
    })
}
