//! The grammar of plain words: "every 2 weeks on Saturday", "first Monday of every month", "every year on May 4".

use std::ops::Range;

use chrono::{Datelike, NaiveDate, Weekday};

use super::phrase::parse_date;
use super::rule::{Frequency, RecurrenceRule, RuleDay};
use super::rule_words::{Meaning, Token, Unit, VOCABULARY, numeral, tokens};
use super::words::{Word, trimmed};
use crate::diagnostic::{Problem, codes, suggest};

const EXAMPLES: &str = "write, for instance, \"every 2 weeks on Saturday\" or \"first Monday of every month\"";
const WORKDAYS: [Weekday; 5] = [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri];

/// Reads the words before the end; `text` is the whole, for the problem to point into.
pub(super) fn read(text: &str, head: &[Word<'_>]) -> Result<RecurrenceRule, Problem> {
    let mut reader = Reader { text, tokens: tokens(head), at: 0 };
    let rule = reader.rule()?;
    match reader.peek_token() {
        Some(_) => Err(reader.wrong_here()),
        None => Ok(rule),
    }
}

struct Reader<'a> {
    text: &'a str,
    tokens: Vec<Token>,
    at: usize,
}

/// Days of a month, as words name them.
enum MonthDays {
    /// "the 1st and 15th".
    Dates(Vec<i8>),
    /// "first and third Tuesday".
    Numbered(Vec<RuleDay>),
    /// "last weekday".
    Workday(Vec<i16>),
}

impl Reader<'_> {
    fn rule(&mut self) -> Result<RecurrenceRule, Problem> {
        self.joints();
        let mut rule = match self.peek() {
            Some(Meaning::Adverb(unit, interval)) => {
                self.at += 1;
                self.after_unit(unit, interval)?
            }
            Some(Meaning::Every) => {
                self.at += 1;
                self.after_every()?
            }
            Some(Meaning::Day(_) | Meaning::Weekdays | Meaning::Weekend) => weekly(1, self.days()?),
            Some(Meaning::Ordinal(_)) => self.numbered()?,
            Some(Meaning::Month(_)) => self.date_of_year(1)?,
            _ => return Err(self.wrong_here()),
        };
        if matches!(rule.frequency, Frequency::Daily | Frequency::Weekly) && self.peek() == Some(Meaning::Joint) {
            self.joints();
            rule.by_month = self.months()?;
        }
        Ok(rule)
    }

    fn after_every(&mut self) -> Result<RecurrenceRule, Problem> {
        self.joints();
        let start = self.at;
        match self.peek() {
            Some(Meaning::Other) => {
                self.at += 1;
                match self.peek() {
                    Some(Meaning::Unit(unit)) => {
                        self.at += 1;
                        self.after_unit(unit, 2)
                    }
                    Some(Meaning::Day(_)) => Ok(weekly(2, self.days()?)),
                    _ => Err(self.wrong_here()),
                }
            }
            Some(Meaning::Number(interval)) => match self.tokens.get(self.at + 1).map(|token| token.meaning) {
                Some(Meaning::Unit(unit)) if (1..=999).contains(&interval) => {
                    self.at += 2;
                    self.after_unit(unit, interval)
                }
                Some(Meaning::Unit(_)) => Err(self.wrong_here()),
                _ => {
                    self.at += 1;
                    Err(self.wrong_here())
                }
            },
            Some(Meaning::Unit(unit)) => {
                self.at += 1;
                self.after_unit(unit, 1)
            }
            Some(Meaning::Day(_) | Meaning::Weekdays | Meaning::Weekend) => Ok(weekly(1, self.days()?)),
            Some(Meaning::Month(_)) => self.date_of_year(1),
            Some(Meaning::Ordinal(nth)) => {
                let next = self.tokens.get(self.at + 1).map(|token| token.meaning);
                if let (2.., Some(Meaning::Unit(unit @ (Unit::Week | Unit::Month | Unit::Year)))) = (nth, next) {
                    self.at += 2;
                    return self.after_unit(unit, u32::from(nth.unsigned_abs()));
                }
                let rule = self.numbered()?;
                let said_month =
                    self.tokens[start..self.at].iter().any(|token| matches!(token.meaning, Meaning::Unit(_) | Meaning::Month(_)));
                if let (2.., Some(Meaning::Day(day)), false) = (nth, next, said_month) {
                    let range = self.tokens[start].range.start..self.tokens[self.at - 1].range.end;
                    let (day, nth) = (super::print::weekday_name(day), numeral(u32::from(nth.unsigned_abs())));
                    let help = format!(
                        "write \"every {} weeks on {day}\", or \"{nth} {day} of every month\"",
                        nth.trim_end_matches(char::is_alphabetic)
                    );
                    let message = format!("\"every {}\" can be read in two ways", &self.text[range.clone()]);
                    return Err(Problem::new(codes::REPEATS, range, message).help(help));
                }
                Ok(rule)
            }
            _ => Err(self.wrong_here()),
        }
    }

    /// What may follow "every 3 weeks", "monthly" and the like.
    fn after_unit(&mut self, unit: Unit, interval: u32) -> Result<RecurrenceRule, Problem> {
        let rule = |frequency| RecurrenceRule { interval, ..RecurrenceRule::every(frequency) };
        match unit {
            Unit::Day => Ok(rule(Frequency::Daily)),
            Unit::Week => {
                let before = self.at;
                self.joints();
                if self.peek() == Some(Meaning::Every) {
                    self.at += 1;
                }
                if matches!(self.peek(), Some(Meaning::Day(_) | Meaning::Weekdays | Meaning::Weekend)) {
                    return Ok(weekly(interval, self.days()?));
                }
                self.at = before;
                Ok(rule(Frequency::Weekly))
            }
            Unit::Month => {
                self.joints();
                match self.peek() {
                    None => Ok(rule(Frequency::Monthly)),
                    Some(Meaning::Ordinal(_)) => {
                        let days = self.month_days()?;
                        Ok(with_days(rule(Frequency::Monthly), days))
                    }
                    _ => Err(self.wrong_here()),
                }
            }
            Unit::Year => {
                self.joints();
                match self.peek() {
                    None => Ok(rule(Frequency::Yearly)),
                    Some(Meaning::Month(_)) => self.date_of_year(interval),
                    Some(Meaning::Ordinal(_)) => {
                        let days = self.month_days()?;
                        self.joints();
                        self.days_of_year(rule(Frequency::Yearly), days)
                    }
                    _ => Err(self.wrong_here()),
                }
            }
        }
    }

    /// "first Monday of every month", "2nd and 4th Tuesdays", "the 15th of each month", "last Monday of May".
    fn numbered(&mut self) -> Result<RecurrenceRule, Problem> {
        let start = self.at;
        let days = self.month_days()?;
        let end = self.tokens[self.at - 1].range.end;
        self.joints();
        let monthly = |interval| RecurrenceRule { interval, ..RecurrenceRule::every(Frequency::Monthly) };
        match self.peek() {
            Some(Meaning::Month(_)) => {
                let rule = self.days_of_year(RecurrenceRule::every(Frequency::Yearly), days)?;
                self.every_year();
                Ok(rule)
            }
            Some(Meaning::Adverb(Unit::Month, interval)) => {
                self.at += 1;
                Ok(with_days(monthly(interval), days))
            }
            Some(Meaning::Unit(Unit::Month)) => {
                self.at += 1;
                Ok(with_days(monthly(1), days))
            }
            Some(Meaning::Every) => {
                self.at += 1;
                let interval = match self.peek() {
                    Some(Meaning::Other) => 2,
                    Some(Meaning::Ordinal(nth @ 2..)) => u32::from(nth.unsigned_abs()),
                    Some(Meaning::Number(interval @ 1..=999)) => interval,
                    _ => 1,
                };
                if matches!(self.peek(), Some(Meaning::Other | Meaning::Ordinal(_) | Meaning::Number(_))) {
                    self.at += 1;
                }
                match self.peek() {
                    Some(Meaning::Unit(Unit::Month)) => {
                        self.at += 1;
                        Ok(with_days(monthly(interval), days))
                    }
                    _ => Err(self.wrong_here()),
                }
            }
            None if !matches!(days, MonthDays::Dates(_)) => Ok(with_days(monthly(1), days)),
            None => {
                let range = self.tokens[start].range.start..end;
                let written = &self.text[range.clone()];
                Err(Problem::new(codes::REPEATS, range.clone(), format!("\"{written}\" does not say of which months"))
                    .help(format!("write, for instance, \"{written} of every month\" or \"every year on May 4\"")))
            }
            _ => Err(self.wrong_here()),
        }
    }

    /// "1st and 3rd Tuesday", "first Monday and third Thursday", "1st and 15th", "last day", "first weekday".
    fn month_days(&mut self) -> Result<MonthDays, Problem> {
        let mut numbered = Vec::new();
        loop {
            let from = self.at;
            let ordinals = self.ordinals();
            let after_ordinals = self.at;
            match self.peek() {
                Some(Meaning::Day(_)) => {
                    if let Some(place) = ordinals.iter().position(|(nth, _)| nth.abs() > 5) {
                        let (nth, range) = &ordinals[place];
                        let message = format!("no month has a {} of any weekday", numeral(u32::from(nth.unsigned_abs())));
                        return Err(Problem::new(codes::REPEATS, range.clone(), message)
                            .help("weekdays of a month are counted from first to fifth, and last"));
                    }
                    for weekday in self.days()? {
                        numbered.extend(ordinals.iter().map(|(nth, _)| RuleDay { nth: Some(*nth), weekday }));
                    }
                }
                Some(Meaning::Weekdays) if numbered.is_empty() => {
                    self.at += 1;
                    return Ok(MonthDays::Workday(ordinals.iter().map(|(nth, _)| i16::from(*nth)).collect()));
                }
                next if numbered.is_empty() => {
                    if next == Some(Meaning::Unit(Unit::Day)) {
                        self.at += 1;
                    } else if ordinals.iter().any(|(nth, _)| *nth < 0) {
                        return Err(self.wrong_here());
                    }
                    return Ok(MonthDays::Dates(ordinals.into_iter().map(|(nth, _)| nth).collect()));
                }
                _ => {
                    self.at = if ordinals.is_empty() { from } else { after_ordinals };
                    return Err(self.wrong_here());
                }
            }
            let before = self.at;
            self.ands();
            if !matches!(self.peek(), Some(Meaning::Ordinal(_))) {
                self.at = before;
                return Ok(MonthDays::Numbered(numbered));
            }
        }
    }

    fn ordinals(&mut self) -> Vec<(i8, Range<usize>)> {
        let mut all = Vec::new();
        loop {
            let before = self.at;
            self.ands();
            let Some(Token { meaning: Meaning::Ordinal(nth), range }) = self.peek_token() else {
                self.at = before;
                return all;
            };
            all.push((*nth, range.clone()));
            self.at += 1;
        }
    }

    /// Days of the week: "Tuesday and Thursday", "Monday to Friday", "weekdays".
    fn days(&mut self) -> Result<Vec<Weekday>, Problem> {
        let mut all = Vec::new();
        loop {
            let before = self.at;
            if !all.is_empty() {
                self.ands();
                if self.peek() == Some(Meaning::Every) {
                    self.at += 1;
                }
            }
            match self.peek() {
                Some(Meaning::Day(first)) => {
                    self.at += 1;
                    if self.peek() == Some(Meaning::To) {
                        self.at += 1;
                        let Some(Meaning::Day(last)) = self.peek() else { return Err(self.wrong_here()) };
                        self.at += 1;
                        all.extend(week_from(first).take(usize::try_from(last.days_since(first)).unwrap_or(0) + 1));
                    } else {
                        all.push(first);
                    }
                }
                Some(Meaning::Weekdays) => {
                    self.at += 1;
                    all.extend(WORKDAYS);
                }
                Some(Meaning::Weekend) => {
                    self.at += 1;
                    all.extend([Weekday::Sat, Weekday::Sun]);
                }
                _ if all.is_empty() => return Err(self.wrong_here()),
                _ => {
                    self.at = before;
                    return Ok(all);
                }
            }
        }
    }

    /// Months: "May", "June, July and August", "June to August".
    fn months(&mut self) -> Result<Vec<u8>, Problem> {
        let mut all = Vec::new();
        loop {
            let before = self.at;
            self.ands();
            match self.peek() {
                Some(Meaning::Month(first)) => {
                    self.at += 1;
                    let mut last = first;
                    if self.peek() == Some(Meaning::To) {
                        self.at += 1;
                        let Some(Meaning::Month(to)) = self.peek() else { return Err(self.wrong_here()) };
                        self.at += 1;
                        last = to;
                    }
                    let count = (last + 12 - first) % 12;
                    all.extend((0..=count).filter_map(|more| u8::try_from((first - 1 + more) % 12 + 1).ok()));
                }
                _ if all.is_empty() => return Err(self.wrong_here()),
                _ => {
                    self.at = before;
                    return Ok(all);
                }
            }
        }
    }

    /// The months after "last Monday of".
    fn days_of_year(&mut self, rule: RecurrenceRule, days: MonthDays) -> Result<RecurrenceRule, Problem> {
        let before = self.at;
        let by_month = self.months()?;
        if matches!(days, MonthDays::Workday(_)) && by_month.len() > 1 {
            // `BYSETPOS` would choose one for all these months together, which is not what the words say.
            self.at = before;
            return Err(self.wrong_here());
        }
        Ok(with_days(RecurrenceRule { by_month, ..rule }, days))
    }

    /// "May 4", perhaps with "every year" after it.
    fn date_of_year(&mut self, interval: u32) -> Result<RecurrenceRule, Problem> {
        let Some(Meaning::Month(month)) = self.peek() else { return Err(self.wrong_here()) };
        let name = self.tokens[self.at].range.clone();
        self.at += 1;
        self.joints();
        let day = match self.peek() {
            Some(Meaning::Number(day)) => i8::try_from(day).ok(),
            Some(Meaning::Ordinal(day)) => Some(day),
            _ => return Err(self.wrong_here()),
        };
        // 2024 is a leap year: February 29 comes every fourth year.
        let real = day.and_then(|day| NaiveDate::from_ymd_opt(2024, month, u32::try_from(day).ok()?));
        let Some(real) = real else {
            let range = name.start..self.tokens[self.at].range.end;
            let message = format!("there is no \"{}\" in any year", &self.text[range.clone()]);
            return Err(Problem::new(codes::REPEATS, range, message).help("look at a calendar and write the day that was meant"));
        };
        self.at += 1;
        self.every_year();
        let mut rule = RecurrenceRule { interval, ..RecurrenceRule::every(Frequency::Yearly) };
        rule.by_month.extend(u8::try_from(real.month()));
        rule.by_month_day.extend(i8::try_from(real.day()));
        Ok(rule)
    }

    fn every_year(&mut self) {
        match (self.peek(), self.tokens.get(self.at + 1).map(|token| token.meaning)) {
            (Some(Meaning::Every), Some(Meaning::Unit(Unit::Year))) => self.at += 2,
            (Some(Meaning::Adverb(Unit::Year, 1)), _) => self.at += 1,
            _ => {}
        }
    }

    fn joints(&mut self) {
        while self.peek() == Some(Meaning::Joint) {
            self.at += 1;
        }
    }

    fn ands(&mut self) {
        while matches!(self.peek(), Some(Meaning::And | Meaning::Joint)) {
            self.at += 1;
        }
    }

    fn peek_token(&self) -> Option<&Token> {
        self.tokens.get(self.at)
    }

    fn peek(&self) -> Option<Meaning> {
        self.peek_token().map(|token| token.meaning)
    }

    /// The problem of the word that has no place here; of an unfinished sentence, the whole.
    fn wrong_here(&self) -> Problem {
        // The first unknown word is the slip, even where an earlier one shows it.
        let unknown = self.tokens.iter().find(|token| token.meaning == Meaning::Unknown);
        let at = unknown.or(self.peek_token()).map_or_else(|| trimmed(self.text), |token| token.range.clone());
        self.wrong(at)
    }

    fn wrong(&self, at: Range<usize>) -> Problem {
        let message = format!("\"{}\" is not a way to say how an event repeats", self.text.trim());
        let word = self.text[at.clone()].to_lowercase();
        let help = match word.as_str() {
            "from"
                if self.text[at.end..]
                    .split_whitespace()
                    .next()
                    .is_some_and(|next| next.starts_with(char::is_alphabetic) || parse_date(next.trim_end_matches(',')).is_ok()) =>
            {
                "the first date stands in `starts:`; leave it out here".to_owned()
            }
            "at" | "from" => "the time stands in `starts:` and `ends:`; leave it out here".to_owned(),
            "biweekly" | "bi-weekly" => {
                "\"biweekly\" can be read in two ways: write \"every 2 weeks on Thursday\" or \"every Tuesday and Thursday\"".to_owned()
            }
            "bimonthly" | "bi-monthly" => {
                "\"bimonthly\" can be read in two ways: write \"every 2 months\" or \"1st and 3rd Thursday of every month\"".to_owned()
            }
            "for" | "starting" | "beginning" => {
                "the first date stands in `starts:`; an end is written as \"until March 25, 2027\" or \"10 times\"".to_owned()
            }
            _ if word.contains(':') || word.ends_with("am") || word.ends_with("pm") => {
                "the time stands in `starts:` and `ends:`; leave it out here".to_owned()
            }
            _ => match suggest::nearest(&word, VOCABULARY.iter().copied()).filter(|near| !near.eq_ignore_ascii_case(&word)) {
                Some(near) => format!("did you mean \"{near}\"? {EXAMPLES}"),
                None => EXAMPLES.to_owned(),
            },
        };
        Problem::new(codes::REPEATS, at, message).help(help)
    }
}

fn weekly(interval: u32, days: Vec<Weekday>) -> RecurrenceRule {
    let by_day = days.into_iter().map(|weekday| RuleDay { nth: None, weekday }).collect();
    RecurrenceRule { interval, by_day, ..RecurrenceRule::every(Frequency::Weekly) }
}

fn with_days(rule: RecurrenceRule, days: MonthDays) -> RecurrenceRule {
    match days {
        MonthDays::Dates(by_month_day) => RecurrenceRule { by_month_day, ..rule },
        MonthDays::Numbered(by_day) => RecurrenceRule { by_day, ..rule },
        MonthDays::Workday(by_set_pos) => {
            let by_day = WORKDAYS.map(|weekday| RuleDay { nth: None, weekday }).to_vec();
            RecurrenceRule { by_day, by_set_pos, ..rule }
        }
    }
}

/// The seven days of the week that begins on `first`.
pub(super) fn week_from(first: Weekday) -> impl Iterator<Item = Weekday> {
    std::iter::successors(Some(first), |day| Some(day.succ())).take(7)
}
