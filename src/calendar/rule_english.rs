//! The English words of `repeats:`.

use chrono::Weekday::{Fri, Mon, Sat, Sun, Thu, Tue, Wed};

use super::rule_words::Meaning::{
    Adverb, Always, And, Day, Every, Except, Fold, For, From, Joint, Month, Number, Ordinal, Other, Times, To, TwoWays, Unit as Span,
    Until, Weekdays, Weekend,
};
use super::rule_words::{Entry, Unit, digits};

const BIWEEKLY: &str = "write \"every 2 weeks on {day}\", or \"twice a week on Tuesday and Thursday\"";
const BIMONTHLY: &str = "write \"every other month on the first {day}\", or \"twice a month on the 1st and 15th\"";
const BIANNUALLY: &str = "write \"every 6 months on the first {day}\", or \"every 2 years\"";

/// The words to offer for one that is not known.
#[rustfmt::skip]
pub(super) const VOCABULARY: &[&str] = &[
    "every", "each", "other", "alternate", "daily", "weekly", "fortnightly", "monthly", "quarterly", "yearly", "annually", "day", "days", "week",
    "weeks", "month", "months", "quarter", "year", "years", "weekday", "weekdays", "weekend", "weekends", "first", "second", "third", "fourth",
    "fifth", "last", "until", "except", "starting", "times", "twice", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
    "Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays", "January", "February", "March", "April", "June", "July",
    "August", "September", "October", "November", "December",
];

#[rustfmt::skip]
pub(super) const TABLE: &[Entry] = &[
    ("every", Every), ("each", Every), ("all", Every), ("each and every", Every), ("every single", Every),
    ("other", Other), ("alternate", Other), ("alternating", Other),
    ("monday", Day(Mon)), ("mondays", Day(Mon)), ("mon", Day(Mon)),
    ("tuesday", Day(Tue)), ("tuesdays", Day(Tue)), ("tue", Day(Tue)), ("tues", Day(Tue)),
    ("wednesday", Day(Wed)), ("wednesdays", Day(Wed)), ("wed", Day(Wed)), ("weds", Day(Wed)),
    ("thursday", Day(Thu)), ("thursdays", Day(Thu)), ("thu", Day(Thu)), ("thur", Day(Thu)), ("thurs", Day(Thu)),
    ("friday", Day(Fri)), ("fridays", Day(Fri)), ("fri", Day(Fri)),
    ("saturday", Day(Sat)), ("saturdays", Day(Sat)), ("sat", Day(Sat)),
    ("sunday", Day(Sun)), ("sundays", Day(Sun)), ("sun", Day(Sun)),
    ("weekday", Weekdays), ("weekdays", Weekdays), ("week day", Weekdays), ("week days", Weekdays), ("workday", Weekdays),
    ("workdays", Weekdays), ("working day", Weekdays), ("working days", Weekdays), ("business day", Weekdays), ("business days", Weekdays),
    ("weekend", Weekend), ("weekends", Weekend), ("week end", Weekend), ("week ends", Weekend),
    ("day", Span(Unit::Day, 1)), ("days", Span(Unit::Day, 1)),
    ("week", Span(Unit::Week, 1)), ("weeks", Span(Unit::Week, 1)),
    ("fortnight", Span(Unit::Week, 2)), ("fortnights", Span(Unit::Week, 2)),
    ("month", Span(Unit::Month, 1)), ("months", Span(Unit::Month, 1)),
    ("quarter", Span(Unit::Month, 3)), ("quarters", Span(Unit::Month, 3)), ("half year", Span(Unit::Month, 6)),
    ("year", Span(Unit::Year, 1)), ("years", Span(Unit::Year, 1)),
    ("daily", Adverb(Unit::Day, 1)), ("everyday", Adverb(Unit::Day, 1)),
    ("weekly", Adverb(Unit::Week, 1)), ("fortnightly", Adverb(Unit::Week, 2)),
    ("monthly", Adverb(Unit::Month, 1)), ("quarterly", Adverb(Unit::Month, 3)),
    ("semiannually", Adverb(Unit::Month, 6)), ("semi-annually", Adverb(Unit::Month, 6)), ("half-yearly", Adverb(Unit::Month, 6)),
    ("yearly", Adverb(Unit::Year, 1)), ("annually", Adverb(Unit::Year, 1)), ("annual", Adverb(Unit::Year, 1)),
    ("biennially", Adverb(Unit::Year, 2)),
    ("biweekly", TwoWays(BIWEEKLY)), ("bi-weekly", TwoWays(BIWEEKLY)), ("bi weekly", TwoWays(BIWEEKLY)),
    ("bimonthly", TwoWays(BIMONTHLY)), ("bi-monthly", TwoWays(BIMONTHLY)), ("bi monthly", TwoWays(BIMONTHLY)),
    ("biannually", TwoWays(BIANNUALLY)), ("biannual", TwoWays(BIANNUALLY)), ("bi-annually", TwoWays(BIANNUALLY)),
    ("january", Month(1)), ("jan", Month(1)), ("february", Month(2)), ("feb", Month(2)), ("march", Month(3)), ("mar", Month(3)),
    ("april", Month(4)), ("apr", Month(4)), ("may", Month(5)), ("june", Month(6)), ("jun", Month(6)), ("july", Month(7)), ("jul", Month(7)),
    ("august", Month(8)), ("aug", Month(8)), ("september", Month(9)), ("sep", Month(9)), ("sept", Month(9)), ("october", Month(10)),
    ("oct", Month(10)), ("november", Month(11)), ("nov", Month(11)), ("december", Month(12)), ("dec", Month(12)),
    ("on", Joint), ("in", Joint), ("of", Joint), ("the", Joint), ("a", Joint), ("an", Joint), ("per", Joint), ("during", Joint),
    ("month of", Joint), ("months of", Joint), ("repeats", Joint), ("repeating", Joint), ("meets", Joint), ("year-round", Always),
    ("year round", Always), ("all year", Always), ("all year round", Always), ("all year long", Always), ("ongoing", Always), ("until further notice", Always), ("indefinitely", Always), ("only", Always),
    ("and", And), ("&", And), ("+", And), ("plus", And), ("as well as", And), ("and also", And),
    ("to", To), ("through", To), ("thru", To), ("-", To), ("–", To),
    ("except", Except), ("except for", Except), ("except on", Except), ("except in", Except), ("excluding", Except), ("but not", Except),
    ("but not on", Except), ("but not in", Except), ("other than", Except), ("apart from", Except), ("minus", Except),
    ("until", Until), ("till", Until), ("til", Until), ("'til", Until), ("up to", Until), ("up until", Until), ("ending", Until),
    ("ending on", Until), ("ends", Until), ("ends on", Until), ("and ends on", Until), ("until and including", Until),
    ("from", From), ("starting", From), ("starting on", From), ("starting from", From), ("starts", From), ("starts on", From),
    ("beginning", From), ("beginning on", From), ("since", From), ("as of", From), ("commencing", From),
    ("for", For), ("for a total of", For),
    ("times", Times), ("time", Times), ("occurrences", Times), ("sessions", Times), ("session", Times), ("meetings", Times),
    ("dates", Times), ("classes", Times), ("occasions", Times),
    ("once", Fold(1)), ("twice", Fold(2)), ("thrice", Fold(3)),
    ("one", Number(1)), ("two", Number(2)), ("three", Number(3)), ("four", Number(4)), ("five", Number(5)), ("six", Number(6)),
    ("seven", Number(7)), ("eight", Number(8)), ("nine", Number(9)), ("ten", Number(10)), ("eleven", Number(11)), ("twelve", Number(12)),
    ("first", Ordinal(1)), ("second", Ordinal(2)), ("third", Ordinal(3)), ("fourth", Ordinal(4)), ("fifth", Ordinal(5)),
    ("sixth", Ordinal(6)), ("seventh", Ordinal(7)), ("eighth", Ordinal(8)), ("ninth", Ordinal(9)), ("tenth", Ordinal(10)),
    ("last", Ordinal(-1)), ("final", Ordinal(-1)), ("very last", Ordinal(-1)),
    ("second to last", Ordinal(-2)), ("second-to-last", Ordinal(-2)), ("second last", Ordinal(-2)), ("next to last", Ordinal(-2)),
    ("next-to-last", Ordinal(-2)), ("penultimate", Ordinal(-2)), ("last but one", Ordinal(-2)),
    ("third to last", Ordinal(-3)), ("third-to-last", Ordinal(-3)), ("fourth to last", Ordinal(-4)), ("fourth-to-last", Ordinal(-4)),
    ("fifth to last", Ordinal(-5)), ("fifth-to-last", Ordinal(-5)),
];

/// The letters that stand for days in "M-F", "M/W/F" and "T/Th"; alone they say nothing, and an "S" may be either day of the weekend.
pub(super) fn letters(word: &str) -> Option<chrono::Weekday> {
    Some(match word {
        "m" => Mon,
        "t" | "tu" => Tue,
        "w" => Wed,
        "th" => Thu,
        "f" => Fri,
        _ => return None,
    })
}

/// "MWF" and "TTh", as class schedules have them.
pub(super) fn run_of_letters(word: &str) -> &'static [chrono::Weekday] {
    match word {
        "mw" => &[Mon, Wed],
        "mwf" => &[Mon, Wed, Fri],
        "tth" | "tuth" => &[Tue, Thu],
        "mtwthf" => &[Mon, Tue, Wed, Thu, Fri],
        _ => &[],
    }
}

/// "3rd", "100th", "6th-to-last".
pub(super) fn ordinal(word: &str) -> Option<i16> {
    let (word, sign) = word.strip_suffix("-to-last").map_or((word, 1), |word| (word, -1));
    let number = ["st", "nd", "rd", "th"].iter().find_map(|end| word.strip_suffix(end)).and_then(digits)?;
    Some(sign * i16::try_from(number).ok().filter(|number| (1..=366).contains(number))?)
}

/// "first" to "fifth", "second-to-last", "last"; beyond them "6th".
pub(super) fn ordinal_name(nth: i16) -> String {
    const NAMES: [&str; 5] = ["first", "second", "third", "fourth", "fifth"];
    let name = |nth: u16| NAMES.get(usize::from(nth) - 1).map_or_else(|| numeral(u32::from(nth)), |name| (*name).to_owned());
    match nth {
        -1 => "last".to_owned(),
        0 => String::new(),
        1.. => name(nth.unsigned_abs()),
        _ => format!("{}-to-last", name(nth.unsigned_abs())),
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
