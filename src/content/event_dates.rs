//! When an event takes place: `starts`, `ends` or `lasts`, `repeats`, `skips`, `adds`.

use std::collections::BTreeSet;

use crate::calendar::{
    Civil, DateOrTime, Datelike, Duration, End, Language, NaiveDate, NaiveDateTime, Pattern, RecurrenceRule, Timelike, Until, Zone, at,
    length, long_date_with_year, parse_date_time, parse_end, parse_length, parse_repeats, plain_date, plus, plus_days, resolve, sentence,
    time, weekday_name,
};
use crate::content::entry::World;
use crate::content::fields::{Fields, Precision, day, day_or_moment};
use crate::content::series_end;
use crate::diagnostic::{Diagnostic, Span, codes};
use crate::settings::Written;
use crate::text::lower_first;

/// When an event takes place, and where that is written.
pub(super) struct Dates {
    pub(super) pattern: Pattern,
    pub(super) lasts: Option<Duration>,
}

/// Nothing in a library goes on for longer than this.
const LONGEST: i64 = 366;

/// A first date that lies further back, in days, is most likely a slip of the pen.
const OLDEST: i64 = 20 * 366;

/// A first date that lies further ahead, in days, is most likely one too.
const FARTHEST: i64 = 10 * 366;

/// Reads when an event takes place; none without a first date.
pub(super) fn read_dates(fields: &mut Fields<'_>, world: World<'_>) -> Option<Dates> {
    let zone = world.settings.site.zone;
    let there = fields.has("starts");
    series_end::refuse_until(fields);
    let instead_of_ends = fields.peek("ends").and_then(|ends| series_end::instead_of_ends(fields, ends));
    let asked = fields.peek("ends").map(|ends| series_end::Asked::of(fields, parse_date_time(ends).ok()));
    let starts = fields.parsed("starts", |text| {
        parse_date_time(text).map_err(|wrong| match series_end::rule_in_starts(text, world.now.today(), zone) {
            Some(help) => wrong.help(help),
            None => wrong,
        })
    });
    if !there {
        fields.missing("starts", "2026-12-03 10:30");
    }
    let long_ago = plus_days(world.now.today(), -OLDEST);
    // A rule may have begun long ago and go on.
    if let Some(starts) = starts.as_ref().filter(|starts| starts.value.date() < long_ago && !fields.has("repeats")) {
        fields.report(
            Diagnostic::warning(codes::YEAR, format!("it starts more than twenty years ago, in {}", starts.value.year()))
                .at(fields.file, starts.span.clone())
                .help("look at the year"),
        );
    }
    if let Some(starts) = starts.as_ref().filter(|starts| starts.value.date() > plus_days(world.now.today(), FARTHEST)) {
        fields.report(
            Diagnostic::warning(codes::YEAR, format!("it starts more than ten years from now, in {}", starts.value.year()))
                .at(fields.file, starts.span.clone())
                .help("look at the year"),
        );
    }
    let starts = starts.filter(|starts| comes(fields, starts.value, &starts.span, zone));
    let ends = fields
        .parsed("ends", |text| parse_end(text).map_err(|wrong| if let Some(help) = instead_of_ends { wrong.help(help) } else { wrong }));
    let lasts = fields.parsed("lasts", parse_length);
    let repeats = fields.text("repeats");
    let mut skips = dates_in_words(fields, "skips");
    let skipped_ranges = take_ranges(&mut skips);
    let only_ranges = skips.is_empty();
    let skips: Vec<Written<NaiveDate>> = skips.iter().filter_map(|written| fields.parse(written, day)).collect();
    let mut adds = dates_in_words(fields, "adds");
    for range in take_ranges(&mut adds) {
        fields.report(
            Diagnostic::error(codes::DATE, "`adds` takes single dates, and this is a range")
                .at(fields.file, range.span)
                .help("write each of its dates, with commas between; or say with `repeats` how it goes on and until when"),
        );
    }
    let Some(starts) = starts else {
        for added in adds {
            fields.parse(&added, day_or_moment);
        }
        return None;
    };
    ends_and_lasts(fields, ends.as_ref(), lasts.as_ref());
    let ends_at = ends.as_ref().map(|ends| ends.span.clone());
    let lasts = match ends {
        Some(ends) => length_until(fields, starts.value, &ends),
        None => lasts.map(|lasts| lasts.value),
    };
    let mut pattern = Pattern::once(starts.value);
    if let Some(repeats) = &repeats {
        if let Some((_, last)) = range_of(&repeats.value) {
            let every = format!("repeats: every {} until {last}", weekday(starts.value.date()));
            fields.report(
                Diagnostic::error(codes::REPEATS, "a range of dates does not say how often the event repeats")
                    .at(fields.file, repeats.span.clone())
                    .help(format!("say it in words, and how long: `{every}`")),
            );
            return None;
        }
        // With a rule that cannot be read, nothing more can be said about its dates.
        if let Some(several) = several_dates(&repeats.value) {
            fields.report(
                Diagnostic::error(codes::REPEATS, "these are dates, not a way to say how an event repeats")
                    .at(fields.file, repeats.span.clone())
                    .help(format!("write `adds: [{}]`", several.join(", "))),
            );
            return None;
        }
        pattern.rule = Some(fields.parse(repeats, |text| parse_repeats(text, starts.value.date()))?.value);
        check_rule(fields, &pattern, &starts, repeats, zone)?;
    }
    if let (Some(asked), Some(lasts), Some(span)) = (asked, lasts, ends_at) {
        asked.check(fields, &pattern, lasts, span, zone);
    }
    for range in &skipped_ranges {
        refuse_range(fields, &pattern, range, only_ranges && skipped_ranges.len() == 1, zone);
    }
    check_skips(fields, &mut pattern, &skips, &adds, repeats.is_some(), zone);
    for added in adds {
        if let Some(moment) = fields.parse(&added, day_or_moment) {
            let moment = match moment.value {
                (moment, Precision::Minute) => moment,
                (moment, Precision::Day) => at(moment.date(), starts.value.time()),
            };
            if comes(fields, moment, &added.span, zone) && adds_a_date(fields, &pattern, moment, &added.span, zone) {
                pattern.adds.insert(moment);
            }
        }
    }
    if let Some(repeats) = &repeats {
        warn_of_gaps(fields, &pattern, &repeats.span, world);
    }
    Some(Dates { pattern, lasts })
}

/// Both an end and a length are one too many.
pub(super) fn ends_and_lasts(fields: &mut Fields<'_>, ends: Option<&Written<DateOrTime>>, lasts: Option<&Written<Duration>>) {
    if let (Some(ends), Some(lasts)) = (ends, lasts) {
        fields.report(
            Diagnostic::error(codes::ENDS_AND_LASTS, "`ends` and `lasts` say the same thing twice")
                .at(fields.file, lasts.span.clone())
                .also(fields.file, ends.span.clone(), "the end is here")
                .help("keep one of the two"),
        );
    }
}

/// Does this wall-clock time come? One that daylight saving skips is an error, since somebody wrote it.
pub(super) fn comes(fields: &mut Fields<'_>, local: NaiveDateTime, span: &Span, zone: Zone) -> bool {
    let Civil::Gap { moved } = resolve(local, zone) else { return true };
    fields.report(
        Diagnostic::error(
            codes::TIME_SKIPPED,
            format!("{} does not come on {}: clocks go forward over it", time(local.time()), long_date_with_year(local.date())),
        )
        .at(fields.file, span.clone())
        .help(format!("write a time before the gap or after it, such as `{}`", moved.naive_local().format("%Y-%m-%d %H:%M"))),
    );
    false
}

/// How long it is from a start to its written end; an end that is no later than its start is an error.
pub(super) fn length_until(fields: &mut Fields<'_>, starts: NaiveDateTime, ends: &Written<DateOrTime>) -> Option<Duration> {
    let (end, alone) = match ends.value {
        DateOrTime::Time(time) => (at(starts.date(), time), true),
        DateOrTime::DateTime(end) => (end, false),
    };
    let lasts = end.signed_duration_since(starts);
    if lasts > Duration::zero() && lasts <= Duration::days(LONGEST) {
        return Some(lasts);
    }
    let (said, help) = if lasts > Duration::zero() {
        (
            "it would go on for more than a year".to_owned(),
            "look at the year; what is there all the time is a page, not an event".to_owned(),
        )
    } else if lasts == Duration::zero() {
        ("it ends in the minute it starts".to_owned(), "write a later end, or leave `ends` out".to_owned())
    } else if alone {
        let next_day = format!("if it ends on the next day, write `ends: {} {}`", plus_days(starts.date(), 1), end.time().format("%H:%M"));
        let afternoon = plus(end, Duration::hours(12));
        (
            format!("it ends at {}, before it starts at {}", time(end.time()), time(starts.time())),
            if afternoon > starts && afternoon.date() == starts.date() {
                format!("write `ends: {}`; {next_day}", afternoon.format("%H:%M"))
            } else {
                format!("write a later time, or an earlier one for `starts`; {next_day}")
            },
        )
    } else {
        (
            format!("it ends {} before it starts", length(starts.signed_duration_since(end))),
            "exchange the two, or mend the date that is wrong".to_owned(),
        )
    };
    fields.report(Diagnostic::error(codes::ENDS_BEFORE, said).at(fields.file, ends.span.clone()).help(help));
    None
}

/// The items of a list of dates. `[December 15, 2026]` is two items to YAML, which is told once.
fn dates_in_words(fields: &mut Fields<'_>, key: &str) -> Vec<Written<String>> {
    let items = fields.texts(key);
    if let [one] = items.as_slice()
        && let Some(several) = several_dates(&one.value)
    {
        fields.report(
            Diagnostic::error(codes::COMMA, format!("several dates of `{key}` stand in brackets"))
                .at(fields.file, one.span.clone())
                .help(format!("write `{key}: [{}]`", several.join(", "))),
        );
        return Vec::new();
    }
    let is_year = |text: &str| text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit());
    let whole: Vec<NaiveDate> = items.windows(2).filter_map(|pair| day(&format!("{}, {}", pair[0].value, pair[1].value)).ok()).collect();
    let (Some(first), Some(last)) = (items.first(), items.last()) else { return items };
    if whole.is_empty() || !items.iter().any(|item| is_year(&item.value)) {
        return items;
    }
    let whole: Vec<String> = whole.iter().map(NaiveDate::to_string).collect();
    let error = Diagnostic::error(codes::COMMA, "a comma within a date parts it in two")
        .at(fields.file, first.span.start..last.span.end)
        .help(format!("write `{key}: [{}]`, or put each date in quotes", whole.join(", ")));
    fields.report(error);
    Vec::new()
}

/// Dates in a row, with commas or "and" between them.
fn several_dates(text: &str) -> Option<Vec<String>> {
    let parts: Vec<&str> = [",", ";", " and "].into_iter().map(|between| text.split(between)).find_map(|parts| {
        let parts: Vec<&str> = parts.map(str::trim).collect();
        (parts.len() > 1 && parts.iter().all(|part| day(part).is_ok())).then_some(parts)
    })?;
    parts.into_iter().map(|part| day(part).ok().map(|date| date.to_string())).collect()
}

/// A range of dates in words: its first and its last day.
fn range_of(text: &str) -> Option<(NaiveDate, NaiveDate)> {
    let text = text.trim();
    let text = text.strip_prefix("from ").unwrap_or(text);
    let mut parted = [" to ", " - ", "–", "—", " through ", " thru ", " until ", " till ", ".."].into_iter();
    parted.find_map(|between| {
        let (first, last) = text.split_once(between)?;
        let (first, last) = (day(first.trim()).ok()?, day(last.trim()).ok()?);
        (first < last).then_some((first, last))
    })
}

/// Takes the items out of a list of dates that are ranges of them.
fn take_ranges(items: &mut Vec<Written<String>>) -> Vec<Written<(NaiveDate, NaiveDate)>> {
    let ranges = items.iter().filter_map(|item| Some(Written { value: range_of(&item.value)?, span: item.span.clone() })).collect();
    items.retain(|item| range_of(&item.value).is_none());
    ranges
}

/// More dates than these nobody wants to read in a message.
const DATES_NAMED: usize = 24;

/// `skips` takes dates: those of the rule that lie in the range are what is meant.
fn refuse_range(fields: &mut Fields<'_>, pattern: &Pattern, range: &Written<(NaiveDate, NaiveDate)>, alone: bool, zone: Zone) {
    let (first, last) = range.value;
    let mut dates: Vec<String> = pattern.between(first, last, zone).take(DATES_NAMED + 1).map(|planned| planned.on.to_string()).collect();
    dates.dedup();
    let help = match dates.len() {
        0 => format!("no date of the event lies in it, so take it out; {}", near_dates(pattern, first, zone)),
        1..=DATES_NAMED if alone => format!("write the dates of the event that lie in it: `skips: [{}]`", dates.join(", ")),
        1..=DATES_NAMED => format!("write in its place the dates of the event that lie in it: {}", dates.join(", ")),
        _ => "write each date of the event that lies in it; or let the rule end before, and write a second event for the time after"
            .to_owned(),
    };
    fields.report(
        Diagnostic::error(codes::DATE, "`skips` takes single dates, and this is a range").at(fields.file, range.span.clone()).help(help),
    );
}

/// A rule must give a date, and its start must be one of them.
fn check_rule(
    fields: &mut Fields<'_>,
    pattern: &Pattern,
    starts: &Written<NaiveDateTime>,
    repeats: &Written<String>,
    zone: Zone,
) -> Option<()> {
    if pattern.start_matches_rule(zone) {
        return Some(());
    }
    let near = pattern.nearest_matches(zone);
    if near.is_empty() || pattern.rule_has_no_date(zone) && ends_before(pattern, starts.value.date()) {
        fields.report(
            Diagnostic::error(codes::RULE_HAS_NO_DATE, "no date fits this rule, so the event would never take place")
                .at(fields.file, repeats.span.clone())
                .help(if ends_before(pattern, starts.value.date()) {
                    format!("it ends before the event begins on {}: write a later date behind `until`", plain_date(starts.value.date()))
                } else {
                    "look at the end of the rule, and at its days and months".to_owned()
                }),
        );
        return None;
    }
    let date = starts.value.date();
    let named: Vec<String> = near.iter().map(|near| format!("`{near}` (a {})", weekday(*near))).collect();
    let repeats_so = pattern.rule.as_ref().map(|rule| lower_first(&sentence(&rule.clone().endless(), starts.value, Language::English)));
    let rule = repeats_so.unwrap_or_default();
    let said = match rule.strip_prefix("every ") {
        Some(_) => format!("{} is a {}, but it repeats {rule}", plain_date(date), weekday(date)),
        None => format!("{} is a {}, and no date of its rule: {rule}", plain_date(date), weekday(date)),
    };
    fields.report(
        Diagnostic::error(codes::START_NOT_IN_RULE, said)
            .at(fields.file, starts.span.clone())
            .also(fields.file, repeats.span.clone(), "the rule")
            .help(format!("write `starts` as the nearest date of the rule, {}; or change the rule", named.join(" or "))),
    );
    None
}

fn weekday(date: NaiveDate) -> &'static str {
    weekday_name(date.weekday())
}

/// Does the rule end before its event begins?
fn ends_before(pattern: &Pattern, starts: NaiveDate) -> bool {
    match pattern.rule.as_ref().map(RecurrenceRule::end) {
        Some(End::Until(Until::Date(last))) => last < starts,
        Some(End::Until(Until::Local(last))) => last.date() < starts,
        Some(End::Until(Until::Instant(last))) => last.date_naive() < starts,
        _ => false,
    }
}

/// Each skip must fall on a date of the rule, or it keeps nobody from coming.
fn check_skips(
    fields: &mut Fields<'_>,
    pattern: &mut Pattern,
    skips: &[Written<NaiveDate>],
    adds: &[Written<String>],
    repeats: bool,
    zone: Zone,
) {
    let mut checked = BTreeSet::new();
    for skip in skips {
        if !repeats && adds.is_empty() {
            fields.report(
                Diagnostic::error(codes::SKIPS_NOTHING, "an event with one date has nothing to skip")
                    .at(fields.file, skip.span.clone())
                    .help("write `status: cancelled` if it does not take place, or add `repeats: …`"),
            );
        } else if pattern.between(skip.value, skip.value, zone).next().is_none() {
            fields.report(
                Diagnostic::error(
                    codes::SKIPS_NOTHING,
                    format!("nothing takes place on {}, so there is nothing to skip", long_date_with_year(skip.value)),
                )
                .at(fields.file, skip.span.clone())
                .help(near_dates(pattern, skip.value, zone)),
            );
        }
        checked.insert(skip.value);
    }
    pattern.skips = checked;
}

/// An added date that is there already adds nothing. One that `skips` names is brought back by it, and stays.
fn adds_a_date(fields: &mut Fields<'_>, pattern: &Pattern, moment: NaiveDateTime, span: &Span, zone: Zone) -> bool {
    let day = moment.date();
    if pattern.adds.contains(&moment) || pattern.between(day, day, zone).any(|planned| planned.starts == moment) {
        let later = plus(moment, Duration::hours(if moment.hour() < 21 { 2 } else { -2 }));
        let said = format!("it takes place on {} at {} already", long_date_with_year(day), time(moment.time()));
        fields.report(Diagnostic::error(codes::ADDS_NOTHING, said).at(fields.file, span.clone()).help(format!(
            "take it out of `adds`; a second one that day has a time of its own, such as `{}`",
            later.format("%Y-%m-%d %H:%M")
        )));
        return false;
    }
    true
}

/// "the nearest dates are …", for somebody who meant one of them.
pub(super) fn near_dates(pattern: &Pattern, around: NaiveDate, zone: Zone) -> String {
    let before = pattern.between(plus_days(around, -366), plus_days(around, -1), zone).last().map(|planned| planned.on);
    let after = pattern.between(around, plus_days(around, 366), zone).next().map(|planned| planned.on);
    let said = |date: NaiveDate| format!("{date} ({})", weekday(date));
    match (before, after) {
        (Some(before), Some(after)) => format!("the nearest dates are {} and {}", said(before), said(after)),
        (Some(one), None) | (None, Some(one)) => format!("the nearest date is {}", said(one)),
        (None, None) => "there is no date near it".to_owned(),
    }
}

/// A computed time that daylight saving skips moves on; whoever wrote the rule should know.
fn warn_of_gaps(fields: &mut Fields<'_>, pattern: &Pattern, span: &Span, world: World<'_>) {
    let zone = world.settings.site.zone;
    for gap in world.gaps {
        let day = gap.from.date();
        let start = at(day, pattern.starts.time());
        if start < gap.from || start >= gap.to || !pattern.between(day, day, zone).any(|planned| planned.starts == start) {
            continue;
        }
        let moved = plus(start, gap.to.signed_duration_since(gap.from));
        fields.report(
            Diagnostic::warning(
                codes::TIME_SKIPPED,
                format!(
                    "on {} clocks go forward over {}: that date begins at {}",
                    long_date_with_year(day),
                    time(start.time()),
                    time(moved.time())
                ),
            )
            .at(fields.file, span.clone())
            .help(format!("if that is not meant, give the date its own time: `changes: {{ {day}: {{ starts: … }} }}`")),
        );
    }
}
