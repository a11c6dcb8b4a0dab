//! The English texts and dates of the interface.

use super::{Words, grouped};
use crate::backend::LoadError;
use crate::model::{Metric, Period};

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The English texts.
pub static WORDS: Words = Words {
    skip_to_content: "Skip to content",
    sections: "Sections",
    front_page: "Top stories",
    search: "Search",
    search_words: "Search for",
    latest: "Latest",
    breaking: "Breaking",
    more_from: |section| format!("More from {section}"),
    sidebar: "More stories",
    photo_news: "In pictures",
    more_photo_news: "More pictures",
    today: "TOP TODAY",
    more_today: "More TOP TODAY",
    advertisements: "Advertisements",
    empty: "Nothing here yet.",
    ranking,
    ranking_in: |section, metric| format!("{} in {section}", ranking(metric)),
    more_ranking: |metric| match metric {
        Metric::Views => "See all most viewed",
        Metric::Likes => "See all most recommended",
        Metric::Comments => "See all most commented",
    },
    ranking_list: |metric| match metric {
        Metric::Views => "Ranking by views",
        Metric::Likes => "Ranking by recommendations",
        Metric::Comments => "Ranking by comments",
    },
    no_ranking: "This newspaper has no ranking.",
    period: |period| match period {
        Period::Day => "Today",
        Period::Week => "This week",
        Period::Month => "This month",
    },
    periods: "Period",
    metric: |metric| match metric {
        Metric::Views => "Views",
        Metric::Likes => "Recommendations",
        Metric::Comments => "Comments",
    },
    metrics: "Ranked by",
    counted: |metric, count| {
        let what = match metric {
            Metric::Views => "view",
            Metric::Likes => "recommendation",
            Metric::Comments => "comment",
        };
        let plural = if count == 1 { "" } else { "s" };
        format!("{} {what}{plural}", grouped(count))
    },
    risen: |places| format!("up {places}"),
    fallen: |places| format!("down {places}"),
    new_entry: "new",
    untitled: "(untitled)",
    subheads: "Subheads",
    byline: |name, title| match title {
        Some(title) => format!("{name}, {title}"),
        None => name.to_owned(),
    },
    registered: "Published",
    modified: "Updated",
    reading_time: |minutes| format!("{minutes} min read"),
    article_tools: "Article tools",
    send_by_mail: "Send by email",
    edit: "Edit article",
    print: "Print",
    recommend: "Recommend",
    recommended: "Recommended",
    recommend_failed: "Your recommendation could not be sent. Please try again in a moment.",
    to_the_list: "Back to the list",
    neighbours: "Previous and next article",
    previous_article: "Previous article",
    next_article: "Next article",
    related: "Related articles",
    others_in: |section| format!("More in {section}"),
    related_images: "Related pictures",
    withheld: "Only readers with access can read the text of this article.",
    no_body: "This article has no text.",
    embed_from: |host| format!("Content from {host}"),
    load_embed: "Show here",
    open_embed: "Open in a new window",
    source: "Source",
    links: "Links in the text",
    back_to_article: "Back to the article",
    #[cfg(not(target_arch = "wasm32"))]
    contents: "Contents",
    pages: "Pages",
    previous_page: "Previous page",
    next_page: "Next page",
    page_of: |page, pages| match pages {
        Some(pages) => format!("Page {page} of {pages}"),
        None => format!("Page {page}"),
    },
    results: |query, total| match total {
        Some(1) => format!("1 result for “{query}”"),
        Some(total) => format!("{} results for “{query}”", grouped(total)),
        None => format!("Results for “{query}”"),
    },
    no_results: |query| format!("No articles found for “{query}”. Try other words."),
    search_needs_script: "Please turn on JavaScript to search.",
    type_to_search: "Type the words that you are looking for.",
    search_not_offered: "This newspaper has no search.",
    not_found: "Page not found",
    not_found_hint: "The address may have changed, or the article may have been removed. Try a search, or go to the front page.",
    to_front_page: "Go to the front page",
    read_in_sans: "Read in sans-serif",
    read_in_serif: "Read in serif",
    desktop_version: "Desktop version",
    mobile_version: "Mobile version",
    footer: "About this newspaper",
    could_not_load: |what| format!("Could not load: {what}"),
    retry: "Try again",
    because: |error| match error {
        LoadError::NotFound => "It could not be found.".to_owned(),
        LoadError::NotOffered { .. } => "This newspaper does not offer this.".to_owned(),
        LoadError::Unreachable { .. } => "The server could not be reached. Check your connection.".to_owned(),
        LoadError::TimedOut { seconds, .. } => format!("The server did not answer within {seconds} seconds."),
        LoadError::Status { status, .. } => format!("The server reported an error (status {status})."),
        LoadError::NotJson { .. } => "The server sent something that can't be read.".to_owned(),
        LoadError::Unmapped(_) => "The server sent something in an unexpected format.".to_owned(),
    },
    article: "the article",
    site_unusable: "This newspaper can't be opened",
    site_hint: "For the publisher: correct what is named below, then reload.",
    short_date: |time| format!("{} {} {}", time.day, &MONTHS[time.month as usize - 1][..3], time.year),
    date_time: |time| {
        let month = MONTHS[time.month as usize - 1];
        format!(
            "{} {month} {}, {:02}:{:02}",
            time.day, time.year, time.hour, time.minute
        )
    },
    long_date: |time| {
        const DAYS: [&str; 7] = [
            "Sunday",
            "Monday",
            "Tuesday",
            "Wednesday",
            "Thursday",
            "Friday",
            "Saturday",
        ];
        format!(
            "{} {} {} {}",
            DAYS[time.weekday() as usize],
            time.day,
            MONTHS[time.month as usize - 1],
            time.year
        )
    },
};

fn ranking(metric: Metric) -> &'static str {
    match metric {
        Metric::Views => "Most viewed",
        Metric::Likes => "Most recommended",
        Metric::Comments => "Most commented",
    }
}
