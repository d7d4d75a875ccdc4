//! Pages: everything else.

use crate::content::entry::{Links, Thing, World};
use crate::content::fields::{Fields, day};
use crate::content::shared_keys as shared;
use crate::content::silences::IGNORE;
use crate::content::{menu_entry, records};
use crate::diagnostic::suggest::nearest;
use crate::diagnostic::{Diagnostic, codes};
use crate::library::{Entry, Page, Sort};
use crate::settings::key::{Known, Takes, key};

/// The keys of a page.
pub(super) const KEYS: &[Known] = &[
    key("title", "its title, on one line").example("Get a card").needed(),
    shared::SUMMARY,
    shared::DESCRIPTION,
    shared::IMAGE,
    shared::IMAGE_ALT,
    key("date", "its day, where the pages of a folder are sorted by it").takes(Takes::Date).example("2026-12-01"),
    key("updated", "the day its words were last looked over; shown below them").takes(Takes::Date).example("2026-12-01"),
    shared::AUDIENCE,
    shared::TOPICS,
    shared::ORDER,
    key("sort", "how the pages below this one are sorted: `title`, `date` (new to old) or `order`")
        .takes(Takes::OneOf(SORTS))
        .default("order")
        .example("title"),
    key("menu", "the menu it stands in, `main` or `footer`; or `{ name, label, order, under }`")
        .takes(Takes::Either(&[Takes::OneOf(crate::settings::MenuName::NAMES), Takes::Map(menu_entry::KEYS)]))
        .example("main"),
    key("pages_from", "a table of `content/data/`, each record of which becomes a page below this one")
        .takes(Takes::Either(&[Takes::Line, Takes::Map(records::KEYS)]))
        .example("{ table: staff, title: name, summary: role }"),
    shared::FEATURED,
    shared::LANGUAGE,
    shared::SLUG,
    shared::ALIASES,
    shared::DRAFT,
    shared::VISIBLE_FROM,
    shared::VISIBLE_UNTIL,
    IGNORE,
];

const SORTS: &[&str] = &["title", "date", "order"];

/// Where something without `order` stands: after those that have one.
pub(super) const LAST: i64 = 1_000_000;

/// Reads what is special about a page.
pub(super) fn read(fields: &mut Fields<'_>, entry: Entry, world: World<'_>, links: &mut Links) -> Thing {
    let order = fields.number("order").unwrap_or(LAST);
    let sort = sort(fields, links);
    let date = fields.parsed("date", day).map(|date| date.value);
    let updated = fields.parsed("updated", day).map(|date| date.value);
    let audience = fields.terms("audience", &world.settings.audiences);
    let topics = fields.terms("topics", &world.settings.topics);
    let menu = menu_entry::read(fields);
    links.pages_from = records::read(fields);
    Thing::Page(Page { entry, order, sort, date, updated, audience, topics, menu, record: None })
}

fn sort(fields: &mut Fields<'_>, links: &mut Links) -> Sort {
    let Some(written) = fields.text("sort") else { return Sort::Order };
    links.sort = Some(written.span.clone());
    match written.value.to_lowercase().as_str() {
        "order" => Sort::Order,
        "title" => Sort::Title,
        "date" => Sort::Date,
        other => {
            let help = "write `sort: title`, `sort: date` (new to old) or `sort: order`";
            let error = Diagnostic::error(codes::SORT, format!("pages cannot be sorted by \"{}\"", written.value));
            fields.report(match nearest(other, SORTS.iter().copied()) {
                Some(meant) => error.at_noted(fields.file, written.span, format!("did you mean `{meant}`?")).help(help),
                None => error.at(fields.file, written.span).help(help),
            });
            Sort::Order
        }
    }
}
