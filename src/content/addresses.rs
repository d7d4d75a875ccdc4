//! Paths: where a file lives on the site, and which file another one means.

use std::collections::{HashMap, HashSet};
use std::fmt::Write;

use crate::content::entry::{Parsed, problem};
use crate::content::kinds::Kind;
use crate::content::records::Made;
use crate::diagnostic::{Diagnostic, Diagnostics, FileId, Problem, Span, codes};
use crate::library::{PagePath, Slug};
use crate::settings::{Settings, Terms};
use crate::source::Files;
use crate::text::{is_windows_device, slugify};

/// The folder that staff write in.
pub(super) const CONTENT: &str = "content/";

/// The addresses that the site makes by itself: folders whose first page is a list, and files.
const MADE_FOLDERS: &[&str] = &["events", "programs", "branches", "news", "calendar", "audience", "topics", "static"];
const MADE_FILES: &[&str] =
    &["/robots.txt", "/sitemap.xml", "/feed.xml", "/404.html", "/calendar.ics", "/events/feed.xml", "/news/feed.xml", "/index.html"];

/// A file's name without its ending, and the folders it stands in, from `content/` on.
pub(super) fn stem_and_folders(file: &FileId) -> (&str, Vec<&str>) {
    let path = file.path().strip_prefix(CONTENT).unwrap_or(file.path());
    let mut folders: Vec<&str> = path.split('/').collect();
    let name = folders.pop().unwrap_or("");
    (without_md(name).unwrap_or(name), folders)
}

/// The name of a Markdown file without its ending, which may be in capitals.
pub(super) fn without_md(name: &str) -> Option<&str> {
    let (stem, ending) = name.rsplit_once('.')?;
    ending.eq_ignore_ascii_case("md").then_some(stem)
}

/// The address of a file: `/events/<slug>/` and the like; a page stands at its own path.
pub(super) fn path_of(kind: &Kind, file: &FileId, folders: &[&str], stem: &str, slug: &Slug) -> PagePath {
    if let Some(folder) = kind.folder {
        return PagePath::page([folder, slug.as_str()]);
    }
    let folders: Vec<Slug> = folders.iter().filter_map(|folder| slugify(folder)).collect();
    let folders = folders.iter().map(Slug::as_str);
    debug_assert!(file.path().starts_with(CONTENT));
    if stem == "index" { PagePath::page(folders) } else { PagePath::page(folders.chain([slug.as_str()])) }
}

/// Reads an earlier address: `/old/place/`, `/old-page.html`, or the old slug of something in the same folder.
pub(super) fn alias(written: &str, own: &PagePath) -> Result<PagePath, Problem> {
    let wrong = |said: &str, help: &str| problem(codes::ALIAS, written, said).help(help.to_owned());
    let text = written.split_once("://").map_or(written, |(_, rest)| rest.find('/').map_or("", |at| &rest[at..]));
    if text.contains(['?', '#', '\\']) {
        return Err(wrong("an earlier address holds no `?`, `#` or backslash", "write its path alone: `/old/place/`"));
    }
    let parts: Vec<&str> = text.split('/').filter(|part| !part.is_empty()).collect();
    for part in &parts {
        let letters = part.chars().all(|c| c.is_alphanumeric() || "-_.~ +,'()".contains(c));
        if !letters || part.starts_with('.') || part.ends_with(['.', ' ']) || is_windows_device(part) || part.len() > 120 {
            return Err(wrong(
                &format!("\"{part}\" can be no part of an address"),
                "write the old address as patrons knew it: `/old/place/`",
            ));
        }
    }
    let path = match parts.as_slice() {
        [] => return Err(wrong("the home page can't lead to another page", "write the old address as patrons knew it: `/old/place/`")),
        [name] if !written.contains('/') => {
            let folder = own.as_str().trim_end_matches('/').rsplit_once('/').map_or("", |(folder, _)| folder);
            PagePath::page(folder.split('/').filter(|part| !part.is_empty()).chain([*name]))
        }
        [.., last] if last.contains('.') && !text.ends_with('/') => PagePath::file(&parts.join("/")),
        _ => PagePath::page(parts.iter().copied()),
    };
    if path == *own {
        return Err(wrong("this is the address it has now", "take it out: `aliases` are earlier addresses"));
    }
    Ok(path)
}

/// Where a written path leads.
#[derive(PartialEq, Eq, Debug)]
pub(super) enum Resolved {
    /// To this file, if there is one.
    File(FileId),
    /// Out of `content/`.
    Outside,
}

/// Follows a path from a file: from its folder, or from `content/` when it begins with `/`.
pub(super) fn resolve(from: &FileId, written: &str) -> Resolved {
    let decoded = decode(written).replace('\\', "/");
    let mut folders: Vec<&str> = if decoded.starts_with('/') { Vec::new() } else { stem_and_folders(from).1 };
    for part in decoded.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                if folders.pop().is_none() {
                    return Resolved::Outside;
                }
            }
            part => folders.push(part),
        }
    }
    Resolved::File(FileId::new(format!("{CONTENT}{}", folders.join("/"))))
}

/// `%20` and the like as what they stand for; as it was where that is no text.
pub(super) fn decode(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let bytes = text.as_bytes();
    let mut plain = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let pair =
            bytes.get(at + 1..at + 3).and_then(|pair| std::str::from_utf8(pair).ok()).and_then(|pair| u8::from_str_radix(pair, 16).ok());
        match (bytes[at], pair) {
            (b'%', Some(byte)) => {
                plain.push(byte);
                at += 3;
            }
            (byte, _) => {
                plain.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8(plain).unwrap_or_else(|_| text.to_owned())
}

/// A path for `href`: what an address cannot hold is written as `%20` and the like.
pub(super) fn encode(path: &str) -> String {
    let mut encoded = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~!$'()*,;:@+=".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

/// The ending of a file's name in small letters.
pub(super) fn extension(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or(String::new(), |(_, ending)| ending.to_ascii_lowercase())
}

/// Does the name end like a picture's?
pub(super) fn is_picture(file: &FileId) -> bool {
    matches!(extension(file.path()).as_str(), "jpg" | "jpeg" | "png" | "webp" | "gif" | "svg")
}

/// The path from one file to another, as a link is written: `../branches/main.md`.
pub(super) fn relative(from: &FileId, to: &FileId) -> String {
    let (_, here) = stem_and_folders(from);
    let there = to.path().strip_prefix(CONTENT).unwrap_or(to.path());
    let mut parts: Vec<&str> = there.split('/').collect();
    let name = parts.pop().unwrap_or("");
    let shared = here.iter().zip(&parts).take_while(|(a, b)| a == b).count();
    let up = std::iter::repeat_n("..", here.len() - shared);
    up.chain(parts[shared..].iter().copied()).chain([name]).collect::<Vec<_>>().join("/")
}

/// The file that was most likely meant by one that is not there: the same name elsewhere, or nearly the same name.
pub(super) fn nearest_file(wanted: &FileId, files: &Files, of_kind: impl Fn(&FileId) -> bool) -> Option<FileId> {
    let name = |file: &FileId| file.path().rsplit('/').next().unwrap_or("").to_lowercase();
    let wanted_name = name(wanted);
    let wanted_stem = wanted_name.split('.').next().unwrap_or("").to_owned();
    let folder = wanted.path().rsplit_once('/').map_or("", |(folder, _)| folder);
    let cost = |file: &FileId| {
        let their = name(file);
        let stem = their.split('.').next().unwrap_or("");
        let other_kind = if extension(&their) == extension(&wanted_name) { 0 } else { 2 };
        let letters = other_kind + if stem == wanted_stem { 0 } else { strsim::damerau_levenshtein(&wanted_stem, stem) };
        let elsewhere = usize::from(file.path().rsplit_once('/').map_or("", |(folder, _)| folder) != folder);
        (letters <= wanted_stem.chars().count().max(6) / 3).then_some((letters, elsewhere))
    };
    files
        .under(CONTENT)
        .map(|file| &file.id)
        .filter(|file| of_kind(file))
        .filter_map(|file| cost(file).map(|cost| (cost, file)))
        .min_by(|a, b| a.0.cmp(&b.0).then_with(|| a.1.cmp(b.1)))
        .map(|(_, file)| file.clone())
}

/// What a link may lead to.
#[derive(Clone, Debug)]
pub(super) struct Target {
    pub(super) path: PagePath,
    /// Held back: nothing may link to it. Why.
    pub(super) held: Option<String>,
    /// Has its page sections that the theme adds?
    pub(super) themed: bool,
}

/// Every address of the content.
#[derive(Default)]
pub(super) struct Addresses {
    by_file: HashMap<FileId, Target>,
    /// In small letters, since some disks know no others.
    by_path: HashMap<String, (FileId, Span)>,
    /// The words of each list (`audience`, `topics`, a taxonomy's name): each may have a page.
    terms: HashMap<String, HashSet<String>>,
    /// The addresses of the lists and words that something shown carries, in small letters.
    carried: HashSet<String>,
    /// Pages made from tables whose own page is held back, in small letters, and why.
    held_records: HashMap<String, String>,
    /// The folders that those addresses stand in, without a slash at the end, each with the first that needs it.
    folders: HashMap<String, (FileId, Span)>,
}

impl Addresses {
    /// Gathers every address. Two things at one address are an error.
    pub(super) fn gather(
        parsed: &[Parsed],
        made: &[Made],
        copied: &[(FileId, PagePath)],
        settings: &Settings,
        wrong: &mut Diagnostics,
    ) -> Addresses {
        let mut all = Addresses {
            by_file: HashMap::with_capacity(parsed.len()),
            by_path: HashMap::with_capacity(parsed.len()),
            terms: terms_of(settings),
            ..Addresses::default()
        };
        for one in parsed.iter().filter(|one| one.held.is_none()) {
            for (list, word) in one.thing.carried() {
                all.carried.insert(format!("/{list}/"));
                all.carried.insert(format!("/{list}/{word}/"));
            }
        }
        for one in parsed {
            let entry = one.thing.entry();
            if !one.kind.has_page {
                continue;
            }
            all.claim(&entry.path, &entry.file, &one.names.address_span, "address", wrong);
            let target = Target {
                path: entry.path.clone(),
                held: one.held.as_ref().map(|held| held.why.clone()),
                themed: one.kind.folder.is_some_and(|folder| folder != "news") || entry.path.as_str() == "/",
            };
            all.by_file.insert(entry.file.clone(), target);
        }
        for record in made {
            let path = &record.page.entry.path;
            all.claim(path, &record.file, &record.span, "record", wrong);
            if let Some(why) = &record.held {
                all.held_records.insert(path.as_str().to_lowercase(), why.clone());
            }
        }
        for (file, path) in copied {
            all.claim(path, file, &(0..0), "file", wrong);
            all.by_file.insert(file.clone(), Target { path: path.clone(), held: None, themed: true });
        }
        for one in parsed {
            for alias in &one.names.aliases {
                all.claim(&alias.value, &one.thing.entry().file, &alias.span, "alias", wrong);
            }
        }
        all
    }

    fn claim(&mut self, path: &PagePath, file: &FileId, at: &Span, what: &str, wrong: &mut Diagnostics) {
        let lower = path.as_str().to_lowercase();
        if is_made(&lower, self) || folders_of(&lower).any(|folder| is_made_file(folder, self)) {
            let help = match what {
                "file" | "alias" => "choose another name",
                "record" => "let `slug:` below `pages_from` name another column",
                _ => "rename the file, or give it another `slug: …`",
            };
            wrong.push(
                Diagnostic::error(codes::ADDRESS_TAKEN, format!("the address {path} is one that the site makes by itself"))
                    .at(file, at.clone())
                    .help(help),
            );
            return;
        }
        let lower = of_page(&lower).to_owned();
        let beside = || folders_of(&lower).find_map(|folder| self.by_path.get(folder)).or_else(|| self.folders.get(&lower));
        if let Some((first, span)) = self.by_path.get(&lower).or_else(beside) {
            let help = match what {
                "alias" => "take the alias out, or give the other page another address",
                "file" => "rename one of the two files",
                "record" => "rename the file, or let `slug:` below `pages_from` name another column",
                _ => "rename one of the two files, or give one another `slug: …`",
            };
            let same = if first == file { "it stands here already" } else { "it belongs to this file already" };
            wrong.push(
                Diagnostic::error(codes::ADDRESS_TAKEN, format!("the address {path} is taken"))
                    .at(file, at.clone())
                    .also(first, span.clone(), same)
                    .help(help),
            );
            return;
        }
        for folder in folders_of(&lower) {
            self.folders.entry(folder.to_owned()).or_insert_with(|| (file.clone(), at.clone()));
        }
        self.by_path.insert(lower, (file.clone(), at.clone()));
    }

    /// What stands in this file.
    pub(super) fn of_file(&self, file: &FileId) -> Option<&Target> {
        self.by_file.get(file)
    }

    /// Does something answer at this address of the site?
    pub(super) fn answers(&self, path: &str, is_shown: impl Fn(&str) -> bool) -> bool {
        let lower = path.to_lowercase();
        let whole = if lower.ends_with('/') || lower.rsplit('/').next().is_some_and(|last| last.contains('.')) {
            lower.clone()
        } else {
            format!("{lower}/")
        };
        let parts: Vec<&str> = whole.trim_matches('/').split('/').collect();
        match parts.as_slice() {
            [list] | [list, _] if self.terms.contains_key(*list) => self.carried.contains(&whole),
            ["events" | "calendar", month] if is_month(month) => is_shown(month),
            _ => self.by_path.contains_key(of_page(&whole)) || is_made(&whole, self),
        }
    }

    /// Is it the page of a word that nothing on the site carries?
    pub(super) fn is_empty_list(&self, path: &str) -> bool {
        let path = path.to_lowercase();
        let parts: Vec<&str> = path.trim_matches('/').split('/').collect();
        match parts.as_slice() {
            [list] => self.terms.contains_key(*list),
            [list, word] => self.terms.get(*list).is_some_and(|words| words.contains(*word)),
            _ => false,
        }
    }

    /// Why what stands at this address is held back, if it is.
    pub(super) fn held_at(&self, path: &str) -> Option<&str> {
        let record = || self.held_records.get(&format!("{}/", path.trim_end_matches('/').to_lowercase())).map(String::as_str);
        self.file_at(path).and_then(|file| self.of_file(file)?.held.as_deref()).or_else(record)
    }

    /// The file at this address, if it is one of the content's.
    pub(super) fn file_at(&self, path: &str) -> Option<&FileId> {
        self.by_path.get(&format!("{}/", path.trim_end_matches('/').to_lowercase())).map(|(file, _)| file)
    }

    /// All addresses, for suggestions.
    pub(super) fn paths(&self) -> impl Iterator<Item = &str> {
        self.by_path.keys().map(String::as_str)
    }
}

/// The page that a file answers for: `/visit/index.html` is `/visit/`.
fn of_page(path: &str) -> &str {
    path.strip_suffix("index.html").filter(|page| page.ends_with('/')).unwrap_or(path)
}

/// The folders that the file of an address stands in: of `/kids/old/` they are `/kids` and `/kids/old`.
fn folders_of(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').skip(1).map(|(at, _)| &path[..at])
}

/// Is it a file that the site makes by itself?
fn is_made_file(lower: &str, all: &Addresses) -> bool {
    let event = lower.strip_prefix("/events/").and_then(|file| file.strip_suffix(".ics"));
    MADE_FILES.contains(&lower) || event.is_some_and(|event| all.by_path.contains_key(&format!("/events/{event}/")))
}

/// Is it an address that the site makes by itself: a list, a month, a feed?
fn is_made(lower: &str, all: &Addresses) -> bool {
    if is_made_file(lower, all) {
        return true;
    }
    let parts: Vec<&str> = lower.trim_matches('/').split('/').collect();
    match parts.as_slice() {
        [folder] => is_made_folder(folder) || all.terms.contains_key(*folder),
        [list, word] if all.terms.get(*list).is_some_and(|words| words.contains(*word)) => true,
        ["events" | "calendar", month] if is_month(month) => true,
        ["static", ..] => true,
        _ => false,
    }
}

/// Is it a folder whose first page is a list that the site makes by itself?
pub(super) fn is_made_folder(name: &str) -> bool {
    MADE_FOLDERS.contains(&name)
}

/// The lists of words that have pages, and their words.
fn terms_of(settings: &Settings) -> HashMap<String, HashSet<String>> {
    let words = |terms: &Terms| terms.0.iter().map(|(slug, _)| slug.as_str().to_owned()).collect();
    let own = settings.taxonomies.iter().map(|taxonomy| (taxonomy.name.as_str().to_owned(), words(&taxonomy.terms)));
    let built_in = [("audience".to_owned(), words(&settings.audiences)), ("topics".to_owned(), words(&settings.topics))];
    own.chain(built_in).collect()
}

fn is_month(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() == 7 && bytes[4] == b'-' && bytes.iter().enumerate().all(|(at, byte)| at == 4 || byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_followed_from_the_file_that_names_it() {
        let from = FileId::new("content/events/children/story-time.md");
        let to = |path: &str| match resolve(&from, path) {
            Resolved::File(file) => file.path().to_owned(),
            Resolved::Outside => "outside".to_owned(),
        };
        assert_eq!(to("toddlers.jpg"), "content/events/children/toddlers.jpg");
        assert_eq!(to("../../branches/main.md"), "content/branches/main.md");
        assert_eq!(to("/visit.md"), "content/visit.md");
        assert_eq!(to("My%20Photo.jpg"), "content/events/children/My Photo.jpg");
        assert_eq!(to("../../../site.toml"), "outside");
        assert_eq!(to("%2e%2e/../../../etc/passwd"), "outside");
        assert_eq!(relative(&from, &FileId::new("content/branches/main.md")), "../../branches/main.md");
    }

    #[test]
    fn no_address_stands_where_another_one_needs_a_folder() {
        let (one, other) = (FileId::new("content/a.md"), FileId::new("content/b.md"));
        let errors = |claims: [&str; 2]| {
            let (mut all, mut wrong) = (Addresses::default(), Diagnostics::new());
            for (path, file) in claims.into_iter().zip([&one, &other]) {
                all.claim(&PagePath::file(path), file, &(0..3), "alias", &mut wrong);
            }
            wrong.iter().filter(|wrong| wrong.at.as_ref().is_some_and(|at| at.file == other && at.span == (0..3))).count()
        };
        for [first, second] in [["a.html", "a.html/"], ["a.html", "A.html/b/c.pdf"], ["visit/", "visit/index.html"], ["x.y/z.html", "x.y"]]
        {
            assert_eq!((errors([first, second]), errors([second, first])), (1, 1), "{first} {second}");
        }
        assert_eq!(errors(["events/tea/", "events/tea.ics/x/"]), 1);
        assert_eq!((errors(["a/", "robots.txt/"]), errors(["a/", "feed.xml/b.html"])), (1, 1));
        for apart in [["a.html", "a/"], ["kids/old/", "kids/"], ["kids/a.pdf", "kids/b.pdf"], ["index/", "index.htm"]] {
            assert_eq!(errors(apart), 0, "{apart:?}");
        }
    }

    #[test]
    fn an_alias_is_a_path_or_an_old_name_beside_the_new_one() {
        let own = PagePath::page(["events", "story-time"]);
        assert_eq!(alias("storytime", &own).unwrap().as_str(), "/events/storytime/");
        assert_eq!(alias("/kids/storytime", &own).unwrap().as_str(), "/kids/storytime/");
        assert_eq!(alias("/kids/Story_Time.html", &own).unwrap().as_str(), "/kids/Story_Time.html");
        for refused in ["/events/story-time/", "/../x/", "/", "/con/", "/a\u{0}b/", "/x./", "/?p=12"] {
            assert!(alias(refused, &own).is_err(), "{refused}");
        }
    }
}
