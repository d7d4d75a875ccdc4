//! Signing up: where, from when to when, and how it stands at a moment.
//!
//! Handbill keeps no list of who comes. Sign-up is somebody else's page (or a telephone, or an e-mail) that the site leads to; what staff
//! write of it is what patrons must know before they follow the link.

use std::ops::Range;

use crate::calendar::NaiveDateTime;
use crate::library::{Bound, Moment};

/// What staff say of signing up for an event, or for one date of it.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Registration {
    /// Where: `https://…`, `mailto:…` or `tel:…`.
    pub address: Option<String>,
    /// Must one sign up? None where nobody said.
    pub required: Option<bool>,
    /// How many people there is room for.
    pub capacity: Option<u32>,
    /// From when on one can.
    pub opens: Option<Bound>,
    /// Until when.
    pub closes: Option<Bound>,
    /// What staff last said of it.
    pub state: SignUp,
}

/// What staff write as the `state` of a sign-up.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub enum SignUp {
    /// There are places left.
    #[default]
    Open,
    /// All places are taken.
    Full,
    /// All places are taken, and there is a waiting list.
    Waitlist,
    /// Nobody can sign up any more.
    Closed,
}

impl SignUp {
    /// As written in front matter.
    pub const WRITTEN: [(&'static str, SignUp); 4] =
        [("open", SignUp::Open), ("full", SignUp::Full), ("waitlist", SignUp::Waitlist), ("closed", SignUp::Closed)];
}

/// How a sign-up stands at a moment.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Standing {
    /// It opens then, and not before.
    OpensOn(Moment),
    /// One can sign up.
    Open,
    /// All places are taken.
    Full,
    /// All places are taken; one can put one's name on the waiting list.
    Waitlist,
    /// It is over.
    Closed,
}

impl Standing {
    /// As scripts read it.
    pub fn name(self) -> &'static str {
        match self {
            Standing::OpensOn(_) => "opens",
            Standing::Open => "open",
            Standing::Full => "full",
            Standing::Waitlist => "waitlist",
            Standing::Closed => "closed",
        }
    }
}

impl Registration {
    /// How it stands at a local moment, for a date that begins at the start of `date` and that nobody can join after its end.
    ///
    /// What is over is closed. Staff's `closed`, and then `closes`, come before everything else; a sign-up that is not open yet cannot be full.
    pub fn on(&self, at: NaiveDateTime, date: Range<NaiveDateTime>) -> Standing {
        let closed = self.closes_at(date.start).is_some_and(|closes| at >= closes.is_over());
        if at >= date.end || closed || self.state == SignUp::Closed {
            return Standing::Closed;
        }
        match (self.opens_at(date.start), self.state) {
            (Some(opens), SignUp::Open) if at < opens.begins() => Standing::OpensOn(opens),
            (_, SignUp::Full) => Standing::Full,
            (_, SignUp::Waitlist) => Standing::Waitlist,
            _ => Standing::Open,
        }
    }

    /// When it opens for a date that begins then.
    pub fn opens_at(&self, starts: NaiveDateTime) -> Option<Moment> {
        self.opens.map(|opens| opens.of(starts))
    }

    /// When it closes for a date that begins then.
    pub fn closes_at(&self, starts: NaiveDateTime) -> Option<Moment> {
        self.closes.map(|closes| closes.of(starts))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::Duration;

    fn at(text: &str) -> NaiveDateTime {
        NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap()
    }

    fn minute(text: &str) -> Moment {
        Moment { day: at(text).date(), time: Some(at(text).time()) }
    }

    fn day(text: &str) -> Moment {
        Moment { day: text.parse().unwrap(), time: None }
    }

    /// The standing, for a date on December 10 at 7 pm.
    fn standing(registration: &Registration, now: &str) -> Standing {
        registration.on(at(now), at("2026-12-10 19:00")..at("2026-12-10 19:00"))
    }

    #[test]
    fn it_opens_and_closes_to_the_minute_and_is_over_when_the_event_begins() {
        let sign_up = Registration {
            opens: Some(Bound::At(minute("2026-11-30 09:00"))),
            closes: Some(Bound::At(minute("2026-12-09 12:00"))),
            ..Registration::default()
        };
        assert_eq!(standing(&sign_up, "2026-11-30 08:59"), Standing::OpensOn(minute("2026-11-30 09:00")));
        assert_eq!(standing(&sign_up, "2026-11-30 09:00"), Standing::Open);
        assert_eq!(standing(&sign_up, "2026-12-09 11:59"), Standing::Open);
        assert_eq!(standing(&sign_up, "2026-12-09 12:00"), Standing::Closed);
        let without_a_close = Registration { closes: None, ..sign_up };
        assert_eq!(standing(&without_a_close, "2026-12-10 18:59"), Standing::Open);
        assert_eq!(standing(&without_a_close, "2026-12-10 19:00"), Standing::Closed);
    }

    #[test]
    fn a_day_opens_with_its_first_minute_and_closes_after_its_last() {
        let sign_up = Registration {
            opens: Some(Bound::At(day("2026-11-30"))),
            closes: Some(Bound::At(day("2026-12-08"))),
            ..Registration::default()
        };
        assert_eq!(standing(&sign_up, "2026-11-29 23:59"), Standing::OpensOn(day("2026-11-30")));
        assert_eq!(standing(&sign_up, "2026-11-30 00:00"), Standing::Open);
        assert_eq!(standing(&sign_up, "2026-12-08 23:59"), Standing::Open);
        assert_eq!(standing(&sign_up, "2026-12-09 00:00"), Standing::Closed);
    }

    #[test]
    fn what_staff_say_of_the_places_holds_once_it_is_open() {
        let with = |state| Registration { closes: Some(Bound::At(day("2026-12-08"))), state, ..Registration::default() };
        assert_eq!(standing(&with(SignUp::Full), "2026-12-01 10:00"), Standing::Full);
        assert_eq!(standing(&with(SignUp::Waitlist), "2026-12-01 10:00"), Standing::Waitlist);
        assert_eq!(standing(&with(SignUp::Closed), "2026-12-01 10:00"), Standing::Closed);
        assert_eq!(standing(&with(SignUp::Waitlist), "2026-12-09 10:00"), Standing::Closed);
    }

    #[test]
    fn a_length_is_counted_back_from_each_date() {
        let days = Bound::Before(Duration::weeks(2));
        assert_eq!(days.of(at("2026-12-10 19:00")), day("2026-11-26"));
        assert_eq!(days.of(at("2026-12-17 19:00")), day("2026-12-03"));
        let hours = Bound::Before(Duration::hours(24) + Duration::minutes(30));
        assert_eq!(hours.of(at("2026-12-10 19:00")), minute("2026-12-09 18:30"));
    }
}
