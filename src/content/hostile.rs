//! Whatever the bytes, reading gives an answer: it never panics, and its diagnostics point into their files.

use proptest::prelude::*;

use crate::calendar::{DateTime, Now, Utc};
use crate::content::{Drafts, read};
use crate::diagnostic::terminal::{Colour, draw};
use crate::diagnostic::{Diagnostics, Sources, html, json};
use crate::settings;
use crate::source::Files;

const SITE: &str = r#"[site]
title = "Stonebridge Public Library"
base_url = "https://library.example.org"
timezone = "America/New_York"

[[menu]]
label = "Visit"
to = "content/visit.md"

[[channels]]
name = "mastodon"
platform = "practice"

[outreach]
plan = "standard"
quiet = "21:00-08:00"

[outreach.plans.standard]
waves = [{ name = "remind", before = "2 days", at = "12:00", channels = ["mastodon"], at_most = "1 in 3 weeks" }]
"#;

const EVENT: &str = r#"---
title: "Toddler: Story Time"
starts: 2026-12-03 10:30
ends: 11:15
repeats: every 2 weeks on Thursday until 2027-03-25
skips: [2026-12-17]
adds: [2026-12-05 14:00]
branch: main
room: Children's Room
audience: [toddlers, families]
changes:
  2026-12-31: { status: cancelled, note: Snow day. }
aliases: [old]
visible_from: 2026-11-01
---
## Songs

Rhymes *and* [hours](../branches/main.md#hours), ![x](x.jpg) <b onclick=x>b</b> é 🙂

| a | b |
|---|---|
| 1 | 2[^1] |

[^1]: note
"#;

const BRANCH: &str = "---\ntitle: Main\nrooms: [Garden]\nhours: { mon-thu: 10:00-20:00, sun: closed }\nclosings:\n  - { every: every year on January 1, reason: New Year }\n---\n";

/// Words that mean something to one of the parsers.
fn fragment() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("---\n".to_owned()),
        Just("\n".to_owned()),
        Just("\r\n".to_owned()),
        Just("\t".to_owned()),
        Just(": ".to_owned()),
        Just("- ".to_owned()),
        Just("[".to_owned()),
        Just("{".to_owned()),
        Just("]}".to_owned()),
        Just("\"".to_owned()),
        Just("'".to_owned()),
        Just("&a *a !t |\n  x".to_owned()),
        Just("\u{feff}".to_owned()),
        Just("\u{f0000}0\u{f0000}".to_owned()),
        Just("&#xF0000;0&#xF0000;".to_owned()),
        Just("<details open title=\"".to_owned()),
        Just("[x](https://x.example/ontoggle=x//)".to_owned()),
        Just("starts: 9999-12-31 23:59".to_owned()),
        Just("repeats: FREQ=YEARLY;COUNT=99999;BYMONTHDAY=31".to_owned()),
        Just("lasts: 999999999 days".to_owned()),
        Just("<a href=\"".to_owned()),
        Just("{{ callout }}\n".to_owned()),
        Just("{{ columns }}\n{{ column }}\n".to_owned()),
        Just("\n{{ end }}\n".to_owned()),
        Just("{{ events count=\"2\" }}".to_owned()),
        Just("{{ button to='https://x.example/' label=\"<b onclick=1>\" }}".to_owned()),
        Just("{{< figure".to_owned()),
        Just("}}".to_owned()),
        Just("{% end %}".to_owned()),
        Just("[^n]".to_owned()),
        Just("\n[^n]: ".to_owned()),
        Just("| a |\n|--|\n|".to_owned()),
        Just("<table><a>".to_owned()),
        Just("![](../../../x.jpg)".to_owned()),
        Just("[x](javascript:1)".to_owned()),
        Just("[[channels]]\n".to_owned()),
        Just("= ".to_owned()),
        Just("é🙂\u{0}\u{202e}".to_owned()),
        "\\PC{0,12}",
        any::<Vec<u8>>().prop_map(|bytes| String::from_utf8_lossy(&bytes[..bytes.len().min(24)]).into_owned()),
    ]
}

/// A text with pieces cut out and others put in.
fn mutated(original: &'static str) -> impl Strategy<Value = String> {
    prop::collection::vec((any::<prop::sample::Index>(), 0_usize..24, fragment()), 0..6).prop_map(move |cuts| {
        let mut text = original.to_owned();
        for (at, length, put) in cuts {
            let from = crate::diagnostic::place::boundary(&text, at.index(text.len() + 1));
            let to = crate::diagnostic::place::boundary(&text, (from + length).min(text.len())).max(from);
            text.replace_range(from..to, &put);
        }
        text
    })
}

fn soup() -> impl Strategy<Value = String> {
    prop::collection::vec(fragment(), 0..20).prop_map(|parts| parts.concat())
}

fn check(wrong: &Diagnostics, files: &Files) -> Result<(), TestCaseError> {
    for diagnostic in wrong {
        for label in diagnostic.at.iter().chain(&diagnostic.also) {
            if let Some(text) = files.text(&label.file) {
                prop_assert!(label.span.start <= label.span.end, "{diagnostic:?}");
                prop_assert!(label.span.end as usize <= text.len(), "{diagnostic:?}");
                prop_assert!(
                    text.is_char_boundary(label.span.start as usize) && text.is_char_boundary(label.span.end as usize),
                    "{diagnostic:?} {text:?}"
                );
            }
        }
        prop_assert!(!diagnostic.message.is_empty());
        prop_assert!(diagnostic.help.is_some(), "{diagnostic:?}");
    }
    draw(wrong, files, 80, Colour::No);
    draw(wrong, files, 60, Colour::Yes);
    json::list(wrong, files);
    html::overlay(wrong, files);
    Ok(())
}

fn read_all(texts: &[(&str, &str)]) -> Result<(), TestCaseError> {
    let files = Files::of_texts(texts.iter().copied());
    let settings = settings::read(&settings::file(), SITE).0.unwrap();
    let at: DateTime<Utc> = "2026-12-01T14:00:00Z".parse().unwrap();
    for drafts in [Drafts::Included, Drafts::LeftOut] {
        let (library, wrong) = read(&files, &settings, drafts, Now::new(at, settings.site.zone));
        check(&wrong, &files)?;
        for entry in library.events.iter().map(|event| &event.entry).chain(library.pages.iter().map(|page| &page.entry)) {
            prop_assert!(!entry.title.contains(['\n', '\r']));
            harmless(&entry.body.html)?;
        }
    }
    Ok(())
}

/// What a browser makes of a body can run nothing and asks no other host for anything.
fn harmless(html: &str) -> Result<(), TestCaseError> {
    for node in scraper::Html::parse_fragment(html).tree.values() {
        let Some(element) = node.as_element() else { continue };
        let name = element.name();
        prop_assert!(
            !["script", "style", "iframe", "object", "embed", "svg", "math", "form", "base", "meta", "link"].contains(&name),
            "<{name}> in {html:?}"
        );
        for (attribute, value) in element.attrs() {
            prop_assert!(!attribute.starts_with("on") && attribute != "srcset", "{attribute} in {html:?}");
            match attribute {
                "src" => prop_assert!(value.starts_with('/') && !value.starts_with("//"), "{value:?} in {html:?}"),
                "href" => prop_assert!(
                    ["/", "#", "http://", "https://", "mailto:", "tel:"].iter().any(|begins| value.starts_with(begins))
                        && !value.starts_with("//"),
                    "{value:?} in {html:?}"
                ),
                "style" => prop_assert!(value.starts_with("text-align"), "{value:?}"),
                _ => {}
            }
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn an_event_of_any_bytes_is_read(text in mutated(EVENT)) {
        read_all(&[("site.toml", SITE), ("content/events/a.md", &text), ("content/branches/main.md", BRANCH)])?;
    }

    #[test]
    fn a_branch_of_any_bytes_is_read(text in mutated(BRANCH)) {
        read_all(&[("content/branches/main.md", &text), ("content/events/a.md", EVENT)])?;
    }

    #[test]
    fn words_of_no_meaning_are_read(text in soup(), body in soup()) {
        let page = format!("---\ntitle: x\n---\n{body}");
        read_all(&[("content/news/a.md", &text), ("content/x.md", &page), ("content/y.svg", &text)])?;
    }

    #[test]
    fn a_site_toml_of_any_bytes_is_read(text in prop_oneof![mutated(SITE), soup()]) {
        let files = Files::of_texts([("site.toml", text.as_str())]);
        let (_, wrong) = settings::read(&settings::file(), &text);
        check(&wrong, &files)?;
    }
}
