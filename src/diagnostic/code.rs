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
    MISSING_KEY = "HB002", "a key that must be there",
        "Some things cannot be guessed: a page's title, an event's first date, the library's name and time zone. The message shows a line to write.";
    WRONG_KIND = "HB003", "a value of another kind",
        "A key takes a text, a number, a list or a table, and something else stands there. The message shows how such a value is written.";
    EMPTY_VALUE = "HB004", "a key without a value",
        "The key is there but nothing stands behind it, so nobody can tell whether it was forgotten. Write the value, or take the line out.";
    OUT_OF_RANGE = "HB005", "a number out of bounds",
        "The number is smaller or larger than anything that makes sense here; most often a digit was lost or doubled.";
    SECRET = "HB006", "a secret in plain sight",
        "site.toml is shared: it lies in backups, in version control, on colleagues' machines. A token, a password or a webhook address in it lets anybody who sees the file post as the library.\n\nWrite where the secret is instead: `{ env = \"NAME\" }`, `{ file = \"path\" }` or `{ command = \"pass show …\" }`. A secret that was shared once should be replaced by a new one.";
    SECRET_PLACE = "HB007", "a secret's place that cannot be read",
        "A secret is named by exactly one place: `{ env = \"NAME\" }`, `{ file = \"path\" }` or `{ command = \"…\" }`.";
    TWICE = "HB008", "a thing that stands there twice",
        "Two keys, channels or waves have the same name, and only one of them can count. Handbill does not choose; keep one of the two, or give the other a name of its own.";
    NAME = "HB009", "a name with letters that a name cannot hold",
        "Names of channels, plans, waves, audiences and addresses become parts of web addresses and file names. They hold small letters, digits and single hyphens: `story-time`. Spaces, slashes and accents are left to titles and labels.";
    TOML = "HB010", "a line of site.toml that cannot be read",
        "site.toml is written in TOML: `[table]` on a line of its own, `key = \"value\"` below it, lists in `[ ]`, several tables of one kind with `[[ ]]`. Texts stand in quotes, `true`, `false` and numbers do not, and what follows a `#` is a note.";
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
    LANGUAGE = "HB300", "a language that is not understood yet",
        "So far Handbill speaks English: its dates, its words and its theme. A site in another language would be half of each, so it is refused.";
    BASE_URL = "HB301", "an address that no site can stand at",
        "`base_url` is the whole address at which patrons will find the site, with `https://` before it and, where the site lies in a folder, the folder behind it: `https://town.example.org/library`. Links in feeds, calendars and posts are made from it.";
    ZONE = "HB302", "a time zone that does not exist",
        "Every time in the content is a time on the library's clock, and the zone says which clock that is. It is named by a city of the time zone database: `America/New_York`, `America/Chicago`, `America/Los_Angeles`. Abbreviations such as EST leave daylight saving open.";
    EMAIL = "HB303", "an address that no e-mail reaches",
        "An e-mail address is a name, an `@` and a host: `ask@library.example.org`. Nothing stands before or after it.";
    WEEK_STARTS = "HB304", "a week that starts on no single day",
        "`week_starts` names the day in the first column of the month calendar: \"sunday\" or \"monday\", or any other single day.";
    UNKNOWN_PLAN = "HB305", "a plan that is written nowhere",
        "`plan` in site.toml, or `promote` in an event, names a plan of announcements that no table `[outreach.plans.<name>]` describes, so nothing would ever be announced.";
    UNKNOWN_CHANNEL = "HB306", "a channel that is written nowhere",
        "A wave names a channel that no `[[channels]]` describes, so its announcements would go nowhere. Names are compared to the letter.";
    QUIET = "HB307", "quiet hours that cannot be read",
        "`quiet` says between which times nothing is posted: \"21:00-08:00\" runs past midnight. \"none\" means that posts may go out at any time.";
    WHOLE_DAYS = "HB308", "a wave that is not whole days before",
        "A wave goes out so many days before an event, at a time of day: `before = \"2 days\", at = \"12:00\"`. `before = \"0 days\"` is the day itself.";
    AT_MOST = "HB309", "a frequency that cannot be read",
        "`at_most` keeps a weekly program from being announced every week: \"1 in 3 weeks\" says that of each three weeks, counted from the series' first date, one date is announced.";
    NO_SUCH_THEME = "HB400", "a theme that is not there",
        "`theme` in site.toml names a folder in `themes/`; the program itself carries `reading-room`. A theme's folder need hold only the files that differ from Reading Room: all others are taken from there.\n\nInstead: write the name of a folder that exists, or leave the key out.";
    THEME_FILE = "HB401", "a file of a theme that cannot be used",
        "A theme's folder holds `theme.toml` (its name, the fonts to fetch first, the colour around the page), `templates/`, `static/` and `announce/`. A file elsewhere in it would silently do nothing, and a text that is not UTF-8 cannot be read.\n\nInstead: move the file to one of these folders, or save it as UTF-8.";
    TEMPLATE = "HB402", "a template that cannot be read",
        "Templates are written for Tera: `{{ value }}` prints, `{% if … %}` and `{% for … in … %}` end with `{% endif %}` and `{% endfor %}`, and what a template extends, includes or filters with must be there.\n\nThe message shows the place. Compare the template with the one of the same name in the theme `reading-room`, which every theme may begin from.";
    TEMPLATE_FIELD = "HB403", "a template that asks for what its page does not have",
        "Each template sees one view: the fields of its own kind of page, `page` and `site`. A field that is not among them would print nothing where a reader expects something, so it is refused when the first page is made.\n\nInstead: use one of the fields that the message lists.";
    MENU = "HB404", "a menu that leads nowhere",
        "`to` in `[[menu]]` names a file of `content/` (`content/about.md`), an address of the site (`/events/`) or one elsewhere (`https://…`). A menu stands on every page, so one that leads nowhere is an error on every page.\n\nInstead: write the path of a file that exists; Handbill finds its address.";
    ADDRESS_TAKEN = "HB405", "two things with one address",
        "Handbill makes pages and files of its own: `/events/`, `/calendar/`, `/programs/`, `/branches/`, `/news/`, `/audience/…/`, `/404.html`, feeds, and what the theme brings in `/static/`. A file of `content/` that would lie at the same address would hide one of the two.\n\nInstead: give the file another `slug` or another name, or take away the alias.";
    PICTURE_GONE = "HB406", "a picture or file that cannot be made ready for the web",
        "Pictures are made anew for the web: upright, of a sensible size, without the place and time that cameras write into them. This one could not be read or decoded.\n\nInstead: open the picture, save it again as JPEG or PNG, and put it back under the same name.";
    SVG_CLEANED = "HB450", "parts of a drawing that were left out",
        "An SVG drawing can hold programs, pages and requests to other hosts. What goes out holds only what draws: shapes, colours, words.\n\nExport the drawing as \"plain SVG\", or without scripts, links and embedded pictures, and the warning goes.";
    ROOM_CLASH = "HB490", "two events in one room at one time",
        "Two events name the same room of the same branch, and their times overlap. Patrons of one of them will stand before a full room.\n\nIt is a warning, since a room may be large enough for both. Instead: give one of them another room or time, or change the one date under `changes:`.";
    CLOSED_THAT_DAY = "HB491", "an event on a day its branch is closed",
        "The branch's hours or closings say that it is closed on a day on which the event takes place there. A closing cancels nothing by itself: perhaps the doors open for this event.\n\nInstead: leave the date out with `skips:`, cancel it under `changes:`, or mend the branch's closings.";
    HEADING_ORDER = "HB492", "a heading level left out",
        "The title of a page is its heading of level 1; the body's headings begin with `##` and go down one level at a time. Screen readers list them as a table of contents, and a level left out sounds like something missed.\n\nInstead: choose the level by what the heading is part of, never by its size.";
    LINK_TEXT = "HB493", "a link that does not say where it goes",
        "Many people hear or scan the links of a page without the words around them: five links named \"here\" are one riddle five times.\n\nInstead of \"for opening hours click here\", write \"see our [opening hours](../branches/main.md)\".";
    POST_TEXT = "HB500", "a post text that can't be filled in",
        "The words of a post stand in `announce/<wave>.txt`, in the theme or in the site's own `announce/` folder. What stands between {{ and }} is filled in from the event; a name that no event has would leave a hole, so it is refused.\n\nInstead: use one of the names that the message lists, or write plain words.";
    NO_POST_TEXT = "HB501", "a wave without words",
        "Each wave of a plan says something, and its words stand in `announce/<name of the wave>.txt`. Without them there is nothing to post.\n\nInstead: write that file in the site's `announce/` folder, or give the wave the name of a text that the theme has (announce, again, remind, today).";
    POST_TOO_LONG = "HB502", "a post that does not fit its platform",
        "Every platform has a longest post. A post that is too long first loses its hashtags, then its summary is shortened at a word and at last left out. The title, date, place and link are never cut. Where even these do not fit, nothing is posted, since half an announcement sends people to the wrong place.\n\nInstead: shorten the title or the place of the event, or the words in the wave's text.";
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
    BASE_URL_OPTION = "HB711", "an address that no site can have",
        "`--base-url` takes the place of `base_url` in site.toml for one build: the whole address under which the site will stand, with http or https, and no `?` or `#` in it.\n\nWrite `--base-url https://library.example.org`.";
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
