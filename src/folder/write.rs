//! Writing a whole site into its output folder.
//!
//! In this order: make every file that is not there as it should be, on the side; look whether anything stands in the way; write down what
//! will be; put each file in place whole; remove what we wrote and nobody wants any more; write down that it is done. Until all is made and
//! nothing is in the way the output is not touched. A death at any point leaves what the next build completes.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::ops::ControlFlow;
use std::path::Path;

use rayon::prelude::*;

use crate::folder::memory::{self, Look, Mark, Memory, Remembered, ShortPrint};
use crate::folder::place::{self, Move};
use crate::folder::stage::{Layout, Stage};
use crate::folder::{FolderError, OutputFolder, state};
use crate::text::is_windows_device;

/// A file that the output folder is to have.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// Its path in the output folder, with forward slashes: `events/index.html`.
    pub path: &'a str,
    /// Says what the file is made from: while it is the same, so are the bytes.
    pub fingerprint: [u8; 32],
}

/// What is being done, for whoever watches.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Step<'a> {
    /// This file is as it should be, or has been made on the side.
    Made(&'a str),
    /// What will be is written down; from here on the output changes.
    Remembered,
    /// This file or folder was put in place.
    Placed(&'a str),
    /// This file was removed.
    Removed(&'a str),
    /// All is in place.
    Whole,
}

/// Watches a build from any thread, and may break it off: the output is then as a power failure would leave it.
pub type Steps<'a> = &'a (dyn Fn(Step<'_>) -> ControlFlow<()> + Sync);

/// What a build did to its output folder.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Written {
    /// Files that were put in place.
    pub written: usize,
    /// Files that were there as they should be.
    pub unchanged: usize,
    /// Files that were removed.
    pub removed: usize,
    /// Files in the output folder that are not Handbill's and in nobody's way, by path; looked for only when nothing was remembered of the
    /// folder, and besides them files of ours that somebody changed. They are left alone.
    pub foreign: Vec<String>,
}

/// What a folder that holds just these files is known by.
pub fn mark(wanted: &[Wanted<'_>]) -> Mark {
    memory::mark_of(wanted.iter().map(|wanted| (wanted.path, short(&wanted.fingerprint))))
}

/// How many files the output folder holds, when they are those of the mark and each stands as a build left it; else none. It takes no look
/// for files that are not ours.
///
/// Waits for another build of the same site.
pub fn stands(output: &OutputFolder, mark: Mark) -> Result<Option<usize>, FolderError> {
    let _lock = state::lock(output.root())?;
    let memory = Memory::load(output.root(), &output.memory_name())?.unwrap_or_default();
    Ok(memory.holds(mark, output.place()).then_some(memory.files.len()))
}

/// Why nothing was written.
#[derive(Debug)]
pub enum WriteError<E> {
    /// The disk refused, or must not be asked to.
    Folder(FolderError),
    /// Files could not be made: every reason there is.
    Making(Vec<E>),
}

impl<E> From<FolderError> for WriteError<E> {
    fn from(error: FolderError) -> Self {
        WriteError::Folder(error)
    }
}

/// A wanted file, when all are made.
struct Made {
    look: Look,
    /// Was it made anew? Else it is there as it should be.
    anew: bool,
    /// How the file looks that stands there now.
    before: Option<Look>,
}

/// Brings the output folder to hold `wanted`; `bytes_of` gives the bytes of the wanted file of that number, on any thread.
///
/// Waits for another build of the same site. When it returns an error, the output is untouched, except when the disk fails in the middle of
/// putting files in place, or `steps` breaks off there.
pub fn write<E: Send>(
    output: &OutputFolder,
    wanted: &[Wanted<'_>],
    bytes_of: impl Fn(usize) -> Result<Vec<u8>, E> + Sync,
    steps: Steps<'_>,
) -> Result<Written, WriteError<E>> {
    let paths = paths(wanted)?;
    let _lock = state::lock(output.root())?;
    let name = output.memory_name();
    let known = Memory::load(output.root(), &name)?;
    let memory = known.unwrap_or_default();
    let remembered = !memory.files.is_empty() || !memory.leaving.is_empty();
    let empty = is_empty(output.place())?;
    let stage = Stage::begin(output, if empty { Layout::Tree } else { Layout::Numbered })?;

    let maker = Maker { output: output.place(), empty, memory: &memory, stage: &stage, steps };
    let made = match maker.all(wanted, &bytes_of) {
        Ok(made) => made,
        Err(error) => {
            // Broken off is as if the process had died: the next build sweeps up.
            if !matches!(error, WriteError::Folder(FolderError::Stopped)) {
                stage.discard();
            }
            return Err(error);
        }
    };
    let leftover = leftover(output.place(), &memory, &paths);
    let moves: Vec<Move<'_>> = (wanted.iter().zip(&made).enumerate())
        .filter(|(_, (_, made))| made.anew)
        .map(|(number, (wanted, _))| Move { from: stage.file(number, wanted.path), path: wanted.path })
        .collect();
    let ahead = || {
        place::look_ahead(output.place(), &moves, &leftover.ours)?;
        place::only_ours(output.place(), &moves, &memory)
    };
    if !empty && let Err(error) = ahead() {
        stage.discard();
        return Err(error.into());
    }

    let after = after(&memory, wanted, &made, &leftover.ours);
    let changes = !moves.is_empty() || !leftover.ours.is_empty();
    if changes || after.files != memory.files || !memory.leaving.is_empty() {
        after.save(output.root(), &name)?;
        go_on(steps(Step::Remembered))?;
    }
    if empty {
        place::whole(&stage.tree(), output.place(), steps)?;
    } else {
        place::in_the_way_first(output.place(), &moves, &leftover.ours, steps)?;
        place::each(output.place(), &moves, steps)?;
        place::remove(output.place(), &leftover.ours, steps)?;
    }
    if !after.leaving.is_empty() {
        Memory { files: after.files, leaving: HashMap::new() }.save(output.root(), &name)?;
    }
    go_on(steps(Step::Whole))?;
    stage.discard();

    let mut foreign = leftover.changed;
    if !remembered && !empty {
        foreign.extend(place::strangers(output.place(), &paths)?);
    }
    foreign.sort();
    let written = moves.len();
    Ok(Written { written, unchanged: wanted.len() - written, removed: leftover.ours.len(), foreign })
}

/// Goes on unless whoever watches says otherwise.
pub(super) fn go_on(answer: ControlFlow<()>) -> Result<(), FolderError> {
    if answer.is_break() { Err(FolderError::Stopped) } else { Ok(()) }
}

/// The wanted paths, each safe as a path on any system, and no two in each other's place on any.
fn paths<'a>(wanted: &[Wanted<'a>]) -> Result<HashSet<&'a str>, FolderError> {
    let safe = |part: &str| {
        !part.is_empty()
            && !part.starts_with("..")
            && part != "."
            && !part.ends_with(['.', ' '])
            && !part.chars().any(|c| c.is_control() || matches!(c, '\\' | ':'))
            && !is_windows_device(part)
    };
    // In small letters, since some disks know no others.
    let mut files: HashMap<String, &str> = HashMap::with_capacity(wanted.len());
    for Wanted { path, .. } in wanted {
        if !path.split('/').all(safe) {
            return Err(FolderError::Path((*path).to_owned()));
        }
        if let Some(other) = files.insert(path.to_lowercase(), path) {
            return Err(FolderError::Clash { path: (*path).to_owned(), other: other.to_owned() });
        }
    }
    for (lower, path) in &files {
        let file = lower.match_indices('/').find_map(|(at, _)| files.get(&lower[..at]));
        if let Some(file) = file {
            return Err(FolderError::Clash { path: (*path).to_owned(), other: (*file).to_owned() });
        }
    }
    Ok(wanted.iter().map(|wanted| wanted.path).collect())
}

fn is_empty(folder: &Path) -> Result<bool, FolderError> {
    match fs::read_dir(folder) {
        Ok(mut items) => Ok(items.next().is_none()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(true),
        Err(error) => Err(FolderError::disk("read", folder)(error)),
    }
}

fn short(fingerprint: &[u8; 32]) -> ShortPrint {
    let mut print = ShortPrint::default();
    print.copy_from_slice(&fingerprint[..16]);
    print
}

struct Maker<'a> {
    output: &'a Path,
    empty: bool,
    memory: &'a Memory,
    stage: &'a Stage,
    steps: Steps<'a>,
}

impl Maker<'_> {
    /// All wanted files, or everything that hinders; the disk's refusal before the rest, for it hinders all.
    fn all<E: Send>(
        &self,
        wanted: &[Wanted<'_>],
        bytes_of: &(impl Fn(usize) -> Result<Vec<u8>, E> + Sync),
    ) -> Result<Vec<Made>, WriteError<E>> {
        let results: Result<Vec<Result<Made, E>>, FolderError> =
            (0..wanted.len()).into_par_iter().map(|number| self.one(number, &wanted[number], bytes_of)).collect();
        let (mut made, mut faults) = (Vec::with_capacity(wanted.len()), Vec::new());
        for result in results? {
            match result {
                Ok(one) => made.push(one),
                Err(fault) => faults.push(fault),
            }
        }
        if faults.is_empty() { Ok(made) } else { Err(WriteError::Making(faults)) }
    }

    fn one<E>(
        &self,
        number: usize,
        wanted: &Wanted<'_>,
        bytes_of: &impl Fn(usize) -> Result<Vec<u8>, E>,
    ) -> Result<Result<Made, E>, FolderError> {
        let place = self.output.join(wanted.path);
        let before = if self.empty { None } else { Look::at(&place) };
        let known = self.memory.files.get(wanted.path);
        let made = match before {
            Some(look) if known.is_some_and(|known| known.print == short(&wanted.fingerprint) && known.look == look) => {
                Made { look, anew: false, before }
            }
            _ => {
                let bytes = match bytes_of(number) {
                    Ok(bytes) => bytes,
                    Err(fault) => return Ok(Err(fault)),
                };
                match before {
                    Some(look) if look.size == bytes.len() as u64 && fs::read(&place).is_ok_and(|old| old == bytes) => {
                        Made { look, anew: false, before }
                    }
                    _ => Made { look: self.stage.put(number, wanted.path, &bytes)?, anew: true, before },
                }
            }
        };
        go_on((self.steps)(Step::Made(wanted.path)))?;
        Ok(Ok(made))
    }
}

/// Remembered files that nobody wants any more.
struct Leftover {
    /// Still as we wrote them, and how that is.
    ours: HashMap<String, Look>,
    /// Changed by somebody since: they are left alone.
    changed: Vec<String>,
}

fn leftover(output: &Path, memory: &Memory, wanted: &HashSet<&str>) -> Leftover {
    let mut found = Leftover { ours: HashMap::new(), changed: Vec::new() };
    let known: HashSet<&String> = memory.files.keys().chain(memory.leaving.keys()).collect();
    for path in known.into_iter().filter(|path| !wanted.contains(path.as_str())) {
        match Look::at(&output.join(path)) {
            Some(look) if memory.is_ours(path, look) => {
                found.ours.insert(path.clone(), look);
            }
            Some(_) => found.changed.push(path.clone()),
            None => {}
        }
    }
    found
}

/// What the folder will hold, with what leaves it on the way there.
fn after(memory: &Memory, wanted: &[Wanted<'_>], made: &[Made], stale: &HashMap<String, Look>) -> Memory {
    let mut after = Memory { files: HashMap::with_capacity(wanted.len()), leaving: stale.clone() };
    for (wanted, made) in wanted.iter().zip(made) {
        after.files.insert(wanted.path.to_owned(), Remembered { print: short(&wanted.fingerprint), look: made.look });
        if let Some(before) = made.before
            && made.anew
            && memory.is_ours(wanted.path, before)
        {
            after.leaving.insert(wanted.path.to_owned(), before);
        }
    }
    after
}
