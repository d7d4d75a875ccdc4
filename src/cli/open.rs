//! The site's folder, read for a command.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::build::{self, LoadOptions, Loaded, Made, Moment};
use crate::calendar;
use crate::cli::output::Output;
use crate::cli::{Common, Exit, World};
use crate::content::Drafts;
use crate::delivery::AnnouncementId;
use crate::diagnostic::{Diagnostic, Diagnostics, FileId, codes};
use crate::folder::{Disk, FolderError, find_root, state};
use crate::outbox::{Row, Sqlite, Started};
use crate::outreach::{Brief, PostTexts, Said};
use crate::platforms;
use crate::profile::Profiles;
use crate::settings::Settings;
use crate::source::{ContentHash, File, FileKind, Files};
use crate::theme::Theme;

/// What is asked for beside the common options.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Another address than site.toml says.
    pub base_url: Option<String>,
    /// Are drafts shown?
    pub drafts: Drafts,
}

impl Default for Asked {
    fn default() -> Self {
        Asked { base_url: None, drafts: Drafts::LeftOut }
    }
}

/// A site's folder, read, with what posting needs beside the pages.
pub struct Opened {
    /// The folder that has site.toml.
    pub root: PathBuf,
    /// Everything that was made of it, and everything that is wrong with it.
    pub loaded: Loaded,
    /// What posting needs; none when site.toml says too little.
    pub posting: Option<Posting>,
}

/// What posting needs beside the pages.
pub struct Posting {
    /// The words of the waves.
    pub texts: PostTexts,
    /// What each channel allows.
    pub profiles: Profiles,
}

/// A site without an error.
#[derive(Clone, Copy)]
pub struct Sound<'a> {
    /// Library, settings, pages.
    pub made: &'a Made,
    /// Words and profiles.
    pub posting: &'a Posting,
}

impl<'a> Sound<'a> {
    /// What a schedule follows from.
    pub fn brief(&self) -> Brief<'a> {
        Brief { library: &self.made.library, texts: &self.posting.texts, settings: &self.made.settings, profiles: &self.posting.profiles }
    }
}

impl Opened {
    /// The site, when nothing is wrong with it.
    pub fn sound(&self) -> Option<Sound<'_>> {
        Some(Sound { made: self.loaded.sound()?, posting: self.posting.as_ref()? })
    }

    /// The same folder as if a file said something else: nothing is written. The disk may refuse.
    pub fn with(&self, file: &FileId, text: &str) -> Result<Opened, FolderError> {
        let new = File {
            id: file.clone(),
            hash: ContentHash::of(text.as_bytes()),
            bytes: text.len() as u64,
            kind: FileKind::Text(Arc::from(text)),
        };
        let files = self.loaded.files.replaced(|_| false, [new], Vec::new());
        let options = LoadOptions { base_url: None, drafts: self.loaded.options.drafts, moment: self.loaded.options.moment };
        Ok(Opened::of(self.root.clone(), build::load_files(self.loaded.disk.clone(), files, &options)?))
    }

    fn of(root: PathBuf, mut loaded: Loaded) -> Opened {
        let posting = loaded.made.as_ref().map(posting).map(|(posting, wrong)| {
            loaded.diagnostics.append(wrong);
            posting
        });
        Opened { root, loaded, posting }
    }

    /// The folder of the site's state.
    pub fn state(&self) -> PathBuf {
        self.root.join(".handbill")
    }

    /// The files that have an error.
    pub fn broken_files(&self) -> BTreeSet<FileId> {
        let errors = self.loaded.diagnostics.iter().filter(|wrong| wrong.severity == crate::diagnostic::Severity::Error);
        errors.filter_map(|wrong| wrong.at.as_ref()).map(|at| at.file.clone()).collect()
    }
}

/// The options as a moment: the machine's clock, or what `--now` says.
pub fn moment(common: &Common, world: &World) -> Result<Moment, String> {
    match &common.now {
        None => Ok(Moment::Instant(world.now)),
        Some(text) => calendar::parse_date_time(text)
            .map(Moment::Local)
            .map_err(|wrong| format!("--now {text}: {}. Write the library's local time, as in --now 2026-12-01T09:00", wrong.message)),
    }
}

/// The site's root: what `--root` says, else the nearest folder up that has a site.toml.
pub fn root(common: &Common, world: &World) -> Result<PathBuf, String> {
    match &common.root {
        Some(dir) => {
            let root = world.cwd.join(dir);
            if root.join("site.toml").is_file() { Ok(root) } else { Err(format!("{}: there is no site.toml in it", dir.display())) }
        }
        None => find_root(&world.cwd).ok_or_else(|| {
            "no site.toml here or in a folder above. Go to the site's folder, name it with --root, or begin with `handbill init`".to_owned()
        }),
    }
}

/// The folder as it was read, before anything is made of it.
pub struct Folder {
    /// The folder that has site.toml.
    pub root: PathBuf,
    /// Its files.
    pub files: Files,
    /// What is asked for beside it.
    pub options: LoadOptions,
}

/// Reads the folder. Problems with the options or the disk are told, and give the exit status.
pub fn folder(common: &Common, asked: &Asked, world: &World, out: &mut Output<'_>) -> Result<Folder, Exit> {
    let usage = |why: String, out: &mut Output<'_>| {
        out.problem(why);
        Exit::Usage
    };
    let root = root(common, world).map_err(|why| usage(why, out))?;
    let moment = moment(common, world).map_err(|why| usage(why, out))?;
    let options = LoadOptions { base_url: asked.base_url.clone(), drafts: asked.drafts, moment };
    let files = build::read(&root).map_err(|error| refused(&error, out))?;
    Ok(Folder { root, files, options })
}

/// What is made of a folder. Everything wrong with the content is in the diagnostics, not yet told.
pub fn made_of(folder: Folder, out: &mut Output<'_>) -> Result<Opened, Exit> {
    let Folder { root, files, options } = folder;
    let loaded = Disk::new(&root).and_then(|disk| build::load_files(disk, files, &options));
    let loaded = loaded.map_err(|error| refused(&error, out))?;
    Ok(Opened::of(root, loaded))
}

/// Reads the folder and makes what can be made of it.
pub fn read(common: &Common, asked: &Asked, world: &World, out: &mut Output<'_>) -> Result<Opened, Exit> {
    made_of(folder(common, asked, world, out)?, out)
}

/// Tells what the folder does not allow.
pub fn refused(error: &FolderError, out: &mut Output<'_>) -> Exit {
    out.diagnostics(&[Diagnostic::from(error)].into_iter().collect(), &Files::default());
    Exit::Failed
}

/// Looks at `.handbill` for a command that reads the folder later, and again and again.
pub fn look_at_state(root: &Path, out: &mut Output<'_>) -> Result<(), Exit> {
    state::look(root).map_err(|error| refused(&error, out))
}

fn posting(made: &Made) -> (Posting, Diagnostics) {
    let (profiles, mut wrong) = platforms::profiles(&made.settings);
    let (texts, more) = PostTexts::new(made.theme.texts().iter());
    wrong.append(more);
    wrong.append(waves_without_words(&made.settings, &made.theme));
    (Posting { texts, profiles }, wrong)
}

/// A text that is there but cannot be filled in is told elsewhere.
fn waves_without_words(settings: &Settings, theme: &Theme) -> Diagnostics {
    let file = FileId::new("site.toml");
    let waves = settings.outreach.plans.values().flat_map(|plan| &plan.waves).filter(|_| !settings.channels.is_empty());
    let missing = waves.filter(|wave| theme.texts().get(&wave.name).is_none());
    let say = |wave: &crate::settings::Wave| {
        Diagnostic::error(codes::NO_POST_TEXT, format!("there are no words for the wave \"{}\"", wave.name))
            .at(&file, wave.span.clone())
            .help(format!(
                "write them in announce/{}.txt, or name a wave that the theme has words for: announce, again, remind, today",
                wave.name
            ))
    };
    missing.map(say).collect()
}

/// Reads the folder for a command that only looks: tells what is wrong with it, and gives it when nothing is.
pub fn sound(common: &Common, world: &World, out: &mut Output<'_>) -> Result<Opened, Exit> {
    let opened = read(common, &Asked::default(), world, out)?;
    if opened.sound().is_none() {
        out.diagnostics(&opened.loaded.diagnostics, &opened.loaded);
        return Err(Exit::Failed);
    }
    Ok(opened)
}

/// What the outbox remembers, and which channels were started in it; nothing when there is none yet. Looks, and changes nothing.
pub fn rows(state: &Path) -> Result<(Vec<Row>, Vec<Started>), String> {
    runtime().and_then(|runtime| runtime.block_on(Sqlite::look(state)).map_err(|error| error.to_string()))
}

/// What the outbox remembers, as a schedule wants to know it, and what is still to come of it.
pub struct Remembered {
    /// For `outreach::schedule`.
    pub said: Vec<Said>,
    over: BTreeSet<AnnouncementId>,
}

impl Remembered {
    /// Looks into the outbox.
    pub fn read(state: &Path) -> Result<Remembered, String> {
        let (rows, _) = rows(state)?;
        let over = rows.iter().filter(|row| !row.state.is_queued()).map(|row| row.id).collect();
        Ok(Remembered { said: rows.iter().map(Row::said).collect(), over })
    }

    /// Was it not said yet, and is it not over?
    pub fn still_to_come(&self, id: AnnouncementId) -> bool {
        !self.over.contains(&id)
    }
}

/// The runtime of everything that waits for a network or a database.
pub fn runtime() -> Result<tokio::runtime::Runtime, String> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(|error| format!("the machine gives no threads: {error}"))
}
