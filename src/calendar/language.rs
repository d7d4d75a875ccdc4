//! The languages that dates and rules are said in.

/// A language that dates, times, hours and rules are printed in.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub enum Language {
    /// English as in the United States.
    #[default]
    English,
    /// Spanish as in the United States.
    Spanish,
}

impl Language {
    /// Both, English first.
    pub const ALL: [Language; 2] = [Language::English, Language::Spanish];

    /// The tag of BCP 47: `en`, `es`.
    pub fn tag(self) -> &'static str {
        match self {
            Language::English => "en",
            Language::Spanish => "es",
        }
    }

    /// The language of a tag, whatever region it names: `es`, `es-US`, `EN`.
    pub fn tagged(tag: &str) -> Option<Language> {
        let first = tag.split('-').next().unwrap_or_default();
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
