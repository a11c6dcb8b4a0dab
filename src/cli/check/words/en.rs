//! What a check says in English.

use super::{Said, Words, only, with_advice};
use crate::backend::{Field, LoadError, Resource, Warning};
use crate::cli::check::finding::{Counted, Finding, Share};
use crate::cli::check::markup::Unsafe;
use crate::cli::check::report::{FieldOutcome, ResourceOutcome};
use crate::locale::words;
use crate::site::Locale;

/// The English texts.
pub static WORDS: Words = Words {
    finding,
    resource: |resource, of| match of {
        Some(of) => format!("{} {of}", resource.as_str()),
        None => resource.as_str().to_owned(),
    },
    resources: |resource, count| match (resource, count) {
        (Resource::Latest, _) => "the newest articles".to_owned(),
        (Resource::Section, 1) => "1 section".to_owned(),
        (Resource::Section, count) => format!("{count} sections"),
        (Resource::Article, _) => "single articles".to_owned(),
        (Resource::Previous, _) => "the previous article".to_owned(),
        (Resource::Next, _) => "the next article".to_owned(),
        (Resource::Search, _) => "the search".to_owned(),
        (Resource::Ranking, _) => "the ranking".to_owned(),
        (Resource::Photos, _) => "photo news".to_owned(),
        (Resource::Today, _) => "the top of today".to_owned(),
        (Resource::Related, _) => "related articles".to_owned(),
        (Resource::Front, _) => "the front page that editors made".to_owned(),
        (Resource::Breaking, _) => "breaking news".to_owned(),
    },
    field: |field| match field {
        Field::Id => "id",
        Field::Url => "address",
        Field::Headline => "headline",
        Field::AlternativeHeadline => "subheads",
        Field::Description => "description",
        Field::ArticleBody => "body",
        Field::DatePublished => "published",
        Field::DateModified => "updated",
        Field::Author => "author",
        Field::ArticleSection => "section",
        Field::Keywords => "keywords",
        Field::Image => "picture",
        Field::AssociatedMedia => "more pictures",
        Field::InteractionStatistic => "views, likes, comments",
        Field::IsAccessibleForFree => "open to everybody",
        Field::Previous => "previous article",
        Field::Next => "next article",
        Field::Related => "related articles",
    },
    outcome: |outcome| match outcome {
        ResourceOutcome::Arrived => "",
        ResourceOutcome::Empty => "nothing",
        ResourceOutcome::NotOffered => "not offered",
        ResourceOutcome::Failed => "failed",
        ResourceOutcome::NotTried => "not tried",
    },
    arrived: |articles, total| match total {
        Some(total) => format!("{articles} of {total}"),
        None => articles.to_string(),
    },
    counted: |counted| match counted {
        Counted::Views => "views",
        Counted::Likes => "likes",
        Counted::Comments => "comments",
    },
    yes_or_no: |is_so| if is_so { "yes" } else { "no" },
    date: |time| (words(Locale::En).date_time)(time),
    no_value: |outcome| match outcome {
        FieldOutcome::Arrived => "",
        FieldOutcome::Missing => "missing: nothing there",
        FieldOutcome::Unreadable => "unreadable",
        FieldOutcome::NotMapped => "not in the mapping",
    },
    resource_headings: ["what", "status", "time", "articles", "address"],
    field_headings: ["field", "articles", "value", "found by"],
    article: |id| format!("Article {id}"),
    read_from: |origin| format!("as read from {origin}"),
    cors_not_checked: "CORS was not checked: set `url` in the file, or give --site-origin.",
    all_there: "Everything that is required is there.",
    required: |what| format!("Required: {what}"),
    no_file: |path, problem| format!("{path}: {problem}; name the file to check, or write one with `gisa init URL`"),
    works: |opened, others| {
        let articles = match opened {
            1 => "1 article opens".to_owned(),
            opened => format!("{opened} articles open"),
        };
        match others {
            [] => format!("Readers can read this newspaper: {articles}."),
            [only] => format!("Readers can read this newspaper: {articles}, and {only} can be read."),
            several => format!(
                "Readers can read this newspaper: {articles}, and {} work.",
                joined(several)
            ),
        }
    },
    does_not_work: |missing| {
        format!(
            "Readers can't read this newspaper yet, because something is missing: {}.",
            missing.join("; ")
        )
    },
    nothing_odd: "Nothing looks odd.",
    odd: |count, first| {
        let sentences: Vec<String> = first.iter().map(|text| sentence(text)).collect();
        let more = if count > first.len() {
            " The others are below."
        } else {
            ""
        };
        match count {
            1 => format!("One thing needs your attention. {}", sentences.join(" ")),
            count => format!("{count} things need your attention. {}{more}", sentences.join(" ")),
        }
    },
    first: |advice| format!("Do this first: {}", sentence(advice)),
};

fn finding(finding: &Finding) -> Said {
    use Finding::*;
    match finding {
        NoLatest { because } => about("the newest articles", because),
        NoArticle => with_advice(
            "an article: the list of the newest articles has none",
            "Try --article ID",
        ),
        NoSuchArticle { id, because } => Said {
            advice: Some("Look whether this article is published, and whether its id is right".to_owned()),
            ..about(&format!("article {id}"), because)
        },
        NoBody { id, because } => about(&format!("the body of article {id}"), because),
        NotLoaded { error } => not_loaded(error),
        NothingThere => with_advice(
            "there are none",
            "Look whether articles are published, and whether `items` in the mapping finds them",
        ),
        NotInMapping => with_advice(
            "the mapping has no such resource",
            "Add it to `resources` in the mapping",
        ),
        ForMembers => with_advice(
            "the backend shows it only to readers who have paid or know the password",
            "Try --article ID with an article that is open to everybody",
        ),
        EmptyBody => with_advice(
            "articleBody contains neither text nor a picture",
            "Look whether the article has a text in your system, and correct `articleBody` in the mapping",
        ),
        NoRankingPlugin => with_advice(
            "the plugin WordPress Popular Posts does not answer, so there is no list of the most viewed articles",
            "Install this plugin, or remove `mostViewed` from `sidebar` in site.json",
        ),
        NothingCounts => with_advice(
            "nobody counts which articles are read here, so this ranking stands still if readers come only to this \
             newspaper",
            "Write the address that counts a view into `tools.view` of site.json, or let `gisa ranking` make the \
             ranking from the web server's log",
        ),
        CounterNoAddress {
            key,
            template,
            variable,
        } => with_advice(
            match variable {
                Some(variable) => {
                    format!("views are not counted: `{key}` is `{template}`, and `{variable}` has no value")
                }
                None => format!("views are not counted: `{key}` is `{template}`, which is no web address"),
            },
            format!("Write an address such as `https://count.example/views/{{id}}` into `{key}`"),
        ),
        CounterOfNoArticle { key, template } => with_advice(
            format!("views are counted, but not of which article: `{key}` is `{template}` for every article"),
            format!("Write `{{id}}` or `{{url}}` into `{key}`"),
        ),
        CounterInsecure { key, address } => with_advice(
            format!("views are not counted: the site uses https, and browsers send nothing to {address}"),
            format!("Write the address with https into `{key}`"),
        ),
        CounterMissing { address } => with_advice(
            format!("views are not counted: this WordPress Popular Posts does not have {address}"),
            "Update the plugin to version 6.4 or later",
        ),
        Insecure => with_advice(
            "the site uses https, but this address uses http: browsers refuse to load it",
            "Write the address with https into `backend.url`",
        ),
        Cors { origin, allowed } => cors(origin, allowed.as_deref()),
        HiddenHeader { name } => with_advice(
            format!("CORS: browsers hide the header `{name}`, so that readers do not see how many pages there are"),
            "Name it in the server's header Access-Control-Expose-Headers",
        ),
        Garbled => with_advice(
            "the answer has bytes that mean nothing in its charset",
            "Let `Content-Type` name the charset in which it is written, or send UTF-8",
        ),
        ForeignCharset { charset } => only(format!(
            "the answers are sent as {charset}; browsers read it, but not every program: UTF-8 is better"
        )),
        NoPermission { omitted } => with_advice(
            format!("the backend withheld something from readers who are not logged in (`meta.omitted`: {omitted})"),
            "Give everybody permission to view it, such as media",
        ),
        ShortPage { requested, arrived } => with_advice(
            format!("{requested} articles a page were requested, and {arrived} came"),
            format!(
                "If the server has a limit, write `\"pageSize\": {arrived}` into the mapping, or articles between the \
                 pages are missing"
            ),
        ),
        UnknownLimit { requested, arrived } => with_advice(
            format!(
                "page 1 has {arrived} articles, though {requested} were requested, and page 2 has more: the server has a \
                 limit, and readers do not get beyond page 1"
            ),
            format!("Write `\"pageSize\": {arrived}` into the mapping"),
        ),
        RepeatedPage => with_advice(
            "page 2 has only articles of page 1: the backend does not use the number of the page, or a cache ignores it",
            "Correct `url`, `nextUrl` or `cursor` in the mapping",
        ),
        NoTotals { expressions } => only(format!(
            "the answer does not say how many articles there are (`{}`): a proxy may have removed it. Readers go from page \
             to page without a number",
            expressions.join("`, `")
        )),
        InexactId { id } => with_advice(
            format!("the id {id} is a number beyond 2^53, which programs in JavaScript round"),
            "Send ids as text",
        ),
        DoubtfulSlug { slug } => with_advice(
            format!("is `{slug}` the section's slug in the backend?"),
            "Write the slugs that your system has into `sections` of site.json",
        ),
        NoSuchRanking { place, wanted, offered } => with_advice(
            format!("`{place}` of site.json wants the ranking `{wanted}`, which the backend does not have"),
            match &**offered {
                [] => "Remove the box, or write the request of this ranking into the mapping".to_owned(),
                offered => format!("Change the box; there are `{}`", offered.join("`, `")),
            },
        ),
        WrongNeighbour { after, expected, found } => only(format!(
            "the article after {after} should be {expected}, and is {found}"
        )),
        NeighbourInArticle => only("named by the article itself"),
        NoDateForNeighbours => only("the article has no datePublished to find its neighbours by"),
        LeftOut { warning } => match warning {
            Warning::Answer { .. } => with_advice(
                warning.to_string(),
                "Let the server send correct JSON and nothing else: no notices of plugins, no comments of caches",
            ),
            warning => only(warning.to_string()),
        },
        AndMore { count } => only(format!("and {count} more like these")),
        Unreadable { unmapped } => only(&unmapped.problem),
        Unusable { found } => only(format!("nothing in it can be used: found {found}")),
        NoImageFile { status, reason } => with_advice(
            match (status, reason) {
                (Some(status), _) => format!("the image is not reachable: status {status}"),
                (None, reason) => format!("the image is not reachable: {}", reason.as_deref().unwrap_or_default()),
            },
            "Open the picture's address in a browser. If the pictures are at another address now, write it into \
             `imageHosts` of site.json",
        ),
        NotOpening { share, because } => {
            let because = self::finding(because);
            Said {
                what: format!("{} of the newest can't be opened: {}", of_all(share), because.what),
                advice: because.advice.or(Some(
                    "Open one of them in your own system: is it published, and is its id the one of the list?"
                        .to_owned(),
                )),
            }
        }
        EmptyBodies { share } => with_advice(
            format!("{} no text", have(share)),
            "Look whether these articles have a text in your system; if they have, correct `articleBody` in the mapping",
        ),
        BodyIsSummary { share } => with_advice(
            format!("{} only the summary in place of the text", have(share)),
            "Let the feed or API send whole articles (in WordPress: Settings, Reading, full text)",
        ),
        BodyCut { share, why } => with_advice(
            format!(
                "the end of the text is cut off in {}, because {}",
                of_all(share),
                why.as_str()
            ),
            "Look for something in the article that does not belong there, such as a pasted page or file",
        ),
        BlocksLeftOut { share, first } => with_advice(
            format!("parts of the text are left out in {}: {first}", of_all(share)),
            "Add a rule for this block to `blocks` in the mapping",
        ),
        PartsDropped { share, dropped } => with_advice(
            match share.of {
                1 => format!("dropped: {}", parts(dropped)),
                _ => format!("dropped: {} in {}", parts(dropped), of_all(share)),
            },
            if dropped.pictures > 0 {
                "Upload these pictures as files, and put the files into the articles"
            } else {
                "Compare one of these articles with the original: if a form, chart or map is missing there, link to it"
            },
        ),
        Shortcodes { share, first } => with_advice(
            format!(
                "readers do not see what the shortcode `{first}` stands for in {}",
                of_all(share)
            ),
            "Turn the plugin on that fills it in, or put its content into the articles",
        ),
        HeadlineInBody { share } => with_advice(
            format!("{} the headline once more at the beginning of the text", have(share)),
            "Remove it from the text or from the template of the feed, so that readers do not read it twice",
        ),
        OftenUnreadable { field, share, problem } => with_advice(
            format!("can't be read in {}: {problem}", of_all(share)),
            format!("Correct `{}` in the mapping", field.as_str()),
        ),
        Missing {
            field,
            share,
            is_mapped,
        } => missing(*field, share, *is_mapped),
        MissingInList { field, share } => with_advice(
            format!(
                "the list lacks {} of {}, though the articles have it",
                noun(*field),
                of_all(share)
            ),
            format!(
                "Let the list send it too, or set `fields.{}` of the list in the mapping",
                field.as_str()
            ),
        ),
        AllTheSame { field, share, value } => all_the_same(*field, share, value),
        WrongCharset { field, share, first } => with_advice(
            format!("{} of {} has broken characters: {first}", noun(*field), of_all(share)),
            "Look at them in your own system: the text was saved or moved in a wrong charset, and has to be restored there",
        ),
        Markup { field, share, first } => with_advice(
            format!("readers see `{first}` in {} of {}", noun(*field), of_all(share)),
            format!(
                "Set `formats.{}` to `html` in the mapping, or correct the text in your system",
                field.as_str()
            ),
        ),
        AccountAsAuthor { share, names } => with_advice(
            format!(
                "{} by {}, which looks like an account and not like a reporter",
                are(share),
                quoted(names)
            ),
            "Write the reporter's name into the account's display name, or choose the reporter as the author",
        ),
        Capitals { share, first } => with_advice(
            format!("{} a headline all in capitals: {first}", have(share)),
            "Write headlines in small letters; capitals are slow to read, and screen readers may spell them",
        ),
        NameInHeadline { share, first } => with_advice(
            format!("{} the newspaper's name in the headline: {first}", have(share)),
            "Remove it from the titles, such as in the settings of the SEO plugin: the page shows the name anyway",
        ),
        Duplicates { share, headline } => with_advice(
            format!("{} articles have the same headline: {headline}", share.count()),
            "Look whether an article was published twice, and delete one",
        ),
        Placeholder { share, headline } => with_advice(
            format!(
                "{} made only to try the system out: “{headline}”",
                verb(share, "seems", "seem")
            ),
            "Delete such articles before readers come",
        ),
        CutDescriptions { share, ending } => with_advice(
            format!("the description of {} ends in “{ending}”", of_all(share)),
            "Write a description (an excerpt) of your own for each article, or take such endings out of your theme",
        ),
        HeadlineAsDescription { share } => with_advice(
            format!("the description of {} repeats the headline", of_all(share)),
            "Write one sentence that says more, or leave the description out",
        ),
        LongDescriptions { share } => with_advice(
            format!("the description of {} is as long as an article", of_all(share)),
            "Let `description` in the mapping find the summary, and not the text",
        ),
        FutureDates { share, hours } => with_advice(
            format!(
                "{} dated in the future, by up to {}",
                are(share),
                match hours {
                    1 => "1 hour".to_owned(),
                    2..=48 => format!("{hours} hours"),
                    hours => format!("{} days", hours / 24),
                }
            ),
            match hours {
                ..=14 => "Set `timeZone` in the mapping to the zone in which your system writes dates",
                _ => "Correct the dates in your system, or look whether `datePublished` finds another date",
            },
        ),
        DatesWithoutTime { share } => with_advice(
            format!("the dates of {} have no time", of_all(share)),
            "Let `datePublished` find date and time, or articles of one day stand in an order of chance",
        ),
        ModifiedBeforePublished { share } => with_advice(
            format!("{} updated before the date of publication", were(share)),
            "Look whether `datePublished` and `dateModified` are exchanged in the mapping",
        ),
        NotNewestFirst { is_reversed } => with_advice(
            match is_reversed {
                true => "the list begins with the oldest article",
                false => "the articles of the list are not in the order of their dates",
            },
            "Let the address of `latest` in the mapping ask for the newest first",
        ),
        OldNews { days } => with_advice(
            format!("the newest article is {days} days old"),
            "If there are newer ones, a cache or a filter keeps them back",
        ),
        Uncategorised { share, name } => with_advice(
            format!("{} in the section “{name}”", are(share)),
            "Choose a section for each article, and another one as the default of your system",
        ),
        UnlistedSections { share, slugs } => with_advice(
            format!(
                "{} in sections that site.json does not have: {}",
                are(share),
                slugs.join(", ")
            ),
            "Add them to `sections`, or readers do not find them in the menu",
        ),
        SmallPictures { share, pixels } => with_advice(
            format!("the picture of {} is at most {pixels} pixels wide", of_all(share)),
            "Let `image` in the mapping find the original file, and not the thumbnail; 1,200 pixels are good",
        ),
        PrivateAddresses { field, share, first } => with_advice(
            format!(
                "{} of {} has an address that only your own network can reach: {first}",
                noun(*field),
                of_all(share)
            ),
            match field {
                Field::Image => "Correct the site's address in your system, or map it by `imageHosts` of site.json",
                _ => "Correct the site's address in the settings of your system",
            },
        ),
        InsecurePictures { share } => with_advice(
            format!("the picture of {} has an address of http", of_all(share)),
            "Turn on https for the pictures: browsers do not show them on a site of https, or warn of it",
        ),
        NoAlternativeText { share } => with_advice(
            format!(
                "the picture of {} has neither a caption nor an alternative text",
                of_all(share)
            ),
            "Write what the picture shows, for those who do not see it",
        ),
        AlwaysZero { share, counts } => {
            let names: Vec<String> = counts
                .iter()
                .map(|counted| (WORDS.counted)(*counted).to_owned())
                .collect();
            with_advice(
                format!("the number of {} is 0 in {}", joined(&names), of_all(share)),
                "Look whether your system counts at all; if it does not, remove them from `interactionStatistic` in the mapping",
            )
        }
    }
}

fn about(what: &str, because: &Finding) -> Said {
    let because = finding(because);
    Said {
        what: format!("{what}: {}", because.what),
        ..because
    }
}

fn not_loaded(error: &LoadError) -> Said {
    let advice = match error {
        LoadError::NotOffered { .. } => return only(error.to_string()),
        LoadError::NotFound | LoadError::Status { status: 404 | 410, .. } => {
            "Correct its address in the mapping, or remove it there if your system has nothing of the kind"
        }
        LoadError::Unreachable { .. } => {
            "Look whether the server runs, and whether `backend.url` has its right address"
        }
        LoadError::TimedOut { .. } => "Ask your host why the server is so slow",
        LoadError::Status { status: 401 | 403, .. } => {
            "Let everybody read the API: look into the settings of security plugins, and at the key"
        }
        LoadError::Status { .. } => "Look into the server's log",
        LoadError::NotJson { .. } => "Open the address in a browser: it has to show JSON, and not a page or a message",
        LoadError::Unmapped(_) => "Correct this expression in the mapping; docs/backends.md explains it",
    };
    with_advice(error.to_string(), advice)
}

fn cors(origin: &str, allowed: Option<&str>) -> Said {
    let what = match allowed {
        Some(allowed) => format!(
            "CORS: Access-Control-Allow-Origin is `{allowed}`, not `{origin}` or `*`: browsers do not let the site read it"
        ),
        None => format!("CORS: no Access-Control-Allow-Origin for {origin}: browsers do not let the site read it"),
    };
    with_advice(
        what,
        format!("Let the backend's server send the header `Access-Control-Allow-Origin: {origin}`"),
    )
}

fn missing(field: Field, share: &Share, is_mapped: bool) -> Said {
    let what = match share.is_all() && share.of > 1 {
        true => format!("none of {} articles has {}", share.of, a(field)),
        false => format!("{} no {}", have(share), bare(field)),
    };
    let key = field.as_str();
    let advice = match (is_mapped, share.is_all()) {
        (false, _) => format!("Add `fields.{key}` to the mapping"),
        (true, true) => {
            format!("Look whether the articles have it in your system; if they have, correct `{key}` in the mapping")
        }
        (true, false) => "Add it to these articles in your system".to_owned(),
    };
    with_advice(what, advice)
}

fn all_the_same(field: Field, share: &Share, value: &str) -> Said {
    let of = share.of;
    let advice = match field {
        Field::Author => "If several people write, choose the right author in each article",
        Field::ArticleSection => {
            "Choose the right section in each article, or let `articleSection` in the mapping find it"
        }
        Field::DatePublished => {
            "This is often the time of an import: restore the real dates, or let `datePublished` in the mapping find them"
        }
        Field::Image => "A logo as the picture of every article says nothing: leave it out, and choose pictures",
        Field::Description => {
            "This is often the description of the whole site: let `description` find that of the article"
        }
        _ => "The address of one article may ignore its id: look at `article` in the mapping",
    };
    with_advice(
        match field {
            Field::Author => format!("all {of} articles are by {value}"),
            Field::ArticleSection => format!("all {of} articles are in the section “{value}”"),
            Field::DatePublished => format!("all {of} articles have the same date: {value}"),
            field => format!("all {of} articles have the same {}: {value}", bare(field)),
        },
        advice,
    )
}

/// `7 of 20 articles`, with one to look at.
fn of_all(share: &Share) -> String {
    match (share.of, share.example()) {
        (1, _) => "the article".to_owned(),
        (of, None) => format!("all {of} articles"),
        (of, Some(id)) if share.count() == 1 => format!("1 of {of} articles ({id})"),
        (of, Some(id)) => format!("{} of {of} articles (such as {id})", share.count()),
    }
}

fn have(share: &Share) -> String {
    verb(share, "has", "have")
}

fn are(share: &Share) -> String {
    verb(share, "is", "are")
}

fn were(share: &Share) -> String {
    verb(share, "was", "were")
}

fn verb(share: &Share, one: &str, several: &str) -> String {
    format!("{} {}", of_all(share), if share.count() == 1 { one } else { several })
}

/// The name of a field in a sentence, without an article.
fn bare(field: Field) -> &'static str {
    match field {
        Field::ArticleBody => "text",
        Field::DatePublished => "date",
        field => (WORDS.field)(field),
    }
}

/// The same with `a`.
fn a(field: Field) -> String {
    let noun = bare(field);
    let article = if noun.starts_with(['a', 'e', 'i', 'o', 'u']) {
        "an"
    } else {
        "a"
    };
    format!("{article} {noun}")
}

/// The same with `the`.
fn noun(field: Field) -> String {
    format!("the {}", bare(field))
}

fn quoted(names: &[String]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("“{name}”")).collect();
    joined(&names)
}

/// `a, b and c`.
fn joined(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// A list such as `1 script, 2 event handlers`.
fn parts(dropped: &Unsafe) -> String {
    let kinds = [
        (dropped.scripts, "script", "scripts"),
        (dropped.event_handlers, "event handler", "event handlers"),
        (
            dropped.javascript_addresses,
            "javascript: address",
            "javascript: addresses",
        ),
        (
            dropped.iframes,
            "iframe without a web address",
            "iframes without a web address",
        ),
        (dropped.forms, "form", "forms"),
        (dropped.drawings, "drawing (svg, canvas)", "drawings (svg, canvas)"),
        (
            dropped.pictures,
            "picture that is no file, but stands in the text (base64)",
            "pictures that are no files, but stand in the text (base64)",
        ),
    ];
    let met = kinds.iter().filter(|(number, ..)| *number > 0);
    met.map(|(number, one, several)| format!("{number} {}", if *number == 1 { one } else { several }))
        .collect::<Vec<_>>()
        .join(", ")
}

/// A text with a capital letter and a full stop.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string());
    let end = if text.ends_with(['?', '.', '!']) { "" } else { "." };
    format!("{}{}{end}", first.unwrap_or_default(), letters.as_str())
}
