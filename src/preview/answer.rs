//! What a browser gets for an address. No address reaches the disk: it is looked up among the files that the site is planned to have.

use crate::build::{Loaded, Made};
use crate::diagnostic::{Diagnostics, html};
use crate::preview::state::{Shown, State};
use crate::preview::{media, page, wall};

/// An answer, before it is HTTP.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) content_type: &'static str,
    /// Where to go instead.
    pub(super) location: Option<String>,
    pub(super) body: Vec<u8>,
}

impl Answer {
    /// Words for whoever is not answered otherwise.
    pub(super) fn words(status: u16, words: &str) -> Answer {
        Answer { status, content_type: "text/plain; charset=utf-8", location: None, body: format!("{words}\n").into_bytes() }
    }

    fn html(status: u16, body: Vec<u8>) -> Answer {
        Answer { status, content_type: "text/html; charset=utf-8", location: None, body }
    }

    fn elsewhere(location: String) -> Answer {
        Answer { location: Some(location), ..Answer::words(307, "It is at another address.") }
    }
}

/// The answer to a GET of this path, as the browser wrote it.
pub(super) fn answer(state: &State, path: &str) -> Answer {
    let shown = state.shown();
    if path == "/_handbill/reload.js" {
        return Answer { content_type: "text/javascript; charset=utf-8", ..Answer::words(200, page::SCRIPT.trim_end()) };
    }
    let Some(good) = &shown.good else {
        let body = page::own("Not yet", "<p>There is something to mend first. This page follows as you save.</p>");
        return finished(&shown, None, Answer::html(500, body));
    };
    let Some(made) = &good.made else { return Answer::words(500, "There is no site yet.") };
    match path {
        "/_handbill/wall" => Answer::elsewhere("/_handbill/wall/".to_owned()),
        "/_handbill/wall/" => finished(&shown, None, Answer::html(200, wall::wall(made, &state.disk))),
        _ => of_the_site(state, &shown, good, made, path),
    }
}

fn of_the_site(state: &State, shown: &Shown, good: &Loaded, made: &Made, path: &str) -> Answer {
    let base = made.settings.site.base_path();
    let Some(address) = decoded(path) else { return Answer::words(400, "That is no address of a site.") };
    let inside = address.strip_prefix(base).filter(|rest| rest.starts_with('/'));
    let Some(inside) = inside else {
        // The site stands in a folder of its host: people begin at the top.
        let at_the_top = address == "/" || address == base;
        return if at_the_top { Answer::elsewhere(format!("{base}/")) } else { not_found(state, shown, good, made) };
    };
    if made.site.recipe(inside).is_some() {
        return cooked(state, shown, good, inside, 200);
    }
    if !inside.ends_with('/') && made.site.recipe(&format!("{inside}/")).is_some() {
        return Answer::elsewhere(format!("{path}/"));
    }
    not_found(state, shown, good, made)
}

fn not_found(state: &State, shown: &Shown, good: &Loaded, made: &Made) -> Answer {
    if made.site.recipe("/404.html").is_some() {
        return cooked(state, shown, good, "/404.html", 404);
    }
    finished(shown, None, Answer::html(404, page::own("Not found", "<p>The site has no such page.</p>")))
}

/// Makes the file; when that fails, the one of the good site before, with what is wrong lying over it.
fn cooked(state: &State, shown: &Shown, good: &Loaded, address: &str, status: u16) -> Answer {
    let cook = |site: &Loaded| -> Option<Result<Answer, Diagnostics>> {
        let made = site.made.as_ref()?;
        let recipe = made.site.recipe(address)?;
        let answer =
            |body: Vec<u8>| Answer { status, content_type: media::content_type(recipe.path.as_str(), &body), location: None, body };
        Some(state.kitchen.cook(&made.site, recipe).map(answer))
    };
    match cook(good) {
        Some(Ok(answer)) => finished(shown, None, answer),
        Some(Err(wrong)) => {
            let panel = html::overlay(&wrong, good);
            let earlier = shown.before.as_deref().and_then(|before| cook(before)?.ok());
            let instead = || Answer::html(500, page::own("Not yet", "<p>This page cannot be made. It follows as you save.</p>"));
            finished(shown, Some(&panel), earlier.unwrap_or_else(instead))
        }
        None => Answer::words(404, "There is no such file."),
    }
}

/// A page gets the script and the panel of what is wrong; other files go out as they are.
fn finished(shown: &Shown, panel: Option<&str>, mut answer: Answer) -> Answer {
    if answer.content_type.starts_with("text/html") {
        answer.body = page::with_preview(&answer.body, shown.version, panel.or(shown.panel.as_deref()));
    }
    answer
}

/// The address with its `%20`s resolved; none for what could mean another folder to somebody.
fn decoded(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        if *first == b'%' {
            let digits = std::str::from_utf8(after.get(..2)?).ok().filter(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()))?;
            bytes.push(u8::from_str_radix(digits, 16).ok()?);
            rest = after.get(2..)?;
        } else {
            bytes.push(*first);
            rest = after;
        }
    }
    let address = String::from_utf8(bytes).ok()?;
    let leads_out = address.split('/').any(|part| part == ".." || part == ".");
    (!leads_out && !address.contains(['\\', '\0'])).then_some(address)
}

#[cfg(test)]
mod tests {
    use super::decoded;

    #[test]
    fn an_address_is_taken_as_it_is_meant_and_leads_nowhere_else() {
        assert_eq!(decoded("/caf%C3%A9/a%20b/").as_deref(), Some("/café/a b/"));
        for path in ["/../site.toml", "/%2e%2e/site.toml", "/a/%2E%2e%2fb", "/a%5cb", "/%00", "/%f", "/%zz", "/%c3", "/./a"] {
            assert_eq!(decoded(path), None, "{path}");
        }
    }
}
