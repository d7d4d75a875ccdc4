//! The nearest known word, for "did you mean".

/// The known word nearest to `word`, if one is near enough to be what was meant.
///
/// Near is at most a third of the word's letters wrong, transpositions counting once (Damerau–Levenshtein), case ignored.
///
/// ```
/// use handbill::diagnostic::suggest::nearest;
/// assert_eq!(nearest("strats", ["ends", "starts"]), Some("starts"));
/// assert_eq!(nearest("banana", ["ends", "starts"]), None);
/// ```
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    let letters = word.chars().count();
    let allowed = letters.max(3) / 3;
    known
        .into_iter()
        // Each letter too many or too few is one wrong; most words need no closer look.
        .filter(|candidate| candidate.chars().count().abs_diff(letters) <= allowed)
        .map(|candidate| (strsim::damerau_levenshtein(&word, &candidate.to_lowercase()), candidate))
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}
