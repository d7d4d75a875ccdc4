//! `[outreach]`: plans, their waves, and the limits that all posts keep to.

use std::collections::BTreeMap;

use crate::calendar::{Duration, NaiveTime, parse_length, parse_time};
use crate::diagnostic::suggest::nearest;
use crate::diagnostic::{Diagnostic, Diagnostics, FileId, Problem, Span, codes};
use crate::settings::fields::{Fields, Written, listed, wrong_kind};
use crate::settings::site::not_a_slug;
use crate::settings::{ChannelName, ChannelSettings, Node, Table, Value};
use crate::text::Slug;

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

/// `[outreach]`; quiet at night, four posts a day, 45 minutes apart and six hours of grace where nothing is said.
pub(super) fn read(
    file: &FileId,
    table: Option<&Written<Table>>,
    channels: &[ChannelSettings],
    wrong: &mut Diagnostics,
) -> OutreachSettings {
    let night = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or_default();
    let mut outreach = OutreachSettings {
        plan: None,
        quiet: Some(QuietHours { from: night(21), to: night(8) }),
        daily_limit: 4,
        spacing: Duration::minutes(45),
        grace: Duration::hours(6),
        plans: BTreeMap::new(),
    };
    let Some(table) = table else { return outreach };
    let mut fields = Fields::new("`[outreach]`", &table.value, &table.span, wrong);
    let plan = fields.text("plan");
    if let Some(quiet) = fields.parsed("quiet", quiet_hours) {
        outreach.quiet = quiet.value;
    }
    if let Some(limit) = fields.whole("daily_limit", 1..=1000) {
        outreach.daily_limit = limit.value;
    }
    if let Some(spacing) = fields.parsed("spacing", length_or_nothing) {
        outreach.spacing = spacing.value;
    }
    if let Some(grace) = fields.parsed("grace", length_or_nothing) {
        outreach.grace = grace.value;
    }
    let plans = fields.table("plans");
    fields.refuse_the_rest();
    for (name, span, node) in plans.iter().flat_map(|plans| &plans.value.0) {
        if Slug::new(name).is_none() {
            wrong.push(not_a_slug(file, "a plan", &Written { value: name.clone(), span: span.clone() }));
        } else if name == "none" {
            wrong.push(
                Diagnostic::error(codes::NAME, "a plan can't be named \"none\": `promote: none` keeps an event quiet")
                    .at(file, span.clone())
                    .help("give it another name"),
            );
        } else if let Some(plan) = read_plan(file, name, span, node, channels, wrong) {
            outreach.plans.insert(name.clone(), plan);
        }
    }
    if let Some(plan) = plan {
        let written = plans.iter().flat_map(|plans| &plans.value.0).any(|(name, ..)| *name == plan.value);
        if plan.value != "none" && !written {
            let names: Vec<&str> = plans.iter().flat_map(|plans| &plans.value.0).map(|(name, ..)| name.as_str()).collect();
            let error = Diagnostic::error(codes::UNKNOWN_PLAN, format!("there is no plan \"{}\"", plan.value));
            wrong.push(pointed(
                error,
                file,
                plan.span.clone(),
                &plan.value,
                &names,
                "write it below, as a table `[outreach.plans.<name>]`",
            ));
        }
        outreach.plan = (plan.value != "none").then_some(plan.value);
    }
    outreach
}

/// An error about a name that is none of those known: with the nearest, else with all of them.
fn pointed(error: Diagnostic, file: &FileId, span: Span, word: &str, known: &[&str], else_help: &str) -> Diagnostic {
    match nearest(word, known.iter().copied()) {
        Some(meant) => error.at_noted(file, span, format!("did you mean \"{meant}\"?")).help(format!("write \"{meant}\"")),
        None if known.is_empty() => error.at(file, span).help(else_help),
        None => error.at(file, span).help(format!("there are {}", listed(known))),
    }
}

fn read_plan(file: &FileId, name: &str, span: &Span, node: &Node, channels: &[ChannelSettings], wrong: &mut Diagnostics) -> Option<Plan> {
    let Value::Table(table) = &node.value else {
        wrong.push(
            wrong_kind(file, name, &node.value, "a table", node.span.clone())
                .help(format!("write `[outreach.plans.{name}]`, and `waves = […]` below")),
        );
        return None;
    };
    let mut fields = Fields::new(format!("the plan \"{name}\""), table, span, wrong);
    let listed = fields.list("waves");
    if listed.is_none() && table.get("waves").is_none() {
        fields.report(
            Diagnostic::error(codes::MISSING_KEY, format!("the plan \"{name}\" has no `waves`"))
                .at(file, span.clone())
                .help("write, for instance, `waves = [{ name = \"remind\", before = \"2 days\", at = \"12:00\" }]`"),
        );
    }
    fields.refuse_the_rest();
    let mut waves: Vec<Wave> = Vec::new();
    for item in listed?.value {
        let Value::Table(table) = &item.value else {
            let help = "write `{ name = \"remind\", before = \"2 days\", at = \"12:00\" }`";
            wrong.push(wrong_kind(file, "waves", &item.value, "a list of waves", item.span).help(help));
            continue;
        };
        let Some(wave) = read_wave(file, table, &item.span, channels, wrong) else { continue };
        if let Some(first) = waves.iter().find(|first| first.name == wave.name) {
            wrong.push(
                Diagnostic::error(codes::TWICE, format!("two waves of the plan \"{name}\" are named \"{}\"", wave.name))
                    .at(file, wave.span.clone())
                    .also(file, first.span.clone(), "the first one")
                    .help("give each wave of a plan a name of its own; its words stand in `announce/<name>.txt`"),
            );
            continue;
        }
        waves.push(wave);
    }
    Some(Plan { waves, span: span.clone() })
}

fn read_wave(file: &FileId, table: &Table, span: &Span, channels: &[ChannelSettings], wrong: &mut Diagnostics) -> Option<Wave> {
    let mut fields = Fields::new("the wave", table, span, wrong);
    let name = fields.required_text("name", "remind");
    let before = fields.parsed("before", whole_days);
    let at = fields.parsed("at", parse_time);
    let once = fields.yes_or_no("once");
    let at_most = fields.parsed("at_most", at_most);
    let named = fields.list("channels");
    for (key, example) in [("before", "2 days"), ("at", "12:00")] {
        if table.get(key).is_none() {
            fields.missing(key, example);
        }
    }
    if let Some(name) = name.as_ref().filter(|name| Slug::new(&name.value).is_none()) {
        fields.report(not_a_slug(file, "a wave", name));
    }
    let known: Vec<&str> = channels.iter().map(|channel| channel.name.as_str()).collect();
    let channels = named.map(|named| {
        let mut chosen: Vec<ChannelName> = Vec::new();
        for item in named.value {
            match &item.value {
                Value::String(channel) if known.contains(&channel.as_str()) => {
                    if !chosen.iter().any(|name| name.as_str() == channel) {
                        chosen.push(ChannelName::new(channel));
                    }
                }
                Value::String(channel) => {
                    let error = Diagnostic::error(codes::UNKNOWN_CHANNEL, format!("there is no channel \"{channel}\""));
                    fields.report(pointed(error, file, item.span, channel, &known, "add the channel first, as a table `[[channels]]`"));
                }
                other => fields
                    .report(wrong_kind(file, "channels", other, "a list of names", item.span).help("write `channels = [\"mastodon\"]`")),
            }
        }
        chosen
    });
    fields.refuse_the_rest();
    let name = name.filter(|name| Slug::new(&name.value).is_some())?;
    Some(Wave {
        name: name.value,
        span: name.span,
        days_before: before?.value,
        at: at?.value,
        channels,
        once: once.is_some_and(|once| once.value),
        at_most: at_most.map(|most| most.value),
    })
}

/// `21:00-08:00`, or `none`.
fn quiet_hours(text: &str) -> Result<Option<QuietHours>, Problem> {
    if text.trim() == "none" {
        return Ok(None);
    }
    let parts = ["–", "-", " to "].iter().find_map(|between| text.split_once(between).map(|(from, to)| (from, to, text.len() - to.len())));
    let Some((from, to, offset)) = parts else {
        return Err(Problem::new(codes::QUIET, 0..text.len(), format!("\"{text}\" does not say from when to when it is quiet"))
            .help("write, for instance, \"21:00-08:00\", or \"none\""));
    };
    let to = parse_time(to).map_err(|problem| Problem { range: problem.range.start + offset..problem.range.end + offset, ..problem })?;
    Ok(Some(QuietHours { from: parse_time(from)?, to }))
}

/// A length of time that may be nothing: `45m`, `0m`.
fn length_or_nothing(text: &str) -> Result<Duration, Problem> {
    if is_nothing(text) { Ok(Duration::zero()) } else { parse_length(text) }
}

/// `0`, `0m`, `0 days`.
fn is_nothing(text: &str) -> bool {
    let text = text.trim();
    let digits = text.len() - text.trim_start_matches('0').len();
    let unit = text[digits..].trim().to_lowercase();
    digits > 0
        && matches!(
            unit.as_str(),
            "" | "m" | "min" | "mins" | "minute" | "minutes" | "h" | "hour" | "hours" | "d" | "day" | "days" | "week" | "weeks"
        )
}

/// A length of time in whole days: `14 days`, `0 days`.
fn whole_days(text: &str) -> Result<u32, Problem> {
    let length = length_or_nothing(text)?;
    let minutes = length.num_minutes();
    u32::try_from(minutes / 1440).ok().filter(|_| minutes % 1440 == 0).ok_or_else(|| {
        Problem::new(codes::WHOLE_DAYS, 0..text.len(), "a wave is so many whole days before an event, at a time of day")
            .help("write, for instance, `before = \"1 day\", at = \"17:00\"`")
    })
}

/// `1 in 3 weeks`.
fn at_most(text: &str) -> Result<AtMost, Problem> {
    let wrong = || {
        Problem::new(codes::AT_MOST, 0..text.len(), format!("\"{text}\" does not say how often at most"))
            .help("write, for instance, `at_most = \"1 in 3 weeks\"`")
    };
    let (times, period) = text.split_once(" in ").ok_or_else(wrong)?;
    let times: u32 = times.trim().parse().ok().filter(|times| (1..=1000).contains(times)).ok_or_else(wrong)?;
    let offset = text.len() - period.len();
    let period =
        parse_length(period).map_err(|problem| Problem { range: problem.range.start + offset..problem.range.end + offset, ..problem })?;
    let days =
        u32::try_from(period.num_minutes() / 1440).ok().filter(|days| *days > 0 && period.num_minutes() % 1440 == 0).ok_or_else(wrong)?;
    Ok(AtMost { times, days })
}
