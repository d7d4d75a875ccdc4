//! The outbox brought in line with what there is to say: pure, product.md's table line by line.
//!
//! For each announcement and each row there is one question, answered in [`Judge`]: may this be said now or later, and if not, why not? The
//! rest follows from the state the row is in. A row that was tried keeps its words whatever the content says by now.

use std::collections::{BTreeMap, BTreeSet};

use crate::calendar::{DateTime, Duration, Now, Utc};
use crate::delivery::AnnouncementId;
use crate::diagnostic::FileId;
use crate::library::EventId;
use crate::outbox::Transition;
use crate::outbox::moment::{same_day, too_late};
use crate::outbox::row::{Revision, Row};
use crate::outbox::start::{ChannelState, ChannelStates};
use crate::outbox::state::State;
use crate::outreach::{Announcement, Occasion, Schedule, Skipped};

/// Written beside a row that is held because its event's file is gone.
pub const FILE_GONE: &str = "the file of its event is gone";
const BEFORE_START: &str = "it fell due before its channel was started here";

/// More than so many posts taken back in one pass, and more than a fifth of the queue, want a yes.
pub const MANY: usize = 10;
const FIFTH: usize = 5;

/// What reconciling depends on beside content and rows.
#[derive(Clone, Debug)]
pub struct Circumstances<'a> {
    /// Story time.
    pub now: Now,
    /// How late a post may still go out.
    pub grace: Duration,
    /// Which channels may speak.
    pub channels: &'a ChannelStates,
    /// The schedule holds what has its ideal moment or its slot up to here; what is queued beyond is left alone.
    pub reach: DateTime<Utc>,
    /// May many posts be taken back at once?
    pub consent: Consent,
}

/// The answer to "really take back so many posts?".
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Consent {
    /// Not asked yet.
    Ask,
    /// `--yes`
    Given,
}

/// What must change, and what must be said loudly.
#[derive(Clone, PartialEq, Default, Debug)]
pub struct Reconciliation {
    /// For [`Outbox::apply`](crate::outbox::Outbox::apply), in the order of schedule and rows.
    pub transitions: Vec<Transition>,
    /// Never empty without somebody being told.
    pub alarms: Vec<Alarm>,
}

/// What a person must hear.
#[derive(Clone, PartialEq, Debug)]
pub enum Alarm {
    /// The file of an event that was announced and is still ahead is gone.
    FileGone {
        /// The event.
        event: EventId,
        /// Its file, as last seen.
        file: FileId,
        /// The event's title, as last seen.
        title: String,
        /// How many posts are held.
        held: usize,
        /// New files of events with the same title, of which nothing is said before it is clear that they are not this event under another name.
        kept_back: BTreeSet<FileId>,
    },
    /// So many posts would be taken back that nothing was done at all.
    TooMany {
        /// What would be taken back, as it would stand then.
        rows: Vec<Row>,
        /// How many posts are queued.
        queue: usize,
    },
}

/// Compares what there is to say with what the outbox holds.
pub fn reconcile(schedule: &Schedule, rows: &[Row], around: &Circumstances<'_>) -> Reconciliation {
    let announced = announced(rows);
    let lost = Lost::of(schedule, rows, &announced, around);
    let judge = Judge { around, schedule, announced };
    let known: BTreeMap<AnnouncementId, &Row> = rows.iter().map(|row| (row.id, row)).collect();
    let mut said_of = BTreeSet::new();
    let mut transitions = Vec::new();
    for announcement in &schedule.announcements {
        let row = known.get(&announcement.id);
        let kept_back = row.is_none() && lost.may_be_renamed(announcement.occasion.event(), &announcement.title);
        if said_of.insert(announcement.id) && !kept_back {
            transitions.extend(judge.planned(announcement, row.copied()));
        }
    }
    for skipped in &schedule.skipped {
        let row = known.get(&skipped.id);
        // a skipped row could come back later as one that is sent
        let kept_back = row.is_none() && lost.may_be_renamed(skipped.occasion.event(), &skipped.title);
        if said_of.insert(skipped.id) && !kept_back {
            transitions.extend(judge.not_said(skipped, row.copied()));
        }
    }
    transitions.extend(rows.iter().filter(|row| !said_of.contains(&row.id)).filter_map(|row| judge.unplanned(row)));

    let taken_back: Vec<Row> = transitions.iter().filter(|t| t.after.state == State::Withdrawn).map(|t| t.after.clone()).collect();
    let queue = rows.iter().filter(|row| row.state.is_queued()).count();
    if around.consent == Consent::Ask && taken_back.len() > MANY && taken_back.len() * FIFTH > queue {
        return Reconciliation { transitions: Vec::new(), alarms: vec![Alarm::TooMany { rows: taken_back, queue }] };
    }
    Reconciliation { alarms: lost.alarms(schedule, &transitions), transitions }
}

/// What time alone changes, for a pass that may not look at the content because it has errors.
pub fn expire(rows: &[Row], around: &Circumstances<'_>) -> Vec<Transition> {
    let queued = rows.iter().filter(|row| row.state.is_queued() && !not_looked_at(around.channels.of(&row.channel)));
    queued.filter_map(|row| missed(row, row.due, row.until, around)).collect()
}

/// Events of which something went out, or may have.
fn announced(rows: &[Row]) -> BTreeSet<&EventId> {
    let spoken = |row: &&Row| row.tried.is_some() || row.state == State::Sent;
    rows.iter().filter(spoken).map(|row| row.occasion.event()).collect()
}

fn not_looked_at(channel: Option<&ChannelState>) -> bool {
    channel == Some(&ChannelState::NotRehearsed)
}

/// The row, gone past its moment; none when it is not.
fn missed(row: &Row, due: DateTime<Utc>, until: DateTime<Utc>, around: &Circumstances<'_>) -> Option<Transition> {
    let late = too_late(due, until, around.grace, around.now)?;
    let silence = around.channels.of(&row.channel).and_then(|channel| channel.silence(&row.channel));
    let why = match silence.as_deref().or(row.reason.as_deref()) {
        Some(before) => format!("{late}; until then: {before}"),
        None => late,
    };
    Some(became(row, State::Missed, Some(why), around.now))
}

fn became(row: &Row, state: State, reason: Option<String>, now: Now) -> Transition {
    Transition { before: Some(Box::new(row.clone())), after: Row { state, reason, changed: now.instant(), ..row.clone() } }
}

struct Judge<'a> {
    around: &'a Circumstances<'a>,
    schedule: &'a Schedule,
    announced: BTreeSet<&'a EventId>,
}

impl Judge<'_> {
    /// What becomes of an announcement that there is to make.
    fn planned(&self, a: &Announcement, row: Option<&Row>) -> Option<Transition> {
        let channel = self.around.channels.of(&a.channel);
        if not_looked_at(channel) {
            return None;
        }
        let Some(row) = row else { return Some(Transition::new(self.first(a))) };
        match row.state {
            // a person's hold stays; ours ends when the file is back
            State::Held if row.reason.as_deref() != Some(FILE_GONE) => missed(row, row.due, a.until, self.around),
            State::Scheduled | State::Held if row.tried.is_some() => self.tried(a, row),
            State::Scheduled | State::Held => self.queued(a, row),
            State::Skipped | State::Missed | State::Withdrawn if row.tried.is_none() => self.back(a, row),
            _ => None,
        }
    }

    /// A new row, wherever it begins.
    fn first(&self, a: &Announcement) -> Row {
        let row = Row::scheduled(a, self.around.now.instant());
        match self.refusal(a, &row) {
            Some((state, why)) => Row { state, reason: Some(why), ..row },
            None => row,
        }
    }

    /// Why this may not be said any more, whatever its row says.
    fn refusal(&self, a: &Announcement, row: &Row) -> Option<(State, String)> {
        if self.before_start(a.due, row) {
            return Some((State::Skipped, BEFORE_START.to_owned()));
        }
        let missed = missed(row, a.due, a.until, self.around)?;
        Some((State::Missed, missed.after.reason.unwrap_or_default()))
    }

    fn before_start(&self, moment: DateTime<Utc>, row: &Row) -> bool {
        let since = self.around.channels.of(&row.channel).and_then(ChannelState::since);
        since.is_some_and(|since| moment < since)
    }

    /// A row that waits and was never tried: it takes the words and times of today.
    fn queued(&self, a: &Announcement, row: &Row) -> Option<Transition> {
        let now = self.around.now;
        if let Some((state, why)) = self.refusal(a, row) {
            return Some(became(row, state, Some(why), now));
        }
        let fresh = refreshed(a, row);
        let after = let_go(fresh, now);
        (after != *row).then(|| Transition { before: Some(Box::new(row.clone())), after })
    }

    /// A row that a platform refused for the moment: its words stay, its event's start is kept up to date.
    ///
    /// On another day than they were written for, words like "tomorrow" would lie; so they go out then only if they would be written the same.
    fn tried(&self, a: &Announcement, row: &Row) -> Option<Transition> {
        let now = self.around.now;
        let until = a.until;
        if let Some(missed) = missed(row, row.due, until, self.around) {
            return Some(missed);
        }
        let tried = row.tried.as_ref()?;
        if !same_day(tried.first, now) && tried.frozen.post != a.post {
            let last = row.reason.as_deref().map(|why| format!(": {why}")).unwrap_or_default();
            return Some(became(row, State::Missed, Some(format!("its words were written for the day it was due{last}")), now));
        }
        let after = let_go(Row { until, title: a.title.clone(), file: a.file.clone(), ..row.clone() }, now);
        (after != *row).then(|| Transition { before: Some(Box::new(row.clone())), after })
    }

    /// A row that was over without having been tried, of which there is something to say again.
    fn back(&self, a: &Announcement, row: &Row) -> Option<Transition> {
        let now = self.around.now;
        let since = self.around.channels.of(&row.channel).and_then(ChannelState::since);
        // what a channel's start passed over stays so, or the start would have been for nothing
        let passed_over = since.is_some_and(|since| a.ideal < since && row.created <= since);
        let clock_came_back = now.instant() < row.changed;
        let another_moment = a.ideal != row.ideal;
        let stays = passed_over || (row.state == State::Missed && !clock_came_back && !another_moment);
        if stays || self.refusal(a, row).is_some() {
            return None;
        }
        let after = Row { state: State::Scheduled, reason: None, changed: now.instant(), ..refreshed(a, row) };
        Some(Transition { before: Some(Box::new(row.clone())), after })
    }

    /// What becomes of an announcement that will not be made.
    fn not_said(&self, s: &Skipped, row: Option<&Row>) -> Option<Transition> {
        if not_looked_at(self.around.channels.of(&s.channel)) {
            return None;
        }
        let now = self.around.now;
        match row {
            None => Some(Transition::new(Row::skipped(s, now.instant()))),
            Some(row) if matches!(row.state, State::Scheduled | State::Held | State::Withdrawn) => {
                let after = Row { ideal: s.ideal, until: s.until, ..became(row, State::Skipped, Some(s.why.clone()), now).after };
                Some(Transition { before: Some(Box::new(row.clone())), after })
            }
            Some(_) => None,
        }
    }

    /// What becomes of a row that nothing in content or plan asks for.
    fn unplanned(&self, row: &Row) -> Option<Transition> {
        let around = self.around;
        let channel = around.channels.of(&row.channel);
        if !row.state.is_queued() || not_looked_at(channel) {
            return None;
        }
        if let Some(missed) = missed(row, row.due, row.until, around) {
            return Some(missed);
        }
        if channel.is_none() {
            return Some(became(row, State::Withdrawn, Some(format!("site.toml has no channel `{}` any more", row.channel)), around.now));
        }
        let event = row.occasion.event();
        if !self.schedule.events.contains(event) {
            return match row.state {
                State::Held => None,
                _ if self.announced.contains(event) => Some(became(row, State::Held, Some(FILE_GONE.to_owned()), around.now)),
                _ => Some(became(row, State::Withdrawn, Some(format!("{FILE_GONE}, and nothing was said of it")), around.now)),
            };
        }
        if let Some(why) = self.called_off(row) {
            return Some(became(row, State::Withdrawn, Some(why), around.now));
        }
        if row.ideal > around.reach && row.due > around.reach {
            return None;
        }
        Some(became(row, State::Withdrawn, Some("content and plan no longer ask for it".to_owned()), around.now))
    }

    fn called_off(&self, row: &Row) -> Option<String> {
        let Occasion::Date(id) = &row.occasion else { return None };
        self.schedule.off.get(id).cloned()
    }
}

/// Announced events that are ahead and have lost their files.
///
/// A file that was renamed without an `id` looks like one event gone and another one new, and what was said of the first would be said again of the
/// second. So for as long as the first is missed, nothing new is put in of an event that has its title and was not known before.
struct Lost<'a> {
    events: BTreeMap<&'a EventId, Vec<&'a Row>>,
    titles: BTreeSet<String>,
    /// Events that have rows ahead: they were there beside the lost ones, and are none of them under another name.
    known: BTreeSet<&'a EventId>,
}

impl<'a> Lost<'a> {
    fn of(schedule: &Schedule, rows: &'a [Row], announced: &BTreeSet<&EventId>, around: &Circumstances<'_>) -> Lost<'a> {
        let now = around.now.instant();
        let mut events: BTreeMap<&EventId, Vec<&Row>> = BTreeMap::new();
        for row in rows.iter().filter(|row| row.until > now && announced.contains(row.occasion.event())) {
            let event = row.occasion.event();
            let left_alone = not_looked_at(around.channels.of(&row.channel));
            let ahead = !row.state.is_over() || row.state == State::Sent;
            if !schedule.events.contains(event) && !left_alone && ahead {
                events.entry(event).or_default().push(row);
            }
        }
        let titles = events.values().flatten().map(|row| plain(&row.title)).collect();
        let known = rows.iter().filter(|row| row.until > now).map(|row| row.occasion.event()).collect();
        Lost { events, titles, known }
    }

    /// May this event, of which there is no row yet, be a lost one under another name?
    fn may_be_renamed(&self, event: &EventId, title: &str) -> bool {
        !self.titles.is_empty() && !self.known.contains(event) && self.titles.contains(&plain(title))
    }

    /// One alarm for each.
    fn alarms(&self, schedule: &Schedule, transitions: &[Transition]) -> Vec<Alarm> {
        let becomes: BTreeMap<AnnouncementId, State> = transitions.iter().map(|t| (t.after.id, t.after.state)).collect();
        let state = |row: &Row| becomes.get(&row.id).copied().unwrap_or(row.state);
        let said = schedule.announcements.iter().map(|a| (a.occasion.event(), &a.title, &a.file));
        let silent = schedule.skipped.iter().map(|s| (s.occasion.event(), &s.title, &s.file));
        let renamed: BTreeSet<(String, &FileId)> = said
            .chain(silent)
            .filter(|(event, title, _)| self.may_be_renamed(event, title))
            .map(|(_, title, file)| (plain(title), file))
            .collect();
        let alarm = |(event, rows): (&&EventId, &Vec<&Row>)| {
            let first = rows.first()?;
            let titles: BTreeSet<String> = rows.iter().map(|row| plain(&row.title)).collect();
            Some(Alarm::FileGone {
                event: (*event).clone(),
                file: first.file.clone(),
                title: first.title.clone(),
                held: rows.iter().filter(|row| state(row) == State::Held).count(),
                kept_back: renamed.iter().filter(|(title, _)| titles.contains(title)).map(|(_, file)| (*file).clone()).collect(),
            })
        };
        self.events.iter().filter_map(alarm).collect()
    }
}

/// A title, whatever its capitals and the room around it.
fn plain(title: &str) -> String {
    title.trim().to_lowercase()
}

/// The row, held no longer.
fn let_go(row: Row, now: Now) -> Row {
    match row.state {
        State::Held => Row { state: State::Scheduled, reason: None, changed: now.instant(), ..row },
        _ => row,
    }
}

/// The row with the words and times of today.
fn refreshed(a: &Announcement, row: &Row) -> Row {
    Row {
        title: a.title.clone(),
        file: a.file.clone(),
        ideal: a.ideal,
        due: a.due,
        moved: a.moved.clone(),
        until: a.until,
        post: Some(a.post.clone()),
        revision: Revision::of(&a.post, a.ideal),
        ..row.clone()
    }
}
