//! The arguments. Their doc comments are the manual: `handbill help`.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

/// A public library's website, calendars and announcements from a folder of Markdown
#[derive(Parser, Debug)]
#[command(name = "handbill", version, max_term_width = 80, disable_help_subcommand = false)]
pub struct Arguments {
    /// What to do
    #[command(subcommand)]
    pub command: Command,
    /// Options of every command
    #[command(flatten)]
    pub common: Common,
}

/// Options of every command.
#[derive(Args, Clone, Default, Debug)]
pub struct Common {
    /// The site's folder [default: the nearest folder up that has a site.toml]
    #[arg(long, global = true, value_name = "DIR")]
    pub root: Option<PathBuf>,
    /// Pretend it is this moment, in the library's local time: 2026-12-01T09:00
    #[arg(long, global = true, value_name = "TIME")]
    pub now: Option<String>,
    /// Print one JSON document for machines
    #[arg(long, global = true)]
    pub json: bool,
    /// Say only what is wrong
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Say more: each file that was written
    #[arg(short, long, global = true)]
    pub verbose: bool,
}

/// The commands, one file each.
#[derive(Subcommand, Debug)]
pub enum Command {
    /// Make a small complete site to begin from
    Init(super::init::InitArgs),
    /// Begin a new event, program, branch, news post, page or banner
    New(super::new::NewArgs),
    /// Build the site, then post what is due: what a scheduled job calls
    Run(super::run::RunArgs),
    /// Build the site into public/
    Build(super::build::BuildArgs),
    /// Look at the site while you write: it reloads as you save
    Serve(super::serve::ServeArgs),
    /// Say everything that is wrong with the content, and write nothing
    Check(super::check::CheckArgs),
    /// Every date of an event, as Handbill understands it
    Dates(super::dates::DatesArgs),
    /// What happens next, in order, with its reason
    When(super::when::WhenArgs),
    /// Close a branch for a day or more: hours, events and posts follow
    Close(super::close::CloseArgs),
    /// Write down how many came to one date of an event
    Count(super::count::CountArgs),
    /// What will be posted, what is due now, what was said
    #[command(subcommand)]
    Outreach(Outreach),
    /// Who may speak from here
    #[command(subcommand)]
    Channels(Channels),
    /// The JSON Schema of the front matter and of site.toml, for editors
    Schema(super::schema::SchemaArgs),
    /// An error at length: what it means, why it matters, what to write instead
    Explain(super::explain::ExplainArgs),
}

/// `handbill outreach …`
#[derive(Subcommand, Debug)]
pub enum Outreach {
    /// Show what will be posted, where and when, with its exact text
    Plan(super::outreach_plan::PlanArgs),
    /// Post what is due, once, and end: for a scheduled job
    Run(super::outreach_run::PassArgs),
    /// Show what waits, what went out, and why not
    Status(super::outreach_status::StatusArgs),
}

/// `handbill channels …`
#[derive(Subcommand, Debug)]
pub enum Channels {
    /// Let this outbox speak for a channel, from now on
    Start(super::channels::StartArgs),
}
