use std::fmt;

use jmespath::{Rcvar, Variable};
use serde::Serialize;

use crate::json::{ReadError, Reader, locate};

/// The newspaper, as its publisher describes it in `site.json`.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Site {
    /// Where an editor finds the schema of this file.
    #[serde(rename = "$schema", default, skip_serializing_if = "Option::is_none")]
    pub schema: Option<String>,
    /// The newspaper's name, in the masthead and in every title.
    pub name: String,
    /// A line about the newspaper.
    #[serde(default)]
    pub description: String,
    /// The language of the interface.
    #[serde(default)]
    pub locale: Locale,
    /// The IANA time zone in which dates are shown, such as `Asia/Seoul`.
    #[serde(default = "utc")]
    pub time_zone: String,
    /// The newspaper's public address, such as `https://news.example/`: links sent by mail and printed start with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Where the articles come from.
    pub backend: BackendSettings,
    /// Where images are served from: an address that begins with a key begins with its value instead, as with
    /// `{"https://cms.example/wp-content/": "https://img.example/"}`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(
        not(target_arch = "wasm32"),
        schemars(with = "std::collections::BTreeMap<String, String>")
    )]
    pub image_hosts: Vec<(String, String)>,
    /// The sections in the order of the navigation and of the front page.
    #[serde(default)]
    pub sections: Vec<SiteSection>,
    /// The sidebar's boxes, top to bottom.
    #[serde(default)]
    pub sidebar: Vec<SidebarBox>,
    /// Hosts whose pages an article may show in a frame, such as `maps.example`, besides the services that are known
    /// anyway; a frame from elsewhere becomes a link.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub embeds: Vec<String>,
    /// What an article offers beyond reading.
    #[serde(default)]
    pub tools: ToolSettings,
    /// What stands at the foot of every page.
    #[serde(default)]
    pub footer: FooterSettings,
}

/// Where the articles come from.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct BackendSettings {
    /// A known kind of backend: `native`, `wordpress`, `ghost`, `jsonfeed`, `strapi`, `directus`, `drupal`, `contentful`,
    /// `guardian`, `realworld`, `hackernews`, `forem`; or `none`, with a whole `mapping`.
    pub preset: String,
    /// The address that the preset's URL templates start from; relative to this file, or absolute.
    pub url: String,
    /// Seconds after which a request is given up.
    #[serde(default = "ten")]
    #[cfg_attr(not(target_arch = "wasm32"), schemars(range(min = 1, max = 120)))]
    pub timeout: u32,
    /// Query parameters that are sent with each request to the backend's own server, such as the public key of an API.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(
        not(target_arch = "wasm32"),
        schemars(with = "std::collections::BTreeMap<String, String>")
    )]
    pub query: Vec<(String, String)>,
    /// Headers that are sent with each request to the backend's own server. The server has to allow them (CORS).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(
        not(target_arch = "wasm32"),
        schemars(with = "std::collections::BTreeMap<String, String>")
    )]
    pub headers: Vec<(String, String)>,
    /// Changes to the preset's mapping, merged into it as RFC 7396 says: `null` removes a part.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(
        not(target_arch = "wasm32"),
        schemars(with = "Option<super::mapping_schema::Mapping>")
    )]
    pub mapping: Option<Rcvar>,
}

/// A section of the newspaper, in the navigation and on the front page.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SiteSection {
    /// What readers see.
    pub name: String,
    /// What the backend calls it.
    pub slug: String,
    /// Whether the front page shows it; the navigation always does.
    #[serde(default = "yes")]
    pub front: bool,
}

/// A box of the sidebar.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SidebarBox {
    #[serde(rename = "box")]
    pub kind: BoxKind,
    /// Its heading, where the usual one does not do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// At most this many entries.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<usize>,
    /// For `mostViewed`: the time that it looks back on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<super::Period>,
    /// For `banners`: what it shows.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub banners: Vec<Banner>,
}

/// What a box of the sidebar shows.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum BoxKind {
    MostViewed,
    Today,
    Photos,
    Banners,
}

/// An advertisement or a notice.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Banner {
    /// The picture's address, relative to `site.json` or absolute.
    pub image: String,
    /// What it says, for those who do not see it.
    pub alt: String,
    /// Where it leads.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The picture's width in pixels.
    pub width: u32,
    /// The picture's height in pixels.
    pub height: u32,
}

/// What an article offers beyond reading. The addresses are RFC 6570 templates with `{id}`, `{url}` and `{headline}`.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct ToolSettings {
    /// A form of the backend that sends the article by mail; without it, the reader's own mail program opens.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mail: Option<String>,
    /// Where an editor changes the article.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub edit: Option<String>,
    /// The address that takes a recommendation, as an empty POST.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recommend: Option<String>,
}

/// What stands at the foot of every page.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct FooterSettings {
    /// Publisher, registration number, address, telephone: a line each.
    pub lines: Vec<String>,
    pub links: Vec<SiteLink>,
    /// The copyright line, also at the end of every printed article.
    pub copyright: String,
}

/// A link that the publisher sets.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SiteLink {
    pub name: String,
    pub url: String,
}

/// The language of the interface.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum Locale {
    #[default]
    Ko,
    En,
}

impl Locale {
    /// As in HTML's `lang`.
    pub fn as_str(self) -> &'static str {
        match self {
            Locale::Ko => "ko",
            Locale::En => "en",
        }
    }
}

fn utc() -> String {
    "UTC".to_owned()
}

fn ten() -> u32 {
    10
}

fn yes() -> bool {
    true
}

/// Why `site.json` can't be used, and where in it.
#[derive(Clone, Debug, PartialEq)]
pub struct SiteError {
    /// Line and column, from 1; none where the file as a whole is at fault.
    pub place: Option<(usize, usize)>,
    /// The field, such as `sections[2].slug`; empty for the whole document.
    pub field: String,
    /// What was met and what should be there.
    pub problem: String,
}

impl Site {
    /// Reads a `site.json`.
    pub fn parse(text: &str) -> Result<Self, SiteError> {
        read_site(text, Self::read)
    }

    fn read(document: Reader) -> Read<Self> {
        document.object(&[
            "$schema",
            "name",
            "description",
            "locale",
            "timeZone",
            "url",
            // The static edition's; read where it is made.
            "logo",
            "icon",
            "editions",
            "backend",
            "imageHosts",
            "sections",
            "sidebar",
            "embeds",
            "tools",
            "footer",
            // For the host of the files: only the command line reads them (edition/hosting/redirects.rs).
            "redirects",
        ])?;
        Ok(Site {
            schema: document.optional_text("$schema")?,
            name: document.required("name")?.text()?,
            description: document.text_or_empty("description")?,
            locale: match document.member("locale") {
                Some(locale) => locale.choice(&[("ko", Locale::Ko), ("en", Locale::En)])?,
                None => Locale::default(),
            },
            time_zone: document.optional_text("timeZone")?.unwrap_or_else(utc),
            url: document.optional_text("url")?.map(as_folder),
            backend: BackendSettings::read(document.required("backend")?)?,
            image_hosts: document.members_or_none("imageHosts", |host| host.text())?,
            sections: document.list_or_empty("sections", SiteSection::read)?,
            sidebar: document.list_or_empty("sidebar", SidebarBox::read)?,
            embeds: document.list_or_empty("embeds", read_host)?,
            tools: document
                .member("tools")
                .map(ToolSettings::read)
                .transpose()?
                .unwrap_or_default(),
            footer: document
                .member("footer")
                .map(FooterSettings::read)
                .transpose()?
                .unwrap_or_default(),
        })
    }

    /// The name that the publisher gives a section, if `site.json` lists it.
    pub fn section_name(&self, slug: &str) -> Option<&str> {
        self.sections
            .iter()
            .find(|section| section.slug == slug)
            .map(|section| section.name.as_str())
    }
}

/// Reads a `site.json`, or a part of it.
pub fn read_site<T>(text: &str, read: impl FnOnce(Reader) -> Result<T, ReadError>) -> Result<T, SiteError> {
    // Windows editors put a byte order mark first.
    let text = text.trim_start_matches('\u{feff}');
    let document: Variable = serde_json::from_str(text).map_err(|error| {
        let message = error.to_string();
        let problem = message
            .rsplit_once(" at line ")
            .map_or(message.as_str(), |(problem, _)| problem);
        let place = Some((error.line(), error.column()));
        SiteError {
            place,
            field: String::new(),
            problem: format!("not JSON: {problem}"),
        }
    })?;
    read(Reader::new(&document, "")).map_err(|error| SiteError {
        place: locate(text, &error.path),
        field: error.path,
        problem: error.problem,
    })
}

impl std::error::Error for SiteError {}

impl fmt::Display for SiteError {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        if let Some((line, column)) = self.place {
            write!(out, "line {line}, column {column}, ")?;
        }
        if !self.field.is_empty() {
            write!(out, "at {}: ", self.field)?;
        }
        out.write_str(&self.problem)
    }
}

type Read<T> = Result<T, ReadError>;

/// Addresses are resolved against it, which would drop a last segment without a slash.
fn as_folder(mut url: String) -> String {
    if !url.ends_with('/') {
        url.push('/');
    }
    url
}

fn read_host(host: Reader) -> Read<String> {
    let name = host.text()?.to_ascii_lowercase();
    if name.is_empty() || name.contains(|sign: char| "/:@?#*".contains(sign) || sign.is_whitespace()) {
        return host.error(format!(
            "expected the name of a host such as `maps.example`, met `{name}`"
        ));
    }
    Ok(name)
}

impl BackendSettings {
    fn read(settings: Reader) -> Read<Self> {
        settings.object(&["preset", "url", "timeout", "query", "headers", "mapping"])?;
        let mapping = settings.member("mapping");
        if let Some(mapping) = &mapping
            && !mapping.value().is_object()
        {
            return mapping.error("expected an object with the changes to the preset's mapping".to_owned());
        }
        Ok(BackendSettings {
            preset: settings.required("preset")?.text()?,
            url: settings.required("url")?.text()?,
            timeout: settings
                .member("timeout")
                .map_or_else(|| Ok(ten()), |timeout| timeout.number(1, 120))?,
            query: settings.members_or_none("query", |value| value.text())?,
            headers: settings.members_or_none("headers", |value| value.text())?,
            mapping: mapping.map(|mapping| Rcvar::new(mapping.value().clone())),
        })
    }
}

impl SiteSection {
    fn read(section: Reader) -> Read<Self> {
        section.object(&["name", "slug", "front"])?;
        Ok(SiteSection {
            name: section.required("name")?.text()?,
            slug: section.required("slug")?.text()?,
            front: section
                .member("front")
                .map_or_else(|| Ok(yes()), |front| front.flag())?,
        })
    }
}

impl SidebarBox {
    fn read(settings: Reader) -> Read<Self> {
        settings.object(&["box", "title", "limit", "period", "banners"])?;
        let kinds = [
            ("mostViewed", BoxKind::MostViewed),
            ("today", BoxKind::Today),
            ("photos", BoxKind::Photos),
            ("banners", BoxKind::Banners),
        ];
        let periods = super::Period::ALL.map(|period| (period.as_str(), period));
        let limit = settings.member("limit").map(|limit| limit.number(1, 100)).transpose()?;
        Ok(SidebarBox {
            kind: settings.required("box")?.choice(&kinds)?,
            title: settings.optional_text("title")?,
            limit: limit.map(|limit| limit as usize),
            period: settings
                .member("period")
                .map(|period| period.choice(&periods))
                .transpose()?,
            banners: settings.list_or_empty("banners", Banner::read)?,
        })
    }
}

impl Banner {
    fn read(banner: Reader) -> Read<Self> {
        banner.object(&["image", "alt", "url", "width", "height"])?;
        Ok(Banner {
            image: banner.required("image")?.text()?,
            alt: banner.required("alt")?.text()?,
            url: banner.optional_text("url")?,
            width: banner.required("width")?.number(1, 10_000)?,
            height: banner.required("height")?.number(1, 10_000)?,
        })
    }
}

impl ToolSettings {
    fn read(tools: Reader) -> Read<Self> {
        tools.object(&["mail", "edit", "recommend"])?;
        Ok(ToolSettings {
            mail: tools.optional_text("mail")?,
            edit: tools.optional_text("edit")?,
            recommend: tools.optional_text("recommend")?,
        })
    }
}

impl FooterSettings {
    fn read(footer: Reader) -> Read<Self> {
        footer.object(&["lines", "links", "copyright"])?;
        Ok(FooterSettings {
            lines: footer.list_or_empty("lines", |line| line.text())?,
            links: footer.list_or_empty("links", SiteLink::read)?,
            copyright: footer.text_or_empty("copyright")?,
        })
    }
}

impl SiteLink {
    fn read(link: Reader) -> Read<Self> {
        link.object(&["name", "url"])?;
        Ok(SiteLink {
            name: link.required("name")?.text()?,
            url: link.required("url")?.text()?,
        })
    }
}
