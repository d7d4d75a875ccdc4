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
    CHANNEL_NOT_STARTED = "HB630", "a channel that does not speak from here",
        "An outbox speaks for a real channel only after `handbill channels start NAME` was run with it. That takes back what it finds of our posts on the platform, and from then on posts what falls due.\n\nSo a second laptop, a lost file or a machine that is thrown away after each run repeats nothing. Start a channel where the scheduled job runs, and nowhere else.";
    CHANNEL_ELSEWHERE = "HB631", "a channel that was started for another server or another site",
        "`server` of the channel or `base_url` of the site is another one than when the channel was started. What was posted there can't be found here, and links would lead elsewhere, so the channel is stopped.\n\nPut the old address back, or run `handbill channels start NAME` again.";
    RESTORED = "HB632", "an outbox that is a copy brought back",
        "Each pass writes its number into the outbox and into `.handbill/passes` beside it. When the outbox is behind, it is an older copy, and does not know what went out since: it would say it all again.\n\nStart each channel again: that finds our posts on the platform, and nothing that fell due before is posted.";
    REHEARSAL = "HB633", "a rehearsal leaves real channels alone",
        "With `--now` a pass plays at another time, so it only looks at practice channels and at servers on this machine. Nothing is sent to people at the wrong time.\n\nLeave out `--now` to post in earnest.";
    FILE_GONE = "HB634", "an announced event whose file is gone",
        "The event was announced and is still ahead, but its file is not there any more. Nothing is said of it and its queued posts are held: a failed checkout must not cancel a season, and people who were told of it may come.\n\nBring the file back, with `status: cancelled` if it does not take place. If it was renamed, keep its `id:` or name the old one under `aliases:`.";
    TOO_MANY = "HB635", "many posts would be taken back at once",
        "More than 10 posts and more than a fifth of the queue would be withdrawn in one pass. That is more often a missing folder than a decision, so nothing was done and nothing was sent.\n\nLook at the list. If it is what you want, run it again with `--yes`.";
    OUTCOME_UNKNOWN = "HB636", "nobody knows whether a post went out",
        "The connection broke or the machine died while the platform had the post, and the platform cannot be asked what became of it. Sending it again could say it twice, so it is left alone.\n\nLook at the account yourself.";
    POST_FAILED = "HB637", "a post that did not go out",
        "The platform refused it for good, or it was tried as often as it is worth. The reason stands in the message in the platform's own words.\n\nOften it is a rule of the platform about words or pictures. Post it by hand if it matters; the event's other posts go their way.";
    UNAUTHORIZED = "HB638", "a channel that may not post any more",
        "The platform no longer accepts the channel's token: it ran out, was taken back, or the account is locked. That channel is left out, its posts stay scheduled, and the others go on.\n\nRenew the token as the message says; what is still within `grace` then goes out.";
    IN_DOUBT = "HB639", "a post whose outcome is not known yet",
        "A try ended without a clear answer. Before anything is sent again the post is looked for on the platform, and not before it must show there if it is there.\n\nNothing need be done: the next pass looks.";
    POST_DELAYED = "HB640", "a post that is due and waits",
        "It could not go out now: its page is not on the web yet, or the platform was busy or out of reach. It is tried again by the next passes, until `grace` is over or its event begins.\n\nWhere the page is missing, publish the site first.";
    POST_PICTURE = "HB641", "a picture that could not be made ready for a post",
        "The picture of a post is sized for its platform just before it goes out, and that failed: the file is gone, damaged, or of a kind that can't be read.\n\nPut the file right, or take it out of the event.";
    OUTREACH_WAITS = "HB642", "the outbox is not brought in line with content that has errors",
        "With an error in the content nobody can say what there is to announce, so nothing new is scheduled, changed or withdrawn. What was scheduled goes out as it stands, except the posts of files with an error: those wait.\n\nMend the errors and run again.";
    OUTBOX = "HB643", "the outbox cannot be read or written",
        "What was said and what is to be said stands in `.handbill/outbox.sqlite`. It could not be opened, read or written, so nothing was sent: without that memory a post could go out twice.\n\nThe message says what the system says. Often the disk is full, or the folder belongs to somebody else.";
    CHANNEL_START = "HB644", "a channel that could not be started",
        "`handbill channels start` asks the platform who we are there and looks for our posts. One of that failed, so nothing was written down and the channel does not speak from here yet.\n\nDo what the message says, and run it again.";
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
