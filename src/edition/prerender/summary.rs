//! The report of a run: its progress, what it did, and what it left out.

/// At most this many problems are listed; the others are only counted.
const MOST_NAMED_PROBLEMS: usize = 20;

/// The progress of a run.
#[derive(Clone, Copy, Debug, Default)]
pub struct Progress {
    /// The number of articles that are done.
    pub articles: u64,
    /// How many articles there are; `None` if the backend does not say it.
    pub total: Option<u64>,
    /// While the list of articles is being read, which comes first: how many it has so far.
    pub listed: Option<u64>,
}

/// What a run did.
#[derive(Debug, Default)]
pub struct Summary {
    /// The number of articles that have pages, whether these were made again or not.
    pub articles: u64,
    /// The number of articles whose pages were made again.
    pub rendered: u64,
    /// The number of pages that are not articles.
    pub lists: u64,
    /// The number of files that were written, without compressed copies.
    pub written: u64,
    /// The number of files that already had the same content.
    pub unchanged: u64,
    /// The number of pages that were removed.
    pub removed: u64,
    /// The size of the written files, in bytes.
    pub bytes: u64,
    /// How many rows of rankings were left out, such as those about articles that the backend does not have.
    pub rows_of_rankings_left_out: usize,
    /// How many stories were left out that the front page names.
    pub front_stories_left_out: usize,
    /// What was left out, and why. Only the first problems, in order.
    pub problems: Vec<String>,
    /// The number of all problems, also of those that are not listed.
    pub problem_count: u64,
}

impl Summary {
    /// Notes that something was left out, and why.
    pub(super) fn add_problem(&mut self, problem: String) {
        self.problem_count += 1;
        if self.problems.len() < MOST_NAMED_PROBLEMS {
            self.problems.push(problem);
        }
    }

    /// Notes what is missing in the page named `page`.
    pub(super) fn add_problems(&mut self, page: &str, problems: Vec<String>) {
        for problem in problems {
            self.add_problem(format!("{page}: {problem}"));
        }
    }
}
