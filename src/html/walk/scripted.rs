//! Parts of a page that a script would make, such as charts and players: an element that is empty without the script
//! says where its content is.

use super::media::embed_of;
use crate::html::source::{Kind, Source};
use crate::model::Embed;
use crate::platform::web_url;

/// What an element stands for that a script would fill; `None` for any other element.
pub fn scripted<S: Source>(name: &str, node: &S) -> Option<Embed> {
    let read = |name: &str| node.attribute(name).filter(|value| !value.trim().is_empty());
    let of = |start: &str, id: Option<String>| embed_of(web_url("", &[start, id?.trim()].concat())?);
    if let Some(kind) = name.strip_prefix("amp-") {
        return match kind {
            "youtube" => of("https://www.youtube.com/watch?v=", read("data-videoid")),
            "vimeo" => of("https://vimeo.com/", read("data-videoid")),
            "twitter" => of("https://x.com/i/status/", read("data-tweetid")),
            "instagram" => read("data-shortcode").and_then(|id| of("https://www.instagram.com/p/", Some(id + "/"))),
            "facebook" => of("", read("data-href")),
            _ => None,
        };
    }
    let classes = read("class").unwrap_or_default();
    let has = |class: &str| classes.split_ascii_whitespace().any(|known| known == class);
    let mut embed = if has("flourish-embed") {
        page("https://public.flourish.studio/", &read("data-src")?)
    } else if has("infogram-embed") {
        page("https://infogram.com/", &read("data-id")?)
    } else if has("elementor-widget-video") {
        let settings = read("data-settings")?;
        let (_, address) = settings.split_once("url\":\"")?;
        embed_of(web_url("", &address[..address.find('"')?].replace("\\/", "/"))?)
    } else if has("tableauPlaceholder") {
        let view = parameter(node, "name")?;
        page("https://public.tableau.com/views/", &view.replace("&#47;", "/"))
    } else if let Some(id) = read("id").as_deref().and_then(|id| id.strip_prefix("datawrapper-vis-")) {
        page("https://datawrapper.dwcdn.net/", &[id, "/"].concat())
    } else {
        None
    }?;
    if let Some(title) = read("data-title").or_else(|| read("aria-label")) {
        title.trim().clone_into(&mut embed.title);
    }
    Some(embed)
}

/// A page in a frame.
fn page(site: &str, path: &str) -> Option<Embed> {
    Some(Embed {
        url: web_url(site, path).filter(|url| url.starts_with(site))?,
        ..Embed::default()
    })
}

/// The value of the `param` with this name, at most two elements below.
fn parameter<S: Source>(node: &S, wanted: &str) -> Option<String> {
    let mut below = node.children();
    below.extend(below.iter().flat_map(S::children).collect::<Vec<_>>());
    let is_wanted = |child: &S| {
        matches!(child.kind(), Kind::Element(name) if name == "param")
            && child.attribute("name").as_deref() == Some(wanted)
    };
    below.into_iter().find(is_wanted)?.attribute("value")
}
