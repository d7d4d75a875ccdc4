//! Laying down what there will be: every view, every feed, every file, each with its fingerprint.

use std::cell::RefCell;
use std::collections::hash_map::Entry as Entries;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use rayon::prelude::*;

use super::almanac::Almanac;
use super::feeds::{atom, icalendar, robots, sitemap};
use super::frame::Frame;
use super::menu::Menu;
use super::recipe::{Fingerprint, Kind, Make, OutputPath, Recipe};
use super::revisions::Revisions;
use super::views::parts::Link;
use super::views::shortcodes::{Shown, fill};
use super::views::{View, agenda, branch, calendar as table, event, home, news, not_found, page, program, record, redirect, term};
use super::{Site, addresses, fields, file_recipes, menu, tables, words};
use crate::calendar::{self, Datelike, Language, Now};
use crate::diagnostic::{Diagnostic, Diagnostics, FileId, Sources, Span, codes};
use crate::library::{Entry, Event, Library};
use crate::settings::Settings;
use crate::source::{ContentHash, Files};
use crate::theme::{Theme, cooking_fault};

/// More branches than these are not listed at the foot of every page.
const BRANCHES_AT_FOOT: usize = 6;
/// So many posts and dates a feed holds.
const FEED_POSTS: usize = 20;
const FEED_DATES: usize = 60;

/// Lays down the whole site: what there will be, and a fingerprint of what each file is made from.
///
/// `revisions` are those of the last plan; the new ones are in the site. Nothing but them and the local date of `now` comes from outside the
/// content, the settings and the theme.
pub fn plan(library: &Library, theme: &Theme, settings: &Settings, files: &Files, revisions: &Revisions, now: Now) -> Site {
    let mut wrong = Diagnostics::new();
    let mut almanac = Almanac::new(library, settings, theme.words(settings.site.languages[0]), now);
    let frame = framed(&mut almanac, theme, &mut wrong);
    let kitchens = BTreeMap::from([(almanac.language.tag(), kitchen(theme, almanac.language, &frame, &mut wrong))]);

    let planner = Planner { almanac: &almanac, base: base(theme, &frame), theme, kitchen: &kitchens[almanac.language.tag()] };
    let mut revisions = revisions.clone();
    let mut recipes = planner.pages();
    recipes.push(planner.page(addresses::NOT_FOUND, None, not_found::NotFound::new(&almanac)));
    recipes.extend(planner.redirects());
    fields::check(&recipes, theme, &frame, &mut wrong);
    let mut pictured = file_recipes::pictured(library);
    let mut others = Vec::new();
    for language in &settings.site.languages[1..] {
        let library = library.spoken(*language, almanac.language, |words| settings.phrases.get(*language, words).map(str::to_owned));
        let mut almanac = Almanac::new(&library, settings, theme.words(*language), now);
        // What is wrong with the menu is wrong in every language, and said once.
        let frame = framed(&mut almanac, theme, &mut Diagnostics::new());
        let kitchen = kitchen(theme, *language, &frame, &mut wrong);
        recipes.extend(Planner { almanac: &almanac, base: base(theme, &frame), theme, kitchen: &kitchen }.pages());
        pictured.extend(file_recipes::pictured(&library));
        others.push((language.tag(), kitchen));
    }
    let pages = recipes.iter().filter(|recipe| recipe.kind == Kind::Page).count();
    let listed = planner.listed(&recipes);
    recipes.extend(planner.feeds(&listed, &mut revisions, now, &mut wrong));
    recipes.extend(file_recipes::pictures(&pictured, files, &mut wrong));
    recipes.extend(file_recipes::copies(library, files));
    recipes.extend(file_recipes::assets(theme));

    recipes.par_sort_by(|a, b| (&a.path, a.kind as u8).cmp(&(&b.path, b.kind as u8)));
    recipes = one_a_path(recipes, files, &mut wrong);
    let by_path: HashMap<OutputPath, usize> = recipes.iter().enumerate().map(|(at, recipe)| (recipe.path.clone(), at)).collect();
    menu::check(&almanac, &by_path, &mut wrong);
    Site {
        recipes,
        by_path,
        revisions,
        pages,
        diagnostics: wrong,
        theme: theme.clone(),
        kitchens: Arc::new(kitchens.into_iter().chain(others).collect()),
    }
}

/// What all pages of a language share; the almanac learns where the menu leads.
fn framed(almanac: &mut Almanac<'_>, theme: &Theme, wrong: &mut Diagnostics) -> Frame {
    let menu = menu::resolve(almanac, wrong);
    almanac.menu_paths.clone_from(&menu.paths);
    frame(almanac, theme, menu)
}

/// The templates, with what all pages share already made: the frame, and of it the end of the head and the foot.
fn kitchen(theme: &Theme, language: Language, frame: &Frame, wrong: &mut Diagnostics) -> tera::Tera {
    let mut kitchen = theme.templates(language).clone();
    kitchen.global_context().insert("site", frame);
    for (name, template) in [("head", "head.html"), ("foot", "foot.html")] {
        let made = kitchen.render(template, &tera::Context::new()).unwrap_or_else(|error| {
            wrong.push(cooking_fault(&error, theme, template, "every page"));
            String::new()
        });
        kitchen.global_context().insert_value(name, tera::Value::safe_string(made.trim_end()));
    }
    kitchen
}

fn frame(almanac: &Almanac<'_>, theme: &Theme, menu: Menu) -> Frame {
    let site = &almanac.settings.site;
    let library = almanac.library;
    let few = library.branches.len() <= BRANCHES_AT_FOOT;
    let version = |hash: ContentHash| hash.to_string()[..8].to_owned();
    let name = |path: &str| path.replace(|c: char| !c.is_ascii_alphanumeric(), "_");
    let address = |path: &str| site.href(addresses::asset(path));
    let preloaded = |path: &str| theme.manifest().preload.iter().any(|known| known == path);
    // A font's address must be the very one that the style sheet names, so it bears no version.
    let files = theme.assets().iter().map(|asset| {
        let plain = address(&asset.path);
        (name(&asset.path), if preloaded(&asset.path) { plain } else { format!("{plain}?v={}", version(asset.hash)) })
    });
    let host = site.base_url.split_once("://").map_or("", |(_, rest)| rest);
    Frame {
        title: almanac.local(&site.title),
        tagline: site.tagline.as_deref().map(|tagline| almanac.local(tagline)),
        language: if almanac.folder.is_empty() { site.language.clone() } else { almanac.language.tag().to_owned() },
        zone: site.zone.name().to_owned(),
        home: almanac.href_at(addresses::HOME),
        today: almanac.today.to_string(),
        menu: menu.main,
        footer: menu.footer,
        data: tables::asked_for(library, theme),
        branches: library.branches.iter().filter(|_| few).map(|branch| almanac.branch_line(branch)).collect(),
        all_branches: (!library.branches.is_empty())
            .then(|| Link { label: almanac.say("branches-and-hours"), href: almanac.href_at(addresses::BRANCHES) }),
        email: site.email.clone(),
        phone: site.phone.as_deref().map(words::phone),
        agenda: almanac.href_at(addresses::AGENDA),
        calendar: almanac.href_at(addresses::CALENDAR),
        subscribe: format!("webcal://{host}{}", addresses::CALENDAR_FILE),
        calendar_file: site.href(addresses::CALENDAR_FILE),
        news_feed: (!library.news.is_empty()).then(|| site.href(addresses::NEWS_FEED)),
        events_feed: site.href(addresses::EVENTS_FEED),
        files: files.collect(),
        preload: theme.manifest().preload.iter().map(|path| address(path)).collect(),
        theme: theme.manifest().clone(),
    }
}

/// What every page is made from besides its view.
fn base(theme: &Theme, frame: &Frame) -> blake3::Hasher {
    let mut base = blake3::Hasher::new();
    base.update(env!("CARGO_PKG_VERSION").as_bytes()).update(&theme.hash().0);
    base.update(&serde_json::to_vec(frame).unwrap_or_default());
    base
}

/// A fingerprint of things that are made from nothing but these bytes.
pub(super) fn plain_fingerprint<'a>(what: &str, parts: impl IntoIterator<Item = &'a [u8]>) -> Fingerprint {
    let mut hasher = blake3::Hasher::new();
    hasher.update(env!("CARGO_PKG_VERSION").as_bytes()).update(what.as_bytes());
    for part in parts {
        hasher.update(&(part.len() as u64).to_le_bytes()).update(part);
    }
    *hasher.finalize().as_bytes()
}

thread_local! {
    /// Views are written into the same memory, one after the other.
    static SPACE: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

struct Planner<'a> {
    almanac: &'a Almanac<'a>,
    base: blake3::Hasher,
    theme: &'a Theme,
    kitchen: &'a tera::Tera,
}

impl Planner<'_> {
    fn page(&self, address: &str, source: Option<&FileId>, view: impl Into<View>) -> Recipe {
        self.page_with(address, source, view, Arc::default())
    }

    /// A page, and what the shortcodes in its body show.
    fn page_with(&self, address: &str, source: Option<&FileId>, view: impl Into<View>, shown: Arc<[Shown]>) -> Recipe {
        let view = view.into();
        let mut hasher = self.base.clone();
        hasher.update(view.template().as_bytes());
        SPACE.with_borrow_mut(|space| {
            space.clear();
            // A view is made of texts, numbers and lists: nothing in it can fail to be written.
            let _ = serde_json::to_writer(&mut *space, &view);
            if !shown.is_empty() {
                let _ = serde_json::to_writer(&mut *space, &shown);
            }
            hasher.update(space);
        });
        Recipe {
            path: OutputPath::of_address(address),
            fingerprint: *hasher.finalize().as_bytes(),
            kind: if matches!(view, View::Redirect(_)) { Kind::Redirect } else { Kind::Page },
            source: source.cloned(),
            make: Make::Page(Arc::new(view), shown),
        }
    }

    fn page_of(&self, entry: &Entry, view: impl Into<View>) -> Recipe {
        self.page_with(entry.path.as_str(), Some(&entry.file), view, self.almanac.shown(entry))
    }

    fn pages(&self) -> Vec<Recipe> {
        let almanac = self.almanac;
        let library = almanac.library;
        let mut recipes: Vec<Recipe> =
            library.events.par_iter().map(|event| self.page_of(&event.entry, event::EventPage::new(almanac, event))).collect();
        recipes.par_extend(
            library.programs.par_iter().map(|program| self.page_of(&program.entry, program::ProgramPage::new(almanac, program))),
        );
        recipes.par_extend(library.branches.par_iter().map(|branch| self.page_of(&branch.entry, branch::BranchPage::new(almanac, branch))));
        recipes.par_extend(library.pages.par_iter().map(|page| match &page.record {
            Some(record) => self.page_of(&page.entry, record::RecordPage::new(almanac, page, record)),
            None => self.page_of(&page.entry, page::PlainPage::new(almanac, page)),
        }));
        let posts = library.news.par_iter().enumerate();
        recipes.par_extend(posts.map(|(at, news)| self.page_of(&news.entry, news::NewsPage::new(almanac, at, news))));
        recipes.par_extend(almanac.months.par_iter().flat_map_iter(|month| {
            let (list, own) = (almanac.at(&addresses::month_list(*month)), almanac.at(&addresses::month_table(*month)));
            [
                self.page(&list, None, agenda::Month::new(almanac, *month)),
                self.page(&own, None, table::MonthTable::new(almanac, *month, &own)),
            ]
        }));
        recipes.extend(
            almanac
                .lists
                .iter()
                .map(|list| self.page(&almanac.at(&addresses::list(&list.name)), None, term::TermsPage::new(almanac, list))),
        );
        recipes.par_extend(almanac.lists.par_iter().flat_map_iter(|list| {
            list.words.iter().map(|(word, label)| match list.name.as_str() {
                "audience" => self.page(&almanac.at(&addresses::audience(word)), None, agenda::AudiencePage::new(almanac, word, label)),
                name => self.page(&almanac.at(&addresses::word(name, word)), None, term::TermPage::new(almanac, list, word, label)),
            })
        }));
        let present = calendar::first_of_month(almanac.today);
        let home = library.home.as_ref().map(|home| &home.entry);
        let shown = home.map(|entry| almanac.shown(entry)).unwrap_or_default();
        recipes.push(self.page_with(&almanac.at(addresses::HOME), home.map(|entry| &entry.file), home::Home::new(almanac), shown));
        recipes.push(self.page(&almanac.at(addresses::AGENDA), None, agenda::Agenda::new(almanac)));
        recipes.push(self.page(
            &almanac.at(addresses::CALENDAR),
            None,
            table::MonthTable::new(almanac, present, &almanac.at(addresses::CALENDAR)),
        ));
        if !library.programs.is_empty() {
            recipes.push(self.page(&almanac.at(addresses::PROGRAMS), None, program::Programs::new(almanac)));
        }
        if !library.branches.is_empty() {
            recipes.push(self.page(&almanac.at(addresses::BRANCHES), None, branch::Branches::new(almanac)));
        }
        if !library.news.is_empty() {
            recipes.push(self.page(&almanac.at(addresses::NEWS), None, news::NewsList::new(almanac)));
        }
        recipes
    }

    fn redirects(&self) -> Vec<Recipe> {
        let pairs = entries(self.almanac.library).flat_map(|entry| entry.aliases.iter().map(move |alias| (alias, entry)));
        pairs
            .map(|(alias, entry)| self.page(alias.as_str(), Some(&entry.file), redirect::Redirect::new(self.almanac, alias, entry)))
            .collect()
    }

    /// The addresses that search engines shall know.
    fn listed(&self, recipes: &[Recipe]) -> Vec<sitemap::Listed> {
        let dated: HashMap<&FileId, calendar::NaiveDate> =
            self.almanac.library.news.iter().map(|news| (&news.entry.file, news.date)).collect();
        let page = |recipe: &Recipe| match &recipe.make {
            Make::Page(view, _) if recipe.kind == Kind::Page && !view.page().unlisted => {
                let changed = recipe.source.as_ref().and_then(|file| dated.get(file)).copied();
                Some(sitemap::Listed { url: view.page().canonical.clone(), changed })
            }
            _ => None,
        };
        let mut listed: Vec<sitemap::Listed> = recipes.iter().filter_map(page).collect();
        listed.sort_by(|a, b| a.url.cmp(&b.url));
        listed
    }

    fn feed(address: &str, source: Option<&FileId>, parts: Vec<Arc<str>>) -> Recipe {
        Recipe {
            path: OutputPath::of_address(address),
            fingerprint: plain_fingerprint("text", parts.iter().map(|part| part.as_bytes())),
            kind: Kind::Feed,
            source: source.cloned(),
            make: Make::Text(parts),
        }
    }

    fn feeds(&self, listed: &[sitemap::Listed], revisions: &mut Revisions, now: Now, wrong: &mut Diagnostics) -> Vec<Recipe> {
        let site = &self.almanac.settings.site;
        let mut recipes = self.calendars(revisions, now);
        recipes.push(Self::feed(addresses::EVENTS_FEED, None, vec![Arc::from(self.events_feed(revisions))]));
        if !self.almanac.library.news.is_empty() {
            recipes.push(Self::feed(addresses::NEWS_FEED, None, vec![Arc::from(self.news_feed(wrong))]));
        }
        let maps = sitemap::write(listed, |path| site.url(path));
        recipes.extend(maps.into_iter().map(|(path, text)| Self::feed(&path, None, vec![Arc::from(text)])));
        recipes.push(Self::feed("/robots.txt", None, vec![Arc::from(robots::write(site))]));
        recipes
    }

    /// The calendar of each event, and the one of all that have a date within the months shown.
    fn calendars(&self, revisions: &mut Revisions, now: Now) -> Vec<Recipe> {
        let almanac = self.almanac;
        let (library, site) = (almanac.library, &almanac.settings.site);
        let facts: Vec<(String, String)> =
            library.events.par_iter().map(|event| (icalendar::uid(event, site), icalendar::facts(almanac, event))).collect();
        let settled: Vec<_> = facts.iter().map(|(uid, hash)| revisions.settle(uid, hash, now.instant())).collect();
        let events: Vec<&Arc<Event>> = library.events.iter().collect();
        let entries: Vec<Arc<str>> =
            events.par_iter().zip(&settled).map(|(event, revision)| Arc::from(icalendar::entries(almanac, event, revision))).collect();
        // One zone component a year, not one an event.
        let this_year = almanac.today.year();
        let years: std::collections::BTreeSet<i32> = library.events.iter().map(|event| icalendar::first_year(event)).collect();
        let end: Arc<str> = Arc::from(icalendar::END);
        let heads: BTreeMap<i32, Arc<str>> =
            years.into_iter().map(|year| (year, Arc::from(icalendar::head(site, &site.title, year, this_year)))).collect();
        let head = |year: i32| heads.get(&year).cloned().unwrap_or_else(|| Arc::from(icalendar::head(site, &site.title, year, this_year)));
        let mut recipes: Vec<Recipe> = events
            .par_iter()
            .zip(&entries)
            .map(|(event, entry)| {
                let parts = vec![head(icalendar::first_year(event)), Arc::clone(entry), Arc::clone(&end)];
                Self::feed(&addresses::calendar_file(event), Some(&event.entry.file), parts)
            })
            .collect();
        let shown = || events.iter().zip(&entries).filter(|(event, _)| almanac.of_event(event).next().is_some());
        let first = shown().map(|(event, _)| icalendar::first_year(event)).min().unwrap_or(this_year);
        let parts = std::iter::once(head(first)).chain(shown().map(|(_, entry)| Arc::clone(entry))).chain([Arc::clone(&end)]);
        recipes.push(Self::feed(addresses::CALENDAR_FILE, None, parts.collect()));
        recipes
    }

    /// The words of a page as HTML, shortcodes and all.
    fn words(&self, entry: &Entry, wrong: &mut Diagnostics) -> Arc<str> {
        let shown = self.almanac.shown(entry);
        if shown.is_empty() {
            return Arc::clone(&entry.body.html);
        }
        match fill(&entry.body.html, &shown, self.kitchen) {
            Ok(words) => Arc::from(words),
            Err((template, error)) => {
                wrong.push(cooking_fault(&error, self.theme, template, entry.path.as_str()));
                Arc::default()
            }
        }
    }

    fn news_feed(&self, wrong: &mut Diagnostics) -> String {
        let library = self.almanac.library;
        let site = &self.almanac.settings.site;
        let mut entry = |news: &Arc<crate::library::News>| atom::Entry {
            id: site.url(&news.entry.path),
            title: news.entry.title.clone(),
            url: site.url(&news.entry.path),
            updated: words::instant(calendar::resolve(calendar::midnight(news.date), library.zone).instant()),
            summary: news.entry.summary.clone(),
            content: Some(atom::with_full_addresses(&self.words(&news.entry, wrong), site)).filter(|html| !html.is_empty()),
            author: news.author.clone(),
        };
        let entries: Vec<atom::Entry> = library.news.iter().take(FEED_POSTS).map(&mut entry).collect();
        atom::write(site, &format!("{} · {}", self.almanac.say("news"), site.title), addresses::NEWS_FEED, addresses::NEWS, &entries)
    }

    fn events_feed(&self, revisions: &Revisions) -> String {
        let almanac = self.almanac;
        let site = &almanac.settings.site;
        let entries: Vec<atom::Entry> = almanac
            .coming()
            .iter()
            .take(FEED_DATES)
            .map(|dated| {
                let (event, date) = (&dated.event, &dated.date);
                let uid = icalendar::uid(event, site);
                let (name, host) = uid.split_once('@').unwrap_or((&uid, ""));
                let nth = date.id.to_string().strip_prefix(name).unwrap_or_default().to_owned();
                let when = format!("{}, {}", almanac.language.long_date_with_year(date.day()), almanac.time_words(date));
                let place = almanac.place_words(&date.place);
                let said = [Some(when), Some(place).filter(|place| !place.is_empty()), date.note.clone(), event.entry.summary.clone()];
                atom::Entry {
                    id: format!("tag:{host},2020:{name}{nth}"),
                    title: almanac.title_with_status(date.title(event), date.status),
                    url: site.url(&event.entry.path),
                    updated: revisions.get(&uid).map_or_else(|| words::instant(date.starts), |revision| revision.at.to_rfc3339()),
                    summary: Some(said.into_iter().flatten().collect::<Vec<_>>().join(". ")),
                    content: None,
                    author: None,
                }
            })
            .collect();
        atom::write(site, &format!("{} · {}", almanac.say("whats-on"), site.title), addresses::EVENTS_FEED, addresses::AGENDA, &entries)
    }
}

/// Every file of `content/` that makes a page.
pub(super) fn entries(library: &Library) -> impl Iterator<Item = &Entry> {
    let home = library.home.iter().map(|home| &home.entry);
    let events = library.events.iter().map(|event| &event.entry);
    let programs = library.programs.iter().map(|program| &program.entry);
    let branches = library.branches.iter().map(|branch| &branch.entry);
    let news = library.news.iter().map(|news| &news.entry);
    let pages = library.pages.iter().map(|page| &page.entry);
    home.chain(events).chain(programs).chain(branches).chain(news).chain(pages)
}

/// Two files cannot have one path, in small letters, for some disks know no others: the first stays, and it is said.
fn one_a_path(recipes: Vec<Recipe>, files: &Files, wrong: &mut Diagnostics) -> Vec<Recipe> {
    let small: Vec<String> = recipes.par_iter().map(|recipe| recipe.path.as_str().to_lowercase()).collect();
    let mut kept: Vec<Recipe> = Vec::with_capacity(recipes.len());
    let mut known: HashMap<String, usize> = HashMap::with_capacity(recipes.len());
    for (recipe, small) in recipes.into_iter().zip(small) {
        match known.entry(small) {
            Entries::Occupied(first) => wrong.push(collision(&kept[*first.get()], &recipe, files)),
            Entries::Vacant(free) => {
                free.insert(kept.len());
                kept.push(recipe);
            }
        }
    }
    kept
}

/// What gives a file its address: the line of its `aliases:` or `slug:`, else its first.
fn place_of_address(recipe: &Recipe, file: &FileId, files: &Files) -> Span {
    let text = files.text(file).unwrap_or_default();
    let key = if recipe.kind == Kind::Redirect { "\naliases:" } else { "\nslug:" };
    let start = text.find(key).map_or(0, |at| at + 1);
    let length = text[start..].lines().next().map_or(0, str::len);
    u32::try_from(start).ok().zip(u32::try_from(start + length).ok()).map_or(0..0, |(start, end)| start..end)
}

fn collision(first: &Recipe, second: &Recipe, files: &Files) -> Diagnostic {
    let address = format!("/{}", first.path.as_str().strip_suffix("index.html").unwrap_or(first.path.as_str()));
    let wrong = Diagnostic::error(codes::ADDRESS_TAKEN, format!("two things have the address `{address}`"));
    let own = "Handbill makes a page or file there itself; give this file another `slug`, or another name";
    match (&first.source, &second.source) {
        (Some(a), Some(b)) => {
            let places = [(a, place_of_address(first, a, files)), (b, place_of_address(second, b, files))];
            // Of a page and a picture, the page has a line to point at.
            let [other, here] = if places[1].1.is_empty() { [&places[1], &places[0]] } else { [&places[0], &places[1]] };
            wrong
                .at(here.0, here.1.clone())
                .also(other.0, other.1.clone(), "the other")
                .help("give one of them another `slug` or name, or take away the alias")
        }
        (Some(file), None) => wrong.at(file, place_of_address(first, file, files)).help(own),
        (None, Some(file)) => wrong.at(file, place_of_address(second, file, files)).help(own),
        (None, None) => wrong,
    }
}
