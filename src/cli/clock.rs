//! The only place that asks the time.

use crate::calendar::{DateTime, Utc};

/// The machine's clock.
#[derive(Clone, Copy, Default, Debug)]
pub struct Clock;

impl Clock {
    /// Now.
    pub fn now(self) -> DateTime<Utc> {
        Utc::now()
    }
}

/// How long something took, in seconds of a clock that never steps back.
#[derive(Clone, Copy, Debug)]
pub struct Stopwatch(std::time::Instant);

impl Stopwatch {
    /// Begins.
    pub fn start() -> Self {
        Stopwatch(std::time::Instant::now())
    }

    /// Seconds since it began.
    pub fn seconds(self) -> f64 {
        self.0.elapsed().as_secs_f64()
    }
}
