//! Shortcodes and tags as other programs write them, answered with how they are written here.

use std::ops::Range;

use super::scan::{Tag, arguments, is_alone};
use super::{COLUMN, END, SHORTCODES, Shape, all_names, by_other_name, form};
use crate::diagnostic::{Problem, codes};

/// `{{< … >}}`, `{{% … %}}`, `{% … %}`: a tag without a name, and how it is written here.
pub(super) fn bracketed(source: &str, start: usize, text: &str, wrong: &mut Vec<Problem>) -> Option<Tag> {
    let (open, close, whose) = if text.starts_with("{{<") {
        ("{{<", ">}}", "Hugo writes")
    } else if text.starts_with("{{%") {
        ("{{%", "%}}", "Hugo writes")
    } else {
        ("{%", "%}", "Jekyll, Zola and others write")
    };
    let end = text[open.len()..].find(close).map(|found| open.len() + found)?;
    let range = start..start + end + close.len();
    let inner = &text[open.len()..end];
    let help = in_ours(inner);
    wrong.push(
        Problem::new(codes::SHORTCODE_FOREIGN, range.clone(), format!("`{open} … {close}` is how {whose} it, and means nothing here"))
            .help(help),
    );
    Some(Tag { alone: is_alone(source, &range), range, name: None, arguments: Vec::new(), unnamed: false })
}

/// `{{ youtube(id="x") }}`, `{{ page.title }}`, `{{ title | upper }}`, `{{ /callout }}`: brackets of ours around something else.
pub(super) fn within(name: &str, after: &str, range: &Range<usize>, inner: &str) -> Option<Problem> {
    let problem = |said: String| Problem::new(codes::SHORTCODE_FOREIGN, range.clone(), said);
    let next = after.chars().next();
    if name.is_empty() && inner.trim_start().starts_with('/') || form(name).is_none() && name.len() > 3 && name.starts_with("end") {
        return Some(problem(format!("`{{{{ {} }}}}` ends nothing here", inner.trim())).help("write `{{ end }}`"));
    }
    if !name.is_empty() && next == Some('(') {
        return Some(problem("the arguments of a shortcode stand without brackets".to_owned()).help(in_ours(inner)));
    }
    if !name.is_empty() && (matches!(next, Some('.' | '[')) || after.trim_start().starts_with('|')) {
        let written = inner.trim();
        return Some(
            problem(format!("a page cannot look anything up, so `{written}` stands for nothing"))
                .help("write the words themselves; templates, which can look things up, stand in `themes/`"),
        );
    }
    None
}

/// What to write instead of the inside of another program's tag.
fn in_ours(inner: &str) -> String {
    let inner = inner.trim().trim_matches('-').trim().trim_end_matches('/').trim_end();
    if inner.starts_with('/') || inner.starts_with("end") {
        return "write `{{ end }}`, or take it out with what it ends".to_owned();
    }
    let name = &inner[..inner.find(|c: char| !(c.is_alphanumeric() || c == '-' || c == '_')).unwrap_or(inner.len())];
    let rest = inner[name.len()..].trim().trim_start_matches('(').trim_end_matches(')');
    let (named, unnamed) = loosely(rest);
    let first = |of: &str| named.iter().find(|(name, _)| name == of).map(|(_, value)| value.clone()).or_else(|| unnamed.first().cloned());
    match name.to_ascii_lowercase().as_str() {
        "ref" | "relref" | "link" | "post_url" | "url" | "internal_link" => {
            return "link to the file itself: `[words](file.md)`".to_owned();
        }
        "highlight" | "code" => return "put code between two lines of three backticks".to_owned(),
        "youtube" => {
            let id = first("id").unwrap_or_else(|| "…".to_owned());
            return format!("write `{{{{ video url=\"https://www.youtube.com/watch?v={id}\" title=\"…\" }}}}`");
        }
        "vimeo" => {
            let id = first("id").unwrap_or_else(|| "…".to_owned());
            return format!("write `{{{{ video url=\"https://vimeo.com/{id}\" title=\"…\" }}}}`");
        }
        _ => {}
    }
    let level = matches!(name, "note" | "tip" | "warning").then_some(name);
    let ours = form(name).map(|form| form.name).or_else(|| by_other_name(name));
    let Some(ours) = ours else {
        if name == COLUMN || name == END {
            return format!("write `{{{{ {name} }}}}`");
        }
        return format!("a shortcode is written `{{{{ name key=\"value\" }}}}`; there are {}", all_names());
    };
    let Some(form) = SHORTCODES.iter().find(|form| form.name == ours) else { return format!("write `{{{{ {ours} }}}}`") };
    let mut written = format!("{{{{ {ours}");
    let mut unnamed = unnamed.into_iter();
    for argument in form.arguments {
        let value = named.iter().find(|(name, _)| name == argument.name).map(|(_, value)| value.clone());
        let value = value.or_else(|| level.filter(|_| argument.name == "level").map(str::to_owned));
        let value = value.or_else(|| unnamed.next().filter(|_| argument.needed)).or_else(|| argument.needed.then(|| "…".to_owned()));
        if let Some(value) = value {
            written = format!("{written} {}=\"{value}\"", argument.name);
        }
    }
    let end = if form.shape == Shape::Around { ", and `{{ end }}` below it" } else { "" };
    format!("write `{written} }}}}`{end}")
}

/// The arguments of another program's tag: those with a name, and those without.
fn loosely(text: &str) -> (Vec<(String, String)>, Vec<String>) {
    let mut unsaid = Vec::new();
    let named: Vec<(String, String)> =
        arguments(text, 0, "", &mut unsaid).into_iter().map(|argument| (argument.name, argument.value)).collect();
    let bare: Vec<String> = unsaid
        .iter()
        .filter_map(|problem| text.get(problem.range.clone()))
        .map(|word| word.trim_matches(['"', '\'']).to_owned())
        .filter(|word| !named.iter().any(|(name, _)| name == word))
        .collect();
    (named, bare)
}
