//! Counts the readings of articles in the lines of logs. One reader is counted once for an article in half an hour.
//!
//! Of a reader it keeps a number that is made of the address, the browser's name and the article with a secret of this
//! run. From that number nobody can find the address again, and it is never written anywhere.

use std::collections::HashMap;
use std::hash::{BuildHasher, BuildHasherDefault, Hasher, RandomState};

use super::articles::{ArticleFinder, LoggedPage};
use super::log_format::LoggedRequest;
use super::robots::is_robot;
use crate::model::Period;

/// The same reader is counted again when this time has passed since the last request for the article. Statistics
/// programs end a visit after the same time.
pub const VISIT_SECONDS: u32 = 30 * 60;
/// The clock of the server may be ahead of this machine's by this time.
const CLOCK_TOLERANCE_SECONDS: i64 = 5 * 60;
/// Readings are remembered for this time at least, because the lines of a log are not quite in order.
const REMEMBERED_SECONDS: u32 = 2 * VISIT_SECONDS;
/// Up to this many readings, none is forgotten.
const FEW_READINGS: usize = 1 << 16;
/// More readings than this are not remembered, so that a log of invented readers does not need more memory.
const MOST_READINGS: usize = 3_500_000;
/// How many user agents are remembered before all of them are forgotten.
const MOST_USER_AGENTS: usize = 1 << 16;

/// Why a line is not counted.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Uncounted {
    Unreadable,
    TooOld,
    InTheFuture,
    OtherMethod,
    Redirect,
    Failed,
    OtherSite,
    File,
    OtherPage,
    Prefetch,
    Robot,
    Repeat,
    TooManyArticles,
}

impl Uncounted {
    /// All of them, in the order in which they are printed.
    pub const ALL: [Uncounted; 13] = [
        Uncounted::File,
        Uncounted::OtherPage,
        Uncounted::Robot,
        Uncounted::Repeat,
        Uncounted::Prefetch,
        Uncounted::Redirect,
        Uncounted::Failed,
        Uncounted::OtherMethod,
        Uncounted::OtherSite,
        Uncounted::TooOld,
        Uncounted::InTheFuture,
        Uncounted::TooManyArticles,
        Uncounted::Unreadable,
    ];
}

/// How many lines there were, and what became of them.
#[derive(Debug, Default)]
pub struct Tally {
    /// Lines with a request, and lines that can't be read.
    pub lines: u64,
    /// Readings of articles.
    pub counted: u64,
    uncounted: [u64; Uncounted::ALL.len()],
    /// The times of the first and the last request, in seconds since 1970.
    pub span: Option<(i64, i64)>,
    /// Whether a log has no names of browsers, so that robots can't be known.
    pub lacks_user_agents: bool,
}

impl Tally {
    /// How many lines were not counted for a reason.
    pub fn uncounted(&self, why: Uncounted) -> u64 {
        self.uncounted[why as usize]
    }

    /// Adds a line that was not counted.
    pub fn leave_out(&mut self, why: Uncounted) {
        self.lines += 1;
        self.uncounted[why as usize] += 1;
    }
}

/// How often an article was read in each period, in the order of [`Period::ALL`].
pub type Readings = [u64; Period::ALL.len()];

/// How long a period is.
pub const fn seconds(period: Period) -> i64 {
    let days = match period {
        Period::Day => 1,
        Period::Week => 7,
        Period::Month => 30,
    };
    days * 24 * 60 * 60
}

/// Counts requests.
pub struct Counter {
    pub articles: ArticleFinder,
    pub tally: Tally,
    /// By the article's place.
    readings: Vec<Readings>,
    /// Seconds since 1970 at the end of all periods.
    now: i64,
    /// Requests before this moment are in no period.
    start: i64,
    secret: RandomState,
    /// When each reader last asked for an article, in seconds since 1970.
    last_readings: HashMap<u64, u32, BuildHasherDefault<PlainHasher>>,
    /// With this many readings, old ones are forgotten.
    forget_at: usize,
    user_agents: HashMap<u64, bool, BuildHasherDefault<PlainHasher>>,
}

impl Counter {
    /// The periods end at `now`, in seconds since 1970; the longest of them is `longest`.
    pub fn new(articles: ArticleFinder, now: i64, longest: Period) -> Self {
        Counter {
            articles,
            tally: Tally::default(),
            readings: Vec::new(),
            now,
            start: now - seconds(longest),
            secret: RandomState::new(),
            last_readings: HashMap::default(),
            forget_at: FEW_READINGS,
            user_agents: HashMap::default(),
        }
    }

    /// Whether a request is in one of the periods.
    pub fn is_in_time(&self, time: i64) -> bool {
        self.start < time && time <= self.now + CLOCK_TOLERANCE_SECONDS
    }

    /// Counts a request, or finds why it does not count.
    pub fn count(&mut self, request: &LoggedRequest) {
        match self.article_of(request) {
            Ok(place) => {
                self.tally.lines += 1;
                self.tally.counted += 1;
                self.add(place, request.time, 1);
            }
            Err(why) => self.tally.leave_out(why),
        }
    }

    /// Adds readings of an article at a moment.
    fn add(&mut self, place: u32, time: i64, count: u64) {
        let place = place as usize;
        if self.readings.len() <= place {
            self.readings.resize(place + 1, Readings::default());
        }
        for (readings, period) in self.readings[place].iter_mut().zip(Period::ALL) {
            if time > self.now - seconds(period) {
                *readings += count;
            }
        }
    }

    /// Adds a row of an export: readings of an article in every period.
    pub fn add_row(&mut self, place: u32, count: u64) {
        self.tally.lines += 1;
        self.tally.counted += count;
        self.add(place, self.now, count);
    }

    /// The articles that were read in a period, the most read first. Those that were read equally often are in the order
    /// of their ids, the greater first, which is the newer where ids are numbers.
    pub fn ranked(&self, period: Period) -> Vec<(u32, u64)> {
        let readings = self.readings.iter().map(|readings| readings[period as usize]);
        let mut ranked: Vec<(u32, u64)> = (0..).zip(readings).filter(|(_, count)| *count > 0).collect();
        let id = |place: u32| {
            let id = self.articles.id(place);
            (id.len(), id)
        };
        ranked.sort_unstable_by(|one, other| other.1.cmp(&one.1).then_with(|| id(other.0).cmp(&id(one.0))));
        ranked
    }

    /// The article of a request that counts. The cheap questions come first.
    fn article_of(&mut self, request: &LoggedRequest) -> Result<u32, Uncounted> {
        let time = request.time;
        let span = self.tally.span.get_or_insert((time, time));
        *span = (span.0.min(time), span.1.max(time));
        if time <= self.start {
            return Err(Uncounted::TooOld);
        }
        if !self.is_in_time(time) {
            return Err(Uncounted::InTheFuture);
        }
        let counts_views = self.articles.counts_views();
        if *request.method != *(if counts_views { b"POST".as_slice() } else { b"GET" }) {
            return Err(Uncounted::OtherMethod);
        }
        match request.status {
            // 304: the browser has the page already, and shows it again.
            200 | 304 => {}
            301 | 302 | 303 | 307 | 308 => return Err(Uncounted::Redirect),
            // A server of files has no answer for a counter's address. The line in its log is all that is needed.
            204 | 400..500 if counts_views => {}
            _ => return Err(Uncounted::Failed),
        }
        if request
            .host
            .as_ref()
            .is_some_and(|host| !self.articles.is_own_host(host))
        {
            return Err(Uncounted::OtherSite);
        }
        let page = match counts_views {
            true => self.articles.viewed(&request.target),
            false => self.articles.page(&request.target),
        };
        let place = match page {
            LoggedPage::Article(place) => place,
            LoggedPage::File => return Err(Uncounted::File),
            LoggedPage::Other => return Err(Uncounted::OtherPage),
            LoggedPage::OtherSite => return Err(Uncounted::OtherSite),
            LoggedPage::OneTooMany => return Err(Uncounted::TooManyArticles),
        };
        if request.is_prefetch {
            return Err(Uncounted::Prefetch);
        }
        if request.is_robot || self.is_robot(request.user_agent.as_deref()) {
            return Err(Uncounted::Robot);
        }
        let user_agent = request.user_agent.as_deref();
        let reader = self.secret.hash_one((&*request.client, user_agent, place));
        if self.is_repeat(reader, time) {
            return Err(Uncounted::Repeat);
        }
        Ok(place)
    }

    fn is_robot(&mut self, user_agent: Option<&[u8]>) -> bool {
        let Some(user_agent) = user_agent else {
            self.tally.lacks_user_agents = true;
            return false;
        };
        let key = self.secret.hash_one(user_agent);
        if let Some(is_robot) = self.user_agents.get(&key) {
            return *is_robot;
        }
        if self.user_agents.len() >= MOST_USER_AGENTS {
            self.user_agents.clear();
        }
        let is_robot = is_robot(user_agent);
        self.user_agents.insert(key, is_robot);
        is_robot
    }

    /// Whether the reader asked for the article within the last half hour; remembers that it does so now. Lines may be in
    /// any order, so the last request may also be after this one.
    fn is_repeat(&mut self, reader: u64, time: i64) -> bool {
        // In time, so it is not negative; and until the year 2106 it fits.
        let time = u32::try_from(time).unwrap_or(u32::MAX);
        if self.last_readings.len() >= self.forget_at {
            self.last_readings
                .retain(|_, last| last.abs_diff(time) <= REMEMBERED_SECONDS);
            if self.last_readings.len() >= MOST_READINGS {
                self.last_readings.clear();
            }
            self.forget_at = (2 * self.last_readings.len()).clamp(FEW_READINGS, MOST_READINGS);
        }
        let last = self.last_readings.insert(reader, time);
        last.is_some_and(|last| last.abs_diff(time) < VISIT_SECONDS)
    }
}

/// The keys are results of a hash function already.
#[derive(Default)]
pub struct PlainHasher(u64);

impl Hasher for PlainHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = number;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edition::hosting::{Base, Redirects};

    const NOW: i64 = 1_795_942_800;

    fn counter() -> Counter {
        let base = Base::new("/").expect("a folder");
        let site = r#"{"name": "해솔신문", "backend": {"preset": "native", "url": "data/"}}"#;
        let redirects = Redirects::parse(site, &base).expect("no redirects");
        Counter::new(ArticleFinder::new(base, None, redirects), NOW, Period::Month)
    }

    fn reading(client: &str, time: i64) -> LoggedRequest<'_> {
        LoggedRequest {
            time,
            method: b"GET".as_slice().into(),
            target: b"/articles/7/".as_slice().into(),
            status: 200,
            client: client.as_bytes().into(),
            user_agent: Some(b"Mozilla/5.0".as_slice().into()),
            host: None,
            is_prefetch: false,
            is_robot: false,
        }
    }

    #[test]
    fn readers_are_forgotten_when_the_log_is_past_them() {
        let mut counter = counter();
        // Ten readers a second, for ten hours.
        for number in 0..360_000 {
            counter.count(&reading(&format!("reader {number}"), NOW - 36_000 + number / 10));
        }
        assert_eq!(counter.tally.counted, 360_000);
        let remembered = counter.last_readings.len();
        assert!(remembered <= 2 * 10 * REMEMBERED_SECONDS as usize, "{remembered}");
    }

    #[test]
    fn a_reader_of_the_last_half_hour_is_known_among_very_many() {
        let mut counter = counter();
        for number in 0..300_000 {
            let time = NOW - 10_000 + number / 100;
            counter.count(&reading(&format!("reader {number}"), time));
            if number % 10_000 == 0 {
                counter.count(&reading("a reader", time));
            }
        }
        assert_eq!(counter.tally.counted, 300_000 + 1);
    }

    #[test]
    fn articles_that_were_read_equally_often_are_in_the_order_of_their_ids() {
        let mut counter = counter();
        for id in ["9", "10", "b", "a"] {
            let place = counter.articles.place(id).expect("a place");
            counter.add_row(place, 5);
        }
        let ranked = counter.ranked(Period::Week);
        let ids: Vec<&str> = ranked.iter().map(|(place, _)| counter.articles.id(*place)).collect();
        assert_eq!(ids, ["10", "b", "a", "9"]);
    }
}
