//! `handbill build`

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::{Value, json};

use crate::build::{self, BuildReport, write_site};
use crate::cli::clock::Stopwatch;
use crate::cli::open::{self, Asked, Opened};
use crate::cli::output::{Output, Tone, counted, wrapped};
use crate::cli::{Common, Exit, World};
use crate::content::Drafts;
use crate::folder::OutputFolder;
use crate::library::Held;

/// Build the site into public/
///
/// Every mistake in the content is shown, all at once, and nothing is written while there is one. Only what changed is written.
#[derive(Args, Default, Debug)]
pub struct BuildArgs {
    /// Where to [default: public/, or public-drafts/ with --drafts]
    #[arg(long, value_name = "DIR")]
    output: Option<PathBuf>,
    /// With drafts, for your own eyes
    #[arg(long)]
    drafts: bool,
    /// Another address than site.toml says
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
}

impl BuildArgs {
    /// What is asked of the content.
    pub fn asked(&self) -> Asked {
        Asked { base_url: self.base_url.clone(), drafts: if self.drafts { Drafts::Included } else { Drafts::LeftOut } }
    }

    fn output(&self, world: &World) -> PathBuf {
        match &self.output {
            Some(dir) => world.cwd.join(dir),
            None => PathBuf::from(if self.drafts { "public-drafts" } else { "public" }),
        }
    }
}

/// Runs the command.
pub fn run(args: &BuildArgs, common: &Common, world: &World, out: &mut Output<'_>) -> Exit {
    let watch = Stopwatch::start();
    let folder = match open::folder(common, &args.asked(), world, out) {
        Ok(folder) => folder,
        Err(exit) => return exit,
    };
    let output = args.output(world);
    // An output that is refused is told below.
    let as_before = OutputFolder::new(&folder.root, &output)
        .ok()
        .and_then(|output| build::unchanged(&folder.root, &folder.files, &folder.options, &output));
    if let Some((report, diagnostics)) = as_before {
        out.diagnostics(&diagnostics, &folder.files);
        tell(&report, watch.seconds(), out);
        return Exit::Done;
    }
    match open::made_of(folder, out) {
        Ok(opened) => {
            let exit = write(&opened, &output, watch, out);
            // The program ends here, and the system takes a county's pages back faster than they could be taken apart.
            std::mem::forget(opened);
            exit
        }
        Err(exit) => exit,
    }
}

/// Writes the site of an opened folder, and tells what was wrong and what was done.
pub fn write(opened: &Opened, output: &Path, watch: Stopwatch, out: &mut Output<'_>) -> Exit {
    let folder = match OutputFolder::new(&opened.root, output) {
        Ok(folder) => folder,
        Err(error) => {
            out.problem(error.to_string());
            return Exit::Usage;
        }
    };
    out.diagnostics(&opened.loaded.diagnostics, &opened.loaded);
    if opened.sound().is_none() {
        out.aside("Nothing was written.");
        return Exit::Failed;
    }
    match write_site(&opened.loaded, &folder, &|_| ControlFlow::Continue(())) {
        Ok(report) => {
            if let Some(warning) = report.warning() {
                out.diagnostics(&[warning].into_iter().collect(), &opened.loaded);
            }
            tell(&report, watch.seconds(), out);
            Exit::Done
        }
        Err(wrong) => {
            out.diagnostics(&wrong, &opened.loaded);
            out.aside("Nothing was written.");
            Exit::Failed
        }
    }
}

fn tell(report: &BuildReport, seconds: f64, out: &mut Output<'_>) {
    let pages = counted(report.pages, "page");
    let did = if report.written == 0 && report.removed == 0 {
        "nothing written, all as before".to_owned()
    } else {
        let removed = if report.removed == 0 { String::new() } else { format!(", {} removed", report.removed) };
        format!("{} written, {} as before{removed}", counted(report.written, "file"), report.unchanged)
    };
    let built = out.tone(Tone::Ok, "Built");
    out.line(format!("{built} {pages} in {seconds:.1} s: {did}  ({})", report.output));
    if let [first, rest @ ..] = &report.held[..] {
        let more = if rest.is_empty() { String::new() } else { format!(", and {} more", rest.len()) };
        let first = format!("Held back: {}{more}", held_in_words(first));
        for line in wrapped(&first, out.width, 11) {
            out.line(line);
        }
        for held in rest {
            let held = format!("           {}", held_in_words(held));
            for line in wrapped(&held, out.width, 0) {
                out.detail(line);
            }
        }
    }
    out.fields(json!({
        "written": report.written,
        "unchanged": report.unchanged,
        "removed": report.removed,
        "pages": report.pages,
        "held": report.held.iter().map(held_as_json).collect::<Vec<_>>(),
        "output": report.output,
        "seconds": (seconds * 1000.0).round() / 1000.0,
    }));
}

fn held_in_words(held: &Held) -> String {
    format!("{} ({})", held.file, held.why)
}

fn held_as_json(held: &Held) -> Value {
    json!({ "file": held.file.path(), "until": held.until.map(|day| day.to_string()), "why": held.why })
}
