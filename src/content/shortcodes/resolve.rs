//! What a shortcode means: its arguments checked, the files, branches and programs that they name looked up.

use std::collections::BTreeMap;
use std::sync::Arc;

use pulldown_cmark::Options;

use super::scan::{self, Argument, Tag};
use super::{COLUMN, Does, END, Form, SHORTCODES, Shape, Spot, all_names, by_other_name, form};
use crate::content::entry::find_picture;
use crate::content::front_matter::span;
use crate::content::links::{Leads, LinkReader};
use crate::content::references::Directory;
use crate::diagnostic::suggest::nearest;
use crate::diagnostic::{Problem, Span, codes};
use crate::library::{Alt, CalloutLevel, DataTable, Image, MapTo, Shortcode, Slug};
use crate::settings::Written;
use crate::settings::key::Takes;

/// How many slips in the shortcodes of one text are told.
const MOST_TOLD: usize = 50;
/// How many shortcodes may stand around one another.
const DEEPEST: usize = 4;
/// How many dates a list shows that does not say.
const COUNT: u16 = 5;

/// Reads every shortcode of a body that begins at byte `offset` of its file.
pub(in crate::content) fn read(source: &str, offset: usize, options: Options, known: Known<'_>, links: &mut LinkReader<'_>) -> Vec<Spot> {
    if !scan::may_hold_any(source) {
        return Vec::new();
    }
    let mut problems = Vec::new();
    let tags = scan::find(source, options, &mut problems);
    let Known { directory, tables } = known;
    let mut reader = Reader { offset, directory, tables, links, problems, open: Vec::new(), told: 0 };
    let spots = tags.iter().map(|tag| reader.spot(tag)).collect();
    for Open { form, range, .. } in std::mem::take(&mut reader.open) {
        reader.problems.push(
            Problem::new(codes::SHORTCODE_END, range, format!("`{}` stands around something, and nothing ends it", form.name))
                .help("write `{{ end }}` on a line of its own, below the last line that belongs to it"),
        );
    }
    reader.tell();
    spots
}

/// What shortcodes may name, besides files.
#[derive(Clone, Copy)]
pub(in crate::content) struct Known<'a> {
    pub(in crate::content) directory: &'a Directory,
    pub(in crate::content) tables: &'a BTreeMap<String, Arc<DataTable>>,
}

pub(super) struct Reader<'a, 'w> {
    offset: usize,
    directory: &'a Directory,
    pub(super) tables: &'a BTreeMap<String, Arc<DataTable>>,
    pub(super) links: &'a mut LinkReader<'w>,
    problems: Vec<Problem>,
    /// What stands around something and has not ended yet.
    open: Vec<Open>,
    told: usize,
}

/// A shortcode that stands around something.
struct Open {
    form: &'static Form,
    range: std::ops::Range<usize>,
    /// Is it one that is shown, or was something said of it?
    sound: bool,
}

impl Reader<'_, '_> {
    /// Says what is wrong so far.
    fn tell(&mut self) {
        for problem in std::mem::take(&mut self.problems) {
            if self.told < MOST_TOLD {
                let offset = u32::try_from(self.offset).unwrap_or(u32::MAX);
                self.links.wrong.push(problem.into_error(self.links.file, offset));
            }
            self.told += 1;
        }
    }

    pub(super) fn wrong(&mut self, problem: Problem) {
        self.problems.push(problem);
    }

    fn span(&self, range: &std::ops::Range<usize>) -> Span {
        span(&(self.offset + range.start..self.offset + range.end))
    }

    fn spot(&mut self, tag: &Tag) -> Spot {
        let (range, alone) = (tag.range.clone(), tag.alone);
        let Some((name, name_at)) = tag.name.clone() else { return Spot { range, between: alone, does: Vec::new() } };
        let (shape, does) = match (name.as_str(), form(&name)) {
            (END, _) => (Shape::Around, self.end(tag)),
            (COLUMN, _) => (Shape::Around, self.next_column(tag)),
            (_, Some(form)) => (form.shape, self.shortcode(form, tag)),
            (_, None) => {
                if let Some(form) = meant(&name).and_then(form).filter(|form| form.shape == Shape::Around) {
                    self.open.push(Open { form, range: range.clone(), sound: false });
                }
                self.wrong(unknown(&name, name_at));
                return Spot { range, between: alone, does: Vec::new() };
            }
        };
        if shape != Shape::InLine && !alone {
            self.wrong(
                Problem::new(codes::SHORTCODE_PLACE, range.clone(), format!("`{name}` needs a line of its own"))
                    .help("write it on a line of its own, without other words before or behind it"),
            );
            return Spot { range, between: false, does: Vec::new() };
        }
        Spot { range, between: shape != Shape::InLine, does }
    }

    fn end(&mut self, tag: &Tag) -> Vec<Does> {
        match self.open.pop() {
            Some(open) if !open.sound => Vec::new(),
            Some(open) if open.form.name == "columns" => vec![Does::Close, Does::Close],
            Some(_) => vec![Does::Close],
            None => {
                self.wrong(
                    Problem::new(codes::SHORTCODE_END, tag.range.clone(), "`{{ end }}` ends nothing: no shortcode above is still open")
                        .help("take it out; only `callout` and `columns` have an end"),
                );
                Vec::new()
            }
        }
    }

    fn next_column(&mut self, tag: &Tag) -> Vec<Does> {
        if let Some(open) = self.open.last().filter(|open| open.form.name == "columns") {
            return if open.sound { vec![Does::Close, Does::Open(Shortcode::Column)] } else { Vec::new() };
        }
        self.wrong(
            Problem::new(codes::SHORTCODE_END, tag.range.clone(), "`{{ column }}` begins the next of several columns, and here are none")
                .help("write `{{ columns }}` above the first of them, and `{{ end }}` below the last"),
        );
        Vec::new()
    }

    fn shortcode(&mut self, form: &'static Form, tag: &Tag) -> Vec<Does> {
        if form.shape == Shape::Around {
            let shallow = self.open.len() < DEEPEST;
            if !shallow {
                self.wrong(
                    Problem::new(
                        codes::SHORTCODE_END,
                        tag.range.clone(),
                        format!("more than {DEEPEST} shortcodes stand around one another"),
                    )
                    .help("write them one below the other; perhaps an `{{ end }}` above is missing"),
                );
            }
            self.open.push(Open { form, range: tag.range.clone(), sound: tag.alone && shallow });
            if !shallow {
                return Vec::new();
            }
        }
        let before = self.problems.len();
        self.check(form, tag);
        let sound = self.problems.len() == before;
        let given = Given(&tag.arguments);
        let does = match form.name {
            "figure" => self.figure(&given).map(Does::Show),
            "button" => self.button(&given),
            "video" => self.video(&given).map(Does::Show),
            "map" => self.map(&given, tag).map(Does::Show),
            "events" => self.events(&given).map(Does::Show),
            "table" => self.table(&given).map(Does::Show),
            "staff" => self.staff(&given, tag).map(Does::Show),
            "hours" => self.branch_or_only(&given, tag).map(|branch| Does::Show(Shortcode::Hours { branch })),
            "callout" => {
                let level = given.get("level").and_then(|level| CalloutLevel::WRITTEN.iter().find(|(name, _)| *name == level.value));
                let level = level.map_or(CalloutLevel::Note, |(_, level)| *level);
                return vec![Does::Open(Shortcode::Callout { level, title: given.words("title") })];
            }
            _ => return vec![Does::Open(Shortcode::Columns), Does::Open(Shortcode::Column)],
        };
        does.filter(|_| sound).into_iter().collect()
    }

    /// Every argument is known, every needed one is there, each is of its kind.
    fn check(&mut self, form: &'static Form, tag: &Tag) {
        for argument in &tag.arguments {
            let Some(known) = form.arguments.iter().find(|known| known.name == argument.name) else {
                self.wrong(unknown_argument(form, argument));
                continue;
            };
            if argument.value.is_empty() {
                self.wrong(
                    Problem::new(codes::SHORTCODE_VALUE, argument.name_at.clone(), format!("`{}` says nothing", argument.name))
                        .help(format!("write `{}=\"{}\"`, or take it out", known.name, known.example)),
                );
                continue;
            }
            match known.takes {
                Takes::Number(least, most) if !argument.value.parse().is_ok_and(|number: i64| (least..=most).contains(&number)) => self
                    .wrong(
                        Problem::new(
                            codes::SHORTCODE_VALUE,
                            argument.value_at.clone(),
                            format!("`{}` is a number from {least} to {most}, and \"{}\" is none", known.name, argument.value),
                        )
                        .help(format!("write, for instance, `{}=\"{}\"`", known.name, known.example)),
                    ),
                Takes::OneOf(words) if !words.contains(&argument.value.as_str()) => {
                    let meant = nearest(&argument.value, words.iter().copied());
                    let help = match meant {
                        Some(meant) => format!("did you mean `{}=\"{meant}\"`?", known.name),
                        None => format!("write one of {}", words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")),
                    };
                    self.wrong(
                        Problem::new(
                            codes::SHORTCODE_VALUE,
                            argument.value_at.clone(),
                            format!("`{}` cannot be \"{}\"", known.name, argument.value),
                        )
                        .help(help),
                    );
                }
                _ => {}
            }
        }
        for known in form.arguments.iter().filter(|known| known.needed) {
            let first = form.arguments.first().map_or("", |first| first.name);
            let stands =
                |name: &str| tag.arguments.iter().any(|argument| argument.name == name || usual_name(form, &argument.name) == Some(name));
            // A value without a name, which has been said, is the first argument, or this one where that one stands.
            let perhaps_given = tag.unnamed && (first == known.name || stands(first));
            if perhaps_given || stands(known.name) {
                continue;
            }
            let problem = if known.name == "alt" {
                Problem::new(codes::ALT_TEXT, tag.range.clone(), "the picture has no words for those who cannot see it")
                    .help("add `alt=\"…\"` and say in a sentence what it shows; `alt=\"decorative\"` if it shows nothing that the words do not say")
            } else {
                Problem::new(codes::SHORTCODE_MISSING, tag.range.clone(), format!("`{}` lacks `{}`, {}", form.name, known.name, known.doc))
                    .help(format!("add `{}=\"{}\"`", known.name, known.example))
            };
            self.wrong(problem);
        }
    }

    /// The picture named by this argument.
    fn picture(&mut self, written: Option<&Argument>, alt: Alt) -> Option<Image> {
        let written = written?;
        let place = self.span(&written.value_at);
        match find_picture(self.links.file, &written.value, self.links.world.files) {
            Ok((file, width, height)) => {
                let hash = self.links.world.files.get(&file)?.hash;
                Some(Image { file, hash, alt, width, height })
            }
            Err(wrong) => {
                self.links.wrong.push(wrong.into_error(self.links.file, place));
                None
            }
        }
    }

    fn figure(&mut self, given: &Given<'_>) -> Option<Shortcode> {
        let alt = given.words("alt").map(|alt| if alt == "decorative" { Alt::Decorative } else { Alt::Words(alt) });
        let picture = self.picture(given.get("src"), alt.clone().unwrap_or(Alt::Decorative))?;
        alt.map(|_| Shortcode::Figure { picture, caption: given.words("caption") })
    }

    fn button(&mut self, given: &Given<'_>) -> Option<Does> {
        let to = given.get("to").filter(|to| !to.value.is_empty())?;
        let place = self.span(&to.value_at);
        let before = self.links.wrong.has_errors();
        match (self.links.follow(&to.value, &place), given.words("label")?) {
            (Leads::To(href), label) => Some(Does::Show(Shortcode::Button { href, label })),
            // Of what is held back, the words stay.
            (Leads::Nowhere, label) => (before == self.links.wrong.has_errors()).then_some(Does::Say(label)),
        }
    }

    fn video(&mut self, given: &Given<'_>) -> Option<Shortcode> {
        let picture = given.get("picture");
        let still = self.picture(picture, Alt::Decorative);
        let url = given.get("url").filter(|url| !url.value.is_empty())?;
        let lower = url.value.to_ascii_lowercase();
        if !(lower.starts_with("https://") || lower.starts_with("http://")) {
            let bare = lower.starts_with("www.") || lower.starts_with("youtu");
            let help = if bare { format!("write `url=\"https://{}\"`", url.value) } else { "copy the address from the browser".to_owned() };
            self.wrong(
                Problem::new(
                    codes::SHORTCODE_VALUE,
                    url.value_at.clone(),
                    format!("\"{}\" is not the whole address of a video", url.value),
                )
                .help(help),
            );
            return None;
        }
        let place = self.span(&url.value_at);
        let Leads::To(href) = self.links.follow(&url.value, &place) else { return None };
        (picture.is_some() == still.is_some()).then_some(())?;
        Some(Shortcode::Video { href, title: given.words("title")?, picture: still })
    }

    fn map(&mut self, given: &Given<'_>, tag: &Tag) -> Option<Shortcode> {
        if let (Some(_), Some(address)) = (given.get("branch"), given.get("address")) {
            self.wrong(
                Problem::new(codes::SHORTCODE_VALUE, address.name_at.clone(), "a map shows a branch or an address, and here are both")
                    .help("take one of the two out"),
            );
            return None;
        }
        let label = given.words("label");
        if let Some(address) = given.words("address") {
            return Some(Shortcode::Map { to: MapTo::Address(address), label });
        }
        let branch = self.branch_or_only(given, tag)?;
        Some(Shortcode::Map { to: MapTo::Branch(branch), label })
    }

    fn events(&mut self, given: &Given<'_>) -> Option<Shortcode> {
        let program = self.named(given.get("program"), Directory::program_shown);
        let branch = self.named(given.get("branch"), Directory::branch_shown);
        let audience = self.audience(given.get("audience"));
        let number = |name: &str| given.get(name).and_then(|argument| argument.value.parse::<u16>().ok());
        Some(Shortcode::Events {
            program: program?,
            audience: audience?,
            branch: branch?,
            count: number("count").unwrap_or(COUNT),
            days: number("days"),
        })
    }

    /// Nothing is wrong and nothing named, or what is named and found.
    #[allow(clippy::option_option, reason = "not named is not the same as not found")]
    fn named(
        &mut self,
        argument: Option<&Argument>,
        find: impl Fn(&Directory, &crate::diagnostic::FileId, &Written<String>, &mut crate::diagnostic::Diagnostics) -> Option<Slug>,
    ) -> Option<Option<Slug>> {
        let Some(argument) = argument else { return Some(None) };
        let written = Written { value: argument.value.clone(), span: self.span(&argument.value_at) };
        find(self.directory, self.links.file, &written, &mut self.links.wrong).map(Some)
    }

    #[allow(clippy::option_option, reason = "not named is not the same as not found")]
    fn audience(&mut self, argument: Option<&Argument>) -> Option<Option<Slug>> {
        let Some(argument) = argument else { return Some(None) };
        let known = &self.links.world.settings.audiences.0;
        let lower = argument.value.to_lowercase();
        if let Some((slug, _)) = known.iter().find(|(slug, label)| slug.as_str() == lower || label.to_lowercase() == lower) {
            return Some(Some(slug.clone()));
        }
        let help = match nearest(&argument.value, known.iter().map(|(slug, _)| slug.as_str())) {
            Some(meant) => format!("did you mean `audience=\"{meant}\"`?"),
            None => format!(
                "the audiences are {}; others are added in site.toml, under `[audiences]`",
                known.iter().map(|(slug, _)| slug.as_str()).collect::<Vec<_>>().join(", ")
            ),
        };
        self.wrong(
            Problem::new(codes::UNKNOWN_TERM, argument.value_at.clone(), format!("there is no audience \"{}\"", argument.value)).help(help),
        );
        None
    }

    fn branch_or_only(&mut self, given: &Given<'_>, tag: &Tag) -> Option<Slug> {
        let named = self.named(given.get("branch"), Directory::branch_shown)?;
        if named.is_some() {
            return named;
        }
        match self.directory.shown_branches() {
            [only] => Some(only.clone()),
            several => {
                let each: Vec<String> = several.iter().map(|slug| format!("`branch=\"{slug}\"`")).collect();
                let help = if each.is_empty() {
                    "write a file for it in `content/branches/`".to_owned()
                } else {
                    format!("add {}", either(&each))
                };
                let said = if each.is_empty() {
                    "the site has no branch that this could be about"
                } else {
                    "this does not say which branch it is about"
                };
                self.wrong(Problem::new(codes::SHORTCODE_MISSING, tag.range.clone(), said).help(help));
                None
            }
        }
    }
}

/// The arguments of one shortcode.
pub(super) struct Given<'a>(&'a [Argument]);

impl<'a> Given<'a> {
    pub(super) fn get(&self, name: &str) -> Option<&'a Argument> {
        self.0.iter().find(|argument| argument.name == name)
    }

    pub(super) fn words(&self, name: &str) -> Option<String> {
        self.get(name).map(|argument| argument.value.clone()).filter(|value| !value.is_empty())
    }
}

/// The shortcode that was most likely meant.
fn meant(name: &str) -> Option<&'static str> {
    by_other_name(name).or_else(|| nearest(name, SHORTCODES.iter().map(|form| form.name).chain([END, COLUMN])))
}

fn unknown(name: &str, at: std::ops::Range<usize>) -> Problem {
    let problem = Problem::new(codes::SHORTCODE_UNKNOWN, at, format!("there is no shortcode `{name}`"));
    match meant(name) {
        Some("callout") if matches!(name, "note" | "tip" | "warning") => {
            problem.help(format!("write `{{{{ callout level=\"{name}\" }}}}`, and `{{{{ end }}}}` below it"))
        }
        Some(meant) => problem.help(format!("did you mean `{meant}`?")),
        None => {
            problem.help(format!("the shortcodes are {}; two brackets that are meant as they are get a backslash: `\\{{{{`", all_names()))
        }
    }
}

/// What hasty hands call an argument, and its names.
const USUAL: &[(&[&str], &[&str])] = &[
    (&["href", "link", "url", "src", "to", "path", "file"], &["to", "url", "src"]),
    (&["text", "title", "label", "name", "words"], &["label", "title"]),
    (&["type", "kind", "class"], &["level"]),
    (&["limit", "max", "number", "n", "amount"], &["count"]),
    (&["series"], &["program"]),
    (&["location", "library", "place"], &["branch"]),
    (&["thumbnail", "poster", "image", "still"], &["picture"]),
];

/// The argument of a shortcode that is meant by another name.
fn usual_name(form: &Form, name: &str) -> Option<&'static str> {
    if form.arguments.iter().any(|known| known.name == name) {
        return None;
    }
    let lower = name.to_lowercase();
    let meant = USUAL.iter().filter(|(said, _)| said.contains(&lower.as_str())).flat_map(|(_, meant)| *meant).copied();
    meant
        .into_iter()
        .find(|meant| form.arguments.iter().any(|known| known.name == *meant))
        .or_else(|| nearest(name, form.arguments.iter().map(|known| known.name)))
}

fn unknown_argument(form: &Form, argument: &Argument) -> Problem {
    let name = &argument.name;
    let problem = Problem::new(codes::SHORTCODE_ARGUMENT, argument.name_at.clone(), format!("`{}` has no `{name}`", form.name));
    match usual_name(form, name) {
        Some(meant) => problem.help(format!("did you mean `{meant}`?")),
        None if form.arguments.is_empty() => problem.help(format!("write `{{{{ {} }}}}`, and nothing more", form.name)),
        None => {
            let names: Vec<String> = form.arguments.iter().map(|known| format!("`{}`", known.name)).collect();
            problem.help(format!("it takes {}", names.join(", ")))
        }
    }
}

/// "a or b", "a, b or c".
fn either(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} or {last}", most.join(", ")),
    }
}
