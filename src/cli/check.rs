//! `handbill check`

use clap::Args;
use rayon::prelude::*;
use serde_json::json;

use crate::checks;
use crate::cli::open::{self, Asked, Opened};
use crate::cli::output::{Output, Talk, Tone, counted, wrapped};
use crate::cli::{Common, Exit, World, posting};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity, Silence, codes, take_out};
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
    let ignored: &[Silence] = opened.loaded.made.as_ref().map_or(&[], |made| &made.library.silences);
    let mut silenced = opened.loaded.silenced.clone();
    if let Some(site) = opened.sound() {
        wrong.append(checks::run(&checks::Site { brief: site.brief(), sources: &opened.loaded, now: site.made.now }));
        wrong.append(every_page(&opened));
        silenced.append(take_out(&mut wrong, ignored));
        // What is held back is not looked at by every check.
        let shown = ignored.iter().filter(|one| !site.made.library.held.iter().any(|held| held.file == one.file));
        wrong.extend(idle(shown, &silenced));
    }
    wrong.extend(errors_stay(ignored, &wrong));
    wrong.append(posting::thrown_away(&opened, world));
    let wrong: Diagnostics = wrong.sorted().into_iter().collect();
    tell_silenced(&silenced.sorted(), ignored, out);
    out.always_diagnostics();
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

/// Silences of warnings that their pages do not have; known only when everything was looked at.
fn idle<'a>(ignored: impl Iterator<Item = &'a Silence>, silenced: &Diagnostics) -> Vec<Diagnostic> {
    let idle = ignored.filter(|one| !silenced.iter().any(|found| one.covers(found)));
    idle.map(|one| {
        Diagnostic::warning(codes::SILENCES_NOTHING, format!("nothing on this page is warned of as {}", one.code))
            .at(&one.file, one.span.clone())
            .help("take it out of `ignore`")
    })
    .collect()
}

/// Silences of errors.
fn errors_stay(ignored: &[Silence], wrong: &Diagnostics) -> Vec<Diagnostic> {
    let of_errors = ignored.iter().filter(|one| wrong.iter().any(|found| found.severity == Severity::Error && one.is_about(found)));
    of_errors
        .map(|one| {
            Diagnostic::warning(codes::SILENCES_NOTHING, format!("{} is an error on this page, and errors can't be silenced", one.code))
                .at(&one.file, one.span.clone())
                .help("mend the error, and take it out of `ignore`")
        })
        .collect()
}

/// How many warnings are silenced, and with `-v` which.
fn tell_silenced(silenced: &[Diagnostic], ignored: &[Silence], out: &mut Output<'_>) {
    let reason = |found: &Diagnostic| ignored.iter().find(|one| one.covers(found)).map_or("", |one| one.reason.as_str());
    let file = |found: &Diagnostic| found.at.as_ref().map_or("", |at| at.file.path()).to_owned();
    let list = silenced
        .iter()
        .map(|found| json!({ "code": found.code.as_str(), "message": found.message, "file": file(found), "reason": reason(found) }));
    out.field("silenced", list.collect::<Vec<_>>());
    if silenced.is_empty() {
        return;
    }
    let are = if silenced.len() == 1 { "is" } else { "are" };
    let listed = if out.talk == Talk::Verbose { ":" } else { "; -v lists them" };
    out.line(format!("{} {are} silenced by the page{listed}", counted(silenced.len(), "warning")));
    for found in silenced {
        let line = format!("  {}  {}: {} ({})", found.code, file(found), found.message, reason(found));
        for line in wrapped(&line, out.width, 7) {
            out.detail(line);
        }
    }
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
