//! Images, and embeds of other sites.

use super::Walk;
use super::line::collapse;
use crate::html::embeds;
use crate::html::source::{Kind, Source};
use crate::model::{Content, Embed, EmbedKind, ImageFile, ImageObject};
use crate::platform::web_url;

/// Attributes in which lazy-loading scripts keep the address, the best first.
const LAZY: [&str; 6] = [
    "data-src",
    "data-lazy-src",
    "data-original",
    "data-lazy",
    "data-orig-src",
    "data-orig-file",
];
const LAZY_FILES: [&str; 3] = ["srcset", "data-srcset", "data-lazy-srcset"];

/// At most this many files of an image are kept, so that `srcset` stays short.
const MAX_FILES: usize = 12;
/// The greatest width and height of an image, in pixels. Larger numbers are ignored.
const MAX_PIXELS: u32 = 20_000;

impl Walk<'_> {
    pub(super) fn image<S: Source>(&self, node: &S) -> Option<ImageObject> {
        let (width, height) = (pixels(node, "width"), pixels(node, "height"));
        if is_tracker(width, height) {
            return None;
        }
        let (url, is_lazy) = self.address(node)?;
        if is_lazy && *self.last_media.borrow() == url {
            // The copy for browsers without scripts came before it.
            return None;
        }
        url.clone_into(&mut self.last_media.borrow_mut());
        let [width, height] = [width, height].map(|pixels| pixels.filter(|pixels| *pixels > 0));
        Some(ImageObject {
            sizes: width.zip(height).map_or(Vec::new(), |size| self.files(node, size)),
            url,
            width,
            height,
            alternate_name: collapse(node.attribute("alt").unwrap_or_default().trim()),
            ..ImageObject::default()
        })
    }

    /// The address of an image or a frame, and whether it was in an attribute for lazy loading.
    fn address<S: Source>(&self, node: &S) -> Option<(String, bool)> {
        let read = |name| {
            let value = node.attribute(name)?;
            web_url(self.base, &value).filter(|_| !value.trim().is_empty())
        };
        let own = read("src").map(|url| (url, false));
        own.or_else(|| LAZY.into_iter().find_map(read).map(|url| (url, true)))
    }

    /// The files of an image of this size, in other widths.
    fn files<S: Source>(&self, node: &S, (width, height): (u32, u32)) -> Vec<ImageFile> {
        let mut files: Vec<ImageFile> = Vec::new();
        let Some(srcset) = LAZY_FILES.into_iter().find_map(|name| node.attribute(name)) else {
            return files;
        };
        for (address, descriptor) in candidates(&srcset) {
            let wide = descriptor.strip_suffix('w').and_then(|wide| wide.parse::<u32>().ok());
            let Some(wide) = wide.filter(|wide| (1..=MAX_PIXELS).contains(wide)) else {
                continue;
            };
            let high = (u64::from(wide) * u64::from(height) + u64::from(width) / 2) / u64::from(width);
            let high = u32::try_from(high).unwrap_or(u32::MAX).max(1);
            if high > MAX_PIXELS || files.iter().any(|file| file.width == wide) {
                continue;
            }
            files.extend(web_url(self.base, address).map(|url| ImageFile {
                url,
                width: wide,
                height: high,
            }));
            if files.len() == MAX_FILES {
                break;
            }
        }
        files
    }

    /// A frame, a video or a sound from another site.
    pub(super) fn embed<S: Source>(&self, name: &str, node: &S) -> Option<Embed> {
        let (kind, address) = match name {
            "iframe" => (EmbedKind::Frame, self.address(node)),
            "video" | "audio" => {
                let is_source = |child: &S| matches!(child.kind(), Kind::Element(name) if name == "source");
                let sources = || node.children().into_iter().filter(is_source);
                let address = self.address(node);
                let kind = match name {
                    "video" => EmbedKind::Video,
                    _ => EmbedKind::Audio,
                };
                (
                    kind,
                    address.or_else(|| sources().find_map(|source| self.address(&source))),
                )
            }
            _ => return None,
        };
        let (width, height) = (pixels(node, "width"), pixels(node, "height"));
        if kind == EmbedKind::Frame && is_tracker(width, height) {
            return None;
        }
        let (url, _) = address?;
        url.clone_into(&mut self.last_media.borrow_mut());
        let title = node
            .attribute("title")
            .or_else(|| node.attribute("aria-label"))
            .unwrap_or_default();
        Some(Embed {
            kind,
            title: collapse(title.trim()),
            provider: embeds::provider(&url).filter(|_| kind == EmbedKind::Frame),
            size: width.zip(height).filter(|(width, height)| *width > 1 && *height > 1),
            url,
        })
    }

    /// Whether a `noscript` contains only the image or frame just before it, which a script loads lazily.
    pub(super) fn is_repeated<S: Source>(&self, noscript: &S) -> bool {
        let mut only = None;
        for child in noscript.children() {
            match child.kind() {
                Kind::Text(text) if text.trim().is_empty() => {}
                Kind::Element(name) if only.is_none() && matches!(name.as_str(), "img" | "iframe") => {
                    only = Some(child);
                }
                Kind::Other => {}
                _ => return false,
            }
        }
        only.and_then(|node| self.address(&node))
            .is_some_and(|(url, _)| *self.last_media.borrow() == url)
    }
}

/// The embed of the last link in a quoted message; `None` if that leads to no known service.
pub fn last_embed(quotation: &Content) -> Option<Embed> {
    let mut url = None;
    quotation.walk(&mut |piece| {
        if let Content::Link(link) = piece {
            url = Some(&link.href);
        }
    });
    let url = url?.clone();
    Some(Embed {
        provider: Some(embeds::provider(&url)?),
        url,
        ..Embed::default()
    })
}

fn pixels<S: Source>(node: &S, name: &str) -> Option<u32> {
    let value = node.attribute(name)?;
    let value = value.trim();
    let number = value.strip_suffix("px").unwrap_or(value).parse().ok();
    number.filter(|pixels| *pixels <= MAX_PIXELS)
}

/// Whether an image is a tracking pixel: at most one pixel wide and at most one pixel high.
fn is_tracker(width: Option<u32>, height: Option<u32>) -> bool {
    width.is_some_and(|width| width <= 1) && height.is_some_and(|height| height <= 1)
}

/// The addresses of a `srcset` with their descriptors, parsed as HTML does it.
fn candidates(srcset: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = srcset;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(|sign: char| sign == ',' || sign.is_ascii_whitespace());
        if rest.is_empty() {
            return None;
        }
        let (address, after) = rest.split_at(rest.find(|sign: char| sign.is_ascii_whitespace()).unwrap_or(rest.len()));
        if let Some(address) = address.strip_suffix(',') {
            rest = after;
            return Some((address.trim_end_matches(','), ""));
        }
        let (descriptor, after) = after.split_once(',').unwrap_or((after, ""));
        rest = after;
        Some((address, descriptor.trim()))
    })
}
