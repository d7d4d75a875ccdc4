//! Words that promise what no rule can hold: "except holidays", "usually", "in summer", "as needed". They are refused, with the way to say it.

use std::ops::Range;

use chrono::{Datelike, NaiveDate};

use super::days::plus_days;
use super::language::Language;
use super::phrase::{day_number, parse_date, parse_day_of_year};
use super::print::plain_date;
use super::rule_words::{Meaning, fold, tokens};
use super::words::{Word, trimmed};
use crate::diagnostic::{Problem, codes};

/// What kind of promise it is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Promise {
    /// "usually": it does not say when not.
    Vague,
    /// "to be announced", "as needed": it does not say when.
    Open,
    /// "weather permitting", "if", "unless": it depends.
    Condition,
    /// "in summer", "during term": nobody but the library knows from when to when.
    Season,
    /// "holidays": they are closings.
    Holidays,
    /// "except …", "but not …": the dates that follow are skips.
    Except,
}

/// Longer ones stand before the shorter ones that begin them.
#[rustfmt::skip]
const PROMISES: &[(Promise, &[&str])] = &[
    (Promise::Holidays, &[
        "holidays", "holiday", "bank holidays", "public holidays", "feriados", "feriado", "festivos", "festivo", "dias festivos", "vacaciones",
        "vacation", "vacations", "spring break", "winter break", "breaks", "break", "closures", "closings", "closed",
    ]),
    (Promise::Season, &[
        "school year", "school days", "school day", "school nights", "school night", "school-night", "school-nights", "school weeks", "school",
        "term time", "term-time", "termtime", "term", "terms", "semester", "semesters", "academic year", "summer", "summers", "winter", "winters",
        "spring", "fall", "autumn", "season", "seasonally", "seasonal", "lent", "advent", "ramadan", "curso escolar", "año escolar", "dias de clase",
        "periodo escolar", "escolar", "verano", "veranos", "invierno", "otoño", "primavera", "temporada", "semestre escolar",
    ]),
    (Promise::Open, &[
        "as needed", "when needed", "as required", "on demand", "on request", "by request", "by appointment", "by arrangement", "as announced",
        "tbd", "tba", "to be determined", "to be announced", "to be confirmed", "varies", "vary", "variable", "various", "irregular", "irregularly",
        "random", "randomly", "see website", "see calendar", "date pending",
        "por definir", "por confirmar", "por anunciar", "con cita", "con cita previa", "cita previa", "a demanda", "irregularmente",
        "varia", "varian",
    ]),
    (Promise::Condition, &[
        "weather permitting", "if", "when", "whenever", "while", "unless", "depending", "depends", "subject to", "segun", "cuando", "si hay", "si el",
        "si no", "dependiendo",
    ]),
    (Promise::Vague, &[
        "usually", "normally", "generally", "typically", "mostly", "most", "some", "sometimes", "occasionally", "occasional", "often", "frequently",
        "rarely", "approximately", "about", "around", "roughly", "almost", "nearly", "probably", "maybe", "several", "a few", "few", "from time to time",
        "many", "any", "normalmente", "generalmente", "usualmente", "habitualmente", "casi", "algunos", "algunas", "a veces", "de vez en cuando",
        "ocasionalmente", "la mayoria de", "aproximadamente", "frecuentemente", "muchos",
    ]),
    (Promise::Except, &[
        "except", "excepting", "excluding", "but", "not", "no", "without", "skip", "skipping", "excepto", "salvo", "menos", "pero", "sin",
    ]),
];

/// What the rule would be without the promise.
pub(super) struct Rest {
    /// In words.
    pub(super) said: String,
    /// Its first date behind the start.
    pub(super) next: Option<NaiveDate>,
}

/// The promise in these words, if there is one; `rest` reads what is left without it.
pub(super) fn promise(
    text: &str,
    words: &[Word<'_>],
    start: NaiveDate,
    language: Language,
    rest: impl Fn(&str) -> Option<Rest>,
) -> Option<Problem> {
    let folded: Vec<String> = words.iter().map(|word| fold(word.text.trim_matches(['(', ')']))).collect();
    let (kind, at, count) = PROMISES.iter().find_map(|(kind, names)| find(&folded, names).map(|(at, count)| (*kind, at, count)))?;
    let own = words[at].range.start..words[at + count - 1].range.end;
    let from = clause_before(&folded, at);
    let range = match kind {
        Promise::Except | Promise::Condition => words[at].range.start..trimmed(text).end,
        Promise::Holidays | Promise::Season => words[from].range.start..own.end,
        Promise::Vague | Promise::Open => own.clone(),
    };
    let written = &text[range.clone()];
    // What is left of "usually Thursdays": "Thursdays".
    let left = format!("{} {}", &text[..range.start], &text[range.end..]);
    let behind = &folded[at + count..];
    // What is thrown away must be no more than the promise: "except the first until June", "July not".
    let more = kind == Promise::Except && (behind.is_empty() || behind.iter().any(|word| ENDS.contains(&word.as_str())));
    let rest = if more { None } else { rest(left.trim().trim_end_matches([',', '('])) };
    let example = rest.as_ref().and_then(|rest| rest.next).unwrap_or_else(|| plus_days(start, 7));
    let rule = rest.map(|rest| rest.said);
    let write = rule.as_ref().map(|rule| format!("write \"{rule}\", and ")).unwrap_or_default();
    let skips = format!("list the dates that fall out (were it {}, `skips: [{example}]`)", plain_date(example));
    Some(match kind {
        Promise::Vague => problem(codes::REPEATS_VAGUE, range.clone(), format!("\"{written}\" does not say on which dates"))
            .help(format!("{write}{skips}")),
        Promise::Open => problem(codes::REPEATS_OPEN, range.clone(), format!("\"{written}\" gives nobody a date to come on")).help(
            "leave `repeats` out, and list the dates that are known: `adds: [2027-01-14 10:30, 2027-02-11 10:30]`; what has none is a page, no event",
        ),
        Promise::Condition => problem(codes::REPEATS_OPEN, range.clone(), format!("a rule cannot know \"{written}\"")).help(format!(
            "{write}say the condition in the text of the page; a date that is called off is written as `changes: {{ {start}: {{ status: cancelled }} }}`"
        )),
        Promise::Season => {
            let months = months_of(&folded[at..at + count], language);
            let until = format!("{} {}-06-11", language.pick("until", "hasta"), start.year() + 1);
            let names_days = tokens(language, words).iter().any(|token| matches!(token.meaning, Meaning::Day(_)));
            let day = language.weekday_name(start.weekday());
            let days = rule.or_else(|| (!names_days).then(|| language.pick("every {day}", "todos los {day}").replace("{day}", day)));
            let help = match days {
                Some(days) => format!("write \"{days} {months}\" with the months that are meant, or \"{days} {until}\" with the last day"),
                None => format!("say it with the months that are meant, as in \"{months}\", or with the last day, as in \"{until}\""),
            };
            problem(codes::REPEATS_SEASON, range.clone(), format!("a rule does not know when \"{}\" begins and ends", &text[own])).help(help)
        }
        Promise::Holidays => {
            problem(codes::REPEATS_EXCEPT, range.clone(), format!("a rule does not know the days of \"{}\"", &text[own])).help(format!(
                "{}{skips}, or let the branch's closings do it: `on_closing: cancel`",
                if write.is_empty() { "leave it out; ".to_owned() } else { write }
            ))
        }
        Promise::Except => {
            let dates = if more { Vec::new() } else { dates(text, &words[at + count..], start) };
            let skips = if dates.is_empty() { skips } else { format!("list the dates that fall out: `skips: [{}]`", dates.join(", ")) };
            problem(codes::REPEATS_EXCEPT, range.clone(), format!("\"{written}\" is nothing that a rule can hold"))
                .help(format!("{write}{skips}"))
        }
    })
}

/// What ends a rule, or begins it.
const ENDS: &[&str] =
    &["until", "till", "through", "thru", "for", "times", "starting", "ending", "only", "hasta", "desde", "durante", "veces", "solo"];

/// The months that such a season has, for an example.
fn months_of(season: &[String], language: Language) -> &'static str {
    let is = |parts: &[&str]| season.iter().any(|word| parts.iter().any(|part| word.contains(part)));
    if is(&["school", "escolar", "clase", "term", "academic", "semest"]) {
        language.pick("from September to May", "de septiembre a mayo")
    } else if is(&["winter", "invierno", "advent"]) {
        language.pick("in December, January and February", "en diciembre, enero y febrero")
    } else if is(&["spring", "primavera", "lent"]) {
        language.pick("in March, April and May", "en marzo, abril y mayo")
    } else if is(&["fall", "autumn", "otoño"]) {
        language.pick("in September, October and November", "en septiembre, octubre y noviembre")
    } else {
        language.pick("in June, July and August", "en junio, julio y agosto")
    }
}

fn problem(code: crate::diagnostic::Code, range: Range<usize>, message: String) -> Problem {
    Problem::new(code, range, message)
}

/// Where one of the names stands, and how many words it has.
fn find(words: &[String], names: &[&str]) -> Option<(usize, usize)> {
    let at = |at: usize, name: &str| {
        let count = name.split(' ').count();
        let fits = words.get(at..at + count)?.iter().zip(name.split(' ')).all(|(word, part)| word == part);
        fits.then_some((at, count))
    };
    (0..words.len()).find_map(|here| names.iter().filter_map(|name| at(here, name)).max_by_key(|(_, count)| *count))
}

/// The first word of what belongs to the promise: "except" of "except holidays", "in" of "in the summer".
fn clause_before(words: &[String], at: usize) -> usize {
    const BEFORE: &[&str] = &[
        "until",
        "till",
        "hasta",
        "school",
        "bank",
        "public",
        "federal",
        "major",
        "except",
        "excluding",
        "but",
        "not",
        "no",
        "on",
        "in",
        "during",
        "the",
        "for",
        "all",
        "of",
        "only",
        "and",
        "every",
        "excepto",
        "salvo",
        "menos",
        "en",
        "durante",
        "el",
        "los",
        "las",
        "la",
        "de",
        "del",
    ];
    let before = words[..at].iter().rev().take_while(|word| BEFORE.contains(&word.as_str())).count();
    at - before
}

/// The dates that are named, for `skips`; one without a year is the first from the start on.
fn dates(text: &str, words: &[Word<'_>], start: NaiveDate) -> Vec<String> {
    let mut all = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let found = (1..=words.len().min(at + 6) - at).rev().find_map(|count| {
            let written = text[words[at].range.start..words[at + count - 1].range.end].trim_matches(['(', ')']);
            let of_year = || {
                let (month, day) = parse_day_of_year(written)?;
                (0..=8).filter_map(|more| NaiveDate::from_ymd_opt(start.year() + more, month, day)).find(|date| *date >= start)
            };
            parse_date(written).ok().or_else(of_year).map(|date| (date, count))
        });
        match found {
            Some((date, count)) => {
                all.push(date.to_string());
                at += count;
                // "December 24 and 31"
                while let [and, day, ..] = &words[at.min(words.len())..]
                    && and.is(&["and", "&", "y"])
                    && let Some(more) = day_number(&day.text).and_then(|day| date.with_day(day))
                {
                    all.push(more.to_string());
                    at += 2;
                }
            }
            None => at += 1,
        }
    }
    all
}
