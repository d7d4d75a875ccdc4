//! The menus: what site.toml says, then pages that ask to stand in it; without either, what a library has.

use std::collections::HashMap;

use super::addresses;
use super::almanac::Almanac;
use super::recipe::OutputPath;
use super::views::parts::{Link, MenuLink};
use crate::diagnostic::{Diagnostic, Diagnostics, FileId, Span, codes, suggest};
use crate::settings::{self, MenuItem, MenuName};

/// The menus, and the addresses of the site that the main one leads to.
#[derive(Default)]
pub(super) struct Menu {
    pub(super) main: Vec<MenuLink>,
    pub(super) footer: Vec<Link>,
    pub(super) paths: Vec<String>,
}

/// Where an entry leads.
enum To {
    /// An address of the site.
    Here(String),
    /// An address elsewhere.
    Away(String),
    /// Nowhere: said already.
    Nowhere,
}

pub(super) fn resolve(almanac: &Almanac<'_>, wrong: &mut Diagnostics) -> Menu {
    let mut menu = Menu::default();
    let mut below: Vec<(Link, &str, FileId, Span)> = Vec::new();
    let items = &almanac.settings.menu;
    for item in items {
        let (href, path) = match target(almanac, item, wrong) {
            To::Here(path) => (almanac.href(&path), Some(path)),
            To::Away(href) => (href, None),
            To::Nowhere => continue,
        };
        let link = Link { label: almanac.local(&item.label), href };
        match (&item.under, item.menu) {
            (Some(under), MenuName::Main) => below.push((link, &under.value, settings::file(), under.span.clone())),
            (Some(under), MenuName::Footer) => wrong.push(flat(&settings::file(), under.span.clone())),
            (None, MenuName::Main) => menu.add(link, path),
            (None, MenuName::Footer) => menu.footer.push(link),
        }
    }
    if !items.iter().any(|item| item.menu == MenuName::Main) {
        menu.add_what_there_is(almanac);
    }
    let pages = almanac.library.pages.iter().chain(&almanac.library.home);
    let mut pages: Vec<_> = pages.filter_map(|page| Some((page, page.menu.as_ref()?))).collect();
    pages.sort_by_key(|(page, entry)| (entry.order.unwrap_or(page.order), &page.entry.title, &page.entry.path));
    for (page, entry) in pages {
        let (file, path) = (&page.entry.file, page.entry.path.as_str());
        let link = Link {
            label: entry.label.as_deref().map_or_else(|| page.entry.title.clone(), |label| almanac.local(label)),
            href: almanac.href(path),
        };
        match (&entry.under, entry.at_foot) {
            (Some((under, span)), false) => below.push((link, under, file.clone(), span.clone())),
            (Some((_, span)), true) => wrong.push(flat(file, span.clone())),
            (None, false) if menu.paths.iter().any(|known| known == path) => {}
            (None, false) => menu.add(link, Some(path.to_owned())),
            (None, true) if menu.footer.iter().any(|known| known.href == link.href) => {}
            (None, true) => menu.footer.push(link),
        }
    }
    for (link, under, file, span) in below {
        let lower = almanac.local(under).to_lowercase();
        if let Some(above) = menu.main.iter_mut().find(|above| above.label.to_lowercase() == lower) {
            if !above.under.iter().any(|known| known.href == link.href) {
                above.under.push(link);
            }
            continue;
        }
        let labels: Vec<&str> = menu.main.iter().map(|link| link.label.as_str()).collect();
        let error = Diagnostic::error(codes::MENU_ENTRY, format!("the main menu has no entry \"{under}\" to stand below"));
        wrong.push(match suggest::nearest(under, labels.iter().copied()) {
            Some(near) => error.at_noted(&file, span, format!("did you mean \"{near}\"?")).help(format!("write \"{near}\"")),
            None => error.at(&file, span).help(format!("its entries are {}; none stands deeper than one below another", labels.join(", "))),
        });
    }
    menu
}

/// The menu at the foot has one level.
fn flat(file: &FileId, span: Span) -> Diagnostic {
    Diagnostic::error(codes::MENU_ENTRY, "in the menu at the foot nothing stands below anything")
        .at(file, span)
        .help("take `under` out; or put the entry into the main menu")
}

impl Menu {
    fn add(&mut self, link: Link, path: Option<String>) {
        self.main.push(MenuLink { label: link.label, href: link.href, under: Vec::new() });
        self.paths.extend(path);
    }

    /// The main menu of a site that names none.
    fn add_what_there_is(&mut self, almanac: &Almanac<'_>) {
        let library = almanac.library;
        let lists = [
            ("whats-on", addresses::AGENDA, true),
            ("programs-list", addresses::PROGRAMS, !library.programs.is_empty()),
            ("branches", addresses::BRANCHES, !library.branches.is_empty()),
            ("news", addresses::NEWS, !library.news.is_empty()),
        ];
        for (label, path, _) in lists.into_iter().filter(|(.., there)| *there) {
            self.add(Link { label: almanac.say(label), href: almanac.href_at(path) }, Some(almanac.at(path)));
        }
    }
}

fn target(almanac: &Almanac<'_>, item: &MenuItem, wrong: &mut Diagnostics) -> To {
    let to = item.to.as_str();
    if to.starts_with('/') {
        return To::Here(almanac.at(to));
    }
    if ["https://", "http://", "mailto:", "tel:"].iter().any(|scheme| to.starts_with(scheme)) {
        return To::Away(to.to_owned());
    }
    let file = FileId::new(to);
    if let Some(path) = almanac.page_of_file.get(&file) {
        return To::Here(path.as_str().to_owned());
    }
    if let Some(held) = almanac.library.held.iter().find(|held| held.file == file) {
        wrong.push(
            Diagnostic::warning(codes::MENU, format!("the menu leads to `{to}`, which is held back ({}), so it is left out", held.why))
                .at(&FileId::new("site.toml"), item.span.clone()),
        );
        return To::Nowhere;
    }
    let known = almanac.page_of_file.keys().map(|file| file.path());
    let help = suggest::nearest(to, known).map_or_else(
        || {
            "write a file such as `content/about.md`, an address of the site such as `/events/`, or one elsewhere with `https://`"
                .to_owned()
        },
        |near| format!("did you mean `{near}`?"),
    );
    wrong.push(
        Diagnostic::error(codes::MENU, format!("the menu leads to `{to}`, which is not there"))
            .at(&FileId::new("site.toml"), item.span.clone())
            .help(help),
    );
    To::Nowhere
}

/// Do the menu's addresses lead anywhere? Asked when everything is planned.
pub(super) fn check(almanac: &Almanac<'_>, planned: &HashMap<OutputPath, usize>, wrong: &mut Diagnostics) {
    for item in &almanac.settings.menu {
        let path = item.to.split(['#', '?']).next().unwrap_or(&item.to);
        if !path.starts_with('/') || planned.contains_key(&OutputPath::of_address(path)) {
            continue;
        }
        let with_slash = format!("{path}/");
        let known = planned.keys().filter_map(|path| path.as_str().strip_suffix("index.html")).map(|path| format!("/{path}"));
        let mut known: Vec<String> = known.collect();
        known.sort_unstable();
        let near = if planned.contains_key(&OutputPath::of_address(&with_slash)) {
            Some(with_slash.as_str())
        } else {
            suggest::nearest(path, known.iter().map(String::as_str))
        };
        let help = near.map_or_else(
            || "`handbill build` lists no such page; write a file of `content/` instead".to_owned(),
            |near| format!("did you mean `{near}`?"),
        );
        wrong.push(
            Diagnostic::error(codes::MENU, format!("the menu leads to `{}`, where there is no page", item.to))
                .at(&FileId::new("site.toml"), item.span.clone())
                .help(help),
        );
    }
}
