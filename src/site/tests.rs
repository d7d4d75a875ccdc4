//! The site of a small library, seen whole.

use std::collections::BTreeMap;
use std::sync::Arc;

use icalendar::parser::{read_calendar, unfold};
use scraper::{Html, Selector};

use super::samples::{Empty, day, entry, event, library, local, now, page, plain_page, settings, site_of, slug, zone};
use super::{Kind, Revisions, Site, plan};
use crate::calendar::{Datelike, Duration, Hours, NaiveDate, Special, SpecialDays};
use crate::diagnostic::{Diagnostics, FileId, codes};
use crate::library::{Change, Event, Library, Status};
use crate::settings::{MenuItem, MenuName};
use crate::source::Files;
use crate::theme;

const MORNING: &str = "2026-12-03 09:00";

fn site() -> Site {
    site_of(&library(), &settings(), &Revisions::default(), MORNING)
}

/// The words that a part of a page shows, with single blanks.
fn words(html: &str, part: &str) -> String {
    let page = Html::parse_document(html);
    let selector = Selector::parse(part).unwrap();
    let all: Vec<String> = page.select(&selector).map(|found| found.text().collect::<String>()).collect();
    all.join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
}

fn fingerprints(site: &Site) -> BTreeMap<String, [u8; 32]> {
    site.recipes().iter().map(|recipe| (recipe.path.as_str().to_owned(), recipe.fingerprint)).collect()
}

fn changed(before: &Site, after: &Site) -> Vec<String> {
    let (before, after) = (fingerprints(before), fingerprints(after));
    let of = |path: &&String| before.get(*path) != after.get(*path);
    let mut paths: Vec<String> = before.keys().chain(after.keys()).filter(of).cloned().collect();
    paths.sort_unstable();
    paths.dedup();
    paths
}

#[test]
fn every_page_has_one_h1_and_obeys_a_strict_content_policy() {
    let site = site();
    assert!(site.diagnostics().is_empty(), "{:?}", site.diagnostics());
    for recipe in site.recipes().iter().filter(|recipe| matches!(recipe.kind, Kind::Page | Kind::Redirect)) {
        let html = page(&site, recipe.path.as_str());
        let document = Html::parse_document(&html);
        let count = |selector: &str| document.select(&Selector::parse(selector).unwrap()).count();
        assert_eq!(count("h1"), 1, "{}", recipe.path);
        assert_eq!(count("style, [style], script:not([src])"), 0, "{}", recipe.path);
        let src = |found: scraper::ElementRef<'_>| found.attr("src").or(found.attr("href")).unwrap_or_default().to_owned();
        let asked: Vec<String> =
            document.select(&Selector::parse("script, img, link[rel=stylesheet], link[rel=preload]").unwrap()).map(src).collect();
        assert!(asked.iter().all(|address| address.starts_with("/static/")), "{}: {asked:?}", recipe.path);
    }
}

#[test]
fn every_link_inside_the_site_leads_somewhere() {
    let site = site();
    for recipe in site.recipes().iter().filter(|recipe| recipe.kind == Kind::Page) {
        let document = Html::parse_document(&page(&site, recipe.path.as_str()));
        for link in document.select(&Selector::parse("[href^='/'], [src^='/']").unwrap()) {
            let address = link.attr("href").or(link.attr("src")).unwrap_or_default();
            let path = address.split(['#', '?']).next().unwrap_or_default();
            assert!(site.recipe(path).is_some(), "{} leads to {address}", recipe.path);
        }
    }
}

#[test]
fn an_event_is_a_card_with_its_rule_in_words_and_its_next_dates() {
    let html = page(&site(), "/events/story-time/");
    assert_eq!(words(&html, "h1"), "Story Time");
    let facts: Vec<String> = Html::parse_document(&html)
        .select(&Selector::parse(".card > div").unwrap())
        .map(|line| line.text().collect::<Vec<_>>().join(" ").split_whitespace().collect::<Vec<_>>().join(" "))
        .collect();
    insta::assert_snapshot!(facts.join("\n"), @r"
    Next Thursday, December 3, 10:30–11:30 am
    Repeats Every Thursday until March 25, 2027
    Where Room 1, Main Library 12 Mill Street, Stonebridge
    For Toddlers
    Part of Stories
    ");
    assert_eq!(words(&html, ".date:nth-child(3) div"), "Cancelled: 10:30–11:30 am Snow day.");
    assert_eq!(words(&html, ".date:nth-child(5) div"), "11 am–noon Garden Moved from Thursday, January 7, 10:30 am.");
    assert_eq!(words(&html, "#related + .dates .row-title"), "The Bridge");
}

#[test]
fn a_cancelled_event_keeps_its_page_and_says_so_first() {
    let mut library = library();
    let mut talk = (*library.events[1]).clone();
    talk.status = Status::Cancelled;
    talk.note = Some("The speaker is ill.".to_owned());
    library.events[1] = Arc::new(talk);
    let site = site_of(&library, &settings(), &Revisions::default(), MORNING);
    let html = page(&site, "/events/talk/");
    assert_eq!(words(&html, "h1"), "Cancelled: The Bridge");
    assert!(words(&html, "title").starts_with("Cancelled: The Bridge"));
    assert_eq!(words(&html, ".notice"), "The speaker is ill.");
    assert!(page(&site, "/calendar.ics").contains("SUMMARY:Cancelled: The Bridge\r\n"));
}

#[test]
fn the_next_date_is_one_that_takes_place_and_the_cancelled_one_before_it_is_said() {
    let site = site_of(&library(), &settings(), &Revisions::default(), "2026-12-11 09:00");
    let html = page(&site, "/events/story-time/");
    assert_eq!(words(&html, ".notice"), "Cancelled: Thursday, December 17. Snow day. The next one is Thursday, December 31.");
    assert!(words(&html, ".card-when").starts_with("Thursday, December 31, 10:30–11:30 am"), "{}", words(&html, ".card-when"));
}

#[test]
fn the_home_page_names_its_day() {
    let html = page(&site(), "/");
    assert_eq!(words(&html, ".open-today"), "Main Library Thursday, December 3: 10 am to 8 pm");
    assert_eq!(words(&html, "#today"), "Today, Thursday, December 3");
    assert_eq!(words(&html, ".today .row-title"), "Story Time");
    let christmas = page(&site_of(&library(), &settings(), &Revisions::default(), "2026-12-25 09:00"), "/");
    assert_eq!(words(&christmas, ".open-today"), "Main Library Friday, December 25: closed (Christmas Day)");
}

#[test]
fn the_month_is_one_true_table() {
    let html = page(&site(), "/calendar/2026-12/");
    let document = Html::parse_document(&html);
    let count = |selector: &str| document.select(&Selector::parse(selector).unwrap()).count();
    assert_eq!((count("table"), count("caption"), count("th[scope=col]"), count("td")), (1, 1, 7, 35));
    assert_eq!(words(&html, "td[data-today='2026-12-17'] li"), "10:30–11:30 am Cancelled: Story Time");
    // On a phone the link is two columns: a time, and all the rest.
    assert_eq!(count("td li a > *"), 2 * count("td li a"));
    assert_eq!(words(&html, "td[data-today='2026-12-17'] li a > :last-child"), "Cancelled: Story Time");
    assert_eq!(words(&html, ".months > a"), "← November 2026 January 2027 →");
    assert_eq!(words(&page(&site(), "/calendar/2027-03/"), ".months > a"), "← February 2027");
    assert!(site().recipe("/calendar/2027-04/").is_none());
}

/// The library with an exhibit of four weeks that began before the day of the page.
fn with_an_exhibit() -> Library {
    let mut library = library();
    let mut quilts = event("quilts", "Quilts", "2026-11-20 10:00", "");
    quilts.lasts = Some(Duration::minutes(30 * 24 * 60 + 7 * 60));
    quilts.program = Some(slug("stories"));
    quilts.entry.featured = true;
    library.events.push(Arc::new(quilts));
    library.events.sort_by(|a, b| a.entry.slug.cmp(&b.entry.slug));
    library
}

#[test]
fn what_lasts_over_a_day_stands_under_today_once_until_it_ends() {
    let site = site_of(&with_an_exhibit(), &settings(), &Revisions::default(), MORNING);
    for (address, row) in [("/", ".today .row"), ("/events/", ".today .row")] {
        assert_eq!(
            words(&page(&site, address), row),
            "10:30–11:30 am Story Time Room 1 · , for Toddlers until December 20 Quilts Room 1 · , for Toddlers",
            "{address}"
        );
    }
    for address in ["/branches/main/", "/programs/stories/", "/audience/toddlers/"] {
        assert_eq!(page(&site, address).matches("until December 20").count(), 1, "{address}");
    }
    assert_eq!(words(&page(&site, "/"), "#featured + .teasers .teaser:first-child"), "Quilts Until December 20");
    assert_eq!(words(&page(&site, "/events/quilts/"), ".card-when"), "Friday, November 20, 10 am to Sunday, December 20, 5 pm");
    let after = site_of(&with_an_exhibit(), &settings(), &Revisions::default(), "2026-12-21 09:00");
    assert!(!page(&after, "/events/").contains("Quilts"));
    assert!(words(&page(&after, "/events/quilts/"), ".card").starts_with("Was Friday, November 20"));
}

#[test]
fn what_lasts_over_a_day_stands_in_a_month_on_its_first_day_and_above_the_next() {
    let site = site_of(&with_an_exhibit(), &settings(), &Revisions::default(), MORNING);
    for table in ["calendar", "events"] {
        let november = page(&site, &format!("/{table}/2026-11/"));
        assert_eq!(november.matches(">Quilts<").count(), 1, "{table}");
        assert!(words(&november, "[data-today='2026-11-20']").contains("Quilts"), "{table}");
        let december = page(&site, &format!("/{table}/2026-12/"));
        assert_eq!(words(&december, ".lasting"), "Still on in December 2026: Quilts, until December 20 · Room 1", "{table}");
        assert_eq!(december.matches(">Quilts<").count(), 1, "{table}");
        assert!(!page(&site, &format!("/{table}/2027-01/")).contains("Quilts"), "{table}");
    }
}

#[test]
fn only_what_lasts_over_a_day_is_on_after_the_day_it_began() {
    let on = |event: &Event, date: &str| -> Vec<String> {
        event.lasting_into(zone(), day(date)).iter().map(|date| date.id.to_string()).collect()
    };
    let mut weekly = event("fair", "Fair", "2026-12-03 22:00", "FREQ=WEEKLY");
    weekly.lasts = Some(Duration::hours(24));
    assert_eq!(on(&weekly, "2026-12-04"), Vec::<String>::new());
    let longer = Change { lasts: Some(Duration::hours(50)), ..Change::default() };
    weekly.changes.insert((day("2026-12-10"), 0), longer);
    assert_eq!(on(&weekly, "2026-12-11"), ["fair@2026-12-10"]);
    // It ends at midnight: the day that begins then is no day of it.
    assert_eq!((on(&weekly, "2026-12-12").len(), on(&weekly, "2026-12-13").len()), (1, 0));
    assert_eq!(on(&weekly, "2026-12-10"), Vec::<String>::new());
}

#[test]
fn a_month_that_is_over_is_told_in_the_past() {
    let site = site_of(&library(), &settings(), &Revisions::default(), MORNING);
    assert_eq!(words(&page(&site, "/events/2026-11/"), ".none"), "There were no programs in November 2026.");
    assert!(words(&page(&site, "/events/2026-11/"), ".count").starts_with("No programs."));
}

#[test]
fn days_of_one_closing_are_one_line() {
    let mut library = library();
    let mut branch = (*library.branches[0]).clone();
    let carpets = SpecialDays::Range(day("2026-11-23"), day("2026-12-04"));
    let mut closings = branch.hours.specials().to_vec();
    closings.push(Special { when: carpets, intervals: Vec::new(), reason: Some("New carpets".to_owned()), events: None });
    branch.hours = Arc::new(Hours::clone(&branch.hours).with_closings(closings, Vec::new()));
    library.branches[0] = Arc::new(branch);
    let site = site_of(&library, &settings(), &Revisions::default(), MORNING);
    assert_eq!(
        words(&page(&site, "/branches/main/"), ".closings"),
        "November 23 to December 4: closed, New carpets Friday, December 25: closed, Christmas Day"
    );
}

#[test]
fn an_earlier_address_leads_on() {
    let html = page(&site(), "/bridge-talk/");
    assert!(html.contains("<meta http-equiv=\"refresh\" content=\"0; url=/events/talk/\">"), "{html}");
    assert!(html.contains("<link rel=\"canonical\" href=\"https://library.example.org/events/talk/\">"));
    assert!(!page(&site(), "/sitemap.xml").contains("bridge-talk"));
}

#[test]
fn a_base_path_stands_before_every_link() {
    let mut settings = settings();
    settings.site.base_url = "https://town.example.org/library".to_owned();
    let site = site_of(&library(), &settings, &Revisions::default(), MORNING);
    for recipe in site.recipes().iter().filter(|recipe| matches!(recipe.kind, Kind::Page | Kind::Redirect)) {
        let document = Html::parse_document(&page(&site, recipe.path.as_str()));
        for link in document.select(&Selector::parse("[href^='/'], [src^='/']").unwrap()) {
            let address = link.attr("href").or(link.attr("src")).unwrap_or_default();
            assert!(address.starts_with("/library/"), "{}: {address}", recipe.path);
        }
    }
    assert!(page(&site, "/events/").contains("webcal://town.example.org/library/calendar.ics"));
}

#[test]
fn nothing_changes_when_nothing_changed_and_the_hour_is_nothing() {
    let first = site();
    let again = site_of(&library(), &settings(), first.revisions(), "2026-12-03 23:30");
    assert_eq!(changed(&first, &again), Vec::<String>::new());
    assert_eq!(page(&first, "/"), page(&again, "/"));
    let tomorrow = site_of(&library(), &settings(), first.revisions(), "2026-12-04 00:10");
    assert!(changed(&first, &tomorrow).contains(&"index.html".to_owned()));
    assert!(!changed(&first, &tomorrow).contains(&"events/story-time.ics".to_owned()));
}

#[test]
fn a_new_title_changes_the_pages_that_show_it_and_no_others() {
    let first = site();
    let mut library = library();
    let mut talk = (*library.events[1]).clone();
    talk.entry.title = "The Old Bridge".to_owned();
    library.events[1] = Arc::new(talk);
    let after = site_of(&library, &settings(), first.revisions(), MORNING);
    insta::assert_snapshot!(changed(&first, &after).join("\n"), @r"
    audience/toddlers/index.html
    branches/main/index.html
    bridge-talk/index.html
    calendar.ics
    calendar/2026-12/index.html
    calendar/index.html
    events/2026-12/index.html
    events/feed.xml
    events/index.html
    events/story-time/index.html
    events/talk.ics
    events/talk/index.html
    index.html
    programs/stories/index.html
    ");
}

#[test]
fn what_is_in_the_calendar_is_what_is_planned() {
    let library = library();
    let text = page(&site(), "/calendar.ics");
    assert!(text.split("\r\n").all(|line| line.len() <= 75 && !line.contains('\n')), "folded, with CRLF");
    let unfolded = unfold(&text);
    let calendar = read_calendar(&unfolded).unwrap();
    let entries: Vec<_> = calendar.components.iter().filter(|part| part.name == "VEVENT").collect();
    let value = |part: &icalendar::parser::Component<'_>, key: &str| {
        part.properties.iter().find(|property| property.name == key).map(|property| property.val.to_string())
    };
    let all = |part: &icalendar::parser::Component<'_>, key: &str| -> Vec<String> {
        part.properties.iter().filter(|property| property.name == key).map(|property| property.val.to_string()).collect()
    };
    let story = entries.iter().find(|part| value(part, "UID").as_deref() == Some("story-time@library.example.org")).unwrap();
    let rule = crate::calendar::RecurrenceRule::parse(&value(story, "RRULE").unwrap()).unwrap().localized(zone());
    let skips = all(story, "EXDATE").iter().map(|text| stamp(text).date()).collect();
    let read = crate::calendar::Pattern {
        starts: stamp(&value(story, "DTSTART").unwrap()),
        rule: Some(rule),
        skips,
        adds: std::collections::BTreeSet::new(),
    };
    let dates = |pattern: &crate::calendar::Pattern| -> Vec<_> {
        pattern.between(day("2026-12-01"), day("2027-12-31"), zone()).map(|planned| planned.starts).collect()
    };
    assert_eq!(dates(&read), dates(&library.events[0].pattern));
    assert_eq!(dates(&read).len(), 16);

    let changed: Vec<_> =
        entries.iter().filter_map(|part| Some((value(part, "RECURRENCE-ID")?, value(part, "DTSTART")?, value(part, "STATUS")?))).collect();
    let changed: Vec<_> = changed.iter().map(|(id, starts, status)| (id.as_str(), starts.as_str(), status.as_str())).collect();
    assert_eq!(changed, [("20261217T103000", "20261217T103000", "CANCELLED"), ("20270107T103000", "20270107T110000", "CONFIRMED")]);
    assert_eq!(calendar.components.iter().filter(|part| part.name == "VTIMEZONE").count(), 1);
}

fn stamp(text: &str) -> crate::calendar::NaiveDateTime {
    crate::calendar::NaiveDateTime::parse_from_str(text, "%Y%m%dT%H%M%S").unwrap()
}

#[test]
fn one_event_has_a_calendar_file_of_its_own() {
    let text = page(&site(), "/events/talk.ics");
    let entry = text.split("BEGIN:VEVENT").nth(1).unwrap().replace("\r\n ", "");
    let shown: Vec<&str> = entry.trim().lines().collect();
    insta::assert_snapshot!(shown.join("\n"), @r"
    UID:talk@library.example.org
    DTSTAMP:20261203T140000Z
    LAST-MODIFIED:20261203T140000Z
    SEQUENCE:3641160
    DTSTART;TZID=America/New_York:20261210T190000
    DTEND;TZID=America/New_York:20261210T200000
    SUMMARY:The Bridge
    STATUS:CONFIRMED
    LOCATION:Room 1\, Main Library\, 12 Mill Street\, Stonebridge
    DESCRIPTION:About The Bridge.\n\nhttps://library.example.org/events/talk/
    URL:https://library.example.org/events/talk/
    CATEGORIES:Toddlers
    END:VEVENT
    END:VCALENDAR
    ");
}

#[test]
fn a_calendar_entry_changes_its_sequence_with_its_facts_alone() {
    let first = site();
    let sequence = |site: &Site| site.revisions().get("talk@library.example.org").unwrap().sequence;
    let with = |edit: fn(&mut Event)| {
        let mut library = library();
        let mut talk = (*library.events[1]).clone();
        edit(&mut talk);
        library.events[1] = Arc::new(talk);
        site_of(&library, &settings(), first.revisions(), "2026-12-03 09:01")
    };
    assert_eq!(sequence(&with(|talk| talk.cost = Some("Free".to_owned()))), sequence(&first));
    assert!(sequence(&with(|talk| talk.pattern.starts = local("2026-12-10 19:30"))) > sequence(&first));
    assert!(sequence(&with(|talk| talk.place.room = Some("Hall".to_owned()))) > sequence(&first));
    assert!(sequence(&with(|talk| talk.status = Status::Full)) > sequence(&first));
    assert!(sequence(&with(|talk| talk.entry.title.push('!'))) > sequence(&first));
}

#[test]
fn an_event_a_year_away_still_shows_its_date() {
    let mut library = library();
    library.events[1] = Arc::new(event("talk", "The Bridge", "2028-12-10 19:00", ""));
    let site = site_of(&library, &settings(), &Revisions::default(), MORNING);
    assert!(words(&page(&site, "/events/talk/"), ".card-when").starts_with("Sunday, December 10, 2028"));
}

#[test]
fn an_event_that_is_over_shows_its_last_date() {
    let site = site_of(&library(), &settings(), &Revisions::default(), "2028-06-01 09:00");
    assert!(
        words(&page(&site, "/events/story-time/"), ".card").starts_with("Was Thursday, March 25, 2027"),
        "{}",
        words(&page(&site, "/events/story-time/"), ".card")
    );
    assert!(words(&page(&site, "/events/talk/"), ".card").starts_with("Was Thursday, December 10, 2026"));
}

#[test]
fn two_things_with_one_address_are_an_error() {
    let mut library = library();
    let page = plain_page(entry("", "events", "All our events"));
    library.pages.push(Arc::new(page));
    let site = site_of(&library, &settings(), &Revisions::default(), MORNING);
    let said: Vec<_> = site.diagnostics().iter().map(|wrong| (wrong.code, wrong.at.as_ref().map(|at| at.file.to_string()))).collect();
    assert_eq!(said, [(codes::ADDRESS_TAKEN, Some("content/events.md".to_owned()))]);
}

#[test]
fn a_menu_that_leads_nowhere_is_an_error_with_the_nearest_page() {
    let wrong = |to: &str| -> Diagnostics {
        let mut settings = settings();
        settings.menu = vec![MenuItem { label: "X".to_owned(), to: to.to_owned(), span: 10..20, menu: MenuName::Main, under: None }];
        site_of(&library(), &settings, &Revisions::default(), MORNING).diagnostics().clone()
    };
    let help = |to: &str| wrong(to).iter().next().and_then(|wrong| wrong.help.clone()).unwrap_or_default();
    assert_eq!(help("content/visits.md"), "did you mean `content/visit.md`?");
    assert_eq!(help("/event/"), "did you mean `/events/`?");
    assert_eq!(help("/events"), "did you mean `/events/`?");
    for right in ["/events/", "/calendar/2026-12/", "content/visit/rooms.md", "https://example.org/", "/events/#today"] {
        assert!(wrong(right).is_empty(), "{right}");
    }
}

#[test]
fn a_template_that_asks_for_a_field_it_has_not_is_shown_with_its_place() {
    let own = "{% extends \"layout.html\" %}\n{% block content %}{{ titel }}{% endblock content %}";
    let files = Files::of_texts([("themes/reading-room/templates/event.html", own)]);
    let (theme, wrong) = theme::load(&files, &settings());
    assert!(wrong.is_empty());
    let site = plan(&library(), &theme, &settings(), &files, &Revisions::default(), now(MORNING));
    let wrong = site.cook(site.recipe("/events/talk/").unwrap(), &Empty).unwrap_err().sorted();
    let at = wrong[0].at.clone().unwrap();
    assert_eq!(at.file, FileId::new("themes/reading-room/templates/event.html"));
    assert_eq!(&own[at.span.start as usize..at.span.end as usize], "titel");
    assert_eq!(wrong[0].code, codes::TEMPLATE_FIELD);
}

#[test]
fn a_misspelt_field_in_a_condition_is_an_error_with_the_nearest_one() {
    let own = "{% extends \"layout.html\" %}\n{% block content %}<h1>{% if sumary and page.titel %}x{% endif %}</h1>{% endblock content %}";
    let files = Files::of_texts([("themes/reading-room/templates/event.html", own)]);
    let (theme, _) = theme::load(&files, &settings());
    let site = plan(&library(), &theme, &settings(), &files, &Revisions::default(), now(MORNING));
    let said: Vec<_> = site.diagnostics().iter().map(|wrong| (wrong.message.as_str(), wrong.help.as_deref().unwrap_or_default())).collect();
    assert_eq!(
        said,
        [
            ("there is no field `sumary` in `sumary`", "did you mean `summary`?"),
            ("there is no field `titel` in `page.titel`", "did you mean `title`?")
        ]
    );
}

#[test]
fn feeds_name_their_entries_for_ever() {
    let feed = page(&site(), "/events/feed.xml");
    assert!(feed.contains("<id>tag:library.example.org,2020:story-time@2026-12-03</id>"), "{feed}");
    assert!(feed.contains("<title>Cancelled: Story Time</title>"));
    assert!(feed.contains("Songs &amp; rhymes"));
    let news = page(&site(), "/feed.xml");
    assert!(news.contains("<updated>2026-11-20T00:00:00-05:00</updated>"), "{news}");
}

#[test]
fn a_library_of_one_event_has_a_site() {
    let library = Library { programs: Vec::new(), branches: Vec::new(), news: Vec::new(), pages: Vec::new(), ..library() };
    let mut settings = settings();
    settings.menu.clear();
    let site = site_of(&library, &settings, &Revisions::default(), MORNING);
    assert!(site.diagnostics().is_empty());
    assert!(site.recipe("/news/").is_none() && site.recipe("/feed.xml").is_none());
    assert_eq!(words(&page(&site, "/"), ".menu-wide"), "What’s on");
}

#[test]
fn a_change_to_a_year_of_dates_finds_each_page_in_its_month() {
    let mut library = library();
    let mut story = (*library.events[0]).clone();
    story.changes.insert((day("2026-12-03"), 0), Change { starts: Some(local("2027-02-01 10:00")), ..Change::default() });
    library.events[0] = Arc::new(story);
    let site = site_of(&library, &settings(), &Revisions::default(), MORNING);
    let days = |month: u32, year: i32| {
        let html = page(&site, &format!("/events/{year}-{month:02}/"));
        let document = Html::parse_document(&html);
        document
            .select(&Selector::parse(".slip-day").unwrap())
            .filter_map(|found| found.attr("data-today")?.parse::<NaiveDate>().ok())
            .map(|date| date.day())
            .collect::<Vec<_>>()
    };
    assert_eq!(days(12, 2026), [10, 17, 31]);
    assert_eq!(days(2, 2027), [1, 4, 11, 18, 25]);
}
