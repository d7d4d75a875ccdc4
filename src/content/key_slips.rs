//! The keys that people write who come from elsewhere, and the ones that are meant.

use crate::calendar::{DateOrTime, NaiveDate, NaiveDateTime, parse_date, parse_date_time, parse_end};
use crate::content::banner::meant_level;
use crate::content::front_matter::{Key, Node, Value};
use crate::content::register::REQUIRED;
use crate::content::yaml_slips::in_quotes;
use crate::diagnostic::suggest::nearest;
use crate::settings::key::{Known, Takes};

/// Other words for a key, with a value of the same form; the first one that the kind knows is offered.
const SAME: &[(&str, &[&str])] = &[
    ("abstract", &["summary"]),
    ("admission", &["cost"]),
    ("alt", &["image_alt"]),
    ("alt_text", &["image_alt"]),
    ("audiences", &["audience"]),
    ("banner", &["image"]),
    ("begins", &["starts", "from"]),
    ("biblioteca", &["branch"]),
    ("blurb", &["summary"]),
    ("booking", &["register"]),
    ("by", &["presenter", "author"]),
    ("contact_person", &["contact"]),
    ("cover", &["image"]),
    ("created", &["date"]),
    ("day", &["date"]),
    ("dtend", &["ends"]),
    ("dtstart", &["starts"]),
    ("duration", &["lasts"]),
    ("e_mail", &["email"]),
    ("end", &["ends", "until"]),
    ("end_date", &["ends", "until"]),
    ("end_time", &["ends"]),
    ("ends", &["until"]),
    ("ends_at", &["ends", "until"]),
    ("endtime", &["ends"]),
    ("event_status", &["status"]),
    ("except", &["skips"]),
    ("exceptions", &["skips"]),
    ("excerpt", &["summary"]),
    ("exclude", &["skips"]),
    ("excluded", &["skips"]),
    ("exdate", &["skips"]),
    ("expires", &["visible_until", "until"]),
    ("expiry", &["visible_until", "until"]),
    ("expiry_date", &["visible_until", "until"]),
    ("expirydate", &["visible_until", "until"]),
    ("extra_dates", &["adds"]),
    ("featured_image", &["image"]),
    ("fecha", &["date"]),
    ("fee", &["cost"]),
    ("for", &["audience"]),
    ("frequency", &["repeats"]),
    ("heading", &["title"]),
    ("headline", &["title"]),
    ("hero", &["image"]),
    ("hidden", &["draft"]),
    ("host", &["presenter"]),
    ("image_description", &["image_alt"]),
    ("imagen", &["image"]),
    ("inicio", &["starts"]),
    ("instructor", &["presenter"]),
    ("intro", &["summary"]),
    ("lead", &["summary"]),
    ("length", &["lasts"]),
    ("library", &["branch"]),
    ("mail", &["email"]),
    ("menu_order", &["order"]),
    ("name", &["title"]),
    ("notes", &["note"]),
    ("old_urls", &["aliases"]),
    ("performer", &["presenter"]),
    ("photo", &["image"]),
    ("picture", &["image"]),
    ("pinned", &["featured"]),
    ("plan", &["promote"]),
    ("post_date", &["date"]),
    ("post_title", &["title"]),
    ("postal_code", &["postcode"]),
    ("price", &["cost"]),
    ("priority", &["level"]),
    ("private", &["draft"]),
    ("publish_date", &["visible_from"]),
    ("publishdate", &["visible_from"]),
    ("published_at", &["date"]),
    ("lastmod", &["updated"]),
    ("last_modified", &["updated"]),
    ("modified", &["updated"]),
    ("date_modified", &["updated"]),
    ("sort_by", &["sort"]),
    ("lang", &["language"]),
    ("locale", &["language"]),
    ("rdate", &["adds"]),
    ("recurrence", &["repeats"]),
    ("recurring", &["repeats"]),
    ("redirect_from", &["aliases"]),
    ("redirects", &["aliases"]),
    ("registration", &["register"]),
    ("repeat", &["repeats"]),
    ("resumen", &["summary"]),
    ("rooms", &["room"]),
    ("rrule", &["repeats"]),
    ("rsvp", &["register"]),
    ("sala", &["room"]),
    ("se_repite", &["repeats"]),
    ("repite", &["repeats"]),
    ("season", &["seasons"]),
    ("severity", &["level"]),
    ("show_from", &["visible_from"]),
    ("show_until", &["visible_until"]),
    ("sign_up", &["register"]),
    ("signup", &["register"]),
    ("sort", &["order"]),
    ("sort_order", &["order"]),
    ("speaker", &["presenter"]),
    ("start", &["starts", "from"]),
    ("start_at", &["starts"]),
    ("start_date", &["starts", "from"]),
    ("start_time", &["starts"]),
    ("starts", &["from"]),
    ("starts_at", &["starts"]),
    ("starttime", &["starts"]),
    ("state", &["status", "region"]),
    ("state", &["region"]),
    ("sticky", &["featured"]),
    ("subjects", &["topics"]),
    ("subtitle", &["summary"]),
    ("sucursal", &["branch"]),
    ("teaser", &["summary"]),
    ("tel", &["phone"]),
    ("telephone", &["phone"]),
    ("thumbnail", &["image"]),
    ("tickets", &["register"]),
    ("titulo", &["title"]),
    ("to", &["until"]),
    ("town", &["city"]),
    ("título", &["title"]),
    ("unlisted", &["draft"]),
    ("venue", &["branch"]),
    ("when", &["starts"]),
    ("why", &["reason", "note"]),
    ("writer", &["author"]),
    ("zip", &["postcode"]),
    ("zip_code", &["postcode"]),
    ("zipcode", &["postcode"]),
];

/// Words for a key whose value is written in another way.
const OTHERWISE: &[(&str, &[&str])] = &[
    ("age", &["audience"]),
    ("age_group", &["audience"]),
    ("agegroup", &["audience"]),
    ("ages", &["audience"]),
    ("categories", &["topics", "program"]),
    ("category", &["topics", "program"]),
    ("closed", &["closings"]),
    ("closures", &["closings"]),
    ("date", &["starts"]),
    ("day", &["starts"]),
    ("eleventynavigation", &["menu"]),
    ("fecha", &["starts"]),
    ("grade", &["audience"]),
    ("grades", &["audience"]),
    ("holidays", &["closings"]),
    ("hora", &["starts"]),
    ("keywords", &["topics"]),
    ("link", &["online", "register"]),
    ("live", &["visible_from"]),
    ("location", &["place", "branch", "address"]),
    ("nav", &["menu"]),
    ("navigation", &["menu"]),
    ("opening", &["hours"]),
    ("opening_hours", &["hours"]),
    ("openinghours", &["hours"]),
    ("permalink", &["slug"]),
    ("post_name", &["slug"]),
    ("post_status", &["draft"]),
    ("pubdate", &["date"]),
    ("publish", &["visible_from"]),
    ("publish_date", &["date"]),
    ("published", &["visible_from"]),
    ("series", &["program"]),
    ("stream", &["online"]),
    ("street", &["address"]),
    ("tag", &["topics"]),
    ("tags", &["topics"]),
    ("time", &["starts"]),
    ("until", &["ends", "visible_until"]),
    ("url", &["online", "register", "aliases", "slug"]),
    ("url_path", &["slug"]),
    ("venue", &["address"]),
    ("webinar", &["online"]),
    ("weight", &["order"]),
    ("where", &["place", "branch", "address"]),
    ("who", &["audience"]),
    ("zoom", &["online"]),
];

/// Keys of other programs for which there is nothing here, and why.
const NOTHING: &[(&[&str], &str)] = &[
    (
        &["layout", "template", "theme", "css", "class", "bodyclass", "body_class", "page_template"],
        "how a page looks follows from its folder and the theme",
    ),
    (
        &["type", "post_type", "content_type", "kind"],
        "what a file is follows from its folder: `content/events/`, `content/news/` and so on",
    ),
    (
        &["extra", "params", "taxonomies", "custom", "meta", "metadata", "data"],
        "there are no keys of one's own: what belongs to the page is said in its text",
    ),
    (&["weight", "order", "sort", "sort_order"], "events and news stand in the order of their dates"),
    (&["eleventynavigation", "nav", "navigation"], "the menu is written in site.toml, as `[[menu]]`"),
    (&["eleventyexcludefromcollections", "eleventycomputed", "pagination", "collections"], "the lists of the site are made by themselves"),
    (&["permalink", "url", "url_path"], "the address follows from the file's name and folder"),
    (
        &["lastmod", "last_modified", "modified", "updated", "date_modified"],
        "only news and pages say when they were changed, with `updated`",
    ),
    (
        &["toc", "table_of_contents", "math", "mathjax", "comments", "comment_status", "sitemap", "sitemap_exclude", "robots", "noindex"],
        "there is nothing to be set here",
    ),
    (&["timezone", "time_zone", "tz"], "every time is on the library's own clock, which site.toml names"),
    (&["all_day", "allday"], "an event goes on from one time to another: say so with `starts` and `ends`"),
    (&["repeats", "rrule", "recurrence"], "only events repeat; a banner is shown from `from` until `until`"),
    (&["events"], "each event names its program, with `program: …` in its own file"),
    (&["content", "body", "text"], "the text comes below the second `---`"),
    (&["categories", "category", "tags", "tag", "keywords"], "only events, programs, news and pages have `topics`"),
    (&["author", "by", "writer"], "who wrote it can be said in its text"),
    (&["date", "created", "published_at", "post_date"], "only news and pages have a date, and events have `starts`"),
];

/// Keys that other programs answer with yes or no, and what says the same here: the key and its value.
const FLAGS: &[(&[&str], &str, &str)] = &[
    (&["cancelled", "canceled", "cancellation", "cancel", "cancelado", "cancelada", "is_cancelled"], "status", "cancelled"),
    (&["postponed", "rescheduled", "aplazado"], "status", "postponed"),
    (&["full", "sold_out", "soldout", "booked", "fully_booked", "lleno", "agotado"], "status", "full"),
    (&["moved_online"], "status", "moved-online"),
    (&["free", "gratis"], "cost", "free"),
];

/// Keys that stand in braces behind `register`.
const OF_REGISTER: &[(&str, &str)] = &[
    ("capacity", "capacity"),
    ("max", "capacity"),
    ("maximum", "capacity"),
    ("limit", "capacity"),
    ("seats", "capacity"),
    ("places", "capacity"),
    ("max_attendees", "capacity"),
    ("cupo", "capacity"),
    ("required", "required"),
    ("registration_required", "required"),
    ("signup_required", "required"),
    ("registration_opens", "opens"),
    ("registration_closes", "closes"),
    ("registration_url", "url"),
    ("register_url", "url"),
];

/// What an unknown key means.
#[derive(Clone, Copy)]
pub(super) enum Meant {
    /// This key; its value can stay as it is.
    Same(&'static Known),
    /// This key, with another value.
    Otherwise(&'static Known),
    /// This key, with this value when it was answered with yes.
    Flag(&'static Known, &'static str),
    /// This key, and in braces behind it this one.
    Within(&'static Known, &'static str),
    /// Nothing that there is, and why.
    Nothing(&'static str),
}

impl Meant {
    /// The key that is meant by an unknown one, or why there is none.
    pub(super) fn by(written: &str, known: &'static [Known]) -> Option<Meant> {
        let named = |name: &&str| known.iter().find(|key| key.name == *name);
        let lower = plain(written);
        let among = |table: &[(&str, &'static [&'static str])]| {
            table.iter().find(|(slip, _)| *slip == lower).and_then(|(_, meant)| meant.iter().find_map(&named))
        };
        let nothing = || NOTHING.iter().find(|(names, _)| names.contains(&lower.as_str())).map(|(_, why)| Meant::Nothing(why));
        let of_pages_from =
            known.iter().any(|key| key.name == "table") && matches!(lower.as_str(), "sort" | "order" | "sort_by" | "sort_order");
        let beside =
            || of_pages_from.then_some(Meant::Nothing("`sort: title` stands on a line of its own in the head, beside `pages_from`"));
        let near = || nearest(&lower, known.iter().map(|key| key.name)).and_then(|name| named(&name));
        let flag = || {
            let (_, key, value) = FLAGS.iter().find(|(slips, ..)| slips.contains(&lower.as_str()))?;
            Some(Meant::Flag(named(key)?, value))
        };
        let within = || {
            let (_, inner) = OF_REGISTER.iter().find(|(slip, _)| *slip == lower)?;
            named(inner).map(Meant::Same).or_else(|| Some(Meant::Within(named(&"register")?, inner)))
        };
        named(&lower.as_str())
            .or_else(|| among(SAME))
            .map(Meant::Same)
            .or_else(|| among(OTHERWISE).map(Meant::Otherwise))
            .or_else(flag)
            .or_else(within)
            .or_else(beside)
            .or_else(nothing)
            .or_else(|| near().map(Meant::Same))
    }

    /// The key that is meant.
    pub(super) fn key(self) -> Option<&'static Known> {
        match self {
            Meant::Same(key) | Meant::Otherwise(key) | Meant::Flag(key, _) | Meant::Within(key, _) => Some(key),
            Meant::Nothing(_) => None,
        }
    }

    /// What to write instead of an unknown key with this value.
    pub(super) fn remedy(self, written: &Key, node: &Node, known: &'static [Known]) -> String {
        if written.name.chars().any(unseen) {
            return "a character that cannot be seen stands in the key: type the line anew".to_owned();
        }
        let draft = || known.iter().any(|key| key.name == "draft");
        let has = |name: &str| known.iter().any(|key| key.name == name);
        match (self, truth(node)) {
            (Meant::Same(key), _) if key.name == "branch" && has("room") && is_a_room(node) => {
                as_written(node).map_or_else(|| described(key), |value| format!("write `room: {value}`, and the branch as `branch: …`"))
            }
            // In a change, whose `starts` may be a time alone.
            (Meant::Otherwise(key), _) if key.takes == Takes::End && as_written(node).is_some_and(|value| parse_end(&value).is_ok()) => {
                format!("write `{}: {}`", key.name, as_written(node).unwrap_or_default())
            }
            (Meant::Nothing(why), _) => format!("take the line out: {why}"),
            (Meant::Flag(key, value), Some(false)) => format!("take the line out: without `{}: {value}` it is not so", key.name),
            (Meant::Flag(key, value), _) => match dates_of(node) {
                Some(dates) if key.name == "status" && known.iter().any(|known| known.name == "changes") => {
                    let changes: Vec<String> = dates.iter().map(|date| format!("{date}: {{ status: {value} }}")).collect();
                    format!("write `changes: {{ {} }}`", changes.join(", "))
                }
                _ if key.name == "status" && known.iter().any(|known| known.name == "changes") => format!(
                    "write `status: {value}`, if it is so on all its dates; for one of them, `changes: {{ 2026-12-17: {{ status: {value} }} }}`"
                ),
                _ => format!("write `{}: {value}`", key.name),
            },
            (Meant::Within(key, inner), _) => {
                let example = match inner {
                    "capacity" => "12",
                    "url" => "\"https://…\"",
                    "required" => "true",
                    _ => "2 weeks before",
                };
                let value = as_written(node).filter(|value| !value.contains([',', '{', '[']) && inner != "required");
                let value = value.map_or(example.to_owned(), |value| if inner == "url" { in_quotes(&value) } else { value });
                let url = if matches!(inner, "capacity" | "url") { "" } else { "url: \"https://…\", " };
                format!("it stands in braces: write `{}: {{ {url}{inner}: {value} }}`", key.name)
            }
            (Meant::Otherwise(key), Some(yes)) if (key.name == "visible_from" && draft()) || key.name == "draft" => {
                if yes { "take the line out: what is no draft is shown" } else { "write `draft: true`" }.to_owned()
            }
            (Meant::Same(key), _) => match as_written(node) {
                Some(value) if key.name == "register" && REQUIRED.contains(&value.to_lowercase().as_str()) => {
                    "write where: `register: { url: \"https://…\", required: true }`".to_owned()
                }
                Some(value) if key.name == "level" => match meant_level(&value.to_lowercase()) {
                    Some(level) => format!("write `level: {level}`"),
                    None => described(key),
                },
                Some(value) if !may_be(key.takes, &value) => described(key),
                Some(value) => format!("write `{}: {value}`", key.name),
                None => described(key),
            },
            (Meant::Otherwise(key), _) => described(key),
        }
    }
}

/// Is it the name of a room rather than of a house?
fn is_a_room(node: &Node) -> bool {
    const ROOMS: &[&str] =
        &["room", "hall", "auditorium", "theater", "theatre", "lounge", "studio", "gallery", "lab", "garden", "sala", "salón", "jardín"];
    let Value::Text(text) = &node.value else { return false };
    let lower = text.to_lowercase();
    lower.split_whitespace().any(|word| ROOMS.contains(&word)) && !lower.contains("town hall") && !lower.contains("city hall")
}

/// Could this value stand behind a key that takes such ones? What only the rest of the site tells is not asked.
fn may_be(takes: Takes, value: &str) -> bool {
    match takes {
        Takes::OneOf(words) => words.contains(&value),
        Takes::YesNo => matches!(value, "true" | "false" | "yes" | "no"),
        Takes::NameOf(_) => !value.contains(['[', ',']),
        Takes::Map(_) | Takes::ByDate(_) | Takes::ByName(_) => false,
        Takes::Date => parse_date(value).is_ok(),
        _ => true,
    }
}

/// What a key says, and how it is written.
fn described(key: &Known) -> String {
    let example = if key.example.is_empty() || key.doc.contains(key.example) || key.example.contains('\n') {
        String::new()
    } else {
        format!("; write, for instance, `{}: {}`", key.name, key.example)
    };
    format!("`{}`: {}{example}", key.name, key.doc)
}

/// A key in small letters, words parted by `_`, without what cannot be seen.
fn plain(written: &str) -> String {
    written.chars().filter(|c| !unseen(*c)).collect::<String>().trim().to_lowercase().replace([' ', '-'], "_")
}

/// Characters that take no room: they come along when text is copied from a web page.
fn unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

fn truth(node: &Node) -> Option<bool> {
    match &node.value {
        Value::Text(text) => match text.to_lowercase().as_str() {
            "true" | "yes" | "publish" | "published" => Some(true),
            "false" | "no" | "draft" | "private" => Some(false),
            _ => None,
        },
        _ => None,
    }
}

/// The dates that stand behind a key, when nothing else does.
fn dates_of(node: &Node) -> Option<Vec<NaiveDate>> {
    let texts = match &node.value {
        Value::Text(text) => vec![text.as_str()],
        Value::List(items) => {
            items.iter().map(|item| if let Value::Text(text) = &item.value { Some(text.as_str()) } else { None }).collect::<Option<_>>()?
        }
        Value::Map(_) | Value::Nothing => return None,
    };
    let dates: Option<Vec<NaiveDate>> = texts.iter().map(|text| parse_date(text).ok()).collect();
    dates.filter(|dates| !dates.is_empty())
}

/// A text or a list of texts as it could stand behind another key.
pub(super) fn as_written(node: &Node) -> Option<String> {
    match &node.value {
        Value::Text(text) if text.trim().is_empty() || text.contains('\n') || text.chars().count() > 60 => None,
        Value::Text(text) => Some(if text.contains(": ") || text.contains(" #") { in_quotes(text) } else { text.trim().to_owned() }),
        Value::List(items) => {
            let texts: Option<Vec<&str>> =
                items.iter().map(|item| if let Value::Text(text) = &item.value { Some(text.as_str()) } else { None }).collect();
            texts.filter(|texts| !texts.is_empty()).map(|texts| format!("[{}]", texts.join(", ")))
        }
        Value::Map(_) | Value::Nothing => None,
    }
}

/// The value that somebody wrote behind a key that is misspelt, as an example of how it goes; another one if theirs does not do.
pub(super) fn own_value(key: &str, node: &Node, example: &str) -> String {
    if key != "starts" {
        return as_written(node).unwrap_or_else(|| example.to_owned());
    }
    let Value::Text(text) = &node.value else { return example.to_owned() };
    match (parse_date_time(text), parse_date(text), parse_end(text)) {
        (Ok(_), ..) => text.trim().to_owned(),
        (_, Ok(date), _) => format!("{date} 10:30"),
        (.., Ok(DateOrTime::Time(time))) => match example.split_once(' ') {
            Some((date, _)) => format!("{date} {}", time.format("%H:%M")),
            None => example.to_owned(),
        },
        _ => example.to_owned(),
    }
}

/// Keys that say the day, and keys that say the time, where `starts` says both.
const DAYS: &[&str] = &["date", "day", "start_date", "event_date", "startdate", "fecha"];
const TIMES: &[&str] = &["time", "start_time", "starttime", "event_time", "hora", "at", "when"];

/// A day and a time on two lines: their places in the list, and the lines to write instead.
pub(super) fn day_and_time(left: &[(Key, Node)]) -> Option<([usize; 2], String)> {
    let among = |names: &[&str]| left.iter().position(|(key, _)| names.contains(&plain(&key.name).as_str()));
    let (day, time) = (among(DAYS)?, among(TIMES)?);
    let (Value::Text(on), Value::Text(at)) = (&left[day].1.value, &left[time].1.value) else { return None };
    let shown = |at: NaiveDateTime| at.format("%Y-%m-%d %H:%M");
    let from = |at: &str| parse_date_time(&format!("{on} {}", at.trim())).ok();
    let lines = if let Some(start) = from(at) {
        format!("`starts: {}`", shown(start))
    } else {
        let (start, end) = ["-", "–", " to "].into_iter().find_map(|between| at.split_once(between))?;
        format!("`starts: {}` and `ends: {}`", shown(from(start)?), from(end)?.format("%H:%M"))
    };
    Some(([day, time], lines))
}
