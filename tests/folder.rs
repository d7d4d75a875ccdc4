//! What of a site's folder is read, and what is left out.

#![expect(clippy::unwrap_used, reason = "a test whose folder cannot be set up fails")]

use std::fs;
use std::path::{Path, PathBuf};

use handbill::diagnostic::FileId;
use handbill::folder::{self, Disk, FolderError};
use handbill::source::{FileKind, Files, PictureFormat, Store};
use tempfile::TempDir;

/// A site's folder on the disk.
struct Folder(TempDir);

impl Folder {
    fn new() -> Folder {
        Folder(TempDir::new().unwrap()).put("site.toml", "[site]\n")
    }

    fn root(&self) -> &Path {
        self.0.path()
    }

    fn put(self, path: &str, bytes: impl AsRef<[u8]>) -> Folder {
        let place = self.root().join(path);
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::write(place, bytes).unwrap();
        self
    }

    fn read(&self) -> Files {
        folder::read(self.root()).unwrap()
    }
}

fn paths(files: &Files) -> Vec<&str> {
    files.iter().map(|file| file.id.path()).collect()
}

fn left_out(files: &Files) -> Vec<(&str, &str)> {
    files.left_out().iter().map(|one| (one.file.path(), one.why.as_str())).collect()
}

fn kind(files: &Files, path: &str) -> FileKind {
    files.get(&FileId::new(path)).unwrap().kind.clone()
}

fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    image::DynamicImage::new_rgb8(width, height).write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner()
}

#[test]
fn a_site_is_read_with_what_each_file_is() {
    let files = Folder::new()
        .put("content/index.md", "\u{feff}---\ntitle: Café\n---\n")
        .put("content/events/tea.png", png(30, 20))
        .put("content/map.svg", "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 8 4'/>")
        .put("content/rules.pdf", "%PDF")
        .put("content/list.txt", b"caf\xe9")
        .put("announce/remind.txt", "{{ title }}")
        .put("themes/ours/static/a.woff2", b"\0\xff")
        .put("public/index.html", "")
        .put("notes.md", "not the site's")
        .read();
    assert_eq!(
        paths(&files),
        [
            "announce/remind.txt",
            "content/events/tea.png",
            "content/index.md",
            "content/list.txt",
            "content/map.svg",
            "content/rules.pdf",
            "site.toml",
            "themes/ours/static/a.woff2",
        ]
    );
    assert_eq!(kind(&files, "content/index.md"), FileKind::Text("\u{feff}---\ntitle: Café\n---\n".into()), "bytes agree with the disk");
    assert_eq!(kind(&files, "content/events/tea.png"), FileKind::Picture { format: PictureFormat::Png, width: 30, height: 20 });
    assert_eq!(kind(&files, "content/map.svg"), FileKind::Picture { format: PictureFormat::Svg, width: 8, height: 4 });
    assert_eq!(kind(&files, "content/list.txt"), FileKind::Other);
    assert_eq!(left_out(&files), []);
}

#[test]
fn what_is_not_what_its_name_says_is_there_and_says_why() {
    let large = "x".repeat(40_000);
    let files = Folder::new()
        .put("content/a.md", b"one\ntwo \xe9t\xe9\n")
        .put("content/b.md", b"\xff\xfea\0")
        .put("content/c.jpg", "not a picture")
        .put("content/d.svg", "<html></html>")
        .put("content/large.md", [large.as_bytes(), b"\xe9"].concat())
        .read();
    let why = |path: &str| match kind(&files, path) {
        FileKind::Broken(why) => why,
        other => panic!("{path} is {other:?}"),
    };
    assert_eq!(why("content/a.md"), "it is not UTF-8 text at byte 8, in line 2; save it as UTF-8");
    assert_eq!(why("content/b.md"), "it is saved as UTF-16; save it as UTF-8");
    assert!(why("content/c.jpg").contains("no picture"));
    assert!(why("content/d.svg").contains("no SVG"));
    assert!(why("content/large.md").contains("at byte 40000"));
}

#[test]
fn files_that_have_no_business_on_a_site_are_left_out_and_listed() {
    let folder = Folder::new()
        .put("content/.secret.md", "")
        .put("content/.DS_Store", "")
        .put("content/~$list.xlsx", "")
        .put("content/aux.md", "")
        .put("content/what?.md", "")
        .put("content/end. ", "")
        .put("content/.hidden/a.md", "")
        .put("themes/x/node_modules/a/b.js", "")
        .put(&format!("content/{0}/{0}/a.md", "long".repeat(50)), "");
    let files = folder.read();
    assert_eq!(paths(&files), ["site.toml"]);
    let listed: Vec<&str> = left_out(&files).into_iter().map(|(path, _)| path).filter(|path| !path.contains("long")).collect();
    assert_eq!(
        listed,
        ["content/.hidden", "content/.secret.md", "content/aux.md", "content/end. ", "content/what?.md", "content/~$list.xlsx"]
    );
    assert!(left_out(&files).iter().any(|(path, why)| path.contains("long") && why.contains("too long")));
}

#[cfg(unix)]
#[test]
fn a_link_is_followed_inside_the_site_and_left_out_when_it_leads_elsewhere() {
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::symlink;
    let elsewhere = TempDir::new().unwrap();
    fs::write(elsewhere.path().join("private.txt"), "private").unwrap();
    let folder = Folder::new().put("content/real.md", "real").put("content/a/b.md", "b").put(".env", "SECRET=1");
    let root = folder.root().to_owned();
    let link = |to: &Path, at: &str| symlink(to, root.join(at)).unwrap();
    link(Path::new("real.md"), "content/linked.md");
    link(Path::new("a"), "content/folder");
    link(&elsewhere.path().join("private.txt"), "content/out.txt");
    link(elsewhere.path(), "content/outside");
    link(Path::new("../../.."), "content/a/around");
    link(Path::new(".."), "content/a/up");
    link(Path::new("../.env"), "content/env.txt");
    link(Path::new("nowhere"), "content/nowhere.md");
    fs::write(root.join("content").join(std::ffi::OsStr::from_bytes(b"caf\xe9.md")), "").unwrap();

    let files = folder.read();
    assert_eq!(paths(&files), ["content/a/b.md", "content/folder/b.md", "content/linked.md", "content/real.md", "site.toml"]);
    let out = left_out(&files);
    let why = |path: &str| out.iter().find(|(listed, _)| *listed == path).unwrap_or_else(|| panic!("{path}: {out:?}")).1;
    assert_eq!(why("content/out.txt"), "a link that leads out of the site's folder");
    assert_eq!(why("content/outside"), "a link that leads out of the site's folder");
    assert_eq!(why("content/a/around"), "a link that leads out of the site's folder");
    assert_eq!(why("content/a/up"), "a link to a folder that it lies in");
    assert_eq!(why("content/env.txt"), "a link to a hidden file or folder");
    assert_eq!(why("content/nowhere.md"), "a link that leads nowhere");
    assert_eq!(why("content/caf\u{fffd}.md"), "its name is not UTF-8 text");

    // The folder may change after it was read: each time a file's bytes are asked for, its links are looked at again.
    let disk = Disk::new(&root).unwrap();
    assert_eq!(disk.bytes(&FileId::new("content/linked.md")).unwrap(), b"real");
    for path in ["content/out.txt", "content/outside/private.txt", "content/env.txt", "../x", "/etc/hostname", "content/../../x"] {
        assert!(disk.bytes(&FileId::new(path)).is_err(), "{path}");
    }
}

#[test]
fn reading_again_gives_what_reading_anew_would() {
    let folder = Folder::new().put("content/a.md", "a").put("content/b/c.md", "c").put("content/b/d.md", "d").put("content/.x", "");
    let before = folder.read();
    fs::write(folder.root().join("content/a.md"), "changed").unwrap();
    fs::remove_file(folder.root().join("content/b/c.md")).unwrap();
    fs::remove_file(folder.root().join("content/.x")).unwrap();
    fs::rename(folder.root().join("content/b"), folder.root().join("content/e")).unwrap();
    let folder = folder.put("announce/x.txt", "x").put("public/index.html", "").put("content/b2.md", "b2");
    let changed: Vec<PathBuf> =
        ["content/a.md", "content/b/c.md", "content/b", "content/e", "content/.x", "announce", "public/index.html", "content/b2.md"]
            .iter()
            .map(|path| folder.root().join(path))
            .collect();
    let again = folder::read_again(folder.root(), &before, &changed).unwrap();
    let anew = folder.read();
    assert!(again.iter().eq(anew.iter()));
    assert_eq!(again.left_out(), anew.left_out());
    let root = [folder.root().to_owned()];
    assert!(folder::read_again(folder.root(), &before, &root).unwrap().iter().eq(anew.iter()), "and the root means all of it");
}

#[test]
fn the_site_is_found_from_a_folder_in_it() {
    let folder = Folder::new().put("content/events/a.md", "");
    assert_eq!(folder::find_root(&folder.root().join("content/events")).as_deref(), Some(folder.root()));
    let elsewhere = TempDir::new().unwrap();
    assert_eq!(folder::find_root(elsewhere.path()), None);
    assert!(matches!(folder::read(elsewhere.path()), Err(FolderError::NoSite(_))));
}

#[test]
fn a_save_is_told_and_our_own_writing_is_not() {
    let folder = Folder::new().put("content/a.md", "a").put("public/index.html", "").put(".handbill/x", "");
    let mut watcher = folder::watch(folder.root()).unwrap();
    let folder = folder.put("public/index.html", "new").put(".handbill/x", "new").put("content/a.md", "new");
    let place = fs::canonicalize(folder.root()).unwrap();
    let told = watcher.changes().unwrap();
    assert_eq!(told, [place.join("content/a.md")]);
    // A folder that was not there in the beginning is followed from when it comes.
    let _folder = folder.put("announce/remind.txt", "x");
    let mut told = watcher.changes().unwrap();
    while !told.iter().any(|path| path.starts_with(place.join("announce"))) {
        told = watcher.changes().unwrap();
    }
}
