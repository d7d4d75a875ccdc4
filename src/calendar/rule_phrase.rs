//! Plain words → a recurrence rule: "every 2 weeks on Saturday", "first Monday of every month until June 11, 2027", "un jueves sí y otro no".
//!
//! The end is taken out first ("until …", "… times"); what is left is read clause by clause, and every word must have its place: nothing is
//! skipped in silence. What the words leave open (which day "weekly" means) is taken from the first date, so that the rule says it. Words that are
//! not understood are answered with the nearest that are.

use std::ops::Range;

use chrono::{NaiveDate, NaiveTime};

use super::language::Language;
use super::rule::RecurrenceRule;
use super::rule_build::build;
use super::rule_clauses;
use super::rule_end::take_end;
use super::rule_grammar;
use super::rule_promises::promise;
use super::rule_sentence::sentence;
use super::rule_words::{Meaning, tokens, vocabulary};
use super::words::{Word, trimmed, words};
use crate::diagnostic::{Problem, codes, suggest};
use crate::text::lower_first;

const EXAMPLES: &str = "write, for instance, \"every 2 weeks on Saturday\" or \"first Monday of every month\"";
const EJEMPLOS: &str = "write, for instance, \"cada 2 semanas los sábados\" or \"el primer lunes de cada mes\"";
const TIME_OF_DAY: &str = "the time stands in `starts:` and `ends:`; leave it out here";

/// No sentence about repeating is longer; what is, is prose.
const MOST_WORDS: usize = 80;

/// Reads how an event repeats: plain words, English or Spanish, or RFC 5545 text when it contains `FREQ=`. `start` is the event's first date.
pub fn parse_repeats(text: &str, start: NaiveDate) -> Result<RecurrenceRule, Problem> {
    if text.as_bytes().windows(5).any(|bytes| bytes.eq_ignore_ascii_case(b"FREQ=")) {
        return RecurrenceRule::parse(text);
    }
    let all = words(text);
    if all.len() > MOST_WORDS {
        return Err(rule_clauses::no_place(text, trimmed(text)).help(EXAMPLES));
    }
    let english = match read(text, &all, start, Language::English) {
        Ok(rule) => return Ok(rule),
        Err(problem) => problem,
    };
    let spanish = match read(text, &all, start, Language::Spanish) {
        Ok(rule) => return Ok(rule),
        Err(problem) => problem,
    };
    // The language that knows more of the words is the one it was written in.
    let unknown = |language| tokens(language, &all).iter().filter(|token| token.meaning == Meaning::Unknown).count();
    let (language, problem) =
        if unknown(Language::Spanish) < unknown(Language::English) { (Language::Spanish, spanish) } else { (Language::English, english) };
    Err(explain(text, &all, start, language, problem))
}

/// Reads it in one language.
fn read(text: &str, words: &[Word<'_>], start: NaiveDate, language: Language) -> Result<RecurrenceRule, Problem> {
    let mut tokens = tokens(language, words);
    let end = take_end(text, &mut tokens, start)?;
    let rule = build(text, rule_grammar::read(text, &tokens, language)?, language)?;
    Ok(RecurrenceRule { end, ..rule }.explicit(start))
}

/// What is to be said of words that were not understood.
fn explain(text: &str, all: &[Word<'_>], start: NaiveDate, language: Language, problem: Problem) -> Problem {
    if let [word] = all
        && word.is(&["no", "none", "never", "not", "false", "once", "yes", "true", "nunca"])
    {
        return rule_clauses::no_place(text, word.range.clone())
            .help("leave the line out if it takes place once; else write, for instance, \"every Thursday\"");
    }
    let said = |text: &str| {
        let rule = read(text, &words(text), start, language).ok()?;
        Some(lower_first(&sentence(&rule, start.and_time(NaiveTime::MIN), language)))
    };
    if problem.code == codes::REPEATS_TWO_WAYS {
        let help = problem.help.unwrap_or_default().replace("{day}", language.weekday_name(chrono::Datelike::weekday(&start)));
        return Problem { help: Some(help), ..problem };
    }
    // Behind "until" stands what is no date: "summer".
    if problem.help.is_some() && problem.code != codes::DATE {
        return problem;
    }
    if let Some(problem) = promise(text, all, start, language, said) {
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
    let near = is_slip.then(|| suggest::nearest(&word, vocabulary(language).iter().copied())).flatten();
    let near = near.filter(|near| !near.eq_ignore_ascii_case(&word));
    let mean = near.map(|near| format!("did you mean \"{near}\"? ")).unwrap_or_default();
    match nearest(text, all, language, said) {
        Some(rule) => problem.help(format!("{mean}write \"{rule}\"")),
        None => problem.help(format!("{mean}{examples}")),
    }
}

/// The nearest sentence that is understood: with its slips mended, without the words that mean nothing here, or without one of its words.
fn nearest(text: &str, all: &[Word<'_>], language: Language, said: impl Fn(&str) -> Option<String>) -> Option<String> {
    let known = tokens(language, all);
    let is_unknown = |word: &Word<'_>| known.iter().any(|token| token.range == word.range && token.meaning == Meaning::Unknown);
    let joined = |words: Vec<&str>| words.join(" ");
    let mend = |word: &Word<'_>| match suggest::nearest(&word.text, vocabulary(language).iter().copied()) {
        Some(near) if is_unknown(word) => near.to_owned(),
        _ => word.written.to_owned(),
    };
    let mended: Vec<String> = all.iter().map(mend).collect();
    let without: Vec<&str> = all.iter().filter(|word| !is_unknown(word)).map(|word| word.written).collect();
    let both: Vec<&str> = all
        .iter()
        .zip(&mended)
        .filter(|(word, mended)| !is_unknown(word) || word.written != mended.as_str())
        .map(|(_, mended)| mended.as_str())
        .collect();
    let tries = [joined(mended.iter().map(String::as_str).collect()), joined(both), joined(without)];
    if let Some(found) = tries.iter().filter(|one| one.as_str() != text.trim()).find_map(|one| said(one)) {
        return Some(found);
    }
    (0..all.len()).rev().find_map(|out| {
        let rest = mended.iter().enumerate().filter(|(at, _)| *at != out).map(|(_, word)| word.as_str()).collect();
        said(&joined(rest))
    })
}

/// Is it a time of day: "10:30", "at 10", "am", "evenings"?
fn is_time(text: &str, range: &Range<usize>) -> bool {
    const TIMES: [&str; 20] = [
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
