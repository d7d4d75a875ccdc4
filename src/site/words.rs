//! Facts of the library → the words and parts that pages show.

use std::sync::Arc;

use crate::calendar::{self, DateTime, Datelike, DayHours, Interval, Language, NaiveDate, NaiveDateTime, Timelike, Zone};
use crate::library::{Branch, Entry, Event, EventKind, Image, Occurrence, Place as Where, Slug, Status, StreetAddress};
use crate::text;

use super::addresses;
use super::almanac::{Almanac, Due, parent};
use super::views::parts::{BranchLine, Day, InLanguage, Link, OpenToday, Page, Phone, Picture, Place, Row, Stamp, StatusWord, Teaser};

impl Almanac<'_> {
    /// What pages say by themselves: a sentence without values.
    pub(super) fn say(&self, id: &str) -> String {
        self.words.say(id).as_ref().to_owned()
    }

    /// A sentence with one value.
    pub(super) fn say_of(&self, id: &str, name: &str, value: &str) -> String {
        self.words.with(id, [(name, value)])
    }

    /// A link to an address of the site.
    pub(super) fn href(&self, path: impl std::fmt::Display) -> String {
        self.settings.site.href(path)
    }

    /// Words of site.toml or of a file that come up again and again, in the language of this almanac where somebody has said how.
    pub(super) fn local(&self, words: &str) -> String {
        self.settings.phrases.get(self.language, words).unwrap_or(words).to_owned()
    }

    /// The address of a page that the site makes by itself, in the language of this almanac: `/es/events/`.
    pub(super) fn at(&self, path: &str) -> String {
        format!("{}{path}", self.folder)
    }

    /// A link to such a page.
    pub(super) fn href_at(&self, path: &str) -> String {
        self.href(self.at(path))
    }

    /// What every page has; `path` is its address.
    pub(super) fn page(&self, title: &str, path: &str) -> Page {
        let site = &self.settings.site;
        let name = self.local(&site.title);
        Page {
            title: if title == name { name } else { format!("{title} · {name}") },
            href: site.href(path),
            canonical: site.url(path),
            section: self.section(path),
            language: self.language.tag(),
            languages: self.other_languages(path),
            kind: "website",
            banners: self.banners(path),
            ..Page::default()
        }
    }

    /// What a page of `content/` has.
    pub(super) fn page_of(&self, entry: &Entry, title: &str) -> Page {
        let path = entry.path.as_str();
        let first = Some(&entry.body.first_paragraph).filter(|words| !words.is_empty());
        let description = entry.description.as_ref().or(entry.summary.as_ref()).or(first).map(|words| text::shorten(words, 200));
        let picture = entry.image.as_ref().map(|image| {
            let picture = self.picture(image);
            Picture { src: self.settings.site.url(addresses::file(image.file.path())), ..picture }
        });
        let page = self.page(title, path);
        let newer = page.languages.first().filter(|_| entry.behind).cloned();
        Page { description, picture, trail: self.trail(path), written_in: entry.language.clone(), newer, ..page }
    }

    /// The menu's entry that a page belongs under: the longest address that begins its own.
    fn section(&self, path: &str) -> Option<String> {
        let fits = |to: &&String| path.starts_with(to.as_str()) && (to.as_str() != self.at(addresses::HOME) || path == *to);
        self.menu_paths.iter().filter(fits).max_by_key(|to| to.len()).map(|to| self.href(to))
    }

    /// The same page in the other languages of the site.
    fn other_languages(&self, path: &str) -> Vec<InLanguage> {
        let site = &self.settings.site;
        let plain = path.strip_prefix(self.folder.as_str()).unwrap_or(path);
        let address =
            |language: Language| if language == site.languages[0] { plain.to_owned() } else { format!("/{}{plain}", language.tag()) };
        let others = site.languages.iter().filter(|language| **language != self.language);
        let one = |language: &Language| {
            let path = address(*language);
            InLanguage { tag: language.tag(), name: language.own_name(), href: site.href(&path), canonical: site.url(&path) }
        };
        others.map(one).collect()
    }

    /// The pages above a page, the highest first.
    fn trail(&self, path: &str) -> Vec<Link> {
        let mut trail = Vec::new();
        let mut at = path;
        while let Some(up) = parent(at).filter(|up| up.len() > self.folder.len() + 1) {
            let label = match &up[self.folder.len()..] {
                addresses::AGENDA => Some(self.say("whats-on")),
                addresses::PROGRAMS => Some(self.say("programs-list")),
                addresses::BRANCHES => Some(self.say("branches")),
                addresses::NEWS => Some(self.say("news")),
                _ => self.titles.get(up).map(|title| (*title).to_owned()),
            };
            if let Some(label) = label {
                trail.push(Link { label, href: self.href(up) });
            }
            at = up;
        }
        trail.reverse();
        trail
    }

    /// A picture of `content/`.
    pub(super) fn picture(&self, image: &Image) -> Picture {
        Picture {
            src: self.href(addresses::file(image.file.path())),
            alt: image.alt.words().to_owned(),
            width: image.width,
            height: image.height,
        }
    }

    /// A day as the stamp shows it.
    pub(super) fn stamp(&self, date: NaiveDate) -> Stamp {
        Stamp {
            iso: date.to_string(),
            weekday: self.language.weekday_short(date.weekday()),
            day: date.day(),
            month: self.language.month_short(date),
            words: self.date_words(date),
        }
    }

    /// "Thursday, December 3"; with the year when it is half a year away or more.
    pub(super) fn date_words(&self, date: NaiveDate) -> String {
        if calendar::days_from(self.today, date).abs() > 180 {
            self.language.long_date_with_year(date)
        } else {
            self.language.long_date(date)
        }
    }

    /// "December 3"; with the year when it is half a year away or more.
    pub(super) fn day_words(&self, date: NaiveDate) -> String {
        if calendar::days_from(self.today, date).abs() > 180 { self.language.plain_date(date) } else { self.language.month_and_day(date) }
    }

    /// When something is, for those who see it before the others of its kind: its day and time, "Until December 20" of what is still on.
    pub(super) fn next_words(&self, date: &Occurrence) -> (String, NaiveDate) {
        match date.last_day().filter(|last| date.day() < self.today && *last >= self.today) {
            Some(last) => (self.say_of("until", "day", &self.day_words(last)), last),
            None => (format!("{}, {}", self.date_words(date.day()), self.time_words(date)), date.day()),
        }
    }

    /// Dates as a list of days.
    pub(super) fn days<'d>(&self, dates: impl IntoIterator<Item = &'d Due>) -> Vec<Day> {
        let mut days: Vec<(NaiveDate, Day)> = Vec::new();
        for due in dates {
            let date = due.under;
            let row = Arc::clone(&due.row);
            match days.last_mut() {
                Some((last, day)) if *last == date => day.rows.push(row),
                _ => days.push((date, Day { stamp: self.stamp(date), rows: vec![row] })),
            }
        }
        days.into_iter().map(|(_, day)| day).collect()
    }

    /// One date in a list.
    pub(super) fn row(&self, due: &Due) -> Row {
        let (event, date) = (&due.event, &due.date);
        let until = date.last_day().filter(|_| due.is_still_on());
        Row {
            title: date.title(event).to_owned(),
            written_in: event.entry.language.clone(),
            href: self.href(&event.entry.path),
            status: self.status_word(date.status),
            time: until.map_or_else(|| self.time_words(date), |last| format!("{} {}", self.say("until-small"), self.day_words(last))),
            starts: until.map_or_else(|| instant(date.starts), |last| last.to_string()),
            over: over(date),
            place: self.place_of(event, date),
            audience: Some(self.audience_words(&event.audience)).filter(|words| !words.is_empty()),
            note: date.note.clone(),
            moved_from: self.moved_from(date),
        }
    }

    /// The word that is said first.
    pub(super) fn status_word(&self, status: Status) -> Option<StatusWord> {
        let word = match status {
            Status::Scheduled => return None,
            Status::Cancelled => "status-cancelled",
            Status::Postponed => "status-postponed",
            Status::Full => "status-full",
            Status::MovedOnline => "status-moved-online",
        };
        Some(StatusWord { name: status.name(), word: self.words.say(word), takes_place: status.takes_place() })
    }

    /// A title with the word of its status before it: "Cancelled: Chess Club".
    pub(super) fn title_with_status(&self, title: &str, status: Status) -> String {
        self.status_word(status).map_or_else(|| title.to_owned(), |status| format!("{}: {title}", status.word))
    }

    /// "Thursday, December 3, 10:30 am", when the date was moved from there.
    pub(super) fn moved_from(&self, date: &Occurrence) -> Option<String> {
        let planned = date.moved_from?;
        Some(format!("{}, {}", self.date_words(planned.date_naive()), self.language.time(planned.naive_local().time())))
    }

    /// "Toddlers, Families".
    pub(super) fn audience_words(&self, audience: &[Slug]) -> String {
        let labels: Vec<String> =
            audience.iter().filter_map(|slug| self.settings.audiences.label(slug)).map(|label| self.local(label)).collect();
        labels.join(", ")
    }

    /// Audiences as links to their lists.
    pub(super) fn audience_links(&self, audience: &[Slug]) -> Vec<Link> {
        let known = audience.iter().filter(|slug| self.has_audience(slug));
        known
            .filter_map(|slug| {
                Some(Link { label: self.local(self.settings.audiences.label(slug)?), href: self.href_at(&addresses::audience(slug)) })
            })
            .collect()
    }

    /// Where a date takes place, in a list; a visit without an address is outside the library.
    pub(super) fn place_of(&self, event: &Event, date: &Occurrence) -> Option<String> {
        let words = Some(self.place_words(&date.place)).filter(|words| !words.is_empty());
        words.or_else(|| (event.kind == EventKind::OutreachVisit).then(|| self.say("outside-the-library")))
    }

    /// "Children's Room, Main Library"; a library of one building need not name it beside the room.
    pub(super) fn place_words(&self, place: &Where) -> String {
        let branch = place.branch.as_ref().and_then(|slug| self.branch(slug)).map(|known| known.link.label.as_str());
        let branch = branch.filter(|_| place.room.is_none() || self.library.branches.len() > 1);
        let site = place.off_site.as_ref().map(|site| site.name.as_str());
        let online = place.online.as_ref();
        let room = place.room.as_deref().map(|room| self.local(room));
        let parts: Vec<&str> = [room.as_deref(), branch, site].into_iter().flatten().collect();
        match (parts.is_empty(), online) {
            (true, Some(_)) => self.say("online"),
            (false, Some(_)) => self.say_of("and-online", "place", &parts.join(", ")),
            (_, None) => parts.join(", "),
        }
    }

    /// A place for those who do not read it on the library's own pages: the branch is always named, and its address.
    pub(super) fn place_elsewhere(&self, place: &Where) -> String {
        let Place { words, branch, room, address, .. } = self.place(place);
        let named = match (room, branch) {
            (Some(room), Some(branch)) => {
                let online = if place.online.is_some() { " and online" } else { "" };
                format!("{room}, {}{online}", branch.label)
            }
            _ => words,
        };
        [Some(named), address].into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
    }

    /// A place with everything that is known of it.
    pub(super) fn place(&self, place: &Where) -> Place {
        let known = place.branch.as_ref().and_then(|slug| self.branch(slug));
        let address = known.and_then(|known| known.address.clone());
        Place {
            words: self.place_words(place),
            branch: known.map(|known| known.link.clone()),
            room: place.room.as_deref().map(|room| self.local(room)),
            off_site: place.off_site.as_ref().map(|site| site.name.clone()),
            address: place.off_site.as_ref().map_or(address, |site| site.address.clone()).filter(|address| !address.is_empty()),
            online: place.online.as_ref().map(|href| Link { label: host(href).to_owned(), href: href.clone() }),
        }
    }

    /// A link to a page of `content/`, with its title.
    pub(super) fn link(&self, entry: &Entry) -> Link {
        Link { label: entry.title.clone(), href: self.href(&entry.path) }
    }

    /// A page of `content/` in a list.
    pub(super) fn teaser(&self, entry: &Entry) -> Teaser {
        Teaser {
            title: entry.title.clone(),
            written_in: entry.language.clone(),
            href: self.href(&entry.path),
            summary: entry.summary.clone(),
            date: None,
            iso: None,
            picture: entry.image.as_ref().map(|image| self.picture(image)),
        }
    }

    /// A branch's hours today, and for the script those of the week to come.
    pub(super) fn open_today(&self, branch: &Branch) -> OpenToday {
        let day = branch.hours.on(self.today);
        let mut intervals = Vec::new();
        for date in calendar::day_range(self.today, calendar::plus_days(self.today, 7)) {
            for interval in branch.hours.on(date).intervals {
                let (opens, closes) = interval_on(date, *interval);
                intervals.push(format!("{}/{}", minute(opens), minute(closes)));
            }
        }
        OpenToday {
            name: branch.entry.title.clone(),
            href: self.href(&branch.entry.path),
            date: self.language.long_date(self.today),
            hours: self.hours_words(day.intervals),
            reason: day.reason.map(|reason| self.local(reason)),
            intervals: intervals.join(" "),
        }
    }

    /// A branch in a list.
    pub(super) fn branch_line(&self, branch: &Branch) -> BranchLine {
        BranchLine {
            open: self.open_today(branch),
            address: branch.address.as_ref().map(address).filter(|address| !address.is_empty()),
            phone: branch.phone.as_deref().map(phone),
            summary: branch.entry.summary.clone(),
        }
    }

    /// "10:30–11:15 am".
    pub(super) fn time_words(&self, date: &Occurrence) -> String {
        kept_together(self.language.time_range(date.starts.naive_local(), date.ends.map(|ends| ends.naive_local())))
    }

    /// "10 am to 8 pm", "10 am to noon and 1 to 5 pm", "closed".
    pub(super) fn hours_words(&self, intervals: &[Interval]) -> String {
        DayHours { intervals, ..DayHours::default() }.sentence(self.language)
    }
}

/// "12 Mill Street, Stonebridge, NY 12999": without the country, which every reader of the library's pages knows.
pub(super) fn address(address: &StreetAddress) -> String {
    StreetAddress { country: None, ..address.clone() }.one_line()
}

/// The two letters of "a. m." do not part at the end of a line.
fn kept_together(words: String) -> String {
    if words.contains(". m.") { words.replace(". m.", ".\u{a0}m.") } else { words }
}

/// An instant with its offset: `2026-12-03T10:30:00-05:00`.
pub(super) fn instant(at: DateTime<Zone>) -> String {
    at.to_rfc3339()
}

/// Local time when a date is over; where no end is known, the end of its day.
fn over(date: &Occurrence) -> String {
    minute(date.ends.map_or_else(|| calendar::midnight(calendar::plus_days(date.day(), 1)), |ends| ends.naive_local()))
}

/// `2026-12-03T10:30`. Written out by hand, like [`stamp`]: a pattern is read anew for each of a county's hundred thousand dates.
pub(super) fn minute(local: NaiveDateTime) -> String {
    format!("{:04}-{:02}-{:02}T{:02}:{:02}", local.year(), local.month(), local.day(), local.hour(), local.minute())
}

/// `20261203T103000`.
pub(super) fn stamp(local: NaiveDateTime) -> String {
    let (date, time) = (local.date(), local.time());
    format!("{:04}{:02}{:02}T{:02}{:02}{:02}", date.year(), date.month(), date.day(), time.hour(), time.minute(), time.second())
}

/// An interval of a day as two wall-clock times; past midnight when it closes at or before its opening.
fn interval_on(date: NaiveDate, interval: Interval) -> (NaiveDateTime, NaiveDateTime) {
    let closes_on = if interval.closes <= interval.opens { calendar::plus_days(date, 1) } else { date };
    (calendar::at(date, interval.opens), calendar::at(closes_on, interval.closes))
}

/// A telephone number; letters stay as they are written and are left out of the link.
pub(super) fn phone(words: &str) -> Phone {
    let digits: String = words.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
    Phone { words: words.to_owned(), href: format!("tel:{digits}") }
}

/// The host of an address: what a link that leads away says.
pub(super) fn host(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    host.strip_prefix("www.").unwrap_or(host)
}
