//! `handbill explain`

use clap::Args;
use serde_json::json;

use crate::cli::output::{Output, wrapped};
use crate::cli::{Exit, World};
use crate::diagnostic::Code;
use crate::diagnostic::suggest::nearest;

/// An error at length: what it means, why it matters, what to write instead
///
/// Every error and warning bears a code, such as HB012. Without a code, all of them are listed.
#[derive(Args, Debug)]
pub struct ExplainArgs {
    /// The code
    #[arg(value_name = "CODE")]
    code: Option<String>,
}

/// Runs the command.
pub fn run(args: &ExplainArgs, _world: &World, out: &mut Output<'_>) -> Exit {
    let Some(wanted) = &args.code else {
        for code in Code::all() {
            out.result(format!("{code}  {}", code.title()));
        }
        out.field("codes", Code::all().map(|code| json!({ "code": code.as_str(), "title": code.title() })).collect::<Vec<_>>());
        return Exit::Done;
    };
    // The digits alone are enough: 110 is HB110.
    let whole = if wanted.bytes().all(|byte| byte.is_ascii_digit()) { format!("HB{wanted:0>3}") } else { wanted.clone() };
    let Some(code) = Code::named(&whole) else {
        let near = nearest(wanted, Code::all().map(Code::as_str)).map(|code| format!(" Did you mean {code}?")).unwrap_or_default();
        out.problem(format!("there is no code \"{wanted}\".{near} `handbill explain` lists them all"));
        return Exit::Usage;
    };
    out.result(format!("{code}: {}\n\n{}", code.title(), wrapped(code.explanation(), out.width, 0).join("\n")));
    for (wrong, right) in code.examples() {
        out.result(format!("\n  not  {wrong}\n  but  {right}"));
    }
    let examples: Vec<_> = code.examples().map(|(wrong, right)| json!({ "wrong": wrong, "right": right })).collect();
    out.fields(json!({ "code": code.as_str(), "title": code.title(), "explanation": code.explanation(), "examples": examples }));
    Exit::Done
}
