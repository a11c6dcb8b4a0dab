//! Figures, that is pictures with captions, and galleries.

use super::Walk;
use super::attributes::Attributes;
use super::blocks::{non_empty, tighten};
use super::flow::{Flow, Place};
use super::tree::{element, is_named, is_picture};
use crate::html::source::Source;
use crate::model::{Content, Link};

impl Walk<'_> {
    /// A figure; `None` if it is empty.
    pub(super) fn figure<S: Source>(&self, node: &S, depth: usize) -> Option<Content> {
        let attributes = self.attributes("figure", node);
        let mut flow = Flow::new(Place::Figure);
        self.append_children(node, &mut flow, &mut Vec::new(), depth);
        let mut content = flow.finish();
        let is_gallery = content.iter().filter(|piece| is_picture(piece)).count() > 1;
        if is_gallery {
            content = content.into_iter().map(own_figure).collect();
        }
        if let [Content::Element(only)] = content.as_mut_slice()
            && only.name.as_str() == "figure"
        {
            if flow.captions.is_empty() && attributes.is_empty() {
                return content.pop();
            }
            if only.children.iter().all(|child| is_named(child, "figure")) {
                content = std::mem::take(&mut only.children);
            }
        }
        let caption = element("figcaption", flow.caption_attributes, tighten(flow.captions));
        content.extend(non_empty(caption));
        non_empty(element("figure", attributes, content))
    }

    /// Adds a caption to the figure under construction.
    pub(super) fn caption<S: Source>(&self, name: &str, node: &S, flow: &mut Flow, depth: usize) {
        let attributes = self.attributes(name, node);
        let mut words = self.flow(node, Place::Part, depth);
        if !words.is_empty() {
            flow.captions.append(&mut words);
            flow.caption_attributes = attributes;
        }
    }
}

/// A picture becomes a figure; other content stays as it is.
fn own_figure(content: Content) -> Content {
    if is_picture(&content) {
        element("figure", Attributes::new(), vec![content])
    } else {
        content
    }
}

/// Moves a link around a figure to those of its pictures that have no link.
pub fn link_pictures(content: &mut Content, link: &Link) {
    let Content::Element(figure) = content else { return };
    for child in &mut figure.children {
        if let Content::Image(_) = child {
            let image = std::mem::replace(child, Content::Text(String::new()));
            *child = Content::Link(Link {
                href: link.href.clone(),
                id: None,
                children: vec![image],
            });
        } else if is_named(child, "figure") {
            link_pictures(child, link);
        }
    }
}

/// A figure of pictures and a caption, which may be empty.
pub fn captioned(mut pictures: Vec<Content>, attributes: Attributes, caption: Vec<Content>) -> Content {
    if !caption.is_empty() {
        pictures.push(element("figcaption", attributes, caption));
    }
    element("figure", Vec::new(), pictures)
}
