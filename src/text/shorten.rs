//! Shortening at a word, never inside a link, a tag, an emoji or a letter and its marks.

use unicode_segmentation::UnicodeSegmentation;

const ELLIPSIS: char = '…';

/// `text` in at most `most` grapheme clusters, cut after a word and ended with `…`; as it is when it fits; empty when not one word fits.
///
/// Words end at white space only, so that a link or a hashtag is kept whole or left out.
///
/// ```
/// use handbill::text::shorten;
/// assert_eq!(shorten("Songs, rhymes and picture books", 20), "Songs, rhymes and…");
/// assert_eq!(shorten("Songs", 20), "Songs");
/// ```
pub fn shorten(text: &str, most: usize) -> String {
    if text.graphemes(true).count() <= most {
        return text.to_owned();
    }
    let Some(room) = most.checked_sub(1) else { return String::new() };
    let end = text.grapheme_indices(true).nth(room).map_or(text.len(), |(at, _)| at);
    let starts_a_word = text[end..].chars().next().is_none_or(char::is_whitespace);
    let cut = if starts_a_word { end } else { text[..end].rfind(char::is_whitespace).unwrap_or(0) };
    let kept = text[..cut].trim_end().trim_end_matches([',', ';', ':', '.', '–', '—', '-', '(']).trim_end();
    if kept.is_empty() { String::new() } else { format!("{kept}{ELLIPSIS}") }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::shorten;
    use crate::text::graphemes;

    #[test]
    fn a_family_emoji_is_kept_whole_or_left_out() {
        assert_eq!(shorten("Hello 👨‍👩‍👧‍👦 family", 8), "Hello 👨‍👩‍👧‍👦…");
        assert_eq!(shorten("Hello 👨‍👩‍👧‍👦 family", 7), "Hello…");
    }

    #[test]
    fn a_link_is_never_cut() {
        assert_eq!(shorten("See https://library.example.org/events/ for more", 30), "See…");
    }

    proptest! {
        #[test]
        fn what_is_shortened_fits_and_is_made_of_whole_words(text in "\\PC{0,80}", most in 0_usize..60) {
            let short = shorten(&text, most);
            prop_assert!(graphemes(&short) <= most.max(graphemes(&text).min(most)));
            if short != text {
                let kept = short.trim_end_matches('…');
                prop_assert!(text.starts_with(kept));
            }
        }
    }
}
