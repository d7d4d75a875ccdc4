//! Moments that are named by themselves, or by the start of the date that they belong to: when sign-up opens, by when to ask.

use crate::calendar::{self, Duration, NaiveDate, NaiveDateTime, NaiveTime};

/// A local day, or a minute of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Moment {
    /// The day.
    pub day: NaiveDate,
    /// The time of day; none where the whole day is meant.
    pub time: Option<NaiveTime>,
}

impl Moment {
    /// Its first minute.
    pub fn begins(self) -> NaiveDateTime {
        self.time.map_or_else(|| calendar::midnight(self.day), |time| calendar::at(self.day, time))
    }

    /// When it is over: a day with its last minute, a minute at once.
    pub fn is_over(self) -> NaiveDateTime {
        self.time.map_or_else(|| calendar::midnight(calendar::plus_days(self.day, 1)), |time| calendar::at(self.day, time))
    }
}

/// A moment, or how long before the start of a date it comes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Bound {
    /// The same for every date.
    At(Moment),
    /// So long before each date begins. Whole days are counted by the calendar and mean the whole day.
    Before(Duration),
}

impl Bound {
    /// The moment that is meant for a date that begins then.
    pub fn of(self, starts: NaiveDateTime) -> Moment {
        match self {
            Bound::At(moment) => moment,
            Bound::Before(length) if length.num_minutes() % (24 * 60) == 0 => {
                Moment { day: calendar::minus_days(starts.date(), length.num_days()), time: None }
            }
            Bound::Before(length) => {
                let at = calendar::plus(starts, -length);
                Moment { day: at.date(), time: Some(at.time()) }
            }
        }
    }

    /// Does it come to another moment for each date?
    pub fn is_relative(self) -> bool {
        matches!(self, Bound::Before(_))
    }
}
