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
    SVG_CLEANED = "HB450", "parts of a drawing that were left out",
        "An SVG drawing can hold programs, pages and requests to other hosts. What goes out holds only what draws: shapes, colours, words.\n\nExport the drawing as \"plain SVG\", or without scripts, links and embedded pictures, and the warning goes.";
    DISK = "HB700", "the disk refused",
        "A file or folder could not be read or written; the operating system's own words stand in the message.\n\nMost often it belongs to somebody else, is open in another program, or the disk is full.";
    NO_SITE = "HB701", "no site here",
        "Every command looks for `site.toml` in the folder it is called in and in the folders above it. There is none.\n\nGo to the site's folder, name it with `--root DIR`, or begin a new site with `handbill init DIR`.";
    OUTPUT = "HB702", "a folder that must not be written to",
        "The output folder may not be, hold or lie in what you write yourself: `content/`, `themes/`, `announce/`, `.git`, `.handbill/` or the site's folder, for a build replaces and removes files there. A folder with a `site.toml` is refused for the same reason, and a link that leads out of the site's folder, for a site that was fetched from elsewhere must be safe to build.\n\nName a folder of its own: `--output public`.";
    LINK_OUT = "HB703", "a link that leads out of the output folder",
        "A folder in the output is a link to somewhere else. Writing through it would replace files that have nothing to do with the site.\n\nRemove the link; the build makes the folder itself.";
    IN_THE_WAY = "HB704", "something in the way of the build",
        "Where a page's folder must be stands a file, or the other way round, and Handbill did not write it. It is not removed, for it may be somebody's work.\n\nMove it elsewhere and build again.";
    OUTPUT_PATH = "HB705", "a name that cannot be a file of the site",
        "The name could leave the output folder, cannot be a file on every system, or is meant for two things at once.\n\nGive the page another slug, or the file another name.";
    STATE = "HB706", "`.handbill` is no folder",
        "Handbill keeps what it remembers of a site in the folder `.handbill/`, which only you can read. In its place stands a file or a link.\n\nMove that elsewhere; the folder is made by itself.";
    STOPPED = "HB707", "a build that was stopped",
        "The build was told to stop before it was done. Each file in the output folder is whole, but some may be of the build before.\n\nRun `handbill build` again: it completes what is missing.";
    FOREIGN = "HB708", "files in the output that are not Handbill's",
        "The output folder holds files that no build remembers writing: of another program, or from before `.handbill/` was lost. They are left alone, and go out with the site if you copy the folder.\n\nRemove them if nobody needs them, or build into a folder of its own.";
    LEFT_OUT = "HB709", "a file that was left out",
        "Hidden files, links that lead out of the site's folder, files with names that addresses or other systems cannot have, and what editors keep while a file is open are not read and not copied.\n\nIf it belongs on the site, rename it, or put the file itself where the link is.";
    BROKEN_STATE = "HB710", "a memory that cannot be read",
        "A file in `.handbill/` that Handbill writes for itself cannot be understood, so it is taken as lost and written anew. For `calendar.json` that means: every calendar entry counts as changed now, and no entry's number falls.\n\nIf somebody edits or merges files in `.handbill/`, do not: keep the folder out of git, and back it up instead.";
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
