//! Putting staged files in place, and removing what is ours.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::folder::FolderError;
use crate::folder::memory::{Look, Memory};
use crate::folder::write::{Step, Steps, go_on};

/// A staged file and where it goes.
pub(super) struct Move<'a> {
    pub(super) from: PathBuf,
    /// Its path in the output folder.
    pub(super) path: &'a str,
}

/// Refuses, before anything is touched, what could not be put in place: a link that leads out of the output, or something that is not ours
/// standing where a folder or file must be. `leaving` are the files of ours that will be removed.
pub(super) fn look_ahead(output: &Path, moves: &[Move<'_>], leaving: &HashMap<String, Look>) -> Result<(), FolderError> {
    let mut seen = HashSet::new();
    for path in moves.iter().map(|one| one.path).chain(leaving.keys().map(String::as_str)) {
        for (at, _) in path.match_indices('/') {
            let folder = &path[..at];
            if !seen.insert(folder) {
                continue;
            }
            let place = output.join(folder);
            match fs::symlink_metadata(&place) {
                Err(_) => {}
                Ok(found) if found.is_dir() => {}
                Ok(found) if found.is_symlink() => stays_inside(output, &place)?,
                Ok(_) if leaving.contains_key(folder) => {}
                Ok(_) => return Err(FolderError::InTheWay { path: place, why: "it is a file, and a folder must stand there" }),
            }
        }
    }
    for Move { path, .. } in moves {
        let place = output.join(path);
        if fs::symlink_metadata(&place).is_ok_and(|found| found.is_dir()) && !will_be_empty(output, path, leaving) {
            return Err(FolderError::InTheWay { path: place, why: "it is a folder, and a file must stand there" });
        }
    }
    Ok(())
}

/// Refuses, before anything is touched, to replace a file at a path where no build remembers writing one.
pub(super) fn only_ours(output: &Path, moves: &[Move<'_>], memory: &Memory) -> Result<(), FolderError> {
    let stands = |place: &PathBuf| fs::symlink_metadata(place).is_ok_and(|found| !found.is_dir());
    let unknown = moves.iter().filter(|one| !memory.knows(one.path)).map(|one| output.join(one.path));
    let mut theirs: Vec<PathBuf> = unknown.filter(stands).collect();
    theirs.sort();
    if theirs.is_empty() { Ok(()) } else { Err(FolderError::NotOurs(theirs)) }
}

fn stays_inside(output: &Path, link: &Path) -> Result<(), FolderError> {
    match fs::canonicalize(link) {
        Ok(target) if target.starts_with(output) && target.is_dir() => Ok(()),
        _ => Err(FolderError::LinkOut(link.to_owned())),
    }
}

/// Does the folder hold nothing but files that leave?
fn will_be_empty(output: &Path, folder: &str, leaving: &HashMap<String, Look>) -> bool {
    let Ok(mut items) = fs::read_dir(output.join(folder)) else { return false };
    items.all(|item| {
        let Ok(item) = item else { return false };
        let path = format!("{folder}/{}", item.file_name().to_string_lossy());
        if item.file_type().is_ok_and(|kind| kind.is_dir()) { will_be_empty(output, &path, leaving) } else { leaving.contains_key(&path) }
    })
}

/// Puts the whole tree in place, folder by folder of its top, into an output that is empty or not there.
pub(super) fn whole(tree: &Path, output: &Path, steps: Steps<'_>) -> Result<(), FolderError> {
    let failed = || FolderError::disk("written", output);
    if !output.exists() {
        if let Some(parent) = output.parent() {
            fs::create_dir_all(parent).map_err(failed())?;
        }
        if fs::rename(tree, output).is_ok() {
            return go_on(steps(Step::Placed("")));
        }
        fs::create_dir_all(output).map_err(failed())?;
    }
    for item in fs::read_dir(tree).map_err(failed())? {
        let item = item.map_err(failed())?;
        let to = output.join(item.file_name());
        move_all(&item.path(), &to).map_err(FolderError::disk("written", &to))?;
        go_on(steps(Step::Placed(&item.file_name().to_string_lossy())))?;
    }
    Ok(())
}

/// Moves a file or folder; where the system cannot do that in one step (a folder that is mounted), file by file.
fn move_all(from: &Path, to: &Path) -> io::Result<()> {
    match fs::rename(from, to) {
        Err(error) if error.kind() == io::ErrorKind::CrossesDevices && from.is_dir() => {
            fs::create_dir_all(to)?;
            fs::read_dir(from)?.try_for_each(|item| {
                let item = item?;
                move_all(&item.path(), &to.join(item.file_name()))
            })
        }
        Err(error) if error.kind() == io::ErrorKind::CrossesDevices => copy(from, to),
        other => other,
    }
}

/// Replaces a file whole although the staged one lies on another disk; it keeps its time, by which it is known again.
fn copy(from: &Path, to: &Path) -> io::Result<()> {
    let folder = to.parent().unwrap_or(to);
    let mut new = tempfile::Builder::new().prefix(".handbill-").tempfile_in(folder)?;
    let mut old = fs::File::open(from)?;
    let found = old.metadata()?;
    io::copy(&mut old, &mut new)?;
    new.as_file().set_permissions(found.permissions())?;
    new.as_file().set_modified(found.modified()?)?;
    new.persist(to).map(|_| ()).map_err(|error| error.error)
}

/// Removes those of our files that stand where a folder has to be, and folders of ours that stand where a file has to be.
pub(super) fn in_the_way_first(
    output: &Path,
    moves: &[Move<'_>],
    leaving: &HashMap<String, Look>,
    steps: Steps<'_>,
) -> Result<(), FolderError> {
    let files: HashSet<&str> = moves.iter().map(|one| one.path).collect();
    if !leaving.is_empty() {
        remove_in_the_way(output, &files, leaving, steps)?;
    }
    for path in files {
        if fs::symlink_metadata(output.join(path)).is_ok_and(|found| found.is_dir()) {
            remove_empty(&output.join(path));
        }
    }
    Ok(())
}

fn remove_in_the_way(output: &Path, files: &HashSet<&str>, leaving: &HashMap<String, Look>, steps: Steps<'_>) -> Result<(), FolderError> {
    let folders: HashSet<&str> = files.iter().flat_map(|path| path.match_indices('/').map(|(at, _)| &path[..at])).collect();
    let in_the_way = |path: &String| folders.contains(path.as_str()) || path.match_indices('/').any(|(at, _)| files.contains(&path[..at]));
    let first: HashMap<String, Look> =
        leaving.iter().filter(|(path, _)| in_the_way(path)).map(|(path, look)| (path.clone(), *look)).collect();
    remove(output, &first, steps)
}

/// A folder and the folders in it, all of them empty.
fn remove_empty(folder: &Path) {
    for item in fs::read_dir(folder).into_iter().flatten().flatten() {
        if item.file_type().is_ok_and(|kind| kind.is_dir()) {
            remove_empty(&item.path());
        }
    }
    let _ = fs::remove_dir(folder);
}

/// Puts each file in place, whole.
pub(super) fn each(output: &Path, moves: &[Move<'_>], steps: Steps<'_>) -> Result<(), FolderError> {
    moves.par_iter().try_for_each(|Move { from, path }| {
        let to = output.join(path);
        let place = || match move_all(from, &to) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                fs::create_dir_all(to.parent().unwrap_or(output))?;
                move_all(from, &to)
            }
            other => other,
        };
        place().map_err(FolderError::disk("written", &to))?;
        go_on(steps(Step::Placed(path)))
    })
}

/// Removes files of ours that still look as they did, and the folders that are empty then.
pub(super) fn remove(output: &Path, leaving: &HashMap<String, Look>, steps: Steps<'_>) -> Result<(), FolderError> {
    let mut paths: Vec<&String> = leaving.keys().collect();
    paths.sort();
    for path in paths {
        let place = output.join(path);
        if Look::at(&place) != leaving.get(path).copied() {
            continue;
        }
        fs::remove_file(&place).map_err(FolderError::disk("removed", &place))?;
        for folder in place.ancestors().skip(1).take_while(|folder| *folder != output) {
            if fs::remove_dir(folder).is_err() {
                break;
            }
        }
        go_on(steps(Step::Removed(path)))?;
    }
    Ok(())
}

/// The files of a folder that nobody wants there, by path.
pub(super) fn strangers(output: &Path, wanted: &HashSet<&str>) -> Result<Vec<String>, FolderError> {
    let mut found = Vec::new();
    let mut folders = vec![String::new()];
    while let Some(folder) = folders.pop() {
        let place = output.join(&folder);
        for item in fs::read_dir(&place).map_err(FolderError::disk("read", &place))?.flatten() {
            let name = item.file_name().to_string_lossy().into_owned();
            let path = if folder.is_empty() { name } else { format!("{folder}/{name}") };
            if item.file_type().is_ok_and(|kind| kind.is_dir()) {
                folders.push(path);
            } else if !wanted.contains(path.as_str()) {
                found.push(path);
            }
        }
    }
    Ok(found)
}
