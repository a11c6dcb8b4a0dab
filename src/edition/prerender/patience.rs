//! Gives up if the backend fails too often in a row.

use crate::edition::EditionError;

/// After this many failures in a row, the backend counts as out of order.
const MOST_FAILURES_IN_A_ROW: u64 = 10;

/// Counts how often in a row an article could not be loaded.
#[derive(Default)]
pub struct Patience {
    failures_in_a_row: u64,
}

impl Patience {
    /// The backend has answered, so the count begins again.
    pub fn renew(&mut self) {
        self.failures_in_a_row = 0;
    }

    /// An article could not be loaded. It is an error if this happened too often in a row. Only a temporary failure
    /// counts: any other one is an answer of the backend.
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
