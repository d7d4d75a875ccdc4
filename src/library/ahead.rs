//! What changes by itself in the days ahead: what appears, what goes, which days a branch is closed, and which dates of events are not as usual.

use crate::calendar::{self, NaiveDate, NaiveDateTime, Now};
use crate::diagnostic::FileId;
use crate::library::{Event, Library, Status};

/// One thing that happens at a moment.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Ahead {
    /// When, in local time; midnight for what is so all day.
    pub at: NaiveDateTime,
    /// Is it so all day?
    pub all_day: bool,
    /// What happens: "\"Summer reading\" appears".
    pub what: String,
    /// Why: the key that says so.
    pub why: String,
    /// The file that says so.
    pub file: FileId,
}

impl Library {
    /// What happens after `now` up to the end of the day `to`, in order. A date that a rule gives, and that goes ahead as it should, is not among it.
    pub fn ahead(&self, now: Now, to: NaiveDate) -> Vec<Ahead> {
        let mut found = Vec::new();
        self.appearing(&mut found);
        self.for_each_entry(|entry| going(entry.gone_at, "`visible_until`", &entry.title, &entry.file, &mut found));
        for banner in self.banners.iter().filter(|banner| banner.is_shown(now.local())) {
            going(Some(banner.until), "`until`", &banner.entry.title, &banner.entry.file, &mut found);
        }
        self.closed_days(now.today(), to, &mut found);
        for event in &self.events {
            of_event(event, now, to, &mut found);
            sign_up(event, now, to, &mut found);
        }
        let within = |one: &Ahead| one.at.date() <= to && (one.at > now.local() || (one.all_day && one.at.date() == now.today()));
        found.retain(within);
        found.sort_by(|a, b| (a.at, &a.file, &a.what).cmp(&(b.at, &b.file, &b.what)));
        found
    }

    fn appearing(&self, found: &mut Vec<Ahead>) {
        for held in &self.held {
            let Some(at) = held.from else { continue };
            going(held.gone_at, "its time is over", &held.title, &held.file, found);
            found.push(Ahead {
                at,
                all_day: at == calendar::midnight(at.date()),
                what: format!("\"{}\" appears", held.title),
                why: held.why.clone(),
                file: held.file.clone(),
            });
        }
    }

    fn closed_days(&self, from: NaiveDate, to: NaiveDate, found: &mut Vec<Ahead>) {
        for branch in &self.branches {
            let mut before = None;
            for day in calendar::day_range(from, to) {
                let said = branch.hours.on(day).reason.map(|reason| (branch.hours.is_closed_all_day(day), reason.to_owned()));
                // of several days in a row the first one is enough
                if let Some((closed, reason)) = said.clone().filter(|_| before != said) {
                    found.push(Ahead {
                        at: calendar::midnight(day),
                        all_day: true,
                        what: format!("{} {}", branch.entry.title, if closed { "is closed" } else { "has other hours" }),
                        why: reason,
                        file: branch.entry.file.clone(),
                    });
                }
                before = said;
            }
        }
    }
}

/// The dates of an event that are not as usual, and the first and the last one.
fn of_event(event: &Event, now: Now, to: NaiveDate, found: &mut Vec<Ahead>) {
    let zone = now.zone();
    let mut push = |at: NaiveDateTime, what: String, why: String| {
        found.push(Ahead { at, all_day: false, what, why, file: event.entry.file.clone() });
    };
    let ends = event.pattern.rule.as_ref().is_some_and(|rule| rule.end() != calendar::End::Never);
    for date in event.dates(zone, now.today(), to) {
        let (at, title) = (date.starts.naive_local(), date.title(event));
        let why = date.note.clone();
        if let Some(word) = date.status.word().filter(|_| date.status != Status::Scheduled) {
            push(at, format!("\"{title}\": {}", word.to_lowercase()), why.unwrap_or_else(|| "status".to_owned()));
        } else if let Some(from) = date.moved_from {
            let from = from.naive_local();
            let from = format!("moved from {}, {}", calendar::long_date(from.date()), calendar::time(from.time()));
            push(at, format!("\"{title}\" begins"), why.map_or(from.clone(), |why| format!("{from}: {why}")));
        } else if event.is_single() {
            push(at, format!("\"{title}\" begins"), "its only date".to_owned());
        } else if at == event.pattern.starts {
            push(at, format!("\"{title}\" begins"), "the first of its dates".to_owned());
        } else if ends && event.dates(zone, calendar::plus_days(date.day(), 1), calendar::plus_days(date.day(), LONG)).is_empty() {
            push(at, format!("\"{title}\" begins"), "the last of its dates".to_owned());
        }
    }
}

/// When one can begin to sign up for one of its dates, and when that ends.
fn sign_up(event: &Event, now: Now, to: NaiveDate, found: &mut Vec<Ahead>) {
    let each = event.changes.values().any(|change| change.register.is_some());
    if event.register.is_none() && !each {
        return;
    }
    let first = found.len();
    for date in event.dates(now.zone(), now.today(), calendar::plus_days(to, SIGN_UP)) {
        let Some(register) = event.registration_of(&date.id) else { continue };
        if !date.status.takes_place() {
            continue;
        }
        let (starts, title) = (date.starts.naive_local(), date.title(event));
        let why = format!("for {}", calendar::long_date(date.day()));
        let mut push = |at: NaiveDateTime, all_day: bool, what: String, why: &str| {
            let one = Ahead { at, all_day, what, why: why.to_owned(), file: event.entry.file.clone() };
            if !found[first..].iter().any(|known| (known.at, &known.what) == (one.at, &one.what)) {
                found.push(one);
            }
        };
        if let Some(opens) = register.opens_at(starts) {
            push(opens.begins(), opens.time.is_none(), format!("\"{title}\": sign-up opens"), &why);
        }
        if let Some(closes) = register.closes_at(starts) {
            let what = if closes.time.is_none() { "last day to sign up" } else { "sign-up closes" };
            push(closes.begins(), closes.time.is_none(), format!("\"{title}\": {what}"), &why);
        }
    }
}

/// Sign-up opens no longer before a date than this, in days.
const SIGN_UP: i64 = 120;

/// A rule with an end that gives no date for so many days has none left: two years.
const LONG: i64 = 731;

fn going(at: Option<NaiveDateTime>, why: &str, title: &str, file: &FileId, found: &mut Vec<Ahead>) {
    let Some(at) = at else { return };
    found.push(Ahead {
        at,
        all_day: at == calendar::midnight(at.date()),
        what: format!("\"{title}\" is taken away"),
        why: why.to_owned(),
        file: file.clone(),
    });
}
