//! Walking the site's folder: which files there are, on several threads.

use std::fs;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use rayon::Scope;

use crate::diagnostic::FileId;
use crate::folder::FolderError;
use crate::folder::names::{FOLDERS, Verdict, judge};
use crate::source::LeftOut;

/// A file to be read: what it is called, and where its bytes are.
pub(super) struct Found {
    /// Its path from the root.
    pub(super) path: String,
    /// Where it is on the disk, links resolved.
    pub(super) place: PathBuf,
}

/// What a walk found.
#[derive(Default)]
pub(super) struct Tree {
    pub(super) found: Vec<Found>,
    pub(super) left_out: Vec<LeftOut>,
    pub(super) failed: Option<FolderError>,
}

/// Walks the parts of the site named (each a path from the root: `content`, or `content/events/story-time.md`).
pub(super) struct Walk {
    /// The root, links resolved.
    root: PathBuf,
    tree: Mutex<Tree>,
}

/// One thing on the disk, on its way to be looked at.
struct Entry {
    path: String,
    place: PathBuf,
    /// Folders that were entered through links on the way here, links resolved: not to be entered again.
    through: Vec<PathBuf>,
}

impl Walk {
    /// `root` with its links resolved.
    pub(super) fn new(root: PathBuf) -> Self {
        Walk { root, tree: Mutex::default() }
    }

    /// All that a site has: `site.toml` and its folders.
    pub(super) fn everything(self) -> Result<Tree, FolderError> {
        self.parts(std::iter::once("site.toml").chain(FOLDERS))
    }

    /// What there is of these paths, each itself and all below it.
    pub(super) fn parts<'p>(self, paths: impl IntoIterator<Item = &'p str>) -> Result<Tree, FolderError> {
        rayon::in_place_scope(|scope| {
            for path in paths {
                let place = self.root.join(path);
                if let Ok(kind) = fs::symlink_metadata(&place) {
                    let entry = Entry { path: path.to_owned(), place, through: Vec::new() };
                    self.look(scope, entry, kind.file_type());
                }
            }
        });
        let tree = self.tree.into_inner().unwrap_or_else(PoisonError::into_inner);
        match tree.failed {
            Some(error) => Err(error),
            None => Ok(tree),
        }
    }

    fn tree(&self) -> std::sync::MutexGuard<'_, Tree> {
        self.tree.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn leave_out(&self, path: &str, why: &str) {
        self.tree().left_out.push(LeftOut { file: FileId::new(path), why: why.to_owned() });
    }

    fn look<'s>(&'s self, scope: &Scope<'s>, entry: Entry, kind: fs::FileType) {
        if kind.is_symlink() {
            self.follow(scope, entry);
        } else if kind.is_dir() {
            scope.spawn(move |scope| self.list(scope, &entry));
        } else if kind.is_file() {
            self.tree().found.push(Found { path: entry.path, place: entry.place });
        } else {
            self.leave_out(&entry.path, "neither a file nor a folder");
        }
    }

    /// Where a link leads is found out first; only then is it judged, and read from there.
    fn follow<'s>(&'s self, scope: &Scope<'s>, mut entry: Entry) {
        let Ok(target) = fs::canonicalize(&entry.place) else {
            return self.leave_out(&entry.path, "a link that leads nowhere");
        };
        let Ok(inside) = target.strip_prefix(&self.root) else {
            return self.leave_out(&entry.path, "a link that leads out of the site's folder");
        };
        if inside.components().any(|part| part.as_os_str().to_string_lossy().starts_with('.')) {
            return self.leave_out(&entry.path, "a link to a hidden file or folder");
        }
        // A folder that holds the link, or that was entered before, would be entered for ever.
        let around = self.root.join(&entry.path).starts_with(&target) || entry.through.iter().any(|before| before.starts_with(&target));
        if around {
            return self.leave_out(&entry.path, "a link to a folder that it lies in");
        }
        // Links behind links multiply: a handful of folders could stand for millions.
        if entry.through.len() >= 2 {
            return self.leave_out(&entry.path, "a link behind a link behind a link");
        }
        let Ok(kind) = fs::symlink_metadata(&target).map(|meta| meta.file_type()) else {
            return self.leave_out(&entry.path, "a link that leads nowhere");
        };
        entry.place.clone_from(&target);
        entry.through.push(target);
        self.look(scope, entry, kind);
    }

    fn list<'s>(&'s self, scope: &Scope<'s>, folder: &Entry) {
        if let Err(error) = self.try_list(scope, folder) {
            self.tree().failed.get_or_insert(error);
        }
    }

    fn try_list<'s>(&'s self, scope: &Scope<'s>, folder: &Entry) -> Result<(), FolderError> {
        let mut found = Vec::new();
        for item in fs::read_dir(&folder.place).map_err(FolderError::disk("read", &folder.place))? {
            let item = item.map_err(FolderError::disk("read", &folder.place))?;
            let name = item.file_name();
            let Some(name) = name.to_str() else {
                self.leave_out(&format!("{}/{}", folder.path, name.to_string_lossy()), "its name is not UTF-8 text");
                continue;
            };
            let path = format!("{}/{name}", folder.path);
            match judge(name, &path) {
                Verdict::Pass => continue,
                Verdict::LeaveOut(why) => {
                    self.leave_out(&path, why);
                    continue;
                }
                Verdict::Take => {}
            }
            let place = item.path();
            let kind = item.file_type().map_err(FolderError::disk("read", &place))?;
            if kind.is_file() {
                found.push(Found { path, place });
            } else {
                self.look(scope, Entry { path, place, through: folder.through.clone() }, kind);
            }
        }
        self.tree().found.append(&mut found);
        Ok(())
    }
}
