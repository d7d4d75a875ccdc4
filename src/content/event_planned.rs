//! Which date of an event is meant where a key names one: in `changes`, in `attendance`.

use crate::calendar::{Datelike, Planned, long_date_with_year, time};
use crate::content::entry::World;
use crate::content::event_dates::{Dates, near_dates};
use crate::content::fields::{Fields, Precision, day, day_or_moment};
use crate::content::front_matter::Key;
use crate::diagnostic::{Code, Diagnostic, codes};
use crate::settings::Written;

/// What is said of dates, for messages about one that is not there.
pub(super) struct About {
    code: Code,
    verb: &'static str,
    if_skipped: &'static str,
}

impl About {
    /// `changes`
    pub(super) const CHANGES: About = About {
        code: codes::CHANGES_NOTHING,
        verb: "change",
        if_skipped: "take it out of `skips` to tell people that it is cancelled; or take the change out",
    };
    /// `attendance`
    pub(super) const COUNTS: About = About {
        code: codes::COUNTED_NOWHERE,
        verb: "count",
        if_skipped: "take it out of `skips` if it took place after all; or take the number out",
    };
}

/// "December 10" → "write `2026-12-10`", when just one date of the event is on such a day from its start on.
fn with_its_year(text: &str, dates: Option<&Dates>, world: World<'_>) -> Option<String> {
    let pattern = &dates?.pattern;
    let year = pattern.starts.year();
    let mut days = (year..=year + 1).filter_map(|year| day(&format!("{text}, {year}")).ok());
    let on = days.find(|on| pattern.between(*on, *on, world.settings.site.zone).next().is_some())?;
    Some(format!("write `{on}`"))
}

/// The planned date that a key names.
pub(super) fn planned_by(fields: &mut Fields<'_>, key: &Key, dates: Option<&Dates>, about: &About, world: World<'_>) -> Option<Planned> {
    let written = Written { value: key.name.clone(), span: key.span.clone() };
    let moment = fields
        .parse(&written, |text| {
            day_or_moment(text).map_err(|wrong| with_its_year(text, dates, world).map_or(wrong.clone(), |help| wrong.help(help)))
        })?
        .value;
    let dates = dates?;
    let zone = world.settings.site.zone;
    let day = moment.0.date();
    let that_day: Vec<Planned> = dates.pattern.between(day, day, zone).collect();
    let found = match moment.1 {
        Precision::Minute => that_day.iter().find(|planned| planned.starts == moment.0),
        Precision::Day if that_day.len() > 1 => {
            let times: Vec<String> = that_day.iter().map(|planned| format!("`{day} {}`", planned.starts.format("%H:%M"))).collect();
            fields.report(
                Diagnostic::error(about.code, format!("it takes place {} times on {}", that_day.len(), long_date_with_year(day)))
                    .at(fields.file, key.span.clone())
                    .help(format!("name the time as well: {}", times.join(" or "))),
            );
            return None;
        }
        Precision::Day => that_day.first(),
    };
    if found.is_none() {
        let (said, help) = match that_day.first() {
            Some(other) => (
                format!("it does not start at {} on {}", time(moment.0.time()), long_date_with_year(day)),
                format!("on that day it starts at {}", time(other.starts.time())),
            ),
            None if dates.pattern.skips.contains(&day) => (
                format!("{} is among the `skips`, so there is nothing to {}", long_date_with_year(day), about.verb),
                about.if_skipped.to_owned(),
            ),
            None => (
                format!("it does not take place on {}, so there is nothing to {}", long_date_with_year(day), about.verb),
                near_dates(&dates.pattern, day, zone),
            ),
        };
        fields.report(Diagnostic::error(about.code, said).at(fields.file, key.span.clone()).help(help));
    }
    found.copied()
}
