//! The vocabulary of `repeats:`: what each word can mean, whichever language it is from.

use std::ops::Range;

use chrono::Weekday;

use super::language::Language;
use super::words::Word;
use super::{rule_english as english, rule_spanish as spanish};

/// What a word, or a few words together, mean in a sentence about repeating.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Meaning {
    /// "every", "each"; "cada", "todos".
    Every,
    /// "other" as in "every other", "alternate"; "alternos", "sí y otro no".
    Other,
    /// "3", "three".
    Number(u32),
    /// "3rd", "third"; −1 is "last".
    Ordinal(i16),
    /// "Thursday", "Thursdays".
    Day(Weekday),
    /// "weekday", "weekdays": Monday to Friday.
    Weekdays,
    /// "weekend", "weekends".
    Weekend,
    /// "day", "week", "month" or "year", also in the plural; and how many of them, as in "quarter".
    Unit(Unit, u32),
    /// "daily", "weekly", "fortnightly", "monthly", "quarterly", "yearly": a unit and how many of them.
    Adverb(Unit, u32),
    /// "May", from 1.
    Month(u8),
    /// "on", "in", "of", "the", "a": they only join.
    Joint,
    /// "and", "&".
    And,
    /// "to", "through", "-" between two days or two months.
    To,
    /// "except", "but not".
    Except,
    /// "until", "till".
    Until,
    /// "from", "starting".
    From,
    /// "for" as in "for 8 weeks".
    For,
    /// "times", "sessions".
    Times,
    /// "once", "twice".
    Fold(u32),
    /// "exactos", as in "cada 15 días exactos".
    Exactly,
    /// "biweekly": the two ways to write it; `{day}` stands for the weekday of the first date.
    TwoWays(&'static str),
    /// "all year", "until further notice", "only": true of every rule.
    Always,
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

/// Some words with their meaning and their bytes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Token {
    pub(super) meaning: Meaning,
    pub(super) range: Range<usize>,
}

/// Words with one meaning; several words are parted by single spaces.
pub(super) type Entry = (&'static str, Meaning);

/// The words with their meanings; "mon-thu" and "Tue/Thu" are more than one, "second to last" is one.
pub(super) fn tokens(language: Language, words: &[Word<'_>]) -> Vec<Token> {
    let table = language.pick(english::TABLE, spanish::TABLE);
    let folded: Vec<String> = words.iter().map(|word| fold(&word.text)).collect();
    let mut all = Vec::with_capacity(words.len() + 2);
    let mut at = 0;
    while at < words.len() {
        let fits = |name: &str| {
            let mut rest = folded[at..].iter();
            name.split(' ').all(|part| rest.next().is_some_and(|word| word == part))
        };
        // The longest wins: "second to last" over "second".
        let found = table.iter().filter(|(name, _)| name.starts_with(folded[at].as_str()) && fits(name)).max_by_key(|(name, _)| name.len());
        if let Some((name, meaning)) = found {
            let count = name.split(' ').count();
            all.push(Token { meaning: *meaning, range: words[at].range.start..words[at + count - 1].range.end });
            at += count;
        } else {
            pieces(language, &words[at], &folded[at], &mut all);
            at += 1;
        }
    }
    all
}

/// The words that are offered for one that is not known.
pub(super) fn vocabulary(language: Language) -> &'static [&'static str] {
    language.pick(english::VOCABULARY, spanish::VOCABULARY)
}

/// A number in digits.
pub(super) fn digits(word: &str) -> Option<u32> {
    word.parse().ok().filter(|_| word.len() <= 4 && word.bytes().all(|b| b.is_ascii_digit()))
}

fn pieces(language: Language, word: &Word<'_>, folded: &str, all: &mut Vec<Token>) {
    let alone = meaning(language, folded);
    let joins = |c: char| matches!(c, '-' | '–' | '/' | '&' | '+');
    let whole = Token { meaning: alone, range: word.range.clone() };
    if language == Language::English
        && alone == Meaning::Unknown
        && let days @ [_, ..] = english::run_of_letters(folded)
    {
        all.extend(days.iter().map(|day| Token { meaning: Meaning::Day(*day), range: word.range.clone() }));
        return;
    }
    if alone != Meaning::Unknown || !word.written.contains(joins) {
        all.push(whole);
        return;
    }
    let before = all.len();
    let mut at = word.range.start;
    for piece in word.written.split_inclusive(joins) {
        let name = piece.trim_end_matches(joins);
        let name_folded = fold(&name.to_lowercase());
        let named = match meaning(language, &name_folded) {
            Meaning::Unknown if language == Language::English => english::letters(&name_folded).map_or(Meaning::Unknown, Meaning::Day),
            named => named,
        };
        if !matches!(named, Meaning::Day(_) | Meaning::Month(_) | Meaning::Ordinal(_)) {
            all.truncate(before);
            all.push(whole);
            return;
        }
        all.push(Token { meaning: named, range: at..at + name.len() });
        if name.len() < piece.len() {
            let meaning = if piece.ends_with(['-', '–']) { Meaning::To } else { Meaning::And };
            all.push(Token { meaning, range: at + name.len()..at + piece.len() });
        }
        at += piece.len();
    }
}

/// What one word means by itself, numbers and names included.
fn meaning(language: Language, word: &str) -> Meaning {
    let table = language.pick(english::TABLE, spanish::TABLE);
    if let Some((_, meaning)) = table.iter().find(|(name, _)| *name == word) {
        return *meaning;
    }
    let ordinal = language.pick(english::ordinal as fn(&str) -> Option<i16>, spanish::ordinal);
    digits(word).map(Meaning::Number).or_else(|| ordinal(word).map(Meaning::Ordinal)).unwrap_or(Meaning::Unknown)
}

/// Without the accents that people leave out: "miercoles" is "miércoles". An "ñ" is a letter of its own.
pub(super) fn fold(word: &str) -> String {
    word.chars()
        .map(|c| match c {
            'á' => 'a',
            'é' => 'e',
            'í' => 'i',
            'ó' => 'o',
            'ú' | 'ü' => 'u',
            '’' => '\'',
            other => other,
        })
        .collect()
}
