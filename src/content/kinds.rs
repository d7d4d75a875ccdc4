//! The kinds of content, one line each: the folder, its words, its keys, its reader.

use crate::content::entry::{Links, Thing, World};
use crate::content::fields::Fields;
use crate::content::{banner, branch, event, news, page, program};
use crate::library::Entry;
use crate::settings::key::Known;

/// One kind of content.
#[derive(Clone, Copy, Debug)]
pub struct Kind {
    /// As commands name it: `event`.
    pub name: &'static str,
    /// With its article, for messages: "an event".
    pub article: &'static str,
    /// The folder of `content/` it stands in, and of the site its addresses begin with; none for pages, which stand anywhere else.
    pub folder: Option<&'static str>,
    /// Has each file a page of its own?
    pub has_page: bool,
    /// Its keys, each with a line for whoever writes it.
    pub keys: &'static [Known],
    /// Reads what is special about it.
    pub(super) read: fn(&mut Fields<'_>, Entry, World<'_>, &mut Links) -> Thing,
}

/// All kinds; the last one is whatever no other is.
pub const KINDS: &[Kind] = &[
    Kind { name: "event", article: "an event", folder: Some("events"), has_page: true, keys: event::KEYS, read: event::read },
    Kind { name: "program", article: "a program", folder: Some("programs"), has_page: true, keys: program::KEYS, read: program::read },
    Kind { name: "branch", article: "a branch", folder: Some("branches"), has_page: true, keys: branch::KEYS, read: branch::read },
    Kind { name: "news", article: "a news post", folder: Some("news"), has_page: true, keys: news::KEYS, read: news::read },
    Kind { name: "banner", article: "a banner", folder: Some("banners"), has_page: false, keys: banner::KEYS, read: banner::read },
    Kind { name: "page", article: "a page", folder: None, has_page: true, keys: page::KEYS, read: page::read },
];

/// The kind of a file, by the folder it stands in; its path is from `content/`.
pub(super) fn kind_of(path: &str) -> &'static Kind {
    let folder = path.split_once('/').map(|(folder, _)| folder);
    KINDS.iter().find(|kind| kind.folder.is_some() && kind.folder == folder).unwrap_or(&KINDS[KINDS.len() - 1])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::{DateTime, Now, Utc};
    use crate::content::{Drafts, read};
    use crate::diagnostic::{Diagnostics, FileId};
    use crate::settings::key::Takes;
    use crate::settings::{self, Settings};
    use crate::source::{ContentHash, File, FileKind, Files, PictureFormat};

    /// Keys that mean something only beside others.
    const TOGETHER: &[(&str, &[&str])] =
        &[("image", &["image_alt"]), ("image_alt", &["image"]), ("room", &["branch"]), ("skips", &["repeats"]), ("changes", &["repeats"])];

    /// What the examples name: a branch with its rooms, a program, pictures, tables.
    fn town() -> Vec<(String, FileKind)> {
        let text = |text: &str| FileKind::Text(text.into());
        let mut town = vec![
            ("content/branches/main.md".to_owned(), text("---\ntitle: Main Library\nrooms: [Children's Room, Garden]\n---\n")),
            ("content/programs/story-time.md".to_owned(), text("---\ntitle: Stories\n---\n")),
            ("content/data/staff.yaml".to_owned(), text("- { name: Priya Nair, role: Librarian }\n")),
        ];
        for folder in ["events", "programs", "branches", "news", "pages", "banners"] {
            for picture in ["toddlers.jpg", "children.jpg", "main.jpg", "reading-room.jpg", "picture.jpg"] {
                town.push((
                    format!("content/{folder}/{picture}"),
                    FileKind::Picture { format: PictureFormat::Jpeg, width: 30, height: 20 },
                ));
            }
        }
        town
    }

    fn settings() -> Settings {
        let site = "[site]\ntitle = \"L\"\nbase_url = \"https://l.example.org\"\ntimezone = \"America/New_York\"\n";
        settings::read(&settings::file(), site).0.unwrap()
    }

    /// What is said of a file of this kind that holds these examples.
    fn said_of(kind: &Kind, keys: &[&Known]) -> (String, Diagnostics) {
        let lines: Vec<String> = keys.iter().map(|key| format!("{}: {}\n", key.name, key.example)).collect();
        let title = if keys.iter().any(|key| key.name == "title") { "" } else { "title: Example\n" };
        let file = format!("---\n{title}{}---\nWords.\n", lines.concat());
        let mut town = town();
        // What the example itself names is not there twice.
        let own = format!("content/{}/", kind.folder.unwrap_or("pages"));
        town.retain(|(path, _)| !(path.starts_with(&own) && path.rsplit('.').next() == Some("md")));
        town.push((format!("content/{}/example.md", kind.folder.unwrap_or("pages")), FileKind::Text(file.as_str().into())));
        let file_of = |(id, kind): (String, FileKind)| File { id: FileId::new(id), hash: ContentHash::of(b""), bytes: 0, kind };
        let files = Files::new(town.into_iter().map(file_of), Vec::new());
        let settings = settings();
        let at: DateTime<Utc> = "2026-12-04T14:00:00Z".parse().unwrap();
        (file, read(&files, &settings, Drafts::LeftOut, Now::new(at, settings.site.zone)).1)
    }

    #[test]
    fn every_example_can_be_written_as_it_stands() {
        for kind in KINDS {
            for key in kind.keys.iter().filter(|key| !key.example.is_empty()) {
                let beside = TOGETHER.iter().find(|(name, _)| *name == key.name).map_or(&[][..], |(_, beside)| beside);
                let asked = |known: &&Known| known.needed || known.name == key.name || beside.contains(&known.name);
                let keys: Vec<&Known> = kind.keys.iter().filter(asked).collect();
                let (file, wrong) = said_of(kind, &keys);
                assert!(!wrong.has_errors(), "{} of {}:\n{file}{wrong:?}", key.name, kind.article);
            }
        }
    }

    /// The keys without an example, of a table and of the tables in it.
    fn without_example(keys: &'static [Known], found: &mut Vec<&'static str>) {
        for key in keys {
            if key.example.is_empty() {
                found.push(key.name);
            }
            inside(&key.takes, found);
        }
    }

    fn inside(takes: &'static Takes, found: &mut Vec<&'static str>) {
        match takes {
            Takes::Map(keys) => without_example(keys, found),
            Takes::List(each) | Takes::ByDate(each) | Takes::ByName(each) => inside(each, found),
            Takes::Either(several) => several.iter().for_each(|one| inside(one, found)),
            _ => {}
        }
    }

    #[test]
    fn every_key_of_an_event_has_an_example() {
        for kind in KINDS.iter().filter(|kind| kind.name == "event") {
            let mut found = Vec::new();
            without_example(kind.keys, &mut found);
            assert_eq!(found, [""; 0], "{}", kind.article);
        }
    }
}
