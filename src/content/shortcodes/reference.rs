//! The manual of shortcodes, made of the table of them.

use std::fmt::Write;

use super::{SHORTCODES, Shape};
use crate::settings::key::{Known, Takes};

/// `docs/shortcodes.md`.
pub fn reference() -> String {
    let mut page = String::from(
        "# Shortcodes\n\n\
         A shortcode shows in a page what Markdown cannot. It is written in two curly brackets: a name, and arguments in quotes.\n\n\
         ```text\n{{ button to=\"visit/get-a-card.md\" label=\"Get a library card\" }}\n```\n\n\
         Most of them need a line of their own; a long one may go on in the next line. What is wrong with one is said when the site is built, with its line and\n\
         what to write. Values are plain words: no Markdown, no HTML. In code, between backticks, brackets stay brackets; elsewhere a backslash keeps them: `\\{{`.\n\n\
         How each looks is for the theme to say: `templates/shortcodes/<name>.html`. A file of that name in the site's own `themes/<name>/` takes its place.\n\n\
         | shortcode | |\n| --- | --- |\n",
    );
    for form in SHORTCODES {
        let _ = writeln!(page, "| [`{}`](#{}) | {} |", form.name, form.name, form.doc.split_inclusive(". ").next().unwrap_or("").trim());
    }
    for form in SHORTCODES {
        let place = match form.shape {
            Shape::InLine => "Stands in a sentence, or on a line of its own.",
            Shape::Alone => "Stands on a line of its own.",
            Shape::Around => "Stands on a line of its own, around other Markdown, and ends with a line `{{ end }}`.",
        };
        let _ = writeln!(page, "\n## {}\n\n{} {place}\n\n```text\n{}\n```", form.name, form.doc, form.example);
        if !form.arguments.is_empty() {
            page.push_str("\n| argument | what it says | takes | written as | without it |\n| --- | --- | --- | --- | --- |\n");
        }
        for known in form.arguments {
            let without = if known.needed { "needed" } else { known.default };
            let _ = writeln!(
                page,
                "| `{}` | {} | {} | `{}=\"{}\"` | {without} |",
                known.name,
                known.doc,
                takes(known),
                known.name,
                known.example
            );
        }
    }
    page
}

/// What an argument takes, in words.
fn takes(known: &Known) -> String {
    match known.takes {
        Takes::Number(least, most) => format!("a number from {least} to {most}"),
        Takes::OneOf(all) => all.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", "),
        Takes::File => "a file".to_owned(),
        Takes::Web => "an address on the web".to_owned(),
        Takes::Term(table) => format!("a word of `[{table}]` in site.toml"),
        Takes::NameOf(kind) => format!("the name of a {kind}"),
        Takes::Either(_) => "a file or an address".to_owned(),
        _ => "words".to_owned(),
    }
}
