//! The head of each page.

use gisa::components::{ArticleSheet, LeadStory, Role};
use gisa::edition::metadata::{PageMeta, PageSubject, common_head};
use gisa::model::{Address, Article, ArticleList, ImageFile, ImageObject, Period, Ranking, Route};
use gisa::newspaper::Newspaper;
use gisa::site::Publication;
use leptos::prelude::*;
use scraper::{ElementRef, Html, Selector};

use super::{HOSTILE, SITE, article, hostile_article, image, newspaper, newspaper_of};

/// A parsed head.
pub struct Head(pub Html);

impl Head {
    pub fn of(
        (newspaper, publication): &(Newspaper, Publication),
        route: Route,
        title: &str,
        subject: PageSubject,
    ) -> Self {
        let page = PageMeta {
            newspaper,
            publication,
            route: &route,
            title,
            subject,
            common: &common_head(newspaper, publication),
        };
        Head(Html::parse_document(&format!(
            "<!doctype html><html><head>{}</head><body></body></html>",
            page.head()
        )))
    }

    fn all(&self, selector: &str) -> Vec<ElementRef<'_>> {
        let selector = Selector::parse(selector).expect("a selector");
        self.0.select(&selector).collect()
    }

    pub fn attributes(&self, selector: &str, name: &str) -> Vec<&str> {
        let found = self.all(selector).into_iter();
        found
            .map(|element| element.attr(name).expect("the attribute"))
            .collect()
    }

    fn attribute(&self, selector: &str, name: &str) -> Option<&str> {
        let found = self.attributes(selector, name);
        assert!(found.len() <= 1, "{selector}: {found:?}");
        found.first().copied()
    }

    fn meta(&self, name: &str) -> Option<&str> {
        self.attribute(&format!("meta[name='{name}']"), "content")
    }

    fn properties(&self, name: &str) -> Vec<&str> {
        self.attributes(&format!("meta[property='{name}']"), "content")
    }

    fn property(&self, name: &str) -> Option<&str> {
        let found = self.properties(name);
        assert!(found.len() <= 1, "{name}: {found:?}");
        found.first().copied()
    }

    fn link(&self, rel: &str) -> Option<&str> {
        self.attribute(&format!("link[rel='{rel}']"), "href")
    }

    fn title(&self) -> String {
        self.all("head > title").iter().flat_map(|title| title.text()).collect()
    }
}

fn list(page: u32, next: Option<u32>) -> ArticleList {
    ArticleList {
        items: vec![article("1"), article("2")],
        page: Some(page),
        next,
        ..ArticleList::default()
    }
}

fn section(page: u32) -> Route {
    Route::Section("gunjeong".to_owned(), page)
}

#[test]
fn an_article_says_what_it_is_to_whom_it_is_shared_with() {
    let article = article("7");
    let route = Route::Article("7".to_owned());
    let head = Head::of(&newspaper(), route, &article.headline, PageSubject::Article(&article));
    let address = "https://haesol.example/news/articles/7/";
    assert_eq!(head.title(), "여울대교 다시 열린다 – 해솔신문");
    assert_eq!(
        head.meta("description"),
        Some("두 달 동안 막혔던 여울대교가 다시 열린다.")
    );
    assert_eq!(head.meta("robots"), Some("max-image-preview:large"));
    assert_eq!(head.meta("author"), Some("윤가람, 문해든"));
    assert_eq!(head.link("canonical"), Some(address));
    for (property, value) in [
        ("og:type", "article"),
        ("og:site_name", "해솔신문"),
        ("og:locale", "ko_KR"),
        ("og:title", "여울대교 다시 열린다"),
        ("og:description", "두 달 동안 막혔던 여울대교가 다시 열린다."),
        ("og:url", address),
        ("og:image", "https://haesol.example/news/data/images/bridge.jpg"),
        ("og:image:width", "1200"),
        ("og:image:height", "800"),
        ("og:image:alt", "다리 위의 버스"),
        ("article:published_time", "2026-11-20T17:42:08+09:00"),
        ("article:modified_time", "2026-11-21T10:15:30+09:00"),
        ("article:section", "군정·의회"),
    ] {
        assert_eq!(head.property(property), Some(value), "{property}");
    }
    assert_eq!(head.properties("article:tag"), ["여울대교", "버스"]);
    assert_eq!(
        head.properties("article:author"),
        ["https://haesol.example/people/yun/", "문해든"]
    );
    assert_eq!(head.meta("twitter:card"), Some("summary_large_image"));
}

#[test]
fn a_page_without_a_picture_shows_the_logo() {
    let mut article = article("7");
    article.image = None;
    article.article_body.clear();
    let route = || Route::Article("7".to_owned());
    let head = Head::of(&newspaper(), route(), &article.headline, PageSubject::Article(&article));
    assert_eq!(
        head.property("og:image"),
        Some("https://haesol.example/news/images/logo.png")
    );
    assert_eq!(head.meta("twitter:card"), Some("summary"));
    let site = SITE.replace("\"logo\": \"images/logo.png\",", "");
    let head = Head::of(
        &newspaper_of(&site),
        route(),
        &article.headline,
        PageSubject::Article(&article),
    );
    assert_eq!(head.property("og:image"), None);
}

#[test]
fn an_article_without_a_lead_image_is_shared_with_the_first_picture_that_it_has() {
    let mut article = article("7");
    article.image = None;
    article.associated_media = vec![image("https://cms.example/gallery.jpg")];
    let shared = |article: &Article| {
        let route = Route::Article("7".to_owned());
        let head = Head::of(&newspaper(), route, &article.headline, PageSubject::Article(article));
        assert_eq!(head.meta("twitter:card"), Some("summary_large_image"));
        head.property("og:image").expect("a picture").to_owned()
    };
    assert_eq!(shared(&article), "https://haesol.example/news/data/images/bus.jpg");
    article.article_body.clear();
    assert_eq!(shared(&article), "https://img.example/gallery.jpg");
}

#[test]
fn a_picture_whose_host_is_a_path_of_this_one_has_its_public_address() {
    for (host, public) in [
        ("/media/", "https://haesol.example/media/bridge.jpg"),
        ("//img.example/", "https://img.example/bridge.jpg"),
        ("media/", "https://haesol.example/news/media/bridge.jpg"),
    ] {
        let newspaper = newspaper_of(&SITE.replace("https://img.example/", host));
        let mut article = article("7");
        article.image = Some(image("https://cms.example/bridge.jpg"));
        let route = Route::Article("7".to_owned());
        let head = Head::of(&newspaper, route, &article.headline, PageSubject::Article(&article));
        assert_eq!(head.property("og:image"), Some(public), "{host}");
        let json_ld = head.all("script")[0].inner_html();
        assert!(json_ld.contains(&format!("\"{public}\"")), "{host}: {json_ld}");
    }
}

#[test]
fn an_author_whose_page_is_this_newspapers_has_its_public_address() {
    let mut article = article("7");
    for (url, public) in [
        ("people/yun/", "https://haesol.example/news/people/yun/"),
        // Relative to the newspaper, these are paths, whatever they look like.
        ("javascript:alert(1)", "https://haesol.example/news/javascript:alert(1)"),
        ("//evil.example/", "https://haesol.example/news///evil.example/"),
    ] {
        article.author[0].url = Some(format!("http://edition.invalid/{url}"));
        let route = Route::Article("7".to_owned());
        let head = Head::of(&newspaper(), route, &article.headline, PageSubject::Article(&article));
        assert_eq!(head.properties("article:author"), [public, "문해든"]);
        let json_ld = head.all("script")[0].inner_html();
        assert!(json_ld.contains(&format!("\"{public}\"")), "{json_ld}");
    }
}

#[test]
fn a_newspaper_has_one_icon() {
    let icon = |site: &str| {
        let head = Head::of(&newspaper_of(site), Route::Today, "TOP TODAY", PageSubject::None);
        head.link("icon").map(str::to_owned)
    };
    assert_eq!(icon(SITE).as_deref(), Some("data:,"));
    let with = |address: &str| SITE.replace("\"logo\":", &format!("\"icon\": \"{address}\", \"logo\":"));
    assert_eq!(icon(&with("images/icon.svg")).as_deref(), Some("/news/images/icon.svg"));
    let elsewhere = "https://cdn.example/icon.svg";
    assert_eq!(icon(&with(elsewhere)).as_deref(), Some(elsewhere));
}

#[test]
fn the_lead_image_is_loaded_from_where_the_page_shows_it() {
    let article = article("7");
    let route = Route::Article("7".to_owned());
    let head = Head::of(&newspaper(), route, &article.headline, PageSubject::Article(&article));
    let preload = |name| head.attribute("link[rel='preload'][as='image']", name);
    assert_eq!(preload("href"), Some("/news/data/images/bridge.jpg"));
    assert_eq!(
        preload("imagesrcset"),
        Some("/news/data/images/bridge-600.jpg 600w, https://img.example/bridge-1200.jpg 1200w")
    );
    assert_eq!(preload("imagesizes"), Some("(min-width: 60rem) 42rem, 100vw"));
    assert_eq!(preload("fetchpriority"), Some("high"));
}

/// An image whose preloading differs from itself is loaded twice.
#[test]
fn the_image_that_is_loaded_early_is_the_one_on_the_page() {
    let files = [400, 800].map(|width| ImageFile {
        url: format!("https://cms.example/lead-{width}.jpg?a=1&b=2"),
        width,
        height: width / 2,
    });
    let mut article = article("7");
    article.image = Some(ImageObject {
        sizes: files.to_vec(),
        ..image("https://cms.example/lead.jpg?a=1&b=2")
    });
    let list = ArticleList {
        items: vec![article.clone()],
        ..ArticleList::default()
    };
    let (newspaper, publication) = newspaper();
    let shown = |view: &dyn Fn() -> AnyView| {
        let html = Owner::new().with(|| {
            provide_context(newspaper.clone());
            view().to_html()
        });
        Head(Html::parse_document(&html))
    };
    let sheet = shown(&|| view! { <ArticleSheet article=&article role=Role::Usual/> }.into_any());
    let story = shown(&|| view! { <LeadStory article=&article/> }.into_any());
    let newspaper = (newspaper.clone(), publication);
    let route = Route::Article("7".to_owned());
    let of_article = Head::of(&newspaper, route, "x", PageSubject::Article(&article));
    let of_front = Head::of(&newspaper, Route::Front, "x", PageSubject::List(&list));
    for (page, head) in [(sheet, of_article), (story, of_front)] {
        for (on_page, early) in [("src", "href"), ("srcset", "imagesrcset"), ("sizes", "imagesizes")] {
            let on_page = page.attribute("img[fetchpriority='high']", on_page);
            assert!(on_page.is_some());
            assert_eq!(head.attribute("link[rel='preload']", early), on_page);
        }
    }
}

#[test]
fn a_lead_image_is_loaded_early_where_the_body_begins_with_it_and_not_where_it_comes_later() {
    let url = "http://edition.invalid/data/images/bus.jpg";
    let route = Route::Article("7".to_owned());
    let mut article = article("7");
    article.image = Some(image(url));
    let preload = |body: &str| {
        let article_body = gisa::html::parse(body, "http://edition.invalid/");
        let article = Article {
            article_body,
            ..article.clone()
        };
        let head = Head::of(
            &newspaper(),
            route.clone(),
            &article.headline,
            PageSubject::Article(&article),
        );
        head.link("preload").map(str::to_owned)
    };
    let picture = format!("<img src='{url}'>");
    assert_eq!(
        preload(&format!("<p>가.</p>{picture}")).as_deref(),
        Some("/news/data/images/bus.jpg")
    );
    assert_eq!(preload(&format!("<p>가.</p><p>나.</p><p>다.</p>{picture}")), None);
}

#[test]
fn the_front_page_loads_the_picture_of_its_lead_story_early() {
    let mut list = list(1, None);
    list.items[0].image = None;
    list.items[1].image = Some(image("https://cms.example/lead.jpg"));
    let head = Head::of(&newspaper(), Route::Front, "해솔신문", PageSubject::List(&list));
    assert_eq!(head.link("preload"), Some("https://img.example/lead.jpg"));
    let head = Head::of(&newspaper(), section(1), "군정·의회", PageSubject::List(&list));
    assert_eq!(head.link("preload"), None, "a section has no lead story");
}

#[test]
fn the_front_page_bears_the_newspapers_name_and_line() {
    let head = Head::of(
        &newspaper(),
        Route::Front,
        "해솔신문",
        PageSubject::List(&list(1, None)),
    );
    assert_eq!(head.title(), "해솔신문");
    assert_eq!(head.meta("description"), Some("해솔군의 오늘을 기록합니다"));
    assert_eq!(head.property("og:type"), Some("website"));
    assert_eq!(head.link("canonical"), Some("https://haesol.example/news/"));
}

#[test]
fn front_pages_of_other_languages_name_one_another() {
    let head = Head::of(
        &newspaper(),
        Route::Front,
        "해솔신문",
        PageSubject::List(&list(1, None)),
    );
    assert_eq!(head.attributes("link[hreflang]", "hreflang"), ["ko", "en"]);
    assert_eq!(
        head.attributes("link[hreflang]", "href"),
        ["https://haesol.example/news/", "https://haesol.example/english/"]
    );
    let shared = r#"[{ "hreflang": "ko", "url": "https://haesol.example/news/" }, { "hreflang": "en","#;
    let site = SITE.replace("[{ \"hreflang\": \"en\",", shared);
    let head = Head::of(&newspaper_of(&site), Route::Front, "해솔신문", PageSubject::None);
    assert_eq!(head.attributes("link[hreflang]", "hreflang"), ["ko", "en"], "each once");
    let head = Head::of(&newspaper(), section(1), "군정·의회", PageSubject::None);
    assert!(head.all("link[hreflang]").is_empty(), "articles have no counterpart");
    let site = SITE.replace(
        "\"editions\": [{ \"hreflang\": \"en\", \"url\": \"https://haesol.example/english/\" }],",
        "",
    );
    let head = Head::of(&newspaper_of(&site), Route::Front, "해솔신문", PageSubject::None);
    assert!(head.all("link[hreflang]").is_empty(), "there is no other edition");
}

/// Firefox fetches a whole page that `<link rel="next">` names, which no reader asked for, or complains that the policy
/// forbids it. Search engines follow the links in the page.
#[test]
fn the_head_names_no_other_page_of_a_list() {
    let address = |page| newspaper().0.absolute(Address::Section("gunjeong", page));
    let second = Head::of(
        &super::newspaper(),
        section(2),
        "군정·의회",
        PageSubject::List(&list(2, Some(3))),
    );
    assert_eq!(second.link("canonical"), Some(&*address(2)));
    assert_eq!(second.link("prev"), None);
    assert_eq!(second.link("next"), None);
}

#[test]
fn a_list_is_described_by_its_first_headlines() {
    let head = Head::of(&newspaper(), section(1), "군정·의회", PageSubject::List(&list(1, None)));
    assert_eq!(
        head.meta("description"),
        Some("여울대교 다시 열린다 · 여울대교 다시 열린다")
    );
    let head = Head::of(
        &newspaper(),
        section(1),
        "군정·의회",
        PageSubject::List(&ArticleList::default()),
    );
    assert_eq!(head.meta("description"), Some("해솔군의 오늘을 기록합니다"));
}

#[test]
fn every_page_names_the_newspapers_feeds_and_a_section_its_own_too() {
    let root = "https://haesol.example/news";
    let feeds = |route, title| {
        let head = Head::of(&newspaper(), route, title, PageSubject::None);
        let types = head.attributes("link[rel='alternate'][type]", "type");
        let types: Vec<String> = types.into_iter().map(str::to_owned).collect();
        let hrefs = head.attributes("link[rel='alternate'][type]", "href");
        let hrefs: Vec<String> = hrefs.into_iter().map(str::to_owned).collect();
        (types, hrefs)
    };
    let (types, hrefs) = feeds(Route::Today, "TOP TODAY");
    assert_eq!(
        types,
        ["application/rss+xml", "application/atom+xml", "application/feed+json"]
    );
    let own = ["feed.xml", "atom.xml", "feed.json"].map(|file| format!("{root}/{file}"));
    assert_eq!(hrefs, own);
    let (_, hrefs) = feeds(section(2), "군정·의회 (2쪽)");
    assert_eq!(hrefs[..3], own);
    let sections = ["feed.xml", "atom.xml", "feed.json"].map(|file| format!("{root}/sections/gunjeong/{file}"));
    assert_eq!(hrefs[3..], sections);
}

#[test]
fn print_search_and_unknown_pages_are_not_indexed() {
    let article = article("7");
    let print = Route::Print("7".to_owned());
    let print = Head::of(&newspaper(), print, "인쇄", PageSubject::Article(&article));
    assert_eq!(print.meta("robots"), Some("noindex"));
    assert_eq!(print.link("canonical"), Some("https://haesol.example/news/articles/7/"));
    assert_eq!(print.link("preload"), None, "paper shows no other picture first");
    let search = Head::of(&newspaper(), Route::Search(String::new(), 1), "검색", PageSubject::None);
    assert_eq!(search.meta("robots"), Some("noindex"));
    let unknown = Head::of(&newspaper(), Route::Unknown, "없는 쪽", PageSubject::None);
    assert_eq!(unknown.meta("robots"), Some("noindex"));
    assert_eq!(unknown.link("canonical"), None);
    assert_eq!(unknown.property("og:url"), None);
    let missing = Head::of(&newspaper(), Route::Article("8".to_owned()), "기사", PageSubject::None);
    assert_eq!(missing.meta("robots"), Some("noindex"), "an article that did not come");
    let empty = [section(1), Route::Ranking(None, None), Route::Photos(1), Route::Today];
    let empty = empty.map(|route| Head::of(&newspaper(), route, "x", PageSubject::None));
    for head in &empty {
        assert_eq!(head.meta("robots"), Some("noindex"), "a list that did not come");
    }
    for head in [print, search, unknown, missing].iter().chain(&empty) {
        assert!(head.all("script").is_empty());
    }
}

#[test]
fn the_period_that_the_ranking_shows_anyway_is_one_page_with_it() {
    let canonical = |period| {
        let head = Head::of(
            &newspaper(),
            Route::Ranking(period, None),
            "많이 본 뉴스",
            PageSubject::Ranking(&Ranking::default()),
        );
        head.link("canonical").expect("an address").to_owned()
    };
    assert_eq!(canonical(None), "https://haesol.example/news/ranking/");
    assert_eq!(canonical(Some(Period::Day)), canonical(None));
    assert_ne!(canonical(Some(Period::Week)), canonical(None));
}

#[test]
fn a_description_is_cut_between_words_and_never_within_a_sign() {
    let described = |text: &str| {
        let mut article = article("7");
        article.description = text.to_owned();
        let route = Route::Article("7".to_owned());
        let head = Head::of(&newspaper(), route, "x", PageSubject::Article(&article));
        head.meta("description").expect("a description").to_owned()
    };
    assert_eq!(described("짧은\n 글 "), "짧은 글");
    let exact = "가".repeat(160);
    assert_eq!(described(&exact), exact);
    let words = described(&"다리가 열린다. ".repeat(30));
    assert!(words.ends_with("다리가…") || words.ends_with("열린다…"), "{words}");
    assert!((140..=160).contains(&words.chars().count()), "{words}");
    // Jamo that make one syllable, and a family of four that is one picture.
    for sign in ["\u{1112}\u{1161}\u{11ab}", "👨‍👩‍👧‍👦", "e\u{301}"] {
        let cut = described(&sign.repeat(200));
        let whole = cut.strip_suffix('…').expect("a cut text");
        assert_eq!(whole, sign.repeat(159));
    }
}

#[test]
fn nothing_that_a_backend_sends_breaks_out_of_the_head() {
    let site = SITE
        .replace("해솔신문\",\n", "해솔신문\\\"></title><script>alert(1)</script>\",\n")
        .replace("해솔군의 오늘을 기록합니다", "\\\"></title><script>alert(2)</script>");
    let newspaper = newspaper_of(&site);
    let article = hostile_article();
    let list = ArticleList {
        items: vec![hostile_article()],
        ..ArticleList::default()
    };
    let pages = [
        (Route::Front, PageSubject::List(&list)),
        (Route::Article(HOSTILE.to_owned()), PageSubject::Article(&article)),
        (Route::Print(HOSTILE.to_owned()), PageSubject::Article(&article)),
        (Route::Section(HOSTILE.to_owned(), 2), PageSubject::List(&list)),
        (Route::Search(HOSTILE.to_owned(), 1), PageSubject::None),
    ];
    for (route, content) in pages {
        let head = Head::of(&newspaper, route.clone(), HOSTILE, content);
        assert!(head.all("body > *").is_empty(), "{route:?}");
        assert_eq!(head.all("title").len(), 1, "{route:?}");
        for script in head.all("script") {
            assert_eq!(script.attr("type"), Some("application/ld+json"), "{route:?}");
            assert!(!script.inner_html().contains(['<', '>', '&', '\u{2028}']), "{route:?}");
        }
        for element in head.all("head *") {
            assert!(
                ["title", "meta", "link", "script"].contains(&element.value().name()),
                "{route:?}: {}",
                element.html()
            );
            for (name, _) in element.value().attrs() {
                let known = [
                    "name",
                    "property",
                    "content",
                    "rel",
                    "href",
                    "type",
                    "title",
                    "hreflang",
                    "as",
                    "imagesrcset",
                    "imagesizes",
                    "fetchpriority",
                ];
                assert!(known.contains(&name), "{route:?}: {}", element.html());
            }
        }
    }
}
