//! What a run says about itself: how far it is, what it did, and what it left out.

/// So many problems are named; the others are counted.
const MOST_NAMED_PROBLEMS: usize = 20;

/// How far a run is.
#[derive(Clone, Copy, Debug, Default)]
pub struct Progress {
    /// Articles that were looked at.
    pub articles: u64,
    /// How many articles there are, where the backend says so.
    pub total: Option<u64>,
}

/// What a run did.
#[derive(Debug, Default)]
pub struct Summary {
    /// Articles that have pages, made anew or not.
    pub articles: u64,
    /// Articles whose pages were made anew.
    pub rendered: u64,
    /// Pages that are no article's.
    pub lists: u64,
    /// Files that were written, without compressed copies.
    pub written: u64,
    /// Files that had the same content already.
    pub unchanged: u64,
    /// Pages that were removed.
    pub removed: u64,
    /// How many bytes the files have that were written.
    pub bytes: u64,
    /// What was left out, and why: the first problems, in the order in which they were met.
    pub problems: Vec<String>,
    /// How many problems there are, with those that are not named.
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

    /// Notes what a page lacks; `page` names it.
    pub(super) fn add_problems(&mut self, page: &str, problems: Vec<String>) {
        for problem in problems {
            self.add_problem(format!("{page}: {problem}"));
        }
    }
}
