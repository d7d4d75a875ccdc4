//! The parts of a text that are more than words: links and hashtags.

use std::ops::Range;

use linkify::{LinkFinder, LinkKind};

/// A part of a text that is more than words.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Spot {
    /// Bytes into the text, end exclusive, on character boundaries.
    pub range: Range<usize>,
    /// What it is.
    pub kind: SpotKind,
}

/// What a spot is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SpotKind {
    /// An address that begins with `http://` or `https://`.
    Link,
    /// A hashtag, its `#` included: letters, digits and `_`, not digits alone.
    Tag,
}

/// The links and hashtags of a text, in order; they never overlap.
pub fn spots(text: &str) -> Vec<Spot> {
    let mut finder = LinkFinder::new();
    finder.kinds(&[LinkKind::Url]);
    let web = |link: &str| link.starts_with("https://") || link.starts_with("http://");
    let mut all: Vec<Spot> = finder
        .links(text)
        .filter(|link| web(link.as_str()))
        .map(|link| Spot { range: link.start()..link.end(), kind: SpotKind::Link })
        .collect();
    let inside_link = |at: usize| all.iter().any(|spot| spot.range.contains(&at));
    let tags: Vec<Spot> = text
        .match_indices('#')
        .filter(|(at, _)| !inside_link(*at) && text[..*at].chars().next_back().is_none_or(|before| before.is_whitespace() || before == '('))
        .filter_map(|(at, _)| {
            let rest = &text[at + 1..];
            let name = &rest[..rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len())];
            name.chars().any(char::is_alphabetic).then(|| Spot { range: at..at + 1 + name.len(), kind: SpotKind::Tag })
        })
        .collect();
    all.extend(tags);
    all.sort_by_key(|spot| spot.range.start);
    all
}

/// Words as one hashtag in CamelCase, without the `#`: "Learning English" is `LearningEnglish`. None when no letter is left.
///
/// Capitals within let a screen reader speak the words apart.
pub fn camel_case(label: &str) -> Option<String> {
    let mut tag = String::new();
    for word in label.replace(['\'', '’'], "").split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        let mut letters = word.chars();
        tag.extend(letters.next().into_iter().flat_map(char::to_uppercase));
        tag.push_str(letters.as_str());
    }
    tag.chars().any(char::is_alphabetic).then_some(tag)
}

#[cfg(test)]
mod tests {
    use super::{SpotKind, camel_case, spots};

    #[test]
    fn links_and_tags_are_found_where_they_stand() {
        let text = "Café at https://library.example.org/events/#today (#StoryTime) #2026 a#b";
        let found: Vec<_> = spots(text).into_iter().map(|spot| (&text[spot.range], spot.kind)).collect();
        assert_eq!(found, [("https://library.example.org/events/#today", SpotKind::Link), ("#StoryTime", SpotKind::Tag)]);
    }

    #[test]
    fn a_label_becomes_one_hashtag() {
        assert_eq!(camel_case("Learning English").as_deref(), Some("LearningEnglish"));
        assert_eq!(camel_case("children’s books").as_deref(), Some("ChildrensBooks"));
        assert_eq!(camel_case("123 !"), None);
    }
}
