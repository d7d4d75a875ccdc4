//! site.toml → [`Settings`], table by table.

use crate::calendar::Language;
use crate::diagnostic::{Diagnostic, Diagnostics, FileId, Span, codes};
use crate::settings::fields::{Fields, wrong_kind};
use crate::settings::{
    Node, Settings, Table, Value, access, channels, hours, markdown, menu, outreach, phrases, site, survey, taxonomies, toml_text,
};

/// Reads site.toml: the settings, if there are a name and a zone to go on with, and everything that is wrong.
pub fn read(file: &FileId, text: &str) -> (Option<Settings>, Diagnostics) {
    let mut wrong = Diagnostics::new();
    let root = toml_text::parse(file, text, &mut wrong);
    let broken_off = wrong.iter().filter_map(|found| found.at.as_ref()).map(|at| at.span.start).min();
    let (settings, mut found) = of_tree(file, &root);
    if let Some(from) = broken_off {
        // What is missing may stand in a line that cannot be read, and a key behind it belong to another table: the next run says.
        let misled = |one: &Diagnostic| {
            let behind = one.at.as_ref().is_some_and(|at| at.span.start >= from);
            one.code == codes::MISSING_KEY || (one.code == codes::UNKNOWN_KEY && behind)
        };
        found = found.into_iter().filter(|one| !misled(one)).collect();
    }
    wrong.append(found);
    (settings, wrong)
}

fn of_tree(file: &FileId, root: &Table) -> (Option<Settings>, Diagnostics) {
    let mut wrong = Diagnostics::new();
    passwords(file, root, &mut wrong);
    let mut top = Fields::new("site.toml", root, &(0..0), &mut wrong);
    let site_table = top.table("site");
    let menu_tables = tables(&mut top, "menu", file);
    let calendar = top.table("calendar");
    let hours_table = top.table("hours");
    let seasons = tables(&mut top, "seasons", file);
    let closings = tables(&mut top, "closings", file);
    let audiences = top.table("audiences");
    let topics = top.table("topics");
    let words_table = top.table("words");
    let taxonomies_table = top.table("taxonomies");
    let access_table = top.table("access");
    let survey_table = top.table("survey");
    let markdown_table = top.table("markdown");
    let channel_tables = tables(&mut top, "channels", file);
    let outreach_table = top.table("outreach");
    if site_table.is_none() && root.get("site").is_none() {
        if let Some((name, at, _)) = root.0.iter().find(|(name, ..)| matches!(name.as_str(), "title" | "base_url" | "timezone")) {
            top.report(
                Diagnostic::error(codes::MISSING_KEY, "site.toml has no table `[site]`")
                    .at_noted(file, at.clone(), format!("`{name}` belongs to it"))
                    .help("write a line `[site]` above this one"),
            );
            top.pass_over(site::KEYS);
            top.refuse_the_rest();
            return (None, wrong);
        }
        top.report(
            Diagnostic::error(codes::MISSING_KEY, "site.toml has no table `[site]`")
                .at(file, 0..0)
                .help("begin with a line `[site]`, and below it `title`, `base_url` and `timezone`"),
        );
    }
    top.refuse_the_rest();
    let channels = channels::read(file, &channel_tables, &mut wrong);
    let audiences = site::read_terms(file, "audiences", audiences.as_ref(), site::AUDIENCES, &mut wrong);
    let Some(site) = site_table.and_then(|table| site::read_site(file, &table, &mut wrong)) else { return (None, wrong) };
    if let (Some(channel), [first, ..]) = (channels.first(), site.languages.as_slice())
        && *first != Language::English
    {
        wrong.push(
            Diagnostic::error(
                codes::LANGUAGE,
                format!("posts are in English so far, and the first language of the site is {}", first.own_name()),
            )
            .at(file, channel.span.clone())
            .help("take the channels out until posts speak it; or let `languages` begin with \"en\""),
        );
    }
    let settings = Settings {
        phrases: phrases::read(file, words_table.as_ref(), &site.languages, &mut wrong),
        menu: menu_tables.iter().filter_map(|(table, span)| menu::read(table, span, &mut wrong)).collect(),
        calendar: site::read_calendar(file, calendar.as_ref(), &mut wrong),
        hours: hours::read(hours_table, &seasons, &closings, &mut wrong),
        survey: survey::read(file, survey_table.as_ref(), &audiences, &mut wrong),
        access: access::read(access_table.as_ref(), &mut wrong),
        audiences,
        topics: site::read_terms(file, "topics", topics.as_ref(), site::TOPICS, &mut wrong),
        taxonomies: taxonomies::read(file, taxonomies_table.as_ref(), &mut wrong),
        markdown: markdown::read(markdown_table.as_ref(), &mut wrong),
        outreach: outreach::read(file, outreach_table.as_ref(), &channels, &mut wrong),
        channels,
        site,
    };
    (Some(settings), wrong)
}

/// The tables of `[[key]]`.
fn tables(top: &mut Fields<'_>, key: &'static str, file: &FileId) -> Vec<(Table, Span)> {
    let Some(node) = top.take(key) else { return Vec::new() };
    match node.value {
        Value::Array(items) => {
            let mut tables = Vec::new();
            for Node { value, span } in items {
                match value {
                    Value::Table(table) => tables.push((table, span)),
                    other => top.report(
                        wrong_kind(file, key, &other, "a list of tables", span)
                            .help(format!("write `[[{key}]]` on a line of its own, and its keys below")),
                    ),
                }
            }
            tables
        }
        Value::Table(_) => {
            top.report(
                Diagnostic::error(codes::WRONG_KIND, format!("`[{key}]` wants two brackets, since there may be several"))
                    .at(file, node.span)
                    .help(format!("write `[[{key}]]`")),
            );
            Vec::new()
        }
        other => {
            top.report(
                wrong_kind(file, key, &other, "a list of tables", node.span)
                    .help(format!("write `[[{key}]]` on a line of its own, and its keys below")),
            );
            Vec::new()
        }
    }
}

/// Finds addresses with a password in them, wherever they stand.
fn passwords(file: &FileId, table: &Table, wrong: &mut Diagnostics) {
    for (_, _, node) in &table.0 {
        passwords_in(file, node, wrong);
    }
}

fn passwords_in(file: &FileId, node: &Node, wrong: &mut Diagnostics) {
    match &node.value {
        Value::String(text) if holds_password(text) => wrong.push(
            Diagnostic::error(codes::SECRET, "an address with a password stands here in plain sight")
                .at(file, node.span.clone())
                .help("take `name:password@` out of the address, and say where the secret is: `{ env = \"…\" }`. Anybody who sees this file knows it now, so change the password"),
        ),
        Value::Array(items) => items.iter().for_each(|item| passwords_in(file, item, wrong)),
        Value::Table(table) => passwords(file, table, wrong),
        _ => {}
    }
}

/// `postgres://name:password@host`, in any scheme.
fn holds_password(text: &str) -> bool {
    text.match_indices("://").any(|(at, separator)| {
        let rest = &text[at + separator.len()..];
        let authority = rest.split(['/', '?', '#', ' ']).next().unwrap_or("");
        authority.rsplit_once('@').is_some_and(|(user, _)| user.split_once(':').is_some_and(|(_, password)| !password.is_empty()))
    })
}
