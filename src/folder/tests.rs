//! A build that dies at any step is completed by the next; files that are not ours stay.

use std::collections::BTreeMap;
use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use tempfile::TempDir;

use super::{FolderError, OutputFolder, Step, Wanted, WriteError, Written, write};
use crate::source::ContentHash;

/// A site's folder with an output.
struct Place {
    folder: TempDir,
}

type Pages<'a> = &'a [(&'a str, &'a str)];

impl Place {
    fn new() -> Place {
        let folder = TempDir::new().unwrap();
        fs::write(folder.path().join("site.toml"), "").unwrap();
        fs::create_dir(folder.path().join("content")).unwrap();
        Place { folder }
    }

    fn output(&self) -> OutputFolder {
        OutputFolder::new(self.folder.path(), Path::new("public")).unwrap()
    }

    fn public(&self) -> PathBuf {
        self.folder.path().join("public")
    }

    fn build(&self, pages: Pages<'_>) -> Written {
        self.try_build(pages, &|_| ControlFlow::Continue(())).unwrap()
    }

    fn try_build(&self, pages: Pages<'_>, steps: super::Steps<'_>) -> Result<Written, WriteError<String>> {
        let wanted: Vec<Wanted<'_>> =
            pages.iter().map(|(path, text)| Wanted { path, fingerprint: ContentHash::of(text.as_bytes()).0 }).collect();
        let make = |at: usize| match pages[at].1 {
            "broken" => Err(format!("{} is broken", pages[at].0)),
            text => Ok(text.as_bytes().to_vec()),
        };
        write(&self.output(), &wanted, make, steps)
    }

    /// Builds, and dies at the step of that number; false when there are not so many steps.
    fn dies(&self, pages: Pages<'_>, step: usize) -> bool {
        let steps = AtomicUsize::new(0);
        let watch =
            |_: Step<'_>| if steps.fetch_add(1, Ordering::Relaxed) >= step { ControlFlow::Break(()) } else { ControlFlow::Continue(()) };
        matches!(self.try_build(pages, &watch), Err(WriteError::Folder(FolderError::Stopped)))
    }

    /// Every file of the output and its words.
    fn holds(&self) -> BTreeMap<String, String> {
        let mut all = BTreeMap::new();
        let mut folders = vec![self.public()];
        while let Some(folder) = folders.pop() {
            for item in fs::read_dir(&folder).unwrap().map(Result::unwrap) {
                if item.file_type().unwrap().is_dir() {
                    folders.push(item.path());
                } else {
                    let path = item.path().strip_prefix(self.public()).unwrap().to_str().unwrap().to_owned();
                    all.insert(path, fs::read_to_string(item.path()).unwrap());
                }
            }
        }
        all
    }

    fn folders(&self) -> usize {
        fn count(folder: &Path) -> usize {
            fs::read_dir(folder).unwrap().map(Result::unwrap).filter(|i| i.path().is_dir()).map(|i| 1 + count(&i.path())).sum()
        }
        count(&self.public())
    }

    fn state(&self) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(self.folder.path().join(".handbill"))
            .unwrap()
            .map(|item| item.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }
}

fn pages(of: Pages<'_>) -> BTreeMap<String, String> {
    of.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
}

const BEFORE: Pages<'static> =
    &[("a/index.html", "a"), ("b/index.html", "b"), ("index.html", "home"), ("old/deep/index.html", "gone"), ("turns", "file")];
const AFTER: Pages<'static> = &[
    ("a/index.html", "a"),
    ("b/index.html", "new b"),
    ("index.html", "new home"),
    ("new/index.html", "new"),
    ("turns/index.html", "folder"),
];

#[test]
fn a_build_that_dies_at_any_step_is_completed_by_the_next() {
    for first in [None, Some(BEFORE)] {
        let mut step = 0;
        loop {
            let place = Place::new();
            fs::create_dir(place.public()).unwrap();
            if let Some(first) = first {
                place.build(first);
                fs::write(place.public().join("CNAME"), "not ours").unwrap();
            }
            let died = place.dies(AFTER, step);
            // Whatever was reached, each file is whole: as it was, or as it will be.
            let (old, new) = (first.map(pages).unwrap_or_default(), pages(AFTER));
            for (path, text) in place.holds() {
                assert!(path == "CNAME" || old.get(&path) == Some(&text) || new.get(&path) == Some(&text), "step {step}: {path}");
            }
            place.build(AFTER);
            let mut whole = new;
            if first.is_some() {
                whole.insert("CNAME".to_owned(), "not ours".to_owned());
            }
            assert_eq!(place.holds(), whole, "after dying at step {step}");
            assert_eq!(place.folders(), 4);
            assert_eq!(place.state(), ["build.lock", "outputs"], "nothing of the dead build is left");
            assert_eq!(place.build(AFTER), Written { unchanged: AFTER.len(), ..Written::default() });
            if !died {
                break;
            }
            step += 1;
        }
        assert!(step > AFTER.len(), "only {step} steps were tried");
    }
}

#[test]
fn a_build_that_dies_is_forgiven_when_the_site_changes_meanwhile() {
    let mut step = 0;
    loop {
        let place = Place::new();
        place.build(BEFORE);
        let died = place.dies(AFTER, step);
        place.build(BEFORE);
        assert_eq!(place.holds(), pages(BEFORE), "after dying at step {step}");
        if !died {
            break;
        }
        step += 1;
    }
}

#[test]
fn nothing_is_touched_when_one_page_cannot_be_made() {
    let place = Place::new();
    place.build(BEFORE);
    let faults = place.try_build(&[("a/index.html", "broken"), ("c.html", "c"), ("d.html", "broken")], &|_| ControlFlow::Continue(()));
    let Err(WriteError::Making(mut faults)) = faults else { panic!("it was written") };
    faults.sort();
    assert_eq!(faults, ["a/index.html is broken", "d.html is broken"]);
    assert_eq!(place.holds(), pages(BEFORE));
    assert_eq!(place.state(), ["build.lock", "outputs"]);
}

#[test]
fn a_second_build_writes_nothing() {
    let place = Place::new();
    assert_eq!(place.build(BEFORE), Written { written: BEFORE.len(), ..Written::default() });
    let looks = || {
        let mut files: Vec<_> = place.holds().into_keys().collect();
        files.push("../.handbill/outputs".to_owned());
        files.iter().map(|path| fs::metadata(place.public().join(path)).unwrap().modified().unwrap()).collect::<Vec<_>>()
    };
    let before = looks();
    assert_eq!(place.build(BEFORE), Written { unchanged: BEFORE.len(), ..Written::default() });
    assert_eq!(looks(), before);
}

#[test]
fn a_file_that_somebody_changed_is_made_again_and_the_same_bytes_are_not_written() {
    let place = Place::new();
    place.build(BEFORE);
    fs::write(place.public().join("index.html"), "changed by hand").unwrap();
    fs::write(place.public().join("a/index.html"), "a").unwrap();
    let written = place.build(BEFORE);
    assert_eq!((written.written, written.unchanged), (1, BEFORE.len() - 1));
    assert_eq!(place.holds(), pages(BEFORE));
}

#[test]
fn pages_that_are_no_more_are_removed_with_their_folders_and_what_is_not_ours_is_kept() {
    let place = Place::new();
    place.build(BEFORE);
    fs::write(place.public().join("old/theirs.txt"), "theirs").unwrap();
    fs::write(place.public().join("b/index.html"), "edited by hand").unwrap();
    let written = place.build(&[("index.html", "home")]);
    assert_eq!((written.removed, written.foreign), (3, vec!["b/index.html".to_owned()]));
    let left: Vec<String> = place.holds().into_keys().collect();
    assert_eq!(left, ["b/index.html", "index.html", "old/theirs.txt"]);
    assert!(!place.public().join("old/deep").exists() && !place.public().join("a").exists());
}

#[test]
fn without_a_memory_nothing_is_removed_and_what_is_not_ours_is_named() {
    let place = Place::new();
    place.build(BEFORE);
    fs::remove_dir_all(place.folder.path().join(".handbill")).unwrap();
    let written = place.build(&[BEFORE[0], BEFORE[1], BEFORE[2], AFTER[3]]);
    assert_eq!(written.foreign, ["old/deep/index.html", "turns"]);
    assert_eq!((written.removed, written.unchanged), (0, 3));
    assert!(place.public().join("old/deep/index.html").exists());
}

#[test]
fn a_file_that_no_build_remembers_is_never_replaced() {
    let place = Place::new();
    let put = |path: &str, text: &str| {
        let to = place.public().join(path);
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::write(to, text).unwrap();
    };
    put("index.html", "precious");
    put("b/index.html", "precious too");
    put("a/index.html", "a");
    let before = place.holds();
    let refused = |pages: Pages<'_>| match place.try_build(pages, &|_| ControlFlow::Continue(())) {
        Err(WriteError::Folder(error @ FolderError::NotOurs(_))) => {
            error.to_string().replace(&format!("{}/", place.output().place().display()), "")
        }
        other => panic!("{other:?}"),
    };
    for _ in 0..2 {
        assert_eq!(refused(AFTER), "b/index.html, index.html would be replaced, and Handbill did not write them");
        assert_eq!(place.holds(), before, "nothing was written");
    }
    fs::remove_file(place.public().join("index.html")).unwrap();
    fs::remove_file(place.public().join("b/index.html")).unwrap();
    place.build(AFTER);

    // What we wrote is ours to replace; a path that is new to us is not, whatever else we remember.
    put("index.html", "edited by hand");
    place.build(AFTER);
    assert_eq!(place.holds()["index.html"], "new home");
    put("late/index.html", "precious");
    let late = [AFTER, &[("late/index.html", "late")]].concat();
    assert_eq!(refused(&late), "late/index.html would be replaced, and Handbill did not write it");
    assert_eq!(place.holds()["late/index.html"], "precious");
}

#[test]
fn what_stands_in_the_way_and_is_not_ours_stops_the_build_untouched() {
    let place = Place::new();
    place.build(&[("index.html", "home")]);
    fs::write(place.public().join("turns"), "theirs").unwrap();
    let refused = place.try_build(AFTER, &|_| ControlFlow::Continue(()));
    assert!(matches!(refused, Err(WriteError::Folder(FolderError::InTheWay { .. }))), "{refused:?}");
    assert_eq!(place.holds()["index.html"], "home");

    fs::remove_file(place.public().join("turns")).unwrap();
    fs::create_dir_all(place.public().join("b/index.html")).unwrap();
    fs::write(place.public().join("b/index.html/theirs"), "theirs").unwrap();
    assert!(matches!(place.try_build(AFTER, &|_| ControlFlow::Continue(())), Err(WriteError::Folder(FolderError::InTheWay { .. }))));

    fs::remove_file(place.public().join("b/index.html/theirs")).unwrap();
    place.build(AFTER);
    assert_eq!(place.holds(), pages(AFTER), "an empty folder is nobody's");
}

#[test]
fn a_path_that_could_leave_the_output_is_refused() {
    let place = Place::new();
    for path in ["../x", "/x", "a//b", "a/../../x", "a\\b", "c:x", "con", "nul.html", "x.", "a\nb", ""] {
        let refused = place.try_build(&[(path, "x")], &|_| ControlFlow::Continue(()));
        assert!(matches!(refused, Err(WriteError::Folder(FolderError::Path(_)))), "{path:?}: {refused:?}");
    }
}

#[test]
fn two_files_that_cannot_both_be_there_on_every_disk_leave_the_output_untouched() {
    let place = Place::new();
    place.build(BEFORE);
    for (one, other) in [("x", "x"), ("Foo.jpg", "FOO.jpg"), ("a.html", "a.html/index.html"), ("a/É.html/x/y", "A/é.html")] {
        for pair in [[one, other], [other, one]] {
            let wanted = pair.map(|path| (path, "x"));
            let refused = place.try_build(&wanted, &|_| ControlFlow::Continue(()));
            assert!(matches!(refused, Err(WriteError::Folder(FolderError::Clash { .. }))), "{pair:?}: {refused:?}");
            assert_eq!(place.holds(), pages(BEFORE));
        }
    }
}

#[test]
fn an_output_that_holds_or_lies_in_what_staff_wrote_is_refused() {
    let place = Place::new();
    let root = place.folder.path();
    let parent = root.parent().unwrap();
    for output in ["content", "content/x", "themes/y", ".", "..", "public/..", ".git", "x/.git/y", "announce", ".handbill/x", "site.toml"] {
        let refused = OutputFolder::new(root, Path::new(output));
        assert!(matches!(refused, Err(FolderError::Output { .. })), "{output}: {refused:?}");
    }
    assert!(OutputFolder::new(root, parent).is_err());
    assert!(OutputFolder::new(root, Path::new("/")).is_err());
    assert!(OutputFolder::new(root, Path::new("public/fr")).is_ok());
    assert!(OutputFolder::new(root, &TempDir::new().unwrap().path().join("www")).is_ok());
}

#[cfg(unix)]
#[test]
fn nothing_is_written_through_a_link_that_leads_out() {
    use std::os::unix::fs::symlink;
    let elsewhere = TempDir::new().unwrap();
    let place = Place::new();
    place.build(&[("index.html", "home"), ("b/index.html", "b")]);
    fs::remove_dir_all(place.public().join("b")).unwrap();
    symlink(elsewhere.path(), place.public().join("b")).unwrap();
    let refused = place.try_build(AFTER, &|_| ControlFlow::Continue(()));
    assert!(matches!(refused, Err(WriteError::Folder(FolderError::LinkOut(_)))), "{refused:?}");
    assert_eq!(fs::read_dir(elsewhere.path()).unwrap().count(), 0);

    // A file that is a link is replaced, not followed.
    fs::remove_file(place.public().join("b")).unwrap();
    fs::write(elsewhere.path().join("file"), "theirs").unwrap();
    fs::remove_file(place.public().join("index.html")).unwrap();
    symlink(elsewhere.path().join("file"), place.public().join("index.html")).unwrap();
    place.build(AFTER);
    assert_eq!(fs::read_to_string(elsewhere.path().join("file")).unwrap(), "theirs");

    symlink(elsewhere.path(), place.folder.path().join("linked")).unwrap();
    assert!(OutputFolder::new(place.folder.path(), Path::new("linked")).is_err());
    symlink(place.folder.path().join("content"), place.folder.path().join("in")).unwrap();
    assert!(OutputFolder::new(place.folder.path(), Path::new("in/x")).is_err());
}

#[cfg(unix)]
#[test]
fn only_we_can_read_the_state() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::new();
    let state = place.folder.path().join(".handbill");
    fs::create_dir(&state).unwrap();
    fs::set_permissions(&state, fs::Permissions::from_mode(0o755)).unwrap();
    place.build(BEFORE);
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&state), 0o700);
    assert_eq!(mode(&state.join("build.lock")), 0o600);
    let outputs = state.join("outputs");
    assert_eq!(mode(&outputs), 0o700);
    for item in fs::read_dir(outputs).unwrap() {
        assert_eq!(mode(&item.unwrap().path()), 0o600);
    }
    assert_eq!(mode(&place.public()) & 0o055, 0o055, "and everybody can read what is published");
}

#[test]
fn two_builds_at_once_take_turns() {
    let place = Place::new();
    let inside = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                let watch = |step: Step<'_>| {
                    match step {
                        Step::Made("index.html") => assert_eq!(inside.fetch_add(1, Ordering::SeqCst), 0),
                        Step::Whole => assert_eq!(inside.fetch_sub(1, Ordering::SeqCst), 1),
                        _ => {}
                    }
                    ControlFlow::Continue(())
                };
                place.try_build(BEFORE, &watch).unwrap();
            });
        }
    });
    assert_eq!(place.holds(), pages(BEFORE));
}
