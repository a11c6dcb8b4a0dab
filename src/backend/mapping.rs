//! Mapping documents: how each kind of backend is requested, and where each field of an article is in its answers.

use std::sync::OnceLock;

use super::error::Unmapped;
use super::preset;
use crate::jmespath::Expression;
use crate::json::value::Members as JsonMembers;
use crate::json::{
    DocumentType, Keyed, Members, Number, OneOrSeveral, ReadError, Reader, Required, document, read_document,
};
use crate::json::{Rcvar, Variable};
use crate::model::{Metric, Period};

/// The members of a ranking's request for each [`Export`]: `src/backend/exports.json`, as build.rs wrote it.
const EXPORTS: &str = include_str!(concat!(env!("OUT_DIR"), "/exports"));

document! {
    /// How a backend is requested and read, or the changes to a preset. Null removes a part of the preset.
    #[patch]
    pub struct Mapping {
        /// A note for people. The program does not use it.
        pub description: Option<String>,
        /// The format of the backend's text fields. The default is plain text.
        pub text: Format = Format::Plain,
        /// The format of single fields, by name, if it differs from `text`. A body is HTML unless this says otherwise.
        pub formats: Vec<(String, Format)> as Members<Format>,
        /// For bodies that are lists of blocks: what each block becomes. The first rule that matches is used.
        pub blocks: Vec<Block>,
        /// For answers in which authors, images and sections stand beside the articles that refer to them (JSON:API,
        /// Contentful).
        pub include: Option<Include>,
        /// Values for the variables of addresses and conditions, such as the name of a collection.
        pub variables: Vec<(String, String)> as Members<String>,
        /// The IANA time zone of dates that are written without a zone. The default is the newspaper's.
        #[key = "timeZone"]
        pub time_zone: Option<String>,
        /// How many articles a page of a list has. The default is 20.
        #[key = "pageSize"]
        pub page_size: u32 as Number<1, 100> = 20_u32,
        /// The address that counts an article's views, as an RFC 6570 template: it gets an empty POST when a reader has an
        /// article before them. Besides the variables of this mapping, it may use `{+base}`, `{id}`, `{url}` and
        /// `{headline}`. It is used if the mapping has a `ranking`, and `tools.view` is not set.
        pub view: Option<String>,
        /// For each field of an article, the expression that finds it in the article's JSON.
        pub fields: FieldQueries as Required<Keyed<Field, Query>>,
        /// For each resource, the request that gets it, or several requests: the first one whose `when` holds is sent.
        /// A resource that is missing here is not offered.
        pub resources: Vec<(Resource, Vec<Request>)> as Required<Keyed<Resource, OneOrSeveral<Request>>>,
    }
}

document! {
    /// What a page can ask a backend for.
    pub enum Resource {
        /// The newest articles.
        Latest = "latest",
        /// A section's articles, newest first.
        Section = "section",
        /// One article with its body.
        Article = "article",
        /// The article published before another.
        Previous = "previous",
        /// The article published after another.
        Next = "next",
        /// Articles that match a reader's words.
        Search = "search",
        /// The most viewed articles of a period.
        Ranking = "ranking",
        /// Articles with an image.
        Photos = "photos",
        /// The articles that the editors chose for the top of today's news.
        Today = "today",
        /// The articles that belong to another one.
        Related = "related",
        /// The articles that the editors put on the front page. The first leads.
        Front = "front",
        /// The line of breaking news.
        Breaking = "breaking",
    }
}

document! {
    /// A field of an article.
    pub enum Field {
        /// The backend's id of the article, which becomes a part of its address. Required.
        Id = "id",
        /// The article's address on the backend's own site.
        Url = "url",
        /// The headline. Required.
        Headline = "headline",
        /// One subhead or several.
        AlternativeHeadline = "alternativeHeadline",
        /// The beginning of the text, or a summary.
        Description = "description",
        /// Text, or a list of blocks.
        ArticleBody = "articleBody",
        /// ISO 8601, or seconds or milliseconds since 1970.
        DatePublished = "datePublished",
        /// ISO 8601, or seconds or milliseconds since 1970.
        DateModified = "dateModified",
        /// Names, or objects with `name`, `url`, `jobTitle`, `image`.
        Author = "author",
        /// Names, or objects with `name` and `slug`; the first is the primary one.
        ArticleSection = "articleSection",
        /// A list, or one text with commas or semicolons between the keywords.
        Keywords = "keywords",
        /// An address, or an object with `url`, `width`, `height`, `alternateName`, `caption`, `creditText`, `sizes`.
        Image = "image",
        /// More pictures, each like `image`.
        AssociatedMedia = "associatedMedia",
        /// An object with `views`, `likes`, `comments`.
        InteractionStatistic = "interactionStatistic",
        /// Whether everybody may read all of the article: true or false.
        IsAccessibleForFree = "isAccessibleForFree",
        /// The JSON of the next older article.
        Previous = "previous",
        /// The JSON of the next newer article.
        Next = "next",
        /// The articles that editors picked to stand under this one: ids, addresses in this newspaper, or their JSON.
        Related = "related",
    }
}

document! {
    /// The format of a backend's text.
    pub enum Format {
        /// Plain text.
        Plain = "plain",
        /// HTML, with entities and tags.
        Html = "html",
        /// CommonMark.
        Markdown = "markdown",
        /// For a body: an editor's JSON, as text.
        Json = "json",
    }
}

document! {
    /// What a block of a body becomes: an element. Without `element`, only its content is kept.
    #[patch]
    pub struct Block {
        /// A condition for the blocks of this rule. Without it, the rule is for all blocks.
        pub when: Option<Query>,
        /// The name of an HTML element. Elements that are not in the allow-list are removed.
        pub element: Option<String>,
        /// The element's attributes.
        pub attributes: Vec<(String, Query)> as Members<Query>,
        /// Plain text.
        pub text: Option<Query>,
        /// HTML.
        pub html: Option<Query>,
        /// Markdown.
        pub markdown: Option<Query>,
        /// Blocks within the block.
        pub children: Option<Query>,
        /// The caption of a picture, or the source of a quotation.
        pub caption: Option<Query>,
        /// The article that the element links to: its id, or its JSON. The link's address becomes that of the article in
        /// this newspaper.
        pub article: Option<Query>,
        /// What is around the block, such as emphasis: a list of values, the outermost first. Each becomes an element, by
        /// the first rule that matches the value. A number stands for its bits: 5 for 1 and 4.
        pub marks: Option<Query>,
        /// What names in the marks of the blocks within stand for: a list of pairs, each a name and a value.
        pub definitions: Option<Query>,
        /// For an item of a list that the answer does not have: the list's element, `ul` or `ol`. Items that follow one
        /// another are put into one list.
        pub list: Option<String>,
        /// How deep an item of such a list is, from 1. The default is 1.
        pub level: Option<Query>,
    }
}

document! {
    /// Objects of an answer that others refer to. Each reference is replaced by its object.
    #[patch]
    pub struct Include {
        /// Finds the list of objects in the answer.
        pub from: Query,
        /// Finds the key of one of these objects.
        pub key: Query,
        /// Finds the key in a reference. It is evaluated on every object within an article; if it finds nothing, the
        /// object is not a reference.
        pub reference: Query,
    }
}

/// Expressions by field.
pub type FieldQueries = Vec<(Field, Query)>;

document! {
    /// One request and how its answer is read. The expressions are evaluated on an object with these members:
    /// `body`; `headers`, by name in lower case; `links`, the addresses of the `Link` header by relation (RFC 8288);
    /// `status`; `url`, the requested address; `variables`, the values of the URL template's variables.
    #[patch]
    pub struct Request {
        /// For a ranking: a known form of the answer, such as the export of a statistics program. It gives the
        /// expressions, and the other members change them.
        pub export: Option<Export>,
        /// A condition on the variables. The request is sent only if it holds.
        pub when: Option<Query>,
        /// The address: an RFC 6570 template with `{+base}`, `{page}`, `{limit}`, `{id}`, …; relative to `site.json`,
        /// or absolute.
        pub url: String,
        /// Values that have to be requested first, in this order. Each becomes a variable.
        pub lookup: Vec<Lookup>,
        /// The articles of a list. For one article, the list in which it is found by its id; for a neighbour, the list
        /// in which it is found by its date.
        pub items: Option<Query>,
        /// The one article. The default is the whole body. If it finds nothing, the article is "not found".
        pub item: Option<Query>,
        /// How many articles all pages have.
        pub total: Option<Query>,
        /// How many pages there are.
        pub pages: Option<Query>,
        /// Whether there is another page, for answers with neither `total` nor `pages`. The default: a full page has a
        /// next one.
        pub more: Option<Query>,
        /// Holds if the requested page is after the last one. Then the list is empty, and that is not an error.
        #[key = "pastTheEnd"]
        pub past_the_end: Option<Query>,
        /// Holds if the backend does not have what was requested, whatever the status.
        #[key = "notFound"]
        pub not_found: Option<Query>,
        /// For a ranking: the article of an entry. The default is the entry itself.
        pub article: Option<Query>,
        /// For a ranking: the number of views, recommendations or comments of an entry.
        pub count: Option<Query>,
        /// For a ranking: the rank of an entry. The default is its place in the list.
        pub position: Option<Query>,
        /// For a ranking: the rank of an entry in the ranking before this one; 0 or nothing if it was not in it.
        #[key = "previousPosition"]
        pub previous_position: Option<Query>,
        /// For a ranking: what was counted. The default is `views`.
        pub metric: Option<Metric>,
        /// For a ranking whose address has `{metric}`: what may be counted, and the backend's own name of each.
        pub metrics: Vec<(Metric, String)> as Keyed<Metric, String>,
        /// For a ranking: the periods that the backend offers, and its own name of each.
        pub periods: Vec<(Period, String)> as Keyed<Period, String>,
        /// Set if the answer holds all articles. gisa then picks those of the section, or those that contain every word
        /// of the search. On `related`: set if the answer holds any articles that may be related. gisa then picks those
        /// that share most keywords with the article.
        #[key = "filterHere"]
        pub filter_here: bool = false,
        /// Set if the answer holds all articles. gisa then divides them into pages.
        #[key = "pageHere"]
        pub page_here: bool = false,
        /// For a list that only names its articles: the id of each. The article is then loaded by the resource
        /// `article`. For breaking news: the article that the line leads to; the default is the member `id`.
        #[key = "articleId"]
        pub article_id: Option<Query>,
        /// For the front page: whether an entry stands large. The default is no.
        pub large: Option<Query>,
        /// For breaking news: the text of the line, in the format of headlines. The default is the member `text`.
        pub text: Option<Query>,
        /// For breaking news: the address that the line leads to, if that is no article. The default is the member `url`.
        pub link: Option<Query>,
        /// For breaking news: when the line ends, or the date to which `hours` are added. The default is the member
        /// `until`.
        pub until: Option<Query>,
        /// For breaking news: how many hours after the date of `until` the line ends.
        pub hours: Option<u32> as Option<Number<1, 168>>,
        /// For a ranking that only names the addresses of its articles: the address of each in this newspaper, or an old
        /// one that `redirects` leads to an article.
        #[key = "articleUrl"]
        pub article_url: Option<Query>,
        /// For a backend whose pages have no numbers: the address of the next page, relative to the answer's own.
        #[key = "nextUrl"]
        pub next_url: Option<Query>,
        /// For a backend whose pages have no numbers: the value of `{cursor}` in the next request.
        pub cursor: Option<Query>,
        /// Expressions for fields that are at another place in this resource than in others.
        pub fields: FieldQueries as Keyed<Field, Query>,
    }
}

document! {
    /// A form of rankings that gisa knows: what programs answer that count readers.
    pub enum Export {
        /// A ranking in gisa's own JSON, for a backend whose articles are in another form.
        Gisa = "gisa",
        /// Google Analytics 4: the answer of `runReport`.
        Ga4 = "ga4",
        /// GoatCounter: the answer of `stats/hits`.
        GoatCounter = "goatcounter",
        /// Jetpack and WordPress.com: the answer of `stats/top-posts`.
        Jetpack = "jetpack",
        /// Matomo: the answer of `Actions.getPageUrls`, with `flat=1`.
        Matomo = "matomo",
        /// Plausible: the answer of its first API (`stats/breakdown`) or its second one (`query`).
        Plausible = "plausible",
        /// Umami: the answer of `metrics`, by path.
        Umami = "umami",
        /// WordPress Popular Posts: the answer of `popular-posts`.
        PopularPosts = "wordpress-popular-posts",
    }
}

document! {
    /// A value that has to be requested before the request itself can be sent.
    pub struct Lookup {
        /// The name of the variable that it becomes.
        pub name: String,
        /// An RFC 6570 template.
        pub url: String,
        /// Finds the value in the answer. If it finds nothing, the article or list is "not found".
        pub value: Query,
    }
}

/// A JMESPath expression.
pub struct Query {
    text: String,
    /// Those of presets are compiled when they are first evaluated, because a page needs few of them.
    compiled: OnceLock<Expression>,
}

impl Query {
    /// The expression as it was written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The compiled expression; or the text that says why it is not JMESPath.
    fn compiled(&self) -> Result<&Expression, String> {
        if let Some(compiled) = self.compiled.get() {
            return Ok(compiled);
        }
        let compiled =
            Expression::compile(&self.text).map_err(|problem| format!("`{}` is not JMESPath: {problem}", self.text))?;
        Ok(self.compiled.get_or_init(|| compiled))
    }

    /// Evaluates the expression. `resource` and `field` are named in the error.
    pub fn search(&self, data: &Rcvar, resource: &str, field: &str) -> Result<Rcvar, Unmapped> {
        let compiled = self
            .compiled()
            .map_err(|problem| self.unmapped(resource, field, problem))?;
        compiled
            .search(data)
            .map_err(|problem| self.unmapped(resource, field, problem))
    }

    /// Whether the result of the expression is true in JMESPath's sense.
    pub fn holds(&self, data: &Rcvar, resource: &str, field: &str) -> Result<bool, Unmapped> {
        Ok(self.search(data, resource, field)?.is_truthy())
    }

    /// An error about the value that the expression found.
    pub fn unmapped(&self, resource: &str, field: &str, problem: String) -> Unmapped {
        Unmapped {
            resource: resource.to_owned(),
            field: field.to_owned(),
            expression: self.as_str().to_owned(),
            problem,
        }
    }
}

/// Why a mapping can't be used.
#[derive(Clone, Debug, PartialEq)]
pub enum MappingError {
    /// `site.json` names a preset that does not exist.
    UnknownPreset { preset: String, known: Vec<&'static str> },
    /// The preset with the publisher's changes is not a valid mapping.
    Malformed { path: String, problem: String },
}

impl MappingError {
    /// The field of `site.json` that has the error.
    pub fn field(&self) -> String {
        match self {
            MappingError::UnknownPreset { .. } => "backend.preset".to_owned(),
            MappingError::Malformed { path, .. } if path.is_empty() => "backend.mapping".to_owned(),
            MappingError::Malformed { path, .. } => format!("backend.mapping.{path}"),
        }
    }
}

impl std::fmt::Display for MappingError {
    fn fmt(&self, out: &mut std::fmt::Formatter) -> std::fmt::Result {
        match self {
            MappingError::UnknownPreset { preset, known } => {
                write!(
                    out,
                    "there is no preset `{preset}`; the presets are {}",
                    known.join(", ")
                )
            }
            MappingError::Malformed { problem, .. } => out.write_str(problem),
        }
    }
}

impl Mapping {
    /// Whether answers may have texts or bodies that are not HTML or plain text, or references. What reads these is a part of
    /// the browser program that is loaded only for such backends (script/split.mjs).
    pub fn needs_extras(&self) -> bool {
        let mut formats = self.formats.iter().map(|(_, format)| *format).chain([self.text]);
        !self.blocks.is_empty() || self.include.is_some() || formats.any(|format| format == Format::Markdown)
    }

    /// The preset of this name with the publisher's changes merged in (RFC 7396). The browser program is split at this
    /// function (script/split.mjs), so it must stay a function of its own.
    #[inline(never)]
    pub fn new(preset: &str, changes: Option<&Variable>) -> Result<Self, MappingError> {
        let Some(text) = preset::text(preset) else {
            return Err(MappingError::UnknownPreset {
                preset: preset.to_owned(),
                known: preset::names().collect(),
            });
        };
        let malformed = |error: ReadError| MappingError::Malformed {
            path: error.path,
            problem: error.problem,
        };
        let mut document = Variable::from_json(text).map_err(|error| MappingError::Malformed {
            path: String::new(),
            problem: format!("the preset `{preset}` is not JSON: {error}"),
        })?;
        if let Some(changes) = changes {
            document = merge(&document, changes);
            if let Some(ranking) = ranking_of_export(changes) {
                // The preset's own ranking has expressions for another form.
                for ranking in [Rcvar::new(Variable::Null), ranking] {
                    let resources = object([(Resource::Ranking.as_str(), ranking)]);
                    document = merge(&document, &object([("resources", resources)]));
                }
            }
        }
        read_document(&document, changes.is_none(), Self::read).map_err(malformed)
    }

    /// The first request of a resource whose condition holds for these variables.
    pub fn request(&self, resource: Resource, variables: &Rcvar) -> Result<Option<&Request>, Unmapped> {
        for request in self.requests(resource) {
            let holds = match &request.when {
                Some(condition) => condition.holds(variables, resource.as_str(), "when")?,
                None => true,
            };
            if holds {
                return Ok(Some(request));
            }
        }
        Ok(None)
    }

    /// Whether the backend offers a resource. The conditions of these two depend on nothing but the mapping's own
    /// variables, so it is known before anything is asked.
    pub fn offers(&self, resource: Resource) -> bool {
        let variables = || {
            object(
                self.variables
                    .iter()
                    .map(|(name, value)| (name.as_str(), Rcvar::new(Variable::String(value.clone())))),
            )
        };
        match resource {
            Resource::Front | Resource::Breaking => self
                .request(resource, &variables())
                .is_ok_and(|request| request.is_some()),
            _ => !self.requests(resource).is_empty(),
        }
    }

    /// The requests of a resource, in order; empty if the backend does not offer it.
    pub fn requests(&self, resource: Resource) -> &[Request] {
        let found = self.resources.iter().find(|(known, _)| *known == resource);
        found.map(|(_, requests)| requests.as_slice()).unwrap_or_default()
    }

    /// What the rankings count, the most usual first; empty if there are none.
    pub fn metrics(&self) -> Vec<Metric> {
        let offers = |metric: &Metric| {
            Period::ALL
                .into_iter()
                .any(|period| self.offers_ranking(*metric, period))
        };
        Metric::ALL.into_iter().filter(offers).collect()
    }

    /// Whether there is a ranking by this metric for this period.
    pub fn offers_ranking(&self, metric: Metric, period: Period) -> bool {
        let mut requests = self.requests(Resource::Ranking).iter();
        requests.any(|request| request.words(metric, period).is_some())
    }
}

impl DocumentType for Query {
    type Value = Self;

    fn read(text: Reader) -> Self {
        let query = Query {
            text: text.text(),
            compiled: OnceLock::new(),
        };
        if !text.is_trusted()
            && let Err(problem) = query.compiled()
        {
            text.error(problem);
        }
        query
    }

    fn absent() -> Self {
        Query {
            text: String::new(),
            compiled: OnceLock::new(),
        }
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        generator.subschema_for::<Self>()
    }
}

#[cfg(not(target_arch = "wasm32"))]
impl schemars::JsonSchema for Query {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Expression".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "description": "A JMESPath expression.", "type": "string" })
    }
}

impl Request {
    /// The backend's own names of a metric and a period; `None` if this is no request of such a ranking.
    pub fn words(&self, metric: Metric, period: Period) -> Option<(&str, &str)> {
        let found = self.periods.iter().find(|(known, _)| *known == period);
        // The files of a statistics program are named by whoever saves them.
        let is_usual = self.export.is_some() && self.periods.is_empty();
        let usual = is_usual.then_some(period.as_str());
        let period = found.map(|(_, word)| &**word).or(usual)?;
        let word = match &*self.metrics {
            [] => (self.metric.unwrap_or(Metric::Views) == metric).then_some(metric.as_str()),
            metrics => metrics
                .iter()
                .find(|(known, _)| *known == metric)
                .map(|(_, word)| &**word),
        };
        Some((word?, period))
    }

    /// Whether a page is found only by following the pages before it.
    pub fn is_chained(&self) -> bool {
        self.next_url.is_some() || self.cursor.is_some()
    }
}

/// A JSON object with these members.
pub fn object<'a>(members: impl IntoIterator<Item = (&'a str, Rcvar)>) -> Rcvar {
    let members: Vec<(String, Rcvar)> = members
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect();
    Rcvar::new(Variable::Object(members.into()))
}

/// The requests of a ranking in a publisher's changes, with the members that `export` stands for; `None` if it names no
/// form. An unknown form is left for the reader, which names it.
fn ranking_of_export(changes: &Variable) -> Option<Rcvar> {
    let ranking = changes.get_field("resources").get_field("ranking");
    let requests = match &*ranking {
        Variable::Array(requests) => requests.as_slice(),
        _ => std::slice::from_ref(&ranking),
    };
    if requests.iter().all(|request| request.get_field("export").is_null()) {
        return None;
    }
    let exports = Variable::from_json(EXPORTS).ok()?;
    let mut whole = requests.iter().map(|request| {
        let export = request.get_field("export");
        let members = exports.get_field(export.as_string().map_or("", String::as_str));
        Rcvar::new(merge(&members, request))
    });
    if ranking.is_array() {
        return Some(Rcvar::new(Variable::Array(whole.collect())));
    }
    whole.next()
}

/// Merges a patch into a document (RFC 7396, JSON Merge Patch).
fn merge(target: &Variable, patch: &Variable) -> Variable {
    let Variable::Object(changes) = patch else {
        return patch.clone();
    };
    let mut members = match target {
        Variable::Object(members) => members.clone(),
        _ => JsonMembers::default(),
    };
    for (name, change) in changes {
        if change.is_null() {
            members.remove(name);
        } else {
            let merged = merge(members.get(name).map_or(&Variable::Null, |member| member), change);
            members.insert(name.clone(), Rcvar::new(merged));
        }
    }
    Variable::Object(members)
}
