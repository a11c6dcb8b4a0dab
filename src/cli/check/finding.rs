//! What a check can find, as values. `words` says them in a language.

use serde::{Serialize, Serializer};

use super::markup::Unsafe;
use crate::backend::{Field, LoadError, Unmapped, Warning};
use crate::html::Cut;

/// Something that a check found. In JSON, `code` is the name of the variant.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "code", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Finding {
    // Something required is missing.
    /// The newest articles did not arrive.
    NoLatest {
        #[serde(skip)]
        because: Box<Finding>,
    },
    /// There is no article to open.
    NoArticle,
    /// An article did not arrive.
    NoSuchArticle {
        id: String,
        #[serde(skip)]
        because: Box<Finding>,
    },
    /// An article has no body.
    NoBody {
        id: String,
        #[serde(skip)]
        because: Box<Finding>,
    },

    // Why nothing arrived.
    /// A request failed, or its answer can't be read.
    NotLoaded {
        #[serde(rename = "reason", serialize_with = "kind_of_error")]
        error: LoadError,
    },
    /// A list has no articles.
    NothingThere,
    /// The mapping does not have the resource.
    NotInMapping,
    /// Only readers who have paid or know a password may read it.
    ForMembers,
    /// The body has neither text nor a picture.
    EmptyBody,
    /// WordPress has no ranking without its plugin.
    NoRankingPlugin,

    // What counts the views of articles.
    /// The backend has a ranking, but it is told of no view.
    NothingCounts,
    /// The template under this key gives no web address. `variable` is one that has no value.
    CounterNoAddress {
        key: &'static str,
        template: String,
        variable: Option<String>,
    },
    /// The template gives every article the same address.
    CounterOfNoArticle { key: &'static str, template: String },
    /// The counter has an address of http on a site of https.
    CounterInsecure { key: &'static str, address: String },
    /// WordPress Popular Posts is too old to have this address.
    CounterMissing { address: String },

    // Answers as a whole.
    /// A browser refuses an address of http on a site of https.
    Insecure,
    /// `Access-Control-Allow-Origin` is missing, or it names another origin: `allowed`.
    Cors { origin: String, allowed: Option<String> },
    /// CORS hides a header that the mapping uses.
    HiddenHeader { name: String },
    /// An answer has bytes that mean nothing in its charset.
    Garbled,
    /// Answers have another charset than UTF-8.
    ForeignCharset { charset: String },
    /// JSON:API left something out, because readers have no permission.
    NoPermission { omitted: String },
    /// Fewer articles came than were requested, though there are more.
    ShortPage { requested: usize, arrived: usize },
    /// The same, and nothing says that there is a second page.
    UnknownLimit { requested: usize, arrived: usize },
    /// Page 2 has only articles of page 1.
    RepeatedPage,
    /// Nothing says how many articles there are; these expressions found nothing.
    NoTotals { expressions: Vec<String> },
    /// An id is a number that JavaScript rounds.
    InexactId { id: String },
    /// The backend may have another slug for this section.
    DoubtfulSlug { slug: String },
    /// A box of the sidebar wants a ranking that the backend does not have; `offered` are those that it has.
    NoSuchRanking {
        place: String,
        wanted: String,
        offered: Vec<String>,
    },
    /// The article after another one is not the one that it should be.
    WrongNeighbour {
        after: String,
        expected: String,
        found: String,
    },
    /// An article names its neighbour itself, so nothing was requested.
    NeighbourInArticle,
    /// Without a date, an article has no neighbours.
    NoDateForNeighbours,

    // One article.
    /// Something was left out of an article or list.
    LeftOut {
        #[serde(rename = "reason", serialize_with = "kind_of_warning")]
        warning: Warning,
    },
    /// There is more of the same kind.
    AndMore { count: usize },
    /// A value of a field can't be read.
    Unreadable {
        #[serde(skip)]
        unmapped: Unmapped,
    },
    /// There is a value, but nothing in it can be used. `found` says what it is.
    Unusable { found: String },
    /// The lead image can't be loaded; `status` is null if there was no answer.
    NoImageFile {
        status: Option<u16>,
        reason: Option<String>,
    },

    // Oddities of several articles.
    /// Articles of the list can't be opened.
    NotOpening {
        #[serde(flatten)]
        share: Share,
        #[serde(skip)]
        because: Box<Finding>,
    },
    /// Bodies have neither text nor a picture.
    EmptyBodies {
        #[serde(flatten)]
        share: Share,
    },
    /// Bodies end in a mark such as `[…]`, or are the description.
    BodyIsSummary {
        #[serde(flatten)]
        share: Share,
    },
    /// Bodies that are so long or so nested that they are cut.
    BodyCut {
        #[serde(flatten)]
        share: Share,
        why: Cut,
    },
    /// Blocks of bodies were left out; `first` says what is wrong with the first one.
    BlocksLeftOut {
        #[serde(flatten)]
        share: Share,
        first: String,
    },
    /// Parts of bodies that are never shown.
    PartsDropped {
        #[serde(flatten)]
        share: Share,
        dropped: Unsafe,
    },
    /// Shortcodes, such as the first one, whose content readers do not see.
    Shortcodes {
        #[serde(flatten)]
        share: Share,
        first: String,
    },
    /// Bodies begin with the headline.
    HeadlineInBody {
        #[serde(flatten)]
        share: Share,
    },
    /// A field can't be read in several articles; `problem` is that of the first one.
    OftenUnreadable {
        #[serde(skip)]
        field: Field,
        #[serde(flatten)]
        share: Share,
        problem: String,
    },
    /// A field that articles usually have is missing.
    Missing {
        #[serde(skip)]
        field: Field,
        #[serde(flatten)]
        share: Share,
        is_mapped: bool,
    },
    /// Lists lack a field that the articles have.
    MissingInList {
        #[serde(skip)]
        field: Field,
        #[serde(flatten)]
        share: Share,
    },
    /// Every article has the same value.
    AllTheSame {
        #[serde(skip)]
        field: Field,
        #[serde(flatten)]
        share: Share,
        value: String,
    },
    /// Text in a wrong charset, such as `ì•ˆë…•` or `??`.
    WrongCharset {
        #[serde(skip)]
        field: Field,
        #[serde(flatten)]
        share: Share,
        first: String,
    },
    /// Entities or tags that readers see, such as `&quot;`.
    Markup {
        #[serde(skip)]
        field: Field,
        #[serde(flatten)]
        share: Share,
        first: String,
    },
    /// The author is an account, such as `admin`.
    AccountAsAuthor {
        #[serde(flatten)]
        share: Share,
        names: Vec<String>,
    },
    /// Headlines all in capitals.
    Capitals {
        #[serde(flatten)]
        share: Share,
        first: String,
    },
    /// Headlines end in the newspaper's name.
    NameInHeadline {
        #[serde(flatten)]
        share: Share,
        first: String,
    },
    /// Several articles have this headline.
    Duplicates {
        #[serde(flatten)]
        share: Share,
        headline: String,
    },
    /// Articles that a system brings with it, or that somebody made to try it out.
    Placeholder {
        #[serde(flatten)]
        share: Share,
        headline: String,
    },
    /// Descriptions end in a mark such as `[…]` or `Continue reading`.
    CutDescriptions {
        #[serde(flatten)]
        share: Share,
        ending: String,
    },
    /// Descriptions repeat the headline.
    HeadlineAsDescription {
        #[serde(flatten)]
        share: Share,
    },
    /// Descriptions are as long as articles.
    LongDescriptions {
        #[serde(flatten)]
        share: Share,
    },
    /// Dates in the future; the last one is so many hours ahead.
    FutureDates {
        #[serde(flatten)]
        share: Share,
        hours: i64,
    },
    /// Dates at midnight: they have no time.
    DatesWithoutTime {
        #[serde(flatten)]
        share: Share,
    },
    /// Articles that were modified before they were published.
    ModifiedBeforePublished {
        #[serde(flatten)]
        share: Share,
    },
    /// The list does not begin with the newest article. `is_reversed`: it begins with the oldest.
    NotNewestFirst { is_reversed: bool },
    /// The newest article is so many days old.
    OldNews { days: i64 },
    /// Articles in a section such as `Uncategorized`.
    Uncategorised {
        #[serde(flatten)]
        share: Share,
        name: String,
    },
    /// Articles whose sections `site.json` does not have.
    UnlistedSections {
        #[serde(flatten)]
        share: Share,
        slugs: Vec<String>,
    },
    /// Pictures so small that they are blurred; the widest has this many pixels.
    SmallPictures {
        #[serde(flatten)]
        share: Share,
        pixels: u32,
    },
    /// Addresses that only the publisher's own machine or network can reach.
    PrivateAddresses {
        #[serde(skip)]
        field: Field,
        #[serde(flatten)]
        share: Share,
        first: String,
    },
    /// Pictures at addresses of http on a site of https.
    InsecurePictures {
        #[serde(flatten)]
        share: Share,
    },
    /// Pictures with neither an alternative text nor a caption.
    NoAlternativeText {
        #[serde(flatten)]
        share: Share,
    },
    /// Counts that are 0 in every article.
    AlwaysZero {
        #[serde(flatten)]
        share: Share,
        counts: Vec<Counted>,
    },
}

/// Which articles of those that were looked at.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Share {
    /// Their ids, in the order of the list.
    pub articles: Vec<String>,
    /// How many articles were looked at.
    #[serde(rename = "outOf")]
    pub of: usize,
}

/// What readers do with an article, as far as it is counted.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Counted {
    Views,
    Likes,
    Comments,
}

/// How much a finding matters.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Level {
    /// Without it, the check fails.
    Required,
    /// Something is wrong: readers miss something.
    Problem,
    /// Something that an editor would notice.
    Odd,
    /// Additional information.
    Note,
}

impl Share {
    /// How many they are.
    pub fn count(&self) -> usize {
        self.articles.len()
    }

    /// Whether these are all articles that were looked at.
    pub fn is_all(&self) -> bool {
        self.count() == self.of
    }

    /// One of them, if they are not all.
    pub fn example(&self) -> Option<&str> {
        self.articles.first().map(String::as_str).filter(|_| !self.is_all())
    }
}

impl Finding {
    /// How much it matters.
    pub fn level(&self) -> Level {
        use Finding::*;
        match self {
            NoLatest { .. } | NoArticle | NoSuchArticle { .. } | NoBody { .. } => Level::Required,
            ForeignCharset { .. }
            | ShortPage { .. }
            | NoTotals { .. }
            | InexactId { .. }
            | NeighbourInArticle
            | NoDateForNeighbours
            | OldNews { .. }
            | UnlistedSections { .. }
            | NoAlternativeText { .. }
            | DatesWithoutTime { .. } => Level::Note,
            // An article can be read without them.
            Missing { field, share, .. }
                if *field == Field::Description
                    || (*field != Field::DatePublished && share.count() * 2 <= share.of) =>
            {
                Level::Note
            }
            // A script is often a counter or an advertisement.
            PartsDropped { share, dropped } if dropped.are_programs() && share.count() * 2 < share.of => Level::Note,
            NotLoaded { .. }
            | NothingThere
            | NotInMapping
            | ForMembers
            | EmptyBody
            | NoRankingPlugin
            | CounterNoAddress { .. }
            | CounterOfNoArticle { .. }
            | CounterInsecure { .. }
            | CounterMissing { .. }
            | NoSuchRanking { .. }
            | Insecure
            | Cors { .. }
            | HiddenHeader { .. }
            | Garbled
            | NoPermission { .. }
            | UnknownLimit { .. }
            | RepeatedPage
            | WrongNeighbour { .. }
            | LeftOut { .. }
            | AndMore { .. }
            | Unreadable { .. }
            | Unusable { .. }
            | NoImageFile { .. }
            | NotOpening { .. }
            | EmptyBodies { .. }
            | BodyIsSummary { .. }
            | BodyCut { .. }
            | BlocksLeftOut { .. }
            | OftenUnreadable { .. }
            | FutureDates { .. }
            | WrongCharset { .. }
            | PrivateAddresses { .. } => Level::Problem,
            _ => Level::Odd,
        }
    }

    /// The field that it is about, if it is about one field of several articles.
    pub fn field(&self) -> Option<Field> {
        use Finding::*;
        Some(match self {
            OftenUnreadable { field, .. }
            | Missing { field, .. }
            | MissingInList { field, .. }
            | AllTheSame { field, .. }
            | WrongCharset { field, .. }
            | Markup { field, .. }
            | PrivateAddresses { field, .. } => *field,
            EmptyBodies { .. }
            | BodyIsSummary { .. }
            | BodyCut { .. }
            | BlocksLeftOut { .. }
            | PartsDropped { .. }
            | Shortcodes { .. }
            | HeadlineInBody { .. } => Field::ArticleBody,
            AccountAsAuthor { .. } => Field::Author,
            Capitals { .. } | NameInHeadline { .. } | Duplicates { .. } | Placeholder { .. } => Field::Headline,
            CutDescriptions { .. } | HeadlineAsDescription { .. } | LongDescriptions { .. } => Field::Description,
            FutureDates { .. } | DatesWithoutTime { .. } | NotNewestFirst { .. } | OldNews { .. } => {
                Field::DatePublished
            }
            ModifiedBeforePublished { .. } => Field::DateModified,
            Uncategorised { .. } | UnlistedSections { .. } => Field::ArticleSection,
            SmallPictures { .. } | InsecurePictures { .. } | NoAlternativeText { .. } => Field::Image,
            AlwaysZero { .. } => Field::InteractionStatistic,
            _ => return None,
        })
    }
}

impl From<LoadError> for Finding {
    fn from(error: LoadError) -> Self {
        Finding::NotLoaded { error }
    }
}

fn kind_of_error<S: Serializer>(error: &LoadError, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(match error {
        LoadError::NotFound => "notFound",
        LoadError::NotOffered { .. } => "notOffered",
        LoadError::Unreachable { .. } => "unreachable",
        LoadError::TimedOut { .. } => "timedOut",
        LoadError::Status { .. } => "status",
        LoadError::NotJson { .. } => "notJson",
        LoadError::Unmapped(_) => "unmapped",
    })
}

fn kind_of_warning<S: Serializer>(warning: &Warning, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(match warning {
        Warning::Field(_) => "field",
        Warning::Part { .. } => "part",
        Warning::Block(_) => "block",
        Warning::Body { .. } => "body",
        Warning::Item(_) => "item",
        Warning::Answer { .. } => "answer",
        Warning::OwnFile { .. } => "ownFile",
    })
}
