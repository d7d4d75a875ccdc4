//! From the plan to the output folder.

use crate::build::record::{self, NUMBERS};
use crate::build::{Kitchen, Loaded, Moment};
use crate::content::Drafts;
use crate::diagnostic::{Diagnostic, Diagnostics, codes};
use crate::folder::state::{self, Durable};
use crate::folder::{self, FolderError, OutputFolder, Steps, Wanted, WriteError};
use crate::library::Held;

/// What a build did.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BuildReport {
    /// Files that were put in place.
    pub written: usize,
    /// Files that were there as they should be.
    pub unchanged: usize,
    /// Files that were removed.
    pub removed: usize,
    /// Pages of the site.
    pub pages: usize,
    /// What is not shown, and until when.
    pub held: Vec<Held>,
    /// The output folder, from the site's root where it lies there.
    pub output: String,
    /// Files in it that are not Handbill's, by path: left alone.
    pub foreign: Vec<String>,
}

/// Makes the site that was loaded and puts it into the output folder: all of it, or nothing and every reason.
///
/// `steps` watches, from any thread, and may break it off.
pub fn write_site(loaded: &Loaded, output: &OutputFolder, steps: Steps<'_>) -> Result<BuildReport, Diagnostics> {
    let Some(made) = loaded.sound() else { return Err(loaded.diagnostics.clone()) };
    let kitchen = Kitchen::new(&loaded.disk);
    let recipes = made.site.recipes();
    let wanted: Vec<Wanted<'_>> =
        recipes.iter().map(|recipe| Wanted { path: recipe.path.as_str(), fingerprint: recipe.fingerprint }).collect();
    let written = folder::write(output, &wanted, |number| kitchen.cook(&made.site, &recipes[number]), steps);
    let written = written.map_err(|error| match error {
        WriteError::Folder(error) => said(&error),
        // What is wrong with a template is wrong with every page: said once.
        WriteError::Making(faults) => faults.into_iter().flatten().collect::<Diagnostics>().sorted().into_iter().collect(),
    })?;
    // A pretended time is a rehearsal: were its numbers of a time to come kept, the real ones would be above the clock's for years, and fall
    // with the file.
    let kept = loaded.options.drafts == Drafts::LeftOut && matches!(loaded.options.moment, Moment::Instant(_));
    let before = state::read(output.root(), NUMBERS).map_err(|error| said(&error))?;
    let numbers = made.site.revisions().to_text();
    let settled = before.as_deref() == Some(numbers.as_bytes());
    if kept && !settled {
        // They are on the disk before anybody is told that the build is done.
        state::write(output.root(), NUMBERS, numbers.as_bytes(), Durable::Yes).map_err(|error| said(&error))?;
    }
    let numbers = if kept { Some(numbers.as_bytes()) } else { before.as_deref() };
    record::keep(loaded, output, folder::mark(&wanted), numbers, kept || settled);
    // A cache that cannot be tidied only grows.
    let _ = kitchen.tidy(&made.site);
    Ok(BuildReport {
        written: written.written,
        unchanged: written.unchanged,
        removed: written.removed,
        pages: made.site.pages(),
        held: made.library.held.clone(),
        output: output.shown(),
        foreign: written.foreign,
    })
}

impl BuildReport {
    /// What to say of files in the output that are not ours; nothing when there are none.
    pub fn warning(&self) -> Option<Diagnostic> {
        let (first, rest) = self.foreign.split_at(self.foreign.len().min(5));
        let more = if rest.is_empty() { String::new() } else { format!(" and {} more", rest.len()) };
        let said = format!("{} holds what is not Handbill's, and it was left alone: {}{more}", self.output, first.join(", "));
        (!self.foreign.is_empty())
            .then(|| Diagnostic::warning(codes::FOREIGN, said).help("remove it if nobody needs it, or build into a folder of its own"))
    }
}

fn said(error: &FolderError) -> Diagnostics {
    std::iter::once(Diagnostic::from(error)).collect()
}
