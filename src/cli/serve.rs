//! `handbill serve`

use std::io::{self, Write};
use std::sync::Arc;

use clap::Args;

use crate::build::Moment;
use crate::cli::clock::Clock;
use crate::cli::open;
use crate::cli::output::{Output, Talk, counted};
use crate::cli::{Common, Exit, World};
use crate::content::Drafts;
use crate::diagnostic::terminal;
use crate::preview::{self, PreviewOptions, Tell, Told};

/// Look at the site while you write: it reloads as you save
///
/// Nothing is written to disk. A mistake shows in the page, and the last good page stays. Practice posts hang at /_handbill/wall/.
#[derive(Args, Debug)]
pub struct ServeArgs {
    /// The port on this machine
    #[arg(long, default_value_t = 4000, value_name = "N")]
    port: u16,
    /// With drafts
    #[arg(long)]
    drafts: bool,
    /// Open the browser
    #[arg(long)]
    open: bool,
}

/// Runs the command, until it is interrupted.
pub fn run(args: &ServeArgs, common: &Common, world: &World, out: &mut Output<'_>) -> Exit {
    let root = match open::root(common, world) {
        Ok(root) => root,
        Err(why) => {
            out.problem(why);
            return Exit::Usage;
        }
    };
    let told = match open::moment(common, world) {
        Ok(moment) => common.now.is_some().then_some(moment),
        Err(why) => {
            out.problem(why);
            return Exit::Usage;
        }
    };
    if let Err(exit) = open::look_at_state(&root, out) {
        return exit;
    }
    let options = PreviewOptions {
        root,
        port: args.port,
        drafts: if args.drafts { Drafts::Included } else { Drafts::LeftOut },
        clock: Arc::new(move || told.unwrap_or_else(|| Moment::Instant(Clock.now()))),
    };
    match preview::serve(options, teller(args.open, out)) {
        Ok(()) => Exit::Done,
        Err(error) => {
            out.problem(format!("{error}. Another port: handbill serve --port 4001"));
            Exit::Failed
        }
    }
}

/// Lines about what happens, straight to the terminal: the preview goes on by itself on other threads.
fn teller(browser: bool, out: &Output<'_>) -> Tell {
    let (talk, width, colour) = (out.talk, out.width, out.err_colour);
    Arc::new(move |told| {
        let line = |text: &str| {
            if talk > Talk::Quiet {
                let mut out = io::stdout().lock();
                let _ = writeln!(out, "{text}").and_then(|()| out.flush());
            }
        };
        match told {
            Told::Listening(address) => {
                let url = format!("http://{address}/");
                line(&format!("Look: {url}   practice posts: {url}_handbill/wall/   end with Ctrl-C"));
                if browser && open_in_browser(&url).is_err() {
                    line("No browser could be opened: go to that address yourself");
                }
            }
            Told::Read(loaded) => {
                let mut err = io::stderr().lock();
                let _ = err.write_all(terminal::draw(&loaded.diagnostics, loaded, width, colour).as_bytes());
                if let Some(made) = loaded.sound() {
                    line(&format!("Read {}", counted(made.site.pages(), "page")));
                }
            }
            Told::Trouble(error) => {
                let _ = writeln!(io::stderr().lock(), "{error}");
            }
        }
    })
}

fn open_in_browser(url: &str) -> io::Result<()> {
    ::open::that_detached(url)
}
