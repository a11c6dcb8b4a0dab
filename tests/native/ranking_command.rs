//! `gisa ranking`: rankings from the logs of web servers, and from exports of statistics programs.

use std::fs;
use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Value, json};

use crate::support::program::{Folder, Run};

const NOW: &str = "2026-11-29T18:00:00+09:00";
const BROWSER: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0";
const OTHER_BROWSER: &str = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 KAKAOTALK/10.9.0 (INAPP)";
const ROBOT: &str = "Mozilla/5.0 (compatible; Yeti/1.1; +https://naver.me/spd)";

/// A newspaper whose backend is the folder `data`, without articles in it.
fn newspaper() -> Folder {
    let folder = Folder::new();
    let site = json!({
        "name": "해솔신문",
        "url": "https://haesol.example/",
        "timeZone": "Asia/Seoul",
        "backend": { "preset": "native", "url": "data/" },
        "redirects": [{ "from": "/news/articleView.html?idxno={id}", "to": "/articles/{id}/" }],
    });
    folder.write("site.json", &site.to_string());
    folder
}

/// A line of a combined log. `time` is on the day of the test, such as `10:00:00`.
fn line(address: &str, time: &str, target: &str, user_agent: &str) -> String {
    request(address, time, "GET", target, 200, user_agent)
}

fn request(address: &str, time: &str, method: &str, target: &str, status: u16, user_agent: &str) -> String {
    format!(
        "{address} - - [29/Nov/2026:{time} +0900] \"{method} {target} HTTP/1.1\" {status} 512 \"-\" \"{user_agent}\"\n"
    )
}

/// Readings of an article by as many readers.
fn readings(id: &str, count: usize) -> String {
    let address = |reader| format!("192.0.2.{reader}");
    (0..count)
        .map(|reader| line(&address(reader), "10:00:00", &format!("/articles/{id}/"), BROWSER))
        .collect()
}

/// Counts the file `access.log`, and returns what the command prints as JSON.
fn count(folder: &Folder) -> Value {
    let run = ranking(folder, &["--from", "access.log"]);
    assert_eq!(run.status, 0, "{run:?}");
    serde_json::from_str(&run.stdout).expect("JSON")
}

fn ranking(folder: &Folder, arguments: &[&str]) -> Run {
    folder.gisa(&[&["ranking", "--now", NOW, "--json"], arguments].concat())
}

/// The ids of a document with their counts, in their order.
fn ranked(folder: &Folder, period: &str) -> Vec<(String, u64)> {
    let document = folder.json(&format!("data/ranking/{period}.json"));
    let items = document["items"].as_array().expect("items").iter().zip(1_u64..);
    items
        .map(|(item, position)| {
            assert_eq!(item["position"], position);
            let id = item["article"]["id"].as_str().expect("an id").to_owned();
            (id, item["count"].as_u64().expect("a count"))
        })
        .collect()
}

fn entries(entries: &[(&str, u64)]) -> Vec<(String, u64)> {
    entries.iter().map(|(id, count)| ((*id).to_owned(), *count)).collect()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).expect("memory");
    encoder.finish().expect("memory")
}

#[test]
fn the_articles_of_a_log_are_ranked_by_their_readers() {
    let folder = newspaper();
    folder.write(
        "access.log",
        &(readings("7", 2) + &readings("8", 3) + &readings("9", 1)),
    );
    let summary = count(&folder);
    for period in ["day", "week", "month"] {
        assert_eq!(ranked(&folder, period), entries(&[("8", 3), ("7", 2), ("9", 1)]));
        assert_eq!(folder.json(&format!("data/ranking/{period}.json"))["period"], period);
    }
    assert_eq!(folder.json("data/ranking/day.json")["metric"], "views");
    assert_eq!((&summary["lines"], &summary["counted"]), (&json!(6), &json!(6)));
}

#[test]
fn each_reason_for_leaving_a_line_out_is_counted() {
    let folder = newspaper();
    let ours = |target: &str| line("192.0.2.1", "10:00:00", target, BROWSER);
    let other = |method: &str, status: u16| request("192.0.2.1", "10:00:00", method, "/articles/7/", status, BROWSER);
    let log = [
        ours("/articles/7/"),
        other("HEAD", 200),
        other("POST", 200),
        other("GET", 301),
        other("GET", 404),
        other("GET", 206),
        ours("/assets/gisa.wasm"),
        ours("/data/articles/7.json"),
        ours("/"),
        ours("https://other.example/articles/7/"),
        line("192.0.2.2", "10:00:00", "/articles/7/", ROBOT),
        line("192.0.2.2", "10:00:00", "/articles/7/", "-"),
        ours("/articles/7/").replace("\"\n", "\" \"prefetch;prerender\"\n"),
        ours("/articles/7/?again"),
        ours("/articles/7/").replace("29/Nov/2026", "29/Sep/2026"),
        ours("/articles/7/").replace("29/Nov/2026", "29/Nov/2099"),
    ];
    folder.write("access.log", &log.concat());
    let summary = count(&folder);
    assert_eq!(ranked(&folder, "day"), entries(&[("7", 1)]));
    let expected = json!({
        "file": 2, "otherPage": 1, "robot": 2, "repeat": 1, "prefetch": 1, "redirect": 1, "failed": 2, "otherMethod": 2,
        "otherSite": 1, "tooOld": 1, "inTheFuture": 1, "tooManyArticles": 0, "unreadable": 0,
    });
    assert_eq!(summary["leftOut"], expected);
    assert_eq!(summary["lines"], log.len());
    assert_eq!(
        (&summary["from"], &summary["to"]),
        (&json!("2026-09-29T01:00:00Z"), &json!("2099-11-29T01:00:00Z"))
    );
}

#[test]
fn a_reader_is_counted_again_after_half_an_hour_without_the_article() {
    let folder = newspaper();
    let at = |time| line("2001:db8::1", time, "/articles/7/", BROWSER);
    // Each comes within half an hour after the one before, until the last.
    let times = ["10:00:00", "10:29:59", "10:50:00", "11:19:59", "11:49:59"];
    folder.write("access.log", &times.map(at).concat());
    count(&folder);
    assert_eq!(ranked(&folder, "day"), entries(&[("7", 2)]));
}

#[test]
fn readers_are_told_apart_by_address_and_by_browser() {
    let folder = newspaper();
    let log = [
        line("192.0.2.1", "10:00:00", "/articles/7/", BROWSER),
        line("192.0.2.1", "10:00:01", "/articles/7/", OTHER_BROWSER),
        line("192.0.2.2", "10:00:02", "/articles/7/", BROWSER),
        line("2001:db8::1", "10:00:03", "/articles/7/", BROWSER),
        line("2001:db8::1", "10:00:04", "/articles/7/print/", BROWSER),
    ];
    folder.write("access.log", &log.concat());
    count(&folder);
    assert_eq!(ranked(&folder, "day"), entries(&[("7", 4)]));
}

#[test]
fn every_form_of_an_articles_address_is_one_article() {
    let folder = newspaper();
    let targets = [
        "/articles/7",
        "/articles/%37/?utm_source=kakao",
        "/articles/7/index.html",
        "https://HAESOL.example:443/articles/7/",
        "/news/articleView.html?page=1&idxno=7",
    ];
    let log = targets.iter().enumerate();
    let log: String = log
        .map(|(reader, target)| line(&format!("192.0.2.{reader}"), "10:00:00", target, BROWSER))
        .collect();
    folder.write("access.log", &log);
    count(&folder);
    assert_eq!(ranked(&folder, "day"), entries(&[("7", 5)]));
}

#[test]
fn the_periods_end_now() {
    let folder = newspaper();
    let on = |address: &str, date: &str, id: &str| {
        line(address, "18:00:01", &format!("/articles/{id}/"), BROWSER).replace("29/Nov/2026", date)
    };
    let log = [
        on("192.0.2.1", "28/Nov/2026", "1"),
        on("192.0.2.1", "27/Nov/2026", "2"),
        on("192.0.2.1", "21/Nov/2026", "3"),
        on("192.0.2.1", "31/Oct/2026", "4"),
        on("192.0.2.1", "29/Oct/2026", "5"),
    ];
    folder.write("access.log", &log.concat());
    count(&folder);
    assert_eq!(ranked(&folder, "day"), entries(&[("1", 1)]));
    assert_eq!(ranked(&folder, "week"), entries(&[("2", 1), ("1", 1)]));
    assert_eq!(
        ranked(&folder, "month"),
        entries(&[("4", 1), ("3", 1), ("2", 1), ("1", 1)])
    );
}

#[test]
fn the_logs_of_several_servers_are_read_in_the_order_of_their_times() {
    let folder = newspaper();
    // One reader, whose requests go to two servers in turns, all day.
    let log = |minutes: &[u32]| -> String {
        let hours = 0..18;
        let times = hours.flat_map(|hour| minutes.iter().map(move |minute| format!("{hour:02}:{minute:02}:00")));
        times
            .map(|time| line("192.0.2.1", &time, "/articles/7/", BROWSER))
            .collect()
    };
    folder.write("one.log", &log(&[0, 40]));
    fs::write(folder.path().join("two.log.gz"), gzip(log(&[20]).as_bytes())).expect("a file");
    // A copy of a log changes nothing.
    folder.write("copy.log", &log(&[0, 40]));
    let run = ranking(&folder, &["--from", "one.log", "two.log.gz", "copy.log"]);
    assert_eq!(run.status, 0, "{run:?}");
    assert_eq!(ranked(&folder, "day"), entries(&[("7", 1)]));
}

#[test]
fn lines_out_of_order_and_a_clock_that_jumps_lose_nothing() {
    let folder = newspaper();
    let at = |address: &str, time: &str| line(address, time, "/articles/7/", BROWSER);
    let log = [
        at("192.0.2.1", "10:00:05"),
        at("192.0.2.1", "10:00:00"),
        // The clock is set forward, far beyond now, and back again.
        at("192.0.2.2", "10:01:00").replace("2026", "2037"),
        at("192.0.2.1", "10:02:00"),
        at("192.0.2.3", "03:00:00"),
        at("192.0.2.1", "10:03:00"),
    ];
    folder.write("access.log", &log.concat());
    let summary = count(&folder);
    assert_eq!(ranked(&folder, "day"), entries(&[("7", 2)]));
    assert_eq!(summary["leftOut"]["repeat"], 3);
    assert_eq!(summary["leftOut"]["inTheFuture"], 1);
}

#[test]
fn every_kind_of_log_is_known_by_its_content() {
    let caddy = r#"{"level":"info","ts":1795914000.5,"logger":"http.log.access","msg":"handled request","request":{"remote_ip":"192.0.2.1","client_ip":"192.0.2.1","proto":"HTTP/2.0","method":"GET","host":"haesol.example","uri":"/articles/7/","headers":{"User-Agent":["Mozilla/5.0 (X11)"]}},"size":10900,"status":200}"#;
    let cloudflare = r#"{"ClientIP":"192.0.2.1","ClientRequestHost":"haesol.example","ClientRequestMethod":"GET","ClientRequestURI":"/articles/7/","ClientRequestUserAgent":"Mozilla/5.0 (X11)","EdgeResponseStatus":200,"EdgeStartTimestamp":"2026-11-29T01:00:00Z"}"#;
    let cloudfront = "#Version: 1.0\n#Fields: date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem sc-status cs(Referer) cs(User-Agent) cs-uri-query\n2026-11-29\t01:00:00\tICN54-C1\t2390\t192.0.2.1\tGET\td1.cloudfront.net\t/articles/7/\t200\t-\tMozilla/5.0%20(X11)\t-";
    let common = "192.0.2.1 - - [29/Nov/2026:10:00:00 +0900] \"GET /articles/7/ HTTP/1.0\" 200 512";
    let with_host = format!("haesol.example:443 {common} \"-\" \"Mozilla/5.0 (X11)\"");
    let goatcounter = "2Path,Title,Event,UserAgent,Browser,System,Session,Bot,Referrer,Referrer scheme,Screen size,Location,FirstVisit,Date\n/articles/7/,a,false,,Firefox,Linux,s1,0,,,,KR,true,2026-11-29T01:00:00Z";
    for log in [caddy, cloudflare, cloudfront, common, &with_host, goatcounter] {
        for ending in ["\n", "\r\n", ""] {
            let folder = newspaper();
            let text = log.replace('\n', ending.trim_start_matches(|sign| sign != '\r' && sign != '\n'));
            let text = if ending.is_empty() {
                log.to_owned()
            } else {
                text + ending
            };
            folder.write("access.log", &text);
            count(&folder);
            assert_eq!(ranked(&folder, "day"), entries(&[("7", 1)]), "{log}");
            fs::write(folder.path().join("access.log"), gzip(text.as_bytes())).expect("a file");
            count(&folder);
        }
    }
}

#[test]
fn lines_that_cannot_be_read_are_counted_and_the_first_ones_named() {
    let folder = newspaper();
    let mut log = readings("7", 1).into_bytes();
    log.extend(b"this is no line\n");
    log.extend([b"x".repeat(1 << 20), b"\n".to_vec(), vec![0, 0xff, b'\n']].concat());
    log.extend(
        line(
            "192.0.2.9",
            "10:00:00",
            "/articles/7/",
            "Mozilla/5.0 (\\\"X\\\" \u{1b}[31m)",
        )
        .into_bytes(),
    );
    log.extend(b"192.0.2.10 - - [29/Nov/2026:10:00:00 +0900] \"GET /articles/7/ HTTP/1.1\" 200 5 \"-\" \"Mozilla/5.0 \xff\xfe\"\n");
    log.extend(b"192.0.2.11 - - [29/Nov/20");
    fs::write(folder.path().join("access.log"), log).expect("a file");
    let run = ranking(&folder, &["--from", "access.log"]);
    assert_eq!(run.status, 3, "{run:?}");
    assert_eq!(ranked(&folder, "day"), entries(&[("7", 3)]));
    let summary: Value = serde_json::from_str(&run.stdout).expect("JSON");
    assert_eq!(summary["leftOut"]["unreadable"], 4);
    assert!(
        run.stderr
            .contains("access.log: line 2: it has no time in brackets: `this is no line`"),
        "{}",
        run.stderr
    );
    assert!(
        run.stderr.contains("access.log: line 3: it is too long"),
        "{}",
        run.stderr
    );
}

#[test]
fn a_compressed_log_that_was_cut_is_counted_up_to_the_cut_and_named() {
    let folder = newspaper();
    let log: String = (0..200).map(|id| readings(&id.to_string(), 9)).collect();
    let whole = gzip(log.as_bytes());
    fs::write(folder.path().join("access.log.gz"), &whole[..whole.len() - 9]).expect("a file");
    let run = ranking(&folder, &["--from", "access.log.gz"]);
    assert_eq!(run.status, 3, "{run:?}");
    assert!(
        run.stderr.contains("access.log.gz: it can't be read after line"),
        "{}",
        run.stderr
    );
    assert_eq!(ranked(&folder, "day").len(), 20);
}

#[test]
fn a_file_that_is_no_log_is_named_and_the_others_are_counted() {
    let folder = newspaper();
    folder.write("access.log", &readings("7", 1));
    folder.write("letter.txt", "Dear reader,\nthis is no log.\n");
    fs::write(folder.path().join("noise.bin"), [0_u8, 0xff, 0x1b].repeat(30_000)).expect("a file");
    folder.write("empty.log", "");
    let run = ranking(
        &folder,
        &[
            "--from",
            "letter.txt",
            "noise.bin",
            "empty.log",
            "access.log",
            "missing.log",
        ],
    );
    assert_eq!(run.status, 3, "{run:?}");
    for named in [
        "letter.txt: this is no log and no export",
        "noise.bin: this is no log",
        "missing.log",
    ] {
        assert!(run.stderr.contains(named), "{named}: {}", run.stderr);
    }
    assert_eq!(ranked(&folder, "day"), entries(&[("7", 1)]));
    let none = ranking(&folder, &["--from", "letter.txt", "missing.log"]);
    assert_eq!(none.status, 2, "{none:?}");
}

#[test]
fn a_log_without_a_reading_leaves_the_rankings_alone_and_says_what_to_do() {
    let folder = newspaper();
    folder.write("data/ranking/day.json", "{\"items\": []}");
    let old = readings("7", 1).replace("2026", "2024");
    let other_host = format!("other.example:443 {}", readings("7", 1));
    for (log, advice) in [
        (String::new(), "The files are empty"),
        (old, "--now"),
        (other_host, "https://haesol.example/"),
        (line("192.0.2.1", "10:00:00", "/2026/11/a/", BROWSER), "redirects"),
    ] {
        folder.write("access.log", &log);
        let run = ranking(&folder, &["--from", "access.log"]);
        assert_eq!(run.status, 1, "{run:?}");
        assert!(run.stderr.contains(advice), "{}", run.stderr);
        assert_eq!(folder.read("data/ranking/day.json"), "{\"items\": []}");
    }
}

#[test]
fn the_articles_of_a_folder_are_filled_in_and_unknown_ones_are_left_out() {
    let folder = newspaper();
    let article =
        json!({"id": "7", "headline": "첫눈", "articleBody": "<p>눈이 왔다.</p>", "datePublished": "2026-11-29"});
    folder.write("data/articles/7.json", &article.to_string());
    let log = readings("7", 2) + &readings("gone", 5) + &readings("..~2Fsite", 4);
    folder.write("access.log", &log);
    let summary = count(&folder);
    assert_eq!(ranked(&folder, "day"), entries(&[("7", 2)]));
    let article = &folder.json("data/ranking/day.json")["items"][0]["article"];
    assert_eq!(
        (&article["headline"], article.get("articleBody")),
        (&json!("첫눈"), None)
    );
    assert_eq!(
        summary["rankings"][0]["unknown"],
        json!([{"id": "gone", "count": 5}, {"id": "../site", "count": 4}])
    );
    // `gisa index` leaves it as it is.
    let before = folder.read("data/ranking/day.json");
    let index = folder.gisa(&["index", "data"]);
    assert_eq!(index.status, 0, "{index:?}");
    assert_eq!(folder.read("data/ranking/day.json"), before);
}

#[test]
fn the_newspaper_reads_the_ranking() {
    let folder = newspaper();
    for id in ["7", "8"] {
        let article =
            json!({"id": id, "headline": "첫눈", "articleBody": "<p>눈이 왔다.</p>", "datePublished": "2026-11-29"});
        folder.write(&format!("data/articles/{id}.json"), &article.to_string());
    }
    folder.write("access.log", &(readings("7", 2) + &readings("8", 3)));
    assert_eq!(folder.gisa(&["index", "data"]).status, 0);
    count(&folder);
    let check = folder.gisa(&["check", "site.json", "--json"]);
    let report: Value = serde_json::from_str(&check.stdout).expect("JSON");
    let resources = report["resources"].as_array().expect("resources").iter();
    let rankings: Vec<&Value> = resources.filter(|resource| resource["resource"] == "ranking").collect();
    assert!(!rankings.is_empty(), "{report}");
    for ranking in rankings {
        assert_eq!(
            (&ranking["outcome"], &ranking["articles"]),
            (&json!("arrived"), &json!(2)),
            "{ranking}"
        );
    }
}

#[test]
fn a_ranking_says_where_its_articles_were_before() {
    let folder = newspaper();
    let before = json!({"items": [{"position": 1, "article": {"id": "7"}}, {"position": 2, "article": {"id": "8"}}]});
    folder.write("data/ranking/day.json", &before.to_string());
    folder.write(
        "access.log",
        &(readings("7", 2) + &readings("8", 3) + &readings("9", 1)),
    );
    count(&folder);
    let items = folder.json("data/ranking/day.json")["items"].clone();
    let previous = |place: usize| items[place].get("previousPosition").cloned();
    assert_eq!(
        [previous(0), previous(1), previous(2)],
        [Some(json!(2)), Some(json!(1)), Some(json!(0))]
    );
    // There was no ranking of the week before.
    assert_eq!(
        folder.json("data/ranking/week.json")["items"][0].get("previousPosition"),
        None
    );
}

#[test]
fn a_ranking_that_could_not_be_read_is_replaced_and_named() {
    let folder = newspaper();
    folder.write("data/ranking/day.json", "{");
    folder.write("access.log", &readings("7", 2));
    let run = folder.gisa(&["ranking", "--now", NOW, "--from", "access.log"]);
    assert_eq!(run.status, 0, "{run:?}");
    assert!(
        run.stderr.contains("day.json: the old document was not readable"),
        "{}",
        run.stderr
    );
    assert_eq!(ranked(&folder, "day"), entries(&[("7", 2)]));
}

/// A server would go on sending them in place of the new ranking.
#[test]
fn compressed_copies_of_the_ranking_before_are_removed() {
    let folder = newspaper();
    for copy in ["day.json.br", "day.json.gz", "other.json.br"] {
        folder.write(&format!("data/ranking/{copy}"), "old");
    }
    folder.write("access.log", &readings("7", 2));
    count(&folder);
    let is_there = |copy: &str| folder.path().join("data/ranking").join(copy).exists();
    assert_eq!(
        ["day.json.br", "day.json.gz", "other.json.br"].map(is_there),
        [false, false, true]
    );
}

#[test]
fn a_ranking_has_as_many_articles_as_asked_for() {
    let folder = newspaper();
    folder.write(
        "access.log",
        &(readings("7", 2) + &readings("8", 3) + &readings("9", 1)),
    );
    let run = ranking(
        &folder,
        &[
            "--from",
            "access.log",
            "--limit",
            "1",
            "--period",
            "week",
            "--out",
            "elsewhere",
        ],
    );
    assert_eq!(run.status, 0, "{run:?}");
    let items = folder.json("elsewhere/ranking/week.json")["items"].clone();
    assert_eq!(items.as_array().map(Vec::len), Some(1));
    assert!(!folder.path().join("elsewhere/ranking/day.json").exists());
}

#[test]
fn nothing_about_readers_is_written_or_printed() {
    let folder = newspaper();
    folder.write(
        "access.log",
        &line("198.51.100.77", "10:00:00", "/articles/7/", BROWSER),
    );
    let run = ranking(&folder, &["--from", "access.log"]);
    let written = folder.read("data/ranking/day.json") + &run.stdout + &run.stderr;
    assert!(
        !written.contains("198.51.100.77") && !written.contains("Firefox"),
        "{written}"
    );
}

#[test]
fn standard_input_is_a_log_too() {
    let folder = newspaper();
    let mut child = folder
        .command(&["ranking", "--now", NOW, "--from", "-"])
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .expect("the program runs");
    let mut input = child.stdin.take().expect("its input");
    input.write_all(readings("7", 2).as_bytes()).expect("a pipe");
    drop(input);
    let output = child.wait_with_output().expect("its output");
    assert!(output.status.success(), "{output:?}");
    assert_eq!(ranked(&folder, "day"), entries(&[("7", 2)]));
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    for part in [
        "2 lines, from 2026-11-29 10:00",
        "2 readings of articles counted",
        "day: 1 articles, 2 readings; first 7 (2)",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
}

#[test]
fn an_export_is_a_ranking_of_the_period_that_is_named() {
    let folder = newspaper();
    folder.write(
        "plausible.json",
        r#"{"results":[{"page":"/articles/7/","pageviews":3},{"page":"/","pageviews":99},{"page":"/news/articleView.html?idxno=8","pageviews":"1,234"},
            {"page":"/articles/7/print/","pageviews":1},{"page":"/articles/9/","pageviews":-4},{"page":"https://other.example/articles/7/","pageviews":50}]}"#,
    );
    let unnamed = ranking(&folder, &["--from", "plausible.json"]);
    assert_eq!(unnamed.status, 2, "{unnamed:?}");
    assert!(unnamed.stderr.contains("--period week"), "{}", unnamed.stderr);
    let run = ranking(&folder, &["--from", "plausible.json", "--period", "week"]);
    assert_eq!(run.status, 3, "{run:?}");
    assert_eq!(ranked(&folder, "week"), entries(&[("8", 1234), ("7", 4)]));
    assert!(
        run.stderr.contains("row 5, /articles/9/: its count is `-4`"),
        "{}",
        run.stderr
    );
    let summary: Value = serde_json::from_str(&run.stdout).expect("JSON");
    assert_eq!(
        (&summary["leftOut"]["otherPage"], &summary["leftOut"]["otherSite"]),
        (&json!(1), &json!(1))
    );

    folder.write("access.log", &readings("7", 1));
    let both = ranking(&folder, &["--from", "plausible.json", "access.log", "--period", "week"]);
    assert_eq!(both.status, 2, "{both:?}");
}

#[test]
fn the_requests_of_a_counter_are_counted_in_place_of_pages() {
    let folder = newspaper();
    let view = |reader: &str, target: &str, status| request(reader, "10:00:00", "POST", target, status, BROWSER);
    let log = [
        view("192.0.2.1", "/view?id=7", 204),
        view("192.0.2.1", "/view?id=7", 204),
        view("192.0.2.2", "/view?id=8", 405),
        view("192.0.2.2", "/view?id=8", 500),
        view("192.0.2.3", "/other?id=8", 204),
        line("192.0.2.3", "10:00:00", "/articles/9/", BROWSER),
    ];
    folder.write("access.log", &log.concat());
    let run = ranking(&folder, &["--from", "access.log", "--views", "/view?id={id}"]);
    assert_eq!(run.status, 0, "{run:?}");
    assert_eq!(ranked(&folder, "day"), entries(&[("8", 1), ("7", 1)]));
    let wrong = ranking(
        &folder,
        &["--from", "access.log", "--views", "https://count.example/{id}"],
    );
    assert_eq!(wrong.status, 2, "{wrong:?}");
    assert!(wrong.stderr.contains("/view?id={id}"), "{}", wrong.stderr);
}

#[test]
fn mistakes_in_the_arguments_say_what_is_right() {
    let folder = newspaper();
    folder.write("access.log", &readings("7", 1));
    for (arguments, named) in [
        (&["--from", "access.log", "--now", "yesterday"][..], "2026-11-29T18:00"),
        (&["--from", "access.log", "--period", "year"], "day, week, month"),
        (&["--from", "access.log", "--limit", "0"], "1..=1000"),
        (&["--from", "access.log", "--site", "nothing.json"], "--site FILE"),
        (&["--from", "data"], "data"),
        (&[], "--from"),
    ] {
        let run = folder.gisa(&[&["ranking"], arguments].concat());
        assert_eq!(run.status, 2, "{arguments:?}: {run:?}");
        assert!(run.stderr.contains(named), "{arguments:?}: {}", run.stderr);
    }
}
