//! `site.json`: the newspaper as its publisher describes it. Each part is declared once, for reading, for checking and
//! for the schema that `gisa schema site` prints.

use std::fmt;

use jmespath::{Rcvar, Variable};

use crate::json::{DocumentType, Members, Number, Read, ReadError, Reader, Vocabulary, document, locate, met};
use crate::model::Period;
use crate::platform;

document! {
    /// The newspaper, as its publisher describes it in `site.json`.
    #[derive(Clone, Debug, PartialEq)]
    #[beside(Publication, HostSettings)]
    pub struct Site {
        /// Where an editor finds the schema of this file.
        #[key = "$schema"]
        pub schema: Option<String>,
        /// The newspaper's name, in the masthead and in every title.
        pub name: String,
        /// A line about the newspaper.
        pub description: String = "",
        /// The language of the interface.
        pub locale: Locale = Locale::Ko,
        /// The IANA time zone in which dates are shown, such as `Asia/Seoul`.
        #[key = "timeZone"]
        pub time_zone: String as TimeZone = "UTC",
        /// The newspaper's public address, such as `https://news.example/`: links sent by mail and printed start with it.
        pub url: Option<String> as Option<FolderAddress>,
        /// Where the articles come from.
        pub backend: BackendSettings,
        /// Where images are served from: an address that begins with a key begins with its value instead, as with
        /// `{"https://cms.example/wp-content/": "https://img.example/"}`.
        #[key = "imageHosts"]
        pub image_hosts: Vec<(String, String)> as Members<String>,
        /// The sections in the order of the navigation and of the front page.
        pub sections: Vec<SiteSection>,
        /// The sidebar's boxes, top to bottom.
        pub sidebar: Vec<SidebarBox>,
        /// Hosts whose pages an article may show in a frame, such as `maps.example`, besides the services that are known
        /// anyway; a frame from elsewhere becomes a link.
        pub embeds: Vec<String> as Vec<HostName>,
        /// What an article offers beyond reading.
        pub tools: ToolSettings,
        /// What stands at the foot of every page.
        pub footer: FooterSettings,
    }
}

document! {
    /// What `site.json` says of the newspaper to machines. Pages do not show it: only the edition reads it.
    #[derive(Clone, Debug, Default, PartialEq)]
    #[beside(Site, HostSettings)]
    pub struct Publication {
        /// The newspaper's logo, for search engines, feeds, and links to pages without a picture: the address of a PNG or
        /// JPEG, relative to this file or absolute.
        pub logo: Option<String> as Option<PictureAddress>,
        /// The picture that browsers show beside a page's title: the address of an SVG, PNG or ICO, relative to this file
        /// or absolute.
        pub icon: Option<String> as Option<PictureAddress>,
        /// The same newspaper in other languages; the front pages name one another to search engines.
        pub editions: Vec<Edition>,
    }
}

document! {
    /// The same newspaper in another language.
    #[derive(Clone, Debug, PartialEq)]
    pub struct Edition {
        /// Its language, such as `en` or `zh-Hant`; `x-default` for the one that readers of any other language get.
        pub hreflang: String as LanguageTag,
        /// Its front page's absolute address.
        pub url: String as PageAddress,
    }
}

document! {
    /// What `site.json` says to the host of the files. Only `gisa hosting` and the edition read it.
    #[derive(Clone, Debug, Default, PartialEq)]
    #[beside(Site, Publication)]
    pub struct HostSettings {
        /// Old addresses and where they lead; the first that fits counts. For the host: `gisa hosting`.
        pub redirects: Vec<RedirectRule>,
    }
}

document! {
    /// An old address and where it leads now.
    #[derive(Clone, Debug, PartialEq)]
    pub struct RedirectRule {
        /// The path of the old address from the host's root, and its query where that says what is meant:
        /// `/news/articleView.html?idxno={id}`. `{name}` is a part of the path up to the next slash, or the value of a
        /// parameter; `{*name}` at the path's end is all the rest of it. Parameters may come in any order, and others
        /// beside them.
        pub from: String,
        /// A page of this newspaper, such as `/articles/{id}/`, or an absolute address; nothing where the status is 410.
        pub to: Option<String>,
        /// 301, moved for good, without this; 302, for now; 308, like 301 for forms too; 410, gone for good.
        pub status: Option<u16> as Option<RedirectStatus>,
    }
}

document! {
    /// Where the articles come from.
    #[derive(Clone, Debug, PartialEq)]
    pub struct BackendSettings {
        /// A known kind of backend: `native`, `wordpress`, `ghost`, `jsonfeed`, `strapi`, `directus`, `drupal`,
        /// `contentful`, `guardian`, `realworld`, `hackernews`, `forem`; or `none`, with a whole `mapping`.
        pub preset: String,
        /// The address that the preset's URL templates start from; relative to this file, or absolute.
        pub url: String,
        /// Seconds after which a request is given up.
        pub timeout: u32 as Number<1, 120> = 10_u32,
        /// Query parameters that are sent with each request to the backend's own server, such as the public key of an API.
        pub query: Vec<(String, String)> as Members<String>,
        /// Headers that are sent with each request to the backend's own server. The server has to allow them (CORS).
        pub headers: Vec<(String, String)> as Members<String>,
        /// Changes to the preset's mapping, merged into it as RFC 7396 says: `null` removes a part.
        pub mapping: Option<Rcvar> as Option<MappingChanges>,
    }
}

document! {
    /// A section of the newspaper, in the navigation and on the front page.
    #[derive(Clone, Debug, PartialEq)]
    pub struct SiteSection {
        /// What readers see.
        pub name: String,
        /// What the backend calls it.
        pub slug: String,
        /// Whether the front page shows it; the navigation always does.
        pub front: bool = true,
    }
}

document! {
    /// A box of the sidebar.
    #[derive(Clone, Debug, PartialEq)]
    pub struct SidebarBox {
        /// What it shows.
        #[key = "box"]
        pub kind: BoxKind,
        /// Its heading, where the usual one does not do.
        pub title: Option<String>,
        /// At most this many entries.
        pub limit: Option<u32> as Option<Number<1, 100>>,
        /// For `mostViewed`: the time that it looks back on.
        pub period: Option<Period>,
        /// For `banners`: what it shows.
        pub banners: Vec<Banner>,
    }
}

document! {
    /// What a box of the sidebar shows.
    pub enum BoxKind {
        /// The articles that readers viewed most.
        MostViewed = "mostViewed",
        /// What the editors put at the top today.
        Today = "today",
        /// Articles with an image.
        Photos = "photos",
        /// Advertisements and notices.
        Banners = "banners",
    }
}

document! {
    /// An advertisement or a notice.
    #[derive(Clone, Debug, PartialEq)]
    pub struct Banner {
        /// The picture's address, relative to `site.json` or absolute.
        pub image: String,
        /// What it says, for those who do not see it.
        pub alt: String,
        /// Where it leads.
        pub url: Option<String>,
        /// The picture's width in pixels.
        pub width: u32 as Number<1, 10_000>,
        /// The picture's height in pixels.
        pub height: u32 as Number<1, 10_000>,
    }
}

document! {
    /// What an article offers beyond reading. The addresses are RFC 6570 templates with `{id}`, `{url}` and `{headline}`.
    #[derive(Clone, Debug, Default, PartialEq)]
    pub struct ToolSettings {
        /// A form of the backend that sends the article by mail; without it, the reader's own mail program opens.
        pub mail: Option<String>,
        /// Where an editor changes the article.
        pub edit: Option<String>,
        /// The address that takes a recommendation, as an empty POST.
        pub recommend: Option<String>,
    }
}

document! {
    /// What stands at the foot of every page.
    #[derive(Clone, Debug, Default, PartialEq)]
    pub struct FooterSettings {
        /// Publisher, registration number, address, telephone: a line each.
        pub lines: Vec<String>,
        /// Links, such as to the newspaper's rules.
        pub links: Vec<SiteLink>,
        /// The copyright line, also at the end of every printed article.
        pub copyright: String = "",
    }
}

document! {
    /// A link that the publisher sets.
    #[derive(Clone, Debug, PartialEq)]
    pub struct SiteLink {
        /// What readers see.
        pub name: String,
        /// Where it leads.
        pub url: String,
    }
}

document! {
    /// The language of the interface. The words are as in HTML's `lang`.
    pub enum Locale {
        /// Korean.
        Ko = "ko",
        /// English.
        En = "en",
    }
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

    /// The name that the publisher gives a section, if `site.json` lists it.
    pub fn section_name(&self, slug: &str) -> Option<&str> {
        self.sections
            .iter()
            .find(|section| section.slug == slug)
            .map(|section| section.name.as_str())
    }
}

impl SiteError {
    /// An error in the mapping that a preset and the changes in a `site.json` make.
    pub fn of_mapping(text: &str, field: String, problem: String) -> Self {
        SiteError {
            // A field that stands only in the preset has no place in the file; the preset's name has.
            place: locate(text, &field).or_else(|| locate(text, "backend.preset")),
            field,
            problem,
        }
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

impl Vocabulary for Period {
    const VARIANTS: &'static [Self] = &Period::ALL;
    const WORDS: &'static [&'static str] = &[Period::Day.as_str(), Period::Week.as_str(), Period::Month.as_str()];
    #[cfg(not(target_arch = "wasm32"))]
    const DOCS: &'static [&'static [&'static str]] = &[];
    #[cfg(not(target_arch = "wasm32"))]
    const NAME: &'static str = "Period";
}

/// Declares a kind of text: a check, and what was expected where it fails. `|$text|` is checked and may be changed.
macro_rules! kind_of_text {
    ($(#[doc = $doc:literal])* $name:ident, |$text:ident| $body:expr) => {
        $(#[doc = $doc])*
        pub struct $name;

        impl DocumentType for $name {
            type Value = String;

            fn read(reader: Reader) -> Read<String> {
                let check: fn(String) -> Result<String, String> = |$text| $body;
                check(reader.text()?).or_else(|problem| reader.error(problem))
            }

            #[cfg(not(target_arch = "wasm32"))]
            fn schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
                String::schema(generator)
            }
        }
    };
}

kind_of_text! {
    /// An IANA time zone that this machine knows.
    TimeZone, |zone| {
        if platform::is_known_zone(&zone) {
            Ok(zone)
        } else {
            Err(format!("`{zone}` is no IANA time zone; write one such as `Asia/Seoul`"))
        }
    }
}

kind_of_text! {
    /// An address that others are resolved against, which would drop a last segment without a slash.
    FolderAddress, |url| Ok(if url.ends_with('/') { url } else { url + "/" })
}

kind_of_text! {
    /// The name of a host, in lower case: no scheme, no port, no wildcard.
    HostName, |name| {
        let name = name.to_ascii_lowercase();
        if name.is_empty() || name.contains(|sign: char| "/:@?#*".contains(sign) || sign.is_whitespace()) {
            Err(format!("expected the name of a host such as `maps.example`, met `{name}`"))
        } else {
            Ok(name)
        }
    }
}

kind_of_text! {
    /// The address of a picture, relative to `site.json` or absolute.
    PictureAddress, |address| match platform::web_url("https://self.invalid/", &address) {
        Some(_) => Ok(address),
        None => Err("expected the address of a picture, relative to this file or absolute".to_owned()),
    }
}

kind_of_text! {
    /// A language as in HTML's `hreflang`.
    LanguageTag, |language| {
        let is_tag = language
            .split('-')
            .all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|letter| letter.is_ascii_alphanumeric()));
        if is_tag {
            Ok(language)
        } else {
            Err(format!("expected a language such as `en` or `zh-Hant`, met `{language}`"))
        }
    }
}

kind_of_text! {
    /// An absolute address of a page, without query or fragment.
    PageAddress, |address| match platform::web_url("", &address) {
        Some(url) if !url.contains(['?', '#']) => Ok(url),
        _ => Err(format!("expected an absolute address such as `https://news.example/`, met `{address}`")),
    }
}

impl DocumentType for Period {
    type Value = Self;

    fn read(reader: Reader) -> Read<Self> {
        reader.word()
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        generator.subschema_for::<Self>()
    }
}

/// What an old address may answer.
pub struct RedirectStatus;

impl RedirectStatus {
    const ALL: [u16; 4] = [301, 302, 308, 410];
}

impl DocumentType for RedirectStatus {
    type Value = u16;

    fn read(reader: Reader) -> Read<u16> {
        let status = reader.number(0, 999).ok().and_then(|status| u16::try_from(status).ok());
        match status.filter(|status| Self::ALL.contains(status)) {
            Some(status) => Ok(status),
            None => {
                let known = Self::ALL.map(|status| status.to_string()).join(", ");
                reader.error(format!("expected one of {known}, met {}", met(reader.value())))
            }
        }
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "integer", "enum": Self::ALL })
    }
}

/// Changes to a mapping. What they are is the backend's to say: it reads them when they are merged, and `gisa schema`
/// adds the definition `Mapping`.
pub struct MappingChanges;

impl DocumentType for MappingChanges {
    type Value = Rcvar;

    fn read(reader: Reader) -> Read<Rcvar> {
        if reader.value().is_object() {
            Ok(Rcvar::new(reader.value().clone()))
        } else {
            reader.error("expected an object with the changes to the preset's mapping".to_owned())
        }
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "$ref": "#/$defs/Mapping" })
    }
}
