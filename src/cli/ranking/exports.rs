//! Exports and answers of statistics programs: addresses of pages, and how often each was viewed.
//!
//! Their shapes are those of GA4 (`runReport`, and the CSV of its reports), Plausible (Stats API v1 and v2, CSV), Umami
//! (`metrics`), Matomo (`Actions.getPageUrls`, JSON and CSV), GoatCounter (`stats/hits`) and Jetpack (`stats/top-posts`,
//! CSV). GoatCounter's own CSV has a line for each view, and is read as a log.

use std::borrow::Cow;

use serde_json::Value;

use super::csv;

/// More bytes than this are no export.
pub const MOST_BYTES: usize = 256 << 20;

/// A row of an export.
#[derive(Debug, PartialEq)]
pub struct ExportRow {
    pub page: ExportedPage,
    /// How often it was viewed; the error is what stands there.
    pub count: Result<u64, String>,
}

/// How a row names its page.
#[derive(Debug, PartialEq)]
pub enum ExportedPage {
    /// By its address, which may be a path.
    At(String),
    /// By the article's id in the backend.
    Id(String),
}

/// The columns of addresses, in lower case: the best ones first.
const ADDRESS_COLUMNS: [&str; 16] = [
    "page path and screen class",
    "page path + query string and screen class",
    "page path + query string",
    "page path",
    "페이지 경로 및 화면 클래스",
    "페이지 경로",
    "pagepath",
    "page location",
    "metadata_url",
    "url",
    "page url",
    "page",
    "path",
    "name",
    "label",
    "x",
];
/// The columns of counts, in lower case: the best ones first.
const COUNT_COLUMNS: [&str; 15] = [
    "views",
    "pageviews",
    "page views",
    "조회수",
    "screenpageviews",
    "nb_hits",
    "hits",
    "unique_pageviews",
    "unique pageviews",
    "count",
    "y",
    "nb_visits",
    "visits",
    "visitors",
    "unique visitors",
];

/// The rows of an export; `None` if it has none of the shapes.
pub fn rows(bytes: &[u8]) -> Option<Vec<ExportRow>> {
    let text = decoded(bytes);
    let text = text.trim_start_matches('\u{feff}').trim();
    if text.starts_with(['{', '[']) {
        return json_rows(&serde_json::from_str(text).ok()?);
    }
    csv_rows(text)
}

/// The text of a file. Matomo and some spreadsheets write UTF-16.
fn decoded(bytes: &[u8]) -> Cow<'_, str> {
    let units = |pair: fn([u8; 2]) -> u16| -> Vec<u16> {
        let pairs = bytes[2..].chunks_exact(2);
        pairs.map(|bytes| pair([bytes[0], bytes[1]])).collect()
    };
    match bytes {
        [0xff, 0xfe, ..] => String::from_utf16_lossy(&units(u16::from_le_bytes)).into(),
        [0xfe, 0xff, ..] => String::from_utf16_lossy(&units(u16::from_be_bytes)).into(),
        _ => String::from_utf8_lossy(bytes),
    }
}

fn json_rows(document: &Value) -> Option<Vec<ExportRow>> {
    let list = |name: &str| document[name].as_array();
    // GA4.
    if let (Some(dimensions), Some(metrics)) = (list("dimensionHeaders"), list("metricHeaders")) {
        let address = place_of(
            dimensions,
            "name",
            &[
                "pagePath",
                "pagePathPlusQueryString",
                "fullPageUrl",
                "pageLocation",
                "unifiedPagePathScreen",
            ],
        )?;
        let count = place_of(
            metrics,
            "name",
            &["screenPageViews", "sessions", "totalUsers", "activeUsers"],
        )?;
        // A report without a row has no `rows`.
        let rows = list("rows").map_or([].as_slice(), Vec::as_slice);
        return Some(
            rows.iter()
                .map(|row| {
                    at(
                        &row["dimensionValues"][address]["value"],
                        &row["metricValues"][count]["value"],
                    )
                })
                .collect(),
        );
    }
    // Plausible.
    if let Some(results) = list("results") {
        let names = |name: &str| document["query"][name].as_array().map_or([].as_slice(), Vec::as_slice);
        let place = |names: &[Value], wanted: &[&str]| {
            wanted
                .iter()
                .find_map(|wanted| names.iter().position(|name| name == wanted))
                .unwrap_or(0)
        };
        let address = place(names("dimensions"), &["event:page"]);
        let count = place(names("metrics"), &["pageviews", "visitors"]);
        return all(results, |row| {
            if row["dimensions"].is_array() {
                return Some(at(&row["dimensions"][address], &row["metrics"][count]));
            }
            row.get("page")
                .map(|page| at(page, first_of(row, &["pageviews", "visitors"])))
        });
    }
    // GoatCounter.
    if let Some(hits) = list("hits") {
        let views = hits.iter().filter(|hit| hit["event"] != Value::Bool(true));
        return Some(views.map(|hit| at(&hit["path"], &hit["count"])).collect());
    }
    // Jetpack.
    let posts = |day: &Value| day["postviews"].as_array().cloned();
    let days = document["days"]
        .as_object()
        .map(|days| days.values().filter_map(posts).flatten().collect());
    if let Some(posts) = days.or_else(|| posts(&document["summary"])) {
        let posts: Vec<Value> = posts;
        return Some(posts.iter().map(post).collect());
    }
    // Matomo's answer for several days has a list for each.
    if let Some(days) = document.as_object() {
        let is_date = |name: &str| name.starts_with(|sign: char| sign.is_ascii_digit());
        let rows = |(date, day): (&String, &Value)| json_rows(day).filter(|_| is_date(date) && day.is_array());
        let days: Vec<_> = days.iter().map(rows).collect::<Option<_>>()?;
        return (!days.is_empty()).then(|| days.into_iter().flatten().collect());
    }
    // Umami, and Matomo.
    all(document.as_array()?, |row| {
        if row.get("x").is_some() {
            return Some(at(&row["x"], &row["y"]));
        }
        let address = ["url", "label", "name"].iter().find_map(|name| row.get(*name))?;
        Some(at(
            address,
            first_of(row, &["nb_hits", "pageviews", "nb_visits", "visitors"]),
        ))
    })
}

/// A row of Jetpack's. Only posts are articles; the front page has the id 0.
fn post(row: &Value) -> ExportRow {
    let is_post = row["type"].as_str().is_none_or(|kind| kind == "post");
    let id = row["id"].as_u64().filter(|id| *id > 0 && is_post);
    ExportRow {
        page: match (id, row["href"].as_str()) {
            (Some(id), _) => ExportedPage::Id(id.to_string()),
            (None, href) => ExportedPage::At(href.unwrap_or_default().to_owned()),
        },
        count: count(&row["views"]),
    }
}

/// The rows of a list, if all of them have a shape.
fn all(list: &[Value], row: impl Fn(&Value) -> Option<ExportRow>) -> Option<Vec<ExportRow>> {
    list.iter().map(row).collect()
}

fn at(address: &Value, count_value: &Value) -> ExportRow {
    ExportRow {
        page: ExportedPage::At(address.as_str().unwrap_or_default().to_owned()),
        count: count(count_value),
    }
}

/// The first of these members that an object has; null if it has none.
fn first_of<'a>(row: &'a Value, names: &[&str]) -> &'a Value {
    names.iter().find_map(|name| row.get(*name)).unwrap_or(&Value::Null)
}

/// The place of the object whose member has the first of these values that there is.
fn place_of(list: &[Value], member: &str, wanted: &[&str]) -> Option<usize> {
    wanted
        .iter()
        .find_map(|wanted| list.iter().position(|object| object[member] == **wanted))
}

/// A count as a number, or as text, which may have commas between its thousands.
fn count(value: &Value) -> Result<u64, String> {
    let written = || match value {
        Value::Null => "nothing".to_owned(),
        other => format!("`{other}`"),
    };
    match value {
        Value::Number(number) => whole(number.as_f64().unwrap_or(-1.0)).ok_or_else(written),
        Value::String(text) => text_count(text).ok_or_else(written),
        _ => Err(written()),
    }
}

fn text_count(text: &str) -> Option<u64> {
    let digits: String = text
        .chars()
        .filter(|sign| !matches!(sign, ',' | ' ' | '\u{a0}'))
        .collect();
    whole(digits.parse().ok()?)
}

fn whole(number: f64) -> Option<u64> {
    // Greater numbers are not exact, and nothing was viewed that often.
    (0.0..9e15).contains(&number).then_some(number as u64)
}

fn csv_rows(text: &str) -> Option<Vec<ExportRow>> {
    // Lines before the head are about the export.
    let lines: Vec<&str> = text.lines().collect();
    for (index, head) in lines.iter().enumerate().take(50) {
        if head.starts_with('#') {
            continue;
        }
        let separator = csv::separator(head);
        let fields = csv::fields(head, separator);
        let names: Vec<String> = fields.iter().map(|name| name.trim().to_lowercase()).collect();
        let place = |wanted: &[&str]| {
            wanted
                .iter()
                .find_map(|wanted| names.iter().position(|name| name == wanted))
        };
        let (places, from) = match (place(&ADDRESS_COLUMNS), place(&COUNT_COLUMNS)) {
            (Some(address), Some(count)) => ((address, count), index + 1),
            // Jetpack's has no head: title, views, address.
            _ => match (&*fields, fields.last().is_some_and(|last| last.starts_with("http"))) {
                ([_, views, _], true) if text_count(views).is_some() => ((2, 1), index),
                _ => continue,
            },
        };
        // A report may have other tables after an empty line.
        let rows = lines[from..]
            .iter()
            .take_while(|line| !line.trim().is_empty() && !line.starts_with('#'));
        return Some(rows.map(|row| csv_row(&csv::fields(row, separator), places)).collect());
    }
    None
}

fn csv_row(fields: &[Cow<str>], (address, count): (usize, usize)) -> ExportRow {
    let field = |place: usize| fields.get(place).map(|field| field.trim()).unwrap_or_default();
    ExportRow {
        page: ExportedPage::At(field(address).to_owned()),
        count: text_count(field(count)).ok_or_else(|| format!("`{}`", field(count))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows as text: address or id, and count.
    fn read(text: &str) -> Vec<(String, u64)> {
        let rows = rows(text.as_bytes()).expect(text).into_iter();
        let name = |page| match page {
            ExportedPage::At(address) => address,
            ExportedPage::Id(id) => format!("id {id}"),
        };
        rows.map(|row| (name(row.page), row.count.expect("a count"))).collect()
    }

    fn expected() -> Vec<(String, u64)> {
        vec![("/articles/7/".to_owned(), 1234), ("/".to_owned(), 5)]
    }

    #[test]
    fn the_answers_of_all_statistics_programs_are_read() {
        for answer in [
            // GA4, runReport.
            r#"{"dimensionHeaders":[{"name":"date"},{"name":"pagePath"}],"metricHeaders":[{"name":"activeUsers","type":"TYPE_INTEGER"},{"name":"screenPageViews","type":"TYPE_INTEGER"}],
                "rows":[{"dimensionValues":[{"value":"20261129"},{"value":"/articles/7/"}],"metricValues":[{"value":"900"},{"value":"1234"}]},{"dimensionValues":[{"value":"20261129"},{"value":"/"}],"metricValues":[{"value":"4"},{"value":"5"}]}],"rowCount":2,"kind":"analyticsData#runReport"}"#,
            // Plausible, v1 breakdown and v2 query.
            r#"{"results":[{"page":"/articles/7/","visitors":900,"pageviews":1234},{"page":"/","visitors":4,"pageviews":5}]}"#,
            r#"{"results":[{"metrics":[900,1234],"dimensions":["/articles/7/"]},{"metrics":[4,5],"dimensions":["/"]}],"meta":{},"query":{"site_id":"haesol.example","metrics":["visitors","pageviews"],"dimensions":["event:page"]}}"#,
            // Umami, metrics and expanded metrics.
            r#"[{"x":"/articles/7/","y":1234},{"x":"/","y":5}]"#,
            r#"[{"name":"/articles/7/","pageviews":1234,"visitors":900,"visits":950},{"name":"/","pageviews":5,"visitors":4,"visits":4}]"#,
            // GoatCounter, stats/hits.
            r#"{"hits":[{"count":1234,"path_id":1,"path":"/articles/7/","event":false,"title":"a"},{"count":9,"path_id":2,"path":"click","event":true},{"count":5,"path_id":3,"path":"/","event":false}],"total":1239,"more":false}"#,
        ] {
            assert_eq!(read(answer), expected(), "{answer}");
        }
    }

    #[test]
    fn matomos_answer_names_pages_by_their_address() {
        let list = r#"[{"label":"\/articles\/7\/","nb_visits":900,"nb_hits":1234,"url":"https:\/\/haesol.example\/articles\/7\/"}]"#;
        let row = ("https://haesol.example/articles/7/".to_owned(), 1234);
        assert_eq!(read(list), std::slice::from_ref(&row));
        let days = format!(r#"{{"2026-11-28":{list},"2026-11-29":{list}}}"#);
        assert_eq!(read(&days), [row.clone(), row]);
    }

    #[test]
    fn jetpacks_answer_names_posts_by_their_id() {
        let answer = r#"{"date":"2026-11-29","days":{"2026-11-29":{"postviews":[{"id":12,"href":"https:\/\/haesol.example\/2026\/11\/a\/","date":"2026-11-28 09:00:00","title":"a","type":"post","views":77},{"id":0,"href":"https:\/\/haesol.example\/","title":"Home","type":"homepage","views":5}],"total_views":82}},"period":"day"}"#;
        assert_eq!(
            read(answer),
            [("id 12".to_owned(), 77), ("https://haesol.example/".to_owned(), 5)]
        );
    }

    #[test]
    fn csv_of_all_statistics_programs_is_read() {
        for export in [
            "# ----\n# Pages and screens\n# 20261101-20261130\n# ----\n\nPage path and screen class,Views,Active users\n/articles/7/,1234,900\n/,5,4\n\n# ----\nNth day,Views\n0001,7\n",
            "# 전체\n페이지 경로 및 화면 클래스,조회수\r\n/articles/7/,1234\r\n/,5\r\n",
            "name,visitors,pageviews,bounce_rate,time_on_page\n/articles/7/,900,1234,,30\n/,4,5,50,2\n",
            "\u{feff}label;nb_visits;nb_hits\n/articles/7/;900;\"1,234\"\n/;4;5\n",
        ] {
            assert_eq!(read(export), expected(), "{export}");
        }
        let utf16: Vec<u8> = std::iter::once(0xfeff_u16)
            .chain("label,nb_visits,nb_hits\n/articles/7/,900,1234\n/,4,5\n".encode_utf16())
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(rows(&utf16).map(|rows| rows.len()), Some(2));
        let jetpack = "\"첫눈, 솔재면\",\"77\",\"https://haesol.example/2026/11/a/\"\n\"Home\",\"5\",\"https://haesol.example/\"\n";
        assert_eq!(
            read(jetpack),
            [
                ("https://haesol.example/2026/11/a/".to_owned(), 77),
                ("https://haesol.example/".to_owned(), 5)
            ]
        );
    }

    #[test]
    fn a_count_that_is_none_says_what_stands_there() {
        let rows =
            rows(br#"[{"x":"/a","y":-3},{"x":"/b","y":"many"},{"x":"/c"},{"x":"/d","y":"1,234"},{"x":null,"y":1}]"#)
                .expect("rows");
        let counts: Vec<_> = rows.into_iter().map(|row| row.count).collect();
        assert_eq!(
            counts,
            [
                Err("`-3`".to_owned()),
                Err("`\"many\"`".to_owned()),
                Err("nothing".to_owned()),
                Ok(1234),
                Ok(1)
            ]
        );
    }

    #[test]
    fn other_documents_are_no_export() {
        for text in [
            "",
            "Dear reader,\nthis is no export.",
            "{}",
            "{\"rows\":[]}",
            "[1,2]",
            "[{\"a\":1}]",
            "{\"results\":[{\"id\":1}]}",
            "{\"a\":",
            "a,b\n1,2\n",
        ] {
            assert_eq!(rows(text.as_bytes()), None, "{text}");
        }
        assert_eq!(rows(&[0xff; 1000]), None);
        assert_eq!(rows(&[0; 1000]), None);
    }
}
