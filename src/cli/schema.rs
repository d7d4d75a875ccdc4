//! `handbill schema`

use clap::Args;
use serde_json::{Map, Value};

use crate::cli::output::{Output, Reader};
use crate::cli::{Exit, World};
use crate::content::schema;
use crate::platforms;
use crate::settings::key::Known;

/// The JSON Schema of the front matter and of site.toml, for editors
///
/// Prints one document: of one kind with --kind, else of all of them under `$defs`. An editor that knows it completes keys and marks unknown ones.
#[derive(Args, Debug)]
pub struct SchemaArgs {
    /// What is written: a kind of content, or site for site.toml
    #[arg(long, value_name = "KIND", value_parser = clap::builder::PossibleValuesParser::new(schema::names()))]
    kind: Option<String>,
}

/// Runs the command.
pub fn run(args: &SchemaArgs, _world: &World, out: &mut Output<'_>) -> Exit {
    let platforms: Vec<(&str, &[Known])> = platforms::keys().collect();
    let document = match &args.kind {
        Some(kind) => schema::schema(kind, &platforms).unwrap_or_default(),
        None => {
            let all: Map<String, Value> =
                schema::names().filter_map(|name| Some((name.to_owned(), schema::schema(name, &platforms)?))).collect();
            serde_json::json!({ "$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Handbill", "$defs": all })
        }
    };
    match out.reader {
        Reader::Person => out.result(serde_json::to_string_pretty(&document).unwrap_or_default()),
        Reader::Machine => out.field("schema", document),
    }
    Exit::Done
}
