//! What every content file has, read once for all kinds: title, address, summary, picture, and whether it is shown yet.

use crate::calendar::{NaiveDateTime, Now, midnight, plus_days};
use crate::content::addresses::{self, Resolved};
use crate::content::fields::{Fields, Precision, day_or_moment};
use crate::content::front_matter::FrontMatter;
use crate::content::key_slips::Meant;
use crate::content::kinds::Kind;
use crate::content::language;
use crate::content::records::PagesFrom;
use crate::content::silences;
use crate::content::terms;
use crate::content::{Drafts, gaps::Gap};
use crate::diagnostic::{Diagnostic, Diagnostics, FileId, Problem, Silence, Span, codes};
use crate::library::{Alt, Banner, Body, Branch, Entry, Event, Held, Image, News, Page, PagePath, Program, Slug};
use crate::settings::{Settings, Written};
use crate::source::{FileKind, Files};
use crate::text::slugify;

/// What a reader of one file knows of the rest of the world.
#[derive(Clone, Copy)]
pub(super) struct World<'a> {
    pub(super) files: &'a Files,
    pub(super) settings: &'a Settings,
    pub(super) drafts: Drafts,
    pub(super) now: Now,
    pub(super) gaps: &'a [Gap],
}

/// One content file after the first pass: its own words are read, what it says of other files is still to be looked up.
pub(super) struct Parsed {
    pub(super) kind: &'static Kind,
    pub(super) thing: Thing,
    pub(super) held: Option<Held>,
    /// The times of day at which the file begins or ceases to be shown.
    pub(super) moments: Vec<NaiveDateTime>,
    pub(super) names: Names,
    pub(super) links: Links,
    pub(super) silences: Vec<Silence>,
    /// The Markdown, in bytes of the file.
    pub(super) body: std::ops::Range<usize>,
}

/// How a file and its addresses were named, for errors about them.
pub(super) struct Names {
    pub(super) id: Slug,
    /// Where the id is written; none when it is the file's name.
    pub(super) id_span: Option<Span>,
    /// Where the address comes from: `slug`, else the first line.
    pub(super) address_span: Span,
    pub(super) aliases: Vec<Written<PagePath>>,
}

/// The names of other things in a file.
#[derive(Default)]
pub(super) struct Links {
    pub(super) branch: Option<Written<String>>,
    pub(super) program: Option<Written<String>>,
    pub(super) room: Option<Written<String>>,
    /// The branches that a banner is about.
    pub(super) branches: Vec<Written<String>>,
    pub(super) changes: Vec<ChangeLinks>,
    /// The table that pages are made from.
    pub(super) pages_from: Option<PagesFrom>,
    /// Where the order of the pages below is written.
    pub(super) sort: Option<Span>,
    /// Is there a place, even one that cannot be read?
    pub(super) place_named: bool,
    /// Is there an address of a meeting or stream, even one that cannot be read?
    pub(super) online_named: bool,
    /// Where a place could be missed: the first line.
    pub(super) fence: Span,
}

/// The names of other things in one change.
pub(super) struct ChangeLinks {
    pub(super) on: (crate::calendar::NaiveDate, u16),
    pub(super) branch: Option<Written<String>>,
    pub(super) room: Option<Written<String>>,
}

/// What a file turned out to be.
pub(super) enum Thing {
    Event(Box<Event>),
    Program(Program),
    /// With its `order`.
    Branch(Box<Branch>, i64),
    News(News),
    Banner(Box<Banner>),
    Page(Page),
    /// Something that it needs is missing, which has been said.
    Broken(Entry),
}

impl Thing {
    pub(super) fn entry(&self) -> &Entry {
        match self {
            Thing::Event(event) => &event.entry,
            Thing::Program(program) => &program.entry,
            Thing::Branch(branch, _) => &branch.entry,
            Thing::News(news) => &news.entry,
            Thing::Banner(banner) => &banner.entry,
            Thing::Page(page) => &page.entry,
            Thing::Broken(entry) => entry,
        }
    }

    /// The words of lists that it carries: the list (`audience`, `topics`, a taxonomy's name) and the word.
    pub(super) fn carried(&self) -> impl Iterator<Item = (&str, &Slug)> {
        let (audience, topics): (&[Slug], &[Slug]) = match self {
            Thing::Event(event) => (&event.audience, &event.topics),
            Thing::Program(program) => (&program.audience, &program.topics),
            Thing::News(news) => (&news.audience, &news.topics),
            Thing::Page(page) => (&page.audience, &page.topics),
            Thing::Branch(..) | Thing::Banner(_) | Thing::Broken(_) => (&[], &[]),
        };
        self.entry().carried(audience, topics)
    }

    pub(super) fn entry_mut(&mut self) -> &mut Entry {
        match self {
            Thing::Event(event) => &mut event.entry,
            Thing::Program(program) => &mut program.entry,
            Thing::Branch(branch, _) => &mut branch.entry,
            Thing::News(news) => &mut news.entry,
            Thing::Banner(banner) => &mut banner.entry,
            Thing::Page(page) => &mut page.entry,
            Thing::Broken(entry) => entry,
        }
    }

    fn into_entry(self) -> Entry {
        match self {
            Thing::Event(event) => event.entry,
            Thing::Program(program) => program.entry,
            Thing::Branch(branch, _) => branch.entry,
            Thing::News(news) => news.entry,
            Thing::Banner(banner) => banner.entry,
            Thing::Page(page) => page.entry,
            Thing::Broken(entry) => entry,
        }
    }
}

/// Reads one file, as far as it can be read alone.
pub(super) fn read(file: &FileId, text: &str, kind: &'static Kind, world: World<'_>, wrong: &mut Diagnostics) -> Option<Parsed> {
    let mut front = crate::content::front_matter::split(file, text, wrong);
    refuse_misplaced(file, kind, &mut front, wrong);
    let (fence, body, lost) = (front.fence.clone(), front.body.clone(), front.lost);
    let mut fields = Fields::new(file, kind.article, kind.keys, front, wrong);
    let title = if lost { None } else { fields.required("title", "Toddler Story Time") };
    let (stem, folders) = addresses::stem_and_folders(file);
    let slug = if kind.has_page { fields.slug("slug") } else { None };
    let address_span = slug.as_ref().map_or_else(|| fence.clone(), |slug| slug.span.clone());
    let Some(own_name) = slugify(stem) else {
        fields.report(
            Diagnostic::error(codes::FILE_NAME, "the file's name holds no letter that an address can be made of")
                .at(file, fence.clone())
                .help("rename the file with small letters, digits and hyphens: `story-time.md`"),
        );
        return None;
    };
    let slug = slug.map_or_else(|| own_name.clone(), |slug| slug.value);
    let path = addresses::path_of(kind, file, &folders, stem, &slug);
    let id = if fields.knows("id") { fields.slug("id") } else { None };
    let aliases = if kind.has_page { fields.texts("aliases") } else { Vec::new() };
    let aliases: Vec<Written<PagePath>> =
        aliases.into_iter().filter_map(|alias| fields.parse(&alias, |written| addresses::alias(written, &path))).collect();
    let summary = if kind.has_page { words(&mut fields, "summary") } else { None };
    let description = if kind.has_page { words(&mut fields, "description") } else { None };
    let image = if kind.has_page { read_image(&mut fields, world.files) } else { None };
    let featured = fields.knows("featured") && fields.yes("featured");
    let language = fields.knows("language").then(|| fields.parsed("language", language::tag)).flatten();
    let language = language.map(|language| language.value).filter(|language| *language != world.settings.site.language);
    let terms = terms::read(&mut fields, &world.settings.taxonomies);
    let Shown { held, gone_at, moments } = hold(&mut fields, title.as_ref().map_or("", |title| title.value.as_str()), world);
    let silences = silences::read(&mut fields);
    let entry = Entry {
        file: file.clone(),
        slug,
        path,
        aliases: aliases.iter().map(|alias| alias.value.clone()).collect(),
        title: title.as_ref().map(|title| title.value.clone()).unwrap_or_default(),
        summary,
        description,
        image,
        featured,
        gone_at,
        language,
        terms,
        behind: false,
        body: Body::default(),
    };
    let mut links = Links { fence: fence.clone(), ..Links::default() };
    let thing = if lost { Thing::Broken(entry) } else { (kind.read)(&mut fields, entry, world, &mut links) };
    let thing = if title.is_none() { Thing::Broken(thing.into_entry()) } else { thing };
    fields.refuse_the_rest();
    let names = Names { id_span: id.as_ref().map(|id| id.span.clone()), id: id.map_or(own_name, |id| id.value), address_span, aliases };
    Some(Parsed { kind, thing, held, moments, names, links, silences, body })
}

/// An event outside `content/events/` is said once, and not by each of its keys.
fn refuse_misplaced(file: &FileId, kind: &Kind, front: &mut FrontMatter, wrong: &mut Diagnostics) {
    let here = |name: &str| front.entries.iter().find(|(key, _)| key.name == name).map(|(key, _)| key.span.clone());
    // A banner has times too, under other names, which its own keys say.
    let elsewhere = !matches!(kind.name, "event" | "banner");
    let Some(span) = here("starts").or_else(|| here("repeats")).filter(|_| elsewhere) else { return };
    wrong.push(
        Diagnostic::error(codes::MISPLACED, format!("this looks like an event, but it is read as {}", kind.article))
            .at(file, span)
            .help("put the file in `content/events/`, written so in small letters; or take the line out"),
    );
    // What is no key of an event either is wrong in whichever folder.
    let known = |name: &str, keys| Meant::by(name, keys).is_some_and(|meant| meant.key().is_some());
    front.entries.retain(|(key, _)| !known(&key.name, kind.keys) && !known(&key.name, crate::content::event::KEYS));
    front.lost = true;
}

fn read_image(fields: &mut Fields<'_>, files: &Files) -> Option<Image> {
    let had_image = fields.has("image");
    let image = fields.text("image");
    let had_alt = fields.has("image_alt");
    let alt = fields.text("image_alt");
    if !had_image && let Some(alt) = &alt {
        fields.report(
            Diagnostic::error(codes::ALT_TEXT, "`image_alt` says what a picture shows, but there is no `image`")
                .at(fields.file, alt.span.clone())
                .help("add `image: …`, or take the line out"),
        );
    }
    if let Some(alt) = alt.as_ref().filter(|alt| !alt.value.contains(' ') && addresses::is_picture(&FileId::new(alt.value.clone()))) {
        fields.report(
            Diagnostic::warning(codes::ALT_TEXT, "`image_alt` is the name of a file, which tells nobody what the picture shows")
                .at(fields.file, alt.span.clone())
                .help("say in a sentence what the picture shows; or write `decorative`"),
        );
    }
    let image = image?;
    if !had_alt {
        fields.report(
            Diagnostic::error(codes::ALT_TEXT, "the picture has no words for those who cannot see it")
                .at(fields.file, image.span.clone())
                .help("add `image_alt: …` and say in a sentence what the picture shows; `image_alt: decorative` if it shows nothing that the words do not say"),
        );
    }
    let picture = match find_picture(fields.file, &image.value, files) {
        Ok(picture) => Some(picture),
        Err(wrong) => {
            fields.report(wrong.into_error(fields.file, image.span));
            None
        }
    };
    let (file, width, height) = picture?;
    let hash = files.get(&file)?.hash;
    let alt = alt?.value;
    Some(Image { file, hash, alt: if alt == "decorative" { Alt::Decorative } else { Alt::Words(alt) }, width, height })
}

/// Why a picture cannot be used.
pub(super) struct NoPicture {
    said: String,
    note: String,
    help: String,
}

impl NoPicture {
    /// As an error at the place that names it.
    pub(super) fn into_error(self, file: &FileId, span: Span) -> Diagnostic {
        Diagnostic::error(codes::PICTURE, self.said).at_noted(file, span, self.note).help(self.help)
    }
}

/// The picture that a file means by this path: its file and its size in pixels.
pub(super) fn find_picture(from: &FileId, written: &str, files: &Files) -> Result<(FileId, u32, u32), NoPicture> {
    let no = |said: String, help: &str| NoPicture { said, note: String::new(), help: help.to_owned() };
    if written.contains("://") || written.starts_with("//") || written.starts_with("data:") {
        return Err(no(
            "pictures from other hosts are not shown: the site asks nothing of anybody else".to_owned(),
            "save the picture beside this file, if you may, and write its name",
        ));
    }
    let wanted = match addresses::resolve(from, written) {
        Resolved::File(wanted) => wanted,
        Resolved::Outside => {
            return Err(no(format!("\"{written}\" leads out of `content/`"), "put the picture beside this file and write its name"));
        }
    };
    let Some(found) = files.get(&wanted) else {
        let meant = addresses::nearest_file(&wanted, files, addresses::is_picture);
        return Err(NoPicture {
            said: format!("there is no picture `{}`", wanted.path()),
            note: meant.as_ref().map(|meant| format!("did you mean \"{}\"?", addresses::relative(from, meant))).unwrap_or_default(),
            help: "put the picture beside this file and write its name; capitals count".to_owned(),
        });
    };
    match &found.kind {
        FileKind::Picture { width, height, .. } => Ok((wanted, *width, *height)),
        FileKind::Text(svg) if addresses::extension(wanted.path()) == "svg" => {
            let (width, height) = crate::content::svg::size(svg);
            Ok((wanted, width, height))
        }
        FileKind::Broken(why) => {
            let large = why.contains("megapixels");
            let help =
                if large { "save it smaller: 4,000 pixels on its longer side are plenty" } else { "save the picture anew as JPEG or PNG" };
            Err(no(format!("`{}` can't be used: {why}", wanted.path()), help))
        }
        FileKind::Text(_) | FileKind::Other => {
            Err(no(format!("`{}` is not a picture", wanted.path()), "pictures are JPEG, PNG, WebP, GIF or SVG files"))
        }
    }
}

/// Whether a file is shown, and when that changes.
struct Shown {
    /// Why it is held back, when it is.
    held: Option<Held>,
    /// The first moment at which it is no longer shown.
    gone_at: Option<NaiveDateTime>,
    /// The moments that the keys name.
    moments: Vec<NaiveDateTime>,
}

/// Is the file held back, and until when? And the moments at which the answer is another one.
fn hold(fields: &mut Fields<'_>, title: &str, world: World<'_>) -> Shown {
    let draft = fields.yes("draft");
    let mut moment = |key| if fields.knows(key) { fields.parsed(key, day_or_moment) } else { None };
    let (from, until) = (moment("visible_from"), moment("visible_until"));
    if let (Some(from), Some(until)) = (&from, &until)
        && until.value.0 < from.value.0
    {
        fields.report(
            Diagnostic::error(codes::VISIBLE, "`visible_until` lies before `visible_from`, so this would never be shown")
                .at(fields.file, until.span.clone())
                .also(fields.file, from.span.clone(), "shown from here on")
                .help("exchange the two, or mend the one that is wrong"),
        );
    }
    let moments = [&from, &until].into_iter().flatten().map(|moment| moment.value.0).collect();
    let gone_at = until.as_ref().map(|until| match until.value {
        (at, Precision::Day) => midnight(plus_days(at.date(), 1)),
        (at, Precision::Minute) => at,
    });
    let now = world.now.local();
    let held = |from: Option<NaiveDateTime>, why: String| {
        Some(Held { file: fields.file.clone(), title: title.to_owned(), from, gone_at, until: from.map(|from| from.date()), why })
    };
    let held = match (from, until) {
        _ if world.drafts == Drafts::Included => None,
        _ if draft => held(None, "a draft".to_owned()),
        (Some(from), _) if now < from.value.0 => held(Some(from.value.0), format!("`visible_from` {}", said(from.value))),
        (_, Some(until)) if gone_at.is_some_and(|gone| now >= gone) => held(None, format!("over: its last day was {}", said(until.value))),
        _ => None,
    };
    Shown { held, gone_at, moments }
}

fn said((at, precision): (NaiveDateTime, Precision)) -> String {
    let date = crate::calendar::plain_date(at.date());
    match precision {
        Precision::Day => date,
        Precision::Minute => format!("{date}, {}", crate::calendar::time(at.time())),
    }
}

/// A list of texts as they are, for keys that need no more.
pub(super) fn words(fields: &mut Fields<'_>, key: &str) -> Option<String> {
    fields.text(key).map(|text| text.value)
}

/// A problem about a whole small text.
pub(super) fn problem(code: crate::diagnostic::Code, text: &str, said: impl Into<String>) -> Problem {
    Problem::new(code, 0..text.len(), said)
}
