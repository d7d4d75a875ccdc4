//! The two passes, and the library put together.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::calendar::{Language, Now, OnClosing};
use crate::content::addresses::{self, Addresses, CONTENT};
use crate::content::entry::{self, Parsed, Thing, World};
use crate::content::kinds::kind_of;
use crate::content::links::{LinkReader, WantedAnchor};
use crate::content::references::Directory;
use crate::content::{Drafts, agreement, banner, data, gaps, markdown, markdown_slips, records, sections, shortcodes, terms, translation};
use crate::diagnostic::{Diagnostic, Diagnostics, FileId, codes};
use crate::library::{Body, Closings, DataTable, EventId, Held, Library, Page, PagePath, Translation};
use crate::settings::Settings;
use crate::source::{File, FileKind, Files};

/// Files that are copied as they are.
const COPIED: &[&str] = &["pdf", "txt", "ics", "epub", "svg"];

/// Reads `content/`. It never fails: what could be read comes back together with everything that is wrong.
///
/// Held files (drafts, and what waits for its day or is over on the day of `now`) are read and checked, but stand in [`Library::held`] alone.
pub fn read(files: &Files, settings: &Settings, drafts: Drafts, now: Now) -> (Library, Diagnostics) {
    let gaps = gaps::ahead(settings.site.zone, now);
    let world = World { files, settings, drafts, now, gaps: &gaps };
    let mut wrong = Diagnostics::new();
    let all: Vec<&Arc<File>> = files.under(CONTENT).collect();
    let first: Vec<(Option<First>, Diagnostics)> = all.par_iter().map(|file| read_file(file, world)).collect();
    let mut parsed: Vec<Parsed> = Vec::with_capacity(first.len());
    let mut translations = Vec::new();
    for (one, found) in first {
        match one {
            Some(First::Page(one)) => parsed.push(*one),
            Some(First::Translation(one)) => translations.push(*one),
            None => {}
        }
        wrong.append(found);
    }
    let tables: Vec<(Option<DataTable>, Diagnostics)> = all
        .par_iter()
        .filter(|file| data::is_table(&file.id))
        .map(|file| {
            let mut wrong = Diagnostics::new();
            (data::read(file, &mut wrong), wrong)
        })
        .collect();
    let tables = tables.into_iter().filter_map(|(table, found)| {
        wrong.append(found);
        table
    });
    let tables = tables.collect();
    let tables = data::by_name(tables, &mut wrong);
    terms::check(settings, &mut wrong);
    let made = records::make(&parsed, &tables, world, &mut wrong);
    let copied = copied(&all);
    let addresses = Addresses::gather(&parsed, &made, &copied, settings, &mut wrong);
    agreement::ids(&parsed, &mut wrong);
    let directory = Directory::gather(&parsed);
    let known = shortcodes::Known { directory: &directory, tables: &tables };
    let second: Vec<(Body, Vec<WantedAnchor>, Diagnostics)> = parsed
        .par_iter_mut()
        .map(|one| {
            let file = one.thing.entry().file.clone();
            let mut links =
                LinkReader { file: &file, folder: None, world, addresses: &addresses, anchors: Vec::new(), wrong: Diagnostics::new() };
            let body = match files.get(&file).map(|file| &file.kind) {
                Some(FileKind::Text(text)) => markdown::render(text, one.body.clone(), known, &mut links),
                _ => Body::default(),
            };
            let LinkReader { anchors, wrong: mut found, .. } = links;
            if let Some(FileKind::Text(text)) = files.get(&file).map(|file| &file.kind) {
                markdown_slips::look(&file, text, one.body.clone(), &settings.site.base_url, &mut found);
            }
            match one.kind.name {
                "event" => directory.resolve(one, &mut found),
                "banner" => directory.resolve_banner(one, &mut found),
                _ => {}
            }
            if let Thing::Banner(banner) = &one.thing {
                banner::check_body(banner, &body, &one.links.fence, &mut found);
            }
            (body, anchors, found)
        })
        .collect();
    let mut wanted = Vec::new();
    for (one, (body, anchors, found)) in parsed.iter_mut().zip(second) {
        one.thing.entry_mut().body = body;
        wanted.extend(anchors);
        wrong.append(found);
    }
    let (translations, held_translations) = finish_translations(translations, world, &addresses, known, &mut wanted, &mut wrong);
    let made = with_bodies(made, &parsed);
    sections::check(&parsed, &made, &mut wrong);
    agreement::anchors(&parsed, &translations, &addresses, &wanted, &mut wrong);
    agreement::menu(settings, world, &addresses, &mut wrong);
    for left_out in files.left_out().iter().filter(|left_out| left_out.file.path().starts_with(CONTENT)) {
        wrong.push(
            Diagnostic::warning(codes::LEFT_OUT, format!("`{}` is left out: {}", left_out.file, left_out.why)).at(&left_out.file, 0..0),
        );
    }
    let mut library = library(settings, now, parsed, made, copied, tables);
    library.translations = translations;
    library.held.extend(held_translations);
    (library, wrong)
}

/// The second pass over the translations.
fn finish_translations(
    parsed: Vec<translation::Parsed>,
    world: World<'_>,
    addresses: &Addresses,
    known: shortcodes::Known<'_>,
    wanted: &mut Vec<WantedAnchor>,
    wrong: &mut Diagnostics,
) -> (Vec<Arc<Translation>>, Vec<Held>) {
    let (mut finished, mut held) = (Vec::with_capacity(parsed.len()), Vec::new());
    for one in parsed {
        let (file, folder) = (one.words.file.clone(), Some(one.words.language.tag()));
        let mut links = LinkReader { file: &file, folder, world, addresses, anchors: Vec::new(), wrong: Diagnostics::new() };
        match translation::finish(one, world, known, &mut links) {
            Ok(words) => finished.push(Arc::new(words)),
            Err(draft) => held.push(draft),
        }
        wanted.append(&mut links.anchors);
        wrong.append(links.wrong);
    }
    (finished, held)
}

/// A file after the first pass.
enum First {
    Page(Box<Parsed>),
    Translation(Box<translation::Parsed>),
}

/// The first pass over one file.
fn read_file(file: &Arc<File>, world: World<'_>) -> (Option<First>, Diagnostics) {
    let mut wrong = Diagnostics::new();
    let path = file.id.path().strip_prefix(CONTENT).unwrap_or(file.id.path());
    if data::is_table(&file.id) {
        return (None, wrong);
    }
    if addresses::extension(path) != "md" {
        if let Some(warning) = left_out(file) {
            wrong.push(warning);
        }
        return (None, wrong);
    }
    let text = match &file.kind {
        FileKind::Text(text) => text,
        FileKind::Broken(why) => {
            wrong.push(
                Diagnostic::error(codes::NOT_TEXT, format!("the file can't be read as text: {why}"))
                    .at(&file.id, 0..0)
                    .help("in Notepad, choose Save as and the encoding UTF-8; a document of a word processor is not Markdown"),
            );
            return (None, wrong);
        }
        FileKind::Picture { .. } | FileKind::Other => {
            wrong.push(
                Diagnostic::error(codes::NOT_TEXT, "the file ends in .md but is not Markdown")
                    .at(&file.id, 0..0)
                    .help("give it the ending that fits what it is"),
            );
            return (None, wrong);
        }
    };
    if let Some(at) = text.find('\0') {
        let at = u32::try_from(at).unwrap_or(0);
        wrong.push(
            Diagnostic::error(codes::NOT_TEXT, "the file holds a character that no text has (a NUL byte)")
                .at(&file.id, at..at + 1)
                .help("open it in a text editor and save it anew; it may be damaged"),
        );
        return (None, wrong);
    }
    let kind = kind_of(path);
    if translation::language_of(&file.id).is_some() {
        return (translation::read(&file.id, text, kind, world, &mut wrong).map(|words| First::Translation(Box::new(words))), wrong);
    }
    let name = path.rsplit('/').next().unwrap_or(path);
    if let Some(folder) = kind.folder.filter(|folder| name == "index.md" && path == format!("{folder}/index.md")) {
        wrong.push(
            Diagnostic::error(codes::ADDRESS_TAKEN, format!("the page /{folder}/ is a list that the site makes by itself"))
                .at(&file.id, 0..0)
                .help(format!("give the file another name if it is {}; else move it out of `content/{folder}/`", kind.article)),
        );
        return (None, wrong);
    }
    (entry::read(&file.id, text, kind, world, &mut wrong).map(|parsed| First::Page(Box::new(parsed))), wrong)
}

/// A warning about a file that will not be on the site.
fn left_out(file: &File) -> Option<Diagnostic> {
    let ending = addresses::extension(file.id.path());
    if let Some(name) = markdown_in_disguise(&file.id) {
        return Some(
            Diagnostic::warning(codes::LEFT_OUT, format!("`{}` is left out: its name ends in .md.{ending} instead of .md", file.id))
                .at(&file.id, 0..0)
                .help(format!("rename it to `{name}`; in Notepad, choose \"All files\" below the name when you save it")),
        );
    }
    if COPIED.contains(&ending.as_str()) {
        return None;
    }
    let why = match &file.kind {
        FileKind::Picture { .. } => return None,
        FileKind::Broken(why) if addresses::is_picture(&file.id) => why.clone(),
        _ if ending.is_empty() => "only pages, pictures, pdf, txt, ics and epub are put on the site".to_owned(),
        _ => format!("files ending in .{ending} are not put on the site"),
    };
    let help = match ending.as_str() {
        "doc" | "docx" | "odt" | "rtf" | "pages" | "ppt" | "pptx" => "save it as PDF, or better as a page",
        "xls" | "xlsx" | "ods" | "csv" => {
            "a table for pages is saved as CSV into `content/data/`; keep names and numbers of patrons out of `content/`"
        }
        "heic" | "tif" | "tiff" | "bmp" | "avif" | "jpg" | "jpeg" | "png" | "webp" | "gif" => "save the picture as JPEG or PNG",
        "markdown" | "mkd" | "mdown" => "let its name end in .md if it is a page",
        _ => "move it out of `content/`, or keep it: it does no harm there",
    };
    Some(Diagnostic::warning(codes::LEFT_OUT, format!("`{}` is left out: {why}", file.id)).at(&file.id, 0..0).help(help))
}

/// The name that was meant where an editor put its own ending behind `.md`: `craft.md.txt`.
fn markdown_in_disguise(file: &FileId) -> Option<&str> {
    let name = file.path().rsplit('/').next()?;
    let (stem, _) = name.rsplit_once('.').filter(|(_, ending)| ending.eq_ignore_ascii_case("txt"))?;
    (stem.len() > 3 && addresses::extension(stem) == "md").then_some(stem)
}

/// What is copied as it is, with its address.
fn copied(all: &[&Arc<File>]) -> Vec<(FileId, PagePath)> {
    all.iter()
        .filter(|file| COPIED.contains(&addresses::extension(file.id.path()).as_str()) && !matches!(file.kind, FileKind::Broken(_)))
        .filter(|file| markdown_in_disguise(&file.id).is_none())
        .map(|file| (file.id.clone(), PagePath::file(file.id.path().strip_prefix(CONTENT).unwrap_or(file.id.path()))))
        .collect()
}

/// The pages made from tables, with the words of the page that asked for them; none of one that is held back.
fn with_bodies(made: Vec<records::Made>, parsed: &[Parsed]) -> Vec<Page> {
    let shown = made.into_iter().filter(|made| made.held.is_none());
    let page = |made: records::Made| {
        let mut page = made.page;
        page.entry.body = parsed.get(made.parent).map(|parent| parent.thing.entry().body.clone()).unwrap_or_default();
        page
    };
    shown.map(page).collect()
}

fn library(
    settings: &Settings,
    now: Now,
    parsed: Vec<Parsed>,
    made: Vec<Page>,
    copied: Vec<(FileId, PagePath)>,
    tables: BTreeMap<String, Arc<DataTable>>,
) -> Library {
    let mut library = Library {
        zone: settings.site.zone,
        events: Vec::new(),
        programs: Vec::new(),
        branches: Vec::new(),
        news: Vec::new(),
        banners: Vec::new(),
        pages: made.into_iter().map(Arc::new).collect(),
        home: None,
        translations: Vec::new(),
        held: Vec::new(),
        silences: Vec::new(),
        moments: parsed.iter().flat_map(|one| one.moments.iter().copied()).collect(),
        copied: copied.into_iter().collect::<BTreeMap<_, _>>(),
        tables,
    };
    let (mut branches, mut events) = (Vec::new(), Vec::new());
    for one in parsed {
        library.silences.extend(one.silences);
        if let Some(held) = one.held {
            library.held.push(held);
            continue;
        }
        match one.thing {
            Thing::Event(mut event) => {
                event.id = EventId::new(&one.names.id);
                events.push(event);
            }
            Thing::Program(program) => library.programs.push(Arc::new(program)),
            Thing::Branch(branch, order) => branches.push((order, Arc::new(*branch))),
            Thing::News(news) => library.news.push(Arc::new(news)),
            Thing::Banner(banner) => {
                library.held.extend(banner::held(&banner, now.local()));
                library.moments.extend(banner.from.into_iter().chain([banner.until]));
                library.banners.push(Arc::new(*banner));
            }
            Thing::Page(page) if page.entry.path.as_str() == "/" => library.home = Some(Arc::new(page)),
            Thing::Page(page) => library.pages.push(Arc::new(page)),
            Thing::Broken(_) => {}
        }
    }
    branches.sort_by(|a, b| (a.0, &a.1.entry.slug, &a.1.entry.file).cmp(&(b.0, &b.1.entry.slug, &b.1.entry.file)));
    library.branches = branches.into_iter().map(|(_, branch)| branch).collect();
    let language = Language::of_tag(&settings.site.language).unwrap_or(Language::English);
    let closings = Arc::new(Closings::new(&library.branches, settings.calendar.on_closing, language));
    let any_cancels = closings.cancel();
    library.events = events
        .into_iter()
        .map(|mut event| {
            let cancels = |said: Option<OnClosing>| said == Some(OnClosing::Cancel);
            let by_itself = cancels(event.on_closing) || event.changes.values().any(|change| cancels(change.on_closing));
            // An event that no closing can touch need not ask on each of its dates.
            event.closings = (by_itself || any_cancels && event.on_closing != Some(OnClosing::Keep)).then(|| Arc::clone(&closings));
            Arc::new(*event)
        })
        .collect();
    library.events.sort_by(|a, b| (&a.entry.slug, &a.entry.file).cmp(&(&b.entry.slug, &b.entry.file)));
    library.programs.sort_by(|a, b| (&a.entry.slug, &a.entry.file).cmp(&(&b.entry.slug, &b.entry.file)));
    library.news.sort_by(|a, b| b.date.cmp(&a.date).then_with(|| (&a.entry.slug, &a.entry.file).cmp(&(&b.entry.slug, &b.entry.file))));
    library.banners.sort_by(|a, b| (b.level, &a.entry.slug, &a.entry.file).cmp(&(a.level, &b.entry.slug, &b.entry.file)));
    library.pages.sort_by(|a, b| (&a.entry.slug, &a.entry.file).cmp(&(&b.entry.slug, &b.entry.file)));
    library
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::{DateTime, Duration, Utc};
    use crate::library::{Place, Promote, Status};
    use crate::settings;

    const SITE: &str = "[site]\ntitle = \"L\"\nbase_url = \"https://l.example.org\"\ntimezone = \"America/New_York\"\n";

    fn library_of(texts: &[(&str, &str)], drafts: Drafts) -> (Library, Diagnostics) {
        let settings = settings::read(&settings::file(), SITE).0.unwrap();
        let at: DateTime<Utc> = "2026-12-01T14:00:00Z".parse().unwrap();
        read(&Files::of_texts(texts.iter().copied()), &settings, drafts, Now::new(at, settings.site.zone))
    }

    #[test]
    fn a_date_that_moved_online_takes_place_there_alone() {
        let event = "---\ntitle: Story Time\nstarts: 2026-12-03 10:30\nrepeats: every Thursday until 2026-12-10\nroom: Garden\n\
                     changes: { 2026-12-10: { status: moved-online, online: \"https://example.org/meet\" } }\n---\n";
        let texts = [("content/events/stories.md", event), ("content/branches/main.md", "---\ntitle: Main\n---\n")];
        let (library, wrong) = library_of(&texts, Drafts::LeftOut);
        assert!(!wrong.has_errors(), "{wrong:?}");
        let day = |text: &str| text.parse().unwrap();
        let dates = library.dates(&library.events[0], day("2026-12-01"), day("2026-12-31"));
        let here: Vec<bool> = dates.iter().map(|date| date.place.branch.is_some() && date.place.room.is_some()).collect();
        assert_eq!(here, [true, false]);
        assert_eq!(dates[1].place, Place { online: Some("https://example.org/meet".to_owned()), ..Place::default() });
    }

    #[test]
    fn an_event_says_when_and_where_it_is_and_what_changes() {
        let event = "---\ntitle: Story Time\nslug: stories\nstarts: 2026-12-03 10:30am\nends: 11:15\nrepeats: every Thursday until 2027-03-25\n\
                     skips: [2026-12-24]\nadds: [2026-12-05 14:00]\nroom: Garden\naudience: [families, toddlers]\npromote: none\n\
                     changes:\n  2026-12-17: { status: cancelled, note: Snow day. }\n  2027-01-07: { starts: 11:00, ends: 12:00 }\n---\nSongs.\n";
        let branch = "---\ntitle: Main\nrooms: [Garden]\nhours: { mon-sat: 10-18 }\n---\n";
        let (library, wrong) =
            library_of(&[("content/events/story-time.md", event), ("content/branches/main.md", branch)], Drafts::LeftOut);
        assert!(wrong.is_empty(), "{wrong:?}");
        let event = library.find_event("story-time").unwrap();
        assert_eq!(event.entry.path.as_str(), "/events/stories/");
        assert_eq!(event.lasts, Some(Duration::minutes(45)));
        assert_eq!(event.place.branch.as_ref().map(crate::library::Slug::as_str), Some("main"));
        assert_eq!(event.audience.iter().map(crate::library::Slug::as_str).collect::<Vec<_>>(), ["toddlers", "families"]);
        assert_eq!(event.promote, Promote::Quiet);
        let day = |text: &str| text.parse().unwrap();
        let dates = library.dates(event, day("2026-12-01"), day("2027-01-07"));
        let said: Vec<String> = dates.iter().map(|date| format!("{} {}", date.starts.format("%m-%d %H:%M"), date.status.name())).collect();
        assert_eq!(
            said,
            [
                "12-03 10:30 scheduled",
                "12-05 14:00 scheduled",
                "12-10 10:30 scheduled",
                "12-17 10:30 cancelled",
                "12-31 10:30 scheduled",
                "01-07 11:00 scheduled"
            ]
        );
        assert_eq!(event.changes[&(day("2027-01-07"), 0)].lasts, Some(Duration::minutes(60)));
        assert_eq!(event.status, Status::Scheduled);
    }

    #[test]
    fn nothing_leads_to_what_is_held_back_unless_drafts_are_shown() {
        let texts = [
            ("content/plan.md", "---\ntitle: Plan\nvisible_from: 2026-12-10\n---\n"),
            ("content/index.md", "---\ntitle: Home\n---\nOur [plan](plan.md).\n"),
        ];
        let (library, wrong) = library_of(&texts, Drafts::LeftOut);
        assert_eq!(wrong.count(), (0, 1));
        assert_eq!(library.held[0].until, "2026-12-10".parse().ok());
        assert_eq!(&*library.home.unwrap().entry.body.html, "<p>Our plan.</p>\n");
        let (library, wrong) = library_of(&texts, Drafts::Included);
        assert!(wrong.is_empty() && library.held.is_empty());
        assert_eq!(&*library.home.unwrap().entry.body.html, "<p>Our <a href=\"/plan/\">plan</a>.</p>\n");
    }

    #[test]
    fn news_is_new_to_old_and_branches_in_their_own_order() {
        let texts = [
            ("content/news/a.md", "---\ntitle: A\ndate: 2026-11-01\n---\n"),
            ("content/news/b.md", "---\ntitle: B\ndate: 2026-11-20\n---\n"),
            ("content/branches/annex.md", "---\ntitle: Annex\norder: 2\n---\n"),
            ("content/branches/main.md", "---\ntitle: Main\norder: 1\n---\n"),
            ("content/list.pdf", "x"),
        ];
        let (library, wrong) = library_of(&texts, Drafts::LeftOut);
        assert!(wrong.is_empty(), "{wrong:?}");
        assert_eq!(library.news.iter().map(|news| news.entry.title.as_str()).collect::<Vec<_>>(), ["B", "A"]);
        assert_eq!(library.branches[0].entry.title, "Main");
        assert_eq!(library.copied.values().map(PagePath::as_str).collect::<Vec<_>>(), ["/list.pdf"]);
    }
}
