//! What the clauses of a sentence mean together: a recurrence rule, or why none can hold them.

use std::ops::Range;

use chrono::{NaiveDate, Weekday};

use super::language::Language;
use super::rule::{Frequency, RecurrenceRule, RuleDay};
use super::rule_clauses::{Clauses, Group, GroupDays, WORKDAYS, no_place, two_rules, week_from};
use super::rule_words::Unit;
use super::words::trimmed;
use crate::diagnostic::{Problem, codes};

/// Makes the rule, without its end.
pub(super) fn build(text: &str, mut said: Clauses, language: Language) -> Result<RecurrenceRule, Problem> {
    let builder = Builder { text, language };
    builder.leave_out_weekdays(&mut said)?;
    builder.leave_out_months(&mut said)?;
    builder.check_fold(&said)?;
    let (unit, interval) = said.base.as_ref().map_or((None, 1), |(unit, interval, _)| (Some(*unit), *interval));
    let months = said.months.clone();
    let mut rule = match builder.one_group(said.groups)? {
        Some(group) if said.weekdays.is_empty() => builder.of_group(unit, group, &months, !said.but_months.is_empty())?,
        Some(Group { days: GroupDays::Dates(dates), months: named, range })
            if named.is_empty() && matches!(unit, None | Some(Unit::Month)) =>
        {
            // "Friday the 13th"
            let rule = RecurrenceRule { by_month_day: month_days(&dates, &range)?, ..RecurrenceRule::every(Frequency::Monthly) };
            RecurrenceRule { by_day: plain(&said.weekdays), ..rule }
        }
        Some(Group { days: GroupDays::Numbered(_) | GroupDays::Workdays(_), .. }) => return Err(two_rules(text, trimmed(text))),
        Some(group) => return Err(no_place(text, group.range)),
        None if said.weekdays.is_empty() => RecurrenceRule::every(match unit {
            Some(Unit::Day) => Frequency::Daily,
            Some(Unit::Week) => Frequency::Weekly,
            Some(Unit::Month) => Frequency::Monthly,
            Some(Unit::Year) => Frequency::Yearly,
            None => return Err(no_place(text, trimmed(text))),
        }),
        None => builder.of_weekdays(unit, interval, &said.weekdays, said.each_weekday, &months)?,
    };
    rule.interval = interval;
    rule.by_month.extend(months);
    Ok(rule.in_order())
}

struct Builder<'a> {
    text: &'a str,
    language: Language,
}

impl Builder<'_> {
    /// "every day except Sunday"
    fn leave_out_weekdays(&self, said: &mut Clauses) -> Result<(), Problem> {
        if said.but_weekdays.is_empty() {
            return Ok(());
        }
        if said.weekdays.is_empty() && matches!(said.base, Some((Unit::Day, 1, _))) {
            said.weekdays = week_from(Weekday::Mon).collect();
            said.base = None;
        }
        let before = said.weekdays.len();
        said.weekdays.retain(|day| !said.but_weekdays.contains(day));
        if said.weekdays.is_empty() || said.weekdays.len() == before {
            let message = "what is left out here is not among the days that are named";
            return Err(Problem::new(codes::REPEATS, trimmed(self.text), message).help(self.language.pick(
                "write, for instance, \"every day except Sunday\"",
                "write, for instance, \"todos los días excepto los domingos\"",
            )));
        }
        Ok(())
    }

    /// "every month except July and August"
    fn leave_out_months(&self, said: &mut Clauses) -> Result<(), Problem> {
        if said.but_months.is_empty() {
            return Ok(());
        }
        if said.months.is_empty() {
            said.months = (1..=12).collect();
        }
        let before = said.months.len();
        said.months.retain(|month| !said.but_months.contains(month));
        if said.months.is_empty() || said.months.len() == before {
            let message = "the months that are left out here are not among those that are named";
            return Err(Problem::new(codes::REPEATS, trimmed(self.text), message).help("name the months that are left"));
        }
        Ok(())
    }

    /// "twice a week" wants two days.
    fn check_fold(&self, said: &Clauses) -> Result<(), Problem> {
        let Some((count, range)) = &said.fold else { return Ok(()) };
        let of_group = |group: &Group| {
            let days = match &group.days {
                GroupDays::Dates(dates) | GroupDays::Workdays(dates) => dates.len(),
                GroupDays::Numbered(days) => days.len(),
            };
            days * group.months.len().max(1)
        };
        let named = said.weekdays.len() + said.groups.iter().map(of_group).sum::<usize>();
        if named == *count as usize || named == 0 && *count == 1 {
            return Ok(());
        }
        let written = &self.text[range.clone()];
        let unit = said.base.as_ref().map(|(unit, ..)| *unit);
        let example = match unit {
            Some(Unit::Month | Unit::Year) => self.language.pick("1st and 15th of every month", "el 1 y 15 de cada mes"),
            _ => self.language.pick("every Tuesday and Thursday", "todos los martes y jueves"),
        };
        let message = if named == 0 {
            format!("\"{written}\" does not say on which days")
        } else {
            format!("\"{written}\" does not fit the days named")
        };
        Err(Problem::new(codes::REPEATS, range.clone(), message).help(format!("write, for instance, \"{example}\"")))
    }

    /// The groups as one, where they can be: they share their days or their months.
    fn one_group(&self, groups: Vec<Group>) -> Result<Option<Group>, Problem> {
        let mut groups = groups.into_iter();
        let Some(mut one) = groups.next() else { return Ok(None) };
        for next in groups {
            let range = one.range.start..next.range.end;
            if one.days == next.days && !one.months.is_empty() && !next.months.is_empty() {
                one.months.extend(next.months);
            } else if one.months == next.months {
                match (&mut one.days, next.days) {
                    (GroupDays::Dates(all), GroupDays::Dates(more)) | (GroupDays::Workdays(all), GroupDays::Workdays(more)) => {
                        all.extend(more);
                    }
                    (GroupDays::Numbered(all), GroupDays::Numbered(more)) => all.extend(more),
                    _ => return Err(two_rules(self.text, range)),
                }
            } else {
                return Err(two_rules(self.text, range));
            }
            one.range = range;
        }
        Ok(Some(one))
    }

    fn of_group(&self, unit: Option<Unit>, group: Group, months: &[u8], left_out: bool) -> Result<RecurrenceRule, Problem> {
        let Group { days, months: named, range } = group;
        let frequency = match unit {
            Some(Unit::Month) => Frequency::Monthly,
            Some(Unit::Day | Unit::Week) => return Err(no_place(self.text, range)),
            None if left_out => Frequency::Monthly,
            None if named.is_empty() && months.is_empty() && matches!(days, GroupDays::Dates(_)) => {
                let written = &self.text[range.clone()];
                let help = match self.language {
                    Language::English => format!("write, for instance, \"{written} of every month\" or \"every year on May 4\""),
                    Language::Spanish => format!("write, for instance, \"{written} de cada mes\" or \"cada año el 4 de mayo\""),
                };
                return Err(Problem::new(codes::REPEATS, range.clone(), format!("\"{written}\" does not say of which months")).help(help));
            }
            None if named.is_empty() => Frequency::Monthly,
            Some(Unit::Year) | None => Frequency::Yearly,
        };
        let in_months = !named.is_empty() || !months.is_empty();
        let rule = RecurrenceRule { by_month: named, ..RecurrenceRule::every(frequency) };
        let in_year = frequency == Frequency::Yearly && !in_months;
        Ok(match days {
            GroupDays::Dates(dates) if in_year => RecurrenceRule { by_year_day: dates, ..rule },
            GroupDays::Dates(dates) => {
                let by_month_day = month_days(&dates, &range)?;
                self.check_dates(&rule.by_month, &by_month_day, &range)?;
                RecurrenceRule { by_month_day, ..rule }
            }
            GroupDays::Numbered(days) => {
                let most = if in_year { 53 } else { 5 };
                let by_day = days.iter().map(|(nth, weekday)| {
                    let number = i8::try_from(*nth).ok().filter(|nth| nth.unsigned_abs() <= most);
                    number.map(|nth| RuleDay { nth: Some(nth), weekday: *weekday }).ok_or_else(|| beyond(*nth, &range, most))
                });
                RecurrenceRule { by_day: by_day.collect::<Result<_, _>>()?, ..rule }
            }
            GroupDays::Workdays(places) => {
                // `BYSETPOS` of a year would choose one for all its months together, which is not what the words say.
                let monthly = frequency == Frequency::Yearly && rule.by_month.len() + months.len() > 1;
                if monthly && unit == Some(Unit::Year) {
                    return Err(two_rules(self.text, range));
                }
                let frequency = if monthly { Frequency::Monthly } else { frequency };
                RecurrenceRule { frequency, by_day: plain(&WORKDAYS), by_set_pos: places, ..rule }
            }
        })
    }

    fn of_weekdays(
        &self,
        unit: Option<Unit>,
        interval: u32,
        weekdays: &[Weekday],
        each: bool,
        months: &[u8],
    ) -> Result<RecurrenceRule, Problem> {
        let frequency = match unit {
            None | Some(Unit::Week) => Frequency::Weekly,
            Some(Unit::Day) if interval == 1 => Frequency::Weekly,
            Some(Unit::Month) if each => Frequency::Monthly,
            Some(Unit::Month) => {
                let day = weekdays.first().map_or("", |day| self.language.weekday_name(*day));
                let message = format!("\"{}\" can be read in two ways", self.text.trim());
                let help = match self.language {
                    Language::English => format!("write \"every {day}\", or \"first {day} of every month\""),
                    Language::Spanish => format!("write \"todos los {day}\", or \"el primer {day} de cada mes\""),
                };
                return Err(Problem::new(codes::REPEATS_TWO_WAYS, trimmed(self.text), message).help(help));
            }
            Some(Unit::Year) if !months.is_empty() => Frequency::Yearly,
            Some(Unit::Day | Unit::Year) => return Err(no_place(self.text, trimmed(self.text))),
        };
        Ok(RecurrenceRule { by_day: plain(weekdays), ..RecurrenceRule::every(frequency) })
    }

    /// At least one of the dates must be in a calendar.
    fn check_dates(&self, months: &[u8], dates: &[i8], range: &Range<usize>) -> Result<(), Problem> {
        // 2024 is a leap year: February 29 comes every fourth year.
        let real = |month: &u8, day: &i8| NaiveDate::from_ymd_opt(2024, u32::from(*month), u32::from(day.unsigned_abs())).is_some();
        if months.is_empty() || months.iter().any(|month| dates.iter().any(|day| real(month, day))) {
            return Ok(());
        }
        let message = format!("there is no \"{}\" in any year", &self.text[range.clone()]);
        Err(Problem::new(codes::REPEATS, range.clone(), message).help("look at a calendar and write the day that was meant"))
    }
}

fn month_days(dates: &[i16], range: &Range<usize>) -> Result<Vec<i8>, Problem> {
    let day = |day: &i16| i8::try_from(*day).ok().filter(|day| day.unsigned_abs() <= 31);
    dates.iter().map(day).collect::<Option<_>>().ok_or_else(|| {
        Problem::new(codes::REPEATS, range.clone(), "no month has that many days").help("the days of a month are counted from 1st to 31st")
    })
}

fn plain(weekdays: &[Weekday]) -> Vec<RuleDay> {
    weekdays.iter().map(|weekday| RuleDay { nth: None, weekday: *weekday }).collect()
}

fn beyond(nth: i16, range: &Range<usize>, most: u8) -> Problem {
    let nth = super::rule_english::numeral(u32::from(nth.unsigned_abs()));
    if most == 53 {
        return Problem::new(codes::REPEATS, range.clone(), format!("no year has a {nth} of any weekday"))
            .help("weekdays of a year are counted from 1st to 53rd, and last");
    }
    Problem::new(codes::REPEATS, range.clone(), format!("no month has a {nth} of any weekday"))
        .help("weekdays of a month are counted from first to fifth, and last")
}
