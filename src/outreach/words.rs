//! What a post text (`announce/<wave>.txt`, a Tera template) may say: its variables, and the filter `relative`.

use std::collections::BTreeMap;

use serde::Serialize;
use tera::{Context, ErrorKind, Kwargs, State, Tera};

use crate::calendar::{self, Language, NaiveDate};
use crate::diagnostic::suggest::nearest;
use crate::diagnostic::{Diagnostic, Diagnostics, FileId, codes};
use crate::text::capital;

/// The variables of a post text. Every one is there always; what is not known prints as nothing and is false in a condition.
#[derive(Clone, Serialize, Debug)]
pub struct PostView {
    /// The title of the date.
    pub title: String,
    /// The date, for the filter: `{{ day | relative }}` is "today", "tomorrow", "on Thursday" or "on Thursday, December 3".
    pub day: String,
    /// "Thursday, December 3".
    pub date: String,
    /// "10:30–11:15 am".
    pub time: String,
    /// "Thursday, December 3, 10:30–11:15 am".
    pub when: String,
    /// "Children's Room, Main Library".
    pub place: Option<String>,
    /// How it repeats, "every Thursday"; none for an event with one date.
    pub repeats: Option<String>,
    /// The summary; the part that is shortened, and then left out, where a platform has too little room.
    pub summary: Option<String>,
    /// "Toddlers and families".
    pub audience: Option<String>,
    /// What it costs.
    pub cost: Option<String>,
    /// Who gives it.
    pub presenter: Option<String>,
    /// Does one sign up?
    pub register: bool,
    /// Can one take part from home?
    pub online: bool,
    /// Does it take place online only?
    pub online_only: bool,
    /// Said with the date, such as why it moved.
    pub note: Option<String>,
    /// The library's name.
    pub library: String,
}

impl PostView {
    /// The names of its variables.
    pub const NAMES: [&'static str; 16] = [
        "title",
        "day",
        "date",
        "time",
        "when",
        "place",
        "repeats",
        "summary",
        "audience",
        "cost",
        "presenter",
        "register",
        "online",
        "online_only",
        "note",
        "library",
    ];
}

/// The post texts of a site, ready to be filled in.
pub struct PostTexts {
    tera: Tera,
    files: BTreeMap<String, FileId>,
}

impl PostTexts {
    /// Compiles the sources of the post texts, each a wave's name with its file and text, and says what is wrong with them.
    pub fn new<'a>(sources: impl IntoIterator<Item = (&'a str, &'a FileId, &'a str)>) -> (PostTexts, Diagnostics) {
        let mut texts = PostTexts { tera: empty(), files: BTreeMap::new() };
        let mut wrong = Diagnostics::new();
        for (wave, file, text) in sources {
            match texts.tera.add_raw_template(&template(wave), text) {
                Ok(()) => {
                    wrong.extend(texts.unknown_words(wave, file, text));
                    texts.files.insert(wave.to_owned(), file.clone());
                }
                Err(error) => wrong.push(fault(file, text, &error)),
            }
        }
        (texts, wrong)
    }

    /// Names in a text that no post has: in a condition they would silently be false.
    fn unknown_words(&self, wave: &str, file: &FileId, text: &str) -> Vec<Diagnostic> {
        let used = self.tera.get_template_variables(&template(wave)).unwrap_or_default();
        let mut unknown: Vec<&str> = used.into_iter().filter(|name| !PostView::NAMES.contains(name)).collect();
        unknown.sort_unstable();
        let fault = |name: &str| {
            let start = word_at(text, name);
            let span = u32::try_from(start).unwrap_or(0)..u32::try_from(start + name.len()).unwrap_or(0);
            let help = match nearest(name, PostView::NAMES) {
                Some(known) => format!("did you mean `{known}`?"),
                None => format!("the words there are: {}", PostView::NAMES.join(", ")),
            };
            Diagnostic::error(codes::POST_TEXT, format!("a post text knows no `{name}`")).at(file, span).help(help)
        };
        unknown.into_iter().map(fault).collect()
    }

    /// The file of a wave's text.
    pub fn file(&self, wave: &str) -> Option<&FileId> {
        self.files.get(wave)
    }

    /// A wave's text filled in, for a post that goes out on the local date `on`. None when the wave has no text.
    pub fn fill(&self, wave: &str, view: &PostView, on: NaiveDate) -> Option<Result<String, Diagnostic>> {
        let file = self.files.get(wave)?;
        let mut context = Context::new();
        context.insert(ON, &on.to_string());
        let filled = Context::from_serialize(view).and_then(|facts| {
            context.extend(facts);
            self.tera.render(&template(wave), &context)
        });
        Some(filled.map(|text| tidy(&text)).map_err(|error| fault(file, "", &error)))
    }
}

/// The language that posts speak.
pub(super) const LANGUAGE: Language = Language::English;

/// The local date on which a post goes out, as the filter `relative` finds it. Not for texts themselves.
const ON: &str = "__on";

fn empty() -> Tera {
    let mut tera = Tera::default();
    tera.autoescape_on(Vec::<&str>::new());
    tera.register_filter("relative", relative);
    tera.register_filter("capital", |text: &str, _: Kwargs, _: &State<'_>| capital(text));
    tera
}

fn template(wave: &str) -> String {
    format!("{wave}.txt")
}

fn relative(day: &str, _: Kwargs, state: &State<'_>) -> tera::TeraResult<String> {
    let parse =
        |text: &str| calendar::iso_date(text).ok_or_else(|| tera::Error::message("`relative` wants `day`, as in {{ day | relative }}"));
    let on = state.get::<String>(ON)?.unwrap_or_default();
    Ok(LANGUAGE.relative(parse(day)?, parse(&on)?))
}

/// Where a name stands in a text as a word of its own.
fn word_at(text: &str, name: &str) -> usize {
    let inside = |c: char| c.is_alphanumeric() || c == '_';
    let whole = |at: &usize| !text[..*at].ends_with(inside) && !text[at + name.len()..].starts_with(inside);
    text.match_indices(name).map(|(at, _)| at).find(whole).unwrap_or(0)
}

/// Lines without spaces at their ends, at most one empty line between two, none before and after.
fn tidy(text: &str) -> String {
    let mut lines: Vec<&str> = Vec::new();
    for line in text.lines().map(str::trim) {
        if !(line.is_empty() && lines.last().is_none_or(|last| last.is_empty())) {
            lines.push(line);
        }
    }
    lines.join("\n").trim_end().to_owned()
}

fn fault(file: &FileId, text: &str, error: &tera::Error) -> Diagnostic {
    let (message, span) = match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => (report.message().to_owned(), report.span().range.clone()),
        _ => (error.to_string(), 0..0),
    };
    let place = |at: usize| u32::try_from(at.min(if text.is_empty() { usize::MAX } else { text.len() })).unwrap_or(0);
    Diagnostic::error(codes::POST_TEXT, format!("this post text can't be filled in: {message}"))
        .at(file, place(span.start)..place(span.end))
        .help("the words in {{ }} are listed in docs/announce.md; a text with none of them works too")
}
