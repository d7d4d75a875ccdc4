//! `[hours]`, `[[seasons]]`, `[[closings]]`: the hours of every branch that does not say its own.
//!
//! A branch's own file says the same things in the same words, in YAML. So what they mean is read here once, over [`Keys`]: the keys of one
//! map, whichever language it is written in.

use crate::calendar::{
    Datelike, Interval, NaiveDate, OnClosing, Pattern, RecurrenceRule, Season, SeasonDays, SeasonEnd, Special, SpecialDays, Weekly,
    midnight, month_name, parse_date, parse_days, parse_every, parse_intervals, parse_season_end, plus_days, weekday_name,
};
use crate::diagnostic::suggest::nearest;
use crate::diagnostic::{Diagnostic, Diagnostics, FileId, Problem, Span, codes};
use crate::settings::fields::{problem_at, wrong_kind};
use crate::settings::key::{Known, Takes, key};
use crate::settings::{Fields, Node, Table, Value, Written, file};

/// What holds for every branch that does not say otherwise.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct LibraryHours {
    /// `[hours]`: the hours of a branch without hours of its own.
    pub weekly: Option<Weekly>,
    /// `[[seasons]]`: those of a branch that has the library's hours, and no seasons of its own.
    pub seasons: Vec<Season>,
    /// `[[closings]]`: of every branch, unless it says otherwise for a date.
    pub closings: Vec<Special>,
}

/// The keys of a closing.
pub const CLOSING: &[Known] = &[
    key("date", "one day").takes(Takes::Date).example("2026-12-24"),
    key("from", "the first of several days; beside `every` the first day that the rule counts from")
        .takes(Takes::Date)
        .example("2027-08-02"),
    key("until", "the last of several days").takes(Takes::Date).example("2027-08-07"),
    key("every", "a rule, as events repeat").takes(Takes::Rule).example("last Monday of May"),
    key("hours", "the hours of those days").takes(Takes::Hours).default("closed").example("10:00-14:00"),
    key("reason", "why, as it is said behind \"closed for\"").example("Memorial Day"),
    key("events", "what happens to the events of those days: `cancel` or `keep`")
        .takes(Takes::OneOf(&["cancel", "keep"]))
        .default("as `on_closing` in `[calendar]` of site.toml says; without that a warning names each")
        .example("cancel"),
];

/// The keys of a season.
pub const SEASON: &[Known] = &[
    key("name", "as patrons read it").example("Summer hours").needed(),
    key("from", "its first day: of every year, or with the year of one").takes(Takes::Either(SEASON_END)).example("June 15").needed(),
    key("until", "its last day").takes(Takes::Either(SEASON_END)).example("September 5").needed(),
    key("hours", "its hours by weekday; days it does not name stay as they are")
        .takes(Takes::ByName(&Takes::Hours))
        .example("{ fri: 10:00-16:00, sat: closed }")
        .needed(),
];

const SEASON_END: &[Takes] = &[Takes::Line, Takes::Date];

/// The keys of one map, in a file's head or in site.toml.
pub trait Keys {
    /// The file they stand in.
    fn file(&self) -> FileId;
    /// Does the key stand there, whatever its value?
    fn has(&self, key: &str) -> bool;
    /// A text; what is wrong with it is said.
    fn text(&mut self, key: &'static str) -> Option<Written<String>>;
    /// A text, or a list of texts; none when there is nothing to go by, which is said.
    fn texts(&mut self, key: &'static str) -> Option<Vec<Written<String>>>;
    /// Days and their hours, each with the place of the days.
    fn by_day(&mut self, key: &'static str) -> Option<Vec<DayWords>>;
    /// Says that a key is missing.
    fn missing(&mut self, key: &'static str, example: &str);
    /// Notes a message.
    fn report(&mut self, diagnostic: Diagnostic);
}

/// Days of the week as written, and their hours as written.
pub type DayWords = (Written<String>, Vec<Written<String>>);

/// A text that a parser of small texts understands, its problem put at its place.
fn parsed<T>(keys: &mut impl Keys, text: &Written<String>, parse: impl FnOnce(&str) -> Result<T, Problem>) -> Option<Written<T>> {
    match parse(&text.value) {
        Ok(value) => Some(Written { value, span: text.span.clone() }),
        Err(problem) => {
            let file = keys.file();
            keys.report(problem_at(problem, &file, text));
            None
        }
    }
}

/// The hours of one day: the texts of a list are its parts.
fn intervals(keys: &mut impl Keys, texts: &[Written<String>]) -> Option<Vec<Interval>> {
    let mut all: Vec<(Interval, Span)> = Vec::new();
    for text in texts {
        let parts = parsed(keys, text, parse_intervals)?;
        all.extend(parts.value.into_iter().map(|part| (part, text.span.clone())));
    }
    all.sort_by_key(|(interval, _)| *interval);
    if let Some(pair) = all.windows(2).find(|pair| pair[0].0.is_overnight() || pair[1].0.opens < pair[0].0.closes) {
        let file = keys.file();
        keys.report(
            Diagnostic::error(codes::HOURS, "two hours of one day overlap")
                .at(&file, pair[1].1.clone())
                .help("write the hours of a day with a gap between them, such as `10-12, 13-17`"),
        );
        return None;
    }
    Some(all.into_iter().map(|(interval, _)| interval).collect())
}

/// Hours by weekday; none of a day that is not named.
pub fn read_week(keys: &mut impl Keys, days: &[DayWords]) -> [Option<Vec<Interval>>; 7] {
    let mut week: [Option<Vec<Interval>>; 7] = Default::default();
    let mut said: [Option<Span>; 7] = Default::default();
    for (named, texts) in days {
        let (days, hours) = (parsed(keys, named, parse_days), intervals(keys, texts));
        let (Some(days), Some(hours)) = (days, hours) else { continue };
        for day in days.value {
            let at = day.num_days_from_monday() as usize;
            if let Some(first) = &said[at] {
                let file = keys.file();
                keys.report(
                    Diagnostic::error(codes::TWICE, format!("the hours of {} stand here a second time", weekday_name(day)))
                        .at(&file, named.span.clone())
                        .also(&file, first.clone(), "the first time")
                        .help("name each day once"),
                );
            } else {
                said[at] = Some(named.span.clone());
                week[at] = Some(hours.clone());
            }
        }
    }
    week
}

/// `cancel` or `keep`.
pub fn read_on_closing(file: &FileId, key: &str, written: &Written<String>) -> Result<OnClosing, Diagnostic> {
    let lower = written.value.to_lowercase();
    if let Some((_, known)) = OnClosing::WRITTEN.iter().find(|(name, _)| *name == lower) {
        return Ok(*known);
    }
    let error = Diagnostic::error(codes::ON_CLOSING, format!("`{key}` is `cancel` or `keep`, not \"{}\"", written.value));
    let meant = match lower.as_str() {
        "cancelled" | "canceled" | "off" | "skip" | "none" | "no" | "false" => Some("cancel"),
        "kept" | "keeps" | "on" | "stay" | "yes" | "true" => Some("keep"),
        _ => nearest(&lower, OnClosing::WRITTEN.map(|(name, _)| name)),
    };
    let remedy = "write `cancel` to call off what falls on such a day, `keep` if it takes place all the same";
    Err(match meant {
        Some(meant) => error.at_noted(file, written.span.clone(), format!("did you mean `{meant}`?")).help(remedy),
        None => error.at(file, written.span.clone()).help(remedy),
    })
}

/// One closing, which begins at `span`.
pub fn read_closing(keys: &mut impl Keys, span: &Span) -> Option<Special> {
    let named = ["date", "from", "until", "every"].into_iter().filter(|name| keys.has(name)).collect::<Vec<_>>();
    let mut date = |key| {
        let text = keys.text(key)?;
        parsed(keys, &text, parse_date)
    };
    let (one, from, until) = (date("date"), date("from"), date("until"));
    let every = keys.text("every");
    // Asked for in any case, so that a misspelt one is known to be meant.
    let (there, texts) = (keys.has("hours"), keys.texts("hours"));
    let hours = there.then(|| texts.and_then(|texts| intervals(keys, &texts)));
    let reason = keys.text("reason").map(|text| text.value);
    let events = keys.text("events").and_then(|text| match read_on_closing(&keys.file(), "events", &text) {
        Ok(events) => Some(events),
        Err(wrong) => {
            keys.report(wrong);
            None
        }
    });
    let when = match named.as_slice() {
        ["date"] => one.map(|one| SpecialDays::One(one.value)),
        ["from", "until"] => from.zip(until).and_then(|(from, until)| range(keys, &from, &until)),
        ["every"] | ["from", "every"] => {
            // With a first day that cannot be read nothing can be said of the rule.
            let readable = named.len() == 1 || from.is_some();
            every.filter(|_| readable).and_then(|every| rule(keys, &every, from.map(|from| from.value)))
        }
        ["from" | "until"] => {
            let other = if named == ["from"] { "until" } else { "from" };
            let beside = from.as_ref().map(|from| plus_days(from.value, 1)).or(until.as_ref().map(|until| plus_days(until.value, -1)));
            keys.missing(other, &beside.map_or_else(|| "2026-12-31".to_owned(), |date| date.to_string()));
            None
        }
        several => {
            let said = if several.is_empty() { "a closing does not say when it is" } else { "a closing says in two ways when it is" };
            let file = keys.file();
            keys.report(
                Diagnostic::error(codes::CLOSING, said)
                    .at(&file, span.clone())
                    .help("give each closing one of these: a `date`; `from` and `until`; or a rule behind `every`"),
            );
            None
        }
    };
    Some(Special { intervals: hours.unwrap_or_else(|| Some(Vec::new()))?, when: when?, reason, events })
}

fn range(keys: &mut impl Keys, from: &Written<NaiveDate>, until: &Written<NaiveDate>) -> Option<SpecialDays> {
    if until.value < from.value {
        backwards(keys, codes::CLOSING, "the closing ends before it begins", &from.span, &until.span);
        return None;
    }
    Some(SpecialDays::Range(from.value, until.value))
}

fn backwards(keys: &mut impl Keys, code: crate::diagnostic::Code, said: &str, from: &Span, until: &Span) {
    let file = keys.file();
    keys.report(
        Diagnostic::error(code, said)
            .at(&file, until.clone())
            .also(&file, from.clone(), "it begins here")
            .help("exchange the two dates, or mend the one that is wrong"),
    );
}

/// The dates of a rule. Without a day to count from it must say by itself which they are.
fn rule(keys: &mut impl Keys, every: &Written<String>, from: Option<NaiveDate>) -> Option<SpecialDays> {
    let begin = from.unwrap_or_else(long_ago);
    let rule = parsed(keys, every, |text| parse_every(text, begin))?.value;
    // Another weekday, another day of the month, another month: what the words leave open shows.
    let other = NaiveDate::from_ymd_opt(2002, 2, 12).unwrap_or_default();
    let says_all = |rule: &RecurrenceRule| {
        let counts = rule.interval() > 1 || matches!(rule.end(), crate::calendar::End::Count(_));
        !counts && parse_every(&every.value, other).is_ok_and(|same| same == *rule)
    };
    if from.is_none() && !says_all(&rule) {
        let file = keys.file();
        keys.report(
            Diagnostic::error(codes::CLOSING, format!("\"{}\" does not say on which dates", every.value))
                .at(&file, every.span.clone())
                .help(
                    "name the day, as in `last Monday of May` or `every year on December 25`; or add `from`, the first date, to count from",
                ),
        );
        return None;
    }
    Some(SpecialDays::Rule(Pattern::repeating(midnight(begin), rule)))
}

/// Where rules for closings begin: a Monday and a first of the year, before anything that is shown.
fn long_ago() -> NaiveDate {
    NaiveDate::from_ymd_opt(2001, 1, 1).unwrap_or_default()
}

/// One season, which begins at `span`.
pub fn read_season(keys: &mut impl Keys, span: &Span) -> Option<Season> {
    let absent: Vec<&'static str> = ["name", "from", "until", "hours"].into_iter().filter(|name| !keys.has(name)).collect();
    let name = keys.text("name").map(|text| text.value);
    let mut end = |key| {
        let text = keys.text(key)?;
        parsed(keys, &text, |text| {
            parse_season_end(text).map_err(|wrong| whole_month(key, text).map_or(wrong.clone(), |help| wrong.help(help)))
        })
    };
    let (from, until) = (end("from"), end("until"));
    let days = keys.by_day("hours");
    let weekly = days.as_ref().map(|days| read_week(keys, days));
    for key in absent {
        let example = SEASON.iter().find(|known| known.name == key).map_or("", |known| known.example);
        keys.missing(key, example);
    }
    if days.as_ref().is_some_and(Vec::is_empty) {
        let file = keys.file();
        keys.report(
            Diagnostic::error(codes::SEASON, "a season without hours changes nothing")
                .at(&file, span.clone())
                .help("name the days that differ, and their hours"),
        );
    }
    let (from, until) = from.zip(until)?;
    let when = season_days(keys, &from, &until)?;
    Some(Season { name: name?, when, weekly: weekly? })
}

/// "June" → "write `from: June 1`"; the season ends on the last day of a month.
fn whole_month(key: &str, text: &str) -> Option<String> {
    let ends = |day: u32| parse_season_end(&format!("{} {day}", text.trim())).is_ok_and(|end| matches!(end, SeasonEnd::Yearly(_)));
    let mut days = if key == "from" { 1..=1 } else { 28..=31 };
    let day = days.rfind(|day| ends(*day))?;
    Some(format!("write its day too: `{key}: {} {day}`", text.trim()))
}

fn season_days(keys: &mut impl Keys, from: &Written<SeasonEnd>, until: &Written<SeasonEnd>) -> Option<SeasonDays> {
    let day = |dated: NaiveDate| format!("{} {}", month_name(dated), dated.day());
    let (one, other) = match (from.value, until.value) {
        (SeasonEnd::Yearly(from), SeasonEnd::Yearly(until)) => return Some(SeasonDays::Yearly(from, until)),
        (SeasonEnd::Date(first), SeasonEnd::Date(last)) => {
            if last < first {
                backwards(keys, codes::SEASON, "the season ends before it begins", &from.span, &until.span);
                return None;
            }
            return Some(SeasonDays::Dates(first, last));
        }
        (SeasonEnd::Date(dated), SeasonEnd::Yearly(yearly)) | (SeasonEnd::Yearly(yearly), SeasonEnd::Date(dated)) => {
            (day(dated), yearly.in_year(dated.year()))
        }
    };
    let file = keys.file();
    keys.report(
        Diagnostic::error(codes::SEASON, "one end of the season names a year and the other does not")
            .at(&file, until.span.clone())
            .also(&file, from.span.clone(), "it begins here")
            .help(format!("write \"{one}\" if it comes every year; or give both a year, as in `{other}`")),
    );
    None
}

impl Keys for Fields<'_> {
    fn file(&self) -> FileId {
        file()
    }

    fn has(&self, key: &str) -> bool {
        Fields::has(self, key)
    }

    fn text(&mut self, key: &'static str) -> Option<Written<String>> {
        let node = self.take(key)?;
        text_of(self, key, "…", node)
    }

    fn texts(&mut self, key: &'static str) -> Option<Vec<Written<String>>> {
        let node = self.take(key)?;
        texts_of(self, key, node)
    }

    fn by_day(&mut self, key: &'static str) -> Option<Vec<DayWords>> {
        let table = self.table(key)?;
        Some(day_words(self, table.value))
    }

    fn missing(&mut self, key: &'static str, example: &str) {
        if key == "hours" {
            let at = self.span();
            self.report(
                Diagnostic::error(codes::MISSING_KEY, "a season has no `hours`")
                    .at(&file(), at)
                    .help("write, for instance, `hours = { fri = \"10:00-16:00\", sat = \"closed\" }`"),
            );
        } else {
            Fields::missing(self, key, example);
        }
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        Fields::report(self, diagnostic);
    }
}

/// Hours as an example.
const HOURS: &str = "10:00-18:00";

/// A text; a date may stand without quotes, as TOML has it.
fn text_of(fields: &mut Fields<'_>, key: &str, example: &str, node: Node) -> Option<Written<String>> {
    match node.value {
        Value::String(text) if !text.trim().is_empty() => Some(Written { value: text, span: node.span }),
        Value::Date(text) => Some(Written { value: text, span: node.span }),
        Value::String(_) => {
            fields.report(
                Diagnostic::error(codes::EMPTY_VALUE, format!("`{key}` is empty"))
                    .at(&file(), node.span)
                    .help(format!("write `{key} = \"{example}\"`, or take the line out")),
            );
            None
        }
        other => {
            fields.report(
                wrong_kind(&file(), key, &other, "a text in quotes", node.span)
                    .help(format!("put what you mean in quotes: `{key} = \"{example}\"`")),
            );
            None
        }
    }
}

fn texts_of(fields: &mut Fields<'_>, key: &str, node: Node) -> Option<Vec<Written<String>>> {
    match node.value {
        Value::Array(items) => items.into_iter().map(|item| text_of(fields, key, HOURS, item)).collect(),
        _ => text_of(fields, key, HOURS, node).map(|text| vec![text]),
    }
}

/// The days of a table and their hours; a day whose hours cannot be read is left out, which is said.
fn day_words(fields: &mut Fields<'_>, table: Table) -> Vec<DayWords> {
    let day = |(name, span, node): (String, Span, Node)| Some((Written { value: name.clone(), span }, texts_of(fields, &name, node)?));
    table.0.into_iter().filter_map(day).collect()
}

/// `[hours]`, `[[seasons]]` and `[[closings]]` of site.toml.
pub(super) fn read(
    hours: Option<Written<Table>>,
    seasons: &[(Table, Span)],
    closings: &[(Table, Span)],
    wrong: &mut Diagnostics,
) -> LibraryHours {
    let weekly = hours.map(|table| {
        let mut fields = Fields::new("`[hours]`", &Table::default(), &table.span, wrong);
        let days = day_words(&mut fields, table.value);
        read_week(&mut fields, &days).map(Option::unwrap_or_default)
    });
    let mut library = LibraryHours { weekly, ..LibraryHours::default() };
    for (table, span) in seasons {
        let mut fields = Fields::new("`[[seasons]]`", table, span, wrong);
        library.seasons.extend(read_season(&mut fields, span));
        fields.refuse_the_rest();
    }
    for (table, span) in closings {
        let mut fields = Fields::new("`[[closings]]`", table, span, wrong);
        library.closings.extend(read_closing(&mut fields, span));
        fields.refuse_the_rest();
    }
    library
}
