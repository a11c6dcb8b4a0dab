use schemars::JsonSchema;

use super::addresses;
use crate::json::{ReadError, Reader};
use crate::model::{Site, SiteError, read_site};
use crate::newspaper::Newspaper;
use crate::platform;

/// What `site.json` says of the newspaper to machines. Pages don't show it, so the browser only accepts the fields.
#[derive(Clone, Debug, Default, PartialEq, JsonSchema)]
#[schemars(rename_all = "camelCase")]
pub struct Publication {
    /// The newspaper's logo, for search engines, feeds, and links to pages without a picture: the address of a PNG or
    /// JPEG, relative to this file or absolute.
    pub logo: Option<String>,
    /// The picture that browsers show beside a page's title: the address of an SVG, PNG or ICO, relative to this file or
    /// absolute.
    pub icon: Option<String>,
    /// The same newspaper in other languages; the front pages name one another to search engines.
    #[schemars(default)]
    pub editions: Vec<Edition>,
}

/// The same newspaper in another language.
#[derive(Clone, Debug, PartialEq, JsonSchema)]
#[schemars(rename_all = "camelCase", deny_unknown_fields)]
pub struct Edition {
    /// Its language, such as `en` or `zh-Hant`; `x-default` for the one that readers of any other language get.
    pub hreflang: String,
    /// Its front page's absolute address.
    pub url: String,
}

/// The newspaper, as its publisher describes it in `site.json`.
#[derive(JsonSchema)]
#[schemars(rename = "Site", deny_unknown_fields)]
pub struct SiteFile {
    #[schemars(flatten)]
    pub site: Site,
    #[schemars(flatten)]
    pub publication: Publication,
}

type Read<T> = Result<T, ReadError>;

impl Publication {
    /// Reads the text of a `site.json`. The newspaper has to have a public address: whatever machines read names it.
    pub fn parse(text: &str) -> Result<Self, SiteError> {
        read_site(text, Self::read)
    }

    fn read(document: Reader) -> Read<Self> {
        let root = web_address(&document.required("url")?)?;
        for picture in ["logo", "icon"].into_iter().filter_map(|name| document.member(name)) {
            if platform::web_url(&root, &picture.text()?).is_none() {
                let problem = "expected the address of a picture, relative to this file or absolute";
                return picture.error(problem.to_owned());
            }
        }
        Ok(Publication {
            logo: document.optional_text("logo")?,
            icon: document.optional_text("icon")?,
            editions: document.list_or_empty("editions", Edition::read)?,
        })
    }

    /// The logo's public address, where there is one.
    pub fn logo_address(&self, newspaper: &Newspaper) -> Option<String> {
        let logo = self.logo.as_deref()?;
        Some(addresses::file(newspaper, logo))
    }
}

impl Edition {
    fn read(edition: Reader) -> Read<Self> {
        edition.object(&["hreflang", "url"])?;
        let hreflang = edition.required("hreflang")?;
        let language = hreflang.text()?;
        let is_tag = language
            .split('-')
            .all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|letter| letter.is_ascii_alphanumeric()));
        if !is_tag {
            return hreflang.error(format!(
                "expected a language such as `en` or `zh-Hant`, met `{language}`"
            ));
        }
        Ok(Edition {
            hreflang: language,
            url: web_address(&edition.required("url")?)?,
        })
    }
}

/// An absolute address of a page, without query or fragment.
fn web_address(address: &Reader) -> Read<String> {
    let text = address.text()?;
    match platform::web_url("", &text) {
        Some(url) if !url.contains(['?', '#']) => Ok(url),
        _ => address.error(format!(
            "expected an absolute address such as `https://news.example/`, met `{text}`"
        )),
    }
}
