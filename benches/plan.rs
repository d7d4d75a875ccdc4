//! Planning: what is to be said in the next two weeks, of libraries of growing size. `cargo bench --bench plan`

#![expect(clippy::unwrap_used, reason = "what a bench is made of is known to be right")]

use std::sync::Arc;

use handbill::calendar::{self, Duration, Now, Utc, Zone};
use handbill::content::{self, Drafts};
use handbill::diagnostic::FileId;
use handbill::outreach::{Brief, PostTexts, Window, schedule};
use handbill::profile::{LinkCards, Profile, Profiles, TextLimit, Unit};
use handbill::settings;
use handbill::source::Files;

const SITE: &str = r#"
[site]
title = "Bench County Library"
base_url = "https://library.example.org"
timezone = "America/New_York"
[[channels]]
name = "one"
platform = "practice"
[[channels]]
name = "two"
platform = "practice"
[outreach]
plan = "standard"
daily_limit = 5000
[outreach.plans.standard]
waves = [
  { name = "announce", before = "14 days", at = "09:30", once = true },
  { name = "remind", before = "2 days", at = "12:00", at_most = "1 in 3 weeks" },
  { name = "today", before = "0 days", at = "08:30" },
]
"#;

fn main() {
    divan::main();
}

/// Half of the events repeat weekly without an end; the others take place once, spread over a year.
#[divan::bench(args = [100, 1_000, 10_000], sample_count = 10)]
fn two_weeks(bencher: divan::Bencher<'_, '_>, events: usize) {
    let texts = (0..events).map(|number| {
        let (month, day) = (1 + number % 12, 1 + number % 28);
        let repeats = if number % 2 == 0 { "repeats: weekly\n" } else { "" };
        let text = format!(
            "---\ntitle: Event {number}\nstarts: 2026-{month:02}-{day:02} 18:30\n{repeats}summary: Songs, rhymes and picture books.\n---\n"
        );
        (format!("content/events/event-{number}.md"), text)
    });
    let (settings, _) = settings::read(&FileId::new("site.toml"), SITE);
    let settings = settings.unwrap();
    let zone = Zone::named("America/New_York").unwrap();
    let moment = calendar::parse_date_time("2026-07-01 09:00").unwrap();
    let now = Now::new(calendar::resolve(moment, zone).instant().with_timezone(&Utc), zone);
    let (library, _) = content::read(&Files::of_texts(texts), &settings, Drafts::LeftOut, now);
    let file = FileId::new("announce/wave.txt");
    let words = "{{ title }} is {{ day | relative }}, {{ time }}.\n\n{{ summary }}";
    let (texts, _) = PostTexts::new(["announce", "remind", "today"].map(|wave| (wave, &file, words)));
    let profile = Arc::new(Profile {
        name: "practice",
        text: TextLimit { most: 500, unit: Unit::Graphemes, link: Some(23), bytes: None },
        pictures: None,
        link_card: LinkCards::Theirs,
        thumbnail_bytes: 0,
        settle: Duration::zero(),
        request: Duration::seconds(1),
    });
    let profiles = Profiles(["one", "two"].map(|name| (name.to_owned(), Arc::clone(&profile))).into_iter().collect());
    let brief = Brief { library: &library, texts: &texts, settings: &settings, profiles: &profiles };
    bencher.bench(|| schedule(&brief, &[], now, Window { days: 14 }));
}
