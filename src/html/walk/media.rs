//! Images, and embeds of other sites.

use super::Walk;
use super::line::collapse;
use super::names;
use super::tree::is_blank;
use crate::html::embeds;
use crate::html::source::{Kind, Source};
use crate::model::{Content, Embed, EmbedKind, ImageFile, ImageObject};
use crate::platform::{composed, web_url};
use crate::text::{WebAddress, percent};

/// Attributes in which lazy-loading scripts keep the address of the file that they put in place of another one, the best
/// first, separated by spaces.
const LATE: &str = "data-src data-lazy-src data-original data-lazy data-orig-src data-lazyload data-lazysrc data-echo \
    data-hi-res-src data-image-src data-actualsrc data-org-src data-src-fg data-envira-src data-src-cmplz data-cmplz-src \
    data-cookieblock-src data-fallback-src";
/// Attributes that may have the address of a file, for elements whose other addresses only hold a place. The best is first.
const MAYBE: &str = "src data-orig-file data-full-src data-full data-image data-url data-large-file";
/// Attributes with the address of an element's background.
const BACKGROUNDS: &str = "data-bg data-background-image data-background data-bg-image data-thumbnail";
const LATE_FILES: [&str; 3] = ["data-srcset", "data-lazy-srcset", "srcset"];
/// Words in the names of files that hold a picture's place, separated by spaces.
const PLACEHOLDERS: &str = "blank spacer transparent trans 1x1 2x2 1px pixel grey gray dummy clear loading preloader loader \
    lazy lazyload placeholder noimage noimg";
/// Words that may stand beside them.
const BESIDE: &str = "ajax img image images bg load no gif small default";
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
        let img = children.iter().find(|child| is(child, "img")).unwrap_or(picture);
        let address = self.address(img).or_else(|| {
            let mut sources = children.iter().filter(|child| is(child, "source"));
            sources.find_map(|source| self.largest(source))
        });
        self.image_at(img, address?)
    }

    /// A picture that an element has as its background, if the element is there for it.
    pub(super) fn background<S: Source>(&self, node: &S) -> Option<ImageObject> {
        let is_picture = node.attribute("role").is_some_and(|role| role == "img")
            || node
                .attribute("class")
                .is_some_and(|classes| classes.contains("cover") || classes.contains("slide"));
        if !is_picture || !self.has_media {
            return None;
        }
        let in_style = |style: String| Some(style.split_once("url(")?.1.split_once(')')?.0.to_owned());
        let in_data = |name| {
            node.attribute(name)
                .map(|value| in_style(value.clone()).unwrap_or(value))
        };
        let address = node.attribute("style").and_then(in_style);
        let address = address.or_else(|| BACKGROUNDS.split(' ').find_map(in_data))?;
        let address = address.trim_matches(['"', '\'', ' ']);
        Some(ImageObject {
            url: web_url(self.base, address).filter(|url| !holds_place(url))?,
            alternate_name: words(node, "aria-label"),
            ..ImageObject::default()
        })
    }

    fn image_at<S: Source>(&self, node: &S, (url, is_late): (String, bool)) -> Option<ImageObject> {
        let [width, height] = ["width", "height"].map(|name| pixels(node, name));
        if is_late && is_same_file(&self.last_media.borrow(), &url) {
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

    /// The absolute address of an image or a frame; `None` if it is none, or that of a file that only holds a place.
    fn file(&self, value: &str) -> Option<String> {
        let url = web_url(self.base, value).filter(|_| !value.trim().is_empty())?;
        Some(whole(url)).filter(|url| !holds_place(url))
    }

    /// The address of an image or a frame, and whether a script would have put it in place.
    fn address<S: Source>(&self, node: &S) -> Option<(String, bool)> {
        let read = |name| self.file(&node.attribute(name)?);
        let late = LATE.split(' ').find_map(read).map(|url| (url, true));
        late.or_else(|| MAYBE.split(' ').find_map(|name| Some((read(name)?, name != "src"))))
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
            // Of old players, only those are known that are pages now.
            "embed" => {
                let address = self.address(node);
                (
                    EmbedKind::Frame,
                    address.filter(|(url, _)| embeds::provider(url).is_some()),
                )
            }
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
            poster: match kind {
                EmbedKind::Video => node.attribute("poster").and_then(|poster| self.file(&poster)),
                _ => None,
            },
            url,
        })
    }

    /// Whether a `noscript` contains only the image or frame just before it, which a script loads lazily. Where that is a
    /// small preview of the image, the image takes its place.
    pub(super) fn is_repeated<S: Source>(&self, noscript: &S, before: &mut [Content]) -> bool {
        let Some(twin) = self.only_media(noscript) else {
            return false;
        };
        let Some((url, _)) = self.address(&twin) else {
            return false;
        };
        let last = self.last_media.borrow().clone();
        if is_same_file(&last, &url) {
            return true;
        }
        // A small preview of the same file came first.
        if file_name(&url).is_empty() || file_name(&url) != file_name(&last) {
            return false;
        }
        match last_image(before).zip(self.image(&twin)) {
            Some((image, whole)) => {
                *image = whole;
                true
            }
            None => false,
        }
    }

    /// The image, frame or link within an element that shows nothing else.
    fn only_media<S: Source>(&self, node: &S) -> Option<S> {
        let mut only = None;
        let mut pending = node.children();
        while let Some(next) = pending.pop() {
            match next.kind() {
                Kind::Text(text) if text.trim().is_empty() => {}
                Kind::Element(name) if only.is_none() && names::has("img iframe", &name) => only = Some(next),
                Kind::Element(name) if names::has("source picture a p div span figure", &name) => {
                    pending.extend(next.children());
                }
                Kind::Other => {}
                _ => return None,
            }
        }
        only
    }
}

/// The last image of some content, if nothing stands after it.
fn last_image(content: &mut [Content]) -> Option<&mut ImageObject> {
    match content.iter_mut().rev().take(2).find(|piece| !is_blank(piece))? {
        Content::Image(image) => Some(image),
        Content::Link(link) => last_image(&mut link.children),
        Content::Element(element) => last_image(&mut element.children),
        _ => None,
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
    if of("wixstatic.com")
        && url.contains(",blur_")
        && let Some((file, _)) = url.split_once("/v1/")
    {
        return file.to_owned();
    }
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
    let name = file_name(url).to_ascii_lowercase();
    let stem = name.split_once('.').map_or(&*name, |(stem, _)| stem);
    let words = || stem.split(['-', '_']);
    stem.starts_with("placeholder")
        || (words().any(|word| names::has(PLACEHOLDERS, word))
            && words().all(|word| names::has(PLACEHOLDERS, word) || names::has(BESIDE, word)))
}

/// Whether both addresses are of one file or frame.
fn is_same_file(one: &str, other: &str) -> bool {
    let frame = |url: &str| embeds::provider(url).map(|provider| provider.frame);
    one == other || frame(one).is_some_and(|one| Some(one) == frame(other)) || {
        // What follows the name of a file only says how it is sent.
        let path = |url: &str| url.find('?').unwrap_or(url.len());
        one[..path(one)] == other[..path(other)] && file_name(one).contains('.')
    }
}

/// The last part of an address's path.
fn file_name(url: &str) -> &str {
    let path = WebAddress::parse(url).map_or("", |address| address.path);
    &path[path.rfind('/').map_or(0, |slash| slash + 1)..]
}

/// Whether a script would load the file of an image.
pub fn is_late<S: Source>(node: &S) -> bool {
    LATE.split(' ').any(|name| node.attribute(name).is_some())
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
