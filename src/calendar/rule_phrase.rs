//! Plain words → a recurrence rule: "every 2 weeks on Saturday", "first Monday of every month until June 11, 2027", "un jueves sí y otro no".
//!
//! The end is taken out first ("until …", "… times"); what is left is read clause by clause, and every word must have its place: nothing is
//! skipped in silence. What the words leave open (which day "weekly" means) is taken from the first date, so that the rule says it. Words that are
//! not understood are answered with the nearest that are.

use std::ops::Range;

use chrono::{NaiveDate, NaiveTime};

use super::language::Language;
use super::phrase::parse_date;
use super::rule::RecurrenceRule;
use super::rule_build::build;
use super::rule_clauses;
use super::rule_days::{LAST_DATE, RuleDays};
use super::rule_end::take_end;
use super::rule_grammar;
use super::rule_near::{dates_alone, month_without_day};
use super::rule_promises::{Rest, promise};
use super::rule_sentence::sentence;
use super::rule_words::{Meaning, Token, tokens, vocabulary};
use super::words::{Word, trimmed, words};
use super::zone::Zone;
use crate::diagnostic::{Problem, codes, suggest};
use crate::text::lower_first;

const EXAMPLES: &str = "write, for instance, \"every 2 weeks on Saturday\" or \"first Monday of every month\"";
const EJEMPLOS: &str = "write, for instance, \"cada 2 semanas los sábados\" or \"el primer lunes de cada mes\"";
const TIME_OF_DAY: &str = "the time stands in `starts:` and `ends:`; leave it out here";

/// No sentence about repeating is longer; what is, is prose.
const MOST_WORDS: usize = 80;

/// Reads how an event repeats: plain words, English or Spanish, or RFC 5545 text when it contains `FREQ=`. `start` is the event's first date.
/// Dates alone, "December 3 and 10", are refused: nobody who lists dates means those of every year.
pub fn parse_repeats(text: &str, start: NaiveDate) -> Result<RecurrenceRule, Problem> {
    let rule = parse(text, start, Begins::Event)?;
    let alone = if is_rule_text(text) { None } else { dates_alone(text, &rule, start) };
    alone.map_or(Ok(rule), Err)
}

/// The same for days that are named by themselves, where "every" stands before the words already: "December 25" is one day of every year, and
/// which day "month" means is for the caller, who knows whether `start` was written.
pub fn parse_every(text: &str, start: NaiveDate) -> Result<RecurrenceRule, Problem> {
    parse(text, start, Begins::Anywhere)
}

/// What the first date is: the event's own, which staff have written, or any from which the days are counted.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Begins {
    Event,
    Anywhere,
}

fn is_rule_text(text: &str) -> bool {
    text.as_bytes().windows(5).any(|bytes| bytes.eq_ignore_ascii_case(b"FREQ="))
}

fn parse(text: &str, start: NaiveDate, begins: Begins) -> Result<RecurrenceRule, Problem> {
    if is_rule_text(text) {
        return RecurrenceRule::parse(text);
    }
    let all = words(text);
    if all.len() > MOST_WORDS {
        return Err(rule_clauses::no_place(text, trimmed(text)).help(EXAMPLES));
    }
    let english = match read(text, &all, start, Language::English, begins) {
        Ok(rule) => return Ok(rule),
        Err(problem) => problem,
    };
    let spanish = match read(text, &all, start, Language::Spanish, begins) {
        Ok(rule) => return Ok(rule),
        Err(problem) => problem,
    };
    // The language that knows more of the words is the one it was written in.
    let unknown = |language| tokens(language, &all).iter().filter(|token| token.meaning == Meaning::Unknown).count();
    let (language, problem) =
        if unknown(Language::Spanish) < unknown(Language::English) { (Language::Spanish, spanish) } else { (Language::English, english) };
    Err(explain(text, &all, start, language, problem, begins))
}

/// Reads it in one language.
fn read(text: &str, words: &[Word<'_>], start: NaiveDate, language: Language, begins: Begins) -> Result<RecurrenceRule, Problem> {
    let mut tokens = tokens(language, words);
    let end = take_end(text, &mut tokens, start)?;
    let rule = build(text, rule_grammar::read(text, &tokens, language)?, language)?;
    let rule = RecurrenceRule { end, ..rule };
    let open = if begins == Begins::Event { month_without_day(text, &rule, start, language) } else { None };
    open.map_or_else(|| Ok(rule.explicit(start)), Err)
}

/// What is to be said of words that were not understood.
fn explain(text: &str, all: &[Word<'_>], start: NaiveDate, language: Language, problem: Problem, begins: Begins) -> Problem {
    if let [word] = all
        && word.is(&["no", "none", "never", "not", "false", "once", "yes", "true", "nunca"])
    {
        return rule_clauses::no_place(text, word.range.clone())
            .help("leave the line out if it takes place once; else write, for instance, \"every Thursday\"");
    }
    let at = start.and_time(NaiveTime::MIN);
    let read = |text: &str| read(text, &words(text), start, language, begins).ok();
    let said = |rule: &RecurrenceRule| lower_first(&sentence(rule, at, language));
    let rest = |text: &str| {
        let rule = read(text)?;
        let next = RuleDays::new(&rule, at, Zone::utc()).between(start, LAST_DATE).find(|date| *date > start);
        Some(Rest { said: said(&rule), next })
    };
    if problem.code == codes::REPEATS_TWO_WAYS {
        let help = problem.help.unwrap_or_default().replace("{day}", language.weekday_name(chrono::Datelike::weekday(&start)));
        return Problem { help: Some(help), ..problem };
    }
    // Behind "until" stands what is no date: "summer".
    if problem.help.is_some() && problem.code != codes::DATE {
        return problem;
    }
    if let Some(problem) = promise(text, all, start, language, rest) {
        return problem;
    }
    if problem.help.is_some() {
        return problem;
    }
    let word = text[problem.range.clone()].to_lowercase();
    let is_slip = tokens(language, all).iter().any(|token| token.meaning == Meaning::Unknown && token.range == problem.range);
    let examples = language.pick(EXAMPLES, EJEMPLOS);
    if is_slip && is_time(text, &problem.range) {
        return problem.help(TIME_OF_DAY);
    }
    let near = is_slip.then(|| slip_of(&word, language)).flatten();
    let near = near.filter(|near| !near.eq_ignore_ascii_case(&word));
    let mean = near.map(|near| format!("did you mean \"{near}\"? ")).unwrap_or_default();
    match mended(text, all, language).and_then(|text| Some(said(&read(&text)?))) {
        Some(rule) => problem.help(format!("{mean}write \"{rule}\"")),
        None => problem.help(format!("{}{mean}{examples}", not_understood(all, language))),
    }
}

/// The sentence with its slips mended. Words that are not understood are never left out of it: the rule might mean the opposite without them.
fn mended(text: &str, all: &[Word<'_>], language: Language) -> Option<String> {
    let known = tokens(language, all);
    let is_unknown = |word: &Word<'_>| known.iter().any(|token| token.range == word.range && token.meaning == Meaning::Unknown);
    let mut mended = text.to_owned();
    for word in all.iter().rev().filter(|word| is_unknown(word)) {
        if let Some(meant) = slip_of(&word.text, language) {
            mended.replace_range(word.range.clone(), meant);
        }
    }
    (mended != text).then_some(mended)
}

/// The known word that this one is a slip of: a few letters wrong, but not the first.
fn slip_of(word: &str, language: Language) -> Option<&'static str> {
    let first = word.chars().next().filter(|first| first.is_alphabetic())?;
    suggest::nearest(word, vocabulary(language).iter().copied()).filter(|near| near.to_lowercase().starts_with(first))
}

/// The words that no rule has and that are no slips or dates, for the caret points to one alone.
fn not_understood(all: &[Word<'_>], language: Language) -> String {
    let unknown = tokens(language, all).into_iter().filter(|token| token.meaning == Meaning::Unknown);
    let of = |token: Token| {
        all.iter()
            .find(|word| word.range == token.range && slip_of(&word.text, language).is_none() && parse_date(word.written).is_err())
            .map(|word| format!("\"{}\"", word.written))
    };
    let unknown: Vec<String> = unknown.filter_map(of).collect();
    match unknown.as_slice() {
        [] => String::new(),
        [one] => format!("{one} is not understood; "),
        [before @ .., last] => format!("{} and {last} are not understood; ", before.join(", ")),
    }
}

/// Is it a time of day: "10:30", "at 10", "am", "evenings"?
fn is_time(text: &str, range: &Range<usize>) -> bool {
    const TIMES: &[&str] = &[
        "at",
        "am",
        "pm",
        "a.m",
        "p.m",
        "noon",
        "midnight",
        "morning",
        "mornings",
        "afternoon",
        "afternoons",
        "evening",
        "evenings",
        "night",
        "nights",
        "mañana",
        "tarde",
        "noche",
        "mañanas",
        "tardes",
        "noches",
        "mediodía",
        "hrs",
    ];
    let word = text[range.clone()].to_lowercase();
    let digits_then = |end: &str| word.strip_suffix(end).is_some_and(|number| number.starts_with(|c: char| c.is_ascii_digit()));
    TIMES.contains(&word.as_str()) || word.contains(':') || ["am", "pm", "a.m", "p.m"].into_iter().any(digits_then)
}
