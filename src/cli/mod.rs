//! The commands: arguments in, lines out, one file a command. What a library caller would want stands elsewhere; here it is read, called and told.
//!
//! Exit status: 0 done; 1 something in the content or the posting failed, said on stderr; 2 wrong usage.
//!
//! - [`args`] what there is to say; its doc comments are the manual
//! - [`output`] lines for people, one JSON document for machines
//! - [`clock`] the only place that asks the time
//! - [`open`] the site's folder, read; `editing` one file of it changed; [`posting`] what posting takes from the machine

pub mod args;
pub mod build;
pub mod channels;
pub mod check;
pub mod clock;
pub mod close;
pub mod count;
pub mod dates;
mod editing;
pub mod explain;
pub mod init;
pub mod new;
pub mod open;
pub mod output;
pub mod outreach_plan;
pub mod outreach_run;
pub mod outreach_status;
pub mod posting;
pub mod run;
pub mod schema;
pub mod serve;
pub mod when;

use std::ffi::OsString;
use std::path::PathBuf;

use clap::Parser;

pub use args::Common;

use crate::calendar::{DateTime, Utc};
use crate::cli::args::{Arguments, Channels, Command, Outreach};
use crate::cli::output::{Output, Reader, Talk};

/// What a command takes from the world around it.
#[derive(Clone, Debug)]
pub struct World {
    /// The folder the command is called in.
    pub cwd: PathBuf,
    /// The machine's clock, as the command began.
    pub now: DateTime<Utc>,
    /// Does this run on a machine that is thrown away afterwards (`CI` is set)?
    pub ci: bool,
}

/// How a command ended.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Exit {
    /// Done: status 0.
    Done,
    /// Something in the content or the posting failed: status 1.
    Failed,
    /// Wrong usage: status 2.
    Usage,
}

impl Exit {
    /// The exit status.
    pub fn status(self) -> u8 {
        match self {
            Exit::Done => 0,
            Exit::Failed => 1,
            Exit::Usage => 2,
        }
    }
}

/// Runs the command that `arguments` name (the program's own name first).
pub fn run(arguments: impl IntoIterator<Item = impl Into<OsString> + Clone>, world: &World, out: &mut Output<'_>) -> Exit {
    let arguments: Vec<OsString> = arguments.into_iter().map(Into::into).collect();
    // a program that reads gets its document even where the arguments make no sense
    if arguments.iter().any(|argument| argument == "--json") {
        out.reader = Reader::Machine;
    }
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) if error.use_stderr() => {
            out.problem(error.render().to_string().trim_end());
            return out.finish(Exit::Usage);
        }
        Err(help) => {
            out.reader = Reader::Person;
            out.result(help.render().to_string().trim_end());
            return out.finish(Exit::Done);
        }
    };
    let common = &arguments.common;
    out.reader = if common.json { Reader::Machine } else { Reader::Person };
    out.talk = match (common.quiet, common.verbose) {
        (true, _) => Talk::Quiet,
        (_, true) => Talk::Verbose,
        _ => Talk::Plain,
    };
    let exit = match &arguments.command {
        Command::Init(args) => init::run(args, common, world, out),
        Command::New(args) => new::run(args, common, world, out),
        Command::Run(args) => run::run(args, common, world, out),
        Command::Build(args) => build::run(args, common, world, out),
        Command::Serve(args) => serve::run(args, common, world, out),
        Command::Check(args) => check::run(args, common, world, out),
        Command::Dates(args) => dates::run(args, common, world, out),
        Command::Close(args) => close::run(args, common, world, out),
        Command::Count(args) => count::run(args, common, world, out),
        Command::When(args) => when::run(args, common, world, out),
        Command::Outreach(Outreach::Plan(args)) => outreach_plan::run(args, common, world, out),
        Command::Outreach(Outreach::Run(args)) => outreach_run::run(args, common, world, out),
        Command::Outreach(Outreach::Status(args)) => outreach_status::run(args, common, world, out),
        Command::Channels(Channels::Start(args)) => channels::run(args, common, world, out),
        Command::Schema(args) => schema::run(args, common, world, out),
        Command::Explain(args) => explain::run(args, world, out),
    };
    out.finish(exit)
}
