//! Images, and embeds of other sites.

use super::Walk;
use super::line::collapse;
use crate::html::embeds;
use crate::html::source::{Kind, Source};
use crate::model::{Content, Embed, EmbedKind, ImageFile, ImageObject};
use crate::platform::{composed, web_url};
use crate::text::{WebAddress, percent};

/// Attributes in which lazy-loading scripts keep the address of the file that they put in place of another one, the best
/// first.
const LATE: [&str; 5] = [
    "data-src",
    "data-lazy-src",
    "data-original",
    "data-lazy",
    "data-orig-src",
];
const LATE_FILES: [&str; 3] = ["data-srcset", "data-lazy-srcset", "srcset"];
/// Names of files that hold a picture's place, without their ending.
const PLACEHOLDERS: [&str; 13] = [
    "blank",
    "spacer",
    "transparent",
    "trans",
    "1x1",
    "pixel",
    "grey",
    "gray",
    "dummy",
    "clear",
    "loading",
    "preloader",
    "ajax-loader",
];
/// What Naver is asked for instead of a blurred preview: the picture 966 pixels wide.
const NAVER_WIDTH: &str = "type=w966";

/// At most this many files of an image are kept, so that `srcset` stays short.
const MAX_FILES: usize = 12;
/// The greatest width and height of an image, in pixels. Larger numbers are ignored.
const MAX_PIXELS: u32 = 20_000;

impl Walk<'_> {
    pub(super) fn image<S: Source>(&self, node: &S) -> Option<ImageObject> {
        self.image_at(node, self.address(node)?)
    }

    /// The image of a `picture`: its `img`; if that has no address, the first file of the others.
    pub(super) fn picture<S: Source>(&self, picture: &S) -> Option<ImageObject> {
        let children = picture.children();
        let is = |child: &&S, wanted: &str| matches!(child.kind(), Kind::Element(name) if name == wanted);
        let img = children.iter().find(|child| is(child, "img"))?;
        let address = self.address(img).or_else(|| {
            let mut sources = children.iter().filter(|child| is(child, "source"));
            sources.find_map(|source| self.largest(source))
        });
        self.image_at(img, address?)
    }

    /// A picture that an element has as its background, if the element is there for it.
    pub(super) fn background<S: Source>(&self, node: &S) -> Option<ImageObject> {
        let style = node.attribute("style").filter(|_| self.has_media)?;
        let (_, address) = style.split_once("url(")?;
        let is_picture = node.attribute("role").is_some_and(|role| role == "img")
            || node
                .attribute("class")
                .is_some_and(|classes| classes.contains("cover") || classes.contains("slide"));
        let address = address.split_once(')')?.0.trim_matches(['"', '\'', ' ']);
        Some(ImageObject {
            url: web_url(self.base, address).filter(|url| is_picture && !holds_place(url))?,
            alternate_name: words(node, "aria-label"),
            ..ImageObject::default()
        })
    }

    fn image_at<S: Source>(&self, node: &S, (url, is_late): (String, bool)) -> Option<ImageObject> {
        let [width, height] = ["width", "height"].map(|name| pixels(node, name));
        if is_late && *self.last_media.borrow() == url {
            // The copy for browsers without scripts came before it.
            return None;
        }
        if !is_late && is_tracker(width, height) {
            return None;
        }
        url.clone_into(&mut self.last_media.borrow_mut());
        // The size of what held its place is not the picture's.
        let least = if is_late { 2 } else { 1 };
        let [width, height] = [width, height].map(|pixels| pixels.filter(|pixels| *pixels >= least));
        Some(ImageObject {
            sizes: width.zip(height).map_or(Vec::new(), |size| self.files(node, size)),
            url,
            width,
            height,
            alternate_name: words(node, "alt"),
            ..ImageObject::default()
        })
    }

    /// The address of an image or a frame, and whether a script would have put it in place.
    fn address<S: Source>(&self, node: &S) -> Option<(String, bool)> {
        let read = |name| {
            let value = node.attribute(name)?;
            let url = web_url(self.base, &value).filter(|_| !value.trim().is_empty())?;
            Some(whole(url)).filter(|url| !holds_place(url))
        };
        let late = || LATE.into_iter().find_map(read).map(|url| (url, true));
        late()
            .or_else(|| read("src").map(|url| (url, false)))
            .or_else(|| read("data-orig-file").map(|url| (url, true)))
            .or_else(|| self.largest(node))
    }

    /// The widest file of an image that has no address of its own.
    fn largest<S: Source>(&self, node: &S) -> Option<(String, bool)> {
        // Such as `800w`, `1.5x`, or nothing; browsers ignore a file with anything else.
        let width = |descriptor: &str| {
            if descriptor.is_empty() {
                return Some(0);
            }
            let number = descriptor.strip_suffix(['w', 'x'])?;
            number.split('.').next()?.parse::<u32>().ok()
        };
        let files = LATE_FILES.into_iter().filter_map(|name| node.attribute(name));
        let mut best = None;
        for files in files {
            for (address, descriptor) in candidates(&files) {
                if let Some(width) = width(descriptor)
                    && best.as_ref().is_none_or(|(known, _)| width > *known)
                    && let Some(url) = web_url(self.base, address).filter(|url| !holds_place(url))
                {
                    best = Some((width, url));
                }
            }
        }
        best.map(|(_, url)| (url, true))
    }

    /// The files of an image of this size, in other widths.
    fn files<S: Source>(&self, node: &S, (width, height): (u32, u32)) -> Vec<ImageFile> {
        let mut files: Vec<ImageFile> = Vec::new();
        let Some(srcset) = LATE_FILES.into_iter().find_map(|name| node.attribute(name)) else {
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

/// The words in an attribute.
fn words<S: Source>(node: &S, name: &str) -> String {
    composed(&collapse(node.attribute(name).unwrap_or_default().trim())).into_owned()
}

fn pixels<S: Source>(node: &S, name: &str) -> Option<u32> {
    let value = node.attribute(name)?;
    let value = value.trim();
    let number = value.strip_suffix("px").unwrap_or(value).parse().ok();
    number.filter(|pixels| *pixels <= MAX_PIXELS)
}

/// The address of the whole file, where a service's address asks for a small or blurred one.
fn whole(url: String) -> String {
    let Some(address) = WebAddress::parse(&url) else {
        return url;
    };
    let of = |site: &str| address.host == site || address.host.ends_with(&[".", site].concat());
    let parameter = |name: &str| address.query.split('&').find_map(|pair| pair.strip_prefix(name));
    if of("daumcdn.net") && address.path.starts_with("/thumb/") {
        let file = parameter("fname=").and_then(|file| web_url("", &percent::decode(file)));
        return file.unwrap_or(url);
    }
    match parameter("type=w") {
        Some(width) if of("pstatic.net") && width.ends_with("_blur") => {
            url.replace(&["type=w", width].concat(), NAVER_WIDTH)
        }
        _ => url,
    }
}

/// Whether the file only holds the place of a picture that a script would load.
fn holds_place(url: &str) -> bool {
    let path = WebAddress::parse(url).map_or("", |address| address.path);
    let name = path[path.rfind('/').map_or(0, |slash| slash + 1)..].to_ascii_lowercase();
    let stem = name.split_once('.').map_or(&*name, |(stem, _)| stem);
    PLACEHOLDERS.contains(&stem) || stem.starts_with("placeholder") || stem.starts_with("lazy")
}

/// The embed of an address: a file that the browser plays, or a page of a known service.
pub fn embed_of(url: String) -> Option<Embed> {
    let path = WebAddress::parse(&url)?.path.to_ascii_lowercase();
    let ends = |endings: &[&str]| endings.iter().any(|ending| path.ends_with(ending));
    let kind = if ends(&[".mp4", ".webm", ".m4v", ".mov", ".ogv"]) {
        EmbedKind::Video
    } else if ends(&[".mp3", ".m4a", ".ogg", ".oga", ".wav", ".aac", ".flac"]) {
        EmbedKind::Audio
    } else {
        EmbedKind::Frame
    };
    let provider = match kind {
        EmbedKind::Frame => Some(embeds::provider(&url)?),
        _ => None,
    };
    Some(Embed {
        kind,
        provider,
        url,
        ..Embed::default()
    })
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
