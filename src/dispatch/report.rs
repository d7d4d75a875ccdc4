//! What a pass did, for whoever prints it.

use std::collections::BTreeMap;

use crate::calendar::{DateTime, Utc};
use crate::delivery::AnnouncementId;
use crate::diagnostic::Diagnostics;
use crate::outbox::{ChannelStates, Row, State};

/// What a pass did. Rows are as they stand after it; [`Row::reason`] says why they stand there.
#[derive(Clone, Default, Debug)]
pub struct PassReport {
    /// The number of the pass.
    pub number: i64,
    /// What went out, or turned out to have gone out.
    pub sent: Vec<Row>,
    /// What content or plan took back.
    pub withdrawn: Vec<Row>,
    /// What is held, or in doubt: all of it, not only what is new.
    pub waiting: Vec<Row>,
    /// What is due and could not go out yet.
    pub delayed: Vec<Row>,
    /// What is past by now.
    pub missed: Vec<Row>,
    /// What cannot go out.
    pub failed: Vec<Row>,
    /// What will not be said.
    pub skipped: Vec<Row>,
    /// What goes out next.
    pub next: Option<Row>,
    /// How many more are scheduled after that.
    pub more: usize,
    /// All rows that are new or have changed.
    pub changed: Vec<Row>,
    /// What a person must hear; with an error among them the exit status is 1.
    pub notices: Diagnostics,
}

impl PassReport {
    /// What lies between the rows before and after a pass.
    pub(super) fn between(
        number: i64,
        before: &[Row],
        after: Vec<Row>,
        channels: &ChannelStates,
        now: DateTime<Utc>,
        notices: Diagnostics,
    ) -> PassReport {
        let silence = |row: &Row| channels.of(&row.channel).and_then(|state| state.silence(&row.channel));
        let were: BTreeMap<AnnouncementId, (State, i64)> = before.iter().map(|row| (row.id, (row.state, row.version))).collect();
        let mut report = PassReport { number, notices, ..PassReport::default() };
        let mut coming: Vec<&Row> =
            after.iter().filter(|row| row.state == State::Scheduled && row.wakes() > now && silence(row).is_none()).collect();
        coming.sort_by_key(|row| (row.wakes(), row.id));
        report.next = coming.first().map(|row| Row::clone(row));
        report.more = coming.len().saturating_sub(1);
        for row in after {
            let was = were.get(&row.id);
            let turned = was.map(|(state, _)| *state) != Some(row.state);
            match row.state {
                State::Sent if turned => report.sent.push(row.clone()),
                State::Withdrawn if turned => report.withdrawn.push(row.clone()),
                State::Missed if turned => report.missed.push(row.clone()),
                State::Failed if turned => report.failed.push(row.clone()),
                State::Skipped if turned => report.skipped.push(row.clone()),
                State::Held | State::Unknown | State::Sending => report.waiting.push(row.clone()),
                State::Scheduled if row.due <= now => {
                    let reason = silence(&row).or_else(|| row.reason.clone());
                    report.delayed.push(Row { reason, ..row.clone() });
                }
                _ => {}
            }
            if was.map(|(_, version)| *version) != Some(row.version) {
                report.changed.push(row);
            }
        }
        report
    }
}
