//! Calendars that people subscribe to (RFC 5545).
//!
//! An event is one entry under one UID for ever: its first date and its rule, with `EXDATE` for what never was planned and `RDATE` for what
//! was added. A date that is changed is an entry of its own under the same UID, named by the moment that the rule gives
//! (`RECURRENCE-ID`). What is cancelled stays and says so, or it would stand in calendars for ever.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::vtimezone;
use crate::calendar::{Datelike, NaiveDate, NaiveDateTime, Pattern, Planned, Zone};
use crate::library::{Event, Occurrence, Slug, Status};
use crate::settings::SiteSettings;
use crate::site::almanac::Almanac;
use crate::site::revisions::Revision;
use crate::site::words::stamp;

/// The end of a calendar file.
pub(in crate::site) const END: &str = "END:VCALENDAR\r\n";

/// The beginning of a calendar file with its time zone, for entries that begin in this year or later.
pub(in crate::site) fn head(site: &SiteSettings, name: &str, first_year: i32, this_year: i32) -> String {
    let mut text = Text::default();
    text.line("BEGIN:VCALENDAR").line("VERSION:2.0");
    text.line(concat!("PRODID:-//Handbill//Handbill ", env!("CARGO_PKG_VERSION"), "//EN"));
    text.line("CALSCALE:GREGORIAN").line("METHOD:PUBLISH");
    text.text("NAME", name).text("X-WR-CALNAME", name).line(&format!("X-WR-TIMEZONE:{}", site.zone));
    text.line("REFRESH-INTERVAL;VALUE=DURATION:PT6H").line("X-PUBLISHED-TTL:PT6H");
    for line in vtimezone::lines(site.zone, first_year, this_year) {
        text.line(&line);
    }
    text.0
}

/// An event's name in calendars: `story-time@library.example.org`.
pub(in crate::site) fn uid(event: &Event, site: &SiteSettings) -> String {
    let rest = site.base_url.split_once("://").map_or(site.base_url.as_str(), |(_, rest)| rest);
    let host = rest.split(['/', ':']).next().unwrap_or(rest);
    format!("{}@{host}", event.id)
}

/// The facts whose change makes a new revision: dates and their zone, place as it is shown, status and title.
///
/// Written out by hand and without anything of how Rust prints a value: were this text to change, every calendar would ask for everything.
pub(in crate::site) fn facts(almanac: &Almanac<'_>, event: &Event) -> String {
    let zone = almanac.library.zone;
    let mut facts = String::with_capacity(256);
    let mut fact = |name: &str, value: &str| {
        let _ = write!(facts, "{name}={}:{value};", value.len());
    };
    fact("title", &event.entry.title);
    fact("zone", zone.name());
    fact("starts", &stamp(event.pattern.starts));
    if let Some(rule) = &event.pattern.rule {
        fact("rule", &rule.to_string());
    }
    event.pattern.skips.iter().for_each(|skip| fact("skip", &skip.to_string()));
    event.pattern.adds.iter().for_each(|add| fact("add", &stamp(*add)));
    if let Some(lasts) = event.lasts {
        fact("lasts", &lasts.num_seconds().to_string());
    }
    let place = &event.place;
    fact("location", &almanac.place_elsewhere(place));
    fact("branch", place.branch.as_ref().map_or("", Slug::as_str));
    fact("room", place.room.as_deref().unwrap_or_default());
    if let Some(site) = &place.off_site {
        fact("site", &site.name);
        fact("address", site.address.as_deref().unwrap_or_default());
    }
    fact("online", place.online.as_deref().unwrap_or_default());
    fact("status", event.status.name());
    for ((on, nth), change) in &event.changes {
        fact("change", &format!("{on}.{nth}"));
        fact("status", change.status.map_or("", Status::name));
        fact("starts", &change.starts.map(stamp).unwrap_or_default());
        fact("lasts", &change.lasts.map(|lasts| lasts.num_seconds().to_string()).unwrap_or_default());
        fact("room", change.room.as_deref().unwrap_or_default());
        fact("branch", change.branch.as_ref().map_or("", Slug::as_str));
        fact("title", change.title.as_deref().unwrap_or_default());
    }
    for date in almanac.called_off(event) {
        fact("closed", &date.id.to_string());
    }
    for (_, date) in changed_dates(event, zone) {
        fact("location", &almanac.place_elsewhere(&date.place));
    }
    blake3::hash(facts.as_bytes()).to_hex()[..32].to_owned()
}

/// The entries of one event: itself, and its changed dates.
pub(in crate::site) fn entries(almanac: &Almanac<'_>, event: &Event, revision: &Revision) -> String {
    let zone = almanac.library.zone;
    let writer = Writer { almanac, event, revision, zone, uid: uid(event, &almanac.settings.site) };
    let mut text = Text::default();
    let first = Planned { on: event.pattern.starts.date(), nth: 0, starts: event.pattern.starts };
    if event.is_single() {
        let date = event.occurrence(&first, zone);
        writer.entry(&mut text, &date, |_| {});
        return text.0;
    }
    // As the rule has it, without what is different on its first date.
    let mut plain = event.clone();
    plain.changes.clear();
    plain.closings = None;
    writer.entry(&mut text, &plain.occurrence(&first, zone), |text| writer.recurrence(text));
    let by_closing = almanac.called_off(event).filter_map(|date| {
        let on = date.id.on.filter(|on| !event.changes.contains_key(&(*on, date.id.nth)))?;
        Some((event.pattern.between(on, on, zone).find(|planned| planned.nth == date.id.nth)?, date.clone()))
    });
    for (planned, date) in changed_dates(event, zone).chain(by_closing) {
        writer.entry(&mut text, &date, |text| {
            text.line(&format!("RECURRENCE-ID;TZID={zone}:{}", stamp(planned.starts)));
        });
    }
    text.0
}

/// The dates that `changes:` names, as planned and as they are now.
fn changed_dates(event: &Event, zone: Zone) -> impl Iterator<Item = (Planned, Occurrence)> {
    event.changes.keys().filter_map(move |&(on, nth)| {
        let planned = event.pattern.between(on, on, zone).find(|planned| planned.nth == nth)?;
        Some((planned, event.occurrence(&planned, zone)))
    })
}

struct Writer<'a> {
    almanac: &'a Almanac<'a>,
    event: &'a Event,
    revision: &'a Revision,
    zone: Zone,
    uid: String,
}

impl Writer<'_> {
    fn entry(&self, text: &mut Text, date: &Occurrence, recurrence: impl FnOnce(&mut Text)) {
        let Writer { almanac, event, revision, zone, .. } = self;
        let changed = format!("{}Z", stamp(revision.at.naive_utc()));
        text.line("BEGIN:VEVENT").line(&format!("UID:{}", self.uid)).line(&format!("DTSTAMP:{changed}"));
        text.line(&format!("LAST-MODIFIED:{changed}")).line(&format!("SEQUENCE:{}", revision.sequence));
        text.line(&format!("DTSTART;TZID={zone}:{}", stamp(date.starts.naive_local())));
        if let Some(ends) = date.ends {
            text.line(&format!("DTEND;TZID={zone}:{}", stamp(ends.naive_local())));
        }
        recurrence(text);
        text.text("SUMMARY", &almanac.title_with_status(date.title(event), date.status));
        text.line(if date.status.takes_place() { "STATUS:CONFIRMED" } else { "STATUS:CANCELLED" });
        let location = almanac.place_elsewhere(&date.place);
        if !location.is_empty() {
            text.text("LOCATION", &location);
        }
        let url = almanac.settings.site.url(&event.entry.path);
        text.text("DESCRIPTION", &self.description(date, &url));
        text.line(&format!("URL:{url}"));
        let audience = almanac.audience_words(&event.audience);
        if !audience.is_empty() {
            let labels: Vec<String> = audience.split(", ").map(escaped).collect();
            text.line(&format!("CATEGORIES:{}", labels.join(",")));
        }
        text.line("END:VEVENT");
    }

    fn recurrence(&self, text: &mut Text) {
        let Writer { event, zone, .. } = self;
        let pattern = &event.pattern;
        if let Some(rule) = &pattern.rule {
            text.line(&format!("RRULE:{}", rule.to_ical(pattern.starts, *zone)));
        }
        // `adds` brings a skipped date back, but an EXDATE takes its moment away from the RDATEs as well (RFC 5545 §3.8.5.1).
        let skipped = pattern.skips.iter().map(|skip| skip.and_time(pattern.starts.time()));
        for skip in skipped.filter(|skip| !pattern.adds.contains(skip)) {
            text.line(&format!("EXDATE;TZID={zone}:{}", stamp(skip)));
        }
        let alone = Pattern { starts: pattern.starts, rule: pattern.rule.clone(), skips: BTreeSet::new(), adds: BTreeSet::new() };
        let given = |add: NaiveDateTime| alone.between(add.date(), add.date(), *zone).any(|planned| planned.starts == add);
        for add in pattern.adds.iter().filter(|add| !given(**add)) {
            text.line(&format!("RDATE;TZID={zone}:{}", stamp(*add)));
        }
    }

    fn description(&self, date: &Occurrence, url: &str) -> String {
        let entry = &self.event.entry;
        let first = Some(&entry.body.first_paragraph).filter(|words| !words.is_empty());
        let online = date.place.online.as_ref().map(|address| format!("Online: {address}"));
        let sign_up = self.event.registration_of(&date.id).and_then(|register| register.address.as_ref());
        let sign_up = sign_up.filter(|_| date.status.takes_place()).map(|address| format!("Sign up: {address}"));
        let parts = [date.note.clone(), entry.summary.clone().or_else(|| first.cloned()), online, sign_up, Some(url.to_owned())];
        parts.into_iter().flatten().collect::<Vec<_>>().join("\n\n")
    }
}

/// The year in which an event begins: its time zone must reach back so far.
pub(in crate::site) fn first_year(event: &Event) -> i32 {
    let added = event.pattern.adds.iter().map(NaiveDateTime::date);
    let moved = event.changes.values().filter_map(|change| change.starts).map(|starts| starts.date());
    let all = std::iter::once(event.pattern.starts.date()).chain(added).chain(moved);
    all.min().map_or(2020, |first: NaiveDate| first.year())
}

/// Content lines: folded, with CRLF.
#[derive(Default)]
struct Text(String);

impl Text {
    /// A property whose value is text.
    fn text(&mut self, name: &str, value: &str) -> &mut Self {
        self.line(&format!("{name}:{}", escaped(value)))
    }

    fn line(&mut self, line: &str) -> &mut Self {
        fold(line, &mut self.0);
        self
    }
}

/// At most 75 octets a line, its end not counted; never inside a character (RFC 5545 §3.1).
fn fold(line: &str, out: &mut String) {
    if line.len() <= 75 && line.bytes().all(|b| b >= b' ' && b != 0x7f && b < 0x80) {
        out.push_str(line);
        out.push_str("\r\n");
        return;
    }
    let mut room = 75;
    for c in line.chars() {
        if c.len_utf8() > room {
            out.push_str("\r\n ");
            room = 74;
        }
        room -= c.len_utf8();
        // A line end or another control character inside a line would begin a new property.
        out.push(if c.is_control() && c != '\t' { ' ' } else { c });
    }
    out.push_str("\r\n");
}

/// Text of a property (RFC 5545 §3.3.11).
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => {
                let _ = write!(out, "\\{c}");
            }
            '\n' => out.push_str("\\n"),
            '\r' => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::library::{Branch, Library};
    use crate::site::Revisions;
    use crate::site::samples::{day, library, local, now, settings, words, zone};

    fn facts_of(library: &Library) -> Vec<String> {
        let settings = settings();
        let almanac = Almanac::new(library, &settings, &words(), now("2026-12-03 09:00"));
        library.events.iter().map(|event| facts(&almanac, event)).collect()
    }

    #[test]
    fn another_zone_or_another_address_of_the_branch_is_a_change_of_every_entry() {
        let before = facts_of(&library());
        let mut moved = library();
        moved.zone = Zone::named("America/Chicago").unwrap();
        let mut elsewhere = library();
        let mut branch: Branch = (*elsewhere.branches[0]).clone();
        branch.address.as_mut().unwrap().street = Some("1 New Street".to_owned());
        elsewhere.branches[0] = branch.into();
        for changed in [moved, elsewhere] {
            assert!(facts_of(&changed).iter().zip(&before).all(|(now, then)| now != then));
        }
        assert_eq!(facts_of(&library()), before);
    }

    #[test]
    fn a_change_of_one_date_to_a_branch_that_moves_is_a_change_of_its_entry() {
        let mut library = library();
        let mut other: Branch = (*library.branches[0]).clone();
        other.entry.slug = Slug::new("other").unwrap();
        library.branches.push(other.clone().into());
        let mut story = (*library.events[0]).clone();
        story.changes.values_mut().for_each(|change| change.branch = Some(other.entry.slug.clone()));
        library.events[0] = story.into();
        let before = facts_of(&library);
        other.address.as_mut().unwrap().street = Some("1 New Street".to_owned());
        library.branches[1] = other.into();
        let after = facts_of(&library);
        assert!(after[0] != before[0] && after[1] == before[1]);
    }

    #[test]
    fn a_skipped_date_that_is_added_again_stands_in_calendars_once() {
        let mut library = library();
        let mut story = (*library.events[0]).clone();
        // Brought back, the rule's own, at another time of a skipped day, on a day of its own.
        story.pattern.skips.extend([day("2026-12-31"), day("2027-01-06")]);
        story.pattern.adds =
            ["2026-12-24 10:30", "2027-01-14 10:30", "2026-12-31 15:00", "2027-01-06 10:30"].into_iter().map(local).collect();
        library.events[0] = story.into();
        let settings = settings();
        let almanac = Almanac::new(&library, &settings, &words(), now("2026-12-03 09:00"));
        let revision = Revisions::default().settle("story", "hash", now("2026-12-03 09:00").instant());
        let text = entries(&almanac, &library.events[0], &revision);
        let beside: Vec<&str> = text.lines().filter(|line| line.contains("XDATE") || line.contains("RDATE")).collect();
        let zone = zone();
        assert_eq!(
            beside,
            [
                format!("EXDATE;TZID={zone}:20261231T103000"),
                format!("RDATE;TZID={zone}:20261231T150000"),
                format!("RDATE;TZID={zone}:20270106T103000"),
            ]
        );
    }

    proptest! {
        #[test]
        fn folding_never_cuts_a_character_and_unfolds_to_the_line(line in "[ -~éß☕🙂👩‍👩‍👧]{0,400}") {
            let mut folded = String::new();
            fold(&line, &mut folded);
            prop_assert!(folded.ends_with("\r\n"));
            prop_assert!(folded.split("\r\n").all(|line| line.len() <= 75));
            prop_assert_eq!(folded.replace("\r\n ", ""), format!("{line}\r\n"));
        }

        #[test]
        fn no_text_can_begin_a_property_of_its_own(value: String) {
            let mut text = Text::default();
            text.text("SUMMARY", &value);
            let unfolded = text.0.replace("\r\n ", "");
            prop_assert_eq!(unfolded.matches(['\r', '\n']).count(), 2);
        }
    }
}
