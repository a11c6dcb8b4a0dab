//! Untrusted HTML becomes the content that is expected, and nothing else.

use std::sync::LazyLock;
use std::time::{Duration, Instant};

use gisa::html::{parse, phrases, text};
use gisa::model::{Content, Element, plain_text, to_html};
use proptest::prelude::*;

use crate::notation::write;
use crate::random;

const BASE: &str = "https://news.example/a/b";

struct Case {
    name: String,
    html: String,
    tree: String,
}

fn cases(corpus: &str) -> Vec<Case> {
    let corpus: serde_json::Value = serde_json::from_str(corpus).expect("JSON");
    let member = |case: &serde_json::Value, name: &str| case[name].as_str().expect(name).to_owned();
    let cases = corpus.as_array().expect("an array").iter();
    cases
        .map(|case| Case {
            name: member(case, "name"),
            html: member(case, "html"),
            tree: member(case, "tree"),
        })
        .collect()
}

fn attacks() -> Vec<Case> {
    cases(include_str!("../corpus/attacks.json"))
}

fn newsroom() -> Vec<Case> {
    cases(include_str!("../corpus/newsroom.json"))
}

fn assert_trees(cases: &[Case]) {
    let wrong: Vec<String> = cases
        .iter()
        .map(|case| (case, write(&parse(&case.html, BASE))))
        .filter(|(case, tree)| case.tree != *tree)
        .map(|(case, tree)| {
            format!(
                "{}\n  html     {}\n  expected {}\n  got      {tree}",
                case.name, case.html, case.tree
            )
        })
        .collect();
    assert!(
        wrong.is_empty(),
        "{} of {}:\n{}",
        wrong.len(),
        cases.len(),
        wrong.join("\n")
    );
}

fn each(content: &[Content], visit: &mut impl FnMut(&Content)) {
    content.iter().for_each(|piece| piece.walk(visit));
}

/// Everything wrong with the structure of some content.
fn faults(content: &[Content]) -> Vec<String> {
    let mut faults = Vec::new();
    for piece in content {
        if !piece.is_block() {
            faults.push(format!("{piece:?} stands outside a block"));
        }
    }
    each(content, &mut |piece| {
        if let Content::Element(element) = piece {
            element_faults(element, &mut faults);
        }
        if let Content::Link(link) = piece {
            each(&link.children, &mut |inner| {
                if inner.is_block() || matches!(inner, Content::Link(_)) {
                    faults.push(format!("a link holds {inner:?}"));
                }
            });
        }
    });
    faults
}

fn element_faults(element: &Element, faults: &mut Vec<String>) {
    let name = element.name.as_str();
    let allowed: &[&str] = match name {
        "ul" | "ol" => &["li"],
        "dl" => &["dt", "dd"],
        "table" => &["caption", "thead", "tbody", "tfoot"],
        "thead" | "tbody" | "tfoot" => &["tr"],
        "tr" => &["td", "th"],
        _ => &[],
    };
    let only_phrases = !element.name.is_block() || ["p", "pre", "dt", "h2", "h3", "h4", "h5", "h6"].contains(&name);
    for child in &element.children {
        let child_name = match child {
            Content::Element(child) => child.name.as_str(),
            _ => "",
        };
        let misplaced = ["li", "dt", "dd", "caption", "thead", "tbody", "tfoot", "tr", "td", "th"];
        let fits = match allowed {
            [] => !misplaced.contains(&child_name) && (child_name != "figcaption" || name == "figure"),
            allowed => allowed.contains(&child_name),
        };
        if !fits || (only_phrases && child.is_block()) {
            faults.push(format!("{name} holds {child:?}"));
        }
    }
    if element.name.is_void() && !element.children.is_empty() {
        faults.push(format!("{name} holds something"));
    }
    let blocks = element.children.iter().filter(|child| child.is_block()).count();
    if ["li", "td", "th", "dd", "figcaption", "caption"].contains(&name)
        && blocks > 0
        && blocks < element.children.len()
    {
        faults.push(format!("{name} mixes blocks and bare text"));
    }
}

#[test]
fn every_attack_leaves_only_what_is_harmless() {
    assert_trees(&attacks());
}

#[test]
fn newsroom_html_becomes_the_content_that_it_means() {
    assert_trees(&newsroom());
}

#[test]
fn the_corpus_is_large_and_its_names_are_its_own() {
    let (attacks, newsroom) = (attacks(), newsroom());
    assert!(attacks.len() >= 230 && newsroom.len() >= 200);
    let mut names: Vec<&str> = attacks.iter().chain(&newsroom).map(|case| case.name.as_str()).collect();
    names.sort_unstable();
    assert!(names.windows(2).all(|pair| pair[0] != pair[1]));
}

#[test]
fn no_address_in_any_tree_has_an_unsafe_scheme() {
    for case in attacks().iter().chain(&newsroom()) {
        each(&parse(&case.html, BASE), &mut |piece| {
            let (url, schemes): (&str, &[&str]) = match piece {
                Content::Link(link) => (&link.href, &["https:", "http:", "mailto:", "tel:", "#note-"]),
                Content::Image(image) => (&image.url, &["https:", "http:"]),
                Content::Embed(embed) => (&embed.url, &["https:", "http:"]),
                _ => return,
            };
            assert!(
                schemes.iter().any(|scheme| url.starts_with(scheme)),
                "{}: {url}",
                case.name
            );
        });
    }
}

#[test]
fn no_attribute_in_any_tree_can_run_or_fetch() {
    const HARMLESS: [&str; 12] = [
        "dir", "lang", "id", "datetime", "title", "start", "reversed", "type", "value", "colspan", "rowspan", "scope",
    ];
    for case in attacks().iter().chain(&newsroom()) {
        each(&parse(&case.html, BASE), &mut |piece| {
            if let Content::Element(element) = piece {
                for (name, value) in &element.attributes {
                    assert!(HARMLESS.contains(name), "{}: {name}", case.name);
                    assert!(*name != "id" || value.starts_with("note-"), "{}: {value}", case.name);
                }
            }
        });
    }
}

#[test]
fn no_element_in_any_tree_is_outside_the_allow_list() {
    for case in attacks().iter().chain(&newsroom()) {
        let html = write(&parse(&case.html, BASE));
        for name in [
            "script", "style", "iframe", "svg", "math", "object", "embed ", "form", "input", "base", "meta", "link",
        ] {
            assert!(!html.contains(&format!("<{name}")), "{}: {html}", case.name);
        }
    }
}

#[test]
fn every_tree_is_well_formed() {
    for case in attacks().iter().chain(&newsroom()) {
        let faults = faults(&parse(&case.html, BASE));
        assert!(faults.is_empty(), "{}: {faults:#?}", case.name);
    }
}

#[test]
fn a_tree_written_and_read_again_is_the_same() {
    for case in attacks().iter().chain(&newsroom()) {
        let once = parse(&case.html, BASE);
        assert_eq!(write(&parse(&to_html(&once), BASE)), write(&once), "{}", case.name);
    }
}

/// A page is written from one tree and compared in the browser with another, which comes of the first written as HTML.
#[test]
fn a_tree_and_a_caption_are_the_same_when_they_are_read_again_whatever_they_were_made_of() {
    let cases = attacks().into_iter().chain(newsroom()).map(|case| case.html);
    let mut different = Vec::new();
    for html in cases.chain(random::inputs()) {
        let content = parse(&html, BASE);
        let again = parse(&to_html(&content), BASE);
        let line = phrases(&html, BASE);
        let line_again = phrases(&to_html(&line), BASE);
        for (once, again) in [(content, again), (line, line_again)] {
            if once != again {
                different.push(format!("{html}\n  {}\n  {}", to_html(&once), to_html(&again)));
            }
        }
    }
    assert!(different.is_empty(), "{}:\n{}", different.len(), different.join("\n"));
}

#[test]
fn no_input_cut_anywhere_breaks_a_tree() {
    for case in attacks().iter().chain(&newsroom()) {
        // A long input is cut at some 300 places.
        for (end, _) in case.html.char_indices().step_by(1 + case.html.len() / 300) {
            let faults = faults(&parse(&case.html[..end], BASE));
            assert!(faults.is_empty(), "{} up to {end}: {faults:#?}", case.name);
        }
    }
}

fn assert_survives(open: &str, close: &str, levels: usize) {
    let html = format!(
        "<p>before</p>{}deep{}<p>after</p>",
        open.repeat(levels),
        close.repeat(levels)
    );
    let content = parse(&html, BASE);
    let faults = faults(&content);
    assert!(faults.is_empty(), "{open}: {faults:?}");
    assert_eq!(
        text(&html).split_whitespace().collect::<Vec<_>>(),
        ["before", "deep", "after"],
        "{open}"
    );
}

#[test]
fn twenty_thousand_levels_do_no_harm() {
    assert_survives("<b>", "</b>", 20_000);
    assert_survives("<x>", "</x>", 20_000);
    assert_survives("<div>", "</div>", 20_000);
    assert_survives("<div></x>", "", 20_000);
    assert_survives("<div><object></div></object>", "", 20_000);
    assert_survives("<blockquote><table><tr><td></blockquote></td></tr></table>", "", 20_000);
    assert_survives("<blockquote><p>", "", 20_000);
    assert_survives("<ul><li>", "</li></ul>", 20_000);
    assert_survives("<table><tr><td>", "</td></tr></table>", 20_000);
    assert_survives("<optgroup>", "", 20_000);
    assert_survives("<math><tr>", "", 20_000);
}

#[test]
fn elements_that_their_parents_close_do_not_count_as_levels() {
    let careless = "<p><span>a</p><ruby>漢<rt>한</ruby><table><tr><td><font>b</table><li><i>c".repeat(1_000);
    let content = parse(
        &format!("{careless}<h2>x</h2><p><a href=https://a.example/>y</a></p>"),
        BASE,
    );
    let html = to_html(&content);
    assert_eq!(html.matches("<rt>").count(), 1_000);
    assert!(
        html.contains("<h2>") && html.contains("<a href="),
        "{}",
        &html[html.len() - 200..]
    );
}

/// Formatting that is never closed is opened again in each paragraph.
#[test]
fn formatting_that_is_never_closed_does_not_multiply() {
    let opened: String = (0..2_000).map(|name| format!("<b a={name}>")).collect();
    let html = format!("<p>{opened}{}", "x<p>".repeat(500));
    assert_eq!(text(&html).split_whitespace().count(), 500);
}

#[test]
fn deep_levels_keep_their_text_without_what_is_dropped() {
    let html = format!(
        "{}<p>a</p><script>alert(1)</script><style>b</style>c",
        "<div>".repeat(300)
    );
    let words = text(&html);
    assert!(
        !words.contains("alert") && words.contains('a') && words.contains('c'),
        "{words}"
    );
    assert_eq!(words, "a c");
}

/// What takes a step of the walk for each repetition, and would take its square if that step looked at all the others.
fn long_bodies(times: usize) -> Vec<String> {
    let captions = "[caption]<img src=i.jpg>words[/caption]";
    let widths = (0..times).map(|wide| format!("{wide}.jpg {wide}x, "));
    let notes = (0..times).map(|name| format!("<a href=#n{name}>x</a><a name=n{name}></a>"));
    let rows = "<tr><td><img src=i.jpg></td></tr><tr><td>x</td></tr>";
    let items = "<dl class=gallery-item><dt><img src=i.jpg></dl>";
    vec![
        format!("<h2>{}x{}</h2>", "<br>".repeat(times), "<br>".repeat(times)),
        format!("<b>{}<p>x</p></b>", "<br>".repeat(times)),
        format!("x{}", "<!----> <br>y".repeat(times)),
        format!("x{}<br>", "<!----> ".repeat(times)),
        format!("<p>{}</p>", captions.repeat(times)),
        format!("<p>{}</p>", "[caption ".repeat(times)),
        format!("<p>{}</p>", "[caption]<img src=i.jpg>".repeat(times)),
        format!(
            "<img src=i.jpg width=4 height=3 srcset=\"{}\">",
            widths.collect::<String>()
        ),
        format!("<p>{}</p>", notes.collect::<String>()),
        format!("<table>{}</table>", rows.repeat(times)),
        "<img data-src=i.jpg><noscript><img src=i.jpg></noscript>".repeat(times),
        format!("<p>{}x</p>", "&nbsp;\u{3000}".repeat(times)),
        format!("<div class=gallery>{}</div>", items.repeat(times)),
        format!("{}x", "<div id=a>x</div><a href=#a></a>".repeat(times)),
        format!("<p>{}x</p>", "[tab] ".repeat(times)),
        format!("<p>{}x</p>", "[[a]] [a_b c=\"d\"]e[/a_b]".repeat(times)),
        format!("<p>{}x</p>", "[a b='c ".repeat(times)),
        "<img src=/x/a.jpg><noscript><a><img src=/y/a.jpg></a></noscript> ".repeat(times),
        format!("<noscript>{}", "<p><img src=a.jpg>".repeat(times)),
        format!(
            "x{}",
            "<div class=chart><span></span></div><canvas></canvas>".repeat(times)
        ),
        format!("x<svg width=9>{}</svg>", "<g><path></path></g>".repeat(times)),
        format!(
            "<div class=tableauPlaceholder>{}x</div>",
            "<div class=tableauPlaceholder><p>x</p></div>".repeat(times)
        ),
        format!("<table>{}</table>", "<tr><td> <td>x".repeat(times)),
        format!(
            "<div class=slick-track>{}</div>",
            "<div class=slick-slide><img src=i.jpg></div>".repeat(times)
        ),
    ]
}

#[test]
fn a_pronunciation_directly_in_another_one_is_a_part_of_it() {
    for html in [
        "<ruby>가<rt><a href=#n>나<rt>다</a></ruby>",
        "<ruby>가<rt>(<a>나<rp>다</a></ruby>",
        "<ruby>가<rt><span><rt>다<p>라</ruby>",
    ] {
        let content = parse(html, BASE);
        assert_eq!(parse(&to_html(&content), BASE), content, "{html}");
    }
}

/// How long this thread has run. On Linux without the time in which the machine did other things; the first number of
/// the file is in nanoseconds.
fn time_on_processor() -> Duration {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    match std::fs::read_to_string("/proc/thread-self/schedstat") {
        Ok(numbers) => {
            let nanoseconds = numbers.split_whitespace().next().expect("three numbers");
            Duration::from_nanos(nanoseconds.parse().expect("a number"))
        }
        Err(_) => START.elapsed(),
    }
}

#[test]
fn ten_times_the_length_takes_about_ten_times_the_time() {
    let time = |html: &str| {
        let start = time_on_processor();
        assert!(!parse(html, BASE).is_empty());
        time_on_processor() - start
    };
    // The shortest of several, since the machine does other things too.
    let best = |html: &str| (0..3).map(|_| time(html)).min().unwrap_or_default();
    for (short, long) in long_bodies(1_000).iter().zip(&long_bodies(10_000)) {
        let (less, more) = (best(short), best(long));
        let shown: String = short.chars().take(60).collect();
        assert!(
            more < less * 40 + Duration::from_millis(100),
            "{shown}: {less:?} became {more:?}"
        );
    }
}

#[test]
fn long_bodies_become_well_formed_trees() {
    for html in long_bodies(200) {
        assert_eq!(faults(&parse(&html, BASE)), Vec::<String>::new());
    }
}

/// A tree that has what no tree may have, from any input.
fn harm(content: &[Content]) -> Vec<String> {
    let mut harm = faults(content);
    let mut ids = std::collections::BTreeSet::new();
    let mut targets = Vec::new();
    each(content, &mut |piece| {
        let (urls, schemes): (Vec<&str>, &[&str]) = match piece {
            Content::Link(link) => (vec![&link.href], &["https:", "http:", "mailto:", "tel:", "#note-"]),
            Content::Image(image) => {
                let files = image.sizes.iter().map(|file| file.url.as_str());
                (files.chain([image.url.as_str()]).collect(), &["https:", "http:"])
            }
            Content::Embed(embed) => {
                let frame = embed.provider.as_ref().map(|provider| provider.frame.as_str());
                (
                    frame.into_iter().chain([embed.url.as_str()]).collect(),
                    &["https:", "http:"],
                )
            }
            _ => (Vec::new(), &[]),
        };
        for url in urls {
            if !schemes.iter().any(|scheme| url.starts_with(scheme)) {
                harm.push(format!("an unsafe address: {url}"));
            }
            targets.extend(url.strip_prefix('#').map(str::to_owned));
        }
        let id = match piece {
            Content::Element(element) => {
                for (name, _) in &element.attributes {
                    if name.starts_with("on") || ["style", "class", "src", "href", "name"].contains(name) {
                        harm.push(format!("an attribute: {name}"));
                    }
                }
                let mut attributes = element.attributes.iter();
                attributes.find(|(name, _)| *name == "id").map(|(_, value)| value)
            }
            Content::Link(link) => link.id.as_ref(),
            _ => None,
        };
        if let Some(id) = id
            && (!id.starts_with("note-") || !ids.insert(id.clone()))
        {
            harm.push(format!("an id of the app, or one twice: {id}"));
        }
    });
    for target in targets {
        if !ids.contains(&target) {
            harm.push(format!("a link to nothing: {target}"));
        }
    }
    harm
}

/// Pieces of markup that mean most to the walk, and anything else between them.
fn any_markup() -> impl Strategy<Value = String> {
    const PIECES: &[&str] = &[
        "<br>",
        "<img src=i.jpg>",
        "<img data-src=i.jpg width=4 height=3 srcset='a 4w, javascript:x 8w'>",
        "<hr>",
        "<select>",
        "</select>",
        "<a href=#n>",
        "<a name=n>",
        "<p id=n>",
        "<a href=javascript:alert(1)>",
        "<a href=c>",
        "<div class=wp-caption>",
        "<p class=wp-caption-text>",
        "<div class=gallery>",
        "<dl class=gallery-item>",
        "<blockquote class=twitter-tweet>",
        "<iframe src=https://youtu.be/abc></iframe>",
        "[caption width=1]",
        "[/caption]",
        "https://youtu.be/abc",
        "&nbsp;",
        " ",
        "\u{3000}",
        "<!--",
        "-->",
        "\"",
        "onerror=alert(1)",
        "<",
        ">",
        "&lt;",
        "]]>",
        "<![CDATA[",
    ];
    let names = random::parts().names;
    let piece = prop_oneof![
        4 => prop::sample::select(names.clone()).prop_map(|tag| format!("<{tag}>")),
        3 => prop::sample::select(names).prop_map(|tag| format!("</{tag}>")),
        4 => prop::sample::select(PIECES).prop_map(str::to_owned),
        2 => "[a-z가-힣]{1,6}",
        1 => any::<String>(),
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

/// Well-formed markup of allowed elements with words in it, and the words.
fn worded_markup() -> impl Strategy<Value = (String, Vec<String>)> {
    let word = || "[a-z가-힣]{1,8}".prop_map(|word| (word.clone(), vec![word]));
    word().prop_recursive(5, 40, 5, |inner| {
        const AROUND: &[(&str, &str)] = &[
            ("<p>", "</p>"),
            ("<div>", "</div>"),
            ("<section id=n>", "</section>"),
            ("<b>", "</b>"),
            ("<span>", "</span>"),
            ("<font color=red>", "</font>"),
            ("<ul><li>", "</li></ul>"),
            ("<ol><li id=n>", "</li></ol>"),
            ("<dl><dt>t</dt><dd>", "</dd></dl>"),
            ("<blockquote>", "</blockquote>"),
            ("<figure><img src=i.jpg><figcaption>", "</figcaption></figure>"),
            (
                "<div class=wp-caption><img src=i.jpg><p class=wp-caption-text>",
                "</p></div>",
            ),
            ("<div class=wp-caption>", "</div>"),
            ("<table><tr><td>", "</td></tr></table>"),
            ("<table border=1><tr><td>a</td><td>", "</td></tr></table>"),
            ("<table><tr><td><img src=i.jpg></td></tr><tr><td>", "</td></tr></table>"),
            ("<noscript>", "</noscript>"),
            ("<unknown>", "</unknown>"),
            ("<p>[caption]<img src=i.jpg>", "[/caption]</p>"),
            ("<a href=#n>", "</a>"),
            ("", "<br><br>"),
        ];
        (prop::sample::select(AROUND), prop::collection::vec(inner, 1..5)).prop_map(|((open, close), parts)| {
            let (html, words): (Vec<String>, Vec<Vec<String>>) = parts.into_iter().unzip();
            (format!("{open}{}{close}", html.join(" ")), words.concat())
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_at_all_makes_a_harmful_tree(html in any_markup()) {
        let content = parse(&html, BASE);
        let harm = harm(&content);
        prop_assert!(harm.is_empty(), "{harm:#?}");
        let written = to_html(&content);
        prop_assert!(self::harm(&parse(&written, BASE)).is_empty(), "{written}");
        let line = phrases(&html, BASE);
        prop_assert_eq!(phrases(&to_html(&line), BASE), line);
        prop_assert_eq!(parse(&written, BASE), content);
    }

    #[test]
    fn every_word_of_allowed_elements_survives((html, words) in worded_markup()) {
        let content = parse(&html, BASE);
        let harm = harm(&content);
        prop_assert!(harm.is_empty(), "{harm:#?}");
        let mut text: Vec<String> = plain_text(&content)
            .split(|sign: char| !sign.is_alphanumeric())
            .map(str::to_owned)
            .collect();
        for word in words {
            let place = text.iter().position(|known| *known == word);
            prop_assert!(place.is_some(), "{word} of {html} is not in {}", write(&content));
            text.remove(place.unwrap_or_default());
        }
    }
}

#[test]
fn text_of_html_has_neither_tags_nor_references() {
    for (html, words) in [
        ("plain  text\n", "plain text"),
        ("Telescope finds water &#038; ice", "Telescope finds water & ice"),
        ("A <em>real</em> <b>headline</b>", "A real headline"),
        ("<p>a</p><p>b</p>", "a b"),
        ("a<br>b", "a b"),
        ("<p>a</p><script>alert(1)</script>", "a"),
        ("1 < 2", "1 < 2"),
        ("&lt;b&gt;", "<b>"),
        ("<img src=x onerror=alert(1)>", ""),
        ("<ul><li>a</li><li>b</li></ul>", "a b"),
        ("", ""),
    ] {
        assert_eq!(text(html), words, "{html}");
    }
}

/// The browser's parser is held against the same file (tests/browser.rs). After a change of the walk,
/// `GISA_WRITE_CORPUS=1 cargo test --test native random_html` writes it again.
#[test]
fn random_html_becomes_well_formed_content_as_the_corpus_has_it() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/corpus/random.txt");
    let mut fingerprints = String::new();
    for html in random::inputs() {
        let tree = parse(&html, BASE);
        assert_eq!(faults(&tree), Vec::<String>::new(), "{html:?}");
        fingerprints += &random::fingerprint(&write(&tree));
        fingerprints.push('\n');
    }
    if std::env::var_os("GISA_WRITE_CORPUS").is_some() {
        std::fs::write(path, &fingerprints).expect("the corpus can be written");
    }
    let known = std::fs::read_to_string(path).expect("tests/corpus/random.txt");
    assert!(
        known == fingerprints,
        "tests/corpus/random.txt is not what the parser makes of the inputs"
    );
}
