//! Words → lengths of time.

use chrono::TimeDelta;

use crate::diagnostic::Problem;

/// Reads a length of time: "45m", "45 minutes", "1h30m", "1 hour 30 minutes", "2 days".
pub fn parse_length(text: &str) -> Result<TimeDelta, Problem> {
    unimplemented!("{text}")
}
