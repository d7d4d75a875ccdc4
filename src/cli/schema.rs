//! `handbill schema`

use clap::Args;
use serde_json::{Map, Value};

use crate::cli::output::{Output, Reader};
use crate::cli::{Common, Exit, World, open};
use crate::content::schema;
use crate::platforms;
use crate::settings::key::Known;
use crate::settings::{self, Taxonomy};

/// The JSON Schema of the front matter and of site.toml, for editors
///
/// Prints one document: of one kind with --kind, else of all of them under `$defs`. In a site's folder the keys of its own taxonomies are among them. An editor that knows it completes keys and marks unknown ones.
#[derive(Args, Debug)]
pub struct SchemaArgs {
    /// What is written: a kind of content, or site for site.toml
    #[arg(long, value_name = "KIND", value_parser = clap::builder::PossibleValuesParser::new(schema::names()))]
    kind: Option<String>,
}

/// Runs the command.
pub fn run(args: &SchemaArgs, common: &Common, world: &World, out: &mut Output<'_>) -> Exit {
    let platforms: Vec<(&str, &[Known])> = platforms::keys().collect();
    let taxonomies = taxonomies(common, world);
    let schema = |name: &str| {
        let mut schema = schema::schema(name, &platforms)?;
        if !matches!(name, "site" | "banner" | "translation") {
            schema::with_taxonomies(&mut schema, &taxonomies);
        }
        Some(schema)
    };
    let document = if let Some(kind) = &args.kind {
        schema(kind).unwrap_or_default()
    } else {
        let all: Map<String, Value> = schema::names().filter_map(|name| Some((name.to_owned(), schema(name)?))).collect();
        serde_json::json!({ "$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Handbill", "$defs": all })
    };
    match out.reader {
        Reader::Person => out.result(serde_json::to_string_pretty(&document).unwrap_or_default()),
        Reader::Machine => out.field("schema", document),
    }
    Exit::Done
}

/// What the site here, if there is one, adds to every kind.
fn taxonomies(common: &Common, world: &World) -> Vec<Taxonomy> {
    let text = open::root(common, world).ok().and_then(|root| std::fs::read_to_string(root.join("site.toml")).ok());
    let settings = text.and_then(|text| settings::read(&settings::file(), &text).0);
    settings.map(|settings| settings.taxonomies).unwrap_or_default()
}
