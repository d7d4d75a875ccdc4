//! Drawn for a person.

use std::borrow::Cow;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::place::{Place, Places};
use super::{Diagnostic, Diagnostics, Label, Severity, Sources, codes, veil};

/// Whether the drawing is coloured.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Colour {
    /// With escape codes of a terminal.
    Yes,
    /// Letters alone.
    No,
}

/// All of them, sorted by place, for a terminal of so many columns, and how many there are. Empty when there is nothing to say.
///
/// What a file holds is shown without its control characters, and a line of site.toml without what could be a secret.
pub fn draw(diagnostics: &Diagnostics, sources: &dyn Sources, width: usize, colour: Colour) -> String {
    let renderer = match colour {
        Colour::Yes => Renderer::styled(),
        Colour::No => Renderer::plain(),
    };
    let renderer = renderer.term_width(width.max(40)).decor_style(DecorStyle::Unicode);
    let mut drawn = String::new();
    let sorted = diagnostics.sorted();
    let places = Places::new(sources);
    for shown in shown(&sorted) {
        match shown {
            Shown::One(diagnostic) => drawn.push_str(&one(diagnostic, &places, &renderer, width.max(40))),
            Shown::More(words) => drawn.push_str(&plain(&words)),
        }
        drawn.push_str("\n\n");
    }
    if !sorted.is_empty() {
        drawn.push_str(&summary(&sorted));
        drawn.push('\n');
    }
    drawn
}

/// How many of one file are shown; who has read so many mends them first.
const MOST_OF_A_FILE: usize = 50;

/// What is shown of all that is wrong.
pub(super) enum Shown<'a> {
    /// This one.
    One(&'a Diagnostic),
    /// How many more a file has.
    More(String),
}

/// Of each file the first ones, errors before warnings where there are too many, and how many more there are. They must be sorted.
pub(super) fn shown(sorted: &[Diagnostic]) -> Vec<Shown<'_>> {
    let file = |diagnostic: &Diagnostic| diagnostic.at.as_ref().map(|label| label.file.clone());
    let mut all = Vec::with_capacity(sorted.len().min(MOST_OF_A_FILE));
    for of_file in sorted.chunk_by(|a, b| file(a) == file(b)) {
        let (Some(file), true) = (file(&of_file[0]), of_file.len() > MOST_OF_A_FILE) else {
            all.extend(of_file.iter().map(Shown::One));
            continue;
        };
        let errors = of_file.iter().filter(|diagnostic| diagnostic.severity == Severity::Error).count();
        let mut room = [errors.min(MOST_OF_A_FILE), MOST_OF_A_FILE.saturating_sub(errors)];
        for diagnostic in of_file {
            let left = &mut room[usize::from(diagnostic.severity == Severity::Warning)];
            if *left > 0 {
                *left -= 1;
                all.push(Shown::One(diagnostic));
            }
        }
        all.push(Shown::More(format!("and {} more in {file}", of_file.len() - MOST_OF_A_FILE)));
    }
    all
}

/// "2 errors, 1 warning".
pub fn summary(diagnostics: &[Diagnostic]) -> String {
    let errors = diagnostics.iter().filter(|d| d.severity == Severity::Error).count();
    let counted = |count: usize, noun: &str| if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") };
    match (errors, diagnostics.len() - errors) {
        (0, warnings) => counted(warnings, "warning"),
        (errors, 0) => counted(errors, "error"),
        (errors, warnings) => format!("{}, {}", counted(errors, "error"), counted(warnings, "warning")),
    }
}

fn one(diagnostic: &Diagnostic, places: &Places<'_>, renderer: &Renderer, width: usize) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let mut group = Group::with_title(level.primary_title(plain(&without_the_middle(&diagnostic.message))).id(diagnostic.code.as_str()));
    let mut elsewhere: Vec<Group<'_>> = Vec::new();
    if let Some(at) = &diagnostic.at {
        let beside = diagnostic.also.iter().filter(|label| label.file == at.file);
        group = add(group, at, beside, diagnostic, places);
    }
    for label in diagnostic.also.iter().filter(|label| diagnostic.at.as_ref().is_none_or(|at| at.file != label.file)) {
        let note = if label.note.is_empty() { "and here".to_owned() } else { plain(&label.note) };
        elsewhere.push(add(
            Group::with_title(Level::NOTE.secondary_title(note)),
            &Label { note: String::new(), ..label.clone() },
            std::iter::empty(),
            diagnostic,
            places,
        ));
    }
    if let Some(help) = &diagnostic.help {
        let lines = wrapped(&plain(help), width.saturating_sub(12));
        group = group.element(Level::HELP.message(lines));
    }
    let groups: Vec<Group<'_>> = std::iter::once(group).chain(elsewhere).collect();
    renderer.render(&groups)
}

/// Adds the lines that labels of one file point at.
fn add<'a>(
    group: Group<'a>,
    primary: &Label,
    beside: impl Iterator<Item = &'a Label>,
    diagnostic: &Diagnostic,
    places: &Places<'_>,
) -> Group<'a> {
    let Some(place) = places.of(primary).filter(|_| primary.span != (0..0)) else {
        return group.element(Origin::path(primary.file.path().to_owned()));
    };
    let mut labels: Vec<(Label, AnnotationKind)> = vec![(primary.clone(), AnnotationKind::Primary)];
    labels.extend(beside.map(|label| (label.clone(), AnnotationKind::Context)));
    let mut lines: Vec<Line<'_>> = Vec::new();
    for (label, kind) in labels {
        let Some(at) = places.of(&label) else { continue };
        let secret = diagnostic.code == codes::SECRET && kind == AnnotationKind::Primary;
        Line::of(&mut lines, &at, &label, kind, secret);
    }
    lines.sort_by_key(|line| line.number);
    let mut group = group;
    let first = lines.iter().position(|line| line.number == place.line).unwrap_or(0);
    // The place that the headline names is that of the first snippet, so the primary line comes first.
    lines.rotate_left(first);
    for (at, line) in lines.into_iter().enumerate() {
        let shown = veil::veiled(primary.file.path(), line.before, line.text, line.secret.clone());
        let (shown, marks) = visible(&shown, line.text, &line.marks);
        let mut snippet = Snippet::source(shown).line_start(line.number).fold(false);
        if at == 0 {
            snippet = snippet.path(primary.file.path().to_owned());
        }
        for (range, kind, note) in marks {
            snippet = snippet.annotation(if note.is_empty() { kind.span(range) } else { kind.span(range).label(plain(&note)) });
        }
        group = group.element(snippet);
    }
    group
}

/// One line of a file and what is to be marked in it.
struct Line<'a> {
    number: usize,
    text: &'a str,
    before: &'a str,
    marks: Vec<(std::ops::Range<usize>, AnnotationKind, String)>,
    secret: Option<std::ops::Range<usize>>,
}

impl<'a> Line<'a> {
    fn of(lines: &mut Vec<Line<'a>>, place: &Place<'a>, label: &Label, kind: AnnotationKind, secret: bool) {
        let from = (label.span.start as usize).saturating_sub(place.start).min(place.text.len());
        let to = (label.span.end as usize).saturating_sub(place.start).clamp(from, place.text.len());
        let range = super::place::boundary(place.text, from)..super::place::boundary(place.text, to);
        let at = lines.iter().position(|line| line.number == place.line).unwrap_or_else(|| {
            lines.push(Line { number: place.line, text: place.text, before: place.before, marks: Vec::new(), secret: None });
            lines.len() - 1
        });
        if secret {
            lines[at].secret = Some(range.clone());
        }
        lines[at].marks.push((range, kind, label.note.clone()));
    }
}

type Marks = Vec<(std::ops::Range<usize>, AnnotationKind, String)>;

/// The line with its control characters made visible, and the marks moved along with it.
fn visible(shown: &str, original: &str, marks: &Marks) -> (String, Marks) {
    // The veil changes letters one by one, so both lines have the same number of them.
    let mut text = String::with_capacity(shown.len());
    let mut moved = Vec::with_capacity(original.len() + 1);
    for (c, of) in shown.chars().zip(original.chars()) {
        for _ in 0..of.len_utf8() {
            moved.push(text.len());
        }
        match c {
            // The renderer makes tabs wide itself, and counts each as one character.
            '\t' => text.push(c),
            c if c.is_control() || is_direction(c) => text.push('\u{fffd}'),
            c => text.push(c),
        }
    }
    moved.push(text.len());
    let place = |at: usize| moved.get(at).copied().unwrap_or(text.len());
    let marks = marks.iter().map(|(range, kind, note)| (place(range.start)..place(range.end), *kind, note.clone())).collect();
    (text, marks)
}

/// Characters that turn the direction of a line, or take no room at all.
fn is_direction(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// A text of ours that may quote a file: no control character gets to the terminal.
fn plain(text: &str) -> String {
    text.chars()
        .map(|c| {
            if c == '\n' {
                c
            } else if c.is_control() || is_direction(c) {
                '\u{fffd}'
            } else {
                c
            }
        })
        .collect()
}

/// A message that quotes a very long value: of that the beginning and the end.
fn without_the_middle(message: &str) -> Cow<'_, str> {
    let cut = |quoted: &str| {
        let letters: Vec<usize> = quoted.char_indices().map(|(at, _)| at).collect();
        let (begin, end) = (*letters.get(50)?, *letters.get(letters.len().checked_sub(20)?)?);
        (letters.len() > 90).then(|| format!("{} … {}", quoted[..begin].trim_end(), quoted[end..].trim_start()))
    };
    // Every second part stands between quotes; a message may quote several things, each of them short.
    let parts = message.split('"').enumerate().map(|(at, part)| match cut(part).filter(|_| at % 2 == 1) {
        Some(short) => Cow::Owned(short),
        None => Cow::Borrowed(part),
    });
    Cow::Owned(parts.collect::<Vec<_>>().join("\""))
}

/// Broken into lines at words.
fn wrapped(text: &str, width: usize) -> String {
    let mut out = String::new();
    for (at, line) in text.lines().enumerate() {
        if at > 0 {
            out.push('\n');
        }
        let mut column = 0;
        for word in line.split(' ') {
            let length = word.chars().count();
            if column > 0 && column + 1 + length > width {
                out.push('\n');
                column = 0;
            } else if column > 0 {
                out.push(' ');
                column += 1;
            }
            out.push_str(word);
            column += length;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::FileId;

    struct One(&'static str);

    impl Sources for One {
        fn text(&self, _: &FileId) -> Option<&str> {
            Some(self.0)
        }
    }

    fn drawn(text: &'static str, find: &str, note: &str) -> String {
        let at = u32::try_from(text.find(find).unwrap()).unwrap();
        let length = u32::try_from(find.len()).unwrap();
        let file = FileId::new("content/events/story-time.md");
        let error = Diagnostic::error(codes::UNKNOWN_KEY, "an event has no key `strats`")
            .at_noted(&file, at..at + length, note)
            .help("write `starts`");
        draw(&Diagnostics::from_iter([error]), &One(text), 80, Colour::No)
    }

    #[test]
    fn an_error_shows_its_place_its_line_and_the_remedy() {
        insta::assert_snapshot!(drawn("---\ntitle: A\nstrats: 2026-12-03\n---\n", "strats", "did you mean `starts`?"), @"
        error[HB001]: an event has no key `strats`
          ╭▸ content/events/story-time.md:3:1
          │
        3 │ strats: 2026-12-03
          │ ━━━━━━ did you mean `starts`?
          │
          ╰ help: write `starts`

        1 error
        ");
    }

    #[test]
    fn columns_are_counted_in_characters_whatever_the_bytes() {
        let place = |text, find| drawn(text, find, "").lines().nth(1).unwrap().to_owned();
        assert!(place("\u{feff}strats: 1\r\n", "strats").ends_with("story-time.md:1:1"));
        assert!(place("é🙂図 strats: 1\r\n", "strats").ends_with("story-time.md:1:5"));
        assert!(place("a\r\nb\r\n\tstrats: 1", "strats").ends_with("story-time.md:3:2"));
    }

    #[test]
    fn no_control_character_gets_to_the_terminal() {
        let all = drawn("strats: \u{1b}[31m\u{202e}red\u{7}", "strats", "\u{1b}[2J");
        assert!(!all.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{all:?}");
    }

    #[test]
    fn of_a_file_with_very_many_faults_the_first_are_shown_and_the_rest_counted() {
        let text: String = "strats: 1\n".repeat(100_000);
        let file = FileId::new("content/events/story-time.md");
        let at = |line: u32| line * 10..line * 10 + 6;
        let errors = (0..99_000).map(|line| Diagnostic::warning(codes::UNKNOWN_KEY, "no").at(&file, at(line)));
        let bag = errors.chain([Diagnostic::error(codes::YAML, "the last").at(&file, at(99_999))]).collect::<Diagnostics>();
        let text: &'static str = text.leak();
        for all in [draw(&bag, &One(text), 80, Colour::No), crate::diagnostic::html::overlay(&bag, &One(text))] {
            assert!(all.contains("and 98951 more in content/events/story-time.md"), "{all}");
            assert!(all.contains("1 error, 99000 warnings") && all.contains("story-time.md:100000:1"), "{all}");
            assert_eq!(all.matches("story-time.md:").count(), 50);
        }
        let list = crate::diagnostic::json::list(&bag, &One(text));
        assert_eq!(list.as_array().unwrap().last().unwrap()["line"], 100_000);
    }

    #[test]
    fn a_secret_in_plain_sight_is_not_drawn() {
        let file = FileId::new("site.toml");
        let text = "[[channels]]\nword = \"correct horse battery\"\n";
        let at = u32::try_from(text.find('"').unwrap()).unwrap();
        let error = Diagnostic::error(codes::SECRET, "`word` stands here in plain sight").at(&file, at..at + 23);
        let bag = Diagnostics::from_iter([error]);
        for all in [
            draw(&bag, &One(text), 80, Colour::No),
            crate::diagnostic::html::overlay(&bag, &One(text)),
            crate::diagnostic::json::list(&bag, &One(text)).to_string(),
        ] {
            assert!(!all.contains("horse"), "{all}");
        }
    }
}
