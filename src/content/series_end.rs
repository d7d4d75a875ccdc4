//! Parts of a series that people write elsewhere: its last day as `until` or as the end of its first date, its rule as its start.

use crate::calendar::{
    DateOrTime, Datelike, Duration, NaiveDate, NaiveDateTime, Pattern, Zone, at, length, parse_date_time, parse_end, parse_repeats, plus,
    plus_days, weekday_name,
};
use crate::content::fields::{Fields, day};
use crate::diagnostic::{Diagnostic, Span, codes};

/// Keys that say the last day of a series in other programs.
const UNTIL: &[&str] = &["until", "repeats_until", "repeat_until", "repeat_end", "end_repeat", "series_end", "last_date", "hasta"];

/// One date of an event that lasts longer than this most likely holds the end of its series; a sale over a long weekend does not.
const LONG: i64 = 4;

/// "every Thursday until 2027-03-25": the rule that is written, or the weekday of the start, with the last day behind it.
fn rule_until(fields: &Fields<'_>, starts: Option<NaiveDateTime>, last: NaiveDate) -> String {
    let ends_already = |rule: &str| [" until ", " hasta ", " times", " veces", "="].iter().any(|sign| rule.contains(sign));
    match fields.peek("repeats").filter(|rule| !ends_already(rule)) {
        Some(rule) => format!("repeats: {} until {last}", rule.trim()),
        None => format!("repeats: every {} until {last}", weekday_name(starts.map_or(last.weekday(), |starts| starts.date().weekday()))),
    }
}

/// The start, if it can be read.
fn start_of(fields: &Fields<'_>) -> Option<NaiveDateTime> {
    fields.peek("starts").and_then(|text| parse_date_time(text).ok())
}

/// Says of a key such as `until` that the end of a series stands behind its rule.
pub(super) fn refuse_until(fields: &mut Fields<'_>) {
    let rule = fields.has("repeats");
    let meant = |key: &str| UNTIL.contains(&key) || rule && matches!(key, "end_date" | "enddate");
    let Some(key) = fields.left().map(|key| key.name.clone()).find(|key| meant(&key.to_lowercase().replace([' ', '-'], "_"))) else {
        return;
    };
    let Some(last) = fields.peek(&key).and_then(|text| day(text).ok()) else { return };
    let write = rule_until(fields, start_of(fields), last);
    let Some((span, _)) = fields.take_own(&key) else { return };
    fields.report(
        Diagnostic::error(codes::UNKNOWN_KEY, format!("an event has no key `{key}`"))
            .at_noted(fields.file, span, "the last day of a series?")
            .help(format!("the last day stands behind the rule: write `{write}`")),
    );
}

/// What to write instead of `ends: 2027-03-25`, if that is far from the start: more likely it is the end of a series.
pub(super) fn instead_of_ends(fields: &Fields<'_>, written: &str) -> Option<String> {
    let (starts, last) = (start_of(fields)?, day(written).ok()?);
    let far = fields.has("repeats") || last > plus_days(starts.date(), LONG);
    (far && last > starts.date() && !is_self_directed(fields)).then(|| {
        format!(
            "`ends` is the end of one date: write its time alone, such as `ends: {}`; the last day of a series stands behind its rule: `{}`",
            plus(starts, Duration::hours(1)).format("%H:%M"),
            rule_until(fields, Some(starts), last)
        )
    })
}

/// `starts: every Thursday at 10:30`: the first date from today on, and the rule on a line of its own.
pub(super) fn rule_in_starts(written: &str, today: NaiveDate, zone: Zone) -> Option<String> {
    let (rule, time) = [" at ", " a las ", ", "].into_iter().find_map(|between| written.split_once(between)).unwrap_or((written, "10:30"));
    let rule = rule.trim();
    let Ok(DateOrTime::Time(time)) = parse_end(time) else { return None };
    let pattern = Pattern { rule: Some(parse_repeats(rule, today).ok()?), ..Pattern::once(at(today, time)) };
    let first = pattern.next_on_or_after(today, zone)?;
    Some(format!("write the first date as `starts: {}`, and the rule as `repeats: {rule}`", first.starts.format("%Y-%m-%d %H:%M")))
}

/// Do people come by themselves, as long as it is on?
fn is_self_directed(fields: &Fields<'_>) -> bool {
    fields.peek("kind").is_some_and(|kind| kind.to_lowercase().starts_with("self"))
}

/// What is asked of the length of one date before the keys that tell of it are taken.
pub(super) struct Asked {
    self_directed: bool,
    rule: String,
}

impl Asked {
    /// Looks at the keys.
    pub(super) fn of(fields: &Fields<'_>, ends: Option<NaiveDateTime>) -> Asked {
        let last = ends.map_or(NaiveDate::MAX, |ends| ends.date());
        Asked { self_directed: is_self_directed(fields), rule: rule_until(fields, start_of(fields), last) }
    }

    /// Warns of a date that goes on for days, or until the next one has begun.
    pub(super) fn check(self, fields: &mut Fields<'_>, pattern: &Pattern, lasts: Duration, span: Span, zone: Zone) {
        let ends = plus(pattern.starts, lasts);
        let day = pattern.starts.date();
        let of_rule = Pattern { rule: pattern.rule.clone(), ..Pattern::once(pattern.starts) };
        let next = of_rule.between(day, ends.date(), zone).nth(1).filter(|next| next.starts < ends);
        let time = if ends.time() > pattern.starts.time() { ends } else { plus(pattern.starts, Duration::hours(1)) };
        let time = time.format("%H:%M");
        let (said, help) = match next {
            Some(_) => (
                format!("each date lasts {}, and the next one begins before it is over", length(lasts)),
                format!(
                    "`ends` is the end of one date: write `ends: {time}`; the last day of the series stands behind its rule: `{}`",
                    self.rule
                ),
            ),
            None if lasts > Duration::days(LONG) && !self.self_directed => (
                format!("it goes on for {} without a break", length(lasts)),
                format!(
                    "if it is for an hour or so again and again, write `ends: {time}` and `{}`; if people come whenever they like, write `kind: self-directed`",
                    self.rule
                ),
            ),
            None => return,
        };
        fields.report(Diagnostic::warning(codes::LASTS_LONG, said).at(fields.file, span).help(help));
    }
}
