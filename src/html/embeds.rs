//! The services that newspapers embed: which service an address belongs to, and the address of its frame.
//!
//! The frame's address is made only from the parts that are named here. Anything else that an author or an attacker has
//! added, such as tracking or autoplay, is dropped.

#[cfg(test)]
mod tests;

use crate::model::Provider;
use crate::text::{WebAddress, percent};

const YOUTUBE: &str = "https://www.youtube-nocookie.com";
const VIMEO: &str = "https://player.vimeo.com";
const X: &str = "https://platform.twitter.com";
const INSTAGRAM: &str = "https://www.instagram.com";
const FACEBOOK: &str = "https://www.facebook.com";
const NAVER_TV: &str = "https://tv.naver.com";
const KAKAO_TV: &str = "https://play-tv.kakao.com";

/// The origins of all frames that [`provider`] gives. A page's policy may refuse all others.
pub const FRAME_ORIGINS: [&str; 14] = [
    YOUTUBE,
    VIMEO,
    X,
    INSTAGRAM,
    FACEBOOK,
    NAVER_TV,
    KAKAO_TV,
    "https://google.com",
    "https://www.google.com",
    "https://google.co.kr",
    "https://www.google.co.kr",
    "https://maps.google.com",
    "https://maps.google.co.kr",
    "https://map.kakao.com",
];

/// The service of an absolute address, with the address of its frame; `None` if it is not from a known service.
pub fn provider(url: &str) -> Option<Provider> {
    let address = plain_address(url)?;
    let segments = address.segments();
    let segments = segments.as_slice();
    let host = address
        .host
        .strip_prefix("www.")
        .or_else(|| address.host.strip_prefix("m."))
        .unwrap_or(address.host);
    let (name, frame) = match host {
        "youtube.com" | "music.youtube.com" | "youtu.be" | "youtube-nocookie.com" => {
            ("YouTube", youtube(host, segments, &address)?)
        }
        "vimeo.com" | "player.vimeo.com" => ("Vimeo", vimeo(segments, &address)?),
        "x.com" | "twitter.com" | "mobile.twitter.com" | "platform.twitter.com" => ("X", x(segments, &address)?),
        "instagram.com" => ("Instagram", instagram(segments)?),
        "facebook.com" | "web.facebook.com" | "fb.watch" => ("Facebook", facebook(url, host, segments, &address)?),
        "tv.naver.com" => match segments {
            ["v" | "embed", id, ..] => ("Naver TV", [NAVER_TV, "/embed/", number(id)?].concat()),
            _ => return None,
        },
        "tv.kakao.com" | "play-tv.kakao.com" => match segments {
            ["v", id] | [.., "cliplink", id] => {
                let id = number(id)?;
                ("Kakao TV", [KAKAO_TV, "/embed/player/cliplink/", id].concat())
            }
            _ => return None,
        },
        "google.com" | "google.co.kr" | "maps.google.com" | "maps.google.co.kr" => {
            ("Google Maps", google_maps(segments, &address)?)
        }
        "map.kakao.com" if segments.contains(&"embed") => ("Kakao Map", over_https(&address)?),
        _ => return None,
    };
    Some(Provider { name, frame })
}

/// Whether it is the address of a place on a map. Such a page can be opened, but not shown in a frame.
pub fn is_map(url: &str) -> bool {
    plain_address(url).is_some_and(|address| match address.host {
        "map.kakao.com" | "place.map.kakao.com" | "m.map.kakao.com" | "map.naver.com" | "maps.app.goo.gl" => true,
        "www.google.com" | "www.google.co.kr" | "maps.google.com" => address.path.starts_with("/maps"),
        _ => false,
    })
}

/// The parts of an absolute web address. `None` if there is a user name, a password or a port: the services don't use
/// them, and they can make one host look like another.
fn plain_address(url: &str) -> Option<WebAddress<'_>> {
    let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b".-".contains(&byte);
    WebAddress::parse(url).filter(|address| address.user.is_empty() && address.host.bytes().all(is_plain))
}

/// The same address with `https:`; `None` if no frame may come from its host.
fn over_https(address: &WebAddress) -> Option<String> {
    let is_host = |origin: &&&str| origin.strip_prefix("https://") == Some(address.host);
    let origin = FRAME_ORIGINS.iter().find(is_host)?;
    let mark = if address.query.is_empty() { "" } else { "?" };
    Some([origin, address.path, mark, address.query].concat())
}

/// The value of a parameter in a query or a fragment, without decoding.
fn parameter<'a>(query: &'a str, name: &str) -> Option<&'a str> {
    let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    pairs
        .find(|(known, value)| *known == name && !value.is_empty())
        .map(|(_, value)| value)
}

fn youtube(host: &str, segments: &[&str], address: &WebAddress) -> Option<String> {
    let list = parameter(address.query, "list").and_then(word);
    let id = match segments {
        [id] if host == "youtu.be" => id,
        ["watch"] => parameter(address.query, "v")?,
        ["playlist"] => "videoseries",
        ["embed" | "shorts" | "live" | "v", id, ..] => id,
        _ => return None,
    };
    let id = word(id)?;
    let mut frame = [YOUTUBE, "/embed/", id].concat();
    if id == "videoseries" {
        frame.push_str("?list=");
        frame.push_str(list?);
        return Some(frame);
    }
    let start = ["start", "t"]
        .iter()
        .find_map(|name| parameter(address.query, name).or_else(|| parameter(address.fragment, name)));
    if let Some(seconds) = start.and_then(seconds) {
        frame.push_str("?start=");
        frame.push_str(&seconds.to_string());
    }
    Some(frame)
}

fn vimeo(segments: &[&str], address: &WebAddress) -> Option<String> {
    let (id, key) = match segments {
        ["video", id] | ["channels", _, id] | ["groups", _, "videos", id] | [id] => (id, parameter(address.query, "h")),
        // An unlisted video, which only people with its address can see.
        [id, key] => (id, Some(*key)),
        _ => return None,
    };
    let mut frame = [VIMEO, "/video/", number(id)?].concat();
    if let Some(key) = key {
        frame.push_str("?h=");
        frame.push_str(word(key)?);
    }
    if let Some(start) = parameter(address.fragment, "t").and_then(seconds) {
        frame.push_str("#t=");
        frame.push_str(&start.to_string());
        frame.push('s');
    }
    Some(frame)
}

fn x(segments: &[&str], address: &WebAddress) -> Option<String> {
    let id = match segments {
        ["i", "web", "status", id, ..] | [_, "status" | "statuses", id, ..] => id,
        ["embed", "Tweet.html"] => parameter(address.query, "id")?,
        _ => return None,
    };
    Some([X, "/embed/Tweet.html?id=", number(id)?].concat())
}

fn instagram(segments: &[&str]) -> Option<String> {
    // The address of a post may begin with the author's name.
    let segments = match segments {
        [_, rest @ ..] if matches!(rest.first(), Some(&("p" | "reel"))) => rest,
        _ => segments,
    };
    match segments {
        [kind @ ("p" | "reel" | "tv"), id, ..] => Some([INSTAGRAM, "/", kind, "/", word(id)?, "/embed"].concat()),
        _ => None,
    }
}

fn facebook(url: &str, host: &str, segments: &[&str], address: &WebAddress) -> Option<String> {
    let plugin = match segments {
        // This is the address of a frame already; its `href` says what it shows. If that is such an address again, it
        // is not followed, because an author could nest them as deep as a text is long.
        ["plugins", "post.php" | "video.php"] => {
            let href = percent::decode(parameter(address.query, "href")?);
            let is_plugin = plain_address(&href)?.segments().first() == Some(&"plugins");
            return (!is_plugin)
                .then(|| provider(&href))?
                .filter(|inner| inner.name == "Facebook")
                .map(|inner| inner.frame);
        }
        [_, "videos", ..] | ["reel", _] => "video",
        ["watch"] if parameter(address.query, "v").is_some() => "video",
        [_] if host == "fb.watch" => "video",
        [_, "posts", ..] => "post",
        ["permalink.php" | "story.php"] if parameter(address.query, "story_fbid").is_some() => "post",
        _ => return None,
    };
    let mut frame = [FACEBOOK, "/plugins/", plugin, ".php?href="].concat();
    percent::append(url, b"", &mut frame);
    Some(frame)
}

fn google_maps(segments: &[&str], address: &WebAddress) -> Option<String> {
    let is_embed = match segments {
        ["maps", "embed", ..] | ["maps", "d", .., "embed"] => true,
        [] | ["maps"] => parameter(address.query, "output") == Some("embed"),
        _ => false,
    };
    is_embed.then(|| over_https(address))?
}

/// The seconds in the address of a video: `90`, `90s`, `1h2m3s`.
fn seconds(text: &str) -> Option<u32> {
    let mut total = 0u32;
    let mut count = None;
    for sign in text.chars() {
        if let Some(digit) = sign.to_digit(10) {
            count = Some(count.unwrap_or(0u32).checked_mul(10)?.checked_add(digit)?);
            continue;
        }
        let unit = match sign {
            'h' => 3600,
            'm' => 60,
            's' => 1,
            _ => return None,
        };
        total = total.checked_add(count.take()?.checked_mul(unit)?)?;
    }
    total.checked_add(count.unwrap_or(0)).filter(|total| *total > 0)
}

/// A service's id, if it has only letters, digits, `-` and `_`.
fn word(text: &str) -> Option<&str> {
    let is_word = (1..=64).contains(&text.len())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
    is_word.then_some(text)
}

fn number(text: &str) -> Option<&str> {
    word(text).filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()))
}
