//! The few words that a body says by itself, in the language of its page.

use crate::calendar::Language;

/// The words of one language.
pub(super) struct Said {
    note: &'static str,
    pub(super) notes: &'static str,
    back: &'static str,
    place: &'static str,
    done: &'static str,
    to_do: &'static str,
}

const ENGLISH: Said =
    Said { note: "Note", notes: "Notes", back: "Back to the text from note", place: "place", done: "Done", to_do: "To do" };
const SPANISH: Said =
    Said { note: "Nota", notes: "Notas", back: "Volver al texto desde la nota", place: "lugar", done: "Hecho", to_do: "Por hacer" };

impl Said {
    /// The words in the language of this tag; English where there are none.
    pub(super) fn in_language(tag: &str) -> &'static Said {
        match Language::of_tag(tag) {
            Some(Language::Spanish) => &SPANISH,
            _ => &ENGLISH,
        }
    }

    /// "Note 2".
    pub(super) fn note(&self, number: usize) -> String {
        format!("{} {number}", self.note)
    }

    /// "Back to the text from note 2", and to which of several places.
    pub(super) fn back(&self, number: usize, time: usize) -> String {
        if time > 1 { format!("{} {number}, {} {time}", self.back, self.place) } else { format!("{} {number}", self.back) }
    }

    /// The box of a task list: it can't be changed, and what it shows is heard as well.
    pub(super) fn task(&self, done: bool) -> String {
        let (checked, label) = if done { (" checked=\"\"", self.done) } else { ("", self.to_do) };
        format!("<input type=\"checkbox\" disabled=\"\"{checked} aria-label=\"{label}\"> ")
    }
}
