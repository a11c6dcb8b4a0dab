//! Content written as canonical HTML, for the tests that compare trees: the native parser's and the browser's.

use gisa::model::{Content, Embed, EmbedKind, ImageObject};

/// Attributes in stored order, text escaped, nothing added for looks. An image is `<img src width height alt srcset>` with
/// what it has, an embed `<embed-box url title>` with `kind`, `provider`, `frame`, `size` and `poster` where they are not the usual.
pub fn write(content: &[Content]) -> String {
    let mut html = String::new();
    for piece in content {
        append(piece, &mut html);
    }
    html
}

fn append(piece: &Content, html: &mut String) {
    match piece {
        Content::Text(text) => html.push_str(&escape(text)),
        Content::Element(element) => {
            let name = element.name.as_str();
            start(html, name, &element.attributes);
            if element.name.is_void() {
                return;
            }
            // A parser drops the first line break of a `pre`.
            if let ("pre", Some(Content::Text(text))) = (name, element.children.first())
                && text.starts_with('\n')
            {
                html.push('\n');
            }
            html.push_str(&write(&element.children));
            end(html, name);
        }
        Content::Link(link) => {
            let mut attributes = vec![("href", link.href.clone())];
            attributes.extend(link.id.clone().map(|id| ("id", id)));
            start(html, "a", &attributes);
            html.push_str(&write(&link.children));
            end(html, "a");
        }
        Content::Image(image) => start(html, "img", &image_attributes(image)),
        Content::Embed(embed) => {
            start(html, "embed-box", &embed_attributes(embed));
            end(html, "embed-box");
        }
    }
}

fn image_attributes(image: &ImageObject) -> Vec<(&'static str, String)> {
    let pixels = |name: &'static str, pixels: Option<u32>| pixels.map(|pixels| (name, pixels.to_string()));
    let mut attributes = vec![("src", image.url.clone())];
    attributes.extend(pixels("width", image.width));
    attributes.extend(pixels("height", image.height));
    attributes.push(("alt", image.alternate_name.clone()));
    let files: Vec<String> = image
        .sizes
        .iter()
        .map(|file| format!("{} {}x{}", file.url, file.width, file.height))
        .collect();
    if !files.is_empty() {
        attributes.push(("srcset", files.join(", ")));
    }
    attributes
}

fn embed_attributes(embed: &Embed) -> Vec<(&'static str, String)> {
    let mut attributes = vec![("url", embed.url.clone()), ("title", embed.title.clone())];
    if embed.kind != EmbedKind::Frame {
        attributes.push(("kind", embed.kind.element().to_owned()));
    }
    if let Some(provider) = &embed.provider {
        attributes.push(("provider", provider.name.to_owned()));
        attributes.push(("frame", provider.frame.clone()));
    }
    if let Some((width, height)) = embed.size {
        attributes.push(("size", format!("{width}x{height}")));
    }
    attributes.extend(embed.poster.clone().map(|poster| ("poster", poster)));
    attributes
}

fn start(html: &mut String, name: &str, attributes: &[(&'static str, String)]) {
    html.push('<');
    html.push_str(name);
    for (attribute, value) in attributes {
        html.push_str(&format!(" {attribute}=\"{}\"", escape(value).replace('"', "&quot;")));
    }
    html.push('>');
}

fn end(html: &mut String, name: &str) {
    html.push_str(&format!("</{name}>"));
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
