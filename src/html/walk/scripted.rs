//! Parts of a page that a script would make, such as charts, players and polls: an element that is empty without the script
//! says where its content is. Where it does not, a box leads to the page that the article was published on.

use super::elements::{is_dropped, plain_name};
use super::media::embed_of;
use super::names;
use crate::html::source::{Kind, Source};
use crate::model::Embed;
use crate::platform::web_url;

/// Attributes in which players keep the id of a video, separated by spaces.
const IDS: &str = "data-videoid videoid data-video-id data-id data-youtube-id data-vimeo-id";
/// Attributes in which empty elements keep the address of what a script would put there, separated by spaces.
const ADDRESSES: &str = "data-src data-href data-url data-embed-url data-oembed-url data-video-url data-video url";
/// Elements that no script fills, or that say themselves what they are.
const PLAIN: &str = "a p b i em strong span li ul ol h1 h2 h3 h4 h5 h6 br hr table tbody tr td th img iframe video audio source \
    picture param figcaption";
/// Where pieces of code stand that a script puts into a page.
const GIST: &str = "https://gist.github.com/";
/// Parts of the names of charts and polls that a script would draw, separated by spaces: of classes and of the `id`.
const DRAWN: &str = "chart everviz survey quiz poll dataviz riddle typeform buzzsprout";

/// What an element stands for that a script would fill; `None` for any other element. `original` is the address of the
/// page that the article was published on, or empty.
pub fn scripted<S: Source>(name: &str, node: &S, original: &str) -> Option<Embed> {
    if names::has(PLAIN, plain_name(name)) {
        return None;
    }
    let read = |name: &str| node.attribute(name).filter(|value| !value.trim().is_empty());
    let of = |start: &str, id: Option<String>| embed_of(web_url("", &[start, id?.trim()].concat())?);
    let classes = read("class").unwrap_or_default();
    let own_id = read("id").unwrap_or_default();
    let has = |class: &str| names::has_any(class, &classes);
    let is = |service: &str| name.contains(service) || classes.contains(service);
    let embed = if name == "script" {
        own_id
            .strip_prefix("infogram_0_")
            .and_then(|id| page("https://infogram.com/", id))
            .or_else(|| {
                let source = read("src")?;
                let pages = [("polldaddy.com/p/", "https://poll.fm/"), (GIST, GIST)];
                pages.into_iter().find_map(|(start, site)| {
                    let (_, id) = source.split_once(start)?;
                    page(site, id.split_once(".js")?.0)
                })
            })
    } else if has("flourish-embed") {
        page("https://public.flourish.studio/", &read("data-src")?)
    } else if has("infogram-embed") {
        page("https://infogram.com/", &read("data-id")?)
    } else if has("elementor-widget-video") {
        let settings = read("data-settings")?;
        let (_, address) = settings.split_once("url\":\"")?;
        embed_of(web_url("", &address[..address.find('"')?].replace("\\/", "/"))?)
    } else if has("tableauPlaceholder") {
        let is_name = |node: &S| node.attribute("name").is_some_and(|name| name == "name");
        let view = inside(node, "param", is_name)?.attribute("value")?;
        page("https://public.tableau.com/views/", &view.replace("&#47;", "/"))
    } else if name == "tableau-viz" {
        page("https://public.tableau.com/", &read("src")?)
    } else if let Some(id) = own_id.strip_prefix("datawrapper-vis-") {
        page("https://datawrapper.dwcdn.net/", &[id, "/"].concat())
    } else if name == "svg" {
        // A drawing with words is a chart; an icon has none.
        let is_chart =
            (read("width").is_some() || read("viewbox").is_some()) && inside(node, "text", |_| true).is_some();
        page(original, "").filter(|_| is_chart)
    } else {
        let id = || IDS.split(' ').find_map(read);
        let known = if is("youtube") {
            of("https://www.youtube.com/watch?v=", id())
        } else if is("vimeo") {
            of("https://vimeo.com/", id())
        } else if is("twitter") {
            of("https://x.com/i/status/", read("data-tweetid"))
        } else if is("instagram") {
            read("data-shortcode").and_then(|id| of("https://www.instagram.com/p/", Some(id + "/")))
        } else {
            None
        };
        let names_drawn = |name: &str| DRAWN.split(' ').any(|part| name.contains(part));
        let is_drawn = || match name {
            "canvas" => true,
            "div" | "section" | "figure" | "object" => names_drawn(&classes) || names_drawn(&own_id),
            _ => plain_name(name).starts_with("amp-"),
        };
        known
            .or_else(|| ADDRESSES.split(' ').find_map(|name| of("", read(name))))
            .or_else(|| page(original, "").filter(|_| is_drawn()))
            .filter(|_| is_bare(node))
    };
    let mut embed = embed?;
    if let Some(title) = ["data-title", "aria-label", "title", "data-alt"]
        .into_iter()
        .find_map(read)
    {
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

/// Whether it shows nothing without its script.
fn is_bare<S: Source>(node: &S) -> bool {
    let mut pending = node.children();
    while let Some(next) = pending.pop() {
        match next.kind() {
            Kind::Text(text) if !text.trim().is_empty() => return false,
            Kind::Element(name) if names::has("span i button", &name) => pending.extend(next.children()),
            Kind::Element(name) if !is_dropped(&name) => return false,
            _ => {}
        }
    }
    true
}

/// The first element within the node that has this name and passes the test. Not recursive, because a document may nest
/// thousands of elements.
fn inside<S: Source>(node: &S, wanted: &str, passes: impl Fn(&S) -> bool) -> Option<S> {
    let mut pending = node.children();
    while let Some(next) = pending.pop() {
        if let Kind::Element(name) = next.kind() {
            if name == wanted && passes(&next) {
                return Some(next);
            }
            pending.extend(next.children());
        }
    }
    None
}
