//! What is shown now, and how it changes.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use tokio::sync::watch;

use crate::build::{self, Kitchen, LoadOptions, Loaded};
use crate::diagnostic::html;
use crate::folder::{self, Disk, FolderError};
use crate::preview::{PreviewOptions, Tell, Told};
use crate::source::Files;

/// One version of the site, as it is shown.
pub(super) struct Shown {
    /// Another for each version; never the same in two runs of the program.
    pub(super) version: u64,
    /// The last site without an error.
    pub(super) good: Option<Arc<Loaded>>,
    /// The good one before it, for pages that this one turns out not to have right.
    pub(super) before: Option<Arc<Loaded>>,
    /// What is wrong in the folder now, as a panel.
    pub(super) panel: Option<String>,
}

/// The preview's memory, shared by all that answer.
pub(super) struct State {
    pub(super) disk: Disk,
    pub(super) kitchen: Kitchen,
    options: PreviewOptions,
    tell: Tell,
    /// The files as they were read last, good or not. Held while they are read again, so that one reading follows another.
    files: Mutex<Files>,
    shown: RwLock<Arc<Shown>>,
    version: watch::Sender<u64>,
}

impl State {
    /// Reads the folder for the first time.
    pub(super) fn begin(options: PreviewOptions, tell: Tell) -> Result<State, FolderError> {
        let disk = Disk::new(&options.root)?;
        let loaded = build::load_files(disk.clone(), folder::read(&options.root)?, &load_options(&options))?;
        tell(Told::Read(&loaded));
        let files = loaded.files.clone();
        let first = u64::try_from(match load_options(&options).moment {
            build::Moment::Instant(at) => at.timestamp_millis(),
            build::Moment::Local(local) => local.and_utc().timestamp_millis(),
        });
        let shown = shown(loaded, first.unwrap_or(0), None);
        Ok(State {
            kitchen: Kitchen::new(&disk),
            disk,
            options,
            tell,
            files: Mutex::new(files),
            version: watch::Sender::new(shown.version),
            shown: RwLock::new(Arc::new(shown)),
        })
    }

    /// What is shown now.
    pub(super) fn shown(&self) -> Arc<Shown> {
        Arc::clone(&self.shown.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Gives word of each new version.
    pub(super) fn versions(&self) -> watch::Receiver<u64> {
        self.version.subscribe()
    }

    /// Reads again what changed, and shows it unless nothing did.
    pub(super) fn read_again(&self, changed: &[PathBuf]) {
        let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        match folder::read_again(&self.options.root, &files, changed) {
            // An editor may write what was there before.
            Ok(new) if new.iter().eq(files.iter()) && new.left_out() == files.left_out() => {}
            Ok(new) => {
                files.clone_from(&new);
                self.load(new);
            }
            Err(error) => (self.tell)(Told::Trouble(&error)),
        }
    }

    /// Plans the same files anew when the day that is shown is over.
    pub(super) fn keep_to_the_day(&self) {
        let over = |shown: &Shown| {
            let Some(made) = shown.good.as_ref().and_then(|good| good.made.as_ref()) else { return false };
            load_options(&self.options).moment.in_zone(made.settings.site.zone).today() != made.now.today()
        };
        if over(&self.shown()) {
            let files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
            // Somebody else may have seen it, too, while we waited.
            if over(&self.shown()) {
                self.load(files.clone());
            }
        }
    }

    fn load(&self, files: Files) {
        match build::load_files(self.disk.clone(), files, &load_options(&self.options)) {
            Ok(loaded) => {
                (self.tell)(Told::Read(&loaded));
                let before = self.shown();
                let next = shown(loaded, before.version + 1, Some(&before));
                let version = next.version;
                *self.shown.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(next);
                self.version.send_replace(version);
            }
            Err(error) => (self.tell)(Told::Trouble(&error)),
        }
    }
}

fn load_options(options: &PreviewOptions) -> LoadOptions {
    LoadOptions { base_url: None, drafts: options.drafts, moment: (options.clock)() }
}

/// The next version: a good site takes the place of the last, one with errors lies over it as a panel.
fn shown(loaded: Loaded, version: u64, last: Option<&Shown>) -> Shown {
    let last_good = last.and_then(|last| last.good.clone());
    if loaded.sound().is_some() {
        return Shown { version, good: Some(Arc::new(loaded)), before: last_good, panel: None };
    }
    let panel = html::overlay(&loaded.diagnostics, &loaded);
    Shown { version, good: last_good, before: last.and_then(|last| last.before.clone()), panel: Some(panel) }
}
