//! Facts of the library → the words and parts that pages show.

use std::sync::Arc;

use crate::calendar::{self, DateTime, Datelike, Interval, NaiveDate, NaiveDateTime, Timelike, Zone};
use crate::library::{Branch, Entry, Event, EventKind, Image, Occurrence, Place as Where, Slug, Status, StreetAddress};
use crate::text;

use super::addresses;
use super::almanac::{Almanac, Due, parent};
use super::views::parts::{BranchLine, Day, Link, OpenToday, Page, Phone, Picture, Place, Row, Stamp, StatusWord, Teaser};

impl Almanac<'_> {
    /// A link to an address of the site.
    pub(super) fn href(&self, path: impl std::fmt::Display) -> String {
        self.settings.site.href(path)
    }

    /// What every page has; `path` is its address.
    pub(super) fn page(&self, title: &str, path: &str) -> Page {
        let site = &self.settings.site;
        Page {
            title: if title == site.title { title.to_owned() } else { format!("{title} · {}", site.title) },
            href: site.href(path),
            canonical: site.url(path),
            section: self.section(path),
            kind: "website",
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
        Page { description, picture, trail: self.trail(path), ..self.page(title, path) }
    }

    /// The menu's entry that a page belongs under: the longest address that begins its own.
    fn section(&self, path: &str) -> Option<String> {
        let fits = |to: &&String| path.starts_with(to.as_str()) && (to.as_str() != "/" || path == "/");
        self.menu_paths.iter().filter(fits).max_by_key(|to| to.len()).map(|to| self.href(to))
    }

    /// The pages above a page, the highest first.
    fn trail(&self, path: &str) -> Vec<Link> {
        let mut trail = Vec::new();
        let mut at = path;
        while let Some(up) = parent(at).filter(|up| *up != addresses::HOME) {
            let label = match up {
                addresses::AGENDA => Some("What’s on"),
                addresses::PROGRAMS => Some("Programs"),
                addresses::BRANCHES => Some("Branches"),
                addresses::NEWS => Some("News"),
                _ => self.titles.get(up).copied(),
            };
            if let Some(label) = label {
                trail.push(Link { label: label.to_owned(), href: self.href(up) });
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
            weekday: calendar::weekday_short(date.weekday()),
            day: date.day(),
            month: calendar::month_short(date),
            words: self.date_words(date),
        }
    }

    /// "Thursday, December 3"; with the year when it is half a year away or more.
    pub(super) fn date_words(&self, date: NaiveDate) -> String {
        if calendar::days_from(self.today, date).abs() > 180 { calendar::long_date_with_year(date) } else { calendar::long_date(date) }
    }

    /// "December 3"; with the year when it is half a year away or more.
    pub(super) fn day_words(&self, date: NaiveDate) -> String {
        if calendar::days_from(self.today, date).abs() > 180 { calendar::plain_date(date) } else { month_and_day(date) }
    }

    /// When something is, for those who see it before the others of its kind: its day and time, "Until December 20" of what is still on.
    pub(super) fn next_words(&self, date: &Occurrence) -> (String, NaiveDate) {
        match date.last_day().filter(|last| date.day() < self.today && *last >= self.today) {
            Some(last) => (format!("Until {}", self.day_words(last)), last),
            None => (format!("{}, {}", self.date_words(date.day()), time_words(date)), date.day()),
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
            href: self.href(&event.entry.path),
            status: status_word(date.status),
            time: until.map_or_else(|| time_words(date), |last| format!("until {}", self.day_words(last))),
            starts: until.map_or_else(|| instant(date.starts), |last| last.to_string()),
            over: over(date),
            place: self.place_of(event, date),
            audience: Some(self.audience_words(&event.audience)).filter(|words| !words.is_empty()),
            note: date.note.clone(),
            moved_from: self.moved_from(date),
        }
    }

    /// "Thursday, December 3, 10:30 am", when the date was moved from there.
    pub(super) fn moved_from(&self, date: &Occurrence) -> Option<String> {
        let planned = date.moved_from?;
        Some(format!("{}, {}", self.date_words(planned.date_naive()), calendar::time(planned.naive_local().time())))
    }

    /// "Toddlers, Families".
    pub(super) fn audience_words(&self, audience: &[Slug]) -> String {
        let labels: Vec<&str> = audience.iter().filter_map(|slug| self.settings.audiences.label(slug)).collect();
        labels.join(", ")
    }

    /// Audiences as links to their lists.
    pub(super) fn audience_links(&self, audience: &[Slug]) -> Vec<Link> {
        let known = audience.iter().filter(|slug| self.has_audience(slug));
        known
            .filter_map(|slug| {
                Some(Link { label: self.settings.audiences.label(slug)?.to_owned(), href: self.href(addresses::audience(slug)) })
            })
            .collect()
    }

    /// Where a date takes place, in a list; a visit without an address is outside the library.
    pub(super) fn place_of(&self, event: &Event, date: &Occurrence) -> Option<String> {
        let words = Some(self.place_words(&date.place)).filter(|words| !words.is_empty());
        words.or_else(|| (event.kind == EventKind::OutreachVisit).then(|| "Outside the library".to_owned()))
    }

    /// "Children's Room, Main Library"; a library of one building need not name it beside the room.
    pub(super) fn place_words(&self, place: &Where) -> String {
        let branch = place.branch.as_ref().and_then(|slug| self.branch(slug)).map(|known| known.link.label.as_str());
        let branch = branch.filter(|_| place.room.is_none() || self.library.branches.len() > 1);
        let site = place.off_site.as_ref().map(|site| site.name.as_str());
        let online = place.online.as_ref().map(|_| "online");
        let parts: Vec<&str> = [place.room.as_deref(), branch, site].into_iter().flatten().collect();
        match (parts.is_empty(), online) {
            (true, Some(_)) => "Online".to_owned(),
            (false, Some(_)) => format!("{} and online", parts.join(", ")),
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
            room: place.room.clone(),
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
            date: calendar::long_date(self.today),
            hours: hours_words(day.intervals),
            reason: day.reason.map(str::to_owned),
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
}

/// "12 Mill Street, Stonebridge, NY 12999": without the country, which every reader of the library's pages knows.
pub(super) fn address(address: &StreetAddress) -> String {
    StreetAddress { country: None, ..address.clone() }.one_line()
}

/// The word that is said first.
pub(super) fn status_word(status: Status) -> Option<StatusWord> {
    Some(StatusWord { name: status.name(), word: status.word()?, takes_place: status.takes_place() })
}

/// A title with the word of its status before it: "Cancelled: Chess Club".
pub(super) fn title_with_status(title: &str, status: Status) -> String {
    status.word().map_or_else(|| title.to_owned(), |word| format!("{word}: {title}"))
}

/// "December 3".
pub(super) fn month_and_day(date: NaiveDate) -> String {
    format!("{} {}", calendar::month_name(date), date.day())
}

/// "10:30–11:15 am".
pub(super) fn time_words(date: &Occurrence) -> String {
    calendar::time_range(date.starts.naive_local(), date.ends.map(|ends| ends.naive_local()))
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

/// "10 am to 8 pm", "10 am to noon and 1 to 5 pm", "closed".
pub(super) fn hours_words(intervals: &[Interval]) -> String {
    let spans: Vec<String> =
        intervals.iter().map(|span| format!("{} to {}", calendar::time(span.opens), calendar::time(span.closes))).collect();
    if spans.is_empty() { "closed".to_owned() } else { spans.join(" and ") }
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

/// "1 program", "12 programs", "No programs".
pub(super) fn counted(count: usize, one: &str, many: &str) -> String {
    match count {
        0 => format!("No {many}"),
        1 => format!("1 {one}"),
        _ => format!("{count} {many}"),
    }
}
