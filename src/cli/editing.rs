//! What `close` and `count` share: one entry into a file that people wrote, remembered so that it can be taken back.

use serde::{Deserialize, Serialize};

use crate::cli::open::{self, Opened};
use crate::cli::output::{Output, wrapped};
use crate::cli::{Common, Exit, World};
use crate::content::edit::{self, Edit};
use crate::diagnostic::{Diagnostic, Diagnostics, FileId, Severity, Sources, codes};
use crate::folder::{self, FolderError, state};
use crate::source::{ContentHash, Files, Store};

/// The last edit of a command, as `.handbill/undo/<command>.json` keeps it.
#[derive(Serialize, Deserialize)]
struct Remembered {
    /// The file that was edited.
    file: String,
    /// What it held before.
    before: String,
    /// The hash of what it held then.
    after: String,
    /// What was done, in words: "closing Main Library on December 17, 2026".
    what: String,
}

/// A file with an entry put in, not yet written.
pub(super) struct Edited {
    /// Which.
    pub(super) file: FileId,
    /// What it says now.
    pub(super) before: String,
    /// What it is to say.
    pub(super) after: String,
    /// The site as it would be then.
    pub(super) opened: Opened,
}

/// Reads the site for an edit: what is wrong elsewhere does not stand in the way.
pub(super) fn open(common: &Common, world: &World, out: &mut Output<'_>) -> Result<Opened, Exit> {
    let opened = open::read(common, &open::Asked::default(), world, out)?;
    if opened.loaded.made.is_none() {
        out.diagnostics(&opened.loaded.diagnostics, &opened.loaded);
        return Err(Exit::Failed);
    }
    Ok(opened)
}

/// Puts an entry into a file of the site, without writing it. Refused when the file has an error, or would have one then.
pub(super) fn prepare(opened: &Opened, file: &FileId, edit: &Edit, out: &mut Output<'_>) -> Result<Edited, Exit> {
    let said = of_file(&opened.loaded.diagnostics, file);
    if said.has_errors() {
        out.problem(format!("{file} has an error, and is not edited until that is mended:"));
        out.diagnostics(&said, &opened.loaded);
        return Err(Exit::Failed);
    }
    let Some(before) = opened.loaded.text(file).map(str::to_owned) else {
        out.problem(format!("{file} is no text"));
        return Err(Exit::Failed);
    };
    let after = edit::apply(file, &before, edit).map_err(|wrong| {
        out.diagnostics(&wrong, &opened.loaded);
        Exit::Failed
    })?;
    let then = opened.with(file, &after).map_err(|error| open::refused(&error, out))?;
    let wrong = of_file(&then.loaded.diagnostics, file);
    if wrong.has_errors() {
        out.problem(format!("{file} would have an error then, and is left as it is:"));
        out.diagnostics(&wrong, &then.loaded);
        return Err(Exit::Failed);
    }
    Ok(Edited { file: file.clone(), before, after, opened: then })
}

fn of_file(diagnostics: &Diagnostics, file: &FileId) -> Diagnostics {
    let here = |one: &&Diagnostic| one.severity == Severity::Error && one.at.as_ref().is_some_and(|at| at.file == *file);
    diagnostics.iter().filter(here).cloned().collect()
}

/// Writes it, and remembers how it was: `what` says so when it is taken back.
pub(super) fn write(edited: &Edited, command: &str, what: &str, out: &mut Output<'_>) -> Result<(), Exit> {
    let root = &edited.opened.root;
    let remembered = Remembered {
        file: edited.file.path().to_owned(),
        before: edited.before.clone(),
        after: ContentHash::of(edited.after.as_bytes()).to_string(),
        what: what.to_owned(),
    };
    let written = serde_json::to_vec(&remembered).unwrap_or_default();
    state::write(root, &place(command), &written, state::Durable::No)
        .and_then(|()| folder::replace(root, &edited.file, edited.before.as_bytes(), edited.after.as_bytes()))
        .map_err(|error| open::refused(&error, out))
}

/// Takes back the last edit of a command, exactly, if the file is still as it left it.
pub(super) fn undo(command: &str, common: &Common, world: &World, out: &mut Output<'_>) -> Exit {
    match taken_back(command, common, world, out) {
        Ok(()) => Exit::Done,
        Err(exit) => exit,
    }
}

fn taken_back(command: &str, common: &Common, world: &World, out: &mut Output<'_>) -> Result<(), Exit> {
    let root = open::root(common, world).map_err(|why| {
        out.problem(why);
        Exit::Usage
    })?;
    let read = state::read(&root, &place(command)).map_err(|error| open::refused(&error, out))?;
    let Some(last) = read.and_then(|bytes| serde_json::from_slice::<Remembered>(&bytes).ok()) else {
        let nothing = format!("there is nothing to take back: only the last `handbill {command}` can be, once");
        let help = "what was written before that stands in its file: open it and take the entry out yourself";
        return Err(cannot(Diagnostic::error(codes::UNDO, nothing).help(help), out));
    };
    let file = FileId::new(&last.file);
    let disk = folder::Disk::new(&root).map_err(|error| open::refused(&error, out))?;
    let there = disk.bytes(&file).unwrap_or_default();
    if ContentHash::of(&there).to_string() != last.after {
        let changed = Diagnostic::error(codes::UNDO, format!("{file} was changed since, so {} is not taken back", last.what))
            .help("open the file and take the entry out yourself");
        return Err(cannot(changed, out));
    }
    folder::replace(&root, &file, &there, last.before.as_bytes())
        .and_then(|()| state::remove(&root, &place(command)))
        .map_err(|error: FolderError| open::refused(&error, out))?;
    let width = out.width;
    for line in wrapped(&format!("Taken back: {}", last.what), width, 2) {
        out.line(line);
    }
    out.line(format!("{file} is as it was before"));
    out.fields(serde_json::json!({ "file": last.file, "undone": last.what }));
    Ok(())
}

fn cannot(diagnostic: Diagnostic, out: &mut Output<'_>) -> Exit {
    out.diagnostics(&[diagnostic].into_iter().collect(), &Files::default());
    Exit::Failed
}

fn place(command: &str) -> String {
    format!("undo/{command}.json")
}
