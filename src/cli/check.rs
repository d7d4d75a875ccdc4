//! `handbill check`

use clap::Args;
use rayon::prelude::*;

use crate::checks;
use crate::cli::open::{self, Asked, Opened};
use crate::cli::output::{Output, Tone, counted};
use crate::cli::{Common, Exit, World, posting};
use crate::diagnostic::{Code, Diagnostics};
use crate::site::Kind;

/// Say everything that is wrong with the content, and write nothing
///
/// Content, links, clashes of rooms and closings, headings, words of links, the length of every post of the coming weeks, the settings of channels.
/// No network is touched and no command is run.
#[derive(Args, Debug)]
pub struct CheckArgs {
    /// Warnings count as errors
    #[arg(long)]
    strict: bool,
}

/// Runs the command.
pub fn run(args: &CheckArgs, common: &Common, world: &World, out: &mut Output<'_>) -> Exit {
    let opened = match open::read(common, &Asked::default(), world, out) {
        Ok(opened) => opened,
        Err(exit) => return exit,
    };
    let mut wrong: Diagnostics = opened.loaded.diagnostics.clone();
    if let Some(site) = opened.sound() {
        wrong.append(checks::run(&checks::Site { brief: site.brief(), sources: &opened.loaded, now: site.made.now }));
        wrong.append(every_page(&opened));
    }
    wrong.append(posting::thrown_away(&opened, world));
    let wrong: Diagnostics = wrong.sorted().into_iter().collect();
    out.diagnostics_with(&wrong, &opened.loaded, |entry| {
        let rule = entry["code"].as_str().and_then(Code::named).and_then(checks::rule);
        let page = entry["file"].as_str().and_then(|file| page_of(&opened, file));
        entry["rule"] = rule.into();
        entry["page"] = page.into();
    });
    let (errors, warnings) = wrong.count();
    if errors == 0 && warnings == 0 {
        let pages = opened.loaded.made.as_ref().map_or(0, |made| made.site.pages());
        let good = out.tone(Tone::Ok, "Nothing is wrong");
        out.line(format!("{good}: {} and every post of the coming weeks looked at", counted(pages, "page")));
    }
    if errors > 0 || (args.strict && warnings > 0) { Exit::Failed } else { Exit::Done }
}

/// Makes every page in memory: what a template gets wrong shows only then.
fn every_page(opened: &Opened) -> Diagnostics {
    let Some(made) = opened.loaded.sound() else { return Diagnostics::new() };
    let pages = made.site.recipes().par_iter().filter(|recipe| recipe.kind == Kind::Page);
    let wrong: Vec<Diagnostics> = pages.filter_map(|recipe| made.site.cook(recipe, &opened.loaded.disk).err()).collect();
    wrong.into_iter().flatten().collect()
}

/// The address of the page that a content file becomes.
fn page_of(opened: &Opened, file: &str) -> Option<String> {
    let made = opened.loaded.made.as_ref()?;
    let mut found = None;
    made.library.for_each_entry(|entry| {
        if entry.file.path() == file {
            found = Some(entry.path.to_string());
        }
    });
    found
}
