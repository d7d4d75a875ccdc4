//! Dates as libraries use them.
//!
//! Nearly everything here is *wall-clock time*: "Thursdays at 10:30" means what the clock in the library shows, winter and summer. Such a
//! time becomes an *instant* only in a [`Zone`], and then it may fall into a gap or come twice ([`Civil`]). An event has a [`Pattern`]: a
//! start, perhaps a [`RecurrenceRule`], dates left out and dates added; its *occurrences* are expanded from it lazily, since a rule may
//! have no end. Parsers of small texts give a value or a [`Problem`](crate::diagnostic::Problem) that points into the text.
//!
//! This is the only folder that does arithmetic on dates; others use [`days`].
//!
//! - [`Zone`] a time zone of the bundled database, with its changes of the clock; [`Now`] the moment a story is told at
//! - [`resolve`] wall-clock time → instant; [`days`] arithmetic that never panics; [`instant`] instants as machines write them
//! - [`Language`] the language that a reader is told things in
//! - [`parse_date`], [`parse_time`], [`parse_date_time`], [`parse_end`], [`parse_length`] words → values; [`print`] values → words
//! - [`RecurrenceRule`] RFC 5545 §3.3.10; [`parse_repeats`] and [`sentence`] the same in plain words
//! - [`Pattern`] the dates of an event; [`Hours`] when a branch is open

mod civil;
mod clock;
pub mod days;
mod expand;
mod hours;
mod hours_days;
mod hours_phrase;
mod hours_service;
mod hours_taken;
pub mod instant;
mod language;
mod length;
mod now;
mod phrase;
pub mod print;
mod rule;
mod rule_build;
mod rule_clauses;
mod rule_days;
mod rule_end;
mod rule_english;
mod rule_grammar;
mod rule_near;
mod rule_phrase;
mod rule_promises;
mod rule_sentence;
mod rule_spanish;
mod rule_text;
mod rule_words;
mod sentence_english;
mod sentence_spanish;
mod words;
mod zone;

pub use chrono::{DateTime, Datelike, Duration, NaiveDate, NaiveDateTime, NaiveTime, Timelike, Utc, Weekday};

pub use civil::{Civil, resolve};
pub use clock::parse_time;
pub use days::{
    at, day_range, days_from, days_in_month, first_of_month, iso_date, last_of_month, midnight, minus_days, month_weeks, next_month, plus,
    plus_days, plus_months, previous_month, start_of_week,
};
pub use expand::{Pattern, Planned};
pub use hours::{DayHours, Hours, Interval, Standing, in_a_sentence};
pub use hours_days::{OnClosing, Season, SeasonDays, Special, SpecialDays, Weekly, YearDay};
pub use hours_phrase::{SeasonEnd, parse_days, parse_intervals, parse_season_end};
pub use hours_service::Service;
pub use instant::{earlier, lasts_over_a_day, later};
pub use language::Language;
pub use length::parse_length;
pub use now::Now;
pub use phrase::{DateOrTime, parse_date, parse_date_time, parse_end};
pub use print::{
    length, long_date, long_date_with_year, medium_date, month_name, plain_date, time, time_range, weekday_name, weekday_short,
};
pub use rule::{End, Frequency, RecurrenceRule, RuleDay, Until};
pub use rule_phrase::{parse_every, parse_repeats};
pub use rule_sentence::sentence;
pub use zone::{Observance, Transition, Zone, ZoneOffset, database_version};
