//! `site.json`, the publisher's description of the newspaper. Each part is declared once, for reading, for checking and
//! for the schema that `gisa schema site` prints.

use std::fmt;

use crate::json::value::null;
use crate::json::{Rcvar, Variable};

use crate::json::{DocumentType, Members, Number, Read, Reader, Vocabulary, document, locate, met, read_document};
use crate::model::{Metric, Period};
use crate::platform;

document! {
    /// The newspaper, as its publisher describes it in `site.json`.
    #[derive(Clone, Debug, PartialEq)]
    #[beside(Publication, HostSettings)]
    pub struct Site {
        /// The address of this file's JSON Schema, for editors.
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
        /// Other hosts for images. Where an image's address begins with a key, that beginning is replaced by the key's
        /// value: `{"https://cms.example/wp-content/": "https://img.example/"}`.
        #[key = "imageHosts"]
        pub image_hosts: Vec<(String, String)> as Members<String>,
        /// How the front page looks.
        pub front: FrontSettings,
        /// The sections in the order of the navigation and of the front page.
        pub sections: Vec<SiteSection>,
        /// The sidebar's boxes, top to bottom.
        pub sidebar: Vec<SidebarBox>,
        /// More hosts whose pages an article may show in a frame, such as `maps.example`. Known services such as
        /// YouTube are always allowed. A frame from any other host becomes a link.
        pub embeds: Vec<String> as Vec<HostName>,
        /// What a reader can do with an article besides reading it.
        pub tools: ToolSettings,
        /// What is shown at the foot of every page.
        pub footer: FooterSettings,
        /// Old addresses and where they lead, as [`HostSettings`] describes them, for rankings that name old addresses. They
        /// are read as they stand: a wrong rule is an error of the commands, and does not keep readers from the newspaper.
        pub redirects: Rcvar as Unchecked,
    }
}

document! {
    /// What `site.json` tells machines about the newspaper. Pages do not show it: only the static edition reads it.
    #[derive(Clone, Debug, Default, PartialEq)]
    #[beside(Site, HostSettings)]
    pub struct Publication {
        /// The newspaper's logo, for search engines, feeds, and links to pages without a picture: the address of a PNG or
        /// JPEG, relative to this file or absolute.
        pub logo: Option<String> as Option<PictureAddress>,
        /// The picture that browsers show beside a page's title: the address of an SVG, PNG or ICO, relative to this file
        /// or absolute.
        pub icon: Option<String> as Option<PictureAddress>,
        /// The same newspaper in other languages. Its front page names them to search engines.
        pub editions: Vec<Edition>,
    }
}

document! {
    /// The same newspaper in another language.
    #[derive(Clone, Debug, PartialEq)]
    pub struct Edition {
        /// Its language, such as `en` or `zh-Hant`; `x-default` for the edition that readers of all other languages
        /// get.
        pub hreflang: String as LanguageTag,
        /// The absolute address of its front page.
        pub url: String as PageAddress,
    }
}

document! {
    /// What `site.json` tells the host of the files. Only `gisa hosting` and the static edition read it.
    #[derive(Clone, Debug, Default, PartialEq)]
    #[beside(Site, Publication)]
    pub struct HostSettings {
        /// Old addresses and where they lead. The first rule that matches is used. `gisa hosting` writes them for the
        /// host. A ranking that names old addresses follows them, too.
        pub redirects: Vec<RedirectRule>,
    }
}

document! {
    /// An old address and where it leads now.
    #[derive(Clone, Debug, PartialEq)]
    pub struct RedirectRule {
        /// The old address: its path from the host's root, and its query if that decides which page is meant, such as
        /// `/news/articleView.html?idxno={id}`. `{name}` stands for one part of the path, up to the next slash, or for
        /// the value of a parameter. `{*name}` at the end of the path stands for all the rest of it. Parameters may
        /// come in any order, and an address may have others as well.
        pub from: String,
        /// A page of this newspaper, such as `/articles/{id}/`, or an absolute address. Left out if the status is 410.
        pub to: Option<String>,
        /// 301 (the default) for an address that has moved for good; 302 for one that has moved for a while; 308, like
        /// 301 and also for forms; 410 for a page that is gone for good.
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
        /// The address at which the preset's URL templates start; relative to this file, or absolute.
        pub url: String,
        /// A request without an answer fails after this many seconds.
        pub timeout: u32 as Number<1, 120> = 10_u32,
        /// Query parameters that are sent with each request to the backend's own server, such as the public key of an API.
        pub query: Vec<(String, String)> as Members<String>,
        /// Headers that are sent with each request to the backend's own server. The server has to allow them (CORS).
        pub headers: Vec<(String, String)> as Members<String>,
        /// Changes to the preset's mapping, merged into it as in RFC 7396 (JSON Merge Patch): `null` removes a part.
        pub mapping: Option<Rcvar> as Option<MappingChanges>,
    }
}

document! {
    /// How the front page looks.
    #[derive(Clone, Debug, PartialEq)]
    pub struct FrontSettings {
        /// How the stories of the front page stand.
        pub layout: FrontLayout = FrontLayout::Lead,
    }
}

document! {
    /// How the stories of the front page stand.
    pub enum FrontLayout {
        /// One story leads, large and with its picture, and two stand below it.
        Lead = "lead",
        /// A list with small pictures.
        List = "list",
        /// A grid of large pictures.
        Photos = "photos",
    }
}

document! {
    /// A section of the newspaper, in the navigation and on the front page.
    #[derive(Clone, Debug, PartialEq)]
    pub struct SiteSection {
        /// The name that readers see.
        pub name: String,
        /// The backend's slug of the section.
        pub slug: String,
        /// Whether the front page shows the section. The navigation always does.
        pub front: bool = true,
    }
}

document! {
    /// A box of the sidebar.
    #[derive(Clone, Debug, PartialEq)]
    pub struct SidebarBox {
        /// What the box shows.
        #[key = "box"]
        pub kind: BoxKind,
        /// The heading of the box, if it is not the usual one.
        pub title: Option<String>,
        /// The greatest number of entries.
        pub limit: Option<u32> as Option<Number<1, 100>>,
        /// For `mostViewed`: the period of the ranking.
        pub period: Option<Period>,
        /// For `mostViewed`: what the ranking counts. The default is what the backend's ranking counts, usually views.
        pub metric: Option<Metric>,
        /// For `mostViewed`: the slug of a section, for a ranking of its articles alone.
        pub section: Option<String>,
        /// For `mostViewed`: the periods that stand above the list as links to their pages, such as `["day", "week"]`.
        pub tabs: Vec<Period>,
        /// For `banners`: the banners to show.
        pub banners: Vec<Banner>,
    }
}

document! {
    /// What a box of the sidebar shows.
    pub enum BoxKind {
        /// The articles that readers viewed most.
        MostViewed = "mostViewed",
        /// The articles that the editors chose for the top of today's news.
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
        /// The text of the picture, for those who do not see it.
        pub alt: String,
        /// The address that the banner leads to.
        pub url: Option<String>,
        /// The picture's width in pixels.
        pub width: u32 as Number<1, 10_000>,
        /// The picture's height in pixels.
        pub height: u32 as Number<1, 10_000>,
    }
}

document! {
    /// What a reader can do with an article besides reading it. The addresses are RFC 6570 templates with `{id}`,
    /// `{url}` and `{headline}`.
    #[derive(Clone, Debug, Default, PartialEq)]
    pub struct ToolSettings {
        /// The backend's form for sending the article by mail. Without it, the reader's own mail program opens.
        pub mail: Option<String>,
        /// The page on which an editor changes the article.
        pub edit: Option<String>,
        /// The address to which a recommendation is sent, as an empty POST.
        pub recommend: Option<String>,
        /// The address that counts views: it gets an empty POST when an article was in front of a reader for two seconds.
        /// Without it, the preset's own is used, if it has one.
        pub view: Option<String>,
    }
}

document! {
    /// What is shown at the foot of every page.
    #[derive(Clone, Debug, Default, PartialEq)]
    pub struct FooterSettings {
        /// Publisher, registration number, address, telephone; each entry is one line.
        pub lines: Vec<String>,
        /// Links, for example to the newspaper's rules.
        pub links: Vec<SiteLink>,
        /// The copyright line. It is also printed at the end of every article.
        pub copyright: String = "",
    }
}

document! {
    /// A link that the publisher sets.
    #[derive(Clone, Debug, PartialEq)]
    pub struct SiteLink {
        /// The name that readers see.
        pub name: String,
        /// The address that the link leads to.
        pub url: String,
    }
}

document! {
    /// The language of the interface. The values are those of HTML's `lang`.
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
    /// Line and column, from 1; `None` if the file as a whole is wrong.
    pub place: Option<(usize, usize)>,
    /// The field, such as `sections[2].slug`; empty for the whole document.
    pub field: String,
    /// What was found and what was expected.
    pub problem: String,
}

impl Site {
    /// Reads a `site.json`.
    ///
    /// ```
    /// use gisa::site::Site;
    ///
    /// let site = Site::parse(r#"{
    ///     "name": "Harbour Post",
    ///     "backend": { "preset": "wordpress", "url": "https://news.example/wp-json" },
    ///     "sections": [{ "slug": "culture", "name": "Culture" }]
    /// }"#);
    /// assert_eq!(site.unwrap().section_name("culture"), Some("Culture"));
    ///
    /// // A mistake is named with its place.
    /// let error = Site::parse(r#"{
    ///     "name": "Harbour Post",
    ///     "backend": { "preset": "native", "adress": "data/" }
    /// }"#).unwrap_err();
    /// assert_eq!(error.field, "backend.adress");
    /// assert_eq!(error.place, Some((3, 48)));
    /// ```
    pub fn parse(text: &str) -> Result<Self, SiteError> {
        read_site(text, |document| read_document(document, false, Self::read))
    }

    /// The same for the file with which `gisa prerender` has written the page: what takes long is not checked again.
    pub fn parse_checked(text: &str) -> Result<Self, SiteError> {
        read_site(text, |document| read_document(document, true, Self::read))
    }

    /// The name that the publisher gives a section, if `site.json` lists it.
    pub fn section_name(&self, slug: &str) -> Option<&str> {
        self.sections
            .iter()
            .find(|section| section.slug == slug)
            .map(|section| section.name.as_str())
    }
}

impl SidebarBox {
    /// The greatest number of entries.
    pub fn most_entries(&self) -> u32 {
        self.limit.unwrap_or(match self.kind {
            BoxKind::MostViewed => 7,
            BoxKind::Today => 5,
            BoxKind::Photos | BoxKind::Banners => 4,
        })
    }
}

impl SiteError {
    /// An error in the mapping that a preset and the changes in a `site.json` make.
    pub fn of_mapping(text: &str, field: String, problem: String) -> Self {
        SiteError {
            // A field that stands only in the preset has no place in this file. The place of the preset's name is given
            // instead.
            place: locate(text, &field).or_else(|| locate(text, "backend.preset")),
            field,
            problem,
        }
    }
}

/// Reads a `site.json`, or a part of it.
pub fn read_site<T>(text: &str, read: impl FnOnce(&Variable) -> Read<T>) -> Result<T, SiteError> {
    // Windows editors put a byte order mark first.
    let text = text.trim_start_matches('\u{feff}');
    let document = Variable::from_json(text).map_err(|error| SiteError {
        place: Some((error.line, error.column)),
        field: String::new(),
        problem: format!("not JSON: {}", error.problem),
    })?;
    read(&document).map_err(|error| SiteError {
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

/// Makes words of the model words of documents.
macro_rules! words_of_model {
    ($name:ident: $($variant:ident),*) => {
        impl Vocabulary for $name {
            const VARIANTS: &'static [Self] = &$name::ALL;
            const WORDS: &'static [&'static str] = &[$($name::$variant.as_str()),*];
            #[cfg(not(target_arch = "wasm32"))]
            const DOCS: &'static [&'static [&'static str]] = &[];
            #[cfg(not(target_arch = "wasm32"))]
            const NAME: &'static str = stringify!($name);
        }

        impl DocumentType for $name {
            type Value = Self;

            fn read(reader: Reader) -> Self {
                reader.word()
            }

            fn absent() -> Self {
                Self::VARIANTS[0]
            }

            #[cfg(not(target_arch = "wasm32"))]
            fn schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
                generator.subschema_for::<Self>()
            }
        }
    };
}

words_of_model!(Period: Day, Week, Month);
words_of_model!(Metric: Views, Likes, Comments);

/// Declares a kind of text. The body gets the text, and whether it is known to be right. It returns the text, perhaps
/// changed, or the message of the error.
macro_rules! kind_of_text {
    ($(#[doc = $doc:literal])* $name:ident, |$text:ident, $is_trusted:pat_param| $body:expr) => {
        $(#[doc = $doc])*
        pub struct $name;

        impl DocumentType for $name {
            type Value = String;

            fn read(reader: Reader) -> String {
                let check: fn(String, bool) -> Result<String, String> = |$text, $is_trusted| $body;
                check(reader.text(), reader.is_trusted()).unwrap_or_else(|problem| {
                    reader.error(problem);
                    String::new()
                })
            }

            fn absent() -> String {
                String::new()
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
    TimeZone, |zone, is_trusted| {
        // A browser takes long to load its table of zones.
        if is_trusted || platform::is_known_zone(&zone) {
            Ok(zone)
        } else {
            Err(format!("`{zone}` is no IANA time zone; write one such as `Asia/Seoul`"))
        }
    }
}

kind_of_text! {
    /// An address that others are resolved against. It ends with a slash, because resolving drops a last segment
    /// without one.
    FolderAddress, |url, _| Ok(if url.ends_with('/') { url } else { url + "/" })
}

kind_of_text! {
    /// The name of a host, in lower case: no scheme, no port, no wildcard.
    HostName, |name, _| {
        let name = name.to_ascii_lowercase();
        if name.is_empty() || name.contains(|sign: char| "/:@?#*".contains(sign) || sign.is_whitespace()) {
            Err(format!("expected the name of a host such as `maps.example`, found `{name}`"))
        } else {
            Ok(name)
        }
    }
}

kind_of_text! {
    /// The address of a picture, relative to `site.json` or absolute.
    PictureAddress, |address, _| match platform::web_url("https://self.invalid/", &address) {
        Some(_) => Ok(address),
        None => Err("expected the address of a picture, relative to this file or absolute".to_owned()),
    }
}

kind_of_text! {
    /// A language as in HTML's `hreflang`.
    LanguageTag, |language, _| {
        let is_tag = language
            .split('-')
            .all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|letter| letter.is_ascii_alphanumeric()));
        if is_tag {
            Ok(language)
        } else {
            Err(format!("expected a language such as `en` or `zh-Hant`, found `{language}`"))
        }
    }
}

kind_of_text! {
    /// An absolute address of a page, without query or fragment.
    PageAddress, |address, _| match platform::web_url("", &address) {
        Some(url) if !url.contains(['?', '#']) => Ok(url),
        _ => Err(format!("expected an absolute address such as `https://news.example/`, found `{address}`")),
    }
}

/// The status of the answer for an old address.
pub struct RedirectStatus;

impl RedirectStatus {
    const ALL: [u16; 4] = [301, 302, 308, 410];
}

impl DocumentType for RedirectStatus {
    type Value = u16;

    fn read(reader: Reader) -> u16 {
        let status = reader.whole().and_then(|status| u16::try_from(status).ok());
        status.filter(|status| Self::ALL.contains(status)).unwrap_or_else(|| {
            let known = Self::ALL.map(|status| status.to_string()).join(", ");
            reader.error(format!("expected one of {known}, found {}", met(reader.value())));
            Self::absent()
        })
    }

    fn absent() -> u16 {
        Self::ALL[0]
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "integer", "enum": Self::ALL })
    }
}

/// A value as it stands; null if it is missing.
pub struct Unchecked;

impl DocumentType for Unchecked {
    type Value = Rcvar;
    const IS_REQUIRED: bool = false;

    fn read(reader: Reader) -> Rcvar {
        Rcvar::new(reader.value().clone())
    }

    fn absent() -> Rcvar {
        null()
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::Schema::default()
    }
}

/// Changes to a mapping. The backend reads and checks them when it merges them. `gisa schema` adds the definition
/// `Mapping`.
pub struct MappingChanges;

impl DocumentType for MappingChanges {
    type Value = Rcvar;

    fn read(reader: Reader) -> Rcvar {
        if !reader.value().is_object() {
            reader.error("expected an object with the changes to the preset's mapping".to_owned());
        }
        Rcvar::new(reader.value().clone())
    }

    fn absent() -> Rcvar {
        null()
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "$ref": "#/$defs/Mapping" })
    }
}
