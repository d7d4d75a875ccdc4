//! The grammar of plain words: what is said of a rule, clause by clause, in the order people say it.
//!
//! Every word must have its place: nothing is skipped in silence. What the clauses mean together is for [`rule_build`](super::rule_build).

use chrono::Weekday;

use super::language::Language;
use super::rule_clauses::{Clauses, Group, GroupDays, WORKDAYS, no_place, two_rules, week_from};
use super::rule_end::is_fold;
use super::rule_english::numeral;
use super::rule_near::{counted_days, two_ways, week_of_month, weekend_of_month};
use super::rule_words::{Meaning, Token, Unit};
use super::words::trimmed;
use crate::diagnostic::Problem;

/// Reads the words but for the end; `text` is the whole, for the problem to point into.
pub(super) fn read(text: &str, tokens: &[Token], language: Language) -> Result<Clauses, Problem> {
    if let Some(token) = tokens.iter().find(|token| matches!(token.meaning, Meaning::Unknown)) {
        return Err(no_place(text, token.range.clone()));
    }
    if let Some(last) = tokens.last()
        && matches!(last.meaning, Meaning::Joint | Meaning::And | Meaning::To)
    {
        return Err(no_place(text, last.range.clone()));
    }
    let mut reader = Reader { text, tokens, language, at: 0, said: Clauses::default() };
    while reader.peek().is_some() {
        reader.clause()?;
    }
    Ok(reader.said)
}

struct Reader<'a> {
    text: &'a str,
    tokens: &'a [Token],
    language: Language,
    at: usize,
    said: Clauses,
}

impl Reader<'_> {
    fn clause(&mut self) -> Result<(), Problem> {
        let at = self.at;
        match self.peek() {
            Some(Meaning::Joint | Meaning::And | Meaning::Always) => self.at += 1,
            Some(Meaning::Every) => {
                self.at += 1;
                self.after_every()?;
            }
            Some(Meaning::Adverb(unit, interval)) => {
                self.at += 1;
                self.base(unit, interval, at)?;
            }
            Some(Meaning::Fold(count)) => {
                self.at += 1;
                self.fold(count, at)?;
            }
            Some(Meaning::Number(count)) if self.after(1) == Some(Meaning::Times) && is_fold(self.tokens, at) => {
                self.at += 2;
                self.fold(count, at)?;
            }
            Some(Meaning::Unit(Unit::Day, 1)) if matches!(self.after(1), Some(Meaning::Number(_))) => {
                self.at += 1;
                self.group()?;
            }
            Some(Meaning::Unit(unit, size)) => {
                self.at += 1;
                let interval = if self.other() { 2 * size } else { size };
                self.base(unit, interval, at)?;
            }
            Some(Meaning::Other) if matches!(self.after(1), Some(Meaning::Unit(..) | Meaning::Day(_) | Meaning::Weekend)) => {
                self.at += 1;
                self.alternate(at)?;
            }
            Some(Meaning::Day(_) | Meaning::Weekdays | Meaning::Weekend) => self.weekdays(None)?,
            Some(Meaning::Ordinal(_) | Meaning::Number(_)) => self.group()?,
            Some(Meaning::Month(_)) => self.month()?,
            Some(Meaning::Except) => {
                self.at += 1;
                self.except()?;
            }
            Some(Meaning::TwoWays(help)) => return Err(two_ways(self.text, self.tokens[at].range.clone(), help.to_owned())),
            _ => return Err(self.wrong_here()),
        }
        Ok(())
    }

    fn after_every(&mut self) -> Result<(), Problem> {
        while matches!(self.peek(), Some(Meaning::Joint)) {
            self.at += 1;
        }
        let at = self.at;
        match self.peek() {
            Some(Meaning::Other) => {
                self.at += 1;
                self.alternate(at)
            }
            Some(Meaning::Number(count @ 1..=999)) => match self.after(1) {
                Some(Meaning::Unit(unit, size)) => {
                    self.at += 2;
                    // "Cada quince días" is every other week to most who say it, and "cada ocho días" every week.
                    if self.language == Language::Spanish && unit == Unit::Day && matches!(count, 8 | 15) {
                        if self.peek() != Some(Meaning::Exactly) {
                            let range = self.tokens[at - 1].range.start..self.tokens[at + 1].range.end;
                            let weeks = if count == 8 { "todas las semanas" } else { "cada 2 semanas" };
                            return Err(two_ways(self.text, range, format!("write \"{weeks}\", or \"cada {count} días exactos\"")));
                        }
                        self.at += 1;
                    }
                    self.base(unit, count * size, at)
                }
                Some(Meaning::Day(_) | Meaning::Weekend) => {
                    self.at += 1;
                    self.base(Unit::Week, count, at)?;
                    self.weekdays(Some(count))
                }
                Some(Meaning::Joint | Meaning::And | Meaning::Month(_)) => self.group(),
                _ => Err(self.wrong_here()),
            },
            Some(Meaning::Ordinal(nth @ 2..)) => match self.after(1) {
                Some(Meaning::Unit(unit, size)) if unit != Unit::Day || !self.of_month(2) => {
                    self.at += 2;
                    self.base(unit, u32::from(nth.unsigned_abs()) * size, at)
                }
                Some(Meaning::Day(day)) if !self.says_month() => {
                    self.at += 2;
                    let range = self.tokens[at - 1].range.start..self.tokens[at + 1].range.end;
                    let day = self.language.weekday_name(day);
                    let help = match self.language {
                        Language::English => {
                            let nth = numeral(u32::from(nth.unsigned_abs()));
                            let weeks = nth.trim_end_matches(char::is_alphabetic);
                            format!("write \"every {weeks} weeks on {day}\", or \"{nth} {day} of every month\"")
                        }
                        Language::Spanish => format!("write \"cada {nth} semanas los {day}\", or \"el {nth}.º {day} de cada mes\""),
                    };
                    Err(two_ways(self.text, range, help))
                }
                _ => self.group(),
            },
            // "every" alone says nothing.
            None => Err(self.wrong_here()),
            _ => Ok(()),
        }
    }

    /// What follows "every other".
    fn alternate(&mut self, at: usize) -> Result<(), Problem> {
        match self.peek() {
            Some(Meaning::Unit(unit, size)) => {
                self.at += 1;
                self.base(unit, 2 * size, at)
            }
            Some(Meaning::Day(_) | Meaning::Weekend) => {
                self.base(Unit::Week, 2, at)?;
                self.weekdays(Some(2))
            }
            Some(Meaning::Weekdays) => Err(self.wrong_here().help("name the days: write \"every Monday, Wednesday and Friday\"")),
            _ => Err(self.wrong_here()),
        }
    }

    /// What follows "twice": "a week", "each month", "weekly".
    fn fold(&mut self, count: u32, at: usize) -> Result<(), Problem> {
        while matches!(self.peek(), Some(Meaning::Joint | Meaning::To | Meaning::For | Meaning::Every)) {
            self.at += 1;
        }
        let Some(Meaning::Unit(unit, size) | Meaning::Adverb(unit, size)) = self.peek() else { return Err(self.wrong_here()) };
        self.at += 1;
        let range = self.tokens[at].range.start..self.tokens[self.at - 1].range.end;
        if self.said.fold.replace((count, range)).is_some() {
            return Err(self.wrong_at(at));
        }
        self.base(unit, size, at)
    }

    fn base(&mut self, unit: Unit, interval: u32, at: usize) -> Result<(), Problem> {
        let range = self.tokens[at].range.start..self.tokens[self.at.saturating_sub(1).max(at)].range.end;
        let joined = self.is_joined(at);
        self.said.add_base(self.text, (unit, interval, range), joined)
    }

    /// Does an "and" join it to what was said before?
    fn is_joined(&self, at: usize) -> bool {
        let mut before = self.tokens[..at].iter().rev().map(|token| token.meaning);
        before.find(|meaning| !matches!(meaning, Meaning::Joint | Meaning::Every)) == Some(Meaning::And)
    }

    /// Days of the week: "Tuesday and Thursday", "Monday to Friday", "weekdays", "jueves alternos".
    fn weekdays(&mut self, own: Option<u32>) -> Result<(), Problem> {
        let from = self.at;
        let before = self.tokens[..from].iter().rev().find(|token| token.meaning != Meaning::Joint);
        let each = before.is_some_and(|token| token.meaning == Meaning::Every);
        self.said.each_weekday |= each;
        let joined = self.is_joined(from);
        let days = self.days(own.unwrap_or_else(|| self.said.interval()) > 1)?;
        if self.other() {
            // "martes y un jueves sí y otro no": it is not told whether all of them are meant.
            if days.len() > 1 {
                return Err(two_rules(self.text, self.tokens[from].range.start..self.tokens[self.at - 1].range.end));
            }
            self.base(Unit::Week, 2, from)?;
            return self.said.add_weekdays(self.text, days, Some(2), joined);
        }
        self.said.add_weekdays(self.text, days, own.or(each.then_some(1)), joined)
    }

    /// `shared`: something stands before the first that holds for all of them ("every other", "first"). Another "every" would end it, and so
    /// would "Tuesday and Thursdays".
    fn days(&mut self, shared: bool) -> Result<Vec<Weekday>, Problem> {
        let mut all = Vec::new();
        let from = self.at;
        loop {
            let before = self.at;
            if !all.is_empty() {
                self.joints(if shared { &[Meaning::And, Meaning::Joint] } else { &[Meaning::And, Meaning::Joint, Meaning::Every] });
            }
            match self.peek() {
                Some(Meaning::Day(_)) if shared && self.is_plural(self.at) && !self.is_plural(from) => {
                    return Err(two_rules(self.text, self.tokens[from].range.start..self.tokens[self.at].range.end));
                }
                Some(Meaning::Day(first)) => {
                    self.at += 1;
                    if self.peek() == Some(Meaning::To) && matches!(self.day_after(1), Some((Meaning::Day(_), _))) {
                        let Some((Meaning::Day(last), skip)) = self.day_after(1) else { return Err(self.wrong_here()) };
                        self.at += skip + 1;
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

    /// "Thursdays", "los jueves".
    fn is_plural(&self, at: usize) -> bool {
        let written = |at: usize| self.text[self.tokens[at].range.clone()].to_lowercase();
        written(at).ends_with("days") || at > 0 && written(at - 1) == "los"
    }

    /// "1st and 3rd Tuesday", "first Monday and third Thursday", "1st and 15th", "last day", "first weekday", each perhaps "of May".
    fn group(&mut self) -> Result<(), Problem> {
        let from = self.at;
        let mut numbered = Vec::new();
        let days = loop {
            let counted = matches!((self.peek(), self.after(1)), (Some(Meaning::Number(_)), Some(Meaning::Day(_))));
            let ordinals = self.ordinals()?;
            match self.peek() {
                // "Four Thursdays" are a number of times, not the fourth.
                Some(Meaning::Day(day)) if counted => {
                    return Err(counted_days(
                        self.text,
                        self.tokens[from].range.start..self.tokens[self.at].range.end,
                        &ordinals,
                        day,
                        self.language,
                    ));
                }
                Some(Meaning::Day(_)) if !ordinals.is_empty() => {
                    for weekday in self.days(true)? {
                        numbered.extend(ordinals.iter().map(|nth| (*nth, weekday)));
                    }
                }
                Some(Meaning::Weekdays) if numbered.is_empty() => {
                    self.at += 1;
                    break GroupDays::Workdays(ordinals);
                }
                Some(Meaning::Unit(Unit::Week, 1)) => {
                    return Err(week_of_month(self.text, self.tokens[self.at].range.clone(), &ordinals, self.language));
                }
                Some(Meaning::Weekend) => {
                    return Err(two_ways(self.text, self.tokens[self.at].range.clone(), weekend_of_month(&ordinals, self.language)));
                }
                next if numbered.is_empty() && !ordinals.is_empty() => {
                    if next == Some(Meaning::Unit(Unit::Day, 1)) {
                        self.at += 1;
                    } else if ordinals.iter().any(|nth| *nth < 0) {
                        return Err(self.wrong_here());
                    }
                    break GroupDays::Dates(ordinals);
                }
                _ if !ordinals.is_empty() => {
                    return Err(two_rules(self.text, self.tokens[from].range.start..self.tokens[self.at - 1].range.end));
                }
                _ => return Err(self.wrong_here()),
            }
            let before = self.at;
            self.joints(&[Meaning::And, Meaning::Joint, Meaning::Every]);
            // "first Monday and 15th" would be two kinds of days.
            if !matches!(self.peek(), Some(Meaning::Ordinal(_)))
                || matches!(self.after(1), Some(Meaning::Unit(Unit::Week | Unit::Month | Unit::Year, _)))
            {
                self.at = before;
                break GroupDays::Numbered(numbered);
            }
        };
        let mut range = self.tokens[from].range.start..self.tokens[self.at - 1].range.end;
        let before = self.at;
        self.joints(&[Meaning::Joint]);
        let months = if let Some(Meaning::Month(_)) = self.peek() {
            let months = self.months()?;
            range.end = self.tokens[self.at - 1].range.end;
            months
        } else {
            self.at = before;
            Vec::new()
        };
        let joined = self.is_joined(from);
        self.said.add_group(self.text, Group { days, months, range }, joined)
    }

    /// "1st", "1st and 3rd", "1st to 5th", "1 y 15".
    fn ordinals(&mut self) -> Result<Vec<i16>, Problem> {
        let mut all: Vec<i16> = Vec::new();
        loop {
            let before = self.at;
            self.joints(&[Meaning::And, Meaning::Joint]);
            let Some(nth) = self.nth() else {
                self.at = before;
                return Ok(all);
            };
            self.at += 1;
            all.push(nth);
            if self.peek() == Some(Meaning::To)
                && let Some(Meaning::Ordinal(last)) = self.after(1).map(as_ordinal)
            {
                if nth < 1 || last <= nth {
                    return Err(self.wrong_here());
                }
                self.at += 2;
                all.extend(nth + 1..=last);
            }
        }
    }

    fn nth(&self) -> Option<i16> {
        match self.peek().map(as_ordinal) {
            Some(Meaning::Ordinal(nth)) => Some(nth),
            _ => None,
        }
    }

    /// "May", "June to August", or a date of the year: "May 4", "May 4 and 5".
    fn month(&mut self) -> Result<(), Problem> {
        let from = self.at;
        let months = self.months()?;
        let before = self.at;
        self.joints(&[Meaning::Joint]);
        match self.peek() {
            Some(Meaning::Number(_) | Meaning::Ordinal(1..)) if months.len() == 1 && self.language == Language::English => {
                let dates = self.ordinals()?;
                if self.peek().is_some_and(|next| matches!(next, Meaning::Day(_) | Meaning::Weekdays)) {
                    return Err(self.wrong_here());
                }
                let range = self.tokens[from].range.start..self.tokens[self.at - 1].range.end;
                let joined = self.is_joined(from);
                self.said.add_group(self.text, Group { days: GroupDays::Dates(dates), months, range }, joined)
            }
            _ => {
                self.at = before;
                self.said.add_months(self.text, months)
            }
        }
    }

    fn months(&mut self) -> Result<Vec<u8>, Problem> {
        let mut all = Vec::new();
        loop {
            let before = self.at;
            self.joints(&[Meaning::And, Meaning::Joint]);
            match self.peek() {
                Some(Meaning::Month(_)) if !all.is_empty() && self.is_date() => {
                    self.at = before;
                    return Ok(all);
                }
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
                    all.extend((0..=count).map(|more| (first - 1 + more) % 12 + 1));
                }
                _ if all.is_empty() => return Err(self.wrong_here()),
                _ => {
                    self.at = before;
                    return Ok(all);
                }
            }
        }
    }

    /// Is the month here that of a date, "May 4"?
    fn is_date(&self) -> bool {
        self.language == Language::English && matches!(self.after(1), Some(Meaning::Number(_) | Meaning::Ordinal(1..)))
    }

    /// What follows "except".
    fn except(&mut self) -> Result<(), Problem> {
        self.joints(&[Meaning::Joint, Meaning::Every, Meaning::And]);
        match self.peek() {
            Some(Meaning::Day(_) | Meaning::Weekdays | Meaning::Weekend) => {
                let days = self.days(false)?;
                self.said.but_weekdays.extend(days);
            }
            Some(Meaning::Month(_)) if !self.is_date() => {
                let months = self.months()?;
                self.said.but_months.extend(months);
            }
            _ => return Err(self.wrong_here()),
        }
        Ok(())
    }

    fn other(&mut self) -> bool {
        let other = self.peek() == Some(Meaning::Other);
        self.at += usize::from(other);
        other
    }

    fn joints(&mut self, any: &[Meaning]) {
        while self.peek().is_some_and(|meaning| any.contains(&meaning)) {
            self.at += 1;
        }
    }

    /// The day so many tokens on, perhaps behind joints ("del lunes al viernes"), and how far away it is.
    fn day_after(&self, far: usize) -> Option<(Meaning, usize)> {
        let skip = self.tokens.get(self.at + far..)?.iter().take_while(|token| token.meaning == Meaning::Joint).count();
        Some((self.after(far + skip)?, far + skip))
    }

    /// Does "of the month" follow, so many tokens on?
    fn of_month(&self, far: usize) -> bool {
        let behind = self.tokens.get(self.at + far..).unwrap_or_default();
        let mut behind = behind.iter().skip_while(|token| matches!(token.meaning, Meaning::Joint | Meaning::Every));
        matches!(behind.next().map(|token| token.meaning), Some(Meaning::Unit(Unit::Month | Unit::Year, _) | Meaning::Month(_)))
    }

    fn says_month(&self) -> bool {
        let is_month = |token: &Token| {
            matches!(
                token.meaning,
                Meaning::Unit(Unit::Month | Unit::Year, _) | Meaning::Adverb(Unit::Month | Unit::Year, _) | Meaning::Month(_)
            )
        };
        self.tokens.iter().any(is_month)
    }

    fn after(&self, far: usize) -> Option<Meaning> {
        self.tokens.get(self.at + far).map(|token| token.meaning)
    }

    fn peek(&self) -> Option<Meaning> {
        self.after(0)
    }

    /// The problem of the word that has no place here; of an unfinished sentence, the whole.
    fn wrong_here(&self) -> Problem {
        self.wrong_at(self.at)
    }

    fn wrong_at(&self, at: usize) -> Problem {
        no_place(self.text, self.tokens.get(at).map_or_else(|| trimmed(self.text), |token| token.range.clone()))
    }
}

/// "15" means the 15th where days are counted.
fn as_ordinal(meaning: Meaning) -> Meaning {
    match meaning {
        Meaning::Number(number @ 1..=366) => i16::try_from(number).map_or(meaning, Meaning::Ordinal),
        other => other,
    }
}
