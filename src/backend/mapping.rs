use jmespath::{Context, DEFAULT_RUNTIME, Expression, Rcvar, Variable};

use super::error::Unmapped;
use crate::json::{ReadError, Reader};
use crate::model::Period;

/// The mapping documents that gisa knows by name.
const PRESETS: &[(&str, &str)] = &[
    ("none", include_str!("presets/none.json")),
    ("native", include_str!("presets/native.json")),
    ("wordpress", include_str!("presets/wordpress.json")),
    ("ghost", include_str!("presets/ghost.json")),
    ("jsonfeed", include_str!("presets/jsonfeed.json")),
    ("strapi", include_str!("presets/strapi.json")),
    ("directus", include_str!("presets/directus.json")),
    ("drupal", include_str!("presets/drupal.json")),
    ("contentful", include_str!("presets/contentful.json")),
    ("guardian", include_str!("presets/guardian.json")),
    ("realworld", include_str!("presets/realworld.json")),
    ("hackernews", include_str!("presets/hackernews.json")),
    ("forem", include_str!("presets/forem.json")),
];

/// How a kind of backend answers: for each resource an address, for each field an expression.
pub struct Mapping {
    /// What the backend's text fields hold: text as it is, or HTML with entities and tags.
    pub text: Format,
    /// Fields that hold something else than `text` says, by name; a body is HTML where nothing stands here.
    pub formats: Vec<(String, Format)>,
    /// For bodies that are lists of blocks instead of text: what a block becomes. The first rule that fits counts.
    pub blocks: Vec<Block>,
    /// For answers that hold what articles refer to beside the articles (JSON:API, Contentful).
    pub include: Option<Include>,
    /// Values that URL templates and conditions know by name, such as the name of a collection.
    pub variables: Vec<(String, String)>,
    /// The zone of dates that are written without one; without this, the newspaper's.
    pub time_zone: Option<String>,
    /// How many articles a page of a list has.
    pub page_size: u32,
    /// The fields of an article. Evaluated on one article's JSON.
    pub fields: FieldQueries,
    /// For each resource its requests, of which the first whose `when` holds is sent.
    pub resources: Vec<(Resource, Vec<Request>)>,
}

/// What a page can ask a backend for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Resource {
    /// The newest articles.
    Latest,
    /// A section's articles, newest first.
    Section,
    /// One article with its body.
    Article,
    /// The article published before another.
    Previous,
    /// The article published after another.
    Next,
    /// Articles that match a reader's words.
    Search,
    /// The most viewed articles of a period.
    Ranking,
    /// Articles with an image.
    Photos,
    /// What the editors put at the top today.
    Today,
}

impl Resource {
    /// All of them.
    pub const ALL: [Resource; 9] = [
        Resource::Latest,
        Resource::Section,
        Resource::Article,
        Resource::Previous,
        Resource::Next,
        Resource::Search,
        Resource::Ranking,
        Resource::Photos,
        Resource::Today,
    ];

    /// As it stands in a mapping document.
    pub fn as_str(self) -> &'static str {
        match self {
            Resource::Latest => "latest",
            Resource::Section => "section",
            Resource::Article => "article",
            Resource::Previous => "previous",
            Resource::Next => "next",
            Resource::Search => "search",
            Resource::Ranking => "ranking",
            Resource::Photos => "photos",
            Resource::Today => "today",
        }
    }
}

/// A field of an article.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Field {
    /// What names the article in addresses. Has to be there.
    Id,
    /// Where the backend itself shows it.
    Url,
    /// Has to be there.
    Headline,
    /// One subhead or several.
    AlternativeHeadline,
    /// The beginning, or a summary.
    Description,
    /// Text, or a list of blocks.
    ArticleBody,
    /// ISO 8601, or seconds or milliseconds since 1970.
    DatePublished,
    /// ISO 8601, or seconds or milliseconds since 1970.
    DateModified,
    /// Names, or objects with `name`, `url`, `jobTitle`, `image`.
    Author,
    /// Names, or objects with `name` and `slug`; the first is the primary one.
    ArticleSection,
    /// A list, or one text with commas or semicolons.
    Keywords,
    /// An address, or an object with `url`, `width`, `height`, `alternateName`, `caption`, `creditText`, `sizes`.
    Image,
    /// Further pictures, each like `image`.
    AssociatedMedia,
    /// An object with `views`, `likes`, `comments`.
    InteractionStatistic,
    /// Whether all of it may be read by everybody: true or false.
    IsAccessibleForFree,
    /// The older neighbour's own JSON.
    Previous,
    /// The newer neighbour's own JSON.
    Next,
}

impl Field {
    /// All of them.
    pub const ALL: [Field; 17] = [
        Field::Id,
        Field::Url,
        Field::Headline,
        Field::AlternativeHeadline,
        Field::Description,
        Field::ArticleBody,
        Field::DatePublished,
        Field::DateModified,
        Field::Author,
        Field::ArticleSection,
        Field::Keywords,
        Field::Image,
        Field::AssociatedMedia,
        Field::InteractionStatistic,
        Field::IsAccessibleForFree,
        Field::Previous,
        Field::Next,
    ];

    /// As it stands in a mapping document.
    pub fn as_str(self) -> &'static str {
        match self {
            Field::Id => "id",
            Field::Url => "url",
            Field::Headline => "headline",
            Field::AlternativeHeadline => "alternativeHeadline",
            Field::Description => "description",
            Field::ArticleBody => "articleBody",
            Field::DatePublished => "datePublished",
            Field::DateModified => "dateModified",
            Field::Author => "author",
            Field::ArticleSection => "articleSection",
            Field::Keywords => "keywords",
            Field::Image => "image",
            Field::AssociatedMedia => "associatedMedia",
            Field::InteractionStatistic => "interactionStatistic",
            Field::IsAccessibleForFree => "isAccessibleForFree",
            Field::Previous => "previous",
            Field::Next => "next",
        }
    }
}

/// What a backend's text holds.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Format {
    #[default]
    Plain,
    Html,
    /// CommonMark.
    Markdown,
}

/// What a block of a body becomes: an element, or, without one, what it contains.
pub struct Block {
    /// An element's name in HTML; only those of the allow-list arrive.
    pub element: Option<String>,
    pub attributes: Vec<(String, Query)>,
    /// The blocks that it is for; without this, all.
    pub when: Option<Query>,
    /// Text as it is.
    pub text: Option<Query>,
    /// Text with markup.
    pub html: Option<Query>,
    /// Blocks within the block.
    pub children: Option<Query>,
    /// What stands under a picture or quotation.
    pub caption: Option<Query>,
}

/// Objects of an answer that others refer to: a reference is replaced by what it refers to.
pub struct Include {
    /// The objects, evaluated on the answer.
    pub from: Query,
    /// What names one of them, evaluated on it.
    pub key: Query,
    /// What a reference names, evaluated on every object of an article; nothing there means that it is none.
    pub reference: Query,
}

/// Expressions by their field.
pub type FieldQueries = Vec<(Field, Query)>;

/// One request and how its answer is read.
///
/// The expressions see `{body, headers, links, status, url, variables}`: header names in lower case, the addresses of the
/// `Link` header by relation (RFC 8288), the address that answered, the values of the URL template's variables.
pub struct Request {
    /// An RFC 6570 template.
    pub url: String,
    /// Values that have to be asked for first, in order; each becomes a variable.
    pub lookup: Vec<Lookup>,
    /// The request is sent only where this holds for the variables.
    pub when: Option<Query>,
    /// For a list: its articles. For one article: the list that it has to be found in, by its id; for a neighbour, by its
    /// date.
    pub items: Option<Query>,
    /// For one article: where it is; without this, the body. Nothing there means "not found".
    pub item: Option<Query>,
    /// How many articles the list has.
    pub total: Option<Query>,
    /// How many pages the list has.
    pub pages: Option<Query>,
    /// Where neither is known: whether there are more pages. Without this, a full page has a next one.
    pub more: Option<Query>,
    /// Where it holds, the page asked for lies behind the last one: the list is empty, nothing went wrong.
    pub past_the_end: Option<Query>,
    /// Where it holds, the backend has no such thing, whatever the status.
    pub not_found: Option<Query>,
    /// For a ranking: the article of an item; without this, the item itself.
    pub article: Option<Query>,
    /// For a ranking: the count of an item.
    pub count: Option<Query>,
    /// For a ranking: the rank of an item; without this, the order counts.
    pub position: Option<Query>,
    /// For a list of references instead of articles: the id of an item's article, which is then loaded by the resource
    /// `article`.
    pub article_id: Option<Query>,
    /// The address of the next page, for a backend whose pages have no numbers; relative to the answer's own.
    pub next_url: Option<Query>,
    /// What the next request has to send as `{cursor}`, for the same.
    pub cursor: Option<Query>,
    /// For a ranking: what was counted.
    pub metric: Option<String>,
    /// For a ranking: the periods on offer, with what the backend calls each.
    pub periods: Vec<(Period, String)>,
    /// For an answer that holds all articles: keep those in which every word of the search's query occurs, or those of
    /// the section.
    pub filter_here: bool,
    /// For an answer that holds all articles where a page was asked for: cut the page out.
    pub page_here: bool,
    /// Fields that this resource has elsewhere than other resources.
    pub fields: FieldQueries,
}

/// A value that has to be asked for before the request itself can be sent.
pub struct Lookup {
    /// The variable that it becomes.
    pub name: String,
    pub url: String,
    /// Nothing there means "not found".
    pub value: Query,
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

    fn read(document: Reader) -> Read<Self> {
        document.object(&[
            "description",
            "text",
            "formats",
            "blocks",
            "include",
            "variables",
            "timeZone",
            "pageSize",
            "fields",
            "resources",
        ])?;
        Ok(Mapping {
            text: document.member("text").map_or(Ok(Format::Plain), Format::read)?,
            formats: document.members_or_none("formats", Format::read)?,
            blocks: document.list_or_empty("blocks", Block::read)?,
            include: document.member("include").map(Include::read).transpose()?,
            variables: document.members_or_none("variables", |value| value.text())?,
            time_zone: document.optional_text("timeZone")?,
            page_size: document.member("pageSize").map_or(Ok(20), |size| size.number(1, 100))?,
            fields: read_keyed(document.required("fields")?, &Field::ALL, Field::as_str, Query::read)?,
            resources: read_keyed(
                document.required("resources")?,
                &Resource::ALL,
                Resource::as_str,
                Request::read_several,
            )?,
        })
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

type Read<T> = Result<T, ReadError>;

impl Format {
    fn read(format: Reader) -> Read<Self> {
        format.choice(&[
            ("plain", Format::Plain),
            ("html", Format::Html),
            ("markdown", Format::Markdown),
        ])
    }
}

impl Block {
    fn read(block: Reader) -> Read<Self> {
        block.object(&["when", "element", "attributes", "text", "html", "children", "caption"])?;
        Ok(Block {
            element: block.optional_text("element")?,
            attributes: block.members_or_none("attributes", Query::read)?,
            when: block.query("when")?,
            text: block.query("text")?,
            html: block.query("html")?,
            children: block.query("children")?,
            caption: block.query("caption")?,
        })
    }
}

impl Include {
    fn read(include: Reader) -> Read<Self> {
        include.object(&["from", "key", "reference"])?;
        Ok(Include {
            from: Query::read(include.required("from")?)?,
            key: Query::read(include.required("key")?)?,
            reference: Query::read(include.required("reference")?)?,
        })
    }
}

impl Reader<'_> {
    /// An expression, if it is there.
    fn query(&self, name: &str) -> Read<Option<Query>> {
        self.member(name).map(Query::read).transpose()
    }
}

/// Every member of an object whose members are known.
fn read_keyed<K: Copy, T>(
    object: Reader,
    keys: &[K],
    word: fn(K) -> &'static str,
    read: fn(Reader) -> Read<T>,
) -> Read<Vec<(K, T)>> {
    let words: Vec<&str> = keys.iter().map(|key| word(*key)).collect();
    object.object(&words)?;
    let mut members = Vec::new();
    for key in keys {
        if let Some(member) = object.member(word(*key)) {
            members.push((*key, read(member)?));
        }
    }
    Ok(members)
}

impl Query {
    fn read(text: Reader) -> Read<Self> {
        let expression = text.text()?;
        match jmespath::compile(&expression) {
            Ok(compiled) => Ok(Query(compiled)),
            Err(error) => text.error(format!("`{expression}` is not JMESPath: {}", error.reason)),
        }
    }
}

impl Request {
    /// A list of requests, or the only one by itself.
    fn read_several(requests: Reader) -> Read<Vec<Self>> {
        if requests.value().is_array() {
            requests.list(Self::read)
        } else {
            Ok(vec![Self::read(requests)?])
        }
    }

    fn read(request: Reader) -> Read<Self> {
        request.object(&[
            "when",
            "items",
            "item",
            "total",
            "pages",
            "more",
            "pastTheEnd",
            "notFound",
            "article",
            "count",
            "position",
            "articleId",
            "nextUrl",
            "cursor",
            "url",
            "lookup",
            "metric",
            "periods",
            "filterHere",
            "pageHere",
            "fields",
        ])?;
        let flag = |name: &str| request.member(name).map_or(Ok(false), |flag| flag.flag());
        Ok(Request {
            url: request.required("url")?.text()?,
            lookup: request.list_or_empty("lookup", Lookup::read)?,
            when: request.query("when")?,
            items: request.query("items")?,
            item: request.query("item")?,
            total: request.query("total")?,
            pages: request.query("pages")?,
            more: request.query("more")?,
            past_the_end: request.query("pastTheEnd")?,
            not_found: request.query("notFound")?,
            article: request.query("article")?,
            count: request.query("count")?,
            position: request.query("position")?,
            article_id: request.query("articleId")?,
            next_url: request.query("nextUrl")?,
            cursor: request.query("cursor")?,
            metric: request.optional_text("metric")?,
            periods: match request.member("periods") {
                Some(periods) => read_keyed(periods, &Period::ALL, Period::as_str, |word| word.text())?,
                None => Vec::new(),
            },
            filter_here: flag("filterHere")?,
            page_here: flag("pageHere")?,
            fields: match request.member("fields") {
                Some(fields) => read_keyed(fields, &Field::ALL, Field::as_str, Query::read)?,
                None => Vec::new(),
            },
        })
    }
}

impl Request {
    /// Whether a page can be had only by way of those before it.
    pub fn is_chained(&self) -> bool {
        self.next_url.is_some() || self.cursor.is_some()
    }
}

impl Lookup {
    fn read(lookup: Reader) -> Read<Self> {
        lookup.object(&["name", "url", "value"])?;
        Ok(Lookup {
            name: lookup.required("name")?.text()?,
            url: lookup.required("url")?.text()?,
            value: Query::read(lookup.required("value")?)?,
        })
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
