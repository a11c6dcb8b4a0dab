//! Everything that a check can find is said in both languages.

use super::*;
use crate::backend::{LoadError, Unmapped, Warning};
use crate::cli::check::finding::{Counted, Share};
use crate::cli::check::markup::Unsafe;
use crate::html::Cut;

const LANGUAGES: [&Words; 2] = [&ko::WORDS, &en::WORDS];

fn share(count: usize) -> Share {
    Share {
        articles: (1..=count).map(|id| id.to_string()).collect(),
        of: 20,
    }
}

fn unmapped(field: &str) -> Unmapped {
    Unmapped {
        resource: "article".to_owned(),
        field: field.to_owned(),
        expression: "date".to_owned(),
        problem: "found string soon".to_owned(),
    }
}

fn errors() -> Vec<LoadError> {
    let url = "https://cms.example/posts".to_owned();
    vec![
        LoadError::NotFound,
        LoadError::NotOffered {
            resource: Resource::Today,
        },
        LoadError::Unreachable {
            url: url.clone(),
            reason: "refused".to_owned(),
        },
        LoadError::TimedOut {
            url: url.clone(),
            seconds: 10,
        },
        LoadError::Status {
            url: url.clone(),
            status: 403,
        },
        LoadError::Status {
            url: url.clone(),
            status: 500,
        },
        LoadError::NotJson {
            url,
            problem: "a page".to_owned(),
        },
        LoadError::Unmapped(Box::new(unmapped("items"))),
    ]
}

fn warnings() -> Vec<Warning> {
    vec![
        Warning::Field(unmapped("datePublished")),
        Warning::Part {
            resource: "article".to_owned(),
            part: "views".to_owned(),
            problem: "expected a number".to_owned(),
        },
        Warning::Block("a block without a rule".to_owned()),
        Warning::Body {
            why: Cut::TooLong,
            text: "a body is cut".to_owned(),
        },
        Warning::Item(LoadError::NotFound),
        Warning::Answer {
            url: "https://cms.example/posts".to_owned(),
            problem: "a notice stands before the JSON".to_owned(),
        },
        Warning::OwnFile {
            path: "data/today.json".to_owned(),
            problem: "no permission".to_owned(),
        },
    ]
}

/// One of each kind, about this share of the articles.
fn findings(share: &Share) -> Vec<Finding> {
    use Finding::*;
    let nothing = || Box::new(NothingThere);
    let text = |text: &str| text.to_owned();
    let share = || share.clone();
    let mut all = vec![
        NoLatest { because: nothing() },
        NoArticle,
        NoSuchArticle {
            id: text("7"),
            because: nothing(),
        },
        NoBody {
            id: text("7"),
            because: Box::new(EmptyBody),
        },
        NothingThere,
        NotInMapping,
        ForMembers,
        EmptyBody,
        NoRankingPlugin,
        NothingCounts,
        CounterNoAddress {
            key: "tools.view",
            template: text("views/{no}"),
            variable: Some(text("no")),
        },
        CounterNoAddress {
            key: "backend.mapping.view",
            template: text("mailto:{id}"),
            variable: None,
        },
        CounterOfNoArticle {
            key: "tools.view",
            template: text("https://count.example/"),
        },
        CounterInsecure {
            key: "tools.view",
            address: text("http://count.example/1"),
        },
        CounterMissing {
            address: text("https://cms.example/views/1"),
        },
        Insecure,
        Cors {
            origin: text("https://news.example"),
            allowed: None,
        },
        Cors {
            origin: text("https://news.example"),
            allowed: Some(text("null")),
        },
        HiddenHeader {
            name: text("x-wp-total"),
        },
        Garbled,
        ForeignCharset {
            charset: text("euc-kr"),
        },
        NoPermission { omitted: text("media") },
        ShortPage {
            requested: 20,
            arrived: 10,
        },
        UnknownLimit {
            requested: 20,
            arrived: 10,
        },
        RepeatedPage,
        NoTotals {
            expressions: vec![text("body.total")],
        },
        InexactId {
            id: text("9007199254740993"),
        },
        DoubtfulSlug { slug: text("sport") },
        NoSuchRanking {
            place: text("sidebar[0]"),
            wanted: text("week/likes"),
            offered: Vec::from([text("day"), text("week")]),
        },
        WrongNeighbour {
            after: text("1"),
            expected: text("2"),
            found: text("3"),
        },
        NeighbourInArticle,
        NoDateForNeighbours,
        AndMore { count: 3 },
        Unusable { found: text("null") },
        NoImageFile {
            status: Some(404),
            reason: None,
        },
        NoImageFile {
            status: None,
            reason: Some(text("refused")),
        },
        NotOpening {
            share: share(),
            because: nothing(),
        },
        EmptyBodies { share: share() },
        BodyIsSummary { share: share() },
        BlocksLeftOut {
            share: share(),
            first: text("a block"),
        },
        PartsDropped {
            share: share(),
            dropped: Unsafe {
                scripts: 1,
                event_handlers: 2,
                javascript_addresses: 1,
                iframes: 1,
                forms: 2,
                drawings: 1,
                pictures: 1,
            },
        },
        Shortcodes {
            share: share(),
            first: text("[poll]"),
        },
        HeadlineInBody { share: share() },
        AccountAsAuthor {
            share: share(),
            names: vec![text("admin"), text("desk")],
        },
        Capitals {
            share: share(),
            first: text("BRIDGE OPENS"),
        },
        NameInHeadline {
            share: share(),
            first: text("Bridge - Post"),
        },
        Duplicates {
            share: share(),
            headline: text("Bridge"),
        },
        Placeholder {
            share: share(),
            headline: text("Hello world!"),
        },
        CutDescriptions {
            share: share(),
            ending: text("[…]"),
        },
        HeadlineAsDescription { share: share() },
        LongDescriptions { share: share() },
        DatesWithoutTime { share: share() },
        ModifiedBeforePublished { share: share() },
        OldNews { days: 1204 },
        Uncategorised {
            share: share(),
            name: text("미분류"),
        },
        UnlistedSections {
            share: share(),
            slugs: vec![text("sport")],
        },
        SmallPictures {
            share: share(),
            pixels: 150,
        },
        InsecurePictures { share: share() },
        NoAlternativeText { share: share() },
        AlwaysZero {
            share: share(),
            counts: vec![Counted::Views, Counted::Likes, Counted::Comments],
        },
    ];
    all.extend(errors().into_iter().map(Finding::from));
    all.extend(warnings().into_iter().map(|warning| LeftOut { warning }));
    for why in [Cut::TooLong, Cut::TooManyElements, Cut::TooManyAttributes] {
        all.push(BodyCut { share: share(), why });
    }
    for hours in [1, 9, 100] {
        all.push(FutureDates { share: share(), hours });
    }
    for is_reversed in [true, false] {
        all.push(NotNewestFirst { is_reversed });
    }
    for field in crate::backend::surroundings::ARTICLE_FIELDS {
        let value = text("a value");
        all.extend([
            Unreadable {
                unmapped: unmapped(field.as_str()),
            },
            OftenUnreadable {
                field,
                share: share(),
                problem: value.clone(),
            },
            Missing {
                field,
                share: share(),
                is_mapped: true,
            },
            Missing {
                field,
                share: share(),
                is_mapped: false,
            },
            MissingInList { field, share: share() },
            AllTheSame {
                field,
                share: share(),
                value: value.clone(),
            },
            WrongCharset {
                field,
                share: share(),
                first: value.clone(),
            },
            Markup {
                field,
                share: share(),
                first: value.clone(),
            },
            PrivateAddresses {
                field,
                share: share(),
                first: value,
            },
        ]);
    }
    all
}

#[test]
fn every_finding_is_said_in_both_languages_without_a_full_stop_at_its_end() {
    for count in [1, 7, 20] {
        for finding in findings(&share(count)) {
            for words in LANGUAGES {
                let said = words.say(&finding);
                for text in [Some(said.what), said.advice].into_iter().flatten() {
                    assert!(!text.is_empty() && !text.ends_with('.'), "{finding:?}: {text}");
                    assert!(!text.contains("  ") && !text.contains("{}"), "{finding:?}: {text}");
                }
            }
        }
    }
}

#[test]
fn korean_sentences_are_korean_and_polite() {
    for finding in findings(&share(7)) {
        let said = ko::WORDS.say(&finding);
        // What is quoted stands behind a colon or in brackets.
        let mut parts = said.what.split(['.', ':', '(']);
        assert!(parts.any(|part| part.trim_end().ends_with("니다")), "{}", said.what);
        if let Some(advice) = said.advice {
            assert!(advice.contains("세요") || advice.contains("니다"), "{advice}");
        }
    }
}

#[test]
fn korean_particles_fit_to_the_words_before_them() {
    for finding in findings(&share(7)) {
        let said = ko::WORDS.say(&finding);
        for wrong in [
            "제목가",
            "제목를",
            "요약가",
            "요약를",
            "작성자이 ",
            "작성자을",
            "사진가",
            "본문가",
            "(를)",
            "(가)",
        ] {
            assert!(!said.what.contains(wrong), "{}", said.what);
        }
    }
    let said = |field| {
        let finding = Finding::Missing {
            field,
            share: share(7),
            is_mapped: true,
        };
        ko::WORDS.say(&finding).what
    };
    assert_eq!(said(Field::Author), "기사 20건 중 7건(1 등)은 작성자가 없습니다");
    assert_eq!(said(Field::Image), "기사 20건 중 7건(1 등)은 대표 사진이 없습니다");
}

#[test]
fn numbers_and_verbs_of_english_fit() {
    let said = |count| {
        let finding = Finding::AccountAsAuthor {
            share: share(count),
            names: vec!["admin".to_owned()],
        };
        en::WORDS.say(&finding).what
    };
    assert!(said(1).starts_with("1 of 20 articles (1) is by “admin”"), "{}", said(1));
    assert!(
        said(7).starts_with("7 of 20 articles (such as 1) are by “admin”"),
        "{}",
        said(7)
    );
    assert!(said(20).starts_with("all 20 articles are by “admin”"), "{}", said(20));
}
