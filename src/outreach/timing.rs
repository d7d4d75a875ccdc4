//! When each thing may be said: the wave's own moment, moved by quiet hours, the daily limit and the spacing; never past the event.
//!
//! A slot once given stays, unless the wave's own moment changed. What is late (the job was down) keeps its moment; `outbox` decides by
//! `grace` whether it still goes out.

use std::collections::{BTreeSet, HashMap};

use crate::calendar::{self, DateTime, NaiveDate, NaiveDateTime, NaiveTime, Now, Utc};
use crate::outreach::waves::Candidate;
use crate::outreach::{Moved, Said, Stage};
use crate::settings::{ChannelName, OutreachSettings};

/// What timing made of a candidate.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Slot {
    /// It goes out then.
    At {
        /// The moment.
        due: DateTime<Utc>,
        /// Why that is not the wave's own moment.
        moved: Option<Moved>,
    },
    /// It is not said, and why.
    Skip(String),
}

/// The slots that are taken, by channel, and the rules for giving new ones.
pub struct Timetable<'a> {
    rules: &'a OutreachSettings,
    now: Now,
    taken: HashMap<ChannelName, BTreeSet<(DateTime<Utc>, usize)>>,
    per_day: HashMap<(ChannelName, NaiveDate), u32>,
    count: usize,
}

/// How many times a slot may be pushed on before we give up; far more than a year of full days.
const PUSHES: usize = 2_000;

impl<'a> Timetable<'a> {
    /// A timetable in which what was said, is being said, or has a slot already stands.
    pub fn new(rules: &'a OutreachSettings, said: &[Said], now: Now) -> Self {
        let mut table = Timetable { rules, now, taken: HashMap::new(), per_day: HashMap::new(), count: 0 };
        // what waits although its slot is past is given another one if it has to keep its distance
        let stands = |said: &&Said| match said.stage {
            Stage::Over | Stage::Failed => false,
            Stage::Waiting => said.slot > now.instant(),
            Stage::Frozen | Stage::Sent => true,
        };
        for said in said.iter().filter(stands) {
            table.take(&said.channel, said.slot);
        }
        table
    }

    fn take(&mut self, channel: &ChannelName, at: DateTime<Utc>) {
        self.count += 1;
        self.taken.entry(channel.clone()).or_default().insert((at, self.count));
        *self.per_day.entry((channel.clone(), self.day(at))).or_default() += 1;
    }

    fn local(&self, at: DateTime<Utc>) -> NaiveDateTime {
        at.with_timezone(&self.now.zone()).naive_local()
    }

    fn day(&self, at: DateTime<Utc>) -> NaiveDate {
        self.local(at).date()
    }

    fn instant(&self, local: NaiveDateTime) -> DateTime<Utc> {
        calendar::resolve(local, self.now.zone()).instant().with_timezone(&Utc)
    }

    /// Gives a slot to a candidate that has none: the first allowed moment at or after its own, and not before `earliest`.
    pub fn give(&mut self, candidate: &Candidate<'_>, earliest: DateTime<Utc>) -> Slot {
        let begin = candidate.ideal.max(earliest);
        let mut at = begin;
        let mut why: Option<String> = None;
        for _ in 0..PUSHES {
            let (later, reason) = match self.obstacle(candidate.channel, at, candidate.at()) {
                None => break,
                Some(found) => found,
            };
            at = later;
            why = Some(reason);
            if at >= candidate.until {
                break;
            }
        }
        if at >= candidate.until {
            let why = why.unwrap_or_else(|| "its moment is past".to_owned());
            return Slot::Skip(format!("{why}, and there is no other time before the event begins"));
        }
        self.take(candidate.channel, at);
        if why.is_none() && candidate.ideal <= earliest {
            return Slot::At { due: candidate.ideal, moved: None };
        }
        let moved = why.map(|why| Moved { from: candidate.ideal, why });
        Slot::At { due: at, moved }
    }

    /// Gives the next allowed moment from now on to what was entered after its moment.
    pub fn give_late(&mut self, candidate: &Candidate<'_>) -> Slot {
        match self.give(candidate, self.now.instant()) {
            Slot::At { due, moved } => {
                let due = due.max(self.now.instant());
                let why = moved.map_or_else(|| "entered late".to_owned(), |moved| format!("entered late; {}", moved.why));
                Slot::At { due, moved: Some(Moved { from: candidate.ideal, why }) }
            }
            skip => skip,
        }
    }

    /// What forbids this moment, and the next moment to look at.
    fn obstacle(&self, channel: &ChannelName, at: DateTime<Utc>, wave_at: NaiveTime) -> Option<(DateTime<Utc>, String)> {
        let local = self.local(at);
        if let Some(quiet) = self.rules.quiet {
            let overnight = quiet.from > quiet.to;
            let time = local.time();
            let inside = if overnight { time >= quiet.from || time < quiet.to } else { time >= quiet.from && time < quiet.to };
            if inside {
                let day = if overnight && time >= quiet.from { calendar::plus_days(local.date(), 1) } else { local.date() };
                return Some((
                    self.instant(calendar::at(day, quiet.to)).max(calendar::later(at, calendar::Duration::minutes(1))),
                    "quiet hours".to_owned(),
                ));
            }
        }
        let said = self.per_day.get(&(channel.clone(), local.date())).copied().unwrap_or(0);
        if said >= self.rules.daily_limit {
            let next = self.instant(calendar::at(calendar::plus_days(local.date(), 1), wave_at));
            let noun = if self.rules.daily_limit == 1 { "post" } else { "posts" };
            return Some((next, format!("{} {noun} a day is the limit", self.rules.daily_limit)));
        }
        let spacing = self.rules.spacing;
        if spacing > calendar::Duration::zero() {
            let near = self.taken.get(channel).and_then(|taken| {
                let from = (calendar::earlier(at, spacing), usize::MAX);
                taken.range((std::ops::Bound::Excluded(from), std::ops::Bound::Unbounded)).next().map(|(slot, _)| *slot)
            });
            if let Some(slot) = near.filter(|slot| *slot < calendar::later(at, spacing)) {
                let words = calendar::length(spacing);
                return Some((calendar::later(slot, spacing), format!("{words} between two posts")));
            }
        }
        None
    }
}
