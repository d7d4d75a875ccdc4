//! `[outreach]`: plans, their waves, and the limits that all posts keep to.

use std::collections::BTreeMap;

use crate::calendar::{Duration, NaiveTime};
use crate::diagnostic::Span;
use crate::settings::ChannelName;

/// `[outreach]`
#[derive(Clone, Debug)]
pub struct OutreachSettings {
    /// The plan for events that name none; nothing is announced without one.
    pub plan: Option<String>,
    /// When nothing is posted.
    pub quiet: Option<QuietHours>,
    /// Most posts a channel and local day.
    pub daily_limit: u32,
    /// Least time between two posts of a channel.
    pub spacing: Duration,
    /// How late a post may still go out, if the event is still ahead.
    pub grace: Duration,
    /// The plans by name.
    pub plans: BTreeMap<String, Plan>,
}

/// Local times between which nothing is posted: `21:00-08:00` runs past midnight.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct QuietHours {
    /// From here on it is quiet.
    pub from: NaiveTime,
    /// From here on it is not.
    pub to: NaiveTime,
}

/// A list of waves.
#[derive(Clone, Debug)]
pub struct Plan {
    /// In the order written.
    pub waves: Vec<Wave>,
    /// Where the plan stands.
    pub span: Span,
}

/// What is said when before an event, and where.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Wave {
    /// Its name; its words are `announce/<name>.txt`.
    pub name: String,
    /// Where the name stands, for errors about its text.
    pub span: Span,
    /// Days before the event's local date.
    pub days_before: u32,
    /// Local time of that day.
    pub at: NaiveTime,
    /// The channels; all of them when left out.
    pub channels: Option<Vec<ChannelName>>,
    /// Once a series: only of its first date.
    pub once: bool,
    /// At most so often within a series.
    pub at_most: Option<AtMost>,
}

/// `1 in 3 weeks`: the first so many dates in each period, counted from the series' first date.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct AtMost {
    /// So many …
    pub times: u32,
    /// … in each period of so many days.
    pub days: u32,
}
