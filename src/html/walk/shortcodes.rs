//! Shortcodes: words in square brackets that a content system or a page builder replaces when it shows a text, such as
//! `[vc_row]`. In a text that was not shown by it, they are still there. Those that only arrange the page go, and the
//! words between them stay; those that mean something become that. What an author wrote in brackets stays.

use super::line::collapse;
use super::media::embed_of;
use super::names;
use super::tree::element;
use crate::model::{Content, ImageObject};
use crate::platform::{composed, web_url};
use crate::text::WebAddress;

/// What the names of page builders' shortcodes begin with, separated by spaces.
const BUILDERS: &str = "vc_ et_pb_ fusion_ av_ fl_ su_ td_ tdc_ tie_ bs- elementor- cs_ x_ ux_ mk_ ult_ dt_";

/// Other known names, separated by spaces.
const NAMES: &str = "gallery audio video embed playlist youtube vimeo soundcloud contact-form-7 gravityform wpforms \
    metaslider smartslider3 rev_slider toc row column col tabs tab accordion toggle spoiler button spacer divider \
    one_half one_third two_third one_fourth three_fourth dropcap highlight columns section";

/// The greatest length of a shortcode, in bytes.
const MAX_LENGTH: usize = 8_000;

struct Shortcode<'a> {
    name: &'a str,
    is_closing: bool,
    /// What stands between the name and the bracket.
    inside: &'a str,
}

/// The text without shortcodes, and what they stand for, in order. `None` if there are none.
pub fn without_shortcodes(text: &str, has_media: bool) -> Option<Vec<Content>> {
    let mut pieces = Vec::new();
    let mut words = String::new();
    let mut rest = text;
    let mut is_any = false;
    while let Some(start) = rest.find('[') {
        let (before, bracket) = rest.split_at(start);
        words.push_str(before);
        match shortcode(bracket) {
            Some((shortcode, after)) if shortcode.is_known() => {
                is_any = true;
                if let Some(meant) = shortcode.meant().filter(|_| has_media) {
                    pieces.push(Content::Text(collapse(&std::mem::take(&mut words))));
                    pieces.push(meant);
                }
                rest = after;
            }
            _ => {
                words.push('[');
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
    let is_part = |sign: char| sign.is_ascii_lowercase() || sign.is_ascii_digit() || sign == '_' || sign == '-';
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

impl<'a> Shortcode<'a> {
    fn is_known(&self) -> bool {
        // A caption is read with its picture.
        if self.name == "caption" || self.name == "wp_caption" {
            return false;
        }
        let is_listed = names::has(NAMES, self.name) || names::has_beginning_of(BUILDERS, self.name);
        let has_attribute = || {
            let mut signs = self.inside.chars();
            let is_quoted =
                signs.any(|sign| sign == '=') && signs.next().is_some_and(|sign| quote_kind(sign).is_some());
            is_quoted && self.inside.starts_with(' ')
        };
        is_listed || has_attribute() || (self.is_closing && self.name.contains(['_', '-']))
    }

    /// What it stands for, if it has that in itself.
    fn meant(&self) -> Option<Content> {
        if self.is_closing {
            return None;
        }
        let is = |part: &str| self.name.contains(part);
        if is("heading") {
            return self.attribute("text").map(heading);
        }
        if ["tab", "toggle", "accordion", "section", "spoiler", "faq"]
            .iter()
            .any(|part| is(part))
            && let Some(title) = self.attribute("title")
        {
            return Some(heading(title));
        }
        let mut addresses = self.inside.match_indices("http").filter_map(|(start, _)| {
            let address = &self.inside[start..];
            let end = address.find(|sign: char| sign.is_whitespace() || quote_kind(sign).is_some());
            web_url("", &address[..end.unwrap_or(address.len())])
        });
        if is("image") || is("img") {
            let url = addresses.find(|url| ends_as_image(url))?;
            return Some(Content::Image(ImageObject {
                url,
                alternate_name: composed(self.attribute("alt").unwrap_or_default()).into_owned(),
                ..ImageObject::default()
            }));
        }
        addresses.find_map(embed_of).map(Content::Embed)
    }

    fn attribute(&self, name: &str) -> Option<&'a str> {
        let mut places = self.inside.match_indices(name);
        let value = places.find_map(|(start, _)| {
            let value = self.inside[start + name.len()..].strip_prefix('=')?;
            let is_whole = self.inside[..start].ends_with(char::is_whitespace);
            let mut signs = value.chars();
            let kind = quote_kind(signs.next()?)?;
            let value = signs.as_str();
            let end = value.find(|sign| quote_kind(sign) == Some(kind))?;
            is_whole.then_some(value[..end].trim())
        });
        value.filter(|value| !value.is_empty())
    }
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
