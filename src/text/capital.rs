//! A capital to begin with, or none.

/// `text` with a capital letter at its beginning; the rest stays as it is.
///
/// ```
/// use handbill::text::capital;
/// assert_eq!(capital("every Thursday"), "Every Thursday");
/// ```
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// `text` with a small letter at its beginning, to stand within a sentence; the rest stays as it is.
pub fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}
