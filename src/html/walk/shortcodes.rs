//! Shortcodes: words in square brackets that a content system or a page builder replaces when it shows a text, such as
//! `[vc_row]`. In a text that was not shown by it, they are still there. Those that only arrange the page go, and the
//! words between them stay; those that mean something become that. What an author wrote in brackets stays.

use super::line::collapse;
use super::media::embed_of;
use super::names;
use super::tree::element;
use crate::model::{Content, ImageObject, Link};
use crate::platform::{composed, web_url};
use crate::text::{WebAddress, percent};

/// What the names of page builders' shortcodes begin with, separated by spaces.
const BUILDERS: &str = "vc_ et_pb_ fusion_ av_ fl_ su_ td_ tdc_ tie_ bs- elementor- cs_ x_ ux_ mk_ ult_ dt_";

/// Other known names, separated by spaces.
const NAMES: &str = "gallery embed playlist toc youtube vimeo soundcloud tweet instagram facebook googlemaps contact-form \
    contact-form-7 contact-field gravityform wpforms metaslider smartslider3 spacer divider clear addtoany yarpp \
    sharethis-inline-buttons print-me";
/// Names that are words, too: shortcodes only if they stand alone, separated by spaces.
const WORDS: &str = "audio video row column col tabs tab accordion toggle spoiler button dropcap highlight columns section box \
    icon gap space clearfix separator container";
/// Parts of the names of shortcodes whose title is shown, separated by spaces.
const TITLED: &str = "tab toggle accordion section spoiler faq blurb cta alert callout slide box";

/// The greatest length of a shortcode, in bytes.
const MAX_LENGTH: usize = 8_000;
/// The end of a shortcode with an unknown name is looked for in so many bytes.
const MAX_AHEAD: usize = 1_000;

struct Shortcode<'a> {
    name: &'a str,
    is_closing: bool,
    /// What stands between the name and the bracket.
    inside: &'a str,
}

/// The text without shortcodes, and what they stand for, in order. `None` if there are none.
pub fn without_shortcodes(text: &str, base: &str, has_media: bool) -> Option<Vec<Content>> {
    let mut pieces = Vec::new();
    let mut words = String::new();
    let mut rest = text;
    let mut is_any = false;
    let mut has_words = false;
    while let Some(start) = rest.find('[') {
        let (before, bracket) = rest.split_at(start);
        words.push_str(before);
        has_words |= !before.trim().is_empty();
        let is_escaped = bracket.starts_with("[[");
        match shortcode(&bracket[usize::from(is_escaped)..]) {
            // `[[gallery]]` is how an author writes of a shortcode. It stays as it is, so that it is none when it is read
            // again.
            Some((_, after)) if is_escaped && after.starts_with(']') => {
                let end = bracket.len() - after.len() + 1;
                words.push_str(&bracket[..end]);
                rest = &bracket[end..];
            }
            Some((shortcode, after)) if !is_escaped && shortcode.is_known(has_words, after) => {
                is_any = true;
                rest = after;
                let content = &after[..after.find('[').unwrap_or(0)];
                if let Some(meant) = shortcode.meant(content, base).filter(|_| has_media) {
                    pieces.push(Content::Text(collapse(&std::mem::take(&mut words))));
                    pieces.push(meant);
                    if ends_as_image(content) {
                        rest = &after[content.len()..];
                    }
                }
                if shortcode.name.contains("_raw_") && !shortcode.is_closing {
                    // Markup that is encoded.
                    rest = &after[content.len()..];
                } else if shortcode.is_closing && rest.starts_with('[') && !rest.starts_with("[/") {
                    words.push(' ');
                }
            }
            _ => {
                words.push('[');
                has_words = true;
                rest = &bracket[1..];
            }
        }
    }
    words.push_str(rest);
    pieces.push(Content::Text(collapse(&words)));
    is_any.then_some(pieces)
}

/// The shortcode at the beginning of a text, and what follows it.
fn shortcode(text: &str) -> Option<(Shortcode<'_>, &str)> {
    let text = text.strip_prefix('[')?;
    let (is_closing, text) = text.strip_prefix('/').map_or((false, text), |text| (true, text));
    let is_part = |sign: char| sign.is_ascii_alphanumeric() || sign == '_' || sign == '-';
    let (name, after) = text.split_at(text.find(|sign| !is_part(sign))?);
    let mut quote = None;
    let mut before = ' ';
    for (index, sign) in after.char_indices().take_while(|(index, _)| *index < MAX_LENGTH) {
        let kind = quote_kind(sign);
        match quote {
            None if sign == ']' => {
                let inside = &after[..index];
                return (!name.is_empty()).then_some((
                    Shortcode {
                        name,
                        is_closing,
                        inside,
                    },
                    &after[index + 1..],
                ));
            }
            None if sign == '[' => return None,
            None if before == '=' && kind.is_some() => quote = kind,
            Some(_) if kind == quote => quote = None,
            _ => {}
        }
        before = sign;
    }
    None
}

/// Which kind of quotation mark it is: WordPress makes curved ones of straight ones.
fn quote_kind(sign: char) -> Option<bool> {
    match sign {
        '"' | '“' | '”' | '″' => Some(true),
        '\'' | '‘' | '’' | '′' => Some(false),
        _ => None,
    }
}

impl Shortcode<'_> {
    /// Whether it is one. `has_words` says whether words stand before it, `after` is the text behind it.
    fn is_known(&self, has_words: bool, after: &str) -> bool {
        // A caption is read with its picture.
        if self.name == "caption" || self.name == "wp_caption" {
            return false;
        }
        let has_attribute = || {
            let mut signs = self.inside.chars();
            let is_quoted =
                signs.any(|sign| sign == '=') && signs.next().is_some_and(|sign| quote_kind(sign).is_some());
            self.inside.starts_with(' ') && is_quoted || self.inside.starts_with(" id=")
        };
        let ends = || {
            let near = &after[..after.floor_char_boundary(MAX_AHEAD)];
            near.contains(&["[/", self.name, "]"].concat())
        };
        let is_alone = || !has_words && matches!(after.trim_start().chars().next(), None | Some('['));
        // No author writes an underscore into a word.
        let has_sign = || self.name.contains('_') && self.name.contains(|sign: char| sign.is_ascii_alphabetic());
        if self.name.contains(|sign: char| sign.is_ascii_uppercase()) {
            return has_sign();
        }
        self.is_closing
            || names::has(NAMES, self.name)
            || names::has_beginning_of(BUILDERS, self.name)
            || has_sign()
            || has_attribute()
            || (names::has(WORDS, self.name) && (is_alone() || self.inside.contains("http")))
            || ends()
    }

    /// What it stands for, if it has that in itself.
    fn meant(&self, content: &str, base: &str) -> Option<Content> {
        if self.is_closing {
            return None;
        }
        let is = |part: &str| self.name.contains(part);
        let attribute = |name| attribute(self.inside, name);
        if is("heading") {
            return attribute("text").map(heading);
        }
        if (is("btn") || is("button"))
            && let Some(words) = attribute("title").or_else(|| attribute("button_text"))
        {
            let address = attribute("link").or_else(|| attribute("button_url"));
            let address =
                address.map(|address| address.trim_start_matches("url:").split('|').next().unwrap_or_default());
            let words = Content::Text(composed(words).into_owned());
            let link = address.and_then(|address| web_url(base, &percent::decode(address)));
            let words = match link {
                Some(href) => Content::Link(Link {
                    href,
                    id: None,
                    children: vec![words],
                }),
                None => words,
            };
            return Some(element("p", Vec::new(), vec![words]));
        }
        if TITLED.split(' ').any(is)
            && let Some(title) = attribute("title").or_else(|| attribute("heading"))
        {
            return Some(heading(title));
        }
        for (name, site) in [("youtube", "https://youtu.be/"), ("vimeo", "https://vimeo.com/")] {
            let id = attribute("id").unwrap_or(self.inside.trim());
            if is(name) && !id.contains([':', '=']) {
                return embed_of([site, id].concat()).map(Content::Embed);
            }
        }
        let mut addresses = self.inside.match_indices("http").filter_map(|(start, _)| {
            let address = &self.inside[start..];
            let end = address.find(|sign: char| sign.is_whitespace() || quote_kind(sign).is_some());
            web_url("", &address[..end.unwrap_or(address.len())])
        });
        if is("image") || is("img") {
            let url = addresses.find(|url| ends_as_image(url)).or_else(|| {
                let url = web_url(base, content.trim())?;
                ends_as_image(&url).then_some(url)
            })?;
            return Some(Content::Image(ImageObject {
                url,
                alternate_name: composed(attribute("alt").unwrap_or_default()).into_owned(),
                ..ImageObject::default()
            }));
        }
        addresses.find_map(embed_of).map(Content::Embed)
    }
}

/// The value of an attribute of a shortcode, from what stands after its name.
pub fn attribute<'a>(inside: &'a str, name: &str) -> Option<&'a str> {
    let mut places = inside.match_indices(name);
    let value = places.find_map(|(start, _)| {
        let value = inside[start + name.len()..].strip_prefix('=')?;
        let is_whole = inside[..start].ends_with(char::is_whitespace);
        let mut signs = value.chars();
        let kind = quote_kind(signs.next()?)?;
        let value = signs.as_str();
        let end = value.find(|sign| quote_kind(sign) == Some(kind))?;
        is_whole.then_some(value[..end].trim())
    });
    value.filter(|value| !value.is_empty())
}

fn heading(words: &str) -> Content {
    element("h3", Vec::new(), vec![Content::Text(composed(words).into_owned())])
}

fn ends_as_image(url: &str) -> bool {
    let path = WebAddress::parse(url)
        .map_or("", |address| address.path)
        .to_ascii_lowercase();
    [".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".svg"]
        .iter()
        .any(|ending| path.ends_with(ending))
}
