//! The keys that people write who come from elsewhere, and the ones that are meant.

use crate::calendar::{parse_date, parse_date_time};
use crate::content::front_matter::{Node, Value};
use crate::content::yaml_slips::in_quotes;
use crate::diagnostic::suggest::nearest;
use crate::settings::key::Known;

/// What people write who come from elsewhere, and what is meant; the first one that the kind knows is offered.
const SLIPS: &[(&str, &[&str])] = &[
    ("date", &["starts"]),
    ("start", &["starts"]),
    ("begins", &["starts"]),
    ("when", &["starts"]),
    ("time", &["starts"]),
    ("starttime", &["starts"]),
    ("start_time", &["starts"]),
    ("dtstart", &["starts"]),
    ("end", &["ends"]),
    ("until", &["ends", "visible_until"]),
    ("endtime", &["ends"]),
    ("end_time", &["ends"]),
    ("duration", &["lasts"]),
    ("length", &["lasts"]),
    ("recurring", &["repeats"]),
    ("recurrence", &["repeats"]),
    ("rrule", &["repeats"]),
    ("repeat", &["repeats"]),
    ("frequency", &["repeats"]),
    ("except", &["skips"]),
    ("exceptions", &["skips"]),
    ("exdate", &["skips"]),
    ("exclude", &["skips"]),
    ("extra", &["adds"]),
    ("rdate", &["adds"]),
    ("venue", &["branch", "address"]),
    ("library", &["branch"]),
    ("where", &["place", "branch", "address"]),
    ("location", &["place", "branch", "address"]),
    ("url", &["online", "register"]),
    ("link", &["online", "register"]),
    ("zoom", &["online"]),
    ("stream", &["online"]),
    ("registration", &["register"]),
    ("signup", &["register"]),
    ("sign_up", &["register"]),
    ("tickets", &["register"]),
    ("tags", &["topics"]),
    ("tag", &["topics"]),
    ("subjects", &["topics"]),
    ("keywords", &["topics"]),
    ("age", &["audience"]),
    ("ages", &["audience"]),
    ("audiences", &["audience"]),
    ("category", &["program"]),
    ("categories", &["program"]),
    ("series", &["program"]),
    ("publish", &["visible_from"]),
    ("published", &["visible_from"]),
    ("publishdate", &["visible_from"]),
    ("publish_date", &["visible_from"]),
    ("expires", &["visible_until"]),
    ("expiry", &["visible_until"]),
    ("expirydate", &["visible_until"]),
    ("expiry_date", &["visible_until"]),
    ("name", &["title"]),
    ("heading", &["title"]),
    ("subtitle", &["summary"]),
    ("excerpt", &["summary"]),
    ("teaser", &["summary"]),
    ("abstract", &["summary"]),
    ("photo", &["image"]),
    ("picture", &["image"]),
    ("thumbnail", &["image"]),
    ("cover", &["image"]),
    ("alt", &["image_alt"]),
    ("price", &["cost"]),
    ("fee", &["cost"]),
    ("speaker", &["presenter"]),
    ("host", &["presenter"]),
    ("instructor", &["presenter"]),
    ("writer", &["author"]),
    ("by", &["author", "presenter"]),
    ("published_at", &["date"]),
    ("created", &["date"]),
    ("day", &["date"]),
    ("weight", &["order"]),
    ("sort", &["order"]),
    ("permalink", &["slug"]),
    ("redirect_from", &["aliases"]),
    ("telephone", &["phone"]),
    ("tel", &["phone"]),
    ("mail", &["email"]),
    ("opening_hours", &["hours"]),
    ("opening", &["hours"]),
    ("holidays", &["closings"]),
    ("closed", &["closings"]),
    ("closures", &["closings"]),
    ("zip", &["postcode"]),
    ("zipcode", &["postcode"]),
    ("state", &["status", "region"]),
    ("town", &["city"]),
    ("announce", &["promote"]),
    ("plan", &["promote"]),
    ("why", &["reason", "note"]),
];

/// The known key that is meant by an unknown one.
pub(super) fn meant(written: &str, known: &'static [Known]) -> Option<&'static str> {
    let named = |name: &str| known.iter().find(|key| key.name == name).map(|key| key.name);
    let lower = written.to_lowercase().replace([' ', '-'], "_");
    named(&lower)
        .or_else(|| SLIPS.iter().find(|(slip, _)| *slip == lower).and_then(|(_, meant)| meant.iter().find_map(|name| named(name))))
        .or_else(|| nearest(&lower, known.iter().map(|key| key.name)).and_then(named))
}

/// The value that somebody wrote behind a key that is misspelt, as an example of how it goes; another one if theirs does not do.
pub(super) fn own_value(key: &str, node: &Node, example: &str) -> String {
    let Value::Text(text) = &node.value else { return example.to_owned() };
    let text = text.trim();
    if text.is_empty() || text.contains('\n') {
        return example.to_owned();
    }
    if key != "starts" {
        return if text.contains([':', '#']) { in_quotes(text) } else { text.to_owned() };
    }
    match (parse_date_time(text), parse_date(text)) {
        (Ok(_), _) => text.to_owned(),
        (_, Ok(date)) => format!("{date} 10:30"),
        _ => example.to_owned(),
    }
}
