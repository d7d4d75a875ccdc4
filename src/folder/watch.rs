//! What changed in the site's folder, as it happens.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use notify::{EventKind, RecommendedWatcher, RecursiveMode};
use notify_debouncer_full::{DebounceEventResult, DebouncedEvent, Debouncer, RecommendedCache, new_debouncer};

use crate::folder::FolderError;
use crate::folder::names::FOLDERS;

/// How long after the last change of a file it is told: an editor's save is several changes.
const QUIET: Duration = Duration::from_millis(16);

/// Tells what changed; stops watching when dropped.
pub struct Watcher {
    root: PathBuf,
    debouncer: Debouncer<RecommendedWatcher, RecommendedCache>,
    told: Receiver<DebounceEventResult>,
}

/// Watches `site.toml`, `content/`, `themes/` and `announce/`; not the output, nor `.handbill/`, which we write ourselves.
pub fn watch(root: &Path) -> Result<Watcher, FolderError> {
    let root = std::fs::canonicalize(root).map_err(FolderError::disk("read", root))?;
    let (tell, told) = channel();
    let debouncer = new_debouncer(QUIET, Some(QUIET / 4), tell).map_err(|e| unwatched(&root, e))?;
    let mut watcher = Watcher { root: root.clone(), debouncer, told };
    watcher.debouncer.watch(&root, RecursiveMode::NonRecursive).map_err(|e| unwatched(&root, e))?;
    for folder in FOLDERS {
        watcher.follow(&root.join(folder));
    }
    Ok(watcher)
}

fn unwatched(path: &Path, error: notify::Error) -> FolderError {
    let source = match error.kind {
        notify::ErrorKind::Io(source) => source,
        other => std::io::Error::other(format!("{other:?}")),
    };
    FolderError::Disk { what: "watched", path: path.to_owned(), source }
}

impl Watcher {
    /// Waits for changes; gives the paths, or none when watching has ended.
    ///
    /// A change whose path is the root itself means that anything may have changed.
    pub fn changes(&mut self) -> Option<Vec<PathBuf>> {
        loop {
            let mut changed = Vec::new();
            match self.told.recv().ok()? {
                Ok(events) => events.iter().filter(|event| is_change(event)).for_each(|event| self.note(event, &mut changed)),
                // The system's list of changes ran over, or a folder could not be followed.
                Err(_) => changed.push(self.root.clone()),
            }
            changed.sort();
            changed.dedup();
            if !changed.is_empty() {
                return Some(changed);
            }
        }
    }

    fn note(&mut self, event: &DebouncedEvent, changed: &mut Vec<PathBuf>) {
        if event.need_rescan() {
            changed.push(self.root.clone());
        }
        for path in &event.paths {
            let Ok(inside) = path.strip_prefix(&self.root) else { continue };
            let Some(first) = inside.components().next() else { continue };
            let first = first.as_os_str();
            if FOLDERS.iter().any(|folder| first == *folder) {
                if inside.components().count() == 1 {
                    self.follow(path);
                }
                changed.push(path.clone());
            } else if first == "site.toml" {
                changed.push(path.clone());
            }
        }
    }

    /// Follows one of the site's folders, when it is there.
    fn follow(&mut self, folder: &Path) {
        if folder.is_dir() {
            // One that cannot be followed is still read when something else changes.
            let _ = self.debouncer.watch(folder, RecursiveMode::Recursive);
        }
    }
}

/// Reading a file is no change; we do that ourselves.
fn is_change(event: &DebouncedEvent) -> bool {
    !matches!(event.kind, EventKind::Access(_) | EventKind::Other)
}
