//! When a backend is given up.

use crate::edition::EditionError;

/// So many articles in a row that can't be had mean that the backend is out of order.
const MOST_FAILURES_IN_A_ROW: u64 = 10;

/// Counts the articles in a row that could not be had.
#[derive(Default)]
pub struct Patience {
    failures_in_a_row: u64,
}

impl Patience {
    /// The backend answered.
    pub fn renew(&mut self) {
        self.failures_in_a_row = 0;
    }

    /// An article could not be had. An error where this happened too often in a row. Only a failure that may be over
    /// another time (`is_temporary`) says something about the backend; any other is an answer.
    pub fn fail(&mut self, is_temporary: bool, problem: String) -> Result<(), EditionError> {
        if !is_temporary {
            self.renew();
            return Ok(());
        }
        self.failures_in_a_row += 1;
        if self.failures_in_a_row < MOST_FAILURES_IN_A_ROW {
            return Ok(());
        }
        Err(EditionError::Failing {
            articles: self.failures_in_a_row,
            problem,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_failures_in_a_row_count() {
        let mut patience = Patience::default();
        for _ in 0..5 {
            for _ in 1..MOST_FAILURES_IN_A_ROW {
                assert!(patience.fail(true, String::new()).is_ok());
            }
            patience.renew();
            assert!(patience.fail(true, String::new()).is_ok());
            assert!(patience.fail(false, String::new()).is_ok());
        }
        for _ in 1..MOST_FAILURES_IN_A_ROW {
            assert!(patience.fail(true, String::new()).is_ok());
        }
        assert!(patience.fail(true, String::new()).is_err());
    }
}
