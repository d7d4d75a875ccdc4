//! The overlay in the live preview.

use std::fmt::Write;

use super::place::{Places, boundary};
use super::terminal::{self, Shown};
use super::{Diagnostic, Diagnostics, Label, Severity, Sources, codes, veil};
use crate::text::escape;

const STYLE: &str = "\
.handbill-errors{position:fixed;inset:auto 0 0 0;z-index:2147483647;max-height:70vh;overflow:auto;margin:0;padding:1rem 1.25rem;\
background:#fbfaf6;color:#1c2326;border-top:4px solid #8a1f2b;font:16px/1.5 system-ui,sans-serif;text-align:left}\
.handbill-errors h2{margin:0 0 .5rem;font-size:1.15rem}.handbill-errors ol{margin:0;padding:0;list-style:none}\
.handbill-errors li{margin:0;padding:.75rem 0;border-top:1px solid #d8d3c7}.handbill-errors p{margin:.25rem 0}\
.handbill-errors pre{margin:.5rem 0;padding:.5rem .75rem;overflow:auto;background:#f1ede2;font:14px/1.5 ui-monospace,monospace}\
.handbill-errors mark{background:none;color:inherit;border-bottom:3px solid #8a1f2b}.handbill-errors .place{font-family:ui-monospace,monospace;font-size:.9rem}\
@media (prefers-color-scheme:dark){.handbill-errors{background:#14171a;color:#ece8df;border-color:#ff9a8f}\
.handbill-errors li{border-color:#343a3f}.handbill-errors pre{background:#1d2226}.handbill-errors mark{border-color:#ff9a8f}}";

/// A panel that holds all of them, everything escaped, with its own style and no script; empty when there is nothing to say.
pub fn overlay(diagnostics: &Diagnostics, sources: &dyn Sources) -> String {
    let sorted = diagnostics.sorted();
    if sorted.is_empty() {
        return String::new();
    }
    let mut html = format!(
        "<section class=\"handbill-errors\" role=\"alert\" aria-labelledby=\"handbill-errors\" tabindex=\"0\"><style>{STYLE}</style>\
         <h2 id=\"handbill-errors\">{}</h2><ol>",
        escape(&terminal::summary(&sorted))
    );
    let places = Places::new(sources);
    for shown in terminal::shown(&sorted) {
        match shown {
            Shown::One(diagnostic) => html.push_str(&item(diagnostic, &places)),
            Shown::More(words) => {
                let _ = write!(html, "<li><p>{}</p></li>", escape(&words));
            }
        }
    }
    html.push_str("</ol></section>");
    html
}

fn item(diagnostic: &Diagnostic, places: &Places<'_>) -> String {
    let kind = match diagnostic.severity {
        Severity::Error => "Error",
        Severity::Warning => "Warning",
    };
    let mut html = format!("<li><p><strong>{kind} {}:</strong> {}</p>", diagnostic.code, escape(&diagnostic.message));
    if let Some(label) = &diagnostic.at {
        html.push_str(&shown(label, diagnostic.code == codes::SECRET, places));
    }
    for label in &diagnostic.also {
        html.push_str(&shown(label, false, places));
    }
    if let Some(help) = &diagnostic.help {
        let _ = write!(html, "<p><strong>Help:</strong> {}</p>", escape(help));
    }
    html.push_str("</li>");
    html
}

/// The place, and the line with its part marked.
fn shown(label: &Label, secret: bool, places: &Places<'_>) -> String {
    let Some(place) = places.of(label).filter(|_| label.span != (0..0)) else {
        return format!("<p class=\"place\">{}</p>", escape(label.file.path()));
    };
    let from = boundary(place.text, (label.span.start as usize).saturating_sub(place.start));
    let to = boundary(place.text, (label.span.end as usize).saturating_sub(place.start)).max(from);
    let line = veil::veiled(label.file.path(), place.before, place.text, secret.then_some(from..to));
    // The veil changes letters one by one: the same letters are counted, not the same bytes.
    let letters = |upto: usize| place.text[..upto].chars().count();
    let (first, length) = (letters(from), letters(to) - letters(from));
    let before: String = line.chars().take(first).collect();
    let marked: String = line.chars().skip(first).take(length).collect();
    let after: String = line.chars().skip(first + length).collect();
    let mut html = format!("<p class=\"place\">{}:{}:{}</p>", escape(label.file.path()), place.line, place.column);
    let _ = write!(html, "<pre tabindex=\"0\">{}<mark>{}</mark>{}</pre>", escape(&before), escape(&marked), escape(&after));
    if !label.note.is_empty() {
        let _ = write!(html, "<p>{}</p>", escape(&label.note));
    }
    html
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::FileId;

    struct One;

    impl Sources for One {
        fn text(&self, _: &FileId) -> Option<&str> {
            Some("<script>alert('é')</script>\n")
        }
    }

    #[test]
    fn nothing_of_a_file_becomes_markup() {
        let file = FileId::new("content/<b>.md");
        let error = Diagnostic::error(codes::YAML, "no <i> here").at_noted(&file, 8..13, "\"quoted\"").help("a & b");
        let html = overlay(&Diagnostics::from_iter([error]), &One);
        assert!(html.contains("&lt;script&gt;<mark>alert</mark>(&#39;é&#39;)&lt;/script&gt;"), "{html}");
        assert!(html.contains("content/&lt;b&gt;.md:1:9") && html.contains("no &lt;i&gt; here") && html.contains("a &amp; b"), "{html}");
        assert!(!html.contains("<script") && html.contains("1 error"));
        assert_eq!(overlay(&Diagnostics::new(), &One), "");
    }
}
