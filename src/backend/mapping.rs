//! Mapping documents: how each kind of backend is asked, and where each field of an article is in its answers.

use jmespath::{Context, DEFAULT_RUNTIME, Expression, Rcvar, Variable};

use super::error::Unmapped;
use crate::json::{DocumentType, Keyed, Members, Number, OneOrSeveral, Read, ReadError, Reader, Required, document};
use crate::model::Period;

/// A preset as build.rs left it.
macro_rules! preset {
    ($name:literal) => {
        ($name, include_str!(concat!(env!("OUT_DIR"), "/", $name, ".json")))
    };
}

/// The mapping documents that gisa knows by name, `src/backend/presets/NAME.json`.
const PRESETS: &[(&str, &str)] = &[
    preset!("none"),
    preset!("native"),
    preset!("wordpress"),
    preset!("ghost"),
    preset!("jsonfeed"),
    preset!("strapi"),
    preset!("directus"),
    preset!("drupal"),
    preset!("contentful"),
    preset!("guardian"),
    preset!("realworld"),
    preset!("hackernews"),
    preset!("forem"),
];

document! {
    /// How a backend answers, or what is different from the preset. Null removes a part of the preset.
    #[patch]
    pub struct Mapping {
        /// For people.
        pub description: Option<String>,
        /// What the backend's text fields hold; without this, plain text.
        pub text: Format = Format::Plain,
        /// Fields that hold something else than `text` says, by name. A body is HTML where nothing stands here.
        pub formats: Vec<(String, Format)> as Members<Format>,
        /// For bodies that are lists of blocks: what a block becomes. The first rule that fits counts.
        pub blocks: Vec<Block>,
        /// For answers that hold what articles refer to beside the articles (JSON:API, Contentful).
        pub include: Option<Include>,
        /// Values that addresses and conditions know by name, such as the name of a collection.
        pub variables: Vec<(String, String)> as Members<String>,
        /// The IANA zone of dates that are written without one; without this, the newspaper's.
        #[key = "timeZone"]
        pub time_zone: Option<String>,
        /// How many articles a page of a list has; 20 without this.
        #[key = "pageSize"]
        pub page_size: u32 as Number<1, 100> = 20_u32,
        /// Where each field of an article is, evaluated on the article's JSON.
        pub fields: FieldQueries as Required<Keyed<Field, Query>>,
        /// For each kind of list or page the request that gets it, or several of which the first whose `when` holds is
        /// sent. What is not there is not offered.
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
        /// What the editors put at the top today.
        Today = "today",
    }
}

document! {
    /// A field of an article.
    pub enum Field {
        /// What names the article in addresses. Has to be there.
        Id = "id",
        /// Where the backend itself shows it.
        Url = "url",
        /// Has to be there.
        Headline = "headline",
        /// One subhead or several.
        AlternativeHeadline = "alternativeHeadline",
        /// The beginning, or a summary.
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
        /// A list, or one text with commas or semicolons.
        Keywords = "keywords",
        /// An address, or an object with `url`, `width`, `height`, `alternateName`, `caption`, `creditText`, `sizes`.
        Image = "image",
        /// Further pictures, each like `image`.
        AssociatedMedia = "associatedMedia",
        /// An object with `views`, `likes`, `comments`.
        InteractionStatistic = "interactionStatistic",
        /// Whether all of it may be read by everybody: true or false.
        IsAccessibleForFree = "isAccessibleForFree",
        /// The older neighbour's own JSON.
        Previous = "previous",
        /// The newer neighbour's own JSON.
        Next = "next",
    }
}

document! {
    /// What a backend's text holds.
    pub enum Format {
        /// Text as it is.
        Plain = "plain",
        /// HTML, with entities and tags.
        Html = "html",
        /// CommonMark.
        Markdown = "markdown",
    }
}

document! {
    /// What a block of a body becomes: an element, or, without one, what it contains.
    #[patch]
    pub struct Block {
        /// The blocks that it is for; without this, all.
        pub when: Option<Query>,
        /// An element's name in HTML; only those of the allow-list arrive.
        pub element: Option<String>,
        /// The element's attributes.
        pub attributes: Vec<(String, Query)> as Members<Query>,
        /// Text as it is.
        pub text: Option<Query>,
        /// Text with markup.
        pub html: Option<Query>,
        /// Blocks within the block.
        pub children: Option<Query>,
        /// What stands under a picture or quotation.
        pub caption: Option<Query>,
    }
}

document! {
    /// Objects of an answer that others refer to: a reference is replaced by what it refers to.
    #[patch]
    pub struct Include {
        /// Where the objects are, evaluated on the answer.
        pub from: Query,
        /// What names one of them, evaluated on it.
        pub key: Query,
        /// What a reference names, evaluated on every object of an article; nothing there means that it is none.
        pub reference: Query,
    }
}

/// Expressions by their field.
pub type FieldQueries = Vec<(Field, Query)>;

document! {
    /// One request and how its answer is read. The expressions see `{body, headers, links, status, url, variables}`:
    /// header names in lower case, the addresses of the `Link` header by relation (RFC 8288), the address that answered,
    /// the values of the URL template's variables.
    #[patch]
    pub struct Request {
        /// Sent only where this holds for the variables.
        pub when: Option<Query>,
        /// An RFC 6570 template with `{+base}`, `{page}`, `{limit}`, `{id}`, …; relative to `site.json`, or absolute.
        pub url: String,
        /// Values that have to be asked for first, in order; each becomes a variable.
        pub lookup: Vec<Lookup>,
        /// The articles of a list; for one article, the list that it is found in by its id; for a neighbour, by its date.
        pub items: Option<Query>,
        /// The one article; without this, the body. Nothing there means "not found".
        pub item: Option<Query>,
        /// How many articles there are.
        pub total: Option<Query>,
        /// How many pages there are.
        pub pages: Option<Query>,
        /// Whether there are more pages, where neither total nor pages are known. Without this, a full page has a next one.
        pub more: Option<Query>,
        /// Holds where the page asked for lies behind the last one: the list is empty, nothing went wrong.
        #[key = "pastTheEnd"]
        pub past_the_end: Option<Query>,
        /// Holds where the backend has no such thing, whatever the status.
        #[key = "notFound"]
        pub not_found: Option<Query>,
        /// For a ranking: the article of an item; without this, the item itself.
        pub article: Option<Query>,
        /// For a ranking: the count of an item.
        pub count: Option<Query>,
        /// For a ranking: the rank of an item; without this, the order counts.
        pub position: Option<Query>,
        /// For a ranking: what was counted, such as `views`.
        pub metric: Option<String>,
        /// For a ranking: the periods on offer, with what the backend calls each.
        pub periods: Vec<(Period, String)> as Keyed<Period, String>,
        /// The answer holds all articles: those of the search, in which every word occurs, or of the section are picked
        /// out.
        #[key = "filterHere"]
        pub filter_here: bool = false,
        /// The answer holds all articles: the page is cut out.
        #[key = "pageHere"]
        pub page_here: bool = false,
        /// For a list of references: the id of an item's article, which is then loaded by the resource `article`.
        #[key = "articleId"]
        pub article_id: Option<Query>,
        /// The address of the next page, for a backend whose pages have no numbers; relative to the answer's own.
        #[key = "nextUrl"]
        pub next_url: Option<Query>,
        /// What the next request has to send as `{cursor}`, for the same.
        pub cursor: Option<Query>,
        /// Fields that this resource has elsewhere than other resources.
        pub fields: FieldQueries as Keyed<Field, Query>,
    }
}

document! {
    /// A value that has to be asked for before the request itself can be sent.
    pub struct Lookup {
        /// The variable that it becomes.
        pub name: String,
        /// An RFC 6570 template.
        pub url: String,
        /// Nothing there means "not found".
        pub value: Query,
    }
}

/// A compiled JMESPath expression.
pub struct Query(Expression<'static>);

impl Query {
    /// The expression as it was written.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// Evaluates it; `resource` and `field` are named in the error.
    pub fn search(&self, data: &Rcvar, resource: &str, field: &str) -> Result<Rcvar, Unmapped> {
        // Its own `search` would copy the data first, all of it, for every expression.
        let mut context = Context::new(self.as_str(), &DEFAULT_RUNTIME);
        jmespath::interpret(data, self.0.as_ast(), &mut context)
            .map_err(|error| self.unmapped(resource, field, error.reason.to_string()))
    }

    /// Evaluates it and says whether the result is true in JMESPath's sense.
    pub fn holds(&self, data: &Rcvar, resource: &str, field: &str) -> Result<bool, Unmapped> {
        Ok(self.search(data, resource, field)?.is_truthy())
    }

    /// An error about what it found.
    pub fn unmapped(&self, resource: &str, field: &str, problem: String) -> Unmapped {
        Unmapped {
            resource: resource.to_owned(),
            field: field.to_owned(),
            expression: self.as_str().to_owned(),
            problem,
        }
    }
}

/// Why there is no mapping.
#[derive(Clone, Debug, PartialEq)]
pub enum MappingError {
    /// `site.json` names a preset that does not exist.
    UnknownPreset { preset: String, known: Vec<&'static str> },
    /// The preset with the publisher's changes is no mapping.
    Malformed { path: String, problem: String },
}

impl MappingError {
    /// The field of `site.json` that is at fault.
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
                write!(out, "there is no preset `{preset}`; there are {}", known.join(", "))
            }
            MappingError::Malformed { problem, .. } => out.write_str(problem),
        }
    }
}

impl Mapping {
    /// The preset of this name with the publisher's changes merged in (RFC 7396).
    pub fn new(preset: &str, changes: Option<&Variable>) -> Result<Self, MappingError> {
        let Some((_, text)) = PRESETS.iter().find(|(name, _)| *name == preset) else {
            let known = PRESETS.iter().map(|(name, _)| *name).collect();
            return Err(MappingError::UnknownPreset {
                preset: preset.to_owned(),
                known,
            });
        };
        let malformed = |error: ReadError| MappingError::Malformed {
            path: error.path,
            problem: error.problem,
        };
        let mut document: Variable = serde_json::from_str(text).map_err(|error| MappingError::Malformed {
            path: String::new(),
            problem: format!("the preset `{preset}` is not JSON: {error}"),
        })?;
        if let Some(changes) = changes {
            document = merge(&document, changes);
        }
        Self::read(Reader::new(&document, "")).map_err(malformed)
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

    /// The requests of a resource, in order; none where the backend does not offer it.
    pub fn requests(&self, resource: Resource) -> &[Request] {
        let found = self.resources.iter().find(|(known, _)| *known == resource);
        found.map(|(_, requests)| requests.as_slice()).unwrap_or_default()
    }

    /// What the backend calls a period, where it has a ranking for it.
    pub fn period_word(&self, period: Period) -> Option<&str> {
        let mut periods = self
            .requests(Resource::Ranking)
            .iter()
            .flat_map(|request| &request.periods);
        periods
            .find(|(known, _)| *known == period)
            .map(|(_, word)| word.as_str())
    }
}

impl DocumentType for Query {
    type Value = Self;

    fn read(text: Reader) -> Read<Self> {
        let expression = text.text()?;
        match jmespath::compile(&expression) {
            Ok(compiled) => Ok(Query(compiled)),
            Err(error) => text.error(format!("`{expression}` is not JMESPath: {}", error.reason)),
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
    /// Whether a page can be had only by way of those before it.
    pub fn is_chained(&self) -> bool {
        self.next_url.is_some() || self.cursor.is_some()
    }
}

/// A JSON object with these members.
pub fn object<'a>(members: impl IntoIterator<Item = (&'a str, Rcvar)>) -> Rcvar {
    let mut object = std::collections::BTreeMap::new();
    for (name, value) in members {
        object.insert(name.to_owned(), value);
    }
    Rcvar::new(Variable::Object(object))
}

/// RFC 7396, JSON Merge Patch.
fn merge(target: &Variable, patch: &Variable) -> Variable {
    let Variable::Object(changes) = patch else {
        return patch.clone();
    };
    let mut members = match target {
        Variable::Object(members) => members.clone(),
        _ => std::collections::BTreeMap::new(),
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
