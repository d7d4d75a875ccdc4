//! Which fields a template asks for, as its source says.
//!
//! Tera refuses to print a field that is not there, but in a condition such a field is silently false: `{% if sumary %}` would hide every
//! summary for ever. So the names in a template's tags are looked up before any page is made. This finds them; what a view has, `site`
//! knows.

use std::collections::BTreeSet;
use std::ops::Range;

/// A path of names that a template asks its view for: `page.title`, and where it stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AskedFor {
    /// The names, outermost first.
    pub names: Vec<String>,
    /// Bytes into the template's source.
    pub at: Range<usize>,
}

/// Words of the template language that stand where a name could.
const KEYWORDS: [&str; 37] = [
    "if",
    "elif",
    "else",
    "endif",
    "for",
    "in",
    "endfor",
    "block",
    "endblock",
    "extends",
    "include",
    "set",
    "set_global",
    "endset",
    "filter",
    "endfilter",
    "raw",
    "endraw",
    "break",
    "continue",
    "and",
    "or",
    "not",
    "is",
    "true",
    "false",
    "True",
    "False",
    "none",
    "None",
    "null",
    "super",
    "loop",
    "component",
    "endcomponent",
    "body",
    "as",
];

/// The paths in a template's source that its own `for` and `set` do not bind. Components are left out: they see their arguments alone.
pub(super) fn asked_for(source: &str) -> Vec<AskedFor> {
    let mut found = Vec::new();
    let mut bound = BTreeSet::new();
    let mut in_component = false;
    for tag in tags(source) {
        let words = words(&source[tag.clone()], tag.start);
        match words.first().map(|word| word.names[0].as_str()) {
            Some("component") => in_component = true,
            Some("endcomponent") => in_component = false,
            _ if in_component => {}
            Some("for") => {
                let names = words.iter().skip(1).take_while(|word| word.names[0] != "in");
                bound.extend(names.map(|word| word.names[0].clone()));
                found.extend(words.into_iter().skip_while(|word| word.names[0] != "in"));
            }
            Some("set" | "set_global") => {
                // `set name =`: a name before `=` is passed over like that of an argument.
                bound.extend(
                    source[tag].split_whitespace().find(|word| !KEYWORDS.contains(word)).map(|word| word.trim_end_matches('=').to_owned()),
                );
                found.extend(words.into_iter().skip(1));
            }
            Some("block" | "endblock" | "extends" | "include" | "filter") => {}
            _ => found.extend(words),
        }
    }
    // The names are bound for the whole template: rather too few faults found than one too many.
    found.retain(|path| !bound.contains(&path.names[0]) && !KEYWORDS.contains(&path.names[0].as_str()));
    found
}

/// What stands between `{{ … }}` and `{% … %}`; comments are passed over.
fn tags(source: &str) -> Vec<Range<usize>> {
    let mut all = Vec::new();
    let mut at = 0;
    while let Some(open) = source[at..].find('{').map(|found| at + found) {
        let close = match source.as_bytes().get(open + 1) {
            Some(b'{') => "}}",
            Some(b'%') => "%}",
            Some(b'#') => "#}",
            _ => {
                at = open + 1;
                continue;
            }
        };
        let Some(end) = source[open + 2..].find(close).map(|found| open + 2 + found) else { break };
        if close != "#}" {
            all.push(open + 2..end);
        }
        at = end + 2;
    }
    all
}

/// The dotted names of a tag: no strings, filters, tests, names of arguments, functions or components.
fn words(tag: &str, offset: usize) -> Vec<AskedFor> {
    let bytes = tag.as_bytes();
    let mut all: Vec<AskedFor> = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let b = bytes[at];
        if matches!(b, b'"' | b'\'' | b'`') {
            at = tag[at + 1..].find(char::from(b)).map_or(bytes.len(), |end| at + end + 2);
            continue;
        }
        if !(b.is_ascii_alphabetic() || b == b'_') {
            at += 1;
            continue;
        }
        let start = at;
        while at < bytes.len() && (bytes[at].is_ascii_alphanumeric() || matches!(bytes[at], b'_' | b'.')) {
            at += 1;
        }
        let text = tag[start..at].trim_end_matches('.');
        let before = tag[..start].trim_end();
        let after = tag[at..].trim_start();
        let named_else = before.ends_with('|')
            || before.ends_with('<')
            || before.ends_with("</")
            || before.ends_with('.')
            || before.ends_with(" is")
            || before.ends_with(" is not");
        let argument = after.starts_with('=') && !after.starts_with("==");
        let number = before.ends_with(|c: char| c.is_ascii_digit());
        if !named_else && !argument && !number && !after.starts_with('(') {
            all.push(AskedFor { names: text.split('.').map(str::to_owned).collect(), at: offset + start..offset + start + text.len() });
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn paths(source: &str) -> Vec<String> {
        asked_for(source).into_iter().map(|path| path.names.join(".")).collect()
    }

    #[test]
    fn names_in_conditions_and_prints_are_found_with_their_place() {
        assert_eq!(
            paths("{% if sumary and not page.title %}{{ event.title | upper }}{% endif %}"),
            ["sumary", "page.title", "event.title"]
        );
        let source = "é {{ page.titel }}";
        assert_eq!(&source[asked_for(source)[0].at.clone()], "page.titel");
    }

    #[test]
    fn what_the_template_binds_and_what_is_no_field_is_not_asked_for() {
        assert_eq!(paths("{% for day in days %}{{ day.stamp }} {{ loop.index }}{% endfor %}"), ["days"]);
        assert_eq!(paths("{% set name = title %}{{ name }}{# {{ no }} #}{{ \"a.b\" }}"), ["title"]);
        assert_eq!(
            paths("{{ <row row={first} label=\"x\" now/> }}{{ x | default(value=y) }}{% if a is defined %}{% endif %}"),
            ["first", "now", "x", "y", "a"]
        );
        assert_eq!(
            paths("{% component c(a) %}{{ a.b }}{% endcomponent c %}{% block width %}wide{% endblock width %}"),
            Vec::<String>::new()
        );
    }

    proptest! {
        #[test]
        fn no_source_is_too_strange(source in "[{}%#a-z.\"'|é ]{0,60}") {
            for path in asked_for(&source) {
                prop_assert!(source.get(path.at).is_some());
            }
        }
    }
}
