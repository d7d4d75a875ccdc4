//! The reference in `docs/` and the schemas for editors: made from the tables of keys, never stale, and true of the sample library.
//!
//! `REWRITE=1 cargo test --test commands reference` writes `docs/reference.md` and `docs/schema/` anew.

use std::fs;
use std::path::Path;

use handbill::content::{KINDS, reference, schema};
use handbill::platforms;
use handbill::settings::SITE_TOML;
use handbill::settings::key::{Known, Takes};
use serde_json::{Value, json};

use crate::command::Library;
use crate::schema::faults;

fn platforms() -> Vec<(&'static str, &'static [Known])> {
    platforms::keys().collect()
}

fn schema_of(name: &str) -> Value {
    schema::schema(name, &platforms()).unwrap()
}

fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn the_reference_and_the_schemas_are_those_of_this_program() {
    let mut files = vec![("docs/reference.md".to_owned(), reference::page(&platforms()))];
    for name in schema::names() {
        files.push((format!("docs/schema/{name}.json"), format!("{:#}\n", schema_of(name))));
    }
    let rewrite = std::env::var_os("REWRITE").is_some();
    let mut stale = Vec::new();
    for (path, text) in files {
        let place = project().join(&path);
        if rewrite {
            fs::create_dir_all(place.parent().unwrap()).unwrap();
            fs::write(&place, text).unwrap();
        } else if fs::read_to_string(&place).unwrap_or_default().replace("\r\n", "\n") != text {
            stale.push(path);
        }
    }
    assert!(stale.is_empty(), "not as the tables of keys are: {stale:?}. Run REWRITE=1 cargo test --test commands reference");
}

#[test]
fn every_key_has_an_example_that_its_schema_takes() {
    let mut wrong = Vec::new();
    for kind in KINDS {
        look_at_examples(kind.name, kind.keys, &schema_of(kind.name), &yaml, &mut wrong);
    }
    look_at_examples("site.toml", SITE_TOML, &schema_of("site"), &toml, &mut wrong);
    for (name, keys) in platforms() {
        let known = schema_of("site")["properties"]["channels"]["items"]["anyOf"].as_array().unwrap().clone();
        let own = known.iter().find(|one| one["properties"]["platform"]["const"] == name).unwrap();
        look_at_examples(name, keys, own, &toml, &mut wrong);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn look_at_examples(owner: &str, keys: &[Known], schema: &Value, read: &dyn Fn(&str) -> Value, wrong: &mut Vec<String>) {
    for key in keys {
        let place = format!("{owner}.{}", key.name);
        let own = &schema["properties"][key.name];
        match key.takes {
            Takes::Map(inner) => look_at_examples(&place, inner, own, read, wrong),
            Takes::List(Takes::Map(inner)) => {
                let list = own["anyOf"].as_array().and_then(|either| either.last()).unwrap_or(own);
                // the channels' own are looked at by platform
                if key.name != "channels" {
                    look_at_examples(&place, inner, &list["items"], read, wrong);
                }
            }
            Takes::ByName(Takes::Map(inner)) | Takes::ByDate(Takes::Map(inner)) => {
                look_at_examples(&place, inner, &own["additionalProperties"], read, wrong);
            }
            _ if key.example.is_empty() => wrong.push(format!("{place} has no example")),
            _ => {}
        }
        let table_by_name = owner.starts_with("site.toml") && matches!(key.takes, Takes::ByName(_));
        if !key.example.is_empty() && !table_by_name {
            wrong.extend(faults(own, &read(key.example)).into_iter().map(|fault| format!("{place}: {} {fault}", key.example)));
        }
    }
}

fn yaml(example: &str) -> Value {
    front_matter(&format!("---\nkey: {example}\n---\n"))["key"].clone()
}

fn toml(example: &str) -> Value {
    // what branches have as well shows its examples as they write them
    match format!("key = {example}").parse::<toml::Table>() {
        Ok(table) if !table["key"].is_datetime() => serde_json::to_value(&table["key"]).unwrap(),
        _ => yaml(example),
    }
}

/// The head of a file, as an editor reads it: YAML 1.2.
fn front_matter(text: &str) -> Value {
    let text = text.trim_start_matches('\u{feff}').strip_prefix("---\n").unwrap();
    let (head, _) = text.split_once("\n---").unwrap();
    serde_yaml::from_str(&format!("{head}\n")).unwrap_or_else(|why| panic!("{why}\n{head}"))
}

#[test]
fn the_schemas_take_the_sample_library() {
    let mut looked_at = 0;
    let mut wrong = Vec::new();
    for root in [Library::sample(), Library::init()] {
        for (path, bytes) in root.bytes("content").into_iter().filter(|(path, _)| path.ends_with(".md")) {
            let folder = path.split_once('/').map(|(folder, _)| folder);
            let kind = KINDS.iter().find(|kind| kind.folder == folder).or(KINDS.iter().find(|kind| kind.folder.is_none())).unwrap();
            let name = if path.ends_with(".es.md") { "translation" } else { kind.name };
            let found = faults(&schema_of(name), &front_matter(&String::from_utf8(bytes).unwrap()));
            wrong.extend(found.into_iter().map(|fault| format!("{path}: {fault}")));
            looked_at += 1;
        }
        let site: toml::Table = root.read("site.toml").parse().unwrap();
        wrong.extend(faults(&schema_of("site"), &serde_json::to_value(site).unwrap()));
    }
    assert!(wrong.is_empty() && looked_at > 70, "{looked_at} files\n{}", wrong.join("\n"));
}

#[test]
fn the_schemas_refuse_what_people_write_by_mistake() {
    let event = json!({ "title": "Tea", "starts": "2026-12-03 10:30" });
    assert!(faults(&schema_of("event"), &event).is_empty());
    for (key, value) in [
        ("date", json!("2026-12-03")),
        ("starts", json!("Thursday")),
        ("status", json!("canceled")),
        ("draft", json!("maybe")),
        ("online", json!("zoom")),
        ("register", json!("at the desk")),
        ("lasts", json!("long")),
        ("title", json!(["Tea"])),
        ("slug", json!("Tea Time")),
        ("place", json!({ "adress": "1 Mill Street" })),
        ("changes", json!({ "next week": { "note": "Moved" } })),
        ("changes", json!({ "2026-12-17": { "sttus": "cancelled" } })),
    ] {
        let mut slip = event.clone();
        slip[key] = value;
        assert!(!faults(&schema_of("event"), &slip).is_empty(), "{slip}");
    }
    assert!(!faults(&schema_of("event"), &json!({ "title": "Tea" })).is_empty(), "an event has a date");
    let site = |text: &str| {
        let table: toml::Table =
            format!("[site]\ntitle = \"L\"\nbase_url = \"https://l.example.org\"\ntimezone = \"UTC\"\n{text}").parse().unwrap();
        faults(&schema_of("site"), &serde_json::to_value(table).unwrap())
    };
    assert_eq!(site(""), [""; 0]);
    assert_eq!(site("[[channels]]\nname = \"wall\"\nplatform = \"practice\"\n"), [""; 0]);
    for slip in [
        "subtitle = \"x\"\n",
        "[calendar]\nahead = \"13\"\n",
        "[[channels]]\nname = \"wall\"\nplatform = \"myspace\"\n",
        "[[channels]]\nname = \"m\"\nplatform = \"mastodon\"\nserver = \"https://example.social\"\ntoken = \"secret\"\n",
        "[outreach.plans.standard]\nwaves = [{ name = \"today\", at = \"08:30\" }]\n",
    ] {
        assert!(!site(slip).is_empty(), "{slip}");
    }
}

#[test]
fn the_schema_is_printed_as_one_document() {
    let library = Library::millbrook();
    let printed = |words: &str| -> Value { serde_json::from_str(&library.run(words).out).unwrap() };
    let (one, all) = (printed("schema --kind event"), printed("schema"));
    assert_eq!(one["title"], "The front matter of an event");
    assert_eq!(all["$defs"]["event"], one);
    assert_eq!(library.run("schema --kind site --json").done().json()["schema"]["title"], "site.toml");
    library.run("schema --kind evnt").usage();
    let site = library.read("site.toml");
    library.write(
        "site.toml",
        format!("{site}\n[taxonomies.format]\nlabel = \"Format\"\n[taxonomies.format.terms]\nlarge-print = \"Large print\"\n"),
    );
    let own = printed("schema --kind event");
    assert!(faults(&own, &json!({ "title": "Tea", "starts": "2026-12-03 10:30", "format": "large-print" })).is_empty());
    assert!(!faults(&own, &json!({ "title": "Tea", "starts": "2026-12-03 10:30", "format": "big" })).is_empty());
}
