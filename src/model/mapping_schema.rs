//! The shape of `backend.mapping` for editors: what `backend::Mapping` reads, with what each key is for. The mapping
//! itself is read by hand, in the browser too, where a derived reader would cost every reader's download.
//! `tests/native/schemas.rs` keeps the two in step.

// Only their schema is used.
#![allow(dead_code)]

use std::collections::BTreeMap;

use schemars::JsonSchema;

/// A JMESPath expression; null removes what the preset has.
#[derive(JsonSchema)]
#[schemars(transparent)]
pub struct Expression(Option<String>);

/// How a backend answers, or what is different from the preset. Null removes a part of the preset.
#[derive(JsonSchema)]
#[schemars(rename_all = "camelCase", deny_unknown_fields)]
pub struct Mapping {
    /// For people.
    description: Option<String>,
    /// What the backend's text fields hold; without this, plain text.
    text: Option<Format>,
    /// Fields that hold something else than `text` says, by name. A body is HTML where nothing stands here.
    formats: Option<BTreeMap<String, Option<Format>>>,
    /// For bodies that are lists of blocks: what a block becomes. The first rule that fits counts.
    blocks: Option<Vec<Block>>,
    /// For answers that hold what articles refer to beside the articles.
    include: Option<Include>,
    /// Values that addresses and conditions know by name, such as the name of a collection.
    variables: Option<BTreeMap<String, Option<String>>>,
    /// The IANA zone of dates that are written without one; without this, the newspaper's.
    time_zone: Option<String>,
    /// How many articles a page of a list has; 20 without this.
    #[schemars(range(min = 1, max = 100))]
    page_size: Option<u32>,
    /// Where each field of an article is, evaluated on the article's JSON.
    fields: Option<Fields>,
    /// For each kind of list or page the request that gets it. What is not there is not offered.
    resources: Option<Resources>,
}

/// What a backend's text holds.
#[derive(JsonSchema)]
#[schemars(rename_all = "camelCase")]
pub enum Format {
    Plain,
    Html,
    Markdown,
}

/// What a block of a body becomes: an element, or, without one, what it contains.
#[derive(JsonSchema)]
#[schemars(rename_all = "camelCase", deny_unknown_fields)]
pub struct Block {
    /// The blocks that it is for; without this, all.
    when: Option<Expression>,
    /// An element's name in HTML.
    element: Option<String>,
    /// The element's attributes.
    attributes: Option<BTreeMap<String, Expression>>,
    /// Text as it is.
    text: Option<Expression>,
    /// Text with markup.
    html: Option<Expression>,
    /// Blocks within the block.
    children: Option<Expression>,
    /// What stands under a picture or quotation.
    caption: Option<Expression>,
}

/// Objects of an answer that others refer to: a reference is replaced by what it refers to.
#[derive(JsonSchema)]
#[schemars(rename_all = "camelCase", deny_unknown_fields)]
pub struct Include {
    /// Where the objects are, evaluated on the answer.
    from: Option<Expression>,
    /// What names one of them.
    key: Option<Expression>,
    /// What a reference names; nothing, where an object is no reference.
    reference: Option<Expression>,
}

/// Where each field of an article is.
#[derive(JsonSchema)]
#[schemars(rename_all = "camelCase", deny_unknown_fields)]
pub struct Fields {
    /// What names the article in addresses. Has to be there.
    id: Option<Expression>,
    /// Where the backend itself shows it.
    url: Option<Expression>,
    /// Has to be there.
    headline: Option<Expression>,
    /// One subhead or several.
    alternative_headline: Option<Expression>,
    /// The beginning, or a summary.
    description: Option<Expression>,
    /// Text, or a list of blocks.
    article_body: Option<Expression>,
    /// ISO 8601, or seconds or milliseconds since 1970.
    date_published: Option<Expression>,
    /// ISO 8601, or seconds or milliseconds since 1970.
    date_modified: Option<Expression>,
    /// Names, or objects with `name`, `url`, `jobTitle`, `image`.
    author: Option<Expression>,
    /// Names, or objects with `name` and `slug`; the first is the primary one.
    article_section: Option<Expression>,
    /// A list, or one text with commas or semicolons.
    keywords: Option<Expression>,
    /// An address, or an object with `url`, `width`, `height`, `alternateName`, `caption`, `creditText`, `sizes`.
    image: Option<Expression>,
    /// Further pictures, each like `image`.
    associated_media: Option<Expression>,
    /// An object with `views`, `likes`, `comments`.
    interaction_statistic: Option<Expression>,
    /// Whether all of it may be read by everybody: true or false.
    is_accessible_for_free: Option<Expression>,
    /// The older neighbour's own JSON.
    previous: Option<Expression>,
    /// The newer neighbour's own JSON.
    next: Option<Expression>,
}

/// For each kind of list or page the request that gets it.
#[derive(JsonSchema)]
#[schemars(rename_all = "camelCase", deny_unknown_fields)]
pub struct Resources {
    /// The newest articles.
    latest: Option<Requests>,
    /// A section's articles, newest first.
    section: Option<Requests>,
    /// One article with its body.
    article: Option<Requests>,
    /// The article published before another.
    previous: Option<Requests>,
    /// The article published after another.
    next: Option<Requests>,
    /// Articles that match a reader's words.
    search: Option<Requests>,
    /// The most viewed articles of a period.
    ranking: Option<Requests>,
    /// Articles with an image.
    photos: Option<Requests>,
    /// What the editors put at the top today.
    today: Option<Requests>,
}

/// A request, or several of which the first whose `when` holds is sent.
#[derive(JsonSchema)]
#[schemars(untagged)]
pub enum Requests {
    One(Box<Request>),
    Several(Vec<Request>),
}

/// One request and how its answer is read. The expressions see `{body, headers, links, status, url, variables}`.
#[derive(JsonSchema)]
#[schemars(rename_all = "camelCase", deny_unknown_fields)]
pub struct Request {
    /// Sent only where this holds for the variables.
    when: Option<Expression>,
    /// An RFC 6570 template with `{+base}`, `{page}`, `{limit}`, `{id}`, …; relative to `site.json`, or absolute.
    url: Option<String>,
    /// Values that have to be asked for first, in order; each becomes a variable.
    lookup: Option<Vec<Lookup>>,
    /// The articles of a list; for one article, the list that it is found in.
    items: Option<Expression>,
    /// The one article; without this, the body. Nothing there means "not found".
    item: Option<Expression>,
    /// How many articles there are.
    total: Option<Expression>,
    /// How many pages there are.
    pages: Option<Expression>,
    /// Whether there are more pages, where neither total nor pages are known.
    more: Option<Expression>,
    /// Holds where the page asked for lies behind the last one.
    past_the_end: Option<Expression>,
    /// Holds where the backend has no such thing, whatever the status.
    not_found: Option<Expression>,
    /// For a ranking: the article of an item; without this, the item itself.
    article: Option<Expression>,
    /// For a ranking: the count of an item.
    count: Option<Expression>,
    /// For a ranking: the rank of an item; without this, the order counts.
    position: Option<Expression>,
    /// For a ranking: what was counted, such as `views`.
    metric: Option<String>,
    /// For a ranking: the periods on offer, with what the backend calls each.
    periods: Option<Periods>,
    /// The answer holds all articles: those of the search or of the section are picked out.
    filter_here: Option<bool>,
    /// The answer holds all articles: the page is cut out.
    page_here: Option<bool>,
    /// For a list of references: the id of an item's article, which is then loaded by the resource `article`.
    article_id: Option<Expression>,
    /// The address of the next page, for a backend whose pages have no numbers.
    next_url: Option<Expression>,
    /// What the next request has to send as `{cursor}`, for the same.
    cursor: Option<Expression>,
    /// Fields that this resource has elsewhere than other resources.
    fields: Option<Fields>,
}

/// What the backend calls each period.
#[derive(JsonSchema)]
#[schemars(rename_all = "camelCase", deny_unknown_fields)]
pub struct Periods {
    day: Option<String>,
    week: Option<String>,
    month: Option<String>,
}

/// A value that has to be asked for before the request itself can be sent.
#[derive(JsonSchema)]
#[schemars(rename_all = "camelCase", deny_unknown_fields)]
pub struct Lookup {
    /// The variable that it becomes.
    name: String,
    /// An RFC 6570 template.
    url: String,
    /// Nothing there means "not found".
    value: String,
}
