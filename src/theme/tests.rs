//! Themes of a site's own, over the one that the program carries.

use super::load;
use crate::calendar::{Duration, Weekday, Zone};
use crate::diagnostic::{Diagnostic, FileId, codes};
use crate::settings::{CalendarSettings, LibraryHours, OutreachSettings, Settings, SiteSettings, Terms};
use crate::source::Files;

fn settings(theme: &str) -> Settings {
    Settings {
        site: SiteSettings {
            title: "Stonebridge".to_owned(),
            tagline: None,
            base_url: "https://library.example.org".to_owned(),
            zone: Zone::utc(),
            language: "en".to_owned(),
            theme: theme.to_owned(),
            theme_span: 3..9,
            email: None,
            phone: None,
        },
        menu: Vec::new(),
        calendar: CalendarSettings { behind: 1, ahead: 1, week_starts: Weekday::Sun, on_closing: None },
        hours: LibraryHours::default(),
        markdown: crate::settings::MarkdownSettings::default(),
        audiences: Terms::default(),
        topics: Terms::default(),
        taxonomies: Vec::new(),
        access: crate::settings::AccessSettings::default(),
        survey: crate::settings::SurveySettings::default(),
        channels: Vec::new(),
        outreach: OutreachSettings {
            plan: None,
            quiet: None,
            daily_limit: 1,
            spacing: Duration::zero(),
            grace: Duration::zero(),
            plans: std::collections::BTreeMap::new(),
        },
    }
}

fn wrong(theme: &str, files: &[(&str, &str)]) -> Vec<Diagnostic> {
    load(&Files::of_texts(files.iter().copied()), &settings(theme)).1.sorted()
}

#[test]
fn the_theme_that_the_program_carries_needs_no_file() {
    let (theme, wrong) = load(&Files::default(), &settings("reading-room"));
    assert!(wrong.is_empty(), "{wrong:?}");
    assert!(theme.texts().get("announce").is_some());
    assert_eq!(theme.manifest().name, "Reading Room");
}

#[test]
fn a_file_of_the_sites_own_wins_and_all_others_stay() {
    let files =
        [("themes/ours/static/style.css", "body {}"), ("themes/ours/announce/today.txt", "Today"), ("announce/today.txt", "Come in")];
    let (theme, wrong) = load(&Files::of_texts(files), &settings("ours"));
    assert!(wrong.is_empty(), "{wrong:?}");
    assert_eq!(theme.texts().get("today").unwrap().0, FileId::new("announce/today.txt"));
    assert_eq!(theme.assets().iter().filter(|asset| asset.path == "style.css").count(), 1);
    assert!(theme.assets().iter().any(|asset| asset.path == "site.js"));
    let (plain, _) = load(&Files::default(), &settings("reading-room"));
    assert_eq!(theme.hash(), plain.hash(), "the templates are the same");
}

#[test]
fn the_same_files_in_the_folder_change_nothing() {
    let template = super::built_in::TEMPLATES[0];
    let path = format!("themes/reading-room/templates/{}", template.0);
    let (same, _) = load(&Files::of_texts([(path.as_str(), template.1)]), &settings("reading-room"));
    let (plain, _) = load(&Files::default(), &settings("reading-room"));
    assert_eq!(same.hash(), plain.hash());
}

#[test]
fn a_theme_that_is_not_there_is_said_at_its_name() {
    let said = wrong("reading-rom", &[]);
    assert_eq!((said[0].code, said[0].at.as_ref().unwrap().span.clone()), (codes::NO_SUCH_THEME, 3..9));
    assert_eq!(said[0].help.as_deref(), Some("did you mean `reading-room`?"));
}

#[test]
fn every_template_with_a_fault_is_named_at_its_place() {
    let news = "{% extends \"layout.html\" %}{% block content %}{{ title | shout }}{% endblock content %}";
    let page = "{% extends \"layout.html\" %}\n{% block content %}{% if title %}<h1>{% endblock content %}";
    let home = "{% extends \"base.html\" %}";
    let said = wrong(
        "reading-room",
        &[
            ("themes/reading-room/templates/news.html", news),
            ("themes/reading-room/templates/page.html", page),
            ("themes/reading-room/templates/home.html", home),
        ],
    );
    let files: Vec<_> = said.iter().map(|one| one.at.as_ref().unwrap().file.path().rsplit('/').next().unwrap().to_owned()).collect();
    assert_eq!(files, ["home.html", "news.html", "page.html"], "{said:#?}");
    assert!(said.iter().all(|one| one.code == codes::TEMPLATE && one.help.is_some()));
    let at = said[1].at.clone().unwrap();
    assert!(news[at.span.start as usize..at.span.end as usize].contains("shout"), "{at:?}");
}

#[test]
fn a_key_that_theme_toml_has_not_is_refused_with_the_nearest() {
    let said = wrong("ours", &[("themes/ours/theme.toml", "nam = \"Ours\"\naround = 3\n")]);
    let said: Vec<_> = said.iter().map(|one| (one.message.as_str(), one.help.as_deref().unwrap_or_default())).collect();
    assert_eq!(said, [("`nam` means nothing in theme.toml", "did you mean `name`?"), ("`around` wants a colour such as \"#fbfaf6\"", "")]);
}

#[test]
fn what_is_no_part_of_a_theme_is_said() {
    let said = wrong("ours", &[("themes/ours/style.css", "body {}")]);
    assert_eq!(said[0].code, codes::THEME_FILE);
}
