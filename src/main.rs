//! Arguments → `cli::run` → exit status (0, 1, 2). Nothing else.

use std::io::{self, IsTerminal};
use std::process::ExitCode;

use handbill::cli::clock::Clock;
use handbill::cli::output::Output;
use handbill::cli::{self, World};
use handbill::diagnostic::terminal::Colour;
use terminal_size::{Width, terminal_size_of};

#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let cwd = match std::env::current_dir() {
        Ok(cwd) => cwd,
        Err(_) => ".".into(),
    };
    let world = World { cwd, now: Clock.now(), ci: std::env::var_os("CI").is_some_and(|value| !value.is_empty()) };
    // not locked: the preview writes from other threads
    let (mut out, mut err) = (io::stdout(), io::stderr());
    let colour = |terminal: bool| if terminal && std::env::var_os("NO_COLOR").is_none() { Colour::Yes } else { Colour::No };
    let (out_colour, err_colour) = (colour(out.is_terminal()), colour(err.is_terminal()));
    let width =
        [terminal_size_of(&out), terminal_size_of(&err)].into_iter().flatten().map(|(Width(columns), _)| usize::from(columns)).next();
    let width = width.map_or(80, |columns| columns.clamp(60, 120));
    let mut output = Output::new(&mut out, &mut err);
    output.colour = out_colour;
    output.err_colour = err_colour;
    output.width = width;
    ExitCode::from(cli::run(std::env::args_os(), &world, &mut output).status())
}
