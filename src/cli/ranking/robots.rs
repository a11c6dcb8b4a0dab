//! Which user agents are robots, and no readers.
//!
//! All browsers begin their name with `Mozilla/`, a few with `Opera/`. What begins otherwise is a program: `curl/8.5.0`,
//! `WhatsApp/2.23`, `okhttp/4.12`. Robots that begin like a browser say in words or by an address what they are.

/// Words of robots that begin their name like a browser, in lower case.
const WORDS: [&str; 42] = [
    // Nearly every robot gives the address of the page that describes it.
    "http://",
    "https://",
    "bot",
    "crawl",
    "spider",
    "slurp",
    "scrap",
    "fetch",
    "feed",
    "preview",
    "externalhit",
    "archive",
    "mediapartners",
    "google-read-aloud",
    "google-inspectiontool",
    "bingpreview",
    "yeti",
    "daumoa",
    "nutch",
    "headless",
    "phantom",
    "puppeteer",
    "playwright",
    "selenium",
    "prerender",
    "lighthouse",
    "pagespeed",
    "gtmetrix",
    "pingdom",
    "uptime",
    "monitor",
    "statuscake",
    "validator",
    "checker",
    "chatgpt",
    "claude",
    "perplexity",
    "censys",
    "curl",
    "wget",
    "python",
    "http-client",
];
/// Words of browsers that have a word of a robot in them: a maker of telephones.
const NO_ROBOTS: [&str; 1] = ["cubot"];

/// Whether the user agent is a robot. A browser always has a name, so an empty one is a robot too.
pub fn is_robot(user_agent: &[u8]) -> bool {
    if !user_agent.starts_with(b"Mozilla/") && !user_agent.starts_with(b"Opera/") {
        return true;
    }
    let mut name = String::from_utf8_lossy(user_agent).to_ascii_lowercase();
    for known in NO_ROBOTS {
        if name.contains(known) {
            name = name.replace(known, "");
        }
    }
    WORDS.iter().any(|word| name.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browsers_are_readers_within_korean_apps_too() {
        for user_agent in [
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36",
            "Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0",
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1",
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 KAKAOTALK/10.9.0 (INAPP)",
            "Mozilla/5.0 (Linux; Android 14; SM-S911N) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/120.0.0.0 Mobile Safari/537.36 NAVER(inapp; search; 2000; 12.9.1)",
            "Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/119.0.0.0 Mobile Safari/537.36 DaumApps/8.1.0",
            "Mozilla/5.0 (Linux; Android 12; CUBOT P60) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Mobile Safari/537.36",
            "Opera/9.80 (Windows NT 6.1) Presto/2.12.388 Version/12.18",
        ] {
            assert!(!is_robot(user_agent.as_bytes()), "{user_agent}");
        }
    }

    #[test]
    fn robots_are_known_by_their_words_or_by_not_being_a_browser() {
        for user_agent in [
            "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
            "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm) Chrome/116.0.0.0 Safari/537.36",
            "Mozilla/5.0 (compatible; Yeti/1.1; +https://naver.me/spd)",
            "Mozilla/5.0 (compatible; Daum/4.1; +http://cs.daum.net/faq/15/4118.html)",
            "facebookexternalhit/1.1; kakaotalk-scrap/1.0; +https://devtalk.kakao.com/t/scrap/33984",
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/120.0.0.0 Safari/537.36",
            "WhatsApp/2.23.20.0",
            "curl/8.5.0",
            "python-requests/2.31.0",
            "",
            "-",
        ] {
            assert!(is_robot(user_agent.as_bytes()), "{user_agent}");
        }
        assert!(is_robot(b"\xff\xfe\0binary"));
    }
}
