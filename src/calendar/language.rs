//! The languages that dates, times and rules are read and said in.

/// A language of the site.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Language {
    /// `en`
    English,
    /// `es`, as it is written in the United States.
    Spanish,
}

impl Language {
    /// All of them.
    pub const ALL: [Language; 2] = [Language::English, Language::Spanish];

    /// Its BCP 47 tag: `en`.
    pub fn tag(self) -> &'static str {
        match self {
            Language::English => "en",
            Language::Spanish => "es",
        }
    }

    /// Its own name for itself: "Español".
    pub fn own_name(self) -> &'static str {
        match self {
            Language::English => "English",
            Language::Spanish => "Español",
        }
    }

    /// The language of a tag, whatever region it names: `es-US`.
    pub fn of_tag(tag: &str) -> Option<Language> {
        let (first, _) = tag.split_once('-').unwrap_or((tag, ""));
        Language::ALL.into_iter().find(|language| language.tag().eq_ignore_ascii_case(first))
    }

    /// One of two, for what differs in nothing else.
    pub(super) fn pick<T>(self, english: T, spanish: T) -> T {
        match self {
            Language::English => english,
            Language::Spanish => spanish,
        }
    }
}
