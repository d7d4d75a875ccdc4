//! `language:` a BCP 47 tag, such as `es` or `pt-BR`.

use crate::content::entry::problem;
use crate::diagnostic::suggest::nearest;
use crate::diagnostic::{Problem, codes};

/// Languages that people call by their names, and their tags (the IANA registry of language subtags).
const NAMES: &[(&str, &str)] = &[
    ("english", "en"),
    ("spanish", "es"),
    ("español", "es"),
    ("espanol", "es"),
    ("french", "fr"),
    ("français", "fr"),
    ("german", "de"),
    ("deutsch", "de"),
    ("italian", "it"),
    ("portuguese", "pt"),
    ("chinese", "zh"),
    ("mandarin", "zh"),
    ("japanese", "ja"),
    ("korean", "ko"),
    ("vietnamese", "vi"),
    ("tagalog", "tl"),
    ("russian", "ru"),
    ("ukrainian", "uk"),
    ("polish", "pl"),
    ("arabic", "ar"),
    ("hebrew", "he"),
    ("hindi", "hi"),
    ("bengali", "bn"),
    ("haitian creole", "ht"),
    ("somali", "so"),
    ("hmong", "hmn"),
    ("navajo", "nv"),
];

/// Reads a tag: two or three letters, then parts of one to eight letters and digits (RFC 5646 §2.1).
pub(super) fn tag(text: &str) -> Result<String, Problem> {
    let text = text.trim();
    let mut parts = text.split('-');
    let first = parts.next().unwrap_or("");
    let letters = (2..=3).contains(&first.len()) && first.bytes().all(|byte| byte.is_ascii_lowercase());
    let rest = parts.all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric()));
    if letters && rest && text.len() <= 35 {
        return Ok(text.to_owned());
    }
    let lower = text.to_lowercase();
    let named = |name: &str| NAMES.iter().find(|(known, _)| *known == name).map(|(_, tag)| (*tag).to_owned());
    let near = || nearest(&lower, NAMES.iter().map(|(name, _)| *name)).and_then(named);
    let mended = || Some(lower.replace('_', "-")).filter(|mended| *mended != text && tag(mended).is_ok());
    let meant = named(&lower).or_else(mended).or_else(near);
    let wrong = problem(codes::LANGUAGE_TAG, text, format!("\"{text}\" is not how a language is written here"));
    Err(match meant {
        Some(meant) => wrong.help(format!("write `language: {meant}`")),
        None => {
            wrong.help("write its short tag: `en` English, `es` Spanish, `fr` French, `zh` Chinese, `vi` Vietnamese, `ht` Haitian Creole")
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_a_tag_and_its_name_is_answered_with_it() {
        for written in ["es", "pt-BR", "zh-Hant", "hmn"] {
            assert_eq!(tag(written).unwrap(), written);
        }
        for (written, meant) in [("Spanish", "es"), ("Vietnamise", "vi"), ("en_us", "en-us"), ("ES", "es")] {
            assert_eq!(tag(written).unwrap_err().help.unwrap(), format!("write `language: {meant}`"), "{written}");
        }
        assert!(tag("../es").is_err() && tag("").is_err() && tag("Klingonese tongue").is_err());
    }
}
