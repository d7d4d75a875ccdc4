//! The vocabulary of `repeats:`: what each word can mean.

use std::ops::Range;

use chrono::Weekday;

use super::phrase::{day_number, month, weekday};
use super::words::Word;

/// What a word means in a sentence about repeating.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Meaning {
    /// "every", "each".
    Every,
    /// "other" as in "every other".
    Other,
    /// "3", "three".
    Number(u32),
    /// "3rd", "third"; −1 is "last".
    Ordinal(i8),
    /// "Thursday", "Thursdays".
    Day(Weekday),
    /// "weekday", "weekdays": Monday to Friday.
    Weekdays,
    /// "weekend", "weekends".
    Weekend,
    /// "day", "week", "month" or "year", also in the plural.
    Unit(Unit),
    /// "daily", "weekly", "fortnightly", "monthly", "quarterly", "yearly": a unit and how many of them.
    Adverb(Unit, u32),
    /// "May", from 1.
    Month(u32),
    /// "on", "in", "of", "the", "a": they only join.
    Joint,
    /// "and", "&".
    And,
    /// "to", "through", "-" between two days or two months.
    To,
    /// Anything else.
    Unknown,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Unit {
    Day,
    Week,
    Month,
    Year,
}

/// A word with its meaning and its bytes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Token {
    pub(super) meaning: Meaning,
    pub(super) range: Range<usize>,
}

/// Words to suggest for one that is not known.
pub(super) const VOCABULARY: &[&str] = &[
    "every",
    "each",
    "other",
    "daily",
    "weekly",
    "fortnightly",
    "monthly",
    "quarterly",
    "yearly",
    "annually",
    "day",
    "days",
    "week",
    "weeks",
    "month",
    "months",
    "year",
    "years",
    "weekday",
    "weekdays",
    "weekend",
    "weekends",
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "last",
    "until",
    "times",
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
    "Mondays",
    "Tuesdays",
    "Wednesdays",
    "Thursdays",
    "Fridays",
    "Saturdays",
    "Sundays",
    "January",
    "February",
    "March",
    "April",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

const NUMBERS: [&str; 12] = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
const ORDINALS: [&str; 5] = ["first", "second", "third", "fourth", "fifth"];

/// The words with their meanings; "mon-thu" and "Tue/Thu" are more than one.
pub(super) fn tokens(words: &[Word<'_>]) -> Vec<Token> {
    words.iter().flat_map(pieces).collect()
}

/// A number in digits or in words.
pub(super) fn number(word: &str) -> Option<u32> {
    let named = NUMBERS.iter().zip(1..).find(|(name, _)| **name == word).map(|(_, number)| number);
    named.or_else(|| word.parse().ok().filter(|_| word.len() <= 4 && word.bytes().all(|b| b.is_ascii_digit())))
}

fn pieces(word: &Word<'_>) -> Vec<Token> {
    let meaning = meaning(&word.text);
    let whole = || vec![Token { meaning, range: word.range.clone() }];
    let joins = |c: char| matches!(c, '-' | '–' | '/' | '&' | '+');
    if meaning != Meaning::Unknown || !word.written.contains(joins) {
        return whole();
    }
    let mut all = Vec::new();
    let mut at = word.range.start;
    for piece in word.written.split_inclusive(joins) {
        let name = piece.trim_end_matches(joins);
        let named = self::meaning(&name.to_lowercase());
        if !matches!(named, Meaning::Day(_) | Meaning::Month(_) | Meaning::Ordinal(_)) {
            return whole();
        }
        all.push(Token { meaning: named, range: at..at + name.len() });
        if name.len() < piece.len() {
            let meaning = if piece.ends_with(['-', '–']) { Meaning::To } else { Meaning::And };
            all.push(Token { meaning, range: at + name.len()..at + piece.len() });
        }
        at += piece.len();
    }
    all
}

fn meaning(word: &str) -> Meaning {
    match word {
        "every" | "each" => Meaning::Every,
        "other" => Meaning::Other,
        "weekday" | "weekdays" => Meaning::Weekdays,
        "weekend" | "weekends" => Meaning::Weekend,
        "day" | "days" => Meaning::Unit(Unit::Day),
        "week" | "weeks" => Meaning::Unit(Unit::Week),
        "month" | "months" => Meaning::Unit(Unit::Month),
        "year" | "years" => Meaning::Unit(Unit::Year),
        "daily" | "everyday" => Meaning::Adverb(Unit::Day, 1),
        "weekly" => Meaning::Adverb(Unit::Week, 1),
        "fortnightly" => Meaning::Adverb(Unit::Week, 2),
        "monthly" => Meaning::Adverb(Unit::Month, 1),
        "quarterly" => Meaning::Adverb(Unit::Month, 3),
        "yearly" | "annually" => Meaning::Adverb(Unit::Year, 1),
        "on" | "in" | "of" | "the" | "a" => Meaning::Joint,
        "and" | "&" | "+" => Meaning::And,
        "to" | "through" | "thru" | "-" | "–" => Meaning::To,
        "last" => Meaning::Ordinal(-1),
        "second-to-last" | "next-to-last" => Meaning::Ordinal(-2),
        "third-to-last" => Meaning::Ordinal(-3),
        "fourth-to-last" => Meaning::Ordinal(-4),
        "fifth-to-last" => Meaning::Ordinal(-5),
        _ => number(word)
            .map(Meaning::Number)
            .or_else(|| ordinal(word).map(Meaning::Ordinal))
            .or_else(|| weekday(word).map(Meaning::Day))
            .or_else(|| month(word).map(Meaning::Month))
            .unwrap_or(Meaning::Unknown),
    }
}

fn ordinal(word: &str) -> Option<i8> {
    let named = ORDINALS.iter().zip(1..).find(|(name, _)| **name == word).map(|(_, number)| number);
    named.or_else(|| day_number(word).filter(|day| (1..=31).contains(day)).and_then(|day| i8::try_from(day).ok()))
}

/// "first" to "fifth", "second-to-last", "last"; beyond them "6th".
pub(super) fn ordinal_name(nth: i8) -> String {
    match nth {
        -1 => "last".to_owned(),
        1..=5 => ORDINALS[usize::from(nth.unsigned_abs()) - 1].to_owned(),
        -5..=-2 => format!("{}-to-last", ORDINALS[usize::from(nth.unsigned_abs()) - 1]),
        6.. => numeral(u32::from(nth.unsigned_abs())),
        _ => format!("{}-to-last", numeral(u32::from(nth.unsigned_abs()))),
    }
}

/// "1st", "2nd", "3rd", "11th".
pub(super) fn numeral(number: u32) -> String {
    let end = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{number}{end}")
}
