//! Slugs: names in addresses.

use std::fmt;
use std::sync::Arc;

/// A name in an address: lower-case letters of ASCII, digits and single hyphens, such as `story-time`.
///
/// It can hold no separator, no dot and no name that Windows reserves, so it is safe as the name of a file or folder anywhere.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slug(Arc<str>);

const MOST: usize = 120;

impl Slug {
    /// `text` as a slug when it is one already, to the letter.
    pub fn new(text: &str) -> Option<Slug> {
        let letters = text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        let hyphens = text.starts_with('-') || text.ends_with('-') || text.contains("--");
        (letters && !hyphens && !text.is_empty() && text.len() <= MOST && !is_windows_device(text)).then(|| Slug(Arc::from(text)))
    }

    /// The letters.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Names that Windows keeps for devices, whatever ending follows (`con`, `lpt1`).
pub fn is_windows_device(text: &str) -> bool {
    let stem = text.split('.').next().unwrap_or(text).trim_end().to_ascii_lowercase();
    let numbered = |name: &str| stem.strip_prefix(name).is_some_and(|n| n.len() == 1 && n.as_bytes()[0].is_ascii_digit() && n != "0");
    matches!(stem.as_str(), "con" | "prn" | "aux" | "nul") || numbered("com") || numbered("lpt")
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Slug({})", self.0)
    }
}

/// Any text as a slug: letters without their marks, other scripts in Latin letters, everything else a hyphen. None when nothing is left.
///
/// The rule is ours alone, so that addresses never change under a new version of somebody else's table of punctuation.
///
/// ```
/// use handbill::text::slugify;
/// assert_eq!(slugify("Café & Kids’ Hour").unwrap().as_str(), "cafe-kids-hour");
/// ```
pub fn slugify(text: &str) -> Option<Slug> {
    let plain = deunicode::deunicode(&text.replace(['\'', '’'], "")).to_ascii_lowercase();
    let words: Vec<&str> = plain.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let mut slug = String::new();
    for word in words {
        if slug.len() + word.len() + 1 > MOST {
            break;
        }
        if !slug.is_empty() {
            slug.push('-');
        }
        slug.push_str(word);
    }
    Slug::new(&slug).or_else(|| Slug::new(&format!("{slug}-page")).filter(|_| !slug.is_empty()))
}
