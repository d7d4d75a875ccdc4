//! Dates, times and lengths as a good librarian says them: "Thursday, December 3", "10:30–11:15 am", "45 minutes"; "jueves, 3 de diciembre",
//! "de 10:30 a 11:15 a. m.", "45 minutos".
//!
//! Pages and posts speak the [`Language`] of their reader. The functions without one are for what the program itself says, which is English.

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike, Weekday};

use super::days;
use super::language::Language;

/// The months, January first.
pub(super) const MONTHS: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

/// The months in Spanish, January first.
pub(super) const MESES: [&str; 12] =
    ["enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"];

/// "Thursday, December 3".
pub fn long_date(date: NaiveDate) -> String {
    Language::English.long_date(date)
}

/// "Thursday, December 3, 2026".
pub fn long_date_with_year(date: NaiveDate) -> String {
    Language::English.long_date_with_year(date)
}

/// "December 3, 2026".
pub fn plain_date(date: NaiveDate) -> String {
    Language::English.plain_date(date)
}

/// "Dec 3, 2026".
pub fn medium_date(date: NaiveDate) -> String {
    Language::English.medium_date(date)
}

/// "Thursday".
pub fn weekday_name(day: Weekday) -> &'static str {
    Language::English.weekday_name(day)
}

/// "Thu".
pub fn weekday_short(day: Weekday) -> &'static str {
    Language::English.weekday_short(day)
}

/// "December".
pub fn month_name(date: NaiveDate) -> &'static str {
    Language::English.month_name(date)
}

/// "10:30 am", "10 am", "noon", "midnight".
pub fn time(time: NaiveTime) -> String {
    Language::English.time(time)
}

/// "10:30–11:15 am", "11:30 am–1 pm", "9 pm–1 am", "6 pm to 9 am on Sunday"; with the day it ends on when that is further away.
pub fn time_range(starts: NaiveDateTime, ends: Option<NaiveDateTime>) -> String {
    Language::English.time_range(starts, ends)
}

/// "45 minutes", "1 hour 30 minutes", "2 days".
pub fn length(length: TimeDelta) -> String {
    Language::English.length(length)
}

impl Language {
    /// "Thursday, December 3"; "jueves, 3 de diciembre".
    pub fn long_date(self, date: NaiveDate) -> String {
        format!("{}, {}", self.weekday_name(date.weekday()), self.month_and_day(date))
    }

    /// "Thursday, December 3, 2026"; "jueves, 3 de diciembre de 2026".
    pub fn long_date_with_year(self, date: NaiveDate) -> String {
        format!("{}, {}", self.weekday_name(date.weekday()), self.plain_date(date))
    }

    /// "December 3"; "3 de diciembre".
    pub fn month_and_day(self, date: NaiveDate) -> String {
        match self {
            Language::English => format!("{} {}", self.month_name(date), date.day()),
            Language::Spanish => format!("{} de {}", date.day(), self.month_name(date)),
        }
    }

    /// "December 3, 2026"; "3 de diciembre de 2026".
    pub fn plain_date(self, date: NaiveDate) -> String {
        format!("{}{}{}", self.month_and_day(date), self.pick(", ", " de "), date.year())
    }

    /// "Dec 3, 2026"; "3 dic 2026".
    pub fn medium_date(self, date: NaiveDate) -> String {
        match self {
            Language::English => format!("{} {}, {}", self.month_short(date), date.day(), date.year()),
            Language::Spanish => format!("{} {} {}", date.day(), self.month_short(date), date.year()),
        }
    }

    /// "Thursday"; "jueves".
    pub fn weekday_name(self, day: Weekday) -> &'static str {
        let (english, spanish) = match day {
            Weekday::Mon => ("Monday", "lunes"),
            Weekday::Tue => ("Tuesday", "martes"),
            Weekday::Wed => ("Wednesday", "miércoles"),
            Weekday::Thu => ("Thursday", "jueves"),
            Weekday::Fri => ("Friday", "viernes"),
            Weekday::Sat => ("Saturday", "sábado"),
            Weekday::Sun => ("Sunday", "domingo"),
        };
        self.pick(english, spanish)
    }

    /// "Thu"; "jue".
    pub fn weekday_short(self, day: Weekday) -> &'static str {
        first_letters(self.weekday_name(day))
    }

    /// "December"; "diciembre".
    pub fn month_name(self, date: NaiveDate) -> &'static str {
        self.pick(MONTHS, MESES)[date.month0() as usize]
    }

    /// "Dec"; "dic".
    pub fn month_short(self, date: NaiveDate) -> &'static str {
        first_letters(self.month_name(date))
    }

    /// "December 2026"; "diciembre de 2026".
    pub fn month_and_year(self, date: NaiveDate) -> String {
        format!("{}{}{}", self.month_name(date), self.pick(" ", " de "), date.year())
    }

    /// "10:30 am", "10 am", "noon", "midnight"; "10:30 a. m.", "10 a. m.", "mediodía", "medianoche".
    pub fn time(self, time: NaiveTime) -> String {
        match half(time) {
            Half::Midnight => self.pick("midnight", "medianoche").to_owned(),
            Half::Noon => self.pick("noon", "mediodía").to_owned(),
            Half::Morning => format!("{} {}", clock(time), self.pick("am", "a. m.")),
            Half::Afternoon => format!("{} {}", clock(time), self.pick("pm", "p. m.")),
        }
    }

    /// "10:30–11:15 am", "11:30 am–1 pm", "9 pm–1 am", "6 pm to 9 am on Sunday"; "de 10:30 a 11:15 a. m.", "de 6 p. m. a 9 a. m. del domingo";
    /// with the day it ends on when that is further away.
    pub fn time_range(self, starts: NaiveDateTime, ends: Option<NaiveDateTime>) -> String {
        let first = self.time(starts.time());
        let Some(ends) = ends.filter(|ends| *ends > starts) else { return first };
        let last = self.time(ends.time());
        let next_day = ends.date() == days::plus_days(starts.date(), 1) && ends.time() <= starts.time();
        let same_night = next_day && (ends.hour(), ends.minute()) <= (NIGHT_ENDS, 0);
        let weekday = self.weekday_name(ends.weekday());
        if ends.date() == starts.date() || same_night {
            let shared = if same_night { first } else { self.shared_half(starts.time(), ends.time()) };
            match self {
                Language::English => format!("{shared}–{last}"),
                Language::Spanish => format!("{} {}", de(&shared), a(&last)),
            }
        } else if next_day {
            match self {
                Language::English => format!("{first} to {last} on {weekday}"),
                Language::Spanish => format!("{} {} del {weekday}", de(&first), a(&last)),
            }
        } else {
            let date = if ends.year() == starts.year() { self.long_date(ends.date()) } else { self.long_date_with_year(ends.date()) };
            match self {
                Language::English => format!("{first} to {date}, {last}"),
                Language::Spanish => format!("{} al {date}, {last}", de(&first)),
            }
        }
    }

    /// "10 am to 8 pm", "1 to 5 pm"; "de 10 a. m. a 8 p. m.", "de 1 a 5 p. m.": from an opening to its closing.
    pub fn opening(self, opens: NaiveTime, closes: NaiveTime) -> String {
        if opens == closes {
            return self.pick("24 hours", "24 horas").to_owned();
        }
        let (first, last) = (self.shared_half(opens, closes), self.time(closes));
        match self {
            Language::English => format!("{first} to {last}"),
            Language::Spanish => format!("{} {}", de(&first), a(&last)),
        }
    }

    /// "45 minutes", "1 hour 30 minutes", "2 days"; "45 minutos", "1 hora 30 minutos", "2 días".
    pub fn length(self, length: TimeDelta) -> String {
        let minutes = length.num_minutes().max(0);
        let nouns = self.pick(["day", "hour", "minute"], ["día", "hora", "minuto"]);
        let counts = [minutes / 1440, minutes / 60 % 24, minutes % 60];
        let parts: Vec<String> =
            counts.into_iter().zip(nouns).filter(|(count, _)| *count > 0).map(|(count, noun)| counted(count, noun)).collect();
        if parts.is_empty() { counted(0, nouns[2]) } else { parts.join(" ") }
    }

    /// "today", "tomorrow", "on Thursday" within a week, else "on Thursday, December 3"; "hoy", "mañana", "el jueves", "el jueves, 3 de
    /// diciembre"; with the year when that is half a year or more away.
    pub fn relative(self, date: NaiveDate, today: NaiveDate) -> String {
        let on = self.pick("on", "el");
        match days::days_from(today, date) {
            0 => self.pick("today", "hoy").to_owned(),
            1 => self.pick("tomorrow", "mañana").to_owned(),
            -1 => self.pick("yesterday", "ayer").to_owned(),
            2..=6 => format!("{on} {}", self.weekday_name(date.weekday())),
            -180..=180 => format!("{on} {}", self.long_date(date)),
            _ => format!("{on} {}", self.long_date_with_year(date)),
        }
    }

    /// "a", "a and b", "a, b and c"; "a", "a y b", "a, b y c", and "e" before the sound of an "i".
    pub fn listed<S: AsRef<str>>(self, items: &[S]) -> String {
        match items {
            [] => String::new(),
            [one] => one.as_ref().to_owned(),
            [most @ .., last] => {
                let and = match self {
                    Language::English => "and",
                    Language::Spanish if begins_with_i(last.as_ref()) => "e",
                    Language::Spanish => "y",
                };
                format!("{} {and} {}", most.iter().map(AsRef::as_ref).collect::<Vec<_>>().join(", "), last.as_ref())
            }
        }
    }

    /// The first time of a range, without the "am" or "pm" that its end says as well: "1" of "1 to 5 pm".
    fn shared_half(self, first: NaiveTime, last: NaiveTime) -> String {
        match (half(first), half(last)) {
            (Half::Morning, Half::Morning) | (Half::Afternoon, Half::Afternoon) if first < last => clock(first),
            _ => self.time(first),
        }
    }
}

/// Until when an early hour belongs to the night before.
const NIGHT_ENDS: u32 = 4;

/// "1 event", "2 events".
pub(super) fn counted(count: i64, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

/// The first three letters; none of the names is shorter.
fn first_letters(name: &str) -> &str {
    name.char_indices().nth(3).map_or(name, |(end, _)| &name[..end])
}

/// Noon takes its article: "del mediodía".
fn de(time: &str) -> String {
    if time == "mediodía" { format!("del {time}") } else { format!("de {time}") }
}

fn a(time: &str) -> String {
    if time == "mediodía" { format!("al {time}") } else { format!("a {time}") }
}

/// Does a Spanish word begin with the sound of an "i", so that "and" before it is "e"? "Hielo" and "hiato" do not.
fn begins_with_i(word: &str) -> bool {
    let word = word.to_lowercase();
    let sound = word.strip_prefix('h').unwrap_or(&word);
    let glides = word.starts_with("hia") || word.starts_with("hie") || word.starts_with("hio");
    sound.starts_with(['i', 'í']) && !glides
}

enum Half {
    Midnight,
    Noon,
    Morning,
    Afternoon,
}

fn half(time: NaiveTime) -> Half {
    match (time.hour(), time.minute()) {
        (0, 0) => Half::Midnight,
        (12, 0) => Half::Noon,
        (0..12, _) => Half::Morning,
        _ => Half::Afternoon,
    }
}

fn clock(time: NaiveTime) -> String {
    let (_, hour) = time.hour12();
    if time.minute() == 0 { hour.to_string() } else { format!("{hour}:{:02}", time.minute()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn local(text: &str) -> NaiveDateTime {
        NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap()
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn dates_are_said_as_at_the_desk() {
        let third = day("2026-12-03");
        assert_eq!(long_date(third), "Thursday, December 3");
        assert_eq!(long_date_with_year(third), "Thursday, December 3, 2026");
        assert_eq!(medium_date(third), "Dec 3, 2026");
        assert_eq!(Language::English.month_and_year(third), "December 2026");
        assert_eq!(weekday_short(third.weekday()), "Thu");
    }

    #[test]
    fn a_range_of_times_says_am_or_pm_once_when_both_share_it() {
        let range = |a: &str, b: &str| time_range(local(a), Some(local(b)));
        assert_eq!(range("2026-12-03 10:30", "2026-12-03 11:15"), "10:30–11:15 am");
        assert_eq!(range("2026-12-03 11:30", "2026-12-03 13:00"), "11:30 am–1 pm");
        assert_eq!(range("2026-12-03 10:00", "2026-12-03 12:00"), "10 am–noon");
        assert_eq!(range("2026-12-03 12:00", "2026-12-03 13:30"), "noon–1:30 pm");
        assert_eq!(range("2026-12-03 00:15", "2026-12-03 01:00"), "12:15–1 am");
        assert_eq!(range("2026-12-03 21:00", "2026-12-04 01:00"), "9 pm–1 am");
        assert_eq!(range("2026-12-03 19:00", "2026-12-04 00:00"), "7 pm–midnight");
        assert_eq!(range("2026-11-28 18:00", "2026-11-29 09:00"), "6 pm to 9 am on Sunday");
        assert_eq!(range("2026-11-28 10:00", "2026-11-29 10:00"), "10 am to 10 am on Sunday");
        assert_eq!(range("2026-12-03 10:00", "2026-12-05 16:00"), "10 am to Saturday, December 5, 4 pm");
        assert_eq!(range("2026-12-28 10:00", "2027-01-08 16:00"), "10 am to Friday, January 8, 2027, 4 pm");
        assert_eq!(time_range(local("2026-12-03 10:30"), None), "10:30 am");
    }

    #[test]
    fn lengths_are_said_in_days_hours_and_minutes() {
        assert_eq!(length(TimeDelta::minutes(45)), "45 minutes");
        assert_eq!(length(TimeDelta::minutes(90)), "1 hour 30 minutes");
        assert_eq!(length(TimeDelta::hours(49)), "2 days 1 hour");
        assert_eq!(length(TimeDelta::zero()), "0 minutes");
    }

    #[test]
    fn near_dates_are_said_from_today() {
        let today = day("2026-11-30");
        assert_eq!(Language::English.relative(today, today), "today");
        assert_eq!(Language::English.relative(day("2026-12-01"), today), "tomorrow");
        assert_eq!(Language::English.relative(day("2026-12-03"), today), "on Thursday");
        assert_eq!(Language::English.relative(day("2026-12-10"), today), "on Thursday, December 10");
        assert_eq!(Language::English.relative(day("2027-12-09"), today), "on Thursday, December 9, 2027");
    }

    #[test]
    fn the_same_is_said_in_spanish() {
        let spanish = Language::Spanish;
        let third = day("2026-12-03");
        assert_eq!(spanish.long_date_with_year(third), "jueves, 3 de diciembre de 2026");
        assert_eq!((spanish.long_date(third), spanish.medium_date(third)), ("jueves, 3 de diciembre".to_owned(), "3 dic 2026".to_owned()));
        assert_eq!(spanish.month_and_year(third), "diciembre de 2026");
        assert_eq!((spanish.weekday_short(Weekday::Wed), spanish.weekday_short(Weekday::Sat)), ("mié", "sáb"));
        let range = |a: &str, b: &str| spanish.time_range(local(a), Some(local(b)));
        assert_eq!(range("2026-12-03 10:30", "2026-12-03 11:15"), "de 10:30 a 11:15 a. m.");
        assert_eq!(range("2026-12-03 11:30", "2026-12-03 13:00"), "de 11:30 a. m. a 1 p. m.");
        assert_eq!(range("2026-12-03 10:00", "2026-12-03 12:00"), "de 10 a. m. al mediodía");
        assert_eq!(range("2026-12-03 19:00", "2026-12-04 00:00"), "de 7 p. m. a medianoche");
        assert_eq!(range("2026-11-28 18:00", "2026-11-29 09:00"), "de 6 p. m. a 9 a. m. del domingo");
        assert_eq!(range("2026-12-28 10:00", "2027-01-08 16:00"), "de 10 a. m. al viernes, 8 de enero de 2027, 4 p. m.");
        assert_eq!(spanish.length(TimeDelta::minutes(1530)), "1 día 1 hora 30 minutos");
        assert_eq!(spanish.relative(day("2026-12-10"), day("2026-11-30")), "el jueves, 10 de diciembre");
        assert_eq!(spanish.opening(local("2026-12-03 13:00").time(), local("2026-12-03 17:00").time()), "de 1 a 5 p. m.");
        assert_eq!(spanish.listed(&["Pedro", "Inés"]), "Pedro e Inés");
        assert_eq!(spanish.listed(&["agua", "hielo", "sal"]), "agua, hielo y sal");
    }
}
