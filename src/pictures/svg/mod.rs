//! SVG: drawings that are texts, and could be programs.
//!
//! A drawing is written anew from what only draws ([`clean`]); all else is left out and named. Nothing of it is copied unread, so what
//! two readers of XML could understand differently (entities, character data sections, comments) does not survive.

mod allowed;

use std::collections::BTreeSet;
use std::fmt::Write as _;

use quick_xml::Reader;
use quick_xml::escape::{escape, resolve_xml_entity, unescape};
use quick_xml::events::{BytesStart, Event};

const SVG: &str = "http://www.w3.org/2000/svg";
const XLINK: &str = "http://www.w3.org/1999/xlink";
/// What browsers take for a drawing that names no size (CSS Images 3 §5.1).
const SIZE_OF_NONE: (u32, u32) = (300, 150);
const DEEPEST: usize = 200;

/// The size of a drawing in CSS pixels: its `width` and `height`, else those of its `viewBox`.
pub fn size(text: &str) -> Result<(u32, u32), String> {
    let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag) | Event::Empty(tag)) if tag.name().0 == "svg" => return Ok(size_of(&tag)),
            Ok(Event::Start(_) | Event::Empty(_) | Event::Eof) => {
                return Err("it is no SVG drawing: it does not begin with `<svg`".to_owned());
            }
            Ok(_) => {}
            Err(e) => return Err(format!("it is no SVG drawing ({e})")),
        }
    }
}

fn size_of(tag: &BytesStart<'_>) -> (u32, u32) {
    let value = |name: &str| tag.try_get_attribute(name).ok().flatten().map(|attribute| attribute.value.into_owned());
    let view = value("viewBox").and_then(|text| {
        let numbers: Vec<f64> = text.split([' ', ',', '\n', '\t']).filter(|s| !s.is_empty()).map_while(|s| s.parse().ok()).collect();
        Some((pixels(*numbers.get(2)?)?, pixels(*numbers.get(3)?)?))
    });
    let (width, height) = (value("width").and_then(|w| length(&w)), value("height").and_then(|h| length(&h)));
    let by = |side: u32, of: u32, by: u32| pixels(f64::from(side) * f64::from(of) / f64::from(by.max(1)));
    match (width, height, view) {
        (Some(width), Some(height), _) => (width, height),
        (Some(width), None, Some((w, h))) => (width, by(width, h, w).unwrap_or(h)),
        (None, Some(height), Some((w, h))) => (by(height, w, h).unwrap_or(w), height),
        (None, None, Some(view)) => view,
        (width, height, None) => (width.unwrap_or(SIZE_OF_NONE.0), height.unwrap_or(SIZE_OF_NONE.1)),
    }
}

/// A length as CSS pixels; none for percentages and what is no length.
fn length(text: &str) -> Option<u32> {
    let text = text.trim();
    let number_ends = text.find(|c: char| c.is_ascii_alphabetic() || c == '%').unwrap_or(text.len());
    let (number, unit) = text.split_at(number_ends);
    let scale = match unit {
        "" | "px" => 1.0,
        "pt" => 4.0 / 3.0,
        "pc" | "em" | "rem" => 16.0,
        "mm" => 96.0 / 25.4,
        "cm" => 96.0 / 2.54,
        "in" => 96.0,
        _ => return None,
    };
    pixels(number.trim().parse::<f64>().ok()? * scale)
}

fn pixels(length: f64) -> Option<u32> {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "held to 1..=100 000 in the condition")]
    (length.is_finite() && (0.5..=100_000.0).contains(&length)).then(|| length.round() as u32)
}

/// The drawing without what could run, reach another host or hide something, and what was taken out ("`script`"), each named once.
///
/// Gives valid XML for any text; what is no drawing becomes an empty one, and that is said.
pub fn clean(text: &str) -> (String, Vec<String>) {
    let mut cleaner = Cleaner::default();
    match cleaner.run(text.trim_start_matches('\u{feff}')) {
        Ok(()) if cleaner.begun => {}
        Ok(()) => return (empty(), vec!["everything: it is no SVG drawing".to_owned()]),
        Err(why) => return (empty(), vec![format!("everything: {why}")]),
    }
    (cleaner.out, cleaner.removed.into_iter().collect())
}

fn empty() -> String {
    format!("<svg xmlns=\"{SVG}\" xmlns:xlink=\"{XLINK}\"></svg>\n")
}

#[derive(Default)]
struct Cleaner {
    out: String,
    removed: BTreeSet<String>,
    /// The names of the elements that are open in `out`.
    open: Vec<String>,
    /// How deep we are in an element that is left out whole; 0 is not at all.
    skipping: usize,
    begun: bool,
    /// The text of a `<style>` so far: it is judged whole.
    style: Option<String>,
}

impl Cleaner {
    fn run(&mut self, text: &str) -> Result<(), String> {
        let mut reader = Reader::from_str(text);
        loop {
            let event = reader.read_event().map_err(|e| format!("it is no well-formed XML at byte {} ({e})", reader.error_position()))?;
            match event {
                Event::Start(tag) => self.start(&tag)?,
                Event::Empty(tag) => {
                    self.start(&tag)?;
                    self.end();
                }
                Event::End(_) => self.end(),
                Event::Text(words) => self.text(&words.into_inner())?,
                Event::CData(words) => self.text(&words.into_inner())?,
                Event::GeneralRef(name) => self.reference(&name)?,
                Event::Eof if self.open.is_empty() => return Ok(()),
                Event::Eof => return Err("it breaks off".to_owned()),
                // Comments, declarations and processing instructions draw nothing.
                Event::Comment(_) | Event::Decl(_) => {}
                Event::PI(_) => self.leave_out("a processing instruction"),
                Event::DocType(_) => self.leave_out("`DOCTYPE`"),
            }
        }
    }

    fn leave_out(&mut self, what: &str) {
        // Editors' own declarations are no danger and no news.
        if what != "`DOCTYPE`" {
            self.removed.insert(what.to_owned());
        }
    }

    fn start(&mut self, tag: &BytesStart<'_>) -> Result<(), String> {
        let name = tag.name().0.to_owned();
        if self.skipping > 0 {
            self.skipping += 1;
            return Ok(());
        }
        let first = self.open.is_empty();
        if first && (self.begun || name != "svg") {
            return Err("it is no SVG drawing: it does not begin with `<svg`".to_owned());
        }
        if !allowed::element(&name) || self.style.is_some() {
            if !is_of_an_editor(&name) {
                self.leave_out(&format!("`{}`", shown(&name)));
            }
            self.skipping = 1;
            return Ok(());
        }
        if self.open.len() >= DEEPEST {
            return Err("it is nested too deeply".to_owned());
        }
        self.begun = true;
        let _ = write!(self.out, "<{name}");
        if first {
            let _ = write!(self.out, " xmlns=\"{SVG}\" xmlns:xlink=\"{XLINK}\"");
        }
        self.attributes(&name, tag)?;
        self.out.push('>');
        if name == "style" {
            self.style = Some(String::new());
        }
        self.open.push(name);
        Ok(())
    }

    fn attributes(&mut self, element: &str, tag: &BytesStart<'_>) -> Result<(), String> {
        for attribute in tag.attributes() {
            let attribute = attribute.map_err(|e| format!("it is no well-formed XML ({e})"))?;
            let name = attribute.key.0;
            if name == "xmlns" || name.starts_with("xmlns:") {
                continue;
            }
            // An entity that XML does not know from the start would have to be declared, and declarations are left out.
            let value = unescape(&attribute.value).ok();
            match value {
                Some(value) if allowed::attribute(name, &value) => {
                    let _ = write!(self.out, " {name}=\"{}\"", escape(value.as_ref()));
                }
                _ if is_of_an_editor(name) || name.starts_with("data-") => {}
                _ => self.leave_out(&format!("`{}` of `{element}`", shown(name))),
            }
        }
        Ok(())
    }

    fn end(&mut self) {
        if self.skipping > 0 {
            self.skipping -= 1;
            return;
        }
        if let Some(style) = self.style.take() {
            if allowed::style(&style) {
                self.out.push_str(&escape(style.as_str()));
            } else {
                self.leave_out("the words of a `style` that asks for another file");
            }
        }
        if let Some(name) = self.open.pop() {
            let _ = write!(self.out, "</{name}>");
            if self.open.is_empty() {
                self.out.push('\n');
            }
        }
    }

    fn text(&mut self, words: &str) -> Result<(), String> {
        if self.skipping > 0 {
            return Ok(());
        }
        if let Some(style) = &mut self.style {
            style.push_str(words);
        } else if !self.open.is_empty() {
            self.out.push_str(&escape(words));
        } else if !words.trim().is_empty() {
            return Err("it is no SVG drawing: words stand outside of `<svg>`".to_owned());
        }
        Ok(())
    }

    fn reference(&mut self, name: &quick_xml::events::BytesRef<'_>) -> Result<(), String> {
        let character = name.resolve_char_ref().map_err(|e| format!("it is no well-formed XML ({e})"))?;
        match character {
            Some(character) => self.text(character.encode_utf8(&mut [0; 4])),
            None => match resolve_xml_entity(&name.xml10_content()) {
                Some(words) => self.text(words),
                None if self.skipping > 0 => Ok(()),
                None => {
                    self.leave_out("an entity");
                    Ok(())
                }
            },
        }
    }
}

/// Notes that drawing programs leave for themselves (`sodipodi:namedview`, `inkscape:label`, `metadata`): left out and not worth a word.
fn is_of_an_editor(name: &str) -> bool {
    name == "metadata"
        || ["inkscape:", "sodipodi:", "rdf:", "cc:", "dc:", "sketch:", "serif:", "i:"].iter().any(|prefix| name.starts_with(prefix))
}

/// A name from a file as it can be said: short, one line.
fn shown(name: &str) -> String {
    name.chars().filter(|c| !c.is_control() && *c != '`').take(40).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{ProptestConfig, any, prop, proptest};

    use super::{clean, size};

    fn cleaned(inner: &str) -> (String, Vec<String>) {
        clean(&format!("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 8 8\">{inner}</svg>"))
    }

    #[test]
    fn a_drawing_that_only_draws_stays_whole() {
        let inner = "<style>.a{fill:url(#g)}</style><defs><linearGradient id=\"g\"><stop offset=\"1\" stop-color=\"red\"></stop></linearGradient></defs>\
                     <g class=\"a\"><path d=\"M0 0h8\"></path><use href=\"#g\"></use><text x=\"1\">Tea &amp; talk</text></g>";
        let (text, removed) = cleaned(inner);
        assert!(text.contains(inner), "{text}");
        assert!(removed.is_empty(), "{removed:?}");
        assert_eq!(clean(&text), (text.clone(), Vec::new()), "and cleaning again changes nothing");
    }

    #[test]
    fn what_could_run_or_reach_out_is_taken_out_and_named() {
        for (inner, named) in [
            ("<script>alert(1)</script>", "`script`"),
            ("<g onload=\"alert(1)\"/>", "`onload` of `g`"),
            ("<foreignObject><iframe/></foreignObject>", "`foreignObject`"),
            ("<use href=\"https://other.example/x.svg#a\"/>", "`href` of `use`"),
            ("<use xlink:href=\"data:image/svg+xml,x\"/>", "`xlink:href` of `use`"),
            ("<rect fill=\"url(https://other.example/x)\"/>", "`fill` of `rect`"),
            ("<rect style=\"fill: u\\72l(//x)\"/>", "`style` of `rect`"),
            ("<style>@import '//other.example/x.css';</style>", "the words of a `style` that asks for another file"),
            ("<style>a{}<![CDATA[</style><script>alert(1)</script>]]></style>", "the words of a `style` that asks for another file"),
            ("<animate attributeName=\"href\" to=\"javascript:alert(1)\"/>", "`animate`"),
            ("<a href=\"javascript:alert(1)\"><rect/></a>", "`a`"),
            ("<image href=\"https://other.example/spy.png\"/>", "`image`"),
            ("<text>&spy;</text>", "an entity"),
            ("<?xml-stylesheet href=\"//other.example\"?>", "a processing instruction"),
        ] {
            let (text, removed) = cleaned(inner);
            assert_eq!(removed, [named], "{inner}");
            for word in ["alert", "other.example", "iframe", "javascript", "//x"] {
                assert!(!text.contains(word), "{inner} leaves {text}");
            }
        }
    }

    #[test]
    fn an_entity_of_the_file_itself_is_not_expanded() {
        let bomb =
            "<!DOCTYPE svg [<!ENTITY a \"<script>alert(1)</script>\">]><svg xmlns=\"http://www.w3.org/2000/svg\"><text>&a;</text></svg>";
        assert!(!clean(bomb).0.contains("script"));
    }

    #[test]
    fn the_size_is_what_the_drawing_says() {
        let of = |attributes: &str| size(&format!("<?xml version=\"1.0\"?><svg {attributes}/>")).unwrap();
        assert_eq!(of("width=\"40\" height=\"30px\""), (40, 30));
        assert_eq!(of("viewBox=\"0 0 24 12\""), (24, 12));
        assert_eq!(of("width=\"100%\" viewBox=\"0,0,24,12\""), (24, 12));
        assert_eq!(of("width=\"48\" viewBox=\"0 0 24 12\""), (48, 24));
        assert_eq!(of("width=\"1in\" height=\"-3\""), (96, 150));
        assert!(size("<html/>").is_err() && size("words").is_err());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(300))]
        #[test]
        fn any_text_gives_a_drawing_that_stays_the_same_when_cleaned_again(
            parts in prop::collection::vec(prop::sample::select(vec![
                "<svg>", "</svg>", "<g a='", "'>", "<style>", "</style>", "<![CDATA[", "]]>", "<!--", "-->", "&#60;", "&lt;", "&x;", "script",
                "<script>", "</script>", "url(", "#a)", "\\", "\"", "é", "<!DOCTYPE svg [", "]>", "<?x", "?>", " fill=\"", "on", "\u{0}", "\u{feff}",
            ]), 0..30),
            tail in any::<String>(),
        ) {
            let text = format!("<svg>{}{tail}", parts.concat());
            for text in [text.clone(), text + "</svg>"] {
                let (once, _) = clean(&text);
                assert!(!once.contains("<script") && !once.contains("<!"));
                assert_eq!(clean(&once), (once.clone(), Vec::new()));
            }
        }
    }
}
