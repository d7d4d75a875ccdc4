//! Which branch, program and room an event means.

use std::collections::BTreeMap;

use crate::content::entry::{Parsed, Thing};
use crate::diagnostic::suggest::nearest;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, FileId, Span, codes};
use crate::library::Slug;
use crate::settings::Written;

/// The branches and programs by the names that events may give them: id and slug.
pub(super) struct Directory {
    branches: BTreeMap<String, Named>,
    programs: BTreeMap<String, Named>,
    /// The branches that are shown, each once.
    shown: Vec<Slug>,
}

#[derive(Clone)]
struct Named {
    slug: Slug,
    title: String,
    held: Option<String>,
    rooms: Vec<String>,
}

impl Directory {
    /// Gathers them.
    pub(super) fn gather(parsed: &[Parsed]) -> Directory {
        let mut directory = Directory { branches: BTreeMap::new(), programs: BTreeMap::new(), shown: Vec::new() };
        for one in parsed {
            let entry = one.thing.entry();
            let rooms = if let Thing::Branch(branch, _) = &one.thing { branch.rooms.clone() } else { Vec::new() };
            let named =
                Named { slug: entry.slug.clone(), title: entry.title.clone(), held: one.held.as_ref().map(|held| held.why.clone()), rooms };
            let list = match one.kind.name {
                "branch" => {
                    if named.held.is_none() {
                        directory.shown.push(named.slug.clone());
                    }
                    &mut directory.branches
                }
                "program" => &mut directory.programs,
                _ => continue,
            };
            for name in [one.names.id.as_str(), entry.slug.as_str()] {
                list.entry(name.to_owned()).or_insert_with(|| named.clone());
            }
        }
        directory
    }

    /// Resolves the names in one event.
    pub(super) fn resolve(&self, one: &mut Parsed, wrong: &mut Diagnostics) {
        let Parsed { thing, links, .. } = one;
        let file = thing.entry().file.clone();
        let program = links.program.as_ref().and_then(|written| self.program(&file, written, wrong));
        let branch = links.branch.as_ref().map(|written| self.branch(&file, written, wrong));
        let Thing::Event(event) = thing else { return };
        event.program = program;
        let named = match branch {
            Some(named) => named,
            None if links.place_named => {
                if let Some(room) = links.room.as_ref().filter(|_| event.place.off_site.is_none() && event.place.online.is_some()) {
                    wrong.push(
                        Diagnostic::warning(codes::ROOM, "a room is named, but no branch that it is in")
                            .at(&file, room.span.clone())
                            .help("add `branch: …` if people can come as well as join online; else take the room out"),
                    );
                }
                None
            }
            None => self.only_branch(&file, &links.fence, wrong),
        };
        event.place.branch = named.map(|named| named.slug.clone());
        if let (Some(room), Some(named)) = (&links.room, named) {
            check_room(&file, room, named, wrong);
        }
        for change_links in &links.changes {
            let Some(change) = event.changes.get_mut(&change_links.on) else { continue };
            let there = change_links.branch.as_ref().map(|written| self.branch(&file, written, wrong));
            change.branch = there.flatten().map(|named| named.slug.clone());
            let room = change_links.room.as_ref().filter(|_| change.off_site.is_none());
            if let (Some(room), Some(named)) = (room, there.unwrap_or(named)) {
                check_room(&file, room, named, wrong);
            }
        }
    }

    /// Resolves the branches that a banner is about.
    pub(super) fn resolve_banner(&self, one: &mut Parsed, wrong: &mut Diagnostics) {
        let file = one.thing.entry().file.clone();
        let mut found = Vec::new();
        for written in &one.links.branches {
            let mut unknown = Diagnostics::new();
            let named =
                find(&self.branches, "branch", "content/branches/", codes::UNKNOWN_BRANCH, &file, written, &mut unknown, InShortcode::No);
            wrong.extend(
                unknown.into_iter().map(|one| Diagnostic { help: one.help.map(|help| help.replace("`branch: ", "`branches: ")), ..one }),
            );
            match named {
                Some(named) if named.held.is_some() => wrong.push(
                    Diagnostic::warning(
                        codes::HELD_REFERENCE,
                        format!("the branch \"{}\" is held back, so the banner stands on no page of it", written.value),
                    )
                    .at(&file, written.span.clone())
                    .help("nothing to do if the branch will be shown later; else take its name out"),
                ),
                Some(named) if !found.contains(&named.slug) => found.push(named.slug.clone()),
                _ => {}
            }
        }
        if let Thing::Banner(banner) = &mut one.thing {
            banner.branches = found;
        }
    }

    /// The branch of an event that names no place: the only one there is.
    fn only_branch(&self, file: &FileId, fence: &Span, wrong: &mut Diagnostics) -> Option<&Named> {
        match self.shown.as_slice() {
            [] => None,
            [one] => self.branches.get(one.as_str()),
            several => {
                let names: Vec<String> = several.iter().map(|slug| format!("`branch: {slug}`")).collect();
                wrong.push(
                    Diagnostic::error(codes::NO_PLACE, "the event does not say where it takes place")
                        .at(file, fence.clone())
                        .help(format!("add {}, or `place: …`, or `online: …`", either(&names))),
                );
                None
            }
        }
    }

    /// The branches that are shown, each once.
    pub(super) fn shown_branches(&self) -> &[Slug] {
        &self.shown
    }

    /// The branch that a page shows something of; one that is held back has nothing to show, which is said.
    pub(super) fn branch_shown(&self, file: &FileId, written: &Written<String>, wrong: &mut Diagnostics) -> Option<Slug> {
        let named = find(&self.branches, "branch", "content/branches/", codes::UNKNOWN_BRANCH, file, written, wrong, InShortcode::Yes)?;
        named.shown(file, "branch", written, wrong)
    }

    /// The program that a page shows something of; one that is held back has nothing to show, which is said.
    pub(super) fn program_shown(&self, file: &FileId, written: &Written<String>, wrong: &mut Diagnostics) -> Option<Slug> {
        let named = find(&self.programs, "program", "content/programs/", codes::UNKNOWN_PROGRAM, file, written, wrong, InShortcode::Yes)?;
        named.shown(file, "program", written, wrong)
    }

    fn branch(&self, file: &FileId, written: &Written<String>, wrong: &mut Diagnostics) -> Option<&Named> {
        let named = find(&self.branches, "branch", "content/branches/", codes::UNKNOWN_BRANCH, file, written, wrong, InShortcode::No)?;
        if let Some(why) = &named.held {
            wrong.push(
                Diagnostic::error(
                    codes::HELD_REFERENCE,
                    format!("the branch \"{}\" is held back ({why}), so nobody could find the event", written.value),
                )
                .at(file, written.span.clone())
                .help("show the branch, or name another place"),
            );
            return None;
        }
        Some(named)
    }

    fn program(&self, file: &FileId, written: &Written<String>, wrong: &mut Diagnostics) -> Option<Slug> {
        let named = find(&self.programs, "program", "content/programs/", codes::UNKNOWN_PROGRAM, file, written, wrong, InShortcode::No)?;
        if let Some(why) = &named.held {
            wrong.push(
                Diagnostic::warning(
                    codes::HELD_REFERENCE,
                    format!("the program \"{}\" is held back ({why}), so the event stands alone for now", written.value),
                )
                .at(file, written.span.clone())
                .help("nothing to do if it will be shown later; else take the line out"),
            );
            return None;
        }
        Some(named.slug.clone())
    }
}

impl Named {
    /// Its slug, if it is shown.
    fn shown(&self, file: &FileId, what: &str, written: &Written<String>, wrong: &mut Diagnostics) -> Option<Slug> {
        let Some(why) = &self.held else { return Some(self.slug.clone()) };
        wrong.push(
            Diagnostic::warning(
                codes::HELD_REFERENCE,
                format!("the {what} \"{}\" is held back ({why}), so nothing stands here for now", written.value),
            )
            .at(file, written.span.clone())
            .help("nothing to do if it will be shown later; else take the shortcode out"),
        );
        None
    }
}

/// Does a name stand in the arguments of a shortcode, and not in the head of a file?
#[derive(Clone, Copy)]
enum InShortcode {
    Yes,
    No,
}

/// The branch or program that is meant; `shortcode` says how it is written.
#[allow(clippy::too_many_arguments, reason = "one look-up, and all that its answer names")]
fn find<'a>(
    list: &'a BTreeMap<String, Named>,
    what: &str,
    folder: &str,
    code: Code,
    file: &FileId,
    written: &Written<String>,
    wrong: &mut Diagnostics,
    shortcode: InShortcode,
) -> Option<&'a Named> {
    if let Some(named) = list.get(&written.value) {
        return Some(named);
    }
    // "Main" and "Main Library" mean `main`, as long as no other one is called so.
    let lower = written.value.to_lowercase();
    let mut titled = list.iter().filter(|(name, named)| **name == lower || named.title.to_lowercase() == lower).map(|(_, named)| named);
    if let Some(named) = titled.next()
        && titled.all(|other| other.slug == named.slug)
    {
        return Some(named);
    }
    let error = Diagnostic::error(code, format!("there is no {what} \"{}\"", written.value));
    let by_title =
        crate::content::event::as_slug(&written.value).and_then(|slug| list.get_key_value(slug.as_str()).map(|(name, _)| name.as_str()));
    let near_title = || {
        let title = nearest(&written.value, list.values().map(|named| named.title.as_str()))?;
        list.iter().find(|(_, named)| named.title == title).map(|(name, _)| name.as_str())
    };
    wrong.push(match by_title.or_else(|| nearest(&written.value, list.keys().map(String::as_str))).or_else(near_title) {
        Some(meant) => error.at_noted(file, written.span.clone(), format!("did you mean `{meant}`?")).help(match shortcode {
            InShortcode::Yes => format!("write `{what}=\"{meant}\"`"),
            InShortcode::No => format!("write `{what}: {meant}`"),
        }),
        None if list.is_empty() => error.at(file, written.span.clone()).help(format!("take it out, or write a file for it in `{folder}`")),
        None if list.len() == 1 => {
            let name = list.keys().next().map_or("", String::as_str);
            error.at(file, written.span.clone()).help(format!("there is one, `{name}`; each is a file in `{folder}`"))
        }
        None if list.len() <= 12 => {
            let names: Vec<&str> = list.keys().map(String::as_str).collect();
            error.at(file, written.span.clone()).help(format!("there are {}; each is a file in `{folder}`", names.join(", ")))
        }
        None => error.at(file, written.span.clone()).help(format!("name a file in `{folder}`, without its ending")),
    });
    None
}

/// A room that the branch does not list is most likely misspelt.
fn check_room(file: &FileId, room: &Written<String>, named: &Named, wrong: &mut Diagnostics) {
    if named.rooms.is_empty() || named.rooms.contains(&room.value) {
        return;
    }
    let warning = Diagnostic::warning(codes::ROOM, format!("\"{}\" is not among the rooms of `{}`", room.value, named.slug));
    wrong.push(match nearest(&room.value, named.rooms.iter().map(String::as_str)) {
        Some(meant) => {
            warning.at_noted(file, room.span.clone(), format!("did you mean \"{meant}\"?")).help(format!("write `room: {meant}`"))
        }
        None => {
            warning.at(file, room.span.clone()).help(format!("its rooms are {}; others are added in its own file", named.rooms.join(", ")))
        }
    });
}

/// "a or b", "a, b or c".
fn either(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} or {last}", most.join(", ")),
    }
}
