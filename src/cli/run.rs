//! `handbill run`

use std::path::Path;

use clap::Args;

use crate::cli::clock::Stopwatch;
use crate::cli::open::{self, Asked};
use crate::cli::output::Output;
use crate::cli::outreach_run::{PassArgs, Site};
use crate::cli::{Common, Exit, World, build, outreach_run, posting};

/// Build the site, then post what is due: what a scheduled job calls
///
/// The site goes into public/, then the outbox is brought in line with it and what is due is posted, each announcement once. When the content has errors, nothing is
/// built and nothing new is planned; what was scheduled already goes out as it stands, but for the files with errors.
#[derive(Args, Default, Debug)]
pub struct RunArgs {
    #[command(flatten)]
    pass: PassArgs,
}

/// Runs the command.
pub fn run(args: &RunArgs, common: &Common, world: &World, out: &mut Output<'_>) -> Exit {
    let watch = Stopwatch::start();
    let opened = match open::read(common, &Asked::default(), world, out) {
        Ok(opened) => opened,
        Err(exit) => return exit,
    };
    let refused = posting::thrown_away(&opened, world);
    if !refused.is_empty() {
        out.diagnostics(&refused, &opened.loaded);
        return Exit::Failed;
    }
    let built = build::write(&opened, Path::new("public"), watch, out);
    let pages = if built == Exit::Done { Site::Stands } else { Site::NotBuilt };
    let posted = outreach_run::pass(&opened, pages, &args.pass, common, world, out);
    if built == Exit::Done && posted == Exit::Done {
        out.line("Look: handbill serve");
    }
    built.max(posted)
}
