//! Links that say where they go: many people hear a page's links one after the other, without the words around them.

use crate::checks::{Site, words_span};
use crate::diagnostic::{Diagnostic, Diagnostics, codes};
use crate::library::Entry;

const VAGUE: [&str; 9] = ["here", "click here", "click", "this", "link", "this link", "more", "read more", "learn more"];

/// Links whose words are vague, or are the bare address.
pub fn check(site: &Site<'_>) -> Diagnostics {
    let mut wrong = Diagnostics::new();
    site.brief.library.for_each_entry(|entry| wrong.extend(of_entry(site, entry)));
    wrong
}

fn of_entry(site: &Site<'_>, entry: &Entry) -> Vec<Diagnostic> {
    let vague = |words: &String| VAGUE.contains(&words.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase().as_str());
    let say = |words: String| {
        let span = words_span(site.sources, &entry.file, &format!("[{words}]"));
        Diagnostic::warning(codes::LINK_TEXT, format!("the link \"{words}\" does not say where it goes"))
            .at(&entry.file, span)
            .help("name what is behind it, as in [opening hours](../branches/main.md)")
    };
    link_words(&entry.body.html).into_iter().filter(vague).map(say).collect()
}

/// The words of each link in HTML that we made ourselves.
fn link_words(html: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = html;
    while let Some(start) = rest.find("<a ") {
        rest = &rest[start..];
        let (Some(open), Some(close)) = (rest.find('>'), rest.find("</a>")) else { break };
        if open < close {
            found.push(without_tags(&rest[open + 1..close]));
        }
        rest = &rest[close + "</a>".len()..];
    }
    found
}

fn without_tags(html: &str) -> String {
    let mut text = String::new();
    let mut inside = false;
    for letter in html.chars() {
        match letter {
            '<' => inside = true,
            '>' => inside = false,
            _ if !inside => text.push(letter),
            _ => {}
        }
    }
    text.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::link_words;

    #[test]
    fn the_words_of_links_are_read_without_their_markup() {
        assert_eq!(link_words("<p><a href=\"/x/\">click <em>here</em></a> or <a href=\"/y/\">hours</a></p>"), ["click here", "hours"]);
    }
}
