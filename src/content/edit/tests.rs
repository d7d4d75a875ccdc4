//! Every way of laying YAML out that an entry may meet.

use proptest::prelude::*;

use super::*;

fn file() -> FileId {
    FileId::new("content/events/tea.md")
}

fn closing() -> Edit {
    Edit::Item { key: "closings", item: "{ date: 2026-12-17, reason: Snow, events: cancel }".to_owned() }
}

fn count(date: &str, number: u32) -> Edit {
    Edit::Entry { key: "attendance", name: date.to_owned(), value: number.to_string() }
}

/// The head between the two lines of dashes, edited.
fn edited(head: &str, edit: &Edit) -> String {
    let text = format!("---\n{head}---\nTea.\n");
    let edited = apply(&file(), &text, edit).unwrap_or_else(|wrong| panic!("{head}\n{wrong:?}"));
    edited.strip_prefix("---\n").and_then(|rest| rest.strip_suffix("---\nTea.\n")).unwrap().to_owned()
}

#[test]
fn a_list_that_is_not_there_is_begun_at_the_end() {
    assert_eq!(
        edited("title: Tea\nphone: 1   # the desk\n", &closing()),
        "title: Tea\nphone: 1   # the desk\nclosings:\n  - { date: 2026-12-17, reason: Snow, events: cancel }\n"
    );
}

#[test]
fn an_item_follows_the_last_one_in_its_form() {
    let block =
        "closings:\n    # by the town\n    - date: 2026-12-25   # Friday\n      reason: Christmas Day\n\n# what follows\nphone: 1\n";
    assert_eq!(
        edited(block, &closing()),
        "closings:\n    # by the town\n    - date: 2026-12-25   # Friday\n      reason: Christmas Day\n    - { date: 2026-12-17, reason: Snow, events: cancel }\n\n# what follows\nphone: 1\n"
    );
    assert_eq!(
        edited("closings:\n- { date: 2026-12-25 } # x\norder: 1\n", &closing()),
        "closings:\n- { date: 2026-12-25 } # x\n- { date: 2026-12-17, reason: Snow, events: cancel }\norder: 1\n"
    );
    assert_eq!(
        edited("closings: [ { date: 2026-12-25 } ] # x\n", &closing()),
        "closings: [ { date: 2026-12-25 }, { date: 2026-12-17, reason: Snow, events: cancel } ] # x\n"
    );
    assert_eq!(
        edited("closings: [\n  { date: 2026-12-25 },\n  { date: 2026-12-26 } # x\n]\n", &closing()),
        "closings: [\n  { date: 2026-12-25 },\n  { date: 2026-12-26 }, # x\n  { date: 2026-12-17, reason: Snow, events: cancel }\n]\n"
    );
}

#[test]
fn a_count_is_put_in_or_takes_the_place_of_the_old_one() {
    assert_eq!(edited("title: Tea\n", &count("2026-12-03", 14)), "title: Tea\nattendance:\n  2026-12-03: 14\n");
    assert_eq!(
        edited("attendance: # by hand\ntitle: Tea\n", &count("2026-12-03", 14)),
        "attendance: # by hand\n  2026-12-03: 14\ntitle: Tea\n"
    );
    assert_eq!(edited("attendance: {}\n", &count("2026-12-03", 14)), "attendance: { 2026-12-03: 14 }\n");
    assert_eq!(edited("attendance: ~  # none\n", &count("2026-12-03", 14)), "attendance: { 2026-12-03: 14 }  # none\n");
    assert_eq!(
        edited("attendance: { 2026-11-26: 9 }  # by hand\n", &count("2026-12-03", 14)),
        "attendance: { 2026-11-26: 9, 2026-12-03: 14 }  # by hand\n"
    );
    assert_eq!(edited("attendance:\n  2026-12-03: 9 # rain\n", &count("2026-12-03", 14)), "attendance:\n  2026-12-03: 14 # rain\n");
    assert_eq!(
        edited("attendance:\n  \"2026-12-03\":\n  2026-12-10: 1\n", &count("2026-12-03", 0)),
        "attendance:\n  \"2026-12-03\": 0\n  2026-12-10: 1\n"
    );
    assert_eq!(edited("attendance: 9 # rain\n", &Edit::Whole { key: "attendance", value: "14".to_owned() }), "attendance: 14 # rain\n");
}

#[test]
fn what_cannot_be_edited_is_said_with_what_to_write() {
    for head in ["closings: none\n", "? closings\n: - { date: 2026-12-25 }\n  # x\n  - \n"] {
        let text = format!("---\ntitle: Tea\n{head}---\n");
        let wrong = apply(&file(), &text, &closing()).unwrap_err();
        let help = wrong.iter().next().unwrap().help.clone().unwrap();
        assert!(help.contains("closings: [{ date: 2026-12-17, reason: Snow, events: cancel }]"), "{help}");
    }
    assert!(apply(&file(), "---\ntitle: \"Tea\nstarts: 2026\n---\n", &closing()).unwrap_err().has_errors());
    assert!(apply(&file(), "no head\n", &closing()).unwrap_err().has_errors());
}

#[test]
fn words_stand_in_quotes_where_they_need_them() {
    assert_eq!(in_flow("Snow"), "Snow");
    assert_eq!(in_flow("New Year's Day"), "New Year's Day");
    assert_eq!(in_flow("Snow, and ice"), "\"Snow, and ice\"");
    assert_eq!(in_flow("He said: \"go\"\n home # 2"), "\"He said: \\\"go\\\" home # 2\"");
    assert_eq!(in_flow("no"), "\"no\"");
    assert_eq!(in_flow("2 feet of snow"), "\"2 feet of snow\"");
}

/// Lines of a head that have nothing to do with the key.
fn others() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        Just("title: Té — \u{1F375}"),
        Just("summary: |\n  Two lines\n\n  and one more"),
        Just("summary: >-\n  folded\n  words"),
        Just("note: \"quoted: yes\" # why"),
        Just("image_alt: one plain text\n  over two lines"),
        Just("# only a note: { to: us }"),
        Just(""),
        Just("'room': Garden"),
        Just("address:\n    street: 1 Mill Street\n    city: Mill"),
        Just("rooms: [ A, \"B, C\" ]"),
        Just("skips:\n- 2026-12-24\n- 2026-12-31"),
        Just("draft:"),
    ];
    // a key must not stand there twice
    prop::collection::vec(line, 0..5).prop_map(|lines| {
        let mut seen = Vec::new();
        let mut text = String::new();
        for line in lines {
            let key = line.split(':').next().unwrap_or_default();
            if line.is_empty() || line.starts_with('#') || !seen.contains(&key) {
                seen.push(key);
                text.push_str(line);
                text.push('\n');
            }
        }
        text
    })
}

/// The key in every form, or not at all.
fn keys() -> impl Strategy<Value = &'static str> {
    prop_oneof![
        Just(""),
        Just("KEY:\n"),
        Just("KEY: # a note\n"),
        Just("KEY: ~ # a note\n"),
        Just("'KEY' : null\n"),
        Just("KEY: OPENCLOSE\n"),
        Just("KEY: OPEN # a note\n  CLOSE\n"),
        Just("KEY: OPENONECLOSE\n"),
        Just("\"KEY\": OPEN ONE , TWO, CLOSE # a note\n"),
        Just("KEY: OPEN\n    ONE, # one\n    TWO # two\n  CLOSE # end\n"),
        Just("KEY: OPEN\n    ONE,\n    TWO, # two\n\n    # end\n  CLOSE\n"),
        Just("KEY:\n  OPENONE,\n   TWO CLOSE\n"),
        Just("KEY:\n  DASHONE\n"),
        Just("KEY:\n  DASHONE # one\n\n  # two comes\n  DASHTWO   # two\n  # end\n\n"),
        Just("KEY:\nEDGEONE # one\nEDGETWO\n"),
        Just("KEY:\n      DASHONE\n      DASHTWO\n# end\n"),
    ]
}

fn filled(form: &str, list: bool) -> String {
    let (open, close, dash) = if list { ("[", "]", "- ") } else { ("{", "}", "") };
    let (one, two) = if list {
        ("{ date: 2026-12-25, reason: \"A, B\" }", "{ every: every year, note: }")
    } else {
        ("2026-11-19: 3", "\"2026-11-26\": 14")
    };
    let key = if list { "closings" } else { "attendance" };
    let form = form.replace("OPEN", open).replace("CLOSE", close).replace("DASH", dash);
    let form = form.replace("EDGE", if list { "- " } else { " " });
    form.replace("ONE", one).replace("TWO", two).replace("KEY", key)
}

/// Is `part` left when some bytes of `whole` are taken out?
fn is_left_of(part: &str, whole: &str) -> bool {
    let mut rest = whole.bytes();
    part.bytes().all(|byte| rest.any(|other| other == byte))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    /// The edited file says the old tree and the entry: `apply` looks itself, and gives nothing otherwise. So it must give something, and
    /// every byte that was there must be there still.
    #[test]
    fn an_entry_is_put_in_and_nothing_else_is_touched(
        before in others(),
        form in keys(),
        after in others(),
        list in any::<bool>(),
        windows in any::<bool>(),
        mark in any::<bool>(),
        indent in prop_oneof![Just(0usize), Just(2)],
        ending in prop_oneof![Just("---"), Just("---\n"), Just("...\nText: [ \n---\n"), Just("---\n\nText\n")],
    ) {
        let after: String = after.lines().map(|line| {
            let keyed = before.lines().any(|other| key_of(other).is_some() && key_of(other) == key_of(line));
            // the lines below it must go as well
            if keyed { "#\n".to_owned() } else { format!("{line}\n") }
        }).collect();
        prop_assume!(!after.contains("#\n  ") && !after.contains("#\n-") && !after.contains("#\n\n  "));
        let head: String = format!("{before}{}{after}", filled(form, list))
            .lines()
            .map(|line| if line.is_empty() { "\n".to_owned() } else { format!("{}{line}\n", " ".repeat(indent)) })
            .collect();
        let mut text = format!("---\n{head}{ending}");
        if windows {
            text = text.replace('\n', "\r\n");
        }
        if mark {
            text.insert(0, '\u{feff}');
        }
        let mut wrong = Diagnostics::new();
        let front = front_matter::split(&file(), &text, &mut wrong);
        prop_assert!(!wrong.has_errors() && !front.lost, "the test's own file is wrong:\n{text}\n{wrong:?}");
        let edit = if list { closing() } else { count("2026-12-03", 14) };
        let edited = apply(&file(), &text, &edit);
        prop_assert!(edited.is_ok(), "no place in\n{text}\n{edited:?}");
        let edited = edited.unwrap();
        let kept = text.replace(": ~ ", ":  ").replace(" : null", " : ");
        prop_assert!(is_left_of(&kept, &edited), "{text}\nbecame\n{edited}");
        prop_assert!(edited.len() <= text.len() + 100);
        if windows {
            prop_assert_eq!(edited.matches('\n').count(), edited.matches("\r\n").count());
        }
        // a second one finds its place as well
        let again = apply(&file(), &edited, &if list { closing() } else { count("2026-12-10", 0) });
        prop_assert!(again.is_ok() && is_left_of(&edited, &again.unwrap()));
    }

    #[test]
    fn whatever_a_file_holds_nothing_panics(text in "(---\n)?[a-z:{}\\[\\], \n#'\"|>~?*&!é-]{0,80}(\n---\n)?") {
        for edit in [closing(), count("2026-12-03", 14), Edit::Whole { key: "a", value: "1".to_owned() }] {
            let _ = apply(&file(), &text, &edit);
        }
    }
}

fn key_of(line: &str) -> Option<&str> {
    line.split_once(':').map(|(key, _)| key.trim_matches('\'')).filter(|key| !key.contains(' '))
}
