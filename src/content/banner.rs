//! Alert banners: a sentence or two at the top of pages, for as long as they are true.

use crate::calendar::{NaiveDateTime, midnight, plain_date, plus_days, time};
use crate::content::entry::{Links, Thing, World};
use crate::content::fields::{Fields, Precision, day_or_moment};
use crate::content::silences::IGNORE;
use crate::diagnostic::suggest::nearest;
use crate::diagnostic::{Diagnostic, Diagnostics, Span, codes};
use crate::library::{Banner, Body, Entry, Held, Level};
use crate::settings::Written;
use crate::settings::key::{Known, Takes, key};

/// The keys of a banner.
pub(super) const KEYS: &[Known] = &[
    key("title", "what it says first, in a few words").example("No parking on Mill Street this week").needed(),
    key("level", "how grave it is; pages say it in a word")
        .takes(Takes::OneOf(&["notice", "warning", "emergency"]))
        .default("notice")
        .example("warning"),
    key("from", "the first day, or moment, it is shown").takes(Takes::Moment).default("at once").example("2026-12-14 18:00"),
    key("until", "the last day it is shown, or the moment from which it is not").takes(Takes::Moment).example("2026-12-18").needed(),
    key("branches", "the branches it is about: it stands on their pages, their events and the home page")
        .takes(Takes::List(&Takes::NameOf("branch")))
        .default("the whole library, and every page")
        .example("[main]"),
    key("draft", "`true` while it is not to be shown").takes(Takes::YesNo).default("false").example("true"),
    IGNORE,
];

/// Reads what is special about a banner.
pub(super) fn read(fields: &mut Fields<'_>, entry: Entry, _world: World<'_>, links: &mut Links) -> Thing {
    let level = fields.text("level").and_then(|written| read_level(fields, &written)).unwrap_or(Level::Notice);
    let there = fields.has("until");
    let from = fields.parsed("from", day_or_moment);
    let until = fields.parsed("until", day_or_moment);
    if !there {
        fields.missing("until", "2026-12-18");
    }
    links.branches = fields.texts("branches");
    let Some(until) = until else { return Thing::Broken(entry) };
    // A day is shown to its end.
    let end = match until.value {
        (day, Precision::Day) => midnight(plus_days(day.date(), 1)),
        (moment, Precision::Minute) => moment,
    };
    if let Some(from) = from.as_ref().filter(|from| end <= from.value.0) {
        fields.report(
            Diagnostic::error(codes::BANNER_TIMES, "the banner ends before it begins, so it would never be shown")
                .at(fields.file, until.span.clone())
                .also(fields.file, from.span.clone(), "shown from here on")
                .help("exchange the two, or mend the one that is wrong"),
        );
    }
    Thing::Banner(Box::new(Banner { entry, level, from: from.map(|from| from.value.0), until: end, branches: Vec::new() }))
}

/// The level that is meant by another word for it, in small letters.
pub(super) fn meant_level(word: &str) -> Option<&'static str> {
    match word {
        "info" | "information" | "news" | "low" | "normal" | "minor" => Some("notice"),
        "alert" | "warn" | "important" | "medium" | "major" | "closing" => Some("warning"),
        "danger" | "critical" | "urgent" | "high" | "severe" => Some("emergency"),
        _ => nearest(word, Level::WRITTEN.map(|(name, _)| name)),
    }
}

fn read_level(fields: &mut Fields<'_>, written: &Written<String>) -> Option<Level> {
    let lower = written.value.to_lowercase();
    if let Some((_, level)) = Level::WRITTEN.iter().find(|(name, _)| *name == lower) {
        return Some(*level);
    }
    let meant = meant_level(&lower);
    let error = Diagnostic::error(codes::BANNER_LEVEL, format!("\"{}\" does not say how grave a banner is", written.value));
    let remedy = "write `notice` for what is good to know, `warning` for what is not as usual, `emergency` where somebody may be in danger";
    fields.report(match meant {
        Some(meant) => error.at_noted(fields.file, written.span.clone(), format!("did you mean `{meant}`?")).help(remedy),
        None => error.at(fields.file, written.span.clone()).help(remedy),
    });
    None
}

/// A banner is one paragraph: what is longer is a page that it links to.
pub(super) fn check_body(banner: &Banner, body: &Body, at: &Span, wrong: &mut Diagnostics) {
    let file = &banner.entry.file;
    if !body.pictures.is_empty() {
        wrong.push(
            Diagnostic::error(codes::BANNER_BODY, "a banner holds no pictures")
                .at(file, at.clone())
                .help("take the picture out; or put it on a page, and link to that"),
        );
        return;
    }
    if !body.shortcodes.is_empty() {
        wrong.push(
            Diagnostic::error(codes::BANNER_BODY, "a banner holds no shortcodes")
                .at(file, at.clone())
                .help("write a link instead, `[words](file.md)`; or put the shortcode on a page, and link to that"),
        );
        return;
    }
    let html = body.html.trim();
    let one_paragraph = html.starts_with("<p>") && html.matches("<p>").count() == 1 && html.ends_with("</p>");
    if !html.is_empty() && !one_paragraph {
        wrong.push(
            Diagnostic::warning(codes::BANNER_BODY, "a banner stands above every page, and this one is more than a paragraph")
                .at(file, at.clone())
                .help("keep one paragraph, best one sentence; put the rest on a page, and link to it"),
        );
    }
}

/// Why a banner is not on the site at this moment: its time has not come, or is over.
pub(super) fn held(banner: &Banner, now: NaiveDateTime) -> Option<Held> {
    if banner.is_shown(now) {
        return None;
    }
    let (file, title) = (banner.entry.file.clone(), banner.entry.title.clone());
    let said = |at: NaiveDateTime| {
        let date = plain_date(at.date());
        if at == midnight(at.date()) { date } else { format!("{date}, {}", time(at.time())) }
    };
    let (from, why) = match banner.from.filter(|from| now < *from) {
        Some(from) => (Some(from), format!("a banner from {} on", said(from))),
        None => (None, format!("a banner that is over since {}", said(banner.until))),
    };
    Some(Held { file, title, from, gone_at: from.map(|_| banner.until), until: from.map(|from| from.date()), why })
}
