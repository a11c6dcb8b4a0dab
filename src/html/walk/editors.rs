//! Markup of editors and content systems that HTML has other elements for: figures and galleries as `div`s, layout and
//! captions as tables.

use super::figures::captioned;
use super::flow::Place;
use super::names;
use super::tree::{bare_picture, is_break, is_gap, is_named, is_picture};
use crate::html::source::{Kind, Source};
use crate::model::{Content, plain_text};

/// A line below a picture counts as its caption if it has at most this many characters.
const MAX_CAPTION_LENGTH: usize = 150;

/// Classes of the galleries and slideshows of plug-ins, separated by spaces.
const GALLERIES: &str = "gallery tiled-gallery wp-block-jetpack-tiled-gallery foogallery envira-gallery-public modula-items \
    ngg-galleryoverview slick-track swiper-wrapper owl-carousel owl-stage carousel-inner splide__list glide__slides \
    flickity-slider elementor-gallery__container e-gallery-container et_pb_gallery_items twentytwenty-container juxtapose";
/// Classes of a picture with its caption, separated by spaces.
const FIGURES: &str =
    "wp-caption gallery-item tiled-gallery-item modula-item carousel-item end_photo_org se-section-image";
/// Classes of captions, separated by spaces.
const CAPTIONS: &str =
    "wp-caption-text gallery-caption tiled-gallery-caption carousel-caption figc img_desc se-caption";

/// The name of the element that fits the use of this one, such as `figure` for a `div` of a gallery, or `div` for a
/// table that is only layout.
pub fn role<'a, S: Source>(name: &'a str, node: &S, place: Place) -> &'a str {
    if name == "table" {
        let is_region = place != Place::Figure && is_layout(node);
        return if is_region { "div" } else { name };
    }
    if !["div", "dl", "ul", "aside", "span"].contains(&name) {
        return name;
    }
    let Some(classes) = node.attribute("class") else {
        return name;
    };
    let has = |class| classes.split_ascii_whitespace().any(|known| known == class);
    if name == "ul" {
        return match has("blocks-gallery-grid") || has("wp-block-gallery") {
            true if place == Place::Figure => "div",
            true => "figure",
            false => name,
        };
    }
    if names::has_any(FIGURES, &classes) {
        return "figure";
    }
    name
}

/// Whether it is a gallery or a slideshow of a plug-in.
pub fn is_gallery<S: Source>(node: &S) -> bool {
    node.attribute("class")
        .is_some_and(|classes| names::has_any(GALLERIES, &classes))
}

/// Whether it is the caption of a figure.
pub fn is_caption<S: Source>(name: &str, node: &S) -> bool {
    name == "figcaption"
        || node
            .attribute("class")
            .is_some_and(|classes| names::has_any(CAPTIONS, &classes))
}

/// The blocks of a table. If they are only pictures, each with a short line below it, each pair becomes a figure: old
/// editors used tables for captions.
pub fn caption_pictures(blocks: Vec<Content>) -> Vec<Content> {
    if !is_captioned(&blocks) {
        return blocks;
    }
    let mut figures = Vec::new();
    let mut picture = None;
    for block in blocks {
        match (picture.take(), block) {
            (Some(pictures), Content::Element(words)) => {
                figures.push(captioned(pictures, words.attributes, words.children));
            }
            (None, Content::Element(mut line)) if line.name.as_str() == "p" => {
                let words = line.children.split_off(2);
                let pictures = line.children.drain(..1).map(bare_picture).collect();
                figures.push(captioned(pictures, line.attributes, words));
            }
            (_, Content::Element(figure)) => picture = Some(figure.children),
            (_, other) => figures.push(other),
        }
    }
    figures
}

fn is_captioned(blocks: &[Content]) -> bool {
    let mut blocks = blocks.iter();
    let mut met = false;
    while let Some(block) = blocks.next() {
        let is_pair = if is_named(block, "figure") {
            matches!(block.children(), [picture] if is_picture(picture)) && blocks.next().is_some_and(is_short)
        } else {
            // The picture and its line are in one cell.
            is_named(block, "p")
                && matches!(block.children(), [picture, gap, words, ..]
                    if is_picture(picture) && is_break(gap) && !is_picture(words))
                && plain_text(block.children()).chars().count() <= MAX_CAPTION_LENGTH
        };
        if !is_pair {
            return false;
        }
        met = true;
    }
    met
}

/// Whether it is a paragraph short enough to be a caption.
fn is_short(block: &Content) -> bool {
    is_named(block, "p")
        && !block.children().iter().any(is_picture)
        && plain_text(block.children()).chars().count() <= MAX_CAPTION_LENGTH
}

/// Whether a table is only layout: one cell with content in each row, no heading, no caption, no lines.
fn is_layout<S: Source>(table: &S) -> bool {
    let border = table.attribute("border").unwrap_or_default();
    if !["", "0"].contains(&border.trim()) {
        return false;
    }
    let mut rows = Vec::new();
    for part in table.children() {
        match part.kind() {
            Kind::Element(name) if name == "tbody" => rows.extend(part.children()),
            Kind::Element(name) if ["caption", "thead", "tfoot"].contains(&name.as_str()) => return false,
            _ => {}
        }
    }
    rows.iter().all(|row| {
        let mut cells = 0;
        for cell in row.children() {
            match cell.kind() {
                Kind::Element(name) if name == "th" => return false,
                Kind::Element(name) if name == "td" => cells += usize::from(!is_empty(&cell)),
                _ => {}
            }
        }
        cells <= 1
    })
}

/// Whether it has nothing but white space.
fn is_empty<S: Source>(cell: &S) -> bool {
    let mut children = cell.children().into_iter();
    children.all(|child| match child.kind() {
        Kind::Text(text) => text.chars().all(is_gap),
        Kind::Element(_) => false,
        Kind::Other => true,
    })
}
