//! The catalogue: every code, its title and its long explanation, in one table.
//!
//! Ranges: HB0xx writing (YAML, TOML, keys), HB1xx dates, times and rules, HB2xx content, HB3xx settings, HB4xx theme, pages and pictures,
//! HB5xx announcements, HB6xx channels and the outbox, HB7xx the disk and the machine.

use std::fmt;

/// A code of the catalogue, such as `HB012`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(&'static str);

impl Code {
    /// As printed: `HB012`.
    pub fn as_str(self) -> &'static str {
        self.0
    }

    /// One line about it.
    pub fn title(self) -> &'static str {
        codes::ALL.iter().find(|(code, ..)| *code == self).map_or("", |(_, title, _)| title)
    }

    /// What it means, why it matters, what to write instead; Markdown.
    pub fn explanation(self) -> &'static str {
        codes::ALL.iter().find(|(code, ..)| *code == self).map_or("", |(.., text)| text)
    }

    /// Every code, in order.
    pub fn all() -> impl Iterator<Item = Code> {
        codes::ALL.iter().map(|(code, ..)| *code)
    }

    /// The code written so, in any case: `hb012`.
    pub fn named(text: &str) -> Option<Code> {
        Code::all().find(|code| code.0.eq_ignore_ascii_case(text.trim()))
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

macro_rules! catalogue {
    ($($name:ident = $code:literal, $title:literal, $text:literal;)*) => {
        /// One constant a code, and the table of them all.
        pub mod codes {
            use super::Code;
            $(#[doc = $title] pub const $name: Code = Code($code);)*
            pub(super) const ALL: &[(Code, &str, &str)] = &[$(($name, $title, $text)),*];
        }
    };
}

catalogue! {
    UNKNOWN_KEY = "HB001", "a key that means nothing here",
        "Every key of a front matter or of site.toml does something; one that Handbill does not know would silently do nothing, so it is refused.\n\nMost often it is a slip of the pen. The message offers the nearest key there is.";
    DATE = "HB100", "a date that cannot be read",
        "A date is written as `2026-12-03`, or in words with its year: \"December 3, 2026\", \"Dec 3 2026\", \"3 December 2026\".\n\nA weekday may stand before it (\"Thursday, December 3, 2026\") and is then compared with the calendar.";
    NO_SUCH_DATE = "HB101", "a date that the calendar does not have",
        "February 30, April 31 or a 13th month: the calendar has no such day, so nothing can take place on it. The same is said of a weekday that does not fit its date.\n\nLook at a calendar and write the day that was meant.";
    AMBIGUOUS_DATE = "HB102", "a date that can be read in two ways",
        "`12/3/2026` is December 3 to some and March 12 to others, and an event on the wrong day is worse than an error.\n\nWrite `2026-12-03` or \"December 3, 2026\".";
    YEAR = "HB103", "a year that cannot be meant",
        "Years are written with four digits, and lie between 1900 and 2200: anything else is nearly always a slip of the pen.\n\nWrite `2026` rather than `26`.";
    TIME = "HB104", "a time of day that cannot be read",
        "A time is written as `10:30`, `20:00`, `10:30 am`, `10 am`, `noon` or `midnight`. Handbill does not guess whether a bare `8` is the morning or the evening.";
    NO_SUCH_TIME = "HB105", "a time that the clock does not have",
        "A day has the hours 0 to 23, an hour the minutes 0 to 59, and with am or pm the hours are 1 to 12.\n\nThe end of a day is `midnight` or `00:00` of the next day, not `24:00`.";
    MISSING_TIME = "HB106", "a date without its time",
        "Here both a date and a time are needed, or nobody knows when to come.\n\nWrite both: `2026-12-03 10:30`, or \"December 3, 2026 at 10:30 am\".";
    LENGTH = "HB107", "a length of time that cannot be read",
        "How long something lasts is written as `45m`, \"45 minutes\", `1h30m`, \"1 hour 30 minutes\" or \"2 days\"; more than nothing and at most a year.";
    TIME_SKIPPED = "HB108", "a time that daylight saving skips",
        "In the night when clocks go forward an hour of times does not exist: 02:30 never comes. Where somebody wrote such a time, it is an error; where a rule computes one, it moves on by the length of the gap (02:30 becomes 03:30).\n\nWrite a time before or after the gap.";
    REPEATS = "HB110", "words that do not say how an event repeats",
        "`repeats:` takes plain words: \"every Thursday\", \"every 2 weeks on Saturday\", \"first Monday of every month\", \"weekdays until June 11 2027\", \"every year on May 4\", \"Tuesdays and Thursdays, 10 times\".\n\nFor what the words cannot say it takes a recurrence rule as calendars write it: `FREQ=MONTHLY;BYDAY=1MO,3MO` (RFC 5545 §3.3.10).";
    REPEATS_EXCEPT = "HB111", "an exception that no rule can hold",
        "A rule says when an event takes place; it cannot know holidays, school terms or \"usually\".\n\nLeave those words out and list the dates that fall out: `skips: [2026-12-24, 2026-12-31]`. Dates beside the rule stand in `adds:`.";
    RULE_TEXT = "HB112", "a recurrence rule that cannot be read",
        "The text holds `FREQ=`, so it is read as a recurrence rule of RFC 5545 §3.3.10: names and values with `=` between them and `;` after each, such as `FREQ=WEEKLY;INTERVAL=2;BYDAY=TH;UNTIL=20270325`.\n\nPlain words say most of it: \"every other Thursday until March 25, 2027\".";
    RULE_PART = "HB113", "a part of a recurrence rule that Handbill does not know",
        "Handbill understands rules of a day and longer: FREQ, INTERVAL, COUNT, UNTIL, BYDAY, BYMONTHDAY, BYMONTH, BYSETPOS and WKST. It refuses the others rather than leaving them out, since the dates would be wrong.\n\nWrite BYYEARDAY and BYWEEKNO with BYMONTH and BYMONTHDAY or BYDAY, and an event of its own for each time of day.";
    START_NOT_IN_RULE = "HB114", "a first date that its own rule does not give",
        "`starts:` is the first date of the rule. When `starts` is a Wednesday and `repeats` says \"every Thursday\", one of them is wrong, and calendars disagree about what they show.\n\nMove `starts` to a date of the rule, or add the other date with `adds:`.";
    RULE_HAS_NO_DATE = "HB115", "a rule that gives no date at all",
        "The rule can be read, but no day fits it: February 31, or an end before the beginning. The event would never take place, and its page would be empty.\n\nChange the rule, or its end.";
    DAYS = "HB120", "days of the week that cannot be read",
        "Days of the week are written as \"Monday\", \"mon-thu\", \"sat, sun\", \"weekdays\", \"weekends\" or \"every day\".";
    HOURS = "HB121", "opening hours that cannot be read",
        "Hours are written as `10:00-20:00`, \"10 am to 8 pm\", `10-12, 13-17` or `closed`. Where a bare number could be the morning or the evening, am and pm are needed. Hours that close before they open run past midnight.";
    UNKNOWN_PLATFORM = "HB600", "a platform that Handbill does not speak",
        "`platform` of a channel is one of the platforms that Handbill speaks: `practice` (a wall in a local file), `mastodon` (and servers that speak its interface), `bluesky`.\n\nThe message offers the nearest name. A practice channel can take the limits of another platform: `platform = \"practice\"` with `like = \"bluesky\"`.";
    CHANNEL_KEY_MISSING = "HB601", "a channel that lacks a key",
        "Each platform needs to know a few things before it can speak: which server, which account, where its token is to be found.\n\nThe message shows the line to add to the channel's table in site.toml.";
    CHANNEL_VALUE = "HB602", "a value that this key of a channel cannot have",
        "The key is known, but what stands behind it is of the wrong kind: a number where a text is wanted, or a word that the platform does not have.\n\nThe message shows what it may be.";
    SECRET_WRITTEN_OUT = "HB603", "a secret that stands in site.toml",
        "site.toml is copied, kept in git and shown to colleagues; a token or password in it is soon known to many, and whoever knows it can post in the library's name.\n\nWrite where it is to be found: `token = { env = \"HANDBILL_TOKEN\" }`, `{ file = \"/etc/handbill/token\" }` or `{ command = \"pass show handbill\" }`. Then renew the secret, since the written one has been seen. The message never repeats it.";
    SERVER_ADDRESS = "HB604", "a server's address that cannot be used",
        "`server` is the address of the platform's server and nothing more: `https://example.social`. It is https, since the token travels with every request; only a server on this machine (`http://localhost:3000`) may do without.";
    SECRET_NOT_FOUND = "HB605", "a secret that is not where site.toml says",
        "Handbill looked where the channel's table says and found nothing: the environment variable is not set, the file is not there or empty, or the command failed. Until it is found the channel cannot speak; nothing is lost, its posts wait.\n\nIn a scheduled job, remember that cron does not read your shell's settings.";
    CHANNEL_CLOSED = "HB606", "a channel that cannot be opened on this machine",
        "Something on this machine keeps the channel from being used before any server is asked, such as certificates of trust that are missing or cannot be read.\n\nThe message repeats what the system said. Posts of the channel wait meanwhile.";
}

#[cfg(test)]
mod tests {
    use super::Code;

    #[test]
    fn codes_are_in_order_and_each_is_there_once() {
        let all: Vec<Code> = Code::all().collect();
        assert!(all.windows(2).all(|pair| pair[0] < pair[1]), "{all:?}");
    }

    #[test]
    fn every_code_is_explained() {
        for code in Code::all() {
            assert!(code.explanation().len() > 60, "{code} wants a longer explanation");
        }
    }
}
