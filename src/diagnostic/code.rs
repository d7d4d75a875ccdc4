//! The catalogue: every code, its title and its long explanation, in one table.
//!
//! Ranges: HB0xx writing (YAML, TOML, keys), HB1xx dates, times and rules, HB2xx content, HB3xx settings, HB4xx theme, pages and pictures,
//! HB5xx announcements, HB6xx channels and the outbox, HB7xx the disk and the machine.

use super::catalogue::catalogue;

catalogue! {
    UNKNOWN_KEY = "HB001", "a key that means nothing here",
        "Every key of a file's head or of site.toml does something; one that Handbill does not know would silently do nothing, so it is refused.\n\nMost often it is a slip of the pen. The message offers the nearest key there is.",
        "strats: 2026-12-03 10:30  →  starts: 2026-12-03 10:30\ntags: [stories]  →  topics: [stories]";
    MISSING_KEY = "HB002", "a key that must be there",
        "Some things cannot be guessed: a page's title, an event's first date, the library's name and time zone. The message shows a line to write.",
        "a head without a title  →  title: Toddler Story Time";
    WRONG_KIND = "HB003", "a value of another kind",
        "A key takes a text, a number, a list or a table, and something else stands there. The message shows how such a value is written.",
        "draft: maybe  →  draft: true\npresenter: [Ann Lee, Bo Lee]  →  presenter: Ann Lee and Bo Lee";
    EMPTY_VALUE = "HB004", "a key without a value",
        "The key is there but nothing stands behind it, so nobody can tell whether it was forgotten. Write the value, or take the line out.",
        "summary:  →  summary: Songs, rhymes and picture books.";
    OUT_OF_RANGE = "HB005", "a number out of bounds",
        "The number is smaller or larger than anything that makes sense here; most often a digit was lost or doubled.",
        "ahead = 500  →  ahead = 13";
    SECRET = "HB006", "a secret in plain sight",
        "site.toml is shared: it lies in backups, in version control, on colleagues' machines. A token, a password or a webhook address in it lets anybody who sees the file post as the library.\n\nWrite where the secret is instead: `{ env = \"NAME\" }`, `{ file = \"path\" }` or `{ command = \"pass show …\" }`. A secret that was shared once should be replaced by a new one.",
        "token = \"abc123\"  →  token = { env = \"HANDBILL_TOKEN\" }";
    TWICE = "HB008", "a thing that stands there twice",
        "Two keys, channels or waves have the same name, and only one of them can count. Handbill does not choose; keep one of the two, or give the other a name of its own.",
        "two lines `title: …`  →  one line `title: …`";
    NAME = "HB009", "a name with letters that a name cannot hold",
        "Names of channels, plans, waves, audiences and addresses become parts of web addresses and file names. They hold small letters, digits and single hyphens: `story-time`. Spaces, slashes and accents are left to titles and labels.",
        "slug: Story Time!  →  slug: story-time";
    TOML = "HB010", "a line of site.toml that cannot be read",
        "site.toml is written in TOML: `[table]` on a line of its own, `key = \"value\"` below it, lists in `[ ]`, several tables of one kind with `[[ ]]`. Texts stand in quotes, `true`, `false` and numbers do not, and what follows a `#` is a note.",
        "title = Millbrook Library  →  title = \"Millbrook Library\"\ntitle: \"Millbrook Library\"  →  title = \"Millbrook Library\"";
    NO_FRONT_MATTER = "HB011", "a file without a head",
        "Every page begins with a line `---`, its keys (`title: …`), and a second `---`; the text comes below. Nothing may stand before the first line, not even an empty one.",
        "title: About us, on the first line  →  --- on the first line, title: About us on the second";
    UNCLOSED_FRONT_MATTER = "HB012", "a head that is not closed",
        "The keys at the head of a file stand between two lines `---`. Without the second one nobody can tell where the keys end and the text begins.",
        "title: About us, and then the text  →  title: About us, then ---, then the text";
    YAML = "HB013", "a line of the head that cannot be read",
        "The head of a file, between its two lines `---`, is lines of `key: value`. A list stands in `[a, b]`, keys of a key in `{ a: 1, b: 2 }` or on lines of their own, indented by two spaces. A value that holds any of `: # [ ] { }`, or begins with another sign, stands in quotes.",
        "title:Story Time  →  title: Story Time\nstarts = 2026-12-03 10:30  →  starts: 2026-12-03 10:30\n// ask Ann  →  # ask Ann";
    COLON = "HB014", "a colon in a value without quotes",
        "In the head of a file a colon with a space behind it ends a key. `title: Toddler: Story Time` would be a key in a key, so the whole value goes in quotes: `title: \"Toddler: Story Time\"`.",
        "title: Toddler: Story Time  →  title: \"Toddler: Story Time\"";
    SIGN = "HB015", "a value that begins with a sign",
        "The signs `@ & * ! % | >` and the backtick mean something to YAML, the form in which the head of a file is written, so a value that begins with one goes in quotes: `title: \"@ the Library\"`.",
        "title: @ the Library  →  title: \"@ the Library\"";
    TAB = "HB016", "a tab at the beginning of a line",
        "Indentation is made of spaces: how wide a tab is differs from editor to editor, and with it what belongs to what. Set the editor to write spaces, or type two spaces for each step.",
        "a tab before `name: Town Hall`  →  two spaces before `name: Town Hall`";
    QUOTE = "HB017", "a quote that is not closed",
        "A value that begins with a quote ends with the same one. Within double quotes a double quote is written `\\\"`, within single quotes a single one is written twice; or use the other kind around the whole.",
        "title: 'Children's Craft'  →  title: \"Children's Craft\"\ntitle: \"Craft Night  →  title: \"Craft Night\"";
    BRACKET = "HB018", "a bracket that is not closed",
        "`[` begins a list and `{` begins keys of a key; each wants its `]` or `}`. A text that merely begins with a bracket goes in quotes: `title: \"[Sold out] Tax help\"`.",
        "audience: [teens, adults  →  audience: [teens, adults]\ntitle: [Full] Tax help  →  title: \"[Full] Tax help\"";
    INDENT = "HB019", "a line that is indented for no reason",
        "An indented line belongs to the key above it. Where that key has a value already, or its other lines are indented less or more, nobody can tell what belongs to what.",
        "room: Garden, two spaces further in than its neighbours  →  room: Garden, at the left edge";
    NOT_TEXT = "HB020", "a file that is not text",
        "Pages are plain text in UTF-8, as every text editor can save it. Documents of a word processor are something else even when they are renamed; so are old texts in other encodings, whose accents would be lost.",
        "Save as, encoding ANSI  →  Save as, encoding UTF-8";
    TRANSLATION = "HB021", "a file in a language that the site does not have",
        "`story-time.es.md` is the Spanish version of `story-time.md`. The languages of the site stand in site.toml; a translation into another one would silently stay away.\n\nInstead: add the language to `[site]`, the site's first language first. If no language was meant, rename the file: `story-time-es.md`.",
        "language = \"en\"  →  languages = [\"en\", \"es\"]";
    FILE_NAME = "HB022", "a file's name that makes no address",
        "The address of a page is made from its file's name. A name without a single letter or digit makes none.",
        "!!!.md  →  story-time.md";
    NOTE = "HB023", "a value that ends at a `#`",
        "In the head of a file a `#` with a space before it begins a note to colleagues, which is not shown. In `title: Story Time #2` that would lose the number: put the whole in quotes, `title: \"Story Time #2\"`.",
        "title: Story Time #2  →  title: \"Story Time #2\"";
    MISPLACED = "HB024", "an event outside the folder of events",
        "What a file is follows from the folder it stands in: events are read from `content/events/` and the folders in it, all in small letters. A file with dates that stands elsewhere would become a page that nobody finds in the calendar.\n\nInstead: move the file to `content/events/`.",
        "content/craft.md  →  content/events/craft.md";
    COMMA = "HB025", "a comma in a value without quotes",
        "Between `{` and `}` a comma ends a value, and the next key follows. A sentence with a comma in it goes in quotes there: `{ status: cancelled, note: \"Snow, sorry.\" }`.",
        "{ status: cancelled, note: Snow, sorry. }  →  { status: cancelled, note: \"Snow, sorry.\" }";
    CURLY = "HB026", "curly quotes around a whole value",
        "Word processors write “curly” quotes. In the head of a file they are letters like others, and would be shown on the page as a part of the value.\n\nInstead: take them out, or type straight ones (\") where a value needs quotes. If the curly quotes are meant, as around the name of a book, silence the warning with `ignore`.",
        "title: “Craft Night”  →  title: Craft Night";
    STAYS_TEXT = "HB027", "Markdown that stays plain text",
        "Markdown knows no errors: what it does not understand is shown as it is written, signs and all. The line looks like a heading, a list, a table or a link with one sign too many or too few.\n\nInstead: write it as the message shows.",
        "#Opening hours  →  ## Opening hours\n[how to get here] (visit.md)  →  [how to get here](visit.md)";
    OPEN_CODE = "HB028", "program code that has no end",
        "Three backticks at the beginning of a line begin program code, and three more end it. Without the second ones all the rest of the page is shown as code, its links and headings included.\n\nInstead: write the second line of backticks, or take out the first.",
        "``` before the code, nothing behind it  →  ``` before the code, and ``` behind it";
    SILENCE = "HB029", "a silence that is none",
        "A warning that was looked at and is all right can be silenced for its page: `ignore` in the head of the file names its code and says why, so that colleagues know.\n\nInstead: write an existing code, and behind it the reason.",
        "ignore: [HB492]  →  ignore: { HB492: \"the county sent its table like that\" }";
    SILENCES_NOTHING = "HB030", "a silence that silences nothing",
        "`ignore` names a warning that its page does not have: it was mended, or it is an error, which cannot be silenced. Left there it would hide the next such warning, which nobody has looked at.\n\nInstead: take it out of `ignore`.",
        "ignore: { HB492: \"…\" }, and no heading is wrong any more  →  no line `ignore`";
    DATE = "HB100", "a date that cannot be read",
        "A date is written as `2026-12-03`, or in words with its year: \"December 3, 2026\", \"Dec 3 2026\", \"3 December 2026\".\n\nA weekday may stand before it (\"Thursday, December 3, 2026\") and is then compared with the calendar.",
        "starts: next Tuesday 6 pm  →  starts: 2026-12-08 18:00\nskips: Christmas  →  skips: 2026-12-25";
    NO_SUCH_DATE = "HB101", "a date that the calendar does not have",
        "February 30, April 31 or a 13th month: the calendar has no such day, so nothing can take place on it. The same is said of a weekday that does not fit its date.\n\nLook at a calendar and write the day that was meant.",
        "starts: 2027-02-30 18:00  →  starts: 2027-02-28 18:00\nMonday, December 8, 2026  →  Tuesday, December 8, 2026";
    AMBIGUOUS_DATE = "HB102", "a date that can be read in two ways",
        "`12/3/2026` is December 3 to some and March 12 to others, and an event on the wrong day is worse than an error.\n\nWrite `2026-12-03` or \"December 3, 2026\".",
        "starts: 12/3/2026 6 pm  →  starts: 2026-12-03 18:00";
    YEAR = "HB103", "a year that cannot be meant",
        "Every date has a year of four digits, between 1900 and 2200: anything else is nearly always a slip of the pen. An event that begins more than ten years ahead, or is long over, gets a warning for the same reason.\n\nWrite `2026` rather than `26` or no year, and look at a year that is far away.",
        "starts: 20206-12-08 18:00  →  starts: 2026-12-08 18:00";
    TIME = "HB104", "a time of day that cannot be read",
        "A time is written as `10:30`, `20:00`, `10:30 am`, `10 am`, `noon` or `midnight`. Handbill does not guess whether a bare `8` is the morning or the evening.",
        "starts: 2026-12-08 noon-ish  →  starts: 2026-12-08 noon\nstarts: 2026-12-08 6  →  starts: 2026-12-08 6 pm";
    NO_SUCH_TIME = "HB105", "a time that the clock does not have",
        "A day has the hours 0 to 23, an hour the minutes 0 to 59, and with am or pm the hours are 1 to 12.\n\nThe end of a day is `midnight` or `00:00` of the next day, not `24:00`.",
        "starts: 2026-12-08 25:00  →  starts: 2026-12-09 01:00\nstarts: 2026-12-08 13 pm  →  starts: 2026-12-08 1 pm";
    MISSING_TIME = "HB106", "a date without its time",
        "Here both a date and a time are needed, or nobody knows when to come.\n\nWrite both: `2026-12-03 10:30`, or \"December 3, 2026 at 10:30 am\".",
        "starts: 2026-12-08  →  starts: 2026-12-08 18:00";
    LENGTH = "HB107", "a length of time that cannot be read",
        "How long something lasts is written as `45m`, \"45 minutes\", `1h30m`, \"1 hour 30 minutes\" or \"2 days\"; more than nothing and at most a year.",
        "lasts: 90  →  lasts: 90m\nlasts: 1:30  →  lasts: 1h30m";
    TIME_SKIPPED = "HB108", "a time that daylight saving skips",
        "In the night when clocks go forward an hour of times does not exist: 02:30 never comes. Where somebody wrote such a time, it is an error; where a rule computes one, it moves on by the length of the gap (02:30 becomes 03:30).\n\nWrite a time before or after the gap.",
        "starts: 2027-03-14 02:30  →  starts: 2027-03-14 03:30";
    REPEATS = "HB110", "words that do not say how an event repeats",
        "`repeats:` takes plain words: \"every Thursday\", \"every 2 weeks on Saturday\", \"first Monday of every month\", \"weekdays until June 11 2027\", \"every year on May 4\", \"Tuesdays and Thursdays, 10 times\".\n\nFor what the words cannot say it takes a recurrence rule as calendars write it: `FREQ=MONTHLY;BYDAY=1MO,3MO` (RFC 5545 §3.3.10).",
        "repeats: yes  →  repeats: every Tuesday\nrepeats: every Teusday  →  repeats: every Tuesday";
    REPEATS_EXCEPT = "HB111", "an exception that no rule can hold",
        "A rule says when an event takes place; it cannot know holidays, school terms or \"usually\".\n\nLeave those words out and list the dates that fall out: `skips: [2026-12-24, 2026-12-31]`. Dates beside the rule stand in `adds:`.",
        "repeats: every Tuesday except holidays  →  repeats: every Tuesday, and skips: [2026-12-29]";
    RULE_TEXT = "HB112", "a recurrence rule that cannot be read",
        "The text holds `FREQ=`, so it is read as a recurrence rule of RFC 5545 §3.3.10: names and values with `=` between them and `;` after each, such as `FREQ=WEEKLY;INTERVAL=2;BYDAY=TH;UNTIL=20270325`.\n\nPlain words say most of it: \"every other Thursday until March 25, 2027\".",
        "repeats: FREQ=WEEKLY;BYDAY=TUE  →  repeats: FREQ=WEEKLY;BYDAY=TU";
    RULE_PART = "HB113", "a part of a recurrence rule that gives no days",
        "Handbill understands every part of a rule that gives days: FREQ of DAILY and longer, INTERVAL, COUNT, UNTIL, BYMONTH, BYWEEKNO, BYYEARDAY, BYMONTHDAY, BYDAY, BYSETPOS and WKST. It refuses hours, minutes and seconds rather than leaving them out: an event has one time a day, and that stands in `starts:`.\n\nInstead: leave the part out, and write an event of its own for each time of day.",
        "repeats: FREQ=HOURLY  →  repeats: every day";
    START_NOT_IN_RULE = "HB114", "a first date that its own rule does not give",
        "`starts:` is the first date of the rule. When `starts` is a Wednesday and `repeats` says \"every Thursday\", one of them is wrong, and calendars disagree about what they show.\n\nMove `starts` to a date of the rule, or add the other date with `adds:`.",
        "starts: 2026-12-08 18:00, a Tuesday, and repeats: every Thursday  →  starts: 2026-12-10 18:00, and repeats: every Thursday";
    RULE_HAS_NO_DATE = "HB115", "a rule that gives no date at all",
        "The rule can be read, but no day fits it: February 31, or an end before the beginning. The event would never take place, and its page would be empty.\n\nChange the rule, or its end.",
        "starts: 2026-12-08 18:00, and repeats: every Tuesday until 2026-11-01  →  starts: 2026-12-08 18:00, and repeats: every Tuesday until 2027-03-30";
    DAYS = "HB120", "days of the week that cannot be read",
        "Days of the week are written as \"Monday\", \"mon-thu\", \"sat, sun\", \"weekdays\", \"weekends\" or \"every day\".",
        "hours: { Mondy: 9:00-17:00 }  →  hours: { Monday: 9:00-17:00 }";
    HOURS = "HB121", "opening hours that cannot be read",
        "Hours are written as `10:00-20:00`, \"10 am to 8 pm\", `10-12, 13-17` or `closed`. Where a bare number could be the morning or the evening, am and pm are needed. Hours that close before they open run past midnight.",
        "hours: { mon-fri: 9-5 }  →  hours: { mon-fri: 9 am to 5 pm }";
    REPEATS_TWO_WAYS = "HB130", "words about repeating that can be read in two ways",
        "\"Biweekly\" is every two weeks to some and twice a week to others, \"every third Wednesday\" is one of each month or one in three weeks, and \"cada quince días\" is hardly ever every fifteen days. An event on the wrong day is worse than an error, so Handbill does not choose.\n\nInstead: write the one of the two that is meant. \"every 2 weeks on Thursday\", or \"twice a week on Tuesday and Thursday\"; \"every 3 weeks on Wednesday\", or \"third Wednesday of every month\".",
        "repeats: biweekly  →  repeats: every 2 weeks on Thursday\nrepeats: every third Wednesday  →  repeats: third Wednesday of every month";
    REPEATS_VAGUE = "HB131", "words that do not say on which dates",
        "\"Usually\", \"most Fridays\", \"occasionally\": a patron who reads them does not know whether to come, and a calendar cannot hold them.\n\nInstead: write the rule as it is planned, \"every Friday\", and list the dates that fall out, `skips: [2026-12-25]`. A date that is called off later is written in `changes:`, so that people are told.",
        "repeats: most Fridays  →  repeats: every Friday, and skips: [2026-12-25]";
    REPEATS_OPEN = "HB132", "words that give no date",
        "\"TBD\", \"as needed\", \"by appointment\": an event has dates, and these words give none.\n\nInstead: leave `repeats` out and list the dates that are known, `adds: [2027-01-14 10:30]`. What has no dates at all, such as help by appointment, is a page.",
        "repeats: TBD  →  adds: [2027-01-14 10:30, 2027-02-11 10:30]";
    REPEATS_SEASON = "HB133", "a season or a school term in a rule",
        "A rule counts days, weeks, months and years. When summer, the term or the school year begins is decided by people, differently in each town and year.\n\nInstead: name the months, \"every Monday in June, July and August\", or the last day, \"every Monday until June 11, 2027\", with the first day in `starts:`.",
        "repeats: Mondays in summer  →  repeats: every Monday in June, July and August\nrepeats: Tuesdays, term time only  →  repeats: every Tuesday until 2027-06-11";
    SEASON = "HB150", "a season that does not say when",
        "A season is a part of the year with hours of its own: summer, the school year, the weeks before an exam. It has a first and a last day, either both without a year (it comes every year) or both with one (it comes once), and hours for the days that differ.\n\nInstead of `{ name: Summer hours, from: June 15, until: 2027-09-05 }` write `{ name: Summer hours, from: June 15, until: September 5, hours: { sat: closed } }`. A season may go over the turn of the year: from December 15 until January 10.";
    SEASON_DAY = "HB151", "a day of the year that cannot be read",
        "The ends of a season are a month and a day, \"June 15\" or \"15 June\", for every year; or a date with its year, `2027-06-15`, for one. The month or the day written here is none that the calendar has.\n\nInstead of \"June 31\" write \"June 30\".";
    ON_CLOSING = "HB152", "a word that does not say what a closing does to events",
        "When a branch is closed, an event on that day is either cancelled or takes place all the same. `on_closing` in an event, in one date of it under `changes`, or in `[calendar]` of site.toml, and `events` in a closing, say which: `cancel` or `keep`. Without any of them a check warns of each clash.\n\nInstead of `on_closing: yes` write `on_closing: cancel`.";
    ENDS_BEFORE = "HB200", "an end that is no end",
        "An event ends after it starts, and within a year. A time alone is on the day it starts; one that goes on past midnight names the next day: `ends: 2026-12-04 01:00`.",
        "starts: 2026-12-08 21:00, and ends: 01:00  →  starts: 2026-12-08 21:00, and ends: 2026-12-09 01:00";
    ENDS_AND_LASTS = "HB201", "an end and a length",
        "`ends` and `lasts` both say how long an event goes on; when they differ, one of them is wrong. Keep the one you like better.",
        "ends: 19:30, and lasts: 90m  →  ends: 19:30";
    SKIPS_NOTHING = "HB202", "a skip that skips nothing",
        "`skips` are dates that the rule gives and that never were planned. A date that the rule does not give was most likely meant to be another one, and on that one people would come in vain.",
        "repeats: every Tuesday, and skips: [2026-12-16]  →  repeats: every Tuesday, and skips: [2026-12-15]";
    CHANGES_NOTHING = "HB203", "a change of nothing",
        "`changes` says what is different on one date of an event, named by the date that the rule gives. A change of any other date would do nothing, and people would come to what was cancelled.",
        "2026-12-16: { status: cancelled }, and the event is on Tuesdays  →  2026-12-15: { status: cancelled }";
    STATUS = "HB204", "a status that does not exist",
        "`status` is `cancelled`, `postponed`, `full` or `moved-online`. An event that goes ahead has none.",
        "status: sold out  →  status: full\nstatus: confirmed  →  no line `status`";
    TWO_PLACES = "HB205", "an event in two places",
        "`branch` says in which building of the library an event is, `place` that it is somewhere else. One that people can also join from home has `online` beside either.",
        "branch: main, and place: Town Hall  →  place: Town Hall";
    NO_PLACE = "HB206", "an event without a place",
        "Where there are several branches, each event says in which of them it is; or `place` for somewhere else, or `online` for nowhere but the net. With one branch that one is meant.",
        "no place, and there are two branches  →  branch: main";
    UNKNOWN_BRANCH = "HB207", "a branch that does not exist",
        "`branch` names a file in `content/branches/`, without its ending: `branch: main` is `content/branches/main.md`. Its `id` or `slug` will do as well.",
        "branch: mian  →  branch: main";
    UNKNOWN_PROGRAM = "HB208", "a program that does not exist",
        "`program` names a file in `content/programs/`, without its ending: `program: story-time` is `content/programs/story-time.md`. Its `id` or `slug` will do as well.",
        "program: storytime  →  program: story-time";
    HELD_REFERENCE = "HB209", "a name of something that is held back",
        "Drafts, and what waits for its day or is over, are not on the site, and nothing on the site leads to them. An event in such a branch could not be found; one of such a program stands alone until the program is shown.",
        "branch: annex, whose file says `draft: true`  →  branch: main";
    ROOM = "HB210", "a room that the branch does not list",
        "A branch lists its rooms, so that a misspelt one is seen before people stand in front of the wrong door. Add the room to the branch's `rooms`, or mend its name.",
        "room: Gardn  →  room: Garden";
    UNKNOWN_TERM = "HB211", "a word that is not in the list",
        "Audiences and topics are lists in site.toml (`[audiences]`, `[topics]`), so that each has one name on the whole site and a page of its own. Write a word of the list, or add the word to it.",
        "audience: kids  →  audience: children\naudience: teens, adults  →  audience: [teens, adults]";
    WEB_ADDRESS = "HB212", "an address that is not on the web",
        "Here stands the whole address of a page, as the browser shows it: `https://example.org/r/123`. Handbill links to it and never asks patrons for anything itself.",
        "register: www.example.org/r/1  →  register: https://www.example.org/r/1\nregister: ask@example.org  →  register: mailto:ask@example.org";
    VISIBLE = "HB213", "a time to be shown that never comes",
        "A page is shown from `visible_from` to `visible_until`, the last day included. When the last day lies before the first, it never is.",
        "visible_from: 2026-12-07, and visible_until: 2026-12-01  →  visible_from: 2026-12-01, and visible_until: 2026-12-07";
    CLOSING = "HB214", "a closing that does not say when",
        "A day that differs from the weekly hours says when it is in one way: `date` for one day, `from` and `to` for several, `every` for a rule such as \"every year on December 25\". With `hours` it is open at those, without them it is closed.",
        "closings: [Christmas]  →  closings: [{ date: 2026-12-25, reason: Christmas Day }]";
    MOVED_NOWHERE = "HB215", "moved online, but not where",
        "`status: moved-online` tells people not to come to the building, so it must tell them where to go instead.\n\nInstead: write the address of the meeting or stream with `online: https://…`, on the event or under `changes:` for one date.",
        "status: moved-online  →  status: moved-online, and online: https://meet.example.org/craft";
    ROOM_NAME = "HB216", "a room's name that is none",
        "A room is named in words, as on its door. Slashes, two dots in a row, `C:`, characters that no page shows, a dot at the end, and words such as `nul` mean folders, drives and devices on some computer, so no name holds them. Other signs are all right: \"Children's Room\", \"Room 2-3\", \"St. Mary's Hall\".",
        "rooms: [Room 2/3]  →  rooms: [Room 2-3]";
    ALT_TEXT = "HB220", "a picture without words",
        "Who cannot see a picture hears its words instead; without them there is nothing. So a picture without words stops the build.\n\nSay in one sentence what it shows, as you would on the telephone: \"Children sitting on a rug, looking up at a picture book.\" A picture that only decorates says `decorative`.",
        "![](rug.jpg)  →  ![Children sitting on a rug](rug.jpg)\nimage: rug.jpg  →  image: rug.jpg, and image_alt: Children sitting on a rug.";
    PICTURE = "HB221", "a picture that is not there",
        "A picture is named by its path from the file that uses it, most often its name alone. Capitals count: `Photo.JPG` is not `photo.jpg`. It must be JPEG, PNG, WebP, GIF or SVG, and lie in `content/`.",
        "image: Toddlers.JPG  →  image: toddlers.jpg";
    LINK = "HB222", "a link that leads nowhere",
        "A link to something of the site names its file by the path from this one: `[hours](../branches/main.md#hours)`. Handbill puts the address in its place and so the link holds when the address changes.",
        "[our hours](hours.html)  →  [our hours](branches/main.md#hours)";
    LINK_OUTSIDE = "HB223", "a link that leads out of the folder",
        "Only what lies in `content/` is on the site. A path that climbs out of it would lead patrons to nothing, and could lead a build to files that are nobody's business.",
        "[the form](../../form.pdf)  →  [the form](form.pdf), with the file beside the page";
    LINK_SCHEME = "HB224", "a link that could do harm",
        "Links lead to pages (`https:`, `http:`), e-mail addresses (`mailto:`) and telephones (`tel:`). Others, such as `javascript:` or `data:`, can run something on a patron's device, and `file:` leads to a place on yours.",
        "[Print](javascript:print())  →  no link: browsers print by themselves";
    LINK_HELD = "HB225", "a link to something that is held back",
        "The page is a draft, waits for its day or is over. Its link becomes plain words until the page is shown, so that nobody ends in an error.",
        "[the fair](fair.md), a draft  →  no link until it is shown";
    ANCHOR = "HB226", "an anchor that its page does not have",
        "The part of a link behind the `#` names a heading: \"Getting here\" has the anchor `#getting-here`. A heading that was renamed takes its anchor along.",
        "[getting here](visit.md#geting-here)  →  [getting here](visit.md#getting-here)";
    HEADING_ONE = "HB227", "a second title on a page",
        "A page has one heading of the first rank, its title. Headings in the text begin with `##`, so that people who listen to a page can find their way; a `#` is made a `##`, and the others go down with it.",
        "# Opening hours  →  ## Opening hours";
    HTML_TAKEN_OUT = "HB228", "HTML that is not let through",
        "HTML in a text is cleaned: what could run, track, load something from elsewhere or break the page is taken out. Markdown can do nearly everything that a text needs.",
        "<font color=\"red\">Closed</font>  →  **Closed**";
    LEFT_OUT = "HB229", "a file that is left out",
        "From `content/` only pages, pictures and files ending in pdf, txt, ics or epub get onto the site. Everything else stays where it is, so that a table with names or a hidden file is not published by mistake.",
        "flyer.docx  →  flyer.pdf\ncraft.md.txt  →  craft.md";
    ADDRESS_TAKEN = "HB230", "two things at one address",
        "Two files, or a file and an earlier address (`aliases`) of another, would stand at the same address, or at one that differs in capitals only, which many disks cannot tell apart; or at one that the site makes by itself, such as /events/.",
        "content/events/chess.md and content/events/teens/chess.md  →  slug: teen-chess, in one of them";
    ALIAS = "HB231", "an earlier address that cannot be one",
        "`aliases` are addresses under which patrons knew a page before: `/old/place/`, or the old name of a file in the same folder. They lead to the page from now on.",
        "aliases: [../old]  →  aliases: [/old/]";
    SAME_ID = "HB232", "two things with one id",
        "An id names an event for ever: calendars on patrons' phones and posts that went out hang on it. Two events with one id would overwrite each other there.",
        "id: story-time, in two events  →  id: story-time-2027, in the newer one";
    EMBED = "HB233", "a part of another site put into a page",
        "A player, a map or a post that another site shows within a page tells that site who reads it, even who only scrolls past. So none is let through; a link says the same, and asks nobody until it is followed.\n\nInstead of `<iframe src=\"https://www.youtube.com/embed/abc\"></iframe>` write `{{ video url=\"https://www.youtube.com/watch?v=abc\" title=\"…\" }}`.";
    NOTE_UNUSED = "HB234", "a footnote that nothing refers to",
        "`[^1]: The words of the note.` is shown below the text when `[^1]` stands in it. A note that nothing refers to is not shown.\n\nInstead: write `[^1]` where the note belongs, or take the note out.";
    NOTE_MISSING = "HB235", "a footnote without words",
        "`[^1]` in the text refers to a note, and the note itself stands on a line of its own: `[^1]: The words of the note.` Without it, readers see nothing but the brackets.\n\nInstead: write the note, or put a backslash before the bracket where it is meant as it is: `\\[^1]`.";
    EVENT_KIND = "HB240", "a kind of event that does not exist",
        "`kind` says what sort of thing an event is, where it is not simply people who come together at a time: `one-on-one` (by appointment), `self-directed` (everybody by themselves, as long as it is on), `outreach-visit` (staff go elsewhere), `meeting` (a board or a committee). Reports count each of them apart.\n\nInstead of `kind: passive` write `kind: self-directed`; for a story time or a talk leave `kind` out.";
    KIND_MISFIT = "HB241", "a kind that the rest does not fit",
        "The `kind` of an event promises something that the rest of its file does not keep: help by appointment without a way to make one, something that is on for a while without its end, a visit elsewhere in one of our own branches. Patrons would be left with a question.\n\nInstead of `kind: self-directed` alone write `ends: 2026-12-20 17:00` beside it; beside `kind: one-on-one` write `register` or `contact`; beside `kind: outreach-visit` write `place`, or nothing.";
    SIGN_UP_NOWHERE = "HB242", "a sign-up that leads nowhere",
        "`register` says that people must sign up, or from when to when they can, but not where. Handbill keeps no list of patrons: sign-up is a page, a telephone or an e-mail that the site leads to.\n\nInstead of `register: { required: true }` write `register: { required: true, url: \"tel:518-555-0100\" }`.";
    CAPACITY = "HB243", "room for nobody",
        "`capacity` is how many people there is room for: a whole number from 1 on. What has no limit has no `capacity`, and what has no place left has `state: full`.\n\nInstead of `capacity: 0` write `state: full`; instead of `capacity: about 12` write `capacity: 12`.";
    SIGN_UP_TIMES = "HB244", "sign-up times that nobody can use",
        "Sign-up opens, then closes, and both while one can still come: before the event begins, or before it ends if it is self-directed or lasts for days. Otherwise nobody could ever sign up, and the page would say so only when it is too late.\n\nInstead of `{ opens: 2026-12-05, closes: 2026-12-01 }` write `{ opens: 2026-12-01, closes: 2026-12-05 }`; for a series `{ opens: 2 weeks before, closes: 1 day before }` is right for each date.";
    SIGN_UP_STATE = "HB245", "a state of a sign-up that does not exist",
        "`state` says how the places stand: `open`, `full`, `waitlist` (full, and one can wait for a place) or `closed`. That it is not open yet, or not any more, follows from `opens` and `closes`.\n\nInstead of `state: sold out` write `state: full`.";
    ASK_BY = "HB246", "a day to ask by that does not fit",
        "`access` may say by when to ask for an interpreter or other help. That must be before the event, and for a branch, which has many events, it is a length before each of them.\n\nInstead of `by: 2026-12-24` for an event on December 3 write `by: 2 weeks`.";
    COUNTED_NOWHERE = "HB247", "a count of a date that is not there",
        "`attendance` holds how many people came, under the date that the event's rule gives. A number under any other date would be lost to every report.\n\nInstead of `attendance: { 2026-12-04: 14 }` for an event on Thursdays write `attendance: { 2026-12-03: 14 }`. An event with one date may have the number alone: `attendance: 14`.";
    COUNT = "HB248", "a number of people that cannot be",
        "A count is a whole number from 0 on. 0 says that nobody came; a date that nobody counted is not there at all. The two are different in every report.\n\nInstead of `2026-12-03: about 14` write `2026-12-03: 14`.";
    COUNTED_EARLY = "HB249", "a count of what has not taken place",
        "A number of people stands under a date that is still to come, or that was cancelled or postponed. Most likely another date was meant.\n\nInstead of `2027-12-03: 14` write `2026-12-03: 14`, if that is the date that was counted.";
    ADDS_NOTHING = "HB250", "an added date that is there already",
        "`adds` are dates beside the rule. One that the event has already, or that stands there twice, adds nothing; most likely another date or time was meant.\n\nInstead of `adds: [2026-12-03]` for an event on Thursdays write `adds: [2026-12-05]`, or `adds: [2026-12-03 14:00]` for a second one on the Thursday.";
    AGE_BAND = "HB251", "an age band that the survey does not have",
        "The Public Libraries Survey counts programs by the age they are meant for: 0–5, 6–11, 12–18, 19 and older, and everybody (\"general interest\"). `[survey]` in site.toml says to which of them each audience belongs.\n\nInstead of `toddlers = \"1-3\"` write `toddlers = \"0-5\"`; the five are `\"0-5\"`, `\"6-11\"`, `\"12-18\"`, `\"19+\"` and `\"all\"`.";
    LASTS_LONG = "HB252", "a date that goes on for days",
        "`ends` is the end of one date of an event, not of its series: an event from December 3 to March 25 is one that goes on day and night for 16 weeks. The last day of a series stands behind its rule. What people come to whenever they like, such as a display or a hunt through the stacks, says so with `kind: self-directed`.\n\nInstead of `ends: 2027-03-25 11:30` write `ends: 11:30` and `repeats: every Thursday until 2027-03-25`.";
    NOTHING_CLOSES = "HB260", "a word about closings for what no closing concerns",
        "`on_closing` says what happens to an event on a day when its branch is closed. An event that is somewhere else, or only online, is in no branch, so the line would do nothing.\n\nInstead, take it out; or write `branch: main` if the event is in the library after all.";
    BANNER_TIMES = "HB261", "a banner that would never be shown",
        "A banner stands at the top of pages from `from`, or at once, to `until`: the whole of that day, or up to that moment. Here it ends before it begins.\n\nInstead of `from: 2026-12-18` with `until: 2026-12-14` write the two the other way round.";
    BANNER_LEVEL = "HB262", "a banner whose weight cannot be told",
        "`level` is `notice` for what is good to know, `warning` for what is not as usual, `emergency` where somebody may be in danger. Pages say the word, so that nobody has to tell it from a colour.\n\nInstead of `level: red` write `level: warning`.";
    BANNER_BODY = "HB263", "a banner that says too much",
        "A banner stands above every page, on a phone as well, so it is one paragraph, best one sentence, and holds no picture. Instead of a longer text, write a page and let the banner link to it: `[what to do now](../visit/flood.md)`.";
    DATA_TABLE = "HB270", "a table that is no list of records",
        "A file in `content/data/` is a table: a list of records that have the same columns, such as the staff or the databases. In CSV the first row names the columns and each row below is a record; in YAML each record begins with `- `, in TOML with `[[name]]`, in JSON it stands in `{ }` within one `[ ]`.\n\nInstead of\n\n```yaml\nMaria Ortiz: Director\n```\n\nwrite\n\n```yaml\n- name: Maria Ortiz\n  role: Director\n```";
    DATA_ROW = "HB271", "a row that does not fit its table",
        "Every row of a table has a cell for each column, an empty one where there is nothing to say, and every column has one name. A row with a cell too many or too few would put what follows under the wrong heads; most often a text that holds a comma lacks its quotes.\n\nInstead of `Ortiz, Maria,Director` write `\"Ortiz, Maria\",Director`.";
    DATA_CELL = "HB272", "a cell that holds more than a cell can",
        "A cell is a text, a number, yes or no, or a list of texts. Keys within a cell, or lists within a list, have no place in a table.\n\nInstead of `contact: { email: maria@example.org, phone: 555-0100 }` write two columns: `email: maria@example.org` and `phone: 555-0100`.";
    DATA_READ = "HB273", "a table that cannot be read",
        "The file breaks off, or a sign that its form wants is missing: a quote, a comma, a bracket. From there on nobody can tell which cell is which, so nothing of the table is used.\n\nThe message shows the place. Instead: let a spreadsheet write all these signs by itself, and save it as \"CSV UTF-8\".";
    DATA_LARGE = "HB274", "a table that is too large",
        "A table is read whole for pages that people look through: 50,000 cells are a list of five thousand books with ten columns. What is larger belongs into the catalogue, with a link to it.\n\nInstead: take out columns and rows that no page shows, or split the table.";
    DATA_NAME = "HB275", "a table without a name of its own",
        "A table is called by the name of its file: `content/data/staff.csv` is `staff`, `content/data/booklists/mysteries.yaml` is `booklists/mysteries`. The ending and capitals do not tell two tables apart, and a name needs a letter or a digit.\n\nInstead of `staff.csv` beside `Staff.yaml`, keep one, or rename the other to `volunteers.yaml`.";
    PAGES_FROM = "HB276", "pages from a table that cannot be made",
        "`pages_from` makes a page of each record of a table in `content/data/`. It names the table and, where they are not called so, the columns that hold the titles, the addresses, the summaries and the pictures.\n\nInstead of `pages_from: { table: staf, title: nam }` write the names that are there: `pages_from: { table: staff, title: name, summary: role }`.";
    SAME_RECORD = "HB277", "two records with one address",
        "Each record of a table becomes a page, and its address is made of one of its cells. Two cells that are alike, or differ in capitals and signs alone, would make one page, and a person or a book would be missing.\n\nInstead: change one of the two, or let `slug:` name several columns: `pages_from: { table: books, title: title, slug: \"{title}-{author}\" }`.";
    RECORD_NAME = "HB278", "a record without a name",
        "The page of a record has the record's name as its title and in its address. An empty cell, or one that holds nothing but signs, names nothing.\n\nInstead: fill the cell in, or let `title:` or `slug:` below `pages_from` name another column.";
    SORT = "HB279", "an order that pages cannot be put in",
        "`sort` on a page says in which order the pages below it are listed: by `title`, by `date` (new to old), or by their own `order`, which is the usual way. By date, each of them needs its `date`.\n\nInstead of `sort: alphabetical` write `sort: title`.";
    MENU_ENTRY = "HB280", "a place in a menu that is not there",
        "There are two menus: `main` at the head of each page and `footer` at its foot. An entry may stand `under` another one of the same menu, which is named by its label, and no deeper.\n\nInstead of `menu: Our history` write `menu: main`, or `menu: { name: footer, label: Our history }`.";
    UPDATED = "HB281", "a change before the beginning",
        "`updated` is the day a post was changed, and `date` the day it was written. The first cannot lie before the second.\n\nInstead of `date: 2026-12-04` with `updated: 2026-12-01`, exchange the two.";
    LANGUAGE_TAG = "HB282", "a language that is not written as a tag",
        "`language` says in which language a page is written, so that it is read aloud in the right voice and hyphenated as it should be. It is a BCP 47 tag: two or three small letters, then, where it matters, a region.\n\nInstead of `language: Spanish` write `language: es`.";
    TAXONOMY = "HB283", "a list of words that cannot be one",
        "`[taxonomies.<name>]` in site.toml is a list of words of the site's own, beside audiences and topics. Any content may carry words of it under the key of its name, and each word that is in use has a page, `/<name>/<word>/`. So its name can be none of the keys there are, and no address that the site makes by itself, and it holds at least one word. Instead of words alone, write both tables:\n\n```toml\n[taxonomies.format]\nlabel = \"Format\"\n\n[taxonomies.format.terms]\nlarge-print = \"Large print\"\n```";
    TRANSLATED_FACT = "HB290", "a fact in a translation",
        "Dates, places, audiences and addresses are the same in every language. They stand once, in the original, so that a moved story time moves in all of them.\n\nInstead: a translation holds words only: `title`, `summary`, `description`, `image_alt`, `note`, `cost`, where the original has them `access`, `contact` and `presenter`, and the text below. What rooms, days and labels are called in another language stands once for all pages, in `[words.es]` of site.toml.";
    NO_ORIGINAL = "HB291", "a translation of nothing",
        "`content/visit/rooms.es.md` holds the Spanish words of `content/visit/rooms.md`. Without the original there is no page whose words it could be.\n\nInstead: give the two files the same name, or write the page in the site's first language first.";
    TRANSLATION_BEHIND = "HB292", "a translation that may be behind",
        "`source:` in a translation names the version of the original that was translated. When words of the original change, its version does too, and whoever reads the translation is told that the other page is newer.\n\nInstead: compare the two pages. When they say the same again, write the version that the message names: `source: 7c1e2a`.";
    LANGUAGE = "HB300", "a language that is not understood yet",
        "So far Handbill speaks English: its dates, its words and its theme. A site in another language would be half of each, so it is refused.",
        "language = \"de\"  →  language = \"en\"";
    BASE_URL = "HB301", "an address that no site can stand at",
        "`base_url` is the whole address at which patrons will find the site, with `https://` before it and, where the site lies in a folder, the folder behind it: `https://town.example.org/library`. Links in feeds, calendars and posts are made from it.",
        "base_url = \"library.example.org\"  →  base_url = \"https://library.example.org\"";
    ZONE = "HB302", "a time zone that does not exist",
        "Every time in the content is a time on the library's clock, and the zone says which clock that is. It is named by a city of the time zone database: `America/New_York`, `America/Chicago`, `America/Los_Angeles`. Abbreviations such as EST leave daylight saving open.",
        "timezone = \"EST\"  →  timezone = \"America/New_York\"";
    EMAIL = "HB303", "an address that no e-mail reaches",
        "An e-mail address is a name, an `@` and a host: `ask@library.example.org`. Nothing stands before or after it.",
        "email: ask at example.org  →  email: ask@example.org";
    WEEK_STARTS = "HB304", "a week that starts on no single day",
        "`week_starts` names the day in the first column of the month calendar: \"sunday\" or \"monday\", or any other single day.",
        "week_starts = \"sun-mon\"  →  week_starts = \"sunday\"";
    UNKNOWN_PLAN = "HB305", "a plan that is written nowhere",
        "`plan` in site.toml, or `promote` in an event, names a plan of announcements that no table `[outreach.plans.<name>]` describes, so nothing would ever be announced.",
        "promote: standart  →  promote: standard";
    UNKNOWN_CHANNEL = "HB306", "a channel that is written nowhere",
        "A wave names a channel that no `[[channels]]` describes, so its announcements would go nowhere. Names are compared to the letter.",
        "channels = [\"mastadon\"]  →  channels = [\"mastodon\"]";
    QUIET = "HB307", "quiet hours that cannot be read",
        "`quiet` says between which times nothing is posted: \"21:00-08:00\" runs past midnight. \"none\" means that posts may go out at any time.",
        "quiet = \"at night\"  →  quiet = \"21:00-08:00\"";
    WHOLE_DAYS = "HB308", "a wave that is not whole days before",
        "A wave goes out so many days before an event, at a time of day: `before = \"2 days\", at = \"12:00\"`. `before = \"0 days\"` is the day itself.",
        "before = \"2 hours\"  →  before = \"0 days\"";
    AT_MOST = "HB309", "a frequency that cannot be read",
        "`at_most` keeps a weekly program from being announced every week: \"1 in 3 weeks\" says that of each three weeks, counted from the series' first date, one date is announced.",
        "at_most = \"sometimes\"  →  at_most = \"1 in 3 weeks\"";
    NO_SUCH_THEME = "HB400", "a theme that is not there",
        "`theme` in site.toml names a folder in `themes/`; the program itself carries `reading-room`. A theme's folder need hold only the files that differ from Reading Room: all others are taken from there.\n\nInstead: write the name of a folder that exists, or leave the key out.",
        "theme = \"reading-rom\"  →  theme = \"reading-room\"";
    THEME_FILE = "HB401", "a file of a theme that cannot be used",
        "A theme's folder holds `theme.toml` (its name, the fonts to fetch first, the colour around the page), `templates/`, `static/` and `announce/`. A file elsewhere in it would silently do nothing, and a text that is not UTF-8 cannot be read.\n\nInstead: move the file to one of these folders, or save it as UTF-8.";
    TEMPLATE = "HB402", "a template that cannot be read",
        "Templates are written for Tera: `{{ value }}` prints, `{% if … %}` and `{% for … in … %}` end with `{% endif %}` and `{% endfor %}`, and what a template extends, includes or filters with must be there.\n\nThe message shows the place. Compare the template with the one of the same name in the theme `reading-room`, which every theme may begin from.",
        "{{ page.title }  →  {{ page.title }}\n{% if page.summary %} without an end  →  {% if page.summary %} … {% endif %}";
    TEMPLATE_FIELD = "HB403", "a template that asks for what its page does not have",
        "Each template sees one view: the fields of its own kind of page, `page` and `site`. A field that is not among them would print nothing where a reader expects something, so it is refused when the first page is made.\n\nInstead: use one of the fields that the message lists.",
        "{{ page.titel }}  →  {{ page.title }}";
    MENU = "HB404", "a menu that leads nowhere",
        "`to` in `[[menu]]` names a file of `content/` (`content/about.md`), an address of the site (`/events/`) or one elsewhere (`https://…`). A menu stands on every page, so one that leads nowhere is an error on every page.\n\nInstead: write the path of a file that exists; Handbill finds its address.",
        "to = \"content/vist.md\"  →  to = \"content/visit.md\"";
    PICTURE_GONE = "HB406", "a picture or file that cannot be made ready for the web",
        "Pictures are made anew for the web: upright, of a sensible size, without the place and time that cameras write into them. This one could not be read or decoded.\n\nInstead: open the picture, save it again as JPEG or PNG, and put it back under the same name.";
    WORDS = "HB407", "a sentence of the theme that cannot be used",
        "The words that pages say by themselves stand in `words/en.ftl` and `words/es.ftl` of the theme: one sentence a line, `name = Words`, with values in braces. A site changes them in a file of the same name in its own theme. A name that no page asks for would change nothing, so it is refused.\n\nInstead: copy the line from the file of the program's own theme, and change what stands behind the `=`.";
    SHORTCODE_UNKNOWN = "HB410", "a shortcode that does not exist",
        "What stands between `{{` and `}}` is a shortcode: it shows what Markdown cannot, such as a button, or the next programs. The manual of them is docs/shortcodes.md.\n\nInstead: write one of the names that the message lists. Two brackets that are meant as they are get a backslash, `\\{{`, or stand in code.";
    SHORTCODE_UNCLOSED = "HB411", "a shortcode that does not end",
        "A shortcode begins with `{{` and ends with `}}`, both in one paragraph.\n\nInstead of `{{ hours branch=\"main\"` write `{{ hours branch=\"main\" }}`.";
    SHORTCODE_FOREIGN = "HB412", "a shortcode as another program writes it",
        "Hugo writes `{{< … >}}`, Jekyll and Zola write `{% … %}`, and templates look values up with `{{ page.title }}`. None of that means anything in a page here, and readers would see the brackets.\n\nInstead of `{{< figure src=\"a.jpg\" >}}` write `{{ figure src=\"a.jpg\" alt=\"…\" }}`.";
    SHORTCODE_ARGUMENT = "HB413", "an argument that a shortcode does not have",
        "Every argument of a shortcode does something; one that it does not know would silently do nothing.\n\nInstead of `{{ button link=\"visit.md\" label=\"Visit\" }}` write `{{ button to=\"visit.md\" label=\"Visit\" }}`.";
    SHORTCODE_MISSING = "HB414", "an argument that must be there",
        "Some things cannot be guessed: where a button leads, what it says. The message shows what to add.\n\nInstead of `{{ button to=\"visit.md\" }}` write `{{ button to=\"visit.md\" label=\"Plan your visit\" }}`.";
    SHORTCODE_VALUE = "HB415", "a value that an argument cannot have",
        "An argument takes a number, one of a few words, an address or the name of a file, and something else stands there.\n\nInstead of `{{ events count=\"many\" }}` write `{{ events count=\"8\" }}`.";
    SHORTCODE_WRITTEN = "HB416", "an argument that cannot be read",
        "Arguments are written `name=\"value\"`, with blanks between them. A quote that is opened is closed, and no argument stands there twice.\n\nInstead of `{{ figure \"seeds.jpg\" }}` write `{{ figure src=\"seeds.jpg\" alt=\"…\" }}`.";
    SHORTCODE_END = "HB417", "a shortcode and its end that do not fit",
        "`callout` and `columns` stand around other words: they begin on a line of their own, and `{{ end }}` ends them, on a line of its own as well. Every one has its end, and every end its beginning.\n\nInstead of a beginning alone write three lines: a line `{{ callout level=\"tip\" }}`, the words, and a line `{{ end }}`.";
    SHORTCODE_PLACE = "HB418", "a shortcode where it cannot stand",
        "A list of programs or a picture with its words is no part of a sentence, so most shortcodes need a line of their own; `button` and `map` may stand in a sentence. None can stand in a link, in the address of one, or within an HTML tag; and one that begins in a list or quotation ends there too.\n\nInstead: give it a line of its own, with an empty line above and below.";
    SHORTCODE_RECORD = "HB419", "a table, a column or a person that is not there",
        "`table` and `staff` show what stands in `content/data/`: a table is named by its file without the ending, a column by its head, a person by the column `name` of the table `staff`.\n\nInstead of `{{ table name=\"databases.csv\" }}` write `{{ table name=\"databases\" }}`.";
    SVG_CLEANED = "HB450", "parts of a drawing that were left out",
        "An SVG drawing can hold programs, pages and requests to other hosts. What goes out holds only what draws: shapes, colours, words.\n\nInstead: export the drawing as \"plain SVG\", or without scripts, links and embedded pictures, and the warning goes.";
    ROOM_CLASH = "HB490", "two events in one room at one time",
        "Two events name the same room of the same branch, and their times overlap. Patrons of one of them will stand before a full room.\n\nIt is a warning, since a room may be large enough for both. Instead: give one of them another room or time, or change the one date under `changes:`.";
    CLOSED_THAT_DAY = "HB491", "an event on a day its branch is closed",
        "The branch's hours or closings say that it is closed on a day on which the event takes place there. A closing cancels nothing by itself: perhaps the doors open for this event.\n\nInstead: leave the date out with `skips:`, cancel it under `changes:`, or mend the branch's closings.";
    HEADING_ORDER = "HB492", "a heading level left out",
        "The title of a page is its heading of level 1; the body's headings begin with `##` and go down one level at a time. Screen readers list them as a table of contents, and a level left out sounds like something missed.\n\nInstead: choose the level by what the heading is part of, never by its size.",
        "## Hours, and below it #### Sunday  →  ## Hours, and below it ### Sunday";
    LINK_TEXT = "HB493", "a link that does not say where it goes",
        "Many people hear or scan the links of a page without the words around them: five links named \"here\" are one riddle five times.\n\nInstead of \"for opening hours click here\", write \"see our [opening hours](../branches/main.md)\".",
        "For the way [click here](visit.md).  →  See [how to get here](visit.md).";
    UNSAID = "HB494", "words in another language that stand for nothing",
        "`[words.es]` says what the words of site.toml and of the heads of files are in another language. A line whose words on the left nobody says does nothing, and what was meant stays in the first language on the pages of the other. The words on the left stand there to the letter, capitals included.",
        "\"Childrens Room\" = \"Sala infantil\"  →  \"Children's Room\" = \"Sala infantil\"";
    POST_TEXT = "HB500", "a post text that can't be filled in",
        "The words of a post stand in `announce/<wave>.txt`, in the theme or in the site's own `announce/` folder. What stands between {{ and }} is filled in from the event; a name that no event has would leave a hole, so it is refused.\n\nInstead: use one of the names that the message lists, or write plain words.",
        "Today: {{ titel }}  →  Today: {{ title }}";
    NO_POST_TEXT = "HB501", "a wave without words",
        "Each wave of a plan says something, and its words stand in `announce/<name of the wave>.txt`. Without them there is nothing to post.\n\nInstead: write that file in the site's `announce/` folder, or give the wave the name of a text that the theme has (announce, again, remind, today).";
    POST_TOO_LONG = "HB502", "a post that does not fit its platform",
        "Every platform has a longest post. A post that is too long first loses its hashtags, then its summary is shortened at a word and at last left out. The title, date, place and link are never cut. Where even these do not fit, nothing is posted, since half an announcement sends people to the wrong place.\n\nInstead: shorten the title or the place of the event, or the words in the wave's text.";
    THROWN_AWAY = "HB510", "posting from a machine that is thrown away",
        "The outbox beside the site remembers what was said. On a machine that is thrown away after its job (`CI` is set) it would be lost each time, and with it the promise that nothing is said twice. So real channels may not speak from there.\n\nInstead: build there, and run `handbill outreach run` on a machine that keeps `.handbill/`.";
    UNKNOWN_PLATFORM = "HB600", "a platform that Handbill does not speak",
        "`platform` of a channel is one of the platforms that Handbill speaks: `practice` (a wall in a local file), `mastodon` (and servers that speak its interface), `bluesky`.\n\nThe message offers the nearest name. A practice channel can take the limits of another platform: `platform = \"practice\"` with `like = \"bluesky\"`.",
        "platform = \"mastadon\"  →  platform = \"mastodon\"";
    CHANNEL_KEY_MISSING = "HB601", "a channel that lacks a key",
        "Each platform needs to know a few things before it can speak: which server, which account, where its token is to be found.\n\nThe message shows the line to add to the channel's table in site.toml.",
        "platform = \"mastodon\", and no server  →  platform = \"mastodon\", and server = \"https://example.social\"";
    CHANNEL_VALUE = "HB602", "a value that this key of a channel cannot have",
        "The key is known, but what stands behind it is of the wrong kind: a number where a text is wanted, or a word that the platform does not have.\n\nThe message shows what it may be.",
        "server = 443  →  server = \"https://example.social\"";
    SECRET_WRITTEN_OUT = "HB603", "a secret that stands in site.toml",
        "site.toml is copied, kept in git and shown to colleagues; a token or password in it is soon known to many, and whoever knows it can post in the library's name.\n\nWrite where it is to be found: `token = { env = \"HANDBILL_TOKEN\" }`, `{ file = \"/etc/handbill/token\" }` or `{ command = \"pass show handbill\" }`. Then renew the secret, since the written one has been seen. The message never repeats it.",
        "token = \"abc123\"  →  token = { env = \"HANDBILL_TOKEN\" }";
    SERVER_ADDRESS = "HB604", "a server's address that cannot be used",
        "`server` is the address of the platform's server and nothing more: `https://example.social`. It is https, since the token travels with every request; only a server on this machine (`http://localhost:3000`) may do without.",
        "server = \"example.social/@library\"  →  server = \"https://example.social\"";
    SECRET_NOT_FOUND = "HB605", "a secret that is not where site.toml says",
        "Handbill looked where the channel's table says and found nothing: the environment variable is not set, the file is not there or empty, or the command failed. Until it is found the channel cannot speak; nothing is lost, its posts wait.\n\nInstead: set the variable, or write the file, for the account that runs the job. Cron does not read your shell's settings.";
    CHANNEL_CLOSED = "HB606", "a channel that cannot be opened on this machine",
        "Something on this machine keeps the channel from being used before any server is asked, such as certificates of trust that are missing or cannot be read.\n\nThe message repeats what the system said, and posts of the channel wait meanwhile. Instead: mend that, and run it again.";
    CHANNEL_NOT_STARTED = "HB630", "a channel that does not speak from here",
        "An outbox speaks for a real channel only after `handbill channels start NAME` was run with it. That takes back what it finds of our posts on the platform, and from then on posts what falls due.\n\nSo a second laptop, a lost file or a machine that is thrown away after each run repeats nothing. Instead: start a channel where the scheduled job runs, and nowhere else.";
    CHANNEL_ELSEWHERE = "HB631", "a channel that was started for another server or another site",
        "`server` of the channel or `base_url` of the site is another one than when the channel was started. What was posted there can't be found here, and links would lead elsewhere, so the channel is stopped.\n\nInstead: put the old address back, or run `handbill channels start NAME` again.";
    RESTORED = "HB632", "an outbox that is a copy brought back",
        "Each pass writes its number into the outbox and into `.handbill/passes` beside it. When the outbox is behind, it is an older copy, and does not know what went out since: it would say it all again.\n\nInstead: start each channel again: that finds our posts on the platform, and nothing that fell due before is posted.";
    REHEARSAL = "HB633", "a rehearsal leaves real channels alone",
        "With `--now` a pass plays at another time, so it only looks at practice channels and at servers on this machine. Nothing is sent to people at the wrong time.\n\nInstead: leave out `--now` to post in earnest.";
    FILE_GONE = "HB634", "an announced event whose file is gone",
        "The event was announced and is still ahead, but its file is not there any more. Nothing is said of it and its queued posts are held: a failed checkout must not cancel a season, and people who were told of it may come.\n\nInstead: bring the file back, with `status: cancelled` if it does not take place. If it was renamed, keep its `id:` or name the old one under `aliases:`.";
    TOO_MANY = "HB635", "many posts would be taken back at once",
        "More than 10 posts and more than a fifth of the queue would be withdrawn in one pass. That is more often a missing folder than a decision, so nothing was done and nothing was sent.\n\nInstead: look at the list. If it is what you want, run it again with `--yes`.";
    OUTCOME_UNKNOWN = "HB636", "nobody knows whether a post went out",
        "The connection broke or the machine died while the platform had the post, and the platform cannot be asked what became of it. Sending it again could say it twice, so it is left alone.\n\nInstead: look at the account yourself.";
    POST_FAILED = "HB637", "a post that did not go out",
        "The platform refused it for good, or it was tried as often as it is worth. The reason stands in the message in the platform's own words.\n\nOften it is a rule of the platform about words or pictures. Instead: post it by hand if it matters; the event's other posts go their way.";
    UNAUTHORIZED = "HB638", "a channel that may not post any more",
        "The platform no longer accepts the channel's token: it ran out, was taken back, or the account is locked. That channel is left out, its posts stay scheduled, and the others go on.\n\nInstead: renew the token as the message says; what is still within `grace` then goes out.";
    IN_DOUBT = "HB639", "a post whose outcome is not known yet",
        "A try ended without a clear answer. Before anything is sent again the post is looked for on the platform, and not before it must show there if it is there.\n\nInstead of doing anything, wait: the next pass looks.";
    POST_DELAYED = "HB640", "a post that is due and waits",
        "It could not go out now: its page is not on the web yet, or the platform was busy or out of reach. It is tried again by the next passes, until `grace` is over or its event begins.\n\nInstead: where the page is missing, publish the site first.";
    POST_PICTURE = "HB641", "a picture that could not be made ready for a post",
        "The picture of a post is sized for its platform just before it goes out, and that failed: the file is gone, damaged, or of a kind that can't be read.\n\nInstead: put the file right, or take it out of the event.";
    OUTREACH_WAITS = "HB642", "the outbox is not brought in line with content that has errors",
        "With an error in the content nobody can say what there is to announce, so nothing new is scheduled, changed or withdrawn. What was scheduled goes out as it stands, except the posts of files with an error: those wait.\n\nInstead: mend the errors and run again.";
    OUTBOX = "HB643", "the outbox cannot be read or written",
        "What was said and what is to be said stands in `.handbill/outbox.sqlite`. It could not be opened, read or written, so nothing was sent: without that memory a post could go out twice.\n\nThe message says what the system says. Often the disk is full, or the folder belongs to somebody else. Instead: mend that, and run it again.";
    CHANNEL_START = "HB644", "a channel that could not be started",
        "`handbill channels start` asks the platform who we are there and looks for our posts. One of that failed, so nothing was written down and the channel does not speak from here yet.\n\nInstead: do what the message says, and run it again.";
    DISK = "HB700", "the disk refused",
        "A file or folder could not be read or written; the operating system's own words stand in the message.\n\nMost often it belongs to somebody else, is open in another program, or the disk is full. Instead: mend that, and run it again.";
    NO_SITE = "HB701", "no site here",
        "Every command looks for `site.toml` in the folder it is called in and in the folders above it. There is none.\n\nInstead: go to the site's folder, name it with `--root DIR`, or begin a new site with `handbill init DIR`.";
    OUTPUT = "HB702", "a folder that must not be written to",
        "The output folder may not be, hold or lie in what you write yourself: `content/`, `themes/`, `announce/`, `.git`, `.handbill/` or the site's folder, for a build replaces and removes files there. A folder with a `site.toml` is refused for the same reason, and a link that leads out of the site's folder, for a site that was fetched from elsewhere must be safe to build.\n\nInstead: name a folder of its own: `--output public`.";
    LINK_OUT = "HB703", "a link that leads out of the output folder",
        "A folder in the output is a link to somewhere else. Writing through it would replace files that have nothing to do with the site.\n\nInstead: remove the link; the build makes the folder itself.";
    IN_THE_WAY = "HB704", "something in the way of the build",
        "Where a page's folder must be stands a file, or the other way round, and Handbill did not write it. It is not removed, for it may be somebody's work.\n\nInstead: move it elsewhere and build again.";
    OUTPUT_PATH = "HB705", "a name that cannot be a file of the site",
        "The name could leave the output folder, cannot be a file on every system, or is meant for two things at once.\n\nInstead: give the page another slug, or the file another name.";
    STATE = "HB706", "`.handbill` is no folder",
        "Handbill keeps what it remembers of a site in the folder `.handbill/`, which only you can read. In its place stands a file or a link.\n\nInstead: move that elsewhere; the folder is made by itself.";
    STOPPED = "HB707", "a build that was stopped",
        "The build was told to stop before it was done. Each file in the output folder is whole, but some may be of the build before.\n\nInstead: run `handbill build` again: it completes what is missing.";
    FOREIGN = "HB708", "files in the output that are not Handbill's",
        "The output folder holds files that no build remembers writing: of another program, or from before `.handbill/` was lost. They are left alone, and go out with the site if you copy the folder.\n\nInstead: remove them if nobody needs them, or build into a folder of its own.";
    NOT_OURS = "HB709", "files of somebody else where the site's own must be",
        "The output folder holds files where the site's own have to be, with other words in them, and no build remembers writing them: they are of another program, were put there by hand, or are from before `.handbill/` was lost. Nothing was written, for they may be somebody's only copy.\n\nInstead: move them elsewhere, or build into another folder with `--output`. If all of the folder is from an earlier build, move or remove the whole folder.";
    BROKEN_STATE = "HB710", "a memory that cannot be read",
        "A file in `.handbill/` that Handbill writes for itself cannot be understood, so it is taken as lost and written anew. For `calendar.json` that means: every calendar entry counts as changed now, and no entry's number falls.\n\nIf somebody edits or merges files in `.handbill/`, do not: keep the folder out of git, and back it up instead.";
    BASE_URL_OPTION = "HB711", "an address that no site can have",
        "`--base-url` takes the place of `base_url` in site.toml for one build: the whole address under which the site will stand, with http or https, and no `?` or `#` in it.\n\nWrite `--base-url https://library.example.org`.",
        "--base-url library.example.org  →  --base-url https://library.example.org";
    EDIT = "HB720", "a file that can only be changed by hand",
        "`handbill close` and `handbill count` put one entry into a file that people wrote, and leave every other letter of it as it was. Here the key holds something that no entry can be put into, such as one word where a list belongs.\n\nInstead: write the entry yourself, as the message shows it.";
    EDIT_CHANGED = "HB721", "a file that changed while it was edited",
        "Between reading a file and writing it somebody else saved it. What they wrote is kept, and nothing of the command was done.\n\nInstead: run the command again.";
    FILE_THERE = "HB722", "a file that is there already",
        "`handbill new` makes new files and replaces none, for what stands there is somebody's work.\n\nInstead: open that file, or give the new one another title or another folder (`--in`).";
    LINK_ELSEWHERE = "HB723", "a link that leads out of the site's folder",
        "The file or folder is a link to somewhere outside of the site. Handbill writes nothing there.\n\nInstead: change the file yourself, where it really is.";
    UNDO = "HB724", "an edit that cannot be taken back",
        "`--undo` puts a file back, byte for byte, to what it was before the last `handbill close` or `handbill count`. That is done only while the file is still as that command left it; later work would be lost otherwise. After one undo there is nothing left to take back.\n\nInstead: open the file and take the entry out yourself.";
}
